"""Paths: the rows of the query and what the command line prints, each with its standing; no path is explained."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from kg.cli import main
from kg.namespaces import gap, thing
from kg.paths import free
from kg.queries import path as rows_of
from kg.settings import Settings
from webui.api.operations import ROOT
from webui.base import Opened

Json = dict[str, Any]
CAUSES = (
    "overly-optimistic-expectations",
    "dispersed-governance",
    "inadequate-collaborative-policymaking",
    "vagaries-of-the-political-cycle",
)
ORDER = ["as-stated", "by-table", "by-phase", "pack-mapping", "curator-inference"]


def ask(client: FlaskClient, query: str) -> Json:
    answer = client.get(f"{ROOT}/paths?{query}")
    assert answer.status_code == 200, answer.text
    found: Json = answer.get_json()
    return found


def printed(seeded: Settings, *words: str) -> Json:
    found = CliRunner().invoke(main, ["path", *words, "--json"], env={"GAPBRIDGE_DATA": str(seeded.data)})
    told: Json = json.loads(found.stdout)
    return told


def things(path: Json) -> list[str]:
    return [item["iri"] for item in path["things"]]


def rank(path: Json) -> int:
    return ORDER.index(path["standing"]["iri"].rpartition("/")[2])


@pytest.mark.parametrize("cause", CAUSES)
def test_typed_paths_are_the_rows_of_the_query(client: FlaskClient, opened: Opened, cause: str) -> None:
    found = ask(client, f"from={cause}&limit=200")
    rows = rows_of(opened.reader, thing("failure-cause", cause))
    mine = [(*things(p)[1:3], p["hops"][-1]["relation"] if len(p["hops"]) == 3 else "") for p in found["paths"]]
    assert sorted(mine) == sorted((row.phase, row.tactic, row.relation) for row in rows)
    assert {things(p)[3] for p in found["paths"] if len(p["hops"]) == 3} == {row.source for row in rows} - {""}
    assert (found["found"], found["complete"], found["end"]) == (len(rows), True, None)


def test_typed_paths_are_what_the_command_line_prints(client: FlaskClient, seeded: Settings) -> None:
    told = printed(seeded, "dispersed-governance")
    theirs = [
        (phase["phase"], tactic["tactic"], step["relation"], step["source"], sorted(step["claims"]))
        for phase in told["phases"]
        for tactic in phase["tactics"]
        for step in tactic["sources"]
    ]
    found = [p for p in ask(client, "from=dispersed-governance&limit=200")["paths"] if len(p["hops"]) == 3]
    mine = [(*things(p)[1:3], p["hops"][2]["relation"], things(p)[3], sorted(p["hops"][2]["claims"])) for p in found]
    assert mine == theirs


def test_free_paths_are_what_the_command_line_prints(client: FlaskClient, seeded: Settings) -> None:
    ends = "failure-cause/dispersed-governance", "source/henkel-1991"
    theirs = printed(seeded, *ends, "--length", "5", "--most", "200")
    found = ask(client, f"from={ends[0]}&to={ends[1]}&length=5&limit=200")
    assert found["complete"] == theirs["complete"]
    assert [[(h["start"]["iri"], h["end"]["iri"], h["sentence"]) for h in p["hops"]] for p in found["paths"]] == [
        [(h["start"], h["end"], h["sentence"]) for h in p["hops"]] for p in theirs["paths"]
    ]


def test_each_path_has_the_standing_of_its_weakest_step(client: FlaskClient) -> None:
    for query in ("from=overly-optimistic-expectations&limit=200", "from=care-act-2014&to=policy-failure&length=5"):
        found = ask(client, query)
        assert found["paths"]
        for path in found["paths"]:
            assert rank(path) == max(rank(hop) for hop in path["hops"])
            assert path["sentence"].endswith(f"the weakest step is {path['standing']['words']}.")
            assert all(hop["claims"] and hop["sentence"] for hop in path["hops"])


def test_the_article_sets_a_phase_against_a_cause_by_its_table(client: FlaskClient) -> None:
    """Table 2 and §3.5.2: tracking; the works that section cites say nothing of a single tactic."""
    found = ask(client, "from=dispersed-governance&standing=by-table&limit=200")
    assert [things(p) for p in found["paths"]] == [
        [
            thing("failure-cause", "dispersed-governance"),
            thing("support-phase", "tracking"),
            thing("tactic", tactic),
            thing("source", "hudson-2019"),
        ]
        for tactic in (
            "two-way-communication",
            "intermediary-bodies",
            "proportionate-targets",
            "separate-monitoring-from-support",
            "realistic-expectations-of-success",
        )
    ]
    assert {p["hops"][0]["standing"]["words"] for p in found["paths"]} == {"taken from a table of the source"}
    assert {p["hops"][2]["relation"] for p in found["paths"]} == {gap("recommendedIn")}


def test_works_of_the_context_and_related_works_do_not_stand_as_stated(client: FlaskClient) -> None:
    found = ask(client, "from=dispersed-governance&limit=200")["paths"]
    last = {(p["hops"][-1]["relation"], p["hops"][-1]["standing"]["iri"].rpartition("/")[2]) for p in found}
    assert (gap("contextualWork"), "by-phase") in last
    assert {s for r, s in last if r == gap("contextualWork")} == {"by-phase"}
    assert {s for r, s in last if r == gap("relatedWork")} == {"curator-inference"}


@pytest.mark.parametrize("standing", ORDER)
def test_nothing_weaker_than_asked_for(client: FlaskClient, standing: str) -> None:
    for query in ("from=dispersed-governance&limit=200", "from=care-act-2014&to=policy-failure&length=5&limit=200"):
        every = ask(client, query)["paths"]
        kept = ask(client, f"{query}&standing={standing}")["paths"]
        assert all(rank(path) <= ORDER.index(standing) for path in kept)
        assert {tuple(things(p)) for p in kept} == {
            tuple(things(p)) for p in every if rank(p) <= ORDER.index(standing)
        }  # fmt: skip


@pytest.mark.parametrize("query", ["from=dispersed-governance", "from=care-act-2014&to=policy-failure&length=5"])
def test_paths_through_a_thing(client: FlaskClient, query: str) -> None:
    every = ask(client, f"{query}&limit=200")["paths"]
    middle = things(every[-1])[1]
    found = ask(client, f"{query}&through={middle}&limit=200")
    assert found["through"]["iri"] == middle
    assert [things(p) for p in found["paths"]] == [things(p) for p in every if middle in things(p)]


def test_cautions_and_gaps_on_the_way_are_counted(client: FlaskClient, opened: Opened) -> None:
    found = ask(client, "from=delivery-unit&to=policy-failure&limit=200")
    assert found["paths"]
    assert all(path["cautions"] > 0 for path in found["paths"])
    assert found["honesty"]["cautions"] > 0


def test_a_limit_leaves_out_the_worst(client: FlaskClient) -> None:
    every = ask(client, "from=care-act-2014&to=policy-failure&length=5&limit=200")
    few = ask(client, "from=care-act-2014&to=policy-failure&length=5&limit=3")
    assert few["paths"] == every["paths"][:3]
    assert few["found"] == every["found"] > 3


def test_no_path_recorded(client: FlaskClient) -> None:
    found = ask(client, "from=dispersed-governance&to=henkel-1991&length=1")
    assert (found["paths"], found["complete"]) == ([], True)
    assert found["explanation"] == "Both are recorded, but no claims join them in 1 step or fewer."
    assert [reason["why"] for reason in found["reasons"]] == ["unjoined"]
    assert found["honesty"]["weakest"] is None
    stated = ask(client, "from=dispersed-governance&to=henkel-1991&length=2&standing=as-stated")
    assert stated["explanation"].endswith("with every step at least stated in the source.")


def test_a_search_that_came_to_its_limit_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(free, "MOST_THINGS", 3)
    found = ask(client, "from=care-act-2014&to=policy-failure")
    assert (found["paths"], found["complete"]) == ([], False)
    assert "stopped at its limit" in found["explanation"]
    monkeypatch.setattr(free, "MOST_THINGS", 3_000)
    monkeypatch.setattr(free, "MOST_PATHS", 2)
    found = ask(client, "from=care-act-2014&to=policy-failure&length=5")
    assert (found["found"], found["complete"]) == (2, False)
    assert "there may be more" in found["explanation"]
    monkeypatch.setattr(free, "MOST_LOOKED", 1)
    found = ask(client, "from=care-act-2014&to=policy-failure&through=vagaries-of-the-political-cycle")
    assert not found["complete"]


def test_both_ends_the_same(client: FlaskClient) -> None:
    found = ask(client, "from=care-act-2014&to=policy/care-act-2014")
    assert found["explanation"] == "Both ends are the same thing: “Care Act 2014”."


def test_names_that_lead_nowhere(client: FlaskClient) -> None:
    for query, parameter in (("from=dispersed-governanc", "from"), ("from=care-act-2014&to=polcy-failure", "to")):
        answer = client.get(f"{ROOT}/paths?{query}")
        told = answer.get_json()
        assert (answer.status_code, told["parameter"]) == (404, parameter)
        assert told["nearest"]


def test_only_a_cause_needs_no_end(client: FlaskClient) -> None:
    answer = client.get(f"{ROOT}/paths?from=care-act-2014")
    assert (answer.status_code, answer.get_json()["parameter"]) == (422, "to")
