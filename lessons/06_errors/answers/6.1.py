# story: The parcel shop has a service, `hand_over`. A night job, which has nothing to do with HTTP, calls it as well, and dies with a strange `HTTPException`.

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
# breaks: Derive three classes from those above: `ParcelUnknown`, `ParcelGone`, `WrongPin`.
# says: which isn't a `DomainError`
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
# breaks: 409 for one that is gone, 422 for a wrong pin
# says: `ParcelGone` is derived from `NotFound`
# change: solution
-class ParcelGone(Conflict): ...
+class ParcelGone(NotFound): ...

-class WrongPin(RuleBroken): ...
+class WrongPin(NotFound): ...

# %% wrong: derived from DomainError, which has no status
# says: `ParcelUnknown` has no status
# change: solution
-class ParcelUnknown(NotFound): ...
+class ParcelUnknown(DomainError): ...

-class ParcelGone(Conflict): ...
+class ParcelGone(DomainError): ...

-class WrongPin(RuleBroken): ...
+class WrongPin(DomainError): ...

# %% wrong: the codes in lower case
# breaks: The error codes are `PARCEL_UNKNOWN`, `PARCEL_GONE`, `WRONG_PIN`.
# says: should be `PARCEL_UNKNOWN`
# change: solution
-        raise ParcelUnknown(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
+        raise ParcelUnknown(f"We have no parcel {number}.", "parcel_unknown")

# %% wrong: the number in the sentence was left out
# breaks: The sentences stay
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
# says: Which line sets `gone`?
# never: The route answers 204
# change: solution
-    parcels[number]["gone"] = True

# %% wrong: the code is forgotten
# says: takes two things: a sentence and an error code
# change: solution
-        raise ParcelUnknown(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
+        raise ParcelUnknown(f"We have no parcel {number}.")

# %% wrong: the classes know a status
# breaks: Let `hand_over` raise exceptions of the domain, which know nothing of HTTP.
# says: its `status_code` is 404
# change: solution
-class ParcelUnknown(NotFound): ...
+class ParcelUnknown(NotFound):
+    status_code = 404
...
-class ParcelGone(Conflict): ...
+class ParcelGone(Conflict):
+    status_code = 409
...
-class WrongPin(RuleBroken): ...
+class WrongPin(RuleBroken):
+    status_code = 422

# %% wrong: the status is an argument with a default
# says: its `status` is 404
# change: solution
-class ParcelUnknown(NotFound): ...
+class ParcelUnknown(NotFound):
+    def __init__(self, detail, error_code, status=404):
+        super().__init__(detail, error_code)
+        self.status = status
...
-class ParcelGone(Conflict): ...
+class ParcelGone(Conflict):
+    def __init__(self, detail, error_code, status=409):
+        super().__init__(detail, error_code)
+        self.status = status
...
-class WrongPin(RuleBroken): ...
+class WrongPin(RuleBroken):
+    def __init__(self, detail, error_code, status=422):
+        super().__init__(detail, error_code)
+        self.status = status

# %% wrong: the pin is asked before the parcel is looked for
# breaks: Over HTTP the statuses stay as they are
# says: wants to catch `ParcelGone`
# change: solution
         raise ParcelUnknown(f"We have no parcel {number}.", "PARCEL_UNKNOWN")
+    if pin != parcels[number]["pin"]:
+        raise WrongPin("This pin does not fit.", "WRONG_PIN")
...
-    if pin != parcels[number]["pin"]:
-        raise WrongPin("This pin does not fit.", "WRONG_PIN")

# %% wrong: three excepts in the route
# breaks: and so does the route
# says: Your handler never saw this `ParcelUnknown`
# change: solution
-    hand_over(number, pin)
+    try:
+        hand_over(number, pin)
+    except ParcelUnknown as error:
+        return problem(404, error.error_code, error.detail)
+    except ParcelGone as error:
+        return problem(409, error.error_code, error.detail)
+    except WrongPin as error:
+        return problem(422, error.error_code, error.detail)

# %% wrong: gone is set before the pin is asked
# says: was refused, and it changed `parcels`
# never: derived from `Conflict`
# change: solution
-    if pin != parcels[number]["pin"]:
+    wrong = pin != parcels[number]["pin"]
+    parcels[number]["gone"] = True
+    if wrong:
...
-    parcels[number]["gone"] = True

# %% wrong: the handler is not registered
# says: has no handler for `ParcelUnknown`
# never: has no status
# change: solution
-parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})
+parcels_app = new_app(parcels_router)

# %% right: sentences and codes are attributes of the classes, and a match
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelError(DomainError):
    code = "PARCEL"
    sentence = ""

    def __init__(self, **values: Any) -> None:
        super().__init__(self.sentence.format(**values), self.code)

class ParcelUnknown(ParcelError, NotFound):
    code, sentence = "PARCEL_UNKNOWN", "We have no parcel {number}."

class ParcelGone(ParcelError, Conflict):
    code, sentence = "PARCEL_GONE", "This parcel has been handed over."

class WrongPin(ParcelError, RuleBroken):
    code, sentence = "WRONG_PIN", "This pin does not fit."

def hand_over(number: int, pin: str) -> None:
    try:
        parcel = parcels[number]
    except KeyError:
        raise ParcelUnknown(number=number) from None
    match parcel:
        case {"gone": True}:
            raise ParcelGone()
        case {"pin": right} if right != pin:
            raise WrongPin()
    parcel["gone"] = True

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
def post_handover(number: int, pin: str) -> Response:
    hand_over(number, pin)
    return Response(status_code=204)

parcels_app = FastAPI()
parcels_app.include_router(parcels_router)
parcels_app.add_exception_handler(DomainError, answer_domain_error)

# %% right: a function picks the refusal
parcels = {4711: {"pin": "0815", "gone": False}}

class ParcelUnknown(NotFound):
    pass

class ParcelGone(Conflict):
    pass

class WrongPin(RuleBroken):
    pass

def refusal(number, pin):
    if number not in parcels:
        return ParcelUnknown(detail=f"We have no parcel {number}.", error_code="PARCEL_UNKNOWN")
    if parcels[number]["gone"]:
        return ParcelGone(detail="This parcel has been handed over.", error_code="PARCEL_GONE")
    return None if parcels[number]["pin"] == pin else WrongPin(detail="This pin does not fit.", error_code="WRONG_PIN")

def hand_over(number: int, pin: str) -> None:
    if error := refusal(number, pin):
        raise error
    parcels[number].update(gone=True)

parcels_router = APIRouter()

@parcels_router.post("/parcels/{number}/handover", status_code=204)
async def post_handover(number: int, pin: str) -> None:
    hand_over(number, pin)

parcels_app = new_app(parcels_router, exception_handlers={DomainError: answer_domain_error})

# %% wrong: the route keeps the refusal to itself
# says: The route answers 204, as if the parcel had been handed over.
# change: solution
-    hand_over(number, pin)
+    try:
+        hand_over(number, pin)
+    except DomainError:
+        pass
