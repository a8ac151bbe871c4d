"""Traps that a hasty reader of the five documents falls into, listed from the texts, and that the graph avoids.

Each trap is a question to all packs and the rows that the text alone gives; local names stand for addresses.
"""

from __future__ import annotations

import pytest

from tests.data.traps_of_the_article import IN_THE_ARTICLE
from tests.data.traps_support import (
    FORCE,
    KAEHNE,
    KENT,
    NO_VOICE,
    NO_WORK,
    ROUNDTABLE,
    STANCE,
    STATED,
    UNIT,
    VOICE,
    WORK,
    Trap,
    asked,
    force,
    holds,
    person,
    said,
    source,
    stance,
)

# The Implementation Unit's post: the unit on itself, the two commenters, figures and what they count.
IN_THE_POST: dict[str, Trap] = {
    "what Troubled Families did is told by the unit itself and rests on no work": (
        f"SELECT DISTINCT ?d ?basis WHERE {{ {said('policy:troubled-families', 'hadOutcome', '?o')}"
        f"?c gap:assertedIn ?d ; gap:claimBasis ?basis {NO_WORK} {NO_VOICE} }}",
        [("source/implementation-unit", "claim-basis/experience-report")],
    ),
    "the post's stake in what it tells is on record": (
        f"SELECT ?interest WHERE {{ {UNIT} gap:interest ?interest }}",
        [("interest/own-organisation",)],
    ),
    "tens of thousands counts families whose lives were helped, not children or adults": (
        f"SELECT ?o WHERE {{ {holds('tens of thousands')} ?c gap:claimObject ?o ; gap:claimPredicate gap:hadOutcome }}",
        [("outcome/families-lives-transformed",)],
    ),
    "around a third is of major projects, in Smith's comment, from the reform plan": (
        f"SELECT ?s ?voice ?work WHERE {{ {holds('around a third')} {VOICE} {WORK} }}",
        [("notion/major-project", "person/r-k-smith", "source/hm-government-2012")],
    ),
    "no work is cited by the post itself, only by the second commenter": (
        f"SELECT DISTINCT ?voice WHERE {{ ?c gap:assertedIn {UNIT} ; gap:backedBy ?work "
        "OPTIONAL { ?c gap:voicedBy ?voice } }",
        person("r-k-smith"),
    ),
    "King and Crewe speak through Smith": (
        f"SELECT DISTINCT ?voice ?force WHERE {{ ?c gap:backedBy source:king-crewe . {VOICE} {FORCE} }}",
        [("person/r-k-smith", "force/reports")],
    ),
    "project management is what commenters ask for, not the unit": (
        f"SELECT ?c WHERE {{ ?c gap:assertedIn {UNIT} ; gap:claimSubject ?s . {STATED} {NO_VOICE}"
        'FILTER(CONTAINS(STR(?s), "project-management")) }',
        [],
    ),
    "stage reviews, exit strategy and business case are Newton's, not Smith's": (
        "SELECT DISTINCT ?voice WHERE { ?c gap:claimSubject notion:programme-management-model ; gap:voicedBy ?voice }",
        person("iain-newton"),
    ),
    "that the centre may be second-guessing is Smith's question": (
        f"SELECT ?voice ?force WHERE {{ {said('body:implementation-unit', 'leadsTo', 'outcome:duplicated-work')}"
        f"{VOICE} {FORCE} }}",
        [("person/r-k-smith", "force/hypothesises")],
    ),
    "six to eight weeks is said of deep dives, whose steps run to week 7 and after": (
        f"SELECT ?o WHERE {{ {said('tactic:implementation-deep-dive', 'realisedBy', '?o')} }}",
        [(f"deep-dive-step/{step}",) for step in ("after", "week-1", "week-2", "week-3-4", "week-5-6", "week-7")],
    ),
    "six to eight weeks stays as printed": (
        f"SELECT ?o WHERE {{ {holds('six to eight weeks')} ?c gap:claimObject ?o }}",
        [("tactic/implementation-deep-dive",)],
    ),
    "1.6 million answered in the first year, which tells of volume and of no improvement": (
        "SELECT ?o WHERE { policy:friends-and-family-test gap:hadOutcome ?o }",
        [("outcome/patient-feedback-volume",)],
    ),
    "25 times more compares with a survey of 2012": (
        f"SELECT ?s WHERE {{ {holds('25 times')} {holds('National Inpatient Survey in 2012')} }}",
        [("policy/friends-and-family-test",)],
    ),
    "that the unit was helpful is a director's remark, unnamed": (
        "SELECT ?voice WHERE { ?c gap:claimSubject body:implementation-unit ; gap:voicedBy ?voice ; "
        "gap:claimObject outcome:recognised-value-of-unit }",
        person("unnamed-arms-length-director"),
    ),
    "that departments see worth in the unit is an inference of the author": (
        f"SELECT ?force WHERE {{ {said('body:implementation-unit', 'leadsTo', 'outcome:recognised-value-of-unit')}"
        f"{FORCE} {NO_VOICE} }}",
        force("hypothesises"),
    ),
    "fears of another central unit are reported, not held": (
        "SELECT DISTINCT ?force WHERE { ?c gap:claimSubject notion:departments-fear ; gap:force ?force }",
        force("reports"),
    ),
    "four basic factors and seven pitfalls are two lists": (
        """SELECT ?scheme ?n WHERE { ?scheme gap:listedCount ?n
            VALUES ?scheme { scheme:iu-basic-factor scheme:implementation-pitfall scheme:iu-five-things } }""",
        [("scheme/implementation-pitfall", "7"), ("scheme/iu-basic-factor", "4"), ("scheme/iu-five-things", "5")],
    ),
    "health, education and crime reduction are the earlier unit's, not the Implementation Unit's": (
        "SELECT DISTINCT ?s WHERE { ?c gap:claimSubject ?s ; gap:claimObject ?o . "
        "FILTER(REGEX(STR(?o), '/pmdu-service/')) }",
        [("body/prime-ministers-delivery-unit",)],
    ),
    "the earlier unit led the agreements, the Implementation Unit oversees the plans": (
        """SELECT ?s ?o WHERE { ?c gap:claimSubject ?s ; gap:claimObject ?o
            VALUES ?o { policy:public-service-agreements policy:business-plans } FILTER(REGEX(STR(?s), '/body/')) }""",
        [
            ("body/implementation-unit", "policy/business-plans"),
            ("body/prime-ministers-delivery-unit", "policy/public-service-agreements"),
        ],
    ),
    "Chris Mullin describes the unit; Will Cavendish led it": (
        f"SELECT ?who WHERE {{ {UNIT} dcterms:creator ?who }}",
        person("chris-mullin"),
    ),
    "the post reports no figure for programmes of growth, only progress": (
        f"SELECT DISTINCT ?o WHERE {{ {said('?s', 'hadOutcome', '?o')} "
        "VALUES ?s { policy:help-to-buy policy:right-to-buy "
        "policy:rural-broadband policy:start-up-loans policy:new-enterprise-allowance } }",
        [("outcome/progress-on-growth",)],
    ),
}

# Kaehne's editorial: who is quoted, what is paraphrased, what is doubted.
IN_THE_EDITORIAL: dict[str, Trap] = {
    "that policy is no given is Jones's word, quoted by Kaehne": (
        "SELECT DISTINCT ?force ?origin ?d WHERE { ?c gap:claimSubject ?s ; "
        "gap:claimObject notion:health-care-policy ; "
        "gap:force ?force ; gap:originSource ?origin ; gap:assertedIn ?d . "
        "FILTER(REGEX(STR(?s), '/policy-given-assumption/')) }",
        [("force/reports", "source/jones-2018", "source/kaehne-editorial")],
    ),
    "fixed, stable and goal orientated is what Jones calls unsafe to assume": (
        "SELECT DISTINCT ?stance WHERE { ?c gap:claimSubject ?s ; gap:claimObject notion:health-care-policy ; "
        "gap:stance ?stance . FILTER(REGEX(STR(?s), '/policy-given-assumption/')) }",
        stance("cautions"),
    ),
    "policy is not the only influence, with the bracketed not": (
        f"SELECT ?stance ?work WHERE {{ {said('notion:public-policy', 'bearsOn', 'notion:local-staff-behaviour')}"
        f"{STANCE} {WORK} }}",
        [("stance/cautions", "source/jones-2018")],
    ),
    "measures of their own come with a perhaps": (
        f"SELECT DISTINCT ?force WHERE {{ ?c gap:claimSubject own-feature:own-measures . {FORCE} }}",
        force("hypothesises"),
    ),
    "Ettelt et al. are cited for the two roles of pilots": (
        f"SELECT ?s ?work WHERE {{ {said('?s', 'bearsOn', 'policy:integration-pilots')} {WORK} }}",
        [("pilot-role/promoting", "source/ettelt-2014"), ("pilot-role/testing", "source/ettelt-2014")],
    ),
    "the tensions of pilots are Kaehne's own word": (
        f"SELECT ?d WHERE {{ {said('policy:integration-pilots', 'leadsTo', 'outcome:pilot-tension')}"
        f"?c gap:assertedIn ?d {NO_WORK} }}",
        source("kaehne-editorial"),
    ),
    "spurned is a slip in print: the divergence called implementation science forth": (
        f"SELECT ?stance WHERE {{ {said('notion:divergence-of-fields', 'bearsOn', 'notion:implementation-science')}"
        f"{STANCE} }}",
        stance("supports"),
    ),
    "Glasby is paraphrased, not cited": (
        f"SELECT ?s WHERE {{ ?c gap:voicedBy person:jon-glasby ; gap:claimSubject ?s {NO_WORK} }}",
        [("policy/integrated-care",)],
    ),
    "Bevan's saying is his, that it was rhetoric is Kaehne's": (
        f"""SELECT ?voice ?stance WHERE {{
            {said("notion:direct-central-control", "bearsOn", "notion:direct-impact-of-policy")} {STANCE}
            OPTIONAL {{ ?c gap:voicedBy ?voice }} }}""",
        [("", "stance/disputes"), ("person/aneurin-bevan", "stance/describes")],
    ),
    "nobody says that integration saves cost": (
        f"SELECT DISTINCT ?stance WHERE {{ {said('policy:integrated-care', 'hadOutcome', 'outcome:care-costs-reduced')}"
        f"{STANCE} }}",
        stance("cautions"),
    ),
    "nor is it stated that integration raises cost": (
        f"SELECT DISTINCT ?basis WHERE {{ {said('policy:integrated-care', '?r', 'outcome:higher-care-costs')}"
        "?c gap:linkBasis ?basis }",
        [("link-basis/curator-inference",)],
    ),
    "most programmes either fail or raise challenges: failure is not stated of most": (
        f"SELECT ?stance WHERE {{ {said('policy:integrated-care', 'hadOutcome', 'outcome:policy-failure')} {STANCE} }}",
        stance("conditional"),
    ),
    "the fragile consensus is cited from Kaehne's own earlier piece": (
        f"SELECT ?work WHERE {{ {said('notion:policymaker-implementer-agreement', 'requires', '?o')} {WORK} }}",
        source("kaehne-2018"),
    ),
    "Lipsky is cited for professional virtues here and for discretion in the article": (
        f"SELECT DISTINCT ?s WHERE {{ ?c gap:assertedIn {KAEHNE} ; gap:backedBy source:lipsky-1980 ; "
        "gap:claimSubject ?s }",
        [("notion/unity-of-professional-virtues",)],
    ),
    "meaning to collaborate is not enough": (
        f"SELECT DISTINCT ?stance WHERE {{ {said('notion:intention-to-collaborate', 'leadsTo', '?o')} {STANCE} }}",
        stance("cautions"),
    ),
}

# The Kent project page: intentions only.
ON_THE_PROJECT_PAGE: dict[str, Trap] = {
    "the project page reports no effect of anything": (
        f"SELECT ?c WHERE {{ ?c gap:assertedIn {KENT} ; "
        "gap:claimPredicate ?r VALUES ?r { gap:hadOutcome gap:leadsTo } }",
        [],
    ),
    "no document tells of an outcome of the Care Act support": (
        "SELECT ?o WHERE { policy:care-act-support gap:hadOutcome ?o }",
        [],
    ),
    "well placed to deliver is what the support was for, not what it did": (
        "SELECT DISTINCT ?r WHERE { ?c gap:claimSubject policy:care-act-support ; gap:claimPredicate ?r ; "
        "gap:claimObject outcome:local-areas-well-placed }",
        [("aimsAt",)],
    ),
    "the project page cites nothing": (f"SELECT ?c WHERE {{ ?c gap:assertedIn {KENT} ; gap:backedBy ?work }}", []),
    "that the two projects are one is inferred": (
        f"SELECT ?basis WHERE {{ {said('notion:care-act-support-study', 'bearsOn', 'policy:care-act-support')}"
        f"?c gap:assertedIn {KENT} ; gap:linkBasis ?basis }}",
        [("link-basis/curator-inference",)],
    ),
    "two of the article's authors stand with Kent here; the page counts the third with Newcastle": (
        f"SELECT ?s WHERE {{ {holds('David Hunter and Sam Redgate')} }}",
        [("body/newcastle-university",)],
    ),
}

# The round table: who said what, and how firmly.
AT_THE_ROUND_TABLE: dict[str, Trap] = {
    "2014 is what Follan thinks": (
        f"SELECT ?voice ?force WHERE {{ {holds('2014')} ?c gap:assertedIn {ROUNDTABLE} . {VOICE} {FORCE} }}",
        [("person/eddie-follan", "force/hypothesises")],
    ),
    "pace against co-design is Glassborow's": (
        f"SELECT ?voice WHERE {{ {said('notion:pace-pressure', 'inTensionWith', 'tactic:co-design')} {VOICE} }}",
        person("ruth-glassborow"),
    ),
    "pace against discovery is Webb's": (
        "SELECT ?voice WHERE { "
        f"{said('notion:pace-pressure', 'inTensionWith', 'double-diamond:discovery')} {VOICE} }}",
        person("tracy-webb"),
    ),
    "that failing fast is scary is Wallace's; Webb takes it up from him": (
        f"SELECT ?voice ?force WHERE {{ {said('?s', 'inTensionWith', 'notion:failing-fast')} {VOICE} {FORCE} }}",
        [("person/david-wallace", "force/asserts"), ("person/tracy-webb", "force/reports")],
    ),
    "that government cannot be seen to fail is Sharma's": (
        f"SELECT DISTINCT ?voice WHERE {{ ?c gap:claimSubject notion:cannot-be-seen-to-fail . {VOICE} }}",
        person("dhruv-sharma"),
    ),
    "the model of hierarchy is Sarah Davidson's and a feeling": (
        f"SELECT ?voice ?force WHERE {{ {said('notion:hierarchy-mental-model', 'bearsOn', 'notion:central-authority')}"
        f"{VOICE} {FORCE} }}",
        [("person/sarah-davidson", "force/hypothesises")],
    ),
    "the gap between intention and delivery is Jennifer Davidson's": (
        f"SELECT DISTINCT ?voice WHERE {{ ?c gap:claimSubject notion:good-intentions . {VOICE} }}",
        person("jennifer-davidson"),
    ),
    "two speakers are called Davidson; Jenni Davidson, who wrote another article, is none": (
        f"SELECT DISTINCT ?voice WHERE {{ ?c gap:assertedIn {ROUNDTABLE} . "
        f"{VOICE} FILTER(CONTAINS(STR(?voice), 'davidson')) }}",
        person("jennifer-davidson", "sarah-davidson"),
    ),
    "much at see and spark, little at shape and shift": (
        f"SELECT ?s ?stance WHERE {{ {said('?s', 'bearsOn', 'notion:system-change')} {STANCE}"
        "FILTER(REGEX(STR(?s), '/four-s/')) }",
        [
            ("four-s/see", "stance/supports"),
            ("four-s/shape", "stance/cautions"),
            ("four-s/shift", "stance/cautions"),
            ("four-s/spark", "stance/supports"),
        ],
    ),
    "that will is lacking and ideas are not is Glassborow's": (
        f"SELECT ?s ?stance WHERE {{ {said('?s', 'bearsOn', 'dimension:problem')} "
        "?c gap:voicedBy person:ruth-glassborow ."
        f"{STANCE} }}",
        [
            ("will-ideas-ability/ability", "stance/supports"),
            ("will-ideas-ability/ideas", "stance/disputes"),
            ("will-ideas-ability/will", "stance/supports"),
        ],
    ),
    "top-down asking only tends to cost will": (
        f"SELECT ?voice WHERE {{ {said('notion:top-down-direction', 'leadsTo', 'outcome:lack-of-will')}"
        f'?c gap:gist ?gist . {VOICE} FILTER(CONTAINS(?gist, "tends")) }}',
        person("ruth-glassborow"),
    ),
    "how to protect time for co-design is a question without an answer": (
        "SELECT ?stance WHERE { "
        f"{said('tactic:protect-time-for-co-design', 'bearsOn', 'dimension:implementation')} {STANCE} }}",
        stance("gap"),
    ),
    "the double diamond is Webb's, its maker is told by the writer": (
        f"SELECT ?s WHERE {{ {said('?s', 'bearsOn', 'scheme:double-diamond')} {NO_VOICE} }}",
        [("body/design-council",)],
    ),
    "no cited work stands behind anything said": (
        f"SELECT ?c WHERE {{ ?c gap:assertedIn {ROUNDTABLE} ; gap:backedBy ?work }}",
        [],
    ),
    "no policy is said to have had an outcome": (
        f"SELECT ?c WHERE {{ ?c gap:assertedIn {ROUNDTABLE} ; gap:claimPredicate gap:hadOutcome }}",
        [],
    ),
}

TRAPS = IN_THE_ARTICLE | IN_THE_POST | IN_THE_EDITORIAL | ON_THE_PROJECT_PAGE | AT_THE_ROUND_TABLE


@pytest.mark.parametrize("trap", TRAPS)
def test_the_trap_is_avoided(trap: str) -> None:
    query, expected = TRAPS[trap]
    assert asked(query) == sorted(expected)
