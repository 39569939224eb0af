# story: Tasks carry labels. The phone's start screen asks for `GET /labels/largest`
# story: Ben reports: "The screen shows an empty label called 'largest'. I never made one." There is no error anywhere; each answer is 200.

# %% right: one route that knows the special name
labels: dict[str, list[int]] = {"home": [1, 3], "phone": [2]}

labels_router = APIRouter()

@labels_router.get("/labels/{name}")
async def read_label(name: str):
    if name == "largest":
        sizes = [(len(ids), label) for label, ids in labels.items()]
        name = sorted(sizes)[-1][1]
    return {"name": name, "tasks": labels.get(name, [])}

# %% right: two routers taken in by an app, in the right order
labels = {"home": [1, 3], "phone": [2]}

largest = APIRouter(prefix="/labels")
single = APIRouter(prefix="/labels")

@single.get("/{name}")
def one(name: str):
    if name not in labels:
        raise HTTPException(404)
    return {"name": name, "tasks": labels[name]}

@largest.get("/largest")
def biggest():
    name = max(labels, key=lambda label: len(labels[label]))
    return {"tasks": labels[name], "name": name}

labels_router = FastAPI()
labels_router.include_router(largest)
labels_router.include_router(single)

# %% wrong: the fixed route has a function of another name, and is still below
# breaks: Find the bug and mend it.
# says: Why did FastAPI not go on to the other route
labels: dict[str, list[int]] = {"home": [1, 3], "phone": [2]}

labels_router = APIRouter()

@labels_router.get("/labels/{name}")
def read_label(name: str):
    return {"name": name, "tasks": labels.get(name, [])}

@labels_router.get("/labels/largest")
def read_the_largest_label_of_all():
    name = max(labels, key=lambda label: len(labels[label]))
    return {"name": name, "tasks": labels[name]}

# %% wrong: another path for the largest
# says: No other route has the path `/labels/largest`
# never: Why did FastAPI not go on
labels: dict[str, list[int]] = {"home": [1, 3], "phone": [2]}

labels_router = APIRouter()

@labels_router.get("/labels/{name}")
def read_label(name: str):
    if name not in labels:
        raise HTTPException(status_code=404, detail="There is no such label.")
    return {"name": name, "tasks": labels[name]}

@labels_router.get("/largest-label")
def read_largest_label():
    name = max(labels, key=lambda label: len(labels[label]))
    return {"name": name, "tasks": labels[name]}

# %% wrong: the route with braces is gone
# breaks: for labels such as `/labels/home`, so both must work
# says: `/labels/home` is gone
labels: dict[str, list[int]] = {"home": [1, 3], "phone": [2]}

labels_router = APIRouter()

@labels_router.get("/labels/largest")
def read_largest_label():
    name = max(labels, key=lambda label: len(labels[label]))
    return {"name": name, "tasks": labels[name]}

# %% wrong: a number instead of a name
# says: Why does this route get the request at all
# change: the fixed route has a function of another name, and is still below
-def read_label(name: str):
+def read_label(name: int):
...
-def read_the_largest_label_of_all():
+def read_largest_label():

# %% wrong: the answer of today, written down
# breaks: to show the label with the most tasks
# says: `phone` has three tasks now
labels: dict[str, list[int]] = {"home": [1, 3], "phone": [2]}

labels_router = APIRouter()

@labels_router.get("/labels/largest")
def read_largest_label():
    return {"name": "home", "tasks": [1, 3]}

@labels_router.get("/labels/{name}")
def read_label(name: str):
    return {"name": name, "tasks": labels.get(name, [])}

# %% wrong: the route with braces says 404, and is still above
# says: Why did FastAPI not go on to the other route
# never: No other route has the path
# change: stub
-labels: dict[str, list[int]] = {"home": [1, 3], "phone": [2]}  # label: ids of its tasks
+labels: dict[str, list[int]] = {"home": [1, 3], "phone": [2]}
...
-    return {"name": name, "tasks": labels.get(name, [])}
+    if name not in labels:
+        raise HTTPException(status_code=404, detail="There is no such label.")
+    return {"name": name, "tasks": labels[name]}

# %% wrong: both addresses are new
# says: Nothing answers at `/labels/largest` now
labels: dict[str, list[int]] = {"home": [1, 3], "phone": [2]}

labels_router = APIRouter()

@labels_router.get("/label-named/{name}")
def read_label(name: str) -> dict[str, Any]:
    return {"name": name, "tasks": labels.get(name, [])}

@labels_router.get("/largest-label")
def read_largest_label() -> dict[str, Any]:
    name = max(labels, key=lambda label: len(labels[label]))
    return {"name": name, "tasks": labels[name]}

# %% wrong: the labels in a list of pairs
# breaks: keep `labels` a dictionary
# says: Keep it a dictionary
labels = [("home", [1, 3]), ("phone", [2])]

labels_router = APIRouter()

@labels_router.get("/labels/largest")
def read_largest_label():
    name, ids = max(labels, key=lambda pair: len(pair[1]))
    return {"name": name, "tasks": ids}

@labels_router.get("/labels/{name}")
def read_label(name: str):
    return {"name": name, "tasks": dict(labels).get(name, [])}

# %% wrong: a fixed route for home as well
# says: keep the route with `{name}`
labels: dict[str, list[int]] = {"home": [1, 3], "phone": [2]}

labels_router = APIRouter()

@labels_router.get("/labels/largest")
def read_largest_label() -> dict[str, Any]:
    name = max(labels, key=lambda label: len(labels[label]))
    return {"name": name, "tasks": labels[name]}

@labels_router.get("/labels/home")
def read_home() -> dict[str, Any]:
    return {"name": "home", "tasks": labels["home"]}

# %% wrong: the last name in the alphabet
# breaks: The line with `max` is right too.
# says: The line with `max` was right
# change: solution
-labels: dict[str, list[int]] = {"home": [1, 3], "phone": [2]}  # label: ids of its tasks
+labels: dict[str, list[int]] = {"home": [1, 3], "phone": [2]}
...
-    name = max(labels, key=lambda label: len(labels[label]))
+    name = max(labels)

# %% wrong: an unknown label raises
# breaks: For a label that nobody made, an empty list and a 404 are both fine.
# says: Nobody has made a label `attic`
# change: solution
-    return {"name": name, "tasks": labels.get(name, [])}
+    return {"name": name, "tasks": labels[name]}

# %% wrong: a GET makes the label
# says: `GET /labels/attic` changed the data
# change: solution
-    return {"name": name, "tasks": labels.get(name, [])}
+    return {"name": name, "tasks": labels.setdefault(name, [])}

# %% wrong: the largest sum
# says: its `key` counts a label's tasks
# change: solution
-    name = max(labels, key=lambda label: len(labels[label]))
+    name = max(labels, key=lambda label: sum(labels[label]))

# %% wrong: a number below the fixed route
# says: `/labels/home` is refused, but a label's name is text
# change: solution
-def read_label(name: str) -> dict[str, Any]:
+def read_label(name: int) -> dict[str, Any]:

# %% wrong: small letters for every label
# says: Each label has its own tasks
# change: solution
-    return {"name": name, "tasks": labels.get(name, [])}
+    return {"name": name.lower(), "tasks": labels.get(name.lower(), [])}

# %% wrong: the route with braces knows the labels of today
# says: `GET /labels/Garden` answered 404
# says: keep the route with `{name}`
# change: solution
-    return {"name": name, "tasks": labels.get(name, [])}
+    if name not in ("home", "phone"):
+        raise HTTPException(status_code=404)
+    return {"name": name, "tasks": labels[name]}

# %% wrong: largest is the data's own label
# says: No other route has the path `/labels/largest`
labels: dict[str, list[int]] = {"home": [1, 3], "phone": [2], "largest": [1, 3]}

labels_router = APIRouter()

@labels_router.get("/labels/{name}")
def read_label(name: str) -> dict[str, Any]:
    return {"name": name, "tasks": labels.get(name, [])}
