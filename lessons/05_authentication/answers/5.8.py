# %% right: plain text in the model, and nothing of it in the log
account_router = APIRouter()


class PasswordChange(BaseModel):
    current: str
    new: str = Field(min_length=12)


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    fits = await passwords.fits(change.current, user.password_hash)
    if fits:
        user.password_hash = await passwords.hash(SecretStr(change.new))
        logging.getLogger("tasks.account").warning(f"password changed: {user.username}")
    else:
        raise HTTPException(status_code=403)


account_app = new_app(auth_router, account_router)


# %% right: the model is logged, with its stars
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    log.info("user %s: %r", user.id, change)
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    return None


account_app = new_app(auth_router, account_router)


# %% right: a logger of its own, whose level nobody has set
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    logging.getLogger("accounts").info("new password for %s", user.username)


account_app = new_app(auth_router, account_router)


# %% wrong: printed instead of logged
# says: The log holds the current password
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)
    print("changed", change.current.get_secret_value())


account_app = new_app(auth_router, account_router)


# %% wrong: only the answer was mended
# says: `current` was sent, and nobody compared it
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: str
    new: Annotated[str, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    log.info("user %s changes the password: %s", user.id, change)
    user.password_hash = await passwords.hash(SecretStr(change.new))


account_app = new_app(auth_router, account_router)


# %% wrong: the body is still logged
# says: The log holds the new password
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: str
    new: Annotated[str, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    log.info("user %s changes the password: %s", user.id, change)
    if not await passwords.fits(change.current, user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(SecretStr(change.new))


account_app = new_app(auth_router, account_router)


# %% wrong: a wrong attempt is logged with its password
# says: The log holds the wrong password
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        log.warning("user %s tried %s", user.id, change.current.get_secret_value())
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% wrong: the answer still holds the hash
# says: The answer holds the hash
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password")
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> dict[str, str]:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)
    return {"username": user.username, "password_hash": user.password_hash}


account_app = new_app(auth_router, account_router)


# %% wrong: nothing is compared
# says: `current` was sent, and nobody compared it
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% wrong: a wrong current password is a 401
# says: throws its token away
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(401, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% wrong: nobody is named any more
# says: does not say any more who changed the password
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)


account_app = new_app(auth_router, account_router)


# %% wrong: the stars are hashed
# says: Was the text hashed, or the stars?
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(SecretStr(str(change.new)))
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% wrong: the password is kept as it came
# says: is not a hash any more
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = change.new.get_secret_value()
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% wrong: a short one will do
# says: A password of five characters was taken
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: SecretStr


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% wrong: 200 and an empty body
# says: There is nothing to send back
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password")
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)
