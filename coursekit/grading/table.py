"""Formats the grades of a folder as a table: for a terminal, as a CSV file, and as an HTML page."""

import csv
import io
from typing import Any

from coursekit.course.render import table
from coursekit.grading.folder import STOPPED, Row
from coursekit.judging.verdict import SIGNS
from coursekit.pages import templates

_FORMULA = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
"""A spreadsheet takes a cell that begins with one of these characters for a formula."""


def as_text(rows: list[Row]) -> str:
    """Return a table for a terminal, with a line for each notebook that says what it passed and what is missing."""
    lines = [[row.name, row.lesson, _total(row), _missing(row)] for row in rows]
    return table(["notebook", "lesson", "passed", "what is missing"], lines)[0]


def summary(rows: list[Row]) -> str:
    """Return the result of the whole folder as a sentence."""
    ungraded = sum(row.trouble == STOPPED for row in rows)
    broken = sum(bool(row.trouble) for row in rows) - ungraded
    complete = sum(row.is_complete for row in rows)
    counts = [
        (complete, "passed everything"),
        (len(rows) - complete - broken - ungraded, "fell short"),
        (broken, "could not be graded"),
        (ungraded, "not graded, because the run was stopped"),
    ]
    said = ", ".join(f"{count} {words}" for count, words in counts if count)
    return f"{len(rows)} notebook{'s' if len(rows) > 1 else ''}: {said}."


def as_csv(rows: list[Row]) -> str:
    """Return a CSV file with a line for each notebook and a column for each exercise. No cell can be taken for a formula."""
    ids = [id_ for _, exercises in _lessons(rows) for id_ in exercises]
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(["notebook", "lesson", "passed", "of", "trouble", *ids])
    for row in rows:
        words = {one["exercise"]: SIGNS[one["outcome"]].in_table for one in row.grades}
        numbers = [row.passed, len(row.grades)] if row.grades else ["", ""]
        lines.writerow(
            [_harmless(row.name), row.lesson, *numbers, _harmless(row.trouble), *(words.get(id_, "") for id_ in ids)]
        )
    return written.getvalue()


def as_html(rows: list[Row]) -> str:
    """Return a self-contained HTML page: a table for each lesson, then what each notebook is missing, in words."""
    page = templates("grading").get_template("grades.html")
    return page.render(
        summary=summary(rows),
        tables=[_table(number, exercises, rows) for number, exercises in _lessons(rows)],
        lost=[row for row in rows if not row.lesson],
        incomplete=[row for row in rows if row.grades and not row.is_complete],
        total=_total,
        signs=SIGNS,
    )


def _lessons(rows: list[Row]) -> list[tuple[str, dict[str, str]]]:
    """The numbers of the lessons that the notebooks belong to, in order, each with the titles of the exercises that they hold by id."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        if row.lesson:
            found.setdefault(row.lesson, {}).update(row.exercises)
    return [(number, dict(sorted(found[number].items(), key=_place))) for number in sorted(found, key=int)]


def _place(exercise: tuple[str, str]) -> tuple[int, str]:
    """Where an exercise stands in its lesson: 4.10 comes after 4.9."""
    return len(exercise[0]), exercise[0]


def _total(row: Row) -> str:
    return f"{row.passed} of {len(row.grades)}" if row.grades else ""


def _missing(row: Row) -> str:
    """What a notebook is missing, such as `not yet: 1.4, 1.7; raised: 1.8`, or why it has no grades."""
    ids: dict[str, list[str]] = {}
    for one in row.grades:
        ids.setdefault(one["outcome"], []).append(one["exercise"])
    parts = [f"{words}: {', '.join(ids[outcome])}" for outcome, (_, _, words, _) in SIGNS.items() if outcome in ids]
    return row.trouble or "; ".join(part for part in parts if not part.startswith("passed"))


def _harmless(cell: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.lstrip(" \n")[:1] in tuple(_FORMULA) else cell


def _table(number: str, exercises: dict[str, str], rows: list[Row]) -> dict[str, Any]:
    """The values that the page's template needs for one lesson's table."""
    mine = [row for row in rows if row.lesson == number]
    graded = [row for row in mine if row.grades]
    outcomes = [{one["exercise"]: one["outcome"] for one in row.grades} for row in graded]
    asked = [[known[id_] for known in outcomes if id_ in known] for id_ in exercises]
    return {
        "heading": f"Lesson {int(number):02} · {mine[0].title}",
        "exercises": exercises,
        "rows": mine,
        "graded": len(graded),
        "complete": sum(row.is_complete for row in graded),
        "passed": [f"{found.count('passed')} of {len(found)}" for found in asked],
    }
