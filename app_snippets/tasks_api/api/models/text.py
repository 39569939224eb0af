"""Texts and numbers that a caller may send."""

from typing import Annotated

from fastapi import Path
from pydantic import StringConstraints

from ...domain import LARGEST_ID

# PostgreSQL keeps every character but NUL, so no text that reaches the database has one.
# The patterns mean the same here and in a client's language. (What \s is differs between them.)
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
Title = Annotated[
    str,
    StringConstraints(
        pattern=r"^[^\x00]*[^\x00\s\x85\ufeff][^\x00]*$",
        strip_whitespace=True,
        min_length=1,
        max_length=100,
    ),
]
Username = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{2,19}$")]
Email = Annotated[
    str,
    StringConstraints(
        pattern=r"^[^@\x00-\x20\x7f-\xa0]+@[^@\x00-\x20\x7f-\xa0]+\.[^@\x00-\x20\x7f-\xa0]+$",
        max_length=254,
    ),
]
Id = Annotated[int, Path(ge=0, le=LARGEST_ID)]
IdempotencyKey = Annotated[
    str,
    StringConstraints(pattern=r"^[\x21-\x7e]*$", min_length=8, max_length=100),
]
