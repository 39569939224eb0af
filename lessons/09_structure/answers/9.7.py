# story: The radio's app generates a client, in which `list_all` gives bands, and songs cannot be listed at all.
# story: A route has `name` and `tags`.

# %% right: joined from a list
# change: stub
 def radio_id(route: APIRoute) -> str:
-    return route.name
+    return "_".join([*(str(tag) for tag in route.tags[:1]), route.name])

# %% right: an expression, and a loop
# change: stub
-def radio_id(route: APIRoute) -> str:
+def radio_id(route):
+    for tag in route.tags:
+        return tag + "_" + route.name

# %% wrong: routes without tags were forgotten
# says: list index out of range
# outcome: error
# change: solution
-    if not route.tags:
-        return route.name

# %% wrong: all tags
# breaks: so that the ids are the first tag
# says: `trains_travel_find_late`
# change: stub
 def radio_id(route: APIRoute) -> str:
-    return route.name
+    return "_".join([*route.tags, route.name])

# %% wrong: a hyphen, as much on the web has it
# breaks: an underscore
# says: should have `songs_list_all`
# change: stub
 def radio_id(route: APIRoute) -> str:
-    return route.name
+    return f"{route.tags[0]}-{route.name}" if route.tags else route.name

# %% wrong: the path is in the name
# says: changes when the path does
# change: stub
 def radio_id(route: APIRoute) -> str:
-    return route.name
+    method = min(route.methods).lower()
+    return f"{route.name}{route.path_format.replace('/', '_')}_{method}"

# %% wrong: a table of the routes that are there
# says: should have `trains_find_late`
# change: stub
 def radio_id(route: APIRoute) -> str:
-    return route.name
+    if route.name == "list_all":
+        return f"{route.tags[0]}_list_all"
+    return "get_radio_health"

# %% wrong: a word for no tag
# breaks: A route without tags keeps its name alone.
# says: should have `get_radio_health`
# change: stub
 def radio_id(route: APIRoute) -> str:
-    return route.name
+    return f"{route.tags[0] if route.tags else 'default'}_{route.name}"

# %% wrong: the name of the function, not of the route
# breaks: and the route's name
# says: should have `trains_remove_one`
# change: stub
 def radio_id(route: APIRoute) -> str:
-    return route.name
+    name = route.endpoint.__name__
+    return f"{route.tags[0]}_{name}" if route.tags else name

# %% right: a class that can be called
songs_router = APIRouter(prefix="/songs", tags=["songs"])
bands_router = APIRouter(prefix="/bands", tags=["bands"])

class RadioId:
    def __call__(self, route: APIRoute) -> str:
        first = next(iter(route.tags or ()), None)
        return route.name if first is None else f"{first}_{route.name}"
radio_id = RadioId()

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

# %% wrong: small letters
# says: should have `trains_findLast`
songs_router = APIRouter(prefix="/songs", tags=["songs"])
bands_router = APIRouter(prefix="/bands", tags=["bands"])

def radio_id(route: APIRoute) -> str:
    return f"{route.tags[0]}_{route.name}".lower() if route.tags else route.name

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

# %% wrong: a word in front
# says: has the id `api_songs_list_all`
# never: changes when the path does
songs_router = APIRouter(prefix="/songs", tags=["songs"])
bands_router = APIRouter(prefix="/bands", tags=["bands"])

def radio_id(route: APIRoute) -> str:
    return f"api_{route.tags[0]}_{route.name}" if route.tags else route.name

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
