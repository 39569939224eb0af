"""How often somebody may ask, and how much they may send."""

import asyncio
import time
from typing import Any

import httpx2
import pytest

from app_snippets.tasks_api.services.limiter import Limiter

from .conftest import Start, problem


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_limiter_counts_each_client_alone_and_lets_them_on_again() -> None:
    clock = Clock()
    limiter = Limiter(6, clock)
    assert [limiter.wait("a") for _ in range(6)] == [0.0] * 6
    assert 9.9 < limiter.wait("a") <= 10
    assert limiter.wait("b") == 0.0
    clock.now += 9.9
    assert limiter.wait("a") > 0
    clock.now += 0.2
    assert limiter.wait("a") == 0.0
    assert limiter.wait("a") > 9
    clock.now += 1000
    assert [limiter.wait("a") for _ in range(6)] == [0.0] * 6
    assert limiter.wait("a") > 0


def test_who_is_sent_away_pays_nothing_for_that() -> None:
    clock = Clock()
    limiter = Limiter(1, clock)
    assert limiter.wait("a") == 0.0
    for _ in range(100):
        assert limiter.wait("a") == pytest.approx(60.0)
    clock.now += 60
    assert limiter.wait("a") == 0.0


def test_an_address_of_ipv6_is_its_network() -> None:
    limiter = Limiter(1, Clock())
    assert limiter.wait("2001:db8::1") == 0.0
    assert limiter.wait("2001:db8::2") > 0
    assert limiter.wait("2001:db8:0:1::1") == 0.0
    assert limiter.wait("testclient") == 0.0


def test_without_a_limit_nobody_waits_and_nothing_is_kept() -> None:
    limiter = Limiter(0, Clock())
    assert {limiter.wait("a") for _ in range(1000)} == {0.0}


def test_a_limiter_does_not_grow_for_ever() -> None:
    clock = Clock()
    limiter = Limiter(60, clock)
    for number in range(50_000):
        clock.now += 0.01
        limiter.wait(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(limiter.paid_until) <= 10_001


def test_too_many_requests_are_a_429_with_the_one_shape(start: Start) -> None:
    api = start(requests_per_minute=5, cors_origins=["https://app.example"])
    statuses = [api.client.get("/api/v1/nothing").status_code for _ in range(5)]
    assert statuses == [404] * 5
    origin = {"Origin": "https://app.example"}
    response = api.client.get("/api/v1/tasks", headers=origin)
    assert problem(response, 429, "TOO_MANY_REQUESTS") == {}
    assert 1 <= int(response.headers["Retry-After"]) <= 12
    assert response.headers["Access-Control-Allow-Origin"] == "https://app.example"
    assert "Retry-After" in response.headers["Access-Control-Expose-Headers"]
    for path in ("/health", "/ready", "/docs"):  # are for those who run it
        assert api.client.get(path).status_code == 200


def test_logins_have_a_stricter_limit_right_or_wrong(start: Start) -> None:
    api = start(logins_per_minute=3)
    assert [api.log_in("ana").status_code, api.log_in("ana", "wrong").status_code] == [200, 401]
    problem(api.log_in("nobody", "wrong"), 401, "WRONG_LOGIN")
    response = api.log_in("carla")
    problem(response, 429, "TOO_MANY_REQUESTS")
    assert 1 <= int(response.headers["Retry-After"]) <= 20
    assert api.client.get("/api/v1/users/me").status_code == 401  # nothing else is refused


def test_a_body_that_does_not_end_is_a_408(start: Start) -> None:
    """Until it is there, nothing else is held: no session, no connection."""
    api = start(body_timeout=0.2)

    async def drip() -> Any:
        yield b'{"title": "A'
        await asyncio.Event().wait()

    async def ask() -> httpx2.Response:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        transport = httpx2.ASGITransport(api.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.post("/api/v1/tasks", content=drip(), headers=headers)

    token = api.token("ana")
    assert api.client.portal is not None
    began = time.monotonic()
    problem(api.client.portal.call(ask), 408, "BODY_TOO_SLOW")
    assert time.monotonic() - began < 5
    assert api.app.state.sessions.kw["bind"].pool.checkedout() == 0
