"""What an assistant is given: plain typed objects, `read_this_first` always at the top."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ThingTold:
    """A thing: its address, kind and name."""

    thing: str
    kind: str
    label: str


@dataclass(frozen=True)
class CitedTold:
    """A publication that a claim names: cited for it, cited against it, or the one whose view it tells."""

    role: str
    source: str
    label: str


@dataclass(frozen=True)
class ClaimTold:
    """What one document says at one place. Tell it with its stance, force, basis and standing, never without.

    `says` opens with marks in brackets where the claim is inferred by a curator or put as a hypothesis: keep them.
    """

    claim: str
    says: str
    stance: str
    force: str
    basis: str
    standing: str
    note: str
    subject: ThingTold
    relation: str
    object: ThingTold
    read_in: ThingTold
    place: str
    voice: str
    cited: tuple[CitedTold, ...]


@dataclass(frozen=True)
class StatusTold:
    """What the recorded claims about a tactic amount to by published rules; not a score, not a verdict."""

    status: str
    sentence: str
    claims_for_it: int
    claims_that_caution_or_dispute: int
    claims_that_report_a_gap: int
    independent_groups: int
    rule_version: str


@dataclass(frozen=True)
class LinkTold:
    """A link to another thing and how it came about. A link whose note says so is stated in no source."""

    relation: str
    thing: ThingTold
    standing: str
    note: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceTold:
    """A source beside a thing; the note says what this kind of link does not mean."""

    relation: str
    source: str
    label: str
    title: str
    evidence_type: str
    reading_status: str
    note: str


@dataclass(frozen=True)
class FactTold:
    """A property of the record itself, such as a title or an author."""

    property: str
    value: str


@dataclass(frozen=True)
class Description:
    """A thing: first its status, cautions and gaps, then what else the documents say."""

    read_this_first: tuple[str, ...]
    thing: ThingTold
    definition: str
    status: StatusTold | None
    cautions: tuple[ClaimTold, ...]
    gaps: tuple[ClaimTold, ...]
    links: tuple[LinkTold, ...]
    sources: tuple[SourceTold, ...]
    claims: tuple[ClaimTold, ...]
    claims_left_out: int
    members: tuple[ThingTold, ...]
    facts: tuple[FactTold, ...]
    revision: int


@dataclass(frozen=True)
class HitTold:
    """A thing that was found; the note tells how far it carries."""

    thing: str
    kind: str
    label: str
    text: str
    note: str


@dataclass(frozen=True)
class SearchAnswer:
    """The things that some words fit."""

    read_this_first: tuple[str, ...]
    hits: tuple[HitTold, ...]
    revision: int


@dataclass(frozen=True)
class HopTold:
    """One step of a way, with how the link came about; its sentence says so too."""

    start: ThingTold
    end: ThingTold
    sentence: str
    standing: str
    note: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class WayTold:
    """A way from one thing to another; it is as firm as its weakest step and no firmer."""

    weakest_step: str
    note: str
    hops: tuple[HopTold, ...]


@dataclass(frozen=True)
class TacticTold:
    """A tactic in a phase: how it came to stand there, what its claims amount to, the sources beside it."""

    tactic: ThingTold
    standing: str
    note: str
    force: str
    status: StatusTold | None
    sources: tuple[LinkTold, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True)
class CauseAnswer:
    """A phase set against a cause of failure, and the tactics put forward in that phase."""

    phase: ThingTold
    standing: str
    note: str
    force: str
    claims: tuple[str, ...]
    tactics: tuple[TacticTold, ...]


@dataclass(frozen=True)
class PathsAnswer:
    """The ways between two things, or from a cause by its phases to tactics and sources."""

    read_this_first: tuple[str, ...]
    start: ThingTold
    end: ThingTold | None
    ways: tuple[WayTold, ...]
    phases: tuple[CauseAnswer, ...]
    onward: tuple[LinkTold, ...]
    complete: bool
    revision: int


@dataclass(frozen=True)
class GapsAnswer:
    """What the documents themselves say is not known."""

    read_this_first: tuple[str, ...]
    about: ThingTold | None
    gaps: tuple[ClaimTold, ...]
    left_out: int
    revision: int


@dataclass(frozen=True)
class QueryAnswer:
    """The answer to a SPARQL query: a table, a truth value, or a graph as Turtle.

    `things` names what stands in it and says how far each claim and tactic carries, which the rows do not.
    """

    read_this_first: tuple[str, ...]
    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rows_left_out: int
    truth: bool | None
    turtle: str
    things: tuple[HitTold, ...]
    revision: int


@dataclass(frozen=True)
class ReferenceTold:
    """A source to be cited, what it is here, and whether the project has read it."""

    source: str
    role: str
    reference: str
    reading_status: str
    note: str


@dataclass(frozen=True)
class Citation:
    """How to cite a thing of the base: the sources it comes from, then the data set with its version."""

    read_this_first: tuple[str, ...]
    thing: ThingTold
    place: str
    references: tuple[ReferenceTold, ...]
    data_set: str
    revision: int
