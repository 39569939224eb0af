"""Runs an exercise's check on a notebook's names and returns the verdict."""

import contextlib
import logging
import traceback
from collections.abc import Callable, Iterator
from json import JSONDecodeError
from types import FrameType
from typing import Any

from coursekit.course.declarations import Exercise
from coursekit.course.render import few_sentences, printable
from coursekit.judging.advice import advice_on, explanation_of
from coursekit.judging.conversation import asked, conversation, during_last_request, last_exchange
from coursekit.judging.exceptions import LONGEST_MESSAGE, innermost, last_line
from coursekit.judging.expectation import NotYet
from coursekit.judging.history import CellError, NotebookLine, is_stub, line_to_show, newest_try, steps
from coursekit.judging.isolation import Answer, run_isolated
from coursekit.judging.verdict import Verdict


def judge(exercise: Exercise, namespace: dict[str, Any], isolated: Callable[..., Answer] = run_isolated) -> Verdict:
    """Run the exercise's check on the notebook's names and return the verdict. Nothing in the notebook changes.

    `isolated` runs the check, as `run_isolated` does.
    """
    cell = newest_try(exercise)
    if cell is not None and cell.error is not None:
        return verdict_on_error(exercise, cell.error)
    missing = [name for name in exercise.names if namespace.get(name, ...) is ...]
    if missing:
        names = " and ".join(f"`{name}`" for name in missing)
        return _not_attempted(
            exercise, f"The notebook has no {names} yet. Answer in the cell above, run it, then check."
        )
    if cell is not None and is_stub(exercise, cell.source):
        return _not_attempted(exercise, "The cell above is still as it was given. Change it, run it, then check.")
    arguments = {name: namespace[name] for name in exercise.names}
    answer = isolated(
        lambda: _ask(exercise, arguments, namespace),
        exercise.limit,
        namespace,
        lambda stacks: _where_it_hangs(exercise, stacks, namespace),
    )
    return _verdict(exercise, answer)


def _not_attempted(exercise: Exercise, message: str) -> Verdict:
    return Verdict(exercise.id, exercise.title, "not_attempted", message)


def verdict_on_error(exercise: Exercise, error: CellError) -> Verdict:
    """Return the verdict for a cell that raised. It isn't checked, because its names hold what an earlier cell gave them."""
    message = (
        f"When you ran your cell, it stopped with {error.said}. Nothing in it counts until it runs to its end."
        + error.advice
    )
    place = line_to_show(exercise, list(error.steps))
    code = f"line {place.line}:\n{place.source}" if place else ""
    message = few_sentences(message, LONGEST_MESSAGE)
    return Verdict(exercise.id, exercise.title, "error", message, code=code, next=_retry(exercise))


def _ask(exercise: Exercise, arguments: dict[str, Any], namespace: dict[str, Any]) -> Answer:
    """Run the exercise's function, inside the copy of the process. Every way in which it can end becomes an answer."""
    ends: list[BaseException] = []
    try:
        with _ends_of_event_loops(ends), conversation():
            said = exercise.ask(**arguments)
    except NotYet as failed:
        return {
            "outcome": "failed",
            "message": failed.message,
            "why": failed.why,
            "exchange": failed.shown,
            "expected": failed.expected,
            "got": failed.got,
        }
    except BaseException as error:  # also SystemExit and KeyboardInterrupt, which the learner's code may raise
        return _raised(exercise, ends[0] if ends else error, namespace)
    return {"outcome": "passed", "message": _praise(len(asked)), **(said or {})}


@contextlib.contextmanager
def _ends_of_event_loops(found: list[BaseException]) -> Iterator[None]:
    """Collect each SystemExit or KeyboardInterrupt that ends the app's event loop. The client only sees that its request was cancelled."""

    def collect(record: logging.LogRecord) -> bool:
        end = innermost(record.exc_info[1]) if record.exc_info else None
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


def _praise(requests: int) -> str:
    if requests == 0:
        return "Right."
    return (
        f"Your API was asked {requests} times and answered as it should each time."
        if requests > 1
        else "Your API answered as it should."
    )


def _raised(exercise: Exercise, error: BaseException, namespace: dict[str, Any]) -> Answer:
    error = innermost(error) or error
    frames = list(traceback.walk_tb(error.__traceback__))
    place = line_to_show(exercise, steps(frames, namespace))
    if place is None and _is_the_checks(error, frames, exercise):
        return {
            "outcome": "failed",
            "message": f"The check could not read what came back: {last_line(error)}. Compare the answer with what the exercise asks for.",
            "exchange": last_exchange(),
        }
    message = _sentence_about(error, place, namespace)
    return {"outcome": "error", "message": message[:1].upper() + message[1:], "code": place.text() if place else ""}


def _sentence_about(error: BaseException, place: NotebookLine | None, namespace: dict[str, Any]) -> str:
    """The sentence for an exception that the learner's code raised."""
    if isinstance(error, SystemExit):
        return "Your code called `sys.exit()`. In an API that ends the whole server, for every caller: raise an exception or return an answer."
    if explained := explanation_of(error, namespace):
        return during_last_request() + explained
    if isinstance(error, RecursionError) and place and not place.helper:
        return "Your code called itself until Python gave up (RecursionError). Which call never comes to an end?"
    advice = advice_on(error, namespace)
    return during_last_request() + _who_raised(last_line(error, advice), place) + (f".{advice}" if advice else "")


def _who_raised(said: str, place: NotebookLine | None) -> str:
    if place is None or not place.helper:
        return f"your code raised {said}"
    if place.is_learners:
        return f"your code raised {said} in the lesson's `{place.helper}`"
    return f"`{place.helper}`, which stands in a cell of the lesson, raised {said}"


def _where_it_hangs(exercise: Exercise, stacks: list[list[FrameType]], namespace: dict[str, Any]) -> Answer:
    """Find the line where a check is stuck, in the check's own thread or else in the only other thread that runs the notebook's code."""
    own = [steps([(frame, frame.f_lineno) for frame in stack], namespace) for stack in stacks]
    places = [line_to_show(exercise, one) for one in own]
    others = [place for place in places[1:] if place]
    found = places[0] or (others[0] if len(others) == 1 else None)
    return {"code": found.text()} if found else {}


def _is_the_checks(error: BaseException, frames: list[tuple[FrameType, int]], exercise: Exercise) -> bool:
    """Whether the check's own code raised because it could not read what the learner's code returned."""
    answered = bool(asked) and asked[-1].response is not None
    last = frames[-1][0].f_code.co_filename if frames else ""
    return last == exercise.ask.__code__.co_filename or (answered and isinstance(error, JSONDecodeError))


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
    words["message"] = few_sentences(words["message"], LONGEST_MESSAGE)
    return Verdict(
        id_,
        title,
        **words,
        next=f'Compare with ours, if you like: `solution("{id_}")`.' if passed else retry,
    )
