"""The rules by which a status is given, and what each status means, in words. Source: ontology-model.md §2.3."""

from __future__ import annotations

from dataclasses import dataclass


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
