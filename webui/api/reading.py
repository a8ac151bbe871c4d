"""Requests read by the table of operations: what it does not allow is refused, and named."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, NoReturn, TypeVar, get_args, get_type_hints
from urllib.parse import parse_qsl

from kg.numbers import whole_number
from webui.api.form import camel, schema_of
from webui.api.operations import LARGEST_BODY, Operation, Parameter
from webui.api.problems import ApiError

MOST_FIELDS = 100
_DIGITS = 12
T = TypeVar("T")
Values = dict[str, Any]


def read_query(operation: Operation, query: bytes) -> Values:
    """The values of all query parameters of an operation, with the defaults of those not given.

    Raises:
        ApiError: a parameter is unknown, missing, given twice or not as the table says.
    """
    given = _pairs(query)
    known = [p.name for p in operation.query]
    for name, times in ((name, [n for n, _ in given].count(name)) for name, _ in given):
        if name not in known:
            told = f"It takes {', '.join(known)}." if known else "It takes none."
            raise ApiError("bad-parameter", f"There is no parameter “{name[:40]}” here. {told}", parameter=name[:40],
                           known=known)  # fmt: skip
        if times > 1:
            raise ApiError("bad-parameter", f"“{name}” is given {times} times; it may be given once.", parameter=name)
    found = dict(given)
    return {p.name: _value(p, found.get(p.name)) for p in operation.query}


def fits(parameter: Parameter, text: str) -> bool:
    """Whether a path parameter is in its form."""
    return len(text) <= parameter.most and bool(re.fullmatch(parameter.pattern, text))


def _pairs(query: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError:
        raise ApiError("bad-request", "The request is not in UTF-8.") from None
    except ValueError:
        raise ApiError("bad-request", f"The request has more than {MOST_FIELDS} parameters.") from None


def _value(parameter: Parameter, text: str | None) -> str | int | None:
    if text is None:
        if parameter.required:
            raise ApiError("bad-parameter", f"“{parameter.name}” is missing: {parameter.meaning}",
                           parameter=parameter.name)  # fmt: skip
        return parameter.default
    return _number(parameter, text) if parameter.type is int else _word(parameter, text)


def _number(parameter: Parameter, text: str) -> int:
    found = whole_number(text, _DIGITS)
    if found is None or not parameter.least <= found <= parameter.most:
        _refuse(parameter, f"a whole number from {parameter.least} to {parameter.most}", text)
    return found


def _word(parameter: Parameter, text: str) -> str:
    if parameter.choices and text not in parameter.choices:
        _refuse(parameter, f"one of {', '.join(parameter.choices)}", text)
    if not parameter.least <= len(text) <= parameter.most:
        _refuse(parameter, f"{parameter.least} to {parameter.most} characters long", text)
    if parameter.pattern and not re.fullmatch(parameter.pattern, text):
        _refuse(parameter, f"of the form {parameter.pattern}", text)
    return text


def _refuse(parameter: Parameter, wanted: str, text: str) -> NoReturn:
    raise ApiError("bad-parameter", f"“{parameter.name}” has to be {wanted}, not “{text[:40]}”.",
                   parameter=parameter.name, known=parameter.choices)  # fmt: skip


def read_body(record: type[T], body: bytes) -> T:
    """The record that a JSON body holds.

    Raises:
        ApiError: it is no JSON, or not of the record's form.
    """
    try:
        value = json.loads(body.decode(), parse_constant=_no_number, object_pairs_hook=_object)
    except UnicodeDecodeError:
        raise ApiError("bad-request", "The body is not in UTF-8.") from None
    except RecursionError:
        raise ApiError("bad-request", "The body is nested too deep.") from None
    except ValueError as error:
        raise ApiError("bad-request", f"The body is no JSON: {str(error)[:200]}.") from None
    return _record(record, value, "")


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field stands twice in the same object")
    return found


def _record(record: type[T], value: Any, at: str) -> T:
    if not isinstance(value, dict):
        _wrong(at or "the body", "an object")
    names = {camel(f.name): f for f in fields(record)}  # type: ignore[arg-type]
    schema, hints = schema_of(record), get_type_hints(record)
    for name in value:
        if name not in names:
            raise ApiError("bad-body", f"There is no field “{name[:40]}” in {at or 'the body'}. It takes "
                           f"{', '.join(names)}.", parameter=name[:40], known=list(names))  # fmt: skip
    for name in schema["required"]:
        if name not in value:
            raise ApiError("bad-body", f"The field “{_at(at, name)}” is missing.", parameter=_at(at, name))
    return record(**{
        names[name].name: _field(hints[names[name].name], schema["properties"][name], item, _at(at, name))
        for name, item in value.items()
    })  # fmt: skip


def _field(hint: Any, schema: Mapping[str, Any], value: Any, at: str) -> Any:
    if schema["type"] == "array":
        (item, *_) = get_args(hint)
        if not isinstance(value, list) or len(value) > schema["maxItems"]:
            _wrong(at, f"a list of at most {schema['maxItems']}")
        return tuple(_record(item, one, f"{at}[{n}]") for n, one in enumerate(value) if is_dataclass(item))
    if not isinstance(value, str) or not schema["minLength"] <= len(value) <= schema["maxLength"]:
        _wrong(at, f"text of {schema['minLength']} to {schema['maxLength']} characters")
    if not re.fullmatch(schema["pattern"], value):
        _wrong(at, f"of the form {schema['pattern']}")
    if any("\ud800" <= c <= "\udfff" for c in value):
        _wrong(at, "text that can be written in UTF-8")
    return value


def _at(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _wrong(at: str, wanted: str) -> NoReturn:
    raise ApiError("bad-body", f"“{at}” has to be {wanted}.", parameter=at)


def too_large() -> ApiError:
    """A body that is larger than may be."""
    return ApiError("too-large", f"A body may have {LARGEST_BODY:,} bytes.")
