"""A kernel that is forked from the warm process is what a fresh one is, in everything that a notebook can see, and comes sooner."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from coursekit.kernels import provisioner
from coursekit.kernels.provisioner import NAME, VARIABLE, ForkedKernel

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

PROBE = """
import asyncio, gc, json, locale, logging, os, random, resource, signal, sys, threading, time, warnings
def handler(number):
    found = signal.getsignal(number)
    return getattr(found, "__qualname__", str(found))
print(json.dumps({
    "folder": os.getcwd(),
    "environment": {name: value for name, value in os.environ.items() if name not in ("JPY_SESSION_NAME", "PYTEST_CURRENT_TEST")},
    "path": sys.path,
    "flags": str(sys.flags),
    "arguments": [part for part in sys.argv if "json" not in part and "parent_handle" not in part],
    "command": [part for part in sys.orig_argv if "json" not in part and "parent_handle" not in part],
    "main": [__name__, __doc__, sorted(name for name in globals() if name[:1] != "_" and name not in ("handler",))],
    "signals": {number.name: handler(number) for number in signal.valid_signals() if hasattr(number, "name")},
    "blocked": sorted(map(str, signal.pthread_sigmask(signal.SIG_BLOCK, ()))),
    "leads its group": [os.getpid() == os.getpgrp(), os.getpid() == os.getsid(0)],
    "limits": [resource.getrlimit(one) for one in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE, resource.RLIMIT_CORE)],
    "umask": [os.umask(0o22), os.umask(0o22)],
    "priority": os.getpriority(os.PRIO_PROCESS, 0),
    "locale": [locale.setlocale(locale.LC_ALL), locale.getpreferredencoding(False), sys.getfilesystemencoding()],
    "zone": time.tzname,
    "warnings": [repr(one) for one in warnings.filters],
    "log": [repr(logging.root), len(logging.root.handlers)],
    "threads": sorted(thread.name for thread in threading.enumerate()),
    "garbage": [gc.isenabled(), gc.get_threshold(), gc.get_debug()],
    "trace": [sys.gettrace() is None, sys.getprofile() is None],
    "recursion": sys.getrecursionlimit(),
    "switch": sys.getswitchinterval(),
    "streams": [sys.__stdout__.line_buffering, sys.__stderr__.line_buffering, sys.__stdin__.read()],
    "loop": type(asyncio.get_running_loop()).__name__ if True else "",
}, default=str))
"""


class Running:
    """A kernel, and a client that runs cells in it."""

    def __init__(self, folder: Path, kind: str, **options: Any) -> None:
        environment = {**os.environ, **options.pop("env", {})}
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel(
            cwd=str(folder),
            env=environment,
            extra_arguments=["--IPKernelApp.log_level=40", "--HistoryManager.enabled=False"],
            stderr=subprocess.DEVNULL,
            **options,
        )
        assert self.is_forked is (kind == "warm")
        self.client: BlockingKernelClient = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    @property
    def process(self) -> Any:
        return self.manager.provisioner.process  # type: ignore[union-attr]

    @property
    def is_forked(self) -> bool:
        return isinstance(self.process, ForkedKernel)

    def run(self, source: str, timeout: float = 60) -> str:
        """What a cell prints, or the name of the exception that it raises."""
        said: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            said.append(content["text"] if message["msg_type"] == "stream" else content.get("ename", ""))

        self.client.execute_interactive(source, output_hook=hear, timeout=timeout, allow_stdin=False)
        return "".join(said)

    def stop(self, *, now: bool = True) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=now)


Start = Callable[..., Running]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts kernels, the `usual` kind or the `warm` one."""
    running: list[Running] = []

    def started(kind: str = "warm", **options: Any) -> Running:
        monkeypatch.setenv(VARIABLE, NAME if kind == "warm" else "local-provisioner")
        KernelProvisionerFactory.clear_instance()  # it reads the variable once
        running.append(Running(options.pop("folder", tmp_path), kind, **options))
        return running[-1]

    yield started
    for one in running:
        one.stop()
    KernelProvisionerFactory.clear_instance()


@pytest.fixture(scope="module", autouse=True)
def _no_process_is_left() -> Iterator[None]:
    provisioner.close_all()
    yield
    provisioner.close_all()


@pytest.fixture(params=["usual", "warm"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_notebook_sees_no_difference(start: Start, tmp_path: Path) -> None:
    usual, warm = (
        json.loads(start(kind, env={"A": "é=1", "TZ": "Asia/Tokyo"}).run(PROBE)) for kind in ("usual", "warm")
    )
    usual["environment"].pop(VARIABLE), warm["environment"].pop(VARIABLE)
    for one in (usual, warm):  # which thread's number is which depends on when the debugger was imported
        one["threads"] = [re.sub(r"-\d+$", "", name) for name in one["threads"]]
    for what in usual:
        assert warm[what] == usual[what], what
    assert warm["folder"] == str(tmp_path)
    assert warm["environment"]["A"] == "é=1"


def test_nothing_that_the_course_knows_of_a_notebook_is_shared(start: Start) -> None:
    assert (
        start().run(
            "import sys; print([name for name in sys.modules if name.split('.')[0] in ('coursekit', 'tenpoint')])"
        )
        == "[]\n"
    )


def test_the_files_that_are_open_are_those_of_a_fresh_kernel(start: Start) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("reads the list of open files")
    program = (
        "import json, os\nopened = []\n"
        "for number in os.listdir('/proc/self/fd'):\n"
        "    try: opened.append(os.readlink(f'/proc/self/fd/{number}'))\n"
        "    except OSError: pass\n"
        "print(json.dumps(opened))"
    )
    usual, warm = (json.loads(start(kind).run(program)) for kind in ("usual", "warm"))
    assert {path for path in warm if path.startswith("/")} == {path for path in usual if path.startswith("/")}
    assert abs(len(warm) - len(usual)) <= 3, "how many the message queue has open differs from moment to moment"


def test_an_interrupt_ends_the_cell_only(start: Start, kind: str) -> None:
    running = start(kind)
    cell = running.client.execute("import time\ntime.sleep(60)", stop_on_error=False)
    time.sleep(0.5)
    running.manager.interrupt_kernel()
    while running.client.get_shell_msg(timeout=10)["parent_header"]["msg_id"] != cell:
        pass
    assert running.run("print('here')").endswith("here\n")


def test_a_restart_is_a_new_kernel(start: Start, kind: str) -> None:
    running = start(kind)
    running.run("x = 1")
    before = running.process.pid
    running.manager.restart_kernel(now=True)
    running.client.wait_for_ready(timeout=60)
    assert running.process.pid != before
    assert running.run("print(x)") == "NameError"


def test_an_end_that_is_asked_for_runs_what_is_registered_for_it(start: Start, kind: str, tmp_path: Path) -> None:
    running = start(kind)
    running.run(f"import atexit, pathlib\n_ = atexit.register(pathlib.Path({str(tmp_path / 'ended')!r}).touch)")
    process = running.process
    running.stop(now=False)
    assert (tmp_path / "ended").exists()
    assert process.poll() == 0


@pytest.mark.parametrize(
    ("how", "status"),
    [("import os; os._exit(7)", 7), ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -9)],
)
def test_how_a_kernel_ended_is_known(start: Start, kind: str, how: str, status: int) -> None:
    running = start(kind)
    process = running.process
    running.client.execute(how)
    assert process.wait(timeout=10) == status
    assert process.poll() == status
    process.send_signal(signal.SIGTERM)  # to one that has ended: nothing happens


def test_random_numbers_are_not_shared(start: Start) -> None:
    program = "import os, random, secrets, uuid; print(random.random(), os.urandom(4).hex(), secrets.token_hex(4), uuid.uuid4())"
    assert len({number for _ in range(3) for number in start().run(program).split()}) == 12


def test_a_hash_seed_that_is_asked_for_is_the_one(start: Start) -> None:
    provisioner.close_all()
    usual, warm = (start(kind, env={"PYTHONHASHSEED": "7"}).run("print(hash('tasks'))") for kind in ("usual", "warm"))
    assert warm == usual


def test_kernels_end_with_the_process_that_asked_for_them(tmp_path: Path) -> None:
    program = f"""
import os, sys, time
os.environ[{VARIABLE!r}] = {NAME!r}
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
manager = KernelManager(kernel_name="python3")
manager.start_kernel(extra_arguments=["--IPKernelApp.log_level=40"])
client = manager.blocking_client()
client.start_channels()
client.wait_for_ready(timeout=60)
print(manager.provisioner.process.pid, os.getpid(), flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=tmp_path) as asker:
        assert asker.stdout is not None
        kernel, pid = (psutil.Process(int(number)) for number in asker.stdout.readline().split())
        family = [*pid.children(recursive=True), kernel]
        asker.kill()
    assert psutil.wait_procs(family, timeout=20)[1] == []


def test_a_kernel_that_outlives_its_asker_is_started_as_usual(start: Start) -> None:
    assert start("usual", independent=True).run("print(1)") == "1\n"


def test_a_changed_package_makes_the_old_process_go(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "packages"
    folder.mkdir()
    env = {"PYTHONPATH": str(folder)}
    provisioner.close_all()
    first = start(env=env)
    old = psutil.Process(first.process.pid).parent()
    (folder / "new_one.py").write_text("answer = 42\n")
    second = start(env=env)
    assert second.run("import new_one; print(new_one.answer)") == "42\n"
    new = psutil.Process(second.process.pid).parent()
    assert old is not None and new is not None and old.pid != new.pid


def test_where_nothing_can_be_forked_a_kernel_starts_as_usual(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "warm.py"
    for program in (
        "raise SystemExit(1)",
        "import time; time.sleep(60)",
        "import socket, sys; socket.socket(fileno=int(sys.argv[1])).sendall(b'odd\\n')",
    ):
        broken.write_text(program)
        monkeypatch.setattr(provisioner, "_PROGRAM", broken)
        monkeypatch.setattr(provisioner, "_PATIENCE", 0.5)
        provisioner.close_all()
        monkeypatch.setenv(VARIABLE, NAME)
        KernelProvisionerFactory.clear_instance()
        running = Running(tmp_path, "usual")
        assert running.run("print(1)") == "1\n"
        running.stop()
    KernelProvisionerFactory.clear_instance()


def test_ten_kernels_come_from_one_process(start: Start) -> None:
    running = [start() for _ in range(10)]
    assert len({psutil.Process(one.process.pid).ppid() for one in running}) == 1
    assert [one.run(f"print({number})") for number, one in enumerate(running)] == [
        f"{number}\n" for number in range(10)
    ]


def test_a_port_that_is_taken_meanwhile_holds_nobody_up(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The forked kernel ends at once, and the usual one is tried; here the port is free again by then."""
    usual, taken = LocalProvisioner.launch_kernel, socket.socket()

    async def launch(self: LocalProvisioner, cmd: list[str], **kwargs: Any) -> Any:
        taken.close()
        return await usual(self, cmd, **kwargs)

    fork = provisioner._fork

    def fork_too_late(cmd: list[str], kwargs: dict[str, Any]) -> ForkedKernel | None:
        info = json.loads(Path(cmd[cmd.index("-f") + 1]).read_text())
        taken.bind(("127.0.0.1", info["shell_port"]))
        taken.listen()
        return fork(cmd, kwargs)

    monkeypatch.setattr(LocalProvisioner, "launch_kernel", launch)
    monkeypatch.setattr(provisioner, "_fork", fork_too_late)
    monkeypatch.setenv(VARIABLE, NAME)
    KernelProvisionerFactory.clear_instance()
    running = Running(tmp_path, "usual")
    assert running.run("print(1)") == "1\n"
    running.stop()
    KernelProvisionerFactory.clear_instance()
