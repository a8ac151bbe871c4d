"""The pages of packs: which there are, what each brings, and what it would change to switch one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.changelog import Changes
from kg.namespaces import local_of, slug_of
from kg.packs import Plan, added, plural
from kg.queries import AddedPack, added_packs, pack_contents, packs
from kg.queries.lists import Pack
from webui.addresses import href, web
from webui.base import Opened
from webui.contexts.pack_parts import Group, named
from webui.contexts.page import Link, Page, crumbs, frame, shown
from webui.contexts.parts import Detail, detail, details
from webui.signed_in import who
from webui.words import many

_LEAD = (
    "Data come in packs: files that travel together with a licence, a version and a source. Those that were added to "
    "this base are shown apart: what they say stands as mapped by a pack, and lifts no status."
)
_SHOWN = 200
_OFF, _ON, _COUNTS = "Off: kept, not shown", "On: shown apart, counts for nothing", "On: counts as read, as chosen here"
DOING = {
    "off": "Switch it off",
    "on": "Switch it on",
    "count": "Let its claims count as read",
    "uncount": "Let its claims count for nothing",
    "remove": "Remove it",
}
"""What an administrator can do with a pack, as the button says it."""
_MEANS = {
    "off": "Its things leave all pages, lists and answers. They are kept and can come back.",
    "on": "Its things come back as they were.",
    "count": "Its claims then stand as it says they do, and may lift a status. Pages say so.",
    "uncount": "Its claims then stand as mapped by a pack, and lift no status.",
    "remove": "Its things go for good; only the history keeps them.",
}


@dataclass(frozen=True)
class PackLine:
    """A pack in the list."""

    link: Link
    version: str
    state: str
    licence: Link
    things: str


@dataclass(frozen=True, kw_only=True)
class PacksPage(Page):
    """All packs.

    Attributes:
        added: those that were added, on and off.
        own: those that are the base itself.
        keeps: whether this person may add one.
    """

    added: tuple[PackLine, ...]
    own: tuple[PackLine, ...]
    keeps: bool


@dataclass(frozen=True, kw_only=True)
class PackPage(Page):
    """A pack that was added.

    Attributes:
        details: its facts.
        description: what its own description says.
        brought: what it brings, by class.
        actions: what an administrator may do with it; empty for all others.
    """

    details: tuple[Detail, ...]
    told: str
    brought: tuple[Group, ...]
    actions: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class PackChangePage(Page):
    """What it would change to switch a pack; nothing is done before the button is pressed.

    Attributes:
        wrong: why it cannot be done; empty where it can.
        means: what it means, in a sentence.
        lines: what would change.
        button: what the button says; empty where it cannot be done.
        doing: what is done, as the form sends it.
        base: the revision that the person has seen.
        back: the page of the pack.
    """

    wrong: tuple[str, ...]
    means: str
    lines: tuple[str, ...]
    button: str
    doing: str
    base: int
    back: str


def packs_page(opened: Opened) -> PacksPage:
    """All packs."""
    rows = added_packs(opened.reader)
    known = {row.pack for row in rows}
    counts, claims = Counter(opened.from_packs.values()), Counter[str]()
    for content in pack_contents(opened.reader):
        claims[content.pack] += content.claims
    return PacksPage(
        **frame(
            opened,
            "Packs of data",
            lead=_LEAD,
            crumbs=crumbs(Link("The data set", "/dataset"), Link("Packs", "", True)),
            queries=(shown("packs"), shown("added_packs")),
        ),
        added=tuple(_line(row, _page(row.pack), _state(row), many(counts[row.pack], "thing")) for row in rows),
        own=tuple(
            _line(row, href(row.pack), "Part of the base", many(claims[row.pack], "claim"))
            for row in packs(opened.reader)
            if row.pack not in known
        ),
        keeps=_is_administrator(),
    )


def _line(row: AddedPack | Pack, address: str, state: str, things: str) -> PackLine:
    return PackLine(Link(row.title, address), row.version, state, _licence(row.licence), things)


def pack_page(opened: Opened, name: str) -> PackPage:
    """The page of a pack that was added.

    Raises:
        NotFound: there is none of this name.
    """
    row = added(opened.reader, name)
    facts = details(
        detail("Version", row.version),
        detail("State", _state(row)),
        detail("Licence", _licence(row.licence)),
        detail("Cite it as", f"{row.title} (pack of data), version {row.version}. Licence: {row.licence}"),
        detail("Its graph", Link(local_of(row.graph), href(row.graph)) if not row.off else ""),
        detail("History", Link("What became of it", f"/history/pack/{slug_of(row.pack)}")),
    )
    return PackPage(
        **frame(
            opened,
            row.title,
            eyebrow="Pack of data",
            lead=row.description,
            crumbs=crumbs(Link("Packs", "/packs"), Link(row.title, "", True)),
            queries=(shown("added_packs"), shown("pack_things", pack=row.pack)),
        ),
        details=facts,
        told=_told(row),
        brought=_brought(opened, row.pack),
        actions=_actions(row),
    )


def change_page(opened: Opened, name: str, doing: str, plan: Plan | None, wrong: Sequence[str] = ()) -> PackChangePage:
    """The page that asks once more before a pack is switched."""
    row = added(opened.reader, name)
    back = _page(row.pack)
    return PackChangePage(
        **frame(
            opened,
            f"{DOING[doing]}: {row.title}",
            crumbs=crumbs(Link("Packs", "/packs"), Link(row.title, back), Link(DOING[doing], "", True)),
        ),
        wrong=tuple(wrong),
        means=_MEANS[doing],
        lines=_lines(plan.changes) if plan else (),
        button=DOING[doing] if plan else "",
        doing=doing,
        base=opened.revision,
        back=back,
    )


def _page(pack: str) -> str:
    return f"/packs/{slug_of(pack)}"


def _licence(iri: str) -> Link:
    return Link(iri.removeprefix("https://"), web(iri))


def _state(row: AddedPack) -> str:
    return _OFF if row.off else _COUNTS if row.counts else _ON


def _told(row: AddedPack) -> str:
    if row.off:
        return "This pack is switched off. Nothing of it is in the graph; it is kept and can come back."
    if row.counts:
        return (
            "Whoever keeps this base chose that the claims of this pack count like readings of documents. They stand "
            "as the pack says they do, and may lift a status."
        )
    return (
        "What this pack says stands as mapped by a pack, whatever the pack says itself: drawn apart, to be left out by "
        "the filters, and counted neither for nor against anything."
    )


def _brought(opened: Opened, pack: str) -> tuple[Group, ...]:
    mine = [thing for thing, origin in opened.from_packs.items() if origin == pack]
    shown_kinds: dict[str, list[str]] = defaultdict(list)
    for thing in mine:
        kind = local_of(thing).partition("/")[0]
        if kind not in ("selector", "passage"):
            shown_kinds[kind].append(thing)
    found = []
    for kind, things in sorted(shown_kinds.items()):
        first = sorted(things)[:_SHOWN]
        rest = f"and {len(things) - _SHOWN} more" if len(things) > _SHOWN else ""
        heading = plural(kind).replace("-", " ").capitalize()
        found.append(Group(f"{heading} ({len(things)})", named(opened, first, held=True), rest))
    return tuple(found)


def _actions(row: AddedPack) -> tuple[Link, ...]:
    if not _is_administrator():
        return ()
    doing = ("on", "remove") if row.off else ("off", "uncount" if row.counts else "count", "remove")
    return tuple(Link(DOING[name], f"{_page(row.pack)}/{name}") for name in doing)


def _is_administrator() -> bool:
    account = who()
    return account is not None and account.may("administrator")


def _lines(changes: Changes) -> tuple[str, ...]:
    told = (("come", changes.added), ("change", changes.changed), ("go", changes.removed))
    return tuple(f"{many(len(things), 'thing')} would {word}." for word, things in told if things)
