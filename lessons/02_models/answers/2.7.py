# %% right: defaults of the same type, and nothing null
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
    name: Title = ""
    note: str | None = None
    archived: bool = False


@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
    return saved_lists[list_id]


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
# says: it passed your model and went into the store
# says: with `MISSING` a field may be absent and never null
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
    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
    return saved_lists[list_id]


# %% wrong: all optional, and exclude_none as it was
# says: The note is still there
# says: drops the null that Ana sent
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
    saved_lists[list_id].update(changes.model_dump(exclude_none=True))
    return saved_lists[list_id]


# %% wrong: the whole dump
# says: What nobody sent must not be written
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
    saved_lists[list_id].update(changes.model_dump())
    return saved_lists[list_id]


# %% wrong: the default of archived is still written
# says: The list came back from the archive
# says: its default went over what was stored
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
    archived: bool = False


@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    saved_lists[list_id].update(changes.model_dump())
    return saved_lists[list_id]


# %% wrong: exclude_defaults
# says: it is equal to the default, and `exclude_defaults=True` drops it
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
    name: Title = ""
    note: str | None = ""
    archived: bool = False


@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    saved_lists[list_id].update(changes.model_dump(exclude_defaults=True))
    return saved_lists[list_id]


# %% wrong: null is dropped before it is stored, and nobody is told
# says: your API says that all is well
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
        if value is not None or field == "note":
            saved_lists[list_id][field] = value
    return saved_lists[list_id]


# %% wrong: a PATCH that wants everything
# says: For a PATCH each field may be left out
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
    name: Title
    note: str | None
    archived: bool


@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
    return saved_lists[list_id]


# %% wrong: the note may not be emptied
# says: Null was refused for `note`
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
    note: str | MISSING = MISSING
    archived: bool | MISSING = MISSING


@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
    return saved_lists[list_id]


# %% wrong: the constraint got lost
# says: A name of spaces passed
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
    name: str | MISSING = MISSING
    note: str | None = None
    archived: bool | MISSING = MISSING


@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
    return saved_lists[list_id]


# %% wrong: refused, but after the record was changed
# says: a part of it stands in the store
# says: the list after a refused request
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
    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
    if saved_lists[list_id]["name"] is None or saved_lists[list_id]["archived"] is None:
        raise HTTPException(status_code=422, detail="may not be null")
    return saved_lists[list_id]


# %% wrong: one field after the other, and stopped in the middle
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
    name: Title
    note: str | None = None
    archived: bool | MISSING = MISSING


@lists_router.patch("/lists/{list_id}", response_model=ListPublic)
def change_list(list_id: int, changes: ListUpdate) -> dict[str, Any]:
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    saved_lists[list_id].update(changes.model_dump(exclude_unset=True))
    return saved_lists[list_id]


# %% wrong: an if for each field, and MISSING counts as true
# says: Your store now holds `MISSING`
# says: `MISSING` counts as true
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
    if changes.name:
        saved_lists[list_id]["name"] = changes.name
    if changes.archived:
        saved_lists[list_id]["archived"] = changes.archived
    if "note" in changes.model_fields_set:
        saved_lists[list_id]["note"] = changes.note
    return saved_lists[list_id]
