"""The API after lesson 07, Async. Built from lessons/07_async/3_after_the_response.md by `course build`."""

import asyncio
import functools
import hashlib
import logging
import random
import re
import ssl
import tempfile
from collections.abc import AsyncIterator, Iterator, MutableMapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from secrets import token_hex, token_urlsafe
from typing import Annotated, Any, Literal

import httpx
import jwt
from fastapi import (
    APIRouter,
    BackgroundTasks,
    Depends,
    FastAPI,
    Form,
    Header,
    Path,
    Query,
    Request,
    Response,
)
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from fastapi.security import OAuth2PasswordBearer
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import MISSING, BaseModel, ConfigDict, Field, SecretStr, StringConstraints
from sqlalchemy import ColumnElement, ForeignKey, event, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# PostgreSQL keeps every character but NUL, so no text that reaches the database has one.
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
Title = Annotated[Text, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Username = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{2,19}$")]
Email = Annotated[
    str,
    StringConstraints(pattern=r"^[^@\s\x00]+@[^@\s\x00]+\.[^@\s\x00]+$", max_length=254),
]
Id = Annotated[int, Path(ge=0, le=2**31 - 1)]  # what the column of an id can hold
IdempotencyKey = Annotated[Text, StringConstraints(min_length=8, max_length=100)]


class Priority(StrEnum):
    """How much a task matters."""

    low = "low"
    normal = "normal"
    high = "high"


class Role(StrEnum):
    """What a user may do."""

    member = "member"
    admin = "admin"


class RequestModel(BaseModel):
    """What comes in. A field that nobody knows is refused, so no typing mistake stays silent."""

    model_config = ConfigDict(extra="forbid")


class StepBody(RequestModel):
    """One step of a task."""

    model_config = ConfigDict(from_attributes=True)

    title: Title
    done: bool = False


class TaskCreate(RequestModel):
    """A whole task, as a caller sends it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "Plan a party",
                    "priority": "high",
                    "steps": [{"title": "Invite Ben"}],
                }
            ]
        }
    )

    title: Title
    done: bool = False
    priority: Priority = Priority.normal
    due_date: date | None = None
    steps: Annotated[list[StepBody], Field(max_length=20)] = []


class TaskReplace(TaskCreate):
    """A whole task that takes the place of another, and the version that the caller has seen."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"title": "Plan a big party", "version": 1}],
        }
    )

    version: Annotated[int, Field(ge=1)] | MISSING = MISSING


class TaskUpdate(RequestModel):
    """The parts of a task that change. Only its date can be emptied."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"done": True, "version": 1}]})

    title: Title | MISSING = MISSING
    done: bool | MISSING = MISSING
    priority: Priority | MISSING = MISSING
    due_date: date | None = None
    version: Annotated[int, Field(ge=1)] | MISSING = MISSING


class TaskPublic(BaseModel):
    """A task, as everybody may see it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 4,
                    "owner_id": 1,
                    "title": "Plan a party",
                    "done": False,
                    "priority": "high",
                    "due_date": "2031-05-17",
                    "steps": [{"title": "Invite Ben", "done": False}],
                    "version": 1,
                }
            ]
        }
    )

    id: int
    owner_id: int
    title: str
    done: bool
    priority: Priority
    due_date: date | None
    steps: list[StepBody]
    version: int


class UserCreate(RequestModel):
    """Somebody who wants to join."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "username": "dora",
                    "email": "dora@example.com",
                    "password": "seven blue tables",
                }
            ]
        }
    )

    username: Username
    email: Email
    password: Annotated[SecretStr, Field(min_length=12, max_length=128)]


class LoginForm(BaseModel):
    """What OAuth2's password flow sends as a form. Other fields of the standard are not used."""

    grant_type: Literal["password"] = "password"
    username: Text
    password: SecretStr


class UserPublic(BaseModel):
    """A user, as everybody may see them: no email, no password."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": 1, "username": "ana"}]})

    id: int
    username: str


class Token(BaseModel):
    """What a login gives: a token for the header `Authorization: Bearer …`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"access_token": "eyJhbGciOi…", "token_type": "bearer"}],
        }
    )

    access_token: str
    token_type: str


class RemindersSent(BaseModel):
    """How many reminders went out, and how many did not."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"sent": 17, "failed": 1}]})

    sent: int
    failed: int


class Problem(BaseModel):
    """What went wrong: the one shape of all errors."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "detail": "The request is not valid.",
                    "error_code": "VALIDATION_FAILED",
                    "field_errors": {"title": ["Field required"]},
                }
            ]
        }
    )

    detail: Annotated[str, Field(description="A sentence for people.")]
    error_code: Annotated[str, Field(description="A word for programs. It stays the same.")]
    field_errors: Annotated[
        dict[str, list[str]],
        Field(description="What is wrong with which field; `body` is the body as a whole."),
    ]


class Page(RequestModel):
    """Which part of a list, from the query string."""

    limit: Annotated[int, Field(ge=1, le=100)] | None = None
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class TaskFilter(Page):
    """Which tasks to list, in which order, and which part of them."""

    done: bool | None = None
    priority: Priority | None = None
    sort: Literal["id", "title", "due_date"] = "id"


class Base(DeclarativeBase):
    """The list of all tables."""


class User(Base):
    """Somebody who has tasks."""

    __tablename__ = "users"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  (no id is given out twice)

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str] = mapped_column(default=Role.member.value)
    active: Mapped[bool] = mapped_column(default=True)
    tasks: Mapped[list["Task"]] = relationship(back_populates="owner", passive_deletes=True)


class Task(Base):
    """Something to do."""

    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    done: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[str] = mapped_column(default=Priority.normal.value)
    due_date: Mapped[date | None]
    version: Mapped[int] = mapped_column()
    owner: Mapped[User] = relationship(back_populates="tasks")
    steps: Mapped[list["Step"]] = relationship(cascade="all, delete-orphan", order_by="Step.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Step(Base):
    """One step of a task."""

    __tablename__ = "steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    done: Mapped[bool] = mapped_column(default=False)


class Receipt(Base):
    """A request that was carried out: its owner's key, what it asked for, the task that it made."""

    __tablename__ = "receipts"

    owner_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"),
        primary_key=True,
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))


class DomainError(Exception):
    """A refusal of the domain: a sentence for people, a word for programs, the field at fault."""

    def __init__(self, detail: str, error_code: str, field: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.error_code = error_code
        self.field = field


class NotFound(DomainError):
    """What was asked for is not there."""


class Conflict(DomainError):
    """What was asked for does not fit what is there now."""


class RuleBroken(DomainError):
    """What was asked for is well formed, and makes no sense."""


class NotAuthenticated(DomainError):
    """Nobody known asks."""


class NotAllowed(DomainError):
    """Somebody known asks, who may not."""


class DatabaseUnavailable(Exception):
    """The database cannot be reached."""


class MailFailed(Exception):
    """A mail could not be sent."""


def no_task(task_id: int) -> NotFound:
    """Say that a task is not there, or not for this user."""
    return NotFound(f"There is no task {task_id}.", "TASK_NOT_FOUND")


def changed() -> Conflict:
    """Say that somebody was faster."""
    detail = "Somebody has changed this task in the meantime. Read it again."
    return Conflict(detail, "TASK_CHANGED")


def invalid_token() -> NotAuthenticated:
    """Say that a token is worth nothing, and not why."""
    return NotAuthenticated("This token is not valid.", "INVALID_TOKEN")


async def list_tasks(
    db: AsyncSession,
    owner: User,
    wanted: TaskFilter,
    limit: int,
) -> Sequence[Task]:
    """Give one page of the owner's tasks. The id ends the order, so that no two are equal in it."""
    tasks = select(Task).options(selectinload(Task.steps)).where(Task.owner_id == owner.id)
    if wanted.done is not None:
        tasks = tasks.where(Task.done == wanted.done)
    if wanted.priority is not None:
        tasks = tasks.where(Task.priority == wanted.priority.value)
    columns: dict[str, ColumnElement[Any]] = {
        "id": Task.id.asc(),
        "title": Task.title.asc(),
        "due_date": Task.due_date.asc().nulls_last(),
    }
    tasks = tasks.order_by(columns[wanted.sort], Task.id).limit(limit).offset(wanted.offset)
    return (await db.scalars(tasks)).all()


async def find_task(db: AsyncSession, owner: User, task_id: int) -> Task:
    """Give one task of this owner with its steps. Somebody else's does not exist for them."""
    tasks = select(Task).options(selectinload(Task.steps))
    task = await db.scalar(tasks.where(Task.id == task_id, Task.owner_id == owner.id))
    if task is None:
        raise no_task(task_id)
    return task


async def create_task(
    db: AsyncSession,
    owner: User,
    data: TaskCreate,
    today: date,
    key: str | None = None,
) -> Task:
    """Create a task; with a key that was used before, give the task that it made then."""
    fingerprint = hashlib.sha256(data.model_dump_json().encode()).hexdigest()
    receipt = await db.get(Receipt, (owner.id, key)) if key else None
    if receipt is not None:
        if receipt.fingerprint != fingerprint:
            raise Conflict("This key was used for another request.", "KEY_REUSED")
        return await find_task(db, owner, receipt.task_id)
    check_due_date(data.due_date, today)
    steps = [Step(**step.model_dump()) for step in data.steps]
    task = Task(owner_id=owner.id, steps=steps, **data.model_dump(exclude={"steps"}))
    db.add(task)
    await flush(db, foreign_key=invalid_token())  # the owner was removed a moment ago
    if key:
        db.add(Receipt(owner_id=owner.id, key=key, fingerprint=fingerprint, task_id=task.id))
        in_use = "A request with this key is being carried out. Ask again."
        await flush(db, unique=Conflict(in_use, "KEY_IN_USE"), foreign_key=invalid_token())
    return task


async def replace_task(
    db: AsyncSession,
    owner: User,
    task_id: int,
    data: TaskReplace,
    today: date,
) -> Task:
    """Replace a task as a whole, its steps included."""
    task = await find_task(db, owner, task_id)
    fields = data.model_dump(exclude={"steps"})
    check_version(task, fields.pop("version", None))
    check_due_date(data.due_date, today, task.due_date)
    task.steps = [Step(**step.model_dump()) for step in data.steps]
    for name, value in fields.items():
        setattr(task, name, value)
    flag_modified(task, "title")  # so that new steps alone make a new version too
    await flush(db, stale=changed())
    return task


async def change_task(
    db: AsyncSession,
    owner: User,
    task_id: int,
    changes: TaskUpdate,
    today: date,
) -> Task:
    """Change the parts of a task that were sent."""
    task = await find_task(db, owner, task_id)
    fields = changes.model_dump(exclude_unset=True)
    check_version(task, fields.pop("version", None))
    check_due_date(fields.get("due_date"), today, task.due_date)
    for name, value in fields.items():
        setattr(task, name, value)
    await flush(db, stale=changed())
    return task


async def delete_task(db: AsyncSession, owner: User, task_id: int) -> None:
    """Remove a task with its steps."""
    await db.delete(await find_task(db, owner, task_id))
    await flush(db, stale=changed())


async def export_tasks(
    sessions: async_sessionmaker[AsyncSession],
    owner_id: int,
    batch: int,
) -> AsyncIterator[Task]:
    """Give all tasks of an owner. While somebody reads a batch, no connection is held."""
    tasks = select(Task).options(selectinload(Task.steps)).where(Task.owner_id == owner_id)
    last = -1
    while True:
        async with sessions() as db:
            after_last = tasks.where(Task.id > last).order_by(Task.id).limit(batch)
            found = (await db.scalars(after_last)).all()
        for task in found:
            yield task
        if len(found) < batch:
            return
        last = found[-1].id


class Passwords:
    """Makes hashes and compares passwords with them, in a thread."""

    def __init__(self, rounds: int, memory_kib: int) -> None:
        argon2 = Argon2Hasher(time_cost=rounds, memory_cost=memory_kib)
        self.hasher = PasswordHash((argon2,))
        self.of_nobody = self.hasher.hash(token_urlsafe(32))

    async def hash(self, password: SecretStr) -> str:
        """Make the hash to keep."""
        return await asyncio.to_thread(self.hasher.hash, password.get_secret_value())

    async def fits(self, password: SecretStr, kept: str) -> bool:
        """Compare a password with a kept hash."""
        return await asyncio.to_thread(self.hasher.verify, password.get_secret_value(), kept)


async def create_user(db: AsyncSession, passwords: Passwords, data: UserCreate) -> User:
    """Add a member, with a hash of the password."""
    kept = await passwords.hash(data.password)
    user = User(password_hash=kept, **data.model_dump(exclude={"password"}))
    db.add(user)
    await flush(db, unique=Conflict("This name or this email is taken.", "USER_EXISTS"))
    return user


async def log_in(
    db: AsyncSession,
    passwords: Passwords,
    username: str,
    password: SecretStr,
) -> User | None:
    """Give the user whose password this is. An unknown name costs as much as a wrong password."""
    user = await db.scalar(select(User).where(User.username == username))
    kept = passwords.of_nobody if user is None else user.password_hash
    fits = await passwords.fits(password, kept)
    return user if fits else None


async def find_user(db: AsyncSession, user_id: int) -> User:
    """Give one user."""
    user = await db.get(User, user_id)
    if user is None:
        raise NotFound(f"There is no user {user_id}.", "USER_NOT_FOUND")
    return user


async def delete_user(db: AsyncSession, user_id: int) -> None:
    """Remove a user together with their tasks. Their tokens are worth nothing from then on."""
    await db.delete(await find_user(db, user_id))
    await db.flush()


class Mailer:
    """Sends mails through a service outside: a few at a time, with a time-out and a few retries."""

    def __init__(self, client: httpx.AsyncClient, settings: "Settings") -> None:
        self.client = client
        self.url = settings.mail_url  # empty: no mail is sent
        self.timeout = settings.mail_timeout
        self.attempts = settings.mail_attempts
        self.pause = settings.mail_pause
        self.door = asyncio.Semaphore(settings.mail_connections)

    async def send(self, to: str, subject: str, text: str, key: str) -> None:
        """Send a mail. The service takes a key once, so that a second attempt is no second mail."""
        if not self.url:
            return
        mail = {"to": to, "subject": subject, "text": text}
        for attempt in range(self.attempts):
            if attempt > 0:
                await asyncio.sleep(self.pause * 2 ** (attempt - 1) * random.uniform(0.5, 1.5))
            try:
                status = await self.post(mail, key)
            except (httpx.TransportError, TimeoutError):
                continue
            if 200 <= status < 300:
                return
            if status < 500 and status not in (408, 429):  # it will not be better next time
                break
        raise MailFailed(f"The mail {key} could not be sent.")

    async def post(self, mail: dict[str, str], key: str) -> int:
        """Make one attempt, and give the status of the answer."""
        async with self.door, asyncio.timeout(self.timeout):
            headers = {"Idempotency-Key": key}
            answer = await self.client.post(f"{self.url}/messages", json=mail, headers=headers)
        return answer.status_code


async def deliver(mailer: Mailer, user_id: int, to: str, subject: str, text: str, key: str) -> bool:
    """Send a mail, and say whether it went out. A failure goes into the log and no further."""
    try:
        await mailer.send(to, subject, text, key)
    except Exception:
        log.exception(f"no mail {key} for user {user_id}:")
        return False
    return True


@dataclass
class Due:
    """Somebody who is to be reminded, and of how many tasks."""

    user_id: int
    email: str
    tasks: int


async def list_due(db: AsyncSession, today: date) -> list[Due]:
    """Give the active users who have open tasks that are due today or earlier."""
    due = (
        select(User.id, User.email, func.count(Task.id))
        .join(Task, Task.owner_id == User.id)
        .where(User.active.is_(True), Task.done.is_(False), Task.due_date <= today)
        .group_by(User.id, User.email)
        .order_by(User.id)
    )
    return [Due(user_id, email, tasks) for user_id, email, tasks in await db.execute(due)]


async def remind(mailer: Mailer, due: list[Due], today: date) -> RemindersSent:
    """Send one mail to each, at the same time. Asked again on the same day, it sends no second."""
    if not mailer.url:
        return RemindersSent(sent=0, failed=0)
    mails = [
        deliver(
            mailer,
            one.user_id,
            one.email,
            "Your tasks for today",
            f"Tasks that are due: {one.tasks}.",
            f"reminder-{one.user_id}-{today}",
        )
        for one in due
    ]
    went_out = await asyncio.gather(*mails)
    return RemindersSent(sent=sum(went_out), failed=len(went_out) - sum(went_out))


def check_version(task: Task, seen: int | None) -> None:
    """Refuse a change that was made on an older version than ours."""
    if seen not in (None, task.version):
        raise changed()


def check_due_date(due: date | None, today: date, before: date | None = None) -> None:
    """Refuse a new date that has passed. The one that a task has already may stay."""
    if due is not None and due != before and due < today:
        raise RuleBroken("A due date cannot be in the past.", "DUE_DATE_IN_PAST", "due_date")


VIOLATIONS = {  # what PostgreSQL and SQLite call it
    "23505": "unique",
    "23503": "foreign_key",
    "SQLITE_CONSTRAINT_UNIQUE": "unique",
    "SQLITE_CONSTRAINT_PRIMARYKEY": "unique",
    "SQLITE_CONSTRAINT_FOREIGNKEY": "foreign_key",
}


async def flush(db: AsyncSession, **refusals: DomainError) -> None:
    """Send what has changed to the database. A refusal that was foreseen becomes a DomainError."""
    try:
        await db.flush()
    except StaleDataError as error:
        if "stale" in refusals:
            raise refusals["stale"] from error
        raise
    except IntegrityError as error:
        orig: Any = error.orig  # what the database's own driver has raised
        said = orig.sqlite_errorname if hasattr(orig, "sqlite_errorname") else orig.sqlstate
        refusal = refusals.get(VIOLATIONS.get(said, ""))
        if refusal is not None:
            raise refusal from error
        raise


def new_key() -> SecretStr:
    """Make a key that nobody knows."""
    return SecretStr(token_urlsafe(32))


class Settings(BaseModel):
    """What differs between machines. The app carries it, and `get_settings` hands it over."""

    title: str = "Tasks"
    page_size: int = 20
    largest_page: int = 100
    database_url: str = "sqlite+aiosqlite:///tasks_07.db"
    pool_size: int = 5
    max_overflow: int = 5
    pool_timeout: float = 5.0
    lock_timeout: float = 5.0  # seconds to wait for rows that another request is changing
    max_body_bytes: int = 100_000
    cors_origins: list[str] = []  # of the browser apps that may ask
    export_batch: int = 100
    mail_url: str = ""  # of the mail service; without it, no mail is sent
    mail_timeout: float = 2.0  # seconds for one attempt
    mail_attempts: int = 3
    mail_pause: float = 0.2  # seconds before the second attempt; each later pause is twice as long
    mail_connections: int = 5
    # Made at each start: for one process only. Production sets it, the same for all workers.
    secret_key: Annotated[SecretStr, Field(min_length=32)] = Field(default_factory=new_key)
    audience: str = "tasks-api"
    token_minutes: int = 30
    hash_rounds: int = 3  # lower both only where hashes protect nobody: lessons, tests
    hash_memory_kib: int = 65_536
    demo_password: SecretStr | None = None  # of the known users; production has none


def get_settings(request: Request) -> Settings:
    """Give the settings of the app that got this request."""
    settings: Settings = request.app.state.settings
    return settings


def get_passwords(request: Request) -> Passwords:
    """Give the hasher of the app that got this request."""
    passwords: Passwords = request.app.state.passwords
    return passwords


def get_mailer(request: Request) -> Mailer:
    """Give the mailer of the app that got this request."""
    mailer: Mailer = request.app.state.mailer
    return mailer


def get_sessions(request: Request) -> async_sessionmaker[AsyncSession]:
    """Give the factory of sessions, for work that outlives the route."""
    sessions: async_sessionmaker[AsyncSession] = request.app.state.sessions
    return sessions


def make_token(user_id: int, settings: Settings) -> str:
    """Make a signed token that says who somebody is, for a while."""
    now = datetime.now(UTC)
    claims = {
        "sub": str(user_id),
        "aud": settings.audience,
        "iat": now,
        "exp": now + timedelta(minutes=settings.token_minutes),
    }
    return jwt.encode(claims, settings.secret_key.get_secret_value(), algorithm="HS256")


def read_token(token: str, settings: Settings) -> int | None:
    """Give the id of the user whom a valid token is about, or None."""
    try:
        claims = jwt.decode(
            token,
            settings.secret_key.get_secret_value(),
            algorithms=["HS256"],
            audience=settings.audience,
            options={"require": ["exp", "sub", "aud"]},
        )
        return int(claims["sub"])
    except (jwt.InvalidTokenError, ValueError):
        return None


@dataclass
class Context:
    """What is known about the request that is being carried out."""

    scope: Scope = field(default_factory=dict)
    request_id: str = "-"
    user_id: int | None = None
    status: int | None = None
    error_code: str | None = None
    trace: Any = None  # of what went wrong: for the log, and for nobody else

    def keep(self, error: Exception) -> None:
        """Keep an exception for the log. Once it is answered, Starlette empties its trace."""
        self.trace = (type(error), error, error.__traceback__)

    def fields(self) -> dict[str, Any]:
        """Give what each line of the log says."""
        return {
            "request_id": self.request_id,
            "user_id": self.user_id,
            "method": self.scope.get("method"),
            "route": getattr(self.scope.get("route"), "path", None),
            "status": self.status,
            "error_code": self.error_code,
        }


current: ContextVar[Context] = ContextVar("current")


def context() -> Context:
    """Give the context of this request; outside of any request, an empty one."""
    return current.get(None) or Context()


class ContextLog(logging.LoggerAdapter[logging.Logger]):
    """Writes the context into each line: as words for people, as fields for programs."""

    def process(
        self,
        msg: str,
        kwargs: MutableMapping[str, Any],
    ) -> tuple[str, MutableMapping[str, Any]]:
        """Add the context to one line."""
        fields = context().fields()
        kwargs["extra"] = fields
        words = " ".join(f"{name}={value}" for name, value in fields.items() if value is not None)
        return f"{msg} {words}", kwargs


log = ContextLog(logging.getLogger("tasks"))


async def get_today() -> date:
    """Give today's date, the same all over the world."""
    return datetime.now(UTC).date()


async def get_db(request: Request) -> AsyncIterator[AsyncSession]:
    """Give a session. Commit when all went well, roll back when not, close in any case."""
    async with request.app.state.sessions() as session, session.begin():
        yield session


# scope="function": the commit comes before the response
Db = Annotated[AsyncSession, Depends(get_db, scope="function")]
AppSettings = Annotated[Settings, Depends(get_settings)]
AppPasswords = Annotated[Passwords, Depends(get_passwords)]
AppMailer = Annotated[Mailer, Depends(get_mailer)]
Sessions = Annotated[async_sessionmaker[AsyncSession], Depends(get_sessions)]
Today = Annotated[date, Depends(get_today)]
oauth2 = OAuth2PasswordBearer(tokenUrl="token")


async def get_current_user(
    token: Annotated[str, Depends(oauth2)],
    db: Db,
    settings: AppSettings,
) -> User:
    """Give the user whom the token is about, as they are now, or answer 401."""
    user_id = read_token(token, settings)
    user = None if user_id is None else await db.get(User, user_id)
    if user is None:
        raise invalid_token()
    context().user_id = user.id
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]


async def get_current_active_user(user: CurrentUser) -> User:
    """Give the user, or answer 403 when the account is not active."""
    if not user.active:
        raise NotAllowed("This account is not active.", "ACCOUNT_INACTIVE")
    return user


ActiveUser = Annotated[User, Depends(get_current_active_user)]


class require_role:
    """A guard for routes that only some may use: `Depends(require_role(Role.admin))`."""

    def __init__(self, role: Role) -> None:
        self.role = role

    async def __call__(self, user: ActiveUser) -> None:
        """Answer 403 to everybody else."""
        if user.role != self.role:
            raise NotAllowed(f"This needs the role {self.role}.", "ROLE_REQUIRED")


def problem(
    status: int,
    error_code: str,
    detail: str,
    field_errors: dict[str, list[str]] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Make the answer to a request that fails."""
    context().error_code = error_code
    content = Problem(detail=detail, error_code=error_code, field_errors=field_errors or {})
    return JSONResponse(content.model_dump(), status, headers)


STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    Conflict: 409,
    RuleBroken: 422,
    NotAuthenticated: 401,
    NotAllowed: 403,
}


async def on_domain_error(_: Request, error: DomainError) -> Response:
    """Say in HTTP what the domain has refused."""
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    field_errors = {error.field: [error.detail]} if error.field else None
    return problem(status, error.error_code, error.detail, field_errors, headers)


async def on_invalid_request(_: Request, error: RequestValidationError) -> Response:
    """Say which field is wrong and why. What was sent is not repeated: it may be a password."""
    field_errors: dict[str, list[str]] = {}
    for one in error.errors():
        if one["type"] == "json_invalid":
            return malformed("The body is not JSON.")
        path = ".".join(str(part) for part in one["loc"][1:]) or str(one["loc"][0])
        path = path.encode(errors="replace").decode()  # a half character cannot be sent
        field_errors.setdefault(path, []).append(one["msg"])
    return problem(400, "VALIDATION_FAILED", "The request is not valid.", field_errors)


def malformed(detail: str) -> Response:
    """Say that a body cannot be read at all."""
    return problem(400, "MALFORMED_JSON", detail, {"body": [detail]})


HTTP_ERRORS = {
    401: ("NOT_AUTHENTICATED", "This needs a token."),
    404: ("PATH_NOT_FOUND", "There is nothing at this address."),
    405: ("METHOD_NOT_ALLOWED", "This address does not take this method."),
    413: ("BODY_TOO_LARGE", "The body is too large."),
}


async def on_http_exception(request: Request, error: StarletteHTTPException) -> Response:
    """Say what FastAPI and Starlette refuse before a route runs. Their headers stay."""
    if error.status_code == 400:  # only a body that cannot be read
        if "json" in request.headers.get("Content-Type", ""):
            return malformed("The body is not JSON.")
        detail = "The body cannot be read."
        return problem(400, "VALIDATION_FAILED", "The request is not valid.", {"body": [detail]})
    usual = (HTTPStatus(error.status_code).name, str(error.detail))
    code, detail = HTTP_ERRORS.get(error.status_code, usual)
    return problem(error.status_code, code, detail, headers=dict(error.headers or {}))


SQLITE_FOR_A_WHILE = {5, 6, 10, 13, 14}  # busy, locked, input or output fails, full, cannot open
SQLSTATES_FOR_A_WHILE = ("08", "53", "57P", "57014", "40001", "40P01", "55P03")


def lasts_for_a_while(error: Exception) -> bool:
    """Tell a database that cannot work now from a statement that can never work."""
    if not isinstance(error, DBAPIError) or error.connection_invalidated:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None) or 0
    state = getattr(error.orig, "sqlstate", None) or ""
    return code & 0xFF in SQLITE_FOR_A_WHILE or state.startswith(SQLSTATES_FOR_A_WHILE)


async def on_database_error(_: Request, error: Exception) -> Response:
    """Ask to come back later when the database cannot work now. Anything else is a bug."""
    if not lasts_for_a_while(error):
        raise error
    context().keep(error)
    detail = "The database does not answer. Try again in a moment."
    return problem(503, "DATABASE_UNAVAILABLE", detail, headers={"Retry-After": "2"})


HANDLERS: dict[int | type[Exception], Any] = {
    DomainError: on_domain_error,
    RequestValidationError: on_invalid_request,
    StarletteHTTPException: on_http_exception,
    DBAPIError: on_database_error,
    PoolTimeout: on_database_error,
    DatabaseUnavailable: on_database_error,
}


class RequestContext:
    """Gives each request an id and a context, and writes one line about it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sent = Headers(scope=scope).get("X-Request-ID", "")
        about = Context(scope, sent if re.fullmatch("[A-Za-z0-9_-]{8,64}", sent) else token_hex(8))

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                about.status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = about.request_id
            await send(message)

        token = current.set(about)
        try:
            await self.app(scope, receive, send_with_id)
        finally:
            level = logging.ERROR if about.trace else logging.INFO
            log.log(level, "request", exc_info=about.trace)
            current.reset(token)


class LastResort:
    """Answers what nobody expected with a 500. It stands inside CORS, so a browser may read it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            context().keep(error)
            if not started:
                detail = "Something went wrong on our side. Tell us the request id."
                await problem(500, "INTERNAL_ERROR", detail)(scope, receive, send)
            raise  # as Starlette does: servers and tests want to know


class BodyLimit:
    """Stops to read a body that is too large."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry out one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.max_bytes:
                raise StarletteHTTPException(413)
            return message

        await self.app(scope, counted, send)


Responses = dict[int | str, dict[str, Any]]


def documented(status: int | str, description: str, **examples: str) -> Responses:
    """Document an answer that is a Problem, with an example for each of its error codes."""
    shown: dict[str, Any] = {}
    for code, detail in examples.items():
        field_errors = FIELD_EXAMPLES.get(code, {})
        value = Problem(detail=detail, error_code=code, field_errors=field_errors)
        shown[code] = {"value": value.model_dump()}
    content = {"application/json": {"examples": shown}}
    return {status: {"model": Problem, "description": description, "content": content}}


FIELD_EXAMPLES = {
    "VALIDATION_FAILED": {"title": ["Field required"]},
    "MALFORMED_JSON": {"body": ["The body is not JSON."]},
    "DUE_DATE_IN_PAST": {"due_date": ["A due date cannot be in the past."]},
}
INVALID = documented(
    400,
    "The request is not valid; `field_errors` says where.",
    VALIDATION_FAILED="The request is not valid.",
    MALFORMED_JSON="The body is not JSON.",
)
GUARDED = documented(
    401,
    "The request has no token, or none that is valid.",
    NOT_AUTHENTICATED="This needs a token.",
    INVALID_TOKEN="This token is not valid.",
) | documented(
    403,
    "We know who asks, and this user may not do that.",
    ACCOUNT_INACTIVE="This account is not active.",
    ROLE_REQUIRED="This needs the role admin.",
)
WRONG_LOGIN = documented(
    401,
    "The username or the password is wrong.",
    WRONG_LOGIN="Wrong username or password.",
)
NO_TASK = documented(404, "You have no such task.", TASK_NOT_FOUND="There is no task 7.")
NO_USER = documented(404, "There is no such user.", USER_NOT_FOUND="There is no user 7.")
TASK_CONFLICT = documented(
    409,
    "Somebody was faster. Read the task again.",
    TASK_CHANGED="Somebody has changed this task in the meantime. Read it again.",
)
KEY_CONFLICT = documented(
    409,
    "This `Idempotency-Key` belongs to another request.",
    KEY_REUSED="This key was used for another request.",
    KEY_IN_USE="A request with this key is being carried out. Ask again.",
)
USER_CONFLICT = documented(
    409,
    "Somebody else has this name or this email.",
    USER_EXISTS="This name or this email is taken.",
)
TOO_LARGE = documented(
    413,
    "The body is larger than this API takes.",
    BODY_TOO_LARGE="The body is too large.",
)
SENSELESS = documented(
    422,
    "The request is well formed and makes no sense.",
    DUE_DATE_IN_PAST="A due date cannot be in the past.",
)
ANY_OTHER = documented(
    "default",
    "Any other error, in the same shape.",
    INTERNAL_ERROR="Something went wrong on our side. Tell us the request id.",
    DATABASE_UNAVAILABLE="The database does not answer. Try again in a moment.",
)

OPEN_ROUTES = {"POST /users", "POST /token"}  # and the documentation; all others want a token
open_router = APIRouter()
tasks_router = APIRouter(dependencies=[Depends(get_current_active_user)], responses=GUARDED)
users_router = APIRouter(dependencies=[Depends(get_current_active_user)], responses=GUARDED)
reminders_router = APIRouter(dependencies=[Depends(require_role(Role.admin))], responses=GUARDED)


@tasks_router.get(
    "/tasks",
    response_model=list[TaskPublic],
    responses=INVALID,
    summary="List tasks",
)
async def get_tasks(
    wanted: Annotated[TaskFilter, Query()],
    user: ActiveUser,
    settings: AppSettings,
    db: Db,
) -> Sequence[Task]:
    """Read your tasks, page by page: all of them, or those that are done, open or urgent."""
    limit = min(wanted.limit or settings.page_size, settings.largest_page)
    return await list_tasks(db, user, wanted, limit)


@tasks_router.post(
    "/tasks",
    status_code=201,
    response_model=TaskPublic,
    responses=INVALID | KEY_CONFLICT | TOO_LARGE | SENSELESS,
    summary="Create task",
)
async def post_task(
    data: TaskCreate,
    user: ActiveUser,
    db: Db,
    today: Today,
    response: Response,
    idempotency_key: Annotated[IdempotencyKey | None, Header(alias="Idempotency-Key")] = None,
) -> Task:
    """Create a task of the caller. Repeated with the same `Idempotency-Key`, it makes no second."""
    task = await create_task(db, user, data, today, idempotency_key)
    response.headers["Location"] = f"/tasks/{task.id}"
    return task


@tasks_router.get("/tasks/export", summary="Export tasks")  # before /tasks/{task_id}
async def get_export(
    user: ActiveUser,
    sessions: Sessions,
    settings: AppSettings,
) -> AsyncIterator[TaskPublic]:
    """Read all your tasks as JSON Lines: one task a line, by id."""
    async for task in export_tasks(sessions, user.id, settings.export_batch):
        yield TaskPublic.model_validate(task, from_attributes=True)


@tasks_router.get(
    "/tasks/{task_id}",
    response_model=TaskPublic,
    responses=INVALID | NO_TASK,
    summary="Read task",
)
async def get_task(task_id: Id, user: ActiveUser, db: Db) -> Task:
    """Read one of your tasks."""
    return await find_task(db, user, task_id)


@tasks_router.put(
    "/tasks/{task_id}",
    response_model=TaskPublic,
    responses=INVALID | NO_TASK | TASK_CONFLICT | TOO_LARGE | SENSELESS,
    summary="Replace task",
)
async def put_task(
    task_id: Id,
    data: TaskReplace,
    user: ActiveUser,
    db: Db,
    today: Today,
) -> Task:
    """Replace a task as a whole, its steps included."""
    return await replace_task(db, user, task_id, data, today)


@tasks_router.patch(
    "/tasks/{task_id}",
    response_model=TaskPublic,
    responses=INVALID | NO_TASK | TASK_CONFLICT | TOO_LARGE | SENSELESS,
    summary="Change task",
)
async def patch_task(
    task_id: Id,
    changes: TaskUpdate,
    user: ActiveUser,
    db: Db,
    today: Today,
) -> Task:
    """Change the parts of a task that were sent; with a `version`, only if it is still that one."""
    return await change_task(db, user, task_id, changes, today)


@tasks_router.delete(
    "/tasks/{task_id}",
    status_code=204,
    responses=INVALID | NO_TASK | TASK_CONFLICT,
    summary="Delete task",
)
async def remove_task(task_id: Id, user: ActiveUser, db: Db) -> None:
    """Remove a task."""
    await delete_task(db, user, task_id)


@open_router.post(
    "/users",
    status_code=201,
    response_model=UserPublic,
    responses=INVALID | USER_CONFLICT | TOO_LARGE,
    summary="Create user",
)
async def post_user(
    data: UserCreate,
    db: Db,
    passwords: AppPasswords,
    mailer: AppMailer,
    background: BackgroundTasks,
    response: Response,
) -> User:
    """Join as a member. Of the password only a hash is kept. A welcome mail follows."""
    user = await create_user(db, passwords, data)
    text = f"Welcome, {user.username}! Your list is ready."
    key = f"welcome-{user.id}"
    background.add_task(deliver, mailer, user.id, user.email, "Welcome", text, key)
    response.headers["Location"] = f"/users/{user.id}"
    return user


@open_router.post(
    "/token",
    response_model=Token,
    responses=INVALID | WRONG_LOGIN | TOO_LARGE,
    summary="Log in",
)
async def post_token(
    form: Annotated[LoginForm, Form()],
    db: Db,
    passwords: AppPasswords,
    settings: AppSettings,
    response: Response,
) -> dict[str, str]:
    """Give a token for a user name and a password, which come as a form."""
    user = await log_in(db, passwords, form.username, form.password)
    if user is None:
        raise NotAuthenticated("Wrong username or password.", "WRONG_LOGIN")
    response.headers["Cache-Control"] = "no-store"
    return {"access_token": make_token(user.id, settings), "token_type": "bearer"}


@users_router.get(
    "/users/me",
    response_model=UserPublic,
    summary="Read me",
)
async def get_me(user: ActiveUser) -> User:
    """Read what is public about the user whom the token belongs to."""
    return user


@users_router.get(
    "/users/{user_id}",
    response_model=UserPublic,
    responses=INVALID | NO_USER,
    summary="Read user",
)
async def get_user(user_id: Id, db: Db) -> User:
    """Read what is public about a user."""
    return await find_user(db, user_id)


@users_router.delete(
    "/users/{user_id}",
    status_code=204,
    responses=INVALID | NO_USER,
    dependencies=[Depends(require_role(Role.admin))],
    summary="Delete user",
)
async def remove_user(user_id: Id, db: Db) -> None:
    """Remove a user together with their tasks. Only for admins."""
    await delete_user(db, user_id)


@reminders_router.post("/reminders", summary="Send reminders")
async def post_reminders(db: Db, mailer: AppMailer, today: Today) -> RemindersSent:
    """Send a mail to each active user with open tasks that are due. Only for admins."""
    due = await list_due(db, today)
    await db.commit()  # gives the connection back: the mails may take a while
    return await remind(mailer, due, today)


def open_engine(settings: Settings) -> AsyncEngine:
    """Open the door to the database, with a pool of the size that the settings name."""
    sqlite = settings.database_url.startswith("sqlite")
    milliseconds = str(round(settings.lock_timeout * 1000))
    engine = create_async_engine(
        settings.database_url,
        pool_size=settings.pool_size,
        max_overflow=settings.max_overflow,
        pool_timeout=settings.pool_timeout,
        pool_pre_ping=True,
        hide_parameters=True,  # else an error shows the values of its statement, and logs keep them
        connect_args={"timeout": settings.lock_timeout}
        if sqlite
        else {"server_settings": {"lock_timeout": milliseconds}},
    )
    event.listen(engine.sync_engine, "do_connect", connect)
    if sqlite:
        event.listen(engine.sync_engine, "connect", prepare_sqlite)
    return engine


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


@functools.cache
def certificates() -> ssl.SSLContext:
    """Read whom to trust with https, once: it takes longer than a request."""
    return httpx.create_ssl_context()


@asynccontextmanager
async def open_mailer(settings: Settings) -> AsyncIterator[Mailer]:
    """Open the way to the mail service, with a pool of the size that the settings name."""
    limits = httpx.Limits(max_connections=settings.mail_connections)
    async with httpx.AsyncClient(limits=limits, timeout=None, verify=certificates()) as client:
        yield Mailer(client, settings)


async def seed(db: AsyncSession, passwords: Passwords, password: SecretStr | None) -> None:
    """Three users and three tasks. Without a password the users get one that nobody knows."""
    password = password or new_key()
    ana = User(username="ana", email="ana@example.com")
    ben = User(username="ben", email="ben@example.com", active=False)
    carla = User(username="carla", email="carla@example.com", role=Role.admin.value)
    for user in (ana, ben, carla):
        user.password_hash = await passwords.hash(password)
    db.add_all([ana, ben, carla])
    await db.flush()
    db.add(Task(owner_id=ana.id, title="Buy milk"))
    db.add(Task(owner_id=ana.id, title="Call the dentist", done=True))
    db.add(Task(owner_id=carla.id, title="Water the plants"))


def list_middleware(settings: Settings) -> list[Middleware]:
    """From the outside in."""
    return [
        Middleware(RequestContext),
        *(
            [
                Middleware(
                    CORSMiddleware,
                    allow_origins=settings.cors_origins,
                    allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
                    allow_headers=["Authorization", "Idempotency-Key", "X-Request-ID"],
                    expose_headers=["Location", "Retry-After", "X-Request-ID"],
                )
            ]
            if settings.cors_origins
            else []
        ),
        Middleware(LastResort),
        Middleware(BodyLimit, max_bytes=settings.max_body_bytes),
    ]


def make_app(settings: Settings | None = None) -> FastAPI:
    """Build the API. Its engine and its mailer are opened and closed in the lifespan."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        engine = open_engine(settings)
        try:
            async with engine.begin() as connection:
                await connection.run_sync(Base.metadata.create_all)
            app.state.passwords = Passwords(settings.hash_rounds, settings.hash_memory_kib)
            app.state.sessions = async_sessionmaker(engine, expire_on_commit=False)
            async with app.state.sessions() as session, session.begin():
                if await session.scalar(select(User).limit(1)) is None:
                    await seed(session, app.state.passwords, settings.demo_password)
            async with open_mailer(settings) as app.state.mailer:
                yield
        finally:
            await engine.dispose()

    app = FastAPI(
        title=settings.title,
        lifespan=lifespan,
        middleware=list_middleware(settings),
        exception_handlers=HANDLERS,
        responses=ANY_OTHER,
    )
    app.state.settings = settings
    app.include_router(open_router)
    app.include_router(tasks_router)
    app.include_router(users_router)
    app.include_router(reminders_router)
    return app


@contextmanager
def throwaway_database() -> Iterator[str]:
    """Give the URL of a SQLite database that is gone afterwards: for a lesson or a test."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield f"sqlite+aiosqlite:///{folder}/tasks.db"


app = make_app()
