"""The shape and the voice that all lessons share."""

import itertools
import re

import pytest

from coursekit.building.source import Text, pieces_of
from coursekit.course.code import bound_names
from coursekit.course.declarations import load
from coursekit.course.lessons import LessonFolder, Sitting, this_course

FOLDERS = this_course().lessons()
_FENCE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_DISCOURAGING = re.compile(r"\b(simply|just|easy|easily|obviously|trivial|of course)\b", re.IGNORECASE)
_IMAGE = re.compile(r"!\[([^\]]*)\]\(")


def prose(folder: LessonFolder) -> list[str]:
    """The Markdown cells without their code."""
    return [text for sitting in folder.sittings for text in prose_of(sitting)]


def prose_of(sitting: Sitting) -> list[str]:
    """The Markdown cells of one sitting without their code."""
    texts = (piece.source for piece in pieces_of(sitting) if isinstance(piece, Text))
    return [_FENCE.sub("", text) for text in texts]


@pytest.mark.parametrize("sitting", this_course().sittings(), ids=lambda sitting: sitting.name)
def test_headings(sitting: Sitting) -> None:
    levels = [len(found) for text in prose_of(sitting) for found in re.findall(r"^(#+) ", text, re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), "a level is skipped"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_voice(folder: LessonFolder) -> None:
    declared = [text for one in load(folder).exercises.values() for text in (one.title, *one.hints)]
    found = [word for text in [*prose(folder), *declared] for word in _DISCOURAGING.findall(text)]
    assert not found, f"words that discourage who does not see it: {found}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_pictures_have_a_text(folder: LessonFolder) -> None:
    assert all(alternative for text in prose(folder) for alternative in _IMAGE.findall(text))


@pytest.mark.parametrize("folder", FOLDERS[1:], ids=lambda folder: folder.name)
def test_a_lesson_is_complete(folder: LessonFolder) -> None:
    lesson = load(folder)
    headings = [found for text in prose(folder) for found in re.findall(r"^#+ (.+)$", text, re.MULTILINE)]
    wanted = ("Recall", "When it goes wrong", "The whole API so far", "Key points")
    assert [one for one in wanted if not any(heading.startswith(one) for heading in headings)] == []
    assert 6 <= len(lesson.exercises) <= 10
    assert len(lesson.predictions) >= 3
    assert "```mermaid" in folder.sittings[-1].source.read_text(encoding="utf-8"), "a picture of the whole API"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_hints_differ_and_do_not_shout(folder: LessonFolder) -> None:
    for one in load(folder).exercises.values():
        assert len(set(one.hints)) == len(one.hints)
        assert all(hint.strip() and len(hint) <= 400 for hint in one.hints)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("a = b = 1\nc: int = 2\nd += 1", {"a", "b", "c", "d"}),
        ("def f(x):\n    y = x", {"f"}),
        ("if True:\n    async def f(): ...\nelse:\n    class G: ...", {"f", "G"}),
        ("try:\n    import os.path as p, json\nexcept ImportError:\n    json = None", {"p", "json"}),
        ("for i, (j, k) in []:\n    total = [n for n in range(i)]", {"i", "j", "k", "total"}),
        ("with open('x') as file:\n    f = lambda z: (w := z)", {"file", "f"}),
        ("a.b = c[0] = 1", set()),
        ("%time a = 1", None),
    ],
)
def test_what_a_cell_binds(cell: str, names: set[str] | None) -> None:
    assert bound_names(cell) == names
