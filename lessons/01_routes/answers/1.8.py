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
# says: It has no `Location` header
# change: solution
-    response.headers["Location"] = f"/reminders/{reminder_id}"

# %% wrong: the text is a query parameter still
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
# says: another reminder has it already
# change: solution
-    reminder_id = max(reminders, default=0) + 1
+    reminder_id = 3

# %% wrong: the number of reminders plus one
# says: another reminder has it already
# says: The number of reminders plus one is taken
# change: solution
-    reminder_id = max(reminders, default=0) + 1
+    reminder_id = len(reminders) + 1

# %% wrong: the id of the caller wins
# says: the new reminder took it over
# says: take only the text from the body
# change: solution
-    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
+    reminders[reminder_id] = {"id": reminder_id, "sent": False, **reminder}

# %% wrong: a new one may say that it was sent
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
# says: The reminder has lost its `text`
# change: solution
-    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
+    reminders[reminder_id] = {**changes, "id": reminder_id}

# %% wrong: PATCH looks at sent alone
# says: Lay all that was sent over the old reminder, whichever parts it has
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
# says: With `elif`, the second part is never looked at
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
# says: The body held `{"text": "Feed both cats"}`, and the answer is the old reminder. Lay all that was sent over the old reminder
# change: solution
-    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
-    return reminders[reminder_id]
+    reminder = find_reminder(reminder_id)
+    reminder["sent"] = True
+    return reminder

# %% wrong: PATCH reads sent from the body, always
# says: your code raised `KeyError
# says: do not read a part out of the body that may be missing
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
