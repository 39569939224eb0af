"""`course export DIR`: writes the finished service as a project of the learner's own."""

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import app_snippets
from coursekit.course.errors import CourseError

SERVICE = Path(app_snippets.__file__).parent / "tasks_api"
DEV_LOCK = SERVICE.parents[1] / "requirements-dev.lock"
PROJECT_FILES = "project"  # the folder with the files around the package: README, pyproject.toml, Dockerfile and so on
CACHES = {"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache"}


def export(folder: Path) -> None:
    """Write the service into an empty folder, which is created if it doesn't exist.

    There, the package is called `tasks_api`, and pyproject.toml pins the versions that are installed here. The specs that its
    code cites are copied, too.

    Raises:
        CourseError: the folder isn't empty, or cannot be used. Files that were in it have not changed.
    """
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise CourseError(f"{folder} is not empty. Name a folder that is empty, or one that does not exist yet.")
        for source in sorted(SERVICE.rglob("*")):
            place = source.relative_to(SERVICE)
            if source.is_file() and not CACHES.intersection(place.parts):
                around = place.parts[0] == PROJECT_FILES
                target = folder / (place.relative_to(PROJECT_FILES) if around else "tasks_api" / place)
                text = as_own_project(source.read_text(encoding="utf-8"), target.name)
                write(target, text)
                for spec in re.findall(r"# (specs/[\w-]+/spec\.md)", text):
                    write(folder / spec, (SERVICE.parents[1] / spec).read_text(encoding="utf-8"))
    except OSError as error:
        raise CourseError(f"{folder} cannot be used ({error.strerror}). Name another folder.") from error


def write(file: Path, text: str) -> None:
    """Write a file, and create its folder if it doesn't exist."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def as_own_project(text: str, name: str) -> str:
    """Return a file's text with the names of the exported package. In pyproject.toml, pin the requirements instead."""
    if name == "pyproject.toml":
        return re.sub(r'^    "([a-z0-9-]+)(\[\w+\])?"', lambda found: pin(found[1], found[2] or ""), text, flags=re.M)
    return text.replace("app_snippets.tasks_api", "tasks_api")


def pin(package: str, extra: str) -> str:
    """Return a line of pyproject.toml that requires the installed version of a package, or else the one that maintainers use."""
    try:
        exact = version(package)
    except PackageNotFoundError:  # mypy, which a learner's set-up leaves out
        exact = re.findall(rf"^{package}==(\S+)", DEV_LOCK.read_text(encoding="utf-8"), flags=re.M)[0]
    return f'    "{package}{extra}=={exact}"'
