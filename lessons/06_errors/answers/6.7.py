# %% right: without a regular expression
from uuid import uuid4

def id_for(sent: str | None) -> str:
    allowed = set("0123456789abcdef-")
    if sent and 8 <= len(sent) <= 36 and set(sent) <= allowed:
        return sent
    return str(uuid4())


# %% right: a compiled pattern with anchors, and the empty text for None
SANE = re.compile(r"\A[\da-f-]{8,36}\Z", re.ASCII)

def id_for(sent: str | None) -> str:
    return sent if SANE.match(sent or "") else token_hex(16)


# %% wrong: the beginning is enough
# says: looks like fields of ours
def id_for(sent: str | None) -> str:
    if sent and re.match("[0-9a-f-]{8,36}", sent):
        return sent
    return token_hex(8)


# %% wrong: a dollar lets a line break in
# says: it ends with a line break
def id_for(sent: str | None) -> str:
    if sent and re.match("^[0-9a-f-]{8,36}$", sent):
        return sent
    return token_hex(8)


# %% wrong: digits of the whole world
# says: outside of 0 to 9
def id_for(sent: str | None) -> str:
    if sent and re.fullmatch(r"[\da-f-]{8,36}", sent):
        return sent
    return token_hex(8)


# %% wrong: None is no text
# says: raises TypeError
def id_for(sent: str | None) -> str:
    if re.fullmatch("[0-9a-f-]{8,36}", sent):
        return sent
    return token_hex(8)


# %% wrong: bad signs are cut out
# says: does not fit the rule itself
def id_for(sent: str | None) -> str:
    cleaned = re.sub("[^0-9a-f-]", "", sent or "")
    return cleaned[:36]


# %% wrong: one id for all that send none
# says: same id
def id_for(sent: str | None) -> str:
    if sent and re.fullmatch("[0-9a-f-]{8,36}", sent):
        return sent
    return "deadbeef"


# %% wrong: made once
# says: same id
MADE = token_hex(8)

def id_for(sent: str | None) -> str:
    if sent and re.fullmatch("[0-9a-f-]{8,36}", sent):
        return sent
    return MADE


# %% wrong: the rule of the lesson
# says: letters beyond f
def id_for(sent: str | None) -> str:
    if sent and re.fullmatch("[A-Za-z0-9_-]{8,64}", sent):
        return sent
    return token_hex(8)


# %% wrong: a new one that does not fit
# says: which does not fit the rule itself
from secrets import token_urlsafe

def id_for(sent: str | None) -> str:
    if sent and re.fullmatch("[0-9a-f-]{8,36}", sent):
        return sent
    return token_urlsafe(8)


# %% wrong: always a new one
# says: fits the rule and is not taken
def id_for(sent: str | None) -> str:
    return token_hex(8)


# %% wrong: no upper end
# says: it is too long
def id_for(sent: str | None) -> str:
    if sent and re.fullmatch("[0-9a-f-]{8,}", sent):
        return sent
    return token_hex(8)


# %% wrong: the new one is too short
# says: which does not fit the rule itself
def id_for(sent: str | None) -> str:
    if sent and re.fullmatch("[0-9a-f-]{8,36}", sent):
        return sent
    return token_hex(2)


# %% wrong: longer than 8 and shorter than 36
# says: 8 and 36 are still right
def id_for(sent: str | None) -> str:
    if sent and 8 < len(sent) < 36 and re.fullmatch("[0-9a-f-]+", sent):
        return sent
    return token_hex(8)


# %% wrong: the minus was forgotten
# says: `-` is one of those
def id_for(sent: str | None) -> str:
    if sent is not None and re.fullmatch("[0-9a-f]{8,36}", sent):
        return sent
    return token_hex(8)


# %% wrong: what was sent is mended
# says: made out of what was sent
def id_for(sent: str | None) -> str:
    sent = re.sub("[^0-9a-f-]", "", (sent or "").lower())
    if sent is not None and re.fullmatch("[0-9a-f-]{8,36}", sent):
        return sent
    return token_hex(8)


# %% wrong: a new one that is too long
# says: it has 72 characters
def id_for(sent: str | None) -> str:
    if sent is not None and re.fullmatch("[0-9a-f-]{8,36}", sent):
        return sent
    return token_hex(36)
