# story: Programmers of the navigation system call you each week: what is this route for, what do I send, why do I get a 404? Answer all of it in the document.

# %% right: the example at the field, a dict for the schema of the 404
# change: solution
-    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "taken"}]})
-
-    state: Literal["free", "taken"]
+    state: Annotated[Literal["free", "taken"], Field(examples=["free"])]
...
-no_place = {404: {"model": NoPlace, "description": "The car park has no such place."}}
+no_place = {404: {"model": NoPlace, "content": {"application/json": {}}, "description": "The car park has no such place."}}

# %% right: the description and the errors at the router
# change: solution
-parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])
+parking_router = APIRouter(prefix="/api/v1/places", tags=["places"], responses={404: {"model": NoPlace}})
 no_place = {404: {"model": NoPlace, "description": "The car park has no such place."}}

-@parking_router.put("/{place_id}", summary="Set place", responses=no_place)
+@parking_router.put("/{place_id}", summary="Set place", description="Tell the drivers what is free. Needs no login.")
 async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
-    """Say whether a place is free or taken. Said twice, it stays as it is."""

# %% wrong: no description
# breaks: a description,
# says: has no description of its own
# change: solution
-    """Say whether a place is free or taken. Said twice, it stays as it is."""

# %% wrong: the docstring repeats the summary
# says: has no description of its own
# change: solution
-    """Say whether a place is free or taken. Said twice, it stays as it is."""
+    """Set place"""

# %% wrong: no example
# says: The request has no example
# change: solution
-    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "taken"}]})
-

# %% wrong: an example that the API refuses
# breaks: an example of the request that really works
# says: your own API refuses it
# change: solution
-    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "taken"}]})
+    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "occupied"}]})

# %% wrong: the 404 is not documented
# says: says nothing of a 404
# change: solution
-@parking_router.put("/{place_id}", summary="Set place", responses=no_place)
+@parking_router.put("/{place_id}", summary="Set place")

# %% wrong: the 404 has a description only
# says: without a model
# change: solution
-no_place = {404: {"model": NoPlace, "description": "The car park has no such place."}}
+no_place = {404: {"description": "The car park has no such place."}}

# %% wrong: the 404 has a model that is not sent
# breaks: Document the 404 with a model that fits what is sent.
# says: The document promises a 404 with `error`
# change: solution
-    detail: Annotated[str, Field(examples=["There is no place 7."])]
+    error: Annotated[str, Field(examples=["There is no place 7."])]

# %% wrong: the 404 has the model of the place
# says: The document promises a 404 with `state`
# change: solution
-no_place = {404: {"model": NoPlace, "description": "The car park has no such place."}}
+no_place = {404: {"model": PlaceBody, "description": "The car park has no such place."}}

# %% wrong: the 404 promises a list
# says: another type of `detail`
# change: solution
-    detail: Annotated[str, Field(examples=["There is no place 7."])]
+    detail: list[str]

# %% wrong: the route makes the place, and the 404 is gone
# breaks: What the route does stays as it is.
# says: place 7 does not exist
# change: solution
-    if place_id not in places:
-        raise HTTPException(404, f"There is no place {place_id}.")

# %% wrong: the answer is now a dict without an example
# breaks: and an example of its answer
# says: The answer has no example
# change: solution
-async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
+async def put_place(place_id: int, place: PlaceBody) -> dict[str, str]:
...
     places[place_id] = place.state
-    return place
+    return {"state": place.state}

# %% right: examples at the body and at the response
from fastapi import Body
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: str

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])

@parking_router.put("/{place_id}", summary="Change a place", responses={200: {'description': 'Done', 'content': {'application/json': {'example': {'state': 'free'}}}}, 404: {"model": NoPlace, "description": "There is no such place."}})
async def put_place(place_id: int, place: Annotated[PlaceBody, Body(examples=[{'state': 'taken'}])]) -> PlaceBody:
    """Say whether a place is free or taken."""
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)

# %% wrong: the summary of FastAPI
# breaks: Give the route a summary of its own
# says: which FastAPI made from the function's name
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "free"}]})
    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: str

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])

@parking_router.put("/{place_id}", responses={404: {"model": NoPlace, "description": "There is no such place."}})
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Say whether a place is free or taken."""
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)

# %% wrong: any word is a state
# says: your model accepts any other word
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "free"}]})
    state: str

class NoPlace(BaseModel):
    detail: str

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])

@parking_router.put("/{place_id}", summary="Change a place", responses={404: {"model": NoPlace, "description": "There is no such place."}})
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Say whether a place is free or taken."""
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)

# %% wrong: another field is promised, and sent
# says: another body than expected
from fastapi.responses import JSONResponse

places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "free"}]})
    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    message: str

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])

@parking_router.put("/{place_id}", summary="Change a place", responses={404: {"model": NoPlace, "description": "There is no such place."}})
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Say whether a place is free or taken."""
    if place_id not in places:
        return JSONResponse({"message": f"There is no place {place_id}."}, 404)
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)

# %% wrong: null is sent
# says: another body than expected
from fastapi.responses import JSONResponse

places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "free"}]})
    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: str

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])

@parking_router.put("/{place_id}", summary="Change a place", responses={404: {"model": NoPlace, "description": "There is no such place."}})
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Say whether a place is free or taken."""
    if place_id not in places:
        return JSONResponse(None, 404)
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)

# %% wrong: a dictionary of examples
# says: Input should be a valid list
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": {"state": "free"}})
    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: str

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])

@parking_router.put("/{place_id}", summary="Change a place", responses={404: {"model": NoPlace, "description": "There is no such place."}})
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Say whether a place is free or taken."""
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)
