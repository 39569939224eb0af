# story: Ana builds routines: a name, how often, and a few steps with their minutes.
# story: On Tuesday somebody saved a routine without steps, to be repeated `whenever`.
# story: Give the other fields theirs:

# %% right: Literal, Field and settings instead of named types, async, an application
from typing import Literal


class Entry(BaseModel):
    title: str = Field(min_length=1, max_length=100)
    minutes: int = Field(gt=0, lt=241)


class Routine(BaseModel):
    model_config = {"str_strip_whitespace": True}

    name: str = Field(min_length=1, max_length=40)
    repeat: Literal["daily", "weekly", "monthly"]
    steps: list[Entry] = Field(min_length=1, max_length=10)


routines_router = FastAPI()


@routines_router.post("/routines", status_code=201)
async def create(routine: Routine) -> Routine:
    return routine

# %% right: the names of the main line, taken again
class Priority(StrEnum):
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Minutes = Annotated[int, Field(ge=1, le=240)]


class Step(BaseModel):
    title: Title
    minutes: Minutes


class TaskCreate(BaseModel):
    name: Name
    repeat: Priority
    steps: Annotated[list[Step], Field(min_length=1, max_length=10)]


tasks_of_the_morning = {}
routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(new: TaskCreate):
    number = len(tasks_of_the_morning) + 1
    tasks_of_the_morning[number] = new
    return {"id": number} | new.model_dump(mode="json")

# %% wrong: no strip_whitespace
# says: The spaces are still there
class Repeat(StrEnum):
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"


class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(ge=1, le=240)]


class RoutineCreate(BaseModel):
    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    repeat: Repeat
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]


routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return routine.model_dump()

# %% wrong: stripped in the route, after the length was measured
# says: A name of spaces passed
# change: no strip_whitespace
-    return routine.model_dump()
+    return {**routine.model_dump(), "name": routine.name.strip()}

# %% wrong: stripped, and no smallest length
# says: An empty name passed
# says: `min_length=1`
# change: no strip_whitespace
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]

# %% wrong: no longest name
# breaks: The limits of `name` and `title` stand.
# says: A name of 41 characters passed
# change: no strip_whitespace
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

# %% wrong: the steps are dictionaries
# says: A step without `minutes` passed
# says: a model of their own
class Repeat(StrEnum):
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"


class RoutineCreate(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    repeat: Repeat
    steps: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=10)]


routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return routine.model_dump()

# %% wrong: the steps are dictionaries, and the function counts on them
# says: Your function crashed on it
# says: a model of their own
# change: the steps are dictionaries
-    return routine.model_dump()
+    total = sum(step["minutes"] for step in routine.steps)
+    return {**routine.model_dump(), "total_minutes": total}

# %% wrong: any word will do for repeat
# breaks: `repeat`: `daily`, `weekly` or `monthly`
# says: A choice among words is an enum
# change: spaces come off in the whole model, and a pattern lists the words
-class RoutineCreate(BaseModel, str_strip_whitespace=True):
-    name: Annotated[str, Field(min_length=1, max_length=40)]
-    repeat: Annotated[str, Field(pattern="^(daily|weekly|monthly)$")]
+class RoutineCreate(BaseModel):
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
+    repeat: str

# %% wrong: a fourth word
# says: A choice among words is an enum
# says: yearly
# change: no strip_whitespace
     monthly = "monthly"
+    yearly = "yearly"
...
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]

# %% wrong: a fourth word that nobody asked for
# says: more words for `repeat` than the three: `sometimes`
# change: no strip_whitespace
     monthly = "monthly"
+    sometimes = "sometimes"
...
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]

# %% wrong: minutes with a fraction
# breaks: each with `minutes`, a whole number from 1 to 240
# says: A step of 5.5 minutes passed
# says: look at its type
# change: no strip_whitespace
-    minutes: Annotated[int, Field(ge=1, le=240)]
+    minutes: Annotated[float, Field(ge=1, le=240)]
...
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]

# %% wrong: zero minutes
# says: A step of 0 minutes passed
# change: no strip_whitespace
-    minutes: Annotated[int, Field(ge=1, le=240)]
+    minutes: Annotated[int, Field(ge=0, le=240)]
...
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]

# %% wrong: no most minutes
# says: A step of 241 minutes passed
# change: no strip_whitespace
-    minutes: Annotated[int, Field(ge=1, le=240)]
+    minutes: Annotated[int, Field(ge=1)]
...
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]

# %% wrong: 240 minutes are refused
# says: Your limit is too narrow
# change: no strip_whitespace
-    minutes: Annotated[int, Field(ge=1, le=240)]
+    minutes: Annotated[int, Field(gt=0, lt=240)]
...
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]

# %% wrong: a step's title may be endless
# says: A step's title of 101 characters passed
# change: no strip_whitespace
 class RoutineStep(BaseModel):
-    title: Title
+    title: Annotated[str, StringConstraints(min_length=1)]
...
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]

# %% wrong: a step's title may be empty
# says: A step with an empty title passed
# change: no strip_whitespace
 class RoutineStep(BaseModel):
-    title: Title
+    title: str
...
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]

# %% wrong: a length for a number
# says: `min_length` stands at `minutes`, whose type it does not fit
# change: no strip_whitespace
-    minutes: Annotated[int, Field(ge=1, le=240)]
+    minutes: Annotated[int, Field(min_length=1, max_length=240)]
...
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]

# %% wrong: no steps at all
# breaks: `steps`: 1 to 10 of them
# says: A routine without steps passed
# change: no strip_whitespace
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
     repeat: Repeat
-    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]
+    steps: Annotated[list[RoutineStep], Field(max_length=10)]

# %% wrong: as many steps as you like
# says: Eleven steps passed
# change: no strip_whitespace
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
     repeat: Repeat
-    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]
+    steps: Annotated[list[RoutineStep], Field(min_length=1)]

# %% wrong: a default lets the steps be left out
# breaks: Nothing may be left out
# says: The request leaves `steps` out
# change: no strip_whitespace
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
     repeat: Repeat
-    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]
+    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)] = []

# %% wrong: the default status
# says: That is FastAPI's default
# never: a response that you build yourself
# change: no strip_whitespace
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
...
-@routines_router.post("/routines", status_code=201)
+@routines_router.post("/routines")

# %% right: spaces come off in the whole model, and a pattern lists the words
class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(ge=1, le=240)]


class RoutineCreate(BaseModel, str_strip_whitespace=True):
    name: Annotated[str, Field(min_length=1, max_length=40)]
    repeat: Annotated[str, Field(pattern="^(daily|weekly|monthly)$")]
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]


routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return routine.model_dump()

# %% wrong: Field is asked to take off the spaces
# says: `StringConstraints` takes them off, as in `Title`; `Field` cannot
# change: no strip_whitespace
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, Field(strip_whitespace=True, min_length=1, max_length=40)]

# %% wrong: the new class stands below the route
# says: has no limits at all
# says: write the class above it
class RoutineStep(BaseModel):
    title: str
    minutes: int


class RoutineCreate(BaseModel):
    name: str
    repeat: str
    steps: list[RoutineStep]


routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return routine.model_dump()


class Repeat(StrEnum):
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"


class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(ge=1, le=240)]


class RoutineCreate(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    repeat: Repeat
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]

# %% wrong: the constraint stands where the default belongs
# says: The request leaves `minutes` out
# says: What stands behind `=` is a default
# change: no strip_whitespace
-    minutes: Annotated[int, Field(ge=1, le=240)]
+    minutes: int = Annotated[int, Field(ge=1, le=240)]
...
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]

# %% wrong: an enum of numbers and names
# breaks: A body that is right looks like this:
# says: `daily` is one of the three words, and your API refuses it
# says: Look at what your enum lists
# change: no strip_whitespace
 class Repeat(StrEnum):
-    daily = "daily"
+    daily = "every day"
...
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]

# %% wrong: the third word has a typing mistake
# says: `monthly` is one of the three words, and your API refuses it
# change: no strip_whitespace
-    monthly = "monthly"
+    monthly = "montly"
...
-    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]

# %% wrong: a pattern that only has to fit somewhere
# says: A choice among words is an enum
# says: daily2
# change: spaces come off in the whole model, and a pattern lists the words
-class RoutineCreate(BaseModel, str_strip_whitespace=True):
-    name: Annotated[str, Field(min_length=1, max_length=40)]
-    repeat: Annotated[str, Field(pattern="^(daily|weekly|monthly)$")]
+class RoutineCreate(BaseModel):
+    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
+    repeat: Annotated[str, StringConstraints(pattern="daily|weekly|monthly")]

# %% right: validators instead of constraints, which the documentation does not show
from pydantic import field_validator


class Repeat(StrEnum):
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"


class RoutineStep(BaseModel):
    title: Title
    minutes: int

    @field_validator("minutes")
    @classmethod
    def within(cls, minutes):
        assert 1 <= minutes <= 240
        return minutes


class RoutineCreate(BaseModel):
    name: str
    repeat: Repeat
    steps: list[RoutineStep]

    @field_validator("name")
    @classmethod
    def named(cls, name):
        assert 1 <= len(name.strip()) <= 40
        return name.strip()

    @field_validator("steps")
    @classmethod
    def a_few(cls, steps):
        assert 1 <= len(steps) <= 10
        return steps


routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return routine.model_dump()

# %% wrong: the steps of a task
# says: The minutes are gone: `Step`, from section 3, is a step of a task
# change: solution
-class RoutineStep(BaseModel):
-    title: Title
-    minutes: Annotated[int, Field(ge=1, le=240)]
-
...
-    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]
+    steps: Annotated[list[Step], Field(min_length=1, max_length=10)]

# %% wrong: minutes may be null
# breaks: left out or null.
# says: A step whose `minutes` are null passed
from typing import Literal
Name40 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
routines_router = APIRouter()
class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(ge=1, le=240)] | None
class RoutineCreate(BaseModel):
    name: Name40
    repeat: Literal["daily", "weekly", "monthly"]
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]
@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return routine.model_dump()

# %% wrong: a file where the body should be
# says: its documentation asks for `multipart/form-data`
# never: letter by letter
from fastapi import UploadFile
from typing import Literal
Name40 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
routines_router = APIRouter()
class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(ge=1, le=240)]
class RoutineCreate(BaseModel):
    name: Name40
    repeat: Literal["daily", "weekly", "monthly"]
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]
@routines_router.post("/routines", status_code=201)
def create_routine(routine: UploadFile) -> dict[str, Any]:
    return {}

# %% wrong: a form
# says: Your route reads a form
# never: Look at what your enum lists
from fastapi import Form
from typing import Literal
Name40 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
routines_router = APIRouter()
class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(ge=1, le=240)]
class RoutineCreate(BaseModel):
    name: Name40
    repeat: Literal["daily", "weekly", "monthly"]
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]
@routines_router.post("/routines", status_code=201)
def create_routine(routine: Annotated[RoutineCreate, Form()]) -> dict[str, Any]:
    return routine.model_dump()

# %% wrong: the model under its parameter's name
# says: under the name of a parameter: `routine`
from fastapi import Body
from typing import Literal
Name40 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
routines_router = APIRouter()
class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(ge=1, le=240)]
class RoutineCreate(BaseModel):
    name: Name40
    repeat: Literal["daily", "weekly", "monthly"]
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]
@routines_router.post("/routines", status_code=201)
def create_routine(routine: Annotated[RoutineCreate, Body(embed=True)]) -> dict[str, Any]:
    return routine.model_dump()

# %% wrong: annotations as text, and classes inside a function
# says: a class inside a function
# says: define the class outside of any function
from __future__ import annotations
Name40 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
routines_router = APIRouter()
def build():
    class Repeat(StrEnum):
        daily = "daily"
        weekly = "weekly"
        monthly = "monthly"
    class RoutineStep(BaseModel):
        title: Title
        minutes: Annotated[int, Field(ge=1, le=240)]
    class RoutineCreate(BaseModel):
        name: Name40
        repeat: Repeat
        steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]
    @routines_router.post("/routines", status_code=201)
    def create_routine(routine: RoutineCreate) -> dict[str, Any]:
        return routine.model_dump()
build()

# %% right: annotations as text
from __future__ import annotations
from typing import Literal
Name40 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
routines_router = APIRouter()
class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(ge=1, le=240)]
class RoutineCreate(BaseModel):
    name: Name40
    repeat: Literal["daily", "weekly", "monthly"]
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]
@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return routine.model_dump()

# %% right: limits asked for in the route
Name40 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
routines_router = APIRouter()
class RoutineStep(BaseModel):
    title: Title
    minutes: int
class RoutineCreate(BaseModel):
    name: Name40
    repeat: str
    steps: list[RoutineStep]
@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    if routine.repeat not in ("daily", "weekly", "monthly") or not 1 <= len(routine.steps) <= 10 or any(not 1 <= s.minutes <= 240 for s in routine.steps):
        raise HTTPException(422, "no")
    return routine.model_dump()

# %% right: an enum with names in capitals, conlist, gt and lt, and strict
from enum import Enum
from pydantic import conlist
Name40 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
routines_router = APIRouter()
class Repeat(str, Enum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(gt=0, lt=241, strict=True)]
class RoutineCreate(BaseModel):
    model_config = {"extra": "forbid"}
    name: Name40
    repeat: Repeat
    steps: conlist(RoutineStep, min_length=1, max_length=10)
@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return routine.model_dump()

# %% wrong: limits that are much too narrow
# says: This request is right, and your API refuses it
Name40 = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
routines_router = APIRouter()
class Repeat(StrEnum):
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"
class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(ge=5, le=240)]
class RoutineCreate(BaseModel):
    name: Name40
    repeat: Repeat
    steps: Annotated[list[RoutineStep], Field(min_length=2, max_length=10)]
@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return routine.model_dump()
