"""The errors that the kit shows to a person instead of a traceback."""


class CourseError(Exception):
    """Something that a person can fix: one line that says what is wrong and what to do next."""


class CallError(CourseError):
    """The call itself was wrong: it names something that does not exist."""
