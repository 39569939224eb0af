"""The settings, for routes and other dependencies."""

from typing import Annotated

from fastapi import Depends, Request

from ...settings import Settings


async def get_settings(request: Request) -> Settings:
    """Give the settings of the app that got this request."""
    settings: Settings = request.app.state.settings
    return settings


AppSettings = Annotated[Settings, Depends(get_settings)]
