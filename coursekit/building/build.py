"""Builds `notebooks/`, `solutions/`, `app_snippets/stages/` and the table of rules from `lessons/`."""

import asyncio
import os
from collections.abc import Coroutine
from typing import Any, Protocol, TypeVar

from coursekit.building.execution import execute
from coursekit.building.freshness import left_over, notebooks_of, pages_to_write, record_build, troubles, write_index
from coursekit.building.minutes import PLACE, minutes_of
from coursekit.building.notebook_tools import nbformat
from coursekit.building.notebooks import render
from coursekit.building.stages import stage_files
from coursekit.course.declarations import Lesson, load
from coursekit.course.errors import CourseError
from coursekit.course.files import write_whole
from coursekit.course.lessons import Course, Sitting
from coursekit.kernels import provisioner as kernels

T = TypeVar("T")


class Progress(Protocol):
    """Shows the progress of a build."""

    def start_sitting(self, sitting: str, cells: int) -> None:
        """Show that a sitting's build begins, and how many code cells it will run."""

    def cell_done(self, sitting: str) -> None:
        """Show that one of the sitting's cells has run."""


async def build(course: Course, wanted: list[Sitting], progress: Progress) -> list[str]:
    """Build those of the wanted sittings that aren't current. One notebook runs for each processor at a time.

    Returns:
        The files that were written or removed, relative to the course's root.

    Raises:
        CourseError: a lesson has a mistake in it, or a cell fails. The other sittings are built anyway.
    """
    os.environ.setdefault(kernels.VARIABLE, kernels.NAME)  # two kernels for each sitting
    for sitting in course.sittings():  # the checks in a notebook read its index
        write_index(sitting)
    stale = {trouble.sitting for trouble in troubles(course, wanted)}
    lessons = {sitting: load(folder) for folder in course.lessons() for sitting in folder.sittings}
    due = {sitting: lesson for sitting, lesson in lessons.items() if sitting in wanted and sitting.name in stale}
    written = []
    for file in left_over(course):
        (course.root / file).unlink()
        written.append(file)
    # Stages come first, because later notebooks import them.
    for sitting, lesson in due.items():
        for file, text in stage_files(lesson.folder, sitting).items():
            write_whole(course.root / file, text.encode())
            written.append(file)
    slots = asyncio.Semaphore(os.cpu_count() or 1)
    built = await _all_of([_build_sitting(course, lesson, sitting, slots, progress) for sitting, lesson in due.items()])
    for file, page in pages_to_write(course).items():  # the first page says how long each notebook takes
        write_whole(course.root / file, page)
        written.append(file)
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


async def _build_sitting(
    course: Course, lesson: Lesson, sitting: Sitting, slots: asyncio.Semaphore, progress: Progress
) -> list[str]:
    files = notebooks_of(sitting)
    notebooks = dict(
        zip(files, (render(course, lesson, sitting, solved=solved) for solved in (False, True)), strict=True)
    )
    cells = [cell for notebook in notebooks.values() for cell in notebook.cells if cell.cell_type == "code"]
    progress.start_sitting(sitting.name, len(cells))

    async def run(notebook: nbformat.NotebookNode) -> None:
        async with slots:
            await execute(notebook, sitting, lambda: progress.cell_done(sitting.name))

    await _all_of([run(notebook) for notebook in notebooks.values()])
    minutes = minutes_of(notebooks[files[0]].cells, sitting)
    write_index(sitting, minutes)
    for file, notebook in notebooks.items():
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = cell.source.replace(PLACE, str(minutes))
        nbformat.validate(notebook)
        write_whole(course.root / file, (nbformat.writes(notebook) + "\n").encode())
    record_build(course, lesson.folder, sitting)
    return files
