# story: Ben's reminders are a list in memory too.
# story: After each update of the server he misses an appointment.
# story: (`list(...)` makes a list of what `session.scalars` gives.)
# story: Your class `Reminder`, and your function `waiting`.

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
# breaks: a `note`, a text or `None`, and `None` when it is left out
# says: Ben saved a reminder and left `note` out
# change: sorted in Python
-    note: Mapped[str | None]
+    note: Mapped[str]
...
-    reminders = await session.scalars(select(Reminder))
-    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)
+    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))

# %% wrong: no default for sent
# breaks: `sent`, which is false unless somebody says otherwise
# says: left `sent` out
# change: sorted in Python
-    sent: Mapped[bool] = mapped_column(default=False)
+    sent: Mapped[bool]
...
-    reminders = await session.scalars(select(Reminder))
-    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)
+    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))

# %% wrong: everything may be empty
# breaks: a `text` and a number of `minutes`, both of which must be there
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
# breaks: the one with the fewest minutes first
# says: Ben's phone rings in this order
# change: sorted in Python
-    reminders = await session.scalars(select(Reminder))
-    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)
+    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False))))

# %% wrong: not a list
# breaks: `async def waiting(session)`, which gives a list of the reminders
# says: It should give a list of reminders
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
# breaks: Write the table class `Reminder` on `ReminderBase`, with the table name `reminders`
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
# says: found nothing, although reminders wait
# change: sorted in Python
-    reminders = await session.scalars(select(Reminder))
-    return sorted((one for one in reminders if not one.sent), key=lambda one: one.minutes)
+    return []

# %% wrong: ordered by the text
# says: The right reminders came, but in another order
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
# breaks: an `id`
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

# %% wrong: all reminders, sent or not
# breaks: that are not yet sent
# says: The texts of the waiting reminders
# change: solution
-    found = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)
+    found = select(Reminder).order_by(Reminder.minutes)

# %% wrong: the longest first
# says: The longest comes first
# change: solution
-    found = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)
+    found = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes.desc())

# %% wrong: a new reminder has no sent
# says: `sent` is empty for a new reminder
# change: solution
-    sent: Mapped[bool] = mapped_column(default=False)
+    sent: Mapped[bool | None]

# %% wrong: reading marks them as sent
# says: only reads, and yet the data changed
# change: solution
-    found = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)
-    return list(await session.scalars(found))
+    found = list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))
+    for one in found:
+        one.sent = True
+    return found

# %% wrong: it commits
# says: ended the transaction of the session that it was given
# change: solution
-    found = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)
-    return list(await session.scalars(found))
+    found = list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))
+    await session.commit()
+    return found

# %% wrong: one reminder for each number of minutes
# says: The texts of the waiting reminders
# change: solution
-    found = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)
+    found = select(Reminder).where(Reminder.sent.is_(False)).group_by(Reminder.minutes).order_by(Reminder.minutes)

# %% wrong: a text may be there once
# says: Nothing was said against two that are alike
# change: solution
-    text: Mapped[str]
+    text: Mapped[str] = mapped_column(unique=True)

# %% wrong: texts and no reminders
# says: and not of reminders
# never: `session.execute` gives rows
# change: solution
-    found = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)
+    found = select(Reminder.text).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)

# %% wrong: rows and no reminders
# says: `session.execute` gives rows
# change: solution
-    return list(await session.scalars(found))
+    return list(await session.execute(found))

# %% wrong: nothing is below a minute
# says: The texts of the waiting reminders
# change: solution
-    found = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)
+    found = select(Reminder).where(Reminder.sent.is_(False), Reminder.minutes > 0).order_by(Reminder.minutes)

# %% right: the table as a dataclass
# change: solution
-class ReminderBase(DeclarativeBase):
+from sqlalchemy.orm import MappedAsDataclass
+
+class ReminderBase(MappedAsDataclass, DeclarativeBase):
...
-    id: Mapped[int] = mapped_column(primary_key=True)
+    id: Mapped[int] = mapped_column(primary_key=True, init=False)
...
-    note: Mapped[str | None]
+    note: Mapped[str | None] = mapped_column(default=None)

# %% right: columns in the old style
from sqlalchemy import Boolean, Column, Integer, String

class ReminderBase(DeclarativeBase):
    pass

class Reminder(ReminderBase):
    __tablename__ = "reminders"
    id = Column(Integer, primary_key=True)
    text = Column(String, nullable=False)
    minutes = Column(Integer, nullable=False)
    note = Column(String)
    sent = Column(Boolean, nullable=False, default=False)

async def waiting(session):
    result = await session.execute(select(Reminder).where(~Reminder.sent).order_by(Reminder.minutes))
    return result.scalars().all()
