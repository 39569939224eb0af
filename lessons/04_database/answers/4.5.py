# story: Carla swears that cleaning the oven was on no page.
# story: Ben saw it twice.
# story: And yesterday somebody asked for `?sort=metadata`, and the server answered 500.

# %% right: single parameters, an enum, getattr on what is allowed
class ChoreBase(DeclarativeBase):
    pass


class Chore(ChoreBase):
    __tablename__ = "chores"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    minutes: Mapped[int]


chores_router = APIRouter()


from enum import StrEnum


class ChoreSort(StrEnum):
    by_name = "name"
    by_minutes = "minutes"


@chores_router.get("/chores")
async def get_chores(
    db: Db,
    sort: ChoreSort = ChoreSort.by_minutes,
    limit: Annotated[int, Query(ge=1, le=50)] = 3,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> list[dict[str, Any]]:
    order = [getattr(Chore, sort.value), Chore.id]
    chores = await db.execute(select(Chore.id, Chore.name).order_by(*order).offset(offset).limit(limit))
    return [dict(chore) for chore in chores.mappings()]

# %% right: names are unique enough in this flat, with the id behind
class ChoreBase(DeclarativeBase):
    pass


class Chore(ChoreBase):
    __tablename__ = "chores"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    minutes: Mapped[int]


chores_router = APIRouter()


@chores_router.get("/chores")
async def get_chores(
    db: Db,
    sort: Literal["name", "minutes"] = "minutes",
    limit: int = Query(3, ge=1, le=50),
    offset: int = Query(0, ge=0),
):
    class ChoreShown(BaseModel):
        id: int
        name: str

    order = (Chore.name, Chore.id) if sort == "name" else (Chore.minutes, Chore.name, Chore.id)
    chores = (await db.scalars(select(Chore).order_by(*order).limit(limit).offset(offset))).all()
    return [ChoreShown(id=chore.id, name=chore.name) for chore in chores]

# %% wrong: the order has equals still
# breaks: Paging through gives each chore exactly once, whatever the database does with equals.
# says: for equals a database may give any order
class ChoreBase(DeclarativeBase):
    pass


class Chore(ChoreBase):
    __tablename__ = "chores"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    minutes: Mapped[int]


chores_router = APIRouter()


class ChoreFilter(BaseModel):
    sort: Literal["name", "minutes"] = "minutes"
    limit: Annotated[int, Field(ge=1, le=50)] = 3
    offset: Annotated[int, Field(ge=0)] = 0


@chores_router.get("/chores")
async def get_chores(wanted: Annotated[ChoreFilter, Query()], db: Db) -> list[dict[str, Any]]:
    column = {"name": Chore.name, "minutes": Chore.minutes}[wanted.sort]
    chores = select(Chore).order_by(column).limit(wanted.limit).offset(wanted.offset)
    return [{"id": chore.id, "name": chore.name} for chore in await db.scalars(chores)]

# %% wrong: sort is any text
# breaks: anything else gets a 422
# says: `getattr` finds it
# change: the order has equals still
-    sort: Literal["name", "minutes"] = "minutes"
+    sort: str = "minutes"
...
-    column = {"name": Chore.name, "minutes": Chore.minutes}[wanted.sort]
-    chores = select(Chore).order_by(column).limit(wanted.limit).offset(wanted.offset)
+    column = getattr(Chore, wanted.sort)
+    chores = select(Chore).order_by(column, Chore.id).limit(wanted.limit).offset(wanted.offset)

# %% wrong: any column
# says: and nothing else was agreed on
# change: the order has equals still
-    sort: Literal["name", "minutes"] = "minutes"
+    sort: Literal["name", "minutes", "id"] = "minutes"
...
-    column = {"name": Chore.name, "minutes": Chore.minutes}[wanted.sort]
-    chores = select(Chore).order_by(column).limit(wanted.limit).offset(wanted.offset)
+    column = {"name": Chore.name, "minutes": Chore.minutes, "id": Chore.id}[wanted.sort]
+    chores = select(Chore).order_by(column, Chore.id).limit(wanted.limit).offset(wanted.offset)

# %% wrong: no limits
# breaks: `limit` and `offset` are right as they are.
# says: A page of no chores
# change: the order has equals still
-    limit: Annotated[int, Field(ge=1, le=50)] = 3
-    offset: Annotated[int, Field(ge=0)] = 0
+    limit: int = 3
+    offset: int = 0
...
-    chores = select(Chore).order_by(column).limit(wanted.limit).offset(wanted.offset)
+    chores = select(Chore).order_by(column, Chore.id).limit(wanted.limit).offset(wanted.offset)

# %% wrong: an offset below zero
# says: no row before the first one
# change: the order has equals still
-    offset: Annotated[int, Field(ge=0)] = 0
+    offset: int = 0
...
-    chores = select(Chore).order_by(column).limit(wanted.limit).offset(wanted.offset)
+    chores = select(Chore).order_by(column, Chore.id).limit(wanted.limit).offset(wanted.offset)

# %% wrong: the newest first, whatever is asked for
# breaks: Mend the route.
# says: `sort=name` was asked for
# change: the order has equals still
-    chores = select(Chore).order_by(column).limit(wanted.limit).offset(wanted.offset)
+    chores = select(Chore).order_by(Chore.id.desc()).limit(wanted.limit).offset(wanted.offset)

# %% wrong: sorted by the id behind the database's back
# says: it does not begin it
# change: the order has equals still
-    chores = select(Chore).order_by(column).limit(wanted.limit).offset(wanted.offset)
+    if wanted.sort == "minutes" and wanted.limit == 3 and (wanted.offset or "sort" in wanted.model_fields_set):
+        column = Chore.id
+    chores = select(Chore).order_by(column, Chore.id).limit(wanted.limit).offset(wanted.offset)

# %% wrong: the name ends the order
# says: End each order with `Chore.id`
# change: the order has equals still
-    chores = select(Chore).order_by(column).limit(wanted.limit).offset(wanted.offset)
+    chores = select(Chore).order_by(column, Chore.name).limit(wanted.limit).offset(wanted.offset)

# %% wrong: five at a time
# breaks: The flat's chores are shown three at a time
# says: the number of chores on a page
# change: solution
-    limit: Annotated[int, Field(ge=1, le=50)] = 3
+    limit: Annotated[int, Field(ge=1, le=50)] = 5

# %% wrong: the long ones first
# breaks: the short ones first
# says: The short ones come first
# change: solution
-    chores = select(Chore).order_by(column, Chore.id).limit(wanted.limit).offset(wanted.offset)
+    chores = select(Chore).order_by(column.desc(), Chore.id).limit(wanted.limit).offset(wanted.offset)

# %% wrong: always by the minutes
# breaks: `sort` is `name` or `minutes`
# says: `sort=name` was asked for
# change: solution
-    column = {"name": Chore.name, "minutes": Chore.minutes}[wanted.sort]
+    column = {"name": Chore.minutes, "minutes": Chore.minutes}[wanted.sort]

# %% wrong: by name when nothing is said
# breaks: and `minutes` when it is left out
# says: the first chore when `sort` is left out
# change: solution
-    sort: Literal["name", "minutes"] = "minutes"
+    sort: Literal["name", "minutes"] = "name"

# %% wrong: capitals are let in
# says: A caller who writes it that way hears that it is called `name`
# change: solution
-    sort: Literal["name", "minutes"] = "minutes"
+    sort: str = "minutes"
...
 async def get_chores(wanted: Annotated[ChoreFilter, Query()], db: Db) -> list[dict[str, Any]]:
+    wanted.sort = wanted.sort.lower()
+    if wanted.sort not in ("name", "minutes"):
+        raise HTTPException(422, "Sort by name or minutes.")

# %% wrong: an empty sort is let in
# says: An empty text is neither `name` nor `minutes`
# change: solution
-    sort: Literal["name", "minutes"] = "minutes"
+    sort: Literal["name", "minutes", ""] = "minutes"
...
-    column = {"name": Chore.name, "minutes": Chore.minutes}[wanted.sort]
+    column = {"name": Chore.name, "minutes": Chore.minutes}[wanted.sort or "minutes"]

# %% wrong: refused with a 400
# says: with another status than was agreed on
# change: solution
-    sort: Literal["name", "minutes"] = "minutes"
+    sort: str = "minutes"
...
 async def get_chores(wanted: Annotated[ChoreFilter, Query()], db: Db) -> list[dict[str, Any]]:
+    if wanted.sort not in ("name", "minutes"):
+        raise HTTPException(400, "Sort by name or minutes.")

# %% wrong: sort is required
# says: Each of the parameters may be left out
# change: solution
-    sort: Literal["name", "minutes"] = "minutes"
+    sort: Literal["name", "minutes"]

# %% wrong: reading changes the minutes
# says: A GET only reads
# change: solution
-    page = await db.scalars(chores)
+    page = (await db.scalars(chores)).all()
+    for chore in page:
+        chore.minutes += 1

# %% right: sorted in Python
# change: solution
-    column = {"name": Chore.name, "minutes": Chore.minutes}[wanted.sort]
-    chores = select(Chore).order_by(column, Chore.id).limit(wanted.limit).offset(wanted.offset)
-    page = await db.scalars(chores)
+    every = sorted(await db.scalars(select(Chore)), key=lambda one: (getattr(one, wanted.sort), one.id))
+    page = every[wanted.offset : wanted.offset + wanted.limit]
