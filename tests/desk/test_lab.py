"""`course` starts JupyterLab in the workspace, says where it is, and leaves nothing running."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from coursekit.course.errors import CourseError
from coursekit.desk import lab

NOTEBOOK = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one lesson."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "00_1_start_here.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    return tmp_path


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(course: Path) -> Iterator[Start]:
    """Start `course` for that course, in a workspace whose name needs care."""
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: str, **environment: str) -> "subprocess.Popen[str]":
        own = {"COURSE_ROOT": str(course), "COURSE_WORKSPACE": str(course / "Mein Kurs, schön"), "HOME": str(course)}
        process = subprocess.Popen(
            [sys.executable, "-m", "coursekit.desk.command", *arguments],
            env={**os.environ, "http_proxy": "http://127.0.0.1:9", **own, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=60)


def address(process: "subprocess.Popen[str]") -> str:
    """The address that `course` printed, once it has."""
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+/\S+", line)
    assert found, line or (process.stderr.read() if process.stderr else "")
    return found[0]


def ask(url: str, method: str = "GET", path: str | None = None) -> tuple[int, bytes]:
    """Status and body of an answer from the server behind an address, with the address's token."""
    start, token = url.split("?token=")
    if path is not None:
        start = re.match(r"http://[^/]+/", start)[0] + path  # type: ignore[index]
    request = urllib.request.Request(start, method=method, headers={"Authorization": f"token {token}"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=60) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read()


def end(process: "subprocess.Popen[str]", number: int = signal.SIGINT) -> tuple[int, str, str]:
    """Send a signal and return the exit status and what was still printed."""
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


# --- the whole way ---


def test_jupyterlab_opens_at_the_lesson_and_ends_with_its_kernels(course: Path, start: Start) -> None:
    workspace = course / "Sarah's Kurs, schön"
    process = start("--no-browser", "--port", "0", "--workspace", str(workspace))
    url = address(process)
    status, page = ask(url)
    assert status == 200
    assert url.split("?")[0].endswith("/lab/tree/00_1_start_here.ipynb")
    config = json.loads(re.search(rb'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert "@jupyterlab/apputils-extension:announcements" in config["disabledExtensions"], "it asks about news"
    delivered = [item["name"] for item in json.loads(ask(url, path="api/contents")[1])["content"]]
    assert sorted(delivered) == ["00_1_start_here.ipynb", "index.ipynb"]
    assert ask(url, "POST", "api/kernels")[0] == 201

    family = psutil.Process(process.pid).children(recursive=True)
    server = family[0]
    assert len(family) == 3, "the server, the process that forks kernels, and a kernel"
    token = url.split("=")[1]
    assert len(token) == 48
    assert not any(token in argument for each in family for argument in each.cmdline())
    assert server.environ()["COURSE_WORKSPACE"] == str(workspace)
    assert {each.laddr.ip for each in server.net_connections() if each.status == "LISTEN"} == {"127.0.0.1"}

    status, out, err = end(process)
    assert (status, err) == (0, "")
    assert "Your work is in" in out
    assert token not in out
    assert not any(each.is_running() and each.status() != psutil.STATUS_ZOMBIE for each in family)
    with pytest.raises(OSError, match="refused"):
        ask(url)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, getattr(signal, "SIGHUP", 0)])
def test_a_closed_terminal_ends_it_too(start: Start, number: int) -> None:
    process = start("lab", "--no-browser", "--port", "0")
    address(process)
    server = psutil.Process(process.pid).children()[0]
    assert end(process, number)[0] == 0
    assert not server.is_running()


def test_even_a_killed_course_leaves_nothing_running(start: Start) -> None:
    process = start("--no-browser", "--port", "0")
    assert ask(address(process), "POST", "api/kernels")[0] == 201
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) == 3
    process.kill()
    assert psutil.wait_procs(family, timeout=60)[1] == []


def test_a_stranger_without_the_token_is_refused(start: Start) -> None:
    url = address(start("--no-browser", "--port", "0"))
    assert ask(url.split("?")[0] + "?token=wrong", path="api/contents")[0] == 403


def test_shut_down_in_jupyterlab_is_an_end_like_any_other(start: Start) -> None:
    process = start("--no-browser", "--port", "0")
    assert ask(address(process), "POST", "api/shutdown")[0] == 200
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")


def test_a_server_that_dies_is_reported(course: Path, start: Start) -> None:
    process = start("--no-browser", "--port", "0")
    address(process)
    psutil.Process(process.pid).children()[0].kill()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.startswith("JupyterLab ended with an error: ")
    assert err.rstrip().endswith(str(course / "Mein Kurs, schön" / ".course" / "jupyter.log"))


@pytest.mark.skipif(os.name == "nt", reason="the browser here is a shell script")
def test_the_browser_gets_the_address_and_no_terminal(course: Path, start: Start) -> None:
    browser, seen = course / "browser", course / "seen"
    browser.write_text(
        f'#!/bin/sh\n{{ (: < /dev/tty) 2>&1 && echo terminal; echo "$1"; }} > "{seen}.new"\nmv "{seen}.new" "{seen}"\n'
    )
    browser.chmod(0o755)
    process = start("--port", "0", BROWSER=str(browser))
    url = address(process)
    for _ in range(600):
        if seen.exists():
            break
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.1)
    *said, opened = seen.read_text().splitlines()
    page = Path(urlsplit(opened).path)
    assert url in page.read_text(encoding="utf-8"), "the page leads to the address"
    assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700, "nobody else can read it"
    assert "terminal" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="reads the list of processes")
def test_no_process_shows_the_token(course: Path, start: Start) -> None:
    browser = course / "browser"
    browser.write_text("#!/bin/sh\nexec sleep 5\n")
    browser.chmod(0o755)
    token = address(start("--port", "0", BROWSER=str(browser))).partition("token=")[2]
    assert token
    shown = [" ".join(one.info["cmdline"] or []) for one in psutil.process_iter(["cmdline"])]
    assert not [line for line in shown if token in line]


def test_a_learners_own_server_settings_do_not_get_in_the_way(course: Path, start: Start) -> None:
    (course / ".jupyter").mkdir()
    (course / ".jupyter" / "jupyter_server_config.py").write_text(
        "c.ServerApp.ip = '0.0.0.0'\nc.ServerApp.base_url = '/x/'\nc.IdentityProvider.token = ''\n"
    )
    (course / "Mein Kurs, schön").mkdir()
    (course / "Mein Kurs, schön" / "tornado.py").write_text("raise SystemExit('not this one')\n")
    assert ask(address(start("--no-browser", "--port", "0")))[0] == 200


# --- ports ---


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_one_line(start: Start, taken: int) -> None:
    process = start("--no-browser", "--port", str(taken))
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert err == f"Port {taken} is taken by another program. Leave --port out, or try --port 0 for any free one.\n"


def test_without_a_wish_the_next_free_port_is_taken(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "FIRST_PORT", taken)
    assert taken < lab.free_port(None) < taken + 100
    assert lab.free_port(0) not in (0, taken)


def test_when_all_ports_are_taken(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "FIRST_PORT", taken)
    monkeypatch.setattr(lab, "PORTS", 1)
    with pytest.raises(CourseError, match=r"are all taken\. Try --port 0"):
        lab.free_port(None)


def test_a_port_that_only_root_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: socket.socket, address: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(CourseError, match="Port 80 is not allowed for you"):
        lab.free_port(80)


# --- when it does not start ---


def test_a_server_that_does_not_start_is_reported(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (course / ".course").mkdir()
    monkeypatch.setattr(lab, "SERVER", ("-c", "print('first'); raise SystemExit('the last thing it said')"))
    with pytest.raises(CourseError, match=r"JupyterLab did not start: the last thing it said.*jupyter\.log"):
        lab.run_lab(course, "00_start_here", browser=False, port=0)


def test_a_server_that_never_answers_is_ended(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (course / ".course").mkdir()
    monkeypatch.setattr(lab, "SERVER", ("-c", "import time; time.sleep(600)"))
    monkeypatch.setattr(lab, "START_LIMIT", 0.5)
    monkeypatch.setattr(lab, "STOP_LIMIT", 0.1)
    before = psutil.Process().children()
    with pytest.raises(CourseError, match="did not answer within"):
        lab.run_lab(course, "00_start_here", browser=False, port=0)
    assert psutil.Process().children() == before


def test_a_workspace_that_cannot_hold_a_log_is_reported(course: Path) -> None:
    (course / ".course" / "jupyter.log").mkdir(parents=True)
    with pytest.raises(CourseError, match="JupyterLab cannot start in"):
        lab.run_lab(course, "00_start_here", browser=False, port=0)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen")
@pytest.mark.parametrize(
    ("environment", "possible"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "w"}, True),
        ({"BROWSER": "x"}, True),
        ({"DISPLAY": ""}, False),
    ],
)
def test_a_browser_needs_a_screen(environment: dict[str, str], possible: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert lab.can_open_browser() is possible
