"""The review in a process of its own: whatever the app does on import, the caller gets an answer."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tenpoint import CallError
from tenpoint.linter import RUFF, find_ruff
from tenpoint.points.standards import Standards
from tenpoint.report import Review

PATIENCE = 180
"""Seconds that a review may take, including the import of the app."""
# The other interpreter imports this package by its path. If the folder that holds the package were on the app's
# sys.path, the app would also find everything else that is installed there, in versions that are not its own.
_START = """\
import importlib.util, sys
spec = importlib.util.spec_from_file_location("tenpoint", sys.argv[1])
sys.modules["tenpoint"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["tenpoint"])
from tenpoint.worker import work
work(sys.argv[2])
"""
_PACKAGE = Path(__file__).resolve().with_name("__init__.py")


def review_target(target: str, standards: Standards, python: str = sys.executable, **options: Any) -> Review:
    """Return the review of `MODULE:APP`, imported from the current folder by another process.

    Args:
        target: `package.module:app`, or `package.module:create_app` for a factory.
        standards: what the app's project demands of itself.
        python: the interpreter that has the app's packages.
        options: `factory`, and what `review_app` takes: `call`, `unsafe`, `headers`.

    Raises:
        CallError: there is no such app, it cannot be imported, or it takes too long.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        job, result, errors = folder / "job.json", folder / "result.json", folder / "errors.txt"
        order = {"target": target, "standards": asdict(standards), "result": str(result), **options}
        job.write_text(json.dumps(order), encoding="utf-8")
        with _running([python, "-c", _START, str(_PACKAGE), str(job)], errors) as process:
            try:
                status = process.wait(PATIENCE)
            except subprocess.TimeoutExpired as error:
                raise CallError(
                    f"{target} was not imported and reviewed within {PATIENCE} s. Does it wait for something on import?"
                ) from error
        if not result.exists():
            said = errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            last = said[-1] if said else f"exit status {status}"
            raise CallError(f"The process that looked at {target} ended before it was done: {last}")
        answer = json.loads(result.read_text(encoding="utf-8"))
    if "refused" in answer:
        raise CallError(answer["refused"])
    return Review.from_dict(answer)


@contextlib.contextmanager
def _running(command: list[str], errors: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """Run a command, and end it and the processes that it started.

    What it writes goes to a file and not to a pipe: a pipe stays open, and would be waited for, as long as a process
    that the app started holds it.
    """
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", RUFF: find_ruff() or ""}
    with errors.open("wb") as stderr:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            raise CallError(
                f"{command[0]} cannot be run ({error.strerror}). Give --python the path of the app's interpreter."
            ) from error
    try:
        yield process
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process with its group. Windows has no groups: there, a process that the app started stays."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nothing is left of the group
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
