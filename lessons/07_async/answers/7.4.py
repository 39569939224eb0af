# story: Ben ordered one pizza over a bad network, and four came. `order_pizza` tries again until it works, and the pizza service knows the header `Idempotency-Key`.
# story: Mend it.

# %% right: the error is remembered, the loop counts down
class OrderFailed(Exception):
    pass


async def order_pizza(client, pizza, key):
    left, reason = 3, None
    while left:
        left -= 1
        try:
            answer = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
            answer.raise_for_status()
            return answer.json()
        except httpx.HTTPStatusError as error:
            reason = error
            if error.response.status_code < 500 and error.response.status_code not in (408, 429):
                break
        except httpx.TransportError as error:
            reason = error
    raise OrderFailed(key) from reason

# %% right: with a pause, and by calling itself
class OrderFailed(Exception):
    pass


async def order_pizza(client: httpx.AsyncClient, pizza: str, key: str, attempts: int = 3) -> str:
    if attempts == 0:
        raise OrderFailed("Nobody makes a pizza today.")
    try:
        response = await client.post("/orders", json={"pizza": pizza}, headers={"idempotency-key": key})
    except httpx.TransportError:
        await asyncio.sleep(2)
        return await order_pizza(client, pizza, key, attempts - 1)
    if response.status_code >= 500 or response.status_code in {408, 429}:
        return await order_pizza(client, pizza, key, attempts - 1)
    if response.status_code >= 400:
        raise OrderFailed(response.text)
    return response.json()

# %% wrong: no key
# says: each attempt carries the same
class OrderFailed(Exception):
    pass


async def order_pizza(client: httpx.AsyncClient, pizza: str, key: str) -> str:
    for _ in range(3):
        try:
            response = await client.post("/orders", json={"pizza": pizza})
        except httpx.TransportError:
            continue
        if response.is_success:
            return response.json()
        if response.is_client_error and response.status_code not in (408, 429):
            break
    raise OrderFailed(key)

# %% wrong: the key in the body
# says: the attempts carry none
# change: no key
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza, "key": key})

# %% wrong: a new key for each attempt
# breaks: `key` is the key of this one order
# says: each attempt carries the same
# change: no key
-    for _ in range(3):
+    for attempt in range(3):
+        headers = {"Idempotency-Key": f"{key}-{attempt}" if attempt else key}
         try:
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza}, headers=headers)

# %% wrong: one key for all orders
# says: each attempt carries the same
# change: no key
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": "key"})

# %% wrong: tries for ever
# says: never stops trying
# change: stub
+
 async def order_pizza(client: httpx.AsyncClient, pizza: str, key: str) -> str:
...
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})

# %% wrong: tries a 4xx again
# breaks: and at once after any other 4xx, raise `OrderFailed`.
# says: the order itself is wrong
# change: no key
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
...
-        if response.is_client_error and response.status_code not in (408, 429):
-            break

# %% wrong: four attempts
# breaks: At most three attempts
# says: you ask 4 times instead of 3
# change: no key
-    for _ in range(3):
+    attempt = 0
+    while attempt <= 3:
+        attempt += 1
         try:
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})

# %% wrong: a lost connection is not tried again
# says: lets `ConnectError` out
# says: no answer came
# change: no key
-        try:
-            response = await client.post("/orders", json={"pizza": pizza})
-        except httpx.TransportError:
-            continue
+        response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})

# %% wrong: only time-outs are tried again
# says: lets `ConnectError` out
# says: no answer came
# change: no key
-            response = await client.post("/orders", json={"pizza": pizza})
-        except httpx.TransportError:
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
+        except httpx.TimeoutException:

# %% wrong: returns None in the end
# breaks: After the last attempt
# says: instead of raising `OrderFailed`
class OrderFailed(Exception):
    pass


async def order_pizza(client: httpx.AsyncClient, pizza: str, key: str) -> str | None:
    for _ in range(3):
        try:
            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
        except httpx.TransportError:
            continue
        if response.is_success:
            return response.json()
        if response.is_client_error and response.status_code not in (408, 429):
            break

# %% wrong: gives up at the first 503
# says: a 429 or a missing answer may be over in a moment
# change: no key
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
...
-        if response.is_client_error and response.status_code not in (408, 429):
-            break
+        raise OrderFailed(key)

# %% wrong: only the status 201 counts
# says: the service answers 200
# says: as each 2xx is
# change: no key
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
         except httpx.TransportError:
             continue
-        if response.is_success:
+        if response.status_code == 201:

# %% wrong: every exception is another attempt
# breaks: and only after a 5xx, a 408, a 429, or when no answer comes (`httpx.TransportError`).
# says: swallow the cancellation
# change: no key
-            response = await client.post("/orders", json={"pizza": pizza})
-        except httpx.TransportError:
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
+        except BaseException:

# %% wrong: a bare except
# says: went on and ordered again
# change: no key
-            response = await client.post("/orders", json={"pizza": pizza})
-        except httpx.TransportError:
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
+        except:  # noqa: E722

# %% wrong: a cancellation is a failed order
# says: raised `OrderFailed` instead of `CancelledError`
# change: no key
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
         except httpx.TransportError:
             continue
+        except asyncio.CancelledError:
+            break

# %% wrong: every 4xx is final
# says: The service answers 429, then 201
# change: no key
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
...
-        if response.is_client_error and response.status_code not in (408, 429):
+        if response.is_client_error:

# %% right: match, and a function for one attempt
class OrderFailed(Exception):
    pass

async def order_pizza(client: httpx.AsyncClient, pizza: str, key: str) -> str:
    async def attempt():
        try:
            return await client.post("/orders", json={"pizza": pizza}, headers=[("Idempotency-Key", key)])
        except httpx.TransportError:
            return None
    tries = 0
    while tries < 3:
        tries += 1
        match await attempt():
            case httpx.Response(is_success=True) as ok:
                return ok.json()
            case httpx.Response(status_code=status) if status < 500 and status not in {408, 429}:
                raise OrderFailed(status)
    raise OrderFailed("three times")

# %% wrong: every status is tried again
# says: the order itself is wrong
class OrderFailed(Exception):
    pass

async def order_pizza(client: httpx.AsyncClient, pizza: str, key: str) -> str:
    for attempt in range(3):
        try:
            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
            response.raise_for_status()
            return response.json()
        except httpx.HTTPError:
            continue
    raise OrderFailed(key)

# %% wrong: post without await
# says: a call of an `async def` without `await`
class OrderFailed(Exception):
    pass

async def order_pizza(client: httpx.AsyncClient, pizza: str, key: str) -> str:
    for attempt in range(3):
        try:
            async with asyncio.timeout(2):
                response = client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
        except httpx.TransportError:
            continue
        if response.is_success:
            return response.json()
    raise OrderFailed(key)

# %% wrong: a pause that holds the loop
# breaks: Leave out the pauses.
# says: `time.sleep` holds the event loop
# change: no key
-    for _ in range(3):
+    for attempt in range(3):
         try:
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
         except httpx.TransportError:
+            time.sleep(0.1 * attempt)

# %% wrong: the key stays on the client
# breaks: the client is shared by all
# says: one after the other, through the one client
# says: is shared by all orders
# change: no key
-    for _ in range(3):
+    client.headers.setdefault("Idempotency-Key", key)
+    for attempt in range(3):

# %% wrong: the key is written on the client before each order
# says: at the same moment, through the one client
# change: no key
-    for _ in range(3):
+    client.headers["Idempotency-Key"] = key
+    for attempt in range(3):

# %% wrong: the key is left behind on the client
# says: the key belongs to one order
# change: no key
-    for _ in range(3):
+    for attempt in range(3):
+        client.headers["Idempotency-Key"] = key

# %% wrong: some lost connections are not tried again
# says: lets `ReadError` out
# change: no key
-    for _ in range(3):
+    for attempt in range(3):
         try:
-            response = await client.post("/orders", json={"pizza": pizza})
-        except httpx.TransportError:
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
+        except (httpx.ConnectError, httpx.TimeoutException):

# %% wrong: network errors and time-outs only
# says: lets `RemoteProtocolError` out
# change: no key
-    for _ in range(3):
+    for attempt in range(3):
         try:
-            response = await client.post("/orders", json={"pizza": pizza})
-        except httpx.TransportError:
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
+        except (httpx.NetworkError, httpx.TimeoutException):

# %% wrong: a mistake in the program is tried again
# says: Such an error doesn't go away
# says: made 3 attempts and raised `OrderFailed`
# change: no key
-    for _ in range(3):
+    for attempt in range(3):
         try:
-            response = await client.post("/orders", json={"pizza": pizza})
-        except httpx.TransportError:
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
+        except Exception:

# %% wrong: a list of statuses without 504
# says: The service answers 504
# says: A 5xx
# change: no key
-    for _ in range(3):
+    for attempt in range(3):
         try:
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
...
-        if response.is_client_error and response.status_code not in (408, 429):
+        if response.status_code not in (408, 429, 500, 502, 503):

# %% wrong: too early is tried again
# says: the order itself is wrong
# change: no key
-    for _ in range(3):
+    for attempt in range(3):
         try:
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
...
-        if response.is_client_error and response.status_code not in (408, 429):
+        if response.is_client_error and response.status_code not in (408, 425, 429):

# %% wrong: the last error escapes
# says: lets `ReadTimeout` out
# says: whoever called it expects `OrderFailed`
# change: no key
-    for _ in range(3):
+    for attempt in range(3):
         try:
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
         except httpx.TransportError:
+            if attempt == 2:
+                raise

# %% wrong: an answer of FastAPI in place of the exception
# says: lets `HTTPException` out
# change: no key
-    for _ in range(3):
+    for attempt in range(3):
         try:
-            response = await client.post("/orders", json={"pizza": pizza})
+            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
...
-    raise OrderFailed(key)
+    raise HTTPException(503, "no pizza")

# %% wrong: 200 is the only success
# says: The service answers 201
# says: as each 2xx is
class OrderFailed(Exception):
    pass


async def order_pizza(client: httpx.AsyncClient, pizza: str, key: str) -> str:
    for attempt in range(3):
        try:
            response = await client.post("/orders", json={"pizza": pizza}, headers={"Idempotency-Key": key})
        except httpx.TransportError:
            continue
        if response.status_code == 200:
            return response.json()
        if response.is_client_error and response.status_code not in (408, 429):
            break
    raise OrderFailed(key)

# %% wrong: the text instead of the JSON
# breaks: On success it returns the JSON of the answer, as now.
# says: What `order_pizza` returns when the service answers 201 is not as expected
# change: solution
-            return response.json()
+            return response.text

# %% wrong: waits for ever
# breaks: and its time-out stays.
# says: An attempt has no time-out
# change: solution
-            response = await client.post("/orders", json={"pizza": pizza}, headers=headers)
+            response = await client.post("/orders", json={"pizza": pizza}, headers=headers, timeout=None)

# %% wrong: another field of the body
# says: the body of a request is `{"name":"pizza 0"}`
# change: solution
-            response = await client.post("/orders", json={"pizza": pizza}, headers=headers)
+            response = await client.post("/orders", json={"name": pizza}, headers=headers)

# %% wrong: an answer that cannot be read is tried again
# says: An answer came that httpx can't read
# change: solution
-        except httpx.TransportError:
+        except httpx.HTTPError:

# %% wrong: a task of its own keeps the cancellation away
# says: Does something keep the cancellation away
# never: swallow
# change: solution
-            response = await client.post("/orders", json={"pizza": pizza}, headers=headers)
+            order = client.post("/orders", json={"pizza": pizza}, headers=headers)
+            response = await keep_on(asyncio.ensure_future(order))
...
 async def order_pizza(client: httpx.AsyncClient, pizza: str, key: str) -> str:
+    async def keep_on(order):
+        with suppress(asyncio.CancelledError):
+            return await asyncio.shield(order)
+        return await order
+
     headers = {"Idempotency-Key": key}
...
 class OrderFailed(Exception):
     pass
+
+from contextlib import suppress
