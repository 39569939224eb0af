"""Mails to those who have something to do."""

import asyncio
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from ..api.models.responses.reminders import RemindersSent
from ..database.tables import Task, User
from .mail import Mailer, deliver


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
