"""What the recorded claims about a tactic amount to, by published rules and in words, never as a score.

Source of the rules: ontology-model.md §2.3. Second-hand works never lift a status above “informed”; links by
phase, works of the context, mappings of packs and curators' inferences are no support; cautions and gaps stand
beside the status.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.namespaces import thing
from kg.queries import Footing

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
