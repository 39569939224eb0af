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
# says: your API took it: Ana's face, and no words
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str = ""
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comments[comment_id]


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
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comments[comment_id]


# %% wrong: the caller is asked for the id
# says: Your route wants more than the caller was told to send
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    id: int
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    return {"task_id": task_id, **comment.model_dump()}


# %% wrong: the default status
# says: You left FastAPI's default
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments")
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comments[comment_id]


# %% wrong: a constant id
# says: Of three comments, two got the same `id`: `1`, `1`, `1`
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    return {"id": 1, "task_id": task_id, **comment.model_dump()}


# %% wrong: the number of the task stays text
# says: `task_id` came back as text
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comments[comment_id]


# %% wrong: no types to speak of
# says: although `text` is missing or of the wrong kind
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: Any
    text: Any
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comments[comment_id]


# %% wrong: the path and the function use two names
# says: the path has no `{task_id}`
# says: have to be the same
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comments[comment_id]


# %% wrong: no return
# says: Your function returned nothing
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate):
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}


# %% wrong: the comment inside the comment
# says: one level too deep
# says: inside `comment`
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, "comment": comment}
    return comments[comment_id]


# %% wrong: the second comment is always Ana's
# says: the second comment without its id is not as expected
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": 1, **comment.model_dump()}
    return comments[comment_id]


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
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comments[task_id] = {"id": task_id, "task_id": task_id, **comment.model_dump()}
    return comments[task_id]


# %% wrong: the id is made of the text
# says: two got the same `id`
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = len(comment.text)
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comments[comment_id]


# %% wrong: text may be null
# says: although `text` is null
# says: allows null as well
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str | None
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comments[comment_id]


# %% wrong: author may be null
# says: although `author` is null
# says: allows null as well
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str | None
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comments[comment_id]


# %% wrong: the route asks whether the task exists
# says: your route asked for it
# says: Do not ask whether the task exists
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    find_task(task_id)
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comments[comment_id]


# %% wrong: a number by chance, and nothing is kept
# says: `comments` holds none of the three comments
# says: under its id
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    from random import getrandbits

    return {"id": getrandbits(60), "task_id": task_id, **comment.model_dump()}


# %% wrong: kept under the number of the task
# says: `comments` holds 2: one went over another
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    number = getattr(write_comment, "number", 0) + 1
    write_comment.number = number
    comments[task_id] = {"id": number, "task_id": task_id, **comment.model_dump()}
    return comments[task_id]


# %% wrong: the comment has no type
# says: `comment` has no type
# says: Give it your model
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comments[comment_id]


# %% wrong: a class that is no model
# says: `CommentCreate` is no model
# says: class CommentCreate(BaseModel):
# outcome: error
comments: dict[int, dict[str, Any]] = {}


class CommentCreate:
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comments[comment_id]


# %% wrong: a field without a type
# says: A field needs a type, as in `pinned: bool = False`
# outcome: error
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comments[comment_id]


# %% wrong: the model itself is returned, and a dictionary is promised
# says: `.model_dump()` makes a dictionary of a model
# outcome: error
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}
    return comment


# %% wrong: a promise, and no return
# says: Perhaps a `return` is missing
# outcome: error
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment.model_dump()}


# %% wrong: a field is asked for as in a dictionary
# says: read a field with a dot, as in `….author`
# outcome: error
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, "author": comment["author"], "text": comment["text"]}
    return comments[comment_id]


# %% wrong: a model is unpacked as a dictionary
# says: `.model_dump()` makes one, and `**` can unpack that
# outcome: error
comments: dict[int, dict[str, Any]] = {}


class CommentCreate(BaseModel):
    author: str
    text: str
    pinned: bool = False


comments_router = APIRouter()


@comments_router.post("/tasks/{task_id}/comments", status_code=201)
def write_comment(task_id: int, comment: CommentCreate) -> dict[str, Any]:
    comment_id = max(comments, default=0) + 1
    comments[comment_id] = {"id": comment_id, "task_id": task_id, **comment}
    return comments[comment_id]


# %% wrong: the comment without the number of its task
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
    return save_comment(comment)
