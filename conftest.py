"""How the proof is spread over processors, what of it no change can have broken, and what it says at the end."""

import functools
import hashlib
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

# Without this, in an environment that asks Python to keep no compiled files, each of a thousand processes would compile all it imports.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

import coursekit.building.notebook_tools  # noqa: F401, E402  first, because it makes the others' import of nbformat quick

# A shell that starts this in the background has Ctrl+C ignored, here and in all that is started here; tests send it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give a worker what belongs together. The `loadgroup` of xdist 3.8 has no effect under pytest 9.2."""
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return together(nodeid)

    config.option.loadscopereorder = False  # xdist would begin with what has most tests
    return Together(config, log)


def together(nodeid: str) -> str:
    """What runs in one process: the cells of a notebook, the answers or mutants of a lesson, one slow test, the rest of a file."""
    file, _, test = nodeid.partition("::")
    if file.endswith(("test_answers.py", "test_mutants.py")) and (lesson := re.search(r"\[(\d+)[._]", test)):
        return f"{file} {lesson[1]}"
    if test.startswith(_ALONE):
        return nodeid
    return file


_ALONE = ("test_a_cell_run_again", "test_check_names_the_file", "test_a_cell_that_fails", "test_its_own_tests")
_LONGEST = (
    "test_answers.py 8",
    "test_suite.py",
    "test_its_own_tests",
    "test_a_cell_run_again",
    "test_answers.py",
    "test_browser.py",
    "test_lab.py",
)


_NEEDS_CURL = re.compile(r"11_from_spec_to_decision\.ipynb(::|\])|test_answer\[11\.")
"""Lesson 11 hands over with curl commands that run."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest goes first, so that at the end no processor waits for the other."""
    if shutil.which("curl") is None:
        for item in items:
            if _NEEDS_CURL.search(item.nodeid):
                item.add_marker(pytest.mark.skip(reason="curl is not installed"))
    if config.getoption("--prove"):
        leave_out_what_is_proved(config, items)
    items.sort(
        key=lambda item: next((n for n, name in enumerate(_LONGEST) if name in together(item.nodeid)), len(_LONGEST))
    )


# --- what no change can have broken -----------------------------------------------------------------------------------

ROOT = Path(__file__).parent
PROVED = ROOT / ".cache" / "proved.json"
"""For each part of the proof: the digest of all that it read when it last passed, its number of tests, and the seconds that they took, waiting and of CPU."""

_EVERY_PART = ("conftest.py", "pyproject.toml", "requirements*.lock", "tests/conftest.py", "tests/stand_ins.py")
_KIT = (
    "coursekit",
    "tenpoint",
    "app_snippets",
    "specs",
    "templates",
    ".specify",
    "lessons/advice.py",
    "lessons/*/exercises.py",
)
_CODE_OF = "the code of "
"""Stands before a place whose notebooks are read without their text."""
_SUFFIXES = {".py", ".md", ".toml", ".lock", ".json", ".ipynb", ".html", ".ini", ".yml", ".sh", ".pth", ""}
_CACHES = {"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".ipynb_checkpoints"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--prove`, with which a run notes what has passed; `--prove=changed` leaves out what a change cannot have broken."""
    parser.addoption(
        "--prove", choices=("all", "changed"), help="note what passes; `changed` leaves out what was proved before"
    )


def part_of(nodeid: str, *, reads_everything: bool) -> tuple[str, tuple[str, ...]]:
    """The part of the proof that a test belongs to, and the files and folders that it reads."""
    file, _, test = nodeid.partition("::")
    lesson = re.search(r"(?:/|\[)(\d\d)_\w+", nodeid)
    if ".ipynb" in file or test.startswith("test_a_cell_run_again"):
        assert lesson is not None
        notebooks = (
            f"{_CODE_OF}notebooks/{lesson[1]}_*.ipynb",
            f"{_CODE_OF}solutions/{lesson[1]}_*.ipynb",
            f"notebooks/.cells/{lesson[1]}_*.json",
        )
        if file.endswith(".ipynb"):
            return file, (*_KIT, *notebooks)
        return f"cells of {lesson[1]} run again", (*_KIT, *notebooks, file)
    if file.endswith("test_answers.py") and (number := re.search(r"\[(\d+)\.", test)):
        name = f"{int(number[1]):02}"
        return f"answers of {name}", (*_KIT, f"lessons/{name}_*/answers", f"notebooks/.cells/{name}_*.json", file)
    if file.endswith("test_mutants.py") and lesson:
        places = (f"lessons/{lesson[1]}_*/equivalent.toml", f"notebooks/.cells/{lesson[1]}_*.json", file)
        return f"mutants of {lesson[1]}", (*_KIT, *places)
    if reads_everything or file.startswith("tests/lessons/"):
        return f"{file}: everything", ("*", "lessons", "notebooks", "solutions", "docs", "tests", *_KIT)
    if file.startswith("tests/tenpoint/"):
        return file, ("tenpoint", "tests/tenpoint")
    return file, (*_KIT, str(Path(file).parent))


def digest_of(places: tuple[str, ...]) -> str:
    """A digest of the files at these places (patterns are allowed), of the Python that runs, and of what every part reads."""
    found = hashlib.sha256(sys.version.encode())
    for place in sorted({*places, *_EVERY_PART}):
        content_of = _code if place.startswith(_CODE_OF) else _content
        for path in sorted(ROOT.glob(place.removeprefix(_CODE_OF))):
            for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
                if file.suffix in _SUFFIXES and file.is_file() and not _CACHES.intersection(file.parts):
                    found.update(f"{file.relative_to(ROOT)}\0".encode() + content_of(file))
    return found.hexdigest()


@functools.cache
def _content(file: Path) -> bytes:
    """A file's digest."""
    return hashlib.sha256(file.read_bytes()).digest()


@functools.cache
def _code(notebook: Path) -> bytes:
    """The digest of all that runs in a notebook and of what it has to show: everything but the text."""
    noted = json.loads(notebook.read_bytes())
    noted["cells"] = [cell for cell in noted["cells"] if cell["cell_type"] == "code"]
    return hashlib.sha256(json.dumps(noted).encode()).digest()


def proved() -> dict[str, dict[str, Any]]:
    """What earlier runs have noted."""
    try:
        noted: dict[str, dict[str, Any]] = json.loads(PROVED.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return noted


def leave_out_what_is_proved(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests that have passed on what they would read now; give the others the name and digest of their part."""
    known, digests = proved() if config.getoption("--prove") == "changed" else {}, dict[str, str]()
    for item in list(items):
        part, places = part_of(item.nodeid, reads_everything=item.get_closest_marker("reads_everything") is not None)
        if part not in digests:
            digests[part] = digest_of(places)
        if known.get(part, {}).get("digest") == digests[part]:
            items.remove(item)
        else:
            item.user_properties.append(("part", [part, digests[part]]))


_cpu_so_far = sum(os.times()[:4])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note with each report the seconds of CPU that this process and its children have taken since the report before."""
    global _cpu_so_far
    report = yield
    before, _cpu_so_far = _cpu_so_far, sum(os.times()[:4])
    report.user_properties.append(("cpu", _cpu_so_far - before))
    return report


class Notes:
    """Notes which parts have passed as a whole, in the process that hears of all tests."""

    def __init__(self) -> None:
        self.parts: dict[str, dict[str, Any]] = {}
        self.broken: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called three times for each test."""
        said = dict(report.user_properties)
        part, digest = said.get("part", ("", ""))
        if report.failed:
            self.broken.add(part)
        noted = self.parts.setdefault(part, {"digest": digest, "tests": 0, "seconds": 0.0, "cpu": 0.0})
        noted["seconds"] += report.duration
        noted["cpu"] += said.get("cpu", 0.0)
        noted["tests"] += report.when == "call" or report.skipped

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write down what has passed. A run in which nothing was left to do is a good one."""
        if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and session.config.getoption("--prove") == "changed":
            session.exitstatus = pytest.ExitCode.OK
        if exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            passed = {part: noted for part, noted in self.parts.items() if part not in self.broken}
            kept = {part: noted for part, noted in proved().items() if part not in self.broken}
            PROVED.parent.mkdir(exist_ok=True)
            PROVED.write_text(json.dumps(kept | passed, indent=1), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Take notes where all tests are heard of: in the only process, or in the one that has others work."""
    if config.getoption("--prove") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Notes(), "what-has-passed")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in numbers what was verified, and what was left out."""
    if notes := terminalreporter.config.pluginmanager.get_plugin("what-has-passed"):
        before = sum(noted["tests"] for part, noted in proved().items() if part not in notes.parts)
        if before and terminalreporter.config.getoption("--prove") == "changed":
            terminalreporter.write_line(
                f"{before} tests passed before, and nothing that they read has changed since (ALL=1 runs them)"
            )
    passed = [report.nodeid for report in terminalreporter.stats.get("passed", []) if report.when == "call"]
    cells = [id_ for id_ in passed if ".ipynb::" in id_]
    counts = {
        "notebooks": len({id_.split("::")[0] for id_ in cells}),
        "cells": len(cells),
        "exercises": _distinct(passed, r"test_answer\[([\d.]+\w*)-solution"),
        "other right answers": _distinct(passed, r"test_answer\[(.+-right-.+)\]"),
        "wrong answers": _distinct(passed, r"test_answer\[(.+-wrong-.+)\]"),
        "rules": _distinct(passed, r"test_rule_is_trained\[(\w+)-"),
    }
    if any(counts.values()):
        terminalreporter.write_line("verified: " + ", ".join(f"{number} {what}" for what, number in counts.items()))
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        terminalreporter.write_line(f"left out: {report.nodeid.split('@')[0]}: {reason.removeprefix('Skipped: ')}")


def _distinct(ids: list[str], pattern: str) -> int:
    return len({found[1] for id_ in ids if (found := re.search(pattern, id_))})
