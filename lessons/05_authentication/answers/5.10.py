# story: Ana changed her password, and the next day the helpdesk asked her whether "nine green clocks" was a song.
# story: They had read it in the log.
# story: And Carla left her laptop open for a minute: somebody changed her password without knowing the old one.
# story: Mend `PUT /users/me/password`.

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

# %% right: extra fields and an f-string
# change: solution
-    log.info("user %s has changed the password", user.id)
+    log.info(f"password changed by {user.username} ({user.id})", extra={"user_id": user.id})

# %% right: a warning for the refused, with the id
# change: solution
-        raise HTTPException(403, "The current password is wrong.")
+        log.warning("user %s: wrong current password", user.id)
+        raise HTTPException(status_code=403, detail="no")

# %% right: a service, with else
# change: solution
-    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
-        raise HTTPException(403, "The current password is wrong.")
-    user.password_hash = await passwords.hash(change.new)
-    log.info("user %s has changed the password", user.id)
+    async def exchange() -> bool:
+        if await passwords.fits(change.current.get_secret_value(), user.password_hash):
+            user.password_hash = await passwords.hash(change.new)
+            return True
+        return False
+    if await exchange():
+        logging.getLogger(__name__).info("User %(name)s (%(id)d) changed password", {"name": user.username, "id": user.id})
+    else:
+        raise HTTPException(403, headers={"X-Request": "none"})

# %% right: with the time in the line
# change: solution
-    log.info("user %s has changed the password", user.id)
+    log.info("%s user=%s password changed", datetime.now(UTC).isoformat(), user.id)

# %% right: audit line in JSON
# change: solution
-    log.info("user %s has changed the password", user.id)
+    log.info(json.dumps({"event": "password_changed", "user": user.username, "request": token_urlsafe(8)}))

# %% wrong: the e-mail in the log
# breaks: and nothing else about them
# says: The log holds Ana's email
# change: solution
-    log.info("user %s has changed the password", user.id)
+    log.info("user %s (%s) has changed the password", user.id, user.email)

# %% wrong: the first letters
# breaks: not even a few letters or the length of one
# says: `qui` is there with one password
# change: solution
-    log.info("user %s has changed the password", user.id)
+    log.info("user %s has changed the password to %s***", user.id, change.new.get_secret_value()[:3])

# %% wrong: the length of the new one
# says: The log gives something away
# change: solution
-    log.info("user %s has changed the password", user.id)
+    log.info("user %s has changed the password (%s characters)", user.id, len(change.new.get_secret_value()))

# %% wrong: as many stars
# says: The log gives something away
# change: solution
-    log.info("user %s has changed the password", user.id)
+    log.info("user %s has changed the password to %s", user.id, "*" * len(change.new.get_secret_value()))

# %% wrong: the length of what was tried
# says: The log gives something away
# change: solution
-        raise HTTPException(403, "The current password is wrong.")
+        log.info("user %s tried a password of %s", user.id, len(change.current.get_secret_value()))
+        raise HTTPException(403, "The current password is wrong.")

# %% wrong: a fingerprint in the log
# says: no number computed from it
# change: solution
-    log.info("user %s has changed the password", user.id)
+    import hashlib
+    log.info("user %s: %s", user.id, hashlib.sha256(change.new.get_secret_value().encode()).hexdigest()[:10])

# %% wrong: the end of the hash
# says: a piece of it
# change: solution
-    log.info("user %s has changed the password", user.id)
+    log.info("user %s: %s", user.id, user.password_hash.split("$")[-1])

# %% wrong: the first letter in the refusal
# says: An answer gives something away
# change: solution
-        raise HTTPException(403, "The current password is wrong.")
+        raise HTTPException(403, f"{change.current.get_secret_value()[:1]}... is wrong.")

# %% wrong: the password in a header
# breaks: Neither the log nor an answer holds a password or a hash
# says: An answer holds the password that was tried
# change: solution
-        raise HTTPException(403, "The current password is wrong.")
+        raise HTTPException(403, "The current password is wrong.", headers={"X-Tried": change.current.get_secret_value()})

# %% wrong: the line before the change
# breaks: and then logs
# says: before the new password has a hash
# change: solution
-    user.password_hash = await passwords.hash(change.new)
-    log.info("user %s has changed the password", user.id)
+    log.info("user %s has changed the password", user.id)
+    user.password_hash = await passwords.hash(change.new)

# %% wrong: stray digits
# breaks: logs the id or the name of the user
# says: Emil, user 5822, changed his password
# change: solution
-    log.info("user %s has changed the password", user.id)
+    log.info("password changed, step 1 of 3")

# %% wrong: the change is printed
# says: The line about the change is printed
# change: solution
-    log.info("user %s has changed the password", user.id)
+    print("user", user.id, "has changed the password")

# %% wrong: logged for another change only
# says: Emil, user 5822, changed his password
# change: solution
-    log.info("user %s has changed the password", user.id)
+    if user.role == "admin" or user.id == 1:
+        log.info("user %s has changed the password", user.id)

# %% wrong: a wrong attempt closes the account
# breaks: changes nothing
# says: `ana.active` was
# change: solution
-async def change_password(
-    change: PasswordChange, user: ActiveUser, passwords: AppPasswords
-) -> None:
-    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
-        raise HTTPException(403, "The current password is wrong.")
+async def change_password(
+    change: PasswordChange, user: ActiveUser, db: Db, passwords: AppPasswords
+) -> None:
+    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
+        user.active = False
+        await db.commit()
+        raise HTTPException(403, "The current password is wrong.")

# %% wrong: a 400 for a wrong password
# says: answered 400
# change: solution
-        raise HTTPException(403, "The current password is wrong.")
+        raise HTTPException(400, "The current password is wrong.")

# %% wrong: a 204 for a wrong password
# breaks: With a wrong `current` it answers 403
# says: Nothing was changed, and the answer says that it was
# change: solution
-        raise HTTPException(403, "The current password is wrong.")
+        return

# %% wrong: a 200 for a change
# breaks: answers 204
# says: There is nothing to send back
# change: solution
-@account_router.put("/users/me/password", status_code=204)
+@account_router.put("/users/me/password")

# %% wrong: admins need no current
# says: she is an admin, and that makes no difference
# change: solution
-    if not await passwords.fits(change.current.get_secret_value(), user.password_hash):
+    if user.role != "admin" and not await passwords.fits(change.current.get_secret_value(), user.password_hash):

# %% wrong: nothing saved
# breaks: it changes the password
# says: only the old password works
# change: solution
-    user.password_hash = await passwords.hash(change.new)
-    log.info("user %s has changed the password", user.id)
+    await passwords.hash(change.new)
+    log.info("user %s has changed the password", user.id)
