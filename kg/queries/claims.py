"""Which claims there are: about a thing, on a link, in a source, of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.queries.rows import fetch
from kg.store import Reader


@dataclass(frozen=True)
class Warned:
    """A claim about a thing that cautions, disputes or reports a gap."""

    thing: str
    claim: str
    stance: str


@dataclass(frozen=True)
class AtOdds:
    """A claim, another one, and whether that one limits it or the two disagree."""

    claim: str
    relation: str
    other: str


@dataclass(frozen=True)
class Nearby:
    """A claim that stands near a thing in the text, with its gist."""

    claim: str
    gist: str


@dataclass(frozen=True)
class GapAt:
    """A claim that reports missing evidence, and where it is read."""

    claim: str
    document: str
    locator: str


@dataclass(frozen=True)
class _Claim:
    claim: str


@dataclass(frozen=True)
class _Counted:
    claims: int


@dataclass(frozen=True)
class _Role:
    claim: str
    role: str


@dataclass(frozen=True)
class _OnLink:
    subject: str
    object: str
    claim: str


@dataclass(frozen=True)
class _Linking:
    thing: str
    relation: str
    source: str
    claim: str


@dataclass(frozen=True)
class _Beside:
    thing: str
    source: str
    claim: str


K = TypeVar("K")


def about(reader: Reader, thing: str, part: tuple[int, int] | None = None) -> list[str]:
    """The accepted claims with a thing as subject or object, or a part of them."""
    return [row.claim for row in fetch(reader, "claims_about", _Claim, part, thing=thing)]


def of_source(reader: Reader, source: str) -> dict[str, list[str]]:
    """The accepted claims of a source by its role: `assertedIn`, `backedBy`, `challengedBy`, `originSource`."""
    found: dict[str, list[str]] = {}
    for row in fetch(reader, "claims_of_source", _Role, thing=source):
        found.setdefault(row.role.rpartition("#")[2], []).append(row.claim)
    return found


def referring(reader: Reader, source: str, part: tuple[int, int] | None = None) -> dict[str, list[str]]:
    """The accepted claims of other documents to which a source is something, by role: `backedBy`, and so on."""
    found: dict[str, list[str]] = {}
    for row in fetch(reader, "claims_referring", _Role, part, source=source):
        found.setdefault(row.role.rpartition("#")[2], []).append(row.claim)
    return found


def on_links(
    reader: Reader, subjects: Sequence[str], relation: str, targets: Sequence[str]
) -> dict[tuple[str, str], list[str]]:
    """The accepted claims that state links by one relation, by subject and object."""
    rows = fetch(reader, "claims_on_link", _OnLink, subject=list(subjects), relation=[relation], object=list(targets))
    return _collect(((r.subject, r.object), r.claim) for r in rows)


def on_link(reader: Reader, subject: str, relation: str, target: str) -> list[str]:
    """The accepted claims that state just this link."""
    return on_links(reader, [subject], relation, [target]).get((subject, target), [])


def linking_sources(reader: Reader, things: Sequence[str]) -> dict[tuple[str, str, str], list[str]]:
    """The claims that made the rules write links to sources, by thing, relation and source."""
    rows = fetch(reader, "claims_linking_source", _Linking, thing=list(things))
    return _collect(((r.thing, r.relation, r.source), r.claim) for r in rows)


def in_context(reader: Reader, phases: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    """The claims for which works are cited where phases are discussed, by phase and work."""
    rows = fetch(reader, "claims_in_context", _Beside, thing=list(phases))
    return _collect(((r.thing, r.source), r.claim) for r in rows)


def by_inference(reader: Reader, things: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    """The curator's claims drawn from claims for which works are cited, by thing and work."""
    rows = fetch(reader, "claims_by_inference", _Beside, thing=list(things))
    return _collect(((r.thing, r.source), r.claim) for r in rows)


def _collect(pairs: Iterable[tuple[K, str]]) -> dict[K, list[str]]:
    found: dict[K, list[str]] = {}
    for key, claim in pairs:
        found.setdefault(key, []).append(claim)
    return found


def in_part(reader: Reader, thing: str) -> list[Nearby]:
    """The claims read in the part of a document given over to a thing, and not about the thing itself."""
    return fetch(reader, "claims_in_part", Nearby, thing=thing)


def accepted_claims(reader: Reader, part: tuple[int, int] | None = None) -> list[str]:
    """All accepted claims, or a part of them."""
    return [row.claim for row in fetch(reader, "accepted_claims", _Claim, part)]


def gaps(reader: Reader, part: tuple[int, int] | None = None) -> list[str]:
    """The claims in which a document says that evidence is missing; a part of them where asked."""
    return [row.claim for row in fetch(reader, "gaps", GapAt, part)]


def gaps_counted(reader: Reader) -> int:
    """How many such claims there are."""
    return fetch(reader, "gaps_counted", _Counted)[0].claims


def of_phase(reader: Reader, phase: str) -> list[str]:
    """The accepted claims about a phase or about the tactics placed in it."""
    return [row.claim for row in fetch(reader, "claims_of_phase", _Claim, phase=phase)]


def warnings(reader: Reader, things: Sequence[str], part: tuple[int, int] | None = None) -> list[Warned]:
    """The accepted claims about things that caution, dispute or report a gap, or a part of them."""
    return fetch(reader, "warnings_about", Warned, part, thing=list(things))


def at_odds(reader: Reader, claims: Sequence[str]) -> list[AtOdds]:
    """The accepted claims that limit these claims or disagree with them."""
    return fetch(reader, "claims_at_odds", AtOdds, claim=list(claims))
