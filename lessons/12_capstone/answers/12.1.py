# story: A colleague has one hour left before the holidays, and asks you to take this over: a board on which people thank each other.
# story: It works.
# story: It also breaks seven of the ten points.
# story: (`HANDLERS` are the service's handlers, without one for what nobody expected.
# story: `documented(404, "…", NOTE_NOT_FOUND="…")` documents an error, `INVALID` is the 400, `ANY_OTHER` all the rest.)

# %% right: a class that keeps the notes, and a factory
class Note(BaseModel):
    id: int
    to: str
    text: str

class NewNote(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    to: Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
    text: Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]

class Board:
    def __init__(self) -> None:
        self.notes: dict[int, Note] = {}

    def add(self, new: NewNote) -> Note:
        note = Note(id=len(self.notes) + 1, to=new.to, text=new.text)
        self.notes[note.id] = note
        return note

    def find(self, number: int) -> Note:
        if number not in self.notes:
            raise NotFound("No such note.", "NOTE_NOT_FOUND")
        return self.notes[number]

def get_board(request: Request) -> Board:
    return request.app.state.board

router = APIRouter(prefix="/thanks", tags=["thanks"], responses={**INVALID, **ANY_OTHER})

@router.post("", status_code=201, response_model=Note, summary="Thank somebody")
def give(new: NewNote, board: Annotated[Board, Depends(get_board)], request: Request, response: Response):
    """Put a note on the board."""
    note = board.add(new)
    response.headers["Location"] = request.app.url_path_for("read_one", note_id=note.id)
    return note

@router.get("", response_model=list[Note], summary="Read the board")
def read(board: Annotated[Board, Depends(get_board)]):
    """Give all notes, the oldest first."""
    return list(board.notes.values())

@router.get("/{note_id}", response_model=Note, responses=documented(404, "No such note.", NOTE_NOT_FOUND="No such note."))
def read_one(note_id: int, board: Annotated[Board, Depends(get_board)]):
    """Give one note."""
    return board.find(note_id)

async def broken(_: Request, error: Exception) -> Response:
    return problem(500, "INTERNAL_ERROR", "That was our fault.")

def make_board_app() -> FastAPI:
    app = FastAPI(title="Thanks", exception_handlers=HANDLERS)
    app.add_exception_handler(Exception, broken)
    app.state.board = Board()
    app.include_router(router, prefix="/api/v1")
    return app

thanks_app = make_board_app()

# %% wrong: a new note answers 200
# says: `POST /api/v1/thanks` with
# says: 201 says that something new exists.
# never: the resource, not what is done with it
# change: solution
-@thanks_router.post("", status_code=201)
+@thanks_router.post("")

# %% wrong: FastAPI's own answer to what is not valid
# says: 422 is FastAPI's own answer to what is not valid.
# change: solution
-thanks_app = FastAPI(title="Thanks", exception_handlers={**HANDLERS, Exception: on_any_error})
+from fastapi.exceptions import RequestValidationError
+
+ours = {kind: handler for kind, handler in HANDLERS.items() if kind is not RequestValidationError}
+thanks_app = FastAPI(title="Thanks", exception_handlers={**ours, Exception: on_any_error})

# %% wrong: only the lower end is looked at
# says: The list has no such place
# never: Python counts from the end
# change: solution
-    if not 1 <= note_id <= len(notes):
+    if note_id < 1:

# %% wrong: a number is a text
# says: Let the parameter have its type.
# change: solution
-async def get_note(note_id: Id, notes: Notes) -> NotePublic:
+async def get_note(note_id: str, notes: Notes) -> NotePublic:
     """Read one note."""
-    if not 1 <= note_id <= len(notes):
+    number = int(note_id)
+    if not 1 <= number <= len(notes):
...
-    return notes[note_id - 1]
+    return notes[number - 1]

# %% wrong: the list stays a global
# breaks: There is no database: a list that the app owns will do.
# says: C5.global-mutable
# change: solution
-async def get_notes(request: Request) -> list[NotePublic]:
-    return request.app.state.notes
-
-Notes = Annotated[list[NotePublic], Depends(get_notes)]
+notes: list = []
...
-async def post_note(body: NoteBody, notes: Notes, response: Response) -> NotePublic:
+async def post_note(body: NoteBody, response: Response) -> NotePublic:
...
-async def get_all(notes: Notes) -> list[NotePublic]:
+async def get_all() -> list[NotePublic]:
...
-async def get_note(note_id: Id, notes: Notes) -> NotePublic:
+async def get_note(note_id: Id) -> NotePublic:
...
-thanks_app.state.notes = []

# %% wrong: the last note has number 0, too
# breaks: A number without a note is a 404
# says: Python counts from the end
# change: solution
-    if not 1 <= note_id <= len(notes):
+    if note_id > len(notes):

# %% wrong: it still sleeps
# breaks: Ask `review(thanks_app)`, and mend it until nothing is broken.
# says: C7.blocking-call
# change: solution
+import time
+
 class NoteBody(RequestModel):
...
     """Thank somebody."""
+    time.sleep(0.01)

# %% wrong: FastAPI's own errors
# breaks: every error has our one shape
# says: another shape
# change: solution
-thanks_app = FastAPI(title="Thanks", exception_handlers={**HANDLERS, Exception: on_any_error})
+thanks_app = FastAPI(title="Thanks", exception_handlers={NotFound: HANDLERS[NotFound.__mro__[1]]})

# %% wrong: the verb stays in the path
# breaks: The addresses become `POST /api/v1/thanks`, which answers 201 with the note and its `Location`, `GET /api/v1/thanks`, which lists all notes by number, and `GET /api/v1/thanks/{note_id}`.
# says: the resource, not what is done with it
# change: solution
-@thanks_router.post("", status_code=201)
+@thanks_router.post("/give-thanks", status_code=201)

# %% right: an absolute address in Location
# change: solution
-async def post_note(body: NoteBody, notes: Notes, response: Response) -> NotePublic:
+async def post_note(
+    body: NoteBody, notes: Notes, request: Request, response: Response
+) -> NotePublic:
     """Thank somebody."""
     notes.append(NotePublic(id=len(notes) + 1, **body.model_dump()))
-    response.headers["Location"] = f"/api/v1/thanks/{len(notes)}"
+    response.headers["Location"] = str(request.url_for("get_note", note_id=len(notes)))

# %% wrong: the answer to a bug repeats the exception
# says: the words of its exception are in the answer
# change: solution
-    return problem(500, "INTERNAL_ERROR", "Something went wrong on our side.")
+    return problem(500, "INTERNAL_ERROR", str(error))

# %% wrong: a text without an end, and spaces that stay
# breaks: A note goes in as `to` and `text`, both as `Title` has it
# says: without spaces around it
# change: solution
-    to: Title
-    text: Title
+    to: Annotated[str, Field(pattern=r"\S")]
+    text: Annotated[str, Field(pattern=r"\S")]

# %% wrong: a text without an end
# says: 1 to 100 characters
# change: solution
+    model_config = ConfigDict(str_strip_whitespace=True)
     to: Title
-    text: Title
+    text: Annotated[str, Field(min_length=1)]

# %% wrong: numbers from 0
# breaks: comes out with an `id` too, which counts from 1
# says: with its number, from 1
# change: solution
-    notes.append(NotePublic(id=len(notes) + 1, **body.model_dump()))
+    notes.append(NotePublic(id=len(notes), **body.model_dump()))

# %% wrong: nobody says what comes out
# breaks: The document says what comes out
# says: has no fields
# change: solution
-async def get_all(notes: Notes) -> list[NotePublic]:
+async def get_all(notes: Notes):

# %% wrong: the document does not name the 404
# breaks: names the 400 and the 404 on the routes that can answer with them
# says: can answer 404
# change: solution
-@thanks_router.get("/{note_id}", responses=NO_NOTE)
+@thanks_router.get("/{note_id}")

# %% wrong: null for a note that isn't there
# says: 200 says: here it is, and there is no note in the answer.
# never: Python counts from the end
# change: solution
-async def get_note(note_id: Id, notes: Notes) -> NotePublic:
+async def get_note(note_id: Id, notes: Notes) -> NotePublic | None:
...
-        raise NotFound(f"There is no note {note_id}.", "NOTE_NOT_FOUND")
+        return None

# %% wrong: reading empties the board
# says: reading changes nothing
# change: solution
     """Read all that people have thanked for."""
-    return notes
+    shown = list(notes)
+    notes.clear()
+    return shown

# %% wrong: the board is sorted by name
# says: The notes are in order of their numbers
# change: solution
     """Read all that people have thanked for."""
-    return notes
+    return sorted(notes, key=lambda one: one.to)

# %% right: dicts, a loop, and routes that aren't async
class NoteIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    to: Title
    text: Title

class NoteOut(BaseModel):
    id: int
    to: str
    text: str

def notes_of(request: Request) -> list[dict[str, Any]]:
    return request.app.state.board

AllNotes = Annotated[list[dict[str, Any]], Depends(notes_of)]
router = APIRouter(prefix="/thanks", tags=["board"])

@router.get("", response_model=list[NoteOut])
def all_notes(notes: AllNotes):
    """All notes."""
    return notes

@router.post("", response_model=NoteOut, status_code=201, responses=INVALID)
def thank(new: NoteIn, notes: AllNotes, request: Request, response: Response):
    """Thank somebody."""
    note = {"id": len(notes) + 1} | new.model_dump()
    notes.append(note)
    response.headers["location"] = f"{request.url.path}/{note['id']}"
    return note

@router.get("/{note_id}", response_model=NoteOut, responses=INVALID | documented(404, "None.", NOTE_NOT_FOUND="None."))
def one_note(note_id: int, notes: AllNotes):
    """One note."""
    for note in notes:
        if note["id"] == note_id:
            return note
    raise NotFound("None.", "NOTE_NOT_FOUND")

thanks_app = FastAPI(title="Thanks", version="1.0")
for kind, handler in HANDLERS.items():
    thanks_app.add_exception_handler(kind, handler)

@thanks_app.exception_handler(Exception)
async def oops(request, error):
    return problem(500, "OOPS", "Our fault.")

thanks_app.state.board = []
thanks_app.include_router(router, prefix="/api/v1", responses=ANY_OTHER)
