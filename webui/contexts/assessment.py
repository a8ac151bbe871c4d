"""The page of an assessment: what was answered, and what follows from it. It prints as it stands."""

from __future__ import annotations

from dataclasses import dataclass

from kg.assessment import ANSWERS, Finding, findings, read_assessment
from kg.namespaces import thing
from kg.queries import names
from kg.tables import definition
from webui.addresses import href
from webui.base import Opened
from webui.contexts.page import Link, Page, shown, tabled
from webui.contexts.parts import Detail, detail, details
from webui.contexts.things import Thing, thing_frame


@dataclass(frozen=True)
class Answered:
    """An item with what was answered."""

    link: Link
    answer: str
    reason: str


@dataclass(frozen=True)
class Follows:
    """Something that follows, with the claims it rests on and the standing of the weakest of them."""

    sentence: str
    standing: str
    rests_on: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class AssessmentPage(Page):
    """An assessment."""

    details: tuple[Detail, ...]
    answers: tuple[Answered, ...]
    follows: tuple[Follows, ...]
    remarks: str


def assessment_page(opened: Opened, item: Thing) -> AssessmentPage:
    """The page of an assessment."""
    made = read_assessment(opened.reader, item.iri)
    found = findings(opened.reader, made)
    labels = names(opened.reader, [made.policy, made.framework, made.creator, made.status])
    heading = f"{labels[made.policy]}, assessed by “{labels[made.framework]}”"
    top = thing_frame(opened, item, heading=heading, crumb=heading, eyebrow="Assessment", lead=_LEAD)
    queries = (shown("facts", thing=item.iri), tabled(definition("findings"), assessment=item.iri))
    return AssessmentPage(
        **{**top, "queries": queries},
        details=details(
            detail("Policy", _named(labels, made.policy)),
            detail("Framework", _named(labels, made.framework)),
            detail("Made by", _named(labels, made.creator)),
            detail("Made on", made.created.isoformat()),
            detail("Review", labels[made.status]),
        ),
        answers=tuple(_answered(f) for f in found if f.kind in (*ANSWERS, "unanswered")),
        follows=tuple(_follows(opened, f) for f in found if f.kind not in (*ANSWERS, "unanswered")),
        remarks=made.remarks,
    )


_LEAD = (
    "Somebody’s judgement of a policy through one framework. What follows from the answers rests on the claims named; "
    "it is no finding about this policy."
)


def _named(labels: dict[str, str], iri: str) -> Link:
    return Link(labels[iri], href(iri))


def _answered(finding: Finding) -> Answered:
    link = Link(finding.label, href(finding.thing))
    if finding.kind == "unanswered":
        return Answered(link, "Not answered yet", "")
    return Answered(link, finding.kind.replace("-", " ").capitalize(), finding.sentence)


def _follows(opened: Opened, finding: Finding) -> Follows:
    basis = thing("link-basis", finding.standing)
    label = names(opened.reader, [basis]).get(basis, "") if finding.standing else ""
    rests = tuple(Link(w, href(c)) for c, w in zip(finding.claims, finding.words, strict=True))
    return Follows(finding.sentence, f"Weakest standing: {label.lower()}." if label else "", rests)
