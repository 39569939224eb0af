# %% right: rpartition
def client_of(request: Request) -> str:
    host = request.client.host
    if host != PROXY:
        return host
    return request.headers.get("x-forwarded-for", PROXY).rpartition(",")[2].strip()

def make_login(client_of: Callable[[Request], str]) -> FastAPI:
    app, tries = FastAPI(), dict[str, int]()

    @app.post("/login")
    async def login(request: Request) -> str:
        client = client_of(request)
        tries[client] = tries.get(client, 0) + 1
        if tries[client] > 3:
            raise HTTPException(429, "Too many tries.", headers={"Retry-After": "60"})
        return "wrong password"

    return app

login_app = make_login(client_of)


# %% right: a list of the entries
def client_of(request: Request) -> str:
    entries = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    return entries.pop() if entries and request.client.host == PROXY else request.client.host

def make_login(client_of: Callable[[Request], str]) -> FastAPI:
    app, tries = FastAPI(), dict[str, int]()

    @app.post("/login")
    async def login(request: Request) -> str:
        client = client_of(request)
        tries[client] = tries.get(client, 0) + 1
        if tries[client] > 3:
            raise HTTPException(429, "Too many tries.", headers={"Retry-After": "60"})
        return "wrong password"

    return app

login_app = make_login(client_of)


# %% wrong: the first entry
# says: The first entry is what the caller has written
def client_of(request: Request) -> str:
    forwarded = request.headers.get("X-Forwarded-For")
    if request.client.host == PROXY and forwarded:
        return forwarded.split(",")[0]
    return request.client.host

def make_login(client_of: Callable[[Request], str]) -> FastAPI:
    app, tries = FastAPI(), dict[str, int]()

    @app.post("/login")
    async def login(request: Request) -> str:
        client = client_of(request)
        tries[client] = tries.get(client, 0) + 1
        if tries[client] > 3:
            raise HTTPException(429, "Too many tries.", headers={"Retry-After": "60"})
        return "wrong password"

    return app

login_app = make_login(client_of)


# %% wrong: the header of anybody
# says: The header counts only if
def client_of(request: Request) -> str:
    forwarded = request.headers.get("X-Forwarded-For")
    if forwarded:
        return forwarded.split(",")[-1].strip()
    return request.client.host

def make_login(client_of: Callable[[Request], str]) -> FastAPI:
    app, tries = FastAPI(), dict[str, int]()

    @app.post("/login")
    async def login(request: Request) -> str:
        client = client_of(request)
        tries[client] = tries.get(client, 0) + 1
        if tries[client] > 3:
            raise HTTPException(429, "Too many tries.", headers={"Retry-After": "60"})
        return "wrong password"

    return app

login_app = make_login(client_of)


# %% wrong: the connection only
# says: counted as one
def client_of(request: Request) -> str:
    return request.client.host

def make_login(client_of: Callable[[Request], str]) -> FastAPI:
    app, tries = FastAPI(), dict[str, int]()

    @app.post("/login")
    async def login(request: Request) -> str:
        client = client_of(request)
        tries[client] = tries.get(client, 0) + 1
        if tries[client] > 3:
            raise HTTPException(429, "Too many tries.", headers={"Retry-After": "60"})
        return "wrong password"

    return app

login_app = make_login(client_of)


# %% wrong: a blank in front
# says: `.strip()` removes it
def client_of(request: Request) -> str:
    forwarded = request.headers.get("X-Forwarded-For")
    if request.client.host == PROXY and forwarded:
        return forwarded.split(",")[-1]
    return request.client.host

def make_login(client_of: Callable[[Request], str]) -> FastAPI:
    app, tries = FastAPI(), dict[str, int]()

    @app.post("/login")
    async def login(request: Request) -> str:
        client = client_of(request)
        tries[client] = tries.get(client, 0) + 1
        if tries[client] > 3:
            raise HTTPException(429, "Too many tries.", headers={"Retry-After": "60"})
        return "wrong password"

    return app

login_app = make_login(client_of)


# %% wrong: the whole header
# says: the client of a connection from 10.0.0.5
def client_of(request: Request) -> str:
    forwarded = request.headers.get("X-Forwarded-For")
    if request.client.host == PROXY and forwarded:
        return forwarded
    return request.client.host

def make_login(client_of: Callable[[Request], str]) -> FastAPI:
    app, tries = FastAPI(), dict[str, int]()

    @app.post("/login")
    async def login(request: Request) -> str:
        client = client_of(request)
        tries[client] = tries.get(client, 0) + 1
        if tries[client] > 3:
            raise HTTPException(429, "Too many tries.", headers={"Retry-After": "60"})
        return "wrong password"

    return app

login_app = make_login(client_of)


# %% wrong: the second entry
# says: the client of a connection
def client_of(request: Request) -> str:
    forwarded = request.headers.get("X-Forwarded-For")
    if request.client.host == PROXY and forwarded:
        return forwarded.split(",")[min(1, forwarded.count(","))].strip()
    return request.client.host

def make_login(client_of: Callable[[Request], str]) -> FastAPI:
    app, tries = FastAPI(), dict[str, int]()

    @app.post("/login")
    async def login(request: Request) -> str:
        client = client_of(request)
        tries[client] = tries.get(client, 0) + 1
        if tries[client] > 3:
            raise HTTPException(429, "Too many tries.", headers={"Retry-After": "60"})
        return "wrong password"

    return app

login_app = make_login(client_of)


# %% wrong: an address that only ends like the proxy
# says: Compare the whole address
def client_of(request: Request) -> str:
    forwarded = request.headers.get("X-Forwarded-For")
    if forwarded and request.client.host.endswith(PROXY):
        return forwarded.split(",")[-1].strip()
    return request.client.host

def make_login(client_of: Callable[[Request], str]) -> FastAPI:
    app, tries = FastAPI(), dict[str, int]()

    @app.post("/login")
    async def login(request: Request) -> str:
        client = client_of(request)
        tries[client] = tries.get(client, 0) + 1
        if tries[client] > 3:
            raise HTTPException(429, "Too many tries.", headers={"Retry-After": "60"})
        return "wrong password"

    return app

login_app = make_login(client_of)


# %% wrong: the header is taken for granted
# says: raises `KeyError
def client_of(request: Request) -> str:
    if request.client.host == PROXY:
        return request.headers["X-Forwarded-For"].split(",")[-1].strip()
    return request.client.host

def make_login(client_of: Callable[[Request], str]) -> FastAPI:
    app, tries = FastAPI(), dict[str, int]()

    @app.post("/login")
    async def login(request: Request) -> str:
        client = client_of(request)
        tries[client] = tries.get(client, 0) + 1
        if tries[client] > 3:
            raise HTTPException(429, "Too many tries.", headers={"Retry-After": "60"})
        return "wrong password"

    return app

login_app = make_login(client_of)
