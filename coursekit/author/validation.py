"""Reads a 422 of FastAPI: which parts of the request it refused, and why."""

from typing import Any

from coursekit.author.responses import json_or_none


def errors(response: Any) -> list[dict[str, Any]]:
    """Return the errors that a 422 lists, each with `loc`, `msg` and `type`. Empty for any other response."""
    body = json_or_none(response) if response.status_code == 422 else None
    detail = body.get("detail") if isinstance(body, dict) else None
    listed = detail if isinstance(detail, list) else []
    return [one for one in listed if isinstance(one, dict) and isinstance(one.get("loc"), list) and one["loc"]]


def places(response: Any) -> list[list[Any]]:
    """Return the locations that a 422 complains about: [["body", "title"], ["query", "limit"]]. Empty for any other response."""
    return [one["loc"] for one in errors(response)]


def missing(response: Any) -> list[str]:
    """Return the names that a 422 reports as missing, such as ["title"]. Empty for any other response."""
    return [str(one["loc"][-1]) for one in errors(response) if one.get("type") == "missing"]


def queried(response: Any) -> list[str]:
    """Return the names of the query parameters that a 422 complains about. Empty for any other response."""
    return [str(place[-1]) for place in places(response) if place[0] == "query"]
