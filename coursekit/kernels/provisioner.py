"""A kernel provisioner for Jupyter that forks kernels from a warm process, and starts them as usual where it cannot.

JupyterLab, nbclient and nbval use it without a change once JUPYTER_DEFAULT_PROVISIONER_NAME is `course-warm`.
"""

import asyncio
import atexit
import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

NAME = "course-warm"
"""The provisioner's name in Jupyter's configuration."""
VARIABLE = "JUPYTER_DEFAULT_PROVISIONER_NAME"
"""The environment variable that tells Jupyter which provisioner to use."""

_PROGRAM = Path(__file__).with_name("warm.py")
_PATIENCE = 20.0
"""Seconds in which a warm process must have imported everything, and in which it must answer."""
_MOST = 3
"""Warm processes that are kept, each for another environment."""
_FREE_TO_DIFFER = re.compile(r"(JPY|COURSE|JUPYTER_SERVER)_|(IPYTHONDIR|PYTEST_CURRENT_TEST|PWD|OLDPWD|SHLVL|_)$")
"""Variables that no package reads when it is imported, so that kernels may differ in them and yet come from one process."""


class WarmProvisioner(LocalProvisioner):
    """Launches kernels like Jupyter's own provisioner, but faster."""

    process: Any

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel and return how to connect to it."""
        forked = _fork(cmd, kwargs)
        if forked is None or not await _listens(forked):
            return await super().launch_kernel(cmd, **kwargs)
        self.process = forked
        self.pid = self.pgid = forked.pid  # it leads a session, and so a group, of its own
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info


async def _listens(kernel: "ForkedKernel") -> bool:
    """Wait until a kernel listens: a client that connects earlier tries again after 100 ms only. A kernel that doesn't is ended."""
    deadline = time.monotonic() + _PATIENCE
    while not kernel.listens():
        if kernel.poll() is not None or time.monotonic() > deadline:
            kernel.kill()
            return False
        await asyncio.sleep(0.002)
    return True


class ForkedKernel:
    """A kernel that is another process's child. Has what Jupyter uses of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, reports: socket.socket) -> None:
        self._reports = reports
        self._said = b""
        self._known: dict[str, int] = {}
        """What it has reported: `pid`, `listens`, `ended`."""

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._known["pid"]

    def was_born(self) -> bool:
        """Whether there is a kernel: the warm process may refuse to fork one."""
        self._hear("pid", _PATIENCE)
        return "pid" in self._known

    def listens(self) -> bool:
        """Whether its sockets are open."""
        return self._hear("listens", 0)

    def poll(self) -> int | None:
        """The exit status, or None while it runs."""
        return self._known["ended"] if self._hear("ended", 0) else None

    def wait(self, timeout: float | None = None) -> int:
        """The exit status, once it has ended.

        Raises:
            TimeoutExpired: it still runs.
        """
        if not self._hear("ended", timeout):
            raise subprocess.TimeoutExpired(f"kernel {self.pid}", timeout or 0)
        return self._known["ended"]

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # it has ended since
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def _hear(self, what: str, timeout: float | None) -> bool:
        """Wait for a report. Returns whether it has come."""
        while what not in self._known and "ended" not in self._known:
            self._reports.settimeout(timeout)
            try:
                piece = self._reports.recv(4096)
            except (BlockingIOError, TimeoutError):
                return False
            except OSError:
                piece = b""
            *lines, self._said = (self._said + piece).split(b"\n")
            for line in lines:
                self._known |= json.loads(line)
            if not piece or "ended" in self._known:
                self._known.setdefault("ended", 1)  # the warm process has ended, and its kernels end within a second
                self._reports.close()
        return what in self._known


class _WarmProcess:
    """A process that forks kernels, and the socket on which it takes requests."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        ours, theirs = socket.socketpair()
        self._control = ours
        with theirs:
            self._process = subprocess.Popen(
                [*command, str(_PROGRAM), str(theirs.fileno())],
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self._is_ready = False

    def fork(self, request: dict[str, Any], streams: list[int]) -> ForkedKernel | None:
        """A kernel for this request; None if the process cannot or will not fork one."""
        if not self._is_ready:
            self._control.settimeout(_PATIENCE)
            self._is_ready = self._control.recv(10) == b"ready\n"
        if not self._is_ready:
            return None
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [b"k"], [theirs.fileno(), *streams])
        ours.settimeout(_PATIENCE)
        ours.sendall(json.dumps(request).encode() + b"\n")
        kernel = ForkedKernel(ours)
        return kernel if kernel.was_born() else None

    def close(self) -> None:
        """End it. Kernels that it has forked end within a second."""
        self._control.close()
        self._process.kill()
        self._process.wait()


_processes: dict[Any, _WarmProcess] = {}
_one_at_a_time = threading.Lock()


@atexit.register
def close_all() -> None:
    """End all warm processes."""
    while _processes:
        _processes.popitem()[1].close()


def warm_up() -> None:
    """Start a warm process for kernels with this process's environment, and return at once."""
    if hasattr(os, "fork"):
        with _one_at_a_time, contextlib.suppress(OSError):
            _process_for([sys.executable], dict(os.environ))


def _fork(command: list[str], kwargs: dict[str, Any]) -> ForkedKernel | None:
    """A forked kernel; None where the usual one has to be started: no fork here, an unusual request, or anything odd."""
    asked = {
        name: value
        for name, value in kwargs.items()
        if value is not None and name not in ("extra_arguments", "kernel_id")
    }
    known = {"env", "cwd", "stdin", "stdout", "stderr", "independent"}
    if not hasattr(os, "fork") or not asked.keys() <= known or asked.get("independent") or command[-1:] == []:
        return None
    if "-m" not in command or command[command.index("-m") + 1] != "ipykernel_launcher":
        return None
    env = {**asked.get("env", os.environ), "JPY_PARENT_PID": str(os.getpid())}
    request = {"command": command, "env": env, "cwd": str(asked.get("cwd") or Path.cwd())}
    with contextlib.suppress(OSError, ValueError), contextlib.ExitStack() as opened, _one_at_a_time:
        streams = [
            _descriptor(asked.get(name), number, opened) for number, name in enumerate(("stdin", "stdout", "stderr"))
        ]
        for _ in range(2):  # the second time with a new process, as the first may have imported what has changed since
            process = _process_for(command[: command.index("-m")], env)
            kernel = process.fork(request, streams)
            if kernel is not None:
                return kernel
            _forget(process)
    return None


def _process_for(command: list[str], env: dict[str, str]) -> _WarmProcess:
    """The warm process for this Python and environment, which is started if there is none.

    Raises:
        OSError: too many are kept already, or it cannot be started.
    """
    key = (tuple(command), frozenset((name, value) for name, value in env.items() if not _FREE_TO_DIFFER.match(name)))
    if key not in _processes:
        if len(_processes) == _MOST:
            raise OSError("there are enough warm processes")
        _processes[key] = _WarmProcess(command, env)
    return _processes[key]


def _forget(process: _WarmProcess) -> None:
    for key in [key for key, one in _processes.items() if one is process]:
        del _processes[key]
    process.close()


def _descriptor(asked: Any, number: int, opened: contextlib.ExitStack) -> int:
    """The file descriptor that becomes a kernel's standard stream.

    Raises:
        ValueError: a pipe is asked for, which only a child can have.
    """
    if asked == subprocess.PIPE:
        raise ValueError("a pipe")
    if asked == subprocess.STDOUT:
        return 1
    if asked == subprocess.DEVNULL or (asked is None and number == 0):  # a kernel has nothing to read
        nowhere = os.open(os.devnull, os.O_RDWR)
        opened.callback(os.close, nowhere)
        return nowhere
    if asked is None:
        return number
    return asked if isinstance(asked, int) else int(asked.fileno())
