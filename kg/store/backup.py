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
from kg.store.journal import sync_folder, write_durably
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
    """
    if not home.exists:
        raise StoreMissing(f"There is no evidence base in {home.folder} yet.")
    home.check_format()
    _refuse_filled(folder)
    revision = home.snapshots.newest()
    draft = folder.with_name(f".{folder.name}.tmp")
    shutil.rmtree(draft, ignore_errors=True)
    _copy(home, draft, revision)
    files = sorted(p for p in draft.rglob("*") if p.is_file())
    sums = {str(p.relative_to(draft)): _sha256(p) for p in files}
    write_durably(draft / _LIST, json.dumps(sums, indent=1, sort_keys=True).encode() + b"\n")
    if folder.exists():
        folder.rmdir()
    draft.rename(folder)
    sync_folder(folder.parent)
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
    _refuse_filled(home.folder)
    verify_backup(folder)
    Home(folder).check_format()
    draft = home.folder.with_name(f".{home.folder.name}.tmp")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(folder, draft, ignore=shutil.ignore_patterns(_LIST))
    if home.folder.exists():
        shutil.rmtree(home.folder)
    home.folder.parent.mkdir(parents=True, exist_ok=True)
    draft.rename(home.folder)
    sync_folder(home.folder.parent)
    return home.snapshots.newest()


def verify_backup(folder: Path) -> None:
    """Compare every file of a backup with its checksum.

    Raises:
        StoreDamaged: one differs or is missing; all of them are named.
    """
    sums = json.loads((folder / _LIST).read_text(encoding="utf-8"))
    wrong = [name for name, wanted in sums.items() if _sha256(folder / name) != wanted]
    if wrong:
        raise StoreDamaged(f"The backup in {folder} is not as it was saved: {', '.join(wrong[:5])}.")


def _copy(home: Home, draft: Path, revision: int) -> None:
    target = Snapshots(draft / "snapshots")
    shutil.copytree(home.snapshots.path(revision), target.path(revision))
    write_durably(target.folder / "current", f"{revision}\n".encode())
    journal = draft / "journal"
    journal.mkdir()
    for number in range(1, revision + 1):
        shutil.copy2(home.journal.path(number), journal)
    shutil.copy2(home.folder / "format.json", draft)


def _refuse_filled(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(p.name != "lock" for p in folder.iterdir())):
        raise BadInput(f"{folder} is not empty. Nothing was changed; choose another folder.")


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
