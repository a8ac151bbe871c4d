"""What became of a thing, revision by revision: read back from the journal.

The graph holds what stands now, the journal each change as it was accepted. Walking back from now through the patches
tells in which revision a thing came, changed or went. The first patch is never opened: what no later one put in came
with it, and it can be the whole base. Source: architecture.md, decision 4 (the journal is the memory).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from kg.namespaces import PREFIXES, gap, thing
from kg.store import DERIVED_GRAPH, Journal, NamedNode, Quad, Reader, text_of

_CLAIM_OF = tuple(gap(name) for name in ("claimSubject", "claimObject", "assertedIn", "voicedBy"))
_MEMBER_OF = PREFIXES["skos"] + "inScheme"
_GIVEN_UP = {
    gap("reviewStatus"): thing("review-status", "withdrawn"),
    PREFIXES["owl"] + "deprecated": "true",
}
FIRST = 1
"""The number of the first revision."""


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


def history(reader: Reader, journal: Journal, iri: str) -> list[Episode]:
    """The revisions in which a thing, its claims or its members came, changed or went, newest first.

    Args:
        reader: the base at its newest revision.
        journal: the patches that made it.
        iri: the thing.

    Raises:
        StoreDamaged: a patch is not as it was written.
    """
    patches = _patches(journal, reader.revision)
    kin = _kin(reader, patches, iri)
    claims = {subject for role in _CLAIM_OF for subject in kin[role]}
    followed = {iri, *claims, *kin[_MEMBER_OF]}
    touched = {iri, *(subject for steps in patches.values() for subject in followed & steps.keys())}
    standing = {subject: _now(reader, subject) for subject in touched}
    found = []
    for number in range(reader.revision, FIRST, -1):
        steps = {subject: patches[number][subject] for subject in followed & patches[number].keys()}
        fates = {subject: _undo(standing, subject, step) for subject, step in steps.items()}
        found.append(_episode(number, iri, fates, steps.get(iri), claims, kin[_MEMBER_OF]))
    first = {subject: Fate.ADDED for subject in followed if standing.get(subject, True)}  # what no patch touched is old
    found.append(_episode(FIRST, iri, first, None, claims, kin[_MEMBER_OF]))
    return [e for e in found if e.fate or e.claims or e.members or e.links]


def _patches(journal: Journal, newest: int) -> dict[int, dict[str, _Step]]:
    return {number: _by_subject(journal, number) for number in range(FIRST + 1, newest + 1)}


def _by_subject(journal: Journal, number: int) -> dict[str, _Step]:
    patch = journal.read(number)
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


def _kin(reader: Reader, patches: Mapping[int, Mapping[str, _Step]], iri: str) -> dict[str, set[str]]:
    """What has the thing as a value, now or at any time before, by the property."""
    node = NamedNode(iri)
    once = (step.removed | step.added for steps in patches.values() for step in steps.values())
    pointing = [*reader.quads(value=node), *(quad for quads in once for quad in quads if quad.object == node)]
    found: dict[str, set[str]] = {role: set() for role in (*_CLAIM_OF, _MEMBER_OF)}
    for quad in pointing:
        if quad.predicate.value in found:
            found[quad.predicate.value].add(text_of(quad.subject))
    return found


def _now(reader: Reader, subject: str) -> set[Quad]:
    return _own(reader.quads(subject=NamedNode(subject)))


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
    given_up = any(_GIVEN_UP.get(quad.predicate.value) == text_of(quad.object) for quad in added)
    return Fate.WITHDRAWN if given_up else Fate.CHANGED


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
        claims={subject: fate for subject, fate in sorted(fates.items()) if fate and subject in claims},
        members={subject: fate for subject, fate in sorted(fates.items()) if fate and subject in members},
        links=_links(step),
    )
