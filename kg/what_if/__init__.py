"""What would be left if sources were gone: worked out from how everything came about; nothing is written."""

from kg.what_if.effect import Effect, PathLost, StatusChange, without
from kg.what_if.grounds import MOST_STATEMENTS, Grounds, Why, grounds
from kg.what_if.witnesses import BUILT_ON, Triple, Witness, witness_query, witnesses

__all__ = [
    "BUILT_ON",
    "MOST_STATEMENTS",
    "Effect",
    "Grounds",
    "PathLost",
    "StatusChange",
    "Triple",
    "Why",
    "Witness",
    "grounds",
    "without",
    "witness_query",
    "witnesses",
]
