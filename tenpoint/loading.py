"""Finds the FastAPI application that `MODULE:APP` names."""

import functools
import importlib
import inspect
import sys
import traceback
from pathlib import Path
from typing import Any

from tenpoint import CallError
from tenpoint.surface import is_fastapi


def load(target: str, *, factory: bool = False) -> Any:
    """Import `MODULE:APP`, call it if it is a factory, and return the FastAPI app, which may be wrapped in something else.

    Raises:
        CallError: there is no such app, or it can't be imported or made.
    """
    module_name, colon, path = target.partition(":")
    if not colon or not module_name or not path:
        raise CallError(f"`{target}` names no app. Write MODULE:APP, such as `{_as_module(target)}:app`.")
    if module_name.endswith(".py") or "/" in module_name:
        raise CallError(f"`{module_name}` is a file. Name its module: `{_as_module(module_name)}:{path}`.")
    thing: Any = _import(module_name)
    for name in path.removesuffix("()").split("."):
        if not hasattr(thing, name):
            raise CallError(f"The module `{module_name}` has no `{name}`.{_apps_in(thing)}")
        thing = getattr(thing, name)
    makes_one = inspect.isroutine(thing) or inspect.isclass(thing) or isinstance(thing, functools.partial)
    if factory or makes_one:
        thing = _call(thing, target)
    app = thing if is_fastapi(thing) else _inside(thing)
    if app is None:
        raise CallError(f"`{target}` is no FastAPI application: its type is {type(thing).__name__}.")
    return app


def _as_module(file: str) -> str:
    return file.removesuffix(".py").strip("./").replace("/", ".") or "main"


def _import(name: str) -> Any:
    sys.path.insert(0, str(Path.cwd()))
    try:
        return importlib.import_module(name)
    except BaseException as error:  # including SystemExit: some modules end the process on import
        missing = error.name if isinstance(error, ModuleNotFoundError) else None
        if missing and f"{name}.".startswith(f"{missing}."):
            raise CallError(
                f"There is no module `{missing}` here. Go to the folder that holds it, or name it as Python imports it."
            ) from None
        raise CallError(f"`{name}` cannot be imported: {_in_a_line(error)}") from None


def _in_a_line(error: BaseException) -> str:
    """Return what was raised and where, in one line. Frames of the import system are left out."""
    frames = [
        one
        for one in traceback.extract_tb(error.__traceback__)
        if "importlib" not in one.filename and one.filename != __file__
    ]
    text = next((line for line in str(error).splitlines() if line.strip()), "")[:200]
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{': ' if text else ''}{text}{where}"


def _apps_in(module: Any) -> str:
    apps = [name for name, value in list(vars(module).items()) if is_fastapi(value)] if inspect.ismodule(module) else []
    return f" It has `{apps[0]}`." if apps else ""


def _call(factory: Any, target: str) -> Any:
    """Return what a factory makes.

    Raises:
        CallError: it needs arguments, or it raises.
    """
    if not callable(factory):
        raise CallError(f"`{target}` is no factory: its type is {type(factory).__name__}.")
    try:
        needed = [
            one.name
            for one in inspect.signature(factory).parameters.values()
            if one.default is one.empty and one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
        ]
    except (TypeError, ValueError):
        needed = []
    if needed:
        raise CallError(
            f"`{target}` wants the argument `{needed[0]}`. Write a function without parameters that makes the app, and name that."
        )
    try:
        return factory()
    except BaseException as error:
        raise CallError(f"`{target}` cannot be called: {_in_a_line(error)}") from None


def _inside(thing: Any) -> Any:
    """Return the FastAPI app inside a middleware or another wrapper; None if there is none."""
    for _ in range(10):
        for name in ("app", "_app", "other_asgi_app", "application"):
            inner = getattr(thing, "__dict__", {}).get(name)
            if is_fastapi(inner):
                return inner
            if inner is not None:
                thing = inner
                break
        else:
            return None
    return None
