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
class ReminderBase(DeclarativeBase):
    pass


class Reminder(ReminderBase):
    __tablename__ = "reminders"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    minutes: Mapped[int]
    note: Mapped[str]
    sent: Mapped[bool] = mapped_column(default=False)


async def waiting(session):
    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))


# %% wrong: no default for sent
# says: left `sent` out
class ReminderBase(DeclarativeBase):
    pass


class Reminder(ReminderBase):
    __tablename__ = "reminders"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    minutes: Mapped[int]
    note: Mapped[str | None]
    sent: Mapped[bool]


async def waiting(session):
    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))


# %% wrong: everything may be empty
# says: A reminder without `text` was stored
class ReminderBase(DeclarativeBase):
    pass


class Reminder(ReminderBase):
    __tablename__ = "reminders"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str | None]
    minutes: Mapped[int | None]
    note: Mapped[str | None]
    sent: Mapped[bool] = mapped_column(default=False)


async def waiting(session):
    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))


# %% wrong: a condition that Python computes
# says: use `.is_(False)`
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
    return list(await session.scalars(select(Reminder).where(Reminder.sent is False).order_by(Reminder.minutes)))


# %% wrong: no order
# says: Ben's phone rings in this order
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
    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False))))


# %% wrong: not a list
# says: A list of reminders was asked for
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
    return await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes))


# %% wrong: forgot to await
# says: 'coroutine' object is not iterable
# outcome: error
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
    return list(session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))


# %% wrong: another table name
# says: knows no table `reminders`
class ReminderBase(DeclarativeBase):
    pass


class Reminder(ReminderBase):
    __tablename__ = "reminder"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    minutes: Mapped[int]
    note: Mapped[str | None]
    sent: Mapped[bool] = mapped_column(default=False)


async def waiting(session):
    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))


# %% wrong: sent may be empty
# says: whose `sent` is empty
class ReminderBase(DeclarativeBase):
    pass


class Reminder(ReminderBase):
    __tablename__ = "reminders"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    minutes: Mapped[int]
    note: Mapped[str | None]
    sent: Mapped[bool | None] = mapped_column(default=False)


async def waiting(session):
    return list(await session.scalars(select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)))


# %% wrong: always an empty list
# says: Perhaps Python computed your condition
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
    return []

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
class ReminderBase(DeclarativeBase):
    pass
class Reminder(ReminderBase):
    __tablename__ = "reminders"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    minutes: Mapped[str]
    note: Mapped[str | None]
    sent: Mapped[bool] = mapped_column(default=False)
async def waiting(session: AsyncSession) -> list[Reminder]:
    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)
    return list(await session.scalars(q))

# %% wrong: an empty text in place of no note
# says: its note is an empty text
class ReminderBase(DeclarativeBase):
    pass
class Reminder(ReminderBase):
    __tablename__ = "reminders"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    minutes: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    sent: Mapped[bool] = mapped_column(default=False)
async def waiting(session: AsyncSession) -> list[Reminder]:
    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)
    return list(await session.scalars(q))

# %% wrong: nothing awaited
# says: put `await` in front of the call
# outcome: error
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
    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)
    return list(session.scalars(q))

# %% wrong: no primary key at all
# says: `mapped_column(primary_key=True)`
# outcome: error
class ReminderBase(DeclarativeBase):
    pass
class Reminder(ReminderBase):
    __tablename__ = "reminders"
    id: Mapped[int]
    text: Mapped[str]
    minutes: Mapped[int]
    note: Mapped[str | None]
    sent: Mapped[bool] = mapped_column(default=False)
async def waiting(session: AsyncSession) -> list[Reminder]:
    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)
    return list(await session.scalars(q))

# %% wrong: a plain False in place of a column
# says: The attribute is a plain value and no column
# outcome: error
class ReminderBase(DeclarativeBase):
    pass
class Reminder(ReminderBase):
    __tablename__ = "reminders"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    minutes: Mapped[int]
    note: Mapped[str | None]
    sent: Mapped[bool] = False
async def waiting(session: AsyncSession) -> list[Reminder]:
    q = select(Reminder).where(Reminder.sent.is_(False)).order_by(Reminder.minutes)
    return list(await session.scalars(q))
