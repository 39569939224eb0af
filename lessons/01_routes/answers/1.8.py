# story: A colleague has written five routes for reminders and asks for your review.
# story: The two routes at the end break rules of this lesson. Write them anew

# %% right: a prefix, a list as storage, a counter, JSONResponse and pop
from fastapi.responses import JSONResponse

reminders = [{"id": 1, "text": "Dentist at 9", "sent": False}, {"id": 2, "text": "Rent is due", "sent": True}]
last = 2

def position(number):
    for place, reminder in enumerate(reminders):
        if reminder["id"] == number:
            return place
    raise HTTPException(404)

part = APIRouter(prefix="/reminders")

@part.get("")
async def read_all():
    return reminders

@part.post("")
async def create(body: dict):
    global last
    last += 1
    reminders.append({"id": last, "text": body["text"], "sent": False})
    return JSONResponse(reminders[-1], 201, {"Location": f"/reminders/{last}"})

@part.get("/{number}")
async def read_one(number: int):
    return reminders[position(number)]

@part.patch("/{number}")
async def mark(number: int, body: dict):
    body.pop("id", None)
    reminders[position(number)].update(body)
    return reminders[position(number)]

@part.delete("/{number}", status_code=204)
async def remove(number: int):
    reminders.pop(position(number))

reminders_router = FastAPI(title="Reminders")
reminders_router.include_router(part)

# %% right: the new reminder is put together in one line
# change: solution
-    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
+    reminders[reminder_id] = {**reminder, "id": reminder_id, "sent": False}

# %% wrong: the methods were changed, the paths were not
# says: no route takes POST at `/reminders`
# change: solution
-@reminders_router.post("/reminders", status_code=201)
+@reminders_router.post("/create-reminder", status_code=201)

# %% wrong: creation keeps its 200 and its success
# says: You left FastAPI's default
# change: solution
-@reminders_router.post("/reminders", status_code=201)
+@reminders_router.post("/reminders")
...
     response.headers["Location"] = f"/reminders/{reminder_id}"
-    return reminders[reminder_id]
+    return {"success": True}

# %% wrong: creation says 201 and success
# says: `success` says what the status says already
# change: solution
     response.headers["Location"] = f"/reminders/{reminder_id}"
-    return reminders[reminder_id]
+    return {"success": True}

# %% wrong: no Location
# breaks: Paths, methods, statuses and bodies follow what this lesson did for tasks, `Location` and 404 included.
# says: It has no `Location` header
# change: solution
-    response.headers["Location"] = f"/reminders/{reminder_id}"

# %% wrong: the text is a query parameter still
# breaks: create a reminder from `{"text": "..."}`
# says: The text comes in the JSON body
# says: is looked for in the query string
# change: solution
-def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
+def create_reminder(text: str, response: Response) -> dict[str, Any]:
     reminder_id = max(reminders, default=0) + 1
-    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
+    reminders[reminder_id] = {"id": reminder_id, "text": text, "sent": False}

# %% wrong: the text of today, written down
# says: the text of the new reminder
# change: solution
-    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
+    reminders[reminder_id] = {"id": reminder_id, "text": "Call Ben", "sent": False}

# %% wrong: the address of today, written down
# says: Build the address from the id
# change: solution
-    response.headers["Location"] = f"/reminders/{reminder_id}"
+    response.headers["Location"] = "/reminders/3"

# %% wrong: the id of today, written down
# says: Something new got the id 3, which something else has already
# change: solution
-    reminder_id = max(reminders, default=0) + 1
+    reminder_id = 3

# %% wrong: the number of reminders plus one
# says: Something new got the id 4, which something else has already
# says: after one was removed, the number may be taken
# change: solution
-    reminder_id = max(reminders, default=0) + 1
+    reminder_id = len(reminders) + 1

# %% wrong: the id of the caller wins
# breaks: the server gives it an id
# says: which already belongs to something else, and the new thing got it
# change: solution
-    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
+    reminders[reminder_id] = {"id": reminder_id, "sent": False, **reminder}

# %% wrong: a new one may say that it was sent
# breaks: and a new one is not sent yet, whatever else the body holds
# says: A new one is not sent yet, whatever the body says
# change: solution
-    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
+    reminders[reminder_id] = {"sent": False, **reminder, "id": reminder_id}

# %% wrong: an action below the reminder
# says: To change a reminder in part is PATCH
# change: solution
-@reminders_router.patch("/reminders/{reminder_id}")
-def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
-    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
+@reminders_router.post("/reminders/{reminder_id}/mark-as-sent")
+def mark_as_sent(reminder_id: int) -> dict[str, Any]:
+    find_reminder(reminder_id)["sent"] = True

# %% wrong: PUT for marking as sent
# says: Your route takes PUT
# change: solution
-@reminders_router.patch("/reminders/{reminder_id}")
+@reminders_router.put("/reminders/{reminder_id}")

# %% wrong: PATCH forgets the text
# breaks: what is not sent stays
# says: The reminder has lost its `text`
# change: solution
-    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
+    reminders[reminder_id] = {**changes, "id": reminder_id}

# %% wrong: PATCH looks at sent alone
# breaks: change the parts that are sent
# says: Lay everything that was sent over the old reminder, whichever parts it has
# change: solution
-    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
-    return reminders[reminder_id]
+    reminder = find_reminder(reminder_id)
+    reminder["sent"] = changes.get("sent", reminder["sent"])
+    return reminder

# %% wrong: PATCH takes false for nothing
# says: With `or`, `false` counts as not sent
# change: solution
-    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
-    return reminders[reminder_id]
+    reminder = find_reminder(reminder_id)
+    reminder["text"] = changes.get("text") or reminder["text"]
+    reminder["sent"] = changes.get("sent") or reminder["sent"]
+    return reminder

# %% wrong: one part or the other
# says: With `elif`, only one of them counts
# change: solution
-    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
-    return reminders[reminder_id]
+    reminder = find_reminder(reminder_id)
+    if "text" in changes:
+        reminder["text"] = changes["text"]
+    elif "sent" in changes:
+        reminder["sent"] = changes["sent"]
+    return reminder

# %% wrong: PATCH does not look into the body
# says: The body held `{"text": "Feed both cats"}`, and the answer is the old reminder. Lay everything that was sent over the old reminder
# change: solution
-    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
-    return reminders[reminder_id]
+    reminder = find_reminder(reminder_id)
+    reminder["sent"] = True
+    return reminder

# %% wrong: PATCH reads sent from the body, always
# says: your code raised `KeyError
# says: don't read a part from the body that may be missing
# change: solution
-    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
-    return reminders[reminder_id]
+    reminder = find_reminder(reminder_id)
+    reminder["sent"] = changes["sent"]
+    return reminder

# %% wrong: PATCH answers success
# says: `success` says what the status says already
# change: solution
     reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
-    return reminders[reminder_id]
+    return {"success": True}

# %% wrong: PATCH does not look whether there is one
# says: There is no reminder at `/reminders/424242`
# says: Expected: 404
# change: solution
-    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
+    reminders[reminder_id] = {**reminders[reminder_id], **changes, "id": reminder_id}

# %% wrong: PATCH makes one where there was none
# says: PATCH changes what exists
# change: solution
-    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
+    reminders[reminder_id] = {**reminders.get(reminder_id, {}), **changes, "id": reminder_id}

# %% wrong: PATCH returns the exception
# says: You returned the `HTTPException`, as if it were data
# change: solution
 def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
+    if reminder_id not in reminders:
+        return HTTPException(status_code=404)

# %% wrong: the body may change the id
# breaks: and the id always does
# says: Lay its own id over the changes
# change: solution
-    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
+    reminders[reminder_id] = {**find_reminder(reminder_id), **changes}

# %% wrong: the number of PATCH has no annotation
# says: `reminder_id` has no annotation
# change: solution
-def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
+def change_reminder(reminder_id, changes: dict[str, Any]) -> dict[str, Any]:

# %% wrong: the number of the reading route has no annotation
# says: `reminder_id` has no annotation
# change: solution
-def read_reminder(reminder_id: int) -> dict[str, Any]:
+def read_reminder(reminder_id) -> dict[str, Any]:

# %% wrong: a missing reminder is null
# says: The body is `null`, with a 200
# change: solution
-def read_reminder(reminder_id: int) -> dict[str, Any]:
-    return find_reminder(reminder_id)
+def read_reminder(reminder_id: int) -> dict[str, Any] | None:
+    return reminders.get(reminder_id)

# %% wrong: the dictionary for a list
# says: does not answer with a JSON list
# change: solution
-def list_reminders() -> list[dict[str, Any]]:
-    return list(reminders.values())
+def list_reminders() -> dict[int, Any]:
+    return reminders

# %% wrong: reading hides what was sent
# says: The collection shows all reminders
# change: solution
-    return list(reminders.values())
+    return [one for one in reminders.values() if not one["sent"]]

# %% wrong: all reminders have another path
# says: This route was given, and it was right
# change: solution
-@reminders_router.get("/reminders")
+@reminders_router.get("/all-reminders")

# %% wrong: DELETE does not look
# breaks: Reading and removing are right.
# says: This route was given, and it was right
# change: solution
-    find_reminder(reminder_id)
-    del reminders[reminder_id]
+    reminders.pop(reminder_id, None)

# %% wrong: DELETE removes the last one
# says: it is still there
# change: solution
-    del reminders[reminder_id]
+    reminders.popitem()

# %% wrong: DELETE says 200
# says: This route was given, and it was right
# change: solution
-@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
-def delete_reminder(reminder_id: int) -> None:
+@reminders_router.delete("/reminders/{reminder_id}")
+def delete_reminder(reminder_id: int) -> dict[str, bool]:
     find_reminder(reminder_id)
     del reminders[reminder_id]
+    return {"success": True}

# %% wrong: the old route for creating is kept
# breaks: Nothing may answer at the two old paths.
# says: The old route is still there
# change: solution
     reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
     return reminders[reminder_id]
+
+@reminders_router.get("/create-reminder")
+def create_reminder_of_old(text: str) -> dict[str, Any]:
+    reminder_id = max(reminders, default=0) + 1
+    reminders[reminder_id] = {"id": reminder_id, "text": text, "sent": False}
+    return {"success": True}

# %% wrong: the old way of marking as sent is kept
# says: The old route is still there
# change: solution
     reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
     return reminders[reminder_id]
+
+@reminders_router.get("/reminders/{reminder_id}/sent")
+def mark_reminder_as_sent(reminder_id: int) -> dict[str, Any]:
+    reminders[reminder_id]["sent"] = True
+    return {"success": True}

# %% wrong: a title is read from the body
# says: your code raised `KeyError
# says: The body holds only what the exercise shows
# change: solution
-    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
+    reminders[reminder_id] = {"id": reminder_id, "text": reminder["title"], "sent": False}

# %% right: models, and a helper that lays changes over
from pydantic import BaseModel

class NewReminder(BaseModel):
    text: str

class Changes(BaseModel):
    text: str | None = None
    sent: bool | None = None

reminders: dict[int, dict[str, Any]] = {1: {"id": 1, "text": "Dentist at 9", "sent": False}}
reminders_router = APIRouter(prefix="/reminders")

def find_reminder(number: int) -> dict[str, Any]:
    if number not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {number}.")
    return reminders[number]

reminders_router.add_api_route("", lambda: list(reminders.values()))
reminders_router.add_api_route("/{number}", find_reminder)

@reminders_router.delete("/{number}", status_code=204)
def delete_reminder(number: int) -> None:
    reminders.pop(find_reminder(number)["id"])

@reminders_router.post("", status_code=201)
def create_reminder(new: NewReminder, response: Response) -> dict[str, Any]:
    number = max(reminders, default=0) + 1
    reminders[number] = {"id": number, "text": new.text, "sent": False}
    response.headers["Location"] = f"/reminders/{number}"
    return reminders[number]

@reminders_router.patch("/{number}")
def change_reminder(number: int, changes: Changes) -> dict[str, Any]:
    find_reminder(number).update(changes.model_dump(exclude_unset=True))
    return reminders[number]

# %% wrong: another router for the new routes
# breaks: in the same router
# says: This route was given, and it was right
# change: solution
-@reminders_router.post("/reminders", status_code=201)
+reminders_router = APIRouter()
+
+@reminders_router.post("/reminders", status_code=201)

# %% wrong: more than text is refused
# says: `POST /reminders` with
# says: answered 400
# change: solution
 def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
+    if set(reminder) != {"text"}:
+        raise HTTPException(status_code=400, detail="Only text.")

# %% wrong: the id of the caller counts if it is free
# says: which is still free, and the new thing got it
# change: solution
-    reminder_id = max(reminders, default=0) + 1
+    reminder_id = reminder.get("id")
+    if reminder_id is None or reminder_id in reminders:
+        reminder_id = max(reminders, default=0) + 1

# %% wrong: the response of an earlier cell
# says: Take the response of this request as a parameter: `response: Response`
# never: no `Location` header
# change: solution
-def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
+def create_reminder(reminder: dict[str, Any]) -> dict[str, Any]:

# %% wrong: the new reminder in a list
# says: The answer to `POST /reminders` is a JSON list
# change: solution
-def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
+def create_reminder(reminder: dict[str, Any], response: Response):
...
     response.headers["Location"] = f"/reminders/{reminder_id}"
-    return reminders[reminder_id]
+    return [reminders[reminder_id]]

# %% wrong: null counts as not sent
# says: null is a value that was sent
# change: solution
-    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
+    sent = {name: value for name, value in changes.items() if value is not None}
+    reminders[reminder_id] = {**find_reminder(reminder_id), **sent, "id": reminder_id}

# %% wrong: the reading route is gone
# says: and no route reads there
# change: solution
-@reminders_router.get("/reminders/{reminder_id}")

# %% wrong: the old path says that it is gone
# says: `GET /create-reminder` answered 410
# change: solution
     reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
     return reminders[reminder_id]
+
+@reminders_router.get("/create-reminder")
+def create_reminder_of_old() -> None:
+    raise HTTPException(status_code=410, detail="This address is gone.")

# %% wrong: the largest of nothing, after all were removed
# says: your code raised `ValueError
# says: `max(..., default=0)` doesn't
# change: solution
-    reminder_id = max(reminders, default=0) + 1
+    reminder_id = max(reminders) + 1
