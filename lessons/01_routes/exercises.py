"""What the exercises of lesson 01 ask, and what its predictions expect."""

import re
import uuid
from urllib.parse import urljoin, urlsplit

from coursekit import expect
from coursekit.exercise import client, exercise, prediction

prediction("1.p1", answer=200, evidence="response.status_code", choices=(200, 201, 404))
prediction("1.p2", answer=404, evidence="response.status_code", choices=(200, 404, 500))
prediction("1.p3", answer=2, evidence="len(tasks)", choices=(0, 2, 3))
prediction("1.p4", answer=422, evidence="response.status_code", choices=(200, 404, 422, 500))
prediction("1.p5", answer=422, evidence="response.status_code", choices=(200, 404, 422))
prediction("1.p6", answer=500, evidence="response.status_code", choices=(200, 404, 422, 500))
prediction("1.p7", answer=5, evidence="len(tasks)", choices=(3, 4, 5))
prediction("1.p8", answer=False, evidence='response.json()["done"]', choices=(True, False))


class Phone:
    """A client that has words for what goes wrong before there is an answer to look at."""

    def __init__(self, router, name):
        self.api = client(router)
        self.name = name
        expect.that(
            any(getattr(route, "include_in_schema", True) for route in router.routes),
            f"`{name}` has no route at all. Look at the line above your function: does it begin with `@`, and does `{name}` stand after the `@`?",
            why="A function without such a line, or with the name of another router or app in it, is nothing that a caller can reach.",
        )

    def request(self, method, path, json=None):
        """Ask. An answer that breaks the function's own promise is a verdict."""
        try:
            return self.api.request(method, path, json=json)
        except Exception as error:
            if type(error).__name__ == "ResponseValidationError":
                said = broken_promise(error.body)
                expect.that(
                    not said,
                    f"During `{method} {path}` FastAPI stopped your answer. {said}",
                    why="FastAPI sends nothing that breaks the annotation behind `->`. The phone gets a 500.",
                )
            raise

    def get(self, path):
        return self.request("GET", path)

    def post(self, path, json):
        return self.request("POST", path, json)

    def patch(self, path, json):
        return self.request("PATCH", path, json)

    def delete(self, path):
        return self.request("DELETE", path)

    def nowhere(self, response, path, otherwise=""):
        """The sentence for a 404: FastAPI's own, for a path without a route, or one of the learner's."""
        if is_fastapis_404(response):
            return f"No route of `{self.name}` fits this address. Compare the path with `{path}`, letter by letter; when it is right, look at the name after the `@`."
        return otherwise

    def takes_text(self, response):
        """For an answer in which nothing was found: the sentence for a number in the path that the function gets as text; empty when it gets a number."""
        if response.status_code != 404 and response.content != b"[]":
            return ""
        method, path = response.request.method.lower(), response.request.url.path
        for template, operations in self.api.app.openapi()["paths"].items():
            if method not in operations or not re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", template), path):
                continue
            for parameter in operations[method].get("parameters", []):
                kind = parameter["schema"].get("type")
                if parameter["in"] == "path" and kind != "integer":
                    name = parameter["name"]
                    has = f"The annotation of `{name}` is no `int`" if kind else f"`{name}` has no annotation"
                    return f'{has}, so your function gets a text such as `"1"`, and a text is never equal to the number 1. Write `{name}: int`.'
        return ""


def broken_promise(body):
    """What the learner did, for a returned value that FastAPI held against the return annotation and refused; empty when it is none that we know."""
    if type(body).__name__ == "HTTPException":
        return "You returned the `HTTPException`, as if it were data. It works when you `raise` it."
    if isinstance(body, tuple) and any(isinstance(part, int) for part in body):
        return "You returned a pair of a body and a status. FastAPI takes the pair for data. To answer 404, raise an `HTTPException`."
    if isinstance(body, dict) and {"detail", "error", "message"} & set(body):
        return "You returned words about an error, where your function promises data behind `->`. To answer 404, raise an `HTTPException`."
    if body is None:
        return (
            "Your function returned `None`, and it promises something else behind `->`. Does each way through it end in a `return`? "
            "And `.get(...)` of a dictionary gives `None` for what is not there: raise an `HTTPException` then."
        )
    return ""


def is_fastapis_404(response):
    """Whether this is the 404 that FastAPI sends for a path without a route."""
    try:
        return response.status_code == 404 and response.json() == {"detail": "Not Found"}
    except ValueError:
        return False


def address_in(response):
    """The path that a `Location` header leads to, seen from where the request went; None without such a header."""
    location = response.headers.get("Location")
    return None if location is None else urlsplit(urljoin(str(response.request.url), location)).path


def nobodys_id(known):
    """An id of the same kind as a known one that nothing has."""
    return known + 1000 if isinstance(known, int) else uuid.uuid4()


def kind_of_answer(response):
    """For an answer 200 where 404 was due: the sentence for the way in which it came about."""
    try:
        body = response.json()
    except ValueError:
        body = None
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
    api = Phone(lists_router, "lists_router")
    why = "The phone draws one row for each element of a JSON list."
    before = list(shopping_lists.values())
    try:
        first = api.get("/lists")
    except Exception as error:
        expect.that(
            not any(words in str(error) for words in ("dict_values", "dictionary update sequence")),
            "`GET /lists` raised an error: your function returns `shopping_lists.values()`, a view of a dictionary, and JSON knows no views. "
            "Make a list of it: `list(...)`.",
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
    expect.body(
        first,
        before,
        why=why,
        known=[
            (
                {str(number): one for number, one in shopping_lists.items()},
                "You returned the dictionary itself. JSON makes an object of it, with its numbers as text. Return a list of its values.",
            ),
            (list(shopping_lists), "You returned the keys of the dictionary. The lists are its values."),
            (None, "The body is `null`: does your function return something?"),
        ],
    )
    shopping_lists[41] = {"id": 41, "name": "Garden", "items": ["soil"]}
    second = api.get("/lists")
    expect.body(
        second,
        list(shopping_lists.values()),
        why="Ana adds a list on her laptop and looks for it on her phone.",
        known=[
            (
                before,
                "A list was added, and your answer is still the old one: the data was copied when the cell ran. Read `shopping_lists` inside the function.",
            ),
        ],
    )
    shopping_lists.clear()
    expect.body(api.get("/lists"), [], why="All lists are gone now, so the answer is a list with nothing in it.")


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
        "Three of the paths are `/lists`, `/lists/4` and `/tasks/7/comments`, and nothing else is needed. To change a part is PATCH; to replace the whole is PUT.",
    ],
)
def naming(design):
    expect.that(
        isinstance(design, dict),
        "`design` is not a dictionary any more. Keep its eight questions, and put a string in place of each `...`.",
    )
    for wish, (method, place, part) in WISHES.items():
        expect.that(wish in design, f"The question “{wish}” is not in `design` any more. Put it back, word for word.")
        answer = design[wish]
        expect.that(answer is not ..., f"“{wish}” has no answer yet. Put a string in place of its `...`.")
        words = answer.split() if isinstance(answer, str) else []
        expect.that(
            len(words) == 2 and words[1].startswith("/"),
            f'The answer to “{wish}” is {expect.describe(answer)}. Write a method, a space and a path that starts with a slash: `"GET /users/5/tasks"`.',
        )
        _hold_method(wish, words[0].upper(), method, words[1])
        _hold_path(wish, words[0].upper(), words[1], place, part)


def _hold_method(wish, method, wanted, path):
    # A part of a list with an address of its own may be replaced as a whole: PUT /lists/4/name.
    if method == wanted or (wanted == "PATCH" and method == "PUT" and path.rstrip("/").endswith("/name")):
        return
    expect.that(
        method in {"GET", "POST", "PUT", "PATCH", "DELETE"},
        f"For “{wish}” you chose `{method}`, which is none of the five methods of the table.",
    )
    said = WRONG_METHODS.get(
        (wanted, method), "Look at the table of the five methods: which line says what happens here?"
    )
    expect.that(
        False,
        f"For “{wish}” you chose {method}. {said}",
        why="Clients, caches and browsers act on the method alone. It is a promise to them.",
    )


def _hold_path(wish, method, path, place, part):
    wanted, said = PLACES[place]
    # A part of a list with an address of its own may be replaced as a whole: PUT /lists/4/name.
    if path == wanted or (part and method == "PUT" and path == f"{wanted}/{part}"):
        return
    pieces = [piece for piece in re.split(r"[/?=&_-]", re.sub(r"([a-z])([A-Z])", r"\1-\2", path).lower()) if piece]
    verbs = [piece for piece in pieces if piece in VERBS or piece.startswith(("get", "create", "delete"))]
    if path.lower() == wanted:
        said = f"In a path, case counts: this is another address than `{wanted}`."
    elif path.endswith("/"):
        said = (
            "It ends with a slash, and with the slash it is another address. The paths of this lesson have none there."
        )
    elif part and path == f"{wanted}/{part}":
        said = "PATCH changes a part of the thing at its own address, as in `PATCH /tasks/2`. What is to change goes into the body."
    elif verbs:
        said = f"There is an action in your path, `{verbs[0]}`. The method says the action already, so the path only names the thing."
    elif "shopping" in pieces:
        said = "The phone team calls the collection `lists`, and asks for it under this name."
    elif place == "comments" and path.startswith("/comments?"):
        said = f"This selects from all comments there are. {said}"
    expect.that(
        False,
        f"For “{wish}” you chose the path `{path}`. {said}",
        why="Whoever knows one path of an API should be able to guess the next.",
    )


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
    why = "On the page of task 1, Ana reads what was said of task 1, and nothing else."
    first = api.get("/tasks/1/comments")
    said = _why_422(first) if first.status_code == 422 else ""
    expect.status(first, 200, why=why, known={404: api.nowhere(first, "/tasks/{task_id}/comments"), 422: said})
    expect.body(
        first,
        [one, two],
        why=why,
        known=[
            ([], f"Nothing was found. {api.takes_text(first)}".strip()),
            (COMMENTS, "These are the comments on all tasks: the number in the path makes no difference yet."),
        ],
    )
    other = api.get("/tasks/3/comments")
    fixed = "The path still has the number 1 written into it. A name in braces stands for any number."
    expect.status(
        other,
        200,
        why="The number in the path may be any number.",
        known={404: fixed if is_fastapis_404(other) else ""},
    )
    expect.body(other, [three], why="The number in the path may be any number.")
    bens = api.get("/tasks/1/comments?author=Ben")
    expect.status(bens, 200, why="Ana wants to know what Ben has asked.")
    expect.body(
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
    expect.body(
        anas,
        [],
        why="Ana has said nothing on task 3.",
        known=[
            ([one], "This is a comment on task 1. Both conditions have to hold: the task and the author."),
            ([three], "This comment is Ben's. When nothing fits, the answer is an empty list, not all there is."),
        ],
    )
    first_word = api.get("/tasks/first/comments")
    expect.status(
        first_word,
        422,
        why="A caller with a mistake in the address should hear of it, not get an empty page.",
        known={
            200: "In your function, `task_id` may be any text. Annotate it with `int`, and FastAPI refuses what is no number.",
            404: "Your function took the text and found nothing. Annotate `task_id` with `int`, and FastAPI says that it is no number.",
        },
    )
    new = {"id": 4, "task_id": 7, "author": "Ana", "text": "Which key?"}
    comments.append(new)
    expect.body(
        api.get("/tasks/7/comments"),
        [new],
        why="People go on commenting while the server runs.",
        known=[
            (
                [],
                "A comment on task 7 was added, and your answer does not show it. Read `comments` inside the function, and not a copy of it.",
            )
        ],
    )


def _why_422(response):
    missing = [error["loc"][-1] for error in response.json()["detail"] if error["type"] == "missing"]
    if "author" in missing:
        return "`author` has no default, so FastAPI insists on it. Most callers want all comments and do not send it: give it a default of `None`."
    if missing:
        return "A parameter of your function is not in the path under the same name, so FastAPI looks for it in the query string. Compare the name in braces."
    return "FastAPI refused the request before it called your function. Look at the annotations."


@exercise(
    "1.4",
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
        f"`labels` is {expect.describe(labels)} now. Keep it a dictionary, as it was given: the data is right, and other parts of the service use it.",
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
            if is_fastapis_404(first)
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


@exercise(
    "1.5",
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
    full = api.get("/lists/1/items")
    said = api.nowhere(full, "/lists/{list_id}/items", api.takes_text(full))
    expect.status(full, 200, why="List 1 exists.", known={404: said})
    expect.body(full, ["oat milk", "bread"], why="The phone shows one row for each item.")
    empty = api.get("/lists/2/items")
    expect.status(
        empty,
        200,
        why="List 2 exists. Ben has put nothing on it yet.",
        known={
            404: "You say that list 2 does not exist; it does, and it is empty. Ask whether the list is there (`in`), not whether it has items."
        },
    )
    expect.body(empty, [], why="An empty list has items, none of them.")
    shopping_lists[1] = {"id": 1, "name": "Groceries", "items": ["oat milk", "bread", "tea"]}
    shopping_lists[6] = {"id": 6, "name": "Garden", "items": ["soil"]}
    for number, items in ((1, ["oat milk", "bread", "tea"]), (6, ["soil"])):
        changed = api.get(f"/lists/{number}/items")
        stale = "The data has changed since, and your answer is not from it. Read `shopping_lists` inside the function."
        expect.status(
            changed, 200, why=f"There is a list {number} now.", known={404: f"List {number} is there now. {stale}"}
        )
        expect.body(
            changed, items, why="Ana adds items all day long.", known=[(["oat milk", "bread"], stale), ([], stale)]
        )
    for number in (99, 41):
        missing = api.get(f"/lists/{number}/items")
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
            },
        )
        detail = expect.json_body(missing, why="Errors have a JSON body too.")
        detail = detail.get("detail", "") if isinstance(detail, dict) else ""
        expect.that(
            str(number) in str(detail),
            f"The status is right. The `detail` does not say that it is about list {number}. Whoever reads the phone's log wants to know: put the number into it.",
            why="A path with a typing mistake gets a 404 as well. The `detail` tells the two apart.",
            response=missing,
        )


@exercise(
    "1.6",
    "A list for the party",
    rules=["E1", "E5"],
    hints=[
        "What does a phone know of the new list when all it has is your answer? Which two things did our second `create_task` add to the first one?",
        "The status is an argument of the decorator. The header goes onto a parameter that is annotated as `Response`. The address is the one of the route that reads.",
        '`@new_lists_router.post("/lists", status_code=201)`, a parameter `response: Response`, and `response.headers["Location"] = f"/lists/{list_id}"`.',
    ],
)
def creation(new_lists_router):
    api = Phone(new_lists_router, "new_lists_router")
    created = api.post("/lists", json={"name": "Party"})
    expect.status(
        created,
        201,
        why="A phone that lost the network on the way has only this answer to know that the list exists.",
        known={
            200: "You left FastAPI's default. 200 says: here is what you asked for. Nothing tells the phone that something new exists.",
            404: api.nowhere(created, "/lists"),
            405: "The address exists, and no route there takes POST. To create is to POST to the collection.",
            204: "204 says that there is no body. The phone wants to see the list, and above all its id.",
            422: "The name is in the body, as JSON. A parameter annotated as `dict[str, Any]` is read from the body; one annotated as `str` is looked for "
            "in the query string.",
        },
    )
    expect.fields(created, {"id", "name"}, why="The phone shows the new list at once, from this answer.")
    first = created.json()
    expect.equal(first["name"], "Party", "the name in the answer", why="Ben called it Party.", response=created)
    _leads_to(created, first)
    _reads_back(api, created, first)
    again = api.post("/lists", json={"name": "Garden"})
    expect.status(again, 201, why="A second list is a new list too.")
    second = again.json()
    expect.that(
        second.get("id") != first["id"],
        f"Two lists were created, and both have the id {first['id']!r}: the second one took the place of the first. Work out a new id for each.",
        why="Ben's party list is gone, and nobody meant to delete it.",
        response=again,
    )
    expect.equal(
        second.get("name"),
        "Garden",
        "the name in the answer",
        why="The second list has a name of its own.",
        response=again,
    )
    _leads_to(again, second)
    _reads_back(api, again, second)
    _reads_back(api, created, first)
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


def _leads_to(created, body):
    wanted = f"/lists/{body['id']}"
    got = address_in(created)
    if got == wanted:
        return
    known = {
        None: f"It has no `Location` header. The phone knows that the list exists, not where: send `Location: {wanted}`."
    }
    if got == "/lists":
        known[created.headers["Location"]] = (
            f"Its `Location` is the collection. The address of the new list itself is `{wanted}`."
        )
    elif got is not None:
        known[created.headers["Location"]] = (
            f"Its `Location` says `{created.headers['Location']}`, but the new list has the id {body['id']!r}. Build the address from the id."
        )
    expect.header(
        created, "Location", wanted, why="The phone opens the new list at the address that you send.", known=known
    )


def _reads_back(api, created, body):
    read = api.get(address_in(created))
    expect.status(
        read,
        200,
        why="An address that the API hands out has to lead somewhere.",
        known={
            404: "This is the address from your `Location` header, and nothing is there. "
            + (
                "The route `GET /lists/{list_id}` was given: put it back."
                if is_fastapis_404(read)
                else api.takes_text(read)
                or "The route that reads looks in `saved_lists`. Does yours put the list there, under its id?"
            ),
            405: "This is the address from your `Location` header, and no route reads there. The route `GET /lists/{list_id}` was given: put it back.",
        },
    )
    expect.body(read, body, why="What is read is what was created.")


@exercise(
    "1.7",
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
    notes.clear()
    notes[1] = {"id": 1, "text": "Door code: ask Ben", "pinned": False}
    notes[2] = {"id": 2, "text": "Size 42", "pinned": True}
    api = Phone(notes_router, "notes_router")
    _patch_keeps(api, 1, {"pinned": True}, {"id": 1, "text": "Door code: ask Ben", "pinned": True}, "text")
    _patch_keeps(api, 2, {"text": "Size 43"}, {"id": 2, "text": "Size 43", "pinned": True}, "pinned")
    expect.status(
        api.patch("/notes/9", json={"pinned": True}),
        404,
        why="There is no note 9, so there is nothing to change.",
        known={
            200: "There is no note 9, and now there is one, with nothing on it but a pin. PATCH changes what exists: look for the note first.",
            204: "204 says: it worked. There is no note 9, so nothing did.",
        },
    )
    expect.status(
        api.get("/notes/9"),
        404,
        why="Your PATCH answered 404, and left a note 9 behind. Look for the note before you store anything.",
    )
    _keeps_its_id(api, "/notes/2", {"id": 7, "text": "Size 44"}, "note")
    removed = api.delete("/notes/1")
    expect.status(
        removed,
        204,
        why="After a DELETE there is nothing left to send.",
        known={
            200: "DELETE worked and says 200, which announces an answer to read. Ours says 204 and sends none. That takes `status_code=204` in the decorator, "
            "`-> None`, and no `return` with a body.",
            404: f"Note 1 exists, and DELETE says that it does not. {api.takes_text(removed)}".strip(),
        },
    )
    expect.status(
        api.get("/notes/1"),
        404,
        why="Ben deleted note 1.",
        known={200: "DELETE answered 204, and note 1 is still there. Remove it from `notes`."},
    )
    repeated = api.delete("/notes/1")
    expect.status(
        repeated,
        404,
        why="Ben's phone learns from this that its screen is out of date.",
        known={
            204: "The second DELETE answered 204, as if there had been a note. The standard allows that; our API says 404 for what does not exist. "
            "Look for the note before you remove it.",
            200: kind_of_answer(repeated)
            or "The second DELETE says that it worked, and there was no note any more. Look for the note before you remove it.",
        },
    )
    expect.status(
        api.get("/notes/2"),
        200,
        why="Only note 1 was deleted.",
        known={404: "Note 1 was deleted, and note 2 is gone with it. Remove one note, not all."},
    )


def _patch_keeps(api, number, changes, wanted, kept):
    before = api.get(f"/notes/{number}").json()
    changed = api.patch(f"/notes/{number}", json=changes)
    why = "PATCH changes what was sent and leaves the rest alone."
    absent = f"Note {number} exists, and PATCH says that it does not. {api.takes_text(changed)}".strip()
    expect.status(changed, 200, why=why, known={404: absent, 204: "PATCH answers with the changed note."})
    poor = {name: value for name, value in wanted.items() if name != kept}
    known = [
        (
            poor,
            f"The note has lost its `{kept}`: only what was sent is stored. Start from the old note, and lay the changes over it.",
        ),
        (changes, "The answer is only what was sent. Answer with the whole note."),
        (None, "The answer is `null`. Return the changed note."),
        (
            {**wanted, kept: None},
            f"The note has lost its `{kept}`: it was not sent, and became `null`. Start from the old note.",
        ),
        (
            {**wanted, kept: False},
            f"The note has lost its `{kept}`: it was not sent, and went back to a default. That is what PUT does.",
        ),
        (
            {**wanted, kept: ""},
            f"The note has lost its `{kept}`: it was not sent, and became empty. That is what PUT does.",
        ),
    ]
    expect.body(changed, wanted, why=why, known=known)
    expect.body(
        api.get(f"/notes/{number}"),
        wanted,
        why="What PATCH answers has to be what a GET finds afterwards.",
        known=[
            (
                before,
                f"PATCH answered with the changed note and stored nothing: the next GET finds the old one. Put the new note into `notes[{number}]`.",
            ),
            (poor, f"PATCH answered well, and what it stored has lost its `{kept}`."),
        ],
    )


def _keeps_its_id(api, here, changes, thing):
    """A body with another id in it is refused, or its id is ignored."""
    own = api.get(here).json()["id"]
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


OLD_ROUTES = [
    ("GET", "/getAllReminders"),
    ("GET", "/create-reminder?text=Milk"),
    ("GET", "/reminders/1/sent"),
    ("POST", "/delete-reminder?reminder_id=1"),
]


@exercise(
    "1.8",
    "A colleague's reminders",
    rules=["E1", "E2", "E5"],
    hints=[
        "Write four lines before you write code: for each wish, the method and the path. Which two paths do you need?",
        "What you need is in sections 5 and 6, for tasks: 201 with `Location`, PATCH with the changes laid over, 204 without a body. `find_reminder` gives you the 404.",
        "`GET` and `POST /reminders`, `PATCH` and `DELETE /reminders/{reminder_id}`. POST has `status_code=201`, DELETE `status_code=204` and `-> None`. "
        'PATCH stores `{**find_reminder(reminder_id), **changes, "id": reminder_id}`.',
    ],
)
def review(reminders_router):
    api = Phone(reminders_router, "reminders_router")
    before = api.get("/reminders")
    expect.status(
        before,
        200,
        why="Reading all reminders is reading the collection.",
        known={
            404: "The collection is called `reminders`, so reading all of them is `GET /reminders`. Nothing answers there.",
            405: "The collection is there, and no route reads it: reading all of them is `GET /reminders`.",
        },
    )
    expect.that(
        isinstance(expect.json_body(before, why="All answers with a body are JSON."), list),
        "`GET /reminders` does not answer with a JSON list. A dictionary becomes an object, with its numbers as text; return a list of its values.",
        why="The phone draws one row for each element of a list.",
        response=before,
    )
    here = _create_reminder(api)
    number = len(expect.json_body(api.get("/reminders"), why="All answers with a body are JSON."))
    expect.equal(
        number,
        len(before.json()) + 1,
        "the number of reminders",
        why="One reminder was created, and the collection has to show it.",
    )
    _mark_as_sent(api, here)
    _nobody_there(api, here.rsplit("/", 1)[0] + "/424242")
    _remove_reminder(api, here, number)
    for method, path in OLD_ROUTES:
        old = api.request(method, path)
        expect.status(
            old,
            (404, 405),
            why="As long as the old address answers, somebody's link preview creates or changes reminders.",
            known={
                status: "The old route is still there. Take it out, so that there is one way to do it."
                for status in (200, 201, 204, 307, 422)
            },
        )


def _create_reminder(api):
    created = api.post("/reminders", json={"text": "Call Ben"})
    expect.status(
        created,
        201,
        why="The caller has to learn that something new exists.",
        known={
            200: "You left FastAPI's default. 200 does not say that something new exists.",
            405: "To create is to POST to the collection, and no route takes POST at `/reminders`.",
            422: "The text comes in the JSON body. A parameter annotated as `dict[str, Any]` is read from there.",
        },
    )
    expect.fields(
        created,
        {"id", "text", "sent"},
        why="The answer to a POST is the new reminder.",
        known={"success": "`success` says what the status says already. Answer with the new reminder itself."},
    )
    body = created.json()
    expect.equal(
        body["text"], "Call Ben", "the text of the new reminder", why="It was sent in the body.", response=created
    )
    expect.equal(
        body["sent"], False, "`sent` of the new reminder", why="A new reminder is not sent yet.", response=created
    )
    wanted = f"/reminders/{body['id']}"
    if address_in(created) != wanted:
        expect.header(
            created,
            "Location",
            wanted,
            why="The caller knows that the reminder exists, not where.",
            known={None: f"It has no `Location` header. Send `Location: {wanted}`."},
        )
    read = api.get(wanted)
    given = "No route reads one reminder. `GET /reminders/{reminder_id}` was given: put it back."
    lost = (
        api.takes_text(read)
        or "Does your POST put the new reminder where the route that reads looks for it, under its id?"
    )
    expect.status(
        read,
        200,
        why="This is the address that `Location` gave.",
        known={404: given if is_fastapis_404(read) else f"The new reminder is not there. {lost}", 405: given},
    )
    expect.body(read, body, why="What is read is what was created.")
    return wanted


def _mark_as_sent(api, here):
    marked = api.patch(here, json={"sent": True})
    takes_put = marked.status_code == 405 and api.request("PUT", here, json={"sent": True}).status_code == 200
    expect.status(
        marked,
        200,
        why="The text stays as it is, and one part changes.",
        known={
            405: "Your route takes PUT, which promises to replace the whole reminder, and the request holds only `sent`. The method for a change in part is PATCH."
            if takes_put
            else "Marking a reminder as sent changes one part of it, and the method for that is PATCH. No route takes PATCH at this address.",
            404: "The reminder exists, and PATCH does not find it. "
            + (
                api.takes_text(marked) or "Marking it as sent changes one part of it: `PATCH /reminders/{reminder_id}`."
            ),
        },
    )
    expect.fields(
        marked,
        {"id", "text", "sent"},
        why="The answer to a PATCH is the changed reminder.",
        known={
            "success": "`success` says what the status says already. Answer with the changed reminder.",
            "text": "The reminder has lost its `text`. Start from the old one and lay the changes over it.",
        },
    )
    now = api.get(here).json()
    expect.equal(
        (now["sent"], now["text"]),
        (True, "Call Ben"),
        "`sent` and `text`, read afterwards",
        why="What PATCH did has to be there afterwards.",
        known=[
            ((False, "Call Ben"), "PATCH answered, and nothing was stored: `sent` is still false."),
            ((True, None), "`sent` is true, and the text is gone."),
        ],
    )
    again = api.patch(here, json={"sent": False})
    expect.status(again, 200, why="The reminder is to be sent once more.")
    expect.equal(
        api.get(here).json().get("sent"),
        False,
        "`sent`, read afterwards",
        why="PATCH changes what was sent, and this time `false` was sent.",
        known={
            True: 'The body held `"sent": false`, and `sent` is still true: your PATCH does not look into the body. Lay the changes over the old reminder.'
        },
        response=again,
    )
    _keeps_its_id(api, here, {"id": 700, "sent": True}, "reminder")


def _nobody_there(api, nowhere):
    for method, body in (("GET", None), ("PATCH", {"sent": True}), ("DELETE", None)):
        answer = api.request(method, nowhere, json=body)
        said = kind_of_answer(answer) or "There is no such reminder, and the status says that all is well."
        expect.status(
            answer,
            404,
            why="What does not exist is a 404, for reading, changing and removing alike.",
            known={
                200: said,
                204: "There is no such reminder, so nothing was removed. Look for it first, and answer 404.",
                405: f"No route takes {method} at this address. One reminder is read, changed and removed at `/reminders/{{reminder_id}}`.",
            },
        )


def _remove_reminder(api, here, number):
    removed = api.delete(here)
    expect.status(
        removed,
        204,
        why="After a DELETE there is nothing left to send.",
        known={
            200: "The reminder is removed, and 200 announces an answer to read. Say 204, promise `-> None`, and return nothing.",
            404: f"The reminder exists, and DELETE does not find it. {api.takes_text(removed)}".strip(),
        },
    )
    expect.status(
        api.get(here), 404, why="It was removed.", known={200: "DELETE answered 204, and the reminder is still there."}
    )
    expect.status(
        api.delete(here),
        404,
        why="A second DELETE finds nothing.",
        known={204: "The second DELETE answered 204. Our API says 404 for what does not exist."},
    )
    left = len(api.get("/reminders").json())
    expect.equal(left, number - 1, "the number of reminders", why="One was removed, and no other.")
