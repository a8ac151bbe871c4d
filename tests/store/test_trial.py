"""An update on a copy: its default graph is the union of our graphs, and what reaches elsewhere is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Store

from kg.errors import QueryProblem
from kg.namespaces import GRAPH, ID
from kg.store import CLAIMS_GRAPH, DERIVED_GRAPH, Quad, place
from kg.store.guard import LONGEST_UPDATE
from kg.store.trial import Proposal, update
from tests.store.store_support import says

PREFIXES = f"PREFIX g: <{GRAPH}> PREFIX s: <{ID}source/> PREFIX c: <{ID}claim/> PREFIX e: <http://example.org/>\n"
KNOWN = {says("a", "1"), says("b", "2"), says("c", "3", "claim")}
DERIVED = Quad(says("a", "1").subject, says("a", "1").predicate, says("a", "9").object, DERIVED_GRAPH)

BY_DEFAULT = Proposal("update", default_graphs=(CLAIMS_GRAPH.value,))
BY_NAME = Proposal("update", named_graphs=(CLAIMS_GRAPH.value,))


def after(text: str, proposal: Proposal | None = None) -> set[Quad]:
    """What stands in the copy after an update."""
    store = Store()
    store.extend([*KNOWN, DERIVED])
    update(store, PREFIXES + text, proposal or Proposal("update"))
    return set(store)


def test_what_goes_into_the_default_graph_is_placed_by_its_subject() -> None:
    assert after("INSERT DATA { s:d e:text '4' . c:d e:text '5' }") - KNOWN == {
        says("d", "4"),
        says("d", "5", "claim"),
        DERIVED,
    }


@pytest.mark.parametrize(
    "text",
    [
        "DELETE DATA { s:a e:text '1' . c:c e:text '3' }",
        "DELETE WHERE { s:a e:text ?x . c:c e:text ?y }",
        "DELETE { s:a e:text ?x . c:c e:text ?y . } WHERE { s:a e:text ?x . c:c e:text ?y }",
        "DELETE { s:a e:text ?x . GRAPH g:claims { c:c e:text ?y } . } WHERE { s:a e:text ?x . c:c e:text ?y }",
        "DELETE { GRAPH ?g { ?s e:text ?x } } WHERE { GRAPH ?g { ?s e:text ?x } FILTER(?x IN ('1', '3')) }",
        "DELETE { ?s e:text ?x } WHERE { ?s e:text ?x FILTER(?x != '2') }",
        "DELETE { ?s e:text ?x } USING g:claims USING g:sources WHERE { ?s e:text ?x FILTER(?x != '2') }",
        "delete data { s:a e:text '1'} ; delete where { c:c e:text ?x } ;",
    ],
)
def test_what_is_taken_out_of_the_default_graph_is_taken_out_of_any_that_people_write(text: str) -> None:
    assert after(text) == {says("b", "2"), DERIVED}


def test_an_operation_sees_what_the_one_before_it_did() -> None:
    text = "INSERT DATA { s:d e:text '4' } ; DELETE { s:d e:text ?x } INSERT { c:d e:text ?x } WHERE { s:d e:text ?x }"
    assert after(text) - KNOWN == {says("d", "4", "claim"), DERIVED}


def test_prefixes_hold_for_the_operations_after_them() -> None:
    text = f"INSERT DATA {{ s:d e:text '4' }} ; PREFIX z: <{ID}claim/> INSERT DATA {{ z:d e:text '5' }} ; "
    assert after(text + "DELETE DATA { z:c e:text '3' }") - KNOWN == {says("d", "4"), says("d", "5", "claim"), DERIVED}


@pytest.mark.parametrize(
    ("text", "proposal", "left"),
    [
        ("WITH g:claims DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", Proposal("update"), {says("a", "1"), says("b", "2")}),
        ("WITH g:derived DELETE { ?s ?p ?o } WHERE { GRAPH g:claims { ?s ?p ?o } }", Proposal("update"), KNOWN),
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", BY_DEFAULT, {says("a", "1"), says("b", "2")}),
        ("DELETE { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }", BY_NAME, {says("a", "1"), says("b", "2")}),
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", BY_NAME, KNOWN),
    ],
)
def test_graphs_that_are_named_are_the_ones_that_are_meant(text: str, proposal: Proposal, left: set[Quad]) -> None:
    assert after(text, proposal) == left | {DERIVED}


REFUSED = {
    "clear default": ("CLEAR DEFAULT", "union of our graphs"),
    "copy default": ("COPY DEFAULT TO g:claims", "union of our graphs"),
    "create": ("CREATE GRAPH g:claims", "exists"),
    "load": ("LOAD <http://127.0.0.1:1/>", "LOAD is not allowed"),
    "load later": ("INSERT DATA { s:d e:text '4' } ; LOAD SILENT <http://127.0.0.1:1/>", "LOAD is not allowed"),
    "load after nothing": (";LOAD <http://127.0.0.1:1/>", "LOAD is not allowed"),
    "load without semicolon": ("INSERT DATA { s:d e:text '4' } LOAD <http://127.0.0.1:1/>", "“LOAD” has no place here"),
    "load without space": ("LOAD<http://127.0.0.1:1/>", "LOAD is not allowed"),
    "load, prefixed": ("LOADs:x", "PREFIX or BASE"),
    "load, run together": ("LOADSILENT<http://127.0.0.1:1/>", "begins no operation"),
    "load, escaped": ("\\u004cOAD <http://127.0.0.1:1/>", "LOAD is not allowed"),
    "load after a comment": ("# x\n LOAD # y\n <http://127.0.0.1:1/>", "LOAD is not allowed"),
    "service": ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is not allowed"),
    "a query": ("SELECT * { ?s ?p ?o }", "begins no operation"),
    "run together": ("DELETEWHERE { ?s ?p ?o }", "begins no operation"),
    "using, run together": ("INSERT { s:a e:b ?x } USINGs:g WHERE { ?s ?p ?x }", "must stand before an address"),
    "no pattern": ("DELETE { s:a e:b 1 }", "WHERE is missing"),
    "an open bracket": ("DELETE WHERE { ?s ?p ?o", "not closed"),
    "a bracket too many": ("DELETE WHERE { ?s ?p ?o } }", "never opened"),
    "graphs twice": ("WITH g:claims DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH or USING"),
    "too deep": ("INSERT {} WHERE " + "{" * 100 + "}" * 100, "nested or chained"),
    "too deep in data": ("INSERT DATA { s:x e:b " + "[ e:b " * 100 + "1" + "]" * 100 + " }", "nested or chained"),
    "too long": ("#" * LONGEST_UPDATE, "at most"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_update_or_asks_for_too_much_is_refused(case: str) -> None:
    text, words = REFUSED[case]
    graphs = (CLAIMS_GRAPH.value,) if case == "graphs twice" else ()
    with pytest.raises(QueryProblem, match=words):
        after(text, Proposal("update", default_graphs=graphs))


def test_a_graph_that_is_no_address_cannot_be_slipped_in() -> None:
    wicked = "a:b> WHERE {} ; LOAD <http://127.0.0.1:1/"
    with pytest.raises(QueryProblem, match="no address of a graph"):
        after("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", Proposal("update", default_graphs=(wicked,)))


def test_the_place_of_a_fault_is_told_in_the_text_as_it_was_sent() -> None:
    with pytest.raises(QueryProblem, match="3:16"):
        after("DELETE { ?s ?p ?o }\nWHERE { ?s ?p }")


def test_data_may_be_long() -> None:
    many = " . ".join(f"s:x{i} e:text '{i}'" for i in range(5000))
    assert len(after(f"INSERT DATA {{ {many} }}")) == 5000 + len(KNOWN) + 1


# --- Against an engine whose default graph really holds the union ------------------------------------

_terms = st.sampled_from(["s:a", "s:b", "c:c", "?x", "?y"])
_values = st.sampled_from(["'1'", "'2'", "?x", "?z", "'a . GRAPH { } WHERE'@en", "1.0"])
_triples = st.builds("{} e:text {}".format, _terms, _values)
_within = st.builds("GRAPH {} {{ {} }}".format, st.sampled_from(["g:sources", "g:claims", "?g"]), _triples)
_bare = st.lists(_triples, min_size=1, max_size=2).map(" . ".join)
_blocks = st.lists(st.one_of(_bare.map("{} .".format), _within, _within.map("{} .".format)), max_size=3).map(" ".join)
_filters = st.sampled_from(["", "FILTER(?x != ?y)", "# WHERE } ;\n", "FILTER EXISTS { GRAPH ?g { ?x ?p ?o } }"])


def union(text: str) -> set[Quad]:
    """What an update leaves of a store that holds all statements twice, in the default graph and in their own."""
    store, everything = Store(), [*KNOWN, DERIVED]
    store.extend([*everything, *(Quad(*quad.triple) for quad in everything)])
    store.update(PREFIXES + text)
    by_default = {quad.triple for quad in store if quad.graph_name == DefaultGraph()}
    before = {quad.triple for quad in everything}
    left = {q for q in store if q.graph_name != DefaultGraph()}
    left -= {q for q in everything if q.triple in before - by_default and q != DERIVED}
    return left | {place((t.subject, t.predicate, t.object)) for t in by_default - before}


@given(st.sampled_from(["DELETE", "INSERT", "both"]), _blocks, _blocks, _blocks, _filters)
def test_an_operation_does_what_it_would_do_to_a_real_union(
    kind: str, deleted: str, inserted: str, pattern: str, rule: str
) -> None:
    inserted = inserted.replace("e:text", "e:new")  # what goes out and in at once would stand once in two places there
    heads = {"DELETE": f"DELETE {{ {deleted} }}", "INSERT": f"INSERT {{ {inserted} }}"}
    text = f"{heads.get(kind) or ' '.join(heads.values())} WHERE {{ {pattern} {rule} }}"
    assert after(text) == union(text)


@given(_blocks)
def test_the_short_form_does_what_it_would_do_to_a_real_union(pattern: str) -> None:
    assert after(f"DELETE WHERE {{ {pattern} }}") == union(f"DELETE WHERE {{ {pattern} }}")
