# story: The town library has all its routes on one app. Books and loans are cared for by two different people, who get in each other's way. And `/books/newest` has never worked.

# %% right: a router of the version in between, other names
# change: solution
-library_app.include_router(books_router, prefix="/api/v1")
-library_app.include_router(loans_router, prefix="/api/v1")
+version_1 = APIRouter(prefix="/api/v1")
+version_1.include_router(books_router)
+version_1.include_router(loans_router)
+library_app.include_router(version_1)

# %% right: tags at each route, a number for the path alone
books = {1: "Emma", 2: "Ulysses"}
loans = [{"book_id": 1, "reader": "Ana"}]

books_router = APIRouter(prefix="/books")
loans_router = APIRouter(prefix="/loans")

@books_router.get("", tags=["books"])
async def list_books() -> list[str]:
    return list(books.values())

@books_router.get("/newest", tags=["books"])
async def get_newest() -> str:
    return books[max(books)]

@books_router.get("/{book_id:int}", tags=["books"])
async def get_book(book_id: int) -> str:
    return books[book_id]

@loans_router.get("", tags=["loans"])
async def list_loans() -> list[dict[str, Any]]:
    return loans

about_books = {"name": "books", "description": "What the library has."}
about_loans = {"name": "loans", "description": "What somebody has taken home."}
library_app = FastAPI(openapi_tags=[about_books, about_loans])
library_app.include_router(books_router, prefix="/api/v1")
library_app.include_router(loans_router, prefix="/api/v1")

# %% wrong: the fixed path stands last
# breaks: and `/books/newest` works
# says: The fixed path comes before
# change: solution
+@books_router.get("/{book_id}")
+async def get_book(book_id: int) -> str:
+    return books[book_id]
+
 @books_router.get("/newest")
...
-@books_router.get("/{book_id}")
-async def get_book(book_id: int) -> str:
-    return books[book_id]
-

# %% wrong: the tags at the router and again at the app
# says: is there twice
# change: solution
-library_app.include_router(books_router, prefix="/api/v1")
+library_app.include_router(books_router, prefix="/api/v1", tags=["books"])

# %% wrong: one tag for all
# breaks: Each route has one tag, `books` or `loans`.
# says: should have ['books']
# change: solution
-books_router = APIRouter(prefix="/books", tags=["books"])
-loans_router = APIRouter(prefix="/loans", tags=["loans"])
+books_router = APIRouter(prefix="/books", tags=["library"])
+loans_router = APIRouter(prefix="/loans", tags=["library"])

# %% wrong: no tags
# says: should have ['books']
# change: solution
-books_router = APIRouter(prefix="/books", tags=["books"])
-loans_router = APIRouter(prefix="/loans", tags=["loans"])
+books_router = APIRouter(prefix="/books")
+loans_router = APIRouter(prefix="/loans")

# %% wrong: tags without descriptions
# says: The tag `books` has no description
# change: solution
-library_app = FastAPI(openapi_tags=[about_books, about_loans])
+library_app = FastAPI()

# %% wrong: one tag was described
# breaks: and describes both tags
# says: The tag `loans` has no description
# change: solution
-library_app = FastAPI(openapi_tags=[about_books, about_loans])
+library_app = FastAPI(openapi_tags=[about_books])

# %% wrong: the version was forgotten
# breaks: `library_app` has both under `/api/v1`
# says: Your app's addresses are
# change: solution
-library_app.include_router(books_router, prefix="/api/v1")
-library_app.include_router(loans_router, prefix="/api/v1")
+library_app.include_router(books_router)
+library_app.include_router(loans_router)

# %% wrong: the old addresses stay
# says: One thing has one address
# change: solution
 library_app.include_router(loans_router, prefix="/api/v1")
+library_app.include_router(books_router)
+library_app.include_router(loans_router)

# %% wrong: two names for one router
# breaks: Cut it into two routers, `books_router` and `loans_router`
# says: Two people still share one file
books = {1: "Emma", 2: "Ulysses"}
loans = [{"book_id": 1, "reader": "Ana"}]

books_router = APIRouter()
loans_router = books_router

@books_router.get("/books", tags=["books"])
async def list_books() -> list[str]:
    return list(books.values())

@books_router.get("/books/newest", tags=["books"])
async def get_newest() -> str:
    return books[max(books)]

@books_router.get("/books/{book_id}", tags=["books"])
async def get_book(book_id: int) -> str:
    return books[book_id]

@loans_router.get("/loans", tags=["loans"])
async def list_loans() -> list[dict[str, Any]]:
    return loans

about_books = {"name": "books", "description": "What the library has."}
about_loans = {"name": "loans", "description": "What somebody has taken home."}
library_app = FastAPI(openapi_tags=[about_books, about_loans])
library_app.include_router(books_router, prefix="/api/v1")

# %% wrong: a router for loans that is never included
# says: Your app's addresses are
# change: solution
-library_app.include_router(loans_router, prefix="/api/v1")

# %% wrong: the loans are hidden from the documentation
# says: those of all four routes
# change: solution
-@loans_router.get("")
+@loans_router.get("", include_in_schema=False)

# %% wrong: the newest is a constant
# says: another body than expected
# change: solution
-    return books[max(books)]
+    return "Ulysses"

# %% wrong: the newest is the one that came in last
# breaks: What the routes answer stays as it is
# says: `GET /api/v1/books/newest` answered with another body
# change: solution
-    return books[max(books)]
+    return list(books.values())[-1]
