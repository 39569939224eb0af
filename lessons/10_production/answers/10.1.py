# story: A delivery service has the middleware below.
# story: and the people who run it are unhappy for three reasons. Mend it:
# story: While a request is carried out, the router puts the route that fits into the `scope`: `scope["route"].path` is its template, as the route itself has it. Where none fits, the scope has no `"route"`. In `logging`, `access.log(logging.ERROR, text)` writes at a level.

# %% right: an except that raises again, and a method that writes
# change: stub
-        await self.app(scope, receive, watched)
-        took = round((time.perf_counter() - began) * 1000, 1)
-        url = scope["path"] + "?" + scope["query_string"].decode()
-        line = {"method": scope["method"], "url": url, "status": status, "duration_ms": took}
-        access.info(json.dumps(line))
+        try:
+            await self.app(scope, receive, watched)
+        except BaseException:
+            self.write(scope, 500, began, logging.ERROR)
+            raise
+        self.write(scope, status, began, logging.INFO)
+
+    def write(self, scope: Scope, status: int, began: float, level: int) -> None:
+        template = scope["route"].path if "route" in scope else None
+        took = (time.perf_counter() - began) * 1000
+        fields = dict(method=scope["method"], route=template, status=status, duration_ms=took)
+        access.log(level, "%s", json.dumps(fields))

# %% wrong: the query is gone, the path is still there
# breaks: No query, no path: neither may stand in the log.
# says: leaves `4712` in the log
# change: stub
-        url = scope["path"] + "?" + scope["query_string"].decode()
-        line = {"method": scope["method"], "url": url, "status": status, "duration_ms": took}
-        access.info(json.dumps(line))
+        access.info(f"{scope['method']} {scope['path']} {status} {took}")

# %% wrong: the path in the JSON
# breaks: `route` is the route template
# says: leaves `4712` in the log
# change: solution
-                "route": route.path if route else None,
+                "route": scope["path"],

# %% wrong: the query in a field of its own
# says: leaves `blue-tables` in the log
# change: solution
                 "duration_ms": round((time.perf_counter() - began) * 1000, 1),
+                "query": scope["query_string"].decode(),

# %% wrong: a dictionary, and no JSON
# breaks: Its lines are JSON
# says: isn't a JSON object
# change: solution
-            access.log(level, json.dumps(line))
+            access.log(level, str(line))

# %% wrong: nothing about a request that raises
# breaks: A request whose handler raises is written too
# says: wrote 0 lines
# change: stub
-        took = round((time.perf_counter() - began) * 1000, 1)
-        url = scope["path"] + "?" + scope["query_string"].decode()
-        line = {"method": scope["method"], "url": url, "status": status, "duration_ms": took}
+        route = scope.get("route")
+        line = {
+            "method": scope["method"],
+            "route": route.path if route else None,
+            "status": status,
+            "duration_ms": round((time.perf_counter() - began) * 1000, 1),
+        }

# %% wrong: the exception is swallowed
# breaks: The exception goes on.
# says: has no answer at all
# never: kept a part of it
# change: stub
-        await self.app(scope, receive, watched)
-        took = round((time.perf_counter() - began) * 1000, 1)
-        url = scope["path"] + "?" + scope["query_string"].decode()
-        line = {"method": scope["method"], "url": url, "status": status, "duration_ms": took}
-        access.info(json.dumps(line))
+        level = logging.INFO
+        try:
+            await self.app(scope, receive, watched)
+        except Exception:
+            level = logging.ERROR
+        route = scope.get("route")
+        line = {
+            "method": scope["method"],
+            "route": route.path if route else None,
+            "status": status,
+            "duration_ms": round((time.perf_counter() - began) * 1000, 1),
+        }
+        access.log(level, json.dumps(line))

# %% wrong: all at the level INFO
# breaks: at the level `ERROR`
# says: It should be `ERROR`
# change: solution
-            access.log(level, json.dumps(line))
+            access.log(logging.INFO, json.dumps(line))

# %% wrong: all at the level ERROR
# says: It is no error of ours
# change: solution
-            access.log(level, json.dumps(line))
+            access.log(logging.ERROR, json.dumps(line))

# %% wrong: 4xx are errors
# breaks: All others are written at the level `INFO`
# says: It is no error of ours
# change: solution
-            access.log(level, json.dumps(line))
+            access.log(logging.ERROR if status >= 400 else logging.INFO, json.dumps(line))

# %% wrong: an empty text where no route fits
# breaks: and `null` where no route fits
# says: If no route fits
# change: solution
-                "route": route.path if route else None,
+                "route": route.path if route else "",

# %% wrong: one field too many
# breaks: A line has exactly `method`, `route`, `status` and `duration_ms`.
# says: the fields of a line
# change: solution
                 "duration_ms": round((time.perf_counter() - began) * 1000, 1),
+                "client": "phone",

# %% wrong: 5xx are errors, whoever answers them
# breaks: whatever their status
# says: it answered 503 by itself
import time

access = logging.getLogger("access")


class AccessLog:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, began = 500, time.perf_counter()

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        def line() -> str:
            took = round((time.perf_counter() - began) * 1000, 1)
            route = scope["route"].path if "route" in scope else None
            fields = {"method": scope["method"], "route": route, "status": status, "duration_ms": took}
            return json.dumps(fields)

        try:
            await self.app(scope, receive, watched)
        finally:
            access.log(logging.ERROR if status >= 500 else logging.INFO, line())

# %% wrong: a traceback below the line
# says: Below this line stands a traceback
# change: 5xx are errors, whoever answers them
-        finally:
-            access.log(logging.ERROR if status >= 500 else logging.INFO, line())
+        except Exception:
+            access.exception(line())
+            raise
+        access.info(line())

# %% wrong: a route is always there
# says: has no `route`
# change: 5xx are errors, whoever answers them
-            route = scope["route"].path if "route" in scope else None
+            route = scope["route"].path
...
+        level = logging.ERROR
         try:
             await self.app(scope, receive, watched)
+            level = logging.INFO
         finally:
-            access.log(logging.ERROR if status >= 500 else logging.INFO, line())
+            access.log(level, line())

# %% right: BaseHTTPMiddleware
import time
from starlette.middleware.base import BaseHTTPMiddleware
access = logging.getLogger("access")

class AccessLog(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        began = time.perf_counter()
        status, level = 500, logging.ERROR
        try:
            response = await call_next(request)
            status, level = response.status_code, logging.INFO
            return response
        finally:
            route = request.scope.get("route")
            access.log(level, json.dumps({
                "method": request.method, "route": getattr(route, "path", None), "status": status,
                "duration_ms": round((time.perf_counter() - began) * 1000, 1)}))

# %% right: a context manager and a data class
import time
from dataclasses import asdict, dataclass
access = logging.getLogger("access")

@dataclass
class Line:
    method: str
    route: str | None = None
    status: int = 500
    duration_ms: float = 0.0

@contextmanager
def timed(scope):
    line, began = Line(scope["method"]), time.monotonic()
    level = logging.INFO
    try:
        yield line
    except Exception:
        line.status, level = 500, logging.ERROR
        raise
    finally:
        line.duration_ms = (time.monotonic() - began) * 1000
        if "route" in scope:
            line.route = scope["route"].path
        access.log(level, json.dumps(asdict(line)))

class AccessLog:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with timed(scope) as line:
            async def watched(message: Message) -> None:
                if message["type"] == "http.response.start":
                    line.status = message["status"]
                await send(message)
            await self.app(scope, receive, watched)

# %% right: the level is known when the answer begins
# change: solution
             nonlocal status
             if message["type"] == "http.response.start":
-                status = message["status"]
+                nonlocal level
+                status, level = message["status"], logging.INFO
...
             await self.app(scope, receive, watched)
-            level = logging.INFO

# %% wrong: another exception goes on
# breaks: The exception goes on.
# says: Let the exception itself go on
# change: solution
             level = logging.INFO
+        except Exception as error:
+            raise RuntimeError("The request failed.") from error

# %% wrong: the status of an answer that never began
# breaks: with status 500
# says: the `status` of the line about `/parcels/7/label`
# change: solution
-        status, began = 500, time.perf_counter()
+        status, began = 200, time.perf_counter()

# %% wrong: two lines about a request that raises
# breaks: in one line
# says: wrote 2 lines
# change: solution
             level = logging.INFO
+        except Exception:
+            access.error(json.dumps({"method": scope["method"], "route": None, "status": 500, "duration_ms": 0}))
+            raise

# %% wrong: always GET
# says: the `method` of the line about `POST
# change: solution
-                "method": scope["method"],
+                "method": "GET",

# %% wrong: seconds
# says: These are seconds
# change: solution
-                "duration_ms": round((time.perf_counter() - began) * 1000, 1),
+                "duration_ms": round(time.perf_counter() - began, 4),

# %% wrong: microseconds
# says: the whole request took
# change: solution
-                "duration_ms": round((time.perf_counter() - began) * 1000, 1),
+                "duration_ms": round((time.perf_counter() - began) * 1_000_000, 1),

# %% wrong: a duration with its unit
# says: it should be a number of milliseconds
# change: solution
-                "duration_ms": round((time.perf_counter() - began) * 1000, 1),
+                "duration_ms": f"{(time.perf_counter() - began) * 1000:.1f} ms",

# %% wrong: the body is not sent
# says: your middleware kept a part of it
# never: the exception of the handler
# change: solution
-            await send(message)
+                await send(message)

# %% wrong: the start of the server is taken for a request
# says: it sends something of the type `lifespan` through your middleware, which raised `KeyError
# change: solution
-        if scope["type"] != "http":
-            await self.app(scope, receive, send)
-            return

# %% wrong: a line about the start of the server
# says: Your middleware writes a line when the server starts
# change: solution
-        if scope["type"] != "http":
-            await self.app(scope, receive, send)
-            return
...
-                "method": scope["method"],
+                "method": scope.get("method"),

# %% wrong: the start of the server is kept
# says: Your middleware keeps what isn't a request
# change: solution
-            await self.app(scope, receive, send)
-            return
+            return
