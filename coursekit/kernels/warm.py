"""The warm process: it imports what the course's notebooks need, then becomes a kernel in a copy of itself whenever it is asked to.

`provisioner.py` runs this file as a program, with a socket as its only argument's file descriptor. Over that socket comes, for each
kernel, a socket of the kernel's own together with its standard streams; over the kernel's own socket come the request, the kernel's
process id, and in the end its exit status. The process ends when its socket closes.

It is a program of its own, not a part of the kit, because whatever it imports is in every kernel: only packages that are the same for
all kernels, and never the kit, which keeps what it knows about the notebook in its modules.
"""

import contextlib
import gc
import importlib
import json
import os
import random
import selectors
import signal
import socket
import sys
import threading
import time
import traceback
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

PACKAGES = (
    # what the kernel itself imports, some of it while it starts
    *(
        "ipykernel.kernelapp",
        "ipykernel.debugger",
        "IPython.core.completerlib",
        "IPython.core.logger",
        "IPython.core.oinspect",
    ),
    *("IPython.extensions.storemagic", "tornado.platform.asyncio", "tornado.queues", "encodings.idna", "psutil"),
    # what the kit imports of the standard library
    *("concurrent.futures.thread", "difflib", "symtable", "unittest.mock", "webbrowser"),
    # what the lessons import
    *("fastapi", "fastapi.testclient", "httpx", "httpx2", "pydantic_settings"),
    *("sqlalchemy.orm", "sqlalchemy.ext.asyncio", "sqlalchemy.dialects.sqlite.aiosqlite", "aiosqlite", "asyncpg"),
    *("sqlalchemy.dialects.postgresql.asyncpg", "jwt", "pwdlib.hashers.argon2", "python_multipart", "pytest"),
    *("uvicorn", "uvicorn.lifespan.on", "uvicorn.loops.auto", "uvicorn.protocols.http.auto", "fastapi_offline"),
)
"""What is imported once. One that is missing is left to the notebook, which will say so."""


def main() -> None:
    """Import, then fork a kernel for each request until the other end of the socket closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    del sys.path[0]  # this file's folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for whoever asked for kernels
    given = set(os.environ)
    for name in PACKAGES:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    set_by_packages = {name: value for name, value in os.environ.items() if name not in given}
    versions = _versions()
    control.sendall(b"ready\n" if _has_one_thread() else b"odd\n")
    gc.collect()
    gc.freeze()  # so that a kernel's garbage collector does not touch, and so copy, what all kernels share
    request = _Nursery(control, versions).serve()
    if request is not None:
        _become_a_kernel(request._replace(env={**set_by_packages, **request.env}))


def _has_one_thread() -> bool:
    """Whether this process can be copied safely. A thread that a library has started in C shows on Linux only."""
    tasks = Path("/proc/self/task")
    return threading.active_count() == 1 and (not tasks.exists() or len(list(tasks.iterdir())) == 1)


def _versions() -> dict[str, int]:
    """When each imported file was last changed, in nanoseconds, and each folder that packages are imported from."""
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    return {path: _changed(path) for path in (*filter(None, files), *filter(os.path.isdir, sys.path))}


def _changed(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116  a thousand of them, for each kernel
    except OSError:
        return 0


class _Request(NamedTuple):
    """What a copy is to become."""

    command: list[str]
    env: dict[str, str]
    cwd: str
    streams: list[int]
    """File descriptors for standard input, output and error."""
    asker: socket.socket
    """Where the copy says that it listens."""


class _Nursery:
    """The loop that forks kernels and reports how they end."""

    def __init__(self, control: socket.socket, versions: dict[str, int]) -> None:
        self._control = control
        self._versions = versions
        self._kernels: dict[int, socket.socket] = {}
        """By process id: where its end is reported."""
        self._waking, noting = socket.socketpair()
        noting.setblocking(False)
        self._noting = noting
        signal.set_wakeup_fd(noting.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # so that the end of a kernel wakes the loop

    def serve(self) -> "_Request | None":
        """Answer requests. Returns None when nobody can ask any more, and in each copy what the copy is to become."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ)
            selector.register(self._waking, selectors.EVENT_READ)
            while True:
                ready = [key.fileobj for key, _ in selector.select()]
                if self._waking in ready:
                    self._waking.recv(4096)
                    self._report_ends()
                if self._control in ready:
                    message, descriptors, *_ = socket.recv_fds(self._control, 1, 4)
                    if not message:
                        return None
                    own, *streams = descriptors
                    request = self._fork_for(socket.socket(fileno=own), streams)
                    if request is not None:
                        return request

    def _fork_for(self, asker: socket.socket, streams: list[int]) -> "_Request | None":
        """Start the kernel that is asked for. Returns None here, and in the copy what the copy is to become."""
        with asker.makefile("rb") as lines:
            said = json.loads(lines.readline() or "null")
        if said is None or any(_changed(path) != version for path, version in self._versions.items()):
            with contextlib.suppress(OSError):
                asker.sendall(b'{"refused": "a package has changed"}\n')
            child = -1
        else:
            child = os.fork()
        if child == 0:
            signal.set_wakeup_fd(-1)
            for one in (self._control, self._waking, self._noting, *self._kernels.values()):
                one.close()
            return _Request(said["command"], said["env"], said["cwd"], streams, asker)
        for stream in streams:
            os.close(stream)
        if child < 0:
            asker.close()
        else:
            self._kernels[child] = asker
            asker.sendall(json.dumps({"pid": child}).encode() + b"\n")
        return None

    def _report_ends(self) -> None:
        while self._kernels:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            asker = self._kernels.pop(child)
            with contextlib.suppress(OSError):  # nobody listens any more
                asker.sendall(json.dumps({"ended": os.waitstatus_to_exitcode(status)}).encode() + b"\n")
            asker.close()


def _become_a_kernel(request: "_Request") -> None:
    """Make this copy what a fresh process with this command, environment, folder and streams would be, and run the kernel in it.

    It does what the module `ipykernel_launcher` does, and says in between that the kernel listens.
    """
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, stream in enumerate(request.streams):
        os.dup2(stream, number)
        os.close(stream)
    for file in (sys.stdout, sys.stderr):
        file.reconfigure(line_buffering=file.isatty())  # type: ignore[union-attr]
    os.environ.clear()
    os.environ.update(request.env)
    time.tzset()
    os.chdir(request.cwd)
    random.seed()
    gc.enable()
    module = request.command.index("-m")
    sys.orig_argv[:] = request.command
    sys.argv = [str(find_spec(request.command[module + 1]).origin), *request.command[module + 2 :]]  # type: ignore[union-attr]
    sys.argv.append(
        f"--IPKernelApp.parent_handle={os.getppid()}"
    )  # the kernel ends when the process ends that it is a copy of
    app: Any = IPKernelApp.instance()
    try:
        app.initialize()
    except BaseException:  # a port that somebody else has taken meanwhile, above all
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)  # an orderly end would wait forever for the sockets that are open already
    request.asker.sendall(b'{"listens": true}\n')
    request.asker.close()
    app.start()


if __name__ == "__main__":
    main()
