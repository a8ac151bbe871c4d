"""The pages of documents that are made for programs: what they hold, and where to take them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.namespaces import slug_of
from webui.base import Opened
from webui.contexts.page import Link, Page, crumbs, frame, shown
from webui.contexts.parts import Detail, detail, details


@dataclass(frozen=True, kw_only=True)
class DocumentPage(Page):
    """A document for programs."""

    details: tuple[Detail, ...]


_GRAPHS = {
    "ontology": "The terms of the ontology and the shapes that data must conform to.",
    "schemes": "Vocabularies, frameworks and their members, causes, tactics, notions and outcomes.",
    "sources": "Sources, policies, bodies, people and contributors.",
    "claims": "Claims with their passages, and what was judged or assessed: the record from which all links follow.",
    "derived": "The short links and evidence statuses that the rules wrote from the claims. Nobody enters these.",
    "meta": "The packs of data and the revisions of the base.",
}
_OF_PACK = "The things of a pack of data that was added to the base."


def shapes_page(opened: Opened) -> DocumentPage:
    """The page of the shapes."""
    lead = "What a record must hold before it is taken in: one SHACL shape a class, with messages in plain words."
    way = crumbs(Link("Reference", "/ns"), Link("Shapes", "", True))
    more = details(detail("Terms they speak of", Link("Reference of all terms", "/ns")))
    return DocumentPage(**frame(opened, "Shapes", lead=lead, crumbs=way), details=more)


def graph_page(opened: Opened, iri: str, statements: int) -> DocumentPage:
    """The page of a named graph.

    Args:
        opened: the base.
        iri: the graph.
        statements: how many it holds.
    """
    name = iri.rpartition("/")[2]
    return DocumentPage(
        **frame(
            opened,
            f"Graph “{name}”",
            lead=_GRAPHS.get(name)
            or "The things of a pack of data that was added to the base. Their links stand as mapped.",
            crumbs=crumbs(Link(f"Graph “{name}”", "", True)),
            queries=(shown("graph_content", graph=iri),),
        ),
        details=details(detail("Statements", f"{statements:,}"), detail("Address", slug_of(iri))),
    )
