"""Changes as they are made: all of one, checked, recorded and published, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.contributing.opening import index, writer
from kg.contributing.seeding import PROJECT, fill, statements_of
from kg.errors import BadInput, Entangled
from kg.history import Obstacle, undoing
from kg.namespaces import PREFIXES, compact, local_of
from kg.settings import Settings
from kg.store import (
    Change,
    Literal,
    NamedNode,
    Quad,
    Reader,
    describing,
    placed,
)


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
    statements = statements_of(paths)
    with writer(settings) as open_writer:
        if open_writer.reader.revision == 0:
            fill(open_writer)
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


def undo(settings: Settings, number: int, iri: str = "", message: str = "", agent: str = PROJECT) -> int:
    """Undo a revision, wholly or for one thing, by a new one.

    Args:
        settings: where the store lies.
        number: the revision.
        iri: the thing; all of it where none is given.
        message: what the new revision says of itself; made up where none is given.
        agent: address of who answers for it.

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


def _node(address: str) -> NamedNode:
    try:
        return NamedNode(address)
    except ValueError as error:
        raise BadInput(f"“{address}” is no address: {error}.") from error
