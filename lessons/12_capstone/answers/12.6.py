# story: Make what a test needs with requests of its own: each begins with an empty board.
# story: `headers_of(1, minutes=-1)` is a token that has expired.

# %% right: a table of who gets what
BOARD = "/api/v1/offers"

@pytest.fixture
def board(offers, ana, carla):
    for headers, public in ((ana, True), (ana, False), (carla, True), (carla, False)):
        offers.post(BOARD, json={"title": "A saw", "public": public}, headers=headers)
    return offers

class TestOffers:
    def test_the_board(self, board):
        assert [one["id"] for one in board.get(BOARD).json()] == [1, 3]
        assert [board.get(f"{BOARD}/{n}").status_code for n in (1, 2)] == [200, 404]

    def test_mine(self, board, carla):
        assert [one["id"] for one in board.get(f"{BOARD}/mine", headers=carla).json()] == [3, 4]
        assert board.get(f"{BOARD}/mine").status_code == 401

    def test_ben_is_out(self, board, ben):
        assert board.post(BOARD, json={"title": "A saw"}, headers=ben).status_code == 403

    @pytest.mark.parametrize(
        ("who", "method", "number", "status"),
        [
            ("nobody", "PATCH", 1, 401),
            ("ben", "PATCH", 1, 403),
            ("ana", "PATCH", 1, 200),
            ("ana", "PATCH", 3, 403),
            ("ana", "DELETE", 4, 404),
            ("carla", "DELETE", 1, 204),
            ("carla", "DELETE", 2, 404),
            ("carla", "PATCH", 1, 403),
        ],
    )
    def test_who_may(self, board, request, who, method, number, status):
        headers = {} if who == "nobody" else request.getfixturevalue(who)
        body = {"title": "A plane"} if method == "PATCH" else None
        answer = board.request(method, f"{BOARD}/{number}", json=body, headers=headers)
        assert answer.status_code == status

# %% wrong: nobody asks as an admin
# breaks: Eight bugs.
# says: SURVIVED: An admin may clean up
# change: solution
-
-    def test_an_admin_cleans_up(self, offers, ana, carla):
-        for public, status in ((True, 204), (False, 404)):
-            path = self.make(offers, ana, public)
-            assert offers.delete(path, headers=carla).status_code == status

# %% wrong: no look at the board without a token
# says: SURVIVED: The neighbors without an account
# says: SURVIVED: A draft stands on the board
# change: solution
-
-    def test_everybody_reads_what_is_public(self, offers, ana):
-        path = self.make(offers, ana, True)
-        draft = self.make(offers, ana, False)
-        board = offers.get(self.url)
-        assert board.status_code == 200
-        assert [one["public"] for one in board.json()] == [True]
-        assert offers.get(path).json()["title"] == "A ladder"
-        assert offers.get(draft).status_code == 404

# %% wrong: any refusal will do
# says: SURVIVED: Anybody who tries out numbers
# change: solution
-        assert offers.request(method, path, json=body, headers=ana).status_code == status
+        assert offers.request(method, path, json=body, headers=ana).status_code >= 400

     def test_an_admin_cleans_up(self, offers, ana, carla):
-        for public, status in ((True, 204), (False, 404)):
+        for public, status in ((True, 204),):

# %% wrong: a code that the spec does not have
# says: our app, which does what
# says: test_the_code
# change: solution
             assert offers.delete(path, headers=carla).status_code == status
+
+    def test_the_code(self, offers, ana, carla):
+        path = self.make(offers, carla, True)
+        answer = offers.delete(path, headers=ana)
+        assert answer.json()["error_code"] == "FORBIDDEN"

# %% wrong: nothing is asserted
# breaks: Write `TestOffers`, with the fixture `offers`.
# says: SURVIVED
# says: asserts nothing
class TestOffers:
    def test_writing_needs_a_token(self, offers):
        offers.post("/api/v1/offers", json={"title": "A ladder"})
