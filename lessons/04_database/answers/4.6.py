# %% right: the look stays, the constraint stands in the table's arguments
from sqlalchemy import UniqueConstraint


class TeamBase(DeclarativeBase):
    pass


class Team(TeamBase):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

    __table_args__ = (UniqueConstraint("name"),)


async def found_team(session: AsyncSession, name: str) -> Team:
    if await session.scalar(select(Team).where(Team.name == name)) is not None:
        raise Conflict(f"There is a team {name} already.")
    team = Team(name=name)
    session.add(team)
    try:
        await session.flush()
    except IntegrityError as error:
        raise Conflict(f"There is a team {name} already.") from error
    return team


# %% right: insert, and ask what came of it
from sqlalchemy.dialects.sqlite import insert


class TeamBase(DeclarativeBase):
    pass


class Team(TeamBase):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


async def found_team(session, name):
    team = await session.scalar(insert(Team).values(name=name).on_conflict_do_nothing().returning(Team))
    if team is None:
        raise Conflict(name)
    return team


# %% wrong: it looks twice
# says: after your look and before your write
class TeamBase(DeclarativeBase):
    pass


class Team(TeamBase):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


async def found_team(session: AsyncSession, name: str) -> Team:
    if await session.scalar(select(Team).where(Team.name == name)) is not None:
        raise Conflict(f"There is a team {name} already.")
    team = Team(name=name)
    if await session.scalar(select(Team).where(Team.name == name)) is not None:
        raise Conflict(f"There is a team {name} already.")
    session.add(team)
    await session.flush()
    return team


# %% wrong: the constraint alone
# says: your service let it out
class TeamBase(DeclarativeBase):
    pass


class Team(TeamBase):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


async def found_team(session: AsyncSession, name: str) -> Team:
    if await session.scalar(select(Team).where(Team.name == name)) is not None:
        raise Conflict(f"There is a team {name} already.")
    team = Team(name=name)
    session.add(team)
    await session.flush()
    return team


# %% wrong: a lock in this process
# says: Only the database can refuse
import asyncio


class TeamBase(DeclarativeBase):
    pass


class Team(TeamBase):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


lock = asyncio.Lock()


async def found_team(session: AsyncSession, name: str) -> Team:
    async with lock:
        if await session.scalar(select(Team).where(Team.name == name)) is not None:
            raise Conflict(f"There is a team {name} already.")
        team = Team(name=name)
        session.add(team)
        await session.flush()
        return team


# %% wrong: the error is caught and forgotten
# says: founded it again
class TeamBase(DeclarativeBase):
    pass


class Team(TeamBase):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


async def found_team(session: AsyncSession, name: str) -> Team:
    team = Team(name=name)
    session.add(team)
    try:
        await session.flush()
    except IntegrityError as error:
        await session.rollback()
    return team


# %% wrong: HTTP in the service
# says: Your service raises `HTTPException`
class TeamBase(DeclarativeBase):
    pass


class Team(TeamBase):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


async def found_team(session: AsyncSession, name: str) -> Team:
    team = Team(name=name)
    session.add(team)
    try:
        await session.flush()
    except IntegrityError as error:
        raise HTTPException(409, "taken") from error
    return team


# %% wrong: not sent, so no number
# says: gives it out at `flush`
class TeamBase(DeclarativeBase):
    pass


class Team(TeamBase):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


async def found_team(session: AsyncSession, name: str) -> Team:
    if await session.scalar(select(Team).where(Team.name == name)) is not None:
        raise Conflict(f"There is a team {name} already.")
    team = Team(name=name)
    session.add(team)
    return team


# %% wrong: the team is not returned
# says: should return the new team
class TeamBase(DeclarativeBase):
    pass


class Team(TeamBase):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


async def found_team(session: AsyncSession, name: str) -> Team:
    team = Team(name=name)
    session.add(team)
    try:
        await session.flush()
    except IntegrityError as error:
        raise Conflict(f"There is a team {name} already.") from error


# %% wrong: a look after the write
# says: the table has no rule against it
class TeamBase(DeclarativeBase):
    pass


class Team(TeamBase):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


async def found_team(session: AsyncSession, name: str) -> Team:
    if await session.scalar(select(Team).where(Team.name == name)) is not None:
        raise Conflict(f"There is a team {name} already.")
    team = Team(name=name)
    session.add(team)
    await session.flush()
    if len(list(await session.scalars(select(Team).where(Team.name == name)))) > 1:
        raise Conflict(f"There is a team {name} already.")
    return team


# %% wrong: an index that forbids nothing
# says: an index alone forbids nothing
class TeamBase(DeclarativeBase):
    pass


class Team(TeamBase):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)


async def found_team(session: AsyncSession, name: str) -> Team:
    if await session.scalar(select(Team).where(Team.name == name)) is not None:
        raise Conflict(f"There is a team {name} already.")
    team = Team(name=name)
    session.add(team)
    await session.flush()
    if len(list(await session.scalars(select(Team).where(Team.name == name)))) > 1:
        raise Conflict(f"There is a team {name} already.")
    return team


# %% wrong: it commits
# says: Your service commits
class TeamBase(DeclarativeBase):
    pass


class Team(TeamBase):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


async def found_team(session: AsyncSession, name: str) -> Team:
    team = Team(name=name)
    session.add(team)
    try:
        await session.commit()
    except IntegrityError as error:
        raise Conflict(name) from error
    return team


# %% wrong: caught, and nothing raised
# says: caught the refusal and did not raise `Conflict`
class TeamBase(DeclarativeBase):
    pass


class Team(TeamBase):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


async def found_team(session: AsyncSession, name: str) -> Team:
    team = Team(name=name)
    session.add(team)
    try:
        await session.flush()
    except IntegrityError:
        return None
    return team

# %% wrong: an error caught that the table cannot raise
# says: for that the table needs `unique=True`
class TeamBase(DeclarativeBase):
    pass

class Team(TeamBase):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

async def found_team(session: AsyncSession, name: str) -> Team:
    team = Team(name=name)
    session.add(team)
    try:
        await session.flush()
    except IntegrityError as error:
        raise Conflict(f"There is a team {name} already.") from error
    return team

# %% right: a unique index
from sqlalchemy import Index
class TeamBase(DeclarativeBase):
    pass

class Team(TeamBase):
    __tablename__ = "teams"
    __table_args__ = (Index("one_name", "name", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
async def found_team(session: AsyncSession, name: str) -> Team:
    if await session.scalar(select(Team).where(Team.name == name)):
        raise Conflict("x")
    team = Team(name=name)
    session.add(team)
    try:
        await session.flush()
    except IntegrityError as error:
        raise Conflict(f"There is a team {name} already.") from error
    return team
