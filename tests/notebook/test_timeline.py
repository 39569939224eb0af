"""Several requests at once: the turns are the same however busy the machine is, and the picture says the same as the text."""

import asyncio
import html
import re
import threading
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Annotated, Any
from xml.etree import ElementTree

import pytest
from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, HTTPException, Request

from coursekit.notebook import timeline
from coursekit.notebook.timeline import SlowService, Span, Timeline, at_once

service = SlowService()


def app_with(def_threads: int = 4, to_threads: int = 2) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = def_threads
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(to_threads))
        app.state.door = asyncio.Semaphore(3)
        yield
        app.state.ended = True

    app = FastAPI(lifespan=lifespan)

    @app.get("/blocking")
    async def blocking() -> str:
        return service.ask()

    @app.get("/awaiting")
    async def awaiting() -> str:
        return await service.ask_async()

    @app.get("/def")
    def plain() -> str:
        return service.ask()

    @app.get("/to-thread")
    async def to_thread() -> str:
        return await asyncio.to_thread(service.ask)

    @app.get("/door")
    async def through_the_door(request: Request) -> str:
        async with request.app.state.door:
            return await service.ask_async()

    @app.get("/two-turns")
    async def two_turns() -> str:
        return await service.ask_async(turns=2)

    @app.get("/none")
    async def none() -> None:
        return None

    return app


def starts(picture: Timeline) -> list[int]:
    return [span.start for span in sorted(picture.spans, key=lambda span: (span.request, span.start))]


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 5
    while set(threading.enumerate()) - before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/blocking", list(range(10))),
        ("/awaiting", [0] * 10),
        ("/def", [0, 0, 0, 0, 1, 1, 1, 1, 2, 2]),
        ("/to-thread", [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]),
        ("/door", [0, 0, 0, 1, 1, 1, 2, 2, 2, 3]),
    ],
)
def test_ten_requests(path: str, wanted: list[int]) -> None:
    for _ in range(5):
        picture = at_once(app_with(), path, times=10)
        assert starts(picture) == wanted
        assert picture.turns == wanted[-1] + 1
        assert picture.peak == wanted.count(0)
        assert [response.json() for response in picture.responses] == ["done"] * 10


@pytest.mark.parametrize(
    ("path", "turns", "peak"), [("/blocking", 100, 1), ("/awaiting", 1, 100), ("/def", 3, 40), ("/to-thread", 17, 6)]
)
def test_a_hundred_requests(path: str, turns: int, peak: int) -> None:
    picture = at_once(app_with(40, 6), path, times=100)
    assert (picture.turns, picture.peak) == (turns, peak)


def test_threads_that_are_slow_to_begin_and_to_end_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    wait_blocking = timeline._Run.wait_blocking

    def slowly(run: Any, turns: int) -> None:
        time.sleep(0.003 * (threading.get_ident() % 3))
        wait_blocking(run, turns)
        time.sleep(0.003 * (threading.get_ident() % 2))

    monkeypatch.setattr(timeline._Run, "wait_blocking", slowly)
    for path, turns in (("/def", 5), ("/to-thread", 10)):
        assert at_once(app_with(), path, times=20).turns == turns


def test_the_limits_are_those_of_the_app_or_the_libraries() -> None:
    router = APIRouter()

    @router.get("/def")
    def plain() -> str:
        return service.ask()

    assert at_once(router, "/def", times=45).peak == 40


def test_different_requests_and_longer_answers() -> None:
    picture = at_once(app_with(), "/two-turns", "/awaiting", "/none", "GET /awaiting")
    assert [(span.request, span.start, span.end) for span in sorted(picture.spans, key=lambda s: s.request)] == [
        (1, 0, 2),
        (2, 0, 1),
        (4, 0, 1),
    ]
    assert [response.status_code for response in picture.responses] == [200] * 4
    assert str(picture).splitlines()[2:] == ["1  ██", "2  █", "3", "4  █"]


def test_several_questions_in_one_request() -> None:
    router = APIRouter()

    @router.post("/named")
    async def named() -> list[str]:
        return [await service.ask_async("sun"), await service.ask_async("rain")]

    @router.post("/together")
    async def together() -> list[str]:
        return await asyncio.gather(*[service.ask_async() for _ in range(12)])

    assert str(at_once(router, "POST /named")).splitlines()[2:] == [" sun  █", "rain  ·█"]
    assert str(at_once(router, "POST /named", times=2)).splitlines()[2:] == [
        " 1 sun  █",
        "1 rain  ·█",
        " 2 sun  █",
        "2 rain  ·█",
    ]
    picture = at_once(router, "POST /together")
    assert (picture.turns, picture.peak) == (1, 12)
    assert str(picture).splitlines()[2:] == ["1  +"]


def test_dependencies_and_background_tasks_count_too() -> None:
    router = APIRouter()

    async def slow() -> None:
        await service.ask_async("dependency")

    @router.get("/x", dependencies=[Depends(slow)])
    async def x(background: BackgroundTasks, name: Annotated[str, Depends(lambda: "ana")]) -> str:
        background.add_task(service.ask_async, "background")
        return name

    assert [(span.label, span.start) for span in at_once(router, "/x").spans] == [("dependency", 0), ("background", 1)]


def test_workers_of_the_lifespan_and_other_executors_count_too() -> None:
    pool = ThreadPoolExecutor(3)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async def worker() -> None:
            while True:
                done = await app.state.jobs.get()
                done.set_result(await service.ask_async())

        app.state.jobs = asyncio.Queue()
        workers = [asyncio.create_task(worker()) for _ in range(2)]
        yield
        for one in workers:
            one.cancel()

    app = FastAPI(lifespan=lifespan)

    @app.get("/job")
    async def job(request: Request) -> str:
        done = asyncio.get_running_loop().create_future()
        request.app.state.jobs.put_nowait(done)
        return str(await done)

    @app.get("/pool")
    async def in_a_pool() -> str:
        return await asyncio.get_running_loop().run_in_executor(pool, service.ask)

    picture = at_once(app, "/job", times=5)
    assert (picture.turns, picture.peak) == (3, 2)
    assert {span.request for span in picture.spans} == {0}
    assert str(picture).splitlines()[2:] == ["  1", "  2", "  3", "  4", "  5", "app  22█"]
    picture = at_once(app, "/pool", times=7)
    assert (picture.turns, picture.peak) == (3, 3)
    pool.shutdown()


def test_a_wait_that_is_cancelled_ends_there() -> None:
    router = APIRouter()

    @router.get("/x")
    async def x() -> str:
        try:
            async with asyncio.timeout(0):
                await service.ask_async()
        except TimeoutError:
            return await service.ask_async("again")
        return "not cancelled"

    picture = at_once(router, "/x")
    assert picture.responses[0].json() == "done"
    assert [(span.label, span.start, span.end) for span in picture.spans] == [("", 0, 0), ("again", 0, 1)]


def test_what_a_handler_raises_is_raised_after_the_others_are_done() -> None:
    done = []
    router = APIRouter()

    @router.get("/bad")
    async def bad() -> None:
        raise LookupError("a mistake")

    @router.get("/good")
    async def good() -> None:
        await service.ask_async()
        done.append(1)

    @router.get("/refused")
    async def refused() -> None:
        raise HTTPException(409)

    with pytest.raises(LookupError, match="a mistake"):
        at_once(router, "/bad", "/good", "/good")
    assert done == [1, 1]
    assert at_once(router, "/refused").responses[0].status_code == 409


def test_the_lifespan_begins_and_ends_and_headers_are_sent() -> None:
    app = app_with()

    @app.get("/who")
    async def who(request: Request) -> str:
        return request.headers["Authorization"]

    picture = at_once(app, "/who", headers={"Authorization": "Bearer ana"})
    assert picture.responses[0].json() == "Bearer ana"
    assert app.state.ended


def test_it_works_where_a_loop_is_running() -> None:
    async def cell() -> int:
        return at_once(app_with(), "/awaiting", times=3).peak

    assert asyncio.run(cell()) == 3


def test_a_service_outside_of_at_once_says_what_to_do() -> None:
    with pytest.raises(RuntimeError, match="at_once"):
        service.ask()
    with pytest.raises(RuntimeError, match="at_once"):
        asyncio.run(service.ask_async())


def test_a_handler_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "LIMIT", 0.2)
    router = APIRouter()

    @router.get("/never")
    async def never() -> None:
        await asyncio.Event().wait()

    @router.get("/holds")
    async def holds() -> None:
        time.sleep(2)  # noqa: ASYNC251  (on purpose)

    with pytest.raises(TimeoutError):
        at_once(router, "/never")
    with pytest.raises(TimeoutError, match="holds the event loop"):
        at_once(router, "/holds")


def test_an_end_of_the_process_in_a_handler_is_not_swallowed() -> None:
    router = APIRouter()

    @router.get("/x")
    async def x() -> None:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        at_once(router, "/x")


def test_nothing_asked_is_an_empty_picture() -> None:
    picture = at_once(app_with())
    assert (picture.turns, picture.peak, picture.responses) == (0, 0, [])
    assert str(picture).startswith("0 requests, 0 turns")
    assert ElementTree.fromstring(svg(picture)) is not None


def test_many_rows_are_joined_or_left_out() -> None:
    text = str(at_once(app_with(40, 6), "/to-thread", times=100)).splitlines()
    assert text[2].split() == ["1–6", "█"]
    assert len(text) == 2 + timeline.ROWS
    assert any(line.strip() == "…" for line in text)
    assert text[-1].split()[0] == "97–100"
    assert all(len(line) < 100 for line in str(at_once(app_with(), "/blocking", times=100)).splitlines())


def svg(picture: Timeline) -> str:
    found = re.search(r"<svg.*?</svg>", picture._repr_html_(), re.DOTALL)
    assert found
    return found[0]


def test_the_picture_can_be_read_without_seeing_it() -> None:
    picture = at_once(app_with(), "/def", times=6)
    drawing = ElementTree.fromstring(svg(picture))
    space = "{http://www.w3.org/2000/svg}"
    assert drawing.get("role") == "img"
    assert drawing[0].tag == f"{space}title"
    assert drawing[0].text == "6 requests, 2 turns, at most 4 at the same time"
    assert drawing[1].text == str(picture)
    assert len(drawing.findall(f"{space}rect")) == 6
    assert len(drawing.findall(f"{space}path")) == 2, "who waits has a dashed line: not by color alone"
    assert html.escape(str(picture), quote=False) in picture._repr_html_()


def test_labels_are_escaped() -> None:
    picture = Timeline([Span(1, "<b>&", 0, 1)], [None])  # type: ignore[list-item]
    assert "<b>" not in picture._repr_html_()
    assert ElementTree.fromstring(svg(picture)) is not None


def test_what_the_lifespan_yields_is_the_state_of_each_request() -> None:
    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[dict[str, str]]:
        yield {"door": "open"}

    app = FastAPI(lifespan=life)

    @app.get("/door")
    async def door(request: Request) -> str:
        seen: str = request.state.door
        request.state.door = "closed"  # of this request only
        return seen

    assert [answer.json() for answer in at_once(app, "/door", times=2).responses] == ["open", "open"]


def test_threads_that_wait_for_each_other_are_no_threads_at_work() -> None:
    gate = threading.BoundedSemaphore(2)
    router = APIRouter()

    @router.get("/")
    async def one_of_two() -> str:
        await asyncio.to_thread(gate.acquire)
        try:
            return await service.ask_async()
        finally:
            gate.release()

    picture = at_once(router, "/", times=4)
    assert (picture.turns, picture.peak) == (2, 2)
