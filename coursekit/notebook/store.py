"""Stores the learner's progress in an SQLite file in the workspace, or in memory if there is no workspace."""

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from coursekit.course.render import brief_repr
from coursekit.judging.verdict import Outcome

MARKER = ".course"
"""The name of the folder that marks its parent as a workspace."""

_WAIT, _SHORT_WAIT = 5.0, 0.2
"""How many seconds to wait for a file that another notebook is writing: usually, and when it could not be written before."""
_NOT_THE_FILE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
_SCHEMA = """
CREATE TABLE IF NOT EXISTS attempt (id INTEGER PRIMARY KEY, exercise TEXT NOT NULL, outcome TEXT NOT NULL,
                                    at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE IF NOT EXISTS hint (exercise TEXT PRIMARY KEY, shown INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS prediction (id TEXT PRIMARY KEY, answer TEXT NOT NULL);
"""


class Store:
    """The learner's progress. Each call is a transaction of its own, so a second notebook or a killed process does no harm.

    If the file cannot be read or written, progress is kept in memory, and `trouble` is a sentence for the learner that says why. Each later
    write tries the file again, with all that memory holds.
    """

    def __init__(self, folder: Path | None) -> None:
        self.file = folder / "progress.sqlite" if folder else None
        self.trouble = ""
        self._memory: sqlite3.Connection | None = None
        self._unwritten: list[tuple[str, tuple[object, ...]]] = []
        """What only memory holds, because the file could not be written."""

    def __del__(self) -> None:
        if self._memory is not None:
            self._memory.close()

    def add_attempt(self, exercise: str, outcome: Outcome) -> None:
        """Store the outcome of a check, unless it is "not attempted"."""
        if outcome != "not_attempted":
            self._write("INSERT INTO attempt (exercise, outcome) VALUES (?, ?)", exercise, outcome)

    def outcomes(self) -> dict[str, str]:
        """Return the outcome of each exercise that was tried: `passed` if it has ever passed, or else the last outcome."""
        standing: dict[str, str] = {}
        for exercise, outcome in self._read("SELECT exercise, outcome FROM attempt ORDER BY id"):
            if standing.get(exercise) != "passed":
                standing[exercise] = outcome
        return standing

    def next_hint(self, exercise: str, total: int) -> int:
        """Count one more hint as shown, and return how many are shown now (at most `total`)."""
        self._write(
            "INSERT INTO hint VALUES (?, 1) ON CONFLICT (exercise) DO UPDATE SET shown = min(shown + 1, ?)",
            exercise,
            total,
        )
        return int(self._read("SELECT shown FROM hint WHERE exercise = ?", exercise)[0][0])

    def predict(self, prediction: str, answer: object) -> None:
        """Store a prediction. It replaces an earlier one for the same question."""
        self._write(
            "INSERT INTO prediction VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET answer = excluded.answer",
            prediction,
            as_text(answer),
        )

    def predictions(self) -> dict[str, str]:
        """Return the predictions made by id, as `as_text` writes them."""
        return {str(id_): str(answer) for id_, answer in self._read("SELECT id, answer FROM prediction")}

    def take_trouble(self) -> str:
        """Return `trouble` and empty it, so that the learner reads each sentence only once."""
        said, self.trouble = self.trouble, ""
        return said

    def _write(self, statement: str, *values: object) -> None:
        if self._memory is not None and self.file is not None:
            self._try_the_file_again()
        self._run(statement, values)
        if self._memory is not None:
            self._unwritten.append((statement, values))

    def _try_the_file_again(self) -> None:
        """Write what only memory holds to the file. If that works, the file is used from now on."""
        with contextlib.suppress(sqlite3.Error):
            with self._opened(_SHORT_WAIT) as connection:
                for statement, values in self._unwritten:
                    connection.execute(statement, values)
            self._unwritten.clear()
            assert self._memory is not None
            self._memory.close()
            self._memory = None

    def _read(self, statement: str, *values: object) -> list[tuple[str, str]]:
        return self._run(statement, values)

    def _run(self, statement: str, values: tuple[object, ...]) -> list[tuple[str, str]]:
        if self._memory is None and self.file is not None:
            try:
                return self._run_in_file(statement, values)
            except sqlite3.DatabaseError as error:
                if _is_damage(error) and self._set_aside():
                    return self._run(statement, values)
                self.trouble = f"Your progress cannot be kept ({error}). Free some disk space or make {self.file} writable; until then it is kept for this session."
        with self._in_memory() as connection:
            return list(connection.execute(statement, values))

    def _run_in_file(self, statement: str, values: tuple[object, ...]) -> list[tuple[str, str]]:
        with self._opened(_WAIT) as connection:
            return list(connection.execute(statement, values))

    @contextlib.contextmanager
    def _opened(self, seconds: float) -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction, and wait this long if another notebook has it."""
        assert self.file is not None
        with contextlib.closing(sqlite3.connect(self.file, timeout=seconds)) as connection, connection:
            _make_tables(connection)
            yield connection

    @contextlib.contextmanager
    def _in_memory(self) -> Iterator[sqlite3.Connection]:
        if self._memory is None:
            self._memory = sqlite3.connect(":memory:", check_same_thread=False)
            self._memory.executescript(_SCHEMA)
            with contextlib.suppress(sqlite3.Error), self._memory:  # the file may still be readable
                self._copy_file_to(self._memory)
        with self._memory as connection:
            yield connection

    def _copy_file_to(self, memory: sqlite3.Connection) -> None:
        if self.file is not None:
            address = self.file.absolute().as_uri() + "?mode=ro"
            with contextlib.closing(sqlite3.connect(address, timeout=0, uri=True)) as source:
                for table, columns in (("attempt", 4), ("hint", 2), ("prediction", 2)):
                    rows = source.execute(f"SELECT * FROM {table}")
                    memory.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)

    def _set_aside(self) -> bool:
        """Rename a damaged file, so that a new one can be created. Returns False if that fails."""
        assert self.file is not None
        free = (self.file.with_name(f"progress.damaged-{number}.sqlite") for number in range(1, 1000))
        aside = next(path for path in free if not path.exists())
        try:
            self.file.replace(aside)
        except FileNotFoundError:  # another notebook was quicker
            return True
        except OSError:
            return False
        self.trouble = f"The file with your progress was damaged. It is kept as {aside.name}; a new one has begun. Your notebooks are untouched."
        return True


def as_text(answer: object) -> str:
    """Return an answer to a prediction as text for the store: as JSON, or else its repr as a JSON string."""
    try:
        return json.dumps(answer, default=brief_repr)
    except (TypeError, ValueError, RecursionError):
        return json.dumps(brief_repr(answer))


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the content of the file is damaged, as opposed to a problem with the disk or with permissions."""
    return error.sqlite_errorcode & 0xFF not in _NOT_THE_FILE


def _make_tables(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute("PRAGMA user_version = 1")


def workspace_marker(start: Path) -> Path | None:
    """Return the `.course` folder of the workspace that this folder belongs to, or None outside a workspace."""
    return next((folder / MARKER for folder in (start, *start.parents) if (folder / MARKER).is_dir()), None)


def _folder() -> Path:
    try:
        return Path.cwd()
    except OSError:  # it has been deleted
        return Path("/")


_began_in = _folder()
_stores: dict[Path | None, Store] = {}


def current_store() -> Store:
    """Return the store of the workspace that the notebook runs in or started in. Outside a workspace, it is kept in memory."""
    folder = workspace_marker(_folder()) or workspace_marker(_began_in)
    if folder not in _stores:
        _stores[folder] = Store(folder)
    return _stores[folder]
