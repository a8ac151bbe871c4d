"""Working copies of a published snapshot: to bring a store back to an earlier revision, or to try something on."""

from __future__ import annotations

import shutil
from pathlib import Path

from pyoxigraph import Store

from kg.errors import NotFound, StoreDamaged
from kg.store.engine import Engine
from kg.store.home import Home


def rewind(home: Home, number: int) -> None:
    """Bring a store back to an earlier revision: later patches are undone, newest first, and their entries go.

    Nobody may be using the store. Derived links are in the patches, so they come back as they were.

    Raises:
        NotFound: there is no such revision.
        StoreDamaged: a patch is not as it was written, or what comes out is not that revision.
    """
    newest = home.snapshots.newest()
    if not 0 < number <= newest:
        raise NotFound(f"revision {number}")
    work = home.folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    store = copied(home.snapshots.path(newest), newest, work).store
    for later in range(newest, number, -1):
        patch = home.journal.read(later)
        for quad in patch.added:
            store.remove(quad)
        store.extend(patch.removed)
    for revision in home.snapshots.revisions():  # the newest ones are kept, and it would be none of these
        shutil.rmtree(home.snapshots.path(revision))
    home.snapshots.publish(store, number)
    del store
    shutil.rmtree(work)
    for later in range(newest, number, -1):
        home.journal.path(later).unlink()
    if not home.snapshots.sound(number):
        raise StoreDamaged(f"What the journal gives for revision {number} is not that revision.")


def copied(snapshot: Path, revision: int, folder: Path) -> Engine:
    """A copy of a snapshot that may be changed, by hard links where the folder's disk is the same.

    Raises:
        StoreDamaged: the snapshot cannot be opened.
    """
    try:
        Store.read_only(str(snapshot)).backup(str(folder))
        return Engine(Store(str(folder)), revision)
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreDamaged(f"The snapshot in {snapshot} cannot be opened: {error}") from error
