# %% right: a handler for each refusal, and a factory for them
class NewMember(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: Username
    email: Email
    password: Annotated[SecretStr, Field(min_length=12, max_length=128)]
    role: Role = Role.member

class MemberChange(BaseModel):
    model_config = ConfigDict(extra="forbid")
    email: Email | MISSING = MISSING
    role: Role | MISSING = MISSING
    active: bool | MISSING = MISSING

class MemberOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    name: str
    email: str
    role: str
    active: bool

def answering(status, code, *fields):
    async def answer(request: Request, error: Exception) -> Response:
        return problem(status, code, str(error), {field: [str(error)] for field in fields})
    return answer

async def the_club(db: Db, passwords: AppPasswords):
    return Club(db, passwords)

TheClub = Annotated[Club, Depends(the_club)]
only_admins = [Depends(require_role(Role.admin))]
gone = documented(404, "Nobody there.", MEMBER_NOT_FOUND="There is no member 7.")
last = documented(409, "The last one.", LAST_ADMIN="This is the last admin.")
refused = documented(409, "Taken.", NAME_TAKEN="Taken.") | documented(422, "Weak.", WEAK_PASSWORD="Weak.")
club_router = APIRouter(prefix="/members", tags=["members"], responses=INVALID | GUARDED)

@club_router.post("", status_code=201, dependencies=only_admins, responses=refused)
async def add_member(new: NewMember, club: TheClub, response: Response) -> MemberOut:
    """Take somebody in."""
    member = await club.add(**dict(new))
    response.headers["Location"] = f"/api/v1/members/{member.id}"
    return MemberOut.model_validate(member)

@club_router.get("", dependencies=only_admins)
async def list_members(page: Annotated[Page, Query()], club: TheClub) -> list[MemberOut]:
    """Who is in the club."""
    return [MemberOut.model_validate(one) for one in await club.list(page.limit or 20, page.offset)]

@club_router.get("/{member_id}", dependencies=only_admins, responses=gone)
async def read_member(member_id: Id, club: TheClub) -> MemberOut:
    """One member."""
    return MemberOut.model_validate(await club.find(member_id))

@club_router.patch("/{member_id}", dependencies=only_admins, responses=gone | last)
async def change_member(member_id: Id, change: MemberChange, club: TheClub) -> MemberOut:
    """Change what was sent."""
    sent = {name: getattr(change, name) for name in change.model_fields_set}
    return MemberOut.model_validate(await club.change(member_id, **sent))

@club_router.delete("/{member_id}", dependencies=only_admins, status_code=204, responses=gone | last)
async def drop_member(member_id: Id, club: TheClub) -> None:
    """Take somebody out."""
    await club.remove(member_id)

def create_members_app(settings: Settings) -> FastAPI:
    app = with_resource(settings, MembersBase, club_router)
    app.exception_handlers[MemberNotFound] = answering(404, "MEMBER_NOT_FOUND")
    app.exception_handlers[NameTaken] = answering(409, "NAME_TAKEN", "name")
    app.exception_handlers[WeakPassword] = answering(422, "WEAK_PASSWORD", "password")
    app.exception_handlers[LastAdmin] = answering(409, "LAST_ADMIN")
    return app

# %% wrong: the hash leaves
# says: `password_hash` leaves
# The models, the handler, and what routes share.
class MemberCreate(RequestModel):
    """Somebody to take in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}
            ]
        }
    )

    name: Username
    email: Email
    password: Annotated[SecretStr, Field(min_length=12, max_length=128)]
    role: Role = Role.member


class MemberUpdate(RequestModel):
    """The parts of a member that change."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"active": False}]})

    email: Email | MISSING = MISSING
    role: Role | MISSING = MISSING
    active: bool | MISSING = MISSING


class MemberPublic(BaseModel):
    """A member, without the password in any form."""

    id: int
    name: str
    email: str
    role: Role
    active: bool
    password_hash: str


def get_club(db: Db, passwords: AppPasswords) -> Club:
    """Give the club's service, on the session of this request."""
    return Club(db, passwords)


AppClub = Annotated[Club, Depends(get_club)]


# The refusals of the service, said in HTTP.
REFUSALS: dict[type[MemberError], tuple[int, str, str | None]] = {
    MemberNotFound: (404, "MEMBER_NOT_FOUND", None),
    NameTaken: (409, "NAME_TAKEN", "name"),
    WeakPassword: (422, "WEAK_PASSWORD", "password"),
    LastAdmin: (409, "LAST_ADMIN", None),
}


async def on_member_error(_: Request, error: Exception) -> Response:
    """Say in HTTP what the club has refused. specs/members/spec.md, S8."""
    for kind, (status, code, field) in REFUSALS.items():
        if isinstance(error, kind):
            fields = {field: [str(error)]} if field else None
            return problem(status, code, str(error), fields)
    raise error


NO_MEMBER = documented(404, "No such member.", MEMBER_NOT_FOUND="There is no member 7.")
TAKEN = documented(409, "The name is taken.", NAME_TAKEN="Another member is called dora.")
LAST_ADMIN = documented(409, "It is the last admin.", LAST_ADMIN="This is the last admin.")
WEAK = documented(
    422, "The password makes no sense.", WEAK_PASSWORD="The password holds the name."
)


# The routes that read.
ADMINS = [Depends(require_role(Role.admin))]
members_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@members_router.get("", response_model=list[MemberPublic], summary="List members")
async def get_members(page: Annotated[Page, Query()], club: AppClub) -> Sequence[Member]:
    """Read who is in the club, page by page. specs/members/spec.md, S3."""
    return await club.list(page.limit or 20, page.offset)


@members_router.get(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER, summary="Read member"
)
async def get_member(member_id: Id, club: AppClub) -> Member:
    """Read one member. specs/members/spec.md, S3."""
    return await club.find(member_id)


# The routes that write, and the app: `create_members_app(settings: Settings) -> FastAPI`.
managing_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@managing_router.post("", status_code=201, response_model=MemberPublic, responses=TAKEN | WEAK)
async def post_member(
    data: MemberCreate, club: AppClub, request: Request, response: Response
) -> Member:
    """Take somebody in. specs/members/spec.md, S1."""
    member = await club.add(data.name, data.email, data.password, data.role)
    location = request.app.url_path_for("get_member", member_id=member.id)
    response.headers["Location"] = location
    return member


@managing_router.patch(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER | LAST_ADMIN
)
async def patch_member(member_id: Id, changes: MemberUpdate, club: AppClub) -> Member:
    """Change the parts of a member that are sent. specs/members/spec.md, S4."""
    return await club.change(member_id, **changes.model_dump(exclude_unset=True))


@managing_router.delete("/{member_id}", status_code=204, responses=NO_MEMBER | LAST_ADMIN)
async def delete_member(member_id: Id, club: AppClub) -> None:
    """Take somebody out. specs/members/spec.md, S5."""
    await club.remove(member_id)


def create_members_app(settings: Settings) -> FastAPI:
    """Build the service with members."""
    app = with_resource(settings, MembersBase, members_router, managing_router)
    app.add_exception_handler(MemberError, on_member_error)
    return app

# %% wrong: no handler
# says: second Dora
# says: ended with `NameTaken`. It has no handler
# The models, the handler, and what routes share.
class MemberCreate(RequestModel):
    """Somebody to take in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}
            ]
        }
    )

    name: Username
    email: Email
    password: Annotated[SecretStr, Field(min_length=12, max_length=128)]
    role: Role = Role.member


class MemberUpdate(RequestModel):
    """The parts of a member that change."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"active": False}]})

    email: Email | MISSING = MISSING
    role: Role | MISSING = MISSING
    active: bool | MISSING = MISSING


class MemberPublic(BaseModel):
    """A member, without the password in any form."""

    id: int
    name: str
    email: str
    role: Role
    active: bool


def get_club(db: Db, passwords: AppPasswords) -> Club:
    """Give the club's service, on the session of this request."""
    return Club(db, passwords)


AppClub = Annotated[Club, Depends(get_club)]


# The refusals of the service, said in HTTP.
REFUSALS: dict[type[MemberError], tuple[int, str, str | None]] = {
    MemberNotFound: (404, "MEMBER_NOT_FOUND", None),
    NameTaken: (409, "NAME_TAKEN", "name"),
    WeakPassword: (422, "WEAK_PASSWORD", "password"),
    LastAdmin: (409, "LAST_ADMIN", None),
}


async def on_member_error(_: Request, error: Exception) -> Response:
    """Say in HTTP what the club has refused. specs/members/spec.md, S8."""
    for kind, (status, code, field) in REFUSALS.items():
        if isinstance(error, kind):
            fields = {field: [str(error)]} if field else None
            return problem(status, code, str(error), fields)
    raise error


NO_MEMBER = documented(404, "No such member.", MEMBER_NOT_FOUND="There is no member 7.")
TAKEN = documented(409, "The name is taken.", NAME_TAKEN="Another member is called dora.")
LAST_ADMIN = documented(409, "It is the last admin.", LAST_ADMIN="This is the last admin.")
WEAK = documented(
    422, "The password makes no sense.", WEAK_PASSWORD="The password holds the name."
)


# The routes that read.
ADMINS = [Depends(require_role(Role.admin))]
members_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@members_router.get("", response_model=list[MemberPublic], summary="List members")
async def get_members(page: Annotated[Page, Query()], club: AppClub) -> Sequence[Member]:
    """Read who is in the club, page by page. specs/members/spec.md, S3."""
    return await club.list(page.limit or 20, page.offset)


@members_router.get(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER, summary="Read member"
)
async def get_member(member_id: Id, club: AppClub) -> Member:
    """Read one member. specs/members/spec.md, S3."""
    return await club.find(member_id)


# The routes that write, and the app: `create_members_app(settings: Settings) -> FastAPI`.
managing_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@managing_router.post("", status_code=201, response_model=MemberPublic, responses=TAKEN | WEAK)
async def post_member(
    data: MemberCreate, club: AppClub, request: Request, response: Response
) -> Member:
    """Take somebody in. specs/members/spec.md, S1."""
    member = await club.add(data.name, data.email, data.password, data.role)
    location = request.app.url_path_for("get_member", member_id=member.id)
    response.headers["Location"] = location
    return member


@managing_router.patch(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER | LAST_ADMIN
)
async def patch_member(member_id: Id, changes: MemberUpdate, club: AppClub) -> Member:
    """Change the parts of a member that are sent. specs/members/spec.md, S4."""
    return await club.change(member_id, **changes.model_dump(exclude_unset=True))


@managing_router.delete("/{member_id}", status_code=204, responses=NO_MEMBER | LAST_ADMIN)
async def delete_member(member_id: Id, club: AppClub) -> None:
    """Take somebody out. specs/members/spec.md, S5."""
    await club.remove(member_id)


def create_members_app(settings: Settings) -> FastAPI:
    """Build the service with members."""
    app = with_resource(settings, MembersBase, members_router, managing_router)
    return app

# %% wrong: every refusal is a 400
# says: 409
# The models, the handler, and what routes share.
class MemberCreate(RequestModel):
    """Somebody to take in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}
            ]
        }
    )

    name: Username
    email: Email
    password: Annotated[SecretStr, Field(min_length=12, max_length=128)]
    role: Role = Role.member


class MemberUpdate(RequestModel):
    """The parts of a member that change."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"active": False}]})

    email: Email | MISSING = MISSING
    role: Role | MISSING = MISSING
    active: bool | MISSING = MISSING


class MemberPublic(BaseModel):
    """A member, without the password in any form."""

    id: int
    name: str
    email: str
    role: Role
    active: bool


def get_club(db: Db, passwords: AppPasswords) -> Club:
    """Give the club's service, on the session of this request."""
    return Club(db, passwords)


AppClub = Annotated[Club, Depends(get_club)]


# The refusals of the service, said in HTTP.
REFUSALS: dict[type[MemberError], tuple[int, str, str | None]] = {
    MemberNotFound: (404, "MEMBER_NOT_FOUND", None),
    NameTaken: (409, "NAME_TAKEN", "name"),
    WeakPassword: (422, "WEAK_PASSWORD", "password"),
    LastAdmin: (409, "LAST_ADMIN", None),
}


async def on_member_error(_: Request, error: Exception) -> Response:
    """Say in HTTP what the club has refused. specs/members/spec.md, S8."""
    for kind, (status, code, field) in REFUSALS.items():
        if isinstance(error, kind):
            fields = {field: [str(error)]} if field else None
            return problem(400, code, str(error), fields)
    raise error


NO_MEMBER = documented(404, "No such member.", MEMBER_NOT_FOUND="There is no member 7.")
TAKEN = documented(409, "The name is taken.", NAME_TAKEN="Another member is called dora.")
LAST_ADMIN = documented(409, "It is the last admin.", LAST_ADMIN="This is the last admin.")
WEAK = documented(
    422, "The password makes no sense.", WEAK_PASSWORD="The password holds the name."
)


# The routes that read.
ADMINS = [Depends(require_role(Role.admin))]
members_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@members_router.get("", response_model=list[MemberPublic], summary="List members")
async def get_members(page: Annotated[Page, Query()], club: AppClub) -> Sequence[Member]:
    """Read who is in the club, page by page. specs/members/spec.md, S3."""
    return await club.list(page.limit or 20, page.offset)


@members_router.get(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER, summary="Read member"
)
async def get_member(member_id: Id, club: AppClub) -> Member:
    """Read one member. specs/members/spec.md, S3."""
    return await club.find(member_id)


# The routes that write, and the app: `create_members_app(settings: Settings) -> FastAPI`.
managing_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@managing_router.post("", status_code=201, response_model=MemberPublic, responses=TAKEN | WEAK)
async def post_member(
    data: MemberCreate, club: AppClub, request: Request, response: Response
) -> Member:
    """Take somebody in. specs/members/spec.md, S1."""
    member = await club.add(data.name, data.email, data.password, data.role)
    location = request.app.url_path_for("get_member", member_id=member.id)
    response.headers["Location"] = location
    return member


@managing_router.patch(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER | LAST_ADMIN
)
async def patch_member(member_id: Id, changes: MemberUpdate, club: AppClub) -> Member:
    """Change the parts of a member that are sent. specs/members/spec.md, S4."""
    return await club.change(member_id, **changes.model_dump(exclude_unset=True))


@managing_router.delete("/{member_id}", status_code=204, responses=NO_MEMBER | LAST_ADMIN)
async def delete_member(member_id: Id, club: AppClub) -> None:
    """Take somebody out. specs/members/spec.md, S5."""
    await club.remove(member_id)


def create_members_app(settings: Settings) -> FastAPI:
    """Build the service with members."""
    app = with_resource(settings, MembersBase, members_router, managing_router)
    app.add_exception_handler(MemberError, on_member_error)
    return app

# %% wrong: no field is marked
# says: does not name `name`
# The models, the handler, and what routes share.
class MemberCreate(RequestModel):
    """Somebody to take in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}
            ]
        }
    )

    name: Username
    email: Email
    password: Annotated[SecretStr, Field(min_length=12, max_length=128)]
    role: Role = Role.member


class MemberUpdate(RequestModel):
    """The parts of a member that change."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"active": False}]})

    email: Email | MISSING = MISSING
    role: Role | MISSING = MISSING
    active: bool | MISSING = MISSING


class MemberPublic(BaseModel):
    """A member, without the password in any form."""

    id: int
    name: str
    email: str
    role: Role
    active: bool


def get_club(db: Db, passwords: AppPasswords) -> Club:
    """Give the club's service, on the session of this request."""
    return Club(db, passwords)


AppClub = Annotated[Club, Depends(get_club)]


# The refusals of the service, said in HTTP.
REFUSALS: dict[type[MemberError], tuple[int, str, str | None]] = {
    MemberNotFound: (404, "MEMBER_NOT_FOUND", None),
    NameTaken: (409, "NAME_TAKEN", "name"),
    WeakPassword: (422, "WEAK_PASSWORD", "password"),
    LastAdmin: (409, "LAST_ADMIN", None),
}


async def on_member_error(_: Request, error: Exception) -> Response:
    """Say in HTTP what the club has refused. specs/members/spec.md, S8."""
    for kind, (status, code, field) in REFUSALS.items():
        if isinstance(error, kind):
            fields = None
            return problem(status, code, str(error), fields)
    raise error


NO_MEMBER = documented(404, "No such member.", MEMBER_NOT_FOUND="There is no member 7.")
TAKEN = documented(409, "The name is taken.", NAME_TAKEN="Another member is called dora.")
LAST_ADMIN = documented(409, "It is the last admin.", LAST_ADMIN="This is the last admin.")
WEAK = documented(
    422, "The password makes no sense.", WEAK_PASSWORD="The password holds the name."
)


# The routes that read.
ADMINS = [Depends(require_role(Role.admin))]
members_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@members_router.get("", response_model=list[MemberPublic], summary="List members")
async def get_members(page: Annotated[Page, Query()], club: AppClub) -> Sequence[Member]:
    """Read who is in the club, page by page. specs/members/spec.md, S3."""
    return await club.list(page.limit or 20, page.offset)


@members_router.get(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER, summary="Read member"
)
async def get_member(member_id: Id, club: AppClub) -> Member:
    """Read one member. specs/members/spec.md, S3."""
    return await club.find(member_id)


# The routes that write, and the app: `create_members_app(settings: Settings) -> FastAPI`.
managing_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@managing_router.post("", status_code=201, response_model=MemberPublic, responses=TAKEN | WEAK)
async def post_member(
    data: MemberCreate, club: AppClub, request: Request, response: Response
) -> Member:
    """Take somebody in. specs/members/spec.md, S1."""
    member = await club.add(data.name, data.email, data.password, data.role)
    location = request.app.url_path_for("get_member", member_id=member.id)
    response.headers["Location"] = location
    return member


@managing_router.patch(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER | LAST_ADMIN
)
async def patch_member(member_id: Id, changes: MemberUpdate, club: AppClub) -> Member:
    """Change the parts of a member that are sent. specs/members/spec.md, S4."""
    return await club.change(member_id, **changes.model_dump(exclude_unset=True))


@managing_router.delete("/{member_id}", status_code=204, responses=NO_MEMBER | LAST_ADMIN)
async def delete_member(member_id: Id, club: AppClub) -> None:
    """Take somebody out. specs/members/spec.md, S5."""
    await club.remove(member_id)


def create_members_app(settings: Settings) -> FastAPI:
    """Build the service with members."""
    app = with_resource(settings, MembersBase, members_router, managing_router)
    app.add_exception_handler(MemberError, on_member_error)
    return app

# %% wrong: any active user
# says: Ana, Ben and strangers
# The models, the handler, and what routes share.
class MemberCreate(RequestModel):
    """Somebody to take in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}
            ]
        }
    )

    name: Username
    email: Email
    password: Annotated[SecretStr, Field(min_length=12, max_length=128)]
    role: Role = Role.member


class MemberUpdate(RequestModel):
    """The parts of a member that change."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"active": False}]})

    email: Email | MISSING = MISSING
    role: Role | MISSING = MISSING
    active: bool | MISSING = MISSING


class MemberPublic(BaseModel):
    """A member, without the password in any form."""

    id: int
    name: str
    email: str
    role: Role
    active: bool


def get_club(db: Db, passwords: AppPasswords) -> Club:
    """Give the club's service, on the session of this request."""
    return Club(db, passwords)


AppClub = Annotated[Club, Depends(get_club)]


# The refusals of the service, said in HTTP.
REFUSALS: dict[type[MemberError], tuple[int, str, str | None]] = {
    MemberNotFound: (404, "MEMBER_NOT_FOUND", None),
    NameTaken: (409, "NAME_TAKEN", "name"),
    WeakPassword: (422, "WEAK_PASSWORD", "password"),
    LastAdmin: (409, "LAST_ADMIN", None),
}


async def on_member_error(_: Request, error: Exception) -> Response:
    """Say in HTTP what the club has refused. specs/members/spec.md, S8."""
    for kind, (status, code, field) in REFUSALS.items():
        if isinstance(error, kind):
            fields = {field: [str(error)]} if field else None
            return problem(status, code, str(error), fields)
    raise error


NO_MEMBER = documented(404, "No such member.", MEMBER_NOT_FOUND="There is no member 7.")
TAKEN = documented(409, "The name is taken.", NAME_TAKEN="Another member is called dora.")
LAST_ADMIN = documented(409, "It is the last admin.", LAST_ADMIN="This is the last admin.")
WEAK = documented(
    422, "The password makes no sense.", WEAK_PASSWORD="The password holds the name."
)


# The routes that read.
ADMINS = [Depends(get_current_active_user)]
members_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@members_router.get("", response_model=list[MemberPublic], summary="List members")
async def get_members(page: Annotated[Page, Query()], club: AppClub) -> Sequence[Member]:
    """Read who is in the club, page by page. specs/members/spec.md, S3."""
    return await club.list(page.limit or 20, page.offset)


@members_router.get(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER, summary="Read member"
)
async def get_member(member_id: Id, club: AppClub) -> Member:
    """Read one member. specs/members/spec.md, S3."""
    return await club.find(member_id)


# The routes that write, and the app: `create_members_app(settings: Settings) -> FastAPI`.
managing_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@managing_router.post("", status_code=201, response_model=MemberPublic, responses=TAKEN | WEAK)
async def post_member(
    data: MemberCreate, club: AppClub, request: Request, response: Response
) -> Member:
    """Take somebody in. specs/members/spec.md, S1."""
    member = await club.add(data.name, data.email, data.password, data.role)
    location = request.app.url_path_for("get_member", member_id=member.id)
    response.headers["Location"] = location
    return member


@managing_router.patch(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER | LAST_ADMIN
)
async def patch_member(member_id: Id, changes: MemberUpdate, club: AppClub) -> Member:
    """Change the parts of a member that are sent. specs/members/spec.md, S4."""
    return await club.change(member_id, **changes.model_dump(exclude_unset=True))


@managing_router.delete("/{member_id}", status_code=204, responses=NO_MEMBER | LAST_ADMIN)
async def delete_member(member_id: Id, club: AppClub) -> None:
    """Take somebody out. specs/members/spec.md, S5."""
    await club.remove(member_id)


def create_members_app(settings: Settings) -> FastAPI:
    """Build the service with members."""
    app = with_resource(settings, MembersBase, members_router, managing_router)
    app.add_exception_handler(MemberError, on_member_error)
    return app

# %% wrong: HTTPException with a text in each route
# says: NAME_TAKEN
# says: makes of an `HTTPException`
# The models, the handler, and what routes share.
from fastapi import HTTPException

class MemberCreate(RequestModel):
    """Somebody to take in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}
            ]
        }
    )

    name: Username
    email: Email
    password: Annotated[SecretStr, Field(min_length=12, max_length=128)]
    role: Role = Role.member


class MemberUpdate(RequestModel):
    """The parts of a member that change."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"active": False}]})

    email: Email | MISSING = MISSING
    role: Role | MISSING = MISSING
    active: bool | MISSING = MISSING


class MemberPublic(BaseModel):
    """A member, without the password in any form."""

    id: int
    name: str
    email: str
    role: Role
    active: bool


def get_club(db: Db, passwords: AppPasswords) -> Club:
    """Give the club's service, on the session of this request."""
    return Club(db, passwords)


AppClub = Annotated[Club, Depends(get_club)]


# The refusals of the service, said in HTTP.
REFUSALS: dict[type[MemberError], tuple[int, str, str | None]] = {
    MemberNotFound: (404, "MEMBER_NOT_FOUND", None),
    NameTaken: (409, "NAME_TAKEN", "name"),
    WeakPassword: (422, "WEAK_PASSWORD", "password"),
    LastAdmin: (409, "LAST_ADMIN", None),
}


async def on_member_error(_: Request, error: Exception) -> Response:
    """Say in HTTP what the club has refused. specs/members/spec.md, S8."""
    for kind, (status, code, field) in REFUSALS.items():
        if isinstance(error, kind):
            fields = {field: [str(error)]} if field else None
            return problem(status, code, str(error), fields)
    raise error


NO_MEMBER = documented(404, "No such member.", MEMBER_NOT_FOUND="There is no member 7.")
TAKEN = documented(409, "The name is taken.", NAME_TAKEN="Another member is called dora.")
LAST_ADMIN = documented(409, "It is the last admin.", LAST_ADMIN="This is the last admin.")
WEAK = documented(
    422, "The password makes no sense.", WEAK_PASSWORD="The password holds the name."
)


# The routes that read.
ADMINS = [Depends(require_role(Role.admin))]
members_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@members_router.get("", response_model=list[MemberPublic], summary="List members")
async def get_members(page: Annotated[Page, Query()], club: AppClub) -> Sequence[Member]:
    """Read who is in the club, page by page. specs/members/spec.md, S3."""
    return await club.list(page.limit or 20, page.offset)


@members_router.get(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER, summary="Read member"
)
async def get_member(member_id: Id, club: AppClub) -> Member:
    """Read one member. specs/members/spec.md, S3."""
    return await club.find(member_id)


# The routes that write, and the app: `create_members_app(settings: Settings) -> FastAPI`.
managing_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@managing_router.post("", status_code=201, response_model=MemberPublic, responses=TAKEN | WEAK)
async def post_member(
    data: MemberCreate, club: AppClub, request: Request, response: Response
) -> Member:
    """Take somebody in. specs/members/spec.md, S1."""
    try:
        member = await club.add(data.name, data.email, data.password, data.role)
    except NameTaken as error:
        raise HTTPException(409, str(error)) from error
    location = request.app.url_path_for("get_member", member_id=member.id)
    response.headers["Location"] = location
    return member


@managing_router.patch(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER | LAST_ADMIN
)
async def patch_member(member_id: Id, changes: MemberUpdate, club: AppClub) -> Member:
    """Change the parts of a member that are sent. specs/members/spec.md, S4."""
    return await club.change(member_id, **changes.model_dump(exclude_unset=True))


@managing_router.delete("/{member_id}", status_code=204, responses=NO_MEMBER | LAST_ADMIN)
async def delete_member(member_id: Id, club: AppClub) -> None:
    """Take somebody out. specs/members/spec.md, S5."""
    await club.remove(member_id)


def create_members_app(settings: Settings) -> FastAPI:
    """Build the service with members."""
    app = with_resource(settings, MembersBase, members_router, managing_router)
    app.add_exception_handler(MemberError, on_member_error)
    return app

# %% wrong: a change of everything
# says: changes an email
# The models, the handler, and what routes share.
class MemberCreate(RequestModel):
    """Somebody to take in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}
            ]
        }
    )

    name: Username
    email: Email
    password: Annotated[SecretStr, Field(min_length=12, max_length=128)]
    role: Role = Role.member


class MemberUpdate(RequestModel):
    """The parts of a member that change."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"active": False}]})

    email: Email | MISSING = MISSING
    role: Role | MISSING = MISSING
    active: bool | MISSING = MISSING


class MemberPublic(BaseModel):
    """A member, without the password in any form."""

    id: int
    name: str
    email: str
    role: Role
    active: bool


def get_club(db: Db, passwords: AppPasswords) -> Club:
    """Give the club's service, on the session of this request."""
    return Club(db, passwords)


AppClub = Annotated[Club, Depends(get_club)]


# The refusals of the service, said in HTTP.
REFUSALS: dict[type[MemberError], tuple[int, str, str | None]] = {
    MemberNotFound: (404, "MEMBER_NOT_FOUND", None),
    NameTaken: (409, "NAME_TAKEN", "name"),
    WeakPassword: (422, "WEAK_PASSWORD", "password"),
    LastAdmin: (409, "LAST_ADMIN", None),
}


async def on_member_error(_: Request, error: Exception) -> Response:
    """Say in HTTP what the club has refused. specs/members/spec.md, S8."""
    for kind, (status, code, field) in REFUSALS.items():
        if isinstance(error, kind):
            fields = {field: [str(error)]} if field else None
            return problem(status, code, str(error), fields)
    raise error


NO_MEMBER = documented(404, "No such member.", MEMBER_NOT_FOUND="There is no member 7.")
TAKEN = documented(409, "The name is taken.", NAME_TAKEN="Another member is called dora.")
LAST_ADMIN = documented(409, "It is the last admin.", LAST_ADMIN="This is the last admin.")
WEAK = documented(
    422, "The password makes no sense.", WEAK_PASSWORD="The password holds the name."
)


# The routes that read.
ADMINS = [Depends(require_role(Role.admin))]
members_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@members_router.get("", response_model=list[MemberPublic], summary="List members")
async def get_members(page: Annotated[Page, Query()], club: AppClub) -> Sequence[Member]:
    """Read who is in the club, page by page. specs/members/spec.md, S3."""
    return await club.list(page.limit or 20, page.offset)


@members_router.get(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER, summary="Read member"
)
async def get_member(member_id: Id, club: AppClub) -> Member:
    """Read one member. specs/members/spec.md, S3."""
    return await club.find(member_id)


# The routes that write, and the app: `create_members_app(settings: Settings) -> FastAPI`.
managing_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@managing_router.post("", status_code=201, response_model=MemberPublic, responses=TAKEN | WEAK)
async def post_member(
    data: MemberCreate, club: AppClub, request: Request, response: Response
) -> Member:
    """Take somebody in. specs/members/spec.md, S1."""
    member = await club.add(data.name, data.email, data.password, data.role)
    location = request.app.url_path_for("get_member", member_id=member.id)
    response.headers["Location"] = location
    return member


@managing_router.patch(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER | LAST_ADMIN
)
async def patch_member(member_id: Id, changes: MemberUpdate, club: AppClub) -> Member:
    """Change the parts of a member that are sent. specs/members/spec.md, S4."""
    return await club.change(member_id, email=changes.email or "", role=Role.member, active=False)


@managing_router.delete("/{member_id}", status_code=204, responses=NO_MEMBER | LAST_ADMIN)
async def delete_member(member_id: Id, club: AppClub) -> None:
    """Take somebody out. specs/members/spec.md, S5."""
    await club.remove(member_id)


def create_members_app(settings: Settings) -> FastAPI:
    """Build the service with members."""
    app = with_resource(settings, MembersBase, members_router, managing_router)
    app.add_exception_handler(MemberError, on_member_error)
    return app

# %% wrong: refusals that the document does not name
# says: does not say so
# The models, the handler, and what routes share.
class MemberCreate(RequestModel):
    """Somebody to take in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}
            ]
        }
    )

    name: Username
    email: Email
    password: Annotated[SecretStr, Field(min_length=12, max_length=128)]
    role: Role = Role.member


class MemberUpdate(RequestModel):
    """The parts of a member that change."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"active": False}]})

    email: Email | MISSING = MISSING
    role: Role | MISSING = MISSING
    active: bool | MISSING = MISSING


class MemberPublic(BaseModel):
    """A member, without the password in any form."""

    id: int
    name: str
    email: str
    role: Role
    active: bool


def get_club(db: Db, passwords: AppPasswords) -> Club:
    """Give the club's service, on the session of this request."""
    return Club(db, passwords)


AppClub = Annotated[Club, Depends(get_club)]


# The refusals of the service, said in HTTP.
REFUSALS: dict[type[MemberError], tuple[int, str, str | None]] = {
    MemberNotFound: (404, "MEMBER_NOT_FOUND", None),
    NameTaken: (409, "NAME_TAKEN", "name"),
    WeakPassword: (422, "WEAK_PASSWORD", "password"),
    LastAdmin: (409, "LAST_ADMIN", None),
}


async def on_member_error(_: Request, error: Exception) -> Response:
    """Say in HTTP what the club has refused. specs/members/spec.md, S8."""
    for kind, (status, code, field) in REFUSALS.items():
        if isinstance(error, kind):
            fields = {field: [str(error)]} if field else None
            return problem(status, code, str(error), fields)
    raise error


NO_MEMBER = documented(404, "No such member.", MEMBER_NOT_FOUND="There is no member 7.")
TAKEN = documented(409, "The name is taken.", NAME_TAKEN="Another member is called dora.")
LAST_ADMIN = documented(409, "It is the last admin.", LAST_ADMIN="This is the last admin.")
WEAK = documented(
    422, "The password makes no sense.", WEAK_PASSWORD="The password holds the name."
)


# The routes that read.
ADMINS = [Depends(require_role(Role.admin))]
members_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@members_router.get("", response_model=list[MemberPublic], summary="List members")
async def get_members(page: Annotated[Page, Query()], club: AppClub) -> Sequence[Member]:
    """Read who is in the club, page by page. specs/members/spec.md, S3."""
    return await club.list(page.limit or 20, page.offset)


@members_router.get(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER, summary="Read member"
)
async def get_member(member_id: Id, club: AppClub) -> Member:
    """Read one member. specs/members/spec.md, S3."""
    return await club.find(member_id)


# The routes that write, and the app: `create_members_app(settings: Settings) -> FastAPI`.
managing_router = APIRouter(
    prefix="/members", tags=["members"], dependencies=ADMINS, responses=GUARDED | INVALID
)


@managing_router.post("", status_code=201, response_model=MemberPublic)
async def post_member(
    data: MemberCreate, club: AppClub, request: Request, response: Response
) -> Member:
    """Take somebody in. specs/members/spec.md, S1."""
    member = await club.add(data.name, data.email, data.password, data.role)
    location = request.app.url_path_for("get_member", member_id=member.id)
    response.headers["Location"] = location
    return member


@managing_router.patch(
    "/{member_id}", response_model=MemberPublic, responses=NO_MEMBER | LAST_ADMIN
)
async def patch_member(member_id: Id, changes: MemberUpdate, club: AppClub) -> Member:
    """Change the parts of a member that are sent. specs/members/spec.md, S4."""
    return await club.change(member_id, **changes.model_dump(exclude_unset=True))


@managing_router.delete("/{member_id}", status_code=204, responses=NO_MEMBER | LAST_ADMIN)
async def delete_member(member_id: Id, club: AppClub) -> None:
    """Take somebody out. specs/members/spec.md, S5."""
    await club.remove(member_id)


def create_members_app(settings: Settings) -> FastAPI:
    """Build the service with members."""
    app = with_resource(settings, MembersBase, members_router, managing_router)
    app.add_exception_handler(MemberError, on_member_error)
    return app
