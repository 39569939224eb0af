"""Middleware that notes when a response begins or an exception leaves the app, and a parser for bodies that may not be JSON."""

from collections.abc import Awaitable, Callable
from typing import Any

Send = Callable[[Any], Awaitable[None]]


def noting(send: Send, note: Callable[[], object]) -> Send:
    """Return an ASGI `send` that calls `note` when the response begins, and passes every message on."""

    async def sends(message: Any) -> None:
        if message["type"] == "http.response.start":
            note()
        await send(message)

    return sends


class NoteStart:
    """Middleware that calls `note` when a response begins.

    Example: `app.add_middleware(NoteStart, note=lambda: events.append("response"))`.
    """

    def __init__(self, app: Any, note: Callable[[], object]) -> None:
        self.app, self.note = app, note

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        """Pass the request on."""
        await self.app(scope, receive, noting(send, self.note))


class NoteRaised:
    """Middleware that adds each exception that the app raises to `raised`, and lets it go on."""

    def __init__(self, app: Any, raised: list[Exception]) -> None:
        self.app, self.raised = app, raised

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        """Pass the request on."""
        try:
            await self.app(scope, receive, send)
        except Exception as error:
            self.raised.append(error)
            raise


def json_or_none(response: Any) -> Any:
    """Return the parsed body of a response, or None if it isn't JSON. If it must be JSON, use `expect.json_body`."""
    try:
        return response.json()
    except (ValueError, RecursionError):
        return None
