"""Sentences about exceptions of other libraries. They are lesson content: lessons register them, and verdicts use them."""

from collections.abc import Callable
from typing import Any

from coursekit.course.declarations import load_advice
from coursekit.course.lessons import this_course
from coursekit.judging.exceptions import message_of

Advise = Callable[[BaseException, str, dict[str, Any]], str]
"""Takes an exception, what it says, and the notebook's names. Returns a sentence for the learner, or an empty string."""

_advice: list[Advise] = []
_explanations: list[Advise] = []


def advises(function: Advise) -> Advise:
    """Register a function that knows what to do about an exception. What it returns follows what the exception says."""
    _advice.append(function)
    return function


def explains(function: Advise) -> Advise:
    """Register a function that explains an exception in whole. What it returns stands in place of what the exception says."""
    _explanations.append(function)
    return function


def advice_on(error: BaseException, namespace: dict[str, Any]) -> str:
    """What to do about an exception, with a space before it; empty if no lesson knows."""
    said = _first(_advice, error, namespace)
    return f" {said}" if said else ""


def explanation_of(error: BaseException, namespace: dict[str, Any]) -> str:
    """What an exception means, as a sentence that begins in lower case; empty if no lesson explains it."""
    return _first(_explanations, error, namespace)


def _first(known: list[Advise], error: BaseException, namespace: dict[str, Any]) -> str:
    load_advice(this_course())
    words = message_of(error)
    return next(filter(None, (function(error, words, namespace) for function in known)), "")
