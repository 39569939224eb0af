# %% right: an application, async, Annotated, a list as the store
from typing import Annotated

from fastapi import Body

said = []
comments_router = FastAPI()


class Comment(BaseModel):
    pinned: bool = False
    text: str
    author: str


@comments_router.post("/tasks/{number}/comments", status_code=201)
async def add(number: int, body: Annotated[Comment, Body()]):
    entry = {"id": len(said) + 101, "task_id": number} | dict(body)
    said.append(entry)
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
    comments[number] = {}
    return CommentOut(id=number, task_id=task_id, **comment.model_dump())


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
# says: Two comments got the same `id`
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
