# story: The delivery service has these two routes. Last night the database answered nothing for two minutes; not even an error, it was silent. Every worker was killed, again and again.
# story: `async with asyncio.timeout(0.5)` ends a wait with a `TimeoutError`

# %% right: wait_for, and the status on the response
from fastapi import Response

class Database:
    async def ask(self) -> None:
        """Ask for one row. It may raise, or never return."""

def get_database() -> Database:
    return Database()

def make_probes() -> FastAPI:
    app = FastAPI()

    @app.get("/health", status_code=200)
    def get_health() -> dict[str, bool]:
        return {"alive": True}

    @app.get("/ready")
    async def get_ready(database: Annotated[Database, Depends(get_database)]) -> Response:
        try:
            await asyncio.wait_for(database.ask(), timeout=0.5)
        except (TimeoutError, OSError, RuntimeError):
            return Response(status_code=503)
        return Response(status_code=200)

    return app

# %% right: the time-out in a dependency of its own
# change: solution
-    @app.get("/ready")
-    async def get_ready(database: Annotated[Database, Depends(get_database)]) -> str:
+    async def can_work(database: Annotated[Database, Depends(get_database)]) -> bool:
...
-            raise HTTPException(503, "The database does not answer.") from None
+            return False
+        return True
+
+    @app.get("/ready")
+    async def get_ready(able: Annotated[bool, Depends(can_work)]) -> str:
+        if not able:
+            raise HTTPException(503)

# %% wrong: both ask the database
# breaks: `GET /health` answers 200 whatever the database does
# says: asks the database
# change: stub
-        await database.ask()
+        try:
+            async with asyncio.timeout(0.5):
+                await database.ask()
+        except Exception:
+            raise HTTPException(503) from None

# %% wrong: neither asks the database
# says: has not asked the database
# change: solution
-        try:
-            async with asyncio.timeout(0.5):
-                await database.ask()
-        except Exception:
-            raise HTTPException(503, "The database does not answer.") from None

# %% wrong: no time-out
# breaks: or says nothing for **half a second**
# says: took 2.5 seconds
# change: solution
-            async with asyncio.timeout(0.5):
-                await database.ask()
+            await database.ask()
         except Exception:
-            raise HTTPException(503, "The database does not answer.") from None
+            raise HTTPException(503) from None

# %% wrong: only the time-out is caught
# breaks: and 503 when it raises
# says: Which exceptions do you catch
# change: solution
-        except Exception:
-            raise HTTPException(503, "The database does not answer.") from None
+        except TimeoutError:
+            raise HTTPException(503) from None

# %% wrong: the time-out is not caught
# says: Turn it into a 503
# change: solution
-        try:
-            async with asyncio.timeout(0.5):
+        async with asyncio.timeout(0.5):
+            try:
                 await database.ask()
-        except Exception:
-            raise HTTPException(503, "The database does not answer.") from None
+            except Exception:
+                raise HTTPException(503) from None

# %% wrong: all is well, always
# says: says that all is well
# change: solution
-            raise HTTPException(503, "The database does not answer.") from None
+            pass

# %% wrong: no patience at all
# breaks: `GET /ready` answers 200 when `await database.ask()` returns
# says: answered in time
# change: solution
-            async with asyncio.timeout(0.5):
+            async with asyncio.timeout(0.001):
                 await database.ask()
         except Exception:
-            raise HTTPException(503, "The database does not answer.") from None
+            raise HTTPException(503) from None

# %% wrong: a database of its own
# breaks: Get the database with `Depends(get_database)`, because the check replaces it.
# says: has not asked the database
# change: solution
-    async def get_ready(database: Annotated[Database, Depends(get_database)]) -> str:
+    async def get_ready() -> str:
         try:
             async with asyncio.timeout(0.5):
-                await database.ask()
+                await get_database().ask()
         except Exception:
-            raise HTTPException(503, "The database does not answer.") from None
+            raise HTTPException(503) from None

# %% wrong: 500 for everything
# says: 503
# never: and it went through
# change: solution
-            raise HTTPException(503, "The database does not answer.") from None
+            raise HTTPException(500) from None

# %% right: a handler, and a task that is cancelled
from fastapi.responses import JSONResponse
class Database:
    async def ask(self) -> None:
        """Ask for one row. It may raise, or never return."""

def get_database() -> Database:
    return Database()

class NotReady(Exception):
    pass

async def require_database(database: Annotated[Database, Depends(get_database)]) -> None:
    task = asyncio.create_task(database.ask())
    done, pending = await asyncio.wait({task}, timeout=0.5)
    for one in pending:
        one.cancel()
    if pending or task.exception():
        raise NotReady

async def not_ready(request: Request, error: Exception):
    return JSONResponse({"status": "down"}, 503, headers={"Retry-After": "5"})

def make_probes() -> FastAPI:
    app = FastAPI(exception_handlers={NotReady: not_ready})

    @app.get("/health", status_code=200)
    async def health() -> dict[str, str]:
        return {"status": "up"}

    @app.get("/ready", dependencies=[Depends(require_database)])
    async def ready() -> dict[str, str]:
        return {"status": "up"}
    return app

# %% right: a router, and a group of tasks
from fastapi import APIRouter
class Database:
    async def ask(self) -> None:
        """Ask for one row. It may raise, or never return."""

def get_database() -> Database:
    return Database()

probes = APIRouter()

@probes.get("/health")
async def health() -> str:
    return "ok"

@probes.get("/ready")
async def ready(database: Annotated[Database, Depends(get_database)]) -> str:
    try:
        async with asyncio.timeout(0.5), asyncio.TaskGroup() as group:
            group.create_task(database.ask())
    except TimeoutError:
        raise HTTPException(503, "silent") from None
    except ExceptionGroup as errors:
        raise HTTPException(503, "broken") from errors
    return "ok"

def make_probes() -> FastAPI:
    app = FastAPI()
    app.include_router(probes)
    return app

# %% wrong: the app is not returned
# breaks: Build `make_probes()`, which returns an app:
# says: should return the app
# change: solution
-    return app

# %% wrong: health needs the dependency
# breaks: whatever the database does
# says: calls `get_database`, which raised here
# change: solution
-    async def get_health() -> str:
+    async def get_health(database: Annotated[Database, Depends(get_database)]) -> str:

# %% wrong: health is an error of its own
# says: `GET /health` answered 500
# never: calls `get_database`
# change: solution
-    async def get_health() -> str:
-        return "ok"
+    async def get_health() -> str:
+        raise HTTPException(500)

# %% wrong: health takes its time
# breaks: at once
# says: and it waits for nobody
# change: solution
     async def get_health() -> str:
+        await asyncio.sleep(0.5)

# %% wrong: the first answer is kept
# says: has not asked the database
# change: solution
     app = FastAPI()
+    known: list[str] = []
...
+        if known:
+            return known[0]
         try:
...
             raise HTTPException(503, "The database does not answer.") from None
+        known.append("ok")

# %% wrong: never ready again
# says: The database is back
# change: solution
     app = FastAPI()
+    broken: list[Exception] = []
...
-        except Exception:
-            raise HTTPException(503, "The database does not answer.") from None
+        except Exception as error:
+            broken.append(error)
+        if broken:
+            raise HTTPException(503, "The database does not answer.") from None

# %% wrong: more than half a second
# says: said nothing for 0.9 seconds
# change: solution
-            async with asyncio.timeout(0.5):
+            async with asyncio.timeout(1.5):

# %% wrong: a 500 of its own after half a second
# says: `GET /ready` answered 500
# never: ends the wait with a `TimeoutError`
# change: solution
-        except Exception:
+        except TimeoutError:
+            raise HTTPException(500, "It took too long.") from None
+        except Exception:
