"""The page that takes a table of claims: what became a draft, what was refused and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.claiming import RowResult, Sheet, first, label_of
from kg.claiming.form import Form
from webui.base import Opened
from webui.contexts.claiming.finding import kit
from webui.contexts.fields import Fault
from webui.contexts.page import Link, Page, crumbs, frame
from webui.words import many


@dataclass(frozen=True)
class Reason:
    """What is wrong with a row: the field, and why."""

    field: str
    text: str


@dataclass(frozen=True)
class RefusedRow:
    """A row that cannot be used."""

    number: int
    gist: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class MadeRow:
    """A row that became a draft."""

    number: int
    link: Link


@dataclass(frozen=True, kw_only=True)
class TablePage(Page):
    """The page.

    Attributes:
        faults: why nothing could be read.
        notes: how the table was read.
        told: what came of it, in a sentence; empty before anything was sent.
        made, refused: the rows.
        columns: what the table asks for: the name of a column, and what stands in it.
    """

    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    told: str
    made: tuple[MadeRow, ...]
    refused: tuple[RefusedRow, ...]
    columns: tuple[Reason, ...]


_LEAD = "Fill in a table with a spreadsheet, a claim in each row. Each row that is in order becomes a draft of yours."


def table_page(
    opened: Opened,
    *,
    sheet: Sheet | None = None,
    results: Sequence[RowResult] = (),
    ids: Sequence[str] = (),
    faults: Sequence[Fault] = (),
    submitted: bool = False,
) -> TablePage:
    """The page.

    Args:
        opened: the base.
        sheet: what was read; None before anything was sent.
        results: its rows, checked.
        ids: the drafts that were made of those in order.
        faults: why nothing could be read.
        submitted: whether they were handed in at once.
    """
    heading = "Many claims from a table"
    good = [row for row in results if not row.refused]
    bad = [row for row in results if row.refused]
    form = kit(opened).claim
    way = crumbs(Link("Your contributions", "/contributions"), Link(heading, "", True))
    return TablePage(
        **frame(opened, heading, lead=_LEAD, crumbs=way),
        faults=tuple(faults),
        notes=sheet.notes if sheet else (),
        told=_told(len(good), len(bad), submitted) if sheet else "",
        made=tuple(
            MadeRow(row.row.number, Link(_gist(row), _way(id, submitted))) for row, id in zip(good, ids, strict=False)
        ),
        refused=tuple(_refused(form, row) for row in bad),
        columns=tuple(Reason(field.label, field.help) for field in form.fields if field.need == "required"),
    )


def _refused(form: Form, row: RowResult) -> RefusedRow:
    reasons = (Reason(label_of(form, fault.field) or "The row", str(fault)) for fault in row.refused)
    return RefusedRow(row.row.number, _gist(row), tuple(reasons))


def _way(id: str, submitted: bool) -> str:
    return f"/review/{id}" if submitted else f"/contribute/claim?draft={id}"


def _told(good: int, bad: int, submitted: bool) -> str:
    done = "handed in" if submitted else "kept as drafts"
    refused = (
        f" {many(bad, 'row')} cannot be used yet: put right what is told below, and send those rows alone."
        if bad
        else ""
    )
    return f"{many(good, 'claim')[:1].upper()}{many(good, 'claim')[1:]} {done}.{refused}"


def _gist(row: RowResult) -> str:
    return first(row.row.typed, "gist") or "No sentence yet"
