"""Mutants of solutions: what each operator changes, what is dropped, and what `course mutate` says about those that pass."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from stand_ins import Course, write_course

from coursekit.building.mutants import Mutant, mutants_of, sample
from coursekit.course.errors import CallError, CourseError
from coursekit.course.lessons import LessonFolder, this_course
from coursekit.grading.mutation import filed_in, wanted
from coursekit.grading.remembered import Memory


def mutants(solution: str) -> list[Mutant]:
    return mutants_of("1.1", f"### BEGIN SOLUTION\n{solution}\n### END SOLUTION")


def changes(solution: str, operator: str) -> list[str]:
    """What an operator makes of the changed lines, without signs and margins."""
    found = [one.change for one in mutants(solution) if one.id.startswith(f"{operator}-")]
    return [" ".join(line[1:].strip() for line in one.splitlines() if line[0] == "+") for one in found]


CASES = [
    ("status", "a = app(status_code=201)", ["a = app(status_code=202)"]),
    ("status", "a = error(404)", ["a = error(403)"]),
    ("comparison", "a = b < 3", ["a = b <= 3"]),
    ("comparison", "a = b >= c", ["a = b > c"]),
    ("comparison", "a = b is not None", ["a = b is None"]),
    ("comparison", "a = (b) not in c", ["a = (b) in c"]),
    ("comparison", "a = 'é' + b == c", ["a = 'é' + b != c"]),
    ("number", "a = b < 3", ["a = b < 4", "a = b < 2"]),
    ("number", "a = b(ge=1)", ["a = b(ge=2)", "a = b(ge=0)"]),
    ("number", "a = b + 1", ["a = b + 2"]),
    ("number", "a = b(minutes=-1)", ["a = b(minutes=-0)"]),
    ("text", "def test_a():\n    b = {'c': 'd'}\n    assert e == 'f'", ["assert e == 'fx'"]),
    ("response-model", "@validator('a')\ndef a() -> Task:\n    b()", []),
    ("boolean", "class A(B):\n    c: bool = False", ["c: bool = True"]),
    ("arithmetic", "a = b + c", ["a = b - c"]),
    ("operand", "a = b | c", ["a = b", "a = c"]),
    ("operand", "a = b and c or d", ["a = d", "a = b and c", "a = c or d", "a = b or d"]),
    ("logic", "a = b and c", ["a = b or c"]),
    ("condition", "if a:\n    b = 1", ["if not (a):"]),
    ("condition", "if not a:\n    b = 1", ["if a:"]),
    ("condition", "if a < 3:\n    b = 1", ["if not (a < 3):"]),
    ("condition", "if a == 3:\n    b = 1", []),
    ("filter", "a = [b for b in c if b.d]", ["a = [b for b in c if True]"]),
    ("filter", "a = select(B).where(c, d)", ["a = select(B).where(d)", "a = select(B).where(c)"]),
    ("statement", "a.b = c", ["pass"]),
    ("statement", "del a[b]", ["pass"]),
    ("statement", "async def a(b):\n    await b.commit()\n    await b.rollback()", ["pass", "pass"]),
    ("statement", "class A(B):\n    c: int\n    __tablename__ = 'a'", ["pass"]),
    ("statement", "a = 1", []),
    ("raise", "if a == b:\n    raise Gone('It is gone.')", ["pass"]),
    ("loop", "for a in b:\n    break", ["continue"]),
    ("default", "class A(B):\n    c: int = 4", ["c: int"]),
    ("argument", "a = b(c, d=e, f=g)", ["a = b(c, f=g)", "a = b(c, d=e)"]),
    ("argument", "a = b(scope='function')", ["a = b()"]),
    ("argument", "a = b(\n    scope='function',\n)", [")"]),
    ("argument", "a = b(**c)", ["a = b()"]),
    ("argument", "a = Gone(404, detail='It is gone.')", []),
    ("argument", "a = b.order_by(c, d)", ["a = b.order_by(d)", "a = b.order_by(c)"]),
    ("chain", "a = select(B).order_by(c)", ["a = select(B)"]),
    ("chain", "a = select(B).where(c).limit(d)", ["a = select(B).where(c)", "a = select(B).limit(d)"]),
    ("chain", "a = sorted(b)", ["a = list(b)"]),
    ("call", "a = any(b)", ["a = all(b)"]),
    ("await", "async def a(b):\n    c = await b()", ["c = b()"]),
    ("entry", "a = {'b': c, **d, 'e': f}", ["a = {**d, 'e': f}", "a = {'b': c, 'e': f}", "a = {'b': c, **d}"]),
    ("entry", "a = {'b': c}", ["a = {}"]),
    ("element", "a = [b, c]", ["a = [c]", "a = [b]"]),
    ("element", "a: Literal['b', 'c']", ["a: Literal['c']", "a: Literal['b']"]),
    ("text", "a = {'b': 'c'}", ["a = {'b': 'cx'}"]),
    ("text", "a = f'/b/{c}'", ["a = f'/b/{c}x'"]),
    ("text", "a = Gone('It is gone.', 'IS_GONE')", ["a = Gone('It is gone.', 'IS_GONEx')"]),
    ("annotated", "A = Annotated[B, Depends(c)]", ["A = B"]),
    ("annotated", "A = Annotated[B, C(), D()]", ["A = Annotated[B, D()]", "A = Annotated[B, C()]"]),
    ("optional", "class A(B):\n    c: int | None", ["c: int"]),
    ("response-model", "@app.get('/a')\ndef a() -> list[Task]:\n    b()", ["def a():"]),
    ("response-model", "@app.get('/a')\ndef a() -> dict[str, Any]:\n    b()", []),
    ("except", "try:\n    a()\nexcept KeyError as error:\n    b()", ["except Exception as error:"]),
    ("except", "try:\n    a()\nexcept (KeyError, TypeError):\n    b()", ["except Exception:"]),
    ("except", "try:\n    a()\nexcept Exception:\n    b()", []),
    ("swallow", "try:\n    a()\nexcept KeyError:\n    b()\n    c()", ["pass"]),
    ("swallow", "async def a(b):\n    await b()", ["try: await b() except Exception: pass"]),
    ("swallow", "async def a(b):\n    return await b()", ["try: return await b() except Exception: return None"]),
    ("context", "async def a(b):\n    async with lock:\n        await b()", ["if True:"]),
    ("context", "with a as b, b.begin():\n    c()", ["with a as b:"]),
    ("context", "with a as b:\n    c()", []),
    ("decorator", "@a\n@b()\ndef c():\n    d()", ["", ""]),
    ("constant", "def a():\n    return b", ["return None"]),
    ("constant", "def a() -> bool:\n    return b", ["return True", "return False"]),
    ("constant", "def a() -> list[int]:\n    return b", ["return None", "return []"]),
    ("write", "@api.get('/a')\ndef a(b):\n    return c[b]", ["return [c[b], c and c.popitem()][0]"]),
    ("write", "@api.get('/a')\ndef a():\n    return [b for b in c]", ["return [[b for b in c], c and c.pop()][0]"]),
    ("write", "@api.get('/a')\ndef a(b):\n    if c.get(b):\n        raise Gone", ["c and c.popitem(); raise Gone"]),
    ("write", "@api.post('/a')\ndef a(b):\n    return c[b]", []),
    (
        "write",
        "@api.get('/a')\nasync def a(db: Db):\n    return await db.scalar(select(B))",
        ["return [await db.scalar(select(B)), await db.execute(B.__table__.delete())][0]"],
    ),
]


@pytest.mark.parametrize(("operator", "solution", "wanted"), CASES)
def test_operator(operator: str, solution: str, wanted: list[str]) -> None:
    assert changes(solution, operator) == wanted


def test_only_what_the_learner_writes_is_changed() -> None:
    cell = "a = b == 1\n\n### BEGIN STUB\na = b == 2\n### END STUB\n### BEGIN SOLUTION\na = b == 3\n### END SOLUTION\na = b == 4"
    found = mutants_of("1.1", cell)
    assert found
    assert {one.change.splitlines()[0] for one in found} == {"-a = b == 3"}
    assert all(one.source.startswith("a = b == 1") and one.source.endswith("a = b == 4") for one in found)


def test_a_method_in_a_given_class_is_changed() -> None:
    cell = "class A:\n    ### BEGIN SOLUTION\n    def b(self):\n        assert self.c == 1\n    ### END SOLUTION"
    assert "-        assert self.c == 1\n+        assert self.c != 1" in {one.change for one in mutants_of("1.1", cell)}


def test_words_for_people_stay() -> None:
    assert mutants('"""What this is."""\nraise Gone("It is gone.", detail="Gone")')[0].change.endswith("+pass")
    assert len(mutants('"""What this is."""\nraise Gone("It is gone.", detail="Gone")')) == 1

    assert changes("a = {'description': 'Gone.', 'b': 'c', 'd': 'It is not there.'}", "text") == [
        "a = {'description': 'Gone.', 'b': 'cx', 'd': 'It is not there.'}"
    ]


def test_no_program_comes_twice_and_none_is_the_original() -> None:
    found = mutants("try:\n    a()\nexcept KeyError:\n    raise\nif b == c:\n    pass")
    assert len({one.source for one in found}) == len(found)
    assert not [one for one in found if one.change.endswith("+    raise")]
    assert changes("def a():\n    pass\n    b()", "statement") == ["pass"]
    assert (
        len(changes("try:\n    a()\nexcept KeyError:\n    raise", "raise"))
        + len(changes("try:\n    a()\nexcept KeyError:\n    raise", "swallow"))
        == 1
    ), "removing the only line of a handler and swallowing its error are the same"
    assert changes("if a == b:\n    1 == 1\n    'text'", "statement") == ["pass"]


def test_what_does_not_compile_is_dropped() -> None:
    for one in mutants("a = f((b), c=(d))\nasync def g():\n    return [await h(x) for x in await y]"):
        compile(one.source, "cell", "exec")


def test_ids_stay_and_are_never_shared() -> None:
    solution = "if a == b:\n    raise Gone\nif c == d:\n    raise Gone"
    before, after = mutants(solution), mutants(f"x = y\n{solution}")
    assert len({one.id for one in before}) == len(before)
    assert {one.id for one in before} <= {one.id for one in after}


def test_a_sample_is_always_the_same() -> None:
    found = mutants("a = [b == 1, b == 2, b == 3, b == 4]")
    assert sample(found, 3) == sample(found[::-1], 3)[::-1]
    assert len(sample(found, 3)) == 3
    assert sample(found, None) == found


def test_memory(tmp_path: Path) -> None:
    file = tmp_path / "deep/mutants.json"
    first, second = Memory(file), Memory(file)
    first.open("1.1", "state")
    second.open("1.2", "state")
    first.note("1.1", "a = 1", "passed")
    second.note("1.2", "a = 1", "failed")
    first.save()
    second.save()
    again = Memory(file)
    again.open("1.1", "state")
    again.open("1.2", "another state")
    assert again.outcome("1.1", "a = 1") == "passed", "the second process left it in the file"
    assert again.outcome("1.1", "a = 2") is None
    assert again.outcome("1.2", "a = 1") is None, "something has changed"


@pytest.mark.parametrize("content", ["", "[]", '{"1.1": 3}', '{"1.1": {"state": "s"}}', "\x00"])
def test_a_damaged_memory_holds_nothing(tmp_path: Path, content: str) -> None:
    file = tmp_path / "mutants.json"
    file.write_text(content, encoding="utf-8")
    memory = Memory(file)
    memory.open("1.1", "s")
    assert memory.outcome("1.1", "a") is None


# --- the command, on a small course -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course, in which the check of 1.2 forgets to look at the body."""
    root = write_course(tmp_path_factory.mktemp("course"))
    exercises = root / "lessons/01_small/exercises.py"
    text = exercises.read_text(encoding="utf-8")
    forgotten = next(line for line in text.splitlines(keepends=True) if "expect.body" in line)
    exercises.write_text(text.replace(forgotten, ""), encoding="utf-8")
    return root


@pytest.fixture
def equivalent(root: Path) -> Path:
    file = root / "lessons/01_small/equivalent.toml"
    file.unlink(missing_ok=True)
    return file


def command(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    call = [sys.executable, "-m", "coursekit.desk.command", "mutate", *arguments]
    environment = {"COURSE_ROOT": str(root), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(this_course().root)}
    return subprocess.run(call, capture_output=True, text=True, env=environment, check=False, cwd=root)


def entry(exercise: str, id_: str, change: str = "+a", reason: str = "Nothing promises it.") -> str:
    return f"[\"{exercise}\".{id_}]\nchange = '''\n{change}\n'''\nreason = \"{reason}\"\n"


def test_what_passes_is_shown_until_it_is_filed(root: Path, equivalent: Path) -> None:
    done = command(root, "1.2", "--json")
    assert done.returncode == 1, done.stderr
    (exercise,) = json.loads(done.stdout)
    assert exercise["exercise"] == "1.2"
    assert exercise["mutants"] == exercise["killed"] + len(exercise["unexplained"])
    assert exercise["killed"]
    survivors = exercise["unexplained"]
    assert survivors
    shown = command(root, "1.2")
    assert shown.returncode == 1
    assert all(line in shown.stdout for line in survivors[0]["change"].splitlines())
    assert f"1.2 {survivors[0]['id']}" in shown.stdout
    equivalent.write_text("".join(entry("1.2", one["id"], one["change"]) for one in survivors), encoding="utf-8")
    filed = command(root, "01", "--json")
    assert filed.returncode == 0, filed.stdout + filed.stderr
    assert [one["equivalent"] for one in json.loads(filed.stdout)] == [0, len(survivors), 0]


def test_a_filed_mutant_that_is_gone_or_refused_is_named(root: Path, equivalent: Path) -> None:
    killed, other, *_ = mutants("def double(number):\n    return 2 * number")
    filed = entry("1.3", "raise-000000") + entry("1.3", killed.id, killed.change) + entry("1.3", other.id)
    equivalent.write_text(filed, encoding="utf-8")
    done = command(root, "1.3")
    assert done.returncode == 1
    assert "lessons/01_small/equivalent.toml: 1.3 has no mutant raise-000000 any more. Remove the entry." in done.stdout
    assert f"lessons/01_small/equivalent.toml: 1.3 {other.id} changes other lines." in done.stdout
    assert (
        f"lessons/01_small/equivalent.toml: the check of 1.3 refuses {killed.id} now. Remove the entry." in done.stdout
    )


def test_what_was_judged_is_not_judged_again(root: Path, equivalent: Path) -> None:
    command(root, "1.3")
    file = root / ".cache/mutants.json"
    noted = json.loads(file.read_text(encoding="utf-8"))
    outcomes = noted["1.3"]["outcomes"]
    noted["1.3"]["outcomes"] = dict.fromkeys(outcomes, "passed")
    file.write_text(json.dumps(noted), encoding="utf-8")
    (known,) = json.loads(command(root, "1.3", "--json").stdout)
    assert known["killed"] == 0, "the file's word was taken"
    exercises = root / "lessons/01_small/exercises.py"
    before = exercises.read_text(encoding="utf-8")
    exercises.write_text(f"{before}\n# changed\n", encoding="utf-8")
    (anew,) = json.loads(command(root, "1.3", "--json").stdout)
    exercises.write_text(before, encoding="utf-8")
    assert anew["killed"] > 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[", "is not TOML"),
        (entry("1.9", "raise-000000"), "no exercise '1.9'"),
        ('["1.1".raise-000000]\nreason = "Why."\n', "needs two texts, `change` and `reason`"),
        (entry("1.1", "raise-000000", reason=" "), "needs two texts"),
        ('"1.1" = 3\n', "1.1"),
        ('["1.1"]\nraise-000000 = 3\n', "needs two texts"),
    ],
)
def test_a_file_that_does_not_follow_the_format(course: Course, text: str, says: str) -> None:
    folder = LessonFolder(course.root / "lessons/01_small")
    (folder.path / "equivalent.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as refused:
        filed_in(folder)
    assert says in str(refused.value)
    assert str(refused.value).startswith("lessons/01_small/equivalent.toml")


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("1.9", "There is no exercise '1.9'. Lesson 1 has 1.1, 1.2, 1.3."),
        ("77.1", "There is no exercise '77.1'."),
        ("../x.y", "There is no exercise '../x.y'."),
        ("77", "There is no lesson '77'."),
        ("", "There is no lesson ''."),
    ],
)
def test_what_does_not_exist_cannot_be_wanted(course: Course, word: str, says: str) -> None:
    with pytest.raises(CallError) as refused:
        wanted(this_course(), [word])
    assert says in str(refused.value)


def test_an_exercise_is_wanted_once(course: Course) -> None:
    (ids,) = wanted(this_course(), ["1.2", "1.1", "1.2"]).values()
    assert ids == ["1.1", "1.2"]
    assert list(wanted(this_course(), ["1.3", "01", "small"]).values()) == [["1.1", "1.2", "1.3"]]
    assert wanted(this_course(), []) == wanted(this_course(), ["1"])


@pytest.mark.parametrize("arguments", [["1.9"], ["1.1", "--sample", "0"], ["--what"]])
def test_a_call_that_is_wrong(root: Path, arguments: list[str]) -> None:
    done = command(root, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("mutate --help` shows what there is.\n") or "1.9" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_solution_that_does_not_pass_is_named(root: Path, equivalent: Path) -> None:
    exercises = root / "lessons/01_small/exercises.py"
    before = exercises.read_text(encoding="utf-8")
    exercises.write_text(before.replace("answer, 42", "answer, 43"), encoding="utf-8")
    done = command(root, "1.1")
    exercises.write_text(before, encoding="utf-8")
    assert done.returncode == 1
    assert "The solution to 1.1 doesn't pass" in done.stderr
