"""Recognizes the bodies of error responses: those of the course's API, and FastAPI's own."""

from typing import Any

from coursekit.author.responses import json_or_none

FIELDS = {"detail", "error_code", "field_errors"}
"""The fields of every error body of the course's API, from lesson 06 on."""


def is_problem(body: Any) -> bool:
    """Whether a parsed body is an error body of the course's API: it has exactly the three fields."""
    return isinstance(body, dict) and set(body) == FIELDS


def is_fastapis(body: Any) -> bool:
    """Whether a parsed body is FastAPI's own for an `HTTPException`: it has only the field `detail`."""
    return isinstance(body, dict) and set(body) == {"detail"}


def no_route(response: Any) -> bool:
    """Whether this is the 404 that FastAPI sends if no route matches the path."""
    return bool(response.status_code == 404 and json_or_none(response) == {"detail": "Not Found"})
