"""How often one visitor may ask: a token bucket each, in memory."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from functools import lru_cache

_MOST_CLIENTS = 10_000


class Rate:
    """A minute's worth of questions may come at once; after that they come back one by one.

    Args:
        per_minute: how many.
    """

    def __init__(self, per_minute: int) -> None:
        self._most, self._per_second = float(per_minute), per_minute / 60
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Count a question; gives 0, or in how many seconds the next one will be taken."""
        now = time.monotonic()
        with self._lock:
            left, at = self._left.pop(client, (self._most, now))
            left = min(self._most, left + (now - at) * self._per_second)
            allowed = left >= 1
            self._left[client] = (left - 1 if allowed else left, now)
            if len(self._left) > _MOST_CLIENTS:
                self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self._per_second


@lru_cache(maxsize=1024)
def client_of(address: str | None) -> str:
    """Who asks, by their address; the 2^64 addresses of one IPv6 network are one visitor."""
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return address or ""
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False))
