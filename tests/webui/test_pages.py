"""Each kind of page is there and shows what it must."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from kg.queries import passages
from webui.addresses import href
from webui.base import Opened

CAUSE = "/id/failure-cause/dispersed-governance"
TACTICS = (
    "Two-way communication processes",
    "Intermediary bodies",
    "Proportionate primary and secondary targets",
    "Separation of monitoring, regulating and inspecting from support",
    "Realistic expectations of success",
)
SHOWN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("/", ("Dispersed governance", "Vagaries of the political cycle", "What it is not", "gaps that sources report")),
    ("/tactics", ("Preparation", "Review", "Intermediary bodies", "No cited evidence for this tactic is recorded")),
    ("/sources", ("Hudson et al. 2019", "Known by citation only", "Narrative review")),
    ("/frameworks", ("Matland’s model of conflict, ambiguity and implementation",)),
    ("/policies", ("Care Act 2014", "Rough sleepers policy in England")),
    ("/outcomes", ("Failure of a policy",)),
    ("/notions", ("Street-level discretion",)),
    ("/bodies", ("Audit Commission",)),
    ("/gaps", (" gaps", "Reports an evidence gap")),
    (
        "/about",
        ("Rules of evidence status", "Limits", "Creative Commons", "Accessibility", "GAPBRIDGE_CONTACT"),
    ),
    ("/about/evidence", ("Rule 7.", "Counting claims never leads here", "Curator inference", "Works of the context")),
    ("/about/reading", ("Hypothesises", "judged too low", "National Audit Office", "Reports an evidence gap")),
    ("/about/words", ('id="standing"', "https://w3id.org/gapbridge/ns#linkBasis", "Known by citation only")),
    ("/about/changes", ("Revision 1", "Seed data loaded", "too large to be told entry by entry")),
    ("/ns", ('id="addresses"', 'id="FailureCause"', "gap:supportedBy")),
    ("/search?q=targets", ("Proportionate primary and secondary", "<mark>targets</mark>", "Weaver 2009")),
    ("/search?q=intermediry", (">Tactics <", "<mark>Intermediary</mark> bodies")),
    ("/search?q=zzzz", ("Nothing was found",)),
    (CAUSE, ("Tracking", *TACTICS, "Implementation in dispersed governance", "Norris et al. (2014)")),
    (CAUSE, ("Taken from a table of the source", "Hypothesises", "roughly equates", "Hudson et al. 2019")),
    (CAUSE, ("Cadre of implementation brokers", "Inferred by a curator", "Drawn from the phase and the table")),
    (CAUSE, ("129 claims", "showing 1 to 12", "Nothing is recorded in this phase for this cause")),
    (
        "/id/tactic/intermediary-bodies",
        ("Put forward. No cited evidence", "1 claim speaks for it", "Franks and Bory 2015", "Dispersed governance"),
    ),
    ("/id/tactic/collaborative-design-forums", ("Cautions and gaps", "1 claim cautions or disputes", "Cautions")),
    (
        "/id/source/hudson-2019",
        ("Policy Design and Practice", "Funded by the body studied", "In the order of the text"),
    ),
    ("/id/source/gold-2017", ("Known by citation only", "Claims that cite it in support", "has not read this work")),
    (
        "/id/claim/table2-tracking-dispersed-governance-6e80e0a2",
        (
            "Put forward as a thought to be tested",
            "Characters of the text",
            "First reader",
            "Second reader",
            "is set against",
        ),
    ),
    ("/id/scheme/matland-type", ("Low conflict", "High ambiguity", "Symbolic implementation", "no number is given")),
    ("/id/scheme/link-basis", ("Vocabulary", "Curator inference")),
    ("/id/support-phase/tracking", ("Is set against", "Holds the tactic", "Weaver 2009", "Delivery unit")),
    ("/id/policy/care-act-2014", ("England", "Act", "National")),
    ("/id/outcome/policy-failure", ("Is held to come from", "Overly optimistic expectations")),
    ("/id/notion/street-level-discretion", ("Is held to make a difference to", "Failure of a policy")),
    (
        "/id/body/chartered-institute-of-public-finance-and-accountancy",
        ("Chartered Institute of Public Finance and Accountancy", "No claim has it as its subject or object"),
    ),
    ("/id/person/hudson-b", ("Bob Hudson", "Family name")),
    ("/id/matland-type/symbolic-implementation", ("High", "Type of policy")),
    ("/path?from=dispersed-governance&to=policy-drift", ("paths found", "the weakest step is stated in the source")),
    (
        "/path?from=chartered-institute-of-public-finance-and-accountancy&to=policy-drift&length=2",
        (
            "no claim in this base is about “Chartered Institute of Public Finance and Accountancy”",
            "What comes nearest",
        ),
    ),
    ("/map", ("Evidence map", "Nothing recorded", "claims inferred by a curator", "By tactic")),
    ("/map?columns=tactics", ("Preparation", "left out of the table", "none", "Skip the table")),
    ("/map?columns=outcomes", ("Failure of a policy", "outcomes are left out of the table")),
    ("/map?rows=sources", ("National Audit Office 2013", "sources are left out of the table")),
    (
        "/map/cell?rows=causes&columns=phases&row=dispersed-governance&column=tracking",
        ("A cell of the evidence map", "What is missing", "What documents state", "Back to the map"),
    ),
    ("/coverage", ("Coverage board", "Tactics with no source behind them", "Where only a gap is reported")),
    ("/compare", ("Compare", "Type a few letters", "For instance")),
    ("/compare?thing=gold-2017&thing=gold-2014", ("Compare sources", "Gold 2014", "Kind of evidence", "Take out")),
    ("/what-if", ("What if a source were gone?", "Choose a source", "How this is worked out")),
    ("/what-if?without=gold-2017", ("Tactics whose status changes", "Paths that break", "Claims that go")),
    ("/graph/failure-cause/dispersed-governance", ("has set against it", "Tracking", "Henkel 1991")),
    ("/graph/tactic/intermediary-bodies", ("is held to address", "Drawn from the phase and the table")),
)


@pytest.mark.parametrize(("url", "texts"), SHOWN)
def test_page_shows_what_it_must(client: FlaskClient, url: str, texts: tuple[str, ...]) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    missing = [text for text in texts if text not in answer.text]
    assert not missing


def test_head_answers_without_body(client: FlaskClient) -> None:
    answer = client.head(CAUSE)
    assert (answer.status_code, answer.data) == (200, b"")


def test_part_of_many_claims(client: FlaskClient) -> None:
    first, last = client.get("/id/source/hudson-2019").text, client.get("/id/source/hudson-2019?part=99").text
    assert re.search(r"1 to 20 of \d+", first)
    assert re.search(r"\d+ to (\d+) of \1\b", last)
    assert ", Abstract." in first


def test_passage_goes_by_its_place(opened: Opened, client: FlaskClient) -> None:
    passage = passages(opened.reader)[0]
    assert f"<h1>Passage {passage.locator}</h1>" in client.get(href(passage.passage)).text


def test_queries_are_shown_with_their_values(client: FlaskClient) -> None:
    text = client.get(CAUSE).text
    assert "The query that made this" in text
    assert "VALUES ?cause { &lt;https://w3id.org/gapbridge/id/failure-cause/dispersed-governance&gt; }" in text


def test_no_stored_word_becomes_markup(client: FlaskClient) -> None:
    text = client.get("/search?q=<script>alert(1)</script>").text
    assert "<script>alert" not in text
