"""The page of a support tactic."""

from __future__ import annotations

from dataclasses import dataclass

from kg.namespaces import gap, local_of
from kg.queries import about, addressed, on_link, sources_of, summary
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

_ASKED = ("addressed", "sources_of", "neighbours", "summary", "claims_about")
_WARNING = {"cautions", "disputes", "gap"}


@dataclass(frozen=True)
class AddressedCause:
    """Something the tactic is held to address, with one way in which that link came about."""

    link: Link
    standing: Mark
    meaning: str
    claims: tuple[ClaimCard, ...]


@dataclass(frozen=True, kw_only=True)
class TacticPage(Page):
    """A support tactic; what speaks against it comes first."""

    other_names: tuple[str, ...]
    notes: tuple[str, ...]
    status: Status | None
    independent: str
    rule: str
    phases: tuple[Link, ...]
    frameworks: tuple[Link, ...]
    warnings: tuple[ClaimCard, ...]
    recommended: SourceGroup | None
    addressed: tuple[AddressedCause, ...]
    backed: bool
    sources: tuple[SourceGroup, ...]
    linked: tuple[LinkedGroup, ...]
    claims: tuple[ClaimCard, ...]
    claim_count: str
    path_href: str


def tactic_page(opened: Opened, item: Thing) -> TacticPage:
    """The page of a tactic."""
    facts, found = Facts(opened, item.iri), summary(opened.reader, item.iri)
    deck = Deck(opened, about(opened.reader, item.iri))
    claims = deck.all()
    groups = source_groups(sources_of(opened.reader, item.iri))
    asked = tuple(shown(name, thing=item.iri) for name in _ASKED)
    return TacticPage(
        **thing_frame(opened, item, queries=(*asked, claims_table(item.iri))),
        other_names=facts.texts("skos:altLabel"),
        notes=facts.texts("skos:editorialNote"),
        status=found and status(found.status, found.statusLabel, found.supports, found.cautions, found.gaps),
        independent=many(found.independent, "independent group of works", "independent groups of works")
        if found
        else "",
        rule=found.ruleVersion if found else "",
        phases=facts.links("gap:inPhase"),
        frameworks=facts.links("skos:inScheme"),
        warnings=tuple(card for card in claims if card.stance.slug in _WARNING),
        recommended=next((group for group in groups if group.slug == "recommendedIn"), None),
        addressed=_addressed(opened, item.iri, deck),
        backed=any(group.slug == "supportedBy" for group in groups),
        sources=tuple(group for group in groups if group.slug != "recommendedIn"),
        linked=linked(opened, item.iri, without=("addresses", "inPhase")),
        claims=claims,
        claim_count=many(len(claims), "claim"),
        path_href=f"/path?from={local_of(item.iri)}",
    )


def _addressed(opened: Opened, tactic: str, deck: Deck) -> tuple[AddressedCause, ...]:
    return tuple(
        AddressedCause(
            link=Link(row.label, href(row.cause)),
            standing=standing_mark(ADDRESSING[short(row.how)]),
            meaning=_HOW[short(row.how)],
            claims=deck.take(on_link(opened.reader, tactic, gap("addresses"), row.cause)),
        )
        for row in addressed(opened.reader, tactic)
    )


_HOW = {
    "addressesAsStated": "A document says so itself.",
    "addressesByPhase": "No document says so in words: the tactic’s phase is set against this cause in a table.",
    "addressesByInference": "A curator sees the link; the document does not make it in words.",
    "addressesByMapping": "A pack of data maps the one to the other by its own rule.",
}
