# %% right: one comprehension for the way, a plain if for the dict
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found = {}
    for one in errors:
        parts = [str(part) for part in one["loc"]]
        if len(parts) == 1 or one["type"] == "json_invalid":
            key = "body"
        else:
            key = ".".join(parts[1:])
        if key not in found:
            found[key] = []
        found[key].append(one["msg"])
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% right: a defaultdict, and the lesson's way to say it
from collections import defaultdict
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found = defaultdict(list)
    for one in errors:
        place, *way = one["loc"]
        if one["type"].startswith("json"):
            way = []
        found[".".join(map(str, way)) or "body"] += [one["msg"]]
    return dict(found)

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: the place is a part of the key
# says: it is no field
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found = {}
    for one in errors:
        found.setdefault(".".join(str(part) for part in one["loc"]), []).append(one["msg"])
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: only the last part
# says: needs the whole way
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found = {}
    for one in errors:
        found.setdefault(str(one["loc"][-1]), []).append(one["msg"])
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: what was sent is still in the message
# says: somebody's phone number
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found = {}
    for one in errors:
        way = [] if one["type"] == "json_invalid" else one["loc"][1:]
        key = ".".join(str(part) for part in way) or "body"
        found.setdefault(key, []).append(f"{one['msg']} ({one['input']})")
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: of two messages the last stays
# says: only the last is left
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found = {}
    for one in errors:
        way = [] if one["type"] == "json_invalid" else one["loc"][1:]
        found[".".join(str(part) for part in way) or "body"] = [one["msg"]]
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: a whole body has no key
# says: belong to the key `body`
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found = {}
    for one in errors:
        key = ".".join(str(part) for part in one["loc"][1:])
        found.setdefault(key, []).append(one["msg"])
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: the character at which the JSON breaks becomes a field
# says: the character at which
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found = {}
    for one in errors:
        key = ".".join(str(part) for part in one["loc"][1:]) or "body"
        found.setdefault(key, []).append(one["msg"])
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: crashes where there is no field
# says: crashes on an entry with the `loc` `('body',)`
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found = {}
    for one in errors:
        key = one["loc"][1]
        for part in one["loc"][2:]:
            key = f"{key}.{part}"
        found.setdefault(str(key), []).append(one["msg"])
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: the message is a text, not a list
# says: there should be a list of messages
# outcome: failed
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found = {}
    for one in errors:
        way = [] if one["type"] == "json_invalid" else one["loc"][1:]
        found[".".join(str(part) for part in way) or "body"] = one["msg"]
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    content = {"detail": "Not valid.", "error_code": "VALIDATION_FAILED"}
    return JSONResponse(content | {"field_errors": line_errors(error.errors())}, 400)

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: numbers of the list are left out
# says: needs the whole way
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found = {}
    for one in errors:
        way = [part for part in one["loc"][1:] if isinstance(part, str)]
        found.setdefault(".".join(way) or "body", []).append(one["msg"])
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: only the first error is told
# says: the fields at fault are
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    one = errors[0]
    way = [] if one["type"] == "json_invalid" else one["loc"][1:]
    return {".".join(str(part) for part in way) or "body": [one["msg"]]}

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: a number is not joined
# says: sequence item 1: expected str instance, int found
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in errors:
        way = one["loc"][1:]
        if one["type"] == "json_invalid" or not way:
            way = ("body",)
        key = ".".join(way)
        found.setdefault(key, []).append(one["msg"])
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: what a validator keeps comes along
# says: what stands in `ctx`
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in errors:
        way = one["loc"][1:]
        if one["type"] == "json_invalid" or not way:
            way = ("body",)
        key = ".".join(str(part) for part in way)
        found.setdefault(key, []).append(one["msg"] + str(one.get("ctx", {}).get("error", "")))
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: a message is said once
# says: when two say the same
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in errors:
        way = one["loc"][1:]
        if one["type"] == "json_invalid" or not way:
            way = ("body",)
        key = ".".join(str(part) for part in way)
        if one["msg"] not in found.setdefault(key, []):
            found[key].append(one["msg"])
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: places are cut out anywhere
# says: may be called `header`
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in errors:
        way = tuple(part for part in one["loc"] if part not in ("body", "query", "path", "header"))
        if one["type"] == "json_invalid" or not way:
            way = ("body",)
        key = ".".join(str(part) for part in way)
        found.setdefault(key, []).append(one["msg"])
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: broken JSON is told by its sentence
# says: told by its `type`
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in errors:
        way = one["loc"][1:]
        if one["msg"] == "JSON decode error" or not way:
            way = ("body",)
        key = ".".join(str(part) for part in way)
        found.setdefault(key, []).append(one["msg"])
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: the return is lost
# says: Is there a `return` at its end?
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in errors:
        way = one["loc"][1:]
        if one["type"] == "json_invalid" or not way:
            way = ("body",)
        key = ".".join(str(part) for part in way)
        found.setdefault(key, []).append(one["msg"])

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})


# %% wrong: the return is in the loop
# says: does your loop come to each
class Item(BaseModel):
    name: Annotated[str, Field(min_length=2)]
    amount: Annotated[int, Field(ge=1, le=99)] = 1

class Order(BaseModel):
    phone: Annotated[str, Field(pattern="^[0-9]+$")]
    items: list[Item]

    @model_validator(mode="after")
    def has_items(self) -> "Order":
        if not self.items:
            raise ValueError("An order has at least one item.")
        return self

def line_errors(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in errors:
        way = one["loc"][1:]
        if one["type"] == "json_invalid" or not way:
            way = ("body",)
        key = ".".join(str(part) for part in way)
        found.setdefault(key, []).append(one["msg"])
        return found
    return found

async def answer_bad_order(request: Request, error: RequestValidationError) -> Response:
    return problem(400, "VALIDATION_FAILED", "Not valid.", line_errors(error.errors()))

orders_router = APIRouter()

@orders_router.post("/orders", status_code=204)
async def post_order(order: Order, coupon: Annotated[list[int], Query()] = []) -> None: ...

orders_app = new_app(orders_router, exception_handlers={RequestValidationError: answer_bad_order})
