"""What the exercises of lesson 02 check, and the answers to its predictions."""

import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import ResponseValidationError
from fastapi.testclient import TestClient
from pydantic import MISSING, BaseModel, ConfigDict

from coursekit.author import Client, NotYet, client, exercise, expect, openapi, prediction, problems, validation
from coursekit.author.responses import json_or_none
from coursekit.course.words import names

prediction("2.p1", answer=201, evidence="response.status_code", choices=(201, 404, 422, 500))
prediction("2.p2", answer=422, evidence="response.status_code", choices=(201, 422, 500))
prediction(
    "2.p3", answer=False, evidence="response.json()['done']", choices=(True, False, "off", "nothing: it is refused")
)
prediction("2.p4", answer=2, evidence="len(leaking)", choices=(0, 1, 2, 3, 4))
prediction("2.p5", answer=500, evidence="response.status_code", choices=(200, 404, 422, 500))


def _refuses(response: Any, *, why: str, took: str, crashed: str = "") -> None:
    """A wrong request gets a 422. `took` and `crashed` are the sentences for a 201 and for a 500."""
    expect.status(response, 422, why=why, known={201: took, 500: crashed})


def _document(api: Client) -> dict[str, Any]:
    """The OpenAPI document, or the verdict that FastAPI cannot build it, and what to look at."""
    try:
        document: dict[str, Any] = api.get("/openapi.json").json()
    except Exception as error:
        raise NotYet(
            f"FastAPI cannot build the documentation: {_what_it_cannot_document(error)}",
            why="`/docs` shows an error to everybody, for all routes.",
        ) from error
    return document


def _what_it_cannot_document(error: Exception) -> str:
    if "examples" in str(error):
        return "what stands under `examples` has another shape than it should. It is a list of requests, also when there is only one."
    quoted = re.search(r"ForwardRef\('(\w+)'\)", str(error))
    if quoted:
        return (
            f"it doesn't find `{quoted[1]}`, whose name it has only as text. That happens with a model in quotes, and with "
            "`from __future__ import annotations` and a class inside a function. "
            f"Write `{quoted[1]}` without quotes, and define the class outside of any function."
        )
    return f"`{type(error).__name__}`. Look at what you wrote under `json_schema_extra` and `responses`."


def _operation_of(api: Client, response: Any) -> dict[str, Any]:
    """What the documentation says of the route that a request was for; empty when it has no such route."""
    request = response.request
    found = openapi.matching(_document(api), request.method, request.url.path)
    return found[0][1] if found else {}


def _fields_of_the_body(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    """What the documentation says of each field that an operation takes; empty when the body has no model."""
    return openapi.fields(document, openapi.body_schema(operation))


def _of_the_body(api: Client, response: Any) -> dict[str, Any]:
    """What the documentation says of each field of the body that was sent; empty when the body has no model."""
    return _fields_of_the_body(_document(api), _operation_of(api, response))


def _other_place(api: Client, response: Any) -> str:
    """The sentence for a route that reads a form, a header, a cookie or a model inside another one; empty for anything else."""
    kinds = _operation_of(api, response).get("requestBody", {}).get("content", {})
    forms = [kind for kind in kinds if kind.startswith(("multipart/", "application/x-www-form-"))]
    if forms:
        return (
            f"Your route reads a form: its documentation asks for `{forms[0]}`, and the caller sends JSON. `Form`, `File` and `UploadFile` do that. "
            "For JSON, the type of the parameter is your model, and nothing else."
        )
    elsewhere = [place for place in validation.places(response) if place[0] in ("header", "cookie")]
    if elsewhere:
        return (
            f"Your route wants the {elsewhere[0][0]} `{elsewhere[0][-1]}`, and the caller was never told to send one."
        )
    return ""


def _not_created(api: Client, response: Any, what: str) -> str:
    """The sentence for a 200 on something new, by what the documentation promises."""
    if "201" in _operation_of(api, response).get("responses", {}):
        return "Your decorator says 201, and a response that you build yourself goes out with its own status: give it `status_code=201`, or return the data."
    return f"That is FastAPI's default for every route. {what} has come into being, and 201 says so: `status_code=201` in the decorator."


def _why_refused(api: Client, response: Any, *fields: str) -> str:
    """The sentence for a 422 on a request that is right, by where the server looked for it."""
    if place := _other_place(api, response):
        return place
    asked = validation.queried(response)
    if asked and not set(asked) & set(fields):
        return _strange_parameter(api, asked[0])
    if asked:
        return (
            "Your route takes single values, and those come from the query string. The caller sends them in the body: "
            "describe the body with a model, and make it the type of one parameter."
        )
    strange = [str(loc[1]) for loc in validation.places(response) if len(loc) == 2 and loc[1] not in fields]
    model = _of_the_body(api, response)
    lacking = [name for name in fields if name not in model]
    if strange and "/Body_" in openapi.body_schema(_operation_of(api, response)).get("$ref", ""):
        return (
            f"Your route wants the body under the name of a parameter: {names(strange, last=' and ')}. That happens with `embed=True`, or with two parameters "
            "that come from the body. One parameter with a model takes the body as it is."
        )
    if strange and lacking:
        return (
            f"Your model asks for {names(strange, last=' and ')} and has no {names(lacking, last=' and ')}. The names of a model's fields are those that the caller sends: "
            "compare them, letter by letter."
        )
    if strange:
        return (
            f"Your model also wants {names(strange, last=' and ')}, and no caller was told to send that. "
            "A field that the server sets doesn't belong in the model for the body."
        )
    return "This request is right, and your API refuses it."


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
        "The caller does not send it. What comes in the body belongs in the model."
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
    """Asks for a model for the body, the number from the path, and a store."""
    api = client(comments_router)
    quiet = client(comments_router, raise_server_exceptions=False)
    expect.that(
        isinstance(comments, dict | list),
        "`comments` should stay a dictionary: the store in which you keep each comment.",
    )
    comments.clear()
    first, second = _writes_a_comment(api), _writes_one_on_another_task(api)
    again = api.post("/tasks/1/comments", json=_COMMENT)
    expect.status(again, 201, why="Ana asks a second time, in the same words. That is another comment.")
    _each_has_its_own_number(api, [first, second, again])
    _three_are_kept(comments, again)
    _refuses_wrong_comments(quiet, comments)
    _the_server_sets_its_fields(api, first.json()["id"])


_COMMENT = {"author": "Ana", "text": "Which bread?"}


def _writes_a_comment(api: Client) -> Any:
    """The answer to the first comment, which leaves `pinned` out."""
    response = api.post("/tasks/1/comments", json=_COMMENT)
    why = "The phone draws the comment from this answer."
    expect.status(
        response,
        201,
        why="The phone sends exactly this, and only a 201 tells it that the comment exists.",
        known={
            200: _not_created(api, response, "A comment"),
            422: _without_pinned(api, response),
        },
    )
    _stands_on_one_level(response, why)
    expect.fields(
        response,
        {"id", "task_id", "author", "text", "pinned"},
        why=why,
        known={
            "pinned": "It lacks `pinned`, which the caller left out. A model fills in its default: is the body's type your model, and do you send all of its fields?",
            "id": "It lacks `id`, so nobody can ever edit or remove this comment.",
            "task_id": "It lacks `task_id`, the number from the path.",
        },
    )
    why = "What is stored has to be what was sent, with `pinned` false because it was left out."
    _comes_back(response, {"task_id": 1, **_COMMENT, "pinned": False}, "the comment without its id", why)
    return response


def _without_pinned(api: Client, response: Any) -> str:
    """The sentence for a 422 on a comment that leaves `pinned` out."""
    if ["body", "pinned"] in validation.places(response):
        return "The request leaves `pinned` out, which it may. Section 1 says which fields of a model a caller may leave out: how does `done` of `TaskCreate` differ from `title`?"
    return _why_refused(api, response, "author", "text")


def _stands_on_one_level(response: Any, why: str) -> None:
    """The answer is the comment: an object, with the fields beside one another."""
    got = expect.json_body(response, why=why)
    expect.that(
        got is not None,
        "Your function returned nothing, and nothing arrives as `null`. Does it end with a `return`?",
        why=why,
        response=response,
    )
    expect.that(
        not isinstance(got, list),
        "Your function returned a list, and the answer is one comment: an object with five fields. Return the comment itself.",
        why=why,
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


def _writes_one_on_another_task(api: Client) -> Any:
    """The answer to the second comment, which is pinned."""
    sent = {"author": "Ben", "text": "Rye.", "pinned": True}
    response = api.post("/tasks/4711/comments", json=sent)
    asked = "There is no task 4711, and your route asked for it. Don't ask whether the task exists."
    expect.status(
        response,
        201,
        why="A second comment is as good as the first one.",
        known={} if problems.no_route(response) else {404: asked},
    )
    why = "Each comment belongs to the task in its path and says what its author said."
    _stands_on_one_level(response, why)
    _comes_back(response, {"task_id": 4711, **sent}, "the second comment without its id", why)
    return response


def _comes_back(response: Any, wanted: dict[str, Any], what: str, why: str) -> None:
    """The answer holds what was sent, whatever its `id` is."""
    body = expect.json_body(response, why)
    expect.that(isinstance(body, dict), "The answer should be the comment: an object with five fields.", why, response)
    got = {name: body.get(name) for name in wanted}
    expect.equal(got, wanted, what=what, why=why, known=[(got, _other_value(response))], response=response)


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


def _each_has_its_own_number(api: Client, written: list[Any]) -> None:
    bodies = [expect.json_body(response, "The answer is the comment.") for response in written]
    ids = [body.get("id") if isinstance(body, dict) else body for body in bodies]
    different = len({str(one) for one in ids})
    same = "All three comments" if different == 1 else "Of three comments, two"
    advice = "Count up, as `save_comment` does."
    if "id" in _of_the_body(api, written[-1]):
        advice = (
            "Your model has an `id` of its own, and that goes over the number that was counted. The server numbers the comments: "
            "take `id` out of the model."
        )
    expect.that(
        different == 3,
        f"{same} got the same `id`: {names(ids)}. If somebody removes one of them, the other one is gone, too. {advice}",
        response=written[-1],
    )


def _the_server_sets_its_fields(api: Client, taken: Any) -> None:
    """A body with `id` and `task_id` is refused, or these two fields of it don't count."""
    response = api.post("/tasks/7/comments", json={**_COMMENT, "id": taken, "task_id": 1})
    if response.status_code == 422:
        return
    why = "The path says which task it is, and the server numbers the comments."
    expect.status(response, 201, why=why)
    got = expect.json_body(response, why)
    chosen = [
        name for name, value in (("id", taken), ("task_id", 1)) if isinstance(got, dict) and got.get(name) == value
    ]
    expect.that(
        not chosen,
        f"The body named {names(chosen, last=' and ')}, and your API took that over. One caller can write over another's comment, or put it under another task. "
        "Take `author`, `text` and `pinned` from the body, and nothing else.",
        why=why,
        response=response,
    )


def _three_are_kept(store: Any, response: Any) -> None:
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


def _refuses_wrong_comments(quiet: Client, store: Any) -> None:
    kept = len(_records(store))
    typo = quiet.post("/tasks/1/comments", json={"author": "Ana", "txt": "Which bread?"})
    _refuses(
        typo,
        why="The old app sends `txt`. Its maker can only mend it if somebody tells the app.",
        took="The body has no `text`, and your API took it: Ana's face, and no words. `text` must have no default, and the body a model, not a dictionary.",
        crashed="The body has no `text`, and your function crashed on it. The caller made the mistake; with a model as the parameter's type, "
        "FastAPI refuses the request before your function runs.",
    )
    wrong, null = "is missing or of the wrong kind", "is null"
    look = "Look at the annotation and the default of that field."
    look_at_null = "It must be there, and be text: `str | None` allows null as well."
    if not _of_the_body(quiet, typo):
        look = look_at_null = (
            "Your route has no model for the body, so each check is yours to write, and this one is not there. "
            "Describe the body with a model: FastAPI then checks each field."
        )
    for body, field, mistake, advice in (
        ({"text": "Which bread?"}, "author", wrong, look),
        ({"author": "Ana", "text": 7}, "text", wrong, look),
        ({"author": "Ana", "text": "Rye.", "pinned": "perhaps"}, "pinned", wrong, look),
        ({"author": "Ana", "text": None}, "text", null, look_at_null),
        ({"author": None, "text": "Rye."}, "author", null, look_at_null),
    ):
        _refuses(
            quiet.post("/tasks/1/comments", json=body),
            why=f"`{field}` is not what was agreed on, and from here on every program would have to check it again.",
            took=f"Your API took it, although `{field}` {mistake}. {advice}",
            crashed=f"`{field}` {mistake}, and your function crashed on it. {advice}",
        )
    expect.that(
        len(_records(store)) == kept,
        "The wrong comments got a 422, and still your route kept some of them in `comments`. Check the whole body before you save it: "
        "a model as the parameter's type does that before your function runs.",
        why="The caller believes that nothing happened, and Ana sees a comment without words.",
    )


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
    """Asks the API that the learner cannot see with each mended request."""
    expect.that(
        isinstance(mended, dict) and {"first", "second", "third"} <= set(mended),
        "`mended` should stay a dictionary with the keys `first`, `second` and `third`.",
    )
    meant = {"first": ("Stretch", 15, "mail"), "second": ("Walk", 30, "mail"), "third": ("Call Ana", 5, "push")}
    api = TestClient(_reminders)  # this API is not the learner's, so no verdict counts what it is asked
    for name, (text, minutes, channel) in meant.items():
        request = mended[name]
        expect.that(
            isinstance(request, dict)
            and set(request) == {"params", "json"}
            and all(isinstance(part, dict) for part in request.values()),
            f'`mended["{name}"]` should have `params` and `json`, a dictionary each. Other keys are not sent.',
        )
        response = api.post("/reminders", params=request["params"], json=request["json"])
        known = {422: _still_refused(name, request, response)}
        expect.status(response, 201, why="Ben's script sends this again tonight.", known=known)
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


def _still_refused(name: str, request: dict[str, Any], response: Any) -> str:
    """The sentence for a request that is still refused, by what the server looked for."""
    places = validation.places(response)
    strayed = [loc[1] for loc in places if loc[0] == "body" and len(loc) == 2 and loc[1] in request["params"]]
    if strayed:
        return (
            f"It is still refused: {names(strayed, last=' and ')} went into `params`, and the server looks for that in the body. "
            "Only what `loc` places in `query` goes into the query string."
        )
    if ["query", "channel"] in places:
        return "It is still refused. `loc` starts with `query`: the server looks for `channel` behind the question mark. Which of the two dictionaries goes there?"
    if name == "second":
        return (
            "It is still refused. A number of minutes is a whole number. How many of them did Ben mean by half an hour?"
        )
    return "It is still refused. Compare the name that the server wanted with the name in your request."


class _ReminderCreate(BaseModel):
    text: str
    minutes: int


_reminders = FastAPI()


@_reminders.post("/reminders", status_code=201)
def _create_reminder(reminder: _ReminderCreate, channel: str) -> dict[str, Any]:
    return {**reminder.model_dump(), "channel": channel}


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
    """Asks for limits on text, number, choice and list, and for a model inside a model."""
    api = client(routines_router)
    quiet = client(routines_router, raise_server_exceptions=False)
    _limits_fit_their_types(lambda: api.post("/routines", json=_MORNING))
    for routine in (_MORNING, _SUNDAY):
        _takes_a_routine(api, routine)
    document = _document(api)
    without_limits = _without_limits(document)
    _trims_the_name(api, without_limits)
    _takes_the_last_values(api)
    _refuses_the_first_values_beyond(quiet, document, without_limits)
    _offers_three_words(document)
    _nothing_may_be_left_out(quiet)


_STEP = {"title": "Stretch", "minutes": 5}
_MORNING: dict[str, Any] = {"name": "Morning", "repeat": "daily", "steps": [_STEP, {"title": "Tea", "minutes": 10}]}
_SUNDAY: dict[str, Any] = {
    "name": "Sunday",
    "repeat": "weekly",
    "steps": [{"title": "Read", "minutes": 2}, {"title": "Run", "minutes": 200}, {"title": "Tea", "minutes": 48}],
}
_ENUM = "is one of the three words, and your API refuses it. Look at what your enum lists: the text to the right of `=` is the word that a caller sends."


def _limits_fit_their_types(ask: Callable[[], Any]) -> None:
    """Pydantic notices only when a value comes that a limit does not fit the type."""
    try:
        ask()
    except TypeError as error:
        limit = re.search(r"constraint '(\w+)'.* value (.)", str(error))
        if limit is None:
            raise
        field = "minutes" if limit[2].isdigit() else "steps" if limit[2] == "[" else ""
        place = f"at `{field}`, whose type" if field else "at a type that"
        raise NotYet(
            f"`{limit[1]}` stands {place} it does not fit. `min_length` and `max_length` measure text and lists; "
            "a number has `ge` and `le`. Look at each field that has a limit.",
            why="Pydantic finds out when the first request comes, and the caller gets a 500.",
        ) from error


def _takes_a_routine(api: Client, routine: dict[str, Any]) -> None:
    made = api.post("/routines", json=routine)
    refused = _why_refused(api, made, *routine)
    if ["body", "repeat"] in validation.places(made) and "repeat" not in validation.missing(made):
        refused = f"`{routine['repeat']}` {_ENUM}"
    expect.status(
        made,
        201,
        why="Each of its values is within the limits.",
        known={
            200: _not_created(api, made, "A routine"),
            422: refused,
        },
    )
    body = expect.json_body(made, why="The phone draws the routine from the answer.")
    expect.that(isinstance(body, dict), "The answer should be the routine: a JSON object.", response=made)
    for field, value in routine.items():
        got = body.get(field)
        expect.equal(
            got,
            value,
            what=f"`{field}` of the answer",
            why="The answer is the routine as it was taken.",
            known=[(got, _steps_of_a_task(got))],
            response=made,
        )


def _steps_of_a_task(value: object) -> str:
    """The sentence for steps as tasks have them; empty for anything else."""
    steps = value if isinstance(value, list) else []
    if not steps or not all(isinstance(one, dict) and set(one) == {"title", "done"} for one in steps):
        return ""
    return (
        "The minutes are gone: `Step`, from section 3, is a step of a task and has `done` in their place. "
        "Make the list of a model that has `title` and `minutes`, as `RoutineStep` does."
    )


_LIMITS = {"minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "enum", "const", "pattern", "$ref"}


def _without_limits(document: dict[str, Any]) -> str:
    """The sentence for a route whose model has no limit at all, as the one that was given; empty when it has one."""
    fields = _fields_of_the_body(document, openapi.operation(document, "POST", "/routines"))
    parts = [*fields.values(), *openapi.fields(document, fields.get("steps", {})).values()]
    if not parts or any(_LIMITS & set(part) for part in parts):
        return ""
    return (
        "The model that your route holds has no limits at all. Did you write the new class below the route, or in another cell? "
        "A route keeps the class that stood there when the route was made: write the class above it."
    )


def _trims_the_name(api: Client, without_limits: str) -> None:
    trimmed = api.post("/routines", json={**_MORNING, "name": "  Evening  "})
    expect.status(trimmed, 201, why="Spaces at the ends aren't a mistake; they come off.")
    kept = (
        "The spaces are still there, so two routines can look the same on a screen. "
        "`StringConstraints` takes them off, as in `Title`; `Field` cannot."
    )
    expect.equal(
        trimmed.json().get("name"),
        "Evening",
        what="`name`",
        why="Two routines that differ by a space look the same on a screen.",
        known={"  Evening  ": without_limits or kept},
        response=trimmed,
    )


def _takes_the_last_values(api: Client) -> None:
    narrow = "Your limit is too narrow: this value still has to pass. `min_length`, `max_length`, `ge` and `le` include the number itself."
    for change in (
        {"name": "x" * 40},
        {"name": "x"},
        {"repeat": "monthly"},
        {"steps": [_STEP]},
        {"steps": [_STEP] * 10},
        {"steps": [{"title": "x" * 100, "minutes": 240}]},
        {"steps": [{"title": "x", "minutes": 1}]},
    ):
        expect.status(
            api.post("/routines", json={**_MORNING, **change}),
            201,
            why="This is the last value that has to pass.",
            known={422: f"`monthly` {_ENUM}" if "repeat" in change else narrow},
        )


def _refuses_the_first_values_beyond(quiet: Client, document: dict[str, Any], without_limits: str) -> None:
    for field, value, said in _BEYOND:
        _refuses(
            quiet.post("/routines", json={**_MORNING, field: value}),
            why="What gets in here shows up on Ana's phone.",
            took=without_limits or said,
            crashed=_default_for_minutes(document, value) or f"Your function crashed on it. {said}",
        )


_WORD = "Your API took a word that is not among the three. A choice among words is an enum, such as `Priority`; look at what yours lists."
_MINUTES = "Look at the limits of `minutes` in the model for a step."
_ENTRIES = "Give the list's entries a model of their own, in which nothing has a default."
_NULL = "Nothing may be left out, and null is nothing: a type with `| None` allows it."
_BEYOND: list[tuple[str, Any, str]] = [
    ("name", "", "An empty name passed: a bar without words. What is left after the spaces come off has to be measured too: `min_length=1`."),
    ("name", "   ", "A name of spaces passed: the empty bar that cannot be opened. Spaces count as characters unless the model takes them off before it measures."),
    ("name", "x" * 41, "A name of 41 characters passed. Look at the longest name that yours allows."),
    *(("repeat", word, _WORD) for word in ("hourly", "yearly", "never", "Daily", "", "daily2", "biweekly", "not monthly")),
    ("steps", [], "A routine without steps passed. On a list, `min_length` counts the entries."),
    ("steps", [_STEP] * 11, "Eleven steps passed. On a list, `max_length` counts the entries."),
    ("steps", [_STEP, {"title": "Tea"}], f"A step without `minutes` passed. {_ENTRIES}"),
    ("steps", [_STEP, {"minutes": 5}], f"A step without `title` passed. {_ENTRIES}"),
    ("name", None, f"A name that is null passed. {_NULL}"),
    ("repeat", None, f"A null for `repeat` passed. {_NULL}"),
    ("steps", None, f"A null for `steps` passed. {_NULL}"),
    ("steps", [_STEP, {**_STEP, "minutes": None}], f"A step whose `minutes` are null passed. {_NULL}"),
    ("steps", [_STEP, {**_STEP, "title": None}], f"A step whose `title` is null passed. {_NULL}"),
    ("steps", [_STEP, {**_STEP, "minutes": 5.5}], "A step of 5.5 minutes passed. `minutes` is a whole number: look at its type."),
    ("steps", [_STEP, {**_STEP, "minutes": 0}], f"A step of 0 minutes passed. {_MINUTES}"),
    ("steps", [_STEP, {**_STEP, "minutes": 241}], f"A step of 241 minutes passed. {_MINUTES}"),
    ("steps", [_STEP, {**_STEP, "title": ""}], "A step with an empty title passed. `Title` has the limits for a title."),
    ("steps", [_STEP, {**_STEP, "title": "x" * 101}], "A step's title of 101 characters passed. `Title` has the limits for a title."),
]  # fmt: skip


def _default_for_minutes(document: dict[str, Any], value: Any) -> str:
    """The sentence for `minutes: int = Annotated[...]`; empty for anything else."""
    if not isinstance(value, list) or value[-1:] != [{"title": "Tea"}]:
        return ""
    step = _step_schema(document)
    if not step or "minutes" in step.get("required", []):
        return ""
    return (
        "The request leaves `minutes` out. Your model took it, and then the answer could not be made. What stands behind `=` is a default, so "
        "the field may be left out. A constraint belongs to the type, before any `=`: `minutes: Annotated[int, Field(...)]`."
    )


def _step_schema(document: dict[str, Any]) -> dict[str, Any]:
    """What the documentation says of one step; empty when no model has its two fields."""
    schemas = document.get("components", {}).get("schemas", {}).values()
    return next((one for one in schemas if set(one.get("properties", {})) == {"title", "minutes"}), {})


def _offers_three_words(document: dict[str, Any]) -> None:
    """The documentation lists no other words for `repeat`, if it lists any."""
    fields = _fields_of_the_body(document, openapi.operation(document, "POST", "/routines"))
    listed = {str(word) for word in openapi.resolved(document, fields.get("repeat")).get("enum", [])}
    more = sorted(listed - {"daily", "weekly", "monthly"})
    expect.that(
        not more,
        f"Your documentation offers more words for `repeat` than the three: {names(more)}. Look at what your enum lists.",
    )


def _nothing_may_be_left_out(quiet: Client) -> None:
    for field in _MORNING:
        _refuses(
            quiet.post("/routines", json={name: value for name, value in _MORNING.items() if name != field}),
            why="Nothing may be left out.",
            took=f"The request leaves `{field}` out, and your API took it. A field with a default may be left out; this one must not have a default.",
            crashed="Your function crashed on it. A field without a default has to be there, and FastAPI says so before your function runs.",
        )


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
    """Asks that the token stays in, and that the documentation promises it."""
    _records_have_their_tokens(invitations)
    api = client(invitations_router)
    document = _document(api)
    invitations.clear()
    invitations.update({number: {**shown, "token": f"secret-{number}"} for number, shown in _INVITED.items()})
    _the_list_gives_no_token_away(api, document)
    for number in _INVITED:
        _one_gives_no_token_away(api, document, number)
    _an_old_link_is_told(invitations_router)
    _the_store_keeps_its_tokens(invitations)
    for path in ("/invitations", "/invitations/{invitation_id}"):
        operation = _get(document, path.replace("{invitation_id}", "5"))
        expect.that(
            operation,
            f"The documentation doesn't mention `GET {path}`. Leave the route in it, with the three fields.",
            why="The page is written by what the documentation says.",
        )
        _promises_three_fields(document, path, operation)


_INVITED = {
    5: {"id": 5, "email": "dan@example.com", "accepted": False},
    6: {"id": 6, "email": "eve@example.com", "accepted": True},
    9: {"id": 9, "email": "finn@example.com", "accepted": False},
}


def _records_have_their_tokens(invitations: Any) -> None:
    """The learner's store is as it was given."""
    for number, token in ((1, "b-7Qd2"), (2, "c-9Xw4")):
        record = invitations.get(number) if isinstance(invitations, dict) else None
        expect.that(
            isinstance(record, dict) and record.get("token") == token,
            f"Invitation {number} has lost its token in the store, `invitations`, and the link in the mail works for nobody. "
            "Leave the records as they were given, and filter on the way out.",
        )


def _the_list_gives_no_token_away(api: Client, document: dict[str, Any]) -> None:
    everything = _kept_promise(api, "/invitations", document)
    expect.status(everything, 200, why="The page of pending invitations asks for this.")
    let_through = (
        "The list still gives the token away: what it declares lets more through than the three fields. "
        "A dictionary lists no fields, and `A | B` takes the larger one. Name one response model for the entries."
    )
    _has_no_token(everything, _token_in_the_model(document, "/invitations") or let_through)
    why = "All invitations belong on the page, each with its own values."
    expect.body(everything, list(_INVITED.values()), why=why)


def _one_gives_no_token_away(api: Client, document: dict[str, Any], number: int) -> None:
    path = f"/invitations/{number}"
    one = _kept_promise(api, path, document)
    expect.status(one, 200, why="It exists.")
    passed_by = (
        "One invitation still gives its token away. Is a response model there, and does the record pass by it? "
        "A response that you build yourself is sent as it is: return the record and let FastAPI build the response."
    )
    _has_no_token(one, _token_in_the_model(document, path) or _one_model_or_another(document, path) or passed_by)
    expect.body(one, _INVITED[number], why="Only the token has to go.")


def _has_no_token(response: Any, said: str) -> None:
    """Each invitation in the answer has three fields. `said` is the sentence for a token among them."""
    why = "Whoever reads the token may join Ana's list. The other three fields are what the page shows."
    expect.fields(response, {"id", "email", "accepted"}, why=why, known={"token": said})
    _has_no_secret(response)


def _has_no_secret(response: Any) -> None:
    """No token leaves, in whatever part of the answer."""
    for place, text in (
        ("body", response.text),
        *((f"header `{name}`", value) for name, value in response.headers.items()),
    ):
        expect.that(
            "secret-" not in text,
            f"A token leaves with the answer to `GET {response.request.url.path}`: it is in the {place}.",
            why="Whoever reads a token may join Ana's list.",
            response=response,
        )


def _an_old_link_is_told(router: Any) -> None:
    """An invitation that isn't there is a 404."""
    gone = client(router, raise_server_exceptions=False).get("/invitations/7")
    expect.status(
        gone,
        404,
        why="Whoever follows an old link has to be told that the invitation is gone.",
        known={
            500: "There is no invitation 7. It was a 404 before, and now your function crashes on it: keep the `if` with the `HTTPException`."
        },
    )
    _has_no_secret(gone)


def _the_store_keeps_its_tokens(invitations: Any) -> None:
    for number in _INVITED:
        expect.that(
            invitations.get(number, {}).get("token") == f"secret-{number}",
            "After your route answered, the token is gone from the store, and the link in the mail works for nobody. Leave the record as it is, and filter on the way out.",
        )


def _promises_three_fields(document: dict[str, Any], path: str, operation: dict[str, Any]) -> None:
    """The documentation of a route promises fields without the token."""
    promised = _promised(document, operation, 200)
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
        why="A reader of the documentation will ask where the token is, and somebody will bring it back.",
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


def _token_in_the_model(document: dict[str, Any], path: str) -> str:
    """The sentence for a response model that has the secret among its fields; empty for anything else."""
    operation = _get(document, path)
    choice = openapi.alternatives(openapi.response_schema(operation, 200))
    if choice or "token" not in _promised(document, operation, 200):
        return ""
    return (
        "The token leaves, and you said that it may: the model that you declared has `token` among its fields. "
        "A response model is the list of what may go out."
    )


def _one_model_or_another(document: dict[str, Any], path: str) -> str:
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


def _promised(document: dict[str, Any], operation: dict[str, Any], status: int) -> set[str]:
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
    """Asks that absent, null and a value are three different messages."""
    lists = _Lists(client(lists_router, raise_server_exceptions=False), saved_lists)
    stays = "What is not sent stays as it was."
    only_name = "Only `name` was sent, and that is allowed."
    _changes(lists, 2, {"name": "Moved to Graz"}, stays, only_name)
    _changes(lists, 1, {"name": "Food"}, stays, only_name)
    _changes(
        lists,
        1,
        {"note": None},
        "Absent says: leave it. Null says: empty it, and that is what Ana means.",
        "Null was refused for `note`, the one field that may be empty: its type has to allow null.",
    )
    _changes(
        lists,
        2,
        {"archived": False, "note": "Keys are at Cleo's"},
        "A value that happens to be the default is still a value that was sent.",
        "Both values are allowed.",
    )
    _changes(lists, 2, {}, "A PATCH that says nothing changes nothing.", "All fields may be left out.")
    _refuses_null(lists, "name", {"name": None})
    _refuses_null(lists, "archived", {"archived": None})
    _refuses_null(lists, "name", {"note": "x", "name": None})
    _refuses_null(lists, "archived", {"name": "Food", "archived": None})
    _refuses_null(lists, "name", {"archived": False, "name": None})
    _keeps_its_id(lists)
    expect.status(
        lists.ask(2, {"name": "   "}),
        422,
        why="A list without a name was never allowed.",
        known={200: "A name of spaces passed. The constraint of `Title` has to stay."},
    )
    expect.status(
        lists.ask(3, {"name": "Food"}),
        404,
        why="Whoever changes a list that is gone has to be told.",
        known={500: "There is no list 3. It was a 404 before, and now your function crashes on it."},
    )


_SAVED: dict[int, dict[str, Any]] = {
    1: {"id": 1, "name": "Groceries", "note": "Saturday", "archived": False},
    2: {"id": 2, "name": "Move to Graz", "note": None, "archived": True},
}


@dataclass
class _Lists:
    """The learner's route and store. The store holds the same two lists before each request."""

    api: Client
    store: Any

    def ask(self, number: int, change: dict[str, Any]) -> Any:
        """Return the answer to a PATCH."""
        self.store.clear()
        self.store.update({id_: dict(record) for id_, record in _SAVED.items()})
        return self.api.patch(f"/lists/{number}", json=change)

    def stored(self, number: int) -> dict[str, Any]:
        """Return what the store holds now."""
        return dict(self.store.get(number, {}))


def _changes(lists: _Lists, number: int, change: dict[str, Any], why: str, refused: str) -> None:
    """The change is answered and stored, and nothing else is. `refused` is the sentence for a 422."""
    before = _SAVED[number]
    wanted = {**before, **change}
    response = lists.ask(number, change)
    left = lists.stored(number)
    known = {422: _left_out(lists.api, response) or refused, 500: _broken(left, before, wanted)}
    expect.status(response, 200, why=why, known=known)
    got = expect.json_body(response, why)
    expect.that(
        not (got == wanted and left == before != wanted),
        f"The answer to `{change}` is right, and the store still has the old list. Write the change into `saved_lists[list_id]`.",
        why="The next request reads the store, and there nothing has changed.",
        response=response,
    )
    said = "The store is right, and the answer is not: return the list as it is stored."
    if left != wanted:
        said = _other_place(lists.api, response) or _wrong_field(lists.api, change, before, got)
    expect.body(response, wanted, why=why, known=[(got, said)])
    expect.equal(left, wanted, what=f"list {number} in the store", why=why, response=response)
    other = 3 - number
    expect.equal(
        lists.stored(other),
        _SAVED[other],
        what=f"list {other}, which nobody asked to change",
        why="Each request changes the list in its path.",
        response=response,
    )


def _refuses_null(lists: _Lists, field: str, change: dict[str, Any]) -> None:
    """A change with null for a field that may not be null is refused as a whole."""
    response = lists.ask(2, change)
    missing = "The type `… | None` allows null; with `MISSING` a field may be absent and never null."
    crashed = f"`{field}` is null, and your function crashed on it. {missing}"
    if lists.stored(2).get(field, "") is None:
        crashed = f"`{field}` is null, it passed your model and went into the store. Now the answer breaks its promise, and so does each later one. {missing}"
    expect.status(
        response,
        422,
        why=f"There is no list with `{field}` null, so the caller made a mistake and has to be told.",
        known={
            200: f"`{field}` is null, and your API says that all is well. {missing}",
            500: crashed,
        },
    )
    left = lists.stored(2)
    half = (
        "The request was refused, and a part of it stands in the store. "
        "Check all of it before you write any of it: a model does that before your function runs."
    )
    expect.equal(
        left,
        _SAVED[2],
        what="the list after a refused request",
        why="A request that is refused changes nothing. Half a change is the hardest one to find.",
        known=[(left, half)],
        response=response,
    )


def _keeps_its_id(lists: _Lists) -> None:
    """A request that names another `id` is refused, or that part of it doesn't count."""
    response = lists.ask(2, {"name": "Food", "id": 9})
    why = "The `id` is the address of the list. If it changes, nobody finds the list again."
    expect.status(response, (200, 422), why=why)
    got = expect.json_body(response, why)
    kept = isinstance(got, dict) and got.get("id", 2) == 2 and lists.stored(2).get("id") == 2
    expect.that(
        kept and 9 not in lists.store,
        "The request sent another `id`, and the list took it over. A model for a PATCH lists what a caller may change, and `id` isn't among that.",
        why=why,
        response=response,
    )


def _left_out(api: Client, response: Any) -> str:
    """The sentence for a field that was left out, as in a PATCH it may be; empty for anything else."""
    missing = [str(place[-1]) for place in validation.places(response) if place[0] == "body"]
    if place := _other_place(api, response):
        return place
    if not missing or missing != validation.missing(response):
        return ""
    return f"The request leaves {names(missing, last=' and ')} out, and your model wants {'it' if len(missing) == 1 else 'them'}. For a PATCH each field may be left out: give each a default."


def _broken(left: dict[str, Any], before: dict[str, Any], wanted: dict[str, Any]) -> str:
    """The sentence for a 500, by what the store holds now."""
    if any(value is MISSING for value in left.values()):
        return (
            "Your store now holds `MISSING` where a value was, and that isn't JSON. Nobody sent that field. Perhaps you wrote all fields of the model, "
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
    """The sentence for a value that was sent and is not in the answer."""
    document = _document(api)
    operation = next((one for method, _, one in openapi.operations(document) if method == "PATCH"), {})
    fields = _fields_of_the_body(document, operation)
    if fields and name not in fields:
        return f"`{name}` was sent and not stored: your model has no such field any more, so it is ignored."
    if sent is None and now == "":
        return f"`{name}` was sent as null, and came back as an empty text. Those are two different values: store the null."
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
def documentation(habits_router: Any, habits: Any) -> None:
    """Asks that purpose, example and 404 stand in the OpenAPI document, and that they are true."""
    api = client(habits_router, data=lambda: habits)
    document = _document(api)
    gets = [(path, found) for method, path, found in openapi.operations(document) if method == "GET"]
    create = openapi.operation(document, "POST", "/habits")
    read: dict[str, Any] = next((found for path, found in gets if path.startswith("/habits/{")), {})
    routes = {"POST /habits": create, "GET /habits/{habit_id}": read}
    for label, operation in routes.items():
        expect.that(operation, f"There is no `{label}` any more. The addresses should stay as they were.")
    _routes_say_what_they_are_for(routes)
    _shows_examples_that_work(api, document, create)
    _keeps_its_limits(api)
    _keeps_each_habit(api)
    fields = _names_the_404(document, read)
    _sends_the_404_that_it_names(api, fields)
    for (label, operation), status in zip(routes.items(), (201, 200), strict=True):
        _promises_a_habit(document, label, operation, status)


def _routes_say_what_they_are_for(routes: dict[str, dict[str, Any]]) -> None:
    said = {label: _purpose(operation) for label, operation in routes.items()}
    for label, operation in routes.items():
        words = str(operation.get("description", "")).strip()
        name = str(operation.get("summary", ""))
        repeats = words.lower().rstrip(".") == name.lower()
        mistake = "only repeats the function's name" if repeats else "is too short to say anything"
        expect.that(
            not words or len(said[label].split()) >= 3,
            f"The documentation of `{label}` says `{words}`. That {mistake}. Write a sentence that tells a partner what the route is for.",
            why="A partner who does not know your code decides by these words whether this is the route to call.",
        )
        expect.that(
            len(said[label].split()) >= 3,
            f"The documentation of `{label}` does not say what it is for. Write a docstring of a few words below the function's first line.",
            why="FastAPI makes a summary of the function's name. It repeats what the address says already.",
        )
    expect.that(
        len(set(said.values())) == len(routes),
        "Both routes say the same about themselves. A partner reads it to find out which one to call.",
    )


def _purpose(operation: dict[str, Any]) -> str:
    """What an operation says of itself; empty when that is only FastAPI's own summary, made from the function's name."""
    summary = str(operation.get("summary", ""))
    made_from_the_name = operation.get("operationId", "").startswith(summary.lower().replace(" ", "_") + "_")
    description = str(operation.get("description", ""))
    return description if len(description.split()) >= 3 or made_from_the_name else f"{summary} {description}".strip()


def _shows_examples_that_work(api: Client, document: dict[str, Any], create: dict[str, Any]) -> None:
    examples = openapi.examples(document, openapi.json_content(create.get("requestBody", {})))
    expect.that(
        examples,
        "`POST /habits` shows no example request. Put one into the settings of the model for the request: `json_schema_extra` with `examples`.",
        why='Without one, the page makes up `"name": "string"`.',
    )
    for example in examples:
        number = _creates_a_habit(api, example, "the example" if example is examples[0] else "one of the examples")
        _reads_it_again(api, example, number)


def _creates_a_habit(api: Client, example: Any, which: str) -> Any:
    """The id of the habit that is made of an example. The example says what a caller may choose, and nothing else."""
    expect.that(
        not isinstance(example, dict) or "string" not in example.values(),
        'The example says `"string"`, as the one that nobody wrote. Show a habit that somebody could have.',
        why="Whoever presses Execute creates a habit called string.",
    )
    tried = api.post("/habits", json=example)
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
    return number


def _reads_it_again(api: Client, example: dict[str, Any], number: Any) -> None:
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


def _keeps_its_limits(api: Client) -> None:
    for habit, passed, why in (
        ({"name": "Run", "per_week": 8}, "Eight times a week passed.", "A week still has seven days."),
        ({"name": "Run", "per_week": 0}, "Zero times a week passed.", "Something that never happens isn't a habit."),
        ({"name": "", "per_week": 3}, "An empty name passed.", "A habit without a name was never allowed."),
    ):
        said = f"{passed} The limits of the model have to stay: change what the page says, not what the API takes."
        _refuses(api.post("/habits", json=habit), why=why, took=said)


def _keeps_each_habit(api: Client) -> None:
    """Habits at the edge of what the model allows are kept beside one another."""
    why = "The routes work as they did before: the documentation changes, the behavior does not."
    made: dict[Any, dict[str, Any]] = {}
    for habit in ({"name": "Swim", "per_week": 1}, {"name": "Read", "per_week": 7}, {"name": "Walk", "per_week": 2}):
        response = api.post("/habits", json=habit)
        narrow = "Once to seven times a week is allowed, as before. Change what the page says, not what the API takes."
        expect.status(response, 201, why=why, known={422: narrow})
        got = expect.json_body(response, why)
        number = got.get("id") if isinstance(got, dict) else None
        expect.that(number not in made, "Two habits got the same `id`. Leave the numbering as it was.", why, response)
        made[number] = habit
    for number, habit in made.items():
        expect.body(api.get(f"/habits/{number}"), {"id": number, **habit}, why=why)


def _names_the_404(document: dict[str, Any], read: dict[str, Any]) -> dict[str, Any]:
    """The fields that the documentation promises for the body of the 404."""
    expect.that(
        "404" in read["responses"],
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
    return fields


def _sends_the_404_that_it_names(api: Client, fields: dict[str, Any]) -> None:
    absent = api.get("/habits/4711")
    expect.status(absent, 404, why="The documentation says 404, so that is what has to come.")
    came = expect.json_body(absent, why="The body of the 404 was an object with `detail`.")
    expect.that(
        problems.is_fastapis(came) and isinstance(came["detail"], str),
        f"The body of the 404 has changed: it was an object with `detail`, a text, and what comes now is `{absent.text}`. "
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


def _promises_a_habit(document: dict[str, Any], label: str, operation: dict[str, Any], status: int) -> None:
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
    """Asks for a model that is strict in one field, takes text for a date, and refuses unknown fields."""
    api = client(pauses_router)
    quiet = client(pauses_router, raise_server_exceptions=False)
    _books_what_was_sent(api)
    _a_pause_lasts_a_week_by_default(api)
    _refuses_wrong_days(quiet)
    _refuses_wrong_dates(quiet)
    _refuses_unknown_fields(quiet, pauses_router)


def _books_what_was_sent(api: Client) -> None:
    for body in (
        {"from_date": "2027-07-01", "days": 14},
        {"from_date": "2028-02-29", "days": 1},
        {"from_date": "2027-12-24", "days": 60},
    ):
        response = api.post("/pauses", json=body)
        refused = _why_refused(api, response, "from_date", "days")
        if any(one["loc"][-1] == "from_date" and one.get("type") == "date_type" for one in validation.errors(response)):
            refused = (
                "JSON has no dates: a date comes as text, and a strict model wants a `date` object, so in FastAPI it can never be satisfied. "
                "Be strict where it matters, on the field `days`."
            )
        expect.status(response, 201, why="The request is right, and Ana wants to go on holiday.", known={422: refused})
        expect.body(response, body, why="What was booked has to be what was sent.")


def _a_pause_lasts_a_week_by_default(api: Client) -> None:
    week = api.post("/pauses", json={"from_date": "2027-07-01"})
    out = "The request leaves `days` out, which it may: the field had a default."
    expect.status(
        week,
        201,
        why="If nothing is said, a pause lasts a week, as before, and nobody asked to change that.",
        known={422: out if "days" in validation.missing(week) else _why_refused(api, week, "from_date", "days")},
    )
    got = expect.json_body(week, "The answer is the pause.")
    expect.equal(
        got.get("days") if isinstance(got, dict) else got,
        7,
        what="`days` when it is left out",
        why="The default was a week, and nobody asked to change it.",
        response=week,
    )


def _refuses_wrong_days(quiet: Client) -> None:
    checked = quiet.post("/pauses", json={"from_date": "2027-07-01", "days": True})
    _refuses(
        checked,
        why="A form with a checkbox in the wrong place sends this, and somebody's reminders ring on the beach.",
        took=_as_it_came(checked, True)
        or "Coercion made `true` into 1, and the pause lasts one day, as last month. Only `days` has to be strict: `Strict()`.",
    )
    limits = "The limits `ge=1, le=60` have to stay."
    null = "A pause of null days has no end. The default lets a caller leave `days` out; `| None` in the type allows null as well."
    for days, said in (
        ("7", "Text was converted into a number."),
        (2.5, "Two and a half isn't a whole number: look at the type of `days`."),
        (None, null),
        (0, limits),
        (61, limits),
        (-1, limits),
    ):
        response = quiet.post("/pauses", json={"from_date": "2027-07-01", "days": days})
        _refuses(
            response,
            why="`days` takes whole numbers from 1 to 60 and nothing else.",
            took=(isinstance(days, str) and _as_it_came(response, days)) or f"Your API took it. {said}",
        )


def _as_it_came(response: Any, days: object) -> str:
    """The sentence for a value that was kept without being converted; empty for anything else."""
    got = json_or_none(response)
    if not isinstance(got, dict) or got.get("days") != days or type(got["days"]) is not type(days):
        return ""
    return f"Your API kept `{json.dumps(days)}` as it came. `days` has to be an `int`, and strict."


def _refuses_wrong_dates(quiet: Client) -> None:
    for day in ("2027-02-30", "soon"):
        _refuses(
            quiet.post("/pauses", json={"from_date": day, "days": 7}),
            why="There is no such day, and the pause would never begin.",
            took="Your API took a day that does not exist. As `str` it is any text; as `date` it is checked: leave the type and take off the strictness.",
        )
    _refuses(
        quiet.post("/pauses", json={"days": 7}),
        why="A pause begins on some day.",
        took="The request has no `from_date`, and your API took it. Which day did it choose?",
    )


def _refuses_unknown_fields(quiet: Client, router: Any) -> None:
    ignored = 'A field that the model does not know passed. `extra="forbid"` in `model_config` makes it a 422.'
    for body in (
        {"from_date": "2027-07-01", "dyas": 14},
        {"from_date": "2027-07-01", "days": 14, "until": "2027-07-15"},
    ):
        _refuses(
            quiet.post("/pauses", json=body),
            why="With `dyas`, the pause lasts 7 days and not 14, and nobody is told.",
            took=_unknown_setting(router) or ignored,
        )


def _unknown_setting(router: Any) -> str:
    """The sentence for a setting that Pydantic does not know, and ignores; empty when there is none."""
    for route in router.routes:
        for parameter in getattr(getattr(route, "dependant", None), "body_params", []):
            settings = getattr(parameter.field_info.annotation, "model_config", {})
            unknown = sorted(set(settings) - ConfigDict.__optional_keys__ - ConfigDict.__required_keys__)
            if unknown:
                return (
                    f"`{unknown[0]}` isn't a setting of a model. Pydantic ignores a setting that it does not know, and says nothing. "
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
        "platform": "the settings page cannot show what kind of phone it is. That isn't a secret.",
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
    """Asks which field belongs in which model."""
    expect.that(
        isinstance(device_models, dict) and set(device_models) == set(_TOO_LITTLE),
        "`device_models` should stay a dictionary with the keys `DeviceCreate`, `DeviceUpdate` and `DevicePublic`.",
    )
    for model, without in _TOO_LITTLE.items():
        chosen, too_much = device_models[model], _TOO_MUCH[model]
        expect.that(
            isinstance(chosen, Collection) and not isinstance(chosen, str) and chosen != {},
            f'`device_models["{model}"]` should be a set of names, such as `{{"id", "name"}}`.{_instead_of_names(chosen)}',
        )
        unknown = sorted(str(name) for name in chosen if name not in {*without, *too_much})
        expect.that(not unknown, f"`{model}` has a field that the agreement does not name: {', '.join(unknown)}.")
        for name in sorted(too_much):
            expect.that(name not in chosen, f"With `{name}` in `{model}`, {too_much[name]}")
        for name in sorted(without):
            expect.that(name in chosen, f"Without `{name}` in `{model}`, {without[name]}")


def _instead_of_names(chosen: Any) -> str:
    """What to write instead of an empty dictionary or a model; empty for anything else."""
    if chosen == {}:
        return " An empty pair of braces is a dictionary; write `set()`."
    if isinstance(chosen, type) and issubclass(chosen, BaseModel):
        return f" `set({chosen.__name__}.model_fields)` gives those of your model."
    return ""
