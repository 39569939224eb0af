"""What goes wrong, said in HTTP: one shape for every error, whoever raised it."""

from http import HTTPStatus
from math import ceil
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from ..context import context
from ..database.engine import DatabaseUnavailable
from ..database.writing import lasts_for_a_while
from ..errors import Conflict, DomainError, NotAllowed, NotAuthenticated, NotFound, RuleBroken
from .models.responses.problems import Problem


def problem(
    status: int,
    error_code: str,
    detail: str,
    field_errors: dict[str, list[str]] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Make the answer to a request that fails."""
    context().error_code = error_code
    content = Problem(detail=detail, error_code=error_code, field_errors=field_errors or {})
    return JSONResponse(content.model_dump(), status, headers)


STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    Conflict: 409,
    RuleBroken: 422,
    NotAuthenticated: 401,
    NotAllowed: 403,
}


async def on_domain_error(_: Request, error: DomainError) -> Response:
    """Say in HTTP what the domain has refused."""
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    field_errors = {error.field: [error.detail]} if error.field else None
    return problem(status, error.error_code, error.detail, field_errors, headers)


async def on_invalid_request(_: Request, error: RequestValidationError) -> Response:
    """Say which field is wrong and why. What was sent is not repeated: it may be a password."""
    field_errors: dict[str, list[str]] = {}
    for one in error.errors():
        if one["type"] == "json_invalid":
            return malformed("The body is not JSON.")
        path = ".".join(str(part) for part in one["loc"][1:]) or str(one["loc"][0])
        path = path.encode(errors="replace").decode()  # a half character cannot be sent
        field_errors.setdefault(path, []).append(one["msg"])
    return problem(400, "VALIDATION_FAILED", "The request is not valid.", field_errors)


def malformed(detail: str) -> Response:
    """Say that a body cannot be read at all."""
    return problem(400, "MALFORMED_JSON", detail, {"body": [detail]})


HTTP_ERRORS = {
    401: ("NOT_AUTHENTICATED", "This needs a token."),
    404: ("PATH_NOT_FOUND", "There is nothing at this address."),
    405: ("METHOD_NOT_ALLOWED", "This address does not take this method."),
    408: ("BODY_TOO_SLOW", "The body did not arrive in time."),
    413: ("BODY_TOO_LARGE", "The body is too large."),
    429: ("TOO_MANY_REQUESTS", "You ask too often. Wait a moment."),
}


async def on_http_exception(request: Request, error: HTTPException) -> Response:
    """Say what FastAPI and Starlette refuse before a route runs. Their headers stay."""
    if error.status_code == 400:  # only a body that cannot be read
        if "json" in request.headers.get("Content-Type", ""):
            return malformed("The body is not JSON.")
        detail = "The body cannot be read."
        return problem(400, "VALIDATION_FAILED", "The request is not valid.", {"body": [detail]})
    return in_words(error)


def in_words(error: HTTPException) -> Response:
    """Say what a status means."""
    usual = (HTTPStatus(error.status_code).name, str(error.detail))
    code, detail = HTTP_ERRORS.get(error.status_code, usual)
    return problem(error.status_code, code, detail, headers=dict(error.headers or {}))


def too_often(wait: float) -> HTTPException:
    """Refuse a client until some seconds have passed."""
    return HTTPException(429, headers={"Retry-After": str(ceil(wait))})


async def on_database_error(_: Request, error: Exception) -> Response:
    """Ask to come back later when the database cannot work now. Anything else is a bug."""
    if not lasts_for_a_while(error):
        raise error
    context().keep(error)
    detail = "The database does not answer. Try again in a moment."
    return problem(503, "DATABASE_UNAVAILABLE", detail, headers={"Retry-After": "2"})


HANDLERS: dict[int | type[Exception], Any] = {
    DomainError: on_domain_error,
    RequestValidationError: on_invalid_request,
    HTTPException: on_http_exception,
    DBAPIError: on_database_error,
    PoolTimeout: on_database_error,
    DatabaseUnavailable: on_database_error,
}
