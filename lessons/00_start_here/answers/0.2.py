# story: Some exercises give you code that looks as if it works.
# story: It reports that this server is down. The server is up.

# %% right: a JSONResponse and a new function
from fastapi.responses import JSONResponse

watched_app = FastAPI()


async def answer():
    return JSONResponse({"status": "ok"})


watched_app.get("/health")(answer)

# %% wrong: only the path was mended
# breaks: Find out why, and mend its route.
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
# breaks: Don't add a second route
# says: don't add a second one
# change: solution
+@watched_app.get("/heath")
 @watched_app.get("/health")

# %% wrong: nothing is returned
# says: `health` never returns a value
# change: solution
-    return {"status": "ok"}
+    {"status": "ok"}

# %% wrong: a list around it
# says: The body is a list
# change: solution
-    return {"status": "ok"}
+    return [{"status": "ok"}]

# %% wrong: the number of the status
# says: is already in the first line of the response
# change: solution
-    return {"status": "ok"}
+    return {"status": 200}

# %% wrong: JSON written as a text
# says: a text that looks like JSON
# change: solution
-    return {"status": "ok"}
+    return '{"status": "ok"}'

# %% wrong: another field
# breaks: expects status 200 and `{"status": "ok"}`
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

# %% right: a dataclass, and an async function
from dataclasses import dataclass

watched_app = FastAPI()


@dataclass
class Health:
    status: str = "ok"


@watched_app.get("/health")
async def health() -> Health:
    return Health()

# %% wrong: a comma for the colon
# says: With a comma, `{...}` is a set
# change: solution
-    return {"status": "ok"}
+    return {"status", "ok"}

# %% wrong: capital letters
# says: The field `status` is there, but it doesn't hold `ok`
# change: solution
-    return {"status": "ok"}
+    return {"status": "OK"}

# %% wrong: true
# says: The caller expects an object with the field `status`
# change: solution
-    return {"status": "ok"}
+    return True

# %% wrong: healthy, with a 503
# says: `GET /health` answered 503
# change: solution
-@watched_app.get("/health")
+@watched_app.get("/health", status_code=503)

# %% wrong: healthy only once
# breaks: asks `GET /health` every ten seconds
# says: expect the same answer each time
watched_app = FastAPI()
asked = []


@watched_app.get("/health")
def health():
    asked.append("once more")
    return {"status": "ok" if len(asked) == 1 else "tired"}
