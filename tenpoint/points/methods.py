"""C1 and C2: whether the function does what the method, the path and the status promise."""

import ast
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from tenpoint.catalog import found
from tenpoint.report import Finding
from tenpoint.source import UNKNOWN, Function, last_name, words
from tenpoint.surface import Route, Surface

_VERBS = {"create", "get", "fetch", "add", "delete", "remove", "update", "edit", "insert", "save"}
_ALSO_NOUNS = {"update", "edit", "save"}
"""Words that are as often a noun as a verb: `GET /update-status` reads the status of an update."""
_MAKE_A_NOUN = {
    *("request", "requests", "status", "history", "log", "logs", "session", "sessions", "job", "jobs"),
    *("event", "events", "token", "tokens", "link", "links", "ons", "on", "started", "center"),
    *("policy", "policies", "notice", "form", "page"),
}
"""Words that make a noun of the verb before them: `POST /delete-requests` creates a request."""
_MEANS = {
    "create": "POST",
    "insert": "POST",
    "delete": "DELETE",
    "remove": "DELETE",
    "update": "PUT or PATCH",
    "replace": "PUT",
}
_CREATES = {"create", "add", "insert", "register", "new", "post"}
_NOT_THINGS = {
    *("token", "tokens", "session", "sessions", "login", "completion", "completions", "embedding", "embeddings"),
}


def verb_in_path(surface: Surface) -> Iterator[Finding]:
    """Find paths that say what is done."""
    for route in surface.public:
        verb = next((part for part in route.path.split("/") if _is_deed(part, route.method)), None)
        if verb:
            yield found("C1.verb-in-path", route, f"The path says what is done: `{verb}`.")


def _is_deed(part: str, method: str) -> bool:
    if "{" in part or "." in part:
        return False
    said = words(part)
    if not said or said[0] not in _VERBS or (said[0] in _ALSO_NOUNS and method == "GET"):
        return False
    return len(said) == 1 or said[1] not in _MAKE_A_NOUN


def method_and_meaning(surface: Surface) -> Iterator[Finding]:
    """Find functions that do what another method means. Both their name and what they call must say so."""
    named = {one.route for one in verb_in_path(surface)}
    for route in surface.public:
        if route.name in named or route.code is None:
            continue
        deed = next(iter(words(route.code.node.name)), "")
        meant = _MEANS.get(deed)
        if meant and _contradicts(route.method, meant) and _certainly_does(route, deed):
            seen = f"`{route.code.node.name}` answers {route.method}, and {_third_person(deed)} something: that is {meant}."
            yield found("C1.method-and-meaning", route, seen)


def _contradicts(method: str, meant: str) -> bool:
    return method == "GET" or (meant == "DELETE" and method == "POST") or (meant != "DELETE" and method == "DELETE")


def _certainly_does(route: Route, deed: str) -> bool:
    """Whether the function certainly does what its name says: to a session, or by passing a dependency to a function of that name.

    For `create`, only adding to a session counts: a function called `create_report` may only compute something.
    """
    code = route.code
    assert code is not None
    given = {one.name for one in route.context.dependant.dependencies}
    for call in code.calls:
        owner, _ = code.method(call.func)
        if owner and _is_session(owner) and last_name(call.func) in ("add", "add_all", "delete", "merge"):
            return True
        used = {node.id for part in [call.func, *call.args] for node in ast.walk(part) if isinstance(node, ast.Name)}
        if deed not in ("create", "insert") and words(last_name(call.func))[:1] == [deed] and used & given:
            return True
    return False


def _third_person(verb: str) -> str:
    return verb + "s"


def _is_session(kind: type) -> bool:
    return any(
        one.__module__.startswith("sqlalchemy.") and one.__name__ in ("Session", "AsyncSession") for one in kind.__mro__
    )


def body_in_get(surface: Surface) -> Iterator[Finding]:
    """Find GET routes that take a body."""
    for route in surface.public:
        fields = route.fields("body") if route.method in ("GET", "HEAD") else []
        if fields:
            names = ", ".join(f"`{one.name}`" for one in fields)
            yield found("C1.body-in-get", route, f"The body of a {route.method} is read: {names}.")


def post_created_200(surface: Surface) -> Iterator[Finding]:
    """Find POST routes that create something and answer 200."""
    for route in surface.public:
        if route.method != "POST" or route.status != 200 or route.code is None or route.answers_response:
            continue
        if not _sets_status(route.code) and "201" not in route.operation.get("responses", {}) and _creates(route):
            yield found("C2.post-created-200", route, f"`{route.code.node.name}` creates, and answers 200.")


def _creates(route: Route) -> bool:
    """Whether the route certainly creates something: its name says so and there is a path for single items, or it adds to a session."""
    assert route.code is not None
    name = words(route.code.node.name)
    path = {word for part in route.path.split("/") for word in words(part)}
    if "or" in name or (set(name) | path) & _NOT_THINGS:
        return False
    item = route.path.rstrip("/") + "/{"
    has_items = any(one.path.startswith(item) and "/" not in one.path[len(item) :] for one in route.surface.routes)
    return (has_items and bool(set(name[:1]) & _CREATES)) or _returns_what_it_adds(route.code)


def _returns_what_it_adds(code: Function) -> bool:
    returned = {
        node.value.id for node in code.nodes if isinstance(node, ast.Return) and isinstance(node.value, ast.Name)
    }
    made = {
        target.id
        for node in code.nodes
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(code.value(node.value.func), type)
    }
    for call in code.calls:
        owner, _ = code.method(call.func)
        adds = owner and _is_session(owner) and last_name(call.func) == "add" and call.args
        if adds and isinstance(call.args[0], ast.Name) and call.args[0].id in returned & made:
            return True
    return False


def _sets_status(code: Function) -> bool:
    """Whether the function sets the status itself."""
    return any(
        isinstance(target, ast.Attribute) and target.attr == "status_code"
        for node in code.nodes
        if isinstance(node, ast.Assign)
        for target in node.targets
    ) or any(returns_response(code, node) for node in code.nodes if isinstance(node, ast.Return))


def returns_response(code: Function, node: ast.Return) -> bool:
    """Whether this returns a Response."""
    from starlette.responses import Response

    value: Any = node.value
    if isinstance(value, ast.Await):
        value = value.value
    if isinstance(value, ast.Name):
        given = [one.value for one in code.nodes if isinstance(one, ast.Assign) and _binds(one, value.id)]
        value = given[-1] if given else code.hints.get(value.id)
    if isinstance(value, ast.Call):
        name, value = last_name(value.func), code.value(value.func)
        if value is UNKNOWN:
            return name.endswith("Response")  # such as `templates.TemplateResponse(...)`
        if not isinstance(value, type) and value is not UNKNOWN:
            value = getattr(value, "__annotations__", {}).get("return")
    return isinstance(value, type) and issubclass(value, Response)


def _binds(node: ast.Assign, name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in node.targets)


def delete_200_untyped(surface: Surface) -> Iterator[Finding]:
    """Find DELETE routes whose answer has a body without a type."""
    for route in surface.public:
        if route.method != "DELETE" or route.status != 200 or route.context.response_model not in (None, type(None)):
            continue
        if route.code is None or route.answers_response or _sets_status(route.code):
            continue
        returned = [one.value for one in route.code.nodes if isinstance(one, ast.Return) and not _is_none(one.value)]
        body = (
            f"`{ast.unparse(returned[-1])[:60]}`" if returned and returned[-1] else "`null`"
        )  # what FastAPI sends for None
        yield found("C2.delete-200-untyped", route, f"The answer is 200 with a body that has no type: {body}.")


def _is_none(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def created_nothing(surface: Surface) -> Iterator[Finding]:
    """Find methods that create nothing and answer 201."""
    for route in surface.public:
        if route.status == 201 and route.method in ("GET", "HEAD", "DELETE"):
            yield found("C2.created-nothing", route, f"{route.method} answers 201.")


def error_as_200(surface: Surface) -> Iterator[Finding]:
    """Find failures that are returned with a status of success."""
    for route in surface.public:
        if route.code is None or route.status >= 300 or _assigns_status(route.code):
            continue
        for node in route.code.nodes:
            said = _failure(node.value) if isinstance(node, ast.Return) else ""
            if said:
                seen = f"A failure is returned as {route.status}: `{said}`."
                yield found("C2.error-as-200", route, seen, route.code.at(node))


def _assigns_status(code: Function) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr == "status_code" and isinstance(node.ctx, ast.Store)
        for node in code.nodes
    )


def _failure(value: ast.AST | None) -> str:
    """Return the source of the entry in a returned dict that reports a failure; empty if there is none."""
    if not isinstance(value, ast.Dict):
        return ""
    entries = {
        key.value: content
        for key, content in zip(value.keys, value.values, strict=True)
        if isinstance(key, ast.Constant)
    }
    if "jsonrpc" in entries:
        return ""
    for key, content in entries.items():
        is_text = isinstance(content, ast.JoinedStr) or (
            isinstance(content, ast.Constant) and isinstance(content.value, str) and content.value
        )
        of_error = isinstance(content, ast.Call) and last_name(content.func) == "str"
        is_false = isinstance(content, ast.Constant) and content.value is False
        says_error = isinstance(content, ast.Constant) and content.value in ("error", "failed", "failure")
        if (
            (key == "error" and (is_text or of_error))
            or (key in ("ok", "success") and is_false)
            or (key == "status" and says_error)
        ):
            return f"{key!r}: {ast.unparse(content)[:60]}"
    return ""


def status_in_tuple(surface: Surface) -> Iterator[Finding]:
    """Find `return {...}, 404`, as one writes it in Flask."""
    for route in surface.public:
        if route.code is None or route.answers_response or get_origin(route.context.response_model) is tuple:
            continue
        for node in route.code.nodes:
            if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:
                status = status_of(route.code, node.value.elts[1])
                if status and isinstance(node.value.elts[0], ast.Dict | ast.Call | ast.Constant):
                    yield found("C2.status-in-tuple", route, f"`{ast.unparse(node)[:60]}`", route.code.at(node))


def status_of(code: Function, expression: ast.AST | None) -> int:
    """Return the status that an expression such as `404` or `status.HTTP_404_NOT_FOUND` stands for; 0 if it isn't a status."""
    if expression is None:
        return 0
    value = expression.value if isinstance(expression, ast.Constant) else code.value(expression)
    return int(value) if isinstance(value, int) and not isinstance(value, bool) and 100 <= value <= 599 else 0


def success_raised(surface: Surface) -> Iterator[Finding]:
    """Find HTTPExceptions with a status of success."""
    for route in surface.public:
        for node, status in raised(route.code) if route.code else ():
            if 200 <= status < 300:
                yield found(
                    "C2.success-raised",
                    route,
                    f"HTTPException is raised with {status}.",
                    route.code.at(node) if route.code else "",
                )


def raised(code: Function) -> Iterator[tuple[ast.Raise, int]]:
    """Yield the `raise` statements of a function that raise an HTTPException, each with its status."""
    for node in code.nodes:
        if isinstance(node, ast.Raise) and (status := raised_status(code, node)):
            yield node, status


def raised_status(code: Function, node: ast.Raise) -> int:
    """Return the status of the HTTPException that this raises; 0 for anything else."""
    from starlette.exceptions import HTTPException

    call = node.exc if isinstance(node.exc, ast.Call) else None
    kind = code.value(call.func if call else node.exc) if node.exc else UNKNOWN
    if not (isinstance(kind, type) and issubclass(kind, HTTPException)):
        return 0
    if kind.__init__ is not HTTPException.__init__ and kind.__module__.split(".")[0] not in ("fastapi", "starlette"):
        return 0  # a class of the project, whose arguments may mean anything
    if call is None:
        return 0
    named = {one.arg: one.value for one in call.keywords}
    return status_of(code, named.get("status_code", call.args[0] if call.args else None))


def null_for_missing(surface: Surface) -> Iterator[Finding]:
    """Find routes that answer `null` for a resource that doesn't exist."""
    for route in surface.public:
        if route.method != "GET" or not route.path.rstrip("/").endswith("}") or route.status != 200:
            continue
        kinds = get_args(route.context.response_model)
        if type(None) in kinds:
            others = " | ".join(getattr(kind, "__name__", str(kind)) for kind in kinds if kind is not type(None))
            yield found("C2.null-for-missing", route, f"The answer for one resource is `{others} | None`.")


def documented_422(surface: Surface) -> Iterator[Finding]:
    """Find routes whose document promises FastAPI's 422, although the app's own handler answers 400."""
    from fastapi.exceptions import RequestValidationError

    from tenpoint.source import read

    handler = read(surface.app.exception_handlers.get(RequestValidationError))
    if handler is None or handler.module.startswith("fastapi"):
        return
    used = {node.value for node in handler.nodes if isinstance(node, ast.Constant) and isinstance(node.value, int)}
    used |= {status_of(handler, node) for node in handler.nodes if isinstance(node, ast.Attribute | ast.Name)}
    if 400 not in used or 422 in used:
        return
    for route in surface.public:
        if "HTTPValidationError" in str(route.operation.get("responses", {}).get("422", "")):
            seen = f"The document promises FastAPI's 422; `{handler.node.name}` answers 400."
            yield found("C2.documented-422", route, seen)


CHECKS = (
    verb_in_path,
    method_and_meaning,
    body_in_get,
    post_created_200,
    delete_200_untyped,
    created_nothing,
    error_as_200,
    status_in_tuple,
    success_raised,
    null_for_missing,
    documented_422,
)
