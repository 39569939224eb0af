"""`run_tests`: runs the tests of a cell and shows how they ended."""

import html
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from coursekit.course.render import BOX, block, indent, sentence
from coursekit.judging.history import cells_run
from coursekit.judging.suite.run import Result, run_source
from coursekit.judging.suite.source import source_of, statements_of

MOST_SHOWN = 40
"""How many tests a report shows. If there are more, those that failed come first."""


@dataclass(frozen=True)
class Report:
    """How the tests ended. A notebook displays it."""

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
    """Run tests with pytest: those of the cell with this call, or the classes and functions that you name.

    They run in a copy of the notebook, as a file. `python -m pytest` would run the same code in `tests/test_tasks.py`.
    """
    cells = [cell.source for cell in cells_run if cell.error is None]
    names = [getattr(one, "__name__", str(one)) for one in tests]
    if not names and cells:
        names = [name for one in statements_of(cells[-1]) for name in one.binds if name.startswith(("test", "Test"))]
    if not names:
        return Report(
            trouble="There is no test in this cell. Name the classes or functions to run: `run_tests(TestTasks)`."
        )
    results = run_source(source_of(names, cells), only=names)
    return Report(results, "" if results else "pytest finds no test there.")
