"""How often one client may ask."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from time import monotonic


class Limiter:
    """Lets each client ask so many times a minute, at once or spread. It counts for one worker."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self.interval = 60 / per_minute if per_minute else 0.0
        self.clock = clock
        self.paid_until: dict[str, float] = {}  # each request costs one interval

    def wait(self, host: str) -> float:
        """Count a request, or say how many seconds too early it is."""
        client, now = name_client(host), self.clock()
        paid = max(self.paid_until.get(client, now), now) + self.interval
        too_early = paid - now - 60
        if too_early > 1e-6:
            return too_early
        self.paid_until[client] = paid
        self.forget(now)
        return 0.0

    def forget(self, now: float, most: int = 10_000) -> None:
        """Forget those who may ask as often as anybody, before there are too many of them."""
        if len(self.paid_until) > most:
            self.paid_until = {client: paid for client, paid in self.paid_until.items() if paid > now}


def name_client(host: str) -> str:
    """Give the part of an address that one client cannot change at will: of IPv6, the first half."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(int(address) >> 64)
    return host
