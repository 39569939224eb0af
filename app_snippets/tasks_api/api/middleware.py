"""What every request passes before it reaches a route, from the outside in."""

import asyncio
import logging
import re
from secrets import token_hex

from fastapi.routing import iter_route_contexts
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..context import Context, context, current
from ..logs import log
from ..services.limiter import Limiter
from . import PREFIX
from .handlers import in_words, problem, too_often

PROBES = ("/health", "/ready")


class RequestContext:
    """Gives each request an id and a context, and writes one line about it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sent = Headers(scope=scope).get("X-Request-ID", "")
        about = Context(scope, sent if re.fullmatch("[A-Za-z0-9_-]{8,64}", sent) else token_hex(8))

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                about.status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = about.request_id
            await send(message)

        token = current.set(about)
        try:
            await self.app(scope, receive, send_with_id)
        finally:
            log.log(self.level(about), "request", exc_info=about.trace)
            current.reset(token)

    def level(self, about: Context) -> int:
        """Say how much a request is worth reading. Probes come all day long, and are no news."""
        if about.trace:
            return logging.ERROR
        probe = about.scope["path"] in PROBES and about.status == 200
        return logging.DEBUG if probe else logging.INFO


class LastResort:
    """Answers what nobody expected with a 500. It stands inside CORS, so a browser may read it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            context().keep(error)
            if not started:
                detail = "Something went wrong on our side. Tell us the request id."
                await problem(500, "INTERNAL_ERROR", detail)(scope, receive, send)
            raise  # as Starlette does: servers and tests want to know


class RateLimit:
    """Sends away a client that asks the API too often."""

    def __init__(self, app: ASGIApp, limiter: Limiter) -> None:
        self.app = app
        self.limiter = limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out one request."""
        if scope["type"] == "http" and scope["path"].startswith(PREFIX):
            client = scope.get("client") or ("", 0)
            wait = self.limiter.wait(client[0])
            if wait > 0:
                await in_words(too_often(wait))(scope, receive, send)
                return
        await self.app(scope, receive, send)


class MethodCheck:
    """Answers 405, and names all methods of the path. The router would name those of one route only.

    It would also take `DELETE /users/me` for a user whose id is `me`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out one request."""
        methods = list_methods(scope) if scope["type"] == "http" else set()
        if methods and scope["method"] not in methods:
            refusal = HTTPException(405, headers={"Allow": ", ".join(sorted(methods))})
            await in_words(refusal)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def list_methods(scope: Scope) -> set[str]:
    """Give the methods of the first path that fits."""
    asked = scope["path"].removeprefix(scope.get("root_path", ""))
    routes = [route for route in iter_route_contexts(scope["app"].routes) if route.methods]
    path = next((route.path for route in routes if route.path_regex.match(asked)), None)
    return {method for route in routes if route.path == path for method in route.methods or ()}


class BodyLimit:
    """Stops to read a body that is too large, or too slow."""

    def __init__(self, app: ASGIApp, max_bytes: int, seconds: float) -> None:
        self.app = app
        self.max_bytes = max_bytes
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        received = 0
        deadline = asyncio.get_running_loop().time() + self.seconds
        more: float | None = deadline  # once the body is there, nothing is in a hurry

        async def counted() -> Message:
            nonlocal received, more
            try:
                async with asyncio.timeout_at(more):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408) from None
            received += len(message.get("body", b""))
            if received > self.max_bytes:
                raise HTTPException(413)
            if not message.get("more_body"):
                more = None
            return message

        await self.app(scope, counted, send)
