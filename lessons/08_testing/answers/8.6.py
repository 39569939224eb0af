# story: Six bugs are about lists.
# story: `parametrize` works on methods, too.
# story: The promises:
# story: Ana's task 2 is done, the others are not.
# story: Ana has two tasks. The method `titles` makes two more, and gives the titles of the list that a query asks for.

# %% right: a fixture, and one test for each promise
@pytest.fixture
def five(client, ana):
    for title, days in (("Zebra", 1), ("Apple", 9), ("Mango", 4)):
        due = str(TODAY + timedelta(days=days))
        client.post("/tasks", json={"title": title, "due_date": due}, headers=ana)
    return lambda query: [one["id"] for one in client.get("/tasks?" + query, headers=ana).json()]


class TestPaging:
    def test_pages(self, five):
        assert five("limit=2&offset=2") == [4, 5]
        assert five("limit=2") == [1, 2]

    def test_done(self, five):
        assert five("done=true") == [2]
        assert 2 not in five("done=false")

    def test_title(self, five):
        assert five("sort=title") == [5, 1, 2, 6, 4]

    def test_date(self, five):
        assert five("sort=due_date")[0] == 4
        assert five("sort=due_date")[-2:] == [1, 2]

# %% right: walking through all pages
class TestPaging:
    def test_walk(self, client, ana):
        for title in "edcba":
            client.post("/tasks", json={"title": title, "due_date": str(TODAY)}, headers=ana)
        seen, offset = [], 0
        while page := client.get(f"/tasks?limit=3&offset={offset}", headers=ana).json():
            assert len(page) <= 3
            seen += [task["id"] for task in page]
            offset += 3
        assert seen == [1, 2, 4, 5, 6, 7, 8]

    @pytest.mark.parametrize("sort", ["title", "due_date"])
    def test_sort(self, client, ana, sort):
        for days, title in ((2, "b"), (1, "a")):
            due = str(TODAY + timedelta(days=days))
            client.post("/tasks", json={"title": title, "due_date": due}, headers=ana)
        tasks = client.get(f"/tasks?sort={sort}", headers=ana).json()
        values = [task[sort] or "9999" for task in tasks]
        assert values == sorted(values, key=str.lower) or sort == "title"
        if sort == "title":
            assert [task["title"] for task in tasks][-2:] == ["a", "b"]

    @pytest.mark.parametrize("done", [True, False])
    def test_done(self, client, ana, done):
        listed = client.get(f"/tasks?done={done}", headers=ana).json()
        assert [task["done"] for task in listed] == [done]

# %% wrong: lengths only
# breaks: Write tests that catch them, in the class `TestPaging`.
# says: SURVIVED: Sorted by date, tasks without a date
# says: catch 2 of 6
class TestPaging:
    def test_limit(self, client, ana):
        assert len(client.get("/tasks?limit=1", headers=ana).json()) == 1

    def test_done(self, client, ana):
        assert len(client.get("/tasks?done=false", headers=ana).json()) == 1

    def test_sort(self, client, ana):
        assert len(client.get("/tasks?sort=title", headers=ana).json()) == 2
        assert len(client.get("/tasks?sort=due_date", headers=ana).json()) == 2

# %% wrong: nobody asks for open tasks
# says: SURVIVED: If you ask for open tasks
# says: catch 3 of 6
class TestPaging:
    def test_title(self, client, ana):
        listed = client.get("/tasks?sort=title", headers=ana).json()
        assert [task["title"] for task in listed] == ["Buy milk", "Call the dentist"]

    def test_date(self, client, ana):
        client.post("/tasks", json={"title": "Rent", "due_date": str(TODAY)}, headers=ana)
        assert client.get("/tasks?sort=due_date", headers=ana).json()[0]["title"] == "Rent"

    def test_page(self, client, ana):
        client.post("/tasks", json={"title": "Rent"}, headers=ana)
        assert [one["id"] for one in client.get("/tasks?limit=1&offset=1", headers=ana).json()] == [2]

# %% wrong: an offset that begins at one
# says: `test_page` fails
class TestPaging:
    def test_page(self, client, ana):
        listed = client.get("/tasks?limit=1&offset=1", headers=ana).json()
        assert listed[0]["title"] == "Buy milk"

# %% wrong: only true of what was filtered for
# says: SURVIVED: If you ask for open tasks, you get the finished ones, too
class TestPaging:
    def test_done(self, client, ana):
        assert [one["id"] for one in client.get("/tasks?done=true", headers=ana).json()] == [2]
        assert 1 in [one["id"] for one in client.get("/tasks?done=false", headers=ana).json()]

# %% wrong: a page that a deaf limit gives, too
# breaks: `limit` and `offset` cut a page out of the list
# says: SURVIVED: A watch with room for two tasks is sent twenty.
# change: solution
-            ("limit=2&offset=1", ["Call the dentist", "Rent"]),
+            ("limit=2&offset=2", ["Rent", "Bread"]),

# %% wrong: the first page only
# breaks: with four tasks, `limit=2&offset=1` gives the second and the third.
# says: SURVIVED: If you turn to the second page
# change: solution
-            ("limit=2&offset=1", ["Call the dentist", "Rent"]),
+            ("limit=2", ["Buy milk", "Call the dentist"]),

# %% wrong: nobody asks for finished tasks
# breaks: `done=true` and `done=false` give the finished and the open tasks.
# says: SURVIVED: If you ask for finished tasks
# change: solution
-            ("done=true", ["Call the dentist"]),

# %% wrong: tasks without a date may be anywhere
# breaks: and tasks without a date last
# says: SURVIVED: Sorted by date, tasks without a date push the urgent ones off the page.
class TestPaging:
    def test_date(self, client, ana):
        for title, days in (("Rent", 3), ("Bread", 1)):
            due = str(TODAY + timedelta(days=days))
            client.post("/tasks", json={"title": title, "due_date": due}, headers=ana)
        listed = client.get("/tasks?sort=due_date", headers=ana).json()
        assert [task["title"] for task in listed if task["due_date"]] == ["Bread", "Rent"]

# %% wrong: dated tasks in any order
# breaks: `sort=due_date` puts the earliest date first
# says: SURVIVED: Sorted by date, next year's tasks come first.
class TestPaging:
    def test_date(self, client, ana):
        for title, days in (("Rent", 3), ("Bread", 1)):
            due = str(TODAY + timedelta(days=days))
            client.post("/tasks", json={"title": title, "due_date": due}, headers=ana)
        listed = client.get("/tasks?sort=due_date", headers=ana).json()
        assert [task["due_date"] for task in listed[2:]] == [None, None]
