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
