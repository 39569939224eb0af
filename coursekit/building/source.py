"""Reads a sitting's text and cells from its Markdown file, and makes the index of its code cells."""

import functools
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, replace

from coursekit.building.opening import TAG, opening_code
from coursekit.compat import leave_out_rfc3987
from coursekit.course.cells import Cell, CellIndex, cut
from coursekit.course.lessons import LessonFolder, Sitting


@dataclass(frozen=True)
class Text:
    """A piece of text that becomes one Markdown cell."""

    source: str


@functools.lru_cache
def _parsed(text: str) -> tuple[Text | Cell, ...]:
    leave_out_rfc3987()  # jupytext imports nbformat
    from jupytext.myst import (
        myst_to_notebook,  # a learner goes without it, and `course mutate` doesn't read the lessons' text
    )

    notebook = myst_to_notebook(text, add_source_map=True)
    return tuple(
        Cell(cell.source.strip(), tuple(cell.metadata.get("tags", [])), line)
        if cell.cell_type == "code"
        else Text(cell.source)
        for cell, line in zip(notebook.cells, notebook.metadata["source_map"], strict=True)
    )


def pieces_of(sitting: Sitting) -> tuple[Text | Cell, ...]:
    """Return a sitting's pieces of text and code cells, in order, with the code that its opening cell brings in."""
    text = sitting.source.read_text(encoding="utf-8")
    if TAG not in text:
        return _parsed(text)
    folder = LessonFolder(sitting.source.parent)
    earlier = (one.source.read_text(encoding="utf-8") for one in folder.sittings if one.name < sitting.name)
    return _opened(text, tuple(earlier))


@functools.lru_cache
def _opened(text: str, earlier: tuple[str, ...]) -> tuple[Text | Cell, ...]:
    pieces = _parsed(text)
    cells = [one for one in pieces if isinstance(one, Cell) and TAG not in one.tags]
    before = [one for other in earlier for one in _parsed(other) if isinstance(one, Cell)]
    return tuple(
        replace(one, source=opening_code(one, before, cells)) if isinstance(one, Cell) and TAG in one.tags else one
        for one in pieces
    )


def index_of(sitting: Sitting) -> CellIndex:
    """Return an index of the code cells that a sitting has now."""
    pieces = pieces_of(sitting)
    texts = (piece.source for piece in pieces if isinstance(piece, Text))
    heading = next(filter(None, (re.search(r"^# (.+)$", text, re.MULTILINE) for text in texts)), None)
    title = re.sub(r"^\d+\W+", "", heading[1]).strip() if heading else ""
    return CellIndex(title or sitting.name, tuple(one for one in pieces if isinstance(one, Cell)))


def sentences_of(folder: LessonFolder, exercise: str) -> list[str]:
    """Return the sentences, list items and table rows that tell what an exercise asks for, with its white space normalized.

    They are the text between the exercise's heading and its last cell, and the comment lines in its unsolved cells. Examples in fenced
    blocks are left out.
    """
    found: list[str] = []
    inside = False
    for piece in (one for sitting in folder.sittings for one in pieces_of(sitting)):
        if isinstance(piece, Text):
            parts = re.split(r"^#+ (.*)$", piece.source, flags=re.MULTILINE)  # text, heading, text, heading, text …
            if len(parts) > 1:
                inside = parts[-2].startswith(f"Exercise {exercise} ")
            if inside:
                found += _sentences(parts[-1])
        elif exercise in piece.exercises:
            found += _sentences("\n".join(_comment_lines(cut(piece.source, solved=False))))
            inside = f"exercise-{exercise}" not in piece.tags
    return found


_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:\||(?:[-*]|\d+\.)\s))")
"""Where a paragraph, a list item or a table row ends."""
_MARK = re.compile(r"^\s*(?:[-*]|\d+\.)\s")
_SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”)*`]))\s+(?=[A-Z`\"“*(\d])")


def _sentences(markdown: str) -> Iterator[str]:
    for block in _BREAK.split(_FENCED.sub("\n\n", markdown)):
        words = " ".join(_MARK.sub("", block).split())
        if words.strip("|-: "):
            yield from _SENTENCE.split(words)


def _comment_lines(code: str) -> Iterator[str]:
    """Yield the text of each comment that has a line of its own, each as a paragraph."""
    lines = iter(code.splitlines(keepends=True))
    for token in tokenize.generate_tokens(lambda: next(lines, "")):
        if token.type == tokenize.COMMENT and token.line.lstrip().startswith("#"):
            yield token.string.lstrip("# ") + "\n"


def location_of(sitting: Sitting, cell: Cell) -> str:
    """Return where a cell begins, for a message: `lessons/01_routes/1_paths.md, line 12`."""
    return f"{sitting.path}, line {cell.line}"
