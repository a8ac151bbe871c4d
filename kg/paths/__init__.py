"""From a worry to what stands behind an answer: typed ways from a cause, and free ways between any two things."""

from kg.paths.asking import KINDS, LONGEST, Question, find
from kg.paths.free import DEFAULT_LENGTH, MOST_PATHS, Found, between
from kg.paths.nothing import Nothing, Reason, explain
from kg.paths.spread import spread
from kg.paths.typed import CausePath, PhaseStep, SourceStep, TacticStep, from_cause

__all__ = [
    "DEFAULT_LENGTH",
    "KINDS",
    "LONGEST",
    "MOST_PATHS",
    "CausePath",
    "Found",
    "Nothing",
    "PhaseStep",
    "Question",
    "Reason",
    "SourceStep",
    "TacticStep",
    "between",
    "explain",
    "find",
    "from_cause",
    "spread",
]
