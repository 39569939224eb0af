"""Users, as they leave: no email, no password."""

from pydantic import BaseModel, ConfigDict


class UserPublic(BaseModel):
    """A user, as everybody may see them: no email, no password."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": 1, "username": "ana"}]})

    id: int
    username: str
