"""What every engine must do that is to hold a base; the table in the README is made of these tests' results."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import replace

import pytest

from kg.answering import Pool, Question, open_pool
from kg.contributing import home, open_base
from kg.errors import QueryProblem
from kg.namespaces import GRAPH
from kg.settings import Settings
from kg.store import Reader
from kg.store.remote import Keeper, RemoteReader
from kg.store.remote.dataset import form_of
from kg.store.remote.opening import sharing
from kg.store.remote.probing import probe
from tests.remote.part import PARTS, queries


def test_the_self_test_finds_what_a_base_needs(machine: Settings) -> None:
    lacking = [trait for trait in probe(sharing(machine).client) if trait.needed and not trait.holds]
    assert lacking == []


def test_it_holds_the_base_statement_for_statement(machine: Settings) -> None:
    reader = open_base(machine)
    assert keeper(machine).head().revision == reader.revision
    assert keeper(machine).compare(reader) == []
    assert len(remote(machine)) == len(reader)


@pytest.mark.parametrize("part", PARTS)
def test_our_query_files_give_the_same_rows(machine: Settings, part: str) -> None:
    here, there = open_base(machine), remote(machine)
    texts, rows = queries(part), 0
    assert texts
    for name, text in texts.items():
        expected = found(here, text)
        assert found(there, text) == expected, name
        rows += bool(expected)
    assert rows > 0.8 * len(texts), "most have something to answer"


def test_it_answers_visitors_as_this_machine_does(machine: Settings) -> None:
    text = "SELECT ?s ?o WHERE { ?s a ?o } ORDER BY ?s ?o LIMIT 500"
    with visited(machine) as there, visited(without(machine)) as here:
        found, expected = there.answer(Question(text), "visitor"), here.answer(Question(text), "visitor")
    assert (found.revision, found.body) == (expected.revision, expected.body)


def test_visitors_see_our_graphs_alone(machine: Settings) -> None:
    head = f"{GRAPH}head"
    with visited(machine) as pool:
        for text in (
            f"SELECT ?s WHERE {{ GRAPH <{head}> {{ ?s ?p ?o }} }}",
            f"SELECT ?s FROM <{head}> WHERE {{ ?s ?p ?o }}",
            f"PREFIX g: <{GRAPH}> SELECT ?s FROM NAMED g:head WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        ):
            assert b'"bindings":[]' in pool.answer(Question(text), "visitor").body
        with pytest.raises(QueryProblem, match="SERVICE"):
            pool.answer(Question("SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), "visitor")


def keeper(settings: Settings) -> Keeper:
    """What keeps the server in step."""
    return sharing(settings).keeper


def remote(settings: Settings) -> RemoteReader:
    """A reader over the server itself."""
    return RemoteReader(sharing(settings).client, home(settings).journal.head)


def without(settings: Settings) -> Settings:
    """The same machine, where its own copy answers visitors."""
    assert settings.engine is not None
    return replace(settings, engine=replace(settings.engine, answers=False))


def visited(settings: Settings) -> closing[Pool]:
    """What answers visitors, for a `with` block."""
    return closing(open_pool(settings))


def found(reader: Reader, text: str) -> Counter[object]:
    """What a query finds, in whatever order things that sort alike come."""
    if form_of(text) == "CONSTRUCT":
        return Counter(map(str, set(reader.construct(text, trusted=True))))
    rows = reader.select(text, trusted=True)
    return Counter(tuple(sorted((name, str(term)) for name, term in row.items())) for row in rows)
