"""The functions that a learner calls for an exercise or a prediction: `check`, `hint`, `solution`, `predict`."""

import difflib
from dataclasses import replace
from types import EllipsisType
from typing import Any

from coursekit.course.cells import cut
from coursekit.course.declarations import Exercise, Prediction, load
from coursekit.course.ipython import namespace
from coursekit.course.lessons import this_course
from coursekit.course.render import BOX, Note, block, brief, brief_repr
from coursekit.judging.history import newest_try
from coursekit.judging.judge import judge
from coursekit.judging.verdict import Verdict
from coursekit.notebook.store import as_text, current_store

_NEAR_ENOUGH = 0.6


def check(exercise_id: str) -> "Verdict | Note":
    """Check your answer to an exercise and return the verdict. Nothing in your notebook changes."""
    exercise: Exercise | Note = _find(exercise_id, "exercise")
    if isinstance(exercise, Note):
        return exercise
    verdict = judge(exercise, namespace())
    store = current_store()
    store.add_attempt(exercise.id, verdict.outcome)
    return replace(verdict, next=" ".join(filter(None, [verdict.next, store.take_trouble()])))


def hint(exercise_id: str) -> Note:
    """Show the hints to an exercise, one more each time."""
    exercise: Exercise | Note = _find(exercise_id, "exercise")
    if isinstance(exercise, Note):
        return exercise
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
    """Show our solution beside your code, after you have tried."""
    exercise: Exercise | Note = _find(exercise_id, "exercise")
    if isinstance(exercise, Note):
        return exercise
    if exercise.id not in current_store().outcomes():
        return Note(
            f'Try first: write your answer to {exercise.id}, run its cell, and run `check("{exercise.id}")`. A wrong try is enough.'
        )
    ours = cut(exercise.cells.answered[exercise.id], solved=True)
    tried = newest_try(exercise)
    return SideBySide(exercise.id, tried.source if tried else "", ours)


def predict(prediction_id: str, answer: object = ...) -> Note:
    """Commit to an answer. The next cell shows what happens. A wrong prediction costs nothing and teaches the most."""
    prediction: Prediction | Note = _find(prediction_id, "prediction")
    if isinstance(prediction, Note):
        return prediction
    choices = ", ".join(f"`{choice!r}`" for choice in prediction.choices)
    if isinstance(answer, EllipsisType):
        return Note(
            "What do you expect? Put your answer in place of the three dots"
            + (f": one of {choices}." if choices else ".")
        )
    if prediction.choices and as_text(answer) not in map(as_text, prediction.choices):
        return Note(f"`{brief_repr(answer)}` is not one of the answers to choose from: {choices}.")
    current_store().predict(prediction.id, answer)
    folder = this_course().lesson_of(prediction.id)
    if folder is not None and (follows := folder.cells.shown_by(prediction.id)):
        _awaiting_result[follows] = (prediction, answer)
    return Note(f"Noted: `{brief_repr(answer)}`. Now run the next cell and see.")


_awaiting_result: dict[str, tuple[Prediction, object]] = {}
"""The predictions made, each with its answer, by the source of the cell that shows what happens."""


def prediction_result(source: str, namespace: dict[str, Any]) -> Note | None:
    """Return how a prediction turned out, after the cell with this source has run. None if no prediction was made about it."""
    prediction, answer = _awaiting_result.get(source.strip(), (None, None))
    if prediction is None:
        return None
    try:
        came = eval(prediction.evidence, namespace)
    except Exception:  # the learner has changed something that the expression needs
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


class SideBySide:
    """The learner's code and ours."""

    def __init__(self, exercise_id: str, yours: str, ours: str) -> None:
        self.exercise, self.yours, self.ours = exercise_id, yours or "(no cell found)", ours

    def to_dict(self) -> dict[str, object]:
        """The learner's code and ours, for programs."""
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


def _find(id_: Any, kind: str) -> Any:
    """The exercise or prediction with this id. If there is none, a note that says which ids there are."""
    try:
        wanted = brief(str(id_).strip(), 60)
    except Exception:
        wanted = brief_repr(id_)
    folder = this_course().lesson_of(wanted)
    declared: dict[str, Any] = getattr(load(folder), f"{kind}s") if folder else {}
    if wanted in declared:
        return declared[wanted]
    if declared:
        near = difflib.get_close_matches(wanted, declared, 1, _NEAR_ENOUGH)
        did_you_mean = f" Did you mean `{near[0]}`?" if near else ""
        return Note(
            f"There is no {kind} {wanted!r}. Lesson {wanted.split('.')[0]} has {', '.join(declared)}.{did_you_mean}"
        )
    numbers = [folder.number for folder in this_course().lessons()]
    return Note(
        f"There is no {kind} {wanted!r}. Write the lesson's number, a dot and the {kind}'s: the lessons are {', '.join(numbers)}."
    )
