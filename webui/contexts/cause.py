"""The page of a cause: what may help in each phase, what feeds it and comes of it, and the claims to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.facets import marked
from kg.queries import TacticAgainst, claims_around, in_part, phases_against, sources_of, tactics_against
from webui.addresses import href
from webui.base import Opened
from webui.contexts.facts import Facts
from webui.contexts.filters import Chosen, Filters, Given, Problem, filtered
from webui.contexts.page import Link, Shown, shown
from webui.contexts.parts import ClaimCard, Deck, LinkedGroup, SourceGroup, linked, source_groups
from webui.contexts.phases import PhaseBlock, StatusWords, phase_blocks, statuses
from webui.contexts.term import TermPage, term_fields
from webui.contexts.things import Thing, claims_table
from webui.words import many


@dataclass(frozen=True)
class Signs:
    """Things of one relation to the cause: the first of them, and the others folded away with their number."""

    firsts: tuple[LinkedGroup, ...]
    rests: tuple[LinkedGroup, ...]
    folded: str


@dataclass(frozen=True, kw_only=True)
class CausePage(TermPage):
    """A cause of policy failure.

    Attributes:
        phases: the phases in their order with the tactics that stand in them, and what stands in none.
        statuses: what the statuses of those tactics mean.
        signs: what feeds it, what it leads to, which policies show it.
        others, others_count: what else is linked with it.
        sources: the works behind what is said of the cause itself.
        filters: the form that chooses among the claims, and what it gives.
        claims: the claims shown now.
        beyond: that there may be more claims than can be chosen among; empty where there are none.
        nearby: claims made where a document discusses the cause, that do not name it; looked up only when asked for.
        nearby_href: the address that asks for them; empty where that is done.
        nearby_count: how many they are.
        problems: what in the address cannot be used.
    """

    phases: tuple[PhaseBlock, ...]
    statuses: tuple[StatusWords, ...]
    signs: tuple[Signs, ...]
    others: tuple[LinkedGroup, ...]
    others_count: str
    sources: tuple[SourceGroup, ...]
    filters: Filters
    claims: tuple[ClaimCard, ...]
    beyond: str
    nearby: tuple[Link, ...]
    nearby_href: str
    nearby_count: str
    problems: tuple[Problem, ...]


_SIGNS = ("contributesTo", "leadsTo", "exhibitsCause")
"""The relations by which a reader sees whether this is the trouble at hand."""
_FIRST_SIGNS = 5
_MOST = 1500
"""So many claims are looked at, each counted for every phase it is about."""
_BEYOND = (
    "Very many claims are around this cause. Counted and shown here are the first of them, those about the cause "
    "itself before those about tactics; each tactic’s page holds all of its own."
)


def cause_page(opened: Opened, item: Thing, given: Given | None = None) -> CausePage:
    """The page of a cause.

    Args:
        opened: the base.
        item: the cause.
        given: what the address chooses among the claims.
    """
    reader, facts, given = opened.reader, Facts(opened, item.iri), given or {}
    against, asked = tactics_against(reader, item.iri), bool(given.get("nearby"))
    nearby = in_part(reader, item.iri) if asked else []
    around = claims_around(reader, item.iri, (0, _MOST))
    chosen = filtered(opened, marked(around), given, href(item.iri))
    groups = linked(opened, item.iri, without=("respondsTo", "addresses"))
    others = tuple(group for group in groups if group.relation not in _SIGNS)
    sources = source_groups(sources_of(reader, item.iri))
    return CausePage(
        **term_fields(opened, item, facts, _queries(item.iri, chosen.claims, nearby=asked)),
        jumps=_jumps(against, chosen, sources),
        sections=_sections(others),
        phases=phase_blocks(phases_against(reader, item.iri), against),
        statuses=statuses(against),
        signs=tuple(_signs(group) for group in groups if group.relation in _SIGNS),
        others=others,
        others_count=many(sum(len(group.things) for group in others), "thing"),
        sources=sources,
        filters=chosen.filters,
        claims=Deck(opened, chosen.claims).take(chosen.claims),
        nearby=tuple(Link(row.gist, href(row.claim)) for row in nearby),
        nearby_href="" if asked else f"{href(item.iri)}?nearby=shown#nearby",
        nearby_count=many(len(nearby), "claim"),
        beyond=_BEYOND if len({(row.claim, row.about, row.phase) for row in around}) == _MOST else "",
        problems=chosen.filters.problems,
    )


def _queries(cause: str, claims: Sequence[str], *, nearby: bool) -> tuple[Shown, ...]:
    of_cause = (shown(name, cause=cause) for name in ("phases_against", "tactics_against", "claims_around"))
    names = ("neighbours", "sources_of", *(("claims_in_part",) if nearby else ()))
    of_thing = (shown(name, thing=cause) for name in names)
    cards = (shown("claim_cards", claim=list(claims)),) if claims else ()
    return (*of_cause, *cards, *of_thing, claims_table(cause))


def _jumps(against: Sequence[TacticAgainst], chosen: Chosen, sources: Sequence[SourceGroup]) -> tuple[Link, ...]:
    works = {line.link.href for group in sources for line in group.sources}
    tactics = {row.tactic for row in against}
    return (
        Link(many(len(tactics), "tactic").capitalize(), "#tactics"),
        Link(many(chosen.total, "claim").capitalize(), "#claims"),
        Link(many(len(works), "source on the cause", "sources on the cause").capitalize(), "#sources"),
    )


def _sections(others: Sequence[LinkedGroup]) -> tuple[Link, ...]:
    found = (
        (True, "What may help", "#tactics"),
        (True, "Is this what you see?", "#signs"),
        (bool(others), "What else is linked", "#linked"),
        (True, "Claims", "#claims"),
        (True, "Sources on the cause", "#sources"),
        (True, "Said nearby", "#nearby"),
        (True, "Cite this page", "#cite-this"),
    )
    return tuple(Link(label, where) for there, label, where in found if there)


def _signs(group: LinkedGroup) -> Signs:
    rest = group.things[_FIRST_SIGNS:]
    return Signs(
        (replace(group, things=group.things[:_FIRST_SIGNS]),),
        (replace(group, things=rest),),
        f"{len(rest)} more" if rest else "",
    )
