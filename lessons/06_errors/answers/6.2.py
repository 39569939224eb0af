# %% right: a decorator, and headers put on afterwards
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

chores_app = new_app(chores_router)

@chores_app.exception_handler(StarletteHTTPException)
async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
    code = codes[error.status_code] if error.status_code in codes else "REFUSED"
    response = problem(error.status_code, code, error.detail)
    response.headers.update(error.headers or {})
    return response

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% right: both classes are registered, the code comes from the number
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: Exception) -> Response:
    code = codes.get(error.status_code, f"HTTP_{error.status_code}")
    headers = dict(error.headers) if error.headers else None
    return problem(error.status_code, code, str(error.detail), {}, headers)

chores_app = new_app(
    chores_router,
    exception_handlers={HTTPException: answer_refusal, StarletteHTTPException: answer_refusal},
)

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% right: the lesson's own handler
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

chores_app = new_app(chores_router, exception_handlers=http_handlers)

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: the class of FastAPI
# says: never met your handler
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: Exception) -> Response:
    return problem(error.status_code, codes.get(error.status_code, "HTTP_ERROR"), str(error.detail), headers=error.headers)

chores_app = new_app(chores_router, exception_handlers={HTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: headers are lost
# says: no `Allow` header
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: Exception) -> Response:
    return problem(error.status_code, codes.get(error.status_code, "HTTP_ERROR"), str(error.detail))

chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: only the 401 keeps its header
# says: no `Allow` header
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: Exception) -> Response:
    return problem(error.status_code, codes.get(error.status_code, "HTTP_ERROR"), str(error.detail), headers=error.headers if error.status_code == 401 else None)

chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: a code that the table does not have
# says: the handler itself crashes
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: Exception) -> Response:
    return problem(error.status_code, codes[error.status_code], str(error.detail), headers=error.headers)

chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: one handler for status 404 only
# says: never met your handler
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: Exception) -> Response:
    return problem(error.status_code, codes.get(error.status_code, "HTTP_ERROR"), str(error.detail), headers=error.headers)

chores_app = new_app(chores_router, exception_handlers={404: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: always the same code
# says: should be `METHOD_NOT_ALLOWED`
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: Exception) -> Response:
    return problem(error.status_code, "PATH_NOT_FOUND", str(error.detail), headers=error.headers)

chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: a constant sentence
# says: the sentence is not as expected
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: Exception) -> Response:
    return problem(error.status_code, codes.get(error.status_code, "HTTP_ERROR"), "That did not work.", headers=error.headers)

chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: registered for Exception
# says: never met your handler
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: Exception) -> Response:
    return problem(error.status_code, codes.get(error.status_code, "HTTP_ERROR"), str(error.detail), headers=error.headers)

chores_app = new_app(chores_router, exception_handlers={Exception: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: the header is always Bearer, also where nobody asked
# says: no `Allow` header
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: Exception) -> Response:
    return problem(error.status_code, codes.get(error.status_code, "HTTP_ERROR"), str(error.detail), headers={"WWW-Authenticate": "Bearer"})

chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: everything becomes a 400
# says: answered 400
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: Exception) -> Response:
    return problem(400, codes.get(error.status_code, "HTTP_ERROR"), str(error.detail), headers=error.headers)

chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")
