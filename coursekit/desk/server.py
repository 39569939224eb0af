"""JupyterLab's server as `course` runs it: it ends when `course` does, however that happens."""

import os
import signal
import threading

from coursekit.compat import leave_out_rfc3987
from coursekit.kernels.provisioner import warm_up


def _end_with_course() -> None:
    os.read(0, 1)  # comes back when `course` has ended and its end of the pipe is closed
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=_end_with_course, daemon=True).start()
    leave_out_rfc3987()
    warm_up()  # while JupyterLab starts
    from jupyterlab.labapp import main

    main()
