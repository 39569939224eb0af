"""Judges answers to exercises. Each runs after the notebook's own cells up to it, as if the learner had answered nothing else.

Run as `python -m coursekit.grading.answer`, this module reads `[sitting, [[exercise id, source], …]]` as JSON from standard input. It prints each verdict as
a JSON object on a line, with the `number` of its source and the `verdict`. It runs in a process of its own, because it runs learners' code.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import coursekit
from coursekit.course.cells import cut
from coursekit.course.declarations import Exercise, load
from coursekit.course.errors import CallError, CourseError
from coursekit.course.kit_names import KIT_NAMES
from coursekit.course.lessons import LessonFolder, Sitting, this_course
from coursekit.grading.channel import private_channel
from coursekit.judging.history import CellError
from coursekit.judging.isolation import Answer, can_fork, run_in_this_copy, run_isolated
from coursekit.judging.judge import judge, verdict_on_error
from coursekit.judging.verdict import Verdict
from coursekit.notebook.shell import set_up_shell
from coursekit.notebook.store import use_private_store

Judged = Callable[[int, dict[str, str]], None]

CELL_LIMIT = 30.0
"""How many seconds an answer's cell and its check may take together."""
_SITTING_LIMIT = 300.0
"""How many seconds a notebook's cells may take, and an answer after them."""


def grade_answer(exercise_id: str, file: str) -> list[dict[str, str]]:
    """Judge one answer to one exercise. Returns a list with one object, which `course grade --json` prints.

    Raises:
        CallError: there is no such exercise, or the file cannot be read.
        CourseError: the notebook's own cells do not run.
    """
    folder, source = lesson_with(exercise_id), _text_of(Path(file))
    verdict = _grade_one(folder, exercise_id, source) if can_fork() else grade(folder, [(exercise_id, source)])[0]
    return [{"exercise": exercise_id, "outcome": verdict["outcome"], "message": _in_full(verdict)}]


def lesson_with(exercise_id: str) -> LessonFolder:
    """Return the lesson that has an exercise.

    Raises:
        CallError: there is no such exercise.
    """
    folder = this_course().lesson_of(exercise_id)
    known = folder.cells.answered if folder else {}
    if folder is None or exercise_id not in known:
        there = (
            f"Lesson {folder.number} has {', '.join(known)}." if folder else "Write lesson, dot, number, such as 1.4."
        )
        raise CallError(f"There is no exercise {exercise_id!r}. {there}")
    return folder


def _text_of(file: Path) -> str:
    """A Python file's text, in the encoding that Python reads it in.

    Raises:
        CallError: the file cannot be read.
    """
    try:
        with tokenize.open(file) as opened:
            return opened.read()
    except (OSError, UnicodeDecodeError, SyntaxError) as error:
        why = getattr(error, "strerror", None) or "it is not text that Python reads. Save it as UTF-8"
        raise CallError(f"{file} cannot be read: {why}.") from None


def _in_full(verdict: dict[str, str]) -> str:
    """A verdict's message with what was expected and what came back, for somebody who doesn't see the notebook."""
    parts = [verdict["message"]]
    parts += [f"Expected: {verdict['expected']}."] if verdict["expected"] else []
    parts += [f"Got: {verdict['got']}."] if verdict["got"] else []
    parts += [line.strip() for line in verdict["exchange"].splitlines() if line.lstrip().startswith("✗")]
    return " ".join([*parts, *([verdict["why"]] if verdict["why"] else [])])


def _grade_one(folder: LessonFolder, exercise_id: str, source: str) -> dict[str, str]:
    """Return the verdict on one answer. Works in a copy of this process, which is there sooner than a new one.

    Raises:
        CourseError: the notebook's own cells do not run.
    """
    sitting = folder.sitting_of(exercise_id)
    assert sitting is not None

    def in_the_copy() -> Answer:
        os.chdir(nowhere)
        try:
            return next(verdict for _, verdict in _in_the_sitting(sitting, [(exercise_id, source)]))
        except CourseError as error:
            return {"trouble": str(error)}

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as nowhere:
        answer = run_isolated(in_the_copy, _SITTING_LIMIT, {})
    if "trouble" in answer:
        raise CourseError(answer["trouble"])
    if "timeout" in answer:
        raise CourseError(f"The notebook's own cells took more than {_SITTING_LIMIT:g} seconds.")
    if (
        "outcome" not in answer
    ):  # what was imported here before doesn't go with the lesson: a new process knows nothing of it
        return grade(folder, [(exercise_id, source)])[0]
    answer.pop("printed")
    return answer


def grade(
    folder: LessonFolder, sources: list[tuple[str, str]], judged: Judged = lambda number, verdict: None
) -> list[dict[str, str]]:
    """Return the verdict on each (exercise id, source), in the same order. Works in a temporary folder.

    Args:
        folder: the lesson.
        sources: what to judge.
        judged: is called with the position of a source and the verdict on it as soon as it is there.

    Raises:
        CourseError: the notebook's own cells do not run.
    """
    verdicts: dict[int, dict[str, str]] = {}
    for sitting in folder.sittings:
        asked = {number: one for number, one in enumerate(sources) if one[0] in sitting.cells.answered}
        if asked:
            _grade_in(sitting, asked, verdicts, judged)
    return [verdicts[number] for number in range(len(sources))]


def _grade_in(
    sitting: Sitting, asked: dict[int, tuple[str, str]], verdicts: dict[int, dict[str, str]], judged: Judged
) -> None:
    """Add the verdicts on answers to the exercises of one notebook. A process of its own runs its cells."""
    with tempfile.TemporaryDirectory() as nowhere, tempfile.TemporaryFile("w+") as errors:
        command = [sys.executable, "-m", "coursekit.grading.answer"]
        worker = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=nowhere
        )
        with worker:
            assert worker.stdin is not None and worker.stdout is not None
            with contextlib.suppress(BrokenPipeError), worker.stdin:
                json.dump([sitting.name, list(asked.items())], worker.stdin)
            for line in worker.stdout:
                said = json.loads(line)
                verdicts[said["number"]] = said["verdict"]
                judged(said["number"], said["verdict"])
        if worker.returncode:
            errors.seek(0)
            last = errors.read().strip().splitlines()[-1:]
            raise CourseError(last[0] if last else "The notebook's own cells ended the process.")


def _main() -> None:
    name, asked = json.load(sys.stdin)
    sitting = next((one for one in this_course().sittings() if one.name == name), None)
    if sitting is None:
        sys.exit(f"There is no notebook {name}.")
    say = private_channel()
    numbers, sources = [number for number, _ in asked], [(exercise, source) for _, (exercise, source) in asked]
    try:
        for place, verdict in _in_the_sitting(sitting, sources):
            say({"number": numbers[place], "verdict": verdict})
    except CourseError as error:
        sys.exit(str(error))


def _in_the_sitting(sitting: Sitting, sources: list[tuple[str, str]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Run the notebook's cells in order. Before an exercise's cell runs, judge each answer to it in a copy of the process.

    Yields:
        The position of a source, and the verdict on it.

    Raises:
        CourseError: one of the notebook's own cells doesn't run.
    """
    folder = LessonFolder(sitting.source.parent)
    lesson, shell, left = load(folder), _shell(), len(sources)
    for cell in sitting.cells.cells:
        here = [(number, *one) for number, one in enumerate(sources) if one[0] in cell.tagged("exercise")]
        if len(here) > 1 and can_fork() and (prepare := lesson.exercises[here[0][1]].prepare):
            prepare()
        for number, wanted, source in here:
            yield number, _judge(shell, lesson.exercises[wanted], source)
            left -= 1
        if not left:
            break
        result = shell.run_cell(cut(cell.source, solved=False), store_history=True)
        if not result.success and "raises-exception" not in cell.tags:
            raise CourseError(
                f"A cell of {sitting.name} raises {result.error_in_exec or result.error_before_exec!r}: {cell.source[:60]!r}"
            )


def _shell() -> Any:
    use_private_store()
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    set_up_shell({name: getattr(coursekit, name) for name in KIT_NAMES})
    return shell


def _judge(shell: Any, exercise: Exercise, source: str) -> dict[str, str]:
    """Run an answer's cell and its check in one copy of this process, or in two where it matters which of them ended its process."""

    def judged(isolated: Callable[..., Answer]) -> Answer:
        return run_isolated(lambda: _run_and_judge(shell, exercise, source, isolated), CELL_LIMIT, shell.user_ns)

    answer = judged(run_in_this_copy) if can_fork() else {"died": "without a fork"}
    if "died" in answer:
        answer = judged(run_isolated)
    if "timeout" in answer:
        return _ended(exercise, "timeout", f"No answer within {CELL_LIMIT:g} seconds. Look for a loop that never ends.")
    if "died" in answer:
        return _ended(exercise, "error", f"The answer ended the whole process ({answer['died']}).")
    answer.pop("printed")
    return answer


def _run_and_judge(shell: Any, exercise: Exercise, source: str, isolated: Callable[..., Answer]) -> dict[str, str]:
    result = shell.run_cell(source, store_history=True)
    error = result.error_before_exec or result.error_in_exec
    if error is not None:
        return verdict_on_error(exercise, CellError.of(error, shell.user_ns)).to_dict()
    return judge(exercise, shell.user_ns, isolated).to_dict()


def _ended(exercise: Exercise, outcome: Any, message: str) -> dict[str, str]:
    return Verdict(exercise.id, exercise.title, outcome, message, next="Mend the cell, then check again.").to_dict()


if __name__ == "__main__":
    _main()
