"""Pages that list all things of a kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from kg.overview import GAPS, TACTICS, WANTED_AT_MOST, WORK, Overview
from kg.queries import WORKLISTS, TacticListed
from kg.tables import definition
from webui import structured
from webui.addresses import href
from webui.base import Opened
from webui.contexts.cards import ClaimCard, claim_cards
from webui.contexts.page import Link, Page, as_of, crumbs, frame, shown, tabled
from webui.contexts.paging import Part
from webui.contexts.status import Status, status
from webui.words import many


@dataclass(frozen=True)
class TacticLine:
    """A tactic in the list."""

    link: Link
    status: Status


@dataclass(frozen=True)
class PhaseGroup:
    """The tactics of a phase."""

    link: Link
    tactics: tuple[TacticLine, ...]


@dataclass(frozen=True, kw_only=True)
class TacticsPage(Page):
    """The tactics, by phase: `told` says which of them where the list has several parts."""

    phases: tuple[PhaseGroup, ...]
    told: str
    parts: tuple[Link, ...]


_TACTICS, _GAPS = 200, 100
"""How many a part of the list has."""


def tactics_page(opened: Opened, part: int = 1) -> TacticsPage:
    """The list of tactics.

    Args:
        opened: the base.
        part: which part of it, from 1 on.
    """
    lead = "What has been put forward to support a policy on its way into practice, by the phase it belongs to."
    whole = opened.overview
    now = Part(whole.count(TACTICS), _TACTICS, part)
    found = whole.rows(TACTICS, now.rows)
    links = list(dict.fromkeys(Link(row.label, href(row.tactic)) for row in found))
    return TacticsPage(
        **list_frame(opened, "Tactics", "/tactics", lead, shown("tactics"), links, whole=whole),
        phases=tuple(
            _phase_group(phase, label, rows)
            for (phase, label), rows in groupby(found, key=lambda r: (r.phase, r.phaseLabel))
        ),
        told=f"Tactics {now.told}" if now.told else "",
        parts=now.links("/tactics?part="),
    )


def _phase_group(phase: str, label: str, rows: Iterable[TacticListed]) -> PhaseGroup:
    return PhaseGroup(
        Link(label, href(phase)) if phase else Link("No phase is told or inferred", ""),
        tuple(
            TacticLine(Link(r.label, href(r.tactic)), status(r.status, r.statusLabel, r.supports, r.cautions, r.gaps))
            for r in rows
        ),
    )


@dataclass(frozen=True, kw_only=True)
class GapsPage(Page):
    """The claims in which a document says that evidence is missing."""

    claims: tuple[ClaimCard, ...]
    count: str
    parts: tuple[Link, ...]


def gaps_page(opened: Opened, part: int = 1) -> GapsPage:
    """The list of reported gaps.

    Args:
        opened: the base.
        part: which part of it, from 1 on.
    """
    whole = opened.overview
    now = Part(whole.count(GAPS), _GAPS, part)
    claims = claim_cards(opened, [row.claim for row in whole.rows(GAPS, now.rows)])
    lead = "Places where a document itself says that evidence is missing or unclear."
    asked = shown("gaps"), (), tabled(definition("cards_of_gaps"))
    top = list_frame(opened, "Gaps in the evidence", "/gaps", lead, *asked, whole=whole)
    count = many(now.count, "gap") + (f"; these are {now.told}" if now.told else "")
    return GapsPage(**top, claims=claims, count=count, parts=now.links("/gaps?part="))


@dataclass(frozen=True)
class WorkLine:
    """A thing on a work list, with why it is there."""

    link: Link
    why: str


@dataclass(frozen=True)
class WorkGroup:
    """One of the work lists; it may be empty."""

    anchor: str
    heading: str
    count: str
    lines: tuple[WorkLine, ...]


@dataclass(frozen=True, kw_only=True)
class WorklistPage(Page):
    """What still wants work."""

    groups: tuple[WorkGroup, ...]


def worklist_page(opened: Opened) -> WorklistPage:
    """The work lists."""
    lead = "What is still missing, unread or unchecked in this base, for those who work on it."
    found: dict[str, list[WorkLine]] = {kind: [] for kind in WORKLISTS}
    whole = opened.overview
    for row in whole.of(WORK, list(WORKLISTS), WANTED_AT_MOST):
        found[row.kind].append(WorkLine(Link(row.label, href(row.thing)), row.why))
    return WorklistPage(
        **list_frame(opened, "Work lists", "/worklist", lead, shown("worklist"), whole=whole),
        groups=tuple(WorkGroup(k, WORKLISTS[k], _entries(len(v)), tuple(v)) for k, v in found.items()),
    )


def _entries(count: int) -> str:
    return f"the first {count} entries" if count == WANTED_AT_MOST else many(count, "entry", "entries")


def list_frame(
    opened: Opened,
    heading: str,
    at: str,
    lead: str,
    query: object,
    entries: Iterable[Link] = (),
    *others: object,
    whole: Overview,
) -> dict[str, object]:
    """The frame of a list: what it lists is told to crawlers too."""
    listed = structured.item_list(heading, at, [(link.href, link.label) for link in entries])
    return frame(
        opened,
        heading,
        at=at,
        lead=lead,
        crumbs=crumbs(Link(heading, "", True)),
        queries=(query, *others),
        canonical=at,
        as_of=as_of(opened, whole),
        structured=structured.script(listed) if entries else "",
    )
