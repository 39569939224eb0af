"""Learners' tests, judged by the bugs that they catch; and lesson 08's bugs, each caught by the tests that it names."""

import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from coursekit import judge, suite
from coursekit.build import built_files, render, suite_source
from coursekit.exercise import Lesson, load
from coursekit.expect import NotYet
from coursekit.judge import CellRun
from coursekit.lessons import ROOT, CourseError, lesson_of
from coursekit.suite import Bug, against, judge_tests, put_in, run_source, run_tests, source_of, standing_in

# --- a module to test -------------------------------------------------------------------------------------------------

API = """
from fastapi import FastAPI, HTTPException

def make_app():
    app = FastAPI()
    lists = {1: "Groceries", 2: "Garden"}

    @app.get("/lists/{number}")
    def read(number: int) -> str:
        if number not in lists:
            raise HTTPException(404)
        return lists[number]

    return app
"""
FIXTURES = """
import pytest
from fastapi.testclient import TestClient
from small_course.lists import make_app

print("never in the file")
unused = 1 / 1

@pytest.fixture
def client():
    return TestClient(make_app())
"""
MISSING = Bug("missing", "A list that is gone breaks the server.", "if number not in lists:", "if number == 1000:")
FIRST = Bug("first", "Each list is the first one.", "return lists[number]", "return lists[1]")
ENDLESS = Bug("endless", "The page never ends.", "return lists[number]", "return lists[number] + '…'")


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    package = tmp_path / "small_course"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "lists.py").write_text(API)
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("small_course", "small_course.lists"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return "small_course.lists"


@pytest.fixture
def cells(monkeypatch: pytest.MonkeyPatch, module: str) -> Callable[..., None]:
    monkeypatch.setattr(judge, "cells_run", [])
    monkeypatch.setattr(suite, "cells_run", judge.cells_run)

    def run_cells(*sources: str) -> None:
        judge.cells_run[:] = [CellRun(source) for source in sources]

    return run_cells


def judged(cells: Callable[..., None], tests: str, *bugs: Bug) -> str:
    """What the verdict says, a block of text included."""
    cells(FIXTURES, f"class TestLists:\n{tests}")
    try:
        return " ".join(judge_tests(type("TestLists", (), {}), "small_course.lists", bugs).values())
    except NotYet as failed:
        return f"{failed.message} {failed.exchange.text() if failed.exchange else ''}"


GOOD = """
    def test_second(self, client):
        assert client.get("/lists/2").json() == "Garden"

    @pytest.mark.parametrize("number", [3, 99])
    def test_missing(self, client, number):
        assert client.get(f"/lists/{number}").status_code == 404
"""


def test_good_tests_catch_all_bugs(cells: Callable[..., None]) -> None:
    said = judged(cells, GOOD, MISSING, FIRST)
    assert "catch all 2 bugs" in said
    assert "✓ caught by test_missing[3]: A list that is gone breaks the server." in said
    assert "✓ caught by test_second: Each list is the first one." in said


def test_a_bug_that_survives_is_named_by_what_a_user_suffers(cells: Callable[..., None]) -> None:
    said = judged(cells, GOOD.partition("@")[0].rstrip() + "\n", MISSING, FIRST)
    assert "catch 1 of 2 bugs" in said
    assert "✗ SURVIVED: A list that is gone breaks the server." in said


def test_tests_that_assert_nothing_are_named(cells: Callable[..., None]) -> None:
    tests = """
    def test_nothing(self, client):
        client.get("/lists/2")

    def test_always(self, client):
        answer = client.get("/lists/2")
        assert answer and answer.status_code

    def test_status(self, client):
        assert client.get("/lists/2").status_code == 200
"""
    said = judged(cells, tests, MISSING)
    assert "`test_nothing` asserts nothing" in said
    assert "`test_always` would pass even if the API answered every request with 418" in said
    assert "test_status" not in said


def test_an_assertion_in_a_helper_counts(cells: Callable[..., None]) -> None:
    tests = """
    def read(self, client, number):
        answer = client.get(f"/lists/{number}")
        assert answer.status_code == 200
        return answer.json()

    def test_read(self, client):
        self.read(client, 1)
"""
    said = judged(cells, tests, MISSING)
    assert "SURVIVED" in said
    assert "nothing" not in said


def test_tests_that_fail_without_a_bug_come_first(cells: Callable[..., None]) -> None:
    said = judged(
        cells, '\n    def test_one(self, client):\n        assert client.get("/lists/1").json() == "x"\n', FIRST
    )
    assert '`test_one` fails at `assert client.get("/lists/1").json() == "x"` on the API as it is' in said
    assert "AssertionError: assert 'Groceries' == 'x'" in said


@pytest.mark.parametrize(
    ("tests", "words"),
    [
        ("\n    def check(self):\n        assert True\n", "pytest finds no test to run in `TestLists`"),
        ("\n    @pytest.mark.skip\n    def test_one(self):\n        assert True\n", "All that it finds are skipped"),
        ("\n    def test_one(self, clinet):\n        assert True\n", "fixture 'clinet' not found"),
        ("\n    def test_one(client):\n        assert client.get('/')\n", "takes `self` first"),
        ("\n    def test_one(self):\n        raise SystemExit\n", "`test_one` fails at `raise SystemExit`"),
        ("\n    def test_one(self):\n        raise KeyboardInterrupt\n", "fails"),
        ("\n    def test_one(self):\n        pytest.exit('bye')\n", "A test ended the whole run."),
        ("\n    async def test_one(self):\n        assert True\n", "async def functions are not natively supported"),
    ],
)
def test_tests_that_cannot_be_judged(cells: Callable[..., None], tests: str, words: str) -> None:
    assert words in judged(cells, tests, FIRST)


def test_an_answer_that_is_no_class(cells: Callable[..., None]) -> None:
    cells(FIXTURES)
    with pytest.raises(NotYet, match="should be a class"):
        judge_tests("my tests", "small_course.lists", [FIRST])


def test_a_run_that_never_ends_has_noticed_the_bug(cells: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(against, "__kwdefaults__", {**(against.__kwdefaults__ or {}), "limit": 1.0})
    tests = """
    def test_until_it_is_there(self, client):
        while client.get("/lists/2").json() != "Garden":
            pass
        assert True
"""
    said = judged(cells, tests, ENDLESS)
    assert "caught by all of them together: The page never ends." in said


def test_a_run_leaves_nothing_behind(cells: Callable[..., None], module: str) -> None:
    before, path = dict(sys.modules), list(sys.path)
    judged(cells, GOOD, MISSING)
    assert sys.path == path
    assert "test_notebook" not in sys.modules
    assert sys.modules.get(module) is before.get(module) or module not in before


def test_a_module_stands_in_for_another(module: str) -> None:
    import importlib

    real = importlib.import_module(module)
    with standing_in(module, lambda text: text.replace("Garden", "Desert")) as made:
        assert importlib.import_module(module) is made is not real
        assert isinstance(made, ModuleType)
        from small_course import lists  # type: ignore[import-not-found]

        assert lists is made
    assert importlib.import_module(module) is real
    assert sys.modules["small_course"].lists is real


@pytest.mark.parametrize("old", ["nowhere to be found", "app"])
def test_a_bug_replaces_exactly_one_place(old: str) -> None:
    with pytest.raises(CourseError, match="must replace one piece"):
        put_in(Bug("wrong", "", old, ""), API)


# --- from cells to a file ---------------------------------------------------------------------------------------------


def test_the_file_holds_what_the_tests_use_and_nothing_else() -> None:
    first = "import os, sys\nimport pytest\nlimit = 3\nother = 4\nprint(limit)"
    second = "@pytest.fixture\ndef client():\n    return limit\n\nclient_of_mine = 3"
    third = "client = open('x')  # not the fixture"
    tests = "def helper():\n    return os.sep\n\ndef test_a(client):\n    assert helper()\nreport = run_tests()"
    text = source_of(["test_a"], [first, second, third, tests])
    assert "import os, sys" in text
    assert "limit = 3" in text
    assert "@pytest.fixture\ndef client" in text
    for absent in ("other", "print", "open", "report", "client_of_mine"):
        assert absent not in text


def test_the_newest_form_counts() -> None:
    cells = ["def wanted():\n    return 1", "def wanted():\n    return 2", "def test_a():\n    assert wanted() == 2"]
    text = source_of(["test_a"], cells)
    assert "return 2" in text
    assert "return 1" not in text


def test_cells_that_are_not_python_are_left_out() -> None:
    assert "def test_a" in source_of(["test_a"], ["%%bash\nls", "!ls", "def test_a():\n    pass"])


def test_marks_and_event_loops_come_along() -> None:
    backend = "import pytest\n@pytest.fixture\ndef anyio_backend():\n    return 'asyncio'"
    results = run_source(source_of(["test_a"], [backend, "@pytest.mark.anyio\nasync def test_a():\n    assert True"]))
    assert [one.outcome for one in results] == ["passed"]


def test_a_message_holds_no_address_and_no_token() -> None:
    text = "def test_a():\n    assert object() == 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.x-_y'"
    (result,) = run_source(text)
    assert "0x…" in result.reason
    assert "eyJ…" in result.reason
    assert "eyJhb" not in result.reason


def test_a_file_that_cannot_be_imported() -> None:
    (result,) = run_source("import nowhere_at_all\n\n\ndef test_a():\n    pass\n")
    assert result.outcome == "error"
    assert "No module named 'nowhere_at_all'" in result.reason


# --- run_tests --------------------------------------------------------------------------------------------------------


def test_run_tests_runs_the_tests_of_its_cell(cells: Callable[..., None]) -> None:
    tests = "def test_b(client):\n    print('seen')\n    assert client.get('/lists/1').is_success\n\ndef test_a():\n    assert 1 == 2\n"
    cells(FIXTURES, tests + "report = run_tests()")
    report = run_tests()
    assert (report.passed, report.failed) == (["test_b"], ["test_a"])
    assert repr(report).splitlines() == [
        "✓ test_b: passed",
        "    seen",
        "✗ test_a: failed",
        "    > assert 1 == 2",
        "    assert 1 == 2",
        "1 passed, 1 failed",
    ]
    assert "<strong>1 passed, 1 failed</strong>" in report._repr_html_()
    assert report.to_dict()["results"]


def test_run_tests_without_tests(cells: Callable[..., None]) -> None:
    cells("x = 1")
    assert "There is no test in this cell" in repr(run_tests())


def test_run_tests_of_a_class(cells: Callable[..., None]) -> None:
    class TestLists:
        pass

    cells(FIXTURES, f"class TestLists:{GOOD}", "x = 1")
    assert run_tests(TestLists).passed == [
        "TestLists::test_second",
        "TestLists::test_missing[3]",
        "TestLists::test_missing[99]",
    ]


# --- lesson 08 --------------------------------------------------------------------------------------------------------


@cache
def lesson() -> Lesson:
    folder = lesson_of("8.1")
    assert folder is not None
    return load(folder)


def declared() -> Any:
    """The names of lesson 08's exercises.py."""
    return next(iter(lesson().exercises.values())).ask.__globals__


@cache
def reference() -> str:
    text = suite_source(lesson())
    assert text is not None
    return text


def test_the_lesson_has_bugs_enough() -> None:
    bugs = declared()["BUGS"]
    assert len(bugs) >= 25
    assert len({bug.name for bug in bugs}) == len({bug.harm for bug in bugs}) == len(bugs)
    assert all(bug.caught_by for bug in bugs)


def test_no_reference_test_fails_without_a_bug() -> None:
    results = run_source(reference())
    assert [one for one in results if one.outcome != "passed"] == []


@pytest.mark.parametrize("bug", declared()["BUGS"], ids=lambda bug: bug.name)
def test_a_bug_is_caught_by_the_tests_that_it_names_and_no_others(bug: Bug) -> None:
    results = against(reference(), declared()["STAGE"], bug, until_one_fails=False, limit=120)
    assert {one.outcome for one in results} == {"passed", "failed"}
    assert {one.test.partition("[")[0] for one in results if one.outcome == "failed"} == set(bug.caught_by)


def test_the_suite_is_built_from_the_lesson() -> None:
    file = "app_snippets/stages/test_after_08_testing.py"
    assert file in built_files(lesson())
    assert (ROOT / file).read_text(encoding="utf-8") == reference()


def test_the_cells_pass_under_plain_pytest(tmp_path: Path) -> None:
    """What the lesson promises: paste the cells into tests/test_tasks.py and type `python -m pytest`."""
    pasted = []
    for cell in render(lesson(), solved=True).cells:
        tags = cell.metadata.get("tags", [])
        if "suite" in tags or "class Test" in cell.source or "def broken_database" in cell.source:
            pasted.append(cell.source.partition("report = run_tests")[0])
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_tasks.py").write_text("\n\n".join(one for one in pasted if one.strip()), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "pytest", "-p", "no:cacheprovider", "-q"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert "failed" not in done.stdout
    assert "passed" in done.stdout
