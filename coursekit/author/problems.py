"""The bodies of errors: the one shape of the course's API, and FastAPI's own."""

from typing import Any

from coursekit.author.responses import json_or_none

FIELDS = {"detail", "error_code", "field_errors"}
"""What each error of the course's API holds, from lesson 06 on."""


def is_problem(body: Any) -> bool:
    """Whether a parsed body has the one shape of an error: exactly the three fields."""
    return isinstance(body, dict) and set(body) == FIELDS


def is_fastapis(body: Any) -> bool:
    """Whether a parsed body is what FastAPI makes of an `HTTPException` that no handler takes: `detail` alone."""
    return isinstance(body, dict) and set(body) == {"detail"}


def no_route(response: Any) -> bool:
    """Whether this is the 404 that FastAPI sends when no route has the path."""
    return bool(response.status_code == 404 and json_or_none(response) == {"detail": "Not Found"})
