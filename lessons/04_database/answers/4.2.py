# %% right: try, except, finally
class NoteBase(DeclarativeBase):
    pass


class Note(NoteBase):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)


async def get_notes_db(request: Request) -> AsyncIterator[AsyncSession]:
    session = request.app.state.sessions()
    try:
        yield session
        await session.commit()
    except Exception:
        await session.rollback()
        raise
    finally:
        await session.close()


NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]


notes_router = APIRouter()


@notes_router.post("/notes", status_code=201)
async def import_notes(texts: list[str], db: NotesDb) -> dict[str, int]:
    if await db.scalar(select(func.count()).select_from(Note)) > 1000:
        raise HTTPException(409, "There is no room for more notes.")
    for text in texts:
        if not text:
            raise HTTPException(422, "There is a note without words.")
        db.add(Note(text=text))
    return {"imported": len(texts)}


@notes_router.get("/notes")
async def read_notes(db: NotesDb) -> list[str]:
    return list(await db.scalars(select(Note.text).order_by(Note.id)))


# %% right: sessions.begin, and a refused commit said in HTTP
class NoteBase(DeclarativeBase):
    pass


class Note(NoteBase):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)


from sqlalchemy.exc import IntegrityError


async def get_notes_db(request: Request):
    try:
        async with request.app.state.sessions.begin() as session:
            yield session
    except IntegrityError as error:
        raise HTTPException(409, "A note is there already.") from error


NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]


notes_router = APIRouter()


@notes_router.post("/notes", status_code=201)
async def import_notes(texts: list[str], db: NotesDb) -> dict[str, int]:
    if await db.scalar(select(func.count()).select_from(Note)) > 1000:
        raise HTTPException(409, "There is no room for more notes.")
    for text in texts:
        if not text:
            raise HTTPException(422, "There is a note without words.")
        db.add(Note(text=text))
    return {"imported": len(texts)}


@notes_router.get("/notes")
async def read_notes(db: NotesDb) -> list[str]:
    return list(await db.scalars(select(Note.text).order_by(Note.id)))


# %% wrong: closed on every way out, and never committed
# says: nothing has committed
class NoteBase(DeclarativeBase):
    pass


class Note(NoteBase):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)


async def get_notes_db(request: Request):
    async with request.app.state.sessions() as session:
        yield session


NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]


notes_router = APIRouter()


@notes_router.post("/notes", status_code=201)
async def import_notes(texts: list[str], db: NotesDb) -> dict[str, int]:
    if await db.scalar(select(func.count()).select_from(Note)) > 1000:
        raise HTTPException(409, "There is no room for more notes.")
    for text in texts:
        if not text:
            raise HTTPException(422, "There is a note without words.")
        db.add(Note(text=text))
    return {"imported": len(texts)}


@notes_router.get("/notes")
async def read_notes(db: NotesDb) -> list[str]:
    return list(await db.scalars(select(Note.text).order_by(Note.id)))


# %% wrong: a commit after the yield, and no more
# says: its session is still open
class NoteBase(DeclarativeBase):
    pass


class Note(NoteBase):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)


async def get_notes_db(request: Request):
    session = request.app.state.sessions()
    yield session
    await session.commit()
    await session.close()


NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]


notes_router = APIRouter()


@notes_router.post("/notes", status_code=201)
async def import_notes(texts: list[str], db: NotesDb) -> dict[str, int]:
    if await db.scalar(select(func.count()).select_from(Note)) > 1000:
        raise HTTPException(409, "There is no room for more notes.")
    for text in texts:
        if not text:
            raise HTTPException(422, "There is a note without words.")
        db.add(Note(text=text))
    return {"imported": len(texts)}


@notes_router.get("/notes")
async def read_notes(db: NotesDb) -> list[str]:
    return list(await db.scalars(select(Note.text).order_by(Note.id)))


# %% wrong: the commit in finally
# says: Commit after the `yield` only
class NoteBase(DeclarativeBase):
    pass


class Note(NoteBase):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)


async def get_notes_db(request: Request):
    session = request.app.state.sessions()
    try:
        yield session
    finally:
        await session.commit()
        await session.close()


NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]


notes_router = APIRouter()


@notes_router.post("/notes", status_code=201)
async def import_notes(texts: list[str], db: NotesDb) -> dict[str, int]:
    if await db.scalar(select(func.count()).select_from(Note)) > 1000:
        raise HTTPException(409, "There is no room for more notes.")
    for text in texts:
        if not text:
            raise HTTPException(422, "There is a note without words.")
        db.add(Note(text=text))
    return {"imported": len(texts)}


@notes_router.get("/notes")
async def read_notes(db: NotesDb) -> list[str]:
    return list(await db.scalars(select(Note.text).order_by(Note.id)))


# %% wrong: the default scope
# says: Ben was told 201
class NoteBase(DeclarativeBase):
    pass


class Note(NoteBase):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)


async def get_notes_db(request: Request):
    async with request.app.state.sessions() as session, session.begin():
        yield session


NotesDb = Annotated[AsyncSession, Depends(get_notes_db)]


notes_router = APIRouter()


@notes_router.post("/notes", status_code=201)
async def import_notes(texts: list[str], db: NotesDb) -> dict[str, int]:
    if await db.scalar(select(func.count()).select_from(Note)) > 1000:
        raise HTTPException(409, "There is no room for more notes.")
    for text in texts:
        if not text:
            raise HTTPException(422, "There is a note without words.")
        db.add(Note(text=text))
    return {"imported": len(texts)}


@notes_router.get("/notes")
async def read_notes(db: NotesDb) -> list[str]:
    return list(await db.scalars(select(Note.text).order_by(Note.id)))


# %% wrong: the exception is swallowed
# says: swallowed the exception
class NoteBase(DeclarativeBase):
    pass


class Note(NoteBase):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)


async def get_notes_db(request: Request):
    async with request.app.state.sessions() as session:
        try:
            yield session
            await session.commit()
        except Exception:
            await session.rollback()


NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]


notes_router = APIRouter()


@notes_router.post("/notes", status_code=201)
async def import_notes(texts: list[str], db: NotesDb) -> dict[str, int]:
    if await db.scalar(select(func.count()).select_from(Note)) > 1000:
        raise HTTPException(409, "There is no room for more notes.")
    for text in texts:
        if not text:
            raise HTTPException(422, "There is a note without words.")
        db.add(Note(text=text))
    return {"imported": len(texts)}


@notes_router.get("/notes")
async def read_notes(db: NotesDb) -> list[str]:
    return list(await db.scalars(select(Note.text).order_by(Note.id)))


# %% wrong: the await before commit is missing
# says: nothing has committed
class NoteBase(DeclarativeBase):
    pass


class Note(NoteBase):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)


async def get_notes_db(request: Request):
    async with request.app.state.sessions() as session:
        yield session
        session.commit()


NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]


notes_router = APIRouter()


@notes_router.post("/notes", status_code=201)
async def import_notes(texts: list[str], db: NotesDb) -> dict[str, int]:
    if await db.scalar(select(func.count()).select_from(Note)) > 1000:
        raise HTTPException(409, "There is no room for more notes.")
    for text in texts:
        if not text:
            raise HTTPException(422, "There is a note without words.")
        db.add(Note(text=text))
    return {"imported": len(texts)}


@notes_router.get("/notes")
async def read_notes(db: NotesDb) -> list[str]:
    return list(await db.scalars(select(Note.text).order_by(Note.id)))


# %% wrong: the default scope, and a look for doubles in the route
# says: A look in the route cannot know
class NoteBase(DeclarativeBase):
    pass


class Note(NoteBase):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)


async def get_notes_db(request: Request):
    async with request.app.state.sessions() as session, session.begin():
        yield session


NotesDb = Annotated[AsyncSession, Depends(get_notes_db)]


notes_router = APIRouter()


@notes_router.post("/notes", status_code=201)
async def import_notes(texts: list[str], db: NotesDb) -> dict[str, int]:
    if await db.scalar(select(func.count()).select_from(Note)) > 1000:
        raise HTTPException(409, "There is no room for more notes.")
    if len(set(texts)) < len(texts):
        raise HTTPException(422, "A note is there twice.")
    for text in texts:
        if not text:
            raise HTTPException(422, "There is a note without words.")
        db.add(Note(text=text))
    return {"imported": len(texts)}


@notes_router.get("/notes")
async def read_notes(db: NotesDb) -> list[str]:
    return list(await db.scalars(select(Note.text).order_by(Note.id)))


# %% wrong: the default scope, and a flush in the route
# says: the commit came after it
class NoteBase(DeclarativeBase):
    pass


class Note(NoteBase):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)


async def get_notes_db(request: Request):
    async with request.app.state.sessions() as session, session.begin():
        yield session


NotesDb = Annotated[AsyncSession, Depends(get_notes_db)]


notes_router = APIRouter()


@notes_router.post("/notes", status_code=201)
async def import_notes(texts: list[str], db: NotesDb) -> dict[str, int]:
    if await db.scalar(select(func.count()).select_from(Note)) > 1000:
        raise HTTPException(409, "There is no room for more notes.")
    for text in texts:
        if not text:
            raise HTTPException(422, "There is a note without words.")
        db.add(Note(text=text))
    await db.flush()
    return {"imported": len(texts)}


@notes_router.get("/notes")
async def read_notes(db: NotesDb) -> list[str]:
    return list(await db.scalars(select(Note.text).order_by(Note.id)))

# %% wrong: the constraint taken away
# says: `unique=True` is gone
class NoteBase(DeclarativeBase):
    pass

class Note(NoteBase):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column()
async def get_notes_db(request: Request) -> AsyncIterator[AsyncSession]:
    async with request.app.state.sessions() as session, session.begin():
        yield session
NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]

notes_router = APIRouter()

@notes_router.post("/notes", status_code=201)
async def import_notes(texts: list[str], db: NotesDb) -> dict[str, int]:
    if await db.scalar(select(func.count()).select_from(Note)) > 1000:
        raise HTTPException(409, "There is no room for more notes.")
    for text in texts:
        if not text:
            raise HTTPException(422, "There is a note without words.")
        db.add(Note(text=text))
    return {"imported": len(texts)}

@notes_router.get("/notes")
async def read_notes(db: NotesDb) -> list[str]:
    return list(await db.scalars(select(Note.text).order_by(Note.id)))

# %% right: the route commits, and the dependency closes
class NoteBase(DeclarativeBase):
    pass

class Note(NoteBase):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)
async def get_notes_db(request: Request):
    async with request.app.state.sessions() as session:
        yield session
NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]

notes_router = APIRouter()

@notes_router.post("/notes", status_code=201)
async def import_notes(texts: list[str], db: NotesDb) -> dict[str, int]:
    if await db.scalar(select(func.count()).select_from(Note)) > 1000:
        raise HTTPException(409, "There is no room for more notes.")
    for text in texts:
        if not text:
            raise HTTPException(422, "There is a note without words.")
        db.add(Note(text=text))
    await db.commit()
    return {"imported": len(texts)}

@notes_router.get("/notes")
async def read_notes(db: NotesDb) -> list[str]:
    return list(await db.scalars(select(Note.text).order_by(Note.id)))

# %% right: the transaction as a block, the session made by hand
class NoteBase(DeclarativeBase):
    pass
class Note(NoteBase):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)
async def get_notes_db(request: Request):
    session = request.app.state.sessions()
    async with session.begin():
        yield session
NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]
notes_router = APIRouter()
@notes_router.post("/notes", status_code=201)
async def import_notes(texts: list[str], db: NotesDb) -> dict[str, int]:
    if await db.scalar(select(func.count()).select_from(Note)) > 1000:
        raise HTTPException(409, "There is no room for more notes.")
    for text in texts:
        if not text:
            raise HTTPException(422, "There is a note without words.")
        db.add(Note(text=text))
    return {"imported": len(texts)}
@notes_router.get("/notes")
async def read_notes(db: NotesDb) -> list[str]:
    return list(await db.scalars(select(Note.text).order_by(Note.id)))
