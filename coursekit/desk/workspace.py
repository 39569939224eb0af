"""The learner's workspace. Notebooks are copied into it, and the learner's own work in them is never overwritten.

A workspace has a folder `.course` in it, with `delivered.json` (the SHA-256 of the cells of each notebook that was delivered) and the
learner's progress.
"""

import contextlib
import errno
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coursekit.course.errors import CourseError
from coursekit.course.files import write_whole
from coursekit.course.first_page import FILE, first_page
from coursekit.course.lessons import Course
from coursekit.notebook.progress import next_notebook as next_in_progress
from coursekit.notebook.store import MARKER, Store


def workspace_folder(course: Course, chosen: str | None = None) -> Path:
    """Return the workspace's folder: `chosen`, or else $COURSE_WORKSPACE, or else `workspace` in the clone. It may not exist yet.

    For a course that came with an installed kit, the last of these is `fastapi-course` in the home folder.

    Raises:
        CourseError: the folder is part of the course itself, or no folder can have this name.
    """
    if chosen is not None and not chosen.strip():
        raise CourseError("--workspace needs the name of a folder, such as `--workspace my-course`.")
    usual = "~/fastapi-course" if course.is_installed else str(course.root / "workspace")
    named = chosen or os.environ.get("COURSE_WORKSPACE") or usual
    try:
        folder = Path(named).expanduser().resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise CourseError(
            f"{named} cannot be a workspace ({error}). Choose another folder with --workspace."
        ) from error
    own = [course.root / name for name in ("notebooks", "solutions", "lessons")]
    if folder == course.root or any(folder.is_relative_to(part) for part in own):
        raise CourseError(f"{folder} is part of the course itself. Choose another folder with --workspace.")
    return folder


def deliver(course: Course, workspace: Path) -> list[str]:
    """Create the workspace if it doesn't exist, copy the notebooks that are missing from it, and return their names. The first page is written anew.

    Raises:
        CourseError: the folder cannot be used. Files that were in it have not changed.
    """
    with _as_course_error(workspace):
        (workspace / MARKER).mkdir(parents=True, exist_ok=True)
        missing = [name for name in _names(course) if not os.path.lexists(_notebook(workspace, name))]
        for name in missing:
            _write_notebook(workspace, name, _fresh_copy(course, name))
        write_whole(workspace / FILE, first_page(course, Store(workspace / MARKER).outcomes()))
        return missing


@dataclass
class Update:
    """The names of the notebooks that an update added, replaced or left alone."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)
    """Those that have changed in the course, but that the learner has worked in."""
    gone: list[str] = field(default_factory=list)
    """Those that the course had once and has no more."""


def update(course: Course, workspace: Path) -> Update:
    """Copy new notebooks into the workspace, and changed ones that the learner hasn't touched since they were delivered.

    Raises:
        CourseError: there is no workspace, or it cannot be used. The learner's work has not changed.
    """
    with _as_course_error(workspace):
        _must_exist(workspace)
        done = Update(new=deliver(course, workspace))
        for name in _names(course):
            ours, delivered = _fresh_copy(course, name), _delivered(workspace)
            theirs = _learners_file(_notebook(workspace, name))
            if _sha256(ours) in (_sha256(theirs), delivered.get(name)):
                continue  # the notebook hasn't changed since it was delivered
            if _sha256(theirs) == delivered.get(name):
                _write_notebook(workspace, name, ours)
                done.changed.append(name)
            else:
                done.left_alone.append(name)
        done.gone = [
            name for name in sorted({*_delivered(workspace)} - {*_names(course)}) if _notebook(workspace, name).exists()
        ]
        return done


def reset(course: Course, workspace: Path, what: str) -> list[tuple[str, Path | None]]:
    """Replace the notebooks of a lesson, or one notebook, with a new copy, and keep the learner's copy under another name.

    Returns:
        Each notebook's name, and the path of the learner's copy, or None if there was no work of the learner's in it.

    Raises:
        CourseError: there is no such lesson or workspace, or it cannot be written. The learner's work has not changed.
    """
    names = [sitting.name for sitting in course.find_sittings(what)]
    with _as_course_error(workspace):
        _must_exist(workspace)
        return [(name, _reset_one(course, workspace, name)) for name in names]


def _reset_one(course: Course, workspace: Path, name: str) -> Path | None:
    notebook, ours = _notebook(workspace, name), _fresh_copy(course, name)
    theirs = _learners_file(notebook)
    untouched = _sha256(theirs) in (_sha256(ours), _delivered(workspace).get(name))
    if untouched or not os.path.lexists(notebook):
        _write_notebook(workspace, name, ours)
        return None
    kept = _free_name(notebook)
    _write_notebook(workspace, name, ours, keep_old_as=kept)
    return kept


def next_notebook(course: Course, workspace: Path) -> str:
    """Return the name of the notebook to open, which is that of the next exercise."""
    names = _names(course)
    unfinished = next_in_progress(Store(workspace / MARKER))
    return unfinished if unfinished in names else names[0]


def _names(course: Course) -> list[str]:
    """The names of the course's notebooks, in order.

    Raises:
        CourseError: there are none.
    """
    names = sorted(path.stem for path in (course.root / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    if not names:
        raise CourseError(
            f"There are no notebooks in {course.root / 'notebooks'}. `git checkout notebooks` brings them back."
        )
    return names


def _notebook(workspace: Path, name: str) -> Path:
    return workspace / f"{name}.ipynb"


def _fresh_copy(course: Course, name: str) -> bytes:
    """A notebook as the learner gets it: without outputs, which would give the predictions away.

    Raises:
        CourseError: the notebook is damaged.
    """
    path = course.root / "notebooks" / f"{name}.ipynb"
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = [], None
    except (ValueError, KeyError, TypeError) as error:
        raise CourseError(f"{path} is damaged. `git checkout notebooks` brings it back.") from error
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()


def _learners_file(notebook: Path) -> bytes | None:
    """The content of the learner's file, or None if it is missing or isn't a file."""
    try:
        return notebook.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        return None


def _sha256(notebook: bytes | None) -> str:
    """The SHA-256 of what a learner can work on: the source, outputs and attachments of the cells.

    Metadata doesn't count, because JupyterLab writes it even if somebody only looks at a notebook. If the file isn't a notebook, all
    of it counts.
    """
    try:
        cells = json.loads(notebook or b"")["cells"]
        work = [
            [cell["cell_type"], "".join(cell["source"]), cell.get("outputs"), cell.get("attachments")] for cell in cells
        ]
        notebook = json.dumps(work, sort_keys=True).encode()
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return hashlib.sha256(notebook or b"").hexdigest()


def _delivered(workspace: Path) -> dict[str, str]:
    """The SHA-256 of each notebook as it was last delivered, by name. If the file is damaged, every notebook counts as touched."""
    try:
        noted = json.loads((workspace / MARKER / "delivered.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _write_notebook(workspace: Path, name: str, content: bytes, keep_old_as: Path | None = None) -> None:
    """Write a notebook, completely or not at all, and record what was delivered."""
    write_whole(_notebook(workspace, name), content, keep_old_as)
    noted = _delivered(workspace) | {name: _sha256(content)}
    write_whole(workspace / MARKER / "delivered.json", (json.dumps(noted, indent=1) + "\n").encode())


def _free_name(notebook: Path) -> Path:
    """A free name such as `04_1_tables.mine.ipynb`, or `04_1_tables.mine-2.ipynb` if that is taken, and so on."""
    number, path = 1, notebook.with_suffix(".mine.ipynb")
    while os.path.lexists(path):
        number += 1
        path = notebook.with_suffix(f".mine-{number}.ipynb")
    return path


def _must_exist(workspace: Path) -> None:
    if not (workspace / MARKER).is_dir():
        raise CourseError(f"There is no workspace in {workspace} yet. `course` makes one; --workspace names another.")


@contextlib.contextmanager
def _as_course_error(workspace: Path) -> Iterator[None]:
    """Turn an error of the operating system into a CourseError with one line for a person."""
    try:
        yield
    except OSError as error:
        place = error.filename or workspace
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            line = "The disk is full. Nothing that you wrote has changed. Make room, then run the same command again."
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            line = f"{workspace} cannot be written to. Give yourself access, or choose another folder with --workspace."
        elif error.errno in (errno.ENOTDIR, errno.EEXIST):
            file = next((path for path in (Path(place), *Path(place).parents) if path.is_file()), place)
            line = (
                f"{file} is a file, and a folder is needed there. Rename it, or choose another folder with --workspace."
            )
        else:
            line = f"{workspace} cannot be used ({error.strerror or error}). Choose another folder with --workspace."
        raise CourseError(line) from error
