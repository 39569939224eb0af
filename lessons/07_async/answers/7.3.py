
# %% right: a dependency, and tasks in a group
parcels_router = APIRouter()


def get_http(request: Request) -> httpx.AsyncClient:
    return request.app.state.http


@parcels_router.get("/parcels")
async def get_parcels(http: Annotated[httpx.AsyncClient, Depends(get_http)], numbers: str = "1,2,3"):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(http.get("/parcels/" + number)) for number in numbers.split(",")]
    return [task.result().json() for task in tasks]


# %% right: a helper, at most five at a time
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    five = asyncio.Semaphore(5)

    async def place_of(number: str) -> str:
        async with five:
            answer = await request.app.state.http.get(f"/parcels/{number}")
            answer.raise_for_status()
            return answer.json()

    return list(await asyncio.gather(*map(place_of, numbers.split(","))))


# %% wrong: the right client, one after the other
# says: `await` in a loop waits for each answer
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    places = []
    for number in numbers.split(","):
        answer = await request.app.state.http.get(f"/parcels/{number}")
        places.append(answer.json())
    return places


# %% wrong: together, and still a client for each
# says: went through clients of your own
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(numbers: str = "1,2,3") -> list[str]:
    async def place_of(number: str) -> str:
        async with httpx.AsyncClient(base_url="http://parcels.example.com") as client:
            return (await client.get(f"/parcels/{number}")).json()

    return await asyncio.gather(*[place_of(number) for number in numbers.split(",")])


# %% wrong: one client, opened in the request
# says: went through clients of your own
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(numbers: str = "1,2,3") -> list[str]:
    async with httpx.AsyncClient(base_url="http://parcels.example.com") as client:
        asked = [client.get(f"/parcels/{number}") for number in numbers.split(",")]
        return [answer.json() for answer in await asyncio.gather(*asked)]


# %% wrong: closes the client of the app
# says: has closed the client of the app
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    client = request.app.state.http
    try:
        asked = [client.get(f"/parcels/{number}") for number in numbers.split(",")]
        return [answer.json() for answer in await asyncio.gather(*asked)]
    finally:
        await client.aclose()


# %% wrong: opens the client of the app a second time
# says: more than once
# outcome: error
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    async with request.app.state.http as client:
        asked = [client.get(f"/parcels/{number}") for number in numbers.split(",")]
        return [answer.json() for answer in await asyncio.gather(*asked)]


# %% wrong: in the order of the answers
# says: `gather` keeps the order
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    asked = [request.app.state.http.get(f"/parcels/{number}") for number in numbers.split(",")]
    return [(await answer).json() for answer in asyncio.as_completed(asked)]


# %% wrong: gather in the loop, so one at a time
# says: `await` in a loop waits for each answer
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    places = []
    for number in numbers.split(","):
        (answer,) = await asyncio.gather(request.app.state.http.get(f"/parcels/{number}"))
        places.append(answer.json())
    return places


# %% wrong: always the first three
# says: another body
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request) -> list[str]:
    answers = await asyncio.gather(*[request.app.state.http.get(f"/parcels/{n}") for n in (1, 2, 3)])
    return [answer.json() for answer in answers]


# %% wrong: the blocking client
# says: went through clients of your own
parcels_router = APIRouter()


@parcels_router.get("/parcels")
def get_parcels(numbers: str = "1,2,3") -> list[str]:
    return [httpx.get(f"http://parcels.example.com/parcels/{n}").json() for n in numbers.split(",")]


# %% wrong: no await
# says: your code raised
# outcome: error
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    asked = [request.app.state.http.get(f"/parcels/{number}") for number in numbers.split(",")]
    return [answer.json() for answer in asked]
