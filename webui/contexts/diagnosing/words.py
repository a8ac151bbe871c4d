"""What the steps say in the words of policy people; definitions and names come from the graph."""

from __future__ import annotations

from dataclasses import dataclass

from kg.diagnosis.steps import BARRIERS, CAUSES, FACTORS, PURPOSES, QUESTIONS, RISKS, TACTICS, TYPE
from kg.namespaces import gap


@dataclass(frozen=True)
class Wording:
    """A step in words: its question, what it is for, and how its answers are called."""

    heading: str
    lead: str
    answers: dict[str, str]


_HOLDS = {"met": "Yes", "partly-met": "In part", "not-met": "No", "unknown": "Don’t know"}

WORDING = {
    TYPE: Wording(
        "How clear is the policy, and how disputed?",
        "Policies of different types call for different ways of carrying them out. Two questions place yours.",
        {"low": "Low", "high": "High", "unknown": "Don’t know"},
    ),
    RISKS: Wording(
        "Which signs of risk does it carry?",
        "Australian guidelines name eight signs that a proposal will be hard to carry out. One is enough to call for "
        "a full plan.",
        _HOLDS,
    ),
    CAUSES: Wording(
        "Which causes sound like yours?",
        "Four broad causes of failure. Go by what you see, not by what you can prove; “in part” counts too.",
        _HOLDS,
    ),
    FACTORS: Wording(
        "What feeds it?",
        "Things that sources or curators hold to contribute to the causes. Mark what you recognise; leave the rest.",
        _HOLDS,
    ),
    TACTICS: Wording(
        "Which tactics do you use or plan?",
        "A tactic is a practical measure to support a policy. Mark what is in use or planned; leave the rest.",
        {"in-use": "In use", "planned": "Planned"},
    ),
    BARRIERS: Wording(
        "What keeps people from going along?",
        "Five barriers that may stand between what a policy asks and what people do.",
        _HOLDS,
    ),
    PURPOSES: Wording(
        "What is the support for, where there is any?",
        "Support can serve several purposes. Some of them pull against each other when one body does both.",
        _HOLDS,
    ),
    QUESTIONS: Wording(
        "What would a review say so far?",
        "Five questions for looking back. A line each is enough; what you write goes into the brief as it stands.",
        {},
    ),
}

AXES = {
    gap("ambiguity"): (
        "Ambiguity: how unclear are its aims, or the way to reach them?",
        "High where people read the aims differently, or nobody is sure what would bring them about.",
    ),
    gap("conflict"): (
        "Conflict: how far do those concerned disagree about it?",
        "High where bodies or people with a say want different things.",
    ),
}
"""Each axis of the matrix as a question, with a hint."""
