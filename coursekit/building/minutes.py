"""How many minutes a notebook takes: by its words, its exercises and its predictions."""

import math
import re
from typing import Any

from coursekit.course.errors import CourseError
from coursekit.course.lessons import Sitting

SITTING = 60
"""The most minutes that a notebook may take."""
_WORDS_OF_TEXT, _WORDS_OF_CODE, _WORDS_OF_OUTPUT = 200, 100, 150
"""How many words somebody reads in a minute."""
_EXERCISE, _PREDICTION = 9, 1
"""Minutes for each."""
_ROUNDED_TO = 5
_NOT_CUT = ("12_1_capstone",)
"""Its page judges three jobs together, so it needs them in one notebook."""
PLACE = "{minutes}"
"""Stands in a sitting's text for the number of its minutes."""
_DIAGRAM = re.compile(r"^```mermaid.*?^```", re.MULTILINE | re.DOTALL)
_NOT_READ = {"folded", "stage", "suite"}


def minutes_of(cells: list[Any], sitting: Sitting) -> int:
    """Return how many minutes the learner's notebook takes, rounded up to a multiple of five.

    Args:
        cells: the cells of the unsolved notebook, with their outputs.
        sitting: the sitting that they come from.

    Raises:
        CourseError: it takes longer than one sitting.
    """
    minutes = math.ceil(sum(map(_minutes_of, cells)) / _ROUNDED_TO) * _ROUNDED_TO
    if minutes > SITTING and sitting.name not in _NOT_CUT:
        raise CourseError(f"{sitting.path} takes {minutes} minutes, and a notebook may take {SITTING}. Cut it in two.")
    return minutes


def _minutes_of(cell: Any) -> float:
    if cell.cell_type == "markdown":
        return len(_DIAGRAM.sub("", cell.source).split()) / _WORDS_OF_TEXT
    tags = cell.metadata.get("tags", [])
    minutes = sum(len(_text_of(output).split()) for output in cell.outputs) / _WORDS_OF_OUTPUT
    if _NOT_READ.isdisjoint(tags):
        minutes += len(cell.source.split()) / _WORDS_OF_CODE
    minutes += _EXERCISE * sum(tag.startswith("exercise-") for tag in tags)
    return float(minutes + _PREDICTION * cell.source.startswith("predict("))


def _text_of(output: Any) -> str:
    """An output as the learner reads it, in plain text."""
    if output.output_type == "error":
        return "\n".join(output.traceback)
    return str(output.get("text") or output.get("data", {}).get("text/plain", ""))
