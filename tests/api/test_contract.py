"""The OpenAPI file holds: whatever a client sends, valid or not, the answer is as the file says."""

from __future__ import annotations

import json
import os

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test

from tests.conftest import LONG
from webui.api.serving import OPENAPI

EXAMPLES = 500 if LONG or os.environ.get("GAPBRIDGE_FUZZ") == "long" else 10
"""`GAPBRIDGE_FUZZ=long pytest tests/api/test_contract.py` goes on for minutes instead of seconds."""
CONFIG = schemathesis.Config.from_dict(
    {
        "seed": 1,
        # 422: every part of the request is in its form, but there is no such answer
        "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "422"]}},
    }
)
DESCRIBED = json.loads(OPENAPI.read_text(encoding="utf-8"))
OPERATIONS = [(method, path) for path, methods in DESCRIBED["paths"].items() for method in methods]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_answer_is_as_described(method: str, path: str, app: Flask) -> None:
    """As `schema.parametrize` does it, which however makes all cases in every process that only collects tests."""
    schema = schemathesis.openapi.from_dict(DESCRIBED, config=CONFIG)

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    def answered(case: Case) -> None:
        # called without a server, nothing would unpack the answer
        case.call_and_validate(app=app, headers={"Accept-Encoding": "identity"})

    operation = schema[path][method.upper()]
    feedback = FeedbackSources()
    build_operation_test(
        config=schema.config, operation=operation, test_func=answered, given_kwargs={}, feedback=feedback
    )()
