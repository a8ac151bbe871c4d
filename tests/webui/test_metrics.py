"""Numbers for Prometheus: what is counted, for whom, over several processes, and that none tells of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from kg.settings import Settings
from tests import people_support
from tests.sparql.conftest import until
from tests.webui.server_support import Server

QUERY = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def site(seeded: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    people = str(tmp_path_factory.mktemp("people"))
    with people_support.site(seeded, people, metrics="loopback", query_seconds=1) as made:
        yield made
        made.extensions["gapbridge.endpoint"].pool.close()


KEPT = [("kept_answers_total", {"kind": "pages", "found": word}) for word in ("yes", "no")]


def numbers(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {(sample.name, frozenset(sample.labels.items())): sample.value for sample in samples}


def at(seen: dict[tuple[str, frozenset[tuple[str, str]]], float], name: str, **labels: str) -> float:
    return seen.get((f"gapbridge_{name}", frozenset(labels.items())), 0.0)


def test_requests_are_counted_by_route_and_status_and_never_by_address(site: Flask) -> None:
    client = site.test_client()
    client.get("/id/tactic/two-way-communication?q=private")
    client.get("/id/tactic/no-such")
    client.get("/nowhere/robin@example.org")
    text = client.get("/metrics").text
    found, route = numbers(text), "/id/<kind>/<path:slug>"
    assert at(found, "requests_total", method="GET", route=route, status="200") == 1
    assert at(found, "requests_total", method="GET", route=route, status="404") == 1
    assert at(found, "requests_total", method="GET", route="none", status="404") == 1
    assert at(found, "request_seconds_count", route=route) == 2
    assert not re.search("two-way|private|robin", text)


def test_queries_are_counted_by_what_became_of_them(site: Flask) -> None:
    client = site.test_client()
    for query in (QUERY, "SELECT nonsense", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a = ?i && ?c = ?d) }"):
        client.get("/sparql", query_string={"query": query})
    found = numbers(client.get("/metrics").text)
    assert [at(found, "queries_total", outcome=o) for o in ("answered", "refused", "too-long")] == [1, 1, 1]
    assert (at(found, "query_seconds_count"), at(found, "queries_under_way")) == (3, 0)


def test_answers_found_among_those_kept_are_counted(site: Flask) -> None:
    client = site.test_client()
    before = numbers(client.get("/metrics").text)
    for _ in range(3):
        client.get("/tactics")
    after = numbers(client.get("/metrics").text)
    found, missed = (at(after, n, **k) - at(before, n, **k) for n, k in KEPT)
    assert (found, missed) == (2, 1)


def test_the_base_and_the_desk_are_told_in_figures(site: Flask) -> None:
    found = numbers(site.test_client().get("/metrics").text)
    assert at(found, "revision") == 1
    assert at(found, "statements") > 10_000
    assert at(found, "base_readable") == at(found, "database_reachable") == 1
    assert ("gapbridge_contributions_waiting", frozenset()) in found


def test_through_a_proxy_or_from_afar_nobody_gets_them(site: Flask) -> None:
    client = site.test_client()
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "127.0.0.9"}).status_code == 200


def test_whoever_asks_gets_them_where_the_settings_say_so_and_without_a_database_the_rest(seeded: Settings) -> None:
    with people_support.site(seeded, "postgresql://127.0.0.1:9/none", metrics="on") as site:
        answer = site.test_client().get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    found = numbers(answer.text)
    assert (at(found, "database_reachable"), at(found, "revision")) == (0, 1)


def test_several_processes_are_summed(seeded: Settings, tmp_path: Path) -> None:
    more = {"WEB_PROCESSES": "2", "METRICS": "loopback", "DATABASE": f"sqlite:///{tmp_path}/people.sqlite"}
    with Server(seeded, **more) as server:
        for _ in range(20):  # each by a connection of its own: the kernel deals them out to the processes
            server.get("/about")

        def counted() -> bool:
            with urlopen(f"{server.url}metrics", timeout=20) as answer:
                found = numbers(answer.read().decode())
            return at(found, "requests_total", method="GET", route="/about", status="200") == 20

        assert until(counted)
