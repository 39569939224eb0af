"""What a sitting's opening cell brings in from the sittings before it."""

import ast

import pytest

from coursekit.building.opening import opening_code
from coursekit.course.cells import Cell


def cell(source: str, *tags: str) -> Cell:
    return Cell(source, tags)


def opened(before: str, after: str, opening: str = "# title", *, exercise: str = "") -> str:
    """The code that brings in what `after` uses of `before`; cells are separated by a line `---`."""
    cells = [cell(one.strip()) for one in before.split("---")]
    later = [cell(after), *([cell(exercise, "exercise-1.1")] if exercise else [])]
    return opening_code(cell(opening, "folded", "opening"), cells, later)


API = """\
from fastapi import FastAPI
import json, os
---
# who may
LIMIT = 3
unused = 4
app = FastAPI()

@app.get("/x")
def x():
    return helper(LIMIT)

def helper(n):
    return n
---
with open("x") as file:
    limit = file.read()
for n in range(LIMIT):
    print(n)
for part in (x, x):
    app.include_router(part)
"""


def test_what_is_used_comes_with_all_that_it_needs_and_with_what_changes_it() -> None:
    assert opened(API, "client = TestClient(app)") == (
        "# title\nimport json\nimport os\nfrom fastapi import FastAPI\n\n"
        "# who may\nLIMIT = 3\napp = FastAPI()\n\n"
        '@app.get("/x")\ndef x():\n    return helper(LIMIT)\n\n'
        "def helper(n):\n    return n\n\nfor part in (x, x):\n    app.include_router(part)"
    )


def test_what_is_not_used_stays_away() -> None:
    code = opened(API, "print(helper(2))")
    assert "def helper" in code
    assert "app" not in code.replace("fastapi", "")
    assert "unused" not in code


@pytest.mark.parametrize("shown", ["for n in range(3): total = n", "with open('x') as total: pass", "total += 1"])
def test_what_only_shows_something_is_not_run_again(shown: str) -> None:
    assert opened(f"total = 0\n---\n{shown}", "print(total)") == "# title\n\ntotal = 0"


def test_the_newest_definition_counts_and_an_older_one_only_where_it_was_needed() -> None:
    before = "size = 1\nbox = [size]\n---\nsize = 2\n---\nlid = size"
    assert opened(before, "print(size)") == "# title\n\nsize = 2"
    assert opened(before, "print(box)") == "# title\n\nsize = 1\nbox = [size]"
    assert opened(before, "print(box, lid)") == "# title\n\nsize = 1\nbox = [size]\nsize = 2\nlid = size"


def test_a_name_that_the_sitting_defines_itself_is_not_brought_in() -> None:
    assert opened("client = 1", "client = 2\nprint(client)") == "# title"
    assert opened("client = 1", "client = client + 1\nprint(client)") == "# title\n\nclient = 1"
    before, after = [cell("client = 1")], [cell("client = 2"), cell("print(client)")]
    assert opening_code(cell("# title", "opening"), before, after) == "# title"
    after = [cell("with open('x') as client:\n    pass"), cell("print(client)")]
    assert opening_code(cell("# title", "opening"), before, after) == "# title"


def test_a_name_in_a_function_counts_if_it_is_not_its_own() -> None:
    before = "rate = 1\nname = 2"
    assert opened(before, "def f(name):\n    return name * rate") == "# title\n\nrate = 1"
    assert opened(before, "class A:\n    name: int = rate") == "# title\n\nrate = 1"
    assert opened(before, "async with name as n:\n    await n") == "# title\n\nname = 2"


def test_stub_and_solution_of_an_exercise_are_asked_and_its_answer_is_never_brought_in() -> None:
    exercise = "### BEGIN SOLUTION\nmine = rate\n### END SOLUTION\n### BEGIN STUB\nmine = name\n### END STUB"
    assert opened("rate = 1\nname = 2\nother = 3", "pass", exercise=exercise) == "# title\n\nrate = 1\nname = 2"
    before = [cell("rate = 1", "exercise-1.1"), cell("rate = 2", "raises-exception")]
    assert opening_code(cell("# title", "opening"), before, [cell("print(rate)")]) == "# title"


def test_tables_come_with_their_base_and_fixtures_with_the_tests_that_name_them() -> None:
    before = "class Base: pass\nclass Task(Base): pass\nclass Other: pass"
    assert opened(before, "Base.metadata.create_all()") == "# title\n\n\nclass Base: pass\n\nclass Task(Base): pass"
    before = "@pytest.fixture\ndef app():\n    return 1\n\n@pytest.fixture\ndef client(app):\n    return app\n\ndef ana():\n    pass"
    code = opened(before, "def test_x(client, ana):\n    pass")
    assert "def app()" in code
    assert "def client(app)" in code
    assert "ana" not in code


def test_more_names_can_be_asked_for() -> None:
    before = "rate = 1\nname = 2\nother = 3"
    assert opened(before, "pass", "# title\n# also: rate, other") == "# title\n\nrate = 1\nother = 3"


def test_long_imports_are_wrapped_and_the_kits_own_are_left_out() -> None:
    names = [f"a_name_of_some_length_{number}" for number in range(6)]
    code = opened(
        f"from coursekit import check\nfrom coursekit.timeline import at_once\nfrom a.module import {', '.join(names)}",
        "pass",
    )
    assert "check" not in code
    assert "from coursekit.timeline import at_once" in code
    assert max(map(len, code.splitlines())) <= 96
    assert [alias.name for alias in ast.parse(code).body[0].names] == names  # type: ignore[attr-defined]
