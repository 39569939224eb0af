"""An expectation that did not hold, and how to describe what came instead."""

from types import FunctionType
from typing import Any

from coursekit.course.render import brief_repr
from coursekit.judging.exchange import Exchange


class NotYet(Exception):
    """An expectation that did not hold, with the words for it.

    Args:
        message: what is the matter, in a sentence or two.
        why: why that matters to a caller.
        response: the response that broke the expectation; its exchange is shown.
        expected: what was expected, in a few words.
        got: what came instead.
        shown: what is shown in place of an exchange, such as a list of tests.

    """

    def __init__(
        self, message: str, *, why: str = "", response: Any = None, expected: str = "", got: str = "", shown: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.why = why
        self.shown = shown if response is None else Exchange.of(response).text()
        self.expected = expected
        self.got = got


def describe(value: Any) -> str:
    """A value that should have been something else, in a few words: `the str 'hello'`."""
    kind = type(value)  # not isinstance, which asks the value itself
    if value is None:
        return "`None`"
    if issubclass(kind, str | int | float | bool | list | dict | tuple | set):
        return f"the `{kind.__name__}` `{brief_repr(value)}`"
    if issubclass(kind, type):
        return f"the class `{value.__name__}`"
    if issubclass(kind, FunctionType):
        return f"the function `{value.__name__}`"
    return f"an object of type `{kind.__name__}`"
