"""Learners' tests, judged by the bugs that they catch; and lesson 08's bugs, each caught by the tests that it names."""

import ast
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import coverage
import nbformat
import pytest

from coursekit.building.freshness import built_files
from coursekit.building.stages import suite_source
from coursekit.course.declarations import Lesson, load
from coursekit.course.errors import CourseError
from coursekit.course.lessons import this_course
from coursekit.judging.expectation import NotYet
from coursekit.judging.history import CellRun, cells_run
from coursekit.judging.suite import bugs
from coursekit.judging.suite.bugs import Bug, insert_bug, judge_tests, make_beforehand, replaced_module, run_with_bug
from coursekit.judging.suite.run import Result, run_source
from coursekit.judging.suite.source import source_of
from coursekit.notebook.tests import run_tests

ROOT = this_course().root

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
    cells_run.clear()

    def run_cells(*sources: str) -> None:
        cells_run[:] = [CellRun(source) for source in sources]

    return run_cells


def judged(cells: Callable[..., None], tests: str, *bugs: Bug) -> str:
    """What the verdict says, a block of text included."""
    cells(FIXTURES, f"class TestLists:\n{tests}")
    try:
        return " ".join(judge_tests(type("TestLists", (), {}), "small_course.lists", bugs).values())
    except NotYet as failed:
        return f"{failed.message} {failed.shown}"


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
    assert "✓ caught by a crash in test_missing[3] (KeyError): A list that is gone breaks the server." in said
    assert "✓ caught by test_second: Each list is the first one." in said


@pytest.fixture
def made_beforehand(module: str, monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], ModuleType]:
    """The modules with `MISSING` and without a bug, which are made before any test runs."""
    made: dict[tuple[str, str], ModuleType] = {}
    monkeypatch.setattr(bugs, "_made", made)
    make_beforehand(module, [MISSING])
    return made


def test_modules_made_beforehand_change_no_verdict(
    cells: Callable[..., None], made_beforehand: dict[tuple[str, str], ModuleType]
) -> None:
    ready = [judged(cells, tests, MISSING, FIRST) for tests in (GOOD, GOOD.partition("@")[0].rstrip() + "\n")]
    assert len(made_beforehand) == 2, "runs in copies of this process take nothing away from it"
    made_beforehand.clear()
    assert ready == [judged(cells, tests, MISSING, FIRST) for tests in (GOOD, GOOD.partition("@")[0].rstrip() + "\n")]


def test_a_module_made_beforehand_replaces_the_real_one_once(
    module: str, made_beforehand: dict[tuple[str, str], ModuleType]
) -> None:
    plain, with_bug = made_beforehand.values()
    found = []
    for _ in range(2):
        with replaced_module(module, lambda text: insert_bug(MISSING, text)) as made:
            assert sys.modules[module] is made
            found.append(made)
    assert found[0] is with_bug
    assert found[1] is not with_bug, "a module that tests have run on may have been changed by them"
    with replaced_module(module) as made:
        assert made is plain


def test_modules_made_for_another_exercise_are_dropped(
    module: str, made_beforehand: dict[tuple[str, str], ModuleType]
) -> None:
    make_beforehand(module, [FIRST])
    assert sum("lists[1]" in source for _, source in made_beforehand) == 1
    assert len(made_beforehand) == 2


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


def test_what_a_failing_test_was_told_last_is_shown(cells: Callable[..., None]) -> None:
    said = judged(
        cells,
        "\n    def test_one(self, client):\n        client.get('/lists/1')\n        assert client.get('/lists/9?a=b').is_success\n",
        FIRST,
    )
    assert "The last answer before that:\nGET /lists/9?a=b → 404 Not Found\n" in said


def test_no_answer_is_shown_where_none_was_got(cells: Callable[..., None]) -> None:
    assert "The last answer" not in judged(cells, "\n    def test_one(self, client):\n        assert 1 == 2\n", FIRST)


def test_the_line_is_that_of_the_test_and_not_of_what_it_calls(cells: Callable[..., None]) -> None:
    said = judged(
        cells,
        "\n    def broken(self):\n        raise RuntimeError\n\n    def test_one(self):\n        value = self.broken()\n",
        FIRST,
    )
    assert "`test_one` fails at `value = self.broken()`" in said


def test_an_answer_that_is_no_class(cells: Callable[..., None]) -> None:
    cells(FIXTURES)
    with pytest.raises(NotYet, match="should be a class"):
        judge_tests("my tests", "small_course.lists", [FIRST])


def test_a_run_that_never_ends_has_noticed_the_bug(cells: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bugs, "BUG_LIMIT", 1.0)
    tests = """
    def test_until_it_is_there(self, client):
        while client.get("/lists/2").json() != "Garden":
            pass
        assert True
"""
    said = judged(cells, tests, ENDLESS)
    assert "caught by a crash in test_until_it_is_there (It was still running when the" in said


def test_a_test_that_never_ends_without_a_bug_is_named(
    cells: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bugs, "JUDGED_LIMIT", 1.0)
    said = judged(cells, GOOD + "\n    def test_loop(self):\n        while True:\n            pass\n", FIRST)
    assert "`test_loop` fails on the API as it is" in said
    assert "It was still running when the 1 seconds" in said


SECOND = 'assert client.get("/lists/2").json() == "Garden"'
HOSTILE = {
    "deletes files": (
        f"""
    def test_tidy(self, client, tmp_path):
        import pathlib, shutil
        for file in pathlib.Path(".").glob("*"):
            file.unlink()
        pathlib.Path("left.txt").write_text("x")
        shutil.rmtree(pathlib.Path(__file__).parent)
        {SECOND}
""",
        "✓ caught by test_tidy: Each list is the first one.",
    ),
    "ends Python": (
        "\n    def test_end(self):\n        import os\n        os._exit(0)\n",
        "`test_end` fails on the API as it is, where nothing is wrong. Mend the test first. It ends Python itself.",
    ),
    "kills Python": (
        "\n    def test_kill(self):\n        import os\n        os.kill(os.getpid(), 9)\n",
        "`test_kill` fails on the API as it is",
    ),
    "calls sys.exit when it sees the bug": (
        """
    def test_exit(self, client):
        import sys
        if client.get("/lists/2").json() != "Garden":
            sys.exit(0)
""",
        "✓ caught by a crash in test_exit (SystemExit)",
    ),
    "replaces the route that it tests": (
        """
    def test_own(self, client):
        client.app.router.routes.clear()
        client.app.get("/lists/2")(lambda: "Garden")
        assert client.get("/lists/2").json() == "Garden"
""",
        "✗ SURVIVED: Each list is the first one.",
    ),
    "patches the module": (
        f"""
    def test_patched(self, client):
        from small_course import lists
        lists.make_app = None
        {SECOND}
""",
        "✓ caught by test_patched",
    ),
    "prints megabytes": (
        f'\n    def test_loud(self, client):\n        print("x" * 3_000_000)\n        {SECOND}, "y" * 3_000_000\n',
        "✓ caught by test_loud: Each list is the first one.",
    ),
    "leaves overrides and the environment changed": (
        f"""
    def test_untidy(self, client):
        import os, sys
        client.app.dependency_overrides[make_app] = lambda: None
        os.environ["LEFT_BY_A_TEST"] = "1"
        os.chdir("/")
        sys.path.clear()
        {SECOND}
""",
        "✓ caught by test_untidy",
    ),
    "a fixture that fails": (
        """
    @pytest.fixture
    def broken(self, client):
        return client.get("/lists/2").json()["name"]

    def test_one(self, broken):
        assert broken
""",
        '`test_one` fails at `return client.get("/lists/2").json()["name"]` on the API as it is',
    ),
    "a fixture that asks, and a test that asserts": (
        """
    @pytest.fixture
    def second(self, client):
        return client.get("/lists/2")

    def test_one(self, second):
        assert second.json() == "Garden"
""",
        "✓ caught by test_one",
    ),
    "many cases": (
        """
    @pytest.mark.parametrize("number", range(300))
    def test_many(self, number):
        assert number >= 0
""",
        "`test_many` would pass even if",
    ),
    "a constant": (
        "\n    def test_true(self, client):\n        client.get('/lists/2')\n        assert 200 == 200\n",
        "`test_true` would pass even if the API answered every request with 418",
    ),
    "async": (
        """
    @pytest.fixture
    def anyio_backend(self):
        return "asyncio"

    @pytest.mark.anyio
    async def test_async(self):
        import httpx
        async with httpx.AsyncClient(transport=httpx.ASGITransport(make_app()), base_url="http://test") as client:
            assert (await client.get("/lists/2")).json() == "Garden"
""",
        "✓ caught by test_async",
    ),
    "a class in the class": (
        f"\n    class TestInner:\n        def test_one(self, client):\n            {SECOND}\n",
        "✓ caught by test_one",
    ),
    "a name twice": (
        f"\n    def test_one(self, client):\n        {SECOND}\n\n    def test_one(self):\n        assert True\n",
        "`test_one`: two tests have this name, and Python keeps the last one only.",
    ),
    "a crash and no assertion": (
        '\n    def test_crash(self, client):\n        {"Garden": 1}[client.get("/lists/2").json()]\n',
        "`test_crash` asserts nothing: only a crash fails it. ✓ caught by a crash in test_crash (KeyError)",
    ),
    "skips itself when it sees the bug": (
        """
    def test_skip(self, client):
        if client.get("/lists/2").json() != "Garden":
            pytest.skip("not today")
        assert True
""",
        "✗ SURVIVED: Each list is the first one.",
    ),
    "leaves a thread and a process": (
        f"""
    def test_busy(self, client):
        import os, threading, time
        threading.Thread(target=time.sleep, args=(30,)).start()
        if os.fork() == 0:
            time.sleep(30)
        {SECOND}
""",
        "✓ caught by test_busy",
    ),
}


@pytest.mark.parametrize(("tests", "words"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_tests(
    cells: Callable[..., None], tests: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = tmp_path / "notebook"
    temporary = tmp_path / "temporary"
    for folder in (notebook, temporary):
        folder.mkdir()
    (notebook / "tasks.db").write_text("kept")
    monkeypatch.chdir(notebook)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    before = dict(os.environ), list(sys.path), set(threading.enumerate())
    module = sys.modules.get("test_notebook")  # tests/test_notebook.py, when pytest has imported it
    assert words in judged(cells, tests, FIRST)
    assert [file.name for file in notebook.iterdir()] == ["tasks.db"]
    assert list(temporary.iterdir()) == []
    assert (dict(os.environ), list(sys.path), set(threading.enumerate())) == before
    assert sys.modules.get("test_notebook") is module
    assert Path.cwd() == notebook


def test_names_that_collide(cells: Callable[..., None]) -> None:
    """A name of the learner's that a fixture has too, and a class that an earlier cell has too."""
    cells(
        FIXTURES,
        "class TestLists:\n    def test_old(self):\n        assert False\n",
        f"client = 'mine'\n\nclass Base:{GOOD}\nclass TestLists(Base):\n    pass\n",
    )
    said = judge_tests(type("TestLists", (), {}), "small_course.lists", [MISSING, FIRST])
    assert "catch all 2 bugs" in said["message"]


def test_a_run_leaves_nothing_behind(cells: Callable[..., None], module: str) -> None:
    before, path = dict(sys.modules), list(sys.path)
    judged(cells, GOOD, MISSING)
    assert sys.path == path
    assert sys.modules.get("test_notebook") is before.get("test_notebook")
    assert sys.modules.get(module) is before.get(module) or module not in before


def test_a_module_stands_in_for_another(module: str) -> None:
    import importlib

    real = importlib.import_module(module)
    with replaced_module(module, lambda text: text.replace("Garden", "Desert")) as made:
        assert importlib.import_module(module) is made is not real
        assert isinstance(made, ModuleType)
        from small_course import lists  # type: ignore[import-not-found]

        assert lists is made
    assert importlib.import_module(module) is real
    assert sys.modules["small_course"].lists is real


@pytest.mark.parametrize("old", ["nowhere to be found", "app"])
def test_a_bug_replaces_exactly_one_place(old: str) -> None:
    with pytest.raises(CourseError, match="must replace one piece"):
        insert_bug(Bug("wrong", "", old, ""), API)


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


def test_a_message_holds_no_color_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "PY_COLORS"):  # JupyterLab sets such variables
        monkeypatch.setenv(name, "1")
    (result,) = run_source(
        "def test_a():\n    assert {'title': 'Buy milk', 'done': True} == {'title': 'Buy', 'done': True}"
    )
    assert "Buy milk" in result.reason
    assert "\x1b" not in result.reason + result.line + result.printed


def test_a_file_that_cannot_be_imported() -> None:
    (result,) = run_source("import nowhere_at_all\n\n\ndef test_a():\n    pass\n")
    assert result.outcome == "error"
    assert "No module named 'nowhere_at_all'" in result.reason


def test_a_fixture_whose_name_only_the_run_knows() -> None:
    fixtures = "import pytest\n\n@pytest.fixture\ndef ana():\n    return 1\n\n@pytest.fixture\ndef ben():\n    return 2"
    test = "@pytest.mark.parametrize('who', ['ana', 'ben'])\ndef test_a(who, request):\n    assert request.getfixturevalue(who)"
    results = run_source(source_of(["test_a"], [fixtures, test]))
    assert [one.outcome for one in results] == ["passed", "passed"]


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
    folder = this_course().lesson_of("8.1")
    assert folder is not None
    return load(folder)


def declared() -> Any:
    """The names of lesson 08's exercises.py."""
    return next(iter(lesson().exercises.values())).ask.__globals__


@cache
def reference() -> str:
    text = suite_source(lesson().folder)
    assert text is not None
    return text


def test_the_lesson_has_bugs_enough() -> None:
    bugs = declared()["BUGS"]
    assert len(bugs) >= 25
    assert len({bug.name for bug in bugs}) == len({bug.harm for bug in bugs}) == len(bugs)
    assert all(bug.caught_by for bug in bugs)


WATCHED = """

@pytest.fixture(autouse=True)
def watched(request: pytest.FixtureRequest) -> Iterator[None]:
    import coverage

    watch = coverage.Coverage.current()
    watch.switch_context(request.node.nodeid.partition("::")[2].partition("[")[0])
    yield
    watch.switch_context("")
"""


@cache
def watched_run() -> tuple[list[Result], dict[str, set[int]]]:
    """How the reference tests end without a bug, and which of the API's lines each runs; under "" those that run outside of them."""
    file = find_spec(declared()["STAGE"]).origin  # type: ignore[union-attr]

    with tempfile.TemporaryDirectory() as folder:
        seen = Path(folder) / "seen.json"

        @contextmanager
        def watching() -> Iterator[None]:
            watch = coverage.Coverage(
                data_file=None, include=[file], concurrency=["thread", "greenlet"], messages=False
            )
            with watch.collect(), replaced_module(declared()["STAGE"]):
                yield
            lines: dict[str, list[int]] = {}
            for line, tests in watch.get_data().contexts_by_lineno(file).items():
                for test in tests:
                    lines.setdefault(test, []).append(line)
            seen.write_text(json.dumps(lines))

        results = run_source(reference() + WATCHED, during=watching)
        return results, {test: set(lines) for test, lines in json.loads(seen.read_text()).items()}


def reaching(bug: Bug) -> list[str]:
    """The reference tests that run what the bug changes. No other can end differently with it."""
    text = Path(find_spec(declared()["STAGE"]).origin).read_text(encoding="utf-8")  # type: ignore[union-attr, arg-type]
    first = text[: text.index(bug.old)].count("\n") + 1
    changed = set(range(first, first + len(bug.old.splitlines())))
    for node in ast.walk(ast.parse(text)):
        lines = _lines(node)
        if lines & changed and not any(_lines(child) & changed for child in ast.walk(node) if child is not node):
            changed |= lines
    _, seen = watched_run()
    return sorted(test for test, lines in seen.items() if test and (seen[""] | lines) & changed)


def _lines(node: ast.AST) -> set[int]:
    """Those of a statement; none for anything else."""
    return set(range(node.lineno, (node.end_lineno or 0) + 1)) if isinstance(node, ast.stmt) else set()


def test_no_reference_test_fails_without_a_bug() -> None:
    results, _ = watched_run()
    assert [one for one in results if one.outcome != "passed"] == []


@pytest.mark.parametrize("bug", declared()["BUGS"], ids=lambda bug: bug.name)
def test_a_bug_is_caught_by_the_tests_that_it_names_and_no_others(bug: Bug) -> None:
    results = run_with_bug(reference(), declared()["STAGE"], bug, 120, until_one_fails=False, only=reaching(bug))
    assert {one.outcome for one in results} <= {"passed", "failed"}
    assert {one.test.partition("[")[0] for one in results if one.outcome == "failed"} == set(bug.caught_by)


@pytest.mark.reads_everything
def test_the_suite_is_built_from_the_lesson() -> None:
    file = "app_snippets/stages/test_after_08_testing.py"
    assert file in built_files(lesson().folder, lesson().folder.sittings[-1])
    assert (ROOT / file).read_text(encoding="utf-8") == reference()


def test_the_same_cells_under_plain_pytest(tmp_path: Path) -> None:
    """What the lesson promises: paste the cells into tests/test_tasks.py, type `python -m pytest`, and read what `run_tests` has said."""
    notebooks = [nbformat.read(ROOT / f"solutions/{one.name}.ipynb", as_version=4) for one in lesson().folder.sittings]
    pasted, chosen, said, solved = [], [], {}, 0
    for number, cell in enumerate(one for notebook in notebooks for one in notebook.cells if one.cell_type == "code"):
        source = cell.source.partition("report = run_tests(")[0]
        if not re.search(r"class Test|@pytest.fixture|run_tests\(", cell.source) and "suite" not in str(cell.metadata):
            continue
        pasted.append(source)
        shown = "".join(output.data["text/plain"] for output in cell.outputs if "data" in output)
        outcomes = dict(re.findall(r"^[✓✗!–] (\S+): (\w+)$", shown, re.MULTILINE))
        names = list(dict.fromkeys(name.partition("[")[0] for name in outcomes))  # in their order
        if "exercise-" in str(cell.metadata):
            names = re.findall(r"^class (Test\w+)", source, re.MULTILINE)
            solved += len(names)
        if names:
            file = tmp_path / str(number) / "tests" / "test_tasks.py"
            file.parent.mkdir(parents=True)
            file.write_text("\n\n\n".join(pasted), encoding="utf-8")
            chosen += [f"{file}::{name}" for name in names]
            said |= {f"{number}.tests.test_tasks::{name}": outcome for name, outcome in outcomes.items()}
    command = [sys.executable, "-W", "error", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    subprocess.run(
        [*command, "--import-mode=importlib", "--junitxml=found.xml", *chosen],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    found = {}
    for case in ElementTree.parse(tmp_path / "found.xml").iter("testcase"):
        ends = [one.tag for one in case if one.tag in ("failure", "error", "skipped")]
        found[f"{case.get('classname')}::{case.get('name')}"] = _TAGS[ends[0]] if ends else "passed"
    assert {name: found.get(name) for name in said} == said
    assert {name: end for name, end in found.items() if name not in said and end != "passed"} == {}
    assert len(said) >= 20
    assert solved == 6


_TAGS = {"failure": "failed", "error": "error", "skipped": "skipped"}
