"""Runs a check so that the notebook doesn't change and the answer comes in time, whatever the learner's code does.

Where the system can fork, the check runs in a copy of the process. Two things outlive the copy: files that the learner's code writes, and programs that
it starts in a session of their own. If another thread of the notebook holds a lock at the moment of the fork, the lock stays locked in the copy. Memory
is limited on Linux only.

Elsewhere (on Windows) the check runs in a thread, which protects less. Afterwards the kit restores the notebook's names, its lists, dicts and sets
(also nested ones, and those in objects of the learner's own classes), dependency overrides, the state of apps, the environment and the current folder.
It doesn't restore patched modules, other objects, variables in a closure, or files, and it doesn't end programs that were started. It stops loops in
Python code, but a wait in C (`time.sleep(1000)`) and code that catches every exception go on in the background after the verdict. Memory isn't
limited, and a crash of Python ends the notebook.
"""

import contextlib
import os
from collections.abc import Callable
from typing import Any

from coursekit.judging.fork import NoFork, run_in_fork, run_in_this_copy
from coursekit.judging.thread import run_in_thread
from coursekit.judging.work import Answer, Locate, locate_nothing

__all__ = ["Answer", "can_fork", "run_in_this_copy", "run_isolated"]


def can_fork() -> bool:
    """Whether the check runs in a copy of the process."""
    return hasattr(os, "fork") and not os.environ.get("COURSE_NO_FORK")


def run_isolated(
    work: Callable[[], Answer], limit: float, namespace: dict[str, Any], locate: Locate = locate_nothing
) -> Answer:
    """Run `work` without letting it change this process, and return its answer.

    Args:
        work: returns an answer that JSON can hold.
        limit: the seconds that it may take.
        namespace: the notebook's names, which are restored if the work had to run in a thread of this process.
        locate: is called with the stacks of work that took too long. What it returns is added to the answer.

    Returns:
        The answer of `work`, with everything that it printed under `printed`. If the process ended before it answered, this is
        `{"died": how}`. If it took too long, this is `{"timeout": seconds}` with `printed` and what `locate` returned; both are
        missing if code in C kept Python from looking.
    """
    if can_fork():
        with contextlib.suppress(NoFork):
            return run_in_fork(work, limit, locate)
    return run_in_thread(work, limit, namespace, locate)
