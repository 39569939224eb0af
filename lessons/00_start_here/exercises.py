"""What the exercises of lesson 00 ask."""

from coursekit import expect
from coursekit.exercise import client, exercise, prediction

prediction("0.p1", answer=404, evidence="response.status_code", choices=(200, 404, 500))


@exercise(
    "0.1",
    "A second promise",
    hints=[
        "What does the cell with `app` do for `/hello`? You need the same twice, for another name.",
        "Begin with `polite_app = FastAPI()`. A route is a line that begins with `@polite_app.get(` and a function below it.",
        '`@polite_app.get("/bye")`, then `def say_goodbye():`, then `return {"message": "Goodbye"}`. And `/hello` likewise.',
    ],
)
def second_promise(polite_app):
    api = client(polite_app)
    known = {405: "The address exists, but not for GET: use `@polite_app.get`."}
    bye = api.get("/bye")
    expect.status(bye, 200, why="The phone that leaves asks for exactly this address.", known=known)
    expect.body(
        bye,
        {"message": "Goodbye"},
        why="A program compares letter by letter: another word, or another capital, is another answer.",
        known=[
            ("Goodbye", "You return the word alone. Callers look for it under `message`: return a dictionary."),
            (None, "`null` is Python's None: does your function return what it makes?"),
            ({"message": "Hello"}, "Both addresses say Hello. Look at what the function below `/bye` returns."),
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


@exercise(
    "0.2",
    "Working-looking code",
    hints=[
        "What does the watching program ask for, letter by letter, and what does the route promise?",
        'The path has one letter too few. Then compare the body: `"ok"` is not `{"status": "ok"}`.',
    ],
)
def watched(watched_app):
    api = client(watched_app)
    health = api.get("/health")
    expect.status(
        health,
        200,
        why="A server that answers 404 to its health question is restarted again and again, although nothing is wrong with it.",
        known={404: "Compare the path in the decorator with `/health`, letter by letter."},
    )
    expect.body(
        health,
        {"status": "ok"},
        why="The watching program reads the field `status`. In a bare word there is no such field.",
        known=[("ok", 'The path is right now. The body is the bare word `"ok"`; the caller expects an object with the field `status`.')],
    )
    expect.status(
        api.get("/heath"),
        404,
        why="An address with a typing mistake that answers will be used by somebody, and then you can never take it away.",
        known={200: "The address with the typing mistake still answers. Mend the route; do not add a second one."},
    )
