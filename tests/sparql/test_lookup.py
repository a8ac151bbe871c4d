"""Questions that are answered without a reader process: only those that can do no harm, and as a reader would."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.answering import Question, look_up
from kg.contributing import open_base
from kg.errors import QueryProblem
from kg.namespaces import gap, thing
from kg.settings import read_settings
from kg.store import Literal, NamedNode, place
from kg.store.engine import in_memory
from kg.store.lookup import MOST_ROWS

CAUSE = thing("failure-cause", "dispersed-governance")
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
ONE = f"SELECT ?label {{ <{CAUSE}> <{LABEL}> ?label }}"
PREFIXES = f"PREFIX gap: <{gap('')}>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"


@pytest.fixture(scope="module")
def reader(data):
    return open_base(read_settings({"GAPBRIDGE_DATA": str(data)}))


def rows(body):
    found = json.loads(body)
    return found["boolean"] if "boolean" in found else sorted(map(json.dumps, found["results"]["bindings"]))


def test_a_label_is_looked_up(reader):
    answer = look_up(reader, Question(ONE))
    (row,) = json.loads(answer.body)["results"]["bindings"]
    assert (row["label"]["value"], answer.kind, answer.revision) == ("Dispersed governance", "select", reader.revision)


@pytest.mark.parametrize(
    "text",
    [
        ONE + "  # why",
        ONE.replace("{", "WHERE\n{").replace("}", ".}"),
        f"ask{{<{CAUSE}> ?p ?o}}",
        PREFIXES + "SELECT * { ?s skos:broader ?o } LIMIT 3",
        PREFIXES + "select ?s #{\n{ ?s a gap:FailureCause }",
    ],
)
def test_lookups(reader, text):
    assert rows(look_up(reader, Question(text)).body) == rows(reader.answer(text, "json", "ttl"))


@pytest.mark.parametrize(
    "text",
    [
        "ASK {}",
        "SELECT * { ?s ?p ?s }",  # may step over everything
        "SELECT DISTINCT ?p { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?none { ?s ?p ?o }",  # rows without a size
        "SELECT * { ?s ?p ?o } ORDER BY ?s LIMIT 1",
        "SELECT * { ?s ?p ?o } OFFSET 100000000 LIMIT 1",
        "SELECT * { ?s ?p ?o } LIMIT 100000",
        "SELECT * FROM <x:g> { ?s ?p ?o } LIMIT 1",
        "SELECT * { ?s ?p ?o . ?o ?q ?r } LIMIT 1",
        "SELECT * { ?s <x:p>+ ?o } LIMIT 1",
        "SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 1",
        "SELECT * { SERVICE:x ?p ?o }",
        "SELECT * { <x:\\u0020> ?p ?o }",
        "DESCRIBE <x:y>",
        "SELECT ?s { ?s ?p ?o }",  # has too many rows
    ],
)
def test_all_else_goes_to_a_reader_process(reader, text):
    assert look_up(reader, Question(text)) is None


@pytest.mark.parametrize("form", ["csv", "tsv", ""])
def test_forms_whose_rows_have_no_least_size_go_there_too(reader, form):
    assert look_up(reader, Question(ONE, table=form)) is None


def test_chosen_graphs_go_there_too(reader):
    assert look_up(reader, Question(ONE, default_graphs=("x:g",))) is None


@pytest.mark.parametrize("form", ["json", "xml"])
def test_an_answer_is_whole_or_none(form):
    some = NamedNode("x:s"), NamedNode("x:p")
    for count in (100, MOST_ROWS, MOST_ROWS + 1):
        reader = in_memory(place((*some, Literal(str(number)))) for number in range(count))
        answer = look_up(reader, Question("SELECT ?o { <x:s> <x:p> ?o }", table=form))
        assert answer.body.count(b"literal") >= 100 if count == 100 else answer is None


def test_a_wrong_one_is_told_as_ever(reader):
    with pytest.raises(QueryProblem, match="Prefix not found"):
        look_up(reader, Question("SELECT ?s { ?s none:p ?o }"))


PLAIN_TERMS = ("?a", "?b", "?c", "a", "gap:FailureCause", "skos:prefLabel", "gap:addressesCause", "<x:y>")
TERMS = st.sampled_from([*PLAIN_TERMS, f"<{CAUSE}>", f"<{LABEL}>"])
HEADS = st.sampled_from(["ASK", "SELECT *", "SELECT ?a", "SELECT ?b ?c"])


@given(st.tuples(TERMS, TERMS, TERMS), HEADS, st.integers(0, 5))
@settings(max_examples=150, deadline=None)
def test_a_lookup_answers_as_the_engine_does(reader, terms, head, limit):
    text = f"{PREFIXES}{head} {{ {' '.join(terms)} }}" + (f" LIMIT {limit}" if limit and head != "ASK" else "")
    try:
        answer = look_up(reader, Question(text))
    except QueryProblem:
        with pytest.raises(QueryProblem):
            reader.answer(text, "json", "ttl")
        return
    if answer is None:
        return
    expected = rows(reader.answer(text, "json", "ttl"))
    assert len(rows(answer.body)) == len(expected) if "LIMIT" in text else rows(answer.body) == expected


def test_a_lookup_is_answered_while_every_reader_is_held_up(start, data):
    server = start(data)
    assert server.ask(path="/id/failure-cause/dispersed-governance").status == 200  # the base is open
    readers = [process for process in server.family() if b"kg.store.worker" in _command(process)]
    assert readers
    for process in readers:
        os.kill(process, signal.SIGSTOP)
    try:
        reply = server.ask(ONE, accept="application/sparql-results+json")
    finally:
        for process in readers:
            os.kill(process, signal.SIGCONT)
    assert b"Dispersed governance" in reply.body
    assert reply.headers["etag"]


def _command(process):
    return Path(f"/proc/{process}/cmdline").read_bytes()


def test_to_ask_whether_there_is_a_reader_counts_nothing():
    empty = in_memory([])
    assert bool(empty)
    assert len(empty) == 0
