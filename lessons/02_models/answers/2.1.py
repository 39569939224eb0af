# story: Ana and Ben comment on their tasks. The phone sends `{"author": "Ana", "text": "Which bread?"}`.
# story: An old app sends `txt` instead, and its comments show up

# %% right: an application, async, Annotated, a list as the store
from typing import Annotated

from fastapi import Body

comments = []
comments_router = FastAPI()


class Comment(BaseModel):
    pinned: bool = False
    text: str
    author: str


@comments_router.post("/tasks/{number}/comments", status_code=201)
async def add(number: int, body: Annotated[Comment, Body()]):
    entry = {"id": len(comments) + 101, "task_id": number} | dict(body)
    comments.append(entry)
    return entry

# %% right: a second model with the server's fields, made from the first
comments: dict[int, dict[str, Any]] = {}


class CommentIn(BaseModel):
    author: str
    text: str
    pinned: bool = False


class CommentOut(CommentIn):
    id: int
    task_id: int


comments_router = APIRouter(prefix="/tasks")


@comments_router.post("/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentIn) -> CommentOut:
    number = max(comments, default=0) + 1
    comments[number] = CommentOut(id=number, task_id=task_id, **comment.model_dump())
    return comments[number]

# %% right: extra fields are refused, as nobody asked but may want
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel, extra="forbid"):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {
        "id": comment_id,
        "task_id": task_id,
        "author": comment.author,
        "text": comment.text,
        "pinned": comment.pinned,
    }
    return comments[comment_id]

# %% wrong: a dictionary, as in lesson 01, crashes on the typing mistake
# breaks: Write a model for the body, and let the route take it.
# says: your function crashed on it
# says: The caller made the mistake
comments: dict[int, dict[str, Any]] = {}
comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: dict[str, Any]) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {
        "id": comment_id,
        "task_id": task_id,
        "author": comment["author"],
        "text": comment["text"],
        "pinned": comment.get("pinned", False),
    }
    return comments[comment_id]

# %% wrong: the text has a default, so that nothing is ever missing
# breaks: `author` and `text` must be there
# says: your API took it: Ana's face, and no words
# change: an application without documentation
     author: str
-    text: str
+    text: str = ""
...
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()

# %% wrong: single values, which come from the query string
# says: Your route takes single values, and those come from the query string
comments: dict[int, dict[str, Any]] = {}
comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, author: str, text: str, pinned: bool = False) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, "author": author, "text": text, "pinned": pinned}
    return comments[comment_id]

# %% wrong: pinned must be there
# says: which fields of a model a caller may leave out
# change: an application without documentation
-    pinned: bool = False
+    pinned: bool


-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()

# %% wrong: the caller is asked for the id
# says: Your model also wants `id`
# change: kept by task, and numbered by a counter
 class CommentCreate(BaseModel):
+    id: int
...
-    number = sum(len(said) for said in comments.values()) + 1
-    record = {"id": number, "task_id": task_id, **comment.model_dump()}
-    comments.setdefault(task_id, []).append(record)
-    return record
+    return {"task_id": task_id, **comment.model_dump()}

# %% wrong: the default status
# says: That is FastAPI's default
# never: a response that you build yourself
# change: an application without documentation
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()


-@comments_router.post("/tasks/{task_id}/comments", status_code=201)
+@comments_router.post("/tasks/{task_id}/comments")

# %% wrong: a constant id
# says: All three comments got the same `id`: `1`, `1`, `1`
# change: kept by task, and numbered by a counter
-    number = sum(len(said) for said in comments.values()) + 1
-    record = {"id": number, "task_id": task_id, **comment.model_dump()}
-    comments.setdefault(task_id, []).append(record)
-    return record
+    return {"id": 1, "task_id": task_id, **comment.model_dump()}

# %% wrong: the number of the task stays text
# says: `task_id` came back as text
# change: an application without documentation
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()
...
-def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
+def write_comment(task_id, comment: CommentCreate) -> dict[str, Any]:

# %% wrong: no types to speak of
# says: although `text` is missing or of the wrong kind
# change: an application without documentation
-    author: str
-    text: str
+    author: Any
+    text: Any
...
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()

# %% wrong: the path and the function use two names
# says: the path has no `{task_id}`
# says: have to be the same
# change: an application without documentation
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()


-@comments_router.post("/tasks/{task_id}/comments", status_code=201)
+@comments_router.post("/tasks/{id}/comments", status_code=201)

# %% wrong: no return
# says: Your function returned nothing
# change: kept by task, and numbered by a counter
-def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
-    number = sum(len(said) for said in comments.values()) + 1
-    record = {"id": number, "task_id": task_id, **comment.model_dump()}
-    comments.setdefault(task_id, []).append(record)
-    return record
+def write_comment(task_id: int, comment: CommentCreate):
+    comment_id = max(comments, default=0) + 1
+    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}

# %% wrong: the comment inside the comment
# says: one level too deep
# says: inside `comment`
# change: an application without documentation
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()
...
-    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
+    comments[comment_id] = {"id": comment_id, "task_id": task_id, "comment": comment}

# %% wrong: the second comment is always Ana's
# says: `task_id` came back as `1`, and the path says 4711
# change: an application without documentation
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()
...
-    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
+    comments[comment_id] = {"id": comment_id, "task_id": 1, **comment.model_dump()}

# %% right: kept by task, and numbered by a counter
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    number = sum(len(said) for said in comments.values()) + 1
    record = {"id": number, "task_id": task_id, **comment.model_dump()}
    comments.setdefault(task_id, []).append(record)
    return record

# %% wrong: the id is the number of the task
# says: Of three comments, two got the same `id`
# says: as `save_comment` does
# change: kept by task, and numbered by a counter
-    number = sum(len(said) for said in comments.values()) + 1
-    record = {"id": number, "task_id": task_id, **comment.model_dump()}
-    comments.setdefault(task_id, []).append(record)
-    return record
+    comments[task_id] = {"id": task_id, "task_id": task_id, **comment.model_dump()}
+    return comments[task_id]

# %% wrong: the id is made of the text
# says: two got the same `id`
# change: an application without documentation
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()
...
-    comment_id = max(comments, default=0) + 1
+    comment_id = len(comment.text)

# %% wrong: text may be null
# says: although `text` is null
# says: allows null as well
# change: an application without documentation
     author: str
-    text: str
+    text: str | None
...
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()

# %% wrong: author may be null
# says: although `author` is null
# says: allows null as well
# change: an application without documentation
 class CommentCreate(BaseModel):
-    author: str
+    author: str | None
...
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()

# %% wrong: the route asks whether the task exists
# says: your route asked for it
# says: Don't ask whether the task exists
# change: an application without documentation
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()
...
 def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
+    find_task(task_id)

# %% wrong: a number by chance, and nothing is kept
# says: `comments` holds none of the three comments
# says: under its id
# change: kept by task, and numbered by a counter
-    number = sum(len(said) for said in comments.values()) + 1
-    record = {"id": number, "task_id": task_id, **comment.model_dump()}
-    comments.setdefault(task_id, []).append(record)
-    return record
+    from random import getrandbits
+
+    return {"id": getrandbits(60), "task_id": task_id, **comment.model_dump()}

# %% wrong: kept under the number of the task
# says: `comments` holds 2: one went over another
# change: kept by task, and numbered by a counter
-    number = sum(len(said) for said in comments.values()) + 1
-    record = {"id": number, "task_id": task_id, **comment.model_dump()}
-    comments.setdefault(task_id, []).append(record)
-    return record
+    number = getattr(write_comment, "number", 0) + 1
+    write_comment.number = number
+    comments[task_id] = {"id": number, "task_id": task_id, **comment.model_dump()}
+    return comments[task_id]

# %% wrong: the comment has no type
# says: `comment` has no type
# says: Give it your model
# change: an application without documentation
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()
...
-def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
+def write_comment(task_id: int, comment) -> dict[str, Any]:

# %% wrong: a class that is no model
# says: `CommentCreate` is no model
# says: class CommentCreate(BaseModel):
# outcome: error
# change: an application without documentation
-class CommentCreate(BaseModel):
+class CommentCreate:
...
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()

# %% wrong: a field without a type
# says: A field needs a type, as in `pinned: bool = False`
# outcome: error
# change: an application without documentation
-    pinned: bool = False
+    pinned = False


-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()

# %% wrong: the model itself is returned, and a dictionary is promised
# says: `.model_dump()` makes a dictionary of a model
# outcome: error
# change: an application without documentation
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()
...
-    return comments[comment_id]
+    return comment

# %% wrong: a promise, and no return
# says: Perhaps a `return` is missing
# says: FastAPI holds every answer against the return annotation
# outcome: error
# change: an application without documentation
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()
...
-    return comments[comment_id]

# %% wrong: a field is asked for as in a dictionary
# says: read a field with a dot, as in `….author`
# outcome: error
# change: an application without documentation
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()
...
-    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
+    comments[comment_id] = {"id": comment_id, "task_id": task_id, "author": comment["author"], "text": comment["text"]}

# %% wrong: a model is unpacked as a dictionary
# says: `.model_dump()` makes one, and `**` can unpack that
# outcome: error
# change: an application without documentation
-comments_router = FastAPI(openapi_url=None)
+comments_router = APIRouter()
...
-    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
+    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment}

# %% wrong: the comment without the number of its task
# breaks: The answer is the comment: `id`, `task_id`, `author`, `text` and `pinned`.
# says: It lacks `task_id`, the number from the path
comments: dict[int, dict[str, Any]] = {}


def save_comment(fields: dict[str, Any]) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, **fields}
    return comments[comment_id]


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    return save_comment(comment.model_dump())

# %% wrong: the model goes to save_comment as it is
# says: `.model_dump()` makes one, and `**` can unpack that
# outcome: error
# change: the comment without the number of its task
-    return save_comment(comment.model_dump())
+    return save_comment(comment)

# %% wrong: an id in the model, with a default
# says: All three comments got the same `id`: `0`, `0`, `0`
# says: take `id` out of the model
# change: the comment without the number of its task
 class CommentCreate(BaseModel):
+    id: int = 0
...
-    return save_comment(comment.model_dump())
+    return save_comment({"task_id": task_id, **comment.model_dump()})

# %% wrong: a field with the name of the old app
# says: asks for `txt` and has no `text`
# change: the comment without the number of its task
     author: str
-    text: str
+    txt: str
...
-    return save_comment(comment.model_dump())
+    return save_comment({"task_id": task_id, **comment.model_dump()})

# %% wrong: two fields with names of their own
# says: asks for `who` and `words` and has no `author` and `text`
# change: the comment without the number of its task
-    author: str
-    text: str
+    who: str
+    words: str
...
-    return save_comment(comment.model_dump())
+    return save_comment({"task_id": task_id, **comment.model_dump()})

# %% wrong: two models, one in the other
# says: under the name of a parameter
# says: with two parameters that come from the body
# change: the comment without the number of its task
+class Pin(BaseModel):
+    pinned: bool = False
+
+
 class CommentCreate(BaseModel):
...
-    pinned: bool = False
...
-def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
-    return save_comment(comment.model_dump())
+def write_comment(task_id: int, comment: CommentCreate, pin: Pin) -> dict[str, Any]:
+    return save_comment({"task_id": task_id, **comment.model_dump(), **pin.model_dump()})

# %% wrong: still a dictionary, and one check by hand
# says: although `author` is missing or of the wrong kind
# says: Your route has no model for the body
comments: dict[int, dict[str, Any]] = {}


def save_comment(fields: dict[str, Any]) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, **fields}
    return comments[comment_id]


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: dict[str, Any]) -> dict[str, Any]:
    if "text" not in comment:
        raise HTTPException(status_code=422, detail="There is no text.")
    return save_comment({"task_id": task_id, "pinned": False, **comment})

# %% wrong: a dictionary, and null goes through the checks by hand
# says: although `text` is null
# says: Your route has no model for the body
# change: still a dictionary, and one check by hand
-    if "text" not in comment:
-        raise HTTPException(status_code=422, detail="There is no text.")
-    return save_comment({"task_id": task_id, "pinned": False, **comment})
+    pinned = comment.get("pinned", False)
+    if not {"author", "text"} <= set(comment) or comment["text"] == 7 or not isinstance(pinned, bool):
+        raise HTTPException(status_code=422, detail="That is no comment.")
+    return save_comment({"task_id": task_id, "pinned": pinned, **comment})

# %% wrong: null as the default of pinned
# says: `pinned` came back as `null`, and the caller left it out
# change: the comment without the number of its task
-    pinned: bool = False
+    pinned: bool | None = None
...
-    return save_comment(comment.model_dump())
+    return save_comment({"task_id": task_id, **comment.model_dump()})

# %% wrong: every comment is pinned
# breaks: `pinned` is false when it is left out
# says: `pinned` came back as `true`, and the caller left it out
# says: that should be false
# change: the comment without the number of its task
-    pinned: bool = False
+    pinned: bool = True
...
-    return save_comment(comment.model_dump())
+    return save_comment({"task_id": task_id, **comment.model_dump()})

# %% wrong: nothing is ever pinned
# says: `pinned` came back as `false`, and the caller sent `true`
# change: the comment without the number of its task
-    return save_comment(comment.model_dump())
+    return save_comment({"task_id": task_id, **comment.model_dump(), "pinned": False})

# %% wrong: the author is forgotten
# says: `author` came back as `"somebody"`, and the caller sent `"Ana"`
# change: the comment without the number of its task
-    return save_comment(comment.model_dump())
+    return save_comment({"task_id": task_id, **comment.model_dump(), "author": "somebody"})

# %% right: an application without documentation
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = FastAPI(openapi_url=None)


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comments[comment_id]

# %% wrong: a model that lets every field through
# breaks: The server gives the `id`, and the path the `task_id`, whatever else is in the body.
# says: The body named `id` and `task_id`, and your API took that over
comments: dict[int, dict[str, Any]] = {}

def save_comment(fields: dict[str, Any]) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, **fields}
    return comments[comment_id]

comments_router = APIRouter()

class CommentCreate(BaseModel):
    model_config = {"extra": "allow"}
    author: str
    text: str
    pinned: bool = False
@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate):
    return save_comment({"task_id": task_id, **comment.model_dump()})

# %% wrong: saved first, and checked afterwards
# says: still your route kept some of them
comments: dict[int, dict[str, Any]] = {}

def save_comment(fields: dict[str, Any]) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, **fields}
    return comments[comment_id]

comments_router = APIRouter()

class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False
@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: dict[str, Any]) -> dict[str, Any]:
    saved = save_comment({"task_id": task_id, **comment})
    try:
        checked = CommentCreate(**comment)
    except Exception as error:
        raise HTTPException(422, "no") from error
    return saved | checked.model_dump()

# %% wrong: a list with one comment
# says: Your function returned a list
comments: dict[int, dict[str, Any]] = {}

def save_comment(fields: dict[str, Any]) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, **fields}
    return comments[comment_id]

comments_router = APIRouter()

class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False
@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> list[dict[str, Any]]:
    return [save_comment({"task_id": task_id, **comment.model_dump()})]

# %% wrong: a file where the body should be
# says: its documentation asks for `multipart/form-data`
# never: letter by letter
comments: dict[int, dict[str, Any]] = {}

def save_comment(fields: dict[str, Any]) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, **fields}
    return comments[comment_id]

comments_router = APIRouter()

from fastapi import UploadFile
class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False

@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: UploadFile) -> dict[str, Any]:
    return save_comment({"task_id": task_id, "author": "Ana"})

# %% wrong: a form
# says: Your route reads a form
# never: letter by letter
comments: dict[int, dict[str, Any]] = {}

def save_comment(fields: dict[str, Any]) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, **fields}
    return comments[comment_id]

comments_router = APIRouter()

from typing import Annotated
from fastapi import Form
class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False

@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: Annotated[CommentCreate, Form()]) -> dict[str, Any]:
    return save_comment({"task_id": task_id, **comment.model_dump()})

# %% wrong: the model under its parameter's name
# says: under the name of a parameter: `comment`
# never: a field that the server sets
comments: dict[int, dict[str, Any]] = {}

def save_comment(fields: dict[str, Any]) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, **fields}
    return comments[comment_id]

comments_router = APIRouter()

from fastapi import Body
class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False
@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate = Body(embed=True)) -> dict[str, Any]:
    return save_comment({"task_id": task_id, **comment.model_dump()})

# %% wrong: a header that nobody sends
# says: Your route wants the header `x-device`
# never: your model also wants
comments: dict[int, dict[str, Any]] = {}

def save_comment(fields: dict[str, Any]) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, **fields}
    return comments[comment_id]

comments_router = APIRouter()

from fastapi import Header
class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False
@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate, x_device: str = Header()) -> dict[str, Any]:
    return save_comment({"task_id": task_id, **comment.model_dump()})

# %% right: a dataclass
comments: dict[int, dict[str, Any]] = {}

def save_comment(fields: dict[str, Any]) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, **fields}
    return comments[comment_id]

comments_router = APIRouter()

from dataclasses import dataclass, asdict
@dataclass
class CommentCreate:
    author: str
    text: str
    pinned: bool = False

@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    return save_comment({"task_id": task_id} | asdict(comment))

# %% right: a TypedDict, whose default stands in the route
comments: dict[int, dict[str, Any]] = {}

def save_comment(fields: dict[str, Any]) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, **fields}
    return comments[comment_id]

comments_router = APIRouter()

from typing_extensions import TypedDict, NotRequired
class CommentCreate(TypedDict):
    author: str
    text: str
    pinned: NotRequired[bool]

@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    return save_comment({"task_id": task_id, "pinned": False, **comment})

# %% right: a response built by hand
comments: dict[int, dict[str, Any]] = {}

def save_comment(fields: dict[str, Any]) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, **fields}
    return comments[comment_id]

comments_router = APIRouter()

from fastapi.responses import JSONResponse
class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False

@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate):
    saved = save_comment({"task_id": task_id, "author": comment.author, "text": comment.text, "pinned": comment.pinned})
    return JSONResponse(saved, 201)

# %% wrong: the id is not sent
# says: It lacks `id`, so nobody can ever edit or remove this comment
# change: the comment without the number of its task
-    return save_comment(comment.model_dump())
+    save_comment({"task_id": task_id, **comment.model_dump()})
+    return {"task_id": task_id, **comment.model_dump()}

# %% wrong: a model that no route takes
# says: It lacks `pinned`, which the caller left out
# says: is the body's type your model
# change: the comment without the number of its task
-def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
-    return save_comment(comment.model_dump())
+def write_comment(task_id: int, comment: dict[str, Any]) -> dict[str, Any]:
+    return save_comment({"task_id": task_id, **comment})

# %% wrong: pinned is a parameter beside the model
# says: Your function has a parameter `pinned` that is a single value
# says: What comes in the body belongs in the model
# change: the comment without the number of its task
-    pinned: bool = False
...
-def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
-    return save_comment(comment.model_dump())
+def write_comment(task_id: int, comment: CommentCreate, pinned: bool) -> dict[str, Any]:
+    return save_comment({"task_id": task_id, "pinned": pinned, **comment.model_dump()})

# %% wrong: a response of its own, with a status of its own
# says: a response that you build yourself goes out with its own status
# never: FastAPI's default
# change: the comment without the number of its task
-def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
-    return save_comment(comment.model_dump())
+def write_comment(task_id: int, comment: CommentCreate) -> Any:
+    from fastapi.responses import JSONResponse
+
+    return JSONResponse(save_comment({"task_id": task_id, **comment.model_dump()}))

# %% wrong: the path holds the number of one task
# says: No route matches this address
# never: your route asked for it
# change: the comment without the number of its task
-@comments_router.post("/tasks/{task_id}/comments", status_code=201)
-def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
-    return save_comment(comment.model_dump())
+@comments_router.post("/tasks/1/comments", status_code=201)
+def write_comment(comment: CommentCreate) -> dict[str, Any]:
+    return save_comment({"task_id": 1, **comment.model_dump()})
