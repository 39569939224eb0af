"""The API after lesson 03, Dependencies. Built from lessons/03_dependencies/3_guards_and_commits.md by `course build`."""

import copy
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import MISSING, BaseModel, ConfigDict, Field, SecretStr, StringConstraints

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Username = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{2,19}$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]


class Priority(StrEnum):
    """How much a task matters."""

    low = "low"
    normal = "normal"
    high = "high"


class Role(StrEnum):
    """What a user may do: members use the service, admins also look after its users."""

    member = "member"
    admin = "admin"


class RequestModel(BaseModel):
    """What comes in. A field that nobody knows is refused, so no typing mistake stays silent."""

    model_config = ConfigDict(extra="forbid")


class Step(RequestModel):
    """One step of a task."""

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
    steps: Annotated[list[Step], Field(max_length=20)] = []


class TaskUpdate(RequestModel):
    """The parts of a task that change. Only its date can be emptied."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"done": True}]})

    title: Title | MISSING = MISSING
    done: bool | MISSING = MISSING
    priority: Priority | MISSING = MISSING
    due_date: date | None = None


class Page(RequestModel):
    """Which part of a list, from the query string."""

    limit: Annotated[int, Field(ge=1, le=100)] | None = None
    offset: Annotated[int, Field(ge=0)] = 0


class TaskFilter(Page):
    """Which tasks to list, and which part of them."""

    done: bool | None = None


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
    steps: list[Step]


class UserCreate(RequestModel):
    """Somebody who wants to join."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "username": "ana",
                    "email": "ana@example.com",
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


class Problem(BaseModel):
    """What went wrong, in a sentence."""

    detail: Annotated[str, Field(examples=["There is no task 7."])]


class Settings(BaseModel):
    """What differs between machines. The app carries it, and `get_settings` hands it over."""

    title: str = "Tasks"
    page_size: int = 20
    largest_page: int = 100


class Database:
    """The tables, in memory until lesson 04. Of two sessions at once, the last commit wins."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[Any, dict[str, Any]]] = {"tasks": {}, "users": {}, "tokens": {}}

    def session(self) -> "Session":
        """Begin a unit of work."""
        return Session(self)


class Session:
    """One unit of work on a copy of the tables. Others see its changes once it commits."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.tables = copy.deepcopy(database.tables)

    @property
    def tasks(self) -> dict[int, dict[str, Any]]:
        """The tasks, by number."""
        return self.tables["tasks"]

    @property
    def users(self) -> dict[int, dict[str, Any]]:
        """The users, by number."""
        return self.tables["users"]

    def commit(self) -> None:
        """Make the changes count."""
        self._database.tables = copy.deepcopy(self.tables)

    def rollback(self) -> None:
        """Forget the changes."""
        self.tables = copy.deepcopy(self._database.tables)

    def close(self) -> None:
        """Give back what the session holds."""
        self.tables = {}


def get_settings(request: Request) -> Settings:
    """Give the settings of the app that got this request."""
    settings: Settings = request.app.state.settings
    return settings


def get_db(request: Request) -> Iterator[Session]:
    """Give a session. Commit when all went well, roll back when not, close in any case."""
    session: Session = request.app.state.database.session()
    try:
        yield session
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


AppSettings = Annotated[Settings, Depends(get_settings)]
Db = Annotated[Session, Depends(get_db, scope="function")]  # the commit comes before the response
bearer = HTTPBearer()


def get_current_user(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)],
    db: Db,
) -> dict[str, Any]:
    """Give the user whose token was sent, or answer 401."""
    token = db.tables["tokens"].get(credentials.credentials)
    user = db.users.get(token["user_id"]) if token else None
    if user is None:
        raise HTTPException(401, "This token is not known.", headers={"WWW-Authenticate": "Bearer"})
    return user


CurrentUser = Annotated[dict[str, Any], Depends(get_current_user)]


def get_current_active_user(user: CurrentUser) -> dict[str, Any]:
    """Give the user, or answer 403 when the account is not active."""
    if not user["active"]:
        raise HTTPException(403, "This account is not active.")
    return user


ActiveUser = Annotated[dict[str, Any], Depends(get_current_active_user)]


class require_role:
    """A guard for routes that only some may use: `Depends(require_role(Role.admin))`."""

    def __init__(self, role: Role) -> None:
        self.role = role

    def __call__(self, user: ActiveUser) -> None:
        """Answer 403 to everybody else."""
        if user["role"] != self.role:
            raise HTTPException(403, f"This needs the role {self.role}.")


def next_number(table: dict[int, dict[str, Any]]) -> int:
    """Give the number that a new row gets."""
    return max(table, default=0) + 1


def find_task(task_id: int, db: Session) -> dict[str, Any]:
    """Give the task with this id, or answer 404."""
    if task_id not in db.tasks:
        raise HTTPException(404, f"There is no task {task_id}.")
    return db.tasks[task_id]


def find_user(user_id: int, db: Session) -> dict[str, Any]:
    """Give the user with this id, or answer 404."""
    if user_id not in db.users:
        raise HTTPException(404, f"There is no user {user_id}.")
    return db.users[user_id]


GUARDED: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "The request has no token, or one that is not known."},
    403: {"model": Problem, "description": "We know who asks, and this user may not do that."},
}
NOT_THERE: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is nothing with this number."}
}

tasks_router = APIRouter(dependencies=[Depends(get_current_active_user)], responses=GUARDED)
users_router = APIRouter()


@tasks_router.get("/tasks", response_model=list[TaskPublic])
def list_tasks(
    filters: Annotated[TaskFilter, Query()],
    settings: AppSettings,
    db: Db,
) -> list[dict[str, Any]]:
    """Read the tasks, page by page: all of them, or only those that are done or open."""
    limit = min(filters.limit or settings.page_size, settings.largest_page)
    found = [task for task in db.tasks.values() if filters.done in (None, task["done"])]
    return found[filters.offset : filters.offset + limit]


@tasks_router.post("/tasks", status_code=201, response_model=TaskPublic)
def create_task(task: TaskCreate, user: ActiveUser, db: Db, response: Response) -> dict[str, Any]:
    """Create a task that belongs to the caller, and say where it lives."""
    task_id = next_number(db.tasks)
    db.tasks[task_id] = {"id": task_id, "owner_id": user["id"], **task.model_dump()}
    response.headers["Location"] = f"/tasks/{task_id}"
    return db.tasks[task_id]


@tasks_router.get("/tasks/{task_id}", response_model=TaskPublic, responses=NOT_THERE)
def read_task(task_id: int, db: Db) -> dict[str, Any]:
    """Read one task."""
    return find_task(task_id, db)


@tasks_router.put("/tasks/{task_id}", response_model=TaskPublic, responses=NOT_THERE)
def replace_task(task_id: int, task: TaskCreate, db: Db) -> dict[str, Any]:
    """Replace a task as a whole, its steps included. It stays with its owner."""
    kept = find_task(task_id, db)
    db.tasks[task_id] = {"id": task_id, "owner_id": kept["owner_id"], **task.model_dump()}
    return db.tasks[task_id]


@tasks_router.patch("/tasks/{task_id}", response_model=TaskPublic, responses=NOT_THERE)
def change_task(task_id: int, changes: TaskUpdate, db: Db) -> dict[str, Any]:
    """Change the parts of a task that were sent."""
    task = find_task(task_id, db)
    task.update(changes.model_dump(exclude_unset=True))
    return task


@tasks_router.delete("/tasks/{task_id}", status_code=204, responses=NOT_THERE)
def delete_task(task_id: int, db: Db) -> None:
    """Remove a task."""
    find_task(task_id, db)
    del db.tasks[task_id]


@users_router.post("/users", status_code=201, response_model=UserPublic)
def create_user(user: UserCreate, db: Db, response: Response) -> dict[str, Any]:
    """Add a member. The password is measured and thrown away: keeping one is lesson 05."""
    user_id = next_number(db.users)
    chosen = user.model_dump(exclude={"password"})
    db.users[user_id] = {"id": user_id, **chosen, "role": Role.member, "active": True}
    response.headers["Location"] = f"/users/{user_id}"
    return db.users[user_id]


@users_router.get("/users/me", response_model=UserPublic, responses=GUARDED)
def read_me(user: ActiveUser) -> dict[str, Any]:
    """Read who you are, as the service knows you."""
    return user


@users_router.get(
    "/users/{user_id}",
    response_model=UserPublic,
    dependencies=[Depends(get_current_active_user)],
    responses=GUARDED | NOT_THERE,
)
def read_user(user_id: int, db: Db) -> dict[str, Any]:
    """Read what is public about a user."""
    return find_user(user_id, db)


@users_router.delete(
    "/users/{user_id}",
    status_code=204,
    dependencies=[Depends(require_role(Role.admin))],
    responses=GUARDED | NOT_THERE,
)
def delete_user(user_id: int, db: Db) -> None:
    """Remove a user together with their tasks and tokens. Only for admins."""
    find_user(user_id, db)
    del db.users[user_id]
    for task in [task for task in db.tasks.values() if task["owner_id"] == user_id]:
        del db.tasks[task["id"]]
    for token in [key for key, row in db.tables["tokens"].items() if row["user_id"] == user_id]:
        del db.tables["tokens"][token]


def seed(database: Database) -> None:
    """Three users and three tasks. Tokens in code are for a lesson: lesson 05 makes real ones."""
    db = database.session()
    people = [("ana", Role.member, True), ("ben", Role.member, False), ("carla", Role.admin, True)]
    for user_id, (name, role, active) in enumerate(people, start=1):
        row = {"username": name, "email": f"{name}@example.com", "role": role, "active": active}
        db.users[user_id] = {"id": user_id, **row}
        db.tables["tokens"][f"{name}-token"] = {"user_id": user_id}
    known = [(1, "Buy milk", False), (1, "Call the dentist", True), (3, "Water the plants", False)]
    for task_id, (owner_id, title, done) in enumerate(known, start=1):
        task = TaskCreate(title=title, done=done)
        db.tasks[task_id] = {"id": task_id, "owner_id": owner_id, **task.model_dump()}
    db.commit()
    db.close()


def make_app(settings: Settings | None = None) -> FastAPI:
    """Build the API, with its own settings and its own data."""
    settings = settings or Settings()
    app = FastAPI(title=settings.title)
    app.state.settings = settings
    app.state.database = Database()
    seed(app.state.database)
    app.include_router(tasks_router)
    app.include_router(users_router)
    return app


app = make_app()
