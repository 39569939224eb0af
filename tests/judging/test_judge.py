"""Checks of what learners write: right, wrong and hostile, without a kernel and in one."""

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from stand_ins import Course, Kernel, Notebook

from coursekit.author import client, expect
from coursekit.building.freshness import write_index
from coursekit.course.declarations import load
from coursekit.course.lessons import Sitting, this_course
from coursekit.judging import fork
from coursekit.judging.history import CellError
from coursekit.judging.judge import judge, verdict_on_error
from coursekit.judging.verdict import Verdict

IMPORTS = "import asyncio, contextlib, json, os, subprocess, sys, threading, time\nfrom fastapi import FastAPI\nfrom fastapi.responses import *\n"


def asks_for_x(app: Any) -> None:
    response = client(app).get("/x")
    expect.status(response, 200, why="Somebody asks for it.")
    expect.body(response, {"a": 1}, why="Somebody reads it.")


def an_app(body: str, kind: str = "def", before: str = "") -> str:
    """An app whose handler for `GET /x` has this body."""
    handler = "\n".join(f"    {line}" for line in body.splitlines())
    return f"{IMPORTS}{before}\napp = FastAPI()\n\n@app.get('/x')\n{kind} x():\n{handler}\n"


RIGHT = an_app("return {'a': 1}")


def words(verdict: Verdict) -> str:
    """The verdict as text. A verdict never shows a page of a framework, and can always be sent to a page."""
    text = repr(verdict)
    for page in ("Traceback (most recent call last)", "site-packages", "/tmp/", 'File "'):
        assert page not in text
    json.dumps([verdict.to_dict(), verdict._repr_html_()], ensure_ascii=False).encode()
    assert len(text) < 10_000
    return text


def next_check_works(notebook: Notebook) -> bool:
    notebook.run(RIGHT)
    return notebook.check(asks_for_x).outcome == "passed"


@pytest.mark.parametrize("answer", ["...", "not there"])
def test_a_name_that_is_not_there_is_not_attempted(notebook: Notebook, answer: str) -> None:
    if answer == "...":
        notebook.run("app = ...")
    verdict = notebook.check(asks_for_x)
    assert verdict.outcome == "not_attempted"
    assert "The notebook has no `app` yet" in words(verdict)


def test_several_names_that_are_not_there_are_all_named(notebook: Notebook) -> None:
    def ask(app: Any, tasks: Any, done: Any) -> None:
        raise AssertionError("is not asked")

    notebook.run("done = None")
    assert "no `app` and `tasks` yet" in words(notebook.check(ask))


def test_a_deleted_name_is_not_attempted(notebook: Notebook, form: str) -> None:
    notebook.run(RIGHT)
    assert notebook.check(asks_for_x).outcome == "passed"
    notebook.run("del app")
    assert notebook.check(asks_for_x).outcome == "not_attempted"


@pytest.mark.parametrize(
    ("answer", "got"),
    [
        ("'hello'", "the `str` `'hello'`"),
        ("None", "`None`"),
        ("FastAPI", "the class `FastAPI`"),
        ("print", "an object of type `builtin_function_or_method`"),
        ("lambda: 1", "the function `<lambda>`"),
        ("[1] * 1000", "the `list` `[1, 1, 1"),
        ("object()", "an object of type `object`"),
    ],
)
def test_something_that_is_no_app(notebook: Notebook, form: str, answer: str, got: str) -> None:
    notebook.run(f"{IMPORTS}app = {answer}")
    verdict = notebook.check(asks_for_x)
    assert verdict.outcome == "failed"
    assert f"needs a FastAPI application or an APIRouter here, but it got {got}" in words(verdict)
    assert next_check_works(notebook)


def test_a_router_will_do(notebook: Notebook, form: str) -> None:
    notebook.run("from fastapi import APIRouter\napp = APIRouter()\n@app.get('/x')\ndef x(): return {'a': 1}")
    assert notebook.check(asks_for_x).outcome == "passed"


PIECES = "def pieces():\n  yield '{\"a\"'\n  yield ': 1}'\n"
HOSTILE = [
    # what the handler does, its kind, the outcome, words of the verdict
    ("while True: pass", "def", "timeout", "No answer within 0.3 seconds"),
    ("while True: pass", "async def", "timeout", "No answer within 0.3 seconds"),
    ("sys.exit()", "def", "error", "Your code called `sys.exit()`"),
    ("sys.exit(3)", "async def", "error", "Your code called `sys.exit()`"),
    ("exit()", "def", "error", "Your code called `sys.exit()`"),
    ("raise SystemExit('bye')", "async def", "error", "line 9, in x:"),
    ("raise KeyboardInterrupt", "def", "error", "During `GET /x` your code raised `KeyboardInterrupt`"),
    ("raise KeyboardInterrupt", "async def", "error", "During `GET /x` your code raised `KeyboardInterrupt`"),
    ("os._exit(0)", "async def", "error", ""),
    ("return x()", "def", "error", "Your code called itself until Python gave up (RecursionError)"),
    ("return input('name? ')", "def", "error", "input() cannot be answered during a check"),
    ("return 'x' * 10_000_000", "def", "failed", "(10,000,002 bytes in all)"),
    ("return [{'n': n} for n in range(20_000)]", "def", "failed", "bytes in all)"),
    ("print('y' * 1_000_000)", "def", "failed", "(998,001 more characters)"),
    ("print('\\ud800 \\x1b[31m \\x00')", "def", "failed", "\\ud800 \\x1b[31m \\x00"),
    ("return Response(bytes(range(256)), media_type='image/png')", "def", "failed", "(256 bytes that are not text)"),
    ("return PlainTextResponse('Grüße')", "def", "failed", "Got: the `str` `'Grüße'`"),
    ("return Response(status_code=204)", "def", "failed", "204 No Content"),
    ("return Response('NaN', media_type='application/json')", "def", "failed", "Got: `NaN`"),
    ("return {'a': float('nan')}", "def", "error", "your code raised `ValueError: Out of range float values"),
    (
        "return Response('[' * 99_999 + ']' * 99_999, media_type='application/json')",
        "def",
        "failed",
        "nested too deeply",
    ),
    ("return Response('[' * 800 + ']' * 800, media_type='application/json')", "def", "failed", "another body"),
    ('return Response(\'{"a": "\\\\ud800"}\', media_type="application/json")', "def", "failed", "\\ud800"),
    ("return RedirectResponse('/x/')", "def", "failed", "differ by a slash at the end"),
    ("return RedirectResponse('http://[')", "def", "failed", "307 Temporary Redirect"),
    ("return RedirectResponse('/elsewhere')", "def", "failed", "`GET /x` answered 307."),
    ("return Response('', 201, {'location': '/' + 'y' * 5_000_000})", "def", "failed", "201 Created"),
    ("return {str(n): n for n in range(2_000)}", "def", "failed", "another body"),
    ("return JSONResponse({'detail': [{'loc': 5}, {'loc': 'b'}, {'loc': [[1], {}]}, 7]}, 422)", "def", "failed", "422"),
    (f"{PIECES}return StreamingResponse(pieces(), media_type='application/json')", "def", "passed", ""),
    (f"{PIECES}return StreamingResponse(pieces())", "def", "failed", "it has no `Content-Type` header"),
    ("os.chdir('/'); os.environ['COURSE_TEST'] = '1'\nreturn {'a': 1}", "def", "passed", ""),
]


@pytest.mark.parametrize(("body", "kind", "outcome", "said"), HOSTILE)
def test_a_hostile_handler(
    notebook: Notebook, form: str, no_child_left: None, body: str, kind: str, outcome: str, said: str
) -> None:
    notebook.run(an_app(body, kind))
    folder, environment = Path.cwd(), dict(os.environ)
    verdict = notebook.check(asks_for_x, limit=0.3 if outcome == "timeout" else 20)
    assert verdict.outcome == outcome, repr(verdict)
    assert said in words(verdict)
    assert (Path.cwd(), dict(os.environ)) == (folder, environment)
    if outcome in ("error", "timeout"):
        assert next_check_works(notebook)


ONLY_A_FORK = [
    ("def forever():\n  while True: yield b'x'\nreturn StreamingResponse(forever())", "def", "timeout", "0.3"),
    ("time.sleep(1000)", "def", "timeout", "a wait that nobody ends"),
    ("await asyncio.sleep(1000)", "async def", "timeout", "a wait that nobody ends"),
    ("while True:\n  with contextlib.suppress(BaseException):\n    while True: pass", "def", "timeout", "a loop"),
    ("os.kill(os.getpid(), 9)", "def", "error", "ended the whole process"),
    ("os.kill(os.getpid(), 15)", "async def", "error", "signal SIGTERM"),
    ("for _ in range(2): os.fork()\nreturn {'a': 1}", "def", "passed", ""),
    ("subprocess.Popen(['sleep', '1000'])\nreturn {'a': 1}", "def", "passed", ""),
    (
        "for _ in range(3): threading.Thread(target=time.sleep, args=(99,)).start()\nreturn {'a': 1}",
        "def",
        "passed",
        "",
    ),
    ("json.dumps = lambda *_, **__: 'patched'\nreturn PlainTextResponse('no')", "def", "failed", "not JSON"),
    ("time.monotonic = lambda: 0\nreturn {'a': 2}", "def", "failed", 'Got: `{"a": 2}`'),
    ("import builtins\nbuiltins.print = builtins.open = None\nreturn {'a': 2}", "def", "failed", 'Got: `{"a": 2}`'),
    ("import fastapi.testclient as t\nt.TestClient.get = t.TestClient = None\nreturn {'a': 1}", "def", "passed", ""),
    ("os.close(1); os.close(2); print('x', flush=True)\nreturn {'a': 1}", "def", "passed", ""),
]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize(("body", "kind", "outcome", "said"), ONLY_A_FORK)
def test_a_handler_that_only_a_fork_survives(
    notebook: Notebook,
    monkeypatch: pytest.MonkeyPatch,
    no_child_left: None,
    body: str,
    kind: str,
    outcome: str,
    said: str,
) -> None:
    monkeypatch.delenv("COURSE_NO_FORK", raising=False)
    notebook.run(an_app(body, kind))
    verdict = notebook.check(asks_for_x, limit=0.3 if outcome == "timeout" else 20)
    assert verdict.outcome == outcome, repr(verdict)
    assert said in words(verdict)
    assert next_check_works(notebook)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_memory_without_end_ends_with_a_verdict(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_NO_FORK", raising=False)
    monkeypatch.setattr(fork, "_MEMORY", 300_000_000)
    notebook.run(an_app("rows = []\nwhile True:\n  rows.append(bytearray(1_000_000))"))
    verdict = notebook.check(asks_for_x, limit=30)
    assert verdict.outcome == "error"
    assert "MemoryError" in words(verdict)
    assert "line 10, in x:" in words(verdict) or "line 11, in x:" in words(verdict)
    assert next_check_works(notebook)


def test_an_endless_loop_in_a_function_that_is_checked(notebook: Notebook, form: str) -> None:
    def ask(double: Any) -> None:
        expect.equal(double(2), 4, "double(2)", why="")

    notebook.run("def double(number):\n    while True:\n        pass")
    assert notebook.check(ask, limit=0.3).outcome == "timeout"
    notebook.run("def double(number):\n    return 2 * number")
    assert notebook.check(ask).outcome == "passed"


HANGS = [
    # the handler, its kind, the line at which it hangs
    ("while True:\n  pass", "def", "while True:|pass"),
    ("while True:\n  pass", "async def", "while True:|pass"),
    ("while True:\n  sorted([3, 1])", "async def", "while True:|sorted([3, 1])"),
    ("return waiting()", "def", "time.sleep(1.5)"),
    ("time.sleep(1.5)", "async def", "time.sleep(1.5)"),
    ("thread = threading.Thread(target=waiting)\nthread.start()\nthread.join()", "async def", None),
]


def threads_have_ended(before: int) -> bool:
    """True after a while. Without a fork, a wait in C goes on after the verdict, and complains when it is over."""
    while threading.active_count() > before:
        time.sleep(0.02)
    return True


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")  # a thread ended by force
@pytest.mark.parametrize(("body", "kind", "line"), HANGS)
def test_a_check_that_took_too_long_shows_what_was_printed_and_where_it_hangs(
    notebook: Notebook, form: str, body: str, kind: str, line: str | None
) -> None:
    before = threading.active_count()
    notebook.run(an_app(f"print('begin \\x1b')\n{body}", kind, before="def waiting():\n    time.sleep(1.5)"))
    verdict = notebook.check(asks_for_x, limit=0.5)
    assert verdict.outcome == "timeout"
    assert "Your code printed:\n    begin \\x1b" in words(verdict)
    assert "begin" in verdict._repr_html_()
    where, _, source = verdict.code.partition(":\n")
    if line is None:
        assert verdict.code == "", "two threads run code of the notebook: nobody knows which one it hangs on"
    else:
        assert where.rpartition(", in ")[2] == ("waiting" if "waiting" in body else "x")
        assert source.strip() in line.split("|")
    assert next_check_works(notebook)
    assert threads_have_ended(before)


def test_a_function_that_hangs_shows_its_line_also_when_it_is_asked_in_the_checks_own_thread(
    notebook: Notebook, form: str
) -> None:
    def ask(double: Any) -> None:
        double(2)

    before = threading.active_count()
    notebook.run("import time\ndef double(number):\n    print('so far')\n    time.sleep(1.5)")
    verdict = notebook.check(ask, limit=0.3)
    assert (verdict.code, verdict.printed) == ("line 4, in double:\n    time.sleep(1.5)", "so far")
    assert threads_have_ended(before)


class TestACellOfTheLesson:
    """A lesson's own helper is no line of the learner's."""

    HELPER = "rows = {}\ndef find(key):\n    return rows[key]\ndef stuck():\n    while True: pass"

    @pytest.fixture(autouse=True)
    def _lesson(self, form: str, course: Course) -> None:
        source = course.root / "lessons/01_small/1_small.md"
        source.write_text(f"{source.read_text()}\n```{{code-cell}}\n{self.HELPER}\n```\n", encoding="utf-8")
        write_index(Sitting(source))

    def verdict(self, notebook: Notebook, answer: str, given: str = HELPER) -> Verdict:
        notebook.run(given)
        notebook.run(answer)
        lesson = this_course().lesson_of("1.3")
        assert lesson is not None
        return judge(load(lesson).exercises["1.3"], notebook.names)

    def test_the_learners_line_that_led_there(self, notebook: Notebook) -> None:
        verdict = self.verdict(notebook, "def double(number):\n    number += 1\n    return find(number)")
        assert verdict.message == "Your code raised `KeyError: 3` in the lesson's `find`"
        assert verdict.code == "line 3, in double:\n    return find(number)"

    def test_the_learners_line_that_the_lessons_code_called(self, notebook: Notebook) -> None:
        verdict = self.verdict(
            notebook,
            "class Rows(dict):\n    def __missing__(self, key):\n        return 1 / 0\nrows = Rows()\ndouble = find",
        )
        assert verdict.message == "Your code raised `ZeroDivisionError: division by zero`"
        assert verdict.code == "line 3, in __missing__:\n    return 1 / 0"

    def test_where_there_is_none(self, notebook: Notebook) -> None:
        verdict = self.verdict(notebook, "double = find")
        assert verdict.message == "`find`, which stands in a cell of the lesson, raised `KeyError: 2`"
        assert verdict.code == "line 3, in find, in a cell of the lesson:\n    return rows[key]"

    def test_a_cell_of_the_lesson_that_was_changed_is_the_learners(self, notebook: Notebook) -> None:
        verdict = self.verdict(notebook, "double = find", given=self.HELPER.replace("rows[key]", "rows[key + 1]"))
        assert verdict.message == "Your code raised `KeyError: 3`"
        assert verdict.code == "line 3, in find:\n    return rows[key + 1]"

    def test_a_hang_in_it(self, notebook: Notebook) -> None:
        verdict = self.verdict(notebook, "def double(number):\n    print(1)\n    return stuck()")
        assert (verdict.outcome, verdict.printed) == ("timeout", "1")
        assert verdict.code == "line 3, in double:\n    return stuck()"

    def test_a_cell_that_stopped_in_it(self, notebook: Notebook) -> None:
        notebook.run(self.HELPER)
        with pytest.raises(KeyError) as caught:
            notebook.run("double = None\nfind(7)")
        lesson = this_course().lesson_of("1.3")
        assert lesson is not None
        verdict = verdict_on_error(load(lesson).exercises["1.3"], CellError.of(caught.value, notebook.names))
        assert verdict.code == "line 2:\n    find(7)"


def test_data_and_overrides_are_as_before(notebook: Notebook, form: str) -> None:
    notebook.run(
        an_app(
            "global count\ncount += 1\ntasks[2] = {}\ntasks[1]['done'] = True\nseen.append(1)\n"
            "app.dependency_overrides.clear()\nreturn {'a': 1}",
            before="tasks = {1: {'done': False}}\nseen = []\ncount = 0",
        )
        + "app.dependency_overrides[print] = print\n"
    )
    for _ in range(2):
        assert notebook.check(asks_for_x).outcome == "passed"
    names = notebook.names
    assert (names["tasks"], names["seen"], names["count"]) == ({1: {"done": False}}, [], 0)
    assert names["app"].dependency_overrides == {print: print}


def test_questions_may_change_data(notebook: Notebook, form: str) -> None:
    def ask(tasks: Any) -> None:
        tasks.clear()
        tasks[7] = 1

    notebook.run("tasks = {1: 2}")
    assert notebook.check(ask).outcome == "passed"
    assert notebook.names["tasks"] == {1: 2}


class TestYourCodeRaised:
    @pytest.fixture(autouse=True)
    def _form(self, form: str) -> None:
        """Both forms."""

    def verdict(self, notebook: Notebook, raising: str, before: str = "") -> Verdict:
        notebook.run(an_app(raising, before=before))
        verdict = notebook.check(asks_for_x)
        assert verdict.outcome == "error"
        assert next_check_works(notebook)
        return verdict

    def test_the_last_line_and_the_learners_own(self, notebook: Notebook) -> None:
        verdict = self.verdict(notebook, "return rows['b']", before="rows = {}")
        assert verdict.message == "During `GET /x` your code raised `KeyError: 'b'`"
        assert verdict.code == "line 9, in x:\n    return rows['b']"
        assert verdict.next
        words(verdict)

    def test_the_deepest_of_the_learners_lines(self, notebook: Notebook) -> None:
        verdict = self.verdict(notebook, "return json.loads(broken())", before="def broken(): return '{'")
        assert verdict.code == "line 9, in x:\n    return json.loads(broken())"
        verdict = self.verdict(notebook, "return helper()", before="def helper():\n    return 1 / 0")
        assert verdict.code == "line 5, in helper:\n    return 1 / 0"

    def test_a_message_of_a_megabyte(self, notebook: Notebook) -> None:
        verdict = self.verdict(notebook, "raise ValueError('é☃' * 1_000_000)")
        assert "`ValueError: é☃é☃" in words(verdict)
        assert len(verdict.message) < 500

    @pytest.mark.parametrize("failure", ["raise RuntimeError('no')", "return 5", "return self.__str__()"])
    def test_a_message_that_cannot_be_shown(self, notebook: Notebook, failure: str) -> None:
        verdict = self.verdict(
            notebook,
            "raise Bad()",
            before=f"class Bad(Exception):\n    def __str__(self):\n        {failure}\n    __repr__ = __str__",
        )
        assert "`Bad: (its message cannot be shown: its `__str__` raises " in words(verdict)

    def test_signs_that_no_page_can_show(self, notebook: Notebook) -> None:
        verdict = self.verdict(notebook, r"raise ValueError('<script>alert(1)</script> \ud800 \x1b[2J \x00 \u202e')")
        assert r"ValueError: <script>alert(1)</script> \ud800 \x1b[2J \x00 \u202e" in words(verdict)
        assert "<script>" not in verdict._repr_html_()

    def test_paths_of_the_machine_are_left_out(self, notebook: Notebook) -> None:
        notebook.run(
            f"{IMPORTS}from pydantic import BaseModel\nclass A(BaseModel):\n    a: int\napp = FastAPI()\n"
            "@app.get('/x')\ndef x() -> A:\n    return {'b': 1}\n"
        )
        verdict = notebook.check(asks_for_x)
        assert verdict.outcome == "error"
        assert "returned something that it does not promise: `a`: Field required" in words(verdict)

    def test_a_group_of_one_is_the_error_in_it(self, notebook: Notebook) -> None:
        verdict = self.verdict(notebook, "raise ExceptionGroup('several', [ExceptionGroup('few', [KeyError('k')])])")
        assert "your code raised `KeyError: 'k'`" in words(verdict)

    def test_a_lifespan_that_raises(self, notebook: Notebook) -> None:
        notebook.run(
            f"{IMPORTS}@contextlib.asynccontextmanager\nasync def lifespan(app):\n    raise OSError('no database')\n"
            "    yield\napp = FastAPI(lifespan=lifespan)"
        )
        verdict = notebook.check(asks_for_x)
        assert verdict.outcome == "error"
        assert "Your code raised `OSError: no database`" in words(verdict)
        assert verdict.code == "line 6, in lifespan:\n    raise OSError('no database')"
        assert next_check_works(notebook)

    def test_an_object_whose_attributes_raise(self, notebook: Notebook) -> None:
        notebook.run("class A:\n    def __getattribute__(self, name):\n        raise RuntimeError(name)\napp = A()")
        assert notebook.check(asks_for_x).outcome == "error"

    def test_a_dependency_that_raises_at_its_end(self, notebook: Notebook) -> None:
        notebook.run(
            f"{IMPORTS}from fastapi import Depends\ndef session():\n    yield 1\n    raise OSError('rollback')\n"
            "app = FastAPI()\n@app.get('/x')\ndef x(s=Depends(session)):\n    return {'a': 1}\n"
        )
        verdict = notebook.check(asks_for_x)
        assert verdict.outcome == "error"
        assert "`OSError: rollback`" in words(verdict)


class TestAdvice:
    """A mistake with models that everybody makes once is said in the words of the course, beside the framework's."""

    BEFORE = "from typing import Any\nfrom pydantic import BaseModel, ConfigDict\nclass Note(BaseModel):\n    text: str = 'x'"

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("note = Note()\nreturn note['text']", "read a field with a dot, as in `….text`"),
            ("note = Note()\nreturn {**note}", "`.model_dump()` makes one"),
            ("note = Note()\nreturn dict(**note)", "`.model_dump()` makes one"),
            ("class Draft(BaseModel):\n    pinned = False", "as in `pinned: bool = False`"),
            ("class Draft(BaseModel):\n    config = ConfigDict(extra='forbid')", "settings are called `model_config`"),
        ],
    )
    def test_in_a_handler(self, notebook: Notebook, body: str, said: str) -> None:
        notebook.run(an_app(body, before=self.BEFORE))
        assert said in words(notebook.check(asks_for_x))

    @pytest.mark.parametrize(
        "body", ["seven = 7\nreturn seven['a']", "return {**7}", "Odd = type('Odd', (), {})\nreturn Odd()['a']"]
    )
    def test_none_for_what_is_no_model(self, notebook: Notebook, body: str) -> None:
        notebook.run(an_app(body, before=self.BEFORE))
        verdict = notebook.check(asks_for_x)
        assert "model" not in words(verdict)
        assert verdict.message.endswith("`")

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("return Note()", "`.model_dump()` makes a dictionary of a model"),
            ("print('saved')", "Perhaps a `return` is missing"),
        ],
    )
    def test_a_broken_promise(self, notebook: Notebook, body: str, said: str) -> None:
        notebook.run(an_app(body, before=self.BEFORE).replace("def x():", "def x() -> dict[str, Any]:"))
        assert said in words(notebook.check(asks_for_x))


class TestTheCheckItself:
    """What the questions stumble over is not said to be raised by the learner's code."""

    def ask(self, notebook: Notebook, body: str, read: Callable[[Any], Any]) -> Verdict:
        def ask(app: Any) -> None:
            read(client(app).get("/x"))

        notebook.run(an_app(body))
        return notebook.check(ask)

    def test_a_field_that_is_not_there(self, notebook: Notebook) -> None:
        verdict = self.ask(notebook, "return {'b': 1}", lambda response: response.json()["a"])
        assert verdict.outcome == "failed"
        assert "The check could not read what came back: `KeyError: 'a'`" in words(verdict)
        assert '{"b": 1}' in verdict.exchange

    def test_a_body_that_is_not_json(self, notebook: Notebook) -> None:
        verdict = self.ask(notebook, "return PlainTextResponse('hello')", lambda response: response.json()["a"])
        assert verdict.outcome == "failed"
        assert "The check could not read what came back" in words(verdict)
        assert "hello" in verdict.exchange


def test_the_number_of_questions_is_praised(notebook: Notebook) -> None:
    def twice(app: Any) -> None:
        api = client(app)
        assert api.get("/x").status_code == api.head("/x").status_code - 205

    notebook.run(RIGHT)
    assert "Your API answered as it should." in words(notebook.check(asks_for_x))
    assert "Your API was asked 2 times" in words(notebook.check(twice))
    assert notebook.check(lambda app: None).message == "Right."


def test_a_check_where_a_loop_is_running(notebook: Notebook) -> None:
    async def in_a_cell_with_await() -> Verdict:
        return notebook.check(asks_for_x)

    notebook.run(RIGHT)
    assert asyncio.run(in_a_cell_with_await()).outcome == "passed"


class TestKernel:
    """What only a real kernel shows."""

    def define(self, kernel: Kernel, body: str, kind: str = "def") -> None:
        assert not kernel.run(an_app(body, kind)).error

    def right(self, kernel: Kernel) -> bool:
        """Whether the next check works."""
        self.define(kernel, "return {'a': 1}")
        return "Exercise 1.2 · An app: passed" in kernel.run("check('1.2')").text

    def test_a_verdict_comes_in_two_forms(self, kernel: Kernel) -> None:
        self.define(kernel, "return {'a': 2}")
        shown = kernel.run("check('1.2')").shown[0]
        assert set(shown) == {"text/plain", "text/html"}
        assert shown["text/plain"].startswith("✗ Exercise 1.2 · An app: not yet")
        assert self.right(kernel)

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("exit()", "Your code called `sys.exit()`"),
            ("os._exit(1)", "ended the whole process"),
            ("return input('name? ')", "input() cannot be answered"),
            ("print('y' * 1_000_000)", "more characters"),
            ("raise ValueError('\\ud800')", "\\ud800"),
        ],
    )
    def test_a_hostile_handler(self, kernel: Kernel, body: str, said: str) -> None:
        self.define(kernel, body)
        outputs = kernel.run("check('1.2')")
        assert said in outputs.text
        assert not (outputs.printed or outputs.stderr or outputs.error)
        assert len(outputs.text) < 10_000
        assert self.right(kernel)

    def test_nothing_of_a_check_shows_on_the_page(self, kernel: Kernel) -> None:
        kernel.run("import logging\nlogging.basicConfig()\nlog, saved = logging.getLogger('mine'), sys.stdout")
        self.define(
            kernel,
            "from IPython.display import display, clear_output\ndisplay('DISPLAYED')\nclear_output()\n"
            "log.warning('LOGGED')\nsaved.write('SAVED')\nreturn {'a': 1}",
        )
        outputs = kernel.run("check('1.2')")
        assert not (outputs.printed or outputs.stderr or outputs.error)
        assert len(outputs.shown) == 1
        assert "passed" in outputs.text
        assert "LOGGED" in outputs.text
        assert "SAVED" in outputs.text
        assert "DISPLAYED" not in outputs.text

    @pytest.mark.parametrize("cell", ["check = 5", "del check", "def check(): pass", "from os import path as check"])
    def test_a_name_of_the_kit_that_was_taken_comes_back(self, kernel: Kernel, cell: str) -> None:
        assert "`check` belongs to the course" in kernel.run(cell).printed
        assert self.right(kernel)

    def test_a_cell_that_uses_the_name_that_it_took(self, kernel: Kernel) -> None:
        outputs = kernel.run("check = 5\ncheck('1.2')")
        assert "TypeError: 'int' object is not callable" in outputs.error
        assert self.right(kernel)

    @pytest.mark.parametrize("cell", ["In = None", "Out = 5", "get_ipython = None"])
    def test_names_of_the_kernel_may_be_lost(self, kernel: Kernel, cell: str) -> None:
        kernel.run(cell)
        assert self.right(kernel)
        kernel.run("from IPython import get_ipython")

    @pytest.mark.parametrize("end", ["1 / 0", "raise KeyboardInterrupt", "sys.exit()", "raise OSError('é' * 999)"])
    def test_a_cell_that_did_not_run_to_its_end(self, kernel: Kernel, end: str) -> None:
        kernel.run(an_app("return {'a': 1}") + end)
        outputs = kernel.run("check('1.2')")
        assert "! Exercise 1.2 · An app: your code raised\nWhen you ran your cell, it stopped with" in outputs.text
        assert len(outputs.text) < 1000
        assert self.right(kernel)

    def test_the_stop_button(self, kernel: Kernel, tmp_path: Path) -> None:
        file = tmp_path / "running"
        self.define(kernel, f"open({str(file)!r}, 'w').close()\nwhile True: pass")
        kernel.client.execute(
            "check('1.2')", stop_on_error=False
        )  # else the kernel refuses what comes at once afterwards
        while not file.exists():
            time.sleep(0.02)
        kernel.manager.interrupt_kernel()
        assert kernel.client.get_shell_msg(timeout=60)["content"]["ename"] == "KeyboardInterrupt"
        assert "ChildProcessError" in kernel.run("os.waitpid(-1, os.WNOHANG)").error, "no child is left"
        assert self.right(kernel)

    def test_the_verdict_of_a_stopped_check_is_no_page_of_a_framework(self, kernel: Kernel) -> None:
        outputs = kernel.run("def stop():\n    raise KeyboardInterrupt\nstop()")
        assert outputs.error.splitlines() == [
            "line 3, in this cell:",
            "    stop()",
            "line 2, in stop:",
            "    raise KeyboardInterrupt",
            "KeyboardInterrupt",
        ]

    def test_nothing_stays_open(self, kernel: Kernel) -> None:
        self.define(
            kernel, "open('/dev/null')\nthreading.Thread(target=time.sleep, args=(99,)).start()\nreturn {'a': 1}"
        )
        kernel.run("for _ in range(3): check('1.2')")
        count = "print(len(os.listdir('/dev/fd')), threading.active_count())"
        files, threads = map(int, kernel.run(count).printed.split())
        kernel.run("for _ in range(8): check('1.2')")
        files_now, threads_now = map(int, kernel.run(count).printed.split())
        assert threads_now <= threads
        assert files_now < files + 4, "the kernel itself opens one now and then"

    def test_a_cell_with_a_running_loop(self, kernel: Kernel) -> None:
        self.define(kernel, "return {'a': 1}")
        outputs = kernel.run("import asyncio\nawait asyncio.sleep(0)\ncheck('1.2')")
        assert "passed" in outputs.text


class TestKernelWithoutFork:
    """As on Windows."""

    @pytest.fixture(autouse=True)
    def _without_fork(self, kernel: Kernel) -> Iterator[None]:
        kernel.run("os.environ['COURSE_NO_FORK'] = '1'\nfrom IPython.display import display\ntasks = [1]")
        yield
        kernel.run("del os.environ['COURSE_NO_FORK']")

    def test_the_core(self, kernel: Kernel) -> None:
        for body, said in (
            ("exit()", "Your code called `sys.exit()`"),
            ("os._exit(0)", "Your code called `sys.exit()`"),
            ("return input('name? ')", "input() cannot be answered"),
            ("display('HELLO')\ntasks.append(2)\nreturn {'a': 1}", "passed"),
        ):
            assert not kernel.run(an_app(body)).error
            outputs = kernel.run("check('1.2')")
            assert said in outputs.text
            assert not (outputs.printed or outputs.stderr or outputs.error)
            assert len(outputs.shown) == 1
        kernel.run("def double(number):\n    while True: tasks.append(number)")
        outputs = kernel.run("check('1.3')")
        assert "No answer within 0.5 seconds" in outputs.text
        assert not (outputs.printed or outputs.stderr or outputs.error)
        assert kernel.run("print(tasks)").printed == "[1]\n"


class TestErrorsOfCells:
    def error(self, kernel: Kernel, cell: str) -> list[str]:
        outputs = kernel.run(cell)
        for page in ("site-packages", "/tmp/", "Traceback", "unregistering", sys.prefix):
            assert page not in outputs.error + outputs.printed + outputs.stderr
        return outputs.error.splitlines()

    def test_own_lines_and_the_last_line(self, kernel: Kernel) -> None:
        kernel.run("def divide(number):\n    return number / 0")
        assert self.error(kernel, "one = 1\ndivide(one)") == [
            "line 2, in this cell:",
            "    divide(one)",
            "line 2, in divide:",
            "    return number / 0",
            "ZeroDivisionError: division by zero",
        ]

    def test_the_steps_of_libraries_are_left_out_and_can_be_seen(self, kernel: Kernel) -> None:
        assert self.error(kernel, "import json\njson.loads('{')") == [
            "line 2, in this cell:",
            "    json.loads('{')",
            "(steps inside libraries are left out; %tb shows them)",
            "JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        ]
        assert "raw_decode" in kernel.run("%tb").error

    def test_a_handler_that_raises(self, kernel: Kernel) -> None:
        kernel.run(an_app("return 1 / 0") + "from fastapi.testclient import TestClient")
        assert self.error(kernel, "TestClient(app).get('/x')") == [
            "line 1, in this cell:",
            "    TestClient(app).get('/x')",
            "line 9, in x:",
            "    return 1 / 0",
            "ZeroDivisionError: division by zero",
        ]

    def test_an_answer_that_does_not_fit_its_model(self, kernel: Kernel) -> None:
        kernel.run(
            f"{IMPORTS}from fastapi.testclient import TestClient\napp = FastAPI()\n"
            "@app.get('/x')\ndef x() -> int:\n    return 'b'"
        )
        assert "ResponseValidationError: 1 validation error:" in self.error(kernel, "TestClient(app).get('/x')")

    def test_a_syntax_error_shows_where(self, kernel: Kernel) -> None:
        lines = kernel.run("x = 1\ny = = 3").error
        assert "^" in lines
        assert "SyntaxError" in lines
        assert "line 2" in lines

    def test_a_verdict_on_a_cell_that_cannot_be_read(self, kernel: Kernel) -> None:
        kernel.run("answer = = 1")
        assert "`SyntaxError: invalid syntax (your cell, line 1)`" in kernel.run('check("1.1")').text

    def test_a_syntax_error_in_code_that_a_cell_runs(self, kernel: Kernel) -> None:
        assert self.error(kernel, "exec('1 +')")[:2] == ["line 1, in this cell:", "    exec('1 +')"]

    def test_a_cell_that_waits(self, kernel: Kernel) -> None:
        assert self.error(kernel, "import asyncio\nasync def fail():\n    raise KeyError('k')\nawait fail()") == [
            "line 4, in this cell:",
            "    await fail()",
            "line 3, in fail:",
            "    raise KeyError('k')",
            "KeyError: 'k'",
        ]

    def test_a_recursion_without_end_is_short(self, kernel: Kernel) -> None:
        lines = self.error(kernel, "import sys\nsys.setrecursionlimit(150)\ndef f(): return f()\nf()")
        assert len(lines) < 25
        assert lines[-2:] == ["(and so on, deeper and deeper)", "RecursionError: maximum recursion depth exceeded"]
        kernel.run("sys.setrecursionlimit(3000)")

    def test_a_group_shows_what_is_in_it(self, kernel: Kernel) -> None:
        lines = self.error(
            kernel,
            "import asyncio\nasync def fail():\n    raise KeyError('k')\n"
            "async with asyncio.TaskGroup() as group:\n    group.create_task(fail())",
        )
        assert "ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)" in lines
        assert lines[-3:] == ["line 3, in fail:", "    raise KeyError('k')", "KeyError: 'k'"]

    def test_a_message_of_a_megabyte(self, kernel: Kernel) -> None:
        assert len("".join(self.error(kernel, "raise ValueError('é' * 1_000_000)"))) < 1000

    def test_a_message_that_cannot_be_shown(self, kernel: Kernel) -> None:
        kernel.run("class Bad(Exception):\n    def __str__(self): raise RuntimeError('no')\n    __repr__ = __str__")
        outputs = kernel.run("raise Bad()")  # the kernel itself adds an error of its own
        assert "Bad: (its message cannot be shown: its `__str__` raises RuntimeError)" in outputs.error
        assert "unregistering" not in outputs.stderr
        assert self.error(kernel, "1 / 0")[-1] == "ZeroDivisionError: division by zero"
