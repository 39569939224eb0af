# story: Now close the hole.

# %% right: the checks written out
def read_ticket(ticket, settings):
    key = settings.secret_key.get_secret_value()
    try:
        claims = jwt.decode(ticket, key, algorithms=["HS256"], audience="calendar")
    except jwt.PyJWTError:
        return None
    if "exp" not in claims or not claims.get("sub", "").isdigit():
        return None
    return int(claims["sub"])

# %% right: a service for both audiences
def read_signed(token: str, settings: Settings, audience: str) -> int | None:
    try:
        claims = jwt.decode(
            token,
            settings.secret_key.get_secret_value(),
            algorithms=["HS256"],
            audience=[audience],
            options={"require": ["sub", "exp"]},
        )
        return int(claims["sub"])
    except Exception:
        return None


def read_ticket(ticket: str, settings: Settings) -> int | None:
    return read_signed(ticket, settings, "calendar")

# %% wrong: only the forged one is refused, by its header
# says: It takes a ticket signed with another key
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        if jwt.get_unverified_header(ticket)["alg"] == "none":
            return None
        claims = jwt.decode(ticket, options={"verify_signature": False})
        return int(claims["sub"]) if claims["aud"] == "calendar" else None
    except (jwt.InvalidTokenError, ValueError, KeyError):
        return None

# %% wrong: the audience is not checked
# breaks: A login token isn't a ticket either.
# says: It takes a login token
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        key = settings.secret_key.get_secret_value()
        options = {"require": ["exp", "sub"], "verify_aud": False}
        return int(jwt.decode(ticket, key, algorithms=["HS256"], options=options)["sub"])
    except (jwt.InvalidTokenError, ValueError):
        return None

# %% wrong: an end is not demanded
# breaks: forged, expired, without an end, about nobody, with a `sub` that isn't a number
# says: It would be good for ever
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        key = settings.secret_key.get_secret_value()
        return int(jwt.decode(ticket, key, algorithms=["HS256"], audience="calendar")["sub"])
    except (jwt.InvalidTokenError, ValueError, KeyError):
        return None

# %% wrong: the ticket chooses the algorithm
# says: Ours are signed by HS256
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        key = settings.secret_key.get_secret_value()
        algorithm = jwt.get_unverified_header(ticket)["alg"]
        options = {"require": ["exp", "sub"]}
        return int(jwt.decode(ticket, key, algorithms=[algorithm], audience="calendar", options=options)["sub"])
    except (jwt.PyJWTError, ValueError):
        return None

# %% wrong: the library's errors are caught, the conversion's are not
# says: raises ValueError
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        key = settings.secret_key.get_secret_value()
        options = {"require": ["exp", "sub"]}
        claims = jwt.decode(ticket, key, algorithms=["HS256"], audience="calendar", options=options)
    except jwt.InvalidTokenError:
        return None
    return int(claims["sub"])

# %% wrong: an expired ticket is good
# says: Its end has passed
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        key = settings.secret_key.get_secret_value()
        options = {"require": ["exp", "sub"], "verify_exp": False}
        return int(jwt.decode(ticket, key, algorithms=["HS256"], audience="calendar", options=options)["sub"])
    except (jwt.InvalidTokenError, ValueError):
        return None

# %% wrong: the user as text
# says: The id came back as text
def read_ticket(ticket: str, settings: Settings) -> str | None:
    try:
        key = settings.secret_key.get_secret_value()
        options = {"require": ["exp", "sub"]}
        return jwt.decode(ticket, key, algorithms=["HS256"], audience="calendar", options=options)["sub"]
    except jwt.InvalidTokenError:
        return None

# %% right: the reader of login tokens, with other settings
def read_ticket(ticket: str, settings: Settings) -> int | None:
    return read_token(ticket, settings.model_copy(update={"audience": "calendar"}))

# %% right: new settings made from the old ones
def read_ticket(ticket, settings):
    calendar = Settings(**{**settings.model_dump(), "audience": "calendar"})
    return read_token(ticket, calendar)

# %% wrong: the reader of login tokens
# breaks: `read_ticket` gives the user's id for a valid ticket
# says: A valid ticket is refused
# says: It wants the audience of a login token
def read_ticket(ticket: str, settings: Settings) -> int | None:
    return read_token(ticket, settings)

# %% wrong: no audience is given
# says: A valid ticket is refused
# says: Nobody told `jwt.decode` for whom a ticket is made
# change: the audience is not checked
-        options = {"require": ["exp", "sub"], "verify_aud": False}
+        options = {"require": ["exp", "sub"]}

# %% wrong: no audience is given, and it is demanded
# says: A valid ticket is refused
# says: Nobody told `jwt.decode` for whom a ticket is made
# change: the audience is not checked
-        options = {"require": ["exp", "sub"], "verify_aud": False}
+        options = {"require": ["exp", "sub", "aud"]}

# %% wrong: the audience of the settings
# says: It wants the audience of a login token
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        key = settings.secret_key.get_secret_value()
        options = {"require": ["exp", "sub", "aud"]}
        return int(jwt.decode(ticket, key, algorithms=["HS256"], audience=settings.audience, options=options)["sub"])
    except (jwt.InvalidTokenError, ValueError):
        return None

# %% wrong: the key of the notebook
# says: It verifies with the key of this notebook
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        options = {"require": ["exp", "sub", "aud"]}
        return int(jwt.decode(ticket, key, algorithms=["HS256"], audience="calendar", options=options)["sub"])
    except (jwt.InvalidTokenError, ValueError):
        return None

# %% wrong: the SecretStr itself as the key
# says: raises TypeError
# says: The key is a `SecretStr`
# change: the key of the notebook
+        key = settings.secret_key
         options = {"require": ["exp", "sub", "aud"]}

# %% wrong: always nobody
# says: A valid ticket is refused
def read_ticket(ticket: str, settings: Settings) -> int | None:
    return None

# %% wrong: the errors go on
# says: The caller gets a 500
def read_ticket(ticket: str, settings: Settings) -> int | None:
    key = settings.secret_key.get_secret_value()
    options = {"require": ["exp", "sub", "aud"]}
    return int(jwt.decode(ticket, key, algorithms=["HS256"], audience="calendar", options=options)["sub"])

# %% wrong: none is among the algorithms
# says: lets the ticket choose `none`
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        claims = jwt.decode(ticket, settings.secret_key.get_secret_value(), algorithms=["HS256", "none"], audience="calendar", options={"require": ["exp", "sub", "aud"]})
        return int(claims["sub"])
    except (jwt.InvalidTokenError, ValueError):
        return None

# %% right: keywords from a dictionary
def read_ticket(ticket, settings):
    how = {"algorithms": ("HS256",), "audience": "calendar", "options": {"require": ["exp", "sub"]}}
    try:
        return int(jwt.decode(ticket, key=settings.secret_key.get_secret_value(), **how)["sub"])
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return None

# %% right: suppress
def read_ticket(ticket: str, settings: Settings) -> int | None:
    from contextlib import suppress
    with suppress(jwt.InvalidTokenError, ValueError):
        claims = jwt.decode(ticket, settings.secret_key.get_secret_value(), ["HS256"], audience={"calendar"}, options={"require": ["exp", "aud", "sub"]})
        return int(claims["sub"])
    return None

# %% right: PyJWT object
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        claims = jwt.PyJWT({"require": ["exp", "sub", "aud"]}).decode(ticket, settings.secret_key.get_secret_value(), algorithms=["HS256"], audience="calendar")
    except jwt.InvalidTokenError:
        return None
    return int(claims["sub"]) if claims["sub"].isdecimal() else None

# %% wrong: leeway of ten seconds
# says: expired two seconds ago
# change: solution
-            audience="calendar",
+            audience="calendar",
+            leeway=10,

# %% wrong: HS384 too
# breaks: signed like our login tokens
# says: signed by HS384
# change: solution
-            algorithms=["HS256"],
+            algorithms=["HS256", "HS384"],

# %% wrong: two audiences
# says: Name one audience only
# change: solution
-            audience="calendar",
+            audience=["calendar", "mail"],

# %% wrong: the audience is looked for in a text
# breaks: for the audience `calendar`
# says: compare the whole word
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        claims = jwt.decode(ticket, settings.secret_key.get_secret_value(), algorithms=["HS256"], options={"require": ["exp", "sub", "aud"], "verify_aud": False})
        return int(claims["sub"]) if "calendar" in claims["aud"] else None
    except (jwt.InvalidTokenError, ValueError):
        return None

# %% wrong: a 401 is raised
# breaks: never raises
# says: Which status that means is for the route to decide
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        claims = jwt.decode(ticket, settings.secret_key.get_secret_value(), algorithms=["HS256"], audience="calendar", options={"require": ["exp", "sub", "aud"]})
        return int(claims["sub"])
    except (jwt.InvalidTokenError, ValueError):
        raise HTTPException(401, "This ticket is not valid.")

# %% wrong: zero for nobody
# breaks: For anything else it gives `None`
# says: it gives `0`
# change: solution
-        return None
+        return 0

# %% wrong: an empty text crashes
# says: For an empty text
# change: solution
-    try:
+    if ticket[0] != "e":
+        return None
+    try:
