"""What a rule or check reads, its header follows: no pattern of its query can change unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import URIRef, Variable

from kg.derivation.rules import Rule, rules
from kg.derivation.upkeep import NEVER_FOLLOWED
from kg.namespaces import PREFIXES, gap, thing
from kg.overview.making import ASKED
from kg.queries import behind_statuses, header
from kg.queries.narrowed import Narrowed, Way
from kg.queries.narrowed import pattern as read_pattern
from kg.store import CLAIMS_GRAPH, Literal, NamedNode, Pattern, Quad
from kg.validation import check_files

CHECKS = [Narrowed(name, text) for name, _, text in check_files()]
RULES = list(rules())
OF_OVERVIEW = [header(name) for name in sorted({question.query for question in ASKED})]
QUERIES = [*RULES, *CHECKS, *behind_statuses(), *OF_OVERVIEW]
UP, DOWN = frozenset({"added"}), frozenset({"removed"})
Read = tuple[Any, Any, Any, frozenset[str]]
"""Subject, property and object of a pattern, and by which changes it can make the query find more."""


@cache
def patterns(query: Narrowed) -> list[Read]:
    return list(read(translateQuery(parseQuery(query.text)).algebra))


def read(part: Any, by: frozenset[str] = UP) -> Iterator[Read]:
    """The patterns of a query, wherever they stand in it."""
    if isinstance(part, CompValue):
        if part.name == "BGP":
            for subject, predicate, value in part.triples:
                yield from steps(subject, predicate, value, by)
            return
        if part.name == "TriplesBlock":  # within EXISTS, as it was parsed
            for terms in part.triples:
                for at in range(0, len(terms), 3):
                    yield from steps(terms[at], terms[at + 1], terms[at + 2], by)
            return
        for name, inner in part.items():
            yield from read(inner, within(part.name, name, by))
    elif isinstance(part, list | tuple | set):
        for inner in part:
            yield from read(inner, by)


def within(part: str, name: str, by: frozenset[str]) -> frozenset[str]:
    if part in ("AggregateJoin", "Group", "OptionalGraphPattern") or (part, name) == ("LeftJoin", "p2"):
        return UP | DOWN
    if part in ("Builtin_NOTEXISTS", "MinusGraphPattern") or (part, name) == ("Minus", "p2"):
        return by if by == UP | DOWN else {UP: DOWN, DOWN: UP}[by]
    return by


def steps(subject: Any, predicate: Any, value: Any, by: frozenset[str]) -> Iterator[Read]:
    """A pattern, its property path taken to pieces."""
    if isinstance(predicate, SequencePath):
        ends = [subject, *(Variable(f"between{n}") for n in range(len(predicate.args) - 1)), value]
        for at, step in enumerate(predicate.args):
            yield from steps(ends[at], step, ends[at + 1], by)
    elif isinstance(predicate, AlternativePath):
        for step in predicate.args:
            yield from steps(subject, step, value, by)
    elif isinstance(predicate, InvPath):
        yield from steps(value, predicate.arg, subject, by)
    elif isinstance(predicate, MulPath):
        yield subject, predicate.path, Variable("on the way"), by
    else:
        assert not isinstance(predicate, Path)
        yield subject, predicate, value, by


def covers(query: Narrowed, first: Pattern | str, pattern: Read) -> bool:
    subject, predicate, value, _ = pattern
    me = f"?{subject}"
    if isinstance(first, str):
        return first == me
    if first.subject != me and not str(subject).startswith("between"):
        return False
    if not isinstance(first.object, str) and first.object.value != str(value):
        return False
    if isinstance(predicate, Variable):
        return first.predicate == f"?{predicate}" or listed(query, predicate) <= set(first.predicates)
    return NamedNode(str(predicate)) in first.predicates or (bool(first.predicate) and query.key == (me,))


def listed(query: Narrowed, variable: Variable) -> set[NamedNode | None]:
    """The properties that VALUES gives for a variable; something that no way has where it gives none."""
    found = re.search(rf"VALUES \?{variable} {{([^}}]*)}}", query.text)
    return {read_pattern(f"?s {name} ?o").predicates[0] for name in found[1].split()} if found else {None}


def is_of_ontology(pattern: Read, predicates: set[str]) -> bool:
    """Whether a pattern is about terms and shapes: a change of these is never followed."""
    subject, predicate, _, _ = pattern
    is_term = isinstance(subject, URIRef) or str(subject) in predicates
    return is_term or str(predicate).startswith(NEVER_FOLLOWED)


def follows(way: Way, by: frozenset[str]) -> bool:
    return (way.added or "added" not in by) and (way.removed or "removed" not in by)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_pattern_is_followed_from_what_changes(query: Narrowed) -> None:
    found = patterns(query)
    assert found
    predicates = {str(p) for _, p, _, _ in found if isinstance(p, Variable)} | {"relation"}
    always = UP | DOWN if query not in CHECKS else frozenset()
    for pattern in found:
        ways = [way.first for way in query.ways if follows(way, pattern[3] | always)]
        wanted = any(covers(query, first, pattern) for first in ways) or asked_whole(query, pattern)
        assert wanted or is_of_ontology(pattern, predicates), f"{query.name}: {pattern}"


def asked_whole(query: Narrowed, pattern: Read) -> bool:
    _, predicate, value, _ = pattern
    named = [p for p in query.whole if NamedNode(str(predicate)) in p.predicates]
    return any(isinstance(p.object, str) or p.object.value == str(value) for p in named)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_header_gives_all_variables_of_the_key_and_says_where_they_go(query: Narrowed) -> None:
    ways = [*((way.first, *way.rest) for way in query.ways), *query.again]
    for way in ways:
        named = {n for p in way for n in ((p,) if isinstance(p, str) else (p.subject, p.object, p.predicate))}
        assert named >= set(query.key), way
    assert "# narrowed" in query.text


def test_no_rule_builds_on_what_a_later_one_or_itself_writes_but_that_tension_holds_both_ways() -> None:
    """So what is derived stands as well for what each rule saw when it was asked."""
    written = {rule.name[:3]: {p for head in rule.template for p in head.predicates} for rule in rules()}
    for at, rule in enumerate(rules()):
        sees = {NamedNode(str(p)) for _, p, _, _ in patterns(rule) if isinstance(p, URIRef)}
        later = {p for name in list(written)[at:] for p in written[name]}
        assert sees & later == ({NamedNode(gap("inTensionWith"))} if rule.name.startswith("r04") else set())
        down = {NamedNode(str(p)) for _, p, _, by in patterns(rule) if isinstance(p, URIRef) and "removed" in by}
        assert not down & {p for predicates in written.values() for p in predicates}


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.writes], ids=lambda rule: rule.name)
def test_a_rule_says_all_the_properties_that_a_variable_stands_for(rule: Rule) -> None:
    head = re.search(r"CONSTRUCT { \?\w+ \?(\w+) ", rule.text)
    assert head
    pairs = re.search(rf"VALUES \(\?\w+ \?(?:own|{head[1]})\) {{(.*?)}}", rule.text, re.DOTALL)
    assert pairs
    written = set(re.findall(r"gap:\w+", pairs[1])) | set(re.findall(r", (gap:\w+), \?own\) AS", rule.text))
    assert set(rule.writes.split("|")) == written


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_way_asks_for_nothing_around_a_statement_that_the_query_does_not_ask_for(query: Narrowed) -> None:
    """Or it would end short of what the statement touches."""
    asked = {f"?{p}" if isinstance(p, Variable) else str(p) for _, p, _, _ in patterns(query)}
    free = {"?end", "?tie"} & asked  # variables that VALUES gives the properties for
    variables = {p for _, p, _, _ in patterns(query) if isinstance(p, Variable)}
    given = {p.value for variable in variables for p in listed(query, variable) if p}
    for pattern in (pattern for way in query.ways for pattern in way.rest):
        wanted = {p.value for p in pattern.predicates} or {pattern.predicate}
        assert asked | given >= wanted or free, pattern


def test_names_of_what_is_no_relation_have_nothing_asked_of_the_whole_base() -> None:
    """A reading has a name, a notion a definition: with each claim that is accepted two checks had gone through all."""
    reading, notion = NamedNode(thing("activity", "a")), NamedNode(thing("notion", "n"))
    said = [
        Quad(reading, NamedNode(PREFIXES["rdfs"] + "label"), Literal("A reading"), CLAIMS_GRAPH),
        Quad(notion, NamedNode(PREFIXES["skos"] + "definition"), Literal("Meant so."), CLAIMS_GRAPH),
        Quad(notion, NamedNode(PREFIXES["skos"] + "prefLabel"), Literal("Notion"), CLAIMS_GRAPH),
    ]
    assert [query.name for query in QUERIES if query.is_unbounded(said)] == []
