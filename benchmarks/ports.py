"""Ports for servers that are started to be measured or tested."""

from __future__ import annotations

import os
import random
import socket
from pathlib import Path

_OWN_PORTS = Path("/proc/sys/net/ipv4/ip_local_port_range")
_LOWEST, _USUAL = 10_000, 32_768
_LANES = 16


def free_port() -> int:
    """A port that nobody listens on, below those that the system gives to clients.

    A client that looks for a server that is not there yet could be given that very port, and would talk to itself.
    Processes that run tests side by side choose among different ones: it takes a while until a server listens.
    """
    lane = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _LANES
    clients = int(_OWN_PORTS.read_text().split()[0]) if _OWN_PORTS.exists() else _USUAL
    while True:
        port = random.SystemRandom().randrange(_LOWEST + lane, max(clients, _LOWEST + 1000), _LANES)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
