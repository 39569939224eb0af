"""Load: how fast, how many, and with how much memory."""

import asyncio

from app_snippets.tasks_api.services.tokens import make_token
from app_snippets.tasks_api.tests.conftest import PASSWORD

from . import beside as apps
from .asking import FORM, Line, http
from .service import PAGE, SETTINGS, Service


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
        with service.running(apps.__file__, app):
            seen = await service.load(16, max(2, service.seconds / 4), http("GET", PAGE, make_token(1, SETTINGS)))
            service.promise(f"load: {what}", "no error", seen, set(seen.statuses) == {200})
            service.speeds.append((what, seen))


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
