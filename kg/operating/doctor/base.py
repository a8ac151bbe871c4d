"""The base itself: quickly, without reading all of it; `gapbridge verify` does that."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator

from kg.contributing import home
from kg.errors import GapbridgeError, NoLongerKept, StoreDamaged, StoreMissing
from kg.history.index import FILE as INDEX
from kg.operating import verifying
from kg.operating.finding import NOTE, PROBLEM, WELL, Finding
from kg.operating.migrating import program_change
from kg.settings import Settings
from kg.sharing import unreached
from kg.store import Home
from kg.store.home import FORMAT
from kg.store.lock import holder

_RESTORE = "Stop the server, move the data folder aside, and restore a backup: gapbridge restore FOLDER."
_NEWEST = 20
"""So many revisions are looked at, however many there are."""


def layout(settings: Settings) -> Iterator[Finding]:
    """Whether this program understands the folder."""
    place = home(settings)
    try:
        if place.exists:
            place.check_format()
            yield Finding("layout", WELL, f"{FORMAT}, the one of this program")
        else:
            place.refuse_foreign()
    except StoreDamaged as error:
        yield Finding("layout", PROBLEM, str(error), "The base cannot be opened.", _RESTORE)
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
    except GapbridgeError as error:
        why = "Whatever opens the base next rebuilds it from the journal first, which takes its time."
        mend = "Start the server, or run gapbridge info; look after the disk. gapbridge verify tells what is left."
        yield Finding("snapshots", PROBLEM, _words(place, error), why, mend)
        return
    told = ", ".join(map(str, place.snapshots.revisions()))
    yield Finding("snapshots", WELL, f"revision {newest} opens; kept are {told}")


def _words(place: Home, error: GapbridgeError) -> str:
    """Why the newest snapshot cannot be used; one that is gone is told as such, not as one that was dropped."""
    if isinstance(error, StoreMissing):
        return f"{place.snapshots.folder} does not say which revision is the newest."
    if isinstance(error, NoLongerKept):
        return f"The snapshot of the newest revision, {place.snapshots.newest()}, is gone."
    return str(error)


def journal(settings: Settings) -> Iterator[Finding]:
    """Whether the journal has no gap, and its newest entries are as they were sealed."""
    place = home(settings)
    if not place.exists:
        return
    try:
        head = place.journal.head
        spoilt = [number for number in range(max(1, head - _NEWEST), head + 1) if not place.journal.sound(number)]
    except StoreDamaged as error:
        why = "What people were told is on record may not be."
        yield Finding("journal", PROBLEM, str(error), why, _RESTORE)
        return
    if spoilt:
        what = f"Not as they were written are the entries {', '.join(map(str, spoilt))}."
        yield Finding("journal", PROBLEM, what, "A lost snapshot could not be rebuilt.", _RESTORE)
    else:
        yield _published(head, _newest(place))


def _newest(place: Home) -> int | None:
    """The newest revision that readers see; None where that is not known, which the look at snapshots tells."""
    try:
        return place.snapshots.newest()
    except (StoreDamaged, StoreMissing):
        return None


def _published(head: int, published: int | None) -> Finding:
    """Whether readers see what the journal has."""
    if published is not None and head < published:
        what = f"Revision {published} is published, but the journal ends at {head}."
        return Finding("journal", PROBLEM, what, "Changes are not on record.", _RESTORE)
    if published is not None and head > published:
        what = f"It ends at revision {head}; readers see {published}."
        why = "The newest changes are safe, but nobody sees them yet."
        return Finding("journal", NOTE, what, why, "See to the disk; the next change, or a start, publishes them.")
    return Finding("journal", WELL, f"{head} entries; the newest ones are as they were sealed")


def ontology(settings: Settings) -> Iterator[Finding]:
    """Whether the program's own data are newer than the base's."""
    place = home(settings)
    if not place.exists or not _opens(place):
        return
    change, left = program_change(settings, place.reader(0))
    if change.added or change.removed:
        why = "Pages, forms and checks may know terms that this base does not, or the other way round."
        what = "The ontology and data that came with this program differ from what the base says."
        yield Finding("ontology", NOTE, what, why, "gapbridge migrate shows the difference and takes it in.")
    else:
        but = f", but for {len(left)} things that people have changed" if left else ""
        yield Finding("ontology", WELL, f"the base says what came with this program{but}")


def _opens(place: Home) -> bool:
    """Whether the newest snapshot can be looked at; where not, layout and snapshots have said so."""
    try:
        place.check_format()
        place.kept(place.snapshots.newest())
    except GapbridgeError:
        return False
    return True


def index(settings: Settings) -> Iterator[Finding]:
    """Whether the index of the history can be used, and says of the newest revisions what the journal says."""
    if (settings.data / INDEX).exists():
        yield verifying.index_of(home(settings), _NEWEST)


def accounts(settings: Settings) -> Iterator[Finding]:
    """Whether the database answers, is in order, and is of this program's form."""
    yield verifying.accounts_of(settings)


def engine(settings: Settings) -> Iterator[Finding]:
    """Whether the SPARQL server that holds the base answers, each replica of it."""
    if settings.engine is None:
        return
    wrong = unreached(settings)
    for what in wrong.values():
        left = "Reading goes on from this machine's copy; changes are refused."
        why = left if len(wrong) == len(settings.engine.query) else "The other replicas do its part meanwhile."
        yield Finding("engine", PROBLEM, what, why, "See that it runs, and that GAPBRIDGE_ENGINE… name it.")
    if not wrong:
        count = len(settings.engine.query)
        yield Finding("engine", WELL, f"{count} of {count} answer; gapbridge engine tries all that a base needs")
