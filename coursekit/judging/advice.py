"""Sentences about exceptions that other libraries raise. The lessons register them, and verdicts show them."""

from collections.abc import Callable
from typing import Any

from coursekit.course.declarations import load_advice
from coursekit.course.lessons import this_course
from coursekit.judging.exceptions import message_of

Advise = Callable[[BaseException, str, dict[str, Any]], str]
"""A function of an exception, its message and the notebook's names. It returns a sentence for the learner, or an empty string."""

_advice: list[Advise] = []
_explanations: list[Advise] = []


def advises(function: Advise) -> Advise:
    """Register a function that says what to do about an exception. A verdict shows its sentence after the exception's message."""
    _advice.append(function)
    return function


def explains(function: Advise) -> Advise:
    """Register a function that explains an exception. A verdict shows its sentence instead of the exception's message."""
    _explanations.append(function)
    return function


def advice_on(error: BaseException, namespace: dict[str, Any]) -> str:
    """What to do about an exception, beginning with a space. Empty if nothing is registered for it."""
    said = _first(_advice, error, namespace)
    return f" {said}" if said else ""


def explanation_of(error: BaseException, namespace: dict[str, Any]) -> str:
    """An explanation of an exception, beginning in lower case. Empty if nothing is registered for it."""
    return _first(_explanations, error, namespace)


def _first(known: list[Advise], error: BaseException, namespace: dict[str, Any]) -> str:
    load_advice(this_course())
    words = message_of(error)
    return next(filter(None, (function(error, words, namespace) for function in known)), "")
