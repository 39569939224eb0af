"""Reads a lesson's text and cells from lesson.md, and makes the index of its code cells."""

import functools
import re
from dataclasses import dataclass

from coursekit.compat import leave_out_rfc3987
from coursekit.course.cells import Cell, CellIndex
from coursekit.course.lessons import LessonFolder

leave_out_rfc3987()  # jupytext imports nbformat

from jupytext.myst import myst_to_notebook  # noqa: E402


@dataclass(frozen=True)
class Text:
    """A piece of text that becomes one Markdown cell."""

    source: str


@functools.lru_cache
def _parsed(text: str) -> tuple[Text | Cell, ...]:
    notebook = myst_to_notebook(text, add_source_map=True)
    return tuple(
        Cell(cell.source.strip(), tuple(cell.metadata.get("tags", [])), line)
        if cell.cell_type == "code"
        else Text(cell.source)
        for cell, line in zip(notebook.cells, notebook.metadata["source_map"], strict=True)
    )


def pieces_of(folder: LessonFolder) -> tuple[Text | Cell, ...]:
    """Return a lesson's pieces of text and code cells, in order."""
    return _parsed(folder.source.read_text(encoding="utf-8"))


def index_of(folder: LessonFolder) -> CellIndex:
    """Return an index of the code cells that lesson.md has now."""
    pieces = pieces_of(folder)
    texts = (piece.source for piece in pieces if isinstance(piece, Text))
    heading = next(filter(None, (re.search(r"^# (.+)$", text, re.MULTILINE) for text in texts)), None)
    title = re.sub(r"^\d+\W+", "", heading[1]).strip() if heading else ""
    return CellIndex(title or folder.name, tuple(one for one in pieces if isinstance(one, Cell)))


def location_of(folder: LessonFolder, cell: Cell) -> str:
    """Return where a cell begins, for a message: `lessons/01_routes/lesson.md, line 12`."""
    return f"lessons/{folder.name}/lesson.md, line {cell.line}"
