"""What the service layer needs and all requests share."""

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends, Request

from ...services.mail import Mailer
from ...services.passwords import Passwords


async def get_passwords(request: Request) -> Passwords:
    """Give the hasher of the app that got this request."""
    passwords: Passwords = request.app.state.passwords
    return passwords


async def get_mailer(request: Request) -> Mailer:
    """Give the mailer of the app that got this request."""
    mailer: Mailer = request.app.state.mailer
    return mailer


async def get_today() -> date:
    """Give today's date, the same all over the world."""
    return datetime.now(UTC).date()


AppPasswords = Annotated[Passwords, Depends(get_passwords)]
AppMailer = Annotated[Mailer, Depends(get_mailer)]
Today = Annotated[date, Depends(get_today)]
