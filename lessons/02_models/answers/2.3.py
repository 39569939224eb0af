# %% right: Literal, Field and defaults of Field instead of named types, async, an application
from typing import Literal


class Entry(BaseModel):
    title: str = Field(min_length=1, max_length=100)
    minutes: int = Field(gt=0, lt=241)


class Routine(BaseModel):
    model_config = {"str_strip_whitespace": True}

    name: str = Field(min_length=1, max_length=40)
    color: str = Field(pattern="^#[0-9a-f]{6}$")
    repeat: Literal["daily", "weekly", "monthly"]
    steps: list[Entry] = Field(min_length=1, max_length=10)


class RoutineAnswer(Routine):
    total_minutes: int


routines_router = FastAPI()


@routines_router.post("/routines", status_code=201)
async def create(routine: Routine) -> RoutineAnswer:
    total = 0
    for entry in routine.steps:
        total += entry.minutes
    return RoutineAnswer(**routine.model_dump(), total_minutes=total)


# %% right: named types, stored under a number
class HowOften(StrEnum):
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Color = Annotated[str, Field(pattern=r"\A#[0-9a-f]{6}\z")]
Minutes = Annotated[int, Field(ge=1, le=240)]


class RoutineStep(BaseModel):
    title: Title
    minutes: Minutes


class NewRoutine(BaseModel):
    name: Name
    color: Color
    repeat: HowOften
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]


routines = {}
routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(new: NewRoutine):
    routine_id = len(routines) + 1
    routines[routine_id] = new
    return {"id": routine_id, "total_minutes": sum(step.minutes for step in new.steps)} | new.model_dump(mode="json")


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
    color: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
    repeat: Repeat
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]


routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return {**routine.model_dump(), "total_minutes": sum(step.minutes for step in routine.steps)}


# %% wrong: stripped in the route, after the length was measured
# says: A name of spaces passed
class Repeat(StrEnum):
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"


class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(ge=1, le=240)]


class RoutineCreate(BaseModel):
    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    color: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
    repeat: Repeat
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]


routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    total = sum(step.minutes for step in routine.steps)
    return {**routine.model_dump(), "name": routine.name.strip(), "total_minutes": total}


# %% wrong: the pattern has no end
# says: A pattern without `^` and `$` only has to fit somewhere
class Repeat(StrEnum):
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"


class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(ge=1, le=240)]


class RoutineCreate(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    color: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}")]
    repeat: Repeat
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]


routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return {**routine.model_dump(), "total_minutes": sum(step.minutes for step in routine.steps)}


# %% wrong: the steps are dictionaries
# says: Your API took a step that is not one
class Repeat(StrEnum):
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"


class RoutineCreate(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    color: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
    repeat: Repeat
    steps: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=10)]


routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return {**routine.model_dump(), "total_minutes": sum(step.get("minutes", 0) for step in routine.steps)}


# %% wrong: the steps are dictionaries, and the function counts on them
# says: Your function crashed on it
class Repeat(StrEnum):
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"


class RoutineCreate(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    color: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
    repeat: Repeat
    steps: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=10)]


routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return {**routine.model_dump(), "total_minutes": sum(step["minutes"] for step in routine.steps)}


# %% wrong: any word will do for repeat
# says: A choice among words is an enum
class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(ge=1, le=240)]


class RoutineCreate(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    color: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
    repeat: str
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]


routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return {**routine.model_dump(), "total_minutes": sum(step.minutes for step in routine.steps)}


# %% wrong: 240 minutes are refused
# says: Your limit is one too narrow
class Repeat(StrEnum):
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"


class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(gt=0, lt=240)]


class RoutineCreate(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    color: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
    repeat: Repeat
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]


routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return {**routine.model_dump(), "total_minutes": sum(step.minutes for step in routine.steps)}


# %% wrong: a default lets the steps be left out
# says: The request leaves `steps` out
class Repeat(StrEnum):
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"


class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(ge=1, le=240)]


class RoutineCreate(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    color: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
    repeat: Repeat
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)] = []


routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return {**routine.model_dump(), "total_minutes": sum(step.minutes for step in routine.steps)}


# %% wrong: no sum
# says: The answer has no `total_minutes`
class Repeat(StrEnum):
    daily = "daily"
    weekly = "weekly"
    monthly = "monthly"


class RoutineStep(BaseModel):
    title: Title
    minutes: Annotated[int, Field(ge=1, le=240)]


class RoutineCreate(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    color: Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
    repeat: Repeat
    steps: Annotated[list[RoutineStep], Field(min_length=1, max_length=10)]


routines_router = APIRouter()


@routines_router.post("/routines", status_code=201)
def create_routine(routine: RoutineCreate) -> dict[str, Any]:
    return routine.model_dump()
