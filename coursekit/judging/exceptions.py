"""Formats exceptions for a notebook: only the notebook's own lines and the last line, without any path on this machine."""

import linecache
import re
import traceback
from types import TracebackType
from typing import Any

from coursekit.course.render import brief

LONGEST_MESSAGE = 400
"""How many characters of an exception's message are shown."""
LONGEST_TRACEBACK = 8
"""How many of the notebook's lines a traceback shows."""

_SHORTEST, _AROUND = 80, 110
"""How many characters of an exception are shown even beside long advice, and how many a verdict has around both."""
_NOTES = re.compile(r" ?(?:\[SQL: |For further information visit |\(Background on this error )")
"""What SQLAlchemy and Pydantic append to a message."""
_CELL_FILE = re.compile(r"<ipython-input-[^>]*>|\b\d+\.py(?=, line)")
"""Matches the made-up file name that IPython gives a cell in the message of a SyntaxError."""


def innermost(error: BaseException | None) -> BaseException | None:
    """Unwrap exception groups that hold only one exception, and return that exception."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error


def source_line(file: str, line: int) -> str:
    """Return a line of a cell, indented by four spaces."""
    return "    " + linecache.getline(file, line).strip()


def last_line(error: BaseException, advice: str = "") -> str:
    """Return an exception as in the last line of its traceback, as code, on one line and without paths on this machine.

    It is so short that a verdict has room for the advice, too.
    """
    words = _NOTES.split(" ".join(_type_and_message(error).split()))[0]
    return f"`{brief(words, max(_SHORTEST, LONGEST_MESSAGE - _AROUND - len(advice)))}`"


def _type_and_message(error: BaseException) -> str:
    words = message_of(error)
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def message_of(error: BaseException) -> str:
    """Return an exception's message, shortened and without paths on this machine. Works even if its `__str__` raises."""
    try:
        words = str(error)
    except Exception as failed:
        return f"(its message cannot be shown: its `__str__` raises {type(failed).__name__})"
    words = _CELL_FILE.sub("your cell", words)
    return brief(words.strip().split('\n\n  File "')[0].split('\n  File "')[0], LONGEST_MESSAGE)


def tidy_traceback(error: BaseException, trace: TracebackType | None, namespace: dict[str, Any]) -> list[str]:
    """Return the lines of a traceback that shows only the notebook's own code and the last line."""
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
            lines += [source_line(frame.f_code.co_filename, number)]
    if places > LONGEST_TRACEBACK:
        lines += ["(and so on, deeper and deeper)"]
    if hidden and lines:
        # not counted, because the number depends on Python's version
        lines += ["(steps inside libraries are left out; %tb shows them)"]
    lines += [_type_and_message(error)]
    members = error.exceptions[:5] if isinstance(error, BaseExceptionGroup) else ()
    return lines + [line for one in members for line in tidy_traceback(one, one.__traceback__, namespace)]
