"""What the exercises of lesson 06 check, and the answers to its predictions. The checks send bad requests and look for what escapes."""

import json
import logging
import re
import sqlite3
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from coursekit.author import NotYet, client, databases, describe, exercise, expect, logs, openapi, prediction, problems
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
prediction(
    "6.p10",
    answer=False,
    evidence="'Access-Control-Allow-Origin' in response.headers",
    choices=(True, False),
)

AS_JSON = {"Content-Type": "application/json"}
PAGE = {"Origin": "https://app.example"}


def _app(app: Any, name: str) -> Any:
    """A client that sees the 500 a real caller would get."""
    expect.that(isinstance(app, FastAPI), f"The check needs an app: let `{name}` be what `new_app` gives.")
    return client(app, raise_server_exceptions=False)


def _cause(api: Any, response: Any) -> None:
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


def _envelope(response: Any, status: int, code: str, known: dict[int, str] | None = None) -> dict[str, Any]:
    """The body of an error that has the envelope, this status and this code."""
    expect.status(response, status, why="The status is the first thing that a client reads.", known=known)
    body = expect.json_body(response, why="A client reads every error in the same way.")
    origin = " FastAPI answers so to an `HTTPException` that no handler takes." if problems.is_fastapis(body) else ""
    expect.that(
        problems.is_problem(body),
        f"This error is outside the envelope: it has {names(body if isinstance(body, dict) else (), nothing='no fields')}, and the envelope has `detail`, `error_code` and `field_errors`.{origin}",
        why="A client that finds another shape shows 'Something went wrong'.",
        response=response,
    )
    expect.that(
        body["error_code"] == code,
        f"The `error_code` is `{body['error_code']}`, and it should be `{code}`.",
        why="A program compares this word.",
        response=response,
    )
    got: dict[str, Any] = body
    return got


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
    api = _app(parcels_app, "parcels_app")
    expect.that(isinstance(parcels, dict), "`parcels` should stay a dictionary: number to pin and whether it is gone.")

    def fill() -> None:
        parcels.clear()
        parcels.update({4711: {"pin": "0815", "gone": False}, 7: {"pin": "1234", "gone": True}})

    fill()
    cases = (
        (99, "0815", "PARCEL_UNKNOWN", 404, "ParcelUnknown", "We have no parcel 99."),
        (12, "1234", "PARCEL_UNKNOWN", 404, "ParcelUnknown", "We have no parcel 12."),
        (7, "1234", "PARCEL_GONE", 409, "ParcelGone", "This parcel has been handed over."),
        (4711, "9999", "WRONG_PIN", 422, "WrongPin", "This pin does not fit."),
    )
    for number, pin, code, status, name, detail in cases:
        try:
            hand_over(number, pin)
        except HTTPException as error:
            raise NotYet(
                f"`hand_over({number}, {pin!r})` still raises an `HTTPException`. The night job has no use for a status: raise `{name}`.",
                why="A service that knows nothing of HTTP can be used by whoever needs it.",
            ) from error
        except Exception as error:
            kinds = [kind.__name__ for kind in type(error).__mro__]
            expect.that(
                kinds[0] != "TypeError",
                f"`hand_over({number}, {pin!r})` raises `TypeError: {error}`. An exception of the domain takes two things: a sentence and an error code.",
                why="The handler makes the answer of these two.",
            )
            expect.that(
                "DomainError" in kinds,
                f"`hand_over({number}, {pin!r})` raises `{kinds[0]}`, which is no `DomainError`. Derive it from `NotFound`, `Conflict` or `RuleBroken`: the handler finds it by its parents.",
                why="One handler for the whole family needs a family.",
            )
            expect.that(
                kinds[0] == name,
                f"`hand_over({number}, {pin!r})` raises `{kinds[0]}`. The night job wants to catch `{name}`.",
                why="Whoever catches an exception needs a class of its own for each reason.",
            )
            expect.that(
                getattr(error, "error_code", None) == code,
                f"`{name}` was raised with the error code {describe(getattr(error, 'error_code', None))}, and it should be `{code}`.",
                why="A program compares this word.",
            )
        else:
            expect.that(
                False,
                f"`hand_over({number}, {pin!r})` raises nothing, and the parcel goes to a stranger. It should raise `{name}`.",
            )
        answer = api.post(f"/parcels/{number}/handover", params={"pin": pin})
        body = _envelope(
            answer,
            status,
            code,
            known={
                500: f"`{name}` has no status, so it is a 500. Which of `NotFound`, `Conflict` and `RuleBroken` says what it means?",
                404: f"`{name}` is derived from `NotFound`. Which class says what it means?",
                409: f"`{name}` is derived from `Conflict`. Which class says what it means?",
                422: f"`{name}` is derived from `RuleBroken`. Which class says what it means?",
                204: "The route answers 204, as if the parcel had been handed over.",
            },
        )
        expect.equal(
            body["detail"], detail, what="the sentence", why="The sentences stay as they are.", response=answer
        )
    expect.status(
        api.post("/parcels/4711/handover?pin=0815"), 204, why="The right pin gets the parcel.",
        known={409: "The parcel is there, and the right pin does not get it."},
    )  # fmt: skip
    gone = "A parcel that was handed over a moment ago is handed over again. Which line sets `gone`?"
    _envelope(api.post("/parcels/4711/handover?pin=0815"), 409, "PARCEL_GONE", known={204: gone})


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
    expect.that(isinstance(chores_app, FastAPI), "Let `chores_app` be what `new_app` gives.")

    async def too_often() -> None:
        raise HTTPException(429, "Once more, later.", headers={"Retry-After": "7"})

    chores_app.add_api_route("/too-often", too_often)
    api = _app(chores_app, "chores_app")
    why = "HTTP promises this header with this status."
    for path in ("/nothing", "/chores/7"):
        unknown = api.get(path)
        _parent(unknown)
        _cause(api, unknown)
        _envelope(unknown, 404, "PATH_NOT_FOUND")
        stuck = next((name for name in ("Allow", "WWW-Authenticate") if name in unknown.headers), "")
        expect.that(
            not stuck,
            f"This 404 has the header `{stuck}`, which belongs to another status. Pass on what this exception carries in `headers`, and write none yourself.",
            why="A client believes what a header says.",
            response=unknown,
        )
    for method in ("DELETE", "POST"):
        wrong = api.request(method, "/chores")
        _parent(wrong)
        _cause(api, wrong)
        _envelope(wrong, 405, "METHOD_NOT_ALLOWED")
        expect.header(
            wrong, "Allow", "GET", why=why,
            known={None: "It has no `Allow` header, which says what the address takes. The exception carries its headers in `headers`: pass them on."},
        )  # fmt: skip
    for headers in ({}, {"Authorization": "Basic YTpi"}):
        stranger = api.get("/chores", headers=headers)
        _envelope(stranger, 401, "NOT_AUTHENTICATED")
        expect.header(
            stranger, "WWW-Authenticate", "Bearer", why=why,
            known={None: "It has no `WWW-Authenticate` header, so the browser does not ask for a password. The exception carries its headers in `headers`: pass them on."},
        )  # fmt: skip
    teapot = api.get("/teapot")
    expect.status(
        teapot, 418, why="A status that your table does not know is still an answer.",
        known={500: "The handler itself crashes: `codes` has no 418. A handler must not fail on what it does not know; `codes.get` takes a second argument."},
    )  # fmt: skip
    body = expect.json_body(teapot, why="A client reads every error in the same way.")
    expect.that(
        problems.is_problem(body) and isinstance(body["error_code"], str) and body["error_code"],
        "A status that `codes` does not know still needs the envelope, with some text as `error_code`.",
        why="A client reads every error in the same way.",
        response=teapot,
    )
    expect.equal(
        body["detail"], "The board makes no coffee.", what="the sentence", why="The exception says what went wrong.", response=teapot
    )  # fmt: skip
    often = api.get("/too-often")
    new = "The check has added a route that raises `HTTPException(429, …, headers={'Retry-After': '7'})`."
    expect.status(
        often, 429, why="Tomorrow a route raises a status that nobody has thought of.",
        known={500: f"{new} The handler crashes on it: `codes` has no 429, and `codes.get` takes a second argument."},
    )  # fmt: skip
    expect.that(
        problems.is_problem(expect.json_body(often, why="A client reads every error in the same way.")),
        f"{new} The answer is outside the envelope: one handler has to take each status.",
        why="Tomorrow a route raises a status that nobody has thought of.",
        response=often,
    )
    expect.header(
        often, "Retry-After", "7", why="Each exception knows its own headers.",
        known={None: f"{new} Its header is lost. Pass on what the exception carries in `headers`."},
    )  # fmt: skip
    expect.body(
        api.get("/chores", headers={"Authorization": "Bearer x"}), ["Water the plants"], why="What worked, works."
    )


def _parent(response: Any) -> None:
    """A verdict of its own for a handler that never saw Starlette's exception."""
    expect.that(
        not problems.is_fastapis(json_or_none(response)),
        "This answer never met your handler: Starlette raises it, with its own class `HTTPException`, the parent of FastAPI's. Register the handler for the parent.",
        why="A handler for a child does not take the parent.",
        response=response,
    )


# 6.3


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
    api = _app(orders_app, "orders_app")
    item, secret = {"name": "Milk", "amount": 2}, "my own number 555"

    def post(body: Any, query: str = "") -> Any:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return api.post(f"/orders{query}", content=content, headers=AS_JSON)

    good = {"phone": "555", "items": [item]}
    attacks: tuple[tuple[Any, str, set[str]], ...] = (
        ({"phone": secret, "items": [item]}, "", {"phone"}),
        ({"items": [item]}, "", {"phone"}),
        ({"phone": "555", "items": [item, {"name": "x", "amount": 100}]}, "", {"items.1.name", "items.1.amount"}),
        ({"phone": "555", "items": [{"amount": 0}, item, "Milk"]}, "", {"items.0.name", "items.0.amount", "items.2"}),
        (good, "?coupon=1&coupon=ten", {"coupon.1"}),
        ({"phone": secret, "items": []}, "?coupon=x", {"phone", "coupon.0"}),
        ({"phone": "555", "items": []}, "", {"body"}),
        (b'{"phone": "555", ', "", {"body"}),
        (b'{"phone": "' + secret.encode(), "", {"body"}),
        (b"[]", "", {"body"}),
    )
    for body, query, wanted in attacks:
        answer = post(body, query)
        _cause(api, answer)
        expect.status(answer, 400, why="The request is not valid.")
        expect.that(
            secret not in answer.text,
            "The answer repeats what was sent, and that was somebody's phone number. Copy `msg` and never `input`.",
            why="What is in an answer is in proxies and logs, too.",
            response=answer,
        )
        got = expect.json_body(answer, why="A form reads it.").get("field_errors", {})
        hint = ""
        if wanted == {"body"}:
            hint = " An error of the whole body, and broken JSON, belong to the key `body`; a number after `body` is the character at which the JSON breaks."
        elif any(name.startswith(("body.", "query.")) for name in got):
            hint = " The first part of `loc` says body or query; it is no field."
        elif set(got) < wanted:
            hint = " An entry is missing: does your loop come to each of them before the `return`?"
        elif any("." in name for name in wanted):
            hint = " A field inside a list needs the whole way: the parts after the first, joined with dots."
        expect.equal(
            sorted(got),
            sorted(wanted),
            what="the fields at fault",
            why="The form puts each message beside its field.",
            known=[
                (
                    sorted(got),
                    f"The fields at fault are {names(sorted(got))}, and should be {names(sorted(wanted))}.{hint}",
                )
            ],
            response=answer,
        )
        for name, messages in got.items():
            expect.that(
                isinstance(messages, list) and messages and all(isinstance(one, str) and one for one in messages),
                f"Under `{name}` there should be a list of messages, each a sentence.",
                response=answer,
            )
            expect.that(
                not any(leak in message for message in messages for leak in ("Milk", "'amount'", "{", "ten")),
                f"The messages under `{name}` repeat what was sent. Copy `msg` and never `input`.",
                why="What is in an answer is in proxies and logs, too.",
                response=answer,
            )
    twice = line_errors(
        [
            {"type": "a", "loc": ("body", "phone"), "msg": "Too long.", "input": "1"},
            {"type": "b", "loc": ("body", "name"), "msg": "Missing.", "input": "1"},
            {"type": "c", "loc": ("body", "phone"), "msg": "No number.", "input": "1"},
        ]
    )
    expect.equal(
        twice,
        {"phone": ["Too long.", "No number."], "name": ["Missing."]},
        what="what `line_errors` gives for two errors of `phone` and one of `name`",
        why="Two things can be wrong with one field.",
        known=[({"phone": ["No number."], "name": ["Missing."]}, "Of two errors of the same field only the last is left. Append to the list that is there.")],
    )  # fmt: skip
    _by_the_rules(line_errors)
    expect.equal(
        [post(good).status_code, post(good, "?coupon=5").status_code], [204, 204], what="the statuses of right orders",
        why="What is right, is taken.",
    )  # fmt: skip


def _entry(*loc: Any, msg: str = "Wrong.", kind: str = "value_error", **more: Any) -> dict[str, Any]:
    return {"type": kind, "loc": loc, "msg": msg, "input": "my own number 555", **more}


def _entry_by_entry(line_errors: Any) -> None:
    """Calls `line_errors` without an app, so that a verdict can say which entry it does not stand."""
    for loc in (("body", "phone"), ("body", "items", 1, "name"), ("query", "coupon", 0), ("body",)):
        try:
            got = line_errors([_entry(*loc)])
        except Exception as error:
            raise NotYet(
                f"`line_errors` crashes on an entry with the `loc` `{loc}`: `{type(error).__name__}: {error}`.",
                why="A handler that crashes turns the mistake of a caller into a 500.",
            ) from error
        expect.that(
            isinstance(got, dict),
            f"`line_errors` gives {describe(got)}, and should give a dict. Is there a `return` at its end?",
        )
        for name, messages in got.items():
            expect.that(
                isinstance(messages, list),
                f"Under `{name}` there should be a list of messages, and there is {describe(messages)}.",
                why="Two things can be wrong with one field.",
            )


def _by_the_rules(line_errors: Any) -> None:
    """Entries that no field of the orders provokes."""
    cases = (
        ([_entry("body", "pin", ctx={"error": ValueError("555")})], {"pin": ["Wrong."]}, "Copy `msg` alone: what stands in `ctx` can repeat what was sent."),
        ([_entry("body", "header", "path")], {"header.path": ["Wrong."]}, "Only the first part of `loc` is the place. A field may be called `header` or `path`."),
        ([_entry("body", "steps", 0, "title"), _entry("body", "steps", 0, "title")], {"steps.0.title": ["Wrong.", "Wrong."]}, "Each entry gives one message, also when two say the same."),
        ([_entry("body", "note", msg="JSON decode error")], {"note": ["JSON decode error"]}, "Broken JSON is told by its `type`, `json_invalid`. A `msg` is for people, and may change."),
        ([_entry("body", 7, kind="json_invalid", msg="No JSON.")], {"body": ["No JSON."]}, "Broken JSON is told by its `type`, `json_invalid`. A `msg` is for people, and may change."),
    )  # fmt: skip
    for errors, wanted, reason in cases:
        got = line_errors(errors)
        shown = names(one["loc"] for one in errors)
        expect.equal(
            got, wanted, what=f"what `line_errors` gives for an entry with the `loc` {shown}",
            why="The form shows what it gets.", known=[(got, f"For {shown}: {reason}")],
        )  # fmt: skip


# 6.4


_TOLD = {
    "a task without a title": (400, "The title is required by the model: the request is not valid."),
    "a body that ends in the middle": (400, "No JSON can be read: the request is malformed."),
    "a task that was due last year": (422, "Last year's date is a real date, so the model takes it. The domain finds no sense in it."),
    "a new task whose body names an owner who does not exist": (422, "The address is right, so it is no 404, and the model takes the number. An owner who is named in the body and is not there makes no sense to the domain."),
    "a limit of -5 in the query": (400, "The query has a model too, and -5 does not fit it."),
    "a second account with the same email": (409, "The request is fine, and it does not fit what is there now."),
    "a task number that does not exist": (404, "The number is a number. There is no such task."),
    "a task number that is a word": (400, "The path has a type too: a word is no number, so the request is not valid."),
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
    expect.that(
        isinstance(statuses, dict), "`statuses` should stay a dictionary: what was asked to the status of the answer."
    )
    expect.that(
        set(statuses) == set(_TOLD), "Keep the ten lines of `statuses` as they are, and change the `...` to numbers."
    )
    for line, (wanted, reason) in _TOLD.items():
        got = statuses[line]
        expect.that(got is not ..., f"There is no status yet for: {line}.")
        expect.that(
            got == wanted,
            f"For “{line}” you answer {got if isinstance(got, int) else describe(got)}. {reason}",
            why="Clients act on the status: they repeat, ask again, or show the sentence.",
        )


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
    api = _app(reminders_app, "reminders_app")
    answer = api.get("/openapi.json")
    expect.status(answer, 200, why="Clients are generated from it.")
    document = expect.json_body(answer, why="Clients are generated from it.")
    operation = openapi.operation(document, "GET", "/reminders/{number}")
    expect.that(operation, "`GET /reminders/{number}` is not in the document any more.")
    answers = operation["responses"]
    expect.that(
        not openapi.response_schema(operation, 422).get("$ref", "").endswith("/Problem"),
        "The document still promises a 422: you document it yourself, and the route never answers it.",
        why="The phone waits for an answer that never comes.",
    )  # fmt: skip
    expect.that(
        "422" not in answers,
        "The document still promises a 422. FastAPI adds it to each route that takes something, unless there is a `default`.",
        why="The phone waits for an answer that never comes.",
    )
    expect.that(
        "HTTPValidationError" not in json.dumps(operation),
        "FastAPI's own shape, `HTTPValidationError`, is still in the document of the route.",
        why="A client is generated for a shape that never comes.",
    )
    for status, path, code in (("400", "/reminders/one", "VALIDATION_FAILED"), ("404", "/reminders/99", "REMINDER_NOT_FOUND")):  # fmt: skip
        expect.that(
            status in answers,
            f"The route answers {status}, and the document of the route does not name it. `responses=` takes it.",
            why="The phone falls over what nobody has documented.",
        )
        expect.that(
            openapi.response_schema(operation, status).get("$ref", "").endswith("/Problem"),
            f'The document names the {status} without its shape. `{{"model": Problem}}` says what is in it.',
            why="A client is generated from the shape.",
        )
        _envelope(api.get(path), int(status), code)
    expect.that("200" in answers, "The 200 is missing in the document.")
    more = [status for status in answers if re.fullmatch("4[0-9][0-9]", status) and status not in ("400", "404")]
    expect.that(
        not more,
        f"The document names a {', '.join(more)} as well, which the route never answers.",
        why="Somebody writes code for each answer that is promised.",
    )
    right = api.get("/reminders/1")
    _cause(api, right)
    expect.status(right, 200, why="What worked, works.")
    expect.body(right, {"text": "Stretch"}, why="What worked, works.")


# 6.6


@exercise(
    "6.6",
    "Everything is taken",
    rules=["X6", "X1"],
    hints=[
        "How many different reasons does the `except` call by the same name? Which of them do you know?",
        "Catch `IntegrityError` and look at `reason_of(error)`. The cell with SQLite above has printed the names. What you do not know, `raise` again.",
        'Two branches: `if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE": raise Conflict(…) from error`, the same with `FOREIGNKEY` and `NotFound`, then a bare `raise`.',
    ],
)
def taken(items_app: Any, save_item: Any, shopping_tables: Any) -> None:
    """Each refusal of the database gets the meaning it has; what is not known passes."""
    with databases.sqlite_file() as file:
        pragmas = ("foreign_keys = ON", "journal_mode = MEMORY")
        engine = databases.async_engine(file, pragmas=pragmas, connect_args={"timeout": 0.02})
        api = _app(items_app, "items_app")
        items_app.state.engine = engine

        async def run(*statements: str) -> list[Any]:
            async with engine.begin() as connection:
                for statement in statements:
                    result = await connection.execute(text(statement))
                return [tuple(row) for row in result] if result.returns_rows else []

        def add(list_id: int, name: str, amount: int = 1) -> Any:
            return api.post(f"/lists/{list_id}/items", params={"name": name, "amount": amount})

        def left(list_id: int, name: str, amount: int = 1) -> Exception:
            """What leaves `save_item`, called without the app."""
            try:
                api.run(save_item, engine, list_id, name, amount)
            except Exception as error:
                return error
            raise NotYet("`save_item` raises nothing for a row that the database has refused.")

        def refused(list_id: int, status: int, code: str, known: dict[int, str]) -> None:
            answer = add(list_id, "Milk")
            if answer.status_code == 500 and not isinstance(error := left(list_id, "Milk"), DBAPIError):
                raise error  # a mistake in their own `raise`: the verdict names its line
            body = _envelope(answer, status, code, known=known)
            leaks = [word for word in ("SQL", "INSERT", "constraint", "items.") if word in body["detail"]]
            expect.that(
                not leaks,
                f"The sentence shows the statement, or the words of the driver: `{leaks[0] if leaks else ''}`. A caller has no use for it, and an attacker has.",
                why="The names of your tables are nobody's business.",
                response=answer,
            )

        def unchanged(error: Exception, kind: type[Exception], what: str) -> None:
            expect.that(
                isinstance(error, kind),
                f"{what} Called without the app, `save_item` should let SQLAlchemy's `{kind.__name__}` through, and `{type(error).__name__}` comes out. What you do not know, raise again with a bare `raise`.",
                why="Whoever catches it needs its class, and a new exception with its text shows the statement to everybody.",
            )

        api.run(run, *shopping_tables)
        try:
            for list_id, name in ((1, "Milk"), (2, "Milk"), (1, "Bread")):
                expect.status(
                    add(list_id, name), 201, why="It is in no list of this number yet.",
                    known={409: f"{name} is not in list {list_id} yet. The same name may stand in another list."},
                )  # fmt: skip
            for list_id in (1, 2):
                refused(
                    list_id, 409, "ITEM_EXISTS",
                    known={
                        404: "The item is in this list already, and that is no 404. Which reason belongs to which refusal?",
                        500: "The item is in this list already, and the caller hears 500. The reason is `SQLITE_CONSTRAINT_UNIQUE`.",
                        201: "The item is in this list already, and it was added again.",
                    },
                )  # fmt: skip
            for list_id in (99, 7):
                refused(
                    list_id, 404, "LIST_NOT_FOUND",
                    known={
                        409: f"There is no list {list_id}, and the caller hears that the item is there already. Look at the reason: `SQLITE_CONSTRAINT_FOREIGNKEY`.",
                        500: f"There is no list {list_id}, and the caller hears 500. The reason is `SQLITE_CONSTRAINT_FOREIGNKEY`.",
                    },
                )  # fmt: skip
            api.run(run, "INSERT INTO lists VALUES (7)")
            expect.status(
                add(7, "Milk"), 201, why="Somebody has made list 7 by now.",
                known={404: "List 7 exists by now. Ask the database, not a list of numbers."},
            )  # fmt: skip
            mistake = add(1, "Salt", 100)
            expect.status(
                mistake, 500, why="A mistake of ours must be seen, or nobody mends it.",
                known={
                    409: "An amount of 100 breaks a rule that nobody has foreseen, and the caller hears that the item is there already. What you do not know, raise again.",
                    404: "An amount of 100 breaks a rule that nobody has foreseen, and the caller hears that the list is not there. What you do not know, raise again.",
                    201: "An amount of 100 is refused by the database, and the caller hears 201.",
                    503: "An amount of 100 can never be kept, so coming back later does not help. What you do not know, raise again, unchanged.",
                },
            )  # fmt: skip
            unchanged(left(1, "Salt", 100), IntegrityError, "An amount of 100 breaks a rule that nobody has foreseen.")
            api.run(run, "ALTER TABLE items RENAME COLUMN amount TO how_many", "ALTER TABLE items ADD COLUMN note TEXT")
            expect.status(
                add(1, "Eggs"), 500, why="The developers should notice on the first day.",
                known={
                    409: "A column has changed, and every caller hears that the item is there already. Catch `IntegrityError`, and not `Exception`.",
                    404: "A column has changed, and every caller hears that the list is not there. Catch `IntegrityError`, and not `Exception`.",
                    201: "A column has changed, and the caller hears 201 for what was not kept.",
                },
            )  # fmt: skip
            unchanged(left(1, "Eggs"), OperationalError, "A column has changed.")
            api.run(run, "ALTER TABLE items DROP COLUMN note", "ALTER TABLE items RENAME COLUMN how_many TO amount")
            holder = sqlite3.connect(file)
            holder.execute("BEGIN IMMEDIATE")
            locked = add(1, "Eggs")
            holder.close()
            expect.status(
                locked, 503, why="The same request may work in a moment.",
                known={500: "The database was locked, and the caller hears 500. `database_handlers` knows the lock by SQLAlchemy's own class: raise again what came, and nothing new."},
            )  # fmt: skip
            kept = api.run(run, "SELECT list_id, name FROM items ORDER BY list_id, name")
            expect.equal(
                kept, [(1, "Bread"), (1, "Milk"), (2, "Milk"), (7, "Milk")], what="the rows that are kept",
                why="What was refused is not there, and what was taken is.",
            )  # fmt: skip
        finally:
            api.run(engine.dispose)


# 6.7


@exercise(
    "6.7",
    "The page that blames the network",
    rules=["X2", "X5"],
    hints=[
        "The answer to a bug passes through whatever stands outside of the one who makes it. Who stands outside here, `CORSMiddleware` or `LastResort`?",
        "With `add_middleware`, what is added last stands outermost. In `middleware=[…]` the first does.",
        "`middleware=[Middleware(CORSMiddleware, allow_origins=[…]), Middleware(LastResort)]`, or the two calls of `add_middleware` the other way round.",
    ],
)
def readable(weather_app: Any) -> None:
    """A page may read the 500 as well: the envelope, inside of CORS."""
    secret = "blue chair"
    expect.that(isinstance(weather_app, FastAPI), "Let `weather_app` be what `new_app` gives.")
    expect.that(
        all(isinstance(one, Middleware) for one in weather_app.user_middleware),
        "A class stands in the list of `middleware` by itself. Each entry is `Middleware(TheClass)`.",
        why="FastAPI makes the objects itself, from the class and what belongs to it.",
    )

    async def another_bug() -> None:
        raise RuntimeError(secret)

    weather_app.add_api_route("/bug-of-the-check", another_bug)
    api = _app(weather_app, "weather_app")
    ours, theirs = PAGE, {"Origin": "https://elsewhere.example"}
    allow = "Access-Control-Allow-Origin"
    for path in ("/weather/3", "/bug-of-the-check"):
        new = "The check has added a route with another bug, a `RuntimeError`. " if path != "/weather/3" else ""
        for headers in (ours, theirs, {}):
            answer = api.get(path, headers=headers)
            expect.status(
                answer, 500, why="A bug is a 500. Tomorrow's is one that nobody has found yet.",
                known={
                    200: "The missing day is answered with 200. Leave the route as it is: there is another bug tomorrow.",
                    404: "The missing day is answered with 404. Leave the route as it is: there is another bug tomorrow.",
                },
            )  # fmt: skip
            expect.that(
                answer.headers.get("Content-Type") == "application/json",
                f"{new}The 500 is plain text, from outside of everything that is ours: nobody has taken the bug. `LastResort` does.",
                why="A client that finds another shape shows 'Something went wrong'.",
                response=answer,
            )
            expect.that(
                secret not in answer.text and "KeyError" not in answer.text,
                f"{new}The answer repeats the words of the exception.",
                why="What a stranger reads here is where they dig next.",
                response=answer,
            )
            _envelope(answer, 500, "INTERNAL_ERROR")
            if headers is ours:
                expect.header(
                    answer, allow, ours["Origin"], why="Without this header the browser hides the answer, and the page reports a network error.",
                    known={
                        None: _why_no_cors(weather_app, new),
                        "*": "Every page in the world may read this answer. The weather page has an address: name it in `allow_origins`.",
                    },
                )  # fmt: skip
            else:
                _for_nobody_else(answer)
    _seen_by_us(weather_app, "/weather/3")
    for path, status in (("/weather/1", 200), ("/weather/one", 400), ("/nothing", 404)):
        answer = api.get(path, headers=ours)
        expect.status(answer, status, why="What worked, works.")
        expect.header(
            answer, allow, ours["Origin"], why="Without this header the browser hides the answer.",
            known={None: f"The 500 has `{allow}`, and this answer with {status} has lost it. `CORSMiddleware` puts it on every answer."},
        )  # fmt: skip
        _for_nobody_else(api.get(path, headers=theirs))
    for day, weather in ((1, "sun"), (2, "rain")):
        expect.body(api.get(f"/weather/{day}"), {"weather": weather}, why="What worked, works.")


def _for_nobody_else(answer: Any) -> None:
    allowed = answer.headers.get("Access-Control-Allow-Origin")
    expect.that(
        allowed is None or allowed == "https://app.example",
        f"A page from another address may read this answer: `Access-Control-Allow-Origin` is `{allowed}`. Let `CORSMiddleware` decide who may.",
        why="A page elsewhere could read what your users see.",
        response=answer,
    )


def _why_no_cors(app: FastAPI, new: str) -> str:
    """Whoever makes the 500 stands outside of CORS, or CORS does not know the page."""
    kinds = [one.cls for one in app.user_middleware]  # from the outside in
    if CORSMiddleware not in kinds:
        return f"{new}Nobody adds `Access-Control-Allow-Origin`: there is no `CORSMiddleware` in the app."
    if "Access-Control-Allow-Origin" not in client(app).get("/openapi.json", headers=PAGE).headers:
        return "No answer has `Access-Control-Allow-Origin`, the 200 neither: the `CORSMiddleware` of this app does not know the page. Its address is `https://app.example`, letter by letter, with nothing behind it."
    if Exception in app.exception_handlers and "LastResort" not in [kind.__name__ for kind in kinds]:
        return f"{new}A handler for `Exception` has made this 500. It stands outermost, outside of CORS. `LastResort` can stand further in."
    return f"{new}The 500 has no `Access-Control-Allow-Origin`: who makes it, `LastResort`, stands outside of `CORSMiddleware`, which never sees this answer. In which order are they added?"


# 6.8


_TAKES = {
    "http": "No handler takes Starlette's `HTTPException`. The one for it stands in `http_handlers`.",
    "domain": "No handler takes `DomainError`. The one for it stands in `handlers`.",
    "model": "No handler takes `RequestValidationError`. The one for it stands in `handlers`.",
    "database": "No handler takes `DBAPIError`. The one for it stands in `database_handlers`.",
    "bug": "Nothing takes this bug. A middleware is for it: `LastResort`.",
}


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
    secret = "blue chair"
    expect.that(isinstance(shelf_app, FastAPI), "Let `shelf_app` be what `new_app` gives.")
    expect.that(
        all(isinstance(one, Middleware) for one in shelf_app.user_middleware),
        "A class stands in the list of `middleware` by itself. Each entry is `Middleware(TheClass)`.",
        why="FastAPI makes the objects itself, from the class and what belongs to it.",
    )

    async def another_bug() -> None:
        raise KeyError(secret)

    shelf_app.add_api_route("/shelf-of-the-check", another_bug)
    api = _app(shelf_app, "shelf_app")
    pickup = "/shelf/1/pickup"
    attacks: tuple[tuple[str, str, Any, int, str, str], ...] = (
        ("GET", "/nothing", None, 404, "PATH_NOT_FOUND", "http"),
        ("DELETE", "/shelf/1", None, 405, "METHOD_NOT_ALLOWED", "http"),
        ("GET", "/shelf/100", None, 404, "PLACE_NOT_FOUND", "domain"),
        ("GET", "/shelf/one", None, 400, "VALIDATION_FAILED", "model"),
        ("POST", pickup, {"password": secret}, 400, "VALIDATION_FAILED", "model"),
        ("POST", pickup, {"passwort": secret}, 400, "VALIDATION_FAILED", "model"),
        ("POST", pickup, b'{"password": "' + secret.encode(), 400, "MALFORMED_JSON", "model"),
        ("POST", pickup, b"\xff", 400, "", "http"),
        ("POST", pickup, {"password": secret * 2}, 503, "DATABASE_UNAVAILABLE", "database"),
        ("GET", "/shelf/0", None, 500, "INTERNAL_ERROR", "bug"),
        ("GET", "/shelf-of-the-check", None, 500, "INTERNAL_ERROR", "bug"),
    )  # fmt: skip
    ids = set()
    for method, path, body, status, code, origin in attacks:
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        response = api.request(method, path, content=content, headers=AS_JSON if content else {})
        leaks = [word for word in (secret, "Traceback", "ZeroDivision", "division", "SELECT", "sqlite", "no/such", ".py", "sqlalche") if word in f"{response.text} {response.headers}"]  # fmt: skip
        takes = _TAKES[origin]
        if path == "/shelf-of-the-check":
            takes = "The check has added a route with another bug, a `KeyError`. " + takes
        expect.that(
            not leaks,
            f"A word has left the house, in the body or in a header: `{leaks[0] if leaks else ''}`. {takes}",
            why="What a stranger reads here is where they dig next.",
            response=response,
        )
        shaped = problems.is_problem(json_or_none(response))
        expect.that(
            path != "/shelf/0" or response.status_code != 200,
            "`GET /shelf/0` is answered with 200. Leave the routes as they are: this bug is meant to be there.",
            why="Tomorrow's bug is one that nobody has found yet.",
            response=response,
        )
        if not shaped and status != 500:
            _cause(api, response)
        expect.that(
            shaped,
            f"`{method} {path}` is answered with {response.status_code}, outside the envelope. {takes}",
            why="A client that finds another shape shows 'Something went wrong'.",
            response=response,
        )
        missed = f"It is an error of its own kind, and it is answered as a bug. Whoever takes it now is not the one for it. {takes}"
        _envelope(response, status, code or response.json()["error_code"], known={500: missed})
        if status == 503:
            expect.that(
                "Retry-After" in response.headers,
                "The 503 does not say when to come back: `Retry-After`.",
                response=response,
            )
        expect.that(
            "X-Request-ID" in response.headers,
            f"The answer with {status} has no `X-Request-ID`. "
            + (
                "It was made outside of `RequestContext`. In a list of middleware the first stands outermost; with `add_middleware`, the one that is added last. A handler for `Exception` stands outside of all. Catch bugs inside, with `LastResort`."
                if status == 500
                else "That is the work of a middleware: `RequestContext`."
            ),
            why="Somebody who calls us has only this id.",
            response=response,
        )
        ids.add(response.headers["X-Request-ID"])
    expect.equal(
        len(ids), len(attacks), what="the number of different request ids", why="Each request gets one of its own."
    )
    forged = api.get("/shelf/1", headers={"X-Request-ID": "a1b2c3d4 status=200"})
    expect.that(
        forged.headers.get("X-Request-ID") != "a1b2c3d4 status=200",
        "Somebody sent the id `a1b2c3d4 status=200`, and it was taken. It ends up in your log; `RequestContext` takes what fits a rule, and nothing else.",
        why="A stranger writes no lines of your log.",
        response=forged,
    )
    _seen_by_us(shelf_app, "/shelf/0")
    for place, found in ((1, 12), (4, 3)):
        right = api.get(f"/shelf/{place}")
        expect.status(right, 200, why="What worked, works.")
        expect.body(right, {"parcels": found}, why="What worked, works.")


def _seen_by_us(app: FastAPI, path: str) -> None:
    """A bug that is answered is still raised again or logged."""
    with logs.everything() as records:
        try:
            client(app).get(path)
        except Exception:
            return  # whoever stands outside of the app, such as the server, logs it
    expect.that(
        any(record.levelno >= logging.ERROR for record in records),
        f"The bug of `GET {path}` is answered, and then it is gone: nobody raises it again and no line of the log names it. `LastResort` raises it again.",
        why="What a caller does not see, you must.",
    )
