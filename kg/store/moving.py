"""Readers in memory that move on by the journal's patches: a revision changes little, and loading a snapshot is long.

Nobody ever sees a half of a change: what is in memory is moved on while nobody reads it. Whoever holds a reader reads
its revision to the end, and the move waits for that; where it would wait too long, the snapshot is loaded beside.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from queue import Empty, SimpleQueue

from pyoxigraph import Store

from kg.errors import StoreDamaged
from kg.store.engine import Engine
from kg.store.home import Home
from kg.store.journal import Journal
from kg.store.patch import Patch

PATIENCE_SECONDS = 0.25
"""So long a move waits for those who still read; to load a small base anew takes a little longer."""
MOST_PATCHES, MOST_BYTES = 100, 4 << 20
"""Further behind, or with more to read than this, it is quicker to load the snapshot."""
MOST_REMOVED = 20_000
"""What was taken out keeps its place in memory, some 600 bytes a statement, until all is loaded anew."""


class Held:
    """One revision in memory.

    Args:
        store: its statements; from now on nobody else's to change.
        revision: which one.
        journal: the patches that lead on from it.
    """

    def __init__(self, store: Store, revision: int, journal: Journal) -> None:
        self.store, self.revision, self._journal = store, revision, journal
        self._seal, self._removed = journal.seal(revision), 0

    def patches(self, revision: int) -> list[Patch] | None:
        """What leads to a later revision; None where that one's snapshot had better be loaded."""
        ahead = range(self.revision + 1, revision + 1)
        if not self._seal or self._seal != self._journal.seal(self.revision):  # another base was put in its place
            return None
        try:
            if not 0 <= revision - self.revision <= MOST_PATCHES or sum(map(self._journal.size, ahead)) > MOST_BYTES:
                return None
            found = [self._journal.read(number) for number in ahead]
        except StoreDamaged:  # the snapshot holds all the same what this one did
            return None
        removed = self._removed + sum(len(patch.removed) for patch in found)
        return found if removed <= MOST_REMOVED else None

    def move(self, patches: Sequence[Patch]) -> None:
        """Move on by patches that follow on each other; nobody may read meanwhile."""
        for patch in patches:
            for quad in patch.removed:
                self.store.remove(quad)
            self.store.extend(patch.added)
            self.revision, self._removed = patch.number, self._removed + len(patch.removed)
        self._seal = self._journal.seal(self.revision)


class Moving:
    """Hands out readers over the newest published revision; to be asked by one thread at a time.

    Args:
        home: the store's folder.
        memory_limit: up to this many statements the base is held in memory.
    """

    def __init__(self, home: Home, memory_limit: int) -> None:
        self._home, self._memory_limit = home, memory_limit
        self._held: Held | None = None
        self._lent: weakref.ref[Engine] | None = None
        self._back = SimpleQueue[object]()

    def lend(self, engine: Engine) -> Engine:
        """Hand out a reader that was just opened; from now on its store is moved on here and nowhere else."""
        self._held = Held(engine.store, engine.revision, self._home.journal) if engine.in_memory else None
        return self._noted(engine)

    def newest(self) -> Engine:
        """A reader over the newest published revision; whoever asks must have let go of the one before.

        Raises:
            StoreMissing, StoreTooNew, StoreDamaged: as the words say.
        """
        self._home.check_format()
        held = self._held
        patches = held.patches(self._home.snapshots.newest()) if held else None
        if held is None or patches is None or not self._is_back():
            self._held = held = None  # before another is loaded, which needs the place
            return self.lend(self._home.reader(self._memory_limit))
        held.move(patches)
        return self._noted(Engine(held.store, held.revision, in_memory=True))

    def _noted(self, engine: Engine) -> Engine:
        back = self._back = SimpleQueue[object]()  # may be put to from anywhere, a garbage collection too
        self._lent = weakref.ref(engine, back.put)
        return engine

    def _is_back(self) -> bool:
        """Whether nobody reads any more; waits for that, though not for long."""
        if self._lent is None or self._lent() is None:
            return True
        try:
            self._back.get(timeout=PATIENCE_SECONDS)
        except Empty:
            return False
        return True
