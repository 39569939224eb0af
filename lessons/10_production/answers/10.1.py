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
# says: leaves `4712` in the log
# change: stub
-        url = scope["path"] + "?" + scope["query_string"].decode()
-        line = {"method": scope["method"], "url": url, "status": status, "duration_ms": took}
-        access.info(json.dumps(line))
+        access.info(f"{scope['method']} {scope['path']} {status} {took}")

# %% wrong: the path in the JSON
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
# says: no JSON object
# change: solution
-            access.log(level, json.dumps(line))
+            access.log(level, str(line))

# %% wrong: nothing about a request that raises
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
# says: has no answer at all
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
# says: It is no error of ours
# change: solution
-            access.log(level, json.dumps(line))
+            access.log(logging.ERROR if status >= 400 else logging.INFO, json.dumps(line))

# %% wrong: an empty text where no route fits
# says: Where no route fits
# change: solution
-                "route": route.path if route else None,
+                "route": route.path if route else "",

# %% wrong: one field too many
# says: the set of fields of a line
# change: solution
                 "duration_ms": round((time.perf_counter() - began) * 1000, 1),
+                "client": "phone",

# %% wrong: 5xx are errors, whoever answers them
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
