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
    reminders[position(number)]["sent"] = body["sent"]
    return reminders[position(number)]

@part.delete("/{number}", status_code=204)
async def remove(number: int):
    reminders.pop(position(number))

reminders_router = FastAPI(title="Reminders")
reminders_router.include_router(part)

# %% wrong: the methods were changed, the paths were not
# says: The collection is called `reminders`
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/getAllReminders")
def get_all_reminders():
    return list(reminders.values())

@reminders_router.get("/reminder")
def get_reminder(id: int):
    return find_reminder(id)

@reminders_router.post("/create-reminder")
def create_reminder(text: str):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": text, "sent": False}
    return reminders[reminder_id]

# %% wrong: the dictionary for a list
# says: return a list of its values
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return reminders

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: creation keeps its 200 and its success
# says: You left FastAPI's default
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders")
def create_reminder(reminder: dict[str, Any]):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    return {"success": True}

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: creation says 201 and success
# says: `success` says what the status says already
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return {"success": True}

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: no Location
# says: It has no `Location` header
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any]):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: the text is a query parameter still
# says: The text comes in the JSON body
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(text: str, response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": text, "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: an action below the reminder
# says: the method for that is PATCH
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.post("/reminders/{reminder_id}/mark-as-sent")
def mark_as_sent(reminder_id: int):
    find_reminder(reminder_id)["sent"] = True
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: PUT for marking as sent
# says: Your route takes PUT
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.put("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: PATCH forgets the text
# says: The reminder has lost its `text`
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    find_reminder(reminder_id)
    reminders[reminder_id] = {"id": reminder_id, **changes}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: a missing reminder is null
# says: The body is `null`, with a 200
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return reminders.get(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: DELETE does not look
# says: There is no such reminder, so nothing was removed
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    reminders.pop(reminder_id, None)

# %% wrong: DELETE says 200
# says: 200 announces an answer to read
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}")
def delete_reminder(reminder_id: int):
    find_reminder(reminder_id)
    del reminders[reminder_id]
    return {"success": True}

# %% wrong: the old route for creating is kept
# says: The old route is still there
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.get("/create-reminder")
def old_create_reminder(text: str):
    return {"success": True}

# %% wrong: PATCH does not look into the body
# says: your PATCH does not look into the body
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    find_reminder(reminder_id)["sent"] = True
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: the body may change the id
# says: Lay its own id over the changes
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    find_reminder(reminder_id).update(changes)
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: the number of the reading route has no annotation
# says: `reminder_id` has no annotation
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: the number of PATCH has no annotation
# says: `reminder_id` has no annotation
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: the number of DELETE has no annotation
# says: DELETE does not find it. `reminder_id` has no annotation
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: a missing reminder breaks the promise
# says: You returned the `HTTPException`, as if it were data
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        return HTTPException(status_code=404)
    return reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: all reminders are kept at the old path
# says: no route reads it
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/getAllReminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

# %% wrong: the old way of marking as sent is kept
# says: The old route is still there
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int):
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders():
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int):
    return find_reminder(reminder_id)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response):
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]):
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.get("/reminders/{reminder_id}/sent")
def mark_reminder_as_sent(reminder_id: int):
    reminders[reminder_id]["sent"] = True
    return {"success": True}
