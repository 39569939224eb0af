"""What the exercises of lesson 00 ask."""

import json
from typing import Any

from coursekit.author import client, exercise, expect, prediction, problems
from coursekit.author.routes import some_route

prediction("0.p1", answer=404, evidence="response.status_code", choices=(200, 404, 500))

JSON_TEXT = "Your function returns a text that looks like JSON, so the caller gets a text. Return the dictionary itself: FastAPI writes the JSON."
SET = "With a comma, `{...}` is a set, and JSON makes a list of it. In a dictionary, a colon stands between a name and its value."


def _unreached(answer: Any, name: str, path: str) -> dict[int, str]:
    """The sentences for FastAPI's own 404 and a 405: the path, the app or the method in the decorator is a different one."""
    known = {405: f"The address exists, but not for GET: use `@{name}.get`."}
    if problems.no_route(answer):
        known[404] = (
            f"`{name}` has no route with this path. Compare the path with `{path}`, letter by letter, and look at the name after the `@`: is it `{name}`?"
        )
    return known


def _answers_again(api: Any, path: str, body: dict[str, str]) -> None:
    """Expect the same answer to a second request."""
    expect.body(api.get(path), body, why="Callers ask again and again, and expect the same answer each time.")


def _is_set(body: Any) -> bool:
    """Whether a JSON body may come from a set such as `{"message", "Goodbye"}`."""
    return isinstance(body, list) and len(body) == 2 and all(isinstance(one, str) for one in body)


def _is_json_text(body: Any) -> bool:
    """Whether a JSON body is a text that itself is a JSON object."""
    try:
        return isinstance(body, str) and isinstance(json.loads(body), dict)
    except ValueError:
        return False


@exercise(
    "0.1",
    "A second promise",
    hints=[
        "What does the cell with `app` do for `/hello`? You need the same twice, for another name.",
        "Begin with `polite_app = FastAPI()`. A route is a line that begins with `@polite_app.get(` and a function below it.",
        "A route for the goodbye: `@polite_app.get(...)` with its path, below it a `def` with a name of your own, and in that a `return` with a dictionary.",
    ],
)
def second_promise(polite_app: Any, app: Any) -> None:
    """A new app says goodbye at `/bye`, and still says hello at `/hello`."""
    api = client(polite_app)
    expect.that(
        polite_app is not app,
        "`polite_app` is the first app under another name. Build a new one: `FastAPI()` makes it.",
        why="Whatever you add to the one, the other has as well, and its callers did not ask for it.",
    )
    some_route(api.app, "polite_app")
    bye = api.get("/bye")
    expect.status(
        bye,
        200,
        why="The phone that leaves asks for exactly this address.",
        known=_unreached(bye, "polite_app", "/bye"),
    )
    body = expect.json_body(bye, why="The phone reads JSON.")
    expect.body(
        bye,
        {"message": "Goodbye"},
        why="A program compares letter by letter: another word, or another capital, is another answer.",
        known=[
            ("Goodbye", "You return the word alone. Callers look for it under `message`: return a dictionary."),
            ({"message": "Hello"}, "Both addresses say Hello. Look at what the function below `/bye` returns."),
            *([(body, JSON_TEXT)] if _is_json_text(body) else []),
            *([(body, SET)] if _is_set(body) else []),
        ],
    )
    hello = api.get("/hello")
    expect.status(
        hello,
        200,
        why="Whoever used the API yesterday uses it today.",
        known={404: "The new app has forgotten the old promise: it needs a route for `/hello` too."},
    )
    expect.body(hello, {"message": "Hello"}, why="The old answer must stay as it was.")
    _answers_again(api, "/bye", {"message": "Goodbye"})
    _answers_again(api, "/hello", {"message": "Hello"})
    expect.status(
        api.get("/hallo"),
        404,
        why="A phone with a typing mistake in its address should learn of it.",
        known={200: "Nobody asked for a route with this address. Answer only at the two addresses of the exercise."},
    )


def _other_health(body: Any) -> str:
    """The sentence for a health answer that is not the wanted one."""
    if _is_json_text(body):
        return JSON_TEXT
    if isinstance(body, str):
        return f"The path is right now. The body is the bare word `{json.dumps(body)}`; the caller expects an object with the field `status`."
    if _is_set(body):
        return SET
    if isinstance(body, list):
        return "The body is a list. The caller expects an object: return a dictionary, and nothing around it."
    if isinstance(body, dict) and "status" in body:
        if body["status"] == 200:
            return "The status 200 is already in the first line of the response. In the body, the field `status` holds a word of our own: `ok`."
        return "The field `status` is there, but it doesn't hold `ok`."
    if isinstance(body, dict):
        return "The object has no field `status`. Compare the name, letter by letter."
    return "The caller expects an object with the field `status`."


@exercise(
    "0.2",
    "Working-looking code",
    hints=[
        "What does the watching program ask for, letter by letter, and what does the route promise?",
        "Two things are wrong: one is in the line with the `@`, the other in the line with `return`. Compare both with the story.",
    ],
)
def watched(watched_app: Any) -> None:
    """The app answers at `/health`, as the watching program expects, and no longer at `/heath`."""
    api = client(watched_app)
    some_route(api.app, "watched_app")
    health = api.get("/health")
    expect.status(
        health,
        200,
        why="A server that does not say 200 to its health question is restarted again and again, although nothing is wrong with it.",
        known=_unreached(health, "watched_app", "/health"),
    )
    body = expect.json_body(health, why="The watching program reads JSON.")
    expect.body(
        health,
        {"status": "ok"},
        why="The watching program looks for the field `status`, and compares what it holds with `ok`.",
        known=[] if body is None else [(body, _other_health(body))],
    )
    _answers_again(api, "/health", {"status": "ok"})
    expect.status(
        api.get("/heath"),
        404,
        why="If an address with a typing mistake answers, somebody will use it, and then you can never take it away.",
        known={200: "The address with the typing mistake still answers. Mend the route; don't add a second one."},
    )
