# %% right: StrictInt and the setting given with the class
from pydantic import StrictInt


class PauseCreate(BaseModel, extra="forbid"):
    from_date: date
    days: StrictInt = Field(default=7, ge=1, le=60)


pauses_router = APIRouter()


@pauses_router.post("/pauses", status_code=201)
def create_pause(pause: PauseCreate) -> dict[str, Any]:
    return pause.model_dump()

# %% right: strict as it was, with the date as the exception, and the base class of this lesson
class PauseCreate(RequestModel):
    model_config = ConfigDict(strict=True)

    from_date: Annotated[date, Strict(False)]
    days: Annotated[int, Field(ge=1, le=60)] = 7


pauses_router = APIRouter()


@pauses_router.post("/pauses", status_code=201)
def create_pause(pause: PauseCreate) -> dict[str, Any]:
    return pause.model_dump()

# %% right: Field(strict=True), and an async route that answers with the model
class PauseCreate(BaseModel):
    model_config = {"extra": "forbid"}

    from_date: date
    days: int = Field(7, strict=True, gt=0, lt=61)


pauses_router = FastAPI()


@pauses_router.post("/pauses", status_code=201)
async def create_pause(pause: PauseCreate) -> PauseCreate:
    return pause

# %% wrong: the strictness is gone altogether
# says: Coercion made `true` into 1
# change: solution
-    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7
+    days: Annotated[int, Field(ge=1, le=60)] = 7
+

 pauses_router = APIRouter()
+

# %% wrong: still strict, with forbid added
# says: JSON has no dates
class PauseCreate(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    from_date: date
    days: Annotated[int, Field(ge=1, le=60)] = 7


pauses_router = APIRouter()


@pauses_router.post("/pauses", status_code=201)
def create_pause(pause: PauseCreate) -> dict[str, Any]:
    return pause.model_dump()

# %% wrong: the date became text
# says: Your API took a day that does not exist
# change: still strict, with forbid added
-    from_date: date
+    from_date: str
     days: Annotated[int, Field(ge=1, le=60)] = 7

# %% wrong: unknown fields are still ignored
# says: A field that the model does not know was ignored
# change: still strict, with forbid added
-    model_config = ConfigDict(strict=True, extra="forbid")
-
     from_date: date
-    days: Annotated[int, Field(ge=1, le=60)] = 7
+    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7

# %% wrong: the limits got lost on the way
# says: The limits `ge=1, le=60` have to stay
# change: solution
-    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7
+    days: Annotated[int, Strict()] = 7
+

 pauses_router = APIRouter()
+

# %% wrong: the date may be left out now
# says: The request has no `from_date`
class PauseCreate(BaseModel):
    model_config = ConfigDict(extra="forbid")

    from_date: date | None = None
    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7


pauses_router = APIRouter()


@pauses_router.post("/pauses", status_code=201)
def create_pause(pause: PauseCreate) -> dict[str, Any]:
    return pause.model_dump()

# %% wrong: the default of days got lost
# says: The request leaves `days` out, which it may
# says: The server looked for `days`
# change: solution
-    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7
+    days: Annotated[int, Strict(), Field(ge=1, le=60)]
+

 pauses_router = APIRouter()
+

# %% wrong: strict, and a number with a fraction
# says: Two and a half days are no whole number
# change: solution
-    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7
+    days: Annotated[float, Strict(), Field(ge=1, le=60)] = 7
+

 pauses_router = APIRouter()
+

# %% wrong: a setting with a typing mistake
# says: `extras` is no setting of a model
# change: the date may be left out now
-    model_config = ConfigDict(extra="forbid")
+    model_config = ConfigDict(extras="forbid")

-    from_date: date | None = None
+    from_date: date

# %% wrong: the settings under another name
# says: a model's settings are called `model_config`
# outcome: error
# change: the date may be left out now
-    model_config = ConfigDict(extra="forbid")
+    config = ConfigDict(extra="forbid")

-    from_date: date | None = None
+    from_date: date

# %% wrong: the constraints stand where the default belongs
# says: What stands behind `=` is a default
# outcome: error
# change: solution
-    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7
+    days: int = Annotated[int, Strict(), Field(ge=1, le=60)]
+

 pauses_router = APIRouter()
+

# %% wrong: null is allowed as well
# says: A pause of null days has no end
# change: solution
-    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7
+    days: Annotated[int, Strict(), Field(ge=1, le=60)] | None = 7
+

 pauses_router = APIRouter()
+
