"""`progress`: what a learner has done, and what comes next."""

from coursekit.course.declarations import Exercise, Lesson, load
from coursekit.course.lessons import this_course
from coursekit.course.render import Table
from coursekit.notebook.store import Store, as_text, current_store


def progress() -> Table:
    """Show where you are and what is next."""
    store = current_store()
    if store.file is not None:
        return progress_table(store)
    return progress_table(store, "Outside a workspace, progress lasts until the kernel stops. `course` opens yours.")


def progress_table(store: Store, note: str = "") -> Table:
    """Return a table of the lessons with the exercises passed and the predictions made, headed by the next exercise and the note."""
    outcomes, predictions = store.outcomes(), store.predictions()
    lessons = [load(folder) for folder in this_course().lessons()]
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
        said = f"Next: exercise {one.id}, {one.title} (`{_notebook_of(lesson, one)}.ipynb`)."
    if ahead and behind:
        left = f"Left open before it: {', '.join(one.id for _, one in behind)}."
    text = "\n".join(filter(None, [said, left, note, store.take_trouble()]))
    return Table(text, ["lesson", "exercises passed", "predictions right"], rows)


Unpassed = list[tuple[Lesson, Exercise]]


def _unpassed(lessons: list[Lesson], outcomes: dict[str, str]) -> tuple[Unpassed, Unpassed]:
    """The exercises that haven't passed: those from the last one that was tried on, and those that were left out before it."""
    ordered = [(lesson, one) for lesson in lessons for one in lesson.exercises.values()]
    here = max((number for number, (_, one) in enumerate(ordered) if one.id in outcomes), default=0)
    unpassed = [(number, pair) for number, pair in enumerate(ordered) if outcomes.get(pair[1].id) != "passed"]
    return [pair for number, pair in unpassed if number >= here], [pair for number, pair in unpassed if number < here]


def _predicted(lesson: Lesson, predictions: dict[str, str]) -> str:
    made = [one for one in lesson.predictions.values() if one.id in predictions]
    right = sum(predictions[one.id] == as_text(one.answer) for one in made)
    return f"{right} of {len(made)}" if made else "none made" if lesson.predictions else "none asked"


def _notebook_of(lesson: Lesson, exercise: Exercise) -> str:
    """The name of the notebook in which an exercise is answered."""
    sitting = lesson.folder.sitting_of(exercise.id)
    return sitting.name if sitting else lesson.folder.name


def next_notebook(store: Store) -> str:
    """Return the name of the notebook to go on with. This is the last one if every exercise has passed, and empty without lessons."""
    lessons = [load(folder) for folder in this_course().lessons()]
    ahead, behind = _unpassed(lessons, store.outcomes())
    if ahead or behind:
        return _notebook_of(*(ahead or behind)[0])
    return next((sitting.name for sitting in reversed(this_course().sittings())), "")
