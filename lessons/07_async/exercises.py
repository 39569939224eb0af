"""What the exercises of lesson 07 check, and the answers to its predictions. Who overlaps with whom is counted, never timed."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from unittest.mock import patch

import httpx
from fastapi import APIRouter, FastAPI

from coursekit import expect
from coursekit.exercise import client, exercise, prediction
from coursekit.timeline import Timeline, at_once

prediction(
    "7.p1",
    answer="NOT_AUTHENTICATED",
    evidence="response.json()['error_code']",
    choices=("TASK_NOT_FOUND", "NOT_AUTHENTICATED", "VALIDATION_FAILED"),
)
prediction("7.p2", answer=422, evidence="response.status_code", choices=(201, 400, 409, 422))
prediction("7.p3", answer="Ana has tea", evidence="said[1]", choices=("Ben switches the kettle on", "Ana has tea"))
prediction("7.p4", answer=10, evidence="picture.turns", choices=(1, 2, 3, 5, 10))
prediction("7.p5", answer=1, evidence="picture.turns", choices=(1, 2, 3, 5, 10))
prediction("7.p6", answer=3, evidence="picture.turns", choices=(1, 2, 3, 5, 10))
prediction("7.p7", answer=5, evidence="picture.turns", choices=(1, 2, 3, 5, 10))
prediction("7.p8", answer=17, evidence="turns['/to-thread']", choices=(1, 3, 6, 17, 40, 100))
prediction("7.p9", answer="sent", evidence="carla", choices=("sent", "not sent"))
prediction("7.p10", answer=6, evidence="picture.peak", choices=(1, 3, 6, 8))
prediction("7.p11", answer=1, evidence="list(mails.values()).count('ana@example.com')", choices=(0, 1, 2, 3))
prediction("7.p12", answer="goes on", evidence="ended[0]", choices=("stops", "goes on"))
prediction("7.p13", answer="cancelled", evidence="happened[-1]", choices=("sent", "cancelled"))
prediction("7.p14", answer="answer", evidence="first", choices=("answer", "mail"))
prediction("7.p15", answer=False, evidence="'count' in happened", choices=(True, False))
prediction("7.p16", answer=0, evidence="lent['giving_back']", choices=(0, 1, 2))
prediction("7.p17", answer=200, evidence="response.status_code", choices=(200, 404, 500))


def _all_fine(picture: Timeline, why: str, status: int = 200) -> None:
    for answer in picture.responses:
        expect.status(answer, status, why=why)


# 7.1


@exercise(
    "7.1",
    "Slow since Tuesday",
    rules=["A2"],
    hints=[
        "What runs before the handler, in each request? Is there a call in it that waits, and no `await` in front of it?",
        "`get_factor` is `async def` and asks `rates` with `ask`, which holds the loop. Section 2 names three ways out.",
        "`await rates.ask_async(...)`. Or `await asyncio.to_thread(rates.ask, ...)`. Or `def get_factor`, which FastAPI runs in a thread.",
    ],
)
def prices(prices_router: Any) -> None:
    """Four requests overlap at both services."""
    _a_router(prices_router, "prices_router")
    for currency, body in (("USD", {"bread": 2.5, "milk": 1.25}), ("EUR", {"bread": 2.0, "milk": 1.0})):
        picture = at_once(prices_router, f"/prices?currency={currency}", times=4)
        _all_fine(picture, why="The shop still shows its prices.")
        for answer in picture.responses:
            expect.body(answer, body, why="The prices stay as they were.")
        asked = [span.label for span in picture.spans]
        expect.that(
            len(asked) >= 8,
            f"Four people looked, and {len(asked)} questions were asked. Each needs a rate and the prices. Was one taken out, or is there a call of "
            "`ask_async` without `await`? Such a call asks nothing.",
            why="The rate is of today, so each request asks for it.",
        )
        expect.that(
            len(asked) == 8, f"Four people looked, and {len(asked)} questions were asked. Two for each are enough."
        )
        expect.that(
            picture.turns <= 2,
            f"Four requests came at the same moment and took {picture.turns} turns; 2 are enough, one for the rate and one for the prices. They still wait for "
            "each other: some call holds the event loop. Look at what runs before the handler, and at each call without `await`.",
            why="While one request holds the loop, nobody else is served, on no route.",
        )


def _a_router(router: Any, name: str) -> None:
    expect.that(
        isinstance(router, APIRouter), f"`{name}` should stay an `APIRouter`; now it is {expect.describe(router)}."
    )


# 7.2


def _leaves(error: BaseException) -> list[BaseException]:
    """The error, or those in a group."""
    if isinstance(error, BaseExceptionGroup):
        return [leaf for one in error.exceptions for leaf in _leaves(one)]
    return [error]


def _print(app: FastAPI, *cards: int) -> Timeline:
    orders = [f"POST /invitations?cards={number}" for number in cards]
    try:
        picture = at_once(app, *orders)
    except Exception as error:
        if not any("different event loop" in str(one) for one in _leaves(error)):
            raise
        for one in gc.get_objects():  # a doorkeeper at the top of the notebook, who was there when the learner tried
            if type(one) in (asyncio.Semaphore, asyncio.BoundedSemaphore, asyncio.Lock):
                one._loop = None
        picture = at_once(app, *orders)
    _all_fine(picture, why="Carla wants her cards.")
    for number, answer in zip(cards, picture.responses, strict=True):
        expect.body(answer, ["done"] * number, why="One `done` for each card.")
    printed = len(picture.spans)
    expect.that(
        printed == sum(cards),
        f"{sum(cards)} cards were ordered, and {printed} were printed. Each card is printed once, by `await printer.ask_async(...)`.",
    )
    return picture


@exercise(
    "7.2",
    "The printer that broke",
    rules=["A4"],
    hints=[
        "How many cards are printed at once when two people order at the same moment? Whose is the doorkeeper then?",
        "`asyncio.gather` starts all cards, `async with doorkeeper:` around each `ask_async` lets four in. One doorkeeper for the whole app: the lifespan makes it, "
        "as `open_the_door` does in this section.",
        "In the lifespan `app.state.doorkeeper = asyncio.Semaphore(4)`, `club_app = FastAPI(lifespan=...)`. In the route "
        "`doorkeeper = request.app.state.doorkeeper`, then `await asyncio.gather(*[print_card(doorkeeper, number) for number in ...])`.",
    ],
)
def invitations(club_app: Any) -> None:
    """Four cards at once, over all requests."""
    expect.that(
        isinstance(club_app, FastAPI),
        f"`club_app` should be the FastAPI application; now it is {expect.describe(club_app)}.",
    )
    alone = _print(club_app, 8)
    expect.that(
        alone.peak <= 4,
        f"One order of 8 cards, and {alone.peak} were printed at the same time. The printer takes four. A doorkeeper lets four in: `asyncio.Semaphore(4)`, "
        "and `async with` around each `ask_async`.",
        why="More than four, and the printer breaks.",
    )
    expect.that(
        alone.peak > 1,
        "The cards are still printed one after the other. An `await` in a `for` loop waits for each card before it begins the next, and `printer.ask` without `_async` "
        "holds the event loop. Start all cards with `asyncio.gather`.",
        why="With 300 cards, Carla waits 300 turns. Four at a time, it would be 75.",
    )
    expect.that(
        alone.peak == 4,
        f"At most {alone.peak} cards are printed at the same time, and the printer takes four.",
    )
    for cards in ((6, 7), (5, 5, 5)):
        several = _print(club_app, *cards)
        expect.that(
            several.peak <= 4,
            f"One order alone is bounded. {len(cards)} orders at the same moment print {several.peak} cards at once: each request has a bound of its own. The "
            "printer is one, so the app needs one doorkeeper for all requests. The lifespan is the place to make it.",
            why="More than four, and the printer breaks.",
        )


# 7.3


class _Parcels(httpx.AsyncBaseTransport):
    """The parcel service. Whoever is asked first answers last."""

    def __init__(self) -> None:
        self.inside = self.peak = self.asked = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        self.inside += 1
        self.peak = max(self.peak, self.inside)
        try:
            for _ in range(max(20, 60 - 2 * self.asked)):
                await asyncio.sleep(0)
        finally:
            self.inside -= 1
        return httpx.Response(200, json=f"parcel {request.url.path.rpartition('/')[2]} is on its way")


@contextmanager
def _own_clients(service: _Parcels) -> Iterator[list[str]]:
    """The hosts that were asked by other clients than the app's. None of them is really asked."""
    hosts: list[str] = []

    async def instead(_: Any, request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return await service.handle_async_request(request)

    def instead_blocking(_: Any, request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return httpx.Response(200, json="parcel")

    with (
        patch.object(httpx.AsyncHTTPTransport, "handle_async_request", instead),
        patch.object(httpx.HTTPTransport, "handle_request", instead_blocking),
    ):
        yield hosts


@exercise(
    "7.3",
    "Where are my parcels?",
    rules=["A1", "A4"],
    hints=[
        "Which two things cost time for each parcel, and which of them has to be done for each?",
        "The client: `request.app.state.http`, so the route needs `request: Request`. Together: `asyncio.gather`, which gives the results in the order of the questions.",
        '`asked = [client.get(f"/parcels/{number}") for number in numbers.split(",")]`, then `[answer.json() for answer in await asyncio.gather(*asked)]`.',
    ],
)
def parcels(parcels_router: Any) -> None:
    """All parcels are asked for together, with the app's client, and come in order."""
    _a_router(parcels_router, "parcels_router")
    service = _Parcels()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with httpx.AsyncClient(transport=service, base_url="http://parcels.example.com") as app.state.http:
            yield
            expect.that(
                not app.state.http.is_closed,
                "Your route has closed the client of the app: after the first request nobody can use it any more. The lifespan opens and closes it; leave out the "
                "`async with`.",
            )

    app = FastAPI(lifespan=lifespan)
    app.include_router(parcels_router)
    with _own_clients(service) as hosts:
        api = client(app)
        for numbers in (
            ["7", "3", "12", "5", "44", "1", "9", "20"],
            ["31", "30"],
            ["8"],
            ["2", "6", "4", "10", "11", "13"],
        ):
            service.asked = service.peak = 0
            expect.that(
                not getattr(app.state, "http").is_closed,
                "Your route has closed the client of the app: after the first request nobody can use it any more. The lifespan opens and closes it; leave out the "
                "`async with`.",
            )
            answer = api.get("/parcels", params={"numbers": ",".join(numbers)})
            expect.status(answer, 200, why="Carla wants to see her parcels.")
            expect.that(
                not hosts,
                f"For {len(numbers)} parcels, {len(hosts)} questions went through clients of your own, and each new client opens a new connection. The app has one "
                "client with a pool: `request.app.state.http`.",
                why="The parcel service has complained about it.",
                response=answer,
            )
            wanted = [f"parcel {number} is on its way" for number in numbers]
            got = expect.json_body(answer, why="The page shows a list.")
            expect.body(
                answer, wanted, why="The page shows the places in the order of the numbers.",
                known=[(got, "The places are right, and their order is not that of the numbers. `gather` keeps the order of the questions.")]
                if isinstance(got, list) and sorted(map(str, got)) == sorted(wanted) else (),
            )  # fmt: skip
            expect.that(
                service.asked == len(numbers),
                f"For {len(numbers)} parcels, the service was asked {service.asked} times.",
                response=answer,
            )
            expect.that(
                service.peak >= min(4, len(numbers)),
                f"{len(numbers)} parcels, and at most {service.peak} of the questions were under way at the same time. `await` in a loop waits for each answer before "
                "it asks for the next. Make all questions first, and `await asyncio.gather(...)` them together.",
                why="Carla waits for the sum of all answers.",
            )


# 7.4


class _TooMany(BaseException):
    """Nobody tries so often. No `except Exception` stops it."""


class _Pizzeria(httpx.AsyncBaseTransport):
    """Answers as its script says: a status, or an exception to raise."""

    def __init__(self, *script: Any) -> None:
        self.script = list(script)
        self.keys: list[str | None] = []
        self.bodies: list[bytes] = []
        self.asked: set[str] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.keys.append(request.headers.get("Idempotency-Key"))
        self.bodies.append(await request.aread())
        self.asked.add(f"{request.method} {request.url.path}")
        if len(self.keys) > 12:
            raise _TooMany
        step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(step, int):
            return httpx.Response(step, json=f"order {len(self.keys)}", request=request)
        raise step("nobody answers", request=request)


async def _no_pause(_: float, result: Any = None) -> Any:
    return result


@exercise(
    "7.4",
    "Four pizzas",
    rules=["A1"],
    hints=[
        "After which answers can a second attempt help? How does the service know that it is the same order?",
        "`send_mail` in this section has all of it: a `for` with `range`, the header at each attempt, `continue` after a `TransportError`, `break` after a 4xx.",
        '`for _ in range(3):`, in it `client.post(..., headers={"Idempotency-Key": key})`; `if response.is_success: return response.json()`; '
        "`if response.is_client_error: break`. After the loop `raise OrderFailed(...)`.",
    ],
)
def pizza(order_pizza: Any, OrderFailed: Any) -> None:
    """Bounded attempts, after passing faults only, always under the same key."""
    expect.that(
        isinstance(OrderFailed, type) and issubclass(OrderFailed, Exception),
        "`OrderFailed` should stay the exception class of the cell.",
    )

    def order(script: list[Any], pizza: str, key: str) -> tuple[_Pizzeria, Any]:
        shop = _Pizzeria(*script)

        async def run() -> Any:
            async with httpx.AsyncClient(transport=shop, base_url="http://pizza.example.com") as http:
                with patch("asyncio.sleep", _no_pause):
                    made = order_pizza(http, pizza, key)
                    expect.that(asyncio.iscoroutine(made), "`order_pizza` should stay an `async def`.")
                    try:
                        return await made
                    except OrderFailed:
                        return OrderFailed

        try:
            return shop, asyncio.run(run())
        except _TooMany:
            return shop, _TooMany

    def after(script: list[Any]) -> str:
        return ", then ".join(str(step) if isinstance(step, int) else f"`{step.__name__}`" for step in script)

    connect, late = httpx.ConnectError, httpx.ReadTimeout
    cases: list[tuple[list[Any], int, bool]] = [
        ([201], 1, True),
        ([200], 1, True),
        ([503, 201], 2, True),
        ([500, 502, 201], 3, True),
        ([connect, 201], 2, True),
        ([late, 503, 201], 3, True),
        ([409], 1, False),
        ([422], 1, False),
        ([503, 404], 2, False),
        ([503], 3, False),
        ([late], 3, False),
        ([connect, 503], 3, False),
    ]
    for number, (script, attempts, works) in enumerate(cases):
        name, key = f"pizza {number}", f"order-{number}-{number * 7}"
        shop, result = order(script, name, key)
        answers = after(script)
        expect.that(
            result is not _TooMany,
            f"The service answers {answers} each time, and `order_pizza` never stops trying. At most three attempts, then `raise OrderFailed(...)`."
            if len(script) == 1 or not works
            else f"After {answers}, `order_pizza` never stops trying.",
            why="A service that is down gets up sooner when not everybody calls it all the time.",
        )
        expect.that(shop.keys, "`order_pizza` asked nothing of the client that it was given.")
        expect.that(
            shop.asked == {"POST /orders"},
            f"An order is a `POST /orders`, as it was in the cell; yours asks {' and '.join(sorted(shop.asked))}.",
        )
        sent = sorted({"none" if got is None else f"`{got}`" for got in shop.keys})
        expect.that(
            all(got == key for got in shop.keys),
            f"As `Idempotency-Key`, the attempts carry {' and '.join(sent)}. The order has a key, here `{key}`, and each attempt carries the same, in a header.",
            why="By the key the service knows that it has this order already. Without it, Ben gets two pizzas.",
        )
        expect.that(
            all(name.encode() in body for body in shop.bodies),
            f"`{name}` was ordered, and the body of a request does not hold it.",
        )
        made = len(shop.keys)
        if works:
            expect.that(
                result is not OrderFailed,
                f"The service answers {answers}. Your order failed after {made} attempt{'s' * (made != 1)}. A 5xx or no answer may pass: up to three attempts.",
                why="Ben is hungry, and the service is back after a second.",
            )
            expect.equal(
                result, f"order {attempts}", what=f"what `order_pizza` returns when the service answers {answers}",
                why="The app shows it to Ben.",
            )  # fmt: skip
        else:
            expect.that(
                result is OrderFailed,
                f"The service answers {answers}, so there is no pizza. `order_pizza` returned {expect.describe(result)} instead of raising `OrderFailed`.",
                why="Whoever called it believes that a pizza is on its way.",
            )
        expect.equal(
            made, attempts, what=f"the number of attempts when the service answers {answers}",
            why="Each attempt costs Ben time, and the service strength.",
            known=[(made, f"The service answers {answers}, and you ask {made} times instead of {attempts}. A 4xx says that the order itself is wrong: the next attempt "
                    "will hear the same." if attempts < 3 else f"The service answers {answers} each time, and you ask {made} times instead of 3: at most three attempts, the first "
                    "one included.")] if made > attempts and not works else (),
        )  # fmt: skip


# 7.5


class _Stand:
    """The lesson's `Stand`."""

    def __init__(self, bicycles: int) -> None:
        self.free: asyncio.Queue[str] = asyncio.Queue()
        for number in range(1, bicycles + 1):
            self.free.put_nowait(f"bicycle {number}")

    async def take(self) -> str:
        return await self.free.get()

    def bring_back(self, bicycle: str) -> None:
        self.free.put_nowait(bicycle)


@exercise(
    "7.5",
    "The bicycles that never came back",
    rules=["A5"],
    hints=[
        "In how many ways can `await ride(bicycle)` end? Which of them does `except Exception` see?",
        "A time-out raises `CancelledError` inside of your function, and that is no `Exception`. Which part of a `try` runs in every case?",
        "`bicycle = await stand.take()`, then `try:` the ride, `finally:` `stand.bring_back(bicycle)`.",
    ],
)
def bicycles(ride_once: Any) -> None:
    """Each bicycle is back exactly once after a good ride, a fall, and a cancelled ride."""

    async def a_good_ride(bicycle: str) -> str:
        await asyncio.sleep(0)
        expect.that(
            bicycle not in free(stand),
            f"While somebody rides {bicycle}, it is at the stand already. Bring it back after the ride.",
            why="Two people would ride on the same bicycle.",
        )
        return "to the sea"

    async def a_short_ride(bicycle: str) -> str:
        return "to the baker"

    async def a_fall(bicycle: str) -> str:
        await asyncio.sleep(0)
        raise ValueError("a flat tire")

    async def a_long_ride(bicycle: str) -> str:
        await asyncio.Event().wait()
        return "never"

    async def ended(task: "asyncio.Task[Any]") -> BaseException | Any:
        try:
            return await task
        except BaseException as error:
            return error

    def free(stand: Any) -> list[str]:
        found = []
        while not stand.free.empty():
            found.append(stand.free.get_nowait())
        for bicycle in found:
            stand.free.put_nowait(bicycle)
        return sorted(found)

    def all_back(stand: Any, there: list[str], after: str) -> None:
        now = free(stand)
        missing = [bicycle for bicycle in there if bicycle not in now]
        expect.that(
            not missing,
            f"After {after}, {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not at the stand. "
            + (
                "A cancelled `await` raises `CancelledError`, which is no `Exception`: your `except` does not see it. `finally` runs in every case."
                if "cancelled" in after
                else "It has to come back however the ride ends."
            ),
            why="After three of them the stand is empty, and everybody waits for ever.",
        )
        expect.that(
            now == there,
            f"After {after}, the stand holds {len(now)} bicycles; it had {len(there)}. One was brought back twice, or was never taken.",
            why="Two people would ride on the same bicycle.",
        )

    stand = _Stand(2)

    async def run() -> None:
        there = free(stand)
        for ride, way in ((a_good_ride, "to the sea"), (a_short_ride, "to the baker")):
            got = await ended(asyncio.ensure_future(ride_once(stand, ride)))
            if isinstance(got, BaseException):
                raise got
            expect.that(
                isinstance(got, str) and got in {f"{way} with {bicycle}" for bicycle in there},
                f"A good ride should give `{way} with bicycle 1` or `2`, as before; it gave {expect.describe(got)}.",
            )
            all_back(stand, there, "a good ride")
        got = await ended(asyncio.ensure_future(ride_once(stand, a_fall)))
        all_back(stand, there, "a ride that raised an error")
        expect.that(
            isinstance(got, ValueError) and str(got) == "a flat tire",
            f"The ride raised `ValueError: a flat tire`, and `ride_once` {'gave ' + expect.describe(got) if not isinstance(got, BaseException) else 'raised ' + type(got).__name__}. "
            "Errors stay as they are.",
            why="Whoever called it does not learn of the flat tire.",
        )
        rides = [asyncio.ensure_future(ride_once(stand, a_long_ride)) for _ in range(2)]
        waiting = asyncio.ensure_future(ride_once(stand, a_good_ride))
        for _ in range(10):
            await asyncio.sleep(0)
        waiting.cancel()
        got = await ended(waiting)
        expect.that(
            isinstance(got, asyncio.CancelledError),
            f"Somebody waited for a bicycle, gave up, and was cancelled. `ride_once` ended with {type(got).__name__ if isinstance(got, BaseException) else expect.describe(got)} "
            "instead of `CancelledError`. There was no bicycle to bring back yet: `take` stands before the `try`.",
        )
        expect.that(
            free(stand) == [],
            "Somebody who waited for a bicycle was cancelled, and now the stand holds one that is under way. Bring back only what you took.",
        )
        for ride in rides:
            ride.cancel()
        for ride in rides:
            got = await ended(ride)
            expect.that(
                isinstance(got, asyncio.CancelledError),
                "A cancelled ride ended as if nothing had happened. Whoever catches `CancelledError` raises it again, otherwise the time-out outside does not work.",
            )
        all_back(stand, there, "two rides that were cancelled")

    asyncio.run(run())


# 7.6


class _Noted:
    """Notes in `happened` when a response begins."""

    def __init__(self, app: Any, happened: list[str]) -> None:
        self.app, self.happened = app, happened

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def noted(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.happened.append("answer")
            await send(message)

        await self.app(scope, receive, noted)


class _Machine:
    """The card machine: some numbers fail."""

    def __init__(self, happened: list[str], broken: dict[int, Exception]) -> None:
        self.happened, self.broken = happened, broken

    async def make_card(self, number: int) -> None:
        self.happened.append(f"card {number}")
        await asyncio.sleep(0)
        if number in self.broken:
            raise self.broken[number]

    async def play_song(self, number: int) -> None:
        self.happened.append(f"song {number}")


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _heard(name: str) -> Iterator[_Kept]:
    logger, kept = logging.getLogger(name), _Kept()
    logger.addHandler(kept)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield kept
    finally:
        logger.removeHandler(kept)
        logger.propagate = propagate


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
    """A failure is in the log with its number, and the next task runs."""
    _a_router(members_router, "members_router")
    happened: list[str] = []
    broken: dict[int, Exception] = {7: RuntimeError("out of cards"), 31: OSError("no power"), 208: KeyError("chip")}
    app = FastAPI()
    app.state.machine = _Machine(happened, broken)
    app.include_router(members_router)
    app.add_middleware(_Noted, happened=happened)
    api = client(app, raise_server_exceptions=False)
    for number in (12, 7, 31, 40, 208):
        happened.clear()
        with _heard("club") as kept:
            answer = api.post(f"/members/{number}")
        fails = number in broken
        why = f"The card machine {'fails' if fails else 'works'} for member {number}."
        expect.status(
            answer, 201, why="The member has joined, with or without a card.",
            known={500: f"{why} The failure reaches the caller: is the card made in the handler? It belongs into a background task."},
        )  # fmt: skip
        expect.that(f"card {number}" in happened, f"No card was made for member {number}.", why=why)
        expect.that(
            happened.count(f"card {number}") == 1,
            f"For member {number} the machine was asked {happened.count(f'card {number}')} times. Once is enough: who can say that the first card was not made?",
        )
        expect.that(
            happened.index("answer") < happened.index(f"card {number}"),
            "The card is made before the answer leaves, so the member waits for the machine. Keep it in a background task.",
        )
        errors = [record for record in kept.records if record.levelno >= logging.ERROR]
        if fails:
            lower = [record.levelname for record in kept.records if record.levelno < logging.ERROR]
            expect.that(
                errors,
                f"{why} "
                + (
                    f"The log `club` has a record at the level {lower[0]}; a failure that somebody must mend is an ERROR."
                    if lower
                    else "The log `club` has no record of it. A `print` and a `pass` tell nobody: `club_log.exception(...)`."
                ),
                why="Nobody knows who has no card.",
            )
            expect.that(
                len(errors) == 1,
                f"{why} The log `club` has {len(errors)} records at the level ERROR. One is asked for, so that whoever counts failures counts right.",
            )
            said = errors[0].getMessage()
            expect.that(
                str(number) in said,
                f"The record says `{said[:80]}`. It lacks the member's number, {number}.",
                why="Somebody has to bring this member a card.",
            )
        else:
            expect.that(not errors, f"{why} The log has an ERROR all the same, so nobody will believe the next one.")
        expect.that(
            f"song {number}" in happened,
            f"{why} The song was not played: a task that raises ends all tasks after it. Catch the exception, log it, and do not raise it again.",
        )


# 7.7


@exercise(
    "7.7",
    "Seven places for the work",
    rules=["A1", "A2", "A3"],
    hints=[
        "Ask of each: does the caller need the result for the answer? May it be lost in a crash? Does it wait, or does it compute?",
        "The tables of sections 2 and 6 have a line for nearly all of them. Several questions that know nothing of each other are in section 3.",
        "Two of the seven have the same place: a thread. The two mails differ in one thing: what happens if the server crashes.",
    ],
)
def seven_places(places: Any) -> None:
    """The right place for each."""
    known = ("await", "to_thread", "gather", "background", "queue", "stream")
    wanted: dict[str, tuple[str, dict[str, str]]] = {
        "hash": ("to_thread", {
            "await": "Computing cannot be awaited: nobody else answers meanwhile. In `async def` it holds the loop for a tenth of a second.",
            "background": "Ana's answer depends on the comparison, so it cannot come after the answer.",
            "queue": "Ana's answer depends on the comparison, so it cannot come after the answer.",
        }),
        "row": ("await", {
            "background": "Ana would hear 201 for a row that may never be saved.",
            "queue": "Ana would hear 201 for a row that is not there when she looks.",
            "to_thread": "Our database driver has `async`; it needs no thread.",
        }),
        "dashboard": ("gather", {
            "await": "One `await` after the other: Ana waits for the sum of four answers. They know nothing of each other.",
            "background": "Ana wants to see the answers, so they cannot come after the response.",
            "to_thread": "Threads would do it, and there are six of them for the whole server. httpx has `async`.",
        }),
        "hello": ("background", {
            "await": "Dora would wait for a mail server, and for nothing that she needs.",
            "queue": "A queue is one more program to run and to watch. A welcome mail that may be lost does not need it.",
        }),
        "invoice": ("queue", {
            "background": "A background task lives in the memory of the server. After a crash nobody knows that there was an invoice to send.",
            "await": "If the server crashes while it awaits, nobody tries again. What must happen is written down first, in a queue.",
        }),
        "archive": ("stream", {
            "await": "80,000 tasks would have to be in memory before the first byte leaves.",
            "gather": "It is one question with a long answer, not many questions.",
            "background": "Ben waits for these lines; they are the answer.",
        }),
        "driver": ("to_thread", {
            "await": "Only what is `async` can be awaited. This library holds the loop for a second each time.",
            "background": "The handler needs the answer.",
            "gather": "`gather` awaits, and this library has nothing to await.",
        }),
    }  # fmt: skip
    expect.that(isinstance(places, dict), "`places` should stay a dictionary.")
    for name, (place, mistakes) in wanted.items():
        got = places.get(name)
        expect.that(isinstance(got, str) and got != "", f"`{name}` has no place yet.")
        expect.that(got in known, f"`{name}` has the place {got!r}. The places are: {', '.join(known)}.")
        expect.that(
            got == place,
            f"`{name}`: not `{got}`. {mistakes.get(got, 'Does the caller need the result? May it be lost? Does it wait, or compute?')}",
        )
