"""Questions about claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class Card:
    """A claim in words, as a card shows it."""

    claim: str
    gist: str
    subject: str
    subjectLabel: str
    relation: str
    phrase: str
    object: str
    objectLabel: str
    stance: str
    stanceLabel: str
    force: str
    forceLabel: str
    basis: str
    basisLabel: str
    standing: str
    standingLabel: str
    informs: str
    document: str
    documentLabel: str
    locator: str
    status: str
    voice: str
    voiceLabel: str


@dataclass(frozen=True)
class Work:
    """A work and what it is to a claim: cited for it, cited against it, or its origin."""

    claim: str
    role: str
    work: str
    workLabel: str


@dataclass(frozen=True)
class Record:
    """Who entered and checked a claim, and where exactly it stands."""

    creator: str
    created: str
    checker: str
    start: int
    end: int
    quoteHash: str
    textHash: str


@dataclass(frozen=True)
class ClaimRelation:
    """Another claim that a claim points at, or that points at it."""

    direction: str
    relation: str
    label: str
    other: str
    gist: str


@dataclass(frozen=True)
class HopWords:
    """Where a claim stands and how it is put."""

    claim: str
    documentLabel: str
    locator: str
    force: str
    stance: str


@dataclass(frozen=True)
class _Claim:
    claim: str


@dataclass(frozen=True)
class _Role:
    claim: str
    role: str


def about(reader: Reader, thing: str) -> list[str]:
    """The accepted claims with a thing as subject or object."""
    return [row.claim for row in fetch(reader, "claims_about", _Claim, thing=thing)]


def of_source(reader: Reader, source: str) -> dict[str, list[str]]:
    """The claims of a source by what it is to them: `assertedIn`, `backedBy`, `challengedBy`, `originSource`."""
    found: dict[str, list[str]] = {}
    for row in fetch(reader, "claims_of_source", _Role, thing=source):
        found.setdefault(row.role.rpartition("#")[2], []).append(row.claim)
    return found


def on_link(reader: Reader, subject: str, relation: str, target: str) -> list[str]:
    """The accepted claims that state just this link."""
    bound = {"subject": subject, "relation": relation, "object": target}
    return [row.claim for row in fetch(reader, "claims_on_link", _Claim, **bound)]


def linking_source(reader: Reader, thing: str, relation: str, source: str) -> list[str]:
    """The accepted claims by which a source bears on a thing in just this way (`cautionedBy`, `recommendedIn`, …)."""
    bound = {"thing": thing, "relation": relation, "source": source}
    return [row.claim for row in fetch(reader, "claims_linking_source", _Claim, **bound)]


def in_context(reader: Reader, phase: str, source: str) -> list[str]:
    """The claims for which a source is cited in the part of a document given over to a phase."""
    return [row.claim for row in fetch(reader, "claims_in_context", _Claim, thing=phase, source=source)]


def by_inference(reader: Reader, thing: str, source: str) -> list[str]:
    """The curator's claims about a thing that were drawn from claims for which a source is cited."""
    return [row.claim for row in fetch(reader, "claims_by_inference", _Claim, thing=thing, source=source)]


def accepted_claims(reader: Reader) -> list[str]:
    """All accepted claims."""
    return [row.claim for row in fetch(reader, "accepted_claims", _Claim)]


def gaps(reader: Reader) -> list[str]:
    """The claims in which a document says that evidence is missing."""
    return [row.claim for row in fetch(reader, "gaps", _Claim)]


def cards(reader: Reader, claims: Sequence[str]) -> list[Card]:
    """Claims in words, those that speak for their statement first."""
    return fetch(reader, "claim_cards", Card, claim=list(claims))


def works(reader: Reader, claims: Sequence[str]) -> list[Work]:
    """The works of claims."""
    return fetch(reader, "claim_works", Work, claim=list(claims))


def record(reader: Reader, claim: str) -> list[Record]:
    """The record behind a claim; a row for each checker."""
    return fetch(reader, "claim_record", Record, claim=claim)


def relations(reader: Reader, claim: str) -> list[ClaimRelation]:
    """The claims related to a claim."""
    return fetch(reader, "claim_relations", ClaimRelation, claim=claim)


def hop_words(reader: Reader, claims: Sequence[str]) -> dict[str, HopWords]:
    """Place, force and stance of claims, by claim."""
    return {row.claim: row for row in fetch(reader, "hop_words", HopWords, claim=list(claims))}
