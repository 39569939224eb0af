"""Nothing is asked before it is taught: what a solution uses has been shown in an earlier cell or in `code` in the text."""

import ast
import builtins
import functools
import keyword
import re
from collections.abc import Iterator

import pytest

from coursekit.building.notebooks import render
from coursekit.course.declarations import load
from coursekit.course.lessons import LessonFolder, this_course

_WORD = re.compile(r"[A-Za-z_]\w*")
_CODE_IN_TEXT = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_KNOWN = {
    *dir(builtins),
    *keyword.kwlist,
    *(name for kind in (str, bytes, int, float, list, dict, set, tuple) for name in dir(kind)),
}
"""What somebody knows who knows Python's functions, classes and dictionaries."""


def used(source: str) -> Iterator[str]:
    """The identifiers that a program uses and does not define itself."""
    tree = ast.parse(source)
    defined = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            defined.add(node.name)
        elif isinstance(node, ast.arg):
            defined.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            defined.add(node.id)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            names = [node.id]
        elif isinstance(node, ast.Attribute):
            names = [node.attr]
        elif isinstance(node, ast.keyword):
            names = [node.arg or ""]
        elif isinstance(node, ast.ImportFrom):
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [part for alias in node.names for part in alias.name.split(".")]
        else:
            continue
        yield from (name for name in names if name and name not in defined)


@functools.cache
def asked_too_early() -> dict[str, list[str]]:
    """For each exercise, what its solution uses that nothing before it has shown."""
    shown: set[str] = set()
    missing = {}
    for folder in this_course().lessons():
        lesson = load(folder)
        parts: dict[str, str] = {}  # of the answers that are longer than a cell
        stubs, solved = (
            [cell for one in folder.sittings for cell in render(this_course(), lesson, one, solved=is_solved).cells]
            for is_solved in (False, True)
        )
        for stub, cell in zip(stubs, solved, strict=True):
            if cell.cell_type == "markdown":
                shown.update(word for code in _CODE_IN_TEXT.findall(cell.source) for word in _WORD.findall(code))
                continue
            for tag in cell.metadata.get("tags", []):
                kind, _, id_ = tag.partition("-")
                if kind in ("exercise", "part"):
                    parts[id_] = parts.get(id_, "") + "\n" + cell.source
                    known = shown | set(_WORD.findall(stub.source)) | _KNOWN
                    missing[id_] = sorted(set(used(parts[id_])) - known)
            shown.update(_WORD.findall(stub.source))
    return missing


@pytest.mark.parametrize("folder", this_course().lessons(), ids=lambda folder: folder.name)
def test_solutions_use_only_what_was_shown(folder: LessonFolder) -> None:
    early = {id_: asked_too_early()[id_] for id_ in load(folder).exercises if asked_too_early()[id_]}
    assert not early, f"asked before it is taught: {early}"


def test_the_test_sees_what_is_not_shown() -> None:
    source = "from fastapi import APIRouter\n@router.get('/x', status_code=201)\ndef f(a: int): return a.model_dump()"
    assert set(used(source)) >= {"APIRouter", "router", "get", "status_code", "model_dump"}
    assert "f" not in set(used(source))
