"""What the recorded claims about a tactic amount to, by published rules and in words, never as a score.

Source of the rules: ontology-model.md §2.3. Second-hand works never lift a status above “informed”; links by
phase, works of the context, mappings of packs and curators' inferences are no support; cautions and gaps stand
beside the status.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.namespaces import PREFIXES, gap, kind_of, slug_of, thing
from kg.queries import Footing, established_by_appraisal, footing, tactic_names
from kg.store import DERIVED_GRAPH, Literal, NamedNode, Quad, Reader

RULE_VERSION = "3"
"""Raised whenever a rule changes; stored with every summary."""

STATED = {thing("link-basis", slug) for slug in ("as-stated", "by-table")}
_MAPPED = thing("link-basis", "pack-mapping")
FOR = {thing("stance", slug) for slug in ("supports", "conditional")}
AGAINST = thing("stance", "disputes")
_CAUTION = thing("stance", "cautions")
_GAP = thing("stance", "gap")
UNCITED = thing("claim-basis", "uncited-argument")
_UNREAD = thing("reading-status", "known-by-citation")
_RETRACTED = thing("publication-status", "retracted")


@dataclass(frozen=True)
class Appraised:
    """The status of one tactic.

    Attributes:
        status: slug in the scheme `evidence-status`.
        supports: how many claims speak for it as the documents tell it, so without curators' inferences.
        cautions, gaps: how many claims caution about or dispute it, report a gap.
        independent: how many independence groups with data stand behind the stated, supporting claims.
        claims: the claims it rests on; what a pack maps is never among them.
    """

    status: str
    supports: int
    cautions: int
    gaps: int
    independent: int
    claims: tuple[str, ...]


class Footings:
    """The footing of some of the claims about a tactic, sorted by what it does for the status.

    What a pack maps is left out; what a retracted document says, or a retracted work gives, carries nothing.

    Args:
        rows: one row for each claim and work, all about the same tactic; all rows of a claim or none.
    """

    def __init__(self, rows: Iterable[Footing]) -> None:
        self.rows = [r for r in rows if r.standing != _MAPPED]
        held = [r for r in self.rows if r.documentStatus != _RETRACTED]
        self.supporting = [r for r in held if r.stance in FOR]
        self.disputing = [r for r in held if r.stance == AGAINST and r.standing in STATED]
        stated = [r for r in self.supporting if r.standing in STATED]
        self.footed = [r for r in stated if r.basis != UNCITED and r.workStatus != _RETRACTED]
        self.supports, self.cautions = _claims(stated), _claims(self.disputing) + self._with(_CAUTION)
        self.gaps, self.claims = self._with(_GAP), frozenset(r.claim for r in self.rows)

    @property
    def groups(self) -> set[str]:
        """The independence groups with data behind what speaks for the tactic."""
        return _groups(self.supporting)

    @property
    def read_for(self) -> set[str]:
        """Those of them of which the project read a work."""
        return _groups(self.supporting, read=True)

    @property
    def read_against(self) -> set[str]:
        """The same for what disputes it."""
        return _groups(self.disputing, read=True)

    def _with(self, stance: str) -> int:
        return _claims([r for r in self.rows if r.stance == stance])


class Grounds(Protocol):
    """What the rules decide a status by; each is asked for only where the ones before leave it open."""

    def exist(self) -> bool:
        """Whether any claim is about the tactic."""

    def dispute(self) -> bool:
        """Whether a claim disputes it."""

    def are_footed(self) -> bool:
        """Whether one in its favour rests on more than bare argument."""

    def are_sound(self) -> bool:
        """Whether the appraisals on file allow the status “established”."""

    def read_for(self) -> int:
        """How many independent groups of works with data, read by the project, speak for it; 2 stands for more."""

    def are_read_against(self) -> bool:
        """Whether such a work speaks against it."""


@dataclass(frozen=True)
class _AllClaims:
    """Grounds of which every claim is at hand."""

    found: Footings
    sound: bool

    def exist(self) -> bool:
        return bool(self.found.rows)

    def dispute(self) -> bool:
        return bool(self.found.disputing)

    def are_footed(self) -> bool:
        return bool(self.found.footed)

    def are_sound(self) -> bool:
        return self.sound

    def read_for(self) -> int:
        return len(self.found.read_for)

    def are_read_against(self) -> bool:
        return bool(self.found.read_against)


def appraise(rows: Sequence[Footing], *, established: bool = False) -> Appraised:
    """The status of one tactic from the footing of its accepted claims.

    Args:
        rows: one row for each claim and work, all about the same tactic.
        established: whether appraisals on file allow that status; counting never reaches it.
    """
    found = Footings(rows)
    return Appraised(
        status=decided(_AllClaims(found, established)),
        supports=found.supports,
        cautions=found.cautions,
        gaps=found.gaps,
        independent=len(found.groups),
        claims=tuple(sorted(found.claims)),
    )


def decided(grounds: Grounds) -> str:
    """The status (a slug) that the rules give: the first one that fits decides."""
    if not grounds.exist():
        return "no-claims"
    if disputed := grounds.dispute():
        if grounds.are_read_against() and not grounds.read_for():
            return "counter-evidence"
        if grounds.are_footed():
            return "contested"
    if not disputed and grounds.are_sound():
        return "established"
    if not disputed and grounds.read_for() >= 2:
        return "emerging"
    return "informed" if grounds.are_footed() else "proposed"


def _claims(rows: Sequence[Footing]) -> int:
    return len({r.claim for r in rows})


def _groups(rows: Sequence[Footing], *, read: bool = False) -> set[str]:
    """Independence groups of works with data behind stated claims; only of works the project read if asked."""
    return {
        r.group
        for r in rows
        if r.standing in STATED
        and r.carriesData == "true"
        and r.workStatus != _RETRACTED
        and not (read and r.readingStatus == _UNREAD)
    }


def summaries(reader: Reader, only: Sequence[str] | None = None) -> list[Quad]:
    """The stored summaries of all tactics, or of those of these things that are tactics, for the derived graph."""
    rows: dict[str, list[Footing]] = defaultdict(list)
    for row in footing(reader, only):
        rows[row.thing].append(row)
    sound = sound_by_appraisal(reader, only)
    return [
        quad
        for tactic in tactic_names(reader, only)
        for quad in summary_quads(tactic, appraise(rows[tactic], established=tactic in sound))
    ]


def sound_by_appraisal(reader: Reader, only: Sequence[str] | None = None) -> set[str]:
    """The tactics, or those of these, for which the appraisals on file allow the status “established”."""
    return {e.tactic for e in established_by_appraisal(reader, only) if e.reviews or e.groups >= 3}


def summary_of(tactic: str) -> NamedNode:
    """The address of a tactic's summary."""
    kind, slug = kind_of(tactic), slug_of(tactic)  # a member of another list may be a tactic too
    return NamedNode(thing("summary", slug if kind == "tactic" else f"{kind}-{slug}"))


def summary_quads(tactic: str, found: Appraised) -> list[Quad]:
    """A tactic's summary as it is stored."""
    me = summary_of(tactic)
    numbers = {
        "supportCount": found.supports,
        "cautionCount": found.cautions,
        "gapCount": found.gaps,
        "independentSourceCount": found.independent,
    }
    facts: list[tuple[str, NamedNode | Literal]] = [
        (PREFIXES["rdf"] + "type", NamedNode(gap("EvidenceSummary"))),
        (gap("summarises"), NamedNode(tactic)),
        (gap("evidenceStatus"), NamedNode(thing("evidence-status", found.status))),
        (gap("ruleVersion"), Literal(RULE_VERSION)),
        *((gap(name), Literal(number)) for name, number in numbers.items()),
        *((PREFIXES["prov"] + "wasDerivedFrom", NamedNode(claim)) for claim in found.claims),
    ]
    return [Quad(me, NamedNode(p), value, DERIVED_GRAPH) for p, value in facts]


@dataclass(frozen=True)
class Rule:
    """One of the rules by which a status is given; they are tried in order, and the first that fits decides.

    Attributes:
        number: its place in that order.
        status: slug in the scheme `evidence-status`.
        wording: when it fits.
    """

    number: int
    status: str
    wording: str


RULES = (
    Rule(1, "no-claims", "No accepted claim is about the tactic."),
    Rule(
        2,
        "counter-evidence",
        "A work with data that the project has read is cited for a claim against the tactic, and no such work is cited "
        "for a claim in its favour.",
    ),
    Rule(
        3,
        "contested",
        "At least one claim disputes the tactic, and at least one in its favour rests on more than bare argument.",
    ),
    Rule(
        4,
        "established",
        "The appraisals on file find sound and relevant work for the tactic, either a systematic review or three or "
        "more independent groups of works, and nothing disputes it. Counting claims never leads here.",
    ),
    Rule(
        5,
        "emerging",
        "Two or more independent groups of works with data that the project has read are cited for the tactic, and "
        "nothing disputes it.",
    ),
    Rule(
        6,
        "informed",
        "At least one claim in its favour rests on more than bare argument: a cited work, experience or opinion.",
    ),
    Rule(7, "proposed", "The tactic is put forward, and nothing more."),
)
"""The rules in words. Source: ontology-model.md §2.3."""
GUARDS = (
    "Only claims as a document makes them count, in words or in a table. Links that follow from a phase, works of the "
    "context and inferences of curators are no support.",
    "What a pack of data maps is left out altogether: it lifts no status, and is counted neither for nor against.",
    "Works that the project knows only through another document never lift a status above “informed”, however many.",
    "Works by the same people on the same material count once, as one independent group.",
    "A retracted work supports nothing and disputes nothing. A claim whose works are all retracted counts as a bare "
    "argument; what a retracted document says counts neither for nor against. Cautions are shown all the same.",
    "Cautions and reported gaps do not lower a status. They always stand beside it, with their number.",
    "A recommendation without a footing counts as “proposed”.",
    "There is no score, no average and no star.",
)
"""What keeps a status from claiming too much. Source: ontology-model.md §2.3."""

_SENTENCES = {
    "no-claims": "No recorded claim is about this tactic itself; it may be named in claims about other things.",
    "counter-evidence": "Works with data that the project has read speak against this tactic, and none for it.",
    "contested": "Recorded claims speak both for and against this tactic.",
    "established": "By the appraisals on file, sound and relevant work speaks for this tactic, and nothing against it.",
    "emerging": "At least two independent works with data, read by the project, speak for this tactic.",
    "informed": "Put forward, with works, experience or opinion recorded in its favour, as told by others.",
    "proposed": "Put forward. No cited evidence for this tactic is recorded here.",
}


def sentence(status: str) -> str:
    """The fixed sentence of a status, for pages and the command line.

    Args:
        status: slug in the scheme `evidence-status`.
    """
    return _SENTENCES[status]
