"""Finds the course's folder and its lessons."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coursekit.course.cells import CellIndex
from coursekit.course.errors import CallError

_KIT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Sitting:
    """One notebook's source, such as `lessons/04_database/1_tables.md`: what a learner does in an hour at most."""

    source: Path
    """The file with the text and the cells."""

    @property
    def name(self) -> str:
        """The name of its notebooks, such as `04_1_tables`."""
        return f"{self.source.parent.name[:2]}_{self.source.stem}"

    @property
    def path(self) -> str:
        """The source's path, relative to the course's root."""
        return f"lessons/{self.source.parent.name}/{self.source.name}"

    @property
    def index_file(self) -> Path:
        """The file in which `course build` lists the sitting's title and code cells."""
        return self.source.parents[2] / "notebooks" / ".cells" / f"{self.name}.json"

    @property
    def cells(self) -> CellIndex:
        """The sitting's code cells, as the last `course build` wrote them to the index.

        Raises:
            CourseError: the sitting has not been built.
        """
        return read_index(self.index_file)

    @property
    def title(self) -> str:
        """The notebook's H1 without its number: `Routes`."""
        return self.cells.title


read_index = cache(CellIndex.read)
"""Reads each index once. `course build` clears the cache when it writes one."""


@dataclass(frozen=True)
class LessonFolder:
    """One folder in `lessons/`, with a file for each sitting, `exercises.py` and `answers/`."""

    path: Path

    @property
    def name(self) -> str:
        """The folder's name, such as `01_routes`."""
        return self.path.name

    @property
    def number(self) -> str:
        """The number that its exercise ids begin with: `1` for `01_routes`."""
        return str(int(self.name.split("_")[0]))

    @property
    def title(self) -> str:
        """The lesson's name in words: `Start here` for `00_start_here`."""
        return self.name.partition("_")[2].replace("_", " ").capitalize()

    @property
    def sittings(self) -> list[Sitting]:
        """The lesson's sittings, in order."""
        return [Sitting(path) for path in sorted(self.path.glob("[0-9]_*.md"))]

    @property
    def cells(self) -> CellIndex:
        """The code cells of all its sittings.

        Raises:
            CourseError: a sitting has not been built.
        """
        return _joined(self)

    def sitting_of(self, exercise_id: str) -> Sitting | None:
        """The sitting in which an exercise is answered. None if no cell has its tag."""
        return next((one for one in self.sittings if exercise_id in one.cells.answered), None)


def _joined(folder: LessonFolder) -> CellIndex:
    return _join(tuple(sitting.cells for sitting in folder.sittings))


@cache
def _join(indexes: tuple[CellIndex, ...]) -> CellIndex:
    return CellIndex("", tuple(cell for index in indexes for cell in index.cells))


@dataclass(frozen=True)
class Course:
    """A course: the folder that holds `lessons/` and everything that `course build` makes from them."""

    root: Path
    is_installed: bool = False
    """Whether it came with an installed kit, so that its folder is no place for a learner's files."""

    def lessons(self) -> list[LessonFolder]:
        """All lessons, in order."""
        found = sorted({path.parent for path in (self.root / "lessons").glob("[0-9][0-9]_*/[0-9]_*.md")})
        return [LessonFolder(path) for path in found]

    def sittings(self) -> list[Sitting]:
        """The sittings of all lessons, in order."""
        return [sitting for folder in self.lessons() for sitting in folder.sittings]

    def lesson_of(self, exercise_id: str) -> LessonFolder | None:
        """The lesson that an exercise's or prediction's id belongs to, by the number before the dot. None if there is no such lesson."""
        number = exercise_id.split(".")[0]
        return next((folder for folder in self.lessons() if folder.number == number), None)

    def find_lesson(self, word: str) -> LessonFolder:
        """Find a lesson by `01`, `1`, `routes`, `01_routes` or its folder.

        Raises:
            CallError: there is no such lesson; the message lists the lessons.
        """
        folder = self._named(_bare(word))
        if folder is None:
            names = ", ".join(folder.name for folder in self.lessons())
            raise CallError(f"There is no lesson {word!r}. The lessons are: {names}.")
        return folder

    def _named(self, wanted: str) -> LessonFolder | None:
        for folder in self.lessons():
            number, _, title = folder.name.partition("_")
            if wanted in (folder.name, number, title) or (wanted.isdecimal() and int(wanted) == int(number)):
                return folder
        return None

    def find_sittings(self, word: str) -> list[Sitting]:
        """Find all sittings of a lesson (`04`), or the one that `04_1`, `04_1_tables`, `tables` or its notebook's file name stands for.

        Raises:
            CallError: there is no such lesson or sitting; the message lists the lessons.
        """
        wanted = _bare(word)
        for sitting in [] if self._named(wanted) else self.sittings():
            number, part, title = sitting.name.split("_", 2)
            if wanted in (sitting.name, f"{number}_{part}", title):
                return [sitting]
        return self.find_lesson(word).sittings


def _bare(word: str) -> str:
    return Path(word.strip().lower()).name.removesuffix(".ipynb")


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
