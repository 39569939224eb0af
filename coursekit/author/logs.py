"""Captures log records during a check. Afterwards, every logger is set up as before."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from coursekit.judging.expectation import NotYet, describe

LIBRARIES = {"aiosqlite", "asyncio", "httpcore", "httpx", "httpx2", "python_multipart", "sqlalchemy"}
"""The loggers of libraries, as opposed to those of the learner's code."""


@contextmanager
def records(name: str) -> Iterator[list[logging.LogRecord]]:
    """Yield a list that collects each record of one logger, at any level. The records don't reach other loggers."""
    with _opened(logging.getLogger(name), propagate=False), _handlers(name) as (handlers, keep):
        handlers.append(keep)
        yield keep.records


@contextmanager
def everything() -> Iterator[list[logging.LogRecord]]:
    """Yield a list that collects each record of the learner's code, from any logger and at any level.

    Records of libraries are left out, and nothing is printed. Records of loggers that are created in the meantime are included.
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
        NotYet: the values don't fit the message, so a real log would fail on it, too. `why` is for the verdict.
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
    """Make a logger pass on records of every level, and restore its settings afterwards."""
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
    """Yield a logger's list of handlers, which may be changed, and a handler that keeps records. Restores the list afterwards."""
    handlers = logging.getLogger(name).handlers
    before = handlers[:]
    try:
        yield handlers, _Keep()
    finally:
        handlers[:] = before


def _is_a_librarys(name: str) -> bool:
    return name.split(".")[0] in LIBRARIES
