"""From a worry to what stands behind an answer: typed ways from a cause, and free ways between any two things."""

from kg.paths.free import DEFAULT_LENGTH, MOST_PATHS, Found, between
from kg.paths.spread import spread
from kg.paths.typed import CausePath, PhaseStep, SourceStep, TacticStep, from_cause

__all__ = [
    "DEFAULT_LENGTH",
    "MOST_PATHS",
    "CausePath",
    "Found",
    "PhaseStep",
    "SourceStep",
    "TacticStep",
    "between",
    "from_cause",
    "spread",
]
