# story: The phone asks for the items of a shopping list, from the data of exercise 1.1: list 1 has two items, and list 2 is empty.
# story: List 99 does not exist, and it gets the same answer as list 2. So the phone shows a deleted list as an empty one, and Ben fills it again for nothing.
# story: Change the route.

# %% right: a JSONResponse and an app
from fastapi.responses import JSONResponse

items_router = FastAPI()

@items_router.get("/lists/{list_id}/items")
async def list_items(list_id: int):
    found = shopping_lists.get(list_id)
    if found is None:
        return JSONResponse({"detail": f"no list {list_id}"}, status_code=404)
    return found["items"]

# %% right: the KeyError is caught
items_router = APIRouter(prefix="/lists")

@items_router.get("/{number}/items")
def items_of(number: int):
    try:
        return shopping_lists[number]["items"]
    except KeyError:
        raise HTTPException(404, {"message": "gone", "list": number}) from None

# %% wrong: an empty list is taken for none
# breaks: A list that exists gets 200 with its items
# says: it does, and it is empty
items_router = APIRouter()

@items_router.get("/lists/{list_id}/items")
def list_items(list_id: int):
    items = shopping_lists.get(list_id, {}).get("items", [])
    if not items:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    return items

# %% wrong: the exception is returned
# says: It works when you `raise` it
items_router = APIRouter()

@items_router.get("/lists/{list_id}/items")
def list_items(list_id: int):
    if list_id not in shopping_lists:
        return HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    return shopping_lists[list_id]["items"]

# %% wrong: a pair, as in another framework
# says: FastAPI sends the pair as a list, with 200
# change: the exception is returned
-        return HTTPException(status_code=404, detail=f"There is no list {list_id}.")
+        return {"detail": f"There is no list {list_id}."}, 404

# %% wrong: an error in words, with a 200
# says: Programs look at the status
# change: the exception is returned
-        return HTTPException(status_code=404, detail=f"There is no list {list_id}.")
+        return {"error": f"There is no list {list_id}."}

# %% wrong: null
# says: The body is `null`, with a 200
items_router = APIRouter()

@items_router.get("/lists/{list_id}/items")
def list_items(list_id: int):
    if list_id in shopping_lists:
        return shopping_lists[list_id]["items"]

# %% wrong: another variable, the same answer
# breaks: a list that does not exist gets 404
# says: looks like an empty one
items_router = APIRouter()

@items_router.get("/lists/{list_id}/items")
def list_items(list_id: int):
    found = shopping_lists.get(list_id)
    return found["items"] if found else []

# %% wrong: the detail does not say which list
# breaks: with a `detail` that names its number
# says: put the number into it
# change: the exception is returned
-        return HTTPException(status_code=404, detail=f"There is no list {list_id}.")
+        raise HTTPException(status_code=404, detail="List not found")

# %% wrong: 204 for what is not there
# says: Nothing worked here
# change: the exception is returned
-        return HTTPException(status_code=404, detail=f"There is no list {list_id}.")
+        return Response(status_code=204)

# %% wrong: nothing is checked
# says: your code raised `KeyError: 99`
# says: Expected: 404
items_router = APIRouter()

@items_router.get("/lists/{list_id}/items")
def list_items(list_id: int):
    return shopping_lists[list_id]["items"]

# %% wrong: the exception is returned, and a list was promised
# says: You returned the `HTTPException`, as if it were data
# change: solution
-        raise HTTPException(status_code=404, detail=f"There is no shopping list {list_id}.")
+        return HTTPException(status_code=404, detail=f"There is no list {list_id}.")

# %% wrong: words are returned, and a list was promised
# says: You returned words about an error
# change: solution
-        raise HTTPException(status_code=404, detail=f"There is no shopping list {list_id}.")
+        return {"detail": f"There is no list {list_id}."}

# %% wrong: a pair is returned, and a list was promised
# says: FastAPI takes the pair as data
# change: solution
-        raise HTTPException(status_code=404, detail=f"There is no shopping list {list_id}.")
+        return {"detail": f"There is no list {list_id}."}, 404

# %% wrong: nothing is returned, and a list was promised
# says: Does each way through it end in a `return`
items_router = APIRouter()

@items_router.get("/lists/{list_id}/items")
def list_items(list_id: int) -> list[str]:
    if list_id in shopping_lists:
        return shopping_lists[list_id]["items"]

# %% wrong: the items of today, written down
# says: your answer is not from it
items_router = APIRouter()

@items_router.get("/lists/{list_id}/items")
def list_items(list_id: int) -> list[str]:
    if list_id == 1:
        return ["oat milk", "bread"]
    if list_id == 2:
        return []
    raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")

# %% wrong: the numbers of today, written down
# says: The check has put a list 46 there
items_router = APIRouter()

@items_router.get("/lists/{list_id}/items")
def list_items(list_id: int) -> list[str]:
    if list_id not in (1, 2):
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    return shopping_lists[list_id]["items"]

# %% wrong: the number has no annotation
# says: `list_id` has no annotation
items_router = APIRouter()

@items_router.get("/lists/{list_id}/items")
def list_items(list_id) -> list[str]:
    if list_id not in shopping_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    return shopping_lists[list_id]["items"]

# %% wrong: looked up among the tasks
# says: It comes from `find_task`, which looks in `tasks`
items_router = APIRouter()

@items_router.get("/lists/{list_id}/items")
def list_items(list_id: int) -> list[str]:
    find_task(list_id)
    return shopping_lists[list_id]["items"]

# %% wrong: 410 for a list that never was
# says: 410 Gone says that there was one
# change: solution
-        raise HTTPException(status_code=404, detail=f"There is no shopping list {list_id}.")
+        raise HTTPException(status_code=410, detail=f"There is no list {list_id}.")

# %% wrong: get without a look at what it gave
# says: your code raised `TypeError
# says: Expected: 404
# change: stub
-    return shopping_lists.get(list_id, {}).get("items", [])
+    return shopping_lists.get(list_id)["items"]

# %% wrong: the list with all that is known of it
# says: Your function returned one dictionary, and behind `->` it promises a list
items_router = APIRouter()

@items_router.get("/lists/{list_id}/items")
def list_items(list_id: int) -> list[str]:
    if list_id not in shopping_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    return shopping_lists[list_id]

# %% wrong: the f of the f-string is missing
# says: only if there is an `f` before the quotation marks
# change: the exception is returned
-        return HTTPException(status_code=404, detail=f"There is no list {list_id}.")
+        raise HTTPException(status_code=404, detail="There is no shopping list {list_id}.")

# %% right: a dependency with a match, and an exception class
from fastapi import Depends

class NoList(HTTPException):
    def __init__(self, list_id: int) -> None:
        super().__init__(status_code=404, detail=f"no list_{list_id}")

items_router = APIRouter()

def find_list(list_id: int) -> dict[str, Any]:
    match shopping_lists.get(list_id):
        case None:
            raise NoList(list_id)
        case found:
            return found

@items_router.get("/lists/{list_id}/items")
def list_items(found: dict[str, Any] = Depends(find_list)) -> list[str]:
    return list(found["items"])

# %% wrong: a GET makes the list that it does not find
# says: `GET /lists/99/items` changed the data
# says: A GET only reads
# change: solution
     if list_id not in shopping_lists:
+        shopping_lists[list_id] = {"id": list_id, "name": "?", "items": []}

# %% wrong: every exception is a 404
# says: Don't turn every exception into a 404
# change: the KeyError is caught
-    except KeyError:
+    except Exception:

# %% wrong: at most twenty items
# says: There are 130 items to show by now
# change: solution
-    return shopping_lists[list_id]["items"]
+    return shopping_lists[list_id]["items"][:20]

# %% wrong: the numbers of the tasks
# says: Which dictionary does your function look in
# never: not whether it has items
# change: solution
-    if list_id not in shopping_lists:
+    if list_id not in tasks:

# %% wrong: another field for the words
# says: The body has no field `detail`
# change: a JSONResponse and an app
-        return JSONResponse({"detail": f"no list {list_id}"}, status_code=404)
+        return JSONResponse({"message": f"no list {list_id}"}, status_code=404)

# %% wrong: a list of words
# says: The body has no field `detail`
# change: a JSONResponse and an app
-        return JSONResponse({"detail": f"no list {list_id}"}, status_code=404)
+        return JSONResponse([f"no list {list_id}"], status_code=404)

# %% wrong: 422 for what is not there
# says: 422 says that the request didn't fit
# change: the exception is returned
-        return HTTPException(status_code=404, detail=f"There is no list {list_id}.")
+        raise HTTPException(status_code=422, detail=f"There is no list {list_id}.")

# %% wrong: 400 for what is not there
# says: 400 says that the request is broken
# change: the exception is returned
-        return HTTPException(status_code=404, detail=f"There is no list {list_id}.")
+        raise HTTPException(status_code=400, detail=f"There is no list {list_id}.")
