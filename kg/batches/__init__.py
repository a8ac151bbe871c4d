"""Imports of many references at once, row by row, that can be stopped and taken up again."""

from kg.batches.batches import Batches
from kg.batches.drafting import draft_of
from kg.batches.model import ADDED, LEFT, OUTCOMES, REFUSED, THERE, UNSURE, Batch, Imported

__all__ = [
    "ADDED",
    "LEFT",
    "OUTCOMES",
    "REFUSED",
    "THERE",
    "UNSURE",
    "Batch",
    "Batches",
    "Imported",
    "draft_of",
]
