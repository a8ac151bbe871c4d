"""Restoring: a backup put in place as a base, at its newest revision or at an earlier one."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from kg.contributing import home
from kg.errors import BadInput
from kg.operating import files, people
from kg.operating.backup import ABOUT, Backup, check_backup, newest_backup
from kg.operating.reconciling import Reopened, reopen
from kg.operating.saving import KNOWN
from kg.settings import Settings
from kg.store import Home
from kg.store.rewinding import rewind

_LEAST = {"lock"}
"""What a start that was refused leaves in an empty folder."""


@dataclass(frozen=True)
class Restored:
    """What is in place.

    Attributes:
        revision: the newest one that is there now.
        backup: where it came from.
        people: whether accounts and drafts came back.
        reopened: what waits again since the base no longer has it.
    """

    revision: int
    backup: Backup
    people: bool
    reopened: Reopened


def restore(folder: Path, settings: Settings, *, to: int = 0, with_people: bool = True) -> Restored:
    """Put a backup in place as a base, after checking every file of it.

    Args:
        folder: a backup, or a folder of them, of which the newest is taken.
        settings: where the base shall lie, and the database of accounts; both must be empty or not be there.
        to: the revision to go back to; 0: the newest one of the backup.
        with_people: whether accounts and drafts come back too.

    Raises:
        BadInput: the folder holds no backup, there is a base already, or the backup has no such revision.
        StoreDamaged: a file of the backup is not as it was saved.
        StoreTooNew: a newer program made it.
        DatabaseUnavailable: accounts and drafts cannot be brought back.
    """
    backup, target = newest_backup(folder.absolute()), home(settings).folder.absolute()
    _refuse_filled(target)
    if not 0 <= to <= backup.revision:
        raise BadInput(f"{backup.folder} has the revisions 1 to {backup.revision}, and none {to}. Nothing was changed.")
    with_people = with_people and _has_people(backup, settings)
    sums = check_backup(backup)
    Home(backup.folder).check_format()
    draft = target.with_name(f".{target.name}.tmp")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        left = {ABOUT, KNOWN} if with_people else {ABOUT, KNOWN, people.FILE, people.DUMP}
        _copy(backup.folder, draft, sorted(sums.keys() - left))
        revision = _rewound(Home(draft), backup, to)
        reopened = _people(settings, draft, revision) if with_people else Reopened()
        files.put_in_place(draft, target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return Restored(revision, backup, with_people, reopened)


def _rewound(draft: Home, backup: Backup, to: int) -> int:
    if to and to < backup.revision:
        rewind(draft, to)
        return to
    return backup.revision


def _people(settings: Settings, draft: Path, revision: int) -> Reopened:
    database = people.bring_back(settings, draft)
    try:
        return reopen(database, revision)
    finally:
        database.close()
        (draft / people.DUMP).unlink(missing_ok=True)


def _has_people(backup: Backup, settings: Settings) -> bool:
    """Whether a backup's accounts can go where these settings say.

    Raises:
        BadInput: they are of another kind of database, or there are some already.
    """
    if backup.people not in (people.SQLITE, people.POSTGRESQL):
        return False
    if backup.people != people.kind(settings):
        raise BadInput(
            f"The accounts in {backup.folder} come from {backup.people}, GAPBRIDGE_DATABASE names "
            f"{people.kind(settings)}. Nothing was changed; set it as it was, or leave them out with --without-people."
        )
    people.check_empty(settings)
    return True


def _copy(folder: Path, draft: Path, names: list[str]) -> None:
    for name in names:
        with (folder / name).open("rb") as source:
            files.copy(source, draft / name)


def _refuse_filled(target: Path) -> None:
    if target.exists() and (not target.is_dir() or {p.name for p in target.iterdir()} - _LEAST):
        raise BadInput(f"{target} is not empty. Nothing was changed; choose another folder.")
