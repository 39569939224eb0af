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
# change: a logger of its own, whose level nobody has set
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)
+    print("changed", change.current.get_secret_value())

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
# change: only the answer was mended
     log.info("user %s changes the password: %s", user.id, change)
+    if not await passwords.fits(change.current, user.password_hash):
+        raise HTTPException(403, "The current password is wrong.")

# %% wrong: a wrong attempt is logged with its password
# says: The log holds the password that was tried
# change: a logger of its own, whose level nobody has set
+        log.warning("user %s tried %s", user.id, change.current.get_secret_value())
         raise HTTPException(403, "The current password is wrong.")
     user.password_hash = await passwords.hash(change.new)
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)

# %% wrong: the answer still holds the hash
# says: An answer holds the hash
# change: a logger of its own, whose level nobody has set
-@account_router.put("/users/me/password", status_code=204)
-async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
+@account_router.put("/users/me/password")
+async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> dict[str, str]:
...
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)
+    return {"username": user.username, "password_hash": user.password_hash}

# %% wrong: nothing is compared
# says: Somebody who did not know the password has changed it
# change: a logger of its own, whose level nobody has set
-    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
-        raise HTTPException(403, "The current password is wrong.")
     user.password_hash = await passwords.hash(change.new)
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)

# %% wrong: a wrong current password is a 401
# says: throws its token away
# change: a logger of its own, whose level nobody has set
-        raise HTTPException(403, "The current password is wrong.")
+        raise HTTPException(401, "The current password is wrong.")
     user.password_hash = await passwords.hash(change.new)
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)

# %% wrong: nobody is named any more
# says: does not say who changed the password
# change: a logger of its own, whose level nobody has set
-    logging.getLogger("accounts").info("new password for %s", user.username)

# %% wrong: the stars are hashed
# says: Was the text hashed, or the stars?
# change: a logger of its own, whose level nobody has set
-    user.password_hash = await passwords.hash(change.new)
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    user.password_hash = await passwords.hash(SecretStr(str(change.new)))
+    log.info("user %s has changed the password", user.id)

# %% wrong: the password is kept as it came
# says: is not a hash any more
# change: a logger of its own, whose level nobody has set
-    user.password_hash = await passwords.hash(change.new)
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    user.password_hash = change.new.get_secret_value()
+    log.info("user %s has changed the password", user.id)

# %% wrong: a short one will do
# says: A password of five characters was taken
# change: a logger of its own, whose level nobody has set
-    new: Annotated[SecretStr, Field(min_length=12, max_length=128)]
+    new: SecretStr
...
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)

# %% right: the model is logged after the change, with its stars
# change: a logger of its own, whose level nobody has set
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s: %r", user.id, change)

# %% right: an attempt is logged as such, and the change after it
# change: a logger of its own, whose level nobody has set
 async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
+    log.info("user %s wants a new password", user.id)
...
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)

# %% right: dataclass of words, hashed by hand in a thread
# change: a logger of its own, whose level nobody has set
-    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
+    if not passwords.hasher.verify(change.current.get_secret_value(), user.password_hash):
         raise HTTPException(403, "The current password is wrong.")
     user.password_hash = await passwords.hash(change.new)
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)

# %% wrong: logged before the comparison
# says: The log says the same for a change and for a refused attempt
# change: a logger of its own, whose level nobody has set
 async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
+    log.info("user %s has changed the password", user.id)
...
-    logging.getLogger("accounts").info("new password for %s", user.username)

# %% wrong: the model is logged before the comparison
# says: the same for a change and for a refused attempt
# change: a logger of its own, whose level nobody has set
 async def change_password(change: PasswordChange, user: ActiveUser, passwords: AppPasswords) -> None:
+    log.info("user %s: password", user.id)
...
-    logging.getLogger("accounts").info("new password for %s", user.username)

# %% wrong: a constant line
# says: the log names somebody else
# change: a logger of its own, whose level nobody has set
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user 1 has changed the password")

# %% wrong: compared with a constant
# says: new password is refused as `current`
# change: a logger of its own, whose level nobody has set
-    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
+    if not change.current.get_secret_value() == "seven blue tables":
         raise HTTPException(403, "The current password is wrong.")
     user.password_hash = await passwords.hash(change.new)
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)

# %% wrong: the 403 repeats the password
# says: An answer holds the password that was tried
# change: a logger of its own, whose level nobody has set
-        raise HTTPException(403, "The current password is wrong.")
+        raise HTTPException(403, f"{change.current.get_secret_value()} is wrong.")
     user.password_hash = await passwords.hash(change.new)
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)

# %% wrong: text compared with the hash
# says: no text equals its hash
# says: await passwords.fits(text, user.password_hash)
# change: a logger of its own, whose level nobody has set
-    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
+    if change.current.get_secret_value() != user.password_hash:
         raise HTTPException(403, "The current password is wrong.")
     user.password_hash = await passwords.hash(change.new)
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)

# %% wrong: two hashes compared
# says: The right `current` was refused
# change: a logger of its own, whose level nobody has set
-    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
+    if await passwords.hash(change.current) != user.password_hash:
         raise HTTPException(403, "The current password is wrong.")
     user.password_hash = await passwords.hash(change.new)
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)

# %% wrong: no await before fits
# says: Without `await` it is a coroutine
# change: a logger of its own, whose level nobody has set
-    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
+    if not passwords.fits(change.current.get_secret_value(), user.password_hash):
         raise HTTPException(403, "The current password is wrong.")
     user.password_hash = await passwords.hash(change.new)
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)

# %% wrong: no await before hash
# says: Is there an `await` before
# change: a logger of its own, whose level nobody has set
-    user.password_hash = await passwords.hash(change.new)
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    user.password_hash = passwords.hash(change.new)
+    log.info("user %s has changed the password", user.id)

# %% wrong: no login in the app
# says: Ana cannot log in at `POST /token`
# says: Keep the cell's last line
# change: a logger of its own, whose level nobody has set
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)


-account_app = new_app(auth_router, account_router)
+account_app = new_app(account_router)

# %% wrong: the SecretStr is compared
# says: The right `current` was refused
# change: a logger of its own, whose level nobody has set
-    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
+    if not await passwords.fits(str(change.current), user.password_hash):
         raise HTTPException(403, "The current password is wrong.")
     user.password_hash = await passwords.hash(change.new)
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)

# %% wrong: the new password in the 403
# says: An answer holds the new password
# change: a logger of its own, whose level nobody has set
-        raise HTTPException(403, "The current password is wrong.")
+        raise HTTPException(403, f"No change to {change.new.get_secret_value()}.")
     user.password_hash = await passwords.hash(change.new)
-    logging.getLogger("accounts").info("new password for %s", user.username)
+    log.info("user %s has changed the password", user.id)

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
# change: the headers are logged
-async def change_password(change: PasswordChange, request: Request, user: ActiveUser, passwords: AppPasswords) -> None:
+async def change_password(change: PasswordChange, user: CurrentUser, passwords: AppPasswords) -> None:
...
-    log.info("user %s changed the password", (user.id, dict(request.headers)))
+    log.info("user %s changed the password", user.id)
