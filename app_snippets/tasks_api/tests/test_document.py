"""The OpenAPI document tells the truth: schemathesis asks what it allows, and what it forbids."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from .conftest import PASSWORD, Start, served

# A date in the past fits the schema, and the document says that it is a 422.
CONFIGURATION = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422"]
"""


def test_all_that_the_document_says(tmp_path: Path) -> None:
    """Every operation, every check, every phase, as an admin whom no request can find and remove."""
    (tmp_path / "schemathesis.toml").write_text(CONFIGURATION)
    url = f"sqlite+aiosqlite:///{tmp_path}/tasks.db"
    log = tmp_path / "log"
    with served(log, database_url=url) as (address, _):
        with closing(sqlite3.connect(tmp_path / "tasks.db")) as database, database:
            database.execute(
                "INSERT INTO users SELECT 1234567890, 'zoe', 'z@example.com', password_hash, 'admin', true "
                "FROM users WHERE username = 'carla'"
            )
        form = {"username": "zoe", "password": PASSWORD}
        token = httpx2.post(f"{address}/api/v1/token", data=form, trust_env=False).json()["access_token"]
        program = "import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())"
        options = ["--checks", "all", "--max-examples", "15", "--generation-deterministic", "--continue-on-failure"]
        header = f"Authorization: Bearer {token}"
        command = [sys.executable, "-c", program, "run", f"{address}/openapi.json", "--header", header, *options]
        report = subprocess.run(
            [*command, "--no-color"], cwd=tmp_path, capture_output=True, text=True, env={"NO_PROXY": "*"}
        )
    assert report.returncode == 0, report.stdout + report.stderr
    tested = re.search(r"Selected: (\d+)/(\d+)\s+Tested: (\d+)", report.stdout)
    assert tested is not None
    assert len(set(tested.groups())) == 1, "an operation that was left out"
    assert "Traceback" not in log.read_text()


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/tasks", "GET, POST"),
        ("POST", "/tasks/1", "DELETE, GET, PATCH, PUT"),
        ("DELETE", "/tasks/export", "GET"),
        ("DELETE", "/users/me", "GET"),
        ("OPTIONS", "/users/7", "DELETE, GET"),
        ("GET", "/token", "POST"),
    ],
)
def test_a_405_names_all_methods_of_the_path(start: Start, method: str, path: str, allowed: str) -> None:
    response = start().ask(method, path, None)
    assert (response.status_code, response.headers["Allow"]) == (405, allowed)


def test_operations_have_names_that_make_a_good_client(start: Start) -> None:
    document = start().client.get("/openapi.json").json()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert {operation["operationId"] for operation in operations} == {
        *("get_tasks", "post_task", "get_export", "get_task", "put_task", "patch_task", "remove_task"),
        *("post_user", "get_me", "get_user", "remove_user", "post_token", "post_reminders"),
        *("get_health", "get_ready"),
    }
    named = {tag["name"] for tag in document["tags"]}
    for operation in operations:
        assert operation["summary"]
        assert operation["description"]
        assert set(operation["tags"]) <= named


def test_every_body_that_comes_or_goes_has_an_example(start: Start) -> None:
    document = start().client.get("/openapi.json").json()
    for path, item in document["paths"].items():
        for method, operation in item.items():
            bodies = [operation["requestBody"]] if "requestBody" in operation else []
            for body in [*bodies, *operation["responses"].values()]:
                for kind in body.get("content", {}).values():
                    schema = kind.get("schema") or kind["itemSchema"]
                    model = (schema.get("items") or schema)["$ref"].rpartition("/")[2]
                    assert kind.get("examples") or document["components"]["schemas"][model].get("examples"), (
                        f"{method} {path}: {model}"
                    )


def test_every_operation_says_what_can_go_wrong(start: Start) -> None:
    document = start().client.get("/openapi.json").json()
    for path, item in document["paths"].items():
        for method, operation in item.items():
            documented = set(operation["responses"])
            expected = {"default"}  # what nobody expected, and a database that does not answer
            expected |= {"429"} if path.startswith("/api/v1") else set()
            expected |= {"401", "403"} if "security" in operation else set()
            expected |= {"400"} if "requestBody" in operation or "parameters" in operation else set()
            expected |= {"408", "413"} if "requestBody" in operation else set()
            expected |= {"404"} if "{" in path else set()
            assert expected <= documented, f"{method} {path}: {expected - documented}"
            assert "422" not in documented or path.startswith("/api/v1/tasks")
