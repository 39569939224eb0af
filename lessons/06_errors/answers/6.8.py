# story: Everything together.
# story: A stranger sends the shelf a list of bad requests and looks for two things: an answer outside the envelope, and a word that should not have left the house.
# story: You need not write new handlers.

# %% right: one after the other
# change: stub
 shelf_app = new_app(shelf_router)
+for kind, handler in (handlers | http_handlers | database_handlers).items():
+    shelf_app.add_exception_handler(kind, handler)
+shelf_app.add_middleware(LastResort)
+shelf_app.add_middleware(RequestContext)

# %% right: one dict by hand, CORS and a limit as well
# change: solution
-    exception_handlers=handlers | http_handlers | database_handlers,
-    middleware=[Middleware(RequestContext), Middleware(LastResort)],
+    exception_handlers={
+        DomainError: answer_domain_error,
+        RequestValidationError: answer_bad_request,
+        StarletteHTTPException: answer_http_error,
+        DBAPIError: answer_database_error,
+    },
+    middleware=[Middleware(RequestContext), cors, Middleware(LastResort), Middleware(BodyLimit, max_bytes=1000)],

# %% wrong: no middleware
# says: `RequestContext`
# change: solution
-    shelf_router,
-    exception_handlers=handlers | http_handlers | database_handlers,
-    middleware=[Middleware(RequestContext), Middleware(LastResort)],
+    shelf_router, exception_handlers={**handlers, **http_handlers, **database_handlers, Exception: answer_bug}

# %% wrong: the bug is answered outside of the ids
# says: Catch bugs inside
# change: solution
+async def answer_last(request: Request, error: Exception) -> Response:
+    return problem(500, "INTERNAL_ERROR", "Something went wrong on our side.")
+
 shelf_app = new_app(
     shelf_router,
-    exception_handlers=handlers | http_handlers | database_handlers,
-    middleware=[Middleware(RequestContext), Middleware(LastResort)],
+    exception_handlers={**handlers, **http_handlers, **database_handlers, Exception: answer_last},
+    middleware=[Middleware(RequestContext)],

# %% wrong: the database was forgotten
# says: `database_handlers`
# change: solution
-    exception_handlers=handlers | http_handlers | database_handlers,
+    exception_handlers=handlers | http_handlers,

# %% wrong: Starlette's refusals were forgotten
# says: `http_handlers`
# change: solution
-    exception_handlers=handlers | http_handlers | database_handlers,
+    exception_handlers=handlers | database_handlers,

# %% wrong: only the domain
# says: `RequestValidationError`
# change: solution
-    exception_handlers=handlers | http_handlers | database_handlers,
+    exception_handlers={DomainError: answer_domain_error} | http_handlers | database_handlers,

# %% wrong: the domain was forgotten
# says: `DomainError`
# change: solution
-    exception_handlers=handlers | http_handlers | database_handlers,
+    exception_handlers={RequestValidationError: answer_bad_request} | http_handlers | database_handlers,

# %% wrong: errors are copied
# says: A word has left the house
# change: solution
+async def copy_body(request: Request, error: RequestValidationError) -> Response:
+    return problem(400, "VALIDATION_FAILED", str(error.body))
+
 shelf_app = new_app(
     shelf_router,
-    exception_handlers=handlers | http_handlers | database_handlers,
+    exception_handlers=handlers | http_handlers | database_handlers | {RequestValidationError: copy_body},

# %% wrong: the bug tells what it is
# says: A word has left the house
# change: solution
+async def tell(request: Request, error: Exception) -> Response:
+    return problem(500, "INTERNAL_ERROR", repr(error))
+
 shelf_app = new_app(
     shelf_router,
-    exception_handlers=handlers | http_handlers | database_handlers,
+    exception_handlers={**handlers, **http_handlers, **database_handlers, ZeroDivisionError: tell},

# %% wrong: one handler takes everything
# says: Compare it with the one in `http_handlers`
# change: solution
+async def take_all(request: Request, error: Exception) -> Response:
+    return problem(500, "INTERNAL_ERROR", "Something went wrong on our side.")
+
 shelf_app = new_app(
     shelf_router,
-    exception_handlers=handlers | http_handlers | database_handlers,
+    exception_handlers={kind: take_all for kind in (DomainError, RequestValidationError, StarletteHTTPException, DBAPIError)},

# %% wrong: the middleware in the other order
# says: the first stands outermost
# change: solution
-    middleware=[Middleware(RequestContext), Middleware(LastResort)],
+    middleware=[Middleware(LastResort), Middleware(RequestContext)],

# %% wrong: bugs are caught, ids are missing
# breaks: Give `shelf_app` the handlers and the middleware of this lesson, so that the stranger finds nothing, and each answer has an `X-Request-ID`.
# says: `RequestContext`
# change: solution
-    middleware=[Middleware(RequestContext), Middleware(LastResort)],
+    middleware=[Middleware(LastResort)],

# %% wrong: the one bug that was found has a handler
# says: your app doesn't have it
# change: solution
+async def take_zero(request: Request, error: Exception) -> Response:
+    return problem(500, "INTERNAL_ERROR", "Something went wrong.")
+
 shelf_app = new_app(
     shelf_router,
-    exception_handlers=handlers | http_handlers | database_handlers,
-    middleware=[Middleware(RequestContext), Middleware(LastResort)],
+    exception_handlers=handlers | http_handlers | database_handlers | {ZeroDivisionError: take_zero},
+    middleware=[Middleware(RequestContext)],

# %% wrong: a header tells the bug
# says: in the body or in a header
# change: solution
+async def take_zero(request: Request, error: Exception) -> Response:
+    return problem(500, "INTERNAL_ERROR", "Oh.", headers={"X-Error": repr(error)})
+
 shelf_app = new_app(
     shelf_router,
-    exception_handlers=handlers | http_handlers | database_handlers,
+    exception_handlers=handlers | http_handlers | database_handlers | {ZeroDivisionError: take_zero},

# %% wrong: a header repeats what was sent
# says: in the body or in a header
# change: solution
+async def take_bad(request: Request, error: RequestValidationError) -> Response:
+    answer = await answer_bad_request(request, error)
+    answer.headers["X-Why"] = str(error.errors()[0].get("input"))
+    return answer
+
 shelf_app = new_app(
     shelf_router,
-    exception_handlers=handlers | http_handlers | database_handlers,
+    exception_handlers=handlers | http_handlers | database_handlers | {RequestValidationError: take_bad},

# %% wrong: the bug is swallowed
# breaks: A bug that is answered must still be raised again or logged.
# says: no line of the log names it
# change: solution
+class Swallow:
+    def __init__(self, app: ASGIApp) -> None:
+        self.app = app
+
+    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
+        try:
+            await self.app(scope, receive, send)
+        except Exception:
+            response = problem(500, "INTERNAL_ERROR", "Something went wrong.")
+            await response(scope, receive, send)
+
 shelf_app = new_app(
...
-    middleware=[Middleware(RequestContext), Middleware(LastResort)],
+    middleware=[Middleware(RequestContext), Middleware(Swallow)],

# %% wrong: any id is taken
# says: and it was taken
# change: solution
+from secrets import token_hex
+from starlette.datastructures import Headers, MutableHeaders
+
+class AnyId:
+    def __init__(self, app: ASGIApp) -> None:
+        self.app = app
+
+    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
+        if scope["type"] != "http":
+            return await self.app(scope, receive, send)
+        request_id = Headers(scope=scope).get("X-Request-ID") or token_hex(8)
+
+        async def with_id(message: Message) -> None:
+            if message["type"] == "http.response.start":
+                MutableHeaders(scope=message)["X-Request-ID"] = request_id
+            await send(message)
+
+        await self.app(scope, receive, with_id)
+
 shelf_app = new_app(
...
-    middleware=[Middleware(RequestContext), Middleware(LastResort)],
+    middleware=[Middleware(AnyId), Middleware(LastResort)],

# %% wrong: classes without Middleware
# says: Each entry is `Middleware(TheClass)`
# change: solution
-    middleware=[Middleware(RequestContext), Middleware(LastResort)],
+    middleware=[RequestContext, LastResort],

# %% wrong: two classes in one entry
# says: takes 2 positional arguments
# outcome: error
# change: solution
-    middleware=[Middleware(RequestContext), Middleware(LastResort)],
+    middleware=[Middleware(RequestContext, LastResort)],

# %% wrong: the bug is mended
# breaks: Leave the routes as they are, the bug as well: the stranger knows another one that you cannot see.
# says: Leave the routes as they are
# change: solution
-    return {"parcels": 12 // place}
+    return {"parcels": 12 // max(place, 1)}

# %% right: an own bug catcher that logs
# change: solution
+class LogBugs:
+    def __init__(self, app: ASGIApp) -> None:
+        self.app = app
+
+    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
+        try:
+            await self.app(scope, receive, send)
+        except Exception:
+            logging.getLogger("tasks").exception("bug")
+            response = problem(500, "INTERNAL_ERROR", "Something went wrong.")
+            await response(scope, receive, send)
+
 shelf_app = new_app(
...
-    middleware=[Middleware(RequestContext), Middleware(LastResort)],
+    middleware=[Middleware(RequestContext), Middleware(LogBugs)],

# %% wrong: every database error is a 503
# says: a bug that is there on purpose
# never: your app doesn't have it
# change: solution
         await connection.execute(text("SELECT 1"))

+async def all_is_busy(request, error):
+    return problem(503, "DATABASE_UNAVAILABLE", "Try again in a moment.", headers={"Retry-After": "2"})
...
-    exception_handlers=handlers | http_handlers | database_handlers,
+    exception_handlers=handlers | http_handlers | {DBAPIError: all_is_busy},

# %% wrong: a place must be one that exists
# says: a bug that is there on purpose
# change: solution
-async def read_place(place: int) -> dict[str, int]:
+async def read_place(place: Annotated[int, Field(ge=1)]) -> dict[str, int]:
...
     shelf_router,
+    middleware=[Middleware(RequestContext), Middleware(LastResort)],
...
-    middleware=[Middleware(RequestContext), Middleware(LastResort)],

# %% wrong: the route asks no database
# says: Leave the routes as they are
# never: `DBAPIError`
# change: solution
-    engine = create_async_engine("sqlite+aiosqlite:////no/such/folder/shelf.db")
-    async with engine.begin() as connection:
-        await connection.execute(text("SELECT 1"))
+    pass
...
     shelf_router,
+    middleware=[Middleware(RequestContext), Middleware(LastResort)],
...
-    middleware=[Middleware(RequestContext), Middleware(LastResort)],

# %% wrong: errors are copied into the sentence
# says: Your app has a handler for `RequestValidationError`
# never: No handler of ours
# change: stub
-shelf_app = new_app(shelf_router)
+async def copy(request, error):
+    return problem(400, "VALIDATION_FAILED", str(error.errors()))
+
+shelf_app = new_app(
+    shelf_router,
+    middleware=[Middleware(RequestContext), Middleware(LastResort)],
+    exception_handlers=handlers | http_handlers | database_handlers | {RequestValidationError: copy},
+)

# %% wrong: all layers are wrapped around the app
# says: wrapped around the whole app
# change: stub
-shelf_app = new_app(shelf_router)
+
+shelf_app = RequestContext(LastResort(new_app(shelf_router, exception_handlers=handlers | http_handlers | database_handlers)))

# %% right: a bug that was found has a handler, and the others are caught
# change: solution
-    exception_handlers=handlers | http_handlers | database_handlers,
     middleware=[Middleware(RequestContext), Middleware(LastResort)],
+    exception_handlers=handlers | http_handlers | database_handlers | {ZeroDivisionError: answer_bug},
