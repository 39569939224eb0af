"""Finds the IPython shell that runs the notebook, and the notebook's names."""

import sys
from typing import Any

import __main__


def running_shell() -> Any:
    """The running shell, or None outside IPython. Doesn't import IPython: if a shell is running, it has been imported."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def namespace() -> dict[str, Any]:
    """The notebook's names. Outside IPython, these are the names of the main module."""
    shell = running_shell()
    return shell.user_ns if shell else vars(__main__)
