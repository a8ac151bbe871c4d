"""What the recorded claims about a tactic amount to, by published rules and in words, never as a score."""

from kg.appraisal.deciding import (
    AGAINST,
    FOR,
    STATED,
    UNCITED,
    Appraised,
    Footings,
    Grounds,
    appraise,
    decided,
)
from kg.appraisal.stored import (
    RULE_VERSION,
    sound_by_appraisal,
    summaries,
    summary_of,
    summary_quads,
)
from kg.appraisal.wording import (
    GUARDS,
    RULES,
    Rule,
    sentence,
)

__all__ = [
    "AGAINST",
    "FOR",
    "GUARDS",
    "RULES",
    "RULE_VERSION",
    "STATED",
    "UNCITED",
    "Appraised",
    "Footings",
    "Grounds",
    "Rule",
    "appraise",
    "decided",
    "sentence",
    "sound_by_appraisal",
    "summaries",
    "summary_of",
    "summary_quads",
]
