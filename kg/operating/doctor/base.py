"""The base itself: quickly, without reading all of it; `gapbridge verify` does that."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator

from kg.contributing import home
from kg.errors import GapbridgeError, StoreDamaged, StoreMissing
from kg.history.index import FILE as INDEX
from kg.operating import verifying
from kg.operating.finding import NOTE, PROBLEM, WELL, Finding
from kg.operating.migrating import program_change
from kg.settings import Settings
from kg.store.home import FORMAT
from kg.store.lock import holder

_RESTORE = "Stop the server, move the data folder aside, and restore a backup: gapbridge restore FOLDER."


def layout(settings: Settings) -> Iterator[Finding]:
    """Whether this program understands the folder."""
    place = home(settings)
    try:
        if place.exists:
            place.check_format()
            yield Finding("layout", WELL, f"{FORMAT}, the one of this program")
        else:
            place.refuse_foreign()
    except GapbridgeError as error:
        yield Finding("layout", PROBLEM, str(error), "The base cannot be opened.", "As it says; nothing was changed.")


def lock(settings: Settings) -> Iterator[Finding]:
    """Who is writing just now."""
    path = home(settings).folder / "lock"
    if not path.exists():
        return
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            why = "Changes wait for it, or are refused. A lock of a process that ended holds nobody up."
            mend = "If it should not be writing, end that process: kill and its number."
            yield Finding("lock", NOTE, f"Held by {holder(path)}.", why, mend)
            return
    yield Finding("lock", WELL, "nobody is writing")


def snapshots(settings: Settings) -> Iterator[Finding]:
    """Whether the newest revision can be opened, and whether damaged ones were set aside."""
    place = home(settings)
    if not place.exists:
        return
    aside = sorted(path.name for path in place.snapshots.folder.glob("damaged-*"))
    if aside:
        what = f"Set aside as damaged: {', '.join(aside)}."
        mend = "Look after the disk (smartctl, the system's log). Remove them from snapshots/ once you know the cause."
        yield Finding("snapshots", NOTE, what, "Something had changed files that nobody changes.", mend)
    try:
        newest = place.snapshots.newest()
        place.kept(newest)
    except (StoreDamaged, StoreMissing, GapbridgeError) as error:
        why = "A server that starts now rebuilds it from the journal first, which takes its time."
        yield Finding("snapshots", PROBLEM, str(error), why, "gapbridge verify tells what is left; start the server.")
        return
    told = ", ".join(map(str, place.snapshots.revisions()))
    yield Finding("snapshots", WELL, f"revision {newest} opens; kept are {told}")


def journal(settings: Settings) -> Iterator[Finding]:
    """Whether the journal has no gap, and its newest entries are as they were sealed."""
    place = home(settings)
    if not place.exists:
        return
    try:
        head, published = place.journal.head, place.snapshots.newest()
        spoilt = [number for number in range(max(1, head - 20), head + 1) if not place.journal.sound(number)]
    except (StoreDamaged, StoreMissing) as error:
        why = "What people were told is on record may not be."
        yield Finding("journal", PROBLEM, str(error), why, _RESTORE)
        return
    if spoilt:
        what = f"Entries {', '.join(map(str, spoilt))} are not as they were written."
        yield Finding("journal", PROBLEM, what, "A lost snapshot could not be rebuilt.", _RESTORE)
    elif head < published:
        what = f"Revision {published} is published, but the journal ends at {head}."
        yield Finding("journal", PROBLEM, what, "Changes are not on record.", _RESTORE)
    elif head > published:
        what = f"It ends at revision {head}; readers see {published}."
        why = "The newest changes are safe, but nobody sees them yet."
        yield Finding("journal", NOTE, what, why, "See to the disk; the next change, or a start, publishes them.")
    else:
        yield Finding("journal", WELL, f"{head} entries; the newest ones are as they were sealed")


def ontology(settings: Settings) -> Iterator[Finding]:
    """Whether the program's own data are newer than the base's."""
    place = home(settings)
    if not place.exists:
        return
    change, left = program_change(settings, place.reader(settings.memory_limit_quads))
    if change.added or change.removed:
        why = "Pages, forms and checks may know terms that this base does not, or the other way round."
        what = "The ontology and data that came with this program differ from what the base says."
        yield Finding("ontology", NOTE, what, why, "gapbridge migrate shows the difference and takes it in.")
    else:
        but = f", but for {len(left)} things that people have changed" if left else ""
        yield Finding("ontology", WELL, f"the base says what came with this program{but}")


def index(settings: Settings) -> Iterator[Finding]:
    """Whether the index of the history can be used."""
    if (settings.data / INDEX).exists():
        yield verifying.index_of(home(settings))


def accounts(settings: Settings) -> Iterator[Finding]:
    """Whether the database answers, is in order, and is of this program's form."""
    yield verifying.accounts_of(settings)
