"""What came of the reminders."""

from pydantic import BaseModel, ConfigDict


class RemindersSent(BaseModel):
    """How many reminders went out, and how many did not."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"sent": 17, "failed": 1}]})

    sent: int
    failed: int
