# %% right: classes, async, a guard on a router of its own
class Known:
    def __init__(self, credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())], db: Db):
        row = db.tables["keys"].get(credentials.credentials, {"device_id": None})
        if row["device_id"] not in db.tables["devices"]:
            raise HTTPException(status_code=401, detail="who?", headers={"WWW-Authenticate": "Bearer"})
        self.device = db.tables["devices"][row["device_id"]]


async def trusted(known: Annotated[Known, Depends()]):
    if not known.device["trusted"]:
        raise HTTPException(status_code=403)


devices_router = APIRouter(prefix="/devices/me")


@devices_router.get("")
async def me(known: Annotated[Known, Depends()]):
    return known.device


@devices_router.get("/tasks", dependencies=[Depends(trusted)])
async def tasks_of_the_family(db: Db):
    return list(db.tasks.values())

# %% wrong: one dependency for both routes
# says: A device that is no longer trusted may still read about itself
def get_trusted_device(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db
) -> dict[str, Any]:
    key = db.tables["keys"].get(credentials.credentials)
    device = db.tables["devices"].get(key["device_id"]) if key else None
    if device is None:
        raise HTTPException(401, "This key is not known.", headers={"WWW-Authenticate": "Bearer"})
    if not device["trusted"]:
        raise HTTPException(403, "This device is no longer trusted.")
    return device


devices_router = APIRouter()


@devices_router.get("/devices/me")
def read_device(device: Annotated[dict[str, Any], Depends(get_trusted_device)]) -> dict[str, Any]:
    return device


@devices_router.get("/devices/me/tasks", dependencies=[Depends(get_trusted_device)])
def list_tasks_for_device(db: Db) -> list[dict[str, Any]]:
    return list(db.tasks.values())

# %% wrong: 403 for a key that nobody knows
# says: You do not know this caller
# change: one dependency for both routes
-def get_trusted_device(
+def get_device(
...
-        raise HTTPException(401, "This key is not known.", headers={"WWW-Authenticate": "Bearer"})
+        raise HTTPException(403, "This key is not known.")
+    return device
+
+
+def get_trusted_device(device: Annotated[dict[str, Any], Depends(get_device)]) -> dict[str, Any]:
...
-def read_device(device: Annotated[dict[str, Any], Depends(get_trusted_device)]) -> dict[str, Any]:
+def read_device(device: Annotated[dict[str, Any], Depends(get_device)]) -> dict[str, Any]:

# %% wrong: the device that was removed
# says: a device can be gone although its key is still there
# change: one dependency for both routes
-def get_trusted_device(
+def get_device(
...
-    device = db.tables["devices"].get(key["device_id"]) if key else None
-    if device is None:
+    if key is None:
         raise HTTPException(401, "This key is not known.", headers={"WWW-Authenticate": "Bearer"})
+    return db.tables["devices"][key["device_id"]]
+
+
+def get_trusted_device(device: Annotated[dict[str, Any], Depends(get_device)]) -> dict[str, Any]:
...
-def read_device(device: Annotated[dict[str, Any], Depends(get_trusted_device)]) -> dict[str, Any]:
+def read_device(device: Annotated[dict[str, Any], Depends(get_device)]) -> dict[str, Any]:

# %% wrong: no header with the 401
# says: The 401 has no header `WWW-Authenticate: Bearer`
# change: one dependency for both routes
-def get_trusted_device(
+def get_device(
...
-        raise HTTPException(401, "This key is not known.", headers={"WWW-Authenticate": "Bearer"})
+        raise HTTPException(401, "This key is not known.")
+    return device
+
+
+def get_trusted_device(device: Annotated[dict[str, Any], Depends(get_device)]) -> dict[str, Any]:
...
-def read_device(device: Annotated[dict[str, Any], Depends(get_trusted_device)]) -> dict[str, Any]:
+def read_device(device: Annotated[dict[str, Any], Depends(get_device)]) -> dict[str, Any]:

# %% wrong: the route asks for trust by itself
# says: no dependency asks whether the device is trusted
def get_device(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db
) -> dict[str, Any]:
    key = db.tables["keys"].get(credentials.credentials)
    device = db.tables["devices"].get(key["device_id"]) if key else None
    if device is None:
        raise HTTPException(401, "This key is not known.", headers={"WWW-Authenticate": "Bearer"})
    return device


devices_router = APIRouter()


@devices_router.get("/devices/me")
def read_device(device: Annotated[dict[str, Any], Depends(get_device)]) -> dict[str, Any]:
    return device


@devices_router.get("/devices/me/tasks")
def list_tasks_for_device(
    device: Annotated[dict[str, Any], Depends(get_device)], db: Db
) -> list[dict[str, Any]]:
    if not device["trusted"]:
        raise HTTPException(403, "This device is no longer trusted.")
    return list(db.tasks.values())

# %% wrong: the look-up stands twice
# says: the look-up stands twice
# change: one dependency for both routes
-def get_trusted_device(
+def get_device(
...
         raise HTTPException(401, "This key is not known.", headers={"WWW-Authenticate": "Bearer"})
+    return device
+
+
+def get_trusted_device(
+    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db
+) -> dict[str, Any]:
+    device = get_device(credentials, db)
...
-def read_device(device: Annotated[dict[str, Any], Depends(get_trusted_device)]) -> dict[str, Any]:
+def read_device(device: Annotated[dict[str, Any], Depends(get_device)]) -> dict[str, Any]:

# %% wrong: a second session
# says: one is opened by hand
# change: one dependency for both routes
-def get_trusted_device(
-    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db
+def get_device(
+    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], request: Request
 ) -> dict[str, Any]:
+    db = request.app.state.database.session()
...
         raise HTTPException(401, "This key is not known.", headers={"WWW-Authenticate": "Bearer"})
+    return device
+
+
+def get_trusted_device(device: Annotated[dict[str, Any], Depends(get_device)]) -> dict[str, Any]:
...
-def read_device(device: Annotated[dict[str, Any], Depends(get_trusted_device)]) -> dict[str, Any]:
+def read_device(device: Annotated[dict[str, Any], Depends(get_device)]) -> dict[str, Any]:

# %% wrong: two dependencies that open a session
# says: Two different dependencies open one each
def get_another_db(request: Request):
    session = request.app.state.database.session()
    try:
        yield session
    finally:
        session.close()


def get_device(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Annotated[Session, Depends(get_another_db)]
) -> dict[str, Any]:
    key = db.tables["keys"].get(credentials.credentials)
    device = db.tables["devices"].get(key["device_id"]) if key else None
    if device is None:
        raise HTTPException(401, "This key is not known.", headers={"WWW-Authenticate": "Bearer"})
    return device


def get_trusted_device(device: Annotated[dict[str, Any], Depends(get_device)]) -> dict[str, Any]:
    if not device["trusted"]:
        raise HTTPException(403, "This device is no longer trusted.")
    return device


devices_router = APIRouter()


@devices_router.get("/devices/me")
def read_device(device: Annotated[dict[str, Any], Depends(get_device)]) -> dict[str, Any]:
    return device


@devices_router.get("/devices/me/tasks", dependencies=[Depends(get_trusted_device)])
def list_tasks_for_device(db: Db) -> list[dict[str, Any]]:
    return list(db.tasks.values())

# %% wrong: the key is looked up among the tokens
# says: one from the table `keys`
# change: two dependencies that open a session
-def get_another_db(request: Request):
-    session = request.app.state.database.session()
-    try:
-        yield session
-    finally:
-        session.close()
-
-
 def get_device(
-    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Annotated[Session, Depends(get_another_db)]
+    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db
 ) -> dict[str, Any]:
-    key = db.tables["keys"].get(credentials.credentials)
+    key = db.tables["tokens"].get(credentials.credentials)

# %% wrong: the session annotated without Depends
# says: If a dependency brings it, say so
# outcome: error
def get_device(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Session) -> dict:
    row = db.tables["keys"].get(credentials.credentials)
    if row is None or row["device_id"] not in db.tables["devices"]:
        raise HTTPException(401, "Who?", headers={"WWW-Authenticate": "Bearer"})
    return db.tables["devices"][row["device_id"]]

def get_trusted(device: Annotated[dict, Depends(get_device)]) -> dict:
    if not device["trusted"]:
        raise HTTPException(403, "no")
    return device

devices_router = APIRouter()
@devices_router.get("/devices/me")
def me(device: Annotated[dict, Depends(get_device)]) -> dict[str, Any]:
    return device
@devices_router.get("/devices/me/tasks")
def their(device: Annotated[dict, Depends(get_trusted)], db: Db) -> list[dict[str, Any]]:
    return list(db.tasks.values())
