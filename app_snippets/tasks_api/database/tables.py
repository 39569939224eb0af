"""The tables. A change here needs a migration: `alembic revision --autogenerate -m "…"`."""

from datetime import date

from sqlalchemy import ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from ..domain import Priority, Role


class Base(DeclarativeBase):
    """The list of all tables. Each constraint has a name, so that a migration can change it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class User(Base):
    """Somebody who has tasks."""

    __tablename__ = "users"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  (no id is given out twice)

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str] = mapped_column(default=Role.member.value)
    active: Mapped[bool] = mapped_column(default=True)
    tasks: Mapped[list["Task"]] = relationship(back_populates="owner", passive_deletes=True)


class Task(Base):
    """Something to do."""

    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    done: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[str] = mapped_column(default=Priority.normal.value)
    due_date: Mapped[date | None]
    version: Mapped[int] = mapped_column()
    owner: Mapped[User] = relationship(back_populates="tasks")
    steps: Mapped[list["Step"]] = relationship(cascade="all, delete-orphan", order_by="Step.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Step(Base):
    """One step of a task."""

    __tablename__ = "steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    done: Mapped[bool] = mapped_column(default=False)


class Receipt(Base):
    """A request that was carried out: its owner's key, what it asked for, the task that it made."""

    __tablename__ = "receipts"

    owner_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"),
        primary_key=True,
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"), index=True)
