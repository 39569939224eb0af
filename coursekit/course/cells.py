"""A lesson's code cells, from the index that `course build` writes, and what an exercise's cell holds with and without its solution."""

import json
import re
from collections.abc import Collection
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from coursekit.course.errors import CourseError

_MARKER = re.compile(r"^\s*### (?P<edge>BEGIN|END) (?P<part>SOLUTION|STUB)\s*$")
_PREDICT = re.compile(r'predict\("(?P<id>[^"]+)", \.\.\.\)')


@dataclass(frozen=True)
class Cell:
    """A code cell of a lesson, as its author wrote it."""

    source: str
    """Its code; an exercise's cell holds the stub, the solution, and the markers around them."""
    tags: tuple[str, ...]
    line: int
    """Its line in lesson.md."""

    def tagged(self, kind: str) -> list[str]:
        """The ids of the exercises in its tags of this kind: `1.4` for the kind `exercise` and the tag `exercise-1.4`."""
        return [tag.removeprefix(f"{kind}-") for tag in self.tags if tag.startswith(f"{kind}-")]

    @property
    def exercises(self) -> list[str]:
        """The ids of the exercises that are answered in this cell, whole or in part."""
        return [*self.tagged("exercise"), *self.tagged("part")]


@dataclass(frozen=True)
class CellIndex:
    """The title and the code cells of a lesson, in order."""

    title: str
    """The lesson's H1 without its number: `Routes`."""
    cells: tuple[Cell, ...]

    @classmethod
    def read(cls, file: Path) -> "CellIndex":
        """The index in a file.

        Raises:
            CourseError: the file is missing or damaged.

        """
        try:
            noted = json.loads(file.read_text(encoding="utf-8"))
            cells = [Cell(one["source"], tuple(one["tags"]), one["line"]) for one in noted["cells"]]
            return cls(noted["title"], tuple(cells))
        except (OSError, ValueError, KeyError, TypeError):
            raise CourseError(f"{file} is missing or damaged. Type: course build {file.stem}") from None

    def as_json(self) -> str:
        """The index as its file holds it."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"

    @cached_property
    def given(self) -> frozenset[str]:
        """The source of each cell that no exercise is answered in: what a learner has run without writing it."""
        return frozenset(cell.source for cell in self.cells if not cell.exercises)

    @cached_property
    def answered(self) -> dict[str, str]:
        """The source of each exercise's cell, markers included, by exercise id; the cells with parts of an answer come first."""
        found: dict[str, str] = {}
        for cell in self.cells:
            for id_ in cell.exercises:
                found[id_] = "\n\n\n".join(filter(None, [found.get(id_), cell.source]))
        return found

    def shown_by(self, prediction_id: str) -> str:
        """The source of the cell that shows a prediction's answer, the one after its `predict`; empty if there is none."""
        cells = iter(self.cells)
        asks = f'predict("{prediction_id}", ...)'
        return next((following.source for cell in cells if cell.source == asks for following in cells), "")

    def solved(self, tags: Collection[str]) -> list[str]:
        """The cells that have one of the tags, with their solutions, in order.

        Raises:
            ValueError: a marker has no partner.

        """
        return [cut(cell.source, solved=True) for cell in self.cells if not set(tags).isdisjoint(cell.tags)]


def cut(source: str, *, solved: bool) -> str:
    """An exercise's cell as the learner gets it (`solved=False`) or with its solution.

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
    """A `predict("1.p1", ...)` cell with the answer in place of the dots."""
    return _PREDICT.sub(
        lambda found: f'predict("{found["id"]}", {answers[found["id"]]!r})' if found["id"] in answers else found[0],
        source,
    )
