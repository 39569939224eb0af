"""The exception for an expectation that was not met, and a description of a value that was not expected."""

from types import FunctionType
from typing import Any

from coursekit.course.render import brief_repr
from coursekit.judging.exchange import Exchange


class NotYet(Exception):
    """An expectation was not met. The arguments become the words of the verdict.

    Args:
        message: what is wrong, in a sentence or two.
        why: why that matters to a caller.
        response: the response that did not meet the expectation. The verdict shows its exchange.
        expected: what was expected, in a few words.
        got: what came back instead.
        shown: what the verdict shows if there is no response, such as a list of tests.
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
    """Describe a value that should have been something else in a few words: "the `str` `'hello'`"."""
    kind = type(value)  # isinstance would ask the value itself, which may lie
    if value is None:
        return "`None`"
    if issubclass(kind, str | int | float | bool | list | dict | tuple | set):
        return f"the `{kind.__name__}` `{brief_repr(value)}`"
    if issubclass(kind, type):
        return f"the class `{value.__name__}`"
    if issubclass(kind, FunctionType):
        return f"the function `{value.__name__}`"
    return f"an object of type `{kind.__name__}`"
