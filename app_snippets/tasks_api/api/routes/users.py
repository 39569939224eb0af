"""The routes of users."""

from fastapi import APIRouter, BackgroundTasks, Depends, Request, Response

from ...database.tables import User
from ...domain import Role
from ...services import users as service
from ...services.mail import deliver
from ..dependencies.auth import ActiveUser, get_current_active_user, require_role
from ..dependencies.database import Db
from ..dependencies.services import AppMailer, AppPasswords
from ..documentation import BODY_LIMITS, GUARDED, INVALID, NO_USER, USER_CONFLICT
from ..models.requests.users import UserCreate
from ..models.responses.users import UserPublic
from ..models.text import Id

open_router = APIRouter(prefix="/users", tags=["users"])
router = APIRouter(
    prefix="/users",
    tags=["users"],
    dependencies=[Depends(get_current_active_user)],
    responses=GUARDED,
)


@open_router.post(
    "",
    status_code=201,
    response_model=UserPublic,
    responses=INVALID | USER_CONFLICT | BODY_LIMITS,
    summary="Create user",
)
async def post_user(
    data: UserCreate,
    db: Db,
    passwords: AppPasswords,
    mailer: AppMailer,
    background: BackgroundTasks,
    request: Request,
    response: Response,
) -> User:
    """Join as a member. Of the password only a hash is kept. A welcome mail follows."""
    user = await service.create_user(db, passwords, data)
    response.headers["Location"] = request.app.url_path_for("get_user", user_id=user.id)
    text = f"Welcome, {user.username}! Your list is ready."
    key = f"welcome-{user.id}"
    background.add_task(deliver, mailer, user.id, user.email, "Welcome", text, key)
    return user


@router.get(
    "/me",
    response_model=UserPublic,
    summary="Read me",
)
async def get_me(user: ActiveUser) -> User:
    """Read what is public about the user whom the token belongs to."""
    return user


@router.get(
    "/{user_id}",
    response_model=UserPublic,
    responses=INVALID | NO_USER,
    summary="Read user",
)
async def get_user(user_id: Id, db: Db) -> User:
    """Read what is public about a user."""
    return await service.find_user(db, user_id)


@router.delete(
    "/{user_id}",
    status_code=204,
    responses=INVALID | NO_USER,
    dependencies=[Depends(require_role(Role.admin))],  # specs/accounts/spec.md, S6
    summary="Delete user",
)
async def remove_user(user_id: Id, db: Db) -> None:
    """Remove a user together with their tasks. Only for admins."""
    await service.delete_user(db, user_id)
