"""The page of a claim: one full record."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import NotFound
from kg.exporting import read_references
from kg.queries import Card, cards, on_link, readings_of, record, relations, works
from kg.queries import Reading as ReadingRow
from kg.queries import thing as thing_rows
from kg.tables import definition
from webui import structured
from webui.addresses import href, kind, short
from webui.base import Opened
from webui.contexts.cards import ClaimCard, claim_cards
from webui.contexts.citing import CiteThis, cite_this
from webui.contexts.facts import Facts
from webui.contexts.grouping import Warned
from webui.contexts.page import Link, Page, crumbs, frame, shown, tabled
from webui.contexts.parts import Detail, Mark, detail, details
from webui.contexts.things import Thing, views_of
from webui.words import moment


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


@dataclass(frozen=True)
class Check:
    """A reading in which the claim was entered, checked or withdrawn."""

    did: str
    link: Link
    by: Link
    at: str


@dataclass(frozen=True, kw_only=True)
class ClaimPage(Page):
    """A claim.

    Attributes:
        card: what it says.
        caveats: what a reader must not overlook.
        readings: the words that tell how to take it, each with its meaning.
        who: whose words or view it is.
        place: where it stands.
        alternatives: what another reader might have chosen in place of its object.
        same: other claims that state the very same link, whatever they hold of it.
        related: claims that limit it, contradict it, or from which it was drawn.
        checks, record: who recorded and who checked it.
        exports: the claim in the forms that other communities use.
    """

    card: ClaimCard
    caveats: tuple[str, ...]
    readings: tuple[Reading, ...]
    who: tuple[Detail, ...]
    place: tuple[Detail, ...]
    alternatives: tuple[Link, ...]
    same: tuple[Warned, ...]
    related: tuple[RelatedClaim, ...]
    notes: tuple[str, ...]
    checks: tuple[Check, ...]
    record: tuple[Detail, ...]
    exports: tuple[Link, ...]
    cite: CiteThis


def claim_page(opened: Opened, item: Thing) -> ClaimPage:
    """The page of a claim.

    Raises:
        NotFound: it has no words; data in order never leads here.
    """
    found = claim_cards(opened, [item.iri])
    if not found:
        raise NotFound(item.iri)
    card, row, facts = found[0], cards(opened.reader, [item.iri])[0], Facts(opened, item.iri)
    readings = _readings(opened, row, facts)
    return ClaimPage(
        **_frame(opened, row, card, readings),
        card=card,
        readings=readings,
        caveats=tuple(_CAVEATS[mark] for mark in (short(row.standing), short(row.force)) if mark in _CAVEATS),
        who=_who(card, facts),
        place=_place(opened, item.iri, card),
        alternatives=facts.links("gap:alternativeObject"),
        same=_same(opened, row),
        related=_related(opened, item.iri),
        notes=facts.texts("skos:editorialNote"),
        checks=tuple(_check(reading) for reading in readings_of(opened.reader, item.iri)),
        record=_record(facts),
        exports=_exports(item.iri),
        cite=cite_this(opened, item.iri, _HINT),
    )


def _frame(opened: Opened, row: Card, card: ClaimCard, readings: tuple[Reading, ...]) -> dict[str, object]:
    asked = (
        *(shown(f"claim_{name}", claim=row.claim) for name in ("cards", "works", "record", "relations")),
        shown("claims_on_link", subject=row.subject, relation=row.relation, object=row.object),
        shown("readings_of", thing=row.claim),
        tabled(definition("cards"), claim=row.claim),
    )
    return frame(
        opened,
        card.gist,
        title=f"Claim: {card.subject.label}",
        eyebrow="Claim",
        crumbs=crumbs(Link("Sources", "/sources"), card.document, Link("Claim", "", True)),
        views=views_of(row.claim, graph=False),
        queries=asked,
        canonical=href(row.claim),
        structured=structured.script(_structured(opened, row, readings)),
    )


_HINT = "Cite the document too, and read it: this is what a curator took from it."
_CAVEATS = {
    "curator-inference": "The document does not say this. A curator inferred it from what documents do say.",
    "by-phase": "No document says this in words: it follows from a phase that a table sets against a cause.",
    "by-table": "This is taken from a table of the document, not from a sentence.",
    "pack-mapping": "No document says this: a pack of data maps the one to the other by its own rule.",
    "hypothesises": "The document puts this forward as a thought to be tested, not as a finding.",
    "recommends": "The document recommends this. That is advice, not a finding that it works.",
}
"""What must be read before the claim is used, by its standing and its force."""


def _structured(opened: Opened, row: Card, readings: tuple[Reading, ...]) -> structured.Node:
    cited = [work.work for work in works(opened.reader, [row.claim]) if short(work.role) == "backedBy"]
    return structured.claim(
        row.claim,
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


def _readings(opened: Opened, row: Card, facts: Facts) -> tuple[Reading, ...]:
    named = (
        ("Stance: which side the document takes", row.stance, row.stanceLabel),
        ("Force: how the document puts it", row.force, row.forceLabel),
        ("Basis: what it rests on at that place", row.basis, row.basisLabel),
        ("Standing: how the link came about", row.standing, row.standingLabel),
        ("Use: which kind of question it helps answer", facts.iri("gap:informs"), row.informs),
    )
    told = [reading for reading in named if reading[1]]  # what it helps answer need not be said
    return tuple(Reading(name, Mark(short(iri), label, href(iri)), _meaning(opened, iri)) for name, iri, label in told)


def _meaning(opened: Opened, iri: str) -> str:
    return next((row.definition for row in thing_rows(opened.reader, iri)), "")


def _who(card: ClaimCard, facts: Facts) -> tuple[Detail, ...]:
    return details(
        detail("Said by", *facts.links("gap:voicedBy")),
        detail("Read in", card.document),
        detail("Whose view it is", *facts.links("gap:originSource")),
    )


def _place(opened: Opened, claim: str, card: ClaimCard) -> tuple[Detail, ...]:
    anchor = next(iter(record(opened.reader, claim)), None)
    return details(
        detail("Section or place", f"{card.document.label}, {card.locator}"),
        detail("Characters of the text", f"{anchor.start} to {anchor.end}" if anchor else ""),
        detail("Fingerprint of the passage", anchor.quoteHash if anchor else ""),
        detail("Fingerprint of the text", anchor.textHash if anchor else ""),
    )


def _record(facts: Facts) -> tuple[Detail, ...]:
    return details(
        detail("Status", *facts.links("gap:reviewStatus")),
        detail("Entered by", *facts.links("dcterms:creator")),
        detail("Entered on", facts.text("dcterms:created")),
        detail("Checked by", *facts.links("gap:reviewedBy")),
        detail("Revises", *facts.links("prov:wasRevisionOf")),
        detail("Part of", *facts.links("gap:partOfPack")),
    )


_DID = {"entered": "Entered in", "checked": "Checked in", "withdrawn": "Withdrawn in"}


def _check(row: ReadingRow) -> Check:
    by = Link(row.agentName, href(row.agent))
    return Check(_DID[row.how], Link(row.label, href(row.activity)), by, moment(row.ended or row.started))


def _same(opened: Opened, row: Card) -> tuple[Warned, ...]:
    """Other claims of the same subject, relation and object: who else says so, and who says otherwise."""
    others = [claim for claim in on_link(opened.reader, row.subject, row.relation, row.object) if claim != row.claim]
    return tuple(
        Warned(card.stance, Link(card.gist, card.href), f"{card.document.label}, {card.locator}")
        for card in claim_cards(opened, others)
    )


def _exports(claim: str) -> tuple[Link, ...]:
    return (
        Link("Nanopublication (TriG)", f"{href(claim)}.nanopub.trig"),
        Link("RDF 1.2 (Turtle)", f"{href(claim)}.rdf12.ttl"),
        Link("RDF 1.1 (Turtle)", f"{href(claim)}.ttl"),
        Link("JSON-LD", f"{href(claim)}.jsonld"),
    )


def _related(opened: Opened, claim: str) -> tuple[RelatedClaim, ...]:
    rows = relations(opened.reader, claim)
    return tuple(
        RelatedClaim(_HOW[short(row.relation)][row.direction], Link(row.gist, href(row.other))) for row in rows
    )


_HOW = {
    "qualifies": {"to": "It sets a limit to", "from": "A limit is set to it by"},
    "disagreesWith": {"to": "It cannot well be held together with", "from": "It cannot well be held together with"},
    "restates": {"to": "It says again", "from": "It is said again by"},
    "inferredFrom": {"to": "It was inferred from", "from": "From it was inferred"},
}
