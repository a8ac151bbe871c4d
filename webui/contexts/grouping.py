"""Claims about a thing sorted by what they say of it, so that a page reads as an account and not as a heap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.namespaces import gap, slug_of
from kg.queries import ClaimLine, claim_notes, phrases
from webui.addresses import short
from webui.base import Opened
from webui.contexts.cards import ClaimCard, claims_about, told
from webui.contexts.page import Link
from webui.contexts.parts import Mark
from webui.topics import FROM, TO, Topic
from webui.words import DIMENSIONS, many

_LOOSE = "bearsOn"
_WARNING = ("cautions", "disputes", "gap")


@dataclass(frozen=True)
class NotedClaim:
    """A claim with what curators noted beside it."""

    card: ClaimCard
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ClaimGroup:
    """Claims that say one kind of thing."""

    anchor: str
    heading: str
    count: str
    intro: str
    claims: tuple[NotedClaim, ...]


@dataclass(frozen=True)
class Warned:
    """A claim that warns or reports a gap, in one line."""

    mark: Mark
    link: Link
    source: str


@dataclass(frozen=True)
class Grouped:
    """All claims about a thing, each in one group.

    Attributes:
        groups: the claims.
        missing: what no claim tells, a sentence for each topic.
        warnings: those that caution, dispute or report a gap.
        count: how many claims there are.
        beyond: that there are more than these; empty where there are none.
        tally: how many of these take which side.
    """

    groups: tuple[ClaimGroup, ...]
    missing: tuple[str, ...]
    warnings: tuple[Warned, ...]
    count: str
    beyond: str
    tally: tuple[Mark, ...]


def grouped(opened: Opened, iri: str, topics: Sequence[Topic] = ()) -> Grouped:
    """Claims by topic, then by relation, then by the kind of question they help answer.

    Args:
        opened: the base.
        iri: the thing they are about.
        topics: what readers want to know of such a thing first.
    """
    about = claims_about(opened, iri)
    rows = told(opened, about.claims)
    place = {pair: topic for topic in topics for pair in topic.relations}
    found: dict[str, list[tuple[ClaimLine, ClaimCard]]] = {}
    for row, card in rows:
        pair = _side(row, iri)
        topic = place.get(pair)
        key = topic.anchor if topic else _dimension(row) if pair[0] == _LOOSE else "-".join(pair)
        found.setdefault(key, []).append((row, card))
    by_topic = [_of_topic(opened, topic, found.pop(topic.anchor)) for topic in topics if topic.anchor in found]
    loose = [_of_dimension(key, found.pop(key)) for key in DIMENSIONS if key in found]
    verbs = phrases(opened.reader)
    others = [_of_relation(verbs, key, found[key]) for key in sorted(found)]
    return Grouped(
        groups=(*by_topic, *others, *loose),
        missing=tuple(t.missing for t in topics if t.missing and t.anchor not in {g.anchor for g in by_topic}),
        warnings=_warnings(card for _, card in rows),
        count=about.count,
        beyond=about.beyond,
        tally=_tally(card.stance for _, card in rows),
    )


def _tally(stances: Iterable[Mark]) -> tuple[Mark, ...]:
    """How many claims take which side, in the order of the sides."""
    return tuple(Mark(mark.slug, f"{mark.label}: {count}") for mark, count in Counter(stances).items())


def by_dimension(opened: Opened, claims: Sequence[str]) -> tuple[ClaimGroup, ...]:
    """Claims by the kind of question they help answer."""
    found: dict[str, list[tuple[ClaimLine, ClaimCard]]] = {}
    for row, card in told(opened, claims):
        found.setdefault(_dimension(row), []).append((row, card))
    return tuple(_of_dimension(key, found[key]) for key in DIMENSIONS if key in found)


def _side(row: ClaimLine, iri: str) -> tuple[str, str]:
    return short(row.relation), TO if row.subject == iri else FROM


def _dimension(row: ClaimLine) -> str:
    key = f"on-{slug_of(row.informs)}" if row.informs else ""
    return key if key in DIMENSIONS else "on-else"


Rows = Sequence[tuple[ClaimLine, ClaimCard]]


def _of_topic(opened: Opened, topic: Topic, rows: Rows) -> ClaimGroup:
    notes = claim_notes(opened.reader, [row.claim for row, _ in rows]) if topic.noted else {}
    claims = tuple(NotedClaim(card, tuple(notes.get(row.claim, ()))) for row, card in rows)
    return ClaimGroup(topic.anchor, topic.heading, many(len(claims), "claim"), topic.intro, claims)


def _of_dimension(key: str, rows: Rows) -> ClaimGroup:
    return _group(key, DIMENSIONS[key], rows)


def _of_relation(verbs: dict[str, tuple[str, str]], key: str, rows: Rows) -> ClaimGroup:
    relation, _, side = key.partition("-")
    words = verbs[gap(relation)][side == FROM]
    return _group(f"says-{key}", words[:1].upper() + words[1:] + " …", rows)


def _group(anchor: str, heading: str, rows: Rows) -> ClaimGroup:
    return ClaimGroup(anchor, heading, many(len(rows), "claim"), "", tuple(NotedClaim(card, ()) for _, card in rows))


def _warnings(cards: Iterable[ClaimCard]) -> tuple[Warned, ...]:
    return tuple(
        Warned(card.stance, Link(card.gist, card.href), f"{card.document.label}, {card.locator}")
        for card in cards
        if card.stance.slug in _WARNING
    )
