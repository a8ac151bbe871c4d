"""The list of sources, all or some of them, and where to take them as references."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.errors import BadInput
from kg.exporting import FORMS, Coded, Reference, Selection, all_references, coded_values, select
from kg.queries import SourceListed, sources
from webui.addresses import href
from webui.base import Opened
from webui.contexts.citing import CiteThis, cite_list
from webui.contexts.forms import Choice, Chooser, Entry
from webui.contexts.lists import list_frame
from webui.contexts.page import Link, Page, shown, tabled
from webui.contexts.parts import SourceLine
from webui.tables import SOURCES
from webui.words import many


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
        rows: the sources.
        count: how many they are, and how many of them are not read.
        downloads: these same sources in the forms of reference managers.
        cite: how to cite the list.
    """

    choosers: tuple[Chooser, ...]
    years: tuple[Entry, ...]
    wanted: Entry
    chosen: bool
    rows: tuple[SourceRow, ...]
    count: str
    downloads: tuple[Link, ...]
    cite: CiteThis


PARAMETERS = {
    "evidence": "evidence", "reading": "reading", "from": "first", "to": "last", "cited-in": "cited_in", "q": "words",
}  # fmt: skip
"""Names in addresses, and what they stand for in a selection."""


def sources_page(opened: Opened, wanted: Selection, sort: str = "") -> SourcesPage:
    """The list of sources.

    Args:
        opened: the base.
        wanted: which of them.
        sort: in which order.

    Raises:
        BadInput: a value that no source has, years the wrong way round, or no such order.
    """
    if sort not in _ORDERS:
        raise BadInput(f"“{sort[:40]}” is no order: leave it out for names, or choose “year” or “claims”.")
    known = all_references(opened.reader)
    found = {reference.source for reference in select(known, wanted)}
    rows = sorted((row for row in sources(opened.reader) if row.source in found), key=_ORDERS[sort][1])
    some = wanted != Selection()
    table = tabled(SOURCES, **_given(wanted)) if some else shown("sources")
    asked = (shown("references", thing=[row.source for row in rows]),) if some else ()
    links = [Link(row.label, href(row.source)) for row in rows]
    return SourcesPage(
        **list_frame(opened, "Sources", "/sources", _LEAD, table, links, *asked),
        choosers=(*_choosers(known, wanted), _order(sort)),
        years=(
            Entry("from", "From year", str(wanted.first or "")),
            Entry("to", "To year", str(wanted.last or "")),
        ),
        wanted=Entry("q", "Words in author, title or publisher", wanted.words),
        chosen=some or bool(sort),
        rows=tuple(map(_row, rows)),
        count=_count(rows, known, wanted),
        downloads=tuple(Link(form.label, f"/references.{form.suffix}{query(wanted)}") for form in FORMS.values()),
        cite=cite_list(opened, "sources" + query(wanted)),
    )


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


def _choosers(known: Sequence[Reference], wanted: Selection) -> tuple[Chooser, ...]:
    return (
        _chooser(known, "evidence", "Kind of evidence", wanted.evidence, lambda r: (r.evidence,)),
        _chooser(known, "reading", "How far read", wanted.reading, lambda r: (r.reading,)),
        _chooser(known, "cited-in", "Listed by", wanted.cited_in, lambda r: r.cited_in),
    )


def _chooser(
    known: Sequence[Reference], name: str, label: str, now: str, of: Callable[[Reference], Iterable[Coded]]
) -> Chooser:
    values = [Coded("", "Any"), *coded_values(known, of)]
    return Chooser(name, label, tuple(Choice(v.slug, v.label, v.slug == now) for v in values))


def _row(row: SourceListed) -> SourceRow:
    line = SourceLine(Link(row.label, href(row.source)), row.title, row.evidenceType, row.readingStatus)
    return SourceRow(line, many(row.claims, "claim"))


def _count(rows: Sequence[SourceListed], known: Sequence[Reference], wanted: Selection) -> str:
    unread = sum(row.readingStatus == "Known by citation only" for row in rows)
    all_of = "" if len(rows) == len(known) else f" of {len(known)}"
    undated = sum(reference.year is None for reference in known) if wanted.first or wanted.last else 0
    left_out = f". {many(undated, 'source')} without a year left out" if undated else ""
    known_by = f"{unread} of them known only through the document that cites them"
    return f"{many(len(rows), 'source')}{all_of}, {known_by}{left_out}"
