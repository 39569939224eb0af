"""The process in which an app is reviewed: nothing that the app starts, writes or finds there disturbs the review."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tenpoint import process
from tests.tenpoint.samples import Command

STARTS_A_PROCESS = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with open("child.txt", "w") as file:
    file.write(str(child.pid))
"""


def is_running(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def ends(pid: int) -> bool:
    """Whether a process that has been told to end does so."""
    until = time.monotonic() + 10
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_running(pid)


class TestAProcessThatTheAppStarts:
    def test_is_not_waited_for_and_is_ended(self, command: Command) -> None:
        (command.folder / "starts.py").write_text(f"{STARTS_A_PROCESS}\nfrom shop import app\n")
        began = time.monotonic()
        done = command("starts:app")
        assert (done.returncode, done.stderr) == (0, "")
        assert time.monotonic() - began < 30
        assert ends(int((command.folder / "child.txt").read_text()))

    def test_is_ended_when_the_review_takes_too_long(self, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(process, "PATIENCE", 3)
        (command.folder / "starts.py").write_text(f"{STARTS_A_PROCESS}\nchild.wait()\n")
        done = command("starts:app")
        assert done.returncode == 2 and "was not imported and reviewed within 3 s" in done.stderr
        assert ends(int((command.folder / "child.txt").read_text()))


def test_bytes_that_are_not_utf_8_are_no_trouble(command: Command) -> None:
    text = "import os\nos.write(2, b'the disk of Bj\\xf6rn is full\\n')\nos._exit(3)\n"
    (command.folder / "writes.py").write_text(text)
    done = command("writes:app")
    assert done.returncode == 2
    assert "ended before it was done: the disk of Bj\N{REPLACEMENT CHARACTER}rn is full" in done.stderr


def test_the_app_finds_nothing_that_stands_beside_the_package(command: Command, tmp_path: Path) -> None:
    """The command's own packages are not the app's: they may be other versions, or not be there where the app runs."""
    folder = tmp_path / "installed"
    folder.mkdir()
    (folder / "tenpoint").symlink_to(Path(process.__file__).parent)
    (folder / "beside.py").touch()
    (command.folder / "imports.py").write_text("import tenpoint\nimport beside\n")
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); import beside; from tenpoint.command import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "imports:app"], capture_output=True, text=True, cwd=command.folder, check=False
    )
    assert done.returncode == 2
    assert "ModuleNotFoundError: No module named 'beside' (imports.py:2)" in done.stderr
