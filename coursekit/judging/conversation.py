"""Keeps the requests that the running check has made, so that a verdict can name the last one."""

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from coursekit.course.errors import CourseError
from coursekit.course.render import brief
from coursekit.judging.exchange import Exchange

T = TypeVar("T")


@dataclass
class Asked:
    """A request that a check made, and its response once it has arrived."""

    request: Any
    response: Any = None


asked: list[Asked] = []
"""The requests of the current check, or of the last one if none is running. Oldest first."""

_clients: list[contextlib.ExitStack] = []


@contextlib.contextmanager
def conversation() -> Iterator[None]:
    """Wrap a check: forget the requests of the previous check at the beginning, and close this check's clients at the end."""
    asked.clear()
    with contextlib.ExitStack() as clients:
        _clients.append(clients)
        try:
            yield
        finally:
            _clients.pop()


def open_until_the_end(client: AbstractContextManager[T]) -> T:
    """Enter a client's context and return what it gives. The client is closed when the check ends.

    Raises:
        CourseError: no check is running.
    """
    if not _clients:
        raise CourseError("`client` belongs into an exercise's function: it ends with the check that asks.")
    return _clients[-1].enter_context(client)


def remember_request(request: Any) -> None:
    """Remember a request that is about to be sent. A client calls this as an event hook."""
    asked.append(Asked(request))


def remember_response(response: Any) -> None:
    """Remember the response to the last request. A client calls this as an event hook."""
    asked[-1].response = response


def during_last_request() -> str:
    """Return the beginning of a sentence about the last request: "during `GET /tasks` ". Empty if the check made no request."""
    if not asked:
        return ""
    request = asked[-1].request
    return f"during `{request.method} {brief(request.url.raw_path.decode('ascii', 'replace'), 100)}` "


def last_exchange() -> str:
    """Return the last request and its response as text. Empty if there was no response."""
    response = asked[-1].response if asked else None
    return Exchange.of(response).text() if response is not None else ""
