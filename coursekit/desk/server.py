"""Runs JupyterLab's server for `course`, and ends it when `course` ends for whatever reason."""

import os
import signal
import threading

from coursekit.compat import leave_out_rfc3987
from coursekit.kernels.provisioner import warm_up


def _end_with_course() -> None:
    os.read(0, 1)  # returns when `course` has ended, which closes its end of the pipe
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=_end_with_course, daemon=True).start()
    leave_out_rfc3987()
    warm_up()  # while JupyterLab starts
    from jupyterlab.labapp import main

    main()
