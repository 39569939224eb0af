"""Requests at the same moment: looking first and inserting afterwards loses, and what is right stays right."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, HTTPException, Query
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from coursekit.author import client
from coursekit.author.databases import database
from coursekit.judging.conversation import asked, conversation


class Base(DeclarativeBase):
    pass


class Name(Base):
    __tablename__ = "names"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


class Unique(Base):
    __tablename__ = "unique_names"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)


@pytest.fixture(autouse=True)
def a_check() -> Iterator[None]:
    with conversation():
        yield


def an_app() -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with database(Base) as (app.state.engine, _):
            app.state.sessions = async_sessionmaker(app.state.engine)
            yield

    app, lock = FastAPI(lifespan=lifespan), asyncio.Lock()

    async def take(table: Any, text: str) -> None:
        async with app.state.sessions() as session:
            if await session.scalar(select(table).where(table.text == text)):
                raise HTTPException(409)
            session.add(table(text=text))
            try:
                await session.commit()
            except IntegrityError:
                raise HTTPException(409) from None

    @app.post("/looks")
    async def looks(text: Annotated[str, Query(min_length=2)]) -> None:
        await take(Name, text)

    @app.post("/unique")
    async def unique(text: str) -> None:
        await take(Unique, text)

    @app.post("/locked")
    async def locked(text: str) -> None:
        async with lock:
            await take(Name, text)

    return app


@pytest.mark.parametrize(("path", "taken"), [("/looks", 5), ("/unique", 1), ("/locked", 1)])
def test_who_looks_first_loses_each_time(path: str, taken: int) -> None:
    api = client(an_app())
    for text in ("Milk", "Bread", "Soap"):
        responses = api.together([api.build_request("POST", path, params={"text": text}) for _ in range(5)])
        statuses = [response.status_code for response in responses]
        assert sorted(statuses) == [200] * taken + [409] * (5 - taken)
    assert len(asked) == 15
    assert asked[-1].response is responses[-1]


def test_the_responses_keep_the_order_and_nobody_waits_for_a_refused_one() -> None:
    api = client(an_app())
    responses = api.together(
        [api.build_request("POST", "/looks", params={"text": text}) for text in ("x", "xx", "xxx")]
    )
    assert [response.status_code for response in responses] == [422, 200, 200]
    assert [response.request.url.params["text"] for response in responses] == ["x", "xx", "xxx"]


def test_an_app_without_a_database() -> None:
    app, taken = FastAPI(), set()

    @app.post("/take")
    async def take() -> int:
        free = "it" not in taken
        await asyncio.sleep(0)
        taken.add("it")
        return free

    api = client(app)
    assert [one.json() for one in api.together([api.build_request("POST", "/take") for _ in range(3)])] == [1, 1, 1]
