"""How often a client may try to log in."""

from fastapi import Request

from ...services.limiter import Limiter
from ..handlers import too_often


async def limit_logins(request: Request) -> None:
    """Answer 429 to a client that tries too often, whether its passwords were right or not."""
    limiter: Limiter = request.app.state.login_limiter
    wait = limiter.wait(request.client.host if request.client else "")
    if wait > 0:  # specs/accounts/spec.md, S8
        raise too_often(wait)
