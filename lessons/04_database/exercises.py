"""What the exercises of lesson 04 check, and the answers to its predictions."""

import asyncio
import inspect
import sqlite3
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from fastapi import FastAPI, HTTPException
from sqlalchemy import Row, event, select
from sqlalchemy.exc import IntegrityError, OperationalError, PendingRollbackError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from coursekit.author import Client, NotYet, client, describe, exercise, expect, prediction
from coursekit.author.databases import database, execute
from coursekit.author.difference import changes, same
from coursekit.author.lent import failing, lent, passes_on_async
from coursekit.author.responses import NoteStart
from coursekit.author.safe_reads import database_of
from coursekit.course.render import brief
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
            event.listen(engine.sync_engine, "before_cursor_execute", lambda *given: note_a_write(given[2]))
            app.state.sessions = async_sessionmaker(engine, expire_on_commit=False)
            yield

    def note_a_write(statement: str) -> None:
        if statement.startswith("INSERT"):
            app.state.happened.append("write")

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
        await _waits(engine, file, waiting, ["Meet Ana", "Air the room", "Walk"])
        more = (
            {"text": "Breathe", "minutes": 1},
            {"text": "Call", "minutes": 0},
            {"text": "Air the room", "minutes": 15, "note": "The other one"},
        )
        refusal = await _refusal(engine, table, *more)
        expect.that(
            refusal is None,
            f"Ben saved a second reminder for airing the room in 15 minutes, and it was refused: {refusal}. Nothing was said against two that are alike.",
        )
        execute(file, "UPDATE reminders SET sent = 1 WHERE text = 'Meet Ana'")
        await _waits(engine, file, waiting, ["Call", "Breathe", "Air the room", "Air the room", "Walk"])
        for field, row in (("text", {"minutes": 5}), ("minutes", {"text": "Breathe"})):
            expect.that(
                await _refusal(engine, table, row),
                f"A reminder without `{field}` was stored. It must be there, and the database can make sure of it: no `| None` and no default.",
            )
        try:
            execute(file, "INSERT INTO reminders (text, minutes, sent) VALUES ('Nap', 9, NULL)")
        except sqlite3.IntegrityError:
            return
        raise NotYet(
            "A reminder was stored whose `sent` is empty. It was sent or it was not: `Mapped[bool]`, without `| None`."
        )


async def _refusal(engine: AsyncEngine, table: Any, *rows: dict[str, Any]) -> str | None:
    """Return why the class or the database refuses these rows, or None if they are stored. A dataclass refuses by a TypeError."""
    async with AsyncSession(engine) as session:
        try:
            session.add_all([table(**row) for row in rows])
            await session.commit()
        except IntegrityError as error:
            return str(error.orig)
        except TypeError as error:
            return str(error)
    return None


async def _may_be_left_out(engine: AsyncEngine, table: Any) -> None:
    refusal = await _refusal(
        engine,
        table,
        {"text": "Air the room", "minutes": 15},
        {"text": "Meet Ana", "minutes": 5, "note": "About the party"},
        {"text": "Walk", "minutes": 30, "note": None},
        {"text": "Tea", "minutes": 3, "sent": True},
    )
    if refusal:
        column = next((name for name in ("note", "sent", "id") if name in refusal), "something")
        cures = {
            "note": " A column that may be empty is `Mapped[str | None]`.",
            "sent": " Give the column a default: `mapped_column(default=False)`.",
        }
        raise NotYet(
            f"Ben saved a reminder and left `{column}` out, which he may. It was refused: {refusal}.{cures.get(column, '')}"
        )
    async with AsyncSession(engine) as session:
        stored = {row.text: (row.minutes, row.note, row.sent) for row in await session.scalars(select(table))}
    known = {
        (15, None, None): "`sent` is empty for a new reminder. It should be false unless somebody says otherwise: `default=False`.",
        (15, "", False): "A reminder was saved without a note, and its note is an empty text. If there is no note, the column is empty: `Mapped[str | None]`, without a default.",
        ("15", None, False): "`minutes` came back as text. A number is `Mapped[int]`; as text, 15 comes before 5.",
    }  # fmt: skip
    expect.equal(
        stored.get("Air the room"),
        (15, None, False),
        what="minutes, note and sent of a reminder that was saved with a text and 15 minutes",
        why="A new reminder has not been sent, and one without a note has none.",
        known=known,
    )


async def _stays_as_it_is(session: AsyncSession, file: str, tables: Iterable[str], before: Any, call: str) -> None:
    """Expect that reading changed nothing, not even in the session, where it would count with the next commit."""
    await session.commit()
    after = _rows(file, tables)
    expect.that(
        same(before, after),
        f"`{call}` only reads, and yet the data changed once the session was committed: {changes(before, after)}.",
    )


def _rows(file: str, tables: Iterable[str]) -> dict[str, Any]:
    """Return everything that is in these tables."""
    columns = {
        table: [name for (name,) in execute(file, "SELECT name FROM pragma_table_info(?)", table)] for table in tables
    }
    return {
        table: [
            dict(zip(columns[table], row, strict=True)) for row in execute(file, f"SELECT * FROM {table} ORDER BY id")
        ]
        for table in tables
    }


async def _waits(engine: AsyncEngine, file: str, waiting: Any, wanted: list[str]) -> None:
    before = _rows(file, ["reminders"])
    async with AsyncSession(engine, expire_on_commit=False) as session:
        with _statements_of(engine) as statements, lent(session, "waiting(session)"):
            found = await _awaited(waiting(session), "waiting(session)")
        expect.that(
            isinstance(found, list | tuple),
            f"`waiting` gave {describe(found)}. It should give a list of reminders: `list(await session.scalars(...))`.",
        )
        rows = " `session.execute` gives rows, `session.scalars` gives objects." if any(map(_is_a_row, found)) else ""
        expect.that(
            all(hasattr(one, "text") and hasattr(one, "sent") for one in found) and not rows,
            f"`waiting` gave a list of {describe(found[0]) if found else 'nothing'}, and not of reminders.{rows}",
        )
        texts = [one.text for one in found]
        await _stays_as_it_is(session, file, ["reminders"], before, "waiting(session)")
    python = any("0 = 1" in statement for statement in statements)
    nothing = "`waiting` found nothing, although reminders wait." + (
        " Python computed your condition before SQL saw it, as it does with `not` and `is`: use `.is_(False)`."
        if python
        else ""
    )
    known = [([], nothing), (wanted[::-1], "The longest comes first. Without `.desc()`, an order goes up.")]
    if sorted(texts) == sorted(wanted):
        known.append((texts, "The right reminders came, but in another order. The fewest minutes come first."))
    expect.equal(
        texts,
        wanted,
        what="the texts of the waiting reminders, in order",
        why="Ben's phone rings in this order, and never twice for one reminder.",
        known=known,
    )


def _is_a_row(one: Any) -> bool:
    return isinstance(one, Row)


@contextmanager
def _statements_of(engine: AsyncEngine) -> Iterator[list[str]]:
    """Yield a list in which each statement of the block is noted."""
    statements: list[str] = []

    def note(*given: Any) -> None:
        statements.append(given[2])

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", note)


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
    _keeps_a_good_import(client(_app(NoteBase, notes_router)))
    app = _app(NoteBase, notes_router, pool_size=2, max_overflow=0, pool_timeout=0.3)
    api = client(app, raise_server_exceptions=False)
    _keeps_a_good_import(api)
    for _ in range(2):
        _drops_a_failed_import(api, app)
    _tells_of_refused_commits(api, app)
    _commits_before_it_answers(api, app)
    _holds(api, ["Milk", "Soap", "Pepper"], "Good notes stay, in the order in which they came.")
    _keeps_two_imports_apart(api)
    _lets_a_fault_be_a_fault(api)
    _has_room_for_1001(api, app)
    expect.that(
        app.state.pool.checkedout() == 0,
        "A session is still open after the last request. Close it on every way out: `async with`.",
    )


def _keeps_a_good_import(api: Client) -> None:
    _holds(api, [], "Nothing was imported yet.")
    imported = api.post("/notes", json=["Milk"])
    expect.status(imported, 201, why="This is a good import.")
    expect.body(
        imported, {"imported": 1}, why="The route counts the notes that were imported, and its answer is right."
    )
    _holds(
        api,
        ["Milk"],
        "The note was imported, and the server said 201.",
        wrong=[],
        said="The server said 201, and the note is not there: nothing has committed. A session that is closed without a commit takes its rows with it.",
    )


def _drops_a_failed_import(api: Client, app: FastAPI) -> None:
    failed = api.post("/notes", json=["Bread", "Tea", ""])
    lent_out = app.state.pool.checkedout()
    expect.status(
        failed,
        422,
        why="The third note has no words, and the route says 422 to that.",
        known={
            201: "A note without words was in it, and Ben was told that all went well. The route has to raise, and `get_notes_db` to pass that on: after the rollback, `raise`.",
            500: "What the route raises has to pass through `get_notes_db` as it is: after the rollback, `raise`.",
        },
    )
    _was_given_back(lent_out)
    _holds(
        api,
        ["Milk"],
        "An import that failed must leave nothing.",
        wrong=["Milk", "Bread", "Tea"],
        said="The import failed, and its first two notes stayed: something commits although the route raised. Commit once, after the `yield`, and not in `finally`.",
    )


def _was_given_back(lent_out: int) -> None:
    expect.that(
        lent_out == 0,
        "After an import that failed, its session is still open and its connection lent. What stands below the `yield`, or below a commit, "
        "isn't reached when that raises: use `async with`, or `finally`.",
        "With each failure one connection less is left, until the server waits for one and says nothing any more.",
    )


def _tells_of_refused_commits(api: Client, app: FastAPI) -> None:
    for texts, why in (
        (["Salt", "Salt"], "Each text may be there once, so the database refuses the second one."),
        (["Milk"], "`Milk` is stored already, so the database refuses another."),
    ):
        app.state.happened.clear()
        refused = api.post("/notes", json=texts)
        lent_out = app.state.pool.checkedout()
        said = _why_not_refused(app, texts[0]) if refused.status_code == 201 else ""
        expect.status(refused, (409, 422, 500, 400), why=why, known={201: said})
        _was_given_back(lent_out)
        _holds(api, ["Milk"], "A refused import leaves nothing.")


def _why_not_refused(app: FastAPI, text: str) -> str:
    """Return what made an import answer 201 that the database should have refused."""
    ((rows,),) = execute(app.state.file, "SELECT count(*) FROM notes WHERE text = ?", text)
    happened = app.state.happened
    if rows > 1:
        return "The table took the same text twice: `unique=True` is gone from `Note.text`. Put it back."
    if "write" not in happened or (rows and text == "Salt"):
        return "Your code left out what was there already, and said that all was well. An import counts as a whole or not at all."
    if happened.index("response") < happened.index("write"):
        return _LATE
    return "The database refused the notes before the answer left, and the error got lost. After the rollback, `raise`."


_LATE = (
    "Ben was told 201 first, and what the commit then met, he never heard. By default, the clean-up of a `yield` dependency runs after the response: "
    '`Depends(get_notes_db, scope="function")` commits before it.'
)


def _commits_before_it_answers(api: Client, app: FastAPI) -> None:
    app.state.happened.clear()
    imported = api.post("/notes", json=["Soap", "Pepper"])
    expect.status(imported, 201, why="After a refused import, a good one is as good as before.")
    happened = app.state.happened
    expect.that("commit" in happened and happened.index("commit") < happened.index("response"), _LATE)


def _keeps_two_imports_apart(api: Client) -> None:
    good, bad = api.together(
        [api.build_request("POST", "/notes", json=texts) for texts in (["Rice"], ["Oil", "Oats", ""])]
    )
    why = "Two people import at the same moment, and one of them has a broken file. Each request needs a session of its own."
    expect.status(good, 201, why=why)
    expect.status(bad, 422, why=why)
    _holds(
        api,
        ["Milk", "Soap", "Pepper", "Rice"],
        "Each request has its own session, so one import can fail beside another.",
    )


def _lets_a_fault_be_a_fault(api: Client) -> None:
    with failing(database_of(api.app), RuntimeError("a fault in the program")):
        answer = api.post("/notes", json=["Flour"])
    expect.status(
        answer,
        500,
        why="Nothing is wrong with Ben's file, so nothing that he changes in it will help.",
        known=dict.fromkeys(
            (400, 409, 422),
            "This time, the program itself had a fault: a `RuntimeError`, of which nobody knew. Your code told Ben that it was his. "
            "Catch only the errors that you know, such as `IntegrityError`.",
        ),
    )
    _holds(api, ["Milk", "Soap", "Pepper", "Rice"], "An import that failed must leave nothing.")


def _has_room_for_1001(api: Client, app: FastAPI) -> None:
    """Expect the rule that the route has had before: nothing more once there are over 1000 notes."""
    fill = "WITH RECURSIVE n(i) AS (SELECT 5 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO notes (text) SELECT 'note ' || i FROM n"
    execute(app.state.file, fill)
    for text, wanted in (("Last", 201), ("One too many", 409)):
        expect.status(
            api.post("/notes", json=[text]),
            wanted,
            why="The route has always refused an import when over 1000 notes were there. That was right.",
        )


def _holds(api: Client, wanted: list[str], why: str, wrong: list[str] | None = None, said: str = "") -> None:
    """Expect these notes in the API. `said` is the sentence for the mistake that leaves the notes `wrong`."""
    response = api.get("/notes")
    expect.status(response, 200, why="Reading the notes always works.")
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
    people = enumerate([("dora", True), ("emil", False), ("flo", True), ("ana", True), ("gil", False)], 1)
    tasks = enumerate([(4, "Feed the cat", False), (4, "Post a letter", True), (1, "Mow", False), (4, "Sew", False)], 1)
    rows = [User(id=id_, username=name, email=f"{id_}@example.com", active=active) for id_, (name, active) in people]
    rows += [
        service.Task(id=id_, owner_id=owner, title=title, done=done, priority="high", due_date=date(2031, 5, 17))
        for id_, (owner, title, done) in tasks
    ]
    async with database(base, rows=rows) as (engine, file):
        execute(file, "INSERT INTO steps (task_id, title, done) VALUES (1, 'Open the tin', 0), (1, 'Call the cat', 0)")
        await _leaves_the_commit_to_its_caller(engine, file, service)
        for error, said, request in _refusals(service):
            await _refuses(engine, file, service, error, said, request)
        await _passes_faults_on(engine, service)
        await _changes_the_owner_only(engine, file, service)


def _refusals(service: _Service) -> list[tuple[Any, str, dict[str, Any]]]:
    no_task, no_user, conflict = service.NotFound, service.NotFound, service.Conflict
    exactly = "A user name is found as it is, letter by letter."
    return [
        (no_task, "there is no task 9.", _request(9, 4, "flo")),
        (no_task, "task 3 belongs to Dora (1), and Ana (4) gave it away.", _request(3, 4, "flo")),
        (no_task, "task 1 belongs to Ana (4), and Dora (1) gave it away.", _request(1, 1, "flo")),
        (no_user, "there is no user zoe.", _request(1, 4, "zoe")),
        *((no_user, f"there is no user {name!r}. {exactly}", _request(1, 4, name)) for name in ("fl", "FLO", " flo")),
        (conflict, "Emil is not active, and would never see the task.", _request(1, 4, "emil")),
        (conflict, "Gil is not active, and would never see the task.", _request(1, 4, "gil")),
        (conflict, "task 2 is done, and done tasks stay.", _request(2, 4, "flo")),
    ]


def _request(task_id: int, giver_id: int, receiver: str) -> dict[str, Any]:
    return {"task_id": task_id, "giver_id": giver_id, "receiver": receiver}


_TABLES = ("users", "tasks", "steps")


def _owners(file: str) -> list[int]:
    return [owner for (owner,) in execute(file, "SELECT owner_id FROM tasks ORDER BY id")]


async def _leaves_the_commit_to_its_caller(engine: AsyncEngine, file: str, service: _Service) -> None:
    call = "hand_over(session, task_id=1, giver_id=4, receiver='flo')"
    async with AsyncSession(engine, expire_on_commit=False) as session:
        try:
            with lent(session, call):
                task = await _awaited(service.hand_over(session, **_request(1, 4, "flo")), call)
        except (service.NotFound, service.Conflict) as error:
            raise NotYet(
                f"`{call}` raised `{type(error).__name__}`. Here task 1 is Ana's (4), it is open, and Flo is active: nothing is in the way. "
                "Which of your conditions says otherwise?"
            ) from None
        expect.that(
            isinstance(task, service.Task),
            f"`hand_over` should return the task, at which the first given test looks. It gave {describe(task)}.",
        )
        await session.flush()
        expect.equal(
            (task.id, task.owner_id),
            (1, 3),
            what="id and owner of the returned task",
            why="Ana (4) handed task 1 to Flo (3).",
        )
        await session.rollback()
    expect.equal(
        _owners(file),
        [4, 4, 1, 4],
        what="the owners after the session was rolled back",
        why="Whoever opened the session decides whether all of it counts.",
    )


async def _changes_the_owner_only(engine: AsyncEngine, file: str, service: _Service) -> None:
    wanted = _rows(file, _TABLES)
    async with AsyncSession(engine) as session:
        await _awaited(service.hand_over(session, **_request(1, 4, "dora")), "hand_over(...)")
        await session.commit()
    expect.equal(
        _owners(file),
        [1, 4, 1, 4],
        what="the owners after Ana (4) handed task 1 to Dora (1) and the session committed",
        why="One task has changed hands, and the others stay where they are.",
    )
    now = _rows(file, _TABLES)
    wanted["tasks"][0]["owner_id"] = 1
    for row in (wanted["tasks"][0], now["tasks"][0]):
        row.pop("version", None)  # later in the lesson, tasks count their versions by themselves
    expect.that(
        same(wanted, now),
        f"The task changed hands, and more has changed than its owner: {changes(wanted, now)}.",
        "Dora takes over the task as it is, with its steps.",
    )


async def _passes_faults_on(engine: AsyncEngine, service: _Service) -> None:
    fault = RuntimeError("a fault in the program")
    call = "hand_over(session, task_id=1, giver_id=4, receiver='flo')"
    async with AsyncSession(engine) as session:
        with failing(engine, fault, "SELECT"):
            await passes_on_async(
                fault, lambda: service.hand_over(session, **_request(1, 4, "flo")), call, catch="what you expect"
            )


async def _refuses(
    engine: AsyncEngine, file: str, service: _Service, error: Any, said: str, request: dict[str, Any]
) -> None:
    before = _rows(file, _TABLES)
    call = f"hand_over(session, {', '.join(f'{name}={value!r}' for name, value in request.items())})"
    async with AsyncSession(engine) as session:
        with lent(session, call):
            await _raises(error, service, session, request, call, said)
        try:
            await session.commit()
        except IntegrityError as refusal:
            raise NotYet(
                f"`{call}` was refused, and had changed the task before: the database got something to store that it must refuse. {refusal.orig}. "
                "Look at all conditions first, and set the owner after that."
            ) from None
    after = _rows(file, _TABLES)
    expect.that(
        same(before, after),
        f"`{call}` was refused, and something has changed all the same: {changes(before, after)}. Look at all conditions first, and set the owner after that.",
        "A refused handing over changes nothing.",
    )


async def _raises(
    error: Any, service: _Service, session: AsyncSession, request: dict[str, Any], call: str, said: str
) -> None:
    try:
        got = await _awaited(service.hand_over(session, **request), call)
    except HTTPException:
        raise NotYet(
            "Your service raises `HTTPException`. A nightly script that calls it has no use for a status: raise `NotFound` or `Conflict`, and let the route translate."
        ) from None
    except (service.NotFound, service.Conflict) as raised:
        expect.that(
            isinstance(raised, error),
            f"`{call}` raised `{type(raised).__name__}`, and should raise `{error.__name__}`: {said}",
        )
    else:
        raise NotYet(f"`{call}` raised nothing, and returned {describe(got)}: {said} Raise `{error.__name__}`.")


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
    counts = {size: await _asked(base, ShoppingList, Item, read_lists, size) for size in (3, 12, 130)}
    expect.that(
        max(counts.values()) <= 3,
        f"The answer is right. It took {counts[3]} statements for 3 lists, {counts[12]} for 12, and {counts[130]} for 130. "
        "Ask for all items at once, with `selectinload`.",
        "At most three, however many lists there are, is what keeps the page quick next January.",
    )


async def _asked(base: Any, ShoppingList: Any, Item: Any, read_lists: Any, size: int) -> int:
    """Expect the right page for this many lists, and return the number of statements that it took."""
    page = [
        {"name": f"List {(7 * number) % size:03}", "items": _texts(number + 1) if number else []}
        for number in range(size)
    ]
    page[-1]["name"] = page[1]["name"]  # two lists of one name
    rows = [ShoppingList(id=number, name=one["name"]) for number, one in enumerate(page, 1)]
    rows += [Item(list_id=number, text=_texts(number)[place]) for place in range(4) for number in range(size, 1, -1)]
    async with database(base, rows=rows) as (engine, file):
        # It holds all that the page needs of an item, so the database reads it instead of the table, and in its order.
        execute(file, "CREATE INDEX quick ON items (list_id, text)")
        before = _rows(file, base.metadata.tables)
        async with AsyncSession(engine, expire_on_commit=False) as session:
            with _statements_of(engine) as statements, lent(session, "read_lists(session)"):
                got = await _awaited(read_lists(session), "read_lists(session)")
            await _stays_as_it_is(session, file, base.metadata.tables, before, "read_lists(session)")
    _is_the_page(got, page)
    return len(statements)


def _texts(number: int) -> list[str]:
    return [f"{text} {number}" for text in ("Milk", "Bread", "Milk", "Apples")]


def _is_the_page(got: Any, page: list[dict[str, Any]]) -> None:
    """Expect the lists of `page`, sorted by name. Lists of one name may come in any order."""
    expect.that(
        isinstance(got, list) and all(isinstance(one, dict) and set(one) == {"name", "items"} for one in got),
        f"`read_lists` gave {describe(got)}. It should give what it gave before: a list of dictionaries, each with `name` and `items`.",
    )
    expect.that(
        all(isinstance(one["items"], list) and all(isinstance(item, str) for item in one["items"]) for one in got),
        "The `items` of a list should stay a list of texts: `[item.text for item in ...]`. An empty list has no texts, and is `[]`.",
    )
    missing = [one["name"] for one in page if one not in got]
    expect.that(
        len(got) >= len(page) or page[0] in got,
        f"There are {len(page)} lists, and the page shows {len(got)}. The list without items is missing. A join keeps only lists that have an item; "
        "`selectinload` keeps all.",
    )
    expect.that(
        len(got) == len(page),
        f"There are {len(page)} lists, and the page shows {len(got)}. All lists belong on it, however many there are, "
        "and each by itself: two lists may have the same name.",
    )
    names_now, names_then = [one["name"] for one in got], sorted(str(one["name"]) for one in page)
    expect.equal(
        sorted(names_now),
        names_then,
        what="the names on the page",
        why="The page is to be quicker, and otherwise as it was.",
    )
    expect.that(names_now == names_then, "The lists are not in the order of their names any more.")
    if missing:
        wanted = next(one for one in page if one not in got)
        expect.equal(
            next(one["items"] for one in got if one["name"] == wanted["name"] and one not in page),
            wanted["items"],
            what=f"the items of `{wanted['name']}`",
            why="All items belong on the page, in the order of their ids.",
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
            known={
                200: f"It was carried out. {said}",
                500: f"The server crashed on it. {said}",
                400: f"It was refused, with another status than was agreed on. {said}",
            },
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
    "?sort=NAME": "`NAME` was not agreed on. A caller who writes it that way hears that it is called `name`.",
    "?sort=": "An empty text is neither `name` nor `minutes`.",
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
        len(_page(api, "?limit=1")),
        1,
        what="the number of chores on a page with `?limit=1`",
        why="`limit` is right as it is: it takes 1 to 50.",
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
        service = _Founding(engine, file, Conflict, found_team)
        ids = [await _founds(service, name) for name in ("Choir", "Football", "Book club")]
        expect.that(
            None not in ids and len(set(ids)) == 3,
            "The returned team has no number of its own. The database gives it out at `flush`.",
        )
        await _clash(service, "Choir")
        for name in ("Family", "Neighbors"):
            await _loses_a_race(service, name)
        await _passes_on_what_it_does_not_know(service)
        try:
            execute(file, "INSERT INTO teams (name) VALUES ('Chess'), ('Chess')")
        except sqlite3.IntegrityError:
            return
        raise NotYet(
            "Without your service, two teams of one name can still be stored: the table has no rule against it. A look after the `flush` does not see what another "
            "session has not committed yet, and an index alone forbids nothing. Only the database can refuse: `unique=True`."
        )


@dataclass
class _Founding:
    """The learner's service, and the database that it is tried on."""

    engine: AsyncEngine
    file: str
    Conflict: Any
    found_team: Any

    async def __call__(self, session: AsyncSession, name: str) -> Any:
        call = f"found_team(session, {name!r})"
        with lent(session, call):
            return await _awaited(self.found_team(session, name), call)

    def teams_called(self, name: str) -> int:
        return len(execute(self.file, "SELECT * FROM teams WHERE name = ?", name))


async def _founds(service: _Founding, name: str) -> Any:
    """Expect a new team from the service, and return its id."""
    async with AsyncSession(service.engine, expire_on_commit=False) as session:
        try:
            team = await service(session, name)
        except service.Conflict:
            raise NotYet(f"There is no team `{name}` yet, and `found_team` raised `Conflict`.") from None
        expect.that(
            hasattr(team, "name") and hasattr(team, "id"),
            f"`found_team(session, {name!r})` should return the new team; it gave {describe(team)}.",
        )
        expect.equal(team.name, name, what="the name of the team", why=f"A team called {name} was to be founded.")
        number = team.id
        await session.commit()
    expect.equal(
        service.teams_called(name),
        1,
        what=f"the number of teams called {name}, after `found_team` and a commit",
        why="The team that was founded is there, once.",
    )
    return number


async def _loses_a_race(service: _Founding, name: str) -> None:
    """Have somebody else found the team just before the service writes, and expect `Conflict`."""
    done: list[bool] = []

    def faster(*given: Any) -> None:
        if given[2].lstrip().upper().startswith("INSERT") and not done:
            done.append(True)
            execute(service.file, "INSERT INTO teams (name) VALUES (?)", name)

    event.listen(service.engine.sync_engine, "before_cursor_execute", faster)
    await _clash(service, name, "While your service was at work, just before its write, ")
    event.remove(service.engine.sync_engine, "before_cursor_execute", faster)


async def _clash(service: _Founding, name: str, when: str = "") -> None:
    """Expect `Conflict` for a name that is taken, and one team afterwards. `when` says when it was taken."""
    raised: Exception | None = None
    async with AsyncSession(service.engine) as session:
        try:
            await service(session, name)
            await session.commit()
        except NotYet:
            raise
        except Exception as error:
            raised = error
            await session.rollback()
    teams = service.teams_called(name)
    expect.that(
        teams == 1,
        f"{when or 'Before, '}somebody else founded `{name}`, and now there are {teams} teams of that name. "
        "Only the database can refuse at the moment of writing: `unique=True`.",
        "Two in the same second, and one of them has to lose.",
    )
    if not isinstance(raised, service.Conflict):
        raise NotYet(_instead_of_a_conflict(raised, name)) from None


def _instead_of_a_conflict(raised: Exception | None, name: str) -> str:
    """Return what to say when a name was taken, and `Conflict` did not come."""
    if raised is None:
        return f"There was a team `{name}`, and there is still one. `found_team` raised nothing, so its caller believes to have founded it. Raise `Conflict`."
    if isinstance(raised, PendingRollbackError):
        return f"The database refused the second team `{name}`. You caught the refusal and did not raise `Conflict`, so nobody hears of it."
    if isinstance(raised, HTTPException):
        return "Your service raises `HTTPException`. It knows nothing of HTTP: raise `Conflict`, and let the route translate."
    if isinstance(raised, IntegrityError):
        return (
            f"The database refused the second team `{name}` with an `IntegrityError`, and your service let it out. The caller gets a 500 for a name that is taken. "
            "Catch it around the `flush`, and raise `Conflict`."
        )
    return f"There is a team `{name}`, and `found_team` raised `{type(raised).__name__}: {brief(str(raised), 100)}`. Raise `Conflict`."


async def _passes_on_what_it_does_not_know(service: _Founding) -> None:
    """Expect that only a name that is taken becomes a `Conflict`, and not a full disk or a fault in the program."""
    full = OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
    for fault in (full, RuntimeError("a fault in the program")):
        async with AsyncSession(service.engine) as session:
            with failing(service.engine, fault):
                await passes_on_async(
                    fault,
                    partial(service, session, "Chess"),
                    "found_team(session, 'Chess')",
                    catch="`IntegrityError`",
                )


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
        + _what_was_raised(raised),
    )
    expect.that(
        total - start in (10, 15),
        f"With a table that has no version, the timer went from {start} to {total}. {_why_so_many(total, start, happened)}",
        "If you can't reproduce a bug, you can't tell whether you've fixed it.",
    )
    expect.that(
        happened.count("write") == 2,
        "Only one of the two devices wrote its minutes, so the other one's were never on their way. Both change the timer, and both commit.",
        "An update is lost when two were made and one is there.",
    )


def _why_so_many(total: int, start: int, happened: list[str]) -> str:
    if total - start == 25:
        return _nothing_lost(happened)
    if start and total in (10, 15):
        return "Your code sets the minutes, instead of adding to those that are there."
    return "It should have gained 10 or 15: what one device added, and the other one's minutes lost."


def _refuses_the_second(base: Any, table: Any, two_devices: Any) -> None:
    total, raised, happened = asyncio.run(_race(base, table, two_devices, 7))
    expect.that(
        _is_stale(raised) or raised is None,
        f"With your `Timer`, `two_devices` should raise `StaleDataError` as it comes from the second commit.{_what_was_raised(raised)}",
    )
    counted = table.__mapper__.version_id_col is not None
    cure = "Do not catch the error." if counted else "Name the version column in `__mapper_args__`."
    expect.that(
        _is_stale(raised),
        f"With your `Timer` both devices were told that all went well, and the timer went from 7 to {total}. "
        f"The second commit should raise `StaleDataError`. {cure}",
    )
    expect.that(
        total - 7 in (10, 15),
        f"The second commit was refused, and the timer went from 7 to {total}. What the first device saved should be there.",
    )
    expect.that(
        happened.count("write") == 2,
        "`StaleDataError` was raised, but not by the second commit: only one device wrote its minutes. The table itself refuses the second one.",
    )


async def _two_of_ours(sessions: Any, table: Any) -> None:
    async with sessions() as one, sessions() as other:
        first, second = await one.get(table, 1), await other.get(table, 1)
        first.minutes, second.minutes = first.minutes + 15, second.minutes + 10
        await one.commit()
        await other.commit()


def _is_stale(raised: BaseException | None) -> bool:
    """Whether this is a `StaleDataError`, or a group of nothing else, as a `TaskGroup` raises it."""
    if isinstance(raised, BaseExceptionGroup):
        return all(map(_is_stale, raised.exceptions))
    return isinstance(raised, StaleDataError)


def _comes_from_ours(error: Exception) -> bool:
    """Whether an error hides a `StaleDataError`, or comes from the check's own table, so that the check has words for it."""
    hidden = _is_stale(error.__cause__) or _is_stale(error.__context__)
    return hidden or (isinstance(error, AttributeError) and isinstance(error.obj, _Plain))


def _what_was_raised(raised: BaseException | None) -> str:
    if isinstance(raised, OperationalError) and "locked" in str(raised):
        return " It says `database is locked`: one session wrote with `flush` and has not committed, and the other waits for it. Read, change, and only then commit one after the other."
    if isinstance(raised, OperationalError) and "no such column" in str(raised):
        return " It asked for a column that this table does not have. Use `table`, which is the table that it was given, and not `Timer`."
    if isinstance(raised, AttributeError) and isinstance(raised.obj, _Plain):
        return f" Your code used `{raised.name}`, which this table does not have. Leave the counting of versions to SQLAlchemy."
    return f" It raised `{type(raised).__name__}: {brief(str(raised), 100)}`." if raised is not None else ""


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

    rows = [table(minutes=start)]
    async with database(base, rows=rows, connect_args={"timeout": 0.2}) as (engine, _):
        event.listen(engine.sync_engine, "before_cursor_execute", note)
        raised = None
        try:
            await _awaited(two_devices(async_sessionmaker(engine, class_=Noted), table), "two_devices(sessions, table)")
        except NotYet:
            raise
        except Exception as error:
            if not (isinstance(error, OperationalError) or _is_stale(error) or _comes_from_ours(error)):
                raise
            raised = error
        event.remove(engine.sync_engine, "before_cursor_execute", note)
        return await _minutes(engine, table), raised, happened


async def _minutes(engine: AsyncEngine, table: Any) -> Any:
    async with AsyncSession(engine) as session:
        timer: Any = await session.get(table, 1)
        return timer.minutes


async def _one_after_the_other(base: Any, table: Any) -> None:
    async with database(base, rows=[table(minutes=0)]) as (engine, _):
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
