# %% right: a model, and the comparison written out
notes: list[dict[str, Any]] = [
    {"text": "Tulips", "label": "garden", "pinned": True},
    {"text": "Compost", "label": "garden", "pinned": False},
    {"text": "Door code: ask Ben", "label": "home", "pinned": True},
]

notes_router = APIRouter()


class NoteFilter(BaseModel):
    label: str | None = None
    pinned: bool | None = None


@notes_router.get("/notes")
async def list_notes(wanted: Annotated[NoteFilter, Depends()]):
    found = []
    for note in notes:
        if wanted.label is not None and note["label"] != wanted.label:
            continue
        if wanted.pinned is not None and note["pinned"] is not wanted.pinned:
            continue
        found.append(note)
    return found

# %% right: no dependency at all, the route needs none
notes: list[dict[str, Any]] = [
    {"text": "Tulips", "label": "garden", "pinned": True},
]

notes_router = APIRouter()


@notes_router.get("/notes")
def list_notes(label: str | None = None, pinned: bool | None = None) -> list[dict[str, Any]]:
    return [note for note in notes if label in (None, note["label"]) and pinned in (None, note["pinned"])]

# %% wrong: emptied at the start of each request
# says: Emptying a global is no help
notes: list[dict[str, Any]] = [
    {"text": "Tulips", "label": "garden", "pinned": True},
]

notes_router = APIRouter()

wanted: dict[str, Any] = {}


def get_wanted(label: str | None = None, pinned: bool | None = None) -> dict[str, Any]:
    wanted.clear()
    if label is not None:
        wanted["label"] = label
    if pinned is not None:
        wanted["pinned"] = pinned
    return wanted


@notes_router.get("/notes", dependencies=[Depends(get_wanted)])
def list_notes() -> list[dict[str, Any]]:
    chosen = dict(wanted)
    return [note for note in notes if all(note[name] == chosen[name] for name in chosen)]

# %% wrong: the global is passed on, and still remembers
# says: Something that outlives a request remembers it
# change: emptied at the start of each request
 def get_wanted(label: str | None = None, pinned: bool | None = None) -> dict[str, Any]:
-    wanted.clear()
...
-@notes_router.get("/notes", dependencies=[Depends(get_wanted)])
-def list_notes() -> list[dict[str, Any]]:
-    chosen = dict(wanted)
-    return [note for note in notes if all(note[name] == chosen[name] for name in chosen)]
+@notes_router.get("/notes")
+def list_notes(wanted: Annotated[dict[str, Any], Depends(get_wanted)]) -> list[dict[str, Any]]:
+    return [note for note in notes if all(note[name] == wanted[name] for name in wanted)]

# %% wrong: pinned=false is taken for nothing
# says: `pinned=false` is a filter, too
notes: list[dict[str, Any]] = [
    {"text": "Tulips", "label": "garden", "pinned": True},
]

notes_router = APIRouter()


def get_wanted(label: str | None = None, pinned: bool | None = None) -> dict[str, Any]:
    chosen = {"label": label, "pinned": pinned}
    return {name: value for name, value in chosen.items() if value}


@notes_router.get("/notes")
def list_notes(wanted: Annotated[dict[str, Any], Depends(get_wanted)]) -> list[dict[str, Any]]:
    return [note for note in notes if all(note[name] == wanted[name] for name in wanted)]

# %% wrong: both must be sent
# says: give both the default `None`
# change: no dependency at all, the route needs none
-def list_notes(label: str | None = None, pinned: bool | None = None) -> list[dict[str, Any]]:
-    return [note for note in notes if label in (None, note["label"]) and pinned in (None, note["pinned"])]
+def list_notes(label: str, pinned: bool) -> list[dict[str, Any]]:
+    return [note for note in notes if note["label"] == label and note["pinned"] == pinned]

# %% wrong: a local name in the dependency, and the decorator kept
# says: the dependency's value is thrown away
# change: emptied at the start of each request
 def get_wanted(label: str | None = None, pinned: bool | None = None) -> dict[str, Any]:
-    wanted.clear()
+    wanted: dict[str, Any] = {}

# %% right: a context variable, set by an async dependency
from contextvars import ContextVar
notes: list[dict[str, Any]] = [
    {"text": "Tulips", "label": "garden", "pinned": True},
    {"text": "Compost", "label": "garden", "pinned": False},
    {"text": "Door code: ask Ben", "label": "home", "pinned": True},
]
notes_router = APIRouter()

chosen = ContextVar("chosen")
async def get_wanted(label: str | None = None, pinned: bool | None = None):
    chosen.set({k: v for k, v in dict(label=label, pinned=pinned).items() if v is not None})
@notes_router.get("/notes", dependencies=[Depends(get_wanted)])
async def list_notes() -> list[dict[str, Any]]:
    w = chosen.get()
    return [n for n in notes if all(n[k] == w[k] for k in w)]
