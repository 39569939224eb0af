"""Keeps the cells that the notebook has run, and finds the cell and the line that a verdict is about."""

import linecache
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from types import FrameType
from typing import Any

from coursekit.course.cells import cut
from coursekit.course.code import binds, same_code
from coursekit.course.declarations import Exercise
from coursekit.judging.advice import advice_on
from coursekit.judging.exceptions import last_line, source_line


@dataclass(frozen=True)
class Step:
    """A line of the notebook's own code in a traceback or a stack."""

    file: str
    line: int
    function: str


def steps(frames: Iterable[tuple[FrameType, int]], namespace: dict[str, Any]) -> list[Step]:
    """Return the frames that run the notebook's own code as steps, outermost first. Unlike frames, steps keep no variables alive."""
    own = ((frame, line) for frame, line in frames if frame.f_globals is namespace)
    return [Step(frame.f_code.co_filename, line, frame.f_code.co_name) for frame, line in own]


@dataclass(frozen=True)
class CellError:
    """The exception that a cell raised."""

    said: str
    """The last line of its traceback."""
    advice: str
    """What to do about it. Empty if no lesson says so."""
    steps: tuple[Step, ...]

    @classmethod
    def of(cls, error: BaseException, namespace: dict[str, Any]) -> "CellError":
        """Return what a verdict needs to know about an exception, without its frames, which would keep their variables alive."""
        found = steps(traceback.walk_tb(error.__traceback__), namespace)
        advice = advice_on(error, namespace)
        return cls(last_line(error, advice), advice, tuple(found))


@dataclass
class CellRun:
    """A cell that the notebook has run, with its error if it raised."""

    source: str
    error: CellError | None = None


cells_run: list[CellRun] = []
"""Oldest first. IPython's own list, `In`, stays empty under a runner that keeps no history, such as nbval."""


def newest_try(exercise: Exercise) -> CellRun | None:
    """The learner's newest answer to an exercise: the last cell that binds one of its names and doesn't belong to the lesson's text."""
    mine = (cell for cell in reversed(cells_run) if cell.source.strip() not in exercise.cells.given)
    return next((cell for cell in mine if binds(cell.source, exercise.names)), None)


def is_stub(exercise: Exercise, source: str) -> bool:
    """Whether this is the exercise's cell as the lesson gives it."""
    given = exercise.cells.answered.get(exercise.id)
    return given is not None and same_code(source, cut(given, solved=False))


@dataclass(frozen=True)
class NotebookLine:
    """The line of the notebook that a verdict shows: the learner's own line, or the lesson's if no line of theirs was running."""

    line: int
    function: str
    source: str
    is_learners: bool
    helper: str
    """The lesson's function that the line called and in which it happened. Empty if it happened in the learner's own line."""

    def text(self) -> str:
        """The line with its number and function, as a verdict shows it."""
        return f"line {self.line}, in {self.function}{'' if self.is_learners else ', in a cell of the lesson'}:\n{self.source}"


def line_to_show(exercise: Exercise, own: list[Step]) -> NotebookLine | None:
    """Return the learner's innermost line, or else the lesson's. Returns None if no line of the notebook was running."""
    if not own:
        return None
    learners = [step for step in own if _cell_of(step) not in exercise.cells.given]
    step = (learners or own)[-1]
    helper = "" if step is own[-1] and learners else own[-1].function
    return NotebookLine(step.line, step.function, source_line(step.file, step.line), bool(learners), helper)


def _cell_of(step: Step) -> str:
    """The source of the cell that a step is in."""
    return "".join(linecache.getlines(step.file)).strip()
