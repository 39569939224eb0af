"""Responses: when one begins, what it holds, and what was raised instead."""

from collections.abc import Awaitable, Callable
from typing import Any

Send = Callable[[Any], Awaitable[None]]


def noting(send: Send, note: Callable[[], object]) -> Send:
    """Return an ASGI `send` that calls `note` at the moment when the response begins, and sends on."""

    async def sends(message: Any) -> None:
        if message["type"] == "http.response.start":
            note()
        await send(message)

    return sends


class NoteStart:
    """A middleware that calls `note` when a response begins.

    Example: `app.add_middleware(NoteStart, note=lambda: events.append("response"))`.
    """

    def __init__(self, app: Any, note: Callable[[], object]) -> None:
        self.app, self.note = app, note

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        """Pass the request on."""
        await self.app(scope, receive, noting(send, self.note))


class NoteRaised:
    """A middleware that adds to `raised` each exception that leaves the app inside it. The exception goes on."""

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
    """Return the parsed body of a response, or None when it is not JSON. `expect.json_body` is for a body that must be JSON."""
    try:
        return response.json()
    except (ValueError, RecursionError):
        return None
