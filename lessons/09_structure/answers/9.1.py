# story: The garden club moved its API to `/api/v1`. Since then the phone finds nothing. Somebody has added prefixes in three places, and after a `POST` the phone is sent to an address that does not exist. Mend it.

# %% right: the whole resource in each path, the prefix at the app
# change: stub
-plants_router = APIRouter(prefix="/api/v1/plants", tags=["plants"])
+plants_router = APIRouter(tags=["plants"])
...
-async def post_plant(name: str, response: Response) -> dict[str, str]:
+async def post_plant(name: str, request: Request, response: Response) -> dict[str, str]:
     plants[len(plants) + 1] = name
-    response.headers["Location"] = f"/plants/{len(plants)}"
+    location = request.app.url_path_for("get_plant", plant_id=len(plants))
+    response.headers["Location"] = location

# %% right: all prefixes at the router, the location by the router's name
# change: solution
-plants_router = APIRouter(prefix="/plants", tags=["plants"])
+plants_router = APIRouter(prefix="/api/v1/plants", tags=["plants"])
...
-    location = request.app.url_path_for("get_plant", plant_id=len(plants))
+    location = f"/api/v1/plants/{len(plants)}"
...
-garden_app.include_router(plants_router, prefix="/api/v1")
+garden_app.include_router(plants_router)

# %% right: two routers, one in the other, and a whole URL as location
# change: solution
-    location = request.app.url_path_for("get_plant", plant_id=len(plants))
+    location = str(request.url_for("get_plant", plant_id=len(plants)))
...
-garden_app.include_router(plants_router, prefix="/api/v1")
+v1 = APIRouter(prefix="/api/v1")
+v1.include_router(plants_router)
+garden_app.include_router(v1)

# %% wrong: the prefix of the app was taken away, the resource stutters still
# says: `/api/v1/plants/plants`
# change: stub
-garden_app.include_router(plants_router, prefix="/api/v1")
+garden_app.include_router(plants_router)

# %% wrong: the version is said twice
# breaks: The addresses are `/api/v1/plants` and `/api/v1/plants/{plant_id}`
# says: Your route is at `/api/v1/api/v1/plants`
# change: solution
-plants_router = APIRouter(prefix="/plants", tags=["plants"])
+plants_router = APIRouter(prefix="/api/v1/plants", tags=["plants"])

# %% wrong: the location was forgotten
# says: `Location` says `/plants/3`, and nothing is there
# change: solution
-    location = request.app.url_path_for("get_plant", plant_id=len(plants))
+    location = f"/plants/{len(plants)}"

# %% wrong: no location any more
# says: has no `Location` header
# change: solution
-    response.headers["Location"] = location

# %% wrong: the location of the list
# breaks: `Location` leads to the new plant.
# says: another body than expected
# change: solution
-    location = request.app.url_path_for("get_plant", plant_id=len(plants))
+    location = request.app.url_path_for("list_plants")

# %% wrong: always the location of the first plant
# says: another body than expected
# change: solution
-    location = request.app.url_path_for("get_plant", plant_id=len(plants))
+    location = request.app.url_path_for("get_plant", plant_id=1)

# %% wrong: a slash as the path
# says: Your path ends with a slash
# change: solution
-@plants_router.get("")
+@plants_router.get("/")
...
-@plants_router.post("", status_code=201)
+@plants_router.post("/", status_code=201)

# %% wrong: the old addresses are kept beside the new ones
# breaks: and no others
# says: they should be
# change: solution
 garden_app.include_router(plants_router, prefix="/api/v1")
+garden_app.include_router(plants_router)

# %% wrong: the old addresses are kept, and hidden
# says: though the document does not name it
# change: solution
 garden_app.include_router(plants_router, prefix="/api/v1")
+garden_app.include_router(plants_router, include_in_schema=False)

# %% wrong: the resource is forgotten
# says: Your app's addresses are
# change: solution
-plants_router = APIRouter(prefix="/plants", tags=["plants"])
+plants_router = APIRouter(prefix="/api", tags=["plants"])

# %% wrong: the address is asked for with another parameter
# says: NoMatchFound
# outcome: error
plants = {1: "Tomato"}

plants_router = APIRouter(prefix="/plants", tags=["plants"])


@plants_router.get("")
async def list_plants() -> list[str]:
    return list(plants.values())


@plants_router.get("/{plant_id}")
async def get_plant(plant_id: int) -> dict[str, str]:
    return {"name": plants[plant_id]}


@plants_router.post("", status_code=201)
async def post_plant(name: str, request: Request, response: Response) -> dict[str, str]:
    plants[len(plants) + 1] = name
    response.headers["Location"] = request.app.url_path_for("get_plant", id=len(plants))
    return {"name": name}


garden_app = FastAPI()
garden_app.include_router(plants_router, prefix="/api/v1")

# %% wrong: the version alone
# says: Your app's addresses are `/api/v1`
plants = {1: "Tomato"}
plants_router = APIRouter(prefix="/api/v1", tags=["plants"])

@plants_router.get("")
async def list_plants() -> list[str]:
    return list(plants.values())

@plants_router.get("/{plant_id}")
async def get_plant(plant_id: int) -> dict[str, str]:
    return {"name": plants[plant_id]}

@plants_router.post("", status_code=201)
async def post_plant(name: str, response: Response) -> dict[str, str]:
    plants[len(plants) + 1] = name
    response.headers["Location"] = f"/api/v1/plants/{len(plants)}"
    return {"name": name}

garden_app = FastAPI()
garden_app.include_router(plants_router)

# %% wrong: reading takes a plant away
# says: A GET only reads
# change: solution
-    return {"name": plants[plant_id]}
+    return {"name": plants.pop(plant_id)}
