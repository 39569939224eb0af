"""Who asks, and whether they may."""

from typing import Annotated

from fastapi import Depends
from fastapi.security import OAuth2PasswordBearer

from ...context import context
from ...database.tables import User
from ...domain import Role
from ...errors import NotAllowed, invalid_token
from ...services.tokens import read_token
from .. import PREFIX
from .database import Db
from .settings import AppSettings

oauth2 = OAuth2PasswordBearer(tokenUrl=f"{PREFIX}/token")


async def get_current_user(
    token: Annotated[str, Depends(oauth2)],
    db: Db,
    settings: AppSettings,
) -> User:
    """Give the user whom the token is about, as they are now, or answer 401."""
    user_id = read_token(token, settings)
    # specs/accounts/spec.md, S4
    user = None if user_id is None else await db.get(User, user_id)
    if user is None:
        raise invalid_token()
    context().user_id = user.id
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]


async def get_current_active_user(user: CurrentUser) -> User:
    """Give the user, or answer 403 when the account is not active."""
    if not user.active:  # specs/accounts/spec.md, S5
        raise NotAllowed("This account is not active.", "ACCOUNT_INACTIVE")
    return user


ActiveUser = Annotated[User, Depends(get_current_active_user)]


class require_role:
    """A guard for routes that only some may use: `Depends(require_role(Role.admin))`."""

    def __init__(self, role: Role) -> None:
        self.role = role

    async def __call__(self, user: ActiveUser) -> None:
        """Answer 403 to everybody else."""
        if user.role != self.role:
            raise NotAllowed(f"This needs the role {self.role}.", "ROLE_REQUIRED")
