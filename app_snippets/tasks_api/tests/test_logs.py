"""One line an event, for programs; and nothing in it that nobody should read."""

import json
import logging
import re
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app_snippets.tasks_api.logs import JsonFormatter

from .conftest import PASSWORD, Start, served

KNOWN = {"time", "level", "logger", "event", "request_id", "user_id", "method", "route", "status"}
KNOWN |= {"duration_ms", "error_code"}


def lines_of(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    formatter = JsonFormatter()
    return [json.loads(formatter.format(record)) for record in caplog.records if record.name == "tasks"]


def test_a_line_says_what_debugging_needs(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    api = start()
    api.token("ana")
    caplog.set_level("INFO", logger="tasks")
    caplog.clear()
    response = api.ask("PATCH", "/tasks/99", json={"done": True})
    (line,) = lines_of(caplog)
    assert set(line) == KNOWN
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", str(line["time"]))
    assert line["request_id"] == response.headers["X-Request-ID"]
    assert (line["event"], line["user_id"], line["method"]) == ("request", 1, "PATCH")
    assert line["route"] == "/api/v1/tasks/{task_id}"
    assert (line["status"], line["error_code"]) == (404, "TASK_NOT_FOUND")
    assert isinstance(line["duration_ms"], float)
    assert 0 < line["duration_ms"] < 60_000


def test_every_kind_of_request_has_its_line(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    api = start()
    caplog.set_level("INFO", logger="tasks")
    for method, path in (("GET", "/docs"), ("GET", "/nothing"), ("PUT", "/api/v1/tasks"), ("OPTIONS", "/api/v1/tasks")):
        caplog.clear()
        api.client.request(method, path)
        assert len(lines_of(caplog)) == 1
    for path in ("/health", "/ready"):
        caplog.clear()
        api.client.get(path)
        assert lines_of(caplog) == []  # asked all day long; only when it fails is it news


def test_an_error_is_one_line_with_its_trace(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise RuntimeError("two\nlines")
    except RuntimeError:
        record = logging.LogRecord("tasks", logging.ERROR, "f", 1, "a\nb", None, sys.exc_info())
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert json.loads(line)["event"] == "a\nb"
    assert json.loads(line)["trace"].endswith("RuntimeError: two\nlines")


def test_a_server_writes_nothing_but_json(tmp_path: Path) -> None:
    log = tmp_path / "log"
    url = f"sqlite+aiosqlite:///{tmp_path}/tasks.db"
    mistyped: dict[str, Any] = {"database_url": url, "pool_szie": 9}
    with served(log, **mistyped) as (address, _), httpx2.Client(base_url=address, trust_env=False) as client:
        client.post("/api/v1/token", data={"username": "ana", "password": PASSWORD})
        client.post("/api/v1/token", data={"username": "ana\nforged", "password": "wrong secret"})
        client.get("/api/v1/tasks?secret=geheim")
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert (lines[0]["level"], lines[0]["event"]) == (
        "WARNING",
        "TASKS_POOL_SZIE is no setting; is TASKS_POOL_SIZE meant?",
    )
    requests = [line for line in lines if line["event"] == "request"]
    assert [(line["route"], line["status"]) for line in requests] == [
        ("/api/v1/token", 200),
        ("/api/v1/token", 401),
        ("/api/v1/tasks", 401),
    ]
    assert not [secret for secret in (PASSWORD, "wrong secret", "geheim", "forged") if secret in log.read_text()]
