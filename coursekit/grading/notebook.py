"""Grades a learner's notebook: runs it in a kernel of its own, in an empty folder, and judges every exercise that it holds."""

import asyncio
import codecs
import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from coursekit.building.notebook_tools import CellTimeoutError, DeadKernelError, NotebookClient, nbformat
from coursekit.course.declarations import Lesson, load
from coursekit.course.errors import CallError, CourseError
from coursekit.course.lessons import this_course
from coursekit.course.render import brief, printable
from coursekit.grading.folder import Grade
from coursekit.grading.link import Link

CELL_LIMIT = 30
"""How many seconds one cell of a learner's notebook may take, not counting the checks that it runs."""

_STARTUP_LIMIT = 60
_MOST_RESTARTS = 10
_ANSWER_LIMIT = 15.0
"""How many seconds a kernel that has nothing to do has for an answer, in addition to what a check may take."""
_CHECK = re.compile(r"""check\(\s*["'](\d+\.\w+)["']\s*\)""")
_PREPARE = "from coursekit.grading.kernel import prepare as _prepare; _prepare({lesson!r}, {port})"


def grade_notebook(
    path: Path, cell_done: Callable[[int], None] = lambda total: None, note: Callable[[str], None] = lambda said: None
) -> list[Grade]:
    """Return a grade for every exercise of the notebook. The notebook's file doesn't change.

    Args:
        path: the learner's notebook.
        cell_done: called after each cell, with the number of all cells.
        note: called with each sentence about the notebook as a whole, such as which of its cells ended the kernel.

    Raises:
        CourseError: it isn't a notebook of this course, or it breaks its kernel before anything could be judged.
    """
    cells = _code_cells(path)
    lesson = _lesson_of(cells, path)
    ended: dict[int, str] = {}  # the cells that ended their kernel, and how
    kept: dict[str, Grade] = {}  # what passed before a kernel ended
    raised: dict[int, str] = {}
    while True:
        try:
            raised, grades = asyncio.run(_run(lesson, cells, ended, cell_done))
            break
        except _KernelEnded as end:
            kept |= {grade["exercise"]: grade for grade in end.passed}
            cell = asyncio.run(_first_to_blame(lesson, cells, ended, end))
            if cell is None or len(ended) == _MOST_RESTARTS:
                grades = _given_up(path, lesson, kept, forever=cell is None)
                break
            ended[cell] = end.how
            note(f"{_cell_named(cells, cell)} {_HOW[end.how if cell == end.cell else 'later']}, so it was left out.")
    grades = [kept.get(grade["exercise"], grade) if grade["outcome"] != "passed" else grade for grade in grades]
    for changed in dict.fromkeys(grade["changed"] for grade in grades if "changed" in grade):
        note(
            f"The notebook changed `{printable(changed)}`, which judging relies on. What it checks after that doesn't count."
        )
    answered_in = {id_: number for number, cell in enumerate(cells) for id_ in _answered_here(cells, number, cell)}
    return [_corrected(grade, answered_in.get(grade["exercise"]), raised, ended) for grade in grades]


_HOW = {
    "died": "ended the kernel",
    "timeout": f"did not end within {CELL_LIMIT} seconds",
    "later": "ended or blocked the kernel after it had run",
}


def _cell_named(cells: list[Any], number: int) -> str:
    """A cell by its position among the code cells and its first line."""
    lines = [line.strip() for line in cells[number].source.splitlines() if line.strip()]
    return f"Code cell {number + 1} (`{printable(brief(lines[0] if lines else '', 60))}`)"


def _given_up(path: Path, lesson: Lesson, kept: dict[str, Grade], *, forever: bool) -> list[Grade]:
    """The grades of a notebook whose kernel ends again and again: what had passed until then counts.

    Raises:
        CourseError: nothing had.
    """
    why = "breaks its kernel for good" if forever else f"has more than {_MOST_RESTARTS} cells that end the kernel"
    if not kept:
        said = ": no exercise could be judged" if forever else " or never end"
        raise CourseError(f"{path.name} {why}{said}.")
    message = f"It could not be judged: the notebook {why}."
    return [kept.get(id_) or _grade(id_, "error", message) for id_ in lesson.exercises]


def _grade(exercise_id: str, outcome: str, message: str) -> Grade:
    return {"exercise": exercise_id, "outcome": outcome, "message": message}


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
    """A cell ended its kernel, or didn't end. The cell's number is the number of all cells if none was running."""

    def __init__(self, cell: int, how: str, passed: Iterable[Grade] = (), seconds: float = 0.0) -> None:
        super().__init__(how)
        self.cell = cell
        self.how = how
        self.passed = list(passed)
        """What had passed by then."""
        self.seconds = seconds
        """How long the cell had been running."""


def _limit(lesson: Lesson, source: str) -> int:
    """How many seconds a cell may take. A check adds its exercise's limit; the capstone's page adds the limits of all exercises."""
    asked = lesson.exercises if "capstone(" in source else _CHECK.findall(source)
    limits = (lesson.exercises[id_].limit + 1 for id_ in asked if id_ in lesson.exercises)
    return CELL_LIMIT + int(sum(limits))


@contextlib.asynccontextmanager
async def _kernel(lesson: Lesson, sources: list[str]) -> AsyncIterator[tuple[_Runner, Link]]:
    """Start a prepared kernel in an empty folder. Nothing of the grader's home reaches it: no profile, no other kernel's description.

    Yields:
        The runner of a notebook that has cells with these sources, and the connection to the thread in the kernel that judges.
    """
    link = Link()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        here = Path(made) / "here"
        here.mkdir()
        prepare = _PREPARE.format(lesson=lesson.folder.number, port=await link.open())
        client = _Runner(
            nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in [*sources, "", prepare]]),
            timeout=_STARTUP_LIMIT,
            kernel_name="python3",
            allow_errors=True,
            store_widget_state=False,
            shutdown_kernel="immediate",  # there is nothing to save, and the learner's code may refuse to end
            extra_arguments=["--IPKernelApp.log_level=40", "--HistoryManager.enabled=False"],
            resources={"metadata": {"path": str(here)}},
        )
        client.create_kernel_manager()
        assert client.km is not None and client.km.kernel_spec is not None
        spec = client.km.kernel_spec
        spec.argv, spec.env = [sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"], {}
        # never a warm kernel: what a hand-in does to its kernel's parent is done to this process and to nobody else
        spec.metadata["kernel_provisioner"] = {"provisioner_name": "local-provisioner"}
        environment = {**os.environ, "IPYTHONDIR": str(Path(made) / "ipython"), "PYTHONNOUSERSITE": "1"}
        try:
            async with client.async_setup_kernel(stderr=subprocess.DEVNULL, env=environment):
                if error := await _error_of(client, client.nb.cells[-1], len(sources)):
                    raise CourseError(f"The kernel could not be prepared for grading: {error}")
                yield client, link
        finally:
            link.close()


async def _run(
    lesson: Lesson, cells: list[Any], ended: dict[int, str], cell_done: Callable[[int], None]
) -> tuple[dict[int, str], list[Grade]]:
    """Run all the cells except those that ended a kernel in an earlier run, and judge every exercise where it is checked, or at the end.

    An exercise that passes after its own check counts as passed, even if later cells change what it needs.

    Returns:
        The error of each cell that raised, by the cell's number, and the grades.

    Raises:
        _KernelEnded: a cell ended its kernel, or didn't end.
    """
    raised: dict[int, str] = {}
    grades: dict[str, Grade] = {}

    async def judge(id_: str) -> None:
        if id_ in lesson.exercises and grades.get(id_, {}).get("outcome") != "passed":
            grades[id_] = await _judged(link, lesson, id_)

    async with _kernel(lesson, _sources(cells, ended)) as (client, link):
        for number, cell in enumerate(cells):
            client.timeout = _limit(lesson, cell.source)
            begun = time.monotonic()
            try:
                if error := await _error_of(client, client.nb.cells[number], number):
                    raised[number] = error
            except _KernelEnded as end:
                passed = [grade for grade in grades.values() if grade["outcome"] == "passed"]
                raise _KernelEnded(number, end.how, passed, time.monotonic() - begun) from None
            for id_ in _CHECK.findall(cell.source):
                await judge(id_)
            cell_done(len(cells))
        for id_ in lesson.exercises:
            await judge(id_)
        if lost := [id_ for id_ in lesson.exercises if not grades[id_]]:
            passed = [grade for grade in grades.values() if grade.get("outcome") == "passed"]
            raise _KernelEnded(len(cells), "died", passed, sum(lesson.exercises[id_].limit for id_ in lost[:1]))
    return raised, [grades[id_] for id_ in lesson.exercises]


def _sources(cells: list[Any], ended: dict[int, str]) -> list[str]:
    return ["" if number in ended else cell.source for number, cell in enumerate(cells)]


async def _judged(link: Link, lesson: Lesson, id_: str) -> Grade:
    """The grade for an exercise now. It is empty if the kernel can't judge any more."""
    said = await link.judge(id_, lesson.exercises[id_].limit * 2 + _ANSWER_LIMIT)
    if link.changed:
        message = f"It doesn't count: the notebook changed `{link.changed}`, which judging relies on."
        return {**_grade(id_, "error", message), "changed": link.changed}
    return _grade(id_, said["outcome"], said["message"]) if said else {}


async def _first_to_blame(lesson: Lesson, cells: list[Any], ended: dict[int, str], end: _KernelEnded) -> int | None:
    """Find the cell that ended or blocked a kernel, by running the cells before it once more and waiting in place of it.

    If the kernel survives that, the cell did it that was running; None if there was none. If not, an earlier one did: the last that left a
    thread or a task behind, or else the one after which the kernel doesn't answer.
    """
    left_behind: list[int] = []
    number, pause = -1, min(end.seconds, 5.0) + 2
    try:
        async with _kernel(lesson, _sources(cells[: end.cell], ended)) as (client, link):
            running = await link.left(_ANSWER_LIMIT)
            for number, cell in enumerate(cells[: end.cell]):
                client.timeout = _limit(lesson, cell.source)
                await _error_of(client, client.nb.cells[number], number)
                client.timeout = int(_ANSWER_LIMIT)
                await _error_of(client, client.nb.cells[-2], number)
                left_behind += [number] if (now := await link.left(_ANSWER_LIMIT)) > running else []
                running = now
            await asyncio.sleep(pause)
            await _error_of(client, client.nb.cells[-2], number)
    except _KernelEnded:
        return left_behind[-1] if left_behind else number
    return end.cell if end.cell < len(cells) else None


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
    grade = {name: grade[name] for name in ("exercise", "outcome", "message")}
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
