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
