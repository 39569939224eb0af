"""Work for whoever runs the service: `python -m app_snippets.tasks_api serve`, and `make-admin carla`."""

import argparse
import asyncio
import socket
from typing import Any

import uvicorn
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from uvicorn.supervisors import Multiprocess

from .database.engine import open_engine
from .database.tables import User
from .domain import Role
from .settings import Settings, load_settings


async def make_admin(settings: Settings, username: str) -> bool:
    """Make a user an admin, and say whether there is one of this name."""
    engine = open_engine(settings)
    try:
        async with AsyncSession(engine) as db, db.begin():
            promotion = update(User).where(User.username == username).values(role=Role.admin.value)
            found = await db.scalars(promotion.returning(User.id))
            return found.first() is not None
    finally:
        await engine.dispose()


def serve(app: str, **options: Any) -> None:
    """Run uvicorn with several workers, and send answers at once.

    `uvicorn --workers` (0.54) leaves Nagle's algorithm on: on Linux, all answers of a connection but the first come
    40 ms late (github.com/Kludex/uvicorn/issues/3149). A connection inherits the option from the socket that takes it.
    """
    config = uvicorn.Config(app, timeout_graceful_shutdown=20, **options)
    door = config.bind_socket()
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    Multiprocess(config, [door]).run()


def main() -> None:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="tasks_api")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("serve", help="run the service with several workers")
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=8000)
    command.add_argument("--workers", type=int, default=2)
    command = commands.add_parser("make-admin", help="let a user send reminders and remove users")
    command.add_argument("username")
    asked = parser.parse_args()
    if "username" not in asked:
        load_settings()  # if they are wrong, one line says so, and not each worker again and again
        serve("app_snippets.tasks_api.asgi:app", **vars(asked))
        return
    if not asyncio.run(make_admin(load_settings(), asked.username)):
        raise SystemExit(f"There is no user {asked.username}.")
    print(f"{asked.username} is an admin.")


if __name__ == "__main__":
    main()
