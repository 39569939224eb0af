# story: The nightly import crashes on some rows.
# story: Around three o'clock nobody can log in any more, because no session is left.
# story: A colleague has looked at the dependency: "It rolls back, it closes, it commits.
# story: I see nothing."
# story: Find what it does not close, and mend it.
# story: To try it: `phone = phone_for(imports_router)`, then rows 5, 1 and 0, and a look at `events`.

# %% right: a context manager inside the dependency
from contextlib import closing


def get_import_db(request: Request):
    with closing(request.app.state.database.session()) as session:
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


imports_router = APIRouter()


@imports_router.post("/imports/{row}", status_code=201)
def import_row(row: int, db: Annotated[Session, Depends(get_import_db)]) -> dict[str, Any]:
    if row in db.tasks:
        raise HTTPException(status_code=409, detail=f"Row {row} is there already.")
    db.tasks[row] = {"id": row, "title": f"Row {row}"}
    return {"id": row, "share": 100 // row}

# %% right: a flag instead of except
def get_import_db(request: Request) -> Iterator[Session]:
    session = request.app.state.database.session()
    well = False
    try:
        yield session
        session.commit()
        well = True
    finally:
        if not well:
            session.rollback()
        session.close()


imports_router = APIRouter()


@imports_router.post("/imports/{row}", status_code=201)
def import_row(row: int, db: Annotated[Session, Depends(get_import_db)]) -> dict[str, Any]:
    if row in db.tasks:
        raise HTTPException(status_code=409, detail=f"Row {row} is there already.")
    db.tasks[row] = {"id": row, "title": f"Row {row}"}
    return {"id": row, "share": 100 // row}

# %% wrong: only another exception was added to the list
# breaks: also when the commit itself fails
# says: The session stays open when the commit itself fails
# change: stub
-    except HTTPException:
+    except Exception:
...
+
 imports_router = APIRouter()
+

# %% wrong: commit and close in finally
# breaks: Only what went well is committed.
# says: so half of the work stays
# change: a flag instead of except
-    well = False
     try:
         yield session
+    finally:
         session.commit()
-        well = True
-    finally:
-        if not well:
-            session.rollback()

# %% wrong: the exception is swallowed
# says: did not pass it on
# change: solution
         session.rollback()
-        raise
...
+
 imports_router = APIRouter()
+

# %% wrong: closed twice
# breaks: Each session is closed exactly once, on every way out
# says: The session is closed twice after an `HTTPException`
# change: solution
-    except Exception:
+    except HTTPException:
         session.rollback()
+        session.close()
...
+
 imports_router = APIRouter()
+

# %% wrong: no rollback
# says: it was never rolled back
# change: a flag instead of except
     session = request.app.state.database.session()
-    well = False
...
-        well = True
     finally:
-        if not well:
-            session.rollback()

# %% wrong: crashes leak
# says: The session stays open after a crash
def get_import_db(request: Request) -> Iterator[Session]:
    session = request.app.state.database.session()
    try:
        yield session
        session.commit()
        session.close()
    except HTTPException as error:
        session.rollback()
        session.close()
        raise error


imports_router = APIRouter()


@imports_router.post("/imports/{row}", status_code=201)
def import_row(row: int, db: Annotated[Session, Depends(get_import_db)]) -> dict[str, Any]:
    if row in db.tasks:
        raise HTTPException(status_code=409, detail=f"Row {row} is there already.")
    db.tasks[row] = {"id": row, "title": f"Row {row}"}
    return {"id": row, "share": 100 // row}

# %% wrong: nothing is committed
# says: nothing was committed: the row is gone
# change: crashes leak
-        session.commit()
-        session.close()
-    except HTTPException as error:
+    finally:
         session.rollback()
         session.close()
-        raise error

# %% wrong: the route's crash was mended instead
# breaks: Leave the route as it is.
# says: The route is not to be changed
# change: crashes leak
-    return {"id": row, "share": 100 // row}
+    return {"id": row, "share": 100 // row if row else 0}

# %% right: a rollback in finally, which finds nothing to undo after a commit
# change: solution
-def get_import_db(request: Request) -> Iterator[Session]:
+def get_import_db(request: Request):
...
-    except Exception:
+    finally:
         session.rollback()
-        raise
-    finally:

# %% wrong: a 500 of its own in place of what came
# says: In place of the `HTTPException` that came
# change: solution
-def get_import_db(request: Request) -> Iterator[Session]:
+def get_import_db(request: Request):
...
         session.rollback()
-        raise
+        raise HTTPException(500, "sorry")

# %% wrong: the commit in an else, and no rollback when it fails
# breaks: The rest is rolled back, a commit that fails included
# says: The session is closed when the commit itself fails, and it was never rolled back
# change: solution
-def get_import_db(request: Request) -> Iterator[Session]:
+def get_import_db(request: Request):
...
         yield session
-        session.commit()
     except Exception:
         session.rollback()
         raise
+    else:
+        session.commit()

# %% wrong: two exceptions by name
# says: The session is closed after another crash, and it was never rolled back
# change: solution
-    except Exception:
+    except (HTTPException, ZeroDivisionError, RuntimeError):

# %% wrong: a crash becomes a 500 of its own
# says: your dependency raised `RuntimeError: The import failed.`
# change: solution
-    except Exception:
-        session.rollback()
-        raise
+    except HTTPException:
+        session.rollback()
+        raise
+    except Exception as error:
+        session.rollback()
+        raise RuntimeError("The import failed.") from error

# %% wrong: a copy of the HTTPException
# says: In place of the `HTTPException` that came, your dependency raised a new one
# change: solution
-    except Exception:
-        session.rollback()
-        raise
+    except HTTPException as error:
+        session.rollback()
+        raise HTTPException(error.status_code, error.detail)
+    except Exception:
+        session.rollback()
+        raise

# %% wrong: the commit's error is swallowed
# breaks: the caller hears what happened
# says: caught `RuntimeError: the disk is full` and did not pass it on
# change: solution
         yield session
-        session.commit()
     except Exception:
         session.rollback()
         raise
+    else:
+        try:
+            session.commit()
+        except Exception:
+            session.rollback()

# %% wrong: a commit in except
# says: Your dependency commits after an `HTTPException`
# change: solution
-        session.rollback()
+        session.rollback()
+        session.commit()

# %% wrong: rolled back after the close
# says: Something happens to the session after it was closed
# change: solution
-    except Exception:
-        session.rollback()
-        raise
-    finally:
-        session.close()
+    except Exception:
+        session.close()
+        session.rollback()
+        raise
+    session.close()

# %% wrong: the route's row is another
# says: The route is not to be changed
# change: solution
-    db.tasks[row] = {"id": row, "title": f"Row {row}"}
+    db.tasks[row] = {"id": row, "title": ""}

# %% wrong: two sessions
# says: One request opened 2 sessions
# change: solution
-    session = request.app.state.database.session()
+    request.app.state.database.session().close()
+    session = request.app.state.database.session()

# %% wrong: the dependency has a bug of its own
# says: has no attribute 'roll_back'
# change: solution
-        session.rollback()
+        session.roll_back()

# %% right: an async dependency with a bare except
# change: solution
-def get_import_db(request: Request) -> Iterator[Session]:
+async def get_import_db(request: Request):
...
-    except Exception:
+    except:

# %% right: ExitStack
# change: solution
-    try:
-        yield session
-        session.commit()
-    except Exception:
-        session.rollback()
-        raise
-    finally:
-        session.close()
+    from contextlib import ExitStack
+    with ExitStack() as stack:
+        stack.callback(session.close)
+        stack.push(lambda kind, error, trace: session.rollback() if error else None)
+        yield session
+        session.commit()

# %% right: a link below it closes
# change: solution
-def get_import_db(request: Request) -> Iterator[Session]:
-    session = request.app.state.database.session()
-    try:
+def get_open(request: Request):
+    session = request.app.state.database.session()
+    try:
+        yield session
+    finally:
+        session.close()
+
+def get_import_db(session: Annotated[Session, Depends(get_open)]):
+    try:
...
-    finally:
-        session.close()

# %% right: a context manager of its own
# change: solution
-def get_import_db(request: Request) -> Iterator[Session]:
-    session = request.app.state.database.session()
-    try:
-        yield session
-        session.commit()
-    except Exception:
-        session.rollback()
-        raise
-    finally:
-        session.close()
+class Unit:
+    def __init__(self, session):
+        self.session = session
+    def __enter__(self):
+        return self.session
+    def __exit__(self, kind, error, trace):
+        try:
+            if kind is None:
+                self.session.commit()
+            else:
+                self.session.rollback()
+        except Exception:
+            self.session.rollback()
+            raise
+        finally:
+            self.session.close()
+
+def get_import_db(request: Request):
+    with Unit(request.app.state.database.session()) as session:
+        yield session

# %% wrong: a failed commit becomes a 503
# says: your dependency raised `HTTPException: 503: later`
# change: solution
-        yield session
-        session.commit()
+        yield session
+        try:
+            session.commit()
+        except Exception:
+            raise HTTPException(503, "later")

# %% wrong: no rollback after an HTTPException
# says: it was never rolled back
# change: solution
-    except Exception:
+    except HTTPException:
+        raise
+    except Exception:

# %% wrong: four exceptions by name
# says: after another crash
# change: solution
-    except Exception:
+    except (HTTPException, ArithmeticError, RuntimeError):

# %% wrong: a return in finally
# says: did not pass it on
# change: solution
-        session.close()
+        session.close()
+        return
