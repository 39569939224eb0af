"""From an exercise and a notebook's names to a verdict."""

import contextlib
import importlib
import linecache
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from json import JSONDecodeError
from types import FrameType, TracebackType
from typing import Any

from coursekit import exercise as declared
from coursekit.exchange import Exchange
from coursekit.exercise import Exercise
from coursekit.expect import NotYet
from coursekit.isolate import Answer, run
from coursekit.lessons import binds, cut, exercise_cells, given_cells, lesson_of, same_code
from coursekit.render import brief, brief_repr, printable
from coursekit.verdict import Verdict

LONGEST_MESSAGE = 400
"""Characters of an exception's message that a verdict shows."""
LONGEST_TRACEBACK = 8
"""Places in the learner's code that a traceback shows."""


@dataclass
class CellRun:
    """A cell that the notebook has run, and how it ended."""

    source: str
    error: BaseException | None = None


cells_run: list[CellRun] = []
"""Oldest first. The kit keeps its own list: IPython's `In` stays empty under a runner that keeps no history, as nbval."""


def judge(exercise: Exercise, namespace: dict[str, Any]) -> Verdict:
    """Ask the exercise's questions of what the notebook holds. Nothing in the notebook changes."""
    cell = newest_try(exercise)
    if cell is not None and cell.error is not None:
        return stopped(exercise, cell.error, namespace)
    missing = [name for name in exercise.names if namespace.get(name, ...) is ...]
    if missing:
        names = " and ".join(f"`{name}`" for name in missing)
        return _not_attempted(
            exercise, f"The notebook has no {names} yet. Answer in the cell above, run it, then check."
        )
    if cell is not None and _is_stub(exercise, cell.source):
        return _not_attempted(exercise, "The cell above is still as it was given. Change it, run it, then check.")
    arguments = {name: namespace[name] for name in exercise.names}
    if "fastapi" in sys.modules:
        importlib.import_module("coursekit.client")  # here, once, and not in each copy
    answer = run(
        lambda: _ask(exercise, arguments, namespace),
        exercise.limit,
        namespace,
        lambda stacks: _where_it_hangs(exercise, stacks, namespace),
    )
    return _verdict(exercise, answer)


def _not_attempted(exercise: Exercise, message: str) -> Verdict:
    return Verdict(exercise.id, exercise.title, "not_attempted", message)


def stopped(exercise: Exercise, error: BaseException, namespace: dict[str, Any]) -> Verdict:
    """The verdict when the exercise's own cell ended in an error: what the names hold is from before."""
    message = (
        f"When you ran your cell, it stopped with {last_line(error)}. Nothing in it counts until it runs to its end."
    ) + _advice(error, namespace)
    place = _place(exercise, traceback.walk_tb(error.__traceback__), namespace)
    code = f"line {place.line}:\n{place.source}" if place else ""
    return Verdict(exercise.id, exercise.title, "error", message, code=code, next=_retry(exercise))


def _is_stub(exercise: Exercise, source: str) -> bool:
    """Whether this is the exercise's cell as it was given."""
    folder = lesson_of(exercise.id)
    given = exercise_cells(folder).get(exercise.id) if folder else None
    return given is not None and same_code(source, cut(given, solved=False))


def newest_try(exercise: Exercise) -> CellRun | None:
    """The learner's newest cell for this exercise: the last that binds one of its names and is not a cell of the lesson's text."""
    folder = lesson_of(exercise.id)
    given = given_cells(folder) if folder else frozenset()
    mine = (cell for cell in reversed(cells_run) if cell.source.strip() not in given)
    return next((cell for cell in mine if binds(cell.source, exercise.names)), None)


def _ask(exercise: Exercise, arguments: dict[str, Any], namespace: dict[str, Any]) -> Answer:
    """Runs in the copy. Every way in which the questions can end is an answer."""
    ends: list[BaseException] = []
    try:
        with _ends_of_event_loops(ends), declared.conversation():
            said = exercise.ask(**arguments)
    except NotYet as failed:
        return {
            "outcome": "failed",
            "message": failed.message,
            "why": failed.why,
            "exchange": failed.exchange.text() if failed.exchange else "",
            "expected": failed.expected,
            "got": failed.got,
        }
    except BaseException as error:  # SystemExit and KeyboardInterrupt too: they are the learner's
        return _raised(exercise, ends[0] if ends else error, namespace)
    return {"outcome": "passed", "message": _praise(len(declared.asked)), **(said or {})}


@contextlib.contextmanager
def _ends_of_event_loops(found: list[BaseException]) -> Iterator[None]:
    """Collect each SystemExit or KeyboardInterrupt in a handler. It ends the event loop; the caller only hears that its request was cancelled."""

    def collect(record: logging.LogRecord) -> bool:
        end = _innermost(record.exc_info[1]) if record.exc_info else None
        if end is None or isinstance(end, Exception):
            return True
        found.append(end)
        return False

    logger = logging.getLogger("asyncio")
    logger.addFilter(collect)
    try:
        yield
    finally:
        logger.removeFilter(collect)


def _innermost(error: BaseException | None) -> BaseException | None:
    """The error in a group of one."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error


def _praise(requests: int) -> str:
    if requests == 0:
        return "Right."
    return (
        f"Your API was asked {requests} times and answered as it should each time."
        if requests > 1
        else "Your API answered as it should."
    )


def _raised(exercise: Exercise, error: BaseException, namespace: dict[str, Any]) -> Answer:
    error = _innermost(error) or error
    frames = list(traceback.walk_tb(error.__traceback__))
    place = _place(exercise, frames, namespace)
    if place is None and _is_the_checks(error, frames, exercise):
        return {
            "outcome": "failed",
            "message": f"The check could not read what came back: {last_line(error)}. Compare the answer with what the exercise asks for.",
            "exchange": _last_exchange(),
        }
    if isinstance(error, SystemExit):
        message = "Your code called `sys.exit()`. In an API that ends the whole server, for every caller: raise an exception or return an answer."
    elif type(error).__name__ == "ResponseValidationError":
        message = f"{_during()}your function returned something that it does not promise: {_broken_promise(error)}. FastAPI holds every answer against the return annotation, or the `response_model`, and sends nothing that breaks it."
    elif isinstance(error, RecursionError) and place and not place.helper:
        message = "Your code called itself until Python gave up (RecursionError). Which call never comes to an end?"
    else:
        advice = _advice(error, namespace)
        message = _during() + _who_raised(error, place) + (f".{advice}" if advice else "")
    code = place.text() if place else ""
    return {"outcome": "error", "message": message[:1].upper() + message[1:], "code": code}


def _who_raised(error: BaseException, place: "_Place | None") -> str:
    if place is None or not place.helper:
        return f"your code raised {last_line(error)}"
    if place.is_learners:
        return f"your code raised {last_line(error)} in the lesson's `{place.helper}`"
    return f"`{place.helper}`, which stands in a cell of the lesson, raised {last_line(error)}"


@dataclass(frozen=True)
class _Place:
    """A line of the notebook: the learner's own that led to what happened; the lesson's where there is none of theirs."""

    line: int
    function: str
    source: str
    is_learners: bool
    helper: str
    """The lesson's function in which it happened; empty when it happened in the learner's own line."""

    def text(self) -> str:
        """The line with its place, as a verdict shows it."""
        return f"line {self.line}, in {self.function}{'' if self.is_learners else ', in a cell of the lesson'}:\n{self.source}"


def _place(exercise: Exercise, frames: Iterable[tuple[FrameType, int]], namespace: dict[str, Any]) -> _Place | None:
    """The innermost line of the learner's; the lesson's when there is none; None when nothing of the notebook was running."""
    folder = lesson_of(exercise.id)
    given = given_cells(folder) if folder else frozenset()
    own = [(frame, line) for frame, line in frames if frame.f_globals is namespace]
    if not own:
        return None
    learners = [(frame, line) for frame, line in own if _cell_of(frame) not in given]
    frame, line = (learners or own)[-1]
    helper = "" if frame is own[-1][0] and learners else own[-1][0].f_code.co_name
    return _Place(line, frame.f_code.co_name, _source(frame.f_code.co_filename, line), bool(learners), helper)


def _cell_of(frame: FrameType) -> str:
    """The source of the cell in which the frame's code stands."""
    return "".join(linecache.getlines(frame.f_code.co_filename)).strip()


def _where_it_hangs(exercise: Exercise, stacks: list[list[FrameType]], namespace: dict[str, Any]) -> Answer:
    """The line at which a check that took too long is: the check's own thread, or else the only other one that runs code of the notebook."""
    places = [_place(exercise, [(frame, frame.f_lineno) for frame in stack], namespace) for stack in stacks]
    others = [place for place in places[1:] if place]
    found = places[0] or (others[0] if len(others) == 1 else None)
    return {"code": found.text()} if found else {}


def _broken_promise(error: Any) -> str:
    """The first fault that FastAPI found in an answer, such as "`item`: Input should be a valid dictionary (it got `None`)"."""
    fault: dict[str, Any] = next(iter(error.errors()), {})
    place = ".".join(map(str, fault.get("loc", ())[1:]))
    where = f"`{place}`: " if place else ""
    got = fault.get("input")
    said = f"{where}{brief(str(fault.get('msg', '')), LONGEST_MESSAGE)} (it got `{brief_repr(got)}`)"
    if got is None and not place:
        return f"{said}. Perhaps a `return` is missing"
    if fault.get("type") == "dict_type" and hasattr(type(got), "model_dump"):
        return f"{said}. `.model_dump()` makes a dictionary of a model"
    return said


_UNTYPED_FIELD = re.compile(r"A non-annotated attribute was detected: `(\w+) = (.*?)`\.", re.DOTALL)
_NO_MODEL = re.compile(r"Invalid args for response field! Hint: check that <class '([\w.<>]+)'>")
_NO_DICTIONARY = re.compile(
    r"'(\w+)' object is not (subscriptable|a mapping)|argument after \*\* must be a mapping, not (\w+)"
)


def _advice(error: BaseException, namespace: dict[str, Any]) -> str:
    """What to do about a mistake with models that a framework words for people who know the framework; empty for any other."""
    kind, words = type(error).__name__, message_of(error)
    if kind == "PydanticUserError" and (found := _UNTYPED_FIELD.search(words)):
        name, value = found.groups()
        if value.startswith("{"):
            return f" If `{name}` holds settings: a model's settings are called `model_config`."
        typed = {"True": "bool", "False": "bool"}.get(value) or ("int" if value.isdecimal() else "str")
        return f" A field needs a type, as in `{name}: {typed} = {brief(value, 60)}`."
    if kind == "FastAPIError" and (found := _NO_MODEL.search(words)):
        return _no_model(found[1], namespace)
    if kind == "PydanticSerializationError" and "_AnnotatedAlias" in words:
        return " What stands behind `=` is a default. A constraint belongs to the type, before any `=`: `field: Annotated[...]`."
    if kind == "TypeError" and (found := _NO_DICTIONARY.search(words)):
        owner = namespace.get(found[1] or found[3])
        fields = (
            vars(owner).get("__pydantic_fields__") if issubclass(type(owner), type) else None
        )  # asks no code of theirs
        field = next(iter(fields or {}), None)
        if field and found[2] == "subscriptable":
            return f" A model is an object and no dictionary: read a field with a dot, as in `….{field}`."
        if field:
            return " A model is an object and no dictionary: `.model_dump()` makes one, and `**` can unpack that."
    return next((advice for sign, advice in _SIGNS.items() if sign in words), "")


_SIGNS = {
    "is not a callable object": " `Depends` was given what your function returned. Pass the function itself: take the parentheses behind its name away.",
    "dependency must have a callable": " `Depends` was given nothing that it can call. If you made it with a call, does that call `return` a function?",
    "'coroutine' object": " A call of an `async def` function gives a coroutine, and its result only once it is awaited: put `await` in front of the call.",
    "'bool' object has no attribute 'is_'": " The attribute is a plain value and no column. Its default goes into the column: `Mapped[bool] = mapped_column(default=False)`.",
    "must not have a response body": " What stands behind `->` promises a body, and an answer with this status has none: promise `None`, and return nothing.",
    "could not assemble any primary key columns": " One column has to be the key by which a row is known: `mapped_column(primary_key=True)`.",
}
"""Words of an exception's message, and what to do about it."""


def _no_model(path: str, namespace: dict[str, Any]) -> str:
    """What to do about a class that FastAPI can neither read from a request nor write into a response."""
    name = path.rsplit(".", 1)[-1]
    refused = namespace.get(name)
    own = refused if path.startswith("__main__.") else None
    if isinstance(own, type) and "__table__" in vars(own):
        return f" `{name}` is a table, and no model. What a caller may see of it is a model's business: name one with `response_model=`."
    if isinstance(refused, type) and issubclass(refused, BaseException):
        return f" `{name}` is an exception and no model. What it sends is described by a model of another name."
    if "Depends" not in namespace:
        return f" `{name}` is no model. A class becomes one with `BaseModel`: `class {name}(BaseModel):`."
    return f" `{name}` is no model. If a dependency brings it, say so: `Annotated[{name}, Depends(...)]`." + (
        f" If callers send or read it, make it a model: `class {name}(BaseModel):`." if own is not None else ""
    )


def _is_the_checks(error: BaseException, frames: list[tuple[FrameType, int]], exercise: Exercise) -> bool:
    """Whether the check's own code raised, because it was given something that it could not read."""
    answered = bool(declared.asked) and declared.asked[-1].response is not None
    last = frames[-1][0].f_code.co_filename if frames else ""
    return last == exercise.ask.__code__.co_filename or (answered and isinstance(error, JSONDecodeError))


def _source(filename: str, line: int) -> str:
    return "    " + linecache.getline(filename, line).strip()


def last_line(error: BaseException) -> str:
    """An exception as its traceback's last line would have it, without paths of this machine and never long."""
    return f"`{_named(error)}`"


def _named(error: BaseException) -> str:
    words = message_of(error)
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def message_of(error: BaseException) -> str:
    """What an exception says, without paths of this machine and never long, also when its `__str__` fails."""
    try:
        words = str(error)
    except Exception as failed:
        return f"(its message cannot be shown: its `__str__` raises {type(failed).__name__})"
    words = _CELL_FILE.sub("your cell", words)
    return brief(words.strip().split('\n\n  File "')[0].split('\n  File "')[0], LONGEST_MESSAGE)


_CELL_FILE = re.compile(r"<ipython-input-[^>]*>|\b\d+\.py(?=, line)")
"""What IPython calls a cell in the message of a SyntaxError: by its number, or by the name of a file that it does not have."""


def _during() -> str:
    if not declared.asked:
        return ""
    request = declared.asked[-1].request
    return f"during `{request.method} {brief(request.url.raw_path.decode('ascii', 'replace'), 100)}` "


def _last_exchange() -> str:
    response = declared.asked[-1].response if declared.asked else None
    return Exchange.of(response).text() if response is not None else ""


def _retry(exercise: Exercise) -> str:
    return f'Change your cell, run it, then check again. Stuck? Run `hint("{exercise.id}")` in a new cell.'


def _verdict(exercise: Exercise, answer: Answer) -> Verdict:
    id_, title = exercise.id, exercise.title
    retry = _retry(exercise)
    if "timeout" in answer:
        message = f"No answer within {answer['timeout']:g} seconds, so the check was ended. Look for a loop that never ends, or a wait that nobody ends."
        seen = {name: printable(answer.get(name, "")) for name in ("code", "printed")}
        return Verdict(id_, title, "timeout", message, **seen, next=retry)
    if "died" in answer:
        message = f"Your code ended the whole process in the middle of the check ({answer['died']}). In an API that ends the server, for every caller."
        return Verdict(id_, title, "error", message, next=retry)
    passed = answer["outcome"] == "passed"
    words: Answer = {name: printable(text) for name, text in answer.items()}
    return Verdict(
        id_,
        title,
        **words,
        next=f'Compare with ours, if you like: `solution("{id_}")`.' if passed else retry,
    )


def tidy_traceback(error: BaseException, trace: TracebackType | None, namespace: dict[str, Any]) -> list[str]:
    """A traceback of the notebook's own lines and the last line, without the libraries' pages between."""
    lines: list[str] = []
    places, hidden = 0, False
    for frame, number in traceback.walk_tb(trace):
        hidden = frame.f_globals is not namespace
        if hidden:
            continue
        places += 1
        if places <= LONGEST_TRACEBACK:
            lines += [
                f"line {number}, in {'this cell' if frame.f_code.co_name == '<module>' else frame.f_code.co_name}:"
            ]
            lines += [_source(frame.f_code.co_filename, number)]
    if places > LONGEST_TRACEBACK:
        lines += ["(and so on, deeper and deeper)"]
    if hidden and lines:
        # how many there are depends on Python's version
        lines += ["(steps inside libraries are left out; %tb shows them)"]
    lines += [_named(error)]
    members = error.exceptions[:5] if isinstance(error, BaseExceptionGroup) else ()
    return lines + [line for one in members for line in tidy_traceback(one, one.__traceback__, namespace)]
