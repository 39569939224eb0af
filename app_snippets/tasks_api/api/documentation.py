"""How the answers that are errors are documented."""

from typing import Any

from .models.responses.problems import Problem

Responses = dict[int | str, dict[str, Any]]


def documented(status: int | str, description: str, **examples: str) -> Responses:
    """Document an answer that is a Problem, with an example for each of its error codes."""
    shown: dict[str, Any] = {}
    for code, detail in examples.items():
        field_errors = FIELD_EXAMPLES.get(code, {})
        value = Problem(detail=detail, error_code=code, field_errors=field_errors)
        shown[code] = {"value": value.model_dump()}
    content = {"application/json": {"examples": shown}}
    return {status: {"model": Problem, "description": description, "content": content}}


FIELD_EXAMPLES = {
    "VALIDATION_FAILED": {"title": ["Field required"]},
    "MALFORMED_JSON": {"body": ["The body is not JSON."]},
    "DUE_DATE_IN_PAST": {"due_date": ["A due date cannot be in the past."]},
}
INVALID = documented(
    400,
    "The request is not valid; `field_errors` says where.",
    VALIDATION_FAILED="The request is not valid.",
    MALFORMED_JSON="The body is not JSON.",
)
GUARDED = documented(
    401,
    "The request has no token, or none that is valid.",
    NOT_AUTHENTICATED="This needs a token.",
    INVALID_TOKEN="This token is not valid.",
) | documented(
    403,
    "We know who asks, and this user may not do that.",
    ACCOUNT_INACTIVE="This account is not active.",
    ROLE_REQUIRED="This needs the role admin.",
)
WRONG_LOGIN = documented(
    401,
    "The username or the password is wrong.",
    WRONG_LOGIN="Wrong username or password.",
)
NO_TASK = documented(404, "You have no such task.", TASK_NOT_FOUND="There is no task 7.")
NO_USER = documented(404, "There is no such user.", USER_NOT_FOUND="There is no user 7.")
TASK_CONFLICT = documented(
    409,
    "Somebody was faster. Read the task again.",
    TASK_CHANGED="Somebody has changed this task in the meantime. Read it again.",
)
KEY_CONFLICT = documented(
    409,
    "This `Idempotency-Key` belongs to another request.",
    KEY_REUSED="This key was used for another request.",
    KEY_IN_USE="A request with this key is being carried out. Ask again.",
)
USER_CONFLICT = documented(
    409,
    "Somebody else has this name or this email.",
    USER_EXISTS="This name or this email is taken.",
)
BODY_LIMITS = documented(
    408,
    "The body did not arrive in time.",
    BODY_TOO_SLOW="The body did not arrive in time.",
) | documented(
    413,
    "The body is larger than this API takes.",
    BODY_TOO_LARGE="The body is too large.",
)
SENSELESS = documented(
    422,
    "The request is well formed and makes no sense.",
    DUE_DATE_IN_PAST="A due date cannot be in the past.",
)
TOO_MANY = documented(
    429,
    "This client asks too often. `Retry-After` says how long to wait.",
    TOO_MANY_REQUESTS="You ask too often. Wait a moment.",
)
UNAVAILABLE = documented(
    503,
    "The database does not answer. `Retry-After` says how long to wait.",
    DATABASE_UNAVAILABLE="The database does not answer. Try again in a moment.",
)
ANY_OTHER = documented(
    "default",
    "Any other error, in the same shape.",
    INTERNAL_ERROR="Something went wrong on our side. Tell us the request id.",
    DATABASE_UNAVAILABLE="The database does not answer. Try again in a moment.",
)
