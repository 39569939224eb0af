"""Remembers the code that judging relies on, and notices when a notebook has changed it.

A learner's code and the check that judges it run in one interpreter, so the code can give any function another body. A seal that was made before
the learner's first cell names what isn't as it was. It compares by identity, and so it can't be talked into anything by an `__eq__`.
"""

import builtins
import json
import sys
from collections.abc import Callable, Iterator
from types import BuiltinFunctionType, CodeType, FunctionType, MappingProxyType, MethodType, ModuleType
from typing import Any

WATCHED = (
    *(
        "coursekit",
        "tenpoint",
        "fastapi",
        "starlette",
        "httpx",
        "httpx2",
        "httpcore",
        "httpcore2",
        "anyio",
        "json",
        "_json",
    ),
    *(
        "builtins",
        "asyncio",
        "inspect",
        "contextlib",
        "threading",
        "functools",
        "operator",
        "re",
        "copy",
        "dataclasses",
    ),
    *("types", "os", "posix", "selectors", "traceback", "linecache", "tokenize", "ast", "io", "subprocess", "tempfile"),
)
"""The packages that checks, their clients and their verdicts are made of."""

_CODE = (FunctionType, BuiltinFunctionType, MethodType, type, ModuleType, property, staticmethod, classmethod)
_FIXED = (str, bytes, int, float, tuple, frozenset)
_CHANGING = frozenset({"builtins.input", "builtins.display", "builtins.get_ipython"})
"""The kernel itself gives these other values."""
_OF_EVERY_MODULE = frozenset(name for name in vars(json) if name.startswith("__"))
_NOTHING = object()
_BUILTIN_NAMES = frozenset(vars(builtins))

# bound here, so that a seal needs nothing that somebody may replace afterwards
_isinstance, _getattr, _type, _dict, _list, _tuple = isinstance, getattr, type, dict, list, tuple
_modules = sys.modules

Fact = tuple[str, Any, Any, str]
"""The name of a thing, the mapping that has it, its value, and its key."""


class Seal:
    """What certain modules and functions were when the seal was made."""

    def __init__(self, *more: Callable[..., Any]) -> None:
        """Seal the watched modules that are imported, and the modules of `more` functions, which need not be importable."""
        names = [name for name in _modules if name.split(".")[0] in WATCHED]
        self._seen: set[int] = set()
        self._entries: list[Fact] = []
        self._functions: list[tuple[str, FunctionType, CodeType, Any]] = []
        self._details: list[tuple[str, FunctionType, tuple[tuple[str, int], ...], tuple[Any, ...]]] = []
        self._open: list[tuple[str, Any, frozenset[str], bool]] = []
        self._imports = [*map(id, sys.meta_path), 0, *map(id, sys.path_hooks)]
        for name in names:
            self._entries.append((name, _modules, _modules[name], name))
            if _isinstance(_modules[name], ModuleType):
                self._add_names(name, vars(_modules[name]), is_kit=name.startswith(("coursekit", "tenpoint")))
        for function in more:
            self._add_names(function.__module__, function.__globals__, is_kit=True)

    def broken(self) -> str:
        """Return the name of the first thing that isn't as it was, or an empty string."""
        for name, holder, value, key in self._entries:  # first, because the rest calls what is compared here
            if holder.get(key, _NOTHING) is not value:
                return name
        if _modules is not sys.modules or [*map(id, sys.meta_path), 0, *map(id, sys.path_hooks)] != self._imports:
            return "the way Python imports modules"
        for name, function, code, defaults in self._functions:
            if function.__code__ is not code or function.__defaults__ is not defaults:
                return name
        for name, function, defaults, cells in self._details:
            if _items(function.__kwdefaults__) != defaults or any(_content(cell) is not was for cell, was in cells):
                return name
        for name, holder, keys, is_names in self._open:
            if holder.keys() != keys and (added := _added(holder, keys, is_names=is_names)):
                return f"{name}.{added}"
        return ""

    def _add_names(self, name: str, names: dict[str, Any], *, is_kit: bool) -> None:
        """Seal a module's names."""
        if id(names) in self._seen:
            return
        self._seen.add(id(names))
        self._open.append((name, names, frozenset(names), True))
        for key, value in _list(names.items()):
            if f"{name}.{key}" in _CHANGING or key in _OF_EVERY_MODULE:
                continue
            if _is_fixed(value, is_kit=is_kit):
                self._entries.append((f"{name}.{key}", names, value, key))
                self._add(f"{name}.{key}", value)
            elif _type(_getattr(value, "__dict__", None)) is _dict and not _isinstance(value, ModuleType):
                self._add_attributes(f"{name}.{key}", vars(value))

    def _add(self, name: str, value: Any) -> None:
        """Seal a function's body, or the attributes of a class, and of all that it wraps."""
        if id(value) in self._seen or _isinstance(value, ModuleType):
            return
        self._seen.add(id(value))
        if _isinstance(value, FunctionType):
            cells = _tuple((cell, _content(cell)) for cell in value.__closure__ or ())
            self._functions.append((name, value, value.__code__, value.__defaults__))
            self._details.append((name, value, _items(value.__kwdefaults__), cells))
        for wrapped in _wrapped(value):
            self._add(name, wrapped)
        if _isinstance(value, type) and value.__module__.split(".")[0] in WATCHED:
            self._add_attributes(name, vars(value))

    def _add_attributes(self, name: str, attributes: "dict[str, Any] | MappingProxyType[str, Any]") -> None:
        """Seal the code in a class or in an object of a module."""
        self._open.append((name, attributes, frozenset(attributes), False))
        for key, value in _list(attributes.items()):
            if _isinstance(value, _CODE):
                self._entries.append((f"{name}.{key}", attributes, value, key))
                self._add(f"{name}.{key}", value)


def _is_fixed(value: Any, *, is_kit: bool) -> bool:
    """Whether a module's name keeps this value for good: code, and in the kit also constants."""
    return _isinstance(value, _CODE) or callable(value) or (is_kit and _isinstance(value, _FIXED))


def _wrapped(value: Any) -> Iterator[Any]:
    for name in ("__func__", "fget", "fset", "__wrapped__"):
        inner = _getattr(value, name, None)
        if _isinstance(inner, FunctionType):
            yield inner


def _added(holder: Any, keys: frozenset[str], *, is_names: bool) -> str:
    """The name of something new: a module's name that hides a builtin, or a method of a class. Empty if there is none."""
    for key in holder.keys() - keys:
        if key in _BUILTIN_NAMES if is_names else _isinstance(holder[key], _CODE):
            return str(key)
    return ""


def _items(defaults: dict[str, Any] | None) -> tuple[tuple[str, int], ...]:
    """The defaults of a function's keyword arguments as something to compare, by identity."""
    return _tuple((key, id(value)) for key, value in defaults.items()) if defaults else ()


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return _NOTHING
