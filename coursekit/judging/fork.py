"""Isolation by a copy of this process (a fork), which takes everything with it that the learner's code has done."""

import contextlib
import gc
import json
import os
import selectors
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

from coursekit.judging.work import Answer, Locate, Work, cut_off_from_the_notebook, late_answer

_LONGEST_ANSWER = 4_000_000
_MEMORY = 2 * 1024**3
"""Bytes that a check may take beyond what the notebook holds."""
_LAST_WORDS = 0.5
"""Seconds in which a copy that took too long may say where it is; after them it is killed unheard."""
_END = b"\n"
"""Ends an answer. Waiting for the pipe to close instead would be waiting for every process that the learner's code has forked."""

# Bound here, because the learner's code may give these names another meaning during a check.
_dumps, _loads, _clock, _exit, _write = json.dumps, json.loads, time.monotonic, os._exit, os.write

_one_at_a_time = threading.Lock()
"""Held around a fork, because `warnings.catch_warnings` puts back the wrong filters if two threads overlap in it."""


class NoFork(Exception):
    """The process cannot be copied here and now."""


def run_in_fork(work: Callable[[], Answer], limit: float, locate: Locate) -> Answer:
    """Run `work` in a copy of this process and return its answer, as `isolation.run` says.

    Raises:
        NoFork: the system refuses a copy, or the copy crashed because this system does not let a copied process use its libraries.

    """
    with _interrupts_wait() as interrupted:
        child, reading, writing = _fork()
        if child == 0:
            _live_as_the_copy(work, limit, locate, reading, writing)
        try:
            os.close(writing)
            content = _read(reading, interrupted, _clock() + limit + _LAST_WORDS)
        finally:
            os.close(reading)
            _kill(child)
            status = 0
            with contextlib.suppress(ChildProcessError):  # nobody hears of its end where SIGCHLD is ignored
                _, status = os.waitpid(child, 0)
    if content is None:
        return {"timeout": limit}
    return dict(_loads(content)) if content.endswith(_END) else {"died": _how_it_ended(status)}


@contextlib.contextmanager
def _interrupts_wait() -> Iterator[int]:
    """While a copy lives, an interrupt (■) is only noted, so that none can leave the copy behind or make a second notebook of it.

    Yields:
        A file descriptor that has something to read as soon as an interrupt has come; -1 in a thread that gets none.

    Raises:
        KeyboardInterrupt: at the end, if an interrupt has come meanwhile.

    """
    if threading.current_thread() is not threading.main_thread():
        yield -1
        return
    hearing, noting = os.pipe()
    noted = []

    def note(*_: object) -> None:
        noted.append(True)
        _write(noting, b"!")

    usual = signal.signal(signal.SIGINT, note)
    try:
        yield hearing
    finally:
        signal.signal(signal.SIGINT, usual)
        os.close(hearing)
        os.close(noting)
    if noted and usual is not signal.SIG_IGN:
        raise KeyboardInterrupt


def _fork() -> tuple[int, int, int]:
    """The child's id, 0 in the child, and both ends of a pipe."""
    ends: tuple[int, ...] = ()
    try:
        reading, writing = ends = os.pipe()
        with _one_at_a_time, warnings.catch_warnings():
            # Python 3.12 warns that a fork copies only this thread. The child uses only what this thread holds.
            warnings.simplefilter("ignore", DeprecationWarning)
            return os.fork(), reading, writing
    except OSError:
        for end in ends:
            os.close(end)
        raise NoFork from None


def _live_as_the_copy(work: Callable[[], Answer], limit: float, locate: Locate, reading: int, writing: int) -> NoReturn:
    """The child's whole life: do the work in a fresh thread, send the answer, leave without any clean-up of the parent's things."""
    try:
        os.close(reading)
        gc.disable()  # a collection would touch, and so copy, every page that the two processes share
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limit + 1)  # ends this process should the notebook be ended before it
        os.environ["NO_PROXY"] = "*"  # looking up the system's proxies crashes a forked process on macOS
        limit_memory()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        _make_room_for_files(nowhere)
        with cut_off_from_the_notebook() as printed:
            worker = Work(work, printed)
            worker.start()
            in_time = worker.done.wait(limit)
            content = worker.content if in_time else _dumps(late_answer(worker, limit, locate, set())).encode()
        content += _END if content else b""
        while content:
            content = content[_write(writing, content) :]
    finally:
        _exit(0)


def _make_room_for_files(opened: int) -> None:
    """Grow the table of open files while there is one thread: with two, the first event loop would wait 10 ms for Linux to do it."""
    with contextlib.suppress(ImportError, OSError):
        import fcntl

        os.close(fcntl.fcntl(opened, fcntl.F_DUPFD, 250))


def limit_memory() -> None:
    """A list that grows without end meets a MemoryError, not the learner's swap."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        held = pages * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + _MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _read(source: int, interrupted: int, deadline: float) -> bytes | None:
    """What comes until an answer has ended or the other end closes; None if the deadline passes or an interrupt comes first."""
    content = b""
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        if interrupted >= 0:
            selector.register(interrupted, selectors.EVENT_READ)
        while len(content) < _LONGEST_ANSWER and not content.endswith(_END):
            ready = [key.fd for key, _ in selector.select(max(0.0, deadline - _clock()))]
            if source not in ready:
                return None
            piece = os.read(source, 65536)
            if not piece:
                break
            content += piece
    return content


def _kill(child: int) -> None:
    """End the copy and whatever it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def _how_it_ended(status: int) -> str:
    """How a copy ended that gave no answer.

    Raises:
        NoFork: it crashed on macOS, whose libraries may crash in a copied process: that is not the learner's doing.

    """
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGKILL:
        if sys.platform == "darwin":
            raise NoFork
        return f"signal {signal.Signals(os.WTERMSIG(status)).name}"
    return "os._exit or something like it"
