"""Questions of those who run the service: is this worker alive, and can it work."""

from fastapi import APIRouter
from sqlalchemy import text

from ..dependencies.database import Db
from ..documentation import ANY_OTHER, UNAVAILABLE
from ..models.responses.health import Health

router = APIRouter(tags=["health"], responses=ANY_OTHER)


@router.get("/health", summary="Is it alive?")
async def get_health() -> Health:
    """Answer, and ask nobody else: who gets no answer starts this worker anew."""
    return Health()


@router.get("/ready", responses=UNAVAILABLE, summary="Can it work?")
async def get_ready(db: Db) -> Health:
    """Ask the database: while it does not answer, a balancer sends requests elsewhere."""
    await db.execute(text("SELECT 1"))
    return Health()
