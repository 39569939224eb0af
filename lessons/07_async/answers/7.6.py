# story: Each new member of the club should get a key card. Some never do, and nobody knows who, because the answer was 201 and nobody reads the trace. Since the card machine is broken, the welcome song is not played either.
# story: Mend it.

# %% right: log.error with the trace
club_log = logging.getLogger("club")
members_router = APIRouter()


async def make_card(number, machine):
    try:
        await machine.make_card(number)
    except Exception as error:
        club_log.error(f"Member {number} has no key card: {error!r}", exc_info=True)


@members_router.post("/members/{number}", status_code=201)
async def post_member(number: int, background: BackgroundTasks, request: Request) -> str:
    background.add_task(make_card, number, request.app.state.machine)
    background.add_task(request.app.state.machine.play_song, number)
    return "welcome"

# %% right: a careful runner for any task
members_router = APIRouter()


async def careful(task, number):
    try:
        await task(number)
    except Exception:
        logging.getLogger("club").error("%s failed for member %d", task.__name__, number)


@members_router.post("/members/{number}", status_code=201)
async def post_member(number: int, background: BackgroundTasks, request: Request) -> str:
    machine = request.app.state.machine
    for task in (machine.make_card, machine.play_song):
        background.add_task(careful, task, number)
    return "welcome"

# %% right: the song first
club_log = logging.getLogger("club")
members_router = APIRouter()


async def make_card(number: int, machine: Any) -> None:
    try:
        await machine.make_card(number)
    except Exception:
        club_log.exception("no key card for member %s", number)
        raise


@members_router.post("/members/{number}", status_code=201)
async def post_member(number: int, background: BackgroundTasks, request: Request) -> str:
    background.add_task(request.app.state.machine.play_song, number)
    background.add_task(make_card, number, request.app.state.machine)
    return "welcome"

# %% right: both together, and the failure is taken from the results
club_log = logging.getLogger("club")
members_router = APIRouter()


async def greet(number: int, machine: Any) -> None:
    card, _ = await asyncio.gather(
        machine.make_card(number), machine.play_song(number), return_exceptions=True
    )
    if isinstance(card, Exception):
        club_log.error("member %s has no key card", number, exc_info=card)


@members_router.post("/members/{number}", status_code=201)
async def post_member(number: int, background: BackgroundTasks, request: Request) -> str:
    background.add_task(greet, number, request.app.state.machine)
    return "welcome"

# %% wrong: awaited by nobody
# says: a call of `make_card` without `await`
# change: solution
+
 async def make_card(number: int, machine: Any) -> None:
     try:
-        await machine.make_card(number)
+        machine.make_card(number)
     except Exception:
         club_log.exception("no key card for member %s", number)
+

# %% wrong: swallowed
# says: and dropped there
# change: stub
+
 async def make_card(number: int, machine: Any) -> None:
-    await machine.make_card(number)
+    try:
+        await machine.make_card(number)
+    except Exception:
+        pass
+

# %% wrong: printed
# says: Nobody reads what a server prints
# change: log.error with the trace
-async def make_card(number, machine):
+async def make_card(number: int, machine: Any) -> None:
...
-        club_log.error(f"Member {number} has no key card: {error!r}", exc_info=True)
+        print(f"ERROR member {number}: {error}")

# %% wrong: logged without the number
# breaks: with the member's `number` in its message
# says: It lacks the member's number
# change: stub
+
 async def make_card(number: int, machine: Any) -> None:
-    await machine.make_card(number)
+    try:
+        await machine.make_card(number)
+    except Exception:
+        club_log.exception("no key card")
+

# %% wrong: a warning
# breaks: the log `club` has one record at the level ERROR
# says: at the level WARNING
# change: stub
+
 async def make_card(number: int, machine: Any) -> None:
-    await machine.make_card(number)
+    try:
+        await machine.make_card(number)
+    except Exception:
+        club_log.warning("no key card for member %s", number)
+

# %% wrong: logged and raised again
# breaks: and the song is played all the same.
# says: then it is raised again
# change: the song first
+    background.add_task(make_card, number, request.app.state.machine)
     background.add_task(request.app.state.machine.play_song, number)
-    background.add_task(make_card, number, request.app.state.machine)

# %% wrong: one kind of error only
# says: Nobody catches its `OSError`
# change: stub
+
 async def make_card(number: int, machine: Any) -> None:
-    await machine.make_card(number)
+    try:
+        await machine.make_card(number)
+    except RuntimeError:
+        club_log.exception("no key card for member %s", number)
+

# %% wrong: made before the answer
# breaks: and comes before the card.
# says: the member waits for the machine
club_log = logging.getLogger("club")
members_router = APIRouter()


@members_router.post("/members/{number}", status_code=201)
async def post_member(number: int, background: BackgroundTasks, request: Request) -> str:
    try:
        await request.app.state.machine.make_card(number)
    except Exception:
        club_log.exception("no key card for member %s", number)
    background.add_task(request.app.state.machine.play_song, number)
    return "welcome"

# %% wrong: an error for everybody
# says: nobody will believe the next one
# change: solution
+
 async def make_card(number: int, machine: Any) -> None:
+    club_log.error("making a card for member %s", number)
...
-        club_log.exception("no key card for member %s", number)
+        pass
+

# %% wrong: tried again and again
# says: Once is enough
# change: stub
+
 async def make_card(number: int, machine: Any) -> None:
-    await machine.make_card(number)
+    for _ in range(3):
+        try:
+            return await machine.make_card(number)
+        except Exception:
+            club_log.exception("no key card for member %s", number)
+

# %% wrong: gather collects the failure, and nobody looks
# says: collected by `gather`, and dropped
club_log = logging.getLogger("club")
members_router = APIRouter()


@members_router.post("/members/{number}", status_code=201)
async def post_member(number: int, background: BackgroundTasks, request: Request) -> str:
    machine = request.app.state.machine

    async def both() -> None:
        await asyncio.gather(machine.make_card(number), machine.play_song(number), return_exceptions=True)

    background.add_task(both)
    return "welcome"

# %% wrong: to another log
# says: The record stands in the log `tasks`
# change: solution
-club_log = logging.getLogger("club")
+club_log = logging.getLogger("tasks")
 members_router = APIRouter()
+
...
+
 @members_router.post("/members/{number}", status_code=201)

# %% wrong: the tasks change places, and nobody catches
# says: Nobody catches its `RuntimeError`
club_log = logging.getLogger("club")
members_router = APIRouter()


@members_router.post("/members/{number}", status_code=201)
async def post_member(number: int, background: BackgroundTasks, request: Request) -> str:
    background.add_task(request.app.state.machine.play_song, number)
    background.add_task(request.app.state.machine.make_card, number)
    return "welcome"

# %% wrong: only a note
# says: at the level INFO
# change: stub
+
 async def make_card(number: int, machine: Any) -> None:
-    await machine.make_card(number)
+    try:
+        await machine.make_card(number)
+    except Exception:
+        club_log.info("no key card for member %s", number)
+

# %% wrong: a cancellation is swallowed
# says: swallow the cancellation
# change: stub
+
 async def make_card(number: int, machine: Any) -> None:
-    await machine.make_card(number)
+    try:
+        await machine.make_card(number)
+    except BaseException:
+        club_log.exception("no key card for member %s", number)
+

# %% wrong: create_task in the handler
# says: nobody waits for the card
club_log = logging.getLogger("club")
members_router = APIRouter()


async def make_card(number: int, machine: Any) -> None:
    await asyncio.sleep(0.001)
    try:
        await machine.make_card(number)
    except Exception:
        club_log.exception("no key card for member %s", number)


@members_router.post("/members/{number}", status_code=201)
async def post_member(number: int, background: BackgroundTasks, request: Request) -> str:
    async def start() -> None:
        asyncio.create_task(request.app.state.machine.make_card(number))
        await asyncio.sleep(0)

    background.add_task(start)
    background.add_task(request.app.state.machine.play_song, number)
    return "welcome"

# %% wrong: the song is gone
# says: Is its task still added
# change: the song first
         club_log.exception("no key card for member %s", number)
-        raise
...
-    background.add_task(request.app.state.machine.play_song, number)

# %% right: the song stands in a finally
club_log = logging.getLogger("club")
members_router = APIRouter()
async def welcome(number, machine):
    try:
        await machine.make_card(number)
    except asyncio.CancelledError:
        raise
    except BaseException as error:
        club_log.log(logging.ERROR, f"{number=} {error}")
    finally:
        await machine.play_song(number)

@members_router.post("/members/{number}", status_code=201)
async def post_member(number: int, background: BackgroundTasks, request: Request) -> str:
    background.add_task(welcome, number, request.app.state.machine)
    return "welcome"

# %% wrong: a try around add_task
# says: around `add_task` a `try` sees nothing
club_log = logging.getLogger("club")
members_router = APIRouter()
@members_router.post("/members/{number}", status_code=201)
async def post_member(number: int, background: BackgroundTasks, request: Request) -> str:
    try:
        background.add_task(request.app.state.machine.make_card, number)
    except Exception:
        club_log.exception("no key card for member %s", number)
    background.add_task(request.app.state.machine.play_song, number)
    return "welcome"

# %% wrong: create_task in the route
# says: Was it handed to `create_task`
club_log = logging.getLogger("club")
members_router = APIRouter()
async def make_card(number: int, machine: Any) -> None:
    try:
        await machine.make_card(number)
    except Exception:
        club_log.exception("no key card for member %s", number)

@members_router.post("/members/{number}", status_code=201)
async def post_member(number: int, request: Request) -> str:
    asyncio.create_task(make_card(number, request.app.state.machine))
    asyncio.create_task(request.app.state.machine.play_song(number))
    return "welcome"

# %% wrong: called where it should be handed over
# says: Hand over the function and its arguments one by one
# change: solution
 members_router = APIRouter()
-
...
-    background.add_task(make_card, number, request.app.state.machine)
+    background.add_task(make_card(number, request.app.state.machine))

# %% wrong: called and awaited where it should be handed over
# says: Hand over the function and its arguments one by one
# change: the song first
         club_log.exception("no key card for member %s", number)
-        raise
...
+    background.add_task(await make_card(number, request.app.state.machine))
     background.add_task(request.app.state.machine.play_song, number)
-    background.add_task(make_card, number, request.app.state.machine)

# %% wrong: the song is played in the except, too
# says: The song was played 2 times
# change: the song first
         club_log.exception("no key card for member %s", number)
-        raise
+        await machine.play_song(number)
...
+    background.add_task(make_card, number, request.app.state.machine)
     background.add_task(request.app.state.machine.play_song, number)
-    background.add_task(make_card, number, request.app.state.machine)

# %% wrong: card and song in one try
# says: the rest of its `try` is skipped
# change: the song first
+        await machine.play_song(number)
     except Exception:
         club_log.exception("no key card for member %s", number)
-        raise
...
-    background.add_task(request.app.state.machine.play_song, number)

# %% wrong: a list of classes
# breaks: When a card fails, for whatever reason
# says: Nobody catches its `CardJam`
# change: stub
+
 async def make_card(number: int, machine: Any) -> None:
-    await machine.make_card(number)
+    try:
+        await machine.make_card(number)
+    except (RuntimeError, OSError, LookupError, ValueError, TypeError):
+        club_log.exception("no key card for member %s", number)
+

# %% wrong: critical
# says: at the level CRITICAL
# change: stub
+
 async def make_card(number: int, machine: Any) -> None:
-    await machine.make_card(number)
+    try:
+        await machine.make_card(number)
+    except Exception:
+        club_log.critical("no key card for member %s", number)
+

# %% wrong: no place for the number in the message
# says: needs its `%s`
# change: stub
+
 async def make_card(number: int, machine: Any) -> None:
-    await machine.make_card(number)
+    try:
+        await machine.make_card(number)
+    except Exception:
+        club_log.exception("no key card for member", number)
+

# %% wrong: tasks that are kept, and that nobody waits for
# says: even if you keep it in a variable
club_log = logging.getLogger("club")
members_router = APIRouter()
kept = set()


async def make_card(number: int, machine: Any) -> None:
    try:
        await machine.make_card(number)
    except Exception:
        club_log.exception("no key card for member %s", number)


@members_router.post("/members/{number}", status_code=201)
async def post_member(number: int, request: Request) -> str:
    machine = request.app.state.machine
    for work in (make_card(number, machine), machine.play_song(number)):
        task = asyncio.create_task(work)
        kept.add(task)
        task.add_done_callback(kept.discard)
    return "welcome"

# %% wrong: another answer
# breaks: The answer stays 201
# says: answered with another body than expected
# change: solution
-    return "welcome"
+    return "hello"

# %% wrong: a stopped server is logged as a failure
# breaks: (A cancelled card is no failure: the server stops.
# says: has an ERROR about it
# change: solution
-    except Exception:
+    except asyncio.CancelledError:
+        club_log.error("no key card for member %s", number)
+        raise
+    except Exception:

# %% wrong: a slow card is given up
# breaks: Neither is a slow one.)
# says: a slow card isn't a failure
# change: solution
-        await machine.make_card(number)
+        async with asyncio.timeout(5):
+            await machine.make_card(number)
