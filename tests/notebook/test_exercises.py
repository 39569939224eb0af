"""What a learner calls: check, hint, solution, predict, progress; and any nonsense in place of an id."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from stand_ins import Course, Kernel

from coursekit import check, hint, predict, progress, solution
from coursekit.building.freshness import write_index
from coursekit.course.lessons import Sitting, this_course
from coursekit.course.render import Note
from coursekit.judging.history import CellRun, cells_run
from coursekit.notebook import store
from coursekit.notebook.exercises import SideBySide, prediction_result
from coursekit.notebook.progress import next_notebook
from coursekit.notebook.store import current_store


def text(shown: object) -> str:
    """What is shown, which is the same in each of its forms."""
    assert json.dumps(shown.to_dict())  # type: ignore[attr-defined]
    assert shown._repr_html_().encode()  # type: ignore[attr-defined]
    return repr(shown)


def append(sitting: Sitting, cell: str) -> None:
    """Add a cell to a sitting's text, and to its index."""
    sitting.source.write_text(f"{sitting.source.read_text(encoding='utf-8')}\n{cell}", encoding="utf-8")
    write_index(sitting)


class TestCheck:
    def test_from_stub_to_passed(self, course: Course) -> None:
        assert check("1.1").outcome == "not_attempted"  # type: ignore[union-attr]
        assert "The notebook has no `answer` yet" in text(check("1.1"))
        course.notebook.run("answer = 0  # your answer")
        assert "The cell above is still as it was given" in text(check("1.1"))
        course.notebook.run("answer = 41")
        wrong = text(check("1.1"))
        assert "✗ Exercise 1.1 · A number: not yet" in wrong
        assert "Expected: the answer: `42`\nGot: `41`\nWhy it matters: It is the answer to everything." in wrong
        assert 'Run `hint("1.1")`' in wrong
        course.notebook.run("answer = 42")
        right = text(check("1.1"))
        assert "✓ Exercise 1.1 · A number: passed\nRight." in right
        assert 'solution("1.1")' in right

    @pytest.mark.parametrize("stub", ["answer = 0", "answer=0 # mine\n\n", "# I think\nanswer = (0)"])
    def test_the_stub_is_the_stub_however_it_is_laid_out(self, course: Course, stub: str) -> None:
        course.notebook.run(stub)
        assert check("1.1").outcome == "not_attempted"  # type: ignore[union-attr]

    def test_what_ran_last_counts(self, course: Course) -> None:
        course.notebook.run("answer = 42")
        course.notebook.run("answer = 0")
        assert check("1.1").outcome == "not_attempted"  # type: ignore[union-attr]

    def test_attempts_are_noted_and_stubs_are_not(self, course: Course) -> None:
        check("1.1")
        assert current_store().outcomes() == {}
        course.notebook.run("answer = 1")
        check("1.1")
        assert current_store().outcomes() == {"1.1": "failed"}
        course.notebook.run("answer = 42")
        check("1.1")
        course.notebook.run("answer = 1")
        check("1.1")
        assert current_store().outcomes() == {"1.1": "passed"}, "what has passed has passed"

    def test_a_name_that_was_lost_after_a_restart(self, course: Course) -> None:
        course.notebook.run("answer = 42")
        del course.notebook.names["answer"]
        assert check("1.1").outcome == "not_attempted"  # type: ignore[union-attr]

    def test_trouble_with_the_file_is_said_once(self, course: Course) -> None:
        course.file.write_bytes(b"not a database" * 99)
        course.notebook.run("answer = 42")
        assert "progress.damaged-1.sqlite" in text(check("1.1"))
        assert "damaged" not in text(check("1.1"))
        assert current_store().outcomes() == {"1.1": "passed"}

    def test_a_file_that_cannot_be_kept_does_not_stop_the_lesson(self, course: Course) -> None:
        course.file.mkdir()
        course.notebook.run("answer = 42")
        verdict = check("1.1")
        assert verdict.outcome == "passed"  # type: ignore[union-attr]
        assert "Your progress cannot be kept" in text(verdict)
        assert "1 of 3" in text(progress())

    @pytest.mark.parametrize(
        "cell",
        [
            "\0",
            "x = = 1",
            "%%time\nanswer = 1",
            "answer = '\ud800'",
            "answer = " + "-" * 100_000 + "1",
            "answer = " + "1 + " * 100_000 + "1",
            "answer = " + "1 + " * 2_000 + "1",
            "answer = f" + "()" * 3_000,
            "[" * 100_000,
        ],
    )
    def test_a_cell_that_cannot_be_read(self, course: Course, cell: str) -> None:
        course.notebook.run("answer = 42")
        cells_run.append(CellRun(cell))
        assert check("1.1").outcome == "passed"  # type: ignore[union-attr]
        assert isinstance(solution("1.1"), SideBySide)


class TestHint:
    def test_one_more_each_time_and_it_stops_at_the_last(self, course: Course) -> None:
        first = "Hint 1 of 3: Think of a number."
        assert text(hint("1.1")) == f"{first}\nRun this again for one more."
        assert "Hint 2 of 3" in text(hint("1.1"))
        assert "Hint 3 of 3" not in text(hint("1.2"))
        last = text(hint("1.1"))
        assert last.startswith(first)
        assert last.endswith('That was the last one. After a try, `solution("1.1")` shows ours.')
        assert text(hint("1.1")) == last

    def test_it_is_kept_for_the_workspace(self, course: Course) -> None:
        hint("1.1")
        course.restart()
        assert "Hint 2 of 3" in text(hint("1.1"))

    def test_more_hints_than_there_are_now(self, course: Course) -> None:
        hint("1.2")
        connection = sqlite3.connect(course.file)
        with connection:
            connection.execute("UPDATE hint SET shown = 7")
        connection.close()
        assert "That was the last one" in text(hint("1.2"))


class TestSolution:
    def test_it_is_refused_before_a_try(self, course: Course) -> None:
        refused = 'Try first: write your answer to 1.1, run its cell, and run `check("1.1")`. A wrong try is enough.'
        assert text(solution("1.1")) == refused
        course.notebook.run("answer = 0")
        check("1.1")
        assert text(solution("1.1")) == refused, "the stub is no try"

    def test_side_by_side_after_a_try(self, course: Course) -> None:
        course.notebook.run("answer = '<b>'  # mine")
        check("1.1")
        shown = solution("1.1")
        assert isinstance(shown, SideBySide)
        assert text(shown) == (
            "Exercise 1.1\n\nYours:\n\nanswer = '<b>'  # mine\n\nOurs (one right answer of many):\n\n"
            "answer = 0  # your answer\nanswer = 42"
        )
        assert "&lt;b&gt;" in shown._repr_html_()
        assert "<b>" not in shown._repr_html_()
        assert shown.to_dict() == {
            "exercise": "1.1",
            "yours": "answer = '<b>'  # mine",
            "ours": "answer = 0  # your answer\nanswer = 42",
        }

    def test_a_cell_of_the_lessons_text_is_not_yours(self, course: Course) -> None:
        lesson = this_course().lesson_of("1.1")
        assert lesson is not None
        stage = "```{code-cell}\n:tags: [stage]\nanswer = 43  # the whole API so far\n```\n"
        append(lesson.sittings[0], stage)
        course.notebook.run("answer = 42  # mine")
        check("1.1")
        course.notebook.run("answer = 43  # the whole API so far\n")
        assert "Yours:\n\nanswer = 42  # mine\n" in text(solution("1.1"))
        course.notebook.run("answer = 43  # now it is mine")
        assert "Yours:\n\nanswer = 43  # now it is mine\n" in text(solution("1.1"))

    def test_the_lessons_text_is_no_try(self, course: Course) -> None:
        lesson = this_course().lesson_of("1.1")
        assert lesson is not None
        shown = "```{code-cell}\nanswer = 42  # the whole API so far\n```\n"
        append(lesson.sittings[0], shown)
        course.notebook.run("answer = 0  # your answer")
        course.notebook.run("answer = 42  # the whole API so far")
        assert check("1.1").outcome == "not_attempted"  # type: ignore[union-attr]

    def test_after_a_restart_there_is_no_cell_of_yours(self, course: Course) -> None:
        current_store().add_attempt("1.2", "failed")
        shown = text(solution("1.2"))
        assert "Yours:\n\n(no cell found)" in shown
        assert 'return {"a": 1}' in shown
        assert "BEGIN" not in shown


class Same:
    """Equal to anything, and to nothing that can be decided."""

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("no")

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        raise RuntimeError("no")


class TestPredict:
    def test_dots(self, course: Course) -> None:
        for shown in (predict("1.p1"), predict("1.p1", ...)):
            assert text(shown) == (
                "What do you expect? Put your answer in place of the three dots: one of `200`, `404`, `'none of them'`."
            )
        assert text(predict("1.p2", ...)).endswith("in place of the three dots.")
        assert current_store().predictions() == {}

    @pytest.mark.parametrize(
        "answer",
        [500, "404", True, None, [404], {404}, {"a": [404]}, 404.5, Same(), [Same()], "x" * 1_000_000, "\ud800"],
    )
    def test_not_one_of_the_choices(self, course: Course, answer: Any) -> None:
        said = text(predict("1.p1", answer))
        assert said.endswith("is not one of the answers to choose from: `200`, `404`, `'none of them'`.")
        assert len(said) < 300
        assert current_store().predictions() == {}

    @pytest.mark.parametrize("answer", [200, 404, "none of them"])
    def test_noted(self, course: Course, answer: Any) -> None:
        assert text(predict("1.p1", answer)) == f"Noted: `{answer!r}`. Now run the next cell and see."
        course.restart()
        assert list(current_store().predictions()) == ["1.p1"]

    @pytest.mark.parametrize("answer", [{1: {2}}, {(1, 2): 3}, Same(), float("nan"), b"x"])
    def test_any_answer_where_there_are_no_choices(self, course: Course, answer: Any) -> None:
        assert "Noted" in text(predict("1.p2", answer))
        assert "0 of 1" in text(progress())

    def test_a_wrong_one_costs_nothing_and_can_be_changed(self, course: Course) -> None:
        predict("1.p1", 200)
        predict("1.p2", (1, 2))
        assert "1 of 2" in text(progress())
        predict("1.p1", 404)
        predict("1.p2", [1, 2])
        assert "2 of 2" in text(progress())


class TestRevealed:
    """What stands below the cell that shows a prediction's answer."""

    ASKS, SHOWS = 'predict("1.p1", 200)', "status = 404"

    def after(self, kernel: Kernel, *cells: str) -> str:
        return [kernel.run(cell) for cell in cells][-1].text

    def test_right(self, kernel: Kernel) -> None:
        said = "✓ You predicted `404`, and so it is."
        assert self.after(kernel, 'predict("1.p1", 404)', self.SHOWS) == said

    def test_wrong(self, kernel: Kernel) -> None:
        said = "✗ You predicted `200`; it is `404`. The text below says why."
        assert self.after(kernel, self.ASKS, self.SHOWS) == said
        assert self.after(kernel, self.SHOWS) == said, "again, when the cell is run again"
        assert self.after(kernel, 'predict("1.p1", 404)', self.SHOWS).startswith("✓"), "another prediction"

    def test_not_below_another_cell(self, kernel: Kernel) -> None:
        assert self.after(kernel, self.ASKS, "status = 4040", "1 + 1") == "2"

    def test_not_below_a_cell_that_stopped(self, kernel: Kernel) -> None:
        assert self.after(kernel, self.ASKS, "status = 404\n1 / 0") == ""

    def test_nothing_was_predicted(self, course: Course) -> None:
        predict("1.p1", ...)
        predict("1.p1", 500)
        course.notebook.run(self.SHOWS)
        assert prediction_result(self.SHOWS, course.notebook.names) is None

    def test_evidence_that_cannot_be_had(self, course: Course) -> None:
        predict("1.p1", 404)
        assert prediction_result(self.SHOWS, {}) is None
        assert "did you change a cell above?" in text(prediction_result(self.SHOWS, {"status": 500}))
        assert "did you change a cell above?" in text(prediction_result(self.SHOWS, {"status": Same()}))

    def test_a_cell_that_asks_is_followed_by_nothing(self, course: Course) -> None:
        predict("1.p2", (1, 2))  # the small lesson has no cell for it
        assert prediction_result("", course.notebook.names) is None


class TestProgress:
    def test_from_nothing_to_everything(self, course: Course) -> None:
        shown = text(progress())
        assert shown.splitlines()[0] == "Next: exercise 1.1, A number (`01_1_small.ipynb`)."
        assert "01 Small  0 of 3            none made" in shown
        course.notebook.run("answer = 42\ndef double(n): return n + n")
        check("1.1")
        check("1.3")
        assert "Next: exercise 1.2, An app" in text(progress())
        assert "2 of 3" in text(progress())
        current_store().add_attempt("1.2", "passed")
        assert text(progress()).startswith("Every exercise is passed.")

    def test_as_a_program_reads_it(self, course: Course) -> None:
        assert progress().to_dict()["rows"] == [
            {"lesson": "01 Small", "exercises passed": "0 of 3", "predictions right": "none made"}
        ]

    def test_what_the_course_does_not_have_any_more_does_not_count(self, course: Course) -> None:
        current_store().add_attempt("1.99", "passed")
        current_store().predict("1.p99", 1)
        assert "0 of 3            none made" in text(progress())

    def test_outside_a_workspace(self, course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(store, "_began_in", tmp_path)
        monkeypatch.chdir(tmp_path)
        course.notebook.run("answer = 42")
        check("1.1")
        shown = text(progress())
        assert "1 of 3" in shown
        assert "until the kernel stops" in shown

    def test_a_prediction_that_was_damaged(self, course: Course) -> None:
        predict("1.p1", 404)
        connection = sqlite3.connect(course.file)
        with connection:
            connection.execute("UPDATE prediction SET answer = '{broken'")
        connection.close()
        assert "0 of 1" in text(progress())

    def test_what_was_left_open_does_not_hold_anybody_back(self, course: Course) -> None:
        current_store().add_attempt("1.2", "failed")
        assert text(progress()).splitlines()[:2] == [
            "Next: exercise 1.2, An app (`01_1_small.ipynb`).",
            "Left open before it: 1.1.",
        ]
        current_store().add_attempt("1.2", "passed")
        assert text(progress()).startswith("Next: exercise 1.3,")
        current_store().add_attempt("1.3", "passed")
        assert text(progress()).startswith("Next: exercise 1.1,")
        assert "Left open" not in text(progress())

    def test_the_next_lesson(self, course: Course) -> None:
        second = course.root / "lessons/02_more"
        second.mkdir()
        (second / "1_more.md").write_text("# 02 · More\n", encoding="utf-8")
        write_index(Sitting(second / "1_more.md"))
        assert next_notebook(current_store()) == "01_1_small"
        for exercise in ("1.1", "1.2", "1.3"):
            current_store().add_attempt(exercise, "passed")
        assert next_notebook(current_store()) == "02_1_more"

    def test_the_next_lesson_is_the_one_that_was_begun_last(self, course: Course) -> None:
        second = course.root / "lessons/02_more"
        second.mkdir()
        (second / "1_more.md").write_text("# 02 · More\n", encoding="utf-8")
        write_index(Sitting(second / "1_more.md"))
        append(Sitting(second / "1_more.md"), "```{code-cell}\n:tags: [exercise-2.1]\nx = 1\n```\n")
        asks = '@exercise("2.1", "More", hints=["One.", "Two."])\ndef more(x): ...\n'
        (second / "exercises.py").write_text(f"from coursekit.author import exercise\n{asks}", encoding="utf-8")
        current_store().add_attempt("1.2", "passed")
        assert next_notebook(current_store()) == "01_1_small"
        current_store().add_attempt("2.1", "failed")
        assert next_notebook(current_store()) == "02_1_more"
        current_store().add_attempt("2.1", "passed")
        assert next_notebook(current_store()) == "01_1_small", "what is left"


class Unwilling:
    def __repr__(self) -> str:
        raise RuntimeError("no")


IDS = [
    (None, "'None'"),
    ("", "''"),
    (1, "'1'"),
    ("1.", "'1.'"),
    (".1", "'.1'"),
    ("99.1", "'99.1'"),
    (99.1, "'99.1'"),
    ("1.9", "'1.9'"),
    ("1.1.1", "'1.1.1'"),
    ("../..", "'../..'"),
    ("\0", "'\\\\x00'"),
    ("\ud800", "'\\\\ud800'"),
    ("1.\N{SUPERSCRIPT TWO}", "'1.²'"),
    (["1.1"], "\"['1.1']\""),
    (b"1.1", "\"b'1.1'\""),
    (Unwilling(), "'<Unwilling, whose repr raises RuntimeError>'"),
    ("1.1 " * 100_000, "'1.1 1.1 "),
    (check, "'<function check at "),
]


@pytest.mark.parametrize("call", [check, hint, solution, predict])
@pytest.mark.parametrize(("id_", "shown"), IDS)
def test_an_id_that_there_is_not(course: Course, call: Any, id_: Any, shown: str) -> None:
    kind = "prediction" if call is predict else "exercise"
    note = call(id_)
    assert isinstance(note, Note)
    said = text(note)
    assert said.startswith(f"There is no {kind} {shown}")
    assert "the lessons are 1" in said or "Lesson 1 has 1." in said
    assert len(said) < 300
    assert "\n" not in said
    assert current_store().outcomes() == {}


@pytest.mark.parametrize("id_", ["1.1", " 1.1 ", 1.1, "1.1\n"])
def test_an_id_may_be_written_in_other_ways(course: Course, id_: Any) -> None:
    assert "Hint 1 of 3" in text(hint(id_))


def test_an_id_that_is_nearly_right(course: Course) -> None:
    assert text(check("1.11")) == "There is no exercise '1.11'. Lesson 1 has 1.1, 1.2, 1.3. Did you mean `1.1`?"
    assert text(predict("1.p22", 1)) == "There is no prediction '1.p22'. Lesson 1 has 1.p1, 1.p2. Did you mean `1.p2`?"
    assert "There is no exercise '1.p1'" in text(check("1.p1"))


def test_import_starts_no_thread_opens_no_file_and_brings_no_framework() -> None:
    program = """
import os, sys, threading
before = os.listdir("/dev/fd")
import coursekit
assert threading.active_count() == 1
assert os.listdir("/dev/fd") == before
heavy = {"fastapi", "starlette", "pydantic", "httpx", "httpx2", "uvicorn", "IPython", "nbformat", "jupytext"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)


def test_in_plain_python_names_are_those_of_main(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    program = "from coursekit.course.ipython import namespace\nanswer = 42\nassert namespace()['answer'] == 42\n"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_cell_that_failed_keeps_nothing_alive(kernel: Kernel) -> None:
    """Such as an open session in a function that raised. Only the last traceback stays, for `%debug`."""
    kernel.run(
        "import gc, weakref\nclass Session: pass\nsessions = []\n"
        "def fail():\n    session = Session()\n    sessions.append(weakref.ref(session))\n    raise ValueError(session)"
    )
    for _ in range(3):
        assert "ValueError" in kernel.run("fail()").error
    kernel.run("1 + 1")
    assert kernel.run("gc.collect(); print([one() is None for one in sessions[:2]])").printed == "[True, True]\n"
