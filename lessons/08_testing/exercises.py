"""What the exercises of lesson 08 check, the bugs that the learner's tests must catch, and the answers to its predictions."""

import inspect
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, get_origin

from fastapi import APIRouter, Depends, FastAPI

from coursekit.author import client, exercise, expect, prediction
from coursekit.judging.expectation import NotYet
from coursekit.judging.suite.bugs import Bug, judge_tests, make_beforehand

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
    Bug("another task", "Ana opens one of her tasks and sees another.",
        "task = await db.scalar(tasks.where(Task.id == task_id, Task.owner_id == owner.id))\n    if task is None:",
        "task = await db.scalar(tasks.where(Task.id == task_id, Task.owner_id == owner.id))\n"
        "    if task is not None:\n"
        "        others = tasks.where(Task.id != task_id, Task.owner_id == owner.id).order_by(Task.id)\n"
        "        task = await db.scalar(others) or task\n"
        "    if task is None:",
        ("TestDates::test_an_old_date_may_stay", "TestTasks::test_a_change_keeps_the_rest",
         "TestTasks::test_a_created_task_is_there", "TestTasks::test_a_deleted_task_is_gone",
         "TestTasks::test_a_repeated_request_makes_one_task", "TestTasks::test_each_task_is_found_by_its_number")),
    Bug("list of all", "Ana's list shows the tasks of all users.",
        "tasks = select(Task).options(selectinload(Task.steps)).where(Task.owner_id == owner.id)\n    if wanted.done",
        "tasks = select(Task).options(selectinload(Task.steps))\n    if wanted.done",
        ("TestAccess::test_a_list_holds_the_callers_tasks", "TestLists::test_filter", "TestLists::test_order",
         "TestLists::test_pages_hold_each_task_once")),
    Bug("empty list", "Ana's list stays empty, whatever she writes down.",
        "    return (await db.scalars(tasks)).all()\n",
        "    return (await db.scalars(tasks.where(Task.id < 0))).all()\n",
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
    Bug("token refused", "A token has expired. The phone hears that Ana may not do this, so it never asks her to log in again.",
        "NotAuthenticated: 401,",
        "NotAuthenticated: 403,",
        ("TestAccess::test_a_removed_user_is_out", "TestAccess::test_a_token_that_has_expired",
         "TestAccess::test_login")),
    Bug("task betrayed", "By the status, Ana can tell which numbers are tasks of other people.",
        "    if task is None:\n        raise no_task(task_id)\n    return task\n",
        "    if task is None and await db.get(Task, task_id):\n"
        '        raise NotAllowed("This is the task of somebody else.", "NOT_YOURS")\n'
        "    if task is None:\n        raise no_task(task_id)\n    return task\n",
        ("TestAccess::test_another_users_task",)),
    Bug("no password", "Ana types the right password and doesn't get in.",
        "return user if fits else None",
        "return None",
        ("TestAccess::test_login",)),
    Bug("any password", "Anybody who knows Ana's name can log in as Ana.",
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
    Bug("never done", "Ana ticks a task off. It stays open.",
        "    fields = changes.model_dump(exclude_unset=True)\n",
        '    fields = changes.model_dump(exclude_unset=True, exclude={"done"})\n',
        ("TestTasks::test_a_change_keeps_the_rest",)),
    Bug("nobody first", "Nobody can change a task any more: everybody hears that somebody else was faster.",
        "if seen not in (None, task.version):",
        "if seen is not None:",
        ("TestTasks::test_an_old_version_is_refused",)),
    Bug("lost update", "Two phones edit one task. The slower one wipes out the change of the other, and nobody is told.",
        "if seen not in (None, task.version):",
        "if seen is not None and seen > task.version:",
        ("TestTasks::test_an_old_version_is_refused",)),
    Bug("old steps", "After a task was replaced, its old steps still hang on it.",
        "task.steps = [Step(**step.model_dump()) for step in data.steps]",
        "task.steps = [*task.steps, *(Step(**step.model_dump()) for step in data.steps)]",
        ("TestTasks::test_a_replaced_task_has_new_steps_only",)),
    Bug("steps stay", "Ana replaces the steps of her party. The old plan stays.",
        "task.steps = [Step(**step.model_dump()) for step in data.steps]",
        "task.steps = task.steps or [Step(**step.model_dump()) for step in data.steps]",
        ("TestTasks::test_a_replaced_task_has_new_steps_only",)),
    Bug("undead task", "Ana deletes a task. After the next reload it is back.",
        "    await db.delete(await find_task(db, owner, task_id))\n",
        "    await find_task(db, owner, task_id)\n",
        ("TestTasks::test_a_deleted_task_is_gone",)),
]

PAGING = [
    Bug("offset off by one", "If you turn to the second page, you never see its first task.",
        ".limit(limit).offset(wanted.offset)",
        ".limit(limit).offset(wanted.offset and wanted.offset + 1)",
        ("TestLists::test_pages_hold_each_task_once",)),
    Bug("limit ignored", "A watch with room for two tasks is sent twenty.",
        "limit = min(wanted.limit or settings.page_size, settings.largest_page)",
        "limit = settings.page_size",
        ("TestLists::test_pages_hold_each_task_once",)),
    Bug("open and done", "If you ask for open tasks, you get the finished ones, too.",
        "if wanted.done is not None:",
        "if wanted.done:",
        ("TestLists::test_filter",)),
    Bug("done and open", "If you ask for finished tasks, you get the open ones, too.",
        "if wanted.done is not None:",
        "if wanted.done is False:",
        ("TestLists::test_filter",)),
    Bug("latest first", "Sorted by date, next year's tasks come first.",
        '"due_date": Task.due_date.asc().nulls_last(),',
        '"due_date": Task.due_date.desc().nulls_last(),',
        ("TestLists::test_order",)),
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
    Bug("short accepted", "New users protect their accounts with passwords of one letter.",
        "password: Annotated[SecretStr, Field(min_length=12, max_length=128)]",
        "password: Annotated[SecretStr, Field(max_length=128)]",
        ("TestProblems::test_a_password_is_not_repeated",)),
    Bug("address shown", "Everybody who looks at a user gets the email address.",
        "    id: int\n    username: str\n",
        "    id: int\n    username: str\n    email: str\n",
        ("TestProblems::test_a_user_shows_name_and_number",)),
    Bug("hash shown", "Everybody who looks at a user gets the hash of the password.",
        "    id: int\n    username: str\n",
        "    id: int\n    username: str\n    password_hash: str\n",
        ("TestProblems::test_a_user_shows_name_and_number",)),
    Bug("no way to log in", "When a token expires, programs no longer log in again by themselves: the answer does not say how.",
        'headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None',
        "headers = None",
        ("TestAccess::test_a_token_that_has_expired",)),
    Bug("breakdown as success", "Something breaks, and the phone is told that all is well.",
        'problem(500, "INTERNAL_ERROR", detail)',
        'problem(200, "INTERNAL_ERROR", detail)',
        ("TestProblems::test_a_breakdown_shows_nothing",)),
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
    Bug("mail for the finished", "Ana has done everything for today, and a mail tells her that she hasn't.",
        ".where(User.active.is_(True), Task.done.is_(False), Task.due_date <= today)",
        ".where(User.active.is_(True), Task.due_date <= today)",
        ("TestMails::test_reminders",)),
    Bug("mail for any day", "Everybody with an open task gets a mail each morning, whenever the task is due.",
        ".where(User.active.is_(True), Task.done.is_(False), Task.due_date <= today)",
        ".where(User.active.is_(True), Task.done.is_(False))",
        ("TestMails::test_reminders",)),
    Bug("mail a day early", "What Ana planned for tomorrow is held against her today: the reminder comes a day early.",
        "Task.done.is_(False), Task.due_date <= today)",
        "Task.done.is_(False), Task.due_date <= today + timedelta(days=1))",
        ("TestMails::test_reminders",)),
    Bug("mail to strangers", "A copy of each reminder goes to somebody who has nothing to do with it.",
        "        await mailer.send(to, subject, text, key)\n",
        '        await mailer.send(to, subject, text, key)\n        await mailer.send("copy@example.com", subject, text, key)\n',
        ("TestMails::test_a_mail_that_fails", "TestMails::test_a_new_user_gets_a_mail", "TestMails::test_reminders")),
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

_ACTING = {
    r"\bacting_as\(": "`acting_as` makes an active member out of anybody: with it, no account is closed and nobody is an admin. Send a token for that."
}
_NO_FAKE = {
    r"(?s)^(?!.*\bmails\b).*/reminders": "The test doesn't name `mails` as a parameter, so the app has no fake mailer, and without an address it sends nothing."
}

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
    prepare=partial(make_beforehand, STAGE, READING),
)
def reading(TestReading: Any) -> dict[str, str]:
    """Asks for tests that catch bugs in what is read."""
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
    _the_replacement_is_called_each_time(shop)


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


class _Outcome(BaseException):
    """What a block raises that fails by `pytest.fail`, whose exception is no `Exception` either."""


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

    def used(self, replacement: Any) -> Any:
        """Return what `overriding` makes for a `with`."""
        used = self.overriding(self.app, get_shop, replacement)
        expect.that(
            hasattr(used, "__enter__"),
            "`overriding(...)` can't be used in a `with`. `@contextmanager` above the function makes that possible.",
        )
        return used

    def block(self, shop: str, price: int, *, fails: BaseException | None = None) -> None:
        """Inside the block, the shop is replaced and the price stays. What the block raises goes on unchanged."""
        lost = "The replacement is called. The override of another dependency is gone inside the block: other overrides stay."
        used, came = self.used(lambda: shop), None
        try:
            with used:
                put = self.app.dependency_overrides.get(get_shop)
                expect.that(
                    put is None or callable(put),
                    f"Inside the block, `app.dependency_overrides` has `{put!r}` for the dependency: that is what the replacement returns. "
                    "Put in the function itself, without parentheses.",
                )
                self.says(shop, price, "Inside the block, the replacement is called.", {(shop, 7): lost})
                if fails:
                    raise fails
        except NotYet:
            raise
        except BaseException as error:
            if fails is None:
                raise
            came = error
        expect.that(
            came or not fails,
            "An exception of the block ended inside `overriding`. The test that raised it would look green: let it go on.",
        )
        expect.that(
            came is fails,
            f"The block raised `{type(fails).__name__}`, and `{type(came).__name__}` came out of `overriding`. Let the block's own exception go on.",
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
    shop.block("burning", 5, fails=_Stop())
    stayed = "The block raised, and the replacement stayed. What must run in any case belongs in `finally`."
    why = "The test failed in the middle of the block. The next test counts on the shop."
    shop.says("on holiday", 5, why, {("burning", 5): stayed})


def _a_block_that_fails_leaves_nothing(shop: _Shop) -> None:
    shop.app.dependency_overrides.clear()
    shop.block("burning", 7, fails=_Outcome())
    stayed = (
        "The block raised something that isn't an `Exception`, as `pytest.fail` does, and the replacement stayed. "
        "`except Exception` doesn't see that; `finally` runs in any case."
    )
    shop.says("open", 7, "Nothing was replaced before.", {("burning", 7): stayed})
    what = "`app.dependency_overrides` after the block"
    expect.equal(shop.app.dependency_overrides, {}, what, why="Before the block it was empty.")


def _the_replacement_is_called_each_time(shop: _Shop) -> None:
    given = iter(("open at 8", "open at 9", "open at 10"))
    with shop.used(lambda: next(given)):
        once = "The replacement was called before anybody asked. Put in the function itself: the app calls it for each request."
        known = {("open at 9", 7): once, ("open at 10", 7): once}
        shop.says("open at 8", 7, "The app calls the replacement for each request.", known)
        again = "The second request got the first one's value. Put in the function itself: the app calls it for each request."
        shop.says("open at 9", 7, "The app calls the replacement for each request.", {("open at 8", 7): again})


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
    prepare=partial(make_beforehand, STAGE, ACCESS),
)
def who_may(TestWhoMay: Any) -> dict[str, str]:
    """Asks for tests that catch bugs in the chain of dependencies."""
    return judge_tests(TestWhoMay, STAGE, ACCESS, _ACTING)


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
    use_fakes(FastAPI())
    expect.that(
        not parcels_app.dependency_overrides,
        "`use_fakes` got another app and changed `parcels_app`. Use the app that the function is given: `app.dependency_overrides`.",
    )
    use_fakes(parcels_app)
    overrides = dict(parcels_app.dependency_overrides)
    _functions_stand_for_functions(overrides)
    _everything_is_replaced(api.get("/parcels/2"), list(overrides))
    _no_caller_has_a_say(api, overrides)
    parcels_app.dependency_overrides.clear()
    expect.body(api.get("/parcels/3"), {"number": 3, **_REAL}, why="When the overrides are gone, the API is as it was.")


_REAL = {"courier": "bike", "price": 7, "time": "noon"}
_FAKE = {"courier": "van", "price": 5, "time": "8 o'clock"}
_NO_FUNCTION = "FastAPI looks for the function that stands in `Depends`"


def _functions_stand_for_functions(overrides: dict[Any, Any]) -> None:
    """Each key is a function, and so is each value."""
    expect.that(overrides, "`use_fakes(parcels_app)` has put nothing into `parcels_app.dependency_overrides`.")
    for key, value in overrides.items():
        expect.that(
            get_origin(key) is not Annotated,
            f"A key of the overrides is the alias, an `Annotated[...]`. {_NO_FUNCTION}, such as `get_courier`, and never finds the alias.",
        )
        expect.that(
            callable(key),
            f"A key of the overrides is `{key!r}`, which isn't a function. {_NO_FUNCTION}: write its name, without quotes and without parentheses.",
        )
        name = getattr(key, "__name__", "the dependency")
        expect.that(
            callable(value),
            f"The replacement of `{name}` is `{value!r}`, which isn't a function. FastAPI calls the replacement: `lambda: {value!r}`.",
        )


def _no_caller_has_a_say(api: Any, overrides: dict[Any, Any]) -> None:
    """A caller who names a parameter of a replacement changes nothing."""
    for key, value in overrides.items():
        for name in inspect.signature(value).parameters:
            answer = api.get(f"/parcels/2?{name}=9")
            sentence = (
                f"The replacement of `{key.__name__}` has a parameter, `{name}`, and FastAPI has made a query parameter of it: "
                f"with `?{name}=9`, any caller changes the answer. Give it a function without parameters."
            )
            expect.that(answer.is_success and answer.json() == {"number": 2, **_FAKE}, sentence, response=answer)


def _everything_is_replaced(answer: Any, keys: list[Any]) -> None:
    """The answer comes from the three replacements, and each of them is an override of the app's own function."""
    wrap = "FastAPI reads the signature of a replacement: its parameter has become a query parameter. Wrap it: `lambda: fake_time(8)`."
    expect.status(answer, 200, why="No caller sends more than the number.", known={422: wrap})
    replaced = [getattr(key, "__name__", "") for key in keys]
    for name, wanted in _FAKE.items():
        got = answer.json().get(name)
        expect.that(
            got != _REAL[name] or f"get_{name}" not in replaced,
            f"The {name} is still the real one. The key is a function with the name `get_{name}`, and not the one that the route has: it was defined a second time.",
            response=answer,
        )
        why = f"The {name} is still the real one." if got == _REAL[name] else f"Carla's tests want {wanted!r}."
        expect.equal(got, wanted, f"`{name}` in the answer", why=why, response=answer)
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
        'Create something, keep `headers["Location"]`, change it, GET it. For two phones, send the same PATCH twice, and look at both statuses.',
        'For the date: POST with a `due_date`, PATCH with `{"done": True}`, GET, and assert that `done` is the new one and `due_date` the old one. For steps: PUT twice, GET, and compare their titles.',
    ],
    limit=60.0,
    prepare=partial(make_beforehand, STAGE, KEEPING),
)
def keeping(TestKeeping: Any) -> dict[str, str]:
    """Asks for tests that catch bugs in what is written."""
    return judge_tests(TestKeeping, STAGE, KEEPING)


@exercise(
    "8.6",
    "The pages",
    rules=["D5"],
    hints=[
        "Which list do you expect, exactly? Compare whole lists of titles, not lengths.",
        "With `titles` there are four tasks: Buy milk, Call the dentist (done), Rent and Bread. Rent is due later than Bread.",
        '`assert self.titles(client, ana, "limit=2&offset=1") == ["Call the dentist", "Rent"]`; the other queries need one such line each, or one `parametrize`.',
    ],
    limit=60.0,
    prepare=partial(make_beforehand, STAGE, PAGING),
)
def paging(TestPaging: Any) -> dict[str, str]:
    """Asks for tests that catch bugs in lists."""
    return judge_tests(TestPaging, STAGE, PAGING)


@exercise(
    "8.7",
    "What errors tell",
    rules=["D5"],
    hints=[
        "What must be in the answer, and what must not?",
        '`"too short" not in answer.text` looks into the whole body; `answer.headers.get("WWW-Authenticate")` at a header; `answer.json() == {...}` at all fields.',
        'app.dependency_overrides[get_db] = broken_database, then a GET, and `"SELECT" not in answer.text`.',
    ],
    limit=60.0,
    prepare=partial(make_beforehand, STAGE, FAILING),
)
def failing(TestFailing: Any) -> dict[str, str]:
    """Asks for tests that catch bugs in what errors tell."""
    return judge_tests(TestFailing, STAGE, FAILING)


@exercise(
    "8.8",
    "Today, tomorrow, and the mail",
    rules=["D5"],
    hints=[
        "Which day is the edge? Who must get a mail, and who must not?",
        "`app.dependency_overrides[get_today] = lambda: TODAY + timedelta(days=1)` moves the calendar; `mails.sent` holds the addresses.",
        "For reminders: a task due today for each of users 1, 2 and 3 with `acting_as`, one address in `mails.refused`, then compare the answer and `mails.sent`. A finished task and one that is due tomorrow bring no mail.",
    ],
    limit=60.0,
    prepare=partial(make_beforehand, STAGE, OUTSIDE),
)
def outside(TestTodayAndMail: Any) -> dict[str, str]:
    """Asks for tests that catch bugs in dates and mails."""
    return judge_tests(TestTodayAndMail, STAGE, OUTSIDE, _NO_FAKE | _ACTING)
