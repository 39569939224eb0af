"""C5: a handler gets what it uses as parameters, and a dependency closes what it opens."""

import ast
import collections
import inspect
from collections.abc import Iterator
from typing import Any

from tenpoint.catalog import found
from tenpoint.report import Finding
from tenpoint.source import UNKNOWN, Function, last_name, read, unwrap
from tenpoint.surface import Surface

_CONNECTIONS = {
    "sqlalchemy": {
        *("Session", "AsyncSession", "scoped_session", "async_scoped_session", "sessionmaker", "async_sessionmaker"),
        *("Engine", "AsyncEngine", "Connection", "AsyncConnection"),
    },
    "sqlite3": {"Connection", "Cursor"},
    "aiosqlite": {"Connection"},
    "psycopg": {"Connection", "AsyncConnection"},
    "psycopg2": {"connection"},
    "psycopg_pool": {"ConnectionPool", "AsyncConnectionPool"},
    "asyncpg": {"Connection", "Pool"},
    "pymongo": {"MongoClient", "AsyncMongoClient"},
    "motor": {"AsyncIOMotorClient"},
    "redis": {"Redis"},
    "httpx": {"Client", "AsyncClient"},
    "httpx2": {"Client", "AsyncClient"},
    "requests": {"Session"},
    "aiohttp": {"ClientSession"},
}
"""Classes of things that are opened once and shared, by library."""
_MUTABLE = (dict, list, set, bytearray, collections.deque)
_CHANGES = {
    *("append", "appendleft", "extend", "insert", "pop", "popleft", "popitem", "remove", "discard", "clear", "update"),
    *("add", "setdefault", "sort", "reverse"),
}


def global_connection(surface: Surface) -> Iterator[Finding]:
    """Find handlers that use a session, engine, pool or client of the module."""
    for route in surface.public:
        for name, node, value in _globals_used(route.code):
            kind = _connection(value)
            if kind:
                seen = f"The handler uses `{name}`, {_article(kind)} of the module."
                yield found("C5.global-connection", route, seen, route.code.at(node) if route.code else "")


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'AEIOUaeiou' else 'a'} {kind}"


def _globals_used(code: Function | None) -> Iterator[tuple[str, ast.Name, Any]]:
    """Yield the module's names that a function reads, each once, with the node and the value."""
    if code is None:
        return
    seen = set()
    for node in code.nodes:
        if isinstance(node, ast.Name) and node.id not in seen and node.id not in code.local_names:
            seen.add(node.id)
            value = (
                code.call.__globals__.get(node.id, UNKNOWN)
                if node.id not in code.call.__code__.co_freevars
                else UNKNOWN
            )
            if value is not UNKNOWN:
                yield node.id, node, value


def _connection(value: Any) -> str:
    """Return the name of the value's class if it is one of _CONNECTIONS; otherwise, an empty string."""
    for kind in type(value).__mro__:
        names = _CONNECTIONS.get(kind.__module__.split(".")[0], ())
        if kind.__name__ in names:
            return kind.__name__
    return ""


def global_mutable(surface: Surface) -> Iterator[Finding]:
    """Find containers of the module that requests change."""
    changed: dict[int, Function] = {}
    routes = [
        route for route in surface.public if route.code
    ]  # not the WebSockets, which have to keep their connections somewhere
    for code in _request_code(surface):
        for name in _changed(code):
            value = code.call.__globals__.get(name, UNKNOWN)
            if isinstance(value, _MUTABLE):
                changed.setdefault(id(value), code)
    for route in routes:
        assert route.code is not None
        for name, node, value in _globals_used(route.code):
            by = changed.get(id(value))
            if by is not None:
                deed = "changes" if name in _changed(route.code) else f"reads (`{by.node.name}` changes it)"
                yield found(
                    "C5.global-mutable",
                    route,
                    f"The handler {deed} `{name}`, a {type(value).__name__} of the module.",
                    route.code.at(node),
                )
        for name in sorted(_rebound(route.code)):
            yield found("C5.global-mutable", route, f"The handler gives the module's `{name}` a new value.")


def _request_code(surface: Surface) -> list[Function]:
    """Return the functions that run for requests: handlers, dependencies, and functions of the project that they call."""
    first = {one.call: one for route in [*surface.routes, *surface.sockets] for one in route.functions}
    called = [code.callee(call) for code in first.values() for call in code.calls]
    return list({**first, **{one.call: one for one in called if one}}.values())


def _changed(code: Function) -> set[str]:
    """Return the module's names whose content a function changes."""
    names = set()
    for node in code.nodes:
        target: ast.AST | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGES:
            target = None if _keeps_a_task(code, node) else node.func.value
        elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            target = node.value
        while isinstance(target, ast.Subscript):
            target = target.value
        if isinstance(target, ast.Name) and target.id not in code.local_names:
            names.add(target.id)
    return names


def _keeps_a_task(code: Function, call: ast.Call) -> bool:
    """Whether this call only keeps a task alive until it is done, as asyncio's documentation recommends."""
    names = {one.id for one in call.args if isinstance(one, ast.Name)}
    return any(
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and last_name(node.value.func) in ("create_task", "ensure_future")
        and any(isinstance(target, ast.Name) and target.id in names for target in node.targets)
        for node in code.nodes
    )


def _rebound(code: Function) -> set[str]:
    """Return the module's names to which a function assigns with `global`."""
    declared = {name for node in code.nodes if isinstance(node, ast.Global) for name in node.names}
    return {
        node.id for node in code.nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    } & declared


def dependency_by_hand(surface: Surface) -> Iterator[Finding]:
    """Find handlers that call a dependency with `yield` themselves."""
    known = {unwrap(one.call): one.call for route in surface.routes for one in route.dependencies if yields(one.call)}
    for route in surface.public:
        for call in route.code.calls if route.code else ():
            called = route.code.value(call.func) if route.code else UNKNOWN
            if called is not UNKNOWN and _hashable(called) and unwrap(called) in known:
                seen = f"The handler calls `{last_name(call.func)}()` itself."
                yield found("C5.dependency-by-hand", route, seen, route.code.at(call) if route.code else "")


def _hashable(value: Any) -> bool:
    try:
        hash(value)
    except Exception:
        return False
    return True


def yields(call: Any) -> bool:
    """Whether a dependency has a `yield`, after which code runs when the request is done."""
    function = unwrap(call)
    return inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function)


def mixed_scope(surface: Surface) -> Iterator[Finding]:
    """Find routes that use one dependency in two scopes."""
    for route in [*surface.public, *surface.sockets]:
        scopes: dict[Any, set[str]] = {}
        for one in route.dependencies:
            if yields(one.call) and one.use_cache and _hashable(one.call):
                scopes.setdefault(one.call, set()).add(getattr(one, "scope", None) or "request")
        for call, used in scopes.items():
            if len(used) > 1:
                code = read(call)
                name = code.node.name if code else type(call).__name__
                yield found(
                    "C5.mixed-scope", route, f"`{name}` is needed with the scopes {' and '.join(sorted(used))}."
                )


def cleanup_skipped(surface: Surface) -> Iterator[Finding]:
    """Find dependencies whose cleanup is skipped when the route raises."""
    for route, code in dependencies_with_yield(surface):
        node = next((one for one in code.node.body if _is_yield(one)), None)
        if node is None:
            continue
        after = code.node.body[code.node.body.index(node) + 1 :]
        for call in (one for statement in after for one in ast.walk(statement) if isinstance(one, ast.Call)):
            if last_name(call.func) in ("close", "aclose", "dispose", "disconnect", "release", "remove"):
                seen = f"`{ast.unparse(call)[:60]}` stands after the `yield` of `{code.node.name}` without `finally`."
                yield found("C5.cleanup-skipped", route, seen, code.at(call))


def _is_yield(statement: ast.stmt) -> bool:
    value = getattr(statement, "value", None)
    return isinstance(statement, ast.Expr | ast.Assign) and isinstance(value, ast.Yield)


def dependencies_with_yield(surface: Surface) -> "Iterator[tuple[Any, Function]]":
    """Yield each dependency with `yield` once, with the first route that needs it."""
    seen = set()
    for route in [*surface.routes, *surface.sockets]:
        for one in route.dependencies:
            code = read(one.call) if yields(one.call) else None
            if code and code.call not in seen:
                seen.add(code.call)
                yield route, code


CHECKS = (global_connection, global_mutable, dependency_by_hand, mixed_scope, cleanup_skipped)
