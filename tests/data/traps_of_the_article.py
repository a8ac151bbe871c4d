"""Traps of the article: who is cited for what, counts, cells of tables, hedges, effects that nobody reports."""

from __future__ import annotations

from tests.data.traps_support import (
    FORCE,
    NO_WORK,
    STANCE,
    STATED,
    WORK,
    Trap,
    force,
    holds,
    said,
    source,
    stance,
)

IN_THE_ARTICLE: dict[str, Trap] = {
    "25 countries have delivery units, not support programmes": (
        f"SELECT ?s ?work WHERE {{ {holds('25 countries')} {WORK} }}",
        [("body-type/delivery-unit", "source/gold-2017")],
    ),
    "of support programmes little is known, even whether they exist, and nobody is cited for it": (
        f"""SELECT ?o (COUNT(?c) AS ?n) WHERE {{ {said("notion:policy-support-program", "bearsOn", "?o")}
            ?c gap:stance stance:gap {NO_WORK} }} GROUP BY ?o""",
        [("dimension/effect", "3"), ("dimension/implementation", "2"), ("dimension/mechanism", "1")],
    ),
    "593 proposals and thirteen departments are tied to neither of two reports alone": (
        f"SELECT ?work WHERE {{ {holds('593')} {holds('thirteen')} {WORK} }}",
        source("sas-2015", "sas-2017"),
    ),
    "eight measures are counted, four are named": (
        """SELECT ?stated ?listed WHERE {
            scheme:improvement-capability-measure gap:statedCount ?stated ; gap:listedCount ?listed }""",
        [("8", "4")],
    ),
    "the Australian criteria are said to be several; eight is our count": (
        """SELECT ?stated ?listed WHERE { scheme:australian-criterion gap:listedCount ?listed .
            OPTIONAL { scheme:australian-criterion gap:statedCount ?stated } }""",
        [("", "8")],
    ),
    "monitoring, review and evaluation is one of the seven domains": (
        """SELECT ?stated ?listed WHERE {
            scheme:australian-plan-domain gap:statedCount ?stated ; gap:listedCount ?listed }""",
        [("7", "7")],
    ),
    "Pew is cited alone for a work of two bodies": (
        f'SELECT DISTINCT ?work WHERE {{ {WORK}FILTER(CONTAINS(STR(?work), "/pew")) }}',
        source("pew-macarthur-2017"),
    ),
    "the Institute for Government is cited alone for a work of two bodies": (
        "SELECT ?work WHERE { "
        f"{said('body:institute-for-government', 'bearsOn', 'notion:independent-spending-scrutiny')}"
        f"{WORK} }}",
        source("ifg-cipfa-2017"),
    ),
    "the Department of Health 2012 is listed and never cited": (
        "SELECT ?c WHERE { { ?c gap:backedBy source:department-of-health-2012 } UNION "
        "{ ?c gap:originSource source:department-of-health-2012 } }",
        [],
    ),
    "causes and phases are roughly equated, no more": (
        f"SELECT DISTINCT ?force ?basis WHERE {{ {said('?s', 'respondsTo', '?o')} {FORCE} ?c gap:linkBasis ?basis }}",
        [("force/hypothesises", "link-basis/by-table")],
    ),
    "Table 2 sets tracking against dispersed governance and support against weak collaboration": (
        f"SELECT ?s ?o WHERE {{ {said('?s', 'respondsTo', '?o')} }}",
        [
            ("support-phase/preparation", "failure-cause/overly-optimistic-expectations"),
            ("support-phase/review", "failure-cause/vagaries-of-the-political-cycle"),
            ("support-phase/support", "failure-cause/inadequate-collaborative-policymaking"),
            ("support-phase/tracking", "failure-cause/dispersed-governance"),
        ],
    ),
    "each cell of Matland's table has its own key concept": (
        f"""SELECT ?s ?o WHERE {{ {said("?s", "bearsOn", "?o")}
            VALUES ?s {{ matland-characteristic:administrative-resources matland-characteristic:political-power
              matland-characteristic:experimental-context
              matland-characteristic:symbolic-collaborative-strength }} }}""",
        [
            ("matland-characteristic/administrative-resources", "matland-type/administrative-implementation"),
            ("matland-characteristic/experimental-context", "matland-type/experimental-implementation"),
            ("matland-characteristic/political-power", "matland-type/political-implementation"),
            ("matland-characteristic/symbolic-collaborative-strength", "matland-type/symbolic-implementation"),
        ],
    ),
    "only what is low in ambiguity and conflict is said to suit top-down ways": (
        f"SELECT ?o WHERE {{ {said('notion:top-down-view', 'suitsPolicyType', '?o')} {WORK} }}",
        [("matland-type/administrative-implementation",)],
    ),
    "which support suits which type is the authors' hypothesis, not Matland's finding": (
        f"""SELECT DISTINCT ?force ?basis WHERE {{ {said("?s", "suitsPolicyType", "?o")} {FORCE}
            ?c gap:claimBasis ?basis .
            FILTER(REGEX(STR(?s), '/support-model-feature/')) }}""",
        [("force/hypothesises", "claim-basis/uncited-argument")],
    ),
    "capacity building is for symbolic implementation, and may be needed": (
        "SELECT ?o ?force WHERE { "
        f"{said('support-model-feature:support-for-capacity-building', 'suitsPolicyType', '?o')}"
        f"{FORCE} }}",
        [("matland-type/symbolic-implementation", "force/hypothesises")],
    ),
    "that weak units bring problems is Gold's finding": (
        f"SELECT ?work ?stance WHERE {{ {said('body-type:delivery-unit', 'leadsTo', 'outcome:additional-problems')}"
        f"{WORK} {STANCE} }}",
        [("source/gold-2017", "stance/cautions")],
    ),
    "that the effect of units is unclear is the authors' own word": (
        f"SELECT ?d WHERE {{ {said('body-type:delivery-unit', 'bearsOn', 'dimension:effect')} {STATED}"
        f"?c gap:stance stance:gap ; gap:assertedIn ?d {NO_WORK} }}",
        source("hudson-2019"),
    ),
    "units help when well constructed, not as such": (
        "SELECT ?stance WHERE { "
        f"{said('body-type:delivery-unit', 'leadsTo', 'outcome:contribution-to-implementation')}"
        f"{STANCE} }}",
        stance("conditional"),
    ),
    "Weaver 2009 is cited for barriers to compliance": (
        "SELECT DISTINCT ?work WHERE { ?c gap:claimSubject ?s ; gap:backedBy ?work . "
        "FILTER(REGEX(STR(?s), '/compliance-barrier/')) }",
        source("weaver-2009"),
    ),
    "Weaver 2010 is cited for somebody else's problem": (
        f"SELECT DISTINCT ?work WHERE {{ {said('notion:someone-elses-problem', 'bearsOn', '?o')} {WORK} }}",
        source("weaver-2010"),
    ),
    "Norris and McCrae 2013, not Norris et al. 2014, are cited for the fading of political will": (
        f"SELECT DISTINCT ?work WHERE {{ {said('notion:fading-political-will', 'bearsOn', '?o')} {WORK} }}",
        source("norris-mccrae-2013"),
    ),
    "Norris et al. 2014 are cited for dispersed governance": (
        f"SELECT DISTINCT ?work WHERE {{ {said('failure-cause:dispersed-governance', 'variesWith', '?o')} {WORK} }}",
        source("norris-2014"),
    ),
    "Gold 2014, not 2017, is cited for few countries with mechanisms of design": (
        f"SELECT ?work WHERE {{ {said('support-phase:preparation', 'bearsOn', 'notion:policy-design')} {WORK} }}",
        source("gold-2014"),
    ),
    "the three purposes of support are cited from both of Gold's reports": (
        "SELECT DISTINCT ?work WHERE { "
        f"{said('support-phase:support', 'aimsAt', 'support-purpose:problem-solving')} {WORK} }}",
        source("gold-2014", "gold-2017"),
    ),
    "the lessons from education are not Gold's recommendations": (
        "SELECT DISTINCT ?work WHERE { ?c gap:claimSubject body-type:delivery-unit ; gap:claimObject ?o ; "
        "gap:backedBy ?work . FILTER(REGEX(STR(?o), '/education-unit-lesson/')) }",
        source("aid-effectiveness-2014"),
    ),
    "lessons from education keep their scope": (
        "SELECT ?c WHERE { ?c gap:claimSubject body-type:delivery-unit ; gap:claimObject ?o ; gap:gist ?gist . "
        "FILTER(REGEX(STR(?o), '/education-unit-lesson/') && !CONTAINS(?gist, 'education')) }",
        [],
    ),
    "the Australian arrangements seem not evaluated": (
        f"SELECT ?stance ?force WHERE {{ {said('policy:australian-guidelines', 'bearsOn', 'dimension:effect')}"
        f"{STANCE} {FORCE} }}",
        [("stance/gap", "force/hypothesises")],
    ),
    "an independent agency was suggested and has met with no positive response": (
        "SELECT ?stance WHERE { "
        f"{said('notion:independent-spending-scrutiny', 'bearsOn', 'support-phase:preparation')}"
        f"{STANCE} }}",
        [("stance/cautions",), ("stance/describes",)],
    ),
    "inborn traits are what Roberts and King suggest, not what the authors hold": (
        "SELECT DISTINCT ?force ?origin WHERE { ?c gap:claimSubject notion:implementation-entrepreneur ; "
        "gap:claimObject ?o ; gap:force ?force ; gap:originSource ?origin . "
        "FILTER(REGEX(STR(?o), '/entrepreneur-trait/') || ?o = scheme:entrepreneur-trait) }",
        [("force/reports", "source/roberts-king-1996")],
    ),
    "intermediary organizations appear to be critical": (
        f"SELECT ?s WHERE {{ {holds('appear to be critical')} ?c gap:originSource source:franks-bory-2015 }}",
        [("body-type/intermediary-organization",)] * 2,
    ),
    "joining compliance and support succeeded only rarely": (
        f"SELECT ?stance ?work WHERE {{ {said('notion:compliance-support-straddling', 'bearsOn', 'dimension:effect')}"
        f"{STANCE} {WORK} }}",
        [("stance/cautions", "source/henkel-1991")],
    ),
    "that process suits support best is the authors' word, not McConnell's": (
        f"SELECT ?force WHERE {{ {said('mcconnell-activity:process', 'bearsOn', 'notion:policy-support-program')}"
        f"{FORCE} {NO_WORK} }}",
        force("asserts"),
    ),
    "collaboration need not be unanimous, say Ansell et al.": (
        "SELECT ?stance ?work WHERE { "
        f"{said('notion:collaborative-policymaking', 'requires', 'notion:unanimous-consent')}"
        f"{STANCE} {WORK} }}",
        [("stance/disputes", "source/ansell-2017")],
    ),
    "no cited work speaks for any of the 18 tactics": (
        "SELECT ?t WHERE { ?t skos:inScheme scheme:tactic . "
        "?c gap:claimSubject ?t ; gap:stance stance:supports ; gap:backedBy ?work }",
        [],
    ),
    "no outcome is reported of the four policies that need a long-term focus": (
        """SELECT ?p ?o WHERE { ?p gap:hadOutcome ?o VALUES ?p { policy:irish-anti-poverty policy:uk-climate-change
            policy:uk-international-development policy:rough-sleepers-england } }""",
        [],
    ),
}
