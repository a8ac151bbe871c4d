"""The page of a search, and what is offered while somebody types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from urllib.parse import urlencode

from kg.queries import causes_signed
from kg.search import LONGEST_WORD, Hit, Looked
from kg.tables import definition
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.found import Found, Showing, belongs
from webui.contexts.found_kinds import Group, groups_of, is_known
from webui.contexts.page import Link, Page, Shown, crumbs, frame, tabled
from webui.contexts.parts import Mark, standing_mark

LONGEST = 200
"""So many characters of what was typed are looked up."""
FIRST, FIRST_OF_MANY, MANY, PART = 5, 3, 4, 25
"""How many of a kind are shown beside others, beside more than so many others, and at a time by themselves."""
SUGGESTED = 8
LOOKED_AT, LEADING = 200, 60
"""So many of the best are looked at for the best of each kind, and for what leads to a cause."""
_MOST_UNKNOWN = 3


@dataclass(frozen=True)
class Lead:
    """A cause that an entry found is tied to, by which, and how that link came about: the best founded one."""

    cause: Link
    by: Link
    standing: Mark


@dataclass(frozen=True)
class FoundGroup:
    """What was found of one kind, with the way to the rest of it."""

    key: str
    heading: str
    count: str
    found: tuple[Found, ...]
    more: Link | None


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """What was found, by kind; what else to do where nothing was.

    Attributes:
        asked: whether there was anything to look up.
        count: how much was found, in words.
        notes: how the words were taken, where that is not just as they were typed.
        problem: what cannot be used in the address.
        leads: causes of failure that what was found is tied to.
        kinds: the way to each kind alone, and back to all.
        groups: what was found.
        parts: the way to the part before and the part after.
        near: words of names that come near those which stand nowhere.
    """

    asked: bool
    count: str
    notes: tuple[str, ...]
    problem: str
    leads: tuple[Lead, ...]
    kinds: tuple[Link, ...]
    groups: tuple[FoundGroup, ...]
    parts: tuple[Link, ...]
    near: tuple[Link, ...]


def typed(text: str) -> str:
    """What somebody typed, without what cannot be seen, and no longer than is looked up."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(seen[: 10 * LONGEST].split())[:LONGEST].strip()


def search_page(opened: Opened, text: str, kind: str = "", part: int = 1) -> SearchPage:
    """The page of a search.

    Args:
        opened: the base.
        text: what was typed.
        kind: key of the one group that is wanted; empty for all.
        part: which part of that group.
    """
    words = typed(text)
    looked = opened.search.look_up(words)
    groups = groups_of(looked.kinds if looked.count else {})
    chosen = next((group for group in groups if group.key == kind), None)
    shown = _one(opened, looked, chosen, words, part) if chosen else _each(opened, looked, groups, words)
    return SearchPage(
        **frame(
            opened,
            f"Search: {shorten(words, 80, placeholder=' …')}" if words else "Search",
            words=words,
            crumbs=crumbs(Link("Search", "", True)),
            queries=_queries(words, chosen),
            description="Find causes, tactics, policies, sources and claims by any word.",
        ),
        asked=bool(words),
        count=_count(looked),
        notes=_notes(looked, text, words),
        problem=_problem(kind, groups, chosen),
        leads=() if chosen else _leads(opened, looked),
        kinds=_ways(groups, chosen, words),
        groups=shown,
        parts=_parts(chosen, words, part),
        near=_near(opened, looked),
    )


def _queries(words: str, chosen: Group | None) -> tuple[Shown, ...]:
    kind = {"kind": chosen.kinds[0]} if chosen and len(chosen.kinds) == 1 else {}
    return (tabled(definition("search"), q=words, **kind),) if words else ()


def _leads(opened: Opened, looked: Looked) -> tuple[Lead, ...]:
    """The causes that factors and policies among the best of what was found are tied to, and that were not found."""
    hits = {hit.thing: hit for hit in looked.hits(limit=LEADING)} if looked.count else {}
    found: dict[str, Lead] = {}
    for row in causes_signed(opened.reader, list(hits)):
        if row.cause not in hits:
            cause = opened.search.get(row.cause)
            lead = Lead(
                Link(cause.label if cause else short(row.cause), href(row.cause)),
                Link(row.label, href(row.sign)),
                standing_mark(row.standing),
            )
            found.setdefault(row.cause, lead)
    return tuple(found.values())


def _each(opened: Opened, looked: Looked, groups: Sequence[Group], words: str) -> tuple[FoundGroup, ...]:
    first = FIRST if len(groups) <= MANY else FIRST_OF_MANY
    best = looked.hits(limit=LOOKED_AT) if groups else []
    by_group = [(group, _best_of(looked, group, best, first)) for group in groups]
    shown = Showing(opened, looked, [hit for _, hits in by_group for hit in hits])
    return tuple(
        _found_group(group, shown.take(hits), _address(words, group.key) if group.count > first else "")
        for group, hits in by_group
    )


def _best_of(looked: Looked, group: Group, best: Sequence[Hit], most: int) -> list[Hit]:
    """The best of a group: out of the best of all where these hold enough, which spares a search for each kind."""
    found = [hit for hit in best if hit.kind in group.kinds][:most]
    enough = len(found) == min(most, group.count)
    return found if enough else looked.hits(limit=most, kinds=group.kinds)


def _one(opened: Opened, looked: Looked, group: Group, words: str, part: int) -> tuple[FoundGroup, ...]:
    first = (_at(group, part) - 1) * PART
    hits = looked.hits(limit=PART, first=first, kinds=group.kinds)
    return (_found_group(group, Showing(opened, looked, hits).take(hits), ""),)


def _found_group(group: Group, found: tuple[Found, ...], more: str) -> FoundGroup:
    return FoundGroup(
        group.key, group.heading, f"{group.count:,}", found, Link(f"All {group.count:,}", more) if more else None
    )


def _count(looked: Looked) -> str:
    return f"{looked.count:,} {'entry' if looked.count == 1 else 'entries'} found"


def _notes(looked: Looked, text: str, words: str) -> tuple[str, ...]:
    cut = len(" ".join(text.split())) > len(words) >= LONGEST - 1
    found = (
        (looked.asked.too_long, f"Words of more than {LONGEST_WORD} letters are not looked up."),
        (cut, f"Only the first {LONGEST} characters are looked up."),
        (looked.slipped, f"Nothing here has {_quoted(looked.slipped)}: entries with words a slip away are shown."),
        (looked.unknown and looked.count, f"Nothing here has {_quoted(looked.unknown)}, nor anything close."),
        (looked.some, "No entry has all these words. Those below have some, the closest first."),
        ([len(word) for word in looked.asked.words] == [1], "One letter fits many names. Another will narrow them."),
    )
    return tuple(note for applies, note in found if applies)


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _problem(kind: str, groups: Sequence[Group], chosen: Group | None) -> str:
    if not kind or chosen:
        return ""
    if is_known(kind):
        return "Nothing of this kind has these words. All kinds are shown." if groups else ""
    return f"There is no kind of entry called “{typed(kind)[:40]}”. All kinds are shown."


def _ways(groups: Sequence[Group], chosen: Group | None, words: str) -> tuple[Link, ...]:
    if len(groups) < 2:
        return ()
    every = Link("All kinds", _address(words), chosen is None)
    return (every, *(Link(f"{_name(g)} {g.count:,}", _address(words, g.key), g == chosen) for g in groups))


def _name(group: Group) -> str:
    return group.heading.partition(":")[0].partition(" of how")[0]


def _parts(chosen: Group | None, words: str, part: int) -> tuple[Link, ...]:
    if chosen is None or chosen.count <= PART:
        return ()
    now, last = _at(chosen, part), -(-chosen.count // PART)
    around = ((now - 1, f"Before: {_span(chosen, now - 1)}"), (now + 1, f"Next: {_span(chosen, now + 1)}"))
    here = Link(f"{_span(chosen, now)} of {chosen.count:,}", "", True)
    links = [Link(label, _address(words, chosen.key, n)) for n, label in around if 1 <= n <= last]
    return tuple([here, *links])


def _span(group: Group, part: int) -> str:
    return f"{(part - 1) * PART + 1:,} to {min(part * PART, group.count):,}"


def _at(group: Group, part: int) -> int:
    return max(1, min(part, -(-group.count // PART)))


def _near(opened: Opened, looked: Looked) -> tuple[Link, ...]:
    """Searches with words that are here in place of those that are not."""
    asked = looked.asked.words
    found = ((word, near) for word in looked.unknown[:_MOST_UNKNOWN] for near in opened.search.near_words(word))
    return tuple(Link(near, _address(" ".join(near if w == word else w for w in asked))) for word, near in found)


def _address(words: str, kind: str = "", part: int = 1) -> str:
    asked = {"q": words, **({"kind": kind} if kind else {}), **({"part": part} if part > 1 else {})}
    return f"/search?{urlencode(asked)}"


def suggestions(opened: Opened, text: str) -> list[dict[str, str]]:
    """What is offered while somebody types: names, what each is, and where it stands."""
    hits = opened.search.suggest(typed(text), limit=SUGGESTED)
    return [{"label": hit.label, "kind": belongs(opened, hit), "href": href(hit.thing)} for hit in hits]
