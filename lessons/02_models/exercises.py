"""What the exercises of lesson 02 check, and the answers to its predictions."""

import copy
import json
import re
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import ResponseValidationError
from fastapi.testclient import TestClient
from pydantic import MISSING, BaseModel, ConfigDict

from coursekit.author import Client, client, exercise, expect, openapi, prediction, problems, validation
from coursekit.course.words import names

prediction("2.p1", answer=201, evidence="response.status_code", choices=(201, 404, 422, 500))
prediction("2.p2", answer=422, evidence="response.status_code", choices=(201, 422, 500))
prediction(
    "2.p3", answer=False, evidence="response.json()['done']", choices=(True, False, "off", "nothing: it is refused")
)
prediction("2.p4", answer=2, evidence="len(leaking)", choices=(0, 1, 2, 3, 4))
prediction("2.p5", answer=500, evidence="response.status_code", choices=(200, 404, 422, 500))


def _refused_though_right(api: Client, response: Any, *fields: str) -> dict[int, str]:
    """The sentence for a 422 on a request that is right, by where the server looked for it."""
    asked = validation.queried(response)
    if asked and not set(asked) & set(fields):
        return {422: _strange_parameter(api, asked[0])}
    if asked:
        return {
            422: "Your route takes single values, and those come from the query string. The caller sends them in the body: "
            "describe the body with a model, and make it the type of one parameter."
        }
    strange = [str(loc[1]) for loc in validation.places(response) if len(loc) == 2 and loc[1] not in fields]
    model = _of_the_body(api, response)
    lacking = [name for name in fields if name not in model]
    if strange and lacking and not any("$ref" in model.get(name, {}) for name in strange):
        return {
            422: f"Your model asks for {names(strange, last=' and ')} and has no {names(lacking, last=' and ')}. The names of a model's fields are those that the caller sends: "
            "compare them, letter by letter."
        }
    if strange:
        return {
            422: "Your route wants more than the caller was told to send. One parameter with a model takes the body as it is; "
            "two of them, or a field that the server sets, ask for more."
        }
    return {422: "This request is right, and your API refuses it."}


def _of_the_body(api: Client, response: Any) -> dict[str, Any]:
    """What the documentation says of each field of the body that was sent; empty when the body has no model."""
    document, request = _document(api), response.request
    for _, operation in openapi.matching(document, request.method, request.url.path):
        return openapi.fields(document, openapi.body_schema(operation))
    return {}


def _strange_parameter(api: Client, name: str) -> str:
    """The sentence for a parameter that the server looks for in the query string, and that no caller knows of."""
    unmatched = []
    typed = False
    for _, path, operation in openapi.operations(_document(api)):
        parameters = operation.get("parameters", [])
        known = {one["name"] for one in parameters if one["in"] == "path"}
        unmatched += [place for place in re.findall(r"{(\w+)", path) if place not in known]
        typed |= any(one["name"] == name and set(one.get("schema", {})) - {"title"} for one in parameters)
    if unmatched:
        return (
            f"Your function has a parameter `{name}`, and the path has no `{{{name}}}`, so the server looks for it in the query string. "
            "The name in braces and the name of the parameter have to be the same."
        )
    if not typed:
        return f"`{name}` has no type, so the server looks for it in the query string. Give it your model: `{name}: TheModel`."
    return (
        f"Your function has a parameter `{name}` that is a single value, so the server looks for it in the query string. "
        "The caller does not send it. What comes in the body belongs into the model."
    )


@exercise(
    "2.1",
    "A comment without words",
    rules=["E3"],
    hints=[
        "Which of the three fields may be left out, and how does a class say so?",
        "A class that inherits from `BaseModel`, as `TaskCreate` in section 1. In the route, one parameter for the number in the path and one "
        "for the body, whose type is your model.",
        "`class CommentCreate(BaseModel):` with `author: str`, `text: str`, `pinned: bool = False`; then "
        '`def write_comment(task_id: int, comment: CommentCreate)`, and `return save_comment({"task_id": task_id, **comment.model_dump()})`.',
    ],
)
def comment_route(comments_router: Any, comments: Any) -> None:
    """A model for the body, the number from the path, and a store."""
    api = client(comments_router)
    quiet = client(comments_router, raise_server_exceptions=False)
    expect.that(
        isinstance(comments, dict | list),
        "`comments` should stay a dictionary: the store in which you keep each comment.",
    )
    comments.clear()

    first = api.post("/tasks/1/comments", json={"author": "Ana", "text": "Which bread?"})
    expect.status(
        first,
        201,
        why="The phone sends exactly this, and only a 201 tells it that the comment exists.",
        known={
            200: "You left FastAPI's default. A comment has come into being, and 201 says so: `status_code=201` in the decorator.",
            **_without_pinned(api, first),
        },
    )
    _one_level(first)
    expect.fields(
        first,
        {"id", "task_id", "author", "text", "pinned"},
        why="The phone draws the comment from this answer.",
        known={
            "pinned": "It lacks `pinned`. The caller left it out, so the model fills it in; send all of the model's fields.",
            "id": "It lacks `id`, so nobody can ever edit or remove this comment.",
            "task_id": "It lacks `task_id`, the number from the path.",
        },
    )
    got = first.json()
    expect.equal(
        {name: got[name] for name in ("task_id", "author", "text", "pinned")},
        {"task_id": 1, "author": "Ana", "text": "Which bread?", "pinned": False},
        what="the comment without its id",
        why="What is stored has to be what was sent, with `pinned` false because it was left out.",
        known=[({name: got[name] for name in ("task_id", "author", "text", "pinned")}, _other_value(first))],
        response=first,
    )

    second = api.post("/tasks/4711/comments", json={"author": "Ben", "text": "Rye.", "pinned": True})
    expect.status(
        second,
        201,
        why="A second comment is as good as the first one.",
        known={404: "There is no task 4711, and your route asked for it. Do not ask whether the task exists."},
    )
    expect.equal(
        {name: second.json().get(name) for name in ("task_id", "author", "text", "pinned")},
        {"task_id": 4711, "author": "Ben", "text": "Rye.", "pinned": True},
        what="the second comment without its id",
        why="Each comment belongs to the task in its path and says what its author said.",
        known=[
            ({name: second.json().get(name) for name in ("task_id", "author", "text", "pinned")}, _other_value(second))
        ],
        response=second,
    )
    again = api.post("/tasks/1/comments", json={"author": "Ana", "text": "Which bread?"})
    expect.status(again, 201, why="Ana asks a second time, in the same words. That is another comment.")
    ids = [response.json().get("id") for response in (first, second, again)]
    same = "All three comments" if len({str(one) for one in ids}) == 1 else "Of three comments, two"
    expect.that(
        len({str(one) for one in ids}) == 3,
        f"{same} got the same `id`: {names(ids)}. Who removes one of them removes the other. "
        + (
            "Your model has an `id` of its own, and that goes over the number that was counted. The server numbers the comments: "
            "take `id` out of the model."
            if "id" in _of_the_body(api, again)
            else "Count up, as `save_comment` does."
        ),
        response=again,
    )
    _three_kept(comments, again)

    typo = quiet.post("/tasks/1/comments", json={"author": "Ana", "txt": "Which bread?"})
    expect.status(
        typo,
        422,
        why="The old app sends `txt`. Its maker can only mend it if somebody tells the app.",
        known={
            201: "The body has no `text`, and your API took it: Ana's face, and no words. `text` must have no default, and the body a model, not a dictionary.",
            500: "The body has no `text`, and your function crashed on it. The caller made the mistake; with a model as the parameter's type, "
            "FastAPI refuses the request before your function runs.",
        },
    )
    wrong = "is missing or of the wrong kind. Look at the annotation and the default of that field."
    null = "is null. It must be there, and be text: `str | None` allows null as well."
    if not _of_the_body(api, typo):
        wrong = (
            "is missing or of the wrong kind. Your route has no model for the body, so each check is yours to write, and this one is not there. "
            "Describe the body with a model: FastAPI then checks each field."
        )
        null = wrong.replace("missing or of the wrong kind", "null")
    for body, field, said in (
        ({"text": "Which bread?"}, "author", wrong),
        ({"author": "Ana", "text": 7}, "text", wrong),
        ({"author": "Ana", "text": "Rye.", "pinned": "perhaps"}, "pinned", wrong),
        ({"author": "Ana", "text": None}, "text", null),
        ({"author": None, "text": "Rye."}, "author", null),
    ):
        response = quiet.post("/tasks/1/comments", json=body)
        expect.status(
            response,
            422,
            why=f"`{field}` is not what was agreed on, and from here on every program would have to check it again.",
            known={
                201: f"Your API took it, although `{field}` {said}",
                500: f"Your model took it, although `{field}` {said} What came after it crashed.",
            },
        )


def _other_value(response: Any) -> str:
    """The sentence for the first field of a comment that is not what was sent."""
    got = response.json()
    sent = json.loads(response.request.content)
    number = int(response.request.url.path.split("/")[2])
    if got.get("task_id") == str(number):
        return "`task_id` came back as text. A path is text until you say otherwise: annotate the parameter with `int`."
    if got.get("task_id") != number:
        return (
            f"`task_id` came back as `{json.dumps(got.get('task_id'))}`, and the path says {number}. "
            "The comment belongs to the task in its path: use the parameter of your function."
        )
    for name in ("author", "text"):
        if got.get(name) != sent[name]:
            return f"`{name}` came back as `{json.dumps(got.get(name))}`, and the caller sent `{json.dumps(sent[name])}`. Keep what was sent."
    now = json.dumps(got.get("pinned"))
    if "pinned" in sent:
        return f"`pinned` came back as `{now}`, and the caller sent `{json.dumps(sent['pinned'])}`. Keep what was sent."
    return f"`pinned` came back as `{now}`, and the caller left it out. What is left out gets the default from your model, and that should be false."


def _three_kept(store: Any, response: Any) -> None:
    """The store holds the three comments that were sent."""
    kept = [record for record in _records(store) if record.get("text") in ("Which bread?", "Rye.")]
    expect.that(
        kept,
        "The answers are right, and `comments` holds none of the three comments. Keep each one there, under its id: `save_comment` does it.",
        why="Whoever reads the comments later asks the store. Your answers are gone by then.",
        response=response,
    )
    expect.that(
        len(kept) >= 3,
        f"Three comments were sent, and `comments` holds {len(kept)}: one went over another. Under which key do you keep a comment?",
        why="Ana wrote a comment, got a 201, and it is gone.",
        response=response,
    )


def _records(value: Any) -> list[dict[str, Any]]:
    """Each record in a store, whatever its form: the dictionaries and models that have a `text`."""
    if isinstance(value, BaseModel):
        value = dict(value)
    if isinstance(value, dict) and "text" in value:
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [record for part in inside for record in _records(part)]


def _one_level(response: Any) -> None:
    """The answer is the comment: an object, with the fields beside one another."""
    got = expect.json_body(response, why="The phone draws the comment from this answer.")
    expect.that(
        got is not None,
        "Your function returned nothing, and nothing arrives as `null`. Does it end with a `return`?",
        why="The phone draws the comment from this answer.",
        response=response,
    )
    deep = [name for name, value in got.items() if isinstance(value, dict)] if isinstance(got, dict) else []
    expect.that(
        not deep or "author" in got,
        f"`author` and `text` are one level too deep: they stand inside `{deep[0] if deep else ''}`. "
        "The answer has all five fields beside one another. Section 1 makes a dictionary of a model; `save_task` unpacks one with `**`.",
        why="The phone looks for `author` in the answer itself.",
        response=response,
    )


def _without_pinned(api: Client, response: Any) -> dict[int, str]:
    if ["body", "pinned"] in validation.places(response):
        return {
            422: "The request leaves `pinned` out, which it may. Section 1 says which fields of a model a caller may leave out: how does `done` of `TaskCreate` differ from `title`?"
        }
    return _refused_though_right(api, response, "author", "text")


@exercise(
    "2.2",
    "Three refusals in a log",
    rules=["E3"],
    hints=[
        "For each answer: where did the server look, and what did it find there?",
        "`loc` starts with the place, `body` or `query`, and goes on with the name that the server wanted. `input` shows what Ben sent.",
        "First: the field is called `text`. Second: half an hour in minutes, as a number. Third: `channel` moves from `json` to `params`.",
    ],
)
def refusals(mended: Any) -> None:
    """Each request is sent to the API that the learner cannot see."""
    expect.that(
        isinstance(mended, dict) and {"first", "second", "third"} <= set(mended),
        "`mended` should stay a dictionary with the keys `first`, `second` and `third`.",
    )
    meant = {"first": ("Stretch", 15, "mail"), "second": ("Walk", 30, "mail"), "third": ("Call Ana", 5, "push")}
    api = TestClient(_reminders())
    for name, (text, minutes, channel) in meant.items():
        request = mended[name]
        expect.that(
            isinstance(request, dict)
            and set(request) == {"params", "json"}
            and all(isinstance(part, dict) for part in request.values()),
            f'`mended["{name}"]` should have `params` and `json`, a dictionary each. Other keys are not sent.',
        )
        response = api.post("/reminders", params=request["params"], json=request["json"])
        expect.status(
            response, 201, why="Ben's script sends this again tonight.", known=_still_refused(name, request, response)
        )
        wanted = {"text": text, "minutes": minutes, "channel": channel}
        got = expect.json_body(response, why="The API answers with the reminder.")
        expect.body(
            response,
            wanted,
            why="The API takes it, and it is not the reminder that Ben meant.",
            known=[(got, _MEANT[field]) for field in wanted if got[field] != wanted[field]][:1],
        )


_MEANT = {
    "text": "The text is another one. The one that Ben wrote was right; only its name was not.",
    "minutes": "The minutes are others than those that Ben asked for. Say the same time, as a whole number of minutes.",
    "channel": "The channel is another one. Ben had chosen one in his request: keep it, and put it where the server looks.",
}


def _still_refused(name: str, request: dict[str, Any], response: Any) -> dict[int, str]:
    places = validation.places(response)
    strayed = [loc[1] for loc in places if loc[0] == "body" and len(loc) == 2 and loc[1] in request["params"]]
    if strayed:
        return {
            422: f"It is still refused: {names(strayed, last=' and ')} went into `params`, and the server looks for that in the body. "
            "Only what `loc` places in `query` goes into the query string."
        }
    if ["query", "channel"] in places:
        return {
            422: "It is still refused. `loc` starts with `query`: the server looks for `channel` behind the question mark. Which of the two dictionaries goes there?"
        }
    if name == "second":
        return {
            422: "It is still refused. A number of minutes is a whole number. How many of them did Ben mean by half an hour?"
        }
    return {422: "It is still refused. Compare the name that the server wanted with the name in your request."}


def _reminders() -> FastAPI:
    class ReminderCreate(BaseModel):
        text: str
        minutes: int

    app = FastAPI()

    @app.post("/reminders", status_code=201)
    def create_reminder(reminder: ReminderCreate, channel: str) -> dict[str, Any]:
        return {**reminder.model_dump(), "channel": channel}

    return app


_STEP_OF_A_TASK = (
    "The minutes are gone: `Step`, from section 3, is a step of a task and has `done` in their place. "
    "Make the list of a model that has `title` and `minutes`, as `RoutineStep` does."
)


def _steps_of_tasks(value: object) -> bool:
    """Whether these are steps as tasks have them."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, dict) and set(one) == {"title", "done"} for one in value)
    )


@exercise(
    "2.3",
    "The morning routine",
    rules=["E3"],
    hints=[
        "Which limit belongs to text, which to a number, which to a list, and which is a choice among words?",
        "Section 3 has one of each: `Title` for text, `Priority` for a choice, `Limit` for a number and `steps` for a list. "
        "No field has a default.",
        "`class RoutineStep(BaseModel):` with `title: Title` and `minutes: Annotated[int, Field(ge=1, le=240)]`, and in the routine "
        "`steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]`.",
    ],
)
def routines(routines_router: Any) -> None:
    """Constraints on text, number, choice and list, and a model inside a model."""
    api = client(routines_router)
    quiet = client(routines_router, raise_server_exceptions=False)
    good: dict[str, Any] = {
        "name": "Morning", "repeat": "daily",
        "steps": [{"title": "Stretch", "minutes": 5}, {"title": "Tea", "minutes": 10}],
    }  # fmt: skip
    other = {
        "name": "Sunday", "repeat": "weekly",
        "steps": [{"title": "Read", "minutes": 2}, {"title": "Run", "minutes": 200}, {"title": "Tea", "minutes": 48}],
    }  # fmt: skip
    _fitting_limits(lambda: api.post("/routines", json=good))
    for routine in (good, other):
        made = api.post("/routines", json=routine)
        known = _refused_though_right(api, made, *good)
        if ["body", "repeat"] in validation.places(made):
            known[422] = f"`{routine['repeat']}` is one of the three words, and your API refuses it. {_ENUM}"
        known[200] = "You left FastAPI's default. A routine has come into being: the route's `status_code` was 201."
        expect.status(made, 201, why="Each of its values is within the limits.", known=known)
        body = expect.json_body(made, why="The phone draws the routine from the answer.")
        expect.that(isinstance(body, dict), "The answer should be the routine: a JSON object.", response=made)
        for field, value in routine.items():
            expect.equal(
                body.get(field),
                value,
                what=f"`{field}` of the answer",
                why="The answer is the routine as it was taken.",
                known=[(body.get(field), _STEP_OF_A_TASK)] if _steps_of_tasks(body.get(field)) else (),
                response=made,
            )

    old = _no_limits(api)
    trimmed = api.post("/routines", json={**good, "name": "  Evening  "})
    expect.status(trimmed, 201, why="Spaces at the ends are no mistake, they come off.")
    expect.equal(
        trimmed.json().get("name"),
        "Evening",
        what="`name`",
        why="Two routines that differ by a space look the same on a screen.",
        known=[
            (
                "  Evening  ",
                old
                or "The spaces are still there, so two routines can look the same on a screen. `StringConstraints` takes them off, as in `Title`; `Field` cannot.",
            )
        ],
        response=trimmed,
    )
    _edges(api, quiet, good, old)


_ENUM = "Look at what your enum lists: the text to the right of `=` is the word that a caller sends."


def _no_limits(api: Client) -> str:
    """The sentence for a route whose model has no limit at all, as the one that was given; empty when it has one."""
    document = _document(api)
    fields = openapi.fields(document, openapi.body_schema(openapi.operation(document, "POST", "/routines")))
    limits = (
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "minimum",
        "maximum",
        "enum",
        "const",
        "pattern",
        "$ref",
    )
    parts = [*fields.values(), *openapi.fields(document, fields.get("steps", {})).values()]
    if not parts or any(limit in part for part in parts for limit in limits):
        return ""
    return (
        "The model that your route holds has no limits at all. Did you write the new class below the route, or in another cell? "
        "A route keeps the class that stood there when the route was made: write the class above it."
    )


def _fitting_limits(ask: Callable[[], Any]) -> None:
    """Pydantic notices only when a value comes that a limit does not fit the type."""
    try:
        ask()
    except TypeError as error:
        limit = re.search(r"constraint '(\w+)'.* value (.)", str(error))
        if limit is None:
            raise
        field = "minutes" if limit[2].isdigit() else "steps" if limit[2] == "[" else ""
        place = f"at `{field}`, whose type" if field else "at a type that"
        expect.that(
            False,
            f"`{limit[1]}` stands {place} it does not fit. `min_length` and `max_length` measure text and lists; "
            "a number has `ge` and `le`. Look at each field that has a limit.",
            why="Pydantic finds out when the first request comes, and the caller gets a 500.",
        )


def _edges(api: Client, quiet: Client, good: dict[str, Any], old: str) -> None:
    step = good["steps"][0]
    widest: list[dict[str, Any]] = [
        {"name": "x" * 40},
        {"name": "x"},
        {"repeat": "monthly"},
        {"steps": [step]},
        {"steps": [step] * 10},
        {"steps": [{"title": "x" * 100, "minutes": 240}]},
        {"steps": [{"title": "x", "minutes": 1}]},
    ]
    for change in widest:
        expect.status(
            api.post("/routines", json={**good, **change}),
            201,
            why="This is the last value that has to pass.",
            known={
                422: f"`monthly` is one of the three words, and your API refuses it. {_ENUM}"
                if "repeat" in change
                else "Your limit is one too narrow. `min_length`, `max_length`, `ge` and `le` include the number itself."
            },
        )

    def inside(**values: Any) -> dict[str, Any]:
        return {"steps": [step, {**step, **values}]}

    word = "Your API took a word that is not among the three. A choice among words is an enum, such as `Priority`; look at what yours lists."
    minutes = "Look at the limits of `minutes` in the model for a step."
    beyond: list[tuple[dict[str, Any], str]] = [
        (
            {"name": ""},
            "An empty name passed: a bar without words. What is left after the spaces come off has to be measured too: `min_length=1`.",
        ),
        (
            {"name": "   "},
            "A name of spaces passed: the empty bar that cannot be opened. Spaces count as characters unless the model takes them off before it measures.",
        ),
        ({"name": "x" * 41}, "A name of 41 characters passed. Look at the longest name that yours allows."),
        *(
            ({"repeat": other}, word)
            for other in ("hourly", "yearly", "never", "Daily", "", "daily2", "biweekly", "not monthly")
        ),
        ({"steps": []}, "A routine without steps passed. On a list, `min_length` counts the entries."),
        ({"steps": [step] * 11}, "Eleven steps passed. On a list, `max_length` counts the entries."),
        (
            {"steps": [step, {"title": "Tea"}]},
            "A step without `minutes` passed. Give the list's entries a model of their own, in which nothing has a default.",
        ),
        (
            {"steps": [step, {"minutes": 5}]},
            "A step without `title` passed. Give the list's entries a model of their own, in which nothing has a default.",
        ),
        (inside(minutes=5.5), "A step of 5.5 minutes passed. `minutes` is a whole number: look at its type."),
        (inside(minutes=0), f"A step of 0 minutes passed. {minutes}"),
        (inside(minutes=241), f"A step of 241 minutes passed. {minutes}"),
        (inside(title=""), "A step with an empty title passed. `Title` has the limits for a title."),
        (
            inside(title="x" * 101),
            "A step's title of 101 characters passed. `Title` has the limits for a title.",
        ),
    ]
    for change, said in beyond:
        expect.status(
            quiet.post("/routines", json={**copy.deepcopy(good), **change}),
            422,
            why="What gets in here shows up on Ana's phone.",
            known={201: old or said, 500: _default_for_minutes(api, change) or f"Your function crashed on it. {said}"},
        )
    listed = _listed_words(api)
    expect.that(
        not listed - _REPEATS,
        f"Your documentation offers more words for `repeat` than the three: {names(sorted(listed - _REPEATS))}. Look at what your enum lists.",
    )
    for field in good:
        expect.status(
            quiet.post("/routines", json={name: value for name, value in good.items() if name != field}),
            422,
            why="Nothing may be left out.",
            known={
                201: f"The request leaves `{field}` out, and your API took it. A field with a default may be left out; this one must not have any.",
                500: "Your function crashed on it. A field without a default has to be there, and FastAPI says so before your function runs.",
            },
        )


def _default_for_minutes(api: Client, change: dict[str, Any]) -> str:
    """The sentence for `minutes: int = Annotated[...]`; empty for anything else."""
    if change.get("steps", [])[-1:] != [{"title": "Tea"}]:
        return ""
    fields = openapi.fields(_document(api), _step_schema(api))
    if "minutes" not in fields or "minutes" in _step_schema(api).get("required", []):
        return ""
    return (
        "The request leaves `minutes` out. Your model took it, and then the answer could not be made. What stands behind `=` is a default, so "
        "the field may be left out. A constraint belongs to the type, before any `=`: `minutes: Annotated[int, Field(...)]`."
    )


def _step_schema(api: Client) -> dict[str, Any]:
    """What the documentation says of one step."""
    schemas = _document(api).get("components", {}).get("schemas", {})
    found: dict[str, Any] = next(
        (one for one in schemas.values() if set(one.get("properties", {})) == {"title", "minutes"}), {}
    )
    return found


_REPEATS = {"daily", "weekly", "monthly"}


def _listed_words(api: Client) -> set[str]:
    """The words that the documentation lists for `repeat`; empty when it lists none."""
    document = _document(api)
    fields = openapi.fields(document, openapi.body_schema(openapi.operation(document, "POST", "/routines")))
    return {str(word) for word in openapi.resolved(document, fields.get("repeat")).get("enum", [])}


def _document(api: Client) -> dict[str, Any]:
    """The OpenAPI document, or the verdict that FastAPI cannot build it, and what to look at."""
    try:
        document: dict[str, Any] = api.get("/openapi.json").json()
    except Exception as error:
        words = str(error)
        expect.that(
            "examples" not in words,
            "FastAPI cannot build the documentation: what stands under `examples` has another shape than it should. It is a list of requests, also when there is only one.",
            why="`/docs` shows an error to everybody, for all routes.",
        )
        quoted = re.search(r"ForwardRef\('(\w+)'\)", words)
        expect.that(
            quoted is None,
            f'FastAPI cannot build the documentation: it knows no `"{quoted[1] if quoted else ""}"` in quotes. '
            f"A model is given as itself, without quotes: `{quoted[1] if quoted else ''}`.",
            why="`/docs` shows an error to everybody, for all routes.",
        )
        expect.that(
            False,
            f"FastAPI cannot build the documentation: `{type(error).__name__}`. Look at what you wrote under `json_schema_extra` and `responses`.",
            why="`/docs` shows an error to everybody, for all routes.",
        )
        raise
    return document


@exercise(
    "2.4",
    "The invitation that anybody could use",
    rules=["E4"],
    hints=[
        "Which of the four routes in the section above do these two look like?",
        "A bare dictionary lists no fields, and a response that you build yourself passes by the model. For a list, the model is `list[...]`.",
        "`response_model=list[InvitationPublic]` on the first route. In the second, `return invitations[invitation_id]` and `-> dict[str, Any]`.",
    ],
)
def leaks(invitations_router: Any, invitations: Any) -> None:
    """The token stays in, and the documentation promises it."""
    for number, token in ((1, "b-7Qd2"), (2, "c-9Xw4")):
        record = invitations.get(number) if isinstance(invitations, dict) else None
        expect.that(
            isinstance(record, dict) and record.get("token") == token,
            f"Invitation {number} has lost its token in the store, `invitations`, and the link in the mail works for nobody. "
            "Leave the records as they were given, and filter on the way out.",
        )
    api = client(invitations_router)
    document = _document(api)
    public = {
        5: {"id": 5, "email": "dan@example.com", "accepted": False},
        6: {"id": 6, "email": "eve@example.com", "accepted": True},
        9: {"id": 9, "email": "finn@example.com", "accepted": False},
    }
    invitations.clear()
    invitations.update({number: {**shown, "token": f"secret-{number}"} for number, shown in public.items()})
    why = "Whoever reads the token may join Ana's list. The other three fields are what the page shows."

    everything = _kept_promise(api, "/invitations", document)
    expect.status(everything, 200, why="The page of pending invitations asks for this.")
    expect.fields(
        everything,
        {"id", "email", "accepted"},
        why=why,
        known={
            "token": _on_the_list(document, "/invitations")
            or "The list still gives the token away: what it declares lets more through than the three fields. "
            "A dictionary lists no fields, and `A | B` takes the larger one. Name one response model for the entries."
        },
    )
    expect.body(everything, list(public.values()), why="All invitations belong on the page, each with its own values.")

    for number, shown in public.items():
        one = _kept_promise(api, f"/invitations/{number}", document)
        expect.status(one, 200, why="It exists.")
        expect.fields(
            one,
            {"id", "email", "accepted"},
            why=why,
            known={
                "token": _on_the_list(document, "/invitations/5")
                or _union(document, "/invitations/5")
                or "One invitation still gives its token away. Is a response model there, and does the record pass by it? "
                "A response that you build yourself is sent as it is: return the record and let FastAPI build the response."
            },
        )
        expect.body(one, shown, why="Only the token has to go.")
    missing = client(invitations_router, raise_server_exceptions=False).get("/invitations/7")
    expect.status(
        missing,
        404,
        why="Whoever follows an old link has to be told that the invitation is gone.",
        known={
            500: "There is no invitation 7. It was a 404 before, and now your function crashes on it: keep the `if` with the `HTTPException`."
        },
    )

    for number in public:
        expect.that(
            invitations.get(number, {}).get("token") == f"secret-{number}",
            "After your route answered, the token is gone from the store, and the link in the mail works for nobody. Leave the record as it is, and filter on the way out.",
        )
    for path, item in document["paths"].items():
        operation = item.get("get", {})
        promised = _promised(document, operation, "200")
        expect.that(
            not promised or not _anything(document, openapi.response_schema(operation, 200)),
            f"No token leaves today, but the documentation of `GET {path}` promises your model *or* any object. A record that does not fit the model goes out whole. "
            "Promise the model alone.",
            why="The page is written by what the documentation says, and it must say the three fields.",
        )
        expect.that(
            promised,
            f"No token leaves any more, but the documentation of `GET {path}` does not say which fields do. The next change can let it out again. "
            "Declare a response model, in the decorator or as the return type.",
            why="A dictionary that you build by hand is filtered only as long as everybody remembers to.",
        )
        expect.that(
            "token" not in promised,
            f"No token leaves any more, but the documentation of `GET {path}` still promises one: it is a field of the model that you declared. "
            "Use a model that does not have it.",
            why="Who reads the documentation will ask where the token is, and somebody will bring it back.",
        )


def _kept_promise(api: Client, path: str, document: dict[str, Any]) -> Any:
    """The answer, or the verdict that the route returns another kind of thing than it promises."""
    try:
        return api.get(path)
    except ResponseValidationError:
        schema = openapi.response_schema(_get(document, path), 200)
        expect.that(
            path != "/invitations" or schema.get("type") == "array" or "$ref" not in schema,
            "`GET /invitations` returns a list, and the model that you declared for it describes one invitation, so FastAPI sends nothing. "
            "For an answer that is a list, the model is `list[…]`.",
            why="Whoever opens the page gets a 500.",
        )
        raise


def _on_the_list(document: dict[str, Any], path: str) -> str:
    """The sentence for a response model that has the secret among its fields; empty for anything else."""
    operation = _get(document, path)
    if "token" not in _promised(document, operation, "200") or openapi.alternatives(
        openapi.response_schema(operation, 200)
    ):
        return ""
    return (
        "The token leaves, and you said that it may: the model that you declared has `token` among its fields. "
        "A response model is the list of what may go out."
    )


def _union(document: dict[str, Any], path: str) -> str:
    """The sentence for a promise of one model or another; empty for anything else."""
    if len(openapi.alternatives(openapi.response_schema(_get(document, path), 200))) < 2:
        return ""
    return (
        "One invitation still gives its token away: you promise one model or another. `A | B` takes the one that fits best, "
        "and the record with the token fits the larger one. Name one response model."
    )


def _get(document: dict[str, Any], path: str) -> dict[str, Any]:
    """The GET operation that takes a request for a path; empty when there is none."""
    return next((operation for _, operation in openapi.matching(document, "GET", path)), {})


def _promised(document: dict[str, Any], operation: dict[str, Any], status: str) -> set[str]:
    """The fields that the OpenAPI document promises for an answer; of a list, those of its entries."""
    return set(openapi.fields(document, openapi.response_schema(operation, status)))


def _anything(document: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Whether one of the alternatives is an object that may have any fields."""
    return any(
        part.get("type") != "null" and not openapi.fields(document, part) for part in openapi.alternatives(schema)
    )


@exercise(
    "2.5",
    "The list that came back from the archive",
    rules=["E1", "E3"],
    hints=[
        'What does the request `{"name": "Party"}` say about `archived`, and what does the model make of it?',
        "Two places in section 6: what `model_dump` gives for a field that nobody sent, and how a field may be absent without being allowed to be null.",
        "`name: Title | MISSING = MISSING`, the same for `archived`, `note: str | None = None`, and `changes.model_dump(exclude_unset=True)`.",
    ],
)
def partial(lists_router: Any, saved_lists: Any) -> None:
    """Absent, null and a value are three different messages."""
    api = client(lists_router, raise_server_exceptions=False)
    before = {
        1: {"id": 1, "name": "Groceries", "note": "Saturday", "archived": False},
        2: {"id": 2, "name": "Move to Graz", "note": None, "archived": True},
    }

    def ask(number: int, change: dict[str, Any]) -> Any:
        saved_lists.clear()
        saved_lists.update({id_: dict(record) for id_, record in before.items()})
        return api.patch(f"/lists/{number}", json=change)

    def stored(number: int) -> dict[str, Any]:
        record = saved_lists.get(number, {})
        return dict(record)

    def changes(number: int, change: dict[str, Any], why: str, refused: str) -> None:
        """The change is answered and stored, and nothing else is."""
        wanted = {**before[number], **change}
        response = ask(number, change)
        left = stored(number)
        expect.status(
            response,
            200,
            why=why,
            known={422: _left_out(response) or refused, 500: _broken(left, before[number], wanted)},
        )
        got = expect.json_body(response, why)
        if got == wanted and left == before[number] != wanted:
            expect.that(
                False,
                f"The answer to `{change}` is right, and the store still has the old list. Write the change into `saved_lists[list_id]`.",
                why="The next request reads the store, and there nothing has changed.",
                response=response,
            )
        if left == wanted:
            expect.body(
                response,
                wanted,
                why=why,
                known=[(got, "The store is right, and the answer is not: return the list as it is stored.")],
            )
        expect.body(response, wanted, why=why, known=[(got, _wrong_field(api, change, before[number], got))])
        expect.equal(left, wanted, what=f"list {number} in the store", why=why, response=response)
        other = 3 - number
        expect.equal(
            stored(other),
            before[other],
            what=f"list {other}, which nobody asked to change",
            why="Each request changes the list in its path.",
            response=response,
        )

    stays = "What is not sent stays as it was."
    changes(2, {"name": "Moved to Graz"}, stays, "Only `name` was sent, and that is allowed.")
    changes(1, {"name": "Food"}, stays, "Only `name` was sent, and that is allowed.")
    changes(
        1,
        {"note": None},
        "Absent says: leave it. Null says: empty it, and that is what Ana means.",
        "Null was refused for `note`, the one field that may be empty: its type has to allow null.",
    )
    changes(
        2,
        {"archived": False, "note": "Keys are at Cleo's"},
        "A value that happens to be the default is still a value that was sent.",
        "Both values are allowed.",
    )
    changes(2, {}, "A PATCH that says nothing changes nothing.", "All fields may be left out.")

    for change, field in (
        ({"name": None}, "name"),
        ({"archived": None}, "archived"),
        ({"note": "x", "name": None}, "name"),
        ({"name": "Food", "archived": None}, "archived"),
        ({"archived": False, "name": None}, "name"),
    ):
        response = ask(2, change)
        expect.status(
            response,
            422,
            why=f"There is no list with `{field}` null, so the caller made a mistake and has to be told.",
            known={
                200: f"`{field}` is null, and your API says that all is well. The type `… | None` allows null; with `MISSING` a field may be absent and never null.",
                500: f"`{field}` is null, it passed your model and went into the store. Now the answer breaks its promise, and so does each later one. "
                "The type `… | None` allows null; with `MISSING` a field may be absent and never null.",
            },
        )
        left = stored(2)
        expect.equal(
            left,
            before[2],
            what="the list after a refused request",
            why="A request that is refused changes nothing. Half a change is the hardest one to find.",
            known=[
                (
                    left,
                    "The request was refused, and a part of it stands in the store. "
                    "Check all of it before you write any of it: a model does that before your function runs.",
                )
            ],
            response=response,
        )
    expect.status(
        ask(2, {"name": "   "}),
        422,
        why="A list without a name was never allowed.",
        known={200: "A name of spaces passed. The constraint of `Title` has to stay."},
    )
    expect.status(
        ask(3, {"name": "Food"}),
        404,
        why="Whoever changes a list that is gone has to be told.",
        known={500: "There is no list 3. It was a 404 before, and now your function crashes on it."},
    )


def _left_out(response: Any) -> str:
    """The sentence for a field that was left out, as in a PATCH it may be; empty for anything else."""
    missing = validation.missing(response)
    if not missing:
        return ""
    return f"The request leaves {names(missing, last=' and ')} out, and your model wants {'it' if len(missing) == 1 else 'them'}. For a PATCH each field may be left out: give each a default."


def _broken(left: dict[str, Any], before: dict[str, Any], wanted: dict[str, Any]) -> str:
    """The sentence for a 500, by what the store holds now."""
    if any(value is MISSING for value in left.values()):
        return (
            "Your store now holds `MISSING` where a value was, and that is no JSON. Nobody sent that field. Perhaps you wrote all fields of the model, "
            "or an `if` let it through: `MISSING` counts as true. `changes.model_dump(exclude_unset=True)` has only what was sent."
        )
    lost = [name for name in before if name not in left]
    if lost:
        return f"You replaced the record: {names(lost, last=' and ')} {'are' if len(lost) > 1 else 'is'} lost. Update it instead, and the rest stays."
    if left in (before, wanted):
        return (
            "Your function crashed, or what it returned is not the whole list, which `response_model` promises. Is there a `return`? "
            "Return the list from the store, with all its fields."
        )
    return (
        "The answer broke its own promise, so the server sent none: the store now holds a list with a hole in it. "
        "What nobody sent must not be written. Section 7 compares three ways to ask a model for its fields."
    )


def _wrong_field(api: Client, change: dict[str, Any], before: dict[str, Any], got: Any) -> str:
    """The sentence for the first field that is not as it should be."""
    for name, old in before.items():
        now = got.get(name) if isinstance(got, dict) else None
        if name not in change and now != old:
            first = "The list came back from the archive" if name == "archived" else f"`{name}` changed"
            return (
                f"{first}, and nobody sent `{name}`: its default went over what was stored. "
                "`exclude_unset=True` gives only what was sent."
            )
        if name in change and now != change[name]:
            return _not_taken(api, name, change[name], now)
    return ""


def _not_taken(api: Client, name: str, sent: Any, now: Any) -> str:
    document = _document(api)
    operation = next((one for method, _, one in openapi.operations(document) if method == "PATCH"), {})
    fields = openapi.fields(document, openapi.body_schema(operation))
    if fields and name not in fields:
        return f"`{name}` was sent and not stored: your model has no such field any more, so it is ignored."
    if sent is None:
        return (
            f"The {name} is still there: something dropped the null that Ana sent. `exclude_none=True` does that, or an `if` that asks for `None`. "
            "`exclude_defaults=True` does it too where null is the default. `exclude_unset=True` keeps all that was sent."
        )
    if sent is False:
        return (
            f"`{name}: false` was sent and not stored. Something dropped it: perhaps an `if`, because false counts as nothing, "
            "or `exclude_defaults=True`, because it is equal to the default. Ask which fields were sent."
        )
    return f"`{name}` was sent, and it is not what came back."


@exercise(
    "2.6",
    "The page that told nobody anything",
    rules=["E7"],
    hints=[
        "What can FastAPI read from the annotations, and which three things must you write down?",
        "Section 7 shows all three: the docstring, `json_schema_extra` in the model's settings, `responses` in the decorator with the model `Problem`.",
        '`model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})` in `HabitCreate`, a docstring in `read_habit`, '
        'and `responses={404: {"model": Problem, "description": "There is no such habit."}}` on the second.',
    ],
)
def documentation(habits_router: Any) -> None:
    """Purpose, example and 404 stand in the OpenAPI document, and they are true."""
    api = client(habits_router)
    document = _document(api)
    paths = document["paths"]
    create = paths.get("/habits", {}).get("post")
    read = next((item["get"] for path, item in paths.items() if path.startswith("/habits/{") and "get" in item), None)
    expect.that(create is not None, "There is no `POST /habits` any more. The addresses should stay as they were.")
    expect.that(
        read is not None, "There is no `GET /habits/{habit_id}` any more. The addresses should stay as they were."
    )
    assert create is not None
    assert read is not None

    said = {}
    for label, operation in (("POST /habits", create), ("GET /habits/{habit_id}", read)):
        said[label] = _purpose(operation)
        words = str(operation.get("description", "")).strip()
        name = str(operation.get("summary", ""))
        expect.that(
            not words or len(said[label].split()) >= 3,
            f"The documentation of `{label}` says `{words}`. That "
            + (
                "only repeats the function's name"
                if words.lower().rstrip(".") == name.lower()
                else "is too short to say anything"
            )
            + ". Write a sentence that tells a partner what the route is for.",
            why="A partner who does not know your code decides by these words whether this is the route to call.",
        )
        expect.that(
            len(said[label].split()) >= 3,
            f"The documentation of `{label}` does not say what it is for. Write a docstring of a few words below the function's first line.",
            why="FastAPI makes a summary of the function's name. It repeats what the address says already.",
        )
    expect.that(
        len(set(said.values())) == 2,
        "Both routes say the same about themselves. A partner reads it to find out which one to call.",
    )

    examples = openapi.examples(document, openapi.json_content(create.get("requestBody", {})))
    expect.that(
        examples,
        "`POST /habits` shows no example request. Put one into the settings of the model for the request: `json_schema_extra` with `examples`.",
        why='Without one, the page makes up `"name": "string"`.',
    )
    for example in examples:
        _works(api, example, first=example is examples[0])
    for habit, said_of_it, why in (
        ({"name": "Run", "per_week": 8}, "Eight times a week passed.", "A week still has seven days."),
        ({"name": "Run", "per_week": 0}, "Zero times a week passed.", "A habit that never happens is none."),
        ({"name": "", "per_week": 3}, "An empty name passed.", "A habit without a name was never allowed."),
    ):
        expect.status(
            api.post("/habits", json=habit),
            422,
            why=why,
            known={
                201: f"{said_of_it} The limits of the model have to stay: change what the page says, not what the API takes."
            },
        )

    problem = read["responses"].get("404")
    expect.that(
        problem is not None,
        "`GET /habits/{habit_id}` answers 404 for a habit that is not there, and its documentation does not name it. FastAPI cannot see which exceptions a function raises: "
        "`responses={404: ...}` in the decorator.",
        why="A watch that was never told of the 404 crashes on the first habit that somebody removes.",
    )
    fields = openapi.fields(document, openapi.response_schema(read, 404))
    expect.that(
        fields,
        'The 404 is named, but not what its body looks like. Give it a model: `{"model": Problem, "description": ...}`.',
        why="A program that reads the answer needs to know the field `detail`.",
    )
    absent = api.get("/habits/4711")
    expect.status(absent, 404, why="The documentation says 404, so that is what has to come.")
    came = expect.json_body(absent, why="The body of the 404 was an object with `detail`.")
    expect.that(
        problems.is_fastapis(came),
        f"The body of the 404 has changed: it was an object with `detail`, and what comes now is `{absent.text}`. "
        "The routes work: change what the page says, not what the API sends.",
        why="Whoever reads `detail` today finds nothing there tomorrow.",
        response=absent,
    )
    expect.that(
        set(fields) == set(came) and fields["detail"].get("type", "string") == "string",
        f"The documentation says that the body of the 404 has {names(sorted(fields))}; what comes is `{absent.text}`. "
        "The model for it should have `detail`, a `str`.",
        response=absent,
    )

    for label, operation, status in (("POST /habits", create, "201"), ("GET /habits/{habit_id}", read, "200")):
        expect.equal(
            sorted(_promised(document, operation, status)),
            ["id", "name", "per_week"],
            what=f"the fields that the documentation of `{label}` promises",
            why="With `dict[str, Any]` the documentation says: an object, with anything in it.",
            known=[
                (
                    [],
                    f"The documentation of `{label}` does not say which fields the answer has. Declare a response model: `response_model=HabitPublic`.",
                ),
                (
                    ["name", "per_week"],
                    f"The documentation of `{label}` promises an answer without `id`: that is the model for the request.",
                ),
            ],
        )


def _works(api: Client, example: Any, first: bool) -> None:
    """An example that the documentation shows is taken, and says what a caller may choose."""
    expect.that(
        not isinstance(example, dict) or "string" not in example.values(),
        'The example says `"string"`, as the one that nobody wrote. Show a habit that somebody could have.',
        why="Whoever presses Execute creates a habit called string.",
    )
    tried = api.post("/habits", json=example)
    which = "the example" if first else "one of the examples"
    expect.status(
        tried,
        201,
        why="The first thing that a partner does is press Execute on your example.",
        known={
            422: f"Your own API refuses {which} in its documentation. Compare it with the model, its fields and its limits."
        },
    )
    extra = sorted(set(example) - {"name", "per_week"})
    expect.that(
        not extra,
        f"The example has {names(extra)}, which the model for the request does not have. "
        "The API ignores it, and the partner believes that they can choose it. Show what a caller sends.",
        response=tried,
    )
    number = tried.json().get("id")
    expect.that(
        number is not None,
        "The answer to `POST /habits` has no `id` any more. The model that you declared for it is the one for the request, and it filters the `id` out.",
        why="The watch cannot ask for a habit whose number it does not know.",
        response=tried,
    )
    again = api.get(f"/habits/{number}")
    kept = expect.json_body(again, why="The watch reads the habit that it has made.")
    other = [name for name in example if isinstance(kept, dict) and kept.get(name, example[name]) != example[name]]
    expect.equal(
        kept,
        {"id": number, **example},
        what="the habit, read again",
        why="The documentation changes, the behavior does not.",
        known=[(kept, _converted(example[name], kept[name], name)) for name in other[:1]],
        response=again,
    )


def _converted(shown: Any, kept: Any, name: str) -> str:
    """The sentence for a value of an example that is kept as another one."""
    if isinstance(shown, str) and not isinstance(kept, str):
        return (
            f"The example shows `{name}` as text, `{json.dumps(shown)}`, and your API makes a number of it. "
            f"The page should show a number: `{json.dumps(kept)}`, without quotation marks."
        )
    return f"The example shows `{json.dumps(shown)}` for `{name}`, and `{json.dumps(kept)}` comes back. Show a value as it is kept."


def _purpose(operation: dict[str, Any]) -> str:
    """What an operation says of itself; empty when that is only FastAPI's own summary, made from the function's name."""
    summary = str(operation.get("summary", ""))
    made_from_the_name = operation.get("operationId", "").startswith(summary.lower().replace(" ", "_") + "_")
    description = str(operation.get("description", ""))
    return description if len(description.split()) >= 3 or made_from_the_name else f"{summary} {description}".strip()


@exercise(
    "2.7",
    "The pause that nobody can book",
    rules=["E3"],
    hints=[
        "In what form can JSON carry a date? And what does a strict model want to get?",
        "Section 4: `Strict()` on a field instead of `strict=True` on the model, and another setting in `model_config` for fields that nobody knows.",
        '`model_config = ConfigDict(extra="forbid")` and `days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7`.',
    ],
)
def pauses(pauses_router: Any) -> None:
    """Strict for one field, text for a date, nothing unknown."""
    api = client(pauses_router)
    quiet = client(pauses_router, raise_server_exceptions=False)
    for body in (
        {"from_date": "2027-07-01", "days": 14},
        {"from_date": "2028-02-29", "days": 1},
        {"from_date": "2027-12-24", "days": 60},
    ):
        response = api.post("/pauses", json=body)
        expect.status(
            response,
            201,
            why="The request is right, and Ana wants to go on holiday.",
            known={
                422: "JSON has no dates: a date comes as text, and a strict model wants a `date` object, so in FastAPI it can never be satisfied. "
                "Be strict where it matters, on the field `days`."
                if "from_date" in response.text
                else "This request is right. Look at the field that the answer names."
            },
        )
        expect.body(response, body, why="What was booked has to be what was sent.")
    week = api.post("/pauses", json={"from_date": "2027-07-01"})
    expect.status(
        week,
        201,
        why="Who says nothing gets a week, as before, and nobody asked to change that.",
        known={422: "The request leaves `days` out, which it may: the field had a default."},
    )
    expect.equal(
        week.json().get("days"),
        7,
        what="`days` when it is left out",
        why="The default was a week, and nobody asked to change it.",
        response=week,
    )

    true = quiet.post("/pauses", json={"from_date": "2027-07-01", "days": True})
    expect.status(
        true,
        422,
        why="A form with a checkbox in the wrong place sends this, and somebody's reminders ring on the beach.",
        known={
            201: "Coercion made `true` into 1, and the pause lasts one day, as last month. Only `days` has to be strict: `Strict()`."
        },
    )
    kinds = {
        "7": "Text was converted into a number.",
        2.5: "Two and a half days are no whole number: look at the type of `days`.",
        None: "A pause of null days has no end. The default lets a caller leave `days` out; `| None` in the type allows null as well.",
    }
    for days in ("7", 2.5, None, 0, 61, -1):
        expect.status(
            quiet.post("/pauses", json={"from_date": "2027-07-01", "days": days}),
            422,
            why="`days` takes whole numbers from 1 to 60 and nothing else.",
            known={201: f"Your API took it. {kinds.get(days, 'The limits `ge=1, le=60` have to stay.')}"},
        )
    for day in ("2027-02-30", "soon"):
        expect.status(
            quiet.post("/pauses", json={"from_date": day, "days": 7}),
            422,
            why="There is no such day, and the pause would never begin.",
            known={
                201: "Your API took a day that does not exist. As `str` it is any text; as `date` it is checked: leave the type and take off the strictness."
            },
        )
    expect.status(
        quiet.post("/pauses", json={"days": 7}),
        422,
        why="A pause begins on some day.",
        known={201: "The request has no `from_date`, and your API took it. Which day did it choose?"},
    )
    ignored = 'A field that the model does not know was ignored. `extra="forbid"` in `model_config` makes it a 422.'
    for body in (
        {"from_date": "2027-07-01", "dyas": 14},
        {"from_date": "2027-07-01", "days": 14, "until": "2027-07-15"},
    ):
        expect.status(
            quiet.post("/pauses", json=body),
            422,
            why="With `dyas` ignored the pause lasts 7 days and not 14, and nobody is told.",
            known={201: _unknown_setting(pauses_router) or ignored},
        )


def _unknown_setting(router: Any) -> str:
    """The sentence for a setting that Pydantic does not know, and ignores; empty when there is none."""
    for route in router.routes:
        for parameter in getattr(getattr(route, "dependant", None), "body_params", []):
            settings = getattr(parameter.field_info.annotation, "model_config", {})
            unknown = sorted(set(settings) - ConfigDict.__optional_keys__ - ConfigDict.__required_keys__)
            if unknown:
                return (
                    f"`{unknown[0]}` is no setting of a model. Pydantic ignores a setting that it does not know, and says nothing. "
                    'The one that refuses unknown fields is `extra="forbid"`.'
                )
    return ""


_TOO_MUCH = {
    "DeviceCreate": {
        "id": "the caller chooses the number, and may choose one that another phone has already.",
        "registered_at": "the caller says when it was registered, and can say anything. The server's clock knows.",
    },
    "DeviceUpdate": {
        "id": "a new name can come with a new number, and the old `/devices/7` leads nowhere.",
        "registered_at": "the caller can rewrite history. It never changes.",
        "platform": "an iPhone can become an Android phone by a request. It never changes.",
    },
    "DevicePublic": {
        "push_token": "each answer hands out the secret, and whoever reads one can make the phone ring.",
    },
}
_TOO_LITTLE = {
    "DeviceCreate": {
        "name": "the owner cannot name the phone when it is registered.",
        "platform": "nobody ever says what kind of phone it is: it is sent at registration, and never again.",
        "push_token": "the service gets no token and can never ring. A secret may come in; it must not go out.",
    },
    "DeviceUpdate": {
        "name": "the owner cannot change the name.",
        "push_token": "a phone that renewed its token cannot say so, and stays silent from then on.",
    },
    "DevicePublic": {
        "id": "the settings page cannot build the path `/devices/7` to change or remove it.",
        "name": "the settings page shows a phone without a name.",
        "platform": "the settings page cannot show what kind of phone it is. That is no secret.",
        "registered_at": "the settings page cannot show since when it is registered. "
        "The caller may not set it, but may see it.",
    },
}


@exercise(
    "2.8",
    "Three models for one phone",
    rules=["E4"],
    hints=[
        "For each field: who sets it, who may change it later, who may see it?",
        "A model for requests lists what the caller may decide. A model for answers lists what the caller may see. Go through the five points of the agreement, one by one.",
        "`DeviceUpdate` has two fields. `DevicePublic` has all but one.",
    ],
)
def devices(device_models: Any) -> None:
    """Which field belongs in which model."""
    wanted = {
        "DeviceCreate": {"name", "platform", "push_token"},
        "DeviceUpdate": {"name", "push_token"},
        "DevicePublic": {"id", "registered_at", "name", "platform"},
    }
    everything = {"id", "registered_at", "name", "platform", "push_token"}
    expect.that(
        isinstance(device_models, dict) and set(device_models) == set(wanted),
        "`device_models` should stay a dictionary with the keys `DeviceCreate`, `DeviceUpdate` and `DevicePublic`.",
    )
    for model, fields in wanted.items():
        chosen = device_models[model]
        expect.that(
            isinstance(chosen, set | frozenset | list | tuple),
            f'`device_models["{model}"]` should be a set of names, such as `{{"id", "name"}}`. An empty pair of braces is a dictionary; write `set()`.',
        )
        unknown = sorted(str(name) for name in chosen if name not in everything)
        expect.that(not unknown, f"`{model}` has a field that the agreement does not name: {', '.join(unknown)}.")
        for name in sorted(set(chosen) - fields):
            expect.that(False, f"With `{name}` in `{model}`, {_TOO_MUCH[model][name]}")
        for name in sorted(fields - set(chosen)):
            expect.that(False, f"Without `{name}` in `{model}`, {_TOO_LITTLE[model][name]}")
