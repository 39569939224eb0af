"""Prints what came of the mutants of the solutions: `course mutate`."""

import json
from collections.abc import Iterable
from itertools import groupby

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from coursekit.course.lessons import Course
from coursekit.grading.folder import at_a_time
from coursekit.grading.mutation import FILE, Judgement, judge_mutants, wanted

_COLORS = {"-": "red", "+": "green"}


def mutate(course: Course, words: list[str], *, number: int | None, jobs: int, as_json: bool) -> bool:
    """Judge the mutants of the solutions to the exercises that the words name, and print what came of them.

    Returns:
        Whether every mutant that passes is filed, and nothing else is.

    Raises:
        CallError: there is no such lesson or exercise.
        CourseError: a solution doesn't pass, or what is filed doesn't follow the format.
    """
    exercises, errors = wanted(course, words), Console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("judging", total=None)
        found = judge_mutants(
            course,
            exercises,
            number=number,
            jobs=jobs or at_a_time(),
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    if as_json:
        print(json.dumps([_as_dict(one) for one in found], indent=2, ensure_ascii=False))
    else:
        _print(found)
    return not any(one.unexplained or one.stale for one in found)


def _as_dict(one: Judgement) -> dict[str, object]:
    return {
        "exercise": one.exercise,
        "mutants": len(one.killed) + len(one.equivalent) + len(one.unexplained),
        "killed": len(one.killed),
        "equivalent": len(one.equivalent),
        "unexplained": [{"id": mutant.id, "change": mutant.change} for mutant in one.unexplained],
        "stale": one.stale,
    }


def _print(found: list[Judgement]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for one in found:
        for mutant in one.unexplained:
            console.print(Text(f"{one.exercise} {mutant.id} passes ({one.folder.name})", "bold"))
            for line in mutant.change.splitlines():
                console.print(Text(line, _COLORS[line[0]]))
            console.print()
    for one in found:
        for sentence in one.stale:
            console.print(Text(sentence))
    console.print(_table(found))
    if any(one.unexplained for one in found):
        console.print(f"Make the check ask about each change that passes, or file it with its reason in {FILE}.")


def _table(found: Iterable[Judgement]) -> Table:
    table = Table("lesson", box=None)
    for name in ("mutants", "killed", "equivalent", "unexplained"):
        table.add_column(name, justify="right")
    for folder, some in groupby(found, key=lambda one: one.folder):
        counts = [(len(one.killed), len(one.equivalent), len(one.unexplained)) for one in some]
        killed, equivalent, unexplained = map(sum, zip(*counts, strict=True))
        numbers = (killed + equivalent + unexplained, killed, equivalent, unexplained)
        table.add_row(folder.name, *map(str, numbers))
    return table
