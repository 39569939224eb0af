"""When a response begins, what it holds, and what was raised instead."""

import httpx2
import pytest
from fastapi import BackgroundTasks, FastAPI
from fastapi.responses import StreamingResponse

from coursekit.author import Client, responses


def noted(path: str, happened: list[str]) -> httpx2.Response:
    app = FastAPI()

    @app.get("/task")
    def read(background: BackgroundTasks) -> str:
        happened.append("route")
        background.add_task(happened.append, "background")
        return "milk"

    @app.get("/stream")
    def stream() -> StreamingResponse:
        return StreamingResponse(iter(["a", "b", "c"]))

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("the disk is full")

    app.add_middleware(responses.NoteStart, note=lambda: happened.append("response"))
    with Client(app, raise_server_exceptions=False) as api:
        return api.get(path)


def test_the_start_is_noted_between_the_route_and_what_comes_after() -> None:
    happened: list[str] = []
    assert noted("/task", happened).json() == "milk"
    assert happened == ["route", "response", "background"]


def test_a_stream_begins_once() -> None:
    happened: list[str] = []
    assert noted("/stream", happened).text == "abc"
    assert happened == ["response"]


def test_a_route_that_raises_begins_no_response_of_its_own() -> None:
    happened: list[str] = []
    assert noted("/broken", happened).status_code == 500
    assert happened == []


def test_what_leaves_the_app_is_kept_and_goes_on() -> None:
    raised: list[Exception] = []
    mistake = RuntimeError("the disk is full")
    app = FastAPI()

    @app.get("/{broken}")
    def read(broken: bool) -> None:
        if broken:
            raise mistake

    app.add_middleware(responses.NoteRaised, raised=raised)
    with Client(app) as api:
        assert api.get("/false").status_code == 200
        assert api.get("/perhaps").status_code == 422
        assert raised == []
        with pytest.raises(RuntimeError):
            api.get("/true")
    assert raised == [mistake]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [(b'{"a": 1}', {"a": 1}), (b"null", None), (b"", None), (b"<p>", None), (b"\xff", None), (b"[" * 100_000, None)],
)
def test_json_or_none(content: bytes, wanted: object) -> None:
    assert responses.json_or_none(httpx2.Response(200, content=content)) == wanted
