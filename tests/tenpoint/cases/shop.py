"""An API on which all ten points hold. test_points.py puts one fault into it at a time."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import OAuth2PasswordBearer
from pydantic import BaseModel, Field, SecretStr
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from starlette.exceptions import HTTPException as StarletteHTTPException

log = logging.getLogger("shop")
engine = create_async_engine("sqlite+aiosqlite:///shop.db")
sessions = async_sessionmaker(engine, expire_on_commit=False)
PRICES = {"small": 1, "large": 2}  # a constant: nobody changes it
SEEN: list[int] = []
oauth2 = OAuth2PasswordBearer(tokenUrl="/api/v1/token")


class Base(DeclarativeBase):
    """The tables."""


class Row(Base):
    """An item as it is kept."""

    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Problem(BaseModel):
    """Any error."""

    detail: str
    error_code: str
    field_errors: dict[str, list[str]] = {}


class ItemCreate(BaseModel):
    """An item as a client sends it."""

    name: str = Field(min_length=1, max_length=50)


class ItemPublic(BaseModel):
    """An item as clients see it."""

    id: int
    name: str


class Login(BaseModel):
    """Who somebody says they are."""

    username: str
    password: SecretStr


class Token(BaseModel):
    """What proves who somebody is."""

    access_token: str
    token_type: str = "bearer"


class Filter(BaseModel):
    """Which items are wanted."""

    limit: int = Field(20, ge=1, le=100)


def problem(status: int, code: str, detail: str) -> JSONResponse:
    """Make the answer to a request that fails."""
    return JSONResponse(Problem(detail=detail, error_code=code).model_dump(), status)


async def on_invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    """Say which fields are wrong."""
    return problem(422, "VALIDATION_FAILED", ", ".join(str(one["loc"]) for one in error.errors()))


async def on_http(request: Request, error: StarletteHTTPException) -> JSONResponse:
    """Say what is refused."""
    return problem(error.status_code, "REFUSED", str(error.detail))


async def on_unexpected(request: Request, error: Exception) -> JSONResponse:
    """Say that it is our fault."""
    log.error("unexpected", exc_info=error)
    return problem(500, "INTERNAL_ERROR", "Something went wrong on our side.")


async def get_db() -> AsyncIterator[AsyncSession]:
    """Give a session, and commit before the answer."""
    async with sessions() as session, session.begin():
        yield session


Db = Annotated[AsyncSession, Depends(get_db, scope="function")]


async def get_user(token: Annotated[str, Depends(oauth2)], db: Db) -> str:
    """Give the name of who asks."""
    if not token.startswith("user-"):
        raise HTTPException(401, "This token is not valid.", {"WWW-Authenticate": "Bearer"})
    return token


def bad(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Document errors."""
    return {status: {"model": Problem, "description": "An error."} for status in statuses}


async def find_item(db: AsyncSession, item_id: int) -> Row:
    """Give an item, or refuse."""
    item = await db.get(Row, item_id)
    if item is None:
        raise HTTPException(404, "There is no such item.")
    return item


def count_words(text: str) -> int:
    """Count."""
    return len(text.split())


async def tell(item_id: int) -> None:
    """Tell others that there is something new."""
    await asyncio.sleep(0)


items = APIRouter(prefix="/items", tags=["items"], responses=bad(401, 422), dependencies=[Depends(get_user)])
auth = APIRouter(prefix="/token", tags=["auth"], responses=bad(422))
health = APIRouter()


@health.get("/health")
async def get_health() -> dict[str, str]:
    """Answer."""
    return {"status": "ok"}


@auth.post("")
async def post_token(login: Login) -> Token:
    """Give a token for a name and a password."""
    return Token(access_token=f"user-{login.username}")


@items.get("", response_model=list[ItemPublic])
async def list_items(wanted: Annotated[Filter, Query()], db: Db) -> Sequence[Row]:
    """Read the items."""
    return (await db.scalars(select(Row).limit(wanted.limit))).all()


@items.post("", status_code=201, response_model=ItemPublic)
async def create_item(data: ItemCreate, db: Db, response: Response, background: BackgroundTasks) -> Row:
    """Create an item."""
    item = Row(name=data.name)
    db.add(item)
    await db.flush()
    response.headers["Location"] = f"/api/v1/items/{item.id}"
    background.add_task(tell, item.id)
    return item


@items.get("/cheapest", responses=bad(404))
async def get_cheapest(db: Db) -> ItemPublic:
    """Read the item that costs least."""
    item = await find_item(db, PRICES["small"])
    return ItemPublic(id=item.id, name=item.name)


@items.get("/{item_id}", response_model=ItemPublic, responses=bad(404))
async def get_item(item_id: int, db: Db) -> Row:
    """Read an item."""
    return await find_item(db, item_id)


@items.put("/{item_id}", response_model=ItemPublic, responses=bad(404))
async def put_item(item_id: int, data: ItemCreate, db: Db) -> Row:
    """Replace an item."""
    item = await find_item(db, item_id)
    item.name = data.name
    return item


@items.delete("/{item_id}", status_code=204, responses=bad(404))
async def delete_item(item_id: int, db: Db) -> None:
    """Delete an item."""
    await db.delete(await find_item(db, item_id))


@items.get("/{item_id}/words", responses=bad(404))
async def get_words(item_id: int, db: Db) -> int:
    """Count the words of an item's name."""
    item = await find_item(db, item_id)
    return count_words(item.name)


api = APIRouter(prefix="/api/v1")
api.include_router(items)
api.include_router(auth)
app = FastAPI(
    title="Shop",
    exception_handlers={
        RequestValidationError: on_invalid,
        StarletteHTTPException: on_http,
        Exception: on_unexpected,
    },
)
app.include_router(health)
app.include_router(api)
_used_by_faults = (sqlite3, time, Session, SEEN)
