"""How the service is."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Health(BaseModel):
    """A worker that runs."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "ok"}]})

    status: Literal["ok"] = "ok"
