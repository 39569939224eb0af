"""Run a check so that whatever the learner's code does, the notebook stays as it was and the answer comes in time."""

import contextlib
import copy
import ctypes
import io
import json
import os
import select
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

LONGEST_OUTPUT = 2000
"""Characters of printed output that a verdict shows."""

_LONGEST_ANSWER = 4_000_000
_MEMORY = 2 * 1024**3
"""Bytes that a check may take beyond what the notebook holds."""

Answer = dict[str, Any]


def run(work: Callable[[], Answer], limit: float, namespace: dict[str, Any]) -> Answer:
    """Run `work` on a copy of this process and return its answer, with `printed`: what it printed.

    The copy is a fork: rows, overrides, patches and changed folders die with it, and so do endless loops. Where a process cannot be
    forked (Windows), it runs in a thread of this one, and lists, dicts and sets of the notebook are put back afterwards.

    Returns:
        The answer; or `{"died": how}` when the process ended in the middle, or `{"timeout": seconds}`.

    """
    if hasattr(os, "fork") and not os.environ.get("COURSE_NO_FORK"):
        return _in_fork(work, limit)
    return _in_thread(work, limit, namespace)


def _in_fork(work: Callable[[], Answer], limit: float) -> Answer:
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns that a fork copies only this thread. The child uses only what this thread holds.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(reading)
        _be_the_copy(work, writing)
    os.close(writing)
    try:
        content = _read(reading, time.monotonic() + limit)
    finally:
        os.close(reading)
        _kill(child)
        _, status = os.waitpid(child, 0)
    if content is None:
        return {"timeout": limit}
    try:
        return dict(json.loads(content))
    except ValueError:
        return {"died": _how_it_ended(status)}


def _be_the_copy(work: Callable[[], Answer], writing: int) -> NoReturn:
    """The child's whole life: do the work in a fresh thread, send the answer, leave without any clean-up of the parent's things."""
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.environ["NO_PROXY"] = "*"  # looking up the system's proxies crashes a forked process on macOS
        _limit_memory()
        _cut_from_the_notebook()
        answer: list[bytes] = []
        thread = threading.Thread(target=lambda: answer.append(_worked(work)))
        thread.start()
        thread.join()
        content = answer[0]
        while content:
            content = content[os.write(writing, content) :]
    finally:
        os._exit(0)


def _worked(work: Callable[[], Answer]) -> bytes:
    printed = _Printed()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        answer = work()
    return json.dumps({**answer, "printed": printed.text()}).encode()


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


def _limit_memory() -> None:
    """A list that grows without end meets a MemoryError, not the learner's swap."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        held = pages * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + _MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _cut_from_the_notebook() -> None:
    """The copy must not speak on the kernel's sockets: no display, no input, nothing on the terminal."""
    import builtins

    def no_input(*_: object) -> NoReturn:
        raise RuntimeError("input() cannot be answered during a check")

    builtins.input = no_input
    shell = _shell()
    if shell is not None:
        shell.display_pub.publish = lambda *_, **__: None
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def _read(source: int, deadline: float) -> bytes | None:
    """Everything that comes until the other end closes; None when the deadline passes first."""
    content = b""
    while len(content) < _LONGEST_ANSWER:
        ready, _, _ = select.select([source], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
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


def _in_thread(work: Callable[[], Answer], limit: float, namespace: dict[str, Any]) -> Answer:
    before = set(threading.enumerate())
    answer: list[Answer] = []
    with _put_back(namespace):
        thread = threading.Thread(target=lambda: answer.append(json.loads(_worked(work))), daemon=True)
        thread.start()
        thread.join(limit)
        if thread.is_alive():
            _interrupt([one for one in threading.enumerate() if one not in before], time.monotonic() + 2)
            return {"timeout": limit}
    return answer[0] if answer else {"died": "an error that ends a thread"}


@contextlib.contextmanager
def _put_back(namespace: dict[str, Any]) -> Iterator[None]:
    """Give the notebook's own lists, dicts, sets and overrides their content back, and the process its folder and exit."""

    def refuse_exit(status: int) -> NoReturn:
        raise SystemExit(status)

    plain = [
        value
        for name, value in namespace.items()
        if name[:1] != "_" and type(value) in (dict, list, set) and name != "In"
    ]
    plain += [
        value.dependency_overrides
        for value in namespace.values()
        if hasattr(type(value), "include_router") and hasattr(value, "dependency_overrides")
    ]
    saved = []
    for value in plain:
        with contextlib.suppress(Exception):
            saved.append((value, copy.deepcopy(value)))
    folder, really_exit = Path.cwd(), os._exit
    os._exit = refuse_exit
    try:
        yield
    finally:
        os._exit = really_exit
        os.chdir(folder)
        for value, content in saved:
            value.clear()
            value.extend(content) if isinstance(value, list) else value.update(content)


def _interrupt(threads: list[threading.Thread], deadline: float) -> None:
    """Raise SystemExit in each thread again and again until it ends or the deadline passes."""
    while threads and time.monotonic() < deadline:
        for thread in threads:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(SystemExit))
        time.sleep(0.02)
        threads = [thread for thread in threads if thread.is_alive()]
