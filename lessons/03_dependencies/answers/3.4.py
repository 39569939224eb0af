# %% right: a context manager inside the dependency
from contextlib import closing


def get_import_db(request: Request):
    with closing(request.app.state.database.session()) as session:
        try:
            yield session
        except BaseException:
            session.rollback()
            raise
        else:
            session.commit()


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
# says: The session stays open when the commit itself fails
# change: stub
-    except HTTPException:
+    except Exception:
...
+
 imports_router = APIRouter()
+

# %% wrong: commit and close in finally
# says: Half of the work would stay
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
# says: nobody told it to forget
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
# says: an exception of its own in place of the one that came
# change: solution
-def get_import_db(request: Request) -> Iterator[Session]:
+def get_import_db(request: Request):
...
         session.rollback()
-        raise
+        raise HTTPException(500, "sorry")

# %% right: the commit in an else, and the close takes care of a commit that failed
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
