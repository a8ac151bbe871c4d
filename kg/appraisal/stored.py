"""The statuses of tactics as they are stored in the derived graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.appraisal.deciding import Appraised, appraise
from kg.namespaces import PREFIXES, gap, kind_of, slug_of, thing
from kg.queries import Footing, established_by_appraisal, footing, tactic_names
from kg.store import DERIVED_GRAPH, Literal, NamedNode, Quad, Reader

RULE_VERSION = "3"
"""Raised whenever a rule changes; stored with every summary."""


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
