"""What the exercises of lesson 11 check, and the answers to its predictions. Claims are asked of running services; references must lead somewhere."""

import ast
import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from fastapi import FastAPI, Header, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from app_snippets.tasks_api.context import Context
from coursekit.author import NotYet, client, describe, exercise, expect, openapi, prediction
from coursekit.author.responses import json_or_none
from coursekit.author.routes import dependencies
from coursekit.author.users import PASSWORD, bearer
from coursekit.course.lessons import this_course
from coursekit.course.render import brief
from coursekit.course.words import names, series
from coursekit.notebook.serve import Server

ROOT = this_course().root
SERVICE = "app_snippets/tasks_api"

prediction("11.p1", answer=400, evidence="answer[0]", choices=(200, 400, 404, 422))
prediction("11.p2", answer=403, evidence="answer[0]", choices=(200, 401, 403, 404))
prediction("11.p3", answer=False, evidence="titles != steps", choices=(True, False))
prediction("11.p4", answer=6, evidence="held_today", choices=(0, 2, 3, 6, 14))
prediction("11.p5", answer=422, evidence="response.status_code", choices=(200, 404, 405, 422))
prediction("11.p6", answer=False, evidence="still_there", choices=(True, False))
prediction("11.p7", answer=401, evidence="answers[2][0]", choices=(200, 400, 401, 403))

PATH = "/api/v1/tasks"

# The lists that the specs describe, in memory, so that one flaw can be put into each.


class _Task(NamedTuple):
    title: str
    done: bool = False
    due_date: str | None = None
    priority: str = "normal"


AT_FIRST = [_Task("Buy milk"), _Task("Call the dentist", done=True)]
"""Ana's tasks when the service begins."""
TASKS = {
    "ana": [*AT_FIRST, _Task("Save 100% of the receipts"), _Task("Read snake_case aloud")],
    "carla": [_Task("Water the plants"), _Task("Milk the goat")],
    "ben": [],
}
"""Everybody's tasks in the spec for search."""
DATED = {
    "ana": [*AT_FIRST, _Task("Pay the rent", due_date="2031-06-01"), _Task("Book a table", due_date="2031-06-09")],
    "carla": [_Task("Water the plants"), _Task("Pay the gardener", True, "2031-06-02", "high")],
    "ben": [],
}
"""Everybody's tasks in the spec for `due_before`. Carla's is done and urgent, because a change must not look at that."""


class _Page(BaseModel):
    model_config = ConfigDict(extra="forbid")

    done: bool | None = None
    priority: Literal["low", "normal", "high"] | None = None
    sort: Literal["id", "title", "due_date"] = "id"
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0)] = 0

    def filtered(self, tasks: list[_Task]) -> list[_Task]:
        """Return the tasks that were asked for."""
        return [task for task in tasks if self.done in (None, task.done) and self.priority in (None, task.priority)]

    def titles(self, tasks: list[_Task]) -> list[dict[str, str]]:
        """Return the page, sorted."""
        if self.sort == "title":
            tasks = sorted(tasks, key=lambda task: task.title)
        if self.sort == "due_date":
            tasks = sorted(tasks, key=lambda task: task.due_date or str(date.max))
        return [{"title": task.title} for task in tasks[self.offset :][: self.limit]]


class _Search(_Page):
    q: str | None = None


class _Due(_Page):
    due_before: date | None = None


def _search(flaw: str = "") -> FastAPI:
    """Return the search that was agreed, with one flaw or none."""
    app = FastAPI(exception_handlers={RequestValidationError: _not_valid})

    @app.get(PATH)
    async def search(wanted: Annotated[_Search, Query()], authorization: Annotated[str, Header()] = "") -> Any:
        who = _caller(authorization, flaw)
        q = None if wanted.q is None or flaw == "ignored" else wanted.q.strip()
        if (q is not None and _is_refused(q, flaw)) or (wanted.q is None and flaw == "q is required"):
            return _fault(["q"])
        seen = [task for owner in TASKS if owner == who or flaw == "everybody" for task in TASKS[owner]]
        found = [task for task in seen if q is None or _is_found(q, task.title, flaw)]
        if not (q and flaw == "filters"):
            found = wanted.filtered(found)
        if not found and q and flaw == "nothing found":
            raise HTTPException(404)
        return _Page().titles(found) if q and flaw == "pages" else wanted.titles(found)

    return app


def _is_refused(q: str, flaw: str) -> bool:
    """Whether the text is one that S5 of the spec refuses."""
    return (q == "" and flaw != "empty") or ((len(q) > 100 or "\0" in q) and flaw != "any text")


def _is_found(q: str, title: str, flaw: str) -> bool:
    if flaw == "capitals":
        return q in title
    if flaw == "whole words":
        return q.lower() in title.lower().split()
    pattern = re.escape(q.lower())
    if flaw == "wildcards":
        pattern = pattern.replace("%", ".*").replace("_", ".")
    return re.search(pattern, title.lower()) is not None


def _due(flaw: str = "") -> FastAPI:
    """Return the list with `due_before`, with one flaw or none."""
    app = FastAPI(exception_handlers={RequestValidationError: _not_valid})

    @app.get(PATH)
    async def list_tasks(wanted: Annotated[_Due, Query()], authorization: Annotated[str, Header()] = "") -> Any:
        tasks, day = DATED[_caller(authorization, flaw)], wanted.due_before
        found = [task for task in tasks if day is None or _is_due(task, str(day), flaw)]
        return wanted.titles(wanted.filtered(found))

    return app


def _is_due(task: _Task, day: str, flaw: str) -> bool:
    if task.due_date is None:
        return flaw == "lists tasks without a date too"
    return task.due_date < day or (task.due_date == day and flaw == "counts the day itself")


def _caller(authorization: str, flaw: str) -> str:
    """Return the caller's name. A stranger is refused with 401, and Ben, whose account is closed, with 403."""
    who = authorization.removeprefix("Bearer ") or ("ana" if flaw == "strangers" else "")
    if who not in TASKS:
        raise HTTPException(401)
    if who == "ben" and flaw != "closed accounts":
        raise HTTPException(403)
    return who


async def _not_valid(_: Request, error: RequestValidationError) -> JSONResponse:
    return _fault([str(one["loc"][1]) for one in error.errors()])


def _fault(fields: list[str]) -> JSONResponse:
    return JSONResponse({"field_errors": {field: [] for field in fields}}, 400)


# A service, and examples of what it answers.

Answer = tuple[int, list[str]]
"""A status, and the titles of a 200 or the fields at fault of an error."""


class _Service:
    """A service, asked as one of its users, or as a stranger (None). In memory, a name is a token."""

    def __init__(self, app: Any, token: Callable[[Any, str], str] = lambda _, who: who, **options: Any) -> None:
        self.api: Any = client(app, **options)
        self._token = cache(lambda who: token(self.api, who))

    def headers(self, who: str | None) -> dict[str, str]:
        """Return the headers with which somebody asks."""
        return {} if who is None else bearer(self._token(who))

    def get(self, who: str | None, path: str) -> Any:
        """Return the whole response."""
        return self.api.get(path, headers=self.headers(who))

    def ask(self, who: str | None, path: str) -> Answer:
        """Return the response's status, with its titles or its fields at fault."""
        return _read(self.get(who, path))


def _read(response: Any) -> Answer:
    body = json_or_none(response)
    if response.status_code == 200 and isinstance(body, list):
        return 200, [one.get("title", "?") if isinstance(one, dict) else str(one) for one in body]
    faults = body.get("field_errors") if isinstance(body, dict) else None
    return response.status_code, list(faults) if isinstance(faults, dict | list) else []


class Example(NamedTuple):
    """A request that somebody makes, and what they get."""

    who: str | None
    path: str
    answer: Answer

    def __str__(self) -> str:
        status, told = self.answer
        return f"`{(self.who or 'nobody')}` asks `GET {self.path}` → {status} {told}"

    def answer_of(self, service: _Service) -> Answer:
        """Return what a service answers."""
        return service.ask(self.who, self.path)


def _examples(given: Any, name: str) -> list[Example]:
    """Return the learner's examples, once each has its four parts."""
    expect.that(
        isinstance(given, list | tuple) and given,
        f"`{name}` should be a list of examples `(who, path, status, answer)`; it is {describe(given)}.",
    )
    for number, one in enumerate(given, 1):
        expect.that(
            _are_rows([one], 4),
            f"Example {number} of `{name}` doesn't have the four parts `(who, path, status, answer)`: it is {describe(one)}.",
        )
        who, path, status, answer = one
        expect.that(
            who in (None, *TASKS),
            f'Example {number} is sent by {describe(who)}. `who` should be `"ana"`, `"ben"`, `"carla"` or `None`.',
        )
        expect.that(
            _is_path(path, PATH),
            f"Example {number} asks for {describe(path)}. The path should be that of the list: `{PATH}`, alone or with a `?` and parameters.",
        )
        expect.that(
            isinstance(status, int), f"Example {number} has {describe(status)} for a status. It should be a number."
        )
        expect.that(
            isinstance(answer, list | tuple),
            f"Example {number} has {describe(answer)} for an answer. It should be a list of titles, or of fields at fault.",
        )
    return [Example(who, path, (status, list(answer))) for who, path, status, answer in given]


def _all_hold(
    examples: list[Example],
    service: _Service,
    untrue: str = "doesn't hold",
    answers: str = "What came back is",
    why: str = "An example that nobody has run is a guess.",
) -> None:
    for number, example in enumerate(examples, 1):
        got = example.answer_of(service)
        sentence = f"Example {number} {untrue}: {example}. {answers} {got[0]} {got[1]}."
        expect.that(got == example.answer, sentence, why=why)


def _are_rows(given: Any, width: int) -> bool:
    """Whether this is a list of tuples, or the like, of so many parts."""
    return isinstance(given, list | tuple) and all(isinstance(one, tuple | list) and len(one) == width for one in given)


def _is_path(path: Any, start: str) -> bool:
    """Whether this is that path, with or without a query, and can be sent."""
    return isinstance(path, str) and bool(re.fullmatch(re.escape(start) + r"(\?[^\x00-\x1f\x7f\ud800-\udfff]*)?", path))


Several = (set, frozenset, list, tuple)
"""The types in which somebody may give several things."""


def _is_file(path: Any) -> bool:
    return isinstance(path, str) and not Path(path).is_absolute() and ".." not in path and (ROOT / path).is_file()


# The learner's edits of the real service, and the citations of what they change.

Edits = list[tuple[str, str, str]]
TO_SEARCH = [*(("ana", task) for task in TASKS["ana"][2:]), ("carla", TASKS["carla"][1])]
"""The tasks that the spec for search adds to those with which the service begins."""
WITH_DATES = [(who, task) for who, tasks in DATED.items() for task in tasks if task.due_date]
"""The tasks that the spec for `due_before` adds to them."""


@contextmanager
def _running(
    working_copy: Any, edits: Any, what: str, more: Sequence[tuple[str, _Task]] = TO_SEARCH
) -> Iterator[_Service]:
    """Yield the service with the edits, and with more tasks."""
    with ExitStack() as stack:
        try:
            service = _Service(stack.enter_context(working_copy(edits)), _log_in, raise_server_exceptions=False)
        except (SyntaxError, NameError, ImportError, AttributeError) as error:
            raise NotYet(
                f"With {what[:1].lower()}{what[1:]}, the service doesn't start: `{type(error).__name__}: {str(error)[:200]}`.",
                why="Code that is handed over runs.",
            ) from error
        except ValueError as error:
            raise NotYet(
                f"{what} can't be made: {str(error)[:200]}. The old lines of an edit must be in the file exactly once."
            ) from error
        for who, task in more:
            service.api.post(PATH, json=task._asdict(), headers=service.headers(who))
        yield service


def _log_in(api: Any, who: str) -> str:
    form = {"username": who, "password": PASSWORD}
    return str(api.post("/api/v1/token", data=form).json()["access_token"])


def _edits(given: Any, name: str) -> Edits:
    """Return the learner's edits, once each has its three parts."""
    right = _are_rows(given, 3) and all(isinstance(part, str) for one in given for part in one)
    expect.that(right, f"`{name}` should be a list of edits, each of three texts: `(file, old lines, new lines)`.")
    for file, _, _ in given:
        expect.that(
            _is_file(f"{SERVICE}/{file}"),
            f"`{name}` changes `{file}`, and the service has no such file. `MODEL_FILE` and `SERVICE_FILE` are names of two.",
        )
    return [tuple(one) for one in given]


class _Change(NamedTuple):
    """The difference in one file: all its lines now, the numbers of the new ones, and the old lines that are gone."""

    lines: list[str]
    added: list[int]
    removed: list[str]


def _changes(edited: Any, edits: Edits) -> dict[str, _Change]:
    """Return the difference in each file that the edits change."""
    found = {}
    for file, text in edited(edits).items():
        old, new = _before(file).splitlines(), text.splitlines()
        added: list[int] = []
        removed: list[str] = []
        for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                added += range(j1 + 1, j2 + 1)
                removed += old[i1:i2]
        remaining = iter(new)
        if all(line in remaining for line in old):  # difflib does not always find the shortest way
            removed = []
        if added or removed:
            found[file] = _Change(new, added, removed)
    return found


def _before(file: str) -> str:
    return (ROOT / SERVICE / file).read_text(encoding="utf-8")


CITATION = re.compile(r"(\d+):(\d+):([\w./-]+)")


def _citations(given: Any, edited: Any, edits: Edits, name: str) -> None:
    """Expect each citation to lead somewhere and to be no wider than what it cites, and all changed lines to be cited."""
    expect.that(
        isinstance(given, list | tuple | set) and given and all(isinstance(one, str) for one in given),
        f"`{name}` should be a list of citations `start:end:path`. It is {_in_order(given)}.",
        why="Whoever reads it wants to open the place, not to search for it.",
    )
    changes = _changes(edited, edits)
    changed = {(file, number) for file, change in changes.items() for number in change.added}
    cited = set()
    for citation in given:
        lines = _cited_lines(citation, changes)
        expect.that(
            lines & changed,
            f"Nothing has changed in `{citation}`, and `{name}` cites it.",
            why="A reviewer who opens a place where nothing changed no longer trusts the other citations.",
        )
        cited |= lines
    for file, number in sorted(changed - cited):
        line = changes[file].lines[number - 1].strip()[:60]
        raise NotYet(
            f"Line {number} of `{file}` has changed (`{line}`), and no citation in `{name}` includes it. Cite the file as it is after the change.",
            why="A change that isn't cited won't be reviewed.",
        )


def _cited_lines(citation: str, changes: dict[str, _Change]) -> set[tuple[str, int]]:
    """Return the lines of a citation, each with its file."""
    found = CITATION.fullmatch(citation)
    if found is None:
        raise NotYet(
            f"`{citation}` isn't a citation. A citation has the form `start:end:path`, as in `19:37:app_snippets/…`."
        )
    start, end, path = int(found[1]), int(found[2]), found[3]
    file = path.removeprefix(f"{SERVICE}/")
    expect.that(
        path.startswith(f"{SERVICE}/"), f"`{citation}`: a path begins at the course's folder, as in `{SERVICE}/…`."
    )
    expect.that(file in changes, f"`{citation}` cites `{path}`, which the change doesn't touch.")
    lines = changes[file].lines
    expect.that(
        1 <= start <= end <= len(lines),
        f"The file has no lines {start} to {end}, so `{citation}` leads nowhere. The file has {len(lines)} lines.",
        why="A citation that leads nowhere is worse than none: it looks checked.",
    )
    expect.that(
        (start, end) in _definitions("\n".join(lines)) or end - start < 5,
        f"`{citation}` has more than five lines, and after the change it isn't a whole function or class. `cite(..., edits)` makes the citation.",
        why="If a citation is too long, or its lines have moved, the reader has to search again.",
    )
    return {(file, number) for number in range(start, end + 1)}


def _definitions(text: str) -> dict[tuple[int, int], str]:
    """Return where each function and class of a module begins and ends, and its name."""
    return {
        (node.lineno, node.end_lineno or node.lineno): node.name
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }


# 11.1

OURS = {"`in`, or `find`?": "How you compare", "in the route, or in a service?": "Where the code goes"}


@exercise(
    "11.1",
    "Five questions, three for Jonas",
    rules=["F1"],
    hints=[
        "What would Jonas have to look at, to see which reading was built? If there is nothing, the question is yours.",
        'For each question, look for a note on which the readings disagree: a word in a step, a part of a word, a note of Carla. Try it: `both(*readings["my tasks, or everybody\'s?"], "/tasks?q=...")`.',
        'Parts of words: "mil" is in "Buy milk", and it isn\'t a word. Two of the five are `None`: no request can see where the code is, or how it compares.',
    ],
)
def questions(telling: Any, readings: Any) -> None:
    """Ask for requests that tell the readings apart, and for `None` where no request can."""
    expect.that(isinstance(telling, dict), f"`telling` should be a dict: question → path. It is {describe(telling)}.")
    expect.that(
        isinstance(readings, dict) and len(readings) == 5,
        "`readings` no longer has its five pairs. Put the exercise's cell back as it was given, with your paths in it.",
    )
    for question, pair in readings.items():
        path = telling.get(question, ...)
        expect.that(path is not ..., f"The question “{question}” has no answer yet: a path, or `None`.")
        if path is not None:
            _tells_apart(path, question, pair)
            continue
        expect.that(
            question in OURS,
            f"“{question}” is a question for Jonas: there is a request on which the two readings answer differently. Look at `notes` for one that only one reading finds.",
            why="If nobody asks about something that a client can see, somebody decides it by accident.",
        )


def _tells_apart(path: Any, question: str, readings: Any) -> None:
    expect.that(
        _is_path(path, "/tasks"),
        f"For “{question}” you give {describe(path)}. A path is `/tasks` with a `?` and parameters, as in `/tasks?q=egg`.",
    )
    one, other = (client(app).get(path) for app in readings)
    expect.status(one, 200, why="A request that is refused shows nothing about what search means.")
    sees = f"`GET {path}` gets the same from both: {_read(one)[1]}."
    if question in OURS:
        raise NotYet(
            f"{sees} For “{question}”, that is so for every request. {OURS[question]} is your decision: write `None`.",
            why="A question whose answer nobody can see costs the other side an hour, and you the trust.",
            response=one,
        )
    expect.that(
        _read(one) != _read(other),
        f"{sees} It doesn't tell the readings of “{question}” apart. Which note would only one of them find?",
        why="With this request in the question, Jonas answers “yes” and nobody has learned anything.",
        response=one,
    )


# 11.2

HOLES = {
    "everybody": "finds Carla's tasks for Ana too",
    "strangers": "answers somebody without a token, as if it were Ana",
    "closed accounts": "lets Ben search, whose account is closed",
    "capitals": "finds only what is written with the same capitals",
    "whole words": "finds whole words only",
    "wildcards": "takes `%` and `_` for wildcards, as SQL does",
    "filters": "forgets `done` as soon as there is a `q`",
    "empty": "finds everything for an empty `q`, with 200",
    "nothing found": "answers 404 when nothing is found",
}


@exercise(
    "11.2",
    "A spec with holes",
    rules=["P1", "F4"],
    hints=[
        "For each sentence of what has been agreed: which request would show that it is broken? Think of a lazy colleague who builds exactly what the examples say, and no more.",
        'Who asks is part of an example. Ask as `None` and as `"ben"`. Ask for `%25`, for capitals, for a part of a word, for nothing, for a word that nobody has, and with `&done=true`.',
        '`(None, "/api/v1/tasks?q=milk", 401, [])` and `("ana", "/api/v1/tasks?q=", 400, ["q"])` close two holes. `q=MILK` can close two at once: Carla has a goat.',
    ],
)
def holes(search_examples: Any) -> None:
    """Ask for examples that hold for the search that was agreed, and of which each wrong one breaks one."""
    examples = _examples(search_examples, "search_examples")
    _all_hold(
        examples,
        _Service(_search()),
        "isn't what was agreed",
        "The search that was agreed on answers",
        why="If somebody builds what this example says, they build the wrong thing.",
    )
    for flaw, words in HOLES.items():
        wrong = _Service(_search(flaw))
        expect.that(
            any(example.answer_of(wrong) != example.answer for example in examples),
            f"There is a hole: all your {len(examples)} examples hold for an API that {words}.",
            why="If the spec doesn't forbid it, somebody will build it.",
        )


# 11.3

STEPS: dict[str, tuple[set[int], str]] = {  # the articles that each step breaks, if any; and why
    "a": (set(), "It has a type with limits, and old clients may leave it out, as articles 1 and 4 want."),
    "b": ({4}, "A stranger's text becomes a part of the SQL, so `q=' OR 1=1 --` is read as SQL, not as text."),
    "c": ({2}, "A `JSONResponse` is HTTP. A night job that uses the service has no use for it."),
    "d": ({3}, "Carla is an admin, and Ana's tasks are still Ana's. Jonas said so too: everybody finds their own tasks only."),
    "e": ({7, 9}, "A package has to be looked after for years, and no sentence of the spec asks for this one."),
    "f": (set(), "A list with nothing in it is a list. 404 would say that the address does not exist."),
    "g": ({6}, "What people search for is what they have written. In a log it is kept for years and read by many."),
    "h": (set(), "It keeps the promise to today's clients, and says how that is shown."),
    "i": ({8}, "A change without its tests is finished when somebody else finds the bug."),
}  # fmt: skip


@exercise(
    "11.3",
    "A plan that breaks the law",
    rules=["P2", "F3"],
    hints=[
        "Take the articles one after the other, not the steps. For article 3: which step makes it untrue? Then article 4.",
        "Ask of each step: who could be harmed by it? A stranger who sends `'`, a customer whose words are read, a night job, the one who updates packages.",
        "Three steps are fine. The others break articles 2, 3, 4, 6, 8 and one about what somebody has to look after for years.",
    ],
)
def law(breaks: Any) -> None:
    """Ask for an article that each bad step breaks, and for `None` at the steps that are fine."""
    text = (ROOT / ".specify/memory/constitution.md").read_text(encoding="utf-8")
    articles = {int(number): name for number, name in re.findall(r"^(\d+)\. \*\*(\w+)\.\*\*", text, re.MULTILINE)}
    expect.that(isinstance(breaks, dict), f"`breaks` should be a dict: step → article. It is {describe(breaks)}.")
    for step, (broken, reason) in STEPS.items():
        given = breaks.get(step, ...)
        expect.that(given is not ..., f"Step {step} has no answer yet: the number of an article, or `None`.")
        expect.that(
            given is None or (type(given) is int and given in articles),
            f"For step {step} you give {describe(given)}. It should be the number of an article, 1 to {max(articles)}, or `None`.",
        )
        named = f"article {given}, {articles.get(given, '')}"
        if not broken:
            expect.that(
                given is None,
                f"You say that step {step} breaks {named}. It doesn't. {reason}",
                why="If you stop everything, people soon stop asking you.",
            )
            continue
        expect.that(
            given is not None,
            f"You let step {step} pass, and it breaks an article. Who is harmed if it is built?",
            why=reason,
        )
        expect.that(
            given in broken,
            f"Step {step} does break an article, but not first of all {named}. Read the articles again: which of them becomes untrue?",
            why=reason,
        )


# 11.4

CRITERIA = {
    "link": "a `GET` with the same address finds the result again",
    "filters": "`done=false` keeps the dentist, who is done, out of the result",
    "shape": "the answer is more than the list",
    "private": "the text isn't in the address",
}
CUSTOMERS = {"Jonas": ("Jonas", {"filters", "link"}), "clinic": ("the clinic", {"private"})}
"""The name of each customer in a sentence, and the criteria that an option must meet for them."""


@exercise(
    "11.4",
    "Two customers, two decisions",
    rules=["F2"],
    hints=[
        "Each criterion is a request. Send it to A, B and C, as in the cell above the exercise, before you write a letter.",
        "`link`: which of the three is asked with a `GET` whose address holds the text? `private` is the other side of the same coin. `shape`: which answers have a `count`?",
        "Jonas: the option that meets both `filters` and `link`. Its price is a criterion that it does not meet and another option does.",
    ],
)
def choice(facts: Any, decisions: Any, options: Any) -> None:
    """Ask for facts that the options confirm, and for choices that meet each need and name a price."""
    expect.that(
        isinstance(options, dict) and set(options) >= {"A", "B", "C"},
        "`options` no longer has the three apps. Run the cells of section 4 again.",
    )
    true = _facts(options)
    expect.that(
        isinstance(facts, dict), f"`facts` should be a dict: criterion → set of options. It is {describe(facts)}."
    )
    for name, meaning in CRITERIA.items():
        expect.that(name in facts, f"`facts` says nothing about `{name}`. Which options meet it?")
        given = facts[name]
        expect.that(
            isinstance(given, Several) and all(one in ("A", "B", "C") for one in given),
            f'For `{name}`, `facts` has {_in_order(given)}. It should be a set of options, such as `{{"A", "B"}}`.',
        )
        for option in ("A", "B", "C"):
            meets = option in true[name]
            expect.that(
                (option in given) == meets,
                f"`{name}` means: {meaning}. For option {option} that is {'true' if meets else 'not true'}, and `facts` says the opposite. Ask it.",
                why="A trade-off that isn't a fact is a matter of taste.",
            )
    expect.that(
        isinstance(decisions, dict), f"`decisions` should be a dict: customer → decision. It is {describe(decisions)}."
    )
    for customer, (called, needs) in CUSTOMERS.items():
        _decision(called, needs, decisions.get(customer), true)


def _facts(options: dict[str, FastAPI]) -> dict[str, set[str]]:
    """Ask the three options, and return those that meet each criterion."""
    requests: dict[str, Callable[[Any, str], Any]] = {
        "A": lambda api, q: api.get(f"/tasks?q={q}&done=false"),
        "B": lambda api, q: api.get(f"/tasks/search?q={q}&done=false"),
        "C": lambda api, q: api.post("/searches?done=false", json={"q": q}),
    }
    met: dict[str, dict[str, bool]] = {}
    for option, send in requests.items():
        api = client(options[option])
        milk, dentist = send(api, "milk"), send(api, "dentist")
        expect.status(milk, 200, why=f"Option {option} should answer. Run the cells of section 4 again.")
        again = api.get(str(milk.request.url))
        met[option] = {
            "link": again.status_code == 200 and again.json() == milk.json(),
            "filters": "dentist" not in dentist.text,
            "shape": isinstance(milk.json(), dict),
            "private": "milk" not in str(milk.request.url),
        }
    return {name: {option for option in met if met[option][name]} for name in CRITERIA}


def _decision(customer: str, needs: set[str], decision: Any, true: dict[str, set[str]]) -> None:
    """Ask for a choice that meets what the customer needs, for its gains, and for what it costs."""
    expect.that(
        isinstance(decision, dict) and {"choice", "gains", "costs"} <= set(decision),
        f"The decision for {customer} should be a dict with `choice`, `gains` and `costs`. It is {describe(decision)}.",
    )
    chosen, gains, costs = decision["choice"], decision["gains"], decision["costs"]
    expect.that(
        chosen in ("A", "B", "C"),
        f'The choice for {customer} is {describe(chosen)}. It should be `"A"`, `"B"` or `"C"`.',
    )
    for name, given in (("gains", gains), ("costs", costs)):
        expect.that(
            isinstance(given, Several) and all(one in list(CRITERIA) for one in given),
            f"The {name} for {customer} are {_in_order(given)}. They should be a set of criteria: {names(CRITERIA)}.",
        )
    expect.that(
        costs,
        f"You name no cost of option {chosen} for {customer}.",
        why="Every option has a price. If you don't see one, look at what the other options can do.",
    )
    met = {name for name in CRITERIA if chosen in true[name]}
    for need in sorted(needs):
        expect.that(
            need in met,
            f"{customer[:1].upper()}{customer[1:]} needs `{need}`, and option {chosen} doesn't meet it. An option that misses the need is out, whatever else it can do.",
            why="The need comes first, and taste after it.",
        )
    for need in sorted(needs):
        expect.that(
            need in gains,
            f"Option {chosen} meets `{need}`, which {customer} needs, and you don't name it among the gains. It is the reason for the choice, so say it.",
        )
    for gain in sorted(gains):
        expect.that(
            gain in met,
            f"You name `{gain}` as a gain of option {chosen} for {customer}, and option {chosen} doesn't meet it.",
            why="The first review finds a reason that isn't true, and then nobody believes the others.",
        )
    for cost in sorted(costs):
        expect.that(
            cost not in met,
            f"You name `{cost}` as a cost of option {chosen} for {customer}, and option {chosen} meets it.",
            why="A price that nobody pays hides the one that somebody does.",
        )


# 11.5

FIELD = '    sort: Literal["id", "title", "due_date"] = "id"\n'
CONDITION = "    columns: dict[str, ColumnElement[Any]] = {\n"


def _search_edits(sought: str) -> Edits:
    """Return the change of section 6, with these arguments of `icontains`."""
    find = f"    if wanted.q is not None:\n        tasks = tasks.where(Task.title.icontains({sought}))\n"
    return [
        ("api/models/requests/tasks.py", FIELD, "    q: Title | None = None\n" + FIELD),
        ("services/tasks.py", CONDITION, find + CONDITION),
    ]


@exercise(
    "11.5",
    "Four answers, all sure of themselves",
    rules=["P4"],
    hints=[
        "What would each claim forbid? “Clients that send no `q` notice nothing” forbids one answer to one request. Send that request.",
        'Ask with `try_out("A", "/api/v1/tasks")` and the like: without `q`, with a plain word in `q`, with a character in `q` that means something in SQL. Compare with what the spec says.',
        "Inside LIKE, `%` means “anything”. In an address it is written `%25`. And a claim that you cannot refute with `limit=1` and a word from the second task may be true: `None`.",
    ],
    limit=30,
)
def refuted(refuted_by: Any, proposals: Any, working_copy: Any) -> None:
    """Ask for requests that each wrong proposal answers in another way than the search that was agreed."""
    expect.that(
        isinstance(refuted_by, dict), f"`refuted_by` should be a dict: proposal → path. It is {describe(refuted_by)}."
    )
    for name in "ABCD":
        path = refuted_by.get(name, ...)
        expect.that(path is not ..., f"Proposal {name} has no answer yet: a path, or `None`.")
        expect.that(
            path is not None or name == "D",
            f"You believe proposal {name}, and it is wrong. Which request would show it? Turn its claim into one.",
            why="It runs, it reads well, and it reaches the customers on Friday.",
        )
        expect.that(
            path is None or _is_path(path, PATH),
            f"For proposal {name} you give {describe(path)}. It should be the path of the list: `{PATH}`, alone or with a `?` and parameters.",
        )
    given = {name: path for name, path in refuted_by.items() if name in list("ABCD") and path is not None}
    with _running(working_copy, _search_edits("wanted.q, autoescape=True"), "The search") as service:
        promised = {name: service.ask("ana", path) for name, path in given.items()}
    for name, path in sorted(given.items()):
        with _running(working_copy, proposals[name], f"Proposal {name}") as service:
            _refutes(path, name, service.ask("ana", path), promised[name])


def _refutes(path: str, name: str, got: Answer, promised: Answer) -> None:
    said = (
        f"`GET {path}` gets {got[0]} {got[1]} from proposal {name}, and the spec promises {promised[0]} {promised[1]}"
    )
    if name == "D":
        raise NotYet(
            f"{said}. The claim of D holds, so write `None`.",
            why="SQLAlchemy collects the parts of a statement, and writes WHERE before LIMIT in any case.",
        )
    expect.that(
        got != promised,
        f"{said}. This request agrees with the claim. Look for one that could refute it.",
        why="A hundred requests that agree prove less than one that could have refuted it.",
    )


# 11.6

DUE = f"{PATH}?due_before="
DUE_WRONG = ("counts the day itself", "lists tasks without a date too")
MOST_STATEMENTS = {"api/models/requests/tasks.py": 1, "services/tasks.py": 2}
DUE_CASES: list[tuple[str | None, str, Answer, str]] = [
    ("ana", f"{DUE}2031-06-09", (200, ["Pay the rent"]), "Only the rent is due before that day."),
    ("ana", f"{DUE}2031-06-01", (200, []), "Nothing is due before that day."),
    ("ana", f"{DUE}2031-06-10", (200, ["Pay the rent", "Book a table"]), "Both dates are before that day."),
    ("ana", f"{DUE}2031-06-10&limit=1&offset=1", (200, ["Book a table"]), "It should go together with pages."),
    ("ana", f"{DUE}2031-06-10&done=true", (200, []), "It should go together with `done`."),
    ("ana", f"{DUE}2031-06-10&priority=high", (200, []), "It should go together with `priority`."),
    ("ana", f"{DUE}2031-06-10&sort=title", (200, ["Book a table", "Pay the rent"]), "It should go together with `sort`."),
    ("carla", f"{DUE}2031-06-10", (200, ["Pay the gardener"]), "Carla's task is due. That it is done, and urgent, changes nothing."),
    ("ana", f"{DUE}monday", (400, ["due_before"]), "Something that isn't a date is a 400."),
    (None, f"{DUE}2031-06-10", (401, []), "A stranger gets a 401."),
    ("ben", f"{DUE}2031-06-10", (403, []), "Ben's account is closed: 403."),
    ("ana", PATH, (200, ["Buy milk", "Call the dentist", "Pay the rent", "Book a table"]), "Without `due_before` the list is what it was."),
    ("ana", f"{PATH}?sort=due_date", (200, ["Pay the rent", "Book a table", "Buy milk", "Call the dentist"]), "The order of the list is a promise too: equal dates go by their id."),
]  # fmt: skip


@exercise(
    "11.6",
    "The change that changed too much",
    rules=["P5", "P1", "F4"],
    hints=[
        "Which lines of the assistant's change does a sentence of the spec ask for? Everything else was somebody's taste, and one of those tastes breaks the pages.",
        "One edit in `MODEL_FILE` before `FIELD`, one in `SERVICE_FILE` before `CONDITION`, as in `search_edits`. New lines, and the old ones again after them. A comment names `specs/due-before/spec.md`.",
        'The condition is `tasks.where(Task.due_date < wanted.due_before)`. Examples: `("ana", "/api/v1/tasks?due_before=2031-06-09", 200, ["Pay the rent"])`, and one that gets a 400.',
    ],
    limit=30,
)
def smallest(due_edits: Any, due_examples: Any, edited: Any, working_copy: Any) -> None:
    """Ask for a change that does what the spec says and nothing else, and for examples that catch what the spec forbids."""
    edits = _edits(due_edits, "due_edits")
    with _running(working_copy, edits, "The change", WITH_DATES) as service:
        _does_what_the_spec_says(service)
        _is_small(_changes(edited, edits))
        examples = _examples(due_examples, "due_examples")
        _all_hold(examples, service)
    _are_sharp(examples)


def _does_what_the_spec_says(service: _Service) -> None:
    for who, path, answer, words in DUE_CASES:
        response = service.get(who, path)
        got = _read(response)
        asks = f"{who.capitalize()} asks" if who else "A stranger asks"
        expect.that(
            got == answer,
            f"{asks} `GET {path}` and gets {got[0]} {got[1]}. It should be {answer[0]} {answer[1]}. {_mistake(path, got) or words}",
            why="The spec is `specs/due-before/spec.md`.",
            response=response,
        )


def _mistake(path: str, got: Answer) -> str:
    """Say what went wrong, if what came back shows it."""
    status, titles = got
    if status == 500:
        return "The changed service crashes. Send it the request in a cell of your own, and read the error."
    if status == 400 and titles == ["due_before"]:
        if path.startswith(DUE):
            return "`TaskFilter` refuses this date. Does it have a field `due_before` for a date?"
        return "The request has no `due_before`, which may be left out. Does the field have a default?"
    if "Pay the gardener" in titles:
        return "The gardener is Carla's. The condition on the owner has to stay."
    if "Buy milk" in titles and path.startswith(DUE):
        return "`Buy milk` has no date, so it isn't due."
    if path == f"{DUE}2031-06-09" and "Book a table" in titles:
        return "The day itself is in it. *Before* a day is `<`."
    return ""


def _is_small(changes: dict[str, _Change]) -> None:
    for file, change in sorted(changes.items()):
        expect.that(
            file in MOST_STATEMENTS,
            f"The change touches `{file}`. One field and one condition are enough, in `MODEL_FILE` and `SERVICE_FILE`.",
            why="A reviewer reads every file of a change, and a mistake hides best in the one that nobody expected.",
        )
        if change.removed:
            raise NotYet(
                f"`{file}` has lost or changed a line: `{change.removed[0].strip()[:90]}`. No sentence of the spec asks for that.",
                why="Each line that changes can break something, and somebody has to read it.",
            )
        more = _statements("\n".join(change.lines)) - _statements(_before(file))
        most = MOST_STATEMENTS[file]
        expect.that(
            more <= most,
            f"`{file}` has {more} new statements. {'One field is' if most == 1 else 'An `if` and what it does are'} enough for this spec.",
            why="What the spec doesn't ask for isn't part of the change.",
        )
    _cites_its_spec([change.lines[number - 1] for change in changes.values() for number in change.added])


def _cites_its_spec(new: list[str]) -> None:
    cited = re.findall(r"#.*specs/due-before/spec\.md(?:\W{1,4}(S\d+))?", "\n".join(new))
    expect.that(
        cited,
        "No comment in a new line cites the spec, as in `# specs/due-before/spec.md, S1`.",
        why="In a year somebody asks why this line is there.",
    )
    for sentence in cited:
        expect.that(
            sentence in SENTENCES_OF_DUE,
            f"A comment cites `specs/due-before/spec.md`, and {f'the spec has no sentence {sentence}' if sentence else 'names no sentence'}. Its sentences are S1 to S7.",
            why="Somebody who asks why the line is there should find the sentence.",
        )


SENTENCES_OF_DUE = [f"S{number}" for number in range(1, 8)]


def _statements(text: str) -> int:
    return sum(isinstance(node, ast.stmt) for node in ast.walk(ast.parse(text)))


def _are_sharp(examples: list[Example]) -> None:
    """Ask for examples of each scenario, and for one that each wrong change breaks."""
    about = [example.answer for example in examples if "due_before=" in example.path]
    for answers, words in (
        ([(400, ["due_before"])], "a `due_before` that isn't valid. What does Ana get for `monday`?"),
        ([(401, []), (403, [])], "somebody who may not ask for `due_before`. What does a stranger get?"),
    ):
        expect.that(
            any(answer in answers for answer in about),
            f"None of your examples is about {words}",
            why="Article 8 asks for the happy path, not valid, not allowed, and the edges.",
        )
    right = _Service(_due())
    alike = [example for example in examples if example.answer_of(right) == example.answer]
    for flaw in DUE_WRONG:
        wrong = _Service(_due(flaw))
        expect.that(
            any(example.answer_of(wrong) != example.answer for example in alike),
            f"All your examples are green for a change that {flaw}. Which request would turn red?",
            why="The tests come with the change, and a test that can't turn red tests nothing.",
        )


# 11.7

SPEC = "specs/search-tasks/spec.md"
SENTENCES = [f"S{number}" for number in range(1, 10)]
BREAKS = {
    "S1": ("ignored", "whole words"),
    "S2": ("capitals",),
    "S3": ("wildcards",),
    "S4": ("filters", "pages"),
    "S5": ("empty", "any text"),
    "S6": ("nothing found",),
    "S7": ("q is required",),
    "S8": ("strangers", "everybody", "closed accounts"),
}


@exercise(
    "11.7",
    "What was asked, what was shown",
    rules=["P3", "P4", "P6"],
    hints=[
        "Which of the nine sentences has somebody seen with their own eyes? Which one can't be shown in this notebook at all?",
        'Paths begin at the course\'s folder: `specs/search-tasks/spec.md`, `.specify/memory/constitution.md`. `cite(MODELS, "TaskFilter", search_edits)` makes a citation of the file as it is after the change; a second place has changed too.',
        '`"verified": examples_of(spec)` holds pairs for S1 to S8. S9, the 200 ms, is not verified here: `"not_verified": ["S9"]`.',
    ],
    limit=20,
)
def kept(record: Any, edited: Any, working_copy: Any, search_edits: Any) -> None:
    """Ask for files that exist, for citations that hold the change, and for proofs that could have failed."""
    expect.that(isinstance(record, dict), f"`record` should be a dict. It is {describe(record)}.")
    for part in ("asked", "given", "changed", "verified", "not_verified"):
        expect.that(part in record, f"The record has no `{part}`.")
    _names_what_was_asked_and_given(record["asked"], record["given"])
    edits = _edits(search_edits, "search_edits")
    _citations(record["changed"], edited, edits, "changed")
    pairs = _verified(record["verified"])
    verified = {sentence for sentence, _ in pairs}
    _each_sentence_is_shown_or_not(verified, record["not_verified"])
    with _running(working_copy, edits, "The change") as service:
        _all_hold([example for _, example in pairs], service)
    for sentence in sorted(verified):
        _could_have_failed(sentence, [example for one, example in pairs if one == sentence])
    open_ = [sentence for sentence in SENTENCES[:-1] if sentence not in verified]
    expect.that(
        not open_,
        f"You leave {series(open_)} open. The spec has examples for S1 to S8, and running them takes a second.",
        why="“Not verified” is for what nobody can show here, not for what nobody has looked at.",
    )


def _names_what_was_asked_and_given(asked: Any, given: Any) -> None:
    expect.that(
        isinstance(asked, str) and SPEC in asked,
        f"`asked` is {describe(asked)}. It should be a text that names the spec by its path, `{SPEC}`.",
        why="“Add search” is what Jonas said on Monday. Nobody can verify that.",
    )
    expect.that(isinstance(given, Several), f"`given` should be a list of files. It is {describe(given)}.")
    for file in given:
        expect.that(
            _is_file(file),
            f"`given` has {describe(file)}, and there is no such file. A path begins at the course's folder.",
            why="Whoever wants to know what the assistant knew has to find it.",
        )
    for file, reason in (
        (SPEC, "Without it, the assistant can't know what was agreed."),
        (".specify/memory/constitution.md", "Without it, the assistant can't know what always holds."),
    ):
        expect.that(file in given, f"`{file}` isn't in `given`.", why=reason)


def _verified(pairs: Any) -> list[tuple[str, Example]]:
    """Return what was verified: sentences of the spec, each with an example."""
    expect.that(
        _are_rows(pairs, 2) and all(one[0] in SENTENCES for one in pairs),
        '`verified` should be a list of pairs: a sentence of the spec, such as `"S2"`, and an example.',
    )
    expect.that(pairs, "`verified` is empty, and the spec has examples that you can run.")
    examples = _examples([one[1] for one in pairs], "verified")
    return [(one[0], example) for one, example in zip(pairs, examples, strict=True)]


def _each_sentence_is_shown_or_not(verified: set[str], open_: Any) -> None:
    expect.that(
        isinstance(open_, Several) and all(one in SENTENCES for one in open_),
        f'`not_verified` is {_in_order(open_)}. It should be a list of sentences of the spec, such as `["S9"]`.',
    )
    expect.that(
        "S9" not in verified,
        "You say that S9 is verified: 200 ms, with 1,000 tasks, on the production database. One request to a copy can't show that.",
        why="If a record claims more than was seen, nobody can rely on any of it.",
    )
    for sentence in SENTENCES:
        expect.that(
            (sentence in verified) != (sentence in open_),
            f"{sentence} is in {'both lists' if sentence in verified else 'neither list'}. An example has shown it, or none has.",
            why="Whoever reads the record relies on what it says about each sentence.",
        )


def _could_have_failed(sentence: str, examples: list[Example]) -> None:
    """Ask for an example that is not green when the sentence is broken."""
    right, wrong = _Service(_search()), [_Service(_search(flaw)) for flaw in BREAKS[sentence]]
    expect.that(
        any(one.answer_of(right) != one.answer_of(service) for service in wrong for one in examples),
        f"{sentence} isn't verified yet: {examples[0]} would be just as green if {sentence} were broken.",
        why="Only a request that could have failed has shown anything.",
    )


# 11.8

PARTS = ("Status", "Context", "Options", "Decision", "Consequences", "Look again when")


@exercise(
    "11.8",
    "A decision for three years",
    rules=["F5", "O5"],
    hints=[
        "What would somebody ask who finds this page in three years? Why? What else was there? What did it cost? When should we think again?",
        "Look at `adr_0001`, part by part. A second option, a `- ` line for each option and for the consequences, a status that is not yours to set.",
        'With an f-string, `{cite(TASKS, "create_task")}` puts a citation into the text. Cite the sentence as `specs/search-tasks/spec.md`, `S1`.',
    ],
)
def decided(adr: Any) -> None:
    """Ask for all parts, for a price of each option, and for references that lead somewhere."""
    expect.that(isinstance(adr, str), f"`adr` should be a text. It is {describe(adr)}.")
    parts = {name.strip(): body.strip() for name, body in _sections(adr, "## (.+)")}
    for part in PARTS:
        expect.that(
            parts.get(part),
            f"The ADR has no part `## {part}`, or it is empty.",
            why="Whoever reads it in three years can't ask you.",
        )
    expect.that(
        re.match(r"[*_`\s]*proposed\b", parts["Status"], re.IGNORECASE),
        f"The status is “{parts['Status'][:40]}”. You don't own the decision, so it begins with `proposed`.",
        why="If one person decides for everybody, the next one overturns it.",
    )
    _one_is_chosen(dict(_sections(parts["Options"], "### ([A-Z]):.*")), parts["Decision"])
    for sign, word in (("+", "better"), ("-", "worse, or harder")):
        expect.that(
            _has_line(parts["Consequences"], sign),
            f"The consequences have no line that begins with `{sign} ` and names something. What becomes {word}?",
            why="Whoever pays for the decision should read about it here.",
        )
    _cites_the_code(parts["Context"])
    _cites_a_need(parts["Context"])
    expect.that(
        re.search(r"\d", re.sub(r"ADR \d+|\bS\d+|`[^`]*/[^`]*`", "", parts["Look again when"])),
        "“Look again when” has no number that somebody can measure. From when on is the decision wrong?",
        why="Nobody notices “when it gets slow”. A number can set off an alarm.",
    )


def _sections(text: str, heading: str) -> list[tuple[str, str]]:
    """Return each section's name and text. The name is the group in `heading`, a regular expression."""
    sign = heading.split()[0]
    return re.findall(rf"^{heading}\n((?:(?!{sign} ).*\n?)*)", text, re.MULTILINE)


def _has_line(text: str, sign: str) -> bool:
    """Whether a line begins with this sign and says something."""
    said = re.findall(rf"^{re.escape(sign)} (.+)", text, re.MULTILINE)
    return any(re.sub(r"\W", "", one).lower() not in ("", "none", "nothing", "na") for one in said)


def _one_is_chosen(options: dict[str, str], decision: str) -> None:
    expect.that(
        len(options) >= 2,
        f"There {'is one option' if len(options) == 1 else 'are no options'} of the form `### A: …`. A choice needs at least two.",
        why="The first question of every reviewer is: what else was there?",
    )
    for name, body in options.items():
        for sign, word in (("+", "for"), ("-", "against")):
            expect.that(
                _has_line(body, sign),
                f"Option {name} has no line that begins with `{sign} ` and names something. What speaks {word} it?",
                why="If an option has no price, it hasn't been understood. If it has no gain, it is there only to lose.",
            )
    found = re.match(r"\W*(?:Option )?([A-Z])\b\W{0,3}\s+because\s+(.+)", decision, re.DOTALL)
    if found is None or found[1] not in options:
        raise NotYet(
            f"The decision should begin with the letter of an option and a reason, as in `A, because …`. It begins with “{decision[:40]}”.",
            why="A decision names what was chosen, and why.",
        )
    expect.that(
        re.search(r"\w", found[2]) and not TASTE.match(found[2]),
        f"The reason is “{found[2][:60]}”. Nobody can disagree with that. What does the clinic have, or need, that speaks for {found[1]}?",
        why="A reason that somebody can disagree with can be checked, today and in three years.",
    )


TASTE = re.compile(
    r"(?:it|this|that|[A-Z])(?:'s| is| looks| feels)? (?:the |a |much |simply )*"
    r"(?:cleaner|cleanest|better|best|nicer|nicest|good|right|simpler|simplest|elegant|modern)"
    r"(?: one| option| way| choice| solution)?\W*$"
)
"""Reasons that say only that somebody likes an option."""


def _cites_the_code(context: str) -> None:
    found = CITATION.search(context)
    if found is None:
        raise NotYet(
            "The context cites no code, as `start:end:path`. `cite` makes the citation, in an f-string.",
            why="The reader shouldn't have to guess which code is meant.",
        )
    file, place = "services/tasks.py", (int(found[1]), int(found[2]))
    is_there = found[3].rstrip(".") == f"{SERVICE}/{file}"
    expect.that(
        is_there and _definitions(_before(file)).get(place) == "create_task",
        f"`{found[0]}` isn't `create_task` in `{SERVICE}/{file}`, from its first line to its last. `cite` makes the citation.",
        why="If a citation leads somewhere else, the reader doubts the others.",
    )


def _cites_a_need(context: str) -> None:
    sentences = re.findall(r"(specs/[\w/-]+\.md)[`,;:#(\s]{0,4}(S\d+)", context)
    expect.that(
        sentences,
        "The context cites no sentence of a spec, as in `specs/search-tasks/spec.md`, `S1`.",
        why="A decision without a need behind it is a hobby.",
    )
    for file, sentence in sentences:
        expect.that(_is_file(file), f"The context cites `{file}`, and there is no such file.", why=NOWHERE)
        expect.that(
            f"**{sentence}**" in (ROOT / file).read_text(encoding="utf-8"),
            f"The context cites {sentence} of `{file}`, and the spec has no such sentence.",
            why=NOWHERE,
        )


NOWHERE = "A reference that leads nowhere looks checked, and isn't."


# 11.9

SCENARIOS = {"happy path": (200,), "not valid": (400,), "not allowed": (401, 403), "edge": (200, 400)}
"""The scenarios that a hand-over shows, and the statuses of each."""
SEARCHES: list[tuple[str, Answer]] = [
    (f"{PATH}?q=MILK", (200, ["Buy milk"])),
    (f"{PATH}?q=%25", (200, ["Save 100% of the receipts"])),
    (PATH, (200, [task.title for task in TASKS["ana"]])),
    (f"{PATH}?q=plants", (200, [])),
    (f"{PATH}?q=", (400, ["q"])),
]
"""Requests that Ana makes, and the answers that she should get."""


@exercise(
    "11.9",
    "Five parts",
    rules=["O1", "O2", "O3", "O4", "O5", "F4"],
    hints=[
        "Read your draft as somebody who wasn't there on Monday. What would they have to ask you?",
        'Constraints: the responses in `app.openapi()["paths"]["/api/v1/tasks"]["get"]`, and the chain `get_db` → `get_current_user` → `get_current_active_user`. Test: `commands`, above the exercise, holds four commands, and the cell has shown what they bring back.',
        '`"code": {"edits": search_edits, "touches": [...]}`; the edge is `("edge", \'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"\', 200, "[]")`; watch `duration_ms`.',
    ],
    limit=30,
)
def handed_over(handover: Any, edited: Any, working_copy: Any, curl: Any, values_for: Any) -> None:
    """Ask for all five parts, run what can be run, and look up what can be looked up."""
    expect.that(isinstance(handover, dict), f"`handover` should be a dict. It is {describe(handover)}.")
    for part in ("built", "constraints", "code", "test", "follows"):
        expect.that(handover.get(part), f"`{part}` is missing in the hand-over, or empty.")
    _built(handover["built"])
    _follows(handover["follows"])
    code = handover["code"]
    expect.that(
        isinstance(code, dict) and {"edits", "touches"} <= set(code),
        f"`code` should be a dict with `edits` and `touches`. It is {describe(code)}.",
    )
    edits = _edits(code["edits"], "edits")
    expect.that(
        edits,
        "`edits` is empty, so the hand-over has no code. The change of section 6 is `search_edits`.",
        why="Code that is only on your machine hasn't been handed over.",
    )
    with _running(working_copy, edits, "The change") as service:
        for path, wanted in SEARCHES:
            got = service.ask("ana", path)
            expect.that(
                got == wanted,
                f"With your `edits`, `GET {path}` gets {got[0]} {got[1]}. The spec promises {wanted[0]} {wanted[1]}.",
                why="What is handed over does what the spec says.",
            )
        _constraints(handover["constraints"], service.api)
    _citations(code["touches"], edited, edits, "touches")
    _commands(handover["test"], edits, partial(_answers, working_copy, curl, values_for))


def _built(built: Any) -> None:
    words = built.split() if isinstance(built, str) else []
    expect.that(
        5 <= len(words) <= 30 and len(re.findall(r"[.!?](?:\s|$)", built)) <= 1,
        "`built` should be one sentence of 5 to 30 words: the method, the path, and what they do.",
        why="By this sentence, people decide whether the rest is for them.",
    )
    expect.that(
        re.search(rf"\bGET\W{{1,3}}{PATH}\b", built),
        f"`built` should name the method and the path: `GET {PATH}`.",
        why="“Search is done” doesn't say what there is to call.",
    )


def _follows(follows: Any) -> None:
    expect.that(
        isinstance(follows, dict) and {"watch", "limit", "adrs"} <= set(follows),
        f"`follows` should be a dict with `watch`, `limit` and `adrs`. It is {describe(follows)}.",
    )
    watch, limit, adrs = follows["watch"], follows["limit"], follows["adrs"]
    fields = sorted(Context().fields())
    expect.that(
        watch in fields,
        f"`watch` is {describe(watch)}. The log has the fields {names(fields)}.",
        why="If nothing writes it down, nobody can watch it.",
    )
    expect.that(
        watch in ("duration_ms", "status", "error_code"),
        f"`{watch}` tells requests apart, and says nothing about how they went. Which field does?",
        why="A value with a limit can set off an alarm.",
    )
    expect.that(
        isinstance(limit, int | float) and not isinstance(limit, bool) and limit > 0,
        f"`limit` is {describe(limit)}. It should be a number above 0: from which one on should somebody be woken up?",
    )
    expect.that(
        isinstance(adrs, Several) and adrs and all(_is_file(one) and "specs/adr/" in one for one in adrs),
        f"`adrs` is {_in_order(adrs)}. It should be a list with the path of search's ADR, a file in `specs/adr/`.",
        why="The decision isn't yours, so they have to find it.",
    )


def _constraints(constraints: Any, api: Any) -> None:
    expect.that(
        isinstance(constraints, dict) and {"method", "path", "statuses", "depends_on"} <= set(constraints),
        f"`constraints` should be a dict with `method`, `path`, `statuses` and `depends_on`. It is {describe(constraints)}.",
    )
    method, path = str(constraints["method"]), str(constraints["path"])
    operation = openapi.operation(api.get("/openapi.json").json(), method, path)
    expect.that(
        operation and path == PATH and method == "GET",
        f"`{method} {path}` isn't the address of the search. The document of the service has `GET {PATH}`.",
        why="Whoever calls the address that you name should find the search there.",
    )
    _are_documented(constraints["statuses"], {int(status) for status in operation["responses"] if status.isdigit()})
    depends = constraints["depends_on"]
    chain = {getattr(call, "__name__", "") for call in dependencies(api.app, "GET", PATH)}
    expect.that(
        isinstance(depends, Several) and all(isinstance(one, str) for one in depends),
        f"`depends_on` is {_in_order(depends)}. It should be a set of names of functions.",
    )
    strange = sorted(set(depends) - chain)
    expect.that(
        not strange,
        f"`depends_on` has {series(strange)}, and the route has no dependency of that name. Its functions are in `api/dependencies`.",
        why="Somebody would look for it in vain.",
    )
    for name, what in (
        ("get_current_active_user", "says which active user is calling"),
        ("get_db", "gives the session"),
    ):
        expect.that(
            name in depends,
            f"`depends_on` lacks the dependency that {what}. You know it from the chain of lesson 03.",
            why="These two say who may call, and what has to run beside the service.",
        )


def _in_order(value: Any) -> str:
    """Describe a value in the same words in each run, even if it is a set."""
    if not isinstance(value, set) or not value:
        return describe(value)
    return f"the `set` `{brief('{' + series(sorted(map(repr, value)), last=', ') + '}', 60)}`"


def _are_documented(statuses: Any, documented: set[int]) -> None:
    expect.that(
        isinstance(statuses, Several) and all(type(one) is int for one in statuses),
        f"`statuses` is {_in_order(statuses)}. It should be a set of numbers.",
    )
    left_out, invented = sorted(documented - set(statuses)), sorted(set(statuses) - documented)
    expect.that(
        not left_out,
        f"`statuses` lacks {left_out}. The document of the service names {sorted(documented)} for this route.",
        why="The author of a client doesn't handle a status that you leave out.",
    )
    expect.that(
        not invented,
        f"`statuses` has {invented}. The document of the service names {sorted(documented)} for this route, and `default` for what nobody expects.",
        why="If your page and the document disagree, nobody knows which one to believe.",
    )


class _Command(NamedTuple):
    scenario: str
    command: str
    status: Any
    words: str

    def searches(self) -> bool:
        """Whether it asks for the list with a `q`."""
        return PATH in self.command and "q=" in self.command


Run = Callable[[list[_Command], Edits], list[tuple[int, str]]]
"""Runs commands against the service with some edits, and returns the status and the body that each brings back."""


def _commands(given: Any, edits: Edits, run: Run) -> None:
    """Ask for a command of each scenario, for what comes back, and for an edge that a mistake would show."""
    commands = _rows_of_commands(given)
    for scenario in sorted(SCENARIOS):
        asked = [one for one in commands if one.scenario == scenario]
        expect.that(
            asked,
            f"There is no command for “{scenario}”.",
            why="Article 8 asks for all four, and each one takes a line.",
        )
        expect.that(
            any(one.searches() for one in asked),
            f"No command for “{scenario}” searches: `{asked[0].command}` doesn't ask for `{PATH}` with a `q`.",
            why="You hand over the search. Somebody else hands over the other routes.",
        )
    answers = run(commands, edits)
    for one, (status, body) in zip(commands, answers, strict=True):
        _brings_back(one, status, body)
    edges = [one for one in commands if one.scenario == "edge"]
    right = [answer for one, answer in zip(commands, answers, strict=True) if one in edges]
    expect.that(
        run(edges, _search_edits("wanted.q")) != right,
        "Without `autoescape` in the service, your edge would look the same. Which characters have a meaning of their own in SQL?",
        why="If no mistake shows at the edge, it is the happy path again.",
    )


def _rows_of_commands(given: Any) -> list[_Command]:
    right = _are_rows(given, 4) and all(isinstance(one[part], str) for one in given for part in (0, 1, 3))
    expect.that(right, "`test` should be a list of `(scenario, command, status, words)`. All but the status are texts.")
    for scenario, command, _, words in given:
        expect.that(
            scenario in SCENARIOS, f"`{scenario}` isn't one of the scenarios. They are {names(sorted(SCENARIOS))}."
        )
        expect.that(
            words.strip(),
            f"“{scenario}”: you name no words that `{command}` brings back.",
            why="Many mistakes have the same status.",
        )
    return [_Command(one[0], re.sub(r"\$\{(URL|ANA)\}", r"$\1", one[1]), *one[2:]) for one in given]


def _brings_back(one: _Command, status: int, body: str) -> None:
    expect.that(
        status == one.status,
        f"“{one.scenario}”: `{one.command}` brings back {status}, and your hand-over says {one.status}.",
        why="When one command doesn't do what the page says, nobody tries the next one.",
    )
    expect.that(
        one.words in body,
        f"“{one.scenario}”: “{one.words}” isn't in what `{one.command}` brings back: `{body[:120]}`.",
        why="Many mistakes have the same status.",
    )
    expect.that(
        status in SCENARIOS[one.scenario],
        f"“{one.scenario}”: `{one.command}` brings back {status}. That is another scenario.",
    )
    expect.that(
        one.scenario != "happy path" or '"title"' in body,
        f"“happy path”: `{one.command}` finds nothing. Show that search finds something.",
    )


def _answers(
    working_copy: Any, curl: Any, values_for: Any, commands: list[_Command], edits: Edits
) -> list[tuple[int, str]]:
    answers = []
    with working_copy(edits) as app, Server(app, 0).start() as server:
        values = values_for(server.url)
        for one in commands:
            _runs_anywhere(one.command)
            try:
                answers.append(curl(one.command, values))
            except IndexError as error:
                raise NotYet(
                    f"`{one.command}` shows no status and no body. Leave out options such as `-o` and `-w`."
                ) from error
            except (ValueError, RuntimeError) as error:
                raise NotYet(f"A command doesn't run: {error}.", why="Commands run as they are on the page.") from error
    return answers


def _runs_anywhere(command: str) -> None:
    """Ask for a command that does the same in everybody's terminal, and gives nothing away."""
    expect.that("$URL" in command, f"`{command}` doesn't ask `$URL`. A fixed address is right on one machine only.")
    unknown = sorted(set(re.findall(r"\$\{?(\w+)", command)) - {"URL", "ANA"})
    expect.that(not unknown, f"`{command}` needs `${''.join(unknown[:1])}`. Those who run it have `$URL` and `$ANA`.")
    outside = re.sub(r"\"[^\"]*\"|'[^'$]*'", "", command)
    for pattern, what in (
        (r"'", "`$` is in single quotes, where a terminal doesn't fill in `$URL` or `$ANA`"),
        (r"\"", "a quote isn't closed"),
        (r"&", "`&` is outside of the quotes, where it ends the command"),
        (r"\$ANA", "`$ANA` is outside of the quotes, where a terminal cuts it at its spaces"),
        (r"[$?;|<>*]", "a `$`, `?` or the like is outside of the quotes, where a terminal reads it in its own way"),
    ):
        expect.that(not re.search(pattern, outside), f"In a terminal, `{command}` is another command: {what}.")
    expect.that(
        not re.search(r"eyJ|password", command),
        f"`{command}` contains a password or a token. Write `$ANA`, and let everybody bring their own.",
        why="A hand-over is copied and kept. Whatever is in it once can be read forever.",
    )
