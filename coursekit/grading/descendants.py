"""Finds and ends the processes that a learner's code has started, however deep."""

import contextlib
import ctypes
import time

import psutil

_ROUNDS = 100
_ADOPT = 36
"""Linux's PR_SET_CHILD_SUBREAPER."""


def adopt_orphans() -> None:
    """On Linux, become the parent of each descendant whose own parent has ended, so that none escapes. Elsewhere, a daemon can."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)


def end_descendants(*spared: psutil.Process) -> None:
    """End all the descendants of this process, except the spared processes and their descendants."""
    here, found = psutil.Process(), []
    for _ in range(_ROUNDS):
        found = [one for child in here.children() if child not in spared for one in (child, *descendants_of(child))]
        found = [one for one in found if _is_alive(one)]
        if not found:
            break
        for act in (psutil.Process.suspend, psutil.Process.kill):  # a suspended process can't start another one
            for one in found:
                with contextlib.suppress(psutil.Error):
                    act(one)
        time.sleep(0.01)
    for child in here.children():
        if child not in spared:
            with contextlib.suppress(psutil.Error):
                child.wait(1)


def descendants_of(process: psutil.Process) -> list[psutil.Process]:
    """Return all the processes that a process has started, and those that they have started. Empty if it has ended."""
    found: list[psutil.Process] = []
    with contextlib.suppress(psutil.Error):
        found = process.children(recursive=True)
    return found


def _is_alive(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False
