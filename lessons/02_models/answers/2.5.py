# story: Ben renames an archived list, and it is back among the active ones.
# story: Ana empties the note of her list, the phone sends `{"note": null}`, and the note stays. Both get a 200.
# story: Mend `PATCH /lists/{list_id}`.

# %% right: defaults of the same type, and nothing null
# change: solution
     2: {"id": 2, "name": "Move to Graz", "note": None, "archived": True},
 }
+
...
+
 lists_router = APIRouter()

+
 class ListUpdate(BaseModel):
-    name: Title | MISSING = MISSING
+    name: Title = ""
     note: str | None = None
-    archived: bool | MISSING = MISSING
+    archived: bool = False
+

# %% right: a validator refuses null, the fields that were set are copied one by one
saved_lists: dict[int, dict[str, Any]] = {
    1: {"id": 1, "name": "Groceries", "note": "Saturday", "archived": False},
    2: {"id": 2, "name": "Move to Graz", "note": None, "archived": True},
}


class ListPublic(BaseModel):
    id: int
    name: str
    note: str | None
    archived: bool


lists_router = APIRouter()


from typing import Optional

from pydantic import field_validator


class ListUpdate(BaseModel):
    name: Optional[Title] = None
    note: Optional[str] = None
    archived: Optional[bool] = None

    @field_validator("name", "archived")
    @classmethod
    def never_null(cls, value):
        if value is None:
            raise ValueError("may be left out, but not null")
        return value


@lists_router.patch("/lists/{list_id}")
async def change_list(list_id: int, changes: ListUpdate) -> ListPublic:
    if list_id not in saved_lists:
        raise HTTPException(404)
    for field in changes.model_fields_set:
        saved_lists[list_id][field] = getattr(changes, field)
    return ListPublic(**saved_lists[list_id])

# %% right: MISSING for all three, so that a plain dump has only what was sent, into a new record
saved_lists: dict[int, dict[str, Any]] = {
    1: {"id": 1, "name": "Groceries", "note": "Saturday", "archived": False},
    2: {"id": 2, "name": "Move to Graz", "note": None, "archived": True},
}


class ListPublic(BaseModel):
    id: int
    name: str
    note: str | None
    archived: bool


lists_router = APIRouter()


class ListChanges(RequestModel):
    name: Title | MISSING = MISSING
    note: str | None | MISSING = MISSING
    archived: bool | MISSING = MISSING


@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
    return saved_lists[list_id]

# %% wrong: exclude_unset, and null still passes
# breaks: `name` and `archived` can never be null
# says: it passed your model and went into the store
# says: with `MISSING` a field may be absent and never null
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
-    name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
-    archived: bool | MISSING = MISSING
+class ListUpdate(BaseModel):
+    name: Title | None = None
+    note: str | None = None
+    archived: bool | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))

# %% wrong: all optional, and exclude_none as it was
# breaks: A null empties the `note`.
# says: The note is still there
# says: `exclude_none=True` does that, or an `if`
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
-    name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
-    archived: bool | MISSING = MISSING
+class ListUpdate(BaseModel):
+    name: Title | None = None
+    note: str | None = None
+    archived: bool | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    saved_lists[list_id].update(changes.model_dump(exclude_none=True))

# %% wrong: the whole dump
# says: What nobody sent must not be written
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
-    name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
-    archived: bool | MISSING = MISSING
+class ListUpdate(BaseModel):
+    name: Title | None = None
+    note: str | None = None
+    archived: bool | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    saved_lists[list_id].update(changes.model_dump())

# %% wrong: the default of archived is still written
# breaks: What is not sent stays as it was
# says: The list came back from the archive
# says: its default went over what was stored
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
+class ListUpdate(BaseModel):
     name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
-    archived: bool | MISSING = MISSING
+    note: str | None = None
+    archived: bool = False
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    saved_lists[list_id].update(changes.model_dump())

# %% wrong: exclude_defaults
# says: or `exclude_defaults=True`, because it is equal to the default
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
-    name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
-    archived: bool | MISSING = MISSING
+class ListUpdate(BaseModel):
+    name: Title = ""
+    note: str | None = ""
+    archived: bool = False
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    saved_lists[list_id].update(changes.model_dump(exclude_defaults=True))

# %% wrong: null is dropped before it is stored, and nobody is told
# says: your API says that all is well
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
-    name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
-    archived: bool | MISSING = MISSING
+class ListUpdate(BaseModel):
+    name: Title | None = None
+    note: str | None = None
+    archived: bool | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    for field, value in changes.model_dump(exclude_unset=True).items():
+        if value is not None or field == "note":
+            saved_lists[list_id][field] = value

# %% wrong: a PATCH that wants everything
# says: leaves `note` and `archived` out, and your model wants them
# says: For a PATCH each field may be left out
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
-    name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
-    archived: bool | MISSING = MISSING
+class ListUpdate(BaseModel):
+    name: Title
+    note: str | None
+    archived: bool
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))

# %% wrong: the note may not be emptied
# says: Null was refused for `note`
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
+class ListUpdate(BaseModel):
     name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
+    note: str | MISSING = MISSING
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))

# %% wrong: the constraint got lost
# says: A name of spaces passed
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
-    name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
+class ListUpdate(BaseModel):
+    name: str | MISSING = MISSING
+    note: str | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))

# %% wrong: refused, but after the record was changed
# says: a part of it stands in the store
# says: the list after a refused request
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
-    name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
-    archived: bool | MISSING = MISSING
+class ListUpdate(BaseModel):
+    name: Title | None = None
+    note: str | None = None
+    archived: bool | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
+    if saved_lists[list_id]["name"] is None or saved_lists[list_id]["archived"] is None:
+        raise HTTPException(status_code=422, detail="may not be null")

# %% wrong: one field after the other, and stopped in the middle
# breaks: such a request gets a 422 and changes nothing
# says: a part of it stands in the store
# says: Food
saved_lists: dict[int, dict[str, Any]] = {
    1: {"id": 1, "name": "Groceries", "note": "Saturday", "archived": False},
    2: {"id": 2, "name": "Move to Graz", "note": None, "archived": True},
}


class ListPublic(BaseModel):
    id: int
    name: str
    note: str | None
    archived: bool


lists_router = APIRouter()


class ListUpdate(BaseModel):
    name: Title | None = None
    note: str | None = None
    archived: bool | None = None


@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    for field, value in changes.model_dump(exclude_unset=True).items():
        if value is None and field != "note":
            raise HTTPException(status_code=422, detail=f"{field} may not be null")
        saved_lists[list_id][field] = value
    return saved_lists[list_id]

# %% wrong: a name that must always be sent
# says: The request leaves `name` out, and your model wants it
# change: one field after the other, and stopped in the middle
-    name: Title | None = None
+    name: Title
     note: str | None = None
-    archived: bool | None = None
+    archived: bool | MISSING = MISSING
...
-    for field, value in changes.model_dump(exclude_unset=True).items():
-        if value is None and field != "note":
-            raise HTTPException(status_code=422, detail=f"{field} may not be null")
-        saved_lists[list_id][field] = value
+    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))

# %% wrong: an if for each field, and MISSING counts as true
# says: Your store now holds `MISSING`
# says: `MISSING` counts as true
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
+class ListUpdate(BaseModel):
     name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
+    note: str | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    if changes.name:
+        saved_lists[list_id]["name"] = changes.name
+    if changes.archived:
+        saved_lists[list_id]["archived"] = changes.archived
+    if "note" in changes.model_fields_set:
+        saved_lists[list_id]["note"] = changes.note

# %% right: a model in the store
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
+class ListUpdate(BaseModel):
     name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
+    note: str | None = None
...
-@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+@lists_router.patch("/lists/{list_id}")
+def change_list(list_id: int, changes: ListUpdate) -> ListPublic:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    old = ListPublic(**dict(saved_lists[list_id]))
+    saved_lists[list_id] = old.model_copy(update=changes.model_dump(exclude_unset=True))

# %% wrong: the answer is put together, and nothing is stored
# says: the store still has the old list
# says: Write the change into `saved_lists[list_id]`
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
+class ListUpdate(BaseModel):
     name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
+    note: str | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
-    return saved_lists[list_id]
+    return {**saved_lists[list_id], **changes.model_dump(exclude_unset=True)}

# %% wrong: a copy is changed
# says: the store still has the old list
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
+class ListUpdate(BaseModel):
     name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
+    note: str | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
-    return saved_lists[list_id]
+    new = saved_lists[list_id].copy()
+    new.update(changes.model_dump(exclude_unset=True))
+    return new

# %% wrong: archived is no field any more
# says: your model has no such field any more
# change: one field after the other, and stopped in the middle
-    name: Title | None = None
+    name: Title | MISSING = MISSING
     note: str | None = None
-    archived: bool | None = None
...
-    for field, value in changes.model_dump(exclude_unset=True).items():
-        if value is None and field != "note":
-            raise HTTPException(status_code=422, detail=f"{field} may not be null")
-        saved_lists[list_id][field] = value
+    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))

# %% wrong: what counts as false is dropped by hand
# says: perhaps an `if`, because false counts as nothing
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
+class ListUpdate(BaseModel):
     name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
+    note: str | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    for name, value in changes.model_dump(exclude_unset=True).items():
+        if value or value is None:
+            saved_lists[list_id][name] = value

# %% wrong: exclude_defaults, where null is the default
# says: `exclude_defaults=True` does it too where null is the default
# change: one field after the other, and stopped in the middle
-    name: Title | None = None
+    name: Title | MISSING = MISSING
     note: str | None = None
-    archived: bool | None = None
+    archived: bool = False
...
-    for field, value in changes.model_dump(exclude_unset=True).items():
-        if value is None and field != "note":
-            raise HTTPException(status_code=422, detail=f"{field} may not be null")
-        saved_lists[list_id][field] = value
+    saved_lists[list_id].update(changes.model_dump(exclude_defaults=True))

# %% wrong: only what was sent is returned
# says: what it returned is not the whole list
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
+class ListUpdate(BaseModel):
     name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
+    note: str | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
-    return saved_lists[list_id]
+    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
+    return changes.model_dump(exclude_unset=True)

# %% wrong: only what was sent is returned, and nothing is stored
# says: what it returned is not the whole list
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
+class ListUpdate(BaseModel):
     name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
+    note: str | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
-    return saved_lists[list_id]
+    return changes.model_dump(exclude_unset=True)

# %% wrong: the model itself goes into update
# says: Perhaps you wrote all fields of the model
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
+class ListUpdate(BaseModel):
     name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
+    note: str | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    saved_lists[list_id].update(changes)

# %% wrong: the record is replaced
# says: You replaced the record: `note` and `archived` are lost
# says: Update it instead
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
+class ListUpdate(BaseModel):
     name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
+    note: str | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    saved_lists[list_id] = {"id": list_id, **changes.model_dump(exclude_unset=True)}

# %% wrong: the store is right, and the old list is returned
# says: The store is right, and the answer is not
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
+class ListUpdate(BaseModel):
     name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
+    note: str | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
-    return saved_lists[list_id]
+    old = dict(saved_lists[list_id])
+    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
+    return old

# %% wrong: every list is changed
# says: which nobody asked to change
# change: MISSING for all three, so that a plain dump has only what was sent, into a new record
-class ListChanges(RequestModel):
+class ListUpdate(BaseModel):
     name: Title | MISSING = MISSING
-    note: str | None | MISSING = MISSING
+    note: str | None = None
...
-def change_list(list_id: int, changes: ListChanges) -> dict[str, Any]:
+def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
     if list_id not in saved_lists:
         raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
-    saved_lists[list_id] = {**saved_lists[list_id], **changes.model_dump()}
+    for record in saved_lists.values():
+        record.update(changes.model_dump(exclude_unset=True))

# %% wrong: the caller may change the id
# breaks: the `id` never changes
# says: The request sent another `id`, and the list took it over
saved_lists: dict[int, dict[str, Any]] = {
    1: {"id": 1, "name": "Groceries", "note": "Saturday", "archived": False},
    2: {"id": 2, "name": "Move to Graz", "note": None, "archived": True},
}
class ListPublic(BaseModel):
    id: int
    name: str
    note: str | None
    archived: bool
lists_router = APIRouter()
class ListUpdate(BaseModel):
    id: int | MISSING = MISSING
    name: Title | MISSING = MISSING
    note: str | None = None
    archived: bool | MISSING = MISSING
@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
    return saved_lists[list_id]

# %% wrong: a header that nobody sends
# says: Your route wants the header `x-device`
# never: give each a default
from fastapi import Header
saved_lists: dict[int, dict[str, Any]] = {
    1: {"id": 1, "name": "Groceries", "note": "Saturday", "archived": False},
    2: {"id": 2, "name": "Move to Graz", "note": None, "archived": True},
}
class ListPublic(BaseModel):
    id: int
    name: str
    note: str | None
    archived: bool
lists_router = APIRouter()
class ListUpdate(BaseModel):
    name: Title | MISSING = MISSING
    note: str | None = None
    archived: bool | MISSING = MISSING
@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate, x_device: Annotated[str, Header()]) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
    return saved_lists[list_id]

# %% wrong: a form
# says: Your route reads a form
# never: `name` was sent, and
from fastapi import Form
saved_lists: dict[int, dict[str, Any]] = {
    1: {"id": 1, "name": "Groceries", "note": "Saturday", "archived": False},
    2: {"id": 2, "name": "Move to Graz", "note": None, "archived": True},
}
class ListPublic(BaseModel):
    id: int
    name: str
    note: str | None
    archived: bool
lists_router = APIRouter()
class ListUpdate(BaseModel):
    name: Title | MISSING = MISSING
    note: str | None = None
    archived: bool | MISSING = MISSING
@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: Annotated[ListUpdate, Form()]) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
    return saved_lists[list_id]

# %% wrong: null becomes an empty text
# says: came back as an empty text
# never: The note is still there
saved_lists: dict[int, dict[str, Any]] = {
    1: {"id": 1, "name": "Groceries", "note": "Saturday", "archived": False},
    2: {"id": 2, "name": "Move to Graz", "note": None, "archived": True},
}
class ListPublic(BaseModel):
    id: int
    name: str
    note: str | None
    archived: bool
lists_router = APIRouter()
class ListUpdate(BaseModel):
    name: Title | MISSING = MISSING
    note: str | None = None
    archived: bool | MISSING = MISSING
@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    sent = changes.model_dump(exclude_unset=True)
    saved_lists[list_id].update({k: v if v is not None else "" for k, v in sent.items()})
    return saved_lists[list_id]

# %% wrong: a list that is not there is made
# says: `PATCH /lists/3` with `{"name": "Food"}` answered 200
saved_lists: dict[int, dict[str, Any]] = {
    1: {"id": 1, "name": "Groceries", "note": "Saturday", "archived": False},
    2: {"id": 2, "name": "Move to Graz", "note": None, "archived": True},
}
class ListPublic(BaseModel):
    id: int
    name: str
    note: str | None
    archived: bool
lists_router = APIRouter()
class ListUpdate(BaseModel):
    name: Title | MISSING = MISSING
    note: str | None = None
    archived: bool | MISSING = MISSING
@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
    saved_lists.setdefault(list_id, {"id": list_id, "name": "", "note": None, "archived": False})
    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
    return saved_lists[list_id]

# %% right: null refused in the route, before anything is written
saved_lists: dict[int, dict[str, Any]] = {
    1: {"id": 1, "name": "Groceries", "note": "Saturday", "archived": False},
    2: {"id": 2, "name": "Move to Graz", "note": None, "archived": True},
}
class ListPublic(BaseModel):
    id: int
    name: str
    note: str | None
    archived: bool
lists_router = APIRouter()
class ListUpdate(BaseModel):
    name: Title | None = None
    note: str | None = None
    archived: bool | None = None
@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    sent = changes.model_dump(exclude_unset=True)
    for field in ("name", "archived"):
        if field in sent and sent[field] is None:
            raise HTTPException(422, f"{field} cannot be null")
    saved_lists[list_id].update(sent)
    return saved_lists[list_id]

# %% right: a changed copy of the response model
saved_lists: dict[int, dict[str, Any]] = {
    1: {"id": 1, "name": "Groceries", "note": "Saturday", "archived": False},
    2: {"id": 2, "name": "Move to Graz", "note": None, "archived": True},
}
class ListPublic(BaseModel):
    id: int
    name: str
    note: str | None
    archived: bool
lists_router = APIRouter()
class ListUpdate(BaseModel):
    name: Title | MISSING = MISSING
    note: str | None = None
    archived: bool | MISSING = MISSING
@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate) -> ListPublic:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    updated = ListPublic(**saved_lists[list_id]).model_copy(update=changes.model_dump(exclude_unset=True))
    saved_lists[list_id] = updated.model_dump()
    return updated

# %% wrong: the name is written in small letters
# says: `name` was sent, and it is not what came back
# change: solution
-    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
+    sent = changes.model_dump(exclude_unset=True)
+    saved_lists[list_id].update({key: str(value).lower() if key == "name" else value for key, value in sent.items()})

# %% wrong: nobody asks whether the list exists
# says: It was a 404 before, and now your function crashes on it
# change: solution
-    if list_id not in saved_lists:
-        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")

# %% wrong: the function crashes on a null
# says: `name` is null, and your function crashed on it
# never: went into the store
saved_lists: dict[int, dict[str, Any]] = {
    1: {"id": 1, "name": "Groceries", "note": "Saturday", "archived": False},
    2: {"id": 2, "name": "Move to Graz", "note": None, "archived": True},
}
class ListPublic(BaseModel):
    id: int
    name: str
    note: str | None
    archived: bool
lists_router = APIRouter()
class ListUpdate(BaseModel):
    name: Title | None = None
    note: str | None = None
    archived: bool = False
@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    sent = changes.model_dump(exclude_unset=True)
    if "name" in sent:
        sent["name"] = sent["name"].strip()
    saved_lists[list_id].update(sent)
    return saved_lists[list_id]
