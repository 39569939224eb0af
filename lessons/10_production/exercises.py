"""What the exercises of lesson 10 check, and the answers to its predictions. The checks are the strangers, the probes and the night."""

import asyncio
import contextlib
import copy
import json
import logging
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
from fastapi import FastAPI, Request, Response
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from coursekit.author import Client, NotYet, client, databases, describe, exercise, expect, logs, prediction
from coursekit.author.responses import NoteRaised
from coursekit.course.render import brief
from coursekit.course.words import count, names

prediction("10.p1", answer=False, evidence="started", choices=(True, False))
prediction("10.p2", answer="ours", evidence="whose", choices=("theirs", "ours"))
prediction("10.p3", answer=200, evidence="health.status_code", choices=(200, 500, 503))
prediction("10.p4", answer=False, evidence="let_in", choices=(True, False))
prediction("10.p5", answer="203.0.113.9", evidence="counted", choices=("10.0.0.5", "1.2.3.4", "203.0.113.9"))
prediction("10.p6", answer=False, evidence="added == 'added'", choices=(True, False))
prediction("10.p7", answer=40, evidence="through", choices=(10, 40, 250, 1000))
prediction("10.p8", answer=True, evidence="patient['old'] == '200'", choices=(True, False))
prediction("10.p9", answer=3, evidence="len(series)", choices=(1, 2, 3, 5, 7))


# 10.1


_GOT = "It is what the caller got."
_TAKES = 0.03
"""How many seconds it takes to close the depots."""
_FIRE = RuntimeError("the printer is on fire")


async def _close_the_depots() -> Response:
    await asyncio.sleep(_TAKES)
    return Response(status_code=503)


async def _find_parcel(number: int) -> dict[str, int]:
    return {"number": number}


async def _print_label(number: int) -> None:
    raise _FIRE


class _Depot:
    """An app inside the learner's middleware, and the log that it writes."""

    def __init__(self, access_log: Any) -> None:
        self.raised: list[Exception] = []
        self.took = 0.0
        """How many milliseconds the last request took, seen from outside."""
        app = FastAPI(middleware=[Middleware(NoteRaised, raised=self.raised), Middleware(access_log)])
        app.add_api_route("/depots", _close_the_depots)
        app.add_api_route("/parcels/{number}", _find_parcel)
        app.add_api_route("/parcels/{number}/label", _print_label, methods=["POST"], status_code=201)
        self.api = client(app, raise_server_exceptions=False)

    def ask(self, method: str, path: str) -> tuple[httpx2.Response, logging.LogRecord]:
        """Return the answer and the one line that was written about it."""
        self.raised.clear()
        began = time.perf_counter()
        with logs.records("access") as records:
            try:
                response = self.api.request(method, path)
            except AssertionError as error:  # the server waited for an answer, and none came
                why = "Whoever asked waits for an answer that never comes."
                raise NotYet(f"`{method} {path}` has no answer at all: {_unanswered(path)}", why=why) from error
        self.took = (time.perf_counter() - began) * 1000
        said = f"`{method} {path}` wrote {len(records)} lines to the log `access`, and it should be one.{self._cause()}"
        why = "Whoever reads the log takes each line for one request."
        expect.that(len(records) == 1, said, why=why, response=response)
        return response, records[0]

    def _cause(self) -> str:
        """Say what the middleware itself has raised."""
        own = next((error for error in self.raised if error is not _FIRE), None)
        if own is None:
            return ""
        routeless = isinstance(own, KeyError) and "route" in str(own)
        hint = " If no route fits, the `scope` has no `route`." if routeless else ""
        return f" Your middleware raised `{type(own).__name__}: {own}`.{hint}"


def _unanswered(path: str) -> str:
    if path.endswith("/label"):
        return "the exception of the handler ended in your middleware. Let it go on. Further out it becomes a 500."
    return "your middleware kept a part of it. `watched` has to pass on each message with `await send(message)`."


@exercise(
    "10.1",
    "The log that told too much",
    rules=["X4"],
    hints=[
        "What happens after `await self.app(...)` when the handler raises? And what does the path of a request hold that a template does not?",
        "Write the line in a `finally`. An exception that passes it goes on by itself. How do you know in `finally` that there was one?",
        'level = logging.ERROR before the `try`, `level = logging.INFO` after the await; then `route = scope.get("route")` and `access.log(level, json.dumps({...}))`.',
    ],
)
def access_log(AccessLog: Any) -> None:
    """One line a request, whatever comes; nothing of the path, nothing of the query."""
    depot = _Depot(AccessLog)
    cases = (
        ("/parcels/4712?token=blue-tables", "/parcels/{number}", 200),
        ("/parcels/4711", "/parcels/{number}", 200),
        ("/parcels/secret-word", "/parcels/{number}", 422),
        ("/nobody/lives%0Ahere", None, 404),
        ("/depots", "/depots", 503),
    )
    for path, route, status in cases:
        _, record = depot.ask("GET", path)
        _keeps_the_path_secret(record, path)
        _tells_what_was_asked(_line(record), "GET", path, route, status)
        raised = "Its handler raised nothing: it answered 503 by itself. So the status doesn't tell you whether something was raised; what does?"
        level = f"The line about `{path}` has the level {record.levelname}. {raised if status == 503 else 'It is no error of ours: `INFO`.'}"
        why = "Somebody gets up at night for an `ERROR`, so it is for what nobody expected."
        expect.that(record.levelno == logging.INFO, level, why=why)
    _says_how_long_it_took(_line(record)["duration_ms"], depot.took)
    _wakes_somebody(depot)
    _writes_about_requests_only(depot, AccessLog)


def _keeps_the_path_secret(record: logging.LogRecord, path: str) -> None:
    written = record.getMessage()
    for leak in ("blue-tables", "secret-word", "4712", "4711", "nobody"):
        said = f"`GET {path}` leaves `{leak}` in the log. Neither the query nor the path may stand there."
        why = "More people read a log than a database, and a token in it can be used by all of them."
        found = re.search(rf"(?<![\d.]){leak}", written)  # not in the digits of a duration
        expect.that(not found, said, why=why)


def _line(record: logging.LogRecord) -> dict[str, Any]:
    """Return the fields of a line, which is the whole record."""
    written = logs.message(record)
    try:
        line = json.loads(written)
    except ValueError:
        line = None
    no_json = f"This line isn't a JSON object: {describe(written)}. `json.dumps` makes one from a dictionary."
    expect.that(isinstance(line, dict), no_json, why="A program that searches the log reads each line on its own.")
    more = "Below this line stands a traceback, many lines long: `exception` and `exc_info` write it. `access.log(logging.ERROR, text)` writes one line."
    why = "A program reads the log line by line, and a traceback isn't JSON."
    expect.that(not record.exc_info and not record.stack_info, more, why=why)
    wanted, why = sorted(("method", "route", "status", "duration_ms")), "Whoever searches the log relies on these four."
    expect.equal(sorted(line), wanted, "the fields of a line", why=why)
    return dict(line)


def _tells_what_was_asked(line: dict[str, Any], method: str, path: str, route: str | None, status: int) -> None:
    expect.equal(
        line["method"], method, f"the `method` of the line about `{method} {path}`", why="Reading isn't deleting."
    )
    null = "An empty text is a value. If no route fits, the JSON says `null`, which is `None` in Python."
    why = "The template counts all requests to one route together."
    expect.equal(line["route"], route, f"the `route` of the line about `{path}`", why=why, known=[("", null)])
    expect.equal(line["status"], status, f"the `status` of the line about `{path}`", why=_GOT)


def _says_how_long_it_took(duration: Any, at_most: float) -> None:
    """Expect the milliseconds of a request to `/depots`, whose handler waits for a moment."""
    number = isinstance(duration, int | float) and not isinstance(duration, bool)
    expect.that(number, f"`duration_ms` is {describe(duration)}, and it should be a number of milliseconds.")
    least = _TAKES * 1000 * 0.8  # clocks differ a little
    said = (
        f"`duration_ms` of `/depots` is {duration:.4g}, and its handler alone takes {_TAKES * 1000:.0f} milliseconds."
    )
    seconds = " These are seconds." if least <= duration * 1000 <= at_most + 1 else ""
    expect.that(duration >= least, said + seconds, why="People look for slow requests by this number.")
    said = f"`duration_ms` of `/depots` is {duration:.4g}, and the whole request took {at_most:.0f} milliseconds."
    expect.that(duration <= at_most + 1, said, why="People look for slow requests by this number.")


def _wakes_somebody(depot: _Depot) -> None:
    """Ask for the line of a handler that raised."""
    path = "/parcels/7/label"
    response, record = depot.ask("POST", path)
    why = "A middleware that swallows the exception leaves the server without an answer."
    expect.status(response, 500, why=why)
    line = _line(record)
    _tells_what_was_asked(line, "POST", path, "/parcels/{number}/label", 500)
    level = f"The handler raised, and its line has the level {record.levelname}. It should be `ERROR`."
    expect.that(record.levelno == logging.ERROR, level, why="This is the line for which somebody gets up.")
    other = f"The handler raised `{_FIRE!r}`, and what left your middleware is {describe(next(iter(depot.raised), None))}. Let the exception itself go on: a `raise` without anything behind it."
    why = "Further out, somebody may have a handler for this exception."
    expect.that(any(error is _FIRE for error in depot.raised), other, why=why)


def _writes_about_requests_only(depot: _Depot, access_log: Any) -> None:
    """Send what a server sends when it starts, which isn't a request."""
    arrived: list[Any] = []

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        arrived.append(scope["type"])

    async def nothing(*_: Any) -> Any:
        return {"type": "lifespan.startup"}

    with logs.records("access") as records:
        try:
            depot.api.run(access_log(inside), {"type": "lifespan"}, nothing, nothing)
        except Exception as error:
            said = f"When the server starts, it sends something of the type `lifespan` through your middleware, which raised `{type(error).__name__}: {error}`."
            raise NotYet(said, why="The app would not start.") from error
    why = "The app never learns that the server starts, so it opens nothing."
    expect.that(
        arrived == ["lifespan"], "Your middleware keeps what isn't a request, such as `lifespan`. Pass it on.", why=why
    )
    said = "Your middleware writes a line when the server starts, which isn't a request. Pass on what isn't of the type `http`, and write nothing about it."
    expect.that(not records, said, why="Whoever reads the log takes each line for one request.")


# 10.2


class _Database:
    """Answers after a wait, or raises; counts how often it was asked."""

    def __init__(self, *, wait: float = 0, error: Exception | None = None) -> None:
        self.wait, self.error, self.asked = wait, error, 0

    async def ask(self) -> None:
        self.asked += 1
        if self.wait:
            await asyncio.sleep(self.wait)
        if self.error:
            raise self.error


class _Probes:
    """The learner's app, on databases that the check chooses."""

    def __init__(self, make_probes: Any, get_database: Any) -> None:
        app = make_probes()
        expect.that(isinstance(app, FastAPI), "`make_probes()` should return the app.")
        self.raised: list[Exception] = []
        app.add_middleware(NoteRaised, raised=self.raised)
        self._overrides, self._get_database = app.dependency_overrides, get_database
        self._api = client(app, raise_server_exceptions=False)

    def ask(self, path: str, get_database: Callable[[], Any]) -> tuple[httpx2.Response, float]:
        """Return the answer, and how many seconds it took."""
        self.raised.clear()
        self._overrides[self._get_database] = get_database
        began = time.monotonic()
        return self._api.get(path), time.monotonic() - began

    def ready(self, database: _Database) -> tuple[httpx2.Response, float]:
        """Ask `/ready`, and expect that it asks the database before it says yes."""
        response, took = self.ask("/ready", lambda: database)
        said = "`GET /ready` answered 200 and has not asked the database."
        why = "Nobody would notice a worker that cannot reach the database, and cannot work."
        expect.that(response.status_code != 200 or database.asked, said, why=why, response=response)
        return response, took


@exercise(
    "10.2",
    "The probe that made it worse",
    rules=["F4"],
    hints=[
        "What does `/health` need the database for?",
        "Two functions. Only `/ready` has the dependency; it waits inside `async with asyncio.timeout(0.5)`, and that inside a `try`.",
        'except Exception: raise HTTPException(503, "...") from None. A `TimeoutError` is an `Exception` too.',
    ],
)
def probes(make_probes: Any, get_database: Any) -> None:
    """Both probes of one app, with a database that is well, slow, broken, silent, and well again."""
    asked = _Probes(make_probes, get_database)
    _asks_nobody(asked)
    well, _ = asked.ready(_Database())
    expect.status(well, 200, why="The database is well, and so is the worker.")
    slow, _ = asked.ready(_Database(wait=0.25))  # shorter than the patience
    expect.status(slow, 200, why="The database answered in time, after a quarter of a second.")
    for error in (OSError("nobody listens"), RuntimeError("too many connections")):
        broken, _ = asked.ready(_Database(error=error))
        known = {200: "The database raised, and `/ready` says that all is well."}
        if error in asked.raised:
            known[500] = (
                f"The database raised `{type(error).__name__}`, and it went through. Which exceptions do you catch?"
            )
        why = "The balancer sends requests elsewhere until the database is back."
        expect.status(broken, 503, why=why, known=known)
    _gives_up(asked)
    again, _ = asked.ready(_Database())
    expect.status(
        again, 200, why="The database is back, so this worker can work again. Each question needs an answer of its own."
    )


def _asks_nobody(asked: _Probes) -> None:
    """Expect that `/health` is 200 at once, whatever the database does."""
    silent = _Database(wait=2.5)
    fastest = 9.0
    for _ in range(3):  # a busy machine may be slow once
        response, took = asked.ask("/health", lambda: silent)
        both = "`GET /health` asks the database. It should ask nobody."
        why = "Each time the database is restarted, all workers would be restarted, too."
        expect.that(silent.asked == 0, both, why=why, response=response)
        expect.status(response, 200, why="The worker is alive, whatever the database does.")
        fastest = min(fastest, took)
        if fastest < 0.2:
            break
    late = f"`GET /health` took {fastest:.1f} seconds, and it waits for nobody."
    expect.that(fastest < 0.2, late, why="Whoever probes wants an answer at once.", response=response)

    def nobody() -> None:
        raise _NOBODY

    response, _ = asked.ask("/health", nobody)
    needs = "`GET /health` calls `get_database`, which raised here. Only `/ready` needs this dependency."
    known = {500: needs} if _NOBODY in asked.raised else None
    expect.status(response, 200, why="The worker is alive. A new one would be no better off.", known=known)


_NOBODY = OSError("nobody listens")


def _gives_up(asked: _Probes) -> None:
    """Expect a 503 after half a second of silence, and no sooner than that."""
    timed_out = "`asyncio.timeout` ends the wait with a `TimeoutError`. Turn it into a 503."
    for wait in (2.5, 0.9):
        response, took = asked.ready(_Database(wait=wait))
        late = f"`GET /ready` took {took:.1f} seconds with a database that is silent. Give up after half a second: `asyncio.timeout(0.5)`."
        expect.that(took < 2, late, why="Whoever probes has given up by then.", response=response)
        known = {200: f"The database said nothing for {wait} seconds, and `/ready` says that all is well."}
        if any(isinstance(error, TimeoutError) for error in asked.raised):
            known[500] = timed_out
        why = "The database said nothing for half a second, so this worker cannot work."
        expect.status(response, 503, why=why, known=known)


# 10.3


_ALLOW = "Access-Control-Allow-Origin"
_FRIENDS = (
    "https://parcels.example",
    "https://preview-17.parcels.example",
    "https://preview-8.parcels.example",
    "https://preview-20261130.parcels.example",
)
_FRIENDLY = re.compile(r"https://(preview-\d+\.)?parcels\.example")
_DOT = "A dot in a pattern stands for any character. `\\.` is a dot."
_UNSAFE = "Without the `s`, anybody on the same Wi-Fi can change the page."
_STRANGERS = {
    "https://parcels.example.attacker.net": "The name only begins like ours.",
    "https://evilparcels.example": "The name only ends like ours.",
    "https://preview-1.parcels.example.attacker.net": "The name only begins like a preview.",
    "https://evil.preview-1.parcels.example": "The name only ends like a preview.",
    "https://preview-17xparcels.example": _DOT,
    "https://preview-17.parcelsxexample": _DOT,
    "https://preview-evil.parcels.example": "A preview has digits only.",
    "https://preview-17evil.parcels.example": "A preview has digits only.",
    "https://preview-.parcels.example": "A preview has at least one digit.",
    "https://shop.parcels.example": "Not each name below ours is ours: somebody may rent `shop`.",
    "http://parcels.example": _UNSAFE,
    "http://preview-17.parcels.example": _UNSAFE,
    "https://parcels.example:8443": "Another port is another origin.",
    "https://preview-17.parcels.example:8443": "Another port is another origin.",
    "https://parcels.exam": "It is only a part of our name.",
    "null": "`null` is the origin of a file on somebody's disk.",
}


@exercise(
    "10.3",
    "Two pages, and nobody else",
    rules=["F4"],
    hints=[
        "Which of the two pages has a name that you can write down, and which one needs a pattern?",
        r"A dot in a pattern stands for any character; `\.` is a dot. `\d+` is one or more digits.",
        r'"allow_origin_regex": r"https://preview-\d+\.parcels\.example", and the two headers in "expose_headers".',
    ],
)
def cors(cors_options: Any, with_cors: Callable[[Any], FastAPI]) -> None:
    """Preflights and answers for right and wrong origins."""
    expect.that(isinstance(cors_options, dict), "`cors_options` should be a dictionary.")
    try:
        api = client(with_cors(cors_options))
        api.get("/parcels")
    except (TypeError, re.error) as error:
        raise NotYet(
            f"`CORSMiddleware` does not take these options: {error}. Compare their names with the text, and the pattern with its hint."
        ) from error
    for origin in _FRIENDS:
        _lets_in(api, origin, cors_options)
    _keeps_strangers_out(api, cors_options)
    _allows_what_is_needed(api)
    _shows_two_headers(api)


def _preflight(
    api: Client, origin: str = _FRIENDS[0], *, method: str = "PATCH", headers: str = "authorization,content-type"
) -> httpx2.Response:
    asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
    return api.options("/parcels", headers={"Origin": origin, **asked})


def _lets_in(api: Client, origin: str, options: dict[str, Any]) -> None:
    """Expect that a friend's page may ask, before and with the request."""
    reason = ""
    if origin + "/" in (options.get("allow_origins") or ()):
        reason = " Your list has it with a `/` at the end, and an origin ends with its name or port."
    elif "preview" in origin and not options.get("allow_origin_regex"):
        reason = " The number changes each day: a pattern, `allow_origin_regex`, fits all of them."
    for response in (api.get("/parcels", headers={"Origin": origin}), _preflight(api, origin)):
        may = response.headers.get(_ALLOW) in (origin, "*")
        why = "The page shows 'blocked by CORS policy', and nothing else."
        expect.that(may, f"A page from `{origin}` is not let in.{reason}", why=why, response=response)


def _keeps_strangers_out(api: Client, options: dict[str, Any]) -> None:
    """Ask as strangers, and as each origin of the list that is neither of the two pages."""
    listed = options.get("allow_origins") or ()
    text = " `allow_origins` is a text, and every part of it is let in: it should be a list."
    named = (
        [str(origin) for origin in listed if not _FRIENDLY.fullmatch(str(origin))]
        if not isinstance(listed, str)
        else []
    )
    for origin, why in (
        _STRANGERS | dict.fromkeys(set(named) - {"*", *_STRANGERS}, "Nobody has asked for it.")
    ).items():
        response = api.get("/parcels", headers={"Origin": origin})
        allowed = response.headers.get(_ALLOW)
        everybody = '`"*"` lets in every page of the world.'
        expect.that(allowed != "*", everybody, why="List the pages that may call, and no others.", response=response)
        said = f"A page from `{origin}` is let in. {why}{text if isinstance(listed, str) and origin in listed else ''}"
        expect.that(allowed is None, said, response=response)


def _allows_what_is_needed(api: Client) -> None:
    """Expect four methods, two headers and no cookies, as the answer to a preflight lists them."""
    for method in ("GET", "POST", "PATCH", "DELETE"):
        response = _preflight(api, method=method)
        refused = (
            f"The preflight for `{method}` is refused: {response.text}. Look at `allow_methods` and `allow_headers`."
        )
        why = f"The page asks whether it may use `{method}` with `Authorization` and `Content-Type`."
        expect.status(response, 200, why=why, known={400: refused})
        may = method in _listed(response, "Access-Control-Allow-Methods")
        not_listed = f"The answer to the preflight does not list `{method}`. `allow_methods` should be a list."
        expect.that(may, not_listed, why="A browser goes by this list.", response=response)
    why = "Don't allow what nobody needs."
    any_header = _preflight(api, headers="x-debug")
    said = "The page may send any header. It needs `Authorization` and `Content-Type`."
    expect.that(any_header.status_code == 400, said, why=why, response=any_header)
    too_much = {
        "Methods": {"GET", "POST", "PATCH", "DELETE"},
        "Headers": {"authorization", "content-type", "accept", "accept-language", "content-language"},
    }
    for what, enough in too_much.items():
        listed = _listed(response, f"Access-Control-Allow-{what}")
        more = sorted(one for one in listed if one not in enough and one.lower() not in enough)
        said = f"The page may use {names(more)} too. It needs {'four methods' if what == 'Methods' else '`Authorization` and `Content-Type`'}."
        expect.that(not more, said, why=why, response=response)
    cookies = "`allow_credentials` lets the browser send cookies along. These pages send a token in `Authorization`."
    expect.that("Access-Control-Allow-Credentials" not in response.headers, cookies, why=why, response=response)


def _listed(response: httpx2.Response, header: str) -> list[str]:
    """Return what a header lists, between its commas."""
    return [one.strip() for one in response.headers.get(header, "").split(",") if one.strip()]


def _shows_two_headers(api: Client) -> None:
    response = api.get("/parcels", headers={"Origin": _FRIENDS[1]})
    exposed = {name.lower() for name in _listed(response, "Access-Control-Expose-Headers")}
    for name in ("Location", "X-Request-ID"):
        hidden = f"The page cannot read `{name}`. Name it in `expose_headers`."
        why = "A browser shows a page only a few headers of an answer from elsewhere."
        expect.that(name.lower() in exposed or "*" in exposed, hidden, why=why)
    more = sorted(exposed - {"location", "x-request-id"})
    said = f"The page may read {names(more)} too. It needs `Location` and `X-Request-ID`."
    expect.that(not more, said, why="Don't allow what nobody needs.", response=response)


# 10.4

_PROXY = "10.0.0.5"


class _Arrives:
    """Puts the address of the connection into the scope, as a server would."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = dict(scope["headers"])
            address = headers.pop(b"arrives-from", b"").decode()
            scope = {**scope, "client": (address, 50_000), "headers": list(headers.items())}
        await self.app(scope, receive, send)


def _from(address: str, forwarded: str | None) -> dict[str, str]:
    """Return the headers of a request that arrives from this address."""
    return {"Arrives-From": address} | ({} if forwarded is None else {"X-Forwarded-For": forwarded})


_FIRST = "Only the last entry comes from our proxy. The caller may have written all the others."
_SHARED = "All who come through the proxy are counted as one. Whom did it ask for?"
_NOT_OURS = "The header counts only if the connection comes from our proxy. Here it does not."
_SIMILAR = "{} is not our proxy. Compare the whole address."
_CALLERS: tuple[tuple[str, str | None, str, dict[str, str]], ...] = (
    (_PROXY, "203.0.113.9", "203.0.113.9", {_PROXY: _SHARED}),
    (_PROXY, "1.2.3.4, 203.0.113.9", "203.0.113.9", {"1.2.3.4": _FIRST, _PROXY: _SHARED}),
    (_PROXY, "1.2.3.4,198.51.100.7,203.0.113.10", "203.0.113.10", {"1.2.3.4": _FIRST, "198.51.100.7": _FIRST}),
    ("198.51.100.7", None, "198.51.100.7", {_PROXY: "This request did not come through the proxy."}),
    ("198.51.100.7", "1.2.3.4", "198.51.100.7", {"1.2.3.4": _NOT_OURS}),
    *((one, "1.2.3.4", one, {"1.2.3.4": _SIMILAR.format(one)}) for one in ("110.0.0.5", "10.0.0.50", "10.0.0.6")),
    (_PROXY, None, _PROXY, {}),
)  # fmt: skip
"""Where a connection comes from, its `X-Forwarded-For`, whom to count, and what other answers mean."""


@exercise(
    "10.4",
    "A thousand logins from one cellar",
    rules=["F4"],
    hints=[
        "Who has written the first entry of the header? Who the last one?",
        "Two conditions: the connection comes from the proxy, and the header is there. Else the address of the connection counts.",
        'if request.client.host == PROXY and forwarded: return forwarded.split(",")[-1].strip()',
    ],
)
def callers(client_of: Any, make_login: Any) -> None:
    """Who is counted, asked over HTTP; then the cellar."""

    async def get_who(request: Request) -> str:
        return str(client_of(request))

    asker = FastAPI(middleware=[Middleware(_Arrives)])
    asker.add_api_route("/who", get_who)
    api = client(asker)
    for address, forwarded, wanted, known in _CALLERS:
        _counts(api, address, forwarded, wanted, known)
    app = make_login(client_of)
    app.add_middleware(_Arrives)
    logins = client(app)
    cellar = [_from(_PROXY, f"10.1.1.{number}, 203.0.113.9") for number in range(5)]
    answers = [logins.post("/login", headers=headers) for headers in cellar]
    statuses, what = [answer.status_code for answer in answers], "the list of answers to five logins from the cellar"
    expect.equal(statuses, [200, 200, 200, 429, 429], what, why="The limit is three.")
    lost = "The 429 has lost its `Retry-After`, which `make_login` gave."
    expect.that(
        "Retry-After" in answers[-1].headers, lost, why="An honest caller waits that long.", response=answers[-1]
    )
    other = logins.post("/login", headers=_from(_PROXY, "203.0.113.44"))
    expect.status(other, 200, why="Somebody else logs in through the same proxy, for the first time today.")


def _counts(api: Client, address: str, forwarded: str | None, wanted: str, known: dict[str, str]) -> None:
    """Expect that this address is the one that counts."""
    try:
        got = str(api.get("/who", headers=_from(address, forwarded)).json())
    except (AttributeError, TypeError, LookupError) as error:
        hint = " `get` gives `None` where the header is missing." if forwarded is None else ""
        raise NotYet(
            f"A connection from {address} with `X-Forwarded-For: {forwarded}`: `client_of` raises `{type(error).__name__}: {error}`.{hint}"
        ) from error
    blanks = {
        f"{wanted} ": "There is a blank behind the address: `.strip()` removes it.",
        f" {wanted}": "There is a blank around the address: `.strip()` removes it.",
    }
    what = f"the client of a connection from {address} with `X-Forwarded-For: {forwarded}`"
    why = "If callers can choose their own address, nobody limits them; if they share one, they are limited for each other."
    expect.equal(got, wanted, what, why=why, known=known | blanks)


# 10.5


@contextlib.contextmanager
def _parcels() -> Iterator[Connection]:
    """Yield a connection to a new database with the tables as they were."""
    with databases.sqlite_file() as file:
        engine = create_engine(f"sqlite:///{file}")
        try:
            with engine.begin() as db:
                db.execute(text("CREATE TABLE parcels (id INTEGER PRIMARY KEY, street VARCHAR NOT NULL)"))
                db.execute(text("INSERT INTO parcels (street) VALUES ('Mill Lane'), ('High Street')"))
                yield db
        finally:
            engine.dispose()


def _columns(db: Connection) -> dict[str, Any]:
    """Return the columns of the parcels by name."""
    return {row.name: row for row in db.execute(text("PRAGMA table_xinfo(parcels)"))}  # generated ones as well


def _keeps_the_rest(db: Connection, step: str, more: set[str]) -> None:
    """Expect the columns as they were, besides those in `more`."""
    columns = _columns(db)
    expect.that(columns, f"After `{step}`, the table `parcels` is gone.", why="With it, all parcels are gone.")
    for name in ("id", "street"):
        expect.that(name in columns, f"After `{step}`, the table has no column `{name}`.", why="Both versions need it.")
    left = sorted(set(columns) - {"id", "street"} - more)
    expect.that(not left, f"After `{step}`, the table has {names(left)}.{_WAY_BACK if step == 'downgrade' else ''}")
    said = f"After `{step}`, a `street` may be empty, and before it could not."
    why = "A migration changes what it is about, and nothing else."
    expect.that(columns["street"].notnull, said, why=why)


_WAY_BACK = " When the new version has a fault, this is the way back."


def _refused(db: Connection, sql: str) -> str | None:
    """Return what the database says against a statement; None when it carries it out."""
    try:
        with db.begin_nested():
            db.execute(text(sql))
    except DBAPIError as error:
        return str(error.orig)
    return None


@exercise(
    "10.5",
    "A column that nobody trips over",
    rules=["F4"],
    hints=[
        "Who gives the value of a row that the old version adds? It knows no `priority`.",
        "The database can give it: `server_default`. A `default=` of SQLAlchemy is known to the new program only.",
        'op.add_column("parcels", Column("priority", Integer, nullable=False, server_default="2"))',
    ],
)
def column(upgrade: Any, downgrade: Any) -> None:
    """Up, the old version, the new version, down, up."""
    with _parcels() as db:
        _migrate(db, upgrade, "upgrade")
        expect.that("priority" in _columns(db), "After `upgrade`, the table has no column `priority`.")
        _keeps_the_rest(db, "upgrade", {"priority"})
        _fills_the_rows_that_were_there(db)
        _serves_both_versions(db)
        kind = str(_columns(db)["priority"].type).upper()
        expect.that("INT" in kind, f"The column holds {kind}, and a priority is a whole number.")
        _migrate(db, downgrade, "downgrade")
        stays = "After `downgrade`, the column is still there."
        why = "When the new version has a fault, this is the way back."
        expect.that("priority" not in _columns(db), stays, why=why)
        _keeps_the_rest(db, "downgrade", set())
        left = list(db.scalars(text("SELECT street FROM parcels ORDER BY id")))
        streets = ["Mill Lane", "High Street", "Park Road", "Hill Street"]
        why = "The way back loses the column, and no parcel."
        expect.equal(left, streets, "the list of parcels after `downgrade`", why=why)
        _migrate(db, upgrade, "upgrade")
        expect.that("priority" in _columns(db), "After `downgrade`, `upgrade` does not bring the column again.")


def _migrate(db: Connection, step: Any, name: str) -> None:
    """Let Alembic take a step."""
    from alembic.migration import MigrationContext  # slow to import, and one exercise needs it
    from alembic.operations import Operations

    try:
        step(Operations(MigrationContext.configure(db)))
    except ArgumentError as error:
        number = (
            ' A `server_default` is a text, which the database reads as SQL: a 2 is `"2"`.'
            if "'int'" in str(error)
            else ""
        )
        raise NotYet(f"SQLAlchemy refuses `{name}`: {brief(str(error), 200)}.{number}") from error
    except DBAPIError as error:
        empty = "NOT NULL" in str(error.orig)
        hint = " The rows that are there have no value: give the column a `server_default`." if empty else ""
        said = f"The database refuses `{name}`: {error.orig}.{hint}"
        raise NotYet(said, why="A migration that fails in the middle stops the deployment.") from error


def _fills_the_rows_that_were_there(db: Connection) -> None:
    rows = [tuple(row) for row in db.execute(text("SELECT street, priority FROM parcels ORDER BY id"))]

    def both(priority: object) -> list[tuple[str, object]]:
        return [("Mill Lane", priority), ("High Street", priority)]

    known = [
        (
            both(None),
            "These rows have no priority. The database fills them by itself if the column has a `server_default`; a `default=` is known only to the program.",
        ),
        (both("2"), "The column holds text. A whole number is an `Integer`."),
    ]
    expect.equal(rows, both(2), "the list of the rows that were there", why="They get 2.", known=known)


def _serves_both_versions(db: Connection) -> None:
    """The old version knows no priority, the new one chooses it, and neither leaves it empty."""

    def priority(street: str) -> Any:
        return db.scalar(text("SELECT priority FROM parcels WHERE street = :street"), {"street": street})

    said = _refused(db, "INSERT INTO parcels (street) VALUES ('Park Road')")
    refused = f"The old version adds a parcel, and the database says: {said}. It doesn't know the `priority`: who gives the value?"
    expect.that(said is None, refused, why="For ten minutes every person who sends a parcel sees an error.")
    what = "the priority of a parcel that the old version adds"
    expect.equal(priority("Park Road"), 2, what, why="It gets 2 as well.")
    said = _refused(db, "INSERT INTO parcels (street, priority) VALUES ('Hill Street', 1)")
    expect.that(said is None, f"The new version adds a parcel with priority 1, and the database says: {said}.")
    what = "the priority of a parcel that the new version adds with 1"
    expect.equal(priority("Hill Street"), 1, what, why="It chose 1.")
    said = _refused(db, "INSERT INTO parcels (street, priority) VALUES ('Low Road', NULL)")
    empty = "A parcel with `NULL` as its priority gets in. The column is never empty: `nullable=False`."
    expect.that(said is not None, empty, why="Otherwise, each query that sorts by it has to deal with the empty ones.")


# 10.6

_STEPS = ("add text", "copy", "deploy 2", "deploy 3", "deploy 4", "drop note")
_STATEMENTS = {
    "add text": "ALTER TABLE letters ADD COLUMN text VARCHAR",
    "copy": "UPDATE letters SET text = note WHERE text IS NULL",
    "drop note": "ALTER TABLE letters DROP COLUMN note",
}
_WRITES = {1: ("note",), 2: ("note", "text"), 3: ("note", "text"), 4: ("text",)}
_READS = {1: "note", 2: "note", 3: "text", 4: "text"}


class _Rollout:
    """The tables, the versions that run, and what each of them has written."""

    def __init__(self, db: Connection) -> None:
        self.db = db
        self.written = 0
        db.execute(text("CREATE TABLE letters (id INTEGER PRIMARY KEY, note VARCHAR)"))
        self.write(1)

    def write(self, version: int) -> str | None:
        """Add a letter, and return what the database says against it."""
        self.written += 1
        columns = _WRITES[version]
        values = ", ".join(f"'letter {self.written}'" for _ in columns)
        return _refused(self.db, f"INSERT INTO letters ({', '.join(columns)}) VALUES ({values})")

    def read(self, version: int) -> str | None:
        """Return what goes wrong when a version reads all letters."""
        column = _READS[version]
        said = _refused(self.db, f"SELECT {column} FROM letters")
        if said is not None:
            return f"is told by the database: {said}"
        empty = self.db.scalar(text(f"SELECT count(*) FROM letters WHERE {column} IS NULL"))
        return f"shows {count(empty, 'empty note')}" if empty else None

    def use(self, versions: list[int], when: str) -> None:
        """Let each version write, and then let each read what all have written."""
        for version in versions:
            said, why = self.write(version), "Somebody has typed a letter and sees an error."
            expect.that(said is None, f"{when}, version {version} cannot write: {said}.", why=why)
        for version in versions:
            trouble, why = self.read(version), "Each running version has to read what every other one has written."
            expect.that(trouble is None, f"{when}, version {version} {trouble}.", why=why)


@exercise(
    "10.6",
    "A new name without a pause",
    rules=["F4"],
    hints=[
        "Which rows have no `text` when you copy first, and version 1 still runs?",
        "After which deployment does nobody leave `text` empty any more? Only then is a copy complete.",
        "Both columns, then write both, then copy, then read the new one, then write the new one only, then drop.",
    ],
)
def rename(order: Any) -> None:
    """The steps are carried out, with all versions that run at the time at work."""
    expect.that(isinstance(order, list | tuple), f"`order` should be a list, and it is {describe(order)}.")
    given = [str(step) for step in order]
    trouble = [f"`{brief(step, 40)}` isn't one of them" for step in given if step not in _STEPS]
    trouble += [f"`{step}` is missing" for step in _STEPS if step not in given]
    trouble += [f"`{step}` is there {given.count(step)} times" for step in _STEPS if given.count(step) > 1]
    once = f"`order` should hold each of these six once: {names(_STEPS)}. In yours, {', '.join(trouble[:3])}."
    expect.that(not trouble, once)
    with _parcels() as db:
        rollout, runs = _Rollout(db), 1
        for step in given:
            said = _refused(db, _STATEMENTS[step]) if step in _STATEMENTS else None
            why = "A step needs the columns that it works on."
            expect.that(said is None, f'The step "{step}" fails: {said}.', why=why)
            verb, _, version = step.partition(" ")
            if verb == "deploy":
                rollout.use([runs, int(version)], f'During "{step}", when versions {runs} and {version} both run')
                runs = int(version)
            rollout.use([runs], f'After "{step}"')
        expect.that(runs == 4, f"In the end version {runs} runs, and it should be 4.")


# 10.7


def _forgotten(size: int, overflow: int, most: int, reserved: int, machines: int, workers: int) -> str:
    """Say what a pool that is too large has left out. Empty if several things could have led to it."""
    free, everybody = most - reserved, 2 * machines * workers
    if size == free // everybody:
        return " Without the overflow it would fit, and the overflow needs connections, too."
    reasons = (
        (free // (machines * workers), " Outside of a deployment it fits: then each machine exists once."),
        (most // everybody, " Without the reserved ones it would fit."),
        (free // (2 * workers), " With one machine it would fit."),
        (-(-free // everybody), " You have rounded up."),
    )
    said = [reason for pool, reason in reasons if pool == size + overflow]
    return said[0] if len(said) == 1 else ""


@exercise(
    "10.7",
    "How large is a pool?",
    rules=["A4"],
    hints=[
        "How many workers are there in the worst minute? And how many connections do they share?",
        "During a deployment: `2 * machines * workers`. What is left of a division belongs to nobody: `//`.",
        "each = (max_connections - reserved) // (2 * machines * workers); then `(each - each // 2, each // 2)`.",
    ],
)
def pools(pool_for: Any) -> None:
    """The largest pool that fits, for many sizes of a service."""
    cases = (
        (200, 60, 3, 4),  # each of the likely mistakes gives another number here
        (100, 10, 3, 4),
        (100, 0, 1, 1),
        (100, 10, 1, 4),
        (500, 20, 5, 8),
        (200, 3, 2, 7),
        (17, 1, 2, 2),
        (49, 1, 4, 6),
    )
    for case in cases:
        _is_the_largest_that_fits(pool_for, *case)
    for impossible in ((20, 10, 3, 4), (5, 5, 1, 1), (100, 10, 20, 4), (10, 12, 1, 1)):
        try:
            got = pool_for(*impossible)
        except ValueError as error:
            silent = "The `ValueError` says nothing. Whoever reads it wants to know what is wrong."
            expect.that(len(str(error)) > 10, silent)
        except Exception as error:
            said = f"`pool_for{impossible}` raises `{type(error).__name__}: {error}`. There are fewer connections than workers: raise a `ValueError` that says so."
            raise NotYet(said) from error
        else:
            said = f"`pool_for{impossible}` gives {describe(got)}, and there are fewer connections than workers. Raise a `ValueError`."
            raise NotYet(said, why="A pool of 0 means no limit in SQLAlchemy: the opposite of what is meant.")


def _is_the_largest_that_fits(pool_for: Any, most: int, reserved: int, machines: int, workers: int) -> None:
    call = f"`pool_for({most}, {reserved}, {machines}, {workers})`"
    everybody = 2 * machines * workers
    try:
        got = pool_for(most, reserved, machines, workers)
    except ValueError as error:
        raise NotYet(
            f"{call} raises a ValueError ({error}), and there are {most - reserved} connections for {everybody} workers."
        ) from error
    two = isinstance(got, tuple | list) and len(got) == 2 and all(type(number) is int for number in got)
    expect.that(two, f"{call} gives {describe(got)}, and it should be two whole numbers: `(pool_size, max_overflow)`.")
    size, overflow = got
    used = everybody * (size + overflow)
    hint = _forgotten(size, overflow, most, reserved, machines, workers)
    too_many = f"{call} gives {got}. During a deployment {everybody} workers then take {used} connections, with {reserved} reserved, and the database has {most}.{hint}"
    why = "The connections that are missing are refused, at the busiest moment."
    expect.that(used + reserved <= most, too_many, why=why)
    room = f"{call} gives {got}, and there is room for one more connection in each worker."
    why = "Requests wait for a pool while the database has nothing to do."
    expect.that(used + everybody + reserved > most, room, why=why)
    halves = f"{call} gives {got}. Half of {size + overflow}, rounded up, is `pool_size`; the rest is `max_overflow`."
    expect.that(size - overflow in (0, 1), halves)


# 10.8


def _request(route: str | None, status: int, duration: float) -> dict[str, Any]:
    """Return what the log has about a request."""
    return {"route": route, "status": status, "duration_ms": duration, "method": "GET"}


_MIXED = (7, 3, 20, 1, 15, 9, 12, 18, 17, 5, 4, 6, 8, 10, 11, 13, 14, 16, 2, 19)


def _a_night() -> dict[str | None, list[dict[str, Any]]]:
    """Return the requests by their route."""
    tokens = ((503, 5000.0), (200, 40.0), (401, 41.0), (500, 45.0))
    return {
        "/tasks": [_request("/tasks", 200, float(number)) for number in _MIXED],
        "/token": [_request("/token", status, took) for status, took in tokens],
        "/report": [_request("/report", status, 7.0) for status in (504, 499, 200)],
        None: [_request(None, 404, 1.0), _request(None, 404, 2.0)],
    }


@exercise(
    "10.8",
    "The page at three in the morning",
    rules=["F4", "X4"],
    hints=[
        "What belongs together: all lines, or those of one route?",
        "Collect the lines of each route in a dictionary of lists. Then each list has a length, a number of 5xx, and sorted durations.",
        "`sorted(durations)[math.ceil(0.95 * len(durations)) - 1]`; errors: those with `status >= 500`, divided by all of this route.",
    ],
)
def night_watch(watch: Any) -> None:
    """Lines of several nights, in an order of their own."""
    night = _a_night()
    tasks, token, slow, paths = night.values()
    lines = [*paths[:1], *token[:2], *tasks, *paths[1:], *token[2:], *slow]
    before = copy.deepcopy(lines)
    report = watch(lines)
    expect.that(isinstance(report, dict), f"`watch` should give a dictionary, and it gives {describe(report)}.")
    what, why = "the routes in the report", "A sum over all routes hides the one that is broken."
    missing = "The lines without a route are missing. They belong together, under `None`."
    known = [(sorted(route for route in night if route), missing)]
    expect.equal(sorted(report, key=str), sorted(night, key=str), what, why=why, known=known)
    for route, requests in night.items():
        _counts_requests_and_errors(report[route], route, [one["status"] for one in requests])
    _finds_the_p95(report)
    kept = "`watch` has changed the lines that it was given. Whoever calls it needs them afterwards: `sorted` makes a list of its own."
    expect.that(lines == before, kept)
    ten = watch([_request("/a", 200, float(number)) for number in range(10, 0, -1)])
    what, why = "`p95` of ten durations, 1 to 10", "9 of 10 are 90 %, and that is not enough."
    expect.equal(ten["/a"]["p95"], 10.0, what, why=why)
    what, why = "the report of a night without requests", "Nothing has happened, and nothing breaks."
    expect.equal(watch([]), {}, what, why=why)


def _counts_requests_and_errors(got: Any, route: str | None, statuses: list[int]) -> None:
    three = isinstance(got, dict) and set(got) == {"requests", "errors", "p95"}
    other = f"For `{route}`, the report has {describe(got)}, and it should have `requests`, `errors` and `p95`."
    expect.that(three, other)
    expect.equal(got["requests"], len(statuses), f"`requests` of `{route}`", why="It is how much was asked.")
    errors = sum(status >= 500 for status in statuses)
    share, refused = errors / len(statuses), sum(status >= 400 for status in statuses) / len(statuses)
    known = [
        (refused, "You count 4xx as well. A 401 is an answer, and no error of ours."),
        (errors, "This is how many there were. For the share, divide by the number of requests to this route."),
        (share * 100, "This is in percent. The share is between 0 and 1."),
    ]
    why = "Three errors in three requests are worse than three in a million."
    expect.equal(got["errors"], share, f"`errors` of `{route}`", why=why, known=known)


def _finds_the_p95(report: dict[Any, Any]) -> None:
    """Ask for the 19th of 20, the 4th of 4 and the 2nd of 2."""
    known = [
        (20.0, "This is the longest. Of 20 durations it is the 19th, and a list counts from 0: `[18]`."),
        (18.0, "This is the 18th. 95 % of 20 are 19."),
        (sum(_MIXED) / len(_MIXED), "This is the mean, in which one slow request disappears."),
        (float(_MIXED[18]), "You have not sorted the durations."),
    ]
    what, why = "`p95` of `/tasks`, whose 20 durations are 1 to 20", "19 of 20 requests, 95 %, took 19 ms or less."
    expect.equal(report["/tasks"]["p95"], 19.0, what, why=why, known=known)
    what, why = "`p95` of `/token`, with 4 durations", "3 of 4 are only 75 %."
    third = "This is the third, and 95 % of 4 is 3.8: round up."
    expect.equal(report["/token"]["p95"], 5000.0, what, why=why, known=[(45.0, third)])
    expect.equal(report[None]["p95"], 2.0, "`p95` of the lines without a route", why="1 of 2 is only half.")
