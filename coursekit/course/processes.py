"""Options for starting other processes."""

import os
import subprocess
from typing import Any


def in_a_group_of_its_own() -> dict[str, Any]:
    """Return arguments for `subprocess.Popen` and similar functions that shield the new process from our Ctrl+C."""
    if os.name == "nt":
        return {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    return {"start_new_session": True}
