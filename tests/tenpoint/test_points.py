"""Each fault is found and nothing else, other right ways are left alone, and every app gets an answer."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from tenpoint import checklist, linter
from tenpoint.catalog import CHECKS
from tenpoint.checklist import review_app
from tenpoint.points.standards import Standards
from tenpoint.settings import Settings
from tests.tenpoint.cases.faults import FAULTS, Fault
from tests.tenpoint.cases.right import RIGHT
from tests.tenpoint.samples import NOTHING_DECLARED, Load, broken, shop


class TestEachFault:
    def test_the_app_without_a_fault_holds_all_ten_points(self, load: Load) -> None:
        review = review_app(load(shop()).app, "shop", NOTHING_DECLARED)
        assert [point.status for point in review.points] == ["held"] * 10, review
        assert review.routes == 9
        assert repr(review).endswith("names no standards, so routes are held against what nearly all of them do.")

    def test_there_are_forty_and_each_check_is_shown(self) -> None:
        only_when_asked = {"C2.undocumented-answer", "C6.answers-500", "C6.error-shapes"}
        assert len(FAULTS) >= 40
        assert len({fault.name for fault in FAULTS}) == len(FAULTS)
        assert {fault.check for fault in FAULTS} | only_when_asked | {"C10.path-style"} == set(CHECKS)

    @pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
    def test_is_found_and_nothing_else(self, fault: Fault, load: Load) -> None:
        module = load(shop(*fault.changes))
        review = review_app(module.app, "shop", NOTHING_DECLARED)
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
    review = review_app(load(shop(*RIGHT[name])).app, "shop", NOTHING_DECLARED)
    assert broken(review) == set(), review


class TestWhateverTheAppIs:
    """An answer for every app, and the app as it was."""

    def test_the_app_is_left_as_it_was(self, load: Load) -> None:
        app = load(shop()).app
        before = {name: repr(value) for name, value in vars(app).items()}
        review_app(app, "shop", NOTHING_DECLARED)
        assert {name: repr(value) for name, value in vars(app).items()} == before
        assert app.openapi_schema is None

    def test_a_document_that_was_made_stays_the_same_object(self, load: Load) -> None:
        app = load(shop()).app
        document = app.openapi()
        review_app(app, "shop", NOTHING_DECLARED)
        assert app.openapi_schema is document

    def test_strange_endpoints_have_an_answer(self, load: Load) -> None:
        review = review_app(load(STRANGE).app, "strange", NOTHING_DECLARED)
        standing = {point.id: point.status for point in review.points}
        assert not [one for one in review.undecided if "stumbled" in one.why]
        assert ("C4.no-response-model", "GET /instance") in broken(review)
        assert ("C4.no-response-model", "GET /partial") in broken(review)
        assert "GET /lambda" not in {one.route for one in review.broken if one.check.startswith("C4")}
        assert standing["C7"] == "not decidable"  # an async function made by exec has no source

    def test_a_mounted_app_is_reviewed_under_its_path(self, load: Load) -> None:
        text = shop(("_used_by_faults", INNER + "_used_by_faults"))
        review = review_app(load(text).app, "shop", NOTHING_DECLARED)
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
        assert review_app(load(text).app, "shop", NOTHING_DECLARED).routes == 9

    def test_a_websocket_is_looked_at(self, load: Load) -> None:
        text = shop(("_used_by_faults", SOCKET + "_used_by_faults"))
        assert broken(review_app(load(text).app, "shop", NOTHING_DECLARED)) == {("C7.blocking-call", "WS /news")}

    def test_an_app_without_routes_is_not_decidable(self) -> None:
        review = review_app(FastAPI(), "empty", NOTHING_DECLARED)
        assert {point.status for point in review.points} == {"not decidable"}
        assert review.broken == ()

    def test_a_document_that_cannot_be_made_is_said(self, load: Load) -> None:
        app = load(shop()).app

        def fails() -> dict[str, Any]:
            raise RuntimeError("no document today")

        app.openapi = fails
        review = review_app(app, "shop", NOTHING_DECLARED)
        assert broken(review) == set()
        assert "no document today" in repr(review)
        assert next(point for point in review.points if point.id == "C9").status == "not decidable"

    def test_without_ruff_the_seventh_point_is_not_decidable(self, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(linter, "find_ruff", lambda: None)
        review = review_app(load(shop()).app, "shop", NOTHING_DECLARED)
        assert next(point for point in review.points if point.id == "C7").status == "not decidable"
        assert "ruff is not installed" in repr(review)

    def test_a_check_that_stumbles_stops_nothing(self, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
        def stumbles(surface: Any) -> Iterator[Any]:
            raise KeyError("x")
            yield

        monkeypatch.setitem(checklist._BY_POINT, "C5", (stumbles,))
        review = review_app(load(shop()).app, "shop", NOTHING_DECLARED)
        assert next(point for point in review.points if point.id == "C5").status == "not decidable"
        assert "stumbled over this app (KeyError" in repr(review)

    def test_an_app_that_cannot_be_read_at_all_has_an_answer(self) -> None:
        app = FastAPI()
        app.router.routes = 3
        review = review_app(app, "odd", NOTHING_DECLARED)
        assert {point.status for point in review.points} == {"not decidable"}
        assert "the review stumbled over this app (TypeError" in repr(review)

    def test_500_routes_take_less_than_five_seconds(self, load: Load) -> None:
        functions = "".join(MANY.format(number=number) for number in range(500))
        app = load(shop(("api = APIRouter(", functions + "api = APIRouter("))).app
        began = sum(
            os.times()[:4]
        )  # of this process and of ruff: a machine that is busy with other things takes longer
        review = review_app(app, "many", NOTHING_DECLARED)
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


class TestTheProjectsOwnStandards:
    def test_those_in_pyproject_are_held_against_it(self, load: Load) -> None:
        app = load(shop()).app
        assert broken(review_app(app, "shop", Standards(prefix="/api/v1", error_model="Problem"))) == set()
        review = review_app(app, "shop", Standards(prefix="/api/v2"))
        assert {one.check for one in review.broken} == {"C10.prefix"} and len(review.broken) == 8
        review = review_app(app, "shop", Standards(error_model="ErrorBody"))
        assert {one.check for one in review.broken} == {"C10.error-model"}

    def test_a_constitution_is_for_people(self, load: Load, tmp_path: Path) -> None:
        (tmp_path / ".specify/memory").mkdir(parents=True)
        (tmp_path / ".specify/memory/constitution.md").write_text("# Constitution")
        review = review_app(load(shop()).app, "shop", Settings.here(tmp_path).standards)
        assert review.broken == ()
        assert "C10  not decidable" in repr(review) and ".specify/memory/constitution.md" in repr(review)

    def test_paths_of_another_style(self, load: Load) -> None:
        parts = "".join(
            PART.format(part=part) for part in ("one-two", "two-three", "three-four", "four-five", "fiveSix")
        )
        review = review_app(load(shop(("api = APIRouter(", parts + "api = APIRouter("))).app, "shop", NOTHING_DECLARED)
        assert broken(review) == {("C10.path-style", "GET /api/v1/items/{item_id}/fiveSix")}


PART = '''
@items.get("/{{item_id}}/{part}")
async def part() -> ItemPublic:
    """Read a part."""
    return ItemPublic(id=1, name="a")


'''.replace("part()", "part(item_id: int)")
