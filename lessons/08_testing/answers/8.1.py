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


# %% wrong: assertions that hold for any answer
# says: catch 0 of 3
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
# says: `test_list` and `test_one_task` assert nothing
class TestReading:
    def test_one_task(self, client, ana):
        client.get("/tasks/1", headers=ana)

    def test_list(self, client, ana):
        answer = client.get("/tasks", headers=ana)
        print(answer.json())


# %% wrong: the first task only
# says: catch 1 of 3
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
