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
import secrets


def new_code() -> str:
    return secrets.token_hex(4)


orders_router = APIRouter()


def get_code() -> str:
    return new_code()()


@orders_router.post("/orders", status_code=201)
def create_order(code: Annotated[str, Depends(get_code)]) -> dict[str, str]:
    return {"code": code}


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
import secrets


def new_code() -> str:
    return secrets.token_hex(4)


orders_router = APIRouter()


@orders_router.post("/orders", status_code=201)
def create_order() -> dict[str, str]:
    return {"code": new_code()}


# %% wrong: the function as a default, without Depends
# says: The code should be the text that `new_code` makes
import secrets


def new_code() -> str:
    return secrets.token_hex(4)


orders_router = APIRouter()


@orders_router.post("/orders", status_code=201)
def create_order(code=new_code) -> dict[str, str]:
    return {"code": ""}
