"""The way every change comes in: this module knows which rules and checks a writer works under."""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from kg.changelog import Changes, compare
from kg.derivation import Keeping, steps
from kg.errors import BadInput, Conflict, Entangled, GapbridgeError, StoreDamaged, StoreMissing, Violation
from kg.history import Index, Obstacle, undoing
from kg.namespaces import PREFIXES, compact, local_of, thing
from kg.settings import Settings, resource
from kg.store import (
    Change,
    Engine,
    Home,
    Literal,
    NamedNode,
    Outcome,
    Quad,
    Reader,
    Statement,
    Warm,
    Writer,
    describing,
    difference,
    in_memory,
    placed,
    provenance,
    read_files,
    rederive,
    refuse_misplaced,
    refuse_torn,
    text_of,
    trying,
)
from kg.store.failures import heard, told
from kg.validation import check, problems

PROJECT = thing("agent", "gapbridge")
"""Who answers for what the program itself loads."""
_TOLD = ("violation", "warning")


FOLLOW_SECONDS = 30.0
"""So long it is waited for others who write to this machine's copy of a shared base."""


def home(settings: Settings) -> Home:
    """The store's folder under these settings; a mirror where the base stands on a SPARQL server."""
    if settings.engine is None:
        return Home(settings.data, settings.keep_snapshots)
    from kg.store.remote.opening import shared_home

    return shared_home(settings)


def writer(settings: Settings, wait: float = 0, warm: Warm | None = None) -> Writer:
    """The store's one writer, under the rules and checks in force.

    Args:
        settings: where the store lies.
        wait: so many seconds to wait for others who write.
        warm: what holds the base in memory between two writers of this process.
    """
    limit = settings.memory_limit_quads
    return Writer(home(settings), check, steps(), memory_limit=limit, wait=wait, warm=warm, upkeep=Keeping())


def seed_files() -> list[Path]:
    """What a new base is filled with: the ontology and the packs that travel with the program."""
    ontology = resource("ontology")
    return [
        ontology / "gap.ttl",
        *(ontology / part for part in ("alignments", "schemes", "shapes")),
        resource("seed_data"),
    ]


def load_files(settings: Settings, paths: Sequence[Path], message: str, agent: str = PROJECT) -> tuple[int, int]:
    """Make the base say of every thing the files describe just what they say.

    A base that is not there yet is filled with the seed data first, so that the files can refer to it.

    Returns:
        The revision before and the one after; the same where nothing differed.

    Raises:
        SyntaxProblem, BadInput: a file cannot be read; found before anything is touched.
        DoesNotConform: the base would not be in order; nothing was changed.
        StoreHeld, StoreTooNew, StoreDamaged: as the words say.
    """
    statements = _statements(paths)
    with writer(settings) as open_writer:
        if open_writer.reader.revision == 0:
            _fill(open_writer)
        before = open_writer.reader.revision
        return before, open_writer.commit(describing(open_writer.reader, statements, agent, message))


def commit(settings: Settings, change: Change, wait: float = 0) -> int:
    """Make a change: all of it, checked, recorded and published, or nothing.

    Args:
        settings: where the store lies.
        change: the change.
        wait: so many seconds to wait for others who write.

    Returns:
        The revision it made; the newest one where it made no difference.

    Raises:
        Conflict, DoesNotConform, StoreHeld, StoreTooNew, StoreDamaged: as the words say; nothing was changed.
    """
    with writer(settings, wait) as open_writer:
        return open_writer.commit(change)


def index(settings: Settings) -> Index:
    """Which change touched what."""
    place = home(settings)
    return Index(place.journal, place.folder)


def undo(settings: Settings, number: int, iri: str = "", message: str = "", agent: str = PROJECT) -> int:
    """Undo a revision, wholly or for one thing, by a new one.

    Returns:
        The revision it made; the newest one where all was undone already.

    Raises:
        NotFound: there is no such revision.
        BadInput: there is nothing in it that can be undone.
        Entangled: later revisions changed again what it had done.
        DoesNotConform, StoreHeld, StoreTooNew, StoreDamaged: as the words say; nothing was changed.
    """
    told = message or f"Revision {number} undone" + (f" for {local_of(iri)}" if iri else "")
    with writer(settings) as open_writer:
        reader = open_writer.reader
        found = undoing(reader, index(settings), number, iri)
        if found.obstacles:
            raise Entangled(number, [_in_the_way(obstacle) for obstacle in found.obstacles])
        return open_writer.commit(Change(reader.revision, found.added, found.removed, agent, told))


def _in_the_way(found: Obstacle) -> str:
    by = ", ".join(map(str, found.revisions)) or "later ones"
    return f"{local_of(found.thing)}, {compact(found.property)}: changed by {by}; now “{'”, “'.join(found.now)}”"


def violations(settings: Settings, change: Change) -> list[Violation]:
    """What would refuse a change; nothing is kept, and no writer is kept waiting.

    Raises:
        Conflict: the change was made against an older revision.
        DoesNotConform: it holds statements that have no place in the base.
    """
    with _to_try_on(settings, change) as base:
        return list(_outcome(base, change, ("violation",)).violations)


@contextmanager
def _to_try_on(settings: Settings, change: Change) -> Iterator[Engine]:
    """The newest revision, to try a change on that was made against it."""
    base = open_base(settings)
    if change.base != base.revision:
        raise Conflict(change.base, base.revision)
    refuse_misplaced(change)
    refuse_torn(base, change)
    with nullcontext(base) if base.in_memory else home(settings).copy_of(base) as copy:
        yield copy


def tried(settings: Settings, base: Reader, change: Change, warm: Warm) -> list[Violation] | None:
    """What would refuse a change, and what it would be warned of: of the things it touches; nothing is kept.

    None where that cannot be told: a change that all has to be derived and checked anew for, of a large base.

    Args:
        settings: where the store lies.
        base: the revision the change was made against.
        change: the change.
        warm: what holds the base in memory, to try it on.

    Raises:
        DoesNotConform: it holds statements that have no place in the base.
    """
    refuse_misplaced(change)
    refuse_torn(base, change)
    place = home(settings)
    found: Sequence[Violation] | None
    if isinstance(base, Engine) and not base.in_memory:
        found = _tried_on_disk(place, base, change)
    else:
        engine = warm.take(place.journal, base.revision) or in_memory(base.quads(), base.revision)
        found = _outcome(engine, change, _TOLD).violations
        warm.give(engine, place.journal)
    touched = {local_of(text_of(quad.subject)) for quad in change.added | change.removed}
    if found is None:
        return None
    return [row for row in found if row.severity == "violation" or row.thing in touched]


def _tried_on_disk(place: Home, base: Engine, change: Change) -> Sequence[Violation] | None:
    with place.copy_of(base) as copy:
        removed, added = difference(copy, change)
        return _outcome(copy, change, _TOLD).violations if Keeping().covers(removed, added) else None


def _outcome(engine: Engine, change: Change, severities: tuple[str, ...]) -> Outcome:
    """What would come of a change; afterwards the base is as before."""

    def whole(changed: Engine) -> Outcome:
        return Outcome(*rederive(changed, steps()), tuple(problems(changed, severities)))

    return trying(engine, change, Keeping(severities), whole)


@dataclass(frozen=True)
class Forecast:
    """What a change would do, tried in memory; nothing is kept.

    Attributes:
        changes: what it does to things, and to links and statuses that follow from them.
        violations: what would refuse it.
    """

    changes: Changes
    violations: tuple[Violation, ...]


def forecast(settings: Settings, change: Change) -> Forecast:
    """What a change would do and what would refuse it; no writer is kept waiting.

    Raises:
        Conflict: the change was made against an older revision.
        DoesNotConform: it holds statements that have no place in the base.
    """
    with _to_try_on(settings, change) as base:
        facts = provenance(base.revision + 1, change, datetime.now(UTC))
        outcome = _outcome(base, replace(change, added=change.added | facts), ("violation",))
    return Forecast(compare(change.removed | outcome.removed, change.added | outcome.added), outcome.violations)


def check_agent(reader: Reader, agent: str) -> None:
    """Make sure that the base knows who shall answer for a change; the writer refuses it otherwise.

    Raises:
        BadInput: nothing is said of this address.
    """
    if not any(True for _ in reader.quads(subject=_node(agent))):
        raise BadInput(
            f"Nobody here has the address “{agent}”. Describe the person or body first (a file for `gapbridge load`)."
        )


def introduction(reader: Reader, agent: str, name: str) -> frozenset[Quad]:
    """What the base shall know of a person who stands in its record for the first time; nothing where it knows them."""
    me = _node(agent)
    if any(True for _ in reader.quads(subject=me)):
        return frozenset()
    kinds = [
        (me, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(PREFIXES["prov"] + kind)) for kind in ("Agent", "Person")
    ]
    return placed([*kinds, (me, NamedNode(PREFIXES["foaf"] + "name"), Literal(name))])


def conforming(settings: Settings, paths: Sequence[Path]) -> Engine:
    """The base as it would be with these files loaded, in memory, derived links included; nothing is kept.

    Raises:
        SyntaxProblem, BadInput: a file cannot be read.
    """
    base = open_base(settings)
    change = describing(base, _statements(paths), PROJECT, "")
    return _after(base, change)


def outdated(reader: Reader) -> bool:
    """Whether the data that came with the program differ from what the base says of the same things."""
    change = describing(reader, _statements(seed_files()), PROJECT, "")
    return bool(change.added or change.removed)


def open_base(settings: Settings) -> Engine:
    """A reader over the newest revision; makes, fills or mends the store first where that is needed.

    Raises:
        StoreHeld: it must be made or mended, and another process is writing.
        StoreTooNew, StoreDamaged: as the words say; nothing is overwritten.
    """
    place = home(settings)
    try:
        if place.exists and (place.replica_of or place.journal.head == place.snapshots.newest()):
            return place.reader(settings.memory_limit_quads)
    except (StoreMissing, StoreDamaged):
        pass  # the writer rebuilds what the journal can give back, and says so where it cannot
    _make(settings)
    return place.reader(settings.memory_limit_quads)


def make_sure(settings: Settings) -> None:
    """Find out that the base can be opened, for a process that hands the reading to others; makes it where it is new.

    Raises:
        StoreHeld, StoreTooNew, StoreDamaged: as `open_base`.
    """
    if home(settings).exists:
        open_base(settings)
    else:
        _make(settings)


def follow(settings: Settings) -> None:
    """Take over what other machines did to a shared base, where they did something; nothing of the base's server.

    Raises:
        StoreHeld, StoreTooNew, StoreDamaged: as the words say.
        DatabaseUnavailable: the database that holds the journal does not answer.
    """
    from kg.store.remote.opening import shared_home

    place = shared_home(settings, is_reading=True)
    if place.is_behind():
        with Writer(place, check, steps(), wait=FOLLOW_SECONDS):
            pass


def bring_server(settings: Settings) -> None:
    """Bring the server of a shared base to the newest revision, where it lacks one.

    Raises:
        EngineProblem: it does not answer, or does not follow.
        StoreHeld, StoreTooNew, StoreDamaged, DatabaseUnavailable: as the words say.
    """
    from kg.store.remote.opening import shared_home

    if shared_home(settings).server_lacks():
        with writer(settings, FOLLOW_SECONDS):
            pass


def _make(settings: Settings) -> None:
    if settings.engine is not None:
        follow(settings)  # what there is can be read without the base's server
        if home(settings).journal.head:
            return
    with writer(settings) as open_writer:
        if open_writer.reader.revision == 0:
            _fill(open_writer)


def prepare_base(settings: Settings) -> None:
    """Make, fill or mend the base where that is needed, in a process of its own.

    For whoever forks processes that write: the engine starts threads, which a fork leaves behind, and a fork would wait
    for them for ever when it writes (RocksDB flushes in the background).

    Raises:
        StoreHeld, StoreTooNew, StoreDamaged: as for `make_sure`.
    """
    near, far = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_open_and_tell, args=(settings, far))
    child.start()
    far.close()
    with near:
        try:
            answer = near.recv()
        except EOFError:
            answer = told(StoreDamaged("The process that tried to open the base was ended."))
    child.join()
    if answer:
        raise heard(answer)


def _open_and_tell(settings: Settings, answer: Connection) -> None:
    try:
        if settings.engine is not None:
            _try_server(settings)
        make_sure(settings)
    except GapbridgeError as error:
        answer.send(told(error))
    else:
        answer.send({})


def _try_server(settings: Settings) -> None:
    """Find out whether the SPARQL server can hold the base; what is to be known of it is said to whoever starts us."""
    from kg.store.remote.opening import make_sure_of_server

    if told_of_it := make_sure_of_server(settings):
        logging.getLogger("gapbridge.sharing").warning(told_of_it)


def _after(base: Reader, change: Change) -> Engine:
    """The base as a change would leave it, in memory, what follows from it included."""
    trial = in_memory((set(base.quads()) - change.removed) | change.added, base.revision)
    rederive(trial, steps())
    return trial


def _node(address: str) -> NamedNode:
    try:
        return NamedNode(address)
    except ValueError as error:
        raise BadInput(f"“{address}” is no address: {error}.") from error


def _fill(open_writer: Writer) -> None:
    seed = describing(open_writer.reader, _statements(seed_files()), PROJECT, "Seed data loaded")
    open_writer.commit(seed)


def _statements(paths: Iterable[Path]) -> list[Statement]:
    return [statement for _, statements in read_files(paths) for statement in statements]
