"""What nbval does not see, and what a learner does: run a cell again."""

import asyncio
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from coursekit.exercise import load
from coursekit.lessons import ROOT, lesson_folders

NOTEBOOKS = sorted([*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "solutions").glob("*.ipynb")])
IDS = [path.relative_to(ROOT).as_posix() for path in NOTEBOOKS]
WIDTH = 100
LONGEST_CELL = 45
"""Lines that fit on a screen."""

_EXCUSES = ("NBVAL_SKIP", "NBVAL_IGNORE_OUTPUT", "nbval-skip", "nbval-ignore-output", "NBVAL_RAISES_EXCEPTION")
_UNSTABLE = re.compile(r"0x[0-9a-f]{8,}|/tmp/|/home/|/root/|site-packages|127\.0\.0\.1:\d|ipykernel_\d")


def code_cells(path: Path) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) == 2 * len(lesson_folders())


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_nothing_in_an_output_depends_on_the_machine(path: Path) -> None:
    for cell in code_cells(path):
        found = _UNSTABLE.findall(json.dumps(cell.outputs))
        assert not found, f"{found} in the output of {cell.source[:60]!r}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_a_notebook_carries_kernel_metadata_and_nothing_else(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert set(notebook.metadata.language_info) == {"name"}
    for cell in notebook.cells:
        folded = {"jupyter": {"source_hidden": True}} if "folded" in cell.metadata.get("tags", []) else {}
        assert {name: value for name, value in cell.metadata.items() if name != "tags"} == folded
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_a_cell_fits_on_a_screen(path: Path) -> None:
    for cell in code_cells(path):
        assert "stage" in cell.metadata.get("tags", []) or len(cell.source.splitlines()) <= LONGEST_CELL, cell.source
        assert all(len(line) <= WIDTH for line in cell.source.splitlines()), cell.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_a_cell_run_again_gives_the_same(path: Path) -> None:
    differences = asyncio.run(rerun(path))
    assert not differences, "\n".join(differences)


async def rerun(path: Path) -> list[str]:
    """Run each cell twice in place, evaluate the evidence of each prediction, and go back to each exercise at the end.

    Returns what is not as stored.
    """
    cells = code_cells(path)
    pending: list[str] = []
    differences = []
    with tempfile.TemporaryDirectory() as nowhere:
        client = NotebookClient(
            nbformat.v4.new_notebook(cells=[cell.copy() for cell in cells]),
            timeout=60,
            kernel_name="python3",
            allow_errors=True,
            extra_arguments=["--IPKernelApp.log_level=40"],
            resources={"metadata": {"path": nowhere}},
        )
        async with client.async_setup_kernel():
            for number, stored in enumerate(cells):
                for run in ("first", "second"):
                    cell = client.nb.cells[number]
                    await client.async_execute_cell(cell, number)
                    if comparable(cell) != comparable(stored):
                        differences.append(f"{run} run of {stored.source!r}:\n{comparable(cell)}\n{comparable(stored)}")
                for prediction in pending:
                    differences += await unproved(client, prediction)
                pending = re.findall(r'^predict\("([^"]+)"', stored.source)
            for number in exercises(cells):
                cell = client.nb.cells[number]
                await client.async_execute_cell(cell, number)
                if comparable(cell) != comparable(cells[number]):
                    differences.append(f"back at {cells[number].source!r} at the end:\n{comparable(cell)}")
    return differences


def exercises(cells: list[Any]) -> Iterator[int]:
    """The cells of exercises and their checks: a learner who has run all of the notebook goes back to them."""
    for number, cell in enumerate(cells):
        if cell.source.startswith("check(") or any(
            tag.startswith("exercise-") for tag in cell.metadata.get("tags", [])
        ):
            yield number


async def unproved(client: NotebookClient, prediction: str) -> list[str]:
    """What is wrong with a prediction's answer, now that the cell that shows it has run."""
    found = next(
        lesson.predictions[prediction] for lesson in map(load, lesson_folders()) if prediction in lesson.predictions
    )
    probe = nbformat.v4.new_code_cell(f"print(({found.evidence}) == {found.answer!r})")
    client.nb.cells.append(probe)
    await client.async_execute_cell(probe, len(client.nb.cells) - 1)
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
