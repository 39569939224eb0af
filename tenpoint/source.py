"""What the source of a function tells. The source is read, and never run."""

import ast
import functools
import inspect
import linecache
import re
import sys
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
UNKNOWN: Any = object()
"""Stands for a value that the source alone doesn't tell."""
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@dataclass(frozen=True, eq=False)
class Function:
    """A function and its place in a file."""

    call: Any
    node: FunctionNode
    file: str

    @property
    def where(self) -> str:
        """`file:line` of its `def`."""
        return place(self.file, self.node.lineno, self.node.name)

    def at(self, node: ast.AST) -> str:
        """Return `file:line` of a node in it."""
        return place(self.file, getattr(node, "lineno", self.node.lineno), self.node.name)

    @property
    def is_async(self) -> bool:
        """Whether it runs on the event loop."""
        return isinstance(self.node, ast.AsyncFunctionDef)

    @functools.cached_property
    def nodes(self) -> list[ast.AST]:
        """All nodes of its body, except those inside functions and classes that it defines."""
        return [node for statement in self.node.body for node in walk(statement)]

    @functools.cached_property
    def calls(self) -> list[ast.Call]:
        """The calls in its body."""
        return [node for node in self.nodes if isinstance(node, ast.Call)]

    @functools.cached_property
    def arguments(self) -> list[str]:
        """The names of its parameters."""
        given = self.node.args
        extra = [one for one in (given.vararg, given.kwarg) if one]
        return [one.arg for one in [*given.posonlyargs, *given.args, *given.kwonlyargs, *extra]]

    @functools.cached_property
    def local_names(self) -> set[str]:
        """The names that its body binds, and that are therefore local."""
        declared = {name for node in self.nodes if isinstance(node, ast.Global) for name in node.names}
        bound = set(self.arguments)
        for node in self.nodes:
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                bound.add(node.id)
            elif isinstance(node, FunctionNode | ast.ClassDef):
                bound.add(node.name)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                bound.update((one.asname or one.name).split(".")[0] for one in node.names)
            elif isinstance(node, ast.ExceptHandler) and node.name:
                bound.add(node.name)
        return bound - declared

    @functools.cached_property
    def hints(self) -> dict[str, Any]:
        """The types of its parameters and of what it returns, as far as they can be known."""
        try:
            return typing.get_type_hints(self.call)
        except Exception:  # a name that exists only for type checkers, or an annotation that isn't a type
            return dict(getattr(self.call, "__annotations__", {}))

    @property
    def module(self) -> str:
        """The name of the module that defines it."""
        return str(getattr(self.call, "__globals__", {}).get("__name__", ""))

    def value(self, expression: ast.AST) -> Any:
        """Return the value of a name or dotted name in this function, or UNKNOWN. No code runs: properties aren't evaluated."""
        if isinstance(expression, ast.Name):
            return self._named(expression.id)
        if isinstance(expression, ast.Attribute):
            owner = self.value(expression.value)
            if isinstance(owner, types.ModuleType):
                return vars(owner).get(expression.attr, UNKNOWN)
            if isinstance(owner, type):
                return _plain(inspect.getattr_static(owner, expression.attr, UNKNOWN))
        return UNKNOWN

    def _named(self, name: str) -> Any:
        if name in self.local_names:
            return UNKNOWN
        code, cells = self.call.__code__, self.call.__closure__ or ()
        if name in code.co_freevars:
            try:
                return dict(zip(code.co_freevars, cells, strict=False))[name].cell_contents
            except (KeyError, ValueError):
                return UNKNOWN
        known = self.call.__globals__
        return known[name] if name in known else vars(sys.modules["builtins"]).get(name, UNKNOWN)

    def method(self, called: ast.AST) -> tuple[type | None, Any]:
        """Return the class and the function behind `parameter.method` or `global.method`; (None, UNKNOWN) if they aren't known."""
        if not isinstance(called, ast.Attribute):
            return None, UNKNOWN
        owner: Any = UNKNOWN
        if isinstance(called.value, ast.Name) and called.value.id in self.arguments:
            owner = self.hints.get(called.value.id, UNKNOWN)
            if self._rebinds(called.value.id):
                owner = UNKNOWN
        elif (instance := self.value(called.value)) is not UNKNOWN and not isinstance(
            instance, type | types.ModuleType
        ):
            owner = type(instance)
        if not isinstance(owner, type):
            return None, UNKNOWN
        return owner, _plain(inspect.getattr_static(owner, called.attr, UNKNOWN))

    def _rebinds(self, name: str) -> bool:
        return any(
            isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load) for node in self.nodes
        )

    def callee(self, call: ast.Call) -> "Function | None":
        """Return the function of the same project that a call runs; None if that isn't certain or its source can't be read."""
        called = self.value(call.func)
        if not isinstance(called, types.FunctionType) or hasattr(called, "__wrapped__"):
            return None
        if called.__module__.split(".")[0] != self.module.split(".")[0]:
            return None
        return read(called)

    @functools.cached_property
    def guarded(self) -> "dict[ast.AST, list[ast.ExceptHandler]]":
        """The handlers around each node that is inside a `try`, the innermost first."""
        around: dict[ast.AST, list[ast.ExceptHandler]] = {}
        for node in self.nodes:
            if isinstance(node, ast.Try):
                for inner in (inner for statement in node.body for inner in walk(statement)):
                    around.setdefault(inner, [])[:0] = node.handlers
        return around


def _plain(found: Any) -> Any:
    return found.__func__ if isinstance(found, staticmethod | classmethod) else found


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all nodes in it in the order of the text, except those inside functions and classes that it defines."""
    yield node
    if isinstance(node, _SCOPES):
        return
    for child in ast.iter_child_nodes(node):
        yield from walk(child)


def unwrap(call: Any) -> Any:
    """Return the function behind partials, decorators, methods, callable instances and classes; None if there is none."""
    for _ in range(20):  # a limit, because a chain of wrappers may be a circle
        if isinstance(call, functools.partial):
            call = call.func
        elif isinstance(call, types.MethodType):
            call = call.__func__
        elif isinstance(call, types.FunctionType):
            wrapped = vars(call).get("__wrapped__")
            if not callable(wrapped):
                return call
            call = wrapped
        elif isinstance(call, type):
            call = _plain(inspect.getattr_static(call, "__init__", None))
        else:
            call = _plain(inspect.getattr_static(type(call), "__call__", None))
    return None


def read(call: Callable[..., Any] | None) -> Function | None:
    """Return the function behind a callable with its source; None for lambdas, built-in functions and code without source."""
    function = unwrap(call)
    return _read(function) if isinstance(function, types.FunctionType) else None


@functools.lru_cache(maxsize=20_000)
def _read(function: types.FunctionType) -> Function | None:
    code = function.__code__
    node = parse(code.co_filename).get((code.co_name, code.co_firstlineno))
    return Function(function, node, code.co_filename) if node else None


@functools.lru_cache(maxsize=5_000)
def tree_of(file: str) -> ast.Module:
    """Return the syntax tree of a file; an empty one if the file can't be parsed."""
    try:
        return ast.parse("".join(linecache.getlines(file)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


@functools.lru_cache(maxsize=5_000)
def parse(file: str) -> dict[tuple[str, int], FunctionNode]:
    """Return the functions of a file by name and first line (that of the first decorator, if there is one)."""
    functions = [node for node in ast.walk(tree_of(file)) if isinstance(node, FunctionNode)]
    return {(node.name, first_line(node)): node for node in functions}


def first_line(node: FunctionNode) -> int:
    """Return the line where a function begins: that of its first decorator, if it has one."""
    return min([node.lineno, *(one.lineno for one in node.decorator_list)])


def clear_cache() -> None:
    """Forget all files that were read, because files and notebook cells change between two reviews."""
    _read.cache_clear()
    parse.cache_clear()
    tree_of.cache_clear()


def place(file: str, line: int, name: str = "") -> str:
    """Return `file:line`: relative to the current folder if the file is in it, and in words for a notebook's cell."""
    if Path(file).suffix != ".py" or "ipykernel_" in file:
        return f"the cell of {name}, line {line}" if name else f"{file}:{line}"
    path = Path(file)
    try:
        return f"{path.relative_to(Path.cwd()).as_posix()}:{line}"
    except (ValueError, OSError):
        parts = path.parts
        if "site-packages" in parts:
            return f"{Path(*parts[parts.index('site-packages') + 1 :]).as_posix()}:{line}"
        return f"{file}:{line}"


def words(name: str) -> list[str]:
    """Return the words of a name: `createTask`, `create-task` and `create_task` all give `create` and `task`."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name)]


def last_name(called: ast.AST) -> str:
    """Return `get` for `db.get`, `f` for `f`, and an empty string for anything else."""
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
