"""A login, as it comes in."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, SecretStr

from ..text import Text


class LoginForm(BaseModel):
    """What OAuth2's password flow sends as a form. Other fields of the standard are not used."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"username": "dora", "password": "seven blue tables"}],
        }
    )

    grant_type: Literal["password"] = "password"
    username: Text
    password: SecretStr
