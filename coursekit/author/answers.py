"""Reads a lesson's answer files: right and wrong answers to its exercises, written as code or as changes to other code.

CONTRIBUTING.md describes the format.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from coursekit.course.cells import cut
from coursekit.course.errors import CourseError
from coursekit.course.lessons import LessonFolder

_PART = re.compile(r"^# %% (?P<kind>right|wrong): (?P<name>.+)$", re.MULTILINE)
_DIRECTIVE = re.compile(r"# (?P<key>says|never|breaks|outcome|change): (?P<value>.+)")
_STORY = re.compile(r"# story: (.+)")
_FROM_LESSON = ("solution", "stub")
_GAP = re.compile(r"^\.\.\.\s*$", re.MULTILINE)
"""The line between two changes of one answer."""


@dataclass(frozen=True)
class Answer:
    """An answer on file, with its whole source and the verdict that it must get."""

    exercise: str
    name: str
    right: bool
    source: str
    says: tuple[str, ...]
    """Pieces of text that the verdict must contain."""
    outcome: str
    never: tuple[str, ...] = ()
    """Pieces of text that the verdict must not contain."""
    breaks: tuple[str, ...] = ()
    """The promises of the exercise's text that this answer breaks, in the text's words."""


@dataclass(frozen=True)
class _Part:
    """One part of an answer file, as it is written there."""

    name: str
    right: bool
    said: dict[str, list[str]]
    """The values of its directives, by key."""
    base: str | None
    """The name of the code that the answer changes, or None if the answer is whole code."""
    body: str
    """The changes if there is a base, or else the whole code."""


def answers_of(folder: LessonFolder) -> list[Answer]:
    """Return all the answers on file for a lesson's exercises.

    Raises:
        CourseError: a file doesn't follow the format, or a change doesn't fit its base.
    """
    return [answer for path in sorted((folder.path / "answers").glob("*.py")) for answer in _answers(folder, path)]


def stories_of(folder: LessonFolder) -> dict[str, tuple[str, ...]]:
    """Return, for each exercise with an answer file, the words of its text that promise nothing."""
    files = sorted((folder.path / "answers").glob("*.py"))
    above = {file.stem: _PART.split(file.read_text(encoding="utf-8"), maxsplit=1)[0] for file in files}
    return {exercise: tuple(map(str.strip, _STORY.findall(text))) for exercise, text in above.items()}


def _answers(folder: LessonFolder, path: Path) -> Iterator[Answer]:
    file = f"lessons/{folder.name}/answers/{path.name}"
    parts = list(_parts(file, path.read_text(encoding="utf-8")))
    bases = _bases(folder, path.stem) | {part.name: part.body for part in parts if part.base is None}
    problems = []
    for part in parts:
        try:
            source = _source(part, bases)
        except ValueError as error:
            problems.append(f"{file}: the answer {part.name!r} {error}")
        else:
            says, never, breaks = (tuple(part.said[key]) for key in ("says", "never", "breaks"))
            outcome = next(iter(part.said["outcome"]), "passed" if part.right else "failed")
            yield Answer(path.stem, part.name, part.right, source, says, outcome, never, breaks)
    if problems:
        others = len(problems) - 1
        raise CourseError(problems[0] + (f" (And {others} more in this file.)" if others else ""))


def _parts(file: str, text: str) -> Iterator[_Part]:
    found = list(_PART.finditer(text))
    if not found or _STORY.sub("", text[: found[0].start()]).strip():
        raise CourseError(
            f"{file}: begin each answer with `# %% right: …` or `# %% wrong: …`. Only `# story: …` lines stand above the first."
        )
    names = set(_FROM_LESSON)
    for part, end in zip(found, [*(one.start() for one in found[1:]), len(text)], strict=True):
        name, (said, body) = part["name"].strip(), _directives(text[part.end() : end])
        if name in names:
            raise CourseError(f"{file} has a second answer called {name!r}. Give it another name.")
        if len(said["change"]) > 1:
            raise CourseError(f"{file}: the answer {name!r} has two bases. Keep one `# change: …` line.")
        names.add(name)
        yield _Part(name, part["kind"] == "right", said, next(iter(said["change"]), None), body)


def _directives(text: str) -> tuple[dict[str, list[str]], str]:
    """The values of an answer's directives by key, and the code or changes below them."""
    said: dict[str, list[str]] = {key: [] for key in ("says", "never", "breaks", "outcome", "change")}
    lines = text.strip("\n").split("\n")
    while lines and (directive := _DIRECTIVE.fullmatch(lines[0])):
        said[directive["key"]].append(directive["value"].strip())
        lines.pop(0)
    return said, "\n".join(lines).strip("\n")


def _bases(folder: LessonFolder, exercise: str) -> dict[str, str]:
    """An exercise's solution and stub from the lesson, by the names that a change uses for them."""
    cell = folder.cells.answered.get(exercise)
    return {} if cell is None else {name: cut(cell, solved=name == "solution") for name in _FROM_LESSON}


def _source(part: _Part, bases: dict[str, str]) -> str:
    """An answer's whole code.

    Raises:
        ValueError: the base doesn't exist, or a change doesn't fit it. The message continues a sentence that begins with the answer's name.
    """
    if part.base is None:
        return part.body
    if part.base not in bases:
        raise ValueError(
            f"is a change to {part.base!r}, which is not there. "
            "Write `solution`, `stub` or the name of an answer in this file that is whole code."
        )
    try:
        return changed(bases[part.base], part.body)
    except ValueError as error:
        raise ValueError(f"does not fit {part.base!r}: {error}") from None


def changed(base: str, changes: str) -> str:
    """Return the base with all the changes made. Each change is looked up in the original base, so their order doesn't matter.

    Raises:
        ValueError: a line has no sign, a change's old lines aren't in the base exactly once, or two changes overlap.
    """
    lines = base.split("\n")
    edits: list[tuple[int, int, list[str]]] = []
    for signed in _hunks(changes):
        old = [line[1:] for line in signed if line[0] in " -"]
        start = _start_of(lines, old)
        edits.append((start, start + len(old), [line[1:] for line in signed if line[0] in " +"]))
    edits.sort()
    for (_, end, _), (start, _, _) in pairwise(edits):
        if start < end:
            raise ValueError(f"two changes share the line {lines[start]!r}. Make them one.")
    for start, end, new in reversed(edits):
        lines[start:end] = new
    return "\n".join(lines).strip("\n")


def _hunks(changes: str) -> Iterator[list[str]]:
    """Yield the lines of each change with their signs. An empty line inside a change counts as a line that stays.

    Raises:
        ValueError: a line has no sign, or a change changes nothing.
    """
    for hunk in _GAP.split(changes):
        lines = re.sub(r"\A\s*\n|\n\s*\Z", "", hunk).split("\n")
        unsigned = next((line for line in lines if line and line[0] not in " -+"), None)
        if unsigned is not None:
            raise ValueError(
                f"the line {unsigned!r} has no sign. Begin it with ` ` (stays), `-` (goes) or `+` (comes)."
            )
        if not any(line.startswith(("-", "+")) for line in lines):
            raise ValueError("a change has no line that begins with `-` or `+`. Write what goes and what comes.")
        yield [line or " " for line in lines]


def _start_of(lines: list[str], old: list[str]) -> int:
    """The index of the line where the old lines begin.

    Raises:
        ValueError: there are no old lines, or they aren't there exactly once.
    """
    if not old:
        raise ValueError("a change has only new lines. Add a line that stays, before or after them.")
    starts = [start for start in range(len(lines) - len(old) + 1) if lines[start : start + len(old)] == old]
    if len(starts) == 1:
        return starts[0]
    if starts:
        raise ValueError(
            f"the lines that begin with {old[0]!r} are there {len(starts)} times. Add a line before or after them."
        )
    missing = next((line for line in old if line not in lines), None)
    if missing is not None:
        raise ValueError(f"it has no line {missing!r}. Copy the old lines from it again.")
    raise ValueError(f"the lines that begin with {old[0]!r} do not follow each other there. Copy them from it again.")
