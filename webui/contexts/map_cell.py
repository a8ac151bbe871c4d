"""One cell of the evidence map: its claims, how each came to stand there, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import NotFound
from kg.evidence_map import Cell
from kg.namespaces import local_of, slug_of
from kg.queries import names
from kg.tables import definition
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.evidence_map import (
    RULES,
    cell_ring,
    map_href,
    map_query,
    read_axes,
    read_map,
)
from webui.contexts.map_words import cell_words
from webui.contexts.page import Link, Page, crumbs, frame, tabled
from webui.contexts.parts import ClaimCard, Deck
from webui.contexts.rings import Ring
from webui.words import ROLES, many

_SIZE = 120


@dataclass(frozen=True)
class CellGroup:
    """Claims that stand in the cell in one way, with what that way means."""

    slug: str
    heading: str
    count: str
    meaning: str
    claims: tuple[ClaimCard, ...]


@dataclass(frozen=True, kw_only=True)
class CellPage(Page):
    """A cell of the evidence map."""

    ring: Ring | None
    ring_words: str
    row: Link
    column: Link
    back: Link
    rule: str
    groups: tuple[CellGroup, ...]
    missing: tuple[str, ...]


def cell_page(opened: Opened, axes: tuple[str, str], row: str, column: str) -> CellPage:
    """The page of a cell.

    Args:
        opened: the base.
        axes: what stands down and across, as in the map's address.
        row, column: the two things, as slug or `kind/slug`.

    Raises:
        BadInput: there is no such map.
        NotFound: the map has no such row or column; those near to it come with the error.
    """
    rows, columns = read_axes(*axes)
    found = read_map(opened, rows, columns)
    ends = _one_of(found.rows, row), _one_of(found.columns, column)
    cell = found.cells[ends]
    labels = names(opened.reader, ends)
    deck = Deck(opened, cell.claims)
    links = tuple(Link(labels[end], href(end)) for end in ends)
    back = Link("Evidence map", f"{map_href(rows, columns)}#{short(ends[0])}")
    queries = (map_query(rows, columns), *_cards_table(cell))
    return CellPage(
        **frame(
            opened,
            f"{links[0].label} and {links[1].label}",
            at="/map",
            eyebrow="A cell of the evidence map",
            lead=_capital(cell_words(cell, (rows, columns))) + ".",
            crumbs=crumbs(back, Link(f"{links[0].label} and {links[1].label}", "", True)),
            queries=queries,
        ),
        ring=cell_ring(cell, (rows, columns), _SIZE),
        ring_words=many(len(cell.told), "stated claim")
        if rows == "sources"
        else many(cell.independent, "independent source"),
        row=links[0],
        column=links[1],
        back=back,
        rule=RULES[columns],
        groups=tuple(_groups(cell, deck)),
        missing=tuple(_missing(cell, deck.take(cell.told), of_source=rows == "sources")),
    )


def _ring_words(cell: Cell, rows: str) -> str:
    if rows == "sources":
        return many(len(cell.told), "stated claim")
    return many(cell.independent, "independent source")


def _one_of(things: Sequence[str], name: str) -> str:
    """The one of these that is meant."""
    fits = [thing for thing in things if name in (local_of(thing), slug_of(thing))]
    if not fits:
        raise NotFound(name or "a cell without row or column", [local_of(thing) for thing in things[:5]])
    return fits[0]


def _cards_table(cell: Cell) -> list[object]:
    return [tabled(definition("cards"), claim=list(cell.claims))] if cell.claims else []


_GROUPS = (
    ("told", "What documents state", "Read in a document, or taken from a table in it."),
    ("challenged", "Claims it is cited against", "The work is cited as speaking against these."),
    (
        "inferences",
        "What a curator inferred",
        "No document says this of the two; a curator of this base sees the link. It counts neither for nor against.",
    ),
    (
        "placings",
        "What follows from the phase alone",
        "A table sets a phase against the cause, and the tactic stands in that phase. No document joins the two "
        "themselves, so it counts neither for nor against.",
    ),
)


def _groups(cell: Cell, deck: Deck) -> list[CellGroup]:
    found = ((slug, heading, meaning, getattr(cell, slug)) for slug, heading, meaning in _GROUPS)
    return [
        CellGroup(slug, heading, many(len(claims), "claim"), meaning, deck.take(claims))
        for slug, heading, meaning, claims in found
        if claims
    ]


def _missing(cell: Cell, told: Sequence[ClaimCard], *, of_source: bool) -> list[str]:
    """What the record lacks here, in sentences; a row that is one source is not blamed for being one."""
    if not cell.claims:
        return [
            "Nothing is recorded here: no document that was read joins the two, and no curator drew a link.",
            "That is no proof that there is nothing. Nobody may have looked, or the work may not be in this base.",
        ]
    if not told:
        return ["No document states a link between the two.", "No source counts for or against it here."]
    stances = cell.stances
    is_cited = any(group.role == ROLES["backedBy"] for card in told for group in card.works)
    lacks = (
        (bool(stances.get("gap")), "A document itself says that evidence is missing here."),
        (not of_source and not is_cited, "No work is cited for any of the stated claims."),
        (not of_source and cell.independent == 1, "All that is stated comes from one independent source."),
        (
            not (stances.get("cautions") or stances.get("disputes")),
            "No caution and no dispute is recorded, which is no proof that there is none.",
        ),
    )
    return [sentence for is_lacking, sentence in lacks if is_lacking]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
