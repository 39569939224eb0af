"""Reading requests that change something: in a dictionary, and in a database."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

import pytest
from fastapi import BackgroundTasks, FastAPI, HTTPException
from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from coursekit.author import client
from coursekit.author.databases import database
from coursekit.judging.conversation import conversation
from coursekit.judging.expectation import NotYet


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


@pytest.fixture(autouse=True)
def a_check() -> Iterator[None]:
    with conversation():
        yield


class Visit:
    def __init__(self) -> None:
        self.count = 0


def an_app_in_memory() -> tuple[FastAPI, dict[int, Any]]:
    app, notes = FastAPI(), {1: {"text": "Milk", "visit": Visit()}}

    @app.get("/same")
    @app.post("/change")
    def same() -> None:
        notes.setdefault(1, {})

    @app.post("/add")
    @app.get("/add")
    @app.head("/head")
    def add() -> None:
        notes[len(notes) + 1] = {"text": "Tea"}

    @app.get("/missing")
    def missing() -> None:
        notes.clear()
        raise HTTPException(404)

    @app.get("/later")
    def later(tasks: BackgroundTasks) -> None:
        tasks.add_task(lambda: setattr(notes[1]["visit"], "count", 1))

    return app, notes


def test_a_reading_request_that_changes_a_dictionary() -> None:
    app, notes = an_app_in_memory()
    api = client(app, data=lambda: notes)
    assert api.get("/same").status_code == 200
    assert api.post("/add").status_code == 200
    with pytest.raises(
        NotYet, match=r'`GET /add` changed the data: `\[3\]` is new: `{"text": "Tea"}`. A GET only reads'
    ):
        api.get("/add")
    with pytest.raises(NotYet, match="`HEAD /head` changed the data"):
        api.head("/head")
    with pytest.raises(NotYet, match=r"`GET /later` changed the data: `\[1\]\.visit\.count` was `0` and is `1`"):
        api.get("/later")
    with pytest.raises(NotYet, match=r"`GET /missing` changed the data: `\[1\]` is gone, .* and 1 more\."):
        api.get("/missing")


def test_a_check_may_say_that_reads_may_write() -> None:
    app, notes = an_app_in_memory()
    assert client(app, data=lambda: notes, reads_may_write="The app counts its visits.").get("/add").status_code == 200


def an_app_with_a_database() -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with database(Base, rows=[Note(text="Milk"), Note(text="Bread")]) as (engine, _):
            app.state.sessions = async_sessionmaker(engine)
            yield

    app = FastAPI(lifespan=lifespan)

    async def execute(statement: str, *, commits: bool = True) -> None:
        async with app.state.sessions() as session:
            await session.execute(text(statement))
            if commits:
                await session.commit()

    @app.get("/read")
    async def read() -> None:
        await execute("SELECT * FROM notes")

    @app.get("/dropped")
    async def dropped() -> None:
        await execute("DELETE FROM notes", commits=False)

    @app.get("/write")
    @app.post("/write")
    async def write() -> None:
        await execute("UPDATE notes SET text = text || '!' WHERE id = 2")

    @app.get("/delete")
    async def delete() -> None:
        await execute("DELETE FROM notes WHERE id = 1")
        raise HTTPException(404)

    return app


def test_a_reading_request_that_changes_the_database() -> None:
    api = client(an_app_with_a_database())
    assert api.get("/read").status_code == api.get("/dropped").status_code == api.post("/write").status_code == 200
    with pytest.raises(
        NotYet, match=r'`GET /write` changed the data: `notes\[2\]\.text` was `"Bread!"` and is `"Bread!!"`'
    ):
        api.get("/write")
    with pytest.raises(NotYet, match=r"`GET /delete` changed the data: `notes\[1\]` is gone"):
        api.get("/delete")


def test_watching_costs_little() -> None:
    app = an_app_with_a_database()
    api, free = client(app), client(app, reads_may_write="to measure")
    assert api.watch
    assert not free.watch
    (store,) = api.watch.stores()
    began = perf_counter()
    for _ in range(1000):
        store.now()
    assert perf_counter() - began < 0.5
    assert json.dumps(store.now()) == '{"notes": {"1": {"id": 1, "text": "Milk"}, "2": {"id": 2, "text": "Bread"}}}'
