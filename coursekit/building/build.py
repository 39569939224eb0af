"""Builds `notebooks/`, `solutions/`, `app_snippets/stages/` and the table of rules from `lessons/`."""

import asyncio
import os
from collections.abc import Coroutine
from typing import Any, Protocol, TypeVar

from coursekit.building.execution import execute
from coursekit.building.freshness import left_over, notebooks_of, record_build, troubles, write_index
from coursekit.building.notebook_tools import nbformat
from coursekit.building.notebooks import render
from coursekit.building.rulebook import RULES_TABLE, rules_table
from coursekit.building.stages import stage_files
from coursekit.course.declarations import Lesson, load
from coursekit.course.errors import CourseError
from coursekit.course.files import text_of, write_whole
from coursekit.course.lessons import Course, LessonFolder
from coursekit.kernels import provisioner as kernels

T = TypeVar("T")


class Progress(Protocol):
    """Shows the progress of a build."""

    def start_lesson(self, lesson: str, cells: int) -> None:
        """Show that a lesson's build begins, and how many code cells it will run."""

    def cell_done(self, lesson: str) -> None:
        """Show that one of the lesson's cells has run."""


async def build(course: Course, wanted: list[LessonFolder], progress: Progress) -> list[str]:
    """Build those of the wanted lessons that aren't current. One notebook runs for each processor at a time.

    Returns:
        The files that were written or removed, relative to the course's root.

    Raises:
        CourseError: a lesson has a mistake in it, or a cell fails. The other lessons are built anyway.
    """
    os.environ.setdefault(kernels.VARIABLE, kernels.NAME)  # two kernels for each lesson
    stale = {trouble.lesson for trouble in troubles(course, wanted)}
    lessons = [load(folder) for folder in wanted if folder.name in stale]
    written = []
    for file in left_over(course):
        (course.root / file).unlink()
        written.append(file)
    # Indexes and stages come first: the checks in a notebook read its index, and later lessons import the stages.
    for folder in course.lessons():
        write_index(folder)
    for lesson in lessons:
        for file, text in stage_files(lesson.folder).items():
            write_whole(course.root / file, text.encode())
            written.append(file)
    table = rules_table(course)
    if table is not None and text_of(course.root / RULES_TABLE) != table:
        write_whole(course.root / RULES_TABLE, table.encode())
        written.append(RULES_TABLE)
    slots = asyncio.Semaphore(os.cpu_count() or 1)
    built = await _all_of([_build_lesson(course, lesson, slots, progress) for lesson in lessons])
    return written + [file for files in built for file in files]


async def _all_of(work: list[Coroutine[Any, Any, T]]) -> list[T]:
    """Wait for all of them, even if one fails, and return their results. A notebook cut off in the middle would leave its kernel behind.

    Raises:
        CourseError: at least one failed. The message has a line for each.
    """
    results = await asyncio.gather(*work, return_exceptions=True)
    failures = [result for result in results if isinstance(result, BaseException)]
    for failure in failures:
        if not isinstance(failure, CourseError):
            raise failure
    if failures:
        raise CourseError("\n".join(dict.fromkeys(map(str, failures))))
    return [result for result in results if not isinstance(result, BaseException)]


async def _build_lesson(course: Course, lesson: Lesson, slots: asyncio.Semaphore, progress: Progress) -> list[str]:
    name = lesson.folder.name
    files = notebooks_of(lesson.folder)
    notebooks = dict(zip(files, (render(lesson, solved=solved) for solved in (False, True)), strict=True))
    cells = [cell for notebook in notebooks.values() for cell in notebook.cells if cell.cell_type == "code"]
    progress.start_lesson(name, len(cells))

    async def run(notebook: nbformat.NotebookNode) -> None:
        async with slots:
            await execute(notebook, lesson.folder, lambda: progress.cell_done(name))

    await _all_of([run(notebook) for notebook in notebooks.values()])
    for file, notebook in notebooks.items():
        nbformat.validate(notebook)
        write_whole(course.root / file, (nbformat.writes(notebook) + "\n").encode())
    record_build(course, lesson)
    return files
