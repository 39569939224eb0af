"""Known users and tasks, for development and tests."""

from contextlib import suppress

from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from ..database.tables import Task, User
from ..domain import Role
from .passwords import Passwords


async def seed_once(
    sessions: async_sessionmaker[AsyncSession],
    passwords: Passwords,
    password: SecretStr,
) -> None:
    """Fill a database that has no users."""
    with suppress(IntegrityError):  # another worker was faster
        async with sessions() as db, db.begin():
            if await db.scalar(select(User).limit(1)) is None:
                await seed(db, passwords, password)


async def seed(db: AsyncSession, passwords: Passwords, password: SecretStr) -> None:
    """Three users and three tasks."""
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
