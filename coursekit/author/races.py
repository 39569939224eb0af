"""Brings requests that run at the same time into the order in which a race is lost."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from coursekit.author.safe_reads import database_of

PATIENCE = 0.1
"""For how many seconds a write waits for the other requests. Those that wait for a lock of the app never get ready."""
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class Gate:
    """Opens when all requests have come to it or have ended, or when the first one has waited long enough. Stays open then."""

    def __init__(self, requests: int) -> None:
        self._missing = requests
        self._open = asyncio.Event()

    def one_less(self) -> None:
        """Stop waiting for one of the requests."""
        self._missing -= 1
        if self._missing <= 0:
            self._open.set()

    async def passed(self) -> None:
        """Wait until it opens."""
        self.one_less()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._open.wait(), PATIENCE)
        self._open.set()


@contextmanager
def all_ready_to_write(app: Any, requests: int) -> Iterator[Gate]:
    """Hold back the first write of each request to the app's async database, inside the block, until each has come that far or has ended.

    Yields the gate that they wait at. The caller tells it which requests have ended.
    Threads take turns as often as Python can, so that code in them is interrupted, too.
    """
    engine, gate = database_of(app), Gate(requests)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with _waiting_at(gate, engine) if engine is not None and engine.dialect.is_async else nullcontext():
            yield gate
    finally:
        sys.setswitchinterval(interval)


@contextmanager
def _waiting_at(gate: Gate, engine: Any) -> Iterator[None]:
    # Every check imports this module, and the first lessons' checks need no database, whose import takes its time.
    from sqlalchemy import event
    from sqlalchemy.util import await_only

    def wait(*given: Any) -> None:
        if given[2].lstrip().upper().startswith(_WRITES):
            await_only(gate.passed())

    event.listen(engine, "before_cursor_execute", wait)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", wait)
