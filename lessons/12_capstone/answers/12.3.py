# story: The fixtures are `errands`, `ana`, `ben` and `carla`.

# %% right: one long story a test, with helpers
URL = "/api/v1/errands"

def write(client, headers, **body):
    answer = client.post(URL, json={"title": "Stamps", "shop": "Post", **body}, headers=headers)
    return answer.status_code, answer.headers.get("Location", ""), answer.json()

class TestErrands:
    def test_life(self, errands, ana, carla):
        status, where, body = write(errands, ana)
        assert status == 201, body
        assert where.endswith(f"{URL}/{body['id']}")
        assert errands.get(where, headers=carla).status_code == 404
        assert errands.get(URL, headers=carla).json() == []
        after = errands.patch(where, json={"done": True}, headers=ana).json()
        assert after == {**body, "done": True}
        write(errands, ana, title="Soap")
        assert len(errands.get(URL + "?done=false", headers=ana).json()) == 1
        assert errands.delete(where, headers=ana).status_code == 204
        assert errands.delete(where, headers=ana).status_code == 404

    def test_days(self, errands, ana):
        today = datetime.now(UTC).date()
        got = [write(errands, ana, due_date=str(today + timedelta(days=n)))[0] for n in (-1, 0, 1)]
        assert got == [422, 201, 201]

# %% wrong: statuses only
# breaks: Eight bugs are waiting.
# says: SURVIVED: Ana ticks an errand off
# says: SURVIVED: The phone follows
class TestErrands:
    def test_all(self, errands, ana):
        body = {"title": "Bread", "shop": "Bakery"}
        assert errands.post("/api/v1/errands", json=body, headers=ana).status_code == 201
        assert errands.get("/api/v1/errands", headers=ana).status_code == 200
        assert errands.get("/api/v1/errands/1", headers=ana).status_code == 200
        assert errands.patch("/api/v1/errands/1", json={"done": True}, headers=ana).status_code == 200
        assert errands.delete("/api/v1/errands/1", headers=ana).status_code == 204

# %% wrong: a sentence that the spec leaves open
# says: the test asks for more
# says: test_the_sentence
# change: solution
             assert [one["id"] for one in listed] == ids
+
+    def test_the_sentence(self, errands, ana):
+        answer = errands.get("/api/v1/errands/9", headers=ana)
+        assert answer.json()["detail"] == "No errand 9."

# %% wrong: only as Ana
# breaks: happy path, not valid, not allowed, and the edges of the spec
# says: SURVIVED: Carla opens Ana's errands
# says: SURVIVED: Ana's list shows
# change: solution
-    def test_somebody_elses_errand_does_not_exist(self, errands, ana, carla):
-        path = errands.post("/api/v1/errands", json=self.bread, headers=ana).headers["Location"]
-        assert errands.get(path, headers=carla).status_code == 404
-        assert errands.get("/api/v1/errands", headers=carla).json() == []
-

# %% wrong: functions, and no class
# breaks: Write the tests in the class `TestErrands`
# says: should be a class
def TestErrands(errands, ana):
    assert errands.get("/api/v1/errands", headers=ana).status_code == 200

# %% wrong: tests of the database
# says: our app, which does what
class TestErrands:
    def test_the_table(self, errands, ana):
        errands.post("/api/v1/errands", json={"title": "Bread"}, headers=ana)
        assert errands.app.state.errands[1].title == "Bread"

# %% wrong: the sentence of the service that tasks have
# says: the test asks for more
# says: test_nothing_is_there
class TestErrands:
    def test_nothing_is_there(self, errands, ana):
        missing = errands.get("/api/v1/errands/9", headers=ana)
        assert missing.status_code == 404
        assert missing.json()["detail"] == "There is no errand 9."

# %% wrong: async, and nobody awaits
# says: pytest does not await it
# says: @pytest.mark.anyio
class TestErrands:
    async def test_bread(self, errands, ana):
        assert errands.post("/api/v1/errands", json={"title": "Bread"}, headers=ana).status_code == 201

# %% wrong: a fixture that is not there
# says: no fixture of your cells gives
# says: fixture 'client' not found
class TestErrands:
    def test_bread(self, client, ana):
        assert client.post("/api/v1/errands", json={"title": "Bread"}, headers=ana).status_code == 201
