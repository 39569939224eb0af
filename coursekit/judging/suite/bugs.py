"""Judges tests by the bugs that they catch.

The tests run once on the API as it is, and once more for each bug. For a bug, the API's module is replaced with one made from the
same source with one small change.
"""

import ast
import contextlib
import functools
import importlib
import importlib.util
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from coursekit.course.errors import CourseError
from coursekit.judging.expectation import NotYet, describe
from coursekit.judging.history import LooseTests, cells_run
from coursekit.judging.isolation import can_fork
from coursekit.judging.suite.idle import bare_name, idle_tests, short_name
from coursekit.judging.suite.run import RUN_LIMIT, Result, run_source
from coursekit.judging.suite.source import source_of

JUDGED_LIMIT = 12.0
"""How many seconds the tests of an exercise may take on the API as it is."""
BUG_LIMIT = 5.0
"""How many seconds longer they may take with a bug. Tests that take even longer count as having caught it."""


@dataclass(frozen=True)
class Bug:
    """A small change to a module that harms its users.

    Args:
        name: the name that tests and messages use for it.
        harm: what goes wrong for a user, as a sentence that doesn't give the test away.
        old: a piece of the module's source that occurs exactly once.
        new: the text that replaces it.
        caught_by: the tests of the reference suite that must fail with it. All others must pass.
    """

    name: str
    harm: str
    old: str
    new: str
    caught_by: tuple[str, ...] = ()


_made: dict[tuple[str, str], ModuleType] = {}
"""Modules that were made beforehand, by name and source. Each of them replaces the real one only once in a process."""


def make_beforehand(module: str, bugs: Sequence[Bug]) -> None:
    """Make the module as it is and with each of these bugs, so that copies of this process don't have to.

    The modules that were made for another exercise are dropped.
    """
    _made.clear()
    changes: list[Callable[[str], str]] = [str, *(functools.partial(insert_bug, bug) for bug in bugs)]
    for change in changes:
        with replaced_module(module, change) as made:
            _made[module, change(_source_of(made))] = made


def _source_of(module: ModuleType) -> str:
    """The text of the file that a module comes from."""
    return Path(str(module.__file__)).read_text(encoding="utf-8")


@contextlib.contextmanager
def replaced_module(module: str, change: Callable[[str], str] = str) -> Iterator[ModuleType]:
    """Replace a module with one made from its changed source, and restore it afterwards. Yields the replacement."""
    spec = importlib.util.find_spec(module)
    assert spec is not None and spec.origin is not None
    source = change(Path(spec.origin).read_text(encoding="utf-8"))
    ready = _made.pop((module, source), None)
    made = ready or importlib.util.module_from_spec(spec)
    package, _, leaf = module.rpartition(".")
    parent = importlib.import_module(package)
    real, attribute = sys.modules.get(module), getattr(parent, leaf, None)
    sys.modules[module] = made
    setattr(parent, leaf, made)
    try:
        if ready is None:
            exec(compile(source, spec.origin, "exec"), vars(made))
        yield made
    finally:
        del sys.modules[module]
        if real is not None:
            sys.modules[module] = real
        setattr(parent, leaf, attribute)


def insert_bug(bug: Bug, source: str) -> str:
    """Return a module's source with the bug in it.

    Raises:
        CourseError: the source doesn't contain the bug's old text exactly once.
    """
    if source.count(bug.old) != 1:
        raise CourseError(
            f"The bug {bug.name!r} must replace one piece of the module; it finds {source.count(bug.old)}."
        )
    return source.replace(bug.old, bug.new)


def run_with_bug(
    source: str,
    module: str,
    bug: Bug,
    limit: float = RUN_LIMIT,
    *,
    until_one_fails: bool = True,
    only: Sequence[str] = (),
) -> list[Result]:
    """Run a file of tests against the module with the bug. The other arguments and the return value are those of `run_source`."""
    return run_source(
        source,
        limit,
        during=lambda: replaced_module(module, lambda text: insert_bug(bug, text)),
        until_one_fails=until_one_fails,
        only=only,
    )


class _Teapot:
    """Middleware that answers every request with an empty 418."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 418, "headers": []})
            await send({"type": "http.response.body"})
        else:
            await self._app(scope, receive, send)


def teapot_factory(make_app: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a factory so that its apps answer every request with an empty 418."""

    def make_teapot(*args: Any, **kwargs: Any) -> Any:
        app = make_app(*args, **kwargs)
        app.add_middleware(_Teapot)
        return app

    return make_teapot


@contextlib.contextmanager
def _teapot(module: str) -> Iterator[None]:
    """Replace a module with one whose `make_app` makes apps that answer every request with an empty 418."""
    with replaced_module(module) as made:
        made.make_app = teapot_factory(made.make_app)  # type: ignore[attr-defined]
        yield


@dataclass(frozen=True)
class AppUnderTest:
    """The app that tests run on, in three forms. Each form is a context that is entered around the tests, in the copy of the process."""

    as_it_is: Callable[[], AbstractContextManager[Any]]
    with_bug: Callable[[Bug], AbstractContextManager[Any]]
    teapot: Callable[[], AbstractContextManager[Any]]
    """The app answers every request with an empty 418."""
    called: str = "the API as it is, where nothing is wrong"
    advice: Mapping[str, str] = field(default_factory=dict)
    """What to do about a test that fails without a bug, by a pattern that its source matches."""


@dataclass(frozen=True)
class Strength:
    """Which bugs some tests catch."""

    catchers: tuple[tuple[str, str], ...]
    """For each bug: its harm, and the name of the test that caught it. The name is empty if no test did."""
    notes: tuple[str, ...] = ()
    """Sentences about tests that check nothing."""

    @property
    def caught(self) -> int:
        """How many of the bugs were caught."""
        return sum(bool(by) for _, by in self.catchers)

    @property
    def lines(self) -> list[str]:
        """For each bug, a line that says whether it was caught."""
        return [f"✓ caught by {by}: {harm}" if by else f"✗ SURVIVED: {harm}" for harm, by in self.catchers]


def judge_tests(
    tests: Any, module: str, bugs: Sequence[Bug], advice: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Judge the tests of a cell by the bugs that they catch. An exercise's function returns what this returns.

    Args:
        tests: the class that the learner's cell defines, or its loose tests. All the tests in its cell are run.
        module: the module that they test, by the name that they import.
        bugs: the bugs that they must catch.
        advice: what to do about a test that fails without a bug, by a pattern that its source matches.

    Returns:
        The words of the verdict for tests that catch every bug.

    Raises:
        NotYet: the tests fail without a bug, or miss one.
    """
    subject = AppUnderTest(
        nullcontext,
        lambda bug: replaced_module(module, lambda text: insert_bug(bug, text)),
        lambda: _teapot(module),
        advice=advice or {},
    )
    return all_caught(strength_of(tests, source_of_class(tests), subject, bugs), "the API as it is")


def all_caught(strength: Strength, where: str) -> dict[str, str]:
    """Return the words of the verdict for tests that catch every bug.

    Args:
        strength: which bugs the tests catch.
        where: what the tests pass on, such as "our app".

    Raises:
        NotYet: they miss a bug.
    """
    bugs, lines = len(strength.catchers), "\n".join(strength.lines)
    if strength.caught == bugs:
        words = f"Your tests pass on {where}, and catch all {bugs} bugs."
        return {"message": " ".join([words, *strength.notes]), "exchange": lines}
    said = f"Your tests catch {strength.caught} of {bugs} bugs. With the others in the API, they all pass."
    why = "Each line marked SURVIVED is something that a user would suffer while your tests are green."
    raise NotYet(" ".join([said, *strength.notes]), why=why, shown=lines)


def strength_of(tests: Any, source: str, subject: AppUnderTest, bugs: Sequence[Bug]) -> Strength:
    """Run the tests of a cell without a bug and then with each bug, and return which bugs they catch.

    Raises:
        NotYet: a test fails without a bug, or there are no tests.
    """
    start = time.monotonic()
    results = results_without_bug(tests, source, subject)
    limit = BUG_LIMIT + 4 * (
        time.monotonic() - start
    )  # four times the time without a bug, because two runs share a computer
    judged = functools.partial(run_source, source, limit)
    found = _two_at_a_time(
        [
            functools.partial(judged, during=functools.partial(subject.with_bug, bug), until_one_fails=True)
            for bug in bugs
        ]
    )
    red = [next((one for one in ended if one.is_red), None) for ended in found]
    catchers = tuple((bug.harm, _how_caught(one) if one else "") for bug, one in zip(bugs, red, strict=True))
    idle = idle_tests(
        source, results, {bare_name(one.test) for one in red if one}, functools.partial(judged, during=subject.teapot)
    )
    return Strength(catchers, tuple(idle))


def results_without_bug(tests: Any, source: str, subject: AppUnderTest) -> list[Result]:
    """Run the tests of a cell without a bug and return their results.

    Raises:
        NotYet: a test fails, or there are no tests.
    """
    results = run_source(source, JUDGED_LIMIT, during=subject.as_it_is)
    _refuse_failures(f"`{tests.__name__}`" if isinstance(tests, type) else "your cell", results, subject, source)
    return results


def source_of_class(tests: Any, newest: str = "") -> str:
    """Return the source of a file with a class of tests and the rest of its cell.

    Args:
        tests: the class, or loose tests.
        newest: code that is used as if it were the last cell that ran. The names that it binds win.

    Raises:
        NotYet: `tests` is neither.
    """
    cells = [cell.source for cell in cells_run if cell.error is None]
    if isinstance(tests, LooseTests):
        return source_of(tests.names, [*cells, tests.source, newest]) + newest
    if not isinstance(tests, type):
        raise NotYet(f"The answer should be a class with tests in it, but it is {describe(tests)}.")
    return source_of([tests.__name__], [*cells, newest]) + newest


def _two_at_a_time(runs: Sequence[Callable[[], list[Result]]]) -> list[list[Result]]:
    """Make the runs, two at a time, and return their results. That takes half as long on most learners' computers."""
    if not can_fork():
        return [one() for one in runs]  # runs in threads would see each other's replaced modules
    with ThreadPoolExecutor(2) as two:
        return list(two.map(lambda one: one(), runs))


_FAILURES = (
    "AssertionError",
    "Failed",
)  # `assert` raises the first; `pytest.fail` and `pytest.raises` raise the second


def _how_caught(red: Result) -> str:
    """The name of the test that failed. If it crashed instead of failing an assertion, also how."""
    raised = re.match(r"[\w.]*?(\w+)(?::|$)", red.reason)
    if red.outcome == "failed" and (red.reason.startswith("assert") or (raised and raised[1] in _FAILURES)):
        return short_name(red.test)
    how = raised[1] if raised else (red.reason.splitlines() or ["an error"])[0].rstrip(".")
    return f"a crash in {short_name(red.test)} ({how})"


_CAUSES = (  # a pattern for pytest's message, and what to do about it
    (
        "async def functions are not natively supported",
        "is `async def`, and pytest does not await it. Ask with a `TestClient` and write `def`, or mark it: "
        '`@pytest.mark.anyio`, with a fixture `anyio_backend` that returns `"asyncio"`.',
    ),
    ("^fixture .* not found$", "asks for something that no fixture of your cells gives. Is its name spelled right?"),
)


def _refuse_failures(name: str, results: list[Result], subject: AppUnderTest, source: str) -> None:
    """Tests must pass on an API without a bug before they can be judged.

    Raises:
        NotYet: a test failed, or none passed.
    """
    failed = next((one for one in results if one.is_red), None)
    if failed is not None:
        line = f" at `{failed.line}`" if failed.line else ""
        is_test = failed.test.startswith("test") or "::" in failed.test
        what = f"`{short_name(failed.test)}`" if is_test else "Your cell's file"
        last_answer = f"\n\nThe last answer before that:\n{failed.answered}" if failed.answered else ""
        cause = next((said for part, said in _CAUSES if re.search(part, failed.reason)), "")
        if cause:
            raise NotYet(f"{what} {cause}", shown=failed.reason)
        no_self = " Each test in a class takes `self` first." if f"'{name.strip('`')}' object" in failed.reason else ""
        raise NotYet(
            f"{what} fails{line} on {subject.called}. Mend the test first.{no_self}{_advice_on(failed, subject, source)}",
            why="A test that is red without a bug says nothing when it is red with one.",
            shown=failed.reason + last_answer,
        )
    if not any(one.outcome == "passed" for one in results):
        skipped = " All that it finds are skipped." if results else ""
        raise NotYet(
            f"pytest finds no test to run in {name}.{skipped} The name of each test begins with `test_`; in a class, it is indented, "
            "takes `self` first, and the class has no `__init__`."
        )


def _advice_on(failed: Result, subject: AppUnderTest, source: str) -> str:
    """What to do about a test that fails without a bug. Empty if its source matches no pattern."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name == bare_name(failed.test):
            text = ast.unparse(node)
            return next((f" {said}" for part, said in subject.advice.items() if re.search(part, text)), "")
    return ""
