# story: Before a holiday Ana pauses her reminders. Last month a form sent `{"from_date": "2027-07-01", "days": true}`, and her pause lasted one day.
# story: Somebody made the model strict. Since then each correct request gets a 422.
# story: Mend the model.

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
# breaks: nothing else: no `true`, no `"7"`
# says: Coercion made `true` into 1
# change: solution
-    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7
+    days: Annotated[int, Field(ge=1, le=60)] = 7
+

 pauses_router = APIRouter()
+

# %% wrong: still strict, with forbid added
# breaks: A correct request is taken again.
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
# breaks: A day that does not exist is refused.
# says: Your API took a day that does not exist
# change: still strict, with forbid added
-    from_date: date
+    from_date: str
     days: Annotated[int, Field(ge=1, le=60)] = 7

# %% wrong: unknown fields are still ignored
# breaks: And a field that the model does not know, such as `dyas`, is refused too.
# says: A field that the model does not know passed
# change: still strict, with forbid added
-    model_config = ConfigDict(strict=True, extra="forbid")
-
     from_date: date
-    days: Annotated[int, Field(ge=1, le=60)] = 7
+    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7

# %% wrong: the limits got lost on the way
# breaks: `days` takes whole numbers from 1 to 60
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
# breaks: It may be left out
# says: The request leaves `days` out, which it may
# says: The server looked for `days`
# change: solution
-    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7
+    days: Annotated[int, Strict(), Field(ge=1, le=60)]
+

 pauses_router = APIRouter()
+

# %% wrong: strict, and a number with a fraction
# says: Two and a half isn't a whole number
# change: solution
-    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7
+    days: Annotated[float, Strict(), Field(ge=1, le=60)] = 7
+

 pauses_router = APIRouter()
+

# %% wrong: a setting with a typing mistake
# says: `extras` isn't a setting of a model
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
# breaks: no null.
# says: A pause of null days has no end
# change: solution
-    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7
+    days: Annotated[int, Strict(), Field(ge=1, le=60)] | None = 7
+

 pauses_router = APIRouter()
+

# %% wrong: one day by default
# breaks: is 7 then, as before
# says: The default was a week
pauses_router = APIRouter()
class PauseCreate(RequestModel):
    from_date: date
    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 1
@pauses_router.post("/pauses", status_code=201)
def create_pause(pause: PauseCreate) -> dict[str, Any]:
    return pause.model_dump()

# %% wrong: a form
# says: Your route reads a form
# never: JSON has no dates
from fastapi import Form
pauses_router = APIRouter()
class PauseCreate(RequestModel):
    from_date: date
    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7
@pauses_router.post("/pauses", status_code=201)
def create_pause(pause: Annotated[PauseCreate, Form()]) -> dict[str, Any]:
    return pause.model_dump()

# %% wrong: the model under its parameter's name
# says: under the name of a parameter: `pause`
from fastapi import Body
pauses_router = APIRouter()
class PauseCreate(RequestModel):
    from_date: date
    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7
@pauses_router.post("/pauses", status_code=201)
def create_pause(pause: Annotated[PauseCreate, Body(embed=True)]) -> dict[str, Any]:
    return pause.model_dump()

# %% right: a strict model, and a validator that reads the date
from pydantic import BeforeValidator
pauses_router = APIRouter()
def parse(value):
    if isinstance(value, str):
        return date.fromisoformat(value)
    return value
class PauseCreate(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    from_date: Annotated[date, BeforeValidator(parse)]
    days: Annotated[int, Field(ge=1, le=60)] = 7
@pauses_router.post("/pauses", status_code=201)
def create_pause(pause: PauseCreate) -> dict[str, Any]:
    return pause.model_dump()

# %% right: a validator that looks at the type
pauses_router = APIRouter()
from pydantic import field_validator
class PauseCreate(RequestModel):
    from_date: date
    days: Any = 7
    @field_validator("days")
    @classmethod
    def check_days(cls, v):
        if type(v) is not int or not 1 <= v <= 60:
            raise ValueError("days is a whole number from 1 to 60")
        return v
@pauses_router.post("/pauses", status_code=201)
def create_pause(pause: PauseCreate) -> dict[str, Any]:
    return pause.model_dump()

# %% wrong: any days at all
# says: Your API kept `true` as it came
# never: Coercion
# change: solution
-    days: Annotated[int, Strict(), Field(ge=1, le=60)] = 7
+    days: Any = 7
+

 pauses_router = APIRouter()
+
