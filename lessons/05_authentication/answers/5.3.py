# %% right: the checks written out, a key of the forger's own
def read_ticket(ticket, settings):
    key = settings.secret_key.get_secret_value()
    try:
        claims = jwt.decode(ticket, key, algorithms=["HS256"], audience="calendar")
    except jwt.PyJWTError:
        return None
    if "exp" not in claims or not claims.get("sub", "").isdigit():
        return None
    return int(claims["sub"])


def forge(user_id):
    return jwt.encode({"aud": "calendar", "sub": str(user_id)}, "x" * 40, algorithm="HS256")


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


def forge(user_id: int) -> str:
    parts = [{"alg": "none"}, {"sub": user_id, "aud": "calendar"}]
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."


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


def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "calendar"}, None, algorithm="none")


# %% wrong: the audience is not checked
# says: It takes a login token
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        key = settings.secret_key.get_secret_value()
        options = {"require": ["exp", "sub"], "verify_aud": False}
        return int(jwt.decode(ticket, key, algorithms=["HS256"], options=options)["sub"])
    except (jwt.InvalidTokenError, ValueError):
        return None


def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "calendar"}, None, algorithm="none")


# %% wrong: an end is not demanded
# says: It would be good for ever
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        key = settings.secret_key.get_secret_value()
        return int(jwt.decode(ticket, key, algorithms=["HS256"], audience="calendar")["sub"])
    except (jwt.InvalidTokenError, ValueError, KeyError):
        return None


def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "calendar"}, None, algorithm="none")


# %% wrong: the ticket chooses the algorithm
# says: You let the ticket choose
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        key = settings.secret_key.get_secret_value()
        algorithm = jwt.get_unverified_header(ticket)["alg"]
        options = {"require": ["exp", "sub"]}
        return int(jwt.decode(ticket, key, algorithms=[algorithm], audience="calendar", options=options)["sub"])
    except (jwt.PyJWTError, ValueError):
        return None


def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "calendar"}, None, algorithm="none")


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


def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "calendar"}, None, algorithm="none")


# %% wrong: nothing is caught
# says: The caller gets a 500
def read_ticket(ticket: str, settings: Settings) -> int | None:
    key = settings.secret_key.get_secret_value()
    options = {"require": ["exp", "sub"]}
    return int(jwt.decode(ticket, key, algorithms=["HS256"], audience="calendar", options=options)["sub"])


def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "calendar"}, None, algorithm="none")


# %% wrong: an expired ticket is good
# says: Its end has passed
def read_ticket(ticket: str, settings: Settings) -> int | None:
    try:
        key = settings.secret_key.get_secret_value()
        options = {"require": ["exp", "sub"], "verify_exp": False}
        return int(jwt.decode(ticket, key, algorithms=["HS256"], audience="calendar", options=options)["sub"])
    except (jwt.InvalidTokenError, ValueError):
        return None


def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "calendar"}, None, algorithm="none")


# %% wrong: the reader of login tokens
# says: A valid ticket is refused
def read_ticket(ticket: str, settings: Settings) -> int | None:
    return read_token(ticket, settings)


def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "calendar"}, None, algorithm="none")


# %% wrong: forged for another audience
# says: does not find `calendar` there
def read_ticket(ticket: str, settings: Settings) -> int | None:
    return None


def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "tasks-api"}, None, algorithm="none")


# %% wrong: no JWT at all
# says: The first version raises DecodeError
def read_ticket(ticket: str, settings: Settings) -> int | None:
    return None


def forge(user_id: int) -> str:
    return f"ticket for {user_id}"


# %% wrong: the user as text
# says: The id came back as text
def read_ticket(ticket: str, settings: Settings) -> str | None:
    try:
        key = settings.secret_key.get_secret_value()
        options = {"require": ["exp", "sub"]}
        return jwt.decode(ticket, key, algorithms=["HS256"], audience="calendar", options=options)["sub"]
    except jwt.InvalidTokenError:
        return None


def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "calendar"}, None, algorithm="none")
