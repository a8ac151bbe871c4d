"""How records look in JSON, and the JSON Schema (2020-12) that says so; both follow from the classes alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from webui.api.records import Href, Iri

Schema = dict[str, Any]
_PLAIN: dict[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Iri: {"type": "string", "format": "iri"},
    Href: {"type": "string", "format": "uri-reference"},
}


def camel(name: str) -> str:
    """A field's name in JSON: `rule_version` → `ruleVersion`."""
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def write(value: object) -> bytes:
    """A record as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def _plain(value: Any) -> dict[str, Any]:
    if is_dataclass(value):
        return {camel(f.name): getattr(value, f.name) for f in fields(value)}
    raise TypeError(f"{type(value).__name__} is not JSON")


def schemas(*roots: type) -> dict[str, Schema]:
    """The schemas of these records and of all that they hold, by name."""
    found: dict[str, Schema] = {}
    waiting = list(roots)
    while waiting:
        record = waiting.pop()
        if record.__name__ not in found:
            found[record.__name__] = schema_of(record)
            waiting += _held(record)
    return dict(sorted(found.items()))


def schema_of(record: type) -> Schema:
    """The schema of one record; others are referred to."""
    told, hints = _told(record), get_type_hints(record)
    properties = {}
    for field in fields(record):
        schema = {**_schema(hints[field.name]), **field.metadata}
        properties[camel(field.name)] = schema | _description(told, field.name)
    return {
        "type": "object",
        "description": (record.__doc__ or "").partition("\n")[0],
        "properties": properties,
        "required": [camel(f.name) for f in fields(record) if _needed(f)],
    }


def _needed(field: Field[Any]) -> bool:
    return field.default is MISSING or isinstance(field.default, int)  # counts are always told


def _schema(hint: Any) -> Schema:
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if is_dataclass(hint):
        return {"$ref": f"#/components/schemas/{hint.__name__}"}  # type: ignore[union-attr]
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"type": "string", "enum": list(args)}
    if origin is tuple:
        return {"type": "array", "items": _schema(args[0])}
    if origin in (Union, UnionType):
        return {"anyOf": [{"type": "null"} if arg is NoneType else _schema(arg) for arg in args]}
    raise TypeError(f"There is no schema for {hint}.")


def _held(record: type) -> Iterator[type]:
    waiting = list(get_type_hints(record).values())
    while waiting:
        hint = waiting.pop()
        waiting += [arg for arg in get_args(hint) if not isinstance(arg, str)]
        if isinstance(hint, type) and is_dataclass(hint):
            yield hint


def _description(told: Mapping[str, str], name: str) -> Schema:
    return {"description": told[name]} if name in told else {}


def _told(record: type) -> dict[str, str]:
    """What the docstrings of a record and of those it is made from say of the fields."""
    found: dict[str, str] = {}
    for cls in reversed(record.__mro__):
        _, _, text = (cls.__doc__ or "").partition("Attributes:\n")
        for names, words in re.findall(r"^ {8}(\w+(?:, \w+)*): ((?:.|\n {12})*)", text, re.MULTILINE):
            found |= dict.fromkeys(names.split(", "), re.sub(r"\s+", " ", words).strip())
    return found
