"""Code that ends a transaction of somebody else, or that changes an error which it doesn't know."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from coursekit.author.databases import database, sqlite_file
from coursekit.author.lent import failing, lent, passes_on, passes_on_async
from coursekit.judging.expectation import NotYet


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)


async def adds(session: AsyncSession) -> None:
    session.add(Note(text="Tea"))
    await session.flush()


async def commits(session: AsyncSession) -> None:
    await adds(session)
    await session.commit()


async def rolls_back(session: AsyncSession) -> None:
    await adds(session)
    await session.rollback()


async def closes(session: AsyncSession) -> None:
    await adds(session)
    await session.close()


async def begins(session: AsyncSession) -> None:
    async with session.begin():
        session.add(Note(text="Tea"))


async def gives_back(session: AsyncSession) -> None:
    async with session:
        await adds(session)


async def commits_and_raises(session: AsyncSession) -> None:
    await commits(session)
    raise RuntimeError


async def nests(session: AsyncSession) -> None:
    async with session.begin_nested():
        await adds(session)
    try:
        async with session.begin_nested():
            await adds(session)
    except IntegrityError:
        pass


async def fails_to_flush(session: AsyncSession) -> None:
    await adds(session)
    with contextlib.suppress(IntegrityError):
        await adds(session)


def told(service: Callable[[AsyncSession], Any]) -> str:
    async def run() -> str:
        async with database(Base) as (engine, _), AsyncSession(engine) as session:
            try:
                with lent(session, "service(session)"):
                    await service(session)
            except NotYet as failed:
                return failed.message
            return ""

    return asyncio.run(run())


@pytest.mark.parametrize("service", [adds, nests, fails_to_flush])
def test_what_a_guest_may_do(service: Any) -> None:
    assert told(service) == ""


@pytest.mark.parametrize(
    ("service", "said"),
    [
        (commits, "it committed"),
        (commits_and_raises, "it committed"),
        (begins, "it committed"),
        (rolls_back, "it rolled back"),
        (closes, "it closed the session"),
        (gives_back, "it closed the session"),
    ],
)
def test_what_a_guest_may_not_do(service: Any, said: str) -> None:
    assert said in told(service)


def test_a_session_without_async() -> None:
    with sqlite_file() as file:
        engine = create_engine(f"sqlite:///{file}")
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            with lent(session, "service(session)"):
                session.add(Note(text="Tea"))
                session.flush()
            with pytest.raises(NotYet, match="it committed"), lent(session, "service(session)"):
                session.commit()
        engine.dispose()


def passes(error: Exception) -> None:
    raise error


def renames(error: Exception) -> None:
    try:
        raise error
    except Exception as caught:
        raise ValueError("taken") from caught


def copies(error: Exception) -> None:
    raise type(error)(str(error))


def swallows(error: Exception) -> None:
    pass


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (renames, "A `RuntimeError` in `save(...)` became `ValueError: taken`. Catch only `IntegrityError`"),
        (copies, "became a new one"),
        (swallows, "nothing came out"),
    ],
)
def test_errors_that_do_not_pass(code: Any, said: str) -> None:
    error = RuntimeError("the disk is full")

    async def awaited() -> None:
        code(error)

    with pytest.raises(NotYet) as caught:
        passes_on(error, lambda: code(error), "save(...)", catch="`IntegrityError`")
    assert said in caught.value.message
    with pytest.raises(NotYet) as caught:
        asyncio.run(passes_on_async(error, awaited, "save(...)", catch="`IntegrityError`"))
    assert said in caught.value.message


def test_an_error_that_the_database_raises_passes() -> None:
    error = IntegrityError("INSERT", {}, Exception("CHECK constraint failed"))

    async def run() -> None:
        async with database(Base) as (engine, _), AsyncSession(engine) as session:
            with failing(engine, error):
                await passes_on_async(error, lambda: adds(session), "adds(session)", catch="nothing")
            await session.rollback()
            await adds(session)
            assert await session.scalar(text("SELECT count(*) FROM notes")) == 1

    asyncio.run(run())
    passes_on(error, lambda: passes(error), "passes()", catch="nothing")
