"""What can be done with users."""

from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ..api.models.requests.users import UserCreate
from ..database.tables import User
from ..database.writing import flush
from ..errors import Conflict, NotFound
from .passwords import Passwords


async def create_user(db: AsyncSession, passwords: Passwords, data: UserCreate) -> User:
    """Add a member, with a hash of the password."""
    kept = await passwords.hash(data.password)  # specs/accounts/spec.md, S2
    user = User(password_hash=kept, **data.model_dump(exclude={"password"}))
    db.add(user)
    # specs/accounts/spec.md, S1
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
    await db.commit()  # gives the connection back: to compare takes a while
    # specs/accounts/spec.md, S3
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
    await db.delete(await find_user(db, user_id))  # specs/accounts/spec.md, S7
    await db.flush()
