# story: Ben's chess club uses the login below.
# story: A stranger ran a list of names through it and knew within an hour who is a member, and who has left.
# story: Mend `POST /token` of `club_app`.

# %% right: the service of the section
club_router = APIRouter()


@club_router.post("/token")
async def club_login(form: LoginForm, db: Db, passwords: AppPasswords) -> dict[str, str]:
    user = await log_in(db, passwords, form.username, form.password)
    if user is None:
        raise HTTPException(401, "No.", headers=dict([("WWW-Authenticate", "Bearer")]))
    if not user.active:
        raise HTTPException(403, "Left.")
    return {"access_token": f"a token for {user.username}", "token_type": "bearer"}


club_app = new_app(club_router)

# %% right: one exception for all of them
club_router = APIRouter()
REFUSED = HTTPException(401, "This did not work.", headers={"WWW-Authenticate": "Bearer"})


@club_router.post("/token")
async def club_login(form: LoginForm, db: Db, passwords: AppPasswords) -> dict[str, str]:
    user = (await db.scalars(select(User).where(User.username == form.username))).one_or_none()
    if not await passwords.fits(form.password, user.password_hash if user else passwords.of_nobody):
        raise REFUSED
    if not user:
        raise REFUSED
    if not user.active:
        raise HTTPException(status_code=403)
    return {"access_token": "a token for " + form.username, "token_type": "bearer"}


club_app = new_app(club_router)

# %% wrong: the same words, and no verification for an unknown name
# says: so the answer comes sooner
club_router = APIRouter()


@club_router.post("/token")
async def club_login(form: LoginForm, db: Db, passwords: AppPasswords) -> dict[str, str]:
    user = await db.scalar(select(User).where(User.username == form.username))
    if user is None or not await passwords.fits(form.password, user.password_hash):
        raise HTTPException(401, "Wrong username or password.", headers={"WWW-Authenticate": "Bearer"})
    if not user.active:
        raise HTTPException(403, "This member has left.")
    return {"access_token": f"a token for {user.username}", "token_type": "bearer"}


club_app = new_app(club_router)

# %% wrong: who has left is told so without a password
# says: Verify the password first
# change: the same words, and no verification for an unknown name
-    if user is None or not await passwords.fits(form.password, user.password_hash):
+    if user is not None and not user.active:
+        raise HTTPException(403, "This member has left.")
+    fits = await passwords.fits(form.password, user.password_hash if user else passwords.of_nobody)
+    if user is None or not fits:
         raise HTTPException(401, "Wrong username or password.", headers={"WWW-Authenticate": "Bearer"})
-    if not user.active:
-        raise HTTPException(403, "This member has left.")

# %% wrong: two sentences that mean the same
# says: can be told from the answer to a wrong password
club_router = APIRouter()


@club_router.post("/token")
async def club_login(form: LoginForm, db: Db, passwords: AppPasswords) -> dict[str, str]:
    user = await db.scalar(select(User).where(User.username == form.username))
    headers = {"WWW-Authenticate": "Bearer"}
    if user is None:
        await passwords.fits(form.password, passwords.of_nobody)
        raise HTTPException(401, "Login failed.", headers=headers)
    if not await passwords.fits(form.password, user.password_hash):
        raise HTTPException(401, "Login failed", headers=headers)
    return {"access_token": f"a token for {user.username}", "token_type": "bearer"}


club_app = new_app(club_router)

# %% wrong: no header
# says: It has no `WWW-Authenticate`
# change: the service of the section
-        raise HTTPException(401, "No.", headers=dict([("WWW-Authenticate", "Bearer")]))
-    if not user.active:
-        raise HTTPException(403, "Left.")
+        raise HTTPException(401, "Wrong username or password.")

# %% wrong: the answer of fits is ignored
# says: Ana got in with a wrong password
# change: the same words, and no verification for an unknown name
-    if user is None or not await passwords.fits(form.password, user.password_hash):
+    kept = passwords.of_nobody if user is None else user.password_hash
+    fits = passwords.fits(form.password, kept)
+    if user is None or not fits:
         raise HTTPException(401, "Wrong username or password.", headers={"WWW-Authenticate": "Bearer"})
-    if not user.active:
-        raise HTTPException(403, "This member has left.")

# %% wrong: nobody gets in
# says: A login that lets nobody in
club_router = APIRouter()


@club_router.post("/token")
async def club_login(form: LoginForm) -> dict[str, str]:
    raise HTTPException(401, "Wrong username or password.", headers={"WWW-Authenticate": "Bearer"})


club_app = new_app(club_router)

# %% wrong: only the router
# says: keep the cell's last line
club_router = APIRouter()


@club_router.post("/token")
async def club_login(form: LoginForm, db: Db, passwords: AppPasswords) -> dict[str, str]:
    user = await log_in(db, passwords, form.username, form.password)
    if user is None:
        raise HTTPException(401, "Wrong username or password.", headers={"WWW-Authenticate": "Bearer"})
    return {"access_token": "x"}


club_app = club_router

# %% wrong: who has left gets a token
# says: his right password got him a token
# change: the service of the section
-    if not user.active:
-        raise HTTPException(403, "Left.")

# %% wrong: who has left is told that the password is wrong
# says: The exercise keeps the 403
# change: one exception for all of them
-    if not user:
+    if not user or not user.active:
         raise REFUSED
-    if not user.active:
-        raise HTTPException(status_code=403)

# %% wrong: no await before fits
# says: Without `await` it is a coroutine
# change: one exception for all of them
-    if not await passwords.fits(form.password, user.password_hash if user else passwords.of_nobody):
+    if not passwords.fits(form.password, user.password_hash if user else passwords.of_nobody):

# %% wrong: a second verification, against nobody
# says: verified twice
# change: the service of the section
+        await passwords.fits(form.password, passwords.of_nobody)
         raise HTTPException(401, "No.", headers=dict([("WWW-Authenticate", "Bearer")]))
     if not user.active:
-        raise HTTPException(403, "Left.")
+        raise HTTPException(403)

# %% wrong: the words repeat the name that was sent
# breaks: the same body with a sentence as its `detail`
# says: The 401 repeats the name that was sent
# change: the service of the section
-        raise HTTPException(401, "No.", headers=dict([("WWW-Authenticate", "Bearer")]))
+        raise HTTPException(401, f"No login for {form.username}.", headers=dict([("WWW-Authenticate", "Bearer")]))

# %% wrong: the header for a wrong password only
# says: With an unknown name, the 401 has no `WWW-Authenticate`
# change: one exception for all of them
+    if user is None:
+        await passwords.fits(form.password, passwords.of_nobody)
+        raise HTTPException(401, "This did not work.")
     if not await passwords.fits(form.password, user.password_hash if user else passwords.of_nobody):
-        raise REFUSED
-    if not user:

# %% right: guard clauses and a helper that raises
# change: solution
-    kept = passwords.of_nobody if user is None else user.password_hash
-    fits = await passwords.fits(form.password, kept)
-    if user is None or not fits:
-        raise HTTPException(401, "Wrong username or password.", headers=NOT_LOGGED_IN)
+    def refuse() -> None:
+        raise HTTPException(status_code=401, detail="No.", headers={"www-authenticate": "Bearer"})
+    if user is None:
+        await passwords.fits(form.password, passwords.of_nobody)
+        refuse()
+    if not await passwords.fits(form.password, user.password_hash):
+        refuse()

# %% right: getattr
# change: solution
-    kept = passwords.of_nobody if user is None else user.password_hash
-    fits = await passwords.fits(form.password, kept)
-    if user is None or not fits:
+    kept = getattr(user, "password_hash", passwords.of_nobody)
+    if not await passwords.fits(form.password, kept):

# %% right: a JSONResponse
# change: solution
-@club_router.post("/token")
-async def club_login(form: LoginForm, db: Db, passwords: AppPasswords) -> dict[str, str]:
+from fastapi.responses import JSONResponse
+@club_router.post("/token", response_model=None)
+async def club_login(form: LoginForm, db: Db, passwords: AppPasswords):
...
-        raise HTTPException(401, "Wrong username or password.", headers=NOT_LOGGED_IN)
+        return JSONResponse({"detail": "Wrong username or password."}, 401, {"WWW-Authenticate": "Bearer"})

# %% wrong: the password in the refusal
# says: repeats the password that was sent
# change: solution
-        raise HTTPException(401, "Wrong username or password.", headers=NOT_LOGGED_IN)
+        raise HTTPException(401, f"{form.password} is not the password.", headers=NOT_LOGGED_IN)

# %% wrong: a list as detail
# says: a sentence as its `detail`
# change: solution
-        raise HTTPException(401, "Wrong username or password.", headers=NOT_LOGGED_IN)
+        raise HTTPException(401, ["Wrong username or password."], headers=NOT_LOGGED_IN)

# %% wrong: a telling header
# breaks: the same headers with `WWW-Authenticate: Bearer` among them
# says: by its header `x-reason`
# change: solution
-        raise HTTPException(401, "Wrong username or password.", headers=NOT_LOGGED_IN)
+        reason = "unknown" if user is None else "password"
+        raise HTTPException(401, "Wrong username or password.", headers={**NOT_LOGGED_IN, "X-Reason": reason})

# %% wrong: a telling header for who has left
# says: by its header `x-left`
# change: solution
-        raise HTTPException(401, "Wrong username or password.", headers=NOT_LOGGED_IN)
+        more = {"X-Left": "yes"} if user and not user.active else {}
+        raise HTTPException(401, "Wrong username or password.", headers={**NOT_LOGGED_IN, **more})

# %% wrong: Ana's token for everybody
# breaks: With the right password nothing changes
# says: Carla got Ana's token
# change: solution
-    return {"access_token": f"a token for {user.username}", "token_type": "bearer"}
+    return {"access_token": "a token for ana", "token_type": "bearer"}

# %% wrong: no token type
# says: answered with another body
# change: solution
-    return {"access_token": f"a token for {user.username}", "token_type": "bearer"}
+    return {"access_token": f"a token for {user.username}"}

# %% wrong: an extra hash for an unknown name
# breaks: the same work: one verification
# says: does a new hash and a verification
# change: solution
-    kept = passwords.of_nobody if user is None else user.password_hash
+    kept = await passwords.hash(SecretStr("nobody")) if user is None else user.password_hash

# %% wrong: a nobody of production's cost
# says: at the cost `m=65536
# change: solution
 club_router = APIRouter()
+NOBODY = hasher.hash("nobody at all")
...
-    kept = passwords.of_nobody if user is None else user.password_hash
+    kept = NOBODY if user is None else user.password_hash

# %% wrong: nobody's password may be sent
# breaks: These three must look the same to the caller
# says: which no member's name gets
# change: solution
-    kept = passwords.of_nobody if user is None else user.password_hash
-    fits = await passwords.fits(form.password, kept)
-    if user is None or not fits:
+    fits = await passwords.fits(form.password, user.password_hash if user else passwords.of_nobody)
+    if user is None:
+        raise HTTPException(404, "Wrong username or password.", headers=NOT_LOGGED_IN)
+    if not fits:

# %% wrong: the right password of an unknown name crashes
# says: your code crashed, and that tells as well
# change: solution
-    if user is None or not fits:
+    if fits is False and user is not None:

# %% wrong: a 400 for all
# breaks: status 401
# says: answered 400
# change: solution
-        raise HTTPException(401, "Wrong username or password.", headers=NOT_LOGGED_IN)
+        raise HTTPException(400, "Wrong username or password.", headers=NOT_LOGGED_IN)

# %% wrong: the header names Basic
# says: header says `Basic`
# change: solution
-        raise HTTPException(401, "Wrong username or password.", headers=NOT_LOGGED_IN)
+        raise HTTPException(401, "Wrong username or password.", headers={"WWW-Authenticate": "Basic"})

# %% wrong: lets guesses in for who is not active
# says: Verify the password first
# change: solution
-    if user is None or not fits:
+    if user is None or (not fits and user.active):

# %% wrong: nothing verified, text compared
# says: nothing was verified. Compare with
# change: solution
-    fits = await passwords.fits(form.password, kept)
+    fits = form.password == "seven blue tables"

# %% wrong: an unknown name gets in
# says: With an unknown name, a guess was let in
# change: solution
-    if user is None or not fits:
+    if user is None:
+        return {"access_token": "a token for nobody", "token_type": "bearer"}
+    if not fits:
