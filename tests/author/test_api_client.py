"""The client that checks ask with."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fastapi import BackgroundTasks, FastAPI, Request, Response, UploadFile

from coursekit.author import client
from coursekit.author.api_client import Client
from coursekit.author.responses import NoteStart
from coursekit.course.errors import CourseError
from coursekit.judging.expectation import NotYet


@pytest.fixture
def events() -> list[str]:
    return []


@pytest.fixture
def app(events: list[str]) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        async with asyncio.TaskGroup():  # belongs to one task from beginning to end
            events.append("begin")
            yield {"greeting": "hello"}
            events.append("end")

    app = FastAPI(lifespan=lifespan)

    @app.get("/state")
    async def state(request: Request) -> dict[str, Any]:
        return {"greeting": request.state.greeting, "loop": id(asyncio.get_running_loop())}

    @app.get("/plain")
    def plain() -> dict[str, str]:
        return {"from": "a thread"}

    @app.post("/files")
    async def files(file: UploadFile) -> dict[str, Any]:
        return {"name": file.filename, "length": len(await file.read())}

    @app.post("/later")
    async def later(tasks: BackgroundTasks, response: Response) -> None:
        response.set_cookie("seen", "yes")
        tasks.add_task(events.append, "background")

    @app.get("/cookie")
    async def cookie(request: Request) -> dict[str, str]:
        return dict(request.cookies)

    @app.get("/broken")
    async def broken() -> None:
        raise ZeroDivisionError("a fault for a test")

    return app


def test_the_lifespan_begins_and_ends_with_the_block(app: FastAPI, events: list[str]) -> None:
    with Client(app) as api:
        assert events == ["begin"]
        assert api.get("/state").json()["greeting"] == "hello"
    assert events == ["begin", "end"]


def test_all_requests_share_one_event_loop_with_what_is_run(app: FastAPI) -> None:
    async def loop() -> int:
        return id(asyncio.get_running_loop())

    with Client(app) as api:
        assert {api.get("/state").json()["loop"] for _ in range(3)} == {api.run(loop)}


def test_what_a_lifespan_raises_is_raised_here() -> None:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        raise ValueError("no database")
        yield

    with pytest.raises(ValueError, match="no database"), Client(FastAPI(lifespan=lifespan)):
        pass


def test_bodies_threads_cookies_and_background_tasks(app: FastAPI, events: list[str]) -> None:
    with Client(app) as api:
        assert api.get("/plain").json() == {"from": "a thread"}
        assert api.post("/files", files={"file": ("a.txt", b"four")}).json() == {"name": "a.txt", "length": 4}
        assert api.post("/later").status_code == 200
        assert "background" in events
        assert api.get("/cookie").json() == {"seen": "yes"}
        assert api.head("/plain").status_code == 405
        assert api.get("/plain").elapsed.total_seconds() > 0


def test_an_exception_is_raised_or_seen_as_a_500(app: FastAPI) -> None:
    with Client(app) as api, pytest.raises(ZeroDivisionError, match="a fault for a test"):
        api.get("/broken")
    with Client(app, raise_server_exceptions=False) as api:
        assert api.get("/broken").status_code == 500
        assert api.get("/plain").status_code == 200


def test_middleware_that_is_wrapped_around_the_app_gets_the_requests(app: FastAPI, events: list[str]) -> None:
    with Client(app, wrapped=NoteStart(app, lambda: events.append("response"))) as api:
        assert api.get("/state").json()["greeting"] == "hello"
    assert events == ["begin", "response", "end"]


def test_it_answers_inside_its_block_only(app: FastAPI) -> None:
    with pytest.raises(RuntimeError, match="inside its `with`"):
        Client(app).get("/plain")


def test_an_exercise_asks_for_it_and_nobody_else(app: FastAPI) -> None:
    with pytest.raises(CourseError, match="belongs into an exercise"):
        client(app)


def test_a_route_that_returns_its_response_parameter_is_named(app: FastAPI) -> None:
    @app.post("/lists")
    async def lists(response: Response) -> Response:
        return response

    with Client(app) as api, pytest.raises(NotYet, match=r"For `POST /lists` you returned `response` itself\."):
        api.post("/lists")
