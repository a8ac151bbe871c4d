"""The marks that say how far something carries, in words that an assistant takes along when it quotes them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.appraisal import sentence
from kg.assisting.answers import ClaimTold, StatusTold
from kg.model import Standing
from kg.namespaces import slug_of
from kg.queries import Summary

NOT_A_FINDING = (
    "A claim says what one document says at one place; it is no finding of this base. When you tell of it, tell its "
    "stance, force, basis and standing with it, and who says so."
)
NO_STATUS = "No evidence status is computed for things of this kind."
FEW_DOCUMENTS = "The base holds what a few documents say. What is not in it may still be known elsewhere."

STANDING_NOTES = {
    Standing.STATED: "",
    Standing.BY_TABLE: "Stands in a table or matrix of the document, not in a sentence.",
    Standing.BY_PHASE: "Inferred from the tactic’s phase and a table: not stated in a source.",
    Standing.MAPPED: "Mapped by a pack of data by its own rule: not stated in a source.",
    Standing.INFERRED: "Inferred by a curator: not stated in a source.",
}
"""What to say of a link beside its standing."""

SOURCE_NOTES = {
    "cautionedBy": "A claim that warns about it rests on this; that is no finding that it does harm.",
    "disputedBy": "A claim that speaks against it rests on this; that is no finding that it fails.",
    "gapReportedIn": "The document says that evidence is missing; that is no finding that there is none.",
    "supportedBy": "A claim for it rests on this, or on experience or opinion in it; that is no finding of an effect.",
    "explainedBy": "A claim about what it is or does rests on this; that says nothing of any tactic.",
    "recommendedIn": "The document puts it forward; that does not mean that anything was cited or tested.",
    "relatedWork": "Inferred by a curator: not stated in a source. Cited for another claim; no support.",
    "contextualWork": "Cited in the part of a text given over to its phase; nothing says that it is about it.",
}
"""What each kind of link to a source does not mean, by the relation's local name, in the order of telling.

Source: docs/model.md, “How to read the data”.
"""

_CURATED = {Standing.BY_PHASE, Standing.MAPPED, Standing.INFERRED}
_HYPOTHESIS = "hypothesises"
_UNCITED = "uncited-argument"
_THOUGHT = "Put as a hypothesis."
_NO_PUBLICATION = "No publication is cited for it at that place."


def says(gist: str, standing: Standing, force: str) -> str:
    """A claim's gist behind the marks that may not be lost."""
    marks = [STANDING_NOTES[standing].rstrip(".")] if standing in _CURATED else []
    marks += ["Hypothesis, put forward as a thought to be tested"] if force == _HYPOTHESIS else []
    return "".join(f"[{mark}] " for mark in marks) + gist


def claim_note(standing: Standing, force: str, basis: str) -> str:
    """What to know of a claim before telling of it."""
    notes = [
        STANDING_NOTES[standing],
        _THOUGHT if force == _HYPOTHESIS else "",
        _NO_PUBLICATION if basis == _UNCITED else "",
    ]
    return " ".join(note for note in notes if note)


def status_told(found: Summary | None) -> StatusTold | None:
    """A stored status with its fixed sentence."""
    if found is None:
        return None
    return StatusTold(
        status=found.statusLabel,
        sentence=sentence(slug_of(found.status)),
        claims_for_it=found.supports,
        claims_that_caution_or_dispute=found.cautions,
        claims_that_report_a_gap=found.gaps,
        independent_groups=found.independent,
        rule_version=found.ruleVersion,
    )


def status_line(status: StatusTold) -> str:
    """A status in a sentence, with the counts behind it, warnings first."""
    warned = _many(status.claims_that_caution_or_dispute, "cautions or disputes", "caution or dispute")
    lacking = _many(status.claims_that_report_a_gap, "reports a gap", "report a gap")
    backing = _many(status.claims_for_it, "speaks for it as a document tells it", "speak for it as documents tell it")
    return f"{status.status}: {status.sentence} {warned[:1].upper()}{warned[1:]}, {lacking}; {backing}."


def claims_lines(claims: Sequence[ClaimTold]) -> list[str]:
    """What to know of several claims before telling of any."""
    inferred = sum(STANDING_NOTES[Standing.INFERRED] in claim.note for claim in claims)
    thoughts = sum(_THOUGHT in claim.note for claim in claims)
    uncited = sum(_NO_PUBLICATION in claim.note for claim in claims)
    lines = [
        f"{inferred} of {len(claims)} claims here: inferred by a curator, not stated in a source." if inferred else "",
        f"{thoughts} of {len(claims)} claims here: put as hypotheses." if thoughts else "",
        f"{uncited} of {len(claims)} claims here: no publication cited for them at their place." if uncited else "",
    ]
    return [*(line for line in lines if line), *([NOT_A_FINDING] if claims else [])]


def _many(count: int, one: str, more: str) -> str:
    return f"1 claim {one}" if count == 1 else f"{count or 'no'} claims {more}"
