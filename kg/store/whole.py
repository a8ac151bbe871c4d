"""What happens to a change whose writing fails halfway: it is taken back, or it is in; nobody is told otherwise.

A change is in once its journal entry has its name. Where publishing fails after that (a full disk), nobody has seen it
yet: readers take what the pointer names. So its traces are removed, snapshot first, since a snapshot without an entry
would be damage while an entry without a snapshot is mended by the next writer. Where even that fails, or the pointer
names it already, the change stays and whoever made it is told so.
"""

from __future__ import annotations

import os
import shutil
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from kg.errors import AcceptedUnseen, Conflict, DatabaseUnavailable, NotWritten, StoreDamaged, StoreMissing
from kg.store.home import Home
from kg.store.journal import sync


@contextmanager
def whole_or_not(home: Home, number: int) -> Iterator[None]:
    """Run what writes a revision to the journal and publishes it.

    Raises:
        NotWritten: it could not be written, and nothing of it is left.
        AcceptedUnseen: it is in the journal for good, but could not be published yet.
        Conflict, DatabaseUnavailable: a journal that is shared did not take it.
    """
    try:
        yield
    except (Conflict, DatabaseUnavailable):
        raise  # nothing was written here
    except Exception as error:
        if _is_published(home, number):
            return  # readers see it: what failed came after
        if home.is_recorded(number):
            raise AcceptedUnseen(number, _reason(error)) from error
        try:
            _take_back(home, number)
        except OSError:
            if home.journal.path(number).exists():
                raise AcceptedUnseen(number, _reason(error)) from error
        raise NotWritten(_reason(error)) from error


@contextmanager
def told_where_not_written() -> Iterator[None]:
    """Tell of what the disk refuses before anything of a change is written.

    Raises:
        NotWritten: it refused.
    """
    try:
        yield
    except OSError as error:
        raise NotWritten(_reason(error)) from error


def let_go(error: BaseException | None) -> None:
    """Let go of what the frames of an error still hold: a copy on disk that stays open bars the next writer."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def _is_published(home: Home, number: int) -> bool:
    with suppress(StoreDamaged, StoreMissing, OSError):
        return home.snapshots.newest() >= number
    return False


def _take_back(home: Home, number: int) -> None:
    snapshot, entry = home.snapshots.path(number), home.journal.path(number)
    shutil.rmtree(home.snapshots.folder / f".{snapshot.name}.tmp", ignore_errors=True)
    entry.with_name(f".{entry.name}.tmp").unlink(missing_ok=True)
    if snapshot.exists():
        shutil.rmtree(snapshot)
        sync(snapshot.parent)
    if entry.exists():
        entry.unlink()
        sync(entry.parent)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno).lower()
    return str(error)
