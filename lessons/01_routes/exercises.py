"""What the exercises of lesson 01 ask, and what its predictions expect."""

import json as texts
import linecache
import re
import traceback
import uuid
from urllib.parse import urljoin, urlsplit

from fastapi import APIRouter, FastAPI

from coursekit.author import client, describe, exercise, expect, openapi, prediction, problems, routes, validation
from coursekit.author.responses import json_or_none

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


class Phone:
    """A client that has words for what goes wrong before there is an answer to look at."""

    def __init__(self, router, name):
        # An app with the router's own routes answers as one that includes it, and need not work each of them out again.
        self.api = client(FastAPI(routes=router.routes) if isinstance(router, APIRouter) else router)
        self.name = name
        routes.some_route(router, name, "router or app")

    def request(self, method, path, json=None, raised=None):
        """Ask. An answer that breaks the function's own promise is a verdict, and so is an exception that `raised` has a sentence for, by its name."""
        try:
            return self.api.request(method, path, json=json)
        except Exception as error:
            kind = type(error).__name__
            if kind == "ResponseValidationError":
                said = broken_promise(error)
                expect.that(
                    not said,
                    f"During `{method} {path}` FastAPI stopped your answer. {said}",
                    why="FastAPI sends nothing that breaks the annotation behind `->`. The phone gets a 500.",
                )
            said = (raised or {}).get(kind)
            expect.that(
                not said,
                f"During `{method} {path}` your code raised `{kind}: {error}`{_line_of(error)}. {said}",
                why="For the phone, an exception in your function is a 500: the server failed.",
            )
            raise

    def get(self, path, raised=None):
        return self.request("GET", path, None, raised)

    def post(self, path, json, raised=None):
        return self.request("POST", path, json, raised)

    def patch(self, path, json, raised=None):
        return self.request("PATCH", path, json, raised)

    def delete(self, path, raised=None):
        return self.request("DELETE", path, None, raised)

    def routes_for(self, method, path):
        """The paths of the routes that fit a request, as they stand in the decorators, with their operations."""
        return openapi.matching(self.api.app.openapi(), method, path)

    def nowhere(self, response, path, otherwise=""):
        """The sentence for a 404: FastAPI's own, for a path without a route, or one of the learner's."""
        if problems.no_route(response) and not self.routes_for(response.request.method, response.request.url.path):
            asked = [one for one in self.api.app.openapi()["paths"] if "?" in one]
            if asked:
                return (
                    f"The path in your decorator is `{asked[0]}`. A query string never stands in the decorator: FastAPI compares "
                    "the decorator with the path alone. Leave it out there; a parameter of the function is enough."
                )
            return f"No route of `{self.name}` fits this address. Compare the path with `{path}`, letter by letter; when it is right, look at the name after the `@`."
        return otherwise

    def parameters(self, response):
        """The parameters that the learner's function takes from path and query string, as the API's own description has them."""
        request = response.request
        return [
            parameter
            for _, operation in self.routes_for(request.method, request.url.path)
            for parameter in operation.get("parameters", [])
        ]

    def takes_text(self, response):
        """For an answer in which nothing was found: the sentence for a number in the path that the function gets as text; empty when it gets a number."""
        if response.status_code != 404 and response.content != b"[]":
            return ""
        for parameter in self.parameters(response):
            kind = parameter["schema"].get("type")
            if parameter["in"] == "path" and kind != "integer":
                name = parameter["name"]
                has = f"The annotation of `{name}` is no `int`" if kind else f"`{name}` has no annotation"
                return f'{has}, so your function gets a text such as `"1"`, and a text is never equal to the number 1. Write `{name}: int`.'
        return ""

    def not_found(self, response, store):
        """For a 404 about something that exists: the sentence for a look into the wrong dictionary, or with a text; empty for other causes."""
        if response.status_code != 404:
            return ""
        body = json_or_none(response)
        said = str(body.get("detail")) if isinstance(body, dict) else ""
        if said.startswith("There is no task"):
            return f"The answer says “{said}”: it comes from `find_task`, which looks into `tasks`. This is about `{store}`, so look there."
        return self.takes_text(response)

    def why_422(self, response, sends="The caller sends a JSON body and nothing else."):
        """The sentence for a 422 on a request with a body that is right; empty for another answer."""
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
        if any(place[0] == "body" and len(place) > 1 for place in validation.places(response)):
            return "Your function takes more than one thing from the body, so FastAPI looks for each under a name of its own. One dictionary takes the whole body."
        return "FastAPI refused the request before it called your function. Look at the annotations."


def _line_of(error):
    """The learner's own line in which an exception was raised, for a sentence; empty when it is not known."""
    own = [
        (frame.f_code.co_filename, number)
        for frame, number in traceback.walk_tb(error.__traceback__)
        if frame.f_globals.get("__name__") == "__main__"
    ]
    line = linecache.getline(*own[-1]).strip() if own else ""
    return f", in the line `{line}`" if line else ""


def broken_promise(error):
    """What the learner did, for a returned value that FastAPI held against the return annotation and refused; empty when it is none that we know."""
    body = error.body
    if type(body).__name__ == "HTTPException":
        return "You returned the `HTTPException`, as if it were data. It works when you `raise` it."
    if isinstance(body, tuple) and any(isinstance(part, int) for part in body):
        instead = (
            "To answer 404, raise an `HTTPException`."
            if 404 in body
            else "The status of an answer that succeeds is an argument of the decorator."
        )
        return f"You returned a pair of a body and a status. FastAPI takes the pair for data. {instead}"
    if isinstance(body, dict) and {"detail", "error", "message"} & set(body):
        return "You returned words about an error, where your function promises data behind `->`. To answer 404, raise an `HTTPException`."
    if body is None:
        return (
            "Your function returned `None`, and it promises something else behind `->`. Does each way through it end in a `return`? "
            "`.update(...)` of a dictionary changes the dictionary and gives `None`. `.get(...)` gives `None` for what is not there: raise an `HTTPException` then."
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
WHOLE_STORE = "You returned, or laid the changes over, the whole dictionary with all things in it. Take the one thing out of it first, by its number."


def rows(response, wanted, why, known=()):
    """The body is a list of these, in any order."""
    got = expect.json_body(response, why=why)
    if isinstance(got, list) and _sorted(got) == _sorted(wanted):
        return
    expect.body(response, wanted, why=why, known=known)


def _sorted(things):
    return sorted(texts.dumps(thing, sort_keys=True) for thing in things)


def address_in(response):
    """The path that a `Location` header leads to, seen from where the request went, with the host when it is another one; None without such a header."""
    location = response.headers.get("Location")
    if location is None:
        return None
    asked, leads = str(response.request.url), urlsplit(urljoin(str(response.request.url), location))
    return leads.path if leads.netloc == urlsplit(asked).netloc else f"//{leads.netloc}{leads.path}"


def nobodys_id(known):
    """An id of the same kind as a known one that nothing has."""
    return known + 1000 if isinstance(known, int) else uuid.uuid4()


def kind_of_answer(response):
    """For an answer 200 where 404 was due: the sentence for the way in which it came about."""
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
def reading_the_lists(lists_router, shopping_lists):
    expect.that(
        not isinstance(lists_router, FastAPI),
        "`lists_router` is a whole app. Make a router of it, `lists_router = APIRouter()`: an app can take that in.",
        why="The service has one app, made of the routers that its parts bring along.",
    )
    api = Phone(lists_router, "lists_router")
    why = "The phone draws one row for each element of a JSON list."
    before = list(shopping_lists.values())
    view = (
        "Your function returned `shopping_lists.values()`, a view of a dictionary, and JSON knows no views. "
        "Make a list of it: `list(...)`."
    )
    try:
        first = api.get("/lists")
    except Exception as error:
        expect.that(
            not any(words in str(error) for words in ("dict_values", "dictionary update sequence")),
            f"`GET /lists` raised an error. {view}",
            why="For the phone, an exception in your function is a 500.",
        )
        raise
    expect.status(
        first,
        200,
        why="The phone asks for this address with this method, and for no other.",
        known={
            404: api.nowhere(first, "/lists"),
            405: "The address exists, but not for GET. To read is GET: with another method the phone gets nothing. Look at your decorator.",
        },
    )
    got = expect.json_body(first, why=why)
    with_titles = [one for one in got if "title" in one] if isinstance(got, list) else []
    rows(
        first,
        before,
        why=why,
        known=[
            ({str(number): one for number, one in shopping_lists.items()}, WHOLE_DICTIONARY),
            (list(shopping_lists), "You returned the keys of the dictionary. The lists are its values."),
            ([before], "You returned a list with the list in it. Take one pair of brackets away."),
            (None, "The body is `null`: does your function return something?"),
            (with_titles, "These are the tasks. The lists are in `shopping_lists`, so read that dictionary."),
        ],
    )
    shopping_lists[41] = {"id": 41, "name": "Garden", "items": ["soil"]}
    counted = (
        "The check had added a list with the number 41, and your function counts 1, 2, 3. Numbers may have gaps: "
        "take the values of the dictionary, whatever their keys are."
    )
    second = api.get("/lists", raised={"KeyError": counted})
    rows(
        second,
        list(shopping_lists.values()),
        why="Ana adds a list on her laptop and looks for it on her phone.",
        known=[
            (
                before,
                "The check added a list with the number 41, and your answer is still the old one: the data was copied when the cell ran, or your function "
                "names the lists one by one. Read all of `shopping_lists` inside the function.",
            ),
        ],
    )
    shopping_lists.clear()
    rows(api.get("/lists"), [], why="All lists are gone now, so the answer is a list with nothing in it.")


WISHES = {
    "show all shopping lists": ("GET", "lists", None),
    "show shopping list 4": ("GET", "list", None),
    "start a new shopping list": ("POST", "lists", None),
    "give list 4 another name, and leave its items alone": ("PATCH", "list", "name"),
    "the phone was offline: replace list 4 as a whole with the phone's copy": ("PUT", "list", None),
    "throw list 4 away": ("DELETE", "list", None),
    "show the comments on task 7": ("GET", "comments", None),
    "write a comment on task 7": ("POST", "comments", None),
}

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
    "lists": "What is created joins the collection, and the server gives it a number.",
    "comments": "What is created joins the collection, and the server gives it a number. What is shown is the whole collection.",
}

WRONG_METHODS = {
    (
        "PATCH",
        "PUT",
    ): "PUT says: this is the whole list. The request holds only a name, so the items are lost. Which method changes a part?",
    (
        "PATCH",
        "POST",
    ): "POST creates something new. Here a list that exists gets another name. Which method changes a part?",
    (
        "PUT",
        "PATCH",
    ): "PATCH leaves alone whatever is not sent. An item that was removed on the phone would come back. Which method replaces the whole?",
    (
        "PUT",
        "POST",
    ): "POST creates something new, so the household would have two such lists. Which method replaces one that exists?",
    (
        "POST",
        "PUT",
    ): "PUT replaces the thing at an address that the caller names. The phone cannot know the new address. Which method leaves it to the server?",
    (
        "POST",
        "GET",
    ): "GET is safe: it changes nothing. A preview of the link would create something. Which method creates?",
    (
        "DELETE",
        "GET",
    ): "GET is safe: it changes nothing. A preview of the link would throw the list away. Which method removes?",
    (
        "DELETE",
        "POST",
    ): "POST creates something new. After a lost answer, no client would dare to repeat it. Which method removes?",
    (
        "GET",
        "POST",
    ): "POST creates something new. Nothing changes here, and no cache may keep the answer to a POST. Which method reads?",
}


@exercise(
    "1.2",
    "Eight requests to name",
    rules=["E1", "E2"],
    hints=[
        "Take each wish apart: which thing is it about (the path), and what happens to that thing (the method)?",
        "The table of the five methods has one line for each thing that can happen. `/users/5/tasks` shows where things go that belong to another thing.",
        "Three paths are enough: `/lists`, `/lists/4` and `/tasks/7/comments`. To change a part is PATCH; to replace the whole is PUT.",
    ],
)
def naming(design):
    expect.that(
        isinstance(design, dict),
        "`design` is not a dictionary any more. Keep its eight questions, and put a string in place of each `...`.",
    )
    wrong = {}
    for wish, (method, place, part) in WISHES.items():
        expect.that(wish in design, f"The question “{wish}” is not in `design` any more. Put it back, word for word.")
        answer = design[wish]
        said = _mistakes(answer, method, place, part)
        if said:
            shown = "" if answer is ... else f" ({describe(answer)})"
            if isinstance(answer, str):
                shown = f" (`{answer}`)"
            wrong.setdefault(said, []).append(f"“{wish}”{shown}")
    count = sum(map(len, wrong.values()))
    lines = [
        f"{' and '.join([', '.join(them[:-1]), them[-1]] if them[1:] else them)}: {said}"
        for said, them in wrong.items()
    ]
    expect.that(
        not wrong,
        "\n".join(([f"{count} of the 8 are not right yet."] if count > 1 else ["One is not right yet."]) + lines),
        why="Clients, caches and browsers act on the method, and whoever knows one path of an API should be able to guess the next.",
    )


def _mistakes(answer, method, place, part):
    """What is wrong with one line of the design, in sentences; empty when nothing is."""
    if answer is ...:
        return "no answer yet. Put a string in place of the `...`."
    like = 'Write a method, a space and a path, as in `"GET /users/5/tasks"`.'
    words = answer.split() if isinstance(answer, str) else []
    if len(words) == 1 and words[0].startswith("/"):
        return f"the method is missing. {like}"
    if len(words) == 1 and "/" in words[0]:
        return f"the space between method and path is missing. {like}"
    if len(words) == 1 and words[0].upper() in METHODS:
        return f"the path is missing. {like}"
    if len(words) == 2 and words[0].startswith("/"):
        return f"the method comes first, then the path. {like}"
    if len(words) == 2 and words[0].upper() in METHODS and not words[1].startswith("/"):
        return f"the slash at the beginning of the path is missing. {like}"
    if len(words) != 2 or not words[1].startswith("/"):
        return like
    used, path = words[0].upper(), words[1]
    return " ".join(said for said in (_wrong_method(used, method, path), _wrong_path(used, path, place, part)) if said)


METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


def _wrong_method(method, wanted, path):
    # A part of a list with an address of its own may be replaced as a whole: PUT /lists/4/name.
    if method == wanted or (wanted == "PATCH" and method == "PUT" and path.rstrip("/").endswith("/name")):
        return ""
    if method not in METHODS:
        return f"`{method}` is none of the five methods of the table."
    return WRONG_METHODS.get(
        (wanted, method), f"{method} says something else: which line of the table of methods says what happens here?"
    )


def _wrong_path(method, path, place, part):
    wanted, said = PLACES[place]
    # A part of a list with an address of its own may be replaced as a whole: PUT /lists/4/name.
    if path == wanted or (part and method == "PUT" and path == f"{wanted}/{part}"):
        return ""
    pieces = [piece for piece in re.split(r"[/?=&_-]", re.sub(r"([a-z])([A-Z])", r"\1-\2", path).lower()) if piece]
    verbs = [piece for piece in pieces if piece in VERBS or piece.startswith(("get", "create", "delete"))]
    singular = [piece for piece in pieces if piece in ("list", "task", "comment")]
    if path.lower() == wanted:
        return f"In a path, case counts: this is another address than `{wanted}`."
    if "{" in path or "<" in path:
        return "Braces stand in a route, for whatever comes. A request names the thing: put the real number in place of the braces."
    if place == "lists" and re.fullmatch(r"/lists/\d+", path) and method == "POST":
        return (
            "The address of one list is in your path, and the new list has none yet: the server gives it a number. "
            "Something new joins the collection, so the path names the collection."
        )
    if path.partition("?")[0] == wanted:
        return "Up to the `?` the path is right. Behind a `?` stands what selects or arranges. What is to be kept goes into the body, which the phone sends along."
    if path.endswith("/"):
        return "The path ends with a slash, and with the slash it is another address. The paths of this lesson have none there."
    if part and path == f"{wanted}/{part}":
        return "PATCH changes a part of the thing at its own address, as in `PATCH /tasks/2`. What is to change goes into the body."
    if re.sub(r"\d+", "0", path) == re.sub(r"\d+", "0", wanted):
        return "The number in the path is another one than that of the question."
    if path.endswith("/new"):
        return "Nothing is called `new`. The method says already that something is created; the path only names what it joins."
    if verbs:
        return f"There is an action in your path, `{verbs[0]}`. The method says the action already, so the path only names the thing."
    if path.startswith(f"{wanted}/"):
        return f"Up to `{wanted}` the path is right, and there it ends. {GOES_ON.get(place, said)}"
    if "shopping" in pieces:
        return "The phone team calls the collection `lists`, and asks for it under this name."
    if place == "comments" and path.startswith("/comments?"):
        return f"This selects from all comments there are. {said}"
    if singular:
        return f"`{singular[0]}` is singular. A collection has a plural noun, also when one thing in it is meant: `{singular[0]}s`."
    return said


COMMENTS = [
    {"id": 1, "task_id": 1, "author": "Ana", "text": "Oat milk, please."},
    {"id": 2, "task_id": 1, "author": "Ben", "text": "Two liters?"},
    {"id": 3, "task_id": 3, "author": "Ben", "text": "The fern needs water too."},
]


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
def parameters(comments_router, comments):
    comments[:] = COMMENTS
    api = Phone(comments_router, "comments_router")
    one, two, three = COMMENTS
    path = "/tasks/{task_id}/comments"
    why = "On the page of task 1, Ana reads what was said of task 1, and nothing else."
    first = api.get("/tasks/1/comments")
    said = _why_comments_422(first) if first.status_code == 422 else ""
    expect.status(first, 200, why=why, known={404: api.nowhere(first, path), 422: said})
    expect.that(
        not (first.content == b"[]" and not api.takes_text(first) and _finds(api.get("/tasks/1/comments?author=Ben"))),
        "`GET /tasks/1/comments` found nothing. Nobody asked for an author, so `author` is `None`, and no comment was written by `None`. "
        "Compare the author only when there is one to compare with.",
        why="Most callers want all comments.",
        response=first,
    )
    rows(
        first,
        [one, two],
        why=why,
        known=[
            ([], f"Nothing was found. {api.takes_text(first)}".strip()),
            (COMMENTS, "These are the comments on all tasks: the number in the path makes no difference yet."),
        ],
    )
    templates = [template for template, _ in api.routes_for("GET", "/tasks/1/comments")]
    expect.that(
        len(templates) < 2,
        f"Two of your routes fit `/tasks/1/comments`: {' and '.join(f'`{template}`' for template in templates)}. FastAPI takes the first one "
        "and never goes on to the other. Take the old route out.",
        why="For task 1 the old route answers, and it knows nothing of authors.",
    )
    other = api.get("/tasks/3/comments")
    fixed = "The path still has the number 1 written into it. A name in braces stands for any number."
    strange = (
        "Your function answers 404 for a number that is not in `tasks`. Any number may stand in that place, also one that `tasks` does not know: "
        "look at `comments` alone."
    )
    expect.status(
        other,
        200,
        why="The number in the path may be any number.",
        known={404: strange if api.routes_for("GET", "/tasks/3/comments") else fixed},
    )
    rows(other, [three], why="The number in the path may be any number.")
    bens = api.get("/tasks/1/comments?author=Ben")
    expect.status(bens, 200, why="Ana wants to know what Ben has asked.")
    rows(
        bens,
        [two],
        why="Ana wants to know what Ben has asked.",
        known=[
            (
                [one, two],
                "`author` made no difference. Is it a parameter of your function, spelled the same, and do you use it?",
            ),
            (
                [two, three],
                "These are all of Ben's comments, on any task. Both conditions have to hold: the task and the author.",
            ),
        ],
    )
    anas = api.get("/tasks/3/comments?author=Ana")
    nothing = "Nothing fits, and that is no error: the comments of task 3 are there to be searched. Answer with an empty list."
    expect.status(anas, 200, why="Ana has said nothing on task 3.", known={404: nothing})
    rows(
        anas,
        [],
        why="Ana has said nothing on task 3.",
        known=[
            ([one], "This is a comment on task 1. Both conditions have to hold: the task and the author."),
            ([three], "This comment is Ben's. When nothing fits, the answer is an empty list, not all there is."),
        ],
    )
    by_hand = (
        "`first` is no number, so `int(...)` in your function failed. Annotate the parameter, `task_id: int`: "
        "FastAPI converts it for you, and answers 422 to what is no number."
    )
    first_word = api.get("/tasks/first/comments", raised={"ValueError": by_hand})
    expect.status(
        first_word,
        422,
        why="A caller with a mistake in the address should hear of it, not get an empty page.",
        known={
            200: "In your function, `task_id` may be any text. Annotate it with `int`, and FastAPI refuses what is no number.",
            404: "Your function took the text and found nothing. Annotate `task_id` with `int`, and FastAPI says that it is no number.",
            400: "The caller hears of the mistake, under another status than asked for. Annotate `task_id` with `int`, and FastAPI answers 422 before it calls your function.",
        },
    )
    new = {"id": 4, "task_id": 7, "author": "Carla", "text": "Which key?"}
    comments.append(new)
    changed = api.get("/tasks/7/comments")
    expect.status(changed, 200, why="A comment on task 7 was added.", known={404: strange})
    rows(
        changed,
        [new],
        why="People go on commenting while the server runs.",
        known=[
            (
                [],
                "A comment on task 7 was added, and your answer does not show it. Read `comments` inside the function, and not a copy of it.",
            )
        ],
    )
    carlas = api.get("/tasks/7/comments?author=Carla")
    rows(
        carlas,
        [new],
        why="Anybody may write a comment.",
        known=[
            (
                [],
                "Carla wrote on task 7, and `?author=Carla` finds nothing. Compare with `author`, not with names that you know.",
            )
        ],
    )
    for part in ("An", "carla"):
        number, whole = (1, "Ana") if part == "An" else (7, "Carla")
        rows(
            api.get(f"/tasks/{number}/comments?author={part}"),
            [],
            why=f"`{part}` might be somebody else.",
            known=[
                (
                    [one] if number == 1 else [new],
                    f"`?author={part}` found a comment that `{whole}` wrote. Only comments whose author is exactly the name that was asked for: compare with `==`.",
                )
            ],
        )
    nobody = api.get("/tasks/99/comments")
    expect.status(nobody, 200, why="Nobody has said anything on task 99.", known={404: strange})
    rows(nobody, [], why="Nobody has said anything on task 99.")


def _finds(response):
    return response.status_code == 200 and response.content not in (b"[]", b"null")


def _why_comments_422(response):
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
        "What does `shopping_lists.get(99, {})` give, and what does `shopping_lists.get(2)` give? When do you know that a list does not exist?",
        "`find_task` asks `if task_id not in tasks` and raises. The question is whether the list exists, not whether it has items.",
        'Before you return: `if list_id not in shopping_lists: raise HTTPException(status_code=404, detail=f"There is no shopping list {list_id}.")`.',
    ],
)
def missing_or_empty(items_router, shopping_lists):
    shopping_lists.clear()
    shopping_lists[1] = {"id": 1, "name": "Groceries", "items": ["oat milk", "bread"]}
    shopping_lists[2] = {"id": 2, "name": "Party", "items": []}
    api = Phone(items_router, "items_router")
    full = api.get(
        "/lists/1/items", raised={"KeyError": 'A list is a dictionary with the keys "id", "name" and "items".'}
    )
    said = api.nowhere(full, "/lists/{list_id}/items", api.not_found(full, "shopping_lists"))
    expect.status(full, 200, why="List 1 exists.", known={404: said})
    expect.body(full, ["oat milk", "bread"], why="The phone shows one row for each item.")
    empty = api.get("/lists/2/items")
    expect.status(
        empty,
        200,
        why="List 2 exists. Ben has put nothing on it yet.",
        known={
            404: api.not_found(empty, "shopping_lists")
            or "You say that list 2 does not exist; it does, and it is empty. Ask whether the list is there (`in`), not whether it has items."
        },
    )
    expect.body(empty, [], why="An empty list has items, none of them.")
    shopping_lists[1] = {"id": 1, "name": "Groceries", "items": ["oat milk", "bread", "tea"]}
    shopping_lists[46] = {"id": 46, "name": "Garden", "items": ["soil"]}
    for number, items in ((1, ["oat milk", "bread", "tea"]), (46, ["soil"])):
        changed = api.get(f"/lists/{number}/items")
        stale = "The data has changed since, and your answer is not from it. Read `shopping_lists` inside the function."
        there = api.not_found(changed, "shopping_lists") or stale
        expect.status(
            changed,
            200,
            why=f"There is a list {number} now.",
            known={404: f"The check has put a list {number} there. {there}"},
        )
        expect.body(
            changed, items, why="Ana adds items all day long.", known=[(["oat milk", "bread"], stale), ([], stale)]
        )
    for number in (99, 41):
        wanted = "Expected: 404. Look whether the list is there, and raise an `HTTPException` when it is not, as `find_task` in section 4."
        missing = api.get(
            f"/lists/{number}/items",
            raised={
                name: f"There is no list {number}. {wanted}" for name in ("KeyError", "TypeError", "AttributeError")
            },
        )
        said = (
            kind_of_answer(missing)
            or "A list that does not exist looks like an empty one: Ben fills it again, in vain. Raise an `HTTPException`."
        )
        expect.status(
            missing,
            404,
            why="The phone can offer to start a new list, if it learns that this one is gone.",
            known={
                200: said,
                204: "204 says: it worked. Nothing worked here, because there is no such list.",
                422: "422 says that the request did not fit. It did: a number was sent. The thing behind it is not there.",
                400: "400 says that the request is broken. It was right; the thing that it asks for is not there.",
                410: GONE,
            },
        )
        detail = expect.json_body(missing, why="Errors have a JSON body too.")
        detail = detail.get("detail", "") if isinstance(detail, dict) else ""
        expect.that(
            str(number) in str(detail),
            f"The status is right. The `detail` does not say that it is about list {number}. "
            + (
                "It holds braces as they stand in your code: Python puts a value in their place when an `f` stands before the quotation marks."
                if "{" in str(detail)
                else "Whoever reads the phone's log wants to know: put the number into it."
            ),
            why="A path with a typing mistake gets a 404 as well. The `detail` tells the two apart.",
            response=missing,
        )


GONE = "410 Gone says that there was one, and that it never comes back. For what does not exist our API says 404."


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
def creation(new_lists_router):
    api = Phone(new_lists_router, "new_lists_router")
    created = api.post("/lists", {"name": "Party"}, raised=EMPTY)
    sends = "The name is in the body, as JSON."
    expect.status(
        created,
        201,
        why="A phone that lost the network on the way has only this answer to know that the list exists.",
        known={
            200: "You left FastAPI's default. 200 says: here is what you asked for. Nothing tells the phone that something new exists.",
            404: api.nowhere(created, "/lists"),
            405: "The address exists, and no route there takes POST. To create is to POST to the collection.",
            204: "204 says that there is no body. The phone wants to see the list, and above all its id.",
            422: api.why_422(created, sends),
        },
    )
    got = expect.json_body(created, why="The phone shows the new list at once, from this answer.")
    whole = "The answer holds all lists, under their numbers. Return the new list alone: `saved_lists[list_id]`."
    expect.fields(
        created,
        {"id", "name"},
        why="The phone shows the new list at once, from this answer.",
        known={"title": "A task has a `title`. A list has a `name`, and the body sends it under that name."}
        | {key: whole for key in got if isinstance(got, dict) and key.isdecimal()},
    )
    first = created.json()
    expect.equal(first["name"], "Party", "the name in the answer", why="Ben called it Party.", response=created)
    _leads_to(created, first, "lists")
    _reads_back(api, created, first, "lists", "saved_lists")
    again = api.post("/lists", {"name": "Garden"}, raised=EMPTY)
    expect.status(again, 201, why="A second list is a new list too.")
    second = again.json()
    _is_new(second, [first], "list", again)
    expect.equal(
        second.get("name"),
        "Garden",
        "the name in the answer",
        why="The second list has a name of its own.",
        response=again,
    )
    _leads_to(again, second, "lists")
    _reads_back(api, again, second, "lists", "saved_lists")
    _reads_back(api, created, first, "lists", "saved_lists")
    _gives_its_own_id(api, "/lists", {"id": first["id"], "name": "Trip"}, "list")
    _reads_back(api, created, first, "lists", "saved_lists")
    missing = api.get(f"/lists/{nobodys_id(first['id'])}")
    expect.status(
        missing,
        404,
        why="A list that does not exist has to be told from one that does.",
        known={
            200: kind_of_answer(missing)
            or "There is no list with this id, and your answer says that all is well. Raise an `HTTPException`."
        },
    )


EMPTY = {
    "KeyError": "There is nothing under this key. The body holds only what the exercise shows, and your dictionary only what you have put into it.",
    "ValueError": "Nothing is stored yet, and `max` of nothing has no answer. `max(..., default=0)` has one.",
    "TypeError": "Compare your lines with `create_task` in section 5: what is a dictionary, what is a number, what is text?",
}


def _is_new(body, others, thing, response):
    """A created thing has an id that nothing else has."""
    expect.that(
        all(body.get("id") != other["id"] for other in others),
        f"Two {thing}s were created, and both have the id {body.get('id')!r}: the second one took the place of the first. "
        f"Work out a new id for each, from the {thing}s that are stored by then.",
        why=f"A {thing} is gone, and nobody meant to delete it.",
        response=response,
    )


def _gives_its_own_id(api, collection, sent, thing):
    """A body with the id of another thing is refused, or its id is ignored."""
    answer = api.post(collection, sent)
    why = f"The id belongs to the server. Two {thing}s with one id cannot be told apart."
    expect.status(answer, (201, 400, 409, 422), why=why)
    if answer.status_code != 201:
        return None
    body = expect.json_body(answer, why=why)
    expect.that(
        isinstance(body, dict) and body.get("id") != sent["id"],
        f'The body held `"id": {texts.dumps(sent["id"])}`, which another {thing} has, and the new {thing} took it over. In `{{"id": new_id, **body}}` '
        f"what stands later wins: put your own id last, or take only the {'name' if 'name' in sent else 'text'} from the body.",
        why=why,
        response=answer,
    )
    _leads_to(answer, body, collection.strip("/"))
    return body


def _leads_to(created, body, collection):
    wanted = f"/{collection}/{body['id']}"
    got = address_in(created)
    if got == wanted:
        return
    thing = collection.removesuffix("s")
    known = {
        None: f"It has no `Location` header. The phone knows that the {thing} exists, not where: send `Location: {wanted}`."
    }
    if got == f"/{collection}":
        known[created.headers["Location"]] = (
            f"Its `Location` is the collection. The address of the new {thing} itself is `{wanted}`."
        )
    elif got is not None and got.startswith("//"):
        known[created.headers["Location"]] = (
            "Its `Location` leads to another server. Begin it with the slash of the path, and it leads back to yours."
        )
    elif got is not None and "{" in got:
        known[created.headers["Location"]] = (
            "Its `Location` holds braces as they stand in your code. Python puts a value in their place when an `f` stands before the quotation marks."
        )
    elif got is not None:
        known[created.headers["Location"]] = (
            f"Its `Location` says `{created.headers['Location']}`, but the new {thing} has the id {body['id']!r}. Build the address from the id."
        )
    expect.header(
        created, "Location", wanted, why=f"The phone opens the new {thing} at the address that you send.", known=known
    )


def _reads_back(api, created, body, collection, store):
    path = address_in(created)
    read = api.get(path)
    thing = collection.removesuffix("s")
    given = f"The route that reads one {thing} was given: put it back."
    text = ""
    if isinstance(body["id"], str):
        text = (
            f"The new {thing} has the id {texts.dumps(body['id'])}, which is text, and the route that reads takes a number. "
            f"Make the id a number: `max({store}, default=0) + 1`."
        )
    lost = given
    if read.status_code == 404 and api.routes_for("GET", path):
        kept = f"The route that reads looks in `{store}`. Does yours put the {thing} there, under its id as a number?"
        lost = api.not_found(read, store) or text or kept
    expect.status(
        read,
        200,
        why="An address that the API hands out has to lead somewhere.",
        known={
            404: f"This is the address from your `Location` header, and nothing is there. {lost}",
            405: f"This is the address from your `Location` header, and no route reads there. {given}",
            422: text,
        },
    )
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
def changing(notes_router, notes):
    expect.that(
        isinstance(notes, dict),
        f"`notes` is {describe(notes)} now. Keep it a dictionary, as it was given: the route that reads looks in it.",
    )
    notes.clear()
    notes[1] = {"id": 1, "text": "Door code: ask Ben", "pinned": False}
    notes[2] = {"id": 2, "text": "Size 42", "pinned": True}
    notes[47] = {"id": 47, "text": "Fern: once a week", "pinned": False}
    api = Phone(notes_router, "notes_router")
    one, two, fern = (dict(note) for note in notes.values())
    one = _patch(api, "/notes/1", one, {"pinned": True}, "note", "notes")
    _patch(api, "/notes/2", two, {"text": "Size 43"}, "note", "notes", read_back=False)
    one = _patch(api, "/notes/1", one, {"pinned": False}, "note", "notes", read_back=False)
    _patch(api, "/notes/1", one, {"text": "Door code: ask Ana"}, "note", "notes", read_back=False)
    _patch(api, "/notes/47", fern, {"text": "Fern: twice a week", "pinned": True}, "note", "notes")
    _nothing_to_change(api, "/notes/9", {"pinned": True}, "note")
    _keeps_its_id(api, "/notes/2", 2, {"id": 7, "text": "Size 44"}, "note")
    _delete_note(api, 1)
    repeated = api.delete("/notes/1", raised=NO_NOTE)
    expect.status(
        repeated,
        404,
        why="Ben's phone learns from this that its screen is out of date.",
        known={
            204: "The second DELETE answered 204, as if there had been a note. The standard allows that; our API says 404 for what does not exist. "
            "Look for the note before you remove it.",
            200: kind_of_answer(repeated)
            or "The second DELETE says that it worked, and there was no note any more. Look for the note before you remove it.",
            410: GONE,
        },
    )
    expect.status(
        api.get("/notes/2"),
        200,
        why="Only note 1 was deleted.",
        known={404: "Note 1 was deleted, and note 2 is gone with it. Remove one note, not all."},
    )
    _delete_note(api, 47)


NO_NOTE = {
    "KeyError": "There was no such note any more. Expected: 404. Look for the note first, with `read_note`; `find_task` looks into `tasks`.",
    "TypeError": "There was no such note any more. Expected: 404. Look for the note first, with `read_note`.",
}


def _delete_note(api, number):
    here = f"/notes/{number}"
    removed = api.delete(here, raised=NO_NOTE)
    expect.status(
        removed,
        204,
        why="After a DELETE there is nothing left to send.",
        known={
            200: "DELETE worked and says 200, which announces an answer to read. Ours says 204 and sends none. That takes `status_code=204` in the decorator, "
            "`-> None`, and no `return` with a body.",
            404: f"Note {number} exists, and DELETE says that it does not. {api.not_found(removed, 'notes')}".strip(),
            410: "410 announces that the note is gone for good, as an answer to somebody who asks for it. This DELETE worked: say 204.",
        },
    )
    expect.status(
        api.get(here),
        404,
        why=f"Ben deleted note {number}.",
        known={
            200: f"DELETE answered 204, and note {number} is still there. Remove this note from `notes`, by its number."
        },
    )


def _patch(api, here, before, changes, thing, store, read_back=True):
    """PATCH changes what is sent, keeps the rest, answers with the whole thing and stores it. Returns what is there now.

    What was not stored shows in the answer to the next PATCH too, so not each one needs to be read back.
    """
    wanted = {**before, **changes}
    why = "PATCH changes what was sent and leaves the rest alone."
    sent = texts.dumps(changes)
    changed = api.patch(
        here,
        changes,
        raised={
            "KeyError": f"The body was `{sent}` and nothing else. PATCH takes what was sent: do not read a part out of the body that may be missing. "
            "Lay the changes over the old values.",
            "TypeError": f"The body was `{sent}`. Lay it over the old {thing}: two dictionaries make a new one with `{{**old, **changes}}`.",
        },
    )
    takes_put = changed.status_code == 405 and api.request("PUT", here, changes).status_code == 200
    expect.status(
        changed,
        200,
        why=why,
        known={
            404: f"There is a {thing} at `{here}`, and PATCH does not find it. "
            + (api.nowhere(changed, f"/{store}/{{{thing}_id}}", api.not_found(changed, store))),
            204: f"PATCH answers with the changed {thing}.",
            201: f"201 says that something new exists. A {thing} was changed: that is a 200, FastAPI's default.",
            405: f"Your route takes PUT, which promises to replace the whole {thing}, and the request holds only a part. The method for a change in part is PATCH."
            if takes_put
            else f"To change a {thing} in part is PATCH, at the address of the {thing} itself. No route takes PATCH there.",
            422: api.why_422(changed, "The changes are in the body, as JSON."),
        },
    )
    got = expect.json_body(changed, why=why)
    expect.body(changed, wanted, why=why, known=[(got, _patch_mistake(got, before, changes, thing, store))])
    if not read_back:
        return wanted
    read = api.get(here)
    stored = expect.json_body(read, why=why)
    said = _patch_mistake(stored, before, changes, thing, store)
    if stored == before:
        said = f"PATCH answered with the changed {thing} and stored nothing: the next GET finds the old one. Put the new {thing} back into `{store}`."
    expect.body(
        read,
        wanted,
        why="What PATCH answers has to be what a GET finds afterwards.",
        known=[(stored, said if stored == before else f"PATCH answered well, and stored something else. {said}")],
    )
    return wanted


def _patch_mistake(got, before, changes, thing, store):
    """The sentence for a body that is not the old thing with the changes laid over it."""
    if got is None:
        return f"The answer is `null`. Return the changed {thing}."
    if not isinstance(got, dict):
        return f"The answer is to be the changed {thing}: one JSON object."
    if "success" in got:
        return f"`success` says what the status says already. Answer with the changed {thing}."
    if {"title", "done"} & set(got):
        return f"There is a task in the answer: `find_task` looks into `tasks`. Take the old {thing} from `{store}`."
    if any(name.isdecimal() for name in got):
        return f"The changes lie over the whole dictionary `{store}`, with all {thing}s in it. Lay them over one {thing}: `{store}[{thing}_id]`."
    if got == changes:
        return f"The answer is only what was sent. Answer with the whole {thing}."
    missing = [name for name in before if name not in got]
    if missing:
        return f"The {thing} has lost its `{missing[0]}`: only what was sent is stored. Start from the old {thing}, and lay the changes over it."
    if got == before and any(changes.values()):
        return (
            f"The body held `{texts.dumps(changes)}`, and the answer is the old {thing}. Lay all that was sent over the old {thing}, whichever parts it has. "
            f"In `{{**one, **two}}` what stands later wins, so the old {thing} comes first and the changes come second."
        )
    for name, old in before.items():
        new = texts.dumps(got[name])
        if name not in changes and got[name] != old:
            was = {None: "became `null`", False: "went back to a default", "": "became empty"}.get(
                got[name], f"became `{new}`"
            )
            put = " That is what PUT does." if got[name] in (False, "") else ""
            return f"The {thing} has lost its `{name}`: it was not sent, and {was}.{put} Start from the old {thing}."
        if name in changes and got[name] != changes[name]:
            sent = texts.dumps(changes[name])
            if len(changes) > 1:
                false = " With `or`, `false` counts as not sent." if changes[name] is False else ""
                return (
                    f"The body held two parts, and `{name}` is `{new}` afterwards. With `elif`, the second part is never looked at.{false} "
                    f"Lay all changes over the old {thing} at once."
                )
            if changes[name] is False:
                return (
                    f'The body held `"{name}": false`, and `{name}` is still true. Either your PATCH does not look into the body, or it takes `false` '
                    "for a part that was not sent. Lay the changes over the old values, whatever they are."
                )
            return f'The body held `"{name}": {sent}`, and `{name}` is `{new}`. Your PATCH does not take this part from the body: lay all changes over the old {thing}.'
    extra = next((name for name in got if name not in before), None)
    return f"`{extra}` is new in it, and nobody sent it." if extra else ""


def _nothing_to_change(api, nowhere, changes, thing):
    missing = f"There is no {thing} at `{nowhere}`"
    answer = api.patch(
        nowhere,
        changes,
        raised={
            name: f"{missing}. Expected: 404. Look for the {thing} first, as `find_task` does in section 4."
            for name in ("KeyError", "TypeError", "AttributeError")
        },
    )
    expect.status(
        answer,
        404,
        why=f"{missing}, so there is nothing to change.",
        known={
            200: kind_of_answer(answer)
            or f"{missing}, and now there is one that has only what was sent. PATCH changes what exists: look for the {thing} first.",
            204: f"204 says: it worked. {missing}, so nothing did.",
            410: GONE,
        },
    )
    expect.status(
        api.get(nowhere),
        404,
        why=f"Your PATCH answered 404, and left a {thing} behind. Look for the {thing} before you store anything.",
    )


def _keeps_its_id(api, here, own, changes, thing):
    """A body with another id in it is refused, or its id is ignored. Returns whether the other changes were taken."""
    answer = api.patch(here, json=changes)
    why = f"The address is `{here}`. A {thing} that calls itself {changes['id']} there is found by nobody."
    moved = f'The body held `"id": {changes["id"]}`, and the {thing} at `{here}` took it over. Lay its own id over the changes, last of all, as `change_task` does.'
    expect.status(answer, (200, 400, 403, 409, 422), why=why)
    kept = api.get(here)
    expect.status(kept, 200, why=why, known={404: moved})
    expect.equal(
        kept.json().get("id"), own, "the id, read afterwards", why=why, known={changes["id"]: moved}, response=kept
    )
    if answer.status_code == 200:
        expect.equal(
            answer.json().get("id"), own, "the id in the answer", why=why, known={changes["id"]: moved}, response=answer
        )
    return answer.status_code == 200


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
def order(labels_router, labels):
    expect.that(
        isinstance(labels, dict),
        f"`labels` is {describe(labels)} now. Keep it a dictionary, as it was given: the data is right, and other parts of the service use it.",
    )
    labels.clear()
    labels.update({"home": [1, 3], "phone": [2]})
    api = Phone(labels_router, "labels_router")
    why = "The start screen shows the label with the most tasks, and Ben has never made one that is called “largest”."
    first = api.get("/labels/largest")
    expect.status(
        first,
        200,
        why="The phones out there ask for this address; nobody can change them today.",
        known={
            404: "Nothing answers at `/labels/largest` now. The app is on thousands of phones, and each of them asks for this address: keep it."
            if problems.no_route(first)
            else "The route with braces answered: any text fits the braces, and it knows no label `largest`. Is there still a route for `/labels/largest`, "
            "and why does it not get this request?",
            422: "The route with braces still catches the request, and now refuses it. A label's name is text, so its parameter was right. "
            "Why does this route get the request at all?",
        },
    )
    expect.body(
        first,
        {"name": "home", "tasks": [1, 3]},
        why=why,
        known=[
            (
                {"name": "largest", "tasks": []},
                "The route with `{name}` still answers: any text fits the braces, `largest` too. Why did FastAPI not go on to the other route?",
            ),
            (
                {"name": "phone", "tasks": [2]},
                "`phone` has one task and `home` has two. The line with `max` was right as it was given: its `key` counts a label's tasks. Put it back.",
            ),
        ],
    )
    labels["phone"] = [2, 4, 5]
    expect.body(
        api.get("/labels/largest"),
        {"name": "phone", "tasks": [2, 4, 5]},
        why="Labels grow and shrink. The answer has to come from `labels` each time.",
        known=[
            (
                {"name": "home", "tasks": [1, 3]},
                "`phone` has three tasks now, and your answer is still `home`. Look for the largest inside the function.",
            )
        ],
    )
    single = api.get("/labels/home")
    expect.status(
        single,
        200,
        why="The phones ask for single labels as well.",
        known={
            404: "`/labels/largest` is right now, and `/labels/home` is gone. Keep both routes; only their order matters.",
            422: "`/labels/home` is refused: a label's name is text. Keep `name: str`.",
        },
    )
    expect.body(single, {"name": "home", "tasks": [1, 3]}, why="Each label has its own tasks.")
    labels["garden"] = [6]
    for name in ("phone", "garden"):
        other = api.get(f"/labels/{name}")
        expect.status(
            other,
            200,
            why="People make new labels all day long.",
            known={
                404: f"`/labels/home` answers, and `/labels/{name}` does not. Any label may be asked for: keep the route with `{{name}}`."
            },
        )
        expect.body(other, {"name": name, "tasks": labels[name]}, why="Each label has its own tasks.")


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
def review(reminders_router):
    api = Phone(reminders_router, "reminders_router")
    given = "This route was given, and it was right: put it back as it was."
    before = api.get("/reminders")
    expect.status(before, 200, why="Reading all reminders is reading the collection.", known={404: given, 405: given})
    expect.that(
        isinstance(expect.json_body(before, why="All answers with a body are JSON."), list),
        f"`GET /reminders` does not answer with a JSON list. {given}",
        why="The phone draws one row for each element of a list.",
        response=before,
    )
    known = before.json()
    ben = _create_reminder(api, "Call Ben", known, read_back=True)
    cat = _create_reminder(api, "Feed the cat", [*known, ben])
    _remove_reminder(api, ben, given)
    stamps = _create_reminder(api, "Buy stamps", [*known, cat])
    here, now = f"/reminders/{cat['id']}", cat
    for changes in ({"sent": True}, {"text": "Feed both cats"}, {"text": "Feed the dog", "sent": False}):
        now = _patch(api, here, now, changes, "reminder", "reminders", read_back=now is cat)
    if _keeps_its_id(api, here, cat["id"], {"id": 700, "sent": True}, "reminder"):
        now = {**now, "sent": True}
    _nothing_to_change(api, "/reminders/424242", {"sent": True}, "reminder")
    forged = _gives_its_own_id(api, "/reminders", {"id": cat["id"], "text": "Pay the rent", "sent": True}, "reminder")
    if forged:
        expect.equal(
            forged.get("sent"),
            False,
            "`sent` of the new reminder",
            why="A new reminder is not sent yet.",
            known={
                True: 'The body held `"sent": true`, and the new reminder says that it was sent. A new one is not sent yet, whatever the body says: '
                "take only the text from the body."
            },
        )
    rows(
        api.get("/reminders"),
        [*known, now, stamps, *([forged] if forged else [])],
        why="The collection shows all reminders, and each one that nobody changed is as it was.",
    )
    for path in ("/create-reminder", f"{here}/sent"):
        if problems.no_route(api.request("OPTIONS", path)):
            continue  # no route fits this path, whatever the method
        for method in ("GET", "POST", "PUT", "PATCH"):
            if api.routes_for(method, path):
                old = api.request(method, path, {"text": "Milk"} if method != "GET" else None)
                expect.that(
                    False,
                    f"The old route is still there: `{method} {path}` answered {old.status_code}. Take it out, so that there is one way to do it.",
                    why="As long as the old address answers, somebody's link preview creates or changes reminders.",
                    response=old,
                )


def _create_reminder(api, text, others, read_back=False):
    created = api.post("/reminders", {"text": text}, raised=EMPTY)
    expect.status(
        created,
        201,
        why="The caller has to learn that something new exists.",
        known={
            200: "You left FastAPI's default. 200 does not say that something new exists.",
            404: api.nowhere(created, "/reminders", api.not_found(created, "reminders")),
            405: "To create is to POST to the collection, and no route takes POST at `/reminders`.",
            422: api.why_422(created, "The text comes in the JSON body."),
        },
    )
    expect.fields(
        created,
        {"id", "text", "sent"},
        why="The answer to a POST is the new reminder.",
        known={"success": "`success` says what the status says already. Answer with the new reminder itself."},
    )
    body = created.json()
    expect.equal(body["text"], text, "the text of the new reminder", why="It was sent in the body.", response=created)
    expect.equal(
        body["sent"], False, "`sent` of the new reminder", why="A new reminder is not sent yet.", response=created
    )
    expect.that(
        all(body["id"] != other["id"] for other in others),
        f"The new reminder has the id {body['id']!r}, and another reminder has it already, which is overwritten now. Work out an id that nobody has: "
        "the largest one plus one. The number of reminders plus one is taken as soon as an earlier one was removed.",
        why="Somebody's reminder is gone, and nobody meant to delete it.",
        response=created,
    )
    _leads_to(created, body, "reminders")
    if read_back:
        _reads_back(api, created, body, "reminders", "reminders")
    return body


def _remove_reminder(api, reminder, given):
    here = f"/reminders/{reminder['id']}"
    removed = api.delete(here)
    said = f"{api.not_found(removed, 'reminders')} {given}".strip()
    expect.status(
        removed, 204, why="After a DELETE there is nothing left to send.", known={200: given, 404: said, 405: given}
    )
    for method, body in (("GET", None), ("DELETE", None)):
        answer = api.request(method, here, body)
        expect.status(
            answer,
            404,
            why="It was removed.",
            known={
                200: kind_of_answer(answer) or f"The reminder was removed, and it is still there. {given}",
                204: given,
            },
        )
