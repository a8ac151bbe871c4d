"""Paths and their steps."""

from __future__ import annotations

from dataclasses import dataclass

from webui.api.records.common import Answer, Claim, Href, Iri, Ref, StandingMark


@dataclass(frozen=True)
class ClaimPart:
    """A part of the claims about a thing, by address."""

    total: int
    offset: int
    limit: int
    next: Href | None
    items: tuple[Claim, ...]


@dataclass(frozen=True)
class HopStep:
    """One step of a path.

    Attributes:
        relation: the relation, with how it reads in the direction of walking where a claim states it.
        forward: whether the relation points the way the path goes.
        standing: how the link came about: the best of its claims.
        sentence: the step in a plain sentence, with its place.
        claims: the claims behind it, best first.
    """

    start: Ref
    end: Ref
    relation: Iri
    forward: bool
    standing: StandingMark
    sentence: str
    claims: tuple[Iri, ...]


@dataclass(frozen=True)
class PathFound:
    """A way from one thing to another.

    Attributes:
        things: what it passes, from start to end.
        standing: the weakest standing on the way.
        sentence: the path in a sentence.
        hops: its steps.
        cautions, gaps: how many claims about the things on it caution or dispute, or report missing evidence.
    """

    things: tuple[Ref, ...]
    standing: StandingMark
    sentence: str
    hops: tuple[HopStep, ...]
    cautions: int
    gaps: int


@dataclass(frozen=True, kw_only=True)
class PathsAnswer(Answer):
    """Paths, best standing first; from a cause alone, in the order of phases and tactics.

    Attributes:
        start: where they start.
        end: where they end; null for all sources that a cause leads to by phase and tactic.
        through: what they all pass; null where nothing was asked.
        length: the most steps a path may have.
        found: how many were found, of which `paths` holds as many as asked for.
        complete: false where the search stopped at its limit, so that there may be more.
        explanation: what was found, or why nothing was.
    """

    start: Ref
    end: Ref | None
    through: Ref | None
    length: int
    found: int
    complete: bool
    explanation: str
    paths: tuple[PathFound, ...]
