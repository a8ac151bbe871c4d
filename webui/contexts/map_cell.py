"""One cell of the evidence map: its claims, how each came to stand there, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.errors import NotFound
from kg.namespaces import local_of
from kg.overview import (
    MAP_CELLS,
    MAP_CLAIMS,
    MAP_COLUMNS,
    MAP_LEFT_OUT,
    MAP_ROWS,
    CellCounts,
    Counted,
    Overview,
    Question,
)
from kg.queries import names
from kg.tables import definition
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.cards import ClaimCard, Deck
from webui.contexts.evidence_map import cell_ring
from webui.contexts.map_axes import RULES, map_href, map_query, read_axes
from webui.contexts.map_words import cell_words
from webui.contexts.page import Link, Page, as_of, crumbs, frame, tabled
from webui.contexts.rings import Ring
from webui.words import ROLES, many

_SIZE, _MOST = 120, 100
"""The box of the ring; so many claims of a group are shown."""


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
    (rows, columns), whole = read_axes(*axes), opened.overview
    ends = _one_of(whole, MAP_ROWS[columns], columns, row), _one_of(whole, MAP_COLUMNS[columns], columns, column)
    cell = next(iter(whole.of(MAP_CELLS[columns], [" ".join(ends)])), None)
    claims = _claims(whole, columns, ends)
    labels = names(opened.reader, ends)
    deck = Deck(opened, [claim for group in claims.values() for claim in group])
    links = tuple(Link(labels[end], href(end)) for end in ends)
    name = f"{links[0].label} and {links[1].label}"
    back = Link("Evidence map", f"{map_href(rows, columns)}#{short(ends[0])}")
    return CellPage(
        **frame(
            opened,
            name,
            at="/map",
            eyebrow="A cell of the evidence map",
            lead=_capital(cell_words(cell, (rows, columns))) + ".",
            crumbs=crumbs(back, Link(name, "", True)),
            queries=(map_query(rows, columns), *_cards_table(claims)),
            as_of=as_of(opened, whole),
        ),
        ring=cell_ring(cell, (rows, columns), _SIZE),
        ring_words=_ring_words(cell, rows) if cell else "",
        row=links[0],
        column=links[1],
        back=back,
        rule=RULES[columns],
        groups=tuple(_groups(cell, claims, deck)) if cell else (),
        missing=tuple(_missing(cell, deck.take(claims["told"]), of_source=rows == "sources")),
    )


def _claims(whole: Overview, columns: str, ends: tuple[str, str]) -> dict[str, list[str]]:
    """The claims of a cell by group, of each no more than the page shows."""
    found: dict[str, list[str]] = {group: [] for group, *_ in _GROUPS}
    for row in whole.of(MAP_CLAIMS[columns], [" ".join((*ends, group)) for group in found], _MOST):
        found[row.group].append(row.claim)
    return found


def _ring_words(cell: CellCounts, rows: str) -> str:
    return many(cell.told, "stated claim") if rows == "sources" else many(cell.independent, "independent source")


def _one_of(whole: Overview, drawn: Question[Counted], columns: str, name: str) -> str:
    """The row or column of a map that is meant, those that are left out of it as empty too."""
    slug = name.rpartition("/")[2]
    side = [drawn, MAP_LEFT_OUT[columns]]
    fits = [row.name for asked in side for row in whole.of(asked, [slug]) if name in (local_of(row.name), slug)]
    if not fits:
        near = [local_of(row.name) for row in whole.rows(drawn, (0, 5))]
        raise NotFound(name or "a cell without row or column", near)
    return fits[0]


def _cards_table(claims: Mapping[str, Sequence[str]]) -> list[object]:
    found = list(dict.fromkeys(claim for group in claims.values() for claim in group))
    return [tabled(definition("cards"), claim=found)] if found else []


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


def _groups(cell: CellCounts, claims: Mapping[str, Sequence[str]], deck: Deck) -> list[CellGroup]:
    counts = {"told": cell.told, "challenged": cell.against, "inferences": cell.inferred, "placings": cell.by_phase}
    return [
        CellGroup(slug, heading, _count(counts[slug]), meaning, deck.take(claims[slug]))
        for slug, heading, meaning in _GROUPS
        if claims[slug]
    ]


def _count(claims: int) -> str:
    return many(claims, "claim") + (f"; here are the first {_MOST}" if claims > _MOST else "")


def _missing(cell: CellCounts | None, told: Sequence[ClaimCard], *, of_source: bool) -> list[str]:
    """What the record lacks here, in sentences; a row that is one source is not blamed for being one."""
    if cell is None:
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
