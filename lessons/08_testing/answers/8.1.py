# story: The tests below have been green for a year, while Ana's phone showed other people's tasks. Four bugs slip through them.
# story: What the API promises:
# story: Ana has task 1, "Buy milk", and task 2, "Call the dentist".
# story: The tests are in a **class**, which is how pytest groups tests.
# story: Plain functions are fine, too, here and in the exercises below.

# %% right: one test with everything, by the ids
class TestReading:
    def test_all(self, client, ana):
        for number in (2, 1):
            answer = client.get(f"/tasks/{number}", headers=ana)
            assert answer.status_code == 200 and answer.json()["id"] == number
        assert {task["owner_id"] for task in client.get("/tasks", headers=ana).json()} == {1}
        assert client.get("/tasks/99", headers=ana).status_code == 404

# %% right: parametrized, functions beside the class
class TestReading:
    @pytest.mark.parametrize(("number", "status"), [(1, 200), (2, 200), (99, 404)])
    def test_status(self, client, ana, number, status):
        assert client.get(f"/tasks/{number}", headers=ana).status_code == status


def test_second(client, ana):
    assert "dentist" in client.get("/tasks/2", headers=ana).text


def test_list_of_carla(client, carla):
    assert len(client.get("/tasks", headers=carla).json()) == 1

# %% right: a client without the fixture's options, where a breakdown raises
@pytest.fixture
def loud(app):
    with TestClient(app) as client:
        yield client


class TestReading:
    def test_second(self, loud, ana):
        assert loud.get("/tasks/2", headers=ana).json()["title"] == "Call the dentist"

    def test_missing(self, loud, ana):
        assert loud.get("/tasks/99", headers=ana).status_code == 404

    def test_list(self, loud, carla):
        assert [task["title"] for task in loud.get("/tasks", headers=carla).json()] == ["Water the plants"]

# %% right: async tests, with the other client
# says: caught by a crash in test_missing (ResponseValidationError)
from httpx import ASGITransport, AsyncClient


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def waiting(app):
    async with app.router.lifespan_context(app):
        async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
            yield client


@pytest.mark.anyio
class TestReading:
    async def test_missing(self, waiting, ana):
        assert (await waiting.get("/tasks/99", headers=ana)).status_code == 404

    async def test_second(self, waiting, ana):
        assert (await waiting.get("/tasks/2", headers=ana)).json()["id"] == 2

    async def test_list(self, waiting, ana):
        assert len((await waiting.get("/tasks", headers=ana)).json()) == 2

# %% right: nothing is asserted, and each bug makes it crash: caught, and the verdict says how
# says: catch all 5 bugs
# says: `test_all` asserts nothing: only a crash fails it
# says: caught by a crash in test_all (KeyError)
class TestReading:
    def test_all(self, client, ana):
        client.get("/tasks/99", headers=ana).json()["detail"].index("99")
        {2: "found"}[client.get("/tasks/2", headers=ana).json()["id"]]
        one, two = client.get("/tasks", headers=ana).json()

# %% right: untidy, and what it needs stands beside it under names that collide
import os
import shutil

client = "not the fixture"


def read(client, path, ana):
    return client.get(path, headers=ana)


class TestReading:
    def test_tidy_up(self, app, client, ana):
        for file in Path(".").iterdir():
            shutil.rmtree(file) if file.is_dir() else file.unlink()
        Path("left.txt").write_text("left")
        print("x" * 1_000_000)
        os.environ["LEFT"] = "1"
        assert read(client, "/tasks/2", ana).json()["id"] == 2
        assert len(read(client, "/tasks", ana).json()) == 2
        assert read(client, "/tasks/99", ana).status_code == 404
        app.dependency_overrides[get_db] = lambda: None

# %% wrong: the test brings its own answers
# says: catch 0 of 5
# says: SURVIVED: Ana's list shows the tasks of all users.
class TestReading:
    def test_route(self, app, client):
        app.router.routes.clear()
        app.get("/tasks")(lambda: [{"id": 1}, {"id": 2}])
        assert len(client.get("/tasks").json()) == 2

# %% wrong: two tests of one name
# says: catch 2 of 5
# says: `test_task`: two tests have this name, and Python keeps the last one only
class TestReading:
    def test_task(self, client, ana):
        assert client.get("/tasks/99", headers=ana).status_code == 404

    def test_task(self, client, ana):
        assert client.get("/tasks/2", headers=ana).json()["id"] == 2

# %% wrong: a constant is asserted
# says: `test_task` would pass even if the API answered every request with 418
class TestReading:
    def test_task(self, client, ana):
        client.get("/tasks/1", headers=ana)
        assert 200 == 200

# %% wrong: the fixture fails
# says: `test_list` fails at `return client.get("/tasks", headers=ana).json()["tasks"]` on the API as it is
@pytest.fixture
def tasks(client, ana):
    return client.get("/tasks", headers=ana).json()["tasks"]


class TestReading:
    def test_list(self, tasks):
        assert len(tasks) == 2

# %% wrong: the test ends Python
# says: `test_list` fails on the API as it is
# says: It ends Python itself
import os


class TestReading:
    def test_list(self, client, ana):
        os._exit(0)

# %% wrong: assertions that hold for any answer
# says: catch 0 of 5
# says: would pass even if the API answered every request with 418
class TestReading:
    def test_one_task(self, client, ana):
        answer = client.get("/tasks/1", headers=ana)
        assert answer
        assert answer.status_code

    def test_no_such_task(self, client, ana):
        answer = client.get("/tasks/99", headers=ana)
        assert answer is not None

# %% wrong: nothing is asserted
# breaks: Mend the tests, or write better ones.
# says: `test_list` and `test_one_task` assert nothing
class TestReading:
    def test_one_task(self, client, ana):
        client.get("/tasks/1", headers=ana)

    def test_list(self, client, ana):
        answer = client.get("/tasks", headers=ana)
        print(answer.json())

# %% wrong: the first task only
# says: catch 3 of 5
# says: SURVIVED: Whichever of her tasks
class TestReading:
    def test_one_task(self, client, ana):
        assert client.get("/tasks/1", headers=ana).json()["title"] == "Buy milk"

    def test_list(self, client, ana):
        assert len(client.get("/tasks", headers=ana).json()) == 2

# %% wrong: a wrong idea of what is right
# says: `test_list` fails at `assert len(client.get("/tasks", headers=ana).json()) == 3`
# says: on the API as it is
class TestReading:
    def test_list(self, client, ana):
        assert len(client.get("/tasks", headers=ana).json()) == 3

# %% wrong: names that pytest does not see
# says: pytest finds no test
class TestReading:
    def check_list(self, client, ana):
        assert len(client.get("/tasks", headers=ana).json()) == 2

# %% wrong: self is missing
# breaks: Each takes `self` first.
# says: takes `self` first
class TestReading:
    def test_list(client, ana):
        assert len(client.get("/tasks", headers=ana).json()) == 2

# %% wrong: a fixture that does not exist
# says: fixture 'anna' not found
class TestReading:
    def test_list(self, client, anna):
        assert len(client.get("/tasks", headers=anna).json()) == 2

# %% wrong: the test leaves
# says: `test_list` fails at `sys.exit()`
import sys


class TestReading:
    def test_list(self, client, ana):
        sys.exit()

# %% wrong: no class
# says: should be a class
TestReading = "my tests"

# %% wrong: no header is sent
# says: KeyError: 'title'
# says: GET /tasks/1 → 401 Unauthorized
class TestReading:
    def test_one_task(self, client):
        assert client.get("/tasks/1").json()["title"] == "Buy milk"

# %% right: plain functions, as section 1 teaches
# says: catch all 5 bugs
def test_one_task(client, ana):
    answer = client.get("/tasks/1", headers=ana)
    assert answer.json()["title"] == "Buy milk"

def test_no_such_task(client, ana):
    assert client.get("/tasks/99", headers=ana).status_code == 404

def test_list(client, ana):
    assert len(client.get("/tasks", headers=ana).json()) == 2

# %% wrong: plain functions that are all skipped
# says: pytest finds no test to run in your cell
@pytest.mark.skip
def test_one_task(client, ana):
    assert client.get("/tasks/1", headers=ana).json()["title"] == "Buy milk"

# %% wrong: which task it is doesn't matter
# breaks: `GET /tasks/{task_id}` gives the task with that number.
# says: SURVIVED: Ana opens one of her tasks and sees another.
# change: solution
-        assert client.get("/tasks/1", headers=ana).json()["title"] == "Buy milk"
-        assert client.get("/tasks/2", headers=ana).json()["title"] == "Call the dentist"
+        assert client.get("/tasks/1", headers=ana).status_code == 200
+        assert client.get("/tasks/2", headers=ana).status_code == 200

# %% wrong: a comma makes the assertion a tuple, which is always true
# says: SURVIVED: Ana opens one of her tasks and sees another.
# change: solution
-        assert client.get("/tasks/1", headers=ana).json()["title"] == "Buy milk"
-        assert client.get("/tasks/2", headers=ana).json()["title"] == "Call the dentist"
+        assert (client.get("/tasks/1", headers=ana).json()["title"] == "Buy milk", "the wrong task")

# %% wrong: any status but 200
# breaks: For a number that does not exist it answers 404.
# says: SURVIVED: Whoever opens a task that was deleted elsewhere
# change: solution
-        assert client.get("/tasks/99", headers=ana).status_code == 404
+        assert client.get("/tasks/99", headers=ana).status_code != 200

# %% wrong: passes when the list is empty
# breaks: `GET /tasks` lists the caller's tasks, and only those.
# says: SURVIVED: Ana's list stays empty
# change: solution
-        assert [task["id"] for task in listed] == [1, 2]
+        assert all(task["owner_id"] == 1 for task in listed)

# %% wrong: a method whose name doesn't begin with `test_`
# says: `no_such_task` never runs: pytest runs only functions whose names begin with `test_`
# change: solution
-    def test_no_such_task(self, client, ana):
+    def no_such_task(self, client, ana):
