"""The one shape of all errors."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Problem(BaseModel):
    """What went wrong: the one shape of all errors."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "detail": "The request is not valid.",
                    "error_code": "VALIDATION_FAILED",
                    "field_errors": {"title": ["Field required"]},
                }
            ]
        }
    )

    detail: Annotated[str, Field(description="A sentence for people.")]
    error_code: Annotated[str, Field(description="A word for programs. It stays the same.")]
    field_errors: Annotated[
        dict[str, list[str]],
        Field(description="What is wrong with which field; `body` is the body as a whole."),
    ]
