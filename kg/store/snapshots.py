"""Published snapshots: immutable copies by hard link, one a revision, of which readers take the newest.

Source: engines.md, “Snapshots”.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kg.errors import StoreDamaged, StoreMissing
from kg.namespaces import thing
from kg.store.journal import sync, write_durably
from kg.store.terms import NamedNode

_SOON_READ = 100 << 20
"""So many bytes are read to their end before anything is built on them; more where there is reason for doubt."""


class Snapshots:
    """The published snapshots of a store.

    Args:
        folder: where they lie, a folder each, named by revision.
        keep: how many of the newest stay.
    """

    def __init__(self, folder: Path, keep: int = 3) -> None:
        self.folder, self.keep = folder, keep
        self._pointer = folder / "current"
        self._seen = (0, 0, 0)

    def publish(self, store: Store, revision: int) -> None:
        """Make what a store holds now the newest published revision."""
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f".{revision:08}.tmp"
        shutil.rmtree(draft, ignore_errors=True)
        store.backup(str(draft))
        self.put_in_place(draft, revision)

    def put_in_place(self, draft: Path, revision: int) -> None:
        """Make a folder the snapshot of the newest published revision."""
        final = self.path(revision)
        shutil.rmtree(final, ignore_errors=True)
        draft.rename(final)
        sync(self.folder)
        write_durably(self._pointer, f"{revision}\n".encode())
        self._drop_old()

    def newest(self) -> int:
        """The newest published revision.

        Raises:
            StoreMissing: nothing was ever published.
            StoreDamaged: the pointer to it is not readable.
        """
        try:
            file = os.stat(self._pointer)  # a new pointer is a new file
            node, changed, revision = self._seen
            if (node, changed) == (file.st_ino, file.st_mtime_ns):
                return revision
            text = self._pointer.read_bytes().strip()
        except FileNotFoundError as error:
            raise StoreMissing(f"There is no evidence base in {self.folder.parent} yet.") from error
        if not text.isdigit():
            raise StoreDamaged(f"{self._pointer} does not name a revision.")
        self._seen = file.st_ino, file.st_mtime_ns, int(text)
        return int(text)

    def revisions(self) -> list[int]:
        """All revisions of which a snapshot lies there, newest first."""
        return sorted((int(p.name) for p in self.folder.glob("[0-9]*") if p.name.isdigit()), reverse=True)

    def path(self, revision: int) -> Path:
        """The folder of one snapshot."""
        return self.folder / f"{revision:08}"

    def is_large(self, revision: int) -> bool:
        """Whether to read a snapshot to its end would keep people waiting."""
        folder = self.path(revision)
        return folder.is_dir() and sum(file.stat().st_size for file in folder.iterdir()) > _SOON_READ

    def sound(self, revision: int, *, to_the_end: bool = True) -> bool:
        """Whether a snapshot opens, can be read to its end, if that is wanted, and holds the revision of its name."""
        if revision == 0:
            return True
        try:
            store = Store.read_only(str(self.path(revision)))
            mark = NamedNode(thing("revision", str(revision)))
            with Path(os.devnull).open("wb") as nowhere:  # the engine compares its checksums only where it reads
                if to_the_end:
                    store.dump(nowhere, RdfFormat.N_QUADS)
            return any(True for _ in store.quads_for_pattern(mark, None, None, None))
        except (OSError, ValueError, RuntimeError):
            return False

    def set_aside(self, revision: int) -> None:
        """Move a damaged snapshot out of the way, without destroying it."""
        target = self.folder / f"damaged-{revision:08}"
        shutil.rmtree(target, ignore_errors=True)
        self.path(revision).rename(target)

    def _drop_old(self) -> None:
        for revision in self.revisions()[self.keep :]:
            shutil.rmtree(self.path(revision), ignore_errors=True)
