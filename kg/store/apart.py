"""Processes of our own that work apart: with nothing of our environment, and one socket to tell of themselves by."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_KEPT = ("PATH", "TMPDIR", "LANG", "LD_LIBRARY_PATH")
"""What such a process needs to run."""


def start_apart(module: str, far: socket.socket, *told: str) -> subprocess.Popen[bytes]:
    """Start a module as a process.

    Args:
        module: its name; it is given the socket's number and what it is told.
        far: the socket's other end.
        told: what it is to do, where the socket does not tell it.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - our own program, no shell
        [sys.executable, "-P", "-m", module, str(far.fileno()), *told],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=(far.fileno(),),
        env={**kept, "PYTHONPATH": str(_ROOT)},
    )
