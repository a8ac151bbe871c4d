"""Lists of all things of a kind: grouped, counted, and as few of them as a reader chooses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from kg.errors import BadInput
from kg.namespaces import gap
from kg.overview import LISTS
from kg.queries import Listed
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.citing import CiteThis, cite_list
from webui.contexts.forms import Choice, Chooser, Entry
from webui.contexts.lists import list_frame
from webui.contexts.page import Link, Page, shown
from webui.contexts.paging import Part
from webui.words import Kind, many

_NONE, _NONE_TOLD = "none", "Not told"
_PART = 300
"""So many things a part of a list has."""
_LAST = (f"of-{_NONE}", _NONE_TOLD)
_SORTS = {"": "Name", "claims": "Most claims first"}

Place = tuple[str, str]
"""A group of a list: its anchor and its heading."""


@dataclass(frozen=True)
class Chosen:
    """What of a list is wanted: one kind, things that words occur in, another order."""

    kind: str = ""
    words: str = ""
    sort: str = ""

    @property
    def given(self) -> dict[str, str]:
        """As it stands in an address."""
        found = {"kind": self.kind, "q": self.words, "sort": self.sort}
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True)
class Line:
    """A thing in a list."""

    link: Link
    definition: str
    claims: str


@dataclass(frozen=True)
class Lines:
    """The things of a list that belong together."""

    anchor: str
    heading: str
    count: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class ListPage(Page):
    """All things of a kind, or some.

    Attributes:
        choosers, wanted: the form by which some are chosen.
        every: the list without any choice.
        chosen: whether these are only some.
        jumps: the groups, to be jumped to.
        groups: the things.
        count: how many they are.
        parts: the way to the others of a long list.
    """

    choosers: tuple[Chooser, ...]
    wanted: Entry
    every: Link
    chosen: bool
    jumps: tuple[Link, ...]
    groups: tuple[Lines, ...]
    count: str
    parts: tuple[Link, ...]
    cite: CiteThis


def list_page(opened: Opened, kind: Kind, chosen: Chosen, part: int = 1) -> ListPage:
    """The list of a kind.

    Args:
        opened: the base.
        kind: which list.
        chosen: what of it is wanted.
        part: which part of a long list, from 1 on.

    Raises:
        BadInput: there is no such kind or order.
    """
    whole = opened.overview
    rows = whole.rows(LISTS[kind.cls])
    kinds = _kinds(rows) if kind.sorts else {}
    _check(chosen, kinds)
    placed = _placed([row for row in rows if _fits(row, chosen)], kind, chosen)
    now = Part(len(placed), _PART, part)
    here = now.of(placed)
    groups, order = _groups(here, Counter(place for place, _ in placed)), _order(chosen)
    cls = kind.cls if ":" in kind.cls else gap(kind.cls)
    links = [Link(row.label, href(row.thing)) for _, row in here]
    return ListPage(
        **list_frame(opened, kind.many, kind.list_href, kind.lead, shown("list_of", cls=cls), links, whole=whole),
        choosers=(*_chooser(kind, kinds, chosen), order),
        wanted=Entry("q", "Words in name or description", chosen.words),
        every=Link("Show all", kind.list_href),
        chosen=chosen != Chosen(),
        jumps=tuple(Link(f"{g.heading} ({g.count})", f"#{g.anchor}") for g in groups) if len(groups) > 1 else (),
        groups=groups,
        count=_count([row for _, row in placed], rows) + (f"; these are {now.told}" if now.told else ""),
        parts=now.links(f"{kind.list_href}?{urlencode({**chosen.given, 'part': ''})}"),
        cite=cite_list(opened, kind.list_href[1:] + _query(chosen)),
    )


def _order(chosen: Chosen) -> Chooser:
    return Chooser("sort", "Order", tuple(Choice(s, words, s == chosen.sort) for s, words in _SORTS.items()))


def _check(chosen: Chosen, kinds: dict[str, str]) -> None:
    if chosen.kind and chosen.kind not in kinds:
        known = ", ".join(kinds) or "this list has none"
        raise BadInput(f"There is no kind “{chosen.kind[:40]}” in this list. Choose one of: {known}.")
    if chosen.sort not in _SORTS:
        raise BadInput(f"“{chosen.sort[:40]}” is no order: leave it out for names, or choose “claims”.")


def _kinds(rows: Iterable[Listed]) -> dict[str, str]:
    """The kinds there are, by slug, with those without one last."""
    found = sorted({(row.kindLabel, short(row.kind)) for row in rows if row.kind})
    return {slug: label for label, slug in found} | {_NONE: _NONE_TOLD}


def _slug(row: Listed) -> str:
    return short(row.kind) if row.kind else _NONE


def _fits(row: Listed, chosen: Chosen) -> bool:
    text = f"{row.label} {row.definition}".casefold()
    words = chosen.words.casefold().split()
    return (not chosen.kind or _slug(row) == chosen.kind) and all(word in text for word in words)


def _placed(rows: Iterable[Listed], kind: Kind, chosen: Chosen) -> list[tuple[Place, Listed]]:
    """The things in the order of the page, each with the group that it belongs to."""
    if chosen.sort == "claims":
        ordered = sorted(rows, key=lambda row: (-row.claims, row.label.casefold()))
        return [(("all", "Most claims first"), row) for row in ordered]
    grouped = [(_group(row) if kind.sorts else _letter(row), row) for row in rows]
    return sorted(grouped, key=lambda item: (*_order_of(item[0]), item[1].label.casefold()))


def _order_of(place: Place) -> tuple[bool, str, str]:
    return place == _LAST, place[1].casefold(), place[0]


def _group(row: Listed) -> Place:
    return f"of-{_slug(row)}", row.kindLabel or _NONE_TOLD


def _groups(found: Sequence[tuple[Place, Listed]], held: Mapping[Place, int]) -> tuple[Lines, ...]:
    """The groups of a part of the list, each told with how many it has in all."""
    groups = groupby(found, key=lambda item: item[0])
    return tuple(_lines(place, [row for _, row in rows], held[place]) for place, rows in groups)


def _letter(row: Listed) -> Place:
    letter = row.label[:1].upper()
    return (f"of-{letter.lower()}", letter) if letter.isascii() and letter.isalpha() else ("of-other", "Other")


def _lines(place: Place, rows: Sequence[Listed], count: int) -> Lines:
    lines = tuple(Line(Link(r.label, href(r.thing)), r.definition, many(r.claims, "claim")) for r in rows)
    return Lines(*place, str(count), lines)


def _chooser(kind: Kind, kinds: dict[str, str], chosen: Chosen) -> tuple[Chooser, ...]:
    if not kind.sorts:
        return ()
    values = {"": "Any"} | kinds
    return (Chooser("kind", kind.sorts, tuple(Choice(v, label, v == chosen.kind) for v, label in values.items())),)


def _count(found: Sequence[Listed], rows: Sequence[Listed]) -> str:
    shown_now, every = len({row.thing for row in found}), len({row.thing for row in rows})
    return f"{every} in all" if shown_now == every else f"{shown_now} of {every}"


def _query(chosen: Chosen) -> str:
    return f"?{urlencode(chosen.given)}" if chosen.given else ""
