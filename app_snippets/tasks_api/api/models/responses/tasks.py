"""Tasks, as they leave."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from ....domain import Priority


class StepPublic(BaseModel):
    """One step of a task, as everybody may see it."""

    title: str
    done: bool


class TaskPublic(BaseModel):
    """A task, as everybody may see it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 4,
                    "owner_id": 1,
                    "title": "Plan a party",
                    "done": False,
                    "priority": "high",
                    "due_date": "2031-05-17",
                    "steps": [{"title": "Invite Ben", "done": False}],
                    "version": 1,
                }
            ]
        }
    )

    id: int
    owner_id: int
    title: str
    done: bool
    priority: Priority
    due_date: date | None
    steps: list[StepPublic]
    version: int
