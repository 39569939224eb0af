# story: In November the service had two teams called "Family", founded in the same second.
# story: The code that founds a team looks first, and its author swears by it.
# story: The check is faster than you:

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
# breaks: while your service works, somebody else founds a team of the same name
# says: somebody else founded `Family`, and now there are 2 teams
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
# breaks: Then yours raises `Conflict`
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
# says: ended the transaction of the session that it was given
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
# breaks: with its number
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
# breaks: `found_team` returns the team
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
# breaks: there is one team
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
# breaks: Mend the table and the service.
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
# says: ended the transaction of the session that it was given
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
# says: somebody else founded `Choir`, and now there are 2 teams
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

# %% wrong: it rolls back
# says: it rolled back
# change: solution
     except IntegrityError as error:
+        await session.rollback()

# %% wrong: every exception is a Conflict
# says: let everything else through
# change: solution
-    except IntegrityError as error:
+    except Exception as error:

# %% wrong: every error of the database is a Conflict
# says: A `OperationalError` in
# change: solution
     name: Mapped[str] = mapped_column(unique=True)

+from sqlalchemy.exc import SQLAlchemyError
+
...
-    except IntegrityError as error:
+    except SQLAlchemyError as error:

# %% wrong: the team that is there is returned
# says: its caller believes to have founded it
# never: now there are
# change: solution
     name: Mapped[str] = mapped_column(unique=True)

+from sqlalchemy.dialects.sqlite import insert
+
...
-    team = Team(name=name)
-    session.add(team)
-    try:
-        await session.flush()
-    except IntegrityError as error:
-        raise Conflict(f"There is a team {name} already.") from error
-    return team
+    await session.execute(insert(Team).values(name=name).on_conflict_do_nothing())
+    return await session.scalar(select(Team).where(Team.name == name))

# %% wrong: NotFound for a name that is taken
# says: and `found_team` raised `NotFound
# change: solution
-        raise Conflict(f"There is a team {name} already.") from error
+        raise NotFound(f"There is a team {name} already.") from error

# %% wrong: the name in small letters
# says: The name of the team
# change: solution
-    team = Team(name=name)
+    team = Team(name=name.lower())

# %% wrong: the number is returned
# says: it gave the `int`
# change: solution
-    return team
+    return team.id

# %% wrong: it refuses a new name
# says: There is no team `Football` yet
# change: solution
 async def found_team(session: AsyncSession, name: str) -> Team:
+    if await session.scalar(select(Team)) is not None:
+        raise Conflict("There is a team.")

# %% right: a savepoint
# change: solution
-    session.add(team)
...
-        await session.flush()
+        async with session.begin_nested():
+            session.add(team)
...
-        raise Conflict(f"There is a team {name} already.") from error
+        raise Conflict("This name is taken.") from error

# %% right: the database leaves out what is taken
# change: solution
     name: Mapped[str] = mapped_column(unique=True)

+from sqlalchemy.dialects.sqlite import insert
+
...
-    team = Team(name=name)
-    session.add(team)
-    try:
-        await session.flush()
-    except IntegrityError as error:
-        raise Conflict(f"There is a team {name} already.") from error
+    team = await session.scalar(insert(Team).values(name=name).on_conflict_do_nothing().returning(Team))
+    if team is None:
+        raise Conflict("This name is taken.")
