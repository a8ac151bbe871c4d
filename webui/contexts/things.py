"""The frame of the page of a single thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.errors import NotFound
from kg.history import Index, difference
from kg.namespaces import local_of, slug_of, thing
from kg.queries import ThingRow
from kg.queries import thing as thing_rows
from kg.tables import definition
from webui import structured
from webui.addresses import graph_href, href, kind
from webui.base import Opened
from webui.contexts.differences import own_name
from webui.contexts.page import Link, Shown, crumbs, frame, tabled
from webui.words import kind_words


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


def find_ever(opened: Opened, index: Index, kind: str, slug: str) -> Thing:
    """The thing at an address, also where it was taken out since.

    Raises:
        NotFound: nothing ever stood there.
    """
    try:
        return find(opened, kind, slug)
    except NotFound:
        iri = thing(kind, slug)
        if not index.touching([iri], opened.revision):
            raise
        return Thing(iri, last_name(opened, index, iri) or slug, "", ())


def last_name(opened: Opened, index: Index, iri: str) -> str:
    """What something that was taken out was called last."""
    newest = index.touching([iri], opened.revision)[0]
    return own_name(difference(iri, index.journal.read(newest, [iri]).removed, ()))


def thing_frame(opened: Opened, item: Thing, **more: Any) -> dict[str, Any]:
    """The frame of a thing's page: the way to it, its name and definition, and its graph."""
    words = kind_words(kind(item.iri))
    listed = Link(words.many, words.list_href) if words and words.list_href not in ("", "/") else None
    scheme = next((Link(row.schemeLabel, href(row.scheme)) for row in item.rows if row.scheme), None)
    name = {"eyebrow": words.one if words else scheme.label if scheme else "", "lead": item.definition}
    way = crumbs(listed or (None if words else scheme), Link(more.pop("crumb", item.label), "", True))
    views = views_of(item.iri)
    fields = {"heading": item.label, "at": listed.href if listed else "/", "crumbs": way, "views": views, **name}
    fields |= {"canonical": href(item.iri), "structured": structured.script(_about(item))}
    return frame(opened, **{**fields, **more})


def views_of(iri: str, graph: bool = True, now: str = "Page") -> tuple[Link, ...]:
    """The same thing as a page, as a graph where it has one, on the evidence map if it is a cause, as its history."""
    drawn = (("Graph", graph_href(iri)),) if graph else ()
    on_map = (("Map", f"/map?rows=causes&columns=phases#{slug_of(iri)}"),) if kind(iri) == "failure-cause" else ()
    ways = (("Page", href(iri)), *drawn, *on_map, ("History", f"/history/{local_of(iri)}"))
    return tuple(Link(name, address, name == now) for name, address in ways)


def _about(item: Thing) -> structured.Node:
    schemes = list(dict.fromkeys((row.scheme, row.schemeLabel) for row in item.rows if row.scheme))
    if schemes or kind(item.iri) in ("tactic", "failure-cause"):
        return structured.term(item.iri, item.label, item.definition, schemes)
    return structured.thing(item.iri, kind(item.iri), item.label, item.definition)


def claims_table(iri: str) -> Shown:
    """The claims about a thing as its page shows them."""
    return tabled(definition("cards_about"), thing=iri)
