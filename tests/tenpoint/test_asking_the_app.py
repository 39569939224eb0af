"""What `--call` adds: the app runs, and its answers are judged."""

import pytest

from tenpoint.checklist import review_app
from tenpoint.points import answers
from tests.tenpoint.samples import NOTHING_DECLARED, Load, broken, shop


class TestAskingTheApp:
    """What `--call` adds."""

    def test_nothing_is_asked_unless_it_is_allowed(self, load: Load) -> None:
        module = load(shop(*ASKED))
        review_app(module.app, "shop", NOTHING_DECLARED)
        assert module.CALLED == []

    def test_only_get_routes_are_asked(self, load: Load) -> None:
        module = load(shop(*ASKED))
        review = review_app(module.app, "shop", NOTHING_DECLARED, call=True)
        assert broken(review) == set(), review
        assert "start" in module.CALLED and "stop" in module.CALLED
        assert {one for one in module.CALLED if one.isupper()} == {"GET"}

    def test_bodies_that_are_not_valid_are_sent_when_that_is_allowed(self, load: Load) -> None:
        module = load(shop(*ASKED))
        assert broken(review_app(module.app, "shop", NOTHING_DECLARED, call=True, unsafe=True)) == set()
        assert {one for one in module.CALLED if one.isupper()} == {"GET", "POST", "PUT"}

    def test_a_header_goes_with_each_request(self, load: Load) -> None:
        module = load(shop(*ASKED))
        review_app(module.app, "shop", NOTHING_DECLARED, call=True, headers=[("Authorization", "Bearer user-ana")])
        assert "Bearer user-ana" in module.CALLED

    def test_a_500_is_found(self, load: Load) -> None:
        module = load(shop(*ASKED, ('    return {"status": "ok"}', '    return {"status": str(1 / 0)}')))
        review = review_app(module.app, "shop", NOTHING_DECLARED, call=True)
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
        review = review_app(load(shop(*ASKED, change, define, make)).app, "shop", NOTHING_DECLARED, call=True)
        assert broken(review) == {("C2.undocumented-answer", "GET /health")}

    def test_errors_of_two_shapes_are_found(self, load: Load) -> None:
        change = (
            '    return problem(error.status_code, "REFUSED", str(error.detail))',
            '    return JSONResponse({"message": str(error.detail)}, error.status_code)',
        )
        open_ = ("dependencies=[Depends(get_user)])", "dependencies=[])")
        review = review_app(load(shop(*ASKED, change, open_)).app, "shop", NOTHING_DECLARED, call=True)
        assert {one.check for one in review.broken if one.check != "C6.answers-500"} == {"C6.error-shapes"}

    def test_an_app_that_does_not_start_is_not_decidable(self, load: Load) -> None:
        module = load(shop(*ASKED, ('    CALLED.append("start")', '    raise SystemExit("no database")')))
        review = review_app(module.app, "shop", NOTHING_DECLARED, call=True)
        assert broken(review) == set()
        assert "the app does not start or stop: SystemExit: no database" in repr(review)

    def test_a_route_that_never_answers_is_left(self, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(answers, "PATIENCE", 0.2)
        module = load(
            shop(
                *ASKED, ('    return {"status": "ok"}', '    await asyncio.Event().wait()\n    return {"status": "ok"}')
            )
        )
        assert broken(review_app(module.app, "shop", NOTHING_DECLARED, call=True)) == set()


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
