# %% right: an async function with a loop
lists_router = APIRouter()

@lists_router.get("/lists")
async def get_lists():
    found = []
    for number in sorted(shopping_lists):
        found.append(shopping_lists[number])
    return found

# %% right: a prefix on the router, and a list written out
lists_router = APIRouter(prefix="/lists")

@lists_router.get("")
def every_list():
    return [*shopping_lists.values()]

# %% wrong: the view of the values
# says: JSON knows no views
# change: the view of the values, which the annotation turns into a list
-def read_lists() -> list[dict[str, Any]]:
+def read_lists():

# %% right: the view of the values, which the annotation turns into a list
lists_router = APIRouter()

@lists_router.get("/lists")
def read_lists() -> list[dict[str, Any]]:
    return shopping_lists.values()

# %% wrong: the dictionary itself
# says: JSON makes an object of it
lists_router = APIRouter()

@lists_router.get("/lists")
def read_lists():
    return shopping_lists

# %% wrong: a copy made when the cell ran
# says: the data was copied when the cell ran
lists_router = APIRouter()
all_lists = list(shopping_lists.values())

@lists_router.get("/lists")
def read_lists():
    return all_lists

# %% wrong: an action in the path
# says: No route of `lists_router` fits this address
lists_router = APIRouter()

@lists_router.get("/get-lists")
def read_lists():
    return list(shopping_lists.values())

# %% wrong: POST
# says: not for GET
# change: an action in the path
-@lists_router.get("/get-lists")
+@lists_router.post("/lists")

# %% wrong: a slash at the end
# says: differ by a slash at the end
# change: an action in the path
-@lists_router.get("/get-lists")
+@lists_router.get("/lists/")

# %% wrong: the return is missing
# says: does your function return something
# change: the dictionary itself
-    return shopping_lists
+    list(shopping_lists.values())

# %% wrong: no decorator
# says: `lists_router` has no route at all
# change: an action in the path
-@lists_router.get("/get-lists")

# %% wrong: a name that does not exist
# says: NameError
# outcome: error
# change: the dictionary itself
-    return shopping_lists
+    return list(lists.values())

# %% wrong: the route is on another router
# says: `lists_router` has no route at all
# change: an action in the path
-@lists_router.get("/get-lists")
+@router.get("/lists")

# %% wrong: the return is missing, and something was promised
# says: Does each way through it end in a `return`
# change: the view of the values, which the annotation turns into a list
-    return shopping_lists.values()
+    list(shopping_lists.values())

# %% right: the newest first
# change: the view of the values, which the annotation turns into a list
-    return shopping_lists.values()
+    return sorted(shopping_lists.values(), key=lambda one: -one["id"])

# %% wrong: a whole app for a router
# says: `lists_router` is a whole app
lists_router = FastAPI()

@lists_router.get("/lists")
def read_lists() -> list[dict[str, Any]]:
    return list(shopping_lists.values())

# %% wrong: the dictionary itself, and a list was promised
# says: You returned the dictionary itself
# change: the view of the values, which the annotation turns into a list
-    return shopping_lists.values()
+    return shopping_lists

# %% wrong: the numbers are counted
# says: Numbers may have gaps
# change: the view of the values, which the annotation turns into a list
-    return shopping_lists.values()
+    return [shopping_lists[number] for number in range(1, len(shopping_lists) + 1)]

# %% wrong: a list in a list
# says: Take one pair of brackets away
# change: the dictionary itself
-    return shopping_lists
+    return [list(shopping_lists.values())]

# %% wrong: the route of section 1 with another path, and the tasks in it
# says: These are the tasks. The lists are in `shopping_lists`
lists_router = APIRouter()

@lists_router.get("/lists")
def list_lists() -> list[dict[str, Any]]:
    return list(tasks.values())

# %% wrong: another annotation than what is returned
# says: Your function returned a list, and behind `->` it promises one dictionary
lists_router = APIRouter()

@lists_router.get("/lists")
def read_lists() -> dict[str, Any]:
    return list(shopping_lists.values())
