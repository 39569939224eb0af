# story: A bakery takes orders through our service.
# story: On Saturday eleven people stood there with the same code, and one with `FREE`.
# story: Find out why.

# %% right: the old way of writing it, and a function around new_code
import secrets


def new_code() -> str:
    return secrets.token_hex(4)


orders_router = APIRouter()


async def get_code():
    return new_code()


@orders_router.post("/orders", status_code=201)
async def create_order(code: str = Depends(get_code)):
    return {"code": code}

# %% wrong: the code is called
# says: 'str' object is not callable
# outcome: error
# change: the old way of writing it, and a function around new_code
-async def get_code():
-    return new_code()
+def get_code() -> str:
+    return new_code()()
...
-async def create_order(code: str = Depends(get_code)):
+def create_order(code: Annotated[str, Depends(get_code)]) -> dict[str, str]:

# %% wrong: one code, made beforehand
# breaks: each order gets a code of its own
# says: Forty orders came in one after the other, and all got the same code
import secrets


def new_code() -> str:
    return secrets.token_hex(4)


orders_router = APIRouter()
CODE = new_code()


def get_code() -> str:
    return CODE


@orders_router.post("/orders", status_code=201)
def create_order(code: Annotated[str, Depends(get_code)]) -> dict[str, str]:
    return {"code": code}

# %% wrong: None by default, made when it is missing
# breaks: which no caller can choose
# says: The caller sent `?code=FREE` and got it
import secrets


def new_code() -> str:
    return secrets.token_hex(4)


orders_router = APIRouter()


@orders_router.post("/orders", status_code=201)
def create_order(code: str | None = None) -> dict[str, str]:
    return {"code": code or new_code()}

# %% wrong: called in the route
# breaks: the code comes from a dependency
# says: the route has no dependency
# change: None by default, made when it is missing
-def create_order(code: str | None = None) -> dict[str, str]:
-    return {"code": code or new_code()}
+def create_order() -> dict[str, str]:
+    return {"code": new_code()}

# %% wrong: the function as a default, without Depends
# says: The code should be the text that `new_code` makes
# change: None by default, made when it is missing
-def create_order(code: str | None = None) -> dict[str, str]:
-    return {"code": code or new_code()}
+def create_order(code=new_code) -> dict[str, str]:
+    return {"code": ""}

# %% wrong: the dependency's code is not used
# says: the code does not come from it
# change: None by default, made when it is missing
-def create_order(code: str | None = None) -> dict[str, str]:
-    return {"code": code or new_code()}
+def create_order(x: Annotated[str, Depends(new_code)]) -> dict[str, str]:
+    return {"code": new_code()}

# %% wrong: a dependency in the decorator, and a call in the route
# says: Take the code as a parameter with `Depends`
# change: None by default, made when it is missing
-@orders_router.post("/orders", status_code=201)
-def create_order(code: str | None = None) -> dict[str, str]:
-    return {"code": code or new_code()}
+@orders_router.post("/orders", status_code=201, dependencies=[Depends(new_code)])
+def create_order() -> dict[str, str]:
+    return {"code": new_code()}

# %% wrong: a counter
# breaks: Whoever orders gets a secret code, and hands it over at the counter.
# says: The codes follow each other
from itertools import count

numbers = count(1)


def new_code() -> str:
    return f"order-{next(numbers):04}"


orders_router = APIRouter()


@orders_router.post("/orders", status_code=201)
def create_order(code: Annotated[str, Depends(new_code)]) -> dict[str, str]:
    return {"code": code}

# %% wrong: short codes
# says: The code is too short
import secrets


def new_code() -> str:
    return secrets.token_hex(2)


orders_router = APIRouter()


@orders_router.post("/orders", status_code=201)
def create_order(code: Annotated[str, Depends(new_code)]) -> dict[str, str]:
    return {"code": code}

# %% right: a class that needs the code, and the request
import secrets


def new_code() -> str:
    return secrets.token_hex(4)


class Order:
    def __init__(self, request: Request, code: Annotated[str, Depends(new_code)]):
        self.code = code + secrets.token_hex(2)


orders_router = APIRouter()


@orders_router.post("/orders", status_code=201)
def create_order(order: Annotated[Order, Depends()]) -> dict[str, str]:
    return {"code": order.code}

# %% right: kept in the request's state
import secrets


def new_code() -> str:
    return secrets.token_hex(4)


async def keep_code(request: Request):
    request.state.code = new_code()
    yield


orders_router = APIRouter()


@orders_router.post("/orders", status_code=201, dependencies=[Depends(keep_code)])
def create_order(request: Request) -> dict[str, str]:
    return {"code": request.state.code}

# %% wrong: the function called inside Depends
# says: take the parentheses behind its name away
# outcome: error
import secrets
def new_code() -> str:
    return secrets.token_hex(4)
orders_router = APIRouter()
@orders_router.post("/orders", status_code=201)
def create_order(code: Annotated[str, Depends(new_code())]) -> dict[str, str]:
    return {"code": code}

# %% wrong: the clock
# says: as from a counter or a clock
# change: solution
 def new_code() -> str:
-    return secrets.token_hex(4)
+    import time
+    return str(time.time_ns())

# %% wrong: the clock in hex
# says: as from a counter or a clock
# change: solution
 def new_code() -> str:
-    return secrets.token_hex(4)
+    import time
+    return "cake-" + hex(int(time.time() * 1e6))

# %% wrong: a cache
# says: a cache keeps its first result
# change: solution
 import secrets
+from functools import cache
 
-def new_code() -> str:
+@cache
+def new_code() -> str:

# %% wrong: made by random
# says: The code comes from `random`
# change: solution
 def new_code() -> str:
-    return secrets.token_hex(4)
+    import random
+    return f"{random.randrange(16**8):08x}"

# %% wrong: a counter in steps of seven
# says: as from a counter or a clock
# change: solution
 def new_code() -> str:
-    return secrets.token_hex(4)
+    new_code.n = getattr(new_code, "n", 100000) + 7
+    return str(new_code.n)

# %% wrong: a code in the body counts
# says: The caller sent a body `{"code": "FREE"}` and got it
# change: solution
-def create_order(code: Annotated[str, Depends(new_code)]) -> dict[str, str]:
-    return {"code": code}
+async def create_order(request: Request, code: Annotated[str, Depends(new_code)]) -> dict[str, str]:
+    sent = await request.body()
+    return {"code": json.loads(sent)["code"] if sent else code}
...
 import secrets
+import json

# %% wrong: a dependency with a parameter
# says: The caller sent `?code=FREE` and got it
# change: solution
-def new_code() -> str:
-    return secrets.token_hex(4)
+def new_code(code: str = "") -> str:
+    return code or secrets.token_hex(4)

# %% wrong: a global between the dependency and the route
# says: Does something outside of your functions hold it
# change: solution
-def create_order(code: Annotated[str, Depends(new_code)]) -> dict[str, str]:
-    return {"code": code}
+def create_order() -> dict[str, str]:
+    return {"code": last["code"]}
...
-@orders_router.post("/orders", status_code=201)
+last = {}
+
+def keep_code():
+    last["code"] = new_code()
+
+@orders_router.post("/orders", status_code=201, dependencies=[Depends(keep_code)])

# %% wrong: a dependency that marks the request, and a call in the route
# says: the code does not come from it
# change: solution
-def create_order(code: Annotated[str, Depends(new_code)]) -> dict[str, str]:
-    return {"code": code}
+def create_order(request: Request) -> dict[str, str]:
+    return {"code": request.state.prefix + new_code()}
...
-@orders_router.post("/orders", status_code=201)
+def mark(request: Request):
+    request.state.prefix = "cake-"
+
+@orders_router.post("/orders", status_code=201, dependencies=[Depends(mark)])

# %% wrong: answers 200
# says: `POST /orders` answered 200
# change: solution
-@orders_router.post("/orders", status_code=201)
+@orders_router.post("/orders")

# %% right: with a word before it
# change: solution
 def new_code() -> str:
-    return secrets.token_hex(4)
+    return "cake-" + secrets.token_hex(4)

# %% right: uuid4
# change: solution
 def new_code() -> str:
-    return secrets.token_hex(4)
+    import uuid
+    return str(uuid.uuid4())

# %% right: a class with a call
# change: solution
-def create_order(code: Annotated[str, Depends(new_code)]) -> dict[str, str]:
+def create_order(code: Annotated[str, Depends(Codes(5))]) -> dict[str, str]:
...
 def new_code() -> str:
     return secrets.token_hex(4)
+
+class Codes:
+    def __init__(self, size):
+        self.size = size
+    def __call__(self):
+        return secrets.token_hex(self.size)

# %% right: an order model that a dependency builds
# change: solution
-def create_order(code: Annotated[str, Depends(new_code)]) -> dict[str, str]:
-    return {"code": code}
+def create_order(order: Annotated[Order, Depends(new_order)]) -> Order:
+    return order
...
 def new_code() -> str:
     return secrets.token_hex(4)
+
+class Order(BaseModel):
+    code: str
+
+def new_order() -> Order:
+    return Order(code=new_code())

# %% wrong: the caller has to send the code
# breaks: which no caller can choose
# says: Your route asks the customer for something
# change: solution
-def create_order(code: Annotated[str, Depends(new_code)]) -> dict[str, str]:
+def create_order(code: str) -> dict[str, str]:

# %% right: a generator, and no cache
# change: solution
-def create_order(code: Annotated[str, Depends(new_code)]) -> dict[str, str]:
+def fresh():
+    yield new_code()
+
+@orders_router.post("/orders", status_code=201)
+def create_order(code: str = Depends(fresh, use_cache=False)) -> dict[str, str]:
...
-@orders_router.post("/orders", status_code=201)
+

# %% right: made again until it is free
# change: solution
-@orders_router.post("/orders", status_code=201)
-def create_order(code: Annotated[str, Depends(new_code)]) -> dict[str, str]:
-    return {"code": code}
+given = set()
+def get_code() -> str:
+    while (code := new_code()) in given:
+        pass
+    given.add(code)
+    return code
+@orders_router.post("/orders", status_code=201)
+def create_order(code: Annotated[str, Depends(get_code)]) -> dict[str, str]:
+    return {"code": code}

# %% wrong: a code in a header counts
# says: a header `Code: FREE`
# change: solution
-@orders_router.post("/orders", status_code=201)
-def create_order(code: Annotated[str, Depends(new_code)]) -> dict[str, str]:
+def get_code(request: Request) -> str:
+    return request.headers.get("code") or new_code()
+@orders_router.post("/orders", status_code=201)
+def create_order(code: Annotated[str, Depends(get_code)]) -> dict[str, str]:

# %% wrong: a parameter that the documentation does not show
# says: `?code=FREE` and got it
# change: solution
-@orders_router.post("/orders", status_code=201)
-def create_order(code: Annotated[str, Depends(new_code)]) -> dict[str, str]:
+from fastapi import Query
+def get_code(code: Annotated[str, Query(include_in_schema=False)] = "") -> str:
+    return code or new_code()
+@orders_router.post("/orders", status_code=201)
+def create_order(code: Annotated[str, Depends(get_code)]) -> dict[str, str]:

# %% wrong: uuid1
# says: The codes follow each other in order
# change: solution
-    return secrets.token_hex(4)
+    import uuid
+    return str(uuid.uuid1())

# %% wrong: token_hex itself
# says: invites callers to send `nbytes`
# change: solution
-def create_order(code: Annotated[str, Depends(new_code)]) -> dict[str, str]:
+def create_order(code: Annotated[str, Depends(secrets.token_hex)]) -> dict[str, str]:

# %% wrong: one of four words
# says: some got the same code. Each order needs one of its own
# never: keeps it
# change: solution
-    return secrets.token_hex(4)
+    return secrets.choice(["yellow", "purple", "orange", "silver"])
