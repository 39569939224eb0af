# story: On Ben's new profile page, users can change their email.
# story: Then a `PATCH /users/me` was seen whose body held `"role": "admin"`, and it worked.

# %% right: forbidden fields are a setting, and the email is set by name
from app_snippets.stages.after_04_database import Email
from pydantic import MISSING


class ProfileUpdate(BaseModel, extra="forbid"):
    email: Email = ""


profile_router = APIRouter()


@profile_router.patch("/users/me")
async def change_profile(changes: ProfileUpdate, user: ActiveUser) -> dict[str, str]:
    if "email" in changes.model_fields_set:
        user.email = changes.email
    return {"username": user.username, "email": user.email, "role": user.role}


profile_app = new_app(auth_router, profile_router)

# %% right: the email must be sent
# change: forbidden fields are a setting, and the email is set by name
-class ProfileUpdate(BaseModel, extra="forbid"):
-    email: Email = ""
+class ProfileUpdate(RequestModel):
+    email: Email
...
-    if "email" in changes.model_fields_set:
-        user.email = changes.email
+    user.email = changes.email

# %% right: a model that is refused by hand
# change: forbidden fields are a setting, and the email is set by name
-class ProfileUpdate(BaseModel, extra="forbid"):
-    email: Email = ""
+class ProfileUpdate(BaseModel):
+    model_config = {"extra": "allow"}
+    email: Email | MISSING = MISSING
...
-    if "email" in changes.model_fields_set:
+    if changes.model_extra:
+        raise HTTPException(422, "These fields are not yours to change.")
+    if changes.email is not MISSING:

# %% wrong: role went, active stayed
# says: with `active` changed the row
# change: forbidden fields are a setting, and the email is set by name
-class ProfileUpdate(BaseModel, extra="forbid"):
-    email: Email = ""
+class ProfileUpdate(RequestModel):
+    email: Email | MISSING = MISSING
+    active: bool | MISSING = MISSING
...
-    if "email" in changes.model_fields_set:
-        user.email = changes.email
+    for name, value in changes.model_dump(exclude_unset=True).items():
+        setattr(user, name, value)

# %% wrong: the rest is ignored in silence
# says: was ignored without a word
# change: forbidden fields are a setting, and the email is set by name
-class ProfileUpdate(BaseModel, extra="forbid"):
-    email: Email = ""
+class ProfileUpdate(BaseModel):
+    email: Email | MISSING = MISSING
...
-    if "email" in changes.model_fields_set:
-        user.email = changes.email
+    for name, value in changes.model_dump(exclude_unset=True).items():
+        setattr(user, name, value)

# %% wrong: any field at all
# says: changed the row
# change: forbidden fields are a setting, and the email is set by name
-class ProfileUpdate(BaseModel, extra="forbid"):
-    email: Email = ""
+class ProfileUpdate(BaseModel, extra="allow"):
+    email: Email | MISSING = MISSING
...
-    if "email" in changes.model_fields_set:
-        user.email = changes.email
+    for name, value in changes.model_dump(exclude_unset=True).items():
+        setattr(user, name, value)

# %% wrong: null is an email
# says: `null` as an email crashes your route
# change: forbidden fields are a setting, and the email is set by name
-class ProfileUpdate(BaseModel, extra="forbid"):
-    email: Email = ""
+class ProfileUpdate(RequestModel):
+    email: Email | None = None
...
-    if "email" in changes.model_fields_set:
-        user.email = changes.email
+    for name, value in changes.model_dump(exclude_unset=True).items():
+        setattr(user, name, value)

# %% wrong: null is no change
# says: your route takes it
# change: forbidden fields are a setting, and the email is set by name
-class ProfileUpdate(BaseModel, extra="forbid"):
-    email: Email = ""
+class ProfileUpdate(RequestModel):
+    email: Email | None = None
...
-    if "email" in changes.model_fields_set:
+    if changes.email:

# %% wrong: any text is an email
# says: Keep the type `Email`
# change: forbidden fields are a setting, and the email is set by name
-class ProfileUpdate(BaseModel, extra="forbid"):
-    email: Email = ""
+class ProfileUpdate(RequestModel):
+    email: str | MISSING = MISSING
...
-    if "email" in changes.model_fields_set:
-        user.email = changes.email
+    for name, value in changes.model_dump(exclude_unset=True).items():
+        setattr(user, name, value)

# %% wrong: the email is not saved
# says: another body than expected
# change: forbidden fields are a setting, and the email is set by name
-class ProfileUpdate(BaseModel, extra="forbid"):
-    email: Email = ""
+class ProfileUpdate(RequestModel):
+    email: Email | MISSING = MISSING
...
-    if "email" in changes.model_fields_set:
-        user.email = changes.email
+    for name, value in changes.model_dump(exclude_unset=True).items():
+        pass

# %% wrong: the profile says so, the database does not
# says: email in the database
from app_snippets.stages.after_04_database import Email
from pydantic import MISSING


class ProfileUpdate(RequestModel):
    email: Email | MISSING = MISSING


profile_router = APIRouter()


@profile_router.patch("/users/me")
async def change_profile(changes: ProfileUpdate, user: ActiveUser) -> dict[str, str]:
    pass
    return {"username": user.username, "email": changes.email, "role": user.role}


profile_app = new_app(auth_router, profile_router)

# %% wrong: role may be sent and is dropped
# says: was ignored without a word
# change: the profile says so, the database does not
     email: Email | MISSING = MISSING
+    role: Role | MISSING = MISSING
...
-    pass
-    return {"username": user.username, "email": changes.email, "role": user.role}
+    for name, value in changes.model_dump(exclude_unset=True).items():
+        if name == "email":
+            setattr(user, name, value)
+    return {"username": user.username, "email": user.email, "role": user.role}

# %% wrong: an account that is not active may change its email
# says: leave it so
from app_snippets.stages.after_04_database import Email
from pydantic import MISSING
class ProfileUpdate(RequestModel):
    email: Email | MISSING = MISSING
profile_router = APIRouter()
@profile_router.patch("/users/me")
async def change_profile(changes: ProfileUpdate, user: CurrentUser) -> dict[str, str]:
    for name, value in changes.model_dump(exclude_unset=True).items():
        setattr(user, name, value)
    return {"username": user.username, "email": user.email, "role": user.role}
profile_app = new_app(auth_router, profile_router)

# %% wrong: nothing is set
# says: The email was not changed
# change: an account that is not active may change its email
-async def change_profile(changes: ProfileUpdate, user: CurrentUser) -> dict[str, str]:
+async def change_profile(changes: ProfileUpdate, user: ActiveUser) -> dict[str, str]:
     for name, value in changes.model_dump(exclude_unset=True).items():
-        setattr(user, name, value)
+        pass

# %% wrong: a 403 in the route for members
# says: Take the field out of the model
# change: an account that is not active may change its email
+    role: Role | MISSING = MISSING
 profile_router = APIRouter()
 @profile_router.patch("/users/me")
-async def change_profile(changes: ProfileUpdate, user: CurrentUser) -> dict[str, str]:
+async def change_profile(changes: ProfileUpdate, user: ActiveUser) -> dict[str, str]:
+    if changes.role is not MISSING and user.role != 'admin':
+        raise HTTPException(403)

# %% right: only this type of email, set by hand
# change: solution
-    for name, value in changes.model_dump(exclude_unset=True).items():
-        setattr(user, name, value)
+    if changes.email is not MISSING:
+        user.email = changes.email

# %% right: a body of one field
# change: solution
-async def change_profile(changes: ProfileUpdate, user: ActiveUser) -> dict[str, str]:
-    for name, value in changes.model_dump(exclude_unset=True).items():
-        setattr(user, name, value)
+async def change_profile(changes: ProfileUpdate, db: Db, user: ActiveUser) -> dict[str, str]:
+    from sqlalchemy import update
+    if new := changes.model_dump(exclude_unset=True):
+        await db.execute(update(User).where(User.id == user.id).values(**new))

# %% right: a model with a config
# change: solution
-class ProfileUpdate(RequestModel):
-    email: Email | MISSING = MISSING
+from pydantic import ConfigDict
+class ProfileUpdate(BaseModel):
+    model_config = ConfigDict(extra="forbid")
+    email: Email | MISSING = MISSING

# %% wrong: exclude_unset lost, with a default
# says: with nothing in it changed the row
# change: solution
-    email: Email | MISSING = MISSING
+    email: Email = "nobody@example.com"
...
-    for name, value in changes.model_dump(exclude_unset=True).items():
+    for name, value in changes.model_dump().items():

# %% wrong: four fields refused by hand
# breaks: Any other field, and `null` as an email, gets a 422
# says: `id` was ignored without a word
# change: solution
-class ProfileUpdate(RequestModel):
-    email: Email | MISSING = MISSING
+class ProfileUpdate(BaseModel):
+    email: Email | MISSING = MISSING
+    role: Any = MISSING
+    active: Any = MISSING
+    username: Any = MISSING
+    password_hash: Any = MISSING
...
-    for name, value in changes.model_dump(exclude_unset=True).items():
+    if changes.model_fields_set - {"email"}:
+        raise HTTPException(422, "Only the email.")
+    for name, value in changes.model_dump(exclude_unset=True).items():

# %% wrong: 400 for a field too many
# says: answered 400
# change: solution
-class ProfileUpdate(RequestModel):
-    email: Email | MISSING = MISSING
+class ProfileUpdate(BaseModel, extra="allow"):
+    email: Email | MISSING = MISSING
...
-    for name, value in changes.model_dump(exclude_unset=True).items():
+    if changes.model_extra:
+        raise HTTPException(400, "Only the email.")
+    for name, value in changes.model_dump(exclude_unset=True).items():

# %% wrong: 400 for null
# says: answered 400
# change: solution
-    email: Email | MISSING = MISSING
+    email: Email | None = None
...
-    for name, value in changes.model_dump(exclude_unset=True).items():
+    if "email" in changes.model_fields_set and changes.email is None:
+        raise HTTPException(400, "Not null.")
+    for name, value in changes.model_dump(exclude_unset=True).items():

# %% wrong: 400 for nothing
# says: A request that changes nothing was answered with 200 before
# change: solution
-    for name, value in changes.model_dump(exclude_unset=True).items():
+    if not changes.model_fields_set:
+        raise HTTPException(400, "Nothing to change.")
+    for name, value in changes.model_dump(exclude_unset=True).items():

# %% wrong: the email is put into lower case
# says: answered with another body
# change: solution
-    for name, value in changes.model_dump(exclude_unset=True).items():
-        setattr(user, name, value)
+    for name, value in changes.model_dump(exclude_unset=True).items():
+        setattr(user, name, value.lower())

# %% wrong: the hash is lost
# breaks: `PATCH /users/me` changes the email and nothing else
# says: something else is not as it should be
# change: solution
-    for name, value in changes.model_dump(exclude_unset=True).items():
-        setattr(user, name, value)
+    for name, value in changes.model_dump(exclude_unset=True).items():
+        setattr(user, name, value)
+    user.password_hash = "$argon2id$"

# %% wrong: a role for admins
# breaks: and changes nothing
# says: with `role` changed the row
# change: solution
-class ProfileUpdate(RequestModel):
-    email: Email | MISSING = MISSING
+class ProfileUpdate(RequestModel):
+    email: Email | MISSING = MISSING
+    role: Role | MISSING = MISSING
...
-    for name, value in changes.model_dump(exclude_unset=True).items():
+    if "role" in changes.model_fields_set and user.role != "admin":
+        raise HTTPException(422, "Only admins.")
+    for name, value in changes.model_dump(exclude_unset=True).items():

# %% wrong: the id may be changed
# says: `id` crashed your route
# change: solution
-class ProfileUpdate(RequestModel):
-    email: Email | MISSING = MISSING
+class ProfileUpdate(RequestModel):
+    email: Email | MISSING = MISSING
+    id: int | MISSING = MISSING
