"""The OpenAPI file holds: whatever a client sends, valid or not, the answer is as the file says."""

from __future__ import annotations

import json
import os

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis import Case

from webui.api.serving import OPENAPI

EXAMPLES = 500 if os.environ.get("GAPBRIDGE_FUZZ") == "long" else 10
"""`GAPBRIDGE_FUZZ=long pytest tests/api/test_contract.py` goes on for minutes instead of seconds."""
CONFIG = schemathesis.Config.from_dict(
    {
        "seed": 1,
        # 422: every part of the request is in its form, but there is no such answer
        "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "422"]}},
    }
)
schema = schemathesis.openapi.from_dict(json.loads(OPENAPI.read_text(encoding="utf-8")), config=CONFIG)


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: Case, app: Flask) -> None:
    # called without a server, nothing would unpack the answer
    case.call_and_validate(app=app, headers={"Accept-Encoding": "identity"})
