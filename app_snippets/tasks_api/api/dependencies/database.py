"""Sessions with the database."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker


async def get_sessions(request: Request) -> async_sessionmaker[AsyncSession]:
    """Give the factory of sessions, for work that outlives the route."""
    sessions: async_sessionmaker[AsyncSession] = request.app.state.sessions
    return sessions


Sessions = Annotated[async_sessionmaker[AsyncSession], Depends(get_sessions)]


async def get_db(sessions: Sessions) -> AsyncIterator[AsyncSession]:
    """Give a session. Commit when all went well, roll back when not, close in any case."""
    async with sessions() as session, session.begin():
        yield session


# scope="function": the commit comes before the response
Db = Annotated[AsyncSession, Depends(get_db, scope="function")]
