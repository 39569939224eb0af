"""A notebook's code cells, read from the index that `course build` writes. Cuts the solution out of an exercise's cell, or keeps it."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from coursekit.course.errors import CourseError

_MARKER = re.compile(r"^\s*### (?P<edge>BEGIN|END) (?P<part>SOLUTION|STUB)\s*$")
_PREDICT = re.compile(r'predict\("(?P<id>[^"]+)", \.\.\.\)')


@dataclass(frozen=True)
class Cell:
    """A code cell of a lesson, as its author wrote it."""

    source: str
    """The cell's code. In an exercise's cell this includes the stub, the solution, and the markers around them."""
    tags: tuple[str, ...]
    line: int = 0
    """The line in the sitting's file where the cell begins; 0 if the cell comes from the index, which a longer sentence must not change."""

    def tagged(self, kind: str) -> list[str]:
        """The exercise ids in the cell's tags of one kind. For the kind `exercise`, the tag `exercise-1.4` gives `1.4`."""
        return [tag.removeprefix(f"{kind}-") for tag in self.tags if tag.startswith(f"{kind}-")]

    @property
    def exercises(self) -> list[str]:
        """The ids of the exercises that the learner answers in this cell, whole or in part."""
        return [*self.tagged("exercise"), *self.tagged("part")]


@dataclass(frozen=True)
class CellIndex:
    """The title and the code cells of a sitting, or the code cells of all sittings of a lesson, in order."""

    title: str
    """The notebook's H1 without its number: `Routes`."""
    cells: tuple[Cell, ...]
    minutes: int = 0
    """How long the notebook takes; 0 if it has not been run yet."""

    @classmethod
    def read(cls, file: Path) -> "CellIndex":
        """Read an index from its file.

        Raises:
            CourseError: the file is missing or damaged.
        """
        try:
            noted = json.loads(file.read_text(encoding="utf-8"))
            cells = [Cell(one["source"], tuple(one["tags"])) for one in noted["cells"]]
            return cls(noted["title"], tuple(cells), int(noted["minutes"]))
        except (OSError, ValueError, KeyError, TypeError):
            raise CourseError(f"{file} is missing or damaged. Type: course build {file.stem}") from None

    def as_json(self) -> str:
        """The text of the index's file."""
        cells = [{"source": cell.source, "tags": cell.tags} for cell in self.cells]
        return (
            json.dumps({"title": self.title, "minutes": self.minutes, "cells": cells}, ensure_ascii=False, indent=1)
            + "\n"
        )

    @cached_property
    def given(self) -> frozenset[str]:
        """The source of each cell that belongs to the lesson's text: the learner runs it but doesn't write it."""
        return frozenset(cell.source for cell in self.cells if not cell.exercises)

    @cached_property
    def answered(self) -> dict[str, str]:
        """The source of each exercise's cell by exercise id, with its markers.

        If other cells hold parts of the answer, their source comes first.
        """
        found: dict[str, str] = {}
        for cell in self.cells:
            for id_ in cell.exercises:
                found[id_] = "\n\n\n".join(filter(None, [found.get(id_), cell.source]))
        return found

    def shown_by(self, prediction_id: str) -> str:
        """The source of the cell after a `predict`, which shows the answer. Empty if there is no such cell."""
        cells = iter(self.cells)
        asks = f'predict("{prediction_id}", ...)'
        return next((following.source for cell in cells if cell.source == asks for following in cells), "")

    def solved(self, tags: Collection[str]) -> list[str]:
        """The solved source of each cell that has one of the tags, in order.

        Raises:
            ValueError: a marker has no partner.
        """
        return [cut(cell.source, solved=True) for cell in self.cells if not set(tags).isdisjoint(cell.tags)]


def cut(source: str, *, solved: bool) -> str:
    """Return the source of an exercise's cell as the learner gets it (`solved=False`) or with its solution.

    Raises:
        ValueError: a marker has no partner.
    """
    dropped = "STUB" if solved else "SOLUTION"
    kept, inside = [], ""
    for line in source.splitlines():
        marker = _MARKER.match(line)
        if marker is None:
            if inside != dropped:
                kept.append(line)
        elif marker["edge"] == "BEGIN" and not inside:
            inside = marker["part"]
        elif marker["edge"] == "END" and inside == marker["part"]:
            inside = ""
        else:
            raise ValueError(f"`{line.strip()}` has no partner")
    if inside:
        raise ValueError(f"`### BEGIN {inside}` has no `### END {inside}`")
    return "\n".join(kept).strip("\n")


def fill_prediction(source: str, answers: dict[str, object]) -> str:
    """Return a `predict("1.p1", ...)` cell with the answer in place of the dots."""
    return _PREDICT.sub(
        lambda found: f'predict("{found["id"]}", {answers[found["id"]]!r})' if found["id"] in answers else found[0],
        source,
    )
