# story: Somebody guesses passwords, thousands an hour, and sends `X-Forwarded-For: ` with a new number each time.
# story: `request.client.host` is the address of the connection, and `request.headers.get("X-Forwarded-For")` the header or `None`.

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
# says: The caller may have written all the others
# change: solution
-        return forwarded.split(",")[-1].strip()
+        return forwarded.split(",")[0]

# %% wrong: the header of anybody
# breaks: Mend `client_of(request)`.
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
# says: Only the last entry
# change: solution
-        return forwarded.split(",")[-1].strip()
+        return forwarded.split(",")[min(1, forwarded.count(","))].strip()

# %% wrong: an address that only ends like the proxy
# breaks: The only proxy is 10.0.0.5.
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

# %% right: a match
# change: solution
-    forwarded = request.headers.get("X-Forwarded-For")
-    if request.client.host == PROXY and forwarded:
-        return forwarded.split(",")[-1].strip()
-    return request.client.host
+    match request.client.host, request.headers.get("X-Forwarded-For"):
+        case "10.0.0.5", str(chain):
+            *_, last = (one.strip() for one in chain.split(","))
+            return last
+        case host, _:
+            return host

# %% wrong: a whole network of proxies
# breaks: The only proxy is 10.0.0.5.
# says: is not our proxy. Compare the whole address
# change: solution
-    if request.client.host == PROXY and forwarded:
+    if forwarded and request.client.host.startswith("10."):

# %% wrong: the connection where there is no proxy is taken for the proxy
# says: did not come through the proxy
# change: solution
-    return request.client.host
+    return PROXY

# %% wrong: nobody without the header
# breaks: A request that comes through it without the header is the proxy's own.
# says: the client of a connection from 10.0.0.5 with `X-Forwarded-For: None`
# change: solution
-    if request.client.host == PROXY and forwarded:
+    if request.client.host == PROXY:
+        forwarded = forwarded or "unknown"

# %% wrong: a blank at the end
# says: a blank behind the address
# change: solution
-        return forwarded.split(",")[-1].strip()
+        return forwarded.split(",")[-1].strip() + " "

# %% wrong: another limit
# breaks: The delivery service limits logins to three for one caller.
# says: The limit is three
# change: solution
-        if tries[client] > 3:
+        if tries[client] > 30:

# %% wrong: no word about when to come back
# says: has lost its `Retry-After`
# change: solution
-            raise HTTPException(429, "Too many tries.", headers={"Retry-After": "60"})
+            raise HTTPException(429, "Too many tries.")
