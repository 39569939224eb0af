"""How the kit starts other processes."""

import os
import subprocess
from typing import Any


def in_a_group_of_its_own() -> dict[str, Any]:
    """Arguments for `subprocess.Popen` and its like: the process does not get the Ctrl+C that is meant for us."""
    if os.name == "nt":
        return {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    return {"start_new_session": True}
