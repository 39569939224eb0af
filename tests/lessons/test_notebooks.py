"""What nbval does not see, and what a learner does: run a cell again."""

import ast
import asyncio
import json
import re
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from coursekit.course.cells import cut
from coursekit.course.code import binds
from coursekit.course.declarations import load
from coursekit.course.lessons import LessonFolder, this_course

ROOT = this_course().root

NOTEBOOKS, SOLUTIONS = ROOT / "notebooks", ROOT / "solutions"
PATHS = sorted([*NOTEBOOKS.glob("[0-9]*.ipynb"), *SOLUTIONS.glob("[0-9]*.ipynb")])
IDS = [path.relative_to(ROOT).as_posix() for path in PATHS]
NAMES = sorted(path.name for path in NOTEBOOKS.glob("[0-9]*.ipynb"))
WIDTH = 100
LONGEST_CELL = 45
"""Lines that fit on a screen."""

_EXCUSES = ("NBVAL_SKIP", "NBVAL_IGNORE_OUTPUT", "nbval-skip", "nbval-ignore-output", "NBVAL_RAISES_EXCEPTION")
_STANDING = re.compile(r"progress\(\)|capstone\(")
_DRAWS = re.compile(r"(show|check|predict|hint|solution|progress|review|run_tests|at_once|capstone)\(.*")
_UNSTABLE = re.compile(r"0x[0-9a-f]{8,}|/tmp/|/home/|/root/|site-packages|127\.0\.0\.1:\d|ipykernel_\d")


def code_cells(path: Path) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_there_are_notebooks() -> None:
    assert len(PATHS) == 2 * len(this_course().sittings())


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_nbval_has_no_blind_spot(path: Path) -> None:
    for number, cell in enumerate(code_cells(path), 1):
        tags = cell.metadata.get("tags", [])
        errors = [output for output in cell.outputs if output.output_type == "error"]
        assert cell.execution_count == number, "nbval passes a cell that never ran, whatever it prints"
        assert ("raises-exception" in tags) == bool(errors), "nbval passes a marked cell that does not raise"
        assert not cell.source.lstrip().startswith(("%", "!")), "nbval passes a cell with an unknown magic"
        assert not any(excuse in cell.source or excuse in tags for excuse in _EXCUSES), "a cell excused from nbval"
        for output in cell.outputs:
            assert "image/png" not in output.get("data", {}), "nbval compares no images: give the text form"


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_what_draws_itself_is_drawn(path: Path) -> None:
    for cell in code_cells(path):
        for statement in ast.parse(cell.source).body[:-1]:
            thrown_away = _DRAWS.match(ast.unparse(statement))
            assert not thrown_away, f"a cell shows its last line only, and this stands before it: {thrown_away}"


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_nothing_in_an_output_depends_on_the_machine(path: Path) -> None:
    for cell in code_cells(path):
        found = _UNSTABLE.findall(json.dumps(cell.outputs))
        assert not found, f"{found} in the output of {cell.source[:60]!r}"


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_a_notebook_carries_kernel_metadata_and_nothing_else(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert set(notebook.metadata.language_info) == {"name"}
    for cell in notebook.cells:
        folded = {"jupyter": {"source_hidden": True}} if "folded" in cell.metadata.get("tags", []) else {}
        assert {name: value for name, value in cell.metadata.items() if name != "tags"} == folded
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_a_cell_fits_on_a_screen(path: Path) -> None:
    for cell in code_cells(path):
        whole = {"stage", "opening"} & {*cell.metadata.get("tags", [])}
        assert whole or len(cell.source.splitlines()) <= LONGEST_CELL, cell.source
        assert all(len(line) <= WIDTH for line in cell.source.splitlines()), cell.source


@pytest.mark.parametrize("name", NAMES)
def test_a_cell_run_again_gives_the_same(name: str) -> None:
    differences = asyncio.run(rerun(name))
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("folder", this_course().lessons(), ids=lambda folder: folder.name)
def test_after_a_run_of_all_cells_no_exercise_seems_attempted(folder: LessonFolder) -> None:
    for id_, exercise in load(folder).exercises.items():
        if binds(cut(folder.cells.answered[id_], solved=False), exercise.names):
            continue  # the newest try is the cell as it was given
        names = [name for name in exercise.names if not any(binds(cell, [name]) for cell in folder.cells.given)]
        assert names, f"cells of the text define all that {id_} asks for: its check would judge them"


@dataclass(frozen=True)
class Stored:
    """A code cell: as in `notebooks/`, and as in `solutions/`."""

    given: Any
    solved: Any

    @property
    def is_exercise(self) -> bool:
        return any(tag.startswith("exercise-") for tag in self.given.metadata.get("tags", []))

    @property
    def is_check(self) -> bool:
        return bool(self.given.source.startswith("check("))

    @property
    def predicts(self) -> list[str]:
        found: list[str] = re.findall(r'^predict\("([^"]+)"', self.given.source)
        return found


async def rerun(name: str) -> list[str]:
    """Run each cell of a notebook twice in place, evaluate each prediction's evidence, and go back to each exercise at the end.

    Both notebooks in one kernel: where they differ (an exercise and its check, a prediction), first the cell as given, then as solved. All
    other cells have the same output in both, as the main line depends on no exercise; but for what says how far the learner is.

    Returns what is not as stored.
    """
    cells = [Stored(*pair) for pair in zip(code_cells(NOTEBOOKS / name), code_cells(SOLUTIONS / name), strict=True)]
    with tempfile.TemporaryDirectory() as nowhere:
        kernel = NotebookClient(
            nbformat.v4.new_notebook(),
            timeout=60,
            kernel_name="python3",
            allow_errors=True,
            extra_arguments=["--IPKernelApp.log_level=40"],
            resources={"metadata": {"path": nowhere}},
        )
        async with kernel.async_setup_kernel():
            return [line async for line in _rerun(kernel, cells)]


async def _rerun(kernel: NotebookClient, cells: list[Stored]) -> AsyncIterator[str]:
    predictions: list[str] = []
    for number, cell in enumerate(cells):
        if cell.is_exercise:
            continue  # with its check, which follows
        if cell.is_check:
            exercise = cells[number - 1]
            for one in (exercise.given, cell.given, exercise.solved, cell.solved):
                for line in await _twice(kernel, one):
                    yield line
        elif cell.predicts:
            for one in (cell.given, cell.solved):
                for line in await _twice(kernel, one):
                    yield line
        else:
            for line in await _twice(kernel, cell.solved):
                yield line
            if not _STANDING.match(cell.given.source) and _without_answer(cell.solved) != comparable(cell.given):
                yield f"{cell.given.source!r} has one output in notebooks/ and another in solutions/"
        for prediction in predictions:
            for line in await unproved(kernel, prediction):
                yield line
        predictions = cell.predicts
    for exercise, check in pairwise(cells):
        if check.is_check:
            for one in (exercise.solved, check.solved):
                if (got := comparable(await _run(kernel, one.source))) != comparable(one):
                    yield f"back at {one.source!r}, at the end:\n{got}\n{comparable(one)}"


async def _twice(kernel: NotebookClient, stored: Any) -> list[str]:
    differences = []
    for run in ("first", "second"):
        got = comparable(await _run(kernel, stored.source))
        if got != comparable(stored):
            differences.append(f"{run} run of {stored.source!r}:\n{got}\n{comparable(stored)}")
    return differences


async def _run(kernel: NotebookClient, source: str) -> Any:
    cell = nbformat.v4.new_code_cell(source)
    kernel.nb.cells.append(cell)
    await kernel.async_execute_cell(cell, len(kernel.nb.cells) - 1)
    return cell


def _without_answer(cell: Any) -> list[tuple[str, Any]]:
    """A cell's outputs but for the line on a prediction, which an unsolved notebook has not made."""
    return [output for output in comparable(cell) if "You predicted" not in str(output[1])]


async def unproved(kernel: NotebookClient, prediction: str) -> list[str]:
    """What is wrong with a prediction's answer, now that the cell that shows it has run."""
    found = next(
        lesson.predictions[prediction]
        for lesson in map(load, this_course().lessons())
        if prediction in lesson.predictions
    )
    probe = await _run(kernel, f"print(({found.evidence}) == {found.answer!r})")
    said = "".join(output.get("text", output.get("evalue", "")) for output in probe.outputs)
    return [] if said == "True\n" else [f"prediction {prediction}: {found.evidence} == {found.answer!r} gives {said}"]


def comparable(cell: Any) -> list[tuple[str, Any]]:
    return list(_comparable(cell.outputs))


def _comparable(outputs: list[Any]) -> Iterator[tuple[str, Any]]:
    text: dict[str, str] = {}
    for output in outputs:
        if output.output_type == "stream":
            text[output.name] = text.get(output.name, "") + output.text
        elif output.output_type == "error":
            yield "error", (output.ename, output.evalue, "".join(output.traceback))
        else:
            yield output.output_type, dict(output.data)
    yield from text.items()
