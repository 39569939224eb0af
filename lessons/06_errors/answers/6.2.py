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
# says: belongs to another status
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


# %% wrong: each answer has all headers
# says: belongs to another status
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
    code = codes.get(error.status_code, "HTTP_ERROR")
    return problem(error.status_code, code, str(error.detail), headers={"WWW-Authenticate": "Bearer", "Allow": "GET"})

chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: a table of headers
# says: Its header is lost
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
    code = codes.get(error.status_code, "HTTP_ERROR")
    return problem(error.status_code, code, str(error.detail), headers={401: {"WWW-Authenticate": "Bearer"}, 405: {"Allow": "GET"}}.get(error.status_code))

chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: the table learns the one status
# says: `codes` has no 429
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
    codes[418] = "HTTP_ERROR"
    code = codes[error.status_code]
    return problem(error.status_code, code, str(error.detail), headers=error.headers)

chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: one status is a special case
# says: `codes` has no 429
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
    code = "HTTP_ERROR" if error.status_code == 418 else codes[error.status_code]
    return problem(error.status_code, code, str(error.detail), headers=error.headers)

chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: registered for four numbers
# says: has to take each status
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
    code = codes.get(error.status_code, "HTTP_ERROR")
    return problem(error.status_code, code, str(error.detail), headers=error.headers)

chores_app = new_app(chores_router, exception_handlers=dict.fromkeys((401, 404, 405, 418), answer_refusal))

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: a slip in the handler's name of the headers
# says: AttributeError
# outcome: error
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
    code = codes.get(error.status_code, "HTTP_ERROR")
    return problem(error.status_code, code, str(error.detail), headers=error.header)

chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: headers in the place of the fields
# says: what it gets as `field_errors` does not fit
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
    code = codes.get(error.status_code, "HTTP_ERROR")
    return problem(error.status_code, code, str(error.detail), error.headers)

chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")


# %% wrong: the code is asked for a word
# says: what it gets as `error_code` does not fit
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
    code = codes.get("HTTP_ERROR")
    return problem(error.status_code, code, str(error.detail), headers=error.headers)

chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})

@chores_app.get("/teapot")
async def get_teapot() -> None:
    raise HTTPException(418, "The board makes no coffee.")
