"""Backups: a folder of whole copies, each complete by itself, that share the files which did not change.

What lies in the backup folder shares nothing with the base: hard links are no copy against a lost disk. Between two
backups they are: a file whose checksum an earlier backup has is not copied again, but given a second name. The base is
taken first and the database of accounts after it, so that of what was accepted meanwhile the database knows too much
and never too little; restoring sets that right (`kg.operating.reconciling`).
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

from kg.accounts import moved_tokens, signing_key
from kg.contributing import home
from kg.errors import BadInput, StoreDamaged, StoreMissing
from kg.operating import files, people
from kg.operating.saving import KNOWN, Saving
from kg.settings import Settings
from kg.store import Home
from kg.store.agreeing import agrees, is_short
from kg.store.journal import write_durably
from kg.store.lock import WriterLock
from kg.store.snapshots import Snapshots

ABOUT = "backup.json"
_DRAFT = ".making.tmp"
MIGRATED = "migrated.json"
"""What `kg.operating.migrating` keeps with the backup it makes."""
_BESIDE = ("lock", "lost+found", _DRAFT, MIGRATED)
_NAME = re.compile(r"(\d{6})-r(\d+)")
_SECRETS = (signing_key.FILE, moved_tokens.FILE)


@dataclass(frozen=True)
class Backup:
    """A backup.

    Attributes:
        folder: where it lies.
        revision: the newest one in it.
        at: when it was made.
        people: of which kind its database of accounts is; `none` where there was none, `left out` where so wished.
        program: which gapbridge made it.
        copied, linked: how many bytes were written, and how many an earlier backup had.
        believed: how many of the latter were not read again (`kg.operating.saving`).
    """

    folder: Path
    revision: int
    at: str
    people: str
    program: str
    copied: int = 0
    linked: int = 0
    believed: int = 0


def back_up(settings: Settings, folder: Path, *, keep: int = 0, with_people: bool = True, anew: bool = False) -> Backup:
    """Save the newest published revision, the journal up to it and what lies beside them.

    It runs beside a writer and a server: snapshots and patches never change once they are there.

    Args:
        settings: where the base lies.
        folder: where the backups lie; made where it is not there.
        keep: how many backups stay; 0: all of them.
        with_people: whether accounts and drafts are saved too.
        anew: whether to read all, and not only what the backup before did not read within a month.

    Raises:
        StoreMissing: there is nothing to save.
        BadInput: the folder holds something else, or lies in the base.
        StoreHeld: another backup is being made there.
        StoreDamaged: what would be saved, or what was written, is not sound; earlier backups stay.
        DatabaseUnavailable: accounts and drafts cannot be copied.
    """
    place, folder = home(settings), folder.absolute()
    if not place.exists:
        raise StoreMissing(f"There is no evidence base in {place.folder} yet.")
    place.check_format()
    _refuse_inside(folder, place.folder)
    _refuse_foreign(folder)
    lock = WriterLock(folder / "lock")
    lock.acquire()
    try:
        made = _made(settings, place, folder, with_people=with_people, anew=anew)
        for old in backups(folder)[keep:] if keep else []:
            shutil.rmtree(old.folder)
    finally:
        lock.release()
    return made


def backups(folder: Path) -> list[Backup]:
    """The backups in a folder, newest first; the folder itself where it is one."""
    if (folder / files.LIST).exists():
        return [_read(folder)]
    found = sorted((p for p in folder.glob("*") if _NAME.fullmatch(p.name)), reverse=True)
    return [_read(path) for path in found if (path / files.LIST).exists()]


def newest_backup(folder: Path) -> Backup:
    """The newest backup of a folder.

    Raises:
        BadInput: there is none.
    """
    for backup in backups(folder):
        return backup
    raise BadInput(f"{folder} holds no backup ({files.LIST} is missing).")


def check_backup(backup: Backup, read: dict[int, str] | None = None) -> dict[str, str]:
    """Compare every file of a backup with its checksum.

    Args:
        backup: which one.
        read: the checksums of files that were read before, by number: backups share files. Added to.

    Returns:
        The checksum of each file, by its name.

    Raises:
        StoreDamaged: one differs or is missing; some of them are named.
    """
    sums = files.read_list(backup.folder)
    wrong = list(files.differing(backup.folder, sums, {} if read is None else read))
    if wrong:
        raise StoreDamaged(
            f"The backup in {backup.folder} is not as it was saved: {', '.join(wrong[:5])}. "
            "Restore an earlier one by its folder, or a copy of it from elsewhere; then look at the disk."
        )
    return sums


def _made(settings: Settings, place: Home, folder: Path, *, with_people: bool, anew: bool) -> Backup:
    last = next(iter(backups(folder)), None)
    draft = folder / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)  # of one that was killed
    draft.mkdir(mode=0o700)
    try:
        saving = Saving(draft, last.folder if last else None, anew=anew)
        with _pinned(place) as (revision, snapshot):
            _take_snapshot(saving, snapshot)
        _check(saving, place, revision, _take_journal(saving, place, revision))
        kind = people.save(settings, draft) if with_people else "left out"
        _take_small(saving, settings)
        about = _finish(saving, revision, kind)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    number = int(last.folder.name[:6]) + 1 if last else 1
    final = folder / f"{number:06}-r{revision}"
    files.put_in_place(draft, final, {draft / name for name in saving.fresh})
    return Backup(final, *about, saving.copied, saving.linked, saving.believed)


def _take_snapshot(saving: Saving, found: dict[str, IO[bytes]]) -> None:
    for name, source in found.items():
        if not saving.take_known(name, os.fstat(source.fileno())):
            saving.take(name, source)


def _check(saving: Saving, place: Home, revision: int, new: Sequence[int]) -> None:
    """Make sure that the copy of the snapshot can be read: all of it, or what came since it was.

    Raises:
        StoreDamaged: it cannot.
    """
    copy = Snapshots(saving.draft / "snapshots")
    if saving.must_open() or not is_short(place, new):
        sound = copy.sound(revision)
        saving.note_opened()
    else:
        sound = copy.sound(revision, to_the_end=False) and agrees(Home(saving.draft), revision, new)
    if not sound:
        raise StoreDamaged(f"Revision {revision} in {place.folder} cannot be read. Nothing was saved.")


def _take_small(saving: Saving, settings: Settings) -> None:
    """Take in what says which layout the base has, and the keys."""
    for name in ("format.json", *_SECRETS):
        path = settings.data / name
        if path.exists():
            with path.open("rb") as source:
                saving.take(name, source)


def _finish(saving: Saving, revision: int, kind: str) -> tuple[int, str, str, str]:
    """Write down what it is, and the checksum of each file; gives the first of these as `Backup` has it."""
    draft = saving.draft
    write_durably(draft / "snapshots" / "current", f"{revision}\n".encode())
    about = (revision, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", kind, version("gapbridge"))
    told = dict(zip(("revision", "at", "people", "program"), about, strict=True))
    write_durably(draft / ABOUT, json.dumps(told).encode() + b"\n")
    saving.write_known()
    beside = [name for name in ("snapshots/current", ABOUT, KNOWN, people.FILE, people.DUMP) if (draft / name).exists()]
    files.write_list(draft, saving.sums | {name: files.sha256(draft / name) for name in beside})
    saving.fresh |= {*beside, files.LIST}
    return about


@contextmanager
def _pinned(place: Home) -> Iterator[tuple[int, dict[str, IO[bytes]]]]:
    """The files of the newest snapshot, held open: it may be dropped for newer ones while they are copied."""
    while True:
        revision = place.snapshots.newest()
        with ExitStack() as held:
            try:
                found = {
                    path.name: held.enter_context(path.open("rb")) for path in place.snapshots.path(revision).iterdir()
                }
            except FileNotFoundError:
                if place.snapshots.newest() == revision:
                    raise StoreDamaged(
                        f"Revision {revision} in {place.folder} is not there. Nothing was saved."
                    ) from None
                continue
            yield revision, {f"snapshots/{revision:08}/{name}": file for name, file in found.items()}
            return


def _take_journal(saving: Saving, place: Home, revision: int) -> list[int]:
    """Take in the journal up to a revision; gives the entries that the backup before has not.

    Raises:
        StoreDamaged: an entry is missing, or not as it was sealed.
    """
    new = []
    for number in range(1, revision + 1):
        path = place.journal.path(number)
        name = f"journal/{path.name}"
        if path.exists() and saving.take_known(name, path.stat()):
            continue
        if not place.journal.sound(number):
            raise StoreDamaged(f"{path} is not as it was written: its checksum does not match. Nothing was saved.")
        with path.open("rb") as source:
            saving.take(name, source)
        if not saving.had(name):
            new.append(number)
    return new


def _read(folder: Path) -> Backup:
    """A backup as it tells of itself; damaged ones, and those of an earlier program, tell next to nothing."""
    try:
        told = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        return Backup(folder, told["revision"], told["at"], told["people"], told["program"])
    except (OSError, ValueError, KeyError, TypeError):  # its checksums are compared before it is used
        named = _NAME.fullmatch(folder.name)
        return Backup(folder, int(named[2]) if named else _pointed(folder), "", people.NONE, "")


def _pointed(folder: Path) -> int:
    try:
        return Snapshots(folder / "snapshots").newest()
    except (StoreMissing, StoreDamaged):
        return 0


def _refuse_inside(folder: Path, base: Path) -> None:
    """Refuse to put backups into the base that they are to outlive.

    Raises:
        BadInput: they would lie there.
    """
    if folder.resolve().is_relative_to(base.resolve()):
        raise BadInput(f"{folder} lies in the data folder {base} and would be lost with it. Choose another disk.")


def _refuse_foreign(folder: Path) -> None:
    """Refuse to put backups beside anything else.

    Raises:
        BadInput: there is something else, or the folder is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file. Nothing was changed; choose a folder for backups.")
    foreign = [p.name for p in folder.glob("*") if p.name not in _BESIDE and not _NAME.fullmatch(p.name)]
    if (folder / files.LIST).exists():
        raise BadInput(f"{folder} is one backup, of an earlier program. It stays as it is; choose a folder for more.")
    if foreign:
        raise BadInput(f"{folder} is not empty and holds no backups. Nothing was changed; choose another folder.")
