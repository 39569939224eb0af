"""`course export`: what the learner gets is a project that stands on its own."""

import os
import re
import subprocess
import sys
import time
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import httpx
import pytest

from coursekit.desk import export

COURSE = str(Path(sys.executable).with_name("course"))


def run(*command: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    """A command in a folder, in an environment that knows nothing of the course or of another service."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TASKS_", "COURSE_", "PYTEST_"))}
    return subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "my service"
    done = run(COURSE, "export", str(folder), cwd=folder.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert str(folder) in done.stdout
    assert len(done.stdout.splitlines()) == 1
    return folder


def test_its_own_tests_pass_there(project: Path) -> None:
    """All of them, on the package in this folder: the tests of the service are run here and nowhere else."""
    ran = run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=project)
    assert ran.returncode == 0, ran.stdout[-8000:] + ran.stderr
    counted = re.search(r"^(\d+) passed", ran.stdout, re.MULTILINE)
    assert counted is not None
    assert int(counted[1]) >= 80
    print(ran.stdout[-300:])


def test_it_stands_on_its_own(project: Path) -> None:
    names = {file.relative_to(project).as_posix() for file in project.rglob("*") if "__pycache__" not in file.parts}
    for name in ("README.md", "pyproject.toml", ".gitignore", ".dockerignore", "Dockerfile", "compose.yml"):
        assert name in names
    assert {"tasks_api/alembic.ini", "tasks_api/migrations/versions/0001_the_first_tables.py"} <= names
    assert {name for name in names if re.match(r"specs/.+\.md", name)} == {
        "specs/accounts/spec.md",
        "specs/tasks/spec.md",
    }
    where = run(sys.executable, "-c", "import tasks_api.main as m; print(m.__file__)", cwd=project)
    assert Path(where.stdout.strip()) == project / "tasks_api/main.py"
    for file in project.rglob("*"):
        if file.is_file() and file.suffix != ".pyc":
            assert "app_snippets" not in file.read_text(encoding="utf-8"), file
    assert len((project / "README.md").read_text(encoding="utf-8").splitlines()) <= 12


def test_ruff_has_nothing_to_say(project: Path) -> None:
    for command in (["check"], ["format", "--check"]):
        done = run(sys.executable, "-m", "ruff", *command, "--no-cache", ".", cwd=project)
        assert done.returncode == 0, done.stdout


def test_it_names_exact_versions_of_all_that_it_imports(project: Path) -> None:
    described = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = [*described["dependencies"], *described["optional-dependencies"]["dev"]]
    for one in pins:
        found = re.fullmatch(r"([a-z0-9-]+)(?:\[\w+\])?==(\S+)", one)
        assert found is not None, one
        assert found[2] == version(found[1])
    named = {re.split(r"[\[=]", one)[0].replace("-", "_") for one in pins} | {"jwt"}
    source = "\n".join(file.read_text(encoding="utf-8") for file in (project / "tasks_api").rglob("*.py"))
    imported = set(re.findall(r"^(?:from|import) (\w+)", source, re.MULTILINE)) - {"tasks_api"}
    assert imported - set(sys.stdlib_module_names) <= named


def test_a_server_answers(project: Path) -> None:
    """With no configuration: SQLite in the folder in which it is started."""
    command = [sys.executable, "-m", "uvicorn", "tasks_api.asgi:app", "--port", "0"]
    log = project / "server.log"
    with log.open("w") as written:
        server = subprocess.Popen(command, cwd=project, stdout=written, stderr=written)
    try:
        address = wait_for(lambda: re.search(r"http://127\.0\.0\.1:\d+", log.read_text()), server, log)[0]
        with httpx.Client(base_url=address, trust_env=False) as client:
            assert client.get("/ready").json() == {"status": "ok"}
            dora = {"username": "dora", "email": "dora@example.com", "password": "seven blue tables"}
            assert client.post("/api/v1/users", json=dora).status_code == 201
            token = client.post("/api/v1/token", data=dora).json()["access_token"]
            made = client.post("/api/v1/tasks", json={"title": "A"}, headers={"Authorization": f"Bearer {token}"})
            assert (made.status_code, made.headers["Location"]) == (201, "/api/v1/tasks/1")
    finally:
        server.terminate()
        server.wait(20)
    assert (project / "tasks.db").exists()


def test_what_a_learner_goes_without_has_the_version_of_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_installed(package: str) -> str:
        raise PackageNotFoundError(package)

    here = version("mypy")
    monkeypatch.setattr(export, "version", not_installed)
    assert export.pin("mypy", "") == f'    "mypy=={here}"'


def wait_for(question: Any, server: "subprocess.Popen[bytes]", log: Path) -> Any:
    deadline = time.monotonic() + 60
    while (answer := question()) is None:
        assert server.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)
    return answer


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = run(COURSE, "export", ".", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{tmp_path} is not empty. Name a folder that is empty, or one that does not exist yet.\n"
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_what_cannot_be_a_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for name in ("file", "file/below"):
        done = run(COURSE, "export", name, cwd=tmp_path)
        assert done.returncode == 1
        assert re.fullmatch(r".+ cannot be used \(.+\)\. Name another folder\.\n", done.stderr)
    assert (tmp_path / "file").read_text() == "mine"
    done = run(COURSE, "export", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
