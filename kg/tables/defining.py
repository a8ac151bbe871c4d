"""What tables there are: each query of the library gives one, and some are put together from several."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kg.citation import edition
from kg.errors import BadInput, ResultTooLarge
from kg.namespaces import local_of
from kg.queries import Query, all_queries, names
from kg.search import Search
from kg.store import Literal, NamedNode, Reader
from kg.tables.parameters import THING, Bound, Param, query_string, understand
from kg.tables.table import Cell, Row, Table, columns

MOST_ROWS = 10_000
"""How many rows a table may have, since it is made whole in memory; more come by an export or the endpoint."""
_SELECT = re.compile(r"^SELECT (?:DISTINCT )?(.*?)\bWHERE\b", re.MULTILINE | re.DOTALL)
_VARIABLE = re.compile(r"\(.*?AS \?(\w+)\)|\?(\w+)", re.DOTALL)
_ROW = re.compile(r"^# row: (.+)$", re.MULTILINE)
_ENDS_LIMITED = re.compile(r"\bLIMIT \d+\s*$")

Made = Sequence[Row]


@dataclass(frozen=True)
class Definition:
    """A table that can be asked for.

    Attributes:
        name: its name in addresses.
        title: what it answers.
        row: what a row is.
        params: what can be asked for.
        columns: the names of its columns.
        make: gives its rows.
        query: gives the SPARQL query with these values; None for what takes more than one query.
    """

    name: str
    title: str
    row: str
    params: tuple[Param, ...]
    columns: tuple[str, ...]
    make: Callable[[Reader, Search, Bound], Made]
    query: Callable[[Bound], str] | None = None

    def ask(self, reader: Reader, search: Search, given: Mapping[str, Sequence[str]]) -> Table:
        """The table for what somebody asks.

        Raises:
            BadInput, NotFound, Ambiguous: as `understand`.
            ResultTooLarge: it would have more than `MOST_ROWS` rows.
        """
        bound = understand(reader, search, self.params, given)
        rows = tuple(self.make(reader, search, bound))
        if len(rows) > MOST_ROWS:
            raise ResultTooLarge(f"This table has more than {MOST_ROWS:,} rows; export the base, or ask by SPARQL.")
        return Table(
            name=self.name,
            title=self._title(reader, bound),
            row=self.row,
            asked=query_string(bound),
            columns=columns(reader, self.columns, rows),
            rows=rows,
            query=self.query(bound) if self.query else "",
            edition=edition(reader),
        )

    def _title(self, reader: Reader, bound: Bound) -> str:
        things = [value for p in self.params if p.kind == THING for value in bound[p.name]]
        labels = names(reader, things)
        told = [labels.get(value, local_of(value)) for value in things[:3]]
        told += [value for p in self.params if p.kind != THING for value in bound[p.name] if value != p.default]
        more = f" and {len(things) - 3} more" if len(things) > 3 else ""
        return f"{self.title}: {', '.join(told)}{more}" if told else self.title


def of_query(query: Query) -> Definition:
    """The table that a query of the library gives."""
    head = _SELECT.search(query.text)
    row = _ROW.search(query.text)
    assert head
    assert row
    columns = tuple(a or b for a, b in _VARIABLE.findall(head[1]))

    def make(reader: Reader, search: Search, bound: Bound) -> Made:
        solutions = reader.select(_limited(query.bind(**bound)), trusted=True)
        return [{name: _cell(solution[name]) for name in columns} for solution in solutions]

    def text(bound: Bound) -> str:
        return query.bind(**bound).strip()

    return Definition(query.name, query.title, row[1], _params(query), columns, make, text)


def of_queries() -> tuple[Definition, ...]:
    """The tables of all queries of the library that give rows."""
    return tuple(of_query(query) for query in all_queries() if _ROW.search(query.text))


def bound_text(reader: Reader, search: Search, name: str, given: Mapping[str, Sequence[str]]) -> str:
    """The library's query of a name with what somebody gave as its parameters; with nothing given, as it stands.

    Raises:
        BadInput: there is no such query, or as `understand`.
        NotFound, Ambiguous: as `understand`.
    """
    query = next((found for found in all_queries() if found.name == name), None)
    if query is None:
        raise BadInput(f"There is no query called “{name}”; `gapbridge query --list` names them.")
    if not given:
        return query.text
    return query.bind(**understand(reader, search, _params(query), given))


def _cell(term: object) -> Cell:
    return (term,) if isinstance(term, NamedNode | Literal) else ()


def _limited(text: str) -> str:
    return text if _ENDS_LIMITED.search(text) else f"{text}\nLIMIT {MOST_ROWS + 1}"


def _params(query: Query) -> tuple[Param, ...]:
    return tuple(_param(query, name, what) for name, what in query.params)


def _param(query: Query, name: str, what: str) -> Param:
    block = re.search(rf"VALUES \?{name} \{{ ([\w-]+):([\w/-]+)", query.text)
    kind, slug = block.groups() if block else ("", "")
    example = "" if slug == "none" else f"{kind}:{slug}" if kind == "gap" else f"{kind}/{slug}"
    return Param(name, what, many="one or more" in what, example=example if block else "")
