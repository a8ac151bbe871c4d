"""Words of the pages that the graph does not hold: headings, the kinds of things, how a list is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kg.namespaces import PREFIXES, gap


@dataclass(frozen=True)
class Kind:
    """A kind of thing in the words of a page.

    Attributes:
        one, many: how one of them and their list are called.
        list_href: where the list stands; empty where there is none.
        cls: local name of the class whose things are listed, or the class's address.
        lead: what the list holds.
        sorts: how the kinds are called by which the list is grouped; empty where it goes by first letters.
        counts: what is counted of each thing.
    """

    one: str
    many: str
    list_href: str = ""
    cls: str = ""
    lead: str = ""
    sorts: str = ""
    counts: str = "claim"


KINDS = {
    "failure-cause": Kind("Cause of policy failure", "Causes", "/"),
    "tactic": Kind("Support tactic", "Tactics", "/tactics"),
    "source": Kind("Source", "Sources", "/sources"),
    "claim": Kind("Claim", "Claims"),
    "support-phase": Kind("Phase of policy support", "Phases", "/tactics"),
    "scheme": Kind(
        "Framework",
        "Frameworks",
        "/frameworks",
        "Framework",
        "Lists, processes, matrices and sets of questions that the sources put forward, with all their members.",
        "Kind of framework",
    ),
    "policy": Kind(
        "Policy",
        "Policies",
        "/policies",
        "Policy",
        "Policies and programmes that the sources tell of as cases.",
        "Kind of policy",
    ),
    "outcome": Kind(
        "Outcome",
        "Outcomes",
        "/outcomes",
        "Outcome",
        "What causes are held to lead to and tactics are meant to bring.",
        "Kind of outcome",
    ),
    "notion": Kind(
        "Notion",
        "Notions",
        "/notions",
        "Notion",
        "Ideas, schools of thought and conditions that sources reason with.",
    ),
    "body": Kind(
        "Body", "Bodies", "/bodies", "SupportBody", "Organisations and units that the sources name.", "Kind of body"
    ),
    "person": Kind(
        "Person",
        "People",
        "/people",
        PREFIXES["foaf"] + "Person",
        "Authors of the works, and those whose words a document gives.",
        "Body they belong to",
    ),
    "agent": Kind("Contributor", "Contributors"),
    "matland-type": Kind("Type of policy", "Types of policy"),
}
LISTS = {kind.list_href[1:]: kind for kind in KINDS.values() if kind.cls}

SUPPORT_ORDER = (
    "cautionedBy",
    "disputedBy",
    "gapReportedIn",
    "supportedBy",
    "explainedBy",
    "recommendedIn",
    "relatedWork",
    "contextualWork",
)
"""In which order kinds of link to sources are shown: what speaks against comes first."""

SOURCE_HEADINGS = {
    "cautionedBy": "Cautions come from",
    "disputedBy": "Disputed by",
    "gapReportedIn": "A gap in the evidence is reported in",
    "supportedBy": "Supported by",
    "explainedBy": "Explained by",
    "recommendedIn": "Put forward, without evidence cited, in",
    "relatedWork": "Related works, through a curator’s inference",
    "contextualWork": "Works of the context",
}
RESTING = {
    "cautionedBy": ("It cautions about", "A claim that limits or warns about the thing rests on this source."),
    "disputedBy": ("It disputes", "A claim against the thing rests on this source."),
    "gapReportedIn": ("It says that evidence is missing on", "The source reports a gap; that tells neither way."),
    "supportedBy": ("It lends support to", "A claim in favour of the thing rests on this source."),
    "explainedBy": ("It explains", "A claim about what the cause is or does rests on this source."),
    "recommendedIn": ("It puts forward", "It recommends the tactic without citing evidence for it there."),
    "relatedWork": (
        "Related, through a curator’s inference",
        "It is cited for a claim from which a curator inferred something about the thing; this is no support.",
    ),
}
"""How what rests on a source is headed and explained, what speaks against things first."""

COLLAPSED = frozenset({"contextualWork"})
"""Kinds of link whose sources are many and say little about the thing itself: shown on request."""

ADDRESSING = {
    "addressesAsStated": "as-stated",
    "addressesByPhase": "by-phase",
    "addressesByInference": "curator-inference",
    "addressesByMapping": "pack-mapping",
}
"""The standing behind each way in which a tactic is held to address something."""

LINK_ORDER = ("respondsTo", "addresses", "inPhase", "contributesTo", "leadsTo", "exhibitsCause", "hadOutcome")
"""Which relations are shown first, before all others."""

LINK_WORDS = {
    "respondsTo": "phase set against a cause",
    "inPhase": "tactic in a phase",
    "addresses": "tactic held to address a cause",
    "assertedIn": "read in the source",
    "backedBy": "cited for a claim about it",
}
"""How kinds of link are called in the drawing where the relation's own verb would not stand alone."""

ROLES = {
    "backedBy": "Works cited for it",
    "challengedBy": "Works cited against it",
    "originSource": "Whose view it is",
    "assertedIn": "Read in it",
}
SOURCE_ROLES = {
    "backedBy": "cite it in support",
    "challengedBy": "cite it as speaking against",
    "originSource": "give its view",
}
"""What claims of other documents do with a source."""

DIMENSIONS = {
    "on-problem": "What is wrong, and why",
    "on-effect": "Whether it works, and how much",
    "on-mechanism": "How it works",
    "on-moderator": "Where and for whom it works",
    "on-implementation": "Putting it into practice",
    "on-economics": "What it costs and saves",
    "on-else": "What else is said",
}
"""How claims are headed by the kind of question they help answer (the scheme `dimension`)."""

DETAILS = {
    PREFIXES["skos"] + "altLabel": "Also called",
    PREFIXES["skos"] + "changeNote": "Why withdrawn",
    PREFIXES["skos"] + "editorialNote": "Note",
    PREFIXES["skos"] + "inScheme": "Part of",
    PREFIXES["skos"] + "related": "Related to",
    PREFIXES["skos"] + "broader": "Kind of",
    PREFIXES["skos"] + "narrower": "Kinds of it",
    PREFIXES["dcterms"] + "isReferencedBy": "Named in",
    PREFIXES["dcterms"] + "description": "Description",
    PREFIXES["dcterms"] + "created": "Made on",
    PREFIXES["dcterms"] + "creator": "Made by",
    PREFIXES["dcterms"] + "license": "Licence",
    PREFIXES["dcterms"] + "source": "Drawn from",
    PREFIXES["dcterms"] + "identifier": "Identifier",
    PREFIXES["dcat"] + "version": "Version",
    PREFIXES["foaf"] + "familyName": "Family name",
    PREFIXES["foaf"] + "givenName": "Given name",
    PREFIXES["oa"] + "hasSource": "In",
    PREFIXES["oa"] + "hasSelector": "Place in the text",
    PREFIXES["oa"] + "start": "From character",
    PREFIXES["oa"] + "end": "To character",
    PREFIXES["prov"] + "startedAtTime": "Begun",
    PREFIXES["prov"] + "endedAtTime": "Ended",
    PREFIXES["prov"] + "used": "Worked on",
    PREFIXES["prov"] + "wasAssociatedWith": "Carried out by",
    PREFIXES["prov"] + "wasDerivedFrom": "Rests on",
    PREFIXES["prov"] + "wasGeneratedBy": "Entered in",
    PREFIXES["prov"] + "invalidatedAtTime": "Withdrawn at",
    PREFIXES["prov"] + "wasInvalidatedBy": "Withdrawn in",
    PREFIXES["org"] + "classification": "Kind of body",
    PREFIXES["org"] + "memberOf": "Belongs to",
    gap("policyKind"): "Kind",
    gap("policyLevel"): "Level",
    gap("place"): "Country or place",
    gap("outcomeKind"): "Kind of outcome",
    gap("quoteHash"): "Fingerprint of the passage",
    gap("textHash"): "Fingerprint of the text",
}
"""Names of properties for readers; those of our own that are missing here go by their label."""


def kind_words(kind: str) -> Kind | None:
    """The words for a kind; None where its framework's name serves better."""
    return KINDS.get(kind)


def many(count: int, one: str, more: str = "") -> str:
    """A count with its noun: “1 claim”, “3 claims”, “no claims”."""
    return f"{count or 'no'} {one if count == 1 else more or one + 's'}"


def moment(at: str) -> str:
    """“22 November 2026, 11:03 UTC”, as far as it is told; what is no moment stays as it is."""
    try:
        told = datetime.fromisoformat(at)
    except ValueError:
        return at
    return f"{told.day} {told:%B %Y, %H:%M} UTC"


NAME_HINT = "It stands beside what you contribute, for everybody to read, and stays there."
PASSWORD_HINT = "At least 12 characters. A few words that only you put together are easy to keep in mind."  # noqa: S105 - a hint
INTEREST_HINT = (
    "What readers should know: who employs or funds you, what part you have in the policies you write about. It is "
    "kept with each contribution and shown beside it."
)
