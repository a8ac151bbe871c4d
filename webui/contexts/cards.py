"""Claims as cards, and which of those about a thing its page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.queries import (
    ClaimLine,
    Work,
    about,
    claim_lines,
    names,
    phrases,
    warnings,
    works,
)
from webui.addresses import href, short
from webui.base import Opened
from webui.contexts.page import Link
from webui.contexts.parts import Mark, standing_mark
from webui.words import ROLES, many

MOST_CLAIMS, _MOST_COUNTED = 50, 300
"""Of a hub of a large base a page shows so many claims as cards; and claims are counted up to so many."""


@dataclass(frozen=True)
class WorkGroup:
    """The works that are one thing to a claim: cited for it, against it, or whose view it is."""

    role: str
    works: tuple[Link, ...]


@dataclass(frozen=True)
class ClaimCard:
    """A claim in words."""

    href: str
    gist: str
    subject: Link
    relation: str
    phrase: str
    object: Link
    stance: Mark
    force: str
    basis: str
    standing: Mark
    voice: Link
    document: Link
    locator: str
    status: str
    works: tuple[WorkGroup, ...]
    recommends: bool


def claim_cards(opened: Opened, claims: Iterable[str]) -> tuple[ClaimCard, ...]:
    """Claims as cards, with their works; those that speak for their statement first."""
    return tuple(card for _, card in told(opened, claims))


def told(opened: Opened, claims: Iterable[str]) -> tuple[tuple[ClaimLine, ClaimCard], ...]:
    """The same, each with the row it was made of, for pages that sort claims into groups."""
    wanted = list(dict.fromkeys(claims))
    by_claim: dict[str, list[Work]] = defaultdict(list)
    for work in works(opened.reader, wanted):
        by_claim[work.claim].append(work)
    lines = {line.claim: line for line in claim_lines(opened.reader, wanted)}  # a row for each place and question
    called = names(opened.reader, list({iri for line in lines.values() for iri in _named_in(line)}))
    verbs = phrases(opened.reader) if lines else {}
    return tuple((line, _card(line, by_claim[line.claim], called, verbs[line.relation][0])) for line in lines.values())


def _named_in(line: ClaimLine) -> Iterable[str]:
    ends = line.subject, line.object, line.document, line.voice
    return filter(None, (*ends, line.stance, line.force, line.basis, line.status))


def _card(line: ClaimLine, cited: Sequence[Work], called: Mapping[str, str], phrase: str) -> ClaimCard:
    def link(iri: str) -> Link:
        return Link(called.get(iri, short(iri)), href(iri)) if iri else Link("", "")

    status = link(line.status).label
    return ClaimCard(
        href=href(line.claim),
        gist=line.gist,
        subject=link(line.subject),
        relation=short(line.relation),
        phrase=phrase,
        object=link(line.object),
        stance=Mark(short(line.stance), link(line.stance).label, href(line.stance)),
        force=link(line.force).label,
        basis=link(line.basis).label,
        standing=standing_mark(line.standing),
        voice=link(line.voice),
        document=link(line.document),
        locator=line.locator,
        status="" if status == "Accepted" else status,
        works=tuple(_work_groups(link(line.document), cited)),
        recommends=short(line.force) == "recommends",
    )


def _work_groups(document: Link, cited: Sequence[Work]) -> Iterable[WorkGroup]:
    for role, rows in groupby(cited, key=lambda work: short(work.role)):
        links = tuple(Link(row.workLabel, href(row.work)) for row in rows)
        if role != "originSource" or links != (document,):
            yield WorkGroup(ROLES[role], links)


@dataclass(frozen=True)
class AboutIt:
    """The claims about a thing that its page shows.

    Attributes:
        claims: these claims; in a large base not all where there are very many, but those that warn among the first.
        count: how many there are, in words.
        beyond: that not all are shown; empty where they are.
    """

    claims: tuple[str, ...]
    count: str
    beyond: str


def claims_about(opened: Opened, iri: str) -> AboutIt:
    """The claims about a thing that its page shows."""
    found = about(opened.reader, iri, opened.part(_MOST_COUNTED))
    if not opened.part(1) or len(found) <= MOST_CLAIMS:
        return AboutIt(tuple(found), many(len(found), "claim"), "")
    warned = [row.claim for row in warnings(opened.reader, [iri], (0, MOST_CLAIMS // 2))]
    shown = tuple(dict.fromkeys((*warned, *found)))[:MOST_CLAIMS]
    least = "more than " if len(found) == _MOST_COUNTED else ""
    count = f"{least}{many(len(found), 'claim')}"
    return AboutIt(shown, count, f"There are {count} about this. Here are {len(shown)}, cautions and gaps among them.")


class Deck:
    """Cards of many claims, fetched together, for a page that shows them in several places.

    Args:
        opened: the base.
        claims: every claim the page will show.
    """

    def __init__(self, opened: Opened, claims: Iterable[str]) -> None:
        self._cards = {card.href: card for card in claim_cards(opened, claims)}

    def take(self, claims: Iterable[str]) -> tuple[ClaimCard, ...]:
        """The cards of these claims, in this order."""
        return tuple(self._cards[href(claim)] for claim in claims)

    def sorted(self, claims: Iterable[str]) -> tuple[ClaimCard, ...]:
        """The cards of these claims, those that speak for their statement first."""
        wanted = {href(claim) for claim in claims}
        return tuple(card for address, card in self._cards.items() if address in wanted)

    def all(self) -> tuple[ClaimCard, ...]:
        """All cards, those that speak for their statement first."""
        return tuple(self._cards.values())
