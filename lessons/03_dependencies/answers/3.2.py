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
# says: Three orders got the same code
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
# says: The caller sent `code=FREE` and got it
import secrets


def new_code() -> str:
    return secrets.token_hex(4)


orders_router = APIRouter()


@orders_router.post("/orders", status_code=201)
def create_order(code: str | None = None) -> dict[str, str]:
    return {"code": code or new_code()}

# %% wrong: called in the route
# says: the route fetches it by itself
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
# says: the answer has another one
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
