"""What the exercises of lesson 07 check, and the answers to its predictions. What overlaps is counted, never timed."""

import asyncio
import contextlib
import gc
import inspect
import io
import json
import logging
import re
import time
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NamedTuple
from unittest.mock import patch

import httpx
from fastapi import APIRouter, FastAPI, HTTPException

from coursekit.author import Client, NotYet, client, describe, exercise, expect, logs, prediction, responses
from coursekit.author.loops import on_a_loop
from coursekit.course.words import count, names, series
from coursekit.notebook.timeline import SlowService, Timeline, at_once

# fmt: off
prediction("7.p1", answer=422, evidence="response.status_code", choices=(201, 400, 409, 422))
prediction("7.p2", answer="Carla has tea", evidence="said[1]", choices=("Dora switches the kettle on", "Carla has tea"))
prediction("7.p3", answer=(10, 1), evidence="(turns['/blocking'], turns['/awaiting'])", choices=((10, 10), (10, 1), (1, 10), (1, 1)))
prediction("7.p4", answer=(3, 5), evidence="(turns['/plain-def'], turns['/to-thread'])", choices=((1, 1), (3, 5), (4, 2), (10, 10)))
prediction("7.p5", answer=17, evidence="turns_of_100['/to-thread']", choices=(1, 3, 6, 17, 40, 100))
prediction("7.p6", answer=6, evidence="peaks['/own-doorkeeper']", choices=(1, 3, 6, 8))
prediction("7.p7", answer=1, evidence="list(mails.values()).count('ana@example.com')", choices=(0, 1, 2, 3))
prediction("7.p8", answer="sent", evidence="carla", choices=("sent", "not sent"))
prediction("7.p9", answer="goes on", evidence="ended[0]", choices=("stops", "goes on"))
prediction("7.p10", answer="mail cancelled", evidence="happened[-1]", choices=("mail sent", "mail cancelled", "slow answer"))
prediction("7.p11", answer="answer", evidence="first", choices=("answer", "mail"))
prediction("7.p12", answer=False, evidence="'count' in happened", choices=(True, False))
prediction("7.p13", answer=200, evidence="response.status_code", choices=(200, 404, 500))
prediction("7.p14", answer=0, evidence="lent[True]", choices=(0, 1, 2))
# fmt: on


def _a_router(router: Any, name: str) -> None:
    expect.that(isinstance(router, APIRouter), f"`{name}` should stay an `APIRouter`; now it is {describe(router)}.")


async def _some_rounds(rounds: int) -> None:
    """Let everybody else on the loop go on."""
    for _ in range(rounds):
        await asyncio.sleep(0)


async def _cancelled_once(begun: Callable[[], object], task: "asyncio.Future[Any]") -> None:
    """Cancel a task as soon as what it does has begun, and give it a moment to end."""
    while not begun() and not task.done():
        await asyncio.wait({task}, timeout=0.01)
    task.cancel()
    await asyncio.wait({task}, timeout=2)


_MEANINGS = {
    r"can't be (used in 'await' expression|awaited)": "You `await` what a call has returned, and that isn't a coroutine. A call that blocks has held the loop by "
    "then; `await` in front of it changes nothing. `await` belongs before a call of an `async def`, such as `ask_async`, or before `asyncio.to_thread(...)`.",
    r"'(str|coroutine)' object is not callable|argument must be callable": "In `to_thread(call(...))` and `add_task(call(...))` the call in the parentheses is made at once, and what it returns "
    "is handed over. Hand over the function and its arguments one by one: `to_thread(function, argument)`, `add_task(function, argument)`.",
    r"unhashable type: 'list'|Task got bad yield": "`asyncio.gather` takes what it awaits as single arguments, and not a list or a generator. A list is handed over with a star: "
    "`asyncio.gather(*[...])`.",
    r"coroutine or an awaitable is required": "`asyncio.gather` awaits calls of an `async def`, and got something else. Is there an `await` inside of the brackets? Then each answer "
    "was awaited alone, before `gather` saw anything. Is it a function without `()`, or a list without a star?",
    r"is bound to a different event loop": "A doorkeeper or a lock belongs to the first event loop in which somebody waits for it, and each app that starts has a loop of its own. One "
    "at the top of the notebook outlives its loop: the next app, or the next test, gets this error. It has to be made at each start, where the app is opened.",
    r"'coroutine' object|coroutine.* not subscriptable": "Something is still a coroutine where you use it: a call of an `async def` without `await`. It has asked nothing yet.",
    r"(list|generator)('| object).*await": "You can't await a list. `await asyncio.gather(*[...])` awaits what is in it.",
    r"Cannot open a client instance more than once|client has been closed": "`async with` opens a client and closes it. That of the app is open, and the lifespan closes it. "
    "Use it without `async with`.",
    r"_GatheringFuture|await wasn't used with future": "There is no `await` in front of `asyncio.gather(...)`, so what you return isn't a list yet.",
    r"does not support the context manager protocol": "A doorkeeper of `asyncio` is passed with `async with`: whoever waits there lets others go on.",
    r"'State' object has no attribute '(\w+)'": "`request.app.state` holds what the lifespan has put there, and this name is not there.",
}
"""Patterns of what Python says about known mistakes, and what that means here."""


def _meaning(error: BaseException) -> NotYet | None:
    """The verdict for an error that is known here, or for the first such error in a group."""
    if isinstance(error, BaseExceptionGroup):
        return next(filter(None, map(_meaning, error.exceptions)), None)
    words = next((words for known, words in _MEANINGS.items() if re.search(known, str(error))), "")
    if not words:
        return None
    said = re.sub(r"( object)?( [\w.<>]+)? at 0x\w+", r"\2", str(error).splitlines()[0])
    return NotYet(f"{words} (Python says `{type(error).__name__}: {said}`.)")


@contextmanager
def _in_words() -> Iterator[None]:
    """Say what a known error means; any other goes on as it is. And say which call nobody has awaited."""
    to_thread, in_thread = asyncio.to_thread, []

    async def noting(function: Any, /, *args: Any, **kwargs: Any) -> Any:
        if inspect.iscoroutinefunction(function):
            in_thread.append(function.__qualname__.rpartition(".")[2])
        return await to_thread(function, *args, **kwargs)

    with warnings.catch_warnings(record=True) as caught, patch("asyncio.to_thread", noting):
        warnings.simplefilter("always")
        try:
            yield
        except Exception as error:
            if meaning := _meaning(error):
                raise meaning from None
            raise
        gc.collect(0)
    if in_thread:
        raise NotYet(
            f"`to_thread` got `{in_thread[0]}`, which is `async def`. The thread only makes a coroutine, and nobody awaits it: nothing has been asked. A thread is for a function "
            "that blocks; an `async def` is awaited where it stands."
        )
    for warning in caught:
        forgotten = re.search(r"coroutine '(?:.*\.)?(\w+)' was never awaited", str(warning.message))
        if forgotten:
            raise NotYet(
                f"There is a call of `{forgotten[1]}` without `await`. Such a call only makes a coroutine: nothing has been asked, and nobody waits for the answer."
            )


# 7.1

_answered: ContextVar[list[str]] = ContextVar("answered")
"""Which services have answered this request."""
_loop: ContextVar[Any] = ContextVar("loop")
"""The event loop of the app."""


class _Watched:
    """A middleware that notes, when a response begins, which services have answered its request by then."""

    def __init__(self, app: Any, noted: list[list[str]]) -> None:
        self.app, self.noted = app, noted

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        answered: list[str] = []
        _answered.set(answered)
        _loop.set(asyncio.get_running_loop())
        await self.app(scope, receive, responses.noting(send, lambda: self.noted.append(list(answered))))


@contextmanager
def _slow_rates(rates: Any) -> Iterator[list[str]]:
    """Yield the questions that held the loop. The rates take two turns, and each answer is noted for its request."""
    ask, ask_async = SlowService.ask, SlowService.ask_async
    held: list[str] = []

    def noted(service: SlowService) -> None:
        _answered.get([]).append("rates" if service is rates else "shop")

    def blocking(self: SlowService, label: str = "", turns: int = 1) -> str:
        if on_a_loop():
            held.append(label)
        said = ask(self, label, 2 if self is rates else turns)
        noted(self)
        return said

    async def awaited(self: SlowService, label: str = "", turns: int = 1) -> str:
        expect.that(
            _loop.get(None) in (None, asyncio.get_running_loop()),
            "`asyncio.run` starts a second event loop beside that of the app. What is awaited belongs to the loop of the app (a client, a pool of connections), and cannot be asked "
            "from another one. In a `def`, ask with `ask`: it runs in a thread and may block.",
        )
        said = await ask_async(self, label, 2 if self is rates else turns)
        noted(self)
        return said

    awaited.__qualname__ = ask_async.__qualname__  # as a warning names it
    with patch.object(SlowService, "ask", blocking), patch.object(SlowService, "ask_async", awaited):
        yield held


@exercise(
    "7.1",
    "Slow since Tuesday",
    rules=["A2"],
    hints=[
        "What runs before the handler, in each request? Is there a call in it that waits, and no `await` in front of it?",
        "`get_factor` is `async def` and asks `rates` with `ask`, which holds the loop. The other way to ask stands in `/awaiting`, a few cells above.",
        "In `get_factor`: `await rates.ask_async(...)`.",
    ],
)
def prices(prices_router: Any, rates: Any) -> None:
    """Four requests overlap at both services, and each of them waits for both answers."""
    _a_router(prices_router, "prices_router")
    noted: list[list[str]] = []
    app = FastAPI()
    app.include_router(prices_router)
    app.add_middleware(_Watched, noted=noted)
    dollars, euros = {"bread": 2.5, "milk": 1.25}, {"bread": 2.0, "milk": 1.0}
    asked = (("USD", dollars, "?currency=USD"), ("EUR", euros, ""), ("USD", dollars, "?currency=USD"))
    for currency, body, query in asked:  # the second time for dollars, somebody may have kept the rate
        noted.clear()
        with _in_words(), _slow_rates(rates) as held:
            picture = at_once(app, f"/prices{query}", times=4)
        for answer in picture.responses:
            expect.status(answer, 200, why="The shop still shows its prices.")
        for answer in picture.responses:
            expect.body(answer, body, why="The prices stay as they were.")
        _asks_two_questions_for_each(picture)
        _nobody_waits_for_another(picture, bool(held))
        _asks_for_its_own_currency(picture, currency, query)
        _waits_for_both_answers(noted)
    _without_a_rate_there_is_no_price(app, rates)


def _without_a_rate_there_is_no_price(app: FastAPI, rates: Any) -> None:
    """The rates do not answer, and the request fails, as before."""

    def ask(service: SlowService, label: str = "", turns: int = 1) -> str:
        if service is rates:
            raise ConnectionError("the rates do not answer")
        return "prices"

    async def ask_async(service: SlowService, label: str = "", turns: int = 1) -> str:
        return ask(service, label, turns)

    with patch.object(SlowService, "ask", ask), patch.object(SlowService, "ask_async", ask_async):
        answer = client(app, raise_server_exceptions=False).get("/prices?currency=USD")
    expect.that(
        answer.status_code >= 500,
        f"The rates did not answer, and `GET /prices?currency=USD` answered {answer.status_code}. Without today's rate there is no price: let the error out.",
        why="Somebody buys at a price that nobody knows to be right.",
        response=answer,
    )


def _asks_two_questions_for_each(picture: Timeline) -> None:
    asked = len(picture.spans)
    said = f"Four people looked, and {asked} questions were asked."
    expect.that(
        asked >= 8,
        f"{said} Each needs a rate and the prices. Was one taken out, or the answer of an earlier request kept?",
        why="Rates change, so each request asks for today's.",
    )
    expect.that(asked == 8, f"{said} Two for each are enough.")


def _nobody_waits_for_another(picture: Timeline, held: bool) -> None:
    """All four are answered after three turns. `held` says that a question held the loop."""
    if held:
        reason = "They still wait for each other: some call holds the event loop. Look at what runs before the handler, and at each call without `await`."
        why = "While one request holds the loop, nobody else is served, on any route."
    else:
        reason = "The loop is free, and yet they wait for each other: is there something that only one of them may pass at a time, such as a lock?"
        why = "The page is slow whenever many people look, as it was before."
    expect.that(
        picture.turns <= 3,
        f"Four requests came at the same moment. A rate takes two turns here, the prices one, and all four were answered after {picture.turns} turns instead of 3. {reason}",
        why=why,
    )


def _asks_for_its_own_currency(picture: Timeline, currency: str, query: str) -> None:
    other = "EUR" if currency == "USD" else "USD"
    foreign = [span.label for span in picture.spans if other in span.label and currency not in span.label]
    expect.that(
        not foreign,
        f"For `GET /prices{query}`, `rates` was asked for `{''.join(foreign[:1])}`. Ask for the currency of the page.",
        why="The rate of another currency gives wrong prices.",
    )


def _waits_for_both_answers(noted: list[list[str]]) -> None:
    """Both services have answered before a response begins. `noted` has those that have, for each response."""
    for answered in noted:
        late = [name for name in ("rates", "shop") if name not in answered]
        expect.that(
            not late,
            f"The loop is free, and the answer leaves before {names(late, last=' and ')} {'has' if len(late) == 1 else 'have'} answered. "
            "`create_task` and `add_task` start something that nobody waits for. Await it: the price depends on it.",
            why="With a question that nobody awaits, today's rate comes too late, and its failure is lost.",
        )


# 7.2


@exercise(
    "7.2",
    "Five calls, three ways",
    rules=["A1", "A2"],
    hints=[
        "Ask of each call: does it wait for somebody, or does it compute? If it waits: does its library have `async`?",
        "The list before this exercise has a line for each of the three ways. Two of the five wait with `async`, and two use a thread.",
    ],
)
def five_calls(ways: Any) -> None:
    """Choose the right way for each of five calls."""
    _choices(ways, "ways", ("await", "thread", "process"), {
        "tasks": ("await", {
            "thread": "The driver has `async`. It needs no thread, and there are few threads.",
            "process": "The handler waits for the database and computes nothing. Waiting is what `await` is for.",
        }),
        "password": ("thread", {
            "await": "Computing cannot be awaited: for a tenth of a second the loop is held, and nobody else is served.",
            "process": "A tenth of a second is soon over, and this library lets the other threads go on meanwhile: see what the list above says about it in parentheses.",
        }),
        "weather": ("await", {
            "thread": "`httpx.AsyncClient` has `async`. Threads are few, and each question would take one.",
            "process": "The handler waits for an answer and computes nothing.",
        }),
        "parcel": ("thread", {
            "await": "Only what is `async` can be awaited. This library holds the loop for a second each time.",
            "process": "It waits and computes nothing: a thread can wait as well, and costs less.",
        }),
        "film": ("process", {
            "await": "There is nothing to await: it computes, and holds the loop for two minutes.",
            "thread": "Python code in threads computes one at a time. For two minutes the film takes turns with all requests, and they are slow.",
        }),
    })  # fmt: skip


def _choices(given: Any, name: str, known: tuple[str, ...], wanted: dict[str, tuple[str, dict[str, str]]]) -> None:
    """The dictionary `name` holds the right word for each question. `wanted` has it, and a sentence for each wrong one."""
    expect.that(isinstance(given, dict), f"`{name}` should stay a dictionary; now it is {describe(given)}.")
    for one, (right, mistakes) in wanted.items():
        got = given.get(one)
        expect.that(isinstance(got, str) and got != "", f"`{one}` has no answer yet.")
        expect.that(got in known, f"`{one}` has the answer {got!r}. Choose one of: {', '.join(known)}.")
        expect.that(got == right, f"`{one}`: not `{got}`. {mistakes.get(str(got), '')}")


# 7.3


class _Parcels(httpx.AsyncBaseTransport):
    """The parcel service. An odd number takes longer than an even one."""

    def __init__(self) -> None:
        self.slow = SlowService()
        self.counted = True
        """Whether `at_once` counts the turns."""
        self.town = "Oslo"
        self.lost: set[str] = set()
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        number = request.url.path.rpartition("/")[2]
        self.asked.append(number)
        if self.counted:
            await self.slow.ask_async(f"parcel {number}", turns=1 + len(number) % 2 + int(number or 0) % 2)
        else:
            await asyncio.sleep(0)
        if number in self.lost:
            raise httpx.ConnectError("the parcel service does not answer", request=request)
        return httpx.Response(200, json=f"parcel {number} is in {self.town}", request=request)


@contextmanager
def _own_clients() -> Iterator[list[str]]:
    """Yield the hosts that other clients than the app's ask meanwhile. None of them is really asked."""
    hosts: list[str] = []

    def blocking(_: Any, request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return httpx.Response(200, json="parcel", request=request)

    async def awaited(_: Any, request: httpx.Request) -> httpx.Response:
        return blocking(_, request)

    with (
        patch.object(httpx.AsyncHTTPTransport, "handle_async_request", awaited),
        patch.object(httpx.HTTPTransport, "handle_request", blocking),
    ):
        yield hosts


def _parcels_app(router: APIRouter, service: _Parcels) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.doorkeeper = asyncio.Semaphore(4)
        async with httpx.AsyncClient(transport=service, base_url="http://parcels.example.com") as app.state.http:
            yield
            app.state.closed = app.state.http.is_closed

    app = FastAPI(lifespan=lifespan)
    app.include_router(router)
    return app


def _wrong_places(got: Any, wanted: list[str]) -> str:
    """The sentence for a list that comes from a known mistake; empty for anything else."""
    if not isinstance(got, list):
        return ""
    said = [str(one) for one in got]
    if sorted(said) == sorted(wanted):
        return "The places are right, but they aren't in the order of the numbers. `gather` keeps the order of the questions."
    if said == list(dict.fromkeys(wanted)):
        return "A number that comes twice has one place in the list. Which collection holds a number only once?"
    if said == [f'"{one}"' for one in wanted]:
        return "Each place has quotation marks of its own: it is the text of an answer. The page showed what is in its JSON."
    if [one.split(" is in ")[0] for one in said] == [one.split(" is in ")[0] for one in wanted]:
        return "These are the places of a moment ago. Parcels travel, so each page asks again."
    return ""


def _look(router: APIRouter, service: _Parcels, *pages: list[str], again: bool = True) -> Timeline:
    """Several people look at once, and each gets the places in order. `again` says that the router was in another app before."""
    app = _parcels_app(router, service)
    service.asked.clear()
    with _own_clients() as hosts, _in_words():
        picture = at_once(app, *(f"/parcels?numbers={','.join(numbers)}" for numbers in pages))
    most, least = sum(map(len, pages)), sum(len(set(numbers)) for numbers in pages)
    expect.that(
        not hosts,
        f"For {most} parcels, {len(hosts)} questions went through clients of your own, and each new client opens a new connection. The app has one client with a pool: "
        "`request.app.state.http`.",
        why="The parcel service has complained about it.",
    )
    expect.that(
        not app.state.closed,
        "Your route has closed the client of the app: after the first request nobody can use it any more. The lifespan opens and closes it; leave out the `async with`.",
    )
    for numbers, answer in zip(pages, picture.responses, strict=True):
        _has_the_places(answer, [f"parcel {number} is in {service.town}" for number in numbers], again)
    asked = len(service.asked)
    expect.that(least <= asked <= most, f"For {most} parcels, the service was asked {asked} times.")
    return picture


def _has_the_places(answer: httpx.Response, wanted: list[str], again: bool) -> None:
    other_loop = (
        "The same router worked in another app a moment before. Each app that starts has an event loop of its own. Does a doorkeeper or a lock at the top of the notebook "
        "belong to the first one? What the lifespan makes is new at each start."
    )
    known = {answer.status_code: other_loop} if again else {}
    expect.status(answer, 200, why="Carla wants to see her parcels.", known=known)
    got = expect.json_body(answer, why="The page shows a list.")
    why = "The page shows what the service says, in the order of the numbers."
    expect.body(answer, wanted, why=why, known=[(got, _wrong_places(got, wanted))])


@exercise(
    "7.3",
    "Where are my parcels?",
    rules=["A1", "A4"],
    hints=[
        "What costs time for each parcel, and which of it has to be done for each? Where does a bound stand that holds for all requests?",
        "The client and the doorkeeper are in `request.app.state`, so the route needs `request: Request`. A small `async def` asks for one parcel inside of "
        "`async with request.app.state.doorkeeper:`, as `ask_politely` does; `asyncio.gather` runs it for all.",
        "`async def find(number): async with request.app.state.doorkeeper: return (await request.app.state.http.get(...)).json()`, then "
        '`return await asyncio.gather(*[find(number) for number in numbers.split(",")])`.',
    ],
)
def parcels(parcels_router: Any) -> None:
    """Ask for all parcels together, four at a time over all requests, with the app's client, and list them in order."""
    _a_router(parcels_router, "parcels_router")
    service = _Parcels()
    eight = ["7", "3", "12", "5", "44", "1", "9", "20"]
    alone = _look(parcels_router, service, eight, again=False)
    expect.that(
        alone.peak > 1,
        "8 parcels, and at most 1 of the questions was under way at a time. An `await` in a loop waits for each answer before it asks for the next. Make all questions "
        "first, and `await asyncio.gather(...)` them together. (A doorkeeper around each of them, not around all.)",
        why="Carla waits for the sum of all answers.",
    )
    expect.that(
        alone.peak <= 4,
        f"One page with 8 parcels, and {alone.peak} questions at the same time. The service takes four. A doorkeeper lets four in, and the app has one. Each question has to pass "
        "him, and he counts it until its answer is there. If it stands around all of them, or around a `create_task`, it limits nothing.",
        why="Anybody who asks more is blocked.",
    )
    service.town = "Bern"
    for pages in (
        [["31", "30", "6", "4", "2", "8"], eight],
        [eight[:5], eight[1:6], eight[2:7]],
        [["7", "30", "7"]],
        [["8"]],
    ):
        several = _look(parcels_router, service, *pages)
        expect.that(
            several.peak <= 4,
            f"One page alone is bounded. {len(pages)} pages at the same moment ask {several.peak} questions at once: each request has a bound of its own. The service is "
            "one, so there is one doorkeeper for all requests: `request.app.state.doorkeeper`.",
            why="Anybody who asks more is blocked.",
        )
    service.counted, service.lost = False, {"13"}
    with _own_clients():
        asyncio.run(_after_failures(_parcels_app(parcels_router, service), service))


async def _after_failures(app: FastAPI, service: _Parcels) -> None:
    """A question that fails is not hidden, and leaves the door open; many pages at once do not wait for each other for ever."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        for failed in range(5):
            asked = service.asked.count("13")
            _shows_the_failure(await _page(http, "12,13,14", failed))
            asked = service.asked.count("13") - asked
            expect.that(
                asked == 1,
                f"The service did not answer the question about parcel 13, and it was asked {asked} times for one page. When a question fails, the request fails: no second try is asked for.",
                why="A service that is down gets even more questions, and Carla waits for all of them.",
            )
        usual = await http.get("/parcels")
        expect.body(
            usual,
            [f"parcel {number} is in {service.town}" for number in (1, 2, 3)],
            why="Without `numbers` the page shows the first three, as before.",
        )
        expect.status(await _page(http, "12,14", 5), 200, why="After a failure, the next page is answered as always.")
        expect.that(
            None not in await asyncio.gather(*[_page_or_none(http, "2,4,6,8,10") for _ in range(6)]),
            "Six pages were asked for at the same moment, and none is ever answered: each request holds a place at the door and waits for another. Pass the doorkeeper once for each question, "
            "and not for the request as well.",
            why="The app stands still, and no line in the log says why.",
        )


async def _page_or_none(http: httpx.AsyncClient, numbers: str) -> httpx.Response | None:
    """The page, or None when it never comes."""
    try:
        async with asyncio.timeout(1.5):  # only a page that never comes takes so long
            return await http.get("/parcels", params={"numbers": numbers})
    except TimeoutError:
        return None


async def _page(http: httpx.AsyncClient, numbers: str, failed: int) -> httpx.Response:
    """The page that is asked for after some have failed."""
    answer = await _page_or_none(http, numbers)
    if answer is None:
        raise NotYet(
            f"{failed} pages have failed, because the service did not answer. The next page is never answered: after a failure the doorkeeper's place stays taken. "
            "`async with doorkeeper:` gives it back however the question ends; `acquire` without `release` in a `finally` does not.",
            why="After four failures nobody sees a parcel any more.",
        )
    return answer


def _shows_the_failure(answer: httpx.Response) -> None:
    expect.that(
        answer.status_code >= 400,
        f"The service did not answer the question about parcel 13, and the page for 12, 13 and 14 answers {answer.status_code} with `{answer.text[:120]}`. "
        "When a question fails, the request fails: `gather` raises its error, if you let it.",
        why="Carla believes that this is all there is.",
    )
    expect.that(
        answer.status_code >= 500,
        f"The service did not answer the question about parcel 13, and the page answers {answer.status_code}. That says that Carla's request is at fault. Let the request fail as it does now: let the error out.",
        why="Carla looks for a mistake in her numbers.",
        response=answer,
    )


# 7.4


class _TooMany(BaseException):
    """Raised after more attempts than anybody makes. No `except Exception` stops it."""


class _Pizzeria(httpx.AsyncBaseTransport):
    """Answers as the script of an order says: a status, an exception to raise, or None to keep somebody waiting."""

    def __init__(self, *script: Any) -> None:
        self.script = script
        self.asked: list[tuple[str, str]] = []
        """For each request: what was asked, and the body."""
        self.keys: dict[str, list[str | None]] = {}
        """For each pizza: the keys of its attempts."""
        self.patient = False
        """Whether a request has no time-out, so that no answer is waited for without end."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = (await request.aread()).decode()
        self.asked.append((f"{request.method} {request.url.path}", body))
        self.patient |= None in request.extensions.get("timeout", {}).values()
        named = re.search(r"pizza \d+", body)
        keys = self.keys.setdefault(named[0] if named else "", [])
        keys.append(request.headers.get("Idempotency-Key"))
        await _pause(0)  # lets another order go on
        if len(keys) > 12:
            raise _TooMany
        step = self.script[min(len(keys), len(self.script)) - 1]
        if step is None:
            await asyncio.Event().wait()
        if isinstance(step, int):
            return httpx.Response(step, json=f"order {len(keys)}", request=request)
        raise step if isinstance(step, Exception) else step("nobody answers", request=request)

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=self, base_url="http://pizza.example.com")


_pause = asyncio.sleep


@contextmanager
def _no_pauses(notebook: dict[str, Any]) -> Iterator[None]:
    """No pause takes time, and one that holds the loop is refused. `notebook` holds the names in it."""
    held: list[float] = []

    async def pause(_: float, result: Any = None) -> Any:
        return result

    def blocking(seconds: float) -> None:
        if on_a_loop():  # a thread may sleep
            held.append(seconds)

    instead = {id(asyncio.sleep): pause, id(time.sleep): blocking}
    imported = {name: instead[id(one)] for name, one in notebook.items() if id(one) in instead}
    with patch("asyncio.sleep", pause), patch("time.sleep", blocking), patch.dict(notebook, imported):
        yield
    expect.that(
        not held,
        "Between two attempts, `time.sleep` holds the event loop: meanwhile nobody else is served, on any route. No pause is asked for here; where there is one, it has to be awaited.",
        why="A service that is down for a minute would stop the whole app.",
    )


class _Case(NamedTuple):
    """What the service answers (the last of it again and again), how many attempts that takes, and whether a pizza comes."""

    script: list[Any]
    attempts: int
    works: bool = False

    @property
    def answers(self) -> str:
        return ", then ".join(str(step) if isinstance(step, int) else f"`{step.__name__}`" for step in self.script)


_CASES = [
    _Case([201], 1, works=True),
    _Case([200], 1, works=True),
    _Case([503, 201], 2, works=True),
    _Case([500, 502, 201], 3, works=True),
    _Case([504, 507, 201], 3, works=True),
    _Case([httpx.ConnectError, 201], 2, works=True),
    _Case([httpx.ReadError, 201], 2, works=True),
    _Case([httpx.RemoteProtocolError, 201], 2, works=True),
    _Case([httpx.ReadTimeout, 201], 2, works=True),
    _Case([httpx.ReadTimeout, 503, 201], 3, works=True),
    _Case([429, 201], 2, works=True),
    _Case([503, 408, 201], 3, works=True),
    _Case([409], 1),
    _Case([422], 1),
    _Case([425], 1),
    _Case([503, 404], 2),
    _Case([503], 3),
    _Case([httpx.ReadTimeout], 3),
    _Case([httpx.ConnectError, 503], 3),
    _Case([429], 3),
]


@exercise(
    "7.4",
    "Four pizzas",
    rules=["A1"],
    hints=[
        "After which answers can a second attempt help? How does the service know that it is the same order?",
        "`send_mail` in this section has all of it: a `for` with `range`, the header at each attempt, `continue` after a `TransportError`, `break` after what will not pass.",
        '`for _ in range(3):`, in it `client.post(..., headers={"Idempotency-Key": key})`; `if response.is_success: return response.json()`; '
        "`if response.status_code < 500 and response.status_code not in (408, 429): break`. After the loop `raise OrderFailed(...)`.",
    ],
)
def pizza(order_pizza: Any, OrderFailed: Any) -> None:
    """Try at most three times, after faults that may pass, always under the key of the one order."""
    expect.that(
        isinstance(OrderFailed, type) and issubclass(OrderFailed, Exception),
        "`OrderFailed` should stay the exception class of the cell.",
    )

    async def order(http: httpx.AsyncClient, pizza: str, key: str) -> Any:
        """What comes of it: a value, or the exception."""
        made = order_pizza(http, pizza, key)
        expect.that(asyncio.iscoroutine(made), "`order_pizza` should stay an `async def`.")
        try:
            with _in_words():
                return await made
        except (OrderFailed, httpx.HTTPError, HTTPException, _TooMany) as error:
            return error

    async def run() -> None:
        for number, case in enumerate(_CASES):
            pizza, key = f"pizza {number}", f"order-{number}-{number * 7}"
            shop = _Pizzeria(*case.script)
            async with shop.client() as http:
                result = await order(http, pizza, key)
            _stops(result, case)
            _one_order(shop, pizza, key)
            _ends_as_it_should(result, OrderFailed, case, len(shop.asked))
            _as_many_attempts_as_help(len(shop.asked), case)
        await _two_orders(order)
        await _a_cancelled_order_ends(order_pizza)
        await _a_mistake_gets_out(order)
        await _an_unreadable_answer_is_an_answer(order)

    with _no_pauses(getattr(order_pizza, "__globals__", {})):
        asyncio.run(run())


def _stops(result: Any, case: _Case) -> None:
    expect.that(
        not isinstance(result, _TooMany),
        f"After {case.answers}, `order_pizza` never stops trying."
        if case.works and len(case.script) > 1
        else f"The service answers {case.answers} each time, and `order_pizza` never stops trying. At most three attempts, then `raise OrderFailed(...)`.",
        why="A service that is down gets up sooner when not everybody calls it all the time.",
    )


def _one_order(shop: _Pizzeria, name: str, key: str) -> None:
    """Each attempt is the same `POST`, under the order's key."""
    expect.that(shop.asked, "`order_pizza` asked nothing of the client that it was given.")
    asked = {path for path, _ in shop.asked}
    expect.that(
        asked == {"POST /orders"},
        f"An order is a `POST /orders`, as it was in the cell; yours asks {series(sorted(asked))}.",
    )
    keys = [key for keys in shop.keys.values() for key in keys]
    sent = sorted({"none" if got is None else f"`{got}`" for got in keys})
    expect.that(
        all(got == key for got in keys),
        f"As `Idempotency-Key`, the attempts carry {series(sent)}. The order has a key, here `{key}`, and each attempt carries the same, in a header.",
        why="By the key the service knows that it has this order already. Without it, Ben gets two pizzas.",
    )
    bodies = [body for _, body in shop.asked if body != json.dumps({"pizza": name}, separators=(",", ":"))]
    expect.that(
        not bodies,
        f'`{name}` was ordered, and the body of a request is `{"".join(bodies[:1])[:100]}`. As in the cell, it is the JSON object `{{"pizza": "{name}"}}`.',
    )
    expect.that(
        not shop.patient,
        "An attempt has no time-out: `timeout=None` takes away the client's own. If no answer comes, nobody ever hears of it.",
        why="Ben waits forever, and there is no second attempt.",
    )


_HUNGRY = "Ben is hungry, and the service is back after a second."


def _ends_as_it_should(result: Any, failed: type[Exception], case: _Case, made: int) -> None:
    """An order that works returns what the service answers; any other raises `OrderFailed`."""
    tries = count(made, "attempt")
    passing = "A 5xx, a 408, a 429 or a missing answer may be over in a moment: make up to three attempts."
    if isinstance(result, Exception) and not isinstance(result, failed):
        name = type(result).__name__
        if isinstance(result, httpx.TransportError):
            passing += f" `{name}` is one of the `httpx.TransportError`s: no answer came."
        expected = "There is no pizza, so whoever called it expects `OrderFailed`, and nothing else."
        unknown = "Whoever calls `order_pizza` should not need to know in which ways a service can fail."
        raise NotYet(
            f"The service answers {case.answers}. After {tries}, `order_pizza` lets `{name}` out. {passing if case.works else expected}",
            why=_HUNGRY if case.works else unknown,
        )
    if not case.works:
        expect.that(
            isinstance(result, failed),
            f"The service answers {case.answers}, so there is no pizza. `order_pizza` returned {describe(result)} instead of raising `OrderFailed`.",
            why="Whoever called it believes that a pizza is on its way.",
        )
        return
    came = made >= case.attempts
    expect.that(
        not isinstance(result, failed),
        f"The service answers {case.answers}. Your order failed after {tries}. {'The last of these answers is a success, as each 2xx is.' if came else passing}",
        why="Ben hears that there is no pizza, and one comes." if came else _HUNGRY,
    )
    what = f"what `order_pizza` returns when the service answers {case.answers}"
    expect.equal(result, f"order {case.attempts}", what=what, why="The app shows it to Ben.")


def _as_many_attempts_as_help(made: int, case: _Case) -> None:
    said = ""
    if made > case.attempts and not case.works:
        said = (
            f"The service answers {case.answers} each time, and you ask {made} times instead of 3: at most three attempts, the first one included."
            if case.attempts == 3
            else f"The service answers {case.answers}, and you ask {made} times instead of {case.attempts}. Such a 4xx says that the order itself is wrong: the next attempt will hear the same."
        )
    expect.equal(
        made,
        case.attempts,
        what=f"the number of attempts when the service answers {case.answers}",
        why="Each attempt costs Ben time, and puts more load on the service.",
        known=[(made, said)],
    )


async def _two_orders(order: Any) -> None:
    """A key belongs to one order, and the client belongs to all of them."""
    orders = {"pizza 1": "order-ben", "pizza 2": "order-dora"}
    for when in ("one after the other", "at the same moment"):
        shop = _Pizzeria(503, 201)
        async with shop.client() as http:
            if when == "at the same moment":
                await asyncio.gather(*[order(http, *one) for one in orders.items()])
            else:
                for one in orders.items():
                    await order(http, *one)
            left = http.build_request("GET", "/menu").headers.get("Idempotency-Key")
        for name, key in orders.items():
            sent = names(dict.fromkeys(shop.keys.get(name, [])), last=" and ")
            expect.that(
                set(shop.keys.get(name, [])) == {key},
                f"Ben and Dora order {when}, through the one client of the app. The attempts for `{key}` carry the key {sent}. Where do you keep the key? "
                "What is kept on the client, or anywhere else outside of this call, is shared by all orders.",
                why="The service takes an order that comes under a known key for the same order: one of the two gets no pizza.",
            )
    expect.that(
        left is None,
        f"The orders are over, and the client still sends `Idempotency-Key: {left}` with whatever is asked next. The client is shared by all; the key belongs to one order.",
        why="The next order that brings no key of its own is taken for this one.",
    )


async def _a_mistake_gets_out(order: Any) -> None:
    """A mistake in the program itself is neither tried again nor reported as a failed order."""
    mistake = TypeError("a mistake in the program")
    shop = _Pizzeria(mistake)
    async with shop.client() as http:
        try:
            result = await order(http, "pizza 5", "order-5")
        except TypeError as error:
            result = error
    made = len(shop.asked)
    ended = f"raised `{type(result).__name__}`" if isinstance(result, Exception) else f"gave {describe(result)}"
    expect.that(
        result is mistake and made == 1,
        f"There is a mistake in the program itself: `client.post` raises a `TypeError`. `order_pizza` made {count(made, 'attempt')} and {ended}. "
        "Such an error doesn't go away, and the service has nothing to do with it. Catch only what says that no answer came.",
        why="If a mistake is reported as a failed order, people look for it at the pizza service.",
    )


async def _an_unreadable_answer_is_an_answer(order: Any) -> None:
    """An answer that httpx can't read has come, so there is no second attempt. How the order ends is not asked."""
    shop = _Pizzeria(httpx.DecodingError("the answer is damaged"), 201)
    async with shop.client() as http:
        await order(http, "pizza 6", "order-6")
    expect.that(
        len(shop.asked) == 1,
        f"An answer came that httpx can't read: a `DecodingError`, which is an `httpx.HTTPError`, but not an `httpx.TransportError`. `order_pizza` made {count(len(shop.asked), 'attempt')}. "
        "Another one is asked for only when no answer comes.",
        why="The service has the order and has answered.",
    )


async def _a_cancelled_order_ends(order_pizza: Any) -> None:
    """The time is up while the service keeps Ben waiting, and the order ends there."""
    shop = _Pizzeria(None, 201)
    async with shop.client() as http:
        order = asyncio.ensure_future(order_pizza(http, "pizza 9", "order-99"))
        await _cancelled_once(lambda: shop.asked, order)
    if order.cancelled():
        return
    ended = "did not stop. Does something keep the cancellation away from the order, such as `asyncio.shield` or a task of its own?"
    if order.done():
        error = order.exception()
        raised = f"raised `{type(error).__name__}` instead of `CancelledError`"
        ended = (raised if error else "went on and ordered again") + (
            ". An `except` without a name, `except BaseException` and `except CancelledError` swallow the cancellation. Catch what can pass: `httpx.TransportError`."
        )
    order.cancel()
    raise NotYet(
        f"The service kept Ben waiting until his time was up, so the order was cancelled, as `asyncio.timeout` does it. `order_pizza` {ended}",
        why="A time-out around it does not work, and a pizza comes that nobody wants.",
    )


# 7.5

_SHARED = "Two people would ride on the same bicycle."
_EMPTY = "After three of them the stand is empty, and everybody waits forever."


class _Stand:
    """The lesson's `Stand`."""

    def __init__(self, bicycles: int) -> None:
        self.free: asyncio.Queue[str] = asyncio.Queue()
        for number in range(1, bicycles + 1):
            self.bring_back(f"bicycle {number}")

    async def take(self) -> str:
        return await self.free.get()

    def bring_back(self, bicycle: str) -> None:
        self.free.put_nowait(bicycle)


class _AnHourLater(asyncio.SelectorEventLoop):
    """A loop whose clock can be put forward, so that a time-out runs out at once."""

    ahead = 0.0

    def time(self) -> float:
        return super().time() + self.ahead


async def _an_hour() -> None:
    """Put the clock forward, and let what is due happen."""
    loop = asyncio.get_running_loop()
    if not isinstance(loop, _AnHourLater):
        raise NotYet("The ride was started in another event loop. It belongs to this one: await it here.")
    loop.ahead += 3600
    await _some_rounds(10)


async def _ended(task: "asyncio.Future[Any]") -> BaseException | Any:
    """What a task returns, or what it raises."""
    try:
        return await task
    except BaseException as error:
        return error


def _how(result: BaseException | Any) -> str:
    """How a ride ended, in words."""
    if isinstance(result, BaseException):
        return f"raised `{type(result).__name__}`"
    return f"gave {describe(result)}, as if nothing had happened"


class _Club:
    """A stand with two bicycles, and the rides that one can make."""

    def __init__(self, ride_once: Any) -> None:
        self.ride_once, self.stand = ride_once, _Stand(2)
        self.under_way: list[str] = []
        self.there = self.free()
        self.tire = ValueError("a flat tire")

    def free(self) -> list[str]:
        found = []
        while not self.stand.free.empty():
            found.append(self.stand.free.get_nowait())
        for bicycle in found:
            self.stand.bring_back(bicycle)
        return sorted(found)

    async def to_the_sea(self, bicycle: str) -> str:
        await asyncio.sleep(0)
        expect.that(
            bicycle not in self.free(),
            f"While somebody rides {bicycle}, it is at the stand already. Bring it back after the ride.",
            why=_SHARED,
        )
        return "to the sea"

    async def to_the_baker(self, bicycle: str) -> str:
        return "to the baker"

    async def around_the_lake(self, bicycle: str) -> str:
        await _an_hour()
        return "around the lake"

    async def a_fall(self, bicycle: str) -> str:
        await asyncio.sleep(0)
        raise self.tire

    async def for_ever(self, bicycle: str) -> str:
        self.under_way.append(bicycle)
        try:
            await asyncio.Event().wait()
        finally:
            self.under_way.remove(bicycle)
        return "never"

    def starts(self, ride: Any) -> "asyncio.Future[Any]":
        started: asyncio.Future[Any] = asyncio.ensure_future(self.ride_once(self.stand, ride))
        return started

    async def are_under_way(self, *rides: "asyncio.Future[Any]") -> bool:
        """Whether all of them have begun, at the latest a moment later."""
        for _ in range(30):
            if len(self.under_way) == len(rides):
                return True
            await asyncio.wait(rides, timeout=0.01)
        return False

    def all_back(self, after: str, missing: str) -> None:
        now = self.free()
        lost = [bicycle for bicycle in self.there if bicycle not in now]
        expect.that(
            not lost,
            f"After {after}, {series(lost)} {'is' if len(lost) == 1 else 'are'} not at the stand. {missing}",
            why=_EMPTY,
        )
        expect.that(
            now == self.there,
            f"After {after}, the stand holds {len(now)} bicycles; it had {len(self.there)}. One was brought back twice, or was never taken.",
            why=_SHARED,
        )


@exercise(
    "7.5",
    "The bicycles that never came back",
    rules=["A5"],
    hints=[
        "In how many ways can `await ride(bicycle)` end? Which of them does `except Exception` see?",
        "A time-out raises `CancelledError` inside your function, and that isn't an `Exception`. Which part of a `try` runs in every case?",
        "`bicycle = await stand.take()`, then `try:` the ride, `finally:` `stand.bring_back(bicycle)`.",
    ],
)
def bicycles(ride_once: Any) -> None:
    """Bring each bicycle back exactly once, after a good ride, a fall, and a cancelled ride."""

    async def run() -> None:
        club = _Club(ride_once)
        await _good_rides_and_a_fall(club)
        await _cancelled_rides(club)
        await _cancelled_anywhere(club)

    with _in_words(), asyncio.Runner(loop_factory=_AnHourLater) as runner:
        runner.run(run())


async def _good_rides_and_a_fall(club: _Club) -> None:
    """Results and errors stay, and a ride may take its time."""
    back = "It has to come back however the ride ends."
    for ride in (club.to_the_sea, club.to_the_baker, club.around_the_lake):
        got = await _ended(club.starts(ride))
        if ride == club.around_the_lake:
            expect.that(
                isinstance(got, NotYet) or not isinstance(got, BaseException),
                f"A good ride took an hour, and `ride_once` {_how(got)}. The time-out is outside already: whoever calls `ride_once` knows how long a ride may take.",
                why="The long rides, which went well, now fail.",
            )
        if isinstance(got, BaseException):
            raise got
        _was_ridden(got, ride.__name__.replace("_", " "), club.there)
        club.all_back("a good ride", back)
    got = await _ended(club.starts(club.a_fall))
    club.all_back("a ride that raised an error", back)
    expect.that(
        got is club.tire,
        f"The ride raised `ValueError: a flat tire`, and `ride_once` {_how(got)}{', a new one' * isinstance(got, ValueError)}. Errors stay as they are.",
        why="Whoever called it doesn't learn of the flat tire, or doesn't learn where it happened.",
    )


def _was_ridden(got: Any, way: str, bicycles: list[str]) -> None:
    """The result names the way and one of the bicycles."""
    forgotten = re.search(r"<coroutine object (\S+)", str(got))
    if forgotten:
        raise NotYet(
            "`take()` returned a coroutine, and nobody awaited it. So no bicycle was taken."
            if forgotten[1].endswith(".take")
            else "`ride(...)` returned a coroutine, and nobody awaited it. So nobody has ridden, and the bicycle was back at once."
        )
    expect.that(
        isinstance(got, str) and got in {f"{way} with {bicycle}" for bicycle in bicycles},
        f"A good ride should give `{way} with bicycle 1` or `2`, as before; it gave {describe(got)}.",
    )


async def _cancelled_rides(club: _Club) -> None:
    """Two rides are under way, and a third person waits for a bicycle. All three are cancelled."""
    rides = [club.starts(club.for_ever) for _ in club.there]
    expect.that(
        await club.are_under_way(*rides),
        f"Two people came for two bicycles, and {len(club.under_way)} of them ride{'s' * (len(club.under_way) == 1)}. The other waits, and not for a bicycle. Is there a lock around the whole ride?",
        why="The stand has bicycles, and nobody gets one.",
    )
    await _somebody_waits_in_vain(club)
    for ride in rides:
        ride.cancel()
    for ride in rides:
        got = await _ended(ride)
        expect.that(
            isinstance(got, asyncio.CancelledError),
            f"A ride was cancelled, and `ride_once` {_how(got)}. Whoever catches `CancelledError` raises it again, otherwise the time-out outside does not work.",
        )
    club.all_back(
        "two rides that were cancelled",
        "A cancelled `await` raises `CancelledError`, which isn't an `Exception`: an `except Exception` does not see it.",
    )
    await _some_rounds(10)
    expect.that(
        not club.under_way,
        "The rides were cancelled, and their bicycles are at the stand. But the rides go on: `asyncio.shield`, or a task that nobody cancels, keeps them under way.",
        why=_SHARED,
    )


async def _somebody_waits_in_vain(club: _Club) -> None:
    """All bicycles are under way. Whoever wants one waits as long as it takes, and can give up."""
    waiting = club.starts(club.to_the_sea)
    await _some_rounds(10)
    await _an_hour()
    if waiting.done():
        raise NotYet(
            f"Both bicycles were under way. Somebody waited an hour for one, and `ride_once` {_how(await _ended(waiting))}. `take` waits until there is one, and whoever calls "
            "`ride_once` knows how long to wait.",
            why="People who would have waited are sent home.",
        )
    waiting.cancel()
    got = await _ended(waiting)
    expect.that(
        isinstance(got, asyncio.CancelledError),
        f"Somebody waited for a bicycle, gave up, and was cancelled. `ride_once` {_how(got)}; it should end with `CancelledError`. There was no bicycle to bring back yet: "
        "`take` stands before the `try`.",
    )
    expect.that(
        club.free() == [],
        "Somebody who waited for a bicycle was cancelled, and now the stand holds one that is under way. Bring back only what you took.",
    )


async def _cancelled_anywhere(club: _Club) -> None:
    """A ride is cancelled while it cleans up, and at each `await` on the way to it."""
    hurried = club.starts(club.for_ever)
    await club.are_under_way(hurried)
    for _ in range(20):
        hurried.cancel()
        await asyncio.sleep(0)
    expect.that(
        club.free() == club.there,
        "A ride was cancelled, and cancelled again before it had cleaned up: its time was up, and then the server stopped. Its bicycle is not at the stand. An `await` "
        "stands before `bring_back`, and it was cancelled, too. Bring the bicycle back first.",
        why=_EMPTY,
    )
    for rounds in range(8):
        ride = club.starts(club.for_ever)
        await _some_rounds(rounds)
        for _ in range(5):  # once is enough, unless it is swallowed
            ride.cancel()
            await _some_rounds(10)
        club.all_back(
            "a ride that was cancelled before it had begun",
            "At each `await` the function may end. Is there one after `take`, and before what brings the bicycle back is prepared?",
        )


# 7.6


class _Noted(responses.NoteStart):
    """A middleware that notes in `happened` when a response begins, and when the request ends."""

    def __init__(self, app: Any, happened: list[str]) -> None:
        super().__init__(app, lambda: happened.append("answer"))
        self.happened = happened

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.happened.append("end")


class CardJam(Exception):
    """An error that no list of classes holds."""


class _Machine:
    """The card machine, which fails for some numbers."""

    def __init__(self) -> None:
        self.happened: list[str] = []
        self.asleep = self.slow = False
        self.broken = {
            7: RuntimeError("out of cards"),
            31: OSError("no power"),
            208: KeyError("chip"),
            9: CardJam("a card is stuck"),
        }

    async def make_card(self, number: int) -> None:
        self.happened.append(f"card {number}")
        if self.asleep:
            await asyncio.Event().wait()
        if self.slow:
            await _an_hour()
        await _some_rounds(20)
        self.happened.append(f"card {number} ended")
        if number in self.broken:
            raise self.broken[number]

    async def play_song(self, number: int) -> None:
        self.happened.append(f"song {number}")


@dataclass
class _Joining:
    """What was noted while a member joined."""

    number: int
    fault: Exception | None  # that of the card machine
    raised: list[Exception]  # what left the app
    club: list[logging.LogRecord]
    others: list[logging.LogRecord]  # those of all other logs
    printed: str
    events: list[str]  # until the request ended: what a task of nobody's does later depends on luck

    @property
    def why(self) -> str:
        return f"The card machine {'fails' if self.fault else 'works'} for member {self.number}."


_CARRIED = "Somebody has to bring this member a card."


@exercise(
    "7.6",
    "The key card that nobody missed",
    rules=["A3"],
    hints=[
        "Who can still do something about it when the task fails, after the response has left? And what does the next person need to know?",
        "`careful_mail` in this section catches what can fail and logs it. The message needs the member's number.",
        'In `make_card`: `try:` the card, `except Exception:` `club_log.exception("no key card for member %s", number)`.',
    ],
)
def key_cards(members_router: Any) -> None:
    """Log a card that fails, with the member's number, and play the welcome song all the same."""
    _a_router(members_router, "members_router")
    machine = _Machine()
    raised: list[Exception] = []
    app = FastAPI()
    app.state.machine = machine
    app.include_router(members_router)
    app.add_middleware(_Noted, happened=machine.happened)
    app.add_middleware(responses.NoteRaised, raised=raised)
    api = client(app, raise_server_exceptions=False)
    for number in (12, 7, 31, 40, 208, 9):
        joining = _joins(api, number, machine, raised)
        _one_card_after_the_answer(joining)
        _an_error_if_it_failed(joining)
        _one_song(joining)
    with (
        contextlib.redirect_stdout(io.StringIO()),
        logs.everything(),
        logs.records("club") as club,
        asyncio.Runner(loop_factory=_AnHourLater) as runner,
    ):
        runner.run(_a_slow_card_is_no_failure(app, machine, club))
        runner.run(_a_stopped_task_ends(app, machine, club))


def _joins(api: Client, number: int, machine: _Machine, raised: list[Exception]) -> _Joining:
    """A member joins, and hears 201 with or without a card."""
    machine.happened.clear()
    raised.clear()
    with (
        _in_words(),
        logs.everything() as others,
        logs.records("club") as club,
        contextlib.redirect_stdout(io.StringIO()) as printed,
    ):
        answer = api.post(f"/members/{number}")
        for error in raised:
            if "callable" in str(error):
                raise error
    events = machine.happened[: machine.happened.index("end")]
    joining = _Joining(number, machine.broken.get(number), raised, club, others, printed.getvalue(), events)
    in_handler = "The failure reaches the caller: is the card made in the handler? It belongs in a background task."
    known = {500: f"{joining.why} {in_handler}"}
    expect.status(answer, 201, why="The member has joined, with or without a card.", known=known)
    expect.body(answer, "welcome", why="The answer stays as it is: only what happens after it is to be mended.")
    return joining


def _one_card_after_the_answer(joining: _Joining) -> None:
    """The machine is asked once, after the response has begun, and the request waits for it."""
    number, events = joining.number, joining.events
    made = events.count(f"card {number}")
    expect.that(
        made,
        f"The request for member {number} was over, and no card had been begun. Was it handed to `create_task`? Such a task belongs to no request, even if you keep it in a variable: a server that stops does not wait for it.",
        why=joining.why,
    )
    expect.that(
        events.index("answer") < events.index(f"card {number}"),
        "The card is made before the answer leaves, so the member waits for the machine. Keep it in a background task.",
    )
    expect.that(
        made == 1,
        f"For member {number} the machine was asked {made} times. Once is enough: who can say that the first card was not made?",
    )
    expect.that(
        f"card {number} ended" in events,
        f"The request for member {number} was over while the machine still worked: nobody waits for the card. `create_task` makes such a task, and a server "
        "that stops does not wait for it, either. `background.add_task(...)` and `await` wait.",
    )


def _an_error_if_it_failed(joining: _Joining) -> None:
    """A failure is one ERROR in the log `club`, with the member's number. A good card is none."""
    number, why = joining.number, joining.why
    errors = [record for record in joining.club if record.levelno == logging.ERROR]
    if joining.fault is None:
        expect.that(not errors, f"{why} The log has an ERROR all the same, so nobody will believe the next one.")
        return
    if not errors:
        raise NotYet(f"{why} {_no_error(joining)}", why="Nobody knows who has no card.")
    expect.that(
        len(errors) == 1,
        f"{why} The log `club` has {len(errors)} records at the level ERROR. One is asked for, so that anybody who counts failures gets the right number.",
    )
    said = logs.message(errors[0], why=_CARRIED)
    expect.that(
        str(number) in said, f"The record says `{said[:80]}`. It lacks the member's number, {number}.", why=_CARRIED
    )


def _no_error(joining: _Joining) -> str:
    """Why the log `club` has no ERROR about a card that failed."""
    number, printed = str(joining.number), joining.printed
    if joining.club:
        level = joining.club[0].levelname
        urgent = "CRITICAL is for one that stops the whole app"
        fitting = urgent if level == "CRITICAL" else "who looks for failures looks for those"
        return f"The log `club` has a record at the level {level}; a failure that somebody must mend is an ERROR, and {fitting}."
    failures = [record for record in joining.others if record.levelno >= logging.ERROR]
    elsewhere = [record.name for record in failures if number in logs.message(record, why=_CARRIED)]
    if elsewhere:
        return f"The record stands in the log `{elsewhere[0]}`, and the log `club` has no record of it. Its logger is `club_log`."
    if joining.raised:
        return (
            f"Nobody catches its `{type(joining.fault).__name__}`: it leaves the task and ends in a traceback, without the member's number, and the log `club` has no record of it. "
            "It is raised inside of the task (around `add_task` a `try` sees nothing), and the next card may fail with any other error."
        )
    if number in printed or "ERROR" in printed:
        return "You catch it and `print` it. Nobody reads what a server prints, and the log `club` has no record of it: `club_log.exception(...)`."
    return "The failure is caught, or collected by `gather`, and dropped there: the log `club` has no record of it. Write one where you catch it: `club_log.exception(...)`."


def _one_song(joining: _Joining) -> None:
    """The welcome song is played once, whatever became of the card."""
    played = joining.events.count(f"song {joining.number}")
    if not joining.fault:
        missing = "Is its task still added?"
    elif joining.raised:
        missing = "The failure is in the log, and then it is raised again: a task that raises ends all tasks after it. Once you have dealt with a failure, don't raise it again."
    else:
        missing = "When the card works, it is played. Which line plays it? When an `await` raises, the rest of its `try` is skipped."
    expect.that(played, f"{joining.why} The song was not played. {missing}")
    expect.that(
        played == 1,
        f"{joining.why} The song was played {played} times. It has a task of its own already; who else plays it?",
        why="A member who hears two songs asks whether there are two cards.",
    )


async def _a_slow_card_is_no_failure(app: FastAPI, machine: _Machine, club: list[logging.LogRecord]) -> None:
    """A card that takes an hour and is made then leaves no ERROR."""
    machine.slow = True
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http:
        await http.post("/members/49")
    machine.slow = False
    errors = [record for record in club if record.levelno >= logging.ERROR]
    expect.that(
        not errors and "card 49 ended" in machine.happened,
        "The machine needed an hour for a card, and your task gave up before. No time-out is asked for: a slow card isn't a failure.",
        why="The member has no card, or two: somebody brings one, and the machine makes one.",
    )


async def _a_stopped_task_ends(app: FastAPI, machine: _Machine, club: list[logging.LogRecord]) -> None:
    """The server stops while a card is made. The task ends there, and that is no failure."""
    machine.asleep = True
    machine.happened.clear()
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        request = asyncio.ensure_future(http.post("/members/50"))
        await _cancelled_once(lambda: "card 50" in machine.happened, request)
        expect.that(
            request.cancelled(),
            "The server stopped while a card was made, so the task was cancelled, and it went on as if nothing had happened. `except BaseException`, an `except` without a "
            "name and `except CancelledError` swallow the cancellation. `except Exception` lets it pass.",
            why="A server that stops waits for tasks that do not end.",
        )
    expect.that(
        not any(record.levelno >= logging.ERROR for record in club),
        "The server stopped while a card was made, and the log `club` has an ERROR about it. A cancelled card isn't a failure: catch `Exception`, which a cancellation isn't.",
        why="At each restart somebody looks for a fault that isn't there.",
    )


# 7.7


@exercise(
    "7.7",
    "Five places for the work",
    rules=["A1", "A3"],
    hints=[
        "Ask of each: does the caller need the result for the answer? May it be lost in a crash? Is it one thing, or several?",
        "The table at the end of section 6 has a line for three of them. The two mails differ in one thing: what happens if the server crashes.",
    ],
)
def five_places(places: Any) -> None:
    """Choose the right place for each of five pieces of work."""
    after = "Ana wants to see the answers, so they cannot come after the response."
    _choices(places, "places", ("handler", "gather", "background", "queue", "stream"), {
        "row": ("handler", {
            "background": "Ana would hear 201 for a row that may never be saved.",
            "queue": "Ana would hear 201 for a row that is not there when she looks.",
            "gather": "It is one thing to wait for, and `gather` is for several.",
            "stream": "The answer is one row, not many pieces.",
        }),
        "dashboard": ("gather", {
            "handler": "One `await` after the other: Ana waits for the sum of four answers. They know nothing of each other.",
            "background": after,
            "queue": after,
            "stream": "Four questions can be asked together; then the page is one answer.",
        }),
        "hello": ("background", {
            "handler": "Dora would wait for a mail server, and for nothing that she needs.",
            "gather": "Dora would wait for a mail server, and for nothing that she needs.",
            "queue": "A queue is one more program to run and to watch. A welcome mail that may be lost does not need it.",
            "stream": "A mail isn't part of the answer.",
        }),
        "invoice": ("queue", {
            "background": "A background task lives in the memory of the server. After a crash nobody knows that there was an invoice to send.",
            "handler": "If the server crashes while it awaits, nobody tries again. What must happen has to be written down somewhere before it is tried.",
            "gather": "If the server crashes while it awaits, nobody tries again. What must happen has to be written down somewhere before it is tried.",
            "stream": "An invoice by mail isn't part of the answer.",
        }),
        "archive": ("stream", {
            "handler": "80,000 tasks would have to be in memory before the first byte leaves.",
            "gather": "It is one question with a long answer, not many questions.",
            "background": "Ben waits for these lines; they are the answer.",
            "queue": "Ben waits for these lines; they are the answer.",
        }),
    })  # fmt: skip
