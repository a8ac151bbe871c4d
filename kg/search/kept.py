"""The index as it is kept: moved on by what the journal's patches touch, made anew only where that cannot be."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import tantivy

from kg.errors import SearchBeingMade, StoreDamaged
from kg.namespaces import ID
from kg.search.entries import TOLD_BY, all_entries, entries_of
from kg.search.finding import Search
from kg.search.index import Index, schema, write
from kg.search.making import Making
from kg.store import Engine, Home, Reader, make_folder, statements_in

FOLDER = "search"
_LAYOUT = "1"
"""What is written, and how. To be raised with each change of `kg.search.entries`, `index` or `words` that shows."""
_MOST_BYTES = 32 << 20
"""Where the patches are longer than this, the index is made anew."""
_HEAP = 128 << 20


class Searches:
    """Gives what can be found, of one revision after the other; to be asked by one thread at a time.

    Beside a reader in memory the index is in memory too. Beside one on disk it lies in the store's folder, where all
    processes share it; it may be removed at any time, and is made anew where it is missing or cannot be opened.

    Args:
        home: the store's folder.
        apart: whether the index of a large base is made by another process, while whoever asks is told so.
    """

    def __init__(self, home: Home, *, apart: bool = False) -> None:
        self._journal, self._snapshots, self._folder = home.journal, home.snapshots, home.folder / FOLDER
        self._making = Making(home) if apart else None
        self._private: tantivy.Index | None = None

    def of(self, reader: Reader) -> Search:
        """What can be found of a reader's revision; of a later one where another process has moved the index on.

        Raises:
            SearchBeingMade: it is made apart; to be asked again.
        """
        if isinstance(reader, Engine) and not reader.in_memory:
            try:
                return Search(reader, self._shared(reader))
            except (OSError, ValueError):
                pass  # nothing can be written there; as for `kg.history.Index`, it is held in memory then
        index = self._private
        if index is None or not self._moved(index, reader):
            self._private = index = self._anew(reader)
        return Search(reader, Index(index))

    def _anew(self, reader: Reader) -> tantivy.Index:
        index = tantivy.Index(schema())
        write(index, all_entries(reader), self._mark(reader.revision))
        return index

    def make(self, reader: Reader) -> None:
        """Make the index of a reader on disk where it is missing, or bring it to the reader's revision.

        Raises:
            OSError, ValueError: it cannot be written.
        """
        self._shared(reader)

    def _shared(self, reader: Reader) -> Index:
        index = self._opened()
        if index is None or Index(index).mark != self._mark(reader.revision):
            self._refuse_waiting(reader, at_once=index is None)
            with self._locked():
                index = self._opened()
                if index is None or not (self._is_ahead(index, reader) or self._moved(index, reader)):
                    self._make_apart(reader)
                    index = self._built(reader)
        return Index(index)

    def _refuse_waiting(self, reader: Reader, *, at_once: bool) -> None:
        """Refuse to wait for an index that is being made.

        Args:
            reader: of which it is asked.
            at_once: whether there is none yet: then whoever holds the lock is making it.

        Raises:
            SearchBeingMade: it is.
        """
        if self._making and (self._making.is_under_way or (at_once and self._is_large(reader) and self._is_locked())):
            raise SearchBeingMade

    def _make_apart(self, reader: Reader) -> None:
        """Have the index of a large base made, unless that was tried in vain.

        Raises:
            SearchBeingMade: it is.
        """
        if self._making and self._is_large(reader) and not self._making.has_failed:
            self._making.begin(reader.revision)
            raise SearchBeingMade

    def _is_large(self, reader: Reader) -> bool:
        """Whether to make an index keeps people waiting: its base takes long to be read."""
        return self._snapshots.is_large(reader.revision)

    def _is_locked(self) -> bool:
        """Whether another process is writing."""
        try:
            with (self._folder / "lock").open() as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def _opened(self) -> tantivy.Index | None:
        """The index that lies there; None where there is none that can be used."""
        try:
            return tantivy.Index.open(str(self._folder / _LAYOUT))
        except (OSError, ValueError):
            return None

    def _built(self, reader: Reader) -> tantivy.Index:
        draft = self._folder / f".{_LAYOUT}.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        write(tantivy.Index(schema(), str(draft)), all_entries(reader), self._mark(reader.revision), heap=_HEAP)
        final = self._folder / _LAYOUT
        shutil.rmtree(final, ignore_errors=True)
        return tantivy.Index.open(str(draft.rename(final)))

    def _moved(self, index: tantivy.Index, reader: Reader) -> bool:
        """Whether an index is of the reader's revision now."""
        mark = self._mark(reader.revision)
        found = Index(index).mark
        if found != mark:
            things = self._touched(found, reader.revision)
            if things is None:
                return False
            write(index, entries_of(reader, sorted(things)), mark, outdated=things)
        return True

    def _touched(self, mark: str, revision: int) -> set[str] | None:
        """The things whose entries may be others since; None where that cannot be told, or is too much."""
        number = self._number(mark)
        ahead = range(number + 1, revision + 1)
        try:
            if not 0 < number < revision or sum(map(self._journal.size, ahead)) > _MOST_BYTES:
                return None
            told = (row for n in ahead for row in statements_in(self._journal.text(n)))
            return {subject for subject, prop, _ in told if prop in TOLD_BY and subject.startswith(ID)}
        except StoreDamaged:  # a patch is missing
            return None

    def _is_ahead(self, index: tantivy.Index, reader: Reader) -> bool:
        """Whether an index is of a later revision, which whoever asks can open too."""
        return reader.revision < self._number(Index(index).mark) <= self._snapshots.newest()

    def _number(self, mark: str) -> int:
        """The revision that a mark names; 0 where it is not of this journal."""
        number = mark.partition(" ")[0]
        return int(number) if number.isdigit() and mark == self._mark(int(number)) else 0

    def _mark(self, revision: int) -> str:
        return f"{revision} {self._journal.seal(revision)}"

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other processes from writing; whoever dies lets go of it."""
        make_folder(self._folder)
        with (self._folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
