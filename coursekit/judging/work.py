"""The thread that runs a check, which both forms of isolation use, and the context that keeps its output off the notebook's page."""

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
"""How many characters of printed output a verdict shows."""

_dumps = json.dumps  # bound here, because the learner's code may give the name another meaning during a check

Answer = dict[str, Any]

Locate = Callable[[list[list[FrameType]]], Answer]
"""A function of the stacks of work that took too long, one stack for each thread, innermost frame last. The work's own thread
comes first. What it returns is added to the answer."""


def locate_nothing(stacks: list[list[FrameType]]) -> Answer:
    """A `Locate` that adds nothing to the answer."""
    return {}


class WorkThread(threading.Thread):
    """Does the work in a thread that has no event loop yet. Afterwards `content` is the answer as JSON, with what was printed."""

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
            with contextlib.suppress(MemoryError):  # there may be too little memory even for the answer
                answer = self._work()
            self.content = _dumps({**answer, "printed": self.printed.text()}).encode()
        except SystemExit:
            self.content = _dumps({"died": "os._exit or something like it"}).encode()
        finally:
            self.done.set()


def timeout_answer(worker: WorkThread, limit: float, locate: Locate, others: set[threading.Thread]) -> Answer:
    """Return the answer for work that took too long: what it printed, and what `locate` says about its threads.

    Args:
        worker: the thread that does the work.
        limit: the seconds that it had.
        locate: gets the stacks of the work's threads.
        others: the threads that were there before, which don't belong to the work.
    """
    printed, threads = worker.printed.text(), [one for one in threading.enumerate() if one not in others]
    said: Answer = {"printed": printed} if printed else {}
    with contextlib.suppress(Exception):  # the threads keep running while we look at them
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
    """A text stream that keeps the beginning of what is written and counts the rest."""

    def __init__(self) -> None:
        self._kept = ""
        self._length = 0

    def write(self, text: str) -> int:
        """Keep the text as long as there is room. Returns its length."""
        self._kept += text[: max(0, LONGEST_OUTPUT - len(self._kept))]
        self._length += len(text)
        return len(text)

    def writable(self) -> bool:
        """Return True: text can be written to it."""
        return True

    def text(self) -> str:
        """Return what was written, and how much was left out."""
        cut = self._length - len(self._kept)
        return self._kept.rstrip() + (f"\n… ({cut:,} more characters)" if cut else "")


@contextlib.contextmanager
def cut_off_from_the_notebook() -> Iterator[Printed]:
    """Keep code from reaching the notebook's page or ending its kernel: no output, no display, no input, no `exit()`.

    Yields:
        The stream that collects what the code prints.
    """
    import builtins

    def no_input(*_: object) -> NoReturn:
        raise RuntimeError("input() cannot be answered during a check")

    def leave(*_: object) -> NoReturn:
        raise SystemExit

    printed, shell = Printed(), running_shell()
    with contextlib.ExitStack() as stack:
        stack.enter_context(replaced(builtins, "input", no_input))
        # The learner's code, above all a log handler, may hold these streams under other names.
        for stream in (sys.stdout, sys.stderr):
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
    """Give an attribute of a thing another value, and restore it afterwards."""
    usual = getattr(thing, name)
    setattr(thing, name, value)
    try:
        yield
    finally:
        setattr(thing, name, usual)
