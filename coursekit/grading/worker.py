"""Grades one notebook of a folder in a process of its own, and ends every process that the notebook has started.

Run as `python -m coursekit.grading.worker NOTEBOOK`, it prints its reports as JSON, one object a line: first `lesson`, `title` and `exercises`, then `done`
and `total` after each cell, and finally `grades` or `trouble`. It ends when its standard input is closed, so it never outlives the process that started it.
"""

import os
import re
import sys
import threading
import time
from pathlib import Path
from typing import Any, NoReturn

import psutil

from coursekit.course.errors import CourseError
from coursekit.course.render import brief
from coursekit.grading.channel import Say, private_channel
from coursekit.grading.descendants import adopt_orphans, descendants_of, end_descendants
from coursekit.grading.notebook import grade_notebook, lesson_in

MOST_PROCESSES = 100
"""How many processes a notebook may have at a time, including its kernel and a database server."""

_PAUSE = 0.5
"""How many seconds pass before they are counted again."""


def _main() -> NoReturn:
    path, say = Path(sys.argv[1]), private_channel()
    adopt_orphans()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threading.Thread(target=_limit_processes, args=(say,), daemon=True).start()
    try:
        say(_grade(path, say))
    except CourseError as error:
        say({"trouble": _without_its_name(error, path)})
    except BaseException as error:  # one notebook must not stop the grading of the others
        say({"trouble": f"Grading it failed: {brief(f'{type(error).__name__}: {error}', 400).rstrip(': ')}."})
    finally:
        end_descendants()
        os._exit(0)


def _grade(path: Path, say: Say) -> dict[str, Any]:
    lesson = lesson_in(path)
    titles = {one.id: one.title for one in lesson.exercises.values()}
    say({"lesson": lesson.folder.number, "title": lesson.folder.title, "exercises": titles})
    done = 0

    def cell_done(total: int) -> None:
        nonlocal done
        done += 1
        say({"done": done, "total": total})

    return {"grades": grade_notebook(path, cell_done)}


def _without_its_name(error: CourseError, path: Path) -> str:
    """The error's message without the notebook's name, which the table shows beside it."""
    return re.sub(rf"^(?:{re.escape(str(path))}|{re.escape(path.name)})(?= )", "It", str(error))


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    end_descendants()
    os._exit(0)


def _limit_processes(say: Say) -> None:
    """End a notebook that fills the machine with processes."""
    while True:
        time.sleep(_PAUSE)
        if len(descendants_of(psutil.Process())) > MOST_PROCESSES:
            # reported first, because the grading starts a new kernel as soon as this one ends
            say({"trouble": f"Its code had more than {MOST_PROCESSES} processes at a time, so it was ended."})
            end_descendants()
            os._exit(0)


if __name__ == "__main__":
    _main()
