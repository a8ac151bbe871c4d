"""The coverage board: for which causes, phases and tactics the record holds nothing, said in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.model import Standing
from kg.namespaces import thing
from kg.queries import (
    CauseShown,
    GapAlone,
    PhaseCovered,
    Unbacked,
    gaps_alone,
    phase_coverage,
    policies_of_causes,
    tactics,
    unbacked_tactics,
)
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.page import Link, Page, crumbs, frame, shown
from webui.contexts.parts import Mark, standing_mark
from webui.words import ADDRESSING, many


@dataclass(frozen=True)
class CoveredBy:
    """A tactic held to address a cause, with the best way in which that link came about."""

    link: Link
    standing: Mark


@dataclass(frozen=True)
class Coverage:
    """A cause and a phase.

    Attributes:
        anchor: where its tactics are listed on the page.
        kind: `gap` where there is no tactic, else `filled`.
        count: how many tactics.
        how: how their links came about, in words.
    """

    anchor: str
    kind: str
    phase: str
    count: str
    how: tuple[str, ...]
    tactics: tuple[CoveredBy, ...]


@dataclass(frozen=True)
class CauseLine:
    """A cause across the phases, with what is missing in a sentence."""

    link: Link
    cells: tuple[Coverage, ...]
    missing: str
    stated: str


@dataclass(frozen=True)
class UnbackedGroup:
    """The tactics of a phase that have no source behind them."""

    label: str
    count: str
    tactics: tuple[Link, ...]


@dataclass(frozen=True)
class ShownBy:
    """A cause with the policies that show it, each with how that came to be said."""

    link: Link
    policies: tuple[CoveredBy, ...]


@dataclass(frozen=True)
class Reported:
    """A thing of which documents say that evidence is missing."""

    link: Link
    documents: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class CoveragePage(Page):
    """The coverage board."""

    phases: tuple[str, ...]
    causes: tuple[CauseLine, ...]
    empty: str
    unbacked: tuple[UnbackedGroup, ...]
    unbacked_words: str
    shown: tuple[ShownBy, ...]
    unshown_words: str
    gaps: tuple[Reported, ...]
    gaps_words: str


def coverage_page(opened: Opened) -> CoveragePage:
    """The coverage board."""
    rows, unbacked = phase_coverage(opened.reader), unbacked_tactics(opened.reader)
    causes = tuple(_cause(list(group)) for _, group in groupby(rows, key=lambda row: row.cause))
    shown_by = _shown_by(opened)
    gaps = _gaps(gaps_alone(opened.reader))
    cells = [cell for cause in causes for cell in cause.cells]
    asked = ("phase_coverage", "unbacked_tactics", "policies_of_causes", "gaps_alone")
    return CoveragePage(
        **frame(
            opened,
            "Coverage board",
            at="/map",
            lead="Where this base holds nothing: causes without tactics, tactics without sources, gaps that documents "
            "report themselves.",
            crumbs=crumbs(Link("Evidence map", "/map"), Link("Coverage board", "", True)),
            queries=tuple(shown(name) for name in asked),
            canonical="/coverage",
        ),
        phases=tuple(dict.fromkeys(row.phaseLabel for row in rows)),
        causes=causes,
        empty=f"{sum(cell.kind == 'gap' for cell in cells)} of {len(cells)} pairs of cause and phase have no tactic.",
        unbacked=_unbacked(unbacked),
        unbacked_words=_of_all(len({row.tactic for row in unbacked}), len({r.tactic for r in tactics(opened.reader)})),
        shown=shown_by,
        unshown_words=_unshown_words([item.link.label for item in shown_by if not item.policies], len(causes)),
        gaps=gaps,
        gaps_words=many(len(gaps), "thing"),
    )


def _cause(rows: Sequence[PhaseCovered]) -> CauseLine:
    cells = tuple(_coverage(list(group)) for _, group in groupby(rows, key=lambda row: row.phase))
    missing = [cell.phase for cell in cells if cell.kind == "gap"]
    stated = any(short(row.how) == "addressesAsStated" for row in rows)
    return CauseLine(
        Link(rows[0].causeLabel, href(rows[0].cause)),
        cells,
        f"No tactic of the {'phase' if len(missing) == 1 else 'phases'} {_listed(missing)} is held to address it."
        if missing
        else "",
        ""
        if stated
        else "No document says of any of these tactics, in words, that it addresses this cause: each link follows "
        "from a phase or was inferred by a curator.",
    )


def _coverage(rows: Sequence[PhaseCovered]) -> Coverage:
    first = rows[0]
    anchor = f"{short(first.cause)}--{short(first.phase)}"
    best: dict[str, PhaseCovered] = {}
    for row in sorted((r for r in rows if r.tactic), key=_standing):
        best.setdefault(row.tactic, row)
    told = Counter(_standing(row) for row in best.values())
    lines = sorted(best.values(), key=lambda row: (_standing(row), row.tacticLabel.casefold()))
    return Coverage(
        anchor,
        "filled" if best else "gap",
        first.phaseLabel,
        many(len(best), "tactic"),
        tuple(f"{count} {_HOW[standing]}" for standing, count in sorted(told.items())),
        tuple(CoveredBy(Link(r.tacticLabel, href(r.tactic)), standing_mark(ADDRESSING[short(r.how)])) for r in lines),
    )


_HOW = {
    Standing.STATED: "stated",
    Standing.BY_TABLE: "by table",
    Standing.BY_PHASE: "by phase",
    Standing.MAPPED: "mapped",
    Standing.INFERRED: "inferred",
}


def _standing(row: PhaseCovered) -> Standing:
    return Standing.of(thing("link-basis", ADDRESSING[short(row.how)]))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _unbacked(rows: Iterable[Unbacked]) -> tuple[UnbackedGroup, ...]:
    return tuple(
        UnbackedGroup(label or "No phase told or inferred", many(len(found), "tactic"), tuple(found))
        for label, found in (
            (label, [Link(row.label, href(row.tactic)) for row in group])
            for label, group in groupby(rows, key=lambda row: row.phaseLabel)
        )
    )


def _of_all(count: int, total: int) -> str:
    return f"{count} of {total} tactics"


def _shown_by(opened: Opened) -> tuple[ShownBy, ...]:
    return tuple(
        ShownBy(Link(label, href(cause)), tuple(_policies(row for row in group if row.policy)))
        for (cause, label), group in groupby(policies_of_causes(opened.reader), key=lambda r: (r.cause, r.causeLabel))
    )


def _policies(rows: Iterable[CauseShown]) -> Iterable[CoveredBy]:
    best: dict[str, CauseShown] = {}
    for row in sorted(rows, key=lambda row: Standing.of(row.standing)):
        best.setdefault(row.policy, row)
    return (CoveredBy(Link(row.policyLabel, href(row.policy)), standing_mark(row.standing)) for row in best.values())


def _unshown_words(without: Sequence[str], total: int) -> str:
    if not without:
        return "For every cause, some policy is told of that shows it."
    if len(without) == total:
        return "No policy is recorded as showing any of the causes."
    return f"No policy is recorded as showing {_listed(without)}."


def _gaps(rows: Iterable[GapAlone]) -> tuple[Reported, ...]:
    return tuple(
        Reported(Link(label, href(iri)), tuple(Link(row.documentLabel, href(row.document)) for row in group))
        for (iri, label), group in groupby(rows, key=lambda row: (row.thing, row.label))
    )
