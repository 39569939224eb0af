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
