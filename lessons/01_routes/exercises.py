"""What the exercises of lesson 01 ask, and what its predictions expect."""

import json as texts
import linecache
import re
import traceback
import uuid
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import ResponseValidationError
from httpx2 import Response

from coursekit.author import client, describe, exercise, expect, openapi, prediction, problems, routes, validation
from coursekit.author.endpoints import endpoint_of, no_return
from coursekit.author.responses import json_or_none
from coursekit.author.server_ids import server_gives_the_id
from coursekit.course import words
from coursekit.course.render import brief

prediction("1.p1", answer=404, evidence="response.status_code", choices=(200, 404, 500))
prediction("1.p2", answer=2, evidence="len(tasks)", choices=(0, 2, 3))
prediction("1.p3", answer=422, evidence="response.status_code", choices=(200, 404, 422, 500))
prediction("1.p4", answer=422, evidence="response.status_code", choices=(200, 404, 422))
prediction("1.p5", answer=500, evidence="response.status_code", choices=(200, 404, 422, 500))
prediction("1.p6", answer=5, evidence="len(tasks)", choices=(3, 4, 5))
prediction("1.p7", answer=False, evidence='response.json()["done"]', choices=(True, False))
prediction(
    "1.p8",
    answer=404,
    evidence="next(one for one in (200, 404, 422) if str(one) not in statuses)",
    choices=(200, 404, 422),
)

Thing = dict[str, Any]
"""A note, a list, a reminder; or some parts of one."""
Raised = Mapping[str, str] | None
"""Sentences for exceptions of the learner's code, by the name of the exception."""
Known = Iterable[tuple[Any, str]]
"""Bodies that are wrong in a known way, each with the sentence for it."""


class _Phone:
    """A client that has words for what goes wrong before there is an answer to look at.

    `name` is what the learner calls the router or app. `thing` is what it serves, such as "note" (at `/notes`), and `store` is the learner's
    name for the dictionary of them. `data` is what a reading request must not change.
    """

    def __init__(self, router: Any, name: str, thing: str = "", store: str = "", data: Any = None) -> None:
        # An app with the router's own routes answers as one that includes it, and need not work each of them out again.
        app = FastAPI(routes=router.routes) if isinstance(router, APIRouter) else router
        self.api = client(app, data=None if data is None else lambda: data)
        self.name, self.thing, self.store = name, thing, store
        self.collection = f"/{thing}s"
        routes.some_route(router, name, "router or app")

    def request(self, method: str, path: str, json: Any = None, raised: Raised = None) -> Response:
        """Send a request. Raise NotYet if the answer breaks the function's own promise, or if `raised` has a sentence for the exception."""
        try:
            return self.api.request(method, path, json=json)
        except Exception as error:
            if isinstance(error, ResponseValidationError):
                broken = _broken_promise(error)
                expect.that(
                    not broken,
                    f"During `{method} {path}` FastAPI stopped your answer. {broken}",
                    why="FastAPI sends nothing that breaks the annotation behind `->`. The phone gets a 500.",
                )
            kind = type(error).__name__
            said = (raised or {}).get(kind)
            expect.that(
                not said,
                f"During `{method} {path}` your code raised `{kind}: {error}`{_line_of(error)}. {said}",
                why="For the phone, an exception in your function is a 500: the server failed.",
            )
            raise

    def get(self, path: str, raised: Raised = None) -> Response:
        return self.request("GET", path, None, raised)

    def post(self, path: str, json: Any, raised: Raised = None) -> Response:
        return self.request("POST", path, json, raised)

    def patch(self, path: str, json: Any, raised: Raised = None) -> Response:
        return self.request("PATCH", path, json, raised)

    def delete(self, path: str, raised: Raised = None) -> Response:
        return self.request("DELETE", path, None, raised)

    def routes_for(self, method: str, path: str) -> list[tuple[str, dict[str, Any]]]:
        """Return the paths of the routes that fit a request, as they stand in the decorators, with their operations."""
        return openapi.matching(self.api.app.openapi(), method, path)

    def nowhere(self, response: Response, path: str, otherwise: str = "") -> str:
        """Return the sentence for a 404: one for FastAPI's own, when no route has the path, or `otherwise` for one of the learner's."""
        if problems.no_route(response) and not self.routes_for(response.request.method, response.request.url.path):
            asked = [one for one in self.api.app.openapi()["paths"] if "?" in one]
            if asked:
                return (
                    f"The path in your decorator is `{asked[0]}`. A query string never belongs in the decorator, because FastAPI compares "
                    "the decorator with the path alone. Leave it out there; a parameter of the function is enough."
                )
            return f"No route of `{self.name}` fits this address. Compare the path with `{path}`, letter by letter. If it is right, look at the name after the `@`."
        return otherwise

    def parameters(self, response: Response) -> list[dict[str, Any]]:
        """Return what the learner's function takes from the path and the query string, as the OpenAPI document has it."""
        request = response.request
        return [
            parameter
            for _, operation in self.routes_for(request.method, request.url.path)
            for parameter in operation.get("parameters", [])
        ]

    def takes_text(self, response: Response) -> str:
        """Explain an answer in which nothing was found: the function gets the number in the path as text. Empty when it gets a number."""
        if response.status_code != 404 and response.content != b"[]":
            return ""
        for parameter in self.parameters(response):
            kind = parameter["schema"].get("type")
            if parameter["in"] == "path" and kind != "integer":
                name = parameter["name"]
                has = f"The annotation of `{name}` isn't `int`" if kind else f"`{name}` has no annotation"
                return f'{has}, so your function gets a text such as `"1"`, and a text is never equal to the number 1. Write `{name}: int`.'
        return ""

    def not_found(self, response: Response) -> str:
        """Explain a 404 about something that exists: the function looks in the wrong dictionary, or with a text. Empty for other causes."""
        if response.status_code != 404:
            return ""
        body = json_or_none(response)
        said = str(body.get("detail")) if isinstance(body, dict) else ""
        if said.startswith("There is no task"):
            return f"The answer says “{said}”. It comes from `find_task`, which looks in `tasks`. This is about `{self.store}`, so look there."
        return self.takes_text(response)

    def why_422(self, response: Response, sends: str) -> str:
        """Explain a 422 on a request with a body that is right; `sends` says where the values are. Empty for another answer."""
        if response.status_code != 422:
            return ""
        queried = validation.queried(response)
        if "response" in queried:
            return "`response` has no annotation of `Response`. Write `response: Response`, or FastAPI looks for it in the query string."
        kinds = {one["name"]: one["schema"] for one in self.parameters(response) if one["in"] == "query"}
        for name in queried:
            if not {"type", "anyOf"} & set(kinds.get(name, {})):
                return f"`{name}` has no annotation, so FastAPI looks for it in the query string. Annotate it as `dict[str, Any]`, and it is read from the body."
            if name.endswith("id"):
                return f"Your function takes `{name}`, which is not in the path, so FastAPI looks for it in the query string. {sends} Find the id inside the function."
            return (
                f"{sends} A parameter annotated as `dict[str, Any]` is read from the body; a single value such as `{name}` "
                "is looked for in the query string."
            )
        return (
            self._why_the_body(response)
            or "FastAPI refused the request before it called your function. Look at the annotations."
        )

    def _why_the_body(self, response: Response) -> str:
        """Explain a 422 about the body by how the function declares it. Empty if the body isn't the trouble, or for an unknown cause."""
        if not any(place[0] == "body" for place in validation.places(response)):
            return ""
        asked = [operation for _, operation in self.routes_for(response.request.method, response.request.url.path)]
        bodies = [operation.get("requestBody", {}).get("content", {}) for operation in asked]
        if bodies and "application/json" not in bodies[0]:
            return "Your function reads a form, and the phone sends JSON. A parameter annotated as `dict[str, Any]` takes the JSON body."
        document = self.api.app.openapi()
        schema = openapi.body_schema(asked[0]) if asked else {}
        if not schema.get("$ref", "").rpartition("/")[2].startswith("Body_"):
            return ""
        names = list(openapi.fields(document, schema))
        if len(names) > 1:
            return "Your function takes more than one thing from the body, so FastAPI looks for each under a name of its own. One dictionary takes the whole body."
        return f"FastAPI looks for a field `{names[0]}` in the body, because of `embed=True`. Without it, a parameter annotated as `dict[str, Any]` takes the whole body."


def _line_of(error: Exception) -> str:
    """Name the learner's own line in which an exception was raised; empty when it is not known."""
    own = [
        (frame.f_code.co_filename, number)
        for frame, number in traceback.walk_tb(error.__traceback__)
        if frame.f_globals.get("__name__") == "__main__"
    ]
    line = linecache.getline(*own[-1]).strip() if own else ""
    return f", in the line `{brief(line, 80)}`" if line else ""


def _broken_promise(error: ResponseValidationError) -> str:
    """Explain a returned value that breaks the return annotation; empty when the cause is not known."""
    body = error.body
    if type(body).__name__ == "HTTPException":
        return "You returned the `HTTPException`, as if it were data. It works when you `raise` it."
    if isinstance(body, tuple) and any(isinstance(part, int) for part in body):
        instead = "The status of an answer that succeeds is an argument of the decorator."
        if 404 in body:
            instead = "To answer 404, raise an `HTTPException`."
        return f"You returned a pair of a body and a status. FastAPI takes the pair as data. {instead}"
    if isinstance(body, dict) and {"detail", "error", "message"} & set(body):
        return "You returned words about an error, but behind `->` your function promises data. To answer 404, raise an `HTTPException`."
    if body is None:
        return (
            "Your function returned `None`, and it promises something else behind `->`. Does each way through it end in a `return`? "
            "`.update(...)` of a dictionary returns `None`, and so does `.get(...)` if the key isn't there."
        )
    if isinstance(body, dict) and any(isinstance(key, int) for key in body):
        lists = any(fault.get("type") == "list_type" for fault in error.errors())
        return WHOLE_DICTIONARY if lists else WHOLE_STORE
    whole = {fault.get("type") for fault in error.errors() if len(fault.get("loc", ())) == 1}
    if isinstance(body, list) and "dict_type" in whole:
        return "Your function returned a list, and behind `->` it promises one dictionary. A list of dictionaries is `list[dict[str, Any]]`."
    if isinstance(body, dict) and "list_type" in whole:
        return "Your function returned one dictionary, and behind `->` it promises a list. Return the list that was asked for."
    return ""


WHOLE_DICTIONARY = "You returned the dictionary itself. JSON makes an object of it, with its numbers as text. Return a list of its values."
JSON_TEXT = "Your function returns a text that looks like JSON, so the phone gets a text. Return the list: FastAPI writes the JSON."
WHOLE_STORE = "You returned the whole dictionary with all things in it, or laid the changes over it. Take the one thing out of it first, by its number."
MANY = 130
"""More things than a careless limit lets through."""


def _rows(response: Response, wanted: list[Any], why: str, known: Known = ()) -> None:
    """Expect a list of these, in any order."""
    got = expect.json_body(response, why=why)
    if isinstance(got, list) and _sorted(got) == _sorted(wanted):
        return
    expect.body(response, wanted, why=why, known=known)


def _shows_them_all(api: _Phone, path: str, wanted: list[Any], things: str) -> None:
    """Expect all of many things, in any order. `things` names them, such as "comments"."""
    answer = api.get(path)
    why = "What is left out looks to Ana as if it were gone."
    expect.status(answer, 200, why=why)
    got = expect.json_body(answer, why=why)
    count = len(got) if isinstance(got, list) else "none"
    expect.that(
        isinstance(got, list) and _sorted(got) == _sorted(wanted),
        f"There are {len(wanted)} {things} to show by now, and `GET {path}` shows {count} of them, or others. Nobody asked for a limit: answer with all of them.",
        why=why,
        response=answer,
    )


def _new_thing(response: Response, thing: str, fields: set[str], why: str, known: Mapping[str, str]) -> Thing:
    """Return the new thing that a POST answers with: one JSON object with these fields. `known` is for fields that are wrong."""
    body: Thing = expect.json_body(response, why=why)
    is_list = f"The answer to `POST /{thing}s` is a JSON list. It should be the new {thing} itself: one JSON object."
    expect.that(not isinstance(body, list), is_list, why=why, response=response)
    expect.fields(response, fields, why=why, known=known)
    return body


def _sorted(things: list[Any]) -> list[str]:
    return sorted(texts.dumps(thing, sort_keys=True) for thing in things)


def _address_in(response: Response) -> str | None:
    """Return the path that a `Location` header leads to, with the host when it is a different one; None without such a header."""
    location = response.headers.get("Location")
    if location is None:
        return None
    asked, leads = str(response.request.url), urlsplit(urljoin(str(response.request.url), location))
    return leads.path if leads.netloc == urlsplit(asked).netloc else f"//{leads.netloc}{leads.path}"


def _nobodys_id(known: Any) -> int | uuid.UUID:
    """Return an id of the same kind as a known one that nothing has."""
    return known + 1000 if isinstance(known, int) else uuid.uuid4()


def _is_missing(answer: Response, why: str, found: str, known: Mapping[int, str] | None = None) -> None:
    """Expect a 404. A 200 is explained by what its body holds, or else by `found`."""
    expect.status(answer, 404, why=why, known={**(known or {}), 200: _kind_of_answer(answer) or found})


GONE = "410 Gone says that there was one, and that it never comes back. For something that doesn't exist, our API says 404."
LOOKUPS = ("KeyError", "TypeError", "AttributeError")
"""What Python raises when code goes on with something that isn't there."""


def _kind_of_answer(response: Response) -> str:
    """Explain a 200 where a 404 was due; empty when the cause is not known."""
    body = json_or_none(response)
    if isinstance(body, dict) and body.get("status_code") == 404:
        return "You returned the `HTTPException`, so FastAPI sent it as data. It works when you `raise` it."
    if isinstance(body, list) and body and body[-1] == 404:
        return "You returned a pair of a body and 404. FastAPI sends the pair as a list, with 200. To answer 404, raise an `HTTPException`."
    if isinstance(body, dict) and {"detail", "error", "message"} & set(body):
        return "The words say that something is missing, and the status says that all is well. Programs look at the status: raise an `HTTPException`."
    if body is None and response.content:
        return "The body is `null`, with a 200. The phone shows an empty screen and never learns that there is nothing."
    return ""


@exercise(
    "1.1",
    "The shopping lists",
    rules=["E1", "E2"],
    hints=[
        "Which part of `GET /lists` is the method, and which is the path? Where does each of them stand in the cell that answers `GET /tasks`?",
        'Take the cell with `@router.get("/tasks")` as a pattern. Read the data inside the function: it runs anew for each request.',
        'Under `lists_router = APIRouter()` write `@lists_router.get("/lists")`, and below it a function that returns `list(shopping_lists.values())`.',
    ],
)
def reading_the_lists(lists_router: Any, shopping_lists: Any) -> None:
    """`GET /lists` answers with all shopping lists, as they are at that moment."""
    expect.that(
        not isinstance(lists_router, FastAPI),
        "`lists_router` is a whole app. Make it a router, `lists_router = APIRouter()`, which an app can take in.",
        why="The service has one app, made of the routers that its parts bring along.",
    )
    api = _Phone(lists_router, "lists_router", data=shopping_lists)
    _shows_all_lists(api, shopping_lists)
    _shows_an_added_list(api, shopping_lists)
    shopping_lists.clear()
    _rows(api.get("/lists"), [], why="All lists are gone now, so the answer is a list with nothing in it.")
    shopping_lists.update({number: {"id": number, "name": "Camping", "items": []} for number in range(MANY)})
    _shows_them_all(api, "/lists", list(shopping_lists.values()), "lists")


def _shows_all_lists(api: _Phone, lists: dict[int, Any]) -> None:
    why = "The phone draws one row for each element of a JSON list."
    stored = list(lists.values())
    answer = _get_lists(api)
    expect.status(
        answer,
        200,
        why="The phone asks for this address with this method, and for no other.",
        known={
            404: api.nowhere(answer, "/lists"),
            405: "The address exists, but not for GET. To read is GET: with another method the phone gets nothing. Look at your decorator.",
        },
    )
    got = expect.json_body(answer, why=why)
    has_tasks = isinstance(got, list) and any(isinstance(one, dict) and "title" in one for one in got)
    known = [
        ({str(number): one for number, one in lists.items()}, WHOLE_DICTIONARY),
        (list(lists), "You returned the keys of the dictionary. The lists are its values."),
        ([stored], "You returned a list with the list in it. Take one pair of brackets away."),
        (texts.dumps(stored), JSON_TEXT),
        *(
            [(got, "These are the tasks. The lists are in `shopping_lists`, so read that dictionary.")]
            if has_tasks
            else []
        ),
    ]
    _rows(answer, stored, why=why, known=known)


def _get_lists(api: _Phone) -> Response:
    try:
        return api.get("/lists")
    except Exception as error:
        expect.that(
            not any(sign in str(error) for sign in ("dict_values", "dictionary update sequence")),
            "`GET /lists` raised an error. Your function returned `shopping_lists.values()`, a view of a dictionary, and FastAPI can't turn a view into JSON. "
            "Make a list of it: `list(...)`.",
            why="For the phone, an exception in your function is a 500.",
        )
        raise


def _shows_an_added_list(api: _Phone, lists: dict[int, Any]) -> None:
    stored = list(lists.values())
    lists[41] = {"id": 41, "name": "Garden", "items": ["soil"]}
    counted = "The check had added a list with the number 41, and your function counts 1, 2, 3. Numbers may have gaps: take the values of the dictionary, whatever their keys are."
    stale = (
        "The check added a list with the number 41, and your answer is still the old one: the data was copied when the cell ran, or your function "
        "names the lists one by one. Read all of `shopping_lists` inside the function."
    )
    answer = api.get("/lists", raised={"KeyError": counted})
    why = "Ana adds a list on her laptop and looks for it on her phone."
    _rows(answer, list(lists.values()), why=why, known=[(stored, stale)])


WISHES: dict[str, tuple[str, str, str | None]] = {
    "show all shopping lists": ("GET", "lists", None),
    "show shopping list 4": ("GET", "list", None),
    "start a new shopping list": ("POST", "lists", None),
    "give list 4 another name, and leave its items alone": ("PATCH", "list", "name"),
    "the phone was offline: replace list 4 as a whole with the phone's copy": ("PUT", "list", None),
    "throw list 4 away": ("DELETE", "list", None),
    "show the comments on task 7": ("GET", "comments", None),
    "write a comment on task 7": ("POST", "comments", None),
}

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}

VERBS = {
    "add", "change", "create", "delete", "edit", "get", "make", "new", "patch", "post", "put", "read", "remove", "rename", "replace", "save", "show",
    "start", "sync", "throw", "update", "write",
}  # fmt: skip

PLACES = {
    "lists": ("/lists", "It is about the collection of all lists, and the collection is called `lists`."),
    "list": ("/lists/4", "It is about one list: the collection, a slash, then its number, as in `/tasks/2`."),
    "comments": (
        "/tasks/7/comments",
        "The comments belong to task 7, so they go below it, as the tasks of a user do in `/users/5/tasks`.",
    ),
}

GOES_ON = {
    "lists": "A new thing joins the collection, and the server gives it a number.",
    "comments": "A new comment joins the collection, and the server gives it a number. To show the comments is to read the whole collection.",
}

WRONG_METHODS = {  # what a wish needs, and what was written
    ("PATCH", "PUT"): "PUT says: this is the whole list. The request holds only a name, so the items are lost. Which method changes a part?",
    ("PATCH", "POST"): "POST creates something new. Here a list that exists gets another name. Which method changes a part?",
    ("PUT", "PATCH"): "PATCH leaves alone whatever is not sent. An item that was removed on the phone would come back. Which method replaces the whole?",
    ("PUT", "POST"): "POST creates something new, so the household would have two such lists. Which method replaces one that exists?",
    ("POST", "PUT"): "PUT replaces the thing at an address that the caller names. The phone cannot know the new address. Which method leaves it to the server?",
    ("POST", "GET"): "GET is safe: it changes nothing. A preview of the link would create something. Which method creates?",
    ("DELETE", "GET"): "GET is safe: it changes nothing. A preview of the link would throw the list away. Which method removes?",
    ("DELETE", "POST"): "POST creates something new. After a lost answer, no client would dare to repeat it. Which method removes?",
    ("GET", "POST"): "POST creates something new. Nothing changes here, and no cache may keep the answer to a POST. Which method reads?",
}  # fmt: skip


@exercise(
    "1.2",
    "Eight requests to name",
    rules=["E1", "E2"],
    hints=[
        "Take each wish apart: which thing is it about (the path), and what happens to that thing (the method)?",
        "The table of the five methods has one line for each thing that can happen. `/users/5/tasks` shows the path of things that belong to another thing.",
        "Three paths are enough: `/lists`, `/lists/4` and `/tasks/7/comments`. To change a part is PATCH; to replace the whole is PUT.",
    ],
)
def naming(design: Any) -> None:
    """Each of the eight wishes gets the method and the path that fit it."""
    expect.that(
        isinstance(design, dict),
        "`design` is not a dictionary any more. Keep its eight questions, and put a string in place of each `...`.",
    )
    wrong: dict[str, list[str]] = {}
    for wish, (method, place, part) in WISHES.items():
        expect.that(wish in design, f"The question “{wish}” is not in `design` any more. Put it back, word for word.")
        answer = design[wish]
        said = _mistakes(answer, method, place, part)
        if said:
            shown = f"`{answer}`" if isinstance(answer, str) and answer.strip() else describe(answer)
            wrong.setdefault(said, []).append(f"“{wish}”" if answer is ... else f"“{wish}” ({shown})")
    count = sum(map(len, wrong.values()))
    first = f"{count} of the 8 are not right yet." if count > 1 else "One is not right yet."
    expect.that(
        not wrong,
        "\n".join([first, *(f"{words.series(wishes)}: {said}" for said, wishes in wrong.items())]),
        why="Clients, caches and browsers act on the method, and whoever knows one path of an API should be able to guess the next.",
    )


def _mistakes(answer: Any, method: str, place: str, part: str | None) -> str:
    """Say what is wrong with one line of the design; empty when nothing is."""
    if answer is ...:
        return "no answer yet. Put a string in place of the `...`."
    written = answer.split() if isinstance(answer, str) else []
    said = _wrong_shape(written)
    if said or len(written) != 2 or not written[1].startswith("/"):
        return f'{said} Write a method, a space and a path, as in `"GET /users/5/tasks"`.'.strip()
    used, path = written[0].upper(), written[1]
    return " ".join(filter(None, (_wrong_method(used, method, path), _wrong_path(used, path, place, part))))


def _wrong_shape(written: list[str]) -> str:
    """Say what a line lacks to be a method, a space and a path; empty when nothing, or when it is something else entirely."""
    first = written[0] if written else ""
    if len(written) == 1 and first.startswith("/"):
        return "the method is missing."
    if len(written) == 1 and "/" in first:
        return "the space between method and path is missing."
    if len(written) == 1 and first.upper() in METHODS:
        return "the path is missing."
    if len(written) == 2 and first.startswith("/"):
        return "the method comes first, then the path."
    if len(written) == 2 and "://" in written[1]:
        return "a path begins after the host, so leave out everything before it."
    if len(written) == 2 and first.upper() in METHODS and not written[1].startswith("/"):
        return "the slash at the beginning of the path is missing."
    return ""


def _wrong_method(method: str, wanted: str, path: str) -> str:
    # A part of a list with an address of its own may be replaced as a whole: PUT /lists/4/name.
    if method == wanted or (wanted == "PATCH" and method == "PUT" and path.rstrip("/").endswith("/name")):
        return ""
    if method not in METHODS:
        return f"`{method}` isn't one of the five methods in the table."
    return WRONG_METHODS.get(
        (wanted, method), f"{method} says something else. Which line of the table of methods says what happens here?"
    )


def _wrong_path(method: str, path: str, place: str, part: str | None) -> str:
    wanted, said = PLACES[place]
    if path == wanted or (part and method == "PUT" and path == f"{wanted}/{part}"):
        return ""
    pieces = [piece for piece in re.split(r"[/?=&_-]", re.sub(r"([a-z])([A-Z])", r"\1-\2", path).lower()) if piece]
    verbs = [piece for piece in pieces if piece in VERBS or piece.startswith(("get", "create", "delete"))]
    singular = [piece for piece in pieces if piece in ("list", "task", "comment")]
    if path.lower() == wanted:
        return f"In a path, case counts: this is another address than `{wanted}`."
    if "{" in path or "<" in path:
        return "Braces belong in a route, where they stand for any number. A request names one thing: put the real number in place of the braces."
    if place == "lists" and re.fullmatch(r"/lists/\d+", path) and method == "POST":
        return (
            "Your path is the address of one list, and the new list has none yet: the server gives it a number. "
            "Something new joins the collection, so the path names the collection."
        )
    if path.partition("?")[0] == wanted:
        return "Up to the `?` the path is right. The query string only selects or arranges. The data to keep go into the body, which the phone sends along."
    if path.endswith("/"):
        return "The path ends with a slash, and with the slash it is another address. The paths of this lesson have none there."
    if part and path == f"{wanted}/{part}":
        return "PATCH changes a part of the thing at its own address, as in `PATCH /tasks/2`. The changes go into the body."
    if re.sub(r"\d+", "0", path) == re.sub(r"\d+", "0", wanted):
        return "The number in the path isn't the one in the question."
    if path.endswith("/new"):
        return "Nothing is called `new`. The method says already that something is created; the path only names what it joins."
    if verbs:
        return f"There is an action in your path, `{verbs[0]}`. The method says the action already, so the path only names the thing."
    if path.startswith(f"{wanted}/"):
        return f"Up to `{wanted}` the path is right, and it should end there. {GOES_ON.get(place, said)}"
    if "shopping" in pieces:
        return "The phone team calls the collection `lists`, and asks for it under this name."
    if place == "comments" and path.startswith("/comments?"):
        return f"This selects from all the comments. {said}"
    if singular:
        return f"`{singular[0]}` is singular. A collection has a plural noun, also when one thing in it is meant: `{singular[0]}s`."
    return said


COMMENTS: list[Thing] = [
    {"id": 1, "task_id": 1, "author": "Ana", "text": "Oat milk, please."},
    {"id": 2, "task_id": 1, "author": "Ben", "text": "Two liters?"},
    {"id": 3, "task_id": 3, "author": "Ben", "text": "The fern needs water too."},
]
CARLAS: Thing = {"id": 4, "task_id": 7, "author": "Carla", "text": "Which key?"}
STRANGE_NUMBER = "Your function answers 404 for a number without comments, or without a task. Any whole number may be there, even one that isn't in `tasks`: look only at `comments`."
NEGATIVE = "`-1` is a whole number too, and it has no comments. An annotation of `int` takes it."


@exercise(
    "1.3",
    "The comments on a task",
    rules=["E2"],
    hints=[
        "Two things come from outside: a number in the path, and a name in the query string that may be missing. How does a function ask for each of them?",
        "`read_task` shows how a number gets out of the path. `list_tasks` shows a query parameter that may be missing: look at the default of `done`.",
        "`def list_comments(task_id: int, author: str | None = None)`, below a path with `{task_id}` in it. Keep a comment when its task is the right one "
        'and `author is None or comment["author"] == author`.',
    ],
)
def parameters(comments_router: Any, comments: Any) -> None:
    """`GET /tasks/{task_id}/comments` answers with one task's comments, of one author if the caller names one."""
    comments[:] = COMMENTS
    api = _Phone(comments_router, "comments_router", data=comments)
    _shows_the_comments_of_one_task(api)
    _has_one_route_for_them(api)
    _takes_any_number(api)
    _takes_an_author(api)
    _refuses_a_word_for_the_number(api)
    comments.append(CARLAS)
    _shows_a_new_comment(api)
    _compares_whole_names(api)
    for number in (99, -1):
        _shows(
            api,
            f"/tasks/{number}/comments",
            [],
            why=f"Nobody has said anything on task {number}.",
            for_404=STRANGE_NUMBER,
        )
    comments += [{"id": number, "task_id": 8, "author": "Ben", "text": "Any news?"} for number in range(5, 5 + MANY)]
    _shows_them_all(api, "/tasks/8/comments", comments[-MANY:], "comments")


def _shows(api: _Phone, path: str, wanted: list[Thing], why: str, for_404: str = "", known: Known = ()) -> None:
    """Expect a 200 with these rows. `for_404` is the sentence for a 404, and `known` has those for other bodies."""
    answer = api.get(path)
    expect.status(answer, 200, why=why, known={404: for_404, **({422: NEGATIVE} if "-" in path else {})})
    _rows(answer, wanted, why=why, known=known)


def _shows_the_comments_of_one_task(api: _Phone) -> None:
    path = "/tasks/1/comments"
    why = "On the page of task 1, Ana reads what was said of task 1, and nothing else."
    answer = api.get(path)
    known = {404: api.nowhere(answer, "/tasks/{task_id}/comments"), 422: _why_comments_422(answer)}
    expect.status(answer, 200, why=why, known=known)
    expect.that(
        not (answer.content == b"[]" and not api.takes_text(answer) and _finds(api.get(f"{path}?author=Ben"))),
        "`GET /tasks/1/comments` found nothing. Nobody asked for an author, so `author` is `None`, and no comment was written by `None`. "
        "Compare the author only when there is one to compare with.",
        why="Most callers want all comments.",
        response=answer,
    )
    empty = f"Nothing was found. {api.takes_text(answer)}".strip()
    whole = "These are the comments on all tasks: the number in the path makes no difference yet."
    _rows(answer, COMMENTS[:2], why=why, known=[([], empty), (COMMENTS, whole)])


def _has_one_route_for_them(api: _Phone) -> None:
    templates = [template for template, _ in api.routes_for("GET", "/tasks/1/comments")]
    expect.that(
        len(templates) < 2,
        f"Two of your routes fit `/tasks/1/comments`: {' and '.join(f'`{template}`' for template in templates)}. FastAPI takes the first one "
        "and never goes on to the other. Take the old route out.",
        why="For task 1 the old route answers, and it knows nothing of authors.",
    )


def _takes_any_number(api: _Phone) -> None:
    path = "/tasks/3/comments"
    fixed = "The path still has the number 1 written into it. A name in braces stands for any number."
    said = STRANGE_NUMBER if api.routes_for("GET", path) else fixed
    _shows(api, path, COMMENTS[2:], why="The number in the path may be any number.", for_404=said)


def _takes_an_author(api: _Phone) -> None:
    one, two, three = COMMENTS
    unused = "`author` made no difference. Is it a parameter of your function, spelled the same, and do you use it?"
    any_task = "These are all of Ben's comments, on any task. Both conditions have to hold: the task and the author."
    known = [([one, two], unused), ([two, three], any_task)]
    _shows(api, "/tasks/1/comments?author=Ben", [two], why="Ana wants to know what Ben has asked.", known=known)
    nothing = "No comment fits, and that isn't an error. Answer with an empty list."
    known = [([three], "This comment is Ben's. When no comment fits, the answer is an empty list.")]
    why = "Ana has said nothing on task 3."
    _shows(api, "/tasks/3/comments?author=Ana", [], why=why, for_404=nothing, known=known)


def _refuses_a_word_for_the_number(api: _Phone) -> None:
    """Expect a 422 for what isn't a whole number."""
    for word in ("first", "1.5"):
        by_hand = f"`{word}` isn't a whole number, so `int(...)` failed. Annotate the parameter, `task_id: int`: FastAPI converts it, and answers 422 if it can't."
        answer = api.get(f"/tasks/{word}/comments", raised={"ValueError": by_hand})
        annotate = "Annotate `task_id` with `int`, and FastAPI answers 422 before it calls your function."
        by_pattern = "No route took it. Does the path say `{task_id:int}`? With `{task_id}` alone and the annotation `int`, the caller gets a 422 that explains the mistake."
        expect.status(
            answer,
            422,
            why="A caller with a mistake in the address should hear of it, not get an empty page.",
            known={
                200: f"Your function took `{word}`, which isn't a whole number. {annotate}",
                404: by_pattern
                if problems.no_route(answer)
                else f"Your function took `{word}` and found nothing. {annotate}",
                400: f"The caller learns of the mistake, but the exercise asks for another status. {annotate}",
            },
        )


def _shows_a_new_comment(api: _Phone) -> None:
    path = "/tasks/7/comments"
    added = api.get(path)
    expect.status(added, 200, why="A comment on task 7 was added.", known={404: STRANGE_NUMBER})
    copied = "A comment on task 7 was added, and your answer does not show it. Read `comments` inside the function, and not a copy of it."
    _rows(added, [CARLAS], why="People keep commenting while the server runs.", known=[([], copied)])
    listed = (
        "Carla wrote on task 7, and `?author=Carla` finds nothing. Compare with `author`, not with names that you know."
    )
    _rows(api.get(f"{path}?author=Carla"), [CARLAS], why="Anybody may write a comment.", known=[([], listed)])


def _compares_whole_names(api: _Phone) -> None:
    for asked, comment in (("An", COMMENTS[0]), ("carla", CARLAS), ("Carla%20", CARLAS), ("Which%20key%3F", CARLAS)):
        said = f"`?author={asked}` found a comment that `{comment['author']}` wrote. The author has to be exactly the name that was asked for: compare the two with `==`."
        answer = api.get(f"/tasks/{comment['task_id']}/comments?author={asked}")
        _rows(answer, [], why=f"`{asked}` might be somebody else.", known=[([comment], said)])


def _finds(response: Response) -> bool:
    return response.status_code == 200 and response.content not in (b"[]", b"null")


def _why_comments_422(response: Response) -> str:
    missing = validation.missing(response)
    if "author" in missing:
        return "`author` has no default, so FastAPI insists on it. Most callers want all comments and do not send it: give it a default of `None`."
    if missing:
        return "A parameter of your function is not in the path under the same name, so FastAPI looks for it in the query string. Compare the name in braces."
    return "FastAPI refused the request before it called your function. Look at the annotations."


@exercise(
    "1.4",
    "An empty list, and no list",
    rules=["E5"],
    hints=[
        "What does `shopping_lists.get(99, {})` return, and what does `shopping_lists.get(2)` return? How do you know that a list doesn't exist?",
        "`find_task` asks `if task_id not in tasks` and raises. The question is whether the list exists, not whether it has items.",
        'Before you return: `if list_id not in shopping_lists: raise HTTPException(status_code=404, detail=f"There is no shopping list {list_id}.")`.',
    ],
)
def missing_or_empty(items_router: Any, shopping_lists: Any) -> None:
    """A list without items is an empty list; a list that doesn't exist is a 404."""
    shopping_lists.clear()
    shopping_lists[1] = {"id": 1, "name": "Groceries", "items": ["oat milk", "bread"]}
    shopping_lists[2] = {"id": 2, "name": "Party", "items": []}
    api = _Phone(items_router, "items_router", "list", "shopping_lists", data=shopping_lists)
    _shows_the_items(api)
    _shows_no_items(api, shopping_lists[2])
    shopping_lists[1] = {"id": 1, "name": "Groceries", "items": ["oat milk", "bread", "tea"]}
    shopping_lists[46] = {"id": 46, "name": "Garden", "items": ["soil"]}
    for number in (1, 46):
        _shows_new_items(api, number, shopping_lists[number]["items"])
    for number in (99, 41):
        _says_which_list_is_missing(api, number)
    shopping_lists[3] = {"id": 3, "name": "Seeds", "items": [f"seed {number}" for number in range(MANY)]}
    _shows_them_all(api, "/lists/3/items", shopping_lists[3]["items"], "items")
    shopping_lists[52] = 7
    _does_not_hide_a_fault(api, "/lists/52/items")


def _does_not_hide_a_fault(api: _Phone, path: str) -> None:
    """Expect anything but a 404 for a list that is there, and that is damaged: a number where a list should be."""
    try:
        answer = api.get(path)
    except Exception:
        return
    expect.that(
        answer.status_code != 404,
        f"List 52 is there, but its data are damaged: they are the number 7. `GET {path}` answered 404, as if there were no such list. "
        "Don't turn every exception into a 404. Look whether the list is there, or catch only `KeyError`.",
        why="Ben starts a new list, and nobody learns that his old one is damaged.",
        response=answer,
    )


def _shows_the_items(api: _Phone) -> None:
    raised = {"KeyError": 'A list is a dictionary with the keys "id", "name" and "items".'}
    answer = api.get("/lists/1/items", raised=raised)
    said = api.nowhere(answer, "/lists/{list_id}/items", api.not_found(answer))
    expect.status(answer, 200, why="List 1 exists.", known={404: said})
    expect.body(answer, ["oat milk", "bread"], why="The phone shows one row for each item.")


def _shows_no_items(api: _Phone, party: Thing) -> None:
    answer = api.get("/lists/2/items")
    exists = "Your answer says that list 2 doesn't exist. It does, and it is empty."
    if answer.status_code == 404:
        party["items"] = ["cups"]
        found = api.get("/lists/2/items").status_code == 200
        how = (
            "Ask whether the list is there (`in`), not whether it has items."
            if found
            else "Which dictionary does your function look in? The lists are in `shopping_lists`."
        )
        exists = api.not_found(answer) or f"{exists} {how}"
    expect.status(answer, 200, why="List 2 exists. Ben has put nothing on it yet.", known={404: exists})
    expect.body(answer, [], why="List 2 has no items, so the answer is an empty list.")


def _shows_new_items(api: _Phone, number: int, items: list[str]) -> None:
    answer = api.get(f"/lists/{number}/items")
    stale = "The data has changed since, and your answer is not from it. Read `shopping_lists` inside the function."
    said = f"The check has put a list {number} there. {api.not_found(answer) or stale}"
    expect.status(answer, 200, why=f"There is a list {number} now.", known={404: said})
    known = [(["oat milk", "bread"], stale), ([], stale)]
    expect.body(answer, items, why="Ana adds items all day long.", known=known)


def _says_which_list_is_missing(api: _Phone, number: int) -> None:
    wanted = "Expected: 404. Look whether the list is there, and raise an `HTTPException` if it isn't, as `find_task` does in section 4."
    raised = dict.fromkeys(LOOKUPS, f"There is no list {number}. {wanted}")
    missing = api.get(f"/lists/{number}/items", raised=raised)
    _is_missing(
        missing,
        why="The phone can offer to start a new list, if it learns that this one is gone.",
        found="A list that doesn't exist looks like an empty one, and Ben fills it again for nothing. Raise an `HTTPException`.",
        known={
            204: "204 says: it worked. Nothing worked here, because there is no such list.",
            422: "422 says that the request didn't fit. It did: a number was sent. But there is no list with this number.",
            400: "400 says that the request is broken. It was right, but the list that it asks for isn't there.",
            410: GONE,
        },
    )
    _names_the_list(missing, number)


def _names_the_list(missing: Response, number: int) -> None:
    """Expect the number in the `detail` of a 404."""
    why = "A path with a typing mistake gets a 404 as well. The `detail` tells the two apart."
    body = expect.json_body(missing, why="Errors have a JSON body too.")
    no_detail = f"The status is right. The body has no field `detail`, which should name list {number}. An `HTTPException` has one."
    expect.that(isinstance(body, dict) and "detail" in body, no_detail, why=why, response=missing)
    detail = str(body["detail"])
    said = "Put the number into it, for whoever reads the phone's log."
    if re.search(r"\{\w+\}", detail):
        said = "It has the braces from your code in it. Python replaces them by a value only if there is an `f` before the quotation marks."
    expect.that(
        re.search(rf"(?<!\d){number}(?!\d)", detail),
        f"The status is right. The `detail` doesn't say that it is about list {number}. {said}",
        why=why,
        response=missing,
    )


@exercise(
    "1.5",
    "A list for the party",
    rules=["E1", "E5"],
    hints=[
        "What does a phone know of the new list when all it has is your answer? Which two things does `create_task` in section 5 tell that this route does not?",
        "The status is an argument of the decorator. The header goes onto a parameter that is annotated as `Response`.",
        '`@new_lists_router.post("/lists", status_code=201)`, a second parameter `response: Response`, and before the `return` the line '
        '`response.headers["Location"] = f"/lists/{list_id}"`.',
    ],
)
def creation(new_lists_router: Any) -> None:
    """`POST /lists` answers 201, with the new list and its address."""
    api = _Phone(new_lists_router, "new_lists_router", "list", "saved_lists")
    first = _creates_a_list(api, "Party", why=LOST_ANSWER)
    second = _creates_a_list(api, "Party", why="A second request starts a second list, even one of the same name.")
    third = _creates_a_list(api, "oat & honey", why="A third list is a new list too.")
    new_id = "Work out a new id for each, from the lists that are stored by then."
    expect.that(
        len({str(one["id"]) for one in (first, second, third)}) == 3,
        f"Three lists were created, with the ids {words.series([repr(one['id']) for one in (first, second, third)])}. {new_id}",
        why="A list is gone, and nobody meant to delete it.",
    )
    server_gives_the_id(api.api, "/lists", {"name": "Trip"}, taken=first["id"])
    for created in (first, second, third):
        _reads_back(api, created)
    for _ in range(2):
        _is_missing(
            api.get(f"/lists/{_nobodys_id(first['id'])}"),
            why="The phone has to see whether a list exists.",
            found="There is no list with this id, and your answer says that all is well. Raise an `HTTPException`.",
        )
    _does_not_count_the_lists(api, first)


def _does_not_count_the_lists(api: _Phone, removed: Thing) -> None:
    """Expect an id that nothing has, after a list was removed from the learner's dictionary. Ask nothing if they keep their lists elsewhere."""
    function = endpoint_of(api.get(f"/lists/{removed['id']}"))
    stored = function.__globals__.get("saved_lists") if function else None
    if not isinstance(stored, dict) or stored.pop(removed["id"], None) is None:
        return
    others = [{"id": number} for number in stored]
    _is_new(_creates_a_list(api, "Garden", why="A new list is a new list."), others)


def _is_new(created: Thing, others: list[Thing]) -> None:
    """Expect that no other thing has the id of a new one."""
    expect.that(
        all(created["id"] != other["id"] for other in others),
        f"Something new got the id {created['id']!r}, which something else has already, and that is overwritten now. "
        "Work out an id that nothing has: the largest one plus one. To count isn't enough: after one was removed, the number may be taken.",
        why="Something is gone that nobody meant to delete.",
    )


LOST_ANSWER = "A phone that lost the network on the way has only this answer to know that the list exists."


def _creates_a_list(api: _Phone, name: str, why: str) -> Thing:
    created = api.post("/lists", {"name": name}, raised=EMPTY)
    expect.status(
        created,
        201,
        why=why,
        known={
            200: "You left FastAPI's default. 200 says: here is what you asked for. Nothing tells the phone that something new exists.",
            404: api.nowhere(created, "/lists"),
            405: "The address exists, and no route there takes POST. To create is to POST to the collection.",
            204: "204 says that there is no body. The phone wants to see the list, and above all its id.",
            422: api.why_422(created, "The name is in the body, as JSON."),
        },
    )
    whole = "The answer holds all lists, under their numbers. Return only the new list: `saved_lists[list_id]`."
    known = {str(number): whole for number in range(1, 9)}
    known["title"] = "A task has a `title`. A list has a `name`, and the body sends it under that name."
    shown = "The phone shows the new list at once, from this answer."
    body = _new_thing(created, "list", {"id", "name"}, why=shown, known=known)
    expect.equal(body["name"], name, "the name in the answer", why=f"Ben called it {name}.", response=created)
    _leads_to(api, created, body)
    _reads_back(api, body)
    return body


EMPTY = {
    "KeyError": "There is nothing under this key. The body holds only what the exercise shows, and your dictionary only what you have put into it.",
    "ValueError": "Nothing is stored, and `max` of nothing raises an error. `max(..., default=0)` doesn't.",
    "TypeError": "Compare your lines with `create_task` in section 5: which of them are dictionaries, numbers, text?",
}


def _leads_to(api: _Phone, created: Response, body: Thing) -> None:
    """Expect the address of a new thing in the `Location` header."""
    wanted = f"{api.collection}/{body['id']}"
    if _address_in(created) != wanted:
        why = f"The phone opens the new {api.thing} at the address that you send."
        known = {created.headers.get("Location"): _wrong_location(api, created, body["id"])}
        expect.header(created, "Location", wanted, why=why, known=known)


def _wrong_location(api: _Phone, created: Response, number: Any) -> str:
    wanted, got = f"{api.collection}/{number}", _address_in(created)
    if got is None:
        return f"It has no `Location` header. The phone knows that the {api.thing} exists, not where: send `Location: {wanted}`."
    if got == api.collection:
        return f"Its `Location` is the collection. The address of the new {api.thing} itself is `{wanted}`."
    if got.startswith("//"):
        return (
            "Its `Location` leads to another server. Begin it with the slash of the path, and it leads back to yours."
        )
    if "{" in got:
        return "Its `Location` has the braces from your code in it. Python replaces them by a value only if there is an `f` before the quotation marks."
    said = brief(created.headers["Location"], 80)
    if got.endswith(f"/{number}"):
        return f"Its `Location` says `{said}`, which isn't the address of the new {api.thing}. Build the whole path: `{wanted}`."
    return (
        f"Its `Location` says `{said}`, but the new {api.thing} has the id {number!r}. Build the address from the id."
    )


def _reads_back(api: _Phone, body: Thing) -> None:
    """Expect what was created at its address, to which the `Location` header leads."""
    path = f"{api.collection}/{body['id']}"
    read = api.get(path)
    given = f"The route that reads one {api.thing} was given: put it back."
    text = ""
    if isinstance(body["id"], str):
        text = f"The new {api.thing} has the id {texts.dumps(body['id'])}, which is text, and the route that reads takes a number. Make the id a number."
    lost = given
    if read.status_code == 404 and api.routes_for("GET", path):
        kept = f"The route that reads looks in `{api.store}`. Does yours put the {api.thing} there, under its id as a number?"
        lost = api.not_found(read) or text or kept
    handed_out = "This is the address from your `Location` header"
    known = {
        404: f"{handed_out}, and nothing is there. {lost}",
        405: f"{handed_out}, and no route reads there. {given}",
        422: text,
    }
    expect.status(read, 200, why="An address that the API hands out has to lead somewhere.", known=known)
    expect.body(read, body, why="What is read is what was created.")


@exercise(
    "1.6",
    "The note that lost its text",
    rules=["E1", "E5"],
    hints=[
        'After `notes[note_id] = {"id": note_id, **changes}`: where would the old text come from? And what does `pop(note_id, None)` do when there is no such note?',
        "`change_task` lays the changes over the old task, and its own id over both. `delete_task` looks first. `read_note` finds a note or raises, so your routes can call it.",
        'PATCH stores `{**read_note(note_id), **changes, "id": note_id}`. DELETE has `status_code=204` in the decorator and `-> None`, calls `read_note(note_id)`, '
        "then `del notes[note_id]`, and returns nothing.",
    ],
)
def changing(notes_router: Any, notes: Any) -> None:
    """PATCH changes what is sent and keeps the rest; DELETE removes one note and answers 204."""
    expect.that(
        isinstance(notes, dict),
        f"`notes` is {describe(notes)} now. Keep it a dictionary, as it was given: the route that reads looks in it.",
    )
    notes.clear()
    notes[1] = {"id": 1, "text": "Door code: ask Ben", "pinned": False}
    notes[2] = {"id": 2, "text": "Size 42", "pinned": True}
    notes[47] = {"id": 47, "text": "Fern: once a week", "pinned": False}
    api = _Phone(notes_router, "notes_router", "note", "notes", data=notes)
    one, two, fern = (dict(note) for note in notes.values())
    one = _patch(api, "/notes/1", one, {"pinned": True})
    others = [
        (
            {**two, "pinned": False},
            "Your PATCH of note 1 unpinned note 2. It should change only the note at its own address.",
        )
    ]
    expect.body(api.get("/notes/2"), two, why="Nobody has changed note 2.", known=others)
    _patch(api, "/notes/2", two, {"text": "Size 43"}, read_back=False)
    one = _patch(api, "/notes/1", one, {"pinned": False}, read_back=False)
    _patch(api, "/notes/1", one, {"text": "Door code: ask Ana"}, read_back=False)
    _patch(api, "/notes/47", fern, {"text": "Fern: twice a week", "pinned": True})
    _nothing_to_change(api, "/notes/9", {"pinned": True})
    two = _takes_null(api, "/notes/2", {**two, "text": "Size 43"}, "text")
    _keeps_its_id(api, two, {"id": 7, "text": "Size 44"})
    _delete_note(api, 1)
    _a_second_delete_finds_nothing(api)
    _delete_note(api, 47)


NO_NOTE = {
    "KeyError": "The note wasn't there any more. Expected: 404. Look for the note first, with `read_note`.",
    "TypeError": "The note wasn't there any more. Expected: 404. Look for the note first, with `read_note`.",
}


def _a_second_delete_finds_nothing(api: _Phone) -> None:
    """Expect a 404 for a second DELETE of note 1, and that the first one has left note 2 alone."""
    _is_missing(
        api.delete("/notes/1", raised=NO_NOTE),
        why="Ben's phone learns from this that its screen is out of date.",
        found="The second DELETE says that it worked, but the note wasn't there any more. Look for the note before you remove it.",
        known={
            204: "The second DELETE answered 204, as if the note had been there. The standard allows that, but our API says 404 for something that doesn't exist. "
            "Look for the note before you remove it.",
            410: GONE,
        },
    )
    all_removed = "Note 1 was deleted, and note 2 is gone with it. Remove one note, not all."
    expect.status(api.get("/notes/2"), 200, why="Only note 1 was deleted.", known={404: all_removed})


def _delete_note(api: _Phone, number: int) -> None:
    here = f"/notes/{number}"
    removed = api.delete(here, raised=NO_NOTE)
    known = {
        200: "DELETE answered 200, which announces a body to read. Ours answers 204 and sends none. That takes `status_code=204` in the decorator, "
        "`-> None`, and no `return` with a body.",
        404: f"Note {number} exists, and DELETE says that it doesn't. {api.not_found(removed)}".strip(),
    }
    expect.status(removed, 204, why="After a DELETE there is nothing left to send.", known=known)
    kept = f"DELETE answered 204, and note {number} is still there. Remove this note from `notes`, by its number."
    expect.status(api.get(here), 404, why=f"Ben deleted note {number}.", known={200: kept})


PATCHES = "PATCH changes what was sent and leaves the rest alone."


def _patch(api: _Phone, here: str, before: Thing, changes: Thing, read_back: bool = True) -> Thing:
    """Expect that PATCH changes what is sent, keeps the rest, answers with the whole thing and stores it. Return what is there now.

    What was not stored shows in the answer to the next PATCH too, so not each one needs to be read back.
    """
    wanted = {**before, **changes}
    sent = texts.dumps(changes)
    changed = api.patch(
        here,
        changes,
        raised={
            "KeyError": f"The body was only `{sent}`. PATCH takes what was sent: don't read a part from the body that may be missing. "
            "Lay the changes over the old values.",
            "TypeError": f"The body was `{sent}`. Lay it over the old {api.thing}: two dictionaries make a new one with `{{**old, **changes}}`.",
        },
    )
    expect.status(changed, 200, why=PATCHES, known=_not_patched(api, changed, here, changes))
    got = expect.json_body(changed, why=PATCHES)
    said = (got is None and no_return(changed)) or _patch_mistake(api, got, before, changes)
    expect.body(changed, wanted, why=PATCHES, known=[(got, said)])
    if read_back:
        _has_stored(api, here, before, changes)
    return wanted


def _not_patched(api: _Phone, changed: Response, here: str, changes: Thing) -> dict[int, str]:
    """Return the sentences for what a PATCH may answer instead of 200."""
    thing = api.thing
    no_route = (
        f"To change a {thing} in part is PATCH, at the address of the {thing} itself. No route takes PATCH there."
    )
    if changed.status_code == 405 and api.request("PUT", here, changes).status_code == 200:
        no_route = f"Your route takes PUT, which promises to replace the whole {thing}, and the request holds only a part. The method for a change in part is PATCH."
    lost = api.nowhere(changed, f"{api.collection}/{{{thing}_id}}", api.not_found(changed))
    return {
        404: f"There is a {thing} at `{here}`, and PATCH doesn't find it. {lost}",
        204: f"PATCH answers with the changed {thing}.",
        201: f"201 says that something new exists. A {thing} was changed: that is a 200, FastAPI's default.",
        405: no_route,
        422: api.why_422(changed, "The changes are in the body, as JSON."),
    }


def _has_stored(api: _Phone, here: str, before: Thing, changes: Thing) -> None:
    """Expect that a GET finds what PATCH has answered."""
    read = api.get(here)
    stored = expect.json_body(read, why=PATCHES)
    said = (
        f"The answer of PATCH was right, but it stored something else. {_patch_mistake(api, stored, before, changes)}"
    )
    if stored == before:
        said = f"PATCH answered with the changed {api.thing} and stored nothing: the next GET finds the old one. Put the new {api.thing} back into `{api.store}`."
    why = "What PATCH answers has to be what a GET finds afterwards."
    expect.body(read, {**before, **changes}, why=why, known=[(stored, said)])


def _patch_mistake(api: _Phone, got: Any, before: Thing, changes: Thing) -> str:
    """Say why a body is not the old thing with the changes laid over it; empty when it is."""
    thing, store = api.thing, api.store
    if got is None:
        return f"The answer is `null`. Return the changed {thing}."
    if not isinstance(got, dict):
        return f"The answer should be the changed {thing}: one JSON object."
    if "success" in got:
        return f"`success` says what the status says already. Answer with the changed {thing}."
    if {"title", "done"} & set(got):
        return f"There is a task in the answer: `find_task` looks into `tasks`. Take the old {thing} from `{store}`."
    if any(name.isdecimal() for name in got):
        return f"The changes were laid over the whole dictionary `{store}`, with all {thing}s in it. Lay them over one {thing}: `{store}[{thing}_id]`."
    if got == changes:
        return f"The answer is only what was sent. Answer with the whole {thing}."
    if not set(got) & set(before):
        return f"That isn't the {thing}. Answer with the changed {thing}."
    missing = [name for name in before if name not in got]
    if missing:
        return f"The {thing} has lost its `{missing[0]}`: only what was sent is stored. Start from the old {thing}, and lay the changes over it."
    if got == before and any(changes.values()):
        asked = api.routes_for("PATCH", f"{api.collection}/{before['id']}")
        if asked and all("requestBody" not in operation for _, operation in asked):
            return f"The answer is the old {thing}. Your function takes nothing from the body, and the changes are there. A parameter annotated as `dict[str, Any]` takes them."
        return (
            f"The body held `{texts.dumps(changes)}`, and the answer is the old {thing}. Lay everything that was sent over the old {thing}, whichever parts it has. "
            f"In `{{**one, **two}}` the later one wins, so the old {thing} comes first and the changes come second."
        )
    for name, old in before.items():
        if name not in changes and got[name] != old:
            return _lost_part(thing, name, got[name])
        if name in changes and got[name] != changes[name]:
            return _part_not_taken(thing, name, got[name], changes)
    extra = next((name for name in got if name not in before), None)
    return f"`{extra}` is new in it, and nobody sent it." if extra else ""


def _lost_part(thing: str, name: str, got: Any) -> str:
    """Say that a part has changed that was not sent."""
    put = " A PUT fills in defaults; a PATCH doesn't." if got in (False, "") else ""
    return f"The {thing} has lost its `{name}`: it was not sent, and became `{brief(texts.dumps(got), 80)}`.{put} Start from the old {thing}."


def _part_not_taken(thing: str, name: str, got: Any, changes: Thing) -> str:
    """Say that a part has not changed although it was sent."""
    new, sent = texts.dumps(got), changes[name]
    if len(changes) > 1:
        false = " With `or`, `false` counts as not sent." if sent is False else ""
        return (
            f"The body held two parts, and `{name}` is `{new}` afterwards. With `elif`, only one of them counts.{false} "
            f"Lay all changes over the old {thing} at once."
        )
    if sent is False:
        return (
            f'The body held `"{name}": false`, and `{name}` is still true. Perhaps your PATCH treats `false` as if nothing had been sent. '
            "Lay the changes over the old values, whatever they are."
        )
    return f'The body held `"{name}": {texts.dumps(sent)}`, and `{name}` is `{new}`. Lay all changes over the old {thing}, as they were sent.'


def _nothing_to_change(api: _Phone, nowhere: str, changes: Thing) -> None:
    """Expect a 404 for a PATCH of what does not exist, and that it is not there afterwards."""
    thing = api.thing
    missing = f"There is no {thing} at `{nowhere}`"
    raised = f"{missing}. Expected: 404. Look for the {thing} first, as `find_task` does in section 4."
    _is_missing(
        api.patch(nowhere, changes, raised=dict.fromkeys(LOOKUPS, raised)),
        why=f"{missing}, so there is nothing to change.",
        found=f"{missing}, and now there is one that has only what was sent. PATCH changes what exists: look for the {thing} first.",
        known={204: f"204 says: it worked. {missing}, so nothing did.", 410: GONE},
    )
    left_behind = f"Your PATCH answered 404, and left a {thing} behind. Look for the {thing} before you store anything."
    expect.status(api.get(nowhere), 404, why=left_behind)


def _takes_null(api: _Phone, here: str, before: Thing, name: str) -> Thing:
    """Expect that a part which is sent as null becomes null, or that the request is refused. Return what is there now."""
    answer = api.patch(here, {name: None})
    if answer.status_code in (400, 422):
        return before
    expect.status(answer, 200, why=PATCHES)
    wanted = {**before, name: None}
    kept = f'The body held `"{name}": null`, and `{name}` kept its old value. null is a value that was sent, and isn\'t the same as not sent.'
    expect.body(answer, wanted, why=PATCHES, known=[(before, kept)])
    return wanted


def _keeps_its_id(api: _Phone, before: Thing, changes: Thing) -> Thing:
    """Expect that a PATCH with another id in its body is refused, or that it changes the rest. Return what is there now."""
    own = before["id"]
    here = f"{api.collection}/{own}"
    answer = api.patch(here, changes)
    why = f"The address is `{here}`. Nobody finds a {api.thing} there that calls itself {changes['id']}."
    moved = f'The body held `"id": {changes["id"]}`, and the {api.thing} at `{here}` took it over. Lay its own id over the changes, last of all, as `change_task` does.'
    expect.status(answer, (200, 400, 403, 409, 422), why=why)
    taken = answer.status_code == 200
    now = {**before, **changes, "id": own} if taken else before
    kept = api.get(here)
    expect.status(kept, 200, why=why, known={404: moved})
    for response in (answer, kept) if taken else (kept,):
        got = expect.json_body(response, why=why)
        has_moved = isinstance(got, dict) and got.get("id") == changes["id"]
        expect.body(response, now, why=why, known=[(got, moved)] if has_moved else ())
    return now


@exercise(
    "1.7",
    "A label that nobody made",
    rules=["E2"],
    hints=[
        "`GET /labels/largest` is answered by a function. By which of the two?",
        "Both paths fit that request. What does FastAPI do when two routes fit?",
        "Move the route with the fixed path, decorator and function, above the one with `{name}`.",
    ],
)
def order(labels_router: Any, labels: Any) -> None:
    """`/labels/largest` is answered by its own route, and every other label by the route with braces."""
    expect.that(
        isinstance(labels, dict),
        f"`labels` is {describe(labels)} now. Keep it a dictionary, as it was given: the data are right, and other parts of the service use them.",
    )
    labels.clear()
    labels.update({"home": [1, 3], "phone": [9]})
    api = _Phone(labels_router, "labels_router", data=labels)
    _shows_the_largest_label(api)
    labels["phone"] = [9, 4, 5]
    stale = "`phone` has three tasks now, and your answer is still `home`. Look for the largest inside the function."
    why = "Labels grow and shrink. The answer has to come from `labels` each time."
    known = [({"name": "home", "tasks": [1, 3]}, stale)]
    expect.body(api.get("/labels/largest"), {"name": "phone", "tasks": [9, 4, 5]}, why=why, known=known)
    gone = {
        404: "`/labels/largest` is right now, but `/labels/home` is gone. Keep both routes; only their order matters.",
        422: "`/labels/home` is refused, but a label's name is text. Keep `name: str`.",
    }
    _shows_a_label(api, "home", [1, 3], why="The phones ask for single labels as well.", known=gone)
    labels["Garden"] = [6]
    for name in ("phone", "Garden"):
        fixed = f"`/labels/home` answers, and `/labels/{name}` doesn't. Phones may ask for any label: keep the route with `{{name}}`."
        _shows_a_label(api, name, labels[name], why="People make new labels all day long.", known={404: fixed})
    _survives_an_unknown_label(api)


def _survives_an_unknown_label(api: _Phone) -> None:
    """Expect an empty list or a 404 for a label that nobody made."""
    crash = "Nobody has made a label `attic`. Answer with an empty list, as the route did before, or with a 404."
    answer = api.get("/labels/attic", raised=dict.fromkeys(LOOKUPS, crash))
    why = "A label that nobody made is no reason for a 500."
    expect.status(answer, (200, 404), why=why)
    if answer.status_code == 200:
        expect.body(answer, {"name": "attic", "tasks": []}, why=why)


def _shows_a_label(api: _Phone, name: str, tasks: list[int], why: str, known: Mapping[int, str]) -> None:
    answer = api.get(f"/labels/{name}")
    expect.status(answer, 200, why=why, known=known)
    expect.body(answer, {"name": name, "tasks": tasks}, why="Each label has its own tasks.")


def _shows_the_largest_label(api: _Phone) -> None:
    answer = api.get("/labels/largest")
    no_route = "Nothing answers at `/labels/largest` now. The app is on thousands of phones, and each of them asks for this address: keep it."
    both = len(api.routes_for("GET", "/labels/largest")) > 1
    any_text = "The route with `{name}` answers, because any text fits the braces, even `largest`."
    instead = (
        "Why did FastAPI not go on to the other route?"
        if both
        else "No other route has the path `/labels/largest`: put it back."
    )
    expect.status(
        answer,
        200,
        why="The phones out there ask for this address; nobody can change them today.",
        known={
            404: no_route if problems.no_route(answer) else f"{any_text} {instead}",
            422: "The route with braces still gets the request, and now it refuses it. A label's name is text, so its parameter was right. "
            "Why does this route get the request at all?",
        },
    )
    smallest = "`phone` has one task and `home` has two. The line with `max` was right: its `key` counts a label's tasks. Put it back."
    why = "The start screen shows the label with the most tasks, and Ben has never made one that is called “largest”."
    known = [({"name": "largest", "tasks": []}, f"{any_text} {instead}"), ({"name": "phone", "tasks": [9]}, smallest)]
    expect.body(answer, {"name": "home", "tasks": [1, 3]}, why=why, known=known)


@exercise(
    "1.8",
    "A colleague's reminders",
    rules=["E1", "E2", "E5"],
    hints=[
        "Write two lines before you write code: for each wish, the method and the path. Which two paths are there already?",
        "What you need is in sections 5 and 6, for tasks: 201 with `Location`, and PATCH with the changes laid over. `find_reminder` gives you the 404. "
        "Take the colleague's two routes out.",
        "`POST /reminders` is `create_task` with `text` for the title: `status_code=201`, a new id, store it, "
        '`response.headers["Location"] = f"/reminders/{reminder_id}"`, return it. `PATCH /reminders/{reminder_id}` stores '
        '`{**find_reminder(reminder_id), **changes, "id": reminder_id}`; with `find_reminder` a missing one is a 404. Delete the two old routes.',
    ],
)
def review(reminders_router: Any) -> None:
    """Reminders are created and changed at their own addresses, and the colleague's two addresses are gone."""
    api = _Phone(reminders_router, "reminders_router", "reminder", "reminders")
    known = _reads_all_reminders(api)
    ben = _create_reminder(api, "Call Ben")
    cat = _create_reminder(api, "Feed the cat")
    _is_new(cat, [*known, ben])
    _remove_reminder(api, ben)
    stamps = _create_reminder(api, "Buy stamps")
    _is_new(stamps, [*known, cat])
    here, now = f"/reminders/{cat['id']}", cat
    for changes in ({"sent": True}, {"text": "Feed both cats"}, {"text": "Feed the dog", "sent": False}):
        now = _patch(api, here, now, changes, read_back=now is cat)
    now = _takes_null(api, here, now, "text")
    now = _keeps_its_id(api, now, {"id": 700, "sent": True})
    _nothing_to_change(api, "/reminders/424242", {"sent": True})
    server_gives_the_id(api.api, "/reminders", {"text": "Pay the rent", "sent": True}, taken=cat["id"])
    _begin_unsent(api, [*known, now, stamps])
    for path in ("/create-reminder", f"{here}/sent"):
        _is_taken_out(api, path)
    for reminder in _reads_all_reminders(api):
        api.delete(f"/reminders/{reminder['id']}")
    _create_reminder(api, "Begin again")


GIVEN = "This route was given, and it was right: put it back as it was."
WHOLE_COLLECTION = "The collection shows all reminders, and each one that nobody changed is as it was."
UNSENT = "A new reminder is not sent yet."


def _reads_all_reminders(api: _Phone) -> list[Thing]:
    answer = api.get("/reminders")
    expect.status(answer, 200, why="Reading all reminders is reading the collection.", known={404: GIVEN, 405: GIVEN})
    reminders = expect.json_body(answer, why="All answers with a body are JSON.")
    expect.that(
        isinstance(reminders, list),
        f"`GET /reminders` does not answer with a JSON list. {GIVEN}",
        why="The phone draws one row for each element of a list.",
        response=answer,
    )
    return list(reminders)


def _create_reminder(api: _Phone, text: str) -> Thing:
    created = api.post("/reminders", {"text": text}, raised=EMPTY)
    known = {
        200: "You left FastAPI's default. 200 does not say that something new exists.",
        404: api.nowhere(created, "/reminders", api.not_found(created)),
        405: "To create is to POST to the collection, and no route takes POST at `/reminders`.",
        422: api.why_422(created, "The text comes in the JSON body."),
    }
    expect.status(created, 201, why="The caller has to learn that something new exists.", known=known)
    why = "The answer to a POST is the new reminder."
    wrapped = "`success` says what the status says already. Answer with the new reminder itself."
    body = _new_thing(created, "reminder", {"id", "text", "sent"}, why=why, known={"success": wrapped})
    expect.equal(body["text"], text, "the text of the new reminder", why="It was sent in the body.", response=created)
    expect.equal(body["sent"], False, "`sent` of the new reminder", why=UNSENT, response=created)
    _leads_to(api, created, body)
    _reads_back(api, body)
    return body


def _remove_reminder(api: _Phone, reminder: Thing) -> None:
    here = f"/reminders/{reminder['id']}"
    removed = api.delete(here)
    known = {200: GIVEN, 404: f"{api.not_found(removed)} {GIVEN}".strip(), 405: GIVEN}
    expect.status(removed, 204, why="After a DELETE there is nothing left to send.", known=known)
    kept = f"The reminder was removed, and it is still there. {GIVEN}"
    for method in ("GET", "DELETE"):
        _is_missing(api.request(method, here), why="It was removed.", found=kept, known={204: GIVEN})


def _begin_unsent(api: _Phone, wanted: list[Thing]) -> None:
    """Expect these reminders, and two new ones whose bodies said that they were sent."""
    answer = api.get("/reminders")
    listed = expect.json_body(answer, why=WHOLE_COLLECTION)
    new = (
        [one for one in listed if isinstance(one, dict) and one.get("text") == "Pay the rent"]
        if isinstance(listed, list)
        else []
    )
    believed = 'The body held `"sent": true`, and the new reminder says that it was sent. A new one is not sent yet, whatever the body says.'
    never = "A reminder that counts as sent is never sent."
    expect.that(not any(one.get("sent") is True for one in new), believed, why=never, response=answer)
    rent = [{"id": one.get("id"), "text": "Pay the rent", "sent": False} for one in new[:2]]
    _rows(answer, [*wanted, *rent], why=WHOLE_COLLECTION)


def _is_taken_out(api: _Phone, path: str) -> None:
    """Expect that no route answers at an old address."""
    if problems.no_route(api.request("OPTIONS", path)):
        return  # no route fits this path, whatever the method
    for method in ("GET", "POST", "PUT", "PATCH"):
        if api.routes_for(method, path):
            old = api.request(method, path, {"text": "Milk"} if method != "GET" else None)
            expect.that(
                False,
                f"The old route is still there: `{method} {path}` answered {old.status_code}. Take it out, so that there is one way to do it.",
                why="As long as the old address answers, somebody's link preview creates or changes reminders.",
                response=old,
            )
