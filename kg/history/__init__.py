"""The past of the base, read back from the journal: what became of a thing, how it stood, what a revision did.

The graph holds what stands now, the journal each change as it was accepted; an index beside it tells which change
touched which thing, so that no more is read than a question needs. Source: architecture.md, decision 3.
"""

from kg.history.comparing import Difference, Line, Value, as_patch, by_people, difference, told_apart
from kg.history.index import FIRST, Index
from kg.history.rebuilding import Net, base_at, between, check_revision, size_between, thing_at
from kg.history.telling import Episode, Fate, History, history, related
from kg.history.undoing import Obstacle, Undoing, undoing

__all__ = [
    "FIRST",
    "Difference",
    "Episode",
    "Fate",
    "History",
    "Index",
    "Line",
    "Net",
    "Obstacle",
    "Undoing",
    "Value",
    "as_patch",
    "base_at",
    "between",
    "by_people",
    "check_revision",
    "difference",
    "history",
    "related",
    "size_between",
    "thing_at",
    "told_apart",
    "undoing",
]
