"""What the service is measured beside: the same page of tasks without a database, and without FastAPI."""

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from app_snippets.tasks_api.__main__ import serve
from app_snippets.tasks_api.api.models.responses.tasks import TaskPublic
from app_snippets.tasks_api.database.tables import Step, Task, User
from app_snippets.tasks_api.main import create_app
from app_snippets.tasks_api.settings import Settings


class Shelf:
    """Takes the place of a session, and has the answer ready."""

    user = User(id=1, username="ana", role="member", active=True)
    tasks = tuple(
        Task(id=n, owner_id=1, title="A", done=False, priority="normal", version=1, steps=[Step(title="B", done=False)])
        for n in range(20)
    )

    async def __aenter__(self) -> "Shelf":
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    def begin(self) -> "Shelf":
        return self

    async def get(self, *_: object) -> User:
        return self.user

    async def execute(self, _: object) -> "Shelf":
        return self

    scalars = execute

    def all(self) -> tuple[Task, ...]:
        return self.tasks


def without_database() -> FastAPI:
    """The service, all of it, but what it reads lies on a shelf. An override would cost time in each request."""
    app = create_app(Settings(requests_per_minute=0))
    opened = app.router.lifespan_context

    @asynccontextmanager
    async def with_a_shelf(app: FastAPI) -> AsyncIterator[None]:
        async with opened(app):
            app.state.sessions = Shelf
            yield

    app.router.lifespan_context = with_a_shelf
    return app


def bare_starlette() -> Starlette:
    """One route that sends the same page."""
    page = [TaskPublic.model_validate(task, from_attributes=True).model_dump(mode="json") for task in Shelf.tasks]

    async def answer(_: Request) -> JSONResponse:
        return JSONResponse(page)

    return Starlette(routes=[Route("/api/v1/tasks", answer), Route("/ready", answer)])


def main() -> None:
    """Serve one of them, with two workers, as the service is served."""
    parser = argparse.ArgumentParser(description="Serve an app of this file.")
    parser.add_argument("app", choices=["without_database", "bare_starlette"])
    parser.add_argument("--port", type=int, required=True)
    asked = parser.parse_args()
    serve(f"beside:{asked.app}", factory=True, port=asked.port, workers=2)


if __name__ == "__main__":
    main()
