# story: The shopping app adds items to lists.
# story: Mend `save_item`.
# story: `reason_of` gives the `sqlite_errorname`.

# %% right: a table of refusals
# change: stub
-    except Exception as error:
-        raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+    except IntegrityError as error:
+        refusals = {
+            "SQLITE_CONSTRAINT_UNIQUE": ItemExists("This item is there already.", "ITEM_EXISTS"),
+            "SQLITE_CONSTRAINT_FOREIGNKEY": ListNotFound(f"No list {list_id}.", "LIST_NOT_FOUND"),
+        }
+        refusal = refusals.get(reason_of(error))
+        raise refusal or error

# %% right: match, and the wide class of database errors
# change: stub
-    except Exception as error:
-        raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+    except DBAPIError as error:
+        match reason_of(error):
+            case "SQLITE_CONSTRAINT_UNIQUE" | "SQLITE_CONSTRAINT_PRIMARYKEY":
+                raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+            case "SQLITE_CONSTRAINT_FOREIGNKEY":
+                raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
+            case _:
+                raise

# %% wrong: the list is looked up first, the name is left to the database
# says: removed before the item was inserted
# change: stub
-    try:
-        async with engine.begin() as connection:
+    async with engine.begin() as connection:
+        known = await connection.execute(text("SELECT 1 FROM lists WHERE id = :list_id"), row)
+        if known.first() is None:
+            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND")
+        try:
             await connection.execute(insert, row)
-    except Exception as error:
-        raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+        except IntegrityError as error:
+            if "UNIQUE" in reason_of(error):
+                raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+            raise

# %% wrong: only the class is narrower
# breaks: Its users report: "It says *this item is there already* for each list that my partner has removed."
# says: SQLITE_CONSTRAINT_FOREIGNKEY
# change: stub
-    except Exception as error:
+    except IntegrityError as error:

# %% wrong: what is not unique must be the list
# says: hears that the list is not there
# change: solution
-        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
-            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
-        raise
+        raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error

# %% wrong: what is not the list must be unique
# says: hears that the item is there already
# change: stub
-    except Exception as error:
+    except IntegrityError as error:
+        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
+            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error

# %% wrong: the two are exchanged
# says: that isn't a 404
# change: solution
+        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
+            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
         if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
-            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
-        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":

# %% wrong: the unknown is swallowed
# says: the caller hears 201
# change: solution
             raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
-        raise

# %% wrong: everything else is our fault, says a 503
# says: coming back later does not help
# change: solution
             raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
-        raise
+        raise HTTPException(503, "Later.") from error

# %% wrong: the try is gone
# says: the caller hears 500
# change: stub
-    try:
-        async with engine.begin() as connection:
-            await connection.execute(insert, row)
-    except Exception as error:
-        raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+    async with engine.begin() as connection:
+        await connection.execute(insert, row)

# %% wrong: the wide class, and the rest is taken
# breaks: And the developers did not notice for a week that a column was missing.
# says: The developers should notice
# change: stub
     except Exception as error:
+        reason = getattr(getattr(error, "orig", None), "sqlite_errorname", "")
+        if reason == "SQLITE_CONSTRAINT_FOREIGNKEY":
+            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
+        if reason == "SQLITE_CONSTRAINT_CHECK":
+            raise

# %% wrong: looks before it leaps, in any list
# says: may stand in another list
# change: solution
     row = {"list_id": list_id, "name": name, "amount": amount}
+    async with engine.begin() as connection:
+        same = await connection.execute(text("SELECT 1 FROM items WHERE name = :name"), row)
+        if same.first():
+            raise Conflict("This item is there already.", "ITEM_EXISTS")
...
-        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
-            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error

# %% wrong: the known lists stand in the code
# says: List 7 exists by now
# change: solution
     row = {"list_id": list_id, "name": name, "amount": amount}
+    if list_id not in (1, 2):
+        raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND")
...
-        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
-            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error

# %% wrong: the sentence is the database's
# says: shows the statement
# change: solution
-            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+            raise ItemExists(str(error), "ITEM_EXISTS") from error
         if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
-            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
+            raise ListNotFound(str(error), "LIST_NOT_FOUND") from error

# %% wrong: the unknown gets a new name
# says: `RuntimeError` comes out
# change: solution
             raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
-        raise
+        raise RuntimeError("Database problem") from error

# %% wrong: the unknown becomes an HTTPException
# says: `HTTPException` comes out
# change: solution
             raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
-        raise
+        raise HTTPException(500, str(error)) from error

# %% wrong: the unknown becomes a domain error
# says: comes out
# change: solution
             raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
-        raise
+        raise DomainError("Database.", "DATABASE") from error

# %% wrong: the wide class gets a new name
# says: `RuntimeError` comes out
# change: solution
             raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
         raise
+    except DBAPIError as error:
+        raise RuntimeError(str(error)) from error

# %% wrong: each exception is asked for its reason
# says: The database was locked
# change: solution
             raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
         raise
+    except DBAPIError as error:
+        if reason_of(error) == "SQLITE_BUSY":
+            raise RuntimeError("Locked") from error
+        raise

# %% wrong: the sentence is the driver's
# says: the words of the driver
# change: solution
-            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+            raise ItemExists(str(error.orig), "ITEM_EXISTS") from error

# %% wrong: the code is forgotten
# says: error_code
# outcome: error
# change: solution
-            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+            raise ItemExists("ITEM_EXISTS") from error

# %% wrong: the service speaks HTTP
# says: an `HTTPException` that no handler takes
# change: solution
-            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+            raise HTTPException(409, "This item is there already.") from error

# %% wrong: the general exceptions
# breaks: The same name twice in one list raises `ItemExists`, with the code `ITEM_EXISTS`.
# says: raises `Conflict` for this
# change: stub
-    except Exception as error:
-        raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+    except IntegrityError as error:
+        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE": raise Conflict("This item is there already.", "ITEM_EXISTS") from error
+        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY": raise NotFound("There is no such list.", "LIST_NOT_FOUND") from error
+        raise

# %% wrong: the route translates
# breaks: An unknown list raises `ListNotFound`, with the code `LIST_NOT_FOUND`.
# says: `save_item` raises `IntegrityError` for this
# change: solution
             await connection.execute(insert, row)
+    except ZeroDivisionError:
+        raise
+
+items_router = APIRouter()
+
+@items_router.post("/lists/{list_id}/items", status_code=201)
+async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
+    try:
+        await save_item(engine, list_id, name, amount)
...
-items_router = APIRouter()
-
-@items_router.post("/lists/{list_id}/items", status_code=201)
-async def post_item(list_id: int, name: str, amount: int, engine: Database) -> None:
-    await save_item(engine, list_id, name, amount)
-

# %% wrong: looks first, inserts afterwards
# breaks: Let the database decide: if you look first and insert afterwards, you have the race of lesson 04.
# says: somebody else comes in between
# change: stub
-    try:
-        async with engine.begin() as connection:
-            await connection.execute(insert, row)
-    except Exception as error:
-        raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+    async with engine.begin() as connection:
+        if (await connection.execute(text("SELECT 1 FROM lists WHERE id = :i"), {"i": list_id})).first() is None:
+            raise ListNotFound("There is no such list.", "LIST_NOT_FOUND")
+        if (await connection.execute(text("SELECT 1 FROM items WHERE list_id = :list_id AND name = :name"), row)).first():
+            raise ItemExists("This item is there already.", "ITEM_EXISTS")
+        await connection.execute(insert, row)

# %% wrong: every exception is asked for its reason
# breaks: Any other error passes through unchanged.
# says: `OSError` in `save_item(...)` became `AttributeError
# change: solution
-    except IntegrityError as error:
-        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
+    except Exception as error:
+        reason = reason_of(error)
+        if reason == "SQLITE_CONSTRAINT_UNIQUE":
...
-        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
+        if reason == "SQLITE_CONSTRAINT_FOREIGNKEY":

# %% wrong: words are looked for in the error
# says: There is no list 99
# change: solution
-        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
+        if "UNIQUE" in str(error):
...
-        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
+        if "FOREIGN KEY" in str(error):

# %% wrong: nothing is committed
# says: Milk is not in list 1
# never: as if it were new
# change: solution
-        async with engine.begin() as connection:
+        async with engine.connect() as connection:
...
-        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
+        reason = reason_of(error)
+        if reason == "SQLITE_CONSTRAINT_UNIQUE":
...
-        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
+        if reason == "SQLITE_CONSTRAINT_FOREIGNKEY":

# %% wrong: the item is ignored if it is there
# says: as if it were new
# change: solution
-            await connection.execute(insert, row)
+            await connection.execute(text("INSERT OR IGNORE INTO items VALUES (:list_id, :name, :amount)"), row)
...
-        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
+        reason = reason_of(error)
+        if reason == "SQLITE_CONSTRAINT_UNIQUE":
...
-        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
+        if reason == "SQLITE_CONSTRAINT_FOREIGNKEY":

# %% wrong: a missing table is a missing list
# says: Catch `IntegrityError` alone
# change: solution
-        if reason_of(error) == "SQLITE_CONSTRAINT_UNIQUE":
+        reason = reason_of(error)
+        if reason == "SQLITE_CONSTRAINT_UNIQUE":
...
-        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
+        if reason == "SQLITE_CONSTRAINT_FOREIGNKEY":
...
         raise
+    except DBAPIError as error:
+        raise ListNotFound("no", "LIST_NOT_FOUND") from error

# %% right: a context manager translates
# change: stub
     return error.orig.sqlite_errorname

+@contextmanager
+def translated(list_id: int) -> Iterator[None]:
+    try:
+        yield
+    except IntegrityError as error:
+        match reason_of(error):
+            case "SQLITE_CONSTRAINT_UNIQUE":
+                raise ItemExists("It is on the list.", "ITEM_EXISTS") from error
+            case "SQLITE_CONSTRAINT_FOREIGNKEY":
+                raise ListNotFound(f"No list {list_id}.", "LIST_NOT_FOUND") from error
+            case _:
+                raise
+
...
-    try:
+    with translated(list_id):
...
-    except Exception as error:
-        raise ItemExists("This item is there already.", "ITEM_EXISTS") from error

# %% right: the database skips what is there, and says how many rows it added
# change: stub
     row = {"list_id": list_id, "name": name, "amount": amount}
+    kind = text("INSERT INTO items VALUES (:list_id, :name, :amount) ON CONFLICT (list_id, name) DO NOTHING")
...
-            await connection.execute(insert, row)
-    except Exception as error:
-        raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+            saved = (await connection.execute(kind, row)).rowcount
+    except IntegrityError as error:
+        if reason_of(error) != "SQLITE_CONSTRAINT_FOREIGNKEY":
+            raise
+        raise ListNotFound("No such list.", "LIST_NOT_FOUND") from error
+    if not saved:
+        raise ItemExists("There already.", "ITEM_EXISTS")

# %% wrong: what breaks the statement is swallowed
# says: the caller hears 201 for what was not kept
# change: solution
         if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
             raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
         raise
+    except DBAPIError:
+        pass
