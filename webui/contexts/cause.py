"""The page of a cause: what may help in each phase, what feeds it and comes of it, and the claims to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.facets import marked
from kg.queries import (
    Around,
    PhaseAgainst,
    TacticAgainst,
    claims_around,
    in_part,
    phases_against,
    sources_of,
    tactics_against,
)
from webui.addresses import href
from webui.base import Opened
from webui.contexts.cards import ClaimCard, Deck
from webui.contexts.facts import Facts
from webui.contexts.filters import Chosen, Filters, Given, Problem, filtered
from webui.contexts.page import Link, Shown, shown
from webui.contexts.parts import MOST_SOURCES, LinkedGroup, SourceGroup, linked, source_groups
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
_MOST, _MOST_OF_MANY = 1500, 40
"""So many claims about the cause, and about its tactics, are looked at, each counted for every phase it is about; of a
large base, where all of this takes longer, fewer."""
_MOST_PHASES, _MOST_TACTICS = 8, 40
"""So many phases and tactics are shown in a large base."""
_BEYOND = (
    "Very many claims are around this cause. Counted and shown here are the first of them, some about the cause "
    "itself and some about tactics; so it is with the tactics, phases and sources above where these are very many."
)


def cause_page(opened: Opened, item: Thing, given: Given | None = None) -> CausePage:
    """The page of a cause.

    Args:
        opened: the base.
        item: the cause.
        given: what the address chooses among the claims.
    """
    reader, facts, given = opened.reader, Facts(opened, item.iri), given or {}
    against = tactics_against(reader, item.iri, opened.part(_MOST_TACTICS))
    phases = phases_against(reader, item.iri, opened.part(_MOST_PHASES))
    asked, most = bool(given.get("nearby")), _MOST_OF_MANY if opened.part(1) else _MOST
    nearby = in_part(reader, item.iri) if asked else []
    around = claims_around(reader, item.iri, (0, most))
    chosen = filtered(opened, marked(around), given, href(item.iri))
    groups = linked(opened, item.iri, without=("respondsTo", "addresses"))
    others = tuple(group for group in groups if group.relation not in _SIGNS)
    sources = source_groups(sources_of(reader, item.iri, part=opened.part(MOST_SOURCES)))
    return CausePage(
        **term_fields(opened, item, facts, _queries(item.iri, chosen.claims, phases, nearby=asked)),
        jumps=_jumps(against, chosen, sources),
        sections=_sections(others),
        phases=phase_blocks(phases, against),
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
        beyond=_beyond(around, most),
        problems=chosen.filters.problems,
    )


def _beyond(around: Sequence[Around], most: int) -> str:
    """That there may be more: where as many were found of the one or the other kind as were looked for."""
    found = Counter(about for _, about, _ in {(row.claim, row.about, row.phase) for row in around})
    return _BEYOND if most in found.values() else ""


def _queries(cause: str, claims: Sequence[str], phases: Sequence[PhaseAgainst], *, nearby: bool) -> tuple[Shown, ...]:
    of_cause = (shown(name, cause=cause) for name in ("phases_against", "tactics_against", "claims_around"))
    names = ("neighbours", "sources_of", *(("claims_in_part",) if nearby else ()))
    of_thing = (shown(name, thing=cause) for name in names)
    cards = (shown("claim_cards", claim=list(claims)),) if claims else ()
    setting = list(dict.fromkeys(row.claim for row in phases if row.claim))
    cards += (shown("claims_setting", claim=setting),) if setting else ()
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
