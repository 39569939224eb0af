"""How the proof is spread over processors, and what it says at the end."""

import re

import pytest


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together what shares a kernel or a lesson: the cells of a notebook, the tests of a file that says nothing else."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))


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
