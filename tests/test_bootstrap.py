"""Set-up: what it makes, and the one line that it prints when it cannot."""

import ast
import hashlib
import importlib.util
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
from collections import namedtuple
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
import yaml

ROOT = Path(__file__).parent.parent
LOG = ".venv/setup.log"

# A project and a package as small as can be, so that the real pip installs them without a network.
BACKEND = """
import zipfile

def wheel(folder, name, files):
    info = f"{name}-1.0.dist-info"
    files |= {
        f"{info}/METADATA": f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{path},,\\n" for path in [*files, f"{info}/RECORD"])
    path = f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{path}", "w") as archive:
        for each, content in files.items():
            member = zipfile.ZipInfo(each)
            member.external_attr = (0o100755 if "/scripts/" in each else 0o100644) << 16
            archive.writestr(member, content)
    return path

def build_editable(folder, config_settings=None, metadata_directory=None):
    return wheel(folder, "tiny_course", {"tiny_course.pth": "."})
"""
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone that has not been set up, in a folder whose name needs care."""
    folder = tmp_path_factory.mktemp("clone") / "my FastAPI cöurse"
    folder.mkdir()
    shutil.copy(ROOT / "bootstrap.py", folder)
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (folder / "requirements-dev.lock").touch()
    make_wheel(folder, "tiny_package", {"tiny_package.py": ""})
    make_wheel(folder, "tiny_tool", {"tiny_tool.py": ""})
    return folder


def make_wheel(folder: Path, name: str, files: dict[str, str]) -> None:
    """Put a package into the folder that packages come from."""
    namespace: dict[str, object] = {}
    exec(BACKEND, namespace)
    namespace["wheel"](folder, name, files)  # type: ignore[operator]


def pin(clone: Path, name: str = "tiny_package") -> str:
    """The right line for the lock."""
    digest = hashlib.sha256((clone / f"{name}-1.0-py3-none-any.whl").read_bytes()).hexdigest()
    return f"{name.replace('_', '-')}==1.0 --hash=sha256:{digest}\n"


def set_up(
    clone: Path, lock: str, *options: str, more: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run set-up with this lock, and the clone itself as the only place that packages come from.

    The lock for development has `more` than the learner's.
    """
    (clone / "requirements.lock").write_text(lock, encoding="utf-8")
    (clone / "requirements-dev.lock").write_text(lock + more, encoding="utf-8")
    own = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": clone.as_uri(), "PIP_CONFIG_FILE": os.devnull, "PIP_USER": "1"}
    own["UV_CACHE_DIR"] = str(clone.parent / "uv-cache")
    return subprocess.run(
        [sys.executable, "bootstrap.py", *options],
        cwd=clone,
        env={**os.environ, **own, **environment},
        capture_output=True,
        text=True,
    )


def assert_one_line(result: "subprocess.CompletedProcess[str]", told: str) -> None:
    assert result.returncode == 1, result.stdout
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def installer(clone: Path, name: str) -> str | None:
    """The program that installed a package: `pip` or `uv`. None if it isn't installed."""
    found = list((clone / ".venv").rglob(f"{name}-1.0.dist-info/INSTALLER"))
    return found[0].read_text("utf-8").strip() if found else None


# --- the whole way, in the order in which a bad day goes ---


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_an_interrupted_set_up_is_told_and_forgotten(clone: Path) -> None:
    (clone / "requirements.lock").write_text(pin(clone), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "bootstrap.py"], cwd=clone, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert "about a minute" in process.stdout.readline()
    assert process.stdout.readline().startswith("1/3 ")
    while not (clone / LOG).exists():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert (process.returncode, err) == (1, "Set-up was interrupted. Run the same command again: it starts afresh.\n")
    assert (clone / ".venv").exists()
    assert not (clone / ".venv" / ".course-ready").exists()


def test_without_a_network(clone: Path) -> None:
    nobody = {"PIP_NO_INDEX": "0", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1"}
    result = set_up(clone, pin(clone), **nobody)
    assert_one_line(result, "The package registry cannot be reached. Check the network")
    assert str(clone / LOG) in result.stderr
    assert "Failed to establish a new connection" in (clone / LOG).read_text("utf-8")


def test_a_package_that_is_not_the_one_named(clone: Path) -> None:
    result = set_up(clone, "tiny-package==1.0 --hash=sha256:" + "0" * 64 + "\n")
    assert_one_line(result, "A downloaded package is not the one that requirements.lock names. Run `git checkout")
    assert str(clone / LOG) in result.stderr
    assert not (clone / ".venv" / ".course-ready").exists()


def test_then_it_works_and_the_second_run_does_nothing(clone: Path) -> None:
    result = set_up(clone, pin(clone))
    assert (result.returncode, result.stderr) == (0, "")
    first, *phases, last = result.stdout.splitlines()
    assert "about a minute" in first
    assert phases[0] == "1/3 An environment of its own: .venv"
    assert phases[-1] == "3/3 The course"
    assert re.fullmatch(r"Ready after \d+ seconds\.", last)
    python = clone / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    shown = subprocess.check_output([python, "-m", "pip", "list", "--format", "freeze"], text=True, cwd=clone)
    assert "tiny_package==1.0" in shown.replace("-", "_")
    assert "tiny_course==1.0" in shown.replace("-", "_")

    before = (clone / ".venv" / ".course-ready").stat().st_mtime_ns
    result = set_up(clone, pin(clone), PATH="")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert (clone / ".venv" / ".course-ready").stat().st_mtime_ns == before


def test_a_changed_project_is_installed_again_and_nothing_else(clone: Path) -> None:
    assert set_up(clone, pin(clone)).returncode == 0
    (clone / "pyproject.toml").write_text(PROJECT + "# changed\n", encoding="utf-8")
    (clone / ".venv" / "a file of mine").touch()
    result = set_up(clone, pin(clone))
    assert (result.returncode, result.stderr) == (0, "")
    assert "1/3" not in result.stdout
    assert "3/3 The course" in result.stdout
    assert (clone / ".venv" / "a file of mine").exists()


# --- a learner's packages, and those for development ---


def test_development_adds_to_what_a_learner_has(clone: Path) -> None:
    shutil.rmtree(clone / ".venv", ignore_errors=True)
    both = {"more": pin(clone, "tiny_tool")}
    assert set_up(clone, pin(clone), **both).returncode == 0
    assert (installer(clone, "tiny_package"), installer(clone, "tiny_tool")) == ("pip", None)
    (clone / ".venv" / "a file of mine").touch()

    result = set_up(clone, pin(clone), "--dev", **both)
    assert (result.returncode, result.stderr) == (0, "")
    assert "1/3" not in result.stdout, "what is there stays"
    assert "3/3" not in result.stdout, "the course itself is installed"
    assert (installer(clone, "tiny_tool"), (clone / ".venv" / "a file of mine").exists()) == ("pip", True)

    for options in [(), ("--dev",)]:
        result = set_up(clone, pin(clone), *options, **both)
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_a_changed_project_keeps_what_development_added(clone: Path) -> None:
    both = {"more": pin(clone, "tiny_tool")}
    assert set_up(clone, pin(clone), "--dev", **both).returncode == 0
    (clone / "pyproject.toml").write_text(PROJECT + "# changed again\n", encoding="utf-8")
    assert "3/3 The course" in set_up(clone, pin(clone), **both).stdout
    assert set_up(clone, pin(clone), "--dev", **both).stdout == ""


def test_an_option_that_there_is_not(clone: Path) -> None:
    assert_one_line(set_up(clone, pin(clone), "--help"), "The only option is --dev: `python bootstrap.py --dev` adds")


# --- uv does it where it can ---


UV = Path(sysconfig.get_path("scripts"), "uv.exe" if os.name == "nt" else "uv")


def uv_that_runs(clone: Path, script: str) -> str:
    """Put a wheel of uv with this shell script in it into the clone. Returns its line for the lock."""
    make_wheel(clone, "uv", {"uv-1.0.data/scripts/uv": f"#!/bin/sh\n{script}\n"})
    return pin(clone, "uv")


without_sh = pytest.mark.skipif(os.name == "nt", reason="uv is a shell script here")


@without_sh
def test_uv_installs_what_a_learner_needs_from_where_pip_finds_it(clone: Path) -> None:
    shutil.rmtree(clone / ".venv", ignore_errors=True)
    result = set_up(clone, pin(clone), more=uv_that_runs(clone, f'exec {shlex.quote(str(UV))} "$@"'))
    assert (result.returncode, result.stderr) == (0, "")
    assert installer(clone, "tiny_package") == "uv", result.stdout
    assert installer(clone, "tiny_course") == "pip"
    assert installer(clone, "uv") is None
    assert not (clone / ".venv" / "uv").exists(), "40 MB"


@without_sh
def test_pip_starts_again_where_uv_fails_and_nothing_is_lost(clone: Path) -> None:
    assert set_up(clone, pin(clone)).returncode == 0
    more = uv_that_runs(clone, "echo error: odd; exit 2") + pin(clone, "tiny_tool")
    result = set_up(clone, pin(clone), "--dev", more=more)
    assert (result.returncode, result.stderr) == (0, "")
    assert "uv could not install the packages (error: odd). Starting again with pip" in result.stdout
    assert [installer(clone, name) for name in ("tiny_package", "tiny_tool", "tiny_course")] == ["pip"] * 3
    assert set_up(clone, pin(clone), "--dev", more=more).stdout == ""


@pytest.fixture
def bare_venv(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """bootstrap.py in a folder with a .venv that has no pip, which uv does not need."""
    venv.create(bootstrap.VENV, clear=True)
    monkeypatch.setattr(bootstrap, "make_venv", lambda: None)
    make_wheel(Path(bootstrap.ROOT), "tiny_package", {"tiny_package.py": ""})
    settings = {"no-index": "1", "find-links": bootstrap.ROOT}
    monkeypatch.setattr(bootstrap, "pip_settings", lambda: settings)
    monkeypatch.setenv("UV_CACHE_DIR", str(Path(bootstrap.ROOT, "cache")))
    return bootstrap


def installed_by(bootstrap: ModuleType, uv: Path, lock: str) -> bool:
    """True if set-up is content with what this uv makes of this lock."""
    file = Path(bootstrap.ROOT, "tiny.lock")
    file.write_text(lock, encoding="utf-8")
    done: bool = bootstrap.uv_installs(str(uv), str(file), bootstrap.Progress("2/3"))
    return done


def test_uv_checks_hashes_even_if_it_was_told_not_to(bare_venv: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_NO_VERIFY_HASHES", "1")
    folder = Path(bare_venv.ROOT)
    assert not installed_by(bare_venv, UV, "tiny-package==1.0 --hash=sha256:" + "0" * 64 + "\n")
    assert not installed_by(bare_venv, UV, "tiny-package==1.0\n")
    assert installer(folder, "tiny_package") is None
    assert installed_by(bare_venv, UV, pin(folder))
    assert installer(folder, "tiny_package") == "uv"


@pytest.mark.parametrize("content", [b"#!/bin/sh\nkill -9 $$\n", b"\x7fELF of another kind of machine", None])
def test_a_uv_that_cannot_run(bare_venv: ModuleType, capsys: pytest.CaptureFixture[str], content: bytes | None) -> None:
    uv = Path(bare_venv.ROOT, "uv")
    if content:
        uv.write_bytes(content)
        uv.chmod(0o755)
    assert not installed_by(bare_venv, uv, pin(Path(bare_venv.ROOT)))
    assert "uv could not install the packages (" in capsys.readouterr().out


def test_where_there_is_no_uv_pip_goes_on(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(command: list[str], show: object) -> None:
        raise bootstrap.Problem("No matching distribution found for uv")

    monkeypatch.setattr(bootstrap, "run", refuse)
    assert bootstrap.fetch_uv(lambda log: None) is None
    Path(bootstrap.DEV_LOCK).write_text("", encoding="utf-8")
    assert bootstrap.fetch_uv(lambda log: None) is None


@pytest.fixture
def asked_of_uv(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], tuple[list[str], dict[str, str]]]:
    """Returns what install_with_uv runs, and with which variables, when pip's configuration is this text."""
    for name in list(os.environ):
        if name.startswith(("PIP_", "UV_", "SSL_")):
            monkeypatch.delenv(name)
    run: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(bootstrap, "venv_python", lambda: sys.executable)
    real = bootstrap.run

    def note(command: list[str], show: object, variables: dict[str, str] | None = None) -> None:
        if command[0] == "uv":
            assert variables is not None
            run.append((command, variables))
        else:
            real(command, show)

    def ask(configuration: str) -> tuple[list[str], dict[str, str]]:
        file = Path(bootstrap.ROOT, "pip.conf")
        file.write_text(configuration, encoding="utf-8")
        monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
        monkeypatch.setattr(bootstrap, "run", note)
        bootstrap.install_with_uv("uv", bootstrap.LOCK, lambda log: None)
        return run[-1]

    return ask


def test_uv_looks_where_pip_is_told_to_look(
    asked_of_uv: Callable[[str], tuple[list[str], dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_FIND_LINKS", "/wheels /more")
    monkeypatch.setenv("UV_INSECURE_HOST", "from-uv")
    command, variables = asked_of_uv(
        "[global]\nindex-url = https://one.example/simple\ncert = /ca.pem\ntrusted-host = from-pip\nfind-links = /not\n"
        "[install]\nindex-url = https://two.example/simple\nextra-index-url =\n  https://a.example\n  https://b.example\n"
    )
    assert {"--require-hashes", "--no-deps"} < set(command)
    assert "--no-index" not in command
    assert variables["UV_DEFAULT_INDEX"] == "https://two.example/simple"
    assert variables["UV_INDEX"] == "https://a.example https://b.example"
    assert variables["UV_FIND_LINKS"] == "/wheels,/more"
    assert variables["SSL_CERT_FILE"] == "/ca.pem"
    assert variables["UV_INSECURE_HOST"] == "from-uv", "what the user told uv itself"


def test_uv_uses_no_index_where_pip_uses_none(
    asked_of_uv: Callable[[str], tuple[list[str], dict[str, str]]],
) -> None:
    command, variables = asked_of_uv("[global]\nno-index = true\n")
    assert "--no-index" in command
    assert "UV_DEFAULT_INDEX" not in variables


# --- when is there nothing to do? ---


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """bootstrap.py as a module, in a folder of its own that looks set up."""
    for name in ("bootstrap.py", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    spec = importlib.util.spec_from_file_location("bootstrap_in_test", tmp_path / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    Path(module.venv_python()).parent.mkdir(parents=True)
    Path(module.venv_python()).touch()
    module.write_stamp([*module.foundation(), module.course_line()])
    assert module.is_ready()
    yield module


def test_line_ends_do_not_count(bootstrap: ModuleType) -> None:
    lock = Path(bootstrap.LOCK)
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert bootstrap.is_ready()


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_file_means_work(bootstrap: ModuleType, name: str) -> None:
    with Path(bootstrap.ROOT, name).open("a") as file:
        file.write("# changed\n")
    assert not bootstrap.is_ready()


def test_a_learners_set_up_is_not_enough_for_development(bootstrap: ModuleType) -> None:
    assert not bootstrap.is_ready(dev=True)


def test_a_set_up_for_development_serves_a_learner(bootstrap: ModuleType) -> None:
    bootstrap.write_stamp([*bootstrap.foundation(), bootstrap.dev_line(), bootstrap.course_line()])
    assert bootstrap.is_ready(dev=True)
    assert bootstrap.is_ready()


def test_a_changed_lock_for_development_means_work_only_there(bootstrap: ModuleType) -> None:
    bootstrap.write_stamp([*bootstrap.foundation(), bootstrap.dev_line(), bootstrap.course_line()])
    with Path(bootstrap.DEV_LOCK).open("a") as file:
        file.write("# changed\n")
    assert not bootstrap.is_ready(dev=True)
    assert bootstrap.is_ready()


def test_another_python_means_work(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 99, 0, "final", 0))
    assert not bootstrap.is_ready()


def test_a_removed_python_means_work(bootstrap: ModuleType) -> None:
    python = Path(bootstrap.venv_python())
    python.unlink()
    python.symlink_to("/nowhere/bin/python3")
    assert not bootstrap.is_ready()


def test_a_moved_clone_means_work(bootstrap: ModuleType) -> None:
    stamp = [*bootstrap.foundation(), bootstrap.course_line()]
    bootstrap.write_stamp([line.replace(bootstrap.ROOT, "/elsewhere") for line in stamp])
    assert not bootstrap.is_ready()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"python 3"])
def test_a_damaged_stamp_means_work(bootstrap: ModuleType, content: bytes) -> None:
    Path(bootstrap.STAMP).write_bytes(content)
    assert not bootstrap.is_ready()


# --- what is asked of pip ---


def test_every_package_is_checked_and_a_newer_pip_comes_first(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "run", lambda command, show: asked.append(command))
    bootstrap.install_packages(bootstrap.LOCK)
    uv, first, second = asked  # nothing ran, so there is no uv, and pip goes on
    for command in asked:
        assert {"--require-hashes", "--no-deps"} < set(command)
    for name, command in (("uv", uv), ("pip", first)):
        pinned = Path(command[-1]).read_text("utf-8")
        assert re.fullmatch(rf"{name}==\S+ \\\n( +--hash=sha256:\w{{64}}( \\)?\n)+", pinned)
    assert second[-1] == bootstrap.LOCK


# --- what it says when it cannot ---

Usage = namedtuple("Usage", "total used free")


def told_by(bootstrap: ModuleType, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """The one line that set-up prints when it fails."""
    assert bootstrap.main(options) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    return err


def test_a_full_disk(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(bootstrap.STAMP).unlink()
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(0, 0, 300 * 2**20))
    assert told_by(bootstrap, capsys).startswith("The disk is too full: 300 MB are free, and set-up needs 1000 MB.")


def test_a_disk_that_fills_up_meanwhile(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(bootstrap.STAMP).unlink()
    free = iter([2000 * 2**20, 0])
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(0, 0, next(free)))
    monkeypatch.setattr(bootstrap, "base_python", lambda: shutil.which("false"))
    assert told_by(bootstrap, capsys).startswith("The disk is full. Make room")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(13, "Permission denied", "/opt/course/.venv"), "You may not write to "),
        (OSError(30, "Read-only file system", "/cdrom/.venv"), "You may not write to "),
        (OSError(28, "No space left on device"), "The disk is full."),
        (OSError(5, "Input/output error"), "Set-up failed ([Errno 5] Input/output error). Delete the folder "),
    ],
)
def test_a_folder_that_cannot_be_written(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: OSError,
    told: str,
) -> None:
    def refuse(path: str) -> None:
        raise error

    Path(bootstrap.STAMP).unlink()
    monkeypatch.setattr(os, "mkdir", refuse)
    assert told_by(bootstrap, capsys).startswith(told)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "pyproject.toml"])
def test_a_missing_file(bootstrap: ModuleType, capsys: pytest.CaptureFixture[str], name: str) -> None:
    Path(bootstrap.ROOT, name).unlink()
    assert f"{name} is missing. `git checkout {name}` brings it back." in told_by(bootstrap, capsys, "--dev")


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
            "The disk is full",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "is not the one that"),
        (
            "WARNING: Retrying (total=4) after 'NewConnectionError': Failed to establish a new connection\n"
            "ERROR: No matching distribution found for anyio==4.16.0\n",
            "cannot be reached",
        ),
        ("There was a problem confirming the ssl certificate: CERTIFICATE_VERIFY_FAILED\n", "PIP_CERT"),
        (
            "ERROR: No matching distribution found for playwright==1.65.2\n",
            "No package of playwright==1.65.2 fits this",
        ),
        (
            "  error: subprocess-exited-with-error\n  ERROR: Failed building wheel for pyyaml\nhint: above",
            "No package of pyyaml",
        ),
        ("The virtual environment was not created successfully because ensurepip is not available.", "-venv`"),
        ("error: [Errno 13] Permission denied: '/opt'", "You may not write to "),
        ("ERROR: something new\nhint: See above for details.\n", "Set-up failed: ERROR: something new."),
        ("", "Set-up failed: it said nothing."),
    ],
)
def test_what_pip_says_becomes_one_line(bootstrap: ModuleType, output: str, told: str) -> None:
    with pytest.raises(bootstrap.Problem) as caught:
        bootstrap.run([sys.executable, "-c", f"print({output!r}); raise SystemExit(1)"], lambda log: None)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(f"The whole story is in {bootstrap.LOG}")


# --- which Python? ---


def with_python(version: str, clone: Path, path: Path, more: str = "pass") -> "subprocess.CompletedProcess[str]":
    """Run set-up as if by another Python, with only `path` to find programs in."""
    code = (
        f"import runpy, sys; sys.version_info = {version}; {more}; runpy.run_path('bootstrap.py', run_name='__main__')"
    )
    return subprocess.run(
        [sys.executable, "-c", code], cwd=clone, env={**os.environ, "PATH": str(path)}, capture_output=True, text=True
    )


OLD = "(3, 8, 18, 'final', 0)"


def test_it_parses_on_old_pythons() -> None:
    ast.parse((ROOT / "bootstrap.py").read_text("utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize(("version", "name"), [(OLD, "3.8"), ("(3, 10, 99)", "3.10"), ("(3, 99, 0)", "3.99")])
def test_a_python_that_is_too_old_or_too_new(clone: Path, tmp_path: Path, version: str, name: str) -> None:
    shutil.rmtree(clone / ".venv", ignore_errors=True)
    result = with_python(version, clone, tmp_path)
    assert_one_line(result, f"The course runs on Python 3.11 to 3.14, and this is Python {name}. Install Python 3.13")


@pytest.mark.skipif(os.name == "nt", reason="the other Pythons here are shell scripts")
def test_an_old_python_looks_for_a_newer_one(clone: Path, tmp_path: Path) -> None:
    """The first it finds is a shim without a Python behind it, the second too old, and the third does it."""
    for name, does in (
        ("python3.13", 'echo "python3.13: command not found" >&2; exit 127'),
        ("python3.12", "exit 1"),
        ("python3.11", '[ "$1" = -c ] || { echo "run: $*"; exit 7; }'),
    ):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    shutil.rmtree(clone / ".venv", ignore_errors=True)
    result = with_python(OLD, clone, tmp_path)
    assert (result.returncode, result.stderr) == (7, "")
    assert result.stdout == f"run: {clone / 'bootstrap.py'}\n"


def test_a_python_without_venv(clone: Path, tmp_path: Path) -> None:
    (clone / ".venv").mkdir(exist_ok=True)
    (clone / ".venv" / ".course-ready").unlink(missing_ok=True)
    result = with_python("(3, 12, 1, 'final', 0)", clone, tmp_path, "sys.modules['ensurepip'] = None")
    assert_one_line(result, "This Python has no venv module. On Debian or Ubuntu: `sudo apt install python3.12-venv`")
    assert (clone / ".venv").exists(), "what was there stays"


# --- one lock for all ---


def test_conda_and_binder_install_the_same_pins() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    *conda, pip = environment["dependencies"]
    assert all(re.fullmatch(r"curl|pip|python=3\.1[123]", package) for package in conda), (
        "conda brings Python and curl, pip the rest"
    )
    assert pip == {"pip": [f"-r {Path(load_lock_name()).name}"]}
    # Every pin is in this environment already: then, and only then, pip is content without an index.
    check = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-index", "--no-deps", "--require-hashes"]
    result = subprocess.run([*check, *pip["pip"][0].split()], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert "Would install" not in result.stdout
    assert "--no-deps --no-build-isolation --editable ." in (ROOT / "postBuild").read_text("utf-8")


def load_lock_name() -> str:
    """The lock that bootstrap.py installs."""
    found = re.search(
        r'^LOCK = os\.path\.join\(ROOT, "(.+)"\)$', (ROOT / "bootstrap.py").read_text("utf-8"), re.MULTILINE
    )
    assert found
    return found[1]


def pins_of(lock: str) -> list[str]:
    """The lines of a lock, each with its hashes."""
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    return [line.rstrip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_pins_and_hashes_everything(lock: str) -> None:
    lines = pins_of(lock)
    assert len(lines) > 100
    for line in lines:
        assert re.match(r"^[a-z0-9-]+==[^\s;]+( ; [^-]+?)?( +--hash=sha256:[0-9a-f]{64})+$", line), line


def test_a_learner_gets_the_same_pins_without_what_only_development_needs() -> None:
    learner, everything = set(pins_of("requirements.lock")), set(pins_of("requirements-dev.lock"))
    assert learner < everything
    only_there = {line.partition("==")[0] for line in everything - learner}
    assert {"playwright", "mypy", "import-linter", "jupytext", "uv"} < only_there


def test_what_a_learner_runs_imports_nothing_that_only_development_has() -> None:
    program = """
import importlib, pkgutil, sys, coursekit, tenpoint
sys.modules.update(dict.fromkeys(["playwright", "mypy", "importlinter", "grimp", "jupytext", "uv"]))
for package in (coursekit, tenpoint):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not found.name.startswith("coursekit.building.") and not found.name.endswith("__main__"):
            importlib.import_module(found.name)
"""
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_building_without_the_packages_for_development_says_what_to_type() -> None:
    program = """
import importlib.util as util, sys
util.find_spec = lambda name: None
from coursekit.desk.command import main
sys.argv[1:] = ["build", "--check"]
main()
"""
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.endswith("Type: python bootstrap.py --dev\n")
    assert result.stderr.count("\n") == 1


def committed_files() -> list[Path]:
    """What git has, or would have after `git add`."""
    names = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, text=True)
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.reads_everything
def test_no_file_names_a_registrys_host_or_this_machine() -> None:
    hosts = ["pypi" + ".org", "python" + "hosted.org", "anaconda" + ".org/conda-forge", "npmjs" + ".org"]
    told = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in committed_files()
        for word in [*hosts, f"{ROOT}{os.sep}"]
        if word.encode() in path.read_bytes()
    ]
    assert told == []
