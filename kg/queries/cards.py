"""Claims in words, and each part of what is recorded of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.queries.terms import phrases
from kg.queries.things import names
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
class ClaimLine:
    """A claim's gist and the addresses of its parts; what they are called is asked for all of them together."""

    claim: str
    gist: str
    subject: str
    relation: str
    object: str
    stance: str
    force: str
    basis: str
    standing: str
    informs: str
    document: str
    locator: str
    status: str
    voice: str


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
class ClaimStatement:
    """What a claim states, how, and whether that stands as a link (`linked` is `true` or `false`)."""

    claim: str
    subject: str
    relation: str
    object: str
    stance: str
    force: str
    standing: str
    status: str
    linked: str


@dataclass(frozen=True)
class HopWords:
    """Where a claim stands, how it is put and how its link came about."""

    claim: str
    documentLabel: str
    locator: str
    force: str
    stance: str
    side: str
    standing: str


@dataclass(frozen=True)
class Marks:
    """How a claim is marked."""

    claim: str
    stance: str
    force: str
    basis: str
    standing: str


def cards(reader: Reader, claims: Sequence[str]) -> list[Card]:
    """Claims in words, those that speak for their statement first.

    To plan the twenty joins of `cards_at_once` takes the engine longer than to answer these three questions.
    """
    lines = claim_lines(reader, claims)
    called = names(reader, list({iri for line in lines for iri in _named_in(line)}))
    verbs = phrases(reader) if lines else {}
    return [_in_words(line, called, verbs[line.relation][0]) for line in lines]


def _named_in(line: ClaimLine) -> Iterable[str]:
    ends = line.subject, line.object, line.document, line.voice
    return filter(None, (*ends, line.stance, line.force, line.basis, line.standing, line.informs, line.status))


def _in_words(line: ClaimLine, called: Mapping[str, str], phrase: str) -> Card:
    named = ("subject", "object", "stance", "force", "basis", "standing", "document", "voice")
    labels = {f"{name}Label": called.get(getattr(line, name), "") for name in named}
    words = {"informs": called.get(line.informs, ""), "status": called.get(line.status, ""), "phrase": phrase}
    return Card(**vars(line) | labels | words)


def cards_at_once(reader: Reader, claims: Sequence[str]) -> list[Card]:
    """The same in one question, as others ask it over the endpoint; a test holds `cards` against it."""
    return fetch(reader, "claim_cards", Card, claim=list(claims))


def claim_lines(reader: Reader, claims: Sequence[str]) -> list[ClaimLine]:
    """Claims by the addresses of their parts, those that speak for their statement first."""
    return fetch(reader, "claim_lines", ClaimLine, claim=list(claims))


def works(reader: Reader, claims: Sequence[str]) -> list[Work]:
    """The works of claims."""
    return fetch(reader, "claim_works", Work, claim=list(claims))


def record(reader: Reader, claim: str) -> list[Record]:
    """The record behind a claim; a row for each checker."""
    return fetch(reader, "claim_record", Record, claim=claim)


def relations(reader: Reader, claim: str) -> list[ClaimRelation]:
    """The claims related to a claim."""
    return fetch(reader, "claim_relations", ClaimRelation, claim=claim)


def claim_statements(reader: Reader, claims: Sequence[str]) -> list[ClaimStatement]:
    """The statements of claims, how they are put, and whether they stand as links."""
    return fetch(reader, "claim_statements", ClaimStatement, claim=list(claims))


def hop_words(reader: Reader, claims: Sequence[str]) -> dict[str, HopWords]:
    """Place, force and stance of claims, by claim."""
    return {row.claim: row for row in fetch(reader, "hop_words", HopWords, claim=list(claims))}


def marks(reader: Reader, claims: Sequence[str]) -> list[Marks]:
    """How the accepted ones of these claims are marked, by address."""
    return fetch(reader, "claim_marks", Marks, claim=list(claims))
