# story: People comment on tasks. This is the data.
# story: The route below knows task 1 only. Change it:

# %% right: an app, async, with another name in the braces and a loop
comments_router = FastAPI()

@comments_router.get("/tasks/{number}/comments")
async def comments_on_task(number: int, author: str = ""):
    found = []
    for comment in comments:
        if comment["task_id"] != number:
            continue
        if author and comment["author"] != author:
            continue
        found.append(comment)
    return found

# %% wrong: the number in the path has no annotation
# says: Nothing was found. `task_id` has no annotation
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id, author: str | None = None):
    return [one for one in comments if one["task_id"] == task_id and (author is None or one["author"] == author)]

# %% wrong: the number is converted by hand
# says: ValueError
# says: FastAPI converts it, and answers 422
# change: the number in the path has no annotation
-    return [one for one in comments if one["task_id"] == task_id and (author is None or one["author"] == author)]
+    return [one for one in comments if one["task_id"] == int(task_id) and (author is None or one["author"] == author)]

# %% wrong: compared as text, so that anything is taken
# breaks: Anything else in that place, as in `/tasks/first/comments`
# says: Annotate `task_id` with `int`
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: str, author: str | None = None):
    return [one for one in comments if str(one["task_id"]) == task_id and (author is None or one["author"] == author)]

# %% wrong: the author has no default
# says: `author` has no default, so FastAPI insists on it
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int, author: str):
    return [one for one in comments if one["task_id"] == task_id and one["author"] == author]

# %% wrong: the names in the braces and in the function differ
# says: Compare the name in braces
comments_router = APIRouter()

@comments_router.get("/tasks/{id}/comments")
def list_comments(task_id: int, author: str | None = None):
    return [one for one in comments if one["task_id"] == task_id and (author is None or one["author"] == author)]

# %% wrong: the author makes no difference
# says: `author` made no difference
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int):
    return [one for one in comments if one["task_id"] == task_id]

# %% wrong: the author alone decides
# breaks: With `?author=Ben` the answer has only the comments on this task
# says: Both conditions have to hold
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int, author: str | None = None):
    if author:
        return [one for one in comments if one["author"] == author]
    return [one for one in comments if one["task_id"] == task_id]

# %% wrong: all comments
# says: the number in the path makes no difference yet
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int, author: str | None = None):
    return [one for one in comments if author is None or one["author"] == author]

# %% wrong: the comments are not below their task
# says: No route of `comments_router` fits this address
# change: the names in the braces and in the function differ
-@comments_router.get("/tasks/{id}/comments")
+@comments_router.get("/comments/{task_id}")

# %% wrong: a fixed path
# says: The path still has the number 1 written into it
comments_router = APIRouter()

@comments_router.get("/tasks/1/comments")
def list_comments(author: str | None = None) -> list[dict[str, Any]]:
    return [one for one in comments if one["task_id"] == 1 and (author is None or one["author"] == author)]

# %% wrong: the annotation asks for text
# says: The annotation of `task_id` isn't `int`
# change: the number in the path has no annotation
-def list_comments(task_id, author: str | None = None):
+def list_comments(task_id: str, author: str | None = None) -> list[dict[str, Any]]:

# %% wrong: 404 when nothing is found
# breaks: A number without comments gets an empty list.
# says: No comment fits, and that isn't an error
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int, author: str | None = None) -> list[dict[str, Any]]:
    found = [one for one in comments if one["task_id"] == task_id and (author is None or one["author"] == author)]
    if not found:
        raise HTTPException(404)
    return found

# %% wrong: the comments copied into the function
# says: Read `comments` inside the function
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int, author: str | None = None) -> list[dict[str, Any]]:
    known = [
        {"id": 1, "task_id": 1, "author": "Ana", "text": "Oat milk, please."},
        {"id": 2, "task_id": 1, "author": "Ben", "text": "Two liters?"},
        {"id": 3, "task_id": 3, "author": "Ben", "text": "The fern needs water too."},
    ]
    return [one for one in known if one["task_id"] == task_id and (author is None or one["author"] == author)]

# %% wrong: the @ was forgotten
# says: `comments_router` has no route at all
comments_router = APIRouter()

comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int, author: str | None = None) -> list[dict[str, Any]]:
    return [one for one in comments if one["task_id"] == task_id and (author is None or one["author"] == author)]

# %% right: the newest first
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int, author: str | None = None) -> list[dict[str, Any]]:
    return [one for one in reversed(comments) if one["task_id"] == task_id and (author is None or one["author"] == author)]

# %% wrong: a task has to exist
# breaks: even one that isn't in `tasks`
# says: even one that isn't in `tasks`
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int, author: str | None = None) -> list[dict[str, Any]]:
    if task_id not in tasks:
        raise HTTPException(status_code=404, detail="There is no such task.")
    return [one for one in comments if one["task_id"] == task_id and (author is None or one["author"] == author)]

# %% wrong: a part of a name is enough
# breaks: whose author is exactly `Ben`
# says: found a comment that `Ana` wrote
# says: compare the two with `==`
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int, author: str | None = None) -> list[dict[str, Any]]:
    return [one for one in comments if one["task_id"] == task_id and (author is None or author in one["author"])]

# %% wrong: small letters will do
# says: found a comment that `Carla` wrote
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int, author: str | None = None) -> list[dict[str, Any]]:
    return [one for one in comments if one["task_id"] == task_id and (author is None or one["author"].lower() == author.lower())]

# %% wrong: the authors of today, written down
# says: `?author=Carla` finds nothing
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int, author: str | None = None) -> list[dict[str, Any]]:
    found = [one for one in comments if one["task_id"] == task_id]
    if author == "Ana":
        return [one for one in found if one["author"] == "Ana"]
    if author == "Ben":
        return [one for one in found if one["author"] == "Ben"]
    return [] if author else found

# %% wrong: the author is always compared
# says: no comment was written by `None`
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int, author: str | None = None) -> list[dict[str, Any]]:
    return [one for one in comments if one["task_id"] == task_id and one["author"] == author]

# %% wrong: the query string in the decorator
# says: A query string never belongs in the decorator
# change: the @ was forgotten
-comments_router.get("/tasks/{task_id}/comments")
+@comments_router.get("/tasks/{task_id}/comments?author={author}")

# %% wrong: the old route is still above
# says: Two of your routes fit
comments_router = APIRouter()

@comments_router.get("/tasks/1/comments")
def list_old_comments() -> list[dict[str, Any]]:
    return [one for one in comments if one["task_id"] == 1]

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int, author: str | None = None) -> list[dict[str, Any]]:
    return [one for one in comments if one["task_id"] == task_id and (author is None or one["author"] == author)]

# %% wrong: the text is refused by hand, with a 400
# says: Annotate `task_id` with `int`, and FastAPI answers 422 before it calls your function
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: str, author: str | None = None) -> list[dict[str, Any]]:
    if not task_id.isdigit():
        raise HTTPException(status_code=400, detail="That is no number.")
    return [
        comment
        for comment in comments
        if comment["task_id"] == int(task_id) and (author is None or comment["author"] == author)
    ]

# %% right: a dependency that finds the comments, and a JSONResponse
from fastapi import Depends
from fastapi.responses import JSONResponse

comments_router = APIRouter(prefix="/tasks/{task_id}")

def comments_on(task_id: int) -> list[dict[str, Any]]:
    return [one for one in comments if one["task_id"] == task_id]

@comments_router.get("/comments")
def list_comments(author: str | None = None, found: list[dict[str, Any]] = Depends(comments_on)) -> JSONResponse:
    return JSONResponse([one for one in found if author in (None, one["author"])])

# %% wrong: at most twenty
# breaks: Without `author` it has all comments on the task.
# says: There are 130 comments to show by now
comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int, author: str | None = None, limit: int = 20) -> list[dict[str, Any]]:
    found = [one for one in comments if one["task_id"] == task_id and (author is None or one["author"] == author)]
    return found[:limit]

# %% wrong: a number with a point
# breaks: or `/tasks/1.5/comments`, gets a 422
# says: Your function took `1.5`, which isn't a whole number
# change: at most twenty
-def list_comments(task_id: int, author: str | None = None, limit: int = 20) -> list[dict[str, Any]]:
+def list_comments(task_id: float, author: str | None = None) -> list[dict[str, Any]]:
...
-    return found[:limit]
+    return found

# %% wrong: only digits
# breaks: Any whole number may be in place of the 1
# says: `-1` is a whole number too
# change: the text is refused by hand, with a 400
-        raise HTTPException(status_code=400, detail="That is no number.")
+        raise HTTPException(status_code=422, detail="That isn't a number.")

# %% wrong: the sign makes no difference
# says: Nobody has said anything on task -1
# change: at most twenty
-    found = [one for one in comments if one["task_id"] == task_id and (author is None or one["author"] == author)]
-    return found[:limit]
+    return [one for one in comments if one["task_id"] == abs(task_id) and (author is None or one["author"] == author)]

# %% wrong: the text is refused by hand, with a 404
# says: Your function took `first` and found nothing
# never: No route took it
# change: the text is refused by hand, with a 400
-        raise HTTPException(status_code=400, detail="That is no number.")
+        raise HTTPException(status_code=404, detail="There is no such task.")

# %% wrong: the path lets only digits through
# says: No route took it. Does the path say `{task_id:int}`
# never: and found nothing
# change: at most twenty
-@comments_router.get("/tasks/{task_id}/comments")
+@comments_router.get("/tasks/{task_id:int}/comments")

# %% wrong: spaces around a name make no difference
# says: found a comment that `Carla` wrote
# change: at most twenty
-    found = [one for one in comments if one["task_id"] == task_id and (author is None or one["author"] == author)]
+    found = [one for one in comments if one["task_id"] == task_id and (author is None or one["author"] == author.strip())]

# %% wrong: whoever says nothing gets everything
# says: When no comment fits, the answer is an empty list
# change: at most twenty
-    return found[:limit]
+    return found or [one for one in comments if one["task_id"] == task_id]

# %% wrong: a GET marks what was read
# says: `GET /tasks/1/comments` changed the data
# change: at most twenty
-    return found[:limit]
+    for one in found:
+        one["read"] = True
+    return found

# %% wrong: an author of another kind
# says: did not accept it
# never: Any whole number may be there
# change: at most twenty
-def list_comments(task_id: int, author: str | None = None, limit: int = 20) -> list[dict[str, Any]]:
+def list_comments(task_id: int, author: bool | None = None) -> list[dict[str, Any]]:
...
-    return found[:limit]
+    return found

# %% wrong: numbers from two on
# says: FastAPI refused the request before it called your function
# never: Compare the name in braces
from fastapi import Path

comments_router = APIRouter()

@comments_router.get("/tasks/{task_id}/comments")
def list_comments(task_id: int = Path(gt=1), author: str | None = None) -> list[dict[str, Any]]:
    return [one for one in comments if one["task_id"] == task_id and (author is None or one["author"] == author)]
