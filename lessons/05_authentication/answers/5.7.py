# %% right: the email is set by name, and forbidden fields are a setting
from app_snippets.stages.after_04_database import Email
from pydantic import MISSING

profile_router = APIRouter()


class RoleChange(RequestModel):
    role: Role


def profile_of(user: User) -> dict[str, str]:
    return {"username": user.username, "email": user.email, "role": user.role}


class ProfileUpdate(BaseModel):
    model_config = {"extra": "forbid"}

    email: Email = ""


@profile_router.patch("/users/me")
async def change_profile(changes: ProfileUpdate, user: ActiveUser):
    if "email" in changes.model_fields_set:
        user.email = changes.email
    return profile_of(user)


@profile_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.admin))])
async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
    user = await db.get(User, user_id)
    if user is None:
        raise HTTPException(404, f"There is no user {user_id}.")
    user.role = change.role
    return profile_of(user)


profile_app = new_app(auth_router, profile_router)


# %% right: a guard of its own
from app_snippets.stages.after_04_database import Email
from pydantic import MISSING

profile_router = APIRouter()


class RoleChange(RequestModel):
    role: Role


def profile_of(user: User) -> dict[str, str]:
    return {"username": user.username, "email": user.email, "role": user.role}


class ProfileUpdate(RequestModel):
    email: Email | MISSING = MISSING


async def only_admins(user: ActiveUser) -> None:
    if user.role != "admin":
        raise HTTPException(status_code=403, detail="Only for admins.")


@profile_router.patch("/users/me")
async def change_profile(changes: ProfileUpdate, user: ActiveUser) -> dict[str, str]:
    for name, value in changes.model_dump(exclude_unset=True).items():
        setattr(user, name, value)
    return profile_of(user)


@profile_router.put("/users/{user_id}/role", dependencies=[Depends(only_admins)])
async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
    user = await db.get(User, user_id)
    if user is None:
        raise HTTPException(404, f"There is no user {user_id}.")
    user.role = change.role
    return profile_of(user)


profile_app = new_app(auth_router, profile_router)


# %% wrong: only the second hole was closed
# says: Take the field out of `ProfileUpdate`
from app_snippets.stages.after_04_database import Email
from pydantic import MISSING

profile_router = APIRouter()


class RoleChange(RequestModel):
    role: Role


def profile_of(user: User) -> dict[str, str]:
    return {"username": user.username, "email": user.email, "role": user.role}


class ProfileUpdate(BaseModel):
    email: Email | MISSING = MISSING
    role: Role | MISSING = MISSING
    active: bool | MISSING = MISSING


@profile_router.patch("/users/me")
async def change_profile(changes: ProfileUpdate, user: ActiveUser) -> dict[str, str]:
    for name, value in changes.model_dump(exclude_unset=True).items():
        setattr(user, name, value)
    return profile_of(user)


@profile_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.admin))])
async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
    user = await db.get(User, user_id)
    if user is None:
        raise HTTPException(404, f"There is no user {user_id}.")
    user.role = change.role
    return profile_of(user)


profile_app = new_app(auth_router, profile_router)


# %% wrong: role went, active stayed
# says: `PATCH /users/me` with `active` changed the row
from app_snippets.stages.after_04_database import Email
from pydantic import MISSING

profile_router = APIRouter()


class RoleChange(RequestModel):
    role: Role


def profile_of(user: User) -> dict[str, str]:
    return {"username": user.username, "email": user.email, "role": user.role}


class ProfileUpdate(RequestModel):
    email: Email | MISSING = MISSING
    active: bool | MISSING = MISSING


@profile_router.patch("/users/me")
async def change_profile(changes: ProfileUpdate, user: ActiveUser) -> dict[str, str]:
    for name, value in changes.model_dump(exclude_unset=True).items():
        setattr(user, name, value)
    return profile_of(user)


@profile_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.admin))])
async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
    user = await db.get(User, user_id)
    if user is None:
        raise HTTPException(404, f"There is no user {user_id}.")
    user.role = change.role
    return profile_of(user)


profile_app = new_app(auth_router, profile_router)


# %% wrong: the rest is ignored in silence
# says: was ignored without a word
from app_snippets.stages.after_04_database import Email
from pydantic import MISSING

profile_router = APIRouter()


class RoleChange(RequestModel):
    role: Role


def profile_of(user: User) -> dict[str, str]:
    return {"username": user.username, "email": user.email, "role": user.role}


class ProfileUpdate(BaseModel):
    email: Email | MISSING = MISSING


@profile_router.patch("/users/me")
async def change_profile(changes: ProfileUpdate, user: ActiveUser) -> dict[str, str]:
    for name, value in changes.model_dump(exclude_unset=True).items():
        setattr(user, name, value)
    return profile_of(user)


@profile_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.admin))])
async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
    user = await db.get(User, user_id)
    if user is None:
        raise HTTPException(404, f"There is no user {user_id}.")
    user.role = change.role
    return profile_of(user)


profile_app = new_app(auth_router, profile_router)


# %% wrong: any field at all
# says: Take the field out of `ProfileUpdate`
from app_snippets.stages.after_04_database import Email
from pydantic import MISSING

profile_router = APIRouter()


class RoleChange(RequestModel):
    role: Role


def profile_of(user: User) -> dict[str, str]:
    return {"username": user.username, "email": user.email, "role": user.role}


class ProfileUpdate(BaseModel):
    model_config = {"extra": "allow"}

    email: Email | MISSING = MISSING


@profile_router.patch("/users/me")
async def change_profile(changes: ProfileUpdate, user: ActiveUser) -> dict[str, str]:
    for name, value in changes.model_dump(exclude_unset=True).items():
        setattr(user, name, value)
    return profile_of(user)


@profile_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.admin))])
async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
    user = await db.get(User, user_id)
    if user is None:
        raise HTTPException(404, f"There is no user {user_id}.")
    user.role = change.role
    return profile_of(user)


profile_app = new_app(auth_router, profile_router)


# %% wrong: any active user gives roles
# says: Which role does the guard ask for?
from app_snippets.stages.after_04_database import Email
from pydantic import MISSING

profile_router = APIRouter()


class RoleChange(RequestModel):
    role: Role


def profile_of(user: User) -> dict[str, str]:
    return {"username": user.username, "email": user.email, "role": user.role}


class ProfileUpdate(RequestModel):
    email: Email | MISSING = MISSING


@profile_router.patch("/users/me")
async def change_profile(changes: ProfileUpdate, user: ActiveUser) -> dict[str, str]:
    for name, value in changes.model_dump(exclude_unset=True).items():
        setattr(user, name, value)
    return profile_of(user)


@profile_router.put("/users/{user_id}/role", dependencies=[Depends(get_current_active_user)])
async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
    user = await db.get(User, user_id)
    if user is None:
        raise HTTPException(404, f"There is no user {user_id}.")
    user.role = change.role
    return profile_of(user)


profile_app = new_app(auth_router, profile_router)


# %% wrong: a guard that asks for members
# says: Which role does the guard ask for?
from app_snippets.stages.after_04_database import Email
from pydantic import MISSING

profile_router = APIRouter()


class RoleChange(RequestModel):
    role: Role


def profile_of(user: User) -> dict[str, str]:
    return {"username": user.username, "email": user.email, "role": user.role}


class ProfileUpdate(RequestModel):
    email: Email | MISSING = MISSING


@profile_router.patch("/users/me")
async def change_profile(changes: ProfileUpdate, user: ActiveUser) -> dict[str, str]:
    for name, value in changes.model_dump(exclude_unset=True).items():
        setattr(user, name, value)
    return profile_of(user)


@profile_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.member))])
async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
    user = await db.get(User, user_id)
    if user is None:
        raise HTTPException(404, f"There is no user {user_id}.")
    user.role = change.role
    return profile_of(user)


profile_app = new_app(auth_router, profile_router)


# %% wrong: an admin who is compared with a wrong word
# says: Carla is an admin, and she is refused
from app_snippets.stages.after_04_database import Email
from pydantic import MISSING

profile_router = APIRouter()


class RoleChange(RequestModel):
    role: Role


def profile_of(user: User) -> dict[str, str]:
    return {"username": user.username, "email": user.email, "role": user.role}


class ProfileUpdate(RequestModel):
    email: Email | MISSING = MISSING


@profile_router.patch("/users/me")
async def change_profile(changes: ProfileUpdate, user: ActiveUser) -> dict[str, str]:
    for name, value in changes.model_dump(exclude_unset=True).items():
        setattr(user, name, value)
    return profile_of(user)


@profile_router.put("/users/{user_id}/role", dependencies=[Depends(require_role("Admin"))])
async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
    user = await db.get(User, user_id)
    if user is None:
        raise HTTPException(404, f"There is no user {user_id}.")
    user.role = change.role
    return profile_of(user)


profile_app = new_app(auth_router, profile_router)


# %% wrong: the email is not saved
# says: the profile
from app_snippets.stages.after_04_database import Email
from pydantic import MISSING

profile_router = APIRouter()


class RoleChange(RequestModel):
    role: Role


def profile_of(user: User) -> dict[str, str]:
    return {"username": user.username, "email": user.email, "role": user.role}


class ProfileUpdate(RequestModel):
    email: Email | MISSING = MISSING


@profile_router.patch("/users/me")
async def change_profile(changes: ProfileUpdate, user: ActiveUser) -> dict[str, str]:
    for name, value in changes.model_dump(exclude_unset=True).items():
        pass
    return profile_of(user)


@profile_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.admin))])
async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
    user = await db.get(User, user_id)
    if user is None:
        raise HTTPException(404, f"There is no user {user_id}.")
    user.role = change.role
    return profile_of(user)


profile_app = new_app(auth_router, profile_router)
