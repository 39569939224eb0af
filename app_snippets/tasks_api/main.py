"""The application factory: what the app is made of, and what it opens and closes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.routing import APIRoute
from sqlalchemy.ext.asyncio import async_sessionmaker
from starlette.middleware import Middleware

from .api.handlers import HANDLERS
from .api.middleware import BodyLimit, LastResort, MethodCheck, RateLimit, RequestContext
from .api.router import api_router
from .api.routes import health
from .database.engine import open_engine
from .database.migrate import upgrade
from .services.limiter import Limiter
from .services.mail import open_mailer
from .services.passwords import Passwords
from .services.seed import seed_once
from .settings import Settings

DESCRIPTION = """
Tasks with steps and dates, each for the user who made it.

Join (`POST /api/v1/users`), log in (`POST /api/v1/token`), and send the token with each request:
`Authorization: Bearer …`. All errors have one shape: `Problem`.
"""

TAGS = [
    {"name": "tasks", "description": "What somebody wants to do."},
    {"name": "users", "description": "Who somebody is."},
    {"name": "auth", "description": "How somebody proves who they are."},
    {"name": "reminders", "description": "Mails to those who have something to do."},
    {"name": "health", "description": "For those who run the service."},
]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open what all requests share, and close it when the last one is done."""
    settings: Settings = app.state.settings
    engine = open_engine(settings)
    try:
        app.state.sessions = async_sessionmaker(engine, expire_on_commit=False)
        app.state.passwords = Passwords(settings)
        app.state.login_limiter = Limiter(settings.logins_per_minute)
        if settings.environment == "development":  # production migrates with a command, once
            await upgrade(settings)
        if settings.demo_password is not None:
            await seed_once(app.state.sessions, app.state.passwords, settings.demo_password)
        async with open_mailer(settings) as app.state.mailer:
            yield
    finally:
        await engine.dispose()


def list_middleware(settings: Settings) -> list[Middleware]:
    """From the outside in."""
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Idempotency-Key", "X-Request-ID"],
        expose_headers=["Location", "Retry-After", "X-Request-ID"],
    )
    return [
        Middleware(RequestContext),
        *([cors] if settings.cors_origins else []),
        Middleware(LastResort),
        Middleware(RateLimit, limiter=Limiter(settings.requests_per_minute)),
        Middleware(MethodCheck),
        Middleware(BodyLimit, max_bytes=settings.max_body_bytes, seconds=settings.body_timeout),
    ]


def operation_id(route: APIRoute) -> str:
    """Name an operation as its function, so that a generated client reads well."""
    return route.name


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the API."""
    settings = settings or Settings()
    app = FastAPI(
        title=settings.title,
        version="1.0.0",
        description=DESCRIPTION,
        openapi_tags=TAGS,
        lifespan=lifespan,
        middleware=list_middleware(settings),
        exception_handlers=HANDLERS,
        generate_unique_id_function=operation_id,
    )
    app.state.settings = settings
    app.include_router(health.router)
    app.include_router(api_router)
    return app
