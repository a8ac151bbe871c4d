"""A policy looked at through the instruments in their order, and what follows: covered, uncovered, unknown.

Built on `kg.assessment`: what follows from each instrument follows by the same rules as for an assessment that is kept.
"""

from kg.diagnosis.address import LONGEST_CODE, Read, from_code, key_of, to_code
from kg.diagnosis.answers import (
    LONGEST_ANSWER,
    LONGEST_NAME,
    LONGEST_SENTENCE,
    Diagnosis,
    Policy,
    clean,
)
from kg.diagnosis.covering import RULE, Cover, Option, smallest_cover
from kg.diagnosis.linked import Tactic
from kg.diagnosis.result import CauseFound, FactorFound, Result, diagnose
from kg.diagnosis.steps import (
    STEPS,
    Asked,
    Catalogue,
    Step,
    answered_by_name,
    catalogue,
    held,
    step_of,
)

__all__ = [
    "LONGEST_ANSWER",
    "LONGEST_CODE",
    "LONGEST_NAME",
    "LONGEST_SENTENCE",
    "RULE",
    "STEPS",
    "Asked",
    "Catalogue",
    "CauseFound",
    "Cover",
    "Diagnosis",
    "FactorFound",
    "Option",
    "Policy",
    "Read",
    "Result",
    "Step",
    "Tactic",
    "answered_by_name",
    "catalogue",
    "clean",
    "diagnose",
    "from_code",
    "held",
    "key_of",
    "smallest_cover",
    "step_of",
    "to_code",
]
