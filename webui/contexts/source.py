"""The page of a source: what it is, what was read in it, what it is cited for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.exporting import Reference, coins, read_references
from kg.queries import hop_words, of_source
from kg.queries import thing as thing_rows
from kg.tables import definition
from webui import structured
from webui.addresses import graph_href, href
from webui.base import Opened
from webui.contexts.citing import CiteBlock, cite_block, meta_tags
from webui.contexts.facts import Facts
from webui.contexts.page import Link, Page, crumbs, frame, shown, tabled
from webui.contexts.parts import ClaimCard, Detail, claim_cards, detail, details
from webui.contexts.things import Thing
from webui.words import SOURCE_ROLES, many

PAGE_SIZE = 40


@dataclass(frozen=True)
class RoleGroup:
    """The claims to which the source is one thing."""

    heading: str
    count: str
    claims: tuple[ClaimCard, ...]


@dataclass(frozen=True, kw_only=True)
class SourcePage(Page):
    """A source; its claims come in parts where they are many."""

    cite: CiteBlock
    coins: str
    citation: str
    short_label: str
    bibliography: tuple[Detail, ...]
    standing: tuple[Detail, ...]
    notes: tuple[str, ...]
    read_count: str
    read_from: str
    read: tuple[ClaimCard, ...]
    parts: tuple[Link, ...]
    roles: tuple[RoleGroup, ...]


def source_page(opened: Opened, item: Thing, part: int = 1, style: str = "") -> SourcePage:
    """The page of a source.

    Args:
        opened: the base.
        item: the source.
        part: which part of the claims read in it to show, from 1 on.
        style: in which style to cite it.

    Raises:
        BadInput: there is no such style.
    """
    reference = read_references(opened.reader, [item.iri])[0]
    facts, roles = Facts(opened, item.iri), of_source(opened.reader, item.iri)
    read = _in_order(opened, roles.get("assertedIn", []))
    last = max(1, -(-len(read) // PAGE_SIZE))
    part = min(max(part, 1), last)
    start = (part - 1) * PAGE_SIZE
    shown_claims = read[start : start + PAGE_SIZE]
    return SourcePage(
        **_frame(opened, item, reference, facts.iri("dcterms:license")),
        cite=cite_block(opened, reference, style),
        coins=coins(reference.csl),
        citation=facts.text("dcterms:bibliographicCitation"),
        short_label=facts.text("gap:shortLabel"),
        bibliography=_bibliography(facts),
        standing=_standing(opened, facts),
        notes=facts.texts("skos:editorialNote"),
        read_count=many(len(read), "claim"),
        read_from=f"{start + 1} to {start + len(shown_claims)} of {len(read)}" if last > 1 else "",
        read=claim_cards(opened, shown_claims),
        parts=tuple(_part(item.iri, n, part) for n in range(1, last + 1)) if last > 1 else (),
        roles=tuple(_roles(opened, roles, set(roles.get("assertedIn", [])))),
    )


def _frame(opened: Opened, item: Thing, reference: Reference, licence: str) -> dict[str, object]:
    label = reference.label
    return frame(
        opened,
        item.label,
        title=label,
        at="/sources",
        eyebrow="Source",
        crumbs=crumbs(Link("Sources", "/sources"), Link(label, "", True)),
        views=(Link("Page", href(item.iri), True), Link("Graph", graph_href(item.iri))),
        queries=(
            *(shown(name, thing=item.iri) for name in ("facts", "references", "claims_of_source")),
            tabled(definition("cards_of_source"), thing=item.iri),
        ),
        description=f"{label}: {item.label} ({reference.evidence.label}; {reference.reading.label.lower()})",
        canonical=href(item.iri),
        meta=meta_tags(reference),
        structured=structured.script(structured.source(item.iri, reference.csl, licence)),
    )


def _bibliography(facts: Facts) -> tuple[Detail, ...]:
    places = (
        ("Authors", facts.text("gap:authorList")),
        ("Editors", facts.text("gap:editorList")),
        ("Year", facts.text("dcterms:issued")),
        ("Published in", facts.text("gap:containerTitle")),
        ("Publisher", ", ".join(filter(None, (facts.text("gap:publisherName"), facts.text("gap:publisherPlace"))))),
    )
    return details(
        *(detail(name, value) for name, value in places),
        detail("Address", *facts.links("dcterms:identifier")),
        detail("Licence", *facts.links("dcterms:license")),
        detail("People", *facts.links("dcterms:creator")),
        detail("Reference found in", *facts.links("dcterms:isReferencedBy")),
    )


def _standing(opened: Opened, facts: Facts) -> tuple[Detail, ...]:
    """How far the source carries: what kind it is, whether it was read, what stake it has."""
    read = facts.iri("gap:readingStatus")
    meaning = next((row.definition for row in thing_rows(opened.reader, read)), "") if read else ""
    return details(
        detail("Kind of evidence", *facts.links("gap:evidenceType"), facts.text("gap:evidenceTypeNote")),
        detail("How far it was read", *facts.links("gap:readingStatus"), meaning),
        detail("Stake in what it says", *facts.links("gap:interest"), facts.text("gap:interestNote")),
        detail("Counted once with", *facts.links("gap:independenceGroup")),
    )


def _in_order(opened: Opened, claims: list[str]) -> list[str]:
    """Claims by their place in the document, as a reader meets them."""
    places = hop_words(opened.reader, claims)
    return sorted(claims, key=lambda claim: (_natural(places[claim].locator), claim))


def _natural(locator: str) -> list[tuple[int, int, str]]:
    """“§2.10” after “§2.9”; what stands outside the sections comes first."""
    parts = re.findall(r"\d+|\D+", locator)
    return [(0 if part.isdigit() else 1, int(part) if part.isdigit() else 0, part) for part in parts]


def _part(iri: str, number: int, current: int) -> Link:
    return Link(str(number), f"{href(iri)}?part={number}#read", number == current)


def _roles(opened: Opened, roles: dict[str, list[str]], read: set[str]) -> list[RoleGroup]:
    groups = []
    for role, heading in SOURCE_ROLES.items():
        claims = [claim for claim in roles.get(role, []) if role != "originSource" or claim not in read]
        if claims:
            groups.append(RoleGroup(heading, many(len(claims), "claim"), claim_cards(opened, claims)))
    return groups
