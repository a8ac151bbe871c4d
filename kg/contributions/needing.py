"""What a contribution refers to that its own author has proposed, and that is not in the base yet.

Whoever adds a work and says what it claims need not wait for the first to be accepted: the claim waits with it, and is
accepted after it or together with it, never before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from kg.contributions.changing import statements
from kg.contributions.model import OPEN, Contribution, Person, Proposed
from kg.contributions.records import contribution_of
from kg.contributions.tables import ContributionRow
from kg.contributions.wording import own_names
from kg.errors import OutOfTurn
from kg.namespaces import PREFIXES, kind_of
from kg.store import NamedNode, Quad, Reader, text_of

_A = PREFIXES["rdf"] + "type"
_KINDS = ("source", "thing", "claim")
"""Kinds of contributions that bring something new to refer to."""
_PARTS = ("claim", "passage", "selector", "activity", "agent", "independence-group")
"""Kinds of things that nobody names in a form; agents are introduced with what they make."""
_MOST = 300


def proposed(session: Session, who: Person) -> list[Proposed]:
    """What somebody has proposed and nobody has decided about, what changed last first."""
    wanted = select(ContributionRow).where(
        ContributionRow.author_id == who.id, ContributionRow.state.in_(OPEN), ContributionRow.kind.in_(_KINDS)
    )
    rows = session.scalars(wanted.order_by(ContributionRow.changed.desc(), ContributionRow.id).limit(_MOST))
    return [new for row in rows for new in _new_in(row.id, statements(row.added))]


def missing(added: Iterable[Quad], reader: Reader) -> set[str]:
    """The things that statements speak of, and that neither they nor the base describe."""
    added = list(added)
    own = {quad.subject for quad in added}
    spoken = {q.object for q in added if isinstance(q.object, NamedNode) and _is_to_be_described(q.object.value)} - own
    return {node.value for node in spoken if not any(True for _ in reader.quads(subject=node))}


def _is_to_be_described(iri: str) -> bool:
    return kind_of(iri) not in (None, "agent")  # these are introduced by whatever they do


def needed(session: Session, contribution: Contribution, reader: Reader) -> tuple[Contribution, ...]:
    """The waiting contributions of the same author that this one cannot do without, what others need first."""
    found: dict[str, Contribution] = {}
    _gather(session, contribution, reader, found)
    found.pop(contribution.id, None)
    return tuple(found.values())


def refuse_needing(session: Session, contributions: Sequence[Contribution], reader: Reader) -> None:
    """Make sure that nothing goes in before what it refers to.

    Args:
        session: a look into the database.
        contributions: those that go in together.
        reader: the base.

    Raises:
        OutOfTurn: one refers to what waits; which is told.
    """
    together = {contribution.id for contribution in contributions}
    for contribution in contributions:
        missed = [other for other in needed(session, contribution, reader) if other.id not in together]
        if missed:
            named = ", ".join(f"“{other.title}”" for other in missed)
            raise OutOfTurn(f"This refers to what is not accepted yet: {named}. Accept that first, or both together.")


def _gather(session: Session, contribution: Contribution, reader: Reader, found: dict[str, Contribution]) -> None:
    """Add what a contribution needs, and then itself; what is on its way already is not followed again."""
    for iri in sorted(missing(statements(contribution.added), reader)):
        other = _proposing(session, contribution.author, iri)
        if other and other.id not in found and other.id != contribution.id:
            found[other.id] = other
            _gather(session, other, reader, found)
            found[other.id] = found.pop(other.id)
    found.setdefault(contribution.id, contribution)


def _proposing(session: Session, author: Person, iri: str) -> Contribution | None:
    """The waiting contribution of somebody that describes a new thing; of several the one begun first."""
    wanted = select(ContributionRow).where(
        ContributionRow.author_id == author.id,
        ContributionRow.state.in_(OPEN),
        ContributionRow.added.contains(f"<{iri}> <{_A}> ", autoescape=True),
    )
    row = session.scalars(wanted.order_by(ContributionRow.created, ContributionRow.id).limit(1)).first()
    return contribution_of(row) if row else None


def _new_in(id: str, added: frozenset[Quad]) -> Iterable[Proposed]:
    classes: dict[str, set[str]] = {}
    for quad in added:
        if quad.predicate.value == _A and kind_of(text_of(quad.subject)) not in _PARTS:
            classes.setdefault(text_of(quad.subject), set()).add(text_of(quad.object))
    names = own_names(added)
    return [Proposed(iri, names[iri], frozenset(of), added, id) for iri, of in classes.items() if iri in names]
