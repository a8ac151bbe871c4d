"""Where an answer is written while it is found: in memory, then in a file without a name, and never beyond a limit."""

from __future__ import annotations

import io
import tempfile
from typing import IO

from kg.errors import ResultTooLarge

SMALL = 1 << 18
"""Up to this many bytes an answer stays in memory and travels whole."""


class Spool(io.RawIOBase):
    """A file to write an answer to.

    Args:
        limit: the most bytes it takes.
    """

    def __init__(self, limit: int) -> None:
        self.size, self._limit = 0, limit
        self._small = bytearray()
        self._file: IO[bytes] | None = None

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take some bytes.

        Raises:
            ResultTooLarge: that would be more than the limit.
        """
        self.size += len(data)
        if self.size > self._limit:
            raise ResultTooLarge(
                f"The answer is larger than {self._limit >> 20} MB, the most that is given in one go. "
                "Ask for less of it, with LIMIT and OFFSET for instance."
            )
        if self._file is None and self.size > SMALL:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 (it is closed with this)
            self._file.write(self._small)
            self._small.clear()
        if self._file is None:
            self._small += data
        else:
            self._file.write(data)
        return len(data)

    @property
    def body(self) -> bytes:
        """A small answer; empty for a large one."""
        return bytes(self._small)

    @property
    def files(self) -> list[int]:
        """The descriptor of the file that holds a large answer; none for a small one."""
        if self._file is None:
            return []
        self._file.flush()
        return [self._file.fileno()]

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
        super().close()
