"""How other processes are started, on each system."""

import os
import subprocess

import pytest

from coursekit.course.processes import in_a_group_of_its_own


@pytest.mark.skipif(os.name == "nt", reason="sessions are Unix's")
def test_ctrl_c_is_not_for_the_other_process() -> None:
    with subprocess.Popen(["sleep", "30"], **in_a_group_of_its_own()) as process:
        assert os.getsid(process.pid) == process.pid
        process.kill()


def test_on_windows_it_has_a_group_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "name", "nt")
    monkeypatch.setattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0x200, raising=False)
    assert in_a_group_of_its_own() == {"creationflags": 0x200}
