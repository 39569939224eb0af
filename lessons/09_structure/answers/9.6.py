# story: The bakery opens a second shop. Both run in one program, and both greet with the words of the first. And the web page of a shop in production uses the key from the repository.
# story: (`get_secret_value()` gives the text inside of a `SecretStr`, as in lesson 05. A `SecretStr` never equals a text.)

# %% right: the router is built in the factory, and the route sees its argument
KNOWN_KEY = "everybody can read this key"

class BakerySettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="BAKERY_")

    environment: Literal["development", "production"] = "development"
    greeting: str = "Good morning"
    secret_key: SecretStr = SecretStr(KNOWN_KEY)

    @model_validator(mode="after")
    def production_has_its_own_key(self) -> "BakerySettings":
        known = self.secret_key.get_secret_value() == KNOWN_KEY
        if self.environment == "production" and known:
            raise ValueError("production needs a BAKERY_SECRET_KEY of its own")
        return self

def create_bakery(settings: BakerySettings | None = None) -> FastAPI:
    mine = BakerySettings() if settings is None else settings
    router = APIRouter(prefix="/api/v1")

    @router.get("/greeting")
    async def get_greeting() -> str:
        return mine.greeting

    app = FastAPI()
    app.include_router(router)
    return app

# %% right: by an override of the dependency
# change: solution
-async def get_bakery_settings(request: Request) -> BakerySettings:
-    return request.app.state.settings
+def get_bakery_settings() -> BakerySettings:
+    raise RuntimeError("the factory says which")

 @bakery_router.get("/greeting")
-async def get_greeting(
-    settings: Annotated[BakerySettings, Depends(get_bakery_settings)],
-) -> str:
+async def get_greeting(settings: Annotated[Any, Depends(get_bakery_settings)]) -> str:
...
-    app.state.settings = settings or BakerySettings()
+    chosen = settings or BakerySettings()
+    app.dependency_overrides[get_bakery_settings] = lambda: chosen

# %% right: the key compared as SecretStr
# change: solution
-        known = self.secret_key.get_secret_value() == KNOWN_KEY
+        known = self.secret_key == SecretStr(KNOWN_KEY)

# %% wrong: only the key
# breaks: Let `create_bakery(settings)` build an app that answers with its own settings
# says: settings that are not this app's
# change: stub
+    @model_validator(mode="after")
+    def production_has_its_own_key(self) -> "BakerySettings":
+        known = self.secret_key.get_secret_value() == KNOWN_KEY
+        if self.environment == "production" and known:
+            raise ValueError("production needs a BAKERY_SECRET_KEY of its own")
+        return self
+
 bakery_settings = BakerySettings()

# %% wrong: the factory changes a global
# breaks: however many apps there are
# says: The last call of the factory has changed something
# change: stub
+    @model_validator(mode="after")
+    def production_has_its_own_key(self) -> "BakerySettings":
+        known = self.secret_key.get_secret_value() == KNOWN_KEY
+        if self.environment == "production" and known:
+            raise ValueError("production needs a BAKERY_SECRET_KEY of its own")
+        return self
+
 bakery_settings = BakerySettings()
...
 def create_bakery(settings: BakerySettings | None = None) -> FastAPI:
+    global bakery_settings
+    bakery_settings = settings or BakerySettings()

# %% wrong: the default is made with the function
# breaks: Without an argument it reads the environment at that moment.
# says: a default in a `def` is made when the `def` runs
# change: solution
-def create_bakery(settings: BakerySettings | None = None) -> FastAPI:
+def create_bakery(settings: BakerySettings = BakerySettings()) -> FastAPI:

# %% wrong: kept by lru_cache
# says: such as `lru_cache`
# change: solution
+@lru_cache
+def read_settings() -> BakerySettings:
+    return BakerySettings()
+
 def create_bakery(settings: BakerySettings | None = None) -> FastAPI:
     app = FastAPI()
-    app.state.settings = settings or BakerySettings()
+    app.state.settings = settings or read_settings()

# %% wrong: the cache around the factory
# says: gives the same app again
# change: solution
     app.include_router(bakery_router)
     return app
+
+built: list[FastAPI] = []
+build = create_bakery
+
+def create_bakery(settings: BakerySettings | None = None) -> FastAPI:
+    if not built:
+        built.append(build(settings))
+    return built[0]

# %% wrong: read when the request comes
# says: The settings were read earlier, or after the app was built
# change: solution
-    return request.app.state.settings
+    return request.app.state.settings or BakerySettings()
...
-    app.state.settings = settings or BakerySettings()
+    app.state.settings = settings

# %% wrong: the key is not looked at
# breaks: `BakerySettings` refuses the known key in production
# says: accepts the known key in production, as the default
# change: solution
-        known = self.secret_key.get_secret_value() == KNOWN_KEY
+        known = False

# %% wrong: only a missing key is refused
# breaks: wherever it comes from
# says: accepts the known key in production, given as an argument
# change: solution
-        known = self.secret_key.get_secret_value() == KNOWN_KEY
+        known = "secret_key" not in self.model_fields_set

# %% wrong: the known key is refused everywhere
# breaks: in development it is fine
# says: Refuse the known key, in production only
# change: solution
-        if self.environment == "production" and known:
+        if self.environment == "production":

# %% wrong: the key is plain text
# says: The key shows when the settings are printed
# change: solution
-    secret_key: SecretStr = SecretStr(KNOWN_KEY)
+    secret_key: str = KNOWN_KEY
...
-        known = self.secret_key.get_secret_value() == KNOWN_KEY
+        known = self.secret_key == KNOWN_KEY

# %% wrong: a secret is compared with a text
# says: a `SecretStr` never equals a text
KNOWN_KEY = "everybody can read this key"


class BakerySettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="BAKERY_")

    environment: Literal["development", "production"] = "development"
    greeting: str = "Good morning"
    secret_key: SecretStr = SecretStr(KNOWN_KEY)

    @model_validator(mode="after")
    def is_safe(self):
        if self.environment == "production" and self.secret_key == KNOWN_KEY:
            raise ValueError("the key is known")
        return self


bakery_router = APIRouter(prefix="/api/v1")


@bakery_router.get("/greeting")
async def get_greeting(request: Request) -> str:
    return request.app.state.settings.greeting


def create_bakery(settings: BakerySettings | None = None) -> FastAPI:
    app = FastAPI()
    app.state.settings = settings or BakerySettings()
    app.include_router(bakery_router)
    return app

# %% wrong: the first settings are kept
# says: This greeting is from the first app
KNOWN_KEY = "everybody can read this key"
class BakerySettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="BAKERY_")
    environment: Literal["development", "production"] = "development"
    greeting: str = "Good morning"
    secret_key: SecretStr = SecretStr(KNOWN_KEY)

    @model_validator(mode="after")
    def safe(self):
        if self.environment == "production" and self.secret_key.get_secret_value() == KNOWN_KEY:
            raise ValueError("production needs a key of its own")
        return self

kept: list[BakerySettings] = []
bakery_router = APIRouter(prefix="/api/v1")

@bakery_router.get("/greeting")
async def get_greeting() -> str:
    return kept[0].greeting

def create_bakery(settings: BakerySettings | None = None) -> FastAPI:
    kept.append(settings or BakerySettings())
    app = FastAPI()
    app.include_router(bakery_router)
    return app

# %% wrong: the known key is refused even as the default
# says: Refuse the known key, in production only
KNOWN_KEY = "everybody can read this key"
class BakerySettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="BAKERY_")
    environment: Literal["development", "production"] = "development"
    greeting: str = "Good morning"
    secret_key: SecretStr = SecretStr(KNOWN_KEY)

    @model_validator(mode="after")
    def safe(self):
        if self.secret_key.get_secret_value() == KNOWN_KEY:
            raise ValueError("needs a key of its own")
        return self

bakery_router = APIRouter(prefix="/api/v1")

@bakery_router.get("/greeting")
async def get_greeting(request: Request) -> str:
    return request.app.state.settings.greeting

def create_bakery(settings: BakerySettings | None = None) -> FastAPI:
    app = FastAPI()
    app.state.settings = settings or BakerySettings()
    app.include_router(bakery_router)
    return app
