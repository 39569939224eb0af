"""`at_once`: sends several requests at the same time, and draws a picture of when each of them waited.

Time is counted in turns: a `SlowService` takes one turn to answer. A turn ends when nothing in the app can go on, not after a certain time, so the
picture is the same on a slow machine, a fast machine and a busy one.
"""

import asyncio
import contextlib
import contextvars
import html
import itertools
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coursekit.compat import threads_of
from coursekit.course.render import block, sentence
from coursekit.course.words import count

if TYPE_CHECKING:
    import httpx

LIMIT = 20.0
"""How many seconds `at_once` waits before it gives up."""
ROWS = 12
"""How many rows a picture has. If there are more, some in the middle are left out."""

_QUIET_ROUNDS = 50
"""After so many rounds of the event loop in which nothing happened, nothing will happen by itself."""
_LONGEST_ROW = 60


@dataclass(frozen=True)
class Span:
    """One wait for a `SlowService`."""

    request: int
    """The number of the request that waited, beginning with 1, or 0 for what the lifespan has started."""
    label: str
    """The label that was given to `ask` or `ask_async`, or an empty string."""
    start: int
    end: int
    """When the wait began and ended, in turns since the requests were sent."""


@dataclass
class Timeline:
    """When each of several requests waited. A notebook displays it as a picture; `print` shows the same as text."""

    spans: list[Span] = field(default_factory=list)
    responses: "list[httpx.Response]" = field(default_factory=list)
    """The responses, in the order of the requests."""

    @property
    def turns(self) -> int:
        """How many turns passed until the last wait was over."""
        return max((span.end for span in self.spans), default=0)

    @property
    def peak(self) -> int:
        """The largest number of waits at the same time."""
        return max((sum(span.start <= turn < span.end for span in self.spans) for turn in range(self.turns)), default=0)

    def __str__(self) -> str:
        rows = self._rows()
        width = max((len(label) for label, _ in rows), default=0)
        lines = [f"{label.rjust(width)}  {_text(counts)}" if counts else label.rjust(width) for label, counts in rows]
        return "\n".join([self._summary(), "", *lines])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return (
            f"<div>{sentence(self._summary())}</div>{_svg(self._summary(), str(self), self._rows())}"
            f"<details><summary>The same as text</summary>{block(str(self))}</details>"
        )

    def _summary(self) -> str:
        how_many = count(len(self.responses), "request")
        return f"{how_many}, {count(self.turns, 'turn')}, at most {self.peak} at the same time"

    def _rows(self) -> list[tuple[str, list[int]]]:
        """The rows of the picture: a label, and for each turn the number of waits. If there are many, equal neighbors become one row."""
        rows: dict[tuple[int, str], list[int]] = {(number, ""): [] for number in range(1, len(self.responses) + 1)}
        for span in sorted(self.spans, key=lambda one: (one.request, one.start)):
            counts = rows.setdefault((span.request, span.label), [])
            counts.extend([0] * (span.end - len(counts)))
            for turn in range(span.start, span.end):
                counts[turn] += 1
        named = {number for number, label in rows if label}
        shown = [(key, counts) for key, counts in rows.items() if key[1] or counts or key[0] not in named]
        if len(shown) <= ROWS:
            return [(_label(key, len(self.responses)), counts) for key, counts in shown]
        groups = [list(group) for _, group in itertools.groupby(shown, key=lambda row: (row[0][1], row[1]))]
        joined = [(_range([key for key, _ in group], len(self.responses)), group[0][1]) for group in groups]
        if len(joined) <= ROWS:
            return joined
        return [*joined[: ROWS - 3], ("…", []), *joined[-2:]]


class SlowService:
    """Stands for something slow outside the app, such as a mail server, a weather service or a database. Works only under `at_once`."""

    def ask(self, label: str = "", turns: int = 1) -> str:
        """Wait for an answer and block the thread meanwhile, as `time.sleep` or a driver without `async` does.

        Args:
            label: a name for the row in the picture.
            turns: how many turns the answer takes.

        Raises:
            RuntimeError: nobody counts the turns, because the call did not come through `at_once`.
        """
        run, number = _current_request()
        with run.span(number, label):
            run.wait_blocking(turns)
        return "done"

    async def ask_async(self, label: str = "", turns: int = 1) -> str:
        """Wait for an answer and let other requests go on meanwhile, as `asyncio.sleep` or httpx's `AsyncClient` does.

        Args:
            label: a name for the row in the picture.
            turns: how many turns the answer takes.

        Raises:
            RuntimeError: nobody counts the turns, because the call did not come through `at_once`.
        """
        run, number = _current_request()
        with run.span(number, label):
            await run.wait_async(turns)
        return "done"


def at_once(app: Any, *requests: str, times: int = 1, headers: dict[str, str] | None = None) -> Timeline:
    """Send requests to an app at the same moment, and return when each of them waited for a `SlowService`.

    The app runs without a network, with its lifespan, on an event loop of its own. If requests also wait for something else, such as a
    database or a socket, the picture may differ from run to run.

    Args:
        app: a FastAPI application or an APIRouter.
        requests: the requests, such as `/tasks` or `POST /tasks`.
        times: how often the list of requests is sent.
        headers: headers that are sent with each request.

    Raises:
        Exception: a route raised it, and no exception handler caught it. The other requests are finished first.
        TimeoutError: the requests took more than 20 seconds.
    """
    run = _Run()
    ends: list[BaseException] = []

    def work() -> None:
        try:
            with asyncio.Runner(loop_factory=_CountingLoop) as runner:
                runner.run(run.all_of(_as_app(app), list(requests) * times, headers or {}))
        except BaseException as error:  # SystemExit too: a thread would swallow it
            ends.append(error)

    thread = threading.Thread(target=work, daemon=True, name="course-at-once")
    thread.start()
    thread.join(LIMIT + 1)
    if thread.is_alive():
        raise TimeoutError(f"The requests were not answered within {LIMIT:g} seconds: something holds the event loop.")
    if ends:
        raise ends[0]
    return run.timeline


def _as_app(app: Any) -> Any:
    from fastapi import APIRouter, FastAPI

    if isinstance(app, FastAPI) or not isinstance(app, APIRouter):
        return app
    whole = FastAPI()
    whole.include_router(app)
    return whole


class _CountingLoop(asyncio.SelectorEventLoop):
    """An event loop that counts the threads that work for it. All of its methods are called in its own thread."""

    def __init__(self) -> None:
        super().__init__()
        self._unfinished: dict[ThreadPoolExecutor, int] = {}
        """For each thread pool, the number of calls that it was given and has not finished."""
        self.busy_threads: set[int] = set()
        """The ids of the threads that are working on a call."""
        self._pool = ThreadPoolExecutor()
        self.set_default_executor(self._pool)

    def set_default_executor(self, executor: ThreadPoolExecutor) -> None:  # type: ignore[override]
        """Use another thread pool. An app calls this to get another number of threads for `asyncio.to_thread`."""
        self._pool = executor
        super().set_default_executor(executor)

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """Run a function in a thread pool, and count it. `asyncio.to_thread` and others call this."""
        pool = executor or self._pool
        self._unfinished[pool] = self._unfinished.get(pool, 0) + 1
        known = contextvars.copy_context()  # tells the thread which request it is working for

        def call() -> Any:
            self.busy_threads.add(threading.get_ident())
            try:
                return known.run(func, *args)
            finally:
                self.busy_threads.discard(threading.get_ident())

        future = super().run_in_executor(executor, call)
        future.add_done_callback(lambda _: self._call_finished(pool))
        return future

    def _call_finished(self, pool: ThreadPoolExecutor) -> None:
        self._unfinished[pool] -= 1

    @property
    def working_threads(self) -> int:
        """The number of threads that have a call to work on. A pool with more calls than threads counts with all of its threads."""
        return sum(min(handed, threads_of(pool)) for pool, handed in self._unfinished.items())


class _Run:
    """One call of `at_once`: counts its turns, and wakes whatever has waited long enough."""

    def __init__(self) -> None:
        self.timeline = Timeline()
        self._turn = 0
        self._lock = threading.RLock()
        self._waiting: list[tuple[int, Callable[[], None]]] = []
        """For each wait, the turn when it is over and the function that ends it."""
        self._blocked_waits = 0
        """The number of waits that block a thread."""
        self._blocked_threads: set[int] = set()
        """The ids of the blocked threads. A thread stays here until it has really woken up."""
        self._changes = 0
        """Grows when a wait begins or ends."""

    @contextlib.contextmanager
    def span(self, request: int, label: str) -> Iterator[None]:
        """Record a wait from the beginning to the end of the block."""
        start = self._turn
        self._changes += 1
        try:
            yield
        finally:
            self._changes += 1
            with self._lock:
                self.timeline.spans.append(Span(request, label, start, self._turn))

    def wait_blocking(self, turns: int) -> None:
        """Wait and block the thread. On the event loop's own thread, the turns pass at once, because nothing else can go on."""
        with contextlib.suppress(RuntimeError):
            asyncio.get_running_loop()
            self._advance_to(self._turn + turns)
            return
        over = threading.Event()

        def wake() -> None:
            self._blocked_waits -= 1
            over.set()

        with self._lock:
            self._blocked_waits += 1
            self._blocked_threads.add(threading.get_ident())
            self._waiting.append((self._turn + turns, wake))
        over.wait()
        self._blocked_threads.discard(threading.get_ident())  # not in `wake`, because a thread may be slow to wake up

    async def wait_async(self, turns: int) -> None:
        """Wait and let other tasks go on."""
        loop = asyncio.get_running_loop()
        over = loop.create_future()

        def wake() -> None:
            if not over.done():
                over.set_result(None)

        waiting = (self._turn + turns, wake)
        with self._lock:
            self._waiting.append(waiting)
        try:
            await over
        finally:
            with self._lock, contextlib.suppress(ValueError):
                self._waiting.remove(waiting)

    def _advance_to(self, turn: int) -> None:
        with self._lock:
            self._turn = turn
            for waiting in [one for one in self._waiting if one[0] <= turn]:
                self._waiting.remove(waiting)
                waiting[1]()

    async def all_of(self, app: Any, requests: list[str], headers: dict[str, str]) -> None:
        """Send the requests together and wait for all the responses.

        Raises:
            Exception: what the app raised for a request.
            TimeoutError: the requests took too long.
        """
        import httpx

        async def send(number: int, request: str) -> httpx.Response:
            _current_run.set((self, number))
            method, _, path = request.rpartition(" ")
            return await client.request(method or "GET", path, headers=headers)

        context = getattr(getattr(app, "router", None), "lifespan_context", None)
        _current_run.set((self, 0))  # 0 stands for what the lifespan starts
        async with contextlib.AsyncExitStack() as stack:
            state: dict[str, Any] = {}
            if context is not None:
                state = dict(await stack.enter_async_context(context(app)) or {})

            async def as_served(scope: Any, receive: Any, send_event: Any) -> None:
                # a copy for each request, as a server does
                await app({**scope, "state": dict(state)}, receive, send_event)

            transport = httpx.ASGITransport(as_served)
            client = await stack.enter_async_context(
                httpx.AsyncClient(transport=transport, base_url="http://testserver")
            )
            counting = asyncio.create_task(self._count_turns())
            try:
                async with asyncio.timeout(LIMIT):
                    sent: list[Coroutine[Any, Any, httpx.Response]] = [
                        send(number, request) for number, request in enumerate(requests, 1)
                    ]
                    answers = await asyncio.gather(*sent, return_exceptions=True)
            finally:
                counting.cancel()
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer
            self.timeline.responses.append(answer)

    async def _count_turns(self) -> None:
        """End a turn whenever nothing can go on: no thread is working, and the event loop has nothing to do."""
        from anyio.to_thread import current_default_thread_limiter

        loop = asyncio.get_running_loop()
        assert isinstance(loop, _CountingLoop)
        limiter = current_default_thread_limiter()
        quiet, before = 0, 0
        while True:
            at_work = limiter.borrowed_tokens + loop.working_threads - self._blocked_waits
            stuck = _waiting_for_another(loop.busy_threads - self._blocked_threads) if at_work else 0
            at_work -= stuck
            quiet = 0 if at_work or self._changes != before else quiet + 1
            before = self._changes
            if quiet >= _QUIET_ROUNDS and self._waiting:
                self._advance_to(min(end for end, _ in self._waiting))
                quiet = 0
            await asyncio.sleep(0.0005 if at_work or stuck or quiet > _QUIET_ROUNDS else 0)


def _waiting_for_another(threads: set[int]) -> int:
    """How many of the threads wait for another thread, such as at a `threading.Semaphore`."""
    frames = sys._current_frames()
    return sum(thread in frames and frames[thread].f_code.co_filename == threading.__file__ for thread in threads)


_current_run: contextvars.ContextVar[tuple[_Run, int]] = contextvars.ContextVar("course_at_once")


def _current_request() -> tuple[_Run, int]:
    try:
        return _current_run.get()
    except LookupError:
        raise RuntimeError("A SlowService counts turns under `at_once`: call the route with it.") from None


def _label(key: tuple[int, str], requests: int) -> str:
    number, label = key
    if not number:
        return label or "app"
    if not label:
        return str(number)
    return label if requests == 1 else f"{number} {label}"


def _range(keys: list[tuple[int, str]], requests: int) -> str:
    first, last = keys[0], keys[-1]
    if first == last or not first[0]:
        return _label(first, requests)
    return f"{first[0]}–{last[0]}" + (f" {first[1]}" if first[1] else "")


def _text(counts: list[int]) -> str:
    """A row as text: `·` is a turn in line, `█` is a turn with the service, and a digit is several waits at once."""
    signs = ["·" if count == 0 else "█" if count == 1 else str(count) if count <= 9 else "+" for count in counts]
    if len(signs) > _LONGEST_ROW:
        cut = len(signs) - _LONGEST_ROW + 8
        signs = [*signs[:4], f" …{cut} more… ", *signs[4 + cut :]]
    return "".join(signs)


def _svg(title: str, description: str, rows: list[tuple[str, list[int]]]) -> str:
    """The rows as a picture: a dashed line is a turn in line, and a filled bar is a turn with the service."""
    turns = max((len(counts) for _, counts in rows), default=0)
    left = 12 + 7 * max((len(label) for label, _ in rows), default=0)
    step = min(40, max(5, 560 // max(turns, 1)))
    height = 22 * len(rows) + 24
    parts = [
        f'<svg role="img" xmlns="http://www.w3.org/2000/svg" width="{left + step * turns + 10}" height="{height}" '
        'style="color:var(--jp-content-font-color1,#333);font:12px sans-serif">',
        f"<title>{html.escape(title)}</title><desc>{html.escape(description)}</desc>",
    ]
    for row, (label, counts) in enumerate(rows):
        top = 22 * row + 4
        parts.append(
            f'<text x="{left - 6}" y="{top + 13}" text-anchor="end" fill="currentColor">{html.escape(label)}</text>'
        )
        for busy, group in itertools.groupby(enumerate(counts), key=lambda one: one[1]):
            places = [place for place, _ in group]
            x, width = left + step * places[0], step * len(places)
            if busy:
                parts.append(
                    f'<rect x="{x + 1}" y="{top}" width="{width - 2}" height="17" fill="#1f77b4" stroke="currentColor"/>'
                )
            else:
                parts.append(
                    f'<path d="M{x} {top + 9}h{width}" stroke="currentColor" stroke-dasharray="2 4" fill="none"/>'
                )
            if busy > 1:
                parts.append(
                    f'<text x="{x + width / 2:g}" y="{top + 13}" text-anchor="middle" fill="#fff">{busy}</text>'
                )
    parts.append(f'<text x="{left}" y="{height - 6}" fill="currentColor">turns →</text></svg>')
    return "".join(parts)
