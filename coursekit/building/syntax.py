"""A cell's syntax tree with the place of each node in the text, and edits of the text."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

Function = ast.FunctionDef | ast.AsyncFunctionDef
_WORDS = {
    "detail",
    "description",
    "summary",
    "title",
    "examples",
    "json_schema_extra",
    "response_description",
    "comment",
}
"""The arguments that hold words for people, which no check compares."""


@dataclass(frozen=True)
class Edit:
    """A change of one place in a text."""

    operator: str
    start: int
    """Where the old text begins, in bytes."""
    end: int
    new: str


class Code:
    """A cell's syntax tree, with the place of each node in the text.

    Raises:
        SyntaxError: Python cannot parse the text.
    """

    def __init__(self, text: str) -> None:
        self.data = text.encode()
        self.tree = ast.parse(text)
        self.line_starts = [0, *accumulate(len(line) for line in self.data.splitlines(keepends=True))]
        self._parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a node begins and ends, in bytes."""
        begin = self.line_starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        return begin, self.line_starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]

    def text(self, node: ast.AST) -> str:
        """A node's text."""
        begin, end = self.span(node)
        return self.data[begin:end].decode()

    def parent(self, node: ast.AST) -> ast.AST:
        """The node that holds a node."""
        return self._parents[node]

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes that hold a node, the innermost first."""
        while node in self._parents:
            node = self._parents[node]
            yield node

    def function_of(self, node: ast.AST) -> Function | None:
        """The innermost function that holds a node."""
        return next((one for one in self.around(node) if isinstance(one, Function)), None)

    @cached_property
    def annotations(self) -> frozenset[ast.AST]:
        """The nodes that belong to annotations."""
        found: list[ast.AST | None] = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.arg | ast.AnnAssign):
                found.append(node.annotation)
            elif isinstance(node, Function):
                found.append(node.returns)
        return frozenset(one for top in found if top is not None for one in ast.walk(top))

    @cached_property
    def silent(self) -> frozenset[ast.AST]:
        """The nodes that no edit changes: words for people, and the inside of f-strings, whose places Python 3.11 does not know."""
        found: set[ast.AST] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.keyword) and node.arg in _WORDS):
                found.update(one for one in ast.walk(node) if one is not node)
            elif isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                found.update(value for key, value in pairs if isinstance(key, ast.Constant) and key.value in _WORDS)
        return frozenset(found)

    def bindings(self, name: str) -> int:
        """How many times the cell gives a name a value."""
        nodes = (node for node in ast.walk(self.tree) if isinstance(node, ast.Name))
        return sum(node.id == name and isinstance(node.ctx, ast.Store) for node in nodes)

    def instead(self, operator: str, node: ast.AST, new: str) -> Edit:
        """The edit that puts another text in place of a node."""
        return Edit(operator, *self.span(node), new)

    def without(self, operator: str, item: ast.AST, items: Sequence[ast.AST], closing: int) -> Edit:
        """The edit that removes an item and its comma. `closing` is where the items' closing bracket is."""
        here, spans = self.span(item), sorted(self.span(one) for one in items)
        at = spans.index(here)
        if at + 1 < len(spans):
            return Edit(operator, here[0], spans[at + 1][0], "")
        return Edit(operator, spans[at - 1][1], here[1], "") if at else Edit(operator, here[0], closing, "")

    def between(self, operator: str, left: ast.AST, right: ast.AST, old: str, new: str) -> Iterator[Edit]:
        """The edit that changes the sign between two nodes."""
        begin, end = self.span(left)[1], self.span(right)[0]
        if old in (sign := self.data[begin:end].decode()):
            yield Edit(operator, begin, end, sign.replace(old, new, 1))
