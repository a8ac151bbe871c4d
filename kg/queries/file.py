"""Query files: each valid SPARQL as it stands, with example values in the places that are bound.

A parameter is a `VALUES ?name { … }` block, repeated where parts of a query need it; binding writes other terms into
it. So the same file is the code's query, a test, a runnable example, and what a page shows as the query that made it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg.errors import BadInput
from kg.store import Literal, NamedNode, Term

_HEADER = re.compile(r"^# (title|for|topic|param|row|graph|empty)\s*([\w-]*)\s*: (.*)$", re.MULTILINE)
_PART = re.compile(r"(?:LIMIT \d+  )?# part$", re.MULTILINE)
_VALUES = re.compile(r"VALUES \?(\w+) \{[^{}]*\}")
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
        """The query for some of its rows: sets limits in the places marked `# part`; these take no variables.

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
        return _written(self.text, {name: _block(name, value) for name, value in values.items()})


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


def _block(name: str, value: Value | Sequence[Value]) -> str:
    many = [value] if isinstance(value, str | Literal | NamedNode) else value
    return f"VALUES ?{name} {{ {' '.join(str(_term(one)) for one in many)} }}"


def _written(text: str, blocks: Mapping[str, str]) -> str:
    """A query with these blocks in place of its own, all in one go: what a value says is never read for a block."""
    found = set()

    def write(block: re.Match[str]) -> str:
        found.add(block[1])
        return blocks.get(block[1], block[0])

    text = _VALUES.sub(write, text)
    if missing := sorted(blocks.keys() - found):
        raise BadInput(f"The query needs a VALUES block for ?{missing[0]}.")
    return text
