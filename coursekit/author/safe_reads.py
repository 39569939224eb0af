"""Notices when a request that must only read has changed the data: a GET, a HEAD or an OPTIONS."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from coursekit.author.difference import changes, same
from coursekit.judging.expectation import NotYet

SAFE = ("GET", "HEAD", "OPTIONS")
_DEEPEST = 8


class Store(Protocol):
    """Data that can be looked at before and after a request."""

    def now(self) -> Any:
        """Return the data as they are now, in a form that doesn't change any more."""

    def close(self) -> None:
        """Let go of the data."""


class InMemory:
    """The data that a function returns: the learner's dictionaries and lists."""

    def __init__(self, data: Callable[[], Any]) -> None:
        self._data = data

    def now(self) -> Any:
        """Return a copy."""
        return _plain(self._data())

    def close(self) -> None:
        """Do nothing."""


class InFile:
    """The rows of all tables in an SQLite file. They are read again only after somebody has committed something."""

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(file, timeout=0, check_same_thread=False, isolation_level=None)
        self._version = -1
        self._rows: Any = None

    def now(self) -> Any:
        """Return the committed rows: each table by name, each of its rows by number. None if the file is locked."""
        with suppress(sqlite3.OperationalError):
            ((version,),) = self._connection.execute("PRAGMA data_version")
            if version != self._version:
                self._rows, self._version = self._read(), version
            return self._rows
        return None

    def _read(self) -> dict[str, dict[int, dict[str, Any]]]:
        tables = self._connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return {name: dict(self._rows_of(name)) for (name,) in tables.fetchall()}

    def _rows_of(self, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
        found = self._connection.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in found.description]
        for number, row in enumerate(found.fetchall(), 1):
            values = dict(zip(names, row, strict=True))
            yield (values["id"] if isinstance(values.get("id"), int) else number), values

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def database_of(app: Any) -> Any:
    """Return the SQLAlchemy engine that an app keeps in its `state`, itself or in a session factory. None if it keeps none."""
    for value in vars(app.state).get("_state", {}).values():
        bound = getattr(value, "kw", {}).get("bind", value) if hasattr(value, "kw") else value
        engine = getattr(bound, "sync_engine", bound)
        if hasattr(engine, "dialect") and hasattr(engine, "url"):
            return engine
    return None


class Watch:
    """Compares an app's data before and after each reading request: what `data` returns, and its SQLite database if it has one."""

    def __init__(self, app: Any, data: Callable[[], Any] | None = None) -> None:
        self._app = app
        self._stores: list[Store] = [InMemory(data)] if data else []
        self._file = ""

    def close(self) -> None:
        """Let go of the data."""
        for store in self._stores:
            store.close()

    @contextmanager
    def unchanged(self, request: Any) -> Iterator[None]:
        """Expect that the data are the same after the block.

        Raises:
            NotYet: they have changed, although the request's method promises to read only.
        """
        if request.method not in SAFE:
            yield
            return
        stores = self.stores()
        before = [store.now() for store in stores]
        yield
        for store, old in zip(stores, before, strict=True):
            new = store.now()
            if old is not new and old is not None and new is not None and not same(old, new):
                raise NotYet(
                    f"`{request.method} {request.url.path}` changed the data: {changes(old, new)}. A {request.method} only reads.",
                    why="Browsers, link previews and caches repeat a reading request at any time, and expect that nothing happens.",
                )

    def stores(self) -> list[Store]:
        """Return the stores. The database is looked for until there is one, because a check may give it to the app late."""
        if not self._file and (file := _file_of(self._app)):
            self._stores.append(InFile(file))
            self._file = file
        return self._stores


def _file_of(app: Any) -> str:
    engine = database_of(app)
    file = engine.url.database if engine is not None and engine.dialect.name == "sqlite" else None
    return file if file and Path(file).is_file() else ""


def _plain(value: Any, depth: int = 0) -> Any:
    """Copy a value into dicts, lists and plain values, so that it can be compared with what it becomes."""
    if depth > _DEEPEST or value is None or isinstance(value, str | bytes | int | float | bool | type):
        return value
    if isinstance(value, dict):
        return {key: _plain(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one, depth + 1) for one in value]
    return _plain(vars(value), depth + 1) if hasattr(value, "__dict__") else value
