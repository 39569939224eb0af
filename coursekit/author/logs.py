"""What is written to logs while a check listens. Afterwards each logger is as it was."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from coursekit.judging.expectation import NotYet, describe

LIBRARIES = {"aiosqlite", "asyncio", "httpcore", "httpx", "httpx2", "python_multipart", "sqlalchemy"}
"""Loggers that do not belong to the learner's code."""


@contextmanager
def records(name: str) -> Iterator[list[logging.LogRecord]]:
    """Yield the list to which each record of one logger is added, whatever its level. No other logger hears them."""
    with _opened(logging.getLogger(name), propagate=False), _handlers(name) as (handlers, keep):
        handlers.append(keep)
        yield keep.records


@contextmanager
def everything() -> Iterator[list[logging.LogRecord]]:
    """Yield the list to which each record of the learner's code is added, whatever its logger and its level.

    What libraries write is left out, and nothing reaches the screen. A logger that is made meanwhile is heard too.
    """
    with ExitStack() as stack:
        known = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
        for logger in [logging.root, *known]:
            if not _is_a_librarys(logger.name):
                stack.enter_context(_opened(logger, propagate=True))
        handlers, keep = stack.enter_context(_handlers(None))
        keep.addFilter(lambda record: not _is_a_librarys(record.name))
        handlers[:] = [keep]
        yield keep.records


def message(record: logging.LogRecord, why: str = "") -> str:
    """Return the message of a record, with its values filled in.

    Raises:
        NotYet: the values do not fit the message, so that a real log would have no message either. `why` is for the verdict.

    """
    try:
        return record.getMessage()
    except (TypeError, ValueError) as error:
        raise NotYet(
            f"The message `{record.msg}` and what is handed over with it, {describe(record.args)}, do not fit together: the log writes no message and complains "
            f"(`{error}`). Each value needs its `%s` in the message.",
            why=why,
        ) from None


class _Keep(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _opened(logger: logging.Logger, *, propagate: bool) -> Iterator[None]:
    """A logger that lets every level pass."""
    level, before = logger.level, (logger.propagate, logger.disabled)
    logger.setLevel(logging.DEBUG)
    logger.propagate, logger.disabled = propagate, False
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.propagate, logger.disabled = before


@contextmanager
def _handlers(name: str | None) -> Iterator[tuple[list[logging.Handler], _Keep]]:
    """The handlers of a logger, to be changed, and one that keeps records."""
    handlers = logging.getLogger(name).handlers
    before = handlers[:]
    try:
        yield handlers, _Keep()
    finally:
        handlers[:] = before


def _is_a_librarys(name: str) -> bool:
    return name.split(".")[0] in LIBRARIES
