"""What can be done with tasks."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import flag_modified

from ..api.models.requests.tasks import TaskCreate, TaskFilter, TaskReplace, TaskUpdate
from ..database.tables import Receipt, Step, Task, User
from ..database.writing import flush
from ..errors import Conflict, NotFound, RuleBroken, invalid_token


async def list_tasks(
    db: AsyncSession,
    owner: User,
    wanted: TaskFilter,
    limit: int,
) -> Sequence[Task]:
    """Give one page of the owner's tasks. The id ends the order, so that no two are equal in it."""
    # specs/tasks/spec.md, S8: only the owner's own
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
    # specs/tasks/spec.md, S5
    tasks = tasks.order_by(columns[wanted.sort], Task.id).limit(limit).offset(wanted.offset)
    return (await db.scalars(tasks)).all()


async def find_task(db: AsyncSession, owner: User, task_id: int) -> Task:
    """Give one task of this owner with its steps. Somebody else's does not exist for them."""
    tasks = select(Task).options(selectinload(Task.steps))
    # specs/tasks/spec.md, S8: somebody else's is not found
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
    if receipt is not None:  # specs/tasks/spec.md, S3
        if receipt.fingerprint != fingerprint:
            # specs/tasks/spec.md, S4
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
    fields = changes.model_dump(exclude_unset=True)  # specs/tasks/spec.md, S7
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
            # specs/tasks/spec.md, S9
            after_last = tasks.where(Task.id > last).order_by(Task.id).limit(batch)
            found = (await db.scalars(after_last)).all()
        for task in found:
            yield task
        if len(found) < batch:
            return
        last = found[-1].id


def check_version(task: Task, seen: int | None) -> None:
    """Refuse a change that was made on an older version than ours."""
    if seen not in (None, task.version):  # specs/tasks/spec.md, S6
        raise changed()


def check_due_date(due: date | None, today: date, before: date | None = None) -> None:
    """Refuse a new date that has passed. The one that a task has already may stay."""
    if due is not None and due != before and due < today:  # specs/tasks/spec.md, S2
        raise RuleBroken("A due date cannot be in the past.", "DUE_DATE_IN_PAST", "due_date")


def no_task(task_id: int) -> NotFound:
    """Say that a task is not there, or not for this user."""
    return NotFound(f"There is no task {task_id}.", "TASK_NOT_FOUND")


def changed() -> Conflict:
    """Say that somebody was faster."""
    detail = "Somebody has changed this task in the meantime. Read it again."
    return Conflict(detail, "TASK_CHANGED")
