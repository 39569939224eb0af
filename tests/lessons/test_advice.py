"""Advice about raw exceptions: each is provoked by the mistake that it speaks of, and not given for another cause."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship, selectinload

from coursekit.author.databases import database
from coursekit.judging.advice import advice_on, explanation_of


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Task(Base):
    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    owner: Mapped[User] = relationship()


class Timer(Base):
    __tablename__ = "timers"

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes: Mapped[int]
    version_id: Mapped[int]


class Counted(Base):
    __tablename__ = "counted"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column()
    app_version: Mapped[str]
    __mapper_args__ = {"version_id_col": version_id}  # noqa: RUF012


TABLES = {"User": User, "Task": Task, "Timer": Timer, "Counted": Counted}
Work = Callable[[AsyncSession], Awaitable[Any]]


def caught(work: Work) -> Exception:
    async def run() -> Exception:
        async with (
            database(Base, rows=[User(id=1, name="Ana"), Task(id=1, owner_id=1)]) as (engine, _),
            AsyncSession(engine) as session,
        ):
            with pytest.raises(Exception) as error:
                await work(session)
            return error.value

    return asyncio.run(run())


async def a_task(session: AsyncSession) -> Any:
    return await session.get(Task, 1)


async def not_loaded(session: AsyncSession) -> Any:
    return (await a_task(session)).owner.id


async def not_loaded_and_connected(session: AsyncSession) -> Any:
    task = await a_task(session)
    await session.scalar(select(Timer))
    return task.owner.id


async def expired(session: AsyncSession) -> Any:
    task = await a_task(session)
    await session.commit()
    return task.owner_id


async def without_await(session: AsyncSession) -> Any:
    return session.sync_session.scalar(select(Task))


async def class_in_a_loader(session: AsyncSession) -> Any:
    return await session.scalars(select(Task).options(selectinload(User)))  # type: ignore[arg-type]


async def class_in_another_loader(session: AsyncSession) -> Any:
    return await session.scalars(select(Task).options(joinedload(User)))  # type: ignore[arg-type]


async def text_in_a_loader(session: AsyncSession) -> Any:
    return await session.scalars(select(Task).options(selectinload("owner")))  # type: ignore[arg-type]


async def loader_of_another_table(session: AsyncSession) -> Any:
    return await session.scalars(select(User).options(selectinload(Task.owner)))


async def no_loader(session: AsyncSession) -> Any:
    return await session.scalars(select(Task).options(Task.owner))  # type: ignore[arg-type]


async def no_column(session: AsyncSession) -> Any:
    return await session.scalars(select(object))  # type: ignore[call-overload]


async def no_version(session: AsyncSession) -> Any:
    session.add(Timer(minutes=1))
    await session.flush()


async def no_minutes(session: AsyncSession) -> Any:
    session.add(Timer(version_id=1))
    await session.flush()


async def no_app_version(session: AsyncSession) -> Any:
    session.add(Counted())
    await session.flush()


@pytest.fixture(autouse=True)
def nothing_is_left_unawaited() -> Iterator[None]:
    """What a mistake leaves unawaited goes with its test. Otherwise another test would hear the warning."""
    yield
    gc.collect()


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (not_loaded, "Load the row with the query"),
        (not_loaded_and_connected, "Load the row with the query"),
        (expired, "open the session with `expire_on_commit=False`"),
        (class_in_a_loader, "It was given something else, perhaps the class."),
        (class_in_another_loader, "It was given something else, perhaps the class."),
        (text_in_a_loader, "takes the attribute itself and not its name as text"),
        (loader_of_another_table, "A loader begins at the class that is selected."),
        (no_loader, "`.options(...)` takes a loader"),
        (no_version, "because `Timer` doesn't say that it counts versions"),
    ],
)
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_mistake_gets_the_advice(work: Work, said: str) -> None:
    assert said in advice_on(caught(work), TABLES)


@pytest.mark.parametrize("work", [without_await, no_minutes, no_app_version, no_column])
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_another_cause_does_not(work: Work) -> None:
    assert advice_on(caught(work), TABLES) == ""


def raised(function: Callable[..., Any]) -> Exception:
    app = FastAPI()
    app.get("/")(function)
    with pytest.raises(Exception) as error:
        TestClient(app).get("/")
    return error.value


def test_a_header_that_is_a_number() -> None:
    def on_the_response(response: Response) -> None:
        response.headers["Location"] = 1  # type: ignore[assignment]

    def on_a_new_one() -> JSONResponse:
        return JSONResponse({}, headers={"Location": 1})  # type: ignore[dict-item]

    def somewhere_else() -> Any:
        return (1).encode()  # type: ignore[attr-defined]

    for function in (on_the_response, on_a_new_one):
        assert "A header is text, and this one was given the `int` itself" in advice_on(raised(function), {})
    assert advice_on(raised(somewhere_else), {}) == ""


class Public(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    owner: dict[str, int]


class Lazy:
    """Stands for a row with an attribute that isn't loaded."""

    error: type[Exception] = type("MissingGreenlet", (Exception,), {})

    @property
    def owner(self) -> Any:
        raise self.error


def test_a_response_model_reads_what_is_not_loaded() -> None:
    def read() -> Public:
        return Lazy()  # type: ignore[return-value]

    assert "Load it with the query" in explanation_of(raised(read), {})
    Lazy.error = ValueError
    assert "Load it with the query" not in explanation_of(raised(read), {})
