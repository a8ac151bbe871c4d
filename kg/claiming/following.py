"""What would come of a claim, were it accepted: links that the rules would write or take back, statuses that change."""

from __future__ import annotations

from dataclasses import dataclass

from kg.changelog import LinkChange, StatusChange, compare
from kg.claiming.near import Near
from kg.claiming.proposal import Proposal
from kg.derivation import steps
from kg.namespaces import gap, thing
from kg.store import DERIVED_GRAPH, Engine, NamedNode, Quad, Reader, rederive, text_of

_STATUS = NamedNode(gap("reviewStatus"))
_ACCEPTED = NamedNode(thing("review-status", "accepted"))
_DRAFT = NamedNode(thing("review-status", "draft"))


@dataclass(frozen=True)
class Link:
    """A link that the rules write out."""

    subject: str
    relation: str
    object: str


@dataclass(frozen=True)
class Following:
    """What would follow from a proposal.

    Attributes:
        gained, lost: links.
        addressed: tactics that would come to be held to address something, or no longer.
        statuses: tactics’ statuses that would change; by summary.
        after: the part of the base around it as it would be, for pages that show it.
    """

    gained: tuple[Link, ...]
    lost: tuple[Link, ...]
    addressed: tuple[LinkChange, ...]
    statuses: tuple[StatusChange, ...]
    after: Engine


def following(reader: Reader, proposal: Proposal) -> Following:
    """What would follow from a proposal, once it is accepted.

    Args:
        reader: the base.
        proposal: what would go in and out.
    """
    near = Near(reader, accepted(proposal.added), proposal.removed)
    before, after = near.for_rules()
    rederive(before, steps())
    out, put = _differences(before, after)
    changes = compare(out, put)
    return Following(_links(put), _links(out), changes.links, changes.statuses, after)


def accepted(quads: frozenset[Quad]) -> frozenset[Quad]:
    """A proposal as it would stand once accepted, as far as the rules look."""
    return frozenset(
        Quad(q.subject, q.predicate, _ACCEPTED, q.graph_name) if (q.predicate, q.object) == (_STATUS, _DRAFT) else q
        for q in quads
    )


def _differences(before: Engine, after: Engine) -> tuple[frozenset[Quad], frozenset[Quad]]:
    was = _derived(before)
    rederive(after, steps())
    now = _derived(after)
    return was - now, now - was


def _derived(engine: Engine) -> frozenset[Quad]:
    return frozenset(engine.quads(graph=DERIVED_GRAPH))


def _links(quads: frozenset[Quad]) -> tuple[Link, ...]:
    found = (Link(text_of(q.subject), q.predicate.value, text_of(q.object)) for q in quads)
    return tuple(sorted((link for link in found if "/id/summary/" not in link.subject), key=str))
