"""What the exercises of lesson 09 check, and the answers to its predictions. The checks ask over HTTP, and read the document as a client does."""

import importlib
import json
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from fastapi import APIRouter, FastAPI
from pydantic import ValidationError

from coursekit.author import Client, NotYet, client, describe, exercise, expect, openapi, prediction
from coursekit.author.responses import NoteRaised
from coursekit.course.render import brief
from coursekit.course.words import names

prediction("9.p1", answer=400, evidence="response.status_code", choices=(200, 400, 404, 422))
prediction("9.p2", answer=400, evidence="response.status_code", choices=(200, 400, 404))
prediction("9.p3", answer=404, evidence="response.status_code", choices=(200, 404, 500))
prediction("9.p4", answer=401, evidence="response.status_code", choices=(200, 401, 404))
prediction("9.p5", answer="names", evidence="missing", choices=("names", "orders_of"))
prediction("9.p6", answer=20, evidence="page_size", choices=(20, 50, "refused"))
prediction("9.p7", answer=True, evidence="response.status_code == 200", choices=(True, False))


def _document(app: FastAPI, name: str) -> dict[str, Any]:
    """The app's document. Its warnings are for the check to judge."""
    expect.that(isinstance(app, FastAPI), f"The check needs a FastAPI application: let `{name}` be one.")
    app.openapi_schema = None
    with warnings.catch_warnings(action="ignore"):
        try:
            return app.openapi()
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            said = f"FastAPI can't make the document. At `{brief(place, 120)}`, it says: {first['msg']}."
            raise NotYet(said, why="Without a document there is no `/docs`, and no client.") from error


def _ok(response: Any, why: str, known: dict[int, str] | None = None) -> Any:
    """The response, once its status is 200."""
    expect.status(response, 200, why=why, known=known)
    return response


# 9.1


@exercise(
    "9.1",
    "The address that stutters",
    rules=["S1", "S2"],
    hints=[
        "Which of the three, the route, its router and `include_router`, should say `/api/v1`, which `/plants`, and which neither?",
        "`show(garden_app)` shows where the routes are now. The path of a route may be empty. And who knows the address of the new plant, with all its prefixes?",
        '`APIRouter(prefix="/plants", …)`, `@plants_router.get("")`, and `request.app.url_path_for("get_plant", plant_id=…)`.',
    ],
)
def garden(garden_app: Any, plants: Any) -> None:
    """Each part of the address is said once, and Location leads to the new plant."""
    paths = sorted(_document(garden_app, "garden_app")["paths"])
    stutters = next((path for path in paths if path.count("/api/v1") > 1 or path.count("/plants") > 1), None)
    elsewhere = f"Your route is at `{stutters}`: prefixes add up." if stutters else f"Your app's addresses are {names(paths)}."  # fmt: skip
    advice = " Let one place say `/api/v1` and one `/plants`." if stutters else ""
    slash = "Your path ends with a slash, and the phone's does not. A route's path may be empty: `\"\"`."
    api = client(garden_app, data=lambda: plants)
    plants.clear()
    plants.update({1: "Tomato", 2: "Basil"})
    why = "The phone asks at this address, and at no other."
    every = _ok(api.get("/api/v1/plants"), why, {404: elsewhere + advice, 422: elsewhere, 307: slash})
    expect.body(every, ["Tomato", "Basil"], why="What the routes answer stays as it is.")
    second = _ok(api.get("/api/v1/plants/2"), why, {404: elsewhere})
    expect.body(second, {"name": "Basil"}, why="The second plant is asked for.")
    for name in ("Sage", "Mint"):
        created = api.post("/api/v1/plants", params={"name": name})
        expect.status(created, 201, why="A new plant exists.", known={404: elsewhere})
        expect.body(created, {"name": name}, why="What the routes answer stays as it is.")
        _leads_to_the_plant(api, created, name)
    _has_no_other_address(api, paths)


def _leads_to_the_plant(api: Client, created: Any, name: str) -> None:
    location = created.headers.get("Location", "")
    expect.that(
        location,
        "The answer has no `Location` header, so the phone does not know where the new plant is.",
        response=created,
    )
    found = _ok(
        api.get(location), "The phone goes where `Location` sends it.",
        {404: f"`Location` says `{location}`, and nothing is there. Let the app name the address: `request.app.url_path_for`."},
    )  # fmt: skip
    expect.body(found, {"name": name}, why="`Location` leads to the plant that this request has made.")


def _has_no_other_address(api: Client, paths: list[str]) -> None:
    why = "A second address for the same thing is one more that can never change."
    wanted = ["/api/v1/plants", "/api/v1/plants/{plant_id}"]
    expect.that(
        paths == wanted, f"Your app's addresses are {names(paths)}, and they should be {names(wanted)}.", why=why
    )
    for old in ("/plants", "/api/v1/api/v1/plants/plants"):
        hidden = api.get(old)
        expect.that(
            hidden.status_code == 404,
            f"`{old}` answers, though the document does not name it. The phone needs one address.",
            why=why,
            response=hidden,
        )


# 9.2


@exercise(
    "9.2",
    "The library in one drawer",
    rules=["S1", "S2", "S3"],
    hints=[
        "Which routes would the person who cares for books want to find in one file? And which of two routes that fit gets a request?",
        "A router has a `prefix` and `tags`; the app has `openapi_tags`, a list with a `name` and a `description` each. A fixed path comes before one with a parameter.",
        '`books_router = APIRouter(prefix="/books", tags=["books"])`, then `""`, `"/newest"` and `"/{book_id}"`; `library_app.include_router(books_router, prefix="/api/v1")`.',
    ],
)
def library(books_router: Any, loans_router: Any, library_app: Any, books: Any, loans: Any) -> None:
    """Two routers by resource, one prefix, tags with descriptions, and the fixed path first."""
    document = _document(library_app, "library_app")
    for router, name in ((books_router, "books_router"), (loans_router, "loans_router")):
        expect.that(
            isinstance(router, APIRouter) and not isinstance(router, FastAPI),
            f"`{name}` should be an `APIRouter`, and is {describe(router)}.",
            why="A router can stand in a file of its own, and an app includes it.",
        )
    books.clear()
    books.update({1: "Emma", 5: "Momo", 2: "Ulysses"})
    loans[:] = [{"book_id": 2, "reader": "Ben"}]
    paths = names(sorted(document["paths"]))
    _answers_under_the_prefix(client(library_app, data=lambda: [books, loans], raise_server_exceptions=False), paths)
    _keeps_to_its_resource(books_router, "/books", "/loans")
    _keeps_to_its_resource(loans_router, "/loans", "/books")
    _has_its_tag(document)
    expect.that(
        set(document["paths"]) == {"/api/v1/books", "/api/v1/books/newest", "/api/v1/books/{book_id}", "/api/v1/loans"},
        f"The documentation has the addresses {paths}. It should have those of all four routes, with `{{book_id}}` as its name.",
        why="Nobody finds a route that isn't documented.",
    )
    _describes_its_tags(document)


def _answers_under_the_prefix(api: Client, paths: str) -> None:
    """Each route answers at `/api/v1`, and not without it."""
    wanted = {"/books": ["Emma", "Momo", "Ulysses"], "/books/5": "Momo", "/books/newest": "Momo", "/loans": [{"book_id": 2, "reader": "Ben"}]}  # fmt: skip
    for path, body in wanted.items():
        answer = _ok(
            api.get(f"/api/v1{path}"),
            "All addresses of the library begin with `/api/v1`. Each route answers as before, and `newest` answers for the first time.",
            {
                404: f"Your app's addresses are {paths}.",
                422: "`{book_id}` fits `newest` too, and it was asked first. The fixed path comes before the one with a parameter.",
                307: "Your path ends with a slash, and the caller's does not. A route's path may be empty: `\"\"`.",
            },
        )
        expect.body(answer, body, why="What the routes answer stays as it is.")
        old = api.get(path)
        expect.that(
            old.status_code == 404,
            f"`{path}` still answers beside `/api/v1{path}`. One thing has one address.",
            response=old,
        )


def _keeps_to_its_resource(router: Any, own: str, other: str) -> None:
    """A router answers at its own prefix, and not at the other's."""
    alone = client(router, raise_server_exceptions=False)
    _ok(
        alone.get(own), "A router knows the prefix of its resource.",
        {404: f"Alone, the router of `{own}` does not answer at `{own}`. Let the router itself have the prefix `{own}`; `include_router` adds `/api/v1`."},
    )  # fmt: skip
    expect.that(
        alone.get(other).status_code == 404,
        f"The router of `{own}` also answers at `{other}`. Two people still share one file.",
    )


def _has_its_tag(document: dict[str, Any]) -> None:
    """Each operation has the tag of its resource, once."""
    for method, path, operation in openapi.operations(document):
        tag = path.removeprefix("/api/v1/").split("/")[0]
        got = operation.get("tags", [])
        twice = " A tag that is given to the router and given again is there twice." if len(got) > 1 else ""
        expect.that(
            got == [tag],
            f"{method} {path} has the tags {got}, and should have {[tag]}.{twice}",
            why="The documentation groups routes by their tags.",
        )


def _describes_its_tags(document: dict[str, Any]) -> None:
    described = {tag.get("name"): tag.get("description") for tag in document.get("tags", [])}
    for name in ("books", "loans"):
        expect.that(
            isinstance(described.get(name), str) and described[name].strip(),
            f"The tag `{name}` has no description. The app takes `openapi_tags`: a list with a `name` and a `description` for each.",
            why="A tag is a word; its description says what it means.",
        )


# 9.3


@exercise(
    "9.3",
    "The diary with a back door",
    rules=["D2", "S1"],
    hints=[
        "Where would the guard have to stand, so that a route which nobody has written yet is guarded too?",
        "`APIRouter` takes `dependencies`. What must stay open belongs to another router, or to the app.",
        '`APIRouter(prefix="/diary", tags=["diary"], dependencies=[Depends(require_key)])`',
    ],
)
def diary(diary_router: Any, diary_app: Any, pages: Any) -> None:
    """Every route is guarded, even one that is added later; health stays open."""
    expect.that(isinstance(diary_router, APIRouter), "`diary_router` should stay an `APIRouter`.")
    api = client(diary_app, data=lambda: pages)
    key, why = {"X-Key": "garden gate"}, "A diary is nobody else's business."
    pages.clear()
    pages.update({1: "It rained.", 2: "The sun came out."})
    for headers in ({}, {"X-Key": "a guess"}):
        read, removed = "Somebody without a key has read a page.", "Somebody without a key has deleted a page."
        gone = "The route for deleting pages is gone. Ana needs it: guard it."
        expect.status(api.get("/api/v1/diary/1", headers=headers), 401, why=why, known={200: read})
        expect.status(api.delete("/api/v1/diary/1", headers=headers), 401, why=why, known={204: removed, 405: gone})
    expect.that(1 in pages, "Somebody without a key was refused, and the page is gone all the same.")
    page = _ok(api.get("/api/v1/diary/2", headers=key), "Ana has the key.", {401: "Ana has the key, and is refused."})
    expect.body(page, "The sun came out.", why="Ana reads her page.")
    expect.status(api.delete("/api/v1/diary/1", headers=key), 204, why="Ana has the key.")
    expect.that(1 not in pages, "Ana has deleted page 1, and it is still there.")
    _ok(
        api.get("/health"), "The people who look after the machine have no key.",
        {401: "`/health` asks for a key now. A guard on the app guards all of it: put it on the router of the diary."},
    )  # fmt: skip
    diary_router.add_api_route("/written/later", _a_route_of_next_year)
    expect.status(
        api.get("/api/v1/diary/written/later"), 401,
        why="The next route will be written by somebody who does not think of the guard.",
        known={200: "The check has added a route to `diary_router`, as somebody will next year, and it is open. A guard on each route can be forgotten: put it on the router."},
    )  # fmt: skip
    _ok(api.get("/api/v1/diary/written/later", headers=key), "Ana has the key.")


async def _a_route_of_next_year() -> str:
    return "a secret"


# 9.4

WISHES = {
    "answers get one more field, color": (False, "Clients read the fields that they know, and ignore a new one."),
    "the field title of an answer is called name": (True, "The phones look for `title`, and it is gone."),
    "GET /tasks takes a color, which may be left out": (False, "The phones leave it out, and get what they always got."),
    "POST /tasks needs a due_date": (True, "The phones in the shops send none. From that day on each new task is refused."),
    "there is a new route, GET /statistics": (False, "Nobody asks for it yet, and everything else is as before."),
    "done is 'yes' or 'no' instead of true or false": (True, "For a program, `'no'` is a text that is not empty. Many languages take it for true."),
    "POST /tasks answers 200 instead of 201": (True, "A client that asks whether the status is 201 takes this for a failure."),
    "a new title may have 80 characters instead of 200": (True, "What a phone sends today, with 120 characters, is refused tomorrow. A tighter limit breaks."),
    "the sentence in detail is friendlier": (False, "`detail` is for people. Programs compare the `error_code`."),
    "the operation id get_tasks becomes list_tasks": (True, "No request changes. But the method in a generated client is named after it: once the client is generated again, the method that its callers use is gone."),
}  # fmt: skip
"""Whether each wish breaks a client, and why."""


@exercise(
    "9.4",
    "Which of these breaks a phone?",
    rules=["S2"],
    hints=[
        "Take a phone that was built last year. Does it still get what it looks for, and is all that it sends still accepted?",
        "More in an answer is safe, and less is not. For requests it is the other way round: asking for more, or allowing less, breaks.",
        "Five of the six that break concern a field, a status or a limit. The sixth concerns a client that a program wrote.",
    ],
)
def wishes(breaking: Any) -> None:
    """For each wish, whether it breaks a client."""
    expect.that(isinstance(breaking, dict), "`breaking` should stay a dictionary: the wish to `True` or `False`.")
    missing = [wish for wish in WISHES if wish not in breaking]
    expect.that(not missing, f"There is no answer yet for: {', '.join(missing)}.")
    right = "Put `True` for breaking, `False` for safe."
    for wish, (wanted, because) in WISHES.items():
        got = breaking[wish]
        expect.that(got is not ..., f'"{wish}" has no answer yet. {right}')
        expect.that(isinstance(got, bool), f'For "{wish}" you answer {describe(got)}. {right}')
        expect.that(
            got == wanted,
            f'"{wish}" is {"breaking" if wanted else "safe"}. {because}',
            why="What is breaking needs a new version of the API.",
        )


# 9.5


@contextmanager
def _imported(files: dict[str, str], first: str, then: str) -> Iterator[ModuleType]:
    """Import a package's modules, `first` before `then`, as a new Python would. Forget them afterwards."""

    def forget() -> None:
        for name in [one for one in sys.modules if one.split(".")[0] == "club"]:
            del sys.modules[name]

    forget()
    with tempfile.TemporaryDirectory() as folder:
        for path, source in files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(source, encoding="utf-8")
        sys.path.insert(0, folder)
        importlib.invalidate_caches()
        try:
            importlib.import_module(first)
            yield importlib.import_module(then)
        finally:
            sys.path.remove(folder)
            forget()


@exercise(
    "9.5",
    "The club that cannot open",
    rules=["S4"],
    hints=[
        "What does `members` need of `loans`, and `loans` of `members`? Which of it has nothing to do with routes?",
        "Names, loans and `tools_of` are what both need. Put them into a module that imports neither of the two.",
        '`club_files["club/data.py"] = DATA`, and in the others `from club.data import names, tools_of` and `from club.data import loans, names`.',
    ],
)
def club(club_files: Any) -> None:
    """Each module can be imported first, and the API answers as before."""
    expect.that(
        isinstance(club_files, dict) and all(isinstance(one, str) for pair in club_files.items() for one in pair),
        "`club_files` should be a dictionary: the path of a file to its text.",
    )
    for path in ("club/main.py", "club/members.py", "club/loans.py"):
        expect.that(path in club_files, f"`club_files` has no `{path}`. The three modules stay; you may add others.")
    outside = [path for path in club_files if not path.startswith("club/") or not path.endswith(".py") or ".." in path]
    expect.that(not outside, f"{names(sorted(outside))} isn't a module of the club: all paths are like `club/data.py`.")
    for first in ("club.members", "club.loans", "club.main"):
        try:
            with _imported(club_files, first, "club.main") as module:
                _ask_the_club(getattr(module, "app", None))
        except ModuleNotFoundError as error:
            raise NotYet(
                f"Importing `{first}` first, Python finds no module `{error.name}`. Is its file in `club_files`, under the path that the import says?",
                why="Nobody can import a module that isn't there.",
            ) from None
        except ImportError as error:
            said = str(error).partition(" (/")[0].partition(" (C:")[0]
            raise NotYet(
                f"Importing `{first}` first, Python says: {said}. "
                "Two modules still wait for each other: put what both need into a third one.",
                why="Each module can be the first that somebody imports: a test, a script, the server.",
            ) from None


def _ask_the_club(app: Any) -> None:
    """The club's API answers as before, and each module sees what the other has changed."""
    raised: list[Exception] = []
    if isinstance(app, FastAPI):
        app.add_middleware(NoteRaised, raised=raised)
    api = client(app, raise_server_exceptions=False)
    why, why_loans = "What the API answers stays as it is.", "The list of loans names the members."
    broken = {404: "The address is gone. The routes keep their prefixes."}

    def get(path: str, otherwise: str = "") -> Any:
        response = api.get(f"/api/v1{path}")
        return _ok(response, why, broken | ({500: otherwise or _crash(raised)} if raised else {}))

    def post(path: str, **params: Any) -> None:
        response = api.post(f"/api/v1{path}", params=params)
        expect.status(response, 201, why=why, known=broken | ({500: _crash(raised)} if raised else {}))

    ana = {"name": "Ana", "tools": ["drill"]}
    expect.body(get("/members/1"), ana, why="A member's page names the tools that they have borrowed.")
    expect.body(get("/loans"), ["drill: Ana"], why=why_loans)
    post("/loans", tool="saw", member_id=2)
    expect.body(
        get("/members/2"), {"name": "Ben", "tools": ["saw"]},
        why="Ben borrowed the saw a moment ago.",
        known=[({"name": "Ben", "tools": []}, "`POST /api/v1/loans` put the saw into another list than the one that `GET /api/v1/members/2` reads. There are two copies of `loans`: two modules that need the same thing import it from one place.")],
    )  # fmt: skip
    expect.body(get("/loans"), ["drill: Ana", "saw: Ben"], why=why_loans)
    post("/members", name="Carla")
    post("/loans", tool="file", member_id=3)
    unknown = "Carla has joined with `POST /api/v1/members`, and `GET /api/v1/members/3` does not find her."
    expect.body(get("/members/3", unknown), {"name": "Carla", "tools": ["file"]}, why="Carla joined a moment ago.")
    copies = "Carla has joined with `POST /api/v1/members`, and the list of loans does not know her. There are two copies of `names`: two modules that need the same thing import it from one place."
    raised.clear()
    every = get("/loans", copies)
    wanted, why_now = ["drill: Ana", "saw: Ben", "file: Carla"], "Carla joined and borrowed a file a moment ago."
    expect.body(every, wanted, why=why_now)


def _crash(raised: list[Exception]) -> str:
    """Say what a request of the club raised last."""
    error = raised[-1]
    said = f"It raised `{type(error).__name__}: {brief(str(error), 120)}`."
    missing = " A module that starts is not yet one that works: Python looks for a name only when the request comes."
    return said + (missing if isinstance(error, NameError) else "")


# 9.6

OWN_KEY, GREETING = "a key that only this bakery knows", "/api/v1/greeting"


@exercise(
    "9.6",
    "Two bakeries, one oven",
    rules=["D2"],
    hints=[
        "When is `bakery_settings` made, and how many of it can there be? What does a request carry that leads to its app?",
        '`app.state.settings` carries them, and a dependency reads `request.app.state.settings`. Whether two fields fit together is a matter for `@model_validator(mode="after")`.',
        '`app.state.settings = settings or BakerySettings()` inside the factory; in the validator `if self.environment == "production" and self.secret_key.get_secret_value() == KNOWN_KEY: raise ValueError(…)`.',
    ],
)
def bakeries(BakerySettings: Any, create_bakery: Any, KNOWN_KEY: Any) -> None:
    """Each app has its own settings, read when it is built, and production refuses the known key."""
    with patch.dict(os.environ):
        for name in [one for one in os.environ if one.startswith("BAKERY_")]:
            del os.environ[name]
        _greets_with_its_own(BakerySettings, create_bakery)
        _reads_in_time(create_bakery)
        _refuses_the_known_key(BakerySettings, create_bakery, KNOWN_KEY)
        _takes_a_key_of_its_own(BakerySettings, create_bakery)


def _greets_with_its_own(settings: Any, create: Any) -> None:
    with _accepted():
        apps = [create(settings(greeting="Ahoy")), create(), create(settings(greeting="Moin"))]
    expect.that(
        len({id(app) for app in apps}) == 3,
        "`create_bakery` gives the same app again. A factory builds a new one at each call.",
    )
    shops = list(zip(map(client, apps), ("Ahoy", "Good morning", "Moin"), strict=True))
    for shop, wanted in shops + shops:
        expect.body(
            _ok(shop.get(GREETING), "Each shop greets.", {404: f"The address is gone: the greeting is at `{GREETING}`."}),
            wanted,
            why="Each app answers with the settings that it was built with.",
            known=[
                ("Good morning", "The app was built with another greeting, and the route reads settings that are not this app's. Where do they come from?"),
                ("Ahoy", "This greeting is from the first app. Something is kept from the first call and shared by all apps."),
                ("Moin", "This greeting is from another app. The last call of the factory has changed something that all apps share."),
            ],
        )  # fmt: skip


def _reads_in_time(create: Any) -> None:
    for words in ("Bonjour", "Buongiorno"):
        with patch.dict(os.environ, {"BAKERY_GREETING": words}):
            shop = client(create())
        expect.body(
            _ok(shop.get(GREETING), "The shop greets."), words,
            why="Without an argument, the factory reads the environment at that moment.",
            known=[
                ("Good morning", f"`BAKERY_GREETING` said `{words}` when `create_bakery()` was called. The settings were read earlier, or after the app was built: a default in a `def` is made when the `def` runs, and something may keep them, such as `lru_cache`."),
            ],
        )  # fmt: skip


def _refuses_the_known_key(settings: Any, create: Any, known_key: str) -> None:
    why = "Whoever reads the repository could sign in as anybody."
    for given, how in (({}, "as the default"), ({"secret_key": known_key}, "given as an argument")):
        with _refused(
            f"`BakerySettings` accepts the known key in production, {how}. A `model_validator` sees both fields once they are read. If you have one: a `SecretStr` never equals a text, `get_secret_value()` gives the text inside.",
            why=why,
        ):
            settings(environment="production", **given)
    with (
        patch.dict(os.environ, {"BAKERY_ENVIRONMENT": "production", "BAKERY_SECRET_KEY": known_key}),
        _refused("`create_bakery()` starts in production with the known key, set as a variable.", why=why),
    ):
        create()


@contextmanager
def _refused(otherwise: str, why: str) -> Iterator[None]:
    """The block raises a ValidationError; `otherwise` is the sentence for one that does not."""
    try:
        yield
    except ValidationError:
        return
    raise NotYet(otherwise, why=why)


@contextmanager
def _accepted() -> Iterator[None]:
    """The block raises no ValidationError: its keys are all right."""
    try:
        yield
    except ValidationError as error:
        said = error.errors()[0]["msg"]
        raise NotYet(
            f"A bakery with a key of its own in production, or with the known one in development, is refused: {said}. "
            "Refuse the known key, in production only.",
            why="If settings refuse what is right, somebody switches the check off.",
        ) from None


def _takes_a_key_of_its_own(settings: Any, create: Any) -> None:
    with _accepted():
        mine = settings(environment="production", secret_key=OWN_KEY)
        settings(environment="development")
    expect.that(
        OWN_KEY not in repr(mine),
        "The key shows when the settings are printed. Keep it a `SecretStr`.",
        why="Whatever is printed ends up in a log.",
    )
    with patch.dict(os.environ, {"BAKERY_ENVIRONMENT": "production", "BAKERY_SECRET_KEY": OWN_KEY}):
        shop = client(create())
    _ok(shop.get(GREETING), "With a key of its own the shop opens.")


# 9.7


@exercise(
    "9.7",
    "The radio that plays one song",
    rules=["E7", "S3"],
    hints=[
        "What do the two `list_all` not have in common, and what has a route that no router brought in?",
        "`route.tags` is a list, and may be empty. `route.tags[0]` of an empty list raises.",
        '`if not route.tags: return route.name`, and then `return f"{route.tags[0]}_{route.name}"`.',
    ],
)
def radio(radio_id: Any, radio_app: Any) -> None:
    """The ids are made from tag and name, on this app and on another."""
    _has_ids(
        radio_app,
        {"/api/v1/songs": "songs_list_all", "/api/v1/bands": "bands_list_all", "/health": "get_radio_health"},
    )
    trains, untagged = APIRouter(prefix="/trains", tags=["trains", "travel"]), APIRouter()
    trains.add_api_route("/late", find_late)
    trains.add_api_route("/{number}", find_late, methods=["DELETE"], name="remove_one")
    trains.add_api_route("/last", find_late, name="findLast")
    untagged.add_api_route("/version", find_late, name="read_version")
    other = FastAPI(generate_unique_id_function=radio_id)
    other.include_router(trains, prefix="/api/v2")
    other.include_router(untagged)
    _has_ids(
        other,
        {
            "/api/v2/trains/late": "trains_find_late",
            "/api/v2/trains/{number}": "trains_remove_one",
            "/api/v2/trains/last": "trains_findLast",
            "/version": "read_version",
        },
    )


async def find_late() -> str:
    """Answer all requests of the other app. One id there is made from this name."""
    return "all"


def _has_ids(app: Any, wanted: dict[str, str]) -> None:
    """The operation at each path has the wanted id."""
    got = {path: operation.get("operationId") for _, path, operation in openapi.operations(_document(app, "radio_app"))}
    for path, name in wanted.items():
        said = str(got.get(path))
        hint = ""
        slug = re.sub(r"\W+", "_", path).strip("_")
        if said == name.partition("_")[2] and path.startswith("/api"):
            hint = " Without the tag, two routers with the same function names collide."
        elif slug in said and slug not in name:
            hint = " An id with the path in it changes when the path does."
        expect.that(
            said == name,
            f"The operation at `{path}` has the id `{said}`, and should have `{name}`.{hint}",
            why="A generated client names its methods after these ids.",
        )


# 9.8


@exercise(
    "9.8",
    "The car park that nobody understands",
    rules=["E7", "S3"],
    hints=[
        "What would you ask, if you had only the document: what is it for, what do I send, what do I get, what can go wrong?",
        "The decorator takes `summary` and `responses`, the function a docstring, the model `json_schema_extra` with `examples`. Does the model of the 404 have the fields that are sent?",
        '`responses={404: {"model": NoPlace, "description": "…"}}`, where `NoPlace` has a `detail: str`; `model_config = ConfigDict(json_schema_extra={"examples": [{"state": "taken"}]})`.',
    ],
)
def parking(parking_app: Any, places: Any) -> None:
    """The document answers the four questions, and what it says is true."""
    document = _document(parking_app, "parking_app")
    operation = openapi.operation(document, "PUT", "/api/v1/places/{place_id}")
    expect.that(operation, "The document has no `PUT /api/v1/places/{place_id}` any more. The route stays where it is.")
    places.clear()
    places.update({1: "free", 2: "taken"})
    api, same = client(parking_app), "What the route does stays as it is."
    unknown = api.put("/api/v1/places/7", json={"state": "free"})
    expect.status(
        unknown, 404, why="There is no place 7.",
        known={200: "What the route does stays as it is: place 7 does not exist."},
    )  # fmt: skip
    expect.body(unknown, {"detail": "There is no place 7."}, why=same)
    refused = api.put("/api/v1/places/1", json={"state": "sold"})
    expect.status(
        refused, 422, why=same, known={200: "A place is `free` or `taken`, and your model accepts any other word, too."}
    )
    changed = _ok(api.put("/api/v1/places/1", json={"state": "taken"}), same)
    expect.body(changed, {"state": "taken"}, why=same)
    expect.equal(places.get(1), "taken", what="the state of place 1", why=same)
    _says_what_it_is_for(operation)
    _shows_what_to_send(api, openapi.examples(document, openapi.json_content(operation.get("requestBody", {}))))
    promised = operation["responses"]
    _shows_what_comes_back(openapi.examples(document, openapi.json_content(promised.get("200", {}))))
    expect.that(
        "404" in promised,
        "The document says nothing of a 404. FastAPI knows of no error that your code raises: say it in `responses`.",
        why="Whoever writes a client handles the errors that the document names.",
    )
    schema = openapi.resolved(document, openapi.response_schema(operation, 404))
    promised_fields = {name: openapi.resolved(document, one) for name, one in (schema.get("properties") or {}).items()}
    _promises_what_is_sent(promised_fields, unknown)


def _says_what_it_is_for(operation: dict[str, Any]) -> None:
    summary, description = str(operation.get("summary", "")).strip(), str(operation.get("description", "")).strip()
    expect.that(
        summary and summary != "Put Place",
        f"The summary is `{summary or 'empty'}`, which FastAPI made from the function's name. Say what the route is for: `summary=`.",
        why="It is the first line that somebody reads.",
    )
    expect.that(
        len(description) >= 10 and description.lower() != summary.lower(),
        "The route has no description of its own. FastAPI takes the function's docstring.",
        why="A summary has no room for what a caller must know.",
    )


def _shows_what_to_send(api: Client, examples: list[Any]) -> None:
    why = "Most people copy the example and change it."
    expect.that(
        examples,
        'The request has no example. A model takes `json_schema_extra={"examples": [...]}` in its `model_config`.',
        why=why,
    )
    for example in examples:
        answer = api.put("/api/v1/places/1", json=example)
        _ok(answer, why, {422: "This is the example from your document, and your own API refuses it."})


def _shows_what_comes_back(examples: list[Any]) -> None:
    expect.that(
        examples,
        "The answer has no example. Its model can have one, as the model of the request does.",
        why="A reader wants to see what comes back.",
    )
    for example in examples:
        expect.that(
            isinstance(example, dict) and set(example) == {"state"} and example["state"] in ("free", "taken"),
            f"The example of the answer is `{json.dumps(example)}`, and the route sends the field `state`.",
            why="An example that is never sent leads a reader astray.",
        )


def _promises_what_is_sent(said: dict[str, openapi.Schema], unknown: Any) -> None:
    """The 404 has one field, `detail`, which is a text."""
    expect.that(
        said,
        "The 404 is documented without a model, so nobody knows what its body looks like.",
        why="A client reads the body of an error, too.",
    )
    expect.that(
        set(said) == {"detail"},
        f"The document promises a 404 with {names(sorted(said))}, and the API sends `detail`.",
        why="FastAPI does not compare this promise with what you send.",
        response=unknown,
    )
    expect.that(
        said["detail"].get("type", "string") == "string",
        "The document promises another type of `detail` than the API sends, which is a text.",
        response=unknown,
    )
