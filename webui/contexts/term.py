"""What the pages of causes and tactics share: names, notes, what is linked, and the way to other views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.namespaces import local_of
from webui.base import Opened
from webui.contexts.became import became
from webui.contexts.citing import CiteThis, cite_this
from webui.contexts.facts import Facts
from webui.contexts.page import Link, Page, Shown
from webui.contexts.things import Thing, thing_frame


@dataclass(frozen=True, kw_only=True)
class TermPage(Page):
    """A term that sources reason with.

    Attributes:
        other_names: what else it is called.
        notes: what the curators noted.
        jumps: what there is on the page, with counts.
        sections: the page's parts, for the list of contents.
        onward: where one can go with it from here.
        cite: how to cite the page.
        became: how many of the works behind it were retracted, corrected or put in doubt.
    """

    other_names: tuple[str, ...]
    notes: tuple[str, ...]
    jumps: tuple[Link, ...]
    sections: tuple[Link, ...]
    onward: tuple[Link, ...]
    cite: CiteThis
    became: str


def term_fields(opened: Opened, item: Thing, facts: Facts, queries: tuple[Shown, ...]) -> dict[str, Any]:
    """The fields of `TermPage`, without its jumps and sections.

    Args:
        opened: the base.
        item: the term.
        facts: what is said of it itself.
        queries: what the page shows.
    """
    return {
        **thing_frame(opened, item, queries=queries),
        "other_names": facts.texts("skos:altLabel"),
        "notes": facts.texts("skos:editorialNote"),
        "onward": onward(item.iri),
        "cite": cite_this(opened, item.iri),
        "became": became(opened, item.iri),
    }


def onward(iri: str) -> tuple[Link, ...]:
    """Where one can go from a page with what it is about."""
    local = local_of(iri)
    return (
        Link("Paths to anything else", f"/path?from={local}"),
        Link("Compare it with others", f"/compare?thing={local}"),
    )
