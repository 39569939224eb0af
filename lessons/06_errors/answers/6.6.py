# %% right: a table of refusals
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        refusals = {
            "SQLITE_CONSTRAINT_UNIQUE": Conflict("This item is there already.", "ITEM_EXISTS"),
            "SQLITE_CONSTRAINT_FOREIGNKEY": NotFound(f"No list {list_id}.", "LIST_NOT_FOUND"),
        }
        refusal = refusals.get(reason_of(error))
        raise refusal or error

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% right: match, and the wide class of database errors
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except DBAPIError as error:
        match reason_of(error):
            case "SQLITE_CONSTRAINT_UNIQUE" | "SQLITE_CONSTRAINT_PRIMARYKEY":
                raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
            case "SQLITE_CONSTRAINT_FOREIGNKEY":
                raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
            case _:
                raise

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% right: the list is looked up first, the name is left to the database
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    async with engine.begin() as connection:
        known = await connection.execute(text("SELECT 1 FROM lists WHERE id = :list_id"), row)
        if known.first() is None:
            raise NotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND")
        try:
            await connection.execute(insert, row)
        except IntegrityError as error:
            if "UNIQUE" in reason_of(error):
                raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
            raise

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: only the class is narrower
# says: SQLITE_CONSTRAINT_FOREIGNKEY
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        raise ItemExists("This item is there already.", "ITEM_EXISTS") from error

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: what is not unique must be the list
# says: hears that the list is not there
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
        raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: what is not the list must be unique
# says: hears that the item is there already
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
        raise ItemExists("This item is there already.", "ITEM_EXISTS") from error

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: the two are exchanged
# says: that is no 404
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
        raise

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: the unknown is swallowed
# says: the caller hears 201
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: everything else is our fault, says a 503
# says: coming back later does not help
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
        raise HTTPException(503, "Later.") from error

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: the try is gone
# says: the caller hears 500
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    async with engine.begin() as connection:
        await connection.execute(insert, row)

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: the wide class, and the rest is taken
# says: The developers should notice
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except Exception as error:
        reason = getattr(getattr(error, "orig", None), "sqlite_errorname", "")
        if reason == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
        if reason == "SQLITE_CONSTRAINT_CHECK":
            raise
        raise ItemExists("This item is there already.", "ITEM_EXISTS") from error

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: looks before it leaps, in any list
# says: may stand in another list
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    async with engine.begin() as connection:
        same = await connection.execute(text("SELECT 1 FROM items WHERE name = :name"), row)
        if same.first():
            raise Conflict("This item is there already.", "ITEM_EXISTS")
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
        raise

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: the known lists stand in the code
# says: List 7 exists by now
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    if list_id not in (1, 2):
        raise NotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND")
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
        raise

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: the sentence is the database's
# says: shows the statement
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
            raise Conflict(str(error), "ITEM_EXISTS") from error
        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise NotFound(str(error), "LIST_NOT_FOUND") from error
        raise

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: the unknown gets a new name
# says: `RuntimeError` comes out
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
        raise RuntimeError("Database problem") from error

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: the unknown becomes an HTTPException
# says: `HTTPException` comes out
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
        raise HTTPException(500, str(error)) from error

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: the unknown becomes a domain error
# says: comes out
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
        raise DomainError("Database.", "DATABASE") from error

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: the wide class gets a new name
# says: `RuntimeError` comes out
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
        raise
    except DBAPIError as error:
        raise RuntimeError(str(error)) from error

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: each exception is asked for its reason
# says: The database was locked
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
        raise
    except DBAPIError as error:
        if reason_of(error) == "SQLITE_BUSY":
            raise RuntimeError("Locked") from error
        raise

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: the sentence is the driver's
# says: the words of the driver
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
            raise ItemExists(str(error.orig), "ITEM_EXISTS") from error
        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
        raise

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: the code is forgotten
# says: error_code
# outcome: error
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
            raise ItemExists("ITEM_EXISTS") from error
        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
        raise

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)


# %% wrong: the service speaks HTTP
# says: an `HTTPException` that no handler takes
shopping_tables = (
    "CREATE TABLE lists (id INTEGER PRIMARY KEY)",
    "CREATE TABLE items (list_id INTEGER NOT NULL REFERENCES lists (id), name TEXT NOT NULL,"
    " amount INTEGER CHECK (amount < 100), UNIQUE (list_id, name))",
    "INSERT INTO lists VALUES (1), (2)",
)

insert = text("INSERT INTO items VALUES (:list_id, :name, :amount)")

class ItemExists(Conflict): ...

class ListNotFound(NotFound): ...

def reason_of(error: DBAPIError) -> str:
    return error.orig.sqlite_errorname

async def save_item(engine: AsyncEngine, list_id: int, name: str, amount: int) -> None:
    row = {"list_id": list_id, "name": name, "amount": amount}
    try:
        async with engine.begin() as connection:
            await connection.execute(insert, row)
    except IntegrityError as error:
        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
            raise HTTPException(409, "This item is there already.") from error
        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
        raise

items_router = APIRouter()

@items_router.post("/lists/{list_id}/items", status_code=201)
async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
    await save_item(engine, list_id, name, amount)

items_app = new_app(items_router, exception_handlers=handlers | database_handlers)
