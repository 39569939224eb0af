"""Hashes of passwords."""

import asyncio
from secrets import token_urlsafe

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import SecretStr

from ..settings import Settings


class Passwords:
    """Makes hashes and compares passwords with them, in a thread, a few at a time."""

    def __init__(self, settings: Settings) -> None:
        argon2 = Argon2Hasher(time_cost=settings.hash_rounds, memory_cost=settings.hash_memory_kib)
        self.hasher = PasswordHash((argon2,))
        self.of_nobody = self.hasher.hash(token_urlsafe(32))
        self.door = asyncio.Semaphore(settings.hashes_at_once)

    async def hash(self, password: SecretStr) -> str:
        """Make the hash to keep."""
        async with self.door:
            return await asyncio.to_thread(self.hasher.hash, password.get_secret_value())

    async def fits(self, password: SecretStr, kept: str) -> bool:
        """Compare a password with a kept hash."""
        async with self.door:
            return await asyncio.to_thread(self.hasher.verify, password.get_secret_value(), kept)
