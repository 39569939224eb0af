# %% right: each class brings its own words
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelUnknown(NotFound):
    def __init__(self, number: int) -> None:
        super().__init__(f"We have no parcel {number}.", "PARCEL_UNKNOWN")

class ParcelGone(Conflict):
    def __init__(self) -> None:
        super().__init__("This parcel has been handed over.", "PARCEL_GONE")

class WrongPin(RuleBroken):
    def __init__(self) -> None:
        super().__init__("This pin does not fit.", "WRONG_PIN")

def hand_over(number: int, pin: str) -> None:
    parcel = parcels.get(number)
    if parcel is None:
        raise ParcelUnknown(number)
    if parcel["gone"]:
        raise ParcelGone
    if parcel["pin"] != pin:
        raise WrongPin
    parcel["gone"] = True

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})


# %% right: a family of parcels in between, and keyword arguments
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelError(DomainError):
    """Anything about parcels."""

class ParcelUnknown(ParcelError, NotFound):
    pass

class ParcelGone(ParcelError, Conflict):
    pass

class WrongPin(ParcelError, RuleBroken):
    pass

def hand_over(number: int, pin: str) -> None:
    try:
        parcel = parcels[number]
    except KeyError:
        raise ParcelUnknown(detail=f"We have no parcel {number}.", error_code="PARCEL_UNKNOWN") from None
    if parcel["gone"]:
        raise ParcelGone(detail="This parcel has been handed over.", error_code="PARCEL_GONE")
    if parcel["pin"] != pin:
        raise WrongPin(detail="This pin does not fit.", error_code="WRONG_PIN")
    parcel["gone"] = True

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})


# %% wrong: classes that nobody raises
# says: still raises an `HTTPException`
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelUnknown(NotFound): ...

class ParcelGone(Conflict): ...

class WrongPin(RuleBroken): ...

def hand_over(number: int, pin: str) -> None:
    if number not in parcels:
        raise HTTPException(404, f"We have no parcel {number}.")
    if parcels[number]["gone"]:
        raise HTTPException(409, "This parcel has been handed over.")
    if pin != parcels[number]["pin"]:
        raise HTTPException(422, "This pin does not fit.")
    parcels[number]["gone"] = True

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})


# %% wrong: derived from Exception
# says: which is no `DomainError`
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelUnknown(Exception): ...

class ParcelGone(Exception): ...

class WrongPin(Exception): ...

def hand_over(number: int, pin: str) -> None:
    if number not in parcels:
        raise ParcelUnknown(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
    if parcels[number]["gone"]:
        raise ParcelGone("This parcel has been handed over.", "PARCEL_GONE")
    if pin != parcels[number]["pin"]:
        raise WrongPin("This pin does not fit.", "WRONG_PIN")
    parcels[number]["gone"] = True

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})


# %% wrong: the classes above, without new ones
# says: wants to catch `ParcelUnknown`
parcels = {4711: {"pin": "0815", "gone": False}}

def hand_over(number: int, pin: str) -> None:
    if number not in parcels:
        raise NotFound(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
    if parcels[number]["gone"]:
        raise Conflict("This parcel has been handed over.", "PARCEL_GONE")
    if pin != parcels[number]["pin"]:
        raise RuleBroken("This pin does not fit.", "WRONG_PIN")
    parcels[number]["gone"] = True

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})


# %% wrong: all derived from NotFound
# says: `ParcelGone` is derived from `NotFound`
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelUnknown(NotFound): ...

class ParcelGone(NotFound): ...

class WrongPin(NotFound): ...

def hand_over(number: int, pin: str) -> None:
    if number not in parcels:
        raise ParcelUnknown(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
    if parcels[number]["gone"]:
        raise ParcelGone("This parcel has been handed over.", "PARCEL_GONE")
    if pin != parcels[number]["pin"]:
        raise WrongPin("This pin does not fit.", "WRONG_PIN")
    parcels[number]["gone"] = True

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})


# %% wrong: derived from DomainError, which has no status
# says: has no status
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelUnknown(DomainError): ...

class ParcelGone(DomainError): ...

class WrongPin(DomainError): ...

def hand_over(number: int, pin: str) -> None:
    if number not in parcels:
        raise ParcelUnknown(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
    if parcels[number]["gone"]:
        raise ParcelGone("This parcel has been handed over.", "PARCEL_GONE")
    if pin != parcels[number]["pin"]:
        raise WrongPin("This pin does not fit.", "WRONG_PIN")
    parcels[number]["gone"] = True

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})


# %% wrong: the codes in lower case
# says: should be `PARCEL_UNKNOWN`
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelUnknown(NotFound): ...

class ParcelGone(Conflict): ...

class WrongPin(RuleBroken): ...

def hand_over(number: int, pin: str) -> None:
    if number not in parcels:
        raise ParcelUnknown(f"We have no parcel {number}.", "parcel_unknown")
    if parcels[number]["gone"]:
        raise ParcelGone("This parcel has been handed over.", "PARCEL_GONE")
    if pin != parcels[number]["pin"]:
        raise WrongPin("This pin does not fit.", "WRONG_PIN")
    parcels[number]["gone"] = True

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})


# %% wrong: the number in the sentence was left out
# says: the sentence is not as expected
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelUnknown(NotFound): ...

class ParcelGone(Conflict): ...

class WrongPin(RuleBroken): ...

def hand_over(number: int, pin: str) -> None:
    if number not in parcels:
        raise ParcelUnknown("We have no such parcel.", "PARCEL_UNKNOWN")
    if parcels[number]["gone"]:
        raise ParcelGone("This parcel has been handed over.", "PARCEL_GONE")
    if pin != parcels[number]["pin"]:
        raise WrongPin("This pin does not fit.", "WRONG_PIN")
    parcels[number]["gone"] = True

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})


# %% wrong: the pin is not checked any more
# says: the parcel goes to a stranger
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelUnknown(NotFound): ...

class ParcelGone(Conflict): ...

class WrongPin(RuleBroken): ...

def hand_over(number: int, pin: str) -> None:
    if number not in parcels:
        raise ParcelUnknown(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
    if parcels[number]["gone"]:
        raise ParcelGone("This parcel has been handed over.", "PARCEL_GONE")
    parcels[number]["gone"] = True

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})


# %% wrong: an HTTPException in disguise
# says: still raises an `HTTPException`
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelUnknown(HTTPException):
    def __init__(self, detail: str, error_code: str) -> None:
        super().__init__(404, detail)

class ParcelGone(ParcelUnknown): ...

class WrongPin(ParcelUnknown): ...

def hand_over(number: int, pin: str) -> None:
    if number not in parcels:
        raise ParcelUnknown(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
    if parcels[number]["gone"]:
        raise ParcelGone("This parcel has been handed over.", "PARCEL_GONE")
    if pin != parcels[number]["pin"]:
        raise WrongPin("This pin does not fit.", "WRONG_PIN")
    parcels[number]["gone"] = True

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})


# %% wrong: handed over and never marked
# says: answered 204
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelUnknown(NotFound): ...

class ParcelGone(Conflict): ...

class WrongPin(RuleBroken): ...

def hand_over(number: int, pin: str) -> None:
    if number not in parcels:
        raise ParcelUnknown(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
    if parcels[number]["gone"]:
        raise ParcelGone("This parcel has been handed over.", "PARCEL_GONE")
    if pin != parcels[number]["pin"]:
        raise WrongPin("This pin does not fit.", "WRONG_PIN")

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})


# %% wrong: the code is forgotten
# says: takes two things: a sentence and an error code
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelUnknown(NotFound): ...

class ParcelGone(Conflict): ...

class WrongPin(RuleBroken): ...

def hand_over(number: int, pin: str) -> None:
    if number not in parcels:
        raise ParcelUnknown(f"We have no parcel {number}.")
    if parcels[number]["gone"]:
        raise ParcelGone("This parcel has been handed over.", "PARCEL_GONE")
    if pin != parcels[number]["pin"]:
        raise WrongPin("This pin does not fit.", "WRONG_PIN")
    parcels[number]["gone"] = True

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})


# %% wrong: nobody sets gone
# says: Which line sets `gone`?
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelUnknown(NotFound): ...

class ParcelGone(Conflict): ...

class WrongPin(RuleBroken): ...

def hand_over(number: int, pin: str) -> None:
    if number not in parcels:
        raise ParcelUnknown(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
    if parcels[number]["gone"]:
        raise ParcelGone("This parcel has been handed over.", "PARCEL_GONE")
    if pin != parcels[number]["pin"]:
        raise WrongPin("This pin does not fit.", "WRONG_PIN")

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})
