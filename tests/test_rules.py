"""Each rule of the rulebook is trained by an exercise in each lesson that teaches it, as far as the lessons exist."""

import tomllib
from pathlib import Path

import pytest

from coursekit.exercise import load
from coursekit.lessons import ROOT, lesson_folders

RULES = tomllib.loads((ROOT / "lessons" / "rules.toml").read_text(encoding="utf-8"))
LESSONS = {folder.name[:2]: load(folder) for folder in lesson_folders()}
TAUGHT = [(rule, number) for rule, entry in RULES.items() for number in entry["lessons"] if number in LESSONS]


@pytest.mark.parametrize(("rule", "number"), TAUGHT, ids=lambda value: value)
def test_rule_is_trained(rule: str, number: str) -> None:
    trained = [one.id for one in LESSONS[number].exercises.values() if rule in one.rules]
    assert trained, f"Lesson {number} teaches {rule}, but none of its exercises names it in rules=[…]"


def test_exercises_name_only_rules_that_exist() -> None:
    unknown = {
        (one.id, rule) for lesson in LESSONS.values() for one in lesson.exercises.values() for rule in one.rules
    } - {(one.id, rule) for lesson in LESSONS.values() for one in lesson.exercises.values() for rule in RULES}
    assert not unknown


def test_every_rule_has_a_lesson() -> None:
    assert not [rule for rule, entry in RULES.items() if not entry["lessons"] or not entry["says"].endswith(".")]
    assert Path(ROOT / "lessons").is_dir()
