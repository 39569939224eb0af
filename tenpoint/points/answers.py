"""C2 and C6, as far as the app's answers show them: the only part of the review that runs the app's functions."""

import asyncio
import json
import threading
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tenpoint.catalog import found
from tenpoint.report import Finding, Undecided
from tenpoint.surface import Route, Surface, fields_of, made_at, type_of

PATIENCE = 5.0
"""How many seconds one request may take."""
ALTOGETHER = 90.0
"""How many seconds all requests may take, including the app's start and shutdown."""
_NONSENSE = "zq7-nothing"
Headers = Sequence[tuple[str, str]]


@dataclass
class Answer:
    """The answer to one request."""

    status: int = 0
    body: bytes = b""
    error: str = ""

    @property
    def shape(self) -> dict[str, str] | None:
        """The keys of a JSON object and the types of their values; None if the body isn't a JSON object."""
        try:
            data = json.loads(self.body)
        except ValueError:
            return None
        return {key: type(value).__name__ for key, value in data.items()} if isinstance(data, dict) else None


@dataclass
class Asked:
    """The answers that were collected while the app ran."""

    answers: list[tuple[Route, str, Answer]] = field(default_factory=list)
    errors: list[tuple[str, Answer]] = field(default_factory=list)
    """The origin of each error (a path that doesn't exist, a wrong method, an invalid value) with the answer."""
    trouble: str = ""


def ask(surface: Surface, headers: Headers, unsafe: bool) -> Iterator[Finding | Undecided]:
    """Send requests to the app, and yield what its answers break."""
    asked = Asked()
    thread = threading.Thread(
        target=_run, args=(surface, headers, unsafe, asked), daemon=True
    )  # because a notebook's own thread is running an event loop
    thread.start()
    thread.join(ALTOGETHER)
    if thread.is_alive():
        asked.trouble = asked.trouble or f"the app did not answer within {ALTOGETHER:.0f} s"
    if asked.trouble:
        yield Undecided("C2", asked.trouble)
        yield Undecided("C6", asked.trouble)
    for route, target, answer in list(asked.answers):
        if answer.status >= 500:
            yield found(
                "C6.answers-500",
                route,
                f"`{route.method} {target}` is answered {answer.status}{f': {answer.error}' if answer.error else ''}.",
            )
        elif answer.status and not _is_documented(route, answer.status):
            yield found(
                "C2.undocumented-answer",
                route,
                f"`{route.method} {target}` is answered {answer.status}, which is not in the document.",
            )
    yield from _shapes(asked.errors, made_at(surface))


def _is_documented(route: Route, status: int) -> bool:
    if route.surface.document is None or not route.public:
        return True
    documented = set(route.operation.get("responses", {}))
    if status in (401, 403) and route.operation.get("security"):
        return True  # the document says that the route needs credentials
    return bool({str(status), f"{status // 100}XX", "default"} & documented)


def _shapes(errors: list[tuple[str, Answer]], where: str) -> Iterator[Finding]:
    """Find errors of different origins that a client can't read in the same way: their keys or types contradict each other."""
    shapes = [
        (origin, shape)
        for origin, answer in errors
        if 400 <= answer.status < 500 and (shape := answer.shape) is not None
    ]
    for origin, shape in shapes[1:]:
        first_origin, first = shapes[0]
        shared = set(first) & set(shape)
        if (set(first) - shared and set(shape) - shared) or any(first[key] != shape[key] for key in shared):
            seen = f"{first_origin.capitalize()} is answered with {_written(first)}, {origin} with {_written(shape)}."
            yield found("C6.error-shapes", None, seen, where)
            return


def _written(shape: dict[str, str]) -> str:
    return "`{" + ", ".join(f"{key}: {kind}" for key, kind in shape.items()) + "}`"


def _run(surface: Surface, headers: Headers, unsafe: bool, asked: Asked) -> None:
    try:
        asyncio.run(_ask_all(surface, headers, unsafe, asked))
    except BaseException as error:  # the app may raise anything, even SystemExit
        asked.trouble = f"the app does not start or stop: {type(error).__name__}: {str(error)[:100]}"


async def _ask_all(surface: Surface, headers: Headers, unsafe: bool, asked: Asked) -> None:
    app = surface.app
    async with app.router.lifespan_context(app) as state:
        for route in surface.routes:
            body = _bad_body(route) if unsafe else None
            if (route.method in ("GET", "HEAD") and not _streams(route)) or body is not None:
                target = _address(route)
                asked.answers.append((route, target, await _ask(app, route.method, target, headers, state, body)))
        for origin, method, target in _mistakes(surface):
            asked.errors.append((origin, await _ask(app, method, target, headers, state)))


def _mistakes(surface: Surface) -> Iterator[tuple[str, str, str]]:
    """Yield origin, method and target of requests that fail for different reasons. All of them are GET."""
    yield "a path that is not there", "GET", f"/{_NONSENSE}"
    readable = {route.path for route in surface.routes if route.method == "GET"}
    unreadable = next((route for route in surface.routes if route.path not in readable and "{" not in route.path), None)
    if unreadable is not None:
        yield "a wrong method", "GET", unreadable.path
    for route in surface.routes:
        numbers = [name for name, kind in route.values("query") if kind is int]
        if route.method == "GET" and not _streams(route) and (numbers or _number_in_path(route)):
            target = _address(route, _NONSENSE) + (f"?{numbers[0]}={_NONSENSE}" if numbers else "")
            yield "a value that is not valid", "GET", target
            return


def _number_in_path(route: Route) -> bool:
    return any(kind is int for _, kind in route.values("path"))


def _streams(route: Route) -> bool:
    return bool(getattr(route.context, "is_sse_stream", False) or getattr(route.context, "is_json_stream", False)) or (
        route.answers_response
    )


def _bad_body(route: Route) -> bytes | None:
    """Return a body that is certainly invalid; None if that isn't certain, so that nothing is created or changed."""
    if route.method not in ("POST", "PUT", "PATCH") or getattr(route.context, "body_field", None) is None:
        return None
    fields = route.fields("body")
    plain = bool(fields) and all(fields_of(type_of(one)) for one in fields)
    required = all(getattr(one, "required", False) or one.field_info.is_required() for one in fields)
    return json.dumps(_NONSENSE).encode() if plain and required else None


def _address(route: Route, number: str = "1") -> str:
    """Return the path with a value for each of its parameters."""
    kinds = dict(route.values("path"))
    target = str(route.context.path_format)
    for name, kind in kinds.items():
        target = target.replace("{" + name + "}", _sample(kind, number))
    return target


def _sample(kind: Any, number: str) -> str:
    if kind is int:
        return number
    if kind is uuid.UUID:
        return str(uuid.UUID(int=0))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return str(next(iter(kind)).value)
    return "x"


async def _ask(app: Any, method: str, target: str, headers: Headers, state: Any, body: bytes | None = None) -> Answer:
    """Send one request as an ASGI server would."""
    path, _, query = target.partition("?")
    answer = Answer()
    sent = [(b"host", b"testserver"), *((name.lower().encode(), value.encode()) for name, value in headers)]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [*sent, (b"content-type", b"application/json")] if body is not None else sent,
        "client": ("127.0.0.1", 50000),
        "server": ("testserver", 80),
        "state": dict(state or {}),
    }
    messages = iter([{"type": "http.request", "body": body or b"", "more_body": False}])

    async def receive() -> dict[str, Any]:
        return next(messages, {"type": "http.disconnect"})

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
        elif message["type"] == "http.response.body":
            answer.body += message.get("body", b"")

    try:
        await asyncio.wait_for(app(scope, receive, send), PATIENCE)
    except asyncio.TimeoutError:  # noqa: UP041  not the built-in class before Python 3.11
        answer.status = 0  # waiting may be right: a stream, or a long poll
    except Exception as error:  # Starlette raises it again after it has answered 500
        answer.status = answer.status or 500
        answer.error = type(error).__name__
    return answer
