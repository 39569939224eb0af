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
# change: stub
+
 class Team(TeamBase):
...
+
 async def found_team(session: AsyncSession, name: str) -> Team:
...
     team = Team(name=name)
+    if await session.scalar(select(Team).where(Team.name == name)) is not None:
+        raise Conflict(f"There is a team {name} already.")

# %% wrong: the constraint alone
# says: your service let it out
# change: stub
+
 class Team(TeamBase):
...
     id: Mapped[int] = mapped_column(primary_key=True)
-    name: Mapped[str]
+    name: Mapped[str] = mapped_column(unique=True)
+

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
# change: solution
+
 class Team(TeamBase):
...
     name: Mapped[str] = mapped_column(unique=True)
+
...
-        raise Conflict(f"There is a team {name} already.") from error
+        await session.rollback()

# %% wrong: HTTP in the service
# says: Your service raises `HTTPException`
# change: solution
+
 class Team(TeamBase):
...
     name: Mapped[str] = mapped_column(unique=True)
+
...
-        raise Conflict(f"There is a team {name} already.") from error
+        raise HTTPException(409, "taken") from error

# %% wrong: not sent, so no number
# says: gives it out at `flush`
# change: stub
+
 class Team(TeamBase):
...
     id: Mapped[int] = mapped_column(primary_key=True)
-    name: Mapped[str]
+    name: Mapped[str] = mapped_column(unique=True)
+
...
-    await session.flush()

# %% wrong: the team is not returned
# says: should return the new team
# change: solution
+
 class Team(TeamBase):
...
     name: Mapped[str] = mapped_column(unique=True)
+
...
         raise Conflict(f"There is a team {name} already.") from error
-    return team

# %% wrong: a look after the write
# says: the table has no rule against it
# change: stub
+
 class Team(TeamBase):
...
+
 async def found_team(session: AsyncSession, name: str) -> Team:
...
     await session.flush()
+    if len(list(await session.scalars(select(Team).where(Team.name == name)))) > 1:
+        raise Conflict(f"There is a team {name} already.")

# %% wrong: an index that forbids nothing
# says: an index alone forbids nothing
# change: stub
+
 class Team(TeamBase):
...
     id: Mapped[int] = mapped_column(primary_key=True)
-    name: Mapped[str]
+    name: Mapped[str] = mapped_column(index=True)
+
...
     await session.flush()
+    if len(list(await session.scalars(select(Team).where(Team.name == name)))) > 1:
+        raise Conflict(f"There is a team {name} already.")

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
# change: it commits
-        await session.commit()
-    except IntegrityError as error:
-        raise Conflict(name) from error
+        await session.flush()
+    except IntegrityError:
+        return None

# %% wrong: an error caught that the table cannot raise
# says: for that the table needs `unique=True`
# change: solution
-    name: Mapped[str] = mapped_column(unique=True)
+    name: Mapped[str]

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
