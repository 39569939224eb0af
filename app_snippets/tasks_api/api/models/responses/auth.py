"""What a login gives."""

from pydantic import BaseModel, ConfigDict


class Token(BaseModel):
    """What a login gives: a token for the header `Authorization: Bearer …`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"access_token": "eyJhbGciOi…", "token_type": "bearer"}],
        }
    )

    access_token: str
    token_type: str
