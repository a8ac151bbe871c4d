"""The questions on the other four documents and across all five, with the rows that the texts give."""

from __future__ import annotations

from functools import cache

import pytest
from rdflib import Graph

from tests.data_support import COMPETENCY, competency, rdflib_rows, rows, whole

NUMBERS = range(33, 38)
Answer = list[tuple[str, ...]]

EFFECT, AS_STATED, INFERRED = "dimension/effect", "link-basis/as-stated", "link-basis/curator-inference"
REPORT, UNCITED, OWN = "claim-basis/experience-report", "claim-basis/uncited-argument", "interest/own-organisation"
PILOTS, ETTELT, SUPPORT = "policy/integration-pilots", "source/ettelt-2014", "policy/care-act-support"
DESCRIBES, GAP = "stance/describes", "stance/gap"

# What the post says that came of something: four things of Troubled Families, schools, access, five programmes of
# growth; apart from that the answers to a test and the bureaucracy of agreements now gone.
CLAIMED = (
    ("access-he-apprenticeships", "broader-access-to-learning", REPORT),
    ("free-schools-academies", "new-schools-opened", REPORT),
    ("friends-and-family-test", "patient-feedback-volume", UNCITED),
    ("public-service-agreements", "bureaucracy", UNCITED),
    *(
        ("troubled-families", outcome, REPORT)
        for outcome in (
            "adults-in-work",
            "children-back-in-school",
            "families-lives-transformed",
            "youth-crime-reduced",
        )
    ),
    *(
        (programme, "progress-on-growth", REPORT)
        for programme in (
            "help-to-buy",
            "new-enterprise-allowance",
            "right-to-buy",
            "rural-broadband",
            "start-up-loans",
        )
    ),
)

EXPECTED: dict[int, tuple[str, Answer]] = {
    # paras 17–19 Tennant, 20 and 37–39 Glassborow, 26 Burns, 32 Deen, 42 Macleod
    33: (
        "speaker tactic",
        [
            ("person/celia-tennant", "tactic/back-vision-with-data"),
            ("person/celia-tennant", "tactic/compelling-vision"),
            ("person/celia-tennant", "tactic/engage-people-in-the-message"),
            ("person/claire-burns", "tactic/face-capacity-needs"),
            ("person/peter-macleod", "tactic/contract-or-concordat"),
            ("person/ruth-glassborow", "tactic/align-will-ideas-and-ability"),
            ("person/ruth-glassborow", "tactic/co-design"),
            ("person/ruth-glassborow", "tactic/protect-time-for-co-design"),
            ("person/ruth-glassborow", "tactic/user-led-research"),
            ("person/zahid-deen", "tactic/citizen-centred-data"),
        ],
    ),
    34: (
        "policy outcome basis works interest",
        [(f"policy/{policy}", f"outcome/{outcome}", basis, "0", OWN) for policy, outcome, basis in CLAIMED],
    ),
    # para 2 “little attention”; what is to be evaluated in paras 2 and 3; the second objective
    35: (
        "subject object stance standing",
        [
            ("notion/implementation-process", "dimension/implementation", GAP, AS_STATED),
            (SUPPORT, EFFECT, GAP, INFERRED),
            ("project-objective/evaluate-support", SUPPORT, DESCRIBES, AS_STATED),  # effectiveness
            ("project-objective/evaluate-support", EFFECT, DESCRIBES, AS_STATED),  # impact
            ("study-step/evaluate-success", SUPPORT, DESCRIBES, AS_STATED),  # extent of success
            ("study-step/four-levels", EFFECT, DESCRIBES, AS_STATED),  # what works
            ("study-step/local-research", EFFECT, DESCRIBES, AS_STATED),  # impact in local authorities
        ],
    ),
    # para 8, sentence by sentence; a work is cited in the last alone
    36: (
        "subject relation object work",
        [
            ("policy-approach/permissive", "exemplifiedBy", PILOTS, ""),
            (PILOTS, "bearsOn", "notion/bidding-for-pilots", ""),
            (PILOTS, "usesTactic", "tactic/pilots-with-broad-criteria", ""),
            (PILOTS, "usesTactic", "tactic/exploratory-local-consortia", ""),
            (PILOTS, "bearsOn", "notion/freedom-to-experiment", ""),
            (PILOTS, "bearsOn", "notion/possibility-of-failure", ""),
            (PILOTS, "leadsTo", "outcome/pilot-tension", ""),
            ("pilot-role/testing", "bearsOn", PILOTS, ETTELT),
            ("pilot-role/promoting", "bearsOn", PILOTS, ETTELT),
        ],
    ),
}

# Places where the texts pull apart; the last two only if somebody sets them side by side.
DIFFERENCES = (
    ("implementation-unit", "disagreesWith", "hudson-2019", INFERRED, "iu-broader-remit", "gold-tight-remit"),
    ("implementation-unit", "disagreesWith", "hudson-2019", INFERRED, "not-rocket-science", "implementation-factors-"),
    ("kaehne-editorial", "qualifies", "hudson-2019", AS_STATED, "now-permits-local", "topdown-still-popular"),
    ("kaehne-editorial", "qualifies", "holyrood-roundtable", AS_STATED, "pilots-allow-failure", "sharma-government-"),
    ("kent-project", "qualifies", "hudson-2019", AS_STATED, "gap-best-ways", "literature-on-gap-substantial"),
    ("holyrood-roundtable", "qualifies", "hudson-2019", INFERRED, "inf-pace-against-ansell", "ansell-not-unanimity"),
    ("implementation-unit", "qualifies", "hudson-2019", INFERRED, "frontline-power", "staff-have-discretion"),
)


@cache
def union() -> Graph:
    """All packs in rdflib; not to be written to."""
    triples = sorted({str(quad.triple) + " .\n" for quad in whole().quads()})
    return Graph().parse(data="".join(triples), format="nt")


def answer(number: int, variables: str) -> Answer:
    query = competency(number).read_text(encoding="utf-8")
    first = list(whole().select(query)[0])
    order = [first.index(variable) for variable in variables.split()]
    return [tuple(row[i] for i in order) for row in rows(whole(), query)]


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_the_answer_is_just_what_the_text_gives(number: int) -> None:
    variables, expected = EXPECTED[number]
    assert sorted(answer(number, variables)) == sorted(expected)


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda d: d[4])
def test_where_documents_differ_is_found(difference: tuple[str, ...]) -> None:
    document, relation, other_document, standing, claim, other = difference
    found = answer(37, "document relation otherDocument standing claim other")
    assert [
        row
        for row in found
        if row[:4] == (f"source/{document}", relation, f"source/{other_document}", standing)
        and row[4].startswith(f"claim/{claim}")
        and row[5].startswith(f"claim/{other}")
    ]


def test_differences_are_between_documents_and_reach_all_five() -> None:
    found = answer(37, "document otherDocument")
    assert all(one != other for one, other in found)
    assert len({name for row in found for name in row}) == 5


@pytest.mark.parametrize("number", NUMBERS)
def test_both_engines_agree_on_all_packs(number: int) -> None:
    query = competency(number).read_text(encoding="utf-8")
    found = rows(whole(), query)
    assert found
    assert found == rdflib_rows(union(), query)


def test_every_question_after_the_articles_own_is_answered_here() -> None:
    numbers = [int(path.stem[2:4]) for path in sorted(COMPETENCY.glob("*.rq"))]
    assert numbers == list(range(1, NUMBERS.stop))
    assert sorted({*EXPECTED, 37}) == list(NUMBERS)
