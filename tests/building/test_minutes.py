"""How long a notebook takes, and where that is said: in its index, on the first page and in the README."""

import json
from pathlib import Path

import nbformat.v4 as v4
import pytest

from coursekit.building.contents import with_contents
from coursekit.building.freshness import write_index
from coursekit.building.minutes import minutes_of
from coursekit.course.errors import CourseError
from coursekit.course.first_page import first_page
from coursekit.course.lessons import Course, Sitting

EXERCISE = "```{code-cell}\n:tags: [exercise-1.1]\nx = 1\n```\n"


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    source = tmp_path / "lessons/01_tea/1_leaves.md"
    source.parent.mkdir(parents=True)
    source.write_text(f"# 01 · Tea: green leaves\n\n{EXERCISE}", encoding="utf-8")
    return Sitting(source)


def words(number: int) -> str:
    return "word " * number


def test_text_code_outputs_exercises_and_predictions_count(sitting: Sitting) -> None:
    printed = v4.new_output("stream", text=words(750))
    cells = [v4.new_markdown_cell(words(2000)), v4.new_code_cell(words(500), outputs=[printed])]
    assert minutes_of(cells, sitting) == 20
    asked = [v4.new_code_cell("x", metadata={"tags": ["exercise-1.1"]}), v4.new_code_cell('predict("1.p1", ...)')]
    assert minutes_of([*cells, *asked], sitting) == 35, "rounded up to a multiple of five"


def test_what_nobody_has_to_read_does_not_count(sitting: Sitting) -> None:
    folded = v4.new_code_cell(words(5000), metadata={"tags": ["folded", "opening"]})
    picture = v4.new_markdown_cell(f"```mermaid\n{words(5000)}\n```\n{words(100)}")
    assert minutes_of([folded, picture], sitting) == 5


def test_more_than_an_hour_is_refused(sitting: Sitting) -> None:
    assert minutes_of([v4.new_markdown_cell(words(12_000))], sitting) == 60
    with pytest.raises(CourseError, match=r"lessons/01_tea/1_leaves\.md takes 65 minutes, and a notebook may take 60"):
        minutes_of([v4.new_markdown_cell(words(12_001))], sitting)


def test_an_index_keeps_its_minutes_when_the_text_changes(sitting: Sitting) -> None:
    write_index(sitting)
    assert sitting.cells.minutes == 0
    write_index(sitting, 25)
    sitting.source.write_text(f"# 01 · Tea: black leaves\n\n{EXERCISE}", encoding="utf-8")
    write_index(sitting)
    assert (sitting.cells.minutes, sitting.title) == (25, "Tea: black leaves")


def test_the_first_page_links_each_notebook_and_shows_what_is_passed(sitting: Sitting, tmp_path: Path) -> None:
    write_index(sitting, 25)
    page = json.loads(first_page(Course(tmp_path), {"1.1": "passed", "9.9": "passed"}))
    row = page["cells"][1]["source"].splitlines()[-1]
    assert row == "| [Green leaves](01_1_leaves.ipynb) | 25 minutes | 1.1 | ▰▰▰▰▰▰▰▰ 1 of 1 |"
    nothing = json.loads(first_page(Course(tmp_path), {"1.1": "failed"}))["cells"][1]["source"]
    assert "▱▱▱▱▱▱▱▱ 0 of 1" in nothing


def test_the_readme_keeps_its_words_and_gets_the_notebooks(sitting: Sitting, tmp_path: Path) -> None:
    write_index(sitting, 25)
    readme = "# Tea\n\n| 01 Tea | brew it | old | old |\n| 02 Cake | eat it | old | old |\n"
    assert with_contents(readme, Course(tmp_path)) == (
        "# Tea\n\n| 01 Tea | brew it | [1](notebooks/01_1_leaves.ipynb) 25 min | [1](solutions/01_1_leaves.ipynb) |\n"
        "| 02 Cake | eat it | old | old |\n"
    )
