"""Questions that the pages of single things ask: whose words and works, what rests on what, how a record came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.queries.rows import fetch
from kg.store import Literal, Reader


@dataclass(frozen=True)
class AuthoredWork:
    """A source of which a person or body is an author; a row for each stake it has in what it says."""

    source: str
    label: str
    title: str
    evidenceType: str
    readingStatus: str
    interest: str
    interestLabel: str


@dataclass(frozen=True)
class BodyMember:
    """A person who belongs to a body."""

    person: str
    name: str
    role: str
    claims: int


@dataclass(frozen=True)
class Resting:
    """A thing and one way in which a source bears on it."""

    relation: str
    thing: str
    label: str


@dataclass(frozen=True)
class CitedWork:
    """A source that another cites (`to`), or that cites it (`from`)."""

    direction: str
    other: str
    label: str
    title: str
    evidenceType: str
    readingStatus: str


@dataclass(frozen=True)
class Disagreement:
    """A claim of a source, and another claim that it limits or contradicts (`to`), or that does so to it (`from`)."""

    relation: str
    direction: str
    claim: str
    gist: str
    other: str
    otherGist: str
    document: str
    documentLabel: str


@dataclass(frozen=True)
class Reading:
    """A reading in which claims were entered, checked or withdrawn."""

    activity: str
    label: str
    definition: str
    how: str
    started: str
    ended: str
    agent: str
    agentName: str
    claims: int


@dataclass(frozen=True)
class RevisionRecord:
    """What is recorded of a revision."""

    number: int
    at: str
    agent: str
    agentName: str
    message: str


@dataclass(frozen=True)
class ReadClaim:
    """A claim read in a source."""

    claim: str
    subject: str
    locator: str


@dataclass(frozen=True)
class _KindRead:
    kind: str
    claims: int


@dataclass(frozen=True)
class _Gist:
    claim: str
    gist: str


@dataclass(frozen=True)
class _Note:
    claim: str
    note: str


@dataclass(frozen=True)
class _Voiced:
    claim: str


def claim_notes(reader: Reader, claims: Sequence[str]) -> dict[str, list[str]]:
    """What curators noted beside claims, by claim."""
    found: dict[str, list[str]] = {}
    for row in fetch(reader, "claim_notes", _Note, claim=list(claims)):
        found.setdefault(row.claim, []).append(row.note)
    return found


def voiced(reader: Reader, agent: str) -> list[str]:
    """The accepted claims that a person or body voices."""
    return [row.claim for row in fetch(reader, "claims_voiced", _Voiced, agent=agent)]


def claims_read_in(reader: Reader, source: str, part: tuple[int, int] | None = None) -> list[ReadClaim]:
    """The accepted claims read in a source, in the order of the text.

    Args:
        reader: the base.
        source: the source.
        part: how many to pass over and how many to give at most; None for all.
    """
    return fetch(reader, "claims_read_in", ReadClaim, part, source=source)


def kinds_read_in(reader: Reader, source: str) -> dict[str, int]:
    """How many accepted claims read in a source are about each kind of thing, those with most claims first."""
    return {row.kind: row.claims for row in fetch(reader, "kinds_read_in", _KindRead, source=source)}


def gists(reader: Reader, claims: Sequence[str]) -> dict[str, str]:
    """Claims in one sentence each."""
    return {row.claim: row.gist for row in fetch(reader, "gists", _Gist, claim=list(claims))}


def works_by(reader: Reader, agent: str) -> list[AuthoredWork]:
    """The works of a person or body."""
    return fetch(reader, "works_by", AuthoredWork, agent=agent)


def people_of(reader: Reader, body: str) -> list[BodyMember]:
    """Who belongs to a body."""
    return fetch(reader, "people_of", BodyMember, body=body)


def resting_on(reader: Reader, source: str, part: tuple[int, int] | None = None) -> list[Resting]:
    """What rests on a source, or a part of it; a row for each way in which the source bears on a thing."""
    return fetch(reader, "resting_on", Resting, part, source=source)


def citations_of(reader: Reader, source: str) -> list[CitedWork]:
    """Which works a source cites, and which cite it."""
    return fetch(reader, "citations_of", CitedWork, source=source)


def disagreements(reader: Reader, source: str) -> list[Disagreement]:
    """Where the claims of a source limit or contradict others, or are limited or contradicted."""
    return fetch(reader, "disagreements", Disagreement, source=source)


def readings_of(reader: Reader, thing: str, part: tuple[int, int] | None = None) -> list[Reading]:
    """The readings in which the record of a thing came about, oldest first; of a part of its claims where asked."""
    return fetch(reader, "readings_of", Reading, part, thing=thing)


def revision_records(reader: Reader, revisions: Sequence[str]) -> list[RevisionRecord]:
    """What is recorded of revisions, newest first."""
    return fetch(reader, "revision_records", RevisionRecord, revision=list(revisions))


@dataclass(frozen=True)
class RevisionNumber:
    """The number of a revision."""

    number: int


def revision_of_contribution(reader: Reader, contribution: str) -> list[RevisionNumber]:
    """The revision that accepted a contribution; none where it is not in the base."""
    return fetch(reader, "revision_of_contribution", RevisionNumber, contribution=Literal(contribution))
