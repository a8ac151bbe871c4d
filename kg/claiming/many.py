"""The claims of a table, each held against the base: what would go in, and what is wrong with it, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kg.claiming.checking import check_proposal, same_reading
from kg.claiming.form import THING, Field, Form
from kg.claiming.proposal import ENDS, Curator, Kit, Proposal, propose
from kg.claiming.sheet import Sheet, SheetRow
from kg.claiming.typed import Fault
from kg.errors import Ambiguous, NotFound
from kg.namespaces import PREFIXES, gap, local_of
from kg.queries import those_of_class
from kg.search import Search

KINDS: Mapping[str, tuple[str, ...]] = {
    gap("Source"): ("source",),
    gap("Claim"): ("claim",),
    gap("Framework"): ("scheme",),
    PREFIXES["prov"] + "Agent": ("person", "body", "agent"),
}
"""In which kinds of addresses the things of a class lie, so that others need not be weighed."""


@dataclass(frozen=True)
class RowResult:
    """A row, read and checked.

    Attributes:
        row: as it was written, with names replaced by what they name.
        proposal: what would go into the base.
        refused: what is wrong; a row without is a draft.
        warned: what could be better.
    """

    row: SheetRow
    proposal: Proposal
    refused: tuple[Fault, ...]
    warned: tuple[Fault, ...]


def check_sheet(kit: Kit, search: Search, sheet: Sheet, curator: Curator, day: date) -> list[RowResult]:
    """Each row of a table, checked as if it had been typed into the form.

    Args:
        kit: the form, and the base it is filled in for.
        search: finds what names mean.
        sheet: the table.
        curator: who enters the claims.
        day: on which they are entered.
    """
    seen: dict[str, int] = {}
    return [_checked(kit, search, row, curator, day, seen) for row in sheet.rows]


def _checked(kit: Kit, search: Search, row: SheetRow, curator: Curator, day: date, seen: dict[str, int]) -> RowResult:
    typed, unnamed = named(kit, search, row.typed)
    proposal = propose(kit, typed, curator, day)
    refused, warned = check_proposal(kit, proposal, curator.described())
    told = {fault.field for fault in unnamed}
    faults = [*row.faults, *unnamed, *(fault for fault in refused if fault.field not in told)]
    if same := same_reading(kit.reader, proposal):
        faults.append(Fault("", f"This reading is on record already: {local_of(same)}.", "Leave the row out."))
    if (before := seen.setdefault(proposal.iri, row.number)) != row.number and not faults:
        faults.append(Fault("", f"This is the same reading as in row {before}.", "Leave one of them out."))
    return RowResult(replace(row, typed=typed), proposal, tuple(faults), tuple(warned))


def named(
    kit: Kit, search: Search, typed: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, tuple[str, ...]], list[Fault]]:
    """What was typed with names replaced by what they name, and which name nothing, or several things."""
    found, faults = dict(typed), list[Fault]()
    for field in kit.claim.fields:
        if field.kind == THING and field.key in typed:
            values = [_named(kit, search, field, text) for text in typed[field.key]]
            found[field.key] = tuple(value for value in values if isinstance(value, str))
            faults += [value for value in values if isinstance(value, Fault)]
    return found, faults


def _named(kit: Kit, search: Search, field: Field, text: str) -> str | Fault:
    cls = wanted_class(field)
    try:
        thing = search.resolve(text, KINDS.get(cls, ()))
    except (NotFound, Ambiguous) as error:
        near = error.nearest if isinstance(error, NotFound) else error.candidates
        mend = f"Near: {', '.join(near)}." if near else "Add it first, or write kind/name as in its address."
        return Fault(field.key, f"“{text[:80]}” names nothing here exactly.", mend)
    if cls and not those_of_class(kit.reader, [thing], cls):
        return Fault(field.key, f"“{text[:80]}” is of another kind. {field.message}")
    return local_of(thing)


def wanted_class(field: Field) -> str:
    """Of which class the things of a field are; what a claim can be about is told by the relations."""
    return gap("Item") if field.key in ENDS else field.wanted


def label_of(form: Form, key: str) -> str:
    """What a field is called; empty where the key is of none."""
    return next((field.label for field in form.fields if field.key == key), "")


def lines(form: Form, results: Iterable[RowResult]) -> list[str]:
    """What is wrong, a line for each: which row, which field, why, and what would do."""
    return [
        f"Row {result.row.number}, {label_of(form, fault.field) or 'whole row'}: {fault}"
        for result in results
        for fault in result.refused
    ]
