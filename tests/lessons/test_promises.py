"""Every sentence of an exercise's text is a promise that a wrong answer on file breaks, or is marked as one that promises nothing."""

import pytest

from coursekit.author.answers import Answer, answers_of, stories_of
from coursekit.building.source import sentences_of
from coursekit.course.declarations import load
from coursekit.course.lessons import LessonFolder, this_course

EXERCISES = [pytest.param(folder, id_, id=id_) for folder in this_course().lessons() for id_ in load(folder).exercises]


def faults(sentences: list[str], answers: list[Answer], stories: tuple[str, ...]) -> list[str]:
    """What is missing or wrong in the quotes from an exercise's text."""
    text = " ".join(sentences)
    quotes = [*stories, *(quote for answer in answers for quote in answer.breaks)]
    return [
        *(f"The text has {quote!r} {text.count(quote)} times, not once." for quote in quotes if text.count(quote) != 1),
        *(f"The right answer {one.name!r} breaks a promise." for one in answers if one.right and one.breaks),
        *(
            f"Neither `breaks` nor `story` quotes {one!r}."
            for one in sentences
            if not any(quote in one or one in quote for quote in quotes)
        ),
    ]


@pytest.mark.parametrize(("folder", "id_"), EXERCISES)
def test_each_promise_is_broken_by_an_answer(folder: LessonFolder, id_: str) -> None:
    answers = [answer for answer in answers_of(folder) if answer.exercise == id_]
    assert not faults(sentences_of(folder, id_), answers, stories_of(folder)[id_])


def test_what_is_missing_or_wrong_is_named() -> None:
    def answer(right: bool, *breaks: str) -> Answer:
        return Answer("1.1", "this one", right, "", (), "failed", breaks=breaks)

    text = ["Ana brews tea.", "It is hot.", "It is green."]
    assert not faults(text, [answer(False, "is hot"), answer(True)], ("Ana brews tea.", "is green"))
    assert not faults(text, [answer(False, "It is hot. It is green.")], ("Ana",))
    assert faults(text, [answer(False, "is hot")], ("Ana",)) == ["Neither `breaks` nor `story` quotes 'It is green.'."]
    assert len(faults(text, [answer(False, "It is")], ("Ana", "hot", "green"))) == 1, "a quote that is there twice"
    assert len(faults(text, [answer(True, "hot")], ("Ana", "green"))) == 1, "a right answer that breaks something"
    assert len(faults(text, [answer(False, "cold")], ("Ana", "hot", "green"))) == 1, "a quote that is not there"
