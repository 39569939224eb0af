"""What a learner calls in a notebook: check, hint, solution, predict, progress."""

import difflib
import sys
from dataclasses import replace
from types import EllipsisType
from typing import Any

import __main__
from coursekit.exercise import Exercise, Lesson, Prediction, load
from coursekit.judge import judge, newest_try
from coursekit.lessons import cut, exercise_cells, lesson_folders, lesson_of, shown_by
from coursekit.render import BOX, Note, Table, block, brief, brief_repr
from coursekit.store import Store, as_text, current_store
from coursekit.verdict import Verdict

_NEAR_ENOUGH = 0.6


def check(exercise_id: str) -> "Verdict | Note":
    """Ask the exercise's questions of your app and say what came back. Changes nothing in your notebook."""
    exercise = _find(exercise_id, "exercises")
    if isinstance(exercise, Note):
        return exercise
    assert isinstance(exercise, Exercise)
    verdict = judge(exercise, namespace())
    store = current_store()
    store.add_attempt(exercise.id, verdict.outcome)
    return replace(verdict, next=" ".join(filter(None, [verdict.next, _trouble(store)])))


def hint(exercise_id: str) -> Note:
    """One more hint each time."""
    exercise = _find(exercise_id, "exercises")
    if isinstance(exercise, Note):
        return exercise
    assert isinstance(exercise, Exercise)
    total = len(exercise.hints)
    shown = current_store().next_hint(exercise.id, total)
    lines = [f"Hint {number} of {total}: {text}" for number, text in enumerate(exercise.hints[:shown], 1)]
    lines.append(
        "Run this again for one more."
        if shown < total
        else f'That was the last one. After a try, `solution("{exercise.id}")` shows ours.'
    )
    return Note("\n".join(lines))


def solution(exercise_id: str) -> "Note | SideBySide":
    """Our solution beside your code, once you have tried."""
    exercise = _find(exercise_id, "exercises")
    if isinstance(exercise, Note):
        return exercise
    assert isinstance(exercise, Exercise)
    if exercise.id not in current_store().outcomes():
        return Note(
            f'Try first: write your answer to {exercise.id}, run its cell, and run `check("{exercise.id}")`. A wrong try is enough.'
        )
    folder = lesson_of(exercise.id)
    ours = cut(exercise_cells(folder)[exercise.id], solved=True) if folder else ""
    tried = newest_try(exercise)
    return SideBySide(exercise.id, tried.source if tried else "", ours)


def predict(prediction_id: str, answer: object = ...) -> Note:
    """Commit to an answer; the next cell shows what happens. A wrong prediction costs nothing and teaches most."""
    prediction = _find(prediction_id, "predictions")
    if isinstance(prediction, Note):
        return prediction
    assert isinstance(prediction, Prediction)
    choices = ", ".join(f"`{choice!r}`" for choice in prediction.choices)
    if isinstance(answer, EllipsisType):
        return Note(
            "What do you expect? Put your answer in place of the three dots"
            + (f": one of {choices}." if choices else ".")
        )
    if prediction.choices and as_text(answer) not in map(as_text, prediction.choices):
        return Note(f"`{brief_repr(answer)}` is not one of the answers to choose from: {choices}.")
    current_store().predict(prediction.id, answer)
    folder = lesson_of(prediction.id)
    if folder is not None and (follows := shown_by(folder, prediction.id)):
        _predicted_before[follows] = (prediction, answer)
    return Note(f"Noted: `{brief_repr(answer)}`. Now run the next cell and see.")


_predicted_before: dict[str, tuple[Prediction, object]] = {}
"""By the source of the cell that shows the answer: what was predicted."""


def revealed(source: str, namespace: dict[str, Any]) -> Note | None:
    """After a cell that has run to its end: how the prediction before it turned out; None where none was made."""
    prediction, answer = _predicted_before.get(source.strip(), (None, None))
    if prediction is None:
        return None
    try:
        came = eval(prediction.evidence, namespace)
    except Exception:  # a name of the cell means something else by now
        return None
    predicted, lessons = f"You predicted `{brief_repr(answer)}`", as_text(prediction.answer)
    if as_text(came) != lessons:
        wanted = brief_repr(prediction.answer)
        return Note(
            f"{predicted}. Here it is `{brief_repr(came)}`, in the lesson `{wanted}`: did you change a cell above?"
        )
    if as_text(answer) == lessons:
        return Note(f"✓ {predicted}, and so it is.")
    return Note(f"✗ {predicted}; it is `{brief_repr(came)}`. The text below says why.")


def progress() -> Table:
    """Where you are, and what is next."""
    store = current_store()
    if store.file is not None:
        return standing(store)
    return standing(store, "Outside a workspace, progress lasts until the kernel stops. `course` opens yours.")


def standing(store: Store, note: str = "") -> Table:
    """Each lesson with what is passed and predicted, and the next exercise."""
    outcomes, predictions = store.outcomes(), store.predictions()
    lessons = [load(folder) for folder in lesson_folders()]
    rows = []
    for lesson in lessons:
        passed = sum(outcomes.get(id_) == "passed" for id_ in lesson.exercises)
        rows.append(
            [
                f"{lesson.folder.name[:2]} {lesson.folder.title}",
                f"{passed} of {len(lesson.exercises)}",
                _predicted(lesson, predictions),
            ]
        )
    ahead, behind = _unpassed(lessons, outcomes)
    said, left = "Every exercise is passed.", ""
    if ahead or behind:
        lesson, one = (ahead or behind)[0]
        said = f"Next: exercise {one.id}, {one.title} (`{lesson.folder.name}.ipynb`)."
    if ahead and behind:
        left = f"Left open before it: {', '.join(one.id for _, one in behind)}."
    text = "\n".join(filter(None, [said, left, note, _trouble(store)]))
    return Table(text, ["lesson", "exercises passed", "predictions right"], rows)


Unpassed = list[tuple[Lesson, Exercise]]


def _unpassed(lessons: list[Lesson], outcomes: dict[str, str]) -> tuple[Unpassed, Unpassed]:
    """What is not passed: from the last exercise that was tried on, and what was left open before it."""
    ordered = [(lesson, one) for lesson in lessons for one in lesson.exercises.values()]
    here = max((number for number, (_, one) in enumerate(ordered) if one.id in outcomes), default=0)
    unpassed = [(number, pair) for number, pair in enumerate(ordered) if outcomes.get(pair[1].id) != "passed"]
    return [pair for number, pair in unpassed if number >= here], [pair for number, pair in unpassed if number < here]


def _predicted(lesson: Lesson, predictions: dict[str, str]) -> str:
    made = [one for one in lesson.predictions.values() if one.id in predictions]
    right = sum(predictions[one.id] == as_text(one.answer) for one in made)
    return f"{right} of {len(made)}" if made else "none made" if lesson.predictions else "none asked"


def next_lesson(store: Store) -> str:
    """The name of the lesson to go on with; the last when every exercise is passed; empty when there is no lesson."""
    lessons = [load(folder) for folder in lesson_folders()]
    ahead, behind = _unpassed(lessons, store.outcomes())
    names = [lesson.folder.name for lesson, _ in ahead or behind] or [lesson.folder.name for lesson in lessons[-1:]]
    return names[0] if names else ""


class SideBySide:
    """The learner's code and ours."""

    def __init__(self, exercise_id: str, yours: str, ours: str) -> None:
        self.exercise, self.yours, self.ours = exercise_id, yours or "(no cell found)", ours

    def to_dict(self) -> dict[str, object]:
        """Both programs, for programs."""
        return {"exercise": self.exercise, "yours": self.yours, "ours": self.ours}

    def __repr__(self) -> str:
        return f"Exercise {self.exercise}\n\nYours:\n\n{self.yours}\n\nOurs (one right answer of many):\n\n{self.ours}"

    def _repr_html_(self) -> str:
        columns = [("Yours", self.yours), ("Ours (one right answer of many)", self.ours)]
        parts = "".join(
            f'<div style="flex:1 1 22em;min-width:0"><strong>{title}</strong>{block(code)}</div>'
            for title, code in columns
        )
        return f'<div style="{BOX}"><div>Exercise {self.exercise}</div><div style="display:flex;flex-wrap:wrap;gap:1em">{parts}</div></div>'


def _find(id_: Any, kind: str) -> "Exercise | Prediction | Note":
    """The declaration with this id; a note that says what there is instead when there is none."""
    try:
        wanted = brief(str(id_).strip(), 60)
    except Exception:
        wanted = brief_repr(id_)
    folder = lesson_of(wanted)
    lesson = load(folder) if folder else None
    declared: dict[str, Any] = getattr(lesson, kind) if lesson else {}
    if wanted in declared:
        found: Exercise | Prediction = declared[wanted]
        return found
    singular = kind[:-1]
    if declared:
        near = difflib.get_close_matches(wanted, declared, 1, _NEAR_ENOUGH)
        did_you_mean = f" Did you mean `{near[0]}`?" if near else ""
        return Note(
            f"There is no {singular} {wanted!r}. Lesson {wanted.split('.')[0]} has {', '.join(declared)}.{did_you_mean}"
        )
    numbers = [folder.number for folder in lesson_folders()]
    return Note(
        f"There is no {singular} {wanted!r}. Write the lesson's number, a dot and the {singular}'s: the lessons are {', '.join(numbers)}."
    )


def namespace() -> dict[str, Any]:
    """The notebook's names: IPython's, or those of a plain interactive Python."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell.user_ns if shell else vars(__main__)


def _trouble(store: Store) -> str:
    """What the store has to say, once."""
    said, store.trouble = store.trouble, ""
    return said
