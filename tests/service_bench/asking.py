"""Asking: requests as bytes, connections that are kept, and what came of many requests."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

FORM = "Content-Type: application/x-www-form-urlencoded"


def http(method: str, path: str, token: str = "", body: bytes = b"", *headers: str) -> bytes:
    """The bytes of a request, with a body of JSON if it has one."""
    given = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    given += [f"Authorization: Bearer {token}"] if token else []
    given += ["Content-Type: application/json"] if body and FORM not in headers else []
    given += [f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join(given).encode("latin-1") + b"\r\n\r\n" + body


class Line:
    """A connection that is kept. A client library would take more of the processors than the service does."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.writer: asyncio.StreamWriter | None = None

    async def open(self) -> asyncio.StreamWriter:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self.writer

    async def ask(self, request: bytes, seconds: float = 30.0) -> tuple[int, bytes]:
        """Status and body; status 0 when the connection breaks or nothing comes in time."""
        try:
            async with asyncio.timeout(seconds):
                (self.writer or await self.open()).write(request)
                return await self.read()
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            self.close()
            return 0, b""

    async def read(self) -> tuple[int, bytes]:
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
        body = await self.reader.readexactly(int(length)) if length else b""
        if b"connection: close" in head:
            self.close()
        return int(head[9:12]), body

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.writer = None


@dataclass
class Seen:
    """What came of many requests. Status 0: the connection broke."""

    statuses: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)  # in seconds
    took: float = 0.0

    def slowest(self, share: float) -> float:
        """Milliseconds that this share of the requests stayed below."""
        return sorted(self.times)[int(len(self.times) * share)] * 1000

    def __str__(self) -> str:
        return ", ".join(f"{number:,} × {status or 'no answer'}" for status, number in sorted(self.statuses.items()))


async def together(number: int, work: Callable[[int], Awaitable[list[int]]]) -> Seen:
    """Do something so many times at once; each gets its number, and gives the statuses that it saw."""
    return Seen(Counter(status for some in await asyncio.gather(*map(work, range(number))) for status in some))


async def until(true: Callable[[], Awaitable[bool]]) -> float:
    """Wait until something is so, for half a minute at most. Gives the seconds that it took."""
    began = time.perf_counter()
    while time.perf_counter() < began + 30:
        if await true():
            break
        await asyncio.sleep(0.02)
    return time.perf_counter() - began
