# %% right: joined from a list
songs_router = APIRouter(prefix="/songs", tags=["songs"])
bands_router = APIRouter(prefix="/bands", tags=["bands"])

def radio_id(route: APIRoute) -> str:
    return "_".join([*(str(tag) for tag in route.tags[:1]), route.name])

def add_list_all(router: APIRouter, names: list[str]) -> None:
    @router.get("")
    async def list_all() -> list[str]:
        return names

add_list_all(songs_router, ["Yesterday"])
add_list_all(bands_router, ["The Beatles"])
radio_app = FastAPI(generate_unique_id_function=radio_id)
for radio_router in (songs_router, bands_router):
    radio_app.include_router(radio_router, prefix="/api/v1")

@radio_app.get("/health")
async def get_radio_health() -> str:
    return "ok"


# %% right: an expression, and a loop
songs_router = APIRouter(prefix="/songs", tags=["songs"])
bands_router = APIRouter(prefix="/bands", tags=["bands"])

def radio_id(route):
    for tag in route.tags:
        return tag + "_" + route.name
    return route.name

def add_list_all(router: APIRouter, names: list[str]) -> None:
    @router.get("")
    async def list_all() -> list[str]:
        return names

add_list_all(songs_router, ["Yesterday"])
add_list_all(bands_router, ["The Beatles"])
radio_app = FastAPI(generate_unique_id_function=radio_id)
for radio_router in (songs_router, bands_router):
    radio_app.include_router(radio_router, prefix="/api/v1")

@radio_app.get("/health")
async def get_radio_health() -> str:
    return "ok"


# %% wrong: routes without tags were forgotten
# says: list index out of range
# outcome: error
songs_router = APIRouter(prefix="/songs", tags=["songs"])
bands_router = APIRouter(prefix="/bands", tags=["bands"])

def radio_id(route: APIRoute) -> str:
    return f"{route.tags[0]}_{route.name}"

def add_list_all(router: APIRouter, names: list[str]) -> None:
    @router.get("")
    async def list_all() -> list[str]:
        return names

add_list_all(songs_router, ["Yesterday"])
add_list_all(bands_router, ["The Beatles"])
radio_app = FastAPI(generate_unique_id_function=radio_id)
for radio_router in (songs_router, bands_router):
    radio_app.include_router(radio_router, prefix="/api/v1")

@radio_app.get("/health")
async def get_radio_health() -> str:
    return "ok"


# %% wrong: all tags
# says: `trains_travel_find_late`
songs_router = APIRouter(prefix="/songs", tags=["songs"])
bands_router = APIRouter(prefix="/bands", tags=["bands"])

def radio_id(route: APIRoute) -> str:
    return "_".join([*route.tags, route.name])

def add_list_all(router: APIRouter, names: list[str]) -> None:
    @router.get("")
    async def list_all() -> list[str]:
        return names

add_list_all(songs_router, ["Yesterday"])
add_list_all(bands_router, ["The Beatles"])
radio_app = FastAPI(generate_unique_id_function=radio_id)
for radio_router in (songs_router, bands_router):
    radio_app.include_router(radio_router, prefix="/api/v1")

@radio_app.get("/health")
async def get_radio_health() -> str:
    return "ok"


# %% wrong: a hyphen, as much on the web has it
# says: should have `songs_list_all`
songs_router = APIRouter(prefix="/songs", tags=["songs"])
bands_router = APIRouter(prefix="/bands", tags=["bands"])

def radio_id(route: APIRoute) -> str:
    return f"{route.tags[0]}-{route.name}" if route.tags else route.name

def add_list_all(router: APIRouter, names: list[str]) -> None:
    @router.get("")
    async def list_all() -> list[str]:
        return names

add_list_all(songs_router, ["Yesterday"])
add_list_all(bands_router, ["The Beatles"])
radio_app = FastAPI(generate_unique_id_function=radio_id)
for radio_router in (songs_router, bands_router):
    radio_app.include_router(radio_router, prefix="/api/v1")

@radio_app.get("/health")
async def get_radio_health() -> str:
    return "ok"


# %% wrong: the path is in the name
# says: changes when the path does
songs_router = APIRouter(prefix="/songs", tags=["songs"])
bands_router = APIRouter(prefix="/bands", tags=["bands"])

def radio_id(route: APIRoute) -> str:
    method = min(route.methods).lower()
    return f"{route.name}{route.path_format.replace('/', '_')}_{method}"

def add_list_all(router: APIRouter, names: list[str]) -> None:
    @router.get("")
    async def list_all() -> list[str]:
        return names

add_list_all(songs_router, ["Yesterday"])
add_list_all(bands_router, ["The Beatles"])
radio_app = FastAPI(generate_unique_id_function=radio_id)
for radio_router in (songs_router, bands_router):
    radio_app.include_router(radio_router, prefix="/api/v1")

@radio_app.get("/health")
async def get_radio_health() -> str:
    return "ok"


# %% wrong: a table of the routes that are there
# says: should have `trains_find_late`
songs_router = APIRouter(prefix="/songs", tags=["songs"])
bands_router = APIRouter(prefix="/bands", tags=["bands"])

def radio_id(route: APIRoute) -> str:
    if route.name == "list_all":
        return f"{route.tags[0]}_list_all"
    return "get_radio_health"

def add_list_all(router: APIRouter, names: list[str]) -> None:
    @router.get("")
    async def list_all() -> list[str]:
        return names

add_list_all(songs_router, ["Yesterday"])
add_list_all(bands_router, ["The Beatles"])
radio_app = FastAPI(generate_unique_id_function=radio_id)
for radio_router in (songs_router, bands_router):
    radio_app.include_router(radio_router, prefix="/api/v1")

@radio_app.get("/health")
async def get_radio_health() -> str:
    return "ok"


# %% wrong: a word for no tag
# says: should have `get_radio_health`
songs_router = APIRouter(prefix="/songs", tags=["songs"])
bands_router = APIRouter(prefix="/bands", tags=["bands"])

def radio_id(route: APIRoute) -> str:
    return f"{route.tags[0] if route.tags else 'default'}_{route.name}"

def add_list_all(router: APIRouter, names: list[str]) -> None:
    @router.get("")
    async def list_all() -> list[str]:
        return names

add_list_all(songs_router, ["Yesterday"])
add_list_all(bands_router, ["The Beatles"])
radio_app = FastAPI(generate_unique_id_function=radio_id)
for radio_router in (songs_router, bands_router):
    radio_app.include_router(radio_router, prefix="/api/v1")

@radio_app.get("/health")
async def get_radio_health() -> str:
    return "ok"


# %% wrong: the name of the function, not of the route
# says: should have `trains_remove_one`
songs_router = APIRouter(prefix="/songs", tags=["songs"])
bands_router = APIRouter(prefix="/bands", tags=["bands"])

def radio_id(route: APIRoute) -> str:
    name = route.endpoint.__name__
    return f"{route.tags[0]}_{name}" if route.tags else name

def add_list_all(router: APIRouter, names: list[str]) -> None:
    @router.get("")
    async def list_all() -> list[str]:
        return names

add_list_all(songs_router, ["Yesterday"])
add_list_all(bands_router, ["The Beatles"])
radio_app = FastAPI(generate_unique_id_function=radio_id)
for radio_router in (songs_router, bands_router):
    radio_app.include_router(radio_router, prefix="/api/v1")

@radio_app.get("/health")
async def get_radio_health() -> str:
    return "ok"
