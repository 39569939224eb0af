# story: Ana invites Ben to her list. He gets a link by mail with a `token` in it, and whoever has the token may join.
# story: Yesterday a stranger joined. Our own API had given the token away, although there is a response model without it.

# %% right: return types, and models built from the records
invitations: dict[int, dict[str, Any]] = {
    1: {"id": 1, "email": "ben@example.com", "accepted": False, "token": "b-7Qd2"},
    2: {"id": 2, "email": "cleo@example.com", "accepted": True, "token": "c-9Xw4"},
}


class InvitationPublic(BaseModel):
    id: int
    email: str
    accepted: bool


invitations_router = APIRouter()


@invitations_router.get("/invitations")
async def list_invitations() -> list[InvitationPublic]:
    return [InvitationPublic(**invitation) for invitation in invitations.values()]


@invitations_router.get("/invitations/{number}")
async def read_invitation(number: int) -> InvitationPublic:
    try:
        return InvitationPublic.model_validate(invitations[number])
    except KeyError:
        raise HTTPException(status_code=404) from None

# %% right: an application, a model of another name, and a response built from a filtered record
invitations: dict[int, dict[str, Any]] = {
    1: {"id": 1, "email": "ben@example.com", "accepted": False, "token": "b-7Qd2"},
    2: {"id": 2, "email": "cleo@example.com", "accepted": True, "token": "c-9Xw4"},
}


class Invitation(BaseModel):
    id: int
    email: str
    accepted: bool


class InvitationRecord(Invitation):
    token: str


invitations_router = FastAPI()


@invitations_router.get("/invitations")
def list_invitations() -> list[Invitation]:
    return [InvitationRecord(**invitation) for invitation in invitations.values()]


@invitations_router.get("/invitations/{invitation_id}", response_model=Invitation)
def read_invitation(invitation_id: int) -> JSONResponse:
    if invitation_id not in invitations:
        raise HTTPException(status_code=404, detail="no such invitation")
    return JSONResponse(Invitation(**invitations[invitation_id]).model_dump())

# %% wrong: only the list is mended
# breaks: Find where it leaves and mend it.
# says: One invitation still gives its token away
# says: is sent as it is
# change: stub
+
 class InvitationPublic(BaseModel):
...
+
 invitations_router = APIRouter()

-@invitations_router.get("/invitations")
+
+@invitations_router.get("/invitations", response_model=list[InvitationPublic])
 def list_invitations() -> list[dict[str, Any]]:
     return list(invitations.values())
+

# %% wrong: only the single invitation is mended
# says: The list still gives the token away
# change: solution
+
 class InvitationPublic(BaseModel):
...
+
 invitations_router = APIRouter()

-@invitations_router.get("/invitations", response_model=list[InvitationPublic])
+
+@invitations_router.get("/invitations")
 def list_invitations() -> list[dict[str, Any]]:
     return list(invitations.values())
+

# %% wrong: the fields are picked by hand, and no model is declared
# says: does not say which fields do
# change: solution
+
 class InvitationPublic(BaseModel):
...
+
 invitations_router = APIRouter()

-@invitations_router.get("/invitations", response_model=list[InvitationPublic])
+
+@invitations_router.get("/invitations")
 def list_invitations() -> list[dict[str, Any]]:
-    return list(invitations.values())
+    return [{"id": one["id"], "email": one["email"], "accepted": one["accepted"]} for one in invitations.values()]
+

# %% wrong: the token is taken out of the record itself
# breaks: The links still have to work, so the token stays in the store.
# says: the token is gone from the store
# change: solution
+
 class InvitationPublic(BaseModel):
...
+
 invitations_router = APIRouter()
+
...
+    for invitation in invitations.values():
+        invitation.pop("token", None)
     return list(invitations.values())
+

# %% wrong: excluded on the way out, and still promised
# breaks: the API's documentation must promise the same
# says: still promises one
# change: solution
+
 class InvitationPublic(BaseModel):
...
+
 invitations_router = APIRouter()
+
+
+class InvitationRecord(InvitationPublic):
+    token: str
+
...
-@invitations_router.get("/invitations/{invitation_id}", response_model=InvitationPublic)
+
+@invitations_router.get(
+    "/invitations/{invitation_id}", response_model=InvitationRecord, response_model_exclude={"token"}
+)

# %% wrong: a promise of either model
# says: The list still gives the token away
invitations: dict[int, dict[str, Any]] = {
    1: {"id": 1, "email": "ben@example.com", "accepted": False, "token": "b-7Qd2"},
    2: {"id": 2, "email": "cleo@example.com", "accepted": True, "token": "c-9Xw4"},
}


class InvitationPublic(BaseModel):
    id: int
    email: str
    accepted: bool


invitations_router = APIRouter()


class InvitationRecord(InvitationPublic):
    token: str


@invitations_router.get("/invitations")
def list_invitations() -> list[InvitationPublic | InvitationRecord]:
    return [InvitationRecord(**invitation) for invitation in invitations.values()]


@invitations_router.get("/invitations/{invitation_id}", response_model=InvitationPublic)
def read_invitation(invitation_id: int) -> dict[str, Any]:
    if invitation_id not in invitations:
        raise HTTPException(status_code=404, detail=f"There is no invitation {invitation_id}.")
    return invitations[invitation_id]

# %% wrong: constants
# says: another body than expected
# change: a promise of either model
-class InvitationRecord(InvitationPublic):
-    token: str
-
-
-@invitations_router.get("/invitations")
-def list_invitations() -> list[InvitationPublic | InvitationRecord]:
-    return [InvitationRecord(**invitation) for invitation in invitations.values()]
+@invitations_router.get("/invitations", response_model=list[InvitationPublic])
+def list_invitations() -> list[dict[str, Any]]:
+    return [{"id": 1, "email": "ben@example.com", "accepted": False}]

# %% wrong: the tokens are taken out of the learner's own store
# says: Invitation 1 has lost its token in the store
invitations: dict[int, dict[str, Any]] = {
    1: {"id": 1, "email": "ben@example.com", "accepted": False},
    2: {"id": 2, "email": "cleo@example.com", "accepted": True},
}


class InvitationPublic(BaseModel):
    id: int
    email: str
    accepted: bool


invitations_router = APIRouter()


@invitations_router.get("/invitations", response_model=list[InvitationPublic])
def list_invitations() -> list[dict[str, Any]]:
    return list(invitations.values())


@invitations_router.get("/invitations/{invitation_id}", response_model=InvitationPublic)
def read_invitation(invitation_id: int) -> dict[str, Any]:
    if invitation_id not in invitations:
        raise HTTPException(status_code=404, detail=f"There is no invitation {invitation_id}.")
    return invitations[invitation_id]

# %% wrong: one or any object, for one invitation
# says: promises your model *or* any object
# change: the tokens are taken out of the learner's own store
-    1: {"id": 1, "email": "ben@example.com", "accepted": False},
-    2: {"id": 2, "email": "cleo@example.com", "accepted": True},
+    1: {"id": 1, "email": "ben@example.com", "accepted": False, "token": "b-7Qd2"},
+    2: {"id": 2, "email": "cleo@example.com", "accepted": True, "token": "c-9Xw4"},
...
-@invitations_router.get("/invitations/{invitation_id}", response_model=InvitationPublic)
-def read_invitation(invitation_id: int) -> dict[str, Any]:
+@invitations_router.get("/invitations/{invitation_id}")
+def read_invitation(invitation_id: int) -> InvitationPublic | dict[str, Any]:

# %% wrong: one or any object, for the list
# says: `GET /invitations` promises your model *or* any object
# change: the tokens are taken out of the learner's own store
-    1: {"id": 1, "email": "ben@example.com", "accepted": False},
-    2: {"id": 2, "email": "cleo@example.com", "accepted": True},
+    1: {"id": 1, "email": "ben@example.com", "accepted": False, "token": "b-7Qd2"},
+    2: {"id": 2, "email": "cleo@example.com", "accepted": True, "token": "c-9Xw4"},
...
-@invitations_router.get("/invitations", response_model=list[InvitationPublic])
+@invitations_router.get("/invitations", response_model=list[InvitationPublic | dict[str, Any]])

# %% wrong: the model of one invitation for a list
# says: For an answer that is a list, the model is `list[…]`
# change: the tokens are taken out of the learner's own store
-    1: {"id": 1, "email": "ben@example.com", "accepted": False},
-    2: {"id": 2, "email": "cleo@example.com", "accepted": True},
+    1: {"id": 1, "email": "ben@example.com", "accepted": False, "token": "b-7Qd2"},
+    2: {"id": 2, "email": "cleo@example.com", "accepted": True, "token": "c-9Xw4"},
...
-@invitations_router.get("/invitations", response_model=list[InvitationPublic])
+@invitations_router.get("/invitations", response_model=InvitationPublic)

# %% wrong: the token is a field of the response model
# says: the model that you declared has `token` among its fields
# change: the tokens are taken out of the learner's own store
-    1: {"id": 1, "email": "ben@example.com", "accepted": False},
-    2: {"id": 2, "email": "cleo@example.com", "accepted": True},
+    1: {"id": 1, "email": "ben@example.com", "accepted": False, "token": "b-7Qd2"},
+    2: {"id": 2, "email": "cleo@example.com", "accepted": True, "token": "c-9Xw4"},
...
     email: str
     accepted: bool
+    token: str

# %% wrong: a model with the token for one invitation
# says: the model that you declared has `token` among its fields
# says: `GET /invitations/5`
# change: the tokens are taken out of the learner's own store
-    1: {"id": 1, "email": "ben@example.com", "accepted": False},
-    2: {"id": 2, "email": "cleo@example.com", "accepted": True},
+    1: {"id": 1, "email": "ben@example.com", "accepted": False, "token": "b-7Qd2"},
+    2: {"id": 2, "email": "cleo@example.com", "accepted": True, "token": "c-9Xw4"},
...
+class InvitationRecord(InvitationPublic):
+    token: str
+
+
 invitations_router = APIRouter()
...
-@invitations_router.get("/invitations/{invitation_id}", response_model=InvitationPublic)
-def read_invitation(invitation_id: int) -> dict[str, Any]:
+@invitations_router.get("/invitations/{invitation_id}")
+def read_invitation(invitation_id: int) -> InvitationRecord:

# %% wrong: one model or another, for one invitation
# says: you promise one model or another
# says: Name one response model
# change: a promise of either model
-@invitations_router.get("/invitations")
-def list_invitations() -> list[InvitationPublic | InvitationRecord]:
-    return [InvitationRecord(**invitation) for invitation in invitations.values()]
+@invitations_router.get("/invitations", response_model=list[InvitationPublic])
+def list_invitations() -> list[dict[str, Any]]:
+    return list(invitations.values())


-@invitations_router.get("/invitations/{invitation_id}", response_model=InvitationPublic)
-def read_invitation(invitation_id: int) -> dict[str, Any]:
+@invitations_router.get("/invitations/{invitation_id}")
+def read_invitation(invitation_id: int) -> InvitationPublic | InvitationRecord:
     if invitation_id not in invitations:
         raise HTTPException(status_code=404, detail=f"There is no invitation {invitation_id}.")
-    return invitations[invitation_id]
+    return InvitationRecord(**invitations[invitation_id])

# %% wrong: the 404 got lost
# says: It was a 404 before
# says: keep the `if`
invitations: dict[int, dict[str, Any]] = {
    1: {"id": 1, "email": "ben@example.com", "accepted": False, "token": "b-7Qd2"},
    2: {"id": 2, "email": "cleo@example.com", "accepted": True, "token": "c-9Xw4"},
}


class InvitationPublic(BaseModel):
    id: int
    email: str
    accepted: bool


invitations_router = APIRouter()


@invitations_router.get("/invitations", response_model=list[InvitationPublic])
def list_invitations() -> list[dict[str, Any]]:
    return list(invitations.values())


@invitations_router.get("/invitations/{invitation_id}")
def read_invitation(invitation_id: int) -> InvitationPublic:
    return InvitationPublic(**invitations[invitation_id])

# %% wrong: the email went with the token
# breaks: must answer with `id`, `email` and `accepted`
# says: It lacks `email`
# says: The other three fields are what the page shows
# change: the tokens are taken out of the learner's own store
-    1: {"id": 1, "email": "ben@example.com", "accepted": False},
-    2: {"id": 2, "email": "cleo@example.com", "accepted": True},
+    1: {"id": 1, "email": "ben@example.com", "accepted": False, "token": "b-7Qd2"},
+    2: {"id": 2, "email": "cleo@example.com", "accepted": True, "token": "c-9Xw4"},
...
-    email: str
     accepted: bool

# %% wrong: the 404 shows all records
# says: A token leaves with the answer to `GET /invitations/7`: it is in the body
invitations: dict[int, dict[str, Any]] = {
    1: {"id": 1, "email": "ben@example.com", "accepted": False, "token": "b-7Qd2"},
    2: {"id": 2, "email": "cleo@example.com", "accepted": True, "token": "c-9Xw4"},
}
class InvitationPublic(BaseModel):
    id: int
    email: str
    accepted: bool
invitations_router = APIRouter()
@invitations_router.get("/invitations", response_model=list[InvitationPublic])
def list_invitations() -> list[dict[str, Any]]:
    return list(invitations.values())

@invitations_router.get("/invitations/{invitation_id}", response_model=InvitationPublic)
def read_invitation(invitation_id: int) -> dict[str, Any]:
    if invitation_id not in invitations:
        raise HTTPException(status_code=404, detail=f"There is no invitation {invitation_id}. Known: {invitations}")
    return invitations[invitation_id]

# %% wrong: the token moved to a header
# says: it is in the header `x-token`
invitations: dict[int, dict[str, Any]] = {
    1: {"id": 1, "email": "ben@example.com", "accepted": False, "token": "b-7Qd2"},
    2: {"id": 2, "email": "cleo@example.com", "accepted": True, "token": "c-9Xw4"},
}
class InvitationPublic(BaseModel):
    id: int
    email: str
    accepted: bool
invitations_router = APIRouter()
from fastapi import Response
@invitations_router.get("/invitations", response_model=list[InvitationPublic])
def list_invitations() -> list[dict[str, Any]]:
    return list(invitations.values())

@invitations_router.get("/invitations/{invitation_id}", response_model=InvitationPublic)
def read_invitation(invitation_id: int, response: Response) -> dict[str, Any]:
    if invitation_id not in invitations:
        raise HTTPException(status_code=404, detail=f"There is no invitation {invitation_id}.")
    response.headers["X-Token"] = invitations[invitation_id]["token"]
    return invitations[invitation_id]

# %% wrong: the list is hidden from the documentation
# says: The documentation doesn't mention `GET /invitations`
invitations: dict[int, dict[str, Any]] = {
    1: {"id": 1, "email": "ben@example.com", "accepted": False, "token": "b-7Qd2"},
    2: {"id": 2, "email": "cleo@example.com", "accepted": True, "token": "c-9Xw4"},
}
class InvitationPublic(BaseModel):
    id: int
    email: str
    accepted: bool
invitations_router = APIRouter()
@invitations_router.get("/invitations", response_model=list[InvitationPublic], include_in_schema=False)
def list_invitations() -> list[dict[str, Any]]:
    return list(invitations.values())

@invitations_router.get("/invitations/{invitation_id}", response_model=InvitationPublic)
def read_invitation(invitation_id: int) -> dict[str, Any]:
    if invitation_id not in invitations:
        raise HTTPException(status_code=404, detail=f"There is no invitation {invitation_id}.")
    return invitations[invitation_id]

# %% right: a field of the model that is never sent
invitations: dict[int, dict[str, Any]] = {
    1: {"id": 1, "email": "ben@example.com", "accepted": False, "token": "b-7Qd2"},
    2: {"id": 2, "email": "cleo@example.com", "accepted": True, "token": "c-9Xw4"},
}
class InvitationPublic(BaseModel):
    id: int
    email: str
    accepted: bool
invitations_router = APIRouter()
class InvitationPublic(BaseModel):
    id: int
    email: str
    accepted: bool
    token: str | None = Field(default=None, exclude=True)
@invitations_router.get("/invitations", response_model=list[InvitationPublic])
def list_invitations() -> list[dict[str, Any]]:
    return list(invitations.values())

@invitations_router.get("/invitations/{invitation_id}", response_model=InvitationPublic)
def read_invitation(invitation_id: int) -> dict[str, Any]:
    if invitation_id not in invitations:
        raise HTTPException(status_code=404, detail=f"There is no invitation {invitation_id}.")
    return invitations[invitation_id]
