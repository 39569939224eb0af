# story: Ana adds a wish to her list.
# story: She opens the list, and the wish is not there.
# story: It happens each time, on every machine, and there is no error in any log.
# story: Find out which session overwrites which, and mend it.
# story: To try it: `phone = phone_for(wishes_router)`, then `phone.app.state.database.tables.update(wishes={}, visits={"count": 0})`, send a wish, and look at `events`.

# %% right: the session that the dependency hands on
def get_wish_db(request: Request) -> Iterator[Session]:
    session = request.app.state.database.session()
    try:
        yield session
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


wishes_router = APIRouter()


def get_counted_db(db: Annotated[Session, Depends(get_wish_db, scope="function")]) -> Session:
    db.tables["visits"]["count"] += 1
    return db


Counted = Annotated[Session, Depends(get_counted_db)]


@wishes_router.post("/wishes", status_code=201)
def create_wish(wish: TaskCreate, db: Counted) -> dict[str, Any]:
    rows = db.tables["wishes"]
    rows[len(rows) + 1] = {"id": len(rows) + 1, "title": wish.title}
    return rows[len(rows)]


@wishes_router.get("/wishes")
def list_wishes(db: Counted) -> list[dict[str, Any]]:
    return [*db.tables["wishes"].values()]

# %% right: the guard on the router, the dependency written out each time
def get_wish_db(request: Request) -> Iterator[Session]:
    session = request.app.state.database.session()
    try:
        yield session
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()


wishes_router = APIRouter()


def count_visit(db: Annotated[Session, Depends(get_wish_db, scope="function")]) -> None:
    db.tables["visits"]["count"] += 1


wishes_router = APIRouter(dependencies=[Depends(count_visit)])


@wishes_router.post("/wishes", status_code=201)
async def create_wish(wish: TaskCreate, db: Session = Depends(get_wish_db, scope="function")):
    wish_id = max(db.tables["wishes"], default=0) + 1
    db.tables["wishes"][wish_id] = {"id": wish_id, "title": wish.title}
    return db.tables["wishes"][wish_id]


@wishes_router.get("/wishes")
async def list_wishes(db: Session = Depends(get_wish_db, scope="function")):
    return list(db.tables["wishes"].values())

# %% wrong: one alias, with the default scope
# breaks: the commit comes before the response
# says: its response left before the commit
# change: solution
+
 wishes_router = APIRouter()

-WishDb = Annotated[Session, Depends(get_wish_db, scope="function")]
+
+WishDb = Annotated[Session, Depends(get_wish_db)]
+
...
     db.tables["visits"]["count"] += 1
+
...
+
 @wishes_router.get("/wishes", dependencies=[Depends(count_visit)])

# %% wrong: the scopes changed places
# breaks: One request opens one session
# says: `POST /wishes` opens 2 sessions
# change: the guard on the router, the dependency written out each time
-wishes_router = APIRouter(dependencies=[Depends(count_visit)])
-
-
-@wishes_router.post("/wishes", status_code=201)
-async def create_wish(wish: TaskCreate, db: Session = Depends(get_wish_db, scope="function")):
+@wishes_router.post("/wishes", status_code=201, dependencies=[Depends(count_visit)])
+def create_wish(wish: TaskCreate, db: Annotated[Session, Depends(get_wish_db)]) -> dict[str, Any]:
...
-@wishes_router.get("/wishes")
-async def list_wishes(db: Session = Depends(get_wish_db, scope="function")):
+@wishes_router.get("/wishes", dependencies=[Depends(count_visit)])
+def list_wishes(db: Annotated[Session, Depends(get_wish_db)]) -> list[dict[str, Any]]:

# %% wrong: a commit by hand in the route
# says: The wish got a 201, and the list does not have it
# change: stub
+
 wishes_router = APIRouter()
+
...
     db.tables["visits"]["count"] += 1
+
...
+    db.commit()
     return db.tables["wishes"][wish_id]
+

# %% wrong: the counting went away
# breaks: Both routes count their visits.
# says: `POST /wishes` does not count its visit any more
# change: the guard on the router, the dependency written out each time
-def count_visit(db: Annotated[Session, Depends(get_wish_db, scope="function")]) -> None:
-    db.tables["visits"]["count"] += 1
-
-
-wishes_router = APIRouter(dependencies=[Depends(count_visit)])
+WishDb = Annotated[Session, Depends(get_wish_db, scope="function")]
...
-async def create_wish(wish: TaskCreate, db: Session = Depends(get_wish_db, scope="function")):
+def create_wish(wish: TaskCreate, db: WishDb) -> dict[str, Any]:
...
-async def list_wishes(db: Session = Depends(get_wish_db, scope="function")):
+def list_wishes(db: WishDb) -> list[dict[str, Any]]:

# %% wrong: counted when reading only
# says: `POST /wishes` does not count its visit any more
# change: the guard on the router, the dependency written out each time
-def count_visit(db: Annotated[Session, Depends(get_wish_db, scope="function")]) -> None:
+WishDb = Annotated[Session, Depends(get_wish_db, scope="function")]
+
+
+def count_visit(db: WishDb) -> None:
...
-wishes_router = APIRouter(dependencies=[Depends(count_visit)])
-
-
 @wishes_router.post("/wishes", status_code=201)
-async def create_wish(wish: TaskCreate, db: Session = Depends(get_wish_db, scope="function")):
+def create_wish(wish: TaskCreate, db: WishDb) -> dict[str, Any]:
...
-@wishes_router.get("/wishes")
-async def list_wishes(db: Session = Depends(get_wish_db, scope="function")):
+@wishes_router.get("/wishes", dependencies=[Depends(count_visit)])
+def list_wishes(db: WishDb) -> list[dict[str, Any]]:

# %% wrong: committed in the route, and the dependency commits no more
# says: `POST /wishes` opens 2 sessions
# change: stub
-        session.commit()
-    except Exception:
-        session.rollback()
-        raise
...
+
 wishes_router = APIRouter()
+
...
     db.tables["visits"]["count"] += 1
+    db.commit()
+
...
+    db.commit()
     return db.tables["wishes"][wish_id]
+

# %% wrong: the scope named in all places but the list
# says: `GET /wishes` opens 2 sessions
def get_wish_db(request: Request) -> Iterator[Session]:
    session = request.app.state.database.session()
    try:
        yield session
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()
A1 = Annotated[Session, Depends(get_wish_db, scope="function")]
A2 = Annotated[Session, Depends(get_wish_db, scope="function")]
A3 = Annotated[Session, Depends(get_wish_db)]

wishes_router = APIRouter()
def count_visit(db: A1) -> None:
    db.tables["visits"]["count"] += 1
@wishes_router.post("/wishes", status_code=201, dependencies=[Depends(count_visit)])
def create_wish(wish: TaskCreate, db: A2) -> dict[str, Any]:
    wish_id = max(db.tables["wishes"], default=0) + 1
    db.tables["wishes"][wish_id] = {"id": wish_id, "title": wish.title}
    return db.tables["wishes"][wish_id]
@wishes_router.get("/wishes", dependencies=[Depends(count_visit)])
def list_wishes(db: A3) -> list[dict[str, Any]]:
    return list(db.tables["wishes"].values())

# %% right: the visit counted by a call in each route
def get_wish_db(request: Request) -> Iterator[Session]:
    session = request.app.state.database.session()
    try:
        yield session
        session.commit()
    except Exception:
        session.rollback()
        raise
    finally:
        session.close()
A1 = Annotated[Session, Depends(get_wish_db, scope="function")]
A2 = Annotated[Session, Depends(get_wish_db, scope="function")]
A3 = Annotated[Session, Depends(get_wish_db, scope="function")]

wishes_router = APIRouter()
def count_visit(db) -> None:
    db.tables["visits"]["count"] += 1
@wishes_router.post("/wishes", status_code=201)
def create_wish(wish: TaskCreate, db: A2) -> dict[str, Any]:
    count_visit(db)
    wish_id = max(db.tables["wishes"], default=0) + 1
    db.tables["wishes"][wish_id] = {"id": wish_id, "title": wish.title}
    return db.tables["wishes"][wish_id]
@wishes_router.get("/wishes")
def list_wishes(db: A3) -> list[dict[str, Any]]:
    count_visit(db)
    return list(db.tables["wishes"].values())

# %% wrong: the visit is counted without a session
# says: What a request changes goes through its session
# change: solution
-def count_visit(db: WishDb) -> None:
-    db.tables["visits"]["count"] += 1
+def count_visit(request: Request) -> None:
+    request.app.state.database.tables["visits"]["count"] += 1

# %% wrong: the error of the commit is swallowed
# breaks: `get_wish_db` stays as it is.
# says: it passes on what came
# change: solution
-        session.rollback()
-        raise
+        session.rollback()

# %% wrong: another error
# says: it passes on what came
# change: solution
-        raise
+        raise HTTPException(500, "The wish could not be saved.")

# %% wrong: no rollback
# says: was not rolled back and then closed
# change: solution
-    except Exception:
-        session.rollback()
-        raise
-    finally:
+    finally:

# %% wrong: closed twice
# says: How often the request's session is closed
# change: solution
-        session.rollback()
-        raise
-    finally:
-        session.close()
+        session.rollback()
+        raise
+    finally:
+        session.close()
+        session.close()

# %% wrong: the list commits after the response
# says: its response left before the commit
# change: solution
-@wishes_router.get("/wishes", dependencies=[Depends(count_visit)])
-def list_wishes(db: WishDb) -> list[dict[str, Any]]:
+LateDb = Annotated[Session, Depends(get_wish_db)]
+
+def count_late(db: LateDb) -> None:
+    db.tables["visits"]["count"] += 1
+
+@wishes_router.get("/wishes", dependencies=[Depends(count_late)])
+def list_wishes(db: LateDb) -> list[dict[str, Any]]:

# %% wrong: the writing counts twice and the reading never
# says: By how much `POST /wishes` makes the number of visits grow
# change: solution
-    db.tables["visits"]["count"] += 1
+    db.tables["visits"]["count"] += 2
...
-@wishes_router.get("/wishes", dependencies=[Depends(count_visit)])
+@wishes_router.get("/wishes")

# %% wrong: the count is committed by itself
# says: The number of commits in one request
# change: solution
-    db.tables["visits"]["count"] += 1
+    db.tables["visits"]["count"] += 1
+    db.commit()

# %% wrong: a session by hand for the count
# says: open none by hand
# change: solution
-def count_visit(db: WishDb) -> None:
-    db.tables["visits"]["count"] += 1
+def count_visit(request: Request) -> None:
+    db = request.app.state.database.session()
+    db.tables["visits"]["count"] += 1
+    db.commit()
+    db.close()

# %% wrong: use_cache is off
# says: `POST /wishes` opens 2 sessions
# change: solution
-WishDb = Annotated[Session, Depends(get_wish_db, scope="function")]
+WishDb = Annotated[Session, Depends(get_wish_db, scope="function", use_cache=False)]

# %% wrong: the id of the answer is missing
# breaks: The answer is 201, with the wish.
# says: It lacks `id`
# change: solution
-    return db.tables["wishes"][wish_id]
+    return {"title": wish.title}

# %% wrong: always the second place
# says: `GET /wishes` answered with another body
# change: solution
-    wish_id = max(db.tables["wishes"], default=0) + 1
+    wish_id = min(db.tables["wishes"], default=0) + 1

# %% wrong: not committed when reading
# says: `GET /wishes` opened a session, and committed nothing
# change: solution
-        session.commit()
+        if request.method == "POST":
+            session.commit()

# %% right: the visit counted by a parameter
# change: solution
-@wishes_router.get("/wishes", dependencies=[Depends(count_visit)])
-def list_wishes(db: WishDb) -> list[dict[str, Any]]:
+@wishes_router.get("/wishes")
+def list_wishes(_: Annotated[None, Depends(count_visit)], db: WishDb) -> list[dict[str, Any]]:

# %% right: a class that holds the session
# change: solution
-def count_visit(db: WishDb) -> None:
-    db.tables["visits"]["count"] += 1
+class Counted:
+    def __init__(self, db: WishDb) -> None:
+        self.db = db
+        db.tables["visits"]["count"] += 1
+
+count_visit = Counted
...
-def list_wishes(db: WishDb) -> list[dict[str, Any]]:
-    return list(db.tables["wishes"].values())
+async def list_wishes(counted: Annotated[Counted, Depends()]) -> list[dict[str, Any]]:
+    return [*counted.db.tables["wishes"].values()]

# %% wrong: the commit is gone
# says: The wish got a 201, and the list is empty
# change: solution
-        session.commit()

# %% right: a link that brings the wishes
# change: solution
-@wishes_router.post("/wishes", status_code=201, dependencies=[Depends(count_visit)])
-def create_wish(wish: TaskCreate, db: WishDb) -> dict[str, Any]:
-    wish_id = max(db.tables["wishes"], default=0) + 1
-    db.tables["wishes"][wish_id] = {"id": wish_id, "title": wish.title}
-    return db.tables["wishes"][wish_id]
+def get_table(db: WishDb, _: Annotated[None, Depends(count_visit)]):
+    return db.tables["wishes"]
+@wishes_router.post("/wishes", status_code=201)
+def create_wish(wish: TaskCreate, rows=Depends(get_table)):
+    new = {"id": max(rows, default=0) + 1, "title": wish.title}
+    rows[new["id"]] = new
+    return new

# %% right: ids by chance
# change: solution
-    wish_id = max(db.tables["wishes"], default=0) + 1
+    import secrets
+    wish_id = secrets.randbelow(10**9)

# %% wrong: a dependency of its own for the count
# says: opens 2 sessions
# change: solution
-def count_visit(db: WishDb) -> None:
-    db.tables["visits"]["count"] += 1
+def get_count_db(request: Request):
+    yield from get_wish_db(request)
+
+def count_visit(db: Annotated[Session, Depends(get_count_db, scope="function")]) -> None:
+    db.tables["visits"]["count"] += 1

# %% wrong: the list lacks the last wish
# says: another body than expected
# never: committed
# change: solution
-    return list(db.tables["wishes"].values())
+    return list(db.tables["wishes"].values())[:-1]

# %% wrong: committed by hand, and no commit when reading
# says: `GET /wishes` opened a session, and committed nothing
# change: solution
-def get_wish_db(request: Request) -> Iterator[Session]:
-    session = request.app.state.database.session()
-    try:
-        yield session
-        session.commit()
-    except Exception:
-        session.rollback()
-        raise
+def get_wish_db(request: Request) -> Iterator[Session]:
+    session = request.app.state.database.session()
+    try:
+        yield session
...
-    return db.tables["wishes"][wish_id]
+    db.commit()
+    return db.tables["wishes"][wish_id]

# %% wrong: counted only if there are wishes
# says: `POST /wishes` does not count its visit
# change: solution
-    db.tables["visits"]["count"] += 1
+    if db.tables["wishes"]:
+        db.tables["visits"]["count"] += 1
