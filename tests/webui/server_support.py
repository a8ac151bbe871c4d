"""The real server in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from http.client import HTTPResponse
from types import TracebackType
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.ports import free_port
from kg.settings import Settings

CODE = "from kg.settings import read_settings; from webui.serving import serve; serve(read_settings())"
PATIENCE = 60


class Server:
    """A server that runs as long as the `with` block.

    Args:
        settings: what it serves; the port is chosen here.
        more: other settings, by their names without the prefix.
    """

    def __init__(self, settings: Settings, **more: str) -> None:
        self._settings, self.port = settings, free_port()
        self._more = {f"GAPBRIDGE_{name}": value for name, value in more.items()}
        self.url = f"http://127.0.0.1:{self.port}/"

    def __enter__(self) -> Server:
        own = {"GAPBRIDGE_DATA": str(self._settings.data), "GAPBRIDGE_PORT": str(self.port), "PYTHONSAFEPATH": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", CODE],
            env={**os.environ, **own, **self._more},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process.poll() is None:
            self.end(signal.SIGTERM)
        elif self._process.stdout:
            self._process.stdout.close()

    def get(self, path: str) -> HTTPResponse:
        with urlopen(self.url + path.lstrip("/"), timeout=10) as answer:
            answer.read()
            return answer

    @property
    def process(self) -> int:
        """The number of the process that watches over the others."""
        return self._process.pid

    def end(self, ending: signal.Signals) -> tuple[str, int]:
        """What it printed, and its exit code."""
        self._process.send_signal(ending)
        output, _ = self._process.communicate(timeout=30)
        return output, self._process.returncode

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise RuntimeError(f"The server ended: {self._process.communicate()[0]}")
            try:
                self.get("/")
            except (URLError, ConnectionError):
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("The server does not answer.")
