"""Makes the table of rules: each rule, the lessons that teach it, and the exercises that train it."""

import tomllib

from coursekit.building.source import index_of
from coursekit.course.declarations import load
from coursekit.course.lessons import Course

RULES_TABLE = "docs/rules.md"
GROUPS = {
    "E": "Endpoints",
    "D": "Dependencies",
    "A": "Async",
    "X": "Errors",
    "S": "Structure",
    "P": "Working from a specification",
    "F": "Deciding",
    "O": "Handing over",
    "C": "The ten-point review",
}
_HEAD = """# The rulebook

What a graduate of the course does without being asked: each rule, the lessons that teach it, and the exercises that train it.
Built from the lessons by `course build`.
"""


def rules_table(course: Course) -> str | None:
    """Return the rulebook as Markdown, with a table for each group of rules. None if the course has no rulebook."""
    source = course.root / "lessons" / "rules.toml"
    if not source.exists():
        return None
    rules = tomllib.loads(source.read_text(encoding="utf-8"))
    lessons = {folder.name[:2]: load(folder) for folder in course.lessons()}
    answered = {id_: _link(id_, one.name) for one in course.sittings() for id_ in index_of(one).answered}
    parts = [_HEAD]
    for letter, title in GROUPS.items():
        parts.append(f"## {letter}. {title}\n\n| rule | what it says | lessons | exercises |\n|---|---|---|---|")
        for rule, entry in rules.items():
            if rule[0] != letter:
                continue
            links = [
                _link(number, lessons[number].folder.sittings[0].name) if number in lessons else number
                for number in entry["lessons"]
            ]
            trained = [
                answered[one.id]
                for lesson in lessons.values()
                for one in lesson.exercises.values()
                if rule in one.rules
            ]
            parts.append(f"| {rule} | {entry['says']} | {', '.join(links)} | {', '.join(trained)} |")
        parts.append("")
    return "\n".join(parts)


def _link(text: str, notebook: str) -> str:
    return f"[{text}](../notebooks/{notebook}.ipynb)"
