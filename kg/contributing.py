"""The way every change comes in: this module knows which rules and checks a writer works under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.derivation import steps
from kg.errors import StoreDamaged, StoreMissing
from kg.namespaces import thing
from kg.settings import Settings, resource
from kg.store import Engine, Home, Reader, Statement, Writer, describing, in_memory, read_files, rederive
from kg.validation import check

PROJECT = thing("agent", "gapbridge")
"""Who answers for what the program itself loads."""


def home(settings: Settings) -> Home:
    """The store's folder under these settings."""
    return Home(settings.data, settings.keep_snapshots)


def writer(settings: Settings) -> Writer:
    """The store's one writer, under the rules and checks in force."""
    return Writer(home(settings), check, steps(), memory_limit=settings.memory_limit_quads)


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


def conforming(settings: Settings, paths: Sequence[Path]) -> Engine:
    """The base as it would be with these files loaded, in memory, derived links included; nothing is kept.

    Raises:
        SyntaxProblem, BadInput: a file cannot be read.
    """
    base = open_base(settings)
    change = describing(base, _statements(paths), PROJECT, "")
    trial = in_memory((set(base.quads()) - change.removed) | change.added, base.revision)
    rederive(trial, steps())
    return trial


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


def _fill(open_writer: Writer) -> None:
    seed = describing(open_writer.reader, _statements(seed_files()), PROJECT, "Seed data loaded")
    open_writer.commit(seed)


def _statements(paths: Iterable[Path]) -> list[Statement]:
    return [statement for _, statements in read_files(paths) for statement in statements]
