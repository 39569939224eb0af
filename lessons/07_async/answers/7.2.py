
# %% right: a semaphore at the top of the cell
printer = SlowService()
club_router = APIRouter()
door = asyncio.Semaphore(4)


async def one_card(number: int) -> str:
    async with door:
        return await printer.ask_async(f"card {number}")


@club_router.post("/invitations")
async def print_cards(cards: int) -> list[str]:
    return await asyncio.gather(*(one_card(number) for number in range(1, cards + 1)))


club_app = FastAPI()
club_app.include_router(club_router)


# %% right: tasks in a group, the semaphore in app.state without a lifespan
printer = SlowService()
club_app = FastAPI()
club_app.state.door = asyncio.Semaphore(4)


@club_app.post("/invitations")
async def print_cards(cards: int, request: Request):
    async def one_card():
        async with request.app.state.door:
            return await printer.ask_async()

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one_card()) for _ in range(cards)]
    return [task.result() for task in tasks]


# %% right: four threads
printer = SlowService()
four = ThreadPoolExecutor(4)
club_app = FastAPI()


@asynccontextmanager
async def four_threads(app: FastAPI) -> AsyncIterator[None]:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(4))
    yield


club_app = FastAPI(lifespan=four_threads)


@club_app.post("/invitations")
async def print_cards(cards: int) -> list[str]:
    return await asyncio.gather(*[asyncio.to_thread(printer.ask, f"card {n}") for n in range(cards)])


# %% right: one semaphore from a cached dependency
from functools import cache

printer = SlowService()
club_router = APIRouter()


@cache
def get_door() -> asyncio.Semaphore:
    return asyncio.Semaphore(4)


@club_router.post("/invitations")
async def print_cards(cards: int, door: Annotated[asyncio.Semaphore, Depends(get_door)]) -> list[str]:
    async def one_card(number: int) -> str:
        async with door:
            return await printer.ask_async(f"card {number}")

    return await asyncio.gather(*[one_card(number) for number in range(cards)])


club_app = FastAPI()
club_app.include_router(club_router)


# %% right: four workers and a queue
printer = SlowService()


@asynccontextmanager
async def four_workers(app: FastAPI) -> AsyncIterator[None]:
    async def worker() -> None:
        while True:
            number, done = await app.state.cards.get()
            done.set_result(await printer.ask_async(f"card {number}"))

    app.state.cards = asyncio.Queue()
    workers = [asyncio.create_task(worker()) for _ in range(4)]
    yield
    for one in workers:
        one.cancel()


club_app = FastAPI(lifespan=four_workers)


@club_app.post("/invitations")
async def print_cards(cards: int, request: Request) -> list[str]:
    printed = []
    for number in range(cards):
        done = asyncio.get_running_loop().create_future()
        request.app.state.cards.put_nowait((number, done))
        printed.append(done)
    return await asyncio.gather(*printed)


# %% wrong: together, and each call holds the loop
# says: `printer.ask` without `_async` holds the event loop
printer = SlowService()
club_router = APIRouter()
door = asyncio.Semaphore(4)


@club_router.post("/invitations")
async def print_cards(cards: int) -> list[str]:
    async def one_card(number: int) -> str:
        async with door:
            return printer.ask(f"card {number}")

    return await asyncio.gather(*[one_card(n) for n in range(cards)])


club_app = FastAPI()
club_app.include_router(club_router)


# %% wrong: all at once
# says: a doorkeeper lets four in
printer = SlowService()
club_router = APIRouter()


@club_router.post("/invitations")
async def print_cards(cards: int) -> list[str]:
    return await asyncio.gather(*[printer.ask_async(f"card {n}") for n in range(cards)])


club_app = FastAPI()
club_app.include_router(club_router)


# %% wrong: a doorkeeper for each request
# says: each request has a bound of its own
printer = SlowService()
club_router = APIRouter()


@club_router.post("/invitations")
async def print_cards(cards: int) -> list[str]:
    door = asyncio.Semaphore(4)

    async def one_card(number: int) -> str:
        async with door:
            return await printer.ask_async(f"card {number}")

    return await asyncio.gather(*[one_card(n) for n in range(cards)])


club_app = FastAPI()
club_app.include_router(club_router)


# %% wrong: four by four, in each request
# says: each request has a bound of its own
printer = SlowService()
club_router = APIRouter()


@club_router.post("/invitations")
async def print_cards(cards: int) -> list[str]:
    done = []
    for first in range(0, cards, 4):
        batch = range(first, min(first + 4, cards))
        done += await asyncio.gather(*[printer.ask_async(f"card {n}") for n in batch])
    return done


club_app = FastAPI()
club_app.include_router(club_router)


# %% wrong: still one after the other, behind a doorkeeper
# says: one after the other
printer = SlowService()
club_router = APIRouter()
door = asyncio.Semaphore(4)


@club_router.post("/invitations")
async def print_cards(cards: int) -> list[str]:
    done = []
    for number in range(cards):
        async with door:
            done.append(await printer.ask_async(f"card {number}"))
    return done


club_app = FastAPI()
club_app.include_router(club_router)


# %% wrong: the doorkeeper stands at the entrance of the request
# says: the printer takes four
printer = SlowService()
club_router = APIRouter()
door = asyncio.Semaphore(4)


@club_router.post("/invitations")
async def print_cards(cards: int) -> list[str]:
    async with door:
        return await asyncio.gather(*[printer.ask_async(f"card {n}") for n in range(cards)])


club_app = FastAPI()
club_app.include_router(club_router)


# %% right: four at a time, and one order after the other
printer = SlowService()
club_router = APIRouter()
one_order = asyncio.Lock()


@club_router.post("/invitations")
async def print_cards(cards: int) -> list[str]:
    door = asyncio.Semaphore(4)

    async def one_card(number: int) -> str:
        async with door:
            return await printer.ask_async(f"card {number}")

    async with one_order:
        return await asyncio.gather(*[one_card(n) for n in range(cards)])


club_app = FastAPI()
club_app.include_router(club_router)


# %% wrong: three are enough, thought somebody
# says: At most 3 cards
printer = SlowService()
club_router = APIRouter()
door = asyncio.Semaphore(3)


@club_router.post("/invitations")
async def print_cards(cards: int) -> list[str]:
    async def one_card(number: int) -> str:
        async with door:
            return await printer.ask_async(f"card {number}")

    return await asyncio.gather(*[one_card(n) for n in range(cards)])


club_app = FastAPI()
club_app.include_router(club_router)


# %% wrong: nothing is printed
# says: 0 were printed
printer = SlowService()
club_app = FastAPI()


@club_app.post("/invitations")
async def print_cards(cards: int) -> list[str]:
    return ["done"] * cards


# %% wrong: the answer does not wait
# says: another body
printer = SlowService()
club_app = FastAPI()


@club_app.post("/invitations")
async def print_cards(cards: int, background: BackgroundTasks) -> list[str]:
    for number in range(cards):
        background.add_task(printer.ask_async, f"card {number}")
    return []


# %% wrong: only the router
# says: should be the FastAPI application
printer = SlowService()
club_router = APIRouter()


@club_router.post("/invitations")
async def print_cards(cards: int) -> list[str]:
    return ["done"] * cards


club_app = club_router
