"""What an assistant gets from the server."""

from __future__ import annotations

import pytest
from mcp import MCPError

from kg.namespaces import thing

TACTIC = "tactic/two-way-communication"
SENTENCE = "No cited evidence for this tactic is recorded here."
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GAP = "PREFIX gap: <https://w3id.org/gapbridge/ns#> "
CALLS = {
    "search": {"words": "brokers"},
    "describe": {"thing": TACTIC},
    "find_paths": {"start": "dispersed-governance"},
    "gaps": {},
    "query": {"sparql": GAP + "SELECT ?t ?c { ?t a gap:Tactic ; gap:addresses ?c } ORDER BY ?t ?c"},
    "cite": {"thing": "henkel-1991"},
}


def test_every_tool_says_what_it_takes_and_gives_and_that_it_only_reads(assistant):
    tools = {tool.name: tool for tool in assistant.portal.call(assistant.client.list_tools).tools}
    assert set(tools) == set(CALLS)
    for tool in tools.values():
        assert tool.description
        assert all(field["description"] for field in tool.input_schema.get("properties", {}).values())
        assert "read_this_first" in tool.output_schema["properties"]
        assert tool.annotations.read_only_hint


@pytest.mark.parametrize("name", CALLS)
def test_every_answer_says_how_far_it_carries_in_object_and_text(assistant, name):
    answer = assistant.tool(name, **CALLS[name])
    assert not answer.is_error
    first = answer.structured_content["read_this_first"]
    assert first
    assert all(note in answer.content[0].text for note in first)
    assert answer.structured_content["revision"] == 1


def test_a_tactic_is_described_with_status_standing_and_addresses(assistant):
    answer = assistant.tool("describe", thing="Two-way communication processes")
    found = answer.structured_content
    assert SENTENCE in found["read_this_first"][0]
    assert found["status"]["status"] == "Proposed"
    assert found["thing"]["thing"] == thing(*TACTIC.split("/"))
    assert {"stance", "force", "basis", "standing", "place", "read_in", "cited"} <= set(found["claims"][0])
    assert found["links"][0]["note"].endswith("not stated in a source.")


def test_a_path_from_a_cause_tells_the_standing_of_each_step(assistant):
    phase = assistant.tool("find_paths", start="dispersed-governance").structured_content["phases"][0]
    assert (phase["phase"]["label"], phase["standing"], phase["force"]) == (
        "Tracking",
        "taken from a table of the source",
        "Hypothesises",
    )
    assert SENTENCE in phase["tactics"][0]["status"]["sentence"]


def test_rows_of_a_query_come_with_names_and_status_of_what_is_in_them(assistant):
    found = assistant.tool("query", **CALLS["query"], limit=5).structured_content
    assert found["columns"] == ["t", "c"]
    assert len(found["rows"]) == 5
    assert found["rows_left_out"] > 50
    notes = {thing["thing"]: thing["note"] for thing in found["things"]}
    assert all("claims" in notes[tactic] for tactic, _ in found["rows"])


def test_a_gist_in_a_row_brings_the_marks_of_its_claim(assistant):
    inferred = GAP + "SELECT ?gist { ?c gap:gist ?gist ; gap:linkBasis <%s> } ORDER BY ?gist"
    found = assistant.tool("query", sparql=inferred % thing("link-basis", "curator-inference"), limit=3)
    things = found.structured_content["things"]
    assert len(things) == 3
    assert all(t["label"].startswith("[Inferred by a curator: not stated in a source]") for t in things)


def test_a_query_answers_truth_values_and_graphs(assistant):
    assert assistant.tool("query", sparql="ASK { ?s ?p ?o }").structured_content["truth"] is True
    told = assistant.tool("query", sparql=GAP + "CONSTRUCT WHERE { ?s a gap:FailureCause }").structured_content
    assert "failure-cause/dispersed-governance" in told["turtle"]
    assert len(told["things"]) == 4


@pytest.mark.parametrize(("name", "arguments", "words"), [
    ("describe", {"thing": "dispersed-goverance"}, "Did you mean: failure-cause/dispersed-governance"),
    ("describe", {"thing": "guidance"}, "support-model-feature/guidance"),
    ("describe", {"thing": TACTIC, "limit": 0}, "“limit” takes a whole number from 1 to 200, not 0."),
    ("describe", {}, "thing"),
    ("search", {"words": " "}, "takes one or more words"),
    ("search", {"words": "brokers", "kind": "tactics"}, "There is no kind “tactics”. Kinds are, for instance: tactic"),
    ("find_paths", {"start": TACTIC}, "is no cause of failure; say in “end”"),
    ("find_paths", {"start": TACTIC, "end": "nowhere-at-all"}, "nothing called “nowhere-at-all”"),
    ("gaps", {"about": "dispersed-goverance"}, "Did you mean"),
    ("query", {"sparql": "SELECT * WHERE { ?s ?p "}, "error at 1:"),
    ("query", {"sparql": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}, "SERVICE is not allowed"),
    ("query", {"sparql": "DELETE WHERE { ?s ?p ?o }"}, "error at 1:"),
    ("query", {"sparql": "SELECT * { ?s ?p ?o }"}, "larger than 4 MB"),
    ("query", {"sparql": ""}, "takes a SPARQL 1.1 query"),
    ("cite", {"thing": "henkel-1919"}, "Did you mean: source/henkel-1991"),
])  # fmt: skip
def test_what_is_asked_wrongly_is_told_in_words(assistant, name, arguments, words):
    answer = assistant.tool(name, **arguments)
    assert answer.is_error
    assert words in answer.content[0].text


def test_an_endless_query_is_stopped_while_others_are_answered(assistant):
    endless = assistant.later("query", sparql=RUNAWAY)
    assert not assistant.tool("search", words="brokers").is_error
    assert not assistant.tool("query", sparql="ASK { ?s ?p ?o }").is_error
    assert not endless.done()
    assert "This query ran for 4 seconds, the most it may" in endless.result(60).content[0].text


def test_resources_tell_rules_terms_examples_and_things(assistant):
    about = assistant.resource("gapbridge://about")
    assert "What this base is, and is not" in about
    assert "Hypothesises: Put forward as a thought to be tested." in about
    assert "gap:linkBasis (ObjectProperty" in assistant.resource("gapbridge://ontology")
    assert "gapbridge://query/cq06-where-evidence-is-missing" in assistant.resource("gapbridge://queries")
    assert assistant.resource(f"gapbridge://thing/{TACTIC}") == assistant.told("describe", thing=TACTIC)


def test_an_example_query_runs_as_it_stands(assistant):
    text = assistant.resource("gapbridge://query/cq06-where-evidence-is-missing")
    assert assistant.tool("query", sparql=text).structured_content["rows"]


@pytest.mark.parametrize(
    "address", ["thing/tactic/two-way-comunication", "query/cq99", "thing/tactic/..%2Fx", "nothing"]
)
def test_an_unknown_resource_is_told_as_such(assistant, address):
    with pytest.raises(MCPError, match=r"nothing called|Unknown resource"):
        assistant.resource(f"gapbridge://{address}")


def test_prompts_lead_through_gaps_and_status(assistant):
    prompts = assistant.portal.call(assistant.client.list_prompts).prompts
    assert {prompt.name for prompt in prompts} == {"from-a-worry-to-tactics", "check-a-statement"}
    told = assistant.portal.call(assistant.client.get_prompt, "check-a-statement", {"statement": "Brokers help."})
    assert "> Brokers help." in told.messages[0].content.text


def test_the_server_tells_assistants_to_carry_standing_over(assistant):
    assert "Never tell of a claim without its stance" in assistant.client.instructions
