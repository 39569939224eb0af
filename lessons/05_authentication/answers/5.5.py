# story: Ben's chess club has badges, too: a JWT with everything in it, so that no request has to ask the database.
# story: On Friday a member was thrown out.
# story: On Sunday he was still in, as an admin.
# story: And the phone team complains: for a badge that has expired they get a 403, so the app says "you may not" where it should ask for the password.
# story: Mend `GET /club/me`.

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
+    if not user.active:
+        raise HTTPException(403, "Inactive.")
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
# breaks: A member whose account is not active gets a 403.
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

# %% right: read_token and a query
# change: solution
-@members_router.get("/club/me")
-async def read_member(member: ActiveUser) -> dict[str, str]:
-    return {"username": member.username, "role": member.role}
+async def get_member(token: Annotated[str, Depends(oauth2)], settings: AppSettings, db: Db) -> User:
+    number = read_token(token, settings)
+    member = await db.scalar(select(User).where(User.id == number)) if number else None
+    if member is None:
+        raise HTTPException(401, "Log in again.", NOT_LOGGED_IN)
+    if member.active:
+        return member
+    raise HTTPException(403)
+
+@members_router.get("/club/me")
+async def read_member(member: Annotated[User, Depends(get_member)]) -> dict[str, str]:
+    return dict(username=member.username, role=member.role)

# %% right: the router is guarded, the current user is read
# change: solution
-@members_router.get("/club/me")
-async def read_member(member: ActiveUser) -> dict[str, str]:
-    return {"username": member.username, "role": member.role}
+class Greeting(BaseModel):
+    model_config = {"from_attributes": True}
+    username: str
+    role: str
+
+@members_router.get("/club/me", response_model=Greeting, dependencies=[Depends(get_current_active_user)])
+async def read_member(me: CurrentUser) -> User:
+    return me

# %% wrong: the login lets only active ones in
# says: Ben got no badge
# change: solution
     claims = {"username": user.username, "role": user.role, "active": user.active}
+    if not user.active:
+        raise HTTPException(403, "Inactive.")

# %% wrong: the badge lives an hour
# says: prints another badge than before
# change: solution
-    claims |= {"exp": datetime.now(UTC) + timedelta(days=30)}
+    claims |= {"exp": datetime.now(UTC) + timedelta(hours=1)}

# %% wrong: a promotion is believed late
# breaks: It answers with `username` and `role` as they are **now**.
# says: Ana has become an admin
# change: solution
-async def read_member(member: ActiveUser) -> dict[str, str]:
-    return {"username": member.username, "role": member.role}
+async def read_member(member: ActiveUser, token: Annotated[str, Depends(oauth2)]) -> dict[str, str]:
+    said = jwt.decode(token, options={"verify_signature": False}).get("role", "member")
+    return {"username": member.username, "role": "member" if member.role == "member" else said}

# %% wrong: a change of role ends the badge
# says: their badge isn't taken any more
# change: solution
-async def read_member(member: ActiveUser) -> dict[str, str]:
+async def read_member(member: ActiveUser, token: Annotated[str, Depends(oauth2)]) -> dict[str, str]:
+    said = jwt.decode(token, options={"verify_signature": False}).get("role", member.role)
+    if said != member.role:
+        raise HTTPException(401, "Changed.", headers=NOT_LOGGED_IN)

# %% wrong: removed without the header
# breaks: and so does a member who has been removed
# says: her 401 has no `WWW-Authenticate`
# change: solution
-@members_router.get("/club/me")
-async def read_member(member: ActiveUser) -> dict[str, str]:
+async def get_member(token: Annotated[str, Depends(oauth2)], settings: AppSettings, db: Db) -> User:
+    number = read_token(token, settings)
+    if number is None:
+        raise HTTPException(401, "Log in again.", NOT_LOGGED_IN)
+    member = await db.get(User, number)
+    if member is None:
+        raise HTTPException(401, "Removed.")
+    if not member.active:
+        raise HTTPException(403)
+    return member
+
+@members_router.get("/club/me")
+async def read_member(member: Annotated[User, Depends(get_member)]) -> dict[str, str]:

# %% wrong: a ticket is a badge
# breaks: A caller without a valid badge gets a 401 that names `Bearer`
# says: a ticket for the calendar got in
# change: solution
-@members_router.get("/club/me")
-async def read_member(member: ActiveUser) -> dict[str, str]:
+async def get_member(token: Annotated[str, Depends(oauth2)], settings: AppSettings, db: Db) -> User:
+    try:
+        claims = jwt.decode(token, settings.secret_key.get_secret_value(), algorithms=["HS256"], options={"verify_aud": False})
+    except jwt.InvalidTokenError:
+        raise HTTPException(401, "Log in again.", NOT_LOGGED_IN)
+    member = await db.get(User, int(claims["sub"]))
+    if member is None:
+        raise HTTPException(401, "Removed.", NOT_LOGGED_IN)
+    if not member.active:
+        raise HTTPException(403)
+    return member
+
+@members_router.get("/club/me")
+async def read_member(member: Annotated[User, Depends(get_member)]) -> dict[str, str]:

# %% wrong: nothing verified
# says: a badge signed by somebody else got in
# change: solution
-@members_router.get("/club/me")
-async def read_member(member: ActiveUser) -> dict[str, str]:
+async def get_member(token: Annotated[str, Depends(oauth2)], settings: AppSettings, db: Db) -> User:
+    try:
+        claims = jwt.decode(token, options={"verify_signature": False, "verify_exp": True})
+    except jwt.InvalidTokenError:
+        raise HTTPException(401, "Log in again.", NOT_LOGGED_IN)
+    member = await db.get(User, int(claims["sub"]))
+    if member is None:
+        raise HTTPException(401, "Removed.", NOT_LOGGED_IN)
+    if not member.active:
+        raise HTTPException(403)
+    return member
+
+@members_router.get("/club/me")
+async def read_member(member: Annotated[User, Depends(get_member)]) -> dict[str, str]:

# %% wrong: only members with the role member get in
# says: answered 403
# change: solution
-    return {"username": member.username, "role": member.role}
+    if member.role != "member":
+        raise HTTPException(403)
+    return {"username": member.username, "role": member.role}

# %% wrong: the visit is written down
# says: A GET only reads
# change: solution
-async def read_member(member: ActiveUser) -> dict[str, str]:
+async def read_member(member: ActiveUser, db: Db) -> dict[str, str]:
+    db.add(Reminder(owner_id=member.id, text="visited"))

# %% wrong: the higher role counts
# says: Carla isn't an admin any more
# change: solution
-async def read_member(member: ActiveUser) -> dict[str, str]:
-    return {"username": member.username, "role": member.role}
+async def read_member(member: ActiveUser, token: Annotated[str, Depends(oauth2)]) -> dict[str, str]:
+    said = jwt.decode(token, options={"verify_signature": False}).get("role", "member")
+    return {"username": member.username, "role": "admin" if "admin" in (said, member.role) else "member"}

# %% wrong: who is not active is not found
# says: We know who Ben is, so a new login does not help him
# change: a chain of its own, with the badge as it was
-    if not member:
+    if not member or not member.active:
