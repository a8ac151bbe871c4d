"""SPARQL Update over HTTP: for holders of a token, off by default, all of it as one revision or nothing."""

from __future__ import annotations

import json
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest
from rdflib import Graph

from kg.accounts.token import CONTRIBUTE, UPDATE
from kg.contributing import home, writer
from kg.namespaces import GRAPH, thing
from tests.people_support import add_person
from tests.sparql.conftest import SECONDS, Server, until
from tests.sparql.update_support import FORM, PROLOGUE, UPDATE_TYPE, Changeable, make_base, notion, token, tokens

LABEL = "SELECT ?d WHERE { notion:%s skos:definition ?d }"
RUNAWAY = "INSERT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?f && ?a = ?none) }"
UPDATE_LANGUAGE = "http://www.w3.org/ns/sparql-service-description#SPARQL11Update"


# --- Who may -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "POST", "body": b"CLEAR ALL", **UPDATE_TYPE},
        {"method": "POST", "body": b"update=CLEAR+ALL", **FORM},
        {"params": [("update", "CLEAR ALL")]},
    ],
)
def test_off_by_default_with_a_word_on_how_to_turn_it_on(server: Server, request_: dict) -> None:
    reply = server.ask(**{"Authorization": "Bearer x", **request_})
    assert reply.status == 403
    assert "GAPBRIDGE_UPDATES=on" in reply.text


def test_the_service_description_tells_of_updates_only_where_they_are_taken(
    server: Server, changeable: Changeable
) -> None:
    described = [Graph().parse(data=s.ask(Accept="text/turtle").text) for s in (server, changeable.server)]
    assert [any(str(o) == UPDATE_LANGUAGE for o in graph.objects()) for graph in described] == [False, True]


@pytest.mark.parametrize("authorization", [None, "Basic eDp5", "Bearer", "Bearer wrong", "Bearer gapbridge_é"])
def test_without_a_token_that_counts_there_is_a_challenge(changeable: Changeable, authorization: str | None) -> None:
    told = {} if authorization is None else {"Authorization": authorization}
    reply = changeable.server.ask(method="POST", body=b"CLEAR ALL", **UPDATE_TYPE, **told)
    assert reply.status == 401
    assert reply.headers["www-authenticate"].startswith("Bearer realm=")


def test_a_revoked_token_is_worthless_at_once(changeable: Changeable) -> None:
    secret = token(changeable.settings, "soon gone")
    told = {"Authorization": f"Bearer {secret}"}
    assert changeable.update("CLEAR GRAPH graph:nothing", **told).status == 400
    with tokens(changeable.settings) as kept:
        kept.revoke("soon gone")
    reply = changeable.update("CLEAR GRAPH graph:nothing", **told)
    assert (reply.status, "invalid_token" in reply.headers["www-authenticate"]) == (401, True)


def test_a_token_without_the_right_is_refused(changeable: Changeable) -> None:
    with tokens(changeable.settings) as kept:
        secret = kept.create("no right", (CONTRIBUTE,))
    reply = changeable.update("CLEAR ALL", Authorization=f"Bearer {secret}")
    assert reply.status == 403
    assert "insufficient_scope" in reply.headers["www-authenticate"]


# --- What it does ------------------------------------------------------------------------------------


def test_an_update_is_there_at_once_on_the_page_and_at_the_endpoint(changeable: Changeable) -> None:
    before = changeable.revision
    reply = changeable.update("INSERT DATA { " + notion("at-once") + " }")
    assert (reply.status, reply.text) == (200, f"Revision {before + 1}: 6 statements in, 0 out.\n")
    assert reply.headers["gapbridge-revision"] == str(before + 1)
    assert changeable.rows(LABEL % "at-once") == [{"d": "An idea for a test."}]
    page = changeable.server.ask(path="/id/notion/at-once", Accept="text/html")
    assert (page.status, "Idea at-once" in page.text) == (200, True)


def test_a_person_the_base_does_not_know_is_introduced_by_their_first_change(changeable: Changeable) -> None:
    with tokens(changeable.settings) as kept:
        account = add_person(kept.database, "administrator", "Noor Newcomer")
        secret = kept.create_for(account, "mine", (UPDATE,))
    for name in ("noor-one", "noor-two"):
        reply = changeable.update("INSERT DATA { " + notion(name) + " }", Authorization=f"Bearer {secret}")
        assert (reply.status, ": 6 statements in" in reply.text) == (200, True)
    named = f"SELECT ?name {{ ?r prov:wasAssociatedWith <{account.agent}> . <{account.agent}> foaf:name ?name }}"
    assert changeable.rows("PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n" + named) == [{"name": "Noor Newcomer"}] * 2


def test_who_and_why_are_recorded_and_the_journal_holds_the_patch(changeable: Changeable) -> None:
    agent = thing("agent", "second-reader")
    secret = token(changeable.settings, "reader's", agent)
    body = urlencode({"update": PROLOGUE + "INSERT DATA { " + notion("told") + " }", "message": "Told\nwhy"}).encode()
    assert changeable.send(body=body, Authorization=f"Bearer {secret}", **FORM).status == 200
    number = changeable.revision
    facts = changeable.rows(f"SELECT ?p ?o {{ <{thing('revision', str(number))}> ?p ?o }}")
    assert {agent, "Told why"} <= {row["o"] for row in facts}
    patch = home(changeable.settings).journal.read(number)
    assert {quad.subject.value for quad in patch.added} == {thing("notion", "told"), thing("revision", str(number))}


def test_the_default_graph_is_the_union_to_read_from_to_take_out_of_and_to_put_into(changeable: Changeable) -> None:
    reply = changeable.update(
        "INSERT DATA { " + notion("union") + " } ;\n"
        "DELETE { ?s skos:definition ?d } INSERT { ?s skos:definition 'Better'@en , 'Besser'@de }\n"
        "WHERE { ?s skos:prefLabel 'Idea union'@en ; skos:definition ?d } ;\n"
        "DELETE DATA { notion:union skos:definition 'Besser'@de }"
    )
    assert reply.text.endswith(": 6 statements in, 0 out.\n")
    found = changeable.rows("SELECT ?d ?g WHERE { GRAPH ?g { notion:union skos:definition ?d } }")
    assert found == [{"d": "Better", "g": GRAPH + "schemes"}]
    assert changeable.update("DELETE WHERE { notion:union ?p ?o }").text.endswith(": 0 statements in, 6 out.\n")
    assert changeable.rows(LABEL % "union") == []


def test_the_request_can_say_which_graphs_are_read(changeable: Changeable) -> None:
    changeable.update("INSERT DATA { " + notion("asked") + " }")
    text = "DELETE { ?s skos:definition ?d } INSERT { ?s skos:definition 'New'@en } WHERE { ?s skos:definition ?d }"
    reply = changeable.update(text, params=[("using-graph-uri", GRAPH + "claims")])
    assert reply.text.startswith("Nothing differs"), reply.text


def test_what_makes_no_difference_makes_no_revision(changeable: Changeable) -> None:
    changeable.update("INSERT DATA { " + notion("same") + " }")
    before = changeable.revision
    reply = changeable.update("INSERT DATA { " + notion("same") + " }", Accept="application/json")
    expected = {"revision": before, "base": before, "added": 0, "removed": 0}
    assert (reply.status, json.loads(reply.body)) == (200, expected)
    assert changeable.revision == before


# --- What is refused ---------------------------------------------------------------------------------

REFUSED = {
    "what does not conform": ("INSERT DATA { notion:bad a gap:Notion }", 422, "exactly one preferred name"),
    "a second operation": ("INSERT DATA { " + notion("ok") + " } ; INSERT DATA { notion:bad a gap:Notion }", 422, "n"),
    "several wrong places": (
        "INSERT DATA { GRAPH graph:derived { notion:a skos:note 'x' } GRAPH <a:g> { notion:b skos:note 'x' }\n"
        "<https://w3id.org/gapbridge/id/revision/1> skos:note 'x' . notion:c skos:note [] }",
        422,
        "4 things do not conform",
    ),
    "no number": ("INSERT DATA { scheme:notion skos:note 'NaN'^^<http://www.w3.org/2001/XMLSchema#double> }", 422, "n"),
    "a huge text": ("INSERT DATA { scheme:notion skos:note '" + "x" * 70_000 + "'@en }", 422, "long"),
    "clear all": ("CLEAR ALL", 422, "never changed"),
    "load": ("LOAD <http://127.0.0.1:1/>", 400, "LOAD is not allowed"),
    "bad syntax": ("INSERT DATA {\n notion:x skos:note 'a' 'b' }", 400, "error at "),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_refused_whole(changeable: Changeable, case: str) -> None:
    text, status, words = REFUSED[case]
    before = changeable.state()
    reply = changeable.update(text)
    assert (reply.status, reply.media) == (status, "text/plain"), reply.text[:500]
    assert words in reply.text
    assert changeable.state() == before


def test_every_message_of_the_shapes_is_told_to_who_asks_for_json(changeable: Changeable) -> None:
    text = "INSERT DATA { notion:bad a gap:Notion }"
    reply = changeable.update(text, Accept="application/problem+json")
    assert (reply.status, reply.media) == (422, "application/problem+json")
    problem = json.loads(reply.body)
    assert (problem["status"], problem["title"]) == (422, "Unprocessable Entity")
    plain = changeable.update(text).text
    assert len(problem["violations"]) == 3
    for violation in problem["violations"]:
        assert violation["thing"] == "notion/bad"
        assert violation["message"] in plain


def test_an_agent_that_nobody_knows_is_refused_and_bars_nobody_after_it(changeable: Changeable) -> None:
    secret = token(changeable.settings, "stranger", "http://example.org/nobody")
    text = "INSERT DATA { " + notion("stranger") + " }"
    reply = changeable.update(text, Authorization=f"Bearer {secret}")
    assert (reply.status, "Say who made this change" in reply.text) == (422, True)
    assert changeable.update(text).status == 200


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "GET", "params": [("update", "CLEAR ALL")]}, 400),
        ({"body": urlencode({"update": "CLEAR ALL", "query": "ASK {}"}).encode(), **FORM}, 400),
        ({"body": b"update=CLEAR+ALL&update=CLEAR+ALL", **FORM}, 400),
        ({"body": b"\xff", **UPDATE_TYPE}, 400),
        ({"body": b"CLEAR ALL", "Content_Type": "application/sparql-update; charset=latin-1"}, 415),
        ({"body": b"CLEAR ALL", "Content_Encoding": "gzip", **UPDATE_TYPE}, 415),
        ({"body": b" " * (5 << 20), **UPDATE_TYPE}, 413),
        ({"body": b"CLEAR ALL", "If_Match": '"what"', **UPDATE_TYPE}, 400),
    ],
)
def test_requests_that_are_not_of_the_protocol(changeable: Changeable, request_: dict, status: int) -> None:
    before = changeable.revision
    assert changeable.send(**request_).status == status
    assert changeable.revision == before


# --- Several at once ---------------------------------------------------------------------------------


def test_a_change_against_a_revision_that_is_no_longer_the_newest_is_refused(changeable: Changeable) -> None:
    seen = changeable.revision
    assert changeable.update("INSERT DATA { " + notion("first") + " }", If_Match=f'"r{seen}"').status == 200
    before = changeable.state()
    reply = changeable.update("INSERT DATA { " + notion("second") + " }", If_Match=f'"r{seen}-ttl"')
    assert (reply.status, "moved on" in reply.text) == (412, True)
    assert changeable.state() == before


def test_two_at_once_are_made_one_after_the_other(changeable: Changeable) -> None:
    before = changeable.revision
    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(changeable.update, "INSERT DATA { " + notion("both-1") + " }")
        other = threads.submit(changeable.graph, "schemes", "POST", PROLOGUE + notion("both-2"))
        replies = [one.result(), other.result()]
    assert sorted(int(reply.headers["gapbridge-revision"]) for reply in replies) == [before + 1, before + 2]


def test_another_process_that_writes_is_told_of_and_not_waited_for(changeable: Changeable) -> None:
    with writer(changeable.settings):
        reply = changeable.update("INSERT DATA { " + notion("held") + " }")
    assert (reply.status, "Another process is writing" in reply.text) == (503, True)
    assert int(reply.headers["retry-after"]) > 0
    assert changeable.update("INSERT DATA { " + notion("held") + " }").status == 200


def test_a_runaway_update_is_stopped_in_time_while_others_are_served(changeable: Changeable) -> None:
    before = changeable.state()
    began = time.monotonic()
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(changeable.update, RUNAWAY)
        served = 0
        while not running.done():
            assert changeable.server.ask("ASK {}").status == 200
            served += 1
        reply = running.result()
    assert (reply.status, f"{SECONDS} seconds" in reply.text) == (503, True)
    assert SECONDS <= time.monotonic() - began < SECONDS + 20
    assert served > 3
    assert changeable.state() == before
    assert until(lambda: not list(changeable.settings.data.glob("trial-*")))


def test_a_base_on_disk_is_tried_on_a_copy_that_goes_away(changeable: Changeable, start, tmp_path: Path) -> None:
    settings = make_base(tmp_path / "disk")
    server = start(settings.data, GAPBRIDGE_UPDATES="on", GAPBRIDGE_MEMORY_LIMIT_QUADS="10")
    on_disk = Changeable(server, settings, token(settings, "tests"))
    assert (
        on_disk.update("INSERT DATA { " + notion("disk") + " } ; DELETE WHERE { notion:nothing ?p ?o }").status == 200
    )
    assert on_disk.rows(LABEL % "disk") == [{"d": "An idea for a test."}]
    assert on_disk.update(RUNAWAY).status == 503
    assert not list(settings.data.glob("trial-*"))


def test_what_was_answered_with_success_is_there_after_a_kill(start, tmp_path: Path) -> None:
    settings = make_base(tmp_path / "killed")
    server = start(settings.data, GAPBRIDGE_UPDATES="on")
    killed = Changeable(server, settings, token(settings, "tests"))
    assert killed.update("INSERT DATA { " + notion("kept") + " }").status == 200
    for process in [*server.family(), server.process.pid]:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    server.process.wait(15)
    again = Changeable(start(settings.data), settings, "")
    assert again.rows(LABEL % "kept") == [{"d": "An idea for a test."}]
