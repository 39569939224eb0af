"""The API's tests after lesson 08, Testing. Built from lessons/08_testing by `course build`."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from app_snippets.stages.after_07_async import (
    MailFailed,
    Settings,
    User,
    get_current_user,
    get_db,
    get_mailer,
    get_today,
    make_app,
    make_token,
)

PASSWORD = "seven blue tables"
TODAY = date(2031, 5, 17)
Header = dict[str, str]


def settings_for(file: Path) -> Settings:
    url, password = f"sqlite+aiosqlite:///{file}", SecretStr(PASSWORD)
    return Settings(database_url=url, demo_password=password, hash_rounds=1, hash_memory_kib=32)


@pytest.fixture(scope="session")
def known_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("known") / "tasks.db"
    with TestClient(make_app(settings_for(file))):
        return file


@pytest.fixture
def app(known_data: Path, tmp_path: Path) -> FastAPI:
    file = Path(shutil.copy(known_data, tmp_path / "tasks.db"))
    app = make_app(settings_for(file))
    app.dependency_overrides[get_today] = lambda: TODAY
    return app


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def token_of(app: FastAPI, user_id: int, minutes: int = 30) -> Header:
    settings = app.state.settings.model_copy(update={"token_minutes": minutes})
    return {"Authorization": f"Bearer {make_token(user_id, settings)}"}


@pytest.fixture
def ana(app: FastAPI) -> Header:
    return token_of(app, 1)


@pytest.fixture
def carla(app: FastAPI) -> Header:
    return token_of(app, 3)


@contextmanager
def acting_as(app: FastAPI, user_id: int) -> Iterator[None]:
    user = User(id=user_id, username="somebody", active=True)
    app.dependency_overrides[get_current_user] = lambda: user
    try:
        yield
    finally:
        del app.dependency_overrides[get_current_user]


class FakeMailer:
    url = "https://mail.example.com"

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.refused: list[str] = []

    async def send(self, to: str, subject: str, text: str, key: str) -> None:
        if to in self.refused:
            raise MailFailed(key)
        self.sent.append(to)


@pytest.fixture
def mails(app: FastAPI) -> FakeMailer:
    mailer = FakeMailer()
    app.dependency_overrides[get_mailer] = lambda: mailer
    return mailer


class TestAccess:
    @pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
    def test_another_users_task(self, client: TestClient, ana: Header, method: str) -> None:
        body = {"done": True} if method == "PATCH" else None
        for task_id in (3, 99):
            answer = client.request(method, f"/tasks/{task_id}", json=body, headers=ana)
            assert answer.status_code == 404
            assert answer.json()["error_code"] == "TASK_NOT_FOUND"

    def test_a_list_holds_the_callers_tasks(self, client: TestClient, carla: Header) -> None:
        assert [task["id"] for task in client.get("/tasks", headers=carla).json()] == [3]

    def test_a_closed_account(self, app: FastAPI, client: TestClient) -> None:
        answer = client.get("/tasks", headers=token_of(app, 2))
        assert answer.status_code == 403

    def test_a_token_that_has_expired(self, app: FastAPI, client: TestClient) -> None:
        answer = client.get("/tasks", headers=token_of(app, 1, minutes=-1))
        assert answer.status_code == 401
        assert answer.headers.get("WWW-Authenticate") == "Bearer"

    @pytest.mark.parametrize(("password", "status"), [(PASSWORD, 200), ("a guess", 401)])
    def test_login(self, client: TestClient, password: str, status: int) -> None:
        answer = client.post("/token", data={"username": "ana", "password": password})
        assert answer.status_code == status

    def test_only_admins_remove_users(self, client: TestClient, ana: Header, carla: Header) -> None:
        assert client.delete("/users/2", headers=ana).status_code == 403
        assert client.delete("/users/2", headers=carla).status_code == 204

    def test_a_removed_user_is_out(self, client: TestClient, ana: Header, carla: Header) -> None:
        client.delete("/users/1", headers=carla)
        assert client.get("/tasks", headers=ana).status_code == 401


class TestTasks:
    def test_a_created_task_is_there(self, client: TestClient, ana: Header) -> None:
        created = client.post("/tasks", json={"title": "Pay the rent"}, headers=ana)
        assert created.status_code == 201
        found = client.get(created.headers["Location"], headers=ana)
        assert found.json() == created.json()
        assert found.json()["title"] == "Pay the rent"

    def test_each_task_is_found_by_its_number(self, client: TestClient, ana: Header) -> None:
        for task_id, title in ((1, "Buy milk"), (2, "Call the dentist")):
            assert client.get(f"/tasks/{task_id}", headers=ana).json()["title"] == title

    def test_a_deleted_task_is_gone(self, client: TestClient, ana: Header) -> None:
        assert client.delete("/tasks/1", headers=ana).status_code == 204
        assert client.get("/tasks/1", headers=ana).status_code == 404

    def test_a_change_keeps_the_rest(self, client: TestClient, ana: Header) -> None:
        body = {"title": "Rent", "priority": "high", "due_date": str(TODAY + timedelta(days=1))}
        before = client.post("/tasks", json=body, headers=ana).json()
        path = f"/tasks/{before['id']}"
        assert client.patch(path, json={"done": True}, headers=ana).status_code == 200
        assert client.get(path, headers=ana).json() == {**before, "done": True, "version": 2}

    def test_a_replaced_task_has_new_steps_only(self, client: TestClient, ana: Header) -> None:
        body = {"title": "Party", "steps": [{"title": "Invite Ben"}]}
        path = client.post("/tasks", json=body, headers=ana).headers["Location"]
        body["steps"] = [{"title": "Bake"}]
        assert client.put(path, json=body, headers=ana).status_code == 200
        steps = client.get(path, headers=ana).json()["steps"]
        assert [step["title"] for step in steps] == ["Bake"]

    def test_an_old_version_is_refused(self, client: TestClient, ana: Header) -> None:
        phone = client.patch("/tasks/1", json={"title": "Oat milk", "version": 1}, headers=ana)
        watch = client.patch("/tasks/1", json={"title": "Soy milk", "version": 1}, headers=ana)
        assert (phone.status_code, watch.status_code) == (200, 409)
        assert client.get("/tasks/1", headers=ana).json()["title"] == "Oat milk"

    def test_a_repeated_request_makes_one_task(self, client: TestClient, ana: Header) -> None:
        key = {"Idempotency-Key": "from-the-tunnel"}
        answers = [client.post("/tasks", json={"title": "Bread"}, headers=ana | key) for _ in "12"]
        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()


class TestLists:
    def test_pages_hold_each_task_once(self, client: TestClient, ana: Header) -> None:
        for title in ("Bread", "Rent", "Garden"):
            client.post("/tasks", json={"title": title}, headers=ana)
        for offset, wanted in ((0, [1, 2]), (2, [4, 5]), (4, [6])):
            page = client.get(f"/tasks?limit=2&offset={offset}", headers=ana).json()
            assert [task["id"] for task in page] == wanted

    @pytest.mark.parametrize(
        ("query", "ids"),
        [("", [1, 2]), ("?done=true", [2]), ("?done=false", [1])],
    )
    def test_filter(self, client: TestClient, ana: Header, query: str, ids: list[int]) -> None:
        assert [task["id"] for task in client.get(f"/tasks{query}", headers=ana).json()] == ids

    @pytest.mark.parametrize(
        ("sort", "titles"),
        [
            ("id", ["Buy milk", "Call the dentist", "Rent", "Bread"]),
            ("title", ["Bread", "Buy milk", "Call the dentist", "Rent"]),
            ("due_date", ["Bread", "Rent", "Buy milk", "Call the dentist"]),
        ],
    )
    def test_order(self, client: TestClient, ana: Header, sort: str, titles: list[str]) -> None:
        for title, days in (("Rent", 3), ("Bread", 1)):
            due = str(TODAY + timedelta(days=days))
            client.post("/tasks", json={"title": title, "due_date": due}, headers=ana)
        listed = client.get(f"/tasks?sort={sort}", headers=ana).json()
        assert [task["title"] for task in listed] == titles

    @pytest.mark.parametrize(
        "query",
        ["limit=0", "limit=101", "offset=-1", "sort=owner_id", "page=2"],
    )
    def test_a_wrong_question(self, client: TestClient, ana: Header, query: str) -> None:
        assert client.get(f"/tasks?{query}", headers=ana).status_code == 400


class TestProblems:
    def test_a_password_is_not_repeated(self, client: TestClient) -> None:
        body = {"username": "dora", "email": "dora@example.com", "password": "too short"}
        answer = client.post("/users", json=body)
        assert answer.status_code == 400
        assert list(answer.json()["field_errors"]) == ["password"]
        assert "too short" not in answer.text

    def test_a_user_shows_name_and_number(self, client: TestClient, ana: Header) -> None:
        assert client.get("/users/3", headers=ana).json() == {"id": 3, "username": "carla"}

    def test_a_name_that_is_taken(self, client: TestClient) -> None:
        body = {"username": "ana", "email": "a@example.com", "password": "nine green clocks"}
        answer = client.post("/users", json=body)
        assert answer.status_code == 409
        assert answer.json()["error_code"] == "USER_EXISTS"

    def test_a_breakdown_shows_nothing(self, app: FastAPI, client: TestClient) -> None:
        def broken() -> None:
            raise RuntimeError("SELECT password_hash FROM users")

        app.dependency_overrides[get_db] = broken
        answer = client.post("/token", data={"username": "ana", "password": PASSWORD})
        assert answer.status_code == 500
        assert answer.json()["error_code"] == "INTERNAL_ERROR"
        assert "SELECT" not in answer.text


class TestDates:
    @pytest.mark.parametrize(("days", "status"), [(-1, 422), (0, 201), (1, 201)])
    def test_due_dates(self, client: TestClient, ana: Header, days: int, status: int) -> None:
        body = {"title": "Rent", "due_date": str(TODAY + timedelta(days=days))}
        assert client.post("/tasks", json=body, headers=ana).status_code == status

    def test_an_old_date_may_stay(self, app: FastAPI, client: TestClient, ana: Header) -> None:
        body = {"title": "Rnet", "due_date": str(TODAY + timedelta(days=1))}
        path = client.post("/tasks", json=body, headers=ana).headers["Location"]
        app.dependency_overrides[get_today] = lambda: TODAY + timedelta(days=2)
        body["title"] = "Rent"
        assert client.put(path, json=body, headers=ana).status_code == 200


class TestMails:
    def test_a_new_user_gets_a_mail(self, client: TestClient, mails: FakeMailer) -> None:
        body = {"username": "dora", "email": "dora@example.com", "password": "nine green clocks"}
        assert client.post("/users", json=body).status_code == 201
        assert mails.sent == ["dora@example.com"]

    def test_reminders(
        self,
        app: FastAPI,
        client: TestClient,
        carla: Header,
        mails: FakeMailer,
    ) -> None:
        tasks = ((1, 0, False), (2, 0, False), (3, 1, False), (3, 0, True))  # Ben, 2, has left
        for user_id, days, done in tasks:
            with acting_as(app, user_id):
                due = str(TODAY + timedelta(days=days))
                client.post("/tasks", json={"title": "Rent", "due_date": due, "done": done})
        answer = client.post("/reminders", headers=carla)
        assert answer.json() == {"sent": 1, "failed": 0}
        assert mails.sent == ["ana@example.com"]

    def test_a_mail_that_fails(
        self,
        app: FastAPI,
        client: TestClient,
        carla: Header,
        mails: FakeMailer,
    ) -> None:
        mails.refused = ["ana@example.com"]
        for user_id in (1, 3):
            with acting_as(app, user_id):
                client.post("/tasks", json={"title": "Rent", "due_date": str(TODAY)})
        answer = client.post("/reminders", headers=carla)
        assert answer.json() == {"sent": 1, "failed": 1}
        assert mails.sent == ["carla@example.com"]
