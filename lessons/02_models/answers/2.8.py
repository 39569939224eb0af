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
# says: each answer hands out the secret
# change: solution
-    "DevicePublic": {"id", "registered_at", "name", "platform"},
+    "DevicePublic": {"id", "registered_at", "name", "platform", "push_token"},

# %% wrong: only the name may change
# says: a phone that renewed its token cannot say so
# change: solution
-    "DeviceUpdate": {"name", "push_token"},
+    "DeviceUpdate": {"name"},

# %% wrong: all that was sent may change
# says: an iPhone can become an Android phone
# change: solution
-    "DeviceUpdate": {"name", "push_token"},
+    "DeviceUpdate": {"name", "platform", "push_token"},

# %% wrong: what the caller may not set, the caller does not see
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
