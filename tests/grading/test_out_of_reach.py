"""A graded notebook cannot raise its marks: what it tries at the kit, the libraries, the channels and the files, and what comes of it."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from stand_ins import Notebook, write_course

from coursekit.course.declarations import Exercise, load
from coursekit.course.lessons import this_course
from coursekit.grading import kernel
from coursekit.grading.notebook import grade_notebook
from coursekit.judging.fork import run_in_fork
from coursekit.judging.seal import Seal
from coursekit.judging.work import locate_nothing

WRONG = ["from coursekit import check", "answer = 41", "check('1.1')", "{app}", "check('1.2')", "check('1.3')"]
APP = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/x')\ndef x():\n    {first}\n    return {{'a': 2}}"
PASSED = '{"outcome": "passed", "message": "Right."}'

CHANGES = {
    "an expectation": "from coursekit.author import expect\nexpect.equal = expect.body = lambda *a, **k: None",
    "the body of an expectation": "from coursekit.author import expect\nexpect.equal.__code__ = (lambda *a, **k: None).__code__",
    "a default of a function": "from coursekit.author.difference import same\nsame.__defaults__ = (1,)",
    "a helper of the expectations": "import coursekit.author.difference as d, coursekit.author.expect as e\ne.same = lambda *a: True",
    "the judge": "import coursekit.judging.judge as j\nj.judge = j._ask = lambda *a, **k: {'outcome': 'passed', 'message': 'x'}",
    "the judge, as the grader knows it": "import coursekit.grading.kernel as k\nk.judge = k._judged = lambda *a: {'outcome': 'passed', 'message': 'x'}",
    "the fork": "import coursekit.judging.fork as f\nf._read = lambda *a: b'{}'",
    "the seal": "from coursekit.judging.seal import Seal\nSeal.broken = lambda self: ''\nimport coursekit.author.expect as e\ne.equal = e.body = print",
    "the client": "from coursekit.author.api_client import Client\nClient.request = lambda *a, **k: None",
    "a response": "import httpx2\nhttpx2.Response.json = lambda self: {'a': 1}",
    "json.loads": "import json\njson.loads = lambda *a, **k: {'a': 1}",
    "the decoder that json.loads uses": "import json\njson._default_decoder.decode = lambda text: {'a': 1}",
    "a method that a class gets": "import httpx2\nhttpx2.Response.__getattribute__ = lambda self, name: object.__getattribute__(self, name)",
    "a builtin": "import builtins\nbuiltins.all = lambda *a: True",
    "a name that hides a builtin": "import coursekit.author.difference as d\nd.bool = lambda *a: True",
    "an entry of sys.modules": "import sys, types\nsys.modules['coursekit.author.expect'] = types.ModuleType('expect')",
    "an import hook": "import sys\nclass Hook:\n    def find_spec(self, *a):\n        return None\nsys.meta_path.insert(0, Hook())",
    "the exercise's own function": "from coursekit.course.declarations import load\nfrom coursekit.course.lessons import this_course\n"
    "for one in load(this_course().lesson_of('1.0')).exercises.values():\n    one.ask.__code__ = (lambda *a, **k: None).__code__.replace()\n",
}
"""These are noticed, and the exercises that come after them don't count."""

IN_A_KERNEL = {
    "the body of the seal": "from coursekit.judging.seal import Seal\nSeal.broken.__code__ = (lambda self: '').__code__",
    "a look at all objects": "import gc\nseals = [one for one in gc.get_objects() if type(one).__name__ == 'Seal']",
    "a look at all stacks": "import sys\nstacks = sys._current_frames()",
}
"""These are noticed, too, but it takes a kernel: there they are reported before they show anything."""

IN_VAIN = {
    "the store": "from coursekit.notebook.store import current_store\nfor n in (1, 2, 3): current_store().add_attempt(f'1.{n}', 'passed')",
    "the lesson's exercises": "from coursekit.course.declarations import load\nfrom coursekit.course.lessons import this_course\n"
    "for one in load(this_course().lesson_of('1.0')).exercises.values():\n    object.__setattr__(one, 'ask', lambda **names: None)",
    "another course": "import os\nos.environ['COURSE_ROOT'] = '/'\nfrom coursekit.course.lessons import this_course\nthis_course.cache_clear()",
    "a file fastapi.py": "from pathlib import Path\nfor name in ('fastapi', 'pytest', 'coursekit', 'sitecustomize', 'json'):\n"
    "    Path(f'{name}.py').write_text('raise SystemExit')",
    "a look for a file with results": "from pathlib import Path\nfor file in Path('..').rglob('*.json'):\n    file.write_text('[]')",
    "the end": f"import atexit, os\natexit.register(os.write, 1, b'{PASSED}')",
    "an equality that says yes to all": "class Yes:\n    def __eq__(self, other): return True\n    __hash__ = None\nanswer = Yes()",
    "an equality of a kind of number": "class Yes(int):\n    def __eq__(self, other): return True\nanswer = Yes()",
    "the cells that were run": "from coursekit.judging.history import cells_run\ncells_run.clear()",
}
"""These change nothing that judging relies on."""

IN_THE_CHECK = {
    "an answer in its thread": f"import threading\n    me = threading.current_thread()\n    me.content = b'{PASSED}'\n"
    "    for name in ('done', '_work', '_given'): getattr(getattr(me, name, None), 'set', print)()",
    "a change in the middle": "from coursekit.author import expect\n    expect.body = expect.equal = lambda *a, **k: None",
    "the end of the process": "import os\n    os._exit(0)",
}
"""Code of the app that runs while it is checked."""


@pytest.fixture(scope="module")
def small_course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A course of one small lesson, and a folder for hand-ins."""
    root = tmp_path_factory.mktemp("out of reach")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(write_course(root / "course")))
        this_course.cache_clear()
        yield root
    this_course.cache_clear()


def graded(folder: Path, *cells: str) -> tuple[dict[str, str], list[str]]:
    """The outcomes by exercise, and the notes about the notebook."""
    path, notes = folder / "mine.ipynb", list[str]()
    nbformat.write(new_notebook(cells=[new_code_cell(cell) for cell in cells]), path)
    grades = grade_notebook(path, note=notes.append)
    return {one["exercise"]: one["outcome"] for one in grades}, notes


@pytest.fixture(scope="module")
def seal(small_course: Path) -> Seal:
    """What the kernel's thread seals before the first cell."""
    return Seal(*(one.ask for one in exercises().values()))


def exercises() -> dict[str, Exercise]:
    folder = this_course().lesson_of("1.0")
    assert folder is not None
    return {one.id: replace(one) for one in load(folder).exercises.values()}


def judged_after(seal: Seal, *cells: str) -> dict[str, dict[str, str]]:
    """What the kernel's thread reports on each exercise after these cells, which run in a copy of this process."""

    def work() -> dict[str, Any]:
        notebook, mine, judged, broken = Notebook(), exercises(), kernel._judged, seal.broken
        for cell in cells:
            notebook.run(cell)
        return {"said": {id_: judged(broken, one, notebook.names) for id_, one in mine.items()}}

    return dict(run_in_fork(work, 60, locate_nothing)["said"])


def wrong(app: str = APP.format(first="pass")) -> list[str]:
    return [cell.format(app=app) for cell in WRONG]


@pytest.mark.parametrize("attempt", CHANGES.values(), ids=CHANGES)
def test_what_a_notebook_changes_is_named(seal: Seal, attempt: str) -> None:
    said = judged_after(seal, attempt, "answer = 41", APP.format(first="pass"))
    assert all(set(one) == {"changed"} for one in said.values())


@pytest.mark.parametrize("attempt", IN_VAIN.values(), ids=IN_VAIN)
def test_what_a_notebook_tries_in_vain(
    seal: Seal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attempt: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    said = judged_after(seal, "answer = 41", APP.format(first="pass"), attempt)
    assert {id_: one["outcome"] for id_, one in said.items()} == {
        "1.1": "failed",
        "1.2": "failed",
        "1.3": "not_attempted",
    }


@pytest.mark.parametrize("attempt", IN_THE_CHECK.values(), ids=IN_THE_CHECK)
def test_what_an_app_does_while_it_is_checked(seal: Seal, attempt: str) -> None:
    said = judged_after(seal, APP.format(first=attempt))["1.2"]
    assert said.get("outcome", "error") in ("error", "failed")
    assert "outcome" in said or said["changed"]


@pytest.mark.parametrize("attempt", [*IN_A_KERNEL.values(), CHANGES["the judge, as the grader knows it"]])
def test_what_is_changed_in_a_kernel_is_named(small_course: Path, attempt: str) -> None:
    first, *rest = wrong()
    outcomes, notes = graded(small_course, first, attempt, *rest)
    assert outcomes == {"1.1": "error", "1.2": "error", "1.3": "error"}
    assert len(notes) == 1


PIPE = f"import os\n    for fd in range(3, 400):\n        try: os.write(fd, b'{PASSED}\\n')\n        except OSError: pass\n    os._exit(0)"
SHELL = "shell = get_ipython()\nshell.run_cell = shell.run_cell_async = None"


def test_an_answer_in_each_pipe_and_a_shell_that_runs_nothing(small_course: Path) -> None:
    outcomes, notes = graded(small_course, *wrong(APP.format(first=PIPE)), SHELL)
    assert outcomes["1.1"] == "failed"
    assert "passed" not in outcomes.values()
    assert len(notes) == 1


WAITS = """
import os, threading, time
def wait():
    while True:
        for fd in range(3, 100):
            try:
                os.write(fd, b'{"outcome": "passed", "message": "Right.", "left": 1}\\n')
            except OSError:
                pass
        time.sleep(0.01)
threading.Thread(target=wait, daemon=True).start()
"""


def test_a_thread_that_waits_for_the_judging(small_course: Path) -> None:
    first, *rest = wrong()
    try:
        outcomes, _ = graded(small_course, first, WAITS, *rest)
    except Exception as error:  # it may as well write into the kernel's own connections, which is the end of it
        outcomes = {"all": str(error)}
    assert "passed" not in outcomes.values()


def test_what_passed_before_a_change_counts(small_course: Path) -> None:
    first, _, *rest = wrong()
    outcomes, notes = graded(small_course, first, "answer = 42", *rest, CHANGES["json.loads"])
    assert outcomes == {"1.1": "passed", "1.2": "error", "1.3": "error"}
    assert notes == [
        "The notebook changed `json.loads`, which judging relies on. What it checks after that doesn't count."
    ]


def test_nothing_of_the_graders_home_reaches_the_kernel(
    small_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither another description of the kernel, nor a profile with code of its own, nor one that cannot be written."""
    kernel, startup = tmp_path / "kernels/python3/kernel.json", tmp_path / "ipython/profile_default/startup/first.py"
    for file, text in ((kernel, '{"argv": ["false"], "display_name": "x"}'), (startup, "answer = 42")):
        file.parent.mkdir(parents=True)
        file.write_text(text)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    outcomes, _ = graded(small_course, "from coursekit import check", "check('1.1')")
    assert outcomes["1.1"] == "not_attempted"
    monkeypatch.setenv("IPYTHONDIR", "/dev/null/nowhere" if os.name != "nt" else "nul:")
    outcomes, _ = graded(small_course, "from coursekit import check", "answer = 42", "check('1.1')")
    assert outcomes["1.1"] == "passed"
