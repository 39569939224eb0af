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
