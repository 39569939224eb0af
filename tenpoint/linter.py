"""What ruff finds in the files of an app's functions."""

import ast
import functools
import json
import linecache
import os
import shutil
import subprocess
import sysconfig
import tempfile
from pathlib import Path
from typing import NamedTuple

from tenpoint.source import parse, walk
from tenpoint.surface import Surface

RULES = "FAST003,ASYNC210,ASYNC212,ASYNC220,ASYNC221,ASYNC222,ASYNC230,ASYNC240,ASYNC250,ASYNC251,RUF006"
"""FAST001, FAST002 and ASYNC1xx are left out, because no caller notices what they find."""
RUFF = "TENPOINT_RUFF"
"""The environment variable with the path of ruff, for an interpreter in whose environment ruff isn't installed."""


class Flag(NamedTuple):
    """One violation that ruff reports."""

    code: str
    file: str
    line: int
    message: str


def clear_cache() -> None:
    """Forget what ruff found, because files change between two reviews."""
    _ruff.cache_clear()


def find_ruff() -> str | None:
    """Return the path of ruff: the one in the variable, in this interpreter's environment, or on the PATH. None if there is none."""
    here = Path(sysconfig.get_path("scripts")) / ("ruff.exe" if os.name == "nt" else "ruff")
    named = os.environ.get(RUFF)
    return named if named and Path(named).is_file() else str(here) if here.is_file() else shutil.which("ruff")


def flags(surface: Surface) -> list[Flag] | None:
    """Return what ruff finds in the files of an app's functions; None if ruff can't be run."""
    routes = [*surface.routes, *surface.sockets]
    return _ruff(tuple(sorted({code.file for route in routes for code in route.functions})))


@functools.lru_cache(maxsize=50)
def _ruff(files: tuple[str, ...]) -> list[Flag] | None:
    program = find_ruff()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        names = {}
        for number, file in enumerate(files):
            names[f"f{number}.py"] = file
            (Path(folder) / f"f{number}.py").write_text(_as_async(file), encoding="utf-8", errors="replace")
        options = ["--isolated", "--no-cache", "--exit-zero", "--target-version=py314", "--output-format=json"]
        command = [program, "check", *options, f"--select={RULES}", folder]
        try:
            done = subprocess.run(
                command, capture_output=True, encoding="utf-8", errors="replace", timeout=60, check=True
            )
            found = json.loads(done.stdout)
        except (OSError, subprocess.SubprocessError, ValueError):
            return None
    return [
        Flag(one["code"], names[Path(one["filename"]).name], one["location"]["row"], one["message"])
        for one in found
        if one.get("code")
    ]


def _as_async(file: str) -> str:
    """Return the file's text with `async` before each plain `def` that an async function calls, so that ruff checks it, too.

    Line numbers stay the same. A function with `yield from` is left alone, because that is a syntax error in an async function.
    """
    lines = linecache.getlines(file)
    nodes = list(parse(file).values())
    called = {
        inner.func.id
        for node in nodes
        if isinstance(node, ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name)
    }
    for node in nodes:
        plain = isinstance(node, ast.FunctionDef) and node.name in called
        if plain and not any(isinstance(inner, ast.YieldFrom) for statement in node.body for inner in walk(statement)):
            line = lines[node.lineno - 1]
            if line[node.col_offset :].startswith("def "):
                lines[node.lineno - 1] = f"{line[: node.col_offset]}async {line[node.col_offset :]}"
    return "".join(lines)
