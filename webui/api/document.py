"""The OpenAPI 3.1 file, made from the table of operations and the records; `make docs` writes it.

Source: https://spec.openapis.org/oas/v3.1.0
"""

from __future__ import annotations

import json
from typing import Any

from webui.api.answers.index import LICENCE, TITLE
from webui.api.form import schema_of, schemas
from webui.api.operations import OPERATIONS, ROOT, Operation, Parameter
from webui.api.records import Problem

VERSION = "1.0"
"""Of the interface: the second number rises with what is added, the first with what breaks a client."""
_ABOUT = (
    "What documents say about the gap between policy and its implementation. A claim tells what a document says, not "
    "what is so; every claim and link tells its standing, and nothing inferred counts as support. A request with a "
    "parameter that is not told here is refused. 400 means that a part of the request is not in its form, 422 that all "
    "are and yet there is nothing to answer."
)
_JSON, _PROBLEM = "application/json", "application/problem+json"
Part = dict[str, Any]


def document() -> str:
    """The file's text."""
    records = [o.answer for o in OPERATIONS] + [o.body for o in OPERATIONS if o.body]
    paths: dict[str, Part] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    made = {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": VERSION,
            "description": _ABOUT,
            "license": {"name": "Data: CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": ROOT}],
        "paths": paths,
        "components": {
            "schemas": {**schemas(*records, Problem), **_bodies()},
            "responses": {"Problem": {"description": "What went wrong", "content": _content(Problem, _PROBLEM)}},
        },
    }
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def _bodies() -> dict[str, Part]:
    """Records that requests hold take no field that is not told."""
    held = schemas(*(o.body for o in OPERATIONS if o.body))
    return {name: {**schema, "additionalProperties": False} for name, schema in held.items()}


def _operation(operation: Operation) -> Part:
    found: Part = {"operationId": operation.name, "summary": operation.summary}
    parameters = [_parameter(p, "path") for p in operation.in_path] + [_parameter(p, "query") for p in operation.query]
    if parameters:
        found["parameters"] = parameters
    if operation.body:
        found["requestBody"] = {"required": True, "content": _content(operation.body, _JSON)}
    found["responses"] = _responses(operation)
    return found


def _parameter(parameter: Parameter, place: str) -> Part:
    found: Part = {"name": parameter.name, "in": place, "description": parameter.meaning}
    if parameter.required or place == "path":
        found["required"] = True
    found["schema"] = _number(parameter) if parameter.type is int else _word(parameter)
    if parameter.default is not None:
        found["schema"]["default"] = parameter.default
    if parameter.example is not None:
        found["example"] = parameter.example
    return found


def _number(parameter: Parameter) -> Part:
    return {"type": "integer", "minimum": parameter.least, "maximum": parameter.most}


def _word(parameter: Parameter) -> Part:
    if parameter.choices:
        return {"type": "string", "enum": list(parameter.choices)}
    found: Part = {"type": "string", "minLength": parameter.least, "maxLength": parameter.most}
    return {**found, "pattern": parameter.pattern} if parameter.pattern else found


def _responses(operation: Operation) -> Part:
    told = {"description": operation.summary, "content": _content(operation.answer, _JSON)}
    for form in operation.other_forms:
        told["content"][form] = {"schema": {"type": "string"}}
    found: Part = {"200": told}
    codes = ["400", "404", "406", "422"] if operation.missing else ["400", "406", "422"]
    if operation.body:
        codes += ["413", "415"]
    else:
        told["headers"] = {"ETag": _header("Changes with the data."), **_link(operation)}
        found["304"] = {"description": "The same as the client holds already."}
    return found | {code: {"$ref": "#/components/responses/Problem"} for code in [*codes, "default"]}


def _link(operation: Operation) -> Part:
    paged = any(p.name == "offset" for p in operation.query) and operation.name != "thing"
    return {"Link": {**_header("Where the next part is."), "required": False}} if paged else {}


def _header(words: str) -> Part:
    return {"description": words, "required": True, "schema": {"type": "string"}}


def _content(record: type, media: str) -> Part:
    schema_of(record)  # fails here, not in a client, where a record has no schema
    return {media: {"schema": {"$ref": f"#/components/schemas/{record.__name__}"}}}
