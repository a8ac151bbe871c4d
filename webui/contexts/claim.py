"""The page of a claim: one full record."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import NotFound
from kg.exporting import cite_claim, read_references
from kg.queries import Card, cards, record, relations, works
from kg.queries import thing as thing_rows
from kg.tables import definition
from webui import structured
from webui.addresses import href, kind, short
from webui.base import Opened
from webui.contexts.facts import Facts
from webui.contexts.page import Link, Page, crumbs, frame, shown, tabled
from webui.contexts.parts import ClaimCard, Detail, Mark, claim_cards, detail, details
from webui.contexts.things import Thing


@dataclass(frozen=True)
class Reading:
    """One thing a reader must know of a claim, with what the word means."""

    name: str
    mark: Mark
    meaning: str


@dataclass(frozen=True)
class RelatedClaim:
    """A claim that this one points at, or that points at it."""

    how: str
    link: Link


@dataclass(frozen=True, kw_only=True)
class ClaimPage(Page):
    """A claim."""

    card: ClaimCard
    readings: tuple[Reading, ...]
    place: tuple[Detail, ...]
    record: tuple[Detail, ...]
    related: tuple[RelatedClaim, ...]
    notes: tuple[str, ...]
    cite_as: str


def claim_page(opened: Opened, item: Thing) -> ClaimPage:
    """The page of a claim.

    Raises:
        NotFound: it has no words; data in order never leads here.
    """
    found = claim_cards(opened, [item.iri])
    if not found:
        raise NotFound(item.iri)
    card, facts = found[0], Facts(opened, item.iri)
    readings = _readings(opened, item.iri)
    return ClaimPage(
        **frame(
            opened,
            card.gist,
            title=f"Claim: {card.subject.label}",
            eyebrow="Claim",
            crumbs=crumbs(Link("Sources", "/sources"), card.document, Link("Claim", "", True)),
            queries=(
                *(shown(f"claim_{name}", claim=item.iri) for name in ("cards", "works", "record", "relations")),
                tabled(definition("cards"), claim=item.iri),
            ),
            canonical=href(item.iri),
            structured=structured.script(_structured(opened, item.iri, readings)),
        ),
        card=card,
        readings=readings,
        place=_place(opened, item.iri, card, facts),
        record=_record(opened, item.iri, facts),
        related=_related(opened, item.iri),
        notes=facts.texts("skos:editorialNote"),
        cite_as=cite_claim(opened.reader, item.iri),
    )


def _structured(opened: Opened, claim: str, readings: tuple[Reading, ...]) -> structured.Node:
    row = cards(opened.reader, [claim])[0]
    cited = [work.work for work in works(opened.reader, [claim]) if short(work.role) == "backedBy"]
    return structured.claim(
        claim,
        row.gist,
        ". ".join(f"{reading.name.partition(':')[0]}: {reading.mark.label}" for reading in readings) + ".",
        document=(row.document, row.documentLabel),
        about=[(row.subject, row.subjectLabel), (row.object, row.objectLabel)],
        based_on=cited,
        author=_claimants(opened, row),
        status=row.status,
    )


def _claimants(opened: Opened, row: Card) -> list[structured.Node]:
    """Who makes the claim: the project where a curator infers it, else who voices it, else the document's authors."""
    if short(row.standing) not in _IN_THE_DOCUMENT:
        return [structured.project()]
    if row.voice:
        return [structured.thing(row.voice, kind(row.voice), row.voiceLabel, "")]
    documents = read_references(opened.reader, [row.document])
    return [author for document in documents for author in structured.people(document.csl.get("author", ()))]


_IN_THE_DOCUMENT = {"as-stated", "by-table"}
"""The standing of claims that the document itself makes."""


def _readings(opened: Opened, claim: str) -> tuple[Reading, ...]:
    row = cards(opened.reader, [claim])[0]
    named = (
        ("Stance: which side the document takes", row.stance, row.stanceLabel),
        ("Force: how the document puts it", row.force, row.forceLabel),
        ("Basis: what it rests on at that place", row.basis, row.basisLabel),
        ("Standing: how the link came about", row.standing, row.standingLabel),
    )
    return tuple(Reading(name, Mark(short(iri), label, href(iri)), _meaning(opened, iri)) for name, iri, label in named)


def _meaning(opened: Opened, iri: str) -> str:
    return next((row.definition for row in thing_rows(opened.reader, iri)), "")


def _place(opened: Opened, claim: str, card: ClaimCard, facts: Facts) -> tuple[Detail, ...]:
    anchor = next(iter(record(opened.reader, claim)), None)
    return details(
        detail("Read in", card.document, card.locator),
        detail("Characters of the text", f"{anchor.start} to {anchor.end}" if anchor else ""),
        detail("Fingerprint of the passage", anchor.quoteHash if anchor else ""),
        detail("Fingerprint of the text", anchor.textHash if anchor else ""),
        detail("Whose view it is", *facts.links("gap:originSource"), *facts.links("gap:voicedBy")),
        detail("Another reader might choose", *facts.links("gap:alternativeObject")),
        detail("Helps answer questions of", *facts.links("gap:informs")),
    )


def _record(opened: Opened, claim: str, facts: Facts) -> tuple[Detail, ...]:
    rows = record(opened.reader, claim)
    return details(
        detail("Status", *facts.links("gap:reviewStatus")),
        detail("Entered by", *facts.links("dcterms:creator")),
        detail("Entered on", rows[0].created if rows else ""),
        detail("Entered in", *facts.links("prov:wasGeneratedBy")),
        detail("Checked by", *facts.links("gap:reviewedBy")),
        detail("Checked in", *facts.links("gap:checkedIn")),
        detail("Revises", *facts.links("prov:wasRevisionOf")),
        detail("Part of", *facts.links("gap:partOfPack")),
    )


def _related(opened: Opened, claim: str) -> tuple[RelatedClaim, ...]:
    rows = relations(opened.reader, claim)
    return tuple(
        RelatedClaim(_HOW[row.direction].format(label=row.label), Link(row.gist, href(row.other))) for row in rows
    )


_HOW = {"to": "This claim {label}", "from": "Another claim {label} this one"}
