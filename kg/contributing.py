"""The way every change comes in: this module knows which rules and checks a writer works under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.derivation import steps
from kg.errors import BadInput, Conflict, StoreDamaged, StoreMissing, Violation
from kg.namespaces import local_of, thing
from kg.settings import Settings, resource
from kg.store import (
    Change,
    Engine,
    Home,
    NamedNode,
    Reader,
    Statement,
    Warm,
    Writer,
    describing,
    in_memory,
    read_files,
    rederive,
    refuse_misplaced,
    text_of,
    trying,
)
from kg.validation import check, problems

PROJECT = thing("agent", "gapbridge")
"""Who answers for what the program itself loads."""


def home(settings: Settings) -> Home:
    """The store's folder under these settings."""
    return Home(settings.data, settings.keep_snapshots)


def writer(settings: Settings, wait: float = 0, warm: Warm | None = None) -> Writer:
    """The store's one writer, under the rules and checks in force.

    Args:
        settings: where the store lies.
        wait: so many seconds to wait for others who write.
        warm: what holds the base in memory between two writers of this process.
    """
    return Writer(home(settings), check, steps(), memory_limit=settings.memory_limit_quads, wait=wait, warm=warm)


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


def commit(settings: Settings, change: Change) -> int:
    """Make a change: all of it, checked, recorded and published, or nothing.

    Returns:
        The revision it made; the newest one where it made no difference.

    Raises:
        Conflict, DoesNotConform, StoreHeld, StoreTooNew, StoreDamaged: as the words say; nothing was changed.
    """
    with writer(settings) as open_writer:
        return open_writer.commit(change)


def violations(settings: Settings, change: Change) -> list[Violation]:
    """What would refuse a change; nothing is kept, and no writer is kept waiting.

    Raises:
        Conflict: the change was made against an older revision.
        DoesNotConform: it holds statements that have no place in the base.
    """
    base = open_base(settings)
    if change.base != base.revision:
        raise Conflict(change.base, base.revision)
    refuse_misplaced(change)
    return check(_after(base, change))


def tried(settings: Settings, base: Reader, change: Change, warm: Warm) -> list[Violation]:
    """What would refuse a change, and what it would be warned of: of the things it touches; nothing is kept.

    Args:
        settings: where the store lies.
        base: the revision the change was made against.
        change: the change.
        warm: what holds the base in memory, to try it on.

    Raises:
        DoesNotConform: it holds statements that have no place in the base.
    """
    refuse_misplaced(change)
    journal = home(settings).journal
    engine = warm.take(journal)
    if engine is None or engine.revision != base.revision:
        engine = in_memory(base.quads(), base.revision)
    found = trying(engine, change, steps(), lambda trial: problems(trial, ("violation", "warning")))
    warm.give(engine, journal)
    touched = {local_of(text_of(quad.subject)) for quad in change.added | change.removed}
    return [row for row in found if row.severity == "violation" or row.thing in touched]


def check_agent(reader: Reader, agent: str) -> None:
    """Make sure that the base knows who shall answer for a change; the writer refuses it otherwise.

    Raises:
        BadInput: nothing is said of this address.
    """
    if not any(True for _ in reader.quads(subject=_node(agent))):
        raise BadInput(
            f"Nobody here has the address “{agent}”. Describe the person or body first (a file for `gapbridge load`)."
        )


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
        if place.exists and place.journal.head == place.snapshots.newest():
            return place.reader(settings.memory_limit_quads)
    except (StoreMissing, StoreDamaged):
        pass  # the writer below rebuilds what the journal can give back, and says so where it cannot
    with writer(settings) as open_writer:
        if open_writer.reader.revision == 0:
            _fill(open_writer)
    return place.reader(settings.memory_limit_quads)


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
