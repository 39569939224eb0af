"""C6: what a client sees when something goes wrong."""

import ast
import inspect
import re
from collections.abc import Iterator
from typing import Any

from tenpoint.catalog import found
from tenpoint.points.dependencies import dependencies_with_yield
from tenpoint.points.methods import raised, raised_status, status_of
from tenpoint.report import Finding, Undecided
from tenpoint.source import UNKNOWN, Function, last_name, read, walk
from tenpoint.surface import Route, Surface, made_at

Seen = Finding | Undecided
_TIDIES = {
    *("rollback", "close", "aclose", "abort", "expunge_all"),
    *("exception", "error", "warning", "info", "debug", "critical", "log", "print", "capture_exception", "print_exc"),
}
"""Functions that an `except` calls to clean up and to log."""


def no_validation_handler(surface: Surface) -> Iterator[Seen]:
    """Find an app that answers invalid requests in FastAPI's default way."""
    from fastapi.exception_handlers import request_validation_exception_handler
    from fastapi.exceptions import RequestValidationError

    takes_input = [route for route in surface.public if _takes_input(route)]
    handler = surface.app.exception_handlers.get(RequestValidationError)
    if takes_input and handler in (None, request_validation_exception_handler):
        yield found(
            "C6.no-validation-handler",
            None,
            f"{_app(surface)} has no handler for RequestValidationError.",
            made_at(surface),
        )


def _takes_input(route: Route) -> bool:
    return any(route.fields(kind) for kind in ("path", "query", "header", "cookie", "body"))


def _app(surface: Surface) -> str:
    return f"The app mounted at {surface.prefix}" if surface.prefix else "The app"


def no_exception_handler(surface: Surface) -> Iterator[Seen]:
    """Find an app that answers unexpected exceptions in Starlette's default way."""
    handlers = surface.app.exception_handlers
    if not surface.public or Exception in handlers or 500 in handlers or BaseException in handlers:
        return
    catches = [_catches_all(one) for one in surface.app.user_middleware]
    if True in catches:
        return
    if None in catches:
        yield Undecided("C6", "a middleware may answer for exceptions, and its source does not tell")
        return
    yield found("C6.no-exception-handler", None, f"{_app(surface)} has no handler for Exception.", made_at(surface))


def _catches_all(middleware: Any) -> bool | None:
    """Whether a middleware turns exceptions into answers; None if its source doesn't tell."""
    options = getattr(middleware, "kwargs", None) or getattr(middleware, "options", {})
    functions = [read(one) for one in _functions_of(middleware.cls, options.get("dispatch"))]
    for code in (one for one in functions if one):
        for node in ast.walk(code.node):
            if isinstance(node, ast.ExceptHandler) and _is_broad(code, node) and not _only_tidies(node, raises=True):
                return True
    return None if None in functions else False


def _functions_of(middleware: Any, dispatch: Any) -> list[Any]:
    """Return a middleware's function, or the methods of its class. Those of Starlette and FastAPI are left out: they catch nothing."""
    if dispatch is not None:
        return [dispatch]
    kinds = [kind for kind in getattr(middleware, "__mro__", [middleware]) if kind is not object]
    own = [kind for kind in kinds if str(kind.__module__).split(".")[0] not in ("starlette", "fastapi")]
    methods = [one for kind in own if isinstance(kind, type) for one in vars(kind).values() if inspect.isfunction(one)]
    return methods or [one for one in own if not isinstance(one, type)]


def _is_broad(code: Function, handler: ast.ExceptHandler) -> bool:
    """Whether an `except` catches every exception."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or code.value(kind) in (Exception, BaseException) for kind in kinds)


def _only_tidies(handler: ast.ExceptHandler, *, raises: bool) -> bool:
    """Whether an `except` only rolls back, closes and logs. With `raises`, it may also raise."""
    nodes = [node for statement in handler.body for node in walk(statement)]
    called = {last_name(node.func) for node in nodes if isinstance(node, ast.Call)}
    answers = any(isinstance(node, ast.Return) and node.value is not None for node in nodes)
    again = any(isinstance(node, ast.Raise) for node in nodes)
    return called <= _TIDIES | {"str", "repr", "format_exc"} and not answers and (raises or not again)


def half_a_handler(surface: Surface) -> Iterator[Seen]:
    """Find an app whose handler covers FastAPI's HTTPException, but not Starlette's."""
    import fastapi
    import starlette.exceptions
    from fastapi.exception_handlers import http_exception_handler

    handlers = surface.app.exception_handlers
    general = handlers.get(starlette.exceptions.HTTPException)
    if (
        fastapi.HTTPException in handlers
        and general in (None, http_exception_handler)
        and not {404, 405} <= set(handlers)
    ):
        code = read(handlers[fastapi.HTTPException])
        seen = "The handler is registered for `fastapi.HTTPException` only."
        yield found("C6.half-a-handler", None, seen, code.where if code else made_at(surface))


def validation_handler_crashes(surface: Surface) -> Iterator[Seen]:
    """Find a validation handler that sends `errors()` unchanged."""
    from fastapi.exceptions import RequestValidationError

    code = read(surface.app.exception_handlers.get(RequestValidationError))
    if code is None or code.module.startswith("fastapi") or len(code.arguments) < 2:
        return
    for call in code.calls:
        if last_name(call.func) != "JSONResponse":
            continue
        content = next(
            (one.value for one in call.keywords if one.arg == "content"), call.args[0] if call.args else None
        )
        if content is not None and _sends_errors(content, code.arguments[1]):
            seen = f"`{code.node.name}` gives `{code.arguments[1]}.errors()` to JSONResponse as it is."
            yield found("C6.validation-handler-crashes", None, seen, code.at(call))


def _sends_errors(content: ast.AST, error: str) -> bool:
    """Whether `error.errors()` is the content, or a value in it, unchanged."""
    if isinstance(content, ast.Dict):
        return any(_sends_errors(one, error) for one in content.values)
    if not (
        isinstance(content, ast.Call) and isinstance(content.func, ast.Attribute) and content.func.attr == "errors"
    ):
        return False
    return isinstance(content.func.value, ast.Name) and content.func.value.id == error and not content.keywords


def undocumented_status(surface: Surface) -> Iterator[Seen]:
    """Find errors that the code raises and the document doesn't mention."""
    for route in surface.public if surface.document else ():
        documented = set(route.operation.get("responses", {}))
        if "default" in documented or "4XX" in documented:
            continue
        for status, where in sorted(_may_raise(route).items()):
            if 400 <= status < 500 and str(status) not in documented:
                yield found(
                    "C6.undocumented-status",
                    route,
                    f"The code raises {status}, and the document does not mention it.",
                    where,
                )


def _may_raise(route: Route) -> dict[int, str]:
    """Return the statuses that a route's functions, and functions of the project that they call, raise, each with its place."""
    found: dict[int, str] = {}
    for code in route.functions:
        for node, status in raised(code):
            if not _is_caught(code, node):
                found.setdefault(status, code.at(node))
        for call in code.calls:
            callee = None if _is_caught(code, call) else code.callee(call)
            if callee is None or _awaits_nothing(callee, code, call):
                continue
            for node, status in raised(callee):
                if not _is_caught(callee, node) and not _depends_on_arguments(callee, node):
                    found.setdefault(status, callee.at(node))
    return found


def _awaits_nothing(callee: Function, code: Function, call: ast.Call) -> bool:
    """Whether this calls an async function without awaiting it, so that it may never run."""
    return callee.is_async and not any(isinstance(node, ast.Await) and node.value is call for node in code.nodes)


def _is_caught(code: Function, node: ast.AST) -> bool:
    """Whether the same function catches an HTTPException that is raised here, or may catch it."""
    from starlette.exceptions import HTTPException

    for handler in code.guarded.get(node, []):
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        for kind in kinds:
            caught = Exception if kind is None else code.value(kind)
            related = isinstance(caught, type) and (
                issubclass(HTTPException, caught) or issubclass(caught, HTTPException)
            )
            if caught is UNKNOWN or related:
                return not _raises_again(handler)
    return False


def _raises_again(handler: ast.ExceptHandler) -> bool:
    return any(
        isinstance(node, ast.Raise) and node.exc is None for statement in handler.body for node in walk(statement)
    )


def _depends_on_arguments(callee: Function, node: ast.AST) -> bool:
    """Whether the node runs only if an argument is true, or only if it is false. A given call may then never reach it."""
    for branch in callee.nodes:
        if isinstance(branch, ast.If) and any(inner is node for inner in ast.walk(branch)):
            test = branch.test.operand if isinstance(branch.test, ast.UnaryOp) else branch.test
            if isinstance(test, ast.Name) and callee.hints.get(test.id) is bool:
                return True
    return False


def error_masked(surface: Surface) -> Iterator[Seen]:
    """Find a 4xx that an `except Exception` of the same function turns into a 500."""
    for route in surface.public:
        code = route.code
        for node, status in raised(code) if code else ():
            handler = _first_to_catch(code, node) if code else None
            if code is None or handler is None or not 400 <= status < 500:
                continue
            for again in (one for statement in handler.body for one in walk(statement) if isinstance(one, ast.Raise)):
                if raised_status(code, again) == 500:
                    seen = f"{status} is raised inside a `try` whose `except Exception` raises 500."
                    yield found("C6.error-masked", route, seen, code.at(node))


def _first_to_catch(code: Function, node: ast.AST) -> ast.ExceptHandler | None:
    """Return the `except Exception` that catches an HTTPException raised here; None if another one catches it, or may."""
    for handler in code.guarded.get(node, []):
        if _is_broad(code, handler):
            return None if _asks_for_its_kind(handler) else handler
        if handler.type is not None and _may_take_http_exception(code, handler.type):
            return None
    return None


def _asks_for_its_kind(handler: ast.ExceptHandler) -> bool:
    return any(
        last_name(node.func) == "isinstance"
        for statement in handler.body
        for node in walk(statement)
        if isinstance(node, ast.Call)
    )


def _may_take_http_exception(code: Function, kind: ast.expr) -> bool:
    from starlette.exceptions import HTTPException

    for one in kind.elts if isinstance(kind, ast.Tuple) else [kind]:
        value = code.value(one)
        if value is UNKNOWN or (isinstance(value, type) and issubclass(value, HTTPException)):
            return True
    return False


def detail_leaks(surface: Surface) -> Iterator[Seen]:
    """Find answers with the text of unexpected exceptions."""
    for route in surface.public:
        for code in route.functions:
            for handler in (
                node for node in code.nodes if isinstance(node, ast.ExceptHandler) and _is_broad(code, node)
            ):
                for call in _answers_of(handler):
                    status = _status_answered(code, call)
                    if status >= 500 and _holds_text_of(call, handler.name) and not _only_for_developers(code, call):
                        seen = f"The text of any exception is sent: `{ast.unparse(call)[:80]}`."
                        yield found("C6.detail-leaks", route, seen, code.at(call))
    for kind in (Exception, 500):
        code_ = read(surface.app.exception_handlers.get(kind))
        if code_ is not None and len(code_.arguments) > 1 and not code_.module.startswith(("fastapi.", "starlette.")):
            for call in code_.calls:
                tells = last_name(call.func).endswith("Response") and _holds_text_of(call, code_.arguments[1])
                if tells and not _only_for_developers(code_, call):
                    seen = f"`{code_.node.name}` sends the text of the exception."
                    yield found("C6.detail-leaks", None, seen, code_.at(call))


def _answers_of(handler: ast.ExceptHandler) -> Iterator[ast.Call]:
    """Yield the calls whose result an `except` raises or returns."""
    for node in (node for statement in handler.body for node in walk(statement)):
        value = node.exc if isinstance(node, ast.Raise) else node.value if isinstance(node, ast.Return) else None
        if isinstance(value, ast.Call):
            yield value


def _status_answered(code: Function, call: ast.Call) -> int:
    """Return the status of the HTTPException or Response that this call makes; 0 if it makes neither."""
    from starlette.exceptions import HTTPException
    from starlette.responses import Response

    kind = code.value(call.func)
    if not isinstance(kind, type) or not issubclass(kind, HTTPException | Response):
        return 0
    named = {one.arg: one.value for one in call.keywords}
    position = 0 if issubclass(kind, HTTPException) else 1
    return status_of(code, named.get("status_code", call.args[position] if len(call.args) > position else None))


def _holds_text_of(call: ast.AST, error: str | None) -> bool:
    """Whether the text of the exception is part of what is sent, whatever the settings are."""
    if isinstance(call, ast.IfExp):  # `str(error) if settings.debug else "..."`
        return False
    if isinstance(call, ast.Call) and last_name(call.func) == "format_exc":
        return True
    if (
        isinstance(call, ast.Call)
        and last_name(call.func) in ("str", "repr")
        and call.args
        and _is(call.args[0], error)
    ):
        return True
    if isinstance(call, ast.FormattedValue) and _is(call.value, error):
        return True
    return any(_holds_text_of(inner, error) for inner in ast.iter_child_nodes(call))


def _only_for_developers(code: Function, call: ast.Call) -> bool:
    """Whether this is inside something like `if settings.debug`."""
    return any(
        isinstance(node, ast.If)
        and re.search(r"debug|develop|local|testing", ast.unparse(node.test), re.IGNORECASE)
        and any(inner is call for inner in ast.walk(node))
        for node in code.nodes
    )


def _is(node: ast.AST, name: str | None) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def swallowed_in_dependency(surface: Surface) -> Iterator[Seen]:
    """Find dependencies with a `yield` in a `try` whose `except` doesn't raise again."""
    for route, code in dependencies_with_yield(surface):
        for node in (one for one in code.nodes if isinstance(one, ast.Try) and _yields_in(one.body)):
            for handler in node.handlers:
                if _takes_routes_errors(code, handler) and _only_tidies(handler, raises=False):
                    seen = f"`{code.node.name}` catches what the route raises, and does not raise it again."
                    yield found("C6.swallowed-in-dependency", route, seen, code.at(handler))


def _yields_in(body: list[ast.stmt]) -> bool:
    return any(isinstance(node, ast.Yield) for statement in body for node in walk(statement))


def _takes_routes_errors(code: Function, handler: ast.ExceptHandler) -> bool:
    """Whether an `except` can catch an error of the route, and not only the cancellation of a request."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None
        or (isinstance(value := code.value(kind), type) and issubclass(value, Exception))
        or value is BaseException
        for kind in kinds
    )


def unguarded_write(surface: Surface) -> Iterator[Seen]:
    """Find paths that need a token for reading and none for writing."""
    guarded = {route.path for route in surface.public if route.method == "GET" and _is_guarded(route)}
    for route in surface.public:
        if route.method in ("PUT", "PATCH", "DELETE") and route.path in guarded and not _is_guarded(route):
            if route.code is None or any(_asks_who(code) for code in route.functions):
                continue
            seen = f"GET {route.path} needs a token; {route.method} does not."
            yield found("C6.unguarded-write", route, seen)


def _is_guarded(route: Route) -> bool:
    from fastapi.security.base import SecurityBase

    return any(isinstance(one.call, SecurityBase) for one in route.dependencies)


def _asks_who(code: Function) -> bool:
    """Whether a function checks in its own way who is asking, or may do so."""
    reads_headers = any(
        isinstance(node, ast.Attribute) and node.attr in ("headers", "cookies", "session", "user", "state")
        for node in code.nodes
    )
    return reads_headers or any(status in (401, 403) for _, status in raised(code))


CHECKS = (
    no_validation_handler,
    no_exception_handler,
    half_a_handler,
    validation_handler_crashes,
    undocumented_status,
    error_masked,
    detail_leaks,
    swallowed_in_dependency,
    unguarded_write,
)
