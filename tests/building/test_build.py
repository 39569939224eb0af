"""The build: what it makes, what it refuses, and what it says."""

import asyncio
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from coursekit.building import execution
from coursekit.building.execution import execute
from coursekit.building.freshness import source_digest, troubles
from coursekit.building.notebooks import render
from coursekit.building.stages import stage_source
from coursekit.course.cells import cut
from coursekit.course.declarations import load
from coursekit.course.errors import CourseError
from coursekit.course.lessons import Course, LessonFolder, Sitting, this_course

LESSON = """\
# 01 · Small

Some text.

```{code-cell}
from coursekit import check, predict
```

## A section

```{code-cell}
predict("1.p1", ...)
```

```{code-cell}
answer = 6 * 7
answer
```

### Exercise 1.1 · Twice

```{code-cell}
:tags: [exercise-1.1]
### BEGIN STUB
def twice(number):
    return number
### END STUB
### BEGIN SOLUTION
def twice(number):
    return 2 * number
### END SOLUTION
```

```{code-cell}
check("1.1")
```

```{code-cell}
:tags: [stage]
from fastapi import FastAPI

app = FastAPI(title="Small")
```
"""
EXERCISES = """\
from coursekit.author import exercise, expect, prediction

prediction("1.p1", answer=42, evidence="answer")


@exercise("1.1", "Twice", hints=["How much is two times a number?", "return 2 * number"])
def twice(twice):
    expect.equal(twice(2), 4, "twice(2)", why="Half is not enough.")
    expect.equal(twice(5), 10, "twice(5)", why="Half is not enough.")
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with one small lesson, in a folder of its own."""
    folder = tmp_path / "a course" / "lessons" / "01_small"
    folder.mkdir(parents=True)
    (folder / "1_small.md").write_text(LESSON, encoding="utf-8")
    (folder / "exercises.py").write_text(EXERCISES, encoding="utf-8")
    return tmp_path / "a course"


def change(course: Path, old: str, new: str, file: str = "1_small.md") -> None:
    path = course / "lessons" / "01_small" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def command(course: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The `course` command for this course, as a maintainer types it."""
    return subprocess.run(
        [sys.executable, "-m", "coursekit.desk.command", *words],
        env={**os.environ, "COURSE_ROOT": str(course), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course after one build. Tests copy it before they change it."""
    course = tmp_path_factory.mktemp("built") / "a course"
    folder = course / "lessons" / "01_small"
    folder.mkdir(parents=True)
    (folder / "1_small.md").write_text(LESSON, encoding="utf-8")
    (folder / "exercises.py").write_text(EXERCISES, encoding="utf-8")
    done = command(course, "build")
    assert done.returncode == 0, done.stderr
    return course


def digests(course: Path) -> dict[str, str]:
    files = sorted(path for path in course.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(course).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_what_a_build_makes(built: Path) -> None:
    notebook = nbformat.read(built / "notebooks" / "01_1_small.ipynb", as_version=4)
    solved = nbformat.read(built / "solutions" / "01_1_small.ipynb", as_version=4)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    solved_code = [cell.source for cell in solved.cells if cell.cell_type == "code"]
    assert code[1:4] == ['predict("1.p1", ...)', "answer = 6 * 7\nanswer", "def twice(number):\n    return number"]
    assert solved_code[1] == 'predict("1.p1", 42)'
    assert solved_code[3] == "def twice(number):\n    return 2 * number"
    assert "not attempted" in str(notebook.cells[-3].outputs)
    assert "passed" in str(solved.cells[-3].outputs)
    stage = (built / "app_snippets" / "stages" / "after_01_small.py").read_text(encoding="utf-8")
    assert stage.startswith('"""The API after lesson 01, Small.')
    assert 'app = FastAPI(title="Small")' in stage
    assert command(built, "build", "--check").returncode == 0


def test_a_second_build_changes_no_byte(built: Path, tmp_path: Path) -> None:
    course = shutil.copytree(built, tmp_path / "copy")
    (course / "notebooks" / ".built.json").unlink()
    done = command(course, "build")
    assert done.returncode == 0, done.stderr
    assert digests(course) == digests(built)
    assert "Everything is current." in command(course, "build").stdout


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda course: change(course, "Some text.", "Other text."), "notebooks/01_1_small.ipynb is stale"),
        (lambda course: change(course, "Half", "A half", "exercises.py"), "solutions/01_1_small.ipynb is stale"),
        (lambda course: (course / "solutions" / "01_1_small.ipynb").unlink(), "solutions/01_1_small.ipynb is missing"),
        (
            lambda course: append(course / "app_snippets/stages/after_01_small.py"),
            "after_01_small.py was edited by hand",
        ),
        (lambda course: append(course / "notebooks/01_1_small.ipynb"), "notebooks/01_1_small.ipynb was edited by hand"),
        (lambda course: was_built(course, "notebooks/07_1_old.ipynb"), "notebooks/07_1_old.ipynb is left over"),
    ],
    ids=["text", "exercises", "missing", "stage by hand", "notebook by hand", "left over"],
)
def test_check_names_the_file_and_the_mending_command(built: Path, tmp_path: Path, damage, says: str) -> None:
    course = shutil.copytree(built, tmp_path / "copy")
    damage(course)
    before = digests(course)
    done = command(course, "build", "--check")
    assert done.returncode == 1
    assert says in done.stdout
    assert "Type: course build" in done.stdout
    assert digests(course) == before, "--check changes nothing"


def was_built(course: Path, file: str) -> None:
    """Make a file that an earlier build has made, from a lesson that is gone."""
    (course / file).write_text("an old notebook", encoding="utf-8")
    manifest = course / "notebooks/.built.json"
    noted = json.loads(manifest.read_text(encoding="utf-8"))
    noted["07_old"] = {"source": "", "files": {file: hashlib.sha256(b"an old notebook").hexdigest()}}
    manifest.write_text(json.dumps(noted, indent=1) + "\n", encoding="utf-8")


def append(path: Path) -> None:
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + "\n", encoding="utf-8")


def test_the_mending_command_mends(built: Path, tmp_path: Path) -> None:
    course = shutil.copytree(built, tmp_path / "copy")
    append(course / "notebooks" / "01_1_small.ipynb")
    was_built(course, "notebooks/07_1_old.ipynb")
    assert command(course, "build").returncode == 0
    assert digests(course) == digests(built)


STRANGERS = (
    "notebooks/my-draft.ipynb",
    "solutions/ana.ipynb",
    "app_snippets/stages/mine.py",
    "notebooks/07_1_old.ipynb",
)


def test_a_build_leaves_what_it_has_not_made(built: Path, tmp_path: Path) -> None:
    course = shutil.copytree(built, tmp_path / "copy")
    was_built(course, "notebooks/07_1_old.ipynb")
    for file in STRANGERS:
        append(course / file)
    append(course / "notebooks" / "01_1_small.ipynb")
    done = command(course, "build")
    assert done.returncode == 0, done.stderr
    for file in STRANGERS:
        assert (course / file).exists(), "it may be somebody's work"
    checked = command(course, "build", "--check")
    assert checked.returncode == 1
    for file in STRANGERS:
        assert f"{file} is no file of the course" in checked.stdout


@pytest.mark.parametrize(
    ("old", "new", "file", "says"),
    [
        (
            "answer = 6 * 7",
            "answer = 6 * seven",
            "1_small.md",
            "line 15: the cell raises NameError: name 'seven' is not defined",
        ),
        (
            "answer = 6 * 7",
            "import sys; answer = print('ouch', file=sys.stderr) or 42",
            "1_small.md",
            "line 15: the cell writes to stderr: ouch",
        ),
        (
            "```{code-cell}\nanswer",
            "```{code-cell}\n:tags: [raises-exception]\nanswer",
            "1_small.md",
            "line 15: the cell is marked raises-exception, and does not raise",
        ),
    ],
    ids=["raises", "stderr", "does not raise"],
)
def test_a_cell_that_fails_names_its_line(course: Path, old: str, new: str, file: str, says: str) -> None:
    change(course, old, new, file)
    done = command(course, "build")
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (course / "notebooks" / "01_1_small.ipynb").exists()


def test_a_cell_that_never_ends_names_its_line(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(course, "answer = 6 * 7", "while True: pass")
    monkeypatch.setattr(execution, "CELL_LIMIT", 1)
    folder = LessonFolder(course / "lessons/01_small")
    (sitting,) = folder.sittings
    with pytest.raises(CourseError, match=r"01_small/1_small\.md, line 15: the cell does not end within 1 seconds\."):
        asyncio.run(execute(render(Course(course), load(folder), sitting, solved=False), sitting))


@pytest.mark.parametrize(
    ("old", "new", "file", "says"),
    [
        ("### END SOLUTION\n", "", "1_small.md", "`### BEGIN SOLUTION` has no `### END SOLUTION`"),
        ("### BEGIN STUB\n", "", "1_small.md", "`### END STUB` has no partner"),
        ("### BEGIN SOLUTION", "# solution:", "1_small.md", "needs its solution between"),
        (":tags: [exercise-1.1]\n", "", "1_small.md", "a cell with a solution needs a tag"),
        ('check("1.1")', 'check("1.7")', "1_small.md", "the cell after exercise 1.1 must be"),
        ('```{code-cell}\ncheck("1.1")\n```', "", "1_small.md", "the cell after exercise 1.1 must be"),
        ("answer\n```", 'check("1.7")\n```', "1_small.md", None),
        ("[exercise-1.1]", "[exercise-1.2]", "1_small.md", "names an exercise that exercises.py does not declare"),
        ('"1.p1", ...', '"1.p9", ...', "1_small.md", 'predict("1.p9") asks for something'),
        ("answer = 6 * 7", "check = 6 * 7", "1_small.md", "gives `check` another meaning"),
        (
            '@exercise("1.1"',
            'prediction("1.1", answer=1, evidence="1")\n@exercise("1.1"',
            "exercises.py",
            "declares 1.1 twice",
        ),
        ('hints=["How much is two times a number?", "return 2 * number"]', "hints=[]", "exercises.py", "has 0 hints"),
        ('"1.1", "Twice"', '"2.1", "Twice"', "exercises.py", "must be 1, a dot"),
        ("def twice(twice)", "def twice()", "exercises.py", "asks for no name"),
    ],
)
def test_a_lesson_that_is_not_sound_is_refused(course: Path, old: str, new: str, file: str, says: str | None) -> None:
    change(course, old, new, file)
    if says is None:  # a check inside a longer cell is the author's own affair
        assert troubles(Course(course), Course(course).sittings())
        return
    with pytest.raises(CourseError) as refused:
        troubles(Course(course), Course(course).sittings())
    assert says in str(refused.value)
    assert "lessons/01_small/" in str(refused.value)


def test_unknown_lessons_are_named(course: Path) -> None:
    with pytest.raises(CourseError, match=r"no lesson '99'.*01_small"):
        Course(course).find_lesson("99")
    assert {
        Course(course).find_lesson(word).name for word in ("01", "1", "small", "01_small", "lessons/01_small/")
    } == {"01_small"}


def test_a_changed_sentence_is_a_one_line_diff(course: Path) -> None:
    folder = LessonFolder(course / "lessons" / "01_small")
    (sitting,) = folder.sittings
    before = nbformat.writes(render(Course(course), load(folder), sitting, solved=False)).splitlines()
    change(course, "Some text.", "Other text.")
    after = nbformat.writes(render(Course(course), load(folder), sitting, solved=False)).splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert "Other text." in changed[0][1]


def test_a_new_cell_leaves_the_ids_of_other_sections(course: Path) -> None:
    folder = LessonFolder(course / "lessons" / "01_small")
    (sitting,) = folder.sittings
    before = {cell.id for cell in render(Course(course), load(folder), sitting, solved=False).cells}
    change(course, "Some text.", "Some text.\n\n+++\n\nA new cell.")
    after = {cell.id for cell in render(Course(course), load(folder), sitting, solved=False).cells}
    assert before < after


@pytest.mark.reads_everything
@pytest.mark.parametrize("sitting", this_course().sittings(), ids=lambda sitting: sitting.name)
def test_a_sitting_in_this_course_is_current(sitting: Sitting) -> None:
    assert [str(trouble) for trouble in troubles(this_course(), [sitting])] == []


@pytest.mark.reads_everything
@pytest.mark.parametrize("folder", this_course().lessons(), ids=lambda folder: folder.name)
def test_a_stage_runs_alone(folder: LessonFolder, tmp_path: Path) -> None:
    # Lesson 00 has no API yet, 08 hands on its tests, and from 09 on the API is app_snippets/tasks_api.
    hands_on_an_api = "01" <= folder.name[:2] <= "07"
    assert (stage_source(folder, folder.sittings[-1]) is not None) == hands_on_an_api
    if not hands_on_an_api:
        return
    program = (
        f"from app_snippets.stages.after_{folder.name} import app\n"
        "from fastapi.testclient import TestClient\n"
        "import json\n"
        "with TestClient(app) as client:\n"
        "    print(json.dumps(client.get('/openapi.json').json()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["paths"]


def test_cut() -> None:
    cell = "a\n### BEGIN SOLUTION\nb\n### END SOLUTION\n### BEGIN STUB\nc\n### END STUB\nd"
    assert cut(cell, solved=True) == "a\nb\nd"
    assert cut(cell, solved=False) == "a\nc\nd"


def test_a_lesson_that_shows_a_review_is_stale_when_the_review_changes(built: Path, tmp_path: Path) -> None:
    course = shutil.copytree(built, tmp_path / "copy")
    (folder,) = Course(course).lessons()
    (sitting,) = folder.sittings
    check = course / "tenpoint/points/methods.py"
    check.parent.mkdir(parents=True)
    check.write_text("first\n")
    without = source_digest(Course(course), folder, sitting)
    with sitting.source.open("a") as source:
        source.write("\n```{code-cell}\nreview(app)\n```\n")
    before = source_digest(Course(course), folder, sitting)
    check.write_text("second\n")
    assert source_digest(Course(course), folder, sitting) != before
    sitting.source.write_text(LESSON, encoding="utf-8")
    assert source_digest(Course(course), folder, sitting) == without, "a lesson without a review does not depend on it"
