"""What the operating system holds a process to that answers a stranger's query.

Source: engines.md, “no time limit” and “Killable reader processes answer all that”.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import resource
import signal
import socket
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_MEGABYTE = 1 << 20
_STATM, _PAGE = "/proc/self/statm", resource.getpagesize()
NICENESS = 5
"""How far queries stand back behind the pages."""


def leave_network() -> bool:
    """Give up the network for good, where the kernel allows that; only a process of one thread can.

    Returns:
        Whether it worked.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def die_with_parent(parent: int) -> None:
    """Be killed as soon as the process that forked this one ends, however it ends."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def die_with_peer(peer: socket.socket, on: bool) -> None:
    """While on, be ended when the other end of a socket closes, even in the middle of long work in the engine."""
    fcntl.fcntl(peer, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(peer, fcntl.F_GETFL)
    fcntl.fcntl(peer, fcntl.F_SETFL, flags | os.O_ASYNC if on else flags & ~os.O_ASYNC)


def limit(megabytes: int, file_megabytes: int) -> None:
    """Bound what this process may take beyond what it has, and let it go first where the machine runs short."""
    most = memory() + megabytes * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, ((file_megabytes + 1) * _MEGABYTE,) * 2)
    os.nice(NICENESS)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def memory() -> int:
    """The bytes of address space this process has now."""
    file = os.open(_STATM, os.O_RDONLY)
    try:
        return int(os.read(file, 64).split()[0]) * _PAGE
    finally:
        os.close(file)
