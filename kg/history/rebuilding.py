"""The base, or one thing, as it stood at a revision: backwards from now through the patches that came later.

Snapshots of old revisions are thrown away; the patches hold all that is needed to have them back, derived links
included, so that an old revision stays what it was when rules change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import NotFound
from kg.history.index import FIRST, Index
from kg.store import Engine, Journal, NamedNode, Patch, Quad, Reader, in_memory


@dataclass(frozen=True)
class Net:
    """What lies between two revisions, all steps between them taken together.

    Attributes:
        removed, added: what the newer one has no longer, and what it has and the older one had not.
    """

    removed: frozenset[Quad]
    added: frozenset[Quad]


def check_revision(reader: Reader, number: int) -> None:
    """Make sure that there is such a revision.

    Raises:
        NotFound: there is none.
    """
    if not FIRST <= number <= reader.revision:
        raise NotFound(f"revision {number}")


def size_between(journal: Journal, one: int, other: int) -> int:
    """How many bytes the patches take that lie between two revisions; what it takes to compare them grows with that.

    Raises:
        StoreDamaged: one of them is not there.
    """
    older, newer = sorted((one, other))
    return sum(journal.size(number) for number in range(older + 1, newer + 1))


def between(journal: Journal, one: int, other: int) -> Net:
    """What the second revision has no longer and has in addition, beside the first; either may be the older.

    Raises:
        StoreDamaged: a patch is not there or not as it was written.
    """
    older, newer = sorted((one, other))
    net = _summed(journal.read(number) for number in range(older + 1, newer + 1))
    return net if one <= other else Net(net.added, net.removed)


def base_at(reader: Reader, journal: Journal, number: int) -> Engine:
    """The whole base as it stood at a revision, in memory.

    Raises:
        NotFound: there is no such revision.
        StoreDamaged: a patch is not there or not as it was written.
    """
    check_revision(reader, number)
    later = between(journal, number, reader.revision)
    return in_memory((set(reader.quads()) - later.added) | later.removed, number)


def thing_at(reader: Reader, index: Index, iri: str, number: int) -> frozenset[Quad]:
    """All that was said of a thing at a revision, derived statements included; nothing where it was not there.

    Raises:
        NotFound: there is no such revision.
        StoreDamaged: a patch is not there or not as it was written.
    """
    check_revision(reader, number)
    later = [revision for revision in index.touching([iri], reader.revision) if revision > number]
    net = _summed(index.journal.read(revision, [iri]) for revision in reversed(later))
    return frozenset((set(reader.quads(subject=NamedNode(iri))) - net.added) | net.removed)


def _summed(patches: Iterable[Patch]) -> Net:
    removed, added = set[Quad](), set[Quad]()
    for patch in patches:
        for quad in patch.removed:
            (added.remove if quad in added else removed.add)(quad)
        for quad in patch.added:
            (removed.remove if quad in removed else added.add)(quad)
    return Net(frozenset(removed), frozenset(added))
