"""A machine that serves a shared base: `gapbridge serve` with several processes, over a data folder of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.ports import free_port
from tests.machines.network import Host
from tests.sparql.conftest import descendants, until

_COMMAND = (sys.executable, "-c", "from kg.cli import main; main()")
_ROOT = Path(__file__).parents[2]
_READY_SECONDS = 300


class Machine:
    """A machine.

    Args:
        host: where it stands.
        folder: for its log; its copy of the base lies in `base` there.
        given: its settings, by their names without the prefix.
    """

    def __init__(self, host: Host, folder: Path, given: Mapping[str, str]) -> None:
        self.host, self.port, self.data, self._log = host, free_port(), folder / "base", folder / "log"
        own = {"DATA": str(self.data), "HOST": host.address, "PORT": str(self.port), "PLAIN_HTTP": "on"}
        self._environ = {f"GAPBRIDGE_{name}": value for name, value in {**own, **given}.items()}
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"http://{host.address}:{self.port}"

    def start(self) -> None:
        """Start serving, without waiting until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self.host.within, *_COMMAND, "serve"], cwd=_ROOT, env=self._environment, stdout=log, stderr=log
            )

    def wait(self) -> None:
        """Wait until it answers."""
        assert until(lambda: self._answers() or not self._runs, _READY_SECONDS), self.said
        assert self._runs, self.said

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run another command of the program on this machine."""
        return subprocess.run(
            [*self.host.within, *_COMMAND, *words],
            cwd=_ROOT, env=self._environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    def kill(self) -> None:
        """End all its processes in the midst of whatever they do, as a power cut does."""
        assert self._process
        family = [self._process.pid, *descendants(self._process.pid)]
        for number in family:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def stop(self) -> None:
        """Have it end, where it runs."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(30)
            self._process = None
        except subprocess.TimeoutExpired:
            self.kill()

    @property
    def said(self) -> str:
        """What it wrote to its log."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    @property
    def _environment(self) -> dict[str, str]:
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        return {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1", **self._environ}

    @property
    def _runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _answers(self) -> bool:
        connection = HTTPConnection(self.host.address, self.port, timeout=30)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
