# story: Notes can be pinned to the top. Ana pins a note, with `PATCH /notes/1` and `{"pinned": true}`, and its text is gone. Ben deletes a note in a tunnel, sends the request again, and gets a cheerful answer for a note that was not there any more.
# story: Mend both.

# %% right: an app, async, update in place, pop, a Response
notes = {
    1: {"id": 1, "text": "Door code: ask Ben", "pinned": False},
    2: {"id": 2, "text": "Size 42", "pinned": True},
}
notes_router = FastAPI()

@notes_router.get("/notes/{number}")
async def read(number: int):
    if note := notes.get(number):
        return note
    raise HTTPException(404)

@notes_router.patch("/notes/{number}")
async def patch(number: int, changes: dict):
    note = await read(number)
    for name in ("text", "pinned"):
        if name in changes:
            note[name] = changes[name]
    return note

@notes_router.delete("/notes/{number}")
async def delete(number: int):
    if notes.pop(number, None) is None:
        raise HTTPException(404, "already gone")
    return Response(status_code=204)

# %% wrong: only DELETE was mended
# says: The note has lost its `text`: only what was sent is stored
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+def change_note(note_id: int, changes: dict[str, Any]):
+    notes[note_id] = {"id": note_id, **changes}

# %% wrong: only PATCH was mended
# says: DELETE answered 200, which announces a body
# says: `-> None`
# change: stub
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
-    read_note(note_id)
-    notes[note_id] = {"id": note_id, **changes}
+def change_note(note_id: int, changes: dict[str, Any]):
+    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
...
-def delete_note(note_id: int) -> dict[str, str]:
+def delete_note(note_id: int):

# %% wrong: PATCH fills in defaults, as PUT does
# breaks: What is not sent stays
# says: A PUT fills in defaults; a PATCH doesn't
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+def change_note(note_id: int, changes: dict[str, Any]):
+    read_note(note_id)
+    notes[note_id] = {"id": note_id, "text": changes.get("text", ""), "pinned": changes.get("pinned", False)}

# %% wrong: PATCH reads every field from the body
# says: KeyError
# says: don't read a part from the body that may be missing
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
-    return notes[note_id]
+def change_note(note_id: int, changes: dict[str, Any]):
+    note = read_note(note_id)
+    note["text"] = changes["text"]
+    note["pinned"] = changes["pinned"]
+    return note

# %% wrong: PATCH makes a new note
# says: PATCH changes what exists
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+def change_note(note_id: int, changes: dict[str, Any]):
+    notes[note_id] = {**notes.get(note_id, {"id": note_id}), **changes}

# %% wrong: PATCH does not look whether the note exists
# says: KeyError
# says: Expected: 404
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+def change_note(note_id: int, changes: dict[str, Any]):
+    notes[note_id].update(changes)

# %% wrong: PATCH answers and stores nothing
# says: stored nothing: the next GET finds the old one
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
-    return notes[note_id]
+def change_note(note_id: int, changes: dict[str, Any]):
+    return {**read_note(note_id), **changes}

# %% wrong: PATCH answers with what was sent
# says: The answer is only what was sent
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
-    return notes[note_id]
+def change_note(note_id: int, changes: dict[str, Any]):
+    read_note(note_id).update(changes)
+    return changes

# %% wrong: the second DELETE is a 204 too
# breaks: `DELETE` answers as ours does for tasks.
# says: The second DELETE answered 204, as if the note had been there
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
+def change_note(note_id: int, changes: dict[str, Any]):
...
-    read_note(note_id)
-    del notes[note_id]
+    notes.pop(note_id, None)

# %% wrong: the second DELETE raises
# says: KeyError
# says: Look for the note first, with `read_note`
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
+def change_note(note_id: int, changes: dict[str, Any]):
...
-    read_note(note_id)

# %% wrong: DELETE looks and does not remove
# says: note 1 is still there
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
+def change_note(note_id: int, changes: dict[str, Any]):
...
-    del notes[note_id]

# %% wrong: the body may change the id
# breaks: and the id always does, also when the body holds another one
# says: Lay its own id over the changes
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+def change_note(note_id: int, changes: dict[str, Any]):
+    notes[note_id] = {**read_note(note_id), **changes}

# %% wrong: only the id in the answer is right
# says: Lay its own id over the changes
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
-    return notes[note_id]
+def change_note(note_id: int, changes: dict[str, Any]):
+    notes[note_id] = {**read_note(note_id), **changes}
+    return {**notes[note_id], "id": note_id}

# %% wrong: the number of a PATCH has no annotation
# says: `note_id` has no annotation
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
+def change_note(note_id, changes: dict[str, Any]):

# %% right: a body with another id is refused
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
+def change_note(note_id: int, changes: dict[str, Any]):
+    if changes.get("id", note_id) != note_id:
+        raise HTTPException(status_code=409, detail="A note keeps its id.")

# %% wrong: 204 under an annotation that promises a body
# says: Status code 204 must not have a response body
# says: promise `None`, and return nothing
# outcome: error
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
+def change_note(note_id: int, changes: dict[str, Any]):
...
-def delete_note(note_id: int) -> None:
+def delete_note(note_id: int) -> dict[str, str]:

# %% wrong: or takes false for nothing
# says: treats `false` as if nothing had been sent
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
-    return notes[note_id]
+    note = read_note(note_id)
+    note["text"] = changes.get("text") or note["text"]
+    note["pinned"] = changes.get("pinned") or note["pinned"]
+    return note

# %% wrong: a pin for whoever sends none
# says: The note has lost its `pinned`
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
-    return notes[note_id]
+    note = read_note(note_id)
+    note["text"] = changes.get("text", note["text"])
+    note["pinned"] = changes.get("pinned", True)
+    return note

# %% wrong: one part or the other
# says: With `elif`, only one of them counts
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
-    return notes[note_id]
+    note = read_note(note_id)
+    if "text" in changes:
+        note["text"] = changes["text"]
+    elif "pinned" in changes:
+        note["pinned"] = changes["pinned"]
+    return note

# %% wrong: the old note over the changes
# says: the later one wins, so the old note comes first and the changes come second
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    notes[note_id] = {**changes, **read_note(note_id)}

# %% wrong: the changes over all notes
# says: with all things in it
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
-    return notes[note_id]
+    read_note(note_id)
+    return {**notes, **changes}

# %% wrong: an old note that is a task
# says: `find_task`
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    notes[note_id] = {**find_task(note_id), **changes, "id": note_id}

# %% wrong: 410 for a second DELETE
# says: 410 Gone says that there was one
# change: solution
-    read_note(note_id)
+    if note_id not in notes:
+        raise HTTPException(status_code=410, detail="It is gone.")

# %% wrong: DELETE removes the last note
# says: note 1 is still there
# change: solution
-    del notes[note_id]
+    notes.popitem()

# %% wrong: DELETE removes all notes
# says: Remove one note, not all
# change: solution
-    del notes[note_id]
+    notes.clear()

# %% wrong: PATCH knows one field and sets it to true
# says: The body held `{"text": "Size 43"}`, and the answer is the old note. Lay everything that was sent over the old note, whichever parts it has.
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    read_note(note_id)
+    notes[note_id]["pinned"] = True

# %% wrong: what update gives is stored
# says: `.update(...)` of a dictionary returns `None`
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    read_note(note_id)
+    notes[note_id] = notes[note_id].update(changes)

# %% right: a model of the changes, and a dependency
from fastapi import Depends
from pydantic import BaseModel

notes: dict[int, dict[str, Any]] = {}
notes_router = APIRouter()

class Changes(BaseModel):
    text: str | None = None
    pinned: bool | None = None

@notes_router.get("/notes/{note_id}")
def read_note(note_id: int) -> dict[str, Any]:
    if note_id not in notes:
        raise HTTPException(status_code=404, detail=f"There is no note {note_id}.")
    return notes[note_id]

@notes_router.patch("/notes/{note_id}")
def change_note(changes: Changes, note: dict[str, Any] = Depends(read_note)) -> dict[str, Any]:
    note |= changes.model_dump(exclude_unset=True)
    return note

@notes_router.delete("/notes/{note_id}", status_code=204)
def delete_note(note: dict[str, Any] = Depends(read_note)) -> None:
    del notes[note["id"]]

# %% right: null is refused
# change: solution
 def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
+    if None in changes.values():
+        raise HTTPException(status_code=422, detail="A note has no empty parts.")

# %% wrong: null counts as not sent
# breaks: `PATCH` changes the parts that are sent.
# says: null is a value that was sent
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    sent = {name: value for name, value in changes.items() if value is not None}
+    notes[note_id] = {**read_note(note_id), **sent, "id": note_id}

# %% wrong: only one note is pinned
# says: Your PATCH of note 1 unpinned note 2
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    note = read_note(note_id)
+    for other in notes.values():
+        other["pinned"] = False
+    notes[note_id] = {**note, **changes, "id": note_id}

# %% wrong: a part that nobody sent
# says: `changed` is new in it, and nobody sent it
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    notes[note_id] = {**read_note(note_id), **changes, "id": note_id, "changed": True}

# %% wrong: null comes back
# says: The answer is `null`. Return the changed note
# change: nothing comes back
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    return read_note(note_id).update(changes)

# %% wrong: all notes come back
# says: The answer should be the changed note: one JSON object
# change: nothing comes back
 def change_note(note_id: int, changes: dict[str, Any]):
     notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    return list(notes.values())

# %% wrong: words come back
# says: That isn't the note. Answer with the changed note
# never: only what was sent is stored
# change: nothing comes back
 def change_note(note_id: int, changes: dict[str, Any]):
     notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    return {"message": "Changed."}

# %% wrong: the changes over all notes, and nothing was promised
# says: The changes were laid over the whole dictionary `notes`
# change: nothing comes back
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    return {**notes, **changes}

# %% wrong: every value becomes text
# says: Lay all changes over the old note, as they were sent
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    sent = {name: str(value) for name, value in changes.items()}
+    notes[note_id] = {**read_note(note_id), **sent, "id": note_id}

# %% wrong: the answer is right, and only the changes are stored
# says: The answer of PATCH was right, but it stored something else
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
-    return notes[note_id]
+    old = read_note(note_id)
+    notes[note_id] = {"id": note_id, **changes}
+    return {**old, **changes, "id": note_id}

# %% wrong: the changes come from the query string
# says: Your function takes nothing from the body
# never: the later one wins
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+def change_note(note_id: int, text: str | None = None, pinned: bool | None = None) -> dict[str, Any]:
+    if pinned is not None:
+        read_note(note_id)["pinned"] = pinned

# %% wrong: 204 for a change
# says: PATCH answers with the changed note
# change: solution
-@notes_router.patch("/notes/{note_id}")
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
+@notes_router.patch("/notes/{note_id}", status_code=204)
+def change_note(note_id: int, changes: dict[str, Any]) -> None:
...
     notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
-    return notes[note_id]

# %% wrong: 201 for a change
# says: A note was changed: that is a 200
# change: solution
-@notes_router.patch("/notes/{note_id}")
+@notes_router.patch("/notes/{note_id}", status_code=201)

# %% wrong: 204 for a note that is not there
# says: 204 says: it worked
# change: nothing comes back
 def change_note(note_id: int, changes: dict[str, Any]):
+    if note_id not in notes:
+        return Response(status_code=204)
     notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    return notes[note_id]

# %% wrong: a PATCH leaves a note behind its 404
# says: Your PATCH answered 404, and left a note behind
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    known = note_id in notes
+    notes[note_id] = {**notes.get(note_id, {}), **changes, "id": note_id}
+    if not known:
+        raise HTTPException(status_code=404, detail=f"There is no note {note_id}.")

# %% wrong: nothing comes back
# says: `change_note` never returns a value
notes: dict[int, dict[str, Any]] = {}
notes_router = APIRouter()

@notes_router.get("/notes/{note_id}")
def read_note(note_id: int) -> dict[str, Any]:
    if note_id not in notes:
        raise HTTPException(status_code=404, detail=f"There is no note {note_id}.")
    return notes[note_id]

@notes_router.patch("/notes/{note_id}")
def change_note(note_id: int, changes: dict[str, Any]):
    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}

@notes_router.delete("/notes/{note_id}", status_code=204)
def delete_note(note_id: int) -> None:
    read_note(note_id)
    del notes[note_id]
