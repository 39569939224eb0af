"""The log: one line an event, with what is known about the request, as JSON or as words."""

import json
import logging
import logging.config
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any

from .context import Context, context


class ContextLog(logging.LoggerAdapter[logging.Logger]):
    """Writes the context into each line: as words for people, as fields for programs."""

    def process(
        self,
        msg: str,
        kwargs: MutableMapping[str, Any],
    ) -> tuple[str, MutableMapping[str, Any]]:
        """Add the context to one line."""
        fields = context().fields()
        kwargs["extra"] = {"event": msg, **fields}
        words = " ".join(f"{name}={value}" for name, value in fields.items() if value is not None)
        return f"{msg} {words}", kwargs


log = ContextLog(logging.getLogger("tasks"))


class JsonFormatter(logging.Formatter):
    """Makes a line of the log one JSON object, whatever it says: nobody can forge a second line."""

    names = ("event", *Context().fields())

    def format(self, record: logging.LogRecord) -> str:
        """Make one line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in self.names if hasattr(record, name)}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def set_up_logging(form: str) -> None:
    """Send everything to the standard output, in one form. Our own line replaces uvicorn's."""
    through: dict[str, Any] = {"handlers": [], "propagate": True}
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {"()": JsonFormatter},
                "text": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
            },
            "handlers": {
                "out": {
                    "class": "logging.StreamHandler",
                    "stream": "ext://sys.stdout",
                    "formatter": form,
                }
            },
            "root": {"handlers": ["out"], "level": "INFO"},
            "loggers": {
                "uvicorn": through,
                "uvicorn.error": through,
                "uvicorn.access": {"handlers": [], "propagate": False},
                "httpx": {"level": "WARNING"},
            },
        }
    )
