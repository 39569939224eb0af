"""Tasks, as they come in."""

from datetime import date
from typing import Annotated, Literal

from pydantic import MISSING, ConfigDict, Field

from ....domain import Priority
from ..text import Title
from .base import Page, RequestModel


class StepBody(RequestModel):
    """One step of a task."""

    title: Title
    done: bool = False


class TaskCreate(RequestModel):
    """A whole task, as a caller sends it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "Plan a party",
                    "priority": "high",
                    "steps": [{"title": "Invite Ben"}],
                }
            ]
        }
    )

    title: Title
    done: bool = False
    priority: Priority = Priority.normal
    due_date: date | None = None
    steps: Annotated[list[StepBody], Field(max_length=20)] = []  # noqa: RUF012  (each task gets its own)


class TaskReplace(TaskCreate):
    """A whole task that takes the place of another, and the version that the caller has seen."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"title": "Plan a big party", "version": 1}],
        }
    )

    version: Annotated[int, Field(ge=1)] | MISSING = MISSING


class TaskUpdate(RequestModel):
    """The parts of a task that change. Only its date can be emptied."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"done": True, "version": 1}]})

    title: Title | MISSING = MISSING
    done: bool | MISSING = MISSING
    priority: Priority | MISSING = MISSING
    due_date: date | None = None
    version: Annotated[int, Field(ge=1)] | MISSING = MISSING


class TaskFilter(Page):
    """Which tasks to list, in which order, and which part of them."""

    done: bool | None = None
    priority: Priority | None = None
    sort: Literal["id", "title", "due_date"] = "id"
