"""The API after lesson 02, Models. Built from lessons/02_models/3_two_more.md by `course build`."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, HTTPException, Query, Response
from pydantic import MISSING, BaseModel, ConfigDict, Field, SecretStr, StringConstraints

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Username = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{2,19}$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]


class Priority(StrEnum):
    """How much a task matters."""

    low = "low"
    normal = "normal"
    high = "high"


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

    # merged with the settings of RequestModel: still forbids what it does not know
    model_config = ConfigDict(json_schema_extra={"examples": [{"done": True}]})

    title: Title | MISSING = MISSING
    done: bool | MISSING = MISSING
    priority: Priority | MISSING = MISSING
    due_date: date | None = None


class TaskFilter(RequestModel):
    """Which tasks to list."""

    done: bool | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class TaskPublic(BaseModel):
    """A task, as everybody may see it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 4,
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


tasks: dict[int, dict[str, Any]] = {}
users: dict[int, dict[str, Any]] = {}


def start_over() -> None:
    """Forget everything and bring back the three tasks that everybody knows."""
    tasks.clear()
    users.clear()
    known = {"Buy milk": False, "Call the dentist": True, "Water the plants": False}
    for title, done in known.items():
        save_task(TaskCreate(title=title, done=done).model_dump())


def save_task(fields: dict[str, Any]) -> dict[str, Any]:
    """Keep a new task under the next number."""
    task_id = max(tasks, default=0) + 1
    tasks[task_id] = {"id": task_id, **fields}
    return tasks[task_id]


def find_task(task_id: int) -> dict[str, Any]:
    """Give the task with this id, or answer 404."""
    if task_id not in tasks:
        raise HTTPException(status_code=404, detail=f"There is no task {task_id}.")
    return tasks[task_id]


NOT_THERE: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is nothing with this number."}
}

router = APIRouter()


@router.get("/tasks", response_model=list[TaskPublic])
def list_tasks(filters: Annotated[TaskFilter, Query()]) -> list[dict[str, Any]]:
    """Read the tasks: all of them, or only those that are done, or only those that are open."""
    done = filters.done
    found = [task for task in tasks.values() if done is None or task["done"] == done]
    return found[: filters.limit]


@router.post("/tasks", status_code=201, response_model=TaskPublic)
def create_task(task: TaskCreate, response: Response) -> dict[str, Any]:
    """Create a task and say where it lives."""
    saved = save_task(task.model_dump())
    response.headers["Location"] = f"/tasks/{saved['id']}"
    return saved


@router.get("/tasks/{task_id}", response_model=TaskPublic, responses=NOT_THERE)
def read_task(task_id: int) -> dict[str, Any]:
    """Read one task."""
    return find_task(task_id)


@router.put("/tasks/{task_id}", response_model=TaskPublic, responses=NOT_THERE)
def replace_task(task_id: int, task: TaskCreate) -> dict[str, Any]:
    """Replace a task as a whole, its steps included."""
    find_task(task_id)
    tasks[task_id] = {"id": task_id, **task.model_dump()}
    return tasks[task_id]


@router.patch("/tasks/{task_id}", response_model=TaskPublic, responses=NOT_THERE)
def change_task(task_id: int, changes: TaskUpdate) -> dict[str, Any]:
    """Change the parts of a task that were sent."""
    task = find_task(task_id)
    task.update(changes.model_dump(exclude_unset=True))
    return task


@router.delete("/tasks/{task_id}", status_code=204, responses=NOT_THERE)
def delete_task(task_id: int) -> None:
    """Remove a task."""
    find_task(task_id)
    del tasks[task_id]


@router.post("/users", status_code=201, response_model=UserPublic)
def create_user(user: UserCreate, response: Response) -> dict[str, Any]:
    """Add a user. The password is measured and thrown away: keeping one is lesson 05."""
    user_id = max(users, default=0) + 1
    users[user_id] = {"id": user_id, **user.model_dump(exclude={"password"})}
    response.headers["Location"] = f"/users/{user_id}"
    return users[user_id]


@router.get("/users/{user_id}", response_model=UserPublic, responses=NOT_THERE)
def read_user(user_id: int) -> dict[str, Any]:
    """Read what is public about a user."""
    if user_id not in users:
        raise HTTPException(status_code=404, detail=f"There is no user {user_id}.")
    return users[user_id]


start_over()
app = FastAPI(title="Tasks")
app.include_router(router)
