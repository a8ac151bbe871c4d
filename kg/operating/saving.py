"""One backup being filled: what an earlier one has gets a second name, and what never changes is not read every time.

Snapshot files and journal entries never change once they are there. So one of the same name, number on its disk, size
and time as when it was read is believed to be the one that was read, and so is its copy in the earlier backup. Both for
a month: then they are read again, since a disk can spoil what nobody touches. What is believed too long does no harm
in the source (its copy is of what was sound then); in the backup, `gapbridge verify FOLDER` and `restore` read all.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import StoreDamaged
from kg.operating import files
from kg.store.journal import write_durably

KNOWN = "known.json"
"""What a backup knows of its files, so that the next one need not read them."""
MONTH_SECONDS = 30 * 86_400.0
_SNAPSHOT, _JOURNAL = "snapshots", "journal"
_TABLE, _ENTRY = ".sst", ".rdfp"
_READ_WHOLE = 10
"""A snapshot is read to its end where more than this part of it was never read: a tenth."""

Mark = tuple[int, int, int]
"""A file's number on its disk, its size in bytes and its time in nanoseconds."""


@dataclass(frozen=True)
class Known:
    """What is known of a file that never changes.

    Attributes:
        source, copy: what tells that it is still the same, in the base and in the backup.
        compared: when both were last read and compared, in seconds since 1970.
        opened: when the engine last read all of a snapshot that it is part of; 0: never.
    """

    source: Mark
    copy: Mark
    compared: float
    opened: float = 0.0


@dataclass(frozen=True)
class _Earlier:
    """A file of an earlier backup."""

    path: Path
    sum: str
    known: Known | None


class Saving:
    """Fills a draft.

    Args:
        draft: the folder to fill.
        last: the folder of the backup before; None where there is none.
        anew: whether to believe nothing and read all.

    Attributes:
        sums: the checksum of each file, by its name.
        copied, linked: how many bytes were written, and how many the earlier backup had.
        believed: how many of these were not read.
        fresh: the names of the files that are no second name of one that is on disk already.
    """

    def __init__(self, draft: Path, last: Path | None, *, anew: bool = False) -> None:
        self.draft, self.sums = draft, dict[str, str]()
        self.copied = self.linked = self.believed = 0
        self.fresh: set[str] = set()
        self._known: dict[str, Known] = {}
        self._now = time.time()
        found = list(_of_backup(last)) if last else []
        self._by_sum = {one.sum: one for one in found}
        marked = [(one, one.known) for one in found if one.known]
        self._by_mark = {(one.path.name, known.source): one for one, known in marked}
        self._anew = anew

    def take_known(self, name: str, about: os.stat_result) -> bool:
        """Take a file in without reading it, where all that is known of it says that it is the one that was read."""
        found = None if self._anew else self._by_mark.get((Path(name).name, mark(about)))
        if not found or not found.known or not self._recent(found.known.compared):
            return False
        if _mark_of(found.path) != found.known.copy or not files.link(found.path, self.draft / name):
            return False
        self.sums[name], self._known[name] = found.sum, found.known
        self.linked += about.st_size
        self.believed += about.st_size
        return True

    def take(self, name: str, source: IO[bytes]) -> None:
        """Take a file in; what was written is read back and compared.

        Raises:
            StoreDamaged: it is not what it was, though nobody changes such files; or it was not written as it is.
        """
        about, wanted, target = os.fstat(source.fileno()), files.sum_of(source), self.draft / name
        self._refuse_spoilt(name, mark(about), wanted)
        known = self._by_sum.get(wanted)
        if known and files.sha256(known.path) == wanted and files.link(known.path, target):
            self.linked += about.st_size
        else:
            files.copy(source, target)
            self.copied += about.st_size
            self.fresh.add(name)
            if files.sha256(target) != wanted:
                raise StoreDamaged(f"{name} was not written as it is. Is the disk of {self.draft.parent} sound?")
        self.sums[name] = wanted
        if name.startswith((_SNAPSHOT, _JOURNAL)) and name.endswith((_TABLE, _ENTRY)):
            opened = known.known.opened if known and known.known else 0.0
            self._known[name] = Known(mark(about), mark(target.stat()), self._now, opened)

    def had(self, name: str) -> bool:
        """Whether the earlier backup has what was taken in under this name."""
        return self.sums[name] in self._by_sum

    def must_open(self) -> bool:
        """Whether the snapshot that was taken in is to be read to its end by the engine.

        It is where a tenth of it never was, or where a month has passed.
        """
        tables = [known for name, known in self._known.items() if name.endswith(_TABLE)]
        unread = sum(known.copy[1] for known in tables if not known.opened)
        if unread * _READ_WHOLE > sum(known.copy[1] for known in tables) or not tables:
            return True
        return self._anew or not all(self._recent(known.opened) for known in tables if known.opened)

    def note_opened(self) -> None:
        """Note that the engine has read the snapshot to its end."""
        for name, known in self._known.items():
            if name.endswith(_TABLE):
                self._known[name] = Known(known.source, known.copy, known.compared, self._now)

    def write_known(self) -> None:
        """Write down what the next backup may believe."""
        told = {name: [one.source, one.copy, one.compared, one.opened] for name, one in self._known.items()}
        write_durably(self.draft / KNOWN, json.dumps(told).encode() + b"\n")

    def _recent(self, moment: float) -> bool:
        """Whether it is less than a month ago, and not in what is still to come: clocks are set back."""
        return 0 <= self._now - moment < MONTH_SECONDS

    def _refuse_spoilt(self, name: str, found: Mark, wanted: str) -> None:
        known = self._by_mark.get((Path(name).name, found))
        if known and known.sum != wanted:
            raise StoreDamaged(
                f"{name} is not what it was at the last backup, though nobody has written to it. Nothing was saved. "
                "Look after the disk; gapbridge verify tells what is left, and the backups have it as it was."
            )


def mark(about: os.stat_result) -> Mark:
    """By which a file that never changes is known again."""
    return about.st_ino, about.st_size, about.st_mtime_ns


def _mark_of(path: Path) -> Mark | None:
    with suppress(OSError):
        return mark(path.stat())
    return None


def _of_backup(folder: Path) -> Iterator[_Earlier]:
    """The files of a backup; none where its lists are spoilt: then nothing is shared with it."""
    try:
        sums = files.read_list(folder)
    except StoreDamaged:
        return
    known = _read_known(folder, sums.get(KNOWN, ""))
    for name, sum_ in sums.items():
        yield _Earlier(folder / name, sum_, known.get(name))


def _read_known(folder: Path, wanted: str) -> dict[str, Known]:
    """What a backup knows of its files; nothing where that is missing, or not as it was written."""
    if not wanted or files.sha256(folder / KNOWN) != wanted:
        return {}
    told = json.loads((folder / KNOWN).read_text(encoding="utf-8"))
    return {name: Known(_three(one[0]), _three(one[1]), one[2], one[3]) for name, one in told.items()}


def _three(found: list[int]) -> Mark:
    number, size, moment = found
    return number, size, moment
