"""The client that a check calls an app with.

TestClient switches between the check's thread and the app's about eight times for each request. This client switches once and takes a
third of the time, which matters because a check makes dozens of requests while a learner waits.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from types import TracebackType
from typing import Any, TypeVar

import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import APIRouter, FastAPI

from coursekit.author.endpoints import KEY
from coursekit.author.races import all_ready_to_write
from coursekit.author.safe_reads import Watch
from coursekit.compat import STATUS_OF_AN_UNSENT_RESPONSE
from coursekit.judging.conversation import open_until_the_end, remember_request, remember_response
from coursekit.judging.expectation import NotYet, describe

T = TypeVar("T")
_scope: ContextVar[dict[str, Any]] = ContextVar("_scope")
"""What the app knows about the request that is being answered, such as the function that answers."""


def client(
    app: Any, *, wrapped: Any = None, data: Callable[[], Any] | None = None, reads_may_write: str = "", **options: Any
) -> "Client":
    """Return a client for a FastAPI application, or for an APIRouter, which is put into a new application.

    The client doesn't follow redirects. A GET, HEAD or OPTIONS that changes the data is a NotYet. The application's lifespan has begun when this returns, and ends with the check.

    Args:
        app: the application or router that the learner has defined.
        wrapped: the same application inside the middleware that is wrapped around it by hand. It gets the requests then.
        data: returns the dictionaries or lists in which the app keeps its data. A database in `app.state` is found without it.
        reads_may_write: the reason why reading may change the data, such as an access log in a table.
        options: more arguments for `Client`, such as `headers`.

    Raises:
        NotYet: `app` is neither an application nor a router.
        CourseError: no check is running.
    """
    if isinstance(app, APIRouter) and not isinstance(app, FastAPI):
        router, app = app, FastAPI()
        app.include_router(router)
    if not isinstance(app, FastAPI):
        raise NotYet(
            f"The check needs a FastAPI application or an APIRouter here, but it got {describe(app)}. "
            "Did a later cell give the name another value? Run the exercise's cell again."
        )
    api = Client(app, wrapped=wrapped, follow_redirects=False, **options)
    api.event_hooks = {"request": [remember_request], "response": [remember_response]}
    open_until_the_end(api)
    if not reads_may_write:
        api.watch = Watch(app, data)
    return api


class Client(httpx2.Client):
    """Calls an app without a network. Use it in a `with` block: the app's lifespan begins and ends with the block.

    Args:
        app: the FastAPI application.
        wrapped: the same application inside other middleware, which gets the requests instead.
        raise_server_exceptions: whether an exception that no handler catches is raised here. Otherwise the response is a 500.
        options: more arguments for `httpx2.Client`, such as `headers`.
    """

    def __init__(self, app: Any, *, wrapped: Any = None, raise_server_exceptions: bool = True, **options: Any) -> None:
        self.app = app
        self._outermost = app if wrapped is None else wrapped
        self._running = contextlib.ExitStack()
        self._portal: BlockingPortal | None = None
        self._lifespan_state: dict[str, Any] = {}
        self.watch: Watch | None = None
        """Looks after the data that a reading request must not change. None if it may."""
        self._asgi = httpx2.ASGITransport(self._call_app, raise_app_exceptions=raise_server_exceptions)
        transport = _SyncTransport(self._send)
        super().__init__(transport=transport, base_url="http://testserver", **options)

    def run(self, work: Callable[..., Awaitable[T]], *args: Any) -> T:
        """Await `work(*args)` on the app's event loop, where its database connections live, and return the result.

        Raises:
            RuntimeError: this is called outside the `with` block.
        """
        if self._portal is None:
            raise RuntimeError("This client answers inside its `with` only.")
        return self._portal.call(work, *args)

    def together(self, requests: Sequence[httpx2.Request]) -> list[httpx2.Response]:
        """Send requests at the same moment, each made with `build_request`, and return their responses in the same order.

        Nobody writes to the app's database before all of them are ready to write or wait for something else. So code that looks
        first and inserts afterwards loses the race each time, not now and then.
        """
        with all_ready_to_write(self.app, len(requests)) as gate:

            async def one(request: httpx2.Request) -> httpx2.Response:
                try:
                    return await self._answer(request)
                finally:
                    gate.one_less()

            async def all_of_them() -> list[httpx2.Response]:
                return await asyncio.gather(*map(one, requests))

            responses = self.run(all_of_them)
        for request, response in zip(requests, responses, strict=True):
            response.request = request
            response.read()
            remember_request(request)
            remember_response(response)
        return responses

    def __enter__(self) -> "Client":
        """Begin the app's lifespan. Raises what the lifespan raises."""
        with contextlib.ExitStack() as starting:
            self._portal = starting.enter_context(start_blocking_portal())
            lifespan = self._portal.wrap_async_context_manager(self.app.router.lifespan_context(self.app))
            self._lifespan_state = dict(starting.enter_context(lifespan) or {})
            super().__enter__()
            self._running = starting.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        """End the app's lifespan. Raises what the lifespan raises."""
        if self.watch:
            self.watch.close()
        with self._running:
            super().__exit__(kind, error, trace)

    def _send(self, request: httpx2.Request) -> httpx2.Response:
        with self.watch.unchanged(request) if self.watch else contextlib.nullcontext():
            return self.run(self._answer, request)

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        scope = _scope.set({})
        try:
            response = await self._asgi.handle_async_request(request)
            endpoint = _scope.get().get("endpoint")
        finally:
            _scope.reset(scope)
        content = await response.aread()
        if response.status_code == STATUS_OF_AN_UNSENT_RESPONSE:
            raise NotYet(
                f"For `{request.method} {request.url.path}` you returned `response` itself. "
                "It is there to take your headers, and FastAPI sends them along. Return the data."
            )
        return httpx2.Response(
            response.status_code,
            headers=response.headers.raw,
            stream=httpx2.ByteStream(content),
            extensions={KEY: endpoint},
        )

    async def _call_app(self, scope: Any, receive: Any, send: Any) -> None:
        """Call the app as a server does, with the state that its lifespan yielded."""

        async def sent(message: Any) -> None:
            if message["type"] == "http.response.start" and message["status"] is None:
                message = {**message, "status": STATUS_OF_AN_UNSENT_RESPONSE}
            await send(message)

        kept = _scope.get()
        kept.update(scope, state=dict(self._lifespan_state))
        await self._outermost(kept, receive, sent)


class _SyncTransport(httpx2.BaseTransport):
    """Lets a synchronous client call an app: `answer` sends the request and returns the response."""

    def __init__(self, answer: Callable[[httpx2.Request], httpx2.Response]) -> None:
        self._answer = answer

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the app's response with its whole body."""
        request.read()  # joins a body that comes in pieces
        return self._answer(request)
