"""Small changes to each solution: a fixed part of them is refused, or filed with its reason. `course mutate` judges all of them."""

import pytest

from coursekit.course.declarations import load
from coursekit.course.lessons import LessonFolder, this_course
from coursekit.grading.mutation import Judgement, filed_in, judge_mutants, untrue_in, wanted

_SAMPLE = 1
"""Of each exercise, because a judged solution and mutant take a second of CPU together. CI judges all mutants of most lessons."""

FOLDERS = [folder for folder in this_course().lessons() if load(folder).exercises]


@pytest.mark.parametrize("folder", [pytest.param(one, id=one.name) for one in FOLDERS])
def test_a_sample_is_refused_or_filed(folder: LessonFolder) -> None:
    found = judge_mutants(this_course(), wanted(this_course(), [folder.name]), number=_SAMPLE)
    assert [one.exercise for one in found] == list(load(folder).exercises)
    assert [said for one in found for said in troubles(one)] == []


def troubles(one: Judgement) -> list[str]:
    """What is to be done about an exercise's mutants."""
    return one.stale + [f"{one.exercise} {mutant.id} passes:\n{mutant.change}" for mutant in one.unexplained]


@pytest.mark.parametrize("folder", [pytest.param(one, id=one.name) for one in FOLDERS])
def test_what_is_filed_is_true(folder: LessonFolder) -> None:
    assert [said for exercise in filed_in(folder) for said in untrue_in(folder, exercise)] == []
