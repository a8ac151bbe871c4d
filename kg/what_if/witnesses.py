"""How every derived link came about: the rules of `ontology/rules` asked not what they write, but from what.

Each rule is a CONSTRUCT query. Asked as SELECT * it gives the same solutions with all they bind: the claims and the
works by which the rule wrote a link. A link stands as long as one of these solutions does (“why-provenance”, Buneman,
Khanna and Tan, ICDT 2001), so what falls without a source needs no second run of the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from kg.derivation import rule_files
from kg.namespaces import gap
from kg.store import Reader, Row, text_of

Triple = tuple[str, str, str]
"""A link by the addresses of its subject, relation and object."""

BUILT_ON: dict[str, tuple[tuple[str, str, str], ...]] = {
    "r03": (("tactic", "inPhase", "phase"), ("phase", "respondsTo", "cause")),
    "r04": (("a", "inTensionWith", "b"),),
}
"""The rules that build on links of earlier rules, by the beginning of their names: variable, relation, variable."""

_CLAIMS = ("claim", "placing", "inference", "premise")
_WORKS = ("work", "source")
_TEMPLATE = re.compile(r"^CONSTRUCT \{([^}]*)\}\s*WHERE", re.MULTILINE)
_PROJECTION = re.compile(r"SELECT (?:DISTINCT )?(?:\?\w+ )+WHERE")


@dataclass(frozen=True)
class Witness:
    """One way in which a rule wrote a link.

    Attributes:
        link: what it wrote.
        rule: the rule's file name without suffix.
        claims: the claims it used.
        works: the sources by whose citation it holds.
        links: the links of earlier rules it built on.
    """

    link: Triple
    rule: str
    claims: frozenset[str]
    works: frozenset[str]
    links: tuple[Triple, ...]


def witnesses(reader: Reader) -> list[list[Witness]]:
    """How every derived link came about, rule by rule in the order in which they apply."""
    return [list(_of_rule(reader, path)) for path in rule_files()]


def standing_links(
    rules: Sequence[Sequence[Witness]], gone: Set[str] = frozenset(), taken: Set[str] = frozenset()
) -> frozenset[Triple]:
    """The derived links that stand without some claims and sources.

    Args:
        rules: how each link came about, rule by rule in the order in which they apply.
        gone: the claims that go.
        taken: the sources that are taken away.
    """
    standing: set[Triple] = set()
    for rule in rules:
        standing |= {
            way.link
            for way in rule
            if way.claims.isdisjoint(gone) and way.works.isdisjoint(taken) and standing.issuperset(way.links)
        }
    return frozenset(standing)


def witness_query(text: str) -> tuple[list[tuple[str, str, str]], str]:
    """A rule's template, and the rule as a query that tells all it binds.

    Args:
        text: a CONSTRUCT query whose template holds variables and terms of ours alone.

    Raises:
        ValueError: it is none.
    """
    found = _TEMPLATE.search(text)
    if not found:
        raise ValueError("This is no rule: it has no CONSTRUCT template.")
    return _patterns(found[1].split()), _PROJECTION.sub("SELECT * WHERE", _TEMPLATE.sub("SELECT * WHERE", text))


def _patterns(tokens: list[str]) -> list[tuple[str, str, str]]:
    """`?s p ?o ; q ?r` as triples."""
    subject, rest = tokens[0], tokens[1:]
    return [(subject, rest[at], rest[at + 1]) for at in range(0, len(rest), 3)]


def _of_rule(reader: Reader, path: Path) -> Iterator[Witness]:
    template, query = witness_query(path.read_text(encoding="utf-8"))
    built_on = BUILT_ON.get(path.stem[:3], ())
    for row in reader.select(query, trusted=True):
        claims = frozenset(text_of(row[name]) for name in _CLAIMS if row.get(name) is not None)
        works = frozenset(text_of(row[name]) for name in _WORKS if row.get(name) is not None)
        links = tuple((text_of(row[a]), gap(relation), text_of(row[b])) for a, relation, b in built_on)
        for pattern in template:
            subject, relation, value = (_term(row, part) for part in pattern)
            yield Witness((subject, relation, value), path.stem, claims, works, links)


def _term(row: Row, part: str) -> str:
    return text_of(row[part[1:]]) if part.startswith("?") else gap(part.removeprefix("gap:"))
