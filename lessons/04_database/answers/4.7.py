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
# says: both devices were told that all went well
# change: solution
+
 class Timer(TimerBase):
...
-    version: Mapped[int] = mapped_column()

-    __mapper_args__ = {"version_id_col": version}

# %% wrong: a version that nobody compares
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
# says: do both commit
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
# says: The table itself must notice
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
# says: because `Timer` doesn't say that it counts versions
# change: solution
     version: Mapped[int] = mapped_column()
-
-    __mapper_args__ = {"version_id_col": version}
