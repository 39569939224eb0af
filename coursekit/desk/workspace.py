"""The learner's workspace: notebooks are copied into it once, and what the learner has written is never overwritten.

A folder is a workspace when it holds a folder `.course`, with `delivered.json` (which notebook was delivered, by the SHA-256 of its
cells) and the learner's progress.
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
from coursekit.course.lessons import Course
from coursekit.notebook.progress import next_lesson as next_in_progress
from coursekit.notebook.store import MARKER, Store


def workspace_folder(course: Course, chosen: str | None = None) -> Path:
    """The workspace's folder: the one chosen, else $COURSE_WORKSPACE, else `workspace` in the clone. It need not exist.

    For a course that came with an installed kit, the last of these is `fastapi-course` in the home folder.

    Raises:
        CourseError: the folder is a part of the course itself, or its name cannot be a folder's.

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
    """Make the workspace if it is not there, copy the lessons that it lacks, and return their names.

    Raises:
        CourseError: the folder cannot be used. What was in it is as it was.

    """
    with _explained(workspace):
        (workspace / MARKER).mkdir(parents=True, exist_ok=True)
        missing = [name for name in _lessons(course) if not os.path.lexists(_notebook(workspace, name))]
        for name in missing:
            _write_lesson(workspace, name, _pristine(course, name))
        return missing


@dataclass
class Update:
    """What an update did, as names of lessons."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)
    """Changed in the course, but the learner has worked in them."""


def update(course: Course, workspace: Path) -> Update:
    """Bring new lessons, and changed ones that the learner has not touched: their cells are as delivered, without outputs.

    Raises:
        CourseError: there is no workspace, or it cannot be used. What the learner wrote is as it was.

    """
    with _explained(workspace):
        _must_exist(workspace)
        done = Update(new=deliver(course, workspace))
        for name in _lessons(course):
            ours, theirs, delivered = (
                _pristine(course, name),
                _content(_notebook(workspace, name)),
                _delivered(workspace),
            )
            if _sha256(ours) in (_sha256(theirs), delivered.get(name)):
                continue  # nothing newer than what the learner was given
            if _sha256(theirs) == delivered.get(name):
                _write_lesson(workspace, name, ours)
                done.changed.append(name)
            else:
                done.left_alone.append(name)
        return done


def reset(course: Course, workspace: Path, lesson: str) -> tuple[str, Path | None]:
    """Make a lesson as new. Returns its name and where the learner's copy is now; None when it held nothing of the learner's.

    Raises:
        CourseError: there is no such lesson or workspace, or it cannot be written. What the learner wrote is as it was.

    """
    name = course.find_lesson(lesson).name
    with _explained(workspace):
        _must_exist(workspace)
        notebook, ours = _notebook(workspace, name), _pristine(course, name)
        theirs = _content(notebook)
        untouched = _sha256(theirs) in (_sha256(ours), _delivered(workspace).get(name))
        if untouched or not os.path.lexists(notebook):
            _write_lesson(workspace, name, ours)
            return name, None
        kept = _free_name(notebook)
        _write_lesson(workspace, name, ours, keep_old_as=kept)
        return name, kept


def next_lesson(course: Course, workspace: Path) -> str:
    """The name of the lesson to open: the first with an exercise that is not passed."""
    names = _lessons(course)
    unfinished = next_in_progress(Store(workspace / MARKER))
    return unfinished if unfinished in names else names[0]


def _lessons(course: Course) -> list[str]:
    """The names of the course's notebooks, in order."""
    names = sorted(path.stem for path in (course.root / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    if not names:
        raise CourseError(
            f"There are no lessons in {course.root / 'notebooks'}. `git checkout notebooks` brings them back."
        )
    return names


def _notebook(workspace: Path, name: str) -> Path:
    return workspace / f"{name}.ipynb"


def _pristine(course: Course, name: str) -> bytes:
    """The lesson as the learner gets it: without outputs, so that a prediction is one."""
    path = course.root / "notebooks" / f"{name}.ipynb"
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = [], None
    except (ValueError, KeyError, TypeError) as error:
        raise CourseError(f"{path} is damaged. `git checkout notebooks` brings it back.") from error
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()


def _content(notebook: Path) -> bytes | None:
    """What the learner's file holds; None when it is missing or no file."""
    try:
        return notebook.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        return None


def _sha256(notebook: bytes | None) -> str:
    """The SHA-256 of what a learner can work on: source, outputs and attachments of the cells.

    JupyterLab writes metadata when a notebook is only looked at. Of a file that is no notebook, all of it counts.
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
    """SHA-256 by lesson, of what was delivered last. When the file is damaged, everything counts as touched."""
    try:
        noted = json.loads((workspace / MARKER / "delivered.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _write_lesson(workspace: Path, name: str, content: bytes, keep_old_as: Path | None = None) -> None:
    """Put a lesson in its place, whole or not at all, and note what was delivered."""
    write_whole(_notebook(workspace, name), content, keep_old_as)
    noted = _delivered(workspace) | {name: _sha256(content)}
    write_whole(workspace / MARKER / "delivered.json", (json.dumps(noted, indent=1) + "\n").encode())


def _free_name(notebook: Path) -> Path:
    """`01_routes.mine.ipynb`, or `01_routes.mine-2.ipynb` and so on when that is taken."""
    number, path = 1, notebook.with_suffix(".mine.ipynb")
    while os.path.lexists(path):
        number += 1
        path = notebook.with_suffix(f".mine-{number}.ipynb")
    return path


def _must_exist(workspace: Path) -> None:
    if not (workspace / MARKER).is_dir():
        raise CourseError(f"There is no workspace in {workspace} yet. `course` makes one; --workspace names another.")


@contextlib.contextmanager
def _explained(workspace: Path) -> Iterator[None]:
    """Turn an error of the operating system into one line for a person."""
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
