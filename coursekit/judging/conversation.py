"""The requests that the running check has made, so that a verdict can name the last one."""

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
    """A request that a check made, and its response once there is one."""

    request: Any
    response: Any = None


asked: list[Asked] = []
"""The requests of the check that is running, or that ran last; oldest first."""

_clients: list[contextlib.ExitStack] = []


@contextlib.contextmanager
def conversation() -> Iterator[None]:
    """Around a check's questions: forget the requests of the check before, and close this one's clients at the end."""
    asked.clear()
    with contextlib.ExitStack() as clients:
        _clients.append(clients)
        try:
            yield
        finally:
            _clients.pop()


def open_until_the_end(client: AbstractContextManager[T]) -> T:
    """Enter a client that is to be closed when the check ends.

    Raises:
        CourseError: no check is running.

    """
    if not _clients:
        raise CourseError("`client` belongs into an exercise's function: it ends with the check that asks.")
    return _clients[-1].enter_context(client)


def remember_request(request: Any) -> None:
    """Note a request that is about to be sent: a hook for a client."""
    asked.append(Asked(request))


def remember_response(response: Any) -> None:
    """Note the response to the last request: a hook for a client."""
    asked[-1].response = response


def during() -> str:
    """The beginning of a sentence about the last request: "during `GET /tasks` "; empty if none was made."""
    if not asked:
        return ""
    request = asked[-1].request
    return f"during `{request.method} {brief(request.url.raw_path.decode('ascii', 'replace'), 100)}` "


def last_exchange() -> str:
    """The last request and its answer as text; empty if there was no answer."""
    response = asked[-1].response if asked else None
    return Exchange.of(response).text() if response is not None else ""
