# story: This is Carla's parcel API.
# story: None of her three overrides does that.

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
# breaks: Mend `use_fakes(app)`.
# says: A key of the overrides is the alias
def fake_time(hour: int) -> str:
    return f"{hour} o'clock"


def use_fakes(app):
    app.dependency_overrides[Courier] = lambda: "van"
    app.dependency_overrides[get_price] = lambda: 5
    app.dependency_overrides[get_time] = lambda: fake_time(8)

# %% wrong: the call stays
# says: A key of the overrides is `7`, which isn't a function
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

# %% wrong: another hour
# breaks: and the time "8 o'clock"
# says: Carla's tests want
# change: the parameter stays
-    app.dependency_overrides[get_time] = fake_time
+    app.dependency_overrides[get_time] = lambda: fake_time(9)

# %% wrong: values in place of functions
# says: The replacement of `get_courier` is `'van'`, which isn't a function
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

# %% right: one object for each value
class Fake:
    def __init__(self, value):
        self.value = value

    def __call__(self):
        return self.value


def use_fakes(app: FastAPI) -> None:
    app.dependency_overrides.update({get_courier: Fake("van"), get_price: Fake(5), get_time: Fake("8 o'clock")})

# %% wrong: a price that is text
# breaks: Her tests want a van in place of the bike, a price of 5 in place of 7
# says: Got: `"5"`
# never: still the real one
# change: solution
-    app.dependency_overrides[get_price] = lambda: 5
+    app.dependency_overrides[get_price] = lambda: "5"

# %% wrong: a default that any caller can change
# says: with `?hour=9`, any caller changes the answer
# change: the parameter stays
-def fake_time(hour: int) -> str:
+def fake_time(hour: int = 8) -> str:

# %% wrong: the hour is called at once
# says: The replacement of `get_time` is `"8 o'clock"`, which isn't a function
# change: the parameter stays
-    app.dependency_overrides[get_time] = fake_time
+    app.dependency_overrides[get_time] = fake_time(8)

# %% wrong: the name of the function as text
# says: A key of the overrides is `'get_courier'`, which isn't a function
# change: solution
-    app.dependency_overrides[get_courier] = lambda: "van"
+    app.dependency_overrides["get_courier"] = lambda: "van"

# %% wrong: one app, whichever it is given
# says: `use_fakes` got another app and changed `parcels_app`
def use_fakes(app: FastAPI) -> None:
    parcels_app.dependency_overrides[get_courier] = lambda: "van"
    parcels_app.dependency_overrides[get_price] = lambda: 5
    parcels_app.dependency_overrides[get_time] = lambda: "8 o'clock"

# %% wrong: one override is missing
# says: The courier is still the real one.
# change: solution
-    app.dependency_overrides[get_courier] = lambda: "van"
