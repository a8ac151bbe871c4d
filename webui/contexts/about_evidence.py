"""The page on how far the evidence carries: rules of status, standing of links, links to sources."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.appraisal import GUARDS, RULE_VERSION, RULES, sentence
from kg.derivation import LinkRule, link_rules
from kg.namespaces import thing
from kg.overview import STATUSES, Overview
from kg.queries import Member, members
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.about import about_frame
from webui.contexts.page import Link, Page, as_of, shown
from webui.contexts.parts import Mark
from webui.words import SOURCE_HEADINGS, SUPPORT_ORDER, many


@dataclass(frozen=True)
class Meaning:
    """A word of a scheme and what it means."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class StatusRule:
    """A status with the rule that gives it, the sentence that pages show, and how many tactics stand at it."""

    number: int
    mark: Mark
    wording: str
    sentence: str
    count: str


@dataclass(frozen=True)
class LinkKind:
    """A way in which a source bears on a thing: what it means and what it does not."""

    heading: str
    term: Link
    means: str
    not_so: str


@dataclass(frozen=True, kw_only=True)
class EvidencePage(Page):
    """How far the evidence carries."""

    menu: tuple[Link, ...]
    version: str
    rules: tuple[StatusRule, ...]
    guards: tuple[str, ...]
    standings: tuple[Meaning, ...]
    kinds: tuple[LinkKind, ...]
    link_rules: tuple[LinkRule, ...]


def evidence_page(opened: Opened) -> EvidencePage:
    """The page on how far the evidence carries."""
    whole = opened.overview
    return EvidencePage(
        **about_frame(
            opened,
            "/about/evidence",
            "How far the evidence carries",
            lead="Two things are told apart everywhere: how a link came about, and what the claims about a tactic "
            "amount to. Neither is a score.",
            queries=(*(_members_shown(name) for name in ("evidence-status", "link-basis")), shown("tactics")),
            canonical="/about/evidence",
            as_of=as_of(opened, whole),
        ),
        version=RULE_VERSION,
        rules=_rules(opened, whole),
        guards=GUARDS,
        standings=meanings(opened, "link-basis"),
        kinds=tuple(
            LinkKind(SOURCE_HEADINGS[slug], Link("term", f"/ns#{slug}"), *_MEANS[slug]) for slug in SUPPORT_ORDER
        ),
        link_rules=tuple(replace(rule, what=_sentence(rule.what), why=_sentence(rule.why)) for rule in link_rules()),
    )


def _members_shown(scheme: str) -> object:
    return shown("members", framework=thing("scheme", scheme))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _rules(opened: Opened, whole: Overview) -> tuple[StatusRule, ...]:
    by_slug: dict[str, Member] = {
        short(row.member): row for row in members(opened.reader, thing("scheme", "evidence-status"))
    }
    held = {short(row.name): row.count for row in whole.rows(STATUSES)}
    return tuple(
        StatusRule(
            rule.number,
            Mark(rule.status, by_slug[rule.status].label, href(by_slug[rule.status].member)),
            rule.wording,
            sentence(rule.status),
            many(held.get(rule.status, 0), "tactic"),
        )
        for rule in RULES
        if rule.status in by_slug
    )


def meanings(opened: Opened, scheme: str) -> tuple[Meaning, ...]:
    """The words of a scheme with what they mean, in order."""
    rows = members(opened.reader, thing("scheme", scheme))
    return tuple(Meaning(Mark(short(row.member), row.label, href(row.member)), row.definition) for row in rows)


_MEANS = {
    "cautionedBy": ("A claim that warns about it rests on this source.", "It does not mean that it fails."),
    "disputedBy": ("A claim that speaks against it rests on this source.", "It does not mean that it fails."),
    "gapReportedIn": ("The document says that evidence is missing.", "It does not mean that there is none."),
    "supportedBy": (
        "A claim for it, as a document makes it, rests on this work, or on experience or opinion in this document.",
        "It does not mean that the work found an effect.",
    ),
    "explainedBy": (
        "A claim about what a cause is or does rests on this work.",
        "It does not mean that a tactic helps.",
    ),
    "recommendedIn": ("The document puts the tactic forward.", "It does not mean that anything was cited or tested."),
    "relatedWork": (
        "The work is cited for a claim from which a curator inferred something.",
        "It does not mean any support.",
    ),
    "contextualWork": (
        "The work is cited in the part of the text that is given to the tactic’s phase.",
        "It does not mean that the work is about the tactic.",
    ),
}
