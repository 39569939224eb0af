"""Runs a check in a copy of this process (a fork), so that whatever the learner's code does disappears with the copy."""

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
from typing import Any, NoReturn

from coursekit.judging.work import Answer, Locate, WorkThread, cut_off_from_the_notebook, timeout_answer

_LONGEST_ANSWER = 4_000_000
_MEMORY = 2 * 1024**3
"""How many bytes a check may use in addition to what the notebook already holds."""
_LAST_WORDS = 0.5
"""How many seconds a copy that took too long has to report where it is stuck, before it is killed."""
_END = b"\n"
"""Marks the end of an answer. The pipe stays open as long as any process that the learner's code has forked."""

# Bound here, because the learner's code may give these names another meaning during a check.
_dumps, _loads, _clock, _exit, _write = json.dumps, json.loads, time.monotonic, os._exit, os.write

_one_at_a_time = threading.Lock()
"""Held during a fork, because `warnings.catch_warnings` restores the wrong filters if two threads use it at once."""


class NoFork(Exception):
    """The process cannot be copied."""


def run_in_fork(work: Callable[[], Answer], limit: float, locate: Locate) -> Answer:
    """Run `work` in a copy of this process. Arguments and return value are those of `isolation.run_isolated`.

    Raises:
        NoFork: the system refuses to make a copy, or the copy crashed because the system's libraries don't work in a copy.
    """
    with _interrupts_wait() as interrupted:
        child, reading, writing = _fork()
        if child == 0:
            _run_in_child(work, limit, locate, reading, writing)
        try:
            os.close(writing)
            content = _read(reading, interrupted, _clock() + limit + _LAST_WORDS)
        finally:
            os.close(reading)
            _kill(child)
            status = 0
            with contextlib.suppress(ChildProcessError):  # there is no status to collect if SIGCHLD is ignored
                _, status = os.waitpid(child, 0)
    if content is None:
        return {"timeout": limit}
    return dict(_loads(content)) if content.endswith(_END) else {"died": _how_it_ended(status)}


@contextlib.contextmanager
def _interrupts_wait() -> Iterator[int]:
    """Hold an interrupt (the notebook's ■) back while a copy is alive, so that the copy is never left behind.

    Yields:
        A file descriptor that becomes readable when an interrupt arrives, or -1 in a thread that gets no interrupts.

    Raises:
        KeyboardInterrupt: at the end, if an interrupt arrived in the meantime.
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
    """Fork. Returns the child's id (0 in the child) and both ends of a pipe."""
    ends: tuple[int, ...] = ()
    try:
        reading, writing = ends = os.pipe()
        with _one_at_a_time, warnings.catch_warnings():
            # Python 3.12 warns that a fork copies only this thread. The child needs no other.
            warnings.simplefilter("ignore", DeprecationWarning)
            return os.fork(), reading, writing
    except OSError:
        for end in ends:
            os.close(end)
        raise NoFork from None


def _run_in_child(work: Callable[[], Answer], limit: float, locate: Locate, reading: int, writing: int) -> NoReturn:
    """Be the child: do the work in a new thread, send the answer, and exit without cleaning up anything that belongs to the parent."""
    try:
        os.close(reading)
        gc.disable()  # a collection would touch, and so copy, every page that the two processes share
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limit + 1)  # ends this process if the notebook ends first
        os.environ["NO_PROXY"] = "*"  # looking up the system's proxies crashes a forked process on macOS
        limit_memory()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        _make_room_for_files(nowhere)
        content = _answer(work, limit, locate)
        content += _END if content else b""
        while content:
            content = content[_write(writing, content) :]
    finally:
        _exit(0)


def run_in_this_copy(work: Callable[[], Answer], limit: float, namespace: dict[str, Any], locate: Locate) -> Answer:
    """Run `work` in this process, which is a copy already and ends afterwards. A second copy would protect nobody.

    Arguments and return value are those of `isolation.run_isolated`, but code that ends the process ends this one.
    """
    return dict(_loads(_answer(work, limit, locate)))


def _answer(work: Callable[[], Answer], limit: float, locate: Locate) -> bytes:
    """Do the work in a new thread and return its answer as JSON."""
    with cut_off_from_the_notebook() as printed:
        worker = WorkThread(work, printed)
        worker.start()
        in_time = worker.done.wait(limit)
        return worker.content if in_time else _dumps(timeout_answer(worker, limit, locate, set())).encode()


def _make_room_for_files(opened: int) -> None:
    """Grow the table of open files now. Once there are two threads, that takes Linux 10 ms, and the first event loop would wait for it."""
    with contextlib.suppress(ImportError, OSError):
        import fcntl

        os.close(fcntl.fcntl(opened, fcntl.F_DUPFD, 250))


def limit_memory() -> None:
    """Limit this process's memory, so that a list that grows forever ends in a MemoryError and doesn't fill the learner's swap."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        held = pages * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + _MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _read(source: int, interrupted: int, deadline: float) -> bytes | None:
    """Read until an answer ends or the other end closes. Returns None if the deadline passes or an interrupt arrives first."""
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
    """Kill the copy and the processes that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def _how_it_ended(status: int) -> str:
    """Describe how a copy ended that sent no answer.

    Raises:
        NoFork: it crashed on macOS, where libraries may crash in a copied process. That isn't the learner's fault.
    """
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGKILL:
        if sys.platform == "darwin":
            raise NoFork
        return f"signal {signal.Signals(os.WTERMSIG(status)).name}"
    return "os._exit or something like it"
