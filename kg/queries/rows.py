"""Rows with named, typed fields out of solutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from kg.queries.file import Query, Value, read_query
from kg.queries.narrowed import Narrowed, narrowed
from kg.store import NamedNode, Reader, Row, Triple, text_of

FOLDER = Path(__file__).parent / "rq"
T = TypeVar("T")


def query(name: str) -> Query:
    """The library's query of this name."""
    return read_query(FOLDER / f"{name}.rq")


def all_queries() -> list[Query]:
    """All of the library's queries, by name."""
    return [read_query(path) for path in sorted(FOLDER.glob("*.rq"))]


def fetch(
    reader: Reader, name: str, row: type[T], part: tuple[int, int] | None = None, **values: Value | list[str]
) -> list[T]:
    """The rows of a query as objects of `row`, whose fields are the query's variables; a part of them where asked.

    Text fields take addresses and lexical forms (empty when unbound), `int` fields whole numbers.
    """
    if any(isinstance(value, list) and not value for value in values.values()):
        return []
    convert = _converters(row)  # type: ignore[arg-type]  # mypy takes no type for a hashable
    asked = query(name).part(*part) if part else query(name)
    return [_make(row, convert, solution) for solution in reader.select(asked.bind(**values), trusted=True)]


def fetch_some(
    reader: Reader, name: str, row: type[T], only: Sequence[str | tuple[str, ...]], **values: Value
) -> list[T]:
    """The rows of a query for these keys alone; the file says where they go in (`kg.queries.narrowed`)."""
    convert = _converters(row)  # type: ignore[arg-type]  # as above
    keys = [tuple(map(NamedNode, (key,) if isinstance(key, str) else key)) for key in only]
    asked = (replace(query(name), text=text).bind(**values) for text in header(name).asked(keys))
    return [_make(row, convert, solution) for text in asked for solution in reader.select(text, trusted=True)]


def header(name: str) -> Narrowed:
    """What a query's file says of how changes touch its rows."""
    return narrowed(FOLDER / f"{name}.rq")


def fetch_graph(reader: Reader, name: str, **values: Value | list[str]) -> list[Triple]:
    """The triples that a CONSTRUCT query makes."""
    return reader.construct(query(name).bind(**values), trusted=True)


def _make(row: type[T], convert: dict[str, Any], solution: Row) -> T:
    return row(**{name: make(text_of(solution[name])) for name, make in convert.items()})


@cache
def _converters(row: type) -> dict[str, Any]:
    hints = get_type_hints(row)
    return {f.name: _whole if hints[f.name] is int else str for f in fields(row)}


def _whole(text: str) -> int:
    return int(text or 0)
