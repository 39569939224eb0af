"""What the exercises of lesson 03 check, and the answers to its predictions."""

import asyncio
import copy
import inspect
import random
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import FastAPIError
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException as AnyHTTPException

from coursekit.author import Client, NotYet, client, describe, exercise, expect, prediction
from coursekit.author.difference import changes
from coursekit.author.responses import NoteRaised, NoteStart, json_or_none
from coursekit.author.routes import dependencies
from coursekit.author.users import bearer
from coursekit.course.render import brief
from coursekit.course.words import series

prediction("3.p1", answer=422, evidence="response.status_code", choices=(200, 404, 422, 500))
prediction("3.p2", answer=False, evidence="'email' in response.json()", choices=(True, False))
prediction("3.p3", answer=422, evidence="response.status_code", choices=(200, 404, 422, 500))
prediction("3.p4", answer=1, evidence="len(calls)", choices=(0, 1, 2))
prediction("3.p5", answer=False, evidence="'close' in events", choices=(True, False))
prediction("3.p6", answer=401, evidence="response.status_code", choices=(200, 401, 403, 422))
prediction("3.p7", answer=403, evidence="response.status_code", choices=(200, 401, 403, 404))
prediction("3.p8", answer=401, evidence="response.status_code", choices=(201, 401, 403, 422))
prediction(
    "3.p9", answer="response", evidence="'response' if events.index('response 201') < events.index('commit') else 'commit'",
    choices=("commit", "response"),
)  # fmt: skip

prediction("3.p10", answer=404, evidence="answers['request']", choices=(200, 404, 500))
prediction("3.p11", answer=2, evidence="events.count('open')", choices=(0, 1, 2))

Notes = list[str]


class _Session:
    """A database session that records what happens to it. Nothing can be read from it after it was closed."""

    def __init__(self, database: "_Database") -> None:
        database.notes.append("open")
        self._database, self._closed = database, False
        self._tables = copy.deepcopy(database.tables)

    @property
    def tables(self) -> dict[str, Any]:
        if self._closed:
            raise RuntimeError("This session has been closed.")
        return self._tables

    @property
    def tasks(self) -> Any:
        return self.tables["tasks"]

    @property
    def users(self) -> Any:
        return self.tables["users"]

    def commit(self) -> None:
        if self._database.error:
            raise self._database.error
        self._database.notes.append("commit")
        self._database.tables = copy.deepcopy(self._tables)

    def rollback(self) -> None:
        self._database.notes.append("rollback")
        self._tables = copy.deepcopy(self._database.tables)

    def close(self) -> None:
        self._database.notes.append("close")
        self._closed = True


class _Database:
    """A stand-in for the app's database, with a list of what happens to its sessions."""

    def __init__(self, **tables: Any) -> None:
        self.tables: dict[str, Any] = {"tasks": {}, "users": {}, "tokens": {}, **copy.deepcopy(tables)}
        self.notes: Notes = []
        self.error: Exception | None = None
        """What each commit raises."""

    def session(self) -> _Session:
        return _Session(self)


def _app(router: Any, database: _Database | None = None) -> Any:
    """Return a new app with the learner's router. Anything else is returned as it is: `client` says what is wrong with it."""
    if not isinstance(router, APIRouter) and not isinstance(router, FastAPI):
        return router
    app = FastAPI()
    app.include_router(router.router if isinstance(router, FastAPI) else router)
    app.state.database = database or _Database()
    notes = app.state.database.notes
    app.add_middleware(NoteStart, note=lambda: notes.append("response"))
    return app


@exercise(
    "3.1",
    "The week that ended before it began",
    rules=["D1", "D3"],
    hints=[
        "Which lines would be the same in both routes? What do those lines need, and what do they give?",
        "A dependency as `get_page`: two parameters annotated with `date`, a comparison that raises `HTTPException(422, ...)`, and an object that holds both "
        "dates. Both routes name it with `Depends`.",
        "`def get_span(first: date, last: date) -> Span:`, `Spanned = Annotated[Span, Depends(get_span)]`, `def list_due_tasks(span: Spanned)`, and "
        '`[task for task in due_tasks if span.first <= task["day"] <= span.last]`.',
    ],
)
def spans(due_router: Any, due_tasks: Any, due_reminders: Any) -> None:
    """Two routes return the entries between two days, and one dependency reads the days for both."""
    due_tasks[:] = [{"title": f"Task {day}", "day": date(2027, 5, day)} for day in (9, 1, 4)]
    due_reminders[:] = [{"text": f"Reminder {n}", "day": date(2027, 5, day)} for n, day in enumerate((30, 2, 9, 9))]
    app = _app(due_router)
    api, quiet = (
        client(app, data=lambda: [due_tasks, due_reminders], raise_server_exceptions=raises) for raises in (True, False)
    )
    for path, rows in (("/tasks/due", due_tasks), ("/reminders/due", due_reminders)):
        for first, last in (("01", "09"), ("04", "04"), ("02", "04"), ("10", "29"), ("01", "31")):
            _gives_a_span(api, path, f"2027-05-{first}", f"2027-05-{last}", rows)
        _gives_a_span(api, path, "1999-12-31", "2031-01-01", rows)
    for path in ("/tasks/due", "/reminders/due"):
        _refuses_bad_spans(quiet, path)
    _share_the_comparison(dependencies(app, "GET", "/tasks/due"), dependencies(app, "GET", "/reminders/due"))


def _gives_a_span(api: Client, path: str, first: str, last: str, rows: list[dict[str, Any]]) -> None:
    response = api.get(path, params={"first": first, "last": last})
    expect.status(
        response,
        200,
        why="The caller may ask for any two days, also for the same day twice: it is the first day and the last.",
        known={422: "Both dates are right, and your API refuses them." if first != last else _ONE_DAY},
    )
    got = expect.json_body(response, why="The screen draws a list.")
    expect.that(isinstance(got, list), "The answer should be a JSON list.", response=response)
    wanted = [{**row, "day": str(row["day"])} for row in rows if first <= str(row["day"]) <= last]
    expect.equal(
        sorted(got, key=str),
        sorted(wanted, key=str),
        what="the list of entries",
        why="The phone gets all entries from `first` to `last`, in any order, and both days belong to the week.",
        response=response,
    )


_ONE_DAY = "Both dates are right, and your API refuses them. A span may have a single day: its first day is its last."
_BACKWARDS = {"first": "2027-05-09", "last": "2027-05-01"}


def _refuses_bad_spans(api: Client, path: str) -> None:
    expect.status(
        api.get(path, params=_BACKWARDS),
        422,
        why="An empty list would say: you have nothing to do. Ana believes it and misses the dentist.",
        known={
            200: "The last day comes before the first, and your API says that all is well. Compare the two in the dependency, and raise an `HTTPException`.",
            400: "A 400 refuses the request as well, but the phone team was promised a 422, as for any other wrong parameter.",
            500: "Your code crashed. The caller made the mistake: raise an `HTTPException` with 422.",
        },
    )
    for params in ({"first": "1900-01-01"}, {"last": "2999-12-31"}, {"first": "2027-05-01", "last": "soon"}):
        expect.status(
            api.get(path, params=params),
            422,
            why="Both dates must be sent, and both must be dates.",
            known={
                200: "Your API took it. A parameter without a default has to be sent, and the annotation `date` lets only dates through.",
                500: "Your code crashed on it. Annotate both parameters with `date`, without a default, and FastAPI refuses this for you.",
            },
        )


def _share_the_comparison(tasks: list[Any], reminders: list[Any]) -> None:
    expect.that(
        tasks and reminders,
        "The answers are right, but a route has no dependency. When the rule changes, each copy has to be found. Move the two dates and their comparison "
        "into one function, and name it in both routes with `Depends`.",
        why="The exercise began with a copy that somebody forgot.",
    )
    shared = [call for call in tasks if call in reminders]
    expect.that(
        shared,
        "The answers are right, but each route has a dependency of its own. Give both the same function: then there is one place to change.",
        why="The exercise began with a copy that somebody forgot.",
    )
    alone = FastAPI()

    @alone.get("/span", dependencies=[Depends(call) for call in shared])
    def read() -> None:
        """Answer if the dependencies let the request through."""

    response = client(alone, raise_server_exceptions=False).get("/span", params=_BACKWARDS)
    expect.that(
        response.status_code == 422,
        "The answers are right, and both routes share a dependency. But that one accepts two days in the wrong order, so the comparison still stands in "
        "more than one place. Move it into the dependency that both share.",
        why="The check put your dependency on a route of its own, and the next route gets no more than that.",
        response=response,
    )


@exercise(
    "3.2",
    "Everybody has the same pickup code",
    rules=["D1", "D2"],
    hints=[
        "How often does Python run what stands behind the `=` of a parameter, and when?",
        "Once, when it reads the line with `def`. And FastAPI takes a plain `str` parameter from the query string. `Depends` is called for each request.",
        "`def create_order(code: Annotated[str, Depends(new_code)])`: `new_code` without parentheses.",
    ],
)
def pickup(orders_router: Any) -> None:
    """Each order gets a code of its own from a dependency that is passed, not called."""
    app = _app(orders_router)
    api = client(app)
    _each_order_has_a_secret_code(api)
    _nobody_chooses_a_code(api)
    expect.that(
        dependencies(app, "POST", "/orders"),
        "Each order has a code of its own now. But the route has no dependency, so its signature doesn't say that it needs a code, and no test can "
        "give it a known one. Ask for the code with `Depends`.",
        why="A signature says what is needed; lesson 08 lives on that.",
    )
    _comes_from_a_dependency(app)


def _each_order_has_a_secret_code(api: Client) -> None:
    codes = [_code_of(api.post("/orders")) for _ in range(40)]
    expect.that(
        all(len(code) >= 6 for code in codes),
        "The code is too short: somebody who tries a few will hit a code that belongs to somebody else. `new_code` makes eight characters.",
        why=_CAKE,
    )
    together = [*map(_code_of, api.together([api.build_request("POST", "/orders") for _ in range(12)]))]
    for holds, sentence in (
        (
            len(set(codes)) > 1,
            "Forty orders came in one after the other, and all got the same code. Something makes a code and keeps it: a default value and a global are "
            "worked out once, when Python reads them, and a cache keeps its first result. Give `Depends` a function that makes a new code in each call.",
        ),
        (
            len(set(codes)) == len(codes),
            "Forty orders came in one after the other, and some got the same code. Each order needs one of its own, from so many that nobody meets one "
            "twice, as `new_code` makes them.",
        ),
        (
            len(set(together)) == len(together),
            "Forty orders came in one after the other, and all is well. Then twelve came in at the same moment, and some got the same code. Does something "
            "outside of your functions hold it? Let the dependency return the code, and take it as a parameter of the route.",
        ),
    ):
        expect.that(holds, sentence, why=_CAKE)
    ascending = sorted(codes, key=lambda code: (len(code), code))
    expect.that(
        codes not in (ascending, ascending[::-1]),
        "The codes follow each other in order, as from a counter or a clock, so whoever has one can guess the next. Let `secrets` make them, as in `new_code`.",
        why=_CAKE,
    )
    seeded = []
    for _ in range(2):
        random.seed(3)
        seeded.append(_code_of(api.post("/orders")))
    expect.that(
        seeded[0] != seeded[1],
        "The code comes from `random`, whose numbers can be foretold: after `random.seed(3)`, two orders got the same code. `secrets` is made for "
        "secrets, as in `new_code`.",
        why=_CAKE,
    )


_CAKE = "Whoever has a code gets the cake."


def _code_of(response: Any) -> str:
    expect.status(
        response,
        201,
        why="A customer without any parameters orders a cake.",
        known={
            422: "Your route asks the customer for something. What it needs comes from `Depends(new_code)`, not from the request."
        },
    )
    expect.fields(response, {"code"}, why="The customer shows this at the counter.")
    code = response.json()["code"]
    expect.that(isinstance(code, str) and code, "The code should be the text that `new_code` makes.", response=response)
    return str(code)


def _nobody_chooses_a_code(api: Client) -> None:
    ways: tuple[tuple[str, dict[str, Any]], ...] = (
        ("`?code=FREE`", {"params": {"code": "FREE"}}),
        ('a body `{"code": "FREE"}`', {"json": {"code": "FREE"}}),
        ("a header `Code: FREE`", {"headers": {"Code": "FREE", "X-Code": "FREE"}}),
        ("a cookie `code=FREE`", {"headers": {"Cookie": "code=FREE"}}),
    )
    for how, sent in ways:
        response = api.post("/orders", **sent)
        expect.that(
            "FREE" not in response.text,
            f"The caller sent {how} and got it. Everybody can choose what a route takes from the request. A value that comes through `Depends`, from a "
            "function without parameters, can't be sent.",
            why="Whoever can choose the code can choose that of somebody else.",
            response=response,
        )
    document = expect.json_body(api.get("/openapi.json"), why="The documentation says what a caller may send.")
    asked = document["paths"]["/orders"]["post"]
    invited = [f"`{one['name']}`" for one in asked.get("parameters", [])] + ["a body"] * ("requestBody" in asked)
    expect.that(
        not invited,
        f"The documentation of `POST /orders` invites callers to send {series(invited)}. FastAPI takes from the request whatever your functions have as plain "
        "parameters, also the function in `Depends`.",
    )


def _giving(value: Any, state: dict[str, Any] | None = None) -> Any:
    """Return a dependency that always returns `value`, and leaves the same in the request's state."""

    def give(request: Request) -> Any:
        request.scope.setdefault("state", {}).update(state or {})
        return value

    return give


def _known_codes(app: FastAPI) -> list[Any]:
    """Return the codes of two orders for which each dependency of the route gives the same value. None for an order that fails."""
    given: list[Any] = []
    calls = dependencies(app, "POST", "/orders")
    alone = FastAPI()
    for number, call in enumerate(calls):

        @alone.post(f"/{number}")
        def catch(request: Request, value: Annotated[Any, Depends(call)]) -> None:
            given.append(_giving(value, dict(request.scope.get("state", {}))))

        client(alone).post(f"/{number}")
    app.dependency_overrides = dict(zip(calls, given, strict=True))
    api = client(app, raise_server_exceptions=False)
    codes = [(json_or_none(api.post("/orders")) or {}).get("code") for _ in range(2)]
    app.dependency_overrides = {}
    return codes


def _comes_from_a_dependency(app: FastAPI) -> None:
    codes, others = _known_codes(app), _known_codes(app)
    if None in codes:  # without what its dependency does, the route cannot answer at all
        return
    for holds, sentence in (
        (
            codes[0] == codes[1],
            "The route has a dependency, and the code does not come from it: with the same value from the dependency, the answer has another one each time. "
            "Take the code as a parameter with `Depends`, and answer with that parameter.",
        ),
        (
            codes != others,
            "The route has a dependency, and its answer doesn't depend on what that returns: the code is kept somewhere outside of the request. "
            "Take the code as a parameter with `Depends`, and answer with that parameter.",
        ),
    ):
        expect.that(
            holds,
            sentence,
            why="A test that gives the route a known code has to find it in the answer; lesson 08 lives on that.",
        )


@exercise(
    "3.3",
    "Ben's list obeys Ana's filter",
    rules=["D2"],
    hints=[
        "Which object outlives a request? Who writes to it, and who reads it?",
        "`wanted` is a global. Build a new dictionary in each call of the dependency, return it, and let the route take it as a parameter. Beware of "
        "`if pinned:`, which is also false for `pinned=false`.",
        '`chosen = {"label": label, "pinned": pinned}`, `return {name: value for name, value in chosen.items() if value is not None}`, and '
        "`def list_notes(wanted: Annotated[dict[str, Any], Depends(get_wanted)])`.",
    ],
)
def shared(notes_router: Any, notes: Any) -> None:
    """No request leaves anything behind for another one, even when they arrive at the same moment."""
    notes[:] = copy.deepcopy(_NOTES)
    app = _app(notes_router)
    api = client(app, data=lambda: notes)
    _one_by_one(api)
    old = {str(params): _filtered(notes, params) for params in _FILTERS}
    notes[1:3] = [{"text": "Weeds", "label": "garden", "pinned": False}]
    for params in _FILTERS:
        response = api.get("/notes", params=params)
        expect.body(
            response,
            _filtered(notes, params),
            why="Each request gets the notes as they are now.",
            known=[
                (
                    old[str(params)],
                    "The notes have changed, and this request got the answer that an earlier one got. Something keeps answers, such as a cache.",
                )
            ],
        )
    app.dependency_overrides = {
        call: _pausing(call) for call in dependencies(app, "GET", "/notes") if inspect.iscoroutinefunction(call)
    }
    many = [{"label": "garden"}, {"label": "home"}, {"pinned": "true"}, {}] * 6
    answers = api.together([api.build_request("GET", "/notes", params=params) for params in many])
    expect.that(
        all(json_or_none(answer) == _filtered(notes, params) for params, answer in zip(many, answers, strict=True)),
        "One after the other, all is well. Then 24 requests came at the same moment, and some got what others had asked for: between your dependency and your "
        "route another request changed what both look at. Emptying a global doesn't help: give each request an object of its own, and hand it over.",
        why="At eight in the morning everybody asks at the same moment, and no test that asks once sees it. Behind an `async` dependency the check lets others go first, "
        "as every `await` does.",
    )


def _pausing(call: Any) -> Any:
    """Return an async dependency that does the same as `call`, and lets other requests go on before the route runs."""

    async def pausing(**given: Any) -> Any:
        value = await call(**given)
        await asyncio.sleep(0.001)
        return value

    pausing.__signature__ = inspect.signature(call)  # type: ignore[attr-defined]
    return pausing


_NOTES = [
    {"text": "Tulips", "label": "garden", "pinned": True},
    {"text": "Compost", "label": "garden", "pinned": False},
    {"text": "Rent", "label": "home", "pinned": False},
    {"text": "Keys", "label": "home", "pinned": True},
    {"text": "A film", "label": "Garden", "pinned": False},
]
_FILTERS: list[dict[str, str]] = [
    {}, {"label": "garden"}, {}, {"pinned": "false"}, {"label": "home"}, {"label": "home", "pinned": "true"}, {"pinned": "true"}, {"label": "car"},
    {"label": "gard"}, {"label": "Garden"}, {"label": "garden", "pinned": "false"}, {},
]  # fmt: skip


def _filtered(rows: list[dict[str, Any]], params: dict[str, str]) -> list[dict[str, Any]]:
    """Return the notes that a request with these parameters should get."""
    return [
        note
        for note in rows
        if params.get("label") in (None, note["label"]) and params.get("pinned") in (None, str(note["pinned"]).lower())
    ]


def _one_by_one(api: Client) -> None:
    for number, params in enumerate(_FILTERS):
        response = api.get("/notes", params=params)
        expect.status(
            response,
            200,
            why="Each parameter may be left out.",
            known={422: "Each of the two may be left out: give both the default `None`."},
        )
        got, wanted = expect.json_body(response, why="The phone draws a list."), _filtered(_NOTES, params)
        if got == wanted:
            continue
        with_earlier = [{**before, **params} for before in _FILTERS[:number]]
        expect.that(
            not any(got == _filtered(_NOTES, mixed) for mixed in with_earlier if mixed != params),
            "This request got what an earlier one had asked for. Something that outlives a request remembers it: look for what stands outside of the "
            "functions and is changed inside.",
            why="Ben sees Ana's filter, and does not know that there is more.",
            response=response,
        )
        no_effect = (
            "The filter was sent, and has no effect. Does the route use what the dependency returns? `dependencies=[...]` in the decorator throws it away; "
            "a parameter of the route gets it."
        )
        expect.body(
            response,
            wanted,
            why="The filter is `label`, `pinned`, both, or none. A label counts as it is written, and `pinned=false` is a filter, too.",
            known=[(_NOTES, no_effect)] if "label" in params else [],
        )


_FROM_THE_APP = "Your dependency opened no session of the app: take it from `request.app.state.database.session()`."


def _noting(app: Any) -> tuple[Any, list[Any]]:
    """Return an app, and the list of exceptions that it raises from now on."""
    raised: list[Any] = []
    if isinstance(app, FastAPI):
        app.add_middleware(NoteRaised, raised=raised)
    return app, raised


def _what_leaves(calls: list[Any], error: Exception | None = None, **state: Any) -> Any:
    """Return the exception that leaves these dependencies on a route that raises `error`. None if none does.

    An `HTTPException` that comes after the response comes out of FastAPI as the cause of a `RuntimeError`.
    """
    came: list[Any] = []
    app = FastAPI()
    for name, value in state.items():
        setattr(app.state, name, value)

    @app.exception_handler(AnyHTTPException)
    def hear(_: Request, raised: Any) -> Response:
        came.append(raised)
        return Response(status_code=raised.status_code)

    @app.get("/", dependencies=[Depends(call) for call in calls])
    def read() -> None:
        if error:
            raise error

    app.add_middleware(NoteRaised, raised=came)
    client(app, raise_server_exceptions=False).get("/")
    late = came and str(came[0]).endswith("but response already started.")
    return came[0].__cause__ if late else came[0] if came else None


class OtherFault(Exception):
    """An error that no dependency can know by name."""


def _passes_on(came: Any, error: Exception) -> None:
    """Expect that what left a dependency is the error that came to it."""
    kind = type(error).__name__
    if came is None or isinstance(came, FastAPIError):
        became = f"Your dependency caught `{kind}: {error}` and did not pass it on, so nobody hears of it."
    elif type(came) is type(error):
        became = f"In place of the `{kind}` that came, your dependency raised a new one. Headers and the traceback get lost on the way."
    else:
        became = f"In place of the `{kind}` that came, your dependency raised `{type(came).__name__}: {brief(str(came), 80)}`."
    expect.that(
        came is error,
        f"{became} A bare `raise` passes on what came.",
        why="The check put your dependency on a route of its own, which raises several exceptions. The caller hears what the route had to say, whatever it is.",
    )


@exercise(
    "3.4",
    "Each night the service stands still",
    rules=["D6"],
    hints=[
        "A row can go wrong in two ways: the route says so with an `HTTPException`, or it crashes. Follow both through the dependency, line by line.",
        "`except HTTPException` does not see a `ZeroDivisionError`. Which word in Python runs in any case? Close there, and nowhere else.",
        "`try:` with `yield session` and `session.commit()`, `except Exception:` with `session.rollback()` and `raise`, `finally:` with `session.close()`.",
    ],
)
def leak(imports_router: Any) -> None:
    """However a request ends, its session is closed exactly once."""
    database = _Database(tasks={7: _row(7)})
    app = _app(imports_router, database)
    api = client(app)
    calls = dependencies(app, "POST", "/imports/{row}")
    expect.that(
        calls and _route_is_kept(imports_router, calls[0]),
        "With a sound dependency in place of yours, the route does not do what it did: it stores row 5 and answers 201, answers 409 for a row that is there, "
        "crashes on row 0, and never closes the session. The route is not to be changed; put it back and mend the dependency.",
        why="The next route with this dependency may crash as well.",
    )
    _commits_a_good_row(api, database)
    for error, when in (
        (HTTPException(409, "Row 7 is there.", headers={"Retry-After": "60"}), "after an `HTTPException`"),
        (ZeroDivisionError("row 0"), "after a crash"),
        (OtherFault("row 3"), "after another crash"),
    ):
        _rolls_back(calls, error, when)
    _rolls_back(calls, RuntimeError("the disk is full"), "when the commit itself fails", commit_fails=True)


def _row(number: int) -> dict[str, Any]:
    return {"id": number, "title": f"Row {number}"}


def _closed_once(notes: Notes, when: str, response: Any = None) -> None:
    expect.that("open" in notes, _FROM_THE_APP, response=response)
    opened = notes.count("open")
    expect.that(
        opened == 1, f"One request opened {opened} sessions. One is enough for all its work.", response=response
    )
    expect.equal(
        notes.count("close"),
        1,
        what=f"how often the session is closed {when}",
        why="Each session that stays open is one less for everybody, and after the last one the service stands still.",
        known={
            0: f"The session stays open {when}. Close it where Python always passes: in `finally`.",
            2: f"The session is closed twice {when}. A real pool would give it to two requests. Close in one place: in `finally`.",
        },
        response=response,
    )
    expect.that(
        notes[-1] == "close",
        f"Something happens to the session after it was closed, {when}. `close()` comes last.",
        response=response,
    )


def _commits_a_good_row(api: Client, database: _Database) -> None:
    response = api.post("/imports/5")
    expect.status(response, 201, why="This row is right.")
    notes = [note for note in database.notes if note != "response"]
    _closed_once(notes, "when all went well", response)
    expect.that(
        "commit" in notes and database.tables["tasks"].get(5) == _row(5),
        "All went well, and nothing was committed: the row is gone. Commit behind the `yield`, before anything is rolled back.",
        response=response,
    )


def _rolls_back(calls: list[Any], error: Exception, when: str, *, commit_fails: bool = False) -> None:
    database = _Database()
    database.error = error if commit_fails else None
    came = _what_leaves(calls, None if commit_fails else error, database=database)
    _closed_once(database.notes, when)
    expect.that(
        "commit" not in database.notes,
        f"Your dependency commits {when}, so half of the work stays. Commit only where nothing was raised: right behind the `yield`, not in `finally` "
        "and not in `except`.",
    )
    _passes_on(came, error)
    expect.that(
        "rollback" in database.notes,
        f"The session is closed {when}, and it was never rolled back. Roll back in an `except` that sees every exception, including one that the commit raises.",
    )


def _route_is_kept(router: Any, dependency: Any) -> bool:
    """Return whether the route behaves as before when the check provides the session."""
    database = _Database(tasks={7: _row(7)})
    app = _app(router, database)
    api = client(app, raise_server_exceptions=False)
    session = database.session()
    app.dependency_overrides[dependency] = lambda: session
    answers = [api.post(f"/imports/{row}") for row in (5, 7, 0)]
    return (
        [answer.status_code for answer in answers] == [201, 409, 500]
        and [json_or_none(answer) for answer in answers[:2]]
        == [{"id": 5, "share": 20}, {"detail": "Row 7 is there already."}]
        and "close" not in database.notes
        and session.tasks == {7: _row(7), 5: _row(5), 0: _row(0)}
    )


@exercise(
    "3.5",
    "The seat that was taken by an error",
    rules=["D6"],
    hints=[
        "The route raises a 409. Who gets to see that exception first, and what does it do with it?",
        "The dependency may look at an exception, and then has to let it go on. It doesn't need to know which one it is.",
        "A bare `raise` as the last line of the `except` block.",
    ],
)
def journal(seats_router: Any) -> None:
    """A dependency records exceptions and passes them on."""
    app = _app(seats_router)
    lines: list[Any] = []
    app.state.journal = lines
    api = client(app, raise_server_exceptions=False)
    for number, row in ((4, "A"), (25, "C")):
        expect.body(api.put(f"/seats/{number}"), {"seat": number, "row": row}, why="This seat is free.")
    expect.equal(
        len(lines),
        0,
        what="the number of lines in the journal after two bookings",
        why="Nothing has failed so far.",
        known={
            2: "Two bookings went well, and the journal has two lines. What stands behind the `yield` or in `finally` also runs when all is well; a failure "
            "passes through `except`."
        },
    )
    calls = dependencies(app, "PUT", "/seats/{number}")
    expect.that(
        calls,
        "The route has no dependency any more. Mend `get_journal`, and leave it where it was.",
        why="One dependency writes the journal for each route that the router will ever have.",
    )
    for error, words in (
        (HTTPException(409, "Seat 13 is taken.", headers={"Retry-After": "60"}), "Seat 13 is taken."),
        (HTTPException(404, "There is no seat 99."), "There is no seat 99."),
        (IndexError("no such row"), ""),
        (OtherFault("no such hall"), ""),
    ):
        lines.clear()
        _passes_on(_what_leaves(calls, error, journal=lines), error)
        _has_a_line(lines, error, words)
    lines.clear()
    for number, status in ((13, 409), (77, 500), (5, 200)):
        expect.status(
            api.put(f"/seats/{number}"),
            status,
            why="Seat 13 is taken, there is no row for seat 77, and seat 5 is free.",
        )
    expect.equal(
        len(lines),
        2,
        what="the number of lines after a taken seat, a crash and a booking",
        why="Two of the three failed.",
    )


def _has_a_line(lines: list[Any], error: Exception, words: str) -> None:
    missed = (
        "A refusal such as a 409 has failed as well: note it, then raise."
        if words
        else "A crash isn't an `HTTPException`: catch `Exception`."
    )
    kind = type(error).__name__
    expect.equal(
        len(lines),
        1,
        what="the number of lines in the journal after one failure",
        why="Somebody reads the journal in the morning to see what failed.",
        known={
            0: f"The caller hears of the `{kind}`, and the journal knows nothing of it. {missed}",
            2: "One failure has written two lines. The journal gets one line for each request that failed.",
        },
    )
    line = str(lines[0])
    expect.that(
        line.startswith("failed: ") and line.removeprefix("failed: ").strip() and words in line,
        f"The route raised `{kind}`, and the line in the journal should start with `failed: ` and say what happened. It is `{brief(line, 80)}`.",
    )


@exercise(
    "3.6",
    "The kitchen tablet",
    rules=["D3", "D4"],
    hints=[
        "Which of the two routes needs a device, and which needs a trusted one? Which of the two dependencies needs the other?",
        "`get_current_user` and `get_current_active_user`, with `keys` and `devices` in place of `tokens` and `users`. A key whose device is gone is a key that "
        "nobody knows.",
        "`get_device(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db)` raises 401, "
        "`get_trusted_device(device: Annotated[dict[str, Any], Depends(get_device)])` raises 403.",
    ],
)
def devices(devices_router: Any) -> None:
    """Two dependencies build on the session and on each other."""
    database = _Database(devices=_DEVICES, keys=_KEYS, tasks=_FAMILY_TASKS)
    app, raised = _noting(_app(devices_router, database))
    api, quiet = (client(app, data=lambda: database.tables, raise_server_exceptions=raises) for raises in (True, False))
    for path in ("/devices/me", "/devices/me/tasks"):
        for headers, who in _STRANGERS:
            response = _alone(quiet, database, path, headers)
            _refuses_strangers(response, who, raised)
            _had_one_session_at_most(database.notes, response)
    for key, number in (("k-hall", 3), ("k-attic", 4), ("k-sold", 8)):
        response = _alone(api, database, "/devices/me", bearer(key))
        _knows_the_device(response, _DEVICES[number])
        _had_one_session_at_most(database.notes, response)
    for key in ("k-hall", "k-attic"):
        response = _alone(api, database, "/devices/me/tasks", bearer(key))
        expect.body(response, list(_FAMILY_TASKS.values()), why="A trusted tablet shows all tasks.")
        _had_one_session_at_most(database.notes, response)
    expect.status(
        api.get("/devices/me/tasks", headers=bearer("k-sold")),
        403,
        why="This tablet hangs in the kitchen of a stranger now.",
        known={
            200: "Your API shows the family's tasks to a tablet that was sold on.",
            401: "A 401 says: I don't know you. You know this device, and it isn't allowed to do this. That's a 403: a new key wouldn't help.",
        },
    )
    _is_a_chain(app)


_DEVICES = {
    1: {"id": 1, "name": "Kitchen", "trusted": True},
    3: {"id": 3, "name": "Hall", "trusted": True},
    4: {"id": 4, "name": "Attic", "trusted": True},
    8: {"id": 8, "name": "Flea market", "trusted": False},
}
_KEYS = {
    "k-hall": {"device_id": 3},
    "k-attic": {"device_id": 4},
    "k-sold": {"device_id": 8},
    "k-gone": {"device_id": 5},
}
_FAMILY_TASKS = {1: {"id": 1, "owner_id": 1, "title": "Buy milk"}, 2: {"id": 2, "owner_id": 3, "title": "Bake"}}
_STRANGERS: tuple[tuple[dict[str, str], str], ...] = (
    ({}, "nobody at all"),
    (bearer("k-nobody"), "a key that nobody knows"),
    (bearer("k-gone"), "a key whose device was removed"),
    (bearer("k-"), "the beginning of a key"),
    (bearer("k-hall2"), "a key with one character too many"),
    (bearer("K-HALL"), "a key in capital letters"),
    ({"Authorization": "Basic k-hall"}, "a key that is not sent as a token, with `Basic` in place of `Bearer`"),
)


def _alone(api: Client, database: _Database, path: str, headers: dict[str, str]) -> Any:
    """Send a GET. The database has notes of this request only."""
    database.notes.clear()
    return api.get(path, headers=headers)


def _refuses_strangers(response: Any, who: str, raised: list[Any]) -> None:
    crash = f"Your code raised `{type(raised[-1]).__name__}: {brief(str(raised[-1]), 80)}`." if raised else ""
    if raised and isinstance(raised[-1], KeyError | TypeError):
        crash += " `.get(...)` gives `None` for what isn't there, so check for `None`. A device can be gone although its key is still there."
    expect.status(
        response,
        401,
        why=f"This is {who}. A 401 makes the tablet ask for a new key.",
        known={
            403: "A 403 says: I know you, and you aren't allowed to do this. You don't know this caller: `HTTPException(401, ...)`.",
            404: "A 404 says that the address doesn't exist. The caller has a wrong key, and should hear that: 401.",
            200: f"Your API let in {who}. A key counts as a whole, as it is written, and only if it leads to a device.",
            500: crash,
            422: "Your API asks for a parameter that the tablet does not know. The key comes from `HTTPBearer`, as in `get_current_user`.",
        },
    )
    expect.that(
        response.headers.get("WWW-Authenticate", "").lower().replace(",", " ").split()[:1] == ["bearer"],
        "The 401 has no header `WWW-Authenticate: Bearer`. It tells the caller how to introduce itself: `HTTPException(401, ..., headers={...})`.",
        response=response,
    )


def _knows_the_device(response: Any, device: dict[str, Any]) -> None:
    expect.status(
        response,
        200,
        why="A device that is known may read what we know of it.",
        known={
            401: "Your API does not know a known key, one from the table `keys`. Look it up there; its `device_id` leads to the table `devices`.",
            403: "A device that is no longer trusted may still read about itself. Only `/devices/me/tasks` asks for trust, so the two routes need two links.",
        },
    )
    expect.body(response, device, why="The tablet shows its own name.")


def _had_one_session_at_most(notes: Notes, response: Any) -> None:
    opened, closed = notes.count("open"), notes.count("close")
    expect.that(
        opened or response.status_code == 401,
        f"{_FROM_THE_APP} `Db` does that.",
        response=response,
    )
    expect.that(
        opened < 2,
        f"The request opened {opened} sessions, and closed {closed}. Each link that needs one asks for `Db`: another dependency, another scope, or a call of "
        "`session()` opens one more.",
        why="Every session is a connection, and two of them may see two different truths.",
        response=response,
    )
    expect.that(
        opened == closed,
        f"The request opened {opened} session, and closed it {closed} times. `Db` opens it and closes it, so your own code should do neither.",
        why="A session that stays open is lost for others, and a pool would lend out twice what was closed twice.",
        response=response,
    )


def _is_a_chain(app: FastAPI) -> None:
    lookups = [call for call in dependencies(app, "GET", "/devices/me") if not _is_ground(call)]
    trusted = [call for call in dependencies(app, "GET", "/devices/me/tasks") if not _is_ground(call)]
    expect.that(
        any(_same_kind(call, other) for call in lookups for other in trusted),
        "The statuses are right. But the routes do not share the dependency that finds the device, so the look-up is written twice. One function finds the device; "
        "both routes need it, one of them through the other link.",
        why="Of two copies, one gets forgotten.",
    )
    guarded = FastAPI()
    guarded.state = app.state

    @guarded.get("/", dependencies=[Depends(call) for call in trusted])
    def read() -> None:
        """Answer if the dependencies let the request through."""

    response = client(guarded, raise_server_exceptions=False).get("/", headers=bearer("k-sold"))
    expect.that(
        response.status_code == 403,
        "The statuses are right. But no dependency asks whether the device is trusted: the route does it itself, and the next route will forget it. "
        "Make it the second link of the chain.",
        why="The check put the dependencies of `/devices/me/tasks` on a route of its own, and they let a tablet in that is no longer trusted.",
        response=response,
    )


def _is_ground(call: Any) -> bool:
    """Return whether this dependency is one that the chain builds on: the token or the session."""
    return isinstance(call, HTTPBearer) or getattr(call, "__name__", "") == "get_db"


@exercise(
    "3.7",
    "Three plans and a back door",
    rules=["D1", "D4"],
    hints=[
        "Which words differ between the three checks? Those are what the guard has to be told.",
        "`require_role` in section 5, with several plans: `def __init__(self, *plans: str)` takes as many as are given, and `in` asks whether one is among them.",
        '`def __call__(self, user: CurrentUser) -> None:` raises `HTTPException(403, ...)` unless `user["plan"] in self.plans`. In the decorator: '
        '`dependencies=[Depends(require_plan("plus", "family"))]`.',
    ],
)
def plans(plans_router: Any, require_plan: Any) -> None:
    """A guard takes the allowed plans as arguments, on three routes and on some that the learner has not seen."""
    names = ("free", "plus", "family", "gold", "us", "golden")
    people = {
        number: {"id": number, "username": f"u{number}", "role": "admin", "active": plan != "plus", "plan": plan}
        for number, plan in enumerate(names, 1)
    }
    tokens = {plan: {"user_id": number} for number, plan in enumerate(names, 1)}
    _is_called_with_plans(require_plan)
    _is_called_on_the_routes(plans_router, require_plan)
    strange = APIRouter()
    guards = {"/one": ("gold",), "/two": ("free", "gold"), "/three": ("plus", "family", "gold")}
    for path, wanted in guards.items():
        _add_guarded_route(strange, path, require_plan(*wanted))
    database = _Database(users=people, tokens=tokens)
    app = _app(plans_router, database)
    api = client(app, data=lambda: database.tables)
    app.include_router(strange)
    for path, wanted in guards.items():
        for plan in names:
            _goes_by_what_it_was_told(api, path, wanted, plan)
    _refuses_a_stranger(api.get("/one"))
    expect.that(
        any(getattr(call, "__name__", "") == "get_current_user" for call in dependencies(app, "GET", "/one")),
        "The guard lets the right plans through, but it finds the user by itself. Let it ask for `CurrentUser`, which does that already.",
        why="The user would be looked up in two places, and the next change may find only one of them.",
    )
    for (method, path), (wanted, _) in _PLANS.items():
        _is_for_these_plans(api, method, path, wanted)
    for (method, path), (wanted, answer) in _PLANS.items():
        expect.body(api.request(method, path, headers=bearer("family")), answer, why="The routes answer as before.")
        _has_no_check_but_the_guard(app, api, method, path, require_plan(*wanted))


_PLANS: dict[tuple[str, str], tuple[tuple[str, ...], Any]] = {
    ("GET", "/exports"): (("plus", "family"), ["2027-01.zip"]),
    ("POST", "/exports"): (("plus", "family"), {"name": "2027-02.zip"}),
    ("GET", "/shared-lists"): (("family",), ["Groceries"]),
}


def _is_called_with_plans(require_plan: Any) -> None:
    if not callable(require_plan):
        return
    for plans in (("plus", "family"), ("family",), ("free", "plus", "family", "gold")):
        try:
            inspect.signature(require_plan).bind(*plans)
        except TypeError:
            quoted = ", ".join(f'"{plan}"' for plan in plans)
            raise NotYet(
                f"It is called as `require_plan({quoted})`: take any number of names, each a text, with `*plans`."
            ) from None


def _is_called_on_the_routes(router: Any, require_plan: Any) -> None:
    if not isinstance(router, APIRouter):
        return
    app = _app(router)
    needed = [call for method, path in _PLANS for call in dependencies(app, method, path)]
    expect.that(
        not any(call is require_plan for call in needed),
        'A route has `Depends(require_plan)`, without a call. Call it: the call makes the guard, as in `Depends(require_plan("plus", "family"))`.',
        why="FastAPI calls what stands in `Depends`. Here it would make a guard for each request, and ask it nothing.",
    )


def _goes_by_what_it_was_told(api: Client, path: str, wanted: tuple[str, ...], plan: str) -> None:
    call = f"`Depends(require_plan({', '.join(map(repr, wanted))}))`"
    response = api.get(path, headers=bearer(plan))
    may_come_in, closed = plan in wanted, " The user's account is not active." if plan == "plus" else ""
    expect.that(
        may_come_in or plan == "free" or response.status_code != 200,
        f"The guard {call} lets a user with the plan `{plan}` through. It has to use the plans that it was made with, and compare each as a whole.",
        why="The next route needs other plans.",
        response=response,
    )
    _lets_in(
        response,
        may_come_in,
        200,
        f"The guard here is {call}, and the caller has the plan `{plan}`.{closed}",
        sent_away=f"The plan `{plan}` is one of those that {call} names, and the guard sends it away. {_NOT_ACTIVE if closed else _ONE_IS_ENOUGH}",
        let_in=_wrong_way_round(api, call),
    )


_NOT_ACTIVE = "It builds on `CurrentUser`, and another link asks whether the account is active."
_ONE_IS_ENOUGH = "One of them is enough: `in` asks whether it is among them."


def _wrong_way_round(api: Client, call: str) -> str:
    """Return what to say when a guard does the opposite of what it should, or an empty string."""
    if api.get("/one", headers=bearer("gold")).status_code == 403:
        return f"{call} sends a user with the plan `gold` away and lets the others in: your condition is the wrong way round."
    return ""


def _add_guarded_route(router: APIRouter, path: str, guard: Any) -> None:
    expect.that(
        callable(guard),
        f"`require_plan(...)` should give something that FastAPI can call: an object with `__call__`, or a function. It gives {describe(guard)}.",
    )

    @router.get(path, dependencies=[Depends(guard)])
    def read() -> str:
        return "open"


def _lets_in(response: Any, may_come_in: bool, status: int, why: str, *, sent_away: str, let_in: str) -> None:
    """Expect `status` for a user who may come in, and 403 for anybody else. The last two are sentences for mistakes."""
    if may_come_in:
        expect.status(response, status, why=why, known={403: sent_away})
    else:
        expect.status(response, 403, why=why, known={
            422: "The guard asks the caller for a parameter. It needs the user, through `CurrentUser`. The plans were given to it when it was made.",
            200: let_in or "Nobody stopped this request. A guard stops a request by raising; what it returns doesn't matter.",
            201: "Nobody stopped this request: this is the back door. Each of the three routes needs its guard.",
            401: "A 401 says: I don't know you. This user is known. The app sends them to the login page, and after it nothing has changed. "
            "A known user who isn't allowed in gets 403.",
        })  # fmt: skip


def _refuses_a_stranger(response: Any) -> None:
    expect.status(
        response,
        401,
        why="Nobody knows who this is.",
        known={
            200: "A caller without any token got in.",
            403: "This caller has no token, so nobody knows them: 401. `CurrentUser` answers that for you.",
        },
    )


def _is_for_these_plans(api: Client, method: str, path: str, wanted: tuple[str, ...]) -> None:
    for plan in ("free", "plus", "family"):
        _lets_in(
            api.request(method, path, headers=bearer(plan)),
            plan in wanted,
            201 if method == "POST" else 200,
            f"`{method} {path}` is for {series(wanted)}, and the caller has the plan `{plan}`.",
            sent_away="This plan may come in here. Which plans was this route's guard made with?",
            let_in="Nobody stopped this request. Your guard works. Does this route have one, and which plans was it made with?",
        )
    _refuses_a_stranger(api.request(method, path))


def _has_no_check_but_the_guard(app: FastAPI, api: Client, method: str, path: str, made: Any) -> None:
    guards = [call for call in dependencies(app, method, path) if _same_kind(made, call)]
    expect.that(
        guards,
        f"`{method} {path}` answers as it should, but it does so on its own, without `require_plan`. Put the guard into `dependencies=[...]` of the decorator.",
        why="A check inside a route is the one that gets forgotten.",
    )
    app.dependency_overrides = {
        guard: _giving({"id": 1, "username": "u1", "role": "member", "active": True, "plan": "free"})
        for guard in guards
    }
    open_to_all = api.request(method, path, headers=bearer("free"))
    app.dependency_overrides = {}
    expect.that(
        open_to_all.is_success,
        f"`{method} {path}` has its guard, and a check of its own as well. The rule is in two places, and the next change may find only one of them. Take the check out of the route.",
        why="The check put a guard that lets everybody through in place of yours, and the route still sent somebody away.",
        response=open_to_all,
    )


def _same_kind(one: Any, other: Any) -> bool:
    """Return whether both are the same, were made by the same class or inner function, or are classes of which one derives from the other."""
    if isinstance(one, type) and isinstance(other, type):
        return issubclass(one, other) or issubclass(other, one)
    return type(one) is type(other) and getattr(one, "__code__", None) is getattr(other, "__code__", None)


@exercise(
    "3.8",
    "The wish that was granted and gone",
    rules=["D2", "D6"],
    hints=[
        "How many sessions does one request open, and what is in the copy of each when it commits?",
        "`count_visit` and the route name the same function with two scopes, and the session of `count_visit` commits last, with a copy from before the wish. "
        "Section 6 says what an alias is for, and which scope a commit needs.",
        '`WishDb = Annotated[Session, Depends(get_wish_db, scope="function")]`, and `db: WishDb` in all three places.',
    ],
)
def wishes(wishes_router: Any) -> None:
    """Each request has one session, which commits before the response is sent."""
    database = _Database(wishes={}, visits={"count": 40})
    app, raised = _noting(_app(wishes_router, database))
    api, quiet = (client(app, raise_server_exceptions=raises) for raises in (True, False))
    wanted: list[dict[str, Any]] = []
    for title in ("A red bicycle", "A week by the sea", "A quiet day"):
        _grants_a_wish(api, database, title, wanted)
    for method in ("POST", "GET"):
        _says_when_the_commit_fails(quiet, database, method, raised)


def _grants_a_wish(api: Client, database: _Database, title: str, wanted: list[dict[str, Any]]) -> None:
    """Send a wish, add it to those that the list must have, and read the list."""
    visits = database.tables["visits"]["count"]
    database.notes.clear()
    created = api.post("/wishes", json={"title": title})
    notes = list(database.notes)
    counted = database.tables["visits"]["count"] - visits
    expect.status(created, 201, why="Ana sends a wish.")
    expect.fields(created, {"id", "title"}, why="The answer is the wish.")
    expect.that(created.json()["title"] == title, "The answer should be the wish.", response=created)
    wanted.append(created.json())
    database.notes.clear()
    read = api.get("/wishes")
    expect.status(read, 200, why="Ana opens her list.")
    _had_one_session("POST /wishes", notes, created, lost=read.json() != wanted)
    expect.body(
        read,
        wanted,
        why="A 201 is a promise: the wish is there.",
        known=[([], "The wish got a 201, and the list is empty: nothing was committed.")]
        if "commit" not in notes
        else (),
    )
    _committed_in_time("POST /wishes", notes, created)
    _had_one_session("GET /wishes", database.notes, read, lost=False)
    _committed_in_time("GET /wishes", database.notes, read)
    read_too = database.tables["visits"]["count"] - visits - counted
    for method, grown in (("POST", counted), ("GET", read_too)):
        expect.equal(
            grown,
            1,
            what=f"by how much `{method} /wishes` makes the number of visits grow",
            why="Each request is one visit.",
            known={0: f"`{method} /wishes` does not count its visit any more. Both routes need `count_visit`."},
        )


def _had_one_session(request: str, notes: Notes, response: Any, *, lost: bool) -> None:
    opened = notes.count("open")
    expect.that(opened > 0, _FROM_THE_APP, response=response)
    effect = "The wish got a 201, and the list does not have it. " if lost else ""
    expect.that(
        opened == 1,
        f"{effect}`{request}` opens {opened} sessions. Each takes its copy at the start, and the commit that comes last overwrites the other one. Name the same "
        "dependency, with the same scope, wherever a session is needed, and open none by hand.",
        why="A 201 is a promise.",
        response=response,
    )


def _committed_in_time(request: str, notes: Notes, response: Any) -> None:
    expect.that("commit" in notes, f"`{request}` opened a session, and committed nothing.", response=response)
    expect.that(
        notes.index("commit") < notes.index("response"),
        f"`{request}` opens one session, and its response left before the commit. A phone that asks at once, over a real connection, doesn't find what was "
        'changed, and when the commit fails nobody tells it. A commit needs `scope="function"`.',
        why="`TestClient` waits until everything is over, so you cannot see it there.",
        response=response,
    )
    expect.equal(
        notes.count("commit"),
        1,
        what="the number of commits in one request",
        why="The dependency commits, so the route doesn't have to.",
        response=response,
    )
    expect.equal(
        notes.count("close"),
        1,
        what="how often the request's session is closed",
        why="`get_wish_db` stays as it is.",
        response=response,
    )


def _says_when_the_commit_fails(api: Client, database: _Database, method: str, raised: list[Any]) -> None:
    database.error = RuntimeError("the disk is full")
    database.notes.clear()
    before = copy.deepcopy(database.tables)
    response = api.request(method, "/wishes", json={"title": "A boat"} if method == "POST" else None)
    expect.that(
        database.tables == before,
        f"The commit of `{method} /wishes` failed, and something has changed: {changes(before, database.tables)}. What a request changes goes through its session.",
        why="A request counts as a whole, or not at all.",
        response=response,
    )
    expect.that(
        response.status_code == 500 and raised[-1:] == [database.error],
        f"The commit of `{method} /wishes` failed with a `RuntimeError`, and the caller or the log hears something else. `get_wish_db` stays as it is: "
        "it passes on what came.",
        why="A 201 is a promise.",
        response=response,
    )
    expect.that(
        database.notes[-2:] == ["rollback", "close"] or database.notes[-3:] == ["rollback", "close", "response"],
        f"The commit of `{method} /wishes` failed, and the session was not rolled back and then closed. `get_wish_db` stays as it is.",
        response=response,
    )
    database.error = None
