"""What the exercises of lesson 08 check, the bugs that the learner's tests must catch, and the answers to its predictions."""

import contextlib
import inspect
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI

from coursekit.author import client, exercise, expect, prediction
from coursekit.judging.suite.bugs import Bug, judge_tests

prediction("8.p1", answer=404, evidence="response.status_code", choices=(200, 401, 403, 404))
prediction("8.p2", answer=400, evidence="response.status_code", choices=(201, 400, 404, 422))
prediction("8.p3", answer=0, evidence="len(report.failed)", choices=(0, 1, 2, 3))
prediction("8.p4", answer=200, evidence="response.status_code", choices=(200, 401, 403))
prediction("8.p5", answer="real", evidence="mood", choices=("real", "fake"))
prediction("8.p6", answer=5, evidence="counts[-1]", choices=(2, 3, 5))
prediction("8.p7", answer=False, evidence="bool(promises)", choices=(True, False))

STAGE = "app_snippets.stages.after_07_async"

# Each bug: its name and the harm that it does, the old text and the new one, and the tests that catch it.
# fmt: off
READING = [
    Bug("missing task", "Whoever opens a task that was deleted elsewhere is told that the server is broken.",
        "    if task is None:\n        raise no_task(task_id)\n    return task\n",
        "    return task  # type: ignore[return-value]\n",
        ("TestAccess::test_another_users_task", "TestTasks::test_a_deleted_task_is_gone")),
    Bug("first task", "Whichever of her tasks Ana opens, she sees the first one.",
        "task = await db.scalar(tasks.where(Task.id == task_id, Task.owner_id == owner.id))",
        "task = await db.scalar(tasks.where(Task.owner_id == owner.id).order_by(Task.id))",
        ("TestAccess::test_another_users_task", "TestDates::test_an_old_date_may_stay",
         "TestTasks::test_a_change_keeps_the_rest", "TestTasks::test_a_created_task_is_there",
         "TestTasks::test_a_deleted_task_is_gone", "TestTasks::test_a_repeated_request_makes_one_task",
         "TestTasks::test_each_task_is_found_by_its_number")),
    Bug("list of all", "Ana's list shows the tasks of all users.",
        "tasks = select(Task).options(selectinload(Task.steps)).where(Task.owner_id == owner.id)\n    if wanted.done",
        "tasks = select(Task).options(selectinload(Task.steps))\n    if wanted.done",
        ("TestAccess::test_a_list_holds_the_callers_tasks", "TestLists::test_filter", "TestLists::test_order",
         "TestLists::test_pages_hold_each_task_once")),
]

ACCESS = [
    Bug("inactive user", "Ben's account was closed. He still reads, changes and deletes tasks.",
        "    if not user.active:\n        raise NotAllowed",
        "    if user.active is None:\n        raise NotAllowed",
        ("TestAccess::test_a_closed_account",)),
    Bug("any member an admin", "Any member can remove any user.",
        "if user.role != self.role:",
        "if user.role not in (self.role, Role.member):",
        ("TestAccess::test_only_admins_remove_users",)),
    Bug("admin shut out", "Carla is an admin, and the page for removing users refuses her.",
        "if user.role != self.role:",
        "if user.role in (self.role, Role.member):",
        ("TestAccess::test_a_removed_user_is_out", "TestAccess::test_only_admins_remove_users",
         "TestMails::test_a_mail_that_fails", "TestMails::test_reminders")),
    Bug("override left behind", "Somebody tried the app out as Ana, and forgot it. Since then everybody is taken for Ana.",
        "    app.include_router(reminders_router)\n    return app\n",
        "    app.include_router(reminders_router)\n"
        '    app.dependency_overrides[get_current_user] = lambda: User(id=1, username="ana", active=True, role=Role.member)\n'
        "    return app\n",
        ("TestAccess::test_a_closed_account", "TestAccess::test_a_list_holds_the_callers_tasks",
         "TestAccess::test_a_removed_user_is_out", "TestAccess::test_a_token_that_has_expired",
         "TestAccess::test_only_admins_remove_users")),
    Bug("no owner", "Ana reads, changes and deletes Carla's tasks.",
        "tasks.where(Task.id == task_id, Task.owner_id == owner.id)",
        "tasks.where(Task.id == task_id)",
        ("TestAccess::test_another_users_task",)),
    Bug("expired token", "A token that was stolen a year ago still opens the account.",
        'options={"require": ["exp", "sub", "aud"]},',
        'options={"require": ["exp", "sub", "aud"], "verify_exp": False},',
        ("TestAccess::test_a_token_that_has_expired",)),
    Bug("any password", "Whoever knows Ana's name can log in as Ana.",
        "return user if fits else None",
        "return user",
        ("TestAccess::test_login",)),
]

KEEPING = [
    Bug("lost commit", 'The phone says "saved". At the next look the new task is not there.',
        "async with request.app.state.sessions() as session, session.begin():\n        yield session",
        "async with request.app.state.sessions() as session:\n        yield session",
        ("TestAccess::test_a_removed_user_is_out", "TestDates::test_an_old_date_may_stay", "TestLists::test_order",
         "TestLists::test_pages_hold_each_task_once", "TestMails::test_a_mail_that_fails",
         "TestMails::test_reminders", "TestTasks::test_a_change_keeps_the_rest",
         "TestTasks::test_a_created_task_is_there", "TestTasks::test_a_deleted_task_is_gone",
         "TestTasks::test_a_replaced_task_has_new_steps_only", "TestTasks::test_an_old_version_is_refused")),
    Bug("change empties", "Ana ticks a task off, and its due date disappears.",
        "fields = changes.model_dump(exclude_unset=True)",
        "fields = changes.model_dump()",
        ("TestTasks::test_a_change_keeps_the_rest",)),
    Bug("lost update", "Two phones edit one task. The slower one wipes out the change of the other, and nobody is told.",
        "if seen not in (None, task.version):",
        "if seen is not None and seen > task.version:",
        ("TestTasks::test_an_old_version_is_refused",)),
    Bug("old steps", "After a task was replaced, its old steps still hang on it.",
        "task.steps = [Step(**step.model_dump()) for step in data.steps]",
        "task.steps = [*task.steps, *(Step(**step.model_dump()) for step in data.steps)]",
        ("TestTasks::test_a_replaced_task_has_new_steps_only",)),
    Bug("undead task", "Ana deletes a task. After the next reload it is back.",
        "    await db.delete(await find_task(db, owner, task_id))\n",
        "    await find_task(db, owner, task_id)\n",
        ("TestTasks::test_a_deleted_task_is_gone",)),
]

PAGING = [
    Bug("offset off by one", "Who turns to the second page never sees its first task.",
        ".limit(limit).offset(wanted.offset)",
        ".limit(limit).offset(wanted.offset and wanted.offset + 1)",
        ("TestLists::test_pages_hold_each_task_once",)),
    Bug("limit ignored", "A watch with room for two tasks is sent twenty.",
        "limit = min(wanted.limit or settings.page_size, settings.largest_page)",
        "limit = settings.page_size",
        ("TestLists::test_pages_hold_each_task_once",)),
    Bug("open and done", "Who asks for open tasks gets the finished ones, too.",
        "if wanted.done is not None:",
        "if wanted.done:",
        ("TestLists::test_filter",)),
    Bug("no date first", "Sorted by date, tasks without a date push the urgent ones off the page.",
        '"due_date": Task.due_date.asc().nulls_last(),',
        '"due_date": Task.due_date.asc().nulls_first(),',
        ("TestLists::test_order",)),
]

FAILING = [
    Bug("echo", "A password that is too short comes back as text, and stands in the phone's log.",
        'field_errors.setdefault(path, []).append(one["msg"])',
        "field_errors.setdefault(path, []).append(f\"{one['msg']} (got {one['input']})\")",
        ("TestProblems::test_a_password_is_not_repeated",)),
    Bug("hash shown", "Everybody who looks at a user gets the hash of the password.",
        "    id: int\n    username: str\n",
        "    id: int\n    username: str\n    password_hash: str\n",
        ("TestProblems::test_a_user_shows_name_and_number",)),
    Bug("no way to log in", "When a token expires, programs no longer log in again by themselves: the answer does not say how.",
        'headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None',
        "headers = None",
        ("TestAccess::test_a_token_that_has_expired",)),
    Bug("inside out", "When something breaks, anybody reads our SQL and our file names in the answer.",
        'detail = "Something went wrong on our side. Tell us the request id."\n',
        "detail = repr(error)\n",
        ("TestProblems::test_a_breakdown_shows_nothing",)),
]

OUTSIDE = [
    Bug("not today", "Nobody can plan anything for today.",
        "if due is not None and due != before and due < today:",
        "if due is not None and due != before and due <= today:",
        ("TestDates::test_due_dates", "TestMails::test_a_mail_that_fails", "TestMails::test_reminders")),
    Bug("overdue and locked", "Once its date has passed, a task cannot be replaced any more, not even to correct a typing mistake.",
        "if due is not None and due != before and due < today:",
        "if due is not None and due < today:",
        ("TestDates::test_an_old_date_may_stay",)),
    Bug("mail to the gone", "People who have closed their account get a mail each morning.",
        ".where(User.active.is_(True), Task.done.is_(False), Task.due_date <= today)",
        ".where(Task.done.is_(False), Task.due_date <= today)",
        ("TestMails::test_reminders",)),
    Bug("reminded too late", "The reminder comes a day late: on the day itself there is none.",
        "Task.done.is_(False), Task.due_date <= today)",
        "Task.done.is_(False), Task.due_date < today)",
        ("TestMails::test_a_mail_that_fails", "TestMails::test_reminders")),
    Bug("mail stops the rest", "One address does not work, and nobody gets a reminder.",
        '    except Exception:\n        log.exception(f"no mail {key} for user {user_id}:")\n        return False\n',
        "    except TimeoutError:\n        return False\n",
        ("TestMails::test_a_mail_that_fails",)),
]
# fmt: on

BUGS = [*READING, *ACCESS, *KEEPING, *PAGING, *FAILING, *OUTSIDE]


@exercise(
    "8.1",
    "Green for a year",
    rules=["D5"],
    hints=[
        "For each test: if the API always gave task 1, or an error, would it turn red?",
        "Compare something that only the right answer has: a title, a status, the list of numbers.",
        'assert client.get("/tasks/2", headers=ana).json()["title"] == "Call the dentist", and the 404 for 99, and the ids of the list.',
    ],
    limit=60.0,
)
def reading(TestReading: Any) -> dict[str, str]:
    """Asks for tests that catch three bugs in what is read."""
    return judge_tests(TestReading, STAGE, READING)


@exercise(
    "8.2",
    "The guest who stayed",
    rules=["D5"],
    hints=[
        "What was in the dictionary before the block, and who remembers it?",
        "Copy `app.dependency_overrides` before you change it. What must run in any case stands in `finally`.",
        "before = dict(app.dependency_overrides), then try: yield, finally: clear the dictionary and update it with `before`.",
    ],
)
def override(overriding: Any) -> None:
    """Asks that overrides are as they were, on every way out of the block."""
    expect.that(callable(overriding), "`overriding` should be a function that is used in a `with`.")
    shop = _Shop(overriding)
    _the_shop_is_real_again(shop)
    _other_overrides_stay(shop)
    _an_earlier_override_comes_back(shop)
    _a_block_that_fails_leaves_nothing(shop)


def get_shop() -> str:
    """Return what the override replaces."""
    return "open"


def get_price() -> int:
    """Return what somebody else's override replaces."""
    return 7


_shop_router = APIRouter()


@_shop_router.get("/shop")
def _read_shop(shop: Annotated[str, Depends(get_shop)], price: Annotated[int, Depends(get_price)]) -> dict[str, Any]:
    return {"shop": shop, "price": price}


class _Stop(Exception):
    """What a failing block raises."""


class _Shop:
    """An app with two dependencies, and the learner's context manager for them."""

    def __init__(self, overriding: Any) -> None:
        self.overriding = overriding
        self.app = FastAPI()
        self.app.include_router(_shop_router)
        self.api = client(self.app)

    def says(self, shop: str, price: int, why: str, known: Mapping[tuple[str, int], str] | None = None) -> None:
        """The app answers with this shop and this price. `known` has the sentences for other answers."""
        pairs = [({"shop": one, "price": other}, said) for (one, other), said in (known or {}).items()]
        expect.body(self.api.get("/shop"), {"shop": shop, "price": price}, why=why, known=pairs)

    def block(self, shop: str, price: int, *, fails: bool = False) -> None:
        """Inside the block, the shop is replaced and the price stays. What the block raises is not swallowed."""
        used = self.overriding(self.app, get_shop, lambda: shop)
        expect.that(
            hasattr(used, "__enter__"),
            "`overriding(...)` cannot stand in a `with`. `@contextmanager` above the function makes that possible.",
        )
        lost = "The replacement is called. The override of another dependency is gone inside the block: other overrides stay."
        heard = False
        try:
            with used:
                self.says(shop, price, "Inside the block, the replacement is called.", {(shop, 7): lost})
                if fails:
                    raise _Stop
        except _Stop:
            heard = True
        expect.that(
            heard == fails,
            "An exception of the block ended inside `overriding`. The test that raised it would look green: let it go on.",
        )


def _the_shop_is_real_again(shop: _Shop) -> None:
    shop.block("closed", 7)
    expect.that(
        get_shop not in shop.app.dependency_overrides or shop.app.dependency_overrides[get_shop] is not None,
        "After the block, `None` stands in the place of the replacement. FastAPI would call it: when there was no override before, take the key out.",
    )
    stayed = (
        "The replacement is still there after the block. If you kept `app.dependency_overrides` under another name: that is the same dictionary, "
        "and no copy. `dict(...)` makes one."
    )
    shop.says("open", 7, "After the block, the shop is real again.", {("closed", 7): stayed})


def _other_overrides_stay(shop: _Shop) -> None:
    shop.app.dependency_overrides[get_price] = lambda: 5
    shop.block("moved", 5)
    why = "Somebody else's override of the price was there before the block, and is to stay."
    gone = "The override of another dependency is gone after the block. It was there before: take away only what you put in."
    shop.says("open", 5, why, {("open", 7): gone})


def _an_earlier_override_comes_back(shop: _Shop) -> None:
    """The override of the same dependency is back after the block, also when the block fails."""
    shop.app.dependency_overrides[get_shop] = lambda: "on holiday"
    shop.block("closed", 5)
    gone = "Before the block, this dependency had an override already. After it, that one is gone: put it back."
    stayed = "The replacement is still there after the block."
    why = "This dependency had an override before the block."
    shop.says("on holiday", 5, why, {("open", 5): gone, ("closed", 5): stayed})
    shop.block("burning", 5, fails=True)
    stayed = "The block raised, and the replacement stayed. What must run in any case stands in `finally`."
    why = "The test failed in the middle of the block. The next test counts on the shop."
    shop.says("on holiday", 5, why, {("burning", 5): stayed})


def _a_block_that_fails_leaves_nothing(shop: _Shop) -> None:
    shop.app.dependency_overrides.clear()
    shop.block("burning", 7, fails=True)
    stayed = "The block raised, and the replacement stayed."
    shop.says("open", 7, "Nothing was replaced before.", {("burning", 7): stayed})
    what = "`app.dependency_overrides` after the block"
    expect.equal(shop.app.dependency_overrides, {}, what, why="Before the block it was empty.")


@exercise(
    "8.3",
    "Who may",
    rules=["D5"],
    hints=[
        "Each promise is a test: one request, one status. For a rule about admins you need two users.",
        "`client.delete(path, headers=ana).status_code`; the header of Ben is `token_of(app, 2)`, so the test takes `app`, too.",
        'def test_closed(self, app, client): assert client.get("/tasks", headers=token_of(app, 2)).status_code == 403',
    ],
    limit=60.0,
)
def who_may(TestWhoMay: Any) -> dict[str, str]:
    """Asks for tests that catch seven bugs in the chain of dependencies."""
    return judge_tests(TestWhoMay, STAGE, ACCESS)


@exercise(
    "8.4",
    "Three parcels, three overrides",
    rules=["D5"],
    hints=[
        "For each override: is the key the very function that stands in `Depends`? Can the value be called without arguments?",
        "`Courier` is an alias, `get_price()` is a number, and `fake_time` wants an hour that no caller sends.",
        "app.dependency_overrides[get_time] = lambda: fake_time(8), and the same with the functions `get_courier` and `get_price` as keys.",
    ],
)
def parcels(parcels_app: Any, use_fakes: Any) -> None:
    """Asks that each override is used, and that each can be taken away."""
    expect.that(isinstance(parcels_app, FastAPI), "`parcels_app` should stay the app of the cell.")
    expect.that(
        callable(use_fakes) and len(inspect.signature(use_fakes).parameters) == 1,
        "`use_fakes` should stay a function that takes the app.",
    )
    parcels_app.dependency_overrides = {}
    api = client(parcels_app)
    why = "Before `use_fakes`, nothing is replaced. The API's own functions stay as they are."
    expect.body(api.get("/parcels/1"), {"number": 1, **_REAL}, why=why)
    use_fakes(parcels_app)
    _everything_is_replaced(api.get("/parcels/2"), list(parcels_app.dependency_overrides))
    with contextlib.suppress(AttributeError):
        parcels_app.dependency_overrides.clear()
    expect.body(api.get("/parcels/3"), {"number": 3, **_REAL}, why="When the overrides are gone, the API is as it was.")


_REAL = {"courier": "bike", "price": 7, "time": "noon"}
_FAKE = {"courier": "van", "price": 5, "time": "8 o'clock"}
_WHY_REAL = {
    "courier": "The courier is still the real one. Is the key the function that stands in `Depends`, or its alias?",
    "price": "The price is still the real one. Is the key the function, or what the function returns?",
    "time": "The time is not as wanted. Which hour does the replacement get?",
}


def _everything_is_replaced(answer: Any, keys: list[Any]) -> None:
    """The answer comes from the three replacements, and each of them is an override of the app's own function."""
    wrap = "FastAPI reads the signature of a replacement: its parameter has become a query parameter. Wrap it: `lambda: fake_time(8)`."
    expect.status(answer, 200, why="No caller sends more than the number.", known={422: wrap})
    expect.that(keys, "`use_fakes(parcels_app)` has put nothing into `parcels_app.dependency_overrides`.")
    replaced = [getattr(key, "__name__", "") for key in keys]
    for name, wanted in _FAKE.items():
        got = answer.json().get(name)
        expect.that(
            got != _REAL[name] or f"get_{name}" not in replaced,
            f"The {name} is still the real one. The key is a function with the name `get_{name}`, and not the one that the route has: it was defined a second time.",
            response=answer,
        )
        expect.equal(got, wanted, f"`{name}` in the answer", why=_WHY_REAL[name], response=answer)
    for name in _FAKE:
        expect.that(
            f"get_{name}" in replaced,
            f"`{name}` is replaced, but not by an override of `get_{name}`. Nobody can put that back.",
        )


@exercise(
    "8.5",
    "Keeping what was promised",
    rules=["D5"],
    hints=[
        "What does the API say after a change, and what does it say when you ask again with GET?",
        'Create something, keep `headers["Location"]`, change it, GET it. For two phones, send the same PATCH twice.',
        'For the date: POST with a `due_date`, PATCH with `{"done": True}`, GET, and assert that `due_date` is the old one. For steps: PUT twice, GET, and count them.',
    ],
    limit=60.0,
)
def keeping(TestKeeping: Any) -> dict[str, str]:
    """Asks for tests that catch five bugs in what is written."""
    return judge_tests(TestKeeping, STAGE, KEEPING)


@exercise(
    "8.6",
    "The pages",
    rules=["D5"],
    hints=[
        "Which list do you expect, exactly? Compare whole lists of titles, not lengths.",
        "With `titles` there are four tasks: Buy milk, Call the dentist (done), Rent and Bread. Rent is due later than Bread.",
        '`assert self.titles(client, ana, "limit=2&offset=2") == ["Rent", "Bread"]`; the other queries need one such line each, or one `parametrize`.',
    ],
    limit=60.0,
)
def paging(TestPaging: Any) -> dict[str, str]:
    """Asks for tests that catch four bugs in lists."""
    return judge_tests(TestPaging, STAGE, PAGING)


@exercise(
    "8.7",
    "What errors tell",
    rules=["D5"],
    hints=[
        "What must be in the answer, and what must not?",
        '`"too short" not in answer.text` looks into the whole body; `answer.headers["WWW-Authenticate"]` at a header; `answer.json() == {...}` at all fields.',
        'app.dependency_overrides[get_db] = broken_database, then a GET, and `"SELECT" not in answer.text`.',
    ],
    limit=60.0,
)
def failing(TestFailing: Any) -> dict[str, str]:
    """Asks for tests that catch four bugs in what errors tell."""
    return judge_tests(TestFailing, STAGE, FAILING)


@exercise(
    "8.8",
    "Today, tomorrow, and the mail",
    rules=["D5"],
    hints=[
        "Which day is the edge? Who must get a mail, and who must not?",
        "`app.dependency_overrides[get_today] = lambda: TODAY + timedelta(days=1)` moves the calendar; `mails.sent` holds the addresses.",
        "For reminders: a task due today for each of users 1, 2 and 3 with `acting_as`, one address in `mails.refused`, then compare the answer and `mails.sent`.",
    ],
    limit=60.0,
)
def outside(TestTodayAndMail: Any) -> dict[str, str]:
    """Asks for tests that catch five bugs in dates and mails."""
    return judge_tests(TestTodayAndMail, STAGE, OUTSIDE)
