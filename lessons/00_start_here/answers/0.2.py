# %% right: a JSONResponse and a new function
from fastapi.responses import JSONResponse

watched_app = FastAPI()


async def answer():
    return JSONResponse({"status": "ok"})


watched_app.get("/health")(answer)

# %% wrong: only the path was mended
# says: expects an object with the field `status`
# change: solution
-    return {"status": "ok"}
+    return "ok"

# %% wrong: only the body was mended
# says: letter by letter
# change: solution
-@watched_app.get("/health")
+@watched_app.get("/heath")

# %% wrong: a second route beside the wrong one
# says: do not add a second one
# change: solution
+@watched_app.get("/heath")
 @watched_app.get("/health")

# %% wrong: nothing is returned
# says: does your function return
# change: solution
-    return {"status": "ok"}
+    {"status": "ok"}

# %% wrong: a list around it
# says: The body is a list
# change: solution
-    return {"status": "ok"}
+    return [{"status": "ok"}]

# %% wrong: the number of the status
# says: is sent already
# change: solution
-    return {"status": "ok"}
+    return {"status": 200}

# %% wrong: JSON written as a text
# says: a text that looks like JSON
# change: solution
-    return {"status": "ok"}
+    return '{"status": "ok"}'

# %% wrong: another field
# says: no field `status`
# change: solution
-    return {"status": "ok"}
+    return {"state": "ok"}

# %% wrong: POST in place of GET
# says: not for GET
# says: does not say 200
# change: solution
-@watched_app.get("/health")
+@watched_app.post("/health")
