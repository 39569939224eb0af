# %% right: the example at the field, a dict for the schema of the 404
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    state: Annotated[Literal["free", "taken"], Field(examples=["free"])]

class NoPlace(BaseModel):
    detail: Annotated[str, Field(examples=["There is no place 7."])]

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])
no_place = {404: {"model": NoPlace, "content": {"application/json": {}}, "description": "The car park has no such place."}}

@parking_router.put("/{place_id}", summary="Set place", responses=no_place)
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Say whether a place is free or taken. Said twice, it stays as it is."""
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)


# %% right: the description and the errors at the router
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "taken"}]})

    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: Annotated[str, Field(examples=["There is no place 7."])]

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"], responses={404: {"model": NoPlace}})
no_place = {404: {"model": NoPlace, "description": "The car park has no such place."}}

@parking_router.put("/{place_id}", summary="Set place", description="Tell the drivers what is free. Needs no login.")
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)


# %% wrong: no description
# says: has no description of its own
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "taken"}]})

    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: Annotated[str, Field(examples=["There is no place 7."])]

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])
no_place = {404: {"model": NoPlace, "description": "The car park has no such place."}}

@parking_router.put("/{place_id}", summary="Set place", responses=no_place)
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)


# %% wrong: the docstring repeats the summary
# says: has no description of its own
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "taken"}]})

    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: Annotated[str, Field(examples=["There is no place 7."])]

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])
no_place = {404: {"model": NoPlace, "description": "The car park has no such place."}}

@parking_router.put("/{place_id}", summary="Set place", responses=no_place)
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Set place"""
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)


# %% wrong: no example
# says: The request has no example
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: Annotated[str, Field(examples=["There is no place 7."])]

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])
no_place = {404: {"model": NoPlace, "description": "The car park has no such place."}}

@parking_router.put("/{place_id}", summary="Set place", responses=no_place)
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Say whether a place is free or taken. Said twice, it stays as it is."""
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)


# %% wrong: an example that the API refuses
# says: your own API refuses it
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "occupied"}]})

    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: Annotated[str, Field(examples=["There is no place 7."])]

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])
no_place = {404: {"model": NoPlace, "description": "The car park has no such place."}}

@parking_router.put("/{place_id}", summary="Set place", responses=no_place)
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Say whether a place is free or taken. Said twice, it stays as it is."""
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)


# %% wrong: the 404 is not documented
# says: says nothing of a 404
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "taken"}]})

    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: Annotated[str, Field(examples=["There is no place 7."])]

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])
no_place = {404: {"model": NoPlace, "description": "The car park has no such place."}}

@parking_router.put("/{place_id}", summary="Set place")
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Say whether a place is free or taken. Said twice, it stays as it is."""
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)


# %% wrong: the 404 has a description only
# says: without a model
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "taken"}]})

    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: Annotated[str, Field(examples=["There is no place 7."])]

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])
no_place = {404: {"description": "The car park has no such place."}}

@parking_router.put("/{place_id}", summary="Set place", responses=no_place)
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Say whether a place is free or taken. Said twice, it stays as it is."""
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)


# %% wrong: the 404 has a model that is not sent
# says: The document promises a 404 with `error`
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "taken"}]})

    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    error: Annotated[str, Field(examples=["There is no place 7."])]

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])
no_place = {404: {"model": NoPlace, "description": "The car park has no such place."}}

@parking_router.put("/{place_id}", summary="Set place", responses=no_place)
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Say whether a place is free or taken. Said twice, it stays as it is."""
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)


# %% wrong: the 404 has the model of the place
# says: The document promises a 404 with `state`
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "taken"}]})

    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: Annotated[str, Field(examples=["There is no place 7."])]

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])
no_place = {404: {"model": PlaceBody, "description": "The car park has no such place."}}

@parking_router.put("/{place_id}", summary="Set place", responses=no_place)
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Say whether a place is free or taken. Said twice, it stays as it is."""
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)


# %% wrong: the 404 promises a list
# says: another type of `detail`
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "taken"}]})

    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: list[str]

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])
no_place = {404: {"model": NoPlace, "description": "The car park has no such place."}}

@parking_router.put("/{place_id}", summary="Set place", responses=no_place)
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Say whether a place is free or taken. Said twice, it stays as it is."""
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)


# %% wrong: the route makes the place, and the 404 is gone
# says: place 7 does not exist
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "taken"}]})

    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: Annotated[str, Field(examples=["There is no place 7."])]

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])
no_place = {404: {"model": NoPlace, "description": "The car park has no such place."}}

@parking_router.put("/{place_id}", summary="Set place", responses=no_place)
async def put_place(place_id: int, place: PlaceBody) -> PlaceBody:
    """Say whether a place is free or taken. Said twice, it stays as it is."""
    places[place_id] = place.state
    return place

parking_app = FastAPI()
parking_app.include_router(parking_router)


# %% wrong: the answer is now a dict without an example
# says: The answer has no example
places = {1: "free", 2: "taken"}

class PlaceBody(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"state": "taken"}]})

    state: Literal["free", "taken"]

class NoPlace(BaseModel):
    detail: Annotated[str, Field(examples=["There is no place 7."])]

parking_router = APIRouter(prefix="/api/v1/places", tags=["places"])
no_place = {404: {"model": NoPlace, "description": "The car park has no such place."}}

@parking_router.put("/{place_id}", summary="Set place", responses=no_place)
async def put_place(place_id: int, place: PlaceBody) -> dict[str, str]:
    """Say whether a place is free or taken. Said twice, it stays as it is."""
    if place_id not in places:
        raise HTTPException(404, f"There is no place {place_id}.")
    places[place_id] = place.state
    return {"state": place.state}

parking_app = FastAPI()
parking_app.include_router(parking_router)
