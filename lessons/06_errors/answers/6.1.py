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
# change: stub
 parcels = {4711: {"pin": "0815", "gone": False}}
+
+class ParcelUnknown(NotFound): ...
+
+class ParcelGone(Conflict): ...
+
+class WrongPin(RuleBroken): ...

# %% wrong: derived from Exception
# says: which is no `DomainError`
# change: solution
-class ParcelUnknown(NotFound): ...
+class ParcelUnknown(Exception): ...

-class ParcelGone(Conflict): ...
+class ParcelGone(Exception): ...

-class WrongPin(RuleBroken): ...
+class WrongPin(Exception): ...

# %% wrong: the classes above, without new ones
# says: wants to catch `ParcelUnknown`
# change: stub
-        raise HTTPException(404, f"We have no parcel {number}.")
+        raise NotFound(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
     if parcels[number]["gone"]:
-        raise HTTPException(409, "This parcel has been handed over.")
+        raise Conflict("This parcel has been handed over.", "PARCEL_GONE")
     if pin != parcels[number]["pin"]:
-        raise HTTPException(422, "This pin does not fit.")
+        raise RuleBroken("This pin does not fit.", "WRONG_PIN")

# %% wrong: all derived from NotFound
# says: `ParcelGone` is derived from `NotFound`
# change: solution
-class ParcelGone(Conflict): ...
+class ParcelGone(NotFound): ...

-class WrongPin(RuleBroken): ...
+class WrongPin(NotFound): ...

# %% wrong: derived from DomainError, which has no status
# says: has no status
# change: solution
-class ParcelUnknown(NotFound): ...
+class ParcelUnknown(DomainError): ...

-class ParcelGone(Conflict): ...
+class ParcelGone(DomainError): ...

-class WrongPin(RuleBroken): ...
+class WrongPin(DomainError): ...

# %% wrong: the codes in lower case
# says: should be `PARCEL_UNKNOWN`
# change: solution
-        raise ParcelUnknown(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
+        raise ParcelUnknown(f"We have no parcel {number}.", "parcel_unknown")

# %% wrong: the number in the sentence was left out
# says: the sentence is not as expected
# change: solution
-        raise ParcelUnknown(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
+        raise ParcelUnknown("We have no such parcel.", "PARCEL_UNKNOWN")

# %% wrong: the pin is not checked any more
# says: the parcel goes to a stranger
# change: solution
-    if pin != parcels[number]["pin"]:
-        raise WrongPin("This pin does not fit.", "WRONG_PIN")

# %% wrong: an HTTPException in disguise
# says: still raises an `HTTPException`
# change: solution
-class ParcelUnknown(NotFound): ...
+class ParcelUnknown(HTTPException):
+    def __init__(self, detail: str, error_code: str) -> None:
+        super().__init__(404, detail)

-class ParcelGone(Conflict): ...
+class ParcelGone(ParcelUnknown): ...

-class WrongPin(RuleBroken): ...
+class WrongPin(ParcelUnknown): ...

# %% wrong: handed over and never marked
# says: answered 204
# change: solution
-    parcels[number]["gone"] = True

# %% wrong: the code is forgotten
# says: takes two things: a sentence and an error code
# change: solution
-        raise ParcelUnknown(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
+        raise ParcelUnknown(f"We have no parcel {number}.")

# %% wrong: nobody sets gone
# says: Which line sets `gone`?
# change: solution
-    parcels[number]["gone"] = True
