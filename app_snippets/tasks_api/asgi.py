"""What a server imports: `uvicorn app_snippets.tasks_api.asgi:app`."""

from .logs import log, set_up_logging
from .main import create_app
from .settings import load_settings, unknown_variables

settings = load_settings()
set_up_logging(settings.log_format)
for sentence in unknown_variables():
    log.warning(sentence)
app = create_app(settings)
