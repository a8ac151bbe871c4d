"""Query files: each valid SPARQL as it stands, with example values in the places that are bound.

A parameter is a `VALUES ?name { … }` block; binding writes other terms into that block. So the same file is the
code's query, a test, a runnable example, and what a page shows as the query that made it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg.errors import BadInput
from kg.store import Literal, NamedNode, Term

_HEADER = re.compile(r"^# (title|for|topic|param|row|graph|empty)\s*([\w-]*)\s*: (.*)$", re.MULTILINE)
_PART = re.compile(r"LIMIT \d+  # part$", re.MULTILINE)
_AUDIENCE, _TOPIC = "tool", "Parts of the pages"  # of the library's queries that tell nothing else
Value = str | Literal | NamedNode
"""What a parameter takes: an address as text, or a term."""


@dataclass(frozen=True)
class Query:
    """A query file.

    Attributes:
        name: the file's name without suffix.
        title: what it answers.
        params: parameter names with what each is.
        text: the whole file.
        audience: whose question it is: `practitioner`, `researcher` or `tool`.
        topic: what it is about, in the words under which such questions are listed.
        row: what a row of the answer is.
        empty: why it has no rows as things stand; empty where it has some.
    """

    name: str
    title: str
    params: tuple[tuple[str, str], ...]
    text: str
    audience: str = _AUDIENCE
    topic: str = _TOPIC
    row: str = ""
    empty: str = ""

    def part(self, first: int, most: int) -> Query:
        """The query for some of its rows: sets the limits marked `# part`, for LIMIT and OFFSET take no variables.

        Args:
            first: how many rows come before these.
            most: how many there are at most.

        Raises:
            BadInput: the query comes whole or not at all.
        """
        text, count = _PART.subn(f"LIMIT {int(most)} OFFSET {int(first)}", self.text)
        if not count:
            raise BadInput(f"The query “{self.name}” has no parts.")
        return replace(self, text=text)

    def bind(self, **values: Value | Sequence[Value]) -> str:
        """The query with these values in its parameters' blocks.

        Raises:
            BadInput: a parameter is missing or unknown, or a value cannot stand in a query.
        """
        names = {name for name, _ in self.params}
        if set(values) != names:
            raise BadInput(f"The query “{self.name}” takes {sorted(names) or 'no parameters'}.")
        text = self.text
        for name, value in values.items():
            many = [value] if isinstance(value, str | Literal | NamedNode) else value
            text = _write_block(text, name, [_term(v) for v in many])
        return text


@cache
def read_query(path: Path) -> Query:
    """The query in a file."""
    text = path.read_text(encoding="utf-8")
    headers = _HEADER.findall(text)
    params = tuple((name, rest) for key, name, rest in headers if key == "param")
    told = {key: rest for key, _, rest in headers}
    return Query(
        path.stem,
        told.get("title", path.stem),
        params,
        text,
        audience=told.get("for", _AUDIENCE),
        topic=told.get("topic", _TOPIC),
        row=told.get("row", ""),
        empty=told.get("empty", ""),
    )


def _term(value: Value) -> Term:
    if not isinstance(value, str):
        return value
    try:
        return NamedNode(value)
    except ValueError as error:
        raise BadInput(f"“{value}” is not a web address.") from error


def _write_block(text: str, name: str, terms: Sequence[Term]) -> str:
    block = re.compile(rf"VALUES \?{name} \{{[^{{}}]*\}}")
    written = f"VALUES ?{name} {{ {' '.join(str(term) for term in terms)} }}"
    text, count = block.subn(lambda _: written, text)
    if not count:
        raise BadInput(f"The query needs a VALUES block for ?{name}.")
    return text
