"""What both forms of isolation share: the thread that does the work, cut off from the notebook's page, and what it leaves."""

import contextlib
import io
import json
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, NoReturn

from coursekit.course.ipython import running_shell

LONGEST_OUTPUT = 2000
"""Characters of printed output that a verdict shows."""

_dumps = json.dumps  # bound here, because the learner's code may give the name another meaning during a check

Answer = dict[str, Any]

Locate = Callable[[list[list[FrameType]]], Answer]
"""Takes the stack of each thread of a work that took too long, innermost frame last; the first is the work's own.
Returns what the answer is to say of them."""


def nowhere(stacks: list[list[FrameType]]) -> Answer:
    """A `Locate` that says nothing."""
    return {}


class Work(threading.Thread):
    """Does the work, in a thread that has no event loop yet. What it leaves is JSON, with what was printed."""

    def __init__(self, work: Callable[[], Answer], printed: "Printed") -> None:
        super().__init__(daemon=True, name="course-check")
        self._work = work
        self.printed = printed
        self.content = b""
        self.done = threading.Event()

    def run(self) -> None:
        """Called by `start`."""
        answer: Answer = {"died": "it took all the memory that a check may take"}
        try:
            with contextlib.suppress(MemoryError):  # raised by the answer itself, when there was no room even for that
                answer = self._work()
            self.content = _dumps({**answer, "printed": self.printed.text()}).encode()
        except SystemExit:
            self.content = _dumps({"died": "os._exit or something like it"}).encode()
        finally:
            self.done.set()


def late_answer(worker: Work, limit: float, locate: Locate, others: set[threading.Thread]) -> Answer:
    """The answer of a work that took too long: what it printed, and what its threads, which are not the others, are doing."""
    printed, threads = worker.printed.text(), [one for one in threading.enumerate() if one not in others]
    said: Answer = {"printed": printed} if printed else {}
    with contextlib.suppress(Exception):  # they go on while we look
        frames = sys._current_frames()
        idents = [worker.ident, *(one.ident for one in threads if one not in (worker, threading.current_thread()))]
        said |= locate([_stack(frames.get(ident or 0)) for ident in idents])
    return {"timeout": limit, **said}


def _stack(frame: FrameType | None) -> list[FrameType]:
    """The frames of a thread, innermost last."""
    found: list[FrameType] = []
    while frame is not None:
        found.insert(0, frame)
        frame = frame.f_back
    return found


class Printed(io.TextIOBase):
    """A text stream that keeps the beginning and counts the rest."""

    def __init__(self) -> None:
        self._kept = ""
        self._length = 0

    def write(self, text: str) -> int:
        """Keep the text while there is room."""
        self._kept += text[: max(0, LONGEST_OUTPUT - len(self._kept))]
        self._length += len(text)
        return len(text)

    def writable(self) -> bool:
        """Say that it takes text."""
        return True

    def text(self) -> str:
        """What was written, and how much was left out."""
        cut = self._length - len(self._kept)
        return self._kept.rstrip() + (f"\n… ({cut:,} more characters)" if cut else "")


@contextlib.contextmanager
def cut_off_from_the_notebook() -> Iterator[Printed]:
    """For a while nothing speaks to the notebook's page or ends its kernel: no output, no display, no input, no `exit()`."""
    import builtins

    def no_input(*_: object) -> NoReturn:
        raise RuntimeError("input() cannot be answered during a check")

    def leave(*_: object) -> NoReturn:
        raise SystemExit

    printed, shell = Printed(), running_shell()
    with contextlib.ExitStack() as stack:
        stack.enter_context(replaced(builtins, "input", no_input))
        for stream in (
            sys.stdout,
            sys.stderr,
        ):  # the learner's code, a log handler above all, may hold them by other names
            with contextlib.suppress(AttributeError):
                stack.enter_context(replaced(stream, "write", printed.write))
        if shell is not None:
            stack.enter_context(replaced(shell.display_pub, "publish", lambda *_, **__: None))
            if hasattr(shell, "ask_exit"):
                stack.enter_context(replaced(shell, "ask_exit", leave))
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(printed))
        yield printed


@contextlib.contextmanager
def replaced(thing: Any, name: str, value: object) -> Iterator[None]:
    """For a while, the thing has another value under this name."""
    usual = getattr(thing, name)
    setattr(thing, name, value)
    try:
        yield
    finally:
        setattr(thing, name, usual)
