"""What is known about the request that is being carried out."""

from collections.abc import MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any


@dataclass
class Context:
    """What each line of the log says about a request."""

    scope: MutableMapping[str, Any] = field(default_factory=dict)
    request_id: str = "-"
    user_id: int | None = None
    status: int | None = None
    error_code: str | None = None
    trace: Any = None  # it goes into the log, and nowhere else
    began: float = field(default_factory=perf_counter)

    def keep(self, error: Exception) -> None:
        """Keep an error with its trace, which Starlette empties once the error is handled."""
        self.trace = (type(error), error, error.__traceback__)

    def route(self) -> str | None:
        """Give the path as the document has it: a route's own lacks the prefix of routers around it."""
        route = self.scope.get("route")
        if route is None:
            return None
        names = {name: f"{{{name}}}" for name in self.scope["path_params"]}
        return str(self.scope["app"].url_path_for(route.name, **names))

    def fields(self) -> dict[str, Any]:
        """Give what each line of the log says."""
        return {
            "request_id": self.request_id,
            "user_id": self.user_id,
            "method": self.scope.get("method"),
            "route": self.route(),
            "status": self.status,
            "duration_ms": round((perf_counter() - self.began) * 1000, 1),
            "error_code": self.error_code,
        }


current: ContextVar[Context] = ContextVar("current")


def context() -> Context:
    """Give the context of this request; outside of any request, an empty one."""
    return current.get(None) or Context()
