"""The page where somebody begins to add sources: by DOI, out of a file, or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.importing import KINDS
from webui.base import opened
from webui.contexts.fields import Fault, Field, fault_of
from webui.contexts.importing.batch import batch_href, state_words
from webui.contexts.page import Link, Page, crumbs, frame

if TYPE_CHECKING:
    from kg.batches import Batch

LARGEST_FILE, _PASTED = 20 << 20, 300_000


@dataclass(frozen=True)
class Running:
    """An import of one's own."""

    link: Link
    told: str


@dataclass(frozen=True, kw_only=True)
class StartPage(Page):
    """Three ways to add sources.

    Attributes:
        looks_up: whether DOIs are looked up here.
        limit: how large a file may be.
        kinds: what can be described by hand, each with its form.
        running: one's imports.
    """

    faults: tuple[Fault, ...]
    doi: Field
    looks_up: bool
    text: Field
    file_fault: str
    limit: str
    kinds: tuple[Link, ...]
    by_hand: str
    running: tuple[Running, ...]


def start_page(
    looks_up: bool, own: Sequence[Batch], doi: str = "", text: str = "", faults: tuple[Fault, ...] = ()
) -> StartPage:
    """The page, with what was typed and what is wrong with it."""
    hint = "Such as 10.1000/182 or https://doi.org/10.1000/182."
    paste = "BibTeX, RIS or CSL-JSON; one reference or many. Abstracts and notes in it are not kept."
    return StartPage(
        **frame(opened(), "Add sources", crumbs=crumbs(Link("Add sources", "", True))),
        faults=faults,
        doi=Field("doi", "DOI", doi[:600], hint=hint, fault=fault_of(faults, "doi"), most=600),
        looks_up=looks_up,
        text=Field("text", "Paste references", text, "words", paste, fault=fault_of(faults, "text"), most=_PASTED),
        file_fault=fault_of(faults, "file"),
        limit=f"{LARGEST_FILE >> 20} MB",
        kinds=tuple(Link(kind.label, f"/contribute/source/new?kind={name}") for name, kind in KINDS.items()),
        by_hand=f"/contribute/source/new?doi={doi}" if doi else "",
        running=tuple(Running(Link(one.name, batch_href(one.id)), state_words(one)) for one in own),
    )
