"""The folder of a store: what lies where in it, and which program may open it."""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pyoxigraph import Store

from kg.errors import BadInput, NoLongerKept, NotFound, OnlyReplica, StoreDamaged, StoreMissing, StoreTooNew
from kg.settings import REPLICA
from kg.store.engine import Engine, on_disk
from kg.store.journal import Journal, write_durably
from kg.store.lock import WriterLock
from kg.store.snapshots import Snapshots

MIRROR = "mirror"
"""The file that says that the folder mirrors a shared base (`kg.store.remote`)."""
_BESIDE = ("lock", ".format.json.tmp", "people.sqlite", MIRROR, "secret.key", ".secret.key", "tokens.json")
"""How what may lie there before the store is begins: of a first start killed before its end, of accounts."""
SCRATCH = "trial-"
"""How folders begin in which something is tried; the number of the process follows."""
_NUMBERS = itertools.count()
FORMAT = 1
"""The layout of the folder. A program opens its own and older ones, never a newer one."""


class Lock(Protocol):
    """What whoever writes must hold."""

    def acquire(self, wait: float = 0) -> None:
        """Take it within so many seconds, or raise `StoreHeld`."""

    def release(self) -> None:
        """Let go of it."""


@dataclass(frozen=True)
class Home:
    """A store's folder.

    Attributes:
        folder: `format.json`, `lock`, `journal/`, `snapshots/` and, while somebody writes, `work/`; `dumps/` where
            somebody asked for these (`kg.cataloguing`), `history.sqlite` (`kg.history`), and `search/` beside a large
            base (`kg.search`), all three to be removed at any time.
        keep: how many snapshots stay.
    """

    folder: Path
    keep: int = 3

    @property
    def journal(self) -> Journal:
        """The patches."""
        return Journal(self.folder / "journal")

    @property
    def snapshots(self) -> Snapshots:
        """What readers open."""
        return Snapshots(self.folder / "snapshots", self.keep)

    def lock(self) -> Lock:
        """The lock that whoever writes must hold.

        Raises:
            BadInput: the folder mirrors a base that stands elsewhere.
        """
        if (self.folder / MIRROR).exists():
            raise BadInput(
                f"{self.folder} is this machine's copy of a base on a SPARQL server, so changes go there: set "
                f"GAPBRIDGE_ENGINE. To make it a base of its own, take away the file “{MIRROR}” in it."
            )
        return WriterLock(self.folder / "lock")

    def catch_up(self) -> None:
        """Take over what others accepted, where a base is shared (`kg.store.remote`); called under the lock."""

    def is_recorded(self, number: int) -> bool:
        """Whether a revision stands in a journal that is shared, whatever stands in ours."""
        return False

    def published(self, *, accepted: bool = False) -> None:
        """Do what follows from a new snapshot, where a base is shared; `accepted`: a change was, just before."""

    @property
    def exists(self) -> bool:
        """Whether something was ever stored here."""
        return (self.folder / "format.json").exists()

    def check_format(self) -> None:
        """Make sure that this program understands the folder.

        Raises:
            StoreTooNew: a newer program wrote it.
            StoreDamaged: it does not say what it is.
        """
        path = self.folder / "format.json"
        try:
            found = json.loads(path.read_text(encoding="utf-8"))["format"]
        except (ValueError, KeyError, TypeError) as error:
            raise StoreDamaged(f"{path} does not say which layout the store has.") from error
        if type(found) is not int or found < 1:
            raise StoreDamaged(f"{path} does not say which layout the store has.")
        if found > FORMAT:
            raise StoreTooNew(
                f"The store in {self.folder} has layout {found}; this program knows layouts up to {FORMAT}. "
                "Nothing was changed. Install a newer gapbridge to open it."
            )

    @property
    def replica_of(self) -> str:
        """Where this store is copied from; empty where it is no replica.

        Raises:
            StoreDamaged: it is one, but does not say of what.
        """
        path = self.folder / REPLICA
        try:
            return str(json.loads(path.read_text(encoding="utf-8"))["of"])
        except FileNotFoundError:
            return ""
        except (ValueError, KeyError, TypeError) as error:
            raise StoreDamaged(f"{path} does not say of what this is a replica.") from error

    def refuse_replica(self) -> None:
        """Refuse to change a store that is only a copy.

        Raises:
            OnlyReplica: it is one.
        """
        if source := self.replica_of:
            raise OnlyReplica(source)

    def mark(self) -> None:
        """Say which layout the folder has."""
        write_durably(self.folder / "format.json", json.dumps({"format": FORMAT}).encode() + b"\n")

    def refuse_foreign(self) -> None:
        """Refuse to make a store in a folder that holds something else.

        Raises:
            StoreDamaged: there are files, but no `format.json`; or the folder is a file.
        """
        if self.folder.exists() and not self.folder.is_dir():
            raise StoreDamaged(f"{self.folder} is a file. Nothing was changed; choose an empty folder.")
        foreign = self.folder.is_dir() and not all(p.name.startswith(_BESIDE) for p in self.folder.iterdir())
        if foreign and not self.exists:  # somebody may have made a store here just now
            raise StoreDamaged(
                f"{self.folder} holds files but no evidence base (format.json is missing). "
                "Nothing was changed; choose an empty folder or restore a backup."
            )

    def reader(self, memory_limit: int) -> Engine:
        """A reader over the newest published revision; never waits for a writer.

        Raises:
            StoreMissing, StoreTooNew, StoreDamaged: as the words say.
        """
        if not self.exists:
            raise StoreMissing(f"There is no evidence base in {self.folder} yet.")
        self.check_format()
        revision = self.snapshots.newest()
        try:
            return on_disk(self.snapshots.path(revision), revision, memory_limit=memory_limit)
        except StoreDamaged:
            if self.snapshots.newest() == revision:
                raise
            return self.reader(memory_limit)  # it was dropped for newer ones before we had it open

    @contextmanager
    def copy_of(self, reader: Engine) -> Iterator[Engine]:
        """A copy of a snapshot to try things on, by hard links: it costs the same whatever its size."""
        folder = self.folder / f"{SCRATCH}{os.getpid()}-{next(_NUMBERS)}"
        try:
            reader.store.backup(str(folder))
            yield Engine(Store(str(folder)), reader.revision)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def kept(self, revision: int) -> Engine:
        """A reader over the snapshot of a revision, on disk whatever its size.

        Raises:
            NotFound, NoLongerKept: as in `check_kept`.
            StoreDamaged: it cannot be opened.
        """
        self.check_kept(revision)
        return on_disk(self.snapshots.path(revision), revision, memory_limit=0)

    def check_kept(self, revision: int) -> None:
        """Make sure that there is a snapshot of a revision.

        Raises:
            NotFound: there is no such revision yet.
            NoLongerKept: there was one, but its snapshot is gone.
        """
        newest = self.snapshots.newest()
        if not 0 < revision <= newest:
            raise NotFound(f"revision {revision}")
        if revision not in self.snapshots.revisions():
            raise NoLongerKept(f"Revision {revision} is no longer kept here; the newest is {newest}.")
