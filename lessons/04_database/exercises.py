"""What the exercises of lesson 04 check, and the answers to its predictions."""

import asyncio
import inspect
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, HTTPException
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError, MissingGreenlet, OperationalError, PendingRollbackError, StatementError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from coursekit.author import Client, NotYet, client, describe, exercise, expect, prediction
from coursekit.author.databases import database, execute
from coursekit.author.responses import NoteStart
from coursekit.course.words import names, series

prediction("4.p1", answer=3, evidence="len(seen)", choices=(0, 1, 3, 4))
prediction("4.p2", answer=1, evidence="len(database.tables['tasks'])", choices=(0, 1, 2))
prediction("4.p3", answer=3, evidence="count", choices=(3, 4))
prediction("4.p4", answer=500, evidence="response.status_code", choices=(201, 404, 409, 500))
prediction("4.p5", answer=4, evidence="len(statements)", choices=(1, 2, 3, 4, 6))
prediction("4.p6", answer=2, evidence="len(set(shown))", choices=(1, 2, 3))
prediction(
    "4.p7",
    answer="Buy milk and eggs",
    evidence="stored",
    choices=("Buy oat milk, two liters", "Buy milk and eggs", "Buy oat milk, two liters and eggs", "Buy milk"),
)


def _app(base: Any, router: Any, rows: Iterable[Any] = (), **options: Any) -> FastAPI:
    """Return an app with a new database: `app.state.sessions` opens sessions on it, and `app.state.file` is its file."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with database(base, rows=rows, **options) as (engine, app.state.file):
            app.state.pool = engine.pool
            event.listen(engine.sync_engine, "commit", lambda _: app.state.happened.append("commit"))
            app.state.sessions = async_sessionmaker(engine, expire_on_commit=False)
            yield

    app = FastAPI(lifespan=lifespan)
    app.state.happened = []
    app.add_middleware(NoteStart, note=lambda: app.state.happened.append("response"))
    app.include_router(router)
    return app


def _a_base(base: Any, name: str, *tables: str) -> None:
    expect.that(
        isinstance(base, type) and hasattr(base, "metadata"),
        f"`{name}` should stay the class that the cell begins with: `class {name}(DeclarativeBase)`.",
    )
    for table in tables:
        expect.that(
            table in base.metadata.tables,
            f'`{name}` knows no table `{table}`. Is your class a subclass of `{name}`, with `__tablename__ = "{table}"`?',
        )


async def _awaited(made: Any, call: str) -> Any:
    expect.that(
        inspect.isawaitable(made),
        f"`{call}` cannot be awaited: it answers at once with {describe(made)}. What asks a database is `async def`, and awaits it.",
    )
    return await made


@exercise(
    "4.1",
    "The reminders that forgot themselves",
    rules=["A1"],
    hints=[
        "Which of the five columns may be empty, and how does a type say so? Which has a default?",
        "`Task` in section 1 has one of each: `title`, `due_date`, `done`. The cell above the exercise asks for open tasks in an order.",
        "`note: Mapped[str | None]`, `sent: Mapped[bool] = mapped_column(default=False)`, and "
        "`select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)`.",
    ],
)
def reminders(ReminderBase: Any, Reminder: Any, waiting: Any) -> None:
    """The table has required columns, an optional one and a default; the query has a condition and an order."""
    _a_base(ReminderBase, "ReminderBase", "reminders")
    asyncio.run(_reminders(ReminderBase, Reminder, waiting))


async def _reminders(base: Any, table: Any, waiting: Any) -> None:
    async with database(base) as (engine, file):
        await _may_be_left_out(engine, table)
        await _waits(engine, waiting, ["Meet Ana", "Air the room", "Walk"])
        async with AsyncSession(engine) as session:
            changed: Any = await session.scalar(select(table).where(table.text == "Meet Ana"))
            changed.sent = True
            session.add(table(text="Breathe", minutes=1))
            await session.commit()
        await _waits(engine, waiting, ["Breathe", "Air the room", "Walk"])
        for field, row in (("text", table(minutes=5)), ("minutes", table(text="Breathe"))):
            expect.that(
                await _refusal(engine, row),
                f"A reminder without `{field}` was stored. It must be there, and the database can hold everybody to that: no `| None` and no default.",
            )
        try:
            execute(file, "INSERT INTO reminders (text, minutes, sent) VALUES ('Nap', 9, NULL)")
        except sqlite3.IntegrityError:
            return
        raise NotYet(
            "A reminder was stored whose `sent` is empty. It was sent or it was not: `Mapped[bool]`, without `| None`."
        )


async def _refusal(engine: AsyncEngine, *rows: Any) -> IntegrityError | None:
    """Return the error with which the database refuses these rows, or None when it stores them."""
    async with AsyncSession(engine) as session:
        session.add_all(rows)
        try:
            await session.commit()
        except IntegrityError as error:
            return error
    return None


async def _may_be_left_out(engine: AsyncEngine, table: Any) -> None:
    refusal = await _refusal(
        engine,
        table(text="Air the room", minutes=15),
        table(text="Meet Ana", minutes=5, note="About the party"),
        table(text="Walk", minutes=30, note=None),
        table(text="Tea", minutes=3, sent=True),
    )
    if refusal:
        column = str(refusal.orig).rsplit(".", 1)[-1]
        cure = (
            "A column that may be empty is `Mapped[str | None]`."
            if column == "note"
            else "Give the column a default: `mapped_column(default=False)`."
        )
        raise NotYet(
            f"Ben saved a reminder and left `{column}` out, which he may. The database refused it: {refusal.orig}. {cure}"
        )
    async with AsyncSession(engine) as session:
        stored = {row.text: (row.minutes, row.note, row.sent) for row in await session.scalars(select(table))}
    known = {
        (15, None, None): "`sent` is empty for a new reminder. It should be false unless somebody says otherwise: `default=False`.",
        (15, "", False): "A reminder was saved without a note, and its note is an empty text. A column that may be empty holds nothing then: `Mapped[str | None]`, without a default.",
        ("15", None, False): "`minutes` came back as text. A number is `Mapped[int]`; as text, 15 stands before 5.",
    }  # fmt: skip
    expect.equal(
        stored.get("Air the room"),
        (15, None, False),
        what="minutes, note and sent of a reminder that was saved with a text and 15 minutes",
        why="A new reminder has not been sent, and one without a note has none.",
        known=known,
    )


async def _waits(engine: AsyncEngine, waiting: Any, wanted: list[str]) -> None:
    async with AsyncSession(engine) as session:
        found = await _awaited(waiting(session), "waiting(session)")
        expect.that(
            isinstance(found, list | tuple),
            f"`waiting` gave {describe(found)}. A list of reminders was asked for: `list(await session.scalars(...))`.",
        )
        expect.that(
            all(hasattr(one, "text") for one in found),
            f"`waiting` gave a list of {describe(found[0]) if found else 'nothing'}, and not of reminders. `session.execute` gives rows, `session.scalars` gives objects.",
        )
        texts = [one.text for one in found]
    nothing = "`waiting` found nothing, although reminders wait. Perhaps Python computed your condition, as it does with `not` and `is`, before SQL saw it: then use `.is_(False)`."
    known = [([], nothing), (wanted[::-1], "The longest comes first. Without `.desc()` an order goes up.")]
    if sorted(texts) == sorted(wanted):
        other_order = (
            "The right reminders came, in another order. `.order_by(Reminder.minutes)` puts the fewest minutes first."
        )
        known.append((texts, other_order))
    expect.equal(
        texts,
        wanted,
        what="the texts of the waiting reminders, in order",
        why="Ben's phone rings in this order, and never twice for one reminder.",
        known=known,
    )


@exercise(
    "4.2",
    "Saved, said the server",
    rules=["D6", "A4"],
    hints=[
        "Go through the ways out of the route one by one: it returns, it raises, the commit fails. What does `get_notes_db` do on each?",
        "Nothing commits. When the route raises, the line after `yield` is never reached. And when does the clean-up run, before the response or after it?",
        "`async with request.app.state.sessions() as session, session.begin():` with `yield session` inside, and "
        '`Depends(get_notes_db, scope="function")`.',
    ],
)
def saved(NoteBase: Any, notes_router: Any) -> None:
    """The dependency commits or rolls back and returns the connection, all before the response is sent."""
    _a_base(NoteBase, "NoteBase", "notes")
    app = _app(NoteBase, notes_router, pool_size=2, max_overflow=0, pool_timeout=0.3)
    api = client(app, raise_server_exceptions=False)
    _keeps_a_good_import(api)
    for _ in range(2):
        _drops_a_failed_import(api, app)
    _tells_of_refused_commits(api, app)
    _commits_before_it_answers(api, app)
    _holds(api, ["Milk", "Pepper", "Soap"], "Good notes stay.")
    expect.that(
        app.state.pool.checkedout() == 0,
        "A session is still open after the last request. Close it on every way out: `async with`.",
    )


def _keeps_a_good_import(api: Client) -> None:
    expect.status(
        api.post("/notes", json=["Milk"]),
        201,
        why="This is a good import.",
        known={
            500: "A good import fails inside your code. Is it `await session.commit()`, and is `sessions()` called?"
        },
    )
    _holds(
        api,
        ["Milk"],
        "The note was imported, and the server said 201.",
        wrong=[],
        said="The server said 201, and the note is not there: nothing has committed. A session that is closed without a commit takes its rows with it.",
    )


def _drops_a_failed_import(api: Client, app: FastAPI) -> None:
    expect.status(
        api.post("/notes", json=["Bread", "Tea", ""]),
        422,
        why="The third note has no words, and the route says 422 to that.",
        known={
            201: "The exception of the route got lost in `get_notes_db`. After the rollback it has to go on: `raise`.",
            500: "The route raised 422, and the caller got a 500: either `get_notes_db` swallowed the exception, or no connection is left to lend.",
        },
    )
    expect.that(
        app.state.pool.checkedout() == 0,
        "After an import that failed, its session is still open and its connection lent. An exception leaves `get_notes_db` at the `yield`, and what "
        "stands below is not reached: use `async with`, or `finally`.",
        "With each failure one connection less is left, until the server waits for one and says nothing any more.",
    )
    _holds(
        api,
        ["Milk"],
        "An import that failed must leave nothing.",
        wrong=["Milk", "Bread", "Tea"],
        said="The import failed, and its first two notes stayed: your code commits also when the route has raised. Commit after the `yield` only, not in `finally`.",
    )


def _tells_of_refused_commits(api: Client, app: FastAPI) -> None:
    expect.status(
        api.post("/notes", json=["Salt", "Salt"]),
        (409, 422, 500, 400),
        why="Each text may be there once, so the database refuses these two when they are committed.",
        known={
            201: _took_both(app)
            or "The database refused the notes, and Ben was told 201. By default the clean-up of a `yield` dependency runs after the response: "
            '`Depends(get_notes_db, scope="function")` commits before it.'
        },
    )
    expect.status(
        api.post("/notes", json=["Milk"]),
        (409, 422, 500, 400),
        why="`Milk` is stored already, so the database refuses it when it is committed.",
        known={
            201: "`Milk` was stored already, the database refused it, and Ben was told 201. A look in the route cannot know all reasons to refuse: "
            '`Depends(get_notes_db, scope="function")` commits before the response.'
        },
    )
    _holds(api, ["Milk"], "A refused import leaves nothing.")


def _took_both(app: FastAPI) -> str:
    """Return what to say when the database holds a text twice, or an empty string when it refused the second one."""
    ((rows,),) = execute(app.state.file, "SELECT count(*) FROM notes WHERE text = 'Salt'")
    return (
        "The table took the same text twice: `unique=True` is gone from `Note.text`. Put it back." if rows > 1 else ""
    )


def _commits_before_it_answers(api: Client, app: FastAPI) -> None:
    app.state.happened.clear()
    expect.status(
        api.post("/notes", json=["Pepper", "Soap"]), 201, why="After a refused import, a good one is as good as before."
    )
    expect.that(
        app.state.happened != ["response", "commit"],
        "Ben was told 201 first, and the commit came after it. What a commit refuses, he never hears. By default the clean-up of a `yield` dependency "
        'runs after the response: `Depends(get_notes_db, scope="function")` commits before it.',
    )


def _holds(api: Client, wanted: list[str], why: str, wrong: list[str] | None = None, said: str = "") -> None:
    """Expect these notes in the API. `said` is the sentence for the mistake that leaves the notes `wrong`."""
    response = api.get("/notes")
    expect.status(
        response,
        200,
        why="Reading the notes always works.",
        known={500: "Reading fails now. Most likely no connection is left: each import that failed has kept one."},
    )
    expect.body(response, wanted, why=why, known=[(wrong, said)])


@exercise(
    "4.3",
    "Ana hands over a task",
    rules=["E6"],
    hints=[
        "What has to be true before anything changes? Each test that refuses something names one condition.",
        "`complete_task` has the shape: look, refuse with `NotFound` or `Conflict`, then change an attribute and flush. For a user name: "
        "`session.scalar(select(User).where(...))`.",
        "`if task is None or task.owner_id != giver_id: raise NotFound(...)`, the same for the receiver, `if not user.active: raise Conflict(...)`, "
        "`task.owner_id = user.id`, `await session.flush()`, `return task`.",
    ],
)
def handing_over(Base: Any, User: Any, Task: Any, NotFound: Any, Conflict: Any, hand_over: Any) -> None:
    """The service passes the given tests with other people and tasks, and keeps the rules that the tests only imply."""
    _a_base(Base, "Base", "users", "tasks")
    asyncio.run(_hands_over(Base, User, _Service(hand_over, Task, NotFound, Conflict)))


@dataclass
class _Service:
    """The learner's service, with the model and the exceptions that it uses."""

    hand_over: Any
    Task: Any
    NotFound: Any
    Conflict: Any


async def _hands_over(base: Any, User: Any, service: _Service) -> None:
    people = enumerate([("dora", True), ("emil", False), ("flo", True), ("ana", True)], 1)
    tasks = enumerate([(4, "Feed the cat", False), (4, "Post a letter", True), (1, "Mow", False), (3, "Sew", False)], 1)
    rows = [User(id=id_, username=name, email=f"{name}@example.com", active=active) for id_, (name, active) in people]
    rows += [service.Task(id=id_, owner_id=owner, title=title, done=done) for id_, (owner, title, done) in tasks]
    async with database(base, rows=rows) as (engine, _):
        await _leaves_the_commit_to_its_caller(engine, service)
        for error, said, request in (
            (service.NotFound, "there is no task 9.", _request(9, 4, "flo")),
            (service.NotFound, "task 3 belongs to Dora (1), and Ana (4) gave it away.", _request(3, 4, "flo")),
            (service.NotFound, "there is no user zoe.", _request(1, 4, "zoe")),
            (service.Conflict, "Emil is not active, and would never see the task.", _request(1, 4, "emil")),
            (service.Conflict, "task 2 is done, and done tasks stay.", _request(2, 4, "flo")),
        ):
            await _refuses(engine, service, error, said, request)
        async with AsyncSession(engine) as session:
            await _awaited(service.hand_over(session, **_request(4, 3, "dora")), "hand_over(...)")
            await session.commit()
        expect.equal(
            await _owners(engine, service.Task),
            [4, 4, 1, 1],
            what="the owners after Flo (3) handed task 4 to Dora (1) and the session committed",
            why="Now it counts.",
        )


def _request(task_id: int, giver_id: int, receiver: str) -> dict[str, Any]:
    return {"task_id": task_id, "giver_id": giver_id, "receiver": receiver}


async def _owners(engine: AsyncEngine, table: Any) -> list[int]:
    async with AsyncSession(engine) as session:
        return list(await session.scalars(select(table.owner_id).order_by(table.id)))


async def _leaves_the_commit_to_its_caller(engine: AsyncEngine, service: _Service) -> None:
    call = "hand_over(session, task_id=1, giver_id=4, receiver='flo')"
    async with AsyncSession(engine, expire_on_commit=False) as session:
        try:
            task = await _awaited(service.hand_over(session, **_request(1, 4, "flo")), call)
        except (service.NotFound, service.Conflict) as error:
            raise NotYet(
                f"`{call}` raised `{type(error).__name__}`. Here task 1 is Ana's (4), it is open, and Flo is active: nothing is in the way. "
                "Which of your conditions says otherwise?"
            ) from None
        expect.that(
            task is not None,
            "`hand_over` handed the task over and returned nothing. The first given test looks at the task: return it.",
        )
        expect.equal(
            (task.id, task.owner_id),
            (1, 3),
            what="id and owner of the returned task",
            why="Ana (4) handed task 1 to Flo (3).",
        )
        await session.rollback()
    commits = "Your service commits. Whoever opened the session wanted to roll back, and could not any more. Leave the commit to `get_db`; `flush` is enough."
    expect.equal(
        await _owners(engine, service.Task),
        [4, 4, 1, 3],
        what="the owners after the session was rolled back",
        why="Whoever opened the session decides whether all of it counts.",
        known=[([3, 4, 1, 3], commits)],
    )


async def _refuses(engine: AsyncEngine, service: _Service, error: Any, said: str, request: dict[str, Any]) -> None:
    before = await _owners(engine, service.Task)
    call = f"hand_over(session, {', '.join(f'{name}={value!r}' for name, value in request.items())})"
    try:
        async with AsyncSession(engine) as session:
            await _raises(error, service, session, request, call, said)
            await session.commit()
    except IntegrityError:
        raise NotYet(
            f"`{call}`: {said} The database was asked to store something that it must refuse, most likely a task without an owner: "
            "the owner was set before the conditions were looked at."
        ) from None
    number = request["task_id"]
    changed = (
        "You refused, and the task changed hands all the same: the owner was set before the conditions were looked at."
    )
    expect.equal(
        await _owners(engine, service.Task),
        before,
        what="the owners after a refused handing over",
        why="A refused handing over changes nothing.",
        known=[([*before[: number - 1], 2, *before[number:]], changed)],
    )


async def _raises(
    error: Any, service: _Service, session: AsyncSession, request: dict[str, Any], call: str, said: str
) -> None:
    try:
        await _awaited(service.hand_over(session, **request), call)
    except HTTPException:
        raise NotYet(
            "Your service raises `HTTPException`. A nightly script that calls it has no use for a status: raise `NotFound` or `Conflict`, and let the route translate."
        ) from None
    except (service.NotFound, service.Conflict) as got:
        expect.that(
            isinstance(got, error),
            f"`{call}` raised `{type(got).__name__}`, and `{error.__name__}` was to be expected: {said}",
        )
    else:
        raise NotYet(f"`{call}` was carried out: {said} Raise `{error.__name__}`.")


@exercise(
    "4.4",
    "The page that got slower every week",
    rules=["A1"],
    hints=[
        "How many statements does `read_lists` send for 3 lists, and for 90? Which line sends them?",
        "Section 4: `select(...).options(selectinload(...))`. The relationship is called `items`, and it has its order already.",
        "`select(ShoppingList).options(selectinload(ShoppingList.items)).order_by(ShoppingList.name)`, and then `one.items` in place of the question in the loop.",
    ],
)
def slow_page(ShopBase: Any, ShoppingList: Any, Item: Any, read_lists: Any) -> None:
    """The page stays the same, and the number of statements does not grow with the number of lists."""
    _a_base(ShopBase, "ShopBase", "shopping_lists", "items")
    asyncio.run(_slow_page(ShopBase, ShoppingList, Item, read_lists))


async def _slow_page(base: Any, ShoppingList: Any, Item: Any, read_lists: Any) -> None:
    counts = {size: await _statements(base, ShoppingList, Item, read_lists, size) for size in (3, 12, 130)}
    expect.that(
        max(counts.values()) <= 3,
        f"The answer is right. It took {counts[3]} statements for 3 lists and {counts[12]} for 12: "
        "one for the lists and one more for each list. Ask for all items at once, with `selectinload`.",
        "At most three, however many lists there are, is what keeps the page quick next January.",
    )


async def _statements(base: Any, ShoppingList: Any, Item: Any, read_lists: Any, size: int) -> int:
    """Expect the right page for this many lists, and return the number of statements that it took."""
    texts = ("Milk", "Bread", "Apples")
    page = [
        {
            "name": f"List {(7 * number) % size:03}",
            "items": [f"{text} {number + 1}" for text in texts] if number else [],
        }
        for number in range(size)
    ]
    rows = [ShoppingList(id=number, name=one["name"]) for number, one in enumerate(page, 1)]
    rows += [Item(list_id=number, text=f"{text} {number}") for text in texts for number in range(size, 1, -1)]
    statements: list[str] = []
    async with database(base, rows=rows) as (engine, _):
        event.listen(engine.sync_engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
        async with AsyncSession(engine) as session:
            try:
                got = await _awaited(read_lists(session), "read_lists(session)")
            except (StatementError, MissingGreenlet) as error:
                expect.that(
                    "MissingGreenlet" not in f"{error!r} {error}",
                    "An attribute needed the database, and an attribute cannot await: `MissingGreenlet`. Most likely you read `items` without having loaded them. "
                    "Say in the first question that you need them, with `selectinload`.",
                )
                raise
    _is_the_page(got, page)
    return len(statements)


def _is_the_page(got: Any, page: list[dict[str, Any]]) -> None:
    """Expect the lists of `page`, sorted by name."""
    size = len(page)
    wanted = sorted(page, key=lambda one: str(one["name"]))
    expect.that(
        size <= 12 or not isinstance(got, list) or len(got) == size,
        f"There are {size} lists, and your page shows {len(got or ())}. All lists belong on it, however many there are: no `limit`.",
    )
    without_empty = (
        [one for one in wanted if one["items"]],
        "The list without items is missing. A join keeps only lists that have an item; `selectinload` keeps all.",
    )
    expect.equal(
        got,
        wanted,
        what=f"the page with {size} lists",
        why="The page is to be quicker, and otherwise as it was.",
        known=[without_empty, (page, "The lists are not in the order of their names any more.")],
    )


@exercise(
    "4.5",
    "The chore that nobody saw",
    rules=["A1", "E3"],
    hints=[
        "Four chores take 10 minutes. In which order does the database have to give them? And what does `getattr(Chore, sort)` find for `metadata`?",
        "End the order with a column that is unique. Let a query model say which words `sort` may have: `Literal`.",
        '`sort: Literal["name", "minutes"] = "minutes"`, and `.order_by(getattr(Chore, sort), Chore.id)`.',
    ],
)
def chores(ChoreBase: Any, Chore: Any, chores_router: Any) -> None:
    """Every chore is on exactly one page, even while an index comes and goes."""
    _a_base(ChoreBase, "ChoreBase", "chores")
    app = _app(ChoreBase, chores_router, [Chore(name=name, minutes=minutes) for name, minutes in _CHORES])
    api = client(app, raise_server_exceptions=False)
    _has_defaults(api)
    for sort, index in (("minutes", "minutes, name, id DESC"), ("name", "name, minutes, id DESC")):
        _each_once(sort, _paged_through(api, sort, app.state.file, index))
    for query, said in _NOT_AGREED.items():
        expect.status(
            api.get(f"/chores{query}"),
            422,
            why="The caller is to hear what is allowed, and no other column is to be reached.",
            known={200: f"It was carried out. {said}", 500: f"The server crashed on it. {said}"},
        )


# In both orders, by minutes and by name, two equal chores stand where one page ends and the next begins.
_CHORES = [
    ("Oven", 10),
    ("Dishes", 5),
    ("Air", 5),
    ("Floor", 10),
    ("Windows", 40),
    ("Bins", 5),
    ("Plants", 10),
    ("Bins", 5),  # one for paper, one for glass
    ("Shelf", 5),
    ("Oven", 10),
    ("Table", 1),
]
_NOT_AGREED = {
    "?sort=metadata": "`metadata` is an attribute of the class, and `getattr` finds it. List the words that are allowed.",
    "?sort=id": "`sort` is `name` or `minutes`, and nothing else was agreed on.",
    "?limit=0": "A page of no chores. `ge=1`.",
    "?limit=51": "51 is one too many. Without a limit somebody asks for a million. `le=50`.",
    "?offset=-1": "There is no row before the first one. `ge=0`.",
}


def _has_defaults(api: Client) -> None:
    first = _page(api, "")
    expect.equal(
        len(first),
        3,
        what="the number of chores on a page when `limit` is left out",
        why="The flat's page has room for three.",
    )
    expect.equal(
        _CHORES[first[0]][0],
        "Table",
        what="the first chore when `sort` is left out",
        why="The short ones come first, and wiping the table takes a minute.",
    )
    expect.equal(
        [_CHORES[place][0] for place in _page(api, "?sort=name&limit=50")],
        sorted(name for name, _ in _CHORES),
        what="all chores by name",
        why="`sort=name` was asked for.",
    )


def _page(api: Client, query: str) -> list[int]:
    """Return the positions in `_CHORES` of the chores on a page."""
    why = "The flat's page is made from it."
    response = api.get(f"/chores{query}")
    expect.status(
        response,
        200,
        why="This request is right.",
        known={
            422: "This request is right, and your API refuses it. Each of the parameters may be left out, and these values are within the limits."
        },
    )
    body = expect.json_body(response, why=why)
    expect.that(isinstance(body, list), "The answer should stay a list.", why=why, response=response)
    expect.fields(response, {"id", "name"}, why=why)
    return [one["id"] - 1 for one in body]


def _paged_through(api: Client, sort: str, file: str, index: str) -> list[int]:
    """Return what all pages hold while an index comes and goes, which makes the database read the rows in another order."""
    seen = []
    for offset in range(0, 12, 3):
        execute(file, f"CREATE INDEX quick ON chores ({index})" if offset % 2 else "DROP INDEX IF EXISTS quick")
        seen += _page(api, f"?sort={sort}&limit=3&offset={offset}")
    return seen


def _named(places: Iterable[int]) -> str:
    return series(f"{_CHORES[place][0]} ({_CHORES[place][1]} minutes, id {place + 1})" for place in sorted(places))


def _each_once(sort: str, seen: list[int]) -> None:
    lost, twice = set(range(len(_CHORES))) - set(seen), {place for place in seen if seen.count(place) > 1}
    expect.that(
        not lost and not twice,
        f"Somebody paged through `sort={sort}`, three at a time, while an index came and went. Twice: {_named(twice)}. Not at all: {_named(lost)}. "
        "Some chores are equal in your order, and for equals a database may give any order. End each order with `Chore.id`: no two have the same.",
    )
    values = [_CHORES[place][0 if sort == "name" else 1] for place in seen]
    expect.that(
        values == sorted(values),
        f"Each chore came once, but not in the order of `sort={sort}`. The unique column ends the order; it does not begin it.",
    )


@exercise(
    "4.6",
    "Two teams called Family",
    rules=["E6", "D6"],
    hints=[
        "Between the look and the flush there is a moment. Who can say at the very moment of writing that the name is taken?",
        "The table needs a constraint, and the service an answer to what the database then raises. `create_user` in this section has both.",
        "`name: Mapped[str] = mapped_column(unique=True)`, and around the flush `try: ... except IntegrityError as error: raise Conflict(...) from error`.",
    ],
)
def teams(TeamBase: Any, Team: Any, Conflict: Any, found_team: Any) -> None:
    """A team's name is unique, even when somebody takes it between the service's look and its write."""
    _a_base(TeamBase, "TeamBase", "teams")
    asyncio.run(_teams(TeamBase, Conflict, found_team))


async def _teams(base: Any, Conflict: Any, found_team: Any) -> None:
    async with database(base, connect_args={"timeout": 0.3}) as (engine, file):
        ids = [await _founds(engine, Conflict, found_team, name) for name in ("Choir", "Football")]
        expect.that(
            None not in ids and len(set(ids)) == 2,
            "The returned team has no number of its own. The database gives it out at `flush`.",
        )
        unnoticed = (
            "That team existed already, and somebody founded it again: `found_team` should raise `Conflict`. Either look first, or let the database refuse the "
            "second one and catch its `IntegrityError`; for that the table needs `unique=True`."
        )
        await _clash(engine, Conflict, found_team, "Choir", unnoticed)
        for name in ("Family", "Neighbors"):
            await _loses_a_race(engine, file, Conflict, found_team, name)
        try:
            execute(file, "INSERT INTO teams (name) VALUES ('Chess'), ('Chess')")
        except sqlite3.IntegrityError:
            return
        raise NotYet(
            "Without your service, two teams of one name can still be stored: the table has no rule against it. A look after the `flush` does not see what another "
            "session has not committed yet, and an index alone forbids nothing. Only the database can refuse: `unique=True`."
        )


async def _founds(engine: AsyncEngine, Conflict: Any, found_team: Any, name: str) -> Any:
    """Expect a new team from the service, and return its id."""
    call = f"found_team(session, {name!r})"
    commits: list[bool] = []
    event.listen(engine.sync_engine, "commit", lambda _: commits.append(True))
    async with AsyncSession(engine, expire_on_commit=False) as session:
        try:
            team = await _awaited(found_team(session, name), call)
        except Conflict:
            raise NotYet(f"There is no team `{name}` yet, and `found_team` raised `Conflict`.") from None
        expect.that(
            getattr(team, "name", None) == name, f"`{call}` should return the new team; it gave {describe(team)}."
        )
        number = team.id
        expect.that(
            not commits,
            "Your service commits. It may be a part of a larger request, and whoever opened the session could not roll back any more. "
            "Leave the commit to `get_db`; `flush` is enough.",
        )
        await session.commit()
    return number


async def _loses_a_race(engine: AsyncEngine, file: str, Conflict: Any, found_team: Any, name: str) -> None:
    """Have somebody else found the team just before the service writes, and expect `Conflict`."""
    done: list[bool] = []

    def faster(*given: Any) -> None:
        if given[2].lstrip().upper().startswith("INSERT") and not done:
            done.append(True)
            execute(file, "INSERT INTO teams (name) VALUES (?)", name)

    event.listen(engine.sync_engine, "before_cursor_execute", faster)
    await _clash(
        engine,
        Conflict,
        found_team,
        name,
        f"While your service was at work, somebody else founded `{name}`, after your look and before your write. Your service noticed nothing, and now there are two. "
        "Only the database can refuse at the moment of writing: `unique=True`.",
    )
    event.remove(engine.sync_engine, "before_cursor_execute", faster)
    expect.equal(
        len(execute(file, "SELECT * FROM teams WHERE name = ?", name)),
        1,
        what=f"the number of teams called {name}",
        why="Two in the same second, and one of them has to lose.",
    )


async def _clash(engine: AsyncEngine, Conflict: Any, found_team: Any, name: str, unnoticed: str) -> None:
    async with AsyncSession(engine) as session:
        try:
            await _awaited(found_team(session, name), f"found_team(session, {name!r})")
            await session.commit()
        except Conflict:
            await session.rollback()
        except IntegrityError:
            raise NotYet(
                f"The database refused the second team `{name}` with an `IntegrityError`, and your service let it out. The caller gets a 500 for a name that is taken. "
                "Catch it around the `flush`, and raise `Conflict`."
            ) from None
        except PendingRollbackError:
            raise NotYet(
                f"The database refused the second team `{name}`. You caught the refusal and did not raise `Conflict`, so nobody hears of it."
            ) from None
        except HTTPException:
            raise NotYet(
                "Your service raises `HTTPException`. It knows nothing of HTTP: raise `Conflict`, and let the route translate."
            ) from None
        else:
            raise NotYet(unnoticed)


class _PlainBase(DeclarativeBase):
    pass


class _Plain(_PlainBase):
    __tablename__ = "timers"

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes: Mapped[int] = mapped_column(default=0)


@exercise(
    "4.7",
    "The stopwatch that lost ten minutes",
    rules=["D6"],
    hints=[
        "What does the second device know of the first one's minutes, if both have read before either has written? In which order do the lines have to stand?",
        "Open both sessions first, then read in both, then change both, then commit both. The table: `Memo` in this section.",
        "`async with sessions() as phone, sessions() as watch:`, two `get`, two changes, two `commit`. In `Timer`: `version: Mapped[int] = mapped_column()` and "
        '`__mapper_args__ = {"version_id_col": version}`.',
    ],
)
def stopwatch(TimerBase: Any, Timer: Any, two_devices: Any) -> None:
    """The learner's code loses minutes with a table that has no version, and the learner's table prevents that."""
    _a_base(TimerBase, "TimerBase", "timers")
    version = getattr(getattr(Timer, "__mapper_args__", None), "get", lambda _: None)("version_id_col")
    expect.that(
        not isinstance(version, str),
        f"`__mapper_args__` names the text {version!r}. Give the column, not its name: `version`, without quotes.",
    )
    for start in (0, 100):
        _loses_minutes(two_devices, start)
    _refuses_the_second(TimerBase, Timer, two_devices)
    total, raised, _ = asyncio.run(_race(TimerBase, Timer, _two_of_ours, 3))
    expect.that(
        _is_stale(raised),
        f"Two other devices changed your `Timer` at once, nothing was refused, and it went from 3 to {total}. The table itself must notice: "
        "name the version column in `__mapper_args__`.",
    )
    asyncio.run(_one_after_the_other(TimerBase, Timer))


def _loses_minutes(two_devices: Any, start: int) -> None:
    total, raised, happened = asyncio.run(_race(_PlainBase, _Plain, two_devices, start))
    expect.that(
        raised is None,
        "With a table that has no version nothing should raise: the loss is silent, and that is the trouble with it."
        + _locked(raised),
    )
    cause = (
        _nothing_lost(happened)
        if total - start == 25
        else "It should have gained 10 or 15: what one device added, and the other one's minutes lost. Do both change their own object, and do both commit?"
    )
    expect.that(
        total - start in (10, 15),
        f"With a table that has no version, the timer went from {start} to {total}. {cause}",
        "Who cannot reproduce a fault cannot say that it is gone.",
    )
    expect.that(
        happened.count("write") == 2,
        "Only one of the two devices wrote its minutes, so the other one's were never on their way. Both change the timer, and both commit.",
        "An update is lost when two were made and one is there.",
    )


def _refuses_the_second(base: Any, table: Any, two_devices: Any) -> None:
    total, raised, _ = asyncio.run(_race(base, table, two_devices, 7))
    expect.that(
        _is_stale(raised) or raised is None,
        f"With your `Timer` the second commit raised `{type(raised).__name__}`, and not `StaleDataError`."
        + _locked(raised),
    )
    expect.that(
        _is_stale(raised),
        f"With your `Timer` both devices were told that all went well, and the timer went from 7 to {total}. The second commit should raise `StaleDataError`: "
        "name the version column in `__mapper_args__`, and do not catch the error.",
    )
    expect.that(
        total - 7 in (10, 15),
        f"The second commit was refused, and the timer went from 7 to {total}. What the first device saved should be there.",
    )


async def _two_of_ours(sessions: Any, table: Any) -> None:
    async with sessions() as one, sessions() as other:
        first, second = await one.get(table, 1), await other.get(table, 1)
        first.minutes, second.minutes = first.minutes + 15, second.minutes + 10
        await one.commit()
        await other.commit()


def _is_stale(raised: BaseException | None) -> bool:
    return isinstance(raised, StaleDataError) or isinstance(getattr(raised, "__cause__", None), StaleDataError)


def _locked(raised: BaseException | None) -> str:
    if isinstance(raised, OperationalError) and "locked" in str(raised):
        return " It says `database is locked`: one session wrote with `flush` and has not committed, and the other waits for it. Read, change, and only then commit one after the other."
    if isinstance(raised, OperationalError) and "no such column" in str(raised):
        return " It asked for a column that this table does not have. Use `table`, which is the table that it was given, and not `Timer`."
    return f" It raised `{type(raised).__name__}`." if raised is not None else ""


def _nothing_lost(happened: list[str]) -> str:
    """Return why the minutes of both devices were kept."""
    if happened.count("session") < 2:
        return "Nothing was lost: both devices work in one session, which has one object for timer 1. Open a session for each device."
    first_write = happened.index("write") if "write" in happened else 0
    if happened[:first_write].count("read") < 2:
        return "Nothing was lost: the second device reads after the first has committed. Let both read before one of them commits."
    if "read" in happened[first_write:]:
        return "Nothing was lost: one device reads the timer again after the other has written, and so knows its minutes. Each reads once, and both before either writes."
    return (
        "Nothing was lost: both have read first, and then the database itself did the adding. That is a cure for this one case; here, show the fault first. "
        "Add to the number that the object holds: `timer.minutes = timer.minutes + 15`."
    )


async def _race(base: Any, table: Any, two_devices: Any, start: int) -> tuple[int, Exception | None, list[str]]:
    """Return the final minutes, the error that was raised, and every session, read and write in order."""
    happened: list[str] = []

    class Noted(AsyncSession):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            happened.append("session")
            super().__init__(*args, **kwargs)

    def note(*given: Any) -> None:
        happened.append({"SELECT": "read", "UPDATE": "write"}.get(given[2].split()[0].upper(), "other"))

    rows = [table(id=1, minutes=start)]
    async with database(base, rows=rows, connect_args={"timeout": 0.2}) as (engine, _):
        event.listen(engine.sync_engine, "before_cursor_execute", note)
        raised = None
        try:
            await _awaited(two_devices(async_sessionmaker(engine, class_=Noted), table), "two_devices(sessions, table)")
        except Exception as error:
            if not isinstance(error, OperationalError) and not _is_stale(error):
                raise
            raised = error
        event.remove(engine.sync_engine, "before_cursor_execute", note)
        return await _minutes(engine, table), raised, happened


async def _minutes(engine: AsyncEngine, table: Any) -> Any:
    async with AsyncSession(engine) as session:
        timer: Any = await session.get(table, 1)
        return timer.minutes


async def _one_after_the_other(base: Any, table: Any) -> None:
    async with database(base, rows=[table(id=1, minutes=0)]) as (engine, _):
        for add in (15, 10):
            async with AsyncSession(engine) as session:
                timer: Any = await session.get(table, 1)
                timer.minutes = timer.minutes + add
                await session.commit()
        expect.equal(
            await _minutes(engine, table),
            25,
            what="the timer after one device and then the other",
            why="One after the other, nothing is refused and nothing is lost.",
        )


_TOOLS = {
    "tunnel": "idempotency key",
    "overwritten": "version",
    "namesakes": "unique constraint",
    "halfway": "one transaction",
    "slow": "eager loading",
    "twice": "total order",
}
_WHY = {
    "tunnel": "The phone asked again because it got no answer. Two equal requests are two tasks for the server, unless it can tell that the second is the first one again: a key.",
    "overwritten": "Ben decided on a state that was an hour old. Both rows are fine, no rule is broken; only a number that changes with each change tells that his is out of date.",
    "namesakes": "Two rows have a value that may be there once. The database sees that at the moment of writing, if it was told.",
    "halfway": "Two changes belong together, and one of them was made. Either both or neither.",
    "slow": "The answer is right and each question is quick. There are 301 of them, and one would do for all steps.",
    "twice": "Nothing was changed, and the pages overlap. Rows that are equal in the order come in any order.",
}
_TEMPTING = {
    ("tunnel", "unique constraint"): "Two tasks may have the same title: Ana buys milk every week.",
    ("tunnel", "version"): "A version protects a row that is there. Here a second row is made.",
    ("tunnel", "one transaction"): "Each of the two requests was a whole transaction, and both succeeded.",
    ("overwritten", "one transaction"): "Ben's reading at nine and his saving at ten are two requests. No transaction lasts an hour.",
    ("overwritten", "idempotency key"): "The two changes are not the same request sent twice.",
    ("namesakes", "version"): "Two new rows have no version to compare.",
    ("namesakes", "idempotency key"): "Two people sent two requests, each with a key of their own.",
    ("halfway", "version"): "Nobody else has changed anything. The server stopped between two changes of its own.",
    ("halfway", "idempotency key"): "Nobody asked twice. The server stopped between two changes of its own.",
    ("slow", "total order"): "An order makes pages right, not quick.",
    ("twice", "eager loading"): "That makes the page quick. It says nothing about which rows are on it.",
    ("twice", "unique constraint"): "The rows are there once. They are shown twice.",
}  # fmt: skip


@exercise(
    "4.8",
    "Six complaints",
    rules=["D6", "E6"],
    hints=[
        "For each: is something there twice, is something lost, is something half done, or is it slow?",
        "Each tool is the answer to one complaint. Begin with the two that are about reading.",
        "`slow` is N+1, `twice` is an order with equals. A retry needs a key, an old screen a version, a name a constraint.",
    ],
)
def complaints(tools: Any) -> None:
    """Each complaint has one tool that prevents it."""
    expect.that(
        isinstance(tools, dict) and set(tools) == set(_TOOLS),
        f"`tools` should stay a dictionary with the keys {names(_TOOLS)}.",
    )
    for complaint in _TOOLS:
        chosen = tools[complaint]
        expect.that(
            chosen in _TOOLS.values(),
            f"For `{complaint}` there is {describe(chosen)}. The tools are {names(sorted(_TOOLS.values()))}.",
        )
    for complaint, tool in _TOOLS.items():
        chosen = tools[complaint]
        why = _TEMPTING.get((complaint, chosen), f"The tool `{chosen}` does not prevent that.")
        expect.that(chosen == tool, f"`{complaint}`: {why}", _WHY[complaint])
