"""What code under test must leave alone: the session that it was given, and the errors that it does not know."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from coursekit.course.render import brief
from coursekit.judging.expectation import NotYet


@contextmanager
def lent(session: Any, call: str) -> Iterator[None]:
    """Expect that the code in the block leaves the transaction of a session, or of an async session, to its owner.

    `call` is how a verdict names the code, such as "hand_over(...)". Flushing is allowed, and so is `begin_nested`.

    Raises:
        NotYet: the block committed, rolled back or closed. This comes before any exception of the block.
    """
    plain = getattr(session, "sync_session", session)
    ends: list[str] = []
    last = ["closed the session"]
    listeners: dict[str, Callable[..., Any]] = {
        "after_commit": lambda _: last.append("committed"),
        "after_rollback": lambda _: last.append("rolled back"),
        "after_transaction_end": lambda _, ended: ends.append(last[-1]) if ended.parent is None else None,
    }
    for name, listener in listeners.items():
        event.listen(plain, name, listener)
    try:
        yield
    finally:
        for name, listener in listeners.items():
            event.remove(plain, name, listener)
        if ends:
            raise NotYet(
                f"`{call}` ended the transaction of the session that it was given: it {ends[0]}. Leave that to whoever opened the session. "
                "`flush` sends your changes, and `begin_nested` can undo a part of them.",
                why="Your function may be one step of a larger request, which counts as a whole or not at all.",
            ) from None


@contextmanager
def failing(engine: Any, error: Exception, statement: str = "INSERT") -> Iterator[None]:
    """Let each statement that begins with this word fail with `error`, on an engine or an async engine, inside the block."""
    plain = getattr(engine, "sync_engine", engine)

    def refuse(*given: Any) -> None:
        if given[2].lstrip().upper().startswith(statement):
            raise error

    event.listen(plain, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(plain, "before_cursor_execute", refuse)


def passes_on(error: Exception, call: Callable[[], Any], name: str, *, catch: str) -> None:
    """Expect that an error which `call()` causes comes out of it unchanged.

    Args:
        error: the error that the code meets on its way, and that its task doesn't name.
        call: calls the code, in such a way that it meets the error.
        name: how a verdict names the code, such as "save_item(...)".
        catch: what the code should catch instead, such as "`IntegrityError` with the reason UNIQUE".

    Raises:
        NotYet: another exception comes out, or none.
    """
    came: Any = None
    try:
        call()
    except Exception as raised:
        came = raised
    _came_out(came, error, name, catch)


async def passes_on_async(error: Exception, call: Callable[[], Any], name: str, *, catch: str) -> None:
    """Expect the same as `passes_on`, of a call that is awaited.

    Raises:
        NotYet: another exception comes out, or none.
    """
    came: Any = None
    try:
        made = call()
        if inspect.isawaitable(made):
            await made
    except Exception as raised:
        came = raised
    _came_out(came, error, name, catch)


def _came_out(came: Exception | None, error: Exception, name: str, catch: str) -> None:
    if came is error:
        return
    kind = type(error).__name__
    if came is None:
        became = f"A `{kind}` in `{name}` disappeared: nothing came out"
    elif type(came) is type(error):
        became = f"A `{kind}` in `{name}` became a new one, and its origin is lost. A bare `raise` passes on the same"
    else:
        became = f"A `{kind}` in `{name}` became `{type(came).__name__}: {brief(str(came), 80)}`"
    raise NotYet(
        f"{became}. Catch only {catch}, and let everything else through.",
        why="An error that nobody expected is a fault to be found. Under another name, it is taken for something that happens every day.",
    )
