"""Every exercise: its stub is not attempted, its solution passes, other right answers pass, wrong ones hear what is wrong."""

import functools

import pytest

from coursekit.author.answers import Answer, answers_of
from coursekit.course.cells import cut
from coursekit.course.declarations import load
from coursekit.course.lessons import LessonFolder, this_course
from coursekit.grading.answer import grade
from coursekit.judging.exceptions import LONGEST_MESSAGE
from coursekit.judging.verdict import Verdict
from tests.lessons.known_sentences import advice_sentences, is_said, known_sentences

FOLDERS = [folder for folder in this_course().lessons() if load(folder).exercises]


def all_answers(folder: LessonFolder) -> list[Answer]:
    """The stub and the solution of each exercise, and the answers on file."""
    given = []
    for id_, source in folder.cells.answered.items():
        given.append(Answer(id_, "stub", False, cut(source, solved=False), (), "not_attempted"))
        given.append(Answer(id_, "solution", True, cut(source, solved=True), (), "passed"))
    return [*given, *answers_of(folder)]


@functools.cache
def verdicts(folder: LessonFolder) -> dict[tuple[str, str], Verdict]:
    answers = all_answers(folder)
    graded = grade(folder, [(answer.exercise, answer.source) for answer in answers])
    return {
        (answer.exercise, answer.name): Verdict(**verdict)  # type: ignore[arg-type]
        for answer, verdict in zip(answers, graded, strict=True)
    }


def kind(answer: Answer) -> str:
    """`stub`, `solution`, or `right-…` and `wrong-…` with its name."""
    return (
        answer.name if answer.name in ("stub", "solution") else f"{'right' if answer.right else 'wrong'}-{answer.name}"
    )


CASES = [
    pytest.param(folder, answer, id=f"{answer.exercise}-{kind(answer)}")
    for folder in FOLDERS
    for answer in all_answers(folder)
]


@pytest.mark.parametrize(("folder", "answer"), CASES)
def test_answer(folder: LessonFolder, answer: Answer) -> None:
    verdict = verdicts(folder)[answer.exercise, answer.name]
    assert verdict.outcome == answer.outcome, repr(verdict)
    for words in answer.says:
        assert words.lower() in repr(verdict).lower()
    for words in answer.never:
        assert words.lower() not in repr(verdict).lower()
    assert len(verdict.message) <= LONGEST_MESSAGE or "\n" in verdict.message, "neither short nor a list"
    if verdict.outcome in ("failed", "error", "timeout"):
        assert verdict.next, "a verdict that is not passed says what to do next"


EXERCISES = [pytest.param(folder, id_, id=id_) for folder in FOLDERS for id_ in load(folder).exercises]


@pytest.mark.parametrize(("folder", "id_"), EXERCISES)
def test_answer_file(folder: LessonFolder, id_: str) -> None:
    answers = [answer for answer in answers_of(folder) if answer.exercise == id_]
    wrong = [answer for answer in answers if not answer.right]
    assert [answer for answer in answers if answer.right], f"answers/{id_}.py needs another right answer"
    assert len(wrong) >= 3, f"answers/{id_}.py needs at least three wrong answers"
    assert all(answer.says for answer in wrong), "each wrong answer states words that its verdict must contain"
    assert len({answer.name for answer in answers}) == len(answers), "two answers have the same name"


@pytest.mark.parametrize(("folder", "id_"), EXERCISES)
def test_wrong_answers_do_not_all_hear_the_same(folder: LessonFolder, id_: str) -> None:
    wrong = [answer for answer in answers_of(folder) if answer.exercise == id_ and not answer.right]
    messages = {verdicts(folder)[id_, answer.name].message for answer in wrong}
    assert len(messages) >= min(3, len(wrong)), f"the wrong answers to {id_} hear too few different sentences"


def test_answer_files_belong_to_exercises() -> None:
    for folder in FOLDERS:
        files = {path.stem for path in (folder.path / "answers").glob("*")}
        assert files == set(load(folder).exercises)


@pytest.mark.parametrize("folder", [pytest.param(folder, id=f"{folder.number}.known") for folder in FOLDERS])
def test_each_known_sentence_is_said(folder: LessonFolder) -> None:
    known = known_sentences(folder.path / "exercises.py")
    said = [" ".join(repr(verdict).split()) for verdict in verdicts(folder).values()] if known else []
    unsaid = [sentence for sentence in known if not any(is_said(sentence, verdict) for verdict in said)]
    assert not unsaid, "no answer on file gets these sentences"


def test_each_advice_is_asked_for() -> None:
    """An answer's `says` names a piece of the sentence, and `test_answer` holds that its verdict contains that."""
    asked = [words for folder in FOLDERS for answer in answers_of(folder) for words in answer.says if len(words) >= 15]
    advice = advice_sentences(this_course().root / "lessons" / "advice.py")
    assert advice
    unsaid = [one for one in advice if not any(words in part or part in words for words in asked for part in one)]
    assert not unsaid, "no answer on file asks for these sentences"
