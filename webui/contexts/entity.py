"""The page of anything without a page of its own kind: policies, outcomes, bodies, people, notions, members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.namespaces import PREFIXES, gap, local_of, slug_of, thing
from kg.queries import AuthoredWork, people_of, pointing, sources_of, voiced, works_by
from webui import structured
from webui.addresses import href, kind
from webui.base import Opened
from webui.contexts.agents import Person, Stake, people, stakes
from webui.contexts.citing import CiteThis, cite_this
from webui.contexts.facts import Facts
from webui.contexts.grouping import ClaimGroup, Grouped, Warned, by_dimension, grouped
from webui.contexts.page import Link, Page, Shown, shown
from webui.contexts.parts import (
    MOST_SOURCES,
    Detail,
    LinkedGroup,
    Mark,
    SourceGroup,
    SourceLine,
    detail,
    details,
    linked,
    source_groups,
)
from webui.contexts.places import Place, places
from webui.contexts.things import Thing, claims_table, thing_frame
from webui.contexts.wayform import NO_ENDS
from webui.topics import topics_of
from webui.words import many

_AGENTS = (PREFIXES["foaf"] + "Person", PREFIXES["org"] + "Organization")
_SHOWN_APART = {"Also called", "Note", "Part of"}


@dataclass(frozen=True, kw_only=True)
class EntityPage(Page):
    """Any thing.

    Attributes:
        toc: the parts of the page.
        actions: what else can be done with the thing.
        places: where it stands in frameworks.
        warnings: claims about it that caution, dispute or report a gap; `wary` tells whether to say so where none do.
        linked: what is one claim away.
        voice, works, stakes, people: of a person or body, their words, works and interests, and who belongs to it.
        groups, tally: the claims about it, and how many of them take which side.
        beyond: that there are more claims than the page shows.
        missing: what is not recorded.
    """

    toc: tuple[Link, ...]
    actions: tuple[Link, ...]
    other_names: tuple[str, ...]
    notes: tuple[str, ...]
    details: tuple[Detail, ...]
    places: tuple[Place, ...]
    warnings: tuple[Warned, ...]
    wary: bool
    linked: tuple[LinkedGroup, ...]
    is_agent: bool
    voice: tuple[ClaimGroup, ...]
    voice_count: str
    works: tuple[SourceLine, ...]
    stakes: tuple[Stake, ...]
    people: tuple[Person, ...]
    groups: tuple[ClaimGroup, ...]
    claim_count: str
    beyond: str
    tally: tuple[Mark, ...]
    sources: tuple[SourceGroup, ...]
    missing: tuple[str, ...]
    cite: CiteThis


def entity_page(opened: Opened, item: Thing) -> EntityPage:
    """The page of anything that has no page of its own kind."""
    facts, topics = Facts(opened, item.iri), topics_of(item.classes)
    told = grouped(opened, item.iri, topics)
    is_agent = any(cls in _AGENTS for cls in item.classes)
    own = {
        **_of_agent(opened, item.iri, is_agent),
        "linked": linked(opened, item.iri),
        "places": places(opened, item),
        "sources": source_groups(sources_of(opened.reader, item.iri, part=opened.part(MOST_SOURCES))),
        "missing": _missing(item, facts, told),
    }
    return EntityPage(
        **_frame(opened, item, facts, is_agent),
        **own,
        toc=_toc(own, told, bool(topics)),
        actions=_actions(item),
        other_names=facts.texts("skos:altLabel"),
        notes=facts.texts("skos:editorialNote"),
        details=_details(opened, item, facts),
        warnings=told.warnings,
        wary=bool(topics),
        is_agent=is_agent,
        groups=told.groups,
        claim_count=told.count,
        beyond=told.beyond,
        tally=told.tally,
        cite=cite_this(opened, item.iri),
    )


def _of_agent(opened: Opened, iri: str, is_agent: bool) -> dict[str, Any]:
    """What a person or body says, wrote and has at stake, and who belongs to it; nothing of other things."""
    voice = voiced(opened.reader, iri) if is_agent else []
    works = works_by(opened.reader, iri) if is_agent else []
    return {
        "voice": by_dimension(opened, voice),
        "voice_count": many(len(voice), "claim"),
        "works": _works(works),
        "stakes": stakes(works),
        "people": people(people_of(opened.reader, iri)) if is_agent else (),
    }


def _frame(opened: Opened, item: Thing, facts: Facts, is_agent: bool) -> dict[str, Any]:
    eyebrow = thing_frame(opened, item)["eyebrow"] or next((t.label.capitalize() for t in facts.types()), "")
    heading = item.label if item.rows[0].label else f"{eyebrow} {facts.text('gap:locator') or local_of(item.iri)}"
    more = {"eyebrow": eyebrow, "heading": heading, "crumb": heading, **_of_policy(item, facts)}
    return thing_frame(opened, item, queries=_queries(item.iri, is_agent), **more)


def _of_policy(item: Thing, facts: Facts) -> dict[str, Any]:
    """What a policy's page says of it to crawlers; nothing for other things."""
    if not _is_policy(item):
        return {}
    is_law = facts.iri("gap:policyKind") == thing("policy-kind", "act")
    node = structured.policy(item.iri, item.label, item.definition, is_law=is_law)
    return {"structured": structured.script(node)}


def _queries(iri: str, is_agent: bool) -> tuple[Shown, ...]:
    asked = ("facts", "neighbours", "sources_of", "claims_about")
    of_agent = (
        shown("claims_voiced", agent=iri),
        shown("works_by", agent=iri),
        shown("people_of", body=iri),
    )
    return (
        *(shown(name, thing=iri) for name in asked),
        *(of_agent if is_agent else ()),
        claims_table(iri),
    )


def _details(opened: Opened, item: Thing, facts: Facts) -> tuple[Detail, ...]:
    found = [fact for fact in facts.others() if fact.name not in _SHOWN_APART]
    if not _is_policy(item):
        return tuple(found)
    made = [row.other for row in pointing(opened.reader, item.iri) if row.property == gap("assesses")]
    place = None if facts.text("gap:place") else detail("Country or place", "not told")
    assessed = detail("Assessments of it", *(Link(f"Assessment {slug_of(iri)}", href(iri)) for iri in made))
    return (*found, *details(place, assessed))


def _missing(item: Thing, facts: Facts, told: Grouped) -> tuple[str, ...]:
    if not _is_policy(item):
        return told.missing
    return (*told.missing, "Its years: this base holds none for policies, but what stands in a name or definition.")


def _actions(item: Thing) -> tuple[Link, ...]:
    slug = slug_of(item.iri)
    diagnose = (Link("Diagnose this policy", f"/diagnose?policy={slug}"),) if _is_policy(item) else ()
    if kind(item.iri) in NO_ENDS:
        return diagnose
    return (*diagnose, Link("Paths to anything else", f"/path?from={local_of(item.iri)}"))


_PARTS = (
    ("places", "Its place in frameworks"),
    ("linked", "What is linked with it"),
    ("voice", "What they say"),
    ("works", "Works"),
    ("people", "Who belongs to it"),
)


def _toc(own: dict[str, Any], told: Grouped, wary: bool) -> tuple[Link, ...]:
    """The parts that there are, in the order of the page."""
    first = (Link("Cautions, disputes and gaps", "#warnings"),) if wary or told.warnings else ()
    parts = tuple(Link(words, f"#{name}") for name, words in _PARTS if own[name])
    groups = tuple(Link(group.heading, f"#{group.anchor}") for group in told.groups) if len(told.groups) > 1 else ()
    sources = (Link("Sources behind or against it", "#sources"),) if own["sources"] else ()
    missing = (Link("What is not recorded", "#missing"),) if own["missing"] else ()
    claims = Link(f"What is said of it ({told.count})", "#claims")
    return (*first, *parts, claims, *groups, *sources, *missing, Link("Cite this page", "#cite-this"))


def _works(rows: Sequence[AuthoredWork]) -> tuple[SourceLine, ...]:
    """A line for each work; it has a row for each of its stakes."""
    lines = {
        r.source: SourceLine(Link(r.label, href(r.source)), r.title, r.evidenceType, r.readingStatus) for r in rows
    }
    return tuple(lines.values())


def _is_policy(item: Thing) -> bool:
    return gap("Policy") in item.classes
