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
# says: DELETE worked and says 200
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
# says: That is what PUT does
# change: solution
-def change_note(note_id: int, changes: dict[str, Any]) -> dict[str, Any]:
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+def change_note(note_id: int, changes: dict[str, Any]):
+    read_note(note_id)
+    notes[note_id] = {"id": note_id, "text": changes.get("text", ""), "pinned": changes.get("pinned", False)}

# %% wrong: PATCH reads every field from the body
# says: KeyError
# says: do not read a part out of the body that may be missing
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
# says: The second DELETE answered 204, as if there had been a note
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
# says: takes `false` for a part that was not sent
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
# says: With `elif`, the second part is never looked at
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
# says: what stands later wins, so the old note comes first and the changes come second
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
# says: The body held `{"text": "Size 43"}`, and the answer is the old note. Lay all that was sent over the old note, whichever parts it has.
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    read_note(note_id)
+    notes[note_id]["pinned"] = True

# %% wrong: what update gives is stored
# says: `.update(...)` of a dictionary changes the dictionary and gives `None`
# change: solution
-    notes[note_id] = {**read_note(note_id), **changes, "id": note_id}
+    read_note(note_id)
+    notes[note_id] = notes[note_id].update(changes)
