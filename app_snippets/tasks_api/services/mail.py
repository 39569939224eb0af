"""Mails, which a service outside sends."""

import asyncio
import functools
import random
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from ..logs import log
from ..settings import Settings


class MailFailed(Exception):
    """A mail could not be sent."""


class Mailer:
    """Sends mails through a service outside: a few at a time, with a time-out and a few retries."""

    def __init__(self, client: httpx.AsyncClient, settings: Settings) -> None:
        self.client = client
        self.url = settings.mail_url  # empty: no mail is sent
        self.timeout = settings.mail_timeout
        self.attempts = settings.mail_attempts
        self.pause = settings.mail_pause
        self.door = asyncio.Semaphore(settings.mail_connections)

    async def send(self, to: str, subject: str, text: str, key: str) -> None:
        """Send a mail. The service takes a key once, so that a second attempt is no second mail."""
        if not self.url:
            return
        mail = {"to": to, "subject": subject, "text": text}
        for attempt in range(self.attempts):
            if attempt > 0:
                await asyncio.sleep(self.pause * 2 ** (attempt - 1) * random.uniform(0.5, 1.5))
            try:
                status = await self.post(mail, key)
            except (httpx.TransportError, TimeoutError):
                continue
            if 200 <= status < 300:
                return
            if status < 500 and status not in (408, 429):  # it will not be better next time
                break
        raise MailFailed(f"The mail {key} could not be sent.")

    async def post(self, mail: dict[str, str], key: str) -> int:
        """Make one attempt, and give the status of the answer."""
        async with self.door, asyncio.timeout(self.timeout):
            headers = {"Idempotency-Key": key}
            answer = await self.client.post(f"{self.url}/messages", json=mail, headers=headers)
        return answer.status_code


async def deliver(mailer: Mailer, user_id: int, to: str, subject: str, text: str, key: str) -> bool:
    """Send a mail, and say whether it went out. A failure goes into the log and no further."""
    try:
        await mailer.send(to, subject, text, key)
    except Exception:
        log.exception(f"no mail {key} for user {user_id}:")
        return False
    return True


@functools.cache
def certificates() -> ssl.SSLContext:
    """Read whom to trust with https, once: it takes longer than a request."""
    return httpx.create_ssl_context()


@asynccontextmanager
async def open_mailer(settings: Settings) -> AsyncIterator[Mailer]:
    """Open the way to the mail service, with a pool of the size that the settings name."""
    limits = httpx.Limits(max_connections=settings.mail_connections)
    async with httpx.AsyncClient(limits=limits, timeout=None, verify=certificates()) as client:
        yield Mailer(client, settings)
