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
# says: the response left before the commit
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
# says: still opens two sessions
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
# says: its copy is from before the wish
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
# says: Nobody counts the visits any more
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
# says: Only one of the two routes counts its visits
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
# says: still opens two sessions
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
# says: `GET /wishes` still opens two sessions
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
