"""Hosts of their own on one computer: network namespaces on a bridge; addresses of the loopback where these cannot be.

The addresses are of 198.18.0.0/15, which is set aside for such tests (RFC 2544).
"""

from __future__ import annotations

import contextlib
import os
import random
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

_NOBODY = 9
"""A port (discard) at which nobody listens: to be refused there shows that the host can be reached."""


@dataclass(frozen=True)
class Host:
    """A host.

    Attributes:
        address: where it is reached.
        within: the words before a command that have it run there.
        plug: its end of the network, on our side; empty where there is none to pull.
    """

    address: str
    within: tuple[str, ...] = ()
    plug: str = ""


class Network:
    """Hosts that reach each other.

    Args:
        hosts: by name.
        reason: why they have no network of their own; empty where they have.
    """

    def __init__(self, hosts: dict[str, Host], reason: str = "") -> None:
        self.hosts, self.reason = hosts, reason

    @contextlib.contextmanager
    def cut(self, name: str) -> Iterator[None]:
        """Nobody reaches a host, and it reaches nobody, as long as the `with` block."""
        plug = self.hosts[name].plug
        assert plug, self.reason
        _ip(f"link set {plug} down")
        try:
            yield
        finally:
            _ip(f"link set {plug} up")


@contextlib.contextmanager
def network(*names: str) -> Iterator[Network]:
    """A network of these hosts, as long as the `with` block."""
    if reason := _missing():
        yield _loopback(names, reason)
        return
    mark, chance = f"gb{secrets.token_hex(3)}", random.SystemRandom()
    subnet = f"198.{chance.randint(18, 19)}.{chance.randint(0, 255)}"
    hosts = {
        name: Host(f"{subnet}.{place}", ("ip", "netns", "exec", f"{mark}-{name}"), f"{mark}p{place}")
        for place, name in enumerate(names, start=10)
    }
    try:
        try:
            _make(mark, subnet, hosts)
            reason = (
                "" if all(map(_is_reached, hosts.values())) else "the hosts of a bridge do not reach each other here"
            )
        except subprocess.CalledProcessError as error:
            reason = f"no network namespaces can be made here: {error.stderr.strip()}"
        yield _loopback(names, reason) if reason else Network(hosts)
    finally:
        for words in (*(f"netns del {mark}-{name}" for name in names), f"link del {mark}"):
            with contextlib.suppress(subprocess.CalledProcessError):
                _ip(words)


def _missing() -> str:
    if os.geteuid():
        return "only root makes network namespaces"
    return "" if shutil.which("ip") else "there is no `ip` on this machine (Debian: iproute2)"


def _make(mark: str, subnet: str, hosts: dict[str, Host]) -> None:
    _ip(f"link add {mark} type bridge", f"addr add {subnet}.1/24 dev {mark}", f"link set {mark} up")
    for name, host in hosts.items():
        _ip(
            f"netns add {mark}-{name}",
            f"link add {host.plug} type veth peer name eth0 netns {mark}-{name}",
            f"link set {host.plug} master {mark} up",
        )
        subprocess.run(
            ["ip", "-n", f"{mark}-{name}", "-batch", "-"],
            input=f"addr add {host.address}/24 dev eth0\nlink set eth0 up\nlink set lo up\n",
            capture_output=True, text=True, check=True,
        )  # fmt: skip


def _ip(*lines: str) -> None:
    subprocess.run(["ip", "-batch", "-"], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)


def _is_reached(host: Host) -> bool:
    try:
        socket.create_connection((host.address, _NOBODY), 5).close()
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
    return True


def _loopback(names: tuple[str, ...], reason: str) -> Network:
    lane = random.SystemRandom().randint(1, 254)
    return Network({name: Host(f"127.0.{lane}.{place}") for place, name in enumerate(names, start=10)}, reason)
