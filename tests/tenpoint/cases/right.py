"""Other right ways to write shop.py, in which the review must find nothing: what is changed, or added before the routers meet."""

from tests.tenpoint.cases.faults import CREATE, DELETE, GET_DB, HANDLERS, WORDS

_END = "api = APIRouter("


def _route(decorator: str, function: str) -> tuple[tuple[str, str], ...]:
    """One more route."""
    return ((_END, f"{decorator}\n{function}\n\n\n{_END}"),)


RIGHT: dict[str, tuple[tuple[str, str], ...]] = {
    # C1
    "a noun that could be a deed": _route(
        '@items.get("/{item_id}/update-status", responses=bad(404))',
        'async def get_update_status(item_id: int) -> dict[str, str]:\n    """Read how an update goes."""\n    return {"status": "done"}',
    ),
    "a resource that is a request": _route(
        '@items.post("/{item_id}/delete-requests", status_code=201)',
        'async def request_deletion(item_id: int) -> ItemPublic:\n    """Ask for a deletion."""\n    return ItemPublic(id=item_id, name="a")',
    ),
    "a name in a path": (('"/cheapest"', '"/get-started"'),),
    "a get that works something out": _route(
        '@items.get("/{item_id}/summary")',
        'async def create_summary(item_id: int, db: Db) -> str:\n    """Sum up."""\n    return await create_text(db, item_id)\n\n\n'
        'async def create_text(db: AsyncSession, item_id: int) -> str:\n    """Make the text."""\n    return str(item_id)',
    ),
    "a get that removes something from a picture": _route(
        '@items.get("/{item_id}/clean")',
        'async def remove_background(item_id: int) -> str:\n    """Read it without its background."""\n    return remove_noise("a")\n\n\n'
        'def remove_noise(text: str) -> str:\n    """Clean."""\n    return text',
    ),
    # C2
    "a token is created and answered 200": (
        ("async def post_token(login: Login)", "async def create_token(login: Login)"),
    ),
    "a search by POST": _route(
        '@items.post("/search")',
        'async def search_items(wanted: Filter, db: Db) -> list[ItemPublic]:\n    """Search."""\n    return []',
    ),
    "accepted for later": ((CREATE, CREATE.replace("201", "202")),),
    "201 by the response parameter": (
        (CREATE, CREATE.replace("status_code=201, ", "")),
        ('    response.headers["Location"]', '    response.status_code = 201\n    response.headers["Location"]'),
    ),
    "delete with a typed body": (
        (DELETE, DELETE.replace("status_code=204, ", "").replace("-> None", "-> ItemPublic")),
        (
            "    await db.delete(await find_item(db, item_id))\n",
            "    item = await find_item(db, item_id)\n    await db.delete(item)\n    return ItemPublic(id=item.id, name=item.name)\n",
        ),
    ),
    "delete with a Response": (
        (DELETE, DELETE.replace("status_code=204, ", "").replace("-> None", "-> Response")),
        (
            "    await db.delete(await find_item(db, item_id))\n",
            "    await db.delete(await find_item(db, item_id))\n    return Response(status_code=204)\n",
        ),
    ),
    "json rpc": _route(
        '@items.post("/rpc")',
        'async def rpc(call: ItemCreate) -> dict[str, str]:\n    """Call."""\n    return {"jsonrpc": "2.0", "error": "No such method."}',
    ),
    "a redirect that is raised": _route(
        '@items.get("/{item_id}/old", responses={307: {"description": "Elsewhere."}})',
        'async def get_old(item_id: int) -> ItemPublic:\n    """Go elsewhere."""\n    raise HTTPException(307, headers={"Location": "/"})',
    ),
    "a list that may be empty": _route(
        '@items.get("/{item_id}/parts")',
        'async def list_parts(item_id: int) -> list[ItemPublic] | None:\n    """Read its parts."""\n    return None',
    ),
    # C3
    "a body of numbers": _route(
        '@items.put("/{item_id}/sizes")',
        'async def put_sizes(item_id: int, sizes: dict[str, int]) -> dict[str, int]:\n    """Replace the sizes."""\n    return sizes',
    ),
    "the path parameter is the dependency's": (
        (
            "async def get_item(item_id: int, db: Db) -> Row:",
            "async def get_item(item: Annotated[Row, Depends(the_item)]) -> Row:",
        ),
        (
            '    """Read an item."""\n    return await find_item(db, item_id)\n',
            '    """Read an item."""\n    return item\n',
        ),
        (
            "items = APIRouter(",
            'async def the_item(item_id: int, db: Db) -> Row:\n    """Give the item of the path."""\n    return await find_item(db, item_id)\n\n\nitems = APIRouter(',
        ),
    ),
    "a path parameter with an alias": (
        (
            "async def get_item(item_id: int, db: Db) -> Row:",
            'async def get_item(id_: Annotated[int, Path(alias="item_id")], db: Db) -> Row:',
        ),
        (
            '    """Read an item."""\n    return await find_item(db, item_id)',
            '    """Read an item."""\n    return await find_item(db, id_)',
        ),
        ("from fastapi import APIRouter,", "from fastapi import Path, APIRouter,"),
    ),
    "a signature over the raw body": _route(
        '@items.post("/hooks", status_code=204)',
        'async def take_hook(request: Request) -> None:\n    """Take a message of another service."""\n    assert hash(await request.body())',
    ),
    "a body by hand into a model": _route(
        '@items.post("/hooks", status_code=204)',
        'async def take_hook(request: Request) -> None:\n    """Take a message of another service."""\n    data = await request.json()\n    ItemCreate.model_validate(data["item"])',
    ),
    "a form with a password": (
        ("async def post_token(login: Login)", "async def post_token(login: Annotated[Login, Form()])"),
        ("from fastapi import APIRouter,", "from fastapi import Form, APIRouter,"),
    ),
    "a date in the query that is no password": _route(
        '@items.get("/{item_id}/users")',
        'async def list_users(item_id: int, password_older_than: bool = False) -> list[int]:\n    """Read who has it."""\n    return []',
    ),
    # C4
    "a page": (
        *_route(
            '@items.get("/{item_id}/page", response_class=HTMLResponse)',
            'async def get_page(item_id: int):\n    """Read it as a page."""\n    return "<p>item</p>"',
        ),
        ("import JSONResponse", "import HTMLResponse, JSONResponse"),
    ),
    "a Response by its type": _route(
        '@items.get("/{item_id}/picture")',
        'async def get_picture(item_id: int) -> Response:\n    """Read its picture."""\n    return Response(b"", media_type="image/png")',
    ),
    "a Response without a type": (
        *_route(
            '@items.get("/{item_id}/file")',
            'async def get_file(item_id: int):\n    """Read its file."""\n    answer = FileResponse("a.txt")\n    return answer',
        ),
        ("import JSONResponse", "import FileResponse, JSONResponse"),
    ),
    "a stream": (
        *_route(
            '@items.get("/{item_id}/stream")',
            'async def get_stream(item_id: int) -> StreamingResponse:\n    """Read it in pieces."""\n    return StreamingResponse(iter([b"a"]))',
        ),
        ("import JSONResponse", "import StreamingResponse, JSONResponse"),
    ),
    "JSON lines": (
        *_route(
            '@items.get("/export")',
            'async def export_items(db: Db) -> AsyncIterator[ItemPublic]:\n    """Read all."""\n    yield ItemPublic(id=1, name="a")',
        ),
        ('@items.get("/{item_id}", response', '@items.get("/{item_id:int}", response'),
    ),
    "server-sent events": (
        *_route(
            '@items.get("/{item_id}/events", response_class=EventSourceResponse)',
            'async def get_events(item_id: int) -> AsyncIterator[ItemPublic]:\n    """Read what happens."""\n    yield ItemPublic(id=1, name="a")',
        ),
        ("from fastapi.security", "from fastapi.sse import EventSourceResponse\nfrom fastapi.security"),
    ),
    "a redirect": (
        *_route(
            '@items.get("/{item_id}/home", status_code=307, response_class=RedirectResponse)',
            'async def get_home(item_id: int):\n    """Go to its home."""\n    return "/"',
        ),
        ("import JSONResponse", "import RedirectResponse, JSONResponse"),
    ),
    "a documented model of a Response": _route(
        '@items.get("/{item_id}/raw", responses={200: {"model": ItemPublic}})',
        'async def get_raw(item_id: int):\n    """Read it raw."""\n    return {"id": 1, "name": "a"}',
    ),
    "stars, a flag, and fields that stay": (
        (
            "class Login(",
            'class Account(ItemPublic):\n    """An item."""\n\n    password: SecretStr = SecretStr("x")\n    has_password: bool = True\n'
            '    password_hash: str = Field("", exclude=True)\n    secret_key: str = ""\n\n\nclass Login(',
        ),
        ("async def get_cheapest(db: Db) -> ItemPublic:", "async def get_cheapest(db: Db) -> Account:"),
        ('"/cheapest", ', '"/cheapest", response_model_exclude={"secret_key"}, '),
        ("return ItemPublic(id=item.id", "return Account(id=item.id"),
    ),
    "a secret that is shown once": (
        *_route(
            '@items.post("/{item_id}/keys", status_code=201)',
            'async def post_key(item_id: int) -> Key:\n    """Make a key."""\n    return Key(client_id="a", client_secret="b")\n',
        ),
        (
            "class Login(",
            'class Key(BaseModel):\n    """A key."""\n\n    client_id: str\n    client_secret: str\n\n\nclass Login(',
        ),
    ),
    # C5
    "a task is kept": (
        (
            "    background.add_task(tell, item.id)\n",
            "    task = asyncio.create_task(tell(item.id))\n    TASKS.add(task)\n    task.add_done_callback(TASKS.discard)\n",
        ),
        ("SEEN: list[int] = []", "SEEN: list[int] = []\nTASKS: set[asyncio.Task[None]] = set()"),
    ),
    "what the lifespan opened": (
        (GET_DB, "    async with request.app.state.sessions() as session, session.begin():\n        yield session\n"),
        ("async def get_db()", "async def get_db(request: Request)"),
    ),
    "settings that are read by hand": (
        (
            "async def get_health() -> dict[str, str]:\n",
            "async def get_health(settings: Annotated[dict[str, str], Depends(get_settings)]) -> dict[str, str]:\n",
        ),
        ('    return {"status": "ok"}\n', "    return get_settings()\n"),
        (
            "def count_words",
            'def get_settings() -> dict[str, str]:\n    """Give the settings."""\n    return {"status": "ok"}\n\n\ndef count_words',
        ),
    ),
    "one scope here and another there": (
        (
            "async def get_health() -> dict[str, str]:\n",
            "async def get_health(db: Annotated[AsyncSession, Depends(get_db)]) -> dict[str, str]:\n",
        ),
    ),
    "try and finally": (
        (
            GET_DB,
            "    session = sessions()\n    try:\n        yield session\n        await session.commit()\n    finally:\n        await session.close()\n",
        ),
    ),
    "rolled back and raised again": (
        (
            GET_DB,
            "    async with sessions() as session:\n        try:\n            yield session\n            await session.commit()\n"
            "        except Exception:\n            await session.rollback()\n            raise\n",
        ),
    ),
    "translated into another error": (
        ("responses=bad(401, 422)", "responses=bad(401, 409, 422)"),
        (
            GET_DB,
            "    async with sessions() as session:\n        try:\n            yield session\n            await session.commit()\n"
            "        except ValueError as error:\n            raise HTTPException(409) from error\n",
        ),
    ),
    # C6
    "default stands for all errors": (
        ("responses=bad(401, 422)", 'responses={"default": {"model": Problem}}'),
        (
            '@items.get("/{item_id}", response_model=ItemPublic, responses=bad(404))',
            '@items.get("/{item_id}", response_model=ItemPublic)',
        ),
    ),
    "a middleware answers for what nobody expected": (
        (HANDLERS, HANDLERS.replace("        Exception: on_unexpected,\n", "")),
        (
            "_used_by_faults",
            '@app.middleware("http")\nasync def last_resort(request: Request, call_next: Any) -> Response:\n    """Answer for everything."""\n'
            "    try:\n        return await call_next(request)\n    except Exception as error:\n        return await on_unexpected(request, error)\n\n\n_used_by_faults",
        ),
    ),
    "a handler by its number": ((HANDLERS, HANDLERS.replace("Exception: on_unexpected", "500: on_unexpected")),),
    "HTTPException first": (
        (
            "    return count_words(item.name)\n",
            "    try:\n        if not item.name:\n            raise HTTPException(404)\n        return count_words(item.name)\n    except HTTPException:\n        raise\n"
            '    except Exception as error:\n        raise HTTPException(500, "It failed.") from error\n',
        ),
    ),
    "the text of one's own error": (
        (
            "    return count_words(item.name)\n",
            "    try:\n        return count_words(item.name)\n    except ValueError as error:\n        raise HTTPException(404, str(error)) from error\n",
        ),
    ),
    "an error that is caught": (
        (
            "    return count_words(item.name)\n",
            "    try:\n        other = await find_item(db, 7)\n    except HTTPException:\n        return 0\n    return count_words(other.name)\n",
        ),
        ('@items.get("/{item_id}/words", responses=bad(404))', '@items.get("/{item_id}/words")'),
        ("    item = await find_item(db, item_id)\n    try", "    try"),
    ),
    "an error that a flag turns on": (
        ('@items.get("/{item_id}/words", responses=bad(404))', '@items.get("/{item_id}/words")'),
        (
            "async def find_item(db: AsyncSession, item_id: int) -> Row:",
            "async def find_item(db: AsyncSession, item_id: int, strict: bool = True) -> Row:",
        ),
        (
            '        raise HTTPException(404, "There is no such item.")\n',
            '        if strict:\n            raise HTTPException(404, "There is no such item.")\n        return Row(name="")\n',
        ),
    ),
    "anybody may join": _route(
        '@auth.post("/items", status_code=204)',
        'async def join(data: ItemCreate) -> None:\n    """Join."""',
    ),
    "a guard of its own": (
        (
            '@items.delete("/{item_id}", status_code=204, responses=bad(404))',
            '@open_items.delete("/{item_id}", status_code=204, responses=bad(401, 404, 422))',
        ),
        (
            "async def delete_item(item_id: int, db: Db)",
            "async def delete_item(item_id: int, db: Db, _: Annotated[None, Depends(check_key)])",
        ),
        (
            "auth = APIRouter(",
            'async def check_key(request: Request) -> None:\n    """Want a key."""\n    if request.headers.get("X-Key") != "k":\n        raise HTTPException(401)\n\n\n'
            'open_items = APIRouter(prefix="/items", tags=["items"])\nauth = APIRouter(',
        ),
        ("api.include_router(auth)", "api.include_router(auth)\napi.include_router(open_items)"),
    ),
    # C7
    "work that waits is in a thread": (
        (WORDS, WORDS),
        (
            "    return count_words(item.name)\n",
            "    await asyncio.to_thread(time.sleep, 0)\n    return await asyncio.to_thread(count_words, item.name)\n",
        ),
        ("    return len(text.split())\n", "    time.sleep(0)\n    return len(text.split())\n"),
    ),
    "a plain def waits": (
        *_route(
            '@items.get("/{item_id}/slow")',
            'def get_slow(item_id: int, db: Annotated[Session, Depends(get_blocking_db)]) -> int:\n    """Wait."""\n    time.sleep(0)\n    return len(db.scalars(select(Row.id)).all())',
        ),
        (
            "def count_words",
            'def get_blocking_db() -> Session:\n    """Give a session."""\n    return Session()\n\n\ndef count_words',
        ),
    ),
    "a background task waits": (
        ("    background.add_task(tell, item.id)\n", "    background.add_task(tell_slowly, item.id)\n"),
        (
            "async def tell(",
            'def tell_slowly(item_id: int) -> None:\n    """Tell in a thread."""\n    time.sleep(0)\n\n\nasync def tell(',
        ),
    ),
    "a function inside waits, elsewhere": (
        (
            "    return count_words(item.name)\n",
            "    def work() -> int:\n        time.sleep(0)\n        return count_words(item.name)\n\n    return await asyncio.to_thread(work)\n",
        ),
    ),
    "a coroutine is awaited later": (
        (
            "    return count_words(item.name)\n",
            "    await asyncio.gather(tell(1), tell(2))\n    return count_words(item.name)\n",
        ),
    ),
    # C8, C9, C10
    "a route that waits for an integer": (
        *_route(
            '@items.get("/dearest")',
            'async def get_dearest() -> ItemPublic:\n    """Read one."""\n    return ItemPublic(id=1, name="a")',
        ),
        ('@items.get("/{item_id}", response', '@items.get("/{item_id:int}", response'),
    ),
    "a summary and no docstring": (
        ('@items.get("/{item_id}", ', '@items.get("/{item_id}", summary="Read an item", '),
        ('    """Read an item."""\n', ""),
    ),
    "a hidden route does what it likes": _route(
        '@items.post("/create-item", include_in_schema=False)', "async def create(data: dict):\n    return data"
    ),
    "another version beside": (
        (
            "app.include_router(api)",
            'app.include_router(api)\nnewer = APIRouter(prefix="/api/v2")\nnewer.include_router(auth)\napp.include_router(newer)',
        ),
    ),
    "a problem with more in it": (
        (
            "class ItemCreate(",
            'class FieldProblem(Problem):\n    """An error with more to say."""\n\n    more: str = ""\n\n\nclass ItemCreate(',
        ),
        ('"/cheapest", responses=bad(404)', '"/cheapest", responses={404: {"model": FieldProblem}}'),
    ),
    "annotations as text": (
        ("import asyncio\nimport logging", "from __future__ import annotations\n\nimport asyncio\nimport logging"),
    ),
    "classes, partials and lambdas as dependencies": (
        (
            "async def get_health() -> dict[str, str]:\n",
            "async def get_health(\n    a: Annotated[Pages, Depends()],\n    b: Annotated[int, Depends(functools.partial(add, 1))],\n"
            "    c: Annotated[int, Depends(lambda: 1)],\n    d: Annotated[None, Depends(Guard())],\n) -> dict[str, str]:\n",
        ),
        ("import asyncio\n", "import asyncio\nimport functools\n"),
        (
            "def count_words",
            'class Pages:\n    """A page."""\n\n    def __init__(self, page: int = 1) -> None:\n        self.page = page\n\n\n'
            'class Guard:\n    """A guard."""\n\n    async def __call__(self, db: Db) -> None:\n        """Let everybody in."""\n\n\n'
            'def add(a: int, b: int = 2) -> int:\n    """Add."""\n    return a + b\n\n\ndef count_words',
        ),
    ),
    "a decorator around the handler": (
        (
            '@items.get("/{item_id}/words", responses=bad(404))\n',
            '@items.get("/{item_id}/words", responses=bad(404))\n@timed\n',
        ),
        (
            "def count_words",
            'def timed(work: Any) -> Any:\n    """Measure."""\n\n    @functools.wraps(work)\n    async def inner(*args: Any, **kwargs: Any) -> Any:\n'
            "        return await work(*args, **kwargs)\n\n    return inner\n\n\ndef count_words",
        ),
        ("import asyncio\n", "import asyncio\nimport functools\n"),
    ),
    "the text of an exception, for developers": (
        (
            '    return problem(500, "INTERNAL_ERROR", "Something went wrong on our side.")',
            '    if app.debug:\n        return JSONResponse({"detail": str(error)}, 500)\n'
            '    return JSONResponse({"detail": repr(error) if app.debug else "Something went wrong."}, 500)',
        ),
    ),
    "a token for a new password, in a link": _route(
        '@auth.get("/{password_reset_token}")',
        'async def check_token(password_reset_token: str) -> bool:\n    """Say whether a link is good."""\n    return True',
    ),
    "a page of a template": (
        *_route(
            '@items.get("/{item_id}/page")',
            'async def get_page(item_id: int, request: Request):\n    """Read it as a page."""\n'
            '    return templates.TemplateResponse(request, "item.html")',
        ),
        ("engine = create", "templates: Any = None\nengine = create"),
    ),
    "two values": _route(
        '@items.get("/{item_id}/size")',
        'async def get_size(item_id: int) -> tuple[dict[str, int], int]:\n    """Read its size."""\n    return {"a": 1}, 200',
    ),
}
