"""What each of the 32 questions of the ontology's model must give, worked out by hand from the article.

Rows hold local names (`tactic/action-research`) and texts. Small answers stand here whole; of large ones the
number of rows and some that were looked up in the text.
"""

from __future__ import annotations

Answer = list[tuple[str, ...]]

DISPERSED = "failure-cause/dispersed-governance"
COLLABORATION = "failure-cause/inadequate-collaborative-policymaking"
OPTIMISM = "failure-cause/overly-optimistic-expectations"
CYCLE = "failure-cause/vagaries-of-the-political-cycle"
FAILURE = "outcome/policy-failure"
PROGRAM = "notion/policy-support-program"

# The bullets of §3.5.2, in order: the tactics of the phase that Table 2 sets against dispersed governance.
TRACKING = (
    "two-way-communication",
    "intermediary-bodies",
    "proportionate-targets",
    "separate-monitoring-from-support",
    "realistic-expectations-of-success",
)
# The lessons and recommendations of §3.2, with the work that gives them; only a curator places them in tracking.
LESSONS = {
    **{
        f"education-unit-lesson/{lesson}": "source/aid-effectiveness-2014"
        for lesson in (
            "few-priorities",
            "adequate-budgets",
            "good-data",
            "agreed-targets",
            "understand-delivery-systems",
            "communications-strategy",
        )
    },
    **{
        f"ifg-recommendation/{recommendation}": "source/gold-2017"
        for recommendation in (
            "political-backing",
            "tight-remit",
            "close-location",
            "right-staffing",
            "cross-government-ownership",
            "review-and-refresh",
        )
    },
}
# All bullets of §3.5.1–3.5.4.
TACTICS = (
    "explore-options",
    "collaborative-design-forums",
    "design-assurance-frameworks",
    "robust-implementation-statements",
    "best-available-evidence",
    "adequate-funding-stream",
    "agencies-can-succeed",
    *TRACKING,
    "common-ground-with-implementers",
    "implementation-brokers",
    "support-where-needed",
    "review-landmarks",
    "action-research",
    "political-acknowledgment-of-time",
)
# The eight criteria of §3.1, in the order of the text.
CRITERIA = (
    "Addresses a top government priority",
    "Significant budget implications",
    "Major or complex policy changes",
    "Significant cross-agency issues",
    "Particularly sensitive",
    "Requires urgent implementation",
    "New or complex delivery systems",
    "Developed over a very short period",
)

WHOLE: dict[int, tuple[str, Answer]] = {
    1: (
        "tactic how",
        [
            *((f"tactic/{tactic}", "addressesByPhase") for tactic in TRACKING),
            ("tactic/common-ground-with-implementers", "addressesByInference"),
            ("tactic/implementation-brokers", "addressesByInference"),
            *((lesson, "addressesByInference") for lesson in LESSONS),
        ],
    ),
    3: (
        "tactic speakFor warn reportGap",
        [
            *((f"tactic/{tactic}", "0", "0", "0") for tactic in TRACKING),
            *((lesson, "1", "0", "0") for lesson in LESSONS),
        ],
    ),
    # Table 1: high ambiguity and low conflict; the third of the four hypotheses of §3.5; Table 1 on bottom-up.
    4: (
        "type feature force standing",
        [
            (
                "matland-type/experimental-implementation",
                f"support-model-feature/{feature}",
                "force/hypothesises",
                "link-basis/as-stated",
            )
            for feature in ("bottom-up-approach", "context-sensitivity", "support-for-problem-solving")
        ]
        + [
            (
                "matland-type/experimental-implementation",
                "notion/bottom-up-view",
                "force/hypothesises",
                "link-basis/curator-inference",
            )
        ],
    ),
    # §3.2: the barriers to compliance are formidable; weak units add problems.
    5: (
        "claim document work",
        [
            ("claim/compliance-barriers-formidable-d887f780", "source/hudson-2019", ""),
            ("claim/gold-weak-units-d3e57c69", "source/hudson-2019", "source/gold-2017"),
        ],
    ),
    6: (
        "subject locator",
        [
            ("notion/policy-design", "Abstract"),  # “it is unclear how best to ensure …”
            ("notion/implementation-process", "Abstract"),
            ("notion/local-universality", "§2.2"),  # “What is less clear …”, and “especially where … hidden”
            ("notion/central-authority", "§2.2"),
            ("policy/australian-guidelines", "§3.1"),  # “not yet … any evaluation”
            ("body-type/delivery-unit", "§3.2"),  # “far from clear how effective”
            ("notion/compliance-support-straddling", "§3.3.3"),  # “relatively little attempt to explore”
            (PROGRAM, "§3.4"),  # “less understood … how to conceptualize”
            (PROGRAM, "§3.4"),  # “and evaluate”
            (PROGRAM, "§3.5"),  # “little empirical evidence”
            (PROGRAM, "§3.5.4, closing paragraph"),  # “the use”
            (PROGRAM, "§3.5.4, closing paragraph"),  # “or effectiveness”
            (PROGRAM, "§3.5.4, closing paragraph"),  # “their very existence”
        ],
    ),
    7: ("tactic", [(f"tactic/{tactic}",) for tactic in TACTICS]),
    8: ("position label", [(str(n), label) for n, label in enumerate(CRITERIA, 1)]),
    9: ("label answer", [(label, "") for label in CRITERIA]),
    10: (
        "position step label",
        [
            ("1", "political-phase/rising-salience", "Rising Salience"),
            ("2", "political-phase/building-blocks", "Building Blocks"),
            ("3", "political-phase/embedding", "Embedding"),
        ],
    ),
    # §3.3 “existing capacity to deliver”, “how best to build new capacity”; §3.3.3; §3.5, last hypothesis.
    11: (
        "member",
        [
            ("support-assessment/existing-capacity",),
            ("support-assessment/build-capacity",),
            ("support-purpose/capacity-building",),
            ("support-model-feature/support-for-capacity-building",),
        ],
    ),
    # §3.3.3 “a fusion of compliance and support”: which purpose pulls against which, only a curator says.
    12: (
        "one other standing work",
        [
            ("support-purpose/managing-and-regulating", other, "link-basis/curator-inference", "")
            for other in ("support-purpose/capacity-building", "support-purpose/problem-solving")
        ],
    ),
    13: (
        "policy document how outcome",
        [
            *(
                (f"policy/{policy}", "source/hudson-2019", "", "")
                for policy in (
                    "australian-guidelines",
                    "care-act-2014",
                    "care-act-support",
                    "irish-anti-poverty",
                    "rough-sleepers-england",
                    "uk-climate-change",
                    "uk-international-development",
                )
            ),
            # other documents speak of these policies of the article's too
            ("policy/care-act-2014", "source/kent-project", "", ""),
            ("policy/care-act-support", "source/kent-project", "", ""),
            (
                "policy/civil-service-reform-plan",
                "source/implementation-unit",
                "aimsAt",
                "outcome/early-warning-of-implementation-concerns",
            ),
            (
                "policy/civil-service-reform-plan",
                "source/hudson-2019",
                "aimsAt",
                "outcome/early-warning-of-implementation-concerns",
            ),
            (
                "policy/who-health-systems-transformation",
                "source/hudson-2019",
                "aimsAt",
                "outcome/health-system-change",
            ),
            (
                "policy/who-health-systems-transformation",
                "source/hudson-2019",
                "aimsAt",
                "outcome/infrastructure-for-change",
            ),
        ],
    ),
    # §2 and again §3.5 name the four; §2.1 gives what the National Audit Office says; §2.3 the difficulties.
    14: (
        "cause outcome claims",
        [
            *((cause, FAILURE, "2") for cause in (DISPERSED, COLLABORATION, OPTIMISM, CYCLE)),
            (COLLABORATION, "outcome/implementation-difficulties", "1"),
            (OPTIMISM, "outcome/overestimated-benefits", "1"),
            (OPTIMISM, "outcome/poor-value-for-money", "1"),
            (OPTIMISM, "outcome/underestimated-cost-and-time", "1"),
            (OPTIMISM, "outcome/unviable-projects", "1"),
        ],
    ),
    # §2.1: “five interacting factors”.
    15: (
        "factor",
        [
            (f"overoptimism-factor/{factor}",)
            for factor in (
                "complexity",
                "evidence-base",
                "misunderstanding-of-stakeholders",
                "behavior-and-incentives",
                "challenge-and-accountability",
            )
        ],
    ),
    # The one reference that the text never cites.
    19: ("work", [("source/department-of-health-2012",)]),
    20: ("work documents", []),
    23: (
        "status curator claims",
        [
            ("review-status/accepted", "agent/first-reader", "584"),
            ("review-status/accepted", "agent/third-reader", "31"),
        ],
    ),
    # Lists brought in by “such as”, “for example”, “include” or “one approach”; §3.3.3 names four of eight.
    26: (
        "framework stated listed complete",
        [
            ("scheme/capacity-building-intervention", "", "5", "no"),
            ("scheme/compliance-barrier", "", "5", "no"),
            ("scheme/downstream-actor", "", "3", "no"),
            ("scheme/education-unit-lesson", "", "6", "no"),
            ("scheme/entrepreneur-trait", "", "7", "no"),
            ("scheme/improvement-capability-measure", "8", "4", "no"),
            ("scheme/intermediary-type", "", "2", "no"),
            ("scheme/problem-solving-way", "", "4", "no"),
        ],
    ),
    27: (
        "label member",
        [("Guidance", "capacity-building-intervention/guidance"), ("Guidance", "support-model-feature/guidance")],
    ),
    28: ("tactic groups", []),
    30: (
        "claim document locator force basis standing curator entered",
        [
            (
                "claim/inf-forums-ansell-442a5e2b",
                "source/hudson-2019",
                "§2.3",
                "force/hypothesises",
                "claim-basis/uncited-argument",
                "link-basis/curator-inference",
                "agent/first-reader",
                "2026-11-22",
            )
        ],
    ),
    31: (
        "ontology version licence",
        [
            (
                "https://w3id.org/gapbridge/ns",
                "https://w3id.org/gapbridge/ns/0.1.0",
                "https://creativecommons.org/licenses/by/4.0/",
            )
        ],
    ),
    32: ("tactic object", []),
}

# Works cited in §3.2 and in §3.3, and those cited where a curator's inference starts.
SECTION_3_2 = ("aid-effectiveness-2014", "gold-2017", "weaver-2009")
SECTION_3_3 = (
    "allcock-2015",
    "pew-macarthur-2017",
    "franks-bory-2015",
    "roberts-king-1996",
    "gold-2014",
    "gold-2017",
    "who-2016",
    "who-2018",
    "hunter-2018",
    "henkel-1991",
    "furnival-2018",
)
RELATED = (
    ("intermediary-bodies", "franks-bory-2015"),
    ("intermediary-bodies", "pew-macarthur-2017"),
    ("proportionate-targets", "aid-effectiveness-2014"),
    ("separate-monitoring-from-support", "henkel-1991"),
    ("common-ground-with-implementers", "hudson-1993"),
    ("implementation-brokers", "allcock-2015"),
    ("implementation-brokers", "braithwaite-2018"),
)
AGAINST_DISPERSED = (*TRACKING, "common-ground-with-implementers", "implementation-brokers")
WHOLE[2] = (
    "tactic relation source",
    [
        *((f"tactic/{t}", "contextualWork", f"source/{s}") for t in TRACKING for s in SECTION_3_2),
        *((f"tactic/{t}", "contextualWork", f"source/{s}") for t in AGAINST_DISPERSED[5:] for s in SECTION_3_3),
        *((f"tactic/{t}", "relatedWork", f"source/{s}") for t, s in RELATED),
        *((f"tactic/{t}", "recommendedIn", "source/hudson-2019") for t in AGAINST_DISPERSED),
        *((lesson, "supportedBy", work) for lesson, work in LESSONS.items()),
    ],
)

LARGE: dict[int, tuple[int, str, Answer]] = {
    # §3.2: trend, countries, three functions in five claims, the review, two effects, six recommendations and their
    # list; §3.3: three purposes.
    16: (
        20,
        "claim stance",
        [
            ("claim/gold-weak-units-d3e57c69", "stance/cautions"),
            ("claim/gold-well-constructed-units-630ba861", "stance/conditional"),
            ("claim/gold-units-25-countries-374476c9", "stance/describes"),
            ("claim/gold-tight-remit-7f2871d3", "stance/supports"),
            ("claim/gold-purpose-capacity-building-4d19d037", "stance/describes"),
        ],
    ),
    17: (
        615,
        "claim locator start end",
        [
            ("claim/gold-weak-units-d3e57c69", "§3.2", "20408", "20673"),
            ("claim/tactic-action-research-8fa72bca", "§3.5.4, bullet 2", "37453", "37523"),
        ],
    ),
    # 43 of the 44 references. Ilott: §2.1 four areas by three features, four examples, three features, two details
    # and the study itself (22), §2.4 twelve. Matland: 21 points of Table 1, what suits one, six in §3.5.
    # Australia: §3.1 eight criteria, seven domains, and eight more.
    18: (
        43,
        "work claims",
        [
            ("source/ilott-2016", "34"),
            ("source/matland-1995", "28"),
            ("source/australian-government-2014", "23"),
            ("source/gold-2017", "20"),
            ("source/gazley-2017", "1"),
            ("source/baron-2018", "1"),
        ],
    ),
    21: (
        56,
        "claim relation other",
        [
            (
                "claim/gold-weak-units-d3e57c69",
                "qualifies",
                "claim/gold-well-constructed-units-630ba861",
            ),
            (
                "claim/failure-rarely-absolute-ff524a16",
                "qualifies",
                "claim/failure-end-of-spectrum-89b015a8",
            ),
            (
                "claim/australia-exception-f055ed0b",
                "qualifies",
                "claim/few-countries-mechanisms-80abee12",
            ),
        ],
    ),
    22: (
        63,
        "claim subject relation object",
        [
            (
                "claim/inf-forums-ansell-442a5e2b",
                "tactic/collaborative-design-forums",
                "addresses",
                COLLABORATION,
            ),
            (
                "claim/inf-australia-design-assurance-78c35659",
                "policy/australian-guidelines",
                "usesTactic",
                "tactic/design-assurance-frameworks",
            ),
        ],
    ),
    24: (
        17,
        "stance basis claims",
        [
            ("stance/gap", "claim-basis/uncited-argument", "13"),
            ("stance/disputes", "claim-basis/cites-non-empirical", "1"),  # Ansell: not unanimous consent
            ("stance/describes", "claim-basis/experience-report", "4"),  # note 1
            ("stance/conditional", "claim-basis/cites-official", "1"),  # the full plan, in such cases
        ],
    ),
    25: (
        46,
        "tactic dimension claims",
        [
            ("tactic/agencies-can-succeed", "dimension/implementation", "1"),
            ("tactic/action-research", "dimension/effect", "2"),
            ("tactic/proportionate-targets", "dimension/implementation", "3"),
        ],
    ),
    29: (
        1342,
        "subject relation object",
        [
            ("support-phase/tracking", "respondsTo", DISPERSED),
            ("tactic/two-way-communication", "inPhase", "support-phase/tracking"),
            ("tactic/two-way-communication", "addressesByPhase", DISPERSED),
            ("tactic/two-way-communication", "recommendedIn", "source/hudson-2019"),
            (OPTIMISM, "explainedBy", "source/nao-2013"),
            ("body-type/delivery-unit", "cautionedBy", "source/gold-2017"),
            ("body-type/delivery-unit", "gapReportedIn", "source/hudson-2019"),
            ("support-purpose/problem-solving", "inTensionWith", "support-purpose/managing-and-regulating"),
        ],
    ),
}
