"""What FastAPI says in a 422: which parts of a request it refused."""

from typing import Any

from coursekit.author.responses import json_or_none


def errors(response: Any) -> list[dict[str, Any]]:
    """Return the errors that a 422 lists, each with `loc`, `msg` and `type`; empty for any other response."""
    body = json_or_none(response) if response.status_code == 422 else None
    detail = body.get("detail") if isinstance(body, dict) else None
    listed = detail if isinstance(detail, list) else []
    return [one for one in listed if isinstance(one, dict) and isinstance(one.get("loc"), list) and one["loc"]]


def places(response: Any) -> list[list[Any]]:
    """Return where the server looked for what it refused: [["body", "title"], ["query", "limit"]]; empty unless it is a 422."""
    return [one["loc"] for one in errors(response)]


def missing(response: Any) -> list[str]:
    """Return the names of what the request lacks, such as ["title"]; empty unless it is a 422."""
    return [str(one["loc"][-1]) for one in errors(response) if one.get("type") == "missing"]


def queried(response: Any) -> list[str]:
    """Return the names that the server looked for in the query string and refused; empty unless it is a 422."""
    return [str(place[-1]) for place in places(response) if place[0] == "query"]
