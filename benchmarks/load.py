"""Load from outside, by `wrk` (Debian package): keep-alive, a closed loop, one thread however many clients."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("load.lua")
_RUNS = itertools.count()


@dataclass(frozen=True)
class Load:
    """What came back under load.

    Attributes:
        requests: how many were answered, `seconds`: within how long, `bytes`: heads and bodies together.
        p50, p99: percentiles of the time one took, in milliseconds.
        errors: how many failed or had a status other than 2xx or 3xx.
    """

    requests: int
    seconds: float
    bytes: int
    p50: float
    p99: float
    errors: int

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return max(0, self.requests - self.errors) / self.seconds


def load(port: int, paths: Sequence[str], clients: int, seconds: float, accept: str, *, fresh: bool = True) -> Load:
    """Ask for paths in turn, as fast as answers come.

    Args:
        port: of the server on this machine.
        paths: with their query last, so that a comment may be put behind it.
        clients: how many connections.
        seconds: how long.
        accept: the form that is asked for.
        fresh: whether each query is made new, so that no cache can hold it.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths))
        file.flush()
        word = f"{os.getpid()}x{next(_RUNS)}x"
        command = ["wrk", "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", "--timeout", "30s", "-s", str(SCRIPT)]
        command += [f"http://127.0.0.1:{port}/", "--", file.name, "1" if fresh else "0", word, accept]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Load(**json.loads(said.partition("RESULT ")[2]))
