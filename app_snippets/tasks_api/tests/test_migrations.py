"""The migrations lead to the tables that the code knows, and back."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from app_snippets.tasks_api.database.migrate import configure, upgrade
from app_snippets.tasks_api.database.tables import Base
from app_snippets.tasks_api.settings import Settings

from .conftest import Start

ROOT = Path(__file__).parents[__package__.count(".") + 1]
INI = Path(__file__).parents[1] / "alembic.ini"


def look(url: str, question: Any) -> Any:
    async def ask() -> Any:
        engine = create_async_engine(url)
        try:
            async with engine.connect() as connection:
                return await connection.run_sync(question)
        finally:
            await engine.dispose()

    return asyncio.run(ask())


def differences(connection: Connection) -> Any:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return compare_metadata(context, Base.metadata)


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version", "sqlite_sequence"}


def test_models_and_migrations_agree_up_down_and_up_again(url: str) -> None:
    settings = Settings(database_url=url)
    for _ in range(2):
        asyncio.run(upgrade(settings))
        assert look(url, differences) == []
        assert look(url, tables) == set(Base.metadata.tables)
        downgrade(configure(settings), "base")
        assert look(url, tables) == set()


def test_each_migration_alone_goes_up_down_and_up(url: str) -> None:
    settings = Settings(database_url=url)
    script = ScriptDirectory.from_config(configure(settings))
    assert len(script.get_heads()) == 1
    for revision in reversed(list(script.walk_revisions())):
        for step in (revision.revision, None, revision.revision):
            if step is None:
                downgrade(configure(settings), "-1")
            else:
                asyncio.run(upgrade(settings, step))
    assert look(url, differences) == []


def test_a_database_that_is_current_stays_as_it_is(url: str, start: Start) -> None:
    api = start(database_url=url)
    assert api.ask("POST", "/tasks", json={"title": "Kept"}).status_code == 201
    asyncio.run(upgrade(Settings(database_url=url)))
    assert "Kept" in [task["title"] for task in start(database_url=url).tasks()]


def test_two_at_once_migrate_once(url: str) -> None:
    """As two workers do that start together: whoever comes second waits, and finds nothing left to do."""
    processes = [start_alembic(url) for _ in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]
    assert look(url, differences) == []


def test_a_migration_that_fails_leaves_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    script = ScriptDirectory.from_config(configure(Settings(database_url=url)))
    first = script.get_revision("0001")
    assert first is not None
    create = first.module.op.create_table

    def fail_half_way(name: str, *columns: Any, **options: Any) -> Any:
        if name == "steps":
            raise RuntimeError("half way")
        return create(name, *columns, **options)

    monkeypatch.setattr("alembic.op.create_table", fail_half_way)
    with pytest.raises(RuntimeError, match="half way"):
        asyncio.run(upgrade(Settings(database_url=url)))
    assert look(url, tables) == set()
    monkeypatch.undo()
    asyncio.run(upgrade(Settings(database_url=url)))
    assert look(url, differences) == []


def test_in_production_only_the_command_migrates(url: str, start: Start) -> None:
    production = {"environment": "production", "secret_key": "x" * 32, "demo_password": None}
    start(database_url=url, **production)
    assert look(url, tables) == set()
    command, options = alembic(url, "upgrade", "head")
    assert subprocess.run(command, **options, check=True).returncode == 0
    assert look(url, tables) == set(Base.metadata.tables)
    assert look(url, lambda connection: connection.scalar(text("SELECT count(*) FROM users"))) == 0


def alembic(url: str, *arguments: str) -> tuple[list[str], dict[str, Any]]:
    command = [sys.executable, "-m", "alembic", "--config", str(INI), *arguments]
    return command, {"env": {**os.environ, "TASKS_DATABASE_URL": url}, "cwd": ROOT}


def start_alembic(url: str) -> "subprocess.Popen[bytes]":
    command, options = alembic(url, "upgrade", "head")
    return subprocess.Popen(command, **options)
