# %% right: all at once, with functions
def fake_time(hour: int) -> str:
    return f"{hour} o'clock"


def van():
    return "van"


def use_fakes(app):
    app.dependency_overrides.update({get_courier: van, get_price: lambda: 5, get_time: lambda: "8 o'clock"})

# %% right: a default that is no parameter of the request
def fake_time(hour: int) -> str:
    return f"{hour} o'clock"


def use_fakes(app):
    async def eight():
        return fake_time(8)

    app.dependency_overrides[get_time] = eight
    app.dependency_overrides |= {get_price: lambda: 5}
    app.dependency_overrides[get_courier] = lambda: "van"

# %% wrong: the alias stays
# says: or its alias
def fake_time(hour: int) -> str:
    return f"{hour} o'clock"


def use_fakes(app):
    app.dependency_overrides[Courier] = lambda: "van"
    app.dependency_overrides[get_price] = lambda: 5
    app.dependency_overrides[get_time] = lambda: fake_time(8)

# %% wrong: the call stays
# says: or what the function returns
def fake_time(hour: int) -> str:
    return f"{hour} o'clock"


def use_fakes(app):
    app.dependency_overrides[get_courier] = lambda: "van"
    app.dependency_overrides[get_price()] = lambda: 5
    app.dependency_overrides[get_time] = lambda: fake_time(8)

# %% wrong: the parameter stays
# says: its parameter has become a query parameter
def fake_time(hour: int) -> str:
    return f"{hour} o'clock"


def use_fakes(app):
    app.dependency_overrides[get_courier] = lambda: "van"
    app.dependency_overrides[get_price] = lambda: 5
    app.dependency_overrides[get_time] = fake_time

# %% wrong: a default that a caller can change is fine, the hour is not
# says: Which hour
# change: the parameter stays
-    app.dependency_overrides[get_time] = fake_time
+    app.dependency_overrides[get_time] = lambda: fake_time(9)

# %% wrong: values in place of functions
# says: is not a callable object
# outcome: error
def fake_time(hour: int) -> str:
    return f"{hour} o'clock"


def use_fakes(app):
    app.dependency_overrides[get_courier] = "van"
    app.dependency_overrides[get_price] = 5
    app.dependency_overrides[get_time] = "8 o'clock"

# %% wrong: a function of the same name, defined again
# says: it was defined a second time
def fake_time(hour: int) -> str:
    return f"{hour} o'clock"


def use_fakes(app):
    def get_courier():
        return "bike"

    app.dependency_overrides[get_courier] = lambda: "van"
    app.dependency_overrides[get_price] = lambda: 5
    app.dependency_overrides[get_time] = lambda: fake_time(8)

# %% wrong: the API's own functions changed
# says: Before `use_fakes`, nothing is replaced
def get_courier() -> str:
    return "van"


def get_price() -> int:
    return 5


def get_time() -> str:
    return "8 o'clock"


Courier = Annotated[str, Depends(get_courier)]
parcels_app = FastAPI()


@parcels_app.get("/parcels/{number}")
def read_parcel(
    number: int, courier: Courier, price: int = Depends(get_price), time: str = Depends(get_time)
) -> dict[str, str | int]:
    return {"number": number, "courier": courier, "price": price, "time": time}


def fake_time(hour: int) -> str:
    return f"{hour} o'clock"


def use_fakes(app):
    pass

# %% wrong: the functions written anew, and no override
# says: has put nothing into
def get_courier() -> str:
    return "van"


def get_price() -> int:
    return 5


def use_fakes(app: FastAPI) -> None:
    pass
