"""How many statements each graph holds and one hash over them all, in whatever order they come.

The hash is the sum of the SHA-256 of each statement's N-Quads line, modulo 2 to the power of 256. A statement that goes
out is taken off again, so the journal gives the same figures as a snapshot without being replayed into a store, with
memory for one line. Source: Bellare and Micciancio, “A new paradigm for collision-free hashing” (AdHASH), 1997.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from pyoxigraph import RdfFormat, Store

from kg.errors import StoreDamaged
from kg.store.journal import Journal
from kg.store.patch import LONGEST_SEAL, seal

_MODULUS = 1 << 256


@dataclass
class Fingerprint:
    """What a graph holds.

    Attributes:
        count: how many statements.
        total: the sum of their hashes.
    """

    count: int = 0
    total: int = 0

    def add(self, line: bytes, sign: int) -> None:
        """Take a statement in (`sign` 1) or out (-1)."""
        self.count += sign
        self.total = (self.total + sign * int.from_bytes(hashlib.sha256(line).digest())) % _MODULUS

    @property
    def hash(self) -> str:
        """The sum as people compare it."""
        return f"{self.total:064x}"


Fingerprints = dict[str, Fingerprint]
"""Of each graph that holds anything, by its address."""


def of_snapshot(folder: Path) -> Fingerprints:
    """The fingerprints of a snapshot on disk, which is read to its end.

    Raises:
        StoreDamaged: it cannot be opened or read.
    """
    lines = _Lines()
    try:
        Store.read_only(str(folder)).dump(cast(IO[bytes], lines), RdfFormat.N_QUADS)
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreDamaged(f"The snapshot in {folder} cannot be read: {error}") from error
    return _filled(lines.found)


def of_journal(journal: Journal, until: int) -> Iterator[tuple[int, Fingerprints]]:
    """After each entry up to a revision: its number, and the fingerprints of the base as it made it.

    Raises:
        StoreDamaged: an entry is not there, or not as it was written.
    """
    found: defaultdict[str, Fingerprint] = defaultdict(Fingerprint)
    for number in range(1, until + 1):
        for sign, line in _entry(journal, number):
            found[_graph(line)].add(line, sign)
        yield number, _filled(found)


def _entry(journal: Journal, number: int) -> Iterator[tuple[int, bytes]]:
    """The statements of an entry with their sign; whether it is as it was written shows at its end."""
    path, digest, named = journal.path(number), hashlib.sha256(), False
    body = journal.size(number) - LONGEST_SEAL
    with path.open("rb") as file:
        while body > 0 and (line := file.readline()):
            body -= len(line)
            digest.update(line)
            named = named or line == b'H revision "%d" .\n' % number
            if line.startswith((b"A ", b"D ")):
                yield (1 if line.startswith(b"A") else -1), line[2:-1]
        if body or seal(file.read()) != digest.hexdigest():
            raise StoreDamaged(f"{path} is not as it was written: its checksum does not match.")
    if not named:
        raise StoreDamaged(f"{path} does not hold revision {number}.")


class _Lines:
    """Takes what the engine writes and counts each line of it."""

    def __init__(self) -> None:
        self.found: defaultdict[str, Fingerprint] = defaultdict(Fingerprint)
        self._rest = b""

    def write(self, data: bytes) -> int:
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self.found[_graph(line)].add(line, 1)
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""


def _graph(line: bytes) -> str:
    """The address of the graph at the end of an N-Quads line."""
    return line[:-2].rpartition(b" ")[2].strip(b"<>").decode()


def _filled(found: Fingerprints) -> Fingerprints:
    return {graph: Fingerprint(f.count, f.total) for graph, f in found.items() if f.count or f.total}
