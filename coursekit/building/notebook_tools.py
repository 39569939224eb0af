"""The libraries that read, write and run notebooks. Importing them from here saves a second and a half."""

from coursekit.compat import leave_out_rfc3987

leave_out_rfc3987()

import nbformat  # noqa: E402
from nbclient import NotebookClient  # noqa: E402
from nbclient.exceptions import CellTimeoutError, DeadKernelError  # noqa: E402

__all__ = ["CellTimeoutError", "DeadKernelError", "NotebookClient", "nbformat"]
