"""Run a check so that whatever the learner's code does, the notebook stays as it was and the answer comes in time.

The copy (a fork) can do that for all but two things: a program that the learner's code starts in a session of its own lives on, and files that it
writes are written. Another thread of the notebook that holds a lock at the moment of the fork holds it in the copy for ever. Memory has an end on Linux
only.

The thread form, for Windows, can do less. It puts back the notebook's names, its lists, dicts and sets (also inside one another and inside objects of
the learner's own classes), overrides, the state of apps, the environment and the folder. It does not put back patched modules, other objects, data
that only a function sees (a closure), files, or threads and programs that were started. It ends loops of Python code; a wait in C (`time.sleep(1000)`)
and code that catches every exception go on in the background after the verdict. Memory is not limited, and a crash of Python ends the notebook.
"""

import contextlib
import copy
import ctypes
import gc
import io
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
from types import FrameType
from typing import Any, NoReturn

LONGEST_OUTPUT = 2000
"""Characters of printed output that a verdict shows."""

_LONGEST_ANSWER = 4_000_000
_MEMORY = 2 * 1024**3
"""Bytes that a check may take beyond what the notebook holds."""
_GRACE = 2.0
"""Seconds in which a thread that took too long must end; after them it is left alone."""
_LAST_WORDS = 0.5
"""Seconds in which a copy that took too long may say where it is; after them it is ended unheard."""
_END = b"\n"
"""Ends an answer: who waits for the pipe to close waits for every process that the learner's code has forked."""

# Bound here, because the learner's code may give these names another meaning during a check.
_dumps, _loads, _clock, _sleep, _exit, _write = json.dumps, json.loads, time.monotonic, time.sleep, os._exit, os.write

Answer = dict[str, Any]

Place = Callable[[list[list[FrameType]]], Answer]
"""What the stacks of the threads of a work that took too long, innermost frame last, add to the answer. The first is the work's own."""


def _nowhere(stacks: list[list[FrameType]]) -> Answer:
    return {}


def run(work: Callable[[], Answer], limit: float, namespace: dict[str, Any], place: Place = _nowhere) -> Answer:
    """Run `work` on a copy of this process and return its answer, with `printed`: what it printed.

    The copy is a fork: rows, overrides, patches and changed folders die with it, and so do endless loops. Where a process cannot be
    forked (Windows), it runs in a thread of this one, and what can be put back is put back afterwards.

    Returns:
        The answer; or `{"died": how}` when the process ended in the middle; or `{"timeout": seconds}`, with what was printed until then and
        what `place` says, unless code in C let nobody look.

    """
    if hasattr(os, "fork") and not os.environ.get("COURSE_NO_FORK"):
        with contextlib.suppress(_NoFork):
            return _in_fork(work, limit, place)
    return _in_thread(work, limit, namespace, place)


class _NoFork(Exception):
    """There is no room for a copy of this process."""


def _in_fork(work: Callable[[], Answer], limit: float, place: Place) -> Answer:
    # No interrupt (■) may turn the copy into a second notebook or leave it behind: it is let through only while we wait.
    usual = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        child, reading, writing = _fork()
        if child == 0:
            _be_the_copy(work, limit, place, reading, writing)
        try:
            os.close(writing)
            signal.pthread_sigmask(signal.SIG_SETMASK, usual)
            content = _read(reading, _clock() + limit + _LAST_WORDS)
        finally:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            os.close(reading)
            _kill(child)
            status = 0
            with contextlib.suppress(ChildProcessError):  # nobody hears of its end where SIGCHLD is ignored
                _, status = os.waitpid(child, 0)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)
    if content is None:
        return {"timeout": limit}
    return dict(_loads(content)) if content.endswith(_END) else {"died": _how_it_ended(status)}


def _fork() -> tuple[int, int, int]:
    """The child's id, 0 in the child, and both ends of a pipe."""
    ends: tuple[int, ...] = ()
    try:
        reading, writing = ends = os.pipe()
        with warnings.catch_warnings():
            # Python 3.12 warns that a fork copies only this thread. The child uses only what this thread holds.
            warnings.simplefilter("ignore", DeprecationWarning)
            return os.fork(), reading, writing
    except OSError:
        for end in ends:
            os.close(end)
        raise _NoFork from None


def _be_the_copy(work: Callable[[], Answer], limit: float, place: Place, reading: int, writing: int) -> NoReturn:
    """The child's whole life: do the work in a fresh thread, send the answer, leave without any clean-up of the parent's things."""
    try:
        os.close(reading)
        gc.disable()  # a collection would touch, and so copy, every page that the two processes share
        os.setsid()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limit + 1)  # ends this process should the notebook be ended before it
        os.environ["NO_PROXY"] = "*"  # looking up the system's proxies crashes a forked process on macOS
        limit_memory()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        _make_room_for_files(nowhere)
        with _cut_from_the_notebook() as printed:
            worker = _Work(work, printed)
            worker.start()
            in_time = worker.done.wait(limit)
            content = worker.content if in_time else _dumps(_late(worker, limit, place, set())).encode()
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


class _Work(threading.Thread):
    """Does the work, in a thread that has no event loop yet. What it leaves is JSON, with what was printed."""

    def __init__(self, work: Callable[[], Answer], printed: "_Printed") -> None:
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


def _late(worker: _Work, limit: float, place: Place, others: set[threading.Thread]) -> Answer:
    """The answer of a work that took too long: what it printed, and what its threads, which are not the others, are doing."""
    printed, threads = worker.printed.text(), [one for one in threading.enumerate() if one not in others]
    said: Answer = {"printed": printed} if printed else {}
    with contextlib.suppress(Exception):  # they go on while we look
        frames = sys._current_frames()
        idents = [worker.ident, *(one.ident for one in threads if one not in (worker, threading.current_thread()))]
        said |= place([_stack(frames.get(ident or 0)) for ident in idents])
    return {"timeout": limit, **said}


def _stack(frame: FrameType | None) -> list[FrameType]:
    """The frames of a thread, innermost last."""
    found: list[FrameType] = []
    while frame is not None:
        found.insert(0, frame)
        frame = frame.f_back
    return found


class _Printed(io.TextIOBase):
    """A text stream that keeps the beginning and counts the rest."""

    def __init__(self) -> None:
        self._kept = ""
        self._length = 0

    def write(self, text: str) -> int:
        self._kept += text[: max(0, LONGEST_OUTPUT - len(self._kept))]
        self._length += len(text)
        return len(text)

    def writable(self) -> bool:
        return True

    def text(self) -> str:
        cut = self._length - len(self._kept)
        return self._kept.rstrip() + (f"\n… ({cut:,} more characters)" if cut else "")


def limit_memory() -> None:
    """A list that grows without end meets a MemoryError, not the learner's swap."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        held = pages * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + _MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


@contextlib.contextmanager
def _cut_from_the_notebook() -> Iterator[_Printed]:
    """For a while nothing speaks to the notebook's page or ends its kernel: no output, no display, no input, no `exit()`."""
    import builtins

    def no_input(*_: object) -> NoReturn:
        raise RuntimeError("input() cannot be answered during a check")

    def leave(*_: object) -> NoReturn:
        raise SystemExit

    printed, shell = _Printed(), _shell()
    with contextlib.ExitStack() as stack:
        stack.enter_context(_replaced(builtins, "input", no_input))
        for stream in (
            sys.stdout,
            sys.stderr,
        ):  # the learner's code, a log handler above all, may hold them by other names
            with contextlib.suppress(AttributeError):
                stack.enter_context(_replaced(stream, "write", printed.write))
        if shell is not None:
            stack.enter_context(_replaced(shell.display_pub, "publish", lambda *_, **__: None))
            if hasattr(shell, "ask_exit"):
                stack.enter_context(_replaced(shell, "ask_exit", leave))
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(printed))
        yield printed


@contextlib.contextmanager
def _replaced(thing: Any, name: str, value: object) -> Iterator[None]:
    usual = getattr(thing, name)
    setattr(thing, name, value)
    try:
        yield
    finally:
        setattr(thing, name, usual)


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def _read(source: int, deadline: float) -> bytes | None:
    """What comes until an answer has ended or the other end closes; None when the deadline passes first."""
    content = b""
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        while len(content) < _LONGEST_ANSWER and not content.endswith(_END):
            if not selector.select(max(0.0, deadline - _clock())):
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
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGKILL:
        return f"signal {signal.Signals(os.WTERMSIG(status)).name}"
    return "os._exit or something like it"


def _in_thread(work: Callable[[], Answer], limit: float, namespace: dict[str, Any], place: Place) -> Answer:
    answer: Answer = {}
    others = set(threading.enumerate())
    with _put_back(namespace), _cut_from_the_notebook() as printed:
        worker = _Work(work, printed)
        worker.start()
        try:
            worker.done.wait(limit)  # join() would call the thread dead when it is interrupted itself
        finally:
            late = not worker.done.is_set()
            if late:
                answer = _late(worker, limit, place, others)
                _interrupt(others, _clock() + _GRACE)
                gc.collect()  # what the threads have left complains now, and not later in the notebook
    if late:
        return answer
    return dict(_loads(worker.content)) if worker.content else {"died": "the check itself failed"}


@contextlib.contextmanager
def _put_back(namespace: dict[str, Any]) -> Iterator[None]:
    """Give the notebook's data its content back afterwards, and the process its environment, its folder and its exit."""

    def refuse_exit(status: int = 0) -> NoReturn:
        raise SystemExit(status)

    saved = [(one, copy.copy(one)) for one in _contents(namespace)]
    environment, folder = dict(os.environ), _folder()
    with _replaced(os, "_exit", refuse_exit):
        try:
            yield
        finally:
            for one, content in saved:
                _restore(one, content)
            for name in set(os.environ) - set(environment):
                del os.environ[name]
            os.environ.update(environment)
            with contextlib.suppress(OSError):
                os.chdir(folder)


def _folder() -> Path:
    try:
        return Path.cwd()
    except OSError:  # somebody has deleted it
        return Path()


def _contents(namespace: dict[str, Any]) -> list[Any]:
    """The namespace, and every list, dict and set that can be reached from it through its like, apps and the learner's own classes."""
    found: dict[int, Any] = {id(namespace): namespace}
    waiting = [value for name, value in namespace.items() if name[:1] != "_" and name not in ("In", "Out")]
    while waiting:
        value = waiting.pop()
        if id(value) in found:
            continue
        if type(value) in (dict, list, set):
            found[id(value)] = value
            waiting += value.values() if type(value) is dict else value
        elif hasattr(type(value), "include_router"):
            waiting.append(getattr(value, "dependency_overrides", None))
            waiting.append(getattr(getattr(value, "state", None), "_state", None))
        elif issubclass(type(value), type) and value.__module__ == namespace.get("__name__"):
            waiting += vars(value).values()
        elif type(value).__module__ == namespace.get("__name__"):
            with contextlib.suppress(Exception):
                waiting.append(vars(value))
    return list(found.values())


def _restore(one: Any, content: Any) -> None:
    if isinstance(one, list):
        one[:] = content
        return
    if isinstance(one, dict):
        for name in [name for name in one if name not in content]:
            del one[name]
    if list(one) != list(content):
        one.clear()
    one.update(content)


def _interrupt(others: set[threading.Thread], deadline: float) -> None:
    """Raise SystemExit in each thread but the others, again and again until they end or the deadline passes."""
    while (threads := set(threading.enumerate()) - others) and _clock() < deadline:
        for thread in threads:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(SystemExit))
        _sleep(0.02)
