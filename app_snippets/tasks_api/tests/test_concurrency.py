"""Several at once: nothing is doubled, nothing is lost, and nobody holds what others need."""

import asyncio
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from app_snippets.tasks_api.api.dependencies.services import get_mailer
from app_snippets.tasks_api.services.mail import Mailer

from .conftest import PASSWORD, SERVE, Api, Start, execute, served


@pytest.fixture
def api(start: Start, url: str) -> Api:
    api = start(database_url=url)
    api.token("ana")
    return api


def at_once(*requests: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(len(requests)) as pool:
        return [asked.result() for asked in [pool.submit(request) for request in requests]]


def test_a_request_that_is_sent_twice_at_once_makes_one_task(api: Api) -> None:
    for attempt in range(5):
        key = {"Idempotency-Key": f"attempt-{attempt}"}
        answers = at_once(*[lambda key=key: api.ask("POST", "/tasks", json={"title": "Party"}, headers=key)] * 4)
        statuses = [answer.status_code for answer in answers]
        assert set(statuses) <= {201, 409}
        assert len({answer.json()["id"] for answer in answers if answer.status_code == 201}) == 1
        again = api.ask("POST", "/tasks", json={"title": "Party"}, headers=key)
        assert again.status_code == 201
        assert len(api.tasks()) == 2 + attempt + 1


def test_of_two_changes_of_one_version_one_wins_and_one_knows(api: Api) -> None:
    for attempt in range(5):
        version = api.ask("GET", "/tasks/1").json()["version"]
        changes = [{"title": f"{attempt}{number}", "version": version} for number in range(3)]
        answers = at_once(*[lambda body=body: api.ask("PATCH", "/tasks/1", json=body) for body in changes])
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
        (won,) = [answer.json() for answer in answers if answer.status_code == 200]
        assert api.ask("GET", "/tasks/1").json() == won


def test_a_login_holds_no_connection_while_it_compares(start: Start, url: str) -> None:
    api = start(database_url=url, pool_size=1, max_overflow=0, pool_timeout=1.0)
    api.token("ana")
    comparing, go_on = threading.Event(), threading.Event()
    verify = api.app.state.passwords.hasher.verify

    def slowly(password: str, kept: str) -> Any:
        comparing.set()
        go_on.wait(10)
        return verify(password, kept)

    api.app.state.passwords.hasher.verify = slowly
    with ThreadPoolExecutor(1) as pool:
        login = pool.submit(api.log_in, "ana")
        assert comparing.wait(10)
        assert api.ask("GET", "/tasks").status_code == 200
        go_on.set()
        assert login.result().status_code == 200


def test_a_mail_holds_no_connection_and_its_failure_changes_no_answer(
    start: Start, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    api = start(database_url=url, mail_url="http://mail.example", pool_size=1, max_overflow=0, mail_attempts=1)
    seen: list[int] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        seen.append(api.app.state.sessions.kw["bind"].pool.checkedout())
        return httpx.Response(503)

    http = httpx.AsyncClient(transport=httpx.MockTransport(refuse))
    mailer = Mailer(http, api.app.state.settings)
    api.app.dependency_overrides[get_mailer] = lambda: mailer
    dora = {"username": "dora", "email": "dora@example.com", "password": PASSWORD}
    response = api.ask("POST", "/users", None, json=dora)
    assert response.status_code == 201
    assert seen == [0]
    (failure,) = [record for record in caplog.records if "no mail welcome-4" in record.getMessage()]
    assert vars(failure)["request_id"] == response.headers["X-Request-ID"]
    api.ask("PATCH", "/tasks/1", json={"due_date": "2999-01-01"})
    assert api.ask("POST", "/reminders", "carla").json() == {"sent": 0, "failed": 0}


@pytest.mark.skipif(sys.platform == "win32", reason="a process on Windows takes no SIGTERM")
def test_two_workers_from_their_start_to_their_end(tmp_path: Path, server: Any) -> None:
    """Both start on a database that is empty, and share it and one key. Who is told to stop answers first."""
    asyncio.run(execute(server.get_uri(), "CREATE DATABASE two_workers"))
    url = server.get_uri("two_workers", driver="asyncpg")
    log = tmp_path / "log"
    with served(log, "--workers", "2", program=SERVE, database_url=url) as (address, process):
        deadline = time.monotonic() + 60
        while log.read_text().count("Application startup complete") < 2:
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        share(address)
        # from now on, a login of Ana takes a while
        slow = Argon2Hasher(time_cost=40, memory_cost=32_768).hash(PASSWORD)
        asyncio.run(execute(server.get_uri("two_workers"), f"UPDATE users SET password_hash = '{slow}' WHERE id = 1"))
        stop(address, process)
    assert log.read_text().count("Application shutdown complete") == 2
    assert "Traceback" not in log.read_text()


def share(address: str) -> None:
    """A token of one worker is good for the other, a key makes one task, and no answer waits for nothing."""
    form = {"username": "ana", "password": PASSWORD}
    token = httpx2.post(f"{address}/api/v1/token", data=form, trust_env=False).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}

    def ask(number: int) -> int:
        body = {"title": f"Task {number}"}
        with httpx2.Client(base_url=address, headers=headers, trust_env=False) as client:
            made = client.post("/api/v1/tasks", json=body, headers={"Idempotency-Key": f"number-{number // 2}"})
            return made.status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = set(pool.map(ask, [number // 2 * 2 for number in range(40)]))
    assert statuses <= {201, 409}
    export = httpx2.get(f"{address}/api/v1/tasks/export", headers=headers, trust_env=False)
    assert len(export.text.splitlines()) == 2 + 20
    with httpx2.Client(base_url=address, trust_env=False) as client:
        times = sorted(client.get("/health").elapsed.total_seconds() for _ in range(40))
    assert times[10] < 0.03, "each answer waits for an acknowledgement: 40 ms"


def stop(address: str, process: "subprocess.Popen[bytes]") -> None:
    """A login is under way when the signal comes, and gets its answer."""
    form = {"username": "ana", "password": PASSWORD}
    with httpx2.Client(base_url=address, trust_env=False) as client, ThreadPoolExecutor(1) as pool:
        login = pool.submit(client.post, "/api/v1/token", data=form, timeout=60)
        with pytest.raises(FutureTimeout):
            login.result(0.15)
        process.send_signal(signal.SIGTERM)
        assert login.result(60).status_code == 200
    assert process.wait(20) in (0, -signal.SIGTERM)
