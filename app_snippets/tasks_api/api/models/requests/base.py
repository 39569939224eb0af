"""What all that comes in has in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class RequestModel(BaseModel):
    """What comes in. A field that nobody knows is refused, so no typing mistake stays silent."""

    model_config = ConfigDict(extra="forbid")


class Page(RequestModel):
    """Which part of a list, from the query string."""

    limit: Annotated[int, Field(ge=1, le=100)] | None = None
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0
