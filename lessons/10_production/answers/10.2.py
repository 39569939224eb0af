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
# says: took 2.5 seconds
# change: solution
-            async with asyncio.timeout(0.5):
-                await database.ask()
+            await database.ask()
         except Exception:
-            raise HTTPException(503, "The database does not answer.") from None
+            raise HTTPException(503) from None

# %% wrong: only the time-out is caught
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
# says: It answered in time
# change: solution
-            async with asyncio.timeout(0.5):
+            async with asyncio.timeout(0.001):
                 await database.ask()
         except Exception:
-            raise HTTPException(503, "The database does not answer.") from None
+            raise HTTPException(503) from None

# %% wrong: a database of its own
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
# change: solution
-            raise HTTPException(503, "The database does not answer.") from None
+            raise HTTPException(500) from None
