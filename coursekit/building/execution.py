"""Runs a notebook and stores its outputs, without the parts that differ from run to run."""

import tempfile
from collections.abc import Callable
from typing import Any

from coursekit.building.notebook_tools import CellTimeoutError, DeadKernelError, NotebookClient, nbformat
from coursekit.building.notebooks import METADATA
from coursekit.building.source import index_of, location_of
from coursekit.course.errors import CourseError
from coursekit.course.lessons import Sitting

CELL_LIMIT = 120
"""How many seconds one cell may take."""


async def execute(
    notebook: nbformat.NotebookNode, sitting: Sitting, cell_done: Callable[[], None] = lambda: None
) -> None:
    """Run a notebook in a kernel of its own, in an empty folder, and store its outputs in it.

    Raises:
        CourseError: a cell without the tag `raises-exception` raises, a cell with it doesn't, or a cell writes to stderr or doesn't end.
    """
    with tempfile.TemporaryDirectory() as nowhere:
        client = NotebookClient(
            notebook,
            timeout=CELL_LIMIT,
            kernel_name="python3",
            allow_errors=True,
            record_timing=False,
            store_widget_state=False,
            extra_arguments=["--IPKernelApp.log_level=40"],
            resources={"metadata": {"path": nowhere}},
            on_cell_executed=lambda **_: cell_done(),
        )
        try:
            await client.async_execute()
        except DeadKernelError:
            raise CourseError(f"{sitting.path}: the kernel died while the cells ran.") from None
        except CellTimeoutError:
            begun = sum(cell.get("execution_count") is not None for cell in notebook.cells)
            where = location_of(sitting, index_of(sitting).cells[begun - 1])
            raise CourseError(f"{where}: the cell does not end within {CELL_LIMIT} seconds.") from None
    notebook.metadata = nbformat.from_dict(METADATA)  # removes the Python version that the kernel has added
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell, source in zip(code, index_of(sitting).cells, strict=True):
        cell.metadata.pop("execution", None)
        cell.outputs = _joined(cell.outputs)
        _refuse_bad_outputs(cell, location_of(sitting, source))


def _joined(outputs: list[Any]) -> list[Any]:
    """Join the pieces of each stream, because a stream is cut up differently in every run."""
    joined: list[Any] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if last is not None and output.output_type == "stream" == last.output_type and output.name == last.name:
            last.text += output.text
        else:
            output.pop("transient", None)
            joined.append(output)
    return joined


def _refuse_bad_outputs(cell: Any, where: str) -> None:
    may_raise = "raises-exception" in cell.metadata.get("tags", [])
    errors = [output for output in cell.outputs if output.output_type == "error"]
    if errors and not may_raise:
        raise CourseError(f"{where}: the cell raises {errors[0].ename}: {errors[0].evalue}")
    if may_raise and not errors:
        raise CourseError(f"{where}: the cell is marked raises-exception, and does not raise.")
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stderr":
            raise CourseError(f"{where}: the cell writes to stderr: {output.text.strip()[:200]}")
