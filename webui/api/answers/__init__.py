"""What each operation answers: a function of the open base and the values of its parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from webui.api.answers.asked import Asked
from webui.api.answers.assessments import assessment_answer
from webui.api.answers.claims import claims_answer
from webui.api.answers.diagnoses import diagnosis_answer
from webui.api.answers.frameworks import framework_answer, frameworks_answer, questions_answer
from webui.api.answers.index import index_answer
from webui.api.answers.lists import search_answer, things_answer
from webui.api.answers.map import map_answer
from webui.api.answers.paths import paths_answer
from webui.api.answers.things import thing_answer

__all__ = ["ANSWERS", "Asked"]

ANSWERS: dict[str, Callable[[Asked], Any]] = {
    "index": index_answer,
    "search": search_answer,
    "things": things_answer,
    "thing": thing_answer,
    "claims": claims_answer,
    "paths": paths_answer,
    "map": map_answer,
    "frameworks": frameworks_answer,
    "framework": framework_answer,
    "questions": questions_answer,
    "assess": assessment_answer,
    "diagnosis": diagnosis_answer,
}
"""By the operation's name."""
