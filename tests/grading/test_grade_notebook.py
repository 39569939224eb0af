"""Grading a learner's notebook, whatever is in it."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from stand_ins import Course

from coursekit.course.cells import cut
from coursekit.course.declarations import load
from coursekit.course.errors import CallError, CourseError
from coursekit.course.lessons import read_index, this_course
from coursekit.grading import notebook as grade
from coursekit.grading.answer import grade_answer
from coursekit.grading.notebook import grade_notebook

IMPORT = "from coursekit import check, hint, predict, progress, show, solution"
APP = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/x')\ndef x():\n    return {'a': 1}"


@pytest.fixture
def folder(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the learner's notebook lies; the kernel finds the small course."""
    monkeypatch.setenv("COURSE_ROOT", str(course.root))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebooks = tmp_path / "my notebooks"
    notebooks.mkdir()
    return notebooks


def saved(folder: Path, *cells: Any) -> Path:
    """A notebook with these cells; a pair is an exercise's cell with its tag."""
    nodes = [new_markdown_cell("# My notebook")]
    for cell in (IMPORT, *cells):
        source, tags = (cell[1], [f"exercise-{cell[0]}"]) if isinstance(cell, tuple) else (cell, [])
        nodes.append(new_code_cell(source, metadata={"tags": tags} if tags else {}))
    path = folder / "01 small.ipynb"
    nbformat.write(new_notebook(cells=nodes), path)
    return path


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def outcomes(grades: list[dict[str, str]]) -> dict[str, str]:
    assert json.loads(json.dumps(grades)) == grades
    for one in grades:
        assert set(one) == {"exercise", "outcome", "message"}
        assert one["message"]
        assert "Traceback" not in one["message"]
    return {one["exercise"]: one["outcome"] for one in grades}


def of_the_lesson(*, solved: bool) -> list[Any]:
    lesson = this_course().lesson_of("1.1")
    assert lesson is not None
    given = [(id_, cut(source, solved=solved)) for id_, source in lesson.cells.answered.items()]
    return [cell for id_, source in given for cell in ((id_, source), f'check("{id_}")')]


def test_a_solved_notebook(folder: Path) -> None:
    path = saved(folder, *of_the_lesson(solved=True))
    before, done = everything(folder), []
    assert outcomes(grade_notebook(path, done.append)) == {"1.1": "passed", "1.2": "passed", "1.3": "passed"}
    assert done == [7] * 7
    assert everything(folder) == before


def test_answers_of_all_kinds(folder: Path) -> None:
    path = saved(
        folder,
        "open('mine.txt', 'w').write('a file')",
        ("1.1", "answer = 41"),
        "check('1.1')",
        "check( '1.1' )",  # a copy of the check
        ("1.2", APP),
        'check("1.2")',
        'app = "something else now"',
        ("1.3", "def double(number):\n    return nmber * 2\ndouble(1)"),
        "check('1.3')",
        "check('77.1')",
        "input('name? ')",
        "this is = no Python",
        "%%nonsense\nfoo",
    )
    before = everything(folder)
    grades = grade_notebook(path)
    assert outcomes(grades) == {"1.1": "failed", "1.2": "passed", "1.3": "error"}
    assert "The answer is not as expected" in grades[0]["message"]
    assert grades[1]["message"] == "Passed when its check ran."
    assert "NameError: name 'nmber' is not defined" in grades[2]["message"]
    assert everything(folder) == before


def test_stubs_deleted_checks_and_cells_that_take_the_notebook_apart(folder: Path) -> None:
    stub, check = of_the_lesson(solved=False)[:2]
    path = saved(
        folder,
        stub,
        check,
        ("1.2", APP.replace("1}", "2}")),
        "exit()",
        "quit()",
        "import sys; sys.exit(1)",
        "get_ipython = check = In = None",
        "import os; os.chdir('/'); os.environ.clear()",
        "raise KeyboardInterrupt",
        ("1.3", "raise ValueError('before the answer' + 'é' * 10_000)\ndef double(number): return 2 * number"),
    )
    grades = grade_notebook(path)
    assert outcomes(grades) == {"1.1": "not_attempted", "1.2": "failed", "1.3": "error"}
    assert "ValueError: before the answeréé" in grades[2]["message"]
    assert len(grades[2]["message"]) < 600


def test_cells_that_never_end_or_end_the_kernel(folder: Path, course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    exercises = course.root / "lessons/01_small/exercises.py"
    exercises.write_text(exercises.read_text().replace("limit=0.5", "limit=1.2"))
    monkeypatch.setattr(grade, "CELL_LIMIT", 1)
    path = saved(
        folder,
        ("1.1", "answer = 42\nwhile True:\n    pass"),
        "check('1.1')",
        ("1.2", "import os\nos._exit(1)\napp = 1"),
        # no check: the report takes longer than a cell may
        ("1.3", "def double(number):\n    while True:\n        pass"),
    )
    before = everything(folder)
    grades = grade_notebook(path)
    assert outcomes(grades) == {"1.1": "timeout", "1.2": "error", "1.3": "timeout"}
    assert grades[0]["message"] == "Its cell did not end within 1 seconds."
    assert grades[1]["message"] == "Its cell ended the whole kernel."
    assert "No answer within 1.2 seconds" in grades[2]["message"]
    assert everything(folder) == before


class Ends:
    """In place of a run in a kernel: a cell ends it, as this function says."""

    def __init__(self, cell: Callable[[int], int]) -> None:
        self.cell = cell
        self.runs = 0

    async def __call__(self, lesson: Any, cells: Any, ended: dict[int, str], cell_done: Any) -> Any:
        assert len(ended) == self.runs
        self.runs += 1
        raise grade._KernelEnded(self.cell(self.runs), "died")


def test_too_many_cells_that_end_the_kernel(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Ends(lambda runs: runs)
    monkeypatch.setattr(grade, "_run", run)
    path = saved(folder, "check('1.1')", *["import os; os._exit(1)"] * 20)
    with pytest.raises(CourseError, match=r"01 small\.ipynb has more than 10 cells that end the kernel"):
        grade_notebook(path)
    assert run.runs == 11


def test_a_kernel_that_ends_when_it_is_asked_for_the_grades(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Ends(lambda runs: 2)
    monkeypatch.setattr(grade, "_run", run)
    with pytest.raises(CourseError, match=r"01 small\.ipynb breaks its kernel for good"):
        grade_notebook(saved(folder, "check('1.1')"))
    assert run.runs == 1


GARBAGE = {
    "nothing": b"",
    "text": b"Dear teacher, here is my homework.",
    "bytes": bytes(range(256)),
    "half": b'{"cells": [{"cell_type": "code", "source": "check(',
    "a list": b"[]",
    "a number": b"5",
    "null": b"null",
    "no cells": b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
    "null cells": b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": null}',
    "odd cells": b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [1, null, "check"]}',
    "cells of nothing": b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{}]}',
    "the future": b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE)
def test_garbage(folder: Path, content: bytes) -> None:
    path = folder / "my.ipynb"
    path.write_bytes(content)
    with pytest.raises(CourseError) as caught:
        grade_notebook(path)
    assert str(caught.value).startswith(f"{path} is not a notebook")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "cells",
    [
        [],
        ["print('hello')"],
        ["check('77.1')"],
        [("88.1", "answer = 1")],
        ["check(exercise)", "recheck = 'check(1.1)'"],
    ],
)
def test_a_notebook_of_another_course(folder: Path, cells: list[Any]) -> None:
    with pytest.raises(CourseError, match="is not a notebook of this course"):
        grade_notebook(saved(folder, *cells))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-8"])
def test_a_notebook_in_any_encoding(folder: Path, encoding: str) -> None:
    path = saved(folder, ("1.1", "answer = 42  # größer als 41"))
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    assert grade._code_cells(path)[1].source == "answer = 42  # größer als 41"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b" \n", "The file is empty"),
        (b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> ana\n]}', "Git has left conflict markers"),
        (b"<!DOCTYPE html><html></html>", "It is a web page"),
        (b'{"cells": [', "It is damaged"),
        ('{"cells": "größer"}'.encode("latin-1"), "It is damaged"),
        (b"\xff\xfe\x00", "It is damaged"),
    ],
)
def test_a_file_that_is_not_a_notebook_hears_what_helps(folder: Path, content: bytes, says: str) -> None:
    path = folder / "x.ipynb"
    path.write_bytes(content)
    with pytest.raises(CourseError, match="is not a notebook that can be read") as caught:
        grade_notebook(path)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffanswer = 42".encode(),
        "# -*- coding: latin-1 -*-\nanswer = 42  # größer".encode("latin-1"),
        "answer = 42  # größer\r\n".encode(),
    ],
)
def test_an_answer_in_the_encodings_that_python_reads(folder: Path, content: bytes) -> None:
    (folder / "answer.py").write_bytes(content)
    assert outcomes(grade_answer("1.1", str(folder / "answer.py"))) == {"1.1": "passed"}


def test_a_notebook_that_is_not_there(folder: Path) -> None:
    with pytest.raises(CallError, match=r"nowhere\.ipynb cannot be read: No such file or directory"):
        grade_notebook(folder / "nowhere.ipynb")
    with pytest.raises(CallError, match="cannot be read: Is a directory"):
        grade_notebook(folder)


def test_cells_that_other_programs_have_written(folder: Path) -> None:
    """Sources as lists of lines, no ids, odd tags: what is in them counts."""
    old: dict[str, Any] = {"cell_type": "code", "source": ["check(\n", '"1.1")\n'], "outputs": []}
    old |= {"execution_count": None, "metadata": {}}
    odd = {**old, "metadata": {"tags": ["exercise-1.2", 5, None]}}
    wrong = {**old, "metadata": {"tags": 7}}
    path = folder / "old.ipynb"
    for minor in (2, 5):
        content = {"nbformat": 4, "nbformat_minor": minor, "metadata": {}, "cells": [old, odd, wrong]}
        path.write_text(json.dumps(content))
        cells = grade._code_cells(path)
        assert [cell.source for cell in cells] == ['check(\n"1.1")\n'] * 3
        assert [grade._tagged(cell) for cell in cells] == [[], ["1.2"], []]
        assert list(load(grade._lesson_of(cells, path).folder).exercises) == ["1.1", "1.2", "1.3"]


def test_an_answer_to_an_exercise_that_there_is_not(folder: Path) -> None:
    file = folder / "answer.py"
    file.write_text("answer = 42")
    with pytest.raises(CallError, match=r"There is no exercise '1\.9'. Lesson 1 has 1\.1, 1\.2, 1\.3"):
        grade_answer("1.9", str(file))
    for nonsense in ("9.1", "", "one", "1.", "../.."):
        with pytest.raises(CallError, match="There is no exercise"):
            grade_answer(nonsense, str(file))


def test_an_answer_that_cannot_be_read(folder: Path) -> None:
    (folder / "bytes.py").write_bytes(bytes(range(256)))
    with pytest.raises(CallError, match="cannot be read: it is not text"):
        grade_answer("1.1", str(folder / "bytes.py"))
    with pytest.raises(CallError, match="cannot be read: No such file"):
        grade_answer("1.1", str(folder / "nowhere.py"))


def test_the_cells_of_a_lesson_that_do_not_run(folder: Path) -> None:
    lesson = this_course().lesson_of("1.1")
    assert lesson is not None
    broken = lesson.sittings[0].index_file.read_text().replace("status = 404", "status = 1 / 0")
    lesson.sittings[0].index_file.write_text(broken)
    read_index.cache_clear()
    (folder / "answer.py").write_text("answer = 42")
    with pytest.raises(CourseError, match="A cell of 01_1_small raises ZeroDivisionError"):
        grade_answer("1.1", str(folder / "answer.py"))
    read_index.cache_clear()


def test_an_answer_changes_nothing_here(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "answer.py").write_text(
        "import os\nos.environ['X_SAID'] = 'yes'\nprint('loud')\nos.system('echo louder')\nanswer = 42"
    )
    before = (Path.cwd(), dict(os.environ), set(sys.modules))
    assert outcomes(grade_answer("1.1", str(folder / "answer.py"))) == {"1.1": "passed"}
    assert (Path.cwd(), dict(os.environ), set(sys.modules)) == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("exercise", "source", "said"),
    [
        ("1.1", "answer = 42\nimport os\nos._exit(0)", "The answer ended the whole process"),
        ("1.3", "import os\ndouble = os._exit", "in the middle of the check"),
    ],
)
def test_an_answer_that_ends_its_process(folder: Path, exercise: str, source: str, said: str) -> None:
    (folder / "answer.py").write_text(source)
    (ended,) = grade_answer(exercise, str(folder / "answer.py"))
    assert ended["outcome"] == "error"
    assert said in ended["message"]
