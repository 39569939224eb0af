# story: The real way to a role is `PUT /users/{user_id}/role`, and a member used it on himself.

# %% right: a guard that the lesson has made
# change: solution
+
 roles_router = APIRouter()

-@roles_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.admin))])
+
+@roles_router.put("/users/{user_id}/role", dependencies=[only_admins])
...
+
 roles_app = new_app(auth_router, roles_router)

# %% right: asked in the route
class RoleChange(RequestModel):
    role: Role


roles_router = APIRouter()


@roles_router.put("/users/{user_id}/role")
async def give_role(user_id: int, change: RoleChange, db: Db, me: ActiveUser) -> dict[str, str]:
    if me.role != "admin":
        raise HTTPException(status_code=403)
    user = await db.get(User, user_id)
    if user is None:
        raise HTTPException(404, f"There is no user {user_id}.")
    user.role = change.role
    return {"username": user.username, "role": user.role}


roles_app = new_app(auth_router, roles_router)

# %% right: a guard of its own
# change: asked in the route
-@roles_router.put("/users/{user_id}/role")
-async def give_role(user_id: int, change: RoleChange, db: Db, me: ActiveUser) -> dict[str, str]:
-    if me.role != "admin":
-        raise HTTPException(status_code=403)
+async def must_be_admin(user: CurrentUser) -> None:
+    if not user.active or user.role not in (Role.admin,):
+        raise HTTPException(403, "No.")
+
+
+@roles_router.put("/users/{user_id}/role", dependencies=[Depends(must_be_admin)])
+async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:

# %% wrong: any known user gives roles
# says: Ask for the caller's role
# change: asked in the route
-@roles_router.put("/users/{user_id}/role")
-async def give_role(user_id: int, change: RoleChange, db: Db, me: ActiveUser) -> dict[str, str]:
-    if me.role != "admin":
-        raise HTTPException(status_code=403)
+@roles_router.put("/users/{user_id}/role", dependencies=[Depends(get_current_user)])
+async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:

# %% wrong: not to oneself
# says: Ana, a member, made user 4 an admin
# says: Ask for the caller's role
# change: asked in the route
-    if me.role != "admin":
-        raise HTTPException(status_code=403)
+    if me.id == user_id:
+        raise HTTPException(403, "Not to yourself.")

# %% wrong: not Ana
# says: Dora, a member, made themselves an admin
# change: asked in the route
-    if me.role != "admin":
-        raise HTTPException(status_code=403)
+    if me.id == 1:
+        raise HTTPException(403, "Not you.")

# %% wrong: only Carla
# says: Ana is refused
# change: asked in the route
-    if me.role != "admin":
-        raise HTTPException(status_code=403)
+    if me.username != "carla":
+        raise HTTPException(403, "Not you.")

# %% wrong: admins, but not to themselves
# says: Do not compare her number
# change: asked in the route
-@roles_router.put("/users/{user_id}/role")
+@roles_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.admin))])
 async def give_role(user_id: int, change: RoleChange, db: Db, me: ActiveUser) -> dict[str, str]:
-    if me.role != "admin":
-        raise HTTPException(status_code=403)
+    if me.id == user_id:
+        raise HTTPException(403, "Not to yourself.")

# %% wrong: the class is not called
# says: the class `require_role` itself
# says: Call it with the role
# change: asked in the route
-@roles_router.put("/users/{user_id}/role")
-async def give_role(user_id: int, change: RoleChange, db: Db, me: ActiveUser) -> dict[str, str]:
-    if me.role != "admin":
-        raise HTTPException(status_code=403)
+@roles_router.put("/users/{user_id}/role", dependencies=[Depends(require_role)])
+async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:

# %% wrong: the class is not called, as a parameter
# says: Call it with the role
# change: asked in the route
-async def give_role(user_id: int, change: RoleChange, db: Db, me: ActiveUser) -> dict[str, str]:
-    if me.role != "admin":
-        raise HTTPException(status_code=403)
+async def give_role(user_id: int, change: RoleChange, db: Db, guard: Annotated[None, Depends(require_role)]) -> dict[str, str]:

# %% wrong: a guard that asks for members
# says: made themselves an admin
# change: asked in the route
-@roles_router.put("/users/{user_id}/role")
-async def give_role(user_id: int, change: RoleChange, db: Db, me: ActiveUser) -> dict[str, str]:
-    if me.role != "admin":
-        raise HTTPException(status_code=403)
+@roles_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.member))])
+async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:

# %% wrong: compared with a wrong word
# says: Carla is an admin, and she is refused
# change: asked in the route
-@roles_router.put("/users/{user_id}/role")
-async def give_role(user_id: int, change: RoleChange, db: Db, me: ActiveUser) -> dict[str, str]:
-    if me.role != "admin":
-        raise HTTPException(status_code=403)
+@roles_router.put("/users/{user_id}/role", dependencies=[Depends(require_role("Admin"))])
+async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:

# %% wrong: who is not active is let in
# says: Ben, whose account is not active
# change: asked in the route
-async def give_role(user_id: int, change: RoleChange, db: Db, me: ActiveUser) -> dict[str, str]:
-    if me.role != "admin":
-        raise HTTPException(status_code=403)
+async def give_role(user_id: int, change: RoleChange, db: Db, me: CurrentUser) -> dict[str, str]:
+    if me.role != "admin" and me.active:
+        raise HTTPException(403)

# %% wrong: hidden
# says: What the caller lacks is the role
# change: asked in the route
-        raise HTTPException(status_code=403)
+        raise HTTPException(404)

# %% wrong: no guard at all
# says: made themselves an admin
# change: asked in the route
-async def give_role(user_id: int, change: RoleChange, db: Db, me: ActiveUser) -> dict[str, str]:
-    if me.role != "admin":
-        raise HTTPException(status_code=403)
+async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:

# %% wrong: the role asked after the look-up
# says: looks for the user first
class RoleChange(RequestModel):
    role: Role
roles_router = APIRouter()
@roles_router.put("/users/{user_id}/role", dependencies=[Depends(get_current_active_user)])
async def give_role(user_id: int, change: RoleChange, db: Db, caller: ActiveUser) -> dict[str, str]:
    user = await db.get(User, user_id)
    if user is None:
        raise HTTPException(404, f"There is no user {user_id}.")
    if caller.role != Role.admin:
        raise HTTPException(403, 'no')
    user.role = change.role
    return {"username": user.username, "role": user.role}
roles_app = new_app(auth_router, roles_router)

# %% wrong: the role of the user in the path is asked
# says: Carla is an admin, and she is refused
# change: the role asked after the look-up
-async def give_role(user_id: int, change: RoleChange, db: Db, caller: ActiveUser) -> dict[str, str]:
+async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
...
-    if caller.role != Role.admin:
+    if user.role != Role.admin:

# %% wrong: an admin whose account is not active gets through
# says: whose account is not active, and he still gives roles
class RoleChange(RequestModel):
    role: Role
roles_router = APIRouter()
@roles_router.put("/users/{user_id}/role")
async def give_role(user_id: int, change: RoleChange, db: Db, caller: CurrentUser) -> dict[str, str]:
    if caller.role != Role.admin:
        raise HTTPException(403, 'no')
    user = await db.get(User, user_id)
    if user is None:
        raise HTTPException(404, f"There is no user {user_id}.")
    user.role = change.role
    return {"username": user.username, "role": user.role}
roles_app = new_app(auth_router, roles_router)

# %% right: a second dependency in the signature
# change: solution
-@roles_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.admin))])
-async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
+@roles_router.put("/users/{user_id}/role")
+async def give_role(user_id: int, change: RoleChange, db: Db, _: Annotated[None, Depends(require_role(Role.admin))]) -> dict[str, str]:

# %% right: the router has the guard
# change: solution
-roles_router = APIRouter()
+roles_router = APIRouter(dependencies=[Depends(require_role(Role("admin")))])
...
-@roles_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.admin))])
+@roles_router.put("/users/{user_id}/role")

# %% wrong: a 404 that becomes a 201
# breaks: Everything else stays as it is.
# says: giving them a role created something
# change: solution
-@roles_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.admin))])
-async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
+@roles_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.admin))])
+async def give_role(user_id: int, change: RoleChange, db: Db, response: Response) -> dict[str, str]:
...
-        raise HTTPException(404, f"There is no user {user_id}.")
+        user = User(id=user_id, username=f"user{user_id}", email=f"user{user_id}@example.com", password_hash="none")
+        db.add(user)
+        response.status_code = 201

# %% wrong: a 403 for a user who is not there
# breaks: Let admins in
# says: so she may give roles
# change: solution
-        raise HTTPException(404, f"There is no user {user_id}.")
+        raise HTTPException(403, f"There is no user {user_id}.")

# %% wrong: nobody there is fine
# says: the answer is that one got a role
# change: solution
-        raise HTTPException(404, f"There is no user {user_id}.")
+        return {"username": "", "role": change.role}

# %% wrong: any word is a role
# says: Leave `RoleChange` as it was
# change: solution
-    role: Role
+    role: str

# %% wrong: the hash in the answer
# says: answered with another body
# change: solution
-    return {"username": user.username, "role": user.role}
+    return {"username": user.username, "role": user.role, "hash": user.password_hash}

# %% wrong: everybody gets the role
# says: An admin gives one role to one user
# change: solution
-    user.role = change.role
+    for one in await db.scalars(select(User)):
+        one.role = change.role

# %% wrong: the account is opened, too
# says: `ben.active` was
# change: solution
-    user.role = change.role
+    user.role = change.role
+    user.active = True

# %% wrong: no admin for Ben
# breaks: An admin may change any role
# says: answered with another body
# change: solution
-    user.role = change.role
+    if user.active:
+        user.role = change.role

# %% wrong: 401 for members
# breaks: answer 403 to all other users
# says: We know who is calling: 403
# change: solution
-@roles_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.admin))])
-async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
+@roles_router.put("/users/{user_id}/role")
+async def give_role(user_id: int, change: RoleChange, db: Db, me: ActiveUser) -> dict[str, str]:
+    if me.role != "admin":
+        raise HTTPException(401)

# %% wrong: strangers with the right words
# says: Somebody without a token made Ana an admin
# change: solution
-@roles_router.put("/users/{user_id}/role", dependencies=[Depends(require_role(Role.admin))])
-async def give_role(user_id: int, change: RoleChange, db: Db) -> dict[str, str]:
+from fastapi.security import HTTPBearer
+@roles_router.put("/users/{user_id}/role")
+async def give_role(user_id: int, change: RoleChange, db: Db, settings: AppSettings, request: Request) -> dict[str, str]:
+    number = read_token(request.headers.get("Authorization", "")[7:], settings)
+    me = await db.get(User, number) if number else None
+    if me and (not me.active or me.role != "admin"):
+        raise HTTPException(403)

# %% wrong: nothing is saved
# says: An admin gives one role to one user
# change: solution
-    user.role = change.role
-    return {"username": user.username, "role": user.role}
+    return {"username": user.username, "role": change.role}
