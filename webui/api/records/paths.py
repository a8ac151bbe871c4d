"""Paths and their steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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


@dataclass(frozen=True)
class WhyNone:
    """Why there is no path.

    Attributes:
        why: nothing is recorded about an end, what is recorded cites no work, a source says that evidence is missing,
            what was asked for keeps the paths out, the search stopped, no claims join the ends, or both are the same.
        sentence: the same in a sentence.
        claims: the claims it rests on.
    """

    why: Literal["unrecorded", "uncited", "missing", "kept-out", "stopped", "unjoined", "same"]
    sentence: str
    claims: tuple[Iri, ...]


@dataclass(frozen=True, kw_only=True)
class PathsAnswer(Answer):
    """Paths, best standing first; from a cause alone, in the order of phases and tactics.

    Attributes:
        start: where they start.
        end: where they end; null for all sources that a cause leads to by phase and tactic.
        through: what they all pass; null where nothing was asked.
        kinds: the kinds of things of each of which they all pass one.
        length: the most steps a path may have.
        found: how many were found, of which `paths` holds as many as asked for.
        complete: false where the search stopped at its limit, so that there may be more.
        explanation: what was found, or why nothing was.
        reasons: why nothing was found; empty where something was.
        nearest: where nothing was found, what is like the end and can be reached, and what is like the start and
            leads to the end.
    """

    start: Ref
    end: Ref | None
    through: Ref | None
    kinds: tuple[str, ...]
    length: int
    found: int
    complete: bool
    explanation: str
    reasons: tuple[WhyNone, ...]
    nearest: tuple[Ref, ...]
    paths: tuple[PathFound, ...]
