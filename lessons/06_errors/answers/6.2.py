# story: The chore board has copied our handler, and its web page still breaks.
# story: Mend the handler, and how it is registered.

# %% right: a decorator, and headers put on afterwards
# change: stub
-async def answer_refusal(request: Request, error: HTTPException) -> Response:
-    return problem(error.status_code, codes[error.status_code], str(error.detail))
+chores_app = new_app(chores_router)

-chores_app = new_app(chores_router, exception_handlers={HTTPException: answer_refusal})
+@chores_app.exception_handler(StarletteHTTPException)
+async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
+    code = codes[error.status_code] if error.status_code in codes else "HTTP_ERROR"
+    response = problem(error.status_code, code, error.detail)
+    response.headers.update(error.headers or {})
+    return response

# %% right: both classes are registered, and the headers are copied
from fastapi.security import HTTPBearer

chores_router = APIRouter()

@chores_router.get("/chores", dependencies=[Depends(HTTPBearer())])
async def list_chores() -> list[str]:
    return ["Water the plants"]

async def answer_refusal(request: Request, error: Exception) -> Response:
    code = codes.get(error.status_code, "HTTP_ERROR")
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
# breaks: For a wrong address it finds no `error_code`.
# says: never met your handler
# change: stub
-async def answer_refusal(request: Request, error: HTTPException) -> Response:
-    return problem(error.status_code, codes[error.status_code], str(error.detail))
+async def answer_refusal(request: Request, error: Exception) -> Response:
+    return problem(error.status_code, codes.get(error.status_code, "HTTP_ERROR"), str(error.detail), headers=error.headers)

# %% wrong: headers are lost
# breaks: A 401 and a 405 have lost their headers.
# says: no `Allow` header
# change: solution
-async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
-    code = codes.get(error.status_code, "HTTP_ERROR")
-    return problem(error.status_code, code, str(error.detail), headers=error.headers)
+async def answer_refusal(request: Request, error: Exception) -> Response:
+    return problem(error.status_code, codes.get(error.status_code, "HTTP_ERROR"), str(error.detail))

# %% wrong: only the 401 keeps its header
# says: no `Allow` header
# change: solution
-async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
-    code = codes.get(error.status_code, "HTTP_ERROR")
-    return problem(error.status_code, code, str(error.detail), headers=error.headers)
+async def answer_refusal(request: Request, error: Exception) -> Response:
+    return problem(error.status_code, codes.get(error.status_code, "HTTP_ERROR"), str(error.detail), headers=error.headers if error.status_code == 401 else None)

# %% wrong: a code that the table does not have
# breaks: And `/teapot`, whose status is not in `codes`, became a 500.
# says: the handler itself crashes
# change: solution
-async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
-    code = codes.get(error.status_code, "HTTP_ERROR")
-    return problem(error.status_code, code, str(error.detail), headers=error.headers)
+async def answer_refusal(request: Request, error: Exception) -> Response:
+    return problem(error.status_code, codes[error.status_code], str(error.detail), headers=error.headers)

# %% wrong: one handler for status 404 only
# says: never met your handler
# change: stub
-async def answer_refusal(request: Request, error: HTTPException) -> Response:
-    return problem(error.status_code, codes[error.status_code], str(error.detail))
+async def answer_refusal(request: Request, error: Exception) -> Response:
+    return problem(error.status_code, codes.get(error.status_code, "HTTP_ERROR"), str(error.detail), headers=error.headers)

-chores_app = new_app(chores_router, exception_handlers={HTTPException: answer_refusal})
+chores_app = new_app(chores_router, exception_handlers={404: answer_refusal})

# %% wrong: always the same code
# says: should be `METHOD_NOT_ALLOWED`
# change: solution
-async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
-    code = codes.get(error.status_code, "HTTP_ERROR")
-    return problem(error.status_code, code, str(error.detail), headers=error.headers)
+async def answer_refusal(request: Request, error: Exception) -> Response:
+    return problem(error.status_code, "PATH_NOT_FOUND", str(error.detail), headers=error.headers)

# %% wrong: a constant sentence
# says: the sentence is not as expected
# change: solution
-async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
-    code = codes.get(error.status_code, "HTTP_ERROR")
-    return problem(error.status_code, code, str(error.detail), headers=error.headers)
+async def answer_refusal(request: Request, error: Exception) -> Response:
+    return problem(error.status_code, codes.get(error.status_code, "HTTP_ERROR"), "That did not work.", headers=error.headers)

# %% wrong: registered for Exception
# says: never met your handler
# change: stub
-async def answer_refusal(request: Request, error: HTTPException) -> Response:
-    return problem(error.status_code, codes[error.status_code], str(error.detail))
+async def answer_refusal(request: Request, error: Exception) -> Response:
+    return problem(error.status_code, codes.get(error.status_code, "HTTP_ERROR"), str(error.detail), headers=error.headers)

-chores_app = new_app(chores_router, exception_handlers={HTTPException: answer_refusal})
+chores_app = new_app(chores_router, exception_handlers={Exception: answer_refusal})

# %% wrong: the header is always Bearer, also where nobody asked
# says: belongs to another status
# change: solution
-async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
-    code = codes.get(error.status_code, "HTTP_ERROR")
-    return problem(error.status_code, code, str(error.detail), headers=error.headers)
+async def answer_refusal(request: Request, error: Exception) -> Response:
+    return problem(error.status_code, codes.get(error.status_code, "HTTP_ERROR"), str(error.detail), headers={"WWW-Authenticate": "Bearer"})

# %% wrong: everything becomes a 400
# says: answered 400
# change: solution
-async def answer_refusal(request: Request, error: StarletteHTTPException) -> Response:
-    code = codes.get(error.status_code, "HTTP_ERROR")
-    return problem(error.status_code, code, str(error.detail), headers=error.headers)
+async def answer_refusal(request: Request, error: Exception) -> Response:
+    return problem(400, codes.get(error.status_code, "HTTP_ERROR"), str(error.detail), headers=error.headers)

# %% wrong: each answer has all headers
# says: belongs to another status
# change: solution
-    return problem(error.status_code, code, str(error.detail), headers=error.headers)
+    return problem(error.status_code, code, str(error.detail), headers={"WWW-Authenticate": "Bearer", "Allow": "GET"})

# %% wrong: a table of headers
# says: Its header is lost
# change: solution
-    return problem(error.status_code, code, str(error.detail), headers=error.headers)
+    return problem(error.status_code, code, str(error.detail), headers={401: {"WWW-Authenticate": "Bearer"}, 405: {"Allow": "GET"}}.get(error.status_code))

# %% wrong: the table learns the one status
# says: `codes` has no 429
# change: solution
-    code = codes.get(error.status_code, "HTTP_ERROR")
+    codes[418] = "HTTP_ERROR"
+    code = codes[error.status_code]

# %% wrong: one status is a special case
# says: `codes` has no 429
# change: solution
-    code = codes.get(error.status_code, "HTTP_ERROR")
+    code = "HTTP_ERROR" if error.status_code == 418 else codes[error.status_code]

# %% wrong: registered for four numbers
# says: has to take each status
# change: solution
-chores_app = new_app(chores_router, exception_handlers={StarletteHTTPException: answer_refusal})
+chores_app = new_app(chores_router, exception_handlers=dict.fromkeys((401, 404, 405, 418), answer_refusal))

# %% wrong: a slip in the handler's name of the headers
# says: AttributeError
# outcome: error
# change: solution
-    return problem(error.status_code, code, str(error.detail), headers=error.headers)
+    return problem(error.status_code, code, str(error.detail), headers=error.header)

# %% wrong: headers in the place of the fields
# says: what it gets as `field_errors` does not fit
# change: solution
-    return problem(error.status_code, code, str(error.detail), headers=error.headers)
+    return problem(error.status_code, code, str(error.detail), error.headers)

# %% wrong: the code is asked for a word
# says: what it gets as `error_code` does not fit
# change: solution
-    code = codes.get(error.status_code, "HTTP_ERROR")
+    code = codes.get("HTTP_ERROR")

# %% wrong: another word than the one that was asked for
# breaks: A status that is not in `codes` gets the code `HTTP_ERROR`.
# says: should be `HTTP_ERROR`
# change: solution
-    code = codes.get(error.status_code, "HTTP_ERROR")
+    code = codes.get(error.status_code, "UNKNOWN")

# %% wrong: the code has the number in it
# says: The `error_code` is `HTTP_418`
# change: solution
-    code = codes.get(error.status_code, "HTTP_ERROR")
+    code = codes.get(error.status_code, f"HTTP_{error.status_code}")

# %% right: the answer is put together by hand
# change: solution
-    return problem(error.status_code, code, str(error.detail), headers=error.headers)
+    return JSONResponse(
+        status_code=error.status_code,
+        content={"detail": error.detail, "error_code": code, "field_errors": {}},
+        headers=dict(error.headers) if error.headers else None,
+    )
