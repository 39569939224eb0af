"""Signed tokens that say who somebody is."""

from datetime import UTC, datetime, timedelta

import jwt

from ..domain import LARGEST_ID
from ..settings import Settings


def make_token(user_id: int, settings: Settings) -> str:
    """Make a signed token that says who somebody is, for a while."""
    now = datetime.now(UTC)
    claims = {
        "sub": str(user_id),
        "aud": settings.audience,
        "iat": now,
        "exp": now + timedelta(minutes=settings.token_minutes),
    }
    return jwt.encode(claims, settings.secret_key.get_secret_value(), algorithm="HS256")


def read_token(token: str, settings: Settings) -> int | None:
    """Give the id of the user whom a valid token is about, or None."""
    try:
        claims = jwt.decode(
            token,
            settings.secret_key.get_secret_value(),
            algorithms=["HS256"],
            audience=settings.audience,
            options={"require": ["exp", "sub", "aud"]},
        )
        user_id = int(claims["sub"])
    except (jwt.InvalidTokenError, ValueError):
        return None
    return user_id if 0 <= user_id <= LARGEST_ID else None
