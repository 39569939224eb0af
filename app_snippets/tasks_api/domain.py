"""The words of the domain."""

from enum import StrEnum

LARGEST_ID = 2**31 - 1  # what the column of an id can hold


class Priority(StrEnum):
    """How much a task matters."""

    low = "low"
    normal = "normal"
    high = "high"


class Role(StrEnum):
    """What a user may do."""

    member = "member"
    admin = "admin"
