"""Tests that a learner writes in cells: run them with pytest, and judge them by the bugs that they catch.

The tests become a file: the cell's own statements, and from earlier cells what they use (imports, fixtures, helpers), each in its
newest form. pytest runs that file. To judge tests, it runs it once against the API as it is, and once for each bug against a module that
stands in for the API's: the same source with one small change.
"""

import ast
import contextlib
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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from coursekit.expect import NotYet, describe
from coursekit.isolate import run
from coursekit.judge import cells_run
from coursekit.lessons import CourseError, bound_names
from coursekit.render import BOX, block, brief, indent, sentence

RUN_LIMIT = 60.0
"""Seconds that `run_tests` may take."""
BUG_LIMIT = 6.0
"""Seconds that the tests may take against one bug. Tests that wait longer for it to end have noticed something."""
LONGEST_REASON = 500
"""Characters of a failing test's message that are shown."""
_LINES_OF_A_REASON = 8
_FILE = "test_notebook.py"
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
_TOKEN = re.compile(r"eyJ[\w.-]*")
_OPTIONS = (
    *("-p", "anyio.pytest_plugin"),
    *("-p", "no:cacheprovider"),
    *("-p", "no:faulthandler"),
    *("-p", "no:unraisableexception"),  # these two collect garbage five times, for each run
    *("-p", "no:threadexception"),
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


# --- from cells to a file ---------------------------------------------------------------------------------------------


def source_of(names: Sequence[str], cells: Sequence[str]) -> str:
    """The tests as a file: the newest cells that bind these names, and what they use from earlier ones.

    Args:
        names: test functions and test classes.
        cells: the notebook's cells, oldest first.

    """
    parsed = [_statements(cell) for cell in cells]
    taken: set[tuple[int, int]] = set()
    for name in names:
        number = _newest(parsed, lambda one, name=name: name in one.binds)  # type: ignore[misc]
        taken |= (
            {(number, place) for place, one in enumerate(parsed[number]) if one.is_root}
            if number is not None
            else set()
        )
    waiting = [parsed[number][place] for number, place in sorted(taken)]
    seen: set[tuple[str, bool]] = set()
    while waiting:
        for name, is_fixture in sorted(waiting.pop().uses - seen):
            seen.add((name, is_fixture))
            number = _newest(parsed, lambda one: name in one.binds and (one.is_fixture or not is_fixture))  # noqa: B023
            for place, one in enumerate(parsed[number]) if number is not None else ():
                if name in one.binds and (number, place) not in taken:
                    taken.add((number, place))  # type: ignore[arg-type]
                    waiting.append(one)
    found = [parsed[number][place] for number, place in sorted(taken)]
    imports = dict.fromkeys(one.text for one in found if one.is_import)
    rest = [one.text for one in found if not one.is_import]
    return "\n".join(imports) + "\n\n\n" + "\n\n\n".join(rest) + "\n"


@dataclass(frozen=True)
class _Statement:
    """A definition, an import or an assignment at the top of a cell."""

    node: ast.stmt
    text: str

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
                    (one.value, True)
                    for one in node.args
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
            elif isinstance(node, ast.Attribute) and node.attr == "anyio":
                found.add(("anyio_backend", True))
        return found


def _statements(cell: str) -> list[_Statement]:
    """What a cell defines, imports and assigns; nothing for a cell that is not Python."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    if bound_names(cell) is None:
        return []
    lines, found = cell.splitlines(), []
    for node in ast.parse(cell).body:
        if isinstance(node, kinds):
            first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
            found.append(_Statement(node, "\n".join(lines[first - 1 : node.end_lineno])))
    return found


def _newest(cells: Sequence[Sequence[_Statement]], wanted: Callable[[_Statement], bool]) -> int | None:
    return next((number for number in reversed(range(len(cells))) if any(map(wanted, cells[number]))), None)


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

    def __init__(self, deaf: "Callable[[bool], None] | None" = None) -> None:
        self.results: list[Result] = []
        self._deaf = deaf or (lambda on: None)
        self._lines: dict[str, str] = {}

    def pytest_runtest_makereport(self, item: Any, call: Any) -> None:
        """Find the test's own line before pytest makes text of it."""
        if call.excinfo is not None:
            own = [entry for entry in call.excinfo.traceback if Path(str(entry.path)).name == _FILE]
            if own:
                path, number = str(own[-1].path), own[-1].lineno + 1
                self._lines[item.nodeid] = linecache.getline(path, number).strip()

    def pytest_runtest_setup(self, item: Any) -> None:
        """Fixtures may talk to the API."""
        self._deaf(False)

    def pytest_runtest_call(self, item: Any) -> None:
        """A test may not, when it is asked what it asserts about answers."""
        self._deaf(True)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Called after set-up, call and clean-up of each test."""
        name = report.nodeid.partition("::")[2]
        if report.when == "call" or not report.passed:
            outcome = "error" if report.failed and report.when != "call" else report.outcome
            said = _reason(report) if report.failed else ""
            printed = report.capstdout if report.when == "call" else ""
            line = self._lines.get(report.nodeid, "") if report.failed else ""
            if report.when == "teardown":
                self.results = [one for one in self.results if one.test != name]
            self.results.append(Result(name, outcome, line, said, brief(printed, 1000)))

    def pytest_collectreport(self, report: Any) -> None:
        """Called for the file; when it cannot be read, nothing else is."""
        if report.failed:
            lines = [line[1:].strip() for line in str(report.longrepr).splitlines() if line.startswith("E ")]
            self.results.append(Result("the file", "error", "", _clean("\n".join(lines[-3:]) or str(report.longrepr))))


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
    message = _TOKEN.sub("eyJ…", message)
    message = _ADDRESS.sub("0x…", re.sub(rf"\S*[/\\]{re.escape(_FILE)}", _FILE, message))
    lines = [line.rstrip() for line in message.splitlines() if line.strip() and "Use -v to get" not in line]
    more = ["…"] if len(lines) > _LINES_OF_A_REASON else []
    return brief("\n".join(lines[:_LINES_OF_A_REASON] + more), LONGEST_REASON)


def run_source(
    source: str, *, until_one_fails: bool = False, only: Sequence[str] = (), deaf: Any = None
) -> list[Result]:
    """Run a file's tests with pytest in this process, in this thread, and say how each ended.

    Args:
        source: the file's text.
        until_one_fails: stop there.
        only: names of the tests to run, such as `TestTasks` or `test_one`; all when there are none.
        deaf: called with True before each test's own lines and with False before its fixtures.

    """
    import pytest

    recorder = _Recorder(deaf)
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        path = Path(folder).resolve()
        (path / _FILE).write_text(source, encoding="utf-8")
        (path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        stack.enter_context(_put_back())
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        for name in ("CI", "BUILD_NUMBER", "PYTEST_ADDOPTS"):  # with the first two pytest writes longer messages
            os.environ.pop(name, None)
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
        chosen = [f"{path / _FILE}::{name}" for name in only] or [str(path / _FILE)]
        stop = ["-x"] if until_one_fails else []
        code = pytest.main(
            [
                *chosen,
                *_OPTIONS,
                *stop,
                f"--rootdir={path}",
                f"--basetemp={path / 'tmp'}",
                "-c",
                str(path / "pytest.ini"),
            ],
            [recorder],
        )
        linecache.checkcache()
    if code in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR) and not any(
        one.outcome in ("failed", "error") for one in recorder.results
    ):
        recorder.results.append(Result("the run", "error", "", "A test ended the whole run."))
    return recorder.results


@contextlib.contextmanager
def _put_back() -> Iterator[None]:
    """What a run of pytest leaves in a process: a module, a place on the path, the environment."""
    environment, path, no_bytecode = dict(os.environ), list(sys.path), sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    sys.modules.pop(Path(_FILE).stem, None)
    try:
        yield
    finally:
        sys.modules.pop(Path(_FILE).stem, None)
        sys.path[:], sys.dont_write_bytecode = path, no_bytecode
        for name in set(os.environ) - set(environment):
            del os.environ[name]
        os.environ.update(environment)


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
    source: str, module: str, bug: Bug, *, until_one_fails: bool = True, limit: float = BUG_LIMIT
) -> list[Result]:
    """Run a file's tests against the module with the bug, on a copy of this process.

    Returns:
        How the tests ended. A run that ends the process, or never ends, is one result `error`.

    """

    def work() -> dict[str, Any]:
        with standing_in(module, lambda text: put_in(bug, text)):
            return {"results": [asdict(one) for one in run_source(source, until_one_fails=until_one_fails)]}

    answer = run(work, limit, {})
    if "results" in answer:
        return [Result(**one) for one in answer["results"]]
    how = "They never come to an end." if "timeout" in answer else "They end Python."
    return [Result("all of them together", "error", "", how)]


class _Deaf:
    """Middleware that can be told to answer every request with 418 and nothing else."""

    on = False

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if _Deaf.on and scope["type"] == "http":
            await send({"type": "http.response.start", "status": 418, "headers": []})
            await send({"type": "http.response.body"})
        else:
            await self._app(scope, receive, send)


def pass_whatever_is_answered(source: str, module: str, factory: str = "make_app") -> list[str]:
    """The tests that pass also when each of their requests gets an empty 418. Fixtures are answered as usual."""

    def work() -> dict[str, Any]:
        with standing_in(module) as made:
            make_app = getattr(made, factory)

            def make_deaf_app(*args: Any, **kwargs: Any) -> Any:
                app = make_app(*args, **kwargs)
                app.add_middleware(_Deaf)
                return app

            setattr(made, factory, make_deaf_app)
            results = run_source(source, deaf=lambda on: setattr(_Deaf, "on", on))
            return {"passed": [one.test for one in results if one.outcome == "passed"]}

    passed: list[str] = run(work, BUG_LIMIT, {}).get("passed", [])
    return passed


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
    if not isinstance(tests, type):
        raise NotYet(f"The answer should be a class with tests in it, but it is {describe(tests)}.")
    name = tests.__name__
    cells = [cell.source for cell in cells_run if cell.error is None]
    source = source_of([name], cells)
    results = run_source(source)
    _refuse_failures(name, results)
    found = _against_all(source, module, bugs)
    caught = [next((one for one in results if one.outcome in ("failed", "error")), None) for results in found]
    listed = _Listed(
        "\n".join(
            f"✓ caught by {_short(catcher.test)}: {bug.harm}" if catcher else f"✗ SURVIVED: {bug.harm}"
            for bug, catcher in zip(bugs, caught, strict=True)
        )
    )
    survived = caught.count(None)
    if not survived:
        words = f"Your tests pass on the API as it is, and catch all {len(bugs)} bugs."
        return {"message": words, "exchange": listed.text()}
    said = [f"Your tests catch {len(bugs) - survived} of {len(bugs)} bugs. With the others in the API, they all pass."]
    said += _idle(source, module, results)
    raise _NotYet(
        " ".join(said),
        "Each line marked SURVIVED is something that a user would suffer while your tests are green.",
        listed,
    )


def _against_all(source: str, module: str, bugs: Sequence[Bug]) -> list[list[Result]]:
    """How the tests end with each bug, two at a time: on the computers of most learners that takes half as long."""
    if not hasattr(os, "fork") or os.environ.get("COURSE_NO_FORK"):
        return [against(source, module, bug) for bug in bugs]  # in threads, the stand-ins would meet
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as two:
        return list(two.map(lambda bug: against(source, module, bug), bugs))


def _short(test: str) -> str:
    return test.rpartition("::")[2]


def _refuse_failures(name: str, results: list[Result]) -> None:
    """The tests must pass on an API without a bug before they can be judged."""
    failed = next((one for one in results if one.outcome in ("failed", "error")), None)
    if failed is not None:
        where = f" at `{failed.line}`" if failed.line else ""
        no_self = f"'{name}' object" in failed.reason
        what = (
            f"`{_short(failed.test)}`" if failed.test.startswith("test") or "::" in failed.test else "Your cell's file"
        )
        raise _NotYet(
            f"{what} fails{where} on the API as it is, where nothing is wrong. Mend the test first."
            + (" Each test in a class takes `self` first." if no_self else ""),
            "A test that is red without a bug says nothing when it is red with one.",
            _Listed(failed.reason),
        )
    if not any(one.outcome == "passed" for one in results):
        skipped = " All that it finds are skipped." if results else ""
        raise NotYet(
            f"pytest finds no test to run in `{name}`.{skipped} The name of each test begins with `test_`; in a class, it is indented, "
            "takes `self` first, and the class has no `__init__`."
        )


def _idle(source: str, module: str, results: list[Result]) -> list[str]:
    """Sentences about tests that assert nothing about an answer."""
    without = sorted({_short(one.test).partition("[")[0] for one in results} & set(_without_assertion(source)))
    said = (
        [f"{_names(without)} {'asserts' if len(without) == 1 else 'assert'} nothing, so no bug can make a difference."]
        if without
        else []
    )
    always = {_short(one).partition("[")[0] for one in pass_whatever_is_answered(source, module)} - set(without)
    if always:
        named = _names(sorted(always))
        said.append(
            f"{named} would pass even if the API answered every request with 418 and nothing else. What is asserted there holds for any answer."
        )
    return said


def _without_assertion(source: str) -> Iterator[str]:
    """The tests that hold no assertion, and call no function of the file that does."""
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    asserting = {one.name for one in functions if _asserts(one, set())}
    yield from (one.name for one in functions if one.name.startswith("test") and not _asserts(one, asserting))


def _asserts(function: ast.AST, asserting: set[str]) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert | ast.Raise):
            return True
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            if (
                called
                in {"raises", "fail", "raise_for_status", "warns", "validate_response", "call_and_validate"} | asserting
            ):
                return True
    return False


def _names(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))


class _NotYet(NotYet):
    """With a block of text in the place where a verdict shows a request and its answer."""

    def __init__(self, message: str, why: str, listed: "_Listed") -> None:
        super().__init__(message, why=why)
        self.exchange: Any = listed


@dataclass(frozen=True)
class _Listed:
    """A block of text in the place where a verdict shows a request and its answer."""

    words: str

    def text(self) -> str:
        """For the verdict."""
        return self.words


# --- for learners -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Report:
    """How tests ended. Shows itself in a notebook."""

    results: list[Result] = field(default_factory=list)
    trouble: str = ""

    @property
    def failed(self) -> list[str]:
        """The names of the tests that did not pass."""
        return [one.test for one in self.results if one.outcome in ("failed", "error")]

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
        for one in self.results:
            shown = "\n".join(filter(None, [one.line and f"> {one.line}", one.reason, one.printed]))
            yield f"{signs[one.outcome]} {one.test}: {one.outcome}", shown

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
    source = source_of(names, cells)
    answer = run(lambda: {"results": [asdict(one) for one in run_source(source, only=names)]}, RUN_LIMIT, {})
    if "results" not in answer:
        how = f"after {RUN_LIMIT:g} seconds" if "timeout" in answer else "because a test ended Python"
        return Report(trouble=f"The run was ended {how}.")
    return Report(
        [Result(**one) for one in answer["results"]], "" if answer["results"] else "pytest finds no test there."
    )
