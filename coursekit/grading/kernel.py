"""The code that `course grade` runs in the kernel of a learner's notebook, before its first cell and after its last."""

import json
from pathlib import Path
from typing import NoReturn

from IPython import get_ipython

from coursekit.course.declarations import load
from coursekit.course.lessons import this_course
from coursekit.judging.fork import limit_memory
from coursekit.judging.judge import judge
from coursekit.notebook.store import current_store, use_private_store


def prepare() -> None:
    """Prepare the kernel before the first cell: progress begins with none, `exit()` ends only the cell that calls it, memory is limited."""

    def leave() -> NoReturn:
        raise SystemExit

    use_private_store()
    get_ipython().ask_exit = leave
    limit_memory()


def report(exercises: list[str], file: str) -> None:
    """Judge exercises of one lesson after the last cell, and write the grades to a file as JSON.

    An exercise that passed when its own check ran counts as passed, even if later cells have changed what it needs.
    """
    folder = this_course().lesson_of(exercises[0]) if exercises else None
    if folder is None:
        return
    passed = {id_ for id_, outcome in current_store().outcomes().items() if outcome == "passed"}
    grades = []
    for exercise in map(load(folder).exercises.__getitem__, exercises):
        verdict = judge(exercise, get_ipython().user_ns)
        earlier = exercise.id in passed and verdict.outcome != "passed"
        outcome, message = ("passed", "Passed when its check ran.") if earlier else (verdict.outcome, verdict.message)
        grades.append({"exercise": exercise.id, "outcome": outcome, "message": message})
    Path(file).write_text(json.dumps(grades), encoding="utf-8")
