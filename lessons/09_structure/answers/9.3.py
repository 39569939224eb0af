# %% right: the guard where the router is included
pages = {1: "It rained."}

diary_router = APIRouter(prefix="/diary", tags=["diary"])

@diary_router.get("/{page}")
async def get_page(page: int) -> str:
    return pages[page]

@diary_router.delete("/{page}", status_code=204)
async def delete_page(page: int) -> None:
    pages.pop(page, None)

diary_app = FastAPI()
diary_app.include_router(
    diary_router, prefix="/api/v1", dependencies=[Depends(require_key)]
)

@diary_app.get("/health")
async def get_diary_health() -> str:
    return "ok"


# %% right: at the router, and the route that had one keeps it
pages = {1: "It rained."}

diary_router = APIRouter(
    prefix="/diary", tags=["diary"], dependencies=[Depends(require_key)]
)

@diary_router.get("/{page}", dependencies=[Depends(require_key)])
async def get_page(page: int) -> str:
    return pages[page]

@diary_router.delete("/{page}", status_code=204)
async def delete_page(page: int) -> None:
    pages.pop(page, None)

diary_app = FastAPI()
diary_app.include_router(diary_router, prefix="/api/v1")

@diary_app.get("/health")
async def get_diary_health() -> str:
    return "ok"


# %% wrong: the guard on the forgotten route only
# says: put it on the router
pages = {1: "It rained."}

diary_router = APIRouter(prefix="/diary", tags=["diary"])

@diary_router.get("/{page}", dependencies=[Depends(require_key)])
async def get_page(page: int) -> str:
    return pages[page]

@diary_router.delete("/{page}", status_code=204, dependencies=[Depends(require_key)])
async def delete_page(page: int) -> None:
    pages.pop(page, None)

diary_app = FastAPI()
diary_app.include_router(diary_router, prefix="/api/v1")

@diary_app.get("/health")
async def get_diary_health() -> str:
    return "ok"


# %% wrong: the guard on the whole app
# says: `/health` asks for a key now
pages = {1: "It rained."}

diary_router = APIRouter(prefix="/diary", tags=["diary"])

@diary_router.get("/{page}")
async def get_page(page: int) -> str:
    return pages[page]

@diary_router.delete("/{page}", status_code=204)
async def delete_page(page: int) -> None:
    pages.pop(page, None)

diary_app = FastAPI(dependencies=[Depends(require_key)])
diary_app.include_router(diary_router, prefix="/api/v1")

@diary_app.get("/health")
async def get_diary_health() -> str:
    return "ok"


# %% wrong: no guard at all
# says: has read a page
pages = {1: "It rained."}

diary_router = APIRouter(prefix="/diary", tags=["diary"])

@diary_router.get("/{page}")
async def get_page(page: int) -> str:
    return pages[page]

@diary_router.delete("/{page}", status_code=204)
async def delete_page(page: int) -> None:
    pages.pop(page, None)

diary_app = FastAPI()
diary_app.include_router(diary_router, prefix="/api/v1")

@diary_app.get("/health")
async def get_diary_health() -> str:
    return "ok"


# %% wrong: a guard that lets everybody in
# says: has read a page
async def require_key() -> str:
    return "the gardener"

pages = {1: "It rained."}

diary_router = APIRouter(
    prefix="/diary", tags=["diary"], dependencies=[Depends(require_key)]
)

@diary_router.get("/{page}")
async def get_page(page: int) -> str:
    return pages[page]

@diary_router.delete("/{page}", status_code=204)
async def delete_page(page: int) -> None:
    pages.pop(page, None)

diary_app = FastAPI()
diary_app.include_router(diary_router, prefix="/api/v1")

@diary_app.get("/health")
async def get_diary_health() -> str:
    return "ok"


# %% wrong: the delete has no effect
# says: is still there
pages = {1: "It rained."}

diary_router = APIRouter(
    prefix="/diary", tags=["diary"], dependencies=[Depends(require_key)]
)

@diary_router.get("/{page}")
async def get_page(page: int) -> str:
    return pages[page]

@diary_router.delete("/{page}", status_code=204)
async def delete_page(page: int) -> None:
    return None

diary_app = FastAPI()
diary_app.include_router(diary_router, prefix="/api/v1")

@diary_app.get("/health")
async def get_diary_health() -> str:
    return "ok"


# %% wrong: the guard as a parameter, and the back door is open still
# says: has deleted a page
pages = {1: "It rained."}

diary_router = APIRouter(prefix="/diary", tags=["diary"])

@diary_router.get("/{page}", dependencies=[Depends(require_key)])
async def get_page(page: int, who: Annotated[str, Depends(require_key)]) -> str:
    return pages[page]

@diary_router.delete("/{page}", status_code=204)
async def delete_page(page: int) -> None:
    pages.pop(page, None)

diary_app = FastAPI()
diary_app.include_router(diary_router, prefix="/api/v1")

@diary_app.get("/health")
async def get_diary_health() -> str:
    return "ok"
