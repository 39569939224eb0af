"""Temporary databases for checks."""

import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine


@contextmanager
def sqlite_file() -> Iterator[str]:
    """Yield the path of an SQLite file that doesn't exist yet, with forward slashes, and remove the file at the end.

    Example: `with sqlite_file() as file: engine = create_engine(f"sqlite:///{file}")`.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder, "check.db").as_posix()


def async_engine(file: str, *, pragmas: tuple[str, ...] = (), **options: Any) -> AsyncEngine:
    """Return an engine for an SQLite file. Each connection begins with the pragmas, such as "foreign_keys = ON".

    `options` are those of `create_async_engine`. The caller must dispose of the engine.
    """
    engine = create_async_engine(f"sqlite+aiosqlite:///{file}", **options)

    def prepare(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        for pragma in ("synchronous = OFF", *pragmas):  # a check's database doesn't have to survive a power cut
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine.sync_engine, "connect", prepare)
    return engine


@contextmanager
def watched_statements() -> Iterator[list[str]]:
    """Yield the SQL statements that all engines send from now on, and reverse the rows of a SELECT without ORDER BY.

    Without the second, SQLite gives such rows by id, and a list is in order by chance.
    """
    statements: list[str] = []

    def reverse(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA reverse_unordered_selects = ON")
        cursor.close()

    def note(*given: Any) -> None:
        statements.append(given[2])

    event.listen(Engine, "connect", reverse)
    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "connect", reverse)
        event.remove(Engine, "before_cursor_execute", note)


@asynccontextmanager
async def database(base: Any, *, rows: Iterable[Any] = (), **options: Any) -> AsyncIterator[tuple[AsyncEngine, str]]:
    """Yield an engine on a new database with the tables of `base` (a `DeclarativeBase`), and the path of its file.

    `rows` are objects of its classes, stored and committed beforehand. `options` are those of `async_engine`.
    """
    with sqlite_file() as file:
        engine = async_engine(file, **options)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(base.metadata.create_all)
            async with AsyncSession(engine) as session:
                session.add_all(rows)
                await session.commit()
            yield engine, file
        finally:
            await engine.dispose()


def execute(file: str, statement: str, *values: Any) -> list[Any]:
    """Send one SQL statement to an SQLite file over a connection of its own, commit, and return the rows that came back.

    Each `?` in the statement stands for one of the values.

    Raises:
        sqlite3.Error: the database refuses the statement, or another connection holds the file for 0.3 seconds.
    """
    with closing(sqlite3.connect(file, timeout=0.3)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")  # a check's database need not survive a power cut
        return connection.execute(statement, values).fetchall()
