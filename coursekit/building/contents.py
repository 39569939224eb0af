"""Keeps the README's table of lessons: the notebooks of each, how long they take, and the solved ones."""

import re

from coursekit.course.lessons import Course, LessonFolder

_ROW = re.compile(r"^\| (?P<number>\d\d) (?P<name>[^|]+) \| (?P<what>[^|]+) \|.*$", re.MULTILINE)


def with_contents(readme: str, course: Course) -> str:
    """Return the README with the notebooks of each lesson in its row of the table. What the lesson is for stays as it is written there."""
    folders = {folder.name[:2]: folder for folder in course.lessons()}

    def row(found: re.Match[str]) -> str:
        folder = folders.get(found["number"])
        if folder is None:
            return found[0]
        return f"| {found['number']} {found['name']} | {found['what']} | {_cells(folder)} |"

    return _ROW.sub(row, readme)


def _cells(folder: LessonFolder) -> str:
    numbered = list(enumerate(folder.sittings, 1))
    notebooks = [f"[{number}](notebooks/{one.name}.ipynb) {one.cells.minutes} min" for number, one in numbered]
    solved = [f"[{number}](solutions/{one.name}.ipynb)" for number, one in numbered]
    return f"{', '.join(notebooks)} | {', '.join(solved)}"
