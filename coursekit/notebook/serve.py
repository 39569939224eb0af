"""`serve`: runs an app on a real server, from a notebook or a script, on this machine only."""

import asyncio
import contextlib
import importlib.resources
import logging
import socket
import sys
import threading
import time
import webbrowser
from pathlib import Path
from typing import Any

from coursekit.course.render import brief_repr
from coursekit.judging.exceptions import tidy_traceback
from coursekit.judging.expectation import describe
from coursekit.notebook.store import workspace_marker

STARTUP = 10.0
"""How many seconds a server may take to start or stop."""
PATIENCE = 5
"""How many seconds a request may go on after `stop()`."""

_ASSETS = "/_docs/"
_running: "list[Server]" = []


class Server:
    """An app that answers on 127.0.0.1 until `stop()`. Use it in a `with` block, or keep it for a few cells."""

    def __init__(self, app: Any, port: int) -> None:
        import uvicorn

        self._socket = _bound_socket(port)
        self.url: str = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            _with_local_docs(app),
            log_config=None,
            log_level="error",
            access_log=False,
            ws="none",
            timeout_graceful_shutdown=PATIENCE,
        )
        self._reports = _Reports()
        self._uvicorn: uvicorn.Server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._live, daemon=True, name="course-server")

    def _live(self) -> None:
        # uvicorn raises these if the app doesn't start, or if it starts after its socket was closed
        with self._reports, contextlib.suppress(SystemExit, OSError):
            asyncio.run(self._uvicorn.serve(sockets=[self._socket]))

    def start(self) -> "Server":
        """Start the server, and return it when it answers.

        Raises:
            RuntimeError: the app doesn't start. The message says to look at its lifespan.
        """
        self._thread.start()
        _running.append(self)
        deadline = time.monotonic() + STARTUP
        while not self._uvicorn.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                self._uvicorn.should_exit = True
                self._socket.close()
                _running.remove(self)
                raised = f" It raised {self._reports.lifespan}." if self._reports.lifespan else ""
                raise RuntimeError(
                    f"The app did not start.{raised} Its lifespan runs before the first request: try it with `with TestClient(app):`."
                )
            time.sleep(0.005)
        return self

    def stop(self) -> None:
        """Stop the server: open requests finish, the lifespan ends, and the port is free again. Stopping twice does no harm."""
        self._uvicorn.should_exit = True
        self._thread.join(STARTUP)
        self._socket.close()
        if self in _running:
            _running.remove(self)
            if self._reports.lifespan:
                print(f"The app's lifespan raised at its end: {self._reports.lifespan}", file=sys.stderr)

    def open(self, path: str = "/docs") -> None:
        """Print which page of the app to open, and if this runs in a workspace, open it in a new browser tab."""
        if workspace_marker(Path.cwd()) is not None:
            webbrowser.open_new_tab(self.url + path)
        print(
            f"{path} opens in a new browser tab. If no tab opens, run `server.url` in a new cell and open that address with {path} behind it."
        )

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def serve(app: Any, port: int = 0) -> Server:
    """Serve an ASGI app on 127.0.0.1 in a thread of this process. An app that `serve` started earlier is stopped first.

    Args:
        app: the FastAPI application. It doesn't change. `/docs` and `/redoc` work without a network.
        port: the port to use. 0 takes a free one.

    Raises:
        RuntimeError: `app` isn't an app, the port is taken, or the app doesn't start.
    """
    from fastapi import APIRouter

    if isinstance(app, type | APIRouter) or not callable(app):
        raise RuntimeError(f"`serve` takes a FastAPI application; it got {describe(app)}.")
    for server in list(_running):
        server.stop()
    return Server(app, port).start()


def _bound_socket(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # on Windows, SO_REUSEADDR would let two servers use the same port
    exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
    listening.setsockopt(socket.SOL_SOCKET, exclusive or socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except (OSError, OverflowError, TypeError) as error:
        listening.close()
        reason = error.strerror if isinstance(error, OSError) else "a port is a number from 0 to 65535"
        raise RuntimeError(
            f"Port {brief_repr(port)} cannot be used ({reason}). Choose another, or 0 for any free one."
        ) from None
    return listening


class _Reports(logging.Handler):
    """Prints the errors that uvicorn reports, with the learner's own lines and without pages of library code."""

    def __init__(self) -> None:
        super().__init__()
        self.lifespan = ""
        """The last line of the traceback, if the lifespan raised. Empty otherwise."""
        self._logger = logging.getLogger("uvicorn.error")

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            print(*tidy_traceback(error, error.__traceback__, vars(sys.modules["__main__"])), sep="\n", file=sys.stderr)
        elif record.getMessage().startswith("Traceback"):  # this is how Starlette reports an error in a lifespan
            self.lifespan = record.getMessage().strip().splitlines()[-1]

    def __enter__(self) -> None:
        self._propagated, self._logger.propagate = self._logger.propagate, False
        self._logger.addHandler(self)

    def __exit__(self, *_: object) -> None:
        self._logger.removeHandler(self)
        self._logger.propagate = self._propagated


def _with_local_docs(app: Any) -> Any:
    """Wrap the app so that the scripts of its documentation pages come from this machine instead of the web."""
    from starlette.exceptions import HTTPException
    from starlette.staticfiles import StaticFiles

    assets = StaticFiles(directory=str(importlib.resources.files("fastapi_offline") / "static"))
    pages = _docs_pages(app)

    async def served(scope: Any, receive: Any, send: Any) -> Any:
        path = scope.get("path", "") if scope["type"] == "http" else ""
        if path in pages:
            return await pages[path](scope, receive, send)
        if path.startswith(_ASSETS):
            with contextlib.suppress(HTTPException):  # there is no such file, so the app answers
                return await assets({**scope, "path": path.removeprefix(_ASSETS.rstrip("/"))}, receive, send)
        return await app(scope, receive, send)

    return served


def _docs_pages(app: Any) -> dict[str, Any]:
    """The app's documentation pages by path, without those that the app has turned off."""
    from fastapi.openapi.docs import get_redoc_html, get_swagger_ui_html

    address = getattr(app, "openapi_url", None)
    if not address:
        return {}
    pages = {
        app.docs_url: get_swagger_ui_html(
            openapi_url=address,
            title=app.title,
            swagger_js_url=_ASSETS + "swagger-ui-bundle.js",
            swagger_css_url=_ASSETS + "swagger-ui.css",
            swagger_favicon_url="",
            oauth2_redirect_url=app.swagger_ui_oauth2_redirect_url,
            init_oauth=app.swagger_ui_init_oauth,
            swagger_ui_parameters=app.swagger_ui_parameters,
        ),
        app.redoc_url: get_redoc_html(
            openapi_url=address,
            title=app.title,
            redoc_js_url=_ASSETS + "redoc.standalone.js",
            redoc_favicon_url="",
            with_google_fonts=False,
        ),
    }
    return {path: page for path, page in pages.items() if path}
