"""Undoing a revision: what it put in goes out and what it took out comes back, as a new change.

What later changes have said otherwise is not overwritten: it is told as standing in the way. What the rules wrote is
never part of it, since it follows; nor is the record of who entered and checked something, which stays true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.errors import BadInput
from kg.history.comparing import by_people
from kg.history.index import FIRST, Index
from kg.history.rebuilding import check_revision
from kg.namespaces import PREFIXES, kind_of
from kg.store import NamedNode, Quad, Reader, text_of

_STAYING = ("agent", "activity", "revision", "release")
"""Kinds that tell who did what; undoing something does not make it untrue that it was done."""
_TYPE = PREFIXES["rdf"] + "type"
Place = tuple[str, str]
"""Something that is said of: a subject and a property."""


@dataclass(frozen=True)
class Obstacle:
    """Something that was changed again since, so that undoing would overwrite somebody's later work.

    Attributes:
        thing, property: what; no property where the thing itself would be left without what it is.
        now: what is said there now, as text.
        revisions: the later ones that touched it, newest first.
    """

    thing: str
    property: str
    now: tuple[str, ...]
    revisions: tuple[int, ...]


@dataclass(frozen=True)
class Undoing:
    """What undoing a revision would do.

    Attributes:
        removed, added: statements out and in; none where all was undone already.
        obstacles: what stands in the way; where there is anything, nothing should be done.
    """

    removed: frozenset[Quad]
    added: frozenset[Quad]
    obstacles: tuple[Obstacle, ...]


def undoing(reader: Reader, index: Index, number: int, iri: str = "") -> Undoing:
    """What undoing a revision would do, wholly or for one thing.

    Args:
        reader: the base at its newest revision.
        index: which change touched what.
        number: the revision.
        iri: the one thing; all where empty.

    Raises:
        NotFound: there is no such revision.
        BadInput: it is the first one, on which all others stand; or it did nothing (to this thing) to be undone.
        StoreDamaged: its patch is not there or not as it was written.
    """
    check_revision(reader, number)
    if number == FIRST:
        raise BadInput("The first revision filled the base: all others stand on it, so it cannot be undone.")
    patch = index.journal.read(number, [iri] if iri else None)
    gone, came = _places(patch.removed), _places(patch.added)
    if not gone and not came:
        what = "did nothing to this thing that people can undo" if iri else "holds nothing that people can undo"
        raise BadInput(f"Revision {number} {what}.")
    removed, added, blocked = set[Quad](), set[Quad](), list[Place]()
    for at in sorted({*gone, *came}):
        out, back = came.get(at, frozenset()), gone.get(at, frozenset())
        now = _said(reader, at)
        if out <= now and not back & now:
            removed |= out
            added |= back
        elif out & now or not back <= now or _replaced(index, reader.revision, number, at, out, now - back):
            blocked.append(at)
    obstacles = [_obstacle(reader, index, number, at) for at in blocked]
    obstacles += [_obstacle(reader, index, number, at) for at in _left(reader, removed, added)]
    return Undoing(frozenset(removed), frozenset(added), tuple(obstacles))


def _places(quads: Iterable[Quad]) -> Mapping[Place, frozenset[Quad]]:
    found: dict[Place, set[Quad]] = {}
    for quad in by_people(quads):
        subject = text_of(quad.subject)
        if kind_of(subject) not in _STAYING:
            found.setdefault((subject, quad.predicate.value), set()).add(quad)
    return {at: frozenset(rows) for at, rows in found.items()}


def _said(reader: Reader, at: Place) -> frozenset[Quad]:
    return by_people(q for q in reader.quads(subject=NamedNode(at[0])) if q.predicate.value == at[1])


def _replaced(index: Index, newest: int, number: int, at: Place, out: frozenset[Quad], rest: frozenset[Quad]) -> bool:
    """Whether what a revision put in was taken out since by one that put something else in its place."""
    for later in index.touching([at[0]], newest) if rest else ():
        if later > number:
            patch = index.journal.read(later, [at[0]])
            if out & set(patch.removed) and rest & set(patch.added):
                return True
    return False


def _left(reader: Reader, removed: set[Quad], added: set[Quad]) -> list[Place]:
    """Things that would no longer be said to be anything, and of which somebody has said more since."""
    gone = {text_of(q.subject) for q in removed if q.predicate.value == _TYPE} - {
        text_of(q.subject) for q in added if q.predicate.value == _TYPE
    }
    left = []
    for subject in sorted(gone):
        rest = by_people(reader.quads(subject=NamedNode(subject))) - removed
        if rest and not any(quad.predicate.value == _TYPE for quad in rest):
            left += sorted({(subject, quad.predicate.value) for quad in rest})
    return left


def _obstacle(reader: Reader, index: Index, number: int, at: Place) -> Obstacle:
    later = [revision for revision in index.touching([at[0]], reader.revision) if revision > number]
    touching = [revision for revision in later if _touches(index, revision, at)]
    now = sorted(text_of(quad.object) for quad in _said(reader, at))
    return Obstacle(at[0], at[1], tuple(now), tuple(touching))


def _touches(index: Index, number: int, at: Place) -> bool:
    patch = index.journal.read(number, [at[0]])
    return any(quad.predicate.value == at[1] for quad in by_people((*patch.removed, *patch.added)))
