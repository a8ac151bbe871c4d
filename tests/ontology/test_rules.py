"""The rules that write the links: for each, the least that makes it write, and what must make it write nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.derivation import rule_files
from kg.namespaces import local_of
from kg.store import in_memory, text_of
from tests.data_support import turtle

RULES = {path.stem[:3]: path for path in rule_files()}
Triple = tuple[str, str, str]


def claim(**other: str) -> str:
    """A stated, accepted, supporting claim: t addresses c, read in doc; with other parts where given."""
    parts = {
        "claimSubject": "tactic:t",
        "claimPredicate": "gap:addresses",
        "claimObject": "failure-cause:c",
        "stance": "stance:supports",
        "force": "force:asserts",
        "claimBasis": "claim-basis:cites-empirical",
        "linkBasis": "link-basis:as-stated",
        "reviewStatus": "review-status:accepted",
        "assertedIn": "source:doc",
    } | other
    stated = "".join(f"  gap:{name} {value} ;\n" for name, value in parts.items() if value)
    return f"claim:c a gap:Claim ;\n{stated}.\n"


KINDS = "tactic:t a gap:Tactic . failure-cause:c a gap:FailureCause . support-phase:p a gap:SupportPhase .\n"
WORK = {"backedBy": "source:w"}
UNACCEPTED = [{"reviewStatus": f"review-status:{status}"} for status in ("draft", "contested", "withdrawn")]
INFERRED = [{"linkBasis": f"link-basis:{basis}"} for basis in ("curator-inference", "by-phase", "pack-mapping")]


def stances(*wanted: str) -> list[dict[str, str]]:
    every = ("supports", "conditional", "describes", "cautions", "disputes", "gap")
    return [{"stance": f"stance:{stance}"} for stance in every if stance not in wanted]


def written(rule: str, text: str) -> set[Triple]:
    query = RULES[rule].read_text(encoding="utf-8")
    triples = in_memory(turtle(KINDS + text)).construct(query)
    return {
        (local_of(text_of(t.subject)), local_of(text_of(t.predicate)), local_of(text_of(t.object))) for t in triples
    }


IN_PHASE = {"claimPredicate": "gap:inPhase", "claimObject": "support-phase:p"}
PHASE = "tactic:t gap:inPhase support-phase:p . support-phase:p gap:respondsTo failure-cause:c .\n"
T, C, DOC, W = "tactic/t", "failure-cause/c", "source/doc", "source/w"
PLACES = """
support-phase:p gap:describedAt passage:section .
passage:section oa:hasSource source:doc ; oa:hasSelector selector:section .
selector:section oa:start 100 ; oa:end 200 .
claim:placing gap:claimSubject tactic:t ; gap:claimPredicate gap:inPhase ; gap:claimObject support-phase:p ;
  gap:assertedIn source:doc ; gap:linkBasis link-basis:as-stated ; gap:reviewStatus review-status:accepted .
passage:here oa:hasSource source:doc ; oa:hasSelector selector:here .
"""
HERE = WORK | {"locatedAt": "passage:here"}


def place(start: int, end: int) -> str:
    return f"selector:here oa:start {start} ; oa:end {end} .\n"


PREMISE = "claim:premise gap:backedBy source:w ; gap:reviewStatus review-status:{status} .\n"
DRAWN = {"linkBasis": "link-basis:curator-inference", "inferredFrom": "claim:premise"}

WRITES: list[tuple[str, str, set[Triple]]] = [
    ("r01", claim(), {(T, "addresses", C)}),
    ("r01", claim(stance="stance:conditional"), {(T, "addresses", C)}),
    ("r01", claim(stance="stance:describes", claimPredicate="gap:realisedBy"), {(T, "realisedBy", C)}),
    ("r01", claim(linkBasis="link-basis:curator-inference"), {(T, "addresses", C)}),
    ("r02", claim(), {(T, "addressesAsStated", C)}),
    ("r02", claim(linkBasis="link-basis:by-table"), {(T, "addressesAsStated", C)}),
    ("r02", claim(linkBasis="link-basis:curator-inference"), {(T, "addressesByInference", C)}),
    ("r02", claim(linkBasis="link-basis:pack-mapping"), {(T, "addressesByMapping", C)}),
    ("r03", PHASE + claim(**IN_PHASE), {(T, "addressesByPhase", C), (T, "addresses", C)}),
    (
        "r03",
        PHASE + claim(**IN_PHASE, linkBasis="link-basis:curator-inference"),
        {(T, "addressesByInference", C), (T, "addresses", C)},
    ),
    ("r04", "notion:a gap:inTensionWith notion:b .", {("notion/b", "inTensionWith", "notion/a")}),
    ("r05", claim(force="force:recommends", claimBasis="claim-basis:uncited-argument"), {(T, "recommendedIn", DOC)}),
    ("r06", claim(**WORK), {(T, "supportedBy", W)}),
    ("r06", claim(**WORK, stance="stance:conditional", linkBasis="link-basis:by-table"), {(T, "supportedBy", W)}),
    ("r07", claim(claimBasis="claim-basis:experience-report"), {(T, "supportedBy", DOC)}),
    ("r07", claim(claimBasis="claim-basis:expert-opinion"), {(T, "supportedBy", DOC)}),
    (
        "r07",
        claim(claimBasis="claim-basis:expert-opinion", stance="stance:conditional", linkBasis="link-basis:by-table"),
        {(T, "supportedBy", DOC)},
    ),
    ("r08", claim(stance="stance:cautions"), {(T, "cautionedBy", DOC)}),
    ("r08", claim(stance="stance:cautions", **WORK), {(T, "cautionedBy", W)}),
    ("r09", claim(stance="stance:disputes"), {(T, "disputedBy", DOC)}),
    ("r09", claim(stance="stance:disputes", **WORK), {(T, "disputedBy", W)}),
    ("r10", claim(stance="stance:gap", claimPredicate="gap:bearsOn"), {(T, "gapReportedIn", DOC)}),
    ("r11", claim(**WORK, claimSubject="notion:n", claimPredicate="gap:contributesTo"), {(C, "explainedBy", W)}),
    (
        "r11",
        claim(**WORK, claimSubject="failure-cause:c", claimPredicate="gap:leadsTo", claimObject="outcome:o"),
        {(C, "explainedBy", W)},
    ),
    ("r12", PLACES + place(100, 120) + claim(**HERE), {(T, "contextualWork", W)}),
    ("r12", PLACES + place(199, 250) + claim(**HERE, stance="stance:cautions"), {(T, "contextualWork", W)}),
    ("r13", PREMISE.format(status="accepted") + claim(**DRAWN), {(T, "relatedWork", W)}),
    (
        "r14",
        claim(**WORK, challengedBy="source:x"),
        {(thing, "discussedIn", source) for thing in (T, C) for source in (DOC, W, "source/x")},
    ),
]

NOTHING: list[tuple[str, str]] = [
    *(("r01", claim(**other)) for other in UNACCEPTED + stances("supports", "conditional", "describes")),
    ("r01", claim(claimPredicate="gap:bearsOn")),
    *(("r02", claim(**other)) for other in UNACCEPTED + stances("supports", "conditional")),
    ("r02", claim(claimPredicate="gap:bearsOn")),
    ("r02", claim(linkBasis="link-basis:by-phase")),
    *(("r03", PHASE + claim(**(IN_PHASE | other))) for other in UNACCEPTED),
    ("r03", PHASE.replace("failure-cause:c", "notion:n") + claim(**IN_PHASE)),
    ("r03", PHASE.replace("support-phase:p gap:resp", "support-phase:q gap:resp") + claim(**IN_PHASE)),
    ("r04", "notion:a gap:bearsOn notion:b ."),
    *(("r05", claim(**({"force": "force:recommends"} | other))) for other in UNACCEPTED + stances("supports")),
    ("r05", claim(force="force:asserts")),
    ("r05", claim(force="force:recommends", **WORK)),
    ("r05", claim(force="force:recommends", claimSubject="notion:n")),
    *(("r06", claim(**(WORK | other))) for other in UNACCEPTED + INFERRED + stances("supports", "conditional")),
    ("r06", claim()),
    ("r06", claim(**WORK, claimSubject="failure-cause:c")),
    *(
        ("r07", claim(**({"claimBasis": "claim-basis:expert-opinion"} | other)))
        for other in UNACCEPTED + INFERRED + stances("supports", "conditional")
    ),
    ("r07", claim(claimBasis="claim-basis:uncited-argument")),
    ("r07", claim(claimBasis="claim-basis:expert-opinion", claimSubject="failure-cause:c")),
    *(
        ("r08", claim(**({"stance": "stance:cautions"} | other)))
        for other in UNACCEPTED + INFERRED + stances("cautions")
    ),
    *(
        ("r09", claim(**({"stance": "stance:disputes"} | other)))
        for other in UNACCEPTED + INFERRED + stances("disputes")
    ),
    *(("r10", claim(**({"stance": "stance:gap"} | other))) for other in UNACCEPTED + INFERRED + stances("gap")),
    *(
        ("r11", claim(**(WORK | {"claimPredicate": "gap:contributesTo"} | other)))
        for other in [*UNACCEPTED, INFERRED[0], *stances("supports", "conditional", "describes")]
    ),
    ("r11", claim(**WORK)),  # “addresses”: of the tactic, not of the cause
    ("r11", claim(claimPredicate="gap:contributesTo")),
    ("r12", PLACES + place(99, 150) + claim(**HERE)),
    ("r12", PLACES + place(200, 250) + claim(**HERE)),
    ("r12", PLACES + place(150, 160) + claim(**HERE, assertedIn="source:other")),
    *(("r12", PLACES + place(150, 160) + claim(**(HERE | other))) for other in UNACCEPTED),
    ("r12", (PLACES + place(150, 160) + claim(**HERE)).replace("gap:inPhase", "gap:bearsOn")),
    ("r12", (PLACES + place(150, 160)).replace("as-stated", "curator-inference") + claim(**HERE)),
    ("r12", PLACES.replace("gap:assertedIn source:doc", "gap:assertedIn source:x") + place(150, 160) + claim(**HERE)),
    ("r13", PREMISE.format(status="draft") + claim(**DRAWN)),
    ("r13", PREMISE.format(status="accepted") + claim(**(DRAWN | {"claimPredicate": "gap:inPhase"}))),
    ("r13", PREMISE.format(status="accepted") + claim(**(DRAWN | {"linkBasis": "link-basis:as-stated"}))),
    *(("r13", PREMISE.format(status="accepted") + claim(**(DRAWN | other))) for other in UNACCEPTED),
    ("r13", "claim:premise gap:reviewStatus review-status:accepted .\n" + claim(**DRAWN)),
    *(("r14", claim(**other)) for other in UNACCEPTED),
]


@pytest.mark.parametrize(("rule", "text", "triples"), WRITES, ids=[f"{w[0]}-{n}" for n, w in enumerate(WRITES)])
def test_writes(rule: str, text: str, triples: set[Triple]) -> None:
    assert written(rule, text) == triples


@pytest.mark.parametrize(("rule", "text"), NOTHING, ids=[f"{w[0]}-{n}" for n, w in enumerate(NOTHING)])
def test_writes_nothing(rule: str, text: str) -> None:
    assert written(rule, text) == set()


def test_every_rule_has_both_examples() -> None:
    assert set(RULES) == {rule for rule, *_ in WRITES} == {rule for rule, _ in NOTHING}


def test_dimensions_are_not_discussed() -> None:
    text = "dimension:effect a gap:Dimension .\n" + claim(claimPredicate="gap:bearsOn", claimObject="dimension:effect")
    assert written("r14", text) == {(T, "discussedIn", DOC)}


@pytest.mark.parametrize("path", rule_files(), ids=lambda path: path.stem)
def test_documented(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# title: ")
    assert lines[1].startswith("# what: ")


def test_rules_apply_in_order_of_name() -> None:
    assert [path.stem[:3] for path in rule_files()] == [f"r{n:02}" for n in range(1, len(RULES) + 1)]
