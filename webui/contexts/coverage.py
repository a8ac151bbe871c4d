"""The coverage board: for which causes, phases and tactics the record holds nothing, said in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kg.model import Standing
from kg.namespaces import slug_of
from kg.overview import (
    CAUSES,
    COVERED,
    COVERING,
    GAPS_ALONE,
    PHASES,
    SHOWN_BY,
    STATUSES,
    UNBACKED,
    Covered,
    Covering,
    Overview,
)
from kg.queries import Cause, CauseShown, GapAlone, Phase, Unbacked
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.page import Link, Page, as_of, crumbs, frame, shown
from webui.contexts.paging import Part
from webui.contexts.parts import Mark, standing_mark
from webui.words import many


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
        more: how many of them the page does not name; empty where it names all.
    """

    anchor: str
    kind: str
    phase: str
    count: str
    how: tuple[str, ...]
    tactics: tuple[CoveredBy, ...]
    more: str


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
    """The coverage board.

    Attributes:
        cut: which causes and phases stand on it where they are not all; `parts` leads to the others.
    """

    phases: tuple[str, ...]
    causes: tuple[CauseLine, ...]
    empty: str
    cut: str
    parts: tuple[Link, ...]
    unbacked: tuple[UnbackedGroup, ...]
    unbacked_words: str
    shown: tuple[ShownBy, ...]
    unshown_words: str
    gaps: tuple[Reported, ...]
    gaps_words: str


_CAUSES, _PHASES, _TACTICS = 25, 12, 100
"""So many causes stand on the board at a time, phases beside them, and tactics in words in each place."""
_CAUSES_OF_MANY, _TACTICS_OF_MANY = 10, 12
"""The same in a large base, where places hold very many tactics."""
_MOST = 300
"""So many tactics without a source are named, and so many things with gaps alone."""


def coverage_page(opened: Opened, part: int = 1) -> CoveragePage:
    """The coverage board.

    Args:
        opened: the base.
        part: which part of the causes, from 1 on.
    """
    whole = opened.overview
    now = Part(whole.count(CAUSES), _CAUSES_OF_MANY if opened.part(1) else _CAUSES, part)
    causes = whole.rows(CAUSES, now.rows)
    shown_by = _shown_by(whole, causes)
    gaps = _gaps(whole.rows(GAPS_ALONE, (0, _MOST)))
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
            as_of=as_of(opened, whole),
        ),
        **_on_board(whole, causes, _TACTICS_OF_MANY if opened.part(1) else _TACTICS),
        empty=_empty(whole),
        cut=_cut(now, whole.count(PHASES)),
        parts=now.links("/coverage?part="),
        unbacked=_unbacked(whole.rows(UNBACKED, (0, _MOST))),
        unbacked_words=_of_all(whole),
        shown=shown_by,
        unshown_words=_unshown_words([item.link.label for item in shown_by if not item.policies], len(causes)),
        gaps=gaps,
        gaps_words=_first_of(len(gaps), whole.count(GAPS_ALONE), "thing"),
    )


def _on_board(whole: Overview, causes: Sequence[Cause], tactics: int) -> dict[str, Any]:
    phases = whole.rows(PHASES, (0, _PHASES))
    return {"phases": tuple(phase.label for phase in phases), "causes": _board(whole, causes, phases, tactics)}


def _empty(whole: Overview) -> str:
    pairs = whole.count(CAUSES) * whole.count(PHASES)
    return f"{pairs - whole.count(COVERED)} of {pairs} pairs of cause and phase have no tactic."


def _cut(now: Part, phases: int) -> str:
    """Which causes and phases stand on the board; empty where all do."""
    found = (
        f"These are causes {now.told}." if now.told else "",
        f"Of {phases:,} phases, the first {_PHASES} stand here." if phases > _PHASES else "",
    )
    return " ".join(filter(None, found))


def _board(
    whole: Overview, causes: Sequence[Cause], phases: Sequence[Phase], tactics_at_most: int
) -> tuple[CauseLine, ...]:
    wanted = [f"{cause.cause} {phase.thing}" for cause in causes for phase in phases]
    filled = {(row.cause, row.phase): row for row in whole.of(COVERED, wanted)}
    tactics: dict[tuple[str, str], list[Covering]] = defaultdict(list)
    for row in whole.of(COVERING, wanted, tactics_at_most):
        tactics[row.cause, row.phase].append(row)
    return tuple(
        _cause(
            cause,
            [_coverage(cause, p, filled.get((cause.cause, p.thing)), tactics[cause.cause, p.thing]) for p in phases],
            stated=any(filled[cause.cause, p.thing].stated for p in phases if (cause.cause, p.thing) in filled),
        )
        for cause in causes
    )


def _cause(cause: Cause, cells: Sequence[Coverage], *, stated: bool) -> CauseLine:
    missing = [cell.phase for cell in cells if cell.kind == "gap"]
    return CauseLine(
        Link(cause.label, href(cause.cause)),
        tuple(cells),
        f"No tactic of the {'phase' if len(missing) == 1 else 'phases'} {_listed(missing)} is held to address it."
        if missing
        else "",
        ""
        if stated
        else "No document says of any of these tactics, in words, that it addresses this cause: each link follows "
        "from a phase or was inferred by a curator.",
    )


def _coverage(cause: Cause, phase: Phase, filled: Covered | None, tactics: Sequence[Covering]) -> Coverage:
    anchor = f"{short(cause.cause)}--{short(phase.thing)}"
    if filled is None:
        return Coverage(anchor, "gap", phase.label, many(0, "tactic"), (), (), "")
    told = ((getattr(filled, name), words) for name, words in _HOW.items())
    lines = tuple(CoveredBy(Link(row.label, href(row.tactic)), standing_mark(row.standing)) for row in tactics)
    left = filled.tactics - len({row.tactic for row in tactics})
    how = tuple(f"{count} {words}" for count, words in told if count)
    return Coverage(
        anchor,
        "filled",
        phase.label,
        many(filled.tactics, "tactic"),
        how,
        lines,
        f"{left:,} more are not named here." if left else "",
    )


_HOW = {"stated": "stated", "by_phase": "by phase", "mapped": "mapped", "inferred": "inferred"}


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


def _of_all(whole: Overview) -> str:
    held = {slug_of(row.name): row.count for row in whole.rows(STATUSES)}
    named = f" (the first {_MOST} are named here)" if whole.count(UNBACKED) > _MOST else ""
    return f"{sum(held.get(status, 0) for status in _UNBACKED)} of {sum(held.values())} tactics{named}"


_UNBACKED = ("no-claims", "proposed")
"""The statuses of tactics that no source stands behind, as in the query `unbacked_tactics`."""


def _first_of(shown_now: int, count: int, noun: str) -> str:
    return (
        many(count, noun) if shown_now == count else f"{many(count, noun)}, of which the first {shown_now} stand here"
    )


def _shown_by(whole: Overview, causes: Sequence[Cause]) -> tuple[ShownBy, ...]:
    rows = whole.of(SHOWN_BY, [cause.cause for cause in causes], _TACTICS)
    return tuple(
        ShownBy(Link(label, href(cause)), tuple(_policies(row for row in group if row.policy)))
        for (cause, label), group in groupby(rows, key=lambda row: (row.cause, row.causeLabel))
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
