"""Malformed requests and attacks."""

import asyncio
import json
import random
import time
from collections import Counter
from typing import Any, cast

import httpx2
import jwt
from fastapi import FastAPI

from app_snippets.tasks_api.tests import test_attacks
from app_snippets.tasks_api.tests.conftest import Api

from .asking import Line, Seen, http, together
from .service import SETTINGS, Service


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
