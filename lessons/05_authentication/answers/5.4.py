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
# says: It takes a login token
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        key = settings.secret_key.get_secret_value()
        options = {"require": ["exp", "sub"], "verify_aud": False}
        return int(jwt.decode(ticket, key, algorithms=["HS256"], options=options)["sub"])
    except (jwt.InvalidTokenError, ValueError):
        return None

# %% wrong: an end is not demanded
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
