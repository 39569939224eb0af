"""Makes a file of tests from the cells of a notebook.

The file holds the definitions of the cell with the tests, and the newest version of everything that they use from earlier cells:
imports, fixtures and helpers.
"""

import ast
import symtable
from collections.abc import Sequence
from dataclasses import dataclass

from coursekit.course.code import bound_names

TEST_FILE = "test_notebook.py"
"""The file's name, which appears in pytest's messages."""


def source_of(names: Sequence[str], cells: Sequence[str]) -> str:
    """Return the text of a file of tests: the newest cells that bind the names, and what they use from earlier cells.

    Args:
        names: the names of test functions and test classes.
        cells: the notebook's cells, oldest first.
    """
    parsed = [statements_of(cell, number) for number, cell in enumerate(cells)]
    taken: dict[tuple[int, int], Statement] = {}  # by their place
    for name in names:
        cell = _newest(parsed, name)
        taken |= {one.place: one for one in cell if one.is_root or name in one.binds}
    waiting = list(taken.values())
    seen: set[tuple[str, bool]] = set()
    while waiting:
        uses = waiting.pop().uses
        if _ANY_FIXTURE in uses:  # a fixture whose name is known only when the test runs
            uses |= {(bound, True) for cell in parsed for one in cell if one.is_fixture for bound in one.binds}
        for name, is_fixture in sorted(uses - seen):
            seen.add((name, is_fixture))
            for one in _newest(parsed, name, is_fixture=is_fixture):
                if name in one.binds and one.place not in taken:
                    taken[one.place] = one
                    waiting.append(one)
    found = [taken[place] for place in sorted(taken)]
    imports = dict.fromkeys(one.text for one in found if one.is_import)
    rest = [one.text for one in found if not one.is_import]
    return "\n".join(imports) + "\n\n\n" + "\n\n\n".join(rest) + "\n"


_ANY_FIXTURE = ("*", True)


@dataclass(frozen=True)
class Statement:
    """A definition, an import or an assignment at the top of a cell."""

    node: ast.stmt
    text: str
    place: tuple[int, int]
    """The number of its cell, and its line in that cell."""

    @property
    def is_import(self) -> bool:
        """Whether it is an import."""
        return isinstance(self.node, ast.Import | ast.ImportFrom)

    @property
    def is_fixture(self) -> bool:
        """Whether it defines a fixture."""
        return isinstance(self.node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_fixture(self.node)

    @property
    def is_root(self) -> bool:
        """Whether it belongs in the file even if nothing there uses it by name."""
        return (
            isinstance(self.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or "pytestmark" in self.binds
        )

    @property
    def binds(self) -> frozenset[str]:
        """The names that it binds."""
        return bound_names(self.text) or frozenset()

    @property
    def uses(self) -> set[tuple[str, bool]]:
        """The names that it uses from the rest of the file, each with whether it must be a fixture."""
        found = {(name, False) for name in _globals(self.text)}
        for node in ast.walk(self.node):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (
                node.name.startswith("test") or _is_fixture(node)
            ):
                found |= {(one.arg, True) for one in node.args.args + node.args.kwonlyargs}
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("usefixtures", "getfixturevalue"):
                found |= {
                    (str(one.value), True) if isinstance(one, ast.Constant) else _ANY_FIXTURE
                    for one in node.args
                    if not isinstance(one, ast.Constant) or isinstance(one.value, str)
                }
            elif isinstance(node, ast.Attribute) and node.attr == "anyio":
                found.add(("anyio_backend", True))
        return found


def statements_of(cell: str, number: int = 0) -> list[Statement]:
    """Return a cell's definitions, imports and assignments at top level. Empty if the cell isn't Python."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    if bound_names(cell) is None:
        return []
    lines, found = cell.splitlines(), []
    for node in ast.parse(cell).body:
        if isinstance(node, kinds):
            first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
            found.append(Statement(node, "\n".join(lines[first - 1 : node.end_lineno]), (number, first)))
    return found


def _newest(cells: Sequence[list[Statement]], name: str, *, is_fixture: bool = False) -> list[Statement]:
    """The last cell that binds the name, as a fixture if `is_fixture`. Empty if there is no such cell."""
    for cell in reversed(cells):
        if any(name in one.binds and (one.is_fixture or not is_fixture) for one in cell):
            return cell
    return []


def _globals(text: str) -> set[str]:
    """The global names that a program uses."""
    names: set[str] = set()
    waiting = [symtable.symtable(text, TEST_FILE, "exec")]
    while waiting:
        scope = waiting.pop()
        top = scope.get_name() == "top"
        names |= {one.get_name() for one in scope.get_symbols() if one.is_referenced() and (top or one.is_global())}
        waiting += scope.get_children()
    return names


def _is_fixture(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("fixture" in ast.unparse(one) for one in node.decorator_list)
