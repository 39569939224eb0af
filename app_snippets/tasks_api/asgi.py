"""What a server imports: `uvicorn app_snippets.tasks_api.asgi:app`."""

from .logs import set_up_logging
from .main import create_app
from .settings import load_settings

settings = load_settings()
set_up_logging(settings.log_format)
app = create_app(settings)
