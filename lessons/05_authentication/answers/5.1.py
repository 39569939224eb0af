# story: Ana plans Ben's birthday in a list, and Ben has the same app.
# story: An intern's first version, below, keeps the phrases as they came, and a backup of it went to the wrong address.

# %% right: plain functions, which FastAPI runs in threads itself
locks = {}


class NewLock(BaseModel):
    phrase: SecretStr = Field(min_length=8, max_length=128)


locks_router = APIRouter(prefix="/lists/{list_id}")


@locks_router.put("/lock", status_code=204)
def close(list_id: int, lock: NewLock):
    locks[list_id] = quick.hash(lock.phrase.get_secret_value())


@locks_router.post("/unlock", status_code=204)
def unlock(list_id: int, lock: NewLock):
    kept = locks.get(list_id)
    if kept is None:
        raise HTTPException(status_code=404, detail="no lock")
    if quick.verify(lock.phrase.get_secret_value(), kept):
        return
    raise HTTPException(status_code=403, detail="no")

# %% right: responses of its own, a lambda in the thread
locks: dict[int, str] = {}


class Phrase(BaseModel):
    phrase: Annotated[SecretStr, Field(min_length=8, max_length=128)]


locks_router = APIRouter()


@locks_router.put("/lists/{number}/lock", status_code=204)
async def set_lock(number: int, body: Phrase) -> None:
    text = body.phrase.get_secret_value()
    locks[number] = await asyncio.to_thread(lambda: quick.hash(text))


@locks_router.post("/lists/{number}/unlock")
async def try_lock(number: int, body: Phrase) -> Response:
    if number not in locks:
        return Response(status_code=404)
    fits = await asyncio.to_thread(quick.verify, body.phrase.get_secret_value(), hash=locks[number])
    return Response(status_code=204 if fits else 403)

# %% wrong: the phrase as it came
# says: `locks` holds the phrase itself
locks = {}


class Phrase(BaseModel):
    phrase: Annotated[SecretStr, Field(min_length=8, max_length=128)]


locks_router = APIRouter()


@locks_router.put("/lists/{list_id}/lock", status_code=204)
async def lock_list(list_id: int, body: Phrase) -> None:
    locks[list_id] = body.phrase.get_secret_value()


@locks_router.post("/lists/{list_id}/unlock", status_code=204)
async def unlock_list(list_id: int, body: Phrase) -> None:
    if list_id not in locks:
        raise HTTPException(404, f"List {list_id} has no lock.")
    if locks[list_id] != body.phrase.get_secret_value():
        raise HTTPException(403, "This phrase does not fit.")

# %% wrong: the SecretStr itself is kept
# says: not from whoever copies the data
# change: the phrase as it came
-    locks[list_id] = body.phrase.get_secret_value()
+    locks[list_id] = body.phrase
...
-    if locks[list_id] != body.phrase.get_secret_value():
+    if locks[list_id] != body.phrase:

# %% wrong: a fast hash without salt
# says: isn't a hash made for passwords
# change: the phrase as it came
+import hashlib
+
 locks = {}


 class Phrase(BaseModel):
...
-    locks[list_id] = body.phrase.get_secret_value()
+    locks[list_id] = hashlib.sha256(body.phrase.get_secret_value().encode()).hexdigest()
...
-    if locks[list_id] != body.phrase.get_secret_value():
+    if locks[list_id] != hashlib.sha256(body.phrase.get_secret_value().encode()).hexdigest():

# %% wrong: the same salt for all
# says: The same phrase gave the same hash
# change: the phrase as it came
-    locks[list_id] = body.phrase.get_secret_value()
+    text = body.phrase.get_secret_value()
+    locks[list_id] = await asyncio.to_thread(quick.hash, text, salt=b"0123456789abcdef")
...
-    if locks[list_id] != body.phrase.get_secret_value():
+    if not await asyncio.to_thread(quick.verify, body.phrase.get_secret_value(), locks[list_id]):

# %% wrong: two hashes compared
# says: equals neither the phrase nor another hash
# change: the phrase as it came
-    locks[list_id] = body.phrase.get_secret_value()
+    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
...
-    if locks[list_id] != body.phrase.get_secret_value():
+    if locks[list_id] != await asyncio.to_thread(quick.hash, body.phrase.get_secret_value()):

# %% wrong: the stars are hashed
# says: You hashed the stars of the `SecretStr`
# says: opens every list
# change: the phrase as it came
-    locks[list_id] = body.phrase.get_secret_value()
+    locks[list_id] = await asyncio.to_thread(quick.hash, str(body.phrase))
...
-    if locks[list_id] != body.phrase.get_secret_value():
+    if not await asyncio.to_thread(quick.verify, str(body.phrase), locks[list_id]):

# %% wrong: on the event loop
# says: every other request waited for it
# change: the phrase as it came
-    locks[list_id] = body.phrase.get_secret_value()
+    locks[list_id] = quick.hash(body.phrase.get_secret_value())
...
-    if locks[list_id] != body.phrase.get_secret_value():
+    if not quick.verify(body.phrase.get_secret_value(), locks[list_id]):

# %% wrong: the answer of verify is ignored
# says: refuse when it is False
# change: the phrase as it came
-    locks[list_id] = body.phrase.get_secret_value()
+    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
...
-    if locks[list_id] != body.phrase.get_secret_value():
-        raise HTTPException(403, "This phrase does not fit.")
+    await asyncio.to_thread(quick.verify, body.phrase.get_secret_value(), locks[list_id])

# %% wrong: no lock is a wrong phrase
# says: List 99 has no lock
# change: the phrase as it came
-    locks[list_id] = body.phrase.get_secret_value()
+    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
...
-    if list_id not in locks:
-        raise HTTPException(404, f"List {list_id} has no lock.")
-    if locks[list_id] != body.phrase.get_secret_value():
+    kept = locks.get(list_id)
+    if kept is None or not await asyncio.to_thread(quick.verify, body.phrase.get_secret_value(), kept):

# %% wrong: hashed before the thread starts
# says: Write a comma
# change: the phrase as it came
-    locks[list_id] = body.phrase.get_secret_value()
+    locks[list_id] = await asyncio.to_thread(quick.hash(body.phrase.get_secret_value()))
...
-    if list_id not in locks:
-        raise HTTPException(404, f"List {list_id} has no lock.")
-    if locks[list_id] != body.phrase.get_secret_value():
-        raise HTTPException(403, "This phrase does not fit.")
+    pass

# %% wrong: only the lock hashes, and the unlock compares text
# says: equals neither the phrase nor another hash
# change: the phrase as it came
-    locks[list_id] = body.phrase.get_secret_value()
+    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
...
-    if locks[list_id] != body.phrase.get_secret_value():
-        raise HTTPException(403, "This phrase does not fit.")
+    if body.phrase.get_secret_value() != locks[list_id]:
+        raise HTTPException(403)

# %% wrong: only the unlock was mended
# says: `locks` holds the phrase itself
# change: the phrase as it came
-    if locks[list_id] != body.phrase.get_secret_value():
-        raise HTTPException(403, "This phrase does not fit.")
+    if not await asyncio.to_thread(quick.verify, body.phrase.get_secret_value(), locks[list_id]):
+        raise HTTPException(403)

# %% wrong: the repr of the body is hashed
# says: You hashed the stars
# change: the phrase as it came
-    locks[list_id] = body.phrase.get_secret_value()
+    locks[list_id] = await asyncio.to_thread(quick.hash, str(body))
...
-    if locks[list_id] != body.phrase.get_secret_value():
-        raise HTTPException(403, "This phrase does not fit.")
+    if not await asyncio.to_thread(quick.verify, str(body), locks[list_id]):
+        raise HTTPException(403)

# %% wrong: verify on the event loop, hash in a thread
# says: every other request waited for it
# change: the phrase as it came
-    locks[list_id] = body.phrase.get_secret_value()
+    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
...
-    if locks[list_id] != body.phrase.get_secret_value():
-        raise HTTPException(403, "This phrase does not fit.")
+    if not quick.verify(body.phrase.get_secret_value(), locks[list_id]):
+        raise HTTPException(403)

# %% wrong: no await before the hash
# says: `locks` holds a coroutine
# says: write `await`
# change: the phrase as it came
-    locks[list_id] = body.phrase.get_secret_value()
+    locks[list_id] = asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
...
-    if locks[list_id] != body.phrase.get_secret_value():
-        raise HTTPException(403, "This phrase does not fit.")
+    if not await asyncio.to_thread(quick.verify, body.phrase.get_secret_value(), locks[list_id]):
+        raise HTTPException(403)

# %% wrong: no await before verify
# says: Without `await` it is a coroutine
# change: the phrase as it came
-    locks[list_id] = body.phrase.get_secret_value()
+    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
...
-    if locks[list_id] != body.phrase.get_secret_value():
-        raise HTTPException(403, "This phrase does not fit.")
+    if not asyncio.to_thread(quick.verify, body.phrase.get_secret_value(), locks[list_id]):
+        raise HTTPException(403)

# %% wrong: the arguments of verify swapped
# says: The phrase comes first
locks: dict[int, str] = {}
class Phrase(BaseModel):
    phrase: Annotated[SecretStr, Field(min_length=8, max_length=128)]
locks_router = APIRouter()
@locks_router.put("/lists/{list_id}/lock", status_code=204)
async def lock_list(list_id: int, body: Phrase) -> None:
    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
@locks_router.post("/lists/{list_id}/unlock", status_code=204)
async def unlock_list(list_id: int, body: Phrase) -> None:
    if list_id not in locks:
        raise HTTPException(404, f"List {list_id} has no lock.")
    phrase = body.phrase.get_secret_value()
    fits = await asyncio.to_thread(quick.verify, locks[list_id], phrase)
    if not fits:
        raise HTTPException(403, "This phrase does not fit.")

# %% wrong: the costly hasher
# says: made with `hasher`, at the cost of production
# change: the arguments of verify swapped
-    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    locks[list_id] = await asyncio.to_thread(hasher.hash, body.phrase.get_secret_value())
...
-    fits = await asyncio.to_thread(quick.verify, locks[list_id], phrase)
+    fits = await asyncio.to_thread(hasher.verify, phrase, locks[list_id])

# %% right: run_in_threadpool of Starlette
# change: solution
-    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    from fastapi.concurrency import run_in_threadpool
+    locks[list_id] = await run_in_threadpool(quick.hash, body.phrase.get_secret_value())

# %% right: an executor of the loop
# change: solution
-    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    loop = asyncio.get_running_loop()
+    locks[list_id] = await loop.run_in_executor(None, quick.hash, body.phrase.get_secret_value())
...
-    fits = await asyncio.to_thread(quick.verify, phrase, locks[list_id])
+    fits = await asyncio.get_running_loop().run_in_executor(None, quick.verify, phrase, locks[list_id])

# %% right: a helper class, and a match
# change: solution
+class Hasher:
+    async def make(self, secret: SecretStr) -> str:
+        return await asyncio.to_thread(quick.hash, secret.get_secret_value())
+
 locks_router = APIRouter()
...
-    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    locks.update({list_id: await Hasher().make(body.phrase)})
...
-    if not fits:
-        raise HTTPException(403, "This phrase does not fit.")
+    match fits:
+        case True:
+            return None
+        case _:
+            raise HTTPException(status_code=403, detail="Wrong phrase")

# %% right: verify_and_update
# change: solution
-    fits = await asyncio.to_thread(quick.verify, phrase, locks[list_id])
+    fits, _ = await asyncio.to_thread(quick.verify_and_update, phrase, locks[list_id])

# %% wrong: only the first eight characters
# breaks: a hash of each whole phrase, made with `quick`
# says: in its last letters
# change: solution
-    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value()[:8])
...
-    phrase = body.phrase.get_secret_value()
+    phrase = body.phrase.get_secret_value()[:8]

# %% wrong: lower-cased
# says: in upper and lower case
# change: solution
-    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value().lower())
...
-    phrase = body.phrase.get_secret_value()
+    phrase = body.phrase.get_secret_value().lower()

# %% wrong: stripped
# says: in the spaces around it
# change: solution
-    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value().strip())
...
-    phrase = body.phrase.get_secret_value()
+    phrase = body.phrase.get_secret_value().strip()

# %% wrong: phrase and hash in a tuple
# says: `locks` holds the phrase itself
# change: solution
-    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    locks[list_id] = (await asyncio.to_thread(quick.hash, body.phrase.get_secret_value()), body.phrase)
...
-    fits = await asyncio.to_thread(quick.verify, phrase, locks[list_id])
+    fits = await asyncio.to_thread(quick.verify, phrase, locks[list_id][0])

# %% wrong: the phrase in a second dictionary, as a SecretStr
# breaks: nothing else is kept
# says: `phrases` holds the phrase itself
# change: solution
 locks: dict[int, str] = {}
+phrases: dict[int, SecretStr] = {}
...
-    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    phrases[list_id] = body.phrase
+    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())

# %% wrong: the phrase under a second key
# says: entries that belong to no locked list
# change: solution
-    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    locks[-list_id] = body.phrase.get_secret_value()

# %% wrong: hash with the phrase in base64
# says: something else comes after it
# change: solution
-    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    import base64
+    secret = body.phrase.get_secret_value()
+    locks[list_id] = await asyncio.to_thread(quick.hash, secret) + "|" + base64.b64encode(secret.encode()).decode()
...
-    fits = await asyncio.to_thread(quick.verify, phrase, locks[list_id])
+    fits = await asyncio.to_thread(quick.verify, phrase, locks[list_id].split("|")[0])

# %% wrong: no SecretStr
# breaks: The phrase stays a `SecretStr`
# says: isn't a `SecretStr` any more
# change: solution
-    phrase: Annotated[SecretStr, Field(min_length=8, max_length=128)]
+    phrase: Annotated[str, Field(min_length=8, max_length=128)]
...
-    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase)
...
-    phrase = body.phrase.get_secret_value()
+    phrase = body.phrase

# %% wrong: the phrase in the refusal
# breaks: no answer repeats it
# says: repeats the phrase that was tried
# change: solution
-        raise HTTPException(403, "This phrase does not fit.")
+        raise HTTPException(403, f"{phrase!r} does not fit.")

# %% wrong: the phrase in a header
# says: repeats the phrase that was tried
# change: solution
-        raise HTTPException(403, "This phrase does not fit.")
+        raise HTTPException(403, "This phrase does not fit.", headers={"X-Tried": phrase})

# %% wrong: the hash in the refusal
# says: or holds the hash
# change: solution
-        raise HTTPException(403, "This phrase does not fit.")
+        raise HTTPException(403, f"Not {locks[list_id]}")

# %% wrong: limits lost
# breaks: The statuses and the limits are right as they are.
# says: Keep the limits in `Phrase`
# change: solution
-    phrase: Annotated[SecretStr, Field(min_length=8, max_length=128)]
+    phrase: SecretStr

# %% wrong: a thread that the loop waits for
# breaks: Neither route may hold the event loop.
# says: held the event loop
# change: solution
-    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    from concurrent.futures import ThreadPoolExecutor
+    with ThreadPoolExecutor() as pool:
+        locks[list_id] = pool.submit(quick.hash, body.phrase.get_secret_value()).result()

# %% wrong: the lock opens once
# says: leaves its lock as it is
# change: solution
-        raise HTTPException(403, "This phrase does not fit.")
+        raise HTTPException(403, "This phrase does not fit.")
+    del locks[list_id]

# %% wrong: a wrong phrase breaks the lock
# breaks: a phrase that opens the list, until a new one takes its place
# says: leaves its lock as it is
# change: solution
-        raise HTTPException(403, "This phrase does not fit.")
+        del locks[list_id]
+        raise HTTPException(403, "This phrase does not fit.")

# %% wrong: the first phrase stays
# says: Each `PUT` replaces what `locks` holds
# change: solution
-    locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())
+    if list_id not in locks:
+        locks[list_id] = await asyncio.to_thread(quick.hash, body.phrase.get_secret_value())

# %% wrong: a wrong phrase is a 401
# says: it is the phrase that is wrong: 403
# change: solution
-        raise HTTPException(403, "This phrase does not fit.")
+        raise HTTPException(401, "This phrase does not fit.")

# %% wrong: unlock answers 200
# says: There is nothing to send back: `status_code=204`.
# change: solution
-@locks_router.post("/lists/{list_id}/unlock", status_code=204)
+@locks_router.post("/lists/{list_id}/unlock")

# %% wrong: lock answers 200
# says: and return nothing
# change: solution
-@locks_router.put("/lists/{list_id}/lock", status_code=204)
+@locks_router.put("/lists/{list_id}/lock")
