"""Verifying: whether a base, or a backup, is what it should be, found out by reading all of it. Nothing is changed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.contributing import home, outdated
from kg.database.checking import Condition, examine_file, examine_server
from kg.database.opening import FILE
from kg.derivation import steps
from kg.errors import DatabaseUnavailable, GapbridgeError, StoreDamaged, StoreMissing
from kg.history.checking import differing
from kg.operating import people
from kg.operating.backup import Backup, backups, check_backup
from kg.operating.finding import NOTE, PROBLEM, WELL, Finding
from kg.settings import Settings
from kg.store import Engine, Home, in_memory, rederive
from kg.store.fingerprint import Fingerprints, of_journal, of_snapshot
from kg.store.orders import read_in_every_order
from kg.store.rewinding import copied

_RESTORE = "Stop the server, move the data folder aside, and restore the newest sound backup: gapbridge restore FOLDER."
_SET_ASIDE = "Stop the server, remove that snapshot, and start it again: it is rebuilt from the journal."
_BUILD_ANEW = (
    "Stop the server, remove the folder snapshots, all of it since they share files, and start the server: it builds "
    "all anew from the journal. Then look after the disk."
)
_REBUILT = "It is rebuilt from the journal with the next change; gapbridge load does that at once."


def verify(settings: Settings, *, derived: bool = True) -> Iterator[Finding]:
    """Look through the base of these settings, and what lies beside it.

    Args:
        settings: where the base lies.
        derived: whether to rebuild the links too, which takes longest.

    Raises:
        StoreMissing: there is none.
    """
    place = home(settings)
    if not place.exists:
        raise StoreMissing(f"There is no evidence base in {place.folder} yet.")
    yield from _graph(place, settings.memory_limit_quads, derived)
    yield index_of(place)
    yield accounts_of(settings)


def verify_backups(folder: Path, *, derived: bool = False) -> Iterator[Finding]:
    """Look through the backups in a folder, newest first: checksums of all, all that is in the newest."""
    found = backups(folder)
    if not found:
        yield Finding("backups", PROBLEM, f"{folder} holds no backup.", "Nothing can be restored.", "gapbridge backup")
    read = dict[int, str]()
    for number, backup in enumerate(found):
        about = f"backup {backup.folder.name}"
        try:
            files = len(check_backup(backup, read))
        except StoreDamaged as error:
            yield Finding(about, PROBLEM, str(error), "It cannot be restored.", "Keep another one, and make a new one.")
            continue
        yield Finding(
            about, WELL, f"revision {backup.revision} of {backup.at or 'unknown date'}, {files} files as saved"
        )
        if number == 0:
            yield from _inside(backup, derived)


def _inside(backup: Backup, derived: bool) -> Iterator[Finding]:
    yield from _graph(Home(backup.folder), 0, derived)
    if (backup.folder / FILE).exists():
        yield _condition(lambda: examine_file(backup.folder / FILE, still=True))
    elif backup.people != people.POSTGRESQL:
        yield Finding("accounts", NOTE, f"there are none in it ({backup.people})")


def _graph(place: Home, memory_limit: int, derived: bool) -> Iterator[Finding]:
    """Layout, journal, snapshots, and what follows from the record."""
    try:
        place.check_format()
        head, published = place.journal.head, place.snapshots.newest()
    except GapbridgeError as error:
        yield Finding("layout", PROBLEM, str(error), "The base cannot be opened.", _RESTORE)
        return
    yield from _pointer(head, published)
    told = dict[int, Fingerprints]()
    yield _journal(place, head, told)
    for revision in place.snapshots.revisions():
        yield _snapshot(place, revision, told.get(revision))
    if derived and published in place.snapshots.revisions():
        readable = _orders(place, published)
        yield readable
        if readable.level == WELL:
            yield _derived(place, published, memory_limit)


def _pointer(head: int, published: int) -> Iterator[Finding]:
    if published > head:
        what = f"Revision {published} is published, but the journal ends at {head}."
        yield Finding("pointer", PROBLEM, what, "Changes that people were told of are not on record.", _RESTORE)
    elif published < head:
        what = f"The journal ends at revision {head}, published is {published}."
        yield Finding("pointer", NOTE, what, "The newest changes are safe, but nobody sees them yet.", _REBUILT)
    else:
        yield Finding("pointer", WELL, f"revision {published} is the newest one, and published")


def _journal(place: Home, head: int, told: dict[int, Fingerprints]) -> Finding:
    """Whether every entry is there and as it was sealed; notes what the base was like at the revisions kept."""
    kept = set(place.snapshots.revisions())
    try:
        for number, found in of_journal(place.journal, head):
            if number in kept:
                told[number] = found
    except StoreDamaged as error:
        why = "The past cannot be told from there on, and a lost snapshot could not be rebuilt."
        return Finding("journal", PROBLEM, str(error), why, _RESTORE)
    return Finding("journal", WELL, f"{head} entries without a gap, each as it was sealed")


def _snapshot(place: Home, revision: int, wanted: Fingerprints | None) -> Finding:
    about = f"snapshot {revision}"
    try:
        found = of_snapshot(place.snapshots.path(revision))
    except StoreDamaged as error:
        if revision not in place.snapshots.revisions():
            return Finding(about, WELL, "dropped for a newer one meanwhile")
        return Finding(about, PROBLEM, str(error), "What readers ask of it may fail.", _REBUILT)
    if wanted is None:
        return Finding(about, NOTE, "readable, but there is no sound journal to compare it with")
    wrong = [_difference(g, found, wanted) for g in sorted({*found, *wanted}) if found.get(g) != wanted.get(g)]
    if wrong:
        why = "Readers see something else than what was accepted."
        return Finding(about, PROBLEM, f"It is not what the journal gives: {'; '.join(wrong)}.", why, _SET_ASIDE)
    count = sum(one.count for one in found.values())
    return Finding(about, WELL, f"{count:,} statements in {len(found)} graphs, the same as the journal gives")


def _orders(place: Home, revision: int) -> Finding:
    """Whether queries can read the newest snapshot whichever way they go through it."""
    about = f"indexes of snapshot {revision}"
    try:
        read_in_every_order(place.snapshots.path(revision))
    except StoreDamaged as error:
        return Finding(about, PROBLEM, str(error), "Some queries and pages fail.", _BUILD_ANEW)
    return Finding(about, WELL, "read in every order")


def _difference(graph: str, found: Fingerprints, wanted: Fingerprints) -> str:
    has = found[graph].count if graph in found else 0
    should = wanted[graph].count if graph in wanted else 0
    return f"{graph} holds {has:,} statements, {should:,} wanted" + (", others than these" if has == should else "")


def _derived(place: Home, revision: int, memory_limit: int) -> Finding:
    """Whether the rules, applied anew, give the links that are there."""
    with tempfile.TemporaryDirectory(prefix="gapbridge-verify-") as scratch:
        trial = _trial(place, revision, memory_limit, Path(scratch) / "copy")
        gone, come = rederive(trial, steps())
        old = bool(gone or come) and outdated(trial)
        del trial
    if not gone and not come:
        return Finding("derived links", WELL, "rebuilt, and the same as those that are there")
    what = f"Rebuilt, {len(come)} statements would come in and {len(gone)} go out."
    if old:
        why = "The program's own data or rules are newer than this base."
        return Finding("derived links", NOTE, what, why, "gapbridge migrate takes them in.")
    why = "Paths, maps and statuses show links that do not follow from the claims."
    return Finding("derived links", PROBLEM, what, why, "gapbridge load writes them anew.")


def _trial(place: Home, revision: int, memory_limit: int, scratch: Path) -> Engine:
    """A copy to try the rules on."""
    if memory_limit and len(reader := place.reader(memory_limit)) <= memory_limit:
        return in_memory(reader.quads(), revision)
    return copied(place.snapshots.path(revision), revision, scratch)


def index_of(place: Home, newest: int = 0) -> Finding:
    """Whether the index of the history says what the journal says, of the newest revisions; 0: of all."""
    mend = f"Remove {place.folder / 'history.sqlite'}; it is made anew when somebody asks for a history."
    try:
        done, wrong = differing(place.journal, place.folder, newest)
    except OSError as error:
        return Finding("index of the history", PROBLEM, str(error), "Histories may be wrong.", mend)
    except StoreDamaged as error:
        return Finding("index of the history", NOTE, f"not compared: {error}")
    if wrong:
        what = f"It differs from the journal in revisions {', '.join(map(str, wrong[:10]))}."
        return Finding("index of the history", PROBLEM, what, "Histories may leave out what happened.", mend)
    told = f"up to revision {done}, as the journal says" if done else "not made yet"
    return Finding("index of the history", WELL, told)


def accounts_of(settings: Settings) -> Finding:
    """Whether the database of accounts answers, is in order and of this program's form."""
    if people.kind(settings) == people.POSTGRESQL:
        return _condition(lambda: examine_server(people.address(settings)))
    path = people.file_of(settings)
    if not path.exists() or not path.stat().st_size:
        return Finding("accounts", WELL, "nobody has an account yet")
    return _condition(lambda: examine_file(path))


def _condition(examine: Callable[[], Condition]) -> Finding:
    """A database of accounts in words."""
    why = "Nobody can sign in, and drafts and the queue may be lost."
    try:
        found = examine()
    except DatabaseUnavailable as error:
        return Finding("accounts", PROBLEM, str(error), why, "See that it runs and can be read, or restore a backup.")
    if found.wrong:
        return Finding("accounts", PROBLEM, f"{'; '.join(found.wrong)}.", why, "Restore people.sqlite from a backup.")
    if not found.known:
        what = f"Their database has the form {found.form}, which this program does not know."
        return Finding("accounts", PROBLEM, what, why, "Install the newer gapbridge that made it.")
    if found.form != found.newest:
        what = f"their database has the form {found.form or 'none'}; this program's is {found.newest}"
        return Finding(
            "accounts", NOTE, what, "Nobody can sign in before it is moved on.", "gapbridge migrate does that."
        )
    return Finding("accounts", WELL, f"their database is in order, form {found.form}")
