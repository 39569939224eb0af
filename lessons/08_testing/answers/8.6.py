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
        for title in "ba":
            client.post("/tasks", json={"title": title, "due_date": str(TODAY)}, headers=ana)
        tasks = client.get(f"/tasks?sort={sort}", headers=ana).json()
        values = [task[sort] or "9999" for task in tasks]
        assert values == sorted(values, key=str.lower) or sort == "title"
        if sort == "title":
            assert [task["title"] for task in tasks][-2:] == ["a", "b"]

    def test_open(self, client, ana):
        assert all(not task["done"] for task in client.get("/tasks?done=false", headers=ana).json())

# %% wrong: lengths only
# says: SURVIVED: Sorted by date
# says: catch 2 of 4
class TestPaging:
    def test_limit(self, client, ana):
        assert len(client.get("/tasks?limit=1", headers=ana).json()) == 1

    def test_done(self, client, ana):
        assert len(client.get("/tasks?done=false", headers=ana).json()) == 1

    def test_sort(self, client, ana):
        assert len(client.get("/tasks?sort=title", headers=ana).json()) == 2
        assert len(client.get("/tasks?sort=due_date", headers=ana).json()) == 2

# %% wrong: nobody asks for open tasks
# says: SURVIVED: Who asks for open tasks
# says: catch 3 of 4
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
# says: SURVIVED: Who asks for open tasks gets the finished ones, too
class TestPaging:
    def test_done(self, client, ana):
        assert [one["id"] for one in client.get("/tasks?done=true", headers=ana).json()] == [2]
        assert 1 in [one["id"] for one in client.get("/tasks?done=false", headers=ana).json()]
