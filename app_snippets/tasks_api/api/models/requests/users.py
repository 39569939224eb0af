"""Users, as they come in."""

from typing import Annotated

from pydantic import ConfigDict, Field, SecretStr

from ..text import Email, Username
from .base import RequestModel


class UserCreate(RequestModel):
    """Somebody who wants to join."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "username": "dora",
                    "email": "dora@example.com",
                    "password": "seven blue tables",
                }
            ]
        }
    )

    username: Username
    email: Email
    password: Annotated[SecretStr, Field(min_length=12, max_length=128)]
