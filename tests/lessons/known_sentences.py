"""Finds the sentences that a lesson's checks have for known mistakes, by reading their source."""

import ast
from collections.abc import Iterator
from pathlib import Path

Sentence = tuple[str, ...]
"""The parts of a sentence that don't depend on the answer: those between the fields of an f-string."""


def known_sentences(file: Path) -> set[Sentence]:
    """Return each sentence in a `known=` of an exercises.py, also if a variable or a function of that file gives it."""
    reader = _Reader(ast.parse(file.read_text(encoding="utf-8")))
    return {sentence for sentence in reader.known() if _is_sentence(sentence)}


def advice_sentences(file: Path) -> set[Sentence]:
    """Return each sentence that a function in an advice.py can return, or that a table in it holds."""
    reader = _Reader(ast.parse(file.read_text(encoding="utf-8")))
    tables = (
        node.value for node in reader.tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
    )
    said = [*tables, *(node for name in reader.functions for node in reader.returned(name))]
    return {sentence for node in said for sentence in reader.sentences(node) if _is_sentence(sentence)}


def is_said(sentence: Sentence, verdict: str) -> bool:
    """Whether a verdict contains all parts of a sentence."""
    return all(" ".join(part.split()) in verdict for part in sentence)


def _is_sentence(sentence: Sentence) -> bool:
    return len(" ".join(sentence).split()) > 3


class _Reader:
    """Follows the variables and functions of one module to the strings behind them."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.functions = {
            node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        self._following: list[str] = []

    def known(self) -> Iterator[Sentence]:
        for scope in [self.tree, *self.functions.values()]:
            for node in ast.walk(scope):
                if isinstance(node, ast.keyword) and node.arg == "known":
                    yield from self.sentences(node.value, scope)

    def returned(self, function: str) -> list[ast.expr]:
        found = ast.walk(self.functions[function])
        return [node.value for node in found if isinstance(node, ast.Return) and node.value is not None]

    def sentences(self, node: ast.AST, scope: ast.AST | None = None) -> Iterator[Sentence]:
        """Yield the sentences that an expression can give. `scope` is the function in which its variables are looked up first."""
        if isinstance(node, ast.Constant | ast.JoinedStr):
            yield tuple(_parts(node))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and (parts := [*_parts(node)]):
            yield tuple(parts)
        elif isinstance(node, ast.Name):
            yield from self._of_a_name(node.id, scope)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in self.functions:
            if node.func.id not in self._following:
                self._following.append(node.func.id)
                for value in self.returned(node.func.id):
                    yield from self.sentences(value, self.functions[node.func.id])
                self._following.pop()
        else:
            for part in _alternatives(node):
                yield from self.sentences(part, scope)

    def _of_a_name(self, name: str, scope: ast.AST | None) -> Iterator[Sentence]:
        if name in self._following:
            return
        self._following.append(name)
        for place in (scope or self.tree, self.tree):
            values = list(_assigned(name, place.body if place is self.tree else [place]))  # type: ignore[attr-defined]
            for value in values:
                yield from self.sentences(value, scope)
            if values:
                break
        self._following.pop()


def _parts(node: ast.AST) -> Iterator[str]:
    """Yield the constant parts of a string or of a sum of strings."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.strip():
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from (part for value in node.values for part in _parts(value))
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from [*_parts(node.left), *_parts(node.right)]


def _alternatives(node: ast.AST) -> list[ast.AST]:
    """The expressions that hold the sentences of a larger one: a dict's values, a pair's second half, each branch of an `if`."""
    if isinstance(node, ast.Dict):
        return list(node.values)
    if isinstance(node, ast.List):
        return [one.elts[-1] if isinstance(one, ast.Tuple) and one.elts else one for one in node.elts]
    if isinstance(node, ast.Tuple):
        return [one.elts[-1] if isinstance(one, ast.Tuple) and one.elts else one for one in node.elts]
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.BoolOp):
        return list(node.values)
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.DictComp):
        return [node.value]
    if isinstance(node, ast.ListComp | ast.GeneratorExp):
        return [node.elt.elts[-1] if isinstance(node.elt, ast.Tuple) else node.elt]
    return [node.value] if isinstance(node, ast.Starred) else []


def _assigned(name: str, body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Yield what is given to a variable: by `=`, `:=`, `|=` or `+=`, by `name[key] =`, and by `name.append(...)`."""
    for node in (node for statement in body for node in ast.walk(statement)):
        if isinstance(node, ast.Assign):
            if any(_root(target) == name for target in node.targets):
                yield node.value
        elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
            if _root(node.target) == name and node.value is not None:
                yield node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _root(node.func.value) == name:
            if node.func.attr == "append":
                yield ast.List(elts=node.args)
            elif node.func.attr in ("extend", "update"):
                yield from node.args


def _root(target: ast.AST) -> str:
    return (
        target.id if isinstance(target, ast.Name) else _root(target.value) if isinstance(target, ast.Subscript) else ""
    )
