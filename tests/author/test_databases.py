"""Databases that a check throws away."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from coursekit.author import databases


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)


def test_a_file_is_there_until_the_end() -> None:
    with databases.sqlite_file() as file:
        assert not Path(file).exists()
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE notes (id INTEGER)")
        assert Path(file).exists()
        with databases.sqlite_file() as other:
            assert other != file
    assert not Path(file).parent.exists()


def test_a_file_goes_after_an_exception_too() -> None:
    with pytest.raises(RuntimeError), databases.sqlite_file() as file:
        Path(file).touch()
        raise RuntimeError
    assert not Path(file).exists()


def test_a_database_has_the_tables_and_is_gone_afterwards() -> None:
    async def use() -> str:
        async with databases.database(Base) as (engine, file):
            async with engine.begin() as connection:
                await connection.execute(text("INSERT INTO notes (text) VALUES ('Milk')"))
                with pytest.raises(IntegrityError):
                    await connection.execute(text("INSERT INTO notes (text) VALUES ('Milk')"))
            with closing(sqlite3.connect(file)) as elsewhere:
                assert elsewhere.execute("SELECT text FROM notes").fetchall() == [("Milk",)]
        return file

    assert not Path(asyncio.run(use())).exists()


def test_rows_are_stored_beforehand() -> None:
    async def use() -> list[tuple[int, str]]:
        async with databases.database(Base, rows=[Note(text="Milk"), Note(text="Bread")]) as (_, file):
            return databases.execute(file, "SELECT id, text FROM notes ORDER BY id")

    assert asyncio.run(use()) == [(1, "Milk"), (2, "Bread")]


def test_execute_commits_and_takes_values() -> None:
    with databases.sqlite_file() as file:
        assert databases.execute(file, "CREATE TABLE notes (text UNIQUE)") == []
        databases.execute(file, "INSERT INTO notes VALUES (?), (?)", "Milk", "Bread")
        with pytest.raises(sqlite3.IntegrityError):
            databases.execute(file, "INSERT INTO notes VALUES ('Tea'), ('Tea')")
        assert databases.execute(file, "SELECT text FROM notes WHERE text <> ?", "Milk") == [("Bread",)]


async def setting(engine: AsyncEngine, name: str) -> object:
    async with engine.connect() as connection:
        return await connection.scalar(text(f"PRAGMA {name}"))


def test_pragmas_hold_on_each_connection() -> None:
    async def use() -> None:
        async with databases.database(Base, pragmas=("foreign_keys = ON",)) as (engine, file):
            assert await setting(engine, "foreign_keys") == 1
            assert await setting(engine, "synchronous") == 0
            plain = databases.async_engine(file, connect_args={"timeout": 0.1})
            assert await setting(plain, "foreign_keys") == 0
            await plain.dispose()

    asyncio.run(use())
