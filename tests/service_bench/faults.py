"""Faults: a database that stops, a worker that is killed, and clients that hang up, send too much or too slowly."""

import asyncio
import signal
import time
from contextlib import suppress

import psutil

from .asking import FORM, Line, http, together, until
from .service import MIB, PAGE, SETTINGS, Service, console


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
