# story: The weather page, at `https://app.example`, says "network error" when somebody asks for a day that is missing. "But we have CORS, and we have `LastResort`", says its developer. Both are there.

# %% right: the two lines change places
# change: stub
+weather_app.add_middleware(LastResort)
 weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])
-weather_app.add_middleware(LastResort)

# %% right: the list of the lesson, ids as well
forecast = {1: "sun", 2: "rain"}
weather_router = APIRouter()

@weather_router.get("/weather/{day}")
async def get_weather(day: int) -> dict[str, str]:
    return {"weather": forecast[day]}

weather_app = new_app(
    weather_router,
    middleware=[cors, Middleware(LastResort)],
    exception_handlers=http_handlers | handlers,
)

# %% right: a handler for Exception, and it lets the page read
# change: stub
-weather_app.add_middleware(LastResort)
+
+@weather_app.exception_handler(Exception)
+async def answer_for_the_page(request: Request, error: Exception) -> Response:
+    answer = await answer_bug(request, error)
+    if request.headers.get("Origin") == "https://app.example":
+        answer.headers["Access-Control-Allow-Origin"] = "https://app.example"
+    return answer

# %% wrong: nothing was changed but the list
# breaks: Mend `weather_app`, so that the page can read each answer, the 500 as well.
# says: In which order are they added?
# change: solution
-    middleware=[
-        Middleware(CORSMiddleware, allow_origins=["https://app.example"]),
-        Middleware(LastResort),
-    ],
+    middleware=[Middleware(LastResort), Middleware(CORSMiddleware, allow_origins=["https://app.example"])],

# %% wrong: every page may read
# says: Every page in the world
# change: solution
-    middleware=[
-        Middleware(CORSMiddleware, allow_origins=["https://app.example"]),
-        Middleware(LastResort),
-    ],
+    middleware=[Middleware(CORSMiddleware, allow_origins=["*"]), Middleware(LastResort)],

# %% wrong: LastResort is gone
# says: nobody has taken the bug
# change: stub
-weather_app.add_middleware(LastResort)

# %% wrong: a handler for Exception in its place
# says: outside of CORS. `LastResort` can stand further in
# change: stub
-weather_app = new_app(weather_router, exception_handlers=handlers | http_handlers)
+weather_app = new_app(weather_router, exception_handlers=handlers | http_handlers | {Exception: answer_bug})
 weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])
-weather_app.add_middleware(LastResort)

# %% wrong: the header is written by hand, for everybody
# says: A page from another address may read this answer
# change: stub
-weather_app.add_middleware(LastResort)
+
+@weather_app.exception_handler(Exception)
+async def answer_for_the_page(request: Request, error: Exception) -> Response:
+    answer = await answer_bug(request, error)
+    answer.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin", "*")
+    return answer

# %% wrong: CORS is gone
# says: there is no `CORSMiddleware` in the app
# change: stub
-weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])

# %% wrong: the missing day is an empty text
# says: Leave the route as it is
forecast = {1: "sun", 2: "rain"}
weather_router = APIRouter()

@weather_router.get("/weather/{day}")
async def get_weather(day: int) -> dict[str, str]:
    return {"weather": forecast.get(day, "")}

weather_app = new_app(weather_router, exception_handlers=handlers | http_handlers)
weather_app.add_middleware(LastResort)
weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])

# %% wrong: the missing day is a 404
# breaks: Leave the route as it is: tomorrow there is another bug.
# says: answered with 404. Leave the route
# change: stub
 async def get_weather(day: int) -> dict[str, str]:
+    if day not in forecast:
+        raise NotFound(f"There is no day {day}.", "DAY_NOT_FOUND")

# %% wrong: the one bug that was found has a handler
# says: The check has added a route with another bug
# change: stub
-weather_app = new_app(weather_router, exception_handlers=handlers | http_handlers)
+weather_app = new_app(weather_router, exception_handlers=handlers | http_handlers | {KeyError: answer_bug})
 weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])
-weather_app.add_middleware(LastResort)

# %% wrong: the bug is swallowed
# says: no line of the log names it
forecast = {1: "sun", 2: "rain"}
weather_router = APIRouter()

@weather_router.get("/weather/{day}")
async def get_weather(day: int) -> dict[str, str]:
    return {"weather": forecast[day]}

weather_app = new_app(weather_router, exception_handlers=handlers | http_handlers)

@weather_app.middleware("http")
async def swallow(request: Request, call_next: Any) -> Response:
    try:
        return await call_next(request)
    except Exception:
        return problem(500, "INTERNAL_ERROR", "Something went wrong on our side.")

weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])

# %% wrong: the page reads what went wrong
# says: repeats the words of the exception
forecast = {1: "sun", 2: "rain"}
weather_router = APIRouter()

@weather_router.get("/weather/{day}")
async def get_weather(day: int) -> dict[str, str]:
    return {"weather": forecast[day]}

weather_app = new_app(weather_router, exception_handlers=handlers | http_handlers)

@weather_app.middleware("http")
async def tell(request: Request, call_next: Any) -> Response:
    try:
        return await call_next(request)
    except Exception as error:
        return problem(500, "INTERNAL_ERROR", repr(error))

weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])

# %% wrong: classes without Middleware
# says: Each entry is `Middleware(TheClass)`
# change: stub
-weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])
-weather_app.add_middleware(LastResort)
+weather_app.user_middleware = [CORSMiddleware, LastResort]

# %% wrong: another address
# says: does not know the page
# change: stub
-weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])
 weather_app.add_middleware(LastResort)
+weather_app.add_middleware(CORSMiddleware, allow_origins=["https://www.app.example"])

# %% wrong: the address has a slash behind it
# says: with nothing behind it
# change: stub
-weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])
 weather_app.add_middleware(LastResort)
+weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example/"])

# %% wrong: a second CORS for everybody stands outside
# says: A page from another address may read this answer
# change: stub
 weather_app.add_middleware(LastResort)
+weather_app.add_middleware(CORSMiddleware, allow_origin_regex=".*")

# %% wrong: the handler for Exception comes on top, the order stays
# says: In which order are they added?
# change: stub
-weather_app = new_app(weather_router, exception_handlers=handlers | http_handlers)
+weather_app = new_app(weather_router, exception_handlers=handlers | http_handlers | {Exception: answer_bug})

# %% right: the order is turned round afterwards
# change: stub
 weather_app.add_middleware(LastResort)
+weather_app.user_middleware.reverse()

# %% wrong: a pattern that lets another page in
# breaks: Pages from other addresses still read none.
# says: `https://evil-app.example`
forecast = {1: "sun", 2: "rain"}
weather_router = APIRouter()

@weather_router.get("/weather/{day}")
async def get_weather(day: int) -> dict[str, str]:
    return {"weather": forecast[day]}

weather_app = new_app(weather_router, exception_handlers=handlers | http_handlers,
    middleware=[Middleware(CORSMiddleware, allow_origin_regex=r"https://.*app\.example"), Middleware(LastResort)])

# %% wrong: more pages than the one that was named
# says: is `http://app.example`
# change: solution
-        Middleware(CORSMiddleware, allow_origins=["https://app.example"]),
+        Middleware(CORSMiddleware, allow_origins=["https://app.example", "http://app.example", "null", "https://staging.example"]),

# %% wrong: one more page, which no check would guess
# says: is `https://staging.example`
# change: stub
-weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])
 weather_app.add_middleware(LastResort)
+weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example", "https://staging.example"])

# %% wrong: a dot in a pattern is any character
# says: `https://appxexample`
# change: stub
-weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])
 weather_app.add_middleware(LastResort)
+weather_app.add_middleware(CORSMiddleware, allow_origin_regex=r"https://app.example")

# %% wrong: a handler for KeyError answers 404
# says: The handler for `KeyError` takes every bug
# never: Leave the route as it is
# change: stub
-weather_app = new_app(weather_router, exception_handlers=handlers | http_handlers)
+
+async def no_day(request, error): return problem(404, "DAY_NOT_FOUND", "No such day.")
+weather_app = new_app(weather_router, exception_handlers=handlers | http_handlers | {KeyError: no_day})

# %% wrong: LastResort is wrapped around the app
# says: wrapped around the whole app
# never: your app doesn't have it
forecast = {1: "sun", 2: "rain"}
weather_router = APIRouter()

@weather_router.get("/weather/{day}")
async def get_weather(day: int) -> dict[str, str]:
    return {"weather": forecast[day]}


weather_app = CORSMiddleware(LastResort(new_app(weather_router, exception_handlers=handlers | http_handlers)), allow_origins=["https://app.example"])

# %% right: CORS is wrapped around the app
forecast = {1: "sun", 2: "rain"}
weather_router = APIRouter()

@weather_router.get("/weather/{day}")
async def get_weather(day: int) -> dict[str, str]:
    return {"weather": forecast[day]}


inner = new_app(weather_router, exception_handlers=handlers | http_handlers)
inner.add_middleware(LastResort)
weather_app = CORSMiddleware(inner, allow_origins=["https://app.example"])

# %% right: CORS is wrapped around the app, and a handler takes bugs
forecast = {1: "sun", 2: "rain"}
weather_router = APIRouter()

@weather_router.get("/weather/{day}")
async def get_weather(day: int) -> dict[str, str]:
    return {"weather": forecast[day]}

inner = new_app(weather_router, exception_handlers=handlers | http_handlers | {Exception: answer_bug})
weather_app = CORSMiddleware(inner, allow_origins=["https://app.example"])

# %% right: a function as middleware, which logs
# change: stub
     return {"weather": forecast[day]}

+
 weather_app = new_app(weather_router, exception_handlers=handlers | http_handlers)
+
+@weather_app.middleware("http")
+async def last_resort(request, call_next):
+    try:
+        return await call_next(request)
+    except Exception as error:
+        logging.getLogger("weather").exception("bug")
+        return await answer_bug(request, error)
+
...
-weather_app.add_middleware(LastResort)

# %% wrong: a handler for the 500 lets the page read, and CORS is gone
# says: and this answer with 200 has lost it
# never: there is no `CORSMiddleware` in the app
# change: stub
-weather_app.add_middleware(CORSMiddleware, allow_origins=["https://app.example"])
-weather_app.add_middleware(LastResort)
+
+@weather_app.exception_handler(Exception)
+async def answer_for_the_page(request: Request, error: Exception) -> Response:
+    answer = await answer_bug(request, error)
+    if request.headers.get("Origin") == "https://app.example":
+        answer.headers["Access-Control-Allow-Origin"] = "https://app.example"
+    return answer
