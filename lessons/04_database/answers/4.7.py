# story: Ana's phone and her watch both add to the same timer:
# story: On Friday the timer shows 15.
# story: "Cannot be," says the developer.
# story: "It works here."
# story: As it stands, one device comes after the other, and nothing is lost.

# %% right: the watch is first, begin and flush by hand, another column name
class TimerBase(DeclarativeBase):
    pass


class Timer(TimerBase):
    __tablename__ = "timers"

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(nullable=False)

    __mapper_args__ = {"version_id_col": revision}


async def two_devices(sessions, table):
    phone = sessions()
    watch = sessions()
    try:
        seen = {}
        for device in (phone, watch):
            seen[device] = await device.scalar(select(table).where(table.id == 1))
        seen[watch].minutes += 10
        await watch.flush()
        await watch.commit()
        seen[phone].minutes += 15
        await phone.commit()
    finally:
        await phone.close()
        await watch.close()

# %% right: a device as a function with two halves
class TimerBase(DeclarativeBase):
    pass


class Timer(TimerBase):
    __tablename__ = "timers"

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


async def device(sessions, table, add):
    async with sessions() as session, session.begin():
        timer = await session.get(table, 1)
        yield
        timer.minutes += add


async def two_devices(sessions, table):
    devices = [device(sessions, table, 15), device(sessions, table, 10)]
    for one in devices:
        await anext(one)
    for one in devices:
        async for _ in one:
            pass

# %% wrong: one after the other, as it was
# breaks: Change it so that both have read timer 1 before one of them commits.
# says: Nothing was lost: the second device reads after the first has committed
class TimerBase(DeclarativeBase):
    pass


class Timer(TimerBase):
    __tablename__ = "timers"

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


async def two_devices(sessions: Any, table: Any) -> None:
    for add in (15, 10):
        async with sessions() as device:
            timer = await device.get(table, 1)
            timer.minutes = timer.minutes + add
            await device.commit()

# %% wrong: reproduced, not prevented
# breaks: Give `Timer` a version, so that with it the second commit raises `StaleDataError`.
# says: both devices were told that all went well
# change: solution
+
 class Timer(TimerBase):
...
-    version: Mapped[int] = mapped_column()

-    __mapper_args__ = {"version_id_col": version}

# %% wrong: a version that nobody compares
# breaks: First show it, then prevent it.
# says: name the version column in `__mapper_args__`
# change: solution
+
 class Timer(TimerBase):
...
-    version: Mapped[int] = mapped_column()
+    version: Mapped[int] = mapped_column(default=1)

-    __mapper_args__ = {"version_id_col": version}

# %% wrong: both flush before one commits
# says: database is locked
# change: solution
+
 class Timer(TimerBase):
...
     __mapper_args__ = {"version_id_col": version}
+
...
         on_watch.minutes = on_watch.minutes + 10
+        await phone.flush()
+        await watch.flush()

# %% wrong: the error is caught
# breaks: Let the error out.
# says: do not catch the error
class TimerBase(DeclarativeBase):
    pass


class Timer(TimerBase):
    __tablename__ = "timers"

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


async def two_devices(sessions: Any, table: Any) -> None:
    async with sessions() as phone, sessions() as watch:
        on_phone, on_watch = await phone.get(table, 1), await watch.get(table, 1)
        on_phone.minutes = on_phone.minutes + 15
        on_watch.minutes = on_watch.minutes + 10
        await phone.commit()
        try:
            await watch.commit()
        except StaleDataError:
            pass

# %% wrong: the watch does not commit, and the phone adds nothing
# says: It should have gained 10 or 15
# change: the error is caught
-        await phone.commit()
-        try:
-            await watch.commit()
-        except StaleDataError:
-            pass

# %% wrong: Timer instead of the table that it was given
# says: the table that it was given
# change: the error is caught
-        on_phone, on_watch = await phone.get(table, 1), await watch.get(table, 1)
+        on_phone, on_watch = await phone.get(Timer, 1), await watch.get(Timer, 1)
...
-        try:
-            await watch.commit()
-        except StaleDataError:
-            pass
+        await watch.commit()

# %% wrong: raised by hand, and the table notices nothing
# says: only one device wrote its minutes
# change: solution
+
 class Timer(TimerBase):
...
-    version: Mapped[int] = mapped_column()

-    __mapper_args__ = {"version_id_col": version}
...
         await phone.commit()
+        if table is Timer:
+            raise StaleDataError("old")

# %% wrong: the name of the column
# says: Give the column, not its name
# change: solution
+
 class Timer(TimerBase):
...
-    __mapper_args__ = {"version_id_col": version}
+    __mapper_args__ = {"version_id_col": "version"}
+

# %% wrong: both devices in one session
# breaks: `two_devices(sessions, table)` opens two sessions (`sessions()` gives one).
# says: both devices work in one session
class TimerBase(DeclarativeBase):
    pass

class Timer(TimerBase):
    __tablename__ = "timers"

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

async def two_devices(sessions: Any, table: Any) -> None:
    async with sessions() as phone:
        watch = phone
        a = await phone.get(table, 1)
        b = await watch.get(table, 1)
        a.minutes = a.minutes + 15
        b.minutes = b.minutes + 10
        await phone.commit()
        await watch.commit()

# %% wrong: the database does the adding
# breaks: With a table that has no version, the minutes of one device are then lost: the timer gains 15 or 10, and not 25.
# says: the database itself did the adding
# change: both devices in one session
-    async with sessions() as phone:
-        watch = phone
+    async with sessions() as phone, sessions() as watch:
         a = await phone.get(table, 1)
         b = await watch.get(table, 1)
-        a.minutes = a.minutes + 15
-        b.minutes = b.minutes + 10
+        a.minutes = table.minutes + 15
+        b.minutes = table.minutes + 10

# %% wrong: the watch never commits
# says: Only one of the two devices wrote
# change: both devices in one session
-    async with sessions() as phone:
-        watch = phone
+    async with sessions() as phone, sessions() as watch:
...
-        await watch.commit()

# %% wrong: read again before the second write
# says: reads the timer again
# change: two transactions that commit at the end of the block
-    async with sessions.begin() as phone, sessions.begin() as watch:
+    async with sessions() as phone, sessions() as watch:
...
         b.minutes = b.minutes + 10
+        await phone.commit()
+        await watch.refresh(b)
+        b.minutes += 10
+        await watch.commit()

# %% right: two transactions that commit at the end of the block
class TimerBase(DeclarativeBase):
    pass
class Timer(TimerBase):
    __tablename__ = "timers"
    id: Mapped[int] = mapped_column(primary_key=True)
    minutes: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

async def two_devices(sessions: Any, table: Any) -> None:
    async with sessions.begin() as phone, sessions.begin() as watch:
        a = await phone.get(table, 1)
        b = await watch.get(table, 1)
        a.minutes = a.minutes + 15
        b.minutes = b.minutes + 10

# %% wrong: a column for versions that nobody fills
# outcome: error
# says: doesn't say that it counts versions
# change: solution
     version: Mapped[int] = mapped_column()
-
-    __mapper_args__ = {"version_id_col": version}

# %% wrong: another error comes out
# says: It raised `Conflict: stale`
# change: solution
-        await watch.commit()
+        try:
+            await watch.commit()
+        except StaleDataError as error:
+            raise Conflict("stale") from error

# %% wrong: the second commit is tried again
# says: Do not catch the error
# never: Name the version column
# change: solution
-        await watch.commit()
+        try:
+            await watch.commit()
+        except StaleDataError:
+            await watch.rollback()
+            again = await watch.get(table, 1)
+            again.minutes += 10
+            await watch.commit()

# %% wrong: raised by hand, after both commits
# says: The table itself must notice
# change: solution
-    version: Mapped[int] = mapped_column()
-
-    __mapper_args__ = {"version_id_col": version}
...
         await watch.commit()
+        if table is Timer:
+            raise StaleDataError("old")

# %% wrong: five minutes of the watch
# breaks: the phone 15 minutes, the watch 10
# says: the timer went from 0 to 5
# change: solution
-        on_watch.minutes = on_watch.minutes + 10
+        on_watch.minutes = on_watch.minutes + 5

# %% wrong: the minutes are set
# says: Your code sets the minutes
# never: do both commit
# change: solution
-        on_phone.minutes = on_phone.minutes + 15
-        on_watch.minutes = on_watch.minutes + 10
+        on_phone.minutes = 15
+        on_watch.minutes = 10

# %% wrong: the version counted by hand
# says: Leave the counting of versions to SQLAlchemy
# change: solution
         on_phone.minutes = on_phone.minutes + 15
+        on_phone.version = on_phone.version + 1

# %% right: a task group
import asyncio

class TimerBase(DeclarativeBase):
    pass

class Timer(TimerBase):
    __tablename__ = "timers"

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

async def two_devices(sessions, table):
    both_have_read = asyncio.Barrier(2)

    async def device(minutes):
        async with sessions() as session:
            timer = await session.get(table, 1)
            await both_have_read.wait()
            timer.minutes += minutes
            await session.commit()

    async with asyncio.TaskGroup() as group:
        group.create_task(device(15))
        group.create_task(device(10))

# %% right: the table as a dataclass
# change: solution
-class TimerBase(DeclarativeBase):
+from sqlalchemy.orm import MappedAsDataclass
+
+class TimerBase(MappedAsDataclass, DeclarativeBase):
...
-    id: Mapped[int] = mapped_column(primary_key=True)
+    id: Mapped[int] = mapped_column(primary_key=True, init=False)
...
-    version: Mapped[int] = mapped_column()
+    version: Mapped[int] = mapped_column(init=False)
