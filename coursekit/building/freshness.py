"""Records what each built file was built from, and finds the built files that are no longer current."""

import contextlib
import hashlib
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coursekit.building.contents import with_contents
from coursekit.building.notebooks import refuse_mistakes, way_on
from coursekit.building.rulebook import RULES_TABLE, rules_table
from coursekit.building.source import index_of
from coursekit.building.stages import FOLDER as STAGES
from coursekit.building.stages import stage_files, stage_source
from coursekit.course.declarations import load
from coursekit.course.errors import CourseError
from coursekit.course.files import text_of, write_whole
from coursekit.course.first_page import FILE, first_page
from coursekit.course.lessons import Course, LessonFolder, Sitting, read_index

_MANIFEST = "notebooks/.built.json"
FIRST_PAGE = f"notebooks/{FILE}"
_IN_EVERY_NOTEBOOK = (
    "coursekit/__init__.py",
    "coursekit/compat.py",
    "coursekit/course",
    "coursekit/judging",
    "coursekit/author",
    "coursekit/notebook",
    "requirements.lock",
)
"""The code that runs in every lesson's notebook, so that a change to it may change any output."""

_IN_SOME_NOTEBOOKS = {
    r"capstone\(": ("coursekit/capstone", "tenpoint"),
    r"review\(": ("tenpoint",),
    r"progress\(\)": ("lessons",),  # it lists all the lessons
    "tasks_api": ("app_snippets/tasks_api", "specs", "templates", ".specify"),
}
"""The code that runs only in the notebooks of sittings whose text matches the pattern."""
_SUFFIXES = {".py", ".md", ".html", ".lock"}


@dataclass(frozen=True)
class Trouble:
    """A built file that isn't current, and why. As a string, it also says which command builds the file."""

    file: str
    reason: str
    sitting: str

    def __str__(self) -> str:
        return f"{self.file} {self.reason}. Type: course build {self.sitting}".rstrip()


class Stranger(Trouble):
    """A file among the built ones that no build has made. No command mends that: it may be somebody's work."""

    def __str__(self) -> str:
        return f"{self.file} is no file of the course, and a build leaves it alone. Move it to another folder."


def source_digest(course: Course, folder: LessonFolder, sitting: Sitting) -> str:
    """A digest of everything that a sitting's notebooks depend on: its text, the checks, the earlier stages, the kit and the pins."""
    text = sitting.source.read_text(encoding="utf-8") + way_on(course, sitting)
    return digest(text.encode(), *code_around(course, folder, sitting))


def code_around(course: Course, folder: LessonFolder, sitting: Sitting) -> list[bytes]:
    """Everything that a sitting's notebooks depend on besides its text."""
    text = sitting.source.read_text(encoding="utf-8")
    places = [*_IN_EVERY_NOTEBOOK, f"lessons/{folder.name}/exercises.py"]
    places += [place for sign, some in _IN_SOME_NOTEBOOKS.items() if re.search(sign, text) for place in some]
    files = [file for place in places for file in _files(course.root / place)]
    earlier = [(lesson, one) for lesson in course.lessons() for one in lesson.sittings if one.name < sitting.name]
    stages = [(stage_source(lesson, one) or "").encode() for lesson, one in earlier]
    return [*(file.read_bytes() for file in files), *stages]


def _files(place: Path) -> list[Path]:
    """The source files in a folder, or the file itself. Answers are left out, because they never run in a notebook."""
    if place.is_file():
        return [place]
    found = (file for file in sorted(place.rglob("*")) if file.suffix in _SUFFIXES and file.name != "README.md")
    return [file for file in found if "answers" not in file.parts]


def digest(*parts: bytes) -> str:
    """Return the SHA-256 of the parts."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def built_files(folder: LessonFolder, sitting: Sitting) -> list[str]:
    """The files that are built from a sitting, relative to the course's root."""
    return [*notebooks_of(sitting), f"notebooks/.cells/{sitting.index_file.name}", *stage_files(folder, sitting)]


def notebooks_of(sitting: Sitting) -> list[str]:
    """A sitting's two notebooks, the learner's and the solved one, relative to the course's root."""
    return [f"notebooks/{sitting.name}.ipynb", f"solutions/{sitting.name}.ipynb"]


def read_manifest(root: Path) -> dict[str, Any]:
    """What the last build recorded: for each sitting, the digest of its sources and those of its built files."""
    try:
        manifest: dict[str, Any] = json.loads((root / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest


def record_build(course: Course, folder: LessonFolder, sitting: Sitting) -> None:
    """Record in the manifest what a sitting's files were built from."""
    manifest = read_manifest(course.root)
    files = {file: digest((course.root / file).read_bytes()) for file in built_files(folder, sitting)}
    manifest[sitting.name] = {"source": source_digest(course, folder, sitting), "files": files}
    present = {one.name for one in course.sittings()}
    kept = {name: manifest[name] for name in sorted(manifest) if name in present}
    write_whole(course.root / _MANIFEST, (json.dumps(kept, indent=1) + "\n").encode())


def troubles(course: Course, wanted: list[Sitting]) -> list[Trouble]:
    """Find the files of the wanted sittings that are stale, edited by hand, missing or left over. Runs no cell.

    Raises:
        CourseError: a lesson has a mistake in it.
    """
    found: list[Trouble] = []
    for folder in course.lessons():
        mine = [sitting for sitting in folder.sittings if sitting in wanted]
        if mine:
            refuse_mistakes(load(folder))
        found += [trouble for sitting in mine for trouble in _troubles_of(course, folder, sitting)]
    found += [Trouble(file, "is not what the lessons say", "") for file in pages_to_write(course)]
    found += [Trouble(file, "is left over: no lesson makes it any more", "") for file in left_over(course)]
    return found + [Stranger(file, "", "") for file in strangers(course)]


def pages_to_write(course: Course) -> dict[str, bytes]:
    """The pages about the whole course that aren't current, each with what it should be: the first page, the rulebook, the README."""
    pages: dict[str, bytes] = {}
    table = rules_table(course)
    if table is not None:
        pages[RULES_TABLE] = table.encode()
    if not all(one.index_file.exists() for one in course.sittings()):
        return pages  # the minutes of the others are known after the first build
    pages[FIRST_PAGE] = first_page(course, {})
    readme = text_of(course.root / "README.md")
    if readme is not None:
        pages["README.md"] = with_contents(readme, course).encode()
    return {file: page for file, page in pages.items() if _bytes_of(course.root / file) != page}


def _bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _troubles_of(course: Course, folder: LessonFolder, sitting: Sitting) -> list[Trouble]:
    noted, found = read_manifest(course.root).get(sitting.name, {}), []
    stale = noted.get("source") != source_digest(course, folder, sitting)
    for file in built_files(folder, sitting):
        path, reason = course.root / file, ""
        if not path.exists():
            reason = "is missing"
        elif stale:
            reason = f"is stale: lessons/{folder.name}, the kit or a pin has changed since it was built"
        elif digest(path.read_bytes()) != noted.get("files", {}).get(file):
            reason = "was edited by hand: edit lessons/ instead"
        if reason:
            found.append(Trouble(file, reason, sitting.name))
    return found


def left_over(course: Course) -> list[str]:
    """The files that a build has made, unchanged since, that no longer belong to any sitting, relative to the course's root."""
    recorded = {file: made for one in read_manifest(course.root).values() for file, made in one["files"].items()}
    return [file for file in _unexpected(course) if digest((course.root / file).read_bytes()) == recorded.get(file, "")]


def strangers(course: Course) -> list[str]:
    """The files among the built ones that no build has made, or that were changed since, relative to the course's root."""
    return sorted({*_unexpected(course)} - {*left_over(course)})


def _unexpected(course: Course) -> list[str]:
    """The files among the built ones that no lesson makes."""
    made = {FIRST_PAGE} | {
        file for folder in course.lessons() for one in folder.sittings for file in built_files(folder, one)
    }
    there = [
        *(course.root / "notebooks").glob("*.ipynb"),
        *(course.root / "notebooks/.cells").glob("*.json"),
        *(course.root / "solutions").glob("*.ipynb"),
        *(path for path in (course.root / STAGES).glob("*.py") if path.name != "__init__.py"),
    ]
    return sorted({path.relative_to(course.root).as_posix() for path in there if path.is_file()} - made)


def write_index(sitting: Sitting, minutes: int = 0) -> bool:
    """Write the index of a sitting's cells if it isn't current. Returns whether it was written.

    Args:
        sitting: the sitting.
        minutes: how long its notebook takes, or 0 to keep the number that the index has.
    """
    with contextlib.suppress(CourseError):  # there may be no index yet
        minutes = minutes or sitting.cells.minutes
    wanted = replace(index_of(sitting), minutes=minutes).as_json()
    if text_of(sitting.index_file) == wanted:
        return False
    write_whole(sitting.index_file, wanted.encode())
    read_index.cache_clear()
    return True
