"""The frame of the page of a single thing, and the page of anything that has no page of its own kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.errors import NotFound
from kg.namespaces import gap, local_of, thing
from kg.queries import ThingRow, about, sources_of
from kg.queries import thing as thing_rows
from kg.tables import definition
from webui import structured
from webui.addresses import graph_href, href, kind
from webui.base import Opened
from webui.contexts.facts import Facts
from webui.contexts.page import Link, Page, Shown, crumbs, frame, shown, tabled
from webui.contexts.parts import (
    ClaimCard,
    Detail,
    LinkedGroup,
    SourceGroup,
    claim_cards,
    linked,
    source_groups,
)
from webui.words import kind_words, many


@dataclass(frozen=True)
class Thing:
    """What a page knows of its thing before anything else."""

    iri: str
    label: str
    definition: str
    rows: tuple[ThingRow, ...]

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(row.cls for row in self.rows)


def find(opened: Opened, kind: str, slug: str) -> Thing:
    """The thing at an address.

    Raises:
        NotFound: there is none; the nearest names come with it.
    """
    iri = thing(kind, slug)
    rows = thing_rows(opened.reader, iri)
    if not rows:
        near = opened.search.nearest(slug, (kind,)) or opened.search.nearest(slug)
        raise NotFound(f"{kind}/{slug}", near)
    return Thing(iri, rows[0].label or slug, rows[0].definition, tuple(rows))


def thing_frame(opened: Opened, item: Thing, **more: Any) -> dict[str, Any]:
    """The frame of a thing's page: the way to it, its name and definition, and its graph."""
    words = kind_words(kind(item.iri))
    listed = Link(words.many, words.list_href) if words and words.list_href not in ("", "/") else None
    scheme = next((Link(row.schemeLabel, href(row.scheme)) for row in item.rows if row.scheme), None)
    name = {"eyebrow": words.one if words else scheme.label if scheme else "", "lead": item.definition}
    way = crumbs(listed or (None if words else scheme), Link(more.pop("crumb", item.label), "", True))
    views = (Link("Page", href(item.iri), True), Link("Graph", graph_href(item.iri)))
    fields = {"heading": item.label, "at": listed.href if listed else "/", "crumbs": way, "views": views, **name}
    fields |= {"canonical": href(item.iri), "structured": structured.script(_about(item))}
    return frame(opened, **{**fields, **more})


def _about(item: Thing) -> structured.Node:
    schemes = list(dict.fromkeys((row.scheme, row.schemeLabel) for row in item.rows if row.scheme))
    if schemes or kind(item.iri) in ("tactic", "failure-cause"):
        return structured.term(item.iri, item.label, item.definition, schemes)
    return structured.thing(item.iri, kind(item.iri), item.label, item.definition)


def _of_policy(item: Thing, facts: Facts) -> dict[str, Any]:
    """What a policy's page says of it to crawlers; nothing for other things."""
    if gap("Policy") not in item.classes:
        return {}
    is_law = facts.iri("gap:policyKind") == thing("policy-kind", "act")
    node = structured.policy(item.iri, item.label, item.definition, is_law=is_law)
    return {"structured": structured.script(node)}


@dataclass(frozen=True, kw_only=True)
class ThingPage(Page):
    """Any thing: its facts, what is linked with it, the sources behind or against it, the claims about it."""

    details: tuple[Detail, ...]
    linked: tuple[LinkedGroup, ...]
    sources: tuple[SourceGroup, ...]
    claims: tuple[ClaimCard, ...]
    claim_count: str


def thing_page(opened: Opened, item: Thing) -> ThingPage:
    """The page of anything that has no page of its own kind."""
    facts = Facts(opened, item.iri)
    claims = claim_cards(opened, about(opened.reader, item.iri))
    eyebrow = thing_frame(opened, item)["eyebrow"] or next((t.label.capitalize() for t in facts.types()), "")
    heading = item.label if item.rows[0].label else f"{eyebrow} {facts.text('gap:locator') or local_of(item.iri)}"
    more = {"eyebrow": eyebrow, "heading": heading, "crumb": heading, **_of_policy(item, facts)}
    return ThingPage(
        **thing_frame(opened, item, queries=_queries(item.iri), **more),
        details=facts.others(),
        linked=linked(opened, item.iri),
        sources=source_groups(sources_of(opened.reader, item.iri)),
        claims=claims,
        claim_count=many(len(claims), "claim"),
    )


def _queries(iri: str) -> tuple[Shown, ...]:
    return (
        shown("facts", thing=iri),
        shown("neighbours", thing=iri),
        shown("sources_of", thing=iri),
        shown("claims_about", thing=iri),
        claims_table(iri),
    )


def claims_table(iri: str) -> Shown:
    """The claims about a thing as its page shows them."""
    return tabled(definition("cards_about"), thing=iri)
