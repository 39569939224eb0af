"""What the exercises of lesson 06 check, and the answers to its predictions. The checks send bad requests and look for what escapes."""

import json
import logging
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import closing, suppress
from copy import deepcopy
from inspect import isawaitable
from typing import Any

import httpx2
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from pydantic import ValidationError
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from coursekit.author import (
    Client,
    NotYet,
    client,
    databases,
    describe,
    exercise,
    expect,
    logs,
    openapi,
    prediction,
    problems,
    routes,
)
from coursekit.author.difference import changes
from coursekit.author.lent import failing, passes_on_async
from coursekit.author.responses import json_or_none
from coursekit.course.words import names

prediction("6.p1", answer=404, evidence="response.status_code", choices=(200, 401, 403, 404))
prediction("6.p2", answer=True, evidence="'nine green' in response.text", choices=(True, False))
prediction("6.p3", answer=4, evidence="sentences", choices=(2, 3, 4, 5, 6))
prediction("6.p4", answer=404, evidence="response.status_code", choices=(200, 404, 500))
prediction("6.p5", answer=False, evidence="'error_code' in response.json()", choices=(True, False))
prediction(
    "6.p6", answer=("body",), evidence="seen[-1]['loc']", choices=(("body", "start"), ("body", "end"), ("body",))
)
prediction("6.p7", answer=422, evidence="response.status_code", choices=(400, 409, 422, 500))
prediction("6.p8", answer=True, evidence="promised.get('422') == 'HTTPValidationError'", choices=(True, False))
prediction(
    "6.p9",
    answer="OperationalError",
    evidence="sqlite['locked'].split()[0]",
    choices=("IntegrityError", "OperationalError", "TimeoutError"),
)
prediction("6.p10", answer=False, evidence="'Access-Control-Allow-Origin' in response.headers", choices=(True, False))

_PAGE = {"Origin": "https://app.example"}
_ALLOW = "Access-Control-Allow-Origin"
_STRANGERS = ("https://evil-app.example", "https://www.app.example", "https://appxexample", "https://app.example.org", "https://app.example:8443", "http://app.example", "http://localhost:3000", "null")  # fmt: skip
_LEAK = "blue chair"  # what an exception knows and no answer may say

# Reasons that several verdicts give.
_WORKED = "What worked, works."
_ONE_SHAPE = "A client reads every error in the same way."
_OTHER_SHAPE = "A client that finds another shape shows 'Something went wrong'."
_COPIED = "What is in an answer is in proxies and logs, too."
_TWO_WRONG = "Two things can be wrong with one field."
_DIGS = "What a stranger reads here is where they dig next."
_WORD = "A program compares this word."


def _client(app: Any, name: str) -> Client:
    """Return a client that sees the 500 a real caller would get. Middleware may be wrapped around the app."""
    around = routes.layers(app)
    expect.that(around, f"The check needs an app: let `{name}` be what `new_app` gives.")
    return client(around[-1], wrapped=app, raise_server_exceptions=False)


def _client_with_routes_that_raise(app: Any, name: str, errors: dict[str, Exception]) -> Client:
    """Add routes to the app, from each path to the error that it raises, and return a client."""
    api = _client(app, name)
    for path, error in errors.items():
        api.app.add_api_route(path, _raising(error))
    return api


def _raising(error: Exception) -> Callable[[], Awaitable[None]]:
    async def route() -> None:
        raise error

    return route


def _wraps_its_middleware(app: FastAPI) -> None:
    """Expect no bare class in the list of middleware."""
    bare = "A class stands in the list of `middleware` by itself. Each entry is `Middleware(TheClass)`."
    why = "FastAPI makes the objects itself, from the class and what belongs to it."
    expect.that(all(isinstance(one, Middleware) for one in app.user_middleware), bare, why=why)


def _send(api: Client, method: str, address: str, body: Any = None) -> httpx2.Response:
    """Send bytes as they are, and anything else as JSON."""
    content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"} if content else {}
    return api.request(method, address, content=content, headers=headers)


def _first_in(said: str, words: Iterable[str]) -> str:
    """Return the first of the words that stands in a text, or an empty text."""
    return next((word for word in words if word in said), "")


def _raise_what_broke(api: Client, response: httpx2.Response) -> None:
    """Behind a 500 that nobody wanted stands an exception: ask again and let it through, so that the verdict names its line."""
    if response.status_code != 500:
        return
    try:
        client(api.app).send(response.request)
    except ValidationError as error:
        if error.title != "Problem":
            raise
        field = error.errors()[0]["loc"][0]
        raise NotYet(
            f"Your call of `problem` crashes: what it gets as `{field}` does not fit. It takes `status`, `error_code`, `detail`, `field_errors` and `headers`, in this order; pass the last two by name.",
            why="A handler that crashes turns every answer into a 500.",
            response=response,
        ) from error


def _envelope(response: httpx2.Response, status: int, code: str, known: dict[int, str] | None = None) -> dict[str, Any]:
    """Return the body of an error that has the envelope, this status and this code."""
    expect.status(response, status, why="The status is the first thing that a client reads.", known=known)
    body = expect.json_body(response, why=_ONE_SHAPE)
    fields = names(body if isinstance(body, dict) else (), nothing="no fields")
    origin = " FastAPI answers so to an `HTTPException` that no handler takes." if problems.is_fastapis(body) else ""
    outside = f"This error is outside the envelope: it has {fields}, and the envelope has `detail`, `error_code` and `field_errors`.{origin}"
    expect.that(problems.is_problem(body), outside, why=_OTHER_SHAPE, response=response)
    other = f"The `error_code` is `{body['error_code']}`, and it should be `{code}`."
    expect.that(body["error_code"] == code, other, why=_WORD, response=response)
    return dict(body)


# 6.1


@exercise(
    "6.1",
    "The parcel and the night job",
    rules=["X1", "X2"],
    hints=[
        "Who calls `hand_over`, and which of the callers knows what a status is?",
        "`NotFound`, `Conflict` and `RuleBroken` have a status in `status_of` already. A class that is derived from one of them shares it.",
        '`class ParcelUnknown(NotFound): ...`, then `raise ParcelUnknown(f"We have no parcel {number}.", "PARCEL_UNKNOWN")`.',
    ],
)
def parcels(parcels_app: Any, hand_over: Any, parcels: Any) -> None:
    """The service raises exceptions of the domain; over HTTP all is as before."""
    api = _client(parcels_app, "parcels_app")
    handled = _note_what_is_handled(api.app)
    expect.that(isinstance(parcels, dict), "`parcels` should stay a dictionary: number to pin and whether it is gone.")
    parcels.clear()
    parcels.update({4711: {"pin": "0815", "gone": False}, 7: {"pin": "1234", "gone": True}})
    cases = (
        (99, "0815", "ParcelUnknown", "PARCEL_UNKNOWN", 404, "We have no parcel 99."),
        (12, "1234", "ParcelUnknown", "PARCEL_UNKNOWN", 404, "We have no parcel 12."),
        (7, "1234", "ParcelGone", "PARCEL_GONE", 409, "This parcel has been handed over."),
        (7, "9999", "ParcelGone", "PARCEL_GONE", 409, "This parcel has been handed over."),
        (4711, "9999", "WrongPin", "WRONG_PIN", 422, "This pin does not fit."),
    )
    for number, pin, name, code, status, detail in cases:
        before = deepcopy(parcels)
        raised = _the_service_raises(hand_over, number, pin, name, code)
        changed = f"`hand_over({number}, {pin!r})` was refused, and it changed `parcels`: {changes(before, parcels)}."
        expect.that(parcels == before, changed, why="What is refused changes nothing.")
        answer = api.post(f"/parcels/{number}/handover", params={"pin": pin})
        body = _envelope(answer, status, code, known=_why_another_status(raised, api.app))
        expect.equal(body["detail"], detail, "the sentence", why="The sentences stay as they are.", response=answer)
        caught = f"Your handler never saw this `{name}`: something in front of it, perhaps a `try` in the route, made the answer. Let the exception pass."
        why = "The translation is needed in one place. A route that forgets it has a bug."
        expect.that(name in [type(one).__name__ for one in handled], caught, why=why, response=answer)
    right, stays = "/parcels/4711/handover?pin=0815", "The parcel is there, and the right pin does not get it."
    expect.status(api.post(right), 204, why="The right pin gets the parcel.", known={409: stays})
    again = "A parcel that was handed over a moment ago is handed over again. Which line sets `gone`?"
    _envelope(api.post(right), 409, "PARCEL_GONE", known={204: again})


def _note_what_is_handled(app: FastAPI) -> list[Exception]:
    """Return a list that collects each exception that one of the app's handlers gets from now on."""
    handled: list[Exception] = []

    def noting(handler: Any) -> Any:
        async def handle(request: Any, error: Exception) -> Any:
            handled.append(error)
            answer = handler(request, error)
            return await answer if isawaitable(answer) else answer

        return handle

    for kind, handler in app.exception_handlers.items():
        app.exception_handlers[kind] = noting(handler)
    return handled


def _the_service_raises(hand_over: Any, number: int, pin: str, name: str, code: str) -> Exception:
    """Return the exception, which has this name and this error code."""
    call = f"`hand_over({number}, {pin!r})`"
    try:
        hand_over(number, pin)
    except HTTPException as error:
        raise NotYet(
            f"{call} still raises an `HTTPException`. The night job has no use for a status: raise `{name}`.",
            why="A service that knows nothing of HTTP can be used by every caller.",
        ) from error
    except Exception as error:
        _is_of_the_domain(error, call, name, code)
        return error
    stranger = ", and the parcel goes to a stranger" if name == "WrongPin" else ""
    raise NotYet(f"{call} raises nothing{stranger}. It should raise `{name}`.")


def _is_of_the_domain(error: Exception, call: str, name: str, code: str) -> None:
    family = [kind.__name__ for kind in type(error).__mro__]
    kind = family[0]
    crash = f"{call} raises `TypeError: {error}`. An exception of the domain takes two things: a sentence and an error code."
    expect.that(kind != "TypeError", crash, why="The handler makes the answer of these two.")
    alone = f"{call} raises `{kind}`, which isn't a `DomainError`. Derive it from `NotFound`, `Conflict` or `RuleBroken`: the handler finds it by its parents."
    expect.that("DomainError" in family, alone, why="One handler for the whole family needs a family.")
    other = f"{call} raises `{kind}`. The night job wants to catch `{name}`."
    expect.that(kind == name, other, why="To catch one reason and no other, a caller needs a class for each.")
    got = getattr(error, "error_code", None)
    wrong = f"`{name}` was raised with the error code {describe(got)}, and it should be `{code}`."
    expect.that(got == code, wrong, why=_WORD)
    known = {key: value for part in (*type(error).__mro__, error) for key, value in vars(part).items()}
    key = next((key for key, value in known.items() if isinstance(value, int) and 400 <= value < 600), "")
    status = f"`{name}` knows a status of HTTP: its `{key}` is {known.get(key)!s}. The table `status_of` has the status; the class needs none."
    expect.that(not key, status, why="The domain refuses in its own words. The night job has no use for a status.")


def _why_another_status(raised: Exception, app: FastAPI) -> dict[int, str]:
    """Return what a wrong status says about the exception that was raised."""
    family, name = type(raised).__mro__, type(raised).__name__
    parents = {404: "NotFound", 409: "Conflict", 422: "RuleBroken"}
    known = {
        status: f"`{name}` is derived from `{parent}`. Which class says what it means?"
        for status, parent in parents.items()
        if parent in [kind.__name__ for kind in family]
    }
    if not any(kind in app.exception_handlers for kind in family):
        known[500] = (
            f"`parcels_app` has no handler for `{name}` or one of its parents. Pass the one for `DomainError` to `new_app`."
        )
    elif not known:
        known[500] = (
            f"`{name}` has no status, so it is a 500. Which of `NotFound`, `Conflict` and `RuleBroken` says what it means?"
        )
    return known | {204: "The route answers 204, as if the parcel had been handed over."}


# 6.2


@exercise(
    "6.2",
    "The door that says nothing",
    rules=["X3", "E5"],
    hints=[
        "Who raises the 404 for an address that no route knows? And what else does an `HTTPException` carry besides its status and its detail?",
        "There are two classes of the same name, one derived from the other. `codes` does not know each status: `codes.get(…, …)` has a second argument.",
        "Register `StarletteHTTPException`, and pass `headers=error.headers` to `problem`.",
    ],
)
def refusals(chores_app: Any) -> None:
    """Every HTTPException gets the envelope and keeps its headers."""
    too_often = HTTPException(429, "Once more, later.", headers={"Retry-After": "7"})
    api = _client_with_routes_that_raise(chores_app, "chores_app", {"/too-often": too_often})
    for path in ("/nothing", "/chores/7"):
        _an_unknown_address(api, path)
    for method in ("DELETE", "POST"):
        wrong = api.request(method, "/chores")
        _reached_the_handler(api, wrong)
        _envelope(wrong, 405, "METHOD_NOT_ALLOWED")
        _keeps_its_header(wrong, "Allow", "GET", "which says what the address takes")
    for headers in ({}, {"Authorization": "Basic YTpi"}):
        stranger = api.get("/chores", headers=headers)
        _envelope(stranger, 401, "NOT_AUTHENTICATED")
        _keeps_its_header(stranger, "WWW-Authenticate", "Bearer", "so the browser does not ask for a password")
    _a_status_without_a_code(api)
    _a_status_of_tomorrow(api)
    known = api.get("/chores", headers={"Authorization": "Bearer x"})
    expect.body(known, ["Water the plants"], why=_WORKED)


def _an_unknown_address(api: Client, path: str) -> None:
    """Expect a 404 of the learner's, with no header of another status."""
    unknown = api.get(path)
    _reached_the_handler(api, unknown)
    _envelope(unknown, 404, "PATH_NOT_FOUND")
    stuck = next((name for name in ("Allow", "WWW-Authenticate") if name in unknown.headers), "")
    said = f"This 404 has the header `{stuck}`, which belongs to another status. Pass on what this exception carries in `headers`, and write none yourself."
    expect.that(not stuck, said, why="A client believes what a header says.", response=unknown)


def _reached_the_handler(api: Client, response: httpx2.Response) -> None:
    """A verdict of its own for a handler that never saw Starlette's exception, or that broke on it."""
    never = "This answer never met your handler: Starlette raises it, with its own class `HTTPException`, the parent of FastAPI's. Register the handler for the parent."
    why = "A handler for a child does not take the parent."
    expect.that(not problems.is_fastapis(json_or_none(response)), never, why=why, response=response)
    _raise_what_broke(api, response)


def _keeps_its_header(response: httpx2.Response, name: str, wanted: str, use: str) -> None:
    """Expect the header that the exception carries."""
    lost = f"It has no `{name}` header, {use}. The exception carries its headers in `headers`: pass them on."
    expect.header(response, name, wanted, why="HTTP promises this header with this status.", known={None: lost})


def _a_status_without_a_code(api: Client) -> None:
    teapot = api.get("/teapot")
    crash = "The handler itself crashes: `codes` has no 418. A handler must not fail on what it does not know; `codes.get` takes a second argument."
    expect.status(teapot, 418, why="A status that your table does not know is still an answer.", known={500: crash})
    body = _envelope(teapot, 418, "HTTP_ERROR")
    why = "The exception says what went wrong."
    expect.equal(body["detail"], "The board makes no coffee.", "the sentence", why=why, response=teapot)


def _a_status_of_tomorrow(api: Client) -> None:
    often, why = api.get("/too-often"), "Tomorrow a route raises a status that nobody has thought of."
    new = "The check has added a route that raises `HTTPException(429, …, headers={'Retry-After': '7'})`."
    crash = f"{new} The handler crashes on it: `codes` has no 429, and `codes.get` takes a second argument."
    expect.status(often, 429, why=why, known={500: crash})
    outside = f"{new} The answer is outside the envelope: one handler has to take each status."
    expect.that(problems.is_problem(expect.json_body(often, why=_ONE_SHAPE)), outside, why=why, response=often)
    _envelope(often, 429, "HTTP_ERROR")
    lost = f"{new} Its header is lost. Pass on what the exception carries in `headers`."
    expect.header(often, "Retry-After", "7", why="Each exception knows its own headers.", known={None: lost})


# 6.3


_MILK = {"name": "Milk", "amount": 2}
_GOOD = {"phone": "555", "items": [_MILK]}
_NUMBER = "my own number 555"  # what no answer may repeat

_BAD_ORDERS: tuple[tuple[Any, str, set[str]], ...] = (
    ({"phone": _NUMBER, "items": [_MILK]}, "", {"phone"}),
    ({"items": [_MILK]}, "", {"phone"}),
    ({"phone": "555", "items": [_MILK, {"name": "x", "amount": 100}]}, "", {"items.1.name", "items.1.amount"}),
    ({"phone": "555", "items": [{"amount": 0}, _MILK, "Milk"]}, "", {"items.0.name", "items.0.amount", "items.2"}),
    (_GOOD, "?coupon=1&coupon=ten", {"coupon.1"}),
    ({"phone": _NUMBER, "items": []}, "?coupon=x", {"phone", "coupon.0"}),
    ({"phone": "555", "items": []}, "", {"body"}),
    (b'{"phone": "555", ', "", {"body"}),
    (b'{"phone": "' + _NUMBER.encode(), "", {"body"}),
    (b"[]", "", {"body"}),
)
"""The body, the query, and the fields at fault."""


@exercise(
    "6.3",
    "The form that points at the wrong line",
    rules=["X3", "X5"],
    hints=[
        "What does the first part of `loc` say, and what the last? Which of them is enough to find the second item's name?",
        "The key is everything after the first part, joined with dots; `body` when nothing is left or the JSON is broken. A key that is there already gets one more message: `setdefault(key, [])`.",
        '`key = ".".join(str(part) for part in one["loc"][1:]) or "body"`, and append `one["msg"]` alone.',
    ],
)
def lines(orders_app: Any, line_errors: Any) -> None:
    """The keys lead to the place, messages add up, and nothing that was sent comes back."""
    _entry_by_entry(line_errors)
    api = _client(orders_app, "orders_app")
    for body, query, wanted in _BAD_ORDERS:
        answer = _send(api, "POST", f"/orders{query}", body)
        _raise_what_broke(api, answer)
        copied = "The answer repeats what was sent, and that was somebody's phone number. Copy `msg` and never `input`."
        expect.that(_NUMBER not in answer.text, copied, why=_COPIED, response=answer)
        got = _envelope(answer, 400, "VALIDATION_FAILED")["field_errors"]
        _names_the_fields(answer, got, wanted)
        for name, messages in got.items():
            _are_sentences_alone(answer, name, messages)
    _adds_messages_up(line_errors)
    _by_the_rules(line_errors)
    taken = [_send(api, "POST", f"/orders{query}", _GOOD).status_code for query in ("", "?coupon=5")]
    expect.equal(taken, [204, 204], "the statuses of right orders", why="What is right, is taken.")


def _names_the_fields(answer: httpx2.Response, got: dict[str, Any], wanted: set[str]) -> None:
    """Expect these keys, and say what a wrong one tells of the loop that made it."""
    found, right, hint = sorted(got), sorted(wanted), ""
    if wanted == {"body"}:
        hint = " An error of the whole body, and broken JSON, belong to the key `body`; a number after `body` is the character at which the JSON breaks."
    elif any(name.startswith(("body.", "query.")) for name in got):
        hint = " The first part of `loc` says body or query; it isn't a field."
    elif set(got) < wanted:
        hint = " An entry is missing: does your loop come to each of them before the `return`?"
    elif any("." in name for name in wanted):
        hint = " A field inside a list needs the whole way: the parts after the first, joined with dots."
    known = [(found, f"The fields at fault are {names(found)}, and should be {names(right)}.{hint}")]
    why = "The form puts each message beside its field."
    expect.equal(found, right, "the fields at fault", why=why, known=known, response=answer)


def _are_sentences_alone(answer: httpx2.Response, name: str, messages: Any) -> None:
    """Expect messages without what was sent."""
    sentences = isinstance(messages, list) and messages and all(isinstance(one, str) and one for one in messages)
    expect.that(sentences, f"Under `{name}` there should be a list of messages, each a sentence.", response=answer)
    alone = not any(_first_in(message, ("Milk", "'amount'", "{", "ten")) for message in messages)
    copied = f"The messages under `{name}` repeat what was sent. Copy `msg` and never `input`."
    expect.that(alone, copied, why=_COPIED, response=answer)


def _entry(*loc: Any, msg: str = "Wrong.", kind: str = "value_error", **more: Any) -> dict[str, Any]:
    """Return an entry as Pydantic lists it."""
    return {"type": kind, "loc": loc, "msg": msg, "input": _NUMBER, **more}


def _entry_by_entry(line_errors: Any) -> None:
    """Call `line_errors` without an app, so that a verdict can say which entry it does not stand."""
    for loc in (("body", "phone"), ("body", "items", 1, "name"), ("query", "coupon", 0), ("body",)):
        try:
            got = line_errors([_entry(*loc)])
        except Exception as error:
            crash = f"`line_errors` crashes on an entry with the `loc` `{loc}`: `{type(error).__name__}: {error}`."
            why = "A handler that crashes turns the mistake of a caller into a 500."
            raise NotYet(crash, why=why) from error
        nothing = f"`line_errors` gives {describe(got)}, and should give a dict. Is there a `return` at its end?"
        expect.that(isinstance(got, dict), nothing)
        for name, messages in got.items():
            single = f"Under `{name}` there should be a list of messages, and there is {describe(messages)}."
            expect.that(isinstance(messages, list), single, why=_TWO_WRONG)


def _adds_messages_up(line_errors: Any) -> None:
    entries = (("a", "phone", "Too long."), ("b", "name", "Missing."), ("c", "phone", "No number."))
    last = "Of two errors of the same field only the last is left. Append to the list that is there."
    expect.equal(
        line_errors([_entry("body", field, msg=msg, kind=kind) for kind, field, msg in entries]),
        {"phone": ["Too long.", "No number."], "name": ["Missing."]},
        "what `line_errors` gives for two errors of `phone` and one of `name`",
        why=_TWO_WRONG,
        known=[({"phone": ["No number."], "name": ["Missing."]}, last)],
    )


def _by_the_rules(line_errors: Any) -> None:
    """Ask for entries that no field of the orders provokes."""
    step = _entry("body", "steps", 0, "title")
    broken = "Broken JSON is told by its `type`, `json_invalid`. A `msg` is for people, and may change."
    cases = (
        ([_entry("body", "pin", ctx={"error": ValueError("555")})], {"pin": ["Wrong."]}, "Copy `msg` alone: what stands in `ctx` can repeat what was sent."),
        ([_entry("body", "header", "path")], {"header.path": ["Wrong."]}, "Only the first part of `loc` is the place. A field may be called `header` or `path`."),
        ([_entry("body", "body", "query")], {"body.query": ["Wrong."]}, "Only the first part of `loc` is the place. A field may be called `body` or `query`."),
        ([_entry("body", "pin", msg="Value error, no.")], {"pin": ["Value error, no."]}, "Copy `msg` as it is."),
        ([step, {**step}], {"steps.0.title": ["Wrong.", "Wrong."]}, "Each entry gives one message, also when two say the same."),
        ([_entry("body", "note", msg="JSON decode error")], {"note": ["JSON decode error"]}, broken),
        ([_entry("body", 7, kind="json_invalid", msg="No JSON.")], {"body": ["No JSON."]}, broken),
    )  # fmt: skip
    for entries, wanted, reason in cases:
        got, shown = line_errors(entries), names(one["loc"] for one in entries)
        what, why = f"what `line_errors` gives for an entry with the `loc` {shown}", "The form shows what it gets."
        expect.equal(got, wanted, what, why=why, known=[(got, f"For {shown}: {reason}")])


# 6.4


_STATUSES = {
    "a task without a title": (400, "The title is required by the model: the request is not valid."),
    "a body that ends in the middle": (400, "No JSON can be read: the request is malformed."),
    "a task that was due last year": (422, "Last year's date is a real date, so the model takes it. The domain finds no sense in it."),
    "a new task whose body names an owner who does not exist": (422, "The address is right, so it isn't a 404, and the model takes the number. An owner who is named in the body and is not there makes no sense to the domain."),
    "a limit of -5 in the query": (400, "The query has a model too, and -5 does not fit it."),
    "a second account with the same email": (409, "The request is fine, and it does not fit what is there now."),
    "a task number that does not exist": (404, "The number is a number. There is no such task."),
    "a task number that is a word": (400, "The path has a type too: a word isn't a number, so the request is not valid."),
    "a token that has expired": (401, "We do not know any more who asks."),
    "a change of a task that somebody else has changed in the meantime": (409, "It does not fit what is there now. After reading again it may."),
}  # fmt: skip


@exercise(
    "6.4",
    "Ten answers",
    rules=["E5"],
    hints=[
        "For each line: can the model alone find it out, without asking the database or the calendar?",
        "What the model finds is a 400. What only the domain can know is a 422, if it makes no sense; a 409, if it does not fit what is there now; a 404, if what the address names is not there.",
    ],
)
def choose(statuses: Any) -> None:
    """Each mistake in its class."""
    other = "`statuses` should stay a dictionary: what was asked to the status of the answer."
    expect.that(isinstance(statuses, dict), other)
    moved = "Keep the ten lines of `statuses` as they are, and change the `...` to numbers."
    expect.that(set(statuses) == set(_STATUSES), moved)
    for line, (wanted, reason) in _STATUSES.items():
        got = statuses[line]
        expect.that(got is not ..., f"There is no status yet for: {line}.")
        wrong = f"For “{line}” you answer {got if isinstance(got, int) else describe(got)}. {reason}"
        why = "Clients act on the status: they repeat, ask again, or show the sentence."
        expect.that(got == wanted, wrong, why=why)


# 6.5


@exercise(
    "6.5",
    "The page that promises another error",
    rules=["X3", "E5"],
    hints=[
        "Where does the 422 in the document come from, if no line of ours names it? And what stops FastAPI from adding it?",
        "`responses=` of the route names the 400 and the 404. For the 422 to go, the document needs a `default`; the app takes `responses=`, too.",
        '`responses={400: {"model": Problem}, 404: {"model": Problem}, "default": {"model": Problem}}`.',
    ],
)
def documented(reminders_app: Any) -> None:
    """What the document promises is what the route answers."""
    api = _client(reminders_app, "reminders_app")
    answer, why = api.get("/openapi.json"), "Clients are generated from it."
    expect.status(answer, 200, why=why)
    document = expect.json_body(answer, why=why)
    operation = openapi.operation(document, "GET", "/reminders/{number}")
    expect.that(operation, "`GET /reminders/{number}` is not in the document any more.")
    _promises_no_422(operation)
    cases = ((400, "one", "VALIDATION_FAILED"), (404, "99", "REMINDER_NOT_FOUND"))
    for status, number, code in cases:
        _promises_a_problem(document, operation, status)
        _envelope(api.get(f"/reminders/{number}"), status, code)
    _promises_nothing_else(document, operation)
    right = api.get("/reminders/1")
    _raise_what_broke(api, right)
    expect.status(right, 200, why=_WORKED)
    expect.body(right, {"text": "Stretch"}, why=_WORKED)


def _has_the_shape(document: dict[str, Any], operation: dict[str, Any], status: int | str) -> bool:
    """Whether a response is promised to be an object with the fields of `Problem`."""
    schema = openapi.response_schema(operation, status)
    is_object = openapi.resolved(document, schema).get("type") == "object"
    return is_object and set(openapi.fields(document, schema)) == problems.FIELDS


def _shape(operation: dict[str, Any], status: int | str) -> str:
    """Name the shape that the document promises for a status, or nothing if it promises none."""
    schema = {key: value for key, value in openapi.response_schema(operation, status).items() if key != "title"}
    return schema.get("$ref", "").rpartition("/")[2] or (json.dumps(schema) if schema else "")


def _promises_no_422(operation: dict[str, Any]) -> None:
    yours = "The document still promises a 422: you document it yourself, and the route never answers it."
    why = "The phone waits for an answer that never comes."
    expect.that(_shape(operation, 422) != "Problem", yours, why=why)
    fastapis = "The document still promises a 422. FastAPI adds it to each route that takes something, unless there is a `default`."
    expect.that("422" not in operation["responses"], fastapis, why=why)
    shape = "FastAPI's own shape, `HTTPValidationError`, is still in the document of the route."
    why = "A client is generated for a shape that never comes."
    expect.that("HTTPValidationError" not in json.dumps(operation), shape, why=why)


def _promises_a_problem(document: dict[str, Any], operation: dict[str, Any], status: int) -> None:
    unnamed = f"The route answers {status}, and the document of the route does not name it. `responses=` takes it."
    why = "The phone crashes on an answer that nobody has documented."
    expect.that(str(status) in operation["responses"], unnamed, why=why)
    why, shape = "A client is generated from the shape.", _shape(operation, status)
    bare = f'The document names the {status} without the shape of its JSON. `{{"model": Problem}}` says what is in it.'
    expect.that(shape, bare, why=why)
    other = f'The document gives the {status} the shape `{shape}`. The route sends a `Problem`: `{{"model": Problem}}`.'
    if shape == "Problem":
        other = "The document refers to `Problem`, and doesn't describe it with its three fields."
    expect.that(_has_the_shape(document, operation, status), other, why=why)


def _promises_nothing_else(document: dict[str, Any], operation: dict[str, Any]) -> None:
    """Expect the 200 as it was, and no other error than those that the route has."""
    schema = openapi.resolved(document, openapi.response_schema(operation, 200))
    same = schema.get("type") == "object" and schema.get("additionalProperties") == {"type": "string"}
    now = f"its shape is `{_shape(operation, 200)}`" if schema else "its shape is missing"
    changed = f"The document of the 200 has changed: {now}. It was an object whose values are texts, from `-> dict[str, str]`."
    expect.that(same, changed, why="The phone reads the 200 as well.")
    more = [one for one in operation["responses"] if re.fullmatch("4[0-9][0-9]", one) and one not in ("400", "404")]
    never = f"The document names a {', '.join(more)} as well, which the route never answers."
    expect.that(not more, never, why="Somebody writes code for each answer that is promised.")
    for status in operation["responses"].keys() - {"200"}:
        other = f"The document gives `{status}` the shape `{_shape(operation, status)}`. Every error of this app is a `Problem`."
        right = not _shape(operation, status) or _has_the_shape(document, operation, status)
        expect.that(right, other, why="A client is generated from the shape.")


# 6.6


class _Shop:
    """The learner's app and `save_item`, on a database in a file. A request waits `patience` seconds while it is locked."""

    def __init__(self, app: Any, save_item: Any, file: str, patience: float) -> None:
        self.api, self.save_item = _client(app, "items_app"), save_item
        pragmas = ("foreign_keys = ON", "journal_mode = MEMORY")
        self.engine = databases.async_engine(file, pragmas=pragmas, connect_args={"timeout": patience})
        self.api.app.state.engine = self.engine

    def close(self) -> None:
        self.api.run(self.engine.dispose)

    def execute(self, *statements: str) -> list[tuple[Any, ...]]:
        """Return the rows of the last statement."""

        async def run() -> list[tuple[Any, ...]]:
            async with self.engine.begin() as connection:
                for statement in statements:
                    result = await connection.execute(text(statement))
                return [tuple(row) for row in result] if result.returns_rows else []

        return self.api.run(run)

    def add(self, list_id: int, name: str, amount: int = 1) -> httpx2.Response:
        return self.api.post(f"/lists/{list_id}/items", params={"name": name, "amount": amount})

    def raised(self, list_id: int, name: str, amount: int = 1) -> Exception:
        """Return what leaves `save_item`, called without the app."""
        try:
            self.api.run(self.save_item, self.engine, list_id, name, amount)
        except Exception as error:
            return error
        raise NotYet("`save_item` raises nothing for a row that the database has refused.")


@exercise(
    "6.6",
    "Everything is taken",
    rules=["X6", "X1"],
    hints=[
        "How many different reasons does the `except` call by the same name? Which of them do you know?",
        "Catch `IntegrityError` and look at `reason_of(error)`. The cell with SQLite above has printed the names. What you do not know, `raise` again.",
        'Two branches: `if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE": raise ItemExists(…) from error`, the same with `FOREIGNKEY` and `ListNotFound`, then a bare `raise`.',
    ],
)
def taken(items_app: Any, save_item: Any, shopping_tables: Any) -> None:
    """Each refusal of the database gets the meaning it has; what is not known passes."""
    with databases.sqlite_file() as file:
        with closing(_Shop(items_app, save_item, file, patience=0.02)) as shop:
            shop.execute(*shopping_tables)
            _keeps_what_is_new(shop)
            for list_id in (1, 2):
                _refuses(shop, list_id, "Milk", 409, "ITEM_EXISTS", _TAKEN_TWICE)
            for list_id, name in ((99, "Milk"), (7, "Milk"), (99, "UNIQUE")):
                _refuses(shop, list_id, name, 404, "LIST_NOT_FOUND", _no_list(list_id))
            shop.execute("INSERT INTO lists VALUES (7)")
            by_now = "List 7 exists by now. Ask the database, not a list of numbers."
            expect.status(shop.add(7, "Milk"), 201, why="Somebody has made list 7 by now.", known={404: by_now})
            _lets_an_unknown_rule_through(shop)
            _lets_a_changed_column_through(shop)
            _lets_other_exceptions_through(shop)
            _says_that_it_is_locked(shop, file)
            kept = shop.execute("SELECT list_id, name FROM items ORDER BY list_id, name")
            rows = [(1, "Bread"), (1, "Milk"), (2, "Milk"), (7, "Milk")]
            why = "What was refused is not there, and what was taken is."
            expect.equal(kept, rows, "the rows that are kept", why=why)
        with closing(_Shop(items_app, save_item, file, patience=2)) as shop:
            _lets_the_database_decide(shop, file)


def _keeps_what_is_new(shop: _Shop) -> None:
    """Expect that three items that are new to their lists are added, and stored."""
    for list_id, name in ((1, "Milk"), (2, "Milk"), (1, "Bread")):
        other = f"{name} is not in list {list_id} yet. The same name may stand in another list."
        expect.status(shop.add(list_id, name), 201, why="It is in no list of this number yet.", known={409: other})
        (count,) = shop.execute(f"SELECT count(*) FROM items WHERE list_id = {list_id} AND name = '{name}'")[0]
        lost = f"The caller heard 201, and {name} is not in list {list_id}. `engine.begin()` commits at its end; `engine.connect()` doesn't."
        expect.that(count == 1, lost, why="A 201 promises that the item is kept.")


def _lets_the_database_decide(shop: _Shop, file: str) -> None:
    """Two callers add the same item at the same moment, and a list is removed a moment before an item is added to it."""
    params = {"name": "Butter", "amount": "1"}
    requests = [shop.api.build_request("POST", "/lists/1/items", params=params) for _ in range(3)]
    answers = shop.api.together(requests)
    told = sorted(one.status_code for one in answers)
    raced = f"Three callers added the same item to a list at the same moment, and their answers were {names(told)}. If you look first and insert afterwards, somebody else comes in between. Insert, and let the database refuse."
    why = "Two phones of one household share a list."
    expect.equal(told, [201, 409, 409], "the answers of three callers", why=why, known=[(told, raced)])
    for answer in answers:
        if answer.status_code == 409:
            _envelope(answer, 409, "ITEM_EXISTS")

    def remove_the_list(*given: Any) -> None:
        if given[2].upper().startswith("INSERT"):
            with suppress(sqlite3.OperationalError):  # the learner's code may have locked it
                databases.execute(file, "DELETE FROM lists WHERE id = 8")

    shop.execute("INSERT INTO lists VALUES (8)")
    event.listen(shop.engine.sync_engine, "before_cursor_execute", remove_the_list)
    answer = shop.add(8, "Milk")
    event.remove(shop.engine.sync_engine, "before_cursor_execute", remove_the_list)
    if not shop.execute("SELECT 1 FROM lists WHERE id = 8"):
        gone = "List 8 was there when `save_item` began, and removed before the item was inserted. Then the database refuses with `SQLITE_CONSTRAINT_FOREIGNKEY`, and nobody understands it."
        expect.status(answer, 404, why="My partner has removed the list a moment ago.", known={500: gone})


_TAKEN_TWICE = {
    404: "The item is in this list already, and that isn't a 404. Which reason belongs to which refusal?",
    500: "The item is in this list already, and the caller hears 500. The reason is `SQLITE_CONSTRAINT_UNIQUE`.",
    201: "The item is in this list already, and the caller hears 201, as if it were new.",
}


def _no_list(list_id: int) -> dict[int, str]:
    return {
        409: f"There is no list {list_id}, and the caller hears that the item is there already. Look at the reason: `SQLITE_CONSTRAINT_FOREIGNKEY`.",
        500: f"There is no list {list_id}, and the caller hears 500. The reason is `SQLITE_CONSTRAINT_FOREIGNKEY`.",
    }


def _refuses(shop: _Shop, list_id: int, name: str, status: int, code: str, known: dict[int, str]) -> None:
    """Expect this error for an item, in words that are not the database's, from an exception of the class that the task names."""
    answer = shop.add(list_id, name)
    if answer.status_code == 500 and not isinstance(error := shop.raised(list_id, name), DBAPIError):
        raise error  # a mistake in their own `raise`: the verdict names its line
    body = _envelope(answer, status, code, known=known)
    wanted, kind = "ItemExists" if status == 409 else "ListNotFound", type(shop.raised(list_id, name)).__name__
    other = f"Called without the app, `save_item` raises `{kind}` for this, and it should raise `{wanted}`."
    expect.that(kind == wanted, other, why="Other callers of the service catch this class, with or without HTTP.")
    leak = _first_in(body["detail"], ("SQL", "INSERT", "constraint", "items."))
    said = f"The sentence shows the statement, or the words of the driver: `{leak}`. A caller has no use for it, and an attacker has."
    expect.that(not leak, said, why="The names of your tables are nobody's business.", response=answer)


def _comes_out_unchanged(error: Exception, kind: type[Exception], what: str) -> None:
    other = f"{what}. Called without the app, `save_item` should let SQLAlchemy's `{kind.__name__}` through, and `{type(error).__name__}` comes out. What you do not know, raise again with a bare `raise`."
    why = "To catch it, a caller needs its class, and a new exception with its text shows the statement to everybody."
    expect.that(isinstance(error, kind), other, why=why)


def _lets_an_unknown_rule_through(shop: _Shop) -> None:
    what = "An amount of 100 breaks a rule that nobody has foreseen"
    known = {
        409: f"{what}, and the caller hears that the item is there already. What you do not know, raise again.",
        404: f"{what}, and the caller hears that the list is not there. What you do not know, raise again.",
        201: "An amount of 100 is refused by the database, and the caller hears 201.",
        503: "An amount of 100 can never be kept, so coming back later does not help. What you do not know, raise again, unchanged.",
    }
    why = "A mistake of ours must be seen, or nobody mends it."
    expect.status(shop.add(1, "Salt", 100), 500, why=why, known=known)
    _comes_out_unchanged(shop.raised(1, "Salt", 100), IntegrityError, what)


def _lets_a_changed_column_through(shop: _Shop) -> None:
    what = "A column has changed"
    known = {
        409: f"{what}, and every caller hears that the item is there already. Catch `IntegrityError` alone.",
        404: f"{what}, and every caller hears that the list is not there. Catch `IntegrityError` alone.",
        201: f"{what}, and the caller hears 201 for what was not kept.",
    }
    shop.execute("ALTER TABLE items RENAME COLUMN amount TO how_many", "ALTER TABLE items ADD COLUMN note TEXT")
    expect.status(shop.add(1, "Eggs"), 500, why="The developers should notice on the first day.", known=known)
    _comes_out_unchanged(shop.raised(1, "Eggs"), OperationalError, what)
    shop.execute("ALTER TABLE items DROP COLUMN note", "ALTER TABLE items RENAME COLUMN how_many TO amount")


def _lets_other_exceptions_through(shop: _Shop) -> None:
    """A server that is gone is an OSError, which has no `orig` to ask for a reason."""
    error = OSError("The server is gone.")

    async def call() -> None:
        with failing(shop.engine, error):
            catch = "`IntegrityError` with one of the two reasons"
            await passes_on_async(
                error, lambda: shop.save_item(shop.engine, 1, "Eggs", 1), "save_item(...)", catch=catch
            )

    shop.api.run(call)


def _says_that_it_is_locked(shop: _Shop, file: str) -> None:
    with closing(sqlite3.connect(file)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        locked = shop.add(1, "Eggs")
    unknown = "The database was locked, and the caller hears 500. `database_handlers` knows the lock by SQLAlchemy's own class: raise again what came, and nothing new."
    expect.status(locked, 503, why="The same request may work in a moment.", known={500: unknown})


# 6.7


@exercise(
    "6.7",
    "The page that blames the network",
    rules=["X2", "X5"],
    hints=[
        "The answer to a bug passes through the middleware that stands outside of the one that makes it. Which one stands outside here, `CORSMiddleware` or `LastResort`?",
        "With `add_middleware`, what is added last stands outermost. In `middleware=[…]` the first does.",
        "`middleware=[Middleware(CORSMiddleware, allow_origins=[…]), Middleware(LastResort)]`, or the two calls of `add_middleware` the other way round.",
    ],
)
def readable(weather_app: Any) -> None:
    """A page may read the 500 as well: the envelope, inside of CORS."""
    api = _client_with_routes_that_raise(weather_app, "weather_app", {"/bug-of-the-check": RuntimeError(_LEAK)})
    _wraps_its_middleware(api.app)
    theirs = {"Origin": "https://elsewhere.example"}
    added = "The check has added a route with another bug, a `RuntimeError`. "
    for path, new in (("/weather/3", ""), ("/bug-of-the-check", added)):
        for headers in (_PAGE, theirs, {}):
            answer = api.get(path, headers=headers)
            _is_our_500(weather_app, answer, new)
            if headers is _PAGE:
                _the_page_reads_the_500(weather_app, answer, new)
            else:
                _for_nobody_else(answer)
    _seen_by_us(weather_app, "/weather/3")
    for path, status in (("/weather/1", 200), ("/weather/one", 400), ("/nothing", 404)):
        answer = api.get(path, headers=_PAGE)
        expect.status(answer, status, why=_WORKED)
        lost = f"The 500 has `{_ALLOW}`, and this answer with {status} has lost it. `CORSMiddleware` puts it on every answer."
        why = "Without this header the browser hides the answer."
        expect.header(answer, _ALLOW, _PAGE["Origin"], why=why, known={None: lost})
        _for_nobody_else(api.get(path, headers=theirs))
    for origin in sorted({*_STRANGERS, *_named_origins(weather_app)} - {_PAGE["Origin"]}):
        _for_nobody_else(api.get("/weather/1", headers={"Origin": origin}))
    for day, weather in ((1, "sun"), (2, "rain")):
        expect.body(api.get(f"/weather/{day}"), {"weather": weather}, why=_WORKED)


def _named_origins(app: Any) -> Iterator[str]:
    """Yield what a `CORSMiddleware` of the app names in `allow_origins`, wherever it stands."""
    around = routes.layers(app)
    for one in around[-1].user_middleware:
        yield from map(str, one.kwargs.get("allow_origins", ()))
    for layer in around[:-1]:
        yield from map(str, getattr(layer, "allow_origins", ()))


def _is_our_500(app: Any, answer: httpx2.Response, new: str) -> None:
    """Expect the envelope, without a word of the exception."""
    who = "Leave the route as it is"
    if handled := [kind.__name__ for kind in KeyError.__mro__[:3] if kind in routes.layers(app)[-1].exception_handlers]:
        who = f"The handler for `{handled[0]}` takes every bug of this kind for a day that is missing"
    known = {
        status: f"The missing day is answered with {status}. {who}: there is another bug tomorrow."
        for status in (200, 404)
    }
    expect.status(answer, 500, why="A bug is a 500. Tomorrow's is one that nobody has found yet.", known=known)
    plain = f"{new}The 500 is plain text, from outside of everything that is ours: nobody has taken the bug. {_who_takes(app, 'bug')}"
    is_json = answer.headers.get("Content-Type") == "application/json"
    expect.that(is_json, plain, why=_OTHER_SHAPE, response=answer)
    leak = _first_in(answer.text, (_LEAK, "KeyError"))
    expect.that(not leak, f"{new}The answer repeats the words of the exception.", why=_DIGS, response=answer)
    _envelope(answer, 500, "INTERNAL_ERROR")


def _the_page_reads_the_500(app: Any, answer: httpx2.Response, new: str) -> None:
    known = {
        None: _why_no_cors(app, new),
        "*": "Every page in the world may read this answer. The weather page has an address: name it in `allow_origins`.",
    }
    why = "Without this header the browser hides the answer, and the page reports a network error."
    expect.header(answer, _ALLOW, _PAGE["Origin"], why=why, known=known)


def _for_nobody_else(answer: httpx2.Response) -> None:
    allowed = answer.headers.get(_ALLOW)
    open_to_all = f"A page from another address may read this answer: `{_ALLOW}` is `{allowed}`. Name `{_PAGE['Origin']}` in `allow_origins` of `CORSMiddleware`, and nobody else."
    why = "A page elsewhere could read what your users see."
    expect.that(allowed in (None, _PAGE["Origin"]), open_to_all, why=why, response=answer)


def _why_no_cors(app: Any, new: str) -> str:
    """Say why a 500 has no header: it was made outside of CORS, or CORS does not know the page."""
    *around, inner = routes.layers(app)
    kinds: list[Any] = [*map(type, around), *(one.cls for one in inner.user_middleware)]  # from the outside in
    if CORSMiddleware not in kinds:
        return f"{new}Nobody adds `{_ALLOW}`: there is no `CORSMiddleware` in the app."
    if _ALLOW not in _client(app, "weather_app").get("/openapi.json", headers=_PAGE).headers:
        return f"No answer has `{_ALLOW}`, not even the 200: the `CORSMiddleware` of this app does not know the page. Its address is `{_PAGE['Origin']}`, letter by letter, with nothing behind it."
    if Exception in inner.exception_handlers and "LastResort" not in [kind.__name__ for kind in kinds]:
        return f"{new}A handler for `Exception` has made this 500. It stands outermost, outside of CORS. `LastResort` can stand further in."
    return f"{new}The 500 has no `{_ALLOW}`. `LastResort`, which makes it, stands outside of `CORSMiddleware`, which never sees this answer. In which order are they added?"


# 6.8


_WHO_TAKES = {
    "http": ("HTTPException", "http_handlers"),
    "domain": ("DomainError", "handlers"),
    "model": ("RequestValidationError", "handlers"),
    "database": ("DBAPIError", "database_handlers"),
}
"""For each origin, the class of its errors and the dict of the lesson that has the handler for it."""
_OUR_WORDS = (_LEAK, "Traceback", "ZeroDivision", "division", "SELECT", "sqlite", "no/such", ".py", "sqlalche")
_PICKUP, _KEY_ERROR, _NO_TABLE = "/shelf/1/pickup", "/shelf-of-the-check", "/table-of-the-check"
_ADDED = {
    _KEY_ERROR: "The check has added a route with another bug, a `KeyError`.",
    _NO_TABLE: "The check has added a route with another bug: it asks for a table that isn't there, so SQLAlchemy raises an `OperationalError`.",
}
_ATTACKS: tuple[tuple[str, str, Any, int, str, str], ...] = (
    ("GET", "/nothing", None, 404, "PATH_NOT_FOUND", "http"),
    ("DELETE", "/shelf/1", None, 405, "METHOD_NOT_ALLOWED", "http"),
    ("GET", "/shelf/100", None, 404, "PLACE_NOT_FOUND", "domain"),
    ("GET", "/shelf/one", None, 400, "VALIDATION_FAILED", "model"),
    ("POST", _PICKUP, {"password": _LEAK}, 400, "VALIDATION_FAILED", "model"),
    ("POST", _PICKUP, {"passwort": _LEAK}, 400, "VALIDATION_FAILED", "model"),
    ("POST", _PICKUP, b'{"password": "' + _LEAK.encode(), 400, "MALFORMED_JSON", "model"),
    ("POST", _PICKUP, b"\xff", 400, "", "http"),
    ("POST", _PICKUP, {"password": _LEAK * 2}, 503, "DATABASE_UNAVAILABLE", "database"),
    ("GET", "/shelf/0", None, 500, "INTERNAL_ERROR", "bug"),
    ("GET", _KEY_ERROR, None, 500, "INTERNAL_ERROR", "bug"),
    ("GET", _NO_TABLE, None, 500, "INTERNAL_ERROR", "bug"),
)
"""What is sent, the status and the code of the answer, and the origin of the error. Where there is no code, any code will do."""


@exercise(
    "6.8",
    "A stranger attacks the pick-up shelf",
    rules=["X2", "X3", "X4", "X5", "X6"],
    hints=[
        "Which of the five origins has a handler in your app, and which has none? The picture under “The whole API so far” names them.",
        "`handlers`, `http_handlers` and `database_handlers` are dicts: `|` puts them together. What no handler takes is caught by a middleware, and ids come from another.",
        "`new_app(shelf_router, exception_handlers=handlers | http_handlers | database_handlers, middleware=[Middleware(RequestContext), Middleware(LastResort)])`.",
    ],
)
def attacked(shelf_app: Any) -> None:
    """A list of bad requests; nothing escapes the envelope, and no word leaks."""
    no_table = OperationalError("SELECT", {}, _sqlite_error("SQLITE_ERROR"))
    bugs: dict[str, Exception] = {_KEY_ERROR: KeyError(_LEAK), _NO_TABLE: no_table}
    api = _client_with_routes_that_raise(shelf_app, "shelf_app", bugs)
    _wraps_its_middleware(api.app)
    ids = set()
    for method, path, body, status, code, origin in _ATTACKS:
        takes = f"{_ADDED.get(path, '')} {_who_takes(shelf_app, origin)}".strip()
        response = _send(api, method, path, body)
        _says_none_of_our_words(response, takes)
        _is_shaped(api, response, f"{method} {path}", status, takes)
        _envelope(response, status, code or response.json()["error_code"], known=_another_status(origin, takes))
        late = status == 503 and "Retry-After" not in response.headers
        expect.that(not late, "The 503 does not say when to come back: `Retry-After`.", response=response)
        _has_an_id(response, status)
        ids.add(response.headers["X-Request-ID"])
    why = "Each request gets one of its own."
    expect.equal(len(ids), len(_ATTACKS), "the number of different request ids", why=why)
    _takes_no_forged_id(api)
    _seen_by_us(shelf_app, "/shelf/0")
    for place, found in ((1, 12), (4, 3)):
        right = api.get(f"/shelf/{place}")
        expect.status(right, 200, why=_WORKED)
        expect.body(right, {"parcels": found}, why=_WORKED)


def _sqlite_error(reason: str) -> sqlite3.Error:
    error = sqlite3.OperationalError("no such table: shelves")
    error.sqlite_errorname = reason
    return error


def _who_takes(app: Any, origin: str) -> str:
    """Say what the app lacks for an error of this origin. Empty if it lacks nothing that we know."""
    *around, inner = routes.layers(app)
    if origin == "bug":
        return _who_takes_bugs(
            [type(one).__name__ for one in around], [one.cls.__name__ for one in inner.user_middleware]
        )
    name, where = _WHO_TAKES[origin]
    handlers = [handler for one, handler in inner.exception_handlers.items() if getattr(one, "__name__", "") == name]
    if any(not handler.__module__.startswith("fastapi.") for handler in handlers):
        return f"Your app has a handler for `{name}`. Compare it with the one in `{where}`."
    return f"No handler of ours takes `{name}`. The one for it is in `{where}`."


def _who_takes_bugs(around: list[str], inside: list[str]) -> str:
    if "LastResort" in inside:
        return ""
    if "LastResort" in around:
        return "`LastResort` is wrapped around the whole app, and FastAPI answers a bug inside of the app. Add `LastResort` as middleware of the app."
    return "The middleware `LastResort` takes the bugs that no handler takes, and your app doesn't have it."


def _another_status(origin: str, takes: str) -> dict[int, str]:
    if origin == "bug":
        meant = "This request meets a bug that is there on purpose: leave it, and let it be a 500."
        return dict.fromkeys((200, 400, 404, 503), f"{takes} {meant}".strip())
    return {500: f"It is an error that we know, and it is answered as a bug. {takes}"}


def _says_none_of_our_words(response: httpx2.Response, takes: str) -> None:
    leak = _first_in(f"{response.text} {response.headers}", _OUR_WORDS)
    said = f"A word has left the house, in the body or in a header: `{leak}`. {takes}"
    expect.that(not leak, said, why=_DIGS, response=response)


def _is_shaped(api: Client, response: httpx2.Response, asked: str, status: int, takes: str) -> None:
    """Expect the envelope, whatever the status; `status` is the one that would be right."""
    mended = f"`{asked}` is answered with {response.status_code}. Leave the routes as they are: this request fails on purpose."
    why = "Tomorrow's bug is one that nobody has found yet."
    expect.that(not response.is_success, mended, why=why, response=response)
    shaped = problems.is_problem(json_or_none(response))
    if not shaped and status != 500:
        _raise_what_broke(api, response)
    outside = f"`{asked}` is answered with {response.status_code}, outside the envelope. {takes}"
    expect.that(shaped, outside, why=_OTHER_SHAPE, response=response)


def _has_an_id(response: httpx2.Response, status: int) -> None:
    outside = "It was made outside of `RequestContext`. In a list of middleware the first stands outermost; with `add_middleware`, the one that is added last. A handler for `Exception` stands outside of all. Catch bugs inside, with `LastResort`."
    nobody = "That is the work of a middleware: `RequestContext`."
    lacking = f"The answer with {status} has no `X-Request-ID`. {outside if status == 500 else nobody}"
    why = "A caller who reports an error has only this id."
    expect.that("X-Request-ID" in response.headers, lacking, why=why, response=response)


def _takes_no_forged_id(api: Client) -> None:
    forged = "a1b2c3d4 status=200"
    response = api.get("/shelf/1", headers={"X-Request-ID": forged})
    said = f"Somebody sent the id `{forged}`, and it was taken. It ends up in your log; `RequestContext` takes what fits a rule, and nothing else."
    why = "A stranger writes no lines of your log."
    expect.that(response.headers.get("X-Request-ID") != forged, said, why=why, response=response)


def _seen_by_us(app: Any, path: str) -> None:
    """A bug that is answered is still raised again or logged."""
    with logs.everything() as records:
        try:
            client(routes.layers(app)[-1], wrapped=app).get(path)
        except Exception:
            return  # the server around the app logs it
    gone = f"The bug of `GET {path}` is answered, and then it is gone: nobody raises it again and no line of the log names it. `LastResort` raises it again."
    told = any(record.levelno >= logging.ERROR for record in records)
    expect.that(told, gone, why="What a caller does not see, you must.")
