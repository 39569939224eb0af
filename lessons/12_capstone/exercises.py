"""What the capstone checks: the stories that the learner does not see, the bugs that their tests must catch, and the decisions."""

import os
import re
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from pydantic import SecretStr
from sqlalchemy import Engine, event
from sqlalchemy.orm import Mapper

from coursekit.author import Client, client, describe, exercise, expect, openapi, prediction
from coursekit.author.databases import sqlite_file, watched_statements
from coursekit.author.problems import FIELDS as PROBLEM
from coursekit.author.problems import is_problem
from coursekit.author.users import ANA, BEN, CARLA, PASSWORD, bearer
from coursekit.capstone.bugs import judge_job_tests
from coursekit.capstone.jobs import Factory, Job, Story, jobs
from coursekit.capstone.stories import judge_app, refuse_broken, review_of
from coursekit.course.words import names, series
from coursekit.judging.suite.bugs import Bug

prediction("12.p1", answer=404, evidence="response.status_code", choices=(200, 401, 403, 404))
prediction("12.p2", answer=["done"], evidence="keys", choices=(["done"], ["done", "shop"]))
prediction("12.p3", answer=False, evidence="not report.failed", choices=(True, False))

# --- who asks ---------------------------------------------------------------------------------------------------------

PREFIX = "/api/v1"


# The functions below import the service when they run: that takes a while, and a hint does not need it.
@cache
def settings() -> Any:
    """Return the settings of the service, with cheap passwords and without a limit of requests."""
    from app_snippets.tasks_api.settings import Settings

    cheap: dict[str, Any] = {"hash_rounds": 1, "hash_memory_kib": 32}
    no_limit: dict[str, Any] = {"requests_per_minute": 0, "logins_per_minute": 0}
    return Settings(demo_password=SecretStr(PASSWORD), **cheap, **no_limit)


def settings_for(file: Path, **changes: Any) -> Any:
    """Return the settings with which an app opens this database."""
    return settings().model_copy(update={"database_url": f"sqlite+aiosqlite:///{file}", **changes})


def header(user_id: int, **changes: Any) -> dict[str, str]:
    """Return the header of a user. `changes` are settings that make the token another one."""
    from app_snippets.tasks_api.services.tokens import make_token

    return bearer(make_token(user_id, settings().model_copy(update=changes)))


_NO_HANDLER = "It has no handler, so it is a 500. S8 has its answer: one handler for `MemberError` can give them all."
NOBODY_ANSWERS = dict.fromkeys(("MemberNotFound", "NameTaken", "WeakPassword", "LastAdmin"), _NO_HANDLER) | {
    "IntegrityError": "The database has refused what your model let through, such as a `null`, and the caller hears that the server is broken. What is not valid is a 400 that names the field: the model refuses it first.",
}  # fmt: skip
"""Exceptions that nobody turns into an answer, and the way out."""


class _Caller:
    """Somebody who asks. Paths may leave out `/api/v1`."""

    def __init__(self, api: Client, headers: dict[str, str]) -> None:
        self.api, self.headers = api, headers

    def get(self, path: str) -> Any:
        return self._ask("GET", path)

    def post(self, path: str, body: Any) -> Any:
        return self._ask("POST", path, json=body)

    def patch(self, path: str, body: Any) -> Any:
        return self._ask("PATCH", path, json=body)

    def delete(self, path: str) -> Any:
        return self._ask("DELETE", path)

    def each_route(self, collection: str, path: str, new: Any, change: Any) -> tuple[Any, ...]:
        """Return the responses of the five routes of a resource: list, read, create, change and delete."""
        return self.get(collection), self.get(path), *self.each_write(collection, path, new, change)

    def each_write(self, collection: str, path: str, new: Any, change: Any) -> tuple[Any, ...]:
        return self.post(collection, new), self.patch(path, change), self.delete(path)

    def _ask(self, method: str, path: str, **more: Any) -> Any:
        path = path if path.startswith(PREFIX) else PREFIX + path
        try:
            return self.api.request(method, path, headers=self.headers, **more)
        except Exception as error:
            way_out = NOBODY_ANSWERS.get(type(error).__name__)
            expect.that(way_out is None, f"`{method} {path}` ended with `{type(error).__name__}`. {way_out}")
            raise


class People:
    """Everybody who may ask an app: a stranger, Ana, Ben, whose account is closed, and Carla, an admin."""

    def __init__(self, app: Any, file: Path) -> None:
        api = client(app)
        self.file = file
        """The app's database."""
        self.document: Callable[[], dict[str, Any]] = app.openapi
        self.nobody = _Caller(api, {})
        self.ana, self.ben, self.carla = (_Caller(api, header(number)) for number in (ANA, BEN, CARLA))
        self.late = _Caller(api, header(ANA, token_minutes=-1))
        self.forger = _Caller(api, header(ANA, secret_key=SecretStr("a key that somebody has made up at home")))
        self.ghost = _Caller(api, header(99))
        self.outsiders = (
            (self.nobody, 401, "NOT_AUTHENTICATED"),
            *((who, 401, "INVALID_TOKEN") for who in (self.late, self.forger, self.ghost)),
            (self.ben, 403, "ACCOUNT_INACTIVE"),
        )


_known: list[Path] = []


def known_data(folder: Path) -> Path:
    """Return a database with the known users. It is made once, in this folder."""
    if not _known or not _known[0].exists():
        from app_snippets.tasks_api.main import create_app

        made = Path(tempfile.mkdtemp(dir=folder)) / "known.db"
        with Client(create_app(settings_for(made))):
            pass
        _known[:] = [made]
    return _known[0]


@contextmanager
def people(factory: Factory) -> Iterator[People]:
    """Yield everybody who may ask a new app on fresh data."""
    with sqlite_file() as file, watched_statements():  # for its rows in another order
        shutil.copy(known_data(Path(file).parent.parent), file)
        yield People(build(factory, Path(file)), Path(file))


def build(factory: Factory, file: Path = Path("never-opened.db")) -> Any:
    """Return the app that a factory makes, on this database."""
    app = factory(settings_for(file, environment="test"))  # nothing to migrate
    expect.that(
        hasattr(app, "openapi"),
        f"The function should give a FastAPI app, and gives {describe(app)}. Is there a `return`?",
    )
    return app


# --- what stories expect ----------------------------------------------------------------------------------------------


def problem(response: Any, status: int, code: str, why: str, *fields: str, known: Any = None) -> None:
    """Expect an error with this status and code, in the one shape, that names these fields."""
    expect.status(response, status, why=why, known=known)
    body = expect.json_body(response, why)
    expect.that(
        is_problem(body),
        "An error has another shape than `detail`, `error_code`, `field_errors`. A `HTTPException` raised with a text, or a handler of your own, may make it: raise what the service's handlers know.",
        why="The phone reads each error in the same way.",
        response=response,
    )
    of_http = {got: f"`{got}` is what the service makes of an `HTTPException`, which knows the status only. Raise what the domain raises, with the code `{code}`." for got in ("CONFLICT", "FORBIDDEN", "UNPROCESSABLE_CONTENT")}  # fmt: skip
    of_http["PATH_NOT_FOUND"] = f"`PATH_NOT_FOUND` says that no route takes this address, or that somebody raised `HTTPException(404)`. Is the route there? Then raise what the domain raises, with the code `{code}`."  # fmt: skip
    expect.equal(body["error_code"], code, what="the `error_code`", why="Programs go by it.", known=of_http, response=response)  # fmt: skip
    marks = "The page marks the fields that it finds there."
    got = body["field_errors"] if isinstance(body["field_errors"], dict) else {}
    expect.that(set(fields) <= set(got), f"`field_errors` does not name {names(fields, last=' and ')}.", why=marks, response=response)  # fmt: skip
    expect.that(fields or not got, f"`field_errors` names {names(got, last=' and ')}, and no field is wrong.", why=marks, response=response)  # fmt: skip
    people_read = [body["detail"], *(text for one in fields for text in got[one])]
    expect.that(all(isinstance(text, str) and text.strip() for text in people_read), "`detail` and each list in `field_errors` hold sentences, and here one of them is empty.", why="People read them.", response=response)  # fmt: skip


def invalid(response: Any, field: str, why: str, known: Any = None) -> None:
    """Expect a 400 that names the field."""
    default = {422: "422 is FastAPI's own answer to what is not valid. The service's handlers make it a 400; 422 is for what is well formed and makes no sense."}  # fmt: skip
    problem(response, 400, "VALIDATION_FAILED", why, field, known=default | (known or {}))


def made(response: Any, why: str) -> str:
    """Expect a 201, and return the address in its Location."""
    expect.status(response, 201, why=why, known={200: "200 is FastAPI's default. 201 says that something new exists."})
    location: str = response.headers.get("Location", "")
    expect.that(
        location, "The answer has no `Location`.", why="It tells the phone where the new thing is.", response=response
    )
    path = urlsplit(urljoin(str(response.url), location)).path
    expect.that(path.startswith(PREFIX), f"`Location` is `{location}`, which leads to `{path}`. All addresses are below `{PREFIX}`.", why="The phone follows it as it is.", response=response)  # fmt: skip
    return path


def deleted(response: Any) -> None:
    """Expect a 204."""
    expect.status(response, 204, why="There is nothing to say: 204, without a body.", known={200: "A DELETE that answers 200 promises a body. 204 says: done, and nothing more."})  # fmt: skip
    expect.that(not response.content, "The 204 has a body.", why="A 204 has none.", response=response)


def as_if_nothing(secret: Any, nothing: Any) -> None:
    """Expect the answer about a thing of somebody else to be the one about a number that nobody has, but for the number."""
    said, wanted = (re.sub(r"\d+", "…", one.text) for one in (secret, nothing))
    expect.equal(said, wanted, what="the answer without its numbers", why="If the words differ from those about a number that nobody has, they tell that the thing is there.", response=secret)  # fmt: skip


def in_the_document(document: dict[str, Any], routes: dict[tuple[str, str], str]) -> None:
    """Expect the document to name these statuses on these routes (a method and a path), each error in the one shape."""
    why = "Whoever writes the page handles the errors that the document names."
    for (method, path), statuses in routes.items():
        operation = openapi.operation(document, method, PREFIX + path)
        route = f"{method} {PREFIX}{path}"
        expect.that(operation, f"The document has no `{route}`.")
        missing = [status for status in statuses.split() if status not in operation.get("responses", {})]
        expect.that(not missing, f"`{route}` can answer {series(missing)}, and its document does not say so.", why=why)
        done = statuses.split()[0]
        schema = openapi.response_schema(operation, done)
        expect.that(done == "204" or openapi.fields(document, schema), f"In the document the {done} of `{route}` has no fields. A return annotation or `response_model` says what comes out.", why=why)  # fmt: skip
        for status in [one for one in statuses.split() if one >= "4"]:
            shape = openapi.fields(document, openapi.response_schema(operation, status))
            expect.that(set(shape) == PROBLEM, f"In the document the {status} of `{route}` does not have the shape of our errors. `documented({status}, …)` gives it.", why=why)  # fmt: skip


Ask = Callable[[People], None]


def told(into: list[Story], title: str) -> Callable[[Ask], Ask]:
    """Declare a function as a story."""

    def keep(ask: Ask) -> Ask:
        into.append(Story(title, ask))
        return ask

    return keep


TODAY_WHY = "Days are those of UTC, and `Today` gives the one that it is."


@contextmanager
def another_time_zone() -> Iterator[None]:
    """A block in which the machine's own day isn't that of UTC, on machines whose time zone a program can set."""
    before = os.environ.get("TZ")
    set_time_zone("YESTERDAY+12" if datetime.now(UTC).hour < 12 else "TOMORROW-14")
    try:
        yield
    finally:
        set_time_zone(before)


def set_time_zone(zone: str | None) -> None:
    """Set the process's time zone, where that is possible, or take it away."""
    os.environ.pop("TZ", None)
    if zone is not None:
        os.environ["TZ"] = zone
    if hasattr(time, "tzset"):
        time.tzset()


class Reading:
    """What an app reads from its database."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        """How many objects of each class SQLAlchemy has made of rows."""
        self.pages: list[str] = []
        """The statements with a `LIMIT`, each with its parameters."""

    def row(self, loaded: object, _: object) -> None:
        """Take note of an object."""
        self.rows[type(loaded).__name__] += 1

    def statement(self, *given: Any) -> None:
        """Take note of a statement, given as SQLAlchemy's `before_cursor_execute` gives it."""
        if "LIMIT" in given[2].upper():
            self.pages.append(f"{given[2]} {given[3]}")

    def asked_for(self, number: int) -> bool:
        """Whether a page of this many rows was asked for."""
        return any(re.search(rf"\b{number}\b", page) for page in self.pages)


@contextmanager
def reading() -> Iterator[Reading]:
    """Yield what all apps read from now on."""
    read = Reading()
    event.listen(Mapper, "load", read.row)
    event.listen(Engine, "before_cursor_execute", read.statement)
    try:
        yield read
    finally:
        event.remove(Mapper, "load", read.row)
        event.remove(Engine, "before_cursor_execute", read.statement)


def days_pass(file: Path, due: str, past: str) -> None:
    """Write another day wherever the database has this one, as if it had been written down days ago."""
    with closing(sqlite3.connect(file)) as db, db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for column in [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]:
                db.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" = ?', (past, due))


def day(offset: int) -> str:
    """Return a day as the API writes it: 0 is today in UTC, -1 yesterday."""
    return str(datetime.now(UTC).date() + timedelta(days=offset))


# --- job 1 ------------------------------------------------------------------------------------------------------------

ERRANDS: list[Story] = []
errand_story = partial(told, ERRANDS)
BREAD = {"title": "Bread", "shop": "Bakery"}
FIELDS = {"id", "title", "shop", "due_date", "done"}


def an_errand(who: _Caller, **more: Any) -> str:
    """Write an errand down, and return its address."""
    return made(who.post("/errands", BREAD | more), "Ana wants to remember the bread.")


@errand_story("Ana writes down an errand, and finds it where the answer says")
def _(all: People) -> None:
    response = all.ana.post("/errands", {"title": "  Bread ", "shop": " at Jo's  ", "due_date": day(3)})
    path = made(response, "Ana wants to remember the bread.")
    expect.fields(response, FIELDS, why="The phone shows these fields.", known={"owner_id": "`owner_id` leaves. The spec (S2) has five fields, and that isn't one of them."})  # fmt: skip
    wanted = {"id": response.json()["id"], "title": "Bread", "shop": "at Jo's", "due_date": day(3), "done": False}
    expect.body(
        response,
        wanted,
        why="A new errand is open, and has what was sent, without spaces around the title and the shop (S3).",
    )
    found = all.ana.get(path)
    expect.status(found, 200, why=f"`Location` says that it is at `{path}`.")
    expect.body(found, wanted, why="It was written down a moment ago.")


@errand_story("Ana writes down a title and nothing else")
def _(all: People) -> None:
    response = all.ana.post("/errands", {"title": "Stamps"})
    first = made(response, "A shop and a date may be left out.")
    body = expect.json_body(response, "The phone shows it.")
    expect.equal((body.get("shop"), body.get("due_date")), (None, None), what="the pair of shop and date", why="Nobody has said anything about them.", response=response)  # fmt: skip
    expect.fields(response, FIELDS, why="An errand has five fields, also those that are null (S2).")
    second = made(all.ana.post("/errands", {"title": "Stamps", "shop": None, "due_date": None}), "A shop or a date may be null (S3).")  # fmt: skip
    expect.that(first != second, f"A second errand with the title of the first has the address of the first, `{first}`. Each POST creates an errand (S1).")  # fmt: skip


@errand_story("Ana sends a title of spaces, and is told which field is wrong")
def _(all: People) -> None:
    for title in ("", "   ", "x" * 101, None, 7):
        invalid(all.ana.post("/errands", {"title": title}), "title", "A title has 1 to 100 characters.")
    for text in ("x", f" {'x' * 100} "):
        made(all.ana.post("/errands", {"title": text, "shop": text}), "Without the spaces around them, a title and a shop have 1 to 100 characters (S3).")  # fmt: skip
    invalid(all.ana.post("/errands", {"shop": "Bakery"}), "title", "Every errand has a title.")
    for shop in (" ", "x" * 101, 7):
        invalid(all.ana.post("/errands", BREAD | {"shop": shop}), "shop", "A shop is a text like a title, or null.")


@errand_story("A phone sends `tilte`, or a field that a new errand does not take, and is told so")
def _(all: People) -> None:
    for field, value in (("tilte", "Bread"), ("id", 9), ("owner_id", 3), ("done", True)):
        response = all.ana.post("/errands", BREAD | {field: value})
        invalid(response, field, "A new errand takes `title`, `shop` and `due_date` (S1, S3, S4). What is ignored in silence is found months later.")  # fmt: skip


@errand_story("Ana has something to fetch today")
def _(all: People) -> None:
    with another_time_zone():
        made(all.ana.post("/errands", BREAD | {"due_date": day(0)}), f"Today is not over. {TODAY_WHY}")


@errand_story("Ana picks yesterday, and is told that it makes no sense")
def _(all: People) -> None:
    late = {400: "The date is well formed, so it isn't a 400: what the date means is wrong, and that is a 422 (S4)."}
    with another_time_zone():
        response = all.ana.post("/errands", BREAD | {"due_date": day(-1)})
    problem(response, 422, "DUE_DATE_IN_PAST", TODAY_WHY, "due_date", known=late)
    invalid(all.ana.post("/errands", BREAD | {"due_date": "someday"}), "due_date", "That isn't a day.")
    path = an_errand(all.ana, due_date=day(0))
    problem(all.ana.patch(path, {"due_date": day(-1)}), 422, "DUE_DATE_IN_PAST", "A change can make as little sense as a new errand.", "due_date", known=late)  # fmt: skip
    expect.equal(all.ana.get(path).json()["due_date"], day(0), what="the date after a change that was refused", why="What is refused changes nothing.")  # fmt: skip


@errand_story("Ana ticks an errand off, and its shop is still there")
def _(all: People) -> None:
    path = an_errand(all.ana, due_date=day(2))
    response = all.ana.patch(path, {"done": True})
    expect.status(response, 200, why="The errand changes, and comes back.")
    emptied = "The tick has emptied the shop and the date. What wasn't sent must not change: `exclude_unset`."
    got = tuple(response.json().get(name) for name in ("done", "shop", "due_date"))
    expect.equal(got, (True, "Bakery", day(2)), what="the group of `done`, shop and date", why="Ana has sent `done`, and nothing else.", known={(True, None, None): emptied}, response=response)  # fmt: skip
    expect.body(all.ana.get(path), response.json(), why="What was answered is what was kept.")


@errand_story("Ana fetches something a few days late, and ticks it off")
def _(all: People) -> None:
    path = an_errand(all.ana, due_date=day(3))
    days_pass(all.file, day(3), day(-2))
    wanted = all.ana.get(path).json() | {"title": "Rolls", "done": True}
    response = all.ana.patch(path, {"title": "Rolls", "done": True})
    over = {422: "The errand's date has passed since it was written down, and nobody has sent a date. Look at the date that is sent, and not at the one that is there (S4)."}  # fmt: skip
    expect.status(response, 200, why="She has fetched it, late as it is.", known=over)
    expect.body(response, wanted, why="The date has passed, and it stays: nobody has sent another.")


@errand_story("Ana corrects an errand, and what is not valid changes nothing")
def _(all: People) -> None:
    path = an_errand(all.ana)
    changes = {"title": "Rolls", "shop": "Mill", "due_date": day(0), "done": True}
    response = all.ana.patch(path, changes | {"title": " Rolls ", "shop": " Mill "})
    expect.status(response, 200, why="Title, shop, date and `done` can change (S7).")
    expect.fields(response, FIELDS, why="An errand has the same fields everywhere.")
    wanted = {"id": response.json()["id"], **changes}
    expect.body(response, wanted, why="All of it was sent.")
    for field, value in (("title", " "), ("title", "x" * 101), ("shop", " "), ("shop", "x" * 101), ("due_date", "someday"), ("done", "perhaps"), ("owner_id", 3), ("id", 9)):  # fmt: skip
        invalid(all.ana.patch(path, {"done": False, field: value}), field, "In a change a field has the same limits as in a new errand (S4).")  # fmt: skip
    expect.body(all.ana.get(path), wanted, why="What is refused changes nothing.")
    expect.status(all.ana.patch(path, {"done": False}), 200, why="Ana takes the tick back.")
    expect.body(all.ana.get(path), wanted | {"done": False}, why="Ana takes the tick back.")


@errand_story("Ana empties the shop, and cannot empty the title")
def _(all: People) -> None:
    path = an_errand(all.ana, due_date=day(2))
    response = all.ana.patch(path, {"shop": None, "due_date": None})
    expect.status(response, 200, why="`null` empties the shop and the date (S7).")
    known = {("Bakery", day(2)): "`null` was sent for both, and neither is empty. A dump with `exclude_none` leaves `null` out; `exclude_unset` leaves out what was not sent."}  # fmt: skip
    expect.equal((response.json()["shop"], response.json()["due_date"]), (None, None), what="the pair of shop and date", why="They were emptied.", known=known, response=response)  # fmt: skip
    for field in ("title", "done"):
        invalid(all.ana.patch(path, {field: None}), field, "A title or `done` that is null is a 400 (S7).")
    invalid(all.ana.patch(path, {"tilte": "x"}), "tilte", "A field that nobody knows is refused, in a change too.")


@errand_story("Ana deletes an errand twice, and the second time it is gone")
def _(all: People) -> None:
    keep, path = an_errand(all.ana, title="Milk"), an_errand(all.ana)
    deleted(all.ana.delete(path))
    for response in (all.ana.delete(path), all.ana.get(path), all.ana.patch(path, {"done": True})):
        problem(response, 404, "ERRAND_NOT_FOUND", "It is gone.", known={204: "The second DELETE answers like the first. S8 says that the errand is gone after the first, so this is a 404."})  # fmt: skip
    expect.status(all.ana.get(keep), 200, why="The other errand is still there.")
    expect.status(all.ana.patch(keep, {"done": True}), 200, why="The milk is fetched.")
    deleted(all.ana.delete(keep))
    expect.body(all.ana.get("/errands"), [], why="Both are deleted, what is done as well as what is open.")


@errand_story("Ana asks for an errand by a word that isn't a number")
def _(all: People) -> None:
    invalid(all.ana.get("/errands/first"), "errand_id", "That isn't a number: 400, not 500. The parameter is called `errand_id` (S6).")  # fmt: skip
    problem(all.ana.get("/errands/4000"), 404, "ERRAND_NOT_FOUND", "There is none.")
    endless = f"/errands/{10**30}"
    for response in (all.ana.get(endless), all.ana.patch(endless, {"done": True}), all.ana.delete(endless)):
        expect.status(response, (400, 404), why="A number that no column can hold must not break the server.")


@errand_story("Carla looks for Ana's errand, and for her it does not exist")
def _(all: People) -> None:
    path = an_errand(all.ana)
    forbidden = {403: "403 tells Carla that Ana has this errand. S10: for her it does not exist."}
    for response in (all.carla.get(path), all.carla.patch(path, {"done": True}), all.carla.delete(path)):
        problem(response, 404, "ERRAND_NOT_FOUND", "Errands of others are nobody's business, not even an admin's.", known=forbidden)  # fmt: skip
    for ask in (all.carla.get, lambda path: all.carla.patch(path, {"done": True}), all.carla.delete):
        as_if_nothing(ask(path), ask("/errands/4000"))
    expect.body(all.carla.get("/errands"), [], why="Carla has none.")
    expect.equal(all.ana.get(path).json().get("done"), False, what="`done` of Ana's errand", why="Carla has not changed it.")  # fmt: skip


@errand_story("Ana lists what is open, page by page")
def _(all: People) -> None:
    dated = (("Bread", day(4)), ("Milk", day(1)), ("Stamps", day(3)), ("Soap", day(2)))
    paths = [an_errand(all.ana, title=title, due_date=due) for title, due in dated]
    an_errand(all.carla)
    expect.status(all.ana.patch(paths[1], {"done": True}), 200, why="The milk is fetched.")
    for query, wanted in (
        ("", ["Bread", "Milk", "Stamps", "Soap"]),
        ("?done=false", ["Bread", "Stamps", "Soap"]),
        ("?done=true", ["Milk"]),
        ("?limit=2", ["Bread", "Milk"]),
        ("?limit=2&offset=2", ["Stamps", "Soap"]),
        ("?done=false&limit=1&offset=1", ["Stamps"]),
        ("?offset=4", []),
    ):
        response = all.ana.get(f"/errands{query}")
        expect.status(response, 200, why="S5 has these parameters.")
        expect.equal([one["title"] for one in response.json()], wanted, what=f"the list of titles at `/errands{query}`", why="A list has the caller's errands only, by id.", response=response)  # fmt: skip
    expect.fields(all.ana.get("/errands"), FIELDS, why="In a list an errand has the same fields.")


@errand_story("Ana has more errands than a page holds, and a page has an end")
def _(all: People) -> None:
    for number in range(22):
        an_errand(all.ana, title=f"Stamp {number}")
    for query, shown in (("", 20), ("?limit=2", 2), ("?limit=100", 22)):
        with reading() as read:
            response = all.ana.get(f"/errands{query}")
        expect.equal(len(response.json()), shown, what=f"the number of errands on the page `/errands{query}`", why="She has 22. A page has 20 if nobody says how many, and up to 100 if somebody does (S5).")  # fmt: skip
        why = "A page reads no more rows than it shows (S11)."
        expect.that(read.pages, "No statement for a page has a `LIMIT`: the app reads all of Ana's errands, and cuts the page itself. `.limit(…).offset(…)` on the `select` lets the database cut it.", why=why)  # fmt: skip
        for name, number in read.rows.items():
            expect.that(number <= shown, f"The page `/errands{query}` shows {shown} of Ana's errands, and the app has read {number} rows of `{name}` for it.", why=why)  # fmt: skip
    expect.that(read.asked_for(100), "Ana asks for a page of 100 errands, and the app asks its database for fewer. If she had a hundred, some would be missing, and nobody would tell her.", why="`limit` goes up to 100 (S5).")  # fmt: skip
    for query, field in (("limit=0", "limit"), ("limit=101", "limit"), ("offset=-1", "offset"), ("done=perhaps", "done"), ("sort=shop", "sort")):  # fmt: skip
        invalid(all.ana.get(f"/errands?{query}"), field, "Query parameters are input, too. One that nobody knows is refused (S4).")  # fmt: skip


@errand_story("A stranger, and Ben, whose account is closed, get nothing")
def _(all: People) -> None:
    path = an_errand(all.ana)
    for who, status, code in all.outsiders:
        for response in who.each_route("/errands", path, BREAD, {"done": True}):
            problem(response, status, code, "Active users with a token only (S9).")


@errand_story("A programmer finds each refusal of an errand in the document")
def _(all: People) -> None:
    one = "/errands/{errand_id}"
    in_the_document(all.document(), {
        ("GET", "/errands"): "200 400 401 403",
        ("POST", "/errands"): "201 400 401 403 422",
        ("GET", one): "200 400 401 403 404",
        ("PATCH", one): "200 400 401 403 404 422",
        ("DELETE", one): "204 400 401 403 404",
    })  # fmt: skip


ERRAND_BUGS = (
    Bug("no owner", "Carla opens Ana's errands.",
        "select(Errand).where(Errand.id == errand_id, Errand.owner_id == owner.id)",
        "select(Errand).where(Errand.id == errand_id)"),
    Bug("list of all", "Ana's list shows what the neighbors have to fetch.",
        "errands = select(Errand).where(Errand.owner_id == owner.id)",
        "errands = select(Errand)"),
    Bug("lost way", "The phone follows the address of a new errand, and finds nothing.",
        'response.headers["Location"] = location\n    return errand',
        'response.headers["Location"] = "/errands"\n    return errand'),
    Bug("tick empties", "Ana ticks an errand off, and the shop is gone.",
        "errand, changes.model_dump(exclude_unset=True), today",
        "errand, changes.model_dump(), today"),
    Bug("any date", "A phone whose clock is wrong fills the list with days that are over.",
        "if due is not None and due < today:",
        "if due is not None and due.year < 1900:"),
    Bug("not today", "Ana cannot write down what she needs today.",
        "if due is not None and due < today:",
        "if due is not None and due <= today:"),
    Bug("undead", "Ana deletes an errand. At the next look it is back.",
        "await db.delete(await find_errand(db, owner, errand_id))",
        "await find_errand(db, owner, errand_id)"),
    Bug("open and done", "If you ask for what is open, you get what is done, too.",
        "    if done is not None:\n        errands =",
        "    if done:\n        errands ="),
)  # fmt: skip

# --- job 2 ------------------------------------------------------------------------------------------------------------

OFFERS: list[Story] = []
offer_story = partial(told, OFFERS)
MINE = {"title": "Mine"}


def an_offer(who: _Caller, *, public: bool) -> str:
    """Make an offer, and return its address."""
    response = who.post("/offers", {"title": "A ladder", "public": public})
    expect.status(response, 201, why="An active user with a token makes an offer.")
    return f"/offers/{response.json()['id']}"


@offer_story("A stranger reads the board, and sees what is public")
def _(all: People) -> None:
    path, draft = an_offer(all.ana, public=True), an_offer(all.ana, public=False)
    closed = {401: "The board is closed to strangers. The guard stands on a route that stays open (S1)."}
    for who in (all.nobody, all.late, all.ben):
        response = who.get("/offers")
        expect.status(response, 200, why="Reading is for everybody, whatever token comes along.", known=closed)
        expect.equal([one["public"] for one in response.json()], [True], what="the list of `public` on the board", why="One is public, one is a draft.", response=response)  # fmt: skip
        expect.status(who.get(path), 200, why="It is public.", known=closed)
    for who in (all.nobody, all.ana):
        problem(who.get(draft), 404, "OFFER_NOT_FOUND", "On the open routes a draft does not exist (S1).")


@offer_story("Ana makes an offer, and it is hers")
def _(all: People) -> None:
    response = all.ana.post("/offers?owner_id=3", {"title": "A ladder", "public": True})
    expect.status(response, 201, why="Ana is active, and has a token.")
    expect.equal(response.json().get("owner_id"), 1, what="the owner", why="The owner is the user of the token. Nobody chooses one (S2).", known={3: "The offer belongs to Carla, because Ana has said `owner_id=3`. Take the owner from the token."}, response=response)  # fmt: skip
    response = all.carla.post("/offers?owner_id=1", {"title": "A saw"})
    expect.status(response, 201, why="Carla is active, and has a token.")
    expect.equal(response.json().get("owner_id"), 3, what="the owner", why="No parameter chooses the owner any more, not even for an admin (S2).", response=response)  # fmt: skip
    path = an_offer(all.ana, public=True)
    for response in (all.ana.post("/offers", {"title": "A ladder", "owner_id": 3}), all.ana.patch(path, {"owner_id": 3})):  # fmt: skip
        invalid(response, "owner_id", "In a body it is a 400 (S2).")


@offer_story("Ana lists what is hers, drafts included")
def _(all: People) -> None:
    an_offer(all.ana, public=True), an_offer(all.ana, public=False), an_offer(all.carla, public=True)
    for query in ("", "?owner_id=3"):
        response = all.ana.get(f"/offers/mine{query}")
        expect.status(response, 200, why="Ana wants to see hers.", known={400: "`/offers/mine` was taken for `/offers/{offer_id}`: the router with the fixed path is included first."})  # fmt: skip
        got = [(one["owner_id"], one["public"]) for one in response.json()]
        expect.equal(got, [(1, True), (1, False)], what="the list of owners and `public` in Ana's offers", why="Her offer and her draft, by id, and nobody else's.", response=response)  # fmt: skip
    response = all.carla.get("/offers/mine")
    got = [(one["owner_id"], one["public"]) for one in response.json()]
    expect.equal(got, [(3, True)], what="the list of owners and `public` in Carla's offers", why="Carla is an admin, and `mine` is hers only: she has no look at the drafts of others (S2, S7).", response=response)  # fmt: skip


@offer_story("Somebody without a valid token writes nothing")
def _(all: People) -> None:
    path = an_offer(all.ana, public=True)
    for who in (all.nobody, all.late, all.forger, all.ghost):
        nowhere = who.patch("/offers/4000", MINE), who.delete("/offers/4000")
        for response in (who.get("/offers/mine"), *who.each_write("/offers", path, MINE, MINE), *nowhere):
            code = "NOT_AUTHENTICATED" if who is all.nobody else "INVALID_TOKEN"
            problem(response, 401, code, "Four routes need a valid token (S4).", known={404: "The offer was looked up before anybody knew who asks. The guard comes first."})  # fmt: skip
            expect.header(response, "WWW-Authenticate", "Bearer", why="A program learns there how to prove who it is.")
    expect.equal(all.nobody.get(path).json().get("title"), "A ladder", what="the title", why="Nobody has changed it.")


@offer_story("Ben, whose account is closed, writes nothing")
def _(all: People) -> None:
    path = an_offer(all.ana, public=True)
    known = dict.fromkeys((200, 201), "`get_current_user` knows who somebody is. Whether the account is active is the next link of the chain: `get_current_active_user`.")  # fmt: skip
    nowhere = all.ben.patch("/offers/4000", MINE), all.ben.delete("/offers/4000")
    for response in (all.ben.get("/offers/mine"), *all.ben.each_write("/offers", path, MINE, MINE), *nowhere):
        problem(response, 403, "ACCOUNT_INACTIVE", "We know who he is, and he may not (S4).", known=known)


@offer_story("Ana changes her offer, and publishes her draft")
def _(all: People) -> None:
    path, draft = an_offer(all.ana, public=True), an_offer(all.ana, public=False)
    response = all.ana.patch(path, {"title": "A long ladder"})
    expect.status(response, 200, why="It is hers.")
    expect.equal((response.json().get("title"), response.json().get("public")), ("A long ladder", True), what="the pair of title and `public`", why="She has sent the title only.", response=response)  # fmt: skip
    expect.status(all.ana.patch(draft, {"public": True}), 200, why="It is hers.")
    expect.status(all.nobody.get(draft), 200, why="Now it is public.")
    expect.status(all.ana.patch(path, {"public": False}), 200, why="It is hers.")
    problem(all.nobody.get(path), 404, "OFFER_NOT_FOUND", "Ana has taken it back: now it is a draft, and nobody else's business.")  # fmt: skip


@offer_story("Ana deletes her offer, and the second time it is gone")
def _(all: People) -> None:
    for path in (an_offer(all.ana, public=True), an_offer(all.ana, public=False)):
        deleted(all.ana.delete(path))
        problem(all.ana.delete(path), 404, "OFFER_NOT_FOUND", "It is gone.")


@offer_story("Ana tries to change Carla's public offer, and may not")
def _(all: People) -> None:
    path = an_offer(all.carla, public=True)
    known = {404: "404 says that it is not there. Everybody can see that it is: say that it is not hers, 403 (S5).", 200: "It changed: nothing asks yet who may change it (S5)."}  # fmt: skip
    problem(all.ana.patch(path, MINE), 403, "NOT_YOUR_OFFER", "It is Carla's.", known=known)
    problem(all.ana.delete(path), 403, "NOT_YOUR_OFFER", "It is Carla's.", known={**known, 204: "It is gone: nothing asks yet who may delete it (S5)."})  # fmt: skip
    believed = dict.fromkeys((200, 204), "Ana has said `owner_id=3`, and was believed. The one who acts is the user of the token.")  # fmt: skip
    for response in (all.ana.patch(f"{path}?owner_id=3", MINE), all.ana.delete(f"{path}?owner_id=3")):
        problem(response, 403, "NOT_YOUR_OFFER", "A sent `owner_id` changes nothing (S2).", known=believed)
    expect.equal(all.nobody.get(path).json().get("title"), "A ladder", what="the title", why="Ana has not changed it.")


@offer_story("Ana guesses the number of Carla's draft, and learns nothing")
def _(all: People) -> None:
    draft = an_offer(all.carla, public=False)
    known = {403: "403 tells Ana that Carla has a draft with this number (S6).", 200: "Ana has changed Carla's draft (S6).", 204: "Ana has deleted Carla's draft (S6)."}  # fmt: skip
    for ask in (lambda path: all.ana.patch(path, MINE), all.ana.delete):
        secret, nothing = ask(draft), ask("/offers/4000")
        problem(secret, 404, "OFFER_NOT_FOUND", "Nobody but its owner may know that there is a draft.", known=known)
        problem(nothing, 404, "OFFER_NOT_FOUND", "There is no such offer.")
        as_if_nothing(secret, nothing)


@offer_story("Carla, an admin, takes an offer off the board, and edits none")
def _(all: People) -> None:
    path, other, draft = an_offer(all.ana, public=True), an_offer(all.ana, public=True), an_offer(all.ana, public=False)
    expect.status(all.carla.delete(path), 204, why="An admin cleans up what is public (S7).", known={403: "The admin is refused (S7)."})  # fmt: skip
    left = [f"/offers/{one['id']}" for one in all.ana.get("/offers/mine").json()]
    expect.equal(
        left,
        [other, draft],
        what="the list of what is left of Ana's offers",
        why="What an admin deletes is gone, for its owner too.",
    )
    problem(all.carla.patch(other, MINE), 403, "NOT_YOUR_OFFER", "An admin does not edit (S7).", known={200: "The admin has changed it. She may delete it, but not change it (S7)."})  # fmt: skip
    known = {204: "The admin has deleted a draft that she cannot know of (S7).", 200: "The admin has changed a draft that she cannot know of (S7).", 403: "403 tells the admin that there is a draft (S6, S7)."}  # fmt: skip
    for ask in (all.carla.delete, lambda path: all.carla.patch(path, MINE)):
        secret = ask(draft)
        problem(secret, 404, "OFFER_NOT_FOUND", "An admin has no look at drafts (S7).", known=known)
        as_if_nothing(secret, ask("/offers/4000"))


@offer_story("Carla, an admin, has a draft of her own, and changes and deletes it")
def _(all: People) -> None:
    for path in (an_offer(all.carla, public=False), an_offer(all.carla, public=True)):
        expect.status(all.carla.patch(path, MINE), 200, why="It is hers, admin or not (S3).")
        deleted(all.carla.delete(path))


@offer_story("A programmer reads the document, and sees where the lock is")
def _(all: People) -> None:
    document = all.document()
    locked = {("/mine", "get"), ("", "post"), ("/{offer_id}", "patch"), ("/{offer_id}", "delete")}
    for path, method in sorted({*locked, ("", "get"), ("/{offer_id}", "get")}):
        operation = openapi.operation(document, method, f"/api/v1/offers{path}")
        expect.that(operation, f"The document has no `{method.upper()} /api/v1/offers{path}`.")
        has, wants = bool(operation.get("security")), (path, method) in locked
        said = "has no lock, and needs a token" if wants else "has a lock, and is open to everybody"
        expect.that(has == wants, f"In the document `{method.upper()} /api/v1/offers{path}` {said} (S8).", why="A client that is made from the document sends a token where the lock is.")  # fmt: skip


@offer_story("A programmer finds each refusal of the board in the document")
def _(all: People) -> None:
    one = "/offers/{offer_id}"
    in_the_document(all.document(), {
        ("GET", "/offers/mine"): "200 401 403",
        ("POST", "/offers"): "201 400 401 403",
        ("PATCH", one): "200 400 401 403 404",
        ("DELETE", one): "204 400 401 403 404",
    })  # fmt: skip


OFFER_BUGS = (
    Bug("closed board", "The neighbors without an account see nothing any more.",
        'open_offers_router = APIRouter(prefix="/offers", tags=["offers"], responses=INVALID)',
        'open_offers_router = APIRouter(prefix="/offers", tags=["offers"], dependencies=[Depends(get_current_user)])'),
    Bug("open draft", "A draft stands on the board before its owner is done with it.",
        "offers = select(Offer).where(Offer.public).order_by(Offer.id)",
        "offers = select(Offer).order_by(Offer.id)"),
    Bug("closed account", "Ben's account was closed. He still makes offers.",
        "async def find_for(",
        "ActiveUser, get_current_active_user = CurrentUser, get_current_user\n\nasync def find_for("),
    Bug("everybody is Ana", "Somebody without a token makes offers in Ana's name.",
        "async def find_for(",
        "def get_current_active_user() -> User:\n    return User(id=1, username='ana', role='member')\n\n"
        "ActiveUser = Annotated[User, Depends(get_current_active_user)]\n\nasync def find_for("),
    Bug("mine are all", "Ana's own list shows what belongs to others, drafts included.",
        "offers = select(Offer).where(Offer.owner_id == owner_id).order_by(Offer.id)",
        "offers = select(Offer).order_by(Offer.id)"),
    Bug("anybody edits", "Ana changes and deletes Carla's public offers.",
        "if offer.owner_id == user.id or (",
        "if offer.owner_id == user.id or offer.public or ("),
    Bug("the admin too", "An admin may clean up, and is refused.",
        "(admin and offer.public and user.role == Role.admin)",
        "(admin and offer.public and user.role == 'owner')"),
    Bug("known draft", "Anybody who tries out numbers learns who has drafts.",
        '    if not offer.public:\n        raise NotFound(f"There is no offer {offer_id}.", "OFFER_NOT_FOUND")\n    raise NotAllowed',
        "    raise NotAllowed"),
)  # fmt: skip

# --- job 3 ------------------------------------------------------------------------------------------------------------

MEMBERS: list[Story] = []
member_story = partial(told, MEMBERS)
DORA = {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}
MEMBER_FIELDS = {"id", "name", "email", "role", "active"}
SECRETS = {name: f"`{name}` leaves. A password leaves in no form (S2)." for name in ("password", "password_hash")}


def a_member(all: People, **more: Any) -> str:
    """Take somebody in, and return their address."""
    return made(all.carla.post("/members", DORA | more), "Carla is an admin, and takes somebody in.")


@member_story("Carla takes Dora in, and finds her where the answer says")
def _(all: People) -> None:
    response = all.carla.post("/members", DORA)
    path = made(response, "Carla is an admin.")
    expect.fields(response, MEMBER_FIELDS, why="The page shows these five.", known=SECRETS)
    wanted = {"id": response.json()["id"], "name": "dora", "email": DORA["email"], "role": "member", "active": True}
    expect.body(response, wanted, why="Dora is a member, and active.")
    found = all.carla.get(path)
    expect.status(found, 200, why=f"`Location` says that she is at `{path}`.")
    expect.body(found, wanted, why="She was taken in a moment ago.")


@member_story("Carla takes in an admin")
def _(all: People) -> None:
    response = all.carla.post("/members", DORA | {"role": "admin"})
    made(response, "`role` may be sent.")
    for name in ("fay", "f" * 20, "f_2"):
        a_member(all, name=name)
    for number, length in enumerate((12, 128)):
        a_member(all, name=f"emil{number}", password="x" * length)
    expect.equal(response.json().get("role"), "admin", what="the role", why="It was sent.", response=response)


@member_story("No answer holds a password, in any form")
def _(all: People) -> None:
    path = a_member(all)
    expect.fields(all.carla.get("/members"), MEMBER_FIELDS, why="A list shows the same five.", known=SECRETS)
    for response in (all.carla.get(path), all.carla.patch(path, {"active": False}), all.carla.get("/members")):
        expect.that("argon2" not in response.text, "The hash of the password is in the answer.", why="It can be tried offline (S2).", response=response)  # fmt: skip


@member_story("Carla sends what is not valid, and is told which field")
def _(all: People) -> None:
    for field, value in (("name", "Dora"), ("name", "do"), ("name", "d" * 21), ("name", "1dora"), ("name", "do-ra"), ("name", "doRa"), ("name", "dorä"), ("name", "dora\n"), ("name", None), ("email", "dora"), ("password", "too short!!"), ("password", "x" * 129), ("role", "queen"), ("nmae", "dora"), ("active", False), ("id", 9)):  # fmt: skip
        response = all.carla.post("/members", DORA | {field: value})
        invalid(response, field, "S1 and S6 say what a new member has and what is valid. Any other field is refused.")
        expect.that(field != "password" or str(value) not in response.text, "The password comes back in the answer.", why="Answers end in logs (S6).", response=response)  # fmt: skip
    for field, value in (("name", "Dora From Next Door"), ("email", "dora from next door"), ("role", "from next door")):
        response = all.carla.post("/members", DORA | {field: value})
        expect.that("next door" not in response.text.lower(), f"The `{field}` that was sent comes back in the answer.", why="Answers end in logs (S6).", response=response)  # fmt: skip
    invalid(all.carla.post("/members", {"name": "dora"}), "password", "Without a password nobody is taken in.")
    expect.body(all.carla.get("/members"), [], why="Nobody was taken in.")


@member_story("Carla takes in a second Dora, and the name is taken")
def _(all: People) -> None:
    a_member(all)
    known = {400: "400 is for what is not valid. The name is valid, and it doesn't fit what is there now: 409 (S8)."}  # fmt: skip
    problem(all.carla.post("/members", DORA), 409, "NAME_TAKEN", "The page marks the name.", "name", known=known)


@member_story("Emil's password holds his name, and makes no sense")
def _(all: People) -> None:
    response = all.carla.post("/members", DORA | {"name": "emil", "password": "emil and the detectives"})
    known = {400: "It is well formed, and makes no sense to the club: 422 (S8)."}  # fmt: skip
    problem(response, 422, "WEAK_PASSWORD", "The page marks the password.", "password", known=known)
    expect.that("detectives" not in response.text, "The password comes back in the answer.", response=response)


@member_story("Carla opens a member who is not there")
def _(all: People) -> None:
    for response in (all.carla.get("/members/99"), all.carla.patch("/members/99", {"active": False}), all.carla.delete("/members/99")):  # fmt: skip
        problem(response, 404, "MEMBER_NOT_FOUND", "There is no member 99.")
    invalid(
        all.carla.get("/members/dora"), "member_id", "That isn't a number. The parameter is called `member_id` (S3)."
    )
    endless = f"/members/{10**30}"
    for response in (all.carla.get(endless), all.carla.patch(endless, {"active": False}), all.carla.delete(endless)):
        expect.status(response, (400, 404), why="A number that no column can hold must not break the server.")


@member_story("Carla changes an email, and nothing else changes")
def _(all: People) -> None:
    path = a_member(all)
    response = all.carla.patch(path, {"email": "dora@example.org"})
    expect.status(response, 200, why="The member changes, and comes back.")
    expect.equal({name: response.json().get(name) for name in MEMBER_FIELDS - {"id"}}, {"name": "dora", "email": "dora@example.org", "role": "member", "active": True}, what="the member", why="The email was sent, and nothing else (S4).", response=response)  # fmt: skip
    expect.body(all.carla.get(path), response.json(), why="What was answered is what was kept.")
    for field, value in (("email", None), ("role", None), ("active", None), ("email", "dora"), ("role", "queen"), ("name", "fay"), ("password", "nine red clocks"), ("password_hash", "x")):  # fmt: skip
        invalid(all.carla.patch(path, {field: value}), field, "`email`, `role` and `active` change, and cannot be null (S4).")  # fmt: skip
    for field in ("email", "role"):
        response = all.carla.patch(path, {field: "from next door"})
        expect.that("next door" not in response.text, f"The `{field}` that was sent comes back in the answer.", why="Answers end in logs (S6).", response=response)  # fmt: skip


@member_story("Carla makes Dora an admin, and switches her off and on again")
def _(all: People) -> None:
    a_member(all, name="emil", role="admin")
    path = a_member(all)
    wanted = all.carla.get(path).json()
    for change in ({"role": "admin"}, {"active": False}, {"email": "d@example.net"}, {"active": True}):
        wanted |= change
        response = all.carla.patch(path, change)
        expect.status(response, 200, why="`email`, `role` and `active` change (S4).")
        expect.fields(response, MEMBER_FIELDS, why="After a change a member has the same five.", known=SECRETS)
        expect.body(response, wanted, why="What was sent, and nothing else (S4).")
        expect.body(all.carla.get(path), wanted, why="What was answered is what was kept.")


@member_story("The last admin cannot be lost")
def _(all: People) -> None:
    path = a_member(all, role="admin")
    for response in (
        all.carla.patch(path, {"role": "member"}),
        all.carla.patch(path, {"active": False}),
        all.carla.delete(path),
    ):
        problem(response, 409, "LAST_ADMIN", "Who would let the next one in?")
    expect.equal(all.carla.get(path).json().get("role"), "admin", what="the role", why="What is refused changes nothing.")  # fmt: skip
    a_member(all, name="emil", role="admin")
    expect.status(all.carla.patch(path, {"role": "member"}), 200, why="Now there is another.")


@member_story("Carla takes somebody out, and the second time they are gone")
def _(all: People) -> None:
    keep, path = a_member(all, name="emil"), a_member(all)
    deleted(all.carla.delete(path))
    problem(all.carla.delete(path), 404, "MEMBER_NOT_FOUND", "Dora is gone.")
    expect.status(all.carla.get(keep), 200, why="Emil is still there.")


@member_story("Carla turns the pages of the list")
def _(all: People) -> None:
    paths = [a_member(all, name=f"member{number}") for number in range(22)]
    expect.status(all.carla.patch(paths[1], {"active": False}), 200, why="Somebody is away for a year.")
    for query, wanted in (("", range(20)), ("?limit=100", range(22)), ("?limit=2", range(2)), ("?limit=2&offset=2", range(2, 4)), ("?offset=21", range(21, 22))):  # fmt: skip
        response = all.carla.get(f"/members{query}")
        expect.status(response, 200, why="S3 has these parameters.")
        expect.equal([one["name"] for one in response.json()], [f"member{number}" for number in wanted], what=f"the list of names at `/members{query}`", why="All by id, 20 if nobody says how many and up to 100 if somebody does (S3).", response=response)  # fmt: skip
    with reading() as read:
        all.carla.get("/members?limit=100")
    expect.that(read.asked_for(100), "Carla asks for a page of 100 members, and the app asks its database for fewer. If the club had a hundred, some would be missing, and nobody would tell her.", why="`limit` goes up to 100 (S3).")  # fmt: skip
    for query, field in (("limit=0", "limit"), ("limit=101", "limit"), ("offset=-1", "offset"), ("page=2", "page")):
        invalid(all.carla.get(f"/members?{query}"), field, "Query parameters are input, too.")


@member_story("Ana, Ben and strangers stay outside")
def _(all: People) -> None:
    path = a_member(all)
    for who, status, code in (*all.outsiders, (all.ana, 403, "ROLE_REQUIRED")):
        for response in who.each_route("/members", path, DORA, {"active": False}):
            problem(response, status, code, "Active admins only, on each of the five routes (S7).")


@member_story("A programmer finds each refusal in the document")
def _(all: People) -> None:
    one = "/members/{member_id}"
    in_the_document(all.document(), {
        ("GET", "/members"): "200 400 401 403",
        ("POST", "/members"): "201 400 401 403 409 422",
        ("GET", one): "200 400 401 403 404",
        ("PATCH", one): "200 400 401 403 404 409",
        ("DELETE", one): "204 400 401 403 404 409",
    })  # fmt: skip


MEMBER_BUGS = (
    Bug("hash shown", "Everybody who manages members reads the hash of each password.",
        "    role: Role\n    active: bool\n\n\ndef get_club",
        "    role: Role\n    active: bool\n    password_hash: str\n\n\ndef get_club"),
    Bug("everybody an admin", "Ana, who is no admin, takes members out.",
        "ADMINS = [Depends(require_role(Role.admin))]",
        "ADMINS = [Depends(get_current_active_user)]"),
    Bug("taken is broken", "If you choose a name that is taken, you read that the server is broken.",
        '    NameTaken: (409, "NAME_TAKEN", "name"),\n',
        ""),
    Bug("no mark", "The page says that something is wrong, and marks no field.",
        "fields = {field: [str(error)]} if field else None",
        "fields = None"),
    Bug("the last admin", "The only admin steps back, and nobody can let anybody in again.",
        "if is_one and await self.db.scalar(admins) == 1:",
        "if is_one and await self.db.scalar(admins) == 0:"),
    Bug("they stay", "Somebody is taken out, and is still on the list.",
        "await self.db.delete(member)",
        "await self.db.flush()"),
    Bug("first page", "If you turn to the second page, you see the first one again.",
        "club.list(page.limit or 20, page.offset)",
        "club.list(page.limit or 20, 0)"),
    Bug("all new are off", "Carla switches a member off, and the page shows that nothing has changed.",
        "        for name, value in fields.items():\n            setattr(member, name, value)\n        await self.db.flush()\n        return member\n\n    async def remove",
        "        return member\n\n    async def remove"),
)  # fmt: skip

for number, title, id_, name, tests, stories, bugs in (
    (1, "From nothing", "12.2", "errands", "TestErrands", ERRANDS, ERRAND_BUGS),
    (2, "A lock for a house that stands", "12.5", "offers", "TestOffers", OFFERS, OFFER_BUGS),
    (3, "A door for a finished service", "12.7", "members", "TestMembers", MEMBERS, MEMBER_BUGS),
):
    spec, factory = f"specs/{name}/spec.md", f"create_{name}_app"
    jobs[number] = Job(number, title, id_, spec, factory, tests, build, people, tuple(stories), tuple(bugs))


# --- the exercises ----------------------------------------------------------------------------------------------------

POINTS = [f"C{number}" for number in range(1, 11)]


def a_bug() -> None:
    """Raise what nobody expects. This is a route in the check's copy of the board only."""
    raise RuntimeError("the cupboard is locked")


def silent_about_bugs(app: Any, api: Client) -> None:
    """Expect a bug to be a 500 that says nothing of it."""
    app.add_api_route("/api/v1/broken", a_bug)
    response = api.get("/api/v1/broken")
    expect.status(response, 500, why="A bug is our fault, and not the caller's.")
    expect.that("cupboard" not in response.text, "A route had a bug, and the words of its exception are in the answer. Say that something went wrong, and nothing about what it was.", why="They tell strangers what we are made of.", response=response)  # fmt: skip
    body = expect.json_body(response, "Every error has the one shape.")
    expect.that(isinstance(body, dict) and {"detail", "error_code"} <= set(body), "A 500 has another shape than `detail`, `error_code`, `field_errors`: `problem(500, …)` makes it.", why="The phone reads each error in the same way.", response=response)  # fmt: skip


def keeps_notes(api: Client) -> None:
    """Write two notes, and expect each where its `Location` says, and both on the board."""
    place = "The address should be `/api/v1/thanks`: the resource, not what is done with it."
    known = {404: place, 405: place, 200: "201 says that something new exists."}
    for number, (to, text) in enumerate((("Ben", "for the ladder"), ("Ana", "for the soup")), 1):
        note = {"id": number, "to": to, "text": text}
        response = api.post("/api/v1/thanks", json={"to": f" {to} ", "text": f"{text} "})
        expect.status(response, 201, why="Something new exists.", known=known)
        expect.body(
            response,
            note,
            why="A note comes out with its number, from 1, and each text without spaces around it, as `Title` has it.",
        )
        where = response.headers.get("Location", "").removeprefix("http://testserver")
        expect.equal(where, f"/api/v1/thanks/{number}", what="`Location`", why="It says where the note is.", response=response)  # fmt: skip
        found = api.get(f"/api/v1/thanks/{number}")
        expect.status(found, 200, why="It was written a moment ago.")
        expect.body(found, note, why="It was written a moment ago.")
    for why in ("Everybody reads the board.", "The board was read a moment ago, and reading changes nothing."):
        listed = api.get("/api/v1/thanks")
        expect.status(listed, 200, why=why)
        expect.equal([one["to"] for one in listed.json()], ["Ben", "Ana"], what="who was thanked", why=f"{why} The notes are in order of their numbers.", response=listed)  # fmt: skip


def refuses_what_is_wrong(api: Client) -> None:
    """Ask for addresses and notes that do not exist, and for what is not valid."""
    nowhere = api.get("/api/v1/nothing")
    problem(
        nowhere, 404, "PATH_NOT_FOUND", "Every error has the one shape, even the one for an address that doesn't exist."
    )
    for missing in (0, 3, 99):
        response = api.get(f"/api/v1/thanks/{missing}")
        a_note = "Python counts from the end, too: `notes[-1]` is the last one."
        nothing = "200 says: here it is, and there is no note in the answer."
        known = {200: a_note if '"text"' in response.text else nothing, 500: "The list has no such place, and nobody turns that into an answer."}  # fmt: skip
        problem(response, 404, "NOTE_NOT_FOUND", "There is no such note.", known=known)
    invalid(api.get("/api/v1/thanks/first"), "note_id", "That isn't a number. Call the parameter `note_id`.", known={500: "`int(\"first\")` raises, and nobody turns that into an answer. Let the parameter have its type."})  # fmt: skip
    invalid(api.post("/api/v1/thanks", json={"to": "Ben"}), "text", "A note has a text.")
    note = {"to": "Ben", "text": "for the ladder"}
    for field, value in (("to", " "), ("text", " "), ("to", "x" * 101), ("text", "x" * 101)):
        invalid(api.post("/api/v1/thanks", json=note | {field: value}), field, "A `Title` has 1 to 100 characters.")


@exercise(
    "12.1",
    "Thanks, in a hurry",
    rules=POINTS,
    hints=[
        "Run `review(thanks_app)` in a cell of your own. Which of the findings go away together, when the routes move to a router with models?",
        "A model for what comes in, a model for what goes out, a router with prefix and tag, docstrings. A dependency hands out `request.app.state.notes`. Nothing sleeps.",
        '`FastAPI(title="Thanks", exception_handlers={**HANDLERS, Exception: on_any_error})`; a missing note raises `NotFound("…", "NOTE_NOT_FOUND")`, and the route has `responses=documented(404, …)`.',
    ],
    limit=10.0,
)
def in_a_hurry(thanks_app: Any) -> dict[str, str]:
    """Ask for a board that does what it should and breaks none of the ten points."""
    api = client(thanks_app, raise_server_exceptions=False)
    keeps_notes(api)
    refuses_what_is_wrong(api)
    in_the_document(thanks_app.openapi(), {
        ("POST", "/thanks"): "201 400",
        ("GET", "/thanks"): "200",
        ("GET", "/thanks/{note_id}"): "200 400 404",
    })  # fmt: skip
    refuse_broken(review_of(thanks_app, "Thanks"), "It does what it should. ")
    silent_about_bugs(thanks_app, api)
    return {"message": "It does what it should, and none of the ten points is broken."}


@exercise(
    "12.2",
    "Errands",
    rules=["E1", "E2", "E3", "E4", "E5", "E6", "D2", "A1", "X2", "X3", "S1", "S2", "P1", *POINTS],
    hints=[
        "Which sentences of the spec does none of your routes keep yet? Take the stories with ✗ one after the other, from the top.",
        "`app_snippets/tasks_api/api/routes/tasks.py` and `services/tasks.py` do the same for tasks. What differs is in the spec: no steps, no versions, a 422 for a change, too.",
        "A router with `dependencies=[Depends(get_current_active_user)]`, `responses=GUARDED`; each statement of the service names `Errand.owner_id == owner.id`; `changes.model_dump(exclude_unset=True)`.",
    ],
    limit=30.0,
)
def errands(create_errands_app: Any) -> dict[str, str]:
    """Ask for an app for which all stories of job one hold, and that breaks none of the ten points."""
    return judge_app(jobs[1], create_errands_app)


@exercise(
    "12.3",
    "Tests for errands",
    rules=["F4"],
    hints=[
        "Each surviving bug says what somebody suffers. Which request would show it, and what does the right answer have that the wrong one doesn't?",
        "Compare values, not statuses only: the title behind `Location`, the shop after a tick, the ids of a filtered list. Ask as Carla for what is Ana's.",
        "`str(datetime.now(UTC).date() - timedelta(days=1))` is yesterday: 422. Today is a 201. After a DELETE, ask for it once more.",
    ],
    limit=60.0,
)
def errand_tests(TestErrands: Any) -> dict[str, str]:
    """Ask for tests that catch eight bugs in our errands."""
    return judge_job_tests(jobs[1], TestErrands)


CASES: dict[str, tuple[int, str, str]] = {
    "DELETE a public offer, without a token": (401, "UNKNOWN", "No token: nobody knows who asks (S4)."),
    "POST an offer, as Ben, whose account is closed": (403, "MAY_NOT", "His token is valid, so we know him. He may not (S4)."),
    "PATCH Carla's public offer, as Ana": (403, "MAY_NOT", "Everybody can see the offer: to say that it is there tells nothing new (S5)."),
    "PATCH Carla's draft, as Ana": (404, "SECRET", "A 403 would tell Ana that Carla has a draft with this number (S6)."),
    "DELETE Ana's draft, as Carla, who is an admin": (404, "SECRET", "An admin has no look at drafts: S6 holds for her (S7)."),
    "DELETE an offer that somebody has deleted already, as Ana": (404, "NOTHING", "There is no such offer any more."),
    "GET /mine with a token that has expired": (401, "UNKNOWN", "A token that has expired proves nothing: to us it is nobody (S4)."),
}  # fmt: skip


@exercise(
    "12.4",
    "401, 403 or 404?",
    rules=["E5", "F3"],
    hints=[
        "Three questions, in this order: do we know who asks? May they know that it is there? May they do it?",
        "401 goes with the first question, 403 with the third. A 404 has two reasons: it is not there, or the one who asks must not know that it is.",
        "Ben has a valid token. A draft is nobody's business but its owner's, and S7 says what an admin may.",
    ],
)
def decide(decisions: Any, UNKNOWN: Any, MAY_NOT: Any, SECRET: Any, NOTHING: Any) -> dict[str, str]:
    """Ask for the right status of each case, for the right reason."""
    reasons = {"UNKNOWN": UNKNOWN, "MAY_NOT": MAY_NOT, "SECRET": SECRET, "NOTHING": NOTHING}
    expect.that(
        len(set(reasons.values())) == len(reasons),
        "`UNKNOWN`, `MAY_NOT`, `SECRET` and `NOTHING` should stay four different reasons.",
    )
    fits = {UNKNOWN: 401, MAY_NOT: 403, SECRET: 404, NOTHING: 404}
    expect.that(isinstance(decisions, dict), f"`decisions` should be a dict, and is {describe(decisions)}.")
    for case, (status, name, because) in CASES.items():
        given = decisions.get(case)
        expect.that(
            isinstance(given, tuple | list) and len(given) == 2 and ... not in given,
            f"“{case}” has no answer yet: a status and a reason, such as `(401, UNKNOWN)`.",
        )
        got, reason = given
        expect.that(
            isinstance(got, int),
            f"“{case}”: the status is a number, such as `404`, and yours is {describe(got)}.",
        )
        expect.that(
            reason in list(reasons.values()),
            f"“{case}”: the reason is none of `UNKNOWN`, `MAY_NOT`, `SECRET` and `NOTHING`.",
        )
        expect.that(
            got == status,
            f"“{case}” is not {got}. Ask the three questions in their order: who asks, may they know that it is there, may they do it?",
            why=because,
        )
        expect.that(
            reason == reasons[name],
            f"“{case}” is {got}, but not because “{reason}”."
            + ("" if fits.get(reason) == got else f" That would be a {fits.get(reason)}."),
            why=because,
        )
    return {"message": "Right, each for the right reason. Now build it."}


@exercise(
    "12.5",
    "The board with a lock",
    rules=["E5", "D1", "D4", "X1", *POINTS],
    hints=[
        "Who says today who somebody is, and who should? And what is known about the caller by the time an offer is found?",
        "A guard at the router, `ActiveUser` in place of `owner_id`, and one function that finds an offer on which the caller may act: `NotFound` for a draft, `NotAllowed` for what is public.",
        '`if offer.owner_id == user.id or (admin and offer.public and user.role == Role.admin): return offer`, then `NotFound` where it is not public, then `NotAllowed("…", "NOT_YOUR_OFFER")`. Document 401, 403 and 404 in `responses`.',
    ],
    limit=30.0,
)
def offers(create_offers_app: Any) -> dict[str, str]:
    """Ask for an app for which all stories of job two hold, and that breaks none of the ten points."""
    return judge_app(jobs[2], create_offers_app)


@exercise(
    "12.6",
    "Tests for the lock",
    rules=["F4"],
    hints=[
        "For each sentence of the spec: who asks, for whose offer, public or not? Which of these has no test yet?",
        "Write a helper that makes an offer of somebody. Then ask as a stranger, as Ben, as Ana and as Carla, and look at the board without a token, too.",
        "A draft of Carla is a 404 for Ana, a public offer a 403. Carla's DELETE of Ana's public offer is a 204. `/mine` has one `owner_id` only.",
    ],
    limit=60.0,
)
def offer_tests(TestOffers: Any) -> dict[str, str]:
    """Ask for tests that catch eight bugs in our board."""
    return judge_job_tests(jobs[2], TestOffers)


@exercise(
    "12.7",
    "Members over HTTP",
    rules=["E4", "E6", "E7", "D1", "X1", "X2", "X3", "X5", "S1", "S3", *POINTS],
    hints=[
        "What does the service raise, and who turns that into an answer? What does it return, and which of its fields may leave?",
        "A dependency that gives `Club(db, passwords)`, a response model without the hash, one handler for `MemberError` with the table of S8, and a router with `Depends(require_role(Role.admin))`.",
        "`app.add_exception_handler(MemberError, on_member_error)`, and in it `return problem(status, code, str(error), fields)`. Change with `await club.change(member_id, **changes.model_dump(exclude_unset=True))`.",
    ],
    limit=30.0,
)
def members(create_members_app: Any) -> dict[str, str]:
    """Ask for an app for which all stories of job three hold, and that breaks none of the ten points."""
    return judge_app(jobs[3], create_members_app)


@exercise(
    "12.8",
    "Tests for members",
    rules=["F4"],
    hints=[
        "Which refusal of S8 does none of your tests provoke? Which field of an answer does none of them look at?",
        "The set of fields of a member, the status and `field_errors` of each refusal, the list after a DELETE, the second page, and all of it once as Ana.",
        '`assert set(found) == {"id", "name", "email", "role", "active"}`; take in one admin and try to make a member of them: 409.',
    ],
    limit=60.0,
)
def member_tests(TestMembers: Any) -> dict[str, str]:
    """Ask for tests that catch eight bugs in our members."""
    return judge_job_tests(jobs[3], TestMembers)
