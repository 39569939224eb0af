"""Turns a sitting into a notebook that hasn't run yet, and checks that a lesson's text and declarations fit together."""

import re
from collections.abc import Callable
from typing import Any

from coursekit.building.notebook_tools import nbformat
from coursekit.building.source import Text, index_of, location_of, pieces_of
from coursekit.course.cells import Cell, cut, fill_prediction
from coursekit.course.code import bound_names
from coursekit.course.declarations import Lesson
from coursekit.course.errors import CourseError
from coursekit.course.kit_names import KIT_NAMES
from coursekit.course.lessons import Course, Sitting

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_CALL = re.compile(r'^(check|predict)\("([^"]+)"')


def render(course: Course, lesson: Lesson, sitting: Sitting, *, solved: bool) -> nbformat.NotebookNode:
    """Return a sitting as a notebook that hasn't run yet, with stubs or solutions and stable cell ids.

    Raises:
        CourseError: its text has a mistake in it. The message names the line.
    """
    answers = {one.id: one.answer for one in lesson.predictions.values()}
    cells, ids = [], _cell_ids()
    for piece in pieces_of(sitting):
        if isinstance(piece, Text):
            cells.append(nbformat.v4.new_markdown_cell(piece.source, id=ids(piece.source)))
            continue
        text = _cell_text(piece, location_of(sitting, piece), solved=solved)
        text = fill_prediction(text, answers) if solved else text
        cells.append(nbformat.v4.new_code_cell(text, id=ids(""), metadata=_cell_metadata(piece)))
    cells.append(nbformat.v4.new_markdown_cell(way_on(course, sitting), id="way-on"))
    notebook: nbformat.NotebookNode = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
    notebook.nbformat_minor = 5
    return notebook


def way_on(course: Course, sitting: Sitting) -> str:
    """Return the last cell of a notebook: links to the next one and to the first page."""
    sittings = course.sittings()
    following = sittings[sittings.index(sitting) + 1 :][:1]
    links = [f"**Next:** [{one.source.parent.name[:2]} {index_of(one).title}]({one.name}.ipynb)" for one in following]
    return " · ".join([*links, "[All lessons](index.ipynb)"])


def _cell_metadata(cell: Cell) -> dict[str, Any]:
    """A code cell's metadata: its tags, and for a `folded` cell the setting that makes JupyterLab hide its source."""
    folded = {"jupyter": {"source_hidden": True}} if "folded" in cell.tags else {}
    return ({"tags": list(cell.tags)} if cell.tags else {}) | folded


def _cell_text(cell: Cell, where: str, *, solved: bool) -> str:
    if cell.exercises and "### BEGIN SOLUTION" not in cell.source:
        raise CourseError(
            f"{where}: an exercise's cell needs its solution between `### BEGIN SOLUTION` and `### END SOLUTION`."
        )
    if not cell.exercises and "### BEGIN SOLUTION" in cell.source:
        raise CourseError(f"{where}: a cell with a solution needs a tag such as `:tags: [exercise-1.4]`.")
    try:
        return cut(cell.source, solved=solved)
    except ValueError as error:
        raise CourseError(f"{where}: {error}.") from None


def _cell_ids() -> Callable[[str], str]:
    """Return a function that makes cell ids from the heading above a cell and its position below that heading.

    Such ids don't change when a sentence does, so a small edit stays small in the notebook's file.
    """
    slug, count, used = "top", 0, set()

    def next_id(markdown: str) -> str:
        nonlocal slug, count
        heading = re.match(r"#{1,6} +(.+)", markdown)
        if heading:
            base = re.sub(r"[^a-z0-9]+", "-", heading[1].lower()).strip("-")[:48] or "section"
            slug, count = base, 0
            while f"{slug}-1" in used:
                slug = f"{slug}-again"
        count += 1
        used.add(f"{slug}-{count}")
        return f"{slug}-{count}"

    return next_id


def refuse_mistakes(lesson: Lesson) -> None:
    """Compare the text of a lesson's sittings with exercises.py.

    Raises:
        CourseError: they don't fit together. The message names the first mistake and its line.
    """
    asked: dict[str, set[str]] = {"check": set(), "predict": set(), "exercise": set()}
    for sitting in lesson.folder.sittings:
        _refuse_mistakes_in(sitting, lesson, asked)
    for kind, declared in (
        ("exercise", lesson.exercises),
        ("check", lesson.exercises),
        ("predict", lesson.predictions),
    ):
        for id_ in declared:
            if id_ not in asked[kind]:
                raise CourseError(
                    f"lessons/{lesson.folder.name} has no {kind} cell for {id_}, which its exercises.py declares."
                )


def _refuse_mistakes_in(sitting: Sitting, lesson: Lesson, asked: dict[str, set[str]]) -> None:
    """Look for mistakes in one sitting, and note what its cells ask."""
    cells = index_of(sitting).cells
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        where = location_of(sitting, cell)
        _cell_text(cell, where, solved=False)
        call = _CALL.match(cell.source)
        if call:
            known = lesson.exercises if call[1] == "check" else lesson.predictions
            if call[2] not in known:
                raise CourseError(
                    f'{where}: {call[1]}("{call[2]}") asks for something that exercises.py does not declare.'
                )
            asked[call[1]].add(call[2])
        for id_ in cell.tagged("exercise"):
            if id_ not in lesson.exercises:
                raise CourseError(
                    f"{where}: the tag exercise-{id_} names an exercise that exercises.py does not declare."
                )
            if following is None or following.source != f'check("{id_}")':
                raise CourseError(f'{where}: the cell after exercise {id_} must be check("{id_}").')
            asked["exercise"].add(id_)
        overwritten = set(KIT_NAMES) & (bound_names(cut(cell.source, solved=False)) or set())
        if overwritten and "from coursekit import" not in cell.source:
            raise CourseError(f"{where}: the cell gives `{min(overwritten)}` another meaning; that name is the kit's.")
