# %% right: a table of refusals
# change: stub
-    except Exception as error:
-        raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+    except IntegrityError as error:
+        refusals = {
+            "SQLITE_CONSTRAINT_UNIQUE": Conflict("This item is there already.", "ITEM_EXISTS"),
+            "SQLITE_CONSTRAINT_FOREIGNKEY": NotFound(f"No list {list_id}.", "LIST_NOT_FOUND"),
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

# %% right: the list is looked up first, the name is left to the database
# change: stub
-    try:
-        async with engine.begin() as connection:
+    async with engine.begin() as connection:
+        known = await connection.execute(text("SELECT 1 FROM lists WHERE id = :list_id"), row)
+        if known.first() is None:
+            raise NotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND")
+        try:
             await connection.execute(insert, row)
-    except Exception as error:
-        raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+        except IntegrityError as error:
+            if "UNIQUE" in reason_of(error):
+                raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+            raise

# %% wrong: only the class is narrower
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
# says: that is no 404
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
+        raise NotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND")
...
-        if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
-            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error

# %% wrong: the sentence is the database's
# says: shows the statement
# change: solution
-            raise ItemExists("This item is there already.", "ITEM_EXISTS") from error
+            raise Conflict(str(error), "ITEM_EXISTS") from error
         if reason_of(error) == "SQLITE_CONSTRAINT_FOREIGNKEY":
-            raise ListNotFound(f"There is no list {list_id}.", "LIST_NOT_FOUND") from error
+            raise NotFound(str(error), "LIST_NOT_FOUND") from error

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
