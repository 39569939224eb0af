"""Grades a learner's notebook: runs it in a kernel of its own, in an empty folder, and judges every exercise that it holds."""

import asyncio
import codecs
import json
import re
import subprocess
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from coursekit.building.notebook_tools import CellTimeoutError, DeadKernelError, NotebookClient, nbformat
from coursekit.course.declarations import Lesson, load
from coursekit.course.errors import CallError, CourseError
from coursekit.course.lessons import this_course
from coursekit.course.render import brief
from coursekit.grading.folder import Grade

CELL_LIMIT = 30
"""How many seconds one cell of a learner's notebook may take, not counting the checks that it runs."""

_STARTUP_LIMIT = 60
_MOST_RESTARTS = 10
_CHECK = re.compile(r"""check\(\s*["'](\d+\.\w+)["']\s*\)""")
_PREPARE = "from coursekit.grading.kernel import prepare as _prepare; _prepare()"
_REPORT = "from coursekit.grading.kernel import report as _report; _report({exercises!r}, {file!r})"


def grade_notebook(path: Path, cell_done: Callable[[int], None] = lambda total: None) -> list[Grade]:
    """Return a grade for every exercise of the notebook. The notebook's file doesn't change.

    Args:
        path: the learner's notebook.
        cell_done: called after each cell, with the number of all cells.

    Raises:
        CourseError: it isn't a notebook of this course, or it breaks its kernel.
    """
    cells = _code_cells(path)
    lesson = _lesson_of(cells, path)
    ended: dict[int, str] = {}  # the cells that ended their kernel, and how
    while True:
        try:
            raised, grades = asyncio.run(_run(lesson, cells, ended, cell_done))
            break
        except _KernelEnded as end:
            if end.cell == len(cells):
                raise CourseError(f"{path.name} breaks its kernel for good: no exercise could be judged.") from None
            ended[end.cell] = end.how
            if len(ended) > _MOST_RESTARTS:
                raise CourseError(
                    f"{path.name} has more than {_MOST_RESTARTS} cells that end the kernel or never end."
                ) from None
    answered_in = {id_: number for number, cell in enumerate(cells) for id_ in _answered_here(cells, number, cell)}
    return [_corrected(grade, answered_in.get(grade["exercise"]), raised, ended) for grade in grades]


def lesson_in(path: Path) -> Lesson:
    """Return the lesson that a learner's notebook belongs to, with the exercises of the sittings that it holds.

    Raises:
        CourseError: it isn't a notebook of this course.
    """
    return _lesson_of(_code_cells(path), path)


def _code_cells(path: Path) -> list[Any]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CallError(f"{path} cannot be read: {error.strerror}.") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as those about cells without ids, which don't matter here
            cells = nbformat.reads(_decoded(content), as_version=4).cells
        code = [cell for cell in cells if cell.cell_type == "code"]
        return [nbformat.v4.new_code_cell(str(cell.source), metadata={"tags": _tags(cell)}) for cell in code]
    except Exception:  # nbformat may raise anything for a damaged file
        raise CourseError(f"{path} is not a notebook that can be read. {_what_helps(content)}") from None


def _decoded(content: bytes) -> str:
    """The text of a file in UTF-8, with or without a byte order mark, or in UTF-16 or UTF-32 with one.

    Raises:
        UnicodeDecodeError: it is something else.
    """
    marks = {
        codecs.BOM_UTF32_LE: "utf-32",
        codecs.BOM_UTF32_BE: "utf-32",
        codecs.BOM_UTF16_LE: "utf-16",
        codecs.BOM_UTF16_BE: "utf-16",
    }
    return content.decode(next((name for mark, name in marks.items() if content.startswith(mark)), "utf-8-sig"))


def _what_helps(content: bytes) -> str:
    """What to do about a file that isn't a notebook."""
    if not content.strip():
        return "The file is empty: saving or uploading it went wrong. Ask for it again."
    if re.search(rb"^(<<<<<<<|>>>>>>>) ", content, re.MULTILINE):
        return "Git has left conflict markers in it (<<<<<<<). Whoever handed it in has to settle the conflict first."
    if content.lstrip()[:1] == b"<":
        return "It is a web page: the download went wrong. Download the notebook itself."
    return "It is damaged, or something else. Ask for it again."


def _lesson_of(cells: list[Any], path: Path) -> Lesson:
    asked = [id_ for cell in cells for id_ in (*_CHECK.findall(cell.source), *_tagged(cell))]
    number = Counter(id_.split(".")[0] for id_ in asked).most_common(1)
    folder = this_course().lesson_of(f"{number[0][0]}.0") if number else None
    if folder is None:
        raise CourseError(f"{path} is not a notebook of this course: it has no exercise that the course knows.")
    lesson, sittings = load(folder), {folder.sitting_of(id_) for id_ in asked}
    held = {id_ for sitting in sittings if sitting for id_ in sitting.cells.answered}
    return replace(lesson, exercises={id_: one for id_, one in lesson.exercises.items() if id_ in held})


def _tags(cell: Any) -> list[str]:
    tags = cell.get("metadata", {}).get("tags")
    return [str(tag) for tag in tags] if isinstance(tags, list) else []


def _tagged(cell: Any) -> list[str]:
    return [tag.removeprefix("exercise-") for tag in _tags(cell) if tag.startswith("exercise-")]


def _answered_here(cells: list[Any], number: int, cell: Any) -> list[str]:
    """The ids of the exercises that this cell answers, by its tags or because the next cell checks them."""
    following = cells[number + 1].source if number + 1 < len(cells) else ""
    return _tagged(cell) or _CHECK.findall(following)


class _Runner(NotebookClient):
    """Runs cells and keeps only their errors, because a cell may print without end."""

    def output(self, outs: list[Any], msg: dict[str, Any], display_id: str | None, cell_index: int) -> Any:
        """Keep an output if it is an error. nbclient calls this for every output of a cell."""
        return super().output(outs, msg, display_id, cell_index) if msg["msg_type"] == "error" else None


class _KernelEnded(Exception):
    """A cell ended its kernel, or didn't end."""

    def __init__(self, cell: int, how: str) -> None:
        super().__init__(how)
        self.cell = cell
        self.how = how


def _limit(lesson: Lesson, source: str) -> int:
    """How many seconds a cell may take. A check adds its exercise's limit; the capstone's page adds the limits of all exercises."""
    asked = lesson.exercises if "capstone(" in source else _CHECK.findall(source)
    limits = (lesson.exercises[id_].limit + 1 for id_ in asked if id_ in lesson.exercises)
    return CELL_LIMIT + int(sum(limits))


async def _run(
    lesson: Lesson, cells: list[Any], ended: dict[int, str], cell_done: Callable[[int], None]
) -> tuple[dict[int, str], list[Grade]]:
    """Run all the cells except those that ended a kernel in an earlier run.

    Returns:
        The error of each cell that raised, by the cell's number, and the grades.

    Raises:
        _KernelEnded: a cell ended its kernel, or didn't end.
        CourseError: the notebook broke its kernel, so that there are no grades.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as nowhere:
        file = Path(nowhere) / "grades.json"
        report = nbformat.v4.new_code_cell(_REPORT.format(exercises=list(lesson.exercises), file=str(file)))
        fresh = [nbformat.v4.new_code_cell("" if number in ended else cell.source) for number, cell in enumerate(cells)]
        client = _Runner(
            nbformat.v4.new_notebook(cells=[*fresh, report, nbformat.v4.new_code_cell(_PREPARE)]),
            timeout=_STARTUP_LIMIT,
            kernel_name="python3",
            allow_errors=True,
            store_widget_state=False,
            shutdown_kernel="immediate",  # there is nothing to save, and the learner's code may refuse to end
            extra_arguments=["--IPKernelApp.log_level=40", "--HistoryManager.enabled=False"],
            resources={"metadata": {"path": nowhere}},
        )
        client.create_kernel_manager()
        assert client.km is not None and client.km.kernel_spec is not None
        # never a warm kernel: what a hand-in does to its kernel's parent is done to this process and to nobody else
        client.km.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": "local-provisioner"}
        raised = {}
        *in_order, before = client.nb.cells
        async with client.async_setup_kernel(stderr=subprocess.DEVNULL):
            await client.async_execute_cell(before, len(in_order))
            for number, cell in enumerate(in_order):
                # the report, which comes last, judges every exercise again
                client.timeout = _limit(lesson, "capstone(" if number == len(cells) else cell.source)
                if error := await _error_of(client, cell, number):
                    raised[number] = error
                if number < len(cells):
                    cell_done(len(cells))
        if not file.exists():
            raise CourseError(
                f"The notebook broke its kernel for good: {raised.get(len(cells), 'no grades were written')}."
            )
        return raised, json.loads(file.read_text(encoding="utf-8"))


async def _error_of(client: _Runner, cell: Any, number: int) -> str:
    """Run a cell and return what it raised, or an empty string.

    Raises:
        _KernelEnded: it ended its kernel, or didn't end.

    """
    try:
        await client.async_execute_cell(cell, number)
    except (DeadKernelError, CellTimeoutError) as error:
        raise _KernelEnded(number, "timeout" if isinstance(error, CellTimeoutError) else "died") from None
    errors = [output for output in cell.outputs if output.output_type == "error"]
    return brief(f"{errors[-1].ename}: {errors[-1].evalue}", 400) if errors else ""


def _corrected(grade: Grade, cell: int | None, raised: dict[int, str], ended: dict[int, str]) -> Grade:
    """Correct a grade that says "not attempted" only because the exercise's own cell raised or never ended."""
    if grade["outcome"] != "not_attempted" or cell is None:
        return grade
    if cell in ended:
        timeout = ended[cell] == "timeout"
        message = (
            f"Its cell did not end within {CELL_LIMIT} seconds." if timeout else "Its cell ended the whole kernel."
        )
        return {**grade, "outcome": "timeout" if timeout else "error", "message": message}
    if cell in raised:
        return {**grade, "outcome": "error", "message": f"Its cell raised {raised[cell]}"}
    return grade
