"""A table with all that must travel with it: what it is, at which version, how to cite it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.citation import Edition, cite
from kg.namespaces import BASE, PREFIXES, gap
from kg.queries import terms
from kg.store import Literal, NamedNode, Reader, Term

URI, STRING = "anyURI", "string"
_XSD = PREFIXES["xsd"]
_TYPES = frozenset({"integer", "decimal", "double", "boolean", "date", "dateTime", "gYear", "gYearMonth"})
_NAMED_OTHERWISE = {
    "standing": "linkBasis",
    "basis": "claimBasis",
    "document": "assertedIn",
    "voice": "voicedBy",
    "relation": "claimPredicate",
    "subject": "claimSubject",
    "object": "claimObject",
    "source": "Source",
    "tactic": "Tactic",
    "phase": "SupportPhase",
    "cause": "FailureCause",
    "claim": "Claim",
}
"""Columns that go by another name than the term whose meaning they have."""

Cell = tuple[Term, ...]
Row = dict[str, Cell]
"""A row: for each column its values; none where it is empty."""


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        name: as the query calls it.
        title: for people.
        description: what it holds; empty where the name says all.
        datatype: `anyURI`, `string`, or the type of XML Schema that all its values have.
        many: whether a cell may hold several values.
        language: of all its texts; empty where they have none or several.
    """

    name: str
    title: str
    description: str
    datatype: str
    many: bool
    language: str = ""


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        name: of the query or composition that gives it.
        title: what it answers, for which things.
        row: what a row is.
        asked: its parameters as they stand in an address.
        columns: in order.
        rows: in order.
        query: the SPARQL query that gives these rows; empty where it takes more than one.
        edition: the data's version and licences.
    """

    name: str
    title: str
    row: str
    asked: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    query: str
    edition: Edition

    def address(self, form: str) -> str:
        """Where the table stands in a form (`csv`, `json`, `ttl`, …), for good."""
        return f"{BASE}data/{self.name}.{form}{self.asked}"

    @property
    def citation(self) -> str:
        """How to cite it."""
        return cite(self.edition, self.title, self.address("csv"))


def columns(reader: Reader, names: Sequence[str], rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns with their titles, meanings and types.

    Args:
        reader: the base; its ontology tells what the columns named after a term mean.
        names: the columns in order.
        rows: the rows, whose values tell the types.
    """
    meanings = {row.term: row.definition for row in terms(reader)}
    return tuple(
        Column(
            name,
            _title(name),
            _meaning(name, names, meanings),
            _datatype(term for row in rows for term in row[name]),
            any(len(row[name]) > 1 for row in rows),
            _language(term for row in rows for term in row[name]),
        )
        for name in names
    )


def _title(name: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return words[:1].upper() + words[1:]


def _meaning(name: str, names: Sequence[str], meanings: dict[str, str]) -> str:
    stem = name.removesuffix("Label")
    if stem != name and stem in names:
        return f"The name of what stands in “{stem}”."
    return meanings.get(gap(_NAMED_OTHERWISE.get(name, name)), "")


def _datatype(terms: Iterable[Term]) -> str:
    found = {_type(term) for term in terms}
    return found.pop() if len(found) == 1 else STRING


def _language(terms: Iterable[Term]) -> str:
    found = {(term.language or "") if isinstance(term, Literal) else "" for term in terms}
    return found.pop() if len(found) == 1 else ""


def _type(term: Term) -> str:
    if isinstance(term, NamedNode):
        return URI
    name = term.datatype.value.removeprefix(_XSD) if isinstance(term, Literal) else ""
    return name if name in _TYPES else STRING
