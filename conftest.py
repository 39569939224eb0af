"""How the proof is spread over processors, and what it says at the end."""

import os
import re
import signal
from typing import Any

import pytest

import coursekit.building.notebook_tools  # noqa: F401  first, because it makes the others' import of nbformat quick
from coursekit.kernels import provisioner as kernels

# nbval's kernels come from one process that has imported everything
os.environ.setdefault(kernels.VARIABLE, kernels.NAME)

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
    """What runs in one process: the cells of a notebook, the answers of a lesson, one slow test, the rest of a file."""
    file, _, test = nodeid.partition("::")
    if file.endswith("test_answers.py") and (lesson := re.search(r"\[(\d+)\.", test)):
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest goes first, so that at the end no processor waits for the other."""
    items.sort(
        key=lambda item: next((n for n, name in enumerate(_LONGEST) if name in together(item.nodeid)), len(_LONGEST))
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in numbers what was verified, and what was left out."""
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
