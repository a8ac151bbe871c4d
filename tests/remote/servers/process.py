"""A server's process: started, waited for, stopped and killed, and gone for certain when the tests are."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

START_SECONDS = 120.0
"""A machine may be busy; nothing waits so long that goes well."""
_STOP_SECONDS = 20.0
_BETWEEN_LOOKS = 0.05


class Process:
    """A server that can be started again and again over the same files.

    Args:
        command: what to run.
        folder: where it runs; what it says goes to `NAME.log` there.
        name: what the log is called.
        ready: whether it answers; an OSError means not yet.
    """

    def __init__(self, command: Sequence[str], folder: Path, name: str, ready: Callable[[], bool]) -> None:
        self._command, self._folder, self._ready = tuple(command), folder, ready
        self.log = folder / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def number(self) -> int:
        """The number of the process; 0 where it does not run."""
        return self._process.pid if self._process is not None else 0

    def start(self) -> None:
        """Start it, and wait until it answers.

        Raises:
            RuntimeError: it ended, or did not answer in time; with the end of its log.
        """
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start it without waiting, so that others can start meanwhile."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*_with_us(), *self._command],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def wait(self) -> None:
        """Wait until it answers."""
        end = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process is None or self._process.poll() is not None or time.monotonic() > end:
                said = self.log.read_text(encoding="utf-8", errors="replace")[-2000:]
                self.kill()
                raise RuntimeError(f"{self.log.stem} did not start; {self.log} ends:\n{said}")
            time.sleep(_BETWEEN_LOOKS)

    def stop(self) -> None:
        """Ask it to end, and see to it that it does."""
        if self._process is None:
            return
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End it in the midst of whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @contextlib.contextmanager
    def killed_after(self, seconds: float) -> Iterator[None]:
        """Kill it while the `with` block runs, or at its end."""
        timer = threading.Timer(seconds, self.kill)
        timer.start()
        try:
            yield
        finally:
            timer.join()

    def _answers(self) -> bool:
        try:
            return self._ready()
        except OSError:
            return False


def _with_us() -> tuple[str, ...]:
    """Where there is the command for it, the kernel ends the server when these tests are killed."""
    return ("setpriv", "--pdeathsig", "KILL", "--") if shutil.which("setpriv") else ()
