"""The gallery of example queries: every query file, by whose question it is and what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.errors import NotFound
from kg.namespaces import PREFIXES
from kg.queries.file import Query, read_query
from kg.queries.rows import all_queries
from kg.settings import resource

AUDIENCES = ("practitioner", "researcher", "tool")
"""For whom the examples are, in the order in which they are shown."""
_FIRST = "cq01-tactics-against-dispersed-governance"
_OFFERED = ("gap", "cito", "dcterms", "oa", "prov", "rdfs", "skos", "xsd")
_ASIDE = re.compile(r"^# (?!title).*\n", re.MULTILINE)
_PREFIX = re.compile(r"^PREFIX ([\w-]*): <([^>]*)>\n", re.MULTILINE)


@dataclass(frozen=True)
class Topic:
    """Examples about one thing, for one kind of reader."""

    audience: str
    title: str
    queries: tuple[Query, ...]


@cache
def examples() -> tuple[Query, ...]:
    """All example queries: the questions that the model must answer, then the library's own."""
    competency = sorted((resource("ontology") / "competency").glob("*.rq"))
    return (*map(read_query, competency), *all_queries())


def example(name: str) -> Query:
    """The example of this name.

    Raises:
        NotFound: there is none.
    """
    found = {query.name: query for query in examples()}
    if name not in found:
        raise NotFound(name)
    return found[name]


@cache
def topics() -> tuple[Topic, ...]:
    """The gallery: by audience, then by topic in the order in which the examples bring them up."""
    found: dict[tuple[str, str], list[Query]] = {}
    for query in examples():
        found.setdefault((query.audience, query.topic), []).append(query)
    made = [Topic(audience, title, tuple(queries)) for (audience, title), queries in found.items()]
    return tuple(sorted(made, key=lambda topic: AUDIENCES.index(topic.audience)))


@cache
def prefixes() -> dict[str, str]:
    """The prefixes that the examples and the data files use, the longest addresses first."""
    used = {name: address for query in examples() for name, address in _PREFIX.findall(query.text)}
    return dict(sorted((PREFIXES | used).items(), key=lambda pair: (-len(pair[1]), pair)))


@cache
def first_query() -> str:
    """What an editor begins with: an example that says how each link came about, under the prefixes most used."""
    text = _ASIDE.sub("", example(_FIRST).text)
    offered = {name: PREFIXES[name] for name in _OFFERED} | dict(_PREFIX.findall(text))
    header = "".join(f"PREFIX {name}: <{address}>\n" for name, address in sorted(offered.items()))
    return _PREFIX.sub("", text).replace("SELECT ", header + "SELECT ", 1).strip()
