"""Run a check so that whatever the learner's code does, the notebook stays as it was and the answer comes in time.

The copy (a fork) can do that for all but two things: a program that the learner's code starts in a session of its own lives on, and files that it
writes are written. Another thread of the notebook that holds a lock at the moment of the fork holds it in the copy forever. Memory has a limit on
Linux only.

The thread form, for Windows, can do less. It puts back the notebook's names, its lists, dicts and sets (also inside one another and inside objects of
the learner's own classes), overrides, the state of apps, the environment and the folder. It does not put back patched modules, other objects, data
that only a function sees (a closure), files, or threads and programs that were started. It ends loops of Python code; a wait in C (`time.sleep(1000)`)
and code that catches every exception go on in the background after the verdict. Memory is not limited, and a crash of Python ends the notebook.
"""

import contextlib
import os
from collections.abc import Callable
from typing import Any

from coursekit.judging.fork import NoFork, run_in_fork
from coursekit.judging.thread import run_in_thread
from coursekit.judging.work import Answer, Locate, nowhere

__all__ = ["Answer", "run"]


def run(work: Callable[[], Answer], limit: float, namespace: dict[str, Any], locate: Locate = nowhere) -> Answer:
    """Run `work` on a copy of this process and return its answer, with `printed`: what it printed.

    The copy is a fork: rows, overrides, patches and changed folders die with it, and so do endless loops. Where a process cannot be
    forked (Windows), the work runs in a thread of this one, and what can be put back is put back afterwards.

    Args:
        work: returns an answer that JSON can hold.
        limit: seconds that it may take.
        namespace: the notebook's names, which the thread form puts back.
        locate: turns the stacks of a work that took too long into a part of the answer.

    Returns:
        The answer; or `{"died": how}` if the process ended in the middle; or `{"timeout": seconds}`, with what was printed until then
        and what `locate` returns, unless code in C kept Python from looking.

    """
    if hasattr(os, "fork") and not os.environ.get("COURSE_NO_FORK"):
        with contextlib.suppress(NoFork):
            return run_in_fork(work, limit, locate)
    return run_in_thread(work, limit, namespace, locate)
