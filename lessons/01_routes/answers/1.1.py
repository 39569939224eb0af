# story: The to-do service keeps shopping lists as well. This is their data.
# story: To try your route, make an app and a client for it, under names of your own, such as `my_app` and `my_client`.
# story: Stuck? Run `hint("1.1")` in a cell of its own.
# story: Your router: call it `lists_router`.

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
# says: can't turn a view into JSON
# change: the view of the values, which the annotation turns into a list
-def read_lists() -> list[dict[str, Any]]:
+def read_lists():

# %% right: the view of the values, which the annotation turns into a list
lists_router = APIRouter()

@lists_router.get("/lists")
def read_lists() -> list[dict[str, Any]]:
    return shopping_lists.values()

# %% wrong: the dictionary itself
# breaks: answers with a JSON list of the shopping lists
# says: JSON makes an object of it
lists_router = APIRouter()

@lists_router.get("/lists")
def read_lists():
    return shopping_lists

# %% wrong: a copy made when the cell ran
# breaks: Ana adds and removes lists all day long, and the phone must see what is there at that moment.
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
# says: `read_lists` never returns a value
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
# breaks: Write an `APIRouter` called `lists_router`
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

# %% right: a class, its method as the route, and a tuple
class Lists:
    def all(self) -> tuple[dict[str, Any], ...]:
        return tuple(shopping_lists.values())


lists_router = APIRouter()
lists_router.add_api_route("/lists", Lists().all, methods=["GET"])

# %% wrong: at most twenty
# breaks: Ana's phone wants to show all of them.
# says: There are 130 lists to show by now
# says: shows 20 of them
# change: another annotation than what is returned
-def read_lists() -> dict[str, Any]:
-    return list(shopping_lists.values())
+def read_lists(limit: int = 20) -> list[dict[str, Any]]:
+    return list(shopping_lists.values())[:limit]

# %% wrong: one list for each name
# says: There are 130 lists to show by now
# change: the dictionary itself
-    return shopping_lists
+    return list({one["name"]: one for one in shopping_lists.values()}.values())

# %% wrong: the first list is made by a GET
# says: `GET /lists` changed the data
lists_router = APIRouter()

@lists_router.get("/lists")
def read_lists():
    if not shopping_lists:
        shopping_lists[1] = {"id": 1, "name": "Groceries", "items": []}
    return list(shopping_lists.values())

# %% wrong: JSON written as a text
# says: a text that looks like JSON
import json

lists_router = APIRouter()

@lists_router.get("/lists")
def read_lists():
    return json.dumps(list(shopping_lists.values()))

# %% wrong: the keys
# says: You returned the keys of the dictionary
# change: the dictionary itself
-    return shopping_lists
+    return list(shopping_lists)

# %% wrong: an empty list
# says: Got: `[]`
# never: These are the tasks
# change: the dictionary itself
-    return shopping_lists
+    return []

# %% wrong: a 404 of its own
# says: `GET /lists` answered 404
# never: No route of `lists_router` fits this address
# change: the dictionary itself
-    return shopping_lists
+    raise HTTPException(status_code=404, detail="Come back later.")

# %% wrong: the class without its parentheses
# outcome: error
# says: `lists_router` is the class `APIRouter` itself. With parentheses
# change: the dictionary itself
-lists_router = APIRouter()
+lists_router = APIRouter
