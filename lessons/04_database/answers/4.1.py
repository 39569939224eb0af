# %% right: nullable said in the column, a default in SQL, and a loop
from sqlalchemy import false


class ReminderBase(DeclarativeBase):
    pass


class Reminder(ReminderBase):
    __tablename__ = "reminders"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    text: Mapped[str] = mapped_column(nullable=False)
    minutes: Mapped[int] = mapped_column(nullable=False)
    note: Mapped[str] = mapped_column(nullable=True)
    sent: Mapped[bool] = mapped_column(server_default=false())


async def waiting(session):
    result = await session.execute(select(Reminder).filter_by(sent=False).order_by(Reminder.minutes.asc()))
    found = []
    for (reminder,) in result:
        found.append(reminder)
    return found

# %% right: sorted in Python
class ReminderBase(DeclarativeBase):
    pass


class Reminder(ReminderBase):
    __tablename__ = "reminders"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    minutes: Mapped[int]
    note: Mapped[str | None]
    sent: Mapped[bool] = mapped_column(default=False)


async def waiting(session):
    reminders = await session.scalars(select(Reminder))
    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)

# %% wrong: the note must be there
# says: Ben saved a reminder and left `note` out
# change: sorted in Python
-    note: Mapped[str | None]
+    note: Mapped[str]
...
-    reminders = await session.scalars(select(Reminder))
-    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)
+    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))

# %% wrong: no default for sent
# says: left `sent` out
# change: sorted in Python
-    sent: Mapped[bool] = mapped_column(default=False)
+    sent: Mapped[bool]
...
-    reminders = await session.scalars(select(Reminder))
-    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)
+    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))

# %% wrong: everything may be empty
# says: A reminder without `text` was stored
# change: sorted in Python
-    text: Mapped[str]
-    minutes: Mapped[int]
+    text: Mapped[str | None]
+    minutes: Mapped[int | None]
...
-    reminders = await session.scalars(select(Reminder))
-    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)
+    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))

# %% wrong: a condition that Python computes
# says: use `.is_(False)`
# change: sorted in Python
-    reminders = await session.scalars(select(Reminder))
-    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)
+    return list(await session.scalars(select(Reminder).where(Reminder.sent is False).order_by(Reminder.minutes)))

# %% wrong: no order
# says: Ben's phone rings in this order
# change: sorted in Python
-    reminders = await session.scalars(select(Reminder))
-    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)
+    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False))))

# %% wrong: not a list
# says: A list of reminders was asked for
# change: sorted in Python
-    reminders = await session.scalars(select(Reminder))
-    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)
+    return await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes))

# %% wrong: forgot to await
# says: 'coroutine' object is not iterable
# outcome: error
# change: sorted in Python
-    reminders = await session.scalars(select(Reminder))
-    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)
+    return list(session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))

# %% wrong: another table name
# says: knows no table `reminders`
# change: sorted in Python
-    __tablename__ = "reminders"
+    __tablename__ = "reminder"
...
-    reminders = await session.scalars(select(Reminder))
-    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)
+    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))

# %% wrong: sent may be empty
# says: whose `sent` is empty
# change: sorted in Python
-    sent: Mapped[bool] = mapped_column(default=False)
+    sent: Mapped[bool | None] = mapped_column(default=False)
...
-    reminders = await session.scalars(select(Reminder))
-    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)
+    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))

# %% wrong: always an empty list
# says: Perhaps Python computed your condition
# change: sorted in Python
-    reminders = await session.scalars(select(Reminder))
-    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)
+    return []

# %% wrong: ordered by the text
# says: The right reminders came, in another order
class ReminderBase(DeclarativeBase):
    pass
class Reminder(ReminderBase):
    __tablename__ = "reminders"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    minutes: Mapped[int]
    note: Mapped[str | None]
    sent: Mapped[bool] = mapped_column(default=False)
async def waiting(session: AsyncSession) -> list[Reminder]:
    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.text)
    return list(await session.scalars(q))

# %% wrong: minutes as text
# says: `minutes` came back as text
# change: ordered by the text
-    minutes: Mapped[int]
+    minutes: Mapped[str]
...
-    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.text)
+    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)

# %% wrong: an empty text in place of no note
# says: its note is an empty text
# change: ordered by the text
-    note: Mapped[str | None]
+    note: Mapped[str] = mapped_column(default="")
     sent: Mapped[bool] = mapped_column(default=False)
 async def waiting(session: AsyncSession) -> list[Reminder]:
-    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.text)
+    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)

# %% wrong: nothing awaited
# says: put `await` in front of the call
# outcome: error
# change: ordered by the text
-    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.text)
-    return list(await session.scalars(q))
+    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)
+    return list(session.scalars(q))

# %% wrong: no primary key at all
# says: `mapped_column(primary_key=True)`
# outcome: error
# change: ordered by the text
-    id: Mapped[int] = mapped_column(primary_key=True)
+    id: Mapped[int]
...
-    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.text)
+    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)

# %% wrong: a plain False in place of a column
# says: The attribute is a plain value and no column
# outcome: error
# change: ordered by the text
-    sent: Mapped[bool] = mapped_column(default=False)
+    sent: Mapped[bool] = False
 async def waiting(session: AsyncSession) -> list[Reminder]:
-    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.text)
+    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)
