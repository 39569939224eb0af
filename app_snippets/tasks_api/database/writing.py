"""Writing to the database, and reading what it says when it refuses."""

from typing import Any

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from ..errors import DomainError

VIOLATIONS = {  # what PostgreSQL and SQLite call it
    "23505": "unique",
    "23503": "foreign_key",
    "SQLITE_CONSTRAINT_UNIQUE": "unique",
    "SQLITE_CONSTRAINT_PRIMARYKEY": "unique",
    "SQLITE_CONSTRAINT_FOREIGNKEY": "foreign_key",
}
SQLITE_FOR_A_WHILE = {5, 6, 10, 13, 14}  # busy, locked, input or output fails, full, cannot open
SQLSTATES_FOR_A_WHILE = ("08", "53", "57P", "57014", "40001", "40P01", "55P03")


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


def lasts_for_a_while(error: Exception) -> bool:
    """Tell a database that cannot work now from a statement that can never work."""
    if not isinstance(error, DBAPIError) or error.connection_invalidated:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None) or 0
    state = getattr(error.orig, "sqlstate", None) or ""
    return code & 0xFF in SQLITE_FOR_A_WHILE or state.startswith(SQLSTATES_FOR_A_WHILE)
