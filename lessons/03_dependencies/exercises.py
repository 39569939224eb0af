"""What the exercises of lesson 03 check, and the answers to its predictions."""

import asyncio
import copy
import inspect
import re
from datetime import date
from itertools import pairwise
from typing import Annotated, Any

import httpx
from fastapi import APIRouter, Depends, FastAPI
from fastapi.security import HTTPBearer

from coursekit.author import Client, NotYet, client, describe, exercise, expect, prediction
from coursekit.author.responses import NoteStart, json_or_none
from coursekit.author.routes import dependencies
from coursekit.author.users import bearer
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
    """A database session that records what happens to it."""

    def __init__(self, database: "_Database") -> None:
        database.notes.append("open")
        self._database = database
        self.tables = copy.deepcopy(database.tables)
        self.tasks, self.users = self.tables["tasks"], self.tables["users"]

    def commit(self) -> None:
        if self._database.breaks:
            raise RuntimeError("the disk is full")
        self._database.notes.append("commit")
        self._database.tables = copy.deepcopy(self.tables)

    def rollback(self) -> None:
        self._database.notes.append("rollback")
        self.tables = copy.deepcopy(self._database.tables)

    def close(self) -> None:
        self._database.notes.append("close")


class _Database:
    """A stand-in for the app's database, with a list of what happens to its sessions."""

    def __init__(self, **tables: Any) -> None:
        self.tables: dict[str, Any] = {"tasks": {}, "users": {}, "tokens": {}, **copy.deepcopy(tables)}
        self.notes: Notes = []
        self.breaks = False
        """Whether each commit fails."""

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
    due_tasks[:] = [{"title": f"Task {day}", "day": date(2027, 5, day)} for day in (1, 4, 9)]
    due_reminders[:] = [{"text": f"Reminder {day}", "day": date(2027, 5, day)} for day in (2, 9, 30)]
    app = _app(due_router)
    api = client(app, raise_server_exceptions=False)
    for path, there in (("/tasks/due", (1, 4, 9)), ("/reminders/due", (2, 9, 30))):
        for first, last in ((1, 9), (4, 4), (2, 4), (10, 29), (1, 31)):
            _gives_a_span(api, path, first, last, [day for day in there if first <= day <= last])
    for path in ("/tasks/due", "/reminders/due"):
        _refuses_bad_spans(api, path)
    _need_the_same(dependencies(app, "GET", "/tasks/due"), dependencies(app, "GET", "/reminders/due"))


def _gives_a_span(api: Client, path: str, first: int, last: int, days: list[int]) -> None:
    response = api.get(path, params={"first": f"2027-05-{first:02}", "last": f"2027-05-{last:02}"})
    expect.status(
        response,
        200,
        why="The screen for the week sends exactly this.",
        known={
            422: "Both dates are right, and your API refuses them. A span of one day is one, too: its first day is its last."
        },
    )
    rows = expect.json_body(response, why="The screen draws a list.")
    expect.that(isinstance(rows, list), "The answer should be a JSON list.", response=response)
    expect.equal(
        [row.get("day") for row in rows if isinstance(row, dict)],
        [f"2027-05-{day:02}" for day in days],
        what="the list of days in the answer",
        why="The phone gets the entries from `first` to `last`, and both days belong to the week.",
        response=response,
    )


def _refuses_bad_spans(api: Client, path: str) -> None:
    expect.status(
        api.get(path, params={"first": "2027-05-09", "last": "2027-05-01"}),
        422,
        why="An empty list would say: you have nothing to do. Ana believes it and misses the dentist.",
        known={
            200: "The last day comes before the first, and your API says that all is well. Compare the two in the dependency, and raise an `HTTPException`.",
            400: "A 400 is a refusal as well, but the phone team was promised a 422, as for every other parameter that is not right.",
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


def _need_the_same(tasks: list[Any], reminders: list[Any]) -> None:
    expect.that(
        tasks and reminders,
        "The answers are right, and a route has no dependency. When the rule changes, each copy has to be found. Move the two dates and their comparison "
        "into one function, and name it in both routes with `Depends`.",
        why="The exercise began with a copy that somebody forgot.",
    )
    expect.that(
        any(call in reminders for call in tasks),
        "The answers are right, and each route has a dependency of its own. Give both the same function: then there is one place to change.",
        why="The exercise began with a copy that somebody forgot.",
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
        "Each order has a code of its own now. But the route fetches it by itself, so nothing tells from its signature that it needs one, and no test can "
        "give it a known one. Ask for the code with `Depends`.",
        why="A signature says what is needed; lesson 08 lives on that.",
    )
    expect.that(
        _comes_from_a_dependency(app),
        "A dependency makes a code, and the answer has another one, which the route fetched by itself: with a known code from the dependency, the answer did "
        "not change. Take the code as a parameter with `Depends`, and answer with that parameter.",
        why="A test that gives the route a known code has to find it in the answer; lesson 08 lives on that.",
    )


def _each_order_has_a_secret_code(api: Client) -> None:
    codes = []
    for _ in range(3):
        response = api.post("/orders")
        expect.status(
            response,
            201,
            why="A customer without any parameters orders a cake.",
            known={
                422: "Your route asks the customer for something. What it needs comes from `Depends(new_code)`, not from the request."
            },
        )
        expect.fields(response, {"code"}, why="The customer shows this at the counter.")
        codes.append(response.json()["code"])
    expect.that(
        all(isinstance(code, str) and code for code in codes),
        "The code should be the text that `new_code` makes.",
        response=response,
    )
    for holds, sentence in (
        (
            all(len(code) >= 6 for code in codes),
            "The code is too short: whoever tries a few hits one that belongs to somebody else. `new_code` makes eight characters.",
        ),
        (
            len(set(codes)) == 3,
            "Three orders got the same code. `new_code()` with parentheses runs once, when Python reads the line, and its result stays for ever. "
            "Pass the function, and FastAPI calls it for each request.",
        ),
        (
            not _one_after_the_other(codes),
            "The codes follow each other, so whoever has one knows the next. A secret code cannot be counted out: let `new_code` make it.",
        ),
    ):
        expect.that(holds, sentence, why="Whoever has a code gets the cake.", response=response)


def _nobody_chooses_a_code(api: Client) -> None:
    response = api.post("/orders?code=FREE")
    expect.that(
        "FREE" not in response.text,
        "The caller sent `code=FREE` and got it. A plain parameter comes from the query string, so everybody can choose. A parameter with `Depends` "
        "cannot be sent.",
        why="Whoever can choose the code can choose that of somebody else.",
        response=response,
    )
    document = expect.json_body(api.get("/openapi.json"), why="The documentation says what a caller may send.")
    expect.that(
        not document["paths"]["/orders"]["post"].get("parameters"),
        "The documentation of `POST /orders` still invites callers to send something. What the route needs from your own code comes through `Depends`.",
    )


def _one_after_the_other(codes: list[str]) -> bool:
    """Return whether the codes come from a counter: the same text with consecutive numbers."""
    parts = [re.fullmatch(r"(.*?)([0-9]+)", code) for code in codes]
    if not all(parts):
        return False
    texts, numbers = zip(*((part[1], int(part[2])) for part in parts if part), strict=True)
    return len(set(texts)) == 1 and all(after - before == 1 for before, after in pairwise(numbers))


def _giving(value: Any) -> Any:
    """Return a dependency that always returns `value`."""
    return lambda: value


def _comes_from_a_dependency(app: FastAPI) -> bool:
    """Return whether the code stays the same when every dependency of the route returns the same value again."""
    calls, given = dependencies(app, "POST", "/orders"), []
    api = client(app, raise_server_exceptions=False)
    for number, call in enumerate(calls):

        @app.get(f"/given/{number}")
        def catch(value: Annotated[Any, Depends(call)]) -> None:
            given.append(value)

        api.get(f"/given/{number}")
    if len(given) != len(calls):
        return True
    app.dependency_overrides.update({call: _giving(value) for call, value in zip(calls, given, strict=True)})
    responses = [api.post("/orders") for _ in range(2)]
    app.dependency_overrides.clear()
    if any(response.status_code != 201 for response in responses):
        return True
    one, other = (response.json()["code"] for response in responses)
    return one == other or any(isinstance(value, str) and value == one for value in given)


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
    _one_by_one(client(app))
    answers = asyncio.run(_at_once(app, [{"label": "garden"}, {"label": "home"}, {"pinned": "true"}, {}] * 6))
    expect.that(
        all(body == _filtered(params) for params, body in answers),
        "One after the other, all is well. Then 24 requests came at the same moment, and some got what others had asked for: between your dependency and your "
        "route another request changed what both look at. Emptying a global is no help; give each request an object of its own, and hand it over.",
        why="At eight in the morning everybody asks at the same moment, and no test that asks once sees it.",
    )


_NOTES = [
    {"text": "Tulips", "label": "garden", "pinned": True},
    {"text": "Compost", "label": "garden", "pinned": False},
    {"text": "Rent", "label": "home", "pinned": False},
    {"text": "Keys", "label": "home", "pinned": True},
]
_FILTERS: list[dict[str, str]] = [
    {}, {"label": "garden"}, {}, {"pinned": "false"}, {"label": "home"}, {"label": "home", "pinned": "true"}, {"pinned": "true"}, {"label": "car"}, {},
]  # fmt: skip


def _filtered(params: dict[str, str]) -> list[dict[str, Any]]:
    """Return the notes that a request with these parameters should get."""
    return [
        note
        for note in _NOTES
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
        got = expect.json_body(response, why="The phone draws a list.")
        if got == _filtered(params):
            continue
        with_earlier = [{**before, **params} for before in _FILTERS[:number]]
        expect.that(
            not any(got == _filtered(mixed) for mixed in with_earlier if mixed != params),
            "This request got what an earlier one had asked for. Something that outlives a request remembers it: look for what stands outside of the "
            "functions and is changed inside.",
            why="Ben sees Ana's filter, and does not know that there is more.",
            response=response,
        )
        no_effect = (
            "The filter was sent, and has no effect. With `dependencies=[...]` in the decorator the dependency's value is thrown away: take it as a "
            "parameter of the route."
        )
        expect.body(
            response,
            _filtered(params),
            why="The filter is `label`, `pinned`, both, or none. `pinned=false` is a filter, too.",
            known=[(_NOTES, no_effect)] if "label" in params else [],
        )


async def _at_once(app: Any, requests: list[dict[str, str]]) -> list[tuple[dict[str, str], Any]]:
    """Send all requests at the same moment and return each one with the body that it got."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://testserver") as api:
        responses = await asyncio.gather(*(api.get("/notes", params=params) for params in requests))
    return [(params, response.json()) for params, response in zip(requests, responses, strict=True)]


_FROM_THE_APP = "Your dependency opened no session of the app: take it from `request.app.state.database.session()`."


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
    expect.that(
        _route_is_kept(imports_router),
        "With a sound dependency in place of yours, the route does not answer as it did: 201 for row 5, 409 for a row that is there, a crash for row 0, and it "
        "never closes the session. The route is not to be changed; put it back and mend the dependency.",
        why="The next route with this dependency may crash as well.",
    )
    database = _Database(tasks={7: {"id": 7, "title": "Row 7"}})
    api = client(_app(imports_router, database), raise_server_exceptions=False)
    _commits_a_good_row(api, database)
    _rolls_back(api, database, 7, 409, "after an `HTTPException`", "an error that the route reports")
    _rolls_back(api, database, 0, 500, "after a crash", "a crash")
    database.breaks = True
    _closed_once(*_import(api, database, 9), "when the commit itself fails")


def _import(api: Client, database: _Database, row: int) -> tuple[Any, Notes]:
    """Return the response and what happened to the session meanwhile."""
    database.notes.clear()
    response = api.post(f"/imports/{row}")
    return response, [note for note in database.notes if note != "response"]


def _closed_once(response: Any, notes: Notes, when: str) -> None:
    expect.that(notes.count("open") == 1, _FROM_THE_APP, response=response)
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


def _commits_a_good_row(api: Client, database: _Database) -> None:
    response, notes = _import(api, database, 5)
    expect.status(
        response, 201, why="This row is right.", known={500: "This row is right, and your dependency crashes on it."}
    )
    _closed_once(response, notes, "when all went well")
    expect.that(
        "commit" in notes and 5 in database.tables["tasks"],
        "All went well, and nothing was committed: the row is gone. Commit behind the `yield`.",
        response=response,
    )
    expect.that(
        "rollback" not in notes[: notes.index("commit")],
        "All went well, and your dependency rolled back before it committed, so there was nothing left to commit. Roll back where you catch an exception.",
        response=response,
    )
    expect.that(
        notes[-1] == "close",
        "Something happens to the session after it was closed. `close()` comes last.",
        response=response,
    )


def _rolls_back(api: Client, database: _Database, row: int, status: int, when: str, kind: str) -> None:
    response, notes = _import(api, database, row)
    _closed_once(response, notes, when)
    expect.that(
        "commit" not in notes and set(database.tables["tasks"]) == {5, 7},
        f"Your dependency commits {when}. Half of the work would stay. Code in `finally` runs in any case, so the commit does not belong there.",
        response=response,
    )
    expect.status(
        response,
        status,
        why=f"The route met {kind}, and the caller has to hear of it.",
        known={
            500: _replaced(response)
            or "Your dependency caught the exception and did not pass it on, so FastAPI has no answer to send. A bare `raise` passes it on.",
            201: "Your dependency hid what went wrong, and the caller thinks that the row was imported.",
        },
    )
    expect.that(
        "rollback" in notes,
        f"The session is closed {when}, and nobody told it to forget what it had begun. Roll back where you catch the exception.",
        response=response,
    )


def _replaced(response: Any) -> str:
    """Return what to say when a dependency raised an `HTTPException` of its own instead of passing one on, or an empty string."""
    if not response.headers.get("content-type", "").startswith("application/json"):
        return ""
    return "Your dependency raised an exception of its own in place of the one that came, so the caller hears other words. A bare `raise` passes on what came."


def _route_is_kept(router: Any) -> bool:
    """Return whether the route behaves as before when the check provides the session."""
    database = _Database(tasks={7: {"id": 7, "title": "Row 7"}})
    app = _app(router, database)
    api = client(app, raise_server_exceptions=False)
    calls = dependencies(app, "POST", "/imports/{row}")
    if len(calls) != 1:
        return True
    app.dependency_overrides[calls[0]] = database.session
    statuses = [api.post(f"/imports/{row}").status_code for row in (5, 7, 0)]
    return statuses == [201, 409, 500] and "close" not in database.notes


@exercise(
    "3.5",
    "The seat that was taken by an error",
    rules=["D6"],
    hints=[
        "The route raises a 409. Who gets to see that exception first, and what does it do with it?",
        "The dependency may look at an exception, and then has to let it go on. It need not know which one it is.",
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
            2: "Two bookings went well, and the journal has two lines. `finally` runs in any case; a failure passes through `except`."
        },
    )
    for turn in (1, 2):
        _passes_on_a_refusal(api, lines, turn)
    _passes_on_a_crash(api, lines)
    expect.status(api.put("/seats/5"), 200, why="After a failure the next caller books as before.")
    expect.equal(len(lines), 3, what="the number of lines in the journal", why="The last booking went well.")


def _passes_on_a_refusal(api: Client, lines: list[Any], turn: int) -> None:
    response = api.put("/seats/13")
    expect.status(
        response,
        409,
        why="The app offers another seat when it hears 409. On a 500 it says 'Server error'.",
        known={
            500: _replaced(response)
            or "Your dependency caught the exception and ended as if nothing had happened. FastAPI waits for a response that never comes, and the caller gets a 500. "
            "After noting it, pass it on with `raise`.",
            200: "The seat is taken, and your API says that it is booked.",
        },
    )
    expect.body(
        response,
        {"detail": "Seat 13 is taken."},
        why="The caller hears what the route had to say, in its words.",
        known=[(json_or_none(response), _replaced(response))],
    )
    expect.equal(
        len(lines),
        turn,
        what="the number of lines in the journal",
        why="Somebody reads the journal in the morning to see what failed.",
        known={
            turn - 1: "The caller hears the 409 now, and the journal knows nothing of it. Note first, then raise.",
            turn * 2: "One failure, two lines.",
        },
        response=response,
    )
    expect.that(
        str(lines[-1]).startswith("failed: ") and "Seat 13 is taken." in str(lines[-1]),
        "The line in the journal should start with `failed: ` and say what happened.",
        response=response,
    )


def _passes_on_a_crash(api: Client, lines: list[Any]) -> None:
    response = api.put("/seats/77")
    expect.status(
        response,
        500,
        why="There is no row for seat 77, and the route crashes. That is the server's fault, and a 500 says so.",
        known={
            409: "The route crashed, and your dependency tells the caller that the seat is taken. Pass on the exception that came, not another one."
        },
    )
    expect.equal(
        len(lines),
        3,
        what="the number of lines in the journal after a crash",
        why="A crash is what the journal is for.",
        known={
            2: "The route crashed, and the journal knows nothing of it. A crash is no `HTTPException`: catch `Exception`."
        },
        response=response,
    )
    expect.that("failed: " in str(lines[-1]), "The line for the crash should start with `failed: `.", response=response)


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
    app = _app(devices_router, database)
    api, quiet = client(app), client(app, raise_server_exceptions=False)
    for path in ("/devices/me", "/devices/me/tasks"):
        for headers, who in (
            ({}, "nobody at all"),
            (bearer("k-nobody"), "a key that nobody knows"),
            (bearer("k-gone"), "a key whose device was removed"),
        ):
            _refuses_strangers(quiet.get(path, headers=headers), who)
    for key, number in (("k-hall", 3), ("k-attic", 4), ("k-sold", 8)):
        _knows_the_device(api.get("/devices/me", headers=bearer(key)), _DEVICES[number])
    for key in ("k-hall", "k-attic"):
        database.notes.clear()
        _shows_the_tasks(api.get("/devices/me/tasks", headers=bearer(key)), database.notes)
    expect.status(
        api.get("/devices/me/tasks", headers=bearer("k-sold")),
        403,
        why="This tablet hangs in the kitchen of a stranger now.",
        known={
            200: "Your API shows the family's tasks to a tablet that was sold on.",
            401: "401 says: I do not know you. You know this device. It may not: 403, and no new key will help it.",
        },
    )
    _is_a_chain(app)


_DEVICES = {
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


def _refuses_strangers(response: Any, who: str) -> None:
    expect.status(
        response,
        401,
        why=f"This is {who}. A 401 makes the tablet ask for a new key.",
        known={
            403: "403 says: I know you, and you may not. You do not know this caller. `HTTPException(401, ...)`.",
            404: "404 says that the address does not exist. The caller has a wrong key, and should hear that: 401.",
            200: f"Your API let in {who}.",
            500: "Your code crashed on it. `.get(...)` gives `None` for a key that is not there; a device can be gone although its key is still there.",
            422: "Your API asks for a parameter that the tablet does not know. The key comes from `HTTPBearer`, as in `get_current_user`.",
        },
    )
    expect.that(
        "bearer" in response.headers.get("WWW-Authenticate", "").lower(),
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


def _shows_the_tasks(response: Any, notes: Notes) -> None:
    expect.status(response, 200, why="A trusted tablet shows the family's tasks.")
    expect.body(response, list(_FAMILY_TASKS.values()), why="A trusted tablet shows all tasks.")
    cause = (
        "Somewhere in your chain one is opened by hand, and nobody closes it."
        if notes.count("close") < 2
        else "Two different dependencies open one each; a dependency with another scope is another one, too."
    )
    expect.equal(
        notes.count("open"),
        1,
        what="the number of sessions that the request opened",
        why="Every session is a connection, and two of them may see two different truths.",
        known={
            0: f"{_FROM_THE_APP} `Db` does that.",
            2: f"The request opened two sessions. {cause} Each link that needs one asks for `Db`.",
        },
        response=response,
    )
    expect.that("close" in notes, "The session stays open. `Db` closes it; do not open one by hand.", response=response)


def _is_a_chain(app: FastAPI) -> None:
    lookups = [call for call in dependencies(app, "GET", "/devices/me") if not _is_ground(call)]
    trusted = [call for call in dependencies(app, "GET", "/devices/me/tasks") if not _is_ground(call)]
    expect.that(
        any(call in trusted for call in lookups),
        "The statuses are right. But the routes do not share the dependency that finds the device, so the look-up stands twice. One function finds the device; "
        "both routes need it, one of them through the other link.",
        why="Of two copies, one gets forgotten.",
    )
    expect.that(
        any(call not in lookups for call in trusted),
        "The statuses are right. But no dependency asks whether the device is trusted: the route does it itself, and the next route will forget it. "
        "Make it the second link of the chain.",
        why="A route that needs a trusted device should say so in its signature.",
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
    names = ("free", "plus", "family", "gold")
    people = {
        number: {"id": number, "username": f"u{number}", "role": "member", "active": True, "plan": plan}
        for number, plan in enumerate(names, 1)
    }
    tokens = {plan: {"user_id": number} for number, plan in enumerate(names, 1)}
    _is_called_with_plans(require_plan)
    _is_called_on_the_routes(plans_router, require_plan)
    strange = APIRouter()
    guards = {"/one": ("gold",), "/two": ("free", "gold")}
    for path, wanted in guards.items():
        _add_guarded_route(strange, path, require_plan(*wanted))
    app = _app(plans_router, _Database(users=people, tokens=tokens))
    api = client(app)
    app.include_router(strange)
    for path, wanted in guards.items():
        for plan in ("free", "plus", "gold"):
            _goes_by_what_it_was_told(api, path, wanted, plan)
    _refuses_a_stranger(api.get("/one"))
    for (method, path), wanted in _PLANS.items():
        _is_for_these_plans(api, method, path, wanted)
    expect.body(api.get("/exports", headers=bearer("plus")), ["2027-01.zip"], why="The routes answer as before.")
    for (method, path), wanted in _PLANS.items():
        _has_no_check_but_the_guard(app, api, method, path, require_plan(*wanted))


_PLANS = {
    ("GET", "/exports"): ("plus", "family"),
    ("POST", "/exports"): ("plus", "family"),
    ("GET", "/shared-lists"): ("family",),
}


def _is_called_with_plans(require_plan: Any) -> None:
    if not callable(require_plan):
        return
    for plans in (("plus", "family"), ("family",)):
        try:
            inspect.signature(require_plan).bind(*plans)
        except TypeError:
            quoted = ", ".join(f'"{plan}"' for plan in plans)
            raise NotYet(
                f"It is called as `require_plan({quoted})`: take several names, each a text, with `*plans`."
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
    expect.that(
        plan == "free" or plan in wanted or response.status_code != 200,
        f"The guard {call} lets a user with the plan `{plan}` through. It has to go by the plans that it was told when it was made.",
        why="The next route needs other plans.",
        response=response,
    )
    _lets_in(
        response,
        plan in wanted,
        200,
        f"The guard here is {call}, and the caller has the plan `{plan}`.",
        sent_away=f"The plan `{plan}` is one of those that {call} names, and the guard sends it away. One of them is enough: `in` asks whether it is among them.",
        let_in=_wrong_way_round(api, call),
    )


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
        expect.status(response, status, why=why, known={
            403: sent_away,
            401: "This user is known, and the plan is on the list. The guard sends them to the login page.",
            422: "The guard asks the caller for a parameter. It needs the user, through `CurrentUser`; the plans it was told when it was made.",
        })  # fmt: skip
    else:
        expect.status(response, 403, why=why, known={
            200: let_in or "Nobody stopped this request. A guard that returns something lets everybody through: it has to raise.",
            201: "Nobody stopped this request: this is the back door. Each of the three routes needs its guard.",
            401: "401 says: I do not know you. This user is known, and pays. The app sends them to the login page, and after it nothing has changed. "
            "A known user who may not gets 403.",
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
            sent_away="This plan may come in here. Which plans is the guard of this route told?",
            let_in="Nobody stopped this request. Your guard does as it is told: has this route one, and which plans is it told?",
        )
    _refuses_a_stranger(api.request(method, path))


def _has_no_check_but_the_guard(app: FastAPI, api: Client, method: str, path: str, made: Any) -> None:
    guards = [call for call in dependencies(app, method, path) if _same_kind(made, call)]
    expect.that(
        guards,
        f"`{method} {path}` answers as it should, but it does so on its own, without `require_plan`. Put the guard into `dependencies=[...]` of the decorator.",
        why="A check inside a route is the one that gets forgotten.",
    )
    app.dependency_overrides = {guard: _giving({"plan": "free"}) for guard in guards}
    open_to_all = api.request(method, path, headers=bearer("free"))
    app.dependency_overrides = {}
    expect.that(
        open_to_all.status_code not in (401, 403),
        f"`{method} {path}` has its guard, and a check of its own as well. The rule stands in two places, and the next change finds one of them. Take the check out of the route.",
        why="The check put a guard that lets everybody through in place of yours, and the route still sent somebody away.",
        response=open_to_all,
    )


def _same_kind(one: Any, other: Any) -> bool:
    """Return whether both were made by the same class or by the same inner function."""
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
    api = client(_app(wishes_router, database))
    wanted: list[dict[str, Any]] = []
    for number, title in enumerate(("A red bicycle", "A week by the sea"), 1):
        wanted.append({"id": number, "title": title})
        _grants_a_wish(api, database, wanted)
    expect.equal(
        database.tables["visits"]["count"],
        44,
        what="the visits after four requests",
        why="There were 40 before, and each request counts as one.",
        known={
            40: "Nobody counts the visits any more. `count_visit` has to stay, on the same session.",
            42: "Only one of the two routes counts its visits. Both need `count_visit`.",
        },
    )


def _grants_a_wish(api: Client, database: _Database, wanted: list[dict[str, Any]]) -> None:
    """Send the last of the wanted wishes, and read them all."""
    title = wanted[-1]["title"]
    database.notes.clear()
    created = api.post("/wishes", json={"title": title})
    notes = list(database.notes)
    expect.status(created, 201, why="Ana sends a wish.")
    expect.that(created.json().get("title") == title, "The answer should be the wish.", response=created)
    database.notes.clear()
    read = api.get("/wishes")
    expect.status(read, 200, why="Ana opens her list.")
    _had_one_session(notes, created, read, wanted)
    expect.body(
        read,
        wanted,
        why="A 201 is a promise: the wish is there.",
        known=[([], "The wish got a 201, and the list is empty. Was anything committed?")],
    )
    _committed_in_time(notes, created)
    expect.that(
        database.notes.count("open") == 1,
        "`POST /wishes` is right now. `GET /wishes` still opens two sessions: `count_visit` and the route name the same dependency with two scopes, and the "
        "copy that is committed last takes the visit back.",
        why="One name for the dependency, in all three places, and this cannot happen.",
        response=read,
    )


def _had_one_session(notes: Notes, created: Any, read: Any, wanted: list[dict[str, Any]]) -> None:
    opened = notes.count("open")
    expect.that(
        read.json() == wanted or opened < 2,
        f"The wish got a 201, and the list does not have it. The request opened {opened} sessions. Each took its copy at the start, and the one that "
        "commits last wins: its copy is from before the wish. Two places name the dependency in two ways; look at their scopes.",
        why="A 201 is a promise.",
        response=read,
    )
    expect.that(opened > 0, _FROM_THE_APP, response=created)
    expect.equal(
        opened,
        1,
        what="the number of sessions that `POST /wishes` opens",
        why="Each session has a copy of its own, and the commit that comes last overwrites the other.",
        known={
            2: "`POST /wishes` still opens two sessions, so one of the two changes is lost. `count_visit` and the route have to name the same "
            "dependency with the same scope."
        },
        response=created,
    )


def _committed_in_time(notes: Notes, created: Any) -> None:
    expect.that("close" in notes, "The session stays open.", response=created)
    expect.that("commit" in notes, "Nothing was committed.", response=created)
    expect.that(
        notes.index("commit") < notes.index("response"),
        "There is one session now, and the wish is there. But the response left before the commit: a phone that reads at once, over a real connection, does "
        'not find it, and when the commit fails nobody tells it. A commit needs `scope="function"`.',
        why="`TestClient` waits until everything is over, so you cannot see it there.",
        response=created,
    )
    expect.equal(
        notes.count("commit"),
        1,
        what="the number of commits in one request",
        why="The dependency commits; the route need not.",
        response=created,
    )
