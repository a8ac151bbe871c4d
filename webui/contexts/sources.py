"""The list of sources, all or some of them, and where to take them as references."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.errors import BadInput
from kg.exporting import FORMS, Selection, read_references, select
from kg.namespaces import PREFIXES, gap, slug_of
from kg.overview import SOURCE_VALUES, SOURCES, Overview
from kg.queries import SourceListed, SourceValue
from webui.addresses import href
from webui.base import Opened
from webui.contexts.citing import CiteThis, cite_list
from webui.contexts.forms import Choice, Chooser, Entry
from webui.contexts.lists import list_frame
from webui.contexts.page import Link, Page, shown, tabled
from webui.contexts.paging import Part
from webui.contexts.parts import SourceLine
from webui.tables import SOURCES as SOURCES_TABLE
from webui.words import many

PAGE_SIZE = 100


@dataclass(frozen=True)
class SourceRow:
    """A source in the list."""

    line: SourceLine
    claims: str


@dataclass(frozen=True, kw_only=True)
class SourcesPage(Page):
    """All sources, or some of them.

    Attributes:
        choosers, years, wanted: the form by which some are chosen.
        chosen: whether these are only some.
        rows, rows_from, parts: the sources, which of them these are where there are more, and the way to the others.
        count: how many they are, and how many of them are not read.
        downloads: these same sources in the forms of reference managers.
        cite: how to cite the list.
    """

    choosers: tuple[Chooser, ...]
    years: tuple[Entry, ...]
    wanted: Entry
    chosen: bool
    rows: tuple[SourceRow, ...]
    rows_from: str
    parts: tuple[Link, ...]
    count: str
    downloads: tuple[Link, ...]
    cite: CiteThis


PARAMETERS = {
    "evidence": "evidence", "reading": "reading", "from": "first", "to": "last", "cited-in": "cited_in", "q": "words",
}  # fmt: skip
"""Names in addresses, and what they stand for in a selection."""


@dataclass(frozen=True)
class _Listed:
    """The sources shown now out of those that fit.

    Attributes:
        rows: these sources.
        part: which part of those that fit they are.
        unread: how many of those that fit nobody here has read.
        undated: how many were left out for want of a year.
        asked: the sources that fit, where they were chosen.
    """

    rows: list[SourceListed]
    part: Part
    unread: int
    undated: int = 0
    asked: tuple[str, ...] = ()


def sources_page(opened: Opened, wanted: Selection, sort: str = "", part: int = 1) -> SourcesPage:
    """The list of sources.

    Args:
        opened: the base.
        wanted: which of them.
        sort: in which order.
        part: which part of the list, from 1 on.

    Raises:
        BadInput: a value that no source has, years the wrong way round, or no such order.
    """
    if sort not in _ORDERS:
        raise BadInput(f"“{sort[:40]}” is no order: leave it out for names, or choose “year” or “claims”.")
    whole = opened.overview
    values, some = whole.rows(SOURCE_VALUES), wanted != Selection()
    listed = _chosen(opened, whole, wanted, sort, part) if some or sort else _first(whole, values, part)
    return SourcesPage(
        **_frame(opened, whole, wanted, listed),
        choosers=(*_choosers(values, wanted), _order(sort)),
        years=(
            Entry("from", "From year", str(wanted.first or "")),
            Entry("to", "To year", str(wanted.last or "")),
        ),
        wanted=Entry("q", "Words in author, title or publisher", wanted.words),
        chosen=some or bool(sort),
        rows=tuple(map(_row, listed.rows)),
        rows_from=listed.part.told,
        parts=listed.part.links(
            f"/sources?{urlencode({**_given(wanted), **({'sort': sort} if sort else {}), 'part': ''})}"
        ),
        count=_count(listed, sum(_known(values).values())),
        downloads=tuple(Link(form.label, f"/references.{form.suffix}{query(wanted)}") for form in FORMS.values()),
        cite=cite_list(opened, "sources" + query(wanted)),
    )


def _first(whole: Overview, values: Sequence[SourceValue], wanted: int) -> _Listed:
    """A part of all sources."""
    known = _known(values)
    part = Part(sum(known.values()), PAGE_SIZE, wanted)
    return _Listed(whole.rows(SOURCES, part.rows), part, known.get(_UNREAD, 0))


def _chosen(opened: Opened, whole: Overview, wanted: Selection, sort: str, number: int) -> _Listed:
    """A part of those that fit: all have to be looked at."""
    rows = whole.rows(SOURCES)
    known = read_references(opened.reader, [row.source for row in rows])
    fit = {reference.source for reference in select(known, wanted)}
    found = sorted((row for row in rows if row.source in fit), key=_ORDERS[sort][1])
    part = Part(len(found), PAGE_SIZE, number)
    unread = sum(row.readingStatus == _UNREAD for row in found)
    undated = sum(reference.year is None for reference in known) if wanted.first or wanted.last else 0
    asked = tuple(row.source for row in found) if wanted != Selection() else ()
    return _Listed(part.of(found), part, unread, undated, asked)


_UNREAD = "Known by citation only"


def _known(values: Sequence[SourceValue]) -> dict[str, int]:
    """How many sources there are by how far they were read: each has one such status."""
    return {value.label: value.sources for value in values if value.property == gap("readingStatus")}


def _frame(opened: Opened, whole: Overview, wanted: Selection, listed: _Listed) -> dict[str, object]:
    table = tabled(SOURCES_TABLE, **_given(wanted)) if wanted != Selection() else shown("sources")
    asked = (shown("references", thing=list(listed.asked)),) if listed.asked else ()
    links = [Link(row.label, href(row.source)) for row in listed.rows]
    return list_frame(opened, "Sources", "/sources", _LEAD, table, links, *asked, whole=whole)


_LEAD = "Every work that a claim was read in or that a document refers to, with how far the project has read it."


_ORDERS: dict[str, tuple[str, Callable[[SourceListed], tuple[object, ...]]]] = {
    "": ("Name", lambda row: ()),
    "year": ("Newest first", lambda row: (not row.year, -int(row.year[:4] or 0), row.label)),
    "claims": ("Most claims first", lambda row: (-row.claims, row.label)),
}
"""The orders there are; a work without a year comes last where years count."""


def _order(now: str) -> Chooser:
    return Chooser("sort", "Order", tuple(Choice(name, label, name == now) for name, (label, _) in _ORDERS.items()))


def query(wanted: Selection) -> str:
    """The part of an address that makes this selection."""
    given = _given(wanted)
    return f"?{urlencode(given)}" if given else ""


def _given(wanted: Selection) -> dict[str, str]:
    return {name: str(getattr(wanted, field)) for name, field in PARAMETERS.items() if getattr(wanted, field)}


def _choosers(values: Sequence[SourceValue], wanted: Selection) -> tuple[Chooser, ...]:
    asked = (
        ("evidence", "Kind of evidence", wanted.evidence, gap("evidenceType")),
        ("reading", "How far read", wanted.reading, gap("readingStatus")),
        ("cited-in", "Listed by", wanted.cited_in, PREFIXES["dcterms"] + "isReferencedBy"),
    )
    return tuple(
        Chooser(name, label, _choices([value for value in values if value.property == term], now))
        for name, label, now, term in asked
    )


def _choices(values: Sequence[SourceValue], now: str) -> tuple[Choice, ...]:
    some = ((slug_of(value.value), value.label) for value in values)
    return tuple(Choice(slug, label or slug, slug == now) for slug, label in (("", "Any"), *some))


def _row(row: SourceListed) -> SourceRow:
    line = SourceLine(Link(row.label, href(row.source)), row.title, row.evidenceType, row.readingStatus)
    return SourceRow(line, many(row.claims, "claim"))


def _count(listed: _Listed, known: int) -> str:
    fit = listed.part.count
    all_of = "" if fit == known else f" of {known}"
    left_out = f". {many(listed.undated, 'source')} without a year left out" if listed.undated else ""
    known_by = f"{listed.unread} of them known only through the document that cites them"
    return f"{many(fit, 'source')}{all_of}, {known_by}{left_out}"
