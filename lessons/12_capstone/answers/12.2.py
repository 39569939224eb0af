# %% right: the service is a class, and return types say what leaves
class Base(DeclarativeBase):
    pass

class ErrandRow(Base):
    __tablename__ = "errands"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[int] = mapped_column(index=True)
    title: Mapped[str]
    shop: Mapped[str | None] = mapped_column(default=None)
    due_date: Mapped[date | None] = mapped_column(default=None)
    done: Mapped[bool] = mapped_column(default=False)

class NewErrand(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: Title
    shop: Title | None = None
    due_date: date | None = None

class ErrandPatch(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: Title | MISSING = MISSING
    shop: Title | None | MISSING = MISSING
    due_date: date | None | MISSING = MISSING
    done: bool | MISSING = MISSING

class ErrandOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    title: str
    shop: str | None
    due_date: date | None
    done: bool

class Wanted(BaseModel):
    model_config = ConfigDict(extra="forbid")
    done: bool | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0)] = 0

class ErrandBook:
    """The errands of one user."""

    def __init__(self, db: AsyncSession, owner_id: int, today: date) -> None:
        self.db, self.owner_id, self.today = db, owner_id, today

    async def page(self, wanted: Wanted) -> Sequence[ErrandRow]:
        query = select(ErrandRow).filter_by(owner=self.owner_id).order_by(ErrandRow.id)
        if wanted.done is not None:
            query = query.filter_by(done=wanted.done)
        return list(await self.db.scalars(query.limit(wanted.limit).offset(wanted.offset)))

    async def one(self, number: int) -> ErrandRow:
        row = await self.db.get(ErrandRow, number)
        if row is None or row.owner != self.owner_id:
            raise NotFound("No such errand.", "ERRAND_NOT_FOUND")
        return row

    async def add(self, new: NewErrand) -> ErrandRow:
        self.check(new.due_date)
        row = ErrandRow(owner=self.owner_id, **new.model_dump())
        self.db.add(row)
        await self.db.flush()
        return row

    async def change(self, number: int, patch: ErrandPatch) -> ErrandRow:
        row = await self.one(number)
        sent = patch.model_dump(exclude_unset=True)
        self.check(sent.get("due_date"))
        for name in sent:
            setattr(row, name, sent[name])
        await self.db.flush()
        return row

    async def drop(self, number: int) -> None:
        await self.db.delete(await self.one(number))

    def check(self, due: date | None) -> None:
        if due and due < self.today:
            raise RuleBroken("That day is over.", "DUE_DATE_IN_PAST", "due_date")

async def get_book(db: Db, user: ActiveUser, today: Today) -> ErrandBook:
    return ErrandBook(db, user.id, today)

Book = Annotated[ErrandBook, Depends(get_book)]
gone = documented(404, "Not yours, or gone.", ERRAND_NOT_FOUND="No such errand.")
over = documented(422, "That day is over.", DUE_DATE_IN_PAST="That day is over.")
errands = APIRouter(prefix="/errands", tags=["errands"], responses=GUARDED | INVALID)

@errands.get("")
async def list_all(wanted: Annotated[Wanted, Query()], book: Book) -> list[ErrandOut]:
    """What is to be fetched."""
    return [ErrandOut.model_validate(row) for row in await book.page(wanted)]

@errands.post("", status_code=201, responses=over)
async def write_down(new: NewErrand, book: Book, response: Response) -> ErrandOut:
    """Something more to fetch."""
    row = await book.add(new)
    response.headers["Location"] = f"/api/v1/errands/{row.id}"
    return ErrandOut.model_validate(row)

@errands.get("/{errand_id}", responses=gone)
async def read(errand_id: Id, book: Book) -> ErrandOut:
    """One errand."""
    return ErrandOut.model_validate(await book.one(errand_id))

@errands.patch("/{errand_id}", responses=gone | over)
async def change(errand_id: Id, patch: ErrandPatch, book: Book) -> ErrandOut:
    """Change what was sent."""
    return ErrandOut.model_validate(await book.change(errand_id, patch))

@errands.delete("/{errand_id}", status_code=204, responses=gone)
async def drop(errand_id: Id, book: Book) -> None:
    """Fetched, or given up."""
    await book.drop(errand_id)

def create_errands_app(settings):
    return with_resource(settings, Base, errands)

# %% wrong: a statement that does not name the owner
# says: Carla looks for Ana's errand
# says: 13 of 14 stories hold
# The table and the models.
class ErrandsBase(DeclarativeBase):
    """The tables of this resource."""


class Errand(ErrandsBase):
    """Something to fetch."""

    __tablename__ = "errands"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(index=True)
    title: Mapped[str]
    shop: Mapped[str | None]
    due_date: Mapped[date | None]
    done: Mapped[bool] = mapped_column(default=False)


class ErrandCreate(RequestModel):
    """An errand to remember."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Bread"}]})

    title: Title
    shop: Title | None = None
    due_date: date | None = None


class ErrandUpdate(ErrandCreate):
    """The parts of an errand that change. The shop and the date can be emptied."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"done": True}]})

    title: Title | MISSING = MISSING
    done: bool | MISSING = MISSING


class ErrandPublic(ErrandCreate):
    """An errand, as its owner sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": 1, "title": "Bread"}]})

    id: int
    done: bool


# The service: what can be done with errands. It knows nothing of HTTP.
async def list_errands(
    db: AsyncSession, owner: User, done: bool | None, limit: int, offset: int
) -> Sequence[Errand]:
    """Give one page of the owner's errands, by id."""
    errands = select(Errand).where(Errand.owner_id == owner.id)
    if done is not None:
        errands = errands.where(Errand.done == done)
    return (await db.scalars(errands.order_by(Errand.id).limit(limit).offset(offset))).all()


async def find_errand(db: AsyncSession, owner: User, errand_id: int) -> Errand:
    """Give one of the owner's errands. Somebody else's does not exist for them."""
    errands = select(Errand).where(Errand.id == errand_id)
    errand = await db.scalar(errands)
    if errand is None:
        raise NotFound(f"There is no errand {errand_id}.", "ERRAND_NOT_FOUND")
    return errand


async def save_errand(
    db: AsyncSession, errand: Errand, fields: dict[str, Any], today: date
) -> Errand:
    """Give an errand these fields, and keep it."""
    due = fields.get("due_date")
    if due is not None and due < today:
        detail = "A due date cannot be in the past."
        raise RuleBroken(detail, "DUE_DATE_IN_PAST", "due_date")
    for name, value in fields.items():
        setattr(errand, name, value)
    db.add(errand)
    await db.flush()
    return errand


async def remove_errand(db: AsyncSession, owner: User, errand_id: int) -> None:
    """Remove one of the owner's errands."""
    await db.delete(await find_errand(db, owner, errand_id))
    await db.flush()


# What is documented, and the routes that read.
NO_ERRAND = documented(404, "You have no such errand.", ERRAND_NOT_FOUND="There is no errand 7.")
IN_THE_PAST = documented(
    422, "The date makes no sense.", DUE_DATE_IN_PAST="A due date cannot be in the past."
)
WRITING = IN_THE_PAST | BODY_LIMITS
ACTIVE = [Depends(get_current_active_user)]
reading_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


class ErrandFilter(Page):
    """Which errands to list."""

    done: bool | None = None


@reading_router.get("", response_model=list[ErrandPublic], summary="List errands")
async def get_errands(
    wanted: Annotated[ErrandFilter, Query()], user: ActiveUser, db: Db
) -> Sequence[Errand]:
    """Read your errands, page by page. specs/errands/spec.md, S5."""
    return await list_errands(db, user, wanted.done, wanted.limit or 20, wanted.offset)


@reading_router.get(
    "/{errand_id}", response_model=ErrandPublic, responses=NO_ERRAND, summary="Read errand"
)
async def get_errand(errand_id: Id, user: ActiveUser, db: Db) -> Errand:
    """Read one of your errands. specs/errands/spec.md, S6."""
    return await find_errand(db, user, errand_id)


# The routes that write, and the app: `create_errands_app(settings: Settings) -> FastAPI`.
writing_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


@writing_router.post(
    "", status_code=201, response_model=ErrandPublic, responses=WRITING, summary="Create errand"
)
async def post_errand(
    data: ErrandCreate, user: ActiveUser, db: Db, today: Today, request: Request, response: Response
) -> Errand:
    """Remember something to fetch. specs/errands/spec.md, S1."""
    errand = await save_errand(db, Errand(owner_id=user.id), data.model_dump(), today)
    location = request.app.url_path_for("get_errand", errand_id=errand.id)
    response.headers["Location"] = location
    return errand


@writing_router.patch(
    "/{errand_id}", response_model=ErrandPublic, responses=WRITING | NO_ERRAND
)
async def patch_errand(
    errand_id: Id, changes: ErrandUpdate, user: ActiveUser, db: Db, today: Today
) -> Errand:
    """Change the parts of an errand that are sent. specs/errands/spec.md, S7."""
    errand = await find_errand(db, user, errand_id)
    return await save_errand(db, errand, changes.model_dump(exclude_unset=True), today)


@writing_router.delete("/{errand_id}", status_code=204, responses=NO_ERRAND)
async def delete_errand(errand_id: Id, user: ActiveUser, db: Db) -> None:
    """Remove an errand. specs/errands/spec.md, S8."""
    await remove_errand(db, user, errand_id)


def create_errands_app(settings: Settings) -> FastAPI:
    """Build the service with errands."""
    return with_resource(settings, ErrandsBase, reading_router, writing_router)

# %% wrong: what was not sent is emptied
# says: Ana ticks an errand off
# says: exclude_unset
# The table and the models.
class ErrandsBase(DeclarativeBase):
    """The tables of this resource."""


class Errand(ErrandsBase):
    """Something to fetch."""

    __tablename__ = "errands"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(index=True)
    title: Mapped[str]
    shop: Mapped[str | None]
    due_date: Mapped[date | None]
    done: Mapped[bool] = mapped_column(default=False)


class ErrandCreate(RequestModel):
    """An errand to remember."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Bread"}]})

    title: Title
    shop: Title | None = None
    due_date: date | None = None


class ErrandUpdate(ErrandCreate):
    """The parts of an errand that change. The shop and the date can be emptied."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"done": True}]})

    title: Title | MISSING = MISSING
    done: bool | MISSING = MISSING


class ErrandPublic(ErrandCreate):
    """An errand, as its owner sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": 1, "title": "Bread"}]})

    id: int
    done: bool


# The service: what can be done with errands. It knows nothing of HTTP.
async def list_errands(
    db: AsyncSession, owner: User, done: bool | None, limit: int, offset: int
) -> Sequence[Errand]:
    """Give one page of the owner's errands, by id."""
    errands = select(Errand).where(Errand.owner_id == owner.id)
    if done is not None:
        errands = errands.where(Errand.done == done)
    return (await db.scalars(errands.order_by(Errand.id).limit(limit).offset(offset))).all()


async def find_errand(db: AsyncSession, owner: User, errand_id: int) -> Errand:
    """Give one of the owner's errands. Somebody else's does not exist for them."""
    errands = select(Errand).where(Errand.id == errand_id, Errand.owner_id == owner.id)
    errand = await db.scalar(errands)
    if errand is None:
        raise NotFound(f"There is no errand {errand_id}.", "ERRAND_NOT_FOUND")
    return errand


async def save_errand(
    db: AsyncSession, errand: Errand, fields: dict[str, Any], today: date
) -> Errand:
    """Give an errand these fields, and keep it."""
    due = fields.get("due_date")
    if due is not None and due < today:
        detail = "A due date cannot be in the past."
        raise RuleBroken(detail, "DUE_DATE_IN_PAST", "due_date")
    for name, value in fields.items():
        setattr(errand, name, value)
    db.add(errand)
    await db.flush()
    return errand


async def remove_errand(db: AsyncSession, owner: User, errand_id: int) -> None:
    """Remove one of the owner's errands."""
    await db.delete(await find_errand(db, owner, errand_id))
    await db.flush()


# What is documented, and the routes that read.
NO_ERRAND = documented(404, "You have no such errand.", ERRAND_NOT_FOUND="There is no errand 7.")
IN_THE_PAST = documented(
    422, "The date makes no sense.", DUE_DATE_IN_PAST="A due date cannot be in the past."
)
WRITING = IN_THE_PAST | BODY_LIMITS
ACTIVE = [Depends(get_current_active_user)]
reading_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


class ErrandFilter(Page):
    """Which errands to list."""

    done: bool | None = None


@reading_router.get("", response_model=list[ErrandPublic], summary="List errands")
async def get_errands(
    wanted: Annotated[ErrandFilter, Query()], user: ActiveUser, db: Db
) -> Sequence[Errand]:
    """Read your errands, page by page. specs/errands/spec.md, S5."""
    return await list_errands(db, user, wanted.done, wanted.limit or 20, wanted.offset)


@reading_router.get(
    "/{errand_id}", response_model=ErrandPublic, responses=NO_ERRAND, summary="Read errand"
)
async def get_errand(errand_id: Id, user: ActiveUser, db: Db) -> Errand:
    """Read one of your errands. specs/errands/spec.md, S6."""
    return await find_errand(db, user, errand_id)


# The routes that write, and the app: `create_errands_app(settings: Settings) -> FastAPI`.
writing_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


@writing_router.post(
    "", status_code=201, response_model=ErrandPublic, responses=WRITING, summary="Create errand"
)
async def post_errand(
    data: ErrandCreate, user: ActiveUser, db: Db, today: Today, request: Request, response: Response
) -> Errand:
    """Remember something to fetch. specs/errands/spec.md, S1."""
    errand = await save_errand(db, Errand(owner_id=user.id), data.model_dump(), today)
    location = request.app.url_path_for("get_errand", errand_id=errand.id)
    response.headers["Location"] = location
    return errand


@writing_router.patch(
    "/{errand_id}", response_model=ErrandPublic, responses=WRITING | NO_ERRAND
)
async def patch_errand(
    errand_id: Id, changes: ErrandUpdate, user: ActiveUser, db: Db, today: Today
) -> Errand:
    """Change the parts of an errand that are sent. specs/errands/spec.md, S7."""
    errand = await find_errand(db, user, errand_id)
    return await save_errand(db, errand, changes.model_dump(), today)


@writing_router.delete("/{errand_id}", status_code=204, responses=NO_ERRAND)
async def delete_errand(errand_id: Id, user: ActiveUser, db: Db) -> None:
    """Remove an errand. specs/errands/spec.md, S8."""
    await remove_errand(db, user, errand_id)


def create_errands_app(settings: Settings) -> FastAPI:
    """Build the service with errands."""
    return with_resource(settings, ErrandsBase, reading_router, writing_router)

# %% wrong: a change may have any date
# says: Ana picks yesterday
# The table and the models.
class ErrandsBase(DeclarativeBase):
    """The tables of this resource."""


class Errand(ErrandsBase):
    """Something to fetch."""

    __tablename__ = "errands"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(index=True)
    title: Mapped[str]
    shop: Mapped[str | None]
    due_date: Mapped[date | None]
    done: Mapped[bool] = mapped_column(default=False)


class ErrandCreate(RequestModel):
    """An errand to remember."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Bread"}]})

    title: Title
    shop: Title | None = None
    due_date: date | None = None


class ErrandUpdate(ErrandCreate):
    """The parts of an errand that change. The shop and the date can be emptied."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"done": True}]})

    title: Title | MISSING = MISSING
    done: bool | MISSING = MISSING


class ErrandPublic(ErrandCreate):
    """An errand, as its owner sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": 1, "title": "Bread"}]})

    id: int
    done: bool


# The service: what can be done with errands. It knows nothing of HTTP.
async def list_errands(
    db: AsyncSession, owner: User, done: bool | None, limit: int, offset: int
) -> Sequence[Errand]:
    """Give one page of the owner's errands, by id."""
    errands = select(Errand).where(Errand.owner_id == owner.id)
    if done is not None:
        errands = errands.where(Errand.done == done)
    return (await db.scalars(errands.order_by(Errand.id).limit(limit).offset(offset))).all()


async def find_errand(db: AsyncSession, owner: User, errand_id: int) -> Errand:
    """Give one of the owner's errands. Somebody else's does not exist for them."""
    errands = select(Errand).where(Errand.id == errand_id, Errand.owner_id == owner.id)
    errand = await db.scalar(errands)
    if errand is None:
        raise NotFound(f"There is no errand {errand_id}.", "ERRAND_NOT_FOUND")
    return errand


async def save_errand(
    db: AsyncSession, errand: Errand, fields: dict[str, Any], today: date
) -> Errand:
    """Give an errand these fields, and keep it."""
    due = fields.get("due_date")
    if due is not None and due < today:
        detail = "A due date cannot be in the past."
        raise RuleBroken(detail, "DUE_DATE_IN_PAST", "due_date")
    for name, value in fields.items():
        setattr(errand, name, value)
    db.add(errand)
    await db.flush()
    return errand


async def remove_errand(db: AsyncSession, owner: User, errand_id: int) -> None:
    """Remove one of the owner's errands."""
    await db.delete(await find_errand(db, owner, errand_id))
    await db.flush()


# What is documented, and the routes that read.
NO_ERRAND = documented(404, "You have no such errand.", ERRAND_NOT_FOUND="There is no errand 7.")
IN_THE_PAST = documented(
    422, "The date makes no sense.", DUE_DATE_IN_PAST="A due date cannot be in the past."
)
WRITING = IN_THE_PAST | BODY_LIMITS
ACTIVE = [Depends(get_current_active_user)]
reading_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


class ErrandFilter(Page):
    """Which errands to list."""

    done: bool | None = None


@reading_router.get("", response_model=list[ErrandPublic], summary="List errands")
async def get_errands(
    wanted: Annotated[ErrandFilter, Query()], user: ActiveUser, db: Db
) -> Sequence[Errand]:
    """Read your errands, page by page. specs/errands/spec.md, S5."""
    return await list_errands(db, user, wanted.done, wanted.limit or 20, wanted.offset)


@reading_router.get(
    "/{errand_id}", response_model=ErrandPublic, responses=NO_ERRAND, summary="Read errand"
)
async def get_errand(errand_id: Id, user: ActiveUser, db: Db) -> Errand:
    """Read one of your errands. specs/errands/spec.md, S6."""
    return await find_errand(db, user, errand_id)


# The routes that write, and the app: `create_errands_app(settings: Settings) -> FastAPI`.
writing_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


@writing_router.post(
    "", status_code=201, response_model=ErrandPublic, responses=WRITING, summary="Create errand"
)
async def post_errand(
    data: ErrandCreate, user: ActiveUser, db: Db, today: Today, request: Request, response: Response
) -> Errand:
    """Remember something to fetch. specs/errands/spec.md, S1."""
    errand = await save_errand(db, Errand(owner_id=user.id), data.model_dump(), today)
    location = request.app.url_path_for("get_errand", errand_id=errand.id)
    response.headers["Location"] = location
    return errand


@writing_router.patch(
    "/{errand_id}", response_model=ErrandPublic, responses=WRITING | NO_ERRAND
)
async def patch_errand(
    errand_id: Id, changes: ErrandUpdate, user: ActiveUser, db: Db, today: Today
) -> Errand:
    """Change the parts of an errand that are sent. specs/errands/spec.md, S7."""
    errand = await find_errand(db, user, errand_id)
    return await save_errand(db, errand, changes.model_dump(exclude_unset=True), date.min)


@writing_router.delete("/{errand_id}", status_code=204, responses=NO_ERRAND)
async def delete_errand(errand_id: Id, user: ActiveUser, db: Db) -> None:
    """Remove an errand. specs/errands/spec.md, S8."""
    await remove_errand(db, user, errand_id)


def create_errands_app(settings: Settings) -> FastAPI:
    """Build the service with errands."""
    return with_resource(settings, ErrandsBase, reading_router, writing_router)

# %% wrong: the owner leaves
# says: `owner_id` leaves
# The table and the models.
class ErrandsBase(DeclarativeBase):
    """The tables of this resource."""


class Errand(ErrandsBase):
    """Something to fetch."""

    __tablename__ = "errands"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(index=True)
    title: Mapped[str]
    shop: Mapped[str | None]
    due_date: Mapped[date | None]
    done: Mapped[bool] = mapped_column(default=False)


class ErrandCreate(RequestModel):
    """An errand to remember."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Bread"}]})

    title: Title
    shop: Title | None = None
    due_date: date | None = None


class ErrandUpdate(ErrandCreate):
    """The parts of an errand that change. The shop and the date can be emptied."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"done": True}]})

    title: Title | MISSING = MISSING
    done: bool | MISSING = MISSING


class ErrandPublic(ErrandCreate):
    """An errand, as its owner sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": 1, "title": "Bread"}]})

    id: int
    owner_id: int
    done: bool


# The service: what can be done with errands. It knows nothing of HTTP.
async def list_errands(
    db: AsyncSession, owner: User, done: bool | None, limit: int, offset: int
) -> Sequence[Errand]:
    """Give one page of the owner's errands, by id."""
    errands = select(Errand).where(Errand.owner_id == owner.id)
    if done is not None:
        errands = errands.where(Errand.done == done)
    return (await db.scalars(errands.order_by(Errand.id).limit(limit).offset(offset))).all()


async def find_errand(db: AsyncSession, owner: User, errand_id: int) -> Errand:
    """Give one of the owner's errands. Somebody else's does not exist for them."""
    errands = select(Errand).where(Errand.id == errand_id, Errand.owner_id == owner.id)
    errand = await db.scalar(errands)
    if errand is None:
        raise NotFound(f"There is no errand {errand_id}.", "ERRAND_NOT_FOUND")
    return errand


async def save_errand(
    db: AsyncSession, errand: Errand, fields: dict[str, Any], today: date
) -> Errand:
    """Give an errand these fields, and keep it."""
    due = fields.get("due_date")
    if due is not None and due < today:
        detail = "A due date cannot be in the past."
        raise RuleBroken(detail, "DUE_DATE_IN_PAST", "due_date")
    for name, value in fields.items():
        setattr(errand, name, value)
    db.add(errand)
    await db.flush()
    return errand


async def remove_errand(db: AsyncSession, owner: User, errand_id: int) -> None:
    """Remove one of the owner's errands."""
    await db.delete(await find_errand(db, owner, errand_id))
    await db.flush()


# What is documented, and the routes that read.
NO_ERRAND = documented(404, "You have no such errand.", ERRAND_NOT_FOUND="There is no errand 7.")
IN_THE_PAST = documented(
    422, "The date makes no sense.", DUE_DATE_IN_PAST="A due date cannot be in the past."
)
WRITING = IN_THE_PAST | BODY_LIMITS
ACTIVE = [Depends(get_current_active_user)]
reading_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


class ErrandFilter(Page):
    """Which errands to list."""

    done: bool | None = None


@reading_router.get("", response_model=list[ErrandPublic], summary="List errands")
async def get_errands(
    wanted: Annotated[ErrandFilter, Query()], user: ActiveUser, db: Db
) -> Sequence[Errand]:
    """Read your errands, page by page. specs/errands/spec.md, S5."""
    return await list_errands(db, user, wanted.done, wanted.limit or 20, wanted.offset)


@reading_router.get(
    "/{errand_id}", response_model=ErrandPublic, responses=NO_ERRAND, summary="Read errand"
)
async def get_errand(errand_id: Id, user: ActiveUser, db: Db) -> Errand:
    """Read one of your errands. specs/errands/spec.md, S6."""
    return await find_errand(db, user, errand_id)


# The routes that write, and the app: `create_errands_app(settings: Settings) -> FastAPI`.
writing_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


@writing_router.post(
    "", status_code=201, response_model=ErrandPublic, responses=WRITING, summary="Create errand"
)
async def post_errand(
    data: ErrandCreate, user: ActiveUser, db: Db, today: Today, request: Request, response: Response
) -> Errand:
    """Remember something to fetch. specs/errands/spec.md, S1."""
    errand = await save_errand(db, Errand(owner_id=user.id), data.model_dump(), today)
    location = request.app.url_path_for("get_errand", errand_id=errand.id)
    response.headers["Location"] = location
    return errand


@writing_router.patch(
    "/{errand_id}", response_model=ErrandPublic, responses=WRITING | NO_ERRAND
)
async def patch_errand(
    errand_id: Id, changes: ErrandUpdate, user: ActiveUser, db: Db, today: Today
) -> Errand:
    """Change the parts of an errand that are sent. specs/errands/spec.md, S7."""
    errand = await find_errand(db, user, errand_id)
    return await save_errand(db, errand, changes.model_dump(exclude_unset=True), today)


@writing_router.delete("/{errand_id}", status_code=204, responses=NO_ERRAND)
async def delete_errand(errand_id: Id, user: ActiveUser, db: Db) -> None:
    """Remove an errand. specs/errands/spec.md, S8."""
    await remove_errand(db, user, errand_id)


def create_errands_app(settings: Settings) -> FastAPI:
    """Build the service with errands."""
    return with_resource(settings, ErrandsBase, reading_router, writing_router)

# %% wrong: an HTTPException in the service
# says: ERRAND_NOT_FOUND
# says: somebody raised `HTTPException(404)`
# The table and the models.
from fastapi import HTTPException

class ErrandsBase(DeclarativeBase):
    """The tables of this resource."""


class Errand(ErrandsBase):
    """Something to fetch."""

    __tablename__ = "errands"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(index=True)
    title: Mapped[str]
    shop: Mapped[str | None]
    due_date: Mapped[date | None]
    done: Mapped[bool] = mapped_column(default=False)


class ErrandCreate(RequestModel):
    """An errand to remember."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Bread"}]})

    title: Title
    shop: Title | None = None
    due_date: date | None = None


class ErrandUpdate(ErrandCreate):
    """The parts of an errand that change. The shop and the date can be emptied."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"done": True}]})

    title: Title | MISSING = MISSING
    done: bool | MISSING = MISSING


class ErrandPublic(ErrandCreate):
    """An errand, as its owner sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": 1, "title": "Bread"}]})

    id: int
    done: bool


# The service: what can be done with errands. It knows nothing of HTTP.
async def list_errands(
    db: AsyncSession, owner: User, done: bool | None, limit: int, offset: int
) -> Sequence[Errand]:
    """Give one page of the owner's errands, by id."""
    errands = select(Errand).where(Errand.owner_id == owner.id)
    if done is not None:
        errands = errands.where(Errand.done == done)
    return (await db.scalars(errands.order_by(Errand.id).limit(limit).offset(offset))).all()


async def find_errand(db: AsyncSession, owner: User, errand_id: int) -> Errand:
    """Give one of the owner's errands. Somebody else's does not exist for them."""
    errands = select(Errand).where(Errand.id == errand_id, Errand.owner_id == owner.id)
    errand = await db.scalar(errands)
    if errand is None:
        raise HTTPException(404, "There is no such errand.")
    return errand


async def save_errand(
    db: AsyncSession, errand: Errand, fields: dict[str, Any], today: date
) -> Errand:
    """Give an errand these fields, and keep it."""
    due = fields.get("due_date")
    if due is not None and due < today:
        detail = "A due date cannot be in the past."
        raise RuleBroken(detail, "DUE_DATE_IN_PAST", "due_date")
    for name, value in fields.items():
        setattr(errand, name, value)
    db.add(errand)
    await db.flush()
    return errand


async def remove_errand(db: AsyncSession, owner: User, errand_id: int) -> None:
    """Remove one of the owner's errands."""
    await db.delete(await find_errand(db, owner, errand_id))
    await db.flush()


# What is documented, and the routes that read.
NO_ERRAND = documented(404, "You have no such errand.", ERRAND_NOT_FOUND="There is no errand 7.")
IN_THE_PAST = documented(
    422, "The date makes no sense.", DUE_DATE_IN_PAST="A due date cannot be in the past."
)
WRITING = IN_THE_PAST | BODY_LIMITS
ACTIVE = [Depends(get_current_active_user)]
reading_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


class ErrandFilter(Page):
    """Which errands to list."""

    done: bool | None = None


@reading_router.get("", response_model=list[ErrandPublic], summary="List errands")
async def get_errands(
    wanted: Annotated[ErrandFilter, Query()], user: ActiveUser, db: Db
) -> Sequence[Errand]:
    """Read your errands, page by page. specs/errands/spec.md, S5."""
    return await list_errands(db, user, wanted.done, wanted.limit or 20, wanted.offset)


@reading_router.get(
    "/{errand_id}", response_model=ErrandPublic, responses=NO_ERRAND, summary="Read errand"
)
async def get_errand(errand_id: Id, user: ActiveUser, db: Db) -> Errand:
    """Read one of your errands. specs/errands/spec.md, S6."""
    return await find_errand(db, user, errand_id)


# The routes that write, and the app: `create_errands_app(settings: Settings) -> FastAPI`.
writing_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


@writing_router.post(
    "", status_code=201, response_model=ErrandPublic, responses=WRITING, summary="Create errand"
)
async def post_errand(
    data: ErrandCreate, user: ActiveUser, db: Db, today: Today, request: Request, response: Response
) -> Errand:
    """Remember something to fetch. specs/errands/spec.md, S1."""
    errand = await save_errand(db, Errand(owner_id=user.id), data.model_dump(), today)
    location = request.app.url_path_for("get_errand", errand_id=errand.id)
    response.headers["Location"] = location
    return errand


@writing_router.patch(
    "/{errand_id}", response_model=ErrandPublic, responses=WRITING | NO_ERRAND
)
async def patch_errand(
    errand_id: Id, changes: ErrandUpdate, user: ActiveUser, db: Db, today: Today
) -> Errand:
    """Change the parts of an errand that are sent. specs/errands/spec.md, S7."""
    errand = await find_errand(db, user, errand_id)
    return await save_errand(db, errand, changes.model_dump(exclude_unset=True), today)


@writing_router.delete("/{errand_id}", status_code=204, responses=NO_ERRAND)
async def delete_errand(errand_id: Id, user: ActiveUser, db: Db) -> None:
    """Remove an errand. specs/errands/spec.md, S8."""
    await remove_errand(db, user, errand_id)


def create_errands_app(settings: Settings) -> FastAPI:
    """Build the service with errands."""
    return with_resource(settings, ErrandsBase, reading_router, writing_router)

# %% wrong: nothing is returned
# says: Is there a `return`
# The table and the models.
class ErrandsBase(DeclarativeBase):
    """The tables of this resource."""


class Errand(ErrandsBase):
    """Something to fetch."""

    __tablename__ = "errands"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(index=True)
    title: Mapped[str]
    shop: Mapped[str | None]
    due_date: Mapped[date | None]
    done: Mapped[bool] = mapped_column(default=False)


class ErrandCreate(RequestModel):
    """An errand to remember."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Bread"}]})

    title: Title
    shop: Title | None = None
    due_date: date | None = None


class ErrandUpdate(ErrandCreate):
    """The parts of an errand that change. The shop and the date can be emptied."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"done": True}]})

    title: Title | MISSING = MISSING
    done: bool | MISSING = MISSING


class ErrandPublic(ErrandCreate):
    """An errand, as its owner sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": 1, "title": "Bread"}]})

    id: int
    done: bool


# The service: what can be done with errands. It knows nothing of HTTP.
async def list_errands(
    db: AsyncSession, owner: User, done: bool | None, limit: int, offset: int
) -> Sequence[Errand]:
    """Give one page of the owner's errands, by id."""
    errands = select(Errand).where(Errand.owner_id == owner.id)
    if done is not None:
        errands = errands.where(Errand.done == done)
    return (await db.scalars(errands.order_by(Errand.id).limit(limit).offset(offset))).all()


async def find_errand(db: AsyncSession, owner: User, errand_id: int) -> Errand:
    """Give one of the owner's errands. Somebody else's does not exist for them."""
    errands = select(Errand).where(Errand.id == errand_id, Errand.owner_id == owner.id)
    errand = await db.scalar(errands)
    if errand is None:
        raise NotFound(f"There is no errand {errand_id}.", "ERRAND_NOT_FOUND")
    return errand


async def save_errand(
    db: AsyncSession, errand: Errand, fields: dict[str, Any], today: date
) -> Errand:
    """Give an errand these fields, and keep it."""
    due = fields.get("due_date")
    if due is not None and due < today:
        detail = "A due date cannot be in the past."
        raise RuleBroken(detail, "DUE_DATE_IN_PAST", "due_date")
    for name, value in fields.items():
        setattr(errand, name, value)
    db.add(errand)
    await db.flush()
    return errand


async def remove_errand(db: AsyncSession, owner: User, errand_id: int) -> None:
    """Remove one of the owner's errands."""
    await db.delete(await find_errand(db, owner, errand_id))
    await db.flush()


# What is documented, and the routes that read.
NO_ERRAND = documented(404, "You have no such errand.", ERRAND_NOT_FOUND="There is no errand 7.")
IN_THE_PAST = documented(
    422, "The date makes no sense.", DUE_DATE_IN_PAST="A due date cannot be in the past."
)
WRITING = IN_THE_PAST | BODY_LIMITS
ACTIVE = [Depends(get_current_active_user)]
reading_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


class ErrandFilter(Page):
    """Which errands to list."""

    done: bool | None = None


@reading_router.get("", response_model=list[ErrandPublic], summary="List errands")
async def get_errands(
    wanted: Annotated[ErrandFilter, Query()], user: ActiveUser, db: Db
) -> Sequence[Errand]:
    """Read your errands, page by page. specs/errands/spec.md, S5."""
    return await list_errands(db, user, wanted.done, wanted.limit or 20, wanted.offset)


@reading_router.get(
    "/{errand_id}", response_model=ErrandPublic, responses=NO_ERRAND, summary="Read errand"
)
async def get_errand(errand_id: Id, user: ActiveUser, db: Db) -> Errand:
    """Read one of your errands. specs/errands/spec.md, S6."""
    return await find_errand(db, user, errand_id)


# The routes that write, and the app: `create_errands_app(settings: Settings) -> FastAPI`.
writing_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


@writing_router.post(
    "", status_code=201, response_model=ErrandPublic, responses=WRITING, summary="Create errand"
)
async def post_errand(
    data: ErrandCreate, user: ActiveUser, db: Db, today: Today, request: Request, response: Response
) -> Errand:
    """Remember something to fetch. specs/errands/spec.md, S1."""
    errand = await save_errand(db, Errand(owner_id=user.id), data.model_dump(), today)
    location = request.app.url_path_for("get_errand", errand_id=errand.id)
    response.headers["Location"] = location
    return errand


@writing_router.patch(
    "/{errand_id}", response_model=ErrandPublic, responses=WRITING | NO_ERRAND
)
async def patch_errand(
    errand_id: Id, changes: ErrandUpdate, user: ActiveUser, db: Db, today: Today
) -> Errand:
    """Change the parts of an errand that are sent. specs/errands/spec.md, S7."""
    errand = await find_errand(db, user, errand_id)
    return await save_errand(db, errand, changes.model_dump(exclude_unset=True), today)


@writing_router.delete("/{errand_id}", status_code=204, responses=NO_ERRAND)
async def delete_errand(errand_id: Id, user: ActiveUser, db: Db) -> None:
    """Remove an errand. specs/errands/spec.md, S8."""
    await remove_errand(db, user, errand_id)


def create_errands_app(settings: Settings) -> FastAPI:
    """Build the service with errands."""
    with_resource(settings, ErrandsBase, reading_router, writing_router)

# %% wrong: no documentation
# says: All 14 stories hold
# says: C9
# The table and the models.
class ErrandsBase(DeclarativeBase):
    """The tables of this resource."""


class Errand(ErrandsBase):
    """Something to fetch."""

    __tablename__ = "errands"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(index=True)
    title: Mapped[str]
    shop: Mapped[str | None]
    due_date: Mapped[date | None]
    done: Mapped[bool] = mapped_column(default=False)


class ErrandCreate(RequestModel):
    """An errand to remember."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Bread"}]})

    title: Title
    shop: Title | None = None
    due_date: date | None = None


class ErrandUpdate(ErrandCreate):
    """The parts of an errand that change. The shop and the date can be emptied."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"done": True}]})

    title: Title | MISSING = MISSING
    done: bool | MISSING = MISSING


class ErrandPublic(ErrandCreate):
    """An errand, as its owner sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": 1, "title": "Bread"}]})

    id: int
    done: bool


# The service: what can be done with errands. It knows nothing of HTTP.
async def list_errands(
    db: AsyncSession, owner: User, done: bool | None, limit: int, offset: int
) -> Sequence[Errand]:
    """Give one page of the owner's errands, by id."""
    errands = select(Errand).where(Errand.owner_id == owner.id)
    if done is not None:
        errands = errands.where(Errand.done == done)
    return (await db.scalars(errands.order_by(Errand.id).limit(limit).offset(offset))).all()


async def find_errand(db: AsyncSession, owner: User, errand_id: int) -> Errand:
    """Give one of the owner's errands. Somebody else's does not exist for them."""
    errands = select(Errand).where(Errand.id == errand_id, Errand.owner_id == owner.id)
    errand = await db.scalar(errands)
    if errand is None:
        raise NotFound(f"There is no errand {errand_id}.", "ERRAND_NOT_FOUND")
    return errand


async def save_errand(
    db: AsyncSession, errand: Errand, fields: dict[str, Any], today: date
) -> Errand:
    """Give an errand these fields, and keep it."""
    due = fields.get("due_date")
    if due is not None and due < today:
        detail = "A due date cannot be in the past."
        raise RuleBroken(detail, "DUE_DATE_IN_PAST", "due_date")
    for name, value in fields.items():
        setattr(errand, name, value)
    db.add(errand)
    await db.flush()
    return errand


async def remove_errand(db: AsyncSession, owner: User, errand_id: int) -> None:
    """Remove one of the owner's errands."""
    await db.delete(await find_errand(db, owner, errand_id))
    await db.flush()


# What is documented, and the routes that read.
NO_ERRAND = documented(404, "You have no such errand.", ERRAND_NOT_FOUND="There is no errand 7.")
IN_THE_PAST = documented(
    422, "The date makes no sense.", DUE_DATE_IN_PAST="A due date cannot be in the past."
)
WRITING = IN_THE_PAST | BODY_LIMITS
ACTIVE = [Depends(get_current_active_user)]
reading_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


class ErrandFilter(Page):
    """Which errands to list."""

    done: bool | None = None


@reading_router.get("", response_model=list[ErrandPublic], summary="List errands")
async def get_errands(
    wanted: Annotated[ErrandFilter, Query()], user: ActiveUser, db: Db
) -> Sequence[Errand]:
    """Read your errands, page by page. specs/errands/spec.md, S5."""
    return await list_errands(db, user, wanted.done, wanted.limit or 20, wanted.offset)


@reading_router.get(
    "/{errand_id}", response_model=ErrandPublic, responses=NO_ERRAND, summary="Read errand"
)
async def get_errand(errand_id: Id, user: ActiveUser, db: Db) -> Errand:
    """Read one of your errands. specs/errands/spec.md, S6."""
    return await find_errand(db, user, errand_id)


# The routes that write, and the app: `create_errands_app(settings: Settings) -> FastAPI`.
writing_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


@writing_router.post(
    "", status_code=201, response_model=ErrandPublic, responses=WRITING
)
async def post_errand(
    data: ErrandCreate, user: ActiveUser, db: Db, today: Today, request: Request, response: Response
) -> Errand:
    errand = await save_errand(db, Errand(owner_id=user.id), data.model_dump(), today)
    location = request.app.url_path_for("get_errand", errand_id=errand.id)
    response.headers["Location"] = location
    return errand


@writing_router.patch(
    "/{errand_id}", response_model=ErrandPublic, responses=WRITING | NO_ERRAND
)
async def patch_errand(
    errand_id: Id, changes: ErrandUpdate, user: ActiveUser, db: Db, today: Today
) -> Errand:
    """Change the parts of an errand that are sent. specs/errands/spec.md, S7."""
    errand = await find_errand(db, user, errand_id)
    return await save_errand(db, errand, changes.model_dump(exclude_unset=True), today)


@writing_router.delete("/{errand_id}", status_code=204, responses=NO_ERRAND)
async def delete_errand(errand_id: Id, user: ActiveUser, db: Db) -> None:
    """Remove an errand. specs/errands/spec.md, S8."""
    await remove_errand(db, user, errand_id)


def create_errands_app(settings: Settings) -> FastAPI:
    """Build the service with errands."""
    return with_resource(settings, ErrandsBase, reading_router, writing_router)

# %% wrong: a wait in the service
# says: All 14 stories hold
# says: C7.blocking-call
# The table and the models.
import time

class ErrandsBase(DeclarativeBase):
    """The tables of this resource."""


class Errand(ErrandsBase):
    """Something to fetch."""

    __tablename__ = "errands"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(index=True)
    title: Mapped[str]
    shop: Mapped[str | None]
    due_date: Mapped[date | None]
    done: Mapped[bool] = mapped_column(default=False)


class ErrandCreate(RequestModel):
    """An errand to remember."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Bread"}]})

    title: Title
    shop: Title | None = None
    due_date: date | None = None


class ErrandUpdate(ErrandCreate):
    """The parts of an errand that change. The shop and the date can be emptied."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"done": True}]})

    title: Title | MISSING = MISSING
    done: bool | MISSING = MISSING


class ErrandPublic(ErrandCreate):
    """An errand, as its owner sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": 1, "title": "Bread"}]})

    id: int
    done: bool


# The service: what can be done with errands. It knows nothing of HTTP.
async def list_errands(
    db: AsyncSession, owner: User, done: bool | None, limit: int, offset: int
) -> Sequence[Errand]:
    """Give one page of the owner's errands, by id."""
    errands = select(Errand).where(Errand.owner_id == owner.id)
    if done is not None:
        errands = errands.where(Errand.done == done)
    return (await db.scalars(errands.order_by(Errand.id).limit(limit).offset(offset))).all()


async def find_errand(db: AsyncSession, owner: User, errand_id: int) -> Errand:
    """Give one of the owner's errands. Somebody else's does not exist for them."""
    errands = select(Errand).where(Errand.id == errand_id, Errand.owner_id == owner.id)
    errand = await db.scalar(errands)
    if errand is None:
        raise NotFound(f"There is no errand {errand_id}.", "ERRAND_NOT_FOUND")
    return errand


async def save_errand(
    db: AsyncSession, errand: Errand, fields: dict[str, Any], today: date
) -> Errand:
    """Give an errand these fields, and keep it."""
    due = fields.get("due_date")
    if due is not None and due < today:
        detail = "A due date cannot be in the past."
        raise RuleBroken(detail, "DUE_DATE_IN_PAST", "due_date")
    for name, value in fields.items():
        setattr(errand, name, value)
    db.add(errand)
    await db.flush()
    return errand


async def remove_errand(db: AsyncSession, owner: User, errand_id: int) -> None:
    """Remove one of the owner's errands."""
    await db.delete(await find_errand(db, owner, errand_id))
    await db.flush()


# What is documented, and the routes that read.
NO_ERRAND = documented(404, "You have no such errand.", ERRAND_NOT_FOUND="There is no errand 7.")
IN_THE_PAST = documented(
    422, "The date makes no sense.", DUE_DATE_IN_PAST="A due date cannot be in the past."
)
WRITING = IN_THE_PAST | BODY_LIMITS
ACTIVE = [Depends(get_current_active_user)]
reading_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


class ErrandFilter(Page):
    """Which errands to list."""

    done: bool | None = None


@reading_router.get("", response_model=list[ErrandPublic], summary="List errands")
async def get_errands(
    wanted: Annotated[ErrandFilter, Query()], user: ActiveUser, db: Db
) -> Sequence[Errand]:
    """Read your errands, page by page. specs/errands/spec.md, S5."""
    return await list_errands(db, user, wanted.done, wanted.limit or 20, wanted.offset)


@reading_router.get(
    "/{errand_id}", response_model=ErrandPublic, responses=NO_ERRAND, summary="Read errand"
)
async def get_errand(errand_id: Id, user: ActiveUser, db: Db) -> Errand:
    """Read one of your errands. specs/errands/spec.md, S6."""
    return await find_errand(db, user, errand_id)


# The routes that write, and the app: `create_errands_app(settings: Settings) -> FastAPI`.
writing_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


@writing_router.post(
    "", status_code=201, response_model=ErrandPublic, responses=WRITING, summary="Create errand"
)
async def post_errand(
    data: ErrandCreate, user: ActiveUser, db: Db, today: Today, request: Request, response: Response
) -> Errand:
    """Remember something to fetch. specs/errands/spec.md, S1."""
    errand = await save_errand(db, Errand(owner_id=user.id), data.model_dump(), today)
    location = request.app.url_path_for("get_errand", errand_id=errand.id)
    response.headers["Location"] = location
    return errand


@writing_router.patch(
    "/{errand_id}", response_model=ErrandPublic, responses=WRITING | NO_ERRAND
)
async def patch_errand(
    errand_id: Id, changes: ErrandUpdate, user: ActiveUser, db: Db, today: Today
) -> Errand:
    """Change the parts of an errand that are sent. specs/errands/spec.md, S7."""
    errand = await find_errand(db, user, errand_id)
    return await save_errand(db, errand, changes.model_dump(exclude_unset=True), today)


@writing_router.delete("/{errand_id}", status_code=204, responses=NO_ERRAND)
async def delete_errand(errand_id: Id, user: ActiveUser, db: Db) -> None:
    """Remove an errand. specs/errands/spec.md, S8."""
    time.sleep(0.001)
    await remove_errand(db, user, errand_id)


def create_errands_app(settings: Settings) -> FastAPI:
    """Build the service with errands."""
    return with_resource(settings, ErrandsBase, reading_router, writing_router)

# %% wrong: a date that the database refuses
# says: ended with
# The table and the models.
class ErrandsBase(DeclarativeBase):
    """The tables of this resource."""


class Errand(ErrandsBase):
    """Something to fetch."""

    __tablename__ = "errands"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(index=True)
    title: Mapped[str]
    shop: Mapped[str | None]
    due_date: Mapped[date | None]
    done: Mapped[bool] = mapped_column(default=False)


class ErrandCreate(RequestModel):
    """An errand to remember."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Bread"}]})

    title: Title
    shop: Title | None = None
    due_date: date | None = None


class ErrandUpdate(ErrandCreate):
    """The parts of an errand that change. The shop and the date can be emptied."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"done": True}]})

    title: Title | MISSING = MISSING
    done: bool | MISSING = MISSING


class ErrandPublic(ErrandCreate):
    """An errand, as its owner sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": 1, "title": "Bread"}]})

    id: int
    done: bool


# The service: what can be done with errands. It knows nothing of HTTP.
async def list_errands(
    db: AsyncSession, owner: User, done: bool | None, limit: int, offset: int
) -> Sequence[Errand]:
    """Give one page of the owner's errands, by id."""
    errands = select(Errand).where(Errand.owner_id == owner.id)
    if done is not None:
        errands = errands.where(Errand.done == done)
    return (await db.scalars(errands.order_by(Errand.id).limit(limit).offset(offset))).all()


async def find_errand(db: AsyncSession, owner: User, errand_id: int) -> Errand:
    """Give one of the owner's errands. Somebody else's does not exist for them."""
    errands = select(Errand).where(Errand.id == errand_id, Errand.owner_id == owner.id)
    errand = await db.scalar(errands)
    if errand is None:
        raise NotFound(f"There is no errand {errand_id}.", "ERRAND_NOT_FOUND")
    return errand


async def save_errand(
    db: AsyncSession, errand: Errand, fields: dict[str, Any], today: date
) -> Errand:
    """Give an errand these fields, and keep it."""
    due = fields.get("due_date")
    if due is not None and due < today:
        detail = "A due date cannot be in the past."
        raise RuleBroken(detail, "DUE_DATE_IN_PAST", "due_date")
    for name, value in fields.items():
        setattr(errand, name, str(value) if name == "due_date" else value)
    db.add(errand)
    await db.flush()
    return errand


async def remove_errand(db: AsyncSession, owner: User, errand_id: int) -> None:
    """Remove one of the owner's errands."""
    await db.delete(await find_errand(db, owner, errand_id))
    await db.flush()


# What is documented, and the routes that read.
NO_ERRAND = documented(404, "You have no such errand.", ERRAND_NOT_FOUND="There is no errand 7.")
IN_THE_PAST = documented(
    422, "The date makes no sense.", DUE_DATE_IN_PAST="A due date cannot be in the past."
)
WRITING = IN_THE_PAST | BODY_LIMITS
ACTIVE = [Depends(get_current_active_user)]
reading_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


class ErrandFilter(Page):
    """Which errands to list."""

    done: bool | None = None


@reading_router.get("", response_model=list[ErrandPublic], summary="List errands")
async def get_errands(
    wanted: Annotated[ErrandFilter, Query()], user: ActiveUser, db: Db
) -> Sequence[Errand]:
    """Read your errands, page by page. specs/errands/spec.md, S5."""
    return await list_errands(db, user, wanted.done, wanted.limit or 20, wanted.offset)


@reading_router.get(
    "/{errand_id}", response_model=ErrandPublic, responses=NO_ERRAND, summary="Read errand"
)
async def get_errand(errand_id: Id, user: ActiveUser, db: Db) -> Errand:
    """Read one of your errands. specs/errands/spec.md, S6."""
    return await find_errand(db, user, errand_id)


# The routes that write, and the app: `create_errands_app(settings: Settings) -> FastAPI`.
writing_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


@writing_router.post(
    "", status_code=201, response_model=ErrandPublic, responses=WRITING, summary="Create errand"
)
async def post_errand(
    data: ErrandCreate, user: ActiveUser, db: Db, today: Today, request: Request, response: Response
) -> Errand:
    """Remember something to fetch. specs/errands/spec.md, S1."""
    errand = await save_errand(db, Errand(owner_id=user.id), data.model_dump(), today)
    location = request.app.url_path_for("get_errand", errand_id=errand.id)
    response.headers["Location"] = location
    return errand


@writing_router.patch(
    "/{errand_id}", response_model=ErrandPublic, responses=WRITING | NO_ERRAND
)
async def patch_errand(
    errand_id: Id, changes: ErrandUpdate, user: ActiveUser, db: Db, today: Today
) -> Errand:
    """Change the parts of an errand that are sent. specs/errands/spec.md, S7."""
    errand = await find_errand(db, user, errand_id)
    return await save_errand(db, errand, changes.model_dump(exclude_unset=True), today)


@writing_router.delete("/{errand_id}", status_code=204, responses=NO_ERRAND)
async def delete_errand(errand_id: Id, user: ActiveUser, db: Db) -> None:
    """Remove an errand. specs/errands/spec.md, S8."""
    await remove_errand(db, user, errand_id)


def create_errands_app(settings: Settings) -> FastAPI:
    """Build the service with errands."""
    return with_resource(settings, ErrandsBase, reading_router, writing_router)

# %% wrong: null is left out
# says: `exclude_none` leaves `null` out
# The table and the models.
class ErrandsBase(DeclarativeBase):
    """The tables of this resource."""


class Errand(ErrandsBase):
    """Something to fetch."""

    __tablename__ = "errands"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(index=True)
    title: Mapped[str]
    shop: Mapped[str | None]
    due_date: Mapped[date | None]
    done: Mapped[bool] = mapped_column(default=False)


class ErrandCreate(RequestModel):
    """An errand to remember."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Bread"}]})

    title: Title
    shop: Title | None = None
    due_date: date | None = None


class ErrandUpdate(ErrandCreate):
    """The parts of an errand that change. The shop and the date can be emptied."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"done": True}]})

    title: Title | MISSING = MISSING
    done: bool | MISSING = MISSING


class ErrandPublic(ErrandCreate):
    """An errand, as its owner sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": 1, "title": "Bread"}]})

    id: int
    done: bool


# The service: what can be done with errands. It knows nothing of HTTP.
async def list_errands(
    db: AsyncSession, owner: User, done: bool | None, limit: int, offset: int
) -> Sequence[Errand]:
    """Give one page of the owner's errands, by id."""
    errands = select(Errand).where(Errand.owner_id == owner.id)
    if done is not None:
        errands = errands.where(Errand.done == done)
    return (await db.scalars(errands.order_by(Errand.id).limit(limit).offset(offset))).all()


async def find_errand(db: AsyncSession, owner: User, errand_id: int) -> Errand:
    """Give one of the owner's errands. Somebody else's does not exist for them."""
    errands = select(Errand).where(Errand.id == errand_id, Errand.owner_id == owner.id)
    errand = await db.scalar(errands)
    if errand is None:
        raise NotFound(f"There is no errand {errand_id}.", "ERRAND_NOT_FOUND")
    return errand


async def save_errand(
    db: AsyncSession, errand: Errand, fields: dict[str, Any], today: date
) -> Errand:
    """Give an errand these fields, and keep it."""
    due = fields.get("due_date")
    if due is not None and due < today:
        detail = "A due date cannot be in the past."
        raise RuleBroken(detail, "DUE_DATE_IN_PAST", "due_date")
    for name, value in fields.items():
        setattr(errand, name, value)
    db.add(errand)
    await db.flush()
    return errand


async def remove_errand(db: AsyncSession, owner: User, errand_id: int) -> None:
    """Remove one of the owner's errands."""
    await db.delete(await find_errand(db, owner, errand_id))
    await db.flush()


# What is documented, and the routes that read.
NO_ERRAND = documented(404, "You have no such errand.", ERRAND_NOT_FOUND="There is no errand 7.")
IN_THE_PAST = documented(
    422, "The date makes no sense.", DUE_DATE_IN_PAST="A due date cannot be in the past."
)
WRITING = IN_THE_PAST | BODY_LIMITS
ACTIVE = [Depends(get_current_active_user)]
reading_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


class ErrandFilter(Page):
    """Which errands to list."""

    done: bool | None = None


@reading_router.get("", response_model=list[ErrandPublic], summary="List errands")
async def get_errands(
    wanted: Annotated[ErrandFilter, Query()], user: ActiveUser, db: Db
) -> Sequence[Errand]:
    """Read your errands, page by page. specs/errands/spec.md, S5."""
    return await list_errands(db, user, wanted.done, wanted.limit or 20, wanted.offset)


@reading_router.get(
    "/{errand_id}", response_model=ErrandPublic, responses=NO_ERRAND, summary="Read errand"
)
async def get_errand(errand_id: Id, user: ActiveUser, db: Db) -> Errand:
    """Read one of your errands. specs/errands/spec.md, S6."""
    return await find_errand(db, user, errand_id)


# The routes that write, and the app: `create_errands_app(settings: Settings) -> FastAPI`.
writing_router = APIRouter(
    prefix="/errands", tags=["errands"], dependencies=ACTIVE, responses=GUARDED | INVALID
)


@writing_router.post(
    "", status_code=201, response_model=ErrandPublic, responses=WRITING, summary="Create errand"
)
async def post_errand(
    data: ErrandCreate, user: ActiveUser, db: Db, today: Today, request: Request, response: Response
) -> Errand:
    """Remember something to fetch. specs/errands/spec.md, S1."""
    errand = await save_errand(db, Errand(owner_id=user.id), data.model_dump(), today)
    location = request.app.url_path_for("get_errand", errand_id=errand.id)
    response.headers["Location"] = location
    return errand


@writing_router.patch(
    "/{errand_id}", response_model=ErrandPublic, responses=WRITING | NO_ERRAND
)
async def patch_errand(
    errand_id: Id, changes: ErrandUpdate, user: ActiveUser, db: Db, today: Today
) -> Errand:
    """Change the parts of an errand that are sent. specs/errands/spec.md, S7."""
    errand = await find_errand(db, user, errand_id)
    return await save_errand(db, errand, changes.model_dump(exclude_none=True), today)


@writing_router.delete("/{errand_id}", status_code=204, responses=NO_ERRAND)
async def delete_errand(errand_id: Id, user: ActiveUser, db: Db) -> None:
    """Remove an errand. specs/errands/spec.md, S8."""
    await remove_errand(db, user, errand_id)


def create_errands_app(settings: Settings) -> FastAPI:
    """Build the service with errands."""
    return with_resource(settings, ErrandsBase, reading_router, writing_router)
