"""What differs between machines, from environment variables such as TASKS_DATABASE_URL."""

import os
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

# Everybody can read this key, so it protects nothing. Production refuses it.
DEVELOPMENT_KEY = SecretStr("for development only, because everybody can read it")

PREFIX = "TASKS_"


def name_driver(url: str) -> str:
    """Take a URL as hosts of PostgreSQL give it, and name the driver that we use."""
    scheme, separator, rest = url.partition("://")
    if scheme in ("postgres", "postgresql"):
        return f"postgresql+asyncpg{separator}{rest.replace('sslmode=', 'ssl=')}"
    return url


class Settings(BaseSettings):
    """What differs between machines. The app carries it, and `get_settings` hands it over."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid")

    environment: Literal["development", "production"] = "development"
    title: str = "Tasks"
    log_format: Literal["json", "text"] = "json"
    cors_origins: list[str] = []  # of the browser apps that may ask

    # the database, and how many connections each worker keeps to it
    database_url: Annotated[str, AfterValidator(name_driver)] = "sqlite+aiosqlite:///tasks.db"
    pool_size: int = 5
    max_overflow: int = 5
    pool_timeout: float = 5.0  # seconds to wait for a connection
    lock_timeout: float = 5.0  # seconds to wait for rows that another request is changing
    statement_timeout: float = 10.0  # seconds that one statement may take

    # who somebody is
    secret_key: Annotated[SecretStr, Field(min_length=32)] = DEVELOPMENT_KEY
    audience: str = "tasks-api"
    token_minutes: int = 30
    hash_rounds: int = 3  # lower both only where hashes protect nobody: tests
    hash_memory_kib: int = 65_536
    hashes_at_once: int = 2  # each takes that much memory
    demo_password: SecretStr | None = None  # makes three known users; production refuses it

    # what one client may ask of us; 0 is no limit
    requests_per_minute: int = 600
    logins_per_minute: int = 10
    max_body_bytes: int = 100_000
    body_timeout: float = 10.0  # seconds for a body to arrive
    page_size: int = 20
    largest_page: int = 100
    export_batch: int = 100

    # the mail service; without its URL, no mail is sent
    mail_url: str = ""
    mail_timeout: float = 2.0  # seconds for one attempt
    mail_attempts: int = 3
    mail_pause: float = 0.2  # seconds before the second attempt; each later pause is twice as long
    mail_connections: int = 5

    @model_validator(mode="after")
    def production_is_safe(self) -> Self:
        """Refuse in production what is meant for development."""
        if self.environment == "production":
            if self.secret_key == DEVELOPMENT_KEY:
                raise ValueError("production needs a TASKS_SECRET_KEY of its own")
            if self.demo_password is not None:
                raise ValueError("production has no TASKS_DEMO_PASSWORD")
        return self


def unknown_variables() -> list[str]:
    """Say which variables look like settings and are none. `extra="forbid"` sees arguments only.

    They are no reason to end: Kubernetes gives TASKS_PORT to all who share a namespace with a service called `tasks`.
    """
    known = [name.upper() for name in Settings.model_fields]
    said = []
    for variable in sorted(os.environ):
        prefix, name = variable.upper()[: len(PREFIX)], variable.upper()[len(PREFIX) :]
        if prefix == PREFIX and name not in known:
            meant = get_close_matches(name, known, n=1)
            said.append(f"{variable} is no setting" + (f"; is {PREFIX}{meant[0]} meant?" if meant else ""))
    return said


def load_settings(**given: Any) -> Settings:
    """Read the settings. If they are wrong, end the program with one line that says what is."""
    try:
        return Settings(**given)
    except SettingsError as error:  # a list that is not JSON
        raise SystemExit(f"The settings are wrong: {error}.") from None
    except ValidationError as error:
        wrong = [
            "_".join(["TASKS", *map(str, one["loc"])]).upper() + ": " + one["msg"]
            if one["loc"]
            else one["msg"].removeprefix("Value error, ")
            for one in error.errors()
        ]
        raise SystemExit("The settings are wrong: " + "; ".join(wrong) + ".") from None
