# story: A partner wants to connect a fitness watch to Ana's habits.
# story: In `/docs` they find a route without a word about it
# story: Mend what the page says:

# %% right: return types, summaries, an example on each field, an own model for the 404
habits = {}


class NotThere(BaseModel):
    detail: str


class HabitCreate(BaseModel):
    name: Title = Field(examples=["Run"])
    per_week: int = Field(ge=1, le=7, examples=[3, 7])


class HabitPublic(BaseModel):
    id: int
    name: str
    per_week: int


habits_router = FastAPI(title="Habits")


@habits_router.post("/habits", status_code=201, summary="Start a new habit")
async def create_habit(habit: HabitCreate) -> HabitPublic:
    habit_id = len(habits) + 1
    habits[habit_id] = HabitPublic(id=habit_id, name=habit.name, per_week=habit.per_week)
    return habits[habit_id]


@habits_router.get("/habits/{number}", summary="Look up one habit", responses={"404": {"model": NotThere}})
async def read_habit(number: int) -> HabitPublic:
    if number not in habits:
        raise HTTPException(404, "There is no such habit.")
    return habits[number]

# %% right: the example on the route, the description in the decorator, the 404 written out as a schema
from fastapi import Body

habits: dict[int, dict[str, Any]] = {}


class HabitCreate(BaseModel):
    name: Title
    per_week: Annotated[int, Field(ge=1, le=7)]


class HabitPublic(HabitCreate):
    id: int


habits_router = APIRouter()
TWICE = {"twice": {"summary": "Twice a week", "value": {"name": "Swim", "per_week": 2}}}
DETAIL = {"type": "object", "properties": {"detail": {"type": "string"}}}


@habits_router.post(
    "/habits", status_code=201, response_model=HabitPublic, description="Starts a habit.\n\nThe server numbers it."
)
def create_habit(habit: Annotated[HabitCreate, Body(openapi_examples=TWICE)]):
    habit_id = max(habits, default=0) + 1
    habits[habit_id] = {"id": habit_id, **habit.model_dump()}
    return habits[habit_id]


@habits_router.get(
    "/habits/{habit_id}",
    response_model=HabitPublic,
    description="Answers with one habit.",
    responses={404: {"description": "No such habit", "content": {"application/json": {"schema": DETAIL}}}},
)
def read_habit(habit_id: int):
    if habit_id not in habits:
        raise HTTPException(status_code=404, detail=f"There is no habit {habit_id}.")
    return habits[habit_id]

# %% wrong: everything but the words
# says: does not say what it is for
habits: dict[int, dict[str, Any]] = {}


class HabitCreate(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})

    name: Title
    per_week: Annotated[int, Field(ge=1, le=7)]


class HabitPublic(HabitCreate):
    id: int


habits_router = APIRouter()


@habits_router.post("/habits", status_code=201, response_model=HabitPublic)
def create_habit(habit: HabitCreate) -> dict[str, Any]:
    habit_id = max(habits, default=0) + 1
    habits[habit_id] = {"id": habit_id, **habit.model_dump()}
    return habits[habit_id]


@habits_router.get(
    "/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem, "description": "None such."}}
)
def read_habit(habit_id: int) -> dict[str, Any]:
    if habit_id not in habits:
        raise HTTPException(status_code=404, detail=f"There is no habit {habit_id}.")
    return habits[habit_id]

# %% wrong: only one route has words
# breaks: `GET /habits/{habit_id}` says in a sentence what it is for
# says: `GET /habits/{habit_id}` does not say what it is for
# change: everything but the words
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""

# %% wrong: the same words twice
# says: Both routes say the same
# change: everything but the words
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """A route for the habits of a user."""
...
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """A route for the habits of a user."""

# %% wrong: no example
# says: shows no example request
# change: everything but the words
-    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})
-
...
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: an example of a bygone version
# says: Your own API refuses the example
# change: everything but the words
-    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})
+    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Run", "times": 3}]})
...
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: an example beyond the limits
# breaks: `POST /habits` shows an example request that this API takes
# says: Your own API refuses the example
# change: everything but the words
-    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})
+    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 10}]})
...
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: no word of the 404
# says: its documentation does not name it
# change: everything but the words
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
-@habits_router.get(
-    "/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem, "description": "None such."}}
-)
+@habits_router.get("/habits/{habit_id}", response_model=HabitPublic)
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: the 404 without a body
# breaks: `GET /habits/{habit_id}` gives a model of the body of its 404
# says: The 404 is named, but not what its body looks like
# change: everything but the words
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
-    "/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem, "description": "None such."}}
+    "/habits/{habit_id}", response_model=HabitPublic, responses={404: {"description": "There is no such habit."}}
 )
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: a 404 with a body that never comes
# says: The documentation says that the body of the 404 has `code`, `message`
# change: everything but the words
 habits: dict[int, dict[str, Any]] = {}
+
+
+class Oops(BaseModel):
+    code: int
+    message: str
...
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
-@habits_router.get(
-    "/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem, "description": "None such."}}
-)
+@habits_router.get("/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Oops}})
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: no response model
# says: does not say which fields the answer has
# change: everything but the words
-@habits_router.post("/habits", status_code=201, response_model=HabitPublic)
+@habits_router.post("/habits", status_code=201)
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
-@habits_router.get(
-    "/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem, "description": "None such."}}
-)
+@habits_router.get("/habits/{habit_id}", responses={404: {"model": Problem, "description": "None such."}})
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: the model for the request as the promise
# says: it filters the `id` out
# change: everything but the words
-@habits_router.post("/habits", status_code=201, response_model=HabitPublic)
+@habits_router.post("/habits", status_code=201, response_model=HabitCreate)
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: the limits went with the example
# breaks: The routes work.
# says: Eight times a week passed
# change: everything but the words
-    per_week: Annotated[int, Field(ge=1, le=7)]
+    per_week: int
...
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: the example that the story complains of
# says: The example says `"string"`
# change: everything but the words
-    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})
+    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "string", "per_week": 1}]})
...
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: an example with what the server sets
# says: The example has `id`
# says: believes that they can choose it
# change: everything but the words
-    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})
+    model_config = ConfigDict(json_schema_extra={"examples": [{"id": 1, "name": "Run", "per_week": 3}]})
...
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: one example, not in a list
# says: It is a list of requests
# change: everything but the words
-    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})
+    model_config = ConfigDict(json_schema_extra={"examples": {"name": "Run", "per_week": 3}})
...
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: a docstring that repeats the name
# says: says `Read habit.`
# says: only repeats the function's name
# change: everything but the words
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read habit."""

# %% wrong: a docstring of one letter
# says: says `x`
# says: too short to say anything
# change: everything but the words
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """x"""
...
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: the second example is refused
# says: Your own API refuses one of the examples
# change: everything but the words
-    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})
+    model_config = ConfigDict(
+        json_schema_extra={"examples": [{"name": "Run", "per_week": 3}, {"name": "Swim", "per_week": 9}]}
+    )
...
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: the model for the 404 in quotes
# says: a model in quotes
# says: Write `Problem` without quotes
# change: everything but the words
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
-    "/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem, "description": "None such."}}
+    "/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": "Problem", "description": "None such."}}
 )
 def read_habit(habit_id: int) -> dict[str, Any]:
+    """Read one habit, by its number."""

# %% wrong: the model was made to fit the example
# says: Zero times a week passed
# says: not what the API takes
# change: everything but the words
-    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})
+    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Nothing", "per_week": 0}]})

     name: Title
-    per_week: Annotated[int, Field(ge=1, le=7)]
+    per_week: Annotated[int, Field(ge=0, le=7)]
...
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
-@habits_router.get(
-    "/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem, "description": "None such."}}
-)
-def read_habit(habit_id: int) -> dict[str, Any]:
+@habits_router.get("/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem}})
+def read_habit(habit_id: int) -> Any:
+    """Read one habit, by its number."""

# %% wrong: any name will do
# says: An empty name passed
# change: everything but the words
-    name: Title
+    name: str
     per_week: Annotated[int, Field(ge=1, le=7)]
...
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
-@habits_router.get(
-    "/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem, "description": "None such."}}
-)
-def read_habit(habit_id: int) -> dict[str, Any]:
+@habits_router.get("/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem}})
+def read_habit(habit_id: int) -> Any:
+    """Read one habit, by its number."""

# %% wrong: a number as text
# says: The example shows `per_week` as text
# says: The page should show a number: `3`
# change: everything but the words
-    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})
+    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": "3"}]})
...
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
-@habits_router.get(
-    "/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem, "description": "None such."}}
-)
-def read_habit(habit_id: int) -> dict[str, Any]:
+@habits_router.get("/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem}})
+def read_habit(habit_id: int) -> Any:
+    """Read one habit, by its number."""

# %% wrong: an example with spaces that come off
# says: `" Run "` for `name`, and `"Run"` comes back
# change: everything but the words
-    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})
+    model_config = ConfigDict(json_schema_extra={"examples": [{"name": " Run ", "per_week": 3}]})
...
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
-@habits_router.get(
-    "/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem, "description": "None such."}}
-)
-def read_habit(habit_id: int) -> dict[str, Any]:
+@habits_router.get("/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem}})
+def read_habit(habit_id: int) -> Any:
+    """Read one habit, by its number."""

# %% wrong: the body of the 404 was changed, and so was the page
# says: The body of the 404 has changed
# change: everything but the words
 habits: dict[int, dict[str, Any]] = {}
+
+
+class Gone(BaseModel):
+    message: str
...
 def create_habit(habit: HabitCreate) -> dict[str, Any]:
+    """Start a habit, with its number of times a week."""
...
-@habits_router.get(
-    "/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Problem, "description": "None such."}}
-)
-def read_habit(habit_id: int) -> dict[str, Any]:
+@habits_router.get("/habits/{habit_id}", response_model=HabitPublic, responses={404: {"model": Gone}})
+def read_habit(habit_id: int) -> Any:
+    """Read one habit, by its number."""
     if habit_id not in habits:
-        raise HTTPException(status_code=404, detail=f"There is no habit {habit_id}.")
+        return JSONResponse({"message": "There is no such habit."}, status_code=404)

# %% wrong: the exception as the model of the 404
# says: is an exception and no model
# outcome: error
# change: return types, summaries, an example on each field, an own model for the 404
-
-
-class NotThere(BaseModel):
-    detail: str
...
-@habits_router.get("/habits/{number}", summary="Look up one habit", responses={"404": {"model": NotThere}})
+@habits_router.get("/habits/{number}", summary="Look up one habit", responses={"404": {"model": HTTPException}})

# %% wrong: a GET that empties the store
# says: `GET /habits/4711` changed the data
habits: dict[int, dict[str, Any]] = {}
class HabitPublic(BaseModel):
    id: int
    name: str
    per_week: int
habits_router = APIRouter()
class HabitCreate(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})
    name: Title
    per_week: Annotated[int, Field(ge=1, le=7)]
@habits_router.post("/habits", status_code=201, response_model=HabitPublic)
def create_habit(habit: HabitCreate) -> dict[str, Any]:
    """Start a habit, with the number of times a week that it is meant to happen."""
    habit_id = max(habits, default=0) + 1
    habits[habit_id] = {"id": habit_id, **habit.model_dump()}
    return habits[habit_id]
@habits_router.get(
    "/habits/{habit_id}",
    response_model=HabitPublic,
    responses={404: {"model": Problem, "description": "There is no such habit."}},
)
def read_habit(habit_id: int) -> dict[str, Any]:
    """Read one habit and how often a week it is meant to happen."""
    if habit_id not in habits:
        habits.clear()
        raise HTTPException(status_code=404, detail=f"There is no habit {habit_id}.")
    return habits[habit_id]

# %% wrong: a detail inside the detail
# says: it was an object with `detail`, a text
habits: dict[int, dict[str, Any]] = {}
class HabitPublic(BaseModel):
    id: int
    name: str
    per_week: int
habits_router = APIRouter()
class HabitCreate(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Run", "per_week": 3}]})
    name: Title
    per_week: Annotated[int, Field(ge=1, le=7)]
@habits_router.post("/habits", status_code=201, response_model=HabitPublic)
def create_habit(habit: HabitCreate) -> dict[str, Any]:
    """Start a habit, with the number of times a week that it is meant to happen."""
    habit_id = max(habits, default=0) + 1
    habits[habit_id] = {"id": habit_id, **habit.model_dump()}
    return habits[habit_id]
@habits_router.get(
    "/habits/{habit_id}",
    response_model=HabitPublic,
    responses={404: {"model": Problem, "description": "There is no such habit."}},
)
def read_habit(habit_id: int) -> dict[str, Any]:
    """Read one habit and how often a week it is meant to happen."""
    if habit_id not in habits:
        raise HTTPException(status_code=404, detail={"detail": f"There is no habit {habit_id}."})
    return habits[habit_id]

# %% wrong: the smallest number is counted
# says: Two habits got the same `id`
# change: solution
-    habit_id = max(habits, default=0) + 1
+    habit_id = min(habits, default=0) + 1

# %% wrong: every day is too much
# says: Once to seven times a week is allowed
# change: solution
-    per_week: Annotated[int, Field(ge=1, le=7)]
+    per_week: Annotated[int, Field(ge=1, le=6)]

# %% wrong: a response of its own, and the model for the request as the promise
# says: promises an answer without `id`: that is the model for the request
# change: solution
-    response_model=HabitPublic,
+    response_model=HabitCreate,
     responses={404: {"model": Problem, "description": "There is no such habit."}},
 )
-def read_habit(habit_id: int) -> dict[str, Any]:
+def read_habit(habit_id: int) -> JSONResponse:
...
         raise HTTPException(status_code=404, detail=f"There is no habit {habit_id}.")
-    return habits[habit_id]
+    return JSONResponse(habits[habit_id])
