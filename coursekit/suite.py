"""Tests that a learner writes in cells: run them with pytest, and judge them by the bugs that they catch.

The tests become a file: the cell's own statements, and from earlier cells what they use (imports, fixtures, helpers), each in its
newest form. pytest runs that file. To judge tests, it runs it once against the API as it is, and once for each bug against a module that
stands in for the API's: the same source with one small change.
"""

import ast
import contextlib
import functools
import html
import importlib
import importlib.util
import io
import linecache
import os
import re
import symtable
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from coursekit.course.words import names
from coursekit.expect import NotYet, describe
from coursekit.isolate import run
from coursekit.judge import cells_run
from coursekit.lessons import CourseError, bound_names
from coursekit.render import BOX, block, brief, indent, sentence

RUN_LIMIT = 60.0
"""Seconds that `run_tests` may take."""
JUDGED_LIMIT = 12.0
"""Seconds that the tests of an exercise may take on the API as it is."""
BUG_LIMIT = 5.0
"""Seconds that they may take longer with a bug. Tests that wait even longer for it to end have noticed something."""
LONGEST_REASON = 500
"""Characters of a failing test's message that are shown."""
MOST_SHOWN = 40
"""Tests that a report shows; those that failed come first when there are more."""
LONGEST_MESSAGE = 5000
"""Characters of it that are looked at."""
_LINES_OF_A_REASON = 8
_FILE = "test_notebook.py"
_LATE = "It was still running when the {:.0f} seconds for all tests were over."
_ENDED = "It ends Python itself."
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
_TOKEN = re.compile(r"eyJ[\w.-]*")
_OPTIONS = (
    *("-p", "anyio.pytest_plugin"),
    *("-p", "no:cacheprovider"),
    *("-p", "no:faulthandler"),
    *("-p", "no:unraisableexception"),  # these two collect garbage five times, for each run
    *("-p", "no:threadexception"),
    *(
        part
        for unused in ("doctest", "junitxml", "pastebin", "setuponly", "setupplan", "stepwise")
        for part in ("-p", f"no:{unused}")
    ),
    "--tb=line",  # more lines would cost more than most tests, and are not shown
    "--capture=sys",
)


@dataclass(frozen=True)
class Bug:
    """A small change to a module that makes somebody suffer.

    Args:
        name: how tests and messages refer to it.
        harm: what a user suffers, as a sentence that does not give the test away.
        old: a piece of the module's source that occurs exactly once.
        new: what stands there instead.
        caught_by: the tests of the reference suite that must fail with it, and no others.

    """

    name: str
    harm: str
    old: str
    new: str
    caught_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """How one test ended."""

    test: str
    outcome: str
    """`passed`, `failed`, `error` (a fixture or the file itself failed) or `skipped`."""
    line: str = ""
    """The line of the test at which it ended."""
    reason: str = ""
    """pytest's message."""
    printed: str = ""
    answered: str = ""
    """The last request before a test failed, and its answer."""

    @property
    def is_red(self) -> bool:
        """Whether it did not pass."""
        return self.outcome in ("failed", "error")


# --- from cells to a file ---------------------------------------------------------------------------------------------


def source_of(names: Sequence[str], cells: Sequence[str]) -> str:
    """The tests as a file: the newest cells that bind these names, and what they use from earlier ones.

    Args:
        names: test functions and test classes.
        cells: the notebook's cells, oldest first.

    """
    parsed = [_statements(cell, number) for number, cell in enumerate(cells)]
    taken: dict[tuple[int, int], _Statement] = {}  # by their place
    for name in names:
        cell = _newest(parsed, name)
        taken |= {one.place: one for one in cell if one.is_root or name in one.binds}
    waiting = list(taken.values())
    seen: set[tuple[str, bool]] = set()
    while waiting:
        uses = waiting.pop().uses
        if _ANY_FIXTURE in uses:  # asked for by a name that only the run will know
            uses |= {(bound, True) for cell in parsed for one in cell if one.is_fixture for bound in one.binds}
        for name, is_fixture in sorted(uses - seen):
            seen.add((name, is_fixture))
            for one in _newest(parsed, name, is_fixture=is_fixture):
                if name in one.binds and one.place not in taken:
                    taken[one.place] = one
                    waiting.append(one)
    found = [taken[place] for place in sorted(taken)]
    imports = dict.fromkeys(one.text for one in found if one.is_import)
    rest = [one.text for one in found if not one.is_import]
    return "\n".join(imports) + "\n\n\n" + "\n\n\n".join(rest) + "\n"


_ANY_FIXTURE = ("*", True)


@dataclass(frozen=True)
class _Statement:
    """A definition, an import or an assignment at the top of a cell."""

    node: ast.stmt
    text: str
    place: tuple[int, int]
    """Its cell's number, and its line there."""

    @property
    def is_import(self) -> bool:
        return isinstance(self.node, ast.Import | ast.ImportFrom)

    @property
    def is_fixture(self) -> bool:
        return isinstance(self.node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_fixture(self.node)

    @property
    def is_root(self) -> bool:
        """Whether it belongs into the file although nothing there uses it by name."""
        return (
            isinstance(self.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or "pytestmark" in self.binds
        )

    @property
    def binds(self) -> frozenset[str]:
        return bound_names(self.text) or frozenset()

    @property
    def uses(self) -> set[tuple[str, bool]]:
        """The names that it takes from the file around it, each with whether it must be a fixture."""
        found = {(name, False) for name in _globals(self.text)}
        for node in ast.walk(self.node):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (
                node.name.startswith("test") or _is_fixture(node)
            ):
                found |= {(one.arg, True) for one in node.args.args + node.args.kwonlyargs}
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("usefixtures", "getfixturevalue"):
                found |= {
                    (str(one.value), True) if isinstance(one, ast.Constant) else _ANY_FIXTURE
                    for one in node.args
                    if not isinstance(one, ast.Constant) or isinstance(one.value, str)
                }
            elif isinstance(node, ast.Attribute) and node.attr == "anyio":
                found.add(("anyio_backend", True))
        return found


def _statements(cell: str, number: int = 0) -> list[_Statement]:
    """What a cell defines, imports and assigns; nothing for a cell that is not Python."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    if bound_names(cell) is None:
        return []
    lines, found = cell.splitlines(), []
    for node in ast.parse(cell).body:
        if isinstance(node, kinds):
            first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
            found.append(_Statement(node, "\n".join(lines[first - 1 : node.end_lineno]), (number, first)))
    return found


def _newest(cells: Sequence[list[_Statement]], name: str, *, is_fixture: bool = False) -> list[_Statement]:
    """The last cell that binds the name, if need be as a fixture; empty when there is none."""
    for cell in reversed(cells):
        if any(name in one.binds and (one.is_fixture or not is_fixture) for one in cell):
            return cell
    return []


def _globals(text: str) -> set[str]:
    """The names that a program takes from outside it."""
    names: set[str] = set()
    waiting = [symtable.symtable(text, _FILE, "exec")]
    while waiting:
        scope = waiting.pop()
        top = scope.get_name() == "top"
        names |= {one.get_name() for one in scope.get_symbols() if one.is_referenced() and (top or one.is_global())}
        waiting += scope.get_children()
    return names


def _is_fixture(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("fixture" in ast.unparse(one) for one in node.decorator_list)


# --- running a file ---------------------------------------------------------------------------------------------------


class _Recorder:
    """Notes how each test ended; as a plugin, because pytest's own report holds times and paths."""

    def __init__(self, running: Path) -> None:
        self.results: list[Result] = []
        self._running = running
        self._lines: dict[str, str] = {}
        self._answer: Any = None

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Write down which test runs."""
        self._running.write_text(_name(nodeid), encoding="utf-8")
        self._answer = None

    def pytest_runtest_makereport(self, item: Any, call: Any) -> None:
        """Find the test's own line before pytest makes text of it."""
        if call.excinfo is not None:
            own = [entry for entry in call.excinfo.traceback if Path(str(entry.path)).name == _FILE]
            if own:
                path, number = str(own[0].path), own[0].lineno + 1
                self._lines[item.nodeid] = linecache.getline(path, number).strip()

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Called after set-up, call and clean-up of each test."""
        name = _name(report.nodeid)
        if report.when == "call" or not report.passed:
            outcome = "error" if report.failed and report.when != "call" else report.outcome
            said = _reason(report) if report.failed else ""
            printed = report.capstdout if report.when == "call" else ""
            line = self._lines.get(report.nodeid, "") if report.failed else ""
            answered = _answered(self._answer) if report.failed else ""
            if report.when == "teardown":
                self.results = [one for one in self.results if one.test != name]
            self.results.append(Result(name, outcome, line, said, brief(printed, 1000), answered))

    @contextlib.contextmanager
    def answers_noted(self) -> Iterator[None]:
        """For a while, keep the last answer that a `TestClient` gets: a failing test shows what it asked, seldom what it was told."""
        from starlette.testclient import TestClient

        usual = TestClient.request

        def request(*args: Any, **kwargs: Any) -> Any:
            self._answer = answer = usual(*args, **kwargs)
            return answer

        TestClient.request = request  # type: ignore[method-assign]
        try:
            yield
        finally:
            TestClient.request = usual  # type: ignore[method-assign]

    def pytest_collectreport(self, report: Any) -> None:
        """Called for the file; when it cannot be read, nothing else is."""
        if report.failed:
            lines = [line[1:].strip() for line in str(report.longrepr).splitlines() if line.startswith("E ")]
            self.results.append(Result("the file", "error", "", _clean("\n".join(lines[-3:]) or str(report.longrepr))))


def _name(nodeid: str) -> str:
    return brief(nodeid.partition("::")[2], 150)


def _answered(answer: Any) -> str:
    """A request and its answer, in two lines; nothing when there is none, or it was streamed."""
    with contextlib.suppress(Exception):
        asked = f"{answer.request.method} {answer.request.url.raw_path.decode()}"
        return _clean(f"{asked} → {answer.status_code} {answer.reason_phrase}\n{brief(answer.text, 300)}")
    return ""


def _reason(report: Any) -> str:
    unknown_fixture = getattr(report.longrepr, "errorstring", "")
    if unknown_fixture:
        return _clean(str(unknown_fixture).splitlines()[0])
    crash = getattr(report.longrepr, "reprcrash", None)
    if crash is not None:
        return _clean(str(crash.message))
    lines = [line[2:].strip() for line in str(report.longrepr).splitlines() if line.startswith("E ")]
    return _clean("\n".join(lines) or str(report.longrepr))


def _clean(message: str) -> str:
    """A message without addresses, tokens and folders of this machine, and never long."""
    message = _TOKEN.sub("eyJ…", message[:LONGEST_MESSAGE])
    message = _ADDRESS.sub("0x…", re.sub(rf"\S*[/\\]{re.escape(_FILE)}", _FILE, message))
    lines = [line.rstrip() for line in message.splitlines() if line.strip() and "Use -v to get" not in line]
    more = ["…"] if len(lines) > _LINES_OF_A_REASON else []
    return brief("\n".join(lines[:_LINES_OF_A_REASON] + more), LONGEST_REASON)


def run_source(
    source: str,
    limit: float = RUN_LIMIT,
    *,
    during: Callable[[], AbstractContextManager[Any]] = nullcontext,
    until_one_fails: bool = False,
    only: Sequence[str] = (),
) -> list[Result]:
    """Run a file's tests with pytest, on a copy of this process, and say how each ended.

    Args:
        source: the file's text.
        limit: seconds after which the run is ended.
        during: entered in the copy, around the run.
        until_one_fails: stop there.
        only: names of the tests to run, such as `TestTasks` or `test_one`; all when there are none.

    Returns:
        How the tests ended. When one ends the process, or never ends, that one only, as an `error` without a line.

    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        folder, running = Path(made).resolve(), Path(made) / "running.txt"
        for name in ("tests", "here"):
            (folder / name).mkdir()
        (folder / "tests" / _FILE).write_text(source, encoding="utf-8")
        (folder / "tests" / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        chosen = [f"{folder / 'tests' / _FILE}::{name}" for name in only] or [str(folder / "tests" / _FILE)]
        places = [f"--rootdir={folder}", f"--basetemp={folder / 'tmp'}", "-c", f"{folder / 'tests' / 'pytest.ini'}"]
        arguments = [*chosen, *_OPTIONS, *places, *(["-x"] if until_one_fails else [])]

        def work() -> dict[str, Any]:
            with during(), _pytests_own(folder / "here"):
                return {"results": _run_here(arguments, _Recorder(running))}

        _import_pytest()
        answer = run(work, limit, {})
        if "results" in answer:
            return [Result(**one) for one in answer["results"]]
        test = running.read_text(encoding="utf-8") if running.exists() else "the file"
        return [Result(test, "error", "", _LATE.format(limit) if "timeout" in answer else _ENDED)]


@functools.cache
def _import_pytest() -> None:
    """Import what pytest would import in each copy of this process: that takes longer than two tests."""
    from _pytest.config import default_plugins

    for plugin in default_plugins:
        importlib.import_module(f"_pytest.{plugin}")


def _run_here(arguments: list[str], recorder: _Recorder) -> list[dict[str, Any]]:
    import pytest

    with recorder.answers_noted():
        code = pytest.main(arguments, [recorder])
    linecache.checkcache()
    stopped = (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR)
    if code in stopped and not any(one.is_red for one in recorder.results):
        recorder.results.append(Result("the run", "error", "", "A test ended the whole run."))
    return [asdict(one) for one in recorder.results]


@contextlib.contextmanager
def _pytests_own(folder: Path) -> Iterator[None]:
    """Work in this folder, and undo what pytest leaves in a process. The environment and the folder are the copy's own."""
    path, no_bytecode = list(sys.path), sys.dont_write_bytecode
    os.chdir(folder)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in ("CI", "BUILD_NUMBER", "PYTEST_ADDOPTS"):  # with the first two pytest writes longer messages
        os.environ.pop(name, None)
    sys.dont_write_bytecode = True
    sys.modules.pop(Path(_FILE).stem, None)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        sys.modules.pop(Path(_FILE).stem, None)
        sys.path[:], sys.dont_write_bytecode = path, no_bytecode


# --- bugs -------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def standing_in(module: str, change: Callable[[str], str] = str) -> Iterator[ModuleType]:
    """For a while, who imports this module gets one made of its changed source."""
    spec = importlib.util.find_spec(module)
    assert spec is not None and spec.origin is not None
    source = change(Path(spec.origin).read_text(encoding="utf-8"))
    made = importlib.util.module_from_spec(spec)
    package, _, leaf = module.rpartition(".")
    parent = importlib.import_module(package)
    real, attribute = sys.modules.get(module), getattr(parent, leaf, None)
    sys.modules[module] = made
    setattr(parent, leaf, made)
    try:
        exec(compile(source, spec.origin, "exec"), vars(made))
        yield made
    finally:
        del sys.modules[module]
        if real is not None:
            sys.modules[module] = real
        setattr(parent, leaf, attribute)


def put_in(bug: Bug, source: str) -> str:
    """A module's source with the bug in it.

    Raises:
        CourseError: what the bug replaces is not there exactly once.

    """
    if source.count(bug.old) != 1:
        raise CourseError(
            f"The bug {bug.name!r} must replace one piece of the module; it finds {source.count(bug.old)}."
        )
    return source.replace(bug.old, bug.new)


def against(
    source: str,
    module: str,
    bug: Bug,
    limit: float = RUN_LIMIT,
    *,
    until_one_fails: bool = True,
    only: Sequence[str] = (),
) -> list[Result]:
    """Run a file's tests against the module with the bug. Arguments and answer as those of `run_source`."""
    return run_source(
        source,
        limit,
        during=lambda: standing_in(module, lambda text: put_in(bug, text)),
        until_one_fails=until_one_fails,
        only=only,
    )


class _Deaf:
    """Middleware that answers every request with 418 and nothing else."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 418, "headers": []})
            await send({"type": "http.response.body"})
        else:
            await self._app(scope, receive, send)


def deafened(make_app: Callable[..., Any]) -> Callable[..., Any]:
    """The same factory, with apps that do not hear what they are asked."""

    def make_deaf_app(*args: Any, **kwargs: Any) -> Any:
        app = make_app(*args, **kwargs)
        app.add_middleware(_Deaf)
        return app

    return make_deaf_app


@contextlib.contextmanager
def _deaf(module: str) -> Iterator[None]:
    """For a while, no app that the module makes with `make_app` hears what it is asked."""
    with standing_in(module) as made:
        made.make_app = deafened(made.make_app)  # type: ignore[attr-defined]
        yield


@dataclass(frozen=True)
class Subject:
    """What tests are run on: contexts that are entered in the copy, around the tests."""

    as_it_is: Callable[[], AbstractContextManager[Any]]
    with_bug: Callable[[Bug], AbstractContextManager[Any]]
    deaf: Callable[[], AbstractContextManager[Any]]
    """When each request gets an empty 418."""
    called: str = "the API as it is, where nothing is wrong"


@dataclass(frozen=True)
class Strength:
    """What tests are worth."""

    catchers: tuple[tuple[str, str], ...]
    """For each bug what a user suffers, and the test that turned red; empty when none did."""
    notes: tuple[str, ...] = ()
    """Sentences about tests that do nothing."""

    @property
    def caught(self) -> int:
        """The number of bugs that a test caught."""
        return sum(bool(by) for _, by in self.catchers)

    @property
    def lines(self) -> list[str]:
        """A line for each bug."""
        return [f"✓ caught by {by}: {harm}" if by else f"✗ SURVIVED: {harm}" for harm, by in self.catchers]


def judge_tests(tests: Any, module: str, bugs: Sequence[Bug]) -> dict[str, str]:
    """Judge the tests of a cell by the bugs that they catch. For an exercise: return what this returns.

    Args:
        tests: the class that the learner's cell defines. All tests of its cell are run.
        module: the module that they test, under the name by which they import it.
        bugs: all of them must be caught.

    Returns:
        The words for a verdict that is passed.

    Raises:
        NotYet: the tests fail without a bug, or a bug survives.

    """
    subject = Subject(
        nullcontext, lambda bug: standing_in(module, lambda text: put_in(bug, text)), lambda: _deaf(module)
    )
    return all_caught(measure(tests, source_of_class(tests), subject, bugs), "the API as it is")


def all_caught(strength: Strength, where: str) -> dict[str, str]:
    """The words for a verdict that is passed.

    Raises:
        NotYet: a bug survives.

    """
    bugs, lines = len(strength.catchers), "\n".join(strength.lines)
    if strength.caught == bugs:
        words = f"Your tests pass on {where}, and catch all {bugs} bugs."
        return {"message": " ".join([words, *strength.notes]), "exchange": lines}
    said = f"Your tests catch {strength.caught} of {bugs} bugs. With the others in the API, they all pass."
    why = "Each line marked SURVIVED is something that a user would suffer while your tests are green."
    raise not_yet(" ".join([said, *strength.notes]), why, lines)


def measure(tests: Any, source: str, subject: Subject, bugs: Sequence[Bug]) -> Strength:
    """Run the tests of a cell without a bug and with each of them.

    Raises:
        NotYet: they fail without a bug.

    """
    start = time.monotonic()
    results = passing(tests, source, subject)
    limit = BUG_LIMIT + 4 * (time.monotonic() - start)  # of the time without a bug, as two runs share a computer
    judged = functools.partial(run_source, source, limit)
    found = _two_at_a_time(
        [
            functools.partial(judged, during=functools.partial(subject.with_bug, bug), until_one_fails=True)
            for bug in bugs
        ]
    )
    red = [next((one for one in ended if one.is_red), None) for ended in found]
    catchers = tuple((bug.harm, _how_caught(one) if one else "") for bug, one in zip(bugs, red, strict=True))
    idle = _idle(
        source, results, {_bare(one.test) for one in red if one}, functools.partial(judged, during=subject.deaf)
    )
    return Strength(catchers, tuple(idle))


def passing(tests: Any, source: str, subject: Subject) -> list[Result]:
    """Run the tests of a cell without a bug.

    Raises:
        NotYet: one fails, or there is none.

    """
    results = run_source(source, JUDGED_LIMIT, during=subject.as_it_is)
    _refuse_failures(tests.__name__, results, subject.called)
    return results


def source_of_class(tests: Any, newest: str = "") -> str:
    """The file of tests that a class and the rest of its cell make.

    Args:
        tests: the class.
        newest: a cell that counts as the last one that ran: what it binds is what the tests get.

    Raises:
        NotYet: it is no class.

    """
    if not isinstance(tests, type):
        raise NotYet(f"The answer should be a class with tests in it, but it is {describe(tests)}.")
    cells = [cell.source for cell in cells_run if cell.error is None]
    return source_of([tests.__name__], [*cells, newest]) + newest


def _two_at_a_time(runs: Sequence[Callable[[], list[Result]]]) -> list[list[Result]]:
    """What each gives: on the computers of most learners that takes half as long."""
    if not hasattr(os, "fork") or os.environ.get("COURSE_NO_FORK"):
        return [one() for one in runs]  # in threads, the stand-ins would meet
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as two:
        return list(two.map(lambda one: one(), runs))


_SAID = ("AssertionError", "Failed")  # by `assert`, by `pytest.fail` and `pytest.raises`


def _how_caught(red: Result) -> str:
    """The test that turned red; and how, when it was no assertion."""
    raised = re.match(r"[\w.]*?(\w+)(?::|$)", red.reason)
    if red.outcome == "failed" and (red.reason.startswith("assert") or (raised and raised[1] in _SAID)):
        return _short(red.test)
    how = raised[1] if raised else (red.reason.splitlines() or ["an error"])[0].rstrip(".")
    return f"a crash in {_short(red.test)} ({how})"


def _short(test: str) -> str:
    return test.rpartition("::")[2]


_CAUSES = (  # pytest's words, and what to do
    (
        "async def functions are not natively supported",
        "is `async def`, and pytest does not await it. Ask with a `TestClient` and write `def`, or mark it: "
        '`@pytest.mark.anyio`, with a fixture `anyio_backend` that returns `"asyncio"`.',
    ),
    ("^fixture .* not found$", "asks for something that no fixture of your cells gives. Is its name spelled right?"),
)


def _refuse_failures(name: str, results: list[Result], where: str) -> None:
    """The tests must pass on an API without a bug before they can be judged."""
    failed = next((one for one in results if one.is_red), None)
    if failed is not None:
        line = f" at `{failed.line}`" if failed.line else ""
        is_test = failed.test.startswith("test") or "::" in failed.test
        what = f"`{_short(failed.test)}`" if is_test else "Your cell's file"
        told = f"\n\nThe last answer before that:\n{failed.answered}" if failed.answered else ""
        cause = next((said for part, said in _CAUSES if re.search(part, failed.reason)), "")
        if cause:
            raise not_yet(f"{what} {cause}", "", failed.reason)
        no_self = " Each test in a class takes `self` first." if f"'{name}' object" in failed.reason else ""
        raise not_yet(
            f"{what} fails{line} on {where}. Mend the test first.{no_self}",
            "A test that is red without a bug says nothing when it is red with one.",
            failed.reason + told,
        )
    if not any(one.outcome == "passed" for one in results):
        skipped = " All that it finds are skipped." if results else ""
        raise NotYet(
            f"pytest finds no test to run in `{name}`.{skipped} The name of each test begins with `test_`; in a class, it is indented, "
            "takes `self` first, and the class has no `__init__`."
        )


def _bare(test: str) -> str:
    """Without the class, and without the values of `parametrize`."""
    return _short(test.partition("[")[0])


def _idle(source: str, results: list[Result], useful: set[str], ask_deaf: Callable[..., list[Result]]) -> list[str]:
    """Sentences about tests that are never run, or assert nothing about an answer. Tests that caught a bug are not asked again."""
    ran = {_bare(one.test) for one in results}
    hidden = sorted(_defined_twice(source))
    without = sorted(ran & set(_without_assertion(source)))
    doubtful = dict.fromkeys(
        one.test.partition("[")[0] for one in results if _bare(one.test) not in {*useful, *without}
    )
    always = (
        sorted({_bare(one.test) for one in ask_deaf(only=list(doubtful)) if one.outcome == "passed"})
        if doubtful
        else []
    )
    said = []
    if hidden:
        said.append(f"{names(hidden, last=' and ')}: two tests have this name, and Python keeps the last one only.")
    if without:
        said.append(
            f"{names(without, last=' and ')} {'asserts' if len(without) == 1 else 'assert'} nothing: only a crash fails it."
        )
    if always:
        said.append(
            f"{names(always, last=' and ')} would pass even if the API answered every request with 418 and nothing else: what is asserted there holds for an empty answer, too."
        )
    return said


def _defined_twice(source: str) -> Iterator[str]:
    """The tests of which Python forgets the first, because a second has its name in the same place."""
    tree = ast.parse(source)
    for body in [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]:
        names = [one.name for one in body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
        yield from {name for name in names if name.startswith("test") and names.count(name) > 1}


def _without_assertion(source: str) -> Iterator[str]:
    """The tests that hold no assertion, and call no function of the file that does."""
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    asserting = {one.name for one in functions if _asserts(one, set())}
    yield from (one.name for one in functions if one.name.startswith("test") and not _asserts(one, asserting))


_ASSERTING = {"raises", "fail", "raise_for_status", "warns", "validate_response", "call_and_validate"}


def _asserts(function: ast.AST, asserting: set[str]) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert | ast.Raise):
            return True
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in _ASSERTING | asserting or called.startswith("assert"):
                return True
    return False


def not_yet(message: str, why: str, listed: str) -> NotYet:
    """Make one with a block of text in the place where a verdict shows a request and its answer."""
    failed = NotYet(message, why=why)
    block_of_text: Any = SimpleNamespace(text=lambda: listed)
    failed.exchange = block_of_text
    return failed


# --- for learners -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Report:
    """How tests ended. Shows itself in a notebook."""

    results: list[Result] = field(default_factory=list)
    trouble: str = ""

    @property
    def failed(self) -> list[str]:
        """The names of the tests that did not pass."""
        return [one.test for one in self.results if one.is_red]

    @property
    def passed(self) -> list[str]:
        """The names of the tests that passed."""
        return [one.test for one in self.results if one.outcome == "passed"]

    def to_dict(self) -> dict[str, object]:
        """The report for programs."""
        return asdict(self)

    @property
    def _summary(self) -> str:
        counts = {
            kind: sum(one.outcome == kind for one in self.results) for kind in ("passed", "failed", "error", "skipped")
        }
        return self.trouble or ", ".join(f"{number} {kind}" for kind, number in counts.items() if number)

    def _parts(self) -> Iterator[tuple[str, str]]:
        signs = {"passed": "✓", "failed": "✗", "error": "!", "skipped": "–"}
        first = sorted(self.results, key=lambda one: not one.is_red) if len(self.results) > MOST_SHOWN else self.results
        for one in first[:MOST_SHOWN]:
            shown = "\n".join(filter(None, [one.line and f"> {one.line}", one.reason, one.printed]))
            yield f"{signs[one.outcome]} {one.test}: {one.outcome}", shown
        if len(first) > MOST_SHOWN:
            yield f"… and {len(first) - MOST_SHOWN} more", ""

    def __repr__(self) -> str:
        parts = [head + (f"\n{indent(text)}" if text else "") for head, text in self._parts()]
        return "\n".join([*parts, self._summary])

    def _repr_html_(self) -> str:
        parts = [f"<div>{html.escape(head)}</div>{block(text) if text else ''}" for head, text in self._parts()]
        return f'<div style="{BOX}">{"".join(parts)}<div><strong>{sentence(self._summary)}</strong></div></div>'


def run_tests(*tests: Any) -> Report:
    """Run tests with pytest: those of the cell in which this stands, or the classes and functions that are named.

    They run on a copy of the notebook, as a file: `python -m pytest` would run the same cells in `tests/test_tasks.py`.
    """
    cells = [cell.source for cell in cells_run if cell.error is None]
    names = [getattr(one, "__name__", str(one)) for one in tests]
    if not names and cells:
        names = [name for one in _statements(cells[-1]) for name in one.binds if name.startswith(("test", "Test"))]
    if not names:
        return Report(
            trouble="There is no test in this cell. Name the classes or functions to run: `run_tests(TestTasks)`."
        )
    results = run_source(source_of(names, cells), only=names)
    return Report(results, "" if results else "pytest finds no test there.")
