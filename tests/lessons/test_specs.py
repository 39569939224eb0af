"""The specs of features that are built: the code cites their sentences, and the service does what their examples say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app_snippets.tasks_api.main import create_app
from app_snippets.tasks_api.settings import Settings
from coursekit.course.lessons import this_course

ROOT = this_course().root

SPECS = ROOT / "specs"
SERVICE = ROOT / "app_snippets" / "tasks_api"
PASSWORD = "seven blue tables"
CITED = re.compile(r"# specs/([\w-]+)/spec\.md, (S\d+(?:(?:, | and )S\d+)*)")


def sentences(feature: str) -> list[str]:
    spec = SPECS / feature / "spec.md"
    return re.findall(r"^- \*\*(S\d+)\*\* ", spec.read_text("utf-8"), re.MULTILINE) if spec.exists() else []


def built() -> list[str]:
    """The features whose tasks are all done."""
    boxes = {
        file.parent.name: re.findall(r"^- \[(.)\]", file.read_text("utf-8"), re.M) for file in SPECS.glob("*/tasks.md")
    }
    return sorted(feature for feature, marks in boxes.items() if set(marks) == {"x"})


def citations() -> Iterator[tuple[str, str, str]]:
    """The file, the feature and the sentence of each citation in the service."""
    for file in SERVICE.rglob("*.py"):
        for feature, numbers in CITED.findall(file.read_text("utf-8")):
            for number in re.findall(r"S\d+", numbers):
                yield file.name, feature, number


def test_what_the_service_has_is_built() -> None:
    assert {"accounts", "tasks"} <= set(built())


def test_each_citation_leads_to_a_sentence() -> None:
    found = list(citations())
    assert found
    assert [one for one in found if one[2] not in sentences(one[1])] == []


def test_a_comment_that_names_a_spec_is_a_citation() -> None:
    for file in SERVICE.rglob("*.py"):
        text = file.read_text("utf-8")
        assert text.count("specs/") == len(CITED.findall(text)), f"{file.name} names a spec in another form"


@pytest.mark.parametrize("feature", built())
def test_each_sentence_is_cited_where_the_code_decides_it(feature: str) -> None:
    cited = {number for _, spec, number in citations() if spec == feature}
    assert [number for number in sentences(feature) if number not in cited] == []


@pytest.mark.parametrize("feature", built())
def test_each_sentence_has_an_example(feature: str) -> None:
    proved = {proves for name, proves, *_ in EXAMPLES if name == feature}
    assert [number for number in sentences(feature) if number not in proved] == []


PAGES = sorted([*SPECS.glob("*/plan.md"), *SPECS.glob("adr/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_lines_that_a_plan_names_are_those_lines(page: Path) -> None:
    for start, end, path, name in re.findall(r"`(\d+):(\d+):([\w/.]+)` `(\w+)`", page.read_text("utf-8")):
        nodes = ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
        there = [(one.lineno, one.end_lineno) for one in nodes if getattr(one, "name", None) == name]  # type: ignore[attr-defined]
        assert there == [(int(start), int(end))], f"`{name}` stands elsewhere in {path}"


# The examples


def examples() -> Iterator[tuple[str, str, str, list[str], int, str]]:
    """What each table of examples says: feature, sentence, who, requests, status, a part of the answer."""
    for feature in built():
        for line in (SPECS / feature / "spec.md").read_text("utf-8").splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if len(cells) == 5 and re.fullmatch(r"S\d+", cells[0]):
                proves, who, requests, status, answer = cells
                yield feature, proves, who, re.findall(r"`([^`]+)`", requests), int(status), answer


EXAMPLES = list(examples())


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(
        database_url=f"sqlite+aiosqlite:///{tmp_path}/tasks.db",
        demo_password=PASSWORD,  # type: ignore[arg-type]
        hash_rounds=1,
        hash_memory_kib=32,
        logins_per_minute=2,
    )
    app: FastAPI = create_app(settings)
    with TestClient(app) as client:
        yield client


def ask(client: TestClient, who: dict[str, str], request: str) -> Any:
    """Send `METHOD path`; after it may stand a JSON body, perhaps with a key, or a form."""
    method, path, *rest = request.split(" ", 2)
    body, _, key = rest[0].partition(" key-") if rest else ("", "", "")
    headers = who | {
        "Content-Type": "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
    }
    if key:
        headers["Idempotency-Key"] = f"key-{key}"
    return client.request(method, path, headers=headers, content=body)


@pytest.mark.parametrize(
    ("proves", "who", "requests", "status", "answer"),
    [pytest.param(*rest, id=f"{feature}-{rest[0]}-{number}") for number, (feature, *rest) in enumerate(EXAMPLES)],
)
def test_the_service_does_what_the_example_says(
    client: TestClient, proves: str, who: str, requests: list[str], status: int, answer: str
) -> None:
    headers = {}
    if who != "nobody":
        token = client.post("/api/v1/token", data={"username": who, "password": PASSWORD}).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
    response = [ask(client, headers, request) for request in requests][-1]
    assert response.status_code == status, response.text
    assert answer in response.text
