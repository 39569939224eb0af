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
# says: looks like an empty one
items_router = APIRouter()

@items_router.get("/lists/{list_id}/items")
def list_items(list_id: int):
    found = shopping_lists.get(list_id)
    return found["items"] if found else []

# %% wrong: the detail does not say which list
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
# says: FastAPI takes the pair for data
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
# says: it comes from `find_task`, which looks into `tasks`
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
# says: when an `f` stands before the quotation marks
# change: the exception is returned
-        return HTTPException(status_code=404, detail=f"There is no list {list_id}.")
+        raise HTTPException(status_code=404, detail="There is no shopping list {list_id}.")
