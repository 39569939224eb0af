# story: Last week a route for deleting pages came in, and whoever wrote it forgot the guard.

# %% right: the guard where the router is included
# change: stub
-@diary_router.get("/{page}", dependencies=[Depends(require_key)])
+@diary_router.get("/{page}")
...
-diary_app.include_router(diary_router, prefix="/api/v1")
+diary_app.include_router(
+    diary_router, prefix="/api/v1", dependencies=[Depends(require_key)]
+)

# %% right: at the router, and the route that had one keeps it
# change: solution
-@diary_router.get("/{page}")
+@diary_router.get("/{page}", dependencies=[Depends(require_key)])

# %% wrong: the guard on the forgotten route only
# breaks: Close the door in such a way that it cannot be forgotten again.
# says: put it on the router
# change: stub
-@diary_router.delete("/{page}", status_code=204)
+@diary_router.delete("/{page}", status_code=204, dependencies=[Depends(require_key)])

# %% wrong: the guard on the whole app
# breaks: `/health` stays open to everybody.
# says: `/health` asks for a key now
# change: stub
-@diary_router.get("/{page}", dependencies=[Depends(require_key)])
+@diary_router.get("/{page}")
...
-diary_app = FastAPI()
+diary_app = FastAPI(dependencies=[Depends(require_key)])

# %% wrong: no guard at all
# breaks: Ana's diary asks for a key.
# says: has read a page
# change: stub
-@diary_router.get("/{page}", dependencies=[Depends(require_key)])
+@diary_router.get("/{page}")

# %% wrong: a guard that lets everybody in
# says: has read a page
# change: solution
+async def require_key() -> str:
+    return "the gardener"
+
 pages = {1: "It rained."}

# %% wrong: the delete has no effect
# says: is still there
# change: solution
-    pages.pop(page, None)
+    return None

# %% wrong: the guard as a parameter, and the back door is open still
# says: has deleted a page
# change: stub
-async def get_page(page: int) -> str:
+async def get_page(page: int, who: Annotated[str, Depends(require_key)]) -> str:

# %% right: a router around the router
pages = {1: "It rained."}
diary_router = APIRouter(prefix="/diary", tags=["diary"])

@diary_router.get("/{page}")
async def get_page(page: int) -> str:
    return pages[page]

@diary_router.delete("/{page}", status_code=204)
async def delete_page(page: int) -> None:
    pages.pop(page, None)

guarded = APIRouter(prefix="/api/v1", dependencies=[Depends(require_key)])
guarded.include_router(diary_router)
diary_app = FastAPI()
diary_app.include_router(guarded)

@diary_app.get("/health")
async def get_diary_health() -> str:
    return "ok"

# %% wrong: no route for deleting any more
# says: The route for deleting pages is gone
pages = {1: "It rained."}
diary_router = APIRouter(prefix="/diary", tags=["diary"], dependencies=[Depends(require_key)])

@diary_router.get("/{page}")
async def get_page(page: int) -> str:
    return pages[page]

diary_app = FastAPI()
diary_app.include_router(diary_router, prefix="/api/v1")

@diary_app.get("/health")
async def get_diary_health() -> str:
    return "ok"

# %% wrong: a page that was read is gone
# says: A GET only reads
# change: solution
-    return pages[page]
+    return pages.pop(page)
