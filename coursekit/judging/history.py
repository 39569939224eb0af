"""The cells that the notebook has run, and which of them answers an exercise."""

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
    """A line of the notebook's own code that was running."""

    file: str
    line: int
    function: str


def steps(frames: Iterable[tuple[FrameType, int]], namespace: dict[str, Any]) -> list[Step]:
    """Those frames that run the notebook's own code, outermost first. Unlike frames, they keep nothing else alive."""
    own = ((frame, line) for frame, line in frames if frame.f_globals is namespace)
    return [Step(frame.f_code.co_filename, line, frame.f_code.co_name) for frame, line in own]


@dataclass(frozen=True)
class CellError:
    """How a cell ended that raised."""

    said: str
    """The last line of its traceback."""
    advice: str
    """What to do about it, if the lessons know; else empty."""
    steps: tuple[Step, ...]

    @classmethod
    def of(cls, error: BaseException, namespace: dict[str, Any]) -> "CellError":
        """What a verdict needs of an exception, without the frames that would keep all their variables alive."""
        found = steps(traceback.walk_tb(error.__traceback__), namespace)
        return cls(last_line(error), advice_on(error, namespace), tuple(found))


@dataclass
class CellRun:
    """A cell that the notebook has run, and how it ended."""

    source: str
    error: CellError | None = None


cells_run: list[CellRun] = []
"""Oldest first. The kit keeps its own list: IPython's `In` stays empty under a runner that keeps no history, as nbval."""


def newest_try(exercise: Exercise) -> CellRun | None:
    """The learner's newest cell for an exercise: the last that binds one of its names and isn't a cell of the lesson's text."""
    mine = (cell for cell in reversed(cells_run) if cell.source.strip() not in exercise.cells.given)
    return next((cell for cell in mine if binds(cell.source, exercise.names)), None)


def is_stub(exercise: Exercise, source: str) -> bool:
    """Whether this is the exercise's cell as it was given."""
    given = exercise.cells.answered.get(exercise.id)
    return given is not None and same_code(source, cut(given, solved=False))


@dataclass(frozen=True)
class Place:
    """A line of the notebook: the learner's own that led to what happened, or the lesson's if none of theirs did."""

    line: int
    function: str
    source: str
    is_learners: bool
    helper: str
    """The lesson's function in which it happened; empty if it happened in the learner's own line."""

    def text(self) -> str:
        """The line with its place, as a verdict shows it."""
        return f"line {self.line}, in {self.function}{'' if self.is_learners else ', in a cell of the lesson'}:\n{self.source}"


def place_of(exercise: Exercise, own: list[Step]) -> Place | None:
    """The innermost line of the learner's; the lesson's if there is none; None if nothing of the notebook was running."""
    if not own:
        return None
    learners = [step for step in own if _cell_of(step) not in exercise.cells.given]
    step = (learners or own)[-1]
    helper = "" if step is own[-1] and learners else own[-1].function
    return Place(step.line, step.function, source_line(step.file, step.line), bool(learners), helper)


def _cell_of(step: Step) -> str:
    """The source of the cell in which a step stands."""
    return "".join(linecache.getlines(step.file)).strip()
