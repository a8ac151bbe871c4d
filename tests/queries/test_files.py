"""The query files: valid as they stand, documented, each with one typed function, and bound without a hole."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from dataclasses import fields
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.queries
from kg.errors import BadInput
from kg.namespaces import GRAPH, gap, thing
from kg.queries import AUDIENCES, Query, all_queries, query, read_query
from kg.queries.rows import FOLDER
from tests.data_support import base

QUERIES = all_queries()
HEADER = re.compile(r"^# (title|param|row|graph)\s*([\w-]*)\s*: (.+)$", re.MULTILINE)

SELECTS = [q for q in QUERIES if "\n# row: " in q.text]

COMMON_GROUND = thing("tactic", "common-ground-with-implementers")
BOUND = {
    "addressed": {"thing": thing("tactic", "best-available-evidence")},
    "addressing": {"thing": thing("failure-cause", "dispersed-governance")},
    "causes_signed": {"sign": thing("notion", "administrative-silo")},
    "claim_cards": {"claim": thing("claim", "gold-weak-units-d3e57c69")},
    "claim_lines": {"claim": thing("claim", "gold-weak-units-d3e57c69")},
    "claim_marks": {"claim": thing("claim", "gold-weak-units-d3e57c69")},
    "claim_record": {"claim": thing("claim", "gold-weak-units-d3e57c69")},
    "claim_relations": {"claim": thing("claim", "gold-weak-units-d3e57c69")},
    "claim_statements": {"claim": thing("claim", "gold-weak-units-d3e57c69")},
    "claim_works": {"claim": thing("claim", "gold-weak-units-d3e57c69")},
    "claims_setting": {"claim": thing("claim", "table2-tracking-dispersed-governance-6e80e0a2")},
    "claims_at_odds": {"claim": thing("claim", "failure-is-nonachievement-e1f88ce2")},
    "claims_about": {"thing": thing("body-type", "delivery-unit")},
    "claims_around": {"cause": thing("failure-cause", "vagaries-of-the-political-cycle")},
    "claims_by_inference": {"thing": thing("tactic", "explore-options")},
    "claims_in_context": {"thing": thing("support-phase", "review")},
    "claims_in_part": {"thing": thing("support-phase", "tracking")},
    "claims_linking_source": {"thing": thing("tactic", "action-research")},
    "claims_of_phase": {"phase": thing("support-phase", "review")},
    "claims_of_source": {"thing": thing("source", "baron-2018")},
    "claims_on_link": {
        "subject": thing("body-type", "delivery-unit"),
        "relation": gap("leadsTo"),
        "object": thing("outcome", "additional-problems"),
    },
    "describe_claims": {"claim": thing("claim", "gold-weak-units-d3e57c69")},
    "describe_names": {"thing": thing("person", "gold-j")},
    "describe_things": {"thing": thing("tactic", "action-research")},
    "choices": {"of": [thing("scheme", "stance"), gap("ClaimRelation")]},
    "factors_of": {"thing": thing("failure-cause", "overly-optimistic-expectations")},
    "facts": {"thing": thing("policy", "care-act-2014")},
    "fate": {"thing": thing("claim", "gold-weak-units-d3e57c69")},
    "form_fields": {"of": gap("Claim")},
    "gists": {"claim": thing("claim", "gold-weak-units-d3e57c69")},
    "graph_content": {"graph": GRAPH + "schemes"},
    "hop_words": {"claim": thing("claim", "gold-weak-units-d3e57c69")},
    "list_of": {"cls": gap("Outcome")},
    "map_of_causes": {"across": gap("Outcome")},
    "matrix_places": {"framework": thing("scheme", "matland-type")},
    "members_alone": {"framework": thing("scheme", "australian-criterion")},
    "members_counted": {"framework": thing("scheme", "tactic")},
    "members": {"framework": thing("scheme", "tactic")},
    "names": {"thing": thing("person", "gold-j")},
    "neighbours": {"thing": thing("body-type", "delivery-unit")},
    "onward": {"thing": thing("failure-cause", "overly-optimistic-expectations")},
    "of_class": {"cls": gap("Policy")},
    "outcomes_of_users": {"tactic": thing("tactic", "feedback-from-all-users")},
    "pack_things": {"pack": thing("pack", "common")},
    "path": {"cause": thing("failure-cause", "vagaries-of-the-political-cycle")},
    "phases_against": {"cause": thing("failure-cause", "vagaries-of-the-political-cycle")},
    "own_facts": {"thing": thing("source", "gold-2017")},
    "phases_of": {"tactic": thing("tactic", "two-way-communication")},
    "pointing": {"thing": thing("person", "gold-j")},
    "read_in": {"thing": thing("source", "hudson-2019")},
    "references": {"thing": thing("source", "ansell-2017")},
    "sources_of": {"thing": thing("body-type", "delivery-unit")},
    "summary": {"thing": thing("tactic", "action-research")},
    "tactics_for": {"thing": thing("failure-cause", "dispersed-governance")},
    "tactics_against": {"cause": thing("failure-cause", "vagaries-of-the-political-cycle")},
    "thing": {"thing": thing("scheme", "tactic")},
    "those_of_class": {"thing": [thing("tactic", "action-research"), thing("source", "gold-2017")], "cls": gap("Item")},
    "things_by_source": {"source": thing("source", "gold-2017")},
    "warnings_about": {"thing": thing("body-type", "delivery-unit")},
    "changed_answers": {"release": thing("revision", "1")},
    "citations_of": {"source": thing("source", "hudson-2019")},
    "claim_notes": {"claim": thing("claim", "tactics-drawn-from-article-4a1cb1cb")},
    "claims_on_read_data": {"thing": COMMON_GROUND, "wanted": thing("stance", "supports")},
    "claims_taking_side": {"thing": COMMON_GROUND, "wanted": thing("stance", "supports")},
    "claims_read_in": {"source": thing("source", "hudson-2019")},
    "claims_referring": {"source": thing("source", "aid-effectiveness-2014")},
    "kinds_read_in": {"source": thing("source", "hudson-2019")},
    "claims_voiced": {"agent": thing("person", "adam-lang")},
    "disagreements": {"source": thing("source", "hudson-2019")},
    "people_of": {"body": thing("body", "care-inspectorate")},
    "readings_of": {"thing": thing("policy", "care-act-2014")},
    "resting_on": {"source": thing("source", "nao-2013")},
    "revision_of_contribution": {"contribution": ox.Literal("5f1c0e7a9b3d4f6082c1a7e5")},
    "revision_records": {"revision": thing("revision", "1")},
    "works_behind": {"thing": thing("tactic", "action-research")},
    "works_by": {"agent": thing("person", "gold-j")},
}
"""Something that each query with parameters has an answer for."""
NOTHING_YET = {
    "added_packs",
    "appraised_works",
    "claims_on_read_data",
    "claims_voiced",
    "established_by_appraisal",
    "fate",
    "notices",
    "releases",
    "changed_answers",
    "outcomes_of_users",
    "pack_things",
    "people_of",
    "revision_of_contribution",
    "revision_records",
    "revisions",
    "things_from_packs",
    "unsettled",
}
"""No appraisal travels with the seed data, nothing in it is withdrawn, no pack was added, a base in memory has no
revisions, and the core article gives nobody's words or post and tells of no policy's outcome."""


def name(found: Query) -> str:
    return found.name


def functions() -> dict[str, tuple[str, type]]:
    """What the function that asks each query says of itself, and its row type, read from the modules' code."""
    found: dict[str, tuple[str, type]] = {}
    for info in pkgutil.iter_modules(kg.queries.__path__, "kg.queries."):
        module = importlib.import_module(info.name)
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for function in (n for n in tree.body if isinstance(n, ast.FunctionDef)):
            for call in (n for n in ast.walk(function) if isinstance(n, ast.Call)):
                if getattr(call.func, "id", "") in ("fetch", "fetch_graph"):
                    asked, row = call.args[1], call.args[2] if len(call.args) > 2 else ast.Name("Triple")
                    assert isinstance(asked, ast.Constant)
                    assert isinstance(row, ast.Name)
                    assert asked.value not in found, f"two functions ask {asked.value}"
                    found[str(asked.value)] = (ast.get_docstring(function) or "", getattr(module, row.id))
    return found


FUNCTIONS = functions()


def answered(text: str) -> list[object]:
    """What a query gives: rows, or triples for one that makes a graph."""
    found = base().store.query(text, use_default_graph_as_union=True)
    assert not isinstance(found, ox.QueryBoolean)
    return list(found)


def variables(text: str) -> list[str]:
    solutions = ox.Store().query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    return [v.value for v in solutions.variables]


def test_every_file_is_a_query_and_every_query_has_a_function() -> None:
    assert {q.name for q in QUERIES} == {path.stem for path in FOLDER.iterdir()} == set(FUNCTIONS)


@pytest.mark.parametrize("found", QUERIES, ids=name)
def test_documented(found: Query) -> None:
    keys = [key for key, _, _ in HEADER.findall(found.text)]
    assert keys.count("title") == keys.count("row") + keys.count("graph") == 1
    assert found.title != found.name
    assert found.audience in AUDIENCES
    assert found.topic
    what, _ = FUNCTIONS[found.name]
    assert what


@pytest.mark.parametrize("found", SELECTS, ids=name)
def test_projection_is_the_row_type(found: Query) -> None:
    _, row = FUNCTIONS[found.name]
    assert variables(found.text) == [f.name for f in fields(row)]


@pytest.mark.parametrize("found", SELECTS, ids=name)
def test_the_order_is_fixed(found: Query) -> None:
    assert re.search(r"^ORDER BY ", found.text, re.MULTILINE)


@pytest.mark.parametrize("found", QUERIES, ids=name)
def test_each_parameter_has_a_block_with_one_example_and_each_block_a_use(found: Query) -> None:
    for param, what in found.params:
        assert what
        assert len(set(re.findall(rf"VALUES \?{param} \{{[^}}]*\}}", found.text))) == 1
        assert len(re.findall(rf"\?{param}\b", found.text)) > 1


@pytest.mark.parametrize("found", QUERIES, ids=name)
def test_runs_as_it_stands(found: Query) -> None:
    answered(found.text)


@pytest.mark.parametrize("found", QUERIES, ids=name)
def test_answers_on_the_seed_data(found: Query) -> None:
    assert bool(found.params) == (found.name in BOUND)
    assert bool(answered(found.bind(**BOUND.get(found.name, {})))) == (found.name not in NOTHING_YET)


def test_binding_refuses_what_is_unknown_or_missing() -> None:
    for values in ({}, {"thng": "urn:x"}, {"thing": "urn:x", "more": "urn:x"}):
        with pytest.raises(BadInput, match="takes"):
            query("names").bind(**values)
    with pytest.raises(BadInput, match="no parameters"):
        query("causes").bind(thing="urn:x")


def test_binding_refuses_what_is_no_address() -> None:
    for value in ("two words", "", "tactic/x", "http://x/> } UNION { ?s ?p ?o"):
        with pytest.raises(BadInput, match="not a web address"):
            query("names").bind(thing=value)


COUNTING = {"readings_of"}
"""Queries that count within the part asked for, so that their parts do not make up the whole."""
PARTS = [q for q in QUERIES if "# part" in q.text and q.name not in COUNTING | NOTHING_YET]


@pytest.mark.parametrize("found", PARTS, ids=name)
def test_the_parts_of_an_answer_make_up_the_whole_in_its_order(found: Query) -> None:
    bound = BOUND.get(found.name, {})
    every = [str(row) for row in answered(found.bind(**bound))]
    first = [str(row) for row in answered(found.part(0, 1).bind(**bound))]
    rest = [str(row) for row in answered(found.part(1, 10_000).bind(**bound))]
    assert sorted(first + rest) == sorted(every)
    assert 0 < len(first) < len(every)


def test_what_has_no_parts_says_so() -> None:
    with pytest.raises(BadInput, match="has no parts"):
        query("names").part(0, 1)


def test_a_parameter_without_its_block_is_told() -> None:
    broken = Query("broken", "", (("thing", "x"),), "SELECT ?thing WHERE { ?thing ?p ?o }")
    with pytest.raises(BadInput, match="needs a VALUES block"):
        broken.bind(thing="urn:x")


TWO = """# title: Two
# param one: a term
# param other: a term
SELECT ?one ?other WHERE { VALUES ?one { <urn:a> } VALUES ?other { <urn:b> } }"""
EVIL = ("} UNION { ?s ?p ?o", "> } #", "VALUES ?other { <urn:evil> }", "VALUES ?one { ", '" } #', "\\u003E", "\\", "\n")
NASTY = st.sampled_from(EVIL)
TEXT = st.lists(st.text() | NASTY, max_size=4).map("".join)
TERMS = st.one_of(
    TEXT,
    TEXT.map(lambda text: "http://example.org/" + text),
    TEXT.map(ox.Literal),
    TEXT.map(lambda text: ox.Literal(text, language="en")),
    TEXT.map(lambda text: ox.Literal(text, datatype=ox.NamedNode("http://example.org/type"))),
)


def asked(tmp: Path) -> Query:
    path = tmp / "two.rq"
    path.write_text(TWO, encoding="utf-8")
    return read_query(path)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Query:
    return asked(tmp_path_factory.mktemp("queries"))


@given(one=TERMS, other=TERMS)
def test_binding_injects_nothing(two: Query, one: str | ox.Literal, other: str | ox.Literal) -> None:
    """Whatever is handed in either is refused or comes back as exactly that term."""
    try:
        bound = two.bind(one=one, other=other)
    except BadInput:
        return
    wanted = [ox.NamedNode(value) if isinstance(value, str) else value for value in (one, other)]
    assert [[row["one"], row["other"]] for row in ox.Store().query(bound)] == [wanted]  # type: ignore[union-attr]


def test_many_values_are_bound_at_once(two: Query) -> None:
    bound = two.bind(one=["urn:x", ox.Literal("y")], other="urn:z")
    found = [row["one"] for row in ox.Store().query(bound)]  # type: ignore[union-attr]
    assert found == [ox.NamedNode("urn:x"), ox.Literal("y")]
