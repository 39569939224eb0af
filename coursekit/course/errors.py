"""The errors that the kit shows to a person as one line, without a traceback."""


class CourseError(Exception):
    """Something that a person can fix. The message is one line that says what is wrong and what to do next."""


class CallError(CourseError):
    """The call itself was wrong. For example, it names a lesson that does not exist."""
