# story: Ben's club lends bicycles. Since there is a time-out on the ride, bicycles disappear: by Friday `stand` is empty, and everybody waits for ever.

# %% right: a context manager
@asynccontextmanager
async def borrowed(stand) -> AsyncIterator[str]:
    bicycle = await stand.take()
    try:
        yield bicycle
    finally:
        stand.bring_back(bicycle)


async def ride_once(stand, ride: Any) -> str:
    async with borrowed(stand) as bicycle:
        return f"{await ride(bicycle)} with {bicycle}"

# %% right: every exception, raised again
async def ride_once(stand: Stand, ride: Any) -> str:
    bicycle = await stand.take()
    try:
        way = await ride(bicycle)
    except BaseException:
        stand.bring_back(bicycle)
        raise
    else:
        stand.bring_back(bicycle)
    return f"{way} with {bicycle}"

# %% right: AsyncExitStack
from contextlib import AsyncExitStack


async def ride_once(stand: Stand, ride: Any) -> str:
    async with AsyncExitStack() as stack:
        bicycle = await stand.take()
        stack.callback(stand.bring_back, bicycle)
        return f"{await ride(bicycle)} with {bicycle}"

# %% wrong: the cancellation is swallowed
# says: catches `CancelledError` raises it again
# change: solution
+    way = "nowhere"
     try:
         way = await ride(bicycle)
+    except asyncio.CancelledError:
+        pass

# %% wrong: only time-outs in addition
# breaks: Mend `ride_once`, so that each bicycle comes back, however the ride ends
# says: an `except Exception` does not see it
# change: stub
         way = await ride(bicycle)
-    except Exception:
+    except (Exception, TimeoutError):

# %% wrong: brought back twice
# says: brought back twice
# change: solution
         way = await ride(bicycle)
+        stand.bring_back(bicycle)

# %% wrong: taken inside of the try
# says: `take` stands before the `try`
# change: solution
-    bicycle = await stand.take()
     try:
+        bicycle = await stand.take()

# %% wrong: brings back what was never taken
# says: Bring back only what you took
async def ride_once(stand: Stand, ride: Any) -> str:
    bicycle = "bicycle 1"
    try:
        bicycle = await stand.take()
        way = await ride(bicycle)
    finally:
        stand.bring_back(bicycle)
    return f"{way} with {bicycle}"

# %% wrong: errors are swallowed
# breaks: Its results and its errors stay as they are.
# says: Errors stay as they are
# change: solution
         way = await ride(bicycle)
+    except Exception:
+        way = "nowhere"

# %% wrong: return in finally
# says: Errors stay as they are
async def ride_once(stand: Stand, ride: Any) -> str:
    bicycle = await stand.take()
    way = "nowhere"
    try:
        way = await ride(bicycle)
    finally:
        stand.bring_back(bicycle)
        return f"{way} with {bicycle}"

# %% wrong: shielded, so the ride goes on without its rider
# says: after two rides that were cancelled
async def ride_once(stand: Stand, ride: Any) -> str:
    bicycle = await stand.take()

    async def whole_ride() -> str:
        way = await ride(bicycle)
        stand.bring_back(bicycle)
        return f"{way} with {bicycle}"

    try:
        return await asyncio.shield(whole_ride())
    except Exception:
        stand.bring_back(bicycle)
        raise

# %% wrong: brought back before the ride
# breaks: and not before it has ended.
# says: it is at the stand already
async def ride_once(stand: Stand, ride: Any) -> str:
    bicycle = await stand.take()
    stand.bring_back(bicycle)
    way = await ride(bicycle)
    return f"{way} with {bicycle}"

# %% wrong: the ride is shielded
# says: But the rides go on
# change: solution
-        way = await ride(bicycle)
+        way = await asyncio.shield(ride(bicycle))

# %% wrong: something is awaited first
# says: stands before `bring_back`
# change: solution
+        await asyncio.sleep(0)
         stand.bring_back(bicycle)

# %% wrong: a task of its own, which nobody cancels
# says: But the rides go on
async def ride_once(stand: Stand, ride: Any) -> str:
    bicycle = await stand.take()
    try:
        riding = asyncio.create_task(ride(bicycle))
        await asyncio.wait([riding])
        return f"{riding.result()} with {bicycle}"
    finally:
        stand.bring_back(bicycle)

# %% right: a task of its own, which is awaited
async def ride_once(stand: Stand, ride: Any) -> str:
    bicycle = await stand.take()
    try:
        return f"{await asyncio.create_task(ride(bicycle))} with {bicycle}"
    finally:
        stand.bring_back(bicycle)

# %% wrong: brought back only when something went wrong
# says: After a good ride
async def ride_once(stand: Stand, ride: Any) -> str:
    bicycle = await stand.take()
    try:
        way = await ride(bicycle)
    except (Exception, asyncio.CancelledError):
        stand.bring_back(bicycle)
        raise
    return f"{way} with {bicycle}"

# %% wrong: a time-out of its own around the ride
# says: A good ride took an hour, and `ride_once` raised `TimeoutError`
# change: solution
-        way = await ride(bicycle)
+        async with asyncio.timeout(0.05):
+            way = await ride(bicycle)

# %% wrong: a time-out of its own around the waiting
# says: Somebody waited an hour for one
# change: solution
-    bicycle = await stand.take()
+    bicycle = await asyncio.wait_for(stand.take(), 1)

# %% wrong: an await between take and try
# says: a ride that was cancelled before it had begun
# change: solution
     bicycle = await stand.take()
+    await asyncio.sleep(0)

# %% wrong: a thread between take and try
# says: At each `await` the function may end
# change: solution
     bicycle = await stand.take()
+    await asyncio.to_thread(print, "taken")

# %% wrong: the cancellation becomes another error
# says: A ride was cancelled, and `ride_once` raised `TimeoutError`
# change: solution
         way = await ride(bicycle)
+    except asyncio.CancelledError:
+        raise TimeoutError("too long")

# %% wrong: the ride is not awaited
# says: nobody awaited it
# change: solution
-        way = await ride(bicycle)
+        way = ride(bicycle)

# %% wrong: a copy of the error
# says: Errors stay as they are
# change: solution
         way = await ride(bicycle)
+    except Exception as error:
+        raise type(error)(*error.args)

# %% wrong: one ride at a time
# says: Is there a lock around the whole ride
lock = asyncio.Lock()


async def ride_once(stand: Stand, ride: Any) -> str:
    async with lock:
        bicycle = await stand.take()
        try:
            way = await ride(bicycle)
        finally:
            stand.bring_back(bicycle)
        return f"{way} with {bicycle}"

# %% wrong: the bicycle is not awaited
# says: no bicycle was taken
# change: solution
-    bicycle = await stand.take()
+    bicycle = stand.take()

# %% wrong: the ride in an event loop of its own
# says: The ride was started in another event loop
# change: solution
-        way = await ride(bicycle)
+        way = await asyncio.to_thread(asyncio.run, ride(bicycle))

# %% right: a task in a group
async def ride_once(stand: Stand, ride: Any) -> str:
    bicycle = await stand.take()
    try:
        async with asyncio.TaskGroup() as group:
            riding = group.create_task(ride(bicycle))
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0]
    finally:
        stand.bring_back(bicycle)
    return f"{riding.result()} with {bicycle}"
