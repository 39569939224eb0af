# story: So that reminders can ring, a phone registers as a device of the service. This is what we agreed on:
# story: Which field belongs in which model?

# %% right: what all have in common, plus and minus
from_the_phone = {"name", "platform", "push_token"}
from_the_server = {"id", "registered_at"}

device_models = {
    "DeviceCreate": from_the_phone,
    "DeviceUpdate": from_the_phone - {"platform"},
    "DevicePublic": from_the_phone - {"push_token"} | from_the_server,
}

# %% right: lists
device_models = {
    "DeviceUpdate": ["push_token", "name"],
    "DeviceCreate": ["name", "push_token", "platform"],
    "DevicePublic": ["id", "name", "platform", "registered_at"],
}

# %% wrong: the caller chooses the id
# breaks: A device has an `id`
# breaks: The server sets both
# breaks: `DeviceCreate` lists what a phone sends to register.
# says: the caller chooses the number
# change: solution
-    "DeviceCreate": {"name", "platform", "push_token"},
+    "DeviceCreate": {"id", "name", "platform", "push_token"},

# %% wrong: a secret that may not even come in
# says: A secret may come in; it must not go out
device_models = {
    "DeviceCreate": {"name", "platform"},
    "DeviceUpdate": {"name"},
    "DevicePublic": {"id", "registered_at", "name", "platform"},
}

# %% wrong: the token is shown
# breaks: Whoever has it can make the phone ring, so it must not get out.
# breaks: `DevicePublic` lists what an answer may show.
# says: each answer hands out the secret
# change: solution
-    "DevicePublic": {"id", "registered_at", "name", "platform"},
+    "DevicePublic": {"id", "registered_at", "name", "platform", "push_token"},

# %% wrong: only the name may change
# breaks: and a new one from time to time
# breaks: `DeviceUpdate` lists what it may send later
# says: a phone that renewed its token cannot say so
# change: solution
-    "DeviceUpdate": {"name", "push_token"},
+    "DeviceUpdate": {"name"},

# %% wrong: all that was sent may change
# breaks: It never changes.
# says: an iPhone can become an Android phone
# change: solution
-    "DeviceUpdate": {"name", "push_token"},
+    "DeviceUpdate": {"name", "platform", "push_token"},

# %% wrong: what the caller may not set, the caller does not see
# breaks: The settings page shows each device with everything that is not secret.
# says: The caller may not set it, but may see it
# change: solution
-    "DevicePublic": {"id", "registered_at", "name", "platform"},
+    "DevicePublic": {"id", "name", "platform"},

# %% wrong: a field that nobody agreed on
# says: a field that the agreement does not name: owner
# change: solution
-    "DeviceCreate": {"name", "platform", "push_token"},
+    "DeviceCreate": {"name", "platform", "push_token", "owner"},

# %% wrong: a string where a set should be
# says: should be a set of names
# change: solution
-    "DeviceUpdate": {"name", "push_token"},
+    "DeviceUpdate": "name, push_token",

# %% wrong: the owner may never change the name
# breaks: The owner chooses a `name` and may change it at any time.
# says: the owner cannot change the name
# change: solution
-    "DeviceUpdate": {"name", "push_token"},
+    "DeviceUpdate": {"push_token"},

# %% wrong: nobody says what kind of phone it is
# breaks: The `platform`, `ios` or `android`, is sent at registration.
# says: nobody ever says what kind of phone it is
# change: solution
-    "DeviceCreate": {"name", "platform", "push_token"},
+    "DeviceCreate": {"name", "push_token"},

# %% right: names with their types
device_models = {
    "DeviceCreate": {"name": str, "platform": str, "push_token": str},
    "DeviceUpdate": {"name": str, "push_token": str},
    "DevicePublic": {"id": int, "registered_at": str, "name": str, "platform": str},
}

# %% right: the names of the fields of three models
from datetime import datetime
class DeviceCreate(RequestModel):
    name: str
    platform: str
    push_token: str
class DeviceUpdate(RequestModel):
    name: str
    push_token: str
class DevicePublic(BaseModel):
    id: int
    registered_at: datetime
    name: str
    platform: str
device_models = {model.__name__: set(model.model_fields) for model in (DeviceCreate, DeviceUpdate, DevicePublic)}

# %% wrong: the models themselves
# says: `set(DeviceCreate.model_fields)`
from datetime import datetime
class DeviceCreate(RequestModel):
    name: str
    platform: str
    push_token: str
class DeviceUpdate(RequestModel):
    name: str
    push_token: str
class DevicePublic(BaseModel):
    id: int
    registered_at: datetime
    name: str
    platform: str
device_models = {"DeviceCreate": DeviceCreate, "DeviceUpdate": DeviceUpdate, "DevicePublic": DevicePublic}

# %% wrong: nothing
# says: should be a set of names
device_models = {
    "DeviceCreate": None,
    "DeviceUpdate": {"name", "push_token"},
    "DevicePublic": {"id", "registered_at", "name", "platform"},
}
