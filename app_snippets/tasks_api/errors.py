"""What the domain refuses. Nothing here knows of HTTP."""


class DomainError(Exception):
    """A refusal of the domain: a sentence for people, a word for programs, the field at fault."""

    def __init__(self, detail: str, error_code: str, field: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.error_code = error_code
        self.field = field


class NotFound(DomainError):
    """What was asked for is not there."""


class Conflict(DomainError):
    """What was asked for does not fit what is there now."""


class RuleBroken(DomainError):
    """What was asked for is well formed, and makes no sense."""


class NotAuthenticated(DomainError):
    """Nobody known asks."""


class NotAllowed(DomainError):
    """Somebody known asks, who may not."""


def invalid_token() -> NotAuthenticated:
    """Say that a token is worth nothing, and not why."""
    return NotAuthenticated("This token is not valid.", "INVALID_TOKEN")
