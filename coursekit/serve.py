"""Serve an app for real, from a notebook or a script, on this machine only."""

import asyncio
import importlib.resources
import socket
import threading
import time
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.store import workspace_marker

if TYPE_CHECKING:
    pass

STARTUP = 10.0
"""Seconds that a server may take to start or stop."""

_ASSETS = "/_docs/"
_DOCS = {"/docs": "swagger", "/redoc": "redoc"}
_running: "list[Server]" = []


class Server:
    """An app that answers on 127.0.0.1 until `stop()`. Use it as a context manager or keep it for a few cells."""

    def __init__(self, app: Any, port: int) -> None:
        import uvicorn

        self._socket = _bound_socket(port)
        self.url: str = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(_with_local_docs(app), log_level="error", access_log=False, ws="none")
        self._uvicorn: uvicorn.Server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._live, daemon=True, name="course-server")
        self._failure: BaseException | None = None

    def _live(self) -> None:
        try:
            asyncio.run(self._uvicorn.serve(sockets=[self._socket]))
        except BaseException as error:  # uvicorn leaves by SystemExit when the app does not start
            self._failure = error

    def start(self) -> "Server":
        """Start answering.

        Raises:
            RuntimeError: the app does not start; the message says to look at its lifespan.

        """
        self._thread.start()
        deadline = time.monotonic() + STARTUP
        while not self._uvicorn.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                self._socket.close()
                raise RuntimeError(
                    "The app did not start. Its lifespan runs before the first request: try it with `with TestClient(app):`."
                )
            time.sleep(0.005)
        _running.append(self)
        return self

    def stop(self) -> None:
        """Stop answering: open requests are finished, the lifespan ends, the port is free again. Stopping twice does no harm."""
        self._uvicorn.should_exit = True
        self._thread.join(STARTUP)
        self._socket.close()
        if self in _running:
            _running.remove(self)

    def open(self, path: str = "/docs") -> None:
        """Open a page of the app in a new browser tab, when somebody works in a workspace at this machine."""
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
        app: the FastAPI application. It is not changed; `/docs` and `/redoc` are shown without a network.
        port: a port of your choice; 0 takes a free one.

    Raises:
        RuntimeError: the port is taken, or the app does not start.

    """
    for server in list(_running):
        server.stop()
    return Server(app, port).start()


def _bound_socket(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        listening.close()
        raise RuntimeError(
            f"Port {port} cannot be used ({error.strerror}). Choose another, or 0 for any free one."
        ) from None
    return listening


def _with_local_docs(app: Any) -> Any:
    """The app, with the documentation pages' scripts served from this machine instead of the web."""
    from fastapi.openapi.docs import get_redoc_html, get_swagger_ui_html
    from starlette.staticfiles import StaticFiles

    assets = StaticFiles(directory=str(importlib.resources.files("fastapi_offline") / "static"))
    address = getattr(app, "openapi_url", None) or "/openapi.json"
    title = getattr(app, "title", "API")
    pages = {
        "swagger": get_swagger_ui_html(
            openapi_url=address,
            title=title,
            swagger_js_url=_ASSETS + "swagger-ui-bundle.js",
            swagger_css_url=_ASSETS + "swagger-ui.css",
            swagger_favicon_url="",
        ),
        "redoc": get_redoc_html(
            openapi_url=address,
            title=title,
            redoc_js_url=_ASSETS + "redoc.standalone.js",
            redoc_favicon_url="",
            with_google_fonts=False,
        ),
    }

    async def served(scope: Any, receive: Any, send: Any) -> None:
        path = scope.get("path", "") if scope["type"] == "http" else ""
        if path in _DOCS:
            await pages[_DOCS[path]](scope, receive, send)
        elif path.startswith(_ASSETS):
            await assets({**scope, "path": path.removeprefix(_ASSETS.rstrip("/"))}, receive, send)
        else:
            await app(scope, receive, send)

    return served
