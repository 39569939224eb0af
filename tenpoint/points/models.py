"""C3 and C4: the types of what comes in and of what goes out."""

import ast
import re
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tenpoint import linter
from tenpoint.catalog import found
from tenpoint.points.methods import returns_response
from tenpoint.report import Finding, Undecided
from tenpoint.source import Function, first_line, last_name, words
from tenpoint.surface import Route, Surface, fields_of, type_of

_ANYTHING = (dict, list, tuple, set, frozenset, object, typing.Any, Mapping, Sequence)
_VALIDATES = {
    *("model_validate", "model_validate_json", "model_validate_strings", "parse_obj", "parse_raw"),
    *("validate_python", "validate_json"),
}
_SECRET = re.compile(
    r"(?:\w+_)?(?:password|passwd)(?:_?hash(?:ed)?|_salt)?|hash(?:ed)?_?(?:password|passwd|pwd)|pwd_?hash"
    r"|(?:\w+_)?secret(?:_key)?|(?:\w+_)?private_key|token_key"
)
_SHOWN_ONCE = re.compile(r"(?:\w+_)?(?:secret(?:_key)?|private_key)")
"""Secrets that the POST that creates them may show, once."""


def untyped(kind: Any) -> bool:
    """Whether a type says nothing about what is in it: `dict`, `list`, `Any`, `dict[str, Any]`, `list[dict]`."""
    if kind in _ANYTHING:
        return True
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return untyped(inner[0])
    if origin in (typing.Union, _UNION):
        return any(untyped(one) for one in inner if one is not type(None))
    if isinstance(origin, type) and issubclass(origin, Mapping | Sequence | set | frozenset):
        return untyped(inner[-1] if inner[-1] is not ... else inner[0])
    return False


_UNION = type(int | str)


def written(kind: Any) -> str:
    """Return a type as one writes it in code."""
    text = kind.__name__ if isinstance(kind, type) and not typing.get_args(kind) else str(kind)
    return re.sub(r"\b(?:typing|collections\.abc|__main__)\.", "", text)


def body_untyped(surface: Surface) -> Iterator[Finding]:
    """Find bodies that may hold anything."""
    for route in surface.public:
        for one in route.fields("body"):
            kind = type_of(one)
            if untyped(kind):
                yield found("C3.body-untyped", route, f"The body `{one.name}` is a `{written(kind)}`.")


def request_by_hand(surface: Surface) -> Iterator[Finding]:
    """Find values that are read from the Request instead of declared."""
    for route in surface.public:
        code = route.code
        if code is None or any(last_name(call.func) in _VALIDATES for call in code.calls):
            continue
        declared = {name for name, _ in route.values("query")}
        for node, what in [*_bodies_by_hand(code), *_queries_by_hand(code, declared)]:
            yield found("C3.request-by-hand", route, f"{what} is read by hand.", code.at(node))


def _is_request(code: Function, value: ast.AST) -> bool:
    from starlette.requests import HTTPConnection

    kind = code.hints.get(value.id) if isinstance(value, ast.Name) and value.id in code.arguments else None
    return isinstance(kind, type) and issubclass(kind, HTTPConnection)


def _bodies_by_hand(code: Function) -> Iterator[tuple[ast.AST, str]]:
    """Yield each `data = await request.json()` in a function that then reads values from `data` itself."""
    for node in code.nodes:
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Await)):
            continue
        call, target = node.value.value, node.targets[0]
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and isinstance(target, ast.Name)):
            continue
        if call.func.attr in ("json", "form") and _is_request(code, call.func.value) and _picks(code, target.id):
            yield node, f"The body (`request.{call.func.attr}()`)"


def _picks(code: Function, name: str) -> bool:
    spread = any(one.arg is None and _named(one.value, name) for call in code.calls for one in call.keywords)
    if spread:  # Model(**data) validates
        return False
    return any(isinstance(node, ast.Subscript) and _named(node.value, name) for node in code.nodes) or any(
        isinstance(call.func, ast.Attribute) and call.func.attr == "get" and _named(call.func.value, name)
        for call in code.calls
    )


def _named(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _queries_by_hand(code: Function, declared: set[str]) -> Iterator[tuple[ast.AST, str]]:
    """Yield each `request.query_params["page"]` and `.get("page")`."""
    for node in code.nodes:
        source, key = None, None
        if isinstance(node, ast.Subscript):
            source, key = node.value, node.slice
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "get"
            and node.args
        ):
            source, key = node.func.value, node.args[0]
        by_hand = (
            isinstance(source, ast.Attribute) and source.attr == "query_params" and _is_request(code, source.value)
        )
        if by_hand and isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value not in declared:
            yield node, f"The query value `{key.value}`"


def untyped_parameter(surface: Surface) -> Iterator[Finding]:
    """Find path and query parameters without a type."""
    for route in surface.public:
        names = {name for kind in ("path", "query") for name, one in route.values(kind) if one is Any}
        for name in sorted(names):
            yield found("C3.untyped-parameter", route, f"The parameter `{name}` has no type.")


def unread_path_parameter(surface: Surface) -> Iterator[Finding]:
    """Find path parameters that nothing takes: ruff's FAST003, unless a dependency takes them."""
    flags: dict[str, list[linter.Flag]] = {}
    for flag in linter.flags(surface) or ():
        if flag.code == "FAST003":
            flags.setdefault(flag.file, []).append(flag)
    for route in surface.public if flags else ():
        code = route.code
        if code is None or code.file not in flags or _reads_path_by_hand(route):
            continue
        lines = range(first_line(code.node), code.node.body[0].lineno)
        taken = {one.alias for one in route.fields("path")}
        for flag in flags[code.file]:
            name = (re.search(r"`([^`]+)`", flag.message) or [""])[1]
            if flag.line in lines and name and name not in taken:
                yield found("C3.unread-path-parameter", route, f"Nothing takes `{name}`.")


def _reads_path_by_hand(route: Route) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr == "path_params"
        for code in route.functions
        for node in code.nodes
    )


def secret_in_query(surface: Surface) -> Iterator[Finding]:
    """Find secrets that are sent in the address."""
    for route in surface.public:
        sent = [(*one, {"password", "passwd", "secret"}) for one in route.values("query")]
        sent += [
            (*one, {"password", "passwd"}) for one in route.values("path")
        ]  # not `secret`: `/secrets/{secret}` is a name
        for name, kind, secret in sent:
            if words(name)[-1:] and words(name)[-1] in secret and kind is not bool:
                yield found("C3.secret-in-query", route, f"`{name}` is part of the address.")


def no_response_model(surface: Surface) -> Iterator[Finding | Undecided]:
    """Find answers without a type."""
    for route in surface.public:
        kind = route.context.response_model
        if not _answers_data(route) or kind not in (None, Any) or route.method == "DELETE":
            continue
        if route.code is None:
            yield Undecided("C4", "some functions have no source to read, and say nothing about what they return")
            continue
        if kind is None and "return" in getattr(route.code.call, "__annotations__", {}):
            continue  # `response_model=None`, or a Response is returned
        returned = [node for node in route.code.nodes if isinstance(node, ast.Return) and node.value is not None]
        kinds = {_returns(route.code, node) for node in returned}
        if "data" in kinds:
            says = "its type is `Any`" if kind is Any else "no type says what"
            yield found("C4.no-response-model", route, f"`{route.code.node.name}` returns data, and {says}.")
        elif "unknown" in kinds:
            yield Undecided(
                "C4", "some functions say nothing about what they return, and their source does not tell either"
            )


def _answers_data(route: Route) -> bool:
    """Whether the answer is data that a model could describe, and no document describes it yet."""
    documented = route.operation.get("responses", {}).get(str(route.status), {})
    described = any("$ref" in str(content) for content in documented.get("content", {}).values())
    streams = getattr(route.context, "is_sse_stream", False) or getattr(route.context, "is_json_stream", False)
    bodiless = route.status in (204, 205) or 300 <= route.status < 400
    return not (route.answers_response or described or streams or bodiless)


def _returns(code: Function, node: ast.Return) -> str:
    """Return `data`, `response`, or `unknown` if the source doesn't tell what this returns."""
    if returns_response(code, node):
        return "response"
    value = node.value.value if isinstance(node.value, ast.Await) else node.value
    if isinstance(value, ast.Name):
        made: list[ast.AST] = [
            one.value
            for one in code.nodes
            if isinstance(one, ast.Assign) and any(_named(to, value.id) for to in one.targets)
        ]
    else:
        made = [value] if value else []
    plain = [isinstance(one, _LITERALS) or (isinstance(one, ast.Call) and _makes_data(code, one)) for one in made]
    return "data" if plain and all(plain) else "unknown"


_LITERALS = (
    *(ast.Dict, ast.List, ast.Set, ast.Tuple, ast.Constant, ast.JoinedStr),
    *(ast.DictComp, ast.ListComp, ast.SetComp),
)


def _makes_data(code: Function, call: ast.Call) -> bool:
    """Whether a call certainly returns data: it makes a model or a container, or the function's return type says so."""
    from starlette.responses import Response

    called = code.value(call.func)
    if isinstance(called, type):
        return not issubclass(called, Response)
    callee = code.callee(call)
    returned = callee.hints.get("return") if callee else None
    if returned is None or returned is Any:
        return False
    kinds = [one for one in (returned, *typing.get_args(returned)) if isinstance(one, type)]
    return bool(kinds) and not any(issubclass(one, Response) or one is object for one in kinds)


def untyped_response(surface: Surface) -> Iterator[Finding]:
    """Find answers whose type says nothing about their content."""
    for route in surface.public:
        kind = route.context.response_model
        if kind is not None and kind is not Any and _answers_data(route) and untyped(kind):
            yield found("C4.untyped-response", route, f"The answer is a `{written(kind)}`.")


def secret_in_response(surface: Surface) -> Iterator[Finding]:
    """Find fields with secrets in answers."""
    for route in surface.public:
        for field in (route.context.response_field, getattr(route.context, "stream_item_field", None)):
            if field is None:
                continue
            hidden = route.context.response_model_exclude or ()
            shown = route.context.response_model_include
            for model, name in _secrets(type_of(field), set()):
                if (
                    name in hidden
                    or (shown and name not in shown)
                    or (_SHOWN_ONCE.fullmatch(name) and route.method == "POST")
                ):
                    continue
                if "secret" not in name or "secret" not in route.path:
                    yield found("C4.secret-in-response", route, f"The answer has `{model.__name__}.{name}`.")


def _secrets(kind: Any, seen: set[Any]) -> Iterator[tuple[type, str]]:
    """Yield model and name of each field that is text, is sent, and has a name like a secret's."""
    for inner in typing.get_args(kind):
        yield from _secrets(inner, seen)
    if not isinstance(kind, type) or kind in seen:
        return
    seen.add(kind)
    for name, sent, annotation, hidden in fields_of(kind):
        if hidden:
            continue
        if _SECRET.fullmatch("_".join(words(sent))) and _holds_text(annotation):
            yield kind, name
        yield from _secrets(annotation, seen)


def _holds_text(kind: Any) -> bool:
    """Whether a value of this type is sent as plain text. A SecretStr isn't: Pydantic sends asterisks."""
    return kind in (str, bytes) or any(_holds_text(one) for one in typing.get_args(kind))


CHECKS = (
    body_untyped,
    request_by_hand,
    untyped_parameter,
    unread_path_parameter,
    secret_in_query,
    no_response_model,
    untyped_response,
    secret_in_response,
)
