"""Finds the course's folder and its lessons."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coursekit.course.cells import CellIndex
from coursekit.course.errors import CallError

_KIT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class LessonFolder:
    """One folder in `lessons/`, with `lesson.md`, `exercises.py` and `answers/`."""

    path: Path

    @property
    def name(self) -> str:
        """The folder's name, such as `01_routes`; its notebooks have the same name."""
        return self.path.name

    @property
    def number(self) -> str:
        """The number that its exercise ids begin with: `1` for `01_routes`."""
        return str(int(self.name.split("_")[0]))

    @property
    def source(self) -> Path:
        """The file with the text and the cells."""
        return self.path / "lesson.md"

    @property
    def index_file(self) -> Path:
        """The file in which `course build` lists the lesson's title and code cells."""
        return self.path.parents[1] / "notebooks" / ".cells" / f"{self.name}.json"

    @property
    def cells(self) -> CellIndex:
        """The lesson's code cells, as the last `course build` wrote them to the index.

        Raises:
            CourseError: the lesson has not been built.
        """
        return read_index(self.index_file)

    @property
    def title(self) -> str:
        """The lesson's H1 without its number: `Routes`."""
        return self.cells.title


read_index = cache(CellIndex.read)
"""Reads each index once. `course build` clears the cache when it writes one."""


@dataclass(frozen=True)
class Course:
    """A course: the folder that holds `lessons/` and everything that `course build` makes from them."""

    root: Path
    is_installed: bool = False
    """Whether it came with an installed kit, so that its folder is no place for a learner's files."""

    def lessons(self) -> list[LessonFolder]:
        """All lessons, in order."""
        return [LessonFolder(path.parent) for path in sorted((self.root / "lessons").glob("[0-9][0-9]_*/lesson.md"))]

    def lesson_of(self, exercise_id: str) -> LessonFolder | None:
        """The lesson that an exercise's or prediction's id belongs to, by the number before the dot. None if there is no such lesson."""
        number = exercise_id.split(".")[0]
        return next((folder for folder in self.lessons() if folder.number == number), None)

    def find_lesson(self, word: str) -> LessonFolder:
        """Find a lesson by `01`, `1`, `routes`, `01_routes`, its folder, or the file name of its notebook.

        Raises:
            CallError: there is no such lesson; the message lists the lessons.
        """
        wanted = Path(word.strip().lower()).name.removesuffix(".ipynb")
        for folder in self.lessons():
            number, _, title = folder.name.partition("_")
            if wanted in (folder.name, number, title) or (wanted.isdecimal() and int(wanted) == int(number)):
                return folder
        names = ", ".join(folder.name for folder in self.lessons())
        raise CallError(f"There is no lesson {word!r}. The lessons are: {names}.")


@cache
def this_course() -> Course:
    """The course that this kit belongs to. It stays the same for the life of the process.

    It is the folder in COURSE_ROOT if that is set, or else the clone that holds the kit, or else the lessons that were installed
    with the kit.
    """
    if chosen := os.environ.get("COURSE_ROOT"):
        return Course(Path(chosen))
    beside = _KIT.parent
    return Course(beside) if (beside / "lessons").is_dir() else Course(beside / "fastapi_course", is_installed=True)
