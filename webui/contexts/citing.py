"""How to cite a source: in a style of one's choice, as a file, and what this base records of it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from kg.exporting import DEFAULT_STYLE, FORMS, STYLES, Reference, cite_thing, dublin_core, formatted, highwire
from webui.base import Opened
from webui.contexts.page import Link, Meta
from webui.contexts.sources import Choice


@dataclass(frozen=True)
class CiteBlock:
    """The part of a source's page by which it is cited.

    Attributes:
        formatted: the citation in the chosen style.
        styles: the styles to choose from.
        downloads: the reference as a file.
        recorded: how to cite what is recorded of it here.
    """

    formatted: Markup
    styles: tuple[Choice, ...]
    downloads: tuple[Link, ...]
    recorded: str


def cite_block(opened: Opened, reference: Reference, style: str) -> CiteBlock:
    """How to cite a source.

    Raises:
        BadInput: there is no such style.
    """
    now = style or DEFAULT_STYLE
    return CiteBlock(
        formatted=Markup(formatted(reference.csl, now).html),  # escaped where it is made
        styles=tuple(Choice(s.name, s.label, s.name == now) for s in STYLES.values()),
        downloads=tuple(Link(f.label, f"/references/{reference.slug}.{f.suffix}") for f in FORMS.values()),
        recorded=cite_thing(opened.reader, reference.source),
    )


def meta_tags(reference: Reference) -> tuple[Meta, ...]:
    """The tags from which reference managers take the source."""
    return tuple(Meta(name, content) for name, content in (*highwire(reference.csl), *dublin_core(reference.csl)))
