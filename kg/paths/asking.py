"""One question for paths, answered alike for pages, programs and the command line."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import BadInput
from kg.model import Path, Standing
from kg.namespaces import kind_of, local_of
from kg.paths.free import DEFAULT_LENGTH, MOST_PATHS, Found, between, kinds_on
from kg.paths.spread import ways
from kg.paths.typed import from_cause
from kg.paths.wording import tell
from kg.store import Reader

LONGEST = 6
"""The most hops that a path may be asked to have: beyond, everything is joined with everything."""
KINDS = ("failure-cause", "support-phase", "tactic", "outcome", "policy", "notion", "body", "source")
"""The kinds of things that paths can be asked to pass."""


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        start: address of where to begin.
        end: address of where to arrive; empty for all sources that a cause leads to by phase and tactic.
        through: address of a thing that every path has to pass or end at; empty for none.
        kinds: kinds of things (see `KINDS`) of each of which every path has to pass one on its way.
        length: the most hops a path may have.
        weakest: the weakest standing a hop may have.
    """

    start: str
    end: str = ""
    through: str = ""
    kinds: tuple[str, ...] = ()
    length: int = DEFAULT_LENGTH
    weakest: Standing = Standing.INFERRED

    def allows(self, basis: str) -> bool:
        """Whether a hop may rest on a claim of this standing, an address of the scheme `link-basis`."""
        return Standing.of(basis) <= self.weakest


def find(reader: Reader, asked: Question, *, most: int = MOST_PATHS) -> Found:
    """The paths that answer a question.

    Args:
        reader: the base at one revision.
        asked: the question.
        most: how many paths to give back.

    Raises:
        BadInput: it has no end, and starts from something else than a cause.
    """
    if asked.end:
        return between(
            reader,
            asked.start,
            asked.end,
            length=asked.length,
            most=most,
            through=asked.through,
            kinds=asked.kinds,
            weakest=asked.weakest,
        )
    if kind_of(asked.start) != "failure-cause":
        raise BadInput(f"“{local_of(asked.start)}” is no cause of failure: say also where the paths should lead to.")
    fit = [way for way in ways(reader, from_cause(reader, asked.start)) if _fits(reader, way, asked)]
    return Found(tell(reader, fit[:most]), True, len(fit))


def _fits(reader: Reader, way: Path, asked: Question) -> bool:
    firm = way.standing <= asked.weakest and len(way.hops) <= asked.length
    passes = not asked.through or asked.through in way.things
    return firm and passes and set(asked.kinds) <= kinds_on(reader, way.things[1:], asked.kinds)
