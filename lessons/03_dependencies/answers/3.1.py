# story: Ana plans her week.
# story: Last week a screen mixed the two days up.
# story: The tasks said so.
# story: The reminders answered with an empty list, and Ana missed the dentist.
# story: These are the data, and then the two routes.

# %% right: a class as the dependency, async routes, an app
import datetime as dt


class Week:
    def __init__(self, first: dt.date, last: dt.date):
        if first > last:
            raise HTTPException(422, [{"loc": ["query", "last"], "msg": "comes before first"}])
        self.first, self.last = first, last

    def pick(self, rows):
        return [row for row in rows if self.first <= row["day"] <= self.last]


due_router = FastAPI()


@due_router.get("/tasks/due")
async def due_tasks_of_a_week(week: Annotated[Week, Depends()]):
    return week.pick(due_tasks)


@due_router.get("/reminders/due")
async def due_reminders_of_a_week(week: Week = Depends(Week)):
    return week.pick(due_reminders)

# %% right: a guard on the router, and a tuple from a sub-dependency
def get_days(first: date, last: date) -> tuple[date, date]:
    return first, last


Days = Annotated[tuple[date, date], Depends(get_days)]


def refuse_backwards(days: Days) -> None:
    if days[1] < days[0]:
        raise HTTPException(422, "first comes after last")


due_router = APIRouter(dependencies=[Depends(refuse_backwards)])


@due_router.get("/tasks/due")
def list_due_tasks(days: Days) -> list[dict[str, Any]]:
    return [task for task in due_tasks if days[0] <= task["day"] <= days[1]]


@due_router.get("/reminders/due")
def list_due_reminders(days: Days) -> list[dict[str, Any]]:
    return [reminder for reminder in due_reminders if days[0] <= reminder["day"] <= days[1]]

# %% wrong: nobody compares the two days
# breaks: When `last` comes before `first`, the answer is 422.
# says: your API says that all is well
class Span(BaseModel):
    first: date
    last: date


def get_span(first: date, last: date) -> Span:
    return Span(first=first, last=last)


due_router = APIRouter()


@due_router.get("/tasks/due")
def list_due_tasks(span: Annotated[Span, Depends(get_span)]) -> list[dict[str, Any]]:
    return [task for task in due_tasks if span.first <= task["day"] <= span.last]


@due_router.get("/reminders/due")
def list_due_reminders(span: Annotated[Span, Depends(get_span)]) -> list[dict[str, Any]]:
    return [reminder for reminder in due_reminders if span.first <= reminder["day"] <= span.last]

# %% wrong: the check stands in both routes
# says: a route has no dependency
due_router = APIRouter()


@due_router.get("/tasks/due")
def list_due_tasks(first: date, last: date) -> list[dict[str, Any]]:
    if last < first:
        raise HTTPException(422, "The last day comes before the first.")
    return [task for task in due_tasks if first <= task["day"] <= last]


@due_router.get("/reminders/due")
def list_due_reminders(first: date, last: date) -> list[dict[str, Any]]:
    if last < first:
        raise HTTPException(422, "The last day comes before the first.")
    return [reminder for reminder in due_reminders if first <= reminder["day"] <= last]

# %% wrong: two dependencies that say the same
# breaks: Let the two routes share one dependency
# says: each route has a dependency of its own
def get_task_span(first: date, last: date) -> tuple[date, date]:
    if last < first:
        raise HTTPException(422, "The last day comes before the first.")
    return first, last


def get_reminder_span(first: date, last: date) -> tuple[date, date]:
    if last < first:
        raise HTTPException(422, "The last day comes before the first.")
    return first, last


due_router = APIRouter()


@due_router.get("/tasks/due")
def list_due_tasks(span: Annotated[tuple[date, date], Depends(get_task_span)]) -> list[dict[str, Any]]:
    return [task for task in due_tasks if span[0] <= task["day"] <= span[1]]


@due_router.get("/reminders/due")
def list_due_reminders(span: Annotated[tuple[date, date], Depends(get_reminder_span)]) -> list[dict[str, Any]]:
    return [reminder for reminder in due_reminders if span[0] <= reminder["day"] <= span[1]]

# %% wrong: a week of one day is refused
# says: its first day is its last
def get_span(first: date, last: date) -> tuple[date, date]:
    if last <= first:
        raise HTTPException(422, "The last day comes before the first.")
    return first, last


due_router = APIRouter()


@due_router.get("/tasks/due")
def list_due_tasks(span: Annotated[tuple[date, date], Depends(get_span)]) -> list[dict[str, Any]]:
    return [task for task in due_tasks if span[0] <= task["day"] <= span[1]]


@due_router.get("/reminders/due")
def list_due_reminders(span: Annotated[tuple[date, date], Depends(get_span)]) -> list[dict[str, Any]]:
    return [reminder for reminder in due_reminders if span[0] <= reminder["day"] <= span[1]]

# %% wrong: the last day is left out
# breaks: Each route answers with the entries from `first` to `last`, both days included.
# says: both days belong to the week
# change: a week of one day is refused
 def get_span(first: date, last: date) -> tuple[date, date]:
-    if last <= first:
+    if last < first:
...
-    return [task for task in due_tasks if span[0] <= task["day"] <= span[1]]
+    return [task for task in due_tasks if span[0] <= task["day"] < span[1]]
...
-    return [reminder for reminder in due_reminders if span[0] <= reminder["day"] <= span[1]]
+    return [reminder for reminder in due_reminders if span[0] <= reminder["day"] < span[1]]

# %% wrong: the dates may be left out
# breaks: Both dates must be sent.
# says: A parameter without a default has to be sent
# change: a week of one day is refused
-def get_span(first: date, last: date) -> tuple[date, date]:
-    if last <= first:
+def get_span(first: date = date(1970, 1, 1), last: date = date(2999, 1, 1)) -> tuple[date, date]:
+    if last < first:

# %% wrong: only the last day may be left out
# says: A parameter without a default has to be sent
# change: nobody compares the two days
-def get_span(first: date, last: date) -> Span:
+def get_span(first: date, last: date = date(2027, 3, 7)) -> Span:
+    if last < first:
+        raise HTTPException(422, "The last day comes before the first.")

# %% wrong: only the first day may be left out
# says: A parameter without a default has to be sent
# change: nobody compares the two days
-def get_span(first: date, last: date) -> Span:
+def get_span(last: date, first: date = date(2027, 6, 1)) -> Span:
+    if last < first:
+        raise HTTPException(422, "The last day comes before the first.")

# %% right: a guard on both routes, which take the dates themselves
from fastapi import HTTPException
due_router = APIRouter()
def ck(first: date, last: date):
    if first > last: raise HTTPException(422, "x")
@due_router.get("/tasks/due", dependencies=[Depends(ck)])
def t(first: date, last: date) -> list[dict[str, Any]]:
    return [x for x in due_tasks if first <= x["day"] <= last]
@due_router.get("/reminders/due", dependencies=[Depends(ck)])
def r(first: date, last: date) -> list[dict[str, Any]]:
    return [x for x in due_reminders if first <= x["day"] <= last]

# %% wrong: the check called in both routes
# says: a route has no dependency
from fastapi import HTTPException
due_router = APIRouter()
def ck(first: date, last: date):
    if first > last: raise HTTPException(422, "x")
@due_router.get("/tasks/due")
def t(first: date, last: date) -> list[dict[str, Any]]:
    ck(first, last)
    return [x for x in due_tasks if first <= x["day"] <= last]
@due_router.get("/reminders/due")
def r(first: date, last: date) -> list[dict[str, Any]]:
    ck(first, last)
    return [x for x in due_reminders if first <= x["day"] <= last]

# %% wrong: the tasks are sorted in place
# says: `GET /tasks/due` changed the data
# change: solution
-    return [task for task in due_tasks if span.first <= task["day"] <= span.last]
+    due_tasks.sort(key=lambda task: task["day"])
+    return [task for task in due_tasks if span.first <= task["day"] <= span.last]

# %% wrong: no span of more than a month
# says: Both dates are right, and your API refuses them
# change: solution
-    if last < first:
+    if last < first or (last - first).days > 31:

# %% wrong: the past is refused
# says: Both dates are right, and your API refuses them
# change: solution
-    if last < first:
+    if last < first or first < date(2026, 1, 1):

# %% wrong: the dependency only brings the dates, and each route compares them
# breaks: which brings the checked dates
# says: the comparison still stands in more than one place
# change: solution
 def get_span(first: date, last: date) -> Span:
-    if last < first:
-        raise HTTPException(status_code=422, detail="The last day comes before the first.")
...
 def list_due_tasks(span: Spanned) -> list[dict[str, Any]]:
+    if span.last < span.first:
+        raise HTTPException(422, "The last day comes before the first.")
...
 def list_due_reminders(span: Spanned) -> list[dict[str, Any]]:
+    if span.last < span.first:
+        raise HTTPException(422, "The last day comes before the first.")

# %% wrong: only the days come back
# says: The list of entries is not as expected
# change: solution
-    return [task for task in due_tasks if span.first <= task["day"] <= span.last]
+    return [{"day": task["day"]} for task in due_tasks if span.first <= task["day"] <= span.last]

# %% wrong: one entry a day
# says: The list of entries is not as expected
# change: solution
-    return [reminder for reminder in due_reminders if span.first <= reminder["day"] <= span.last]
+    by_day = {one["day"]: one for one in due_reminders}
+    return [one for day, one in by_day.items() if span.first <= day <= span.last]

# %% wrong: a 400
# says: the phone team was promised a 422
# change: solution
-        raise HTTPException(status_code=422, detail="The last day comes before the first.")
+        raise HTTPException(status_code=400, detail="The last day comes before the first.")

# %% wrong: a ValueError
# says: Your code crashed. The caller made the mistake
# change: solution
-        raise HTTPException(status_code=422, detail="The last day comes before the first.")
+        raise ValueError("The last day comes before the first.")

# %% wrong: dates as text
# says: Annotate both parameters with `date`
# change: solution
-class Span(BaseModel):
-    first: date
-    last: date
-
-def get_span(first: date, last: date) -> Span:
+class Span(BaseModel):
+    first: Any
+    last: Any
+
+def get_span(first: str, last: str) -> Span:
+    first, last = date.fromisoformat(first), date.fromisoformat(last)

# %% right: sorted answers
# change: solution
-    return [task for task in due_tasks if span.first <= task["day"] <= span.last]
+    return sorted((task for task in due_tasks if span.first <= task["day"] <= span.last), key=lambda one: one["day"])

# %% right: one dependency that returns a predicate
def within(first: date, last: date):
    if first > last:
        raise HTTPException(422, "mixed up")
    return lambda row: first <= row["day"] <= last

Within = Annotated[Any, Depends(within)]
due_router = APIRouter()

@due_router.get("/tasks/due")
def a(test: Within) -> list[dict[str, Any]]:
    return list(filter(test, due_tasks))

@due_router.get("/reminders/due")
def b(test: Within) -> list[dict[str, Any]]:
    return list(filter(test, due_reminders))

# %% right: a dataclass, and Query
from dataclasses import dataclass
from fastapi import Query
@dataclass
class Span:
    first: date
    last: date

async def get_span(first: Annotated[date, Query()], last: Annotated[date, Query()]):
    if last >= first:
        return Span(first, last)
    raise HTTPException(422, "no")

class Task(BaseModel):
    title: str
    day: date

due_router = APIRouter()

@due_router.get("/tasks/due", response_model=list[Task])
def a(s: Span = Depends(get_span)):
    return [t for t in due_tasks if s.first <= t["day"] <= s.last]

@due_router.get("/reminders/due")
def b(s: Span = Depends(get_span)):
    return [t for t in due_reminders if s.first <= t["day"] <= s.last]

# %% wrong: the reminders at another address
# breaks: The phone asks for `GET /tasks/due?first=2027-03-01&last=2027-03-07`, and the same for `/reminders/due`.
# says: `GET /reminders/due?first=2027-05-01&last=2027-05-09` answered 404
# change: solution
-@due_router.get("/reminders/due")
+@due_router.get("/reminders")

# %% right: a model in the query behind one dependency
from pydantic import model_validator
from fastapi import Query

class Week(BaseModel):
    first: date
    last: date

    @model_validator(mode="after")
    def in_order(self):
        if self.last < self.first:
            raise ValueError("The last day comes before the first.")
        return self

def get_week(week: Annotated[Week, Query()]) -> Week:
    return week

due_router = APIRouter()

@due_router.get("/tasks/due")
def a(week: Week = Depends(get_week)):
    return [row for row in due_tasks if week.first <= row["day"] <= week.last]

@due_router.get("/reminders/due")
def b(week: Week = Depends(get_week)):
    return [row for row in due_reminders if week.first <= row["day"] <= week.last]

# %% right: an app with one dependency for all its routes, and the request's state
def check_days(request: Request, first: date, last: date) -> None:
    if first > last:
        raise HTTPException(422, "backwards")
    request.state.days = (first, last)

due_router = FastAPI(dependencies=[Depends(check_days)])

def within(rows, request):
    first, last = request.state.days
    return [r for r in rows if first <= r["day"] <= last]

@due_router.get("/tasks/due")
def a(request: Request):
    return within(due_tasks, request)

@due_router.get("/reminders/due")
def b(request: Request):
    return within(due_reminders, request)

# %% wrong: mixed-up days are swapped
# says: your API says that all is well
# change: solution
-        raise HTTPException(status_code=422, detail="The last day comes before the first.")
+        first, last = last, first

# %% wrong: a refused span empties the tasks
# says: A GET only reads
# change: solution
-    if last < first:
+    if last < first:
+        due_tasks.clear()

# %% wrong: a 404 when no entry is found
# says: answered 404
# change: solution
-    return [task for task in due_tasks if span.first <= task["day"] <= span.last]
+    found = [task for task in due_tasks if span.first <= task["day"] <= span.last]
+    if not found:
+        raise HTTPException(404, "nothing")
+    return found

# %% wrong: the return is missing
# says: Perhaps a `return` is missing
# outcome: error
# change: solution
-    return [task for task in due_tasks if span.first <= task["day"] <= span.last]
+    [task for task in due_tasks if span.first <= task["day"] <= span.last]
