"""Answer files: whole code, changes to other code, and what is said about a change that does not fit."""

from pathlib import Path

import pytest

from coursekit.author.answers import Answer, answers_of, changed, stories_of
from coursekit.building.freshness import write_index
from coursekit.course.errors import CourseError
from coursekit.course.lessons import LessonFolder

LESSON = """# 01 · Tea

```{code-cell}
:tags: [exercise-1.1]
# Call it `brew`.
### BEGIN STUB
def brew(cups):
    pass
### END STUB
### BEGIN SOLUTION
def brew(cups):
    water = cups * 200

    return {"water": water}
### END SOLUTION
```

```{code-cell}
:tags: [part-1.2]
pots = []
```

```{code-cell}
:tags: [exercise-1.2]
### BEGIN SOLUTION
pots.append(1)
### END SOLUTION
```
"""
BREW = '# Call it `brew`.\ndef brew(cups):\n    water = cups * 200\n\n    return {"water": water}'


@pytest.fixture
def lesson(tmp_path: Path) -> LessonFolder:
    folder = LessonFolder(tmp_path / "lessons" / "01_tea")
    (folder.path / "answers").mkdir(parents=True)
    (folder.path / "1_tea.md").write_text(LESSON, encoding="utf-8")
    write_index(folder.sittings[0])
    return folder


def read(lesson: LessonFolder, text: str, exercise: str = "1.1") -> list[Answer]:
    (lesson.path / "answers" / f"{exercise}.py").write_bytes(text.encode())
    return answers_of(lesson)


def refusal(lesson: LessonFolder, text: str, exercise: str = "1.1") -> str:
    with pytest.raises(CourseError) as caught:
        read(lesson, text, exercise)
    assert "\n" not in str(caught.value), "an error is one line"
    return str(caught.value)


# --- answers that are read --------------------------------------------------------------------------------------------


def test_whole_code(lesson: LessonFolder) -> None:
    text = "# %% right: one line\nbrew = dict\n\n\n# %% wrong: loud\n# says: too loud\n# says: hush\n\n-1\n# says: this is code\n"
    assert read(lesson, text) == [
        Answer("1.1", "one line", True, "brew = dict", (), "passed"),
        Answer("1.1", "loud", False, "-1\n# says: this is code", ("too loud", "hush"), "failed"),
    ]


def test_a_change_to_the_solution(lesson: LessonFolder) -> None:
    text = "# %% wrong: small cups\n# says: 200\n# outcome: error\n# change: solution\n-    water = cups * 200\n+    water = cups * 20\n"
    assert read(lesson, text) == [Answer("1.1", "small cups", False, BREW.replace("200", "20"), ("200",), "error")]


def test_a_change_to_the_stub(lesson: LessonFolder) -> None:
    [answer] = read(lesson, "# %% wrong: none\n# change: stub\n-    pass\n+    return None\n")
    assert answer.source == "# Call it `brew`.\ndef brew(cups):\n    return None"


@pytest.mark.parametrize("kind", ["right", "wrong"])
@pytest.mark.parametrize("base_first", [True, False])
def test_a_change_to_another_answer(lesson: LessonFolder, kind: str, base_first: bool) -> None:
    base = f"# %% {kind}: a lambda\nbrew = lambda cups: cups\n\n"
    change = "# %% wrong: no cups\n# change: a lambda\n-brew = lambda cups: cups\n+brew = lambda: 0\n\n"
    answers = read(lesson, base + change if base_first else change + base)
    assert {answer.name: answer.source for answer in answers} == {
        "a lambda": "brew = lambda cups: cups",
        "no cups": "brew = lambda: 0",
    }


def test_the_parts_of_a_long_answer_are_one_base(lesson: LessonFolder) -> None:
    [answer] = read(lesson, "# %% wrong: two\n# change: solution\n-pots.append(1)\n+pots.append(2)\n", "1.2")
    assert answer.source == "pots = []\n\n\npots.append(2)"


def test_windows_line_ends(lesson: LessonFolder) -> None:
    text = "# %% wrong: small cups\r\n# says: 200\r\n# change: solution\r\n-    water = cups * 200\r\n+    water = cups * 20\r\n"
    [answer] = read(lesson, text)
    assert (answer.source, answer.says) == (BREW.replace("200", "20"), ("200",))


# --- changes that fit -------------------------------------------------------------------------------------------------

BASE = "a = 1\n\nif a:\n    b = 2\n    c = 3\n\nif b:\n    b = 2\nprint(a)"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param("-a = 1\n+a = 9", BASE.replace("a = 1", "a = 9"), id="replace"),
        pytest.param("-print(a)", BASE.removesuffix("\nprint(a)"), id="remove"),
        pytest.param(" print(a)\n+print(b)", BASE + "\nprint(b)", id="add after"),
        pytest.param("+import x\n+\n a = 1", "import x\n\n" + BASE, id="add before"),
        pytest.param(
            " if b:\n-    b = 2\n+    b = 3", BASE.replace("if b:\n    b = 2", "if b:\n    b = 3"), id="context"
        ),
        pytest.param(" a = 1\n\n-if a:\n+if 0:", BASE.replace("if a", "if 0"), id="an empty line stays"),
        pytest.param(" a = 1\n-\n if a:", BASE.replace("a = 1\n\n", "a = 1\n"), id="an empty line goes"),
        pytest.param("\n-a = 1\n+a = 9\n\n", BASE.replace("a = 1", "a = 9"), id="empty lines around"),
        pytest.param(
            "-print(a)\n+print(b)\n\n...\n\n-a = 1\n+a = 9",
            BASE.replace("a = 1", "a = 9").replace("print(a)", "print(b)"),
            id="two, in any order",
        ),
        pytest.param(
            "-a = 1\n+print(a)\n...\n-print(a)\n+a = 1",
            "print(a)" + BASE.removeprefix("a = 1").removesuffix("print(a)") + "a = 1",
            id="none sees what another does",
        ),
        pytest.param("-a = 1\n...\n \n-if a:\n+if 1:", "if 1:" + BASE.partition("if a:")[2], id="neighbors"),
        pytest.param(
            " if a:\n+    ...\n     b = 2", BASE.replace("if a:\n", "if a:\n    ...\n"), id="dots in the code"
        ),
    ],
)
def test_changed(changes: str, expected: str) -> None:
    assert changed(BASE, changes) == expected


# --- what does not fit ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        pytest.param("-d = 4\n+d = 5", "it has no line 'd = 4'. Copy", id="not there"),
        pytest.param("-b = 2\n+b = 3", "it has no line 'b = 2'. Copy", id="another indentation"),
        pytest.param("-a\n+b", "it has no line 'a'. Copy", id="part of a line"),
        pytest.param("-a = 1 \n+a = 2", "it has no line 'a = 1 '. Copy", id="a space too many"),
        pytest.param("-    b = 2\n+    b = 3", "'    b = 2' are there 2 times. Add a line", id="twice"),
        pytest.param("-a = 1\n-if a:", "'a = 1' do not follow each other there. Copy", id="a line left out"),
        pytest.param("+a = 2", "only new lines. Add a line that stays", id="no old line"),
        pytest.param("-a = 1\n...\n+b", "only new lines. Add a line that stays", id="one without an old line"),
        pytest.param(" a = 1", "no line that begins with `-` or `+`", id="no change"),
        pytest.param("", "no line that begins with `-` or `+`", id="nothing"),
        pytest.param("-a = 1\n...\n", "no line that begins with `-` or `+`", id="nothing after the dots"),
        pytest.param("-a = 1\na = 2", "the line 'a = 2' has no sign. Begin it", id="no sign"),
        pytest.param(
            "-if a:\n     b = 2\n...\n     b = 2\n-    c = 3", "share the line '    b = 2'. Make them one", id="overlap"
        ),
        pytest.param("-a = 1\n...\n-a = 1", "share the line 'a = 1'. Make them one", id="the same twice"),
    ],
)
def test_changes_that_do_not_fit(changes: str, problem: str) -> None:
    with pytest.raises(ValueError) as caught:
        changed(BASE, changes)
    assert problem in str(caught.value)


def test_an_edited_solution_names_the_answer_whose_change_no_longer_fits(lesson: LessonFolder) -> None:
    text = "# %% wrong: small cups\n# change: solution\n-    water = cups * 200\n+    water = cups * 20\n"
    assert read(lesson, text)
    lesson.sittings[0].source.write_text(LESSON.replace("200", "250"), encoding="utf-8")
    write_index(lesson.sittings[0])
    with pytest.raises(CourseError) as caught:
        answers_of(lesson)
    assert str(caught.value) == (
        "lessons/01_tea/answers/1.1.py: the answer 'small cups' does not fit 'solution': "
        "it has no line '    water = cups * 200'. Copy the old lines from it again."
    )


def test_the_first_of_several_is_named_and_the_others_are_counted(lesson: LessonFolder) -> None:
    wrong = "# %% wrong: {}\n# change: stub\n-    return\n\n"
    message = refusal(lesson, wrong.format("a") + "# %% right: b\nc\n\n" + wrong.format("d") + wrong.format("e"))
    assert "the answer 'a' does not fit 'stub'" in message
    assert message.endswith("(And 2 more in this file.)")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("x = 1\n# %% right: a\nb\n", "begin each answer with", id="code before the first"),
        pytest.param("", "begin each answer with", id="empty"),
        pytest.param("# %% right: a\nb\n# %% wrong: a\nc\n", "second answer called 'a'", id="a name twice"),
        pytest.param("# %% right: stub\nb\n", "second answer called 'stub'", id="a name of the lesson's"),
        pytest.param(
            "# %% wrong: a\n# change: b\n-c\n", "the answer 'a' is a change to 'b', which is not", id="no base"
        ),
        pytest.param(
            "# %% wrong: a\n# change: a\n-c\n", "the answer 'a' is a change to 'a', which is not", id="to itself"
        ),
        pytest.param(
            "# %% wrong: a\n# change: b\n-c\n# %% wrong: b\n# change: stub\n-    pass\n",
            "name of an answer in this file that is whole code",
            id="to a change",
        ),
        pytest.param("# %% wrong: a\n# change: stub\n# change: solution\n-c\n", "two bases", id="two bases"),
    ],
)
def test_files_that_cannot_be_read(lesson: LessonFolder, text: str, problem: str) -> None:
    message = refusal(lesson, text)
    assert message.startswith("lessons/01_tea/answers/1.1.py")
    assert problem in message


def test_a_change_in_a_file_without_an_exercise(lesson: LessonFolder) -> None:
    message = refusal(lesson, "# %% wrong: a\n# change: solution\n-b\n", "1.9")
    assert "1.9.py: the answer 'a' is a change to 'solution', which is not there" in message


def test_an_answer_names_what_it_breaks_and_what_is_never_said(lesson: LessonFolder) -> None:
    text = "# %% wrong: cold\n# breaks: Tea is hot.\n# says: cold\n# never: too loud\n# breaks: Steam rises.\nbrew = 1"
    wanted = Answer(
        "1.1", "cold", False, "brew = 1", ("cold",), "failed", ("too loud",), ("Tea is hot.", "Steam rises.")
    )
    assert read(lesson, text) == [wanted]
    assert stories_of(lesson) == {"1.1": ()}


def test_stories_stand_above_the_first_answer(lesson: LessonFolder) -> None:
    assert read(lesson, "# story: Ana likes tea.\n# story: Ben doesn't.\n\n# %% right: one\nbrew = dict")
    assert stories_of(lesson) == {"1.1": ("Ana likes tea.", "Ben doesn't.")}
    assert "`# story: …`" in refusal(lesson, "# note: Ana likes tea.\n\n# %% right: one\nbrew = dict")
