# story: Ana asks for her notes with the label `garden`.
# story: A second later Ben asks for all notes, and gets Ana's garden.
# story: When both ask at the same moment, now and then Ana gets Ben's notes.
# story: (`dependencies=[...]` in a decorator runs a dependency and throws its value away.
# story: Section 5 has more about that.)

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
# breaks: each request gets exactly what it asked for
# says: Emptying a global doesn't help
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
# breaks: `label` and `pinned` may each be left out
# says: give both the default `None`
# change: no dependency at all, the route needs none
-def list_notes(label: str | None = None, pinned: bool | None = None) -> list[dict[str, Any]]:
-    return [note for note in notes if label in (None, note["label"]) and pinned in (None, note["pinned"])]
+def list_notes(label: str, pinned: bool) -> list[dict[str, Any]]:
+    return [note for note in notes if note["label"] == label and note["pinned"] == pinned]

# %% wrong: a local name in the dependency, and the decorator kept
# says: in the decorator throws it away
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

# %% wrong: a cache by arguments
# says: Something keeps answers, such as a cache
# change: solution
-def list_notes(wanted: Annotated[dict[str, Any], Depends(get_wanted)]) -> list[dict[str, Any]]:
-    return [note for note in notes if all(note[name] == wanted[name] for name in wanted)]
+def list_notes(label: str | None = None, pinned: bool | None = None) -> list[dict[str, Any]]:
+    return find(label, pinned)
+
+from functools import cache
+
+@cache
+def find(label, pinned):
+    return [note for note in notes if label in (None, note["label"]) and pinned in (None, note["pinned"])]

# %% wrong: a part of a label
# breaks: together they narrow the list
# says: `GET /notes?label=gard` answered with another body
# change: solution
-    return [note for note in notes if all(note[name] == wanted[name] for name in wanted)]
+    label, pinned = wanted.get("label", ""), wanted.get("pinned")
+    return [note for note in notes if label in note["label"] and pinned in (None, note["pinned"])]

# %% wrong: in lower case
# says: `GET /notes?label=Garden` answered with another body
# change: solution
-    chosen = {"label": label, "pinned": pinned}
+    chosen = {"label": label and label.lower(), "pinned": pinned}

# %% wrong: either of the two
# says: `GET /notes?label=home&pinned=true` answered with another body
# change: solution
-    return [note for note in notes if all(note[name] == wanted[name] for name in wanted)]
+    return [note for note in notes if not wanted or any(note[name] == wanted[name] for name in wanted)]

# %% wrong: a class attribute
# says: Something that outlives a request remembers it
# change: solution
-def get_wanted(label: str | None = None, pinned: bool | None = None) -> dict[str, Any]:
-    chosen = {"label": label, "pinned": pinned}
-    return {name: value for name, value in chosen.items() if value is not None}
+class Wanted:
+    chosen = {}
+    def __init__(self, label: str | None = None, pinned: bool | None = None):
+        if label is not None:
+            self.chosen["label"] = label
+        if pinned is not None:
+            self.chosen["pinned"] = pinned
+
+def get_wanted(wanted: Annotated[Wanted, Depends()]):
+    return wanted.chosen

# %% wrong: in the app's state
# says: Emptying a global doesn't help
# change: solution
-def list_notes(wanted: Annotated[dict[str, Any], Depends(get_wanted)]) -> list[dict[str, Any]]:
+def list_notes(request: Request, _: Annotated[Any, Depends(keep)]) -> list[dict[str, Any]]:
+    wanted = request.app.state.wanted
...
 notes_router = APIRouter()
+
+def keep(request: Request, label: str | None = None, pinned: bool | None = None):
+    request.app.state.wanted = get_wanted(label, pinned)

# %% wrong: the notes are sorted in place
# says: `GET /notes` changed the data
# change: solution
-    return [note for note in notes if all(note[name] == wanted[name] for name in wanted)]
+    notes.sort(key=lambda note: not note["pinned"])
+    return [note for note in notes if all(note[name] == wanted[name] for name in wanted)]

# %% right: an empty label counts as none
# change: solution
-    chosen = {"label": label, "pinned": pinned}
+    chosen = {"label": label or None, "pinned": pinned}

# %% right: the request's state
# change: solution
-@notes_router.get("/notes")
-def list_notes(wanted: Annotated[dict[str, Any], Depends(get_wanted)]) -> list[dict[str, Any]]:
-    return [note for note in notes if all(note[name] == wanted[name] for name in wanted)]
+def keep(request: Request, label: str | None = None, pinned: bool | None = None):
+    request.state.wanted = get_wanted(label, pinned)
+
+@notes_router.get("/notes", dependencies=[Depends(keep)])
+def list_notes(request: Request):
+    return [note for note in notes if note.items() >= request.state.wanted.items()]

# %% right: a model in the query
# change: solution
-def get_wanted(label: str | None = None, pinned: bool | None = None) -> dict[str, Any]:
-    chosen = {"label": label, "pinned": pinned}
-    return {name: value for name, value in chosen.items() if value is not None}
-
-@notes_router.get("/notes")
-def list_notes(wanted: Annotated[dict[str, Any], Depends(get_wanted)]) -> list[dict[str, Any]]:
-    return [note for note in notes if all(note[name] == wanted[name] for name in wanted)]
+from fastapi import Query
+class F(BaseModel):
+    label: str | None = None
+    pinned: bool | None = None
+@notes_router.get("/notes")
+def list_notes(f: Annotated[F, Query()]):
+    w = f.model_dump(exclude_none=True)
+    return [n for n in notes if w.items() <= n.items()]

# %% right: a predicate
# change: solution
-def get_wanted(label: str | None = None, pinned: bool | None = None) -> dict[str, Any]:
-    chosen = {"label": label, "pinned": pinned}
-    return {name: value for name, value in chosen.items() if value is not None}
+def get_wanted(label: str | None = None, pinned: bool | None = None):
+    return lambda n: (label is None or n["label"] == label) and (pinned is None or n["pinned"] == pinned)
...
-def list_notes(wanted: Annotated[dict[str, Any], Depends(get_wanted)]) -> list[dict[str, Any]]:
-    return [note for note in notes if all(note[name] == wanted[name] for name in wanted)]
+async def list_notes(wanted=Depends(get_wanted)) -> list[dict[str, Any]]:
+    return list(filter(wanted, notes))

# %% wrong: a thread-local global
# says: Then 24 requests came at the same moment
# change: solution
-    chosen = {"label": label, "pinned": pinned}
-    return {name: value for name, value in chosen.items() if value is not None}
-
-@notes_router.get("/notes")
-def list_notes(wanted: Annotated[dict[str, Any], Depends(get_wanted)]) -> list[dict[str, Any]]:
+    chosen = {"label": label, "pinned": pinned}
+    local.wanted = {name: value for name, value in chosen.items() if value is not None}
+
+import threading
+local = threading.local()
+@notes_router.get("/notes", dependencies=[Depends(get_wanted)])
+def list_notes() -> list[dict[str, Any]]:
+    wanted = getattr(local, "wanted", {})

# %% wrong: async functions that share a global
# says: Then 24 requests came at the same moment
# change: solution
-def get_wanted(label: str | None = None, pinned: bool | None = None) -> dict[str, Any]:
-    chosen = {"label": label, "pinned": pinned}
-    return {name: value for name, value in chosen.items() if value is not None}
-
-@notes_router.get("/notes")
-def list_notes(wanted: Annotated[dict[str, Any], Depends(get_wanted)]) -> list[dict[str, Any]]:
+w = {}
+async def get_wanted(label: str | None = None, pinned: bool | None = None) -> None:
+    w.clear()
+    chosen = {"label": label, "pinned": pinned}
+    w.update({name: value for name, value in chosen.items() if value is not None})
+
+@notes_router.get("/notes", dependencies=[Depends(get_wanted)])
+async def list_notes() -> list[dict[str, Any]]:
+    wanted = w

# %% wrong: a default that is kept
# says: Something that outlives a request remembers it
# change: solution
-    chosen = {"label": label, "pinned": pinned}
-    return {name: value for name, value in chosen.items() if value is not None}
+    return build(label, pinned)
+def build(label, pinned, wanted={}):
+    if label is not None:
+        wanted["label"] = label
+    if pinned is not None:
+        wanted["pinned"] = pinned
+    return wanted

# %% wrong: the notes as they were in the cell
# says: another body than expected
# change: solution
-    return [note for note in notes if all(note[name] == wanted[name] for name in wanted)]
+    return [note for note in known if all(note[name] == wanted[name] for name in wanted)]
...
-@notes_router.get("/notes")
+known = list(notes)
+@notes_router.get("/notes")
