"""The folder of a store that mirrors a base shared by several machines.

It is a store's folder like any other, with the same journal and snapshots. What differs: a change is accepted where the
database has it, what others did comes in before a writer begins, and the server is kept in step after each change.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from kg.errors import DatabaseUnavailable, EngineProblem, GapbridgeError, StoreDamaged
from kg.store.home import MIRROR, Home, Lock
from kg.store.journal import Journal, write_durably
from kg.store.lock import WriterLock
from kg.store.patch import Patch, decode, encode, seal
from kg.store.remote.keeping import Head, Keeper, Told
from kg.store.remote.record import Record
from kg.store.remote.replicas import Sharing

_log = logging.getLogger("gapbridge.sharing")
PATIENCE = 5.0
"""Seconds to wait at the least for others who write: these may be on other machines and know nothing of us."""
FAR = 50
"""A server that lacks more revisions than this is filled anew."""


class SharedJournal(Journal):
    """The journal in a mirror: a patch is accepted by the shared one first."""

    def __init__(self, journal: Journal, record: Record) -> None:
        super().__init__(journal.folder)
        self._record = record

    def append(self, patch: Patch) -> None:
        """Have a patch accepted, and write it.

        Raises:
            Conflict: another machine made that revision.
            DatabaseUnavailable: it does not answer; whether it has the patch is seen when it is asked again.
        """
        text = encode(patch)
        self._record.add(patch.number, text, seal(text))
        write_durably(self.path(patch.number), text)


@dataclass(frozen=True)
class SharedHome(Home):
    """A store's folder that mirrors a shared base.

    Attributes:
        sharing: with whom.
        is_reading: for who takes over what others did and changes nothing: that needs no lock of theirs and no server.
    """

    sharing: Sharing | None = None
    is_reading: bool = False

    @property
    def journal(self) -> Journal:
        """The patches."""
        return SharedJournal(super().journal, self._shared.record)

    @property
    def _shared(self) -> Sharing:
        assert self.sharing is not None
        return self.sharing

    def lock(self) -> Lock:
        """The lock of this folder, and then that of all machines."""
        own = WriterLock(self.folder / "lock")
        return own if self.is_reading else _Both(own, self._shared.record.lock())

    def is_recorded(self, number: int) -> bool:
        """Whether a revision stands in the shared journal; it may, where that does not tell."""
        try:
            return self._shared.record.head >= number
        except DatabaseUnavailable:
            return True

    def is_behind(self) -> bool:
        """Whether others made revisions that are not here yet."""
        return self._shared.record.head > self.journal.head

    def server_lacks(self) -> bool:
        """Whether the server lacks revisions, or any of its replicas that answer.

        Raises:
            EngineProblem: it does not answer, or holds something else.
        """
        return any(head.revision < self.journal.head for head in self._shared.heads().values())

    def catch_up(self) -> None:
        """Take over the revisions that others made, and make sure that the server can follow.

        Raises:
            StoreDamaged: this folder holds another base than the database.
            EngineProblem: the server does not answer, or holds something else.
            DatabaseUnavailable: the database does not answer.
        """
        record, journal = self._shared.record, Journal(self.folder / "journal")
        here, there = journal.head, record.head
        common = min(here, there)
        if common and journal.seal(common) != record.seal(common):
            raise StoreDamaged(
                f"{self.folder} holds another base than the database: revision {common} is not the same. Nothing was "
                "changed. Use an empty folder for the mirror, or the database that belongs to this one."
            )
        if not (self.folder / MIRROR).exists():
            write_durably(self.folder / MIRROR, f"{self._shared.record.line}\n".encode())
        for number, text in record.since(here):
            decode(text, f"Revision {number} in the database")
            write_durably(journal.path(number), text)
        if self.is_reading:
            return
        for number in range(there + 1, here + 1):  # from before there was a database, or from before its backup
            record.add(number, journal.text(number), journal.seal(number))
        self._shared.heads()

    def published(self, *, accepted: bool = False) -> None:
        """Bring the server to the newest revision.

        Args:
            accepted: a change was accepted just now, so nobody may be told that it failed; the server follows later.

        Raises:
            EngineProblem: it does not follow, and nothing new was accepted.
        """
        if self.is_reading:
            return
        try:
            self._bring_all()
        except GapbridgeError as error:
            if not accepted:
                raise
            _log.warning("The SPARQL server will be brought up to date later: %s", str(error))

    def fill(self, told: Told) -> int:
        """Fill the server anew with the newest revision here, whatever it holds; gives that revision."""
        reader = self.reader(0)
        for keeper in self._shared.keepers:
            keeper.fill(reader, told)
        return reader.revision

    def _bring_all(self) -> None:
        """Bring every replica that answers to the newest revision; one of them that follows is enough."""
        heads, failed = self._shared.heads(), 0
        for place, head in heads.items():
            try:
                self._bring(self._shared.keepers[place], head)
            except EngineProblem as error:
                self._shared.leave(place, error)
                failed += 1
                if failed == len(heads):
                    raise

    def _bring(self, keeper: Keeper, head: Head) -> None:
        newest = self.journal.head
        if head.revision > newest:
            raise StoreDamaged(
                f"The SPARQL server is at revision {head.revision}, but the journal in the database ends at {newest}. "
                "Nothing was changed. Restore a backup of the database, or fill the server with "
                "`gapbridge engine --fill`."
            )
        if newest and (not head.revision or newest - head.revision > FAR):
            keeper.fill(self.reader(0))
            return
        for patch in self.journal.since(head.revision):
            keeper.apply(patch)


class _Both:
    """Two locks as one."""

    def __init__(self, own: Lock, shared: Lock) -> None:
        self._own, self._shared = own, shared

    def acquire(self, wait: float = 0) -> None:
        """Take both, or none; whoever takes over what others did has them for moments only."""
        wait = max(wait, PATIENCE)
        self._own.acquire(wait)
        try:
            self._shared.acquire(wait)
        except BaseException:
            self._own.release()
            raise

    def release(self) -> None:
        """Let go of both."""
        self._shared.release()
        self._own.release()
