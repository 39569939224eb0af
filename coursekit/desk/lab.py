"""Starts JupyterLab in the learner's workspace, opens it at a lesson, and ends it cleanly."""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from urllib.parse import quote

from coursekit.course.errors import CourseError
from coursekit.course.processes import in_a_group_of_its_own
from coursekit.kernels import provisioner as kernels
from coursekit.notebook.store import MARKER

FIRST_PORT = 8888
PORTS = 100
"""How many ports are tried if the learner names none."""
START_LIMIT = 60.0
"""How many seconds the server may take until it answers."""
STOP_LIMIT = 10.0
"""How many seconds the server may take to end its kernels and itself."""

SERVER = ("-m", "coursekit.desk.server")
"""The arguments that make Python run the server."""

NOT_FOR_LEARNERS = {
    "@jupyterlab/apputils-extension:announcements": True,  # asks about news and checks for updates
    # the next three are about language servers, which JupyterLab looks for with npm
    "@jupyterlab/lsp-extension": True,
    "@jupyterlab/fileeditor-extension:language-server": True,
    "@jupyterlab/notebook-extension:language-server": True,
    "jupyterlab-jupytext": True,  # a second way to store notebooks
}
"""The extensions of JupyterLab that are turned off."""


def run_lab(workspace: Path, lesson: str, *, browser: bool = True, port: int | None = None) -> None:
    """Run JupyterLab in the workspace until Ctrl+C or until the learner shuts it down.

    Without a `port`, JupyterLab uses 8888 or the next free port. 0 means any free port.

    Raises:
        CourseError: the port is taken, or JupyterLab doesn't start or ends with an error.
    """
    port = free_port(port)
    token = secrets.token_hex(24)
    log = workspace / MARKER / "jupyter.log"
    address = f"http://127.0.0.1:{port}/"
    url = f"{address}lab/tree/{quote(lesson)}.ipynb?token={token}"
    with _ended_by_signals():
        opens = browser and can_open_browser()
        process = _start(workspace, lesson, port, token, log, opens=opens)
        try:
            _wait_until_it_answers(process, address, log)
            print(f"JupyterLab is open at  {url}" if opens else f"Open this address in your browser:  {url}")
            print("Ctrl+C here ends it.", flush=True)
            process.wait()
        except KeyboardInterrupt:
            print("\nJupyterLab is closing. Your work is in", workspace)
            return
        finally:
            _stop(process)
    if process.returncode:
        raise CourseError(f"JupyterLab ended with an error: {_last_line(log)} The whole story is in {log}")


def free_port(wanted: int | None) -> int:
    """Return a port of 127.0.0.1 that no program listens on: the wanted one, or without one 8888 or the next free port.

    Raises:
        CourseError: the wanted port is taken or not allowed, or every port that was tried is taken.
    """
    candidates = range(FIRST_PORT, FIRST_PORT + PORTS) if wanted is None else [wanted]
    for candidate in candidates:
        with socket.socket() as probe:
            if os.name == "posix":  # count a port as free that was closed a moment ago (not what this means on Windows)
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", candidate))
            except PermissionError:
                raise CourseError(
                    f"Port {candidate} is not allowed for you. Leave --port out, or try --port 0."
                ) from None
            except OSError:
                continue
            return int(probe.getsockname()[1])
    if wanted is None:
        raise CourseError(
            f"Ports {FIRST_PORT} to {FIRST_PORT + PORTS - 1} are all taken. Try --port 0 for any free one."
        )
    raise CourseError(f"Port {wanted} is taken by another program. Leave --port out, or try --port 0 for any free one.")


def can_open_browser() -> bool:
    """Whether a browser can open: there is a screen, or $BROWSER names a program."""
    if os.environ.get("BROWSER") or sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _start(workspace: Path, lesson: str, port: int, token: str, log: Path, *, opens: bool) -> subprocess.Popen[bytes]:
    """Start the server in a session of its own, where Ctrl+C doesn't reach it and it can't ask the terminal "are you sure?".

    Raises:
        CourseError: the server cannot be started.
    """
    own = workspace / MARKER / "jupyter"
    command = [
        *(sys.executable, "-P", *SERVER),  # -P keeps Python from importing files in the workspace
        f"--ServerApp.open_browser={opens}",  # opens a file that only the learner can read, so no process list shows the token
        f"--LabApp.default_url=/lab/tree/{quote(lesson)}.ipynb",
        f"--ServerApp.root_dir={workspace}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.jpserver_extensions={'jupyterlab_jupytext': False, 'jupyter_lsp': False}",
        "--LabApp.extension_manager=readonly",
    ]
    if os.name == "posix" and os.geteuid() == 0:
        command.append("--allow-root")
    try:
        page_config = own / "labconfig" / "page_config.json"
        page_config.parent.mkdir(parents=True, exist_ok=True)
        page_config.write_text(json.dumps({"disabledExtensions": NOT_FOR_LEARNERS}), encoding="utf-8")
        with log.open("wb") as output:
            return subprocess.Popen(
                command,
                cwd=workspace,
                env=_environment(workspace, own, token),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                **in_a_group_of_its_own(),
            )
    except OSError as error:
        raise CourseError(
            f"JupyterLab cannot start in {workspace}: {error.strerror}. Choose another folder with --workspace."
        ) from error


def _environment(workspace: Path, own: Path, token: str) -> dict[str, str]:
    """The environment of the server, whose settings are in the folder `own`."""
    environment = os.environ | {
        "JUPYTER_TOKEN": token,
        "COURSE_WORKSPACE": str(workspace),
        # The learner's own server settings (such as a password or a certificate) and open tabs are for other servers.
        "JUPYTER_CONFIG_DIR": str(own),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "tabs"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        kernels.VARIABLE: kernels.NAME,
    }
    # The learner's theme, font size and keyboard shortcuts apply here, too.
    environment.setdefault("JUPYTERLAB_SETTINGS_DIR", str(Path("~/.jupyter/lab/user-settings").expanduser()))
    return environment


def _wait_until_it_answers(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Return once the server answers.

    Raises:
        CourseError: the server ended, or didn't answer in time.
    """
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise CourseError(f"JupyterLab did not start: {_last_line(log)} The whole story is in {log}")
        with contextlib.suppress(OSError):
            _ask(f"{address}api")
            return
        time.sleep(0.05)
    raise CourseError(f"JupyterLab did not answer within {START_LIMIT:.0f} seconds. What it said is in {log}")


def _ask(url: str) -> None:
    """Ask our own server, never a proxy from the environment.

    Raises:
        OSError: it does not answer well within two seconds.
    """
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    opener.open(url, timeout=2).close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Let the server end its kernels and itself, which it does when the pipe to it closes; kill it if it doesn't."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(STOP_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _last_line(log: Path) -> str:
    """The last line in the server's log."""
    with contextlib.suppress(OSError):
        lines = [
            line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()
        ]
        if lines:
            return lines[-1]
    return "it said nothing."


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Make a closed terminal and `kill` end this process as Ctrl+C does. Only the first signal counts, so the shutdown isn't interrupted."""

    def end(number: int, frame: FrameType | None) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    signals = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {each: signal.signal(each, end) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
