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
class Database:
    async def ask(self) -> None:
        """Ask for one row. It may raise, or never return."""

def get_database() -> Database:
    return Database()

def make_probes() -> FastAPI:
    app = FastAPI()

    @app.get("/health")
    async def get_health() -> str:
        return "ok"

    async def can_work(database: Annotated[Database, Depends(get_database)]) -> bool:
        try:
            async with asyncio.timeout(0.5):
                await database.ask()
        except Exception:
            return False
        return True

    @app.get("/ready")
    async def get_ready(able: Annotated[bool, Depends(can_work)]) -> str:
        if not able:
            raise HTTPException(503)
        return "ok"

    return app


# %% wrong: both ask the database
# says: asks the database
class Database:
    async def ask(self) -> None:
        """Ask for one row. It may raise, or never return."""

def get_database() -> Database:
    return Database()

def make_probes() -> FastAPI:
    app = FastAPI()

    @app.get("/health")
    @app.get("/ready")
    async def probe(database: Annotated[Database, Depends(get_database)]) -> str:
        try:
            async with asyncio.timeout(0.5):
                await database.ask()
        except Exception:
            raise HTTPException(503) from None
        return "ok"

    return app


# %% wrong: neither asks the database
# says: has not asked the database
class Database:
    async def ask(self) -> None:
        """Ask for one row. It may raise, or never return."""

def get_database() -> Database:
    return Database()

def make_probes() -> FastAPI:
    app = FastAPI()

    @app.get("/health")
    async def get_health() -> str:
        return "ok"

    @app.get("/ready")
    async def get_ready(database: Annotated[Database, Depends(get_database)]) -> str:
        return "ok"

    return app


# %% wrong: no time-out
# says: took 2.5 seconds
class Database:
    async def ask(self) -> None:
        """Ask for one row. It may raise, or never return."""

def get_database() -> Database:
    return Database()

def make_probes() -> FastAPI:
    app = FastAPI()

    @app.get("/health")
    async def get_health() -> str:
        return "ok"

    @app.get("/ready")
    async def get_ready(database: Annotated[Database, Depends(get_database)]) -> str:
        try:
            await database.ask()
        except Exception:
            raise HTTPException(503) from None
        return "ok"

    return app


# %% wrong: only the time-out is caught
# says: Which exceptions do you catch
class Database:
    async def ask(self) -> None:
        """Ask for one row. It may raise, or never return."""

def get_database() -> Database:
    return Database()

def make_probes() -> FastAPI:
    app = FastAPI()

    @app.get("/health")
    async def get_health() -> str:
        return "ok"

    @app.get("/ready")
    async def get_ready(database: Annotated[Database, Depends(get_database)]) -> str:
        try:
            async with asyncio.timeout(0.5):
                await database.ask()
        except TimeoutError:
            raise HTTPException(503) from None
        return "ok"

    return app


# %% wrong: the time-out is not caught
# says: Turn it into a 503
class Database:
    async def ask(self) -> None:
        """Ask for one row. It may raise, or never return."""

def get_database() -> Database:
    return Database()

def make_probes() -> FastAPI:
    app = FastAPI()

    @app.get("/health")
    async def get_health() -> str:
        return "ok"

    @app.get("/ready")
    async def get_ready(database: Annotated[Database, Depends(get_database)]) -> str:
        async with asyncio.timeout(0.5):
            try:
                await database.ask()
            except Exception:
                raise HTTPException(503) from None
        return "ok"

    return app


# %% wrong: all is well, always
# says: says that all is well
class Database:
    async def ask(self) -> None:
        """Ask for one row. It may raise, or never return."""

def get_database() -> Database:
    return Database()

def make_probes() -> FastAPI:
    app = FastAPI()

    @app.get("/health")
    async def get_health() -> str:
        return "ok"

    @app.get("/ready")
    async def get_ready(database: Annotated[Database, Depends(get_database)]) -> str:
        try:
            async with asyncio.timeout(0.5):
                await database.ask()
        except Exception:
            pass
        return "ok"

    return app


# %% wrong: no patience at all
# says: It answered in time
class Database:
    async def ask(self) -> None:
        """Ask for one row. It may raise, or never return."""

def get_database() -> Database:
    return Database()

def make_probes() -> FastAPI:
    app = FastAPI()

    @app.get("/health")
    async def get_health() -> str:
        return "ok"

    @app.get("/ready")
    async def get_ready(database: Annotated[Database, Depends(get_database)]) -> str:
        try:
            async with asyncio.timeout(0.001):
                await database.ask()
        except Exception:
            raise HTTPException(503) from None
        return "ok"

    return app


# %% wrong: a database of its own
# says: has not asked the database
class Database:
    async def ask(self) -> None:
        """Ask for one row. It may raise, or never return."""

def get_database() -> Database:
    return Database()

def make_probes() -> FastAPI:
    app = FastAPI()

    @app.get("/health")
    async def get_health() -> str:
        return "ok"

    @app.get("/ready")
    async def get_ready() -> str:
        try:
            async with asyncio.timeout(0.5):
                await get_database().ask()
        except Exception:
            raise HTTPException(503) from None
        return "ok"

    return app


# %% wrong: 500 for everything
# says: 503
class Database:
    async def ask(self) -> None:
        """Ask for one row. It may raise, or never return."""

def get_database() -> Database:
    return Database()

def make_probes() -> FastAPI:
    app = FastAPI()

    @app.get("/health")
    async def get_health() -> str:
        return "ok"

    @app.get("/ready")
    async def get_ready(database: Annotated[Database, Depends(get_database)]) -> str:
        try:
            async with asyncio.timeout(0.5):
                await database.ask()
        except Exception:
            raise HTTPException(500) from None
        return "ok"

    return app
