"""The OpenAPI file is valid, fresh, and made from the same table by which requests are checked."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from typing import get_args

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from kg.namespaces import slug_of, thing
from kg.queries import members
from webui.api import records
from webui.api.answers import ANSWERS
from webui.api.document import document
from webui.api.form import camel
from webui.api.operations import OPERATIONS, ROOT, Operation
from webui.api.problems import KINDS
from webui.api.serving import OPENAPI
from webui.base import Opened

FILE = json.loads(OPENAPI.read_text(encoding="utf-8"))
VOCABULARIES = {
    "stance": records.Stance,
    "force": records.Force,
    "claim-basis": records.Basis,
    "link-basis": records.StandingSlug,
}


def name(operation: Operation) -> str:
    return operation.name


def test_it_conforms_to_openapi_31() -> None:
    validate(FILE, cls=OpenAPIV31SpecValidator)
    assert FILE["openapi"].startswith("3.1")


def test_it_is_fresh() -> None:
    assert OPENAPI.read_text(encoding="utf-8") == document(), "run `make docs`"


def test_it_is_served_as_it_is(client: FlaskClient) -> None:
    answer = client.get(f"{ROOT}/openapi.json")
    assert (answer.data, answer.mimetype) == (OPENAPI.read_bytes(), "application/json")
    again = client.get(f"{ROOT}/openapi.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_every_operation_is_answered_and_told(app: Flask) -> None:
    assert list(ANSWERS) == [operation.name for operation in OPERATIONS]
    routed = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(ROOT)}
    assert routed == {f"api.{operation.name}" for operation in OPERATIONS} | {"api.openapi"}
    assert [o["operationId"] for path in FILE["paths"].values() for o in path.values()] == list(ANSWERS)


@pytest.mark.parametrize(("scheme", "choices"), VOCABULARIES.items())
def test_choices_are_the_members_of_the_vocabulary(opened: Opened, scheme: str, choices: object) -> None:
    assert list(get_args(choices)) == [slug_of(m.member) for m in members(opened.reader, thing("scheme", scheme))]


def test_phases_are_those_of_the_base(opened: Opened) -> None:
    found = [slug_of(m.member) for m in members(opened.reader, thing("scheme", "support-phase"))]
    (phase,) = (p for o in OPERATIONS for p in o.query if p.name == "phase")
    assert sorted(phase.choices) == sorted(found)


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_an_answer_holds_just_the_fields_that_are_told(client: FlaskClient, operation: Operation) -> None:
    for example in operation.examples:
        answer = client.get(ROOT + example).get_json()
        assert set(answer) == {camel(f.name) for f in fields(operation.answer)}


@pytest.mark.parametrize("operation", OPERATIONS, ids=name)
def test_every_field_of_every_object_is_told_or_plain(operation: Operation) -> None:
    schema = FILE["components"]["schemas"][operation.answer.__name__]
    assert schema["description"]
    assert set(schema["required"]) == set(schema["properties"])


def test_kinds_of_problems_have_names_of_their_own() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert all(kind.meaning and 400 <= kind.status < 600 for kind in KINDS)


def test_serving_imports_no_pydantic() -> None:
    code = "import sys, webui.serving; sys.exit(any(m in sys.modules for m in ('pydantic', 'jsonschema', 'mcp')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
