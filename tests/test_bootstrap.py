"""Set-up: what it makes, and the one line that it prints when it cannot."""

import ast
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import namedtuple
from collections.abc import Iterator
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
            archive.writestr(each, content)
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
    namespace: dict[str, object] = {}
    exec(BACKEND, namespace)
    namespace["wheel"](folder, "tiny_package", {"tiny_package.py": ""})  # type: ignore[operator]
    return folder


def pin(clone: Path) -> str:
    """The right line for the lock."""
    digest = hashlib.sha256((clone / "tiny_package-1.0-py3-none-any.whl").read_bytes()).hexdigest()
    return f"tiny-package==1.0 --hash=sha256:{digest}\n"


def set_up(clone: Path, lock: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run set-up with this lock, and the clone itself as the only place that packages come from."""
    (clone / "requirements.lock").write_text(lock, encoding="utf-8")
    own = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": clone.as_uri(), "PIP_CONFIG_FILE": os.devnull, "PIP_USER": "1"}
    return subprocess.run(
        [sys.executable, "bootstrap.py"],
        cwd=clone,
        env={**os.environ, **own, **environment},
        capture_output=True,
        text=True,
    )


def assert_one_line(result: "subprocess.CompletedProcess[str]", told: str) -> None:
    assert result.returncode == 1, result.stdout
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


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


# --- when is there nothing to do? ---


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """bootstrap.py as a module, in a folder of its own that looks set up."""
    for name in ("bootstrap.py", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    spec = importlib.util.spec_from_file_location("bootstrap_in_test", tmp_path / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    Path(module.venv_python()).parent.mkdir(parents=True)
    Path(module.venv_python()).touch()
    module.write_stamp(module.wanted_stamp())
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


def test_another_python_means_work(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 99, 0, "final", 0))
    assert not bootstrap.is_ready()


def test_a_removed_python_means_work(bootstrap: ModuleType) -> None:
    python = Path(bootstrap.venv_python())
    python.unlink()
    python.symlink_to("/nowhere/bin/python3")
    assert not bootstrap.is_ready()


def test_a_moved_clone_means_work(bootstrap: ModuleType) -> None:
    bootstrap.write_stamp(bootstrap.wanted_stamp().replace(bootstrap.ROOT, "/elsewhere"))
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
    bootstrap.install_packages()
    first, second = asked
    for command in asked:
        assert {"--require-hashes", "--no-deps"} < set(command)
    assert re.fullmatch(r"pip==\S+ \\\n( +--hash=sha256:\w{64}( \\)?\n)+", Path(first[-1]).read_text("utf-8"))
    assert second[-1] == bootstrap.LOCK


# --- what it says when it cannot ---

Usage = namedtuple("Usage", "total used free")


def told_by(bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that set-up prints when it fails."""
    assert bootstrap.main() == 1
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


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_missing_file(bootstrap: ModuleType, capsys: pytest.CaptureFixture[str], name: str) -> None:
    Path(bootstrap.ROOT, name).unlink()
    assert f"{name} is missing. `git checkout {name}` brings it back." in told_by(bootstrap, capsys)


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
        ("python3.11", '[ "$1" = -c ] || { echo "run: $1"; exit 7; }'),
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


def test_the_lock_pins_and_hashes_everything() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in lock.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(lines) > 100
    for line in lines:
        assert re.match(r"^[a-z0-9-]+==[^\s;]+( ; [^-]+?)?( +--hash=sha256:[0-9a-f]{64})+$", line.rstrip()), line


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
