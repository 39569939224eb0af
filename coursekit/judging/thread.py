"""Runs a check in a thread, on systems that cannot fork, and restores what can be restored afterwards."""

import contextlib
import copy
import ctypes
import gc
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from coursekit.judging.work import Answer, Locate, WorkThread, cut_off_from_the_notebook, replaced, timeout_answer

_GRACE = 2.0
"""How many seconds a thread that took too long has to end, before it is left running."""

# Bound here, because the learner's code may give these names another meaning during a check.
_loads, _clock, _sleep = json.loads, time.monotonic, time.sleep


def run_in_thread(work: Callable[[], Answer], limit: float, namespace: dict[str, Any], locate: Locate) -> Answer:
    """Run `work` in a thread. Arguments and return value are those of `isolation.run_isolated`."""
    answer: Answer = {}
    others = set(threading.enumerate())
    with _put_back(namespace), cut_off_from_the_notebook() as printed:
        worker = WorkThread(work, printed)
        worker.start()
        try:
            worker.done.wait(limit)  # if join() is interrupted, it marks the thread as ended
        finally:
            late = not worker.done.is_set()
            if late:
                answer = timeout_answer(worker, limit, locate, others)
                _interrupt(others, _clock() + _GRACE)
                gc.collect()  # warnings about what the threads left behind come now, not later in the notebook
    if late:
        return answer
    return dict(_loads(worker.content)) if worker.content else {"died": "the check itself failed"}


@contextlib.contextmanager
def _put_back(namespace: dict[str, Any]) -> Iterator[None]:
    """Restore the notebook's data afterwards, and the environment, the current folder and `os._exit` of the process."""

    def refuse_exit(status: int = 0) -> NoReturn:
        raise SystemExit(status)

    saved = [(one, copy.copy(one)) for one in _contents(namespace)]
    environment, folder = dict(os.environ), _folder()
    with replaced(os, "_exit", refuse_exit):
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
    """The namespace, and every list, dict and set that it leads to through other containers, apps and the learner's own classes."""
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
    """Raise SystemExit in each thread except `others`, again and again, until they have ended or the deadline passes."""
    while (threads := set(threading.enumerate()) - others) and _clock() < deadline:
        for thread in threads:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(SystemExit))
        _sleep(0.02)
