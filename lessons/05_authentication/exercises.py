"""What the exercises of lesson 05 check, and the answers to its predictions. The checks attack what the learner wrote."""

import contextlib
import inspect
import io
import re
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import jwt
from fastapi import FastAPI
from jwt.types import Options
from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pydantic import BaseModel, SecretStr
from sqlalchemy import text

from coursekit.author import Client, NotYet, client, exercise, expect, logs, prediction, validation
from coursekit.author.loops import on_a_loop
from coursekit.author.users import ANA, BEN, CARLA, DORA, PASSWORD, bearer

prediction("5.p1", answer=401, evidence="response.status_code", choices=(200, 401, 403, 404))
prediction("5.p2", answer=403, evidence="response.status_code", choices=(200, 401, 403, 404))
prediction("5.p3", answer=False, evidence="one == other", choices=(True, False))
prediction("5.p4", answer=False, evidence="directly", choices=(True, False))
prediction("5.p5", answer=0, evidence="last", choices=(0, 1, 2))
prediction("5.p6", answer=True, evidence="claims['sub'] == '1'", choices=(True, False))
prediction("5.p7", answer=401, evidence="response.status_code", choices=(200, 401, 403, 404))
prediction("5.p8", answer=True, evidence="'password_hash' in response.json()", choices=(True, False))


def _open(app: Any, made_by: str) -> Client:
    """A client for an app that the lesson's `new_app` made, with its own database."""
    expect.that(
        isinstance(app, FastAPI) and hasattr(app.state, "passwords"),
        f"The check needs an app that `new_app` made: keep the cell's last line, `{made_by}`.",
    )
    return client(app, raise_server_exceptions=False)


def _sql(api: Client, *statements: str) -> list[tuple[Any, ...]]:
    """Run statements in the app's database, as an administrator would, and give the rows of the last."""

    async def run() -> list[tuple[Any, ...]]:
        async with api.app.state.sessions.begin() as db:
            for statement in statements:
                result = await db.execute(text(statement))
            return [tuple(row) for row in result] if result.returns_rows else []

    return api.run(run)


def _add_user(api: Client, name: str, email: str, role: str) -> None:
    """An active user who has no password."""
    columns = "username, email, password_hash, role, active"
    _sql(api, f"INSERT INTO users ({columns}) VALUES ('{name}', '{email}', 'none', '{role}', 1)")


def _key(api: Client) -> str:
    """The key with which the app signs its tokens."""
    key: str = api.app.state.settings.secret_key.get_secret_value()
    return key


def _claims(**changes: Any) -> dict[str, Any]:
    """The claims of a valid token, with changes; a change to None leaves the claim out."""
    now = datetime.now(UTC)
    claims = {"sub": "1", "aud": "tasks-api", "iat": now, "exp": now + timedelta(minutes=5), **changes}
    return {name: value for name, value in claims.items() if value is not None}


def _a_minute_ago() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


def _sign(claims: dict[str, Any], key: str | None, algorithm: str = "HS256") -> str:
    with warnings.catch_warnings(action="ignore"):  # PyJWT warns of keys that are too short for an algorithm
        return jwt.encode(claims, key, algorithm=algorithm)


def _as(api: Client, user_id: int) -> dict[str, str]:
    """The header of somebody who has logged in."""
    return bearer(_sign(_claims(sub=str(user_id)), _key(api)))


def _log_in(api: Client, username: str, password: str, path: str = "/token") -> Any:
    return api.post(path, data={"username": username, "password": password})


# 5.1


@contextlib.contextmanager
def _where_hashes_run() -> Iterator[list[bool]]:
    """Whether each hash or verification ran on an event loop's thread."""
    on_the_loop: list[bool] = []

    def watched(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            on_the_loop.append(on_a_loop())
            return method(*args, **kwargs)

        return call

    with patch.multiple(PasswordHash, hash=watched(PasswordHash.hash), verify=watched(PasswordHash.verify)):
        yield on_the_loop


@contextlib.contextmanager
def _slips_explained() -> Iterator[None]:
    """Explain two slips, with `to_thread` and with `verify`, that make the learner's code raise."""
    try:
        yield
    except TypeError as error:
        expect.that(
            "object is not callable" not in str(error),
            "A thread was given the result, and not the function: with `to_thread(quick.hash(phrase))` the hash is made first, on the event loop. "
            "Write a comma: `to_thread(quick.hash, phrase)`.",
        )
        raise
    except UnknownHashError:
        raise NotYet("`verify` got something that is no hash where it wants one. The phrase comes first, what is kept second: `quick.verify(phrase, kept)`.") from None  # fmt: skip


PARTY, SECRET = {"phrase": "nobody tells ben"}, {"phrase": "for carla only"}
_HASHER = PasswordHash.recommended()
_STARS = (str(SecretStr("x")), repr(SecretStr("x")), f"phrase={SecretStr('x')!r}")


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
    locked = {7: PARTY, 8: PARTY, 9: SECRET}
    with _slips_explained(), _where_hashes_run() as on_the_loop:
        for number, body in locked.items():
            expect.status(
                api.put(f"/lists/{number}/lock", json=body), 204,
                why="The phone shows a closed lock as soon as it reads this status.",
                known={200: "The list is locked, and there is nothing to send back: `status_code=204`, and return nothing."},
            )  # fmt: skip
        for number, body in locked.items():
            _is_a_hash(locks.get(number), number, body["phrase"])
        expect.that(
            locks[7] != locks[8],
            "The same phrase gave the same hash for two lists, so a thief sees which lists share one. A salt makes them differ: leave it to `quick.hash`.",
        )
        _opens_for_its_own_phrase(api)
        _opens_for_a_new_phrase(api)
    expect.that(
        not any(on_the_loop),
        "A hash or a verification ran on the event loop, and every other request waited for it. Give the function and its arguments to "
        "`asyncio.to_thread`: `to_thread(quick.hash, phrase)`, not `to_thread(quick.hash(phrase))`.",
        why="With the cost of production that is a tenth of a second for everybody, each time.",
    )


def _is_a_hash(kept: Any, number: int, phrase: str) -> None:
    """What is kept for a list is a hash of its phrase that `quick` made."""
    expect.that(kept is not None, f"After `PUT /lists/{number}/lock` there is nothing under {number} in `locks`.")
    expect.that(
        not inspect.iscoroutine(kept),
        "`locks` holds a coroutine, and nothing was hashed: write `await` before `asyncio.to_thread`.",
    )
    shown = kept.get_secret_value() if isinstance(kept, SecretStr) else str(kept)
    expect.that(
        phrase not in shown,
        "`locks` holds the phrase itself. A `SecretStr` hides it from a log, not from whoever copies the data. Keep a hash.",
        why="The last backup went to the wrong address.",
    )
    expect.that("*****" not in shown, "`locks` holds the stars of a `SecretStr`. Its text comes out with `get_secret_value()`.")  # fmt: skip
    expect.that(
        not shown.startswith("$argon2") or "m=65536" not in shown,
        "Your hashes are made with `hasher`, at the cost of production. In this notebook `quick` makes them: the same method, a thousandth of the work.",
        why="The check makes many hashes and does not wait that long.",
    )
    expect.that(
        shown.startswith("$argon2"),
        f"What `locks` holds, `{shown[:12]}…`, is no hash made for passwords. A fast one lets a thief try a billion phrases a second: use `quick.hash`.",
        why="What is slow for us once is slow for the thief each time.",
    )
    expect.that(
        not any(_HASHER.verify(stars, shown) for stars in _STARS),
        "You hashed the stars of the `SecretStr`, so every phrase has the same text and opens every list. Its text comes out with `get_secret_value()`.",
        why="`str(...)` of a `SecretStr` is there for logs.",
    )


def _opens_for_its_own_phrase(api: Client) -> None:
    for number, body, wanted in ((7, PARTY, 204), (8, PARTY, 204), (9, SECRET, 204), (9, PARTY, 403), (7, SECRET, 403)):
        expect.status(
            api.post(f"/lists/{number}/unlock", json=body), wanted,
            why="The right phrase opens the list, and no other does.",
            known={
                403: "The right phrase was refused. What `locks` holds equals neither the phrase nor another hash of it: compare with "
                "`quick.verify(phrase, kept)`, with the text from `get_secret_value()`.",
                204: "A wrong phrase opened the list. `await asyncio.to_thread(quick.verify, …)` gives True or False: refuse when it is False. Without `await` it is a coroutine, which counts as true.",
                200: "There is nothing to send back: `status_code=204`.",
                401: "401 asks for another login. The caller is known; it is the phrase that is wrong: 403.",
            },
        )  # fmt: skip
    expect.status(
        api.post("/lists/99/unlock", json=PARTY), 404,
        why="There is no lock to open on list 99.",
        known={403: "List 99 has no lock, and your API says that the phrase is wrong. The phone would ask for it again and again."},
    )  # fmt: skip


def _opens_for_a_new_phrase(api: Client) -> None:
    """After a change, the new phrase opens the list and the old one does not."""
    expect.status(api.put("/lists/7/lock", json=SECRET), 204, why="A phrase can be changed.")
    expect.status(api.post("/lists/7/unlock", json=SECRET), 204, why="The new phrase opens the list.")
    expect.status(
        api.post("/lists/7/unlock", json=PARTY), 403,
        why="The phrase was changed.",
        known={204: "After the change, the old phrase still opens the list."},
    )  # fmt: skip


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
    _lets_ana_in(api)
    wrong = _refuses_a_guess(api)
    _refuses_alike(
        api, wrong, "zoe", "an unknown name",
        because="Whoever gets this answer knows that the name is not a member's, so all others are.",
    )  # fmt: skip
    _refuses_alike(
        api, wrong, "ben", "a wrong password for an account that is not active",
        because="Without a password, a stranger learns that Ben was a member and has left.",
    )  # fmt: skip
    left, _ = _attempt(api, "ben", PASSWORD)
    expect.status(
        left, 403, why="Ben has left the club, and who knows his password may hear it.",
        known={
            200: "Ben has left the club, and his right password got him a token. Ask for `user.active` once the password is found right.",
            401: "Ben's right password is called wrong, and he will try it again and again. The exercise keeps the 403 for him.",
        },
    )  # fmt: skip
    carlas, _ = _attempt(api, "carla", PASSWORD)
    expect.status(carlas, 200, why="Carla's right password is as good as Ana's.")


def _attempt(api: Client, username: str, password: str) -> tuple[Any, int]:
    """The answer to a login, and the number of verifications that it took."""
    with patch.object(PasswordHash, "verify", autospec=True, side_effect=PasswordHash.verify) as count:
        answer = _log_in(api, username, password)
    return answer, count.call_count


def _lets_ana_in(api: Client) -> None:
    right, _ = _attempt(api, "ana", PASSWORD)
    expect.status(
        right, 200, why="Ana is a member, and this is her password.",
        known={401: "Ana's right password is refused. A login that lets nobody in keeps its secret, too."},
    )  # fmt: skip
    body = expect.json_body(right, why="Ana's phone needs a token.")
    expect.that("access_token" in body, "Ana's answer has no `access_token`.", response=right)


def _refuses_a_guess(api: Client) -> Any:
    """The answer to a wrong password, once it is as it should be."""
    wrong, cost = _attempt(api, "ana", "a guess")
    expect.status(
        wrong, 401, why="This is not Ana's password.",
        known={200: "Ana got in with a wrong password. Look at what `await passwords.fits(...)` gives: True or False. Without `await` it is a coroutine, which counts as true."},
    )  # fmt: skip
    expect.header(
        wrong, "WWW-Authenticate", "Bearer", why="A 401 has to name the way to come back with.",
        known={None: 'It has no `WWW-Authenticate`: `headers={"WWW-Authenticate": "Bearer"}`.'},
    )  # fmt: skip
    expect.equal(
        cost, 1, what="the number of verifications for a wrong password",
        why="What costs more or less than usual is answered later or sooner, and a stranger has a clock.",
        known=[
            (0, "Ana's wrong password was refused, and nothing was verified. Compare with `passwords.fits`."),
            (2, "Ana's wrong password was verified twice, so the answer comes later than others. Verify once in each case, then decide."),
        ],
    )  # fmt: skip
    return wrong


def _refuses_alike(api: Client, wrong: Any, username: str, who: str, *, because: str) -> None:
    """A guess for this user gets the same answer as `wrong`, a guess for Ana, and takes as much work."""
    answer, verified = _attempt(api, username, "a guess")
    expect.status(
        answer, 401, why=because,
        known={
            200: f"With {who}, a guess was let in.",
            403: f"With {who}, the answer is a 403. Whoever gets it knows that the member exists. Verify the password first, and ask for `active` only when it is right.",
            404: f"With {who}, the answer is a 404, which no member's name gets.",
            500: f"With {who}, your code crashed, and that tells as well.",
        },
    )  # fmt: skip
    expect.header(
        answer, "WWW-Authenticate", "Bearer", why=because,
        known={None: f"With {who}, the 401 has no `WWW-Authenticate`, and with a wrong password it has one."},
    )  # fmt: skip
    # The caller has sent the name, so an answer may say it.
    words, usual = (re.sub(rf"\b{name}\b", "…", one.text) for name, one in ((username, answer), ("ana", wrong)))
    expect.that(
        words == usual,
        f"The answer to {who} can be told from the answer to a wrong password: `{answer.text}` and `{wrong.text}`. Use one `raise` for all of them.",
        why=because,
        response=answer,
    )
    expect.equal(
        verified, 1, what=f"the number of verifications for {who}",
        why="What costs no hash is answered a tenth of a second sooner, and a stranger has a clock.",
        known=[(0, f"With {who}, nothing was verified, so the answer comes sooner. Verify in each case: when there is no user, against `passwords.of_nobody`.")],
    )  # fmt: skip


# 5.3


def _first_reader(ticket: str) -> int | None:
    """The first version of the calendar's reader, which the exercise shows."""
    claims = jwt.decode(ticket, options={"verify_signature": False})
    return int(claims["sub"]) if claims["aud"] == "calendar" else None


def _around(function: Any, name: str) -> Any:
    """The value that a name has in the notebook of the learner's function, or None."""
    return getattr(function, "__globals__", {}).get(name)


def _notebook_key(function: Any) -> str | None:
    secret = getattr(_around(function, "settings"), "secret_key", None)
    return secret.get_secret_value() if isinstance(secret, SecretStr) else None


def _is_signed_with(key: str, ticket: Any) -> bool:
    checks: Options = {"verify_exp": False, "verify_aud": False, "verify_iat": False, "verify_nbf": False, "verify_sub": False}  # fmt: skip
    try:
        with warnings.catch_warnings(action="ignore"):
            jwt.decode(ticket, key, algorithms=["HS256", "HS384", "HS512"], options=checks)
    except Exception:
        return False
    return True


@exercise(
    "5.3",
    "A ticket from nobody",
    hints=[
        "What does `first_reader` look at, and what does it never look at? That is what you may write freely.",
        "It reads `sub` and `aud`. The dictionary of attacks in this section holds a token that needs no key, and one made with another key.",
        '`jwt.encode({"sub": str(user_id), "aud": "calendar"}, None, algorithm="none")`.',
    ],
)
def forgery(forge: Any) -> None:
    """A ticket that the first version takes, made without the key."""
    key, why = _notebook_key(forge), "An attack that does not work proves nothing."
    for user_id in (ANA, CARLA, 17):
        forged = forge(user_id)
        try:
            taken = _first_reader(forged)
        except Exception as error:
            raise NotYet(
                f"`first_reader` raises {type(error).__name__} on your ticket for user {user_id} ({error}). It wants a JWT with `sub` and `aud`.",
                why=why,
            ) from None
        expect.that(
            key is None or not _is_signed_with(key, forged),
            "Your ticket is signed with our key. Whoever wrote the letter did not have it: sign with none, or with a key of your own.",
            why="With our key it is a right ticket, and no forged one.",
        )
        expect.equal(
            taken, user_id, what=f"the user as whom `first_reader` takes `forge({user_id})`", why=why,
            known=[
                (None, "`first_reader` looks at `aud` and does not find `calendar` there. It looks at nothing else but `sub`."),
                (taken, f"`forge({user_id})` gives a ticket that is taken as user {taken}'s. Put the user's id into `sub`."),
            ],
        )  # fmt: skip


# 5.4


class _Settings(BaseModel):
    """The part of the lesson's settings that a reader of tickets needs."""

    secret_key: SecretStr
    audience: str = "tasks-api"
    token_minutes: int = 30


def _settings(function: Any, key: str) -> Any:
    """Settings with a key of the check's own: the notebook's class, so that all that settings can do works."""
    theirs = _around(function, "Settings")
    if isinstance(theirs, type) and issubclass(theirs, BaseModel) and "secret_key" in theirs.model_fields:
        return theirs(secret_key=SecretStr(key))
    return _Settings(secret_key=SecretStr(key))


def _takes(read_ticket: Any, ticket: str, key: str) -> bool:
    """Whether a reader whose settings have this key takes a ticket."""
    try:
        return read_ticket(ticket, _settings(read_ticket, key)) is not None
    except Exception:
        return False


NO_AUDIENCE = 'Nobody told `jwt.decode` for whom a ticket is made, and then it refuses each one that says it: `audience="calendar"`.'


def _said_by_pyjwt(read_ticket: Any, ticket: str, key: str) -> str:
    """A sentence for what PyJWT raises while a reader reads a ticket; empty when it raises nothing."""
    decode, said = jwt.decode, ""

    def heard(*args: Any, **kwargs: Any) -> Any:
        nonlocal said
        try:
            return decode(*args, **kwargs)
        except jwt.InvalidTokenError as error:
            told = kwargs.get("audience") or len(args) > 5
            missed = isinstance(error, jwt.InvalidAudienceError) and not told
            said = NO_AUDIENCE if missed else f"PyJWT said `{type(error).__name__}: {error}`."
            raise

    with patch.object(jwt, "decode", heard):
        _takes(read_ticket, ticket, key)
    return said


def _why_refused(read_ticket: Any, key: str) -> str:
    """Why a reader refuses a valid ticket, found by listening to PyJWT and by asking with other tickets."""
    said = _said_by_pyjwt(read_ticket, _sign(_claims(aud="calendar"), key), key)
    if said == NO_AUDIENCE:
        return said
    if _takes(read_ticket, _sign(_claims(), key), key):
        return 'It wants the audience of a login token, `settings.audience`. This is a ticket: `audience="calendar"`.'
    theirs = _notebook_key(read_ticket)
    if theirs and _takes(read_ticket, _sign(_claims(aud="calendar"), theirs), key):
        return "It verifies with the key of this notebook, and the check gives `read_ticket` other settings. Take the key from the parameter: `settings.secret_key.get_secret_value()`."
    asked = "It was signed with `settings.secret_key.get_secret_value()` by HS256, for the audience `calendar`. Do all of these stand in your `jwt.decode`?"
    return f"{said} {asked}" if said else asked


@exercise(
    "5.4",
    "The calendar that opened for everybody",
    hints=[
        "Which of the attacks in this section would still get through? What does `read_token` do about each?",
        "`read_token` closes each hole. A ticket differs from a login token in one thing: its audience.",
        '`jwt.decode(ticket, key, algorithms=["HS256"], audience="calendar", options={"require": ["exp", "sub", "aud"]})` in a `try` that '
        "catches `jwt.InvalidTokenError` and `ValueError`.",
    ],
)
def ticket(read_ticket: Any) -> None:
    """A reader that takes valid tickets only."""
    for user_id, key in ((ANA, KEY), (CARLA, KEY), (17, OTHER_KEY)):
        _is_read(read_ticket, user_id, key)
    for said, attack, because in _attacks():
        _is_refused(read_ticket, said, attack, because)


KEY, OTHER_KEY = "check-" * 8, "another" * 6


def _is_read(read_ticket: Any, user_id: int, key: str) -> None:
    """A valid ticket gives the user's id."""
    why = "Ana's calendar should still show her tasks."
    try:
        got = read_ticket(_sign(_claims(aud="calendar", sub=str(user_id)), key), _settings(read_ticket, key))
    except Exception as error:
        cause = "The ticket is right; look at the line that reads it."
        if "string or bytes" in str(error):
            cause = "The key is a `SecretStr`, and its text comes out with `get_secret_value()`."
        elif isinstance(error, jwt.InvalidTokenError):
            cause = _why_refused(read_ticket, key)
        raise NotYet(f"For a valid ticket, `read_ticket` raises {type(error).__name__} ({error}). {cause}", why=why) from None  # fmt: skip
    expect.equal(
        got, user_id, what=f"`read_ticket` of a valid ticket of user {user_id}", why=why,
        known=[
            (None, "A valid ticket is refused. " + (_why_refused(read_ticket, key) if got is None else "")),
            (str(user_id), "The id came back as text. `sub` is text, and a user's id is a number: `int(...)`."),
        ],
    )  # fmt: skip


def _attacks() -> list[tuple[str, str, str]]:
    """Each ticket that must be refused: what it is, the ticket, and why a reader takes it."""
    good = {"aud": "calendar"}
    return [
        ("a ticket with `alg: none`", _sign(_claims(**good), None, "none"), "It has no signature. `verify_signature` must stay on."),
        ("a ticket signed with another key", _sign(_claims(**good), OTHER_KEY), "The signature is not ours. Verify it, with the key from the settings."),
        ("an expired ticket", _sign(_claims(**good, exp=_a_minute_ago()), KEY), "Its end has passed. Leave `verify_exp` on."),
        ("a login token", _sign(_claims(), KEY), "Its audience is `tasks-api`. Who finds a login token must not get a calendar, nor the other way round: `audience=\"calendar\"`."),
        ("a ticket without an audience", _sign(_claims(aud=None), KEY), "It was made for nobody: `audience=\"calendar\"`."),
        ("a ticket without an end", _sign(_claims(**good, exp=None), KEY), "It would be good for ever. Demand the claim: `options={\"require\": [\"exp\", ...]}`."),
        ("a ticket signed by another algorithm", _sign(_claims(**good), KEY, "HS512"), "You let the ticket choose. Pin it: `algorithms=[\"HS256\"]`."),
        ("a ticket about nobody", _sign(_claims(**good, sub=None), KEY), "It names no user. Demand `sub`."),
        ("a ticket whose `sub` is no number", _sign(_claims(**good, sub="ana"), KEY), "`int(\"ana\")` raises a `ValueError`."),
        ("a ticket whose `sub` is a number", _sign(_claims(**good, sub=1), KEY), "The standard wants text."),
        ("a word that is no ticket", "ana-token", "It is no JWT at all."),
    ]  # fmt: skip


def _is_refused(read_ticket: Any, said: str, attack: str, because: str) -> None:
    try:
        got = read_ticket(attack, _settings(read_ticket, KEY))
    except Exception as error:
        chosen = ""
        if isinstance(error, jwt.InvalidKeyError):
            chosen = ' Your `algorithms` lets the ticket choose `none`. Name ours only: `algorithms=["HS256"]`.'
        raise NotYet(
            f"For {said}, `read_ticket` raises {type(error).__name__} ({error}). The caller gets a 500. It should give `None`.{chosen}",
            why="Everybody on the internet can send it such a ticket.",
        ) from None
    expect.equal(
        got, None, what=f"`read_ticket` of {said}", why="Whoever holds it sees somebody's calendar.",
        known=[(got, f"It takes {said} as user {got}. {because}")],
    )  # fmt: skip


# 5.5


@exercise(
    "5.5",
    "What the badge still believes",
    rules=["D4", "E5"],
    hints=[
        "The badge was printed at the login. Which of its statements can have become wrong since, and who knows better?",
        "The chain of this section reads one thing from the token, the id in `sub`, and asks the database for all else. A badge has a `sub`, too.",
        "The route is `async def read_member(member: ActiveUser)`, with `member.username` and `member.role`. `get_member` can go.",
    ],
)
def badge(members_app: Any) -> None:
    """What changes in the database counts at once, and each refusal has its status."""
    api = _open(members_app, "members_app = new_app(members_router)")
    expect.status(_log_in(api, "carla", "a guess", "/badge"), 401, why="This is not Carla's password.")
    ana, carla = _with_badge(api, "ana"), _with_badge(api, "carla")
    answer = _door_answers(api, ana, 200, "A member with a fresh badge gets in.")
    expect.body(answer, {"username": "ana", "role": "member"}, why="The app greets the member with it.")
    _sends_strangers_to_the_login(api)
    _asks_the_database(api, ana, carla)
    _knows_that_ana_is_gone(api, ana)
    _door_answers(
        api, _as(api, CARLA), (200, 401), "Our own login signs its tokens with the same key.",
        {500: "A login token has no `username` in it, and your code crashed on one. What each token has is the id in `sub`."},
    )  # fmt: skip
    _finds_carla_by_her_id(api, carla)


def _with_badge(api: Client, username: str) -> dict[str, str]:
    """The header of a member who has just got a badge."""
    answer = _log_in(api, username, PASSWORD, "/badge")
    expect.status(answer, 200, why="The login keeps its form and its answer.")
    body = expect.json_body(answer, why="The app needs the badge.")
    token = body.get("access_token") if isinstance(body, dict) else None
    if not isinstance(token, str):
        raise NotYet("The answer of `POST /badge` should still have `access_token`.", response=answer)
    return bearer(token)


def _door_answers(api: Client, headers: dict[str, str], wanted: int | tuple[int, ...], why: str, known: dict[int, str] | None = None) -> Any:  # fmt: skip
    """The answer to somebody at the door of the club, once its status is as wanted."""
    answer = api.get("/club/me", headers=headers)
    expect.status(answer, wanted, why=why, known=known)
    return answer


def _sends_strangers_to_the_login(api: Client) -> None:
    key, printed = _key(api), {"username": "ana", "role": "member", "active": True}
    nobody = {
        "without a badge": {},
        "with a word that is no badge": bearer("ana-token"),
        "with a badge that has expired": bearer(_sign(_claims(exp=_a_minute_ago(), **printed), key)),
        "with a badge signed by somebody else": bearer(_sign(_claims(**printed), "k" * 32)),
    }
    for said, headers in nobody.items():
        answer = _door_answers(
            api, headers, 401, "The app asks for the password on a 401, and on nothing else.",
            {
                200: f"Somebody {said} got in.",
                403: f"Somebody {said} is a stranger to us. A 403 says: I know you, and you may not. Here a new login helps: 401.",
                400: f"Somebody {said} got a 400, which says that the request has the wrong form. We do not know who sends it: 401.",
                404: f"Somebody {said} got a 404, and the address exists. We do not know who is calling: 401.",
                500: f"For somebody {said}, your code crashed.",
            },
        )  # fmt: skip
        expect.header(
            answer, "WWW-Authenticate", "Bearer", why="A 401 names the way to come back with.",
            known={None: f"The 401 for somebody {said} has no `WWW-Authenticate`."},
        )  # fmt: skip


def _asks_the_database(api: Client, ana: dict[str, str], carla: dict[str, str]) -> None:
    """Carla loses her role and Ana's account is closed: the answers follow the database, not the badges."""
    _sql(api, f"UPDATE users SET role = 'member' WHERE id = {CARLA}", f"UPDATE users SET active = 0 WHERE id = {ANA}")
    expect.body(
        _door_answers(api, carla, 200, "Carla is still a member."),
        {"username": "carla", "role": "member"},
        why="Who lost a role has lost it now, not when the badge expires.",
        known=[({"username": "carla", "role": "admin"}, "Carla is no admin any more, and the badge still says so. Ask the database, not the badge.")],
    )  # fmt: skip
    _door_answers(
        api, ana, 403, "On Friday a member was thrown out, and on Sunday he was still in.",
        {
            200: "Ana's account is not active any more, and her badge still opens the door: it was printed before. Ask the database with each request.",
            400: "Ana's request is right. She is known, and she may not: 403.",
            401: "We know who Ana is, so a new login does not help her: 403.",
        },
    )  # fmt: skip


def _knows_that_ana_is_gone(api: Client, ana: dict[str, str]) -> None:
    """Ana's badge opens nothing once she is removed, not even to somebody who takes her name."""
    _sql(api, f"DELETE FROM users WHERE id = {ANA}")
    _door_answers(
        api, ana, 401, "Ana was removed, so we know nobody who could be calling.",
        {
            200: "Ana was removed, and her badge still opens the door.",
            404: "Ana was removed. The address exists; it is the caller who does not. 401.",
            500: "Ana was removed, and your code crashed: `db.get` gives `None` for a user who is gone.",
            403: "Ana was removed. There is no user any more of whom we could say that she may not: 401.",
        },
    )  # fmt: skip
    _add_user(api, "ana", "other@example.com", "admin")
    _door_answers(
        api, ana, 401, "The new Ana is somebody else.",
        {200: "Ana was removed, a stranger has taken her name, and the old badge now opens the stranger's account. Names come back; an id does not. Look for the user by the id in `sub`."},
    )  # fmt: skip


def _finds_carla_by_her_id(api: Client, carla: dict[str, str]) -> None:
    """A member who has taken a new name is still found."""
    _sql(api, f"UPDATE users SET username = 'karla' WHERE id = {CARLA}")
    answer = _door_answers(
        api, carla, 200, "Carla is still a member, under a new name.",
        {401: "Carla has taken a new name, and with her badge she is not found any more. Look for the user by the id in `sub`, and by nothing else."},
    )  # fmt: skip
    expect.body(
        answer, {"username": "karla", "role": "member"}, why="The app greets the member by the name that she has now.",
        known=[({"username": "carla", "role": "member"}, "Carla has taken a new name, and your answer has the one that the badge was printed with. Take it from the user in the database.")],
    )  # fmt: skip


# 5.6

RIGHT: dict[str, tuple[int, dict[int, str]]] = {
    "somebody without a token reads task 99": (401, {
        404: "A stranger would learn which numbers exist by counting. The guard answers before anybody looks for a task.",
        403: "Nobody is known here. A 403 says: I know you. A login would help, and only a 401 says so.",
    }),
    "Ana, with a token that expired a minute ago, reads task 1": (401, {
        403: "An expired token tells nothing any more, so we do not know her. On a 401 her phone logs in again; on a 403 it gives up.",
        404: "The chain ends before anybody looks for a task: her token is no longer valid, so we do not know who asks.",
    }),
    "Ben, with a valid token, reads task 99": (403, {
        404: "Ben's account is not active, so the chain ends before the route looks for a task.",
        401: "We know who Ben is. Another login would not help him.",
    }),
    "Ana, with a valid token, reads task 3": (404, {
        403: "A fair choice in a wiki. Ours, in section 5, was another: a 403 tells Ana that somebody has a task 3.",
        401: "We know who Ana is. Another login would not make the task hers.",
    }),
    "Ana, with a valid token, removes user 3": (403, {
        404: "The 404 is for what is private. That users can be removed is no secret, it stands in the documentation. What Ana lacks is the role.",
        401: "We know who Ana is. Another login would not give her the role.",
    }),
    "Carla, with a valid token, reads task 1": (404, {
        403: "For Carla the rule is the same as for Ana: what is not hers is not there. Being an admin changes nothing about it.",
        401: "We know who Carla is. Another login would not make the task hers.",
    }),
    "Carla, removed a minute ago, with a token that has not expired, removes user 1": (401, {
        200: "The token still says who she was. The chain asks the database who she is, and finds nobody.",
        403: "There is no user any more of whom we could say that she may not. The chain finds nobody.",
        404: "It is the caller who does not exist, not the address.",
    }),
}  # fmt: skip
"""The right status for each request, and what to say about other statuses."""


@exercise(
    "5.6",
    "Seven refusals",
    rules=["E5"],
    hints=[
        "Ask three questions, in this order: do we know who calls? May this user call at all, with this role? Is it theirs?",
        "No to the first is a 401, to the second a 403, to the third a 404. The first no ends the matter, whatever the path says.",
        "Ben stops at the second question, before anybody looks for task 99. An admin reads nobody's tasks. And a token does not know that its user is gone.",
    ],
)
def callers(answers: Any) -> None:
    """A status for each of seven requests."""
    said = "401: we do not know who calls. 403: we know, and this user may not. 404: not there, or not for this user."
    expect.that(isinstance(answers, dict) and set(RIGHT) <= set(answers), "`answers` should keep the seven sentences as its keys.")  # fmt: skip
    open_ones = [f"“{request}”" for request in RIGHT if answers[request] is ...]
    expect.that(not open_ones, f"No answer yet for {len(open_ones)} of the seven: {'; '.join(open_ones)}.")
    for request in RIGHT:
        expect.that(not isinstance(answers[request], str), f"“{request}”: the answer is a text. Write a number, without quotes.")  # fmt: skip
    for request, (status, known) in RIGHT.items():
        mistakes = {200: f"All seven are refused. {said}", **known}
        expect.equal(
            answers[request], status, what=f"the status for “{request}”", why=said,
            known=[(wrong, f"“{request}”: {sentence}") for wrong, sentence in mistakes.items()],
        )  # fmt: skip


# 5.7


@exercise(
    "5.7",
    "Somebody deletes Ana's reminders",
    rules=["D4"],
    hints=[
        "Two routes get along without knowing whose reminder it is. What do they share?",
        "`find_reminder` is a dependency, so it can ask for the user as a route does. `find_task` in this section shows the query.",
        "`async def find_reminder(reminder_id: int, db: Db, user: ActiveUser)` with `select(Reminder).where(Reminder.id == reminder_id, "
        "Reminder.owner_id == user.id)`.",
    ],
)
def ownership(reminders_app: Any) -> None:
    """Nobody reads or removes another's reminders, and nobody learns that they exist."""
    api = _open(reminders_app, "reminders_app = new_app(auth_router, reminders_router)")
    ana = _as(api, ANA)
    for user_id, number, who in ((ANA, 1, "Ana"), (CARLA, 2, "Carla")):
        _has_their_own(api, user_id, number, who)
    for method in ("GET", "DELETE"):
        absent = api.request(method, "/reminders/99", headers=ana)
        expect.status(
            absent, 404, why="There is no reminder 99.",
            known={500: "There is no reminder 99, and your code goes on without one and crashes. Raise the 404 where you look."},
        )  # fmt: skip
        for user_id, who, number, whose in ((ANA, "Ana", 2, "Carla's"), (CARLA, "Carla", 1, "Ana's")):
            answer = api.request(method, f"/reminders/{number}", headers=_as(api, user_id))
            _hides_it(answer, absent, number, who, whose)
    expect.equal(
        _sql(api, "SELECT id FROM reminders ORDER BY id"), [(1,), (2,)],
        what="the ids of the reminders that are left", why="Nobody had the right to remove one.",
    )  # fmt: skip
    expect.status(api.delete("/reminders/1", headers=ana), 204, why="Ana may remove her own reminder.")
    expect.status(
        api.get("/reminders/1", headers=ana), 404, why="Ana has removed it.",
        known={200: "Ana removed her reminder and was told that it is gone. It is still there."},
    )  # fmt: skip
    expect.status(
        api.get("/reminders/2", headers=_as(api, BEN)), 403, why="Ben's account is not active.",
        known={404: "The chain did not stop Ben. Ask for an `ActiveUser`.", 200: "Ben's account is not active, and he reads. Ask for an `ActiveUser`."},
    )  # fmt: skip
    expect.status(api.get("/reminders/2"), 401, why="Nobody is known here.")


def _has_their_own(api: Client, user_id: int, number: int, who: str) -> None:
    """A user can read their own reminder, and only that one is on their list."""
    headers = _as(api, user_id)
    mine = api.get(f"/reminders/{number}", headers=headers)
    expect.status(
        mine, 200, why=f"Reminder {number} is {who}'s own.",
        known={404: f"{who} cannot read reminder {number}, which is {who}'s own. Whom does your query compare the owner with?"},
    )  # fmt: skip
    expect.fields(mine, {"id", "text"}, why="The phone draws the reminder from it.")
    listed = api.get("/reminders", headers=headers)
    expect.status(listed, 200, why=f"{who} opens the list.")
    expect.body(
        listed, [mine.json()["text"]], why="The list showed each user their own before, and that was right.",
        known=[(["Stretch", "Feed the cat"], f"{who} sees everybody's reminders in the list now. Leave its `where` as it was; the other two routes lack one.")],
    )  # fmt: skip


def _hides_it(answer: Any, absent: Any, number: int, who: str, whose: str) -> None:
    """The answer about somebody else's reminder is the answer about one that does not exist."""
    expect.status(
        answer, 404, why="Nobody has a reason to know of it.",
        known={
            200: f"{who} reads {whose} reminder by its number. Only the list is filtered: look for the reminder and its owner in one query.",
            204: f"{who} removed {whose} reminder. That is how Ana's disappear: look for the reminder and its owner in one query.",
            403: f"Reminder {number} is {whose}. With a 403 {who} learns that it exists; with a 404, nothing.",
        },
    )  # fmt: skip
    # The caller has sent the number, so an answer may say it.
    words, usual = (re.sub(rf"(?<!\d){sent}(?!\d)", "…", one.text) for sent, one in ((number, answer), (99, absent)))
    expect.that(
        words == usual,
        f"Both are a 404, and the words differ: `{answer.text}` for {whose} reminder, `{absent.text}` for one that does not exist. {who} can tell which numbers exist.",
        why="Two 404 with different words are a 403 in disguise.",
        response=answer,
    )


# 5.8


@exercise(
    "5.8",
    "Promotion by PATCH",
    hints=[
        "Which fields of the row may a user decide? What happens to a field that the model does not list?",
        "`RequestModel` forbids what a model does not list; `BaseModel` ignores it without a word.",
        "`class ProfileUpdate(RequestModel):` with `email: Email | MISSING = MISSING` and nothing else.",
    ],
)
def promotion(profile_app: Any) -> None:
    """Users may change their email and nothing else."""
    api = _open(profile_app, "profile_app = new_app(auth_router, profile_router)")
    ana = _as(api, ANA)
    before = _row(api, ANA)
    for body in ({"role": "admin"}, {"active": False}, {"email": "a@example.com", "role": "admin"}, {"username": "carla2"}, {"password_hash": "x"}):  # fmt: skip
        field = next(name for name in body if name != "email")
        answer = api.patch("/users/me", json=body, headers=ana)
        _refuses_the_field(field, answer, before, _row(api, ANA))
    _takes_an_email(api, ANA, "ana", "member", "new@example.com")
    _takes_an_email(api, CARLA, "carla", "admin", "c@example.org")
    expect.status(
        api.patch("/users/me", json={"email": "nothing"}, headers=ana), 422, why="Ana needs an address that has the form of one.",
        known={200: "`nothing` was saved as Ana's email. Keep the type `Email`."},
    )  # fmt: skip
    expect.status(
        api.patch("/users/me", json={"email": None}, headers=ana), 422, why="`null` is no address.",
        known={
            500: "`null` as an email crashes your route: the model takes it, and the database does not. Without `None` in its type, the model refuses it; `MISSING` says that the field may be left out.",
            200: "`null` is no address, and your route takes it. Without `None` in its type, the model refuses it.",
        },
    )  # fmt: skip
    expect.status(
        api.patch("/users/me", json={"email": "b@example.com"}, headers=_as(api, BEN)), 403, why="Ben's account is not active.",
        known={200: "Ben, whose account is not active, changed his email. The route asked for an `ActiveUser`; leave it so."},
    )  # fmt: skip


def _row(api: Client, user_id: int) -> tuple[Any, ...]:
    columns = "username, email, role, active, id, password_hash LIKE '$argon2%'"
    return _sql(api, f"SELECT {columns} FROM users WHERE id = {user_id}")[0]


def _refuses_the_field(field: str, answer: Any, before: tuple[Any, ...], now: tuple[Any, ...]) -> None:
    expect.that(
        now == before,
        f"`PATCH /users/me` with `{field}` changed the row from {before[:4]} to {now[:4]}. Take the field out of `ProfileUpdate`, and refuse what it does not list.",
        why="The caller fills in a field that was never meant for callers.",
        response=answer,
    )
    expect.status(
        answer, 422, why="A request that means more than it may should hear so.",
        known={
            200: f"`{field}` was ignored without a word, and the page shows that it was saved. `RequestModel` refuses what it does not know.",
            403: f"`{field}` does not belong in this request, whoever sends it, so the request is wrong and not the caller. Take the field out of the model.",
            500: f"`{field}` crashed your route. A model that does not list it, and forbids what it does not list, refuses it.",
        },
    )  # fmt: skip


def _takes_an_email(api: Client, user_id: int, username: str, role: str, email: str) -> None:
    changed = api.patch("/users/me", json={"email": email}, headers=_as(api, user_id))
    expect.status(changed, 200, why=f"The email is {username}'s to change.")
    profile = {"username": username, "email": email, "role": role}
    unchanged = {**profile, "email": f"{username}@example.com"}
    expect.body(
        changed, profile, why="The page shows the profile.",
        known=[(unchanged, "The email was not changed. It is the one thing that a user may change here: set it on `user`.")],
    )  # fmt: skip
    expect.equal(_row(api, user_id)[1], email, what=f"{username}'s email in the database", why="It was changed.")


# 5.9


@exercise(
    "5.9",
    "A role that one gives oneself",
    rules=["D4"],
    hints=[
        "What does the guard of the route ask today, and what does it not ask?",
        "`require_role`, from section 4, asks for a role on top of an active user. `only_admins` shows how a route uses it.",
        "`dependencies=[Depends(require_role(Role.admin))]`.",
    ],
)
def roles(roles_app: Any) -> None:
    """Only an admin gives roles, and the database says who is an admin."""
    api = _open(roles_app, "roles_app = new_app(auth_router, roles_router)")
    _add_user(api, "dora", "dora@example.com", "member")
    before = _roles(api)
    for caller, user_id in ((ANA, ANA), (ANA, DORA), (DORA, DORA), (DORA, ANA), (BEN, BEN)):
        _may_not_give_one(api, caller, user_id)
    _sql(api, f"UPDATE users SET role = 'admin' WHERE id = {BEN}")
    expect.status(
        _give(api, BEN, DORA), 403, why="Ben was an admin. His account is not active any more.",
        known={200: "Ben is an admin whose account is not active, and he still gives roles. Ask for an `ActiveUser`; `require_role` does."},
    )  # fmt: skip
    _sql(api, f"UPDATE users SET role = 'member' WHERE id = {BEN}")
    expect.equal(_roles(api), before, what="the roles", why="Nobody had the right to change one.")
    expect.status(
        api.put("/users/1/role", json={"role": "admin"}), 401, why="Nobody is known here.",
        known={200: "Somebody without a token made Ana an admin."},
    )  # fmt: skip
    expect.status(
        _give(api, CARLA, ANA), 200, why="Carla is an admin.",
        known={403: "Carla is an admin, and she is refused. Compare her role with `Role.admin`."},
    )  # fmt: skip
    expect.equal(_roles(api)[ANA], "admin", what="Ana's role in the database", why="Carla gave it to her.")
    for caller, user_id, role, wanted, why, known in ROLES_CHANGE:
        expect.status(_give(api, caller, user_id, role), wanted, why=why, known=known)


def _give(api: Client, caller: int, user_id: int, role: str = "admin") -> Any:
    return api.put(f"/users/{user_id}/role", json={"role": role}, headers=_as(api, caller))


def _roles(api: Client) -> dict[int, str]:
    return dict(_sql(api, "SELECT id, role FROM users"))


ROLES_CHANGE: list[tuple[int, int, str, int, str, dict[int, str]]] = [
    (DORA, 99, "admin", 403, "There is no user 99, and that is not for Dora to find out.",
     {404: "Dora, a member, hears that there is no user 99: your route looks for the user first and asks for the caller's role later. A guard in `dependencies=[...]` comes before both."}),
    (ANA, DORA, "admin", 200, "Ana is an admin since a moment ago.",
     {403: "Carla made Ana an admin, and Ana is refused. Compare the role that stands in the database, not a number or a name."}),
    (CARLA, CARLA, "member", 200, "An admin may change any role, also their own.",
     {403: "Carla is an admin and wants to give her own role back. Do not compare her number with the one in the path: ask for her role only."}),
    (CARLA, CARLA, "admin", 403, "Carla is no admin any more.",
     {200: "Carla has given her role back, and she still gives roles. Compare the role that stands in the database."}),
]  # fmt: skip
"""Who gives whom which role, one after the other: the status, why, and other statuses."""


def _may_not_give_one(api: Client, caller: int, user_id: int) -> None:
    answer = _give(api, caller, user_id)
    who_is = {ANA: "Ana, a member,", BEN: "Ben, whose account is not active,", DORA: "Dora, a member,"}
    whom = "themselves" if caller == user_id else f"user {user_id}"
    expect.status(
        answer, 403, why="A role that one can give oneself, or a friend, is no role.",
        known={
            200: f"{who_is[caller]} made {whom} an admin. It does not matter whose role it is, or which number the caller has. Ask for the caller's role, and for an active account.",
            401: "We know who is calling: 403.",
            404: "That the route exists stands in the documentation. What the caller lacks is the role: 403.",
            422: _uncalled(answer),
        },
    )  # fmt: skip


def _uncalled(answer: Any) -> str:
    """What to say when FastAPI asks the caller for the parameter of `require_role`."""
    if ["query", "role"] in validation.places(answer):
        return "You gave `Depends` the class `require_role` itself, so FastAPI asks the caller for its `role`, in the query. Call it with the role: `Depends(require_role(Role.admin))`."
    return ""


# 5.10

NEW, NEWEST, GUESS = "nine green clocks", "two old white lamps", "some other words"
SECRETS = {NEW: "new password", PASSWORD: "current password", GUESS: "password that was tried and refused"}


@exercise(
    "5.10",
    "The helpdesk knows your password",
    rules=["E5"],
    hints=[
        "Two passwords come in. Where does each of them go? And who is asked before the change?",
        "`passwords.fits` compares a text with what `user.password_hash` holds, as in `log_in`. When is it true that the password was changed?",
        "`if not await passwords.fits(change.current.get_secret_value(), user.password_hash): raise HTTPException(403, …)`; then the new hash; "
        'then `log.info("user %s …", user.id)`.',
    ],
)
def password_change(account_app: Any) -> None:
    """The current password is asked for, and no password or hash is logged or answered."""
    api = _open(account_app, "account_app = new_app(auth_router, account_router)")
    expect.that(
        _log_in(api, "ana", PASSWORD).status_code == 200,
        "Ana cannot log in at `POST /token`, so nobody can see which password works. Keep the cell's last line, `account_app = new_app(auth_router, account_router)`.",
    )
    before = _hashes(api)
    refused, refused_lines = _change(api, ANA, GUESS, NEW)
    _is_left_alone(api, refused, before)
    changed, lines = _change(api, ANA, PASSWORD, NEW)
    _holds_no_secret(f"{refused.text}\n{changed.text}", "An answer", why="What leaves the server is out of your hands.")
    _is_changed(api, changed, before)
    _logs_no_secret([*refused_lines, *lines])
    _logs_who_changed_it(lines, refused_lines)
    again, _ = _change(api, ANA, NEW, NEWEST)
    expect.status(
        again, 204, why="Ana changes her password for a second time.",
        known={403: "After a first change, Ana's new password is refused as `current`. Compare with `user.password_hash`, as it is now."},
    )  # fmt: skip
    _asks_the_others_too(api)


@contextlib.contextmanager
def _everything_logged() -> Iterator[list[str]]:
    """What the learner's code logs or prints meanwhile, whatever the logger and its level."""
    lines: list[str] = []
    with logs.everything() as records, contextlib.redirect_stdout(io.StringIO()) as printed:
        yield lines
    lines += [logs.message(record) for record in records]
    lines += printed.getvalue().splitlines()


def _change(api: Client, user_id: int, current: str, wanted: str) -> tuple[Any, list[str]]:
    """The answer to a change of password, and what was logged meanwhile."""
    with _everything_logged() as lines:
        answer = api.put("/users/me/password", json={"current": current, "new": wanted}, headers=_as(api, user_id))
    return answer, lines


def _hashes(api: Client) -> list[str]:
    return [one for (one,) in _sql(api, "SELECT password_hash FROM users ORDER BY id")]


def _is_left_alone(api: Client, refused: Any, before: list[str]) -> None:
    """Whoever does not know the current password is refused."""
    expect.that(
        _hashes(api) == before,
        "Somebody who did not know the password has changed it. Compare `current` first: `await passwords.fits(text, user.password_hash)`. "
        "Without `await` it is a coroutine, which counts as true.",
        why="An open laptop is not a password.",
        response=refused,
    )
    expect.status(
        refused, 403, why="The caller is known and may not do this.",
        known={
            401: "On a 401 the phone throws its token away and asks for a new login. The token is fine; this change is refused: 403.",
            204: "Nothing was changed, and the answer says that it was.",
            500: "A wrong `current` crashes your route. Look at the line that compares: `await passwords.fits(text, user.password_hash)`.",
        },
    )  # fmt: skip


def _is_changed(api: Client, changed: Any, before: list[str]) -> None:
    """Ana's new password works, the old one does not, and nobody else's row has changed."""
    expect.status(
        changed, 204, why="The current password was right.",
        known={
            403: "The right `current` was refused. What is kept is a hash, and no text equals its hash: ask `await passwords.fits(text, user.password_hash)`, with the text from `get_secret_value()`.",
            200: "There is nothing to send back: `status_code=204`, and return nothing.",
            422: "This request is right.",
            500: "The right `current` crashes your route. Is there an `await` before `passwords.fits` and `passwords.hash`?",
        },
    )  # fmt: skip
    after = _hashes(api)
    expect.that(after[0].startswith("$argon2"), "Ana's `password_hash` is not a hash any more. Keep what `passwords.hash` gives.")  # fmt: skip
    expect.that(after[1:] == before[1:], "Ana changed her password, and the row of somebody else changed with it.")
    expect.equal(
        [_log_in(api, "ana", one).status_code == 200 for one in (NEW, PASSWORD)], [True, False],
        what="whether Ana gets in with the new password, and with the old one",
        why="That is what she asked for.",
        known=[([False, True], "The change was answered with 204, and only the old password works."), ([False, False], "Neither password works any more. Was the text hashed, or the stars?")],
    )  # fmt: skip


def _holds_no_secret(text: str, where: str, why: str) -> None:
    """Neither a hash nor a password that Ana sent is in a text that others can read."""
    for word, which in SECRETS.items():
        expect.that(
            word not in text, f"{where} holds the {which}. Write down who did it, and nothing of what came in.", why=why
        )
    expect.that(
        "argon2" not in text,
        f"{where} holds the hash. It is no password, but somebody can guess against it at home, without asking your login.",
        why=why,
    )


def _logs_no_secret(lines: list[str]) -> None:
    everything = "\n".join(lines)
    _holds_no_secret(
        everything, "The log",
        why="Whoever reads the log, a helpdesk, a search engine of logs, a backup, can be Ana.",
    )  # fmt: skip
    expect.that(
        "eyJ" not in everything,
        "The log holds Ana's token. Until it expires, whoever reads it can be Ana. Log the id or the name, and no header.",
        why="A token in a log is as good as a password.",
    )


def _logs_who_changed_it(lines: list[str], refused_lines: list[str]) -> None:
    """The log names Ana after a change, and tells it from a refused attempt."""
    why = "When Ana asks who did it, the log is all that there is."
    named = [line for line in lines if re.search(r"\b1\b|\bana\b", line)]
    news = [line for line in named if line not in refused_lines]
    expect.that(
        news or not named,
        "The log says the same for a change and for a refused attempt, so it does not tell what happened. Write the line after the change.",
        why=why,
    )
    expect.that(
        news, "The log does not say who changed the password. After the change, log the id or the name.", why=why
    )


def _asks_the_others_too(api: Client) -> None:
    """Carla's change is logged under her name; a short password, a stranger and Ben are refused."""
    hers, lines = _change(api, CARLA, PASSWORD, NEW)
    expect.status(hers, 204, why="Carla may change her password, too.")
    expect.that(
        any(re.search(r"\b3\b|\bcarla\b", line) for line in lines),
        "Carla changed her password, and the log names somebody else or nobody. Take the id or the name from `user`.",
        why="When Carla asks who did it, the log is all that there is.",
    )
    short, _ = _change(api, CARLA, NEW, "short")
    expect.status(
        short, 422, why="A new password still needs twelve characters.",
        known={204: "A password of five characters was taken. Keep `min_length=12`."},
    )  # fmt: skip
    unknown = api.put("/users/me/password", json={"current": NEW, "new": "five red lamps on"})
    expect.status(unknown, 401, why="Nobody is known here.")
    bens, _ = _change(api, BEN, PASSWORD, NEW)
    expect.status(
        bens, 403, why="Ben's account is not active.",
        known={204: "Ben, whose account is not active, changed his password. The route asked for an `ActiveUser`; leave it so."},
    )  # fmt: skip
