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
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {**reminder, "id": reminder_id, "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: the methods were changed, the paths were not
# says: no route takes POST at `/reminders`
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/create-reminder", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: creation keeps its 200 and its success
# says: You left FastAPI's default
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders")
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return {"success": True}

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: creation says 201 and success
# says: `success` says what the status says already
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return {"success": True}

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: no Location
# says: It has no `Location` header
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: the text is a query parameter still
# says: The text comes in the JSON body
# says: is looked for in the query string
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(text: str, response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": text, "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: the text of today, written down
# says: the text of the new reminder
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": "Call Ben", "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: the address of today, written down
# says: Build the address from the id
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = "/reminders/3"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: the id of today, written down
# says: another reminder has it already
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = 3
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: the number of reminders plus one
# says: another reminder has it already
# says: The number of reminders plus one is taken
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = len(reminders) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: the id of the caller wins
# says: the new reminder took it over
# says: take only the text from the body
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "sent": False, **reminder}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: a new one may say that it was sent
# says: A new one is not sent yet, whatever the body says
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"sent": False, **reminder, "id": reminder_id}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: an action below the reminder
# says: To change a reminder in part is PATCH
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.post("/reminders/{reminder_id}/mark-as-sent")
def mark_as_sent(reminder_id: int) -> dict[str, Any]:
    find_reminder(reminder_id)["sent"] = True
    return reminders[reminder_id]

# %% wrong: PUT for marking as sent
# says: Your route takes PUT
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.put("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: PATCH forgets the text
# says: The reminder has lost its `text`
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: PATCH looks at sent alone
# says: Lay all that was sent over the old reminder, whichever parts it has
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminder = find_reminder(reminder_id)
    reminder["sent"] = changes.get("sent", reminder["sent"])
    return reminder

# %% wrong: PATCH takes false for nothing
# says: With `or`, `false` counts as not sent
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminder = find_reminder(reminder_id)
    reminder["text"] = changes.get("text") or reminder["text"]
    reminder["sent"] = changes.get("sent") or reminder["sent"]
    return reminder

# %% wrong: one part or the other
# says: With `elif`, the second part is never looked at
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminder = find_reminder(reminder_id)
    if "text" in changes:
        reminder["text"] = changes["text"]
    elif "sent" in changes:
        reminder["sent"] = changes["sent"]
    return reminder

# %% wrong: PATCH does not look into the body
# says: The body held `{"text": "Feed both cats"}`, and the answer is the old reminder. Lay all that was sent over the old reminder
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminder = find_reminder(reminder_id)
    reminder["sent"] = True
    return reminder

# %% wrong: PATCH reads sent from the body, always
# says: your code raised `KeyError
# says: do not read a part out of the body that may be missing
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminder = find_reminder(reminder_id)
    reminder["sent"] = changes["sent"]
    return reminder

# %% wrong: PATCH answers success
# says: `success` says what the status says already
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return {"success": True}

# %% wrong: PATCH does not look whether there is one
# says: There is no reminder at `/reminders/424242`
# says: Expected: 404
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**reminders[reminder_id], **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: PATCH makes one where there was none
# says: PATCH changes what exists
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**reminders.get(reminder_id, {}), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: PATCH returns the exception
# says: You returned the `HTTPException`, as if it were data
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    if reminder_id not in reminders:
        return HTTPException(status_code=404)
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: the body may change the id
# says: Lay its own id over the changes
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes}
    return reminders[reminder_id]

# %% wrong: the number of PATCH has no annotation
# says: `reminder_id` has no annotation
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: the number of the reading route has no annotation
# says: `reminder_id` has no annotation
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: a missing reminder is null
# says: The body is `null`, with a 200
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any] | None:
    return reminders.get(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: the dictionary for a list
# says: does not answer with a JSON list
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> dict[int, Any]:
    return reminders

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: reading hides what was sent
# says: The collection shows all reminders
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return [one for one in reminders.values() if not one["sent"]]

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: all reminders have another path
# says: This route was given, and it was right
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/all-reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: DELETE does not look
# says: This route was given, and it was right
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    reminders.pop(reminder_id, None)

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: DELETE removes the last one
# says: it is still there
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    reminders.popitem()

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: DELETE says 200
# says: This route was given, and it was right
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}")
def delete_reminder(reminder_id: int) -> dict[str, bool]:
    find_reminder(reminder_id)
    del reminders[reminder_id]
    return {"success": True}

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

# %% wrong: the old route for creating is kept
# says: The old route is still there
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.get("/create-reminder")
def create_reminder_of_old(text: str) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": text, "sent": False}
    return {"success": True}

# %% wrong: the old way of marking as sent is kept
# says: The old route is still there
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["text"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]

@reminders_router.get("/reminders/{reminder_id}/sent")
def mark_reminder_as_sent(reminder_id: int) -> dict[str, Any]:
    reminders[reminder_id]["sent"] = True
    return {"success": True}

# %% wrong: a title is read from the body
# says: your code raised `KeyError
# says: The body holds only what the exercise shows
reminders: dict[int, dict[str, Any]] = {
    1: {"id": 1, "text": "Dentist at 9", "sent": False},
    2: {"id": 2, "text": "Rent is due", "sent": True},
}

reminders_router = APIRouter()

def find_reminder(reminder_id: int) -> dict[str, Any]:
    if reminder_id not in reminders:
        raise HTTPException(status_code=404, detail=f"There is no reminder {reminder_id}.")
    return reminders[reminder_id]

@reminders_router.get("/reminders")
def list_reminders() -> list[dict[str, Any]]:
    return list(reminders.values())

@reminders_router.get("/reminders/{reminder_id}")
def read_reminder(reminder_id: int) -> dict[str, Any]:
    return find_reminder(reminder_id)

@reminders_router.delete("/reminders/{reminder_id}", status_code=204)
def delete_reminder(reminder_id: int) -> None:
    find_reminder(reminder_id)
    del reminders[reminder_id]

@reminders_router.post("/reminders", status_code=201)
def create_reminder(reminder: dict[str, Any], response: Response) -> dict[str, Any]:
    reminder_id = max(reminders, default=0) + 1
    reminders[reminder_id] = {"id": reminder_id, "text": reminder["title"], "sent": False}
    response.headers["Location"] = f"/reminders/{reminder_id}"
    return reminders[reminder_id]

@reminders_router.patch("/reminders/{reminder_id}")
def change_reminder(reminder_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    reminders[reminder_id] = {**find_reminder(reminder_id), **changes, "id": reminder_id}
    return reminders[reminder_id]
