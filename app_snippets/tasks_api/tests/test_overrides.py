"""Each thing that a request needs can be replaced, and is put back."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import httpx
from sqlalchemy import func, select

from app_snippets.tasks_api.api.dependencies.auth import get_current_user
from app_snippets.tasks_api.api.dependencies.database import get_db
from app_snippets.tasks_api.api.dependencies.services import get_mailer, get_today
from app_snippets.tasks_api.api.dependencies.settings import get_settings
from app_snippets.tasks_api.database.tables import Task, User
from app_snippets.tasks_api.services.mail import Mailer
from app_snippets.tasks_api.settings import Settings

from .conftest import PASSWORD, Api, Start, problem


def test_the_one_who_asks(api: Api) -> None:
    api.app.dependency_overrides[get_current_user] = lambda: User(id=3, username="carla", role="admin", active=True)
    assert api.ask("GET", "/users/me", None).json() == {"id": 3, "username": "carla"}
    api.app.dependency_overrides[get_current_user] = lambda: User(id=2, username="ben", role="member", active=False)
    problem(api.ask("GET", "/users/me", None), 403, "ACCOUNT_INACTIVE")
    api.app.dependency_overrides.clear()
    problem(api.ask("GET", "/users/me", None), 401, "NOT_AUTHENTICATED")


def test_the_database(api: Api) -> None:
    """A test that keeps nothing: the session that it hands out is rolled back."""
    api.ask("GET", "/users/me")

    async def forgetful() -> AsyncIterator[Any]:
        async with api.app.state.sessions() as session:
            yield session
            await session.rollback()

    api.app.dependency_overrides[get_db] = forgetful
    assert api.ask("POST", "/tasks", json={"title": "Gone"}).status_code == 201
    api.app.dependency_overrides.clear()
    assert "Gone" not in [task["title"] for task in api.tasks()]


def test_the_day(api: Api) -> None:
    api.app.dependency_overrides[get_today] = lambda: date(2031, 5, 18)
    problem(api.ask("POST", "/tasks", json={"title": "A", "due_date": "2031-05-17"}), 422, "DUE_DATE_IN_PAST")
    assert api.ask("POST", "/tasks", json={"title": "A", "due_date": "2031-05-18"}).status_code == 201


def test_the_settings(api: Api) -> None:
    given: Settings = api.app.state.settings
    api.ask("POST", "/tasks", json={"title": "A"})
    api.app.dependency_overrides[get_settings] = lambda: given.model_copy(update={"page_size": 1})
    assert len(api.ask("GET", "/tasks").json()) == 1


def test_the_mail_service(start: Start) -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(202)

    api = start(mail_url="http://mail.example")
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    mailer = Mailer(http, api.app.state.settings)
    api.app.dependency_overrides[get_mailer] = lambda: mailer
    dora = {"username": "dora", "email": "dora@example.com", "password": PASSWORD}
    response = api.ask("POST", "/users", None, json=dora)
    assert (response.status_code, response.headers["Location"]) == (201, "/api/v1/users/4")
    assert [str(request.url) for request in sent] == ["http://mail.example/messages"]
    assert sent[0].headers["Idempotency-Key"] == "welcome-4"


def test_known_users_are_made_only_when_asked_for(start: Start) -> None:
    api = start(demo_password=None)
    problem(api.log_in("ana"), 401, "WRONG_LOGIN")

    async def count() -> Any:
        async with api.app.state.sessions() as session:
            return [await session.scalar(select(func.count()).select_from(table)) for table in (User, Task)]

    assert api.client.portal is not None
    assert api.client.portal.call(count) == [0, 0]
