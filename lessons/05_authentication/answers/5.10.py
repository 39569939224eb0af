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
# says: Somebody who did not know the password has changed it
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
# says: The log holds the password that was tried
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
# says: An answer holds the hash
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
# says: Somebody who did not know the password has changed it
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
# says: does not say who changed the password
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


# %% right: the model is logged after the change, with its stars
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s: %r", user.id, change)


account_app = new_app(auth_router, account_router)


# %% right: an attempt is logged as such, and the change after it
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    log.info("user %s wants a new password", user.id)
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% right: dataclass of words, hashed by hand in a thread
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not passwords.hasher.verify(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% wrong: logged before the comparison
# says: The log says the same for a change and for a refused attempt
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    log.info("user %s has changed the password", user.id)
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)


account_app = new_app(auth_router, account_router)


# %% wrong: the model is logged before the comparison
# says: the same for a change and for a refused attempt
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    log.info("user %s: password", user.id)
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)


account_app = new_app(auth_router, account_router)


# %% wrong: a constant line
# says: the log names somebody else
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user 1 has changed the password")


account_app = new_app(auth_router, account_router)


# %% wrong: compared with a constant
# says: new password is refused as `current`
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not change.current.get_secret_value() == "seven blue tables":
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% wrong: the 403 repeats the password
# says: An answer holds the password that was tried
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, f"{change.current.get_secret_value()} is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% wrong: text compared with the hash
# says: no text equals its hash
# says: await passwords.fits(text, user.password_hash)
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if change.current.get_secret_value() != user.password_hash:
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% wrong: two hashes compared
# says: The right `current` was refused
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if await passwords.hash(change.current) != user.password_hash:
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% wrong: no await before fits
# says: Without `await` it is a coroutine
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% wrong: no await before hash
# says: Is there an `await` before
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% wrong: no login in the app
# says: Ana cannot log in at `POST /token`
# says: Keep the cell's last line
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


account_app = new_app(account_router)


# %% wrong: the SecretStr is compared
# says: The right `current` was refused
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(str(change.current), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)


# %% wrong: the new password in the 403
# says: An answer holds the new password
account_router = APIRouter()


class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]


@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, f"No change to {change.new.get_secret_value()}.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s has changed the password", user.id)


account_app = new_app(auth_router, account_router)

# %% wrong: the headers are logged
# says: The log holds Ana's token
class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]
account_router = APIRouter()
@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, request: Request, user: ActiveUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s changed the password", (user.id, dict(request.headers)))
account_app = new_app(auth_router, account_router)

# %% wrong: an account that is not active may change its password
# says: leave it so
class PasswordChange(RequestModel):
    current: SecretStr
    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]
account_router = APIRouter()
@account_router.put("/users/me/password", status_code=204)
async def change_password(change: PasswordChange, user: CurrentUser, passwords: AppPasswords) -> None:
    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    user.password_hash = await passwords.hash(change.new)
    log.info("user %s changed the password", user.id)
account_app = new_app(auth_router, account_router)
