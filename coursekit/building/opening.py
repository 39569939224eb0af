"""Writes the cell that opens a sitting: the imports and definitions of the lesson's sittings before it that its own cells use.

The code is theirs, word for word, so that a change in an earlier sitting reaches the later ones. Cells of exercises are left out, because the main line
depends on none of them; so is what only shows something, such as a `with` or a loop.
"""

import ast
import functools
import symtable
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coursekit.course.cells import Cell, cut

TAG = "opening"
_ALSO = "# also:"
"""Begins a line of the cell with more names to bring in, such as those that only answers use."""
_WIDTH = 96


def opening_code(cell: Cell, before: Iterable[Cell], after: Iterable[Cell]) -> str:
    """Return the code of a sitting's opening cell.

    Args:
        cell: the cell as its author wrote it, with the names that it brings in besides those that the sitting uses.
        before: the cells of the lesson's sittings before this one.
        after: the other cells of this sitting.
    """
    statements = list(_statements(before))
    also = [line.removeprefix(_ALSO) for line in cell.source.splitlines() if line.startswith(_ALSO)]
    wanted = {*_used_by(after), *(name.strip() for line in also for name in line.split(","))}
    kept = _kept(statements, wanted)
    title = [line for line in cell.source.splitlines() if not line.startswith(_ALSO)]
    return "\n".join([*title, *_imports(statements), "", *_joined(one for one in statements if one in kept)]).strip()


@dataclass(frozen=True, eq=False)
class _Statement:
    """A statement at the top level of a cell, with the comment above it."""

    node: ast.stmt
    source: str

    @functools.cached_property
    def binds(self) -> frozenset[str]:
        """The names that it defines. What a `with`, a loop or a branch binds on its way is not meant to be kept."""
        if isinstance(self.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            is_fixture = any("fixture" in ast.unparse(one) for one in self.node.decorator_list)
            return frozenset({self.node.name, *([_fixture(self.node.name)] if is_fixture else [])})
        if not isinstance(self.node, ast.Assign | ast.AnnAssign):
            return frozenset()
        stored = (one for one in ast.walk(self.node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
        return frozenset(one.id for one in stored)

    @functools.cached_property
    def uses(self) -> frozenset[str]:
        """The names that it needs, now or when what it defines is called."""
        return _names_used(self.source)

    @functools.cached_property
    def changes(self) -> frozenset[str]:
        """The names of the objects that it changes: `app` in `@app.get(…)`, `app.include_router(…)` and `app.state.x = …`."""
        changed: list[ast.expr] = []
        if isinstance(self.node, ast.FunctionDef | ast.AsyncFunctionDef):
            changed = [one.func for one in self.node.decorator_list if isinstance(one, ast.Call)]
        elif isinstance(self.node, ast.ClassDef):  # a table registers itself with its base
            return frozenset(one.id for one in self.node.bases if isinstance(one, ast.Name))
        elif isinstance(self.node, ast.Expr) and isinstance(self.node.value, ast.Call):
            changed = [self.node.value.func]
        elif isinstance(self.node, ast.For):
            calls = (one.func for one in ast.walk(self.node) if isinstance(one, ast.Call))
            changed = [one for one in calls if isinstance(one, ast.Attribute) and one.attr == "include_router"]
        elif isinstance(self.node, ast.Assign):
            changed = self.node.targets
        return frozenset(
            name for one in changed if isinstance(one, ast.Attribute | ast.Subscript) for name in _root(one)
        )


def _statements(cells: Iterable[Cell]) -> Iterator[_Statement]:
    for cell in cells:
        if {"raises-exception", TAG} & {*cell.tags}:
            continue
        source = cut(cell.source, solved=False)
        lines = source.splitlines()
        for node in ast.parse(source).body:
            if cell.exercises and not isinstance(node, ast.Import | ast.ImportFrom):
                continue
            begin = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))]) - 1
            while begin and lines[begin - 1].startswith("#"):
                begin -= 1
            yield _Statement(node, "\n".join(lines[begin : node.end_lineno]))


def _root(place: ast.expr) -> list[str]:
    while isinstance(place, ast.Attribute | ast.Subscript):
        place = place.value
    return [place.id] if isinstance(place, ast.Name) else []


def _used_by(cells: Iterable[Cell]) -> set[str]:
    """The names that a sitting's cells use before they define them."""
    used: set[str] = set()
    defined: set[str] = set()
    for cell in cells:
        for solved in (False, True):
            known = set(defined)
            for node in ast.parse(cut(cell.source, solved=solved)).body:
                source = ast.unparse(node)
                used |= _names_used(source) - known
                known.update(
                    one.get_name() for one in _inside(source).get_symbols() if one.is_assigned() or one.is_imported()
                )
            if not cell.exercises:
                defined = known
    return used


def _names_used(source: str) -> frozenset[str]:
    """The global names that code refers to, in functions too."""
    top = _inside(source)
    found = {one.get_name() for one in top.get_symbols() if one.is_referenced()}
    return frozenset(found | {name for child in top.get_children() for name in _free(child)} | _fixtures_used(source))


def _fixture(name: str) -> str:
    """What a fixture is looked up by: a parameter names it, and no other function of that name."""
    return f"fixture {name}"


def _fixtures_used(source: str) -> set[str]:
    return {_fixture(one.arg) for one in ast.walk(ast.parse(source)) if isinstance(one, ast.arg)}


def _inside(source: str) -> symtable.SymbolTable:
    """The symbols of code that stands in an async function, because a cell may await."""
    table = symtable.symtable(f"async def _():\n{textwrap.indent(source, '    ')}\n    pass\n", "cell", "exec")
    return table.get_children()[0]


def _free(table: symtable.SymbolTable) -> Iterator[str]:
    """The names that a function or class takes from outside of it."""
    for one in table.get_symbols():
        if one.is_referenced() and (one.is_global() or one.is_free()):
            yield one.get_name()
    for child in table.get_children():
        yield from _free(child)


def _kept(statements: list[_Statement], wanted: set[str]) -> set[_Statement]:
    """The statements that define the wanted names, what those need, and what changes it afterwards."""
    kept: set[_Statement] = set()
    waiting = [(name, len(statements)) for name in wanted]
    seen: set[tuple[str, int]] = set()
    while waiting:
        name, before = waiting.pop()
        if (name, before) in seen:
            continue
        seen.add((name, before))
        places = [number for number, one in enumerate(statements) if name in one.binds]
        place = max((number for number in places if number < before), default=max(places, default=None))
        if place is None:
            continue
        end = next((number for number in places if number > place), len(statements))
        changes = (
            number
            for number in range(place + 1, min(end, max(before, place + 1)))
            if name in statements[number].changes
        )
        for number in (place, *changes):
            one = statements[number]
            if one not in kept:
                kept.add(one)
                called_later = isinstance(one.node, ast.FunctionDef | ast.AsyncFunctionDef)
                waiting += [(used, number) for used in one.uses]
                waiting += [(used, len(statements)) for used in one.uses if called_later]
    return kept


def _imports(statements: list[_Statement]) -> list[str]:
    """The imports of all statements, each name once, sorted. The kit's own stand in a cell before."""
    modules: set[str] = set()
    names: dict[str, set[str]] = {}
    for node in (one.node for one in statements):
        if isinstance(node, ast.Import):
            modules.update(ast.unparse(ast.Import([alias])) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module != "coursekit":
            names.setdefault(node.module, set()).update(ast.unparse(alias) for alias in node.names)
    return [*sorted(modules), *(_import_from(module, sorted(names[module])) for module in sorted(names))]


def _import_from(module: str, names: list[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= _WIDTH:
        return line
    return f"from {module} import (\n" + "".join(f"    {name},\n" for name in names) + ")"


def _joined(statements: Iterable[_Statement]) -> Iterator[str]:
    """The sources of the statements, with an empty line around each definition."""
    was_long = False
    for one in statements:
        is_long = (
            isinstance(one.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            or one.node.end_lineno != one.node.lineno
        )
        if is_long or was_long:
            yield ""
        yield one.source
        was_long = is_long
