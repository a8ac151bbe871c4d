"""The one writer: every change of the base goes through `Writer.commit`.

The working copy is disposable. The truth is the newest sound snapshot and the journal's patches after it; a
writer starts from these each time, so whatever a crash left half done in the working copy is gone by itself.
Where the base is small it is also held in memory, where changes are tried, derived and checked (two to five times
faster); the copy on disk then only ever sees accepted patches.
Source: architecture.md, decisions 2–4.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Self, TypeVar

from pyoxigraph import Store

from kg.errors import Conflict, DoesNotConform, StoreDamaged, StoreMissing, Violation
from kg.store.change import Change, provenance, refuse_misplaced, refuse_torn
from kg.store.engine import Engine, Reader, in_memory
from kg.store.graphs import DERIVED_GRAPH
from kg.store.home import Home
from kg.store.patch import Patch
from kg.store.terms import Quad, canonical
from kg.store.warm import Warm
from kg.store.whole import let_go, told_where_not_written, whole_or_not

T = TypeVar("T")

Check = Callable[[Reader], list[Violation]]
"""What must hold after each change: gives the violations."""
Step = Callable[[Reader], Iterable[Quad]]
"""One step of derivation: gives statements of the derived graph, seeing those of the steps before it."""

_BULK = 10_000


class Writer:
    """The writer of a store; a context manager that holds the lock.

    Args:
        home: the store's folder; made when it is not there.
        check: what must hold after every change.
        steps: what follows from the record; the derived graph is cleared and written anew by these in order.
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
    ) -> None:
        self._wait, self._warm = wait, warm or Warm()
        self.home, self._check, self._steps, self._memory_limit = home, check, steps, memory_limit
        self._lock = home.lock()
        self._engine: Engine | None = None
        self._disk: Store | None = None

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
        if self._engine is not None and self._disk is not self._engine.store:
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
        removed, added = _difference(engine, change)
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
        disk = engine.store if self._disk is None else self._disk
        if disk is not engine.store:
            _replace(disk, patch.removed, patch.added)
        self.home.snapshots.publish(disk, patch.number)
        self.home.published(accepted=True)

    def _apply(self, engine: Engine, change: Change, removed: frozenset[Quad], added: frozenset[Quad]) -> Patch | None:
        _replace(engine.store, removed, added)
        derived_out, derived_in = rederive(engine, self._steps)
        if not (removed or added or derived_out or derived_in):
            return None
        number = engine.revision + 1
        facts = canonical(provenance(number, change, datetime.now(UTC)))
        _replace(engine.store, frozenset(), facts)  # checked with the rest, or what is wrong in it would bar the next
        if violations := self._check(engine):
            _replace(engine.store, derived_in | facts, derived_out)
            _replace(engine.store, added, removed)
            self._engine = engine
            raise DoesNotConform(violations)
        return Patch(number, tuple(removed | derived_out), tuple(added | derived_in | facts))

    def _start(self) -> None:
        if self.home.exists:
            self.home.check_format()
        else:
            self.home.mark()
        self.home.catch_up()
        head = self.home.journal.head
        engine = self._warmed(head)
        base = head if engine and self._has_published(head) else self._sound_snapshot()
        work = self.home.folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        if base:
            Store.read_only(str(self.home.snapshots.path(base))).backup(str(work))
        self._disk = store = Store(str(work))
        for patch in self.home.journal.since(base):
            _replace(store, patch.removed, patch.added)
        if head and (head != base or self._published() != head):
            self.home.snapshots.publish(store, head)
        self.home.published()
        if engine is None:
            small = len(store) <= self._memory_limit
            engine = in_memory(store.quads_for_pattern(None, None, None), head) if small else Engine(store, head)
        self._engine = engine

    def _warmed(self, head: int) -> Engine | None:
        """The base as this process left it in memory, with what others did since."""
        engine = self._warm.take(self.home.journal)
        if engine is None or engine.revision > head:
            return None
        for patch in self.home.journal.since(engine.revision):
            _replace(engine.store, patch.removed, patch.added)
        engine.revision = head
        return engine

    def _has_published(self, head: int) -> bool:
        return self._published() == head and self.home.snapshots.path(head).is_dir()

    def _sound_snapshot(self) -> int:
        head = self.home.journal.head
        newest = max([self._published(), *self.home.snapshots.revisions()])
        if newest > head:
            raise StoreDamaged(
                f"Revision {newest} was published in {self.home.folder}, but the journal ends at {head}. "
                "Nothing was changed; restore a backup."
            )
        for revision in self.home.snapshots.revisions():
            if self.home.snapshots.sound(revision):
                return revision
            self.home.snapshots.set_aside(revision)
        return 0

    def _published(self) -> int:
        try:
            return self.home.snapshots.newest()
        except (StoreDamaged, StoreMissing):  # an unreadable pointer is put right by publishing anew
            return 0


def trying(engine: Engine, change: Change, steps: Sequence[Step], look: Callable[[Engine], T]) -> T:
    """What somebody sees who looks at the base with a change made; afterwards it is as before, unless this raises."""
    removed, added = _difference(engine, change)
    _replace(engine.store, removed, added)
    derived_out, derived_in = rederive(engine, steps)
    seen = look(engine)
    _replace(engine.store, derived_in | added, derived_out | removed)
    return seen


def rederive(engine: Engine, steps: Sequence[Step]) -> tuple[frozenset[Quad], frozenset[Quad]]:
    """Clear the derived graph and write it anew; gives what went out and what came in."""
    before = frozenset(engine.quads(graph=DERIVED_GRAPH))
    engine.store.clear_graph(DERIVED_GRAPH)
    for step in steps:
        _replace(engine.store, (), step(engine))
    after = frozenset(engine.quads(graph=DERIVED_GRAPH))
    return before - after, after - before


def _difference(reader: Reader, change: Change) -> tuple[frozenset[Quad], frozenset[Quad]]:
    removed, added = canonical(change.removed), canonical(change.added)
    present = {q for s in {q.subject for q in removed | added} for q in reader.quads(subject=s)}
    return (removed - added) & present, added - present


def _replace(store: Store, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
    for quad in removed:
        store.remove(quad)
    added = tuple(added)
    if len(added) > _BULK:
        store.bulk_extend(added)
    else:
        store.extend(added)
