# story: Ben's shop shows prices in other currencies. On Tuesday somebody added today's exchange rates, and since then the page is slow whenever many people look. The handler awaits everything, says its author.
# story: `rates` can be asked in two ways, as above, and so can `shop`.

# %% right: a thread for the one call
# change: solution
+
 async def get_factor(currency: str = "EUR") -> float:
-    await rates.ask_async(f"rate of {currency}")
+    await asyncio.to_thread(rates.ask, f"rate of {currency}")
     return {"EUR": 1.0, "USD": 1.25}[currency]
+

# %% right: plain functions, which FastAPI runs in threads
rates = SlowService()
shop = SlowService()
prices_router = APIRouter()


def get_factor(currency: str = "EUR") -> float:
    rates.ask()
    return {"EUR": 1.0, "USD": 1.25}[currency]


@prices_router.get("/prices")
def get_prices(factor: Annotated[float, Depends(get_factor)]) -> dict[str, float]:
    shop.ask()
    return {"bread": 2.0 * factor, "milk": 1.0 * factor}

# %% right: no dependency at all
rates = SlowService()
shop = SlowService()
prices_router = APIRouter()
FACTORS = {"EUR": 1.0, "USD": 1.25}


@prices_router.get("/prices")
async def get_prices(currency: str = "EUR"):
    await rates.ask_async(currency)
    await shop.ask_async("prices")
    return {name: price * FACTORS[currency] for name, price in {"bread": 2.0, "milk": 1.0}.items()}

# %% wrong: only the handler became a plain function
# says: some call holds the event loop
rates = SlowService()
shop = SlowService()
prices_router = APIRouter()


async def get_factor(currency: str = "EUR") -> float:
    rates.ask(f"rate of {currency}")
    return {"EUR": 1.0, "USD": 1.25}[currency]


@prices_router.get("/prices")
def get_prices(factor: Annotated[float, Depends(get_factor)]) -> dict[str, float]:
    shop.ask("prices")
    return {"bread": 2.0 * factor, "milk": 1.0 * factor}

# %% wrong: the right method without await
# says: a call of `ask_async` without `await`
# change: solution
+
 async def get_factor(currency: str = "EUR") -> float:
-    await rates.ask_async(f"rate of {currency}")
+    rates.ask_async(f"rate of {currency}")
     return {"EUR": 1.0, "USD": 1.25}[currency]
+

# %% wrong: the rates are not asked any more
# says: Was one taken out
# change: solution
+
 async def get_factor(currency: str = "EUR") -> float:
-    await rates.ask_async(f"rate of {currency}")
     return {"EUR": 1.0, "USD": 1.25}[currency]
+

# %% wrong: asked once, when the cell ran
# says: SlowService
# outcome: error
rates = SlowService()
shop = SlowService()
prices_router = APIRouter()
rates.ask()

# %% wrong: an await around the blocking call
# breaks: Find the call that holds the loop, and mend it.
# says: `await` in front of it changes nothing
# change: solution
+
 async def get_factor(currency: str = "EUR") -> float:
-    await rates.ask_async(f"rate of {currency}")
+    await rates.ask(f"rate of {currency}")
     return {"EUR": 1.0, "USD": 1.25}[currency]
+

# %% wrong: called before the thread starts
# says: Hand over the function and its arguments one by one
# change: solution
+
 async def get_factor(currency: str = "EUR") -> float:
-    await rates.ask_async(f"rate of {currency}")
+    await asyncio.to_thread(rates.ask(f"rate of {currency}"))
     return {"EUR": 1.0, "USD": 1.25}[currency]
+

# %% wrong: always euros
# breaks: The answer of `GET /prices` stays as it is.
# says: another body
rates = SlowService()
shop = SlowService()
prices_router = APIRouter()


@prices_router.get("/prices")
async def get_prices() -> dict[str, float]:
    await rates.ask_async()
    await shop.ask_async("prices")
    return {"bread": 2.0, "milk": 1.0}

# %% right: both questions together
rates = SlowService()
shop = SlowService()
prices_router = APIRouter()


FACTORS = {"EUR": 1.0, "USD": 1.25}


@prices_router.get("/prices")
async def get_prices(currency: str = "EUR") -> dict[str, float]:
    rate = asyncio.create_task(rates.ask_async(currency))
    async with asyncio.TaskGroup() as group:
        group.create_task(shop.ask_async("prices"))
    await rate
    return {"bread": 2.0 * FACTORS[currency], "milk": FACTORS[currency]}

# %% wrong: a task that nobody awaits
# breaks: and has both answers before it answers.
# says: start something that nobody waits for
# change: solution
+
 async def get_factor(currency: str = "EUR") -> float:
-    await rates.ask_async(f"rate of {currency}")
+    asyncio.create_task(rates.ask_async(f"rate of {currency}"))
     return {"EUR": 1.0, "USD": 1.25}[currency]
+

# %% wrong: asked in the background, after the answer
# says: the answer leaves before `rates` has answered
# change: solution
-async def get_factor(currency: str = "EUR") -> float:
-    await rates.ask_async(f"rate of {currency}")
+
+async def get_factor(background: BackgroundTasks, currency: str = "EUR") -> float:
+    background.add_task(rates.ask_async, f"rate of {currency}")
     return {"EUR": 1.0, "USD": 1.25}[currency]
+

# %% wrong: a blocking call in the background
# says: some call holds the event loop
# change: solution
+
 async def get_factor(currency: str = "EUR") -> float:
-    await rates.ask_async(f"rate of {currency}")
+    async def ask() -> None:
+        rates.ask(f"rate of {currency}")
+
+    await asyncio.create_task(ask())
     return {"EUR": 1.0, "USD": 1.25}[currency]
+

# %% wrong: a list for gather
# says: handed over with a star
# change: solution
+
 async def get_factor(currency: str = "EUR") -> float:
-    await rates.ask_async(f"rate of {currency}")
+    await asyncio.gather([rates.ask_async(f"rate of {currency}")])
     return {"EUR": 1.0, "USD": 1.25}[currency]
+

# %% right: a thread and an await, together
rates = SlowService()
shop = SlowService()
prices_router = APIRouter()

@prices_router.get("/prices")
async def get_prices(currency: str = "EUR") -> dict[str, float]:
    await asyncio.gather(asyncio.to_thread(rates.ask), shop.ask_async("prices"))
    factor = 1.25 if currency == "USD" else 1.0
    return {"bread": 2.0 * factor, "milk": 1.0 * factor}

# %% wrong: the call moves from the dependency to the handler
# says: at each call without `await`
# change: solution
-    await rates.ask_async(f"rate of {currency}")
+    await asyncio.to_thread(lambda: rates.ask(f"rate of {currency}"))
...
-    await shop.ask_async("prices")
+    shop.ask("prices")

# %% right: a def dependency with yield
# change: stub
-async def get_factor(currency: str = "EUR") -> float:
+def get_factor(currency: str = "EUR"):
     rates.ask(f"rate of {currency}")
-    return {"EUR": 1.0, "USD": 1.25}[currency]
+    yield {"EUR": 1.0, "USD": 1.25}[currency]

# %% wrong: an async method for a thread
# says: `to_thread` got `ask_async`
# change: solution
+
 async def get_factor(currency: str = "EUR") -> float:
-    await rates.ask_async(f"rate of {currency}")
+    await asyncio.to_thread(rates.ask_async, f"rate of {currency}")
     return {"EUR": 1.0, "USD": 1.25}[currency]
+

# %% wrong: an async method, called for a thread
# says: Hand over the function and its arguments one by one
# change: solution
+
 async def get_factor(currency: str = "EUR") -> float:
-    await rates.ask_async(f"rate of {currency}")
+    await asyncio.to_thread(rates.ask_async(f"rate of {currency}"))
     return {"EUR": 1.0, "USD": 1.25}[currency]
+

# %% wrong: one question at a time
# says: The loop is free, and yet they wait for each other
rates = SlowService()
shop = SlowService()
prices_router = APIRouter()
one_at_a_time = asyncio.Lock()


async def get_factor(currency: str = "EUR") -> float:
    async with one_at_a_time:
        await rates.ask_async(f"rate of {currency}")
    return {"EUR": 1.0, "USD": 1.25}[currency]


@prices_router.get("/prices")
async def get_prices(factor: Annotated[float, Depends(get_factor)]) -> dict[str, float]:
    await shop.ask_async("prices")
    return {"bread": 2.0 * factor, "milk": 1.0 * factor}

# %% wrong: a second event loop in the thread
# says: starts a second event loop
# change: solution
-async def get_factor(currency: str = "EUR") -> float:
-    await rates.ask_async(f"rate of {currency}")
+
+def get_factor(currency: str = "EUR") -> float:
+    asyncio.run(rates.ask_async(f"rate of {currency}"))
     return {"EUR": 1.0, "USD": 1.25}[currency]
+

# %% wrong: always the rate of the euro
# says: was asked for `rate of EUR`
# change: solution
+
 async def get_factor(currency: str = "EUR") -> float:
-    await rates.ask_async(f"rate of {currency}")
+    await rates.ask_async("rate of EUR")
     return {"EUR": 1.0, "USD": 1.25}[currency]
+

# %% wrong: the rate of an earlier request is kept
# breaks: Each request still asks both of them
# says: or the answer of an earlier request kept
rates = SlowService()
shop = SlowService()
prices_router = APIRouter()
known = {}


async def get_factor(currency: str = "EUR") -> float:
    if currency not in known:
        await rates.ask_async(f"rate of {currency}")
        known[currency] = {"EUR": 1.0, "USD": 1.25}[currency]
    return known[currency]


@prices_router.get("/prices")
async def get_prices(factor: Annotated[float, Depends(get_factor)]) -> dict[str, float]:
    await shop.ask_async("prices")
    return {"bread": 2.0 * factor, "milk": 1.0 * factor}

# %% wrong: without an answer of the rates, a price all the same
# says: Without today's rate there is no price
# change: solution
+
 async def get_factor(currency: str = "EUR") -> float:
-    await rates.ask_async(f"rate of {currency}")
+    try:
+        await rates.ask_async(f"rate of {currency}")
+    except Exception:
+        pass
     return {"EUR": 1.0, "USD": 1.25}[currency]
+
