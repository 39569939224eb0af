"""Answers questions about a cell's code without running it."""

import ast
import functools
import re
from collections.abc import Iterable

# The errors that Python's parser raises. The last two come from a cell that is nested very deeply.
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)

# Matches a line that gives a name a value or a route, for cells that Python cannot parse.
_GIVEN = r"^\s*(?:(?:async\s+)?def\s+{name}\b|class\s+{name}\b|{name}\s*[:=][^=]|@{name}\b)"

_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
"""Besides functions and classes, these have a scope of their own."""


def same_code(one: str, other: str) -> bool:
    """Whether two cells hold the same program, apart from comments and layout."""
    try:
        return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))
    except _UNREADABLE:
        return one.strip() == other.strip()


def binds(source: str, names: Iterable[str]) -> bool:
    """Whether a cell gives one of the names a value at top level. If Python cannot parse the cell, this is a guess."""
    bound = bound_names(source)
    if bound is None:
        return any(re.search(_GIVEN.format(name=re.escape(name)), source, re.MULTILINE) for name in names)
    return not bound.isdisjoint(names)


@functools.lru_cache(maxsize=1000)  # each check looks through all the cells that have run
def bound_names(source: str) -> frozenset[str] | None:
    """The names that a cell binds at top level by assignment, definition or import. None if Python cannot parse the cell."""
    try:
        tree = ast.parse(source)
    except _UNREADABLE:
        return None
    names: set[str] = set()
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif not isinstance(node, _SCOPES):
            waiting += ast.iter_child_nodes(node)
    return frozenset(names)
