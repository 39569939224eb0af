"""What learners can do about the exceptions of FastAPI, Pydantic, SQLAlchemy and Python that they meet in any lesson.

A lesson's exercises.py registers in the same way what only its learners meet.
"""

import re
import traceback
from typing import Any

from coursekit.course.render import brief, brief_repr
from coursekit.judging.advice import advises, explains

_UNTYPED_FIELD = re.compile(r"A non-annotated attribute was detected: `(\w+) = (.*?)`\.", re.DOTALL)
_NO_MODEL = re.compile(r"Invalid args for response field! Hint: check that <class '([\w.<>]+)'>")
_NO_DICTIONARY = re.compile(
    r"'(\w+)' object is not (subscriptable|a mapping)|argument after \*\* must be a mapping, not (\w+)"
)
_NOT_NULL = re.compile(r"NOT NULL constraint failed: (\w+)\.(\w+)")
_LOAD_FIRST = "The attribute leads to another table, whose row wasn't loaded. Reading it asks the database, and an attribute can't be awaited. Load the row with the query: `.options(selectinload(...))`. If you only need its id, read the column of the foreign key."
_EXPIRED = "A commit or rollback makes a session forget what its objects hold. Reading an attribute then asks the database, and an attribute can't be awaited. Read it before, or open the session with `expire_on_commit=False`."
_LOADERS = {
    "expected ORM mapped attribute for loader strategy": "A loader such as `selectinload` takes the attribute that leads to the other table, as in `selectinload(Task.owner)`. It was given something else, perhaps the class.",
    "Strings are not accepted for attribute names in loader options": "A loader such as `selectinload` takes the attribute itself and not its name as text: `selectinload(Task.owner)`, where `Task` is the class that is selected.",
}
"""Words of an `ArgumentError` about a loader, and what to do about it."""
_SIGNS = {
    "is not a callable object": "`Depends` was given what your function returned. Pass the function itself: take the parentheses behind its name away.",
    "dependency must have a callable": "`Depends` was given nothing that it can call. If you made it with a call, does that call `return` a function?",
    "'coroutine' object": "A call of an `async def` function gives a coroutine, and its result only once it is awaited: put `await` in front of the call.",
    "'bool' object has no attribute 'is_'": "The attribute is a plain value and no column. Its default goes into the column: `Mapped[bool] = mapped_column(default=False)`.",
    "must not have a response body": "What stands behind `->` promises a body, and an answer with this status has none: promise `None`, and return nothing.",
    "could not assemble any primary key columns": "One column has to be the key by which a row is known: `mapped_column(primary_key=True)`.",
}
"""Words of an exception's message, and what to do about it."""


@explains
def broken_promise(error: BaseException, words: str, namespace: dict[str, Any]) -> str:
    """What was wrong with an answer that FastAPI refused to send, from the first fault that it found."""
    if type(error).__name__ != "ResponseValidationError":
        return ""
    fault: dict[str, Any] = next(iter(error.errors()), {})  # type: ignore[attr-defined]
    place = ".".join(map(str, fault.get("loc", ())[1:]))
    where = f"`{place}`: " if place else ""
    got = fault.get("input")
    said = f"{where}{brief(str(fault.get('msg', '')), 400)} (it got `{brief_repr(got)}`)"
    if got is None and not place:
        said = f"{said}. Perhaps a `return` is missing"
    elif "MissingGreenlet" in said:
        said = f"{where}the model reads an attribute that needs the database, and nothing can be awaited there (`MissingGreenlet`). Load it with the query: `.options(selectinload(...))`"
    elif fault.get("type") == "dict_type" and hasattr(type(got), "model_dump"):
        said = f"{said}. `.model_dump()` makes a dictionary of a model"
    return f"your function returned something that it does not promise: {said}. FastAPI holds every answer against the return annotation, or the `response_model`, and sends nothing that breaks it."


@advises
def untyped_field(error: BaseException, words: str, namespace: dict[str, Any]) -> str:
    """A field of a model that has a value and no type."""
    found = _UNTYPED_FIELD.search(words) if type(error).__name__ == "PydanticUserError" else None
    if found is None:
        return ""
    name, value = found.groups()
    if value.startswith("{"):
        return f"If `{name}` holds settings: a model's settings are called `model_config`."
    typed = {"True": "bool", "False": "bool"}.get(value) or ("int" if value.isdecimal() else "str")
    return f"A field needs a type, as in `{name}: {typed} = {brief(value, 60)}`."


@advises
def no_model(error: BaseException, words: str, namespace: dict[str, Any]) -> str:
    """A class that FastAPI can neither read from a request nor write into a response."""
    found = _NO_MODEL.search(words) if type(error).__name__ == "FastAPIError" else None
    if found is None:
        return ""
    name = found[1].rsplit(".", 1)[-1]
    refused = namespace.get(name)
    own = refused if found[1].startswith("__main__.") else None
    if isinstance(own, type) and "__table__" in vars(own):
        return f"`{name}` is a table, and no model. What a caller may see of it is a model's business: name one with `response_model=`."
    if isinstance(refused, type) and issubclass(refused, BaseException):
        return f"`{name}` is an exception and no model. What it sends is described by a model of another name."
    if "Depends" not in namespace:
        return f"`{name}` is no model. A class becomes one with `BaseModel`: `class {name}(BaseModel):`."
    return f"`{name}` is no model. If a dependency brings it, say so: `Annotated[{name}, Depends(...)]`." + (
        f" If callers send or read it, make it a model: `class {name}(BaseModel):`." if own is not None else ""
    )


@advises
def constraint_as_default(error: BaseException, words: str, namespace: dict[str, Any]) -> str:
    """`field = Annotated[...]`, where `field: Annotated[...]` is meant."""
    if type(error).__name__ == "PydanticSerializationError" and "_AnnotatedAlias" in words:
        return "What stands behind `=` is a default. A constraint belongs to the type, before any `=`: `field: Annotated[...]`."
    return ""


@advises
def model_is_no_dictionary(error: BaseException, words: str, namespace: dict[str, Any]) -> str:
    """`task["title"]` or `**task`, where `task` is a model."""
    found = _NO_DICTIONARY.search(words) if type(error).__name__ == "TypeError" else None
    if found is None:
        return ""
    owner = namespace.get(found[1] or found[3])
    # the class's own dictionary, so that none of the learner's code runs
    fields = vars(owner).get("__pydantic_fields__") if issubclass(type(owner), type) else None
    field = next(iter(fields or {}), None)
    if field and found[2] == "subscriptable":
        return f"A model is an object and no dictionary: read a field with a dot, as in `….{field}`."
    if field:
        return "A model is an object and no dictionary: `.model_dump()` makes one, and `**` can unpack that."
    return ""


@advises
def not_loaded(error: BaseException, words: str, namespace: dict[str, Any]) -> str:
    """An attribute of a row that asks the database by itself, where only an `await` may."""
    if "MissingGreenlet" not in f"{type(error).__name__} {words}":
        return ""
    steps = _steps(error)
    if "_load_expired" in steps:
        return _EXPIRED
    return _LOAD_FIRST if "_emit_lazyload" in steps else ""


@advises
def loader_argument(error: BaseException, words: str, namespace: dict[str, Any]) -> str:
    """`selectinload(Item)` or `selectinload("items")`."""
    known = _LOADERS if type(error).__name__ == "ArgumentError" else {}
    return next((advice for sign, advice in known.items() if sign in words), "")


@advises
def version_without_a_mapper_argument(error: BaseException, words: str, namespace: dict[str, Any]) -> str:
    """A column for versions that the mapper doesn't know as one, so that nothing fills it."""
    found = _NOT_NULL.search(words) if type(error).__name__ == "IntegrityError" else None
    if found is None or "version" not in found[2]:
        return ""
    for name, one in namespace.items():
        mapper = vars(one).get("__mapper__") if issubclass(type(one), type) else None
        if mapper is not None and mapper.local_table.name == found[1] and mapper.version_id_col is None:
            return (
                f"Nothing fills the column `{found[2]}`, because `{name}` doesn't say that it counts versions: "
                f'`__mapper_args__ = {{"version_id_col": {found[2]}}}`.'
            )
    return ""


@advises
def header_is_text(error: BaseException, words: str, namespace: dict[str, Any]) -> str:
    """A header whose value is a number or anything else that isn't text."""
    found = re.match(r"'(\w+)' object has no attribute 'encode'", words) if isinstance(error, AttributeError) else None
    frames = list(traceback.walk_tb(error.__traceback__))
    if found is None or not frames or not frames[-1][0].f_globals.get("__name__", "").startswith("starlette."):
        return ""
    return f'A header is text, and this one was given the `{found[1]}` itself. Make a text of it, as in `f"/tasks/{{task_id}}"`.'


def _steps(error: BaseException) -> set[str]:
    """The names of the functions in which an exception was raised."""
    return {frame.f_code.co_name for frame, _ in traceback.walk_tb(error.__traceback__)}


@advises
def known_words(error: BaseException, words: str, namespace: dict[str, Any]) -> str:
    """An exception whose message alone says what is wrong."""
    return next((advice for sign, advice in _SIGNS.items() if sign in words), "")
