"""Each operation against answers worked out by hand from the documents, or against the queries behind it."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from kg.namespaces import gap, local_of, thing
from kg.queries import (
    about,
    accepted_claims,
    addressing,
    cards,
    facts,
    footing,
    list_of,
    of_source,
    sources_of,
    tactics,
)
from webui.api.operations import ROOT
from webui.base import Opened

Json = dict[str, Any]


def ask(client: FlaskClient, address: str) -> Json:
    answer = client.get(ROOT + address)
    assert answer.status_code == 200, answer.text
    found: Json = answer.get_json()
    return found


def whole(client: FlaskClient, address: str) -> list[Json]:
    """All items of a list, by following its links."""
    found, at = [], ROOT + address
    while at:
        answer = client.get(at).get_json()
        found += answer["items"]
        at = answer["next"]
    return found


def names(items: list[Json]) -> list[str]:
    return [local_of(item["iri"]) for item in items]


def test_index_tells_version_licence_and_how_to_cite(client: FlaskClient, opened: Opened) -> None:
    found = ask(client, "/")
    assert found["revision"] == opened.revision
    assert "creativecommons.org/licenses/by/4.0" in found["licence"]
    assert f"revision {opened.revision}" in found["cite"]
    assert {"search", "paths", "map", "openapi"} <= {resource["name"] for resource in found["resources"]}
    assert len(found["packs"]) == 6  # one a document, and what they share


def test_search_finds_what_the_library_finds(client: FlaskClient, opened: Opened) -> None:
    found = ask(client, "/search?q=intermediary+bodies")
    assert names(found["items"]) == [local_of(h.thing) for h in opened.search.find("intermediary bodies")]
    assert found["items"][0]["iri"] == thing("tactic", "intermediary-bodies")
    assert found["items"][0]["status"]["label"] == "Proposed"


def test_search_by_kind(client: FlaskClient) -> None:
    found = whole(client, "/search?q=support&kind=source&limit=2")
    assert found
    assert {item["kind"] for item in found} == {"source"}


def test_a_gist_is_never_without_stance_and_standing(client: FlaskClient, opened: Opened) -> None:
    found = ask(client, "/search?q=evidence&kind=claim&limit=200")
    told = {card.claim: card for card in cards(opened.reader, [item["iri"] for item in found["items"]])}
    assert len(told) == len(found["items"]) > 20
    for item in found["items"]:
        assert (item["stance"], item["standing"]["iri"]) == (told[item["iri"]].stance, told[item["iri"]].standing)
    assert found["honesty"]["inferred"] == sum(c.standing.endswith("/curator-inference") for c in told.values()) > 0
    assert found["honesty"]["gaps"] == sum(c.stance.endswith("/gap") for c in told.values()) > 0


@pytest.mark.parametrize(("kind", "cls"), [("policy", "Policy"), ("outcome", "Outcome"), ("notion", "Notion")])
def test_things_of_a_kind_are_all_there_once(client: FlaskClient, opened: Opened, kind: str, cls: str) -> None:
    found = whole(client, f"/things?kind={kind}&limit=7")
    assert sorted(item["iri"] for item in found) == sorted(row.thing for row in list_of(opened.reader, cls))


def test_a_list_comes_in_parts_with_a_link_to_the_next(client: FlaskClient) -> None:
    answer = client.get(f"{ROOT}/things?kind=policy&limit=10")
    found = answer.get_json()
    assert (found["offset"], found["limit"], len(found["items"])) == (0, 10, 10)
    total = found["total"]
    assert found["next"] == f"{ROOT}/things?kind=policy&limit=10&offset=10"
    assert answer.headers["Link"] == f'<{found["next"]}>; rel="next"'
    last = client.get(f"{ROOT}/things?kind=policy&limit=10&offset={total - 3}")
    assert (len(last.get_json()["items"]), last.get_json()["next"], last.headers.get("Link")) == (3, None, None)
    assert ask(client, "/things?kind=policy&offset=500")["items"] == []


def test_a_tactic_of_the_article(client: FlaskClient, opened: Opened) -> None:
    """§3.5.2, bullet 1: put forward, nothing cited for it."""
    found, iri = ask(client, "/things/tactic/two-way-communication"), thing("tactic", "two-way-communication")
    assert (found["iri"], found["kind"], found["page"]) == (iri, "tactic", "/id/tactic/two-way-communication")
    assert found["status"]["status"]["label"] == "Proposed"
    assert found["status"]["sentence"] == "Put forward. No cited evidence for this tactic is recorded here."
    assert found["status"]["independent"] == 0
    assert sorted(c["iri"] for c in found["claims"]["items"]) == sorted(about(opened.reader, iri))
    assert [(f["property"]["iri"], f["value"]) for f in found["facts"]] == [
        (f.property, f.value) for f in facts(opened.reader, iri)
    ]
    assert [(s["relation"]["iri"], s["source"]["iri"]) for s in found["sources"]] == [
        (s.relation, s.source) for s in sources_of(opened.reader, iri)
    ]
    (placing,) = (c for c in found["claims"]["items"] if c["relation"]["iri"] == gap("inPhase"))
    assert (placing["object"]["label"], placing["force"]["label"]) == ("Tracking", "Recommends")
    assert (placing["document"]["label"], placing["locator"]) == ("Hudson et al. 2019", "§3.5.2, bullet 1")
    assert placing["standing"] == {
        "iri": thing("link-basis", "as-stated"),
        "words": "stated in the source",
        "stated": True,
        "inferred": False,
    }


def test_a_source_has_what_was_read_in_it_and_what_it_is_cited_for(client: FlaskClient, opened: Opened) -> None:
    found = ask(client, "/things/source/henkel-1991")
    claims = {c for some in of_source(opened.reader, thing("source", "henkel-1991")).values() for c in some}
    assert {c["iri"] for c in found["claims"]["items"]} == claims
    for claim in found["claims"]["items"]:
        assert thing("source", "henkel-1991") in {w["work"]["iri"] for w in claim["works"]}


def test_a_claim_is_answered_alone(client: FlaskClient, opened: Opened) -> None:
    one = ask(client, "/claims?about=delivery-unit&stance=cautions")["items"][0]
    found = client.get(one["href"]).get_json()
    assert found["claims"]["items"] == [one]
    assert found["honesty"]["cautions"] == 1


def test_claims_of_a_thing_come_in_parts(client: FlaskClient, opened: Opened) -> None:
    found = ask(client, "/things/source/hudson-2019?limit=50")
    everything, at = found["claims"]["items"], found["claims"]["next"]
    while at:
        part = client.get(at).get_json()["claims"]
        everything, at = everything + part["items"], part["next"]
    source = thing("source", "hudson-2019")
    wanted = {c for some in of_source(opened.reader, source).values() for c in some} | set(about(opened.reader, source))
    assert [c["iri"] for c in everything] == sorted(wanted)
    assert found["claims"]["total"] == len(wanted) > 500


def test_all_claims(client: FlaskClient, opened: Opened) -> None:
    found = whole(client, "/claims?limit=200")
    assert [claim["iri"] for claim in found] == accepted_claims(opened.reader)


@pytest.mark.parametrize(
    ("filters", "fits"),
    [
        ("stance=gap", lambda c: c.stance.endswith("/gap")),
        ("standing=curator-inference&force=hypothesises", lambda c: "infer" in c.standing and "hypo" in c.force),
        ("basis=expert-opinion", lambda c: c.basis.endswith("/expert-opinion")),
    ],
)
def test_claims_by_their_marks(client: FlaskClient, opened: Opened, filters: str, fits: Any) -> None:
    every = cards(opened.reader, accepted_claims(opened.reader))
    wanted = sorted(card.claim for card in every if fits(card))
    assert wanted
    assert [claim["iri"] for claim in whole(client, f"/claims?{filters}&limit=200")] == wanted


def test_claims_by_things(client: FlaskClient, opened: Opened) -> None:
    unit, gold = thing("body-type", "delivery-unit"), thing("source", "gold-2017")
    cited = {c for some in of_source(opened.reader, gold).values() for c in some}
    found = whole(client, "/claims?about=delivery-unit&source=gold-2017")
    assert {c["iri"] for c in found} == cited & set(about(opened.reader, unit)) != set()


def test_claims_of_a_phase(client: FlaskClient, opened: Opened) -> None:
    phase = thing("support-phase", "tracking")
    held = {row.tactic for row in tactics(opened.reader) if row.phase == phase}
    wanted = {claim for iri in {phase, *held} for claim in about(opened.reader, iri)}
    assert {c["iri"] for c in whole(client, "/claims?phase=tracking&limit=200")} == wanted


def test_warnings_about_delivery_units_are_counted(client: FlaskClient) -> None:
    found = ask(client, "/claims?about=delivery-unit&stance=cautions")
    assert found["honesty"]["cautions"] == found["total"] > 0


def test_inference_is_told_in_every_answer(client: FlaskClient) -> None:
    found = ask(client, "/claims?standing=curator-inference&limit=5")
    assert found["honesty"]["weakest"]["words"] == "inferred by a curator"
    assert found["honesty"]["inferred"] == 5
    assert all(c["standing"]["inferred"] and not c["standing"]["stated"] for c in found["items"])
    assert "Nothing inferred counts as support" in found["honesty"]["note"]


def test_status_counts_no_inference(client: FlaskClient, opened: Opened) -> None:
    by_tactic: dict[str, set[str]] = {}
    for row in footing(opened.reader):
        stated = not row.standing.endswith("/curator-inference")
        if stated and row.stance.rpartition("/")[2] in ("supports", "conditional"):
            by_tactic.setdefault(row.thing, set()).add(row.claim)
    for tactic in ("explore-options", "co-design", "real-time-data"):
        found = ask(client, f"/things/tactic/{tactic}")
        assert found["status"]["supports"] == len(by_tactic.get(thing("tactic", tactic), ()))


def test_frameworks_begin_with_the_applied_set(client: FlaskClient, opened: Opened) -> None:
    found = whole(client, "/frameworks?limit=30")
    assert sorted(f["iri"] for f in found) == sorted(row.thing for row in list_of(opened.reader, "Framework"))
    assert names(found[:3]) == ["scheme/matland-type", "scheme/australian-criterion", "scheme/australian-plan-domain"]
    assert [f["step"] for f in found[:3]] == [1, 2, 2]


def test_the_matrix_with_its_members_and_places(client: FlaskClient) -> None:
    """Table 1 of the article."""
    found = ask(client, "/frameworks/matland-type")
    assert found["framework"]["kind"] == "matrix"
    assert found["whose"][0]["iri"] == thing("source", "matland-1995")
    assert {(p["member"].rpartition("/")[2], p["ambiguity"], p["conflict"]) for p in found["matrix"]} == {
        ("administrative-implementation", "Low", "Low"),
        ("political-implementation", "Low", "High"),
        ("experimental-implementation", "High", "Low"),
        ("symbolic-implementation", "High", "High"),
    }


def test_members_in_the_order_of_the_text(client: FlaskClient) -> None:
    found = ask(client, "/frameworks/australian-criterion")["members"]
    assert [m["position"] for m in found] == list(range(1, 9))
    assert (found[0]["label"], found[7]["label"]) == (
        "Addresses a top government priority",
        "Developed over a very short period",
    )


def test_questions_tell_what_to_send(client: FlaskClient) -> None:
    found = ask(client, "/frameworks/matland-type/questions")
    assert [i["item"] for i in found["items"]] == ["ambiguity", "conflict"]
    assert [v["value"] for v in found["values"]] == ["low", "high", "unknown"]
    assert found["applied"]


def send(client: FlaskClient, accept: str = "application/json", **body: Any) -> Any:
    return client.post(f"{ROOT}/assessments", json=body, headers={"Accept": accept})


MET = {"policy": "care-act-2014", "framework": "australian-criterion", "on": "2026-01-31"}


def test_one_criterion_met_calls_for_a_plan(client: FlaskClient) -> None:
    """§3.1: one or more criteria met → a full plan over seven domains."""
    answers = [{"item": "urgent", "value": "met", "reason": "It had a date."}]
    found = send(client, **MET, answers=answers).get_json()
    kinds = [f["kind"] for f in found["findings"]]
    assert kinds.count("unanswered") == 7
    assert kinds.count("plan-required") == 1
    assert kinds.count("plan-domain") == 7
    assert (found["stored"], found["on"]) == (False, "2026-01-31")
    (plan,) = (f for f in found["findings"] if f["kind"] == "plan-required")
    assert plan["claims"]
    assert plan["standing"]["words"]
    assert not plan["answered"]


def test_a_hypothesis_stays_one(client: FlaskClient) -> None:
    """Table 1 and §3.5: high ambiguity, low conflict → experimental; the features that may suit it are hypotheses."""
    answers = [{"item": "ambiguity", "value": "high"}, {"item": "conflict", "value": "low"}]
    found = send(client, policy="policy/care-act-2014", framework="scheme/matland-type", answers=answers).get_json()
    (kind,) = (f for f in found["findings"] if f["kind"] == "type")
    assert kind["thing"]["iri"] == thing("matland-type", "experimental-implementation")
    hypotheses = [f for f in found["findings"] if f["kind"] == "hypothesis"]
    assert hypotheses
    assert all(f["sentence"].startswith("Hypothesis: ") and f["claims"] and f["standing"] for f in hypotheses)


def test_an_assessment_as_turtle_and_nothing_kept(client: FlaskClient, opened: Opened) -> None:
    before = len(opened.reader)
    answer = send(
        client, "text/turtle", **MET, answers=[{"item": "urgent", "value": "met", "reason": "It had a date."}]
    )
    assert (answer.status_code, answer.mimetype) == (200, "text/turtle")
    assert "gap:Assessment" in answer.text
    assert 'gap:rationale "It had a date."@en' in answer.text
    assert len(opened.reader) == before
    assert "ETag" not in answer.headers


DIAGNOSED = "/diagnoses?d=1.eNqLjlbyys_MS03RLS1QSE4sSlXSUQKhWJ1qJQMlKyXniCy_DN0Ck5QcoKgRUKAkxyMnV6k2FgDgXRBO"


def test_a_diagnosis_says_what_is_open_and_what_would_cover_it(client: FlaskClient, opened: Opened) -> None:
    found = ask(client, DIAGNOSED)
    assert (found["policy"], found["stored"], found["lost"]) == ("Joined-up care", False, 0)
    (cause,) = found["causes"]
    assert not cause["covered"]
    assert {t["tactic"]["iri"] for t in cause["tactics"]} == {
        row.tactic for row in addressing(opened.reader, cause["cause"]["iri"])
    }
    assert [t["label"] for t in found["cover"]["tactics"]] == ["Intermediary bodies"]
    assert found["cover"]["exact"]
    assert "says nothing about effect" in found["limit"]


def test_a_code_that_holds_no_diagnosis_is_no_question(client: FlaskClient) -> None:
    answer = client.get(f"{ROOT}/diagnoses?d=1.abc")
    assert answer.status_code == 422
    assert answer.get_json()["parameter"] == "d"
    assert "may have been lost when it was copied" in answer.get_json()["detail"]
