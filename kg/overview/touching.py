"""What changes touch of the answers about the whole base."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache

from kg.overview.whole import Keys, Whole
from kg.queries import header
from kg.store import Before, Engine, NamedNode, Patch, Quad, in_memory

MOST_KEYS = 5000
"""A question of which more is touched is faster answered whole."""


def changed(patches: Iterable[Patch]) -> tuple[set[Quad], set[Quad]]:
    """What several changes took out and put in, all in all."""
    removed: set[Quad] = set()
    added: set[Quad] = set()
    for patch in patches:
        gone, new = set(patch.removed), set(patch.added)
        removed, added = (removed - new) | (gone - added), (added - gone) | (new - removed)
    return removed, added


class Touched:
    """What a change touches, by query.

    Args:
        engine: the base after the change.
        removed, added: what went out and what came in.
    """

    def __init__(self, engine: Engine, removed: Collection[Quad], added: Collection[Quad]) -> None:
        self._engine, self._removed, self._added = engine, removed, added
        self._both = Before(engine, removed)
        self.keys = lru_cache(maxsize=None)(self._keys)

    @cached_property
    def before(self) -> Whole:
        """The things whose statements changed, as they were, and nothing else."""
        subjects = {quad.subject for quad in (*self._removed, *self._added)}
        now = {quad for subject in subjects for quad in self._engine.quads(subject)}
        return Whole(in_memory((now - set(self._added)) | set(self._removed)))

    def _keys(self, query: str) -> Keys | None:
        """What a query is to be asked about again; None where it is to be asked whole."""
        told = header(query)
        if told.is_unbounded((*self._removed, *self._added)):
            return None
        found = told.keys(self._both, self._added, self._removed)
        named = [key for key in found if all(isinstance(term, NamedNode) for term in key)]
        return None if len(named) > MOST_KEYS else sorted(tuple(term.value for term in key) for key in named)  # type: ignore[union-attr]
