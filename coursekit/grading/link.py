"""The grader's connection to the thread that judges in a notebook's kernel."""

import asyncio
import json
import secrets
from typing import Any

_LONGEST_LINE = 2**22


class Link:
    """A connection that one kernel may make, once. Reports begin with a password; whatever else arrives comes from the notebook's own code."""

    def __init__(self) -> None:
        self.changed = ""
        """What the notebook has changed that judging relies on, or did to find it. Empty if it did nothing of the kind."""
        self._password = secrets.token_hex(32).encode()
        self._ends: asyncio.Future[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Future()
        self._server: asyncio.Server | None = None
        self._lost = False

    async def open(self) -> int:
        """Wait for the kernel on a port of this machine, and return its number."""
        self._server = await asyncio.start_server(self._greet, "127.0.0.1", 0, limit=_LONGEST_LINE)
        return int(self._server.sockets[0].getsockname()[1])

    async def _greet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._ends.done():  # the kernel was here before the notebook's first cell; this is somebody else
            writer.close()
            return
        writer.write(self._password)
        self._ends.set_result((reader, writer))

    async def judge(self, exercise_id: str, limit: float) -> dict[str, str]:
        """Let the kernel judge an exercise. Returns `outcome` and `message`, or nothing if it couldn't, or if the notebook changed something."""
        said = await self._ask(f"judge {exercise_id}", limit)
        return said if "outcome" in said and not self.changed else {}

    async def left(self, limit: float) -> int:
        """How many threads and tasks run in the kernel, or -1 if it doesn't say so in time."""
        return int((await self._ask("left", limit)).get("left", -1))

    async def _ask(self, words: str, limit: float) -> dict[str, Any]:
        said: dict[str, Any] = {}
        if self._lost or not self._ends.done():
            return said
        reader, writer = self._ends.result()
        try:
            async with asyncio.timeout(limit):
                writer.write(f"{words}\n".encode())
                while "left" not in said and (line := await reader.readline()):
                    said |= self._understood(line)
        except (OSError, ValueError, TimeoutError):
            self._lost = True  # what it still says is no answer to what is asked next
        self.changed = self.changed or said.get("changed", "")
        return said

    def _understood(self, line: bytes) -> dict[str, Any]:
        if line.startswith(self._password):
            return dict(json.loads(line[len(self._password) :]))
        self.changed = self.changed or line[:60].decode(errors="replace").strip()
        return {}

    def close(self) -> None:
        """Hang up."""
        if self._server is not None:
            self._server.close()
        if self._ends.done():
            self._ends.result()[1].close()
