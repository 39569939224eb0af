"""Where the lessons are, and what an exercise's cell looks like with and without its solution."""

import ast
import functools
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(os.environ.get("COURSE_ROOT") or Path(__file__).resolve().parent.parent)
"""The course's own folder. COURSE_ROOT names another one, for a course in the making or under test."""

# What Python's parser raises: the last two for a cell that is nested very deeply.
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
_CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(?P<body>.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
_TAGS = re.compile(r"\A:tags: *\[(?P<tags>[^\]]*)\]\n+")
_ANSWERED = re.compile(r"(?:exercise|part)-(?P<id>[\w.]+)$")
_MARKER = re.compile(r"^\s*### (?P<edge>BEGIN|END) (?P<part>SOLUTION|STUB)\s*$")
_PREDICT = re.compile(r'predict\("(?P<id>[^"]+)", \.\.\.\)')


# A line that gives a name a value or a route, for cells that Python cannot read.
_GIVEN = r"^\s*(?:(?:async\s+)?def\s+{name}\b|class\s+{name}\b|{name}\s*[:=][^=]|@{name}\b)"


class CourseError(Exception):
    """Something that a person can mend: one line that says what is wrong and what to do next."""


class CallError(CourseError):
    """The call itself was wrong: it names something that is not there."""


@dataclass(frozen=True)
class LessonFolder:
    """One folder of `lessons/`: `lesson.md`, `exercises.py` and `answers/`."""

    path: Path

    @property
    def name(self) -> str:
        """The folder's name, such as `01_routes`; notebooks are called the same."""
        return self.path.name

    @property
    def number(self) -> str:
        """The first number of the ids of its exercises: `1` for `01_routes`."""
        return str(int(self.name.split("_")[0]))

    @property
    def source(self) -> Path:
        """The text and cells."""
        return self.path / "lesson.md"

    @property
    def title(self) -> str:
        """The lesson's H1 without its number: `Routes`."""
        heading = re.search(r"^# (.+)$", self.source.read_text(encoding="utf-8"), re.MULTILINE)
        return re.sub(r"^\d+\W+", "", heading[1]).strip() if heading else self.name


def lesson_folders(root: Path = ROOT) -> list[LessonFolder]:
    """All lessons in their order."""
    return [LessonFolder(path.parent) for path in sorted((root / "lessons").glob("[0-9][0-9]_*/lesson.md"))]


def lesson_of(exercise_id: str, root: Path = ROOT) -> LessonFolder | None:
    """The lesson that an exercise or prediction belongs to, by the number before the dot; None when there is none."""
    number = exercise_id.split(".")[0]
    return next((folder for folder in lesson_folders(root) if folder.number == number), None)


def cut(source: str, *, solved: bool) -> str:
    """An exercise's cell as the learner gets it (`solved=False`) or with its solution.

    Raises:
        ValueError: a marker has no partner.

    """
    dropped = "STUB" if solved else "SOLUTION"
    kept, inside = [], ""
    for line in source.splitlines():
        marker = _MARKER.match(line)
        if marker is None:
            if inside != dropped:
                kept.append(line)
        elif marker["edge"] == "BEGIN" and not inside:
            inside = marker["part"]
        elif marker["edge"] == "END" and inside == marker["part"]:
            inside = ""
        else:
            raise ValueError(f"`{line.strip()}` has no partner")
    if inside:
        raise ValueError(f"`### BEGIN {inside}` has no `### END {inside}`")
    return "\n".join(kept).strip("\n")


def fill_prediction(source: str, answers: dict[str, object]) -> str:
    """A `predict("1.p1", ...)` cell with the answer in place of the dots."""
    return _PREDICT.sub(
        lambda found: f'predict("{found["id"]}", {answers[found["id"]]!r})' if found["id"] in answers else found[0],
        source,
    )


def _cells(folder: LessonFolder) -> Iterator[tuple[str, list[str]]]:
    """The source and the tags of each code cell, in order."""
    for found in _CELL.finditer(folder.source.read_text(encoding="utf-8")):
        tags = _TAGS.match(found["body"])
        names = [tag.strip() for tag in tags["tags"].split(",")] if tags else []
        yield found["body"][tags.end() if tags else 0 :].strip(), names


@functools.cache
def given_cells(folder: LessonFolder) -> frozenset[str]:
    """The source of each cell that is no exercise's, the stage's among them: what a learner has run without writing it."""
    return frozenset(source for source, tags in _cells(folder) if not any(map(_ANSWERED.match, tags)))


@functools.cache
def exercise_cells(folder: LessonFolder) -> dict[str, str]:
    """The source of each exercise's cell, markers included, by exercise id; cells that are a part of the answer come first."""
    cells: dict[str, str] = {}
    for source, tags in _cells(folder):
        for found in filter(None, map(_ANSWERED.match, tags)):
            cells[found["id"]] = "\n\n\n".join(filter(None, [cells.get(found["id"]), source]))
    return cells


def shown_by(folder: LessonFolder, prediction_id: str) -> str:
    """The source of the cell that shows a prediction's answer, which is the one after its `predict`; empty when there is none."""
    cells = iter(_cells(folder))
    asks = f'predict("{prediction_id}", ...)'
    return next((following for source, _ in cells if source == asks for following, _ in cells), "")


@functools.cache
def solved_cells(folder: LessonFolder, tags: frozenset[str]) -> tuple[str, ...]:
    """The cells that have one of the tags, with their solutions, in the order of the lesson."""
    return tuple(cut(source, solved=True) for source, found in _cells(folder) if tags & set(found))


def same_code(one: str, other: str) -> bool:
    """Whether two cells are the same program, comments and layout aside."""
    try:
        return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))
    except _UNREADABLE:
        return one.strip() == other.strip()


def binds(source: str, names: Iterable[str]) -> bool:
    """Whether a cell gives one of the names a value at top level; for a cell that Python cannot read, whether it seems to."""
    bound = bound_names(source)
    if bound is None:
        return any(re.search(_GIVEN.format(name=re.escape(name)), source, re.MULTILINE) for name in names)
    return not bound.isdisjoint(names)


_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
"""What has names of its own, besides functions and classes."""


@functools.lru_cache(maxsize=1000)  # a check looks through all cells that ran
def bound_names(source: str) -> frozenset[str] | None:
    """The names that a cell binds at top level, by assignment, definition or import; None when Python cannot read it."""
    try:
        tree = ast.parse(source)
    except _UNREADABLE:
        return None
    names: set[str] = set()
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif not isinstance(node, _SCOPES):
            waiting += ast.iter_child_nodes(node)
    return frozenset(names)
