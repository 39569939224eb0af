"""The grades of a folder as a table: for a terminal, a spreadsheet and a page."""

import csv
import html
import io
from collections.abc import Iterable

from coursekit.grade_folder import STOPPED, Row
from coursekit.render import printable, sentence, table

WORDS = {
    "passed": "passed",
    "failed": "not yet",
    "not_attempted": "not attempted",
    "error": "raised",
    "timeout": "took too long",
}
"""What a cell says of an exercise."""

_SIGNS = {"passed": "✓", "failed": "✗", "not_attempted": "…", "error": "!", "timeout": "⏱"}
_FORMULA = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
"""A spreadsheet computes a cell that begins with one of these."""

_STYLE = """\
body { font: 15px/1.45 system-ui, sans-serif; color: #1b1f24; background: #fff; margin: 2em auto; padding: 0 1.2em; max-width: 90em; }
h1 { font-size: 1.5em; } h2 { font-size: 1.2em; margin-top: 2em; } h3 { font-size: 1em; margin: 1.4em 0 .3em; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92em; }
th, td { border: 1px solid #8c959f; padding: .3em .55em; text-align: left; vertical-align: top; }
thead th, tfoot th, tfoot td { background: #eef1f4; }
td { white-space: nowrap; } td.trouble { white-space: normal; } tbody th { font-weight: 600; overflow-wrap: break-word; min-width: 13em; max-width: 22em; }
.passed { color: #116329; background: #e6f6ea; } .failed { color: #8a3c00; background: #fff1e0; } .not_attempted { color: #57606a; }
.error, .trouble { color: #a1161b; background: #ffebe9; } .timeout { color: #6b2fa0; background: #f6edff; }
ul { margin: 0; padding-left: 1.3em; } li { overflow-wrap: anywhere; } code { font-size: .95em; }
@page { size: A4 landscape; margin: 1.2cm; }
@media print { body { font-size: 9.5pt; margin: 0; max-width: none; } .wide { overflow: visible; } td { white-space: normal; } tbody th { min-width: 8em; } tr, li { break-inside: avoid; } h2, h3 { break-after: avoid; } }
"""


def as_text(rows: list[Row]) -> str:
    """A line for each notebook: what is passed, and what is missing."""
    lines = [[row.name, row.lesson, _total(row), _missing(row)] for row in rows]
    return table(["notebook", "lesson", "passed", "what is missing"], lines)[0]


def summary(rows: list[Row]) -> str:
    """The whole folder in a sentence."""
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
    """One line for each notebook, one column for each exercise of the lessons that occur. Text, never a formula."""
    ids = [id_ for _, exercises in _lessons(rows) for id_ in exercises]
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(["notebook", "lesson", "passed", "of", "trouble", *ids])
    for row in rows:
        words = {one["exercise"]: WORDS[one["outcome"]] for one in row.grades}
        numbers = [row.passed, len(row.grades)] if row.grades else ["", ""]
        lines.writerow(
            [_harmless(row.name), row.lesson, *numbers, _harmless(row.trouble), *(words.get(id_, "") for id_ in ids)]
        )
    return written.getvalue()


def as_html(rows: list[Row]) -> str:
    """A page that needs nothing but itself: a table for each lesson, then what each notebook is missing, in words."""
    parts = [_table(number, exercises, rows) for number, exercises in _lessons(rows)]
    lost = [row for row in rows if not row.lesson]
    if lost:
        parts.append(
            "<h2>Not graded</h2>"
            + _rows(
                "Not graded",
                ["Notebook", "Why"],
                (_name(row) + f'<td class="trouble">{_text(row.trouble)}</td>' for row in lost),
            )
        )
    missing = [_details(row) for row in rows if row.grades and not row.is_complete]
    if missing:
        parts += ["<h2>What is missing</h2>", *missing]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Grades</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<h1>Grades</h1>\n<p>{summary(rows)}</p>\n"
        + "\n".join(parts)
        + "\n</body>\n</html>\n"
    )


def _lessons(rows: list[Row]) -> list[tuple[str, dict[str, str]]]:
    """The lessons that occur, in their order, with the titles of their exercises."""
    return sorted({row.lesson: row.exercises for row in rows if row.lesson}.items(), key=lambda one: int(one[0]))


def _total(row: Row) -> str:
    return f"{row.passed} of {len(row.grades)}" if row.grades else ""


def _missing(row: Row) -> str:
    """Such as `not yet: 1.4, 1.7; raised: 1.8`, or why there are no grades."""
    ids: dict[str, list[str]] = {}
    for one in row.grades:
        ids.setdefault(one["outcome"], []).append(one["exercise"])
    parts = [f"{words}: {', '.join(ids[outcome])}" for outcome, words in WORDS.items() if outcome in ids]
    return row.trouble or "; ".join(part for part in parts if not part.startswith("passed"))


def _harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.lstrip(" \n")[:1] in tuple(_FORMULA) else cell


def _text(words: str) -> str:
    return sentence(" ".join(printable(words).split()))


def _name(row: Row) -> str:
    return f'<th scope="row">{html.escape(row.name).replace("/", "/<wbr>")}</th>'


def _rows(label: str, head: list[str], body: Iterable[str], foot: str = "") -> str:
    heads = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    lines = "\n".join(f"<tr>{line}</tr>" for line in body)
    return f'<div class="wide" tabindex="0" role="region" aria-label="{label}"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{lines}\n</tbody>{foot}\n</table></div>'


def _table(number: str, exercises: dict[str, str], rows: list[Row]) -> str:
    mine = [row for row in rows if row.lesson == number]
    graded = [row for row in mine if row.grades]
    by_id = [
        sum(one["exercise"] == id_ and one["outcome"] == "passed" for row in graded for one in row.grades)
        for id_ in exercises
    ]
    cells = "".join(f"<td>{count} of {len(graded)}</td>" for count in by_id)
    complete = sum(row.is_complete for row in graded)
    foot = f'\n<tfoot><tr><th scope="row">Passed by</th><td>{complete} of {len(graded)}</td>{cells}</tr></tfoot>'
    head = ["Notebook", "Passed", *(f"{id_} {html.escape(title)}" for id_, title in exercises.items())]
    lines = (_name(row) + _cells(row, len(exercises)) for row in mine)
    heading = html.escape(f"Lesson {int(number):02} · {mine[0].title}")
    return f"<h2>{heading}</h2>\n" + _rows(heading, head, lines, foot if graded else "")


def _cells(row: Row, exercises: int) -> str:
    if not row.grades:
        return f'<td class="trouble" colspan="{exercises + 1}">{_text(row.trouble)}</td>'
    said = (f'<td class="{one["outcome"]}">{_sign(one["outcome"])}</td>' for one in row.grades)
    return f"<td>{_total(row)}</td>" + "".join(said)


def _sign(outcome: str) -> str:
    return f'<span aria-hidden="true">{_SIGNS[outcome]}</span> {WORDS[outcome]}'


def _details(row: Row) -> str:
    lines = (
        f"<li><strong>{one['exercise']} {html.escape(row.exercises[one['exercise']])}: {WORDS[one['outcome']]}.</strong> "
        f"{_text(one['message'])}</li>"
        for one in row.grades
        if one["outcome"] != "passed"
    )
    return f"<h3>{html.escape(row.name)}</h3>\n<ul>{''.join(lines)}</ul>"
