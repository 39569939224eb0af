"""All routes of this version of the API."""

from fastapi import APIRouter

from . import PREFIX
from .documentation import ANY_OTHER, TOO_MANY
from .routes import auth, reminders, tasks, users

api_router = APIRouter(prefix=PREFIX, responses=ANY_OTHER | TOO_MANY)
api_router.include_router(tasks.router)
api_router.include_router(users.open_router)
api_router.include_router(users.router)
api_router.include_router(auth.router)
api_router.include_router(reminders.router)
