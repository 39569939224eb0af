"""What Alembic runs: all migrations in one transaction, by one process at a time."""

import asyncio

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from app_snippets.tasks_api.database.tables import Base
from app_snippets.tasks_api.settings import load_settings

LOCK = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(7654321)"}


def migrate(connection: Connection) -> None:
    """Carry out the migrations. Who comes second waits, and finds nothing left to do."""
    connection.exec_driver_sql(LOCK[connection.dialect.name])
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transactional_ddl=True,  # begun above
        render_as_batch=True,  # SQLite changes a table by making a new one
    )
    context.run_migrations()


async def main() -> None:
    """Open the database for this once."""
    settings = context.config.attributes.get("settings") or load_settings()
    engine = create_async_engine(settings.database_url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(migrate)


if context.is_offline_mode():
    raise SystemExit("These migrations look at the database: there is no `--sql`.")
asyncio.run(main())
