"""The libraries that read, write and run notebooks, without the second and a half that one of their own dependencies takes.

nbformat's validator brings in rfc3987_syntax, which compiles a grammar of web addresses at import. Notebooks need none of it, and
the validator does without when it is not there.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

import jupytext  # noqa: E402
import nbformat  # noqa: E402
from nbclient import NotebookClient  # noqa: E402
from nbclient.exceptions import CellTimeoutError, DeadKernelError  # noqa: E402

__all__ = ["CellTimeoutError", "DeadKernelError", "NotebookClient", "jupytext", "nbformat"]
