"""The capstone's page and certificate: right, unfinished and hostile; and that its hidden stories are right about our own apps."""

import html
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NoReturn

import pytest
from fastapi import FastAPI

from coursekit.author import client, expect
from coursekit.capstone import bugs, capstone, certificate, page, stories
from coursekit.capstone.bugs import our_factory
from coursekit.capstone.certificate import Verified
from coursekit.capstone.jobs import Job, Story
from coursekit.capstone.jobs import jobs as declared_jobs
from coursekit.capstone.page import Page
from coursekit.course.declarations import load
from coursekit.course.lessons import this_course
from coursekit.judging.expectation import NotYet
from coursekit.judging.history import CellRun, cells_run
from coursekit.judging.suite import bugs as judged_by_bugs
from coursekit.judging.suite.bugs import Bug, insert_bug

# --- a small job ------------------------------------------------------------------------------------------------------

OURS = '''
from fastapi import APIRouter, FastAPI

router = APIRouter(prefix="/api/v1/bells", tags=["bells"])

@router.get("")
async def ring() -> str:
    """Ring the bell."""
    return "ding"

def missing(number: int) -> str:
    return f"There is no bell {number}."

def create_bells_app() -> FastAPI:
    app = FastAPI()
    app.include_router(router)
    return app
'''
FIXTURE = """
import pytest
from fastapi.testclient import TestClient

@pytest.fixture
def bells():
    return TestClient(create_bells_app())
"""
TESTS = """
class TestBells:
    def test_it_rings(self, bells):
        assert bells.get("/api/v1/bells").json() == "ding"
"""


class TestBells:
    __test__ = False

    def test_it_rings(self) -> None:
        """What counts is the cell's source."""


def rings(api: Any) -> None:
    response = api.get("/api/v1/bells")
    expect.status(response, 200, why="Somebody is at the door.")
    expect.body(response, "ding", why="It should be heard.")


@contextmanager
def one_client(factory: Callable[..., Any]) -> Iterator[Any]:
    yield client(factory())


JOB = Job(
    number=1,
    title="A bell",
    exercise="12.2",
    spec="specs/bells/spec.md",
    factory="create_bells_app",
    tests="TestBells",
    build=lambda factory: factory(),
    people=one_client,
    stories=(Story("Ana rings, and hears it", rings), Story("Ben rings, too", rings)),
    bugs=(Bug("mute", "Ana rings, and nobody hears it.", '"ding"', '""'),),
)

World = dict[str, Any]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> World:
    """The names of a notebook in which the small job is finished."""
    names: World = {"__name__": "__main__"}
    exec(OURS, names)
    names["TestBells"] = TestBells
    monkeypatch.setattr(page, "jobs", {1: JOB})
    monkeypatch.setattr(bugs, "our_source", lambda job: OURS)
    monkeypatch.setattr(page, "capstone_lesson", lambda: None)
    monkeypatch.setattr(page, "namespace", lambda: names)
    monkeypatch.setattr(bugs, "namespace", lambda: names)
    monkeypatch.setattr(stories, "STANDARDS", stories.Standards(prefix="/api/v1"))
    monkeypatch.setattr(stories, "review_of", reviewed_leniently(stories.review_of))
    cells_run[:] = [CellRun(OURS), CellRun(FIXTURE), CellRun(TESTS)]
    monkeypatch.chdir(tmp_path)
    return names


def reviewed_leniently(review_of: Callable[..., Any]) -> Callable[..., Any]:
    """The small app has no handlers, so C6 is not looked at."""

    def review(app: Any, name: str) -> Any:
        found = review_of(app, name)
        return replace(found, findings=tuple(one for one in found.findings if one.point != "C6"))

    return review


# --- finished ---------------------------------------------------------------------------------------------------------


def test_a_finished_capstone_gives_a_certificate(world: World) -> None:
    shown = capstone("Ana Lovelace")
    assert shown.finished, shown
    assert "certificate.html" in shown.end
    text = Path("certificate.html").read_text(encoding="utf-8")
    for words in (
        "Ana Lovelace",
        "A bell",
        "<b>2</b> acceptance stories",
        "<b>1</b> of 1 bugs",
        f"{date.today():%Y-%m-%d}",
    ):
        assert words in text
    assert str(date.today()) not in repr(shown) + shown._repr_html_(), "no output depends on the clock"


def test_a_second_certificate_takes_the_place_of_the_first(world: World) -> None:
    Path("certificate.html").write_text("older")
    capstone("Ana")
    assert "older" not in Path("certificate.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_without_a_name_there_is_none(world: World, name: str) -> None:
    shown = capstone(name)
    assert shown.finished
    assert "Put your name" in shown.end
    assert not Path("certificate.html").exists()


def test_a_folder_that_cannot_be_written(world: World) -> None:
    Path("certificate.html").mkdir()
    assert "cannot be written" in capstone("Ana").end


def test_text_html_and_dict_say_the_same(world: World) -> None:
    world["create_bells_app"] = silent_app
    shown = capstone("Ana")
    said = shown.to_dict()
    texts = [
        said["heading"],
        said["end"],
        *(part[key] for job in said["jobs"] for part in job["parts"] for key in ("says", "list")),
    ]
    plain, drawn = words_of(repr(shown)), words_of(visible(shown._repr_html_()))
    for text in texts:
        assert words_of(text) in plain
        assert words_of(text) in drawn


def words_of(text: str) -> str:
    return " ".join(text.replace("`", "").split())


def visible(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(code|b)>", "", page)))


# --- not finished -----------------------------------------------------------------------------------------------------


def silent_app() -> FastAPI:
    app = FastAPI()

    @app.get("/api/v1/bells")
    async def ring() -> str:
        return ""

    return app


def refused(page: Page, *words: str) -> None:
    """No certificate, and the page says why."""
    assert not page.finished
    assert "no certificate yet" in page.end
    assert not Path("certificate.html").exists()
    for one in words:
        assert one in repr(page), page


def test_nothing_there(world: World) -> None:
    world.clear()
    refused(capstone("Ana"), "create_bells_app is not there yet", "TestBells has no tests yet", "0 of 1 jobs")


def test_a_story_that_does_not_hold_is_told_with_its_request(world: World) -> None:
    world["create_bells_app"] = silent_app
    shown = capstone("Ana")
    refused(shown, "0 of 2 hold", "✗ Ana rings, and hears it", "GET /api/v1/bells", "C8")
    assert shown.to_dict()["jobs"][0]["missing"]


def test_tests_that_are_red_on_the_own_app(world: World) -> None:
    world["create_bells_app"] = silent_app
    refused(capstone("Ana"), "test_it_rings fails", "on your own app", "assert '' == 'ding'")


def test_a_bug_that_survives(world: World) -> None:
    cells_run[-1] = CellRun(TESTS.replace('.json() == "ding"', ".status_code == 200"))
    refused(capstone("Ana"), "0 of 1 bugs are caught", "SURVIVED: Ana rings")


def test_tests_that_ask_for_more_than_the_spec(world: World) -> None:
    more = '\n    def test_more(self, bells):\n        assert "X-Bell" in bells.get("/api/v1/bells").headers\n'
    cells_run[-1] = CellRun(TESTS + more)
    with pytest.raises(NotYet, match=r"our app, which does what `specs/bells/spec.md` says"):
        bugs.strength_of_job_tests(JOB, TestBells, None)


# --- hostile ----------------------------------------------------------------------------------------------------------


def breaks() -> NoReturn:
    raise ValueError("no bell")


def leaves() -> NoReturn:
    sys.exit(3)


def ends_the_process() -> NoReturn:
    os._exit(3)


def never_ends() -> NoReturn:
    while True:
        pass


@pytest.mark.parametrize(
    ("factory", "words"),
    [
        (breaks, "does not start: `ValueError: no bell`"),
        (leaves, "SystemExit"),
        (ends_the_process, "ended the whole process"),
        (never_ends, "did not answer all stories"),
        (lambda: None, "needs a FastAPI application"),
        (42, "is not there yet"),
        (..., "is not there yet"),
    ],
)
def test_an_app_that_is_none(world: World, monkeypatch: pytest.MonkeyPatch, factory: Any, words: str) -> None:
    monkeypatch.setattr(page, "ASKING_LIMIT", 2.0)
    monkeypatch.setattr(judged_by_bugs, "JUDGED_LIMIT", 2.0)
    world["create_bells_app"] = factory
    shown = capstone("Ana")
    refused(shown)
    assert words in f"{shown.to_dict()}" or words in repr(shown), shown


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("while True: pass", "still running"),
        ("import os; os._exit(1)", "ends Python itself"),
        ("raise SystemExit", "SystemExit"),
        ("pytest.skip('later')", "skipped"),
    ],
)
def test_tests_that_are_none(world: World, monkeypatch: pytest.MonkeyPatch, body: str, words: str) -> None:
    monkeypatch.setattr(judged_by_bugs, "JUDGED_LIMIT", 2.0)
    cells_run[-1] = CellRun(f"class TestBells:\n    def test_it(self):\n        {body}\n")
    shown = capstone("Ana")
    refused(shown)
    assert shown.standings[0].held == 2, "the stories are told all the same"
    assert words in repr(shown)


# --- the certificate --------------------------------------------------------------------------------------------------

VERIFIED = [Verified(f"Job <{number}>", "specs/x/spec.md", ("Ana & `Ben`",) * 14, 9, 10, 8) for number in (1, 2, 3)]


class Outside(HTMLParser):
    """Collects the tags and what a browser would fetch."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [str(value) for name, value in attrs if name in ("src", "href")]


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{name} & %s",
        "\x00\u202eanA",
        "Ana\nLovelace",
        "a" * 10_000,
    ],
)
def test_a_name_is_text(name: str) -> None:
    page = certificate.page(name, VERIFIED, date(2031, 5, 17))
    outside = Outside(page)
    assert not {"script", "img", "link", "iframe"} & set(outside.tags)
    assert outside.fetched == []
    assert "url(" not in page and "@import" not in page
    assert "\x00" not in page and "\u202e" not in page
    assert len(page) < 20_000
    assert outside.tags.count("h1") == 1


def test_a_certificate_says_what_was_verified() -> None:
    page = certificate.page("Ana", VERIFIED, date(2031, 5, 17))
    text = visible(page)
    assert "Job <1>" in text and "Ana & Ben" in text
    assert "14 acceptance stories hold" in words_of(text)
    assert "9 of 10 review points held, 1 left to people" in words_of(text)
    assert "2031-05-17" in text and "FastAPI 0." in text


# --- the lesson's own stories and bugs --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def jobs() -> dict[int, Job]:
    folder = this_course().lesson_of("12.0")
    assert folder is not None
    load(folder)
    return declared_jobs


@pytest.mark.parametrize("number", [1, 2, 3])
def test_our_apps_do_what_the_stories_ask(jobs: dict[int, Job], number: int) -> None:
    job = jobs[number]
    factory = our_factory(job)
    assert [one for one in stories.ask_stories(job, factory) if not one.holds] == []
    assert stories.review_of_job(job, factory).broken == ()
    assert Path(job.spec).name == "spec.md"
    assert len({one.title for one in job.stories}) == len(job.stories)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_stories_notice_each_bug_too(jobs: dict[int, Job], number: int) -> None:
    job = jobs[number]
    for bug in job.bugs:
        factory = our_factory(job, partial(insert_bug, bug))
        assert any(not stories._ask_story(job, story, factory).holds for story in job.stories), bug.name
