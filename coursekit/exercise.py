"""Declarations for a lesson's `exercises.py`, and how the kit reads them."""

import contextlib
import functools
import importlib.util
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coursekit.expect import NotYet, describe
from coursekit.lessons import CourseError, LessonFolder

if TYPE_CHECKING:
    from coursekit.client import Client

_Ask = Callable[..., dict[str, str] | None]  # the dict: what a passed verdict says instead of the usual praise
_ID = re.compile(r"^\d+\.\w+$")
_declared: list["Exercise | Prediction"] = []


@dataclass(frozen=True)
class Exercise:
    """One exercise: what the learner must define and what is asked of it."""

    id: str
    title: str
    rules: tuple[str, ...]
    hints: tuple[str, ...]
    limit: float
    """Seconds that the check may take."""
    ask: _Ask

    @functools.cached_property
    def names(self) -> tuple[str, ...]:
        """The names that the learner must define: the parameters of the function."""
        return tuple(inspect.signature(self.ask).parameters)


@dataclass(frozen=True)
class Prediction:
    """A question that the learner answers before the cell that shows the answer."""

    id: str
    answer: object
    evidence: str
    """An expression that gives the answer once the next cell has run."""
    choices: tuple[object, ...]


@dataclass(frozen=True)
class Lesson:
    """A lesson's declarations, in the order in which they are made."""

    folder: LessonFolder
    exercises: dict[str, Exercise]
    predictions: dict[str, Prediction]


def exercise(
    id: str, title: str, *, rules: Sequence[str] = (), hints: Sequence[str], limit: float = 5.0
) -> Callable[[_Ask], _Ask]:
    """Declare the decorated function as an exercise. Its parameters are the names that the learner must define.

    Args:
        id: lesson and number, such as `1.4`.
        title: a few words that say what is learned.
        rules: ids of the rulebook that it trains.
        hints: two or three, from a question to nearly the code.
        limit: seconds that the check may take.

    """

    def declare(ask: _Ask) -> _Ask:
        _declared.append(Exercise(id, title, tuple(rules), tuple(hints), limit, ask))
        return ask

    return declare


def prediction(id: str, *, answer: object, evidence: str, choices: Sequence[object] = ()) -> None:
    """Declare a prediction: its answer, the expression that proves it after the next cell, and what may be answered."""
    _declared.append(Prediction(id, answer, evidence, tuple(choices)))


def client(app: Any, **options: Any) -> "Client":
    """A client for a FastAPI application, or for an APIRouter put into a new one. Redirects are not followed.

    The application's lifespan has begun when it is returned, and ends with the check.

    Raises:
        NotYet: it is neither.
        CourseError: no check is running.

    """
    from fastapi import APIRouter, FastAPI

    from coursekit.client import Client

    if not _clients:
        raise CourseError("`client` belongs into an exercise's function: it ends with the check that asks.")

    if isinstance(app, APIRouter) and not isinstance(app, FastAPI):
        router, app = app, FastAPI()
        app.include_router(router)
    if not isinstance(app, FastAPI):
        raise NotYet(
            f"The check needs a FastAPI application or an APIRouter here, but it got {describe(app)}. "
            "Did a later cell give the name another value? Run the exercise's cell again."
        )
    api = Client(app, follow_redirects=False, **options)
    api.event_hooks = {"request": [lambda request: asked.append(Asked(request))], "response": [_remember]}
    return _clients[-1].enter_context(api)


_clients: list[contextlib.ExitStack] = []


@contextlib.contextmanager
def conversation() -> Iterator[None]:
    """A check's requests: `asked` is theirs, and their clients are closed at the end."""
    asked.clear()
    with contextlib.ExitStack() as clients:
        _clients.append(clients)
        try:
            yield
        finally:
            _clients.pop()


@dataclass
class Asked:
    """A request that a check made, and its response once there is one."""

    request: Any
    response: Any = None


asked: list[Asked] = []
"""The requests of the running check, so that a verdict can name the last one."""


def _remember(response: Any) -> None:
    asked[-1].response = response


@functools.cache
def load(folder: LessonFolder) -> Lesson:
    """Run a lesson's `exercises.py` and collect what it declares.

    Raises:
        CourseError: a declaration that cannot be right.

    """
    path = folder.path / "exercises.py"
    if not path.exists():
        return Lesson(folder, {}, {})
    spec = importlib.util.spec_from_file_location(f"course_exercises_{folder.name}", path)
    assert spec is not None and spec.loader is not None
    _declared.clear()
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    exercises: dict[str, Exercise] = {}
    predictions: dict[str, Prediction] = {}
    for item in _declared:
        _refuse_mistakes(item, folder, {*exercises, *predictions})
        if isinstance(item, Exercise):
            exercises[item.id] = item
        else:
            predictions[item.id] = item
    return Lesson(folder, exercises, predictions)


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
