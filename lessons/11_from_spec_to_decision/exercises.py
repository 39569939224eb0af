"""What the exercises of lesson 11 check, and the answers to its predictions. Claims are asked of running services; references must lead somewhere."""

import ast
import difflib
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Header, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict, Field

from coursekit.author import NotYet, client, describe, exercise, expect, openapi, prediction
from coursekit.author.responses import json_or_none
from coursekit.author.routes import dependencies
from coursekit.author.users import PASSWORD, bearer
from coursekit.course.words import names
from coursekit.course.lessons import this_course
from coursekit.notebook.serve import Server

ROOT = this_course().root

prediction("11.p1", answer=400, evidence="answer[0]", choices=(200, 400, 404, 422))
prediction("11.p2", answer=403, evidence="answer[0]", choices=(200, 401, 403, 404))
prediction("11.p3", answer=False, evidence="titles != steps", choices=(True, False))
prediction("11.p4", answer=6, evidence="held_today", choices=(0, 2, 3, 6, 14))
prediction("11.p5", answer=422, evidence="response.status_code", choices=(200, 404, 405, 422))
prediction("11.p6", answer=False, evidence="still_there", choices=(True, False))
prediction("11.p7", answer=401, evidence="answers[2][0]", choices=(200, 400, 401, 403))

Example = tuple[str | None, str, int, list[str]]
Answer = tuple[int, list[str]]
Edits = list[tuple[str, str, str]]

TITLES = {  # whose, title, done
    "ana": [
        ("Buy milk", False),
        ("Call the dentist", True),
        ("Save 100% of the receipts", False),
        ("Read snake_case aloud", False),
    ],
    "carla": [("Water the plants", False), ("Milk the goat", False)],
    "ben": [],
}
PATH = "/api/v1/tasks"


def _search(flaw: str = "") -> FastAPI:
    """The search that was agreed, in memory, with one flaw or none."""
    app = FastAPI(exception_handlers={RequestValidationError: _not_valid})

    def fits(q: str, title: str) -> bool:
        if flaw == "capitals":
            return q in title
        if flaw == "whole words":
            return q.lower() in title.lower().split()
        pattern = re.escape(q.lower())
        if flaw == "wildcards":
            pattern = pattern.replace("%", ".*").replace("_", ".")
        return re.search(pattern, title.lower()) is not None

    @app.get(PATH)
    async def search(wanted: Annotated[_Wanted, Query()], authorization: Annotated[str, Header()] = "") -> Any:
        who = authorization.removeprefix("Bearer ") or ("ana" if flaw == "strangers" else "")
        if who not in TITLES:
            raise HTTPException(401)
        if who == "ben" and flaw != "closed accounts":
            raise HTTPException(403)
        q = None if wanted.q is None or flaw == "ignored" else wanted.q.strip()
        if (q == "" and flaw != "empty") or (wanted.q is None and flaw == "q is required"):
            return _fault(["q"])
        found = [
            {"title": title}
            for owner, titles in TITLES.items()
            if owner == who or flaw == "everybody"
            for title, done in titles
            if q is None or fits(q, title)
            if (q and flaw == "filters") or (wanted.done in (None, done) and wanted.priority in (None, "normal"))
        ]
        if not found and q and flaw == "nothing found":
            raise HTTPException(404)
        if wanted.sort == "title":
            found.sort(key=lambda task: task["title"])
        return found[wanted.offset :][: wanted.limit]

    return app


class _WantedPage(BaseModel):
    model_config = ConfigDict(extra="forbid")

    done: bool | None = None
    priority: Literal["low", "normal", "high"] | None = None
    sort: Literal["id", "title", "due_date"] = "id"
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0)] = 0


class _Wanted(_WantedPage):
    q: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] | None = None


async def _not_valid(_: Request, error: RequestValidationError) -> JSONResponse:
    return _fault([str(one["loc"][1]) for one in error.errors()])


def _fault(fields: list[str]) -> JSONResponse:
    return JSONResponse({"field_errors": dict.fromkeys(fields, [])}, 400)


def _read(response: Any) -> Answer:
    """A status, and the titles of a 200 or the fields at fault of an error."""
    body = json_or_none(response)
    if response.status_code == 200 and isinstance(body, list):
        return 200, [one.get("title", "?") if isinstance(one, dict) else str(one) for one in body]
    return response.status_code, list(body.get("field_errors", [])) if isinstance(body, dict) else []


def _ask(api: Any, who: str | None, path: str, headers: dict[str | None, dict[str, str]] | None = None) -> Answer:
    usual = {} if who is None else bearer(who)
    return _read(api.get(path, headers=usual if headers is None else headers[who]))


def _is_path(path: Any, start: str) -> bool:
    return isinstance(path, str) and bool(re.fullmatch(re.escape(start) + r"(\?.*)?", path, re.DOTALL))


def _examples(given: Any, name: str) -> list[Example]:
    """The learner's examples, once each has its four parts."""
    expect.that(
        isinstance(given, list | tuple) and given,
        f"`{name}` should be a list of examples `(who, path, status, answer)`; it is {describe(given)}.",
    )
    for number, one in enumerate(given, 1):
        right = isinstance(one, tuple | list) and len(one) == 4
        expect.that(right, f"Example {number} of `{name}` has not the four parts `(who, path, status, answer)`.")
        who, path, status, answer = one
        expect.that(
            who is None or who in TITLES,
            f'Example {number} asks as {describe(who)}. It is `"ana"`, `"ben"`, `"carla"` or `None`.',
        )
        expect.that(
            _is_path(path, PATH),
            f"Example {number} asks for {describe(path)}. Its path begins with `{PATH}`.",
        )
        expect.that(
            isinstance(status, int) and isinstance(answer, list | tuple),
            f"Example {number}: a status is a number, and an answer a list of titles or of fields.",
        )
    return [(who, path, status, list(answer)) for who, path, status, answer in given]


def _shown(example: Example) -> str:
    who, path, status, answer = example
    return f"`{(who or 'nobody')}` asks `GET {path}` → {status} {answer}"


class _Logins(dict[str | None, dict[str, str]]):
    """The headers with which somebody asks. Who asks for the first time logs in."""

    def __init__(self, api: Any) -> None:
        super().__init__({None: {}})
        self.api = api

    def __missing__(self, who: str) -> dict[str, str]:
        answer = self.api.post("/api/v1/token", data={"username": who, "password": PASSWORD})
        self[who] = bearer(answer.json()["access_token"])
        return self[who]


Asking = tuple[TestClient, _Logins]
"""A client, and the headers with which everybody asks."""
OF_ANA = [("ana", {"title": "Save 100% of the receipts"}), ("ana", {"title": "Read snake_case aloud"})]
"""What is there besides the tasks that everybody knows, in the spec of the search."""


@contextmanager
def _running(working_copy: Any, edits: Any, what: str, more: Any = OF_ANA) -> Iterator[Asking]:
    """A working copy with edits, and some tasks more."""
    with ExitStack() as stack:
        try:
            api = client(stack.enter_context(working_copy(edits)), raise_server_exceptions=False)
        except (SyntaxError, NameError, ImportError, AttributeError) as error:
            raise NotYet(
                f"With {what[:1].lower()}{what[1:]}, the service does not start: `{type(error).__name__}: {str(error)[:200]}`.",
                why="Code that is handed over runs.",
            ) from error
        except (OSError, TypeError, ValueError) as error:
            raise NotYet(
                f"{what} cannot be made: {str(error)[:200]}. An edit is `(file, old lines, new lines)`, and the old lines stand in the file exactly once."
            ) from error
        headers = _Logins(api)
        for who, task in more:
            api.post(PATH, json=task, headers=headers[who])
        yield api, headers


def _pairs(edits: Any, name: str) -> Edits:
    right = isinstance(edits, list | tuple) and all(
        isinstance(one, tuple | list) and len(one) == 3 and all(isinstance(part, str) for part in one) for one in edits
    )
    expect.that(right, f"`{name}` should be a list of edits `(file, old lines, new lines)`.")
    return [tuple(one) for one in edits]


def _changed_lines(edited: Any, edits: Edits) -> dict[str, tuple[list[str], list[int], list[str]]]:
    """For each file that differs: its new lines, the numbers of those that are new, and the old lines that are gone."""
    found = {}
    for file, text in edited(edits).items():
        old = (ROOT / "app_snippets/tasks_api" / file).read_text(encoding="utf-8").splitlines()
        new = text.splitlines()
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
            found[file] = (new, added, removed)
    return found


CITATION = re.compile(r"(\d+):(\d+):([\w./-]+)")


def _citations(given: Any, edited: Any, edits: Edits, name: str) -> None:
    """Each citation leads somewhere, is no wider than what it cites, and together they hold each changed line."""
    expect.that(
        isinstance(given, list | tuple | set) and given and all(isinstance(one, str) for one in given),
        f"`{name}` should be a list of citations `start:end:path`.",
        why="Who reads it wants to open the place, not to search for it.",
    )
    changed = _changed_lines(edited, edits)
    covered: dict[str, set[int]] = {}
    for citation in given:
        found = CITATION.fullmatch(citation)
        expect.that(
            found, f"`{citation}` is no citation: it has the form `start:end:path`, as in `19:37:app_snippets/…`."
        )
        assert found is not None
        start, end, path = int(found[1]), int(found[2]), found[3]
        file = path.removeprefix("app_snippets/tasks_api/")
        expect.that(
            path.startswith("app_snippets/tasks_api/") and file in changed,
            f"`{citation}` cites `{path}`, which the change does not touch. A path is seen from the course's folder: `app_snippets/tasks_api/…`.",
        )
        lines, _, _ = changed[file]
        expect.that(
            1 <= start <= end <= len(lines),
            f"`{citation}` leads nowhere: the file has {len(lines)} lines.",
            why="A citation that leads nowhere is worse than none: it looks checked.",
        )
        expect.that(
            (start, end) in _definitions("\n".join(lines)) or end - start < 5,
            f"`{citation}` is no function or class as it is after the change, from its first line to its last, and it is longer than five lines. `cite(..., edits)` finds one.",
            why="Two hundred lines are no citation, and lines that have moved are a wrong one: the reader has to search again.",
        )
        covered.setdefault(file, set()).update(range(start, end + 1))
    for file, (lines, added, _) in changed.items():
        left_out = [number for number in added if number not in covered.get(file, set())]
        expect.that(
            not left_out,
            f"Line {left_out[0] if left_out else 0} of `{file}` has changed (`{lines[left_out[0] - 1].strip()[:60] if left_out else ''}`), and no citation of `{name}` holds it. Cite the file as it is after the change.",
            why="What changed and is not cited will not be reviewed.",
        )


def _definitions(text: str) -> list[tuple[int, int]]:
    return [
        (node.lineno, node.end_lineno or node.lineno)
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]


# 11.1

OURS = {"`in`, or `find`?": "How you compare", "in the route, or in a service?": "Where the code stands"}


@exercise(
    "11.1",
    "Five questions, three for Jonas",
    rules=["F1"],
    hints=[
        "What would Jonas have to look at, to see which reading was built? If there is nothing, the question is yours.",
        'For each question, look for a note on which the readings disagree: a word in a step, a part of a word, a note of Carla. Try it: `both(*readings["my tasks, or everybody\'s?"], "/tasks?q=...")`.',
        'Parts of words: "mil" is in "Buy milk", and it is no word. Two of the five are `None`: where the code stands, and how it compares, no request can see.',
    ],
)
def questions(telling: Any, readings: Any) -> None:
    """Each request really tells the readings apart; what no request can tell apart is not asked."""
    expect.that(isinstance(telling, dict), f"`telling` should be a dict: question → path. It is {describe(telling)}.")
    expect.that(
        isinstance(readings, dict) and len(readings) == 5,
        "`readings` is not the five pairs any more. Run the exercise's cell as it was given, with your paths in it.",
    )
    for question, pair in readings.items():
        path = telling.get(question, ...)
        expect.that(path is not ..., f"The question “{question}” has no answer yet: a path, or `None`.")
        if path is None:
            expect.that(
                question in OURS,
                f"“{question}” is a question for Jonas: there is a request on which the two readings answer differently. Look at `notes` for one that only one reading finds.",
                why="What a client can see and nobody asked about, somebody will decide by accident.",
            )
            continue
        expect.that(
            _is_path(path, "/tasks"),
            f"For “{question}” you give {describe(path)}. A path begins with `/tasks`, as in `/tasks?q=egg`.",
        )
        one, other = (client(app).get(path) for app in pair)
        expect.status(one, 200, why="A request that is refused shows nothing about what search means.")
        sees = f"`GET {path}` gets the same from both: {_read(one)[1]}."
        if question in OURS:
            raise NotYet(
                f"{sees} For “{question}” every request does. {OURS[question]} is your work: write `None`.",
                why="A question whose answer nobody can see costs the other side an hour, and you the trust.",
                response=one,
            )
        expect.that(
            one.json() != other.json(),
            f"{sees} It does not tell the readings of “{question}” apart. Which note would only one of them find?",
            why="With this request in the question, Jonas answers “yes” and nobody has learned anything.",
            response=one,
        )


# 11.2

HOLES = {
    "everybody": "finds Carla's tasks for Ana too",
    "strangers": "answers somebody without a token, as if it were Ana",
    "closed accounts": "lets Ben search, whose account is closed",
    "capitals": "finds only what is written with the same capitals",
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
        'Who asks is part of an example. Ask as `None` and as `"ben"`. Ask for `%25`, for capitals, for nothing, for a word that nobody has, and with `&done=true`.',
        '`(None, "/api/v1/tasks?q=milk", 401, [])` and `("ana", "/api/v1/tasks?q=", 400, ["q"])` close two holes. `q=MILK` can close two at once: Carla has a goat.',
    ],
)
def holes(search_examples: Any) -> None:
    """The examples hold for the search that was agreed, and each wrong one breaks one of them."""
    examples = _examples(search_examples, "search_examples")
    right = client(_search())
    for number, example in enumerate(examples, 1):
        got = _ask(right, example[0], example[1])
        expect.that(
            got == (example[2], example[3]),
            f"Example {number} is not what has been agreed: {_shown(example)}. The search that was agreed answers {got[0]} {got[1]}.",
            why="Whoever builds what this example says builds the wrong thing.",
        )
    for flaw, words in HOLES.items():
        wrong = client(_search(flaw))
        expect.that(
            any(_ask(wrong, one[0], one[1]) != (one[2], one[3]) for one in examples),
            f"There is a hole. All your {len(examples)} examples hold for an API that {words}.",
            why="What the spec does not forbid, somebody will build.",
        )


# 11.3

BROKEN: dict[str, tuple[set[int], str]] = {
    "b": ({4}, "The text of a stranger becomes a part of the SQL. `q=' OR 1=1 --` is then no text, but a statement."),
    "c": ({2}, "A `JSONResponse` is HTTP. A night job that uses the service has no use for it."),
    "d": (
        {3},
        "Carla being an admin does not make Ana's tasks hers. Jonas has said so too: no look into customers' tasks.",
    ),
    "e": ({7, 9}, "A package is looked after for years, and no sentence of the spec asks for it."),
    "g": ({6}, "What people look for is what they write. In a log it is kept for years and read by many."),
    "i": ({8}, "A change without its tests is finished when somebody else finds the bug."),
}
FINE = {
    "a": "A type with limits, and old clients may leave it out: what articles 1 and 4 want.",
    "f": "A list with nothing in it is a list. 404 would say that the address does not exist.",
    "h": "This keeps the promise to clients that are there, and says how that is shown.",
}


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
    """Each broken article is named, and nothing that is fine is blamed."""
    text = (ROOT / ".specify/memory/constitution.md").read_text(encoding="utf-8")
    names = {int(number): name for number, name in re.findall(r"^(\d+)\. \*\*(\w+)\.\*\*", text, re.MULTILINE)}
    expect.that(isinstance(breaks, dict), f"`breaks` should be a dict: step → article. It is {describe(breaks)}.")
    for step in "abcdefghi":
        given = breaks.get(step, ...)
        expect.that(given is not ..., f"Step {step} has no answer yet: the number of an article, or `None`.")
        if given is not None:
            expect.that(
                isinstance(given, int) and given in names,
                f"Step {step}: {describe(given)} is no article. The constitution has articles 1 to {max(names)}.",
            )
        articles, reason = BROKEN.get(step, (set(), ""))
        if not articles:
            expect.that(
                given is None,
                f"You blame step {step} for breaking article {given}, {names.get(given, '')}. It does not. {FINE.get(step, '')}",
                why="Who stops everything is soon asked no more.",
            )
            continue
        expect.that(
            given is not None,
            f"You let step {step} pass, and it breaks an article. Who is harmed when it is built?",
            why=reason,
        )
        expect.that(
            given in articles,
            f"Step {step} is broken, but not by article {given}, {names.get(given, '')}. Read the articles again: which of them becomes untrue?",
            why=reason,
        )


# 11.4

CRITERIA = ("link", "filters", "shape", "private")
NEEDS = {"Jonas": {"filters", "link"}, "clinic": {"private"}}
NAMES = {"Jonas": "Jonas", "clinic": "the clinic"}


def _facts(options: dict[str, FastAPI]) -> dict[str, set[str]]:
    """What is true of the three options, by asking them."""
    requests: dict[str, Callable[[Any, str], Any]] = {
        "A": lambda api, q: api.get(f"/tasks?q={q}&done=false"),
        "B": lambda api, q: api.get(f"/tasks/search?q={q}&done=false"),
        "C": lambda api, q: api.post("/searches?done=false", json={"q": q}),
    }
    facts: dict[str, set[str]] = {name: set() for name in CRITERIA}
    for name, send in requests.items():
        api = client(options[name])
        milk, dentist = send(api, "milk"), send(api, "dentist")
        expect.status(milk, 200, why=f"Option {name} should answer. Run the cells of section 4 again.")
        if "dentist" not in dentist.text:
            facts["filters"].add(name)
        if isinstance(milk.json(), dict):
            facts["shape"].add(name)
        if "milk" not in str(milk.request.url):
            facts["private"].add(name)
        again = api.get(str(milk.request.url))
        if again.status_code == 200 and again.json() == milk.json():
            facts["link"].add(name)
    return facts


TOLD = {
    "link": "a `GET` with the same address finds the result again",
    "filters": "`done=false` keeps the dentist, who is done, out of the result",
    "shape": "the answer is more than the list",
    "private": "the text does not stand in the address",
}


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
    """The facts are what the options answer; each choice meets its need, and names a price."""
    expect.that(
        isinstance(options, dict) and set(options) >= {"A", "B", "C"},
        "`options` is not the dictionary of three apps any more. Run the cells of section 4 again.",
    )
    true = _facts(options)
    expect.that(isinstance(facts, dict), "`facts` should be a dict: criterion → set of options.")
    for name in CRITERIA:
        given = facts.get(name, ...)
        expect.that(
            isinstance(given, set | list | tuple | frozenset),
            f'`facts` says nothing about `{name}`. It wants a set of options, such as `{{"A"}}`.',
        )
        for option in ("A", "B", "C"):
            meets = option in true[name]
            expect.that(
                (option in given) == meets,
                f"`{name}` means: {TOLD[name]}. Option {option} {'does' if meets else 'does not'}, and `facts` says the opposite. Ask it.",
                why="A trade-off that is not a fact is a taste.",
            )
    expect.that(isinstance(decisions, dict), "`decisions` should be a dict: customer → decision.")
    for customer, needs in NEEDS.items():
        _decision(customer, needs, decisions.get(customer), true)


def _decision(customer: str, needs: set[str], decision: Any, true: dict[str, set[str]]) -> None:
    expect.that(
        isinstance(decision, dict) and {"choice", "gains", "costs"} <= set(decision),
        f"The decision for {NAMES[customer]} needs `choice`, `gains` and `costs`.",
    )
    chosen, gains, costs = decision["choice"], decision["gains"], decision["costs"]
    expect.that(
        chosen in ("A", "B", "C"),
        f'The choice for {NAMES[customer]} is {describe(chosen)}. It is `"A"`, `"B"` or `"C"`.',
    )
    for name, given in (("gains", gains), ("costs", costs)):
        expect.that(
            isinstance(given, set | list | tuple | frozenset) and given and all(one in CRITERIA for one in given),
            f"The {name} for {NAMES[customer]} should be criteria, at least one: {names(CRITERIA)}.",
            why="Every option has a price. Who names none has not looked." if name == "costs" else "",
        )
    met = {name for name in CRITERIA if chosen in true[name]}
    unmet = sorted(needs - met)
    expect.that(
        not unmet,
        f"For {NAMES[customer]}, an option needs `{unmet[0] if unmet else ''}`, and option {chosen} does not meet it. An option that misses the need is no option, whatever else it has.",
        why="First the need, then the taste.",
    )
    missing = sorted(needs - set(gains))
    expect.that(
        not missing,
        f"Option {chosen} meets what {NAMES[customer]} needs, but `{missing[0] if missing else ''}` is not among its gains. It is the reason for the choice: say it.",
    )
    false = sorted(set(gains) - met)
    expect.that(
        not false,
        f"You give `{false[0] if false else ''}` as a gain of option {chosen} for {NAMES[customer]}. It does not meet that.",
        why="A reason that is not true is found in the first review, and then nobody believes the others.",
    )
    free = sorted(set(costs) & met)
    expect.that(
        not free,
        f"You give `{free[0] if free else ''}` as a cost of option {chosen} for {NAMES[customer]}. It meets that, so it is no cost.",
        why="A price that is none hides the one that is.",
    )


# 11.5

FIELD = '    sort: Literal["id", "title", "due_date"] = "id"\n'
CONDITION = "    columns: dict[str, ColumnElement[Any]] = {\n"
WITHOUT_ESCAPE: Edits = [
    ("api/models/requests/tasks.py", FIELD, "    q: Title | None = None\n" + FIELD),
    (
        "services/tasks.py",
        CONDITION,
        "    if wanted.q is not None:\n        tasks = tasks.where(Task.title.icontains(wanted.q))\n" + CONDITION,
    ),
]

LESSONS = {
    "A": "In Pydantic, `| None` says which values are allowed. Only a default makes a field optional.",
    "B": "A parameter protects the statement, not the pattern: inside LIKE, `%` and `_` still mean something. `autoescape=True` takes them as they are.",
    "C": "Beside the model, FastAPI takes `q`, and hands the model all parameters too. A model that forbids what it does not know refuses `q`.",
    "D": "SQLAlchemy collects the parts, and writes WHERE before LIMIT in any case.",
}


@exercise(
    "11.5",
    "Four answers, all sure of themselves",
    rules=["P4"],
    hints=[
        "What would each claim forbid? “Clients that send no `q` notice nothing” forbids one answer to one request. Send that request.",
        'Ask with `try_out("A", "/api/v1/tasks")` and the like: no `q` at all, a `q` with a plain word, a `q` with a character that SQL knows. Compare with what the spec says.',
        "Inside LIKE, `%` means “anything”. In an address it is written `%25`. And a claim that you cannot refute with `limit=1` and a word from the second task may be true: `None`.",
    ],
    limit=30,
)
def refuted(refuted_by: Any, proposals: Any, working_copy: Any) -> None:
    """Each request gets another answer from the proposal than from the search that was agreed."""
    expect.that(
        isinstance(refuted_by, dict),
        f"`refuted_by` should be a dict: proposal → path. It is {describe(refuted_by)}.",
    )
    for name in "ABCD":
        path = refuted_by.get(name, ...)
        expect.that(path is not ..., f"Proposal {name} has no answer yet: a path, or `None`.")
        if path is None:
            expect.that(
                name == "D",
                f"You believe proposal {name}, and it is wrong. Which request would show it? Turn its claim into one.",
                why="It runs, it reads well, and it reaches the customers on Friday.",
            )
            continue
        expect.that(
            _is_path(path, PATH),
            f"For proposal {name} you give {describe(path)}. A path begins with `{PATH}`.",
        )
    asked = {name: path for name, path in refuted_by.items() if name in "ABCD" and path is not None}
    agreed = client(_search())
    wanted = {name: _ask(agreed, "ana", path) for name, path in asked.items()}
    for name, path in asked.items():
        with _running(working_copy, proposals[name], f"Proposal {name}") as (api, headers):
            got = _ask(api, "ana", path, headers)
        said = f"`GET {path}` gets {got[0]} {got[1]} from proposal {name}"
        if name == "D":
            raise NotYet(
                f"{said}, and the spec promises the same. The claim of D holds: `None`.",
                why=f"{LESSONS['D']} Who distrusts everything has no time left for what is wrong.",
            )
        expect.that(
            got != wanted[name],
            f"{said}, and that is what the spec promises. This request agrees with the claim. Look for one that could refute it.",
            why="A hundred requests that agree prove less than one that could have refuted it.",
        )


# 11.6

DUE = "/api/v1/tasks?due_before="
DUE_WRONG = ("counts the day itself", "lists tasks without a date too")
MOST_STATEMENTS = {"api/models/requests/tasks.py": 1, "services/tasks.py": 2}


WITH_DATES = [
    ("ana", {"title": "Pay the rent", "due_date": "2031-06-01"}),
    ("ana", {"title": "Book a table", "due_date": "2031-06-09"}),
    ("carla", {"title": "Pay the gardener", "due_date": "2031-06-02"}),
]


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
    """The change does what the spec says, and nothing else; its examples catch what the spec forbids."""
    edits = _pairs(due_edits, "due_edits")
    with _running(working_copy, edits, "The change", WITH_DATES) as (api, headers):
        _behaves(api, headers)
        _is_small(edited, edits)
        examples = _examples(due_examples, "due_examples")
        _hold(api, headers, examples)
    _are_sharp(examples)


def _is_small(edited: Any, edits: Edits) -> None:
    changed = _changed_lines(edited, edits)
    for file, (lines, _, removed) in sorted(changed.items()):
        expect.that(
            file in MOST_STATEMENTS,
            f"The change touches `{file}`. The plan of the spec names two files, and this is none of them.",
            why="A reviewer reads every file of a change, and a mistake hides best in the one that nobody expected.",
        )
        expect.that(
            not removed,
            f"`{file}` has lost a line, or has it in another form: `{removed[0].strip()[:90] if removed else ''}`. No sentence of the spec asks for that.",
            why="Each line that changes can break something, and somebody has to read it.",
        )
        old = (ROOT / "app_snippets/tasks_api" / file).read_text(encoding="utf-8")
        more = _statements("\n".join(lines)) - _statements(old)
        expect.that(
            more <= MOST_STATEMENTS[file],
            f"`{file}` has {more} new statements. {'One field is' if MOST_STATEMENTS[file] == 1 else 'An `if` and what it does are'} enough for this spec.",
            why="What the spec does not ask for is not part of the change.",
        )
    new = "\n".join(lines[number - 1] for lines, added, _ in changed.values() for number in added)
    expect.that(
        "specs/due-before/spec.md" in new,
        "No new line cites the spec. A comment is enough: `# specs/due-before/spec.md, S1`.",
        why="In a year somebody asks why this line is there.",
    )


class _WantedDue(_WantedPage):
    due_before: date | None = None


def _due(flaw: str = "") -> FastAPI:
    """The list with `due_before`, in memory, with one flaw or none."""
    app = FastAPI(exception_handlers={RequestValidationError: _not_valid})
    mine: dict[str, list[dict[str, Any]]] = {
        "ana": [{"title": "Buy milk"}, {"title": "Call the dentist", "done": True}],
        "carla": [{"title": "Water the plants"}],
    }
    for who, task in WITH_DATES:
        mine[who].append({"title": task["title"], "due": date.fromisoformat(task["due_date"])})

    def fits(due: date | None, before: date) -> bool:
        if due is None:
            return flaw == "lists tasks without a date too"
        return due < before or (due == before and flaw == "counts the day itself")

    @app.get(PATH)
    async def list_tasks(wanted: Annotated[_WantedDue, Query()], authorization: Annotated[str, Header()] = "") -> Any:
        who = authorization.removeprefix("Bearer ")
        if who not in mine:
            raise HTTPException(403 if who else 401)
        found = [
            task
            for task in mine[who]
            if wanted.due_before is None or fits(task.get("due"), wanted.due_before)
            if wanted.done in (None, task.get("done", False)) and wanted.priority in (None, "normal")
        ]
        if wanted.sort == "title":
            found.sort(key=lambda task: str(task["title"]))
        if wanted.sort == "due_date":
            found.sort(key=lambda task: task.get("due", date.max))
        return [{"title": task["title"]} for task in found[wanted.offset :][: wanted.limit]]

    return app


def _are_sharp(examples: list[Example]) -> None:
    for statuses, words in (
        ((400,), "a request that is not valid. What does a date that is none get?"),
        ((401, 403), "somebody who may not ask. What does a stranger get?"),
    ):
        expect.that(
            any(one[2] in statuses for one in examples),
            f"None of your examples is about {words}",
            why="Happy path, not valid, not allowed, edges: article 8.",
        )
    right = client(_due())
    alike = [one for one in examples if _ask(right, one[0], one[1]) == (one[2], one[3])]
    for words in DUE_WRONG:
        wrong = client(_due(words))
        expect.that(
            any(_ask(wrong, one[0], one[1]) != (one[2], one[3]) for one in alike),
            f"Your examples are all green for a change that {words}. Which request would turn red?",
            why="The tests come with the change, and a test that cannot turn red is none.",
        )


def _statements(text: str) -> int:
    return sum(isinstance(node, ast.stmt) for node in ast.walk(ast.parse(text)))


def _behaves(api: Any, headers: dict[str | None, dict[str, str]]) -> None:
    known = {
        "counts": "The day itself is in it. *Before* a day is `<`.",
    }
    cases: tuple[tuple[str | None, str, int, list[str], str], ...] = (
        ("ana", f"{DUE}2031-06-09", 200, ["Pay the rent"], known["counts"]),
        ("ana", f"{DUE}2031-06-01", 200, [], known["counts"]),
        ("ana", f"{DUE}2031-06-10", 200, ["Pay the rent", "Book a table"], "Both dates are before that day."),
        ("ana", f"{DUE}2031-06-10&limit=1&offset=1", 200, ["Book a table"], "It should go together with pages."),
        ("ana", f"{DUE}2031-06-10&done=true", 200, [], "It should go together with `done`."),
        ("ana", f"{DUE}2031-06-10&sort=title", 200, ["Book a table", "Pay the rent"], "It should go together with `sort`."),
        ("carla", f"{DUE}2031-06-10", 200, ["Pay the gardener"], "Somebody else's tasks are never listed."),
        ("ana", f"{DUE}monday", 400, ["due_before"], "What is no date is a 400."),
        (None, f"{DUE}2031-06-10", 401, [], "A stranger gets a 401."),
        ("ben", f"{DUE}2031-06-10", 403, [], "Ben's account is closed: 403."),
        ("ana", PATH, 200, ["Buy milk", "Call the dentist", "Pay the rent", "Book a table"], "Without `due_before` the list is what it was."),
        ("ana", f"{PATH}?sort=due_date", 200, ["Pay the rent", "Book a table", "Buy milk", "Call the dentist"], "The order of the list is a promise too: equal dates go by their id."),
    )  # fmt: skip
    for who, path, status, answer, words in cases:
        response = api.get(path, headers=headers[who])
        got = _read(response)
        expect.that(
            got == (status, answer),
            f"{who or 'Nobody'} asks `GET {path}` and gets {got[0]} {got[1]}; it should be {status} {answer}. {words}",
            why="The spec is `specs/due-before/spec.md`.",
            response=response,
        )


def _hold(api: Any, headers: dict[str | None, dict[str, str]], examples: list[Example]) -> None:
    for number, example in enumerate(examples, 1):
        got = _ask(api, example[0], example[1], headers)
        expect.that(
            got == (example[2], example[3]),
            f"Example {number} does not hold: {_shown(example)}. What came back is {got[0]} {got[1]}.",
            why="An example that nobody has run is a guess.",
        )


# 11.7

SENTENCES = [f"S{number}" for number in range(1, 10)]
BREAKS = {
    "S1": ("ignored", "whole words"),
    "S2": ("capitals",),
    "S3": ("wildcards",),
    "S4": ("filters",),
    "S5": ("empty",),
    "S6": ("nothing found",),
    "S7": ("q is required",),
    "S8": ("strangers", "everybody", "closed accounts"),
}


@exercise(
    "11.7",
    "What was asked, what was shown",
    rules=["P3", "P4", "P6"],
    hints=[
        "Which of the nine sentences has somebody seen with their own eyes? Which one can this notebook not show at all?",
        'Paths are seen from the course\'s folder: `specs/search-tasks/spec.md`, `.specify/memory/constitution.md`. `cite(MODELS, "TaskFilter", search_edits)` makes a citation of the file as it is after the change; a second place has changed too.',
        '`"verified": examples_of(spec)` holds pairs for S1 to S8. S9, the 200 ms, is not verified here: `"not_verified": ["S9"]`.',
    ],
    limit=20,
)
def kept(record: Any, edited: Any, working_copy: Any, search_edits: Any) -> None:
    """The record's files exist, its citations hold the change, and each thing verified comes back and could have failed."""
    expect.that(isinstance(record, dict), f"`record` should be a dict. It is {describe(record)}.")
    for part in ("asked", "given", "changed", "verified", "not_verified"):
        expect.that(part in record, f"The record lacks `{part}`.")
    asked, given = record["asked"], record["given"]
    expect.that(
        isinstance(asked, str) and "specs/search-tasks/spec.md" in asked,
        "`asked` does not say which spec was meant. Name it by its path: `specs/search-tasks/spec.md`.",
        why="“Add search” is what Jonas said on Monday. Nobody can verify that.",
    )
    expect.that(isinstance(given, list | tuple | set) and given, "`given` should be a list of files.")
    for file in given:
        expect.that(
            _is_file(file),
            f"`given` lists {describe(file)}, and there is no such file. A path is seen from the course's folder.",
            why="Who wants to know what the assistant knew has to find it.",
        )
    for file in ("specs/search-tasks/spec.md", ".specify/memory/constitution.md"):
        expect.that(
            file in given,
            f"`{file}` is not among what was given.",
            why="Without it the assistant cannot know what always holds, or what was agreed.",
        )
    edits = _pairs(search_edits, "search_edits")
    _citations(record["changed"], edited, edits, "changed")
    pairs = record["verified"]
    expect.that(
        isinstance(pairs, list | tuple)
        and pairs
        and all(isinstance(one, tuple | list) and len(one) == 2 and one[0] in SENTENCES for one in pairs),
        '`verified` should be a list of pairs: a sentence of the spec, such as `"S2"`, and an example.',
    )
    examples = _examples([one[1] for one in pairs], "verified")
    verified, open_ = {one[0] for one in pairs}, record["not_verified"]
    expect.that(
        isinstance(open_, list | tuple | set), '`not_verified` should be a list of sentences, such as `["S9"]`.'
    )
    expect.that(
        "S9" not in verified,
        "You say that S9 is verified: 200 ms, with 1,000 tasks, on the production database. An example of one request cannot show that.",
        why="A record that claims more than was seen makes the whole record worthless.",
    )
    for sentence in SENTENCES:
        expect.that(
            (sentence in verified) != (sentence in open_),
            f"{sentence} stands in {'both lists' if sentence in verified else 'neither list'}. Each sentence of the spec was shown, or it was not.",
            why="What is in no list looks done to whoever reads the record.",
        )
    with _running(working_copy, edits, "The change") as (api, headers):
        _hold(api, headers, examples)
    for sentence in sorted(verified):
        mine = [example for name, example in zip((one[0] for one in pairs), examples, strict=True) if name == sentence]
        right, wrong = client(_search()), [client(_search(flaw)) for flaw in BREAKS[sentence]]
        expect.that(
            any(_ask(right, *one[:2]) != _ask(api, *one[:2]) for api in wrong for one in mine),
            f"{sentence} counts as verified, but its example would be as green if the sentence were broken: {_shown(mine[0])}.",
            why="Only a request that could have failed has shown anything.",
        )
    expect.that(
        len(verified) >= 6,
        f"Verified: {len(verified)} of the sentences S1 to S8. The spec has an example for each of S1 to S8, and running them takes a second.",
    )


def _is_file(path: Any) -> bool:
    return isinstance(path, str) and not Path(path).is_absolute() and ".." not in path and (ROOT / path).is_file()


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
    """All parts are there, each option has a price, and the references lead somewhere."""
    expect.that(isinstance(adr, str), f"`adr` should be a text. It is {describe(adr)}.")
    parts = {
        heading.strip(): body.strip()
        for heading, body in re.findall(r"^## (.+)\n((?:(?!## ).*\n?)*)", adr, re.MULTILINE)
    }
    for part in PARTS:
        expect.that(
            parts.get(part),
            f"The ADR has no part `## {part}`, or it is empty.",
            why="Whoever reads it in three years cannot ask you.",
        )
    expect.that(
        parts["Status"].lower().lstrip("*_` ").startswith("proposed"),
        f"The status is “{parts['Status'][:40]}”. You do not own the architecture: yours is `proposed`.",
        why="A decision that one person makes for all is overturned by the next one.",
    )
    options = {
        name: body
        for name, body in re.findall(r"^### ([A-Z]):.*\n((?:(?!### ).*\n?)*)", parts["Options"], re.MULTILINE)
    }
    expect.that(
        len(options) >= 2,
        f"There {'is one option' if len(options) == 1 else 'are no options'} of the form `### A: …`. A choice between one thing is none.",
        why="The first question of every reviewer is: what else was there?",
    )
    for name, body in options.items():
        for sign, word in (("+", "for"), ("-", "against")):
            expect.that(
                re.search(rf"^{re.escape(sign)} \S", body, re.MULTILINE),
                f"Option {name} has no line that begins with `{sign} `: nothing speaks {word} it?",
                why="An option without a price has not been understood; one without a gain is there only to lose.",
            )
    found = re.match(r"\W*(?:Option )?([A-Z])\b\W{0,3} because \S", parts["Decision"])
    expect.that(
        found and found[1] in options,
        f"The decision does not begin with one of the options and its reason, as in `A, because …`. It begins with “{parts['Decision'][:40]}”.",
        why="A decision names what was chosen, and why.",
    )
    for sign, word in (("+", "better"), ("-", "worse, or harder")):
        expect.that(
            re.search(rf"^{re.escape(sign)} \S", parts["Consequences"], re.MULTILINE),
            f"The consequences have no line that begins with `{sign} `. What becomes {word}?",
            why="Who pays for the decision should read it here, and not find out.",
        )
    _context(parts["Context"])
    expect.that(
        re.search(r"\d", parts["Look again when"]),
        "“Look again when” has no number. From when on is the decision wrong?",
        why="“When it gets slow” is noticed by nobody. A number can ring a bell.",
    )


def _context(context: str) -> None:
    found = CITATION.search(context)
    expect.that(
        found,
        "The context cites no code: `start:end:path`.",
        why="Which code is meant should not be a guess.",
    )
    assert found is not None
    start, end, path = int(found[1]), int(found[2]), found[3].rstrip(".")
    text = (ROOT / path).read_text(encoding="utf-8") if _is_file(path) else ""
    functions = {
        node.name: (node.lineno, node.end_lineno)
        for node in ast.walk(ast.parse(text if path.endswith(".py") else ""))
        if isinstance(node, ast.AsyncFunctionDef)
    }
    expect.that(
        path == "app_snippets/tasks_api/services/tasks.py" and (start, end) == functions.get("create_task"),
        f"`{found[0]}` is not where the service writes titles: `create_task` in `app_snippets/tasks_api/services/tasks.py`, from its first line to its last. `cite` makes the citation.",
        why="A citation that leads elsewhere costs the reader the trust in the rest.",
    )
    sentences = re.findall(r"(specs/[\w/-]+\.md)[`,;:#(\s]{0,4}(S\d+)", context)
    expect.that(
        sentences,
        "The context names no sentence of a spec, as in `specs/search-tasks/spec.md`, `S1`.",
        why="A decision without a need behind it is a hobby.",
    )
    for file, sentence in sentences:
        there = _is_file(file) and f"**{sentence}**" in (ROOT / file).read_text(encoding="utf-8")
        expect.that(
            there,
            f"`{file}` has no sentence {sentence}, or there is no such file.",
            why="A reference that leads nowhere looks checked, and is not.",
        )


# 11.9

SCENARIOS = {"happy path", "not valid", "not allowed", "edge"}


@exercise(
    "11.9",
    "Five parts",
    rules=["O1", "O2", "O3", "O4", "O5", "F4"],
    hints=[
        "Read your draft as somebody who was not there on Monday. What would they have to ask you?",
        'Constraints: the responses in `app.openapi()["paths"]["/api/v1/tasks"]["get"]`, and the chain `get_db` → `get_current_user` → `get_current_active_user`. Test: `commands`, above the exercise, holds four commands. What comes back you have seen there.',
        '`"code": {"edits": search_edits, "touches": [...]}`; the edge is `("edge", \'curl -i "$URL/api/v1/tasks?q=%25" -H "$ANA"\', 200, "[]")`; watch `duration_ms`.',
    ],
    limit=30,
)
def handed_over(handover: Any, edited: Any, working_copy: Any, curl: Any, values_for: Any) -> None:
    """Each of the five parts is there, and what can be run or looked up is."""
    expect.that(isinstance(handover, dict), f"`handover` should be a dict. It is {describe(handover)}.")
    for part in ("built", "constraints", "code", "test", "follows"):
        expect.that(handover.get(part), f"The hand-over lacks `{part}`.")
    _built(handover["built"])
    _follows(handover["follows"])
    code = handover["code"]
    expect.that(isinstance(code, dict) and {"edits", "touches"} <= set(code), "`code` needs `edits` and `touches`.")
    edits = _pairs(code["edits"], "edits")
    expect.that(
        edits,
        "`edits` is empty: there is no code in this hand-over. The change of section 6 is `search_edits`.",
        why="“It is on my machine” is not handed over.",
    )
    with _running(working_copy, edits, "The change") as (api, headers):
        for who, path, wanted in (
            ("ana", f"{PATH}?q=MILK", (200, ["Buy milk"])),
            ("ana", f"{PATH}?q=%25", (200, ["Save 100% of the receipts"])),
            ("ana", PATH, (200, [title for title, _ in TITLES["ana"]])),
            ("ana", f"{PATH}?q=plants", (200, [])),
            ("ana", f"{PATH}?q=", (400, ["q"])),
        ):
            got = _ask(api, who, path, headers)
            expect.that(
                got == wanted,
                f"With these edits, `GET {path}` gets {got[0]} {got[1]}, and the spec says {wanted[0]} {wanted[1]}.",
            )
        _constraints(handover["constraints"], api)
    _citations(code["touches"], edited, edits, "touches")
    _tests(handover["test"], edits, working_copy, curl, values_for)


def _built(built: Any) -> None:
    words = built.split() if isinstance(built, str) else []
    expect.that(
        5 <= len(words) <= 30 and len(re.findall(r"[.!?](?:\s|$)", built)) <= 1,
        "`built` should be one sentence of at most 30 words, and more than an address.",
        why="Who reads on decides by this sentence whether it is for them.",
    )
    expect.that(
        re.search(rf"\bGET\W{{1,3}}{PATH}\b", built),
        f"`built` should name the method and the path: `GET {PATH}`.",
        why="“Search is done” does not say what there is to call.",
    )


def _constraints(constraints: Any, api: Any) -> None:
    expect.that(
        isinstance(constraints, dict) and {"method", "path", "statuses", "depends_on"} <= set(constraints),
        "`constraints` needs `method`, `path`, `statuses` and `depends_on`.",
    )
    method, path = str(constraints["method"]), str(constraints["path"])
    operation = openapi.operation(api.get("/openapi.json").json(), method, path)
    expect.that(
        operation and path == PATH and method == "GET",
        f"`{method} {path}` is not the address of the search. The document of the service has `GET {PATH}`.",
        why="A path without its prefix gets a 404 from whoever believes you.",
    )
    documented = {int(status) for status in operation["responses"] if status.isdigit()}
    given = constraints["statuses"]
    expect.that(isinstance(given, set | list | tuple), f"`statuses` is {describe(given)}. It is a set of numbers.")
    left_out, invented = sorted(documented - set(given)), sorted(set(given) - documented, key=str)
    expect.that(
        not left_out,
        f"`statuses` lacks {left_out}. The document of the service names {sorted(documented)} for this route.",
        why="Each status that is left out is one that the client's author does not handle.",
    )
    expect.that(
        not invented,
        f"`statuses` has {invented}. The document of the service names {sorted(documented)} for this route, and `default` for what nobody expects.",
        why="A status that is promised, and that the document does not know, is a second truth beside it.",
    )
    chain = {getattr(call, "__name__", "") for call in dependencies(api.app, "GET", PATH)}
    depends: Collection[Any] = constraints["depends_on"]
    expect.that(
        isinstance(depends, set | list | tuple) and {"get_current_active_user", "get_db"} <= set(depends) <= chain,
        f"`depends_on` is {describe(depends)}. It should hold two links of the chain that you know from lesson 03, the active user and the session, and nothing that the route does not have.",
        why="These two say who may call, and what has to run beside the service.",
    )


def _tests(tests: Any, edits: Edits, working_copy: Any, curl: Any, values_for: Any) -> None:
    expect.that(
        isinstance(tests, list | tuple)
        and all(
            isinstance(one, tuple | list) and len(one) == 4 and isinstance(one[1], str) and isinstance(one[3], str)
            for one in tests
        ),
        "`test` should be a list of `(scenario, command, status, words)`.",
    )
    missing = sorted(SCENARIOS - {one[0] for one in tests})
    expect.that(
        not missing,
        f"There is no command for “{missing[0] if missing else ''}”.",
        why="Happy path, not valid, not allowed and an edge: article 8.",
    )
    answers = _run(tests, edits, working_copy, curl, values_for)
    for (scenario, command, status, words), (got, body) in zip(tests, answers, strict=True):
        expect.that(
            got == status,
            f"“{scenario}”: `{command}` comes back with {got}, and your hand-over says {status}.",
            why="The first command that does not do what the page says is the last one that somebody tries.",
        )
        expect.that(
            words and words in body,
            f"“{scenario}”: “{words}” is not in what `{command}` brings back: `{body[:120]}`.",
            why="A status alone is said by many mistakes too.",
        )
        allowed = {"happy path": (200,), "not valid": (400,), "not allowed": (401, 403), "edge": (200, 400)}.get(
            scenario
        )
        expect.that(
            allowed is None or got in allowed,
            f"“{scenario}” comes back with {got}. That is another scenario.",
        )
        expect.that(
            scenario != "happy path" or '"title"' in body and "q=" in command,
            "The happy path finds nothing, or does not search. Show that search finds something.",
        )
    edges = [one for one in tests if one[0] == "edge"]
    bare = _run(edges, WITHOUT_ESCAPE, working_copy, curl, values_for)
    right = [answer for one, answer in zip(tests, answers, strict=True) if one[0] == "edge"]
    expect.that(
        any(one != other for one, other in zip(bare, right, strict=True)),
        "Without `autoescape` in the service, your edge would look the same. Which characters does SQL take for more than themselves?",
        why="An edge that no mistake falls over is the happy path again.",
    )


def _run(tests: Any, edits: Edits, working_copy: Any, curl: Any, values_for: Any) -> list[tuple[int, str]]:
    with working_copy(edits) as app, Server(app, 0).start() as server:
        values = values_for(server.url)
        answers = []
        for _, command, _, _ in tests:
            expect.that(
                "$URL" in command,
                f"`{command}` does not ask `$URL`. A fixed address is right on one machine only.",
            )
            outside = re.sub(r"\"[^\"]*\"|'[^'$]*'", "", command)
            expect.that(
                not re.search(r"[$&?;|<>*]", outside),
                f"In a terminal, `{command}` is another command: what stands outside of double quotes, or in single quotes with a `$`, is read in another way there.",
                why="Without quotes `&` ends a command, and `$ANA` is cut at its spaces. In single quotes `$URL` is not filled in.",
            )
            expect.that(
                not re.search(r"eyJ|password", command),
                f"`{command}` carries a password or a token. Write `$ANA`, and let everybody bring their own.",
                why="A hand-over is copied and kept. What is in it once can be read for ever.",
            )
            try:
                answers.append(curl(command, values))
            except (ValueError, RuntimeError) as error:
                raise NotYet(f"A command does not run: {error}.", why="O4: the commands run as they stand.") from error
        return answers


def _follows(follows: Any) -> None:
    from app_snippets.tasks_api.context import Context

    expect.that(
        isinstance(follows, dict) and {"watch", "limit", "adrs"} <= set(follows),
        "`follows` needs `watch`, `limit` and `adrs`.",
    )
    fields = sorted(Context().fields())
    expect.that(
        follows["watch"] in fields,
        f"`watch` is {describe(follows['watch'])}. The log has the fields {names(fields)}.",
        why="What is written nowhere cannot be watched.",
    )
    expect.that(
        follows["watch"] in ("duration_ms", "status", "error_code"),
        f"`{follows['watch']}` tells requests apart, and says nothing about how they went.",
        why="A number with a limit can ring a bell.",
    )
    limit = follows["limit"]
    expect.that(
        isinstance(limit, int | float) and not isinstance(limit, bool) and limit > 0,
        f"`limit` is {describe(limit)}. From which number on should somebody be woken up?",
    )
    adrs = follows["adrs"]
    expect.that(
        isinstance(adrs, list | tuple | set) and adrs and all(_is_file(one) and "specs/adr/" in one for one in adrs),
        "`adrs` should list the ADR of this search by its path, a file in `specs/adr/`.",
        why="The decision is not yours, so they have to find it.",
    )
