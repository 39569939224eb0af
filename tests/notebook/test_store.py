"""Progress: kept for each workspace, whole after anything that happens to its file, and never in the way of a lesson."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coursekit.notebook import store
from coursekit.notebook.store import Store, as_text, current_store, workspace_marker


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    marker = tmp_path / "my workspace #1?" / ".course"
    marker.mkdir(parents=True)
    return marker


def use(kept: Store) -> None:
    """Everything that a lesson does with a store."""
    kept.add_attempt("1.1", "failed")
    kept.add_attempt("1.1", "passed")
    kept.add_attempt("1.1", "error")
    kept.add_attempt("1.2", "timeout")
    kept.add_attempt("1.3", "not_attempted")
    assert [kept.next_hint("1.1", 2) for _ in range(4)] == [1, 2, 2, 2]
    kept.predict("1.p1", 404)
    kept.predict("1.p1", [200, "é"])


def holds_it_all(kept: Store) -> bool:
    assert kept.outcomes() == {"1.1": "passed", "1.2": "timeout"}
    assert kept.predictions() == {"1.p1": as_text([200, "é"])}
    assert kept.next_hint("1.1", 3) == 3
    return True


def test_what_was_done_is_there_after_a_restart(folder: Path) -> None:
    use(Store(folder))
    kept = Store(folder)
    assert holds_it_all(kept)
    assert kept.trouble == ""
    assert [path.name for path in folder.iterdir()] == ["progress.sqlite"]


def test_without_a_workspace_it_lasts_as_long_as_the_kernel() -> None:
    kept = Store(None)
    use(kept)
    assert holds_it_all(kept)
    assert kept.trouble == ""
    assert Store(None).outcomes() == {}


def test_two_notebooks_see_each_other(folder: Path) -> None:
    one, other = Store(folder), Store(folder)
    one.add_attempt("1.1", "passed")
    other.add_attempt("1.2", "failed")
    assert one.outcomes() == other.outcomes() == {"1.1": "passed", "1.2": "failed"}
    assert [one.next_hint("1.1", 9), other.next_hint("1.1", 9), one.next_hint("1.1", 9)] == [1, 2, 3]


WRITE = """
import sys
from pathlib import Path
from coursekit.notebook.store import Store
kept = Store(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    kept.add_attempt(f"{sys.argv[2]}.{number}", "passed")
    assert not kept.trouble, kept.trouble
"""


def writer(folder: Path, name: str, times: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", WRITE, str(folder), name, str(times)])


def test_four_processes_that_write_at_once_lose_nothing(folder: Path) -> None:
    writers = [writer(folder, str(number), 50) for number in range(4)]
    assert [one.wait() for one in writers] == [0] * 4
    assert len(Store(folder).outcomes()) == 200


def test_a_process_that_is_killed_while_it_writes(folder: Path) -> None:
    before = 0
    for number in range(3):
        killed = writer(folder, str(number), 1_000_000)
        while len(Store(folder).outcomes()) < before + 5:
            time.sleep(0.005)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        kept = Store(folder)
        before = len(kept.outcomes())
        kept.add_attempt("mine", "passed")
        assert kept.trouble == ""
    with sqlite3.connect(folder / "progress.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def damaged(good: bytes, how: str) -> bytes:
    """A file with progress, or what is left of it."""
    middle = len(good) // 2
    return {
        "text": b"This is not a database. " * 100,
        "cut": good[:middle],
        "zeros in the middle": good[:100] + bytes(len(good) - 200) + good[-100:],
        "a wrong head": b"x" * 20 + good[20:],
        "random": os.urandom(5000),
    }[how]


@pytest.mark.parametrize("how", ["text", "cut", "zeros in the middle", "a wrong head", "random"])
def test_a_damaged_file_is_set_aside_and_the_lesson_goes_on(folder: Path, how: str) -> None:
    use(Store(folder))
    file = folder / "progress.sqlite"
    bad = damaged(file.read_bytes(), how)
    file.write_bytes(bad)
    kept = Store(folder)
    use(kept)
    assert holds_it_all(kept)
    assert kept.trouble == (
        "The file with your progress was damaged. It is kept as progress.damaged-1.sqlite; "
        "a new one has begun. Your notebooks are untouched."
    )
    assert (folder / "progress.damaged-1.sqlite").read_bytes() == bad
    assert Store(folder).outcomes() == {"1.1": "passed", "1.2": "timeout"}


def test_a_file_that_is_damaged_again_does_not_replace_the_first(folder: Path) -> None:
    for number in (1, 2, 3):
        (folder / "progress.sqlite").write_bytes(b"damage number %d" % number * 100)
        kept = Store(folder)
        assert kept.outcomes() == {}
        assert f"progress.damaged-{number}.sqlite" in kept.trouble
    assert (folder / "progress.damaged-1.sqlite").read_bytes().startswith(b"damage number 1")


def test_a_file_that_is_damaged_while_it_is_used(folder: Path) -> None:
    kept = Store(folder)
    use(kept)
    (folder / "progress.sqlite").write_bytes(b"x" * 5000)
    use(kept)
    assert holds_it_all(kept)
    assert "was damaged" in kept.trouble


def test_a_file_of_no_bytes_is_a_new_one(folder: Path) -> None:
    (folder / "progress.sqlite").touch()
    kept = Store(folder)
    use(kept)
    assert holds_it_all(kept)
    assert kept.trouble == ""


@pytest.mark.parametrize(
    "schema",
    [
        "CREATE TABLE attempt (what TEXT); CREATE TABLE hint (what TEXT); CREATE TABLE prediction (what TEXT)",
        "CREATE TABLE attempt (exercise TEXT, outcome TEXT, more TEXT NOT NULL)",
        "CREATE TABLE other (what TEXT); PRAGMA user_version = 1",
        "CREATE TABLE other (what TEXT); PRAGMA user_version = 7",
        "CREATE VIEW attempt AS SELECT 1 AS exercise",
    ],
)
def test_a_file_of_another_schema_is_set_aside(folder: Path, schema: str) -> None:
    connection = sqlite3.connect(folder / "progress.sqlite")
    connection.executescript(schema)
    connection.close()
    kept = Store(folder)
    use(kept)
    assert holds_it_all(kept)
    assert "It is kept as progress.damaged-1.sqlite" in kept.trouble


def test_another_notebook_was_quicker_to_set_a_damaged_file_aside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "progress.sqlite").write_bytes(b"x" * 5000)

    def quicker(path: Path, target: Path) -> Path:
        path.unlink()
        raise FileNotFoundError

    monkeypatch.setattr(Path, "replace", quicker)
    kept = Store(folder)
    use(kept)
    assert holds_it_all(kept)
    assert kept.trouble == ""


def goes_on_in_memory(kept: Store, *, said: str) -> bool:
    use(kept)
    assert kept.trouble.startswith("Your progress cannot be kept (")
    assert said in kept.trouble
    assert "until then it is kept for this session" in kept.trouble
    kept.trouble = ""
    kept.add_attempt("1.2", "timeout")
    assert kept.trouble == "", "it is said once"
    return holds_it_all(kept)


def test_a_folder_in_place_of_the_file(folder: Path) -> None:
    (folder / "progress.sqlite").mkdir()
    assert goes_on_in_memory(Store(folder), said="unable to open database file")


def test_a_workspace_that_was_deleted(folder: Path) -> None:
    kept = Store(folder)
    folder.rmdir()
    assert goes_on_in_memory(kept, said="unable to open database file")


@contextlib.contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow any more: root, whom rights do not bind, is refused as well."""
    resource = pytest.importorskip("resource", reason="this system has no limit for the size of files")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk(folder: Path) -> None:
    with full_disk():
        assert goes_on_in_memory(Store(folder), said="disk")


def test_a_disk_that_becomes_full_keeps_what_was_there(folder: Path) -> None:
    kept = Store(folder)
    kept.add_attempt("1.9", "passed")
    with full_disk():
        kept.add_attempt("1.8", "failed")
        assert kept.trouble
        assert kept.outcomes() == {"1.9": "passed", "1.8": "failed"}


def test_the_file_is_tried_again_with_all_that_memory_holds(folder: Path) -> None:
    kept = Store(folder)
    with full_disk():
        kept.add_attempt("1.8", "failed")
        kept.next_hint("1.8", 3)
        kept.predict("1.p1", 404)
        assert kept.take_trouble()
        assert Store(folder).outcomes() == {}
    kept.add_attempt("1.8", "passed")
    assert kept.trouble == ""
    other = Store(folder)
    assert other.outcomes() == {"1.8": "passed"}
    assert other.predictions() == {"1.p1": "404"}
    assert other.next_hint("1.8", 3) == 2
    other.add_attempt("1.9", "passed")
    assert kept.outcomes() == {"1.8": "passed", "1.9": "passed"}, "memory is out of use again"


def test_a_file_that_may_only_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(folder).add_attempt("1.9", "passed")
    connect = sqlite3.connect

    def read_only(file: Any, **options: Any) -> sqlite3.Connection:
        if file == ":memory:":
            return connect(file, **options)
        return connect(f"{(folder / 'progress.sqlite').as_uri()}?mode=ro", uri=True)

    monkeypatch.setattr(sqlite3, "connect", read_only)
    kept = Store(folder)
    assert kept.outcomes() == {"1.9": "passed"}
    assert kept.trouble == ""
    kept.add_attempt("1.1", "failed")
    assert "attempt to write a readonly database" in kept.trouble
    assert kept.outcomes() == {"1.9": "passed", "1.1": "failed"}


def test_a_file_that_is_locked_for_ever(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(folder).add_attempt("1.9", "passed")
    other = sqlite3.connect(folder / "progress.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **options: connect(*a, **{**options, "timeout": 0}))
    kept = Store(folder)
    kept.add_attempt("1.1", "failed")
    assert "database is locked" in kept.trouble
    assert kept.outcomes() == {"1.1": "failed"}
    other.close()
    assert Store(folder).outcomes() == {"1.9": "passed"}


class Unwilling:
    def __repr__(self) -> str:
        raise RuntimeError("no")


CIRCLE: list[Any] = []
CIRCLE.append(CIRCLE)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (404, "404"),
        (None, "null"),
        ((1, 2), "[1, 2]"),
        (True, "true"),
        ("\ud800", '"\\ud800"'),
        ({1, 2}, '"{1, 2}"'),
        ({(1, 2): 3}, '"{(1, 2): 3}"'),
        (float("nan"), "NaN"),
        (CIRCLE, '"[[...]]"'),
        (Unwilling(), '"<Unwilling, whose repr raises RuntimeError>"'),
        (b"x", "\"b'x'\""),
    ],
)
def test_any_answer_to_a_prediction_is_kept(folder: Path, answer: object, text: str) -> None:
    kept = Store(folder)
    kept.predict("1.p1", answer)
    assert kept.predictions() == {"1.p1": text}
    assert as_text(answer) == text
    assert kept.trouble == ""


class TestTheWorkspace:
    @pytest.fixture(autouse=True)
    def _fresh(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(store, "_stores", {})
        monkeypatch.setattr(store, "_began_in", tmp_path)

    def test_it_is_found_from_a_folder_in_it(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        inside = folder.parent / "drafts/old"
        inside.mkdir(parents=True)
        assert workspace_marker(inside) == workspace_marker(folder.parent) == folder
        monkeypatch.chdir(inside)
        assert current_store().file == folder / "progress.sqlite"
        assert current_store() is current_store()

    def test_a_file_is_no_workspace(self, tmp_path: Path) -> None:
        (tmp_path / ".course").touch()
        assert workspace_marker(tmp_path) is None

    def test_outside_there_is_none(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert current_store().file is None

    def test_a_cell_that_changes_the_folder_does_not_lose_it(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store, "_began_in", folder.parent)
        monkeypatch.chdir(tmp_path)
        assert current_store().file == folder / "progress.sqlite"

    def test_a_folder_that_was_deleted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        gone = tmp_path / "gone"
        gone.mkdir()
        monkeypatch.chdir(gone)
        gone.rmdir()
        assert current_store().file is None
