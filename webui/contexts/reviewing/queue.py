"""The queue: what was handed in, as the reviewer chooses; and one's own contributions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kg.queries import names
from webui.addresses import short
from webui.base import Opened
from webui.contexts.forms import Choice, Chooser
from webui.contexts.page import Link, Page, crumbs, frame
from webui.contexts.reviewing.common import KINDS, OWN, REVIEW, STATES, Listing, batch_href, listing
from webui.words import many

if TYPE_CHECKING:
    from kg.contributions import Filters, Listed

_AGES = (("", "Any time"), ("3", "3 days ago or longer"), ("14", "2 weeks ago or longer"), ("60", "2 months or longer"))


@dataclass(frozen=True, kw_only=True)
class QueuePage(Page):
    """What was handed in.

    Attributes:
        action: where the choice is sent.
        choosers: what can be chosen.
        contested: whether only what is disputed was chosen; `contested_label` says how many there are.
        count: how many fit.
        rows: a page of them.
        states: the same list for each state, with how many there are.
        batches: batches of which something waits.
        pages: the pages of the list; empty where there is one.
        chosen: whether anything but the state was chosen.
    """

    action: str
    choosers: tuple[Chooser, ...]
    contested: bool
    contested_label: str
    count: str
    rows: tuple[Listing, ...]
    states: tuple[Link, ...]
    batches: tuple[Link, ...]
    pages: tuple[Link, ...]
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class OwnPage(Page):
    """What somebody contributed.

    Attributes:
        states: the same list for each state, with how many there are.
        count: how many there are.
        rows: a page of them.
        pages: the pages of the list; empty where there is one.
    """

    states: tuple[Link, ...]
    count: str
    rows: tuple[Listing, ...]
    pages: tuple[Link, ...]


def queue_page(opened: Opened, found: Listed, filters: Filters) -> QueuePage:
    """The queue as the filters leave it."""
    asked = {name: str(value) for name, value in asdict(filters).items() if value}
    lead = "What others have handed in. Somebody other than the author reads each of them before it goes live."
    return QueuePage(
        **frame(opened, "Review", lead=lead, crumbs=crumbs(Link("Review", "", True))),
        action=REVIEW,
        choosers=_choosers(opened, found, filters),
        contested=filters.contested,
        contested_label=f"Only what a reviewer disputes ({found.contested})",
        count=many(found.total, "contribution"),
        rows=tuple(map(listing, found.rows)),
        states=_states(REVIEW, found.states, {k: v for k, v in asked.items() if k != "state"}, filters.state),
        batches=tuple(Link(f"Batch {batch[:8]}", batch_href(batch)) for batch in found.batches),
        pages=_pages(REVIEW, found, asked),
        chosen=bool(set(asked) - {"state"}),
    )


def own_page(opened: Opened, found: Listed, state: str) -> OwnPage:
    """What somebody made, and what became of it."""
    lead = "Your drafts, what you have handed in, and what became of it. Nothing you saved is thrown away."
    return OwnPage(
        **frame(opened, "Your contributions", lead=lead, crumbs=crumbs(Link("Your contributions", "", True))),
        states=_states(OWN, found.states, {}, state),
        count=many(found.total, "contribution"),
        rows=tuple(map(listing, found.rows)),
        pages=_pages(OWN, found, {"state": state} if state else {}),
    )


def _choosers(opened: Opened, found: Listed, filters: Filters) -> tuple[Chooser, ...]:
    kinds = ((kind, f"{words} ({found.kinds.get(kind, 0)})") for kind, words in KINDS.items() if kind in found.kinds)
    called = names(opened.reader, found.sources) if found.sources else {}
    sources = sorted(((iri, called.get(iri, short(iri))) for iri in found.sources), key=lambda pair: pair[1].casefold())
    return (
        _chooser("state", "State", (("all", "All states"), *list(STATES.items())[1:]), filters.state or "all"),
        _chooser("kind", "Kind", (("", "All kinds"), *kinds), filters.kind),
        _chooser("author", "Author", (("", "All authors"), *found.authors), filters.author),
        _chooser("source", "Source", (("", "All sources"), *sources), filters.source),
        _chooser("older", "Handed in", _AGES, str(filters.older or "")),
    )


def _chooser(name: str, label: str, options: Iterable[tuple[str, str]], chosen: str) -> Chooser:
    return Chooser(name, label, tuple(Choice(value, words, value == chosen) for value, words in options))


def _states(at: str, counts: Mapping[str, int], asked: Mapping[str, str], chosen: str) -> tuple[Link, ...]:
    links = [Link(f"All ({sum(counts.values())})", _address(at, {**asked, "state": "all"}), not chosen)]
    for state, words in STATES.items():
        if state in counts or state == chosen:
            address = _address(at, {**asked, "state": state})
            links.append(Link(f"{words} ({counts.get(state, 0)})", address, state == chosen))
    return tuple(links)


def _pages(at: str, found: Listed, asked: Mapping[str, str]) -> tuple[Link, ...]:
    if found.pages == 1:
        return ()
    near = {1, found.pages, *range(max(1, found.page - 3), min(found.pages, found.page + 3) + 1)}
    return tuple(Link(str(n), _address(at, {**asked, "page": str(n)}), n == found.page) for n in sorted(near))


def _address(at: str, asked: Mapping[str, str]) -> str:
    return f"{at}?{urlencode(asked)}" if asked else at
