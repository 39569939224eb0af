"""Faults, one at a time: what is changed in shop.py, and what the review must say of it, and nothing else."""

from typing import NamedTuple

HANDLERS = """        RequestValidationError: on_invalid,
        StarletteHTTPException: on_http,
        Exception: on_unexpected,
"""
GET_ITEM = """    \"\"\"Read an item.\"\"\"
    return await find_item(db, item_id)
"""
GET_ITEM_HEAD = "async def get_item(item_id: int, db: Db) -> Row:\n"
CREATE = '@items.post("", status_code=201, response_model=ItemPublic)'
DELETE = '@items.delete("/{item_id}", status_code=204, responses=bad(404))\nasync def delete_item(item_id: int, db: Db) -> None:'
WORDS = "async def get_words(item_id: int, db: Db) -> int:\n"
COUNT_WORDS = "    return count_words(item.name)\n"
PUT_BODY = "    item = await find_item(db, item_id)\n    item.name = data.name\n"
GET_DB = "    async with sessions() as session, session.begin():\n        yield session\n"


class Fault(NamedTuple):
    """One fault."""

    name: str
    check: str
    routes: tuple[str, ...]
    """Where it is found; an empty name is the app."""
    line: str
    """What stands in the line that the finding names; empty when it names none."""
    changes: tuple[tuple[str, str], ...]


def _in_get_item(name: str, check: str, body: str, line: str, *more: tuple[str, str]) -> Fault:
    """A fault in the body of `GET /items/{item_id}`."""
    text = '    """Read an item."""\n' + "".join(f"    {one}\n" for one in body.splitlines())
    return Fault(name, check, ("GET /api/v1/items/{item_id}",), line, ((GET_ITEM, text), *more))


def _in_words(name: str, check: str, body: str, line: str, *more: tuple[str, str]) -> Fault:
    """A fault in the body of `GET /items/{item_id}/words`."""
    text = "".join(f"    {one}\n" for one in body.splitlines())
    return Fault(name, check, ("GET /api/v1/items/{item_id}/words",), line, ((COUNT_WORDS, text), *more))


ITEM, ITEMS = "/api/v1/items/{item_id}", "/api/v1/items"
FAULTS = [
    # C1
    Fault(
        "verb-alone", "C1.verb-in-path", (f"GET {ITEMS}/get",), "async def get_cheapest", (('"/cheapest"', '"/get"'),)
    ),
    Fault(
        "verb-and-thing",
        "C1.verb-in-path",
        ("POST /api/v1/items/create-item",),
        "async def create_item",
        (('@items.post("",', '@items.post("/create-item",'),),
    ),
    Fault(
        "verb-in-camel-case",
        "C1.verb-in-path",
        (f"GET {ITEMS}/fetchCheapest",),
        "async def get_cheapest",
        (('"/cheapest"', '"/fetchCheapest"'),),
    ),
    Fault(
        "update-as-a-deed",
        "C1.verb-in-path",
        (f"PUT {ITEM}/update",),
        "async def put_item",
        (('@items.put("/{item_id}"', '@items.put("/{item_id}/update"'),),
    ),
    Fault(
        "get-deletes",
        "C1.method-and-meaning",
        (f"GET {ITEM}/gone",),
        "async def delete_item",
        (('@items.delete("/{item_id}", status_code=204,', '@items.get("/{item_id}/gone", status_code=204,'),),
    ),
    Fault(
        "post-deletes",
        "C1.method-and-meaning",
        (f"POST {ITEM}/gone",),
        "async def delete_item",
        (('@items.delete("/{item_id}", status_code=204,', '@items.post("/{item_id}/gone", status_code=204,'),),
    ),
    Fault(
        "body-in-get",
        "C1.body-in-get",
        (f"GET {ITEMS}",),
        "async def list_items",
        (("wanted: Annotated[Filter, Query()]", "wanted: Filter"),),
    ),
    # C2
    Fault(
        "post-200",
        "C2.post-created-200",
        (f"POST {ITEMS}",),
        "async def create_item",
        ((CREATE, CREATE.replace("status_code=201, ", "")),),
    ),
    Fault(
        "post-200-by-what-it-adds",
        "C2.post-created-200",
        (f"POST {ITEMS}",),
        "async def post_item",
        ((CREATE, CREATE.replace("status_code=201, ", "")), ("async def create_item(", "async def post_item(")),
    ),
    Fault(
        "delete-200-with-body",
        "C2.delete-200-untyped",
        (f"DELETE {ITEM}",),
        "async def delete_item",
        (
            (DELETE, DELETE.replace("status_code=204, ", "").replace(" -> None", "")),
            (
                "    await db.delete(await find_item(db, item_id))\n",
                '    await db.delete(await find_item(db, item_id))\n    return {"message": "deleted"}\n',
            ),
        ),
    ),
    Fault(
        "delete-200-null",
        "C2.delete-200-untyped",
        (f"DELETE {ITEM}",),
        "async def delete_item",
        ((DELETE, DELETE.replace("status_code=204, ", "")),),
    ),
    Fault(
        "get-201",
        "C2.created-nothing",
        (f"GET {ITEMS}/cheapest",),
        "async def get_cheapest",
        (('"/cheapest", ', '"/cheapest", status_code=201, '),),
    ),
    _in_words(
        "error-as-200",
        "C2.error-as-200",
        'if not item.name:\n    return {"error": "This item has no name."}\nreturn Words(number=1)',
        '{"error": "This item has no name."}',
        ("async def get_words(item_id: int, db: Db) -> int:", "async def get_words(item_id: int, db: Db) -> Words:"),
        ("class Filter(", 'class Words(BaseModel):\n    """Words."""\n\n    number: int = 0\n\n\nclass Filter('),
    ),
    _in_words(
        "success-false",
        "C2.error-as-200",
        'if not item.name:\n    return {"success": False}\nreturn Words(number=1)',
        '{"success": False}',
        ("async def get_words(item_id: int, db: Db) -> int:", "async def get_words(item_id: int, db: Db) -> Words:"),
        ("class Filter(", 'class Words(BaseModel):\n    """Words."""\n\n    number: int = 0\n\n\nclass Filter('),
    ),
    _in_words(
        "status-in-tuple",
        "C2.status-in-tuple",
        'if not item.name:\n    return {"number": 0}, 404\nreturn 1',
        '{"number": 0}, 404',
    ),
    _in_words(
        "success-raised",
        "C2.success-raised",
        "if not item.name:\n    raise HTTPException(204)\nreturn 1",
        "HTTPException(204)",
    ),
    Fault(
        "null-for-missing",
        "C2.null-for-missing",
        (f"GET {ITEM}",),
        "async def get_item",
        (
            (
                '@items.get("/{item_id}", response_model=ItemPublic,',
                '@items.get("/{item_id}", response_model=ItemPublic | None,',
            ),
            (GET_ITEM, GET_ITEM.replace("await find_item(db, item_id)", "await db.get(Row, item_id)")),
            ('db: Db) -> Row:\n    """Read an item', 'db: Db) -> Row | None:\n    """Read an item'),
        ),
    ),
    Fault(
        "the-document-says-422",
        "C2.documented-422",
        ("POST /api/v1/token",),
        "async def post_token",
        (
            ('return problem(422, "VALIDATION', 'return problem(400, "VALIDATION'),
            ('tags=["auth"], responses=bad(422)', 'tags=["auth"], responses=bad(400)'),
        ),
    ),
    # C3
    Fault(
        "body-dict",
        "C3.body-untyped",
        (f"PUT {ITEM}",),
        "async def put_item",
        (
            ("data: ItemCreate, db: Db) -> Row", "data: dict, db: Db) -> Row"),
            ("item.name = data.name", 'item.name = data["name"]'),
        ),
    ),
    Fault(
        "body-dict-of-any",
        "C3.body-untyped",
        (f"PUT {ITEM}",),
        "async def put_item",
        (
            ("data: ItemCreate, db: Db) -> Row", "data: dict[str, Any], db: Db) -> Row"),
            ("item.name = data.name", 'item.name = data["name"]'),
        ),
    ),
    Fault(
        "body-list-of-dicts",
        "C3.body-untyped",
        (f"PUT {ITEM}",),
        "async def put_item",
        (
            ("data: ItemCreate, db: Db) -> Row", "data: list[dict[str, Any]], db: Db) -> Row"),
            ("item.name = data.name", 'item.name = data[0]["name"]'),
        ),
    ),
    Fault(
        "body-by-hand",
        "C3.request-by-hand",
        (f"PUT {ITEM}",),
        "data = await request.json()",
        (
            ('data: ItemCreate, db: Db) -> Row:\n    """Replace', 'request: Request, db: Db) -> Row:\n    """Replace'),
            (
                PUT_BODY,
                '    item = await find_item(db, item_id)\n    data = await request.json()\n    item.name = data["name"]\n',
            ),
        ),
    ),
    _in_words(
        "query-by-hand",
        "C3.request-by-hand",
        'return len(item.name[: int(request.query_params["most"])])',
        'request.query_params["most"]',
        (WORDS, "async def get_words(item_id: int, db: Db, request: Request) -> int:\n"),
    ),
    Fault(
        "parameter-without-type",
        "C3.untyped-parameter",
        (f"GET {ITEM}",),
        "async def get_item",
        (("async def get_item(item_id: int,", "async def get_item(item_id,"),),
    ),
    Fault(
        "path-parameter-that-nobody-takes",
        "C3.unread-path-parameter",
        (f"GET {ITEM}",),
        "async def get_item",
        ((GET_ITEM_HEAD, "async def get_item(db: Db) -> Row:\n"), (GET_ITEM, GET_ITEM.replace("item_id", "1"))),
    ),
    Fault(
        "password-in-query",
        "C3.secret-in-query",
        ("POST /api/v1/token",),
        "async def post_token",
        (
            ("async def post_token(login: Login)", "async def post_token(username: str, password: str)"),
            ("{login.username}", "{username}"),
        ),
    ),
    # C4
    Fault(
        "no-response-model",
        "C4.no-response-model",
        (f"GET {ITEM}/words",),
        "async def get_words",
        ((WORDS, WORDS.replace(" -> int", "")),),
    ),
    Fault(
        "no-response-model-for-a-dict",
        "C4.no-response-model",
        (f"GET {ITEM}/words",),
        "async def get_words",
        (
            (WORDS, WORDS.replace(" -> int", "")),
            (COUNT_WORDS, '    found = {"number": count_words(item.name)}\n    return found\n'),
        ),
    ),
    Fault(
        "response-any",
        "C4.no-response-model",
        (f"GET {ITEM}/words",),
        "async def get_words",
        ((WORDS, WORDS.replace(" -> int", " -> Any")),),
    ),
    Fault(
        "response-dict",
        "C4.untyped-response",
        (f"GET {ITEM}/words",),
        "async def get_words",
        (
            (WORDS, WORDS.replace(" -> int", " -> dict")),
            (COUNT_WORDS, '    return {"number": count_words(item.name)}\n'),
        ),
    ),
    Fault(
        "response-dict-of-any",
        "C4.untyped-response",
        (f"GET {ITEMS}",),
        "async def list_items",
        (("response_model=list[ItemPublic]", "response_model=list[dict[str, Any]]"),),
    ),
    Fault(
        "password-hash-in-response",
        "C4.secret-in-response",
        (f"GET {ITEMS}/cheapest",),
        "async def get_cheapest",
        (
            (
                "class Login(",
                'class ItemWithOwner(ItemPublic):\n    """An item."""\n\n    password_hash: str | None = None\n\n\nclass Login(',
            ),
            ("db: Db) -> ItemPublic:", "db: Db) -> ItemWithOwner:"),
            ("return ItemPublic(id=item.id", "return ItemWithOwner(id=item.id"),
        ),
    ),
    Fault(
        "token-key-inside",
        "C4.secret-in-response",
        (f"GET {ITEMS}/cheapest",),
        "async def get_cheapest",
        (
            (
                "class Login(",
                'class Owner(BaseModel):\n    """Who has it."""\n\n    token_key: str\n\n\nclass Owned(ItemPublic):\n    """An item."""\n\n    owners: list[Owner] = []\n\n\nclass Login(',
            ),
            ("db: Db) -> ItemPublic:", "db: Db) -> Owned:"),
            ("return ItemPublic(id=item.id", "return Owned(id=item.id"),
        ),
    ),
    # C5
    _in_words(
        "session-of-the-module",
        "C5.global-connection",
        "async with sessions() as other:\n    return len((await other.scalars(select(Row))).all())",
        "async with sessions() as other",
    ),
    _in_words(
        "engine-of-the-module",
        "C5.global-connection",
        "async with engine.connect() as connection:\n    return len((await connection.execute(select(Row))).all())",
        "async with engine.connect()",
    ),
    _in_words(
        "list-of-the-module", "C5.global-mutable", "SEEN.append(item_id)\nreturn len(SEEN)", "SEEN.append(item_id)"
    ),
    _in_words(
        "dict-of-the-module",
        "C5.global-mutable",
        'PRICES["large"] = item_id\nreturn 1',
        'PRICES["large"] = item_id',
        ('find_item(db, PRICES["small"])', "find_item(db, 1)"),
    ),
    _in_words(
        "counter-of-the-module",
        "C5.global-mutable",
        "global requests\nrequests += 1\nreturn requests",
        "async def get_words",
        ("SEEN: list[int] = []", "SEEN: list[int] = []\nrequests = 0"),
    ),
    Fault(
        "dict-that-a-helper-changes",
        "C5.global-mutable",
        (f"GET {ITEMS}/cheapest",),
        'find_item(db, PRICES["small"])',
        (("    return len(text.split())\n", '    PRICES["words"] = len(text.split())\n    return 1\n'),),
    ),
    _in_words(
        "dependency-by-hand",
        "C5.dependency-by-hand",
        "async for other in get_db():\n    return len((await other.scalars(select(Row))).all())\nreturn 0",
        "async for other in get_db()",
    ),
    Fault(
        "two-scopes",
        "C5.mixed-scope",
        (f"GET {ITEM}/words",),
        "async def get_words",
        ((WORDS, "async def get_words(item_id: int, db: Annotated[AsyncSession, Depends(get_db)]) -> int:\n"),),
    ),
    Fault(
        "cleanup-without-finally",
        "C5.cleanup-skipped",
        (f"GET {ITEMS}",),
        "await session.close()",
        (
            (
                GET_DB,
                "    session = sessions()\n    yield session\n    await session.commit()\n    await session.close()\n",
            ),
        ),
    ),
    # C6
    Fault(
        "no-validation-handler",
        "C6.no-validation-handler",
        ("",),
        "app = FastAPI(",
        ((HANDLERS, HANDLERS.replace("        RequestValidationError: on_invalid,\n", "")),),
    ),
    Fault(
        "no-handler-for-the-rest",
        "C6.no-exception-handler",
        ("",),
        "app = FastAPI(",
        ((HANDLERS, HANDLERS.replace("        Exception: on_unexpected,\n", "")),),
    ),
    Fault(
        "half-a-handler",
        "C6.half-a-handler",
        ("",),
        "async def on_http",
        ((HANDLERS, HANDLERS.replace("StarletteHTTPException:", "HTTPException:")),),
    ),
    Fault(
        "errors-sent-as-they-are",
        "C6.validation-handler-crashes",
        ("",),
        '"errors": error.errors()',
        (
            (
                '    return problem(422, "VALIDATION_FAILED", ", ".join(str(one["loc"]) for one in error.errors()))',
                '    return JSONResponse({"detail": "Not valid.", "errors": error.errors()}, 422)',
            ),
        ),
    ),
    Fault(
        "404-of-a-helper",
        "C6.undocumented-status",
        (f"GET {ITEM}",),
        'raise HTTPException(404, "There is no such item.")',
        (
            (
                '@items.get("/{item_id}", response_model=ItemPublic, responses=bad(404))',
                '@items.get("/{item_id}", response_model=ItemPublic)',
            ),
        ),
    ),
    _in_words(
        "403-of-the-handler",
        "C6.undocumented-status",
        "if item_id > 9:\n    raise HTTPException(status_code=403)\nreturn 1",
        "HTTPException(status_code=403)",
    ),
    _in_words(
        "409-by-its-name",
        "C6.undocumented-status",
        "if item_id > 9:\n    raise HTTPException(status.HTTP_409_CONFLICT)\nreturn 1",
        "status.HTTP_409_CONFLICT",
        ("from fastapi import APIRouter, BackgroundTasks,", "from fastapi import status, APIRouter, BackgroundTasks,"),
    ),
    Fault(
        "401-of-a-dependency",
        "C6.undocumented-status",
        (
            f"GET {ITEM}",
            f"GET {ITEM}/words",
            f"GET {ITEMS}",
            f"GET {ITEMS}/cheapest",
            f"POST {ITEMS}",
            f"PUT {ITEM}",
            f"DELETE {ITEM}",
        ),
        "raise HTTPException(401,",
        (("responses=bad(401, 422)", "responses=bad(422)"),),
    ),
    _in_words(
        "404-that-becomes-500",
        "C6.error-masked",
        'try:\n    if not item.name:\n        raise HTTPException(404, "No name.")\n    return 1\nexcept Exception as error:\n    raise HTTPException(500, "It failed.") from error',
        'raise HTTPException(404, "No name.")',
    ),
    _in_words(
        "text-of-an-exception",
        "C6.detail-leaks",
        "try:\n    return count_words(item.name)\nexcept Exception as error:\n    raise HTTPException(500, str(error)) from error",
        "HTTPException(500, str(error))",
    ),
    Fault(
        "text-of-an-exception-for-all",
        "C6.detail-leaks",
        ("",),
        "JSONResponse",
        (
            (
                '    return problem(500, "INTERNAL_ERROR", "Something went wrong on our side.")',
                '    return JSONResponse({"detail": f"Failed: {error}"}, 500)',
            ),
        ),
    ),
    Fault(
        "swallowed",
        "C6.swallowed-in-dependency",
        (f"GET {ITEMS}",),
        "except Exception:",
        (
            (
                GET_DB,
                "    async with sessions() as session:\n        try:\n            yield session\n            await session.commit()\n"
                "        except Exception:\n            await session.rollback()\n",
            ),
        ),
    ),
    Fault(
        "unguarded-write",
        "C6.unguarded-write",
        (f"DELETE {ITEM}",),
        "async def delete_item",
        (
            (
                '@items.delete("/{item_id}", status_code=204, responses=bad(404))',
                '@open_items.delete("/{item_id}", status_code=204, responses=bad(404, 422))',
            ),
            ("auth = APIRouter(", 'open_items = APIRouter(prefix="/items", tags=["items"])\nauth = APIRouter('),
            ("api.include_router(auth)", "api.include_router(auth)\napi.include_router(open_items)"),
        ),
    ),
    # C7
    _in_words("sleep", "C7.blocking-call", "time.sleep(1)\nreturn 1", "time.sleep(1)"),
    _in_words(
        "open", "C7.blocking-call", 'with open("words.txt") as file:\n    return len(file.read())', 'open("words.txt")'
    ),
    _in_words(
        "httpx-without-await",
        "C7.blocking-call",
        'return httpx.get("http://127.0.0.1/").status_code',
        "httpx.get(",
        ("import logging", "import logging\n\nimport httpx"),
    ),
    _in_words(
        "subprocess",
        "C7.blocking-call",
        'return subprocess.run(["true"], check=False).returncode',
        "subprocess.run(",
        ("import logging", "import logging\nimport subprocess"),
    ),
    _in_words("sqlite", "C7.blocking-call", 'return sqlite3.connect("shop.db").total_changes', "sqlite3.connect("),
    Fault(
        "one-call-deeper",
        "C7.blocking-call",
        (f"GET {ITEM}/words",),
        "time.sleep(1)",
        (("    return len(text.split())\n", "    time.sleep(1)\n    return len(text.split())\n"),),
    ),
    Fault(
        "one-call-deeper-in-a-coroutine",
        "C7.blocking-call",
        (f"GET {ITEMS}/cheapest",),
        "time.sleep(1)",
        (("    item = await db.get(Row, item_id)\n", "    time.sleep(1)\n    item = await db.get(Row, item_id)\n"),),
    ),
    Fault(
        "in-a-dependency",
        "C7.blocking-call",
        (f"GET {ITEMS}",),
        "time.sleep(1)",
        (('    if not token.startswith("user-"):', '    time.sleep(1)\n    if not token.startswith("user-"):'),),
    ),
    Fault(
        "session-that-blocks",
        "C7.blocking-call",
        (f"GET {ITEM}/words",),
        "db.scalars(",
        (
            (WORDS, "async def get_words(item_id: int, db: Annotated[Session, Depends(get_blocking_db)]) -> int:\n"),
            (
                "    item = await find_item(db, item_id)\n    return count_words(item.name)\n",
                "    return len(db.scalars(select(Row.id)).all())\n",
            ),
            (
                "async def get_user(",
                'def get_blocking_db() -> Session:\n    """Give a session."""\n    return Session()\n\n\nasync def get_user(',
            ),
        ),
    ),
    Fault(
        "query-that-blocks",
        "C7.blocking-call",
        (f"GET {ITEM}/words",),
        "db.query(Row)",
        (
            (WORDS, "async def get_words(item_id: int, db: Annotated[Session, Depends(get_blocking_db)]) -> int:\n"),
            (
                "    item = await find_item(db, item_id)\n    return count_words(item.name)\n",
                "    item = db.query(Row).filter(Row.id == item_id).first()\n    return len(item.name) if item else 0\n",
            ),
            (
                "async def get_user(",
                'def get_blocking_db() -> Session:\n    """Give a session."""\n    return Session()\n\n\nasync def get_user(',
            ),
        ),
    ),
    _in_words("never-awaited", "C7.never-awaited", "tell(item_id)\nreturn 1", "tell(item_id)"),
    _in_words("flush-never-awaited", "C7.never-awaited", "db.flush()\nreturn 1", "db.flush()"),
    _in_words("asyncio-run", "C7.run-in-loop", "asyncio.run(tell(item_id))\nreturn 1", "asyncio.run("),
    _in_words("lost-task", "C7.lost-task", "asyncio.create_task(tell(item_id))\nreturn 1", "asyncio.create_task("),
    # C8
    Fault(
        "on-the-app",
        "C8.on-the-app",
        ("GET /api/v1/prices",),
        "async def get_prices",
        (
            (
                "_used_by_faults",
                '@app.get("/api/v1/prices", tags=["prices"])\nasync def get_prices() -> dict[str, int]:\n    """Read the prices."""\n    return PRICES\n\n\n_used_by_faults',
            ),
        ),
    ),
    Fault(
        "in-the-wrong-router",
        "C8.wrong-router",
        ("GET /api/v1/users/me",),
        "async def get_me",
        (
            ('prefix="/items", ', ""),
            *((f'@items.{method}("', f'@items.{method}("/items') for method in ("get", "post", "put", "delete")),
            (
                "api = APIRouter(",
                'users = APIRouter(prefix="/users", tags=["users"], responses=bad(422))\n\n\n'
                '@items.get("/users/me")\nasync def get_me() -> ItemPublic:\n    """Read me."""\n    return ItemPublic(id=1, name="a")\n\n\n'
                '@users.get("/{user_id}")\nasync def one_user(user_id: int) -> ItemPublic:\n    """Read a user."""\n    return ItemPublic(id=user_id, name="a")\n\n\n'
                '@users.get("")\nasync def all_users() -> list[ItemPublic]:\n    """Read the users."""\n    return []\n\n\n'
                "api = APIRouter(",
            ),
            ("api.include_router(auth)", "api.include_router(auth)\napi.include_router(users)"),
        ),
    ),
    Fault(
        "never-reached",
        "C8.never-reached",
        (f"GET {ITEMS}/dearest",),
        "async def get_dearest",
        (
            (
                "api = APIRouter(",
                '@items.get("/dearest")\nasync def get_dearest() -> ItemPublic:\n    """Read one."""\n    return ItemPublic(id=1, name="a")\n\n\napi = APIRouter(',
            ),
        ),
    ),
    Fault(
        "no-tags",
        "C8.no-tags",
        ("POST /api/v1/token",),
        "async def post_token",
        (('prefix="/token", tags=["auth"]', 'prefix="/token"'),),
    ),
    # C9
    Fault("no-purpose", "C9.no-purpose", (f"GET {ITEM}",), "async def get_item", (('    """Read an item."""\n', ""),)),
    Fault(
        "placeholder",
        "C9.placeholder",
        (f"GET {ITEM}",),
        "async def get_item",
        (('"""Read an item."""', '"""TODO"""'),),
    ),
    Fault(
        "operation-id-twice",
        "C9.operation-id-twice",
        (f"GET {ITEM}",),
        "async def get_item",
        (
            ('"/cheapest", ', '"/cheapest", operation_id="read", '),
            ('@items.get("/{item_id}", ', '@items.get("/{item_id}", operation_id="read", '),
        ),
    ),
    # C10
    Fault(
        "another-error-model",
        "C10.error-model",
        (f"GET {ITEMS}/cheapest",),
        "async def get_cheapest",
        (('"/cheapest", responses=bad(404)', '"/cheapest", responses={404: {"model": Token}}'),),
    ),
    Fault(
        "outside-the-prefix",
        "C10.prefix",
        ("POST /token",),
        "async def post_token",
        (
            ("api.include_router(auth)", ""),
            ("app.include_router(api)", "app.include_router(api)\napp.include_router(auth)"),
        ),
    ),
    Fault(
        "slash-at-the-end",
        "C10.trailing-slash",
        (f"GET {ITEMS}/cheapest/",),
        "async def get_cheapest",
        (('"/cheapest"', '"/cheapest/"'),),
    ),
]
