"""The grader's end in the kernel of a learner's notebook: it judges exercises there, out of reach of the notebook's code.

`prepare` runs before the first cell. It starts a thread that does what the grader asks over a connection of their own. To judge, the thread copies the
process: in the copy no other thread runs, and before anything is believed, the copy compares what judging relies on with what it was before the first cell.
Each report begins with a password that only this thread's stack holds, because the notebook's code can find the connection.
"""

import _thread
import asyncio
import contextlib
import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from types import CodeType
from typing import Any, NoReturn

from IPython import get_ipython

from coursekit.compat import import_pytests_plugins
from coursekit.course.declarations import Exercise, load
from coursekit.course.lessons import this_course
from coursekit.judging.fork import LOOKED, Guard, copy_this_process, limit_memory, run_in_fork
from coursekit.judging.isolation import Answer, can_fork, run_isolated
from coursekit.judging.judge import judge
from coursekit.judging.seal import Seal
from coursekit.judging.work import Locate, timeout_answer
from coursekit.notebook import timeline
from coursekit.notebook.store import use_private_store

_LOOKS = {"gc.get_objects", "gc.get_referrers", "gc.get_referents", "sys._current_frames", "sys._current_exceptions"}
"""Audit events of functions that find any object. No notebook of the course needs them."""

_frames, _dumps, _exit = sys._current_frames, json.dumps, os._exit


def prepare(lesson_number: str, port: int) -> None:
    """Prepare the kernel before the first cell: progress begins with none, `exit()` ends only the cell that calls it, memory is limited.

    Then wait in a thread for what the grader asks.
    """

    def leave() -> NoReturn:
        raise SystemExit

    shell, folder = get_ipython(), this_course().lesson_of(f"{lesson_number}.0")
    assert folder is not None
    use_private_store()
    shell.ask_exit = leave
    if "" in sys.path:  # a file that a cell writes must not stand in for what a check imports later
        sys.path.remove("")
        sys.path.append("")
    import_pytests_plugins()
    # copies, because a cell can reach and change the lesson's own
    exercises = {one.id: replace(one) for one in load(folder).exercises.values()}
    link = socket.create_connection(("127.0.0.1", port))
    password = link.recv(64)
    known = {one.__code__ for one in (timeout_answer, timeline._waiting_for_another, _serve)}
    _watch_for_looks(link, known)
    seal = Seal(*(one.ask for one in exercises.values()))
    _thread.start_new_thread(_serve, (link, password, seal, exercises, shell.user_ns, asyncio.get_event_loop()))
    limit_memory()


def _watch_for_looks(link: socket.socket, known: set[CodeType]) -> None:
    """Report each look into the interpreter before it shows anything, or end the process if it is a copy. Python can't take such a hook away again."""
    looks, kernel, frame, pid, send, leave = _LOOKS, os.getpid(), sys._getframe, os.getpid, link.send, _exit

    def notice(event: str, _: object) -> None:
        if event in looks and frame(1).f_code not in known:
            if pid() != kernel:
                leave(LOOKED)
            send(f"{event}\n".encode())

    sys.addaudithook(notice)


def _serve(
    link: socket.socket,
    password: bytes,
    seal: Seal,
    exercises: dict[str, Exercise],
    names: dict[str, Any],
    loop: asyncio.AbstractEventLoop,
) -> None:
    """Do what the grader asks, a word a line, until it hangs up: `judge` an exercise, or say how much is `left` running by cells."""
    # code that is running can't be replaced, so this function compares the first functions that it calls
    broken, in_copy, kind = seal.broken, _judge_in_copy, Seal
    bodies = kind.broken.__code__, in_copy.__code__
    if hasattr(signal, "pthread_sigmask"):  # a copy inherits this, so that no handler of the notebook's runs in it
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while asked := link.recv(1000).decode().split():
        if asked[0] == "judge" and not can_fork():
            link.sendall(password + _dumps(_judged(broken, exercises[asked[1]], names)).encode() + b"\n")
        elif asked[0] == "judge":
            child = copy_this_process()
            if child == 0:
                if (kind.broken.__code__, in_copy.__code__) == bodies and len(_frames()) == 1:
                    in_copy(link, password, broken, exercises[asked[1]], names)
                link.sendall(password + b'{"changed": "coursekit.judging.seal"}\n')
                _exit(0)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, 0)
        left = len(_frames()) + len(asyncio.all_tasks(loop))
        link.sendall(password + _dumps({"left": left}).encode() + b"\n")


def _judge_in_copy(
    link: socket.socket, password: bytes, broken: Guard, exercise: Exercise, names: dict[str, Any]
) -> NoReturn:
    """Judge an exercise in a copy of the kernel, and report the verdict, or what the notebook has changed."""
    try:
        gc.disable()  # no `__del__` of the notebook's runs in between
        for one in signal.valid_signals():
            if callable(signal.getsignal(one)):
                signal.signal(one, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
        link.sendall(password + _dumps(_judged(broken, exercise, names)).encode() + b"\n")
    finally:
        _exit(0)


def _judged(broken: Guard, exercise: Exercise, names: dict[str, Any]) -> dict[str, Any]:
    """Return the `outcome` and the `message` on an exercise, or what was `changed`."""
    if changed := broken():
        return {"changed": changed}
    found = ""

    def guarded(work: Callable[[], Answer], limit: float, namespace: dict[str, Any], locate: Locate) -> Answer:
        nonlocal found
        if not can_fork():
            return run_isolated(work, limit, namespace, locate)
        answer = run_in_fork(work, limit, locate, broken)
        found = answer.get("changed", "")
        return {"died": "it changed what judges it"} if found else answer

    verdict = judge(exercise, names, guarded)
    return {"changed": found} if found else {"outcome": verdict.outcome, "message": verdict.message}
