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
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

from kg.accounts import moved_tokens, signing_key
from kg.contributing import home
from kg.errors import BadInput, StoreDamaged, StoreMissing
from kg.operating import files, people
from kg.settings import Settings
from kg.store import Home
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
    """

    folder: Path
    revision: int
    at: str
    people: str
    program: str
    copied: int = 0
    linked: int = 0


def back_up(settings: Settings, folder: Path, *, keep: int = 0, with_people: bool = True) -> Backup:
    """Save the newest published revision, the journal up to it and what lies beside them.

    It runs beside a writer and a server: snapshots and patches never change once they are there.

    Args:
        settings: where the base lies.
        folder: where the backups lie; made where it is not there.
        keep: how many backups stay; 0: all of them.
        with_people: whether accounts and drafts are saved too.

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
        made = _made(settings, place, folder, with_people)
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


def check_backup(backup: Backup) -> dict[str, str]:
    """Compare every file of a backup with its checksum.

    Returns:
        The checksum of each file, by its name.

    Raises:
        StoreDamaged: one differs or is missing; some of them are named.
    """
    sums = files.read_list(backup.folder)
    wrong = list(files.differing(backup.folder, sums, sums))
    if wrong:
        raise StoreDamaged(
            f"The backup in {backup.folder} is not as it was saved: {', '.join(wrong[:5])}. "
            "Restore an earlier one by its folder, or a copy of it from elsewhere; then look at the disk."
        )
    return sums


def _made(settings: Settings, place: Home, folder: Path, with_people: bool) -> Backup:
    last = next(iter(backups(folder)), None)
    draft = folder / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)  # of one that was killed
    draft.mkdir(mode=0o700)
    try:
        saving = _Saving(draft, last)
        with _pinned(place) as (revision, snapshot):
            saving.take_all(snapshot)
        if not Snapshots(draft / "snapshots").sound(revision):
            raise StoreDamaged(f"Revision {revision} in {place.folder} cannot be read. Nothing was saved.")
        _take_journal(saving, place, revision)
        kind = people.save(settings, draft) if with_people else "left out"
        made = saving.finish(settings, revision, kind)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    number = int(last.folder.name[:6]) + 1 if last else 1
    final = folder / f"{number:06}-r{revision}"
    files.put_in_place(draft, final)
    return Backup(final, *made)


class _Saving:
    """Fills a draft, with a second name for what an earlier backup has."""

    def __init__(self, draft: Path, last: Backup | None) -> None:
        self.draft, self.sums = draft, dict[str, str]()
        self._earlier: dict[str, Path] = {}
        if last is not None:
            with suppress(StoreDamaged):  # then nothing is shared with it
                self._earlier = {sum: last.folder / name for name, sum in files.read_list(last.folder).items()}
        self.copied = self.linked = 0

    def take_all(self, found: dict[str, IO[bytes]]) -> None:
        for name, source in found.items():
            self.take(name, source)

    def take(self, name: str, source: IO[bytes]) -> None:
        """Take a file in; what was written is read back and compared."""
        wanted, target = files.sum_of(source), self.draft / name
        size = os.fstat(source.fileno()).st_size
        self.sums[name] = wanted
        known = self._earlier.get(wanted)
        if known and files.sha256(known) == wanted and files.link(known, target):
            self.linked += size
            return
        files.copy(source, target)
        self.copied += size
        if files.sha256(target) != wanted:
            raise StoreDamaged(f"{name} was not written as it is. Is the disk of {self.draft.parent} sound?")

    def finish(self, settings: Settings, revision: int, kind: str) -> tuple[int, str, str, str, int, int]:
        """Take in the small files, and write down the checksum of each file."""
        for name in ("format.json", *_SECRETS):
            path = settings.data / name
            if path.exists():
                with path.open("rb") as source:
                    self.take(name, source)
        write_durably(self.draft / "snapshots" / "current", f"{revision}\n".encode())
        about = (revision, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", kind, version("gapbridge"))
        told = dict(zip(("revision", "at", "people", "program"), about, strict=True))
        write_durably(self.draft / ABOUT, json.dumps(told).encode() + b"\n")
        beside = ("snapshots/current", ABOUT, people.FILE, people.DUMP)
        self.sums |= {name: files.sha256(self.draft / name) for name in beside if (self.draft / name).exists()}
        files.write_list(self.draft, self.sums)
        return (*about, self.copied, self.linked)


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


def _take_journal(saving: _Saving, place: Home, revision: int) -> None:
    for number in range(1, revision + 1):
        if not place.journal.sound(number):
            raise StoreDamaged(
                f"{place.journal.path(number)} is not as it was written: its checksum does not match. Nothing was "
                "saved."
            )
        path = place.journal.path(number)
        with path.open("rb") as source:
            saving.take(f"journal/{path.name}", source)


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
