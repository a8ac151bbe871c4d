"""Lists of all things of a kind: grouped, counted, and as few of them as a reader chooses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.errors import BadInput
from kg.namespaces import gap
from kg.queries import Listed, list_of
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.citing import CiteThis, cite_list
from webui.contexts.forms import Choice, Chooser, Entry
from webui.contexts.lists import list_frame
from webui.contexts.page import Link, Page, shown
from webui.words import Kind, many

_NONE, _NONE_TOLD = "none", "Not told"
_SORTS = {"": "Name", "claims": "Most claims first"}


@dataclass(frozen=True)
class Chosen:
    """What of a list is wanted: one kind, things that words occur in, another order."""

    kind: str = ""
    words: str = ""
    sort: str = ""


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
    """

    choosers: tuple[Chooser, ...]
    wanted: Entry
    every: Link
    chosen: bool
    jumps: tuple[Link, ...]
    groups: tuple[Lines, ...]
    count: str
    cite: CiteThis


def list_page(opened: Opened, kind: Kind, chosen: Chosen) -> ListPage:
    """The list of a kind.

    Raises:
        BadInput: there is no such kind or order.
    """
    rows = list_of(opened.reader, kind.cls)
    kinds = _kinds(rows) if kind.sorts else {}
    _check(chosen, kinds)
    found = [row for row in rows if _fits(row, chosen)]
    groups = _groups(found, kind, chosen)
    cls = kind.cls if ":" in kind.cls else gap(kind.cls)
    links = [Link(row.label, href(row.thing)) for row in found]
    order = Chooser("sort", "Order", tuple(Choice(s, words, s == chosen.sort) for s, words in _SORTS.items()))
    return ListPage(
        **list_frame(opened, kind.many, kind.list_href, kind.lead, shown("list_of", cls=cls), links),
        choosers=(*_chooser(kind, kinds, chosen), order),
        wanted=Entry("q", "Words in name or description", chosen.words),
        every=Link("Show all", kind.list_href),
        chosen=chosen != Chosen(),
        jumps=tuple(Link(f"{g.heading} ({len(g.lines)})", f"#{g.anchor}") for g in groups) if len(groups) > 1 else (),
        groups=groups,
        count=_count(found, rows),
        cite=cite_list(opened, kind.list_href[1:] + _query(chosen)),
    )


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


def _groups(rows: Sequence[Listed], kind: Kind, chosen: Chosen) -> tuple[Lines, ...]:
    if chosen.sort == "claims":
        ordered = sorted(rows, key=lambda row: (-row.claims, row.label.casefold()))
        return (_lines("all", "Most claims first", ordered),) if ordered else ()
    found: dict[tuple[str, str], list[Listed]] = {}
    for row in sorted(rows, key=lambda row: row.label.casefold()):
        key = (_slug(row), row.kindLabel or _NONE_TOLD) if kind.sorts else _letter(row)
        found.setdefault(key, []).append(row)
    last = (_NONE, _NONE_TOLD)
    return tuple(
        _lines(f"of-{slug}", heading, found[slug, heading])
        for slug, heading in sorted(found, key=lambda key: (key == last, key[1].casefold()))
    )


def _letter(row: Listed) -> tuple[str, str]:
    letter = row.label[:1].upper()
    return (letter.lower(), letter) if letter.isascii() and letter.isalpha() else ("other", "Other")


def _lines(anchor: str, heading: str, rows: Sequence[Listed]) -> Lines:
    lines = tuple(Line(Link(r.label, href(r.thing)), r.definition, many(r.claims, "claim")) for r in rows)
    return Lines(anchor, heading, str(len(lines)), lines)


def _chooser(kind: Kind, kinds: dict[str, str], chosen: Chosen) -> tuple[Chooser, ...]:
    if not kind.sorts:
        return ()
    values = {"": "Any"} | kinds
    return (Chooser("kind", kind.sorts, tuple(Choice(v, label, v == chosen.kind) for v, label in values.items())),)


def _count(found: Sequence[Listed], rows: Sequence[Listed]) -> str:
    shown_now, every = len({row.thing for row in found}), len({row.thing for row in rows})
    return f"{every} in all" if shown_now == every else f"{shown_now} of {every}"


def _query(chosen: Chosen) -> str:
    given = {"kind": chosen.kind, "q": chosen.words, "sort": chosen.sort}
    asked = urlencode({name: value for name, value in given.items() if value})
    return f"?{asked}" if asked else ""
