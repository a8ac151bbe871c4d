"""Read replicas: a base copied to another folder, and kept up with, by copying only what is new.

Snapshots and journal entries never change once they are there, so a file of the same name, size and time is the same
file, as rsync takes it. Journal first, then the snapshot under another name, then the pointer: whoever reads the
replica finds a whole revision at every moment. What is beside the base (accounts, drafts, keys) stays where it is.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BadInput, GapbridgeError, StoreDamaged, StoreMissing
from kg.operating import files
from kg.settings import REPLICA
from kg.store import Home
from kg.store.journal import sync, write_durably
from kg.store.lock import WriterLock


@dataclass(frozen=True)
class Round:
    """What one round of copying brought.

    Attributes:
        revision: the newest one that the replica has now.
        copied, linked: bytes that were copied, and bytes that the replica had.
    """

    revision: int
    copied: int = 0
    linked: int = 0


def replicate(source: Home, target: Home) -> Round | None:
    """Bring a replica to the newest published revision; None where it has that already.

    Args:
        source: the base; only read.
        target: the replica; made where its folder is empty or not there.

    Raises:
        StoreMissing: there is no base.
        StoreHeld: another process is copying there.
        BadInput: the folder holds something else, or a replica of another base.
        StoreDamaged: the base has been restored to before what the replica has, or is damaged.
    """
    if not source.exists:
        raise StoreMissing(f"There is no evidence base in {source.folder} yet.")
    source.check_format()
    _claim(source, target)
    lock = WriterLock(target.folder / "lock")
    lock.acquire()
    try:
        return _round(source, target)
    finally:
        lock.release()


def follow(
    source: Home, target: Home, seconds: float, stop: threading.Event, tell: Callable[[Round | GapbridgeError], None]
) -> None:
    """Keep up with a base until somebody says stop; what goes wrong is told, and tried again.

    Args:
        source, target: the base, and the replica's folder.
        seconds: between one look and the next.
        stop: set by whoever wants it to end.
        tell: is given each round that brought something, and each error.

    Raises:
        BadInput: the folder holds something else, or a replica of another base.
    """
    while not stop.is_set():
        try:
            if brought := replicate(source, target):
                tell(brought)
        except BadInput:
            raise
        except GapbridgeError as error:
            tell(error)
        except OSError as error:  # the other machine's folder is gone for a while, or the disk is full
            tell(StoreDamaged(f"Nothing could be copied: {error}."))
        stop.wait(seconds)


def _claim(source: Home, target: Home) -> None:
    """Make an empty folder a replica's; refuse one that holds anything else."""
    folder = target.folder
    if target.replica_of:
        return
    if folder.exists() and (not folder.is_dir() or any(p.name != "lock" for p in folder.iterdir())):
        raise BadInput(f"{folder} is not empty and no replica. Nothing was changed; choose another folder.")
    write_durably(folder / REPLICA, json.dumps({"of": str(source.folder)}).encode() + b"\n")


def _round(source: Home, target: Home) -> Round | None:
    newest, have = source.snapshots.newest(), _have(target)
    _refuse_other(source, target, min(target.journal.head, newest))
    if newest < have:
        raise StoreDamaged(
            f"The base in {source.folder} is at revision {newest}, its replica at {have}: it was restored to an "
            f"earlier one. Stop what reads {target.folder}, remove that folder, and replicate anew."
        )
    if newest == have:
        return None
    copied = sum(_entry(source, target, number) for number in range(target.journal.head + 1, newest + 1))
    brought = _snapshot(source, target, newest, have)
    if not target.exists:
        target.mark()
    return Round(brought.revision, copied + brought.copied, brought.linked)


def _have(target: Home) -> int:
    with suppress(StoreMissing, StoreDamaged):
        return target.snapshots.newest()
    return 0


def _refuse_other(source: Home, target: Home, number: int) -> None:
    """Refuse to continue one base by another's history.

    Raises:
        BadInput: an entry that both have is not the same.
    """
    if number and source.journal.seal(number) != target.journal.seal(number):
        raise BadInput(
            f"{target.folder} is a replica of another base, or of another past of this one: revision {number} differs. "
            "Nothing was changed; remove that folder, or choose another one."
        )


def _entry(source: Home, target: Home, number: int) -> int:
    """Copy a journal entry; gives its bytes."""
    if not source.journal.sound(number):
        raise StoreDamaged(f"{source.journal.path(number)} is not as it was written: its checksum does not match.")
    final = target.journal.path(number)
    draft = final.with_name(f".{final.name}.tmp")
    draft.unlink(missing_ok=True)
    with source.journal.path(number).open("rb") as file:
        files.copy(file, draft)
    draft.rename(final)
    sync(final.parent)
    return source.journal.size(number)


def _snapshot(source: Home, target: Home, revision: int, have: int) -> Round:
    """Copy a snapshot and publish it; where it is dropped for a newer one meanwhile, that one is taken instead."""
    draft = target.snapshots.folder / f".{revision:08}.tmp"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    copied = linked = 0
    try:
        for path in sorted(source.snapshots.path(revision).iterdir()):
            known, size = target.snapshots.path(have) / path.name, path.stat().st_size
            if _same(path, known) and files.link(known, draft / path.name):
                linked += size
                continue
            with path.open("rb") as file:
                files.copy(file, draft / path.name)
            copied += size
    except FileNotFoundError:
        shutil.rmtree(draft)
        newest = source.snapshots.newest()
        if newest == revision:
            raise StoreDamaged(f"Revision {revision} in {source.folder} is not there.") from None
        for number in range(target.journal.head + 1, newest + 1):
            copied += _entry(source, target, number)
        return _snapshot(source, target, newest, have)
    sync(draft)
    target.snapshots.put_in_place(draft, revision)
    return Round(revision, copied, linked)


def _same(one: Path, other: Path) -> bool:
    try:
        a, b = os.stat(one), os.stat(other)
    except FileNotFoundError:
        return False
    return (a.st_size, a.st_mtime_ns) == (b.st_size, b.st_mtime_ns)
