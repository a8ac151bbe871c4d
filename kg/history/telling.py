"""What became of a thing, revision by revision: read back from the journal.

The graph holds what stands now, the journal each change as it was accepted. Walking back from now through the patches
tells in which revision a thing came, changed or went. The first patch is never opened: what no later one put in came
with it, and it can be the whole base. Source: architecture.md, decision 4 (the journal is the memory).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from kg.history.index import CLAIM_OF, FIRST, MEMBER_OF, Index
from kg.namespaces import PREFIXES, gap, thing
from kg.store import DERIVED_GRAPH, Journal, NamedNode, Quad, Reader, text_of

_GIVEN_UP = {
    gap("reviewStatus"): thing("review-status", "withdrawn"),
    PREFIXES["owl"] + "deprecated": "true",
}


class Fate(Enum):
    """What a revision did to something."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


@dataclass(frozen=True)
class Episode:
    """What one revision did to a thing and to what belongs to it.

    Attributes:
        revision: its number.
        fate: what it did to the thing itself; None where it left that alone.
        properties: what was said anew of the thing itself, where it changed.
        claims: what it did to claims about the thing, read in it or voiced by it, by address.
        members: what it did to members of the thing, where it is a framework.
        links: how many links the rules wrote or took back because of it.
    """

    revision: int
    fate: Fate | None
    properties: tuple[str, ...]
    claims: Mapping[str, Fate]
    members: Mapping[str, Fate]
    links: int


@dataclass(frozen=True)
class _Step:
    """What a patch did to one subject."""

    removed: frozenset[Quad]
    added: frozenset[Quad]


@dataclass(frozen=True)
class History:
    """A part of the history of a thing.

    Attributes:
        episodes: what revisions did to it, newest first.
        more: whether there are older ones.
    """

    episodes: tuple[Episode, ...]
    more: bool


def history(reader: Reader, index: Index, iri: str, most: int, skipped: int = 0) -> History:
    """The revisions in which a thing, its claims or its members came, changed or went, newest first.

    Args:
        reader: the base at its newest revision.
        index: which patches touched what.
        iri: the thing.
        most: so many revisions are told.
        skipped: so many newer ones are left out.

    Raises:
        StoreDamaged: a patch is not as it was written.
    """
    found = list(islice(_episodes(reader, index, iri), skipped, skipped + most + 1))
    return History(tuple(found[:most]), len(found) > most)


def related(reader: Reader, index: Index, iri: str) -> set[str]:
    """A thing with the claims about it, and its members where it is a framework, now or at any time before."""
    kin = _kin(reader, index, iri)
    return {iri, *(subject for subjects in kin.values() for subject in subjects)}


def _episodes(reader: Reader, index: Index, iri: str) -> Iterator[Episode]:
    kin = _kin(reader, index, iri)
    claims, members = {subject for role in CLAIM_OF for subject in kin[role]}, kin[MEMBER_OF]
    followed = {iri, *claims, *members}
    touches = list(index.touches(followed, reader.revision))
    standing = {subject: _now(reader, subject) for subject in {iri, *(subject for subject, _ in touches)}}
    for number in sorted({revision for _, revision in touches}, reverse=True):
        steps = _by_subject(index.journal, number, followed)
        fates = {subject: _undo(standing, subject, step) for subject, step in steps.items()}
        episode = _episode(number, iri, fates, steps.get(iri), claims, members)
        if _tells(episode):
            yield episode
    first = {subject: Fate.ADDED for subject in followed if standing.get(subject, True)}  # what no patch touched is old
    episode = _episode(FIRST, iri, first, None, claims, members)
    if _tells(episode):
        yield episode


def _tells(episode: Episode) -> bool:
    return bool(episode.fate or episode.claims or episode.members or episode.links)


def _by_subject(journal: Journal, number: int, followed: Collection[str]) -> dict[str, _Step]:
    patch = journal.read(number, followed)
    removed, added = _grouped(patch.removed), _grouped(patch.added)
    nothing: frozenset[Quad] = frozenset()
    return {
        subject: _Step(removed.get(subject, nothing), added.get(subject, nothing)) for subject in {*removed, *added}
    }


def _grouped(quads: Iterable[Quad]) -> dict[str, frozenset[Quad]]:
    found: dict[str, set[Quad]] = {}
    for quad in quads:
        found.setdefault(text_of(quad.subject), set()).add(quad)
    return {subject: frozenset(rows) for subject, rows in found.items()}


def _kin(reader: Reader, index: Index, iri: str) -> dict[str, set[str]]:
    """What has the thing as a value, now or at any time before, by the property."""
    found: dict[str, set[str]] = {role: set() for role in (*CLAIM_OF, MEMBER_OF)}
    for quad in _recorded(reader, value=NamedNode(iri)):
        if quad.predicate.value in found:
            found[quad.predicate.value].add(text_of(quad.subject))
    for role, subject in index.pointing(iri, reader.revision):
        found[role].add(subject)
    return found


def _now(reader: Reader, subject: str) -> set[Quad]:
    return set(_recorded(reader, subject=NamedNode(subject)))


def _recorded(reader: Reader, subject: NamedNode | None = None, value: NamedNode | None = None) -> Iterator[Quad]:
    """What somebody said of a thing or with it; what the rules wrote of a hub is far more, and is not looked at."""
    for graph in reader.graphs():
        if graph != DERIVED_GRAPH:
            yield from reader.quads(subject, value, graph)


def _own(quads: Iterable[Quad]) -> set[Quad]:
    """What somebody said of a thing, without what the rules wrote."""
    return {quad for quad in quads if quad.graph_name != DERIVED_GRAPH}


def _undo(standing: dict[str, set[Quad]], subject: str, step: _Step) -> Fate | None:
    """Take a step back, and tell what it had done."""
    removed, added = _own(step.removed), _own(step.added)
    after = standing[subject]
    before = standing[subject] = (after - added) | removed
    if not removed and not added:
        return None
    if not before:
        return Fate.ADDED
    if not after:
        return Fate.REMOVED
    return Fate.WITHDRAWN if _gives_up(added) else Fate.CHANGED


_TYPE = PREFIXES["rdf"] + "type"


def fate_of(removed: Collection[Quad], added: Collection[Quad]) -> Fate:
    """What a change did to a thing, from all that it took out and put in of it.

    What comes says what it is, and what goes no longer does; so the whole thing need not be known.
    """
    if not removed and any(quad.predicate.value == _TYPE for quad in added):
        return Fate.ADDED
    if not added and any(quad.predicate.value == _TYPE for quad in removed):
        return Fate.REMOVED
    return Fate.WITHDRAWN if _gives_up(added) else Fate.CHANGED


def _gives_up(added: Iterable[Quad]) -> bool:
    return any(_GIVEN_UP.get(quad.predicate.value) == text_of(quad.object) for quad in added)


def _links(step: _Step | None) -> int:
    quads = step.removed | step.added if step else frozenset()
    return sum(quad.graph_name == DERIVED_GRAPH for quad in quads)


def _episode(
    number: int, iri: str, fates: Mapping[str, Fate | None], step: _Step | None, claims: set[str], members: set[str]
) -> Episode:
    changed = _own(step.removed | step.added) if step else set()
    return Episode(
        revision=number,
        fate=fates.get(iri),
        properties=tuple(sorted({quad.predicate.value for quad in changed})),
        claims=_fates_of(claims, fates),
        members=_fates_of(members, fates),
        links=_links(step),
    )


def _fates_of(things: set[str], fates: Mapping[str, Fate | None]) -> dict[str, Fate]:
    return {subject: fate for subject in sorted(things & fates.keys()) if (fate := fates[subject])}
