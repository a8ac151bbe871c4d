"""Frameworks as instruments: a policy looked at through one framework, and what follows by the text's own rules.

Source: ontology-model.md §6.1. What follows is shown with the claims it rests on, never as advice of our own.
"""

from kg.assessment.findings import ANSWERS, Finding, findings, follows
from kg.assessment.graph import read_assessment, statements
from kg.assessment.instruments import Instrument, instruments
from kg.assessment.records import Answer, Assessment, Choices, Item, apply, assess, choices, to_answer

__all__ = [
    "ANSWERS",
    "Answer",
    "Assessment",
    "Choices",
    "Finding",
    "Instrument",
    "Item",
    "apply",
    "assess",
    "choices",
    "findings",
    "follows",
    "instruments",
    "read_assessment",
    "statements",
    "to_answer",
]
