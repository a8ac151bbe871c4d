"""The page of a cause: what it is, what is set against it, and what stands behind that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.namespaces import gap, local_of
from kg.queries import (
    Addressing,
    PathRow,
    SourceRow,
    TacticListed,
    about,
    addressing,
    in_part,
    on_links,
    path,
    sources_of,
    tactics,
)
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.facts import Facts
from webui.contexts.page import Link, Page, shown
from webui.contexts.parts import (
    ClaimCard,
    Deck,
    LinkedGroup,
    Mark,
    SourceGroup,
    linked,
    source_groups,
    standing_mark,
)
from webui.contexts.status import Status, status
from webui.contexts.things import Thing, claims_table, thing_frame
from webui.words import ADDRESSING, many


@dataclass(frozen=True)
class TacticBlock:
    """A tactic on the way from a cause to the sources.

    Attributes:
        link: the tactic.
        placed: the claims by which it stands in its phase.
        ways: how it came to be linked with the cause.
        status: what its claims amount to.
        backed: whether any source is recorded as supporting it.
        sources: the sources by kind of link.
    """

    link: Link
    placed: tuple[ClaimCard, ...]
    ways: tuple[Mark, ...]
    status: Status
    backed: bool
    sources: tuple[SourceGroup, ...]


@dataclass(frozen=True)
class PhaseBlock:
    """A phase set against a cause.

    Attributes:
        link: the phase.
        claims: the claims that set it against the cause.
        notes: what the curators noted about those.
        count: how many tactics it holds.
    """

    link: Link
    claims: tuple[ClaimCard, ...]
    notes: tuple[str, ...]
    tactics: tuple[TacticBlock, ...]
    count: str


@dataclass(frozen=True)
class OtherTactic:
    """A tactic linked with the cause otherwise than by its phase."""

    link: Link
    phase: Link
    standing: Mark
    claims: tuple[ClaimCard, ...]


@dataclass(frozen=True, kw_only=True)
class CausePage(Page):
    """A cause of policy failure."""

    other_names: tuple[str, ...]
    notes: tuple[str, ...]
    counts: tuple[Link, ...]
    linked: tuple[LinkedGroup, ...]
    phases: tuple[PhaseBlock, ...]
    others: tuple[OtherTactic, ...]
    sources: tuple[SourceGroup, ...]
    claims: tuple[ClaimCard, ...]
    nearby: tuple[Link, ...]
    nearby_count: str
    path_href: str


def cause_page(opened: Opened, item: Thing) -> CausePage:
    """The page of a cause."""
    rows, reached = path(opened.reader, item.iri), addressing(opened.reader, item.iri)
    ways, claims = _Ways(opened, item.iri, rows, reached), about(opened.reader, item.iri)
    nearby = in_part(opened.reader, item.iri)
    deck, facts = Deck(opened, [*claims, *ways.claims]), Facts(opened, item.iri)
    about_it = {href(claim) for claim in claims}
    of_thing = ("addressing", "sources_of", "neighbours", "claims_about", "claims_in_part")
    asked = ("path", {"cause": item.iri}), *((name, {"thing": item.iri}) for name in of_thing)
    queries = (*(shown(name, **bound) for name, bound in asked), claims_table(item.iri))
    return CausePage(
        **thing_frame(opened, item, queries=queries),
        other_names=facts.texts("skos:altLabel"),
        notes=facts.texts("skos:editorialNote"),
        counts=_counts(rows, claims),
        linked=linked(opened, item.iri, without=("respondsTo", "addresses")),
        phases=_phases(opened, rows, ways, deck),
        others=_others(reached, ways, deck),
        sources=source_groups(sources_of(opened.reader, item.iri)),
        claims=tuple(card for card in deck.all() if card.href in about_it),
        nearby=tuple(Link(row.gist, href(row.claim)) for row in nearby),
        nearby_count=many(len(nearby), "claim"),
        path_href=f"/path?from={local_of(item.iri)}",
    )


class _Ways:
    """The claims behind each step of the way, and how each tactic came to be linked with the cause."""

    def __init__(self, opened: Opened, cause: str, rows: Sequence[PathRow], reached: Sequence[Addressing]) -> None:
        reader, things = opened.reader, list(dict.fromkeys(row.tactic for row in rows))
        phases = list(dict.fromkeys(row.phase for row in rows))
        others = list(dict.fromkeys(row.tactic for row in reached if short(row.how) != _BY_PHASE))
        self.set_against = _by_subject(on_links(reader, phases, gap("respondsTo"), [cause]))
        self.placed = _by_subject(on_links(reader, things, gap("inPhase"), phases))
        self.addressed = _by_subject(on_links(reader, others, gap("addresses"), [cause]))
        self.sources: dict[str, list[SourceRow]] = defaultdict(list)
        for row in sources_of(reader, *things):
            self.sources[row.thing].append(row)
        self.how: dict[str, list[str]] = defaultdict(list)
        for link in reached:
            self.how[link.tactic].append(ADDRESSING[short(link.how)])

    @property
    def claims(self) -> list[str]:
        found = (self.set_against, self.placed, self.addressed)
        return [claim for by_thing in found for claims in by_thing.values() for claim in claims]


_BY_PHASE = "addressesByPhase"


def _by_subject(found: dict[tuple[str, str], list[str]]) -> dict[str, list[str]]:
    """Claims by the subject of the link they state."""
    claims: dict[str, list[str]] = defaultdict(list)
    for (subject, _), stated in found.items():
        claims[subject] += stated
    return claims


def _once(rows: Sequence[PathRow]) -> list[PathRow]:
    """A row for each phase and tactic."""
    return list({(row.phase, row.tactic): row for row in rows}.values())


def _counts(rows: Sequence[PathRow], claims: Sequence[str]) -> tuple[Link, ...]:
    found = (
        (len({row.tactic for row in rows}), "tactic", "#path"),
        (len({row.source for row in rows if row.source}), "source", "#path"),
        (len(claims), "claim", "#claims"),
    )
    return tuple(Link(many(number, noun), where) for number, noun, where in found)


def _phases(opened: Opened, rows: Sequence[PathRow], ways: _Ways, deck: Deck) -> tuple[PhaseBlock, ...]:
    by_tactic = {row.tactic: row for row in tactics(opened.reader)}
    return tuple(
        _phase(opened, [by_tactic[row.tactic] for row in group], ways, deck)
        for group in (list(g) for _, g in groupby(_once(rows), key=lambda row: row.phase))
    )


def _phase(opened: Opened, rows: Sequence[TacticListed], ways: _Ways, deck: Deck) -> PhaseBlock:
    phase, claims = rows[0].phase, ways.set_against[rows[0].phase]
    return PhaseBlock(
        link=Link(rows[0].phaseLabel, href(phase)),
        claims=deck.take(claims),
        notes=tuple(note for claim in claims for note in Facts(opened, claim).texts("skos:editorialNote")),
        tactics=tuple(_tactic(row, ways, deck) for row in rows),
        count=many(len(rows), "tactic"),
    )


def _tactic(row: TacticListed, ways: _Ways, deck: Deck) -> TacticBlock:
    sources = source_groups(ways.sources[row.tactic])
    return TacticBlock(
        link=Link(row.label, href(row.tactic)),
        placed=deck.take(ways.placed[row.tactic]),
        ways=tuple(standing_mark(how) for how in ways.how[row.tactic]),
        status=status(row.status, row.statusLabel, row.supports, row.cautions, row.gaps),
        backed=any(group.slug == "supportedBy" for group in sources),
        sources=sources,
    )


def _others(reached: Sequence[Addressing], ways: _Ways, deck: Deck) -> tuple[OtherTactic, ...]:
    return tuple(
        OtherTactic(
            link=Link(row.label, href(row.tactic)),
            phase=Link(row.phaseLabel, href(row.phase)),
            standing=standing_mark(ADDRESSING[short(row.how)]),
            claims=deck.take(ways.addressed[row.tactic]),
        )
        for row in reached
        if short(row.how) != _BY_PHASE and ways.addressed[row.tactic]
    )
