# story: Carla has ordered twelve things. The page that shows where they are takes six seconds.
# story: The parcel service has complained: "You open a new connection for each parcel."
# story: And it blocks whoever asks more than four questions at a time.
# story: The lifespan of the app is written already, below.

# %% right: dependencies, and tasks in a group
parcels_router = APIRouter()


def get_http(request: Request) -> httpx.AsyncClient:
    return request.app.state.http


async def get_door(request: Request) -> asyncio.Semaphore:
    return request.app.state.doorkeeper


@parcels_router.get("/parcels")
async def get_parcels(
    http: Annotated[httpx.AsyncClient, Depends(get_http)],
    door: Annotated[asyncio.Semaphore, Depends(get_door)],
    numbers: str = "1,2,3",
):
    async def place_of(number):
        async with door:
            answer = await http.get("/parcels/" + number)
            answer.raise_for_status()
            return answer.json()

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(place_of(number)) for number in numbers.split(",")]
    return [task.result() for task in tasks]

# %% wrong: a doorkeeper of one's own, at the top
# says: each app that starts has a loop of its own
# says: is bound to a different event loop
parcels_router = APIRouter()


door = asyncio.BoundedSemaphore(4)


async def place_of(http: httpx.AsyncClient, number: str) -> str:
    await door.acquire()
    try:
        return (await http.get(f"/parcels/{number}")).json()
    finally:
        door.release()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    return list(await asyncio.gather(*(place_of(request.app.state.http, n) for n in numbers.split(","))))

# %% wrong: one at the top, and its error becomes a 502
# says: The same router worked in another app a moment before
parcels_router = APIRouter()


door = asyncio.Semaphore(3)


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    async def place_of(number: str) -> str:
        async with door:
            return (await request.app.state.http.get(f"/parcels/{number}")).json()

    found = await asyncio.gather(*map(place_of, numbers.split(",")), return_exceptions=True)
    for one in found:
        if isinstance(one, Exception):
            raise HTTPException(502, "The parcel service does not answer.")
    return found

# %% right: workers and a queue
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    left = list(enumerate(numbers.split(",")))
    found = {}

    async def worker() -> None:
        while left:
            place, number = left.pop()
            async with request.app.state.doorkeeper:
                found[place] = (await request.app.state.http.get(f"/parcels/{number}")).json()

    await asyncio.gather(*[worker() for _ in range(4)])
    return [found[place] for place in sorted(found)]

# %% wrong: the right client, one after the other
# breaks: It asks for the parcels at the same moment
# says: `await` in a loop waits for each answer
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    places = []
    for number in numbers.split(","):
        async with request.app.state.doorkeeper:
            answer = await request.app.state.http.get(f"/parcels/{number}")
        places.append(answer.json())
    return places

# %% wrong: gather in the loop, so one at a time
# says: `await` in a loop waits for each answer
# change: the right client, one after the other
-        async with request.app.state.doorkeeper:
-            answer = await request.app.state.http.get(f"/parcels/{number}")
+        (answer,) = await asyncio.gather(request.app.state.http.get(f"/parcels/{number}"))

# %% wrong: together, and still a client for each
# says: went through clients of your own
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    async def place_of(number: str) -> str:
        async with request.app.state.doorkeeper:
            async with httpx.AsyncClient(base_url="http://parcels.example.com") as client:
                return (await client.get(f"/parcels/{number}")).json()

    return await asyncio.gather(*[place_of(number) for number in numbers.split(",")])

# %% wrong: one client, opened in the request
# breaks: with the one client of the app
# says: went through clients of your own
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(numbers: str = "1,2,3") -> list[str]:
    async with httpx.AsyncClient(base_url="http://parcels.example.com") as client:
        asked = [client.get(f"/parcels/{number}") for number in numbers.split(",")]
        return [answer.json() for answer in await asyncio.gather(*asked)]

# %% wrong: the blocking client
# says: went through clients of your own
parcels_router = APIRouter()


@parcels_router.get("/parcels")
def get_parcels(numbers: str = "1,2,3") -> list[str]:
    return [httpx.get(f"http://parcels.example.com/parcels/{n}").json() for n in numbers.split(",")]

# %% wrong: no bound
# says: A doorkeeper lets four in
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    asked = [request.app.state.http.get(f"/parcels/{number}") for number in numbers.split(",")]
    return [answer.json() for answer in await asyncio.gather(*asked)]

# %% wrong: the doorkeeper stands at the entrance of the request
# says: around all of them, or around a `create_task`, it limits nothing
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    async with request.app.state.doorkeeper:
        asked = [request.app.state.http.get(f"/parcels/{number}") for number in numbers.split(",")]
        return [answer.json() for answer in await asyncio.gather(*asked)]

# %% wrong: a doorkeeper for each request
# breaks: and never more than four at once, whoever looks.
# says: each request has a bound of its own
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    door = asyncio.Semaphore(4)

    async def place_of(number: str) -> str:
        async with door:
            return (await request.app.state.http.get(f"/parcels/{number}")).json()

    return await asyncio.gather(*[place_of(number) for number in numbers.split(",")])

# %% wrong: four by four, in each request
# says: each request has a bound of its own
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    wanted, places = numbers.split(","), []
    for first in range(0, len(wanted), 4):
        asked = [request.app.state.http.get(f"/parcels/{n}") for n in wanted[first : first + 4]]
        places += [answer.json() for answer in await asyncio.gather(*asked)]
    return places

# %% wrong: past the doorkeeper twice
# says: holds a place at the door and waits for another
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    async def place_of(number: str) -> str:
        async with request.app.state.doorkeeper:
            return (await request.app.state.http.get(f"/parcels/{number}")).json()

    async with request.app.state.doorkeeper:
        return await asyncio.gather(*[place_of(number) for number in numbers.split(",")])

# %% wrong: the place is not given back after a failure
# says: after a failure the doorkeeper's place stays taken
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    async def place_of(number: str) -> str:
        await request.app.state.doorkeeper.acquire()
        answer = await request.app.state.http.get(f"/parcels/{number}")
        request.app.state.doorkeeper.release()
        return answer.json()

    return await asyncio.gather(*[place_of(number) for number in numbers.split(",")])

# %% wrong: what fails is left out
# breaks: When a question fails, the request fails, as now.
# says: When a question fails, the request fails
# change: past the doorkeeper twice
-    async with request.app.state.doorkeeper:
-        return await asyncio.gather(*[place_of(number) for number in numbers.split(",")])
+    found = await asyncio.gather(*map(place_of, numbers.split(",")), return_exceptions=True)
+    return [one for one in found if not isinstance(one, Exception)]

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
# says: Use it without `async with`
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    async with request.app.state.http as client:
        asked = [client.get(f"/parcels/{number}") for number in numbers.split(",")]
        return [answer.json() for answer in await asyncio.gather(*asked)]

# %% wrong: in the order of the answers
# breaks: It answers with the same list in the same order.
# says: `gather` keeps the order
# change: past the doorkeeper twice
-    async with request.app.state.doorkeeper:
-        return await asyncio.gather(*[place_of(number) for number in numbers.split(",")])
+    asked = [place_of(number) for number in numbers.split(",")]
+    return [await answer for answer in asyncio.as_completed(asked)]

# %% wrong: always the first three
# says: another body
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request) -> list[str]:
    answers = await asyncio.gather(*[request.app.state.http.get(f"/parcels/{n}") for n in (1, 2, 3)])
    return [answer.json() for answer in answers]

# %% wrong: the places are made up
# says: another body
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    await asyncio.gather(*[request.app.state.http.get(f"/parcels/{n}") for n in numbers.split(",")])
    return [f"parcel {number} is on its way" for number in numbers.split(",")]

# %% wrong: no await
# says: It has asked nothing yet
# change: no bound
-    return [answer.json() for answer in await asyncio.gather(*asked)]
+    return [answer.json() for answer in asked]

# %% wrong: a list for gather
# says: handed over with a star
# change: no bound
-    return [answer.json() for answer in await asyncio.gather(*asked)]
+    return [answer.json() for answer in await asyncio.gather(asked)]

# %% wrong: a name that the lifespan has not given
# breaks: So your route finds `request.app.state.http`, whose `base_url` is set (`client.get("/parcels/7")` is enough), and `request.app.state.doorkeeper`.
# says: holds what the lifespan has put there
# change: together, and still a client for each
-        async with request.app.state.doorkeeper:
-            async with httpx.AsyncClient(base_url="http://parcels.example.com") as client:
-                return (await client.get(f"/parcels/{number}")).json()
+        async with request.app.state.door:
+            return (await request.app.state.http.get(f"/parcels/{number}")).json()

# %% wrong: the door is open as soon as the task has started
# says: or around a `create_task`, it limits nothing
parcels_router = APIRouter()
@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    state = request.app.state
    places = []
    async with asyncio.TaskGroup() as group:
        for number in numbers.split(","):
            async with state.doorkeeper:
                places.append(group.create_task(state.http.get(f"/parcels/{number}")))
    return [task.result().json() for task in places]

# %% wrong: a failure becomes a place
# says: When a question fails, the request fails
parcels_router = APIRouter()
async def find(number, request):
    try:
        async with request.app.state.doorkeeper:
            answer = await request.app.state.http.get(f"/parcels/{number}")
        return answer.json()
    except Exception:
        return "unknown"
@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    return await asyncio.gather(*[find(number, request) for number in numbers.split(",")])

# %% wrong: the answer is a coroutine
# says: a call of an `async def` without `await`
parcels_router = APIRouter()
async def find(number, request):
    async with request.app.state.doorkeeper:
        answer = request.app.state.http.get(f"/parcels/{number}")
    return answer.json()
@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    return await asyncio.gather(*[find(number, request) for number in numbers.split(",")])

# %% right: a doorkeeper for threads
parcels_router = APIRouter()
gate = threading.BoundedSemaphore(4)
@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    async def find(number):
        await asyncio.to_thread(gate.acquire)
        try:
            return (await request.app.state.http.get(f"/parcels/{number}")).json()
        finally:
            gate.release()
    return await asyncio.gather(*[find(number) for number in numbers.split(",")])

# %% wrong: with instead of async with
# says: is passed with `async with`
parcels_router = APIRouter()
@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    async def find(number):
        with request.app.state.doorkeeper:
            return (await request.app.state.http.get(f"/parcels/{number}")).json()
    return await asyncio.gather(*[find(number) for number in numbers.split(",")])

# %% wrong: gather without await
# says: There is no `await` in front of `asyncio.gather
parcels_router = APIRouter()
@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    async def find(number):
        async with request.app.state.doorkeeper:
            return (await request.app.state.http.get(f"/parcels/{number}")).json()
    return asyncio.gather(*[find(number) for number in numbers.split(",")])

# %% right: the doorkeeper comes from a function
parcels_router = APIRouter()


async def own(request: Request) -> asyncio.Semaphore:
    return request.app.state.doorkeeper


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    async def find(number: str) -> str:
        async with await own(request):
            answer = await request.app.state.http.get(f"/parcels/{number}")
        return answer.json()

    return [place for place in await asyncio.gather(*map(find, numbers.split(",")))]

# %% right: each number is asked for once
parcels_router = APIRouter()

@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    wanted = numbers.split(",")
    async def find(number: str) -> str:
        async with request.app.state.doorkeeper:
            answer = await request.app.state.http.get(f"/parcels/{number}")
        return answer.json()

    different = list(dict.fromkeys(wanted))
    found = dict(zip(different, await asyncio.gather(*map(find, different))))
    return [found[number] for number in wanted]

# %% wrong: the first request makes one for all
# says: each app that starts has a loop of its own
parcels_router = APIRouter()
door = None


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    global door
    door = door or asyncio.Semaphore(4)

    async def find(number: str) -> str:
        async with door:
            answer = await request.app.state.http.get(f"/parcels/{number}")
        return answer.json()

    return await asyncio.gather(*[find(n) for n in numbers.split(",")])

# %% wrong: an await inside of the list
# says: an `await` inside of the brackets
parcels_router = APIRouter()

@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    async def find(number: str) -> str:
        async with request.app.state.doorkeeper:
            answer = await request.app.state.http.get(f"/parcels/{number}")
        return answer.json()

    return await asyncio.gather(*[await find(n) for n in numbers.split(",")])

# %% wrong: a number that comes twice
# says: has one place in the list
# change: an await inside of the list
-    return await asyncio.gather(*[await find(n) for n in numbers.split(",")])
+    return await asyncio.gather(*[find(n) for n in dict.fromkeys(numbers.split(","))])

# %% wrong: the text of the answers
# says: quotation marks of its own
# change: an await inside of the list
-        return answer.json()
+        return answer.text

-    return await asyncio.gather(*[await find(n) for n in numbers.split(",")])
+    return await asyncio.gather(*[find(n) for n in numbers.split(",")])

# %% wrong: answers are kept
# says: places of a moment ago
parcels_router = APIRouter()
known = {}


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    async def find(number: str) -> str:
        async with request.app.state.doorkeeper:
            answer = await request.app.state.http.get(f"/parcels/{number}")
        return known.setdefault(number, answer.json())

    return await asyncio.gather(*[find(n) for n in numbers.split(",")])

# %% wrong: a generator for gather
# says: a star
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    async def find(number: str) -> str:
        async with request.app.state.doorkeeper:
            return (await request.app.state.http.get(f"/parcels/{number}")).json()

    return await asyncio.gather(find(number) for number in numbers.split(","))

# %% right: one doorkeeper for each event loop, and he lets three in
doors = {}
parcels_router = APIRouter()


@parcels_router.get("/parcels")
async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
    door = doors.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(3))

    async def find(number: str) -> str:
        async with door:
            return (await request.app.state.http.get(f"/parcels/{number}")).json()

    return await asyncio.gather(*[find(number) for number in numbers.split(",")])

# %% wrong: a failed question is asked again
# says: it was asked 5 times for one page
# change: solution
-        async with state.doorkeeper:
-            answer = await state.http.get(f"/parcels/{number}")
-        return answer.json()
+        for attempt in range(5):
+            try:
+                async with state.doorkeeper:
+                    return (await state.http.get(f"/parcels/{number}")).json()
+            except httpx.TransportError:
+                if attempt == 4:
+                    raise

# %% wrong: the service fails, and Carla is blamed
# says: the page answers 404
# change: solution
+from fastapi import HTTPException
+
 parcels_router = APIRouter()
...
-    return await asyncio.gather(*[find(number) for number in numbers.split(",")])
+    try:
+        return await asyncio.gather(*[find(number) for number in numbers.split(",")])
+    except httpx.HTTPError:
+        raise HTTPException(404) from None

# %% wrong: the numbers have to be sent
# breaks: Mend `GET /parcels`.
# says: Without `numbers` the page shows the first three
# change: solution
-async def get_parcels(request: Request, numbers: str = "1,2,3") -> list[str]:
+async def get_parcels(request: Request, numbers: str) -> list[str]:
