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
