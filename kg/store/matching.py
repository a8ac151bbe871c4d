"""Patterns of statements, joined along the engine's indexes: always on with what has the fewest matches.

For questions from a few statements into their neighbourhood. Each step is one look into an index, so no plan of the
engine can turn it into a walk through the base, and a hub is entered from its other side where that is smaller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from kg.store.engine import Engine, in_memory
from kg.store.graphs import DERIVED_GRAPH
from kg.store.terms import Literal, NamedNode, Quad, Subject, Term

Part = NamedNode | str
"""A term, or the name of a variable."""
Bound = Mapping[str, Term]
_FIRST_LOOK = 16


@dataclass(frozen=True)
class Pattern:
    """A pattern of statements.

    Attributes:
        subject, object: a term or a variable.
        predicates: any of these; none where `predicate` names a variable.
        predicate: the variable that takes the property; empty where it is given.
        repeated: whether it stands for any number of such steps, none included; the subject must be bound then.
        recorded: whether it is for what is recorded alone, not for what is derived.
    """

    subject: Part
    predicates: tuple[NamedNode, ...]
    object: Part
    predicate: str = ""
    repeated: bool = False
    recorded: bool = False

    def bound_by(self, quad: Quad, bound: Bound) -> dict[str, Term] | None:
        """What is bound once this statement is taken for the pattern; None where it does not fit."""
        if self.recorded and quad.graph_name == DERIVED_GRAPH:
            return None
        if self.predicates and quad.predicate not in self.predicates:
            return None
        found = dict(bound)
        for part, term in ((self.subject, quad.subject), (self.predicate, quad.predicate), (self.object, quad.object)):
            if part == "":
                continue
            if (found.setdefault(part, term) if isinstance(part, str) else part) != term:
                return None
        return found


class Before(Engine):
    """A base together with statements that are no longer in it: all that held before a change, or holds after it.

    Only patterns are asked of it, not queries.

    Args:
        engine: the base after the change.
        gone: what the change took out.
    """

    def __init__(self, engine: Engine, gone: Iterable[Quad]) -> None:
        super().__init__(engine.store, engine.revision)
        self._gone = in_memory(gone)

    def quads(
        self,
        subject: Subject | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
        predicate: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """The statements with this subject, object, graph and property, each where given."""
        there = super().quads(subject, value, graph, predicate)
        return chain(there, self._gone.quads(subject, value, graph, predicate))


def solutions(engine: Engine, patterns: Sequence[Pattern], bound: Bound) -> Iterator[dict[str, Term]]:
    """All that fits a conjunction of patterns.

    Args:
        engine: the base.
        patterns: each must share a variable with what is bound, or with another that does.
        bound: what is bound before.
    """
    if not patterns:
        yield dict(bound)
        return
    at, quads = _fewest(engine, patterns, bound)
    rest = [*patterns[:at], *patterns[at + 1 :]]
    for quad in quads:
        found = patterns[at].bound_by(quad, bound)
        if found is not None:
            yield from solutions(engine, rest, found)


def _fewest(engine: Engine, patterns: Sequence[Pattern], bound: Bound) -> tuple[int, Iterable[Quad]]:
    """The pattern with the fewest matches; all are looked at in turn, further each time, until one has come to an end.

    Raises:
        ValueError: none of them has an end that is bound.
    """
    looked = [(at, matches(engine, p, bound), list[Quad]()) for at, p in enumerate(patterns) if _is_anchored(p, bound)]
    if not looked:
        raise ValueError(f"No end of these patterns is bound: {patterns}")
    if len(looked) == 1:
        return looked[0][0], looked[0][1]
    most = _FIRST_LOOK
    while True:
        for at, iterator, seen in looked:
            seen += islice(iterator, most - len(seen))
            if len(seen) < most:
                return at, seen
        most *= 4


def _is_anchored(pattern: Pattern, bound: Bound) -> bool:
    ends = (pattern.subject,) if pattern.repeated else (pattern.subject, pattern.object)
    return any(not isinstance(end, str) or end in bound for end in ends)


def matches(engine: Engine, pattern: Pattern, bound: Bound) -> Iterator[Quad]:
    """The statements that fit a pattern; a variable that it has twice is left to `Pattern.bound_by`."""
    subject, value = (_value(part, bound) for part in (pattern.subject, pattern.object))
    if isinstance(subject, Literal):
        return iter(())
    if pattern.repeated:
        return _closure(engine, pattern, subject)
    predicates: Sequence[Term | None] = pattern.predicates or (_value(pattern.predicate, bound),)
    return chain.from_iterable(engine.quads(subject, value, None, p) for p in predicates)  # type: ignore[arg-type]


def _closure(engine: Engine, pattern: Pattern, start: Term | None) -> Iterator[Quad]:
    """Start and each thing reached from it, as statements that say so."""
    seen: set[object] = {start}
    waiting: list[object] = [start]
    while waiting:
        reached = waiting.pop()
        yield Quad(start, pattern.predicates[0], reached)  # type: ignore[arg-type]
        for quad in engine.quads(reached, predicate=pattern.predicates[0]):  # type: ignore[arg-type]
            if quad.object not in seen and isinstance(quad.object, NamedNode):
                seen.add(quad.object)
                waiting.append(quad.object)


def _value(part: Part, bound: Bound) -> Term | None:
    return bound.get(part) if isinstance(part, str) else part
