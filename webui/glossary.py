"""The words that the pages use in a sense of their own, in plain English, each with its terms in the ontology."""

from __future__ import annotations

from dataclasses import dataclass

WORDS_PAGE = "/about/words"
"""Where all of them stand, each at its anchor."""


@dataclass(frozen=True)
class Word:
    """A word of ours.

    Attributes:
        anchor: the fragment of its address on the page of words.
        name: the word as pages write it.
        text: what it means.
        terms: local names of the terms of the ontology that stand for it.
        page: where more is told, or where such things are listed; empty where nowhere.
    """

    anchor: str
    name: str
    text: str
    terms: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True)
class WordGroup:
    """Words that belong together."""

    anchor: str
    heading: str
    words: tuple[Word, ...]


GLOSSARY = (
    WordGroup(
        "things",
        "What the base is about",
        (
            Word(
                "implementation",
                "Implementation",
                "Putting a policy into practice: all that happens between a decision and what people notice of it.",
            ),
            Word(
                "policy", "Policy", "A policy or programme that a source tells of as a case.", ("Policy",), "/policies"
            ),
            Word(
                "cause",
                "Cause of failure",
                "One of four broad reasons why policies fail, as the core article of this base names them.",
                ("FailureCause",),
                "/",
            ),
            Word(
                "factor",
                "Factor",
                "Something that feeds a cause. It may be a notion, an outcome or an entry of a framework.",
                ("contributesTo",),
            ),
            Word(
                "tactic",
                "Support tactic",
                "A way to support a policy on its way into practice, as somebody has put it forward. To be listed here "
                "says nothing about whether it helps.",
                ("Tactic",),
                "/tactics",
            ),
            Word(
                "phase",
                "Phase",
                "One of four stretches of policy support: preparation, tracking, support and review. The core article "
                "sets each of them against one cause, as a rough match.",
                ("SupportPhase", "inPhase", "respondsTo"),
                "/tactics",
            ),
            Word(
                "outcome",
                "Outcome",
                "What a cause is said to lead to, or a tactic or policy to bring.",
                ("Outcome",),
                "/outcomes",
            ),
            Word(
                "notion",
                "Notion",
                "An idea, a school of thought or a condition that sources reason with and that is none of the above.",
                ("Notion",),
                "/notions",
            ),
            Word(
                "framework",
                "Framework",
                "A list, a process, a matrix or a set of questions that a source puts forward. Its parts are called "
                "entries or members.",
                ("Framework",),
                "/frameworks",
            ),
            Word(
                "body",
                "Body",
                "An organisation or unit that sources name, such as an audit office.",
                ("SupportBody",),
                "/bodies",
            ),
        ),
    ),
    WordGroup(
        "record",
        "What is recorded",
        (
            Word(
                "source",
                "Source",
                "A text that says something: an article, a report, a web page, a record of a meeting.",
                ("Source",),
                "/sources",
            ),
            Word(
                "document",
                "Document",
                "A source whose text this project has read from the first line to the last.",
                ("assertedIn", "readingStatus"),
            ),
            Word("work", "Work", "A source that a document cites.", ("backedBy", "challengedBy")),
            Word(
                "known-by-citation",
                "Known by citation only",
                "The project has not read this work. It is recorded as a document tells of it.",
                ("readingStatus",),
                "/sources",
            ),
            Word(
                "claim",
                "Claim",
                "One document says, at one place, that one thing stands in a relation to another. It is the smallest "
                "piece of the record, and everything else on the pages rests on claims.",
                ("Claim",),
                "/about/reading",
            ),
            Word("gist", "Gist", "What a claim says, in one sentence of our own words.", ("gist",)),
            Word(
                "anchor",
                "Anchor",
                "The place of a passage in its document, counted in characters, with fingerprints. Whoever holds the "
                "document can check it. No sentence of a source is kept here.",
                ("Passage", "locatedAt", "locator"),
            ),
            Word(
                "fingerprint",
                "Fingerprint",
                "A number worked out from a text. If a single letter differs, the number differs.",
                ("quoteHash", "textHash"),
            ),
            Word(
                "gap",
                "Gap in the evidence",
                "A document itself says that evidence is missing or unclear. It does not mean that there is none.",
                ("gapReportedIn",),
                "/gaps",
            ),
        ),
    ),
    WordGroup(
        "marks",
        "How far it carries",
        (
            Word(
                "stance",
                "Stance",
                "Which side the document takes: whether it speaks for what the claim says, warns about it, or disputes "
                "it.",
                ("stance",),
                "/about/reading#stance",
            ),
            Word(
                "force",
                "Force",
                "How the document puts it: as so, as another’s finding, as advice, or as a thought to be tested.",
                ("force",),
                "/about/reading#force",
            ),
            Word(
                "basis",
                "Basis",
                "What the claim rests on at that place: a cited study, experience, opinion, or nothing cited.",
                ("claimBasis",),
                "/about/reading#basis",
            ),
            Word(
                "standing",
                "Standing",
                "How a link came about: stated in words, taken from a table, drawn from a phase, or inferred by a "
                "curator.",
                ("linkBasis",),
                "/about/evidence#standing",
            ),
            Word(
                "inference",
                "Inference of a curator",
                "A curator sees the link. No document makes it in words, so it never counts as support.",
                ("inferredFrom", "addressesByInference"),
                "/about/evidence#standing",
            ),
            Word(
                "by-phase",
                "By phase",
                "A tactic belongs to a phase, and the phase is set against a cause. From these two steps follows a "
                "link that no document states.",
                ("addressesByPhase",),
                "/about/evidence#standing",
            ),
            Word(
                "status",
                "Evidence status",
                "What the claims about a tactic amount to, in one word given by published rules. It is no score.",
                ("evidenceStatus", "EvidenceSummary"),
                "/about/evidence#status",
            ),
            Word(
                "caution",
                "Caution",
                "A claim that warns about a tactic or limits it. Cautions stand first on a page.",
                ("cautionedBy",),
            ),
            Word(
                "independent-group",
                "Independent group of works",
                "Works by the same people on the same material. They count once.",
                ("independenceGroup",),
            ),
            Word(
                "evidence-type",
                "Kind of evidence",
                "What sort of work a source is: a survey, a case study, a review, an opinion. It is no grade.",
                ("evidenceType",),
                "#kinds",
            ),
            Word(
                "appraisal",
                "Appraisal",
                "A judgement on file of how sound a work is for one question, with its reasons.",
                ("Appraisal",),
            ),
        ),
    ),
    WordGroup(
        "making",
        "How the base is made",
        (
            Word(
                "curator",
                "Curator",
                "Whoever read a document for this base and wrote the claims down. A claim’s page names the curator and "
                "says whether that is a person or a program.",
            ),
            Word(
                "second-reader",
                "Second reader",
                "Whoever held a claim against the text once more. Only then is it accepted.",
                ("reviewedBy", "reviewStatus"),
            ),
            Word(
                "withdrawn",
                "Withdrawn",
                "No longer held to be right. The address stays, with the reason, and nothing rests on it any more.",
                ("reviewStatus", "mergedInto"),
            ),
            Word(
                "revision",
                "Revision",
                "One accepted change of the base, with its number, its time, and who answers for it.",
                ("Revision", "revisionNumber"),
                "/about/changes",
            ),
            Word(
                "pack",
                "Pack",
                "A set of data that came in together, with a licence and a version.",
                ("Pack",),
                "/about#data",
            ),
            Word(
                "graph",
                "Graph",
                "Things and the links between them, drawn or listed. The base as a whole is one such graph.",
            ),
            Word(
                "query",
                "Query",
                "A question put to the base in SPARQL, the query language of the web of data. Each page shows the "
                "queries that made it.",
                (),
                "/sparql",
            ),
        ),
    ),
)
