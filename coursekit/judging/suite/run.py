"""Runs a file of tests with pytest in a copy of this process, and returns how each test ended."""

import contextlib
import io
import linecache
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from coursekit.compat import import_pytests_plugins
from coursekit.course.render import brief
from coursekit.judging.isolation import run_isolated
from coursekit.judging.suite.source import TEST_FILE

RUN_LIMIT = 60.0
"""How many seconds a run may take by default."""
LONGEST_REASON = 500
"""How many characters of a failing test's message are shown."""
LONGEST_MESSAGE = 5000
"""How many characters of it are examined."""
_LINES_OF_A_REASON = 8
_TIMED_OUT = "It was still running when the {:.0f} seconds for all tests were over."
_PROCESS_ENDED = "It ends Python itself."
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
_TOKEN = re.compile(r"eyJ[\w.-]*")
_OPTIONS = (
    *("-p", "anyio.pytest_plugin"),
    *("-p", "no:cacheprovider"),
    *("-p", "no:faulthandler"),
    *("-p", "no:unraisableexception"),  # this and the next one collect garbage five times in each run
    *("-p", "no:threadexception"),
    *(
        part
        for unused in ("doctest", "junitxml", "pastebin", "setuponly", "setupplan", "stepwise")
        for part in ("-p", f"no:{unused}")
    ),
    "--color=no",  # JupyterLab sets variables that ask for color codes, also in the messages of failed assertions
    "--tb=line",  # more lines would take longer than most tests, and they aren't shown
    "--capture=sys",
)


@dataclass(frozen=True)
class Result:
    """How one test ended."""

    test: str
    outcome: str
    """`passed`, `failed`, `error` (a fixture or the file itself failed) or `skipped`."""
    line: str = ""
    """The line of the test where it failed."""
    reason: str = ""
    """pytest's message."""
    printed: str = ""
    answered: str = ""
    """The last request before the test failed, and the response."""

    @property
    def is_red(self) -> bool:
        """Whether it failed, or ended in an error."""
        return self.outcome in ("failed", "error")


class _Recorder:
    """A pytest plugin that records how each test ended. pytest's own report holds times and paths, which differ from run to run."""

    def __init__(self, running: Path) -> None:
        self.results: list[Result] = []
        self._running = running
        self._lines: dict[str, str] = {}
        self._answer: Any = None

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Write down which test is running, for the case that it ends the process."""
        self._running.write_text(_name(nodeid), encoding="utf-8")
        self._answer = None

    def pytest_runtest_makereport(self, item: Any, call: Any) -> None:
        """Find the test's own line before pytest turns the traceback into text."""
        if call.excinfo is not None:
            own = [entry for entry in call.excinfo.traceback if Path(str(entry.path)).name == TEST_FILE]
            if own:
                path, number = str(own[0].path), own[0].lineno + 1
                self._lines[item.nodeid] = linecache.getline(path, number).strip()

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Record the result. pytest calls this after the set-up, the call and the clean-up of each test."""
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
        """Keep the last response that a `TestClient` gets, because a failing test seldom shows what came back."""
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
        """Record the error if the file itself cannot be imported. Then no test runs."""
        if report.failed:
            lines = [line[1:].strip() for line in str(report.longrepr).splitlines() if line.startswith("E ")]
            self.results.append(Result("the file", "error", "", _clean("\n".join(lines[-3:]) or str(report.longrepr))))


def _name(nodeid: str) -> str:
    return brief(nodeid.partition("::")[2], 150)


def _answered(answer: Any) -> str:
    """A request and its response in two lines. Empty if there is none, or if the response was streamed."""
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
    """A shortened message, without memory addresses, tokens and folders of this machine."""
    message = _TOKEN.sub("eyJ…", message[:LONGEST_MESSAGE])
    message = _ADDRESS.sub("0x…", re.sub(rf"\S*[/\\]{re.escape(TEST_FILE)}", TEST_FILE, message))
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
    """Run a file of tests with pytest in a copy of this process, and return how each test ended.

    Args:
        source: the file's text.
        limit: the seconds that the run may take.
        during: makes a context that is entered in the copy, around the run.
        until_one_fails: whether to stop after the first test that fails.
        only: the names of the tests to run, such as `TestTasks` or `test_one`. If it is empty, all of them run.

    Returns:
        A result for each test. If a test ends the process or never ends, its result, an `error` without a line, is the only one.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        folder, running = Path(made).resolve(), Path(made) / "running.txt"
        for name in ("tests", "here"):
            (folder / name).mkdir()
        (folder / "tests" / TEST_FILE).write_text(source, encoding="utf-8")
        (folder / "tests" / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        chosen = [f"{folder / 'tests' / TEST_FILE}::{name}" for name in only] or [str(folder / "tests" / TEST_FILE)]
        places = [f"--rootdir={folder}", f"--basetemp={folder / 'tmp'}", "-c", f"{folder / 'tests' / 'pytest.ini'}"]
        arguments = [*chosen, *_OPTIONS, *places, *(["-x"] if until_one_fails else [])]

        def work() -> dict[str, Any]:
            with during(), _cleaned_up_after_pytest(folder / "here"):
                return {"results": _run_here(arguments, _Recorder(running))}

        import_pytests_plugins()  # once here, because importing them in each copy would take longer than two tests
        answer = run_isolated(work, limit, {})
        if "results" in answer:
            return [Result(**one) for one in answer["results"]]
        test = running.read_text(encoding="utf-8") if running.exists() else "the file"
        return [Result(test, "error", "", _TIMED_OUT.format(limit) if "timeout" in answer else _PROCESS_ENDED)]


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
def _cleaned_up_after_pytest(folder: Path) -> Iterator[None]:
    """Run pytest in this folder, and undo what it leaves in a process, except for the environment and the folder, which die with the copy."""
    path, no_bytecode = list(sys.path), sys.dont_write_bytecode
    os.chdir(folder)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in ("CI", "BUILD_NUMBER", "PYTEST_ADDOPTS"):  # the first two make pytest's messages longer
        os.environ.pop(name, None)
    sys.dont_write_bytecode = True
    sys.modules.pop(Path(TEST_FILE).stem, None)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        sys.modules.pop(Path(TEST_FILE).stem, None)
        sys.path[:], sys.dont_write_bytecode = path, no_bytecode
