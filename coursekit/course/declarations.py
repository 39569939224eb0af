"""What a lesson's `exercises.py` declares its exercises and predictions with, and the function that loads them."""

import functools
import importlib.util
import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coursekit.course.cells import CellIndex
from coursekit.course.errors import CourseError
from coursekit.course.lessons import Course, LessonFolder

_Ask = Callable[..., dict[str, str] | None]  # a dict replaces the usual words of a passed verdict
_ID = re.compile(r"^\d+\.\w+$")
_declared: list["Exercise | Prediction"] = []


@dataclass(frozen=True)
class Exercise:
    """One exercise: the names that the learner must define, and the function that checks them."""

    id: str
    title: str
    rules: tuple[str, ...]
    hints: tuple[str, ...]
    limit: float
    """Seconds that the check may take."""
    ask: _Ask
    folder: LessonFolder | None = None
    """The lesson that declares it. None if it was made outside a lesson, as in a test."""
    prepare: Callable[[], None] | None = None
    """Makes what its check would otherwise make anew for each answer."""

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """The names that the learner must define, which are the parameters of `ask`."""
        return tuple(inspect.signature(self.ask).parameters)

    @property
    def cells(self) -> CellIndex:
        """The code cells of its lesson. The index is empty if no lesson declares the exercise."""
        return self.folder.cells if self.folder else CellIndex("", ())


@dataclass(frozen=True)
class Prediction:
    """A question that the learner answers before running the cell that shows the answer."""

    id: str
    answer: object
    evidence: str
    """An expression that gives the answer once the next cell has run."""
    choices: tuple[object, ...]


@dataclass(frozen=True)
class Lesson:
    """A lesson's declarations, in the order of its `exercises.py`."""

    folder: LessonFolder
    exercises: dict[str, Exercise]
    predictions: dict[str, Prediction]


def exercise(
    id: str,
    title: str,
    *,
    rules: Sequence[str] = (),
    hints: Sequence[str],
    limit: float = 5.0,
    prepare: Callable[[], None] | None = None,
) -> Callable[[_Ask], _Ask]:
    """Declare the decorated function as an exercise. Its parameters are the names that the learner must define.

    Args:
        id: the lesson's number, a dot, and the exercise's number: `1.4`.
        title: a few words that say what the learner practices.
        rules: the ids of the rules that it trains.
        hints: two or three. The first is a question; the last is nearly the code.
        limit: the seconds that the check may take.
        prepare: makes what the check would otherwise make anew for each answer. Whoever judges many answers calls it once, before
            each of them is judged in a copy of the process.
    """

    def declare(ask: _Ask) -> _Ask:
        _declared.append(Exercise(id, title, tuple(rules), tuple(hints), limit, ask, prepare=prepare))
        return ask

    return declare


def prediction(id: str, *, answer: object, evidence: str, choices: Sequence[object] = ()) -> None:
    """Declare a prediction.

    Args:
        id: the lesson's number, a dot, and a name: `1.p1`.
        answer: the right answer.
        evidence: an expression that gives the answer once the next cell has run.
        choices: the answers that the learner may choose from; empty if any answer is allowed.
    """
    _declared.append(Prediction(id, answer, evidence, tuple(choices)))


@functools.cache
def load(folder: LessonFolder) -> Lesson:
    """Run a lesson's `exercises.py` and return what it declares.

    Raises:
        CourseError: one of the declarations is wrong.
    """
    _declared.clear()
    _run(folder.path / "exercises.py", f"course_exercises_{folder.name}")
    exercises: dict[str, Exercise] = {}
    predictions: dict[str, Prediction] = {}
    for item in _declared:
        _refuse_mistakes(item, folder, {*exercises, *predictions})
        if isinstance(item, Exercise):
            exercises[item.id] = replace(item, folder=folder)
        else:
            predictions[item.id] = item
    return Lesson(folder, exercises, predictions)


@functools.cache
def load_advice(course: Course) -> None:
    """Run `lessons/advice.py`, which registers sentences about exceptions for all lessons. Does nothing if there is no such file."""
    _run(course.root / "lessons" / "advice.py", "course_advice")


def _run(path: Path, name: str) -> None:
    """Run a Python file if it exists."""
    if path.exists():
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None and spec.loader is not None
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


def _refuse_mistakes(item: Exercise | Prediction, folder: LessonFolder, seen: set[str]) -> None:
    where = f"lessons/{folder.name}/exercises.py"
    if not _ID.match(item.id) or item.id.split(".")[0] != folder.number:
        raise CourseError(f"{where}: the id {item.id!r} must be {folder.number}, a dot and a number or name.")
    if item.id in seen:
        raise CourseError(f"{where} declares {item.id} twice; give one of them a number of its own.")
    if isinstance(item, Exercise) and not 2 <= len(item.hints) <= 3:
        raise CourseError(f"{where}: exercise {item.id} has {len(item.hints)} hints; write two or three.")
    if isinstance(item, Exercise) and not item.names:
        raise CourseError(
            f"{where}: exercise {item.id} asks for no name; its parameters are what the learner must define."
        )
