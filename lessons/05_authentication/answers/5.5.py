# %% right: a chain of its own, with the badge as it was
members_router = APIRouter()


@members_router.post("/badge")
async def create_badge(form: LoginForm, db: Db, passwords: AppPasswords, settings: AppSettings) -> Token:
    user = await log_in(db, passwords, form.username, form.password)
    if user is None:
        raise HTTPException(401, "Wrong username or password.", headers=NOT_LOGGED_IN)
    claims = {"sub": str(user.id), "username": user.username, "role": user.role, "active": user.active}
    claims |= {"aud": settings.audience, "exp": datetime.now(UTC) + timedelta(days=30)}
    badge = jwt.encode(claims, settings.secret_key.get_secret_value(), algorithm="HS256")
    return Token(access_token=badge, token_type="bearer")


async def get_claims(token: Annotated[str, Depends(oauth2)], settings: AppSettings) -> dict[str, Any]:
    key = settings.secret_key.get_secret_value()
    try:
        return jwt.decode(token, key, algorithms=["HS256"], audience=settings.audience)
    except jwt.InvalidTokenError as error:
        raise HTTPException(401, "Could not validate credentials.", headers=NOT_LOGGED_IN) from error


Claims = Annotated[dict[str, Any], Depends(get_claims)]


async def get_member(claims: Claims, db: Db) -> User:
    member = await db.scalar(select(User).where(User.id == int(claims["sub"])))
    if not member:
        raise HTTPException(401, "Unknown.", headers={"WWW-Authenticate": "Bearer"})
    if not member.active:
        raise HTTPException(403, "You have left.")
    return member


@members_router.get("/club/me")
async def read_member(member: Annotated[User, Depends(get_member)]):
    return {"username": member.username, "role": member.role}


members_app = new_app(members_router)

# %% right: a response model and the chain
# change: solution
+class Member(BaseModel):
+    username: str
+    role: Role
+
+
-@members_router.get("/club/me")
-async def read_member(member: ActiveUser) -> dict[str, str]:
-    return {"username": member.username, "role": member.role}
+@members_router.get("/club/me", response_model=Member)
+async def read_member(member: Annotated[User, Depends(get_current_active_user)]):
+    return Member(username=member.username, role=Role(member.role))

# %% wrong: the badge is a token of ours
# breaks: The login, `POST /badge`, is fine as it is.
# says: `POST /badge` prints another badge than before
members_router = APIRouter()


@members_router.post("/badge")
async def create_badge(form: LoginForm, db: Db, passwords: AppPasswords, settings: AppSettings) -> Token:
    user = await log_in(db, passwords, form.username, form.password)
    if user is None:
        raise HTTPException(401, "Wrong username or password.", headers=NOT_LOGGED_IN)
    return Token(access_token=make_token(user.id, settings), token_type="bearer")


class Member(BaseModel):
    username: str
    role: Role


@members_router.get("/club/me", response_model=Member)
async def read_member(member: Annotated[User, Depends(get_current_active_user)]):
    return Member(username=member.username, role=Role(member.role))


members_app = new_app(members_router)

# %% wrong: only the statuses were mended
# says: what was printed on her badge
# change: a chain of its own, with the badge as it was
-async def get_member(claims: Claims, db: Db) -> User:
-    member = await db.scalar(select(User).where(User.id == int(claims["sub"])))
-    if not member:
-        raise HTTPException(401, "Unknown.", headers={"WWW-Authenticate": "Bearer"})
-    if not member.active:
-        raise HTTPException(403, "You have left.")
-    return member
+async def get_member(claims: Claims) -> dict[str, Any]:
+    if not claims["active"]:
+        raise HTTPException(403, "Inactive member.")
+    return claims
...
-async def read_member(member: Annotated[User, Depends(get_member)]):
-    return {"username": member.username, "role": member.role}
+async def read_member(member: Annotated[dict[str, Any], Depends(get_member)]) -> dict[str, str]:
+    return {"username": member["username"], "role": member["role"]}

# %% wrong: the role is read anew, active comes from the badge
# says: her badge still opens the door
# change: a chain of its own, with the badge as it was
-async def get_member(claims: Claims, db: Db) -> User:
-    member = await db.scalar(select(User).where(User.id == int(claims["sub"])))
-    if not member:
-        raise HTTPException(401, "Unknown.", headers={"WWW-Authenticate": "Bearer"})
-    if not member.active:
-        raise HTTPException(403, "You have left.")
-    return member
-
-
 @members_router.get("/club/me")
-async def read_member(member: Annotated[User, Depends(get_member)]):
-    return {"username": member.username, "role": member.role}
+async def read_member(claims: Claims, db: Db) -> dict[str, str]:
+    if not claims["active"]:
+        raise HTTPException(403, "Inactive member.")
+    user = await db.get(User, int(claims["sub"]))
+    if user is None:
+        raise HTTPException(401, "Unknown.", headers=NOT_LOGGED_IN)
+    return {"username": user.username, "role": user.role}

# %% wrong: nobody thinks of who is gone
# says: `db.get` gives `None` for a user who is gone
# change: a chain of its own, with the badge as it was
-async def get_member(claims: Claims, db: Db) -> User:
-    member = await db.scalar(select(User).where(User.id == int(claims["sub"])))
-    if not member:
-        raise HTTPException(401, "Unknown.", headers={"WWW-Authenticate": "Bearer"})
-    if not member.active:
-        raise HTTPException(403, "You have left.")
-    return member
-
-
 @members_router.get("/club/me")
-async def read_member(member: Annotated[User, Depends(get_member)]):
-    return {"username": member.username, "role": member.role}
+async def read_member(claims: Claims, db: Db) -> dict[str, str]:
+    user = await db.get(User, int(claims["sub"]))
+    if not user.active:
+        raise HTTPException(403, "Inactive member.")
+    return {"username": user.username, "role": user.role}

# %% wrong: a user who is gone is a 404
# says: it is the caller who does not
# change: a chain of its own, with the badge as it was
-async def get_member(claims: Claims, db: Db) -> User:
-    member = await db.scalar(select(User).where(User.id == int(claims["sub"])))
-    if not member:
-        raise HTTPException(401, "Unknown.", headers={"WWW-Authenticate": "Bearer"})
-    if not member.active:
-        raise HTTPException(403, "You have left.")
-    return member
-
-
 @members_router.get("/club/me")
-async def read_member(member: Annotated[User, Depends(get_member)]):
-    return {"username": member.username, "role": member.role}
+async def read_member(claims: Claims, db: Db) -> dict[str, str]:
+    user = await db.get(User, int(claims["sub"]))
+    if user is None:
+        raise HTTPException(404, "User not found")
+    if not user.active:
+        raise HTTPException(403, "Inactive member.")
+    return {"username": user.username, "role": user.role}

# %% wrong: not active is a 400
# says: He is known, and he may not: 403
members_router = APIRouter()


@members_router.post("/badge")
async def create_badge(form: LoginForm, db: Db, passwords: AppPasswords, settings: AppSettings) -> Token:
    user = await log_in(db, passwords, form.username, form.password)
    if user is None:
        raise HTTPException(401, "Wrong username or password.", headers=NOT_LOGGED_IN)
    claims = {"sub": str(user.id), "username": user.username, "role": user.role, "active": user.active}
    claims |= {"aud": settings.audience, "exp": datetime.now(UTC) + timedelta(days=30)}
    badge = jwt.encode(claims, settings.secret_key.get_secret_value(), algorithm="HS256")
    return Token(access_token=badge, token_type="bearer")


@members_router.get("/club/me")
async def read_member(member: CurrentUser) -> dict[str, str]:
    if not member.active:
        raise HTTPException(400, "Inactive member.")
    return {"username": member.username, "role": member.role}


members_app = new_app(members_router)

# %% wrong: an expired badge is a 403
# says: is a stranger to us
# change: not active is a 400
-async def read_member(member: CurrentUser) -> dict[str, str]:
-    if not member.active:
-        raise HTTPException(400, "Inactive member.")
-    return {"username": member.username, "role": member.role}
+async def read_member(token: Annotated[str, Depends(oauth2)], db: Db, settings: AppSettings) -> dict[str, str]:
+    user_id = read_token(token, settings)
+    if user_id is None:
+        raise HTTPException(403, "Could not validate credentials.")
+    user = await db.get(User, user_id)
+    return {"username": user.username, "role": user.role}

# %% wrong: a 401 without the way back
# says: has no `WWW-Authenticate`
# change: not active is a 400
-async def read_member(member: CurrentUser) -> dict[str, str]:
-    if not member.active:
-        raise HTTPException(400, "Inactive member.")
-    return {"username": member.username, "role": member.role}
+async def read_member(token: Annotated[str, Depends(oauth2)], db: Db, settings: AppSettings) -> dict[str, str]:
+    user_id = read_token(token, settings)
+    user = await db.get(User, user_id or 0)
+    if user is None:
+        raise HTTPException(401, "Could not validate credentials.")
+    if not user.active:
+        raise HTTPException(403, "Inactive.")
+    return {"username": user.username, "role": user.role}

# %% wrong: the current user is enough
# says: Ben's account is not active, and he gets in
# change: not active is a 400
-    if not member.active:
-        raise HTTPException(400, "Inactive member.")

# %% wrong: the user is looked up by name
# says: a stranger has taken her name
# says: Look for the user by the id in `sub`
# change: a chain of its own, with the badge as it was
-    member = await db.scalar(select(User).where(User.id == int(claims["sub"])))
+    member = await db.scalar(select(User).where(User.username == claims["username"]))

# %% wrong: by id and by name, and a login token has no name
# says: A login token has no `username`
# change: a chain of its own, with the badge as it was
-    member = await db.scalar(select(User).where(User.id == int(claims["sub"])))
+    member = await db.scalar(select(User).where(User.id == int(claims["sub"]), User.username == claims["username"]))

# %% wrong: the name comes from the badge
# says: the one that the badge was printed with
# change: a chain of its own, with the badge as it was
-async def read_member(member: Annotated[User, Depends(get_member)]):
-    return {"username": member.username, "role": member.role}
+async def read_member(member: Annotated[User, Depends(get_member)], claims: Claims):
+    return {"username": claims.get("username", "somebody"), "role": member.role}

# %% wrong: by id, and by name where there is one
# says: she is not found any more
# change: a chain of its own, with the badge as it was
-    member = await db.scalar(select(User).where(User.id == int(claims["sub"])))
+    member = await db.scalar(select(User).where(User.id == int(claims["sub"]), User.username == claims.get("username", User.username)))

# %% wrong: the 403 for all of them
# says: Here a new login helps: 401
# change: a chain of its own, with the badge as it was
-        raise HTTPException(401, "Could not validate credentials.", headers=NOT_LOGGED_IN) from error
+        raise HTTPException(403, "No.") from error

# %% wrong: a bad token crashes
# says: your code crashed
# change: a chain of its own, with the badge as it was
-    except jwt.InvalidTokenError as error:
+    except ZeroDivisionError as error:
