"""The first page: all lessons with their notebooks, how long each takes, and what has been passed."""

import json

from coursekit.course.lessons import Course, Sitting
from coursekit.course.words import count

FILE = "index.ipynb"
_BAR = 8
"""How many characters a bar has that shows what is passed."""
_HEAD = """# FastAPI backends

You build one API, from its first route to a service that strangers may call. A notebook is one sitting: the minutes are those of somebody who reads,
runs every cell and does the exercises. Each can be opened by itself, on another day. The symbol with lines and dots, at the left edge of JupyterLab, opens a table of
contents of the notebook in front. In any notebook, `progress()` shows where you are and what is next."""


def first_page(course: Course, outcomes: dict[str, str]) -> bytes:
    """Return the first page as a notebook without code, for a learner whose exercises have these outcomes."""
    parts = [_HEAD]
    for folder in course.lessons():
        rows = [_row(sitting, outcomes) for sitting in folder.sittings]
        head = "| notebook | takes | exercises | passed |\n|---|---|---|---|"
        parts.append(f"## {folder.name[:2]} {folder.title}\n\n{head}\n" + "\n".join(rows))
    cells = [
        {"cell_type": "markdown", "id": f"part-{number}", "metadata": {}, "source": part}
        for number, part in enumerate(parts)
    ]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    page = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()


def _row(sitting: Sitting, outcomes: dict[str, str]) -> str:
    exercises = list(sitting.cells.answered)
    passed = sum(outcomes.get(id_) == "passed" for id_ in exercises)
    full = round(_BAR * passed / len(exercises)) if exercises else 0
    bar = f"{'▰' * full}{'▱' * (_BAR - full)} {passed} of {len(exercises)}" if exercises else "nothing to pass"
    title = sitting.title.partition(": ")[2] or sitting.title
    asked = f"{exercises[0]} to {exercises[-1]}" if len(exercises) > 1 else "".join(exercises)
    return f"| [{title[0].upper()}{title[1:]}]({sitting.name}.ipynb) | {count(sitting.cells.minutes, 'minute')} | {asked} | {bar} |"
