"""Grades a folder of learners' notebooks, several at a time. Each runs in a process of its own, so that none can stop the others."""

import asyncio
import contextlib
import json
import os
import re
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import psutil

from coursekit.course.errors import CallError, CourseError
from coursekit.course.processes import in_a_group_of_its_own
from coursekit.course.render import printable
from coursekit.grading.descendants import adopt_orphans, end_descendants

NOTEBOOK_LIMIT = 600
"""How many seconds one notebook may take in all."""
STOPPED = "Not graded: the run was stopped before."

Grade = dict[str, str]
"""Has the keys `exercise`, `outcome` and `message`."""

_MEMORY = 1024**3
"""How many bytes of free memory each notebook needs that is graded at the same time."""
_LONGEST_LINE = 16 * 1024**2


@dataclass
class Row:
    """One notebook, with a grade for each exercise of its lesson."""

    path: Path
    name: str
    """Its path relative to the folder, in printable characters."""
    lesson: str = ""
    """The lesson's number, or empty if it isn't known."""
    title: str = ""
    """The lesson's title."""
    exercises: dict[str, str] = field(default_factory=dict)
    """The titles of the lesson's exercises by id."""
    grades: list[Grade] = field(default_factory=list)
    trouble: str = STOPPED
    """Why there are no grades. Empty if there are."""
    is_lost: bool = False
    """Whether there is nothing that could be graded: `trouble` says why."""

    @property
    def passed(self) -> int:
        """How many exercises passed."""
        return sum(one["outcome"] == "passed" for one in self.grades)

    @property
    def is_complete(self) -> bool:
        """Whether every exercise passed."""
        return not self.trouble and self.passed == len(self.grades)

    def to_dict(self) -> dict[str, Any]:
        """The row for programs."""
        total = len(self.exercises)
        row = {"notebook": self.name, "lesson": self.lesson, "passed": self.passed, "of": total}
        return {**row, "trouble": self.trouble, "grades": self.grades}


class Watcher(Protocol):
    """Shows the progress of the grading. These methods do nothing."""

    def begun(self, row: Row) -> None:
        """Show that the grading of a notebook begins."""

    def cell_done(self, row: Row, done: int, total: int) -> None:
        """Show that one of its cells has run."""

    def ended(self, row: Row, *, again: bool) -> None:
        """Show that it has been graded. If `again`, it was too slow and will be graded once more without another beside it."""


def notebooks_in(folder: Path) -> list[Row]:
    """Return a row for each notebook in the folder and its subfolders, by name, and for each subfolder that cannot be read.

    Hidden files, such as checkpoints, are left out. Downloads often end in `.ipynb.json` or `.ipynb.txt`, which are notebooks, too.

    Raises:
        CallError: there is no such folder, or no notebook in it.
    """
    if not folder.is_dir():
        raise CallError(f"There is no folder {printable(str(folder))}.")
    rows = []
    for path, error in _found_in(folder):
        name = " ".join(printable(path.relative_to(folder).as_posix()).split()) or "."
        if error is None:
            rows.append(Row(path, name))
        else:
            said = f"The folder {name} cannot be read: {error.strerror}."
            rows.append(Row(path, name, trouble=said, is_lost=True))
    if not rows:
        raise CallError(f"There is no notebook (.ipynb) in {printable(str(folder))}.")
    _tell_apart(rows, folder)
    return sorted(rows, key=lambda row: (row.name.casefold(), row.name))


_NOTEBOOK = re.compile(r"[^.].*\.ipynb(\.json|\.txt)?", re.IGNORECASE | re.DOTALL)


def _found_in(folder: Path) -> Iterator[tuple[Path, OSError | None]]:
    """The notebooks below the folder, and the folders that cannot be read, each with the error. A link to a folder is followed once."""
    errors: list[OSError] = []
    seen = set()
    for place, folders, files in os.walk(folder, onerror=errors.append, followlinks=True):
        seen.add(os.path.realpath(place))
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and os.path.realpath(os.path.join(place, name)) not in seen  # noqa: PTH118
        )
        for path in (Path(place, name) for name in files if _NOTEBOOK.fullmatch(name)):
            if path.is_file() or path.is_symlink():
                yield path, None
    for error in errors:
        yield Path(error.filename), error


def _tell_apart(rows: list[Row], folder: Path) -> None:
    """Show the paths of rows that would read the same, such as two names that differ by a blank, with all their characters."""
    counts = Counter(row.name for row in rows)
    for row in rows:
        if counts[row.name] > 1:
            row.name = ascii(row.path.relative_to(folder).as_posix())


def grade_alone(path: Path, watcher: Watcher) -> list[Grade]:
    """Grade one notebook in a process of its own, so that nothing of it reaches this one, and return a grade for each exercise.

    Raises:
        CallError: the file cannot be read.
        CourseError: it could not be graded.
        KeyboardInterrupt: an interrupt, or the request to end, came first.
    """
    try:
        path.open("rb").close()
    except OSError as error:
        raise CallError(f"{printable(str(path))} cannot be read: {error.strerror}.") from None
    row = Row(path, printable(str(path)))
    if not grade_all([row], watcher, jobs=1):
        raise KeyboardInterrupt
    if row.trouble:
        raise CourseError(
            f"{row.name} {row.trouble[3:]}" if row.trouble.startswith("It ") else f"{row.name}: {row.trouble}"
        )
    return row.grades


def at_a_time() -> int:
    """How many notebooks to grade at the same time: one for each processor, but no more than fit into the free memory."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    room = int(psutil.virtual_memory().available) // _MEMORY
    return max(1, min(processors, room))


def grade_all(rows: list[Row], watcher: Watcher, jobs: int = 0) -> bool:
    """Grade the notebooks and fill in their rows.

    Returns:
        Whether all of them were graded. An interrupt ends the grading; the rows that are filled in keep their grades.
    """
    spared = psutil.Process().children()
    adopt_orphans()
    try:
        asyncio.run(_grade_all(rows, watcher, jobs or at_a_time()))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return False
    finally:
        end_descendants(*spared)
    return True


async def _grade_all(rows: list[Row], watcher: Watcher, jobs: int) -> None:
    waiting, slow = iter(rows), []

    async def grade_waiting() -> None:
        for row in waiting:
            await _grade_or_explain(row, watcher)
            again = jobs > 1 and any(one["outcome"] == "timeout" for one in row.grades)
            if again:
                slow.append(row)
            watcher.ended(row, again=again)

    with _signals_interrupt(signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        async with asyncio.TaskGroup() as group:
            for _ in range(min(jobs, len(rows))):
                group.create_task(grade_waiting())
        for row in slow:  # a notebook beside it may have slowed it down, so it gets a second try alone
            await _grade_or_explain(row, watcher)
            watcher.ended(row, again=False)


@contextlib.contextmanager
def _signals_interrupt(*signals: signal.Signals) -> Iterator[None]:
    """Make these signals end the grading as an interrupt does."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert task is not None
    with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
        for one in signals:
            if signal.getsignal(one) is signal.SIG_DFL:  # under nohup, a signal is ignored and stays so
                loop.add_signal_handler(one, task.cancel)
    yield


async def _grade_or_explain(row: Row, watcher: Watcher) -> None:
    watcher.begun(row)
    if row.is_lost:
        return
    try:
        said = await _grade(row, watcher)
    except Exception as error:  # there may be no memory for another process now, but enough for the next notebook
        said = {"trouble": f"Grading it failed: {printable(f'{type(error).__name__}: {error}'[:400])}"}
    row.grades, row.trouble = said.get("grades", []), said.get("trouble", "")


async def _grade(row: Row, watcher: Watcher) -> dict[str, Any]:
    """Grade a notebook in a process of its own, and end that process in any case. Returns `grades` or `trouble`."""
    with tempfile.TemporaryFile() as errors:
        worker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "coursekit.grading.worker", str(row.path.absolute())),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
            limit=_LONGEST_LINE,
            **in_a_group_of_its_own(),
        )
        try:
            async with asyncio.timeout(NOTEBOOK_LIMIT):
                said = await _follow_reports(worker, row, watcher)
        except TimeoutError:
            said = {"trouble": f"It took more than {NOTEBOOK_LIMIT // 60} minutes."}
        finally:
            await _end(worker)
        return said or {"trouble": f"The process that graded it was ended before it was done{_last_words(errors)}."}


async def _follow_reports(worker: asyncio.subprocess.Process, row: Row, watcher: Watcher) -> dict[str, Any]:
    """Follow what the process reports, and return its last report. Empty if it ends before that."""
    assert worker.stdout is not None
    async for line in worker.stdout:
        try:
            said = json.loads(line)
        except ValueError:  # the process was ended in the middle of a line
            break
        if "done" in said:
            watcher.cell_done(row, min(said["done"], said["total"]), said["total"])
        elif "lesson" in said:
            row.lesson, row.title, row.exercises = said["lesson"], said["title"], said["exercises"]
        else:
            return dict(said)
    return {}


async def _end(worker: asyncio.subprocess.Process) -> None:
    """Ask the process to end itself and everything that it has started. Kill it if it doesn't."""
    assert worker.stdin is not None
    worker.stdin.close()
    try:
        async with asyncio.timeout(10):
            await worker.wait()
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            worker.kill()
        await worker.wait()


def _last_words(errors: Any) -> str:
    errors.seek(0)
    lines = errors.read().decode(errors="replace").strip().splitlines()
    return f" ({printable(lines[-1][:200])})" if lines else ""
