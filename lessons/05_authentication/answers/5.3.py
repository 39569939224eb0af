# story: Ana shows her tasks in a calendar program.
# story: Its address contains a **ticket**: a JWT with the audience `calendar`.
# story: Somebody found out how to see anybody's tasks, and wrote us a letter: "I did not need your key."
# story: Below is how the calendar reads a ticket.

# %% right: a key of the forger's own
def forge(user_id):
    return jwt.encode({"aud": "calendar", "sub": str(user_id)}, "x" * 40, algorithm="HS256")

# %% right: put together by hand, without the library
def forge(user_id: int) -> str:
    parts = [{"alg": "none"}, {"sub": f"{user_id}", "aud": "calendar"}]
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."

# %% right: a right ticket of another house, with all claims
def forge(user_id: int) -> str:
    claims = {"sub": str(user_id), "aud": "calendar", "exp": datetime.now(UTC) + timedelta(days=999)}
    return jwt.encode(claims, token_urlsafe(64), algorithm="HS512")

# %% wrong: forged for another audience
# says: its `aud` has to equal `calendar`
def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "tasks-api"}, None, algorithm="none")

# %% wrong: no JWT at all
# says: `first_reader` raises DecodeError
def forge(user_id: int) -> str:
    return f"ticket for {user_id}"

# %% wrong: made with our key
# says: signed with our key
def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "calendar"}, key, algorithm="HS256")

# %% wrong: made with the key in the settings, by another algorithm
# says: signed with our key
def forge(user_id: int) -> str:
    claims = {"sub": str(user_id), "aud": "calendar", "exp": datetime.now(UTC)}
    return jwt.encode(claims, settings.secret_key.get_secret_value(), algorithm="HS512")

# %% wrong: a login token with another audience
# says: signed with our key
def forge(user_id: int) -> str:
    return make_token(user_id, settings.model_copy(update={"audience": "calendar"}))

# %% wrong: always the same user
# breaks: a ticket that `first_reader` takes as this user's
# says: is taken as user 1's
def forge(user_id: int) -> str:
    return jwt.encode({"sub": "1", "aud": "calendar"}, None, algorithm="none")

# %% wrong: without a subject
# says: raises KeyError
def forge(user_id: int) -> str:
    return jwt.encode({"user": str(user_id), "aud": "calendar"}, None, algorithm="none")

# %% wrong: the attack of the section
# says: its `aud` has to equal `calendar`
def forge(user_id: int) -> str:
    return attacks["no signature, alg none"]

# %% wrong: none without a null key
# says: InvalidKeyError
# outcome: error
def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "calendar"}, "our key", algorithm="none")

# %% right: with an end and an issuer
def forge(user_id: int) -> str:
    now = datetime.now(UTC)
    return jwt.encode(dict(sub=f"{user_id}", aud="calendar", exp=now + timedelta(days=1), iss="me"), "mine" * 10)

# %% right: a new header in front of nothing
def forge(user_id: int) -> str:
    def part(value: dict[str, str]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
    return f'{part({"typ": "JWT", "alg": "HS256"})}.{part({"sub": str(user_id), "aud": "calendar"})}.AAAA'

# %% right: a token of ours, with its middle exchanged
def forge(user_id: int) -> str:
    head, _, signature = make_token(1, settings).split(".")
    claims = json.dumps({"sub": str(user_id), "aud": "calendar"}).encode()
    return ".".join([head, base64.urlsafe_b64encode(claims).decode().rstrip("="), signature])

# %% wrong: a number as sub
# breaks: Its `sub` is text, as the standard wants
# says: the standard wants text
def forge(user_id: int) -> str:
    return jwt.encode({"sub": user_id, "aud": "calendar"}, None, algorithm="none")

# %% wrong: coroutine
# says: an object of type `coroutine`
async def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "calendar"}, None, algorithm="none")

# %% wrong: key from the settings, HS384
# breaks: made without our key
# says: signed with our key
def forge(user_id: int) -> str:
    return jwt.encode({"sub": str(user_id), "aud": "calendar"}, settings.secret_key.get_secret_value(), algorithm="HS384")
