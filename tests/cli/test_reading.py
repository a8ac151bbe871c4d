"""Commands that read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from rdflib import RDFS, Dataset, Graph, URIRef

from kg import queries
from kg.contributing import open_base
from kg.namespaces import gap, thing
from kg.settings import read_settings
from tests.conftest import LONG


def test_info_tells_what_is_in_the_base(read):
    told = json.loads(read("info", "--compare", "--json").stdout)
    assert told["revision"] == 1
    assert told["counts"]["Tactic"] == 93
    assert told["counts"]["FailureCause"] == 4
    assert told["differsFromProgram"] is False


def test_a_path_from_a_cause_names_phase_tactics_sources_and_standing(read):
    told = read("path", "dispersed-governance").stdout
    assert "Tracking is set against it (by table, hypothesises)" in told
    assert "Two-way communication processes (as stated, recommends) · Proposed" in told
    assert "recommended in: Hudson et al. 2019" in told
    assert "contextual work: " in told


def test_path_and_query_give_the_same_rows(read):
    rows = list(csv.DictReader(io.StringIO(
        read("query", "--named", "path", "--set", "cause=dispersed-governance", "--format", "csv").stdout
    )))  # fmt: skip
    typed = json.loads(read("path", "dispersed-governance", "--json").stdout)
    walked = {
        (phase["phase"], tactic["tactic"], source["relation"], source["source"])
        for phase in typed["phases"]
        for tactic in phase["tactics"]
        for source in tactic["sources"] or [{"relation": "", "source": ""}]
    }
    assert walked == {(r["phase"], r["tactic"], r["relation"], r["source"]) for r in rows}
    assert len(rows) > 10


def test_a_path_between_two_things_tells_each_hop_with_place_and_standing(read):
    told = read("path", "two-way-communication", "dispersed-governance", "--length", "2").stdout
    assert "“Tracking” is set against “Dispersed governance”" in told
    assert "taken from a table of the source" in told
    assert "Table 2, row 2" in told


def test_no_path_is_said_with_what_to_try(read):
    result = read("path", "two-way-communication", "policy/uk-climate-change", "--length", "1")
    assert result.exit_code == 0
    assert "no claims join them in 1 step or fewer" in " ".join(result.stdout.split())


def test_a_path_from_another_thing_needs_an_end(read):
    result = read("path", "two-way-communication")
    assert result.exit_code == 2
    assert "is no cause of failure" in result.stderr


def test_an_unknown_thing_ends_with_1_and_the_nearest_names(read):
    result = read("show", "dispersed-goverance")
    assert result.exit_code == 1
    assert "failure-cause/dispersed-governance" in result.stderr


def test_an_ambiguous_name_is_told_with_the_longer_ones(read):
    result = read("show", "guidance")
    assert result.exit_code == 1
    assert "support-model-feature/guidance" in result.stderr


@pytest.mark.parametrize(
    "name",
    [
        "two-way-communication",
        "tactic/two-way-communication",
        "Two-way communication processes",
        thing("tactic", "two-way-communication"),
    ],
)
def test_a_thing_is_found_by_slug_kind_label_or_address(read, name):
    told = read("show", name).stdout
    assert "Proposed: Put forward. No cited evidence for this tactic is recorded here." in told


def test_show_of_a_source_lists_what_it_is_cited_for(read):
    told = json.loads(read("show", "ansell-2017", "--json").stdout)
    assert told["claims"]
    assert any(fact["valueLabel"] == "Known by citation only" for fact in told["facts"])


def test_search_finds_words_slips_and_letters_without_accents(read):
    def found(*words: str) -> set[str]:
        return {hit["thing"] for hit in json.loads(read("search", "--json", *words).stdout)}

    assert thing("failure-cause", "overly-optimistic-expectations") in found("overly", "optimistic")
    assert thing("source", "ansell-2017") in found("sorensen")
    assert thing("failure-cause", "dispersed-governance") in found("dispersd", "governance")


def test_search_that_finds_nothing_says_so(read):
    result = read("search", "xyzzyplugh")
    assert result.exit_code == 0
    assert "Nothing was found" in result.stdout


def test_a_query_from_a_file_and_from_standard_input(read, tmp_path):
    text = "SELECT (COUNT(?c) AS ?n) WHERE { ?c a <https://w3id.org/gapbridge/ns#FailureCause> }"
    file = tmp_path / "q.rq"
    file.write_text(text)
    assert read("query", str(file), "--format", "csv").stdout.split() == ["n", "4"]
    assert read("query", "-", "--format", "csv", given=text).stdout.split() == ["n", "4"]


def test_a_query_that_constructs_gives_turtle(read):
    told = read("query", "-", "--format", "ttl", given="CONSTRUCT WHERE { ?s a <https://w3id.org/gapbridge/ns#Pack> }")
    assert "pack/hudson-2019" in told.stdout


@pytest.mark.parametrize(("text", "reason"), [
    ("SELECT * WHERE { ?s ?p ", "error at 1:"),
    ("SELECT * WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is not allowed"),
    ("SELECT * WHERE " + "{" * 500, "nested or chained too far"),
])  # fmt: skip
def test_a_bad_query_is_told_with_its_reason(read, text, reason):
    result = read("query", "-", given=text)
    assert result.exit_code == 1
    assert reason in result.stderr


def test_queries_are_listed_with_their_parameters(read):
    told = read("query", "--list").stdout
    assert "From a cause to the phase set against it" in told
    assert read("query", "--named", "nonsense").exit_code == 2


def test_a_table_is_written_as_the_pages_give_it(read):
    rows = list(csv.DictReader(read("table", "path", "--set", "cause=dispersed-governance").stdout.splitlines()))
    asked = read("query", "--named", "path", "--set", "cause=dispersed-governance", "--format", "csv").stdout
    assert rows == list(csv.DictReader(asked.splitlines()))
    told = json.loads(read("table", "cards_of_gaps", "--format", "json").stdout)
    assert "revision 1, " in told["cite"]
    assert all(row["stanceLabel"] == "Reports an evidence gap" for row in told["rows"])


def test_tables_are_listed_and_refused_with_the_choices(read):
    assert "The paths between two things" in read("table", "--list").stdout
    assert read("table").exit_code == 2
    for words, told in ((("pathes",), "paths"), (("path",), "cause"), (("path", "--set", "x=y"), "cause")):
        refused = read("table", *words)
        assert refused.exit_code > 0
        assert told in refused.stderr


FORMATS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "trig": "trig", "nq": "nquads", "jsonld": "json-ld"}


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_rdf_export_holds_every_statement(read, filled, tmp_path, suffix):
    file = tmp_path / f"base.{suffix}"
    assert read("export", str(file)).exit_code == 0
    there = len(open_base(read_settings({"GAPBRIDGE_DATA": str(filled)})))
    assert len({quad.triple for quad in ox.parse(path=file)}) == there
    if LONG or suffix == "trig":  # another parser takes seconds for each
        data = Dataset(default_union=True)
        data.parse(file, format=FORMATS[suffix])
        assert len(data) == there


def test_a_graphml_export_holds_the_links(read, filled, tmp_path):
    file = tmp_path / "base.graphml"
    read("export", str(file))
    graph = nx.read_graphml(file)
    assert graph.nodes["tactic/two-way-communication"]["label"] == "Two-way communication processes"
    links = queries.domain_links(open_base(read_settings({"GAPBRIDGE_DATA": str(filled)})))
    assert graph.number_of_edges() == len(links)


def test_a_csv_export_is_the_table_of_accepted_claims(read, filled, tmp_path):
    file = tmp_path / "claims.csv"
    read("export", str(file))
    rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode())))
    assert len(rows) == len(queries.accepted_claims(open_base(read_settings({"GAPBRIDGE_DATA": str(filled)}))))
    assert {"supports", "stance/gap"} & {row["stance"] for row in rows}
    assert any("source/" in row["citedFor"] for row in rows)


@pytest.mark.parametrize("target", ["base.xyz", "no/such/folder/base.ttl"])
def test_an_export_that_cannot_be_written_says_why(read, tmp_path, target):
    result = read("export", str(tmp_path / target))
    assert result.exit_code == 2
    assert Path(target).name in result.stderr


def test_help_is_there_for_every_command(read):
    from kg.cli import main

    for name, command in main.commands.items():
        assert command.help, name
        assert read(name, "--help").exit_code == 0


@pytest.mark.parametrize(("form", "parser"), [("ttl", "turtle"), ("jsonld", "json-ld")])
def test_a_thing_is_shown_as_the_server_gives_it(read, form, parser):
    told = read("show", "two-way-communication", "--format", form)
    graph = Graph().parse(data=told.stdout, format=parser)
    assert (URIRef(thing("tactic", "two-way-communication")), None, None) in graph


def test_a_passage_and_a_term_are_shown_by_their_addresses(read):
    passage = thing("passage", "gold-weak-units-d3e57c69")
    assert "gap:locator" in read("show", passage, "--format", "ttl").stdout
    term = Graph().parse(data=read("show", "gap:addresses", "--format", "nt").stdout, format="nt")
    assert (URIRef(gap("addresses")), RDFS.label, None) in term
    assert read("show", thing("passage", "none"), "--format", "ttl").exit_code == 1


def test_a_query_that_makes_a_graph_is_printed_as_turtle(read):
    told = read("query", "--named", "describe_things", "--set", "thing=two-way-communication").stdout
    assert len(Graph().parse(data=told, format="turtle")) > 10
