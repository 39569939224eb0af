"""The door to the database."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from ..settings import Settings


class DatabaseUnavailable(Exception):
    """The database cannot be reached."""


def open_engine(settings: Settings) -> AsyncEngine:
    """Open the door to the database, with a pool of the size that the settings name."""
    sqlite = settings.database_url.startswith("sqlite")
    engine = create_async_engine(
        settings.database_url,
        pool_size=settings.pool_size,
        max_overflow=settings.max_overflow,
        pool_timeout=settings.pool_timeout,
        pool_pre_ping=True,
        hide_parameters=True,  # else an error shows the values of its statement, and logs keep them
        connect_args=for_sqlite(settings) if sqlite else for_postgresql(settings),
    )
    event.listen(engine.sync_engine, "do_connect", connect)
    if sqlite:
        event.listen(engine.sync_engine, "connect", prepare_sqlite)
    return engine


def for_sqlite(settings: Settings) -> dict[str, Any]:
    """Say how long to wait for the one who is writing."""
    return {"timeout": settings.lock_timeout}


def for_postgresql(settings: Settings) -> dict[str, Any]:
    """Say how long to wait: for a connection, for a row, for the end of a statement."""
    milliseconds = {
        "lock_timeout": str(round(settings.lock_timeout * 1000)),
        "statement_timeout": str(round(settings.statement_timeout * 1000)),
    }
    return {"timeout": settings.pool_timeout, "server_settings": milliseconds}


def connect(dialect: Any, _: object, places: Any, options: Any) -> Any:
    """Open a connection. A server that is not there is an OSError, which could mean anything."""
    try:
        return dialect.connect(*places, **options)
    except OSError as error:
        raise DatabaseUnavailable from error


def prepare_sqlite(connection: Any, _: object) -> None:
    """Turn on what SQLite leaves off: foreign keys, and readers that need not wait for a writer."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.close()
