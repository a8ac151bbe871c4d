"""The parts of the page of what follows."""

from __future__ import annotations

from dataclasses import dataclass

from webui.contexts.cards import ClaimCard
from webui.contexts.page import Link
from webui.contexts.parts import Mark
from webui.contexts.status import Status


@dataclass(frozen=True)
class Ruled:
    """What follows by a rule, with the claims it rests on and the weakest standing among them."""

    sentence: str
    standing: Mark | None
    claims: tuple[Link, ...]


@dataclass(frozen=True)
class RuleGroup:
    """What follows from one instrument; folded where it only spells out another line."""

    heading: str
    rules: tuple[Ruled, ...]
    folded: bool = False


@dataclass(frozen=True)
class TacticLine:
    """A tactic that is on record for a cause, and how that link came about."""

    link: Link
    standing: Mark
    status: str


@dataclass(frozen=True)
class CauseBlock:
    """A cause that was marked.

    Attributes:
        link: the cause.
        answer: “Yes” or “In part”.
        covered: whether a tactic in use or planned is linked with it.
        said: the claims by which this policy is said to show it.
        factors: what was marked of what feeds it.
        own: tactics in use or planned that are linked with it.
        others: the other tactics on record, the best standing first.
        count: how many those are.
    """

    link: Link
    answer: str
    covered: bool
    said: tuple[Link, ...]
    factors: tuple[Link, ...]
    own: tuple[TacticLine, ...]
    others: tuple[TacticLine, ...]
    count: str


@dataclass(frozen=True)
class ChosenTactic:
    """A tactic of a covering set."""

    link: Link
    phase: str
    status: Status
    covers: tuple[TacticLine, ...]
    claims: tuple[ClaimCard, ...]


@dataclass(frozen=True)
class CoverBlock:
    """A covering set: which links it counts, what it is, its tactics."""

    heading: str
    sentence: str
    tactics: tuple[ChosenTactic, ...]


@dataclass(frozen=True)
class Warning:
    """Claims that warn in one way."""

    heading: str
    claims: tuple[ClaimCard, ...]


@dataclass(frozen=True)
class Marked:
    """A factor or barrier that was marked, with the tactics on record for it."""

    link: Link
    tactics: tuple[Link, ...]
