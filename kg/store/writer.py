"""The one writer: every change of the base goes through `Writer.commit`.

The working copy is disposable. The truth is the newest sound snapshot and the journal's patches after it; a
writer starts from these each time, so whatever a crash left half done in the working copy is gone by itself.
Where the base is small it is also held in memory, where changes are tried, derived and checked (two to five times
faster); the copy on disk then only ever sees accepted patches.
Source: architecture.md, decisions 2–4.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol, Self

from pyoxigraph import Store

from kg.errors import Conflict, DoesNotConform, StoreDamaged, StoreMissing, Violation
from kg.namespaces import thing
from kg.store.change import Change, provenance, refuse_misplaced, refuse_torn
from kg.store.engine import Engine, Reader, in_memory, on_disk
from kg.store.graphs import DERIVED_GRAPH
from kg.store.home import Home
from kg.store.patch import Patch
from kg.store.terms import NamedNode, Quad, canonical
from kg.store.warm import Warm
from kg.store.whole import let_go, told_where_not_written, whole_or_not

Check = Callable[[Reader], list[Violation]]
"""What must hold after each change: gives the violations."""
Step = Callable[[Reader], Iterable[Quad]]
"""One step of derivation: gives statements of the derived graph, seeing those of the steps before it."""


@dataclass(frozen=True)
class Outcome:
    """What came of making a change in a working copy.

    Attributes:
        removed, added: what went out of the derived graph, and what came in.
        violations: what refuses the change.
    """

    removed: frozenset[Quad]
    added: frozenset[Quad]
    violations: tuple[Violation, ...] = ()


class Upkeep(Protocol):
    """Keeps what follows from the record, and what must hold, up with a change: for the cost of what it touches."""

    def covers(self, removed: Collection[Quad], added: Collection[Quad]) -> bool:
        """Whether it can follow this change; else all is derived and checked whole."""

    def update(self, engine: Engine, removed: Collection[Quad], added: Collection[Quad]) -> Outcome:
        """Make a change and all that follows from it; it comes to the same as deriving and checking the whole."""


class Writer:
    """The writer of a store; a context manager that holds the lock.

    Args:
        home: the store's folder; made when it is not there.
        check: what must hold after every change.
        steps: what follows from the record; the derived graph is cleared and written anew by these in order.
        upkeep: does the same as these two for changes that it covers, by what they touch; none: all is done whole.
        memory_limit: up to this many statements the base is held in memory as well.
        wait: so many seconds to wait for others who write.
        warm: what holds the base in memory between two writers of this process.

    Raises:
        StoreHeld: somebody else is writing.
        OnlyReplica: it is a copy of another store.
        NotWritten: the disk takes nothing.
        StoreTooNew, StoreDamaged: as the words say; nothing is overwritten.
    """

    def __init__(
        self,
        home: Home,
        check: Check,
        steps: Sequence[Step],
        *,
        memory_limit: int = 0,
        wait: float = 0,
        warm: Warm | None = None,
        upkeep: Upkeep | None = None,
    ) -> None:
        self._wait, self._warm, self._upkeep = wait, warm or Warm(), upkeep
        self.home, self._check, self._steps, self._memory_limit = home, check, steps, memory_limit
        self._lock = home.lock()
        self._engine: Engine | None = None
        self._disk: Engine | None = None

    def __enter__(self) -> Self:
        if self.home.exists:
            self.home.check_format()
        else:
            self.home.refuse_foreign()
        self.home.refuse_replica()
        with told_where_not_written():
            self._lock.acquire(self._wait)
            try:
                self._start()
            except BaseException:
                self._lock.release()
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._engine is not None and self._disk is not self._engine:
            self._warm.give(self._engine, self.home.journal)
        self._engine = self._disk = None
        let_go(error)
        shutil.rmtree(self.home.folder / "work", ignore_errors=True)
        self._lock.release()

    @property
    def reader(self) -> Engine:
        """The base as it stands now, the writer's own changes included."""
        if self._engine is None:
            raise StoreDamaged("This writer is closed, or a change broke off in it; open it anew.")
        return self._engine

    def commit(self, change: Change) -> int:
        """Make a change: all of it, checked, recorded and published, or nothing.

        Returns:
            The revision it made; the newest one when the change made no difference, to the record or to what
            follows from it. So rules that came with a newer program take hold with the next load.

        Raises:
            Conflict: the change was made against an older revision.
            DoesNotConform: the base would not be in order after it.
            NotWritten: the disk refuses it; nothing of it is left.
            AcceptedUnseen: it is on record for good, but could not be published yet.
        """
        engine = self.reader
        if change.base != engine.revision:
            raise Conflict(change.base, engine.revision)
        refuse_misplaced(change)
        refuse_torn(engine, change)
        removed, added = difference(engine, change)
        self._engine = None  # only a change that ends well gives the working copy back
        with told_where_not_written():
            patch = self._apply(engine, change, removed, added)
        if patch is None:
            self._engine = engine
            return engine.revision
        with whole_or_not(self.home, patch.number):
            self.home.journal.append(patch)
            engine.revision = patch.number
            self._publish(engine, patch)
        self._engine = engine
        return patch.number

    def _publish(self, engine: Engine, patch: Patch) -> None:
        disk = self._disk or engine
        if disk is not engine:
            disk.replace(patch.removed, patch.added)
        self.home.snapshots.publish(disk.store, patch.number)
        self.home.published(accepted=True)

    def _apply(self, engine: Engine, change: Change, removed: frozenset[Quad], added: frozenset[Quad]) -> Patch | None:
        number = engine.revision + 1
        facts = canonical(provenance(number, change, datetime.now(UTC)))
        # what is recorded of the revision is checked with the rest, or what is wrong in it would bar the next
        if self._upkeep and self._upkeep.covers(removed, added):
            outcome = self._upkeep.update(engine, removed, added | facts)
        elif found := self._whole(engine, removed, added, facts):
            outcome = found
        else:
            return None
        if outcome.violations:
            engine.replace(outcome.added | added | facts, outcome.removed | removed)
            self._engine = engine
            raise DoesNotConform(outcome.violations)
        return Patch(number, tuple(removed | outcome.removed), tuple(added | outcome.added | facts))

    def _whole(
        self, engine: Engine, removed: frozenset[Quad], added: frozenset[Quad], facts: frozenset[Quad]
    ) -> Outcome | None:
        """Make a change, with the derived graph written anew and everything checked; None where nothing differs."""
        engine.replace(removed, added)
        derived_out, derived_in = rederive(engine, self._steps)
        if not (removed or added or derived_out or derived_in):
            return None
        engine.replace((), facts)
        return Outcome(derived_out, derived_in, tuple(self._check(engine)))

    def _start(self) -> None:
        if self.home.exists:
            self.home.check_format()
        else:
            self.home.mark()
        self.home.catch_up()
        head = self.home.journal.head
        engine = self._warmed(head)
        base, read = (head, None) if engine and self._has_published(head) else self._sound_snapshot()
        work = self.home.folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        if base:
            Store.read_only(str(self.home.snapshots.path(base))).backup(str(work))
        self._disk = disk = Engine(Store(str(work)), head)
        for patch in self.home.journal.since(base):
            disk.replace(patch.removed, patch.added)
            if read:
                read.replace(patch.removed, patch.added)
        if head and (head != base or self._published() != head):
            self.home.snapshots.publish(disk.store, head)
        self.home.published()
        if engine is None and read is not None:
            engine, read.revision = read, head
        if engine is None:
            large = base or len(disk) > self._memory_limit
            engine = disk if large else in_memory(disk.quads(), head)
        self._engine = engine

    def _warmed(self, head: int) -> Engine | None:
        """The base as this process left it in memory, with what others did since."""
        return self._warm.take(self.home.journal, head)

    def _has_published(self, head: int) -> bool:
        return self._published() == head and self.home.snapshots.path(head).is_dir()

    def _sound_snapshot(self) -> tuple[int, Engine | None]:
        """The newest sound snapshot, and what it holds in memory where it is small enough; 0: there is none."""
        head = self.home.journal.head
        newest = max([self._published(), *self.home.snapshots.revisions()])
        if newest > head:
            raise StoreDamaged(
                f"Revision {newest} was published in {self.home.folder}, but the journal ends at {head}. "
                "Nothing was changed; restore a backup."
            )
        snapshots = self.home.snapshots
        for revision in snapshots.revisions():
            doubtful = revision != head or self._published() != head  # somebody broke off
            read = self._read(revision)
            if read or snapshots.sound(revision, to_the_end=doubtful or not snapshots.is_large(revision)):
                return revision, read
            snapshots.set_aside(revision)
        return 0, None

    def _read(self, revision: int) -> Engine | None:
        """A snapshot in memory, which is as good a proof that it is sound; None where it is too large, or is not."""
        try:
            found = on_disk(self.home.snapshots.path(revision), revision, memory_limit=self._memory_limit)
        except StoreDamaged:
            return None
        mark = NamedNode(thing("revision", str(revision)))
        return found if found.in_memory and any(True for _ in found.quads(subject=mark)) else None

    def _published(self) -> int:
        try:
            return self.home.snapshots.newest()
        except (StoreDamaged, StoreMissing):  # an unreadable pointer is put right by publishing anew
            return 0


def trying(engine: Engine, change: Change, upkeep: Upkeep, whole: Callable[[Engine], Outcome]) -> Outcome:
    """What would come of a change; afterwards the base is as before, unless this raises.

    Args:
        engine: the base, for nobody else's eyes.
        change: the change.
        upkeep: follows it, where it can.
        whole: derives and checks all, where it cannot.
    """
    removed, added = difference(engine, change)
    if upkeep.covers(removed, added):
        outcome = upkeep.update(engine, removed, added)
    else:
        engine.replace(removed, added)
        outcome = whole(engine)
    engine.replace(outcome.added | added, outcome.removed | removed)
    return outcome


def rederive(engine: Engine, steps: Sequence[Step]) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """Clear the derived graph and write it anew; gives what went out and what came in."""
    before = frozenset(engine.quads(graph=DERIVED_GRAPH))
    engine.store.clear_graph(DERIVED_GRAPH)
    for step in steps:
        engine.replace((), step(engine))
    after = frozenset(engine.quads(graph=DERIVED_GRAPH))
    return before - after, after - before


def difference(engine: Engine, change: Change) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """What a change really takes out and puts in."""
    removed, added = canonical(change.removed), canonical(change.added)
    present = {quad for quad in removed | added if quad in engine.store}
    return (removed - added) & present, added - present
