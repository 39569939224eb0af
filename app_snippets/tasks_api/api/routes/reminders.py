"""The reminders."""

from fastapi import APIRouter, Depends

from ...domain import Role
from ...services.reminders import list_due, remind
from ..dependencies.auth import require_role
from ..dependencies.database import Db
from ..dependencies.services import AppMailer, Today
from ..documentation import GUARDED
from ..models.responses.reminders import RemindersSent

router = APIRouter(
    prefix="/reminders",
    tags=["reminders"],
    dependencies=[Depends(require_role(Role.admin))],
    responses=GUARDED,
)


@router.post("", summary="Send reminders")
async def post_reminders(db: Db, mailer: AppMailer, today: Today) -> RemindersSent:
    """Send a mail to each active user with open tasks that are due. Only for admins."""
    due = await list_due(db, today)
    await db.commit()  # gives the connection back: the mails may take a while
    return await remind(mailer, due, today)
