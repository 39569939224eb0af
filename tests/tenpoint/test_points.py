"""The ten-point review: each fault found and nothing else, right styles left in peace, and an answer whatever the app is."""

import importlib
import importlib.util
import itertools
import json
import linecache
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from coursekit.review import calling, review, waiting, worker
from coursekit.review.order import Standards
from coursekit.review.report import Accepted, Finding, Review
from coursekit.review.run import run
from coursekit.review.settings import Settings
from coursekit.review.surface import surfaces
from fastapi import APIRouter, FastAPI
from tests.review_cases.faults import FAULTS, Fault
from tests.review_cases.right import RIGHT

from coursekit import cli
from coursekit.lessons import CallError

run_module = importlib.import_module("coursekit.review.run")

CASES = Path(__file__).parent / "review_cases"
NOTHING_DECLARED = Standards()
Load = Callable[[str], ModuleType]
numbers = itertools.count()


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Write a module to a file and import it."""
    monkeypatch.chdir(tmp_path)
    made = []

    def write_and_import(text: str) -> ModuleType:
        name = f"reviewed_{next(numbers)}"
        path = tmp_path / f"{name}.py"
        path.write_text(text, encoding="utf-8")
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec and spec.loader
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        made.append(name)
        spec.loader.exec_module(module)
        return module

    yield write_and_import
    for name in made:
        del sys.modules[name]


def shop(*changes: tuple[str, str]) -> str:
    text = (CASES / "shop.py").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def broken(review: Review) -> set[tuple[str, str]]:
    assert not [one for one in review.undecided if "stumbled" in one.why], review.undecided
    return {(one.check, one.route) for one in review.broken}


COURSE = [sys.executable, "-m", "coursekit.cli"]
ROOT = Path(__file__).parent.parent
MAKERS = """
from fastapi import FastAPI
import shop

print("on standard output")

def make():
    return shop.app

def make_with_defaults(debug=False, *rest, **options):
    return shop.app

class Maker:
    @staticmethod
    def make():
        return shop.app

class Around:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)

def broken():
    return {}["DATABASE_URL"]

def loud():
    print("{not json}")
    return shop.app

wrapped = Around(Around(shop.app))
late = FastAPI(exception_handlers=shop.app.exception_handlers)
late.include_router(shop.health)
late.include_router(shop.api)
"""


class Done(NamedTuple):
    """What the command has done."""

    returncode: int
    stdout: str
    stderr: str


class Course:
    """The command, in a folder with a few modules."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        no_purpose = ('    """Read an item."""\n', "")
        fails_when_asked = (
            '    return {"status": "ok"}',
            '    open("started.txt", "w").close()\n    return {"status": str(1 / 0)}',
        )
        plain = ("async def get_health", "def get_health")
        modules = {
            "shop": shop(),
            "faulty": shop(no_purpose),
            "asked": shop(fails_when_asked, plain),
            "makers": MAKERS,
            "fails": "\n1 / 0\n",
            "lacks": "import not_there\n",
            "half": "def app(:\n",
            "ends": "import sys\nsys.exit('wants a database')\n",
            "dies": "import os\nos._exit(7)\n",
            "star": "from starlette.applications import Starlette\napp = Starlette()\n",
        }
        for name, text in modules.items():
            (folder / f"{name}.py").write_text(text, encoding="utf-8")
        (folder / "pyproject.toml").write_text("")

    def load(self, target: str, *, factory: bool = False) -> Any:
        """Load an app as the review's own process does, in this one."""
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            patch.setattr(sys, "path", list(sys.path))
            return worker.load(target, factory=factory)

    def forget(self) -> None:
        """Leave no module of this folder behind."""
        for name in [name for name in sys.modules if (self.folder / f"{name}.py").is_file()]:
            del sys.modules[name]

    def accept(self, entry: str) -> None:
        (self.folder / "pyproject.toml").write_text(f"[tool.coursekit.review]\naccept = [{entry}]\n")

    def __call__(self, *arguments: str) -> Done:
        """Call it as `course` does, in this process: only the app has one of its own."""
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            patch.setattr(sys, "argv", ["course", *arguments])
            with pytest.raises(SystemExit) as ended:
                cli.main()
        code = ended.value.code
        return Done(code if isinstance(code, int) else 0, *self.capsys.readouterr())


@pytest.fixture
def course(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Course]:
    course = Course(tmp_path, capsys)
    yield course
    course.forget()


class TestEachFault:
    def test_the_app_without_a_fault_holds_all_ten_points(self, load: Load) -> None:
        review = run(load(shop()).app, "shop", NOTHING_DECLARED)
        assert [point.status for point in review.points] == ["held"] * 10, review
        assert review.routes == 9
        assert repr(review).endswith("names no standards, so routes are held against what nearly all of them do.")

    def test_there_are_forty_and_each_check_is_shown(self) -> None:
        from coursekit.review.catalog import CHECKS

        only_when_asked = {"C2.undocumented-answer", "C6.answers-500", "C6.error-shapes"}
        assert len(FAULTS) >= 40
        assert len({fault.name for fault in FAULTS}) == len(FAULTS)
        assert {fault.check for fault in FAULTS} | only_when_asked | {"C10.path-style"} == set(CHECKS)

    @pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
    def test_is_found_and_nothing_else(self, fault: Fault, load: Load) -> None:
        module = load(shop(*fault.changes))
        review = run(module.app, "shop", NOTHING_DECLARED)
        assert broken(review) == {(fault.check, route) for route in fault.routes}, review
        assert {point.id for point in review.points if point.status == "broken"} == {fault.check.split(".")[0]}
        assert all(point.status != "not decidable" for point in review.points), review
        for finding in review.broken:
            file, _, line = finding.where.partition(":")
            if fault.line:
                assert fault.line in Path(file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
            assert finding.seen and finding.why and finding.mend


@pytest.mark.parametrize("name", RIGHT)
def test_other_right_ways_are_left_in_peace(name: str, load: Load) -> None:
    review = run(load(shop(*RIGHT[name])).app, "shop", NOTHING_DECLARED)
    assert broken(review) == set(), review


class TestWhateverTheAppIs:
    """An answer for every app, and the app as it was."""

    def test_the_app_is_left_as_it_was(self, load: Load) -> None:
        app = load(shop()).app
        before = {name: repr(value) for name, value in vars(app).items()}
        run(app, "shop", NOTHING_DECLARED)
        assert {name: repr(value) for name, value in vars(app).items()} == before
        assert app.openapi_schema is None

    def test_a_document_that_was_made_stays_the_same_object(self, load: Load) -> None:
        app = load(shop()).app
        document = app.openapi()
        run(app, "shop", NOTHING_DECLARED)
        assert app.openapi_schema is document

    def test_strange_endpoints_have_an_answer(self, load: Load) -> None:
        review = run(load(STRANGE).app, "strange", NOTHING_DECLARED)
        standing = {point.id: point.status for point in review.points}
        assert not [one for one in review.undecided if "stumbled" in one.why]
        assert ("C4.no-response-model", "GET /instance") in broken(review)
        assert ("C4.no-response-model", "GET /partial") in broken(review)
        assert "GET /lambda" not in {one.route for one in review.broken if one.check.startswith("C4")}
        assert standing["C7"] == "not decidable"  # an async function made by exec has no source

    def test_a_mounted_app_is_reviewed_under_its_path(self, load: Load) -> None:
        text = shop(("_used_by_faults", INNER + "_used_by_faults"))
        review = run(load(text).app, "shop", NOTHING_DECLARED)
        assert broken(review) == {
            ("C6.no-validation-handler", ""),
            ("C6.no-exception-handler", ""),
            ("C8.on-the-app", "GET /inner/things/{thing_id}"),
            ("C8.no-tags", "GET /inner/things/{thing_id}"),
        }
        assert "The app mounted at /inner has no handler for Exception." in repr(review)

    def test_routers_included_late_are_seen(self, load: Load) -> None:
        text = shop(
            ("api.include_router(items)\n", ""), ("_used_by_faults", "api.include_router(items)\n_used_by_faults")
        )
        assert run(load(text).app, "shop", NOTHING_DECLARED).routes == 9

    def test_a_websocket_is_looked_at(self, load: Load) -> None:
        text = shop(("_used_by_faults", SOCKET + "_used_by_faults"))
        assert broken(run(load(text).app, "shop", NOTHING_DECLARED)) == {("C7.blocking-call", "WS /news")}

    def test_an_app_without_routes_is_not_decidable(self) -> None:
        review = run(FastAPI(), "empty", NOTHING_DECLARED)
        assert {point.status for point in review.points} == {"not decidable"}
        assert review.broken == ()

    def test_a_document_that_cannot_be_made_is_said(self, load: Load) -> None:
        app = load(shop()).app

        def fails() -> dict[str, Any]:
            raise RuntimeError("no document today")

        app.openapi = fails
        review = run(app, "shop", NOTHING_DECLARED)
        assert broken(review) == set()
        assert "no document today" in repr(review)
        assert next(point for point in review.points if point.id == "C9").status == "not decidable"

    def test_without_ruff_the_seventh_point_is_not_decidable(self, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(waiting, "find_ruff", lambda: None)
        review = run(load(shop()).app, "shop", NOTHING_DECLARED)
        assert next(point for point in review.points if point.id == "C7").status == "not decidable"
        assert "ruff is not installed" in repr(review)

    def test_a_check_that_stumbles_stops_nothing(self, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
        def stumbles(surface: Any) -> Iterator[Any]:
            raise KeyError("x")
            yield

        monkeypatch.setitem(run_module._BY_POINT, "C5", (stumbles,))
        review = run(load(shop()).app, "shop", NOTHING_DECLARED)
        assert next(point for point in review.points if point.id == "C5").status == "not decidable"
        assert "stumbled over this app (KeyError" in repr(review)

    def test_an_app_that_cannot_be_read_at_all_has_an_answer(self) -> None:
        app = FastAPI()
        app.router.routes = 3
        review = run(app, "odd", NOTHING_DECLARED)
        assert {point.status for point in review.points} == {"not decidable"}
        assert "the review stumbled over this app (TypeError" in repr(review)

    def test_500_routes_take_less_than_five_seconds(self, load: Load) -> None:
        functions = "".join(MANY.format(number=number) for number in range(500))
        app = load(shop(("api = APIRouter(", functions + "api = APIRouter("))).app
        began = sum(
            os.times()[:4]
        )  # of this process and of ruff: a machine that is busy with other things takes longer
        review = run(app, "many", NOTHING_DECLARED)
        took = sum(os.times()[:4]) - began
        assert review.routes == 509
        assert len(review.broken) == 500
        assert "and 495 more" in repr(review)
        assert len(repr(review).splitlines()) < 40
        assert took < 5


STRANGE = """
import functools
import fastapi
from fastapi import APIRouter, Depends, FastAPI
from starlette.staticfiles import StaticFiles

app = FastAPI()
router = APIRouter(tags=["strange"])

class Answers:
    async def __call__(self, n: int = 1):
        "Answer."
        return {"n": n}

def add(a: int, b: int):
    "Add."
    return {"sum": a + b}

made = {}
exec("async def made_up(n: int = 1):\\n    'Make it up.'\\n    return {'n': n}", made)
router.add_api_route("/instance", Answers(), name="instance")
router.add_api_route("/partial", functools.partial(add, 1), name="partial")
router.add_api_route("/lambda", lambda: {"a": 1}, name="lambda")
router.add_api_route("/exec", made["made_up"])
router.add_api_route("/class", Answers, response_model=None)
app.include_router(router)
app.mount("/static", StaticFiles(directory="."), name="static")
app.add_route("/plain", lambda request: None)
"""
INNER = '''inner = FastAPI()


@inner.get("/things/{thing_id}")
async def get_thing(thing_id: int) -> ItemPublic:
    """Read a thing."""
    return ItemPublic(id=thing_id, name="a")


app.mount("/inner", inner)
'''
SOCKET = '''from fastapi import WebSocket


@app.websocket("/news")
async def news(socket: WebSocket) -> None:
    """Tell what is new."""
    await socket.accept()
    time.sleep(1)


'''
MANY = '''
@items.get("/{{item_id}}/parts-{number}", responses=bad(404))
async def get_part_{number}(item_id: int, db: Db) -> ItemPublic:
    """Read a part."""
    item = await find_item(db, item_id)
    time.sleep(0)
    return ItemPublic(id=item.id, name=count_words(item.name) * "a")


'''


class TestAskingTheApp:
    """What `--call` adds."""

    def test_nothing_is_asked_unless_it_is_allowed(self, load: Load) -> None:
        module = load(shop(*ASKED))
        run(module.app, "shop", NOTHING_DECLARED)
        assert module.CALLED == []

    def test_only_get_routes_are_asked(self, load: Load) -> None:
        module = load(shop(*ASKED))
        review = run(module.app, "shop", NOTHING_DECLARED, call=True)
        assert broken(review) == set(), review
        assert "start" in module.CALLED and "stop" in module.CALLED
        assert {one for one in module.CALLED if one.isupper()} == {"GET"}

    def test_bodies_that_are_not_valid_are_sent_when_that_is_allowed(self, load: Load) -> None:
        module = load(shop(*ASKED))
        assert broken(run(module.app, "shop", NOTHING_DECLARED, call=True, unsafe=True)) == set()
        assert {one for one in module.CALLED if one.isupper()} == {"GET", "POST", "PUT"}

    def test_a_header_goes_with_each_request(self, load: Load) -> None:
        module = load(shop(*ASKED))
        run(module.app, "shop", NOTHING_DECLARED, call=True, headers=[("Authorization", "Bearer user-ana")])
        assert "Bearer user-ana" in module.CALLED

    def test_a_500_is_found(self, load: Load) -> None:
        module = load(shop(*ASKED, ('    return {"status": "ok"}', '    return {"status": str(1 / 0)}')))
        review = run(module.app, "shop", NOTHING_DECLARED, call=True)
        assert broken(review) == {("C6.answers-500", "GET /health")}
        assert "ZeroDivisionError" in repr(review)

    def test_an_answer_that_is_not_documented_is_found(self, load: Load) -> None:
        change = ('@health.get("/health")\n', '@health.get("/health", dependencies=[Depends(not_now)])\n')
        define = (
            "def count_words",
            "def not_now() -> None:\n    refuse()\n\n\nrefuse = make_refusal()\n\n\ndef count_words",
        )
        make = (
            "engine = ",
            "def make_refusal() -> Any:\n    def refuse() -> None:\n        raise getattr(fastapi, 'HTTPException')(418)\n    return refuse\n\n\nimport fastapi\nengine = ",
        )
        review = run(load(shop(*ASKED, change, define, make)).app, "shop", NOTHING_DECLARED, call=True)
        assert broken(review) == {("C2.undocumented-answer", "GET /health")}

    def test_errors_of_two_shapes_are_found(self, load: Load) -> None:
        change = (
            '    return problem(error.status_code, "REFUSED", str(error.detail))',
            '    return JSONResponse({"message": str(error.detail)}, error.status_code)',
        )
        open_ = ("dependencies=[Depends(get_user)])", "dependencies=[])")
        review = run(load(shop(*ASKED, change, open_)).app, "shop", NOTHING_DECLARED, call=True)
        assert {one.check for one in review.broken if one.check != "C6.answers-500"} == {"C6.error-shapes"}

    def test_an_app_that_does_not_start_is_not_decidable(self, load: Load) -> None:
        module = load(shop(*ASKED, ('    CALLED.append("start")', '    raise SystemExit("no database")')))
        review = run(module.app, "shop", NOTHING_DECLARED, call=True)
        assert broken(review) == set()
        assert "the app does not start or stop: SystemExit: no database" in repr(review)

    def test_a_route_that_never_answers_is_left(self, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(calling, "PATIENCE", 0.2)
        module = load(
            shop(
                *ASKED, ('    return {"status": "ok"}', '    await asyncio.Event().wait()\n    return {"status": "ok"}')
            )
        )
        assert broken(run(module.app, "shop", NOTHING_DECLARED, call=True)) == set()


ASKED = (
    ("SEEN: list[int] = []", "SEEN: list[int] = []\nCALLED: list[str] = []"),
    (
        "_used_by_faults",
        '@app.middleware("http")\nasync def note(request: Request, call_next: Any) -> Response:\n    """Note."""\n'
        '    CALLED.append(request.method)\n    CALLED.append(request.headers.get("Authorization", ""))\n'
        "    return await call_next(request)\n\n\n_used_by_faults",
    ),
    ('    title="Shop",', '    title="Shop",\n    lifespan=lifespan,'),
    (
        "def count_words",
        '@contextlib.asynccontextmanager\nasync def lifespan(app: FastAPI) -> AsyncIterator[None]:\n    """Begin and end."""\n'
        '    CALLED.append("start")\n    async with engine.begin() as connection:\n        await connection.run_sync(Base.metadata.create_all)\n'
        '    yield\n    CALLED.append("stop")\n    await engine.dispose()\n\n\ndef count_words',
    ),
    ("import asyncio\n", "import asyncio\nimport contextlib\n"),
)


class TestTheCommand:
    def test_all_held(self, course: Course) -> None:
        done = course("review", "shop:app")
        assert (done.returncode, done.stderr) == (0, "")
        assert "C5   held" in done.stdout

    def test_something_broken(self, course: Course) -> None:
        done = course("review", "faulty:app")
        assert (done.returncode, done.stderr) == (1, "")
        assert "C9.no-purpose: 1 finding" in done.stdout
        assert "GET /api/v1/items/{item_id}  faulty.py:" in done.stdout
        assert "Why it matters: " in done.stdout and "Mend: " in done.stdout

    def test_for_programs(self, course: Course) -> None:
        done = course("review", "faulty:app", "--json")
        answer = json.loads(done.stdout)
        assert done.returncode == 1 and answer["broken"] is True and answer["routes"] == 9
        assert [point["id"] for point in answer["points"]] == [f"C{number}" for number in range(1, 11)]
        (finding,) = answer["points"][8]["findings"]
        assert finding["check"] == "C9.no-purpose" and finding["route"] == "GET /api/v1/items/{item_id}"
        assert set(finding) == {"check", "route", "where", "seen", "why", "mend", "accepted"}

    @pytest.mark.parametrize(
        "app",
        [
            "makers:make",
            "makers:make_with_defaults",
            "makers:Maker.make",
            "makers:wrapped",
            "makers:late",
            "makers:loud",
        ],
    )
    def test_an_app_behind_something(self, app: str, course: Course) -> None:
        assert sum(len(one.routes) for one in surfaces(course.load(app))) == 9

    def test_what_an_app_prints_is_not_part_of_the_answer(self, course: Course) -> None:
        done = course("review", "makers:loud", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)["routes"] == 9

    def test_a_factory_by_its_name(self, course: Course) -> None:
        assert course.load("makers:make", factory=True) is course.load("shop:app")
        with pytest.raises(CallError, match="`shop:Token` wants the argument `access_token`"):
            course.load("shop:Token", factory=True)

    @pytest.mark.parametrize(
        ("target", "says"),
        [
            ("shop", "`shop` names no app. Write MODULE:APP, such as `shop:app`."),
            ("shop.py:app", "`shop.py` is a file. Name its module: `shop:app`."),
            ("nothing:app", "There is no module `nothing` here."),
            ("shop:nothing", "The module `shop` has no `nothing`. It has `app`."),
            ("shop:engine", "`shop:engine` is no FastAPI application: its type is AsyncEngine."),
            ("shop:find_item", "`shop:find_item` wants the argument `db`."),
            ("fails:app", "`fails` cannot be imported: ZeroDivisionError: division by zero (fails.py:2)"),
            ("lacks:app", "`lacks` cannot be imported: ModuleNotFoundError: No module named 'not_there' (lacks.py:1)"),
            ("half:app", "`half` cannot be imported: SyntaxError: "),
            ("ends:app", "`ends` cannot be imported: SystemExit: wants a database"),
            ("makers:broken", "`makers:broken` cannot be called: KeyError: 'DATABASE_URL' (makers.py:"),
            ("star:app", "`star:app` is no FastAPI application: its type is Starlette."),
        ],
    )
    def test_an_app_that_is_not_there_is_one_line(self, target: str, says: str, course: Course) -> None:
        with pytest.raises(CallError) as refused:
            course.load(target)
        assert says in str(refused.value) and "\n" not in str(refused.value)

    @pytest.mark.parametrize(
        ("target", "says"),
        [
            ("fails:app", "`fails` cannot be imported: ZeroDivisionError: division by zero (fails.py:2)"),
            ("dies:app", "The process that looked at dies:app ended before it was done: exit status 7"),
        ],
    )
    def test_a_call_that_is_wrong_is_answered_in_one_line(self, target: str, says: str, course: Course) -> None:
        done = course("review", target)
        assert (done.returncode, done.stdout) == (2, "")
        assert says in done.stderr and done.stderr.count("\n") == 1

    def test_an_import_that_does_not_end(self, course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(worker, "PATIENCE", 2)
        (course.folder / "waits.py").write_text("import time\ntime.sleep(60)\n")
        done = course("review", "waits:app")
        assert done.returncode == 2 and "was not imported and reviewed within 2 s" in done.stderr

    def test_a_python_that_is_not_there(self, course: Course) -> None:
        done = course("review", "shop:app", "--python", "./nowhere")
        assert done.returncode == 2 and "./nowhere cannot be run" in done.stderr

    def test_another_python_needs_nothing_of_the_course(self, course: Course, tmp_path: Path) -> None:
        python = tmp_path / "python"
        python.write_text(
            f'#!/bin/sh\nexec "{sys.executable}" -c "import sys; sys.modules[\'IPython\'] = None; exec(sys.argv[1])" "$2" "$3" "$4"\n'.replace(
                "sys.argv[1])", "sys.argv.pop(1))"
            )
        )
        python.chmod(0o755)
        done = course("review", "shop:app", "--python", str(python))
        assert (done.returncode, done.stderr) == (0, "")

    def test_asking_is_off_unless_wanted(self, course: Course) -> None:
        assert course("review", "asked:app").returncode == 0
        assert not (course.folder / "started.txt").exists()
        done = course("review", "asked:app", "--call", "--header", "Authorization: Bearer user-ana")
        assert done.returncode == 1, done.stdout
        assert (course.folder / "started.txt").exists()
        assert "C6.answers-500" in done.stdout and "no such table" not in done.stdout


def found_in(route: str) -> Finding:
    return Finding("C9.no-purpose", route, "a.py:1", "There is none.", "why", "mend")


class TestAcceptedFindings:
    def test_with_a_reason(self, course: Course) -> None:
        course.accept('{check = "C9.no-purpose", route = "GET /api/v1/items/{item_id}", reason = "Its name says it."}')
        done = course("review", "faulty:app")
        assert done.returncode == 0
        assert "C9.no-purpose (accepted): 1 finding" in done.stdout and "Accepted: Its name says it." in done.stdout
        assert "1 finding accepted" in done.stdout

    def test_on_all_routes_or_on_one(self) -> None:
        found = Review("x", 2, (found_in("GET /a"), found_in("GET /b")))
        assert found.accept([Accepted("C9.no-purpose", "Names say it.")]).broken == ()
        (left,) = found.accept([Accepted("C9.no-purpose", "Its name says it.", "GET /a")]).broken
        assert left.route == "GET /b"

    def test_one_that_covers_nothing_is_noted(self) -> None:
        review = Review("x", 1, (found_in("GET /a"),)).accept([Accepted("C9.no-purpose", "Why.", "GET /elsewhere")])
        assert len(review.broken) == 1
        assert "pyproject.toml accepts C9.no-purpose on GET /elsewhere, and there is no such finding" in repr(review)

    @pytest.mark.parametrize(
        ("entry", "says"),
        [
            ('{check = "C9.no-purpose"}', "C9.no-purpose is accepted without a reason."),
            ('{check = "C9.no-purpose", reason = "  "}', "C9.no-purpose is accepted without a reason."),
            ('{check = "C9.nothing", reason = "x"}', "there is no check `C9.nothing`"),
            ('{reason = "x"}', "each entry of `accept` is a table"),
            ("3", "each entry of `accept` is a table"),
            ('"C9.no-purpose"', "each entry of `accept` is a table"),
            ('{check = "C9.no-purpose", reason = "x", path = "/"}', "an entry of `accept` has no `path`"),
        ],
    )
    def test_anything_else_is_refused(self, entry: str, says: str, course: Course) -> None:
        course.accept(entry)
        done = course("review", "faulty:app")
        assert done.returncode == 2 and says in done.stderr

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("[tool.coursekit.review]\naccepts = []", "[tool.coursekit.review] has no `accepts`"),
            ("[tool.coursekit]\nreview = 3", "[tool.coursekit.review] is a table"),
            ("[tool.coursekit.review]\naccept = 3", "`accept` is a list"),
            ("[tool.coursekit.review]\nprefix = 3", "`prefix` is a text"),
            ("[tool", "cannot be read"),
        ],
    )
    def test_settings_that_are_wrong_are_refused(self, text: str, says: str, course: Course) -> None:
        (course.folder / "pyproject.toml").write_text(text)
        done = course("review", "shop:app")
        assert done.returncode == 2 and says in done.stderr and done.stderr.count("\n") == 1


class TestTheProjectsOwnStandards:
    def test_those_in_pyproject_are_held_against_it(self, load: Load) -> None:
        app = load(shop()).app
        assert broken(run(app, "shop", Standards(prefix="/api/v1", error_model="Problem"))) == set()
        review = run(app, "shop", Standards(prefix="/api/v2"))
        assert {one.check for one in review.broken} == {"C10.prefix"} and len(review.broken) == 8
        review = run(app, "shop", Standards(error_model="ErrorBody"))
        assert {one.check for one in review.broken} == {"C10.error-model"}

    def test_a_constitution_is_for_people(self, load: Load, tmp_path: Path) -> None:
        (tmp_path / ".specify/memory").mkdir(parents=True)
        (tmp_path / ".specify/memory/constitution.md").write_text("# Constitution")
        review = run(load(shop()).app, "shop", Settings.here(tmp_path).standards)
        assert review.broken == ()
        assert "C10  not decidable" in repr(review) and ".specify/memory/constitution.md" in repr(review)

    def test_paths_of_another_style(self, load: Load) -> None:
        parts = "".join(
            PART.format(part=part) for part in ("one-two", "two-three", "three-four", "four-five", "fiveSix")
        )
        review = run(load(shop(("api = APIRouter(", parts + "api = APIRouter("))).app, "shop", NOTHING_DECLARED)
        assert broken(review) == {("C10.path-style", "GET /api/v1/items/{item_id}/fiveSix")}


PART = '''
@items.get("/{{item_id}}/{part}")
async def part() -> ItemPublic:
    """Read a part."""
    return ItemPublic(id=1, name="a")


'''.replace("part()", "part(item_id: int)")


class TestInANotebook:
    def test_a_table_and_its_text_say_the_same(self, load: Load) -> None:
        shown = review(load(shop(('    """Read an item."""\n', ""))).app)
        page = shown._repr_html_()
        for said in ("C9.no-purpose: 1 finding", "GET /api/v1/items/{item_id}", "The ten-point review of"):
            assert said in repr(shown).replace("`", "") and said in page
        assert page.count("<tr>") == 11

    def test_text_of_the_app_is_text(self, load: Load) -> None:
        module = load(shop(('"/cheapest"', '"/create-<script>"')))
        page = review(module.app)._repr_html_()
        assert "<script" not in page and "&lt;script&gt;" in page

    @pytest.mark.parametrize("thing", [None, 3, "main:app", FastAPI, APIRouter()])
    def test_something_else_is_said_kindly(self, thing: Any) -> None:
        assert "`review` takes a FastAPI application" in repr(review(thing))

    def test_a_cell_is_named_as_such(self) -> None:
        names: dict[str, Any] = {"__name__": "__main__"}
        file = "/tmp/ipykernel_1/123.py"
        text = CELL
        linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
        exec(compile(text, file, "exec"), names)
        shown = repr(review(names["app"]))
        assert "C7.blocking-call" in shown
        assert "GET /slow  the cell of slow, line 10" in shown

    def test_the_kit_is_imported_without_it(self) -> None:
        code = "import sys, coursekit; print([name for name in sys.modules if name.startswith('coursekit.review.')])"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"


CELL = '''import time

from fastapi import FastAPI

app = FastAPI()

@app.get("/slow")
async def slow() -> int:
    """Wait."""
    time.sleep(1)
    return 1
'''


class TestTheCoursesOwnService:
    """The finished service, and what the lessons build, as `course review` sees them."""

    def test_the_finished_service_breaks_nothing(self) -> None:
        done = subprocess.run(
            [*COURSE, "review", "app_snippets.tasks_api.main:create_app", "--json"],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        answer = json.loads(done.stdout)
        assert [one for point in answer["points"] for one in point["findings"]] == []
        assert done.returncode == 0 and answer["routes"] > 10

    def test_after_lesson_07_only_tags_are_missing(self) -> None:
        done = subprocess.run(
            [*COURSE, "review", "app_snippets.stages.after_07_async:app", "--json"],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        found = {one["check"] for point in json.loads(done.stdout)["points"] for one in point["findings"]}
        assert found == {"C8.no-tags"}
