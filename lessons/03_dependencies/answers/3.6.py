# story: Families hang tablets in their kitchens.
# story: Some tablets have been sold on and are no longer trusted.
# story: In a cell of your own, `test_devices(devices_router)` is silent when all is well.
# story: Your chain, and your router: call it `devices_router`.

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
# breaks: These are the tests that the phone team has written.
# says: You don't know this caller
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
# breaks: Write the chain, on top of `Db`, and the two routes, in `devices_router`.
# says: the look-up is written twice
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
# says: opened 1 session, and closed it 0 times
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
# says: The request opened 2 sessions, and closed 2
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
# breaks: A tablet sends a key of its own as its token.
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

# %% wrong: the key is compared by its beginning
# says: Your API let in the beginning of a key
# change: solution
-    key = db.tables["keys"].get(credentials.credentials)
+    key = next((row for name, row in db.tables["keys"].items() if name.startswith(credentials.credentials)), None)

# %% wrong: a key with more behind it
# says: Your API let in a key with one character too many
# change: solution
-    key = db.tables["keys"].get(credentials.credentials)
+    key = next((row for name, row in db.tables["keys"].items() if credentials.credentials.startswith(name)), None)

# %% wrong: capital letters do not count
# says: Your API let in a key in capital letters
# change: solution
-    key = db.tables["keys"].get(credentials.credentials)
+    key = db.tables["keys"].get(credentials.credentials.lower())

# %% wrong: closed twice
# says: opened 1 session, and closed it 2 times
# change: solution
-    return list(db.tasks.values())
+    tasks = list(db.tasks.values())
+    db.close()
+    return tasks

# %% wrong: the first device for a key without a device
# says: Your API let in a key whose device was removed
# change: solution
-    device = db.tables["devices"].get(key["device_id"]) if key else None
+    device = db.tables["devices"].get(key["device_id"], db.tables["devices"].get(1)) if key else None

# %% wrong: the list of the first device's owner
# breaks: `GET /devices/me/tasks` answers with the list of all tasks.
# says: `GET /devices/me/tasks` answered with another body
# change: solution
-    return list(db.tasks.values())
+    return [task for task in db.tasks.values() if task["owner_id"] == 1]

# %% wrong: it is noted when the device was seen
# says: `GET /devices/me` changed the data
# change: solution
 def read_device(device: Device) -> dict[str, Any]:
-    return device
+    device["seen"] = True
+    return {name: device[name] for name in ("id", "name", "trusted")}

# %% wrong: only the name of the device
# breaks: `GET /devices/me` answers with the device.
# says: `GET /devices/me` answered with another body
# change: solution
 def read_device(device: Device) -> dict[str, Any]:
-    return device
+    return {"name": device["name"]}

# %% wrong: two sessions for the device alone
# breaks: A request opens one session at most.
# says: The request opened 2 sessions
# change: solution
-def read_device(device: Device) -> dict[str, Any]:
+def read_device(device: Device, request: Request) -> dict[str, Any]:
+    other = request.app.state.database.session()
+    other.close()

# %% wrong: a session that is closed too early
# says: RuntimeError: This session has been closed.
# change: solution
-    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db
+    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Annotated[Session, Depends(get_closed)]
...
-def list_tasks_for_device(db: Db) -> list[dict[str, Any]]:
+def list_tasks_for_device(db: Annotated[Session, Depends(get_closed)]) -> list[dict[str, Any]]:
...
-def get_device(
+def get_closed(request: Request) -> Session:
+    session = request.app.state.database.session()
+    session.close()
+    return session
+
+def get_device(

# %% wrong: a session that is never closed
# says: opened 1 session, and closed it 0 times
# change: solution
-    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db
+    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Annotated[Session, Depends(get_open)]
...
-def list_tasks_for_device(db: Db) -> list[dict[str, Any]]:
+def list_tasks_for_device(db: Annotated[Session, Depends(get_open)]) -> list[dict[str, Any]]:
...
-def get_device(
+def get_open(request: Request) -> Session:
+    return request.app.state.database.session()
+
+def get_device(

# %% wrong: another scheme
# says: The 401 has no header `WWW-Authenticate: Bearer`
# change: solution
-        headers = {"WWW-Authenticate": "Bearer"}
+        headers = {"WWW-Authenticate": "Bearerx"}

# %% wrong: a 401 for the device that is sold
# says: a new key wouldn't help
# change: solution
-        raise HTTPException(403, "This device is no longer trusted.")
+        raise HTTPException(401, "This device is no longer trusted.", headers={"WWW-Authenticate": "Bearer"})

# %% wrong: a key that nobody knows crashes
# says: Your code raised `KeyError: 'k-nobody'`
# change: solution
-    key = db.tables["keys"].get(credentials.credentials)
-    device = db.tables["devices"].get(key["device_id"]) if key else None
+    key = db.tables["keys"][credentials.credentials]
+    device = db.tables["devices"].get(key["device_id"])

# %% wrong: the route finds the device by itself
# says: the look-up is written twice
# change: solution
-def read_device(device: Device) -> dict[str, Any]:
-    return device
+def read_device(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db) -> dict[str, Any]:
+    return get_device(credentials, db)

# %% right: one class, told whether it asks for trust
class Tablet:
    def __init__(self, trusted: bool = False) -> None:
        self.trusted = trusted

    def __call__(self, credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db) -> dict[str, Any]:
        key = db.tables["keys"].get(credentials.credentials)
        device = db.tables["devices"].get(key["device_id"]) if key else None
        if device is None:
            raise HTTPException(401, "This key is not known.", headers={"WWW-Authenticate": "Bearer"})
        if self.trusted and not device["trusted"]:
            raise HTTPException(403, "no")
        return device

devices_router = APIRouter()

@devices_router.get("/devices/me")
def read_device(device: Annotated[dict[str, Any], Depends(Tablet())]) -> dict[str, Any]:
    return device

@devices_router.get("/devices/me/tasks", dependencies=[Depends(Tablet(trusted=True))])
def list_tasks_for_device(db: Db) -> list[dict[str, Any]]:
    return list(db.tasks.values())

# %% right: models
class Device(BaseModel):
    id: int
    name: str
    trusted: bool

class Task(BaseModel):
    id: int
    owner_id: int
    title: str

def find_device(db: Db, credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> Device:
    try:
        return Device(**db.tables["devices"][db.tables["keys"][credentials.credentials]["device_id"]])
    except KeyError:
        raise HTTPException(401, headers={"WWW-Authenticate": 'Bearer realm="tablets"'}) from None

Known = Annotated[Device, Depends(find_device)]

def trusted_device(device: Known) -> Device:
    if device.trusted:
        return device
    raise HTTPException(403, "sold")

devices_router = APIRouter()

@devices_router.get("/devices/me")
def read_device(device: Known) -> Device:
    return device

@devices_router.get("/devices/me/tasks", response_model=list[Task])
def tasks_of(device: Annotated[Device, Depends(trusted_device)], db: Db):
    return db.tasks.values()

# %% right: classes whose instances FastAPI makes, the second derived from the first
class Known:
    def __init__(self, credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db) -> None:
        key = db.tables["keys"].get(credentials.credentials)
        self.device = db.tables["devices"].get(key["device_id"]) if key else None
        if self.device is None:
            raise HTTPException(401, "This key is not known.", headers={"WWW-Authenticate": "Bearer"})

class Trusted(Known):
    def __init__(self, credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db) -> None:
        super().__init__(credentials, db)
        if not self.device["trusted"]:
            raise HTTPException(403, "no")

devices_router = APIRouter()

@devices_router.get("/devices/me")
def read_device(known: Annotated[Known, Depends()]) -> dict[str, Any]:
    return known.device

@devices_router.get("/devices/me/tasks", dependencies=[Depends(Trusted)])
def list_tasks_for_device(db: Db) -> list[dict[str, Any]]:
    return list(db.tasks.values())

# %% right: a function that makes the link
def device_finder():
    def find(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db) -> dict[str, Any]:
        key = db.tables["keys"].get(credentials.credentials)
        device = db.tables["devices"].get(key["device_id"]) if key else None
        if device is None:
            raise HTTPException(401, "This key is not known.", headers={"WWW-Authenticate": "Bearer"})
        return device
    return find

def trusted(device: Annotated[dict, Depends(device_finder())]):
    if not device["trusted"]:
        raise HTTPException(403, "no")

devices_router = APIRouter()

@devices_router.get("/devices/me")
def read_device(device: Annotated[dict, Depends(device_finder())]):
    return device

@devices_router.get("/devices/me/tasks", dependencies=[Depends(trusted)])
def list_tasks_for_device(db: Db) -> list[dict[str, Any]]:
    return list(db.tasks.values())

# %% wrong: nobody asks for trust
# says: shows the family's tasks to a tablet that was sold on
# change: solution
-    if not device["trusted"]:
-        raise HTTPException(403, "This device is no longer trusted.")

# %% wrong: the key is a parameter
# says: Your API asks for a parameter that the tablet does not know
# change: solution
-    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db
+    key: str, db: Db
...
-    key = db.tables["keys"].get(credentials.credentials)
-    device = db.tables["devices"].get(key["device_id"]) if key else None
+    found = db.tables["keys"].get(key)
+    device = db.tables["devices"].get(found["device_id"]) if found else None

# %% wrong: 404 for a key that nobody knows
# says: A 404 says that the address doesn't exist
# never: asks for a parameter
# change: solution
-        headers = {"WWW-Authenticate": "Bearer"}
-        raise HTTPException(401, "This key is not known.", headers=headers)
+        raise HTTPException(404, "This device is not known.")

# %% right: the header read by hand
# change: solution
-    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db
-) -> dict[str, Any]:
-    key = db.tables["keys"].get(credentials.credentials)
+    request: Request, db: Db
+) -> dict[str, Any]:
+    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
+    key = db.tables["keys"].get(token) if scheme.lower() == "bearer" else None

# %% right: without auto_error
# change: solution
-    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db
-) -> dict[str, Any]:
-    key = db.tables["keys"].get(credentials.credentials)
+    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))], db: Db
+) -> dict[str, Any]:
+    key = credentials and db.tables["keys"].get(credentials.credentials)

# %% right: three links
# change: solution
-def get_device(
-    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db
-) -> dict[str, Any]:
-    key = db.tables["keys"].get(credentials.credentials)
-    device = db.tables["devices"].get(key["device_id"]) if key else None
-    if device is None:
-        headers = {"WWW-Authenticate": "Bearer"}
-        raise HTTPException(401, "This key is not known.", headers=headers)
-    return device
+unknown = HTTPException(401, "?", headers={"WWW-Authenticate": "Bearer"})
+def get_key(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db):
+    try:
+        return db.tables["keys"][credentials.credentials]
+    except KeyError:
+        raise unknown
+def get_device(key: Annotated[dict, Depends(get_key)], db: Db):
+    try:
+        return db.tables["devices"][key["device_id"]]
+    except KeyError:
+        raise unknown

# %% right: an object as the guard of a router inside
# change: solution
-def get_trusted_device(device: Device) -> dict[str, Any]:
-    if not device["trusted"]:
-        raise HTTPException(403, "This device is no longer trusted.")
-    return device
-
-devices_router = APIRouter()
+class Trusted:
+    def __call__(self, device: Device) -> None:
+        if not device["trusted"]:
+            raise HTTPException(403, "This device is no longer trusted.")
+
+devices_router = APIRouter()
+inner = APIRouter(dependencies=[Depends(Trusted())])
...
-@devices_router.get("/devices/me/tasks", dependencies=[Depends(get_trusted_device)])
+@inner.get("/devices/me/tasks")
...
-    return list(db.tasks.values())
+    return list(db.tasks.values())
+
+devices_router.include_router(inner)

# %% wrong: any scheme
# says: with `Basic` in place of `Bearer`
# change: solution
-    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], db: Db
-) -> dict[str, Any]:
-    key = db.tables["keys"].get(credentials.credentials)
+    request: Request, db: Db
+) -> dict[str, Any]:
+    token = request.headers.get("Authorization", "").split(" ")[-1]
+    key = db.tables["keys"].get(token)

# %% wrong: a 404
# says: A 404 says that the address doesn't exist
# change: solution
-        raise HTTPException(401, "This key is not known.", headers=headers)
+        raise HTTPException(404, "This key is not known.", headers=headers)

# %% wrong: a session by hand in the second route
# says: The request opened 2 sessions
# change: solution
-def list_tasks_for_device(db: Db) -> list[dict[str, Any]]:
-    return list(db.tasks.values())
+def list_tasks_for_device(request: Request) -> list[dict[str, Any]]:
+    db = request.app.state.database.session()
+    try:
+        return list(db.tasks.values())
+    finally:
+        db.close()
