"""The IPython shell that runs the notebook, if there is one."""

import sys
from typing import Any

import __main__


def running_shell() -> Any:
    """The shell; None outside IPython. Imports nothing: a shell that runs has been imported."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def namespace() -> dict[str, Any]:
    """The notebook's names: IPython's, or those of a plain interactive Python."""
    shell = running_shell()
    return shell.user_ns if shell else vars(__main__)
