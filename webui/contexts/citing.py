"""How to cite: what the base records of anything, and a source itself in a style of one's choice or as a file."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from kg.errors import NotFound
from kg.exporting import (
    DEFAULT_STYLE,
    FORMS,
    STYLES,
    Reference,
    cite_data,
    cite_thing,
    dublin_core,
    formatted,
    highwire,
)
from kg.namespaces import BASE
from webui.base import Opened
from webui.contexts.forms import Choice
from webui.contexts.page import Link, Meta


@dataclass(frozen=True)
class CiteThis:
    """The part of any page by which what it shows is cited.

    Attributes:
        text: the citation, with the version of the base and the address that stays.
        hint: what it is the citation of, and what else to cite.
    """

    text: str
    hint: str


_HINT = "This cites what is recorded here, at this version of the base. Read and cite the documents behind it too."


def cite_this(opened: Opened, iri: str, hint: str = _HINT) -> CiteThis:
    """How to cite what the base records of anything; a thing without a name goes by its address.

    Args:
        opened: the base.
        iri: the thing.
        hint: what the reader is told beside it.
    """
    try:
        text = cite_thing(opened.reader, iri)
    except NotFound:
        text = cite_data(opened.reader, iri)
    return CiteThis(text, hint)


def cite_list(opened: Opened, path: str) -> CiteThis:
    """How to cite a list of the base.

    Args:
        opened: the base.
        path: where it stands, with what was chosen of it.
    """
    return CiteThis(cite_data(opened.reader, BASE + path), "This cites the list as it stands at this version.")


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


def cite_block(reference: Reference, style: str, recorded: str) -> CiteBlock:
    """How to cite a source; `recorded` cites what the base records of it.

    Raises:
        BadInput: there is no such style.
    """
    now = style or DEFAULT_STYLE
    return CiteBlock(
        formatted=Markup(formatted(reference.csl, now).html),  # noqa: S704 - escaped where it is made
        styles=tuple(Choice(s.name, s.label, s.name == now) for s in STYLES.values()),
        downloads=tuple(Link(f.label, f"/references/{reference.slug}.{f.suffix}") for f in FORMS.values()),
        recorded=recorded,
    )


def meta_tags(reference: Reference) -> tuple[Meta, ...]:
    """The tags from which reference managers take the source."""
    return tuple(Meta(name, content) for name, content in (*highwire(reference.csl), *dublin_core(reference.csl)))
