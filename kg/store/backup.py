"""Backup and restore: real copies, with the checksum of every file, verified before they count.

Hard links are no copy against a lost disk, so a backup shares nothing with the store it was made from.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from kg.errors import BadInput, StoreDamaged, StoreMissing
from kg.store.home import Home
from kg.store.journal import sync, write_durably
from kg.store.snapshots import Snapshots

_LIST = "checksums.json"


def back_up(home: Home, folder: Path) -> int:
    """Copy the newest published revision and the journal up to it into an empty folder.

    It runs beside a writer: snapshots and patches never change once they are there.

    Returns:
        The revision that was saved.

    Raises:
        StoreMissing: there is nothing to save.
        BadInput: the folder is not empty.
        StoreDamaged: what would be saved is not sound.
    """
    if not home.exists:
        raise StoreMissing(f"There is no evidence base in {home.folder} yet.")
    home.check_format()
    folder = folder.absolute()
    _refuse_filled(folder)
    draft = _draft(folder)
    revision = _copy(home, draft)
    files = sorted(p for p in draft.rglob("*") if p.is_file())
    sums = {p.relative_to(draft).as_posix(): _sha256(p) for p in files}
    write_durably(draft / _LIST, json.dumps(sums, indent=1, sort_keys=True).encode() + b"\n")
    _put_in_place(draft, folder)
    return revision


def restore(folder: Path, home: Home) -> int:
    """Put a backup in place as a store, after checking every file of it.

    Returns:
        The revision that is there now.

    Raises:
        BadInput: the folder holds no backup, or there is a store already.
        StoreDamaged: a file of the backup is not as it was saved.
        StoreTooNew: a newer program made it.
    """
    if not (folder / _LIST).exists():
        raise BadInput(f"{folder} holds no backup ({_LIST} is missing).")
    target = home.folder.absolute()
    _refuse_filled(target, but="lock")
    sums = verify_backup(folder)
    Home(folder).check_format()
    draft = _draft(target)
    for name in sums:
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(folder / name, draft / name)
    _put_in_place(draft, target)
    return home.snapshots.newest()


def verify_backup(folder: Path) -> dict[str, str]:
    """Compare every file of a backup with its checksum.

    Returns:
        The checksum of each file, by its name.

    Raises:
        StoreDamaged: one differs or is missing; all of them are named.
    """
    try:
        sums: dict[str, str] = dict(json.loads((folder / _LIST).read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise StoreDamaged(f"The list of checksums in {folder} is not as it was saved.") from error
    wrong = [name for name, wanted in sums.items() if _sha256(folder / name) != wanted]
    if wrong:
        raise StoreDamaged(f"The backup in {folder} is not as it was saved: {', '.join(wrong[:5])}.")
    return sums


def _copy(home: Home, draft: Path) -> int:
    """Copy the newest revision into a folder, and make sure that it can be read there."""
    revision = home.snapshots.newest()
    target = Snapshots(draft / "snapshots")
    try:
        shutil.copytree(home.snapshots.path(revision), target.path(revision))
        if not target.sound(revision):
            raise StoreDamaged(f"Revision {revision} in {home.folder} cannot be read. Nothing was saved.")
    except (OSError, StoreDamaged):
        shutil.rmtree(draft, ignore_errors=True)
        if home.snapshots.newest() == revision:
            raise
        return _copy(home, draft)  # it was dropped for newer ones while we copied
    write_durably(target.folder / "current", f"{revision}\n".encode())
    journal = draft / "journal"
    journal.mkdir()
    for number in range(1, revision + 1):
        home.journal.read(number)
        shutil.copy2(home.journal.path(number), journal)
    shutil.copy2(home.folder / "format.json", draft)
    return revision


def _draft(folder: Path) -> Path:
    draft = folder.with_name(f".{folder.name}.tmp")
    shutil.rmtree(draft, ignore_errors=True)
    return draft


def _put_in_place(draft: Path, folder: Path) -> None:
    """Force what was copied to disk, and only then give it its name."""
    for path in [draft, *draft.rglob("*")]:
        sync(path)
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
    sync(folder.parent)


def _refuse_filled(folder: Path, but: str = "") -> None:
    if folder.exists() and (not folder.is_dir() or any(p.name != but for p in folder.iterdir())):
        raise BadInput(f"{folder} is not empty. Nothing was changed; choose another folder.")


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
