"""A claim before it is handed in: as a card, by what will be found from where, and as Turtle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.appraisal import sentence
from kg.claiming import Following, Proposal, as_turtle, following
from kg.claiming.following import Link as Written
from kg.namespaces import gap, kind_of, slug_of
from kg.queries import names, phrases
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.cards import ClaimCard, claim_cards
from webui.contexts.page import Link

if TYPE_CHECKING:
    from kg.store import Quad


@dataclass(frozen=True)
class Way:
    """A link that the rules would write: from where to where, and how it reads."""

    start: Link
    phrase: str
    end: Link


@dataclass(frozen=True)
class Moved:
    """A tactic whose evidence status would change."""

    before: str
    after: str


@dataclass(frozen=True)
class Preview:
    """What would come of a claim.

    Attributes:
        cards: the claim as the pages would show it.
        things: what is new beside it.
        links: between things; the first one is the claim’s own.
        sources: from things to sources.
        lost: what would no longer be found.
        moved: statuses that would change, in words.
        nothing: why no link follows.
        turtle: the same as statements.
    """

    cards: tuple[ClaimCard, ...]
    things: tuple[str, ...]
    links: tuple[Way, ...]
    sources: tuple[Way, ...]
    lost: tuple[Way, ...]
    moved: tuple[Moved, ...]
    nothing: str
    turtle: str


_TO_SOURCES = "source"
_TOOLS = {gap("discussedIn")}
"""Links for tools alone; the pages show the ones that say more."""
_NOTHING = (
    "No link follows from this claim: cautions, disputes, evidence gaps and “bears on” write none. It stands beside "
    "the thing it is about, and counts there."
)


def preview_of(opened: Opened, proposal: Proposal, beside: frozenset[Quad] = frozenset()) -> Preview:
    """What would come of a proposal, were it accepted as it is.

    Args:
        opened: the base.
        proposal: the proposal.
        beside: what is said of the things that go in before it or with it.
    """
    found = following(opened.reader, replace(proposal, added=proposal.added | beside))
    after = Opened(found.after, opened.search)
    gained = [link for link in found.gained if link.relation not in _TOOLS]
    lost = [link for link in found.lost if link.relation not in _TOOLS]
    told = _Told(after, [*gained, *lost])
    links = tuple(told.way(link) for link in gained if kind_of(link.object) != _TO_SOURCES)
    return Preview(
        cards=claim_cards(after, [proposal.iri]),
        things=tuple(new.label for new in proposal.things),
        links=links,
        sources=tuple(told.way(link) for link in gained if kind_of(link.object) == _TO_SOURCES),
        lost=tuple(told.way(link) for link in lost),
        moved=tuple(_moved(after, found)),
        nothing="" if links else _NOTHING,
        turtle=as_turtle(proposal.added),
    )


class _Told:
    """Links in words."""

    def __init__(self, opened: Opened, links: Iterable[Written]) -> None:
        ends = {iri for link in links for iri in (link.subject, link.object)}
        self._names: Mapping[str, str] = names(opened.reader, sorted(ends)) if ends else {}
        self._phrases = phrases(opened.reader)

    def way(self, link: Written) -> Way:
        """A link as a sentence."""
        phrase = self._phrases.get(link.relation, (_spaced(short(link.relation)), ""))[0]
        return Way(self._link(link.subject), phrase, self._link(link.object))

    def _link(self, iri: str) -> Link:
        return Link(self._names.get(iri, short(iri)), href(iri))


def _spaced(name: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name)


def _moved(after: Opened, found: Following) -> Iterable[Moved]:
    for change in found.statuses:
        name = slug_of(change.summary).replace("-", " ")
        before = f"{name}: {sentence(change.before)}" if change.before else f"{name}: not here yet."
        yield Moved(before, sentence(change.after))
