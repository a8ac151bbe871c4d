"""Taking a base to a newer program: its ontology and data, the form of its database, the layout of its folder.

Nothing happens silently. What would change is told first; a verified backup is made before anything is touched; the way
back is kept open as long as nobody has built on what came, and refused with the reason after that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from kg.changelog import Changes, compare
from kg.contributing import PROJECT, Forecast, commit, forecast, home, index, open_base, seed_files, undo
from kg.database import Database
from kg.database.checking import Condition, examine_file, examine_server
from kg.database.opening import FILE
from kg.errors import BadInput, StoreTooNew
from kg.namespaces import PREFIXES, thing
from kg.operating import people
from kg.operating.backup import MIGRATED, back_up, newest_backup
from kg.operating.files import sha256
from kg.settings import Settings
from kg.store import Change, NamedNode, Reader, describing, read_files, text_of
from kg.store.journal import write_durably

_MESSAGE = "Ontology and data of a newer program taken in"


@dataclass(frozen=True)
class Plan:
    """What a migration would do.

    Attributes:
        change: to the record, by the program's own ontology and data.
        changes: the same by thing.
        left: things that came with the program and were changed by people since: they stay as they are.
        form, newest_form: the form of the database of accounts, and the one of this program; equal or empty: nothing.
    """

    change: Change
    changes: Changes
    left: tuple[str, ...]
    form: str
    newest_form: str

    @property
    def of_record(self) -> bool:
        """Whether the record would change."""
        return bool(self.change.added or self.change.removed)

    @property
    def of_accounts(self) -> bool:
        """Whether the database of accounts would change."""
        return bool(self.form) and self.form != self.newest_form

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.of_record and not self.of_accounts


@dataclass(frozen=True)
class Migrated:
    """What a migration did; kept with its backup, so that it can be taken back.

    Attributes:
        before, after: the revisions; the same where the record did not change.
        form_before, form_after: the forms of the database of accounts.
        accounts: what the database was like right after, to tell whether anybody has written since.
    """

    before: int
    after: int
    form_before: str
    form_after: str
    accounts: str


def plan(settings: Settings) -> Plan:
    """What it takes to bring a base to this program.

    Raises:
        StoreMissing, StoreDamaged: there is no base that can be opened.
        StoreTooNew: base or accounts are of a newer program.
        DatabaseUnavailable: the database of accounts does not answer.
    """
    reader = open_base(replace(settings, memory_limit_quads=0))  # few things are looked up: that is done on disk
    condition = _condition(settings)
    if not condition.known:
        raise StoreTooNew(
            f"The database of accounts has the form {condition.form}; this program knows forms up to "
            f"{condition.newest}. Nothing was changed. Install a newer gapbridge to open it."
        )
    change, left = program_change(settings, reader)
    return Plan(change, compare(change.removed, change.added), left, condition.form, condition.newest)


def program_change(settings: Settings, reader: Reader) -> tuple[Change, tuple[str, ...]]:
    """What the program's own ontology and data would change, and the things people have changed, which stay."""
    statements = [s for _, found in read_files(seed_files()) for s in found]
    change = describing(reader, statements, PROJECT, _MESSAGE)
    touched = {text_of(quad.subject) for quad in change.added | change.removed}
    left = _by_people(settings, reader, touched)
    added = frozenset(quad for quad in change.added if text_of(quad.subject) not in left)
    removed = frozenset(quad for quad in change.removed if text_of(quad.subject) not in left)
    return replace(change, added=added, removed=removed), tuple(sorted(left))


def tried(settings: Settings, found: Plan) -> Forecast:
    """What a plan would do to links and statuses, and what would refuse it."""
    return forecast(settings, found.change)


def migrate(settings: Settings, found: Plan, copy: Path) -> Migrated:
    """Do what a plan says, after a backup was made and verified.

    Args:
        settings: where the base lies.
        found: the plan.
        copy: the folder for the backup.

    Raises:
        DoesNotConform: the base would not be in order; nothing was changed.
        Conflict, StoreHeld: others are changing the base.
        BadInput, StoreDamaged, DatabaseUnavailable: no sound backup can be made; nothing was changed.
    """
    back_up(settings, copy)
    before = home(settings).snapshots.newest()
    after = commit(settings, found.change) if found.of_record else before  # first, as it can be refused
    if found.of_accounts:
        _upgrade(settings)
    done = Migrated(before, after, found.form, found.newest_form if found.of_accounts else found.form, _state(settings))
    write_durably(copy / MIGRATED, json.dumps(asdict(done)).encode() + b"\n")
    return done


def go_back(settings: Settings, copy: Path) -> Migrated:
    """Take the last migration back: its revision by a new one that undoes it, the accounts from the backup.

    Raises:
        BadInput: no migration is kept there, or somebody has changed accounts or drafts since.
        Entangled: later revisions changed again what it had done.
    """
    done = _read(copy)
    if done.form_before != done.form_after:
        _refuse_newer(settings, done, copy)
    if done.after != done.before:
        undo(settings, done.after, message="The last migration taken back")
    if done.form_before != done.form_after:
        _put_back(settings, copy)
    (copy / MIGRATED).unlink()
    return done


def _by_people(settings: Settings, reader: Reader, things: Iterable[str]) -> set[str]:
    """Those of these things that anybody but the program itself has changed since the base was made."""
    history, until = index(settings), reader.revision
    touched = history.touched(sorted(things), until)
    ours = {number: _agent(reader, number) == PROJECT for number in history.touching(sorted(touched), until)}
    return {iri for iri in touched if not all(ours[number] for number in history.touching([iri], until))}


def _agent(reader: Reader, number: int) -> str:
    by = NamedNode(PREFIXES["prov"] + "wasAssociatedWith")
    about = reader.quads(subject=NamedNode(thing("revision", str(number))))
    return next((text_of(quad.object) for quad in about if quad.predicate == by), "")


def _condition(settings: Settings) -> Condition:
    if people.kind(settings) == people.POSTGRESQL:
        return examine_server(people.address(settings))
    path = people.file_of(settings)
    return examine_file(path) if path.exists() and path.stat().st_size else Condition("", "")


def _upgrade(settings: Settings) -> None:
    if people.kind(settings) == people.POSTGRESQL:
        database = Database(people.address(settings))
    else:
        database = Database(f"sqlite:///{people.file_of(settings)}")
    database.upgrade()
    database.close()


def _state(settings: Settings) -> str:
    """By which it is told whether the SQLite file was written to; empty for a server, which is never put back."""
    path = people.file_of(settings)
    if people.kind(settings) != people.SQLITE or not path.exists():
        return ""
    return people.content(path)


def _read(copy: Path) -> Migrated:
    try:
        return Migrated(**json.loads((copy / MIGRATED).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise BadInput(f"{copy} keeps no migration that could be taken back.") from error


def _refuse_newer(settings: Settings, done: Migrated, copy: Path) -> None:
    """Refuse to lose what was written since.

    Raises:
        BadInput: something was, or nobody can tell.
    """
    if people.kind(settings) != people.SQLITE:
        words = f"bring the dump in {newest_backup(copy).folder} back with pg_restore, into an empty database"
        raise BadInput(
            f"Accounts stand in PostgreSQL and are not put back by themselves: {words}. Nothing was changed."
        )
    if _state(settings) != done.accounts:
        raise BadInput(
            "Accounts or drafts were changed since the migration; going back would lose that. Nothing was changed. The "
            f"state from before lies in {newest_backup(copy).folder}."
        )


def _put_back(settings: Settings, copy: Path) -> None:
    saved, path = newest_backup(copy).folder / FILE, people.file_of(settings)
    if sha256(saved):
        write_durably(path, saved.read_bytes(), 0o600)
        for rest in ("-wal", "-shm"):
            path.with_name(path.name + rest).unlink(missing_ok=True)
