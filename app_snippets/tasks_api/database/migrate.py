"""Migrations, carried out from Python. On a server the command does it: `alembic upgrade head`."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config

from ..settings import Settings


def configure(settings: Settings) -> Config:
    """Say where the migrations are, and which database they are for."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    config.attributes["settings"] = settings
    return config


async def upgrade(settings: Settings, revision: str = "head") -> None:
    """Carry out the migrations that are missing. Alembic blocks, so it gets a thread."""
    await asyncio.to_thread(command.upgrade, configure(settings), revision)
