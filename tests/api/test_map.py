"""The evidence map: cells counted by hand from the documents, and the rules on what may count."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from kg.evidence_map import COLUMNS, map_causes, map_sources
from kg.namespaces import local_of, thing
from kg.queries import about, cards, list_of, sources
from tests.data_support import base, derived, turtle
from webui.api.operations import ROOT
from webui.base import Opened

Json = dict[str, Any]
DISPERSED, OPTIMISM = "failure-cause/dispersed-governance", "failure-cause/overly-optimistic-expectations"
COLLABORATION = "failure-cause/inadequate-collaborative-policymaking"


def ask(client: FlaskClient, query: str) -> Json:
    answer = client.get(f"{ROOT}/map?{query}")
    assert answer.status_code == 200, answer.text
    found: Json = answer.get_json()
    return found


def cells(found: Json) -> dict[tuple[str, str], Json]:
    """The cells by the local names of row and column."""
    return {
        (local_of(row["head"]["iri"]), local_of(cell["column"])): cell for row in found["rows"] for cell in row["cells"]
    }


def filled(cell: Json) -> dict[str, int]:
    return {stance: count for stance, count in cell["stances"].items() if count}


def test_causes_by_phases_as_table_2_sets_them(client: FlaskClient) -> None:
    """Four phases against four causes, one each, by one source; all else is missing or a curator's inference."""
    found = ask(client, "")
    assert [c["label"] for c in found["columns"]] == ["Preparation", "Tracking", "Support", "Review"]
    by_table = {
        (row, column): cell for (row, column), cell in cells(found).items() if cell["independent"] or filled(cell)
    }
    assert set(by_table) == {
        (OPTIMISM, "support-phase/preparation"),
        (DISPERSED, "support-phase/tracking"),
        (COLLABORATION, "support-phase/support"),
        ("failure-cause/vagaries-of-the-political-cycle", "support-phase/review"),
    }
    for cell in by_table.values():
        assert (filled(cell), cell["sources"], cell["independent"]) == ({"supports": 1}, 1, 1)
        assert cell["standing"]["words"] == "taken from a table of the source"


def test_an_inference_is_no_evidence(client: FlaskClient) -> None:
    """A curator sees common ground and brokers against dispersed governance; no document says so."""
    cell = cells(ask(client, "rows=causes&columns=phases"))[DISPERSED, "support-phase/support"]
    assert (cell["inferred"], cell["independent"], cell["sources"], filled(cell)) == (2, 0, 0, {})
    assert cell["standing"]["inferred"]
    assert [local_of(c).rpartition("-")[0] for c in cell["claims"]] == [
        "claim/inferred-common-ground-with-implementers-dispersed-governance",
        "claim/inferred-implementation-brokers-dispersed-governance",
    ]


def test_a_link_by_phase_alone_is_no_evidence(client: FlaskClient) -> None:
    cell = cells(ask(client, "columns=tactics"))[DISPERSED, "tactic/two-way-communication"]
    assert (cell["byPhase"], cell["independent"], filled(cell)) == (2, 0, {})
    assert cell["standing"]["words"] == "drawn from the phase and the table"


def test_a_tactic_placed_by_a_curator_is_an_inference(client: FlaskClient) -> None:
    cell = cells(ask(client, "columns=tactics"))[OPTIMISM, "tactic/co-design"]
    assert (cell["inferred"], cell["byPhase"], cell["independent"]) == (2, 0, 0)
    assert cell["standing"]["inferred"]


def test_outcomes_of_overoptimism(client: FlaskClient) -> None:
    """§2.1: the report names overestimated benefits and the like; claims are counted once, works cited or not."""
    found = cells(ask(client, "columns=outcomes"))
    assert filled(found[OPTIMISM, "outcome/overestimated-benefits"]) == {"supports": 1}
    assert filled(found[OPTIMISM, "outcome/unviable-projects"]) == {"conditional": 1}
    assert found[OPTIMISM, "outcome/underestimated-cost-and-time"]["independent"] == 1
    assert found[DISPERSED, "outcome/overestimated-benefits"]["missing"] == "nothing-recorded"


def test_sources_by_causes(client: FlaskClient) -> None:
    """§2.1 rests on the audit report, §2.2 cites Norris et al. for two claims, §2.3 Williams for a doubt."""
    found = cells(ask(client, "rows=sources"))
    assert filled(found["source/norris-2014", DISPERSED]) == {"supports": 2}
    assert filled(found["source/williams-2012", COLLABORATION]) == {"cautions": 1}
    assert found["source/williams-2012", DISPERSED]["missing"] == "nothing-recorded"
    report = found["source/nao-2013", OPTIMISM]
    assert (sum(report["stances"].values()), report["independent"], report["sources"]) == (13, 1, 1)


def test_a_row_of_sources_holds_the_claims_about_the_cause(client: FlaskClient, opened: Opened) -> None:
    found = cells(ask(client, "rows=sources&columns=causes"))
    for cause in (DISPERSED, OPTIMISM, COLLABORATION):
        read = {claim for (_, column), cell in found.items() if column == cause for claim in cell["claims"]}
        kind, slug = cause.split("/")
        assert read == set(about(opened.reader, thing(kind, slug)))


@pytest.mark.parametrize("columns", COLUMNS)
def test_every_cell_is_there_and_the_empty_are_counted(client: FlaskClient, opened: Opened, columns: str) -> None:
    found = ask(client, f"columns={columns}")
    every = cells(found)
    across = list_of(opened.reader, COLUMNS[columns])
    assert len(every) == 4 * len(across)
    assert {c["iri"] for c in found["columns"]} == {row.thing for row in across}
    assert found["empty"] == sum(cell["missing"] == "nothing-recorded" for cell in every.values()) > 0
    assert all(bool(cell["claims"]) != (cell["missing"] == "nothing-recorded") for cell in every.values())


def test_stances_count_stated_claims_alone(client: FlaskClient, opened: Opened) -> None:
    for query in ("rows=sources", "columns=phases", "columns=outcomes"):
        for cell in cells(ask(client, query)).values():
            told = cards(opened.reader, cell["claims"])
            stated = [c for c in told if not c.standing.endswith(("/curator-inference", "/pack-mapping"))]
            assert sum(cell["stances"].values()) <= len(stated)
            assert cell["inferred"] + sum(cell["stances"].values()) + cell["citedAgainst"] >= len(told)


def test_all_sources_stand_down(client: FlaskClient, opened: Opened) -> None:
    found = ask(client, "rows=sources")
    assert [row["head"]["iri"] for row in found["rows"]] == [row.source for row in sources(opened.reader)]


def test_rows_and_columns_that_do_not_go_together(client: FlaskClient) -> None:
    for query in ("rows=sources&columns=phases", "rows=causes&columns=causes"):
        answer = client.get(f"{ROOT}/map?{query}")
        assert (answer.status_code, answer.get_json()["parameter"]) == (422, "columns")


_SAID = """
claim:x{n} a gap:Claim ; gap:claimSubject failure-cause:dispersed-governance ; gap:claimPredicate gap:leadsTo ;
  gap:claimObject outcome:policy-drift ; gap:linkBasis link-basis:{standing} ; gap:stance stance:{stance} ;
  gap:force force:reports ; gap:reviewStatus review-status:{status} ; gap:assertedIn source:hudson-2019 {works} .
"""


def drift(*said: str) -> Any:
    """The cell of dispersed governance and policy drift, of which the article says nothing, with such claims added.

    Each is `stance standing works`; a work is a source's slug; `draft` among the works is a claim not yet accepted.
    """
    text = ""
    for n, (stance, standing, *works) in enumerate(line.split() for line in said):
        cited = "".join(f" ; gap:backedBy source:{work}" for work in works if work != "draft")
        status = "draft" if "draft" in works else "accepted"
        text += _SAID.format(n=n, stance=stance, standing=standing, status=status, works=cited)
    more = derived({quad for quad in base().quads()} | turtle(text))
    cause, outcome = thing("failure-cause", "dispersed-governance"), thing("outcome", "policy-drift")
    return map_causes(more, "outcomes").cells[cause, outcome]


def test_works_of_the_same_authors_count_once() -> None:
    """Both Gold reports are one independence group; a claim with several works is one claim."""
    cell = drift("supports as-stated gold-2014 gold-2017 nao-2013", "supports as-stated gold-2017")
    assert (dict(cell.stances), len(cell.sources), cell.independent) == ({"supports": 2}, 3, 2)


def test_the_document_stands_for_what_it_cites_nobody_for() -> None:
    cell = drift("cautions as-stated")
    assert (dict(cell.stances), cell.independent) == ({"cautions": 1}, 1)
    assert [local_of(source) for source in cell.sources] == ["source/hudson-2019"]


def test_a_reported_gap_is_counted_and_brings_no_source() -> None:
    cell = drift("gap as-stated nao-2013")
    assert (dict(cell.stances), cell.independent, cell.sources) == ({"gap": 1}, 0, ())


def test_inference_draft_and_mapping_bring_no_source() -> None:
    cell = drift("supports curator-inference nao-2013", "supports pack-mapping", "supports as-stated nao-2013 draft")
    assert (dict(cell.stances), cell.inferred, cell.independent, len(cell.claims)) == ({}, 2, 0, 2)


def test_a_source_is_not_counted_for_what_it_is_cited_against() -> None:
    against = "claim:x0 gap:challengedBy source:ilott-2016 .\n"
    text = _SAID.format(n=0, stance="supports", standing="as-stated", status="accepted", works="") + against
    more = derived({quad for quad in base().quads()} | turtle(text))
    cell = map_sources(more).cells[thing("source", "ilott-2016"), thing("failure-cause", "dispersed-governance")]
    assert (dict(cell.stances), cell.against, cell.independent) == ({}, 1, 0)
