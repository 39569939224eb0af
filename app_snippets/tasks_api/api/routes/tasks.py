"""The routes of tasks."""

from collections.abc import AsyncIterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from pydantic import MISSING

from ...database.tables import Task
from ...services import tasks as service
from ..dependencies.auth import ActiveUser, get_current_active_user
from ..dependencies.database import Db, Sessions
from ..dependencies.services import Today
from ..dependencies.settings import AppSettings
from ..documentation import (
    BODY_LIMITS,
    GUARDED,
    INVALID,
    KEY_CONFLICT,
    NO_TASK,
    SENSELESS,
    TASK_CONFLICT,
)
from ..models.requests.tasks import TaskCreate, TaskFilter, TaskReplace, TaskUpdate
from ..models.responses.tasks import TaskPublic
from ..models.text import Id, IdempotencyKey

router = APIRouter(
    prefix="/tasks",
    tags=["tasks"],
    dependencies=[Depends(get_current_active_user)],
    responses=GUARDED,
)


@router.get(
    "",
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
    return await service.list_tasks(db, user, wanted, limit)


@router.post(
    "",
    status_code=201,
    response_model=TaskPublic,
    responses=INVALID | KEY_CONFLICT | BODY_LIMITS | SENSELESS,
    summary="Create task",
)
async def post_task(
    data: TaskCreate,
    user: ActiveUser,
    db: Db,
    today: Today,
    request: Request,
    response: Response,
    idempotency_key: Annotated[
        IdempotencyKey | MISSING,  # left out, never null
        Header(alias="Idempotency-Key"),
    ] = MISSING,
) -> Task:
    """Create a task of the caller. Repeated with the same `Idempotency-Key`, it makes no second."""
    key = None if idempotency_key is MISSING else idempotency_key
    task = await service.create_task(db, user, data, today, key)
    # specs/tasks/spec.md, S1
    response.headers["Location"] = request.app.url_path_for("get_task", task_id=task.id)
    return task


@router.get("/export", summary="Export tasks")  # before /tasks/{task_id}
async def get_export(
    user: ActiveUser,
    sessions: Sessions,
    settings: AppSettings,
) -> AsyncIterator[TaskPublic]:
    """Read all your tasks as JSON Lines: one task a line, by id."""
    async for task in service.export_tasks(sessions, user.id, settings.export_batch):
        yield TaskPublic.model_validate(task, from_attributes=True)


@router.get(
    "/{task_id}",
    response_model=TaskPublic,
    responses=INVALID | NO_TASK,
    summary="Read task",
)
async def get_task(task_id: Id, user: ActiveUser, db: Db) -> Task:
    """Read one of your tasks."""
    return await service.find_task(db, user, task_id)


@router.put(
    "/{task_id}",
    response_model=TaskPublic,
    responses=INVALID | NO_TASK | TASK_CONFLICT | BODY_LIMITS | SENSELESS,
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
    return await service.replace_task(db, user, task_id, data, today)


@router.patch(
    "/{task_id}",
    response_model=TaskPublic,
    responses=INVALID | NO_TASK | TASK_CONFLICT | BODY_LIMITS | SENSELESS,
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
    return await service.change_task(db, user, task_id, changes, today)


@router.delete(
    "/{task_id}",
    status_code=204,
    responses=INVALID | NO_TASK | TASK_CONFLICT,
    summary="Delete task",
)
async def remove_task(task_id: Id, user: ActiveUser, db: Db) -> None:
    """Remove a task."""
    await service.delete_task(db, user, task_id)
