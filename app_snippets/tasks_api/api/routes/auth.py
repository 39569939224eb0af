"""The login."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response

from ...errors import NotAuthenticated
from ...services.tokens import make_token
from ...services.users import log_in
from ..dependencies.database import Db
from ..dependencies.limits import limit_logins
from ..dependencies.services import AppPasswords
from ..dependencies.settings import AppSettings
from ..documentation import BODY_LIMITS, INVALID, WRONG_LOGIN
from ..models.requests.auth import LoginForm
from ..models.responses.auth import Token

router = APIRouter(tags=["auth"])


@router.post(
    "/token",
    response_model=Token,
    responses=INVALID | WRONG_LOGIN | BODY_LIMITS,
    dependencies=[Depends(limit_logins)],
    summary="Log in",
)
async def post_token(
    form: Annotated[LoginForm, Form()],
    db: Db,
    passwords: AppPasswords,
    settings: AppSettings,
    response: Response,
) -> dict[str, str]:
    """Give a token for a user name and a password, which come as a form."""
    user = await log_in(db, passwords, form.username, form.password)
    if user is None:
        raise NotAuthenticated("Wrong username or password.", "WRONG_LOGIN")
    response.headers["Cache-Control"] = "no-store"
    return {"access_token": make_token(user.id, settings), "token_type": "bearer"}
