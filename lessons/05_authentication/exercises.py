"""What the exercises of lesson 05 check, and the answers to its predictions. The checks attack what the learner wrote."""

import asyncio
import contextlib
import io
import logging
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import jwt
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pwdlib import PasswordHash
from pydantic import SecretStr
from sqlalchemy import text

from coursekit import expect
from coursekit.exercise import client, exercise, prediction

prediction("5.p1", answer=401, evidence="response.status_code", choices=(200, 401, 403, 404))
prediction("5.p2", answer=403, evidence="response.status_code", choices=(200, 401, 403, 404))
prediction("5.p3", answer=False, evidence="one == other", choices=(True, False))
prediction("5.p4", answer=False, evidence="directly", choices=(True, False))
prediction("5.p5", answer=0, evidence="last", choices=(0, 1, 2))
prediction("5.p6", answer=True, evidence="claims['sub'] == '1'", choices=(True, False))
prediction("5.p7", answer=401, evidence="response.status_code", choices=(200, 401, 403, 404))
prediction("5.p8", answer=True, evidence="'password_hash' in response.json()", choices=(True, False))

PASSWORD = "seven blue tables"
ANA, BEN, CARLA = 1, 2, 3


def _open(app: Any, made_by: str) -> TestClient:
    """A client for an app that the lesson's `new_app` made, with its own database."""
    expect.that(
        isinstance(app, FastAPI) and hasattr(app.state, "passwords"),
        f"The check needs an app that `new_app` made: keep the cell's last line, `{made_by}`.",
    )
    return client(app, raise_server_exceptions=False)


def _sql(api: TestClient, statement: str) -> list[Any]:
    """Run a statement in the app's database, as an administrator would, and give the rows."""

    async def run() -> list[Any]:
        async with api.app.state.sessions.begin() as db:  # type: ignore[attr-defined]
            result = await db.execute(text(statement))
            return [tuple(row) for row in result] if result.returns_rows else []

    assert api.portal is not None
    rows: list[Any] = api.portal.call(run)
    return rows


def _key(api: TestClient) -> str:
    key: str = api.app.state.settings.secret_key.get_secret_value()  # type: ignore[attr-defined]
    return key


def _claims(**changes: Any) -> dict[str, Any]:
    """The claims of a right token, with changes; a change to None leaves the claim out."""
    now = datetime.now(UTC)
    claims = {"sub": "1", "aud": "tasks-api", "iat": now, "exp": now + timedelta(minutes=5), **changes}
    return {name: value for name, value in claims.items() if value is not None}


def _sign(claims: dict[str, Any], key: str | None, algorithm: str = "HS256") -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return jwt.encode(claims, key, algorithm=algorithm)


def _as(api: TestClient, user_id: int) -> dict[str, str]:
    """The header of somebody who has logged in."""
    return {"Authorization": "Bearer " + _sign(_claims(sub=str(user_id)), _key(api))}


PAST = timedelta(minutes=-1)


# 5.1


@contextlib.contextmanager
def _where_hashes_run() -> Iterator[list[bool]]:
    """Whether each hash or verification ran on an event loop's thread."""
    on_the_loop: list[bool] = []

    def watched(method: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                asyncio.get_running_loop()
                on_the_loop.append(True)
            except RuntimeError:
                on_the_loop.append(False)
            return method(*args, **kwargs)

        return call

    with (
        patch.object(PasswordHash, "hash", watched(PasswordHash.hash)),
        patch.object(PasswordHash, "verify", watched(PasswordHash.verify)),
    ):
        yield on_the_loop


@exercise(
    "5.1",
    "A list with a lock",
    hints=[
        "What may a thief see without being able to open the list? And how do you compare with it, when the same phrase never gives the same hash twice?",
        "`quick.hash` makes what you keep, `quick.verify(phrase, kept)` compares. Both are slow on purpose: where do they run while other requests wait?",
        "`locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())`, and `await asyncio.to_thread(quick.verify, …, locks[list_id])`.",
    ],
)
def lock(locks_router: Any, locks: Any) -> None:
    """Only a salted, slow hash is kept, and it is computed outside the event loop."""
    api = client(locks_router)
    expect.that(isinstance(locks, dict), "`locks` should stay a dictionary: list number to what you keep.")
    locks.clear()
    party, secret = {"phrase": "nobody tells ben"}, {"phrase": "for carla only"}
    with _where_hashes_run() as on_the_loop:
        for number, body in ((7, party), (8, party), (9, secret)):
            expect.status(
                api.put(f"/lists/{number}/lock", json=body), 204,
                why="The phone shows a closed lock as soon as it reads this status.",
                known={200: "The list is locked, and there is nothing to send back: `status_code=204`, and return nothing."},
            )  # fmt: skip
        for number in (7, 8, 9):
            kept = locks.get(number)
            expect.that(
                kept is not None, f"After `PUT /lists/{number}/lock` there is nothing under {number} in `locks`."
            )
            words = party["phrase"] if number < 9 else secret["phrase"]
            shown = kept.get_secret_value() if isinstance(kept, SecretStr) else str(kept)
            expect.that(
                words not in shown,
                "`locks` holds the phrase itself. A `SecretStr` hides it from a log, not from whoever copies the data. Keep a hash.",
                why="The last backup went to the wrong address.",
            )
            expect.that(
                "*****" not in shown,
                "`locks` holds the stars of a `SecretStr`, or a hash of them. Its text comes out with `get_secret_value()`.",
            )
            expect.that(
                shown.startswith("$argon2"),
                f"What `locks` holds, `{shown[:12]}…`, is no hash made for passwords. A fast one lets a thief try a billion phrases a second: use `quick.hash`.",
                why="What is slow for us once is slow for the thief each time.",
            )
        expect.that(
            locks[7] != locks[8],
            "The same phrase gave the same hash for two lists, so a thief sees which lists share one. A salt makes them differ: leave it to `quick.hash`.",
        )
        for number, body, wanted in (
            (7, party, 204),
            (8, party, 204),
            (9, secret, 204),
            (9, party, 403),
            (7, secret, 403),
        ):
            answer = api.post(f"/lists/{number}/unlock", json=body)
            expect.status(
                answer, wanted,
                why="The right phrase opens the list, and no other does.",
                known={
                    403: "The right phrase was refused. The same phrase gives another hash each time, so do not compare two hashes: "
                    "`quick.verify(phrase, kept)`. And hash the text, `get_secret_value()`, not the `SecretStr`.",
                    204: "A wrong phrase opened the list. `quick.verify` gives True or False, and somebody has to look at it.",
                    200: "There is nothing to send back: `status_code=204`.",
                    401: "401 asks for another login. The caller is known; it is the phrase that is wrong: 403.",
                },
            )  # fmt: skip
        expect.status(
            api.post("/lists/99/unlock", json=party), 404,
            why="There is no lock to open on list 99.",
            known={403: "List 99 has no lock, and your API says that the phrase is wrong. The phone would ask for it again and again."},
        )  # fmt: skip
        expect.status(api.put("/lists/7/lock", json=secret), 204, why="A phrase can be changed.")
        expect.status(api.post("/lists/7/unlock", json=secret), 204, why="The new phrase opens the list.")
        expect.status(
            api.post("/lists/7/unlock", json=party), 403,
            why="The phrase was changed.",
            known={204: "After the change, the old phrase still opens the list."},
        )  # fmt: skip
    expect.that(
        not any(on_the_loop),
        "A hash or a verification ran on the event loop, and every other request waited for it. Give the function and its arguments to "
        "`asyncio.to_thread`: `to_thread(quick.hash, phrase)`, not `to_thread(quick.hash(phrase))`.",
        why="With the cost of production that is a tenth of a second for everybody, each time.",
    )


# 5.2


@exercise(
    "5.2",
    "The club that gave away its members",
    rules=["E5"],
    hints=[
        "A stranger has three kinds of failure. Which words differ, which statuses, which headers, and who has to wait for a hash?",
        "`careful_login` and `log_in` in this section treat an unknown name as a wrong password, and verify something in each case. Where may the question about `active` stand?",
        "`kept = passwords.of_nobody if user is None else user.password_hash`, `fits = await passwords.fits(form.password, kept)`, then "
        "`if user is None or not fits:` the one 401, with its header. Only after it: `active`.",
    ],
)
def club(club_app: Any) -> None:
    """All failures look the same and cost the same."""
    api = _open(club_app, "club_app = new_app(club_router)")

    def attempt(username: str, password: str) -> tuple[Any, int]:
        with patch.object(PasswordHash, "verify", autospec=True, side_effect=PasswordHash.verify) as count:
            answer = api.post("/token", data={"username": username, "password": password})
        return answer, count.call_count

    right, _ = attempt("ana", PASSWORD)
    expect.status(
        right, 200, why="Ana is a member, and this is her password.",
        known={401: "Ana's right password is refused. A login that lets nobody in keeps its secret, too."},
    )  # fmt: skip
    expect.that(
        "access_token" in expect.json_body(right, why="Ana's phone needs a token."),
        "Ana's answer has no `access_token`.",
        response=right,
    )

    wrong, cost = attempt("ana", "a guess")
    expect.status(
        wrong, 401, why="This is not Ana's password.",
        known={200: "Ana got in with a wrong password. `passwords.fits` gives True or False, and somebody has to look at it."},
    )  # fmt: skip
    expect.header(
        wrong, "WWW-Authenticate", "Bearer", why="A 401 has to name the way to come back with.",
        known={None: "It has no `WWW-Authenticate`: `headers={\"WWW-Authenticate\": \"Bearer\"}`."},
    )  # fmt: skip
    expect.equal(
        cost,
        1,
        what="the number of verifications for a wrong password",
        why="No password can be judged without one, and more than one tells something again.",
    )
    strangers = {
        "an unknown name": (
            "zoe",
            "Whoever gets this answer knows that the name is not a member's, so all others are.",
        ),
        "a wrong password for an account that is not active": (
            "ben",
            "Without a password, a stranger learns that Ben was a member and has left.",
        ),
    }
    for who, (username, because) in strangers.items():
        answer, verified = attempt(username, "a guess")
        expect.status(
            answer,
            401,
            why=because,
            known={
                200: f"With {who}, a guess was let in.",
                500: f"With {who}, your code crashed, and that tells as well.",
            },
        )
        expect.equal(
            (expect.json_body(answer, why=because), answer.headers.get("WWW-Authenticate")),
            (wrong.json(), "Bearer"),
            what=f"body and `WWW-Authenticate` for {who}",
            why=because,
            known=[
                (
                    (answer.json(), answer.headers.get("WWW-Authenticate")),
                    f"The answer to {who} can be told from the answer to a wrong password: `{answer.json()}`. Use one `raise` for all of them.",
                )
            ],
            response=answer,
        )
        expect.equal(
            verified, 1, what=f"the number of verifications for {who}",
            why="What costs no hash is answered a tenth of a second sooner, and a stranger has a clock.",
            known=[(0, f"With {who}, nothing was verified, so the answer comes sooner. Verify in each case, for lack of a user with `passwords.of_nobody`.")],
        )  # fmt: skip
    left, _ = attempt("ben", PASSWORD)
    expect.status(left, (200, 401, 403), why="With the right password you may say what you like, but say it.")
    bea, _ = attempt("carla", PASSWORD)
    expect.status(bea, 200, why="Carla's right password is as good as Ana's.")


# 5.3


def _careless(ticket: str) -> int | None:
    """The first version of the exercise's `read_ticket`."""
    claims = jwt.decode(ticket, options={"verify_signature": False})
    return int(claims["sub"]) if claims["aud"] == "calendar" else None


class _Box:
    """Settings with a key of the check's own."""

    def __init__(self, key: str) -> None:
        self.secret_key = SecretStr(key)
        self.audience = "tasks-api"
        self.token_minutes = 30


@exercise(
    "5.3",
    "The calendar that opened for everybody",
    rules=["E5"],
    hints=[
        "What does the first version look at, and what does it never look at? That is what you may write freely.",
        "For `forge`: which algorithm needs no key? For `read_ticket`: `read_token` in this section closes each hole; only the audience is another.",
        '`jwt.encode({"sub": str(user_id), "aud": "calendar"}, None, algorithm="none")`. And `jwt.decode(ticket, key, algorithms=["HS256"], '
        'audience="calendar", options={"require": ["exp", "sub", "aud"]})` in a `try` that catches `jwt.InvalidTokenError` and `ValueError`.',
    ],
)
def ticket(read_ticket: Any, forge: Any) -> None:
    """A forged ticket that the first version takes, and a reader that takes valid ones only."""
    for user_id in (ANA, CARLA):
        forged = forge(user_id)
        try:
            taken = _careless(forged)
        except Exception as error:
            expect.that(
                False,
                f"The first version raises {type(error).__name__} on your forged ticket ({error}). It wants a JWT with `sub` and `aud`.",
            )
        expect.equal(
            taken, user_id, what=f"the user as whom the first version takes `forge({user_id})`",
            why="An attack that does not work proves nothing.",
            known=[(None, "The first version looks at `aud` and does not find `calendar` there. It looks at nothing else.")],
        )  # fmt: skip

    one, other = "check-" * 8, "another" * 6

    def read(ticket: Any, said: str, key: str = one) -> Any:
        try:
            return read_ticket(ticket, _Box(key))
        except Exception as error:
            expect.that(
                False, f"For {said}, `read_ticket` raises {type(error).__name__} ({error}). The caller gets a 500. It should give `None`.",
                why="Everybody on the internet can send it such a ticket.",
            )  # fmt: skip

    for user_id, key in ((ANA, one), (CARLA, one), (17, other)):
        expect.equal(
            read(_sign(_claims(aud="calendar", sub=str(user_id)), key), "a valid ticket", key), user_id,
            what=f"`read_ticket` of a valid ticket of user {user_id}",
            why="Ana's calendar should still show her tasks.",
            known=[
                (None, "A valid ticket is refused. It was signed with `settings.secret_key` by HS256, for the audience `calendar`; does yours look at these?"),
                (str(user_id), "The id came back as text. `sub` is text, and a user's id is a number: `int(...)`."),
            ],
        )  # fmt: skip

    good = {"aud": "calendar"}
    attacks: list[tuple[str, str, str]] = [
        ("your own forged ticket", forge(ANA), "It has no signature. `verify_signature` must stay on."),
        ("a ticket with `alg: none`", _sign(_claims(**good), None, "none"), "It has no signature. `verify_signature` must stay on."),
        ("a ticket signed with another key", _sign(_claims(**good), other), "The signature is not ours. Verify it, with the key from the settings."),
        ("an expired ticket", _sign(_claims(**good, exp=datetime.now(UTC) + PAST), one), "Its end has passed. Leave `verify_exp` on."),
        ("a login token", _sign(_claims(), one), "Its audience is `tasks-api`. Who finds a login token must not get a calendar, nor the other way round: `audience=\"calendar\"`."),
        ("a ticket without an audience", _sign(_claims(aud=None), one), "It was made for nobody: `audience=\"calendar\"`."),
        ("a ticket without an end", _sign(_claims(**good, exp=None), one), "It would be good for ever. Demand the claim: `options={\"require\": [\"exp\", ...]}`."),
        ("a ticket signed by another algorithm", _sign(_claims(**good), one, "HS512"), "You let the ticket choose. Pin it: `algorithms=[\"HS256\"]`."),
        ("a ticket about nobody", _sign(_claims(**good, sub=None), one), "It names no user. Demand `sub`."),
        ("a ticket whose `sub` is no number", _sign(_claims(**good, sub="ana"), one), "`int(\"ana\")` raises a `ValueError`."),
        ("a ticket whose `sub` is a number", _sign(_claims(**good, sub=1), one), "The standard wants text."),
        ("a word that is no ticket", "ana-token", "It is no JWT at all."),
    ]  # fmt: skip
    for said, attack, because in attacks:
        got = read(attack, said)
        expect.equal(
            got, None, what=f"`read_ticket` of {said}", why="Whoever holds it sees somebody's calendar.",
            known=[(got, f"It takes {said} as user {got}. {because}")],
        )  # fmt: skip


# 5.4


@exercise(
    "5.4",
    "What the badge still believes",
    rules=["D4", "E5"],
    hints=[
        "The badge was printed at the login. Which of its statements can have become wrong since, and who knows better?",
        "The chain of this section reads one thing from the token, the id, and asks the database for all else. And its statuses are the ones that the phone team wants.",
        '`POST /badge` returns `Token(access_token=make_token(user.id, settings), token_type="bearer")`; the route is `async def read_member(member: ActiveUser)`, '
        "with `member.username` and `member.role`.",
    ],
)
def badge(members_app: Any) -> None:
    """What changes in the database counts at once, and each refusal has its status."""
    api = _open(members_app, "members_app = new_app(members_router)")
    asks_again = "The app asks for the password on a 401, and on nothing else."

    def badge_of(username: str) -> dict[str, str]:
        answer = api.post("/badge", data={"username": username, "password": PASSWORD})
        expect.status(answer, 200, why="The login keeps its form and its answer.")
        token = expect.json_body(answer, why="The app needs the badge.").get("access_token")
        expect.that(
            isinstance(token, str), "The answer of `POST /badge` should still have `access_token`.", response=answer
        )
        return {"Authorization": f"Bearer {token}"}

    expect.status(
        api.post("/badge", data={"username": "ana", "password": "a guess"}), 401, why="This is not Ana's password."
    )
    ana, carla = badge_of("ana"), badge_of("carla")
    for headers, wanted in (
        (ana, {"username": "ana", "role": "member"}),
        (carla, {"username": "carla", "role": "admin"}),
    ):
        answer = api.get("/club/me", headers=headers)
        expect.status(answer, 200, why="A member with a fresh badge gets in.")
        expect.body(answer, wanted, why="The app greets the member with it.")

    key = _key(api)
    nobody = {
        "without a badge": {},
        "with a word that is no badge": {"Authorization": "Bearer ana-token"},
        "with a badge that has expired": {
            "Authorization": "Bearer " + _sign(_claims(exp=datetime.now(UTC) + PAST, username="ana", role="member", active=True), key)
        },
        "with a badge signed by somebody else": {
            "Authorization": "Bearer " + _sign(_claims(username="ana", role="admin", active=True), "k" * 32)
        },
    }  # fmt: skip
    for said, headers in nobody.items():
        answer = api.get("/club/me", headers=headers)
        expect.status(
            answer, 401, why=asks_again,
            known={
                200: f"Somebody {said} got in.",
                403: f"Somebody {said} is nobody known, so nobody of whom one could say that they may not: 401.",
                400: f"Somebody {said} got a 400. Nothing is wrong with the request but who sends it: 401.",
                404: f"Somebody {said} looked at an address that exists. Nobody known gets a 401.",
            },
        )  # fmt: skip
        expect.header(
            answer, "WWW-Authenticate", "Bearer", why="A 401 names the way to come back with.",
            known={None: f"The 401 for somebody {said} has no `WWW-Authenticate`."},
        )  # fmt: skip

    _sql(api, "UPDATE users SET role = 'member' WHERE username = 'carla'")
    answer = api.get("/club/me", headers=carla)
    expect.status(answer, 200, why="Carla is still a member.")
    expect.body(
        answer, {"username": "carla", "role": "member"}, why="Who lost a role has lost it now, not when the badge expires.",
        known=[({"username": "carla", "role": "admin"}, "Carla is no admin any more, and the badge still says so. Ask the database, not the badge.")],
    )  # fmt: skip

    _sql(api, "UPDATE users SET active = 0 WHERE username = 'ana'")
    expect.status(
        api.get("/club/me", headers=ana), 403,
        why="On Friday a member was thrown out, and on Sunday he was still in.",
        known={
            200: "Ana's account is not active any more, and her badge still opens the door: it was printed before. Ask the database with each request.",
            400: "Ana's request is right. She is known, and she may not: 403.",
            401: "We know who Ana is, so a new login does not help her: 403.",
        },
    )  # fmt: skip
    _sql(api, "DELETE FROM users WHERE username = 'ana'")
    answer = api.get("/club/me", headers=ana)
    expect.status(
        answer, 401, why="The user does not exist any more, so nobody known is calling.",
        known={
            200: "Ana was removed, and her badge still opens the door.",
            404: "The address exists; it is the caller who does not. 401.",
            500: "Ana was removed, and your code crashed: `db.get` gives `None` for a user who is gone.",
            403: "Ana was removed. Nobody known is calling: 401.",
        },
    )  # fmt: skip


# 5.5


@exercise(
    "5.5",
    "Nine callers",
    rules=["E5"],
    hints=[
        "Ask three questions, in this order: do we know who calls? May this user call at all, with this role? Is it theirs?",
        "No to the first is a 401, to the second a 403, to the third a 404. The first no ends the matter, whatever the path says.",
        "Ben stops at the second question, before anybody looks for task 99. An admin reads nobody's tasks. And a token does not know that its user is gone.",
    ],
)
def callers(answers: Any) -> None:
    """A status for each of nine requests."""
    said = "401: we do not know who calls. 403: we know, and this user may not. 404: not there, or not for this user."
    right: dict[str, tuple[int, dict[int, str]]] = {
        "Ana, with a valid token, reads task 1": (200, {}),
        "somebody without a token reads task 1": (
            401,
            {403: "Nobody is known here. A 403 says: I know you. A login would help, and only a 401 says so."},
        ),
        "somebody without a token reads task 99": (
            401,
            {404: "A stranger would learn which numbers exist by counting. The guard answers before anybody looks for a task."},
        ),
        "Ana, with a token that expired a minute ago, reads task 1": (
            401,
            {403: "An expired token tells nothing any more, so we do not know her. On a 401 her phone logs in again; on a 403 it gives up."},
        ),
        "Ben, with a valid token, reads task 99": (
            403,
            {
                404: "Ben's account is not active, so the chain ends before the route looks for a task.",
                401: "We know who Ben is. Another login would not help him.",
            },
        ),
        "Ana, with a valid token, reads task 3": (
            404,
            {403: "A fair choice in a wiki. Ours, in section 5, was another: a 403 tells Ana that somebody has a task 3."},
        ),
        "Ana, with a valid token, lists all users": (
            403,
            {
                404: "That this list exists is no secret, it stands in the documentation. What she lacks is the role.",
                401: "We know who Ana is. Another login would not give her the role.",
            },
        ),
        "Carla, with a valid token, reads task 1": (
            404,
            {
                200: "A role grants what its work needs. Carla removes users; she reads nobody's tasks.",
                403: "For Carla the rule is the same as for Ana: what is not hers is not there.",
            },
        ),
        "Carla, removed a minute ago, with a token that has not expired, lists all users": (
            401,
            {
                200: "The token still says who she was. The chain asks the database who she is, and finds nobody.",
                403: "There is no user any more of whom we could say that she may not. The chain finds nobody.",
                404: "It is the caller who does not exist, not the address.",
            },
        ),
    }  # fmt: skip
    expect.that(
        isinstance(answers, dict) and set(right) <= set(answers),
        "`answers` should keep the nine sentences as its keys.",
    )
    for request, (status, known) in right.items():
        got = answers[request]
        expect.that(got is not ..., f"No answer yet for: {request}.")
        expect.equal(
            got, status, what=f"the status for “{request}”", why=said,
            known=[(wrong, f"“{request}”: {sentence}") for wrong, sentence in known.items()],
        )  # fmt: skip


# 5.6


@exercise(
    "5.6",
    "Somebody deletes Ana's reminders",
    rules=["D4"],
    hints=[
        "Three routes get along without knowing whose reminder it is, or let the caller say it. Which?",
        "`find_reminder` is a dependency, so it can need the user as a route does. `find_task` in this section shows the query. And what may a caller say about a new reminder?",
        "`async def find_reminder(reminder_id: int, db: Db, user: ActiveUser)` with `select(Reminder).where(Reminder.id == reminder_id, "
        "Reminder.owner_id == user.id)`; a model without `owner_id`, and `Reminder(owner_id=user.id, text=new.text)`.",
    ],
)
def ownership(reminders_app: Any) -> None:
    """Nobody reads, removes or writes another's reminders, and nobody learns that they exist."""
    api = _open(reminders_app, "reminders_app = new_app(auth_router, reminders_router)")
    ana, carla = _as(api, ANA), _as(api, CARLA)
    mine = api.get("/reminders/1", headers=ana)
    expect.status(mine, 200, why="Reminder 1 is Ana's own.")
    expect.fields(mine, {"id", "text"}, why="The phone draws the reminder from it.")
    missing = api.get("/reminders/99", headers=ana)
    expect.status(missing, 404, why="There is no reminder 99.")

    for headers, who, number, whose in ((ana, "Ana", 2, "Carla's"), (carla, "Carla", 1, "Ana's")):
        for method in ("GET", "DELETE"):
            answer = api.request(method, f"/reminders/{number}", headers=headers)
            expect.status(
                answer, 404, why="Nobody has a reason to know of it.",
                known={
                    200: f"{who} reads {whose} reminder by its number. Only the list is filtered: look for the reminder and its owner in one query.",
                    204: f"{who} removed {whose} reminder. That is how Ana's disappear: look for the reminder and its owner in one query.",
                    403: f"Reminder {number} is {whose}. With a 403 {who} learns that it exists; with a 404, nothing.",
                },
            )  # fmt: skip
            absent = api.request(method, "/reminders/99", headers=headers)
            expect.equal(
                answer.text, absent.text, what=f"the body for {whose} reminder",
                why="Two 404 with different words are a 403 in disguise.",
                known=[(answer.text, f"Both are a 404, and the words differ: `{answer.text}` and `{absent.text}`. {who} can tell which numbers exist.")],
                response=answer,
            )  # fmt: skip
    expect.equal(
        _sql(api, "SELECT id FROM reminders ORDER BY id"),
        [(1,), (2,)],
        what="the ids of the reminders that are left",
        why="Nobody had the right to remove one.",
    )

    forged = api.post("/reminders", json={"text": "Send money to 4711", "owner_id": ANA}, headers=carla)
    expect.status(
        forged, (201, 422), why="Either the field is refused, or it means nothing.",
        known={500: "A body with `owner_id` crashes your route."},
    )  # fmt: skip
    expect.equal(
        _sql(api, "SELECT id FROM reminders WHERE owner_id = 1"), [(1,)], what="the ids of Ana's reminders",
        why="That is how the reminder came to Ana that she did not write.",
        known=[([(1,), (3,)], "Carla wrote a reminder into Ana's list: the caller may say whose it is. Take the owner from the token, and the field out of the model.")],
    )  # fmt: skip
    made = api.post("/reminders", json={"text": "Call Ben"}, headers=carla)
    expect.status(made, 201, why="Carla writes a reminder of her own.")
    expect.that(
        "Call Ben" in api.get("/reminders", headers=carla).text,
        "Carla's new reminder is not in Carla's list.",
        response=made,
    )
    expect.status(api.delete("/reminders/1", headers=ana), 204, why="Ana may remove her own reminder.")
    expect.status(api.get("/reminders/1", headers=ana), 404, why="Ana has removed it.")
    expect.status(
        api.get("/reminders/2", headers=_as(api, BEN)), 403, why="Ben's account is not active.",
        known={404: "The chain did not stop Ben. Ask for an `ActiveUser`.", 200: "Ben's account is not active, and he reads. Ask for an `ActiveUser`."},
    )  # fmt: skip
    expect.status(api.get("/reminders/2"), 401, why="Nobody is known here.")


# 5.7


@exercise(
    "5.7",
    "Promotion by PATCH",
    rules=["D4"],
    hints=[
        "Which fields of the row may a user decide? And what does the guard of the second route ask, and what not?",
        "`RequestModel` forbids what a model does not list. `require_role`, from section 4, asks for a role on top of an active user.",
        "`class ProfileUpdate(RequestModel):` with `email: Email | MISSING = MISSING` and nothing else; `dependencies=[Depends(require_role(Role.admin))]`.",
    ],
)
def promotion(profile_app: Any) -> None:
    """A user decides about the email and nothing else, and only an admin gives roles."""
    api = _open(profile_app, "profile_app = new_app(auth_router, profile_router)")
    ana, carla = _as(api, ANA), _as(api, CARLA)

    def row() -> Any:
        return _sql(api, "SELECT username, email, role, active, password_hash LIKE '$argon2%' FROM users WHERE id = 1")[
            0
        ]

    before = row()
    for body in (
        {"role": "admin"},
        {"active": False},
        {"email": "a@example.com", "role": "admin"},
        {"username": "carla2"},
        {"password_hash": "x"},
        {"id": 9},
    ):
        answer = api.patch("/users/me", json=body, headers=ana)
        field = next(name for name in body if name != "email")
        expect.equal(
            row(), before, what="Ana's row after this request", why="The caller fills in a field that was never meant for callers.",
            known=[(now := row(), f"`PATCH /users/me` with `{field}` changed the row to {now[:4]}. Take the field out of `ProfileUpdate`.")],
            response=answer,
        )  # fmt: skip
        expect.status(
            answer, 422, why="A request that means more than it may should hear so.",
            known={200: f"`{field}` was ignored without a word, and the page shows that it was saved. `RequestModel` refuses what it does not know."},
        )  # fmt: skip
    changed = api.patch("/users/me", json={"email": "new@example.com"}, headers=ana)
    expect.status(changed, 200, why="The email is Ana's to change.")
    expect.equal(
        changed.json(), {"username": "ana", "email": "new@example.com", "role": "member"}, what="the profile",
        why="The page shows it.", response=changed,
    )  # fmt: skip
    expect.equal(row()[1], "new@example.com", what="Ana's email in the database", why="It was changed.")
    expect.status(
        api.patch("/users/me", json={"email": "nothing"}, headers=ana),
        422,
        why="Ana needs an address that has the form of one.",
    )

    for headers, who in ((ana, "Ana, a member,"), (_as(api, BEN), "Ben, whose account is not active,")):
        answer = api.put("/users/1/role", json={"role": "admin"}, headers=headers)
        expect.status(
            answer, 403, why="A role that one can give oneself is no role.",
            known={200: f"{who} made Ana an admin. Which role does the guard ask for?", 401: "We know who is calling: 403."},
        )  # fmt: skip
    expect.status(
        api.put("/users/1/role", json={"role": "admin"}), 401, why="Nobody is known here.",
        known={200: "Somebody without a token made Ana an admin."},
    )  # fmt: skip
    given = api.put("/users/1/role", json={"role": "admin"}, headers=carla)
    expect.status(
        given,
        200,
        why="Carla is an admin.",
        known={403: "Carla is an admin, and she is refused. Compare with `Role.admin`."},
    )
    expect.equal(row()[2], "admin", what="Ana's role in the database", why="Carla gave it to her.")
    expect.status(api.put("/users/1/role", json={"role": "emperor"}, headers=carla), 422, why="There is no such role.")


# 5.8


_LIBRARIES = {"aiosqlite", "asyncio", "httpcore", "httpx", "httpx2", "python_multipart", "sqlalchemy"}


@contextlib.contextmanager
def _everything_logged() -> Iterator[list[str]]:
    """What the learner's code logs or prints meanwhile, whatever the logger and its level."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.name.split(".")[0] not in _LIBRARIES:
                lines.append(record.getMessage())

    keep, root, printed = Keep(), logging.getLogger(), io.StringIO()
    known = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    own = [root, *(one for one in known if one.name.split(".")[0] not in _LIBRARIES)]
    usual = [(one, one.level, one.propagate, one.disabled) for one in own]
    root.addHandler(keep)
    try:
        for one in own:
            one.setLevel(logging.DEBUG)
            one.propagate, one.disabled = True, False
        with contextlib.redirect_stdout(printed):
            yield lines
    finally:
        root.removeHandler(keep)
        for one, level, propagate, disabled in usual:
            one.setLevel(level)
            one.propagate, one.disabled = propagate, disabled
        lines += printed.getvalue().splitlines()


@exercise(
    "5.8",
    "The helpdesk knows your password",
    rules=["E5"],
    hints=[
        "Two passwords come in. Where does each of them, or what is made of it, go? And who is asked before the change?",
        "`SecretStr` for both fields, 204 without a body, and `passwords.fits` with what `user.password_hash` holds.",
        "`if not await passwords.fits(change.current.get_secret_value(), user.password_hash): raise HTTPException(403, …)`, then "
        '`user.password_hash = await passwords.hash(change.new)` and `log.info("user %s …", user.id)`.',
    ],
)
def password_change(account_app: Any) -> None:
    """The current password is asked for, and no password or hash is logged or answered."""
    api = _open(account_app, "account_app = new_app(auth_router, account_router)")
    ana = _as(api, ANA)
    new = "nine green clocks"

    def hashes() -> list[str]:
        return [one for (one,) in _sql(api, "SELECT password_hash FROM users ORDER BY id")]

    def can_log_in(username: str, password: str) -> bool:
        return api.post("/token", data={"username": username, "password": password}).status_code == 200

    before = hashes()
    with _everything_logged() as refused_lines:
        refused = api.put("/users/me/password", json={"current": "some other words", "new": new}, headers=ana)
    expect.equal(
        hashes(), before, what="the hashes in the database after a wrong `current`",
        why="An open laptop is not a password.",
        known=[(hashes(), "The password was changed by somebody who did not know it: `current` was sent, and nobody compared it. `passwords.fits`.")],
        response=refused,
    )  # fmt: skip
    expect.status(
        refused, 403, why="The caller is known and may not do this.",
        known={401: "On a 401 the phone throws its token away and asks for a new login. The token is fine; this change is refused: 403.", 204: "Nothing was changed, and the answer says that it was.", 500: "A wrong `current` crashes your route."},
    )  # fmt: skip
    with _everything_logged() as lines:
        changed = api.put("/users/me/password", json={"current": PASSWORD, "new": new}, headers=ana)
    expect.that(
        "argon2" not in changed.text and "argon2" not in refused.text,
        "The answer holds the hash. It is no password, but somebody can guess against it at home, without asking your login.",
        why="What leaves the server is out of your hands.", response=None,
    )  # fmt: skip
    expect.status(
        changed, 204, why="The current password was right.",
        known={403: "The right `current` was refused. Compare its text, `get_secret_value()`, with `user.password_hash`.", 200: "There is nothing to send back: `status_code=204`, and return nothing.", 422: "This request is right."},
    )  # fmt: skip
    after = hashes()
    expect.that(
        after[0].startswith("$argon2"),
        "Ana's `password_hash` is not a hash any more. Keep what `passwords.hash` gives.",
    )
    expect.equal(after[1:], before[1:], what="the hashes of Ben and Carla", why="Only Ana changed hers.")
    expect.equal(
        (can_log_in("ana", new), can_log_in("ana", PASSWORD)), (True, False),
        what="whether Ana gets in with the new password, and with the old one",
        why="That is what she asked for.",
        known=[((False, True), "The change was answered with 204, and only the old password works."), ((False, False), "Neither password works any more. Was the text hashed, or the stars?")],
    )  # fmt: skip
    logged = "\n".join([*refused_lines, *lines])
    for word, what in ((new, "new"), (PASSWORD, "current"), ("some other words", "wrong")):
        expect.that(
            word not in logged,
            f"The log holds the {what} password. Make both fields a `SecretStr`, and log who did it, not the whole body.",
            why="Whoever reads the log, a helpdesk, a search engine of logs, a backup, can be Ana.",
        )
    expect.that(
        "argon2" not in logged,
        "The log holds a hash. It is no password, and it is all that somebody needs to guess one at home.",
    )
    expect.that(
        any("1" in line or "ana" in line for line in lines),
        "The log does not say any more who changed the password. Log the id or the name, on success.",
        why="When Ana asks who did it, the log is all that there is.",
    )
    expect.status(
        api.put("/users/me/password", json={"current": new, "new": "short"}, headers=ana), 422,
        why="A new password still needs twelve characters.",
        known={204: "A password of five characters was taken. Keep `min_length=12`."},
    )  # fmt: skip
    expect.status(
        api.put("/users/me/password", json={"current": new, "new": "five red lamps on"}),
        401,
        why="Nobody is known here.",
    )
