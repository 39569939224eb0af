# story: The route works, and says too little: Ben's phone cannot tell that something new exists, nor where.

# %% right: a JSONResponse, a list as storage, letters as ids
import uuid
from fastapi.responses import JSONResponse

saved_lists = []
new_lists_router = FastAPI()

@new_lists_router.post("/lists")
async def create(body: dict):
    new = {"id": uuid.uuid4().hex, "name": body["name"]}
    saved_lists.append(new)
    return JSONResponse(new, status_code=201, headers={"Location": f"/lists/{new['id']}"})

@new_lists_router.get("/lists/{list_id}")
async def read(list_id: str):
    for one in saved_lists:
        if one["id"] == list_id:
            return one
    raise HTTPException(404, f"There is no list {list_id}.")

# %% right: a counter, a prefix, the status set on the response, a whole address in Location
from fastapi import Request

saved_lists = {}
next_id = 100
new_lists_router = APIRouter(prefix="/lists")

@new_lists_router.post("")
def create(body: dict[str, str], request: Request, response: Response):
    global next_id
    next_id += 1
    saved_lists[next_id] = body["name"]
    response.status_code = 201
    response.headers["Location"] = f"{request.base_url}lists/{next_id}"
    return {"name": body["name"], "id": next_id}

@new_lists_router.get("/{list_id}")
def read(list_id: int):
    if list_id in saved_lists:
        return {"id": list_id, "name": saved_lists[list_id]}
    raise HTTPException(404)

# %% wrong: neither status nor header
# breaks: Make the answer a 201
# says: You left FastAPI's default
saved_lists = {}
new_lists_router = APIRouter()

@new_lists_router.post("/lists")
def create_list(new: dict[str, Any]):
    list_id = max(saved_lists, default=0) + 1
    saved_lists[list_id] = {"id": list_id, "name": new["name"]}
    return saved_lists[list_id]

@new_lists_router.get("/lists/{list_id}")
def read_list(list_id: int):
    if list_id not in saved_lists:
        raise HTTPException(status_code=404)
    return saved_lists[list_id]

# %% wrong: only the status was changed
# says: no `Location` header
# change: neither status nor header
-@new_lists_router.post("/lists")
+@new_lists_router.post("/lists", status_code=201)

# %% wrong: Location is the collection
# breaks: a `Location` that leads to the new list
# never: no `Location` header
# says: Its `Location` is the collection
# change: neither status nor header
-@new_lists_router.post("/lists")
-def create_list(new: dict[str, Any]):
+@new_lists_router.post("/lists", status_code=201)
+def create_list(new: dict[str, Any], response: Response):
     list_id = max(saved_lists, default=0) + 1
     saved_lists[list_id] = {"id": list_id, "name": new["name"]}
+    response.headers["Location"] = "/lists"

# %% wrong: always the same address
# says: Build the address from the id
# change: neither status nor header
-@new_lists_router.post("/lists")
-def create_list(new: dict[str, Any]):
+@new_lists_router.post("/lists", status_code=201)
+def create_list(new: dict[str, Any], response: Response):
     list_id = max(saved_lists, default=0) + 1
     saved_lists[list_id] = {"id": list_id, "name": new["name"]}
+    response.headers["Location"] = "/lists/1"

# %% wrong: the f of the f-string is missing
# says: when an `f` stands before the quotation marks
# change: neither status nor header
-@new_lists_router.post("/lists")
-def create_list(new: dict[str, Any]):
+@new_lists_router.post("/lists", status_code=201)
+def create_list(new: dict[str, Any], response: Response):
     list_id = max(saved_lists, default=0) + 1
     saved_lists[list_id] = {"id": list_id, "name": new["name"]}
+    response.headers["Location"] = "/lists/{list_id}"

# %% wrong: every list gets id 1
# says: the second one took the place of the first
saved_lists = {}
new_lists_router = APIRouter()

@new_lists_router.post("/lists", status_code=201)
def create_list(new: dict[str, Any], response: Response):
    saved_lists[1] = {"id": 1, "name": new["name"]}
    response.headers["Location"] = "/lists/1"
    return saved_lists[1]

@new_lists_router.get("/lists/{list_id}")
def read_list(list_id: int):
    if list_id not in saved_lists:
        raise HTTPException(status_code=404)
    return saved_lists[list_id]

# %% wrong: the name is looked for in the query string
# breaks: a body such as `{"name": "Party"}`
# says: is looked for in the query string
saved_lists = {}
new_lists_router = APIRouter()

@new_lists_router.post("/lists", status_code=201)
def create_list(name: str, response: Response):
    list_id = max(saved_lists, default=0) + 1
    saved_lists[list_id] = {"id": list_id, "name": name}
    response.headers["Location"] = f"/lists/{list_id}"
    return saved_lists[list_id]

@new_lists_router.get("/lists/{list_id}")
def read_list(list_id: int):
    return saved_lists[list_id]

# %% wrong: nothing is kept
# says: This is the address from your `Location` header, and nothing is there
saved_lists = {}
new_lists_router = APIRouter()

@new_lists_router.post("/lists", status_code=201)
def create_list(new: dict[str, Any], response: Response):
    list_id = max(saved_lists, default=0) + 1
    response.headers["Location"] = f"/lists/{list_id}"
    return {"id": list_id, "name": new["name"]}

@new_lists_router.get("/lists/{list_id}")
def read_list(list_id: int):
    if list_id not in saved_lists:
        raise HTTPException(status_code=404, detail=f"There is no list {list_id}.")
    return saved_lists[list_id]

# %% wrong: the answer to POST is only the id
# breaks: The body stays the new list.
# says: It lacks `name`
saved_lists = {}
new_lists_router = APIRouter()

@new_lists_router.post("/lists", status_code=201)
def create_list(new: dict[str, Any], response: Response):
    list_id = max(saved_lists, default=0) + 1
    saved_lists[list_id] = {"id": list_id, "name": new["name"]}
    response.headers["Location"] = f"/lists/{list_id}"
    return {"id": list_id}

@new_lists_router.get("/lists/{list_id}")
def read_list(list_id: int):
    return saved_lists[list_id]

# %% wrong: a missing list is null
# says: The body is `null`, with a 200
# change: the answer to POST is only the id
-    return {"id": list_id}
+    return saved_lists[list_id]
...
-    return saved_lists[list_id]
+    return saved_lists.get(list_id)

# %% wrong: the status is set after the fact, on a response that is thrown away
# says: no `Location` header
# change: the name is looked for in the query string
-def create_list(name: str, response: Response):
+def create_list(new: dict[str, Any]):
     list_id = max(saved_lists, default=0) + 1
-    saved_lists[list_id] = {"id": list_id, "name": name}
+    saved_lists[list_id] = {"id": list_id, "name": new["name"]}
+    response = Response()

# %% wrong: the reading route lost its annotation
# says: `list_id` has no annotation
# change: solution
-def read_list(list_id: int) -> dict[str, Any]:
+def read_list(list_id) -> dict[str, Any]:

# %% wrong: the response is returned
# says: you returned `response` itself
# change: solution
     response.headers["Location"] = f"/lists/{list_id}"
-    return saved_lists[list_id]
+    return response

# %% wrong: stored with the other shopping lists
# says: Does yours put the list there
# change: solution
-    list_id = max(saved_lists, default=0) + 1
-    saved_lists[list_id] = {"id": list_id, "name": new["name"]}
+    list_id = max(shopping_lists, default=0) + 1
+    shopping_lists[list_id] = {"id": list_id, "name": new["name"]}
     response.headers["Location"] = f"/lists/{list_id}"
-    return saved_lists[list_id]
+    return shopping_lists[list_id]

# %% wrong: stored under a text
# says: Does yours put the list there
# change: solution
-    list_id = max(saved_lists, default=0) + 1
-    saved_lists[list_id] = {"id": list_id, "name": new["name"]}
+    list_id = len(saved_lists) + 1
+    saved_lists[str(list_id)] = {"id": list_id, "name": new["name"]}
     response.headers["Location"] = f"/lists/{list_id}"
-    return saved_lists[list_id]
+    return saved_lists[str(list_id)]

# %% wrong: the return is missing
# says: Does each way through it end in a `return`
# change: solution
     response.headers["Location"] = f"/lists/{list_id}"
-    return saved_lists[list_id]

# %% wrong: the reading route is gone
# says: The route that reads one list was given: put it back
saved_lists: dict[int, dict[str, Any]] = {}

new_lists_router = APIRouter()

@new_lists_router.post("/lists", status_code=201)
def create_list(new: dict[str, Any], response: Response) -> dict[str, Any]:
    list_id = max(saved_lists, default=0) + 1
    saved_lists[list_id] = {"id": list_id, "name": new["name"]}
    response.headers["Location"] = f"/lists/{list_id}"
    return saved_lists[list_id]

# %% wrong: the @ was forgotten
# says: no route of `new_lists_router` fits this address
# change: solution
-@new_lists_router.post("/lists", status_code=201)
+new_lists_router.post("/lists", status_code=201)

# %% wrong: the id of the caller wins
# breaks: The server gives the number, also when the phone sends an `id`.
# says: the new list took it over
# says: put your own id last
# change: solution
-    saved_lists[list_id] = {"id": list_id, "name": new["name"]}
+    saved_lists[list_id] = {"id": list_id, **new}

# %% wrong: the id is text
# says: which is text
# says: Make the id a number
# change: solution
-    list_id = max(saved_lists, default=0) + 1
+    list_id = str(len(saved_lists) + 1)

# %% wrong: response without an annotation
# says: Write `response: Response`
# change: solution
-def create_list(new: dict[str, Any], response: Response) -> dict[str, Any]:
+def create_list(new: dict[str, Any], response) -> dict[str, Any]:

# %% wrong: the body without an annotation
# says: `new` has no annotation
# change: solution
-def create_list(new: dict[str, Any], response: Response) -> dict[str, Any]:
+def create_list(new, response: Response) -> dict[str, Any]:

# %% wrong: the id is asked for
# says: Your function takes `list_id`, which is not in the path
# change: solution
-def create_list(new: dict[str, Any], response: Response) -> dict[str, Any]:
-    list_id = max(saved_lists, default=0) + 1
+def create_list(list_id: int, new: dict[str, Any], response: Response) -> dict[str, Any]:

# %% wrong: the largest of nothing
# says: your code raised `ValueError
# says: `max(..., default=0)` has one
# change: solution
-    list_id = max(saved_lists, default=0) + 1
+    list_id = max(saved_lists) + 1

# %% right: the body over a number of its own
# change: solution
-    saved_lists[list_id] = {"id": list_id, "name": new["name"]}
+    saved_lists[list_id] = {**new, "id": list_id}

# %% wrong: a title is read from the body
# says: your code raised `KeyError
# says: The body holds only what the exercise shows
# change: solution
-    saved_lists[list_id] = {"id": list_id, "name": new["name"]}
+    saved_lists[list_id] = {"id": list_id, "name": new["title"]}

# %% wrong: the whole store comes back
# says: The answer holds all lists, under their numbers. Return the new list alone
# change: solution
-def create_list(new: dict[str, Any], response: Response) -> dict[str, Any]:
+def create_list(new: dict[str, Any], response: Response):
...
     response.headers["Location"] = f"/lists/{list_id}"
-    return saved_lists[list_id]
+    return saved_lists

# %% wrong: the fields of a task
# says: A task has a `title`. A list has a `name`
# change: solution
-    saved_lists[list_id] = {"id": list_id, "name": new["name"]}
+    saved_lists[list_id] = {"id": list_id, "title": new.get("title"), "done": False}

# %% wrong: the id comes from the tasks
# says: Work out a new id for each, from the lists that are stored by then
# change: solution
-    list_id = max(saved_lists, default=0) + 1
+    list_id = max(tasks, default=0) + 1

# %% wrong: the address of another server
# says: leads to another server
# change: solution
-    response.headers["Location"] = f"/lists/{list_id}"
+    response.headers["Location"] = f"http://example.com/lists/{list_id}"

# %% wrong: a pair of the list and 201
# says: The status of an answer that succeeds is an argument of the decorator
# change: solution
-@new_lists_router.post("/lists", status_code=201)
+@new_lists_router.post("/lists")
...
     response.headers["Location"] = f"/lists/{list_id}"
-    return saved_lists[list_id]
+    return saved_lists[list_id], 201

# %% wrong: the header is a number
# outcome: error
# says: A header is text, and this one was given the `int` itself
# change: solution
-    response.headers["Location"] = f"/lists/{list_id}"
+    response.headers["Location"] = list_id

# %% wrong: the response of an earlier cell
# says: Take the response of this request as a parameter: `response: Response`
# never: no `Location` header
# change: solution
-def create_list(new: dict[str, Any], response: Response) -> dict[str, Any]:
+def create_list(new: dict[str, Any]) -> dict[str, Any]:
