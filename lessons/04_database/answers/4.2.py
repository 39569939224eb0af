# story: Ben imports his notes from a file.
# story: The server says 201, and the notes are not there.
# story: After some attempts with a broken file the server says nothing at all any more.
# story: The fault is in `get_notes_db`.

# %% right: try, except, finally
# change: solution
+
 class Note(NoteBase):
...
+
 async def get_notes_db(request: Request) -> AsyncIterator[AsyncSession]:
-    async with request.app.state.sessions() as session, session.begin():
+    session = request.app.state.sessions()
+    try:
         yield session
+        await session.commit()
+    except Exception:
+        await session.rollback()
+        raise
+    finally:
+        await session.close()
+
...
+
 notes_router = APIRouter()
+
...
+
 @notes_router.get("/notes")

# %% right: sessions.begin, and a refused commit said in HTTP
# change: solution
+
 class Note(NoteBase):
...
-async def get_notes_db(request: Request) -> AsyncIterator[AsyncSession]:
-    async with request.app.state.sessions() as session, session.begin():
-        yield session
+
+from sqlalchemy.exc import IntegrityError
+
+
+async def get_notes_db(request: Request):
+    try:
+        async with request.app.state.sessions.begin() as session:
+            yield session
+    except IntegrityError as error:
+        raise HTTPException(409, "A note is there already.") from error
+
...
+
 notes_router = APIRouter()
+
...
+
 @notes_router.get("/notes")

# %% wrong: closed on every way out, and never committed
# breaks: good notes stay
# says: nothing has committed
# change: solution
+
 class Note(NoteBase):
...
-async def get_notes_db(request: Request) -> AsyncIterator[AsyncSession]:
-    async with request.app.state.sessions() as session, session.begin():
+
+async def get_notes_db(request: Request):
+    async with request.app.state.sessions() as session:
         yield session

+
 NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]

+
 notes_router = APIRouter()
+
...
+
 @notes_router.get("/notes")

# %% wrong: a commit after the yield, and no more
# breaks: no connection stays lent
# says: its session is still open
# change: stub
+
 class Note(NoteBase):
...
-async def get_notes_db(request: Request) -> AsyncIterator[AsyncSession]:
+
+async def get_notes_db(request: Request):
     session = request.app.state.sessions()
     yield session
+    await session.commit()
     await session.close()

-NotesDb = Annotated[AsyncSession, Depends(get_notes_db)]
+
+NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]
+

 notes_router = APIRouter()
+
...
+
 @notes_router.get("/notes")

# %% wrong: the commit in finally
# breaks: an import that fails at its third note leaves none of the first two
# says: and not in `finally`
# change: solution
+
 class Note(NoteBase):
...
-async def get_notes_db(request: Request) -> AsyncIterator[AsyncSession]:
-    async with request.app.state.sessions() as session, session.begin():
+
+async def get_notes_db(request: Request):
+    session = request.app.state.sessions()
+    try:
         yield session
+    finally:
+        await session.commit()
+        await session.close()
+
...
+
 notes_router = APIRouter()
+
...
+
 @notes_router.get("/notes")

# %% wrong: the default scope
# breaks: nobody hears 201 for notes that the database refuses
# says: Ben was told 201 first
# change: solution
+
 class Note(NoteBase):
...
-async def get_notes_db(request: Request) -> AsyncIterator[AsyncSession]:
+
+async def get_notes_db(request: Request):
...
-NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]
+
+NotesDb = Annotated[AsyncSession, Depends(get_notes_db)]
+

 notes_router = APIRouter()
+
...
+
 @notes_router.get("/notes")

# %% wrong: the exception is swallowed
# says: as it is: after the rollback, `raise`
# change: solution
+
 class Note(NoteBase):
...
-async def get_notes_db(request: Request) -> AsyncIterator[AsyncSession]:
-    async with request.app.state.sessions() as session, session.begin():
-        yield session
+
+async def get_notes_db(request: Request):
+    async with request.app.state.sessions() as session:
+        try:
+            yield session
+            await session.commit()
+        except Exception:
+            await session.rollback()
+
...
+
 notes_router = APIRouter()
+
...
+
 @notes_router.get("/notes")

# %% wrong: the await before commit is missing
# says: nothing has committed
# change: solution
+
 class Note(NoteBase):
...
-async def get_notes_db(request: Request) -> AsyncIterator[AsyncSession]:
-    async with request.app.state.sessions() as session, session.begin():
+
+async def get_notes_db(request: Request):
+    async with request.app.state.sessions() as session:
         yield session
+        session.commit()
+
...
+
 notes_router = APIRouter()
+
...
+
 @notes_router.get("/notes")

# %% wrong: the default scope, and a look for doubles in the route
# says: Ben was told 201 first
# change: solution
+
 class Note(NoteBase):
...
-async def get_notes_db(request: Request) -> AsyncIterator[AsyncSession]:
+
+async def get_notes_db(request: Request):
...
-NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]
+
+NotesDb = Annotated[AsyncSession, Depends(get_notes_db)]
+

 notes_router = APIRouter()
+
...
         raise HTTPException(409, "There is no room for more notes.")
+    if len(set(texts)) < len(texts):
+        raise HTTPException(422, "A note is there twice.")
...
+
 @notes_router.get("/notes")

# %% wrong: the default scope, and a flush in the route
# says: Ben was told 201 first
# change: solution
+
 class Note(NoteBase):
...
-async def get_notes_db(request: Request) -> AsyncIterator[AsyncSession]:
+
+async def get_notes_db(request: Request):
...
-NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]
+
+NotesDb = Annotated[AsyncSession, Depends(get_notes_db)]
+

 notes_router = APIRouter()
+
...
+    await db.flush()
     return {"imported": len(texts)}
+

# %% wrong: the constraint taken away
# says: `unique=True` is gone
# change: solution
-    text: Mapped[str] = mapped_column(unique=True)
-
+    text: Mapped[str] = mapped_column()
...
-
 NotesDb = Annotated[AsyncSession, Depends(get_notes_db, scope="function")]

# %% right: the route commits, and the dependency closes
# change: solution
-
-async def get_notes_db(request: Request) -> AsyncIterator[AsyncSession]:
-    async with request.app.state.sessions() as session, session.begin():
+async def get_notes_db(request: Request):
+    async with request.app.state.sessions() as session:
         yield session
-
...
         db.add(Note(text=text))
+    await db.commit()

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

# %% wrong: every error becomes a 409
# says: the program itself had a fault
# change: solution
-    async with request.app.state.sessions() as session, session.begin():
-        yield session
+    async with request.app.state.sessions() as session:
+        try:
+            yield session
+            await session.commit()
+        except HTTPException:
+            await session.rollback()
+            raise
+        except Exception as error:
+            await session.rollback()
+            raise HTTPException(409, str(error)) from error

# %% wrong: a GET that writes
# says: A GET only reads
# change: solution
-    return list(await db.scalars(select(Note.text).order_by(Note.id)))
+    found = list(await db.scalars(select(Note.text).order_by(Note.id)))
+    if not found:
+        db.add(Note(text="Welcome"))
+    return found

# %% wrong: one session for the app
# says: Each request needs a session of its own
# change: solution
-    async with request.app.state.sessions() as session, session.begin():
+    if not hasattr(request.app.state, "session"):
+        request.app.state.session = request.app.state.sessions()
+    session = request.app.state.session
+    try:
         yield session
+        await session.commit()
+    except BaseException:
+        await session.rollback()
+        raise

# %% wrong: closed after a refused note, but not after a refused commit
# says: After an import that failed, its session is still open
# change: solution
-    async with request.app.state.sessions() as session, session.begin():
+    session = request.app.state.sessions()
+    try:
         yield session
+        await session.commit()
+    except HTTPException:
+        await session.rollback()
+        raise
+    await session.close()

# %% wrong: a note without words is left out
# says: Ben was told that all went well
# change: solution
-            raise HTTPException(422, "There is a note without words.")
+            continue

# %% wrong: notes that are there already are left out
# says: left out what was there already
# never: the response
# change: solution
-        db.add(Note(text=text))
+        if await db.scalar(select(Note).where(Note.text == text)) is None:
+            db.add(Note(text=text))

# %% wrong: a commit for each note
# says: something commits although the route raised
# change: solution
-    async with request.app.state.sessions() as session, session.begin():
+    async with request.app.state.sessions() as session:
...
         db.add(Note(text=text))
+        await db.commit()

# %% wrong: any number of notes
# says: when over 1000 notes were there
# change: solution
-    if await db.scalar(select(func.count()).select_from(Note)) > 1000:
-        raise HTTPException(409, "There is no room for more notes.")

# %% wrong: every error of the database is swallowed, before the answer
# says: the error got lost
# change: solution
-    async with request.app.state.sessions() as session, session.begin():
-        yield session
+    async with request.app.state.sessions() as session:
+        try:
+            yield session
+            await session.commit()
+        except HTTPException:
+            await session.rollback()
+            raise
+        except Exception:
+            await session.rollback()

# %% wrong: the notes by their text
# says: in the order in which they came
# change: solution
-    return list(await db.scalars(select(Note.text).order_by(Note.id)))
+    return list(await db.scalars(select(Note.text).order_by(Note.text)))
