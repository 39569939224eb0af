"""Asks whether the server gives a new thing its id, also if the request names one."""

from collections.abc import Mapping
from typing import Any

from coursekit.author import expect
from coursekit.author.api_client import Client

FREE = 4711
"""An id that nothing has."""
WHY = "If callers choose the numbers, one caller's thing takes the place of another's."


def server_gives_the_id(api: Client, path: str, body: Mapping[str, Any], *, taken: int, name: str = "id") -> None:
    """Expect that two POSTs whose body names an id, one that is taken and one that is free, create things with ids of the server.

    Args:
        api: the client.
        path: where to POST, such as "/lists".
        body: a body that the API takes, without an id.
        taken: an id that a thing has by now.
        name: the name of the id's field, in the body and in the answer.

    Raises:
        NotYet: the answer isn't a 201, or the new thing has the id that was sent, or no id.
    """
    for sent, what in ((taken, "already belongs to something else"), (FREE, "is still free")):
        response = api.post(path, json={**body, name: sent})
        expect.status(
            response, 201, why=f"The server gives the number. An `{name}` in the body doesn't count, and does no harm."
        )
        created = expect.json_body(response, why=WHY)
        given = created.get(name) if isinstance(created, dict) else None
        expect.that(
            given is not None, f"The answer to `POST {path}` has no `{name}`.", why="How does the caller ask for it again?", response=response
        )  # fmt: skip
        expect.that(
            given != sent,
            f"The body of `POST {path}` named the `{name}` {sent}, which {what}, and the new thing got it. "
            "The server gives the number: take only the other fields from the body.",
            why=WHY,
            response=response,
        )
