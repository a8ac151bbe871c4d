"""What follows from made-up claims, worked out directly: the rules in SPARQL would take minutes at ten million.

A test holds this against the rules themselves (`kg.derivation`), so it cannot tell anything else than they do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from benchmarks.nquads import A, Fact, facts
from kg.appraisal import RULE_VERSION, appraise
from kg.namespaces import ID
from kg.queries import Footing
from kg.store import DERIVED_GRAPH

if TYPE_CHECKING:
    from benchmarks.made import Claim, Made

EVIDENCE = {"case-study": True, "qualitative-study": True, "survey": True, "conceptual": False, "monograph": False}
"""Kinds of evidence that made-up works are of, and whether such works carry data, as the scheme says."""
_FOR = ("supports", "conditional")
_LINKING = (*_FOR, "describes")
_STATED = ("as-stated", "by-table")
Link = tuple[str, str, str]


def derived(made: Made) -> Iterator[str]:
    """The derived graph, as N-Quads."""
    accepted = [claim for claim in made.claims if claim.accepted]
    causes = {claim.subject: claim.value for claim in accepted if claim.relation == "respondsTo"}
    for claim in accepted:
        for subject, relation, value in (*_between_things(claim, causes), *_to_sources(claim)):
            yield from _lines(subject, ("gap:" + relation, value))
    for subject, relation, value in _context(made, accepted):
        yield from _lines(subject, ("gap:" + relation, value))
    yield from _summaries(made, accepted)


def _between_things(claim: Claim, causes: dict[str, str]) -> Iterator[Link]:
    """Rules 1 to 3."""
    if claim.stance in _LINKING and claim.relation != "bearsOn":
        yield claim.subject, claim.relation, claim.value
    standing = "ByInference" if claim.standing == "curator-inference" else "AsStated"
    if claim.relation == "addresses" and claim.stance in _FOR:
        yield claim.subject, "addresses" + standing, claim.value
    if claim.relation == "inPhase":
        standing = "ByInference" if claim.standing == "curator-inference" else "ByPhase"
        yield claim.subject, "addresses" + standing, causes[claim.value]
        yield claim.subject, "addresses", causes[claim.value]


def _to_sources(claim: Claim) -> Iterator[Link]:
    """Rules 5 to 11, 13 and 14."""
    thing, stated, behind = _speaks_for(claim), claim.standing in _STATED, claim.works or (claim.document,)
    tactic, about_cause = thing.startswith("tactic"), thing.startswith("failure-cause")
    if tactic and claim.force == "recommends" and claim.stance == "supports" and not claim.works:
        yield thing, "recommendedIn", claim.document
    if not about_cause and stated and claim.stance in _FOR:
        yield from ((thing, "supportedBy", work) for work in claim.works)
    voiced = claim.basis in ("experience-report", "expert-opinion")
    if not about_cause and stated and claim.stance in _FOR and voiced:
        yield thing, "supportedBy", claim.document
    if stated and claim.stance in ("cautions", "disputes"):
        relation = "cautionedBy" if claim.stance == "cautions" else "disputedBy"
        yield from ((claim.subject, relation, source) for source in behind)
    if stated and claim.stance == "gap":
        yield claim.subject, "gapReportedIn", claim.document
    yield from _explanations(claim)
    if not stated and claim.relation != "inPhase":
        works = (work for premise in claim.premises if premise.accepted for work in premise.works)
        yield from ((claim.subject, "relatedWork", work) for work in works)
    for end in (claim.subject, claim.value):
        if not end.startswith("dimension"):
            yield from ((end, "discussedIn", source) for source in (claim.document, *claim.works))


def _speaks_for(claim: Claim) -> str:
    """What a claim speaks for: where one thing is said to require another, that other."""
    return claim.value if claim.relation == "requires" else claim.subject


def _explanations(claim: Claim) -> Iterator[Link]:
    """Rule 11."""
    if claim.stance in _LINKING and claim.relation != "addresses" and claim.standing != "curator-inference":
        causes = [end for end in (claim.subject, claim.value) if end.startswith("failure-cause")]
        yield from ((cause, "explainedBy", work) for cause in causes for work in claim.works)


def _context(made: Made, accepted: list[Claim]) -> Iterator[Link]:
    """Rule 12: works cited in the section about the phase in which the same document puts a tactic."""
    phases = {phase.document: phase for phase in made.phases}
    near: dict[str, dict[str, None]] = defaultdict(dict)
    for claim in accepted:
        phase = phases[claim.document]
        if phase.start <= claim.start < phase.end:
            near[phase.name].update(dict.fromkeys(claim.works))
    for claim in accepted:
        if claim.relation == "inPhase" and claim.standing in _STATED:
            yield from ((claim.subject, "contextualWork", work) for work in near[claim.value])


def _summaries(made: Made, accepted: list[Claim]) -> Iterator[str]:
    rows: dict[str, list[Footing]] = defaultdict(list)
    for claim in accepted:
        if (thing := _speaks_for(claim)).startswith("tactic"):
            rows[thing] += [_footing(made, claim, work) for work in claim.works or ("",)]
    for tactic in made.tactics:
        found = appraise(rows[tactic])
        yield from _lines(
            tactic.replace("tactic", "summary", 1),
            (A, "gap:EvidenceSummary"),
            ("gap:summarises", tactic),
            ("gap:evidenceStatus", "evidence-status/" + found.status),
            ("gap:ruleVersion", RULE_VERSION),
            ("gap:supportCount", found.supports),
            ("gap:cautionCount", found.cautions),
            ("gap:gapCount", found.gaps),
            ("gap:independentSourceCount", found.independent),
            *(("prov:wasDerivedFrom", claim) for claim in found.claims),
        )


def _footing(made: Made, claim: Claim, work: str) -> Footing:
    kind, group = made.works.get(work, ("", ""))
    return Footing(
        thing=_speaks_for(claim),
        claim=claim.name,
        stance=f"{ID}stance/{claim.stance}",
        force=f"{ID}force/{claim.force}",
        basis=f"{ID}claim-basis/{claim.basis}",
        standing=f"{ID}link-basis/{claim.standing}",
        document=claim.document,
        work=work,
        evidenceType=kind,
        carriesData="true" if EVIDENCE.get(kind) else "false",
        readingStatus=f"{ID}reading-status/known-by-citation",
        group=group,
    )


def _lines(subject: str, *about: Fact) -> Iterator[str]:
    return (line + " .\n" for line in facts(subject, *about, graph=str(DERIVED_GRAPH)))
