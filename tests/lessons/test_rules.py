"""Each rule of the rulebook is trained by an exercise in each lesson that teaches it, as far as the lessons exist."""

import re
import tomllib
from pathlib import Path

import pytest

from coursekit.building.rulebook import GROUPS, RULES_TABLE, rules_table
from coursekit.course.declarations import load
from coursekit.course.lessons import Course, this_course

ROOT = this_course().root

RULES = tomllib.loads((ROOT / "lessons" / "rules.toml").read_text(encoding="utf-8"))
LESSONS = {folder.name[:2]: load(folder) for folder in this_course().lessons()}
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


def test_the_table_holds_each_rule_with_its_exercises() -> None:
    text = (ROOT / RULES_TABLE).read_text(encoding="utf-8")
    assert text == rules_table(this_course())
    rows = {row.split(" | ")[0].removeprefix("| "): row for row in text.splitlines() if row.startswith("| ")}
    assert {rule for rule in rows if rule != "rule"} == RULES.keys()
    assert {rule[0] for rule in RULES} == GROUPS.keys()
    for rule, number in TAUGHT:
        assert f"/{LESSONS[number].folder.sittings[0].name}.ipynb" in rows[rule]
        trained = [one.id for one in LESSONS[number].exercises.values() if rule in one.rules]
        assert set(trained) <= set(re.findall(r"\[([\d.]+)\]", rows[rule].split(" | ")[3]))


def test_a_course_without_a_rulebook_has_no_table(tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()
    assert rules_table(Course(tmp_path)) is None
