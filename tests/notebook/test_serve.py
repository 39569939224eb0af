"""Serving an app for real: on this machine only, with documentation pages that need no network."""

import importlib
import logging
import re
import socket
import threading
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from coursekit.notebook.serve import serve

module = importlib.import_module("coursekit.notebook.serve")  # the package has a function of this name


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    threads = set(threading.enumerate())
    yield
    for server in list(module._running):
        server.stop()
    for thread in set(threading.enumerate()) - threads:
        thread.join(10)
        assert not thread.is_alive()


def small_app(**options: Any) -> FastAPI:
    app = FastAPI(**options)

    @app.get("/x")
    def x() -> dict[str, int]:
        return {"a": 1}

    return app


def refused(host: str, port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex((host, port)) != 0


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


def test_it_answers_on_this_machine_only_until_it_is_stopped() -> None:
    logger = logging.getLogger("uvicorn.error")
    logs = (logger.propagate, list(logger.handlers), list(logging.getLogger().handlers))
    server = serve(small_app())
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", server.url)
    assert httpx.get(server.url + "/x").json() == {"a": 1}
    assert refused("127.0.0.2", port_of(server.url))
    server.stop()
    assert refused("127.0.0.1", port_of(server.url))
    server.stop()
    assert (logger.propagate, logger.handlers, logging.getLogger().handlers) == logs


def test_a_second_one_stops_the_first() -> None:
    first = serve(small_app())
    second = serve(small_app())
    assert refused("127.0.0.1", port_of(first.url)) or first.url == second.url
    assert httpx.get(second.url + "/x").status_code == 200
    first.stop()
    assert httpx.get(second.url + "/x").status_code == 200


def test_a_port_of_ones_choice_again_and_again() -> None:
    with serve(small_app()) as server:
        port = port_of(server.url)
    for _ in range(2):
        assert serve(small_app(), port).url.endswith(f":{port}")


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(RuntimeError, match=f"Port {port} cannot be used .*Choose another, or 0 for any free one"):
            serve(small_app(), port)


@pytest.mark.parametrize("port", [-1, 65536, 10**30, "8000", None, 1.5])
def test_a_port_that_is_none(port: Any) -> None:
    with warnings.catch_warnings(), pytest.raises(RuntimeError, match="a port is a number from 0 to 65535"):
        serve(small_app(), port)


@pytest.mark.parametrize(
    ("app", "got"),
    [
        (None, "`None`"),
        ("app:app", "the `str` `'app:app'`"),
        (FastAPI, "the class `FastAPI`"),
        (APIRouter(), "an object of type `APIRouter`"),
    ],
)
def test_what_is_no_app(app: Any, got: str) -> None:
    with pytest.raises(RuntimeError) as caught:
        serve(app)
    assert str(caught.value) == f"`serve` takes a FastAPI application; it got {got}."


def test_other_asgi_apps() -> None:
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    with serve(Starlette(routes=[Route("/x", lambda request: PlainTextResponse("plain"))])) as server:
        assert httpx.get(server.url + "/x").text == "plain"
        assert httpx.get(server.url + "/docs").status_code == 404
    with serve(PlainTextResponse("bare")) as server:
        assert httpx.get(server.url + "/docs").text == "bare"


class TestLifespan:
    def app(self, *, fails: str = "") -> tuple[FastAPI, list[str]]:
        seen: list[str] = []

        @asynccontextmanager
        async def lifespan(app: FastAPI) -> AsyncIterator[None]:
            seen.append("begins")
            if fails == "beginning":
                raise OSError("no database")
            yield
            seen.append("ends")
            if fails == "end":
                raise OSError("still in use")

        return small_app(lifespan=lifespan), seen

    def test_it_runs_and_ends(self) -> None:
        app, seen = self.app()
        with serve(app) as server:
            assert seen == ["begins"]
            assert httpx.get(server.url + "/x").status_code == 200
        assert seen == ["begins", "ends"]

    def test_it_fails_at_its_beginning(self, capsys: pytest.CaptureFixture[str]) -> None:
        app, seen = self.app(fails="beginning")
        with pytest.raises(RuntimeError) as caught:
            serve(app)
        assert str(caught.value) == (
            "The app did not start. It raised OSError: no database. "
            "Its lifespan runs before the first request: try it with `with TestClient(app):`."
        )
        assert seen == ["begins"]
        assert capsys.readouterr() == ("", "")
        with serve(small_app()) as server:
            assert httpx.get(server.url + "/x").status_code == 200

    def test_it_fails_at_its_end(self, capsys: pytest.CaptureFixture[str]) -> None:
        app, seen = self.app(fails="end")
        server = serve(app)
        server.stop()
        server.stop()
        assert seen == ["begins", "ends"]
        assert capsys.readouterr() == ("", "The app's lifespan raised at its end: OSError: still in use\n")

    def test_it_never_begins(self, monkeypatch: pytest.MonkeyPatch) -> None:
        begin = threading.Event()

        @asynccontextmanager
        async def lifespan(app: FastAPI) -> AsyncIterator[None]:
            begin.wait()
            yield

        monkeypatch.setattr(module, "STARTUP", 0.2)
        with pytest.raises(RuntimeError, match="The app did not start"):
            serve(small_app(lifespan=lifespan))
        begin.set()
        for thread in threading.enumerate():
            if thread.name == "course-server":
                thread.join()
        assert module._running == []


def test_a_request_that_never_ends_does_not_stop_the_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    app, running = FastAPI(), threading.Event()

    @app.get("/x")
    async def x() -> None:
        running.set()
        await asyncio.sleep(1000)

    monkeypatch.setattr(module, "PATIENCE", 0)
    server = serve(app)
    ended: list[Exception] = []

    def ask() -> None:
        try:
            httpx.get(server.url + "/x", timeout=60)
        except httpx.HTTPError as error:
            ended.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    running.wait()
    server.stop()
    asking.join()
    assert refused("127.0.0.1", port_of(server.url))


def test_a_handler_that_raises_is_reported_in_few_lines(capsys: pytest.CaptureFixture[str]) -> None:
    app = FastAPI()
    app.get("/x")(lambda: 1 / 0)
    with serve(app) as server:
        assert httpx.get(server.url + "/x").status_code == 500
    said = capsys.readouterr().err
    assert said.splitlines()[-1] == "ZeroDivisionError: division by zero"
    assert "site-packages" not in said
    assert len(said.splitlines()) < 5


class TestDocs:
    def test_pages_and_their_scripts_come_from_this_machine(self) -> None:
        app = small_app(title="To-do")
        routes = len(app.routes)
        with serve(app) as server:
            for path, names in (
                ("/docs", {"swagger-ui.css", "swagger-ui-bundle.js"}),
                ("/redoc", {"redoc.standalone.js"}),
            ):
                page = httpx.get(server.url + path)
                assert page.status_code == 200
                assert "/openapi.json" in page.text
                assert re.findall(r"https?://", page.text) == []
                used = [one for one in re.findall(r'(?:src|href)="([^"]*)"', page.text) if one]
                assert {one.rpartition("/")[2] for one in used} == names
                for one in used:
                    assert one.startswith("/_docs/")
                    asset = httpx.get(server.url + one)
                    assert asset.status_code == 200
                    assert len(asset.content) > 10_000
            assert list(httpx.get(server.url + "/openapi.json").json()["paths"]) == ["/x"]
            for path in ("", "nope.js", "../serve.py", "%2e%2e/__init__.py", "/etc/passwd"):
                assert httpx.get(f"{server.url}/_docs/{path}").status_code == 404, "nothing else of this machine"
        assert len(app.routes) == routes, "the app itself is not changed"
        assert app.dependency_overrides == {}

    def test_a_page_that_the_app_has_turned_off(self) -> None:
        with serve(small_app(docs_url=None)) as server:
            assert httpx.get(server.url + "/docs").status_code == 404
            assert httpx.get(server.url + "/redoc").status_code == 200
        with serve(small_app(openapi_url=None)) as server:
            assert httpx.get(server.url + "/docs").status_code == 404
            assert httpx.get(server.url + "/redoc").status_code == 404

    def test_a_page_at_another_address(self) -> None:
        options = {"docs_url": "/documentation", "openapi_url": "/v1/openapi.json"}
        with serve(small_app(**options, swagger_ui_parameters={"deepLinking": False})) as server:
            page = httpx.get(server.url + "/documentation").text
            assert "/_docs/swagger-ui-bundle.js" in page
            assert "/v1/openapi.json" in page
            assert '"deepLinking": false' in page
            assert httpx.get(server.url + "/docs").status_code == 404

    def test_a_page_that_the_app_makes_itself(self) -> None:
        app = small_app(docs_url=None)
        app.get("/docs")(lambda: "mine")
        with serve(app) as server:
            assert httpx.get(server.url + "/docs").json() == "mine"


class TestOpen:
    @pytest.fixture
    def opened(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        tabs: list[str] = []
        monkeypatch.setattr(module.webbrowser, "open_new_tab", tabs.append)
        return tabs

    def test_in_a_workspace_a_tab_opens(
        self, opened: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / ".course").mkdir()
        monkeypatch.chdir(tmp_path)
        with serve(small_app()) as server:
            server.open()
            server.open("/redoc")
            assert opened == [server.url + "/docs", server.url + "/redoc"]
        assert "127.0.0.1" not in capsys.readouterr().out, "no output depends on the port"

    def test_elsewhere_it_only_says_where(
        self, opened: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        with serve(small_app()) as server:
            server.open()
        assert opened == []
        assert "/docs opens in a new browser tab" in capsys.readouterr().out


def test_an_interrupted_start_is_stopped_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = threading.Event()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        begin.wait()
        yield

    def interrupt(seconds: float) -> None:
        begin.set()
        raise KeyboardInterrupt

    monkeypatch.setattr(module.time, "sleep", interrupt)
    with pytest.raises(KeyboardInterrupt):
        serve(small_app(lifespan=lifespan))
    monkeypatch.undo()
    with serve(small_app()) as server:
        assert httpx.get(server.url + "/x").status_code == 200
        assert len(module._running) == 1


def test_on_windows_a_port_that_is_taken_stays_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """There, SO_REUSEADDR would let a second server have it."""
    monkeypatch.setattr(
        socket, "SO_EXCLUSIVEADDRUSE", socket.SO_KEEPALIVE, raising=False
    )  # any option that this system has
    with module._bound_socket(0) as listening:
        assert listening.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        assert not listening.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)
