"""Queries asked for some of their rows alone: those that a change can touch.

A rule or check says in its header by which variables it is narrowed (`# key:`) and how a changed statement leads to
their values (`# touched:`, or `# added:` and `# removed:`): a pattern that the statement matches, and what else must
hold around it, joined by “ . ”. A variable alone stands for whatever is recorded, and not derived, of that thing;
“, recorded” behind a pattern has the same sense. Where the values go, the query says `# narrowed`: a VALUES block is
put there, and without it the query is the whole one. `# whole:` names what is not followed: where that changes, the
query is asked whole. A rule says with `# again:` how what it wrote hangs together with the key, and with `# writes:`
which properties a variable stands for. A test holds that the header covers every pattern of the query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from kg.namespaces import PREFIXES
from kg.store import DERIVED_GRAPH, Engine, NamedNode, Pattern, Quad, Term, solutions

Key = tuple[Term, ...]
_HEADER = re.compile(r"^# (key|touched|added|removed|whole|again|writes): (.*)$", re.MULTILINE)
_PLACE = re.compile(r"^( *).*?# narrowed$", re.MULTILINE)
_RECORDED = ", recorded"
_AT_ONCE = 2
"""So many keys an engine takes at once without beginning at the other end, where most things match."""


@dataclass(frozen=True)
class Way:
    """A way from a changed statement to the values of a key.

    Attributes:
        first: what the statement must match; a text is a variable that takes its subject, whatever is said.
        rest: what must hold around it.
        added, removed: whether it leads on from statements that come in, and from ones that go out.
    """

    first: Pattern | str
    rest: tuple[Pattern, ...]
    added: bool = True
    removed: bool = True

    def begin(self, quad: Quad) -> dict[str, Term] | None:
        """What a statement binds; None where it does not fit."""
        if isinstance(self.first, Pattern):
            return self.first.bound_by(quad, {})
        return None if quad.graph_name == DERIVED_GRAPH else {self.first: quad.subject}


@dataclass(frozen=True)
class Narrowed:
    """A query that can be asked for some of its rows alone.

    Attributes:
        name: the file's name without suffix.
        text: the whole query.
    """

    name: str
    text: str

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The variables by which it is narrowed."""
        return tuple(self._told("key")[0].partition(",")[0].split())

    @cached_property
    def at_once(self) -> int:
        """How many keys it takes in one go."""
        told = self._told("key")[0].partition(",")[2]
        return int(told.removesuffix("at once")) if told else _AT_ONCE

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """How a changed statement leads to what is to be asked again."""
        return tuple(
            _way(line, added=kind != "removed", removed=kind != "added")
            for kind in ("touched", "added", "removed")
            for line in self._told(kind)
        )

    @cached_property
    def whole(self) -> tuple[Pattern, ...]:
        """What is not followed: where such a statement changes, the query is asked whole."""
        return tuple(map(pattern, self._told("whole")))

    @cached_property
    def again(self) -> tuple[tuple[Pattern, ...], ...]:
        """How what a rule wrote and its key hang together."""
        return tuple(tuple(map(pattern, line.split(" . "))) for line in self._told("again"))

    @property
    def writes(self) -> str:
        """The properties that a rule writes, where a variable stands for them; empty where any may be."""
        return next(iter(self._told("writes")), "")

    def is_unbounded(self, quads: Iterable[Quad]) -> bool:
        """Whether a change of these statements is not followed."""
        return any(pattern.bound_by(quad, {}) is not None for pattern in self.whole for quad in quads)

    def keys(self, engine: Engine, added: Iterable[Quad], removed: Iterable[Quad]) -> set[Key]:
        """The keys that a change can touch.

        Args:
            engine: the base with the statements that came in, and those that go out still there.
            added, removed: the statements that come in and go out.
        """
        begun = set(self._begun(added, removed))
        return {
            tuple(found[name] for name in self.key)
            for way, bound in begun
            for found in solutions(engine, way.rest, dict(bound))
        }

    def _begun(
        self, added: Iterable[Quad], removed: Iterable[Quad]
    ) -> Iterator[tuple[Way, tuple[tuple[str, Term], ...]]]:
        for is_in, quads in ((True, added), (False, removed)):
            ways = [way for way in self.ways if (way.added if is_in else way.removed)]
            for quad in quads:
                for way in ways:
                    bound = way.begin(quad)
                    if bound is not None:
                        yield way, tuple(bound.items())

    def asked(self, keys: Sequence[Key]) -> Iterator[str]:
        """The query for these keys alone, so many at once as it takes in one go; they may be cut short, all alike."""
        variables = " ".join(self.key[: len(keys[0])] if keys else ())
        most = self.at_once if keys and len(keys[0]) == len(self.key) else _AT_ONCE
        for start in range(0, len(keys), most):
            some = keys[start : start + most]
            rows = " ".join(f"({' '.join(map(str, key))})" for key in some)
            yield _PLACE.sub(lambda found: f"{found[1]}VALUES ({variables}) {{ {rows} }}", self.text)  # noqa: B023

    def _told(self, kind: str) -> list[str]:
        return [line.strip() for word, line in _HEADER.findall(self.text) if word == kind]


@cache
def narrowed(path: Path) -> Narrowed:
    """The query in a file."""
    return Narrowed(path.stem, path.read_text(encoding="utf-8"))


def _way(line: str, *, added: bool, removed: bool) -> Way:
    first, *rest = line.split(" . ")
    begin = first if len(first.split()) == 1 else pattern(first)
    return Way(begin, tuple(map(pattern, rest)), added, removed)


def pattern(text: str) -> Pattern:
    """The pattern in a text such as `?claim gap:backedBy|gap:challengedBy ?work`."""
    subject, predicate, value = text.removesuffix(_RECORDED).split()
    repeated = predicate.endswith("*")
    names = () if predicate.startswith("?") else tuple(_node(n) for n in predicate.removesuffix("*").split("|"))
    return Pattern(_part(subject), names, _part(value), "" if names else predicate, repeated, text.endswith(_RECORDED))


def _part(text: str) -> NamedNode | str:
    return text if text.startswith("?") else _node(text)


def _node(name: str) -> NamedNode:
    if name == "a":
        return NamedNode(PREFIXES["rdf"] + "type")
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES.get(prefix, f"{PREFIXES['id']}{prefix}/") + local)
