"""Settings come from the environment, and production does not start with those of development."""

import os
import subprocess
import sys

import pytest

from app_snippets.tasks_api.settings import DEVELOPMENT_KEY, Settings, load_settings, unknown_variables

LONG = "a key of its own, and long enough for it"


def test_without_any_configuration_it_is_sqlite_in_a_file() -> None:
    settings = load_settings()
    assert (settings.environment, settings.database_url) == ("development", "sqlite+aiosqlite:///tasks.db")
    assert settings.secret_key == DEVELOPMENT_KEY


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("postgresql+asyncpg://a:b@db/tasks", "postgresql+asyncpg://a:b@db/tasks"),
        ("postgresql://a:b@db/tasks", "postgresql+asyncpg://a:b@db/tasks"),
        ("postgres://a:b@db/tasks?sslmode=require", "postgresql+asyncpg://a:b@db/tasks?ssl=require"),
        ("sqlite+aiosqlite:///other.db", "sqlite+aiosqlite:///other.db"),
    ],
)
def test_one_variable_names_the_database(monkeypatch: pytest.MonkeyPatch, given: str, taken: str) -> None:
    monkeypatch.setenv("TASKS_DATABASE_URL", given)
    assert load_settings().database_url == taken


def test_production_with_a_key_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASKS_ENVIRONMENT", "production")
    monkeypatch.setenv("TASKS_SECRET_KEY", LONG)
    monkeypatch.setenv("TASKS_CORS_ORIGINS", '["https://app.example"]')
    settings = load_settings()
    assert (settings.secret_key.get_secret_value(), settings.cors_origins) == (LONG, ["https://app.example"])
    assert LONG not in repr(settings)


PRODUCTION = {"TASKS_ENVIRONMENT": "production"}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (PRODUCTION, "production needs a TASKS_SECRET_KEY of its own."),
        (
            PRODUCTION | {"TASKS_SECRET_KEY": DEVELOPMENT_KEY.get_secret_value()},
            "production needs a TASKS_SECRET_KEY of its own.",
        ),
        (PRODUCTION | {"TASKS_SECRET_KEY": ""}, "TASKS_SECRET_KEY: Value should have at least 32 items"),
        (PRODUCTION | {"TASKS_SECRET_KEY": "short-but-not-shown"}, "TASKS_SECRET_KEY: Value should have at least 32"),
        (PRODUCTION | {"TASKS_SECRET_KEY": LONG, "TASKS_DEMO_PASSWORD": "x"}, "production has no TASKS_DEMO_PASSWORD."),
        ({"TASKS_ENVIRONMENT": "produktion"}, "TASKS_ENVIRONMENT: Input should be 'development' or 'production'."),
        ({"TASKS_POOL_SIZE": "many"}, "TASKS_POOL_SIZE: Input should be a valid integer"),
        ({"TASKS_CORS_ORIGINS": "https://app.example"}, 'error parsing value for field "cors_origins"'),
    ],
)
def test_what_is_wrong_is_one_line_and_an_exit(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], says: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        load_settings()
    line = str(ended.value)
    assert line.startswith("The settings are wrong: ")
    assert says in line
    assert "\n" not in line
    assert "not-shown" not in line


def test_a_server_says_it_too_and_does_not_start() -> None:
    command = [sys.executable, "-c", "import app_snippets.tasks_api.asgi"]
    ended = subprocess.run(command, env={**os.environ, **PRODUCTION}, capture_output=True, text=True)
    assert ended.returncode == 1
    assert ended.stderr == "The settings are wrong: production needs a TASKS_SECRET_KEY of its own.\n"


def test_a_variable_that_nobody_reads_is_named_and_its_value_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert unknown_variables() == []
    for name in ("TASKS_POOL_SZIE", "TASKS_PORT", "TASKS_PAGE_SIZE", "tasks_title", "OTHER_POOL_SZIE"):
        monkeypatch.setenv(name, "not-shown")
    assert unknown_variables() == [
        "TASKS_POOL_SZIE is no setting; is TASKS_POOL_SIZE meant?",
        "TASKS_PORT is no setting",
    ]


def test_a_setting_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="Extra inputs"):
        Settings(page_sise=3)  # type: ignore[call-arg]
