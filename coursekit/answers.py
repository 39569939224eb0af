"""Judge answers to exercises: each in the lesson's own notebook, as a learner who did nothing else would have it.

Run as `python -m coursekit.answers`: reads a JSON list of `[exercise id, source]` of one lesson from standard input, and prints a JSON list of
verdicts. A process of its own, because it runs learners' code.
"""

import json
import subprocess
import sys
import tempfile
from typing import Any

from coursekit.exercise import Exercise, load
from coursekit.lessons import CourseError, LessonFolder, lesson_of

CELL_LIMIT = 30.0
"""Seconds that an answer's cell and its check may take together."""


def grade(folder: LessonFolder, sources: list[tuple[str, str]]) -> list[dict[str, str]]:
    """The verdict on each (exercise id, source), in the same order. Nothing is written outside a temporary folder.

    Raises:
        CourseError: the lesson's own cells do not run.

    """
    with tempfile.TemporaryDirectory() as nowhere:
        done = subprocess.run(
            [sys.executable, "-m", "coursekit.answers"],
            input=json.dumps([folder.name, sources]),
            capture_output=True,
            text=True,
            cwd=nowhere,
            check=False,
        )
    if done.returncode:
        raise CourseError(
            done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "The lesson's own cells ended the process."
        )
    verdicts: list[dict[str, str]] = json.loads(done.stdout.splitlines()[-1])
    return verdicts


def _main() -> None:
    lesson_name, sources = json.load(sys.stdin)
    folder = lesson_of(f"{int(lesson_name.split('_')[0])}.0")
    if folder is None:
        sys.exit(f"There is no lesson {lesson_name}.")
    print("\n" + json.dumps(_in_the_lesson(folder, sources)))


def _in_the_lesson(folder: LessonFolder, sources: list[list[str]]) -> list[dict[str, str]]:
    """Run the lesson's cells in order; at each exercise's cell, judge its answers on copies of the process."""
    from coursekit.build import render

    lesson, shell = load(folder), _shell()
    verdicts: dict[int, dict[str, str]] = {}
    for cell in render(lesson, solved=False).cells:
        if cell.cell_type != "code":
            continue
        for id_ in [tag.removeprefix("exercise-") for tag in cell.metadata.get("tags", [])]:
            for number, (wanted, source) in enumerate(sources):
                if wanted == id_ and id_ in lesson.exercises:
                    verdicts[number] = _judge(shell, lesson.exercises[id_], source)
        result = shell.run_cell(cell.source, store_history=True)
        if not result.success and "raises-exception" not in cell.metadata.get("tags", []):
            sys.exit(
                f"A cell of {folder.name} raises {result.error_in_exec or result.error_before_exec!r}: {cell.source[:60]!r}"
            )
    return [verdicts[number] for number in range(len(sources))]


def _shell() -> Any:
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    import coursekit
    from coursekit.shell import set_up_shell

    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    set_up_shell({name: getattr(coursekit, name) for name in coursekit.__all__})
    return shell


def _judge(shell: Any, exercise: Exercise, source: str) -> dict[str, str]:
    from coursekit.isolate import run

    answer = run(lambda: _run_and_judge(shell, exercise, source), CELL_LIMIT, shell.user_ns)
    if "timeout" in answer:
        return _ended(exercise, "timeout", f"No answer within {CELL_LIMIT:g} seconds. Look for a loop that never ends.")
    if "died" in answer:
        return _ended(exercise, "error", f"The answer ended the whole process ({answer['died']}).")
    answer.pop("printed")
    return answer


def _run_and_judge(shell: Any, exercise: Exercise, source: str) -> dict[str, str]:
    from coursekit.judge import judge, stopped

    result = shell.run_cell(source, store_history=True)
    error = result.error_before_exec or result.error_in_exec
    if error is not None:
        return stopped(exercise, error, shell.user_ns).to_dict()
    return judge(exercise, shell.user_ns).to_dict()


def _ended(exercise: Exercise, outcome: Any, message: str) -> dict[str, str]:
    from coursekit.verdict import Verdict

    return Verdict(exercise.id, exercise.title, outcome, message, next="Mend the cell, then check again.").to_dict()


if __name__ == "__main__":
    _main()
