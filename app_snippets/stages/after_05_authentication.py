"""The API after lesson 05, Authentication. Built from lessons/05_authentication/4_leaks.md by `course build`."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from secrets import token_urlsafe
from typing import Annotated, Any, Literal

import jwt
from fastapi import (
    APIRouter,
    Depends,
    FastAPI,
    Header,
    HTTPException,
    Path,
    Query,
    Request,
    Response,
)
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import MISSING, BaseModel, ConfigDict, Field, SecretStr, StringConstraints
from sqlalchemy import ColumnElement, ForeignKey, event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Username = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{2,19}$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]
Id = Annotated[int, Path(ge=0, le=2**31 - 1)]  # what the column of an id can hold
IdempotencyKey = Annotated[str, StringConstraints(min_length=8, max_length=100)]


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


class Problem(BaseModel):
    """What went wrong, in a sentence."""

    detail: Annotated[str, Field(examples=["There is no task 7."])]


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


class NotFound(Exception):
    """What was asked for is not there."""


class Conflict(Exception):
    """What was asked for does not fit what is there now."""


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
        raise NotFound(f"There is no task {task_id}.")
    return task


async def create_task(
    db: AsyncSession,
    owner: User,
    data: TaskCreate,
    key: str | None = None,
) -> Task:
    """Create a task; with a key that was used before, give the task that it made then."""
    fingerprint = hashlib.sha256(data.model_dump_json().encode()).hexdigest()
    receipt = await db.get(Receipt, (owner.id, key)) if key else None
    if receipt is not None:
        if receipt.fingerprint != fingerprint:
            raise Conflict("This key was used for another request.")
        return await find_task(db, owner, receipt.task_id)
    steps = [Step(**step.model_dump()) for step in data.steps]
    task = Task(owner_id=owner.id, steps=steps, **data.model_dump(exclude={"steps"}))
    db.add(task)
    await db.flush()
    if key:
        db.add(Receipt(owner_id=owner.id, key=key, fingerprint=fingerprint, task_id=task.id))
        await flush(db, "A request with this key is being carried out. Ask again.")
    return task


async def replace_task(
    db: AsyncSession,
    owner: User,
    task_id: int,
    data: TaskReplace,
) -> Task:
    """Replace a task as a whole, its steps included."""
    task = await find_task(db, owner, task_id)
    fields = data.model_dump(exclude={"steps"})
    check_version(task, fields.pop("version", None))
    task.steps = [Step(**step.model_dump()) for step in data.steps]
    for name, value in fields.items():
        setattr(task, name, value)
    flag_modified(task, "title")  # so that new steps alone make a new version too
    await flush(db, CHANGED)
    return task


async def change_task(
    db: AsyncSession,
    owner: User,
    task_id: int,
    changes: TaskUpdate,
) -> Task:
    """Change the parts of a task that were sent."""
    task = await find_task(db, owner, task_id)
    fields = changes.model_dump(exclude_unset=True)
    check_version(task, fields.pop("version", None))
    for name, value in fields.items():
        setattr(task, name, value)
    await flush(db, CHANGED)
    return task


async def delete_task(db: AsyncSession, owner: User, task_id: int) -> None:
    """Remove a task with its steps."""
    await db.delete(await find_task(db, owner, task_id))
    await flush(db, CHANGED)


class Passwords:
    """Makes hashes and compares passwords with them, in a thread."""

    def __init__(self, rounds: int, memory_kib: int) -> None:
        argon2 = Argon2Hasher(time_cost=rounds, memory_cost=memory_kib)
        self.hasher = PasswordHash((argon2,))
        self.of_nobody = self.hasher.hash(token_urlsafe(32))

    async def hash(self, password: SecretStr) -> str:
        """Make the hash to keep."""
        return await asyncio.to_thread(self.hasher.hash, password.get_secret_value())

    async def fits(self, password: str, kept: str) -> bool:
        """Compare a password with a kept hash."""
        return await asyncio.to_thread(self.hasher.verify, password, kept)


async def create_user(db: AsyncSession, passwords: Passwords, data: UserCreate) -> User:
    """Add a member, with a hash of the password."""
    kept = await passwords.hash(data.password)
    user = User(password_hash=kept, **data.model_dump(exclude={"password"}))
    db.add(user)
    await flush(db, "This name or this email is taken.")
    return user


async def log_in(
    db: AsyncSession,
    passwords: Passwords,
    username: str,
    password: str,
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
        raise NotFound(f"There is no user {user_id}.")
    return user


async def delete_user(db: AsyncSession, user_id: int) -> None:
    """Remove a user together with their tasks. Their tokens are worth nothing from then on."""
    await db.delete(await find_user(db, user_id))
    await db.flush()


CHANGED = "Somebody has changed this task in the meantime. Read it again."


def check_version(task: Task, seen: int | None) -> None:
    """Refuse a change that was made on an older version than ours."""
    if seen not in (None, task.version):
        raise Conflict(CHANGED)


async def flush(db: AsyncSession, conflict: str) -> None:
    """Send what has changed to the database. Its refusals become a Conflict."""
    try:
        await db.flush()
    except (IntegrityError, StaleDataError) as error:
        raise Conflict(conflict) from error


def new_key() -> SecretStr:
    """Make a key that nobody knows."""
    return SecretStr(token_urlsafe(32))


class Settings(BaseModel):
    """What differs between machines. The app carries it, and `get_settings` hands it over."""

    title: str = "Tasks"
    page_size: int = 20
    largest_page: int = 100
    database_url: str = "sqlite+aiosqlite:///tasks_05.db"
    pool_size: int = 5
    max_overflow: int = 5
    pool_timeout: float = 5.0
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


async def get_db(request: Request) -> AsyncIterator[AsyncSession]:
    """Give a session. Commit when all went well, roll back when not, close in any case."""
    async with request.app.state.sessions() as session, session.begin():
        yield session


# scope="function": the commit comes before the response
Db = Annotated[AsyncSession, Depends(get_db, scope="function")]
AppSettings = Annotated[Settings, Depends(get_settings)]
AppPasswords = Annotated[Passwords, Depends(get_passwords)]
oauth2 = OAuth2PasswordBearer(tokenUrl="token")
NOT_LOGGED_IN = {"WWW-Authenticate": "Bearer"}


async def get_current_user(
    token: Annotated[str, Depends(oauth2)],
    db: Db,
    settings: AppSettings,
) -> User:
    """Give the user whom the token is about, as they are now, or answer 401."""
    user_id = read_token(token, settings)
    user = None if user_id is None else await db.get(User, user_id)
    if user is None:
        raise HTTPException(401, "This token is not valid.", headers=NOT_LOGGED_IN)
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]


async def get_current_active_user(user: CurrentUser) -> User:
    """Give the user, or answer 403 when the account is not active."""
    if not user.active:
        raise HTTPException(403, "This account is not active.")
    return user


ActiveUser = Annotated[User, Depends(get_current_active_user)]


class require_role:
    """A guard for routes that only some may use: `Depends(require_role(Role.admin))`."""

    def __init__(self, role: Role) -> None:
        self.role = role

    async def __call__(self, user: ActiveUser) -> None:
        """Answer 403 to everybody else."""
        if user.role != self.role:
            raise HTTPException(403, f"This needs the role {self.role}.")


@contextmanager
def http_errors() -> Iterator[None]:
    """Say in HTTP what a service has raised. Lesson 06 does it once for the whole app."""
    try:
        yield
    except NotFound as error:
        raise HTTPException(404, str(error)) from error
    except Conflict as error:
        raise HTTPException(409, str(error)) from error


GUARDED: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "The request has no token, or none that is valid."},
    403: {"model": Problem, "description": "We know who asks, and this user may not do that."},
}
NOT_THERE: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is nothing with this number."},
}
CONFLICT: dict[int | str, dict[str, Any]] = {
    409: {"model": Problem, "description": "It does not fit what is there now. Read it again."},
}

WRONG_LOGIN: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "The username or the password is wrong."},
}

OPEN_ROUTES = {"POST /users", "POST /token"}  # and the documentation; all others want a token
open_router = APIRouter()
tasks_router = APIRouter(dependencies=[Depends(get_current_active_user)], responses=GUARDED)
users_router = APIRouter(dependencies=[Depends(get_current_active_user)], responses=GUARDED)


@tasks_router.get("/tasks", response_model=list[TaskPublic], summary="List tasks")
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
    responses=CONFLICT,
    summary="Create task",
)
async def post_task(
    data: TaskCreate,
    user: ActiveUser,
    db: Db,
    response: Response,
    idempotency_key: Annotated[IdempotencyKey | None, Header()] = None,
) -> Task:
    """Create a task of the caller. Repeated with the same `Idempotency-Key`, it makes no second."""
    with http_errors():
        task = await create_task(db, user, data, idempotency_key)
    response.headers["Location"] = f"/tasks/{task.id}"
    return task


@tasks_router.get(
    "/tasks/{task_id}",
    response_model=TaskPublic,
    responses=NOT_THERE,
    summary="Read task",
)
async def get_task(task_id: Id, user: ActiveUser, db: Db) -> Task:
    """Read one of your tasks."""
    with http_errors():
        return await find_task(db, user, task_id)


@tasks_router.put(
    "/tasks/{task_id}",
    response_model=TaskPublic,
    responses=NOT_THERE | CONFLICT,
    summary="Replace task",
)
async def put_task(task_id: Id, data: TaskReplace, user: ActiveUser, db: Db) -> Task:
    """Replace a task as a whole, its steps included."""
    with http_errors():
        return await replace_task(db, user, task_id, data)


@tasks_router.patch(
    "/tasks/{task_id}",
    response_model=TaskPublic,
    responses=NOT_THERE | CONFLICT,
    summary="Change task",
)
async def patch_task(task_id: Id, changes: TaskUpdate, user: ActiveUser, db: Db) -> Task:
    """Change the parts of a task that were sent; with a `version`, only if it is still that one."""
    with http_errors():
        return await change_task(db, user, task_id, changes)


@tasks_router.delete(
    "/tasks/{task_id}",
    status_code=204,
    responses=NOT_THERE | CONFLICT,
    summary="Delete task",
)
async def remove_task(task_id: Id, user: ActiveUser, db: Db) -> None:
    """Remove a task."""
    with http_errors():
        await delete_task(db, user, task_id)


@open_router.post(
    "/users",
    status_code=201,
    response_model=UserPublic,
    responses=CONFLICT,
    summary="Create user",
)
async def post_user(
    data: UserCreate,
    db: Db,
    passwords: AppPasswords,
    response: Response,
) -> User:
    """Join as a member. Of the password only a hash is kept."""
    with http_errors():
        user = await create_user(db, passwords, data)
    response.headers["Location"] = f"/users/{user.id}"
    return user


@open_router.post("/token", response_model=Token, responses=WRONG_LOGIN, summary="Log in")
async def post_token(
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
    db: Db,
    passwords: AppPasswords,
    settings: AppSettings,
    response: Response,
) -> dict[str, str]:
    """Give a token for a user name and a password, which come as a form."""
    user = await log_in(db, passwords, form.username, form.password)
    if user is None:
        raise HTTPException(401, "Wrong username or password.", headers=NOT_LOGGED_IN)
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
    responses=NOT_THERE,
    summary="Read user",
)
async def get_user(user_id: Id, db: Db) -> User:
    """Read what is public about a user."""
    with http_errors():
        return await find_user(db, user_id)


@users_router.delete(
    "/users/{user_id}",
    status_code=204,
    responses=NOT_THERE,
    dependencies=[Depends(require_role(Role.admin))],
    summary="Delete user",
)
async def remove_user(user_id: Id, db: Db) -> None:
    """Remove a user together with their tasks. Only for admins."""
    with http_errors():
        await delete_user(db, user_id)


def open_engine(settings: Settings) -> AsyncEngine:
    """Open the door to the database, with a pool of the size that the settings name."""
    engine = create_async_engine(
        settings.database_url,
        pool_size=settings.pool_size,
        max_overflow=settings.max_overflow,
        pool_timeout=settings.pool_timeout,
        pool_pre_ping=True,
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", prepare_sqlite)
    return engine


def prepare_sqlite(connection: Any, _: object) -> None:
    """Turn on what SQLite leaves off: foreign keys, and readers that need not wait for a writer."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.close()


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


def make_app(settings: Settings | None = None) -> FastAPI:
    """Build the API. Its engine is opened and closed in the lifespan."""
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
            yield
        finally:
            await engine.dispose()

    app = FastAPI(title=settings.title, lifespan=lifespan)
    app.state.settings = settings
    app.include_router(open_router)
    app.include_router(tasks_router)
    app.include_router(users_router)
    return app


@contextmanager
def throwaway_database() -> Iterator[str]:
    """Give the URL of a SQLite database that is gone afterwards: for a lesson or a test."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield f"sqlite+aiosqlite:///{folder}/tasks.db"


app = make_app()
