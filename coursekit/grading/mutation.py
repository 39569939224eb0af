"""Judges the mutants of a lesson's solutions, remembers the outcomes, and compares them with the mutants that are filed as equivalent."""

import sys
import threading
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit.building.freshness import code_around, digest
from coursekit.building.mutants import Mutant, mutants_of, sample
from coursekit.course.cells import cut
from coursekit.course.declarations import load
from coursekit.course.errors import CourseError
from coursekit.course.files import text_of
from coursekit.course.lessons import Course, LessonFolder
from coursekit.grading import answer
from coursekit.grading.remembered import Memory

FILE = "equivalent.toml"
_SAVED_EVERY = 20
_FIELDS = {"change", "reason"}


@dataclass(frozen=True)
class Filed:
    """A mutant that may pass, because no promise is broken by it."""

    change: str
    reason: str


@dataclass(frozen=True)
class Judgement:
    """What came of the mutants of one exercise."""

    folder: LessonFolder
    exercise: str
    killed: list[Mutant]
    """Those that the check refuses."""
    equivalent: list[Mutant]
    """Those that pass and are filed."""
    unexplained: list[Mutant]
    """Those that pass and aren't filed."""
    stale: list[str]
    """Sentences about what is filed and should not be."""


def wanted(course: Course, words: list[str]) -> dict[LessonFolder, list[str]]:
    """Return the lessons and the exercises in them that the words name; all of them if there is no word.

    Args:
        course: the course.
        words: exercises (`4.2`) and lessons (`04`, `database`).

    Raises:
        CallError: there is no such lesson or exercise.
    """
    found: dict[LessonFolder, list[str]] = {}
    for word in words or [folder.name for folder in course.lessons()]:
        folder = answer.lesson_with(word) if "." in word else course.find_lesson(word)
        known = list(load(folder).exercises)
        found[folder] = sorted({*found.get(folder, []), *([word] if "." in word else known)}, key=known.index)
    return found


def filed_in(folder: LessonFolder) -> dict[str, dict[str, Filed]]:
    """Return the mutants that are filed beside a lesson's exercises, by exercise and id.

    Raises:
        CourseError: the file doesn't follow the format, or an exercise in it doesn't exist.
    """
    where, text = _file(folder), text_of(folder.path / FILE) or ""
    try:
        tables: dict[str, dict[str, Any]] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{where} is not TOML: {error}.") from None
    found: dict[str, dict[str, Filed]] = {}
    for exercise, entries in tables.items():
        if exercise not in load(folder).exercises or not isinstance(entries, dict):
            raise CourseError(f'{where}: there is no exercise {exercise!r}. Write the table\'s name as `["1.4".id]`.')
        for id_, entry in entries.items():
            fields = entry if isinstance(entry, dict) else {}
            texts = [value for value in fields.values() if isinstance(value, str) and value.strip()]
            if set(fields) != _FIELDS or len(texts) != len(_FIELDS):
                raise CourseError(f"{where}: {exercise} {id_} needs two texts, `change` and `reason`.")
            found.setdefault(exercise, {})[id_] = Filed(**fields)
    return found


def untrue_in(folder: LessonFolder, exercise: str) -> list[str]:
    """Return a sentence about each mutant that is filed for an exercise, and doesn't exist or changes other lines."""
    known = {one.id: _lines(one.change) for one in mutants_of(exercise, folder.cells.answered[exercise])}
    found = []
    for id_, filed in filed_in(folder).get(exercise, {}).items():
        if id_ not in known:
            found.append(f"{_file(folder)}: {exercise} has no mutant {id_} any more. Remove the entry.")
        elif not _lines(filed.change) <= known[id_]:
            found.append(f"{_file(folder)}: {exercise} {id_} changes other lines. Copy them from `course mutate`.")
    return found


def _lines(change: str) -> set[str]:
    return {line.rstrip() for line in change.strip().splitlines()}


def judge_mutants(
    course: Course,
    exercises: dict[LessonFolder, list[str]],
    *,
    number: int | None = None,
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Judgement]:
    """Judge the mutants of the solutions to some exercises.

    Args:
        course: the course.
        exercises: the exercises by lesson, as `wanted` returns them.
        number: how many mutants of each exercise to judge; all of them if it is None.
        jobs: how many processes judge at a time.
        progress: is called after each verdict with how many there are, and how many there will be.

    Raises:
        CourseError: a solution doesn't pass, what is filed doesn't follow the format, or a lesson's own cells don't run.
    """
    chosen = {
        (folder, id_): sample(mutants_of(id_, folder.cells.answered[id_]), number)
        for folder, ids in exercises.items()
        for id_ in ids
    }
    filed = {folder: filed_in(folder) for folder in exercises}  # before anything is judged, because that takes minutes
    memory = Memory(course.root / ".cache" / "mutants.json")
    for folder, id_ in chosen:
        memory.open(id_, _state(course, folder, id_))
    new = {
        folder: [
            (id_, source)
            for id_ in ids
            for source in [_solution(folder, id_), *(one.source for one in chosen[folder, id_])]
            if memory.outcome(id_, source) is None
        ]
        for folder, ids in exercises.items()
    }
    try:
        _judge_all(new, memory, jobs, progress)
    finally:
        memory.save()
    return [_judgement(folder, id_, mutants, filed[folder], memory) for (folder, id_), mutants in chosen.items()]


def _judgement(
    folder: LessonFolder, exercise: str, mutants: list[Mutant], filed: dict[str, dict[str, Filed]], memory: Memory
) -> Judgement:
    if memory.outcome(exercise, _solution(folder, exercise)) != "passed":
        raise CourseError(f"The solution to {exercise} doesn't pass, so its mutants say nothing. Mend that first.")
    known = filed.get(exercise, {})
    passed = [one for one in mutants if memory.outcome(exercise, one.source) == "passed"]
    killed = [one for one in mutants if one not in passed]
    stale = [
        f"{_file(folder)}: the check of {exercise} refuses {one.id} now. Remove the entry."
        for one in killed
        if one.id in known
    ]
    return Judgement(
        folder,
        exercise,
        killed,
        [one for one in passed if one.id in known],
        [one for one in passed if one.id not in known],
        [*untrue_in(folder, exercise), *stale],
    )


def _judge_all(
    new: dict[LessonFolder, list[tuple[str, str]]],
    memory: Memory,
    jobs: int,
    progress: Callable[[int, int], None],
) -> None:
    """Judge sources by lesson, with some processes at a time, and remember the outcomes."""
    total, done, one_at_a_time = sum(map(len, new.values())), 0, threading.Lock()

    def judge(folder: LessonFolder, sources: list[tuple[str, str]]) -> None:
        def judged(at: int, verdict: dict[str, str]) -> None:
            nonlocal done
            with one_at_a_time:
                memory.note(*sources[at], verdict["outcome"])
                done += 1
                if done % _SAVED_EVERY == 0:  # a process that is killed has not worked for nothing
                    memory.save()
                progress(done, total)

        answer.grade(folder, sources, judged)

    parts = [(folder, sources[begin::jobs]) for folder, sources in new.items() for begin in range(jobs)]
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(lambda part: judge(*part), [part for part in parts if part[1]]))


def _solution(folder: LessonFolder, exercise: str) -> str:
    return cut(folder.cells.answered[exercise], solved=True)


def _state(course: Course, folder: LessonFolder, exercise: str) -> str:
    """A digest of what the verdicts on an exercise's answers depend on: the kit, the checks, and the cells that run before."""
    cells: list[str] = []
    sitting = folder.sitting_of(exercise)
    assert sitting is not None
    for cell in sitting.cells.cells:
        cells.append(cut(cell.source, solved=False))
        if exercise in cell.tagged("exercise"):
            break
    advice = text_of(course.root / "lessons" / "advice.py") or ""
    texts = [sys.version, advice, Path(answer.__file__).read_text(encoding="utf-8"), *cells]
    return digest(*(text.encode() for text in texts), *code_around(course, folder, sitting))


def _file(folder: LessonFolder) -> str:
    return f"lessons/{folder.name}/{FILE}"
