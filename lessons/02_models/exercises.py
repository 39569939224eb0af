"""What the exercises of lesson 02 check, and the answers to its predictions."""

import copy
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel

from coursekit import expect
from coursekit.exercise import client, exercise, prediction

prediction("2.p1", answer=422, evidence="response.status_code", choices=(200, 404, 422, 500))
prediction("2.p2", answer=201, evidence="response.status_code", choices=(201, 404, 422, 500))
prediction("2.p3", answer=3, evidence="len(tasks)", choices=(2, 3, 4))
prediction("2.p4", answer=422, evidence="response.status_code", choices=(201, 422, 500))
prediction(
    "2.p5", answer=False, evidence="response.json()['done']", choices=(True, False, "off", "nothing: it is refused")
)
prediction("2.p6", answer=3, evidence="len(leaking)", choices=(0, 1, 2, 3, 4, 5))
prediction("2.p7", answer=None, evidence="tasks[1]['title']", choices=("Pay the rent", "", None))


def _places(response: Any) -> list[list[Any]]:
    """Where the server looked: `loc` of each error of a 422; empty for any other answer."""
    if response.status_code != 422:
        return []
    detail = response.json().get("detail")
    return [error["loc"] for error in detail] if isinstance(detail, list) else []


def _refused_though_right(response: Any, *fields: str) -> dict[int, str]:
    """The sentence for a 422 on a request that is right, by where the server looked for it."""
    places = _places(response)
    if any(loc[0] == "query" for loc in places):
        return {
            422: "Your route takes single values, and those come from the query string. The caller sends them in the body: "
            "describe the body with a model, and make it the type of one parameter."
        }
    if any(len(loc) == 2 and loc[1] not in fields for loc in places):
        return {
            422: "Your route wants more than the caller was told to send. One parameter with a model takes the body as it is; "
            "two of them, or a field that the server sets, ask for more."
        }
    return {422: "This request is right, and your API refuses it."}


@exercise(
    "2.1",
    "A comment without words",
    rules=["E3"],
    hints=[
        "Which of the three fields may be left out, and how does a class say so?",
        "A class that inherits from `BaseModel`, as `TaskCreate` in section 1. In the route, one parameter for the number in the path and one "
        "for the body, whose type is your model.",
        "`class CommentCreate(BaseModel):` with `author: str`, `text: str`, `pinned: bool = False`; then "
        '`def write_comment(task_id: int, comment: CommentCreate)`, and `{"id": comment_id, "task_id": task_id, **comment.model_dump()}`.',
    ],
)
def comments(comments_router: Any) -> None:
    """A model for the body, and the number from the path."""
    api = client(comments_router)
    quiet = client(comments_router, raise_server_exceptions=False)

    first = api.post("/tasks/1/comments", json={"author": "Ana", "text": "Which bread?"})
    expect.status(
        first,
        201,
        why="The phone sends exactly this, and only a 201 tells it that the comment exists.",
        known={
            200: "You left FastAPI's default. A comment has come into being, and 201 says so: `status_code=201` in the decorator.",
            **_without_pinned(first),
        },
    )
    expect.fields(
        first,
        {"id", "task_id", "author", "text", "pinned"},
        why="The phone draws the comment from this answer.",
        known={
            "pinned": "It lacks `pinned`. The caller left it out, so the model has to fill it in: give the field a default, and send the model's fields.",
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
        known=[
            (
                {"task_id": "1", "author": "Ana", "text": "Which bread?", "pinned": False},
                "`task_id` came back as text. A path is text until you say otherwise: annotate the parameter with `int`.",
            )
        ],
        response=first,
    )

    second = api.post("/tasks/2/comments", json={"author": "Ben", "text": "Rye.", "pinned": True})
    expect.status(second, 201, why="A second comment is as good as the first one.")
    expect.equal(
        [second.json().get(name) for name in ("task_id", "author", "text", "pinned")],
        [2, "Ben", "Rye.", True],
        what="`task_id`, `author`, `text` and `pinned` of the second comment",
        why="Each comment belongs to the task in its path and says what its author said.",
        response=second,
    )
    expect.that(
        second.json()["id"] != got["id"],
        "Two comments got the same `id`. Who removes one of them removes the other. Count up, as `save_task` does.",
        response=second,
    )

    typo = quiet.post("/tasks/1/comments", json={"author": "Ana", "txt": "Which bread?"})
    expect.status(
        typo,
        422,
        why="A comment without words is what Ben complained of. The app that sends `txt` can only be mended if somebody tells it.",
        known={
            201: "The body has no `text`, and your API took it: Ana's face, and no words. `text` must have no default, and the body a model, not a dictionary.",
            500: "The body has no `text`, and your function crashed on it. The caller made the mistake; with a model as the parameter's type, "
            "FastAPI refuses the request before your function runs.",
        },
    )
    for body, field in (
        ({"text": "Which bread?"}, "author"),
        ({"author": "Ana", "text": 7}, "text"),
        ({"author": "Ana", "text": "Rye.", "pinned": "perhaps"}, "pinned"),
    ):
        response = quiet.post("/tasks/1/comments", json=body)
        expect.status(
            response,
            422,
            why=f"`{field}` is not what was agreed on, and from here on every program would have to check it again.",
            known={
                201: f"Your API took it, although `{field}` is missing or of the wrong kind. Look at the annotation and the default of that field."
            },
        )


def _without_pinned(response: Any) -> dict[int, str]:
    if ["body", "pinned"] in _places(response):
        return {
            422: "The request leaves `pinned` out, which it may. A field may be left out when it has a default: `pinned: bool = False`."
        }
    return _refused_though_right(response, "author", "text")


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
    refused = {
        "first": "It is still refused.",
        "second": "It is still refused. A number of minutes is a number: half an hour has 30 of them.",
        "third": "It is still refused. `loc` said `query`: the server looks for `channel` behind the question mark, so it belongs in `params`.",
    }
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
        expect.status(response, 201, why="Ben's script sends this again tonight.", known={422: refused[name]})
        expect.body(
            response,
            {"text": text, "minutes": minutes, "channel": channel},
            why="The API takes it, and it is not the reminder that Ben meant.",
        )


def _reminders() -> FastAPI:
    class ReminderCreate(BaseModel):
        text: str
        minutes: int

    app = FastAPI()

    @app.post("/reminders", status_code=201)
    def create_reminder(reminder: ReminderCreate, channel: str) -> dict[str, Any]:
        return {**reminder.model_dump(), "channel": channel}

    return app


@exercise(
    "2.3",
    "The morning routine",
    rules=["E3"],
    hints=[
        "Which of the limits belongs to text, which to a number, which to a list, which is a choice among words? And which model stands inside the other?",
        "Sections 3 and 4 have one of each: `Title`, `Username` for the pattern, `Limit` for a number, `Priority`, and `steps` of `TaskCreate` for a list. "
        "No field has a default. `^` and `$` tie a pattern to both ends.",
        '`color: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]`, '
        "`steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]`, and in the route "
        '`{**routine.model_dump(), "total_minutes": sum(step.minutes for step in routine.steps)}`.',
    ],
)
def routines(routines_router: Any) -> None:
    """Constraints on text, number, choice and list, and a model inside a model."""
    api = client(routines_router)
    quiet = client(routines_router, raise_server_exceptions=False)
    good: dict[str, Any] = {
        "name": "Morning", "color": "#ffaa00", "repeat": "daily",
        "steps": [{"title": "Stretch", "minutes": 5}, {"title": "Tea", "minutes": 10}],
    }  # fmt: skip

    made = api.post("/routines", json=good)
    known = _refused_though_right(made, "name", "color", "repeat", "steps")
    known[200] = "You left FastAPI's default. A routine has come into being: `status_code=201`."
    expect.status(made, 201, why="This is the body from the exercise.", known=known)
    body = expect.json_body(made, why="The phone draws the routine from the answer.")
    expect.that(isinstance(body, dict), "The answer should be the routine: a JSON object.", response=made)
    for field, value in good.items():
        expect.equal(
            body.get(field),
            value,
            what=f"`{field}` of the answer",
            why="The answer is the routine as it was taken.",
            response=made,
        )
    other = {
        **good,
        "repeat": "weekly",
        "steps": [{"title": "Read", "minutes": 2}, {"title": "Run", "minutes": 200}, {"title": "Tea", "minutes": 48}],
    }
    for routine, total in ((good, 15), (other, 250)):
        response = api.post("/routines", json=routine)
        expect.status(response, 201, why="Each of its values is within the limits.")
        expect.equal(
            response.json().get("total_minutes"),
            total,
            what="`total_minutes`",
            why="Ana wants to know when she has to get up.",
            known=[(None, "The answer has no `total_minutes`, and Ana has to add up the steps herself.")],
            response=response,
        )

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
                "The spaces are still there, so two routines can look the same on a screen. `strip_whitespace=True` takes them off.",
            )
        ],
        response=trimmed,
    )
    _edges(api, quiet, good)


def _edges(api: TestClient, quiet: TestClient, good: dict[str, Any]) -> None:
    step = good["steps"][0]
    for change in (
        {"name": "x" * 40},
        {"name": "x"},
        {"repeat": "monthly"},
        {"color": "#0123ef"},
        {"steps": [step]},
        {"steps": [step] * 10},
        {"steps": [{"title": "x" * 100, "minutes": 240}]},
    ):
        expect.status(
            api.post("/routines", json={**good, **change}),
            201,
            why="This is the last value that has to pass.",
            known={
                422: "Your limit is one too narrow, or the pattern leaves something out. `min_length`, `max_length`, `ge` and `le` include the number itself."
            },
        )
    spaces = "A name of spaces passed: the empty bar that cannot be opened. Three spaces are three characters unless `strip_whitespace=True` takes them off first."
    pattern = "A pattern without `^` and `$` only has to fit somewhere in the text. Tie it to both ends."
    inside = "Your API took a step that is not one. Give the list's entries a model of their own, with limits: `list[RoutineStep]`."
    count = "Your API took it. On a list, `min_length` and `max_length` count the entries."
    for change, said in (
        ({"name": "   "}, spaces),
        ({"name": ""}, "An empty name passed: a bar without words. `min_length=1`."),
        ({"name": "x" * 41}, "41 characters passed. `max_length=40`."),
        ({"color": "reddish"}, "Your API took a color that no screen can show. Text with a form needs a `pattern`."),
        ({"color": "#ffaa00ff"}, pattern),
        ({"color": "x#ffaa00"}, pattern),
        (
            {"color": "#ffaa0"},
            "A color with five characters passed. How many does `{6}` ask for, and does the pattern end with `$`?",
        ),
        ({"color": "#ggaa00"}, "`g` passed, and it is no digit of a color: `[0-9a-f]`."),
        (
            {"repeat": "hourly"},
            "Your API took a word that is not among the three. A choice among words is an enum, such as `Priority`.",
        ),
        ({"steps": []}, count),
        ({"steps": [step] * 11}, count),
        ({"steps": [step, {"title": "Tea"}]}, inside),
        ({"steps": [step, {"title": "", "minutes": 5}]}, inside),
        ({"steps": [step, {"title": "x" * 101, "minutes": 5}]}, inside),
        ({"steps": [step, {"title": "Tea", "minutes": 0}]}, inside),
        ({"steps": [step, {"title": "Tea", "minutes": 241}]}, inside),
    ):
        expect.status(
            quiet.post("/routines", json={**copy.deepcopy(good), **change}),
            422,
            why="What gets in here shows up on Ana's phone.",
            known={201: said, 500: "Your function crashed on it. " + inside},
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


@exercise(
    "2.4",
    "The pause that nobody can book",
    rules=["E3"],
    hints=[
        "In what form can JSON carry a date? And what does a strict model want to get?",
        "Section 5: `Strict()` on a field instead of `strict=True` on the model, and another setting in `model_config` for fields that nobody knows.",
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
                422: "JSON has no dates: a date comes as text, and a strict model wants a `date` object, so it can never be satisfied. "
                "Be strict where it matters, on the field `days`."
                if "from_date" in response.text
                else "This request is right. Look at the field that the answer names."
            },
        )
        expect.body(response, body, why="What was booked has to be what was sent.")
    expect.equal(
        api.post("/pauses", json={"from_date": "2027-07-01"}).json().get("days"),
        7,
        what="`days` when it is left out",
        why="The default was a week, and nobody asked to change it.",
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
    for days in ("7", 0, 61, -1, 2.5):
        expect.status(
            quiet.post("/pauses", json={"from_date": "2027-07-01", "days": days}),
            422,
            why="`days` takes whole numbers from 1 to 60 and nothing else.",
            known={
                201: "Your API took it. "
                + ("Text was converted into a number." if days == "7" else "The limits `ge=1, le=60` have to stay.")
            },
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
    for body in (
        {"from_date": "2027-07-01", "dyas": 14},
        {"from_date": "2027-07-01", "days": 14, "until": "2027-07-15"},
    ):
        expect.status(
            quiet.post("/pauses", json=body),
            422,
            why="With `dyas` ignored the pause lasts 7 days and not 14, and nobody is told.",
            known={
                201: 'A field that the model does not know was ignored. `extra="forbid"` in `model_config` makes it an answer.'
            },
        )


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
    "2.5",
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


@exercise(
    "2.6",
    "The invitation that anybody could use",
    rules=["E4"],
    hints=[
        "Which of the five routes in the section above do these two look like?",
        "A bare dictionary lists no fields, and a response that you build yourself passes by the model. For a list, the model is `list[...]`.",
        "`response_model=list[InvitationPublic]` on the first route. In the second, `return invitations[invitation_id]` and `-> dict[str, Any]`.",
    ],
)
def leaks(invitations_router: Any, invitations: Any) -> None:
    """The token stays in, and the documentation promises it."""
    api = client(invitations_router)
    public = {
        5: {"id": 5, "email": "dan@example.com", "accepted": False},
        6: {"id": 6, "email": "eve@example.com", "accepted": True},
        9: {"id": 9, "email": "finn@example.com", "accepted": False},
    }
    invitations.clear()
    invitations.update({number: {**shown, "token": f"secret-{number}"} for number, shown in public.items()})
    why = "Whoever reads the token may join Ana's list."

    everything = api.get("/invitations")
    expect.status(everything, 200, why="The page of pending invitations asks for this.")
    expect.fields(
        everything,
        {"id", "email", "accepted"},
        why=why,
        known={
            "token": "The list still gives the token away: what it declares lets more through than the three fields. "
            "A dictionary lists no fields, and `A | B` takes the larger one. Name one response model for the entries."
        },
    )
    expect.body(everything, list(public.values()), why="All invitations belong on the page, each with its own values.")

    for number, shown in public.items():
        one = api.get(f"/invitations/{number}")
        expect.status(one, 200, why="It exists.")
        expect.fields(
            one,
            {"id", "email", "accepted"},
            why=why,
            known={
                "token": "One invitation still gives its token away. Is a response model there, and does the record pass by it? "
                "A response that you build yourself is sent as it is: return the record and let FastAPI build the response."
            },
        )
        expect.body(one, shown, why="Only the token has to go.")
    missing = api.get("/invitations/7")
    expect.status(missing, 404, why="An invitation that does not exist was a 404 before, and still is.")

    for number in public:
        expect.that(
            invitations.get(number, {}).get("token") == f"secret-{number}",
            "After your route answered, the token is gone from the store, and the link in the mail works for nobody. Leave the record as it is, and filter on the way out.",
        )
    document = api.get("/openapi.json").json()
    for path, item in document["paths"].items():
        operation = item.get("get", {})
        promised = _promised(document, operation, "200")
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


def _promised(document: dict[str, Any], operation: dict[str, Any], status: str) -> set[str]:
    """The fields that the OpenAPI document promises for an answer; of a list, those of its entries."""
    content = operation.get("responses", {}).get(status, {}).get("content", {}).get("application/json", {})
    return set(_properties(document, content.get("schema", {})))


def _properties(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The properties of a schema, through references, lists and alternatives."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return _properties(document, document["components"]["schemas"][name])
    if "items" in schema:
        return _properties(document, schema["items"])
    found = dict(schema.get("properties", {}))
    for part in [*schema.get("anyOf", []), *schema.get("oneOf", []), *schema.get("allOf", [])]:
        found |= _properties(document, part)
    return found


@exercise(
    "2.7",
    "The list that came back from the archive",
    rules=["E1", "E3"],
    hints=[
        'What does the request `{"name": "Party"}` say about `archived`, and what does the model make of it?',
        "Two places in section 7: what `model_dump` gives for a field that nobody sent, and how a field may be absent without being allowed to be null.",
        "`name: Title | MISSING = MISSING`, the same for `archived`, `note: str | None = None`, and `changes.model_dump(exclude_unset=True)`.",
    ],
)
def partial(lists_router: Any, saved_lists: Any) -> None:
    """Absent, null and a value are three different messages."""
    api = client(lists_router, raise_server_exceptions=False)
    groceries = {"id": 1, "name": "Groceries", "note": "Saturday", "archived": False}
    move = {"id": 2, "name": "Move to Graz", "note": None, "archived": True}

    def ask(number: int, change: dict[str, Any]) -> Any:
        saved_lists.clear()
        saved_lists.update({1: dict(groceries), 2: dict(move)})
        return api.patch(f"/lists/{number}", json=change)

    def stored() -> dict[str, Any]:
        record = saved_lists[2]
        return {name: record[name] if isinstance(record, dict) else getattr(record, name) for name in move}

    renamed = ask(2, {"name": "Moved to Graz"})
    expect.status(
        renamed,
        200,
        why="Ben only wants another name.",
        known={
            422: "The request changes one field, and your model wants more. For a PATCH each field may be left out: give each a default.",
            500: "The answer broke its own promise, so the server sent none: the store now holds a list with a hole in it. "
            "What nobody sent must not be written: which fields does `model_dump` give you?",
        },
    )
    expect.body(
        renamed,
        {**move, "name": "Moved to Graz"},
        why="What is not sent stays as it was.",
        known=[
            (
                {**move, "name": "Moved to Graz", "archived": False},
                "The list came back from the archive. Nobody sent `archived`, so its default went over what was stored. "
                "`exclude_unset=True` gives only what was sent.",
            )
        ],
    )
    kept = ask(1, {"name": "Food"})
    expect.body(
        kept,
        {**groceries, "name": "Food"},
        why="What is not sent stays as it was.",
        known=[
            (
                {**groceries, "name": "Food", "note": None},
                "The note is gone, and nobody sent one. `exclude_unset=True` gives only what was sent.",
            )
        ],
    )
    emptied = ask(1, {"note": None})
    expect.status(
        emptied,
        200,
        why="Ana empties the note: null is what she means.",
        known={422: "Null was refused for `note`, the one field that may be empty: `str | None`."},
    )
    expect.body(
        emptied,
        {**groceries, "note": None},
        why="Absent says: leave it. Null says: empty it.",
        known=[
            (
                groceries,
                "The note is still there. `exclude_none=True` drops the null that Ana sent, as if she had sent nothing.",
            )
        ],
    )
    back = ask(2, {"archived": False, "note": "Keys are at Cleo's"})
    expect.status(back, 200, why="Who sends `archived` means it.")
    expect.body(
        back,
        {**move, "archived": False, "note": "Keys are at Cleo's"},
        why="A value that happens to be the default is still a value that was sent.",
        known=[
            (
                {**move, "note": "Keys are at Cleo's"},
                "`archived: false` was sent and not stored: it is equal to the default, and `exclude_defaults=True` drops it. Ask what was sent, not what differs.",
            )
        ],
    )
    expect.body(ask(2, {}), move, why="A PATCH that says nothing changes nothing.")

    for change, field in (
        ({"name": None}, "name"),
        ({"archived": None}, "archived"),
        ({"note": "x", "name": None}, "name"),
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
        expect.equal(
            stored(),
            move,
            what="the list after a refused request",
            why="A request that is refused changes nothing.",
            response=response,
        )
    expect.status(
        ask(2, {"name": "   "}),
        422,
        why="A list without a name was never allowed.",
        known={200: "A name of spaces passed. The constraint of `Title` has to stay."},
    )
    expect.status(ask(3, {"name": "Food"}), 404, why="There is no list 3. It was a 404 before, and still is.")


@exercise(
    "2.8",
    "The page that told nobody anything",
    rules=["E7", "E4"],
    hints=[
        "Which of the four points can FastAPI read from annotations, and which must you write down?",
        "Section 8 shows all: the docstring, `json_schema_extra` in the model's settings, `responses` in the decorator with the model `Problem`. Section 6 has the response model.",
        '`model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})` in `HabitCreate`, a docstring in each function, '
        '`response_model=HabitPublic` on both, and `responses={404: {"model": Problem, "description": "There is no such habit."}}` on the second.',
    ],
)
def documentation(habits_router: Any) -> None:
    """Purpose, example, 404 and response fields stand in the OpenAPI document, and they are true."""
    api = client(habits_router)
    document = api.get("/openapi.json").json()
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
        expect.that(
            len(said[label].split()) >= 3,
            f"The documentation of `{label}` does not say what it is for. Write a docstring of a few words below the function's first line.",
            why="FastAPI makes a summary of the function's name. It repeats what the address says already.",
        )
    expect.that(
        len(set(said.values())) == 2,
        "Both routes say the same about themselves. A partner reads it to find out which one to call.",
    )

    example = _example(document, create)
    expect.that(
        example is not None,
        "`POST /habits` shows no example request. Put one into the settings of the model for the request: `json_schema_extra` with `examples`.",
        why='Without one, the page makes up `"name": "string"`.',
    )
    tried = api.post("/habits", json=example)
    expect.status(
        tried,
        201,
        why="The first thing that a partner does is press Execute on your example.",
        known={
            422: "Your own API refuses the example in its documentation. Compare it with the model, its fields and its limits."
        },
    )
    number = tried.json().get("id")
    expect.that(
        number is not None,
        "The answer to `POST /habits` has no `id` any more. The model that you declared for it is the one for the request, and it filters the `id` out.",
        why="The watch cannot ask for a habit whose number it does not know.",
        response=tried,
    )
    expect.equal(
        api.get(f"/habits/{number}").json(),
        {"id": number, **example},
        what="the habit, read again",
        why="The documentation changes, the behavior does not.",
    )
    expect.status(
        api.post("/habits", json={"name": "Run", "per_week": 8}),
        422,
        why="A week still has seven days.",
        known={201: "Eight times a week passed. The limits of the model have to stay."},
    )

    problem = read["responses"].get("404")
    expect.that(
        problem is not None,
        "`GET /habits/{habit_id}` answers 404 for a habit that is not there, and its documentation does not name it. FastAPI cannot see which exceptions a function raises: "
        "`responses={404: ...}` in the decorator.",
        why="A watch that was never told of the 404 crashes on the first habit that somebody removes.",
    )
    fields = _properties(document, problem.get("content", {}).get("application/json", {}).get("schema", {}))
    expect.that(
        fields,
        'The 404 is named, but not what its body looks like. Give it a model: `{"model": Problem, "description": ...}`.',
        why="A program that reads the answer needs to know the field `detail`.",
    )
    absent = api.get("/habits/4711")
    expect.status(absent, 404, why="The documentation says 404, so that is what has to come.")
    expect.that(
        set(fields) == set(absent.json()) and fields["detail"].get("type", "string") == "string",
        f"The documentation says that the body of the 404 has {', '.join(f'`{name}`' for name in sorted(fields))}; what comes is `{absent.text}`. "
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


def _purpose(operation: dict[str, Any]) -> str:
    """What an operation says of itself; empty when that is only FastAPI's own summary, made from the function's name."""
    summary = str(operation.get("summary", ""))
    made_from_the_name = operation.get("operationId", "").startswith(summary.lower().replace(" ", "_") + "_")
    description = str(operation.get("description", ""))
    return description if len(description.split()) >= 3 or made_from_the_name else f"{summary} {description}".strip()


def _example(document: dict[str, Any], operation: dict[str, Any]) -> Any:
    """The example request that the docs show: of the body, of its model, or made of the fields' examples. None when there is none."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    if "example" in content:
        return content["example"]
    if content.get("examples"):
        return next(iter(content["examples"].values())).get("value")
    schema = content.get("schema", {})
    if "$ref" in schema:
        schema = {**document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], **schema}
    if schema.get("examples"):
        return schema["examples"][0]
    if "example" in schema:
        return schema["example"]
    fields = _properties(document, schema)
    parts = {name: field["examples"][0] for name, field in fields.items() if field.get("examples")}
    return parts if parts and set(schema.get("required", [])) <= set(parts) else None
