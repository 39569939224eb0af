# %% right: rpartition
# change: solution
-    forwarded = request.headers.get("X-Forwarded-For")
-    if request.client.host == PROXY and forwarded:
-        return forwarded.split(",")[-1].strip()
-    return request.client.host
+    host = request.client.host
+    if host != PROXY:
+        return host
+    return request.headers.get("x-forwarded-for", PROXY).rpartition(",")[2].strip()

# %% right: a list of the entries
# change: solution
-    forwarded = request.headers.get("X-Forwarded-For")
-    if request.client.host == PROXY and forwarded:
-        return forwarded.split(",")[-1].strip()
-    return request.client.host
+    entries = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
+    return entries.pop() if entries and request.client.host == PROXY else request.client.host

# %% wrong: the first entry
# says: The first entry is what the caller has written
# change: solution
-        return forwarded.split(",")[-1].strip()
+        return forwarded.split(",")[0]

# %% wrong: the header of anybody
# says: The header counts only if
# change: solution
-    if request.client.host == PROXY and forwarded:
+    if forwarded:

# %% wrong: the connection only
# says: counted as one
# change: solution
-    forwarded = request.headers.get("X-Forwarded-For")
-    if request.client.host == PROXY and forwarded:
-        return forwarded.split(",")[-1].strip()

# %% wrong: a blank in front
# says: `.strip()` removes it
# change: solution
-        return forwarded.split(",")[-1].strip()
+        return forwarded.split(",")[-1]

# %% wrong: the whole header
# says: the client of a connection from 10.0.0.5
# change: solution
-        return forwarded.split(",")[-1].strip()
+        return forwarded

# %% wrong: the second entry
# says: the client of a connection
# change: solution
-        return forwarded.split(",")[-1].strip()
+        return forwarded.split(",")[min(1, forwarded.count(","))].strip()

# %% wrong: an address that only ends like the proxy
# says: Compare the whole address
# change: solution
-    if request.client.host == PROXY and forwarded:
+    if forwarded and request.client.host.endswith(PROXY):

# %% wrong: the header is taken for granted
# says: raises `KeyError
# change: solution
-    forwarded = request.headers.get("X-Forwarded-For")
-    if request.client.host == PROXY and forwarded:
-        return forwarded.split(",")[-1].strip()
+    if request.client.host == PROXY:
+        return request.headers["X-Forwarded-For"].split(",")[-1].strip()
