"""C7: what blocks the event loop. Ruff finds most of it; this module finds what ruff has no rule for."""

import ast
import inspect
from collections.abc import Iterator
from typing import Any

from tenpoint.catalog import found
from tenpoint.linter import flags
from tenpoint.report import Finding, Undecided
from tenpoint.source import UNKNOWN, Function, last_name
from tenpoint.surface import Route, Surface

_PARAMETER, _LOST_TASK = "FAST003", "RUF006"

# Functions that wait for a network, a disk or the processor, by module and name.
_BLOCKS = {
    ("sqlite3", "connect"): "opens a database",
    ("_sqlite3", "connect"): "opens a database",
    ("psycopg2", "connect"): "opens a connection to the database",
    ("pymysql", "connect"): "opens a connection to the database",
    ("smtplib", "SMTP"): "talks to a mail server",
    ("smtplib", "SMTP_SSL"): "talks to a mail server",
    ("shutil", "copyfileobj"): "copies a file",
    ("shutil", "copyfile"): "copies a file",
    ("shutil", "copy"): "copies a file",
    ("shutil", "copytree"): "copies a folder",
    ("shutil", "rmtree"): "removes a folder",
    ("bcrypt", "hashpw"): "works on a hash for a long time",
    ("bcrypt", "checkpw"): "works on a hash for a long time",
}
_BLOCKING_METHODS = {
    ("pwdlib", "PasswordHash"): {"hash", "verify", "verify_and_update"},
    ("passlib", "CryptContext"): {"hash", "verify", "verify_and_update"},
    ("argon2", "PasswordHasher"): {"hash", "verify"},
    ("requests", "Session"): {"get", "post", "put", "patch", "delete", "head", "options", "request", "send"},
    ("sqlalchemy", "Session"): {
        "execute",
        "scalar",
        "scalars",
        "get",
        "commit",
        "flush",
        "refresh",
        "rollback",
        "merge",
    },
}


def blocking_call(surface: Surface) -> Iterator[Finding | Undecided]:
    """Find calls that block, in async functions and in functions of the project that they call."""
    running = _on_the_loop(surface)
    flagged = flags(surface)
    if flagged is None:
        yield Undecided("C7", "ruff is not installed (`pip install ruff`), so only part of what blocks can be seen")
    unread = [
        route
        for route in [*surface.routes, *surface.sockets]
        if route.code is None and inspect.iscoroutinefunction(route.endpoint)
    ]
    if unread:
        yield Undecided("C7", "some async functions have no source to read")
    by_place = {(one.file, one.line): one for one in flagged or () if one.code not in (_PARAMETER, _LOST_TASK)}
    for code, route, by in running:
        through = f" (called by `{by.node.name}`)" if by else ""
        named = f"`{code.node.name}`{through}"
        blocked: dict[tuple[str, int], ast.Call] = {}
        for node in code.calls:
            blocked.setdefault((code.file, node.lineno), node)  # keeps the outermost call of a line
        for place, flag in by_place.items():
            if place in blocked:
                seen = f"{named} waits at `{_short(blocked[place])}`; ruff {flag.code}."
                yield found("C7.blocking-call", route, seen, code.at(blocked[place]))
        for node, deed in _blocks(code):
            if (code.file, node.lineno) not in by_place:
                yield found("C7.blocking-call", route, f"{named} {deed}: `{_short(node)}`.", code.at(node))


def _short(node: ast.AST) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 60 else text[:59] + "…"


def _on_the_loop(surface: Surface) -> list[tuple[Function, Route, Function | None]]:
    """Return the functions that run on the event loop, each once, with a route and, if it isn't the route's own, its caller."""
    running: dict[Any, tuple[Function, Route, Function | None]] = {}
    routes = [*surface.routes, *surface.sockets]
    for route in routes:
        for code in route.functions:
            if code.is_async:
                running.setdefault(code.call, (code, route, None))
    for code, route, _ in list(running.values()):
        for call in code.calls:
            callee = code.callee(call)
            if callee and callee.module == code.module and _runs_here(code, call, callee):
                running.setdefault(callee.call, (callee, route, code))
    return list(running.values())


def _runs_here(code: Function, call: ast.Call, callee: Function) -> bool:
    """Whether the call runs the function's body on the event loop: a plain function, or a coroutine that is awaited."""
    if inspect.isgeneratorfunction(callee.call) or inspect.isasyncgenfunction(callee.call):
        return False
    return not callee.is_async or any(isinstance(node, ast.Await) and node.value is call for node in code.nodes)


def _blocks(code: Function) -> Iterator[tuple[ast.Call, str]]:
    """Yield the calls that block and for which ruff has no rule, with what they do."""
    awaited = {id(node.value) for node in code.nodes if isinstance(node, ast.Await)}
    for call in code.calls:
        if id(call) in awaited:
            continue
        called = code.value(call.func)
        deed = (
            _BLOCKS.get((str(getattr(called, "__module__", "")), str(getattr(called, "__name__", ""))))
            if called is not UNKNOWN
            else None
        )
        if deed:
            yield call, deed
            continue
        if _runs_a_query(code, call):
            yield call, "waits for the database"
            continue
        owner, method = code.method(call.func)
        if owner and method is not UNKNOWN and _waits(owner, getattr(method, "__name__", "")):
            yield call, "waits for the database" if owner.__module__.startswith(("sqlalchemy", "sqlmodel")) else "waits"


def _runs_a_query(code: Function, call: ast.Call) -> bool:
    """Whether this is the last call of a chain such as `db.query(...).filter(...).first()` on a session that blocks."""
    if last_name(call.func) not in ("all", "first", "one", "one_or_none", "scalar", "count", "get", "update", "delete"):
        return False
    inner: ast.AST = call.func
    while isinstance(inner, ast.Attribute | ast.Call):
        inner = inner.func if isinstance(inner, ast.Call) else inner.value
        if isinstance(inner, ast.Attribute) and inner.attr == "query":
            owner, _ = code.method(inner)
            return owner is not None and _waits(owner, "execute")
    return False


def _waits(owner: type, method: str) -> bool:
    for kind in owner.__mro__:
        if method in _BLOCKING_METHODS.get((kind.__module__.split(".")[0], kind.__name__), ()):
            return True
    return False


def never_awaited(surface: Surface) -> Iterator[Finding]:
    """Find coroutines that nobody awaits, and `asyncio.run` in async functions."""
    for code, route, _ in _on_the_loop(surface):
        for node in code.nodes:
            call = node.value if isinstance(node, ast.Expr) else None
            if isinstance(call, ast.Call) and _is_coroutine(code, call):
                yield found("C7.never-awaited", route, f"`{_short(call)}` is not awaited.", code.at(call))
            if code.is_async and isinstance(node, ast.Call) and _is_asyncio_run(code, node):
                yield found("C7.run-in-loop", route, f"`{_short(node)}` runs in an async function.", code.at(node))


def _is_coroutine(code: Function, call: ast.Call) -> bool:
    called = code.value(call.func)
    if called is UNKNOWN:
        called = code.method(call.func)[1]
    return called is not UNKNOWN and inspect.iscoroutinefunction(called)


def _is_asyncio_run(code: Function, call: ast.Call) -> bool:
    called = code.value(call.func)
    return getattr(called, "__module__", "") == "asyncio.runners" and getattr(called, "__name__", "") == "run"


def lost_task(surface: Surface) -> Iterator[Finding]:
    """Find tasks to which nobody keeps a reference (ruff's RUF006)."""
    places = {(one.file, one.line) for one in flags(surface) or () if one.code == _LOST_TASK}
    for code, route, _ in _on_the_loop(surface):
        for node in code.calls:
            if (code.file, node.lineno) in places and "create_task" in ast.unparse(node.func):
                yield found("C7.lost-task", route, f"Nobody keeps `{_short(node)}`.", code.at(node))


CHECKS = (blocking_call, never_awaited, lost_task)
