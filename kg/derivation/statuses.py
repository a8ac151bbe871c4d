"""The statuses of the tactics that a change touches, worked out from the claims touched and not from all.

A summary says how many claims speak for a tactic, warn and report gaps; those touched are taken off as they were and
put on as they are. What a number does not tell is asked of the base, and the looking ends at the first claim that
answers: whether anything disputes the tactic, say. So a tactic of which ten thousand claims speak takes about as long
as one of which ten do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from kg.appraisal import (
    AGAINST,
    FOR,
    RULE_VERSION,
    STATED,
    UNCITED,
    Appraised,
    Footings,
    decided,
    sound_by_appraisal,
    summaries,
    summary_of,
    summary_quads,
)
from kg.namespaces import PREFIXES, gap, slug_of
from kg.queries import OnSide, behind_statuses, claims_on_read_data, claims_taking_side, footing_of, tactic_names
from kg.queries import summaries as stored_summaries
from kg.store import DERIVED_GRAPH, Engine, NamedNode, Pattern, Quad, solutions, text_of

_MOST_CLAIMS = 200
"""With more claims touched than this, a tactic is looked at whole."""
_FIRST_LOOK, _ALL = 16, 10**8
"""How many claims are looked at first, and where none of these answers."""
_RESTS_ON = NamedNode(PREFIXES["prov"] + "wasDerivedFrom")
_ABOUT = (NamedNode(gap("claimSubject")), NamedNode(gap("claimObject")))


class Statuses:
    """The statuses that a change touches.

    Args:
        engine: the base, with what comes in and what goes out both there.
        added, removed: the statements that come in, of which none was there before, and those that go out.
    """

    def __init__(self, engine: Engine, added: Collection[Quad], removed: Collection[Quad]) -> None:
        self._engine = engine
        self._touched = _touched(engine, added, removed)
        few = [tactic for tactic, claims in self._touched.items() if len(claims) <= _MOST_CLAIMS]
        engine.replace(added, ())
        self._before = {tactic: _before(engine, tactic, self._touched[tactic]) for tactic in few}
        engine.replace((), added)

    def update(self) -> tuple[set[Quad], set[Quad]]:
        """Bring the stored summaries to what follows, the change made; gives what went out and what came in."""
        tactics = set(tactic_names(self._engine, list(self._touched)))
        kept = {tactic for tactic in tactics if self._before.get(tactic)}
        gone, new = self._whole(self._touched.keys() - kept, sorted(tactics - kept))
        for tactic in kept:
            before, after = self._by_difference(tactic)
            gone |= before - after
            new |= after - before
        self._engine.replace(gone, new)
        return gone, new

    def _whole(self, things: Collection[str], tactics: Sequence[str]) -> tuple[set[Quad], set[Quad]]:
        """The same of things looked at whole, of which those that are tactics have a status now."""
        subjects = {summary_of(thing) for thing in things}
        before = {quad for me in subjects for quad in self._engine.quads(subject=me, graph=DERIVED_GRAPH)}
        after = set(summaries(self._engine, tactics)) if tactics else set()
        return before - after, after - before

    def _by_difference(self, tactic: str) -> tuple[set[Quad], set[Quad]]:
        """What a summary says before and after, as far as the claims touched bear on it."""
        before = self._before[tactic]
        assert before is not None  # only such are asked for
        grounds = _Kept(self._engine, tactic, self._touched[tactic], before.found)
        then, now, stored = before.found, grounds.found, before.stored
        after = Appraised(
            status=decided(grounds),
            supports=stored.supports - then.supports + now.supports,
            cautions=stored.cautions - then.cautions + now.cautions,
            gaps=stored.gaps - then.gaps + now.gaps,
            independent=stored.independent + grounds.groups_won(),
            claims=tuple(now.claims),
        )
        return set(summary_quads(tactic, stored)), set(summary_quads(tactic, after))


@dataclass(frozen=True)
class _Before:
    """What was stored of a tactic before a change, with the claims touched alone, and the footing of these."""

    stored: Appraised
    found: Footings


def _touched(engine: Engine, added: Collection[Quad], removed: Collection[Quad]) -> Mapping[str, set[str]]:
    """The things whose status a change touches, each with the claims through which it does."""
    found: dict[str, set[str]] = {}
    for query in behind_statuses():
        for key in query.keys(engine, added, removed):
            if all(isinstance(part, NamedNode) for part in key):
                thing, *claims = map(text_of, key)
                found.setdefault(thing, set()).update(claims)
    return dict(sorted(found.items()))


def _before(engine: Engine, tactic: str, claims: Collection[str]) -> _Before | None:
    """None where nothing is stored, or by other rules."""
    stored = stored_summaries(engine, [tactic]).get(tactic)
    if stored is None or stored.ruleVersion != RULE_VERSION:
        return None
    found = Footings(footing_of(engine, tactic, claims))
    numbers = (stored.supports, stored.cautions, stored.gaps, stored.independent)
    return _Before(Appraised(slug_of(stored.status), *numbers, tuple(found.claims)), found)


class _Kept:
    """The grounds of a status, looked up as far as they are asked for.

    Args:
        engine: the base as the change leaves it.
        tactic: which.
        touched: the claims that the change touches.
        then: their footing before.
    """

    def __init__(self, engine: Engine, tactic: str, touched: Collection[str], then: Footings) -> None:
        self._engine, self._tactic, self._touched, self._then = engine, tactic, touched, then
        self.found = Footings(footing_of(engine, tactic, touched))

    def exist(self) -> bool:
        """Whether any claim is about the tactic."""
        about = self._engine.quads(subject=summary_of(self._tactic), graph=DERIVED_GRAPH)
        others = (quad for quad in about if quad.predicate == _RESTS_ON and text_of(quad.object) not in self._touched)
        return bool(self.found.rows) or any(True for _ in others)

    def dispute(self) -> bool:
        """Whether a claim disputes it."""
        return any(some.disputing for some in self._looked_through({AGAINST}, claims_taking_side))

    def are_footed(self) -> bool:
        """Whether one in its favour rests on more than bare argument."""
        looked = self._looked_through(FOR, claims_taking_side, lambda claim: claim.basis != UNCITED)
        return any(some.footed for some in looked)

    def are_sound(self) -> bool:
        """Whether the appraisals on file allow the status “established”."""
        return self._tactic in sound_by_appraisal(self._engine, [self._tactic])

    def read_for(self) -> int:
        """How many independent groups of works with data, read by the project, speak for it; 2 stands for more."""
        groups = set[str]()
        for some in self._looked_through(FOR, claims_on_read_data):
            groups |= some.read_for
            if len(groups) >= 2:
                break
        return min(len(groups), 2)

    def are_read_against(self) -> bool:
        """Whether such a work speaks against it."""
        return any(some.read_against for some in self._looked_through({AGAINST}, claims_on_read_data))

    def groups_won(self) -> int:
        """How many more independent groups with data there are than before; fewer where it is below 0."""
        then, now = self._then.groups, self.found.groups
        won, lost = ({group for group in some if not self._is_elsewhere(group)} for some in (now - then, then - now))
        return len(won) - len(lost)

    def _is_elsewhere(self, group: str) -> bool:
        """Whether a claim that the change does not touch rests on a work of this group."""
        works = (
            Pattern("claim", _ABOUT, NamedNode(self._tactic)),
            Pattern("claim", (NamedNode(gap("backedBy")),), "work"),
            Pattern("work", (NamedNode(gap("independenceGroup")),), NamedNode(group)),
        )
        named = (text_of(found["claim"]) for found in solutions(self._engine, works, {}))
        return any(group in some.groups for some in self._footed_on(c for c in named if c not in self._touched))

    def _looked_through(
        self,
        stances: Collection[str],
        ask: Callable[[Engine, str, str, int], list[OnSide]],
        fits: Callable[[OnSide], bool] = lambda _: True,
    ) -> Iterator[Footings]:
        """The claims that may answer a question, some at a time: those touched, the first few, then all."""
        yield self.found
        for stance in sorted(stances):
            for most in (_FIRST_LOOK, _ALL):
                claims = ask(self._engine, self._tactic, stance, most)
                yield from self._footed_on(c.claim for c in claims if c.standing in STATED and fits(c))
                if len(claims) < most:
                    break

    def _footed_on(self, claims: Iterable[str]) -> Iterator[Footings]:
        waiting = iter(claims)
        while some := list(islice(waiting, _FIRST_LOOK)):
            yield Footings(footing_of(self._engine, self._tactic, some))
