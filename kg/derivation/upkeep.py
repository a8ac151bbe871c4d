"""What follows from the record kept up with a change by what the change touches, and checked the same way.

Source: “delete and rederive” (Gupta, Mumick and Subrahmanian, SIGMOD 1993). What any rule may have written because of
something that is touched goes out; then the rules, in order, write again what still follows, and what newly does. The
base is looked at in three states: with what comes in and what goes out both there, where all ways from a changed
statement to what it touches can be found, of before and of after; then as it will be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

from kg.derivation.rules import Rule, rules
from kg.derivation.statuses import Statuses
from kg.namespaces import PREFIXES
from kg.queries import behind_statuses
from kg.queries.narrowed import Key
from kg.store import ONTOLOGY_GRAPH, Engine, Outcome, Quad
from kg.validation import Touched

_FIRST_LOOK = 4
MOST = 5000
"""A change of more statements than this is faster derived whole."""
NEVER_FOLLOWED = (PREFIXES["sh"], PREFIXES["rdfs"] + "subClassOf", PREFIXES["rdfs"] + "subPropertyOf")
"""What the shapes and the ontology say with; checks read all of it."""


class Keeping:
    """Keeps what follows in step with changes that it covers; all others are derived and checked whole.

    Args:
        severities: which checks are asked.
    """

    def __init__(self, severities: tuple[str, ...] = ("violation",)) -> None:
        self._severities = severities

    def covers(self, removed: Collection[Quad], added: Collection[Quad]) -> bool:
        """Whether a change is small, and of the record alone: the ontology and its shapes say what all else means."""
        quads = [*removed, *added]
        queries = [*rules(), *behind_statuses()]
        return (
            0 < len(quads) <= MOST
            and not any(q.graph_name == ONTOLOGY_GRAPH or q.predicate.value.startswith(NEVER_FOLLOWED) for q in quads)
            and not any(query.is_unbounded(quads) for query in queries)
        )

    def update(self, engine: Engine, removed: Collection[Quad], added: Collection[Quad]) -> Outcome:
        """Make a change and all that follows from it; gives what followed, and what is amiss."""
        return _Update(engine, removed, added, self._severities).made()


class _Update:
    """One change, going through."""

    def __init__(
        self, engine: Engine, removed: Collection[Quad], added: Collection[Quad], severities: tuple[str, ...]
    ) -> None:
        self._engine, self._removed, self._added = engine, removed, added
        self._checks = Touched(severities)
        self._keys: dict[Rule, set[Key]] = {}
        self._doubtful: set[Quad] = set()

    def made(self) -> Outcome:
        engine = self._engine
        coming = [quad for quad in self._added if quad not in engine.store]
        engine.replace((), coming)
        for rule in rules():
            self._doubt(rule)
        statuses = Statuses(engine, coming, self._removed)
        self._checks.tell(engine, self._added, [*self._removed, *self._doubtful])
        engine.replace([*self._removed, *self._doubtful], ())
        written = self._write()
        gone, new = self._doubtful - written, written - self._doubtful
        summaries_gone, summaries_new = statuses.update()
        self._checks.tell(engine, [*new, *summaries_new], summaries_gone)
        return Outcome(
            frozenset(gone | summaries_gone), frozenset(new | summaries_new), tuple(self._checks.found(engine))
        )

    def _doubt(self, rule: Rule) -> None:
        """Find what a rule is to be asked again, and what it may have written because of that."""
        keys = rule.keys(self._engine, self._added, [*self._removed, *self._doubtful])
        self._keys[rule] = keys
        self._doubtful |= rule.written_for(self._engine, keys)

    def _write(self) -> set[Quad]:
        """Ask the rules again, and put in what they write; gives that, as far as it was not there.

        First for what is touched. Most of what was in doubt stands again by that; the rest may stand by others.
        """
        written: set[Quad] = set()
        for rule in rules():
            written |= self._put(rule, self._keys[rule] | rule.keys(self._engine, written, ()))
        others: set[Quad] = set()
        for rule in rules() if self._doubtful - written else ():
            others |= self._put(rule, rule.keys(self._engine, others, ()))
            for quad in self._doubtful - written:
                others |= self._sought(rule, quad) if quad not in others else set()
        return written | others

    def _sought(self, rule: Rule, quad: Quad) -> set[Quad]:
        """What a rule writes on the way to a statement, looking no further once it has written that."""
        found: set[Quad] = set()
        keys, most = rule.leading_to(self._engine, quad), _FIRST_LOOK
        while quad not in found and (some := set(islice(keys, most))):
            found |= self._put(rule, some)
            most *= 4
        return found

    def _put(self, rule: Rule, keys: Iterable[Key]) -> set[Quad]:
        found = {quad for quad in rule.ask(self._engine, keys) if quad not in self._engine.store}
        self._engine.replace((), found)
        return found
