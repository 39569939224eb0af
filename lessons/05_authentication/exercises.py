"""What the exercises of lesson 05 check, and the answers to its predictions. The checks attack what the learner wrote."""

import asyncio
import contextlib
import inspect
import io
import re
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import Any
from unittest.mock import patch

import jwt
from fastapi import FastAPI, HTTPException
from jwt.types import Options
from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pydantic import BaseModel, SecretStr
from sqlalchemy import text

from coursekit.author import Client, NotYet, client, describe, exercise, expect, logs, prediction, validation
from coursekit.author.difference import changes, shown
from coursekit.author.endpoints import endpoint_of
from coursekit.author.loops import on_a_loop
from coursekit.author.users import ANA, BEN, CARLA, DORA, PASSWORD, bearer
from coursekit.course.render import brief, brief_repr
from coursekit.course.words import names, series

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


def _users(api: Client) -> dict[str, dict[str, Any]]:
    """Everything that the database knows about each user, by name."""
    columns = [name for (name,) in _sql(api, "SELECT name FROM pragma_table_info('users')")]
    rows = [dict(zip(columns, row, strict=True)) for row in _sql(api, "SELECT * FROM users ORDER BY id")]
    return {row["username"]: row for row in rows}


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


def _other_headers(one: Any, other: Any) -> list[str]:
    """The headers that tell two answers apart, except the length of their bodies."""
    differing = set(one.headers.multi_items()) ^ set(other.headers.multi_items())
    return sorted({name for name, _ in differing} - {"content-length"})


def _log_in(api: Client, username: str, password: str, path: str = "/token") -> Any:
    return api.post(path, data={"username": username, "password": password})


# 5.1


@contextlib.contextmanager
def _where_hashes_run(api: Client) -> Iterator[list[bool]]:
    """Whether each hash or verification held the event loop: it ran on its thread, or the loop waited for it."""
    held: list[bool] = []

    async def running() -> asyncio.AbstractEventLoop:
        return asyncio.get_running_loop()

    loop = api.run(running)

    def watched(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            held.append(any(held) or on_a_loop() or not _gets_a_turn(loop))
            return method(*args, **kwargs)

        return call

    with patch.multiple(PasswordHash, hash=watched(PasswordHash.hash), verify=watched(PasswordHash.verify)):
        yield held


def _gets_a_turn(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether a loop on another thread does something else meanwhile."""
    turn = threading.Event()
    loop.call_soon_threadsafe(turn.set)
    return turn.wait(2)


@contextlib.contextmanager
def _slips_explained() -> Iterator[None]:
    """Explain two slips, with `to_thread` and with `verify`, that make the learner's code raise."""
    try:
        yield
    except TypeError as error:
        expect.that(
            "object is not callable" not in str(error),
            "A thread got the result instead of the function: with `to_thread(quick.hash(phrase))` the hash is made first, on the event loop. "
            "Write a comma: `to_thread(quick.hash, phrase)`.",
        )
        raise
    except UnknownHashError:
        raise NotYet("`verify` got something that isn't a hash where it expects one. The phrase comes first, what is kept comes second: `quick.verify(phrase, kept)`.") from None  # fmt: skip


PARTY, SECRET = {"phrase": "nobody tells ben"}, {"phrase": "for carla only"}
LONG = " " + "For Carla only, " * 7 + "and for Ana. "
"""A phrase with capital letters, spaces at both ends, and more than 72 bytes."""
NEARLY = {
    "in upper and lower case": LONG.lower(),
    "in the spaces around it": LONG.strip(),
    "in its last letters": LONG[:-4] + "Ben",
    "after its eighth character": LONG[:8] + "everybody",
}
"""Phrases that must not open a list which was locked with LONG, by what differs."""
_HASHER = PasswordHash.recommended()
_STARS = (str(SecretStr("x")), repr(SecretStr("x")), f"phrase={SecretStr('x')!r}")
_ONE_HASH = re.compile(r"\$argon2\w+(\$[\w+/=,]+){4}")


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
    expect.that(
        isinstance(locks, dict), "`locks` should stay a dictionary, with what you keep under each list's number."
    )
    locks.clear()
    locked = {7: PARTY, 8: PARTY, 9: SECRET}
    with _slips_explained(), _where_hashes_run(api) as held:
        for number, body in locked.items():
            answer = api.put(f"/lists/{number}/lock", json=body)
            expect.status(
                answer, 204,
                why="The phone shows a closed lock as soon as it reads this status.",
                known={200: "The list is locked, and there is nothing to send back: `status_code=204`, and return nothing."},
            )  # fmt: skip
            _keeps_a_hash_only(locks, number, body["phrase"], answer)
        expect.that(
            locks[7] != locks[8],
            "The same phrase gave the same hash for two lists, so a thief sees which lists share one. A salt makes them differ: leave it to `quick.hash`.",
        )
        _opens_for_its_own_phrase(api)
        _opens_for_the_whole_phrase(api)
        _opens_for_a_new_phrase(api)
    expect.that(
        not any(held),
        "A hash or a verification held the event loop, and every other request waited for it. Await a thread, and give it the function and its arguments: "
        "`await asyncio.to_thread(quick.hash, phrase)`, not `to_thread(quick.hash(phrase))`.",
        why="At the cost of production, that is a tenth of a second for everybody, each time.",
    )
    _takes_what_it_took(api)


def _keeps_a_hash_only(locks: dict[Any, Any], number: int, phrase: str, answer: Any) -> None:
    """There is a hash of the phrase under the list's number, and the phrase isn't kept anywhere else."""
    _is_a_hash(locks.get(number), number, phrase)
    expect.that(
        set(locks) <= {7, 8, 9},
        f"`locks` has entries that belong to no locked list: {brief_repr(sorted(set(locks) - {7, 8, 9}, key=str))}. Keep one hash for each list, and nothing else.",
    )
    around = getattr(endpoint_of(answer), "__globals__", {})
    elsewhere = [name for name, value in around.items() if name not in ("In", "Out") and name[0] != "_" and _holds(value, phrase)]  # fmt: skip
    expect.that(
        not elsewhere,
        f"`locks` holds a hash, and `{', '.join(elsewhere)}` holds the phrase itself. A thief who copies the data has both. Keep the hash only.",
    )


def _holds(value: Any, phrase: str, depth: int = 0) -> bool:
    """Whether a plain value or a collection of them holds a phrase."""
    if isinstance(value, SecretStr | str):
        return phrase in (value.get_secret_value() if isinstance(value, SecretStr) else value)
    if isinstance(value, dict | list | tuple | set) and depth < 3:
        items = [*value, *value.values()] if isinstance(value, dict) else list(value)
        return any(_holds(one, phrase, depth + 1) for one in items)
    return False


def _is_a_hash(kept: Any, number: int, phrase: str) -> None:
    """What is kept for a list is a hash of its phrase that `quick` made."""
    expect.that(kept is not None, f"After `PUT /lists/{number}/lock` there is nothing under {number} in `locks`.")
    expect.that(
        not inspect.iscoroutine(kept),
        "`locks` holds a coroutine, and nothing was hashed: write `await` before `asyncio.to_thread`.",
    )
    expect.that(
        not _holds(kept, phrase),
        "`locks` holds the phrase itself. A `SecretStr` hides it from a log, not from whoever copies the data. Keep a hash.",
        why="The last backup went to the wrong address.",
    )
    expect.that(isinstance(kept, str), f"`locks` holds {describe(kept)}. Keep the hash alone, as the text that `quick.hash` gives.")  # fmt: skip
    expect.that("*****" not in kept, "`locks` holds the stars of a `SecretStr`. Its text comes out with `get_secret_value()`.")  # fmt: skip
    expect.that(
        not kept.startswith("$argon2") or "m=65536" not in kept,
        "Your hashes are made with `hasher`, at the cost of production. In this notebook `quick` makes them: the same method, a thousandth of the work.",
        why="The check makes many hashes and does not wait that long.",
    )
    expect.that(
        kept.startswith("$argon2"),
        f"What `locks` holds, `{kept[:12]}…`, isn't a hash made for passwords. A fast one lets a thief try a billion phrases a second: use `quick.hash`.",
        why="What is slow for us once is slow for the thief each time.",
    )
    expect.that(
        _ONE_HASH.fullmatch(kept),
        f"What `locks` holds begins with a hash, and something else comes after it: `…{kept[-20:]}`. Keep the hash alone.",
        why="Whatever else you keep about a phrase helps to guess it.",
    )
    expect.that(
        not any(_HASHER.verify(stars, kept) for stars in _STARS),
        "You hashed the stars of the `SecretStr`, so every phrase has the same text and opens every list. Its text comes out with `get_secret_value()`.",
        why="`str(...)` of a `SecretStr` is there for logs.",
    )


def _opens_for_its_own_phrase(api: Client) -> None:
    right = ((7, PARTY, 204), (8, PARTY, 204), (9, SECRET, 204))
    for number, body, wanted in (*right, (9, PARTY, 403), (7, SECRET, 403), *right):
        answer = api.post(f"/lists/{number}/unlock", json=body)
        expect.status(
            answer, wanted,
            why="The right phrase opens the list, and no other does.",
            known={
                403: "The right phrase was refused. What `locks` holds equals neither the phrase nor another hash of it: compare with "
                "`quick.verify(phrase, kept)`, with the text from `get_secret_value()`.",
                204: "A wrong phrase opened the list. `await asyncio.to_thread(quick.verify, …)` gives True or False: refuse when it is False. Without `await` it is a coroutine, which counts as true.",
                200: "There is nothing to send back: `status_code=204`.",
                401: "A 401 asks for another login. The caller is known; it is the phrase that is wrong: 403.",
                404: f"List {number} has a lock, and the answer is that it has none. An attempt to open a list, right or wrong, leaves its lock as it is.",
            },
        )  # fmt: skip
        said = f"{dict(answer.headers)}{answer.text}"
        expect.that(
            body["phrase"] not in said and "argon2" not in said,
            "The answer repeats the phrase that was tried, or holds the hash. Keep the sentence that was there: it says enough.",
            why="Answers end up in logs and on screens, and a phrase that was refused is often nearly right.",
            response=answer,
        )
    expect.status(
        api.post("/lists/99/unlock", json=PARTY), 404,
        why="There is no lock to open on list 99.",
        known={403: "List 99 has no lock, and your API says that the phrase is wrong. The phone would ask for it again and again."},
    )  # fmt: skip


def _opens_for_the_whole_phrase(api: Client) -> None:
    """Every character of a long phrase counts."""
    expect.status(api.put("/lists/6/lock", json={"phrase": LONG}), 204, why="A phrase may have 128 characters.")
    for where, phrase in NEARLY.items():
        expect.status(
            api.post("/lists/6/unlock", json={"phrase": phrase}), 403,
            why="Whoever guesses has fewer phrases to try if some characters don't count.",
            known={204: f"A list opened for a phrase that differs from its own {where}. Hash the whole phrase as it came, and compare the whole phrase, too."},
        )  # fmt: skip
    expect.status(api.post("/lists/6/unlock", json={"phrase": LONG}), 204, why="This is the list's own phrase.")


def _opens_for_a_new_phrase(api: Client) -> None:
    """After a change, the new phrase opens the list and the old one does not."""
    expect.status(api.put("/lists/7/lock", json=SECRET), 204, why="A new phrase takes the place of the old one.")
    expect.status(
        api.post("/lists/7/unlock", json=SECRET), 204,
        why="The new phrase opens the list.",
        known={403: "List 7 got a new phrase, and it doesn't open the list. Each `PUT` replaces what `locks` holds."},
    )  # fmt: skip
    expect.status(
        api.post("/lists/7/unlock", json=PARTY), 403,
        why="The phrase was changed.",
    )  # fmt: skip


def _takes_what_it_took(api: Client) -> None:
    """The model has its limits and its `SecretStr` as before."""
    for phrase, kind in (("seven77", "too short"), ("x" * 129, "too long")):
        expect.status(
            api.put("/lists/5/lock", json={"phrase": phrase}), 422,
            why="The statuses were right.",
            known={204: f"A phrase of {len(phrase)} characters was taken, and it is {kind}. Keep the limits in `Phrase`: 8 to 128 characters."},
        )  # fmt: skip
    models = api.app.openapi().get("components", {}).get("schemas", {}).values()
    phrases = [model["properties"]["phrase"] for model in models if "phrase" in model.get("properties", {})]
    expect.that(
        all(one.get("writeOnly") for one in phrases),
        "The `phrase` in your model isn't a `SecretStr` any more, so whoever logs or prints the body shows it. Keep the type; `get_secret_value()` gives the text.",
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
    _lets_in(api, "ana")
    wrong, work = _refuses_a_guess(api)
    for username, who, because in STRANGERS:
        _refuses_alike(api, wrong, username, who, because=because)
        _works_alike(api, work, username, who)
    left, _ = _attempt(api, "ben", PASSWORD)
    expect.status(
        left, 403, why="Ben has left the club. Whoever knows his password may hear it.",
        known={
            200: "Ben has left the club, and his right password got him a token. Ask for `user.active` once the password is found right.",
            401: "Ben's right password is called wrong, and he will try it again and again. The exercise keeps the 403 for him.",
        },
    )  # fmt: skip
    _lets_in(api, "carla")


STRANGERS = (
    ("zoe", "an unknown name", "Whoever gets this answer knows that the name is not a member's, so all others are."),
    ("ben", "a wrong password for an account that is not active", "Without a password, a stranger learns that Ben was a member and has left."),
)  # fmt: skip
"""Whose password a stranger guesses, how a verdict calls the case, and what the stranger learns if its answer differs."""


def _attempt(api: Client, username: str, password: str) -> tuple[Any, list[str]]:
    """The answer to a login, and the work that it took: each verification with the cost of its hash, and each new hash."""
    work: list[str] = []
    make, verify = PasswordHash.hash, PasswordHash.verify

    def made(*args: Any, **kwargs: Any) -> str:
        work.append("a new hash")
        return make(*args, **kwargs)

    def verified(*args: Any, **kwargs: Any) -> bool:
        kept = str([*args, *kwargs.values()][-1])
        work.append(f"a verification at the cost `{kept.split('$')[3]}`" if kept.count("$") > 3 else "a verification")
        return verify(*args, **kwargs)

    with patch.multiple(PasswordHash, hash=made, verify=verified):
        answer = _log_in(api, username, password)
    return answer, work


def _lets_in(api: Client, username: str) -> None:
    """A member's right password gets them the token that it got them before."""
    name = username.capitalize()
    right, _ = _attempt(api, username, PASSWORD)
    expect.status(
        right, 200, why=f"{name} is a member, and this is the right password.",
        known={401: f"{name}'s right password is refused. A login that lets nobody in keeps its secret, too."},
    )  # fmt: skip
    expect.body(
        right, {"access_token": f"a token for {username}", "token_type": "bearer"},
        why="With the right password nothing changes.",
        known=[({"access_token": "a token for ana", "token_type": "bearer"}, f"{name} got Ana's token. It is made from `user.username`.")],
    )  # fmt: skip


def _refuses_a_guess(api: Client) -> tuple[Any, list[str]]:
    """The answer to a wrong password, once it is as it should be, and the work that it took."""
    wrong, work = _attempt(api, "ana", "a guess")
    expect.status(
        wrong, 401, why="This is not Ana's password.",
        known={200: "Ana got in with a wrong password. Look at what `await passwords.fits(...)` gives: True or False. Without `await` it is a coroutine, which counts as true."},
    )  # fmt: skip
    expect.header(
        wrong, "WWW-Authenticate", "Bearer", why="A 401 has to name the way to come back with.",
        known={None: 'It has no `WWW-Authenticate`: `headers={"WWW-Authenticate": "Bearer"}`.'},
    )  # fmt: skip
    body = expect.json_body(wrong, why="The app shows it.")
    expect.that(
        isinstance(body, dict) and isinstance(body.get("detail"), str),
        "The body of the 401 should have a sentence as its `detail`, as the other answers of this API do.",
        why="An app that shows the sentence doesn't expect anything else there.",
        response=wrong,
    )
    expect.equal(
        sum("verification" in one for one in work), 1, what="the number of verifications for a wrong password",
        why="What costs more or less than usual is answered later or sooner, and a stranger has a clock.",
        known=[
            (0, "Ana's wrong password was refused, and nothing was verified. Compare with `passwords.fits`."),
            (2, "Ana's wrong password was verified twice, so the answer comes later than others. Verify once in each case, then decide."),
        ],
    )  # fmt: skip
    return wrong, work


def _refuses_alike(api: Client, wrong: Any, username: str, who: str, *, because: str) -> None:
    """A guess for this user gets the same answer as `wrong`, a guess for Ana."""
    guess = f"a guess of {username}"
    answer, _ = _attempt(api, username, guess)
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
    repeated = next((what for sent, what in ((guess, "password"), (username, "name")) if sent in answer.text), "")
    expect.that(
        not repeated,
        f"The 401 repeats the {repeated} that was sent: `{brief(answer.text, 100)}`. The body has to be the same for everybody, so write the same sentence each time.",
        why="A body that repeats what came in also ends up in logs with it.",
        response=answer,
    )
    expect.that(
        answer.text == wrong.text,
        f"The answer to {who} can be told from the answer to a wrong password: `{brief(answer.text, 100)}` and `{brief(wrong.text, 100)}`. Use one `raise` for all of them.",
        why=because,
        response=answer,
    )
    other = _other_headers(answer, wrong)
    expect.that(
        not other,
        f"The answer to {who} can be told from the answer to a wrong password by its header {names(other)}. Use one `raise` for all of them.",
        why=because,
        response=answer,
    )


def _works_alike(api: Client, usual: list[str], username: str, who: str) -> None:
    """A guess for this user takes as much work as one for Ana."""
    _, work = _attempt(api, username, "a guess")
    sooner = f"With {who}, nothing was verified, so the answer comes sooner. Verify in each case: when there is no user, against `passwords.of_nobody`."
    expect.equal(
        work, usual, what=f"the work for {who}",
        why="What costs less or more than usual is answered sooner or later, and a stranger has a clock.",
        known=[
            ([], sooner),
            (work, f"With {who}, the login does {series(work) or 'nothing'}; with a wrong password, {series(usual)}. `passwords.of_nobody` is there so that both cost the same."),
        ],
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
        expect.that(
            isinstance(forged, str | bytes),
            f"`forge({user_id})` gives {describe(forged)}. A ticket is a text with two dots in it, such as `jwt.encode` makes.",
        )
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
            why="With our key, it is a valid ticket and not a forged one.",
        )
        expect.equal(
            taken, user_id, what=f"the user as whom `first_reader` takes `forge({user_id})`", why=why,
            known=[
                (None, "`first_reader` refuses your ticket: its `aud` has to equal `calendar`. Nothing else is compared, and `sub` says who it is."),
                (taken, f"`forge({user_id})` gives a ticket that is taken as user {taken}'s. Put the user's id into `sub`."),
            ],
        )  # fmt: skip
        claims = jwt.decode(forged, options={"verify_signature": False})
        expect.that(
            isinstance(claims["sub"], str),
            f"In your ticket, `sub` is {describe(claims['sub'])}. `first_reader` takes it, but the standard wants text, and a reader that asks for text would find you out: `str(user_id)`.",
            why=why,
        )


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
        ("a ticket that expired two seconds ago", _sign(_claims(**good, exp=datetime.now(UTC) - timedelta(seconds=2)), KEY), "Its end has passed. Give no `leeway`."),
        ("a login token", _sign(_claims(), KEY), "Its audience is `tasks-api`. Whoever finds a login token must not get a calendar, nor the other way round: `audience=\"calendar\"`."),
        ("a ticket of the mail program", _sign(_claims(aud="mail"), KEY), "Its audience is `mail`. Name one audience only: `audience=\"calendar\"`."),
        ("a ticket for the audience `calendar-admin`", _sign(_claims(aud="calendar-admin"), KEY), "That is another audience. Let PyJWT compare the whole word: `audience=\"calendar\"`."),
        ("a ticket without an audience", _sign(_claims(aud=None), KEY), "It was made for nobody: `audience=\"calendar\"`."),
        ("a ticket without an end", _sign(_claims(**good, exp=None), KEY), "It would be good for ever. Demand the claim: `options={\"require\": [\"exp\", ...]}`."),
        *((f"a ticket signed by {name}", _sign(_claims(**good), KEY, name), "Ours are signed by HS256. Name no other: `algorithms=[\"HS256\"]`.") for name in ("HS384", "HS512")),
        ("a ticket about nobody", _sign(_claims(**good, sub=None), KEY), "It names no user. Demand `sub`."),
        ("a ticket whose `sub` is not a number", _sign(_claims(**good, sub="ana"), KEY), "`int(\"ana\")` raises a `ValueError`."),
        ("a ticket whose `sub` is a number", _sign(_claims(**good, sub=1), KEY), "The standard wants text."),
        ("a word that is not a ticket", "ana-token", "It isn't a JWT at all."),
        ("an empty text", "", "It isn't a JWT at all."),
    ]  # fmt: skip


def _is_refused(read_ticket: Any, said: str, attack: str, because: str) -> None:
    try:
        got = read_ticket(attack, _settings(read_ticket, KEY))
    except Exception as error:
        chosen = " The caller gets a 500."
        if isinstance(error, jwt.InvalidKeyError):
            chosen = ' Your `algorithms` lets the ticket choose `none`. Name ours only: `algorithms=["HS256"]`.'
        elif isinstance(error, HTTPException):
            chosen = " Which status that means is for the route to decide."
        raise NotYet(
            f"For {said}, `read_ticket` raises {type(error).__name__} ({error}). It should give `None`.{chosen}",
            why="Everybody on the internet can send it such a ticket.",
        ) from None
    expect.equal(
        got, None, what=f"`read_ticket` of {said}", why="Whoever holds it sees somebody's calendar.",
        known=[(got, f"It takes {said} as user {got}. {because}" if got else f"For {said}, it gives `{got}`. It should give `None`.")],
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
    ana, carla = _with_badge(api, "ana", "member"), _with_badge(api, "carla", "admin")
    for username, role, headers in (("ana", "member", ana), ("carla", "admin", carla)):
        answer = _door_answers(api, headers, 200, "A member with a fresh badge gets in, whatever their role.")
        expect.body(answer, {"username": username, "role": role}, why="The app greets the member with it.")
    _door_answers(
        api, _with_badge(api, "ben", "member", active=False), 403, "Ben's account is not active.",
        {200: "Ben's account is not active, and he gets in.", 400: "Ben's request is right. He is known, and he may not: 403.",
         401: "We know who Ben is, so a new login does not help him: 403."},
    )  # fmt: skip
    _sends_strangers_to_the_login(api)
    _asks_the_database(api, ana, carla)
    _knows_that_ana_is_gone(api, ana)
    _door_answers(
        api, _as(api, CARLA), (200, 401), "Our own login signs its tokens with the same key.",
        {500: "A login token has no `username` in it, and your code crashed on one. What each token has is the id in `sub`."},
    )  # fmt: skip
    _finds_carla_by_her_id(api, carla)


def _with_badge(api: Client, username: str, role: str, *, active: bool = True) -> dict[str, str]:
    """The header of a member who has just got a badge, with the same claims as before the exercise."""
    answer = _log_in(api, username, PASSWORD, "/badge")
    expect.status(
        answer, 200, why="The login was fine as it was.",
        known={403: f"{username.capitalize()} got no badge. The login says who somebody is, and it was fine as it was. Whether they may come in is asked at the door, `GET /club/me`."},
    )  # fmt: skip
    body = expect.json_body(answer, why="The app needs the badge.")
    token = body.get("access_token") if isinstance(body, dict) else None
    if not isinstance(token, str):
        raise NotYet("The answer of `POST /badge` should still have `access_token`.", response=answer)
    claims = jwt.decode(token, options={"verify_signature": False})
    days = round((claims.pop("exp", 0) - datetime.now(UTC).timestamp()) / 86_400, 2)
    user_id = _users(api)[username]["id"]
    printed = {"username": username, "role": role, "active": active, "sub": str(user_id), "aud": "tasks-api"}
    expect.equal(
        {**claims, "days": days}, {**printed, "days": 30}, what=f"{username.capitalize()}'s badge",
        why="Other programs of the club read what is on the badge.",
        known=[({**claims, "days": days}, f"`POST /badge` prints another badge than before, and it was fine as it was: {changes({**printed, 'days': 30}, {**claims, 'days': days})}. Mend `GET /club/me` only.")],
    )  # fmt: skip
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
        "with a word that is not a badge": bearer("ana-token"),
        "with a badge that has expired": bearer(_sign(_claims(exp=_a_minute_ago(), **printed), key)),
        "with a badge signed by somebody else": bearer(_sign(_claims(**printed), "k" * 32)),
        "with a badge without a signature": bearer(_sign(_claims(**printed), None, "none")),
        "with a ticket for the calendar": bearer(_sign(_claims(aud="calendar"), key)),
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
    """Ana and Carla change roles, and Ana's account is closed: the answers follow the database, not the badges."""
    _sql(
        api, f"UPDATE users SET role = 'member' WHERE id = {CARLA}", f"UPDATE users SET role = 'admin' WHERE id = {ANA}"
    )
    changed = {
        401: "Somebody's role has changed, and their badge isn't taken any more. We still know who they are: look for the user by the id in `sub`, and compare nothing else."
    }
    expect.body(
        _door_answers(api, ana, 200, "Ana is still a member.", changed),
        {"username": "ana", "role": "admin"},
        why="Whoever got a role has it now.",
        known=[({"username": "ana", "role": "member"}, "Ana has become an admin, and the answer says what was printed on her badge. Ask the database, not the badge.")],
    )  # fmt: skip
    _sql(api, f"UPDATE users SET active = 0 WHERE id = {ANA}")
    expect.body(
        _door_answers(api, carla, 200, "Carla is still a member.", changed),
        {"username": "carla", "role": "member"},
        why="Whoever lost a role has lost it now, not when the badge expires.",
        known=[({"username": "carla", "role": "admin"}, "Carla isn't an admin any more, and the answer says what was printed on her badge. Ask the database, not the badge.")],
    )  # fmt: skip
    _door_answers(
        api, ana, 403, "On Friday a member was thrown out, and on Sunday he was still in.",
        {
            200: "Ana's account is not active any more, and her badge still opens the door: it was printed before. Ask the database with each request.",
        },
    )  # fmt: skip


def _knows_that_ana_is_gone(api: Client, ana: dict[str, str]) -> None:
    """Ana's badge opens nothing once she is removed, not even to somebody who takes her name."""
    _sql(api, f"DELETE FROM users WHERE id = {ANA}")
    answer = _door_answers(
        api, ana, 401, "Ana was removed, so we know nobody who could be calling.",
        {
            200: "Ana was removed, and her badge still opens the door.",
            404: "Ana was removed. The address exists; it is the caller who does not. 401.",
            500: "Ana was removed, and your code crashed: `db.get` gives `None` for a user who is gone.",
            403: "Ana was removed. There is no user any more of whom we could say that she may not: 401.",
        },
    )  # fmt: skip
    expect.header(
        answer, "WWW-Authenticate", "Bearer", why="A 401 names the way to come back with.",
        known={None: "Ana was removed, and her 401 has no `WWW-Authenticate`. It needs the same header as the other one."},
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
    _sql(api, f"INSERT INTO reminders (id, owner_id, text) VALUES (3, {ANA}, 'Breathe'), (4, {BEN}, 'Sleep')")
    ana, before = _as(api, ANA), _reminders(api)
    for user_id, number, who in ((ANA, 1, "Ana"), (ANA, 3, "Ana"), (CARLA, 2, "Carla")):
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
    _stops_ben_and_strangers(api)
    expect.equal(_reminders(api), before, what="the list of all reminders", why="Nobody had the right to remove one.")
    for number in (3, 1):
        _removes_one(api, ana, number)


def _reminders(api: Client) -> list[tuple[Any, ...]]:
    return _sql(api, "SELECT id, owner_id, text FROM reminders ORDER BY id")


def _has_their_own(api: Client, user_id: int, number: int, who: str) -> None:
    """A user can read their own reminder, and their list has their own only."""
    headers = _as(api, user_id)
    own = {one: words for one, owner, words in _reminders(api) if owner == user_id}
    mine = api.get(f"/reminders/{number}", headers=headers)
    expect.status(
        mine, 200, why=f"Reminder {number} is {who}'s own.",
        known={404: f"{who} cannot read reminder {number}, which is {who}'s own. Whom does your query compare the owner with?"},
    )  # fmt: skip
    expect.body(mine, {"id": number, "text": own[number]}, why="The phone draws the reminder from it.")
    listed = api.get("/reminders", headers=headers)
    expect.status(listed, 200, why=f"{who} opens the list.")
    body = expect.json_body(listed, why="The phone draws the list from it.")
    expect.equal(
        sorted(body, key=str) if isinstance(body, list) else body, sorted(own.values()),
        what=f"{who}'s list", why="The list showed all users their own before, and that was right.",
        known=[(sorted(words for _, _, words in _reminders(api)), f"{who} sees everybody's reminders in the list now. Leave its `where` as it was; the other two routes lack one.")],
        response=listed,
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
        f"Both are a 404, and the words differ: `{brief(answer.text, 90)}` for {whose} reminder, `{brief(absent.text, 90)}` for one that does not exist. {who} can tell which numbers exist.",
        why="Two 404s with different words are a 403 in disguise.",
        response=answer,
    )
    other = _other_headers(answer, absent)
    expect.that(
        not other,
        f"Both are a 404, and the header {names(other)} differs. {who} can tell which numbers exist. Use one `raise` for both.",
        why="A header tells as much as the words do.",
        response=answer,
    )


def _stops_ben_and_strangers(api: Client) -> None:
    """Neither Ben, whose account isn't active, nor somebody without a token gets through, to whatever route."""
    for method, path in (("GET", "/reminders"), ("GET", "/reminders/4"), ("DELETE", "/reminders/4")):
        closed = f"Ben's account is not active, and `{method} {path}` lets him in. Ask for an `ActiveUser`."
        expect.status(
            api.request(method, path, headers=_as(api, BEN)), 403, why="Ben's account is not active.",
            known={200: closed, 204: closed},
        )  # fmt: skip
        expect.status(api.request(method, path), 401, why="Nobody is known here.")


def _removes_one(api: Client, ana: dict[str, str], number: int) -> None:
    """Ana removes a reminder of hers, and nothing else goes with it."""
    before, path = _reminders(api), f"/reminders/{number}"
    expect.status(api.delete(path, headers=ana), 204, why="Ana may remove her own reminder.")
    expect.status(
        api.get(path, headers=ana), 404, why="Ana has removed it.",
        known={200: "Ana removed her reminder and was told that it is gone. It is still there."},
    )  # fmt: skip
    left = [row for row in before if row[0] != number]
    expect.equal(
        _reminders(api), left, what="the list of the reminders that are left", why="Ana removed one reminder.",
        known=[([row for row in left if row[1] != ANA], "Ana removed one reminder, and all of hers are gone. Remove the one that was asked for."), ([], "Ana removed one reminder, and everybody's are gone. Remove the one that was asked for.")],
    )  # fmt: skip


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
    for user_id, role in ((ANA, "admin"), (CARLA, "member")):
        for body in ({"role": role}, *NOT_YOURS):
            _refuses_the_field(api, user_id, body)
    _takes_an_email(api, ANA, "ana", "member", "New.Name@example.com")
    _takes_an_email(api, CARLA, "carla", "admin", "c@example.org")
    before = _users(api)
    _refuses_what_is_not_an_email(api)
    _changes_nothing(before, _users(api), "An email that was refused")
    empty = api.patch("/users/me", json={}, headers=_as(api, ANA))
    _changes_nothing(before, _users(api), "`PATCH /users/me` with nothing in it")
    expect.status(
        empty, (200, 422), why="The page sends what was changed, and here that is nothing.",
        known={400: "A request that changes nothing was answered with 200 before, and the exercise doesn't change that. If the email has to be there, the model says so, and that is a 422."},
    )  # fmt: skip
    expect.status(
        api.patch("/users/me", json={"email": "b@example.com"}, headers=_as(api, BEN)), 403, why="Ben's account is not active.",
        known={200: "Ben, whose account is not active, changed his email. The route asked for an `ActiveUser`; leave it so."},
    )  # fmt: skip


NOT_YOURS: tuple[dict[str, Any], ...] = (
    {"active": False}, {"email": "a@example.com", "role": "admin"}, {"role": None}, {"username": "carla2"}, {"password_hash": "x"},
    {"id": 77}, {"email": "a@example.com", "nickname": "Annie"},
)  # fmt: skip
"""Bodies with a field that a user may not change."""


def _changes_nothing(before: dict[str, Any], now: dict[str, Any], what: str, response: Any = None) -> None:
    expect.that(
        now == before,
        f"{what} changed the row: {changes(before, now)}. Only an email that has the form of one may change it.",
        why="The caller fills in a field that was never meant for callers.",
        response=response,
    )


def _refuses_the_field(api: Client, user_id: int, body: dict[str, Any]) -> None:
    unlisted = next(name for name in body if name != "email")
    before = _users(api)
    answer = api.patch("/users/me", json=body, headers=_as(api, user_id))
    _changes_nothing(before, _users(api), f"`PATCH /users/me` with `{unlisted}`", answer)
    expect.status(
        answer, 422, why="Whoever sends more than is allowed should hear so.",
        known={
            200: f"`{unlisted}` was ignored without a word, and the page shows that it was saved. `RequestModel` refuses what it does not know.",
            403: f"`{unlisted}` does not belong in this request, whoever sends it: the request is wrong, not the caller. Take the field out of the model.",
            500: f"`{unlisted}` crashed your route. A model that does not list it, and forbids what it does not list, refuses it.",
        },
    )  # fmt: skip


def _takes_an_email(api: Client, user_id: int, username: str, role: str, email: str) -> None:
    before = _users(api)
    changed = api.patch("/users/me", json={"email": email}, headers=_as(api, user_id))
    expect.status(changed, 200, why=f"The email is {username}'s to change.")
    profile = {"username": username, "email": email, "role": role}
    unchanged = {**profile, "email": f"{username}@example.com"}
    expect.body(
        changed, profile, why="The page shows the profile.",
        known=[(unchanged, "The email was not changed. It is the one thing that a user may change here: set it on `user`.")],
    )  # fmt: skip
    now, wanted = _users(api), {**before, username: {**before[username], "email": email}}
    expect.equal(now[username]["email"], email, what=f"{username}'s email in the database", why="It was changed.")
    expect.that(now == wanted, f"{username.capitalize()} changed an email, and something else is not as it should be: {changes(wanted, now)}.")  # fmt: skip


def _refuses_what_is_not_an_email(api: Client) -> None:
    ana = _as(api, ANA)
    expect.status(
        api.patch("/users/me", json={"email": "nothing"}, headers=ana), 422, why="Ana needs an address that has the form of one.",
        known={200: "`nothing` was saved as Ana's email. Keep the type `Email`."},
    )  # fmt: skip
    expect.status(
        api.patch("/users/me", json={"email": None}, headers=ana), 422, why="`null` is not an address.",
        known={
            500: "`null` as an email crashes your route: the model takes it, and the database does not. Without `None` in its type, the model refuses it; `MISSING` says that the field may be left out.",
            200: "`null` is not an address, and your route takes it. Without `None` in its type, the model refuses it.",
        },
    )  # fmt: skip


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
    before = _users(api)
    for caller, user_id in ((ANA, ANA), (ANA, DORA), (DORA, DORA), (DORA, ANA), (BEN, BEN)):
        _may_not_give_one(api, caller, user_id)
    _sql(api, f"UPDATE users SET role = 'admin' WHERE id = {BEN}")
    expect.status(
        _give(api, BEN, DORA), 403, why="Ben was an admin. His account is not active any more.",
        known={200: "Ben is an admin whose account is not active, and he still gives roles. Ask for an `ActiveUser`; `require_role` does."},
    )  # fmt: skip
    _sql(api, f"UPDATE users SET role = 'member' WHERE id = {BEN}")
    expect.status(
        api.put("/users/1/role", json={"role": "admin"}), 401, why="Nobody is known here.",
        known={200: "Somebody without a token made Ana an admin."},
    )  # fmt: skip
    expect.equal(_users(api), before, what="the users", why="Nobody had the right to change one.")
    for caller, user_id, role, wanted, why, known in ROLES_CHANGE:
        _answers(api, caller, user_id, role, wanted, why, known)
    for body in ({"role": "king"}, {"role": "admin", "active": True}):
        expect.status(
            api.put("/users/2/role", json=body, headers=_as(api, ANA)), 422, why="The body was checked before, and still has to be.",
            known={200: f"A body was taken that was refused before: `{shown(body)}`. Leave `RoleChange` as it was."},
        )  # fmt: skip


def _give(api: Client, caller: int, user_id: int, role: str = "admin") -> Any:
    return api.put(f"/users/{user_id}/role", json={"role": role}, headers=_as(api, caller))


def _answers(api: Client, caller: int, user_id: int, role: str, wanted: int, why: str, known: dict[int, str]) -> None:
    """A role is given, or refused with this status; nothing else in the table of users changes."""
    before = _users(api)
    answer = _give(api, caller, user_id, role)
    expect.status(answer, wanted, why=why, known=known)
    after = before
    if wanted == 200:
        username = next(name for name, row in before.items() if row["id"] == user_id)
        expect.body(answer, {"username": username, "role": role}, why="The answer says who has which role now.")
        after = {**before, username: {**before[username], "role": role}}
    now = _users(api)
    expect.that(
        now == after,
        f"After this request, the table of users is not as it should be: {changes(after, now)}. An admin gives one role to one user, and nothing else changes.",
        why=why,
        response=answer,
    )


ROLES_CHANGE: list[tuple[int, int, str, int, str, dict[int, str]]] = [
    (CARLA, ANA, "admin", 200, "Carla is an admin.",
     {403: "Carla is an admin, and she is refused. Compare her role with `Role.admin`."}),
    (DORA, 99, "admin", 403, "There is no user 99, and that is not for Dora to find out.",
     {404: "Dora, a member, hears that there is no user 99: your route looks for the user first and asks for the caller's role later. A guard in `dependencies=[...]` comes before both."}),
    (CARLA, 99, "admin", 404, "There is no user 99, and an admin may hear it.",
     {200: "There is no user 99, and the answer is that one got a role. Leave the 404 in the route.",
      201: "There is no user 99, and giving them a role created something. Leave the 404 in the route.",
      403: "Carla is an admin, so she may give roles. There is no user 99: leave the 404 in the route."}),
    (CARLA, BEN, "admin", 200, "An admin may change any role, also that of an account which is not active.", {}),
    (CARLA, BEN, "member", 200, "An admin may change any role.", {}),
    (ANA, DORA, "admin", 200, "Ana has been an admin since a moment ago.",
     {403: "Carla made Ana an admin, and Ana is refused. Compare the role in the database, not a number or a name."}),
    (CARLA, CARLA, "member", 200, "An admin may change any role, also their own.",
     {403: "Carla is an admin and wants to give her own role back. Do not compare her number with the one in the path: ask for her role only."}),
    (CARLA, CARLA, "admin", 403, "Carla is not an admin any more.",
     {200: "Carla has given her role back, and she still gives roles. Compare the role in the database."}),
]  # fmt: skip
"""Who gives whom which role, one after the other: the status, why, and other statuses."""


def _may_not_give_one(api: Client, caller: int, user_id: int) -> None:
    answer = _give(api, caller, user_id)
    who_is = {ANA: "Ana, a member,", BEN: "Ben, whose account is not active,", DORA: "Dora, a member,"}
    whom = "themselves" if caller == user_id else f"user {user_id}"
    expect.status(
        answer, 403, why="A role that members can give to themselves, or to a friend, protects nothing.",
        known={
            200: f"{who_is[caller]} made {whom} an admin. It does not matter whose role it is, or which number the caller has. Ask for the caller's role, and for an active account.",
            401: "We know who is calling: 403.",
            404: "The documentation shows that the route exists. What the caller lacks is the role: 403.",
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
PAIR = ("quiet zebras jump over it", "under my five lazy yaks, ok")
"""Two passwords with other first letters, last letters and lengths. What is said about one and not about the other gives something away."""
EMIL = 5822


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
    limit=10.0,
)
def password_change(account_app: Any) -> None:
    """The current password is asked for, and no password or hash is logged or answered."""
    api = _open(account_app, "account_app = new_app(auth_router, account_router)")
    expect.that(
        _log_in(api, "ana", PASSWORD).status_code == 200,
        "Ana cannot log in at `POST /token`, so nobody can see which password works. Keep the cell's last line, `account_app = new_app(auth_router, account_router)`.",
    )
    _add_emil(api)
    before = _users(api)
    refused, heard_of_guess = _change(api, ANA, GUESS, NEW)
    _is_left_alone(refused, before, _users(api))
    changed, heard = _change(api, ANA, PASSWORD, NEW)
    _holds_no_secret(api, f"{refused.headers}{refused.text}\n{changed.headers}{changed.text}", "An answer", why="What leaves the server is out of your hands.")  # fmt: skip
    _is_changed(api, changed, before)
    _logs_no_secret(api, [*heard_of_guess.lines, *heard.lines])
    _logs_who_changed_it(heard, heard_of_guess)
    again, _ = _change(api, ANA, NEW, NEWEST)
    expect.status(
        again, 204, why="Ana changes her password for a second time.",
        known={403: "After a first change, Ana's new password is refused as `current`. Compare with `user.password_hash`, as it is now."},
    )  # fmt: skip
    _gives_nothing_away(api)
    _names_emil(api)
    _asks_the_others_too(api)


def _add_emil(api: Client) -> None:
    """A member whose number stands in a log for nobody else, with the password that all have."""
    columns = "'emil', 'e.m@example.com', password_hash, 'member', 1"
    _sql(api, f"INSERT INTO users (id, username, email, password_hash, role, active) SELECT {EMIL}, {columns} FROM users WHERE id = {ANA}")  # fmt: skip


@dataclass
class _Heard:
    """What the learner's code logged or printed during a request, whatever the logger and its level."""

    logged: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    """What was logged once the new password had its hash."""

    @property
    def lines(self) -> list[str]:
        return self.logged + self.printed


def _change(api: Client, user_id: int, current: str, wanted: str) -> tuple[Any, _Heard]:
    """The answer to a change of password, and what was heard meanwhile."""
    heard, hashed = _Heard(), 0
    make = PasswordHash.hash

    def made(*args: Any, **kwargs: Any) -> str:
        nonlocal hashed
        kept = make(*args, **kwargs)
        hashed = len(records)
        return kept

    body = {"current": current, "new": wanted}
    with logs.everything() as records, contextlib.redirect_stdout(io.StringIO()) as printed, patch.object(PasswordHash, "hash", made):  # fmt: skip
        answer = api.put("/users/me/password", json=body, headers=_as(api, user_id))
    heard.logged = [logs.message(record) for record in records]
    heard.after, heard.printed = heard.logged[hashed:], printed.getvalue().splitlines()
    return answer, heard


def _is_left_alone(refused: Any, before: dict[str, Any], now: dict[str, Any]) -> None:
    """Whoever does not know the current password is refused, and nothing changes."""
    hashes = [[row["password_hash"] for row in users.values()] for users in (before, now)]
    expect.that(
        hashes[0] == hashes[1],
        "Somebody who did not know the password has changed it. Compare `current` first: `await passwords.fits(text, user.password_hash)`. "
        "Without `await` it is a coroutine, which counts as true.",
        why="An open laptop is not a password.",
        response=refused,
    )
    expect.that(
        now == before,
        f"A wrong `current` changes nothing, and something has changed: {changes(before, now)}.",
        why="Whoever finds an open laptop could do harm with it.",
        response=refused,
    )
    expect.status(
        refused, 403, why="The caller is known and may not do this.",
        known={
            401: "On a 401 the phone throws its token away and asks for a new login. The token is fine; this change is refused: 403.",
            204: "Nothing was changed, and the answer says that it was.",
        },
    )  # fmt: skip


def _is_changed(api: Client, changed: Any, before: dict[str, Any]) -> None:
    """Ana's new password works, the old one does not, and nothing else has changed."""
    expect.status(
        changed, 204, why="The current password was right.",
        known={
            403: "The right `current` was refused. What is kept is a hash, and no text equals its hash: ask `await passwords.fits(text, user.password_hash)`, with the text from `get_secret_value()`.",
            200: "There is nothing to send back: `status_code=204`, and return nothing.",
            500: "The right `current` crashes your route. Is there an `await` before `passwords.fits` and `passwords.hash`?",
        },
    )  # fmt: skip
    now = _users(api)
    kept = now["ana"]["password_hash"]
    expect.that(kept.startswith("$argon2"), "Ana's `password_hash` is not a hash any more. Keep what `passwords.hash` gives.")  # fmt: skip
    wanted = {**before, "ana": {**before["ana"], "password_hash": kept}}
    expect.that(now == wanted, f"Ana changed her password, and something else changed with it: {changes(wanted, now)}.")
    expect.equal(
        [_log_in(api, "ana", one).status_code == 200 for one in (NEW, PASSWORD)], [True, False],
        what="whether Ana gets in with the new password, and with the old one",
        why="That is what she asked for.",
        known=[([False, True], "The change was answered with 204, and only the old password works."), ([False, False], "Neither password works any more. Was the text hashed, or the stars?")],
    )  # fmt: skip


def _holds_no_secret(api: Client, text: str, where: str, why: str) -> None:
    """Neither a password that Ana sent, nor her hash or a piece of it, is in a text that others can read."""
    for word, which in SECRETS.items():
        expect.that(
            word not in text, f"{where} holds the {which}. Write down who did it, and nothing of what came in.", why=why
        )
    digest = _users(api)["ana"]["password_hash"].rsplit("$", 1)[-1]
    expect.that(
        "argon2" not in text and not any(digest[start : start + 8] in text for start in range(len(digest) - 7)),
        f"{where} holds the hash, or a piece of it. It isn't a password, but somebody can guess against it at home, without asking your login.",
        why=why,
    )


def _logs_no_secret(api: Client, lines: list[str]) -> None:
    everything = "\n".join(lines)
    _holds_no_secret(
        api, everything, "The log",
        why="Whoever reads the log, a helpdesk, a search engine of logs, a backup, can be Ana.",
    )  # fmt: skip
    expect.that(
        "eyJ" not in everything,
        "The log holds Ana's token. Until it expires, whoever reads it can be Ana. Log the id or the name, and no header.",
        why="A token in a log is as good as a password.",
    )
    expect.that(
        "@example.com" not in everything,
        "The log holds Ana's email. Log the id or the name: that says who it was, and nothing more about her.",
        why="A log is copied to more places than the table of users.",
    )


def _logs_who_changed_it(heard: _Heard, refused: _Heard) -> None:
    """The log names Ana after a change, and tells it from a refused attempt."""
    why = "When Ana asks who did it, the log is all that there is."
    named = [line for line in heard.lines if re.search(r"\b1\b|\bana\b", line)]
    news = [line for line in named if line not in refused.lines]
    expect.that(
        news or not named,
        "The log says the same for a change and for a refused attempt, so it does not tell what happened. Write the line after the change.",
        why=why,
    )
    expect.that(
        news, "The log does not say who changed the password. After the change, log the id or the name.", why=why
    )
    expect.that(
        set(news) & set(heard.logged), "The line about the change is printed. A log keeps it, with the time: `log.info(...)`.", why=why
    )  # fmt: skip
    expect.that(
        set(news) & set(heard.after),
        "The line about the change is written before the new password has a hash. If that fails, the log tells of a change that never was. Write the line after the change.",
        why=why,
    )


def _gives_nothing_away(api: Client) -> None:
    """What is said about one password is said about another."""
    current = NEWEST
    told: dict[str, list[tuple[Any, _Heard]]] = {one: [] for one in (*PAIR, "refused" + PAIR[0], "refused" + PAIR[1])}
    for one in PAIR * 3:
        told["refused" + one].append(_change(api, ANA, one[::-1], one))
        told[one].append(_change(api, ANA, current, one))
        current = one
    for kind in ("", "refused"):
        pairs = [told[kind + one] for one in PAIR]
        pairs[0], pairs[1] = pairs[0][1:], pairs[1][1:]  # the first change came from another password
        for where, texts in (
            ("The log", [["\n".join(heard.lines) for _, heard in pair] for pair in pairs]),
            ("An answer", [[f"{sorted(answer.headers.multi_items())} {answer.text}" for answer, _ in pair] for pair in pairs]),
        ):  # fmt: skip
            word = _telling(*texts)
            expect.that(
                not word,
                f"{where} gives something away: `{brief(word, 40)}` is there with one password, and with another one there is something else. "
                "Say nothing that depends on the password: no letters of it, no length and no number computed from it.",
                why="Each letter and each length saves a thief many guesses.",
            )


def _telling(one: list[str], other: list[str]) -> str:
    """A word that stands in each text about one thing, where each text about another has another word. Empty if there is none.

    A time or a random number is different each time, so it is not such a word.
    """
    # a random id may have a hyphen in it, and stays one word
    rows = [re.findall(r"[\w-]+|[^\w\s-]+", text) for text in (*one, *other)]
    for words in zip_longest(*rows, fillvalue=""):
        first, second = set(words[: len(one)]), set(words[len(one) :])
        if len(first) == len(second) == 1 and first != second:
            return str(first.pop() or second.pop())
    return ""


def _names_emil(api: Client) -> None:
    """Emil's change is logged under his name or number, and under nobody else's."""
    his, heard = _change(api, EMIL, PASSWORD, NEW)
    expect.status(his, 204, why="Emil may change his password, too.")
    expect.that(
        any(re.search(rf"\b{EMIL}\b|\bemil\b", line) for line in heard.after),
        f"Emil, user {EMIL}, changed his password, and the log names somebody else or nobody. Take the id or the name from `user`.",
        why="When Emil asks who did it, the log is all that there is.",
    )
    others = [name for name in ("ana", "ben", "carla") if any(re.search(rf"\b{name}\b", line) for line in heard.lines)]
    expect.that(
        not others,
        f"Emil changed his password, and the log names {series(map(str.capitalize, others))}, too. Take the id or the name from `user`, and name nobody else.",
        why="When Emil asks who did it, the log is all that there is.",
    )


def _asks_the_others_too(api: Client) -> None:
    """Carla, an admin, needs her password as everybody does; a short password, a stranger and Ben are refused."""
    guessed, _ = _change(api, CARLA, GUESS, NEW)
    expect.status(
        guessed, 403, why="Carla's laptop was open, too.",
        known={204: "Somebody changed Carla's password without knowing it. She is an admin, and that makes no difference: compare `current` for everybody."},
    )  # fmt: skip
    hers, _ = _change(api, CARLA, PASSWORD, NEW)
    expect.status(hers, 204, why="Carla may change her password, too.")
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
