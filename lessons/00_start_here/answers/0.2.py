# %% right: a JSONResponse and a new function
from fastapi.responses import JSONResponse

watched_app = FastAPI()


async def answer():
    return JSONResponse({"status": "ok"})


watched_app.get("/health")(answer)

# %% wrong: only the path was mended
# says: expects an object with the field `status`
watched_app = FastAPI()


@watched_app.get("/health")
def health():
    return "ok"


# %% wrong: only the body was mended
# says: letter by letter
watched_app = FastAPI()


@watched_app.get("/heath")
def health():
    return {"status": "ok"}


# %% wrong: a second route beside the wrong one
# says: do not add a second one
watched_app = FastAPI()


@watched_app.get("/heath")
@watched_app.get("/health")
def health():
    return {"status": "ok"}

# %% wrong: nothing is returned
# says: does your function return
watched_app = FastAPI()


@watched_app.get("/health")
def health():
    {"status": "ok"}

# %% wrong: a list around it
# says: The body is a list
watched_app = FastAPI()


@watched_app.get("/health")
def health():
    return [{"status": "ok"}]

# %% wrong: the number of the status
# says: is sent already
watched_app = FastAPI()


@watched_app.get("/health")
def health():
    return {"status": 200}

# %% wrong: JSON written as a text
# says: a text that looks like JSON
watched_app = FastAPI()


@watched_app.get("/health")
def health():
    return '{"status": "ok"}'

# %% wrong: another field
# says: no field `status`
watched_app = FastAPI()


@watched_app.get("/health")
def health():
    return {"state": "ok"}

# %% wrong: POST in place of GET
# says: not for GET
# says: does not say 200
watched_app = FastAPI()


@watched_app.post("/health")
def health():
    return {"status": "ok"}
